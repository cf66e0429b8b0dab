//! Running copy of any length: the body text of the sample issue, over and
//! over.

use std::path::Path;
use std::sync::Arc;

use banxin::base::clreq::Scheme;
use banxin::base::diag::SourceId;
use banxin::base::font::{FaceId, FontBook};
use banxin::base::geom::Length;
use banxin::compose::Galley;
use banxin::compose::lines_report::{self, EM};
use banxin::compose::shape::{ShapeCache, shape};
use banxin::desk::manuscript::{self, BlockKind, Format};
use banxin::story::{FacePair, Ink, Paragraph, TextStyle};

use super::edition::sample;

/// The measure of a base column.
pub(crate) const MEASURE: Length = Length::units(EM.raw() * 13);

/// The stem of the body face.
pub(crate) const HAN: &str = "NotoSerifSC-Regular";
/// The stem of its Western partner.
pub(crate) const LATIN: &str = "texgyretermes-regular";

/// Paragraphs of exactly `count` characters together.
pub(crate) fn texts(count: usize) -> Vec<String> {
    let body = body();
    let mut left = count;
    let mut texts = Vec::new();
    for text in body.iter().cycle() {
        let text: String = text.chars().take(left).collect();
        left -= text.chars().count();
        texts.push(text);
        if left == 0 {
            break;
        }
    }
    texts
}

/// [`texts`] in the body faces.
pub(crate) fn paragraphs(count: usize, book: &FontBook) -> Vec<Paragraph> {
    styled(texts(count).iter().map(String::as_str), book)
}

/// [`texts`] as a single paragraph: what no newspaper prints, and where a
/// breaker that is not linear shows it.
pub(crate) fn one_paragraph(count: usize, book: &FontBook) -> Paragraph {
    let text = texts(count).concat();
    styled(std::iter::once(text.as_str()), book).remove(0)
}

fn styled<'t>(texts: impl Iterator<Item = &'t str>, book: &FontBook) -> Vec<Paragraph> {
    let faces = |stem| -> Arc<[FaceId]> { Arc::from([book.find(stem).expect("a body face")]) };
    let style = Arc::new(TextStyle {
        han: faces(HAN),
        latin: faces(LATIN),
        size: EM,
        tracking: Length::ZERO,
        scale_x: 1000,
        ink: Ink::BLACK,
        half_em_digits: true,
        pair: FacePair::default(),
        raised: None,
    });
    texts
        .map(|text| lines_report::paragraph(text, Arc::clone(&style), &Scheme::default()))
        .collect()
}

/// Shapes, spaces and breaks every paragraph at [`MEASURE`]; the number of
/// lines.
pub(crate) fn set_in_column(copy: &[Paragraph], book: &FontBook, cache: &ShapeCache) -> usize {
    copy.iter()
        .map(|paragraph| {
            let run = shape(paragraph, book, cache);
            Galley::new(&run, &paragraph.style).break_at(MEASURE).len()
        })
        .sum()
}

/// The body paragraphs of the sample issue, in the order of its file names.
fn body() -> Vec<String> {
    #![allow(
        clippy::disallowed_methods,
        reason = "the benchmarks read the sample issue"
    )]
    let folder = sample().join("articles");
    let entries = std::fs::read_dir(&folder).expect("the sample articles");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.iter().flat_map(|path| body_of(path)).collect()
}

fn body_of(path: &Path) -> Vec<String> {
    #![allow(
        clippy::disallowed_methods,
        reason = "the benchmarks read the sample issue"
    )]
    let text = std::fs::read_to_string(path).expect("an article");
    let manuscript = manuscript::read(SourceId(0), &text, Format::Markdown).value;
    let blocks = manuscript.blocks.into_iter();
    blocks
        .filter(|block| block.kind == BlockKind::Paragraph)
        .map(|block| block.text)
        .collect()
}
