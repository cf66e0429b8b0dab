//! What is written on a dummy, and the items it is drawn with.

use crate::base::geom::{Length, Point, Rect};
use crate::page::{Fill, FillKind, GlyphRun, Item, baseline_in_frame};
use crate::story::Ink;

/// Sets one short line of text in a size and an ink, from the left end of its
/// baseline.
pub type Lettering<'a> = dyn Fn(&str, Length, Ink) -> Vec<GlyphRun> + 'a;

/// The smallest lettering.
const LEAST: Length = Length::pt(5);

/// A line to be written.
pub(super) struct Line {
    text: String,
    size: Length,
    ink: Ink,
}

impl Line {
    pub(super) fn new(text: impl Into<String>, size: Length, ink: Ink) -> Self {
        let text = text.into();
        Self { text, size, ink }
    }

    /// From its top to that of a line below it.
    fn pitch(&self) -> Length {
        self.size * 4 / 3
    }
}

/// Items in drawing order.
pub(super) struct Pen<'a> {
    lettering: &'a Lettering<'a>,
    items: Vec<Item>,
    /// Lettering, over everything else.
    letters: Vec<Item>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(lettering: &'a Lettering<'a>) -> Self {
        Self {
            lettering,
            items: Vec::new(),
            letters: Vec::new(),
        }
    }

    pub(super) fn into_items(mut self) -> Vec<Item> {
        self.items.append(&mut self.letters);
        self.items
    }

    pub(super) fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    pub(super) fn fill(&mut self, rect: Rect, ink: Ink) {
        self.items.push(fill(rect, ink));
    }

    /// Lines at the top left of a box: one below the other where it is high
    /// enough, else one behind the other. They are made smaller where they are
    /// wider than it.
    pub(super) fn lines(&mut self, lines: &[Line], place: Rect) {
        let Some(last) = lines.last() else { return };
        let inset = Length::pt(3);
        let width = place.width - inset * 2;
        let high: Length = lines.iter().map(Line::pitch).sum();
        let down = (place.height - last.size).half().max(Length::ZERO);
        let mut at = Point::new(place.x + inset, place.y + down.min(inset));
        if high + inset * 2 <= place.height || lines.len() < 2 {
            for line in lines {
                self.at(line, at, width);
                at.y += line.pitch();
            }
            return;
        }
        let texts: Vec<&str> = lines.iter().map(|line| &*line.text).collect();
        let whole = Line::new(texts.join("\u{3000}"), last.size, last.ink);
        self.at(&whole, at, width);
    }

    /// A line in the middle of a box.
    pub(super) fn middle(&mut self, line: &Line, place: Rect) {
        let (wide, size) = self.fitted(line, place.width);
        let x = place.x + (place.width - wide).half();
        let y = place.y + (place.height - size).half();
        self.at(line, Point::new(x, y), place.width);
    }

    /// How wide a line is, and the size in which it is no wider than `width`.
    fn fitted(&self, line: &Line, width: Length) -> (Length, Length) {
        let natural = self.width(line, line.size);
        if natural <= width || natural <= Length::ZERO {
            return (natural, line.size);
        }
        let size = line.size.scale(width.raw(), natural.raw()).max(LEAST);
        (self.width(line, size), size)
    }

    fn width(&self, line: &Line, size: Length) -> Length {
        let runs = (self.lettering)(&line.text, size, line.ink);
        let last = runs.last().and_then(|run| run.glyphs.last());
        last.map_or(Length::ZERO, |glyph| glyph.at.x + size)
    }

    /// A line from its top left corner, on white.
    fn at(&mut self, line: &Line, at: Point, width: Length) {
        let (wide, size) = self.fitted(line, width);
        let clear = Length::pt(1);
        // at the foot of a slot its outline stays to be seen
        let high = size - clear;
        let behind = Rect::new(at.x - clear, at.y, wide + clear * 2, high);
        self.letters.push(fill(behind, Ink::WHITE));
        let base = at.y + baseline_in_frame(size);
        for mut run in (self.lettering)(&line.text, size, line.ink) {
            for glyph in &mut run.glyphs {
                glyph.at = Point::new(glyph.at.x + at.x, glyph.at.y + base);
            }
            self.letters.push(Item::Glyphs(run));
        }
    }
}

fn fill(rect: Rect, ink: Ink) -> Item {
    let kind = FillKind::Mark;
    Item::Fill(Fill { rect, ink, kind })
}
