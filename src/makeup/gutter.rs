//! 栏线 over the page: rules between the base columns, cut by whatever is
//! wider than one of them (N04).

use super::board::Board;
use super::rule;
use super::slot::is_empty;
use crate::base::clreq::Direction;
use crate::base::geom::Rect;
use crate::desk::plan::{PagePlan, SlotPlan};
use crate::page::{Grid, Item};
use crate::story::Ink;

/// The shortest rule, in grid lines: a shorter one is a speck.
const SHORTEST: u16 = 2;

/// Draws the rules of a page whose other items are there.
///
/// A rule runs where a story stands beside it, over whole grid lines, and
/// not through heads, pictures, boxes, texts of other columns, or furniture.
/// Beside a box there is none: its frame is the rule.
pub(crate) fn rules(board: &mut Board<'_>, plan: &PagePlan) {
    let border = plan.column_rule;
    if !border.is_some() {
        return;
    }
    let grid = board.grid;
    let slots: Vec<&SlotPlan> = plan.slots.iter().filter(|slot| !is_empty(slot)).collect();
    let mut wide: Vec<Rect> = slots
        .iter()
        .filter(|slot| is_wide(slot))
        .flat_map(|slot| slot.rects(grid))
        .collect();
    wide.extend(board.frames.iter().map(|frame| frame.rect));
    wide.extend(board.items.iter().filter_map(|item| match item {
        Item::Fill(fill) => Some(fill.rect),
        Item::Photo(photo) => Some(photo.rect),
        Item::Shape(shape) => Some(shape.rect()),
        Item::Glyphs(_) => None,
    }));
    let thick = border.thickness;
    for right in 1..grid.columns {
        let x = grid.column_x(right) - (grid.gap + thick).half();
        let crossed = |rect: &&Rect| rect.x < x + thick && x < rect.right();
        let cuts: Vec<Rect> = wide.iter().filter(crossed).copied().collect();
        let free = |line: u16| {
            let band = Rect::new(x, grid.line_y(line), thick, grid.size);
            let between = |slot: &&SlotPlan| {
                slot.cells().iter().any(|cells| {
                    cells.lines.contains(&line)
                        && cells.columns.start <= right
                        && right <= cells.columns.end
                })
            };
            let mut beside = slots.iter().copied().filter(between).peekable();
            beside.peek().is_some()
                && beside.all(|slot| !slot.frame_rule.is_some())
                && !cuts.iter().any(|cut| meets(cut, band))
        };
        for (start, lines) in runs(grid, free) {
            let (top, height) = (grid.line_y(start), grid.height(lines));
            let strip = Rect::new(x, top, thick, height);
            rule::line(board, border, strip, Ink::BLACK);
        }
    }
}

/// Whether no rule of the page may run through a slot: its columns are not
/// those of the page.
fn is_wide(slot: &SlotPlan) -> bool {
    slot.frame_rule.is_some()
        || slot.tint.is_some()
        || slot.direction == Direction::Vertical
        || slot.is_recolumned()
}

fn meets(cut: &Rect, band: Rect) -> bool {
    cut.y < band.bottom() && band.y < cut.bottom()
}

/// Stretches of grid lines that are free, none too short.
fn runs(grid: &Grid, free: impl Fn(u16) -> bool) -> Vec<(u16, u16)> {
    let mut runs = Vec::new();
    let mut start = 0;
    for line in 0..=grid.lines {
        if line < grid.lines && free(line) {
            continue;
        }
        if line - start >= SHORTEST {
            runs.push((start, line - start));
        }
        start = line + 1;
    }
    runs
}
