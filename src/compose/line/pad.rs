//! Western text that a line edge has cut, on the grid of characters (L49): what
//! is left of it in the line is padded by itself.

use crate::compose::spacing::{Galley, padding};

/// Gaps of a line that differ from those of the galley.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pads {
    /// In front of the line's first atom.
    pub(super) lead: i64,
    /// In front of an atom: its number, and by how much.
    pub(super) inner: [Option<(usize, i64)>; 2],
}

impl Pads {
    /// The pads of the line of atoms `first..last`; `width` measures a stretch
    /// of atoms with the joints between them.
    pub(super) fn of(
        galley: &Galley,
        first: usize,
        last: usize,
        width: impl Fn(usize, usize) -> i64,
    ) -> Self {
        let mut pads = Self::default();
        let Some(grid) = &galley.grid else {
            return pads;
        };
        let em = galley.em.raw();
        if last <= first {
            return pads;
        }
        if let Some(run) = grid.of(first)
            && run.last < last
        {
            // nothing stands in front of it: up to half an em goes behind
            let pad = padding(width(first, run.last), em);
            let behind = pad.min(em / 2);
            pads.lead = pad - behind;
            pads.inner[0] = Some((run.last, behind - run.behind));
        }
        if let Some(run) = grid.of(last - 1)
            && run.first > first
        {
            // nothing stands behind it, and white is no fault there
            let before = padding(width(run.first, last), em).min(em / 2);
            pads.inner[1] = Some((run.first, before - run.before));
        }
        pads
    }

    /// What they add to the width of the line.
    pub(super) fn sum(&self) -> i64 {
        let inner: i64 = self.inner.iter().flatten().map(|(_, by)| by).sum();
        self.lead + inner
    }
}
