//! 左题, 右题, 串文题, 腰带题, 文包题, 文夹题: a headline in whole columns and grid
//! lines among its text (N27).

use super::area::{Area, Cut, Room};
use super::composer::Composer;
use super::head::Head;
use crate::base::geom::{Length, Rect};
use crate::desk::plan::{HeadPlace, SlotPlan};
use crate::page::Grid;

/// A headline with the block it stands in.
pub(crate) struct HeadBlock<'a> {
    pub(crate) head: Head<'a>,
    /// What it takes from the text columns.
    pub(crate) cut: Cut,
    /// Its block, as the room of a slot.
    pub(crate) room: Room,
}

impl<'a> HeadBlock<'a> {
    /// Sets the headline of a slot that has it among its text, fitted to the
    /// block's width (N25); `None` for any other slot, and for one without
    /// headline parts. `area` is what the foot leaves of the slot.
    ///
    /// The block is as high as its parts need, or as the layout says, and ends
    /// with the area at the latest. It gives up some of its own width where
    /// the gap to the text beside it is less than it must keep clear.
    pub(crate) fn set(
        grid: &Grid,
        slot: &'a SlotPlan,
        area: &Area,
        composer: &dyn Composer,
    ) -> Option<Self> {
        let HeadPlace::Block {
            column,
            columns,
            line,
            lines,
            between,
        } = slot.head_place
        else {
            return None;
        };
        if slot.head.is_empty() || area.lines == 0 {
            return None;
        }
        let column = column.min(area.columns() - 1);
        let columns = columns.clamp(1, area.columns() - column);
        let left = area.column_x(column);
        let right = left + area.width(column, columns);
        let inset = (slot.head_clear - area.text.least_gap()).max(Length::ZERO);
        let (mut x, mut end) = (left, right);
        if column > 0 {
            x += inset;
        }
        if !between && column + columns < area.columns() {
            end -= inset;
        }
        let width = (end - x).max(Length::units(1));
        // in a block as high as its text, the parts would drift apart
        let gap = grid.pitch * i64::from(slot.head_gap);
        let head = Head::set(grid, slot, width, composer).kept_together(gap);
        let needed = match between {
            true => lines,
            false => head.lines.max(lines),
        };
        let needed = needed.clamp(1, area.lines);
        let down = line
            .unwrap_or((area.lines - needed) / 2)
            .min(area.lines - 1);
        let lines = needed.min(area.lines - down);
        let top = match (between, line) {
            // its bands of text are cut out of the slot by the layout
            (true, Some(line)) => slot.line + line,
            _ => area.top + down,
        };
        Some(Self {
            head,
            cut: Cut {
                column,
                columns,
                top,
                lines,
                left,
                right,
            },
            room: Room {
                rect: Rect::new(x, grid.line_y(top), width, grid.height(lines)),
                x,
                width,
                top,
                lines,
            },
        })
    }
}
