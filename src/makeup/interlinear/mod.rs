//! What stands beside a set line: 行间标点 and 注音.
//!
//! The text is set already, and nothing here moves it: line pitch and glyphs
//! are what they are without (T22, P07). Places are found along the line and
//! outwards from its character frames; [`Axis`] alone knows how the line lies
//! on the page.

mod marks;
mod room;
mod ruby;

pub(crate) use room::short_of_room;

use std::ops::Range;

use super::matter::Matter;
use crate::base::clreq::{Class, Direction, class_of};
use crate::base::geom::{Length, Point, Rect};
use crate::compose::Line;
use crate::page::{FrameRuby, GlyphRun, Shape, baseline_in_frame};
use crate::story::Ink;

/// What stands beside one line.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The marks.
    pub(crate) shapes: Vec<Shape>,
    /// The glyphs of the readings.
    pub(crate) glyphs: Vec<GlyphRun>,
    /// The readings.
    pub(crate) ruby: Vec<FrameRuby>,
}

impl Beside {
    /// What stands beside `line`, whose baseline begins at `origin`.
    pub(crate) fn of(matter: &Matter<'_>, line: &Line, origin: Point) -> Self {
        if matter.paragraph.interlinear.is_empty() {
            return Self::default();
        }
        let cells = cells(matter, line);
        let axis = Axis {
            origin,
            direction: matter.paragraph.style.scheme.direction,
        };
        let shapes = marks::draw(&matter.paragraph, &cells, axis);
        let (glyphs, ruby) = ruby::place(matter, line, &cells, axis);
        Self {
            shapes,
            glyphs,
            ruby,
        }
    }
}

/// How a line lies on the page, and which side of it is whose (V16).
///
/// | | horizontal | vertical |
/// |---|---|---|
/// | 专名号, 书名号乙式 | below | at the left |
/// | 着重号 | below, outside the lines | at the right |
/// | 注音 | above | at the right |
#[derive(Clone, Copy)]
struct Axis {
    /// The start of its baseline, or the top of its axis.
    origin: Point,
    direction: Direction,
}

impl Axis {
    fn is_vertical(self) -> bool {
        self.direction == Direction::Vertical
    }

    /// The point `out` from the character frames of a size, on the side of
    /// lines.
    fn line_side(self, along: Length, size: Length, out: Length) -> Point {
        if self.is_vertical() {
            return self.beside(along, -(size.half() + out));
        }
        self.below(along, size - baseline_in_frame(size) + out)
    }

    /// The same on the side of dots.
    fn dot_side(self, along: Length, size: Length, out: Length) -> Point {
        if self.is_vertical() {
            return self.beside(along, size.half() + out);
        }
        self.line_side(along, size, out)
    }

    /// The same on the side of readings.
    fn ruby_side(self, along: Length, size: Length, out: Length) -> Point {
        if self.is_vertical() {
            return self.beside(along, size.half() + out);
        }
        self.below(along, -(baseline_in_frame(size) + out))
    }

    /// So far below the baseline.
    fn below(self, along: Length, down: Length) -> Point {
        Point::new(self.origin.x + along, self.origin.y + down)
    }

    /// So far to the right of the axis.
    fn beside(self, along: Length, right: Length) -> Point {
        Point::new(self.origin.x + right, self.origin.y + along)
    }
}

/// A character of the line, in lengths along it.
struct Cell {
    /// Bytes of the paragraph.
    text: Range<u32>,
    /// Its frame as set.
    left: Length,
    right: Length,
    /// The middle of its glyph's own frame.
    centre: Length,
    /// Where its glyph's own frame begins and ends, a column of readings left
    /// out.
    start: Length,
    end: Length,
    size: Length,
    ink: Ink,
    /// A Han character, which takes dots.
    han: bool,
}

/// The characters of a line that are set, in order.
fn cells(matter: &Matter<'_>, line: &Line) -> Vec<Cell> {
    let run = matter.run();
    let mut cells = Vec::with_capacity(line.glyphs.len());
    for atom in line.glyphs.iter().filter(|atom| !atom.swallowed) {
        let left = line.x + atom.x;
        let right = left + atom.advance;
        let mut pen = left + atom.dx;
        let clusters = atom.clusters.start as usize..atom.clusters.end as usize;
        for cluster in run.clusters.get(clusters).unwrap_or_default() {
            let Some(style) = run.styles.get(usize::from(cluster.style)) else {
                continue;
            };
            let text = cluster.text.start as usize..cluster.text.end as usize;
            let first = run.text.get(text).and_then(|text| text.chars().next());
            let end = pen + cluster.advance;
            cells.push(Cell {
                text: cluster.text.clone(),
                left,
                right,
                centre: pen + cluster.advance.half(),
                start: pen,
                end,
                size: style.size,
                ink: style.ink,
                han: first.is_some_and(|first| class_of(first) == Class::Han),
            });
            pen = end;
        }
    }
    cells
}

/// The characters of a byte range, which is seldom more than a few.
fn within<'c>(cells: &'c [Cell], range: &Range<u32>) -> &'c [Cell] {
    let first = cells.partition_point(|cell| cell.text.end <= range.start);
    let last = cells.partition_point(|cell| cell.text.start < range.end);
    cells.get(first..last).unwrap_or_default()
}

/// A box from two corners.
fn corners(one: Point, two: Point) -> Rect {
    let (left, top) = (one.x.min(two.x), one.y.min(two.y));
    let (right, bottom) = (one.x.max(two.x), one.y.max(two.y));
    Rect::new(left, top, right - left, bottom - top)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::makeup::board::glyphs;
    use crate::makeup::double::{Ideal, body, paragraph};
    use crate::page::ShapeKind;
    use crate::story::{Interlinear, InterlinearKind, Mark, Paragraph};

    const COPY: &str = "昨天清晨，云溪上的第七座桥拆去围挡，等了十一年的居民推着车走了上去。";

    fn marked(word: &str, mark: Mark) -> Paragraph {
        let mut paragraph = paragraph(COPY, &body());
        let at = COPY.find(word).expect("a word of the copy");
        let fit = |n: usize| u32::try_from(n).expect("a short text");
        paragraph.interlinear.push(Interlinear {
            range: fit(at)..fit(at + word.len()),
            kind: InterlinearKind::Mark(mark),
        });
        paragraph
    }

    /// Set at ten em: the glyphs, and what stands beside them.
    fn set(paragraph: &Paragraph) -> (Vec<GlyphRun>, Vec<Shape>) {
        let matter = Matter::new(Cow::Borrowed(paragraph), &Ideal);
        let lines = matter.at(Length::pt(90));
        let (mut runs, mut shapes) = (Vec::new(), Vec::new());
        for (nth, line) in lines.iter().enumerate() {
            let origin = Point::new(Length::pt(30), Length::pt(50 + 12 * nth as i64));
            runs.extend(glyphs(&matter, line, origin));
            shapes.extend(Beside::of(&matter, line, origin).shapes);
        }
        (runs, shapes)
    }

    fn centre(shape: &Shape) -> Length {
        let rect = shape.rect();
        rect.x + rect.width.half()
    }

    #[test]
    fn t22_p07_dots_stand_under_their_characters_and_move_nothing() {
        let (plain, none) = set(&paragraph(COPY, &body()));
        let (runs, dots) = set(&marked("等了十一年", Mark::Dots));
        assert!(none.is_empty());
        assert_eq!(plain, runs);
        let at = COPY.find("等").expect("a word of the copy") as u32;
        let all = runs.iter().flat_map(|run| &run.glyphs);
        let middles: Vec<Length> = all
            .filter(|glyph| (at..at + 15).contains(&glyph.text.start))
            .map(|glyph| glyph.at.x + Length::pt(9).half())
            .collect();
        assert_eq!(dots.iter().map(centre).collect::<Vec<_>>(), middles);
        assert!(dots.iter().all(|dot| dot.kind == ShapeKind::Dot));
    }

    #[test]
    fn t23_a_line_is_as_long_as_its_text_also_when_stretched() {
        let (runs, lines) = set(&marked("云溪上的", Mark::Name));
        let at = COPY.find("云溪").expect("a word of the copy") as u32;
        let all: Vec<_> = runs.iter().flat_map(|run| &run.glyphs).collect();
        for line in &lines {
            let rect = line.rect();
            let named = |glyph: &&&crate::page::Glyph| {
                let height = rect.y - glyph.at.y;
                (at..at + 12).contains(&glyph.text.start)
                    && height > Length::ZERO
                    && height < Length::pt(9)
            };
            let named: Vec<_> = all.iter().filter(named).collect();
            let (first, last) = (named[0].at.x, named[named.len() - 1].at.x);
            assert_eq!((rect.x, rect.right()), (first, last + Length::pt(9)));
        }
        assert!(!lines.is_empty());
    }
}
