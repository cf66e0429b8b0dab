//! The bundled faces, mapped as `press` maps them.

use std::path::Path;

use banxin::base::font::FontBook;
use banxin::press::fonts;

/// A book of the fonts in `fonts/`.
pub(crate) fn book() -> FontBook {
    let mut book = FontBook::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let notes = fonts::add(&mut book, &[folder], &[]);
    assert!(notes.is_empty(), "{notes:?}");
    book
}
