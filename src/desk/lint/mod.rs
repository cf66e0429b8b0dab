//! 校对: what a copy editor marks in a manuscript.
//!
//! Works on the copy after normalisation, so nothing that T11, T25 and T26
//! change is told twice, and finds its way back to the file by the map of
//! each text (E15). One file holds one family of rules; [`rule`] is the table
//! of them all. A finding names its place, its reason and what to do, and
//! where the change cannot alter what the copy says it carries the change
//! itself; [`fix`] makes those and no others.
//!
//! | File | Rows |
//! |---|---|
//! | `marks` | E13 half-width marks, doubled marks, spaces; T10 |
//! | `pairs` | T18, T19, T21 nesting, E13 unmatched pairs |
//! | `series` | T20 |
//! | `joint` | T13, T15 |
//! | `number` | T32 |
//! | `numeral` | T33 |
//! | `document` | T21 document numbers |
//! | `heading` | P17, P31 |
//! | `calendar` | E13 dates and weekdays |
//! | `script` | E14 Traditional and Japanese forms |
//! | `words` | E14 word lists |

mod calendar;
mod document;
mod finding;
mod fix;
mod heading;
mod joint;
mod marks;
mod number;
mod numeral;
mod pairs;
mod passage;
#[cfg(test)]
mod proptests;
pub mod rule;
mod script;
mod series;
#[cfg(test)]
mod tests;
mod words;

use crate::base::clreq::Region;
use crate::base::diag::Diagnostic;
use crate::desk::date::Date;
use crate::desk::manuscript::Manuscript;

use finding::Finding;
use passage::Passage;

pub use fix::{Fixed, Mended, Round, fix};
pub use words::{WordList, parse as parse_words};

/// By what the copy is judged.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whose quotes, book-title marks and characters.
    pub region: Region,
    /// 出版日期, where there is an issue.
    pub date: Option<Date>,
    /// Words of the desk's own list.
    pub words: WordList,
}

/// What a copy editor would mark, in the order of the file.
///
/// Time is linear in the length of the copy, times the number of words of
/// the list that begin alike.
pub fn lint(manuscript: &Manuscript, settings: &Settings) -> Vec<Diagnostic> {
    let passages = passage::of(manuscript);
    let mut notes: Vec<Diagnostic> = find(&passages, settings)
        .into_iter()
        .map(|finding| finding.diagnostic(&passages))
        .collect();
    notes.sort_by_key(|note| note.span.map(|span| (span.start, span.end)));
    notes
}

/// All findings, rule family by rule family.
fn find(passages: &[Passage<'_>], settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    pairs::find(passages, settings.region, &mut found);
    calendar::find(passages, settings.date, &mut found);
    for passage in passages.iter().filter(|passage| passage.part.is_chinese()) {
        marks::find(passage, &mut found);
        series::find(passage, &mut found);
        joint::find(passage, &mut found);
        number::find(passage, &mut found);
        numeral::find(passage, &mut found);
        document::find(passage, &mut found);
        heading::find(passage, &mut found);
        if settings.region == Region::Cn {
            script::find(passage, &mut found);
        }
    }
    for passage in passages {
        settings.words.find(passage, &mut found);
    }
    found
}
