//! 直排, lying down: a vertical slot as the horizontal one that it is made up
//! as (V01).

use crate::base::geom::{Length, Point, Rect};
use crate::desk::border::Border;
use crate::desk::plan::SlotPlan;
use crate::page::Grid;

/// A vertical slot on a sheet of its own, as wide as the slot is high.
#[derive(Clone, Debug)]
pub struct Lying {
    /// What the slot's frame holds, on the page.
    pub inner: Rect,
    /// The sheet: its width is the slot's height, a grid line a vertical line,
    /// at the pitch of the page.
    pub sheet: Grid,
    /// The slot on it. What surrounds it is drawn on the page.
    pub slot: SlotPlan,
}

impl Lying {
    /// The slot of a page laid down.
    pub fn of(grid: &Grid, slot: &SlotPlan) -> Self {
        let rect = slot.rect(grid);
        let inner = Rect::new(
            rect.x + slot.padding,
            rect.y + slot.padding,
            rect.width - slot.padding * 2,
            rect.height - slot.padding * 2,
        );
        let sheet = sheet(grid, inner);
        Self {
            inner,
            sheet,
            slot: SlotPlan {
                column: 0,
                columns: 1,
                line: 0,
                lines: sheet.lines,
                frame_rule: Border::NONE,
                padding: Length::ZERO,
                rule_above: Border::NONE,
                tint: None,
                ..slot.clone()
            },
        }
    }
}

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
