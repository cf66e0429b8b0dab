//! 版样 (E18): the sheet with its slots before there is copy: each slot in
//! outline with its name, its columns and lines, the characters it holds, and
//! how many characters its headline takes.

use crate::base::geom::{Length, Point, Rect};
use crate::desk::form::points;
use crate::desk::layout::{FurnitureKind, Layout, Picture, Slot};
use crate::desk::plan::{Anchor, HeadPlace};
use crate::page::{
    Fill, FillKind, GlyphRun, Grid, Item, Page, Paint, Shape, ShapeKind, Step, baseline_in_frame,
};
use crate::story::{Ink, Role};

/// Sets one short line of text in a size and an ink, from the left end of its
/// baseline.
pub type Lettering<'a> = dyn Fn(&str, Length, Ink) -> Vec<GlyphRun> + 'a;

const OUTLINE: Length = Length::from_millipt(750);
const NAME: Length = Length::pt(16);
const FACT: Length = Length::pt(9);
const GREY: Ink = Ink::grey(600);
const PALE: Ink = Ink::grey(150);

/// The dummy of a layout: a page of outlines, without any copy. What the slots
/// hold is counted without headline and pictures, those that are planned taken
/// off.
pub fn dummy(layout: &Layout, lettering: &Lettering<'_>) -> Page {
    let mut drawing = Drawing {
        grid: &layout.grid,
        lettering,
        items: Vec::new(),
    };
    for piece in &layout.furniture {
        if let FurnitureKind::Text { .. } = &piece.kind {
            drawing.outline(piece.rect, GREY);
            drawing.write(&piece.name, FACT, GREY, piece.rect, 0);
        }
    }
    for slot in &layout.slots {
        drawing.slot(slot);
    }
    Page {
        number: "00".into(),
        title: format!("{} 版容 {} 字", layout.name, layout.capacity()),
        trim: layout.trim,
        bleed: layout.bleed,
        grid: layout.grid,
        items: drawing.items,
        frames: Vec::new(),
        overset: Vec::new(),
        findings: Vec::new(),
        spots: Vec::new(),
        standing: Vec::new(),
    }
}

struct Drawing<'a> {
    grid: &'a Grid,
    lettering: &'a Lettering<'a>,
    items: Vec<Item>,
}

impl Drawing<'_> {
    fn slot(&mut self, slot: &Slot) {
        let grid = self.grid;
        let rect = Rect::new(
            grid.column_x(slot.column),
            grid.line_y(slot.line),
            grid.width(slot.columns),
            grid.height(slot.lines),
        );
        self.outline(rect, Ink::BLACK);
        let head = self.head(slot, rect);
        for picture in &slot.pictures {
            self.picture(slot, picture, rect, head);
        }
        let size = slot.style(Role::Head).size;
        let inside = Rect::new(
            rect.x,
            rect.y + grid.pitch * i64::from(head),
            rect.width,
            rect.height,
        );
        self.write(&slot.name, NAME, Ink::BLACK, inside, 0);
        let facts = [
            format!(
                "{} 栏 × {} 行，文 {} 栏",
                slot.columns,
                slot.lines,
                slot.text.count()
            ),
            format!("约 {} 字", capacity(slot, head)),
            format!(
                "主题 {}pt，一行 {} 字",
                points(size),
                slot.head_capacity(grid, size)
            ),
        ];
        for (nth, fact) in (2..).zip(&facts) {
            self.write(fact, FACT, Ink::BLACK, inside, nth);
        }
    }

    /// The headline block as a tint, and its grid lines over all columns.
    fn head(&mut self, slot: &Slot, rect: Rect) -> u16 {
        let lines = head_lines(slot, self.grid).min(slot.lines);
        let (x, width, over) = match slot.head_place {
            HeadPlace::Over => (rect.x, rect.width, lines),
            _ => return 0,
        };
        if lines > 0 {
            let height = self.grid.height(lines);
            let place = Rect::new(x, rect.y, width, height);
            self.items.push(Item::Fill(Fill {
                rect: place,
                ink: PALE,
                kind: FillKind::Tint,
            }));
            self.write(&format!("题区 约 {lines} 行"), FACT, GREY, place, 0);
        }
        over
    }

    /// A picture as a box with its diagonals.
    fn picture(&mut self, slot: &Slot, picture: &Picture, rect: Rect, head: u16) {
        let grid = self.grid;
        let x = rect.x + slot.padding + slot.text.get(picture.column).x;
        let full = slot.text.width(picture.column, picture.columns);
        let width = if picture.width > Length::ZERO {
            picture.width.min(full)
        } else {
            full
        };
        let room = slot.lines.saturating_sub(head);
        let lines = picture.lines.min(room);
        let line = match picture.anchor {
            Anchor::Top => 0,
            Anchor::Middle => (room - lines) / 2,
            Anchor::Bottom => room - lines,
            Anchor::Line(line) => line.min(room - lines),
        };
        let top = grid.line_y(slot.line + head + line);
        let place = Rect::new(x, top, width, grid.height(lines));
        self.outline(place, GREY);
        let corners = [
            (
                Point::new(place.x, place.y),
                Point::new(place.right(), place.bottom()),
            ),
            (
                Point::new(place.right(), place.y),
                Point::new(place.x, place.bottom()),
            ),
        ];
        for (start, end) in corners {
            self.items.push(Item::Shape(Shape {
                kind: ShapeKind::Name,
                start,
                steps: vec![Step::Line(end)],
                paint: Paint::Stroke(OUTLINE / 3),
                ink: GREY,
            }));
        }
        self.write(
            &format!("{} {lines} 行", picture.name),
            FACT,
            GREY,
            place,
            0,
        );
    }

    fn outline(&mut self, rect: Rect, ink: Ink) {
        let thick = OUTLINE;
        let sides = [
            Rect::new(rect.x, rect.y, rect.width, thick),
            Rect::new(rect.x, rect.bottom() - thick, rect.width, thick),
            Rect::new(rect.x, rect.y, thick, rect.height),
            Rect::new(rect.right() - thick, rect.y, thick, rect.height),
        ];
        for rect in sides {
            self.items.push(Item::Fill(Fill {
                rect,
                ink,
                kind: FillKind::Mark,
            }));
        }
    }

    /// A line of text at the top left of a box, the `nth` of its size.
    fn write(&mut self, text: &str, size: Length, ink: Ink, place: Rect, nth: i64) {
        let at = Point::new(
            place.x + FACT / 2,
            place.y + FACT / 2 + size * nth * 4 / 3 + baseline_in_frame(size),
        );
        for mut run in (self.lettering)(text, size, ink) {
            for glyph in &mut run.glyphs {
                glyph.at = Point::new(glyph.at.x + at.x, glyph.at.y + at.y);
            }
            self.items.push(Item::Glyphs(run));
        }
    }
}

/// Grid lines of a headline block with one line of kicker, headline and deck,
/// a line of white above, between and below each (N24).
fn head_lines(slot: &Slot, grid: &Grid) -> u16 {
    let usual = [Role::Kicker, Role::Head, Role::Deck];
    let parts = || usual.iter().filter(|role| slot.head_parts.contains(role));
    let sizes: Length = parts().map(|role| slot.style(*role).size).sum();
    let white = match parts().count() {
        0 => 0,
        count => i64::try_from(count + 1).unwrap_or(1),
    };
    let height = sizes + grid.pitch * white;
    let lines = u16::try_from(height.cover(grid.pitch).max(0)).unwrap_or(u16::MAX);
    lines.max(slot.head_lines)
}

/// Characters of body text that fit below the headline block and beside the
/// pictures.
fn capacity(slot: &Slot, head: u16) -> i64 {
    let size = slot.style(Role::Body).size.max(Length::units(1));
    let columns = i64::from(slot.text.count());
    let pictures: i64 = slot
        .pictures
        .iter()
        .map(|picture| i64::from(picture.lines) * i64::from(picture.columns))
        .sum();
    let lines = i64::from(slot.lines.saturating_sub(head)) * columns - pictures;
    lines.max(0) * slot.text.measure().whole(size)
}
