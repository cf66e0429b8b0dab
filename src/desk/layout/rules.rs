//! `[rules]`: how grave the rules of a page are.

use super::text::{Grade, RulesText};
use crate::desk::form::{Leaf, Notes, OneOf};
use crate::desk::rules::PageRules;

/// The grades as written, over the usual ones.
pub(super) fn rules(text: &RulesText, notes: &mut Notes) -> PageRules {
    let usual = PageRules::default();
    let mut grade = |leaf: &Leaf<OneOf<Grade>>, usual| match notes.take(leaf) {
        Some(OneOf(Grade(grade))) => grade,
        None => usual,
    };
    PageRules {
        bump: grade(&text.bump, usual.bump),
        cut: grade(&text.cut, usual.cut),
        feet: grade(&text.feet, usual.feet),
        close: grade(&text.close, usual.close),
        white: grade(&text.white, usual.white),
        four_colour: grade(&text.four_colour, usual.four_colour),
    }
}
