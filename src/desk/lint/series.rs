//! Items that have quotes or book-title marks of their own: T20.

use super::finding::Finding;
use super::passage::{Passage, is_han};
use super::rule::SERIES;

/// `《甲》、《乙》`: the marks part the items already. Where a list holds
/// anything else, `《甲》（上）、《乙》`, all of it keeps its 、.
pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < passage.len() {
        let commas = list(passage, at);
        let Some(&last) = commas.last() else {
            at += 1;
            continue;
        };
        for &comma in &commas {
            let finding = Finding::new(
                &SERIES,
                passage,
                comma..comma + 1,
                "并列的引号或书名号之间不用顿号",
                "no 、 between items that each have quotes or book-title marks",
            );
            let finding = finding.help("删去顿号", "delete the 、");
            out.push(finding.mend(comma..comma + 1, ""));
        }
        at = last + 1;
    }
}

/// The 、 of the list whose first 、 is at `at`: all between `》` and `《`
/// or `”` and `“`, and nothing else in the list.
fn list(passage: &Passage<'_>, at: usize) -> Vec<usize> {
    let joint = |at: usize| {
        passage.at(at) == '、'
            && matches!(
                (passage.before(at), passage.at(at + 1)),
                ('》', '《') | ('”', '“')
            )
    };
    let mut commas = Vec::new();
    if !joint(at) || item_start(passage, at).is_some_and(|start| passage.before(start) == '、') {
        return commas;
    }
    let mut next = at;
    while joint(next) {
        commas.push(next);
        let Some(end) = item_end(passage, next + 1) else {
            return Vec::new();
        };
        next = end;
    }
    // `《乙》（下）` or `“乙”型、“丙”`: the list is of another kind
    if matches!(passage.at(next), '、' | '（' | '(') || mixed_later(passage, next) {
        commas.clear();
    }
    commas
}

/// Whether a few words after `at` bring the next 、 with an item in marks.
fn mixed_later(passage: &Passage<'_>, at: usize) -> bool {
    let end = passage.run(at, is_han).min(at + 6);
    passage.at(end) == '、' && matches!(passage.at(end + 1), '《' | '“')
}

/// The longest item that is looked at: 字.
const ITEM: usize = 200;

/// Where the item that ends right before `at` begins.
fn item_start(passage: &Passage<'_>, at: usize) -> Option<usize> {
    let close = passage.before(at);
    let open = if close == '》' { '《' } else { '“' };
    let mut depth = 0_usize;
    for n in (at.saturating_sub(ITEM)..at).rev() {
        let c = passage.at(n);
        if c == close {
            depth += 1;
        } else if c == open {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(n);
            }
        }
    }
    None
}

/// The position after the item that begins at `at`.
fn item_end(passage: &Passage<'_>, at: usize) -> Option<usize> {
    let open = passage.at(at);
    let close = if open == '《' { '》' } else { '”' };
    let mut depth = 0_usize;
    for n in at..passage.len().min(at + ITEM) {
        let c = passage.at(n);
        if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(n + 1);
            }
        }
    }
    None
}
