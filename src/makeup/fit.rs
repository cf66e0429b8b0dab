//! The make-up of one slot decided: how deep its columns go, how much white
//! its head takes, where its pictures stand, how its text flows.

use super::area::{Area, Depth, Place, places};
use super::flow::{Flow, pour};
use super::matter::Matter;
use super::picture::{self, Picture, Placed};
use crate::desk::plan::Ending;
use crate::page::Grid;

/// What a slot asks to be made up.
pub(crate) struct Job<'a, 'b> {
    pub(crate) grid: &'a Grid,
    /// The text area below the unstretched head.
    pub(crate) area: Area,
    pub(crate) story: &'b [Matter<'a>],
    pub(crate) pictures: &'b [Picture<'a>],
    pub(crate) ending: Ending,
    /// Grid lines the head may take up as white.
    pub(crate) stretch: u16,
}

/// A slot made up.
pub(crate) struct Fit {
    /// Grid lines of white added to the head.
    pub(crate) stretched: u16,
    /// The text area below the head with that white.
    pub(crate) area: Area,
    /// How deep its columns are filled.
    pub(crate) depth: Depth,
    /// The pictures, `None` for one that found no room.
    pub(crate) pictures: Vec<Option<Placed>>,
    /// The text.
    pub(crate) flow: Flow,
    /// Grid lines of all columns left empty that should not be (N34, N45).
    pub(crate) free: usize,
}

impl Fit {
    fn holds(&self) -> bool {
        self.flow.overset.is_none() && self.pictures.iter().all(Option::is_some)
    }
}

/// Makes up a slot.
///
/// Filled columns (齐底) run from the first to the last; what stays empty at
/// the end goes to the head as white, as far as it may. Balanced columns end
/// at the least depth that holds everything, the shortage in the last (P28).
pub(crate) fn fit(job: &Job<'_, '_>) -> Fit {
    let whole = job.lay(0, job.full());
    if !whole.holds() || job.story.is_empty() {
        return whole;
    }
    match job.ending {
        Ending::Fill => job.fill(whole),
        Ending::Balance => job.balance(whole),
    }
}

impl Job<'_, '_> {
    fn full(&self) -> Depth {
        Depth {
            lines: self.area.lines,
            deep: self.area.columns,
        }
    }

    /// One trial: `stretched` lines of white in the head, columns `depth`
    /// deep.
    fn lay(&self, stretched: u16, depth: Depth) -> Fit {
        let top = self.area.top + stretched;
        let area = Area {
            top,
            lines: self.area.lines.saturating_sub(stretched),
            ..self.area
        };
        let filled = Area {
            lines: depth.lines.min(area.lines),
            ..area
        };
        let pictures = picture::place(self.grid, &filled, self.pictures, !self.story.is_empty());
        let cuts: Vec<_> = pictures.iter().flatten().map(|placed| placed.cut).collect();
        let places = places(&filled, depth, &cuts);
        let flow = pour(self.grid, &filled, &places, self.story);
        let free = self.free(&area, depth, &places, &flow);
        Fit {
            stretched,
            area,
            depth,
            pictures,
            flow,
            free,
        }
    }

    /// Empty grid lines that are a fault: after the end of filled columns all
    /// of them; of balanced columns whole rows only, because a shortage in
    /// the last column is what balancing allows.
    fn free(&self, area: &Area, depth: Depth, places: &[Place], flow: &Flow) -> usize {
        let left = places.len() - flow.used.min(places.len());
        match self.ending {
            _ if self.story.is_empty() => 0,
            Ending::Fill => left,
            Ending::Balance => {
                let rows = area.lines.saturating_sub(depth.lines);
                match usize::from(rows) * usize::from(area.columns) {
                    0 => 0,
                    below => below + left,
                }
            }
        }
    }

    fn fill(&self, whole: Fit) -> Fit {
        let most = self.stretch.min(self.area.lines.saturating_sub(1));
        let rows = whole.free / usize::from(self.area.columns.max(1));
        let rows = u16::try_from(rows).unwrap_or(most).min(most);
        // White in the head costs a row of every column that reaches up to
        // it: the estimate is right unless pictures stand there.
        let mut best = whole;
        for stretched in (1..=rows).rev() {
            let trial = self.lay(stretched, self.full());
            if trial.holds() {
                best = trial;
                break;
            }
        }
        while best.stretched < most && best.free > 0 {
            let trial = self.lay(best.stretched + 1, self.full());
            if !trial.holds() {
                break;
            }
            best = trial;
        }
        best
    }

    fn balance(&self, whole: Fit) -> Fit {
        let level = |lines| Depth {
            lines,
            deep: self.area.columns,
        };
        let (mut least, mut enough) = (0, self.area.lines);
        while least + 1 < enough {
            let middle = least + (enough - least) / 2;
            if self.lay(0, level(middle)).holds() {
                enough = middle;
            } else {
                least = middle;
            }
        }
        // Blocks that keep together make the answer not quite monotone: go
        // on down while it holds.
        while enough > 1 && self.lay(0, level(enough - 1)).holds() {
            enough -= 1;
        }
        let stretched = self.stretch.min(self.area.lines - enough);
        let fitted = self.lay(stretched, level(enough));
        if !fitted.holds() {
            return whole;
        }
        self.share_last(fitted)
    }

    /// Where the last column would stay empty, the shortage is shared: as few
    /// deep columns as will do, the others one line less.
    fn share_last(&self, level: Fit) -> Fit {
        let last = self.area.columns.saturating_sub(1);
        let reached = level.flow.lines.last().map_or(0, |line| line.column);
        if reached >= last || level.depth.lines < 2 {
            return level;
        }
        (1..self.area.columns)
            .map(|deep| {
                self.lay(
                    level.stretched,
                    Depth {
                        lines: level.depth.lines,
                        deep,
                    },
                )
            })
            .find(Fit::holds)
            .unwrap_or(level)
    }
}
