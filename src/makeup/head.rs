//! 题区: headline parts over all columns of a slot, in whole grid lines.

use std::borrow::Cow;
use std::sync::Arc;

use super::composer::Composer;
use super::matter::{Lines, Matter};
use crate::base::geom::{Length, Point, Rect};
use crate::compose::Line;
use crate::desk::plan::{HeadPart, SlotPlan};
use crate::page::{Grid, baseline_in_frame};
use crate::story::{Align, Ink, ParaStyle, Paragraph, Role, TextRun, TextStyle};

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
    /// Left edge of its measure from the block's.
    shift: Length,
    /// The smaller size it was set in to fit its width (N25).
    pub(crate) fitted: Option<Length>,
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
                (set, Point::new(at.x + part.shift, y))
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

/// Steps in which a headline is made smaller.
const STEP: Length = Length::from_millipt(100);

impl<'a> Part<'a> {
    fn set(part: &'a HeadPart, width: Length, composer: &dyn Composer) -> Self {
        let (matter, fitted) = fit(part, width, composer);
        let (lines, shift) = even(&matter, width);
        Self {
            matter,
            lines,
            above: part.above,
            below: part.below,
            tint: part.tint,
            shift,
            fitted,
        }
    }

    fn height(&self) -> Length {
        self.above + self.matter.paragraph.style.pitch * self.lines.len() as i64 + self.below
    }
}

/// Fits a headline into its width (N25): as it is; in the largest smaller
/// size, down to the smallest allowed, that needs no line more than its
/// forced breaks make; otherwise broken, in its own size unless the smallest
/// saves a line.
fn fit<'a>(
    part: &'a HeadPart,
    width: Length,
    composer: &dyn Composer,
) -> (Matter<'a>, Option<Length>) {
    let whole = Matter::new(Cow::Borrowed(&part.paragraph), composer);
    let size = part.paragraph.style.size;
    let lines = whole.at(width).len();
    if lines <= whole.forced_lines() || part.min_size >= size || part.min_size <= Length::ZERO {
        return (whole, None);
    }
    let smaller = |size: Length| Matter::new(Cow::Owned(resized(&part.paragraph, size)), composer);
    let longest = whole.at(Length::MAX).iter().map(|line| line.natural).max();
    let longest = longest.unwrap_or(Length::ZERO).max(Length::units(1));
    let mut wanted = STEP
        * size
            .scale(width.raw(), longest.raw())
            .min(size - STEP)
            .whole(STEP);
    // The estimate is exact where widths grow with the size; what hinges on
    // rounding or indents is met a few steps further down.
    for _ in 0..8 {
        if wanted < part.min_size {
            break;
        }
        let matter = smaller(wanted);
        if matter.at(width).len() <= matter.forced_lines() {
            return (matter, Some(wanted));
        }
        wanted -= STEP;
    }
    let least = smaller(part.min_size);
    if least.at(width).len() < lines && lines > whole.forced_lines() + 1 {
        return (least, Some(part.min_size));
    }
    (whole, None)
}

/// Lines of even length for a centred headline that had to be broken: the
/// narrowest measure that makes no line more. The answer is the lines and
/// the left edge of their measure.
fn even(matter: &Matter<'_>, width: Length) -> (Lines, Length) {
    let lines = matter.at(width);
    let style = &matter.paragraph.style;
    if style.align != Align::Center || matter.forced_lines() > 1 || lines.len() < 2 {
        return (lines, Length::ZERO);
    }
    let step = style.size.half().max(Length::units(1));
    let (mut least, mut enough) = (0, width.whole(step));
    while least + 1 < enough {
        let middle = (least + enough) / 2;
        if matter.at(step * middle).len() <= lines.len() {
            enough = middle;
        } else {
            least = middle;
        }
    }
    let measure = step * enough;
    let evened = matter.at(measure);
    if evened.len() != lines.len() || evened.iter().any(|line| line.width > measure) {
        return (lines, Length::ZERO);
    }
    (evened, (width - measure).half())
}

/// A paragraph in another size; what its styles hold in other sizes keeps its
/// proportion. The line height stays, so that the block keeps its grid lines.
fn resized(paragraph: &Paragraph, size: Length) -> Paragraph {
    let old = paragraph.style.size.raw().max(1);
    let sized = |length: Length| length.scale(size.raw(), old);
    let runs = paragraph.runs.iter().map(|run| TextRun {
        range: run.range.clone(),
        style: Arc::new(TextStyle {
            size: sized(run.style.size),
            tracking: sized(run.style.tracking),
            ..TextStyle::clone(&run.style)
        }),
    });
    Paragraph {
        runs: runs.collect(),
        style: Arc::new(ParaStyle {
            size,
            indent: sized(paragraph.style.indent),
            start: sized(paragraph.style.start),
            end: sized(paragraph.style.end),
            ..ParaStyle::clone(&paragraph.style)
        }),
        ..paragraph.clone()
    }
}
