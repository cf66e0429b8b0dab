//! Numbers with their units, and notes with their base: stretches that no
//! line breaks inside (L14, L15, L17).

use crate::base::clreq::{Class, han_unit, is_multiplier, is_numeral, is_symbol};

use super::unit::{Tie, Unit};

/// Longest symbol of a unit between two strokes, in letters (L14).
const SYMBOL: usize = 4;
/// Longest number of a note reference.
const NOTE: usize = 4;

/// Ties numbers to the symbols behind them (L14), with `han` to the Han units
/// too (L15), and note references to what they stand behind (L17).
///
/// `western` says that the whole paragraph is Western: there a word of four
/// letters behind a number is mostly a word (`2026 the`), and only a known
/// symbol is taken for a unit.
pub(super) fn bind(units: &mut [Unit], western: bool, han: bool) {
    for at in 0..units.len() {
        if units[at].class == Class::Num && !units[at].address {
            if units
                .get(at + 1)
                .is_some_and(|next| next.class == Class::Num)
            {
                continue;
            }
            if let Some(end) = symbol(units, at, western) {
                hold(&mut units[at..end]);
            } else if han && let Some(end) = han_words(units, at) {
                hold(&mut units[at..end]);
            }
        }
        if let Some(end) = note(units, at) {
            let base = at.saturating_sub(1);
            hold(&mut units[base..end]);
        }
    }
}

/// Lets no line break between these units.
fn hold(units: &mut [Unit]) {
    let Some((_, inner)) = units.split_last_mut() else {
        return;
    };
    for unit in inner {
        unit.tie = Tie::Fast;
        unit.breaks_after = false;
    }
}

/// One past the unit symbol behind the number that ends at `at`: `km`,
/// `km/h`, `m²`, `kW·h`, `%`, with one space before it or none.
fn symbol(units: &[Unit], at: usize, western: bool) -> Option<usize> {
    let spaced = units.get(at + 1)?.class == Class::Space;
    let from = at + 1 + usize::from(spaced);
    if units.get(from)?.class == Class::Post {
        return Some(from + 1);
    }
    let mut end = from;
    loop {
        let letters = units[end..]
            .iter()
            .take(SYMBOL + 1)
            .take_while(|unit| letter(unit))
            .count();
        if letters == 0 || letters > SYMBOL {
            return None;
        }
        end += letters;
        end += units[end..]
            .iter()
            .take_while(|unit| unit.class == Class::Post)
            .count();
        let joined = units.get(end).is_some_and(joins);
        if !joined || !units.get(end + 1).is_some_and(letter) {
            break;
        }
        end += 1;
    }
    // a code (`15 Pro2`) or a longer word goes on
    let ends = units
        .get(end)
        .is_none_or(|next| !letter(next) && next.class != Class::Num && !joins(next));
    let word: String = units[from..end].iter().map(|unit| unit.first).collect();
    (ends && (!western || is_symbol(&word))).then_some(end)
}

fn letter(unit: &Unit) -> bool {
    unit.class == Class::West && unit.first.is_alphabetic() && !unit.address
}

/// A stroke or a dot inside a compound unit.
fn joins(unit: &Unit) -> bool {
    matches!(unit.first, '/' | '·') && !unit.address
}

/// One past the Han unit behind the number that ends at `at`: 年, 万元,
/// 平方公里, with one space before it or none.
fn han_words(units: &[Unit], at: usize) -> Option<usize> {
    let spaced = units.get(at + 1)?.class == Class::Space;
    let from = at + 1 + usize::from(spaced);
    let mut end = from;
    while units.get(end).is_some_and(|unit| is_multiplier(unit.first)) {
        end += 1;
    }
    let ahead: String = units[end..]
        .iter()
        .take(SYMBOL)
        .take_while(|unit| unit.class == Class::Han)
        .map(|unit| unit.first)
        .collect();
    end += han_unit(&ahead);
    (end > from).then_some(end)
}

/// One past the note reference `（注1）` that begins at `at`.
fn note(units: &[Unit], at: usize) -> Option<usize> {
    let open = units.get(at)?;
    if open.class != Class::Open || units.get(at + 1)?.first != '注' {
        return None;
    }
    let number = units[at + 2..]
        .iter()
        .take(NOTE + 1)
        .take_while(|unit| matches!(unit.class, Class::Num | Class::Note) || is_numeral(unit.first))
        .count();
    let close = at + 2 + number;
    (number <= NOTE && units.get(close)?.class == Class::Close).then_some(close + 1)
}
