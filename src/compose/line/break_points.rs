//! The positions at which a paragraph may be broken, with those that only
//! need allows.

use crate::compose::spacing::Break;

use super::cost::{DEAR, EMERGENCY, WORD_BREAK};
use super::measure::Ruler;
use super::optimum::Measures;

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
}

/// All break points in order; the first is the start of the paragraph, the
/// last its end. A paragraph without atoms has none.
pub(super) fn collect(ruler: &Ruler<'_>, measures: &Measures<'_>) -> Vec<Point> {
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
        if unit.natural - unit.shrink > narrowest {
            let inside = (unit.first + 1..unit.last).filter(|&at| splits(ruler, at));
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
        }
        points.push(Point {
            at,
            penalty: match rule {
                Break::Word => WORD_BREAK,
                Break::Dear => DEAR,
                Break::Never | Break::Allowed | Break::Forced => 0,
            },
            forced: rule == Break::Forced,
            end: at == count,
            emergency: false,
            word: rule == Break::Word,
        });
        from = at;
    }
    points
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
