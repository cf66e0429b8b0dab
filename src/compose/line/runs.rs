//! Runs of marks that may not start a line: three and more in a row may be
//! parted where a line would be torn otherwise (L43;
//! `clreq#prohibition_rules_for_line_start_end`), and on the grid of characters
//! the second of two may start a line (L49).

use crate::base::clreq::Class;
use crate::compose::spacing::{Break, Galley};

use super::measure::Ruler;

/// Marks that make a run long enough to be parted (L43).
pub(super) const LONG: usize = 3;
/// The same on the grid of characters (L49).
pub(super) const PAIR: usize = 2;

/// The number that atom `at` has in a run of at least `long` marks, counted
/// from 0; `None` where it is in none, or where it is one thing with the mark
/// before it (！！).
pub(super) fn mark(ruler: &Ruler<'_>, at: usize, long: usize) -> Option<usize> {
    let galley = ruler.galley;
    let chain = at > 0
        && [at - 1, at]
            .iter()
            .all(|&at| galley.atoms[at].class == Class::Excl);
    if !forbidden(galley, at) || galley.joints[at].rule != Break::Never || chain {
        return None;
    }
    let before = (0..at)
        .rev()
        .take_while(|&at| forbidden(galley, at))
        .count();
    let behind = (at..galley.atoms.len())
        .take(long)
        .take_while(|&at| forbidden(galley, at))
        .count();
    let parted = before > 0 || at.checked_sub(1).is_some_and(|at| may_end(galley, at));
    (before + behind >= long && parted).then_some(before)
}

/// Whether a line may end with an atom: no opening mark, and no control or
/// space, which may hold two things together.
fn may_end(galley: &Galley, at: usize) -> bool {
    let atom = &galley.atoms[at];
    !atom.swallowed && !galley.scheme.level.forbids_end(atom.class)
}

/// A Chinese mark that may not start a line.
fn forbidden(galley: &Galley, at: usize) -> bool {
    let class = galley.atoms[at].class;
    class.closes() && galley.scheme.level.forbids_start(class)
}
