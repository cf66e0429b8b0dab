//! 竖题: an upright headline in a horizontal slot (V17, N29).
//!
//! It is set lying down, as any headline is, on a sheet as wide as its block
//! is high, and then stood up at a side of the slot.

use super::area::{Cut, Room};
use super::composer::Composer;
use super::head::Head;
use super::projection::Projection;
use crate::base::geom::{Length, Point, Rect};
use crate::desk::plan::{HeadPart, HeadPlace, Side, SlotPlan};
use crate::page::Grid;

/// An upright headline with the block it stands in.
pub(crate) struct Upright<'a> {
    pub(crate) head: Head<'a>,
    /// What it takes from the text columns.
    pub(crate) cut: Cut,
    /// The sheet it was set on: one line as high as the block is wide.
    pub(crate) sheet: Grid,
    /// The same as the room of a slot.
    pub(crate) room: Room,
    pub(crate) projection: Projection,
}

impl<'a> Upright<'a> {
    /// Sets the headline of a slot that has it upright; `None` for any other
    /// slot, and for one without headline parts.
    ///
    /// Where the layout gives no height, the block is as high as its longest
    /// part is long in one line, with a blank of its own size at either end
    /// (N29), rounded up to whole grid lines, and no higher than the slot.
    ///
    /// It stands clear of the text beside it, by the gap between the columns
    /// and, where that is less, by some of its own block; and of the text
    /// below it, by grid lines left empty. The text keeps its measure.
    pub(crate) fn set(
        grid: &Grid,
        slot: &'a SlotPlan,
        room: Room,
        composer: &dyn Composer,
    ) -> Option<Self> {
        let HeadPlace::Upright {
            side,
            columns,
            lines,
        } = slot.head_place
        else {
            return None;
        };
        if slot.head.is_empty() || room.lines == 0 {
            return None;
        }
        let columns = columns.clamp(1, slot.text.count());
        let lines = match lines {
            0 => needed(grid, slot, room, composer),
            lines => lines,
        };
        let lines = lines.clamp(1, room.lines);
        let first = match side {
            Side::Left => 0,
            Side::Right => slot.text.count() - columns,
        };
        let left = room.x + slot.text.get(first).x;
        let whole = slot.text.width(first, columns);
        let inset = match columns < slot.text.count() {
            true => (slot.head_clear - slot.text.least_gap()).max(Length::ZERO),
            false => Length::ZERO,
        };
        let width = (whole - inset).max(Length::units(1));
        let right = match side {
            Side::Left => left + width,
            Side::Right => left + whole,
        };
        let height = grid.height(lines);
        let sheet = sheet(width, height);
        let gap = grid.pitch * i64::from(slot.head_gap);
        let head = Head::set(&sheet, slot, height, composer).kept_together(gap);
        let white = height - head.reach() + (grid.pitch - grid.size);
        let below = (slot.head_clear - white).cover(grid.pitch).max(0);
        let below = u16::try_from(below).unwrap_or(u16::MAX);
        Some(Self {
            head,
            cut: Cut {
                column: first,
                columns,
                top: room.top,
                lines: lines.saturating_add(below).min(room.lines),
                left,
                right: left + whole,
            },
            sheet,
            room: lying(width, height),
            projection: Projection {
                right,
                top: grid.line_y(room.top),
            },
        })
    }
}

/// The sheet that is stood up: one line, as long as the block is high and as
/// high as it is wide.
pub(crate) fn sheet(width: Length, height: Length) -> Grid {
    Grid {
        origin: Point::default(),
        columns: 1,
        chars: u16::try_from(height.whole(width.max(Length::units(1)))).unwrap_or(u16::MAX),
        size: width,
        pitch: width,
        gap: Length::ZERO,
        lines: 1,
    }
}

/// The same as the room of a slot.
pub(crate) fn lying(width: Length, height: Length) -> Room {
    Room {
        rect: Rect::new(Length::ZERO, Length::ZERO, height, width),
        x: Length::ZERO,
        width: height,
        top: 0,
        lines: 1,
    }
}

/// Grid lines that the longest part needs in one line.
fn needed(grid: &Grid, slot: &SlotPlan, room: Room, composer: &dyn Composer) -> u16 {
    let parts = slot.head.iter();
    let lines = parts.map(|part| lines_of(grid, part, room.lines, composer));
    lines.max().unwrap_or(1)
}

/// Grid lines that a part needs in one line, with a blank of its own size at
/// either end (N29). More than `most` need not be told apart.
pub(crate) fn lines_of(grid: &Grid, part: &HeadPart, most: u16, composer: &dyn Composer) -> u16 {
    let shaped = composer.shape(&part.paragraph);
    let whole = shaped.lines(&|_| grid.height(most) * 64, 0);
    let longest = whole.iter().map(|line| line.natural).max();
    let free = longest.unwrap_or(Length::ZERO) + part.paragraph.style.size * 2;
    let below_first = (free - grid.size).cover(grid.pitch).max(0);
    u16::try_from(below_first + 1).unwrap_or(u16::MAX)
}
