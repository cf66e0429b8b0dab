//! Straight quotes: one sign for both sides of a quotation (L46).
//!
//! " and ' open and close in turn, unless the copy says more: a quotation may
//! have begun in an earlier paragraph, and the same signs are inches, minutes
//! and apostrophes. What the neighbours tell is believed first; between two
//! such places the quotes must come out even, and where they do not, no line
//! breaks on either side of them.

use super::unit::{Side, Unit};
use crate::base::clreq::Class;

/// What its neighbours tell of a quote.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Opens,
    Closes,
    /// It closes, or is an inch behind a figure, a minute, an apostrophe.
    Joined,
    /// An inch behind feet, a second behind minutes: no quotation knows of it.
    Second,
    Nothing,
}

/// Sets the sides of all straight quotes, each sign by itself in one pass.
pub(super) fn sides(units: &mut [Unit]) {
    for sign in ['"', '\''] {
        let mut open = false;
        // those that nothing tells of since the last one that is sure
        let mut unsure: Vec<(usize, Told)> = Vec::new();
        for at in 0..units.len() {
            if units[at].first != sign || units[at].class != Class::Other {
                continue;
            }
            let Some(told) = told(units, at) else {
                continue;
            };
            let opens = match told {
                Told::Opens => true,
                Told::Closes => false,
                Told::Second => {
                    units[at].quotes = Some(Side::Closes);
                    continue;
                }
                Told::Joined | Told::Nothing => {
                    unsure.push((at, told));
                    continue;
                }
            };
            settle(units, &mut unsure, open, !opens);
            units[at].quotes = Some(if opens { Side::Opens } else { Side::Closes });
            open = opens;
        }
        settle(units, &mut unsure, open, false);
    }
}

/// What the neighbours of the quote at `at` tell; `None` for an apostrophe
/// inside a word.
fn told(units: &[Unit], at: usize) -> Option<Told> {
    let before = at.checked_sub(1).map(|before| &units[before]);
    let after = units.get(at + 1);
    let figure = |unit: &&Unit| unit.class == Class::Num;
    let word = |unit: &&Unit| matches!(unit.class, Class::West | Class::Num);
    let stroke = units[at].first == '\'';
    if stroke && before.is_some_and(|unit| word(&unit)) && after.is_some_and(|unit| word(&unit)) {
        return None;
    }
    if before.is_some_and(|unit| figure(&unit)) && follows_feet(&units[..at]) {
        return Some(Told::Second);
    }
    if before.is_some_and(|unit| figure(&unit) || (stroke && unit.class == Class::West)) {
        return Some(Told::Joined);
    }
    let starts = before.is_none_or(|unit| {
        unit.blank() || unit.class == Class::Open || matches!(unit.first, '：' | ':')
    });
    // `"，"` quotes a mark, or parts two quotations
    let mark = units
        .get(at + 2)
        .is_some_and(|next| next.first == units[at].first);
    let ends = after.is_none_or(|unit| unit.blank() || (unit.class.closes() && !mark));
    Some(match (starts, ends) {
        (true, false) => Told::Opens,
        (false, true) => Told::Closes,
        _ => Told::Nothing,
    })
}

/// Whether the figures at the end of these units stand behind a stroke that
/// stands behind figures itself: `3'15`.
fn follows_feet(units: &[Unit]) -> bool {
    /// Figures that are looked through: keeps the work linear.
    const LOOK: usize = 4;
    let mut ahead = units.iter().rev().take(LOOK);
    let stroke = ahead.position(|unit| unit.class != Class::Num);
    let Some(at) = stroke.and_then(|stroke| units.len().checked_sub(stroke + 1)) else {
        return false;
    };
    let feet = at.checked_sub(1).map(|before| units[before].class);
    units[at].first == '\'' && feet == Some(Class::Num)
}

/// Gives the unsure ones their sides in turn, from a quotation that is `open`
/// in front of them or not, to one that must be open behind them or not. Where
/// they do not come out even, the first that may be an inch or an apostrophe is
/// one; without such they are held on both sides.
fn settle(units: &mut [Unit], unsure: &mut Vec<(usize, Told)>, open: bool, must: bool) {
    let joined = unsure.iter().filter(|(_, told)| *told == Told::Joined);
    let several = joined.count() > 1;
    let even = |count: usize| count.is_multiple_of(2) == (open == must);
    if !even(unsure.len()) {
        match unsure.iter().position(|(_, told)| *told == Told::Joined) {
            Some(inch) => units[unsure.remove(inch).0].quotes = Some(Side::Closes),
            None => {
                for (at, _) in unsure.drain(..) {
                    units[at].quotes = Some(Side::Either);
                }
            }
        }
    }
    let mut open = open;
    for (at, told) in unsure.drain(..) {
        units[at].quotes = Some(match open {
            true => Side::Closes,
            // two inches, or a quotation between two figures
            false if several && told == Told::Joined => Side::Either,
            false => Side::Opens,
        });
        open = !open;
    }
}
