//! Where a Western word may be parted with a hyphen (L16): the one door to
//! `hypher`, which has the patterns of English.

use std::ops::Range;

use hypher::{Lang, hyphenate_bounded};

use crate::base::clreq::Class;

use super::unit::Unit;

/// Letters that stay on the line.
const LEFT: usize = 2;
/// Letters that go to the next one.
const RIGHT: usize = 3;
/// Longer words are none of English; the patterns take no more without a heap.
const LONGEST: usize = 32;

/// The units in front of which a line may end in an added hyphen, in order,
/// where nothing ties them to what is before them.
///
/// Words of plain letters only: no addresses, no words with digits, no
/// abbreviations in capitals, and none whose number must not leave it (L14).
pub(super) fn points(text: &str, units: &[Unit]) -> Vec<usize> {
    let mut points = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let letters = units[at..].iter().take_while(|unit| letter(text, unit));
        let end = at + letters.count();
        if end > at && !beside_digit(units, at..end) {
            part(text, units, at..end, &mut points);
        }
        at = end.max(at + 1);
    }
    points
}

fn letter(text: &str, unit: &Unit) -> bool {
    let range = unit.text.start as usize..unit.text.end as usize;
    let cluster = text.get(range).unwrap_or("");
    unit.class == Class::West
        && !unit.address
        && !cluster.is_empty()
        && cluster.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn beside_digit(units: &[Unit], word: Range<usize>) -> bool {
    let digit = |at: Option<usize>| {
        let unit = at.and_then(|at| units.get(at));
        unit.is_some_and(|unit| unit.class == Class::Num)
    };
    digit(word.start.checked_sub(1)) || digit(Some(word.end))
}

fn part(text: &str, units: &[Unit], word: Range<usize>, points: &mut Vec<usize>) {
    let (start, end) = (units[word.start].text.start, units[word.end - 1].text.end);
    let letters = text.get(start as usize..end as usize).unwrap_or("");
    let capitals = letters
        .bytes()
        .skip(1)
        .any(|byte| byte.is_ascii_uppercase());
    if letters.len() < LEFT + RIGHT || letters.len() > LONGEST || capitals {
        return;
    }
    let mut offset = start as usize;
    let mut at = word.start;
    for syllable in hyphenate_bounded(letters, Lang::English, LEFT, RIGHT) {
        offset += syllable.len();
        while at < word.end && (units[at].text.start as usize) < offset {
            at += 1;
        }
        // a ligature is not parted
        if at < word.end && units[at].text.start as usize == offset {
            points.push(at);
        }
    }
}
