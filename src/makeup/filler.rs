//! 补白, 报花: art at the foot of a story's last column, in the sizes that the
//! layout approves (N45).

use super::area::Place;
use super::fit::{Fit, Job, fit};
use crate::base::geom::Rect;
use crate::desk::plan::{Ending, FillerPlan, SlotPlan};
use crate::page::Grid;

/// Grid lines of white between the text and the art at least.
const WHITE: usize = 1;

/// A slot made up with art at its foot.
pub(crate) struct Filled<'a> {
    pub(crate) filler: &'a FillerPlan,
    pub(crate) fit: Fit,
    /// Where it stands.
    pub(crate) room: Rect,
}

/// Sets the highest art that fits at the foot of the last column, a line of
/// white above it. `None` where the story fills its columns as far as a filler
/// goes, where no art fits, or where the text does not reach that column.
///
/// The columns above it are filled from the first to the last; what parts of
/// the slot may grow by (E04) goes into the white that is left.
pub(crate) fn part<'a>(job: &Job<'_, '_>, usual: &Fit, slot: &'a SlotPlan) -> Option<Filled<'a>> {
    let level = job.area.text.are_level();
    if slot.fillers.is_empty()
        || slot.ending != Ending::Fill
        || job.ends
        || !level
        || job.is_empty()
        || !usual.holds()
    {
        return None;
    }
    let open = match usual.ending {
        Ending::Fill => usual.free,
        // the columns would be filled for it
        Ending::Balance => job.lay(job.allowance.none(), job.full()).free,
    };
    let mut tried = 0;
    for filler in &slot.fillers {
        let lines = usize::from(filler.lines);
        if lines == tried || lines + WHITE > open {
            continue;
        }
        // of art of one height the first is taken or none
        tried = lines;
        let reserving = Job {
            area: job.area.clone(),
            allowance: job.allowance.clone(),
            patience: job.patience.clone(),
            reserve: lines + WHITE,
            ..*job
        };
        let closed = fit(&reserving);
        let fit = match closed.ending {
            Ending::Fill => closed,
            Ending::Balance => reserving.lay(reserving.allowance.none(), reserving.full()),
        };
        if !fit.holds() {
            continue;
        }
        if let Some(room) = foot(job.grid, &fit, fit.reserved.get(WHITE..).unwrap_or(&[])) {
            return Some(Filled { filler, fit, room });
        }
    }
    None
}

/// The box of some places, where they are the foot of the column that the text
/// ends in, one below the other and as wide as it.
fn foot(grid: &Grid, fit: &Fit, places: &[Place]) -> Option<Rect> {
    let (first, last) = (places.first()?, places.last()?);
    let below = places.windows(2).all(|pair| pair[0].continues(&pair[1]));
    let column = fit.area.lines_of(first.column);
    let whole = first.measure == fit.area.width(first.column, 1);
    let ends = fit.flow.last_column() == first.column && last.line + 1 == column.end;
    let lines = u16::try_from(places.len()).ok()?;
    (below && whole && ends).then(|| {
        let top = grid.line_y(first.line);
        Rect::new(first.x, top, first.measure, grid.height(lines))
    })
}
