//! Marked proofs (大样): the page with its marks, as PDF and PNG.

use std::path::Path;
use std::sync::Arc;

use crate::base::clreq::Scheme;
use crate::base::diag::Diagnostic;
use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::compose::shape::ShapeCache;
use crate::makeup;
use crate::makeup::composer::FontComposer;
use crate::page::{GlyphRun, Page};
use crate::press::files;
use crate::proof;
use crate::story::{
    Align, FacePair, Ink, ParaStyle, Paragraph, Placement, Role, TextRun, TextStyle, Turn,
};
use crate::write::pdf::{self, Day, Options};
use crate::write::png;

/// The stage that proofs bear until stages are kept.
pub(super) const STAGE: &str = "大样 PAGE PROOF";
/// Faces for the lettering of marks, best first.
pub(super) const LETTERING: [&str; 2] = ["NotoSansSC-Regular", "NotoSerifSC-Regular"];

/// Writes the marked page to `path`, and at `dpi` a PNG beside it.
///
/// # Errors
///
/// What the writers and the file system refuse; a file that could not be
/// written is not there.
pub(super) fn write(
    path: &Path,
    page: &Page,
    book: &FontBook,
    stage: &str,
    date: Option<Day>,
    dpi: Option<u32>,
) -> Result<(), Diagnostic> {
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book,
        cache: &cache,
    };
    let marked = proof::mark(
        page,
        &|text, size, ink| lettering(text, size, ink, book, &composer),
        &stamp(page, stage),
    );
    let options = Options {
        date,
        ..Options::default()
    };
    let bytes = pdf::write(std::slice::from_ref(&marked), book, &options).map_err(|note| *note)?;
    files::write_whole(path, &bytes)?;
    let Some(dpi) = dpi else { return Ok(()) };
    for image in png::preview(&bytes, dpi).map_err(|note| *note)? {
        files::write_whole(&path.with_extension("png"), &image)?;
    }
    Ok(())
}

/// What a proof is of, and its stage (E06): paper, date, page.
fn stamp(page: &Page, stage: &str) -> String {
    format!("{}\u{3000}{stage}", page.title)
}

pub(super) fn lettering(
    text: &str,
    size: Length,
    ink: Ink,
    book: &FontBook,
    composer: &FontComposer<'_>,
) -> Vec<GlyphRun> {
    match paragraph(text, size, ink, book) {
        Some(paragraph) => makeup::lettering(&paragraph, composer),
        None => Vec::new(),
    }
}

/// Text in lines of a measure.
pub(super) fn lettering_within(
    text: &str,
    size: Length,
    measure: Length,
    book: &FontBook,
    composer: &FontComposer<'_>,
) -> Vec<Vec<GlyphRun>> {
    match paragraph(text, size, Ink::BLACK, book) {
        Some(paragraph) => makeup::lettering_within(&paragraph, measure, composer),
        None => Vec::new(),
    }
}

/// A paragraph of lettering; `None` where there is nothing to set, or no face
/// to set it in.
fn paragraph(text: &str, size: Length, ink: Ink, book: &FontBook) -> Option<Paragraph> {
    let faces: Arc<[_]> = LETTERING
        .iter()
        .filter_map(|stem| book.find(stem))
        .collect();
    if faces.is_empty() || text.is_empty() {
        return None;
    }
    let style = TextStyle {
        han: Arc::clone(&faces),
        latin: faces,
        size,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink,
        half_em_digits: false,
        pair: FacePair::default(),
        raised: None,
    };
    Some(Paragraph {
        role: Role::Furniture,
        text: text.to_owned(),
        runs: vec![TextRun {
            range: 0..u32::try_from(text.len()).unwrap_or(u32::MAX),
            style: Arc::new(style),
        }],
        pieces: Vec::new(),
        interlinear: Vec::new(),
        style: Arc::new(ParaStyle {
            align: Align::Start,
            turn: Turn::Fill,
            indent: Length::ZERO,
            start: Length::ZERO,
            end: Length::ZERO,
            size,
            pitch: size,
            scheme: Arc::new(Scheme::default()),
            placement: Placement::Lines,
            keep_next: 0,
            before: 0,
            casts: [].into(),
        }),
    })
}
