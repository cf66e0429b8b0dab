//! 直排: a slot whose lines run down the page, from right to left (V01).
//!
//! It is made up lying down, by the very code that makes up horizontal slots,
//! on a sheet as wide as the slot is high; [`Projection`] stands it up. Its
//! head comes first, at the right; its text columns are bands one above the
//! other, and each is filled from right to left before the next.

use super::board::Board;
use super::composer::Composer;
use super::projection::Projection;
use super::{rule, slot};
use crate::base::geom::{Length, Point, Rect};
use crate::desk::border::Border;
use crate::desk::plan::SlotPlan;
use crate::page::{Grid, Standing};
use crate::story::Story;

/// Makes up a vertical slot on the board.
pub(crate) fn make_up(
    board: &mut Board<'_>,
    slot: &SlotPlan,
    composer: &dyn Composer,
) -> Option<Story> {
    let grid = board.grid;
    let lines = slot.lines.min(grid.lines.saturating_sub(slot.line));
    let rect = Rect::new(
        grid.column_x(slot.column),
        grid.line_y(slot.line),
        grid.width(slot.columns),
        grid.height(lines),
    );
    if !slot::is_empty(slot) {
        rule::outer(board, slot, rect);
    }
    let inner = Rect::new(
        rect.x + slot.padding,
        rect.y + slot.padding,
        rect.width - slot.padding * 2,
        rect.height - slot.padding * 2,
    );
    let sheet = sheet(grid, inner);
    board.standing.push(Standing {
        slot: std::sync::Arc::clone(&slot.name),
        rect: inner,
        size: sheet.size,
        pitch: sheet.pitch,
        lines: sheet.lines,
    });
    let lying = SlotPlan {
        column: 0,
        columns: 1,
        line: 0,
        lines: sheet.lines,
        frame_rule: Border::NONE,
        padding: Length::ZERO,
        rule_above: Border::NONE,
        tint: None,
        ..slot.clone()
    };
    let projection = Projection {
        right: inner.right(),
        top: inner.y,
    };
    let mut upright = board.lying(&sheet, projection);
    let rest = slot::make_up(&mut upright, &lying, composer);
    board.absorb(upright);
    rest
}

/// The sheet a vertical slot is made up on: its width is the slot's height, a
/// grid line a vertical line, at the pitch of the page.
fn sheet(grid: &Grid, inner: Rect) -> Grid {
    let count = |number: i64| u16::try_from(number.max(0)).unwrap_or(u16::MAX);
    Grid {
        origin: Point::default(),
        columns: 1,
        chars: count(inner.height.whole(grid.size)),
        size: grid.size,
        pitch: grid.pitch,
        gap: Length::ZERO,
        lines: grid.lines_in(inner.width),
    }
}
