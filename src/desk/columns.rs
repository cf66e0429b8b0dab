//! 文栏: the columns that the text of a slot is set in, and the cells of the
//! page that a slot takes.

use std::ops::Range;
use std::sync::Arc;

use crate::base::geom::{Length, Rect};
use crate::page::Grid;

/// One text column of a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextColumn {
    /// Its left edge, from the left edge of what the slot's frame holds.
    pub x: Length,
    /// Its width: whole em (P06).
    pub measure: Length,
    /// The grid lines of the page, from 0, that it keeps to; `None` for as
    /// deep as the slot's head and foot leave room (N33).
    pub reach: Option<Range<u16>>,
    /// Which run of columns side by side it belongs to, from 0 in reading
    /// order.
    pub run: u16,
    /// Where it stands.
    pub stand: Stand,
    /// Whether it is not one of the base columns (破栏, N06).
    pub recolumned: bool,
}

/// Where a text column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// In the slot, between its head and its foot.
    BelowHead,
    /// In the slot, beside the headline block: above its foot (N28).
    BesideHead,
    /// In a further frame, wherever that is.
    Elsewhere,
}

impl TextColumn {
    /// The grid lines of the page that it is filled on, where head and foot
    /// of its slot leave `between` them (N33).
    pub fn lines(&self, between: &Range<u16>) -> Range<u16> {
        let Some(reach) = &self.reach else {
            return between.clone();
        };
        match self.stand {
            Stand::BelowHead => reach.start.max(between.start)..reach.end.min(between.end),
            Stand::BesideHead => reach.start..reach.end.min(between.end),
            Stand::Elsewhere => reach.clone(),
        }
    }
}

/// The text columns of a slot in reading order; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextColumns(Arc<[TextColumn]>);

impl TextColumns {
    /// Columns of one width and one gap, all as deep as the slot: `count` of
    /// them, one at least, each `measure` wide, a unit at least.
    pub fn even(count: u16, measure: Length, gap: Length) -> Self {
        let measure = measure.max(Length::units(1));
        let column = |nth: u16| TextColumn {
            x: (measure + gap) * i64::from(nth),
            measure,
            reach: None,
            run: 0,
            stand: Stand::BelowHead,
            recolumned: false,
        };
        Self((0..count.max(1)).map(column).collect())
    }

    /// These columns; one of no width where there are none.
    pub fn new(columns: Vec<TextColumn>) -> Self {
        match columns.is_empty() {
            true => Self::even(1, Length::ZERO, Length::ZERO),
            false => Self(columns.into()),
        }
    }

    /// How many there are.
    pub fn count(&self) -> u16 {
        u16::try_from(self.0.len()).unwrap_or(u16::MAX)
    }

    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &TextColumn> + '_ {
        self.0.iter()
    }

    /// One of them; the last where there are not so many.
    pub fn get(&self, nth: u16) -> &TextColumn {
        let last = self.0.len() - 1;
        &self.0[usize::from(nth).min(last)]
    }

    /// Right edge of a column, from the left edge of what the slot holds.
    pub fn right(&self, nth: u16) -> Length {
        let column = self.get(nth);
        column.x + column.measure
    }

    /// Width of so many columns from one on, the gaps between them included
    /// (N05).
    pub fn width(&self, from: u16, columns: u16) -> Length {
        match columns {
            0 => Length::ZERO,
            columns => self.right(from + columns - 1) - self.get(from).x,
        }
    }

    /// White between a column and the one before it; none before the first.
    pub fn gap_before(&self, nth: u16) -> Length {
        match nth {
            0 => Length::ZERO,
            nth => self.get(nth).x - self.right(nth - 1),
        }
    }

    /// How many columns, the first of all, stand below a headline over the
    /// text (N23).
    pub fn below_head(&self) -> u16 {
        let below = |column: &&TextColumn| column.run == 0 && column.stand == Stand::BelowHead;
        u16::try_from(self.0.iter().take_while(below).count()).unwrap_or(u16::MAX)
    }

    /// Whether so many columns from one on stand side by side.
    pub fn side_by_side(&self, from: u16, columns: u16) -> bool {
        let run = self.get(from).run;
        (from..from.saturating_add(columns)).all(|nth| self.get(nth).run == run)
    }

    /// The narrowest gap between two of them that stand side by side.
    pub fn least_gap(&self) -> Length {
        let inside = (1..self.count()).filter(|&nth| self.side_by_side(nth - 1, 2));
        let gaps = inside.map(|nth| self.gap_before(nth));
        gaps.min().unwrap_or(Length::ZERO)
    }

    /// The width of the narrowest: what fits it fits all.
    pub fn measure(&self) -> Length {
        let measures = self.0.iter().map(|column| column.measure);
        measures.min().unwrap_or(Length::ZERO)
    }

    /// Whether every one is as deep as the slot, so that their depth can be
    /// balanced.
    pub fn are_level(&self) -> bool {
        let level =
            |column: &TextColumn| column.reach.is_none() && column.stand == Stand::BelowHead;
        self.0.iter().all(level)
    }
}

/// A rectangle of base columns and grid lines, both from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cells {
    /// Base columns.
    pub columns: Range<u16>,
    /// Grid lines.
    pub lines: Range<u16>,
}

impl Cells {
    /// Whether the two share a cell.
    pub fn overlap(&self, other: &Self) -> bool {
        self.columns.start < other.columns.end
            && other.columns.start < self.columns.end
            && self.lines.start < other.lines.end
            && other.lines.start < self.lines.end
    }

    /// Where it lies on a page, cut at the foot of the type area.
    pub fn rect(&self, grid: &Grid) -> Rect {
        let end = self.lines.end.min(grid.lines);
        Rect::new(
            grid.column_x(self.columns.start),
            grid.line_y(self.lines.start),
            grid.width(self.columns.end.saturating_sub(self.columns.start)),
            grid.height(end.saturating_sub(self.lines.start)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EM: Length = Length::pt(9);

    #[test]
    fn n05_columns_take_in_the_gaps_between_them() {
        let columns = TextColumns::even(3, EM * 13, EM);
        assert_eq!(columns.width(0, 2), EM * 27);
        assert_eq!(columns.width(0, 3), EM * 41);
        assert_eq!(columns.width(1, 0), Length::ZERO);
        assert_eq!(columns.gap_before(2), EM);
        assert_eq!(columns.gap_before(0), Length::ZERO);
    }

    #[test]
    fn there_is_always_a_column() {
        let none = TextColumns::even(0, Length::ZERO, EM);
        assert_eq!((none.count(), none.measure()), (1, Length::units(1)));
        assert_eq!(TextColumns::new(Vec::new()).count(), 1);
        assert_eq!(none.get(7), none.get(0));
    }

    #[test]
    fn cells_that_meet_at_an_edge_share_none() {
        let cells = |columns, lines| Cells { columns, lines };
        let one = cells(0..2, 0..10);
        assert!(one.overlap(&cells(1..3, 9..12)));
        assert!(!one.overlap(&cells(2..3, 0..10)));
        assert!(!one.overlap(&cells(0..2, 10..12)));
    }
}
