//! 行距: the lines of one story a little closer or wider, so that it closes
//! its slot (E04).
//!
//! The story leaves the page's grid between its first and its last line, and
//! meets it again at the foot of the slot: columns end level all the same
//! (N34). It is the last thing done, and only where the layout asks for it.

use super::board::Board;
use super::composer::Composer;
use super::{findings, slot};
use crate::base::diag::Fact;
use crate::base::geom::Point;
use crate::desk::plan::SlotPlan;
use crate::page::Grid;
use crate::story::Story;

/// Makes up a slot, with another line pitch where its text does not close it
/// and the plan lets that be changed.
pub(crate) fn make_up(
    board: &mut Board<'_>,
    slot: &SlotPlan,
    composer: &dyn Composer,
) -> Option<Story> {
    // an imprint stands on the page's grid, a jump has its own way out
    let fixed = slot.foot.is_empty() && slot.onward.is_none() && slot.text.are_level();
    if slot.fitting.line_gap == 0 || !slot.fitting.auto || !fixed || slot.story.is_none() {
        return slot::make_up(board, slot, composer);
    }
    let mut plain = board.beside(board.grid);
    let rest = slot::make_up(&mut plain, slot, composer);
    let open = open(&plain);
    for grid in pitches(board.grid, slot, open.signum()) {
        let mut trial = board.beside(&grid);
        let moved = SlotPlan {
            line: 0,
            lines: grid.lines,
            ..slot.clone()
        };
        slot::make_up(&mut trial, &moved, composer);
        if self::open(&trial) == 0 {
            trial
                .findings
                .push(findings::line_pitch(slot, board.grid.pitch, grid.pitch));
            board.absorb(trial);
            return None;
        }
    }
    board.absorb(plain);
    rest
}

/// Lines that a slot lacks, or has too many where below zero; 0 where it is
/// closed.
fn open(board: &Board<'_>) -> i64 {
    let lines = |code: &str| {
        let notes = board.findings.iter().filter(|note| note.code == code);
        let lines = notes
            .flat_map(|note| &note.facts)
            .filter_map(|(name, fact)| match fact {
                Fact::Number(number) if *name == "lines" => Some(*number),
                _ => None,
            });
        lines.sum::<i64>()
    };
    match lines("makeup/overset") {
        0 => -lines("makeup/underset"),
        over => over,
    }
}

/// Grids for a slot with more lines, or fewer, in the same height, the nearest
/// first, as far as the pitch may change.
fn pitches(grid: &Grid, slot: &SlotPlan, way: i64) -> Vec<Grid> {
    let lines = slot.lines.min(grid.lines.saturating_sub(slot.line));
    let high = grid.height(lines) - grid.size;
    let most = grid.pitch.scale(i64::from(slot.fitting.line_gap), 100);
    let mut grids = Vec::new();
    for nth in 1..=i64::from(lines) {
        let other = i64::from(lines) + nth * way;
        if way == 0 || other < 2 {
            break;
        }
        let pitch = high / (other - 1);
        if (pitch - grid.pitch).abs() > most {
            break;
        }
        grids.push(Grid {
            origin: Point::new(grid.origin.x, grid.line_y(slot.line)),
            pitch,
            lines: u16::try_from(other).unwrap_or(u16::MAX),
            ..*grid
        });
    }
    grids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::geom::Length;
    use crate::desk::plan::Fitting;
    use crate::makeup::double::Squares;
    use crate::makeup::make_up as page;
    use crate::makeup::tests::{chars, grid, planned_page, slot};
    use crate::page::Page;

    /// A column of forty lines with so many lines of text.
    fn set(lines: usize, line_gap: u16) -> Page {
        let fitting = Fitting {
            auto: true,
            line_gap,
            ..Fitting::default()
        };
        let slot = SlotPlan {
            fitting,
            ..slot(1, 40, vec![chars(lines * 13)])
        };
        page(&planned_page(vec![slot]), &Squares)
    }

    fn baselines(page: &Page) -> Vec<Length> {
        let frames = page.frames.iter();
        frames
            .flat_map(|frame| frame.lines.iter().map(|line| line.y))
            .collect()
    }

    #[test]
    fn e04_lines_move_closer_where_the_layout_lets_them() {
        let over = set(41, 0);
        assert_eq!(over.overset.len(), 1, "off where nothing is said");
        let closed = set(41, 5);
        assert!(closed.overset.is_empty());
        let lines = baselines(&closed);
        assert_eq!(lines.len(), 41);
        // level at the foot, a unit a line at most lost to rounding
        let foot = grid().baseline_y(39);
        let off = foot - lines[40];
        assert!(off >= Length::ZERO && off < Length::units(41), "{off:?}");
        let note = closed
            .findings
            .iter()
            .find(|note| note.code == "makeup/line-pitch");
        assert!(note.is_some(), "{:?}", closed.findings);
    }

    #[test]
    fn e04_or_wider_and_never_beyond_the_limit() {
        assert_eq!(baselines(&set(39, 5)).len(), 39);
        assert!(
            set(39, 5)
                .findings
                .iter()
                .all(|note| note.code != "makeup/underset")
        );
        // forty lines at 95 % of their pitch make forty-two
        assert_eq!(set(43, 5).overset.len(), 1);
        assert!(set(42, 5).overset.is_empty());
        assert_eq!(set(42, 2).overset.len(), 1);
    }
}
