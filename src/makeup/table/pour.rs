//! A table poured into the places of its story: whole where it fits, broken
//! between rows where it does not (P26).

use super::{Set, Taken};
use crate::base::geom::Length;
use crate::makeup::area::{Area, Place};
use crate::makeup::flow::TablePart;
use crate::page::Grid;

/// The places of a story that are free, and how they hang together.
#[derive(Clone, Copy)]
pub(crate) struct Free<'x> {
    pub(crate) grid: &'x Grid,
    pub(crate) area: &'x Area,
    pub(crate) places: &'x [Place],
    /// For each place how many, itself the first, follow without anything
    /// between them.
    pub(crate) flush: &'x [usize],
    /// The first that is free.
    pub(crate) from: usize,
}

/// What became of a table.
#[derive(Default)]
pub(crate) struct Poured {
    pub(crate) parts: Vec<TablePart>,
    /// Places used up, from the first.
    pub(crate) used: usize,
    /// Places left empty, by index.
    pub(crate) empty: Vec<usize>,
    /// The first row that found no room; 0 where not even the title did.
    pub(crate) rest: Option<usize>,
}

/// Pours a table. Only places as wide as the column take part of it: beside a
/// picture there is none.
pub(crate) fn pour(set: &Set, free: Free<'_>) -> Poured {
    let mut poured = Poured {
        used: free.from,
        ..Poured::default()
    };
    let mut row = 1;
    // a table of a header row alone is one part
    while row < set.rows.len() || poured.parts.is_empty() {
        let Some((first, taken)) = free.find(set, row, poured.used) else {
            poured.rest = Some(if row == 1 { 0 } else { row });
            return poured;
        };
        poured.empty.extend(poured.used..first);
        let run = free.flush[first];
        let breaks = taken.rows.end < set.rows.len();
        poured.used = first + if breaks { run } else { taken.room };
        if breaks {
            poured.empty.extend(first + taken.room..poured.used);
        }
        poured.parts.push(free.part(first, &taken));
        row = taken.rows.end;
    }
    poured
}

impl Free<'_> {
    /// The first run at or after place `from` that takes rows from `row` on.
    fn find(&self, set: &Set, row: usize, from: usize) -> Option<(usize, Taken)> {
        let mut first = from;
        while let (Some(place), Some(&run)) = (self.places.get(first), self.flush.get(first)) {
            if place.measure >= self.area.measure()
                && let Some(taken) = set.take(row, run, self.heads(first))
            {
                return Some((first, taken));
            }
            // further down in the same run there is less
            first += run;
        }
        None
    }

    /// Whether a place is the first of its column.
    pub(crate) fn heads(&self, place: usize) -> bool {
        let above = place
            .checked_sub(1)
            .and_then(|above| self.places.get(above));
        above.map(|above| above.column) != self.places.get(place).map(|place| place.column)
    }

    /// Where a part stands that begins at a place. Edges of rows lie in the
    /// middle of the gap between grid lines at the head of a column, and the
    /// last does at its foot; elsewhere half a line is white above and half
    /// below.
    fn part(&self, first: usize, taken: &Taken) -> TablePart {
        let place = self.places[first];
        let at_foot = taken.room == self.flush[first];
        let white = taken.room - taken.lines;
        let drop = match (self.heads(first), at_foot) {
            (true, _) => Length::ZERO,
            (false, true) => self.grid.pitch * i64::try_from(white).unwrap_or(0),
            (false, false) => self.grid.pitch.half(),
        };
        let gap = self.grid.pitch - self.grid.size;
        TablePart {
            table: 0,
            rows: taken.rows.clone(),
            column: place.column,
            x: place.x,
            top: self.grid.line_y(place.line) - gap.half() + drop,
            after: 0,
        }
    }
}
