//! The outline of a slot: around its own cells in one, around each of its
//! further frames by itself (N33).

use std::collections::BTreeSet;

use crate::base::geom::{Length, Rect};
use crate::desk::columns::{Cells, Stand};
use crate::desk::plan::SlotPlan;
use crate::page::Grid;

/// The further frames of a slot on the page.
pub(super) fn frames(slot: &SlotPlan, grid: &Grid) -> Vec<Rect> {
    let cells = slot.cells();
    let own = cells.len() - frame_count(slot).min(cells.len());
    cells[own..].iter().map(|cells| cells.rect(grid)).collect()
}

/// The outlines of a slot as strips.
pub(super) fn of(slot: &SlotPlan, grid: &Grid, thick: Length) -> Vec<Rect> {
    let cells = slot.cells();
    let own = cells.len() - frame_count(slot).min(cells.len());
    let mut strips = edges(&cells[..own], grid, thick);
    for frame in frames(slot, grid) {
        strips.extend(around(frame, thick));
    }
    strips
}

fn frame_count(slot: &SlotPlan) -> usize {
    let frames = slot.text.iter();
    let frames = frames.filter(|column| column.stand == Stand::Elsewhere);
    frames
        .map(|column| column.run)
        .collect::<BTreeSet<_>>()
        .len()
}

/// The four sides of a box, inside its edges.
pub(super) fn around(rect: Rect, thick: Length) -> [Rect; 4] {
    [
        Rect::new(rect.x, rect.y, rect.width, thick),
        Rect::new(rect.x, rect.bottom() - thick, rect.width, thick),
        Rect::new(rect.x, rect.y, thick, rect.height),
        Rect::new(rect.right() - thick, rect.y, thick, rect.height),
    ]
}

/// The edges of cells that lie together, in strips of whole columns and grid
/// lines. Gaps between columns and lines are inside where both sides of them
/// are.
fn edges(cells: &[Cells], grid: &Grid, thick: Length) -> Vec<Rect> {
    let mut taken: BTreeSet<(u16, u16)> = BTreeSet::new();
    for cells in cells {
        for column in cells.columns.clone() {
            let end = cells.lines.end.min(grid.lines);
            taken.extend((cells.lines.start..end).map(|line| (column, line)));
        }
    }
    let is = |column: Option<u16>, line: Option<u16>| {
        column.zip(line).is_some_and(|cell| taken.contains(&cell))
    };
    let mut strips = Vec::new();
    for &(column, line) in &taken {
        let (left, right) = (column.checked_sub(1), column.checked_add(1));
        let (above, below) = (line.checked_sub(1), line.checked_add(1));
        let (here, row) = (Some(column), Some(line));
        // as far as the next cell that lies beside it or below it
        let (x, y) = (grid.column_x(column), grid.line_y(line));
        let x_end = match is(right, row) {
            true => grid.column_x(column + 1),
            false => x + grid.column_width(),
        };
        let y_end = match is(here, below) {
            true => grid.line_y(line + 1),
            false => y + grid.size,
        };
        let from_left = match is(left, row) {
            true => grid.column_x(column - 1) + grid.column_width(),
            false => x,
        };
        let from_above = match is(here, above) {
            true => grid.line_y(line - 1) + grid.size,
            false => y,
        };
        let across = |y| Rect::new(from_left, y, x_end - from_left, thick);
        let down = |x| Rect::new(x, from_above, thick, y_end - from_above);
        if !is(here, above) {
            strips.push(across(y));
        }
        if !is(here, below) {
            strips.push(across(y_end - thick));
        }
        if !is(left, row) {
            strips.push(down(x));
        }
        if !is(right, row) {
            strips.push(down(x_end - thick));
        }
    }
    strips
}
