//! Fonts of a PDF: where codes stand, and the outlines that its programs draw.
//!
//! The one door to `hayro-font`.

use std::sync::Arc;

use hayro_font::kurbo::PathEl;
use hayro_font::{Font, FontCache, FontGlyph};

use super::{Array, Dict, Object, Stream, unpacked};

/// The fonts of one file, each loaded once.
#[derive(Clone, Default)]
pub struct Typefaces<'a>(FontCache<'a>);

/// A font as a page names it.
#[derive(Clone)]
pub struct Typeface<'a>(Font<'a>);

/// A code of a string, and how many bytes it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code.
    pub code: u32,
    /// Bytes of the string.
    pub bytes: usize,
}

/// Where a code stands and how far it goes on, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// To the right, or in vertical writing up: the next code's place.
    pub advance: f64,
    /// Its origin, seen from the place.
    pub origin: (f64, f64),
    /// How much wider than in the program it is drawn.
    pub stretch: f64,
}

/// One step of a glyph's outline, in thousandths of an em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GlyphStep {
    /// A new part begins.
    Move([f64; 2]),
    /// Straight on.
    Line([f64; 2]),
    /// Bent by two points, to the third.
    Curve([f64; 6]),
    /// Back to where the part began.
    Close,
}

impl<'a> Typefaces<'a> {
    /// The font of a dictionary; `None` where it cannot be read, is not
    /// embedded, is larger than any font, or has its codes in a map that is
    /// outside of the file.
    pub fn of(&self, font: &Dict<'a>) -> Option<Typeface<'a>> {
        if !is_bounded(font) || !is_usable(font) {
            return None;
        }
        let none: hayro_font::FontResolverFn = Arc::new(|_| None);
        let no_map: hayro_font::CMapResolverFn = Arc::new(|_| None);
        self.0.font(font, &none, &no_map).map(Typeface)
    }
}

impl<'a> Typeface<'a> {
    /// Whether its lines run across, not down.
    pub fn is_horizontal(&self) -> bool {
        self.0.is_horizontal()
    }

    /// The codes of a string.
    pub fn codes<'s>(&'s self, text: &'s [u8]) -> impl Iterator<Item = Code> + 's {
        let mut at = 0;
        std::iter::from_fn(move || {
            if at >= text.len() {
                return None;
            }
            let (code, bytes) = self.0.read_code(text, at);
            let bytes = bytes.max(1);
            at += bytes;
            Some(Code { code, bytes })
        })
    }

    /// Where a code stands.
    pub fn standing(&self, code: u32) -> Standing {
        let on = self.0.code_advance(code);
        let from = self.0.origin_displacement(code);
        Standing {
            advance: if self.is_horizontal() { on.x } else { on.y },
            origin: (from.x, from.y),
            stretch: self.0.glyph_stretch(self.0.map_code(code), code),
        }
    }

    /// The glyph of a code, as the font program counts them; 0 is `.notdef`.
    pub fn glyph(&self, code: u32) -> u32 {
        self.0.map_code(code).to_u32()
    }

    /// The content that a code of a Type 3 font is drawn with.
    pub fn procedure(&self, code: u32) -> Option<Stream<'a>> {
        match self.0.glyph(self.0.map_code(code), code) {
            FontGlyph::Type3(glyph) => glyph.program().cloned(),
            FontGlyph::Outline(_) => None,
        }
    }

    /// The outline that a code is drawn with; empty where the font has none,
    /// as for spaces; `None` for glyphs of Type 3, which are drawn by
    /// operators.
    pub fn outline(&self, code: u32) -> Option<Vec<GlyphStep>> {
        let FontGlyph::Outline(glyph) = self.0.glyph(self.0.map_code(code), code) else {
            return None;
        };
        let mut last = [0.0; 2];
        let mut steps = Vec::new();
        for element in glyph.outline() {
            steps.push(match element {
                PathEl::MoveTo(p) => {
                    last = [p.x, p.y];
                    GlyphStep::Move(last)
                }
                PathEl::LineTo(p) => {
                    last = [p.x, p.y];
                    GlyphStep::Line(last)
                }
                PathEl::QuadTo(c, p) => {
                    let third = |from: f64, by: f64| from + (by - from) * 2.0 / 3.0;
                    let [x, y] = last;
                    last = [p.x, p.y];
                    GlyphStep::Curve([
                        third(x, c.x),
                        third(y, c.y),
                        third(p.x, c.x),
                        third(p.y, c.y),
                        p.x,
                        p.y,
                    ])
                }
                PathEl::CurveTo(a, b, p) => {
                    last = [p.x, p.y];
                    GlyphStep::Curve([a.x, a.y, b.x, b.y, p.x, p.y])
                }
                PathEl::ClosePath => GlyphStep::Close,
            });
        }
        Some(steps)
    }
}

/// Whether no range of widths goes beyond what codes there are: each width
/// would be kept by itself.
fn is_bounded(font: &Dict<'_>) -> bool {
    const CODES: f64 = 65_536.0;
    let inner = font.get::<Array<'_>>("DescendantFonts");
    let Some(inner) = inner.and_then(|list| list.iter::<Dict<'_>>().next()) else {
        return true;
    };
    // a range is two codes and what all of them have: one number, or three
    [("W", 1), ("W2", 3)].into_iter().all(|(key, numbers)| {
        let Some(list) = inner.get::<Array<'_>>(key) else {
            return true;
        };
        let mut codes = 0.0;
        let mut parts = list.iter::<Object<'_>>();
        while let (Some(first), Some(next)) = (parts.next(), parts.next()) {
            if let (Object::Number(first), Object::Number(last)) = (first, next) {
                codes += (last.as_f64() - first.as_f64()).max(0.0);
                parts.nth(numbers - 1);
            }
        }
        codes <= CODES
    })
}

/// Bytes that a font program, or a map of it, may have.
pub(super) const LARGEST_FONT: usize = 32 << 20;

/// Whether no stream of a font is larger than any font has it: `hayro-font`
/// unpacks them without a bound.
fn is_usable<'a>(font: &Dict<'a>) -> bool {
    let inner = font.get::<Array<'_>>("DescendantFonts");
    let inner = inner.and_then(|list| list.iter::<Dict<'_>>().next());
    let inner = inner.unwrap_or_default();
    let descriptor = |dict: &Dict<'a>| dict.get::<Dict<'a>>("FontDescriptor").unwrap_or_default();
    let files = ["FontFile", "FontFile2", "FontFile3"];
    let streams = [
        (font.clone(), &["Encoding", "ToUnicode"][..]),
        (descriptor(font), &files[..]),
        (descriptor(&inner), &files[..]),
        (inner, &["CIDToGIDMap"][..]),
    ];
    streams.iter().all(|(dict, keys)| {
        keys.iter().all(|key| match dict.get::<Object<'_>>(key) {
            Some(Object::Stream(stream)) => unpacked(&stream, LARGEST_FONT).is_ok(),
            _ => true,
        })
    })
}
