//! 纵横对齐: every stretch that is not made of whole characters is padded to
//! whole em, so that Han stand on a grid (L49;
//! `clreq#handling_of_grid_alignment_in_chinese_and_western_mixed_text_composition`).
//!
//! Nothing else gives or takes: marks keep their whole em, word spaces and
//! gaps their width. A line that cannot be full keeps its white at its end, or
//! hangs its mark.

use crate::base::clreq::Class;

use super::{Atom, Gap, Joint};

/// The padded stretches of a galley.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// In order, none touching another.
    runs: Vec<Padded>,
}

/// A stretch of Western text, or of marks that are no whole em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Padded {
    /// Its first atom, and one past its last.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// What it was padded by in front, where it stands whole in a line.
    pub(crate) before: i64,
    /// The same behind it.
    pub(crate) behind: i64,
}

impl Grid {
    /// Pads `atoms` to the grid of `em`, one half in front of each stretch and
    /// one behind it, and closes all else.
    pub(super) fn lay(atoms: &mut [Atom], joints: &mut [Joint], em: i64) -> Self {
        for atom in atoms.iter_mut() {
            atom.step = 0;
            atom.stretch = 0;
            atom.shrink = 0;
        }
        for joint in joints.iter_mut() {
            if joint.gap == Gap::HanWest {
                joint.natural = 0;
            }
            joint.gap = Gap::Closed;
            joint.stretch = 0;
            joint.shrink = 0;
        }
        let off = off_grid(atoms, em);
        let mut grid = Self::default();
        let mut at = 0;
        while at < atoms.len() {
            if !off[at] {
                at += 1;
                continue;
            }
            let first = at;
            let mut last = at;
            while at < atoms.len() && (off[at] || nothing(&atoms[at])) {
                at += 1;
                if off[at - 1] {
                    last = at;
                }
            }
            let inner: i64 = joints[first + 1..last]
                .iter()
                .map(|joint| joint.natural)
                .sum();
            let width: i64 = atoms[first..last].iter().map(|atom| atom.width).sum();
            let pad = padding(width + inner, em);
            let padded = Padded {
                first,
                last,
                before: pad / 2,
                behind: pad - pad / 2,
            };
            joints[first].natural += padded.before;
            if let Some(joint) = joints.get_mut(last) {
                joint.natural += padded.behind;
            }
            grid.runs.push(padded);
        }
        grid
    }

    /// The stretch that an atom stands in.
    pub(crate) fn of(&self, atom: usize) -> Option<&Padded> {
        let after = self.runs.partition_point(|run| run.first <= atom);
        let run = self.runs.get(after.checked_sub(1)?)?;
        (atom < run.last).then_some(run)
    }
}

/// What fills a width up to whole em.
pub(crate) fn padding(width: i64, em: i64) -> i64 {
    (-width).rem_euclid(em)
}

/// Which atoms are no whole characters; of a run of —— or …… , which never
/// opens (L09), all or none.
fn off_grid(atoms: &[Atom], em: i64) -> Vec<bool> {
    let mut off: Vec<bool> = atoms.iter().map(|atom| alone(atom, em)).collect();
    let joined = |at: usize| {
        let pair = (atoms[at - 1].class, atoms[at].class);
        matches!(
            pair,
            (Class::Dash, Class::Dash) | (Class::Ellip, Class::Ellip)
        )
    };
    for at in 1..off.len() {
        off[at] |= off[at - 1] && joined(at);
    }
    for at in (1..off.len()).rev() {
        off[at - 1] |= off[at] && joined(at);
    }
    off
}

/// The same of an atom alone.
fn alone(atom: &Atom, em: i64) -> bool {
    let solid = !atom.class.invisible() && atom.width > 0;
    solid && (atom.class.western() || atom.class == Class::Space || atom.width % em != 0)
}

/// A control, or a space that the padding stands for.
fn nothing(atom: &Atom) -> bool {
    atom.width == 0 && atom.class != Class::Feed
}
