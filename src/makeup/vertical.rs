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
use crate::desk::lying::Lying;
use crate::desk::plan::SlotPlan;
use crate::page::Standing;
use crate::story::Story;

/// Makes up a vertical slot on the board.
pub(crate) fn make_up(
    board: &mut Board<'_>,
    slot: &SlotPlan,
    composer: &dyn Composer,
) -> Option<Story> {
    if !slot::is_empty(slot) {
        rule::outer(board, slot, slot.rect(board.grid));
    }
    let Lying {
        inner,
        sheet,
        slot: lying,
    } = Lying::of(board.grid, slot);
    board.standing.push(Standing {
        slot: std::sync::Arc::clone(&slot.name),
        rect: inner,
        size: sheet.size,
        pitch: sheet.pitch,
        lines: sheet.lines,
    });
    let projection = Projection {
        right: inner.right(),
        top: inner.y,
    };
    let mut upright = board.lying(&sheet, projection);
    let rest = slot::make_up(&mut upright, &lying, composer);
    board.absorb(upright);
    rest
}
