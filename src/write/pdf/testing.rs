//! Faces from `fonts/` and pages set by hand, for the tests of the writers.

use std::sync::Arc;

use rustybuzz::{Face, UnicodeBuffer, script};

use super::{EmbeddableFace, FaceSource};
use crate::base::font::FaceId;
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

/// Four of the bundled faces.
pub(crate) struct Faces {
    files: Vec<Vec<u8>>,
    names: Vec<String>,
}

impl Faces {
    /// Reads them.
    pub(crate) fn bundled() -> Self {
        let read = |name: &&str| {
            let path = format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read(path).expect("a bundled font")
        };
        let files: Vec<_> = FILES.iter().map(read).collect();
        let name = |file: &Vec<u8>| {
            let face = ttf_parser::Face::parse(file, 0).expect("a font");
            let names = face.names();
            let id = ttf_parser::name_id::POST_SCRIPT_NAME;
            names
                .into_iter()
                .filter(|n| n.name_id == id)
                .find_map(|n| n.to_string())
        };
        let names = files
            .iter()
            .map(|file| name(file).expect("a name"))
            .collect();
        Self { files, names }
    }

    fn parsed(&self, id: FaceId) -> Option<ttf_parser::Face<'_>> {
        ttf_parser::Face::parse(self.files.get(usize::from(id.0))?, 0).ok()
    }

    /// The glyph that a face's character map gives.
    pub(crate) fn glyph(&self, face: FaceId, c: char) -> u16 {
        let face = self.parsed(face).expect("a face");
        face.glyph_index(c).map_or(0, |glyph| glyph.0)
    }

    /// Left, bottom, right and top edge of a glyph's ink in font units.
    pub(crate) fn bounds(&self, face: FaceId, glyph: u16) -> [f64; 4] {
        let face = self.parsed(face).expect("a face");
        let rect = face
            .glyph_bounding_box(ttf_parser::GlyphId(glyph))
            .expect("ink");
        [rect.x_min, rect.y_min, rect.x_max, rect.y_max].map(f64::from)
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
        let parsed = Face::from_slice(&self.files[usize::from(face.0)], 0).expect("a font");
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
            text: Arc::from(text),
            glyphs,
        }
    }
}

impl FaceSource for Faces {
    fn face(&self, id: FaceId) -> Option<EmbeddableFace<'_>> {
        let face = self.parsed(id)?;
        let bbox = face.global_bounding_box();
        Some(EmbeddableFace {
            data: self.files.get(usize::from(id.0))?,
            index: 0,
            name: self.names.get(usize::from(id.0))?,
            cff: face.tables().cff.is_some(),
            bbox: [bbox.x_min, bbox.y_min, bbox.x_max, bbox.y_max],
            ascender: face.ascender(),
            descender: face.descender(),
            cap_height: face.capital_height().unwrap_or(700),
            weight: face.weight().to_number(),
        })
    }

    fn units_per_em(&self, id: FaceId) -> Option<u16> {
        Some(self.parsed(id)?.units_per_em())
    }

    fn advance(&self, id: FaceId, glyph: u16) -> u16 {
        let advance =
            |face: ttf_parser::Face<'_>| face.glyph_hor_advance(ttf_parser::GlyphId(glyph));
        self.parsed(id).and_then(advance).unwrap_or(0)
    }
}

/// A small page of `items` with 3 mm bleed.
pub(crate) fn page(items: Vec<Item>) -> Page {
    Page {
        number: Arc::from("05"),
        title: String::from("测试报 2026年1月1日 第05版"),
        trim: Size::new(Length::mm(120), Length::mm(90)),
        bleed: Length::mm(3),
        grid: Grid {
            origin: Point::new(Length::mm(10), Length::mm(10)),
            columns: 1,
            chars: 30,
            size: Length::pt(9),
            pitch: Length::pt(12),
            gap: Length::pt(9),
            lines: 16,
        },
        items,
        frames: Vec::new(),
        findings: Vec::new(),
    }
}
