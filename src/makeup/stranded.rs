//! 孤行 (P11): the last line of a paragraph does not stand alone at the head
//! of a column.

use super::area::Place;
use super::matter::{Lines, Matter};
use crate::base::geom::Length;

/// How far the flow may go to keep a last line from standing alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mend {
    /// Squeeze the paragraph to lose the line, else move one more line over.
    #[default]
    Move,
    /// Squeeze only: a line moved over leaves a hole, and the slot has no line
    /// to spare.
    Squeeze,
}

/// A paragraph of running text as it goes into the places ahead of it.
pub(crate) struct Poured {
    pub(crate) lines: Lines,
    /// The place that stays empty, so that the line goes over with the last.
    pub(crate) hole: Option<usize>,
    /// The last line stands alone at the head of a column all the same.
    pub(crate) stranded: bool,
}

/// The places ahead of a paragraph.
#[derive(Clone, Copy)]
pub(crate) struct Ahead<'x> {
    pub(crate) places: &'x [Place],
    /// Their measures.
    pub(crate) measures: &'x [Length],
    /// The measure where they run out.
    pub(crate) tail: Length,
    /// Lines of this paragraph that must stay in the column it begins in: a
    /// subhead stands above them (P12).
    pub(crate) stay: &'x dyn Fn() -> usize,
    /// Whether its first place begins a column.
    pub(crate) at_head: bool,
    /// Lines it is to be squeezed by, where it gives as much (E04).
    pub(crate) save: usize,
}

/// Breaks a paragraph along the places, and mends its last line where that
/// would stand alone: the repairs of P11 in their order.
pub(crate) fn pour(matter: &Matter<'_>, ahead: Ahead<'_>, mend: Mend) -> Poured {
    let lines = squeezed(matter, &ahead);
    let as_it_is = |stranded| Poured {
        lines: Lines::clone(&lines),
        hole: None,
        stranded,
    };
    let count = lines.len();
    if !is_stranded(ahead.places, count) || !matter.paragraph.style.scheme.mend_stranded {
        return as_it_is(false);
    }
    if let Some(saved) = matter.within(count - 1, ahead.measures, ahead.tail) {
        return Poured {
            lines: saved,
            hole: None,
            stranded: false,
        };
    }
    match mend {
        Mend::Squeeze => as_it_is(true),
        Mend::Move => moved(matter, ahead, count).unwrap_or_else(|| as_it_is(true)),
    }
}

/// The lines of a paragraph, as few less as it is asked to save.
fn squeezed(matter: &Matter<'_>, ahead: &Ahead<'_>) -> Lines {
    let natural = matter.along(ahead.measures, ahead.tail);
    (1..=ahead.save)
        .rev()
        .filter_map(|save| natural.len().checked_sub(save).filter(|&most| most > 0))
        .find_map(|most| matter.within(most, ahead.measures, ahead.tail))
        .unwrap_or(natural)
}

/// Whether the last of so many lines is the only one in its column, and others
/// stand in the column before.
fn is_stranded(places: &[Place], lines: usize) -> bool {
    let above = lines.checked_sub(2).and_then(|above| places.get(above));
    let last = lines.checked_sub(1).and_then(|last| places.get(last));
    above
        .zip(last)
        .is_some_and(|(above, last)| above.column != last.column)
}

/// The paragraph with one more line moved over: the last place of the column
/// stays empty. `None` where that empties the column, takes from a subhead
/// what must follow it, or finds no room.
fn moved(matter: &Matter<'_>, ahead: Ahead<'_>, count: usize) -> Option<Poured> {
    let hole = count - 2;
    let heads = match hole {
        0 => ahead.at_head,
        _ => ahead.places[hole - 1].column != ahead.places[hole].column,
    };
    if heads || hole < (ahead.stay)() {
        return None;
    }
    let without = |nth: &usize| *nth != hole;
    let kept = || (0..ahead.places.len()).filter(without);
    let measures: Vec<Length> = kept().map(|nth| ahead.measures[nth]).collect();
    let places: Vec<Place> = kept().map(|nth| ahead.places[nth]).collect();
    let lines = matter.along(&measures, ahead.tail);
    let goes = lines.len() >= hole + 2
        && lines.len() <= places.len()
        && !is_stranded(&places, lines.len());
    goes.then_some(Poured {
        lines,
        hole: Some(hole),
        stranded: false,
    })
}
