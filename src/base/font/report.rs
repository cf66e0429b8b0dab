//! What `banxin fonts` tells of a face.

use serde::Serialize;

use super::Face;

/// The 6,763 Han characters of GB 2312—1980, levels 1 and 2, a row (区) a
/// line, rows 16–87.
pub const GB2312_HAN: &str = include_str!("gb2312.txt");

/// One line of `banxin fonts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaceReport {
    /// The file stem, by which layouts name the face.
    pub name: String,
    /// The family name.
    pub family: String,
    /// The name in a PDF.
    pub postscript_name: String,
    /// The file.
    pub path: String,
    /// Place in a collection.
    pub index: u32,
    /// `CFF` or `TrueType`.
    pub format: &'static str,
    /// Weight class.
    pub weight: u16,
    /// Number of glyphs.
    pub glyphs: u16,
    /// How many of the 6,763 Han characters of GB 2312 it holds.
    pub gb2312: u16,
    /// Whether its own flags allow embedding in a PDF.
    pub may_embed: bool,
    /// The licence as the font describes it, its first line only.
    pub licence: Option<String>,
}

impl Face {
    /// What there is to tell of the face. Asks for 6,763 glyphs, so it is
    /// for `banxin fonts` and not for building pages.
    pub fn report(&self) -> FaceReport {
        let held = GB2312_HAN
            .chars()
            .filter(|&c| c != '\n' && self.glyph(c).is_some())
            .count();
        let first_line = |licence: String| licence.lines().next().map(str::to_owned);
        FaceReport {
            name: self.name().into(),
            family: self.family(),
            postscript_name: self.postscript_name(),
            path: self.path().into(),
            index: self.index(),
            format: if self.is_cff() { "CFF" } else { "TrueType" },
            weight: self.weight(),
            glyphs: self.glyph_count(),
            gb2312: u16::try_from(held).unwrap_or(u16::MAX),
            may_embed: self.may_embed(),
            licence: self.licence().and_then(first_line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{BUNDLED_HAN, bundled_book};
    use super::*;

    #[test]
    fn the_table_is_the_standard_s() {
        let rows: Vec<usize> = GB2312_HAN.lines().map(|row| row.chars().count()).collect();
        assert_eq!(rows.len(), 72);
        assert_eq!(rows.iter().sum::<usize>(), 6763);
        assert_eq!(
            rows[55 - 16],
            89,
            "level 1 ends five places short of its row"
        );
        assert!(GB2312_HAN.starts_with('啊'));
    }

    #[test]
    fn bundled_han_faces_hold_gb2312() {
        let book = bundled_book();
        for (at, (_, face)) in book.iter().enumerate() {
            let report = face.report();
            if at < BUNDLED_HAN {
                assert!(report.gb2312 >= 6_700, "{}: {}", report.name, report.gb2312);
            } else {
                assert_eq!(report.gb2312, 0);
            }
            assert_eq!(
                report.format == "TrueType",
                report.name.starts_with("NPKai")
            );
        }
    }
}
