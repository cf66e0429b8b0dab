//! 题区: headline parts over all columns of a slot, in whole grid lines.

use std::borrow::Cow;
use std::sync::Arc;

use super::composer::Composer;
use super::headfit::{self, Fitted};
use super::matter::{Lines, Matter};
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point, Rect};
use crate::base::photo::Photo;
use crate::compose::Line;
use crate::desk::border::Border;
use crate::desk::plan::{HeadPart, SlotPlan};
use crate::page::{Grid, baseline_in_frame};
use crate::story::{Align, Ink, Role};

/// The head block of a slot.
pub(crate) struct Head<'a> {
    pub(crate) parts: Vec<Part<'a>>,
    /// Grid lines it takes unstretched (N24).
    pub(crate) lines: u16,
    natural: Length,
    /// Widest gap above, between and below the parts that white left over
    /// may make.
    gap: Length,
    /// White beyond those gaps goes above and below all parts.
    together: bool,
}

/// One part, set.
pub(crate) struct Part<'a> {
    pub(crate) matter: Matter<'a>,
    pub(crate) lines: Lines,
    above: Length,
    below: Length,
    tint: Option<Ink>,
    /// A rule around it.
    pub(crate) frame: Border,
    /// Rules above and below it.
    pub(crate) rule: Border,
    /// The picture in place of its text (N43).
    pub(crate) art: Option<&'a Arc<Photo>>,
    /// What was done to fit it into its width (N25).
    pub(crate) fitted: Option<Fitted>,
}

/// Where a part stands.
pub(crate) struct PartPlace<'b> {
    /// The tint behind it.
    pub(crate) tint: Option<(Rect, Ink)>,
    /// The part with the white inside its rules.
    pub(crate) rect: Rect,
    /// Its lines and their origins.
    pub(crate) lines: Vec<(&'b Line, Point)>,
}

impl<'a> Head<'a> {
    /// No head at all.
    pub(crate) fn none() -> Self {
        Self {
            parts: Vec::new(),
            lines: 0,
            natural: Length::ZERO,
            gap: Length::ZERO,
            together: false,
        }
    }

    /// The same with no gap wider than `gap` while the block has room outside:
    /// in an upright block, as wide as its columns, kicker and deck would
    /// drift away from their headline (V17).
    pub(crate) fn kept_together(self, gap: Length) -> Self {
        Self {
            gap,
            together: true,
            ..self
        }
    }

    /// Sets the headline parts of a slot to `width`. Their heights and whites
    /// are summed up and rounded up to whole grid lines (N24). Beside vertical
    /// text the last keeps its distance.
    pub(crate) fn set(
        grid: &Grid,
        slot: &'a SlotPlan,
        width: Length,
        composer: &dyn Composer,
    ) -> Self {
        let mut parts: Vec<Part<'a>> = slot
            .head
            .iter()
            .map(|part| Part::set(part, width, composer))
            .collect();
        // the head of a vertical slot stands clear of its text (V17)
        if let (Direction::Vertical, Some(last)) = (slot.direction, parts.last_mut()) {
            let white = last.below + last.lead();
            last.below += (slot.head_clear - white).max(Length::ZERO);
        }
        let natural: Length = parts.iter().map(Part::height).sum();
        let needed = u16::try_from(natural.cover(grid.pitch).max(0)).unwrap_or(u16::MAX);
        Self {
            parts,
            lines: needed.max(slot.head_lines),
            natural,
            gap: grid.pitch * i64::from(slot.head_gap),
            together: false,
        }
    }

    /// One part by itself, with the white that is its own.
    pub(crate) fn alone(
        grid: &Grid,
        part: &'a HeadPart,
        width: Length,
        composer: &dyn Composer,
    ) -> Self {
        let part = Part::set(part, width, composer);
        let natural = part.height();
        Self {
            lines: u16::try_from(natural.cover(grid.pitch).max(0)).unwrap_or(u16::MAX),
            parts: vec![part],
            natural,
            gap: Length::ZERO,
            together: true,
        }
    }

    /// Its height before it is rounded to grid lines.
    pub(crate) fn natural(&self) -> Length {
        self.natural
    }

    /// Grid lines that the block may grow by before every gap in it is as
    /// wide as it may be (N24).
    pub(crate) fn room(&self, grid: &Grid) -> u16 {
        let white: Length = self.gaps().iter().map(|gap| gap.room).sum();
        let most = (self.natural + white).whole(grid.pitch) - i64::from(self.lines);
        u16::try_from(most.max(0)).unwrap_or(u16::MAX)
    }

    /// Grid lines that the block can give up: what it was rounded up by, and
    /// half of the white of its parts at most (E04).
    pub(crate) fn spare(&self, grid: &Grid) -> u16 {
        let tight = self.natural - self.white().half();
        let most = i64::from(self.lines) - tight.cover(grid.pitch);
        u16::try_from(most.max(0)).unwrap_or(0)
    }

    /// The white that the parts bring along.
    fn white(&self) -> Length {
        self.parts.iter().map(|part| part.above + part.below).sum()
    }

    /// How far its longest line reaches from where lines begin.
    pub(crate) fn reach(&self) -> Length {
        let lines = self.parts.iter().flat_map(|part| part.lines.iter());
        let ends = lines.map(|line| line.x + line.width);
        ends.max().unwrap_or(Length::ZERO)
    }

    /// Places the parts in a block of `lines` grid lines whose top left
    /// corner is `at`. The white left over is shared out above, between and
    /// below the parts, doubly around the headline, which it is there to lift,
    /// and no gap gets more than it may have while another has room; tinted
    /// parts keep together, and at the top where they stand first. Where the
    /// block has less than its natural height, all white gives way alike.
    pub(crate) fn place(
        &self,
        grid: &Grid,
        at: Point,
        width: Length,
        lines: u16,
    ) -> Vec<PartPlace<'_>> {
        let height = grid.pitch * i64::from(lines);
        let over = (height - self.natural).max(Length::ZERO);
        let white = self.white();
        let left = (white - (self.natural - height).max(Length::ZERO)).max(Length::ZERO);
        let kept = |length: Length| match white > Length::ZERO {
            true => length.scale(left.raw(), white.raw()),
            false => length,
        };
        let gaps = self.gaps();
        let added = match self.together {
            true => outside(over, &gaps),
            false => shared(over, &gaps),
        };
        let mut added = added.into_iter();
        let mut next = || added.next().unwrap_or(Length::ZERO);
        let mut y = at.y + next();
        let mut places = Vec::new();
        for part in &self.parts {
            let style = &part.matter.paragraph.style;
            y += kept(part.above);
            let height = part.inner();
            let rect = Rect::new(at.x, y, width, height);
            let tint = part.tint.map(|ink| (rect, ink));
            let top = y + part.padding();
            // the character frame stands in the middle of its line's height
            let baseline = (style.pitch - style.size).half() + baseline_in_frame(style.size);
            let lines = part.lines.iter().enumerate().map(|(line, set)| {
                let y = top + style.pitch * line as i64 + baseline;
                (set, Point::new(at.x, y))
            });
            places.push(PartPlace {
                tint,
                rect,
                lines: lines.collect(),
            });
            y += height + kept(part.below) + next();
        }
        places
    }

    /// The gaps above, between and below the parts.
    fn gaps(&self) -> Vec<Gap> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        (0..=self.parts.len())
            .map(|at| {
                let above = at.checked_sub(1).and_then(|at| self.parts.get(at));
                let below = self.parts.get(at);
                let natural = above.map_or(Length::ZERO, |part| part.below + part.lead())
                    + below.map_or(Length::ZERO, |part| part.above + part.lead());
                let share = share(above, below);
                let room = match share {
                    0 => Length::ZERO,
                    _ => (self.gap - natural).max(Length::ZERO),
                };
                Gap { share, room }
            })
            .collect()
    }
}

/// White between two parts of a headline block, above the first, or below
/// the last.
#[derive(Clone, Copy)]
struct Gap {
    /// Its share of the white left over.
    share: i64,
    /// White it may take.
    room: Length,
}

/// The share of a gap: double beside the headline; none between tinted parts,
/// which are one band, nor above a band that opens the block.
fn share(above: Option<&Part<'_>>, below: Option<&Part<'_>>) -> i64 {
    let tinted = |part: Option<&Part<'_>>| part.is_some_and(|part| part.tint.is_some());
    let is_head =
        |part: Option<&Part<'_>>| part.is_some_and(|part| part.matter.paragraph.role == Role::Head);
    match (above, below) {
        (None, _) => i64::from(!tinted(below)),
        (_, None) => 1,
        _ if tinted(above) && tinted(below) => 0,
        _ if is_head(above) || is_head(below) => 2,
        _ => 1,
    }
}

/// White that fills every gap first; what is left goes half before the first
/// part and half behind the last.
fn outside(white: Length, gaps: &[Gap]) -> Vec<Length> {
    let room: Length = gaps.iter().map(|gap| gap.room).sum();
    let mut given = shared(white.min(room), gaps);
    let left = (white - room).max(Length::ZERO);
    if let Some(first) = given.first_mut() {
        *first += left.half();
    }
    if let Some(last) = given.last_mut() {
        *last += left - left.half();
    }
    given
}

/// White shared out over gaps by their shares, none above its room while
/// another has some left; what all of them cannot take goes by shares again.
fn shared(white: Length, gaps: &[Gap]) -> Vec<Length> {
    let mut given = vec![Length::ZERO; gaps.len()];
    let mut left = white;
    let mut open: Vec<usize> = (0..gaps.len()).filter(|&at| gaps[at].share > 0).collect();
    while !open.is_empty() {
        let shares: i64 = open.iter().map(|&at| gaps[at].share).sum();
        let each = left / shares;
        let (full, rest): (Vec<usize>, Vec<usize>) = open
            .iter()
            .partition(|&&at| gaps[at].room <= each * gaps[at].share);
        if full.is_empty() {
            for at in open {
                given[at] = each * gaps[at].share;
            }
            return given;
        }
        for at in full {
            given[at] = gaps[at].room;
            left -= gaps[at].room;
        }
        open = rest;
    }
    let shares: i64 = gaps.iter().map(|gap| gap.share).sum();
    if shares > 0 {
        for (given, gap) in given.iter_mut().zip(gaps) {
            *given += left / shares * gap.share;
        }
    }
    given
}

impl<'a> Part<'a> {
    fn set(part: &'a HeadPart, width: Length, composer: &dyn Composer) -> Self {
        let art = part.art.as_ref();
        let (matter, fitted) = match art {
            None => headfit::fit(part, width, composer),
            Some(_) => (Matter::new(Cow::Borrowed(&part.paragraph), composer), None),
        };
        let lines = match art {
            None => matter.at(width),
            Some(_) => Lines::from([]),
        };
        Self {
            matter,
            lines,
            above: part.above,
            below: part.below,
            tint: part.tint,
            frame: part.frame,
            rule: part.rule,
            art,
            fitted,
        }
    }

    /// White that its line height puts above and below its characters; a band
    /// ends with its own edge.
    fn lead(&self) -> Length {
        let style = &self.matter.paragraph.style;
        match self.tint.is_some() || self.is_ruled() || self.art.is_some() {
            true => Length::ZERO,
            false => (style.pitch - style.size).half(),
        }
    }

    fn is_ruled(&self) -> bool {
        self.frame.is_some() || self.rule.is_some()
    }

    /// White between its rules and its lines: half an em (N40).
    fn padding(&self) -> Length {
        let style = &self.matter.paragraph.style;
        match self.is_ruled() {
            true => style.size.half(),
            false => Length::ZERO,
        }
    }

    /// Its lines with the white inside its rules.
    fn inner(&self) -> Length {
        let pitch = self.matter.paragraph.style.pitch;
        let lines = match self.art {
            Some(_) => 1,
            None => self.lines.len() as i64,
        };
        pitch * lines + self.padding() * 2
    }

    /// The place of its artwork in the part's box: as high as a line, aligned
    /// as its text would be, and no wider than the box.
    pub(crate) fn art_place(&self, rect: Rect) -> Option<(&'a Arc<Photo>, Rect)> {
        let photo = self.art?;
        let height = rect.height - self.padding() * 2;
        let (across, down) = photo.upright_size();
        let width = height.scale(i64::from(across.max(1)), i64::from(down.max(1)));
        let width = width.min(rect.width);
        let free = rect.width - width;
        let x = match self.matter.paragraph.style.align {
            Align::Center | Align::Even => rect.x + free.half(),
            Align::End => rect.x + free,
            Align::Start | Align::Justify => rect.x,
        };
        let place = Rect::new(x, rect.y + self.padding(), width, height);
        Some((photo, place))
    }

    fn height(&self) -> Length {
        self.above + self.inner() + self.below
    }
}
