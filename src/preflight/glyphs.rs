//! Glyphs that are shown (X16): each is in its font, and goes on as far as the
//! font program says.
//!
//! Not judged: fonts whose codes are in a map outside of the file, and the
//! widths of lines that run down.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::Rule;
use crate::base::pdf::font::{Typeface, Typefaces};
use crate::base::pdf::program::Program;
use crate::base::pdf::{Dict, Name, Object};
use crate::readback::content::TextMark;
use crate::readback::{Key, key_of};

pub(super) const MISSING: Rule = Rule::error(
    "X16",
    "preflight/missing-glyph",
    "换一种有这个字的字体，重新输出",
    "set it in a font that has the character, and export it again",
);
pub(super) const WIDTH: Rule = Rule::error(
    "X16",
    "preflight/glyph-width",
    "由排版程序重新嵌入字体",
    "let the program embed the font again",
);

/// Thousandths of an em that a width may be off: widths are written rounded.
const SLACK: f64 = 1.0;

/// What may be wrong with a code of a font.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// It shows `.notdef`.
    Missing,
    /// The width that is stated, and that of the program.
    Width(f64, f64),
}

/// The fonts of a file, with what is known of their codes.
#[derive(Default)]
pub(super) struct Glyphs<'a> {
    faces: Typefaces<'a>,
    fonts: BTreeMap<Key, Option<Font<'a>>>,
    /// What is told of on this page, by font and code of the finding.
    told: BTreeSet<(Key, &'static str)>,
}

struct Font<'a> {
    name: String,
    face: Typeface<'a>,
    program: Program,
    codes: BTreeMap<u32, Option<Fault>>,
}

impl<'a> Glyphs<'a> {
    /// A page begins: what an earlier one was told is told again.
    pub(super) fn turn(&mut self) {
        self.told.clear();
    }

    /// What is wrong with a run of text, of each font the first code that is:
    /// the rule, and what to say.
    pub(super) fn judge(&mut self, text: &TextMark<'_, 'a>) -> Vec<(Rule, String, String)> {
        let Some(dict) = text.font else {
            return Vec::new();
        };
        let key = key_of(dict);
        let faces = &self.faces;
        let font = self.fonts.entry(key).or_insert_with(|| load(faces, dict));
        let Some(font) = font else {
            return Vec::new();
        };
        let mut out = Vec::new();
        font.each(text.shown, |name, code, fault| {
            let (rule, zh, en) = told(name, code, fault);
            if self.told.insert((key, rule.code)) {
                out.push((rule, zh, en));
            }
        });
        out
    }
}

fn load<'a>(faces: &Typefaces<'a>, dict: &Dict<'a>) -> Option<Font<'a>> {
    let name = dict.get::<Name<'_>>("BaseFont");
    Some(Font {
        name: name.map_or_else(|| "?".to_owned(), |name| name.as_str().to_owned()),
        program: Program::of(dict)?,
        face: faces.of(dict)?,
        codes: BTreeMap::new(),
    })
}

impl Font<'_> {
    /// Hands out the codes of a string, or strings and kerns, that something
    /// is wrong with.
    fn each(&mut self, shown: &Object<'_>, mut found: impl FnMut(&str, u32, Fault)) {
        let Self {
            name,
            face,
            program,
            codes,
        } = self;
        let mut string = |text: &[u8]| {
            for code in face.codes(text) {
                let code = code.code;
                let fault = codes
                    .entry(code)
                    .or_insert_with(|| fault(face, program, code));
                if let Some(fault) = *fault {
                    found(name, code, fault);
                }
            }
        };
        match shown {
            Object::String(text) => string(text.as_bytes()),
            Object::Array(list) => {
                for part in list.iter::<Object<'_>>() {
                    if let Object::String(text) = part {
                        string(text.as_bytes());
                    }
                }
            }
            _ => {}
        }
    }
}

fn fault(face: &Typeface<'_>, program: &Program, code: u32) -> Option<Fault> {
    let glyph = face.glyph(code);
    if glyph == 0 {
        return Some(Fault::Missing);
    }
    if !face.is_horizontal() {
        return None;
    }
    let stated = face.standing(code).advance;
    let own = program.advance(glyph)?;
    ((stated - own).abs() > SLACK + 1e-3).then_some(Fault::Width(stated, own))
}

fn told(name: &str, code: u32, fault: Fault) -> (Rule, String, String) {
    match fault {
        Fault::Missing => (
            MISSING,
            format!("字体 {name} 里没有码 {code:04X} 的字"),
            format!("font {name} has no glyph for code {code:04X}: .notdef is shown"),
        ),
        Fault::Width(stated, own) => (
            WIDTH,
            format!(
                "字体 {name} 的字宽与字体文件不合：码 {code:04X} 写 {stated:.0}，字体里是 {own:.0}"
            ),
            format!(
                "widths of font {name} are not those of its file: code {code:04X} says {stated:.0}, the file {own:.0}"
            ),
        ),
    }
}
