//! Document numbers: the year in tortoise-shell brackets (T21).

use super::finding::Finding;
use super::passage::{Passage, is_han};
use super::rule::DOCUMENT;

/// `国发[2024]1号`. Square and heavy brackets have no other use there and
/// are mended; round ones are only told.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    for at in 1..passage.len() {
        let (open, close) = (passage.at(at), passage.at(at + 5));
        let round = match (open, close) {
            ('[', ']') | ('［', '］') | ('【', '】') => false,
            ('(', ')') | ('（', '）') => true,
            _ => continue,
        };
        let year = passage.run(at + 1, |c| c.is_ascii_digit()) == at + 5
            && matches!(passage.at(at + 1), '1' | '2');
        let digits = passage.run(at + 6, |c| c.is_ascii_digit());
        let number = digits > at + 6 && passage.at(digits) == '号';
        if !(is_han(passage.before(at)) && year && number) {
            continue;
        }
        let to = format!("〔{}〕", passage.slice(&(at + 1..at + 5)));
        let mut finding = Finding::new(
            &DOCUMENT,
            passage,
            at..at + 6,
            "发文字号的年份应放在六角括号里",
            "the year of a document number stands in tortoise-shell brackets",
        )
        .write(&to);
        if !round {
            finding = finding.mend(at..at + 1, '〔').mend(at + 5..at + 6, '〕');
        }
        out.push(finding);
    }
}
