//! Faces from `fonts/` and pages set by hand, for the tests of the writers.

#![allow(
    clippy::disallowed_methods,
    reason = "the tests read the bundled fonts"
)]

use std::sync::Arc;

use rustybuzz::{Face, UnicodeBuffer, script};

use crate::base::font::{FaceId, FontBook};
use crate::base::geom::{Length, Point, Size};
use crate::page::{Glyph, GlyphRun, Grid, Item, Page};
use crate::story::Ink;

/// The bundled song, body weight.
pub(crate) const SONG: FaceId = FaceId(0);
/// The bundled kai: TrueType.
pub(crate) const KAI: FaceId = FaceId(1);
/// The Latin partner.
pub(crate) const LATIN: FaceId = FaceId(2);
/// The bold hei.
pub(crate) const HEI: FaceId = FaceId(3);

const FILES: [&str; 4] = [
    "NotoSerifSC-Regular.otf",
    "NPKai-Regular.T1.ttf",
    "texgyretermes-regular.otf",
    "NotoSansCJKsc-Bold.T1.otf",
];

/// Four of the bundled faces, and what the tests ask of them.
pub(crate) struct Faces {
    /// The book that pages are written with.
    pub(crate) book: FontBook,
}

impl Faces {
    /// Reads them.
    pub(crate) fn bundled() -> Self {
        let mut book = FontBook::new();
        for name in FILES {
            let path = format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
            let file = std::fs::read(&path).expect("a bundled font");
            book.add(name, &path, file.into()).expect("a font");
        }
        Self { book }
    }

    /// The glyph that a face's character map gives.
    pub(crate) fn glyph(&self, face: FaceId, c: char) -> u16 {
        self.book.face(face).glyph(c).unwrap_or(0)
    }

    /// Left, bottom, right and top edge of a glyph's ink in font units.
    pub(crate) fn bounds(&self, face: FaceId, glyph: u16) -> [f64; 4] {
        let ink = self.book.face(face).bounds(glyph).expect("ink");
        [ink.x_min, ink.y_min, ink.x_max, ink.y_max].map(f64::from)
    }

    /// Shapes `text` as Chinese and sets it from `x` on the baseline `y`;
    /// `extra` is put after every glyph.
    pub(crate) fn run(
        &self,
        face: FaceId,
        text: &str,
        size: Length,
        (x, y): (Length, Length),
        extra: Length,
    ) -> GlyphRun {
        let parsed = Face::from_slice(self.book.face(face).data(), 0).expect("a font");
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_script(script::HAN);
        buffer.set_language("zh-Hans".parse().expect("a language"));
        buffer.set_direction(rustybuzz::Direction::LeftToRight);
        let shaped = rustybuzz::shape(&parsed, &[], buffer);
        let infos = shaped.glyph_infos();
        let mut x = x;
        let mut glyphs = Vec::new();
        for (at, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
            let start = info.cluster;
            let next = infos[at + 1..].iter().find(|next| next.cluster != start);
            let end = next.map_or(text.len() as u32, |next| next.cluster);
            let continued = at > 0 && infos[at - 1].cluster == start;
            glyphs.push(Glyph {
                id: info.glyph_id as u16,
                at: Point::new(x, y),
                scale_x: 1000,
                turned: false,
                text: if continued { start..start } else { start..end },
                source: None,
            });
            x += size.scale(
                i64::from(position.x_advance),
                i64::from(parsed.units_per_em()),
            );
            x += extra;
        }
        GlyphRun {
            face,
            size,
            ink: Ink::BLACK,
            vertical: false,
            text: Arc::from(text),
            glyphs,
        }
    }
}

/// A small page of `items` with 3 mm bleed.
pub(crate) fn page(items: Vec<Item>) -> Page {
    Page {
        number: Arc::from("05"),
        title: String::from("测试报 2026年1月1日 第05版"),
        trim: Size::new(Length::mm(120), Length::mm(90)),
        bleed: Length::mm(3),
        slug: Length::ZERO,
        grid: Grid {
            origin: Point::new(Length::mm(10), Length::mm(10)),
            columns: 1,
            chars: 30,
            size: Length::pt(9),
            pitch: Length::pt(12),
            gap: Length::pt(9),
            lines: 16,
        },
        standing: Vec::new(),
        items,
        frames: Vec::new(),
        overset: Vec::new(),
        findings: Vec::new(),
        spots: Vec::new(),
    }
}
