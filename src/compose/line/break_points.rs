//! The positions at which a paragraph may be broken, with those that only
//! need allows.

use std::ops::Range;

use crate::base::clreq::Class;
use crate::compose::spacing::Break;

use super::cost::{DEAR, EMERGENCY, GRID_MARK, HYPHEN, WORD_BREAK, relaxation};
use super::measure::Ruler;
use super::optimum::Measures;
use super::runs;

/// A position between two atoms, or an end of the paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// Number of atoms before it.
    pub(super) at: usize,
    /// Cost of breaking here.
    pub(super) penalty: i64,
    /// A forced break (L18).
    pub(super) forced: bool,
    /// The end of the paragraph.
    pub(super) end: bool,
    /// Inside a unit that no line can hold (L45).
    pub(super) emergency: bool,
    /// Inside a word, by the scheme's leave (L16).
    pub(super) word: bool,
    /// In front of a syllable: the hyphen that the line ends with (L16).
    pub(super) hyphen: Option<Hyphen>,
    /// In front of a mark that may not start a line, by the leave of L43.
    pub(super) relaxed: bool,
}

/// The hyphen at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hyphen {
    /// The style of its word.
    pub(super) style: u16,
    pub(super) width: i64,
}

/// All break points in order; the first is the start of the paragraph, the
/// last its end. A paragraph without atoms has none.
///
/// With `relaxed` a line may also, dearly, start inside a run of three and
/// more marks that may not start one (L43).
pub(super) fn collect(ruler: &Ruler<'_>, measures: &Measures<'_>, relaxed: bool) -> Vec<Point> {
    let galley = ruler.galley;
    let count = galley.atoms.len();
    if count == 0 {
        return Vec::new();
    }
    let plain = Point {
        at: 0,
        penalty: 0,
        forced: false,
        end: false,
        emergency: false,
        word: false,
        hyphen: None,
        relaxed: false,
    };
    let narrowest = measures.narrowest();
    let mut points = vec![plain];
    let mut from = 0;
    for at in 1..=count {
        let rule = if at == count {
            Break::Allowed
        } else {
            galley.joints[at].rule
        };
        if rule == Break::Never {
            continue;
        }
        let unit = ruler.measure(from, at);
        let hyphen = match rule {
            Break::Hyphen(style) => {
                let width = galley.hyphens.get(usize::from(style));
                let hyphen = width.map(|&width| Hyphen { style, width });
                // L45: a measure that holds no letter beside it has none
                let letter = ruler.measure(at - 1, at).natural;
                hyphen.filter(|hyphen| letter + hyphen.width <= narrowest)
            }
            _ => None,
        };
        let drawn = unit.natural + hyphen.map_or(0, |hyphen| hyphen.width);
        let inside = |long: usize, later: bool| {
            (unit.first + 1..unit.last)
                .filter_map(move |at| Some((at, runs::mark(ruler, at, long)?)))
                .filter(move |&(_, number)| number > 0 || !later)
        };
        if drawn - unit.shrink > narrowest {
            let whole = wholes(
                ruler,
                unit.first..unit.last,
                drawn - unit.natural,
                narrowest,
            );
            // in order, so each is looked at until it is passed
            let mut whole = whole.into_iter().peekable();
            let inside = (unit.first + 1..unit.last).filter(|&at| {
                while whole.next_if(|run| run.end <= at).is_some() {}
                splits(ruler, at) && whole.peek().is_none_or(|run| at <= run.start)
            });
            points.extend(inside.map(|at| Point {
                at,
                penalty: EMERGENCY
                    + if stranded(ruler, at) {
                        EMERGENCY / 10
                    } else {
                        0
                    },
                emergency: true,
                ..plain
            }));
        } else if galley.grid.is_some() && galley.scheme.hanging {
            points.extend(inside(runs::PAIR, true).map(|(at, _)| Point {
                at,
                penalty: GRID_MARK,
                ..plain
            }));
        } else if relaxed {
            points.extend(inside(runs::LONG, false).map(|(at, number)| Point {
                at,
                // a line that starts with the whole run is twice as wrong
                penalty: relaxation(ruler) * if number == 0 { 2 } else { 1 },
                relaxed: true,
                ..plain
            }));
        }
        let forced_apart = matches!(rule, Break::Hyphen(_)) && hyphen.is_none();
        points.push(Point {
            at,
            penalty: match rule {
                Break::Word => WORD_BREAK,
                Break::Dear => DEAR,
                Break::Hyphen(_) if forced_apart => EMERGENCY,
                Break::Hyphen(_) => HYPHEN,
                Break::Never | Break::Allowed | Break::Forced => 0,
            },
            forced: rule == Break::Forced,
            end: at == count,
            emergency: forced_apart,
            word: rule == Break::Word,
            hyphen,
            relaxed: false,
        });
        from = at;
    }
    points
}

/// Numbers and words inside the atoms of a unit that no line can hold, those
/// that fit a line themselves: a line may be ended beside them, in need, but
/// they are not parted (L12, L16). In order, a number in its word left out. A
/// `hyphen` is what the unit ends with.
fn wholes(ruler: &Ruler<'_>, unit: Range<usize>, hyphen: i64, narrowest: i64) -> Vec<Range<usize>> {
    let class = |at: usize| ruler.galley.atoms[at].class;
    let end = unit.end;
    let fits = |run: &Range<usize>| {
        let hyphen = if run.end == end { hyphen } else { 0 };
        ruler.measure(run.start, run.end).natural + hyphen <= narrowest
    };
    let number = |at: usize| class(at) == Class::Num;
    let word =
        |at: usize| number(at) || matches!(class(at), Class::West | Class::Pre | Class::Post);
    let mut found = Vec::new();
    for run in runs_of(unit, &word) {
        if fits(&run) {
            found.push(run);
        } else {
            found.extend(runs_of(run, &number).filter(fits));
        }
    }
    found
}

/// The stretches of `within` all of whose atoms are so, in order.
fn runs_of(within: Range<usize>, so: &dyn Fn(usize) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let start = (at..within.end).find(|&at| so(at))?;
        at = (start..within.end)
            .find(|&at| !so(at))
            .unwrap_or(within.end);
        Some(start..at)
    })
}

/// Even in need no line starts with a control.
fn splits(ruler: &Ruler<'_>, at: usize) -> bool {
    !ruler.galley.atoms[at].class.invisible()
}

/// Whether a break here would put a mark where none may stand.
fn stranded(ruler: &Ruler<'_>, at: usize) -> bool {
    let atoms = &ruler.galley.atoms;
    let level = ruler.galley.scheme.level;
    level.forbids_start(atoms[at].class) || level.forbids_end(atoms[at - 1].class)
}
