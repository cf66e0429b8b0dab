//! Font programs of a PDF: how far their glyphs go on by themselves, whatever
//! the dictionary of the font says (X16).
//!
//! The one door to `skrifa`, which `hayro-font` reads the same programs with.

use skrifa::font::glyph::outline::NullSink;
use skrifa::raw::TableProvider;
use skrifa::{DrawMemory, Font, GlyphId, ScalerFont};

use super::font::LARGEST_FONT;
use super::{Array, Dict, Name, Stream, unpacked};

/// The program that a font embeds.
pub struct Program(ScalerFont);

/// What advances are counted in.
const EM: f32 = 1000.0;

impl Program {
    /// Of a font as a page names it; `None` where nothing is embedded, or
    /// nothing that can be read.
    pub fn of(font: &Dict<'_>) -> Option<Self> {
        let inner = font.get::<Array<'_>>("DescendantFonts");
        let inner = inner.and_then(|list| list.iter::<Dict<'_>>().next());
        let own = inner.as_ref().unwrap_or(font);
        let descriptor = own.get::<Dict<'_>>("FontDescriptor")?;
        let kind = font.get::<Name<'_>>("Subtype")?;
        // the file that `hayro-font` takes for this kind comes first
        let keys = match kind.as_str() {
            "Type0" | "TrueType" => ["FontFile2", "FontFile3", "FontFile"],
            _ => ["FontFile3", "FontFile", "FontFile2"],
        };
        let mut files = keys.iter();
        let file = files.find_map(|key| descriptor.get::<Stream<'_>>(*key))?;
        let data = unpacked(&file, LARGEST_FONT).ok()?.into_owned();
        let font = Font::new(data, 0)?;
        Some(Self(ScalerFont::unhinted(font, Some(EM))))
    }

    /// How far a glyph goes on to the right, in thousandths of an em; `None`
    /// where the program does not say, or has no such glyph.
    pub fn advance(&self, glyph: u32) -> Option<f64> {
        let glyph = GlyphId::new(glyph);
        let font = self.0.font();
        if glyph.to_u32() >= font.num_glyphs() {
            return None;
        }
        if font.tables().hmtx().is_ok() {
            let advance = self.0.linear_glyph_metrics().h_advance(glyph);
            return Some(f64::from(advance));
        }
        // a charstring says it in passing
        let drawn = self.0.outline(glyph)?;
        let metrics = drawn.draw(DrawMemory::Scratch, &mut NullSink).ok()?;
        metrics.h_advance.map(f64::from)
    }
}
