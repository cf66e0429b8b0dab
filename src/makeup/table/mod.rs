//! 表格: a table set at the measure of its column, in whole grid lines (P26).

mod draw;
mod pour;
#[cfg(test)]
mod tests;
mod widths;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::composer::Composer;
use super::matter::{Lines, Matter};
use crate::base::geom::Length;
use crate::compose::Line;
use crate::page::Grid;
use crate::story::{Align, CellFit, Table};

pub(crate) use draw::draw;
pub(crate) use pour::{Free, pour};
use widths::{Want, share};

/// A table shaped once, set as often as the make-up asks.
pub(crate) struct TableMatter<'a> {
    pub(crate) table: &'a Table,
    title: Option<Matter<'a>>,
    continued: Matter<'a>,
    /// Header row first.
    cells: Vec<Vec<Matter<'a>>>,
    set: RefCell<BTreeMap<Length, Rc<Set>>>,
}

/// A table set to a measure.
pub(crate) struct Set {
    title: Option<Block>,
    continued: Block,
    columns: Vec<Column>,
    rows: Vec<Row>,
    /// Whether the measure holds its columns.
    pub(crate) fits: bool,
}

/// Lines of text that take whole grid lines.
struct Block {
    lines: Lines,
    height: usize,
}

/// A column, from the left edge of the table.
struct Column {
    /// Left edge, up to the rule before it.
    left: Length,
    /// Left edge of the text.
    x: Length,
    /// Width of the text: whole em.
    width: Length,
}

/// A row with its cells: the lines and where they stand from the left edge of
/// the table.
struct Row {
    cells: Vec<(Lines, Length)>,
    height: usize,
}

impl<'a> TableMatter<'a> {
    pub(crate) fn new(table: &'a Table, composer: &dyn Composer) -> Self {
        let matter = |paragraph| Matter::new(Cow::Borrowed(paragraph), composer);
        let row = |row: &'a Vec<crate::story::Cell>| {
            row.iter().map(|cell| matter(&cell.paragraph)).collect()
        };
        Self {
            table,
            title: table.title.as_ref().map(matter),
            continued: matter(&table.continued),
            cells: table.rows.iter().map(row).collect(),
            set: RefCell::default(),
        }
    }

    /// All its text: title, then row by row.
    pub(crate) fn matters(&self) -> impl Iterator<Item = &Matter<'a>> {
        self.title.iter().chain(self.cells.iter().flatten())
    }

    /// Its text from a row on, with the title before the first.
    fn rest(&self, row: usize) -> impl Iterator<Item = &Matter<'a>> {
        let title = self.title.iter().filter(move |_| row == 0);
        title.chain(self.cells.iter().skip(row).flatten())
    }

    /// Characters from row `row` on, white space left out (E03).
    pub(crate) fn chars_from(&self, row: usize) -> usize {
        self.rest(row).map(|matter| matter.chars_from(0)).sum()
    }

    /// The lines from row `row` on, as they are set at `measure`; where that
    /// is too narrow, over its whole width.
    pub(crate) fn lines_from(
        &self,
        grid: &Grid,
        measure: Length,
        row: usize,
    ) -> Vec<(&Matter<'a>, Lines)> {
        let set = self.at(grid, measure);
        if !set.fits {
            let lines = self.rest(row).map(|matter| (matter, matter.at(measure)));
            return lines.collect();
        }
        let title = self.title.iter().filter(|_| row == 0);
        let title = title
            .zip(&set.title)
            .map(|(matter, block)| (matter, &block.lines));
        let cells = self.cells.iter().flatten();
        let lines = set.rows.iter().flat_map(|row| &row.cells);
        let skipped = row * self.table.rows.first().map_or(0, Vec::len);
        let cells = cells.zip(lines).skip(skipped);
        title
            .chain(cells.map(|(matter, (lines, _))| (matter, lines)))
            .map(|(matter, lines)| (matter, Rc::clone(lines)))
            .collect()
    }

    /// The table at a measure.
    pub(crate) fn at(&self, grid: &Grid, measure: Length) -> Rc<Set> {
        if let Some(set) = self.set.borrow().get(&measure) {
            return Rc::clone(set);
        }
        let set = Rc::new(self.set_to(grid, measure));
        self.set.borrow_mut().insert(measure, Rc::clone(&set));
        set
    }

    fn set_to(&self, grid: &Grid, measure: Length) -> Set {
        let block = |matter: &Matter<'_>| {
            let lines = matter.at(measure);
            let height = height(grid, matter, lines.len());
            Block { lines, height }
        };
        let numbers: Vec<Points> = (0..self.count()).map(|nth| self.points(nth)).collect();
        let wants: Vec<Want> = numbers
            .iter()
            .enumerate()
            .map(|(nth, points)| self.want(nth, points))
            .collect();
        let columns = self.columns(&wants, measure);
        let fits = columns.is_some();
        let columns = columns.unwrap_or_default();
        let rows = self.cells.iter().zip(&self.table.rows);
        let rows = rows.map(|(matters, cells)| {
            let cells: Vec<(Lines, Length)> = columns
                .iter()
                .zip(matters.iter().zip(cells))
                .zip(&numbers)
                .map(|((column, (matter, cell)), points)| place(matter, cell.fit, column, points))
                .collect();
            let heights = matters.iter().zip(&cells);
            let heights = heights.map(|(matter, (lines, _))| height(grid, matter, lines.len()));
            Row {
                height: heights.max().unwrap_or(1).max(1),
                cells,
            }
        });
        Set {
            title: self.title.as_ref().map(block),
            continued: block(&self.continued),
            rows: if fits { rows.collect() } else { Vec::new() },
            columns,
            fits,
        }
    }

    fn count(&self) -> usize {
        self.table.rows.first().map_or(0, Vec::len)
    }

    /// The columns at a measure: by their text where the whites hold it, with
    /// half of the white where they do not. What is less than a character
    /// goes to the white.
    fn columns(&self, wants: &[Want], measure: Length) -> Option<Vec<Column>> {
        let em = self.table.em;
        let count = i64::try_from(wants.len()).ok().filter(|&count| count > 0)?;
        let (white, shares) = [self.table.white, self.table.white.half()]
            .into_iter()
            .find_map(|white| {
                let room = (measure - white * 2 * count).whole(em);
                share(wants, room).map(|shares| (white, shares))
            })?;
        let text: i64 = shares.iter().sum();
        let spare = measure - em * text - white * 2 * count;
        let mut left = Length::ZERO;
        let columns = shares.iter().zip(1..).map(|(&share, nth)| {
            let right = em * shares[..nth].iter().sum::<i64>()
                + white * 2 * nth as i64
                + spare.scale(nth as i64, count);
            let width = em * share;
            let x = left + (right - left - width).half();
            let column = Column { left, x, width };
            left = right;
            column
        });
        Some(columns.collect())
    }

    /// How wide the text of a column wants to be, and how narrow it can be,
    /// in em.
    fn want(&self, nth: usize, points: &Points) -> Want {
        let em = self.table.em;
        let (mut most, mut least) = (points.before + points.after, points.before + points.after);
        let rows = self.cells.iter().zip(&self.table.rows);
        let column = rows.filter_map(|(row, cells)| Some((row.get(nth)?, cells.get(nth)?)));
        for (matter, cell) in column {
            let whole = widest(&matter.at(Length::MAX));
            let (wanted, narrow) = match cell.fit {
                CellFit::Number { .. } => continue,
                CellFit::Even(width, _) => (whole.max(width), whole),
                CellFit::Aligned => (whole, widest(&matter.at(em)).max(longest_word(matter))),
            };
            most = most.max(wanted);
            least = least.max(narrow.min(whole));
        }
        Want {
            most: most.cover(em).max(1),
            least: least.cover(em).max(1),
        }
    }

    /// What the numbers of a column take before and behind their points.
    fn points(&self, nth: usize) -> Points {
        let mut points = Points::default();
        let rows = self.cells.iter().zip(&self.table.rows);
        let column = rows.filter_map(|(row, cells)| Some((row.get(nth)?, cells.get(nth)?)));
        for (matter, cell) in column {
            let CellFit::Number { point, .. } = cell.fit else {
                continue;
            };
            if let Some(line) = matter.at(Length::MAX).first() {
                let before = before_point(line, point);
                points.before = points.before.max(before);
                points.after = points.after.max(line.natural - before);
            }
        }
        points
    }
}

/// The widest stretches of a column's numbers on either side of the point.
#[derive(Clone, Copy, Default)]
struct Points {
    before: Length,
    after: Length,
}

/// The width of a number up to its decimal point.
fn before_point(line: &Line, point: u32) -> Length {
    let whole = line.glyphs.iter().take_while(|atom| atom.text.end <= point);
    whole
        .last()
        .map_or(Length::ZERO, |atom| atom.x + atom.advance)
}

/// The widest of some lines, before any stretching.
fn widest(lines: &[Line]) -> Length {
    let widths = lines.iter().map(|line| line.natural);
    widths.max().unwrap_or(Length::ZERO)
}

/// The longest Western word or number: a line narrower than it would have to
/// break it.
fn longest_word(matter: &Matter<'_>) -> Length {
    let run = matter.run();
    let (mut longest, mut word) = (Length::ZERO, Length::ZERO);
    for cluster in &run.clusters {
        let text = run
            .text
            .get(cluster.text.start as usize..cluster.text.end as usize);
        let of_word = |c: char| c.is_ascii_graphic() || (c.is_alphabetic() && c < '\u{2E80}');
        word = match text.unwrap_or_default().chars().all(of_word) {
            true => word + cluster.advance,
            false => Length::ZERO,
        };
        longest = longest.max(word);
    }
    longest
}

/// The lines of a cell and their left edge in the table.
fn place(matter: &Matter<'_>, fit: CellFit, column: &Column, points: &Points) -> (Lines, Length) {
    let stand = |width: Length, align| match align {
        Align::Center => column.x + (column.width - width).half(),
        Align::End => column.x + (column.width - width),
        Align::Start | Align::Justify | Align::Even => column.x,
    };
    match fit {
        CellFit::Aligned => (matter.at(column.width), column.x),
        CellFit::Even(width, align) => {
            let width = width.min(column.width);
            (matter.at(width), stand(width, align))
        }
        CellFit::Number { point, align } => {
            let lines = matter.at(column.width);
            let before = lines
                .first()
                .map_or(Length::ZERO, |line| before_point(line, point));
            let left = stand(points.before + points.after, align);
            (lines, left + points.before - before)
        }
    }
}

/// The grid lines that so many lines of text take, a quarter of their size
/// clear between them and the rules.
fn height(grid: &Grid, matter: &Matter<'_>, lines: usize) -> usize {
    if lines == 0 {
        return 0;
    }
    let style = &matter.paragraph.style;
    let text = style.size + style.pitch * (lines as i64 - 1) + style.size / 4;
    usize::try_from(text.cover(grid.pitch)).unwrap_or(1).max(1)
}

/// What a run of grid lines takes of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The rows below the header row.
    pub(crate) rows: Range<usize>,
    /// Grid lines of title, header row and rows.
    pub(crate) lines: usize,
    /// The same with the white above and below.
    pub(crate) room: usize,
}

impl Set {
    /// Grid lines of what stands above the rows: title or 续表, header row.
    fn head(&self, continued: bool) -> usize {
        let above = match continued {
            true => Some(&self.continued),
            false => self.title.as_ref(),
        };
        let above = above.map_or(0, |block| block.height);
        above + self.rows.first().map_or(0, |row| row.height)
    }

    fn rows_height(&self, rows: Range<usize>) -> usize {
        let rows = self.rows.get(rows).unwrap_or(&[]);
        rows.iter().map(|row| row.height).sum()
    }

    /// The rows from `from` on that a run of `free` grid lines takes: all of
    /// them, or as many as leave two at least for the next part. Never one
    /// row alone, unless the table has no more. A part takes one grid line
    /// more than it is high, as white above and below, but none at the head
    /// of a column that it fills.
    pub(crate) fn take(&self, from: usize, free: usize, column_head: bool) -> Option<Taken> {
        let all = self.rows.len();
        let head = self.head(from > 1);
        let whole = head + self.rows_height(from..all);
        let white = usize::from(!column_head || whole < free);
        if whole + white <= free {
            return Some(Taken {
                rows: from..all,
                lines: whole,
                room: whole + white,
            });
        }
        let white = usize::from(!column_head);
        let mut lines = head;
        let mut to = from;
        while to + 2 < all && lines + self.rows[to].height + white <= free {
            lines += self.rows[to].height;
            to += 1;
        }
        (to >= from + 2).then_some(Taken {
            rows: from..to,
            lines,
            room: lines + white,
        })
    }

    /// The fewest grid lines it begins with: title, header row, two rows, and
    /// the white.
    pub(crate) fn least(&self) -> usize {
        let rows = self.rows.len();
        // a rest of a single row comes along
        let few = if rows <= 4 { rows } else { 3 };
        self.head(false) + self.rows_height(1..few) + 1
    }

    /// Grid lines from row `row` on: what is counted of a table that finds no
    /// room.
    pub(crate) fn height_from(&self, row: usize) -> usize {
        match row {
            0 | 1 => self.head(false) + self.rows_height(1..self.rows.len()) + 1,
            _ => self.rows_height(row..self.rows.len()),
        }
    }
}
