//! The walk through all that a page can reach.

use std::collections::BTreeSet;

use super::GuestFault;
use super::place::Place;
use crate::base::pdf::{self, Array, Dict, MaybeRef, Name, Object, Pdf, Stream, UntypedIter};

/// The most dictionaries, arrays and streams that are looked at: a page has
/// some thousand. Numbers, names and strings are not counted.
const MOST: usize = 200_000;
/// Bytes of content that are looked at, of the page and all that it draws.
const ROOM: usize = 64 << 20;

/// What the one page of `pdf` brings along, each fault once, in a fixed
/// order.
pub(in crate::base::photo) fn faults(pdf: &Pdf) -> Vec<GuestFault> {
    let mut look = Look {
        pdf,
        seen: BTreeSet::new(),
        todo: Vec::new(),
        looked: 0,
        room: ROOM,
        found: BTreeSet::new(),
    };
    if let Some(page) = pdf.pages().first() {
        let dict = page.raw();
        let content = pdf::content(page, ROOM);
        look.room -= content.bytes.len().min(ROOM);
        if !content.whole {
            look.found.insert(GuestFault::Unreadable);
        }
        look.content(&content.bytes);
        // resources may stand higher in the tree
        let mut above = Some(dict.clone());
        for _ in 0..32 {
            let Some(node) = above else { break };
            for key in ["Resources", "Group"] {
                if let Some(value) = node.get_raw::<Object<'_>>(key) {
                    look.entry(Place::Any, key.as_bytes(), value);
                }
            }
            above = node.get::<Dict<'_>>("Parent");
        }
    }
    look.all();
    look.found.into_iter().collect()
}

/// Keys whose values are judged.
const KEYS: [&[u8]; 21] = [
    b"Type",
    b"Subtype",
    b"Subtype2",
    b"S",
    b"SMask",
    b"SMaskInData",
    b"BM",
    b"ca",
    b"CA",
    b"OC",
    b"OPI",
    b"Alternates",
    b"Interpolate",
    b"TR",
    b"TR2",
    b"HT",
    b"HTP",
    b"BG",
    b"BG2",
    b"UCR",
    b"UCR2",
];

/// An object as one key leads to it: the key is empty where it is not judged.
type Seen = (Place, &'static [u8], (u32, i32));

/// What is still to look at, and what was found.
struct Look<'a> {
    pdf: &'a Pdf,
    seen: BTreeSet<Seen>,
    todo: Vec<(Place, Object<'a>)>,
    /// How many were ever to look at.
    looked: usize,
    /// Bytes of content that are still looked at.
    room: usize,
    found: BTreeSet<GuestFault>,
}

impl<'a> Look<'a> {
    fn all(&mut self) {
        while let Some((place, object)) = self.todo.pop() {
            match object {
                Object::Dict(dict) => self.dict(place, &dict),
                Object::Array(array) => self.array(place, &array),
                Object::Stream(stream) => self.stream(place, &stream),
                _ => {}
            }
        }
    }

    /// An object that stands at `place`.
    fn later(&mut self, place: Place, object: Object<'a>) {
        match object {
            Object::Name(name) => self.found.extend(name_fault(name.as_ref())),
            Object::Dict(_) | Object::Array(_) | Object::Stream(_) if self.looked < MOST => {
                self.looked += 1;
                self.todo.push((place, object));
            }
            Object::Dict(_) | Object::Array(_) | Object::Stream(_) => {
                self.found.insert(GuestFault::TooMany);
            }
            _ => {}
        }
    }

    /// The object of a value that `key` leads to, once for each key and place.
    fn object(
        &mut self,
        place: Place,
        key: &'static [u8],
        value: MaybeRef<Object<'a>>,
    ) -> Option<Object<'a>> {
        match value {
            MaybeRef::NotRef(object) => Some(object),
            MaybeRef::Ref(reference) => {
                let number = (reference.obj_number, reference.gen_number);
                let is_new = self.seen.insert((place, key, number));
                is_new.then(|| self.pdf.xref().get::<Object<'a>>(reference.into()))?
            }
        }
    }

    fn array(&mut self, place: Place, array: &Array<'a>) {
        for value in array.raw_iter() {
            if let Some(object) = self.object(place, b"", value) {
                self.later(place, object);
            }
        }
    }

    fn dict(&mut self, place: Place, dict: &Dict<'a>) {
        let is = |kind: &[u8]| {
            let said = dict.get::<Name<'_>>("Type");
            !place.has_made_up_keys() && said.is_some_and(|said| said.as_ref() == kind)
        };
        if place == Place::Font || is(b"Font") {
            self.font(dict);
        }
        let place = if is(b"ExtGState") {
            Place::State
        } else {
            place
        };
        for (key, value) in dict.entries() {
            // back to the page tree and to what is no part of the picture
            let away = matches!(
                key.as_ref(),
                b"Parent" | b"P" | b"StructParent" | b"Metadata" | b"PieceInfo"
            );
            if place.has_made_up_keys() || !away {
                self.entry(place, key.as_ref(), value);
            }
        }
    }

    fn entry(&mut self, place: Place, key: &[u8], value: MaybeRef<Object<'a>>) {
        let judged = KEYS.iter().find(|known| **known == key).copied();
        let judged = judged.filter(|_| !place.has_made_up_keys());
        let inner = place.of(key);
        let Some(object) = self.object(inner, judged.unwrap_or_default(), value) else {
            return;
        };
        let fault = match judged {
            Some(key) => key_fault(place, key, &object),
            None if place == Place::Spaces => default_space(key),
            None => None,
        };
        self.found.extend(fault);
        self.later(inner, object);
    }

    /// A font must bring its program, but for one drawn by content streams
    /// and one that stands for another.
    fn font(&mut self, dict: &Dict<'a>) {
        let name = |key: &str| dict.get::<Name<'_>>(key);
        let composed =
            name("Subtype").is_some_and(|kind| matches!(kind.as_ref(), b"Type0" | b"Type3"));
        if composed {
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

    fn stream(&mut self, place: Place, stream: &Stream<'a>) {
        let dict = stream.dict();
        self.dict(place, dict);
        let outside = matches!(
            dict.get::<Object<'_>>("F"),
            Some(Object::String(_) | Object::Dict(_))
        );
        if outside {
            self.found.insert(GuestFault::Outside);
            return;
        }
        let form = (dict.get::<Name<'_>>("Subtype")).is_some_and(|kind| kind.as_ref() == b"Form");
        if form && dict.contains_key("Ref") {
            self.found.insert(GuestFault::Thing("Ref"));
        }
        if form || place == Place::Glyph || dict.contains_key("PatternType") {
            match pdf::unpacked(stream, self.room) {
                Ok(content) => {
                    self.room -= content.len().min(self.room);
                    self.content(&content);
                }
                Err(_) => {
                    self.found.insert(GuestFault::Unreadable);
                }
            }
        }
    }

    fn content(&mut self, content: &[u8]) {
        let mut each = UntypedIter::new(content);
        while let Some(instruction) = each.next() {
            let operator: &[u8] = instruction.operator.as_ref();
            match operator {
                b"rg" | b"RG" => {
                    self.found.insert(GuestFault::ScreenColour);
                }
                b"cs" | b"CS" => {
                    for operand in instruction.operands() {
                        if let Object::Name(name) = operand {
                            self.found.extend(name_fault(name.as_ref()));
                        }
                    }
                }
                b"BI" => {
                    for operand in instruction.operands() {
                        if let Object::Stream(image) = operand {
                            self.inline_image(image.dict());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// An image among the operators, whose keys and names may be short.
    fn inline_image(&mut self, image: &Dict<'_>) {
        for key in ["CS", "ColorSpace", "F", "Filter"] {
            let Some(value) = image.get::<Object<'_>>(key) else {
                continue;
            };
            for name in names(&value) {
                let fault = match name.as_ref() {
                    b"RGB" => Some(GuestFault::ScreenColour),
                    b"LZW" => Some(GuestFault::Coding("LZWDecode")),
                    other => name_fault(other),
                };
                self.found.extend(fault);
            }
        }
        let smooth = |key: &str| image.get::<bool>(key) == Some(true);
        if smooth("I") || smooth("Interpolate") {
            self.found.insert(GuestFault::Thing("Interpolate"));
        }
    }
}

/// A name, or those of an array.
fn names<'a>(value: &Object<'a>) -> Vec<Name<'a>> {
    match value {
        Object::Name(name) => vec![name.clone()],
        Object::Array(array) => array
            .iter::<Object<'_>>()
            .filter_map(|one| match one {
                Object::Name(name) => Some(name),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// What a judged key says by its value.
fn key_fault(place: Place, key: &[u8], object: &Object<'_>) -> Option<GuestFault> {
    let is =
        |names: &[&[u8]]| matches!(object, Object::Name(name) if names.contains(&name.as_ref()));
    let number = match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    };
    let thing = GuestFault::Thing;
    let fault = match key {
        b"SMask" if !is(&[b"None"]) => GuestFault::Transparency,
        b"SMaskInData" if number.is_some_and(|kind| kind > 0.0) => GuestFault::Transparency,
        b"BM" if !blends_plainly(object) => GuestFault::Transparency,
        b"S" if is(&[b"Transparency"]) => GuestFault::Transparency,
        b"ca" | b"CA" if number.is_some_and(|alpha| alpha < 1.0) => GuestFault::Transparency,
        b"OC" => thing("OC"),
        b"Type" if is(&[b"OCG", b"OCMD"]) => thing("OC"),
        b"OPI" => thing("OPI"),
        b"Alternates" => thing("Alternates"),
        b"Subtype" | b"Subtype2" if is(&[b"PS"]) => thing("PostScript"),
        b"Subtype" if is(&[b"OpenType"]) => thing("OpenType"),
        b"Interpolate" if matches!(object, Object::Boolean(true)) => thing("Interpolate"),
        // what follows are keys of graphics states (X21)
        _ if place != Place::State => return None,
        b"TR2" | b"HT" | b"BG2" | b"UCR2" if is(&[b"Default"]) => return None,
        b"TR" => thing("TR"),
        b"TR2" => thing("TR2"),
        b"HT" => thing("HT"),
        b"HTP" => thing("HTP"),
        b"BG" => thing("BG"),
        b"BG2" => thing("BG2"),
        b"UCR" => thing("UCR"),
        b"UCR2" => thing("UCR2"),
        _ => return None,
    };
    Some(fault)
}

/// What a name says that is a value.
fn name_fault(name: &[u8]) -> Option<GuestFault> {
    Some(match name {
        b"DeviceRGB" | b"CalRGB" | b"CalGray" | b"Lab" | b"ICCBased" => GuestFault::ScreenColour,
        b"LZWDecode" => GuestFault::Coding("LZWDecode"),
        b"Crypt" => GuestFault::Coding("Crypt"),
        b"JPXDecode" => GuestFault::Coding("JPXDecode"),
        b"JBIG2Decode" => GuestFault::Coding("JBIG2Decode"),
        _ => return None,
    })
}

/// Whether a blend mode, or the first of a list, hides what lies below.
fn blends_plainly(mode: &Object<'_>) -> bool {
    let first = names(mode).into_iter().next();
    first.is_some_and(|mode| matches!(mode.as_ref(), b"Normal" | b"Compatible"))
}

/// A colour space that stands for a device's: its name alone makes it do so.
fn default_space(name: &[u8]) -> Option<GuestFault> {
    let known = ["DefaultGray", "DefaultRGB", "DefaultCMYK"];
    let known = known.into_iter().find(|known| known.as_bytes() == name);
    known.map(GuestFault::Thing)
}
