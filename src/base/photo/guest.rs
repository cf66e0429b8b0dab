//! 来版: what a ready-made page brings along that a press file must not hold.
//!
//! Its objects go into the file as they are, so that its faults become the
//! file's. Everything that the page can reach is looked at, its content
//! streams operator by operator.

use crate::base::pdf::{Array, Dict, MaybeRef, Name, Object, Pdf, Stream, UntypedIter};
use std::collections::BTreeSet;

use crate::base::diag::Text;

/// The most objects that are looked at: a page has some thousand.
const MOST: usize = 200_000;

/// Something that PDF/X does not let through, by row of the print requirements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuestFault {
    /// Colours of a screen (X17, G18).
    ScreenColour,
    /// Transparency (X19): only PDF/X-1a forbids it.
    Transparency,
    /// A font that is not in the file, by its name (X16).
    FontMissing(String),
    /// A coding of streams (X22, X23).
    Coding(&'static str),
    /// Another thing that no press file holds: layers, PostScript, OPI,
    /// transfer curves (X21, X24, X27); fonts as OpenType files, which X-1a
    /// alone forbids (X16).
    Thing(&'static str),
}

impl GuestFault {
    /// Whether only PDF/X-1a forbids it.
    pub fn in_x1a_alone(&self) -> bool {
        matches!(
            self,
            Self::Transparency
                | Self::Coding("JPXDecode" | "JBIG2Decode")
                | Self::Thing("OpenType")
        )
    }

    /// The fault in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::ScreenColour => Text::new(
                "有屏幕色（RGB、Lab 或 ICC）",
                "colours of a screen (RGB, Lab or ICC)",
            ),
            Self::Transparency => Text::new("有透明", "transparency"),
            Self::FontMissing(name) => Text::new(
                format!("字体 {name} 没有嵌入"),
                format!("the font {name} is not embedded"),
            ),
            Self::Coding(name) => {
                Text::new(format!("用了 {name} 编码"), format!("the coding {name}"))
            }
            Self::Thing(name) => Text::new(format!("有 {name}"), (*name).to_owned()),
        }
    }
}

/// What the one page of `pdf` brings along, each fault once, in a fixed
/// order.
pub(super) fn faults(pdf: &Pdf) -> Vec<GuestFault> {
    let mut look = Look {
        pdf,
        seen: BTreeSet::new(),
        todo: Vec::new(),
        found: BTreeSet::new(),
    };
    if let Some(page) = pdf.pages().first() {
        if let Some(content) = page.page_stream() {
            look.content(content);
        }
        let dict = page.raw();
        // resources may stand higher in the tree
        let mut above = Some(dict.clone());
        for _ in 0..32 {
            let Some(node) = above else { break };
            for key in ["Resources", "Group"] {
                if let Some(value) = node.get_raw::<Object<'_>>(key) {
                    look.entry(key.as_bytes(), value);
                }
            }
            above = node.get::<Dict<'_>>("Parent");
        }
    }
    look.all();
    look.found.into_iter().collect()
}

/// What is still to look at, and what was found.
struct Look<'a> {
    pdf: &'a Pdf,
    seen: BTreeSet<(u32, i32)>,
    todo: Vec<Object<'a>>,
    found: BTreeSet<GuestFault>,
}

impl<'a> Look<'a> {
    fn all(&mut self) {
        for _ in 0..MOST {
            let Some(object) = self.todo.pop() else {
                return;
            };
            match object {
                Object::Name(name) => self.name(&name),
                Object::Dict(dict) => self.dict(&dict),
                Object::Array(array) => self.array(&array),
                Object::Stream(stream) => self.stream(&stream),
                _ => {}
            }
        }
    }

    fn later(&mut self, value: MaybeRef<Object<'a>>) {
        match value {
            MaybeRef::NotRef(object) => self.todo.push(object),
            MaybeRef::Ref(reference) => {
                let key = (reference.obj_number, reference.gen_number);
                if self.seen.insert(key)
                    && let Some(object) = self.pdf.xref().get::<Object<'a>>(reference.into())
                {
                    self.todo.push(object);
                }
            }
        }
    }

    fn array(&mut self, array: &Array<'a>) {
        for value in array.raw_iter() {
            self.later(value);
        }
    }

    /// A name that is a value.
    fn name(&mut self, name: &Name<'_>) {
        let fault = match name.as_ref() {
            b"DeviceRGB" | b"CalRGB" | b"CalGray" | b"Lab" | b"ICCBased" => {
                GuestFault::ScreenColour
            }
            b"LZWDecode" => GuestFault::Coding("LZWDecode"),
            b"Crypt" => GuestFault::Coding("Crypt"),
            b"JPXDecode" => GuestFault::Coding("JPXDecode"),
            b"JBIG2Decode" => GuestFault::Coding("JBIG2Decode"),
            _ => return,
        };
        self.found.insert(fault);
    }

    fn dict(&mut self, dict: &Dict<'a>) {
        self.font(dict);
        for (key, value) in dict.entries() {
            // back to the page tree and to what is no part of the picture
            if matches!(
                key.as_ref(),
                b"Parent" | b"P" | b"StructParent" | b"Metadata" | b"PieceInfo"
            ) {
                continue;
            }
            self.entry(key.as_ref(), value);
        }
    }

    fn entry(&mut self, key: &[u8], value: MaybeRef<Object<'a>>) {
        let object = match &value {
            MaybeRef::Ref(reference) => self.pdf.xref().get::<Object<'a>>((*reference).into()),
            MaybeRef::NotRef(object) => Some(object.clone()),
        };
        if let Some(object) = &object {
            self.judge(key, object);
        }
        self.later(value);
    }

    /// What a key says by its value.
    fn judge(&mut self, key: &[u8], object: &Object<'a>) {
        let is = |names: &[&[u8]]| matches!(object, Object::Name(name) if names.contains(&name.as_ref()));
        let fault = match key {
            b"SMask" if !is(&[b"None"]) => GuestFault::Transparency,
            b"BM" if !is(&[b"Normal", b"Compatible"]) => GuestFault::Transparency,
            b"S" if is(&[b"Transparency"]) => GuestFault::Transparency,
            b"ca" | b"CA" => match object {
                Object::Number(number) if number.as_f64() < 1.0 => GuestFault::Transparency,
                _ => return,
            },
            b"OC" => GuestFault::Thing("OC"),
            b"OPI" => GuestFault::Thing("OPI"),
            b"Alternates" => GuestFault::Thing("Alternates"),
            b"Subtype" if is(&[b"PS"]) => GuestFault::Thing("PostScript"),
            b"Subtype" if is(&[b"OpenType"]) => GuestFault::Thing("OpenType"),
            b"TR" => GuestFault::Thing("TR"),
            b"TR2" if !is(&[b"Default"]) => GuestFault::Thing("TR2"),
            b"HTP" => GuestFault::Thing("HTP"),
            b"Interpolate" if matches!(object, Object::Boolean(true)) => {
                GuestFault::Thing("Interpolate")
            }
            _ => return,
        };
        self.found.insert(fault);
    }

    /// A font must bring its program, but for one drawn by content streams
    /// and one that stands for another.
    fn font(&mut self, dict: &Dict<'a>) {
        let name = |key: &str| dict.get::<Name<'_>>(key);
        let font = name("Type").is_some_and(|kind| kind.as_ref() == b"Font");
        let composed =
            name("Subtype").is_some_and(|kind| matches!(kind.as_ref(), b"Type0" | b"Type3"));
        if !font || composed {
            return;
        }
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        let program = descriptor.is_some_and(|descriptor| {
            let keys = ["FontFile", "FontFile2", "FontFile3"];
            keys.iter().any(|key| descriptor.contains_key(key))
        });
        if !program {
            let name = name("BaseFont").map_or_else(String::new, |name| {
                String::from_utf8_lossy(name.as_ref()).into_owned()
            });
            self.found.insert(GuestFault::FontMissing(name));
        }
    }

    fn stream(&mut self, stream: &Stream<'a>) {
        let dict = stream.dict();
        self.dict(dict);
        let form = (dict.get::<Name<'_>>("Subtype")).is_some_and(|kind| kind.as_ref() == b"Form");
        // a tiling pattern, or the glyph of a font that is drawn
        let drawn = form || dict.contains_key("PatternType") || is_bare(dict);
        if drawn && let Ok(content) = stream.decoded() {
            self.content(&content);
        }
    }

    fn content(&mut self, content: &[u8]) {
        let mut screen = false;
        let mut coding = false;
        let mut each = UntypedIter::new(content);
        while let Some(instruction) = each.next() {
            let operator: &[u8] = instruction.operator.as_ref();
            match operator {
                b"rg" | b"RG" => screen = true,
                b"cs" | b"CS" => {
                    for operand in instruction.operands() {
                        screen |= matches!(&operand, Object::Name(name)
                            if matches!(name.as_ref(), b"DeviceRGB" | b"CalRGB" | b"Lab"));
                    }
                }
                // an inline image
                b"BI" => {
                    for operand in instruction.operands() {
                        let Object::Stream(image) = operand else {
                            continue;
                        };
                        let said = |key: &str, names: &[&[u8]]| {
                            let name = image.dict().get::<Name<'_>>(key);
                            name.is_some_and(|name| names.contains(&name.as_ref()))
                        };
                        let rgb: [&[u8]; 2] = [b"RGB", b"DeviceRGB"];
                        screen |= said("CS", &rgb) || said("ColorSpace", &rgb);
                        let lzw: [&[u8]; 2] = [b"LZW", b"LZWDecode"];
                        coding |= said("F", &lzw) || said("Filter", &lzw);
                    }
                }
                _ => {}
            }
        }
        if screen {
            self.found.insert(GuestFault::ScreenColour);
        }
        if coding {
            self.found.insert(GuestFault::Coding("LZWDecode"));
        }
    }
}

/// A stream that says nothing of itself but how it is stored: the glyph of a
/// font of type 3 is one. Others of the kind hold no operators to find.
fn is_bare(dict: &Dict<'_>) -> bool {
    let plain = |key: Name<'_>| matches!(key.as_ref(), b"Length" | b"Filter" | b"DecodeParms");
    dict.keys().all(plain)
}
