//! 文中图: a picture between the lines of its story, in whole grid lines of
//! its column (P23).
//!
//! It stands where the copy has it, or at the head of the next column that
//! holds it, while the text after it fills the column it left; the text below
//! it is back on the grid.

use super::area::Area;
use super::composer::Composer;
use super::matter::{Lines, Matter};
use super::photos::{Row, natural_height};
use super::picture::{clear_above, extent};
use super::table::Free;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Rect};
use crate::page::Grid;
use crate::story::Figure;

/// A picture of the text with its captions set to the measure.
pub(crate) struct FigureMatter<'a> {
    pub(crate) figure: &'a Figure,
    row: Row<'a>,
    width: Length,
    /// Grid lines without the caption: its own shape at this width, no more
    /// than the plan allows.
    lines: u16,
    /// Whether a column of the slot is deep enough for it.
    pub(crate) fits: bool,
}

/// A picture of the text in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FigurePart {
    /// Index of the picture in the story.
    pub(crate) figure: usize,
    /// The text column.
    pub(crate) column: u16,
    /// Its box.
    pub(crate) rect: Rect,
    /// Top of its caption block.
    pub(crate) caption: Length,
    /// So many lines of text were set before it.
    pub(crate) after: usize,
}

/// Where a picture was found to stand.
pub(crate) struct Stood {
    /// Its first place, by index.
    pub(crate) first: usize,
    /// Places it takes.
    pub(crate) taken: usize,
    pub(crate) part: FigurePart,
}

impl<'a> FigureMatter<'a> {
    pub(crate) fn set(
        grid: &Grid,
        area: &Area,
        figure: &'a Figure,
        direction: Direction,
        composer: &dyn Composer,
    ) -> Self {
        let width = area.measure();
        let room = (width, area.em.half());
        let natural = natural_height(&figure.photos, room, direction);
        let half = grid.pitch.half();
        let lines = u16::try_from((natural + half).whole(grid.pitch)).unwrap_or(u16::MAX);
        let row = Row::set(&figure.photos, &figure.caption, room, direction, composer);
        let mut matter = Self {
            figure,
            row,
            width,
            lines: lines.clamp(2, figure.lines.max(2)),
            fits: true,
        };
        let least = matter.extent(grid, false).0;
        let columns = 0..area.columns();
        let deepest = columns.map(|column| area.lines_of(column).len()).max();
        matter.fits = usize::from(least) <= deepest.unwrap_or(0);
        matter
    }

    /// Grid lines with its caption, and the foot of its box.
    fn extent(&self, grid: &Grid, text_below: bool) -> (u16, Length) {
        extent(grid, self.lines, self.caption_room(), text_below)
    }

    fn caption_room(&self) -> Length {
        match self.row.height {
            Length::ZERO => Length::ZERO,
            height => height + self.figure.caption_gap,
        }
    }

    /// Grid lines it takes with text below it.
    pub(crate) fn height(&self, grid: &Grid) -> usize {
        usize::from(self.extent(grid, true).0)
    }

    /// Its texts.
    pub(crate) fn matters(&self) -> impl Iterator<Item = (&Matter<'a>, &Lines)> {
        self.row.matters()
    }

    /// Its photographs and captions.
    pub(crate) fn row(&self) -> &Row<'a> {
        &self.row
    }

    /// Where it stands: at the first free place with room enough below it in
    /// its column. Only places as wide as the column take it.
    pub(crate) fn stand(&self, free: Free<'_>) -> Option<Stood> {
        let mut first = free.from;
        while let (Some(place), Some(&run)) = (free.places.get(first), free.flush.get(first)) {
            let next = free.places.get(first + run);
            let foot = next.is_none_or(|next| next.column != place.column);
            let at_foot = self.extent(free.grid, false);
            let (lines, bottom) = match foot && usize::from(at_foot.0) == run {
                true => at_foot,
                false => self.extent(free.grid, true),
            };
            if place.measure < self.width || usize::from(lines) > run {
                // further down in the same run there is less
                first += run;
                continue;
            }
            let inset = match free.heads(first) {
                true => Length::ZERO,
                false => clear_above(free.grid),
            };
            let top = free.grid.line_y(place.line);
            let height = (bottom - inset).max(Length::units(1));
            return Some(Stood {
                first,
                taken: usize::from(lines),
                part: FigurePart {
                    figure: 0,
                    column: place.column,
                    rect: Rect::new(place.x, top + inset, self.width, height),
                    caption: top + bottom + self.figure.caption_gap,
                    after: 0,
                },
            });
        }
        None
    }
}
