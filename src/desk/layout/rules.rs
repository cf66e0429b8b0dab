//! `[rules]`, `[fit]` and `fillers`: how grave the rules of a page are, what may
//! be done where a story is too long, and what may fill the foot of a short one.

use super::text::{FillerSizeText, FitText, Grade, RulesText};
use crate::desk::form::{Leaf, Notes, OneOf, Placed};
use crate::desk::plan::Fitting;
use crate::desk::rules::PageRules;
use crate::page::Grid;

/// The grades as written, over the usual ones.
pub(super) fn rules(text: &RulesText, notes: &mut Notes) -> PageRules {
    let usual = PageRules::default();
    let mut grade = |leaf: &Leaf<OneOf<Grade>>, usual| match notes.take(leaf) {
        Some(OneOf(Grade(grade))) => grade,
        None => usual,
    };
    PageRules {
        bump: grade(&text.bump, usual.bump),
        lead: grade(&text.lead, usual.lead),
        cut: grade(&text.cut, usual.cut),
        feet: grade(&text.feet, usual.feet),
        cover: grade(&text.cover, usual.cover),
        apart: grade(&text.apart, usual.apart),
        shape: grade(&text.shape, usual.shape),
        close: grade(&text.close, usual.close),
        white: grade(&text.white, usual.white),
        four_colour: grade(&text.four_colour, usual.four_colour),
    }
}

/// N45: the sizes of art that may fill the foot of a story.
pub(super) fn fillers(
    sizes: &[Placed<FillerSizeText>],
    grid: &Grid,
    notes: &mut Notes,
) -> Vec<u16> {
    let size = |placed: &Placed<FillerSizeText>| {
        let leaf = &placed.value.lines;
        if leaf.is_missing() {
            notes.need(leaf, "lines", placed.range.as_ref());
        }
        notes.count(leaf, "lines", 1..=i64::from(grid.lines))
    };
    sizes.iter().filter_map(size).collect()
}

/// What may be done, over what is usual.
pub(super) fn fitting(text: &FitText, notes: &mut Notes) -> Fitting {
    let usual = Fitting::default();
    Fitting {
        auto: notes.take(&text.auto).unwrap_or(usual.auto),
        short_lines: notes.take(&text.short_lines).unwrap_or(usual.short_lines),
        squeeze: notes.take(&text.squeeze).unwrap_or(usual.squeeze),
        head: notes.count(&text.head, "head", 0..=3).unwrap_or(usual.head),
        picture: notes
            .count(&text.picture, "picture", 0..=20)
            .unwrap_or(usual.picture),
        line_gap: notes
            .count(&text.line_gap, "line_gap", 0..=5)
            .unwrap_or(usual.line_gap),
    }
}
