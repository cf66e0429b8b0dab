//! 边题: an upright title at one side of the text, which runs around it (N20).
//!
//! It is set lying down and stood up as an upright headline is (V17), but no
//! wider than it needs: where six em of the column are left, text goes on
//! beside it (P25).

use super::area::{Area, Cut};
use super::composer::Composer;
use super::head::Head;
use super::projection::Projection;
use super::upright::{Upright, lines_of, lying, sheet};
use crate::desk::plan::{Side, SlotPlan};
use crate::page::Grid;

/// Sets the side title of a slot at the head of its first or last column;
/// `None` where it has none, or no text area to stand in.
///
/// It is as many whole em wide as its lines need, and as high as it is long
/// in one line with a blank of its own size at either end, no higher than the
/// column.
pub(crate) fn set<'a>(
    grid: &Grid,
    slot: &'a SlotPlan,
    area: &Area,
    composer: &dyn Composer,
) -> Option<Upright<'a>> {
    let title = slot.side_title.as_ref()?;
    let column = match title.side {
        Side::Left => 0,
        Side::Right => area.columns().saturating_sub(1),
    };
    let room = area.lines_of(column);
    let most = u16::try_from(room.len()).unwrap_or(u16::MAX);
    if most == 0 {
        return None;
    }
    let lines = lines_of(grid, &title.part, most, composer).clamp(1, most);
    let height = grid.height(lines);
    let head = Head::alone(grid, &title.part, height, composer);
    let whole = area.width(column, 1);
    let width = (area.em * head.natural().cover(area.em).max(1)).min(whole);
    let start = area.column_x(column);
    let left = match title.side {
        Side::Left => start,
        Side::Right => start + whole - width,
    };
    Some(Upright {
        head,
        cut: Cut {
            column,
            columns: 1,
            top: room.start,
            lines,
            left,
            right: left + width,
        },
        sheet: sheet(width, height),
        room: lying(width, height),
        projection: Projection {
            right: left + width,
            top: grid.line_y(room.start),
        },
    })
}
