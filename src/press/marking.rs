//! Printer's marks around the pages of an issue (N15–N21).

use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::compose::shape::ShapeCache;
use crate::makeup::composer::FontComposer;
use crate::page::Page;
use crate::press::proofing::lettering;
use crate::proof;

/// 对开: pages of this height are folded once more, across (N11).
const BROADSHEET: Length = Length::mm(500);

/// Puts marks around pages, with what they are in the slug (N20): paper, date
/// and page, the plates and the file; the program and the condition. No time:
/// the same issue gives the same bytes. Unless `fold` says whether, pages as
/// high as a broadsheet have fold marks.
pub(super) fn mark(
    pages: &mut [(String, Page)],
    condition: &str,
    fold: Option<bool>,
    book: &FontBook,
) {
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book,
        cache: &cache,
    };
    let program = concat!("banxin ", env!("CARGO_PKG_VERSION"));
    for (stem, page) in pages {
        let first = format!("{}\u{3000}C M Y K\u{3000}{stem}.pdf", page.title);
        let second = format!("{program}\u{3000}{condition}");
        let letters = |text: &str, size, ink| lettering(text, size, ink, book, &composer);
        let fold = fold.unwrap_or(page.trim.height >= BROADSHEET);
        *page = proof::with_press_marks(page, fold, &letters, [&first, &second]);
    }
}
