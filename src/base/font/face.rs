//! One face: parsed once, asked often.

use std::fmt;
use std::sync::Arc;

use self_cell::self_cell;
use ttf_parser::{GlyphId, Tag, name_id};

use super::{FontData, FontFault};
use crate::base::geom::Length;

/// The tables without which a face cannot be set.
const REQUIRED: [(&str, &[u8; 4]); 5] = [
    ("head", b"head"),
    ("hhea", b"hhea"),
    ("maxp", b"maxp"),
    ("hmtx", b"hmtx"),
    ("cmap", b"cmap"),
];

type Parsed<'a> = ttf_parser::Face<'a>;

self_cell!(
    struct Cell {
        owner: FontData,
        #[covariant]
        dependent: Parsed,
    }
);

struct Inner {
    name: String,
    path: String,
    index: u32,
    cell: Cell,
}

/// A face of a font book. Cheap to clone.
#[derive(Clone)]
pub struct Face(Arc<Inner>);

/// The smallest box around a glyph's ink, in font units, y upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlyphBounds {
    /// Left edge.
    pub x_min: i16,
    /// Bottom edge.
    pub y_min: i16,
    /// Right edge.
    pub x_max: i16,
    /// Top edge.
    pub y_max: i16,
}

impl Face {
    /// Parses a face. Reads the table directory and the heads of a few
    /// tables, no glyph.
    pub(super) fn parse(
        name: &str,
        path: &str,
        data: FontData,
        index: u32,
    ) -> Result<Self, FontFault> {
        // The directory is checked first: `ttf-parser` passes over a table
        // that does not fit into the file, and the face would lose its
        // kerning or its glyphs without a word.
        check_directory(data.as_ref(), index)?;
        let cell = Cell::try_new(data, |data| {
            ttf_parser::Face::parse(data.as_ref(), index).map_err(|error| parse_fault(error, index))
        })?;
        check_tables(cell.borrow_dependent())?;
        Ok(Self(Arc::new(Inner {
            name: name.into(),
            path: path.into(),
            index,
            cell,
        })))
    }

    /// The file stem, by which layouts name the face.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The file, as it was given.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The font file's bytes, for the PDF writer's subsetter.
    pub fn data(&self) -> &[u8] {
        self.0.cell.borrow_owner().as_ref()
    }

    /// The face's place in its collection; 0 for a file of one face.
    pub fn index(&self) -> u32 {
        self.0.index
    }

    /// The parsed face, for `compose/shape` alone.
    pub(crate) fn parsed(&self) -> &ttf_parser::Face<'_> {
        self.0.cell.borrow_dependent()
    }

    /// Whether two handles are of one parsed face.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Font units in an em, 16–16,384.
    pub fn units_per_em(&self) -> u16 {
        self.parsed().units_per_em()
    }

    /// Number of glyphs, `.notdef` included.
    pub fn glyph_count(&self) -> u16 {
        self.parsed().number_of_glyphs()
    }

    /// The glyph of a character, before any substitution. `None` where the
    /// face does not hold it, never glyph 0.
    pub fn glyph(&self, character: char) -> Option<u16> {
        self.parsed()
            .glyph_index(character)
            .map(|glyph| glyph.0)
            .filter(|&glyph| glyph != 0)
    }

    /// The glyph of a character with a variation selector, where the face
    /// lists the pair.
    pub fn variant(&self, character: char, selector: char) -> Option<u16> {
        self.parsed()
            .glyph_variation_index(character, selector)
            .map(|glyph| glyph.0)
            .filter(|&glyph| glyph != 0)
    }

    /// The advance of a glyph in font units; 0 for a glyph the face lacks.
    pub fn advance_units(&self, glyph: u16) -> u16 {
        self.parsed().glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)
    }

    /// The advance of a glyph at a type size.
    pub fn advance(&self, glyph: u16, size: Length) -> Length {
        self.length(i32::from(self.advance_units(glyph)), size)
    }

    /// The box of a glyph's ink; `None` for a blank. Reads the outline.
    pub fn bounds(&self, glyph: u16) -> Option<GlyphBounds> {
        let rect = self.parsed().glyph_bounding_box(GlyphId(glyph))?;
        Some(GlyphBounds {
            x_min: rect.x_min,
            y_min: rect.y_min,
            x_max: rect.x_max,
            y_max: rect.y_max,
        })
    }

    /// Font units as a length at a type size.
    pub fn length(&self, units: i32, size: Length) -> Length {
        size.scale(i64::from(units), i64::from(self.units_per_em()))
    }

    /// Ascender in font units, upwards.
    pub fn ascender(&self) -> i16 {
        self.parsed().ascender()
    }

    /// Descender in font units, negative below the baseline.
    pub fn descender(&self) -> i16 {
        self.parsed().descender()
    }

    /// Height of capitals in font units: as declared, else the ink height
    /// of H, else the ascender.
    pub fn cap_height(&self) -> i16 {
        self.parsed()
            .capital_height()
            .filter(|&height| height > 0)
            .or_else(|| Some(self.bounds(self.glyph('H')?)?.y_max))
            .unwrap_or_else(|| self.ascender())
    }

    /// The box around all glyphs, as the head table declares it.
    pub fn bounding_box(&self) -> GlyphBounds {
        let rect = self.parsed().global_bounding_box();
        GlyphBounds {
            x_min: rect.x_min,
            y_min: rect.y_min,
            x_max: rect.x_max,
            y_max: rect.y_max,
        }
    }

    /// Slant in degrees, negative to the right; for the PDF's font
    /// descriptor only.
    pub fn italic_angle(&self) -> f32 {
        self.parsed().italic_angle()
    }

    /// Whether the outlines are CFF (PostScript) rather than TrueType.
    pub fn is_cff(&self) -> bool {
        self.parsed().tables().cff.is_some()
    }

    /// The `CFF ` table, where the outlines are in one; for the PDF writer's
    /// subsetter.
    pub fn cff(&self) -> Option<&[u8]> {
        self.parsed()
            .raw_face()
            .table(Tag::from_bytes(b"CFF "))
            .filter(|_| self.is_cff())
    }

    /// Whether the font's own flags allow outlines to be embedded in a PDF.
    pub fn may_embed(&self) -> bool {
        self.parsed().is_outline_embedding_allowed()
    }

    /// Weight class, 400 regular, 700 bold.
    pub fn weight(&self) -> u16 {
        self.parsed().weight().to_number()
    }

    /// The PostScript name: printable ASCII without the characters that end
    /// a PDF name; the file stem, so cleaned, where the font has none.
    pub fn postscript_name(&self) -> String {
        let clean = |name: String| {
            name.chars()
                .filter(|c| c.is_ascii_graphic() && !"[](){}<>/%#".contains(*c))
                .take(63)
                .collect::<String>()
        };
        [
            self.record(name_id::POST_SCRIPT_NAME),
            Some(self.name().to_owned()),
        ]
        .into_iter()
        .flatten()
        .map(clean)
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "Unnamed".into())
    }

    /// The family name, the Chinese one where the font has it; the file
    /// stem where it has none.
    pub fn family(&self) -> String {
        self.chinese_record(name_id::TYPOGRAPHIC_FAMILY)
            .or_else(|| self.chinese_record(name_id::FAMILY))
            .or_else(|| self.record(name_id::TYPOGRAPHIC_FAMILY))
            .or_else(|| self.record(name_id::FAMILY))
            .unwrap_or_else(|| self.name().to_owned())
    }

    /// The licence as the font's name table describes it.
    pub fn licence(&self) -> Option<String> {
        self.record(name_id::LICENSE)
    }

    /// A name record, English where there is one.
    fn record(&self, id: u16) -> Option<String> {
        const ENGLISH: u16 = 0x0409;
        let names = self.parsed().names();
        let records = || names.into_iter().filter(|name| name.name_id == id);
        let text = |name: ttf_parser::name::Name<'_>| {
            name.to_string().or_else(|| {
                // Old Macintosh records: only the ASCII ones are certain.
                (name.name.is_ascii()).then(|| String::from_utf8_lossy(name.name).into_owned())
            })
        };
        records()
            .filter(|name| name.language_id == ENGLISH)
            .find_map(text)
            .or_else(|| records().find_map(text))
            .filter(|text| !text.is_empty())
    }

    /// A name record in mainland Chinese.
    fn chinese_record(&self, id: u16) -> Option<String> {
        const CHINESE_PRC: u16 = 0x0804;
        self.parsed()
            .names()
            .into_iter()
            .filter(|name| name.name_id == id && name.language_id == CHINESE_PRC)
            .find_map(|name| name.to_string())
            .filter(|text| !text.is_empty())
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face")
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

/// Every table must lie inside the file. Reads the directory only.
fn check_directory(data: &[u8], index: u32) -> Result<(), FontFault> {
    let raw = ttf_parser::RawFace::parse(data, index).map_err(|error| parse_fault(error, index))?;
    for record in raw.table_records {
        let end = u64::from(record.offset) + u64::from(record.length);
        if end > data.len() as u64 {
            return Err(FontFault::Truncated(record.tag.to_string()));
        }
    }
    for (name, tag) in REQUIRED {
        if raw.table(Tag::from_bytes(tag)).is_none() {
            return Err(FontFault::TableMissing(name));
        }
    }
    Ok(())
}

/// Every table this program sets text by must be readable.
fn check_tables(face: &ttf_parser::Face<'_>) -> Result<(), FontFault> {
    let has = |tag| face.raw_face().table(Tag::from_bytes(tag)).is_some();
    let tables = face.tables();
    if tables.hmtx.is_none() {
        return Err(FontFault::TableDamaged("hmtx"));
    }
    let readable = |cmap: ttf_parser::cmap::Table<'_>| {
        cmap.subtables
            .into_iter()
            .any(|subtable| subtable.is_unicode())
    };
    if !tables.cmap.is_some_and(readable) {
        return Err(FontFault::TableDamaged("cmap"));
    }
    if tables.cff.is_some() || tables.glyf.is_some() {
        return Ok(());
    }
    Err(if has(b"CFF ") {
        FontFault::TableDamaged("CFF ")
    } else if has(b"CFF2") {
        FontFault::Outlines("CFF2")
    } else if has(b"glyf") {
        FontFault::TableDamaged("glyf")
    } else {
        FontFault::Outlines("bitmap")
    })
}

fn parse_fault(error: ttf_parser::FaceParsingError, index: u32) -> FontFault {
    use ttf_parser::FaceParsingError as E;
    match error {
        E::MalformedFont | E::UnknownMagic => FontFault::NotAFont,
        E::FaceIndexOutOfBounds => FontFault::NoSuchIndex(index),
        E::NoHeadTable => FontFault::TableDamaged("head"),
        E::NoHheaTable => FontFault::TableDamaged("hhea"),
        E::NoMaxpTable => FontFault::TableDamaged("maxp"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::super::tests::{BUNDLED, bundled, bundled_book};
    use super::*;

    fn parse(bytes: Vec<u8>) -> Result<Face, FontFault> {
        Face::parse("a", "a.otf", bytes.into(), 0)
    }

    /// Asks a face everything there is to ask: must not panic on any bytes.
    fn ask(face: &Face) {
        for c in ['A', '汉', '—', '\u{2B5AF}', '\0'] {
            let _ = face.variant(c, '\u{FE01}');
            if let Some(glyph) = face.glyph(c) {
                let _ = (face.advance(glyph, Length::pt(9)), face.bounds(glyph));
            }
        }
        let _ = (
            face.advance_units(u16::MAX),
            face.bounds(u16::MAX),
            face.bounding_box(),
        );
        let _ = (
            face.ascender(),
            face.descender(),
            face.cap_height(),
            face.italic_angle(),
        );
        let _ = (
            face.family(),
            face.postscript_name(),
            face.licence(),
            face.is_cff(),
        );
        let _ = (face.may_embed(), face.weight(), face.report());
    }

    #[test]
    fn metrics_of_the_bundled_song() {
        let book = bundled_book();
        let face = book.face(book.find("NotoSerifSC-Regular").expect("song"));
        assert_eq!(face.units_per_em(), 1000);
        assert!(face.is_cff());
        assert!(face.may_embed());
        let glyph = face.glyph('汉').expect("a Han glyph");
        assert_eq!(face.advance(glyph, Length::pt(9)), Length::pt(9), "T01");
        let bounds = face.bounds(glyph).expect("ink");
        assert!(bounds.x_min >= 0 && bounds.x_max <= 1000 && bounds.x_min < bounds.x_max);
        assert_eq!(face.glyph('\u{10FFFF}'), None);
        assert_eq!(face.bounds(face.glyph(' ').expect("space")), None);
        assert!(face.cap_height() > 600 && face.cap_height() < 800);
    }

    #[test]
    fn t01_every_bundled_han_face_has_square_frames() {
        let book = bundled_book();
        for (_, face) in book.iter().take(super::super::tests::BUNDLED_HAN) {
            let em = face.units_per_em();
            for c in super::super::GB2312_HAN.chars().filter(|c| *c != '\n') {
                let Some(glyph) = face.glyph(c) else { continue };
                assert_eq!(face.advance_units(glyph), em, "{c} in {}", face.name());
            }
        }
    }

    #[test]
    fn names_are_fit_for_a_pdf() {
        for (_, face) in bundled_book().iter() {
            let name = face.postscript_name();
            assert!(
                !name.is_empty() && name.is_ascii() && !name.contains([' ', '/']),
                "{name}"
            );
            assert!(!face.family().is_empty());
        }
    }

    #[test]
    fn a_cut_font_is_refused_and_says_so() {
        for stem in [BUNDLED[9], BUNDLED[7]] {
            let whole = bundled(stem);
            // The very end may be padding after the last table.
            for cut in (0..whole.len() - 4).step_by(whole.len() / 97) {
                let fault = parse(whole[..cut].to_vec()).expect_err("cut");
                assert!(
                    matches!(fault, FontFault::NotAFont | FontFault::Truncated(_)),
                    "cut at {cut}: {fault:?}"
                );
                assert!(!fault.text().zh.is_empty() && !fault.text().en.is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(parse(Vec::new()).err(), Some(FontFault::NotAFont));
        assert_eq!(
            parse(b"%PDF-1.4 not a font".to_vec()).err(),
            Some(FontFault::NotAFont)
        );
    }

    #[test]
    fn a_missing_table_is_named() {
        let mut bytes = bundled("texgyretermes-regular");
        let at = bytes
            .windows(4)
            .position(|tag| tag == b"cmap")
            .expect("a cmap record");
        bytes[at..at + 4].copy_from_slice(b"cmaq");
        assert_eq!(parse(bytes).err(), Some(FontFault::TableMissing("cmap")));
    }

    proptest! {
        #[test]
        fn no_bytes_make_a_face_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            if let Ok(face) = parse(bytes) {
                ask(&face);
            }
        }

        #[test]
        fn damage_anywhere_never_panics(
            stem in prop::sample::select(vec!["texgyretermes-regular", "texgyreheros-bold"]),
            hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
            head in any::<bool>(),
        ) {
            let mut bytes = bundled(stem);
            let reach = if head { 400 } else { bytes.len() };
            for (at, byte) in hits {
                bytes[at.index(reach)] = byte;
            }
            if let Ok(face) = parse(bytes) {
                ask(&face);
            }
        }
    }
}
