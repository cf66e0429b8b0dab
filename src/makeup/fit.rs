//! The make-up of one slot decided: how deep its columns go, how far
//! its parts grow, where the pictures stand, how its text flows.

use super::area::{Area, Depth, Place, places};
use super::flow::{Flow, Text, pour};
use super::growth::Growth;
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
    /// Grid lines that head, pictures and subheads may add where the text is short.
    pub(crate) allowance: Growth,
}

/// A slot made up.
pub(crate) struct Fit {
    /// Grid lines added to head, pictures and subheads.
    pub(crate) growth: Growth,
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

    /// Grid lines empty at the end and at the feet of columns.
    fn waste(&self) -> usize {
        let holes = self.flow.holes.iter().map(|&(_, lines)| lines);
        self.free + holes.sum::<usize>()
    }
}

/// Makes up a slot.
///
/// Filled columns (齐底) run from the first to the last; what stays empty at
/// the end goes to head, pictures and subheads, as far as they may (E04). Balanced columns end
/// at the least depth that holds everything, the shortage in the last (P28).
pub(crate) fn fit(job: &Job<'_, '_>) -> Fit {
    let whole = job.lay(job.allowance.none(), job.full());
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

    /// One trial: head and pictures larger by `growth`, columns `depth` deep.
    fn lay(&self, growth: Growth, depth: Depth) -> Fit {
        let area = Area {
            top: self.area.top.saturating_add(growth.head()),
            lines: self.area.lines.saturating_sub(growth.head()),
            ..self.area
        };
        let filled = Area {
            lines: depth.lines.min(area.lines),
            ..area
        };
        let pictures = picture::place(
            self.grid,
            &filled,
            self.pictures,
            growth.pictures(),
            !self.story.is_empty(),
        );
        let cuts: Vec<_> = pictures.iter().flatten().map(|placed| placed.cut).collect();
        let places = places(&filled, depth, &cuts);
        let text = Text {
            story: self.story,
            white: growth.blocks(),
        };
        let flow = pour(self.grid, &filled, &places, text);
        let free = self.free(&area, depth, &places, &flow);
        Fit {
            growth,
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

    /// Closes filled columns (N34): all parts grow together, in
    /// proportion to what they may, then line by line, the least grown first.
    /// What is then still open, less than a line of any part takes, is closed
    /// by giving one line back and growing the other parts instead.
    fn fill(&self, whole: Fit) -> Fit {
        let mut best = self.top_up(self.share(whole), &self.allowance);
        // each round leaves less open: there are only so many
        while let Some(closer) = self.exchange(&best) {
            best = closer;
        }
        best
    }

    /// The best of giving one line back and growing the other parts instead,
    /// if it leaves less open.
    fn exchange(&self, from: &Fit) -> Option<Fit> {
        let mut closed: Option<Fit> = None;
        for (less, most) in from.growth.shrunk(&self.allowance) {
            let least = closed.as_ref().unwrap_or(from).waste();
            if least == 0 {
                break;
            }
            let trial = self.lay(less, self.full());
            if !trial.holds() {
                continue;
            }
            let trial = self.top_up(trial, &most);
            if trial.waste() < least {
                closed = Some(trial);
            }
        }
        closed
    }

    /// The largest even share of the allowance that leaves room for the text.
    fn share(&self, whole: Fit) -> Fit {
        let (mut held, mut over) = (0, self.allowance.steps() + 1);
        let mut best = whole;
        while best.waste() > 0 && held + 1 < over {
            let middle = held + (over - held) / 2;
            let trial = self.lay(self.allowance.share(middle), self.full());
            if trial.holds() {
                (held, best) = (middle, trial);
            } else {
                over = middle;
            }
        }
        best
    }

    /// Grows line by line up to `most`, while the text still fits.
    fn top_up(&self, from: Fit, most: &Growth) -> Fit {
        let mut best = from;
        while best.waste() > 0 {
            let ways = best.growth.grown(most).into_iter();
            let mut trials = ways.map(|growth| self.lay(growth, self.full()));
            // white at the head of a column is dropped: no gain
            let gains = |trial: &Fit| trial.holds() && trial.waste() < best.waste();
            let Some(larger) = trials.find(gains) else {
                break;
            };
            best = larger;
        }
        best
    }

    fn balance(&self, whole: Fit) -> Fit {
        let level = |lines| Depth {
            lines,
            deep: self.area.columns,
        };
        let none = || self.allowance.none();
        let (mut least, mut enough) = (0, self.area.lines);
        while least + 1 < enough {
            let middle = least + (enough - least) / 2;
            if self.lay(none(), level(middle)).holds() {
                enough = middle;
            } else {
                least = middle;
            }
        }
        // Blocks that keep together make the answer not quite monotone: go
        // on down while it holds.
        while enough > 1 && self.lay(none(), level(enough - 1)).holds() {
            enough -= 1;
        }
        let head = self.allowance.head().min(self.area.lines - enough);
        let fitted = self.lay(none().with_head(head), level(enough));
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
                    level.growth.clone(),
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
