//! 着重号, 专名号, 书名号乙式 as shapes (T22, T23).

use std::ops::Range;

use super::{Axis, Cell, within};
use crate::base::clreq::interlinear as table;
use crate::base::geom::{Length, Point};
use crate::page::{Paint, Shape, ShapeKind, Step};
use crate::story::{Ink, InterlinearKind, Mark, Paragraph};

/// The marks of a line: lines first, dots outside them (先线后点).
pub(super) fn draw(paragraph: &Paragraph, cells: &[Cell], axis: Axis) -> Vec<Shape> {
    let marked: Vec<(&Range<u32>, Mark)> = paragraph
        .interlinear
        .iter()
        .filter_map(|beside| match beside.kind {
            InterlinearKind::Mark(mark) => Some((&beside.range, mark)),
            InterlinearKind::Ruby(_) | InterlinearKind::Stand(_) | InterlinearKind::Script(_) => {
                None
            }
        })
        .collect();
    let segments = segments(&marked, cells);
    let mut shapes: Vec<Shape> = segments.iter().map(|segment| segment.shape(axis)).collect();
    for (range, _) in marked.iter().filter(|(_, mark)| *mark == Mark::Dots) {
        let dots = within(cells, range).iter().filter(|cell| cell.han);
        shapes.extend(dots.map(|cell| dot(cell, &segments, axis)));
    }
    shapes
}

/// A name or title, as much of it as stands on the line: the line under it.
struct Segment<'a> {
    range: &'a Range<u32>,
    mark: Mark,
    from: Length,
    to: Length,
    size: Length,
    ink: Ink,
    /// Lines between it and the text: a name in a title.
    inside: i64,
}

/// The lines under the names and titles, in order. Each is as long as its
/// text; where two touch, both give way by half of the white between them.
fn segments<'a>(marked: &[(&'a Range<u32>, Mark)], cells: &[Cell]) -> Vec<Segment<'a>> {
    let lines: Vec<_> = marked
        .iter()
        .filter(|(_, mark)| *mark != Mark::Dots)
        .collect();
    let mut segments: Vec<Segment<'a>> = Vec::new();
    for (range, mark) in lines.iter().copied() {
        let marked = within(cells, range);
        let (Some(first), Some(last)) = (marked.first(), marked.last()) else {
            continue;
        };
        let contained = |other: &Range<u32>| {
            other != *range && range.start <= other.start && other.end <= range.end
        };
        segments.push(Segment {
            range,
            mark: *mark,
            from: first.left,
            to: last.right,
            size: first.size,
            ink: first.ink,
            inside: i64::from(lines.iter().any(|(other, _)| contained(other))),
        });
    }
    segments.sort_by_key(|segment| (segment.from, segment.inside));
    for later in 1..segments.len() {
        for earlier in 0..later {
            let gap = table::NEIGHBOUR_GAP.of(segments[later].size);
            let white = segments[later].from - segments[earlier].to;
            let apart = segments[earlier].range.end <= segments[later].range.start;
            if apart && white < gap {
                let half = (gap - white).half();
                segments[earlier].to -= half;
                segments[later].from += gap - white - half;
            }
        }
    }
    segments
}

impl Segment<'_> {
    /// The outer edge of its ink, from the character frames.
    fn depth(&self) -> Length {
        let depth = match self.mark {
            Mark::Title => table::TITLE_CLEAR.of(self.size) + table::TITLE_HEIGHT.of(self.size),
            Mark::Name | Mark::Dots => {
                table::NAME_CLEAR.of(self.size) + table::NAME_THICK.of(self.size)
            }
        };
        depth + self.step()
    }

    fn step(&self) -> Length {
        table::LINE_STEP.of(self.size) * self.inside
    }

    fn shape(&self, axis: Axis) -> Shape {
        match self.mark {
            Mark::Title => self.wave(axis),
            Mark::Name | Mark::Dots => self.straight(axis),
        }
    }

    fn straight(&self, axis: Axis) -> Shape {
        let thick = table::NAME_THICK.of(self.size);
        let out = table::NAME_CLEAR.of(self.size) + thick.half() + self.step();
        let at = |along| axis.line_side(along, self.size, out);
        Shape {
            kind: ShapeKind::Name,
            start: at(self.from),
            steps: vec![Step::Line(at(self.to))],
            paint: Paint::Stroke(thick),
            ink: self.ink,
        }
    }

    /// Whole waves from crest to crest, so that both ends look alike.
    fn wave(&self, axis: Axis) -> Shape {
        let thick = table::TITLE_THICK.of(self.size);
        let crest = table::TITLE_CLEAR.of(self.size) + thick.half() + self.step();
        let trough = crest + table::TITLE_HEIGHT.of(self.size) - thick;
        let length = self.to - self.from;
        let wave = table::TITLE_WAVE.of(self.size);
        let waves = (length + wave.half()).whole(wave).max(1);
        let halves = waves * 2;
        let along = |half: i64| self.from + length.scale(half, halves);
        let out = |half: i64| if half % 2 == 0 { crest } else { trough };
        let at = |along, half: i64| axis.line_side(along, self.size, out(half));
        // a half wave is half a period of a cosine
        let handle = length.scale(3642, 10_000 * halves);
        let steps = (1..=halves).map(|half| {
            Step::Curve([
                at(along(half - 1) + handle, half - 1),
                at(along(half) - handle, half),
                at(along(half), half),
            ])
        });
        Shape {
            kind: ShapeKind::Title,
            start: at(self.from, 0),
            steps: steps.collect(),
            paint: Paint::Stroke(thick),
            ink: self.ink,
        }
    }
}

/// The dot of a character, outside the line that runs there; in vertical lines
/// the two stand on either side (双面装).
fn dot(cell: &Cell, segments: &[Segment<'_>], axis: Axis) -> Shape {
    let over = |segment: &&Segment<'_>| segment.from < cell.right && cell.left < segment.to;
    let line = segments.iter().filter(over).map(Segment::depth).max();
    let clear = match line {
        Some(depth) if !axis.is_vertical() => depth + table::DOT_CLEAR_OF_LINE.of(cell.size),
        _ => table::DOT_CLEAR.of(cell.size),
    };
    let radius = table::DOT.of(cell.size).half();
    let centre = axis.dot_side(cell.centre, cell.size, clear + radius);
    Shape {
        kind: ShapeKind::Dot,
        ink: cell.ink,
        ..disc(centre, radius)
    }
}

/// A disc of four curves.
fn disc(centre: Point, radius: Length) -> Shape {
    let handle = radius.scale(5523, 10_000);
    let zero = Length::ZERO;
    let at = |x: Length, y: Length| Point::new(centre.x + x, centre.y + y);
    let (left, right, up, down) = (-radius, radius, -radius, radius);
    Shape {
        kind: ShapeKind::Dot,
        start: at(right, zero),
        steps: vec![
            Step::Curve([at(right, handle), at(handle, down), at(zero, down)]),
            Step::Curve([at(-handle, down), at(left, handle), at(left, zero)]),
            Step::Curve([at(left, -handle), at(-handle, up), at(zero, up)]),
            Step::Curve([at(handle, up), at(right, -handle), at(right, zero)]),
        ],
        paint: Paint::Fill,
        ink: Ink::BLACK,
    }
}
