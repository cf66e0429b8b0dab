//! 灌文: the paragraphs of a story poured into the places of its slot.

use std::ops::Range;

use super::area::{Area, Place};
use super::dropcap::Cap;
use super::figure::{FigureMatter, FigurePart};
use super::matter::{Lines, Matter};
use super::shelf::Shelf;
use super::stranded::{self, Ahead, Mend};
use super::table::{self, Free, TableMatter};
use crate::base::geom::{Length, Point};
use crate::page::{Grid, baseline_in_frame};
use crate::story::Placement;

/// A story to pour.
#[derive(Clone, Copy)]
pub(crate) struct Text<'x, 'a> {
    pub(crate) story: &'x [Matter<'a>],
    /// The tables between its paragraphs, in order.
    pub(crate) tables: &'x [TableMatter<'a>],
    /// The pictures between them, in order (P23).
    pub(crate) figures: &'x [FigureMatter<'a>],
    /// The drop cap of one of its paragraphs (P27).
    pub(crate) cap: Option<&'x Cap<'a>>,
    /// Grid lines of white added to the block that a paragraph is (E04), by
    /// index; none beyond its end.
    pub(crate) white: &'x [u16],
    /// What is done about stranded lines (P11).
    pub(crate) mend: Mend,
    /// Lines that each paragraph is to be squeezed by (E04), by index; none
    /// beyond its end.
    pub(crate) saved: &'x [u16],
}

impl<'x, 'a> Text<'x, 'a> {
    /// The drop cap of a paragraph.
    fn cap_of(&self, paragraph: usize) -> Option<&'x Cap<'a>> {
        self.cap.filter(|cap| cap.paragraph == paragraph)
    }

    /// The lines of a paragraph in a column of `measure`.
    fn lines(&self, paragraph: usize, measure: Length) -> Lines {
        let matter = &self.story[paragraph];
        match self.cap_of(paragraph) {
            Some(cap) => cap.rest_at(matter, measure),
            None => matter.at(measure),
        }
    }
}

/// A line of a story with its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowLine {
    /// Index of the paragraph in the story.
    pub(crate) paragraph: usize,
    /// Index of the line in the paragraph.
    pub(crate) line: usize,
    /// The text column.
    pub(crate) column: u16,
    /// Left edge of its measure.
    pub(crate) x: Length,
    /// Its baseline.
    pub(crate) y: Length,
}

/// A part of a table with its place on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TablePart {
    /// Index of the table in the story.
    pub(crate) table: usize,
    /// Its rows below the header row, which stands above each part.
    pub(crate) rows: Range<usize>,
    /// The text column.
    pub(crate) column: u16,
    /// Left edge.
    pub(crate) x: Length,
    /// Top of its title, or of its upper rule.
    pub(crate) top: Length,
    /// So many lines of text were set before it.
    pub(crate) after: usize,
}

/// Where the text stopped for want of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cutoff {
    /// First paragraph that is not set, or not wholly.
    pub(crate) paragraph: usize,
    /// Its first line that is not set.
    pub(crate) line: usize,
    /// First table that is not set, or not wholly.
    pub(crate) table: usize,
    /// Its first row that is not set; 0 where none is.
    pub(crate) row: usize,
    /// First picture in the text that is not set.
    pub(crate) figure: usize,
    /// Grid lines that the rest would take, at the slot's full measure.
    pub(crate) lines: usize,
}

/// The foot of a column left empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hole {
    /// The text column.
    pub(crate) column: u16,
    /// Grid lines.
    pub(crate) lines: usize,
    /// Why.
    pub(crate) cause: Cause,
}

/// Why the foot of a column stays empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// What comes next keeps together (P12).
    Block,
    /// A line was moved over to join a stranded one (P11).
    Stranded,
}

/// A story poured into places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// How each paragraph was broken; paragraphs after the cut-off at the
    /// slot's full measure.
    pub(crate) broken: Vec<Lines>,
    /// The lines set, in reading order.
    pub(crate) lines: Vec<FlowLine>,
    /// The parts of tables set, in reading order.
    pub(crate) tables: Vec<TablePart>,
    /// The pictures in the text set, in reading order.
    pub(crate) figures: Vec<FigurePart>,
    /// Tables that no column is wide enough for: they are not set.
    pub(crate) too_wide: Vec<usize>,
    /// Where the baseline of the drop cap begins.
    pub(crate) cap: Option<Point>,
    /// Tables dealt with.
    tables_done: usize,
    /// Pictures in the text dealt with.
    figures_done: usize,
    /// Places used up, from the first.
    pub(crate) used: usize,
    /// Places left empty before the last one used: feet of columns.
    pub(crate) holes: Vec<Hole>,
    /// Paragraphs whose last line stands alone at the head of a column (P11).
    pub(crate) stranded: Vec<usize>,
    /// Where it ran out of places, if it did.
    pub(crate) overset: Option<Cutoff>,
}

/// Pours paragraphs into places.
///
/// Body lines take one place after the other and stand on the grid (P08,
/// P02); a block keeps to one column and has its text centred in whole grid
/// lines (P13); what must not end a column takes its followers along (P12).
/// The first paragraph or line that finds no place ends the flow; everything
/// from there on is overset. A block that no column of the slot could hold is
/// set like running text: rather a bad column than a lost one.
///
/// A picture of the text that moves on to the next column leaves no white: the
/// text after it fills the column that it did not fit (P23).
pub(crate) fn pour(grid: &Grid, area: &Area, places: &[Place], text: Text<'_, '_>) -> Flow {
    let mut shelf = Shelf::new(places);
    let mut flow = Flow::default();
    for paragraph in 0..=text.story.len() {
        flow.between(grid, area, &mut shelf, text, paragraph);
        let (places, measures, runs) = (&*shelf.places, &shelf.measures, &shelf.runs);
        let Some(matter) = text.story.get(paragraph).filter(|_| flow.overset.is_none()) else {
            break;
        };
        let kept = is_kept(matter);
        let stand_at = |from| stand(grid, places, runs, text, paragraph, from);
        match kept.then(|| stand_at(flow.used)).flatten() {
            Some(stand) => flow.block(grid, places, paragraph, matter, &stand),
            None if kept && stand_at(0).is_some() => {
                flow.broken.push(matter.at(area.measure()));
                flow.stop(grid, area, text, (paragraph, 0), 0);
            }
            None => {
                flow.white_above(places, matter);
                let cap = text.cap_of(paragraph);
                if cap.is_some_and(|cap| !flow.cap(grid, places, runs, cap)) {
                    flow.broken.push(text.lines(paragraph, area.measure()));
                    flow.stop(grid, area, text, (paragraph, 0), 0);
                    break;
                }
                let from = flow.used.min(places.len());
                let deep = cap.map_or(0, |cap| cap.lines);
                let beside = cap.map(|cap| cap.beside(&places[from..]));
                let narrowed = beside.as_ref().map(|places| {
                    let measures = places.iter().map(|place| place.measure);
                    measures.collect::<Vec<_>>()
                });
                let stay = || flow.owed(text, places).max(deep);
                let free = beside.as_deref().unwrap_or(&places[from..]);
                let ahead = Ahead {
                    places: free,
                    measures: narrowed.as_deref().unwrap_or(&measures[from..]),
                    tail: area.measure(),
                    stay: &stay,
                    at_head: from == 0 || Some(places[from - 1].column) != flow.column(places),
                    save: text.saved.get(paragraph).copied().map_or(0, usize::from),
                };
                let poured = stranded::pour(matter, ahead, text.mend);
                let mut set = 0;
                for line in 0..poured.lines.len() {
                    if poured.hole == Some(line) {
                        flow.hole(places[flow.used].column, 1, Cause::Stranded);
                        flow.used += 1;
                    }
                    let Some(place) = free.get(flow.used - from) else {
                        break;
                    };
                    flow.lines.push(FlowLine {
                        paragraph,
                        line,
                        column: place.column,
                        x: place.x,
                        y: grid.baseline_y(place.line),
                    });
                    flow.used += 1;
                    set += 1;
                }
                // a paragraph shorter than its cap still has its room
                flow.used = flow.used.max(from + deep);
                if poured.stranded {
                    flow.stranded.push(paragraph);
                }
                let short = poured.lines.len() > set;
                flow.broken.push(poured.lines);
                if short {
                    flow.stop(grid, area, text, (paragraph, set), 0);
                }
            }
        }
        if flow.overset.is_some() {
            break;
        }
    }
    // a text that ends before a picture which moved on
    for place in shelf
        .places
        .iter()
        .skip(flow.used)
        .take(shelf.ahead(flow.used))
    {
        flow.hole(place.column, 1, Cause::Block);
    }
    flow.used = shelf.from(flow.used) + shelf.out();
    flow
}

/// Whether a paragraph keeps to one column.
fn is_kept(matter: &Matter<'_>) -> bool {
    let style = &matter.paragraph.style;
    style.keep_next > 0 || matches!(style.placement, Placement::Block { .. })
}

/// A block with the place it was found: first place, lines, height in grid
/// lines, and the top of its text below the first grid line.
struct Stand {
    first: usize,
    lines: Lines,
    height: usize,
    drop: Length,
}

/// The height of a block in grid lines and how far its text stands below the
/// top of the first (P13).
///
/// At the head of a column, also below a picture that stands there, there is
/// no white above the text: it begins with the column, its first baseline that of the neighbouring columns, and takes
/// no more lines than keep the white below it.
fn block(
    grid: &Grid,
    text: Text<'_, '_>,
    paragraph: usize,
    lines: usize,
    column_head: bool,
) -> (usize, Length) {
    let matter = &text.story[paragraph];
    let style = &matter.paragraph.style;
    let Placement::Block { first, next, .. } = style.placement else {
        let deep = text.cap_of(paragraph).map_or(0, |cap| cap.lines);
        return (lines.max(deep), Length::ZERO);
    };
    if lines == 0 {
        return (0, Length::ZERO);
    }
    let set = text_height(matter, lines);
    let least = 1 + usize::try_from((set - grid.size).cover(grid.pitch).max(0)).unwrap_or(0);
    let planned = usize::from(first) + usize::from(next) * (lines - 1);
    let added = text.white.get(paragraph).copied().unwrap_or(0);
    let white = |height: usize| (grid.size + grid.pitch * (height as i64 - 1) - set).half();
    if !column_head {
        let height = planned.max(least) + usize::from(added);
        return (height, white(height));
    }
    // larger type on the baseline of its line reaches into the gap above,
    // never beyond it
    let over = baseline_in_frame(style.size) - baseline_in_frame(grid.size);
    let raised = if over <= grid.pitch - grid.size {
        over
    } else {
        Length::ZERO
    };
    let taken = set - raised + white(planned.max(least));
    let height = 1 + usize::try_from((taken - grid.size).cover(grid.pitch).max(0)).unwrap_or(0);
    (height, -raised)
}

fn text_height(matter: &Matter<'_>, lines: usize) -> Length {
    let style = &matter.paragraph.style;
    style.size + style.pitch * (lines as i64 - 1)
}

/// For each place how many places, itself the first, follow each other.
pub(crate) struct Runs {
    /// Without anything between them.
    flush: Vec<usize>,
    /// In one column.
    below: Vec<usize>,
}

impl Runs {
    pub(crate) fn of(places: &[Place]) -> Self {
        let runs = |follows: fn(&Place, &Place) -> bool| {
            let mut runs = vec![1; places.len()];
            for at in (1..places.len()).rev() {
                if follows(&places[at - 1], &places[at]) {
                    runs[at - 1] = runs[at] + 1;
                }
            }
            runs
        };
        Self {
            flush: runs(Place::continues),
            below: runs(Place::below),
        }
    }
}

/// The first stand for a kept paragraph at or after place `from`.
fn stand(
    grid: &Grid,
    places: &[Place],
    runs: &Runs,
    text: Text<'_, '_>,
    paragraph: usize,
    from: usize,
) -> Option<Stand> {
    let matter = &text.story[paragraph];
    // Most places have the measure of the one before.
    let mut set: Option<(Length, Lines, usize)> = None;
    (from..places.len()).find_map(|first| {
        let place = places[first];
        let (_, lines, follow) = match &set {
            Some(known) if known.0 == place.measure => known,
            _ => set.insert((
                place.measure,
                matter.at(place.measure),
                following(grid, text, paragraph, place.measure, places.len()),
            )),
        };
        let above = first.checked_sub(1).map(|above| places[above].column);
        let column_head = above != Some(place.column);
        let (height, drop) = block(grid, text, paragraph, lines.len(), column_head);
        let fits = runs.flush[first] >= height && runs.below[first] >= height + follow;
        fits.then(|| Stand {
            first,
            lines: Lines::clone(lines),
            height,
            drop,
        })
    })
}

/// Grid lines after a kept paragraph that must stand in its column (P12): as
/// many as it asks for, as far as the story goes on; a second block right
/// after it comes whole, with its own followers. A block behind text does
/// not: the text has followed. More than `most` lines are not counted.
fn following(
    grid: &Grid,
    text: Text<'_, '_>,
    paragraph: usize,
    measure: Length,
    most: usize,
) -> usize {
    let mut asked = usize::from(text.story[paragraph].paragraph.style.keep_next);
    let mut lines = 0;
    let mut text_followed = false;
    for next in paragraph + 1..=text.story.len() {
        if asked > 0
            && !text_followed
            && let Some(table) = text.tables.iter().find(|table| table.table.at == next)
        {
            // a table follows with its first rows
            lines += table.at(grid, measure).least();
            break;
        }
        let figures = || text.figures.iter().filter(|one| one.fits);
        if asked > 0
            && !text_followed
            && let Some(figure) = figures().find(|one| one.figure.at == next)
        {
            lines += figure.height(grid);
            break;
        }
        let Some(matter) = text.story.get(next) else {
            break;
        };
        let kept = is_kept(matter);
        if asked == 0 || lines > most || (kept && text_followed) {
            break;
        }
        let lines_of = text.lines(next, measure).len();
        let (height, _) = block(grid, text, next, lines_of, false);
        if kept {
            lines += height;
            asked = asked
                .saturating_sub(height)
                .max(usize::from(matter.paragraph.style.keep_next));
        } else {
            // a drop cap comes with all lines beside it
            let deep = text.cap_of(next).map_or(0, |cap| cap.lines);
            let taken = height.min(asked).max(deep);
            lines += taken;
            asked = asked.saturating_sub(taken);
            text_followed = true;
        }
    }
    lines
}

impl Flow {
    /// The last baseline of each column that holds text.
    pub(crate) fn feet(&self) -> Vec<Length> {
        let columns = self.lines.chunk_by(|a, b| a.column == b.column);
        let last = |lines: &[FlowLine]| lines.last().map(|line| line.y);
        columns.filter_map(last).collect()
    }

    /// Leaves the white above a paragraph empty, none of it at the head of a
    /// column (P04).
    fn white_above(&mut self, places: &[Place], matter: &Matter<'_>) {
        for _ in 0..matter.paragraph.style.before {
            let above = self.used.checked_sub(1).and_then(|above| places.get(above));
            if above.map(|place| place.column) != self.column(places)
                || self.column(places).is_none()
            {
                break;
            }
            self.used += 1;
        }
    }

    /// Makes room for a drop cap and the lines beside it, which stay together;
    /// `false` where no place is left for them.
    fn cap(&mut self, grid: &Grid, places: &[Place], runs: &Runs, cap: &Cap<'_>) -> bool {
        let Some(first) = cap.stand(places, &runs.flush, self.used) else {
            return false;
        };
        for place in &places[self.used..first] {
            self.hole(place.column, 1, Cause::Block);
        }
        self.used = first;
        self.cap = Some(cap.origin(grid, &places[first]));
        true
    }

    /// The column of the next place; any where there is none.
    fn column(&self, places: &[Place]) -> Option<u16> {
        places.get(self.used).map(|place| place.column)
    }

    /// Lines that the next paragraph owes to a block above it in this column,
    /// which must not end it (P12).
    fn owed(&self, text: Text<'_, '_>, places: &[Place]) -> usize {
        let above = self.lines.iter().rev();
        let here = above.take_while(|line| self.column(places) == Some(line.column));
        for (followed, line) in here.enumerate() {
            let matter = &text.story[line.paragraph];
            if is_kept(matter) {
                return usize::from(matter.paragraph.style.keep_next).saturating_sub(followed);
            }
        }
        0
    }

    /// Leaves places empty before others that are used.
    fn hole(&mut self, column: u16, lines: usize, cause: Cause) {
        match self.holes.last_mut() {
            Some(hole) if hole.column == column && hole.cause == cause => hole.lines += lines,
            _ => self.holes.push(Hole {
                column,
                lines,
                cause,
            }),
        }
    }

    /// Whether everything stands where it does in `other`.
    pub(crate) fn stands_as(&self, other: &Self) -> bool {
        let text = self.lines == other.lines && self.tables == other.tables;
        text && self.figures == other.figures
    }

    /// The last column that holds anything.
    pub(crate) fn last_column(&self) -> u16 {
        let line = self.lines.last().map(|line| line.column);
        let part = self.tables.last().map(|part| part.column);
        let figure = self.figures.last().map(|part| part.column);
        line.max(part).max(figure).unwrap_or(0)
    }

    fn block(
        &mut self,
        grid: &Grid,
        places: &[Place],
        paragraph: usize,
        matter: &Matter<'_>,
        stand: &Stand,
    ) {
        let style = &matter.paragraph.style;
        let in_block = matches!(style.placement, Placement::Block { .. });
        for place in &places[self.used..stand.first] {
            self.hole(place.column, 1, Cause::Block);
        }
        let place = places[stand.first];
        for line in 0..stand.lines.len() {
            let y = if in_block {
                grid.line_y(place.line)
                    + stand.drop
                    + style.pitch * line as i64
                    + baseline_in_frame(style.size)
            } else {
                grid.baseline_y(places[stand.first + line].line)
            };
            self.lines.push(FlowLine {
                paragraph,
                line,
                column: place.column,
                x: place.x,
                y,
            });
        }
        self.broken.push(std::rc::Rc::clone(&stand.lines));
        self.used = stand.first + stand.height;
    }

    /// Pours the tables and pictures that stand before a paragraph.
    fn between(
        &mut self,
        grid: &Grid,
        area: &Area,
        shelf: &mut Shelf<'_>,
        text: Text<'_, '_>,
        paragraph: usize,
    ) {
        while self.overset.is_none() {
            let due = |one: &&FigureMatter<'_>| {
                one.figure.at <= paragraph && one.figure.tables <= self.tables_done
            };
            if let Some(matter) = text.figures.get(self.figures_done).filter(due) {
                self.figure(matter, (grid, area), shelf, text, paragraph);
                continue;
            }
            let places = &*shelf.places;
            let free = Free {
                grid,
                area,
                places,
                flush: &shelf.runs.flush,
                from: self.used,
            };
            let table = text.tables.get(self.tables_done);
            let Some(matter) = table.filter(|matter| matter.table.at <= paragraph) else {
                return;
            };
            let set = matter.at(grid, area.measure());
            if !set.fits {
                self.too_wide.push(self.tables_done);
                self.tables_done += 1;
                continue;
            }
            let poured = table::pour(&set, free);
            for &empty in &poured.empty {
                self.hole(places[empty].column, 1, Cause::Block);
            }
            let parts = poured.parts.into_iter().map(|part| TablePart {
                table: self.tables_done,
                after: self.lines.len(),
                ..part
            });
            self.tables.extend(parts);
            self.used = poured.used;
            if let Some(row) = poured.rest {
                self.stop(grid, area, text, (paragraph, 0), row);
                return;
            }
            self.tables_done += 1;
        }
    }

    /// Sets the next picture before a paragraph. One that no column of the slot
    /// could hold is left out and told.
    fn figure(
        &mut self,
        matter: &FigureMatter<'_>,
        (grid, area): (&Grid, &Area),
        shelf: &mut Shelf<'_>,
        text: Text<'_, '_>,
        paragraph: usize,
    ) {
        if !matter.fits {
            self.figures_done += 1;
            return;
        }
        let stood = matter.stand(Free {
            grid,
            area,
            places: &shelf.places,
            flush: &shelf.runs.flush,
            from: shelf.from(self.used),
        });
        let Some(stood) = stood else {
            self.stop(grid, area, text, (paragraph, 0), 0);
            return;
        };
        self.figures.push(FigurePart {
            figure: self.figures_done,
            after: self.lines.len(),
            ..stood.part
        });
        match stood.first == self.used {
            true => self.used += stood.taken,
            false => shelf.take(stood.first, stood.taken),
        }
        self.figures_done += 1;
    }

    /// Ends the flow before a line of a paragraph, `(paragraph, line)`, and
    /// before row `row` of the next table, and breaks the rest at the slot's
    /// full measure, so that it can be counted and shown.
    fn stop(
        &mut self,
        grid: &Grid,
        area: &Area,
        text: Text<'_, '_>,
        (paragraph, line): (usize, usize),
        row: usize,
    ) {
        // of the paragraph that did not fit, what is left of it
        let mut lines = match (self.broken.get(paragraph), line) {
            (None, _) => 0,
            (Some(broken), 0) => block(grid, text, paragraph, broken.len(), false).0,
            (Some(broken), line) => broken.len() - line,
        };
        for next in self.broken.len()..text.story.len() {
            let broken = text.lines(next, area.measure());
            // the white above it, which what begins the rest has not (P04)
            if next > paragraph {
                lines += usize::from(text.story[next].paragraph.style.before);
            }
            lines += block(grid, text, next, broken.len(), false).0;
            self.broken.push(broken);
        }
        let rest = text.tables.iter().enumerate().skip(self.tables_done);
        for (nth, matter) in rest {
            let from = if nth == self.tables_done { row } else { 0 };
            lines += matter.at(grid, area.measure()).height_from(from);
        }
        let figures = text.figures.iter().skip(self.figures_done);
        let figures = figures.filter(|matter| matter.fits);
        lines += figures.map(|matter| matter.height(grid)).sum::<usize>();
        self.overset = Some(Cutoff {
            paragraph,
            line,
            table: self.tables_done,
            row,
            figure: self.figures_done,
            lines,
        });
    }
}
