//! The text area of a slot and the places for lines in it.

use std::ops::Range;

use crate::base::geom::{Length, Rect};
use crate::desk::columns::{Stand, TextColumns};
use crate::desk::plan::SlotPlan;
use crate::page::Grid;

/// A slot as a box on the page, with what its frame takes off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The whole slot, frame rule included.
    pub(crate) rect: Rect,
    /// Left edge of head, text and foot.
    pub(crate) x: Length,
    /// Width of head and foot: all columns and their gaps.
    pub(crate) width: Length,
    /// First grid line inside the frame.
    pub(crate) top: u16,
    /// Grid lines inside the frame.
    pub(crate) lines: u16,
}

impl Room {
    /// The room of a slot.
    pub(crate) fn of(grid: &Grid, slot: &SlotPlan) -> Self {
        let rect = slot.rect(grid);
        let inside = slot.inside(grid);
        Self {
            rect,
            x: rect.x + slot.padding,
            width: rect.width - slot.padding * 2,
            top: inside.start,
            lines: inside.end - inside.start,
        }
    }
}

/// The text area of a slot: below its head block, above its foot block.
///
/// A column of a further frame stands where the layout says, whatever head and
/// foot of the slot take; one beside the headline begins with the slot (N33).
#[derive(Clone, Debug)]
pub(crate) struct Area {
    /// Left edge of what the slot holds.
    pub(crate) x: Length,
    /// First grid line below the head.
    pub(crate) top: u16,
    /// Grid lines between head and foot.
    pub(crate) lines: u16,
    /// The text columns.
    pub(crate) text: TextColumns,
    /// The em that run-around lines are whole multiples of.
    pub(crate) em: Length,
}

impl Area {
    /// How many text columns there are.
    pub(crate) fn columns(&self) -> u16 {
        self.text.count()
    }

    /// Left edge of a text column (N03).
    pub(crate) fn column_x(&self, column: u16) -> Length {
        self.x + self.text.get(column).x
    }

    /// Width of so many text columns with the gaps between them (N05).
    pub(crate) fn width(&self, column: u16, columns: u16) -> Length {
        self.text.width(column, columns)
    }

    /// The width of the narrowest column.
    pub(crate) fn measure(&self) -> Length {
        self.text.measure()
    }

    /// The grid line after the last one.
    pub(crate) fn end(&self) -> u16 {
        self.top.saturating_add(self.lines)
    }

    /// The grid lines of a column.
    pub(crate) fn lines_of(&self, column: u16) -> Range<u16> {
        self.text.get(column).lines(&(self.top..self.end()))
    }

    /// The grid lines that so many columns from one on have in common.
    pub(crate) fn lines_over(&self, column: u16, columns: u16) -> Range<u16> {
        let all = (column..column.saturating_add(columns)).map(|nth| self.lines_of(nth));
        all.reduce(|one, other| one.start.max(other.start)..one.end.min(other.end))
            .unwrap_or(self.top..self.end())
    }

    /// The grid lines of a column filled so deep.
    fn filled(&self, column: u16, depth: Depth) -> Range<u16> {
        let lines = self.lines_of(column);
        let end = self.top.saturating_add(depth.of(column).min(self.lines));
        match self.text.get(column).stand {
            Stand::Elsewhere => lines,
            _ => lines.start..lines.end.min(end),
        }
    }
}

/// How deep the columns of an area are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Depth {
    /// Grid lines of the deep columns.
    pub(crate) lines: u16,
    /// So many columns from the left are that deep, the others one line less.
    pub(crate) deep: u16,
}

impl Depth {
    fn of(self, column: u16) -> u16 {
        if column < self.deep {
            self.lines
        } else {
            self.lines.saturating_sub(1)
        }
    }
}

/// What a picture takes from the columns: some grid lines, from edge to edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut {
    /// First text column it stands in.
    pub(crate) column: u16,
    /// Text columns it stands in.
    pub(crate) columns: u16,
    /// First grid line.
    pub(crate) top: u16,
    /// Grid lines.
    pub(crate) lines: u16,
    /// Its left edge.
    pub(crate) left: Length,
    /// Its right edge.
    pub(crate) right: Length,
}

impl Cut {
    fn meets(&self, column: u16, line: u16) -> bool {
        (self.column..self.column + self.columns).contains(&column)
            && (self.top..self.top + self.lines).contains(&line)
    }
}

/// Room for one line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The text column.
    pub(crate) column: u16,
    /// The grid line of the page.
    pub(crate) line: u16,
    /// Left edge.
    pub(crate) x: Length,
    /// Width: whole em.
    pub(crate) measure: Length,
}

impl Place {
    /// Whether `next` is the place right below, flush with this one.
    pub(crate) fn continues(&self, next: &Self) -> bool {
        self.below(next) && self.x == next.x && self.measure == next.measure
    }

    /// Whether `next` is right below in the same column.
    pub(crate) fn below(&self, next: &Self) -> bool {
        self.column == next.column && self.line + 1 == next.line
    }
}

/// Text beside a picture is at least so many em wide (P25).
pub(crate) const RUN_AROUND_LEAST: i64 = 6;

/// The places of an area in reading order: down the columns, from left to
/// right, cut by pictures.
pub(crate) fn places(area: &Area, depth: Depth, cuts: &[Cut]) -> Vec<Place> {
    let mut places = Vec::new();
    for column in 0..area.columns() {
        for line in area.filled(column, depth) {
            if let Some((x, measure)) = beside(area, column, line, cuts) {
                places.push(Place {
                    column,
                    line,
                    x,
                    measure,
                });
            }
        }
    }
    places
}

/// What pictures leave of a column on one grid line: the wider side, cut to
/// whole em at one em distance, flush with the column's outer edge (P25).
fn beside(area: &Area, column: u16, line: u16, cuts: &[Cut]) -> Option<(Length, Length)> {
    let mut left = area.column_x(column);
    let measure = area.text.get(column).measure;
    let mut right = left + measure;
    let mut cut_at_left = false;
    for cut in cuts.iter().filter(|cut| cut.meets(column, line)) {
        let (before, after) = (right.min(cut.left - area.em), left.max(cut.right + area.em));
        if before - left >= right - after {
            right = before;
        } else {
            cut_at_left |= after > left;
            left = after;
        }
    }
    let free = right - left;
    if free == measure {
        return (free > Length::ZERO).then_some((left, free));
    }
    let em = free.whole(area.em);
    if em < RUN_AROUND_LEAST {
        return None;
    }
    let measure = area.em * em;
    Some((if cut_at_left { right - measure } else { left }, measure))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area() -> Area {
        Area {
            x: Length::ZERO,
            top: 0,
            lines: 3,
            text: TextColumns::even(1, Length::pt(13), Length::pt(1)),
            em: Length::pt(1),
        }
    }

    fn beside_intruder(em: i64) -> Vec<Place> {
        let cut = Cut {
            column: 0,
            columns: 1,
            top: 1,
            lines: 1,
            left: Length::ZERO,
            right: Length::pt(em),
        };
        places(&area(), Depth { lines: 3, deep: 1 }, &[cut])
    }

    #[test]
    fn p25_eight_em_of_thirteen_leave_no_text_beside() {
        let places = beside_intruder(8);
        assert_eq!(
            places.iter().map(|place| place.line).collect::<Vec<_>>(),
            [0, 2]
        );
    }

    #[test]
    fn p25_six_em_of_thirteen_leave_six() {
        let places = beside_intruder(6);
        assert_eq!(places[1].measure, Length::pt(6));
        assert_eq!(
            places[1].x,
            Length::pt(7),
            "flush with the column's right edge"
        );
    }

    #[test]
    fn p25_the_measure_beside_is_whole_em() {
        let cut = Cut {
            column: 0,
            columns: 1,
            top: 0,
            lines: 1,
            left: Length::from_millipt(8_500),
            right: Length::pt(13),
        };
        let places = places(&area(), Depth { lines: 1, deep: 1 }, &[cut]);
        assert_eq!(
            (places[0].x, places[0].measure),
            (Length::ZERO, Length::pt(7))
        );
    }
}
