//! 题区: headline parts over all columns of a slot, in whole grid lines.

use super::composer::Composer;
use super::headfit::{self, Fitted};
use super::matter::{Lines, Matter};
use crate::base::geom::{Length, Point, Rect};
use crate::compose::Line;
use crate::desk::plan::{HeadPart, SlotPlan};
use crate::page::{Grid, baseline_in_frame};
use crate::story::{Ink, Role};

/// The head block of a slot.
pub(crate) struct Head<'a> {
    pub(crate) parts: Vec<Part<'a>>,
    /// Grid lines it takes unstretched (N24).
    pub(crate) lines: u16,
    natural: Length,
}

/// One part, set.
pub(crate) struct Part<'a> {
    pub(crate) matter: Matter<'a>,
    pub(crate) lines: Lines,
    above: Length,
    below: Length,
    tint: Option<Ink>,
    /// What was done to fit it into its width (N25).
    pub(crate) fitted: Option<Fitted>,
}

/// Where a part stands.
pub(crate) struct PartPlace<'b> {
    /// The tint behind it.
    pub(crate) tint: Option<(Rect, Ink)>,
    /// Its lines and their origins.
    pub(crate) lines: Vec<(&'b Line, Point)>,
}

impl<'a> Head<'a> {
    /// Sets the headline parts of a slot to `width`. Their heights and whites
    /// are summed up and rounded up to whole grid lines (N24).
    pub(crate) fn set(
        grid: &Grid,
        slot: &'a SlotPlan,
        width: Length,
        composer: &dyn Composer,
    ) -> Self {
        let parts: Vec<Part<'a>> = slot
            .head
            .iter()
            .map(|part| Part::set(part, width, composer))
            .collect();
        let natural: Length = parts.iter().map(Part::height).sum();
        let needed = u16::try_from(natural.cover(grid.pitch).max(0)).unwrap_or(u16::MAX);
        Self {
            parts,
            lines: needed.max(slot.head_lines),
            natural,
        }
    }

    /// Places the parts in a block of `lines` grid lines whose top left
    /// corner is `at`. The white left over is shared out above, between and
    /// below the parts, doubly around the headline, which it is there to lift;
    /// tinted parts keep together, and at the top where they stand first.
    pub(crate) fn place(
        &self,
        grid: &Grid,
        at: Point,
        width: Length,
        lines: u16,
    ) -> Vec<PartPlace<'_>> {
        let tinted = self.parts.first().is_some_and(|part| part.tint.is_some());
        let shares: Vec<i64> = (0..self.parts.len())
            .map(|at| self.white_below(at))
            .collect();
        let whole = shares.iter().sum::<i64>() + i64::from(!tinted);
        let over = (grid.pitch * i64::from(lines) - self.natural).max(Length::ZERO);
        let white = if whole > 0 {
            over / whole
        } else {
            Length::ZERO
        };
        let mut y = if tinted { at.y } else { at.y + white };
        let mut places = Vec::new();
        for (part, share) in self.parts.iter().zip(shares) {
            let style = &part.matter.paragraph.style;
            y += part.above;
            let height = style.pitch * part.lines.len() as i64;
            let tint = part
                .tint
                .map(|ink| (Rect::new(at.x, y, width, height), ink));
            // the character frame stands in the middle of its line's height
            let baseline = (style.pitch - style.size).half() + baseline_in_frame(style.size);
            let lines = part.lines.iter().enumerate().map(|(line, set)| {
                let y = y + style.pitch * line as i64 + baseline;
                (set, Point::new(at.x, y))
            });
            places.push(PartPlace {
                tint,
                lines: lines.collect(),
            });
            y += height + part.below + white * share;
        }
        places
    }

    /// Shares of the white left over that go below a part.
    fn white_below(&self, at: usize) -> i64 {
        let tinted = |at: usize| self.parts.get(at).is_some_and(|part| part.tint.is_some());
        let is_head = |at: usize| {
            self.parts
                .get(at)
                .is_some_and(|part| part.matter.paragraph.role == Role::Head)
        };
        if at + 1 == self.parts.len() {
            1
        } else if tinted(at) && tinted(at + 1) {
            0
        } else if is_head(at) || is_head(at + 1) {
            2
        } else {
            1
        }
    }
}

impl<'a> Part<'a> {
    fn set(part: &'a HeadPart, width: Length, composer: &dyn Composer) -> Self {
        let (matter, fitted) = headfit::fit(part, width, composer);
        let lines = matter.at(width);
        Self {
            matter,
            lines,
            above: part.above,
            below: part.below,
            tint: part.tint,
            fitted,
        }
    }

    fn height(&self) -> Length {
        self.above + self.matter.paragraph.style.pitch * self.lines.len() as i64 + self.below
    }
}
