//! Faces, their metrics, and the book that holds them. The one door to
//! `ttf-parser` (`compose/shape` takes the parsed face from here).
//!
//! A face is parsed once and shared. Parsing reads the table directory and
//! the heads of a few tables, so that a memory-mapped font of ten megabytes
//! costs a few pages of memory until its glyphs are asked for.

mod error;
mod face;
mod report;

use std::path::Path;

pub use error::{FontError, FontFault};
pub use face::{Face, GlyphBounds};
pub use report::{FaceReport, GB2312_HAN};

use crate::base::bytes::Bytes;

/// The bytes of a font file.
pub type FontData = Bytes;

/// Index of a face in its font book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);

/// The faces of one run of the program, in the order they were added.
///
/// Roles (song, hei, kai, fangsong) are resolved to [`FaceId`]s by `desk`;
/// the book knows only names. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct FontBook {
    faces: Vec<Face>,
}

impl FontBook {
    /// No faces yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the first face of a font file. `name` is the file's stem, by
    /// which layouts name it; `path` is shown to people.
    ///
    /// # Errors
    ///
    /// What is wrong with the file; the book is unchanged then. A name that
    /// the book holds already is an error too.
    pub fn add(&mut self, name: &str, path: &str, data: FontData) -> Result<FaceId, FontError> {
        self.add_indexed(name, path, data, 0)
    }

    /// Adds face `index` of a font collection (`.ttc`, `.otc`).
    ///
    /// # Errors
    ///
    /// As [`FontBook::add`].
    pub fn add_indexed(
        &mut self,
        name: &str,
        path: &str,
        data: FontData,
        index: u32,
    ) -> Result<FaceId, FontError> {
        let fault = |fault| FontError {
            path: path.into(),
            fault,
        };
        if let Some(held) = self.faces.iter().find(|face| face.name() == name) {
            return Err(fault(FontFault::NameTaken(held.path().into())));
        }
        let id = u16::try_from(self.faces.len()).map_err(|_| fault(FontFault::TooMany))?;
        self.faces
            .push(Face::parse(name, path, data, index).map_err(fault)?);
        Ok(FaceId(id))
    }

    /// How many faces a font file holds: 1 unless it is a collection.
    pub fn faces_in(data: &FontData) -> u32 {
        ttf_parser::fonts_in_collection(data.as_ref()).unwrap_or(1)
    }

    /// Whether a file name is that of a font this program can read.
    pub fn is_font_name(path: &Path) -> bool {
        path.extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|e| {
                ["otf", "ttf", "ttc", "otc"]
                    .iter()
                    .any(|k| e.eq_ignore_ascii_case(k))
            })
    }

    /// The face of that file stem.
    pub fn find(&self, stem: &str) -> Option<FaceId> {
        self.iter()
            .find(|(_, face)| face.name() == stem)
            .map(|(id, _)| id)
    }

    /// The face of an id that this book handed out.
    ///
    /// # Panics
    ///
    /// For an id of another, larger book; [`FontBook::get`] does not.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The face of an id, if this book has so many.
    pub fn get(&self, id: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(id.0))
    }

    /// Every face with its id, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FaceId, &Face)> {
        // `add` refuses more faces than ids can count.
        (0..=u16::MAX).map(FaceId).zip(&self.faces)
    }

    /// The number of faces.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// Whether there is no face.
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "tests read and write files of their own"
)]
pub(crate) mod tests {
    use super::*;

    /// A bundled font file.
    #[allow(
        clippy::disallowed_methods,
        reason = "the tests read the bundled fonts"
    )]
    pub(crate) fn bundled(stem: &str) -> Vec<u8> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let extension = if stem.starts_with("NPKai") {
            "ttf"
        } else {
            "otf"
        };
        std::fs::read(folder.join(format!("{stem}.{extension}"))).expect("a bundled font")
    }

    /// The stems of all bundled fonts, Han faces first.
    pub(crate) const BUNDLED: [&str; 13] = [
        "NotoSerifSC-Regular",
        "NotoSerifCJKsc-Medium.T1",
        "NotoSerifCJKsc-Bold.T1",
        "NotoSerifCJKsc-Black.T1",
        "NotoSansSC-Regular",
        "NotoSansCJKsc-Bold.T1",
        "NotoSansCJKsc-Black.T1",
        "NPKai-Regular.T1",
        "FandolFang-Regular",
        "texgyretermes-regular",
        "texgyretermes-bold",
        "texgyreheros-regular",
        "texgyreheros-bold",
    ];

    /// How many of [`BUNDLED`] are Han faces.
    pub(crate) const BUNDLED_HAN: usize = 9;

    /// A book of all bundled fonts; ids follow [`BUNDLED`].
    pub(crate) fn bundled_book() -> FontBook {
        static BOOK: std::sync::OnceLock<FontBook> = std::sync::OnceLock::new();
        BOOK.get_or_init(|| {
            let mut book = FontBook::new();
            for stem in BUNDLED {
                book.add(stem, stem, bundled(stem).into())
                    .expect("a sound font");
            }
            book
        })
        .clone()
    }

    #[test]
    fn a_book_finds_faces_by_file_stem() {
        let book = bundled_book();
        assert_eq!(book.len(), BUNDLED.len());
        let id = book.find("NPKai-Regular.T1").expect("the Kai");
        assert_eq!(book.face(id).name(), "NPKai-Regular.T1");
        assert_eq!(book.find("NoSuchFace"), None);
        assert!(book.get(FaceId(999)).is_none());
        assert!(
            book.iter()
                .all(|(id, face)| book.find(face.name()) == Some(id))
        );
    }

    #[test]
    fn a_second_face_of_one_name_is_refused() {
        let mut book = FontBook::new();
        let bytes: FontData = bundled("texgyreheros-bold").into();
        assert!(book.add("a", "x/a.otf", bytes.clone()).is_ok());
        let error = book.add("a", "y/a.otf", bytes).expect_err("name taken");
        assert_eq!(error.fault, FontFault::NameTaken("x/a.otf".into()));
        assert_eq!(book.len(), 1);
    }

    #[test]
    fn font_files_are_told_by_their_extension() {
        for (name, font) in [
            ("a.otf", true),
            ("a.TTC", true),
            ("a.woff2", false),
            ("otf", false),
            ("a.txt", false),
        ] {
            assert_eq!(FontBook::is_font_name(Path::new(name)), font, "{name}");
        }
    }
}
