//! The make-up of one slot decided: how deep its columns go, how far
//! its parts grow, where the pictures stand, how its text flows.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::area::{Area, Cut, Depth, Place, places};
use super::dropcap::Cap;
use super::figure::FigureMatter;
use super::flow::{Cause, Flow, Text, pour};
use super::growth::Growth;
use super::matter::Matter;
use super::picture::{self, Picture, Placed};
use super::shrink::Less;
use super::stranded::Mend;
use super::table::TableMatter;
use crate::desk::plan::Ending;
use crate::page::Grid;

/// What a slot asks to be made up.
pub(crate) struct Job<'a, 'b> {
    pub(crate) grid: &'a Grid,
    /// The text area below the unstretched head.
    pub(crate) area: Area,
    pub(crate) story: &'b [Matter<'a>],
    pub(crate) tables: &'b [TableMatter<'a>],
    /// The pictures in its text.
    pub(crate) figures: &'b [FigureMatter<'a>],
    /// The drop cap of the story.
    pub(crate) cap: Option<&'b Cap<'a>>,
    pub(crate) pictures: &'b [Picture<'a>],
    /// What an upright headline takes from the columns.
    pub(crate) taken: Option<Cut>,
    pub(crate) ending: Ending,
    /// Filled columns simply end where the text does, however short it is.
    pub(crate) ends: bool,
    /// Grid lines that head, pictures and subheads may add where the text is short.
    pub(crate) allowance: Growth,
    /// What is done about stranded lines (P11).
    pub(crate) mend: Mend,
    /// What is taken away to make room for a story too long (E04).
    pub(crate) less: &'b Less,
    /// Places at the end that the text leaves free: for the line that says
    /// where it goes on (N38).
    pub(crate) reserve: usize,
    /// Trials left, by [`patience`].
    pub(crate) patience: Cell<usize>,
}

/// Paragraphs poured at most in search of level columns: a tenth of a second.
/// A feature of 80 paragraphs has 2,500 trials, a roster of a thousand
/// subheads 200; what is then found is taken.
const PATIENCE: usize = 200_000;

/// How many trials a story may take.
pub(crate) fn patience(story: &[Matter<'_>]) -> Cell<usize> {
    Cell::new(PATIENCE / story.len().max(1))
}

/// A slot made up.
pub(crate) struct Fit {
    /// Grid lines added to head, pictures and subheads.
    pub(crate) growth: Growth,
    /// What was taken away to make room.
    pub(crate) less: Less,
    /// The text area below the head with that white.
    pub(crate) area: Area,
    /// How deep its columns are filled.
    pub(crate) depth: Depth,
    /// How they end: balanced also where there was too little to fill them.
    pub(crate) ending: Ending,
    /// The pictures, `None` for one that found no room.
    pub(crate) pictures: Vec<Option<Placed>>,
    /// What an upright headline takes from the columns.
    pub(crate) taken: Option<Cut>,
    /// The text.
    pub(crate) flow: Flow,
    /// The place after the last one used: of the line that says where the
    /// story goes on, if it does (N38).
    pub(crate) onward: Option<Place>,
    /// The places at the end that the text left free because it was to.
    pub(crate) reserved: Vec<Place>,
    /// Grid lines of all columns left empty that should not be (N34, N45).
    pub(crate) free: usize,
}

impl Fit {
    pub(super) fn holds(&self) -> bool {
        self.flow.overset.is_none() && self.pictures.iter().all(Option::is_some)
    }

    /// Whether it left a place empty for a stranded line.
    fn moved_lines(&self) -> bool {
        let mut causes = self.flow.holes.iter().map(|hole| hole.cause);
        causes.any(|cause| cause == Cause::Stranded)
    }

    /// Grid lines empty at the end and at the feet of columns.
    fn waste(&self) -> usize {
        let holes = self.flow.holes.iter().map(|hole| hole.lines);
        self.free + holes.sum::<usize>()
    }

    /// How far it is from closing, in grid lines: those empty and those that
    /// found no room.
    fn open(&self) -> usize {
        let over = self.flow.overset.as_ref().map_or(0, |cut| cut.lines);
        self.waste() + over
    }
}

/// Trials that a round of the search for level columns goes on from.
const BEAM: usize = 12;
/// Rounds of that search: grid lines moved at most from the even share.
const ROUNDS: usize = 6;

/// Makes up a slot.
///
/// Filled columns (齐底) run from the first to the last; what stays empty at
/// the end goes to head, pictures and subheads, as far as they may (E04). A
/// story that cannot close its columns so, by more than a line a column, is
/// set at its natural height in balanced columns: what is missing is then one
/// field below it, neither a gap in its head nor columns without text. One
/// whose columns are of unlike depth (N33) ends where its text does.
/// Balanced columns end at the least depth that holds everything, the
/// shortage in the last (P28). No line is moved over to a stranded one (P11)
/// where that would leave text without room.
pub(crate) fn fit(job: &Job<'_, '_>) -> Fit {
    let natural = job.lay(job.allowance.none(), job.full());
    if !natural.holds() && job.mend == Mend::Move && natural.moved_lines() {
        return fit(&job.squeezing());
    }
    if !natural.holds() || job.is_empty() {
        return natural;
    }
    match job.ending {
        Ending::Fill => match job.fill() {
            Some(filled) => job.told(filled),
            // P28: vertical bands simply end
            None if job.ends || !job.area.text.are_level() => job.told(natural),
            None => job.at_natural_height(),
        },
        Ending::Balance => job.balance(natural),
    }
}

impl<'a, 'b> Job<'a, 'b> {
    pub(super) fn full(&self) -> Depth {
        Depth {
            lines: self.room().lines,
            deep: self.area.columns(),
        }
    }

    /// The text area below what is left of the head.
    fn room(&self) -> Area {
        let head = self.less.head.min(self.area.top);
        Area {
            top: self.area.top - head,
            lines: self.area.lines.saturating_add(head),
            ..self.area.clone()
        }
    }

    /// The same with other things taken away.
    pub(super) fn with<'c>(&self, less: &'c Less) -> Job<'a, 'c>
    where
        'b: 'c,
    {
        Job {
            area: self.area.clone(),
            allowance: self.allowance.clone(),
            patience: self.patience.clone(),
            less,
            ..*self
        }
    }

    /// Whether there is no text at all.
    pub(super) fn is_empty(&self) -> bool {
        self.story.is_empty() && self.tables.is_empty() && self.figures.is_empty()
    }

    /// Whether the search has taken long enough.
    pub(super) fn tired(&self) -> bool {
        self.patience.get() == 0
    }

    /// One trial: head and pictures larger by `growth`, columns `depth` deep.
    pub(super) fn lay(&self, growth: Growth, depth: Depth) -> Fit {
        self.patience.set(self.patience.get().saturating_sub(1));
        let room = self.room();
        let area = Area {
            top: room.top.saturating_add(growth.head()),
            lines: room.lines.saturating_sub(growth.head()),
            ..room
        };
        let filled = Area {
            lines: depth.lines.min(area.lines),
            ..area.clone()
        };
        let pictures = picture::place(
            self.grid,
            &filled,
            self.pictures,
            &self.less.heights(growth.pictures()),
            !self.is_empty(),
            self.taken,
        );
        let cuts = pictures.iter().flatten().map(|placed| placed.cut);
        let cuts: Vec<_> = self.taken.into_iter().chain(cuts).collect();
        let mut places = places(&filled, depth, &cuts);
        let kept = places.len().saturating_sub(self.reserve);
        let reserved = places.split_off(kept);
        let text = Text {
            story: self.story,
            tables: self.tables,
            figures: self.figures,
            cap: self.cap,
            white: growth.blocks(),
            mend: self.mend,
            saved: &self.less.saved,
        };
        let flow = pour(self.grid, &filled, &places, text);
        let free = self.free(&area, depth, &places, &flow);
        Fit {
            growth,
            less: self.less.clone(),
            area,
            depth,
            ending: self.ending,
            pictures,
            taken: self.taken,
            onward: places.get(flow.used).or(reserved.first()).copied(),
            reserved,
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
            _ if self.is_empty() => 0,
            Ending::Fill => left,
            Ending::Balance => {
                let rows = area.lines.saturating_sub(depth.lines);
                match usize::from(rows) * usize::from(area.columns()) {
                    0 => 0,
                    below => below + left,
                }
            }
        }
    }

    /// Closes filled columns (N34): all parts grow together, in
    /// proportion to what they may, then line by line, the least grown first.
    /// What is then still open is closed by moving lines from part to part.
    /// `None` where more than a line a column stays open.
    fn fill(&self) -> Option<Fit> {
        let few = usize::from(self.area.columns());
        let without_blocks = Job {
            area: self.area.clone(),
            allowance: self.allowance.without_blocks(),
            patience: self.patience.clone(),
            ..*self
        };
        let mut best = self.even();
        if best.waste() > 0 {
            best = self.moved(best, without_blocks.even());
        }
        (best.waste() <= few).then_some(best)
    }

    /// All parts grown together, as far as they may and the text fits.
    fn even(&self) -> Fit {
        let natural = self.lay(self.allowance.none(), self.full());
        self.top_up(self.share(natural))
    }

    /// Looks for the fewest lines moved between the parts, from either of two
    /// trials, that leave the least open, holes at the feet of columns
    /// included: a subhead that may not end a column goes down with white
    /// above it in that column, or comes back up (P12, N34). Each round goes
    /// on from the best of the last one, trials that do not hold among them;
    /// the answer always holds.
    fn moved(&self, from: Fit, other: Fit) -> Fit {
        let mut front = vec![from.growth.clone(), other.growth.clone()];
        let mut seen: BTreeSet<Growth> = front.iter().cloned().collect();
        let mut best = if other.waste() < from.waste() {
            other
        } else {
            from
        };
        // what is far from closing is not a matter of moving lines
        let far = usize::from(self.area.columns()) * 4;
        if best.waste() == 0 || best.waste() > far {
            return best;
        }
        for _ in 0..ROUNDS {
            let mut next: Vec<(usize, Growth)> = Vec::new();
            for growth in front.iter().flat_map(|from| from.moved(&self.allowance)) {
                if !seen.insert(growth.clone()) {
                    continue;
                }
                let trial = self.lay(growth, self.full());
                next.push((trial.open(), trial.growth.clone()));
                if trial.holds() && trial.waste() < best.waste() {
                    best = trial;
                }
                if best.waste() == 0 || self.tired() {
                    return best;
                }
            }
            next.sort_by_key(|(open, _)| *open);
            next.truncate(BEAM);
            front = next.into_iter().map(|(_, growth)| growth).collect();
        }
        best
    }

    /// The same without the white of blocks that take none where they came to
    /// stand, at the head of a column.
    fn told(&self, filled: Fit) -> Fit {
        let mut told = filled;
        for nth in 0..told.growth.blocks().len() {
            if told.growth.blocks()[nth] == 0 || self.tired() {
                continue;
            }
            let trial = self.lay(told.growth.without_block(nth), told.depth);
            if trial.flow.stands_as(&told.flow) {
                told = trial;
            }
        }
        told
    }

    /// The same without lines moved over.
    fn squeezing(&self) -> Self {
        Job {
            area: self.area.clone(),
            allowance: self.allowance.clone(),
            patience: self.patience.clone(),
            mend: Mend::Squeeze,
            ..*self
        }
    }

    /// Nothing grown, columns balanced.
    fn at_natural_height(&self) -> Fit {
        let natural = Job {
            area: self.area.clone(),
            ending: Ending::Balance,
            allowance: self.allowance.none(),
            patience: self.patience.clone(),
            ..*self
        };
        natural.balance(natural.lay(natural.allowance.none(), natural.full()))
    }

    /// The largest even share of the allowance that leaves room for the text.
    fn share(&self, natural: Fit) -> Fit {
        let (mut held, mut over) = (0, self.allowance.steps() + 1);
        let mut best = natural;
        while best.waste() > 0 && held + 1 < over && !self.tired() {
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

    /// Grows line by line, while the text still fits.
    fn top_up(&self, from: Fit) -> Fit {
        let mut best = from;
        while best.waste() > 0 && !self.tired() {
            let ways = best.growth.grown(&self.allowance).into_iter();
            let mut trials = ways
                .take_while(|_| !self.tired())
                .map(|growth| self.lay(growth, self.full()));
            // a block at the head of a column takes no white: no gain
            let gains = |trial: &Fit| trial.holds() && trial.waste() < best.waste();
            let Some(larger) = trials.find(gains) else {
                break;
            };
            best = larger;
        }
        best
    }

    /// Balanced columns, without a stranded line where one line of depth more
    /// or less avoids it and the shortage stays at the end (P11, P28).
    fn balance(&self, natural: Fit) -> Fit {
        let least = self.squeezing().least(natural);
        if least.flow.stranded.is_empty() || self.mend == Mend::Squeeze {
            return least;
        }
        self.without_stranded(&least).unwrap_or(least)
    }

    /// Columns as deep as `least`, else the first of them a line deeper, that
    /// hold everything with no line stranded, none of them deeper than the one
    /// before and none empty that was not.
    fn without_stranded(&self, least: &Fit) -> Option<Fit> {
        let lines = least.depth.lines;
        let same = (lines, self.area.columns());
        let deeper = (1..self.area.columns()).map(|deep| (lines + 1, deep));
        std::iter::once(same)
            .chain(deeper)
            .filter(|&(lines, _)| lines <= self.room().lines)
            .map(|(lines, deep)| {
                // white in the head gives way to a deeper column
                let head = least.growth.head().min(self.room().lines - lines);
                self.lay(least.growth.with_head(head), Depth { lines, deep })
            })
            .find(|trial| {
                let feet = trial.flow.feet();
                let falls = feet.windows(2).all(|pair| pair[0] >= pair[1]);
                let mended = trial.holds() && trial.flow.stranded.is_empty();
                mended && falls && feet.len() == least.flow.feet().len()
            })
    }

    /// Balanced columns of the least depth.
    fn least(&self, natural: Fit) -> Fit {
        let level = |lines| Depth {
            lines,
            deep: self.area.columns(),
        };
        let none = || self.allowance.none();
        let (mut least, mut enough) = (0, self.room().lines);
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
        while enough > 1 && !self.tired() && self.lay(none(), level(enough - 1)).holds() {
            enough -= 1;
        }
        // white that leaves a field below the columns all the same is no gain
        let below = self.room().lines - enough;
        let head = if below <= self.allowance.head() {
            below
        } else {
            0
        };
        let fitted = self.lay(none().with_head(head), level(enough));
        if !fitted.holds() {
            return natural;
        }
        self.share_last(fitted)
    }

    /// Where the last column would stay empty, the shortage is shared: as few
    /// deep columns as will do, the others one line less.
    fn share_last(&self, level: Fit) -> Fit {
        let last = self.area.columns().saturating_sub(1);
        let reached = level.flow.last_column();
        if reached >= last || level.depth.lines < 2 {
            return level;
        }
        (1..self.area.columns())
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::sync::Arc;

    use proptest::prelude::{prop, prop_assert, proptest};

    use super::*;
    use crate::base::geom::{Length, Point};
    use crate::desk::columns::TextColumns;
    use crate::makeup::double::{Squares, body, paragraph};
    use crate::story::{Paragraph, Placement};

    const GRID: Grid = Grid {
        origin: Point::new(Length::ZERO, Length::ZERO),
        columns: 4,
        chars: 13,
        size: Length::pt(9),
        pitch: Length::pt(12),
        gap: Length::pt(9),
        lines: 100,
    };

    fn story(lines: &[usize], stretch: u16) -> Vec<Paragraph> {
        let mut story = Vec::new();
        for (nth, &lines) in lines.iter().enumerate() {
            if nth > 0 {
                let mut block = paragraph("小题", &body());
                let style = Arc::make_mut(&mut block.style);
                style.keep_next = 2;
                style.placement = Placement::Block {
                    first: 2,
                    next: 1,
                    stretch,
                };
                story.push(block);
            }
            story.push(paragraph(&"字".repeat(lines * 13), &body()));
        }
        story
    }

    proptest! {
        /// N34, P12: where any growth closes the columns without a hole, one
        /// is found.
        #[test]
        fn n34_columns_close_wherever_they_can(
            lines in prop::collection::vec(1_usize..9, 2..4),
            columns in 1_u16..4,
            spare in 0_u16..5,
            head in 0_u16..3,
            stretch in 0_u16..3,
        ) {
            let paragraphs = story(&lines, stretch);
            let all = lines.iter().sum::<usize>() + 2 * (lines.len() - 1);
            let least = u16::try_from(all.div_ceil(usize::from(columns))).expect("few");
            let matters: Vec<Matter<'_>> = paragraphs
                .iter()
                .map(|paragraph| Matter::new(Cow::Borrowed(paragraph), &Squares))
                .collect();
            let blocks: Vec<u16> = paragraphs
                .iter()
                .map(|paragraph| if paragraph.style.keep_next > 0 { stretch } else { 0 })
                .collect();
            let less = Less::default();
            let job = Job {
                less: &less,
                grid: &GRID,
                area: Area {
                    x: Length::ZERO,
                    top: 0,
                    lines: least + spare,
                    text: TextColumns::even(columns, GRID.column_width(), GRID.gap),
                    em: GRID.size,
                },
                story: &matters,
                tables: &[],
                figures: &[],
                cap: None,
                pictures: &[],
                taken: None,
                ending: Ending::Fill,
                ends: false,
                allowance: Growth::new(head, &[], &blocks),
                mend: Mend::Move,
                reserve: 0,
                patience: patience(&matters),
            };
            let mut all = BTreeSet::from([job.allowance.none()]);
            let mut new: Vec<Growth> = all.iter().cloned().collect();
            while let Some(growth) = new.pop() {
                let more = growth.moved(&job.allowance);
                new.extend(more.into_iter().filter(|growth| all.insert(growth.clone())));
            }
            let closes = |growth: Growth| {
                let trial = job.lay(growth, job.full());
                trial.holds() && trial.waste() == 0
            };
            let natural = job.lay(job.allowance.none(), job.full());
            let can = natural.holds() && all.into_iter().any(closes);
            let found = fit(&job);
            prop_assert!(!can || found.waste() == 0, "{:?}", found.growth);
        }
    }
}
