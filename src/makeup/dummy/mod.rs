//! 版样 (E18): the sheet with its slots before there is copy. Each slot stands
//! in outline with its name, its columns and lines and the characters it holds;
//! in it its headline block, its pictures, and a bar for every line of text.
//!
//! What is drawn is a page made up as any other, of copy that stands for the
//! real one (`planner::plan_blank`); nothing here says where a thing stands
//! or counts what a shape holds.

mod letters;
mod outline;
#[cfg(test)]
mod tests;

pub use self::letters::Lettering;

use self::letters::{Line, Pen};
use super::assemble;
use super::board::{Board, HeadZone};
use super::composer::Composer;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point, Rect};
use crate::desk::form::points;
use crate::desk::plan::{PagePlan, PicturePlan, SlotPlan};
use crate::page::{
    Fill, FillKind, Frame, FrameLine, Item, Page, Paint, PlacedPhoto, Shape, ShapeKind, Step,
    baseline_in_frame,
};
use crate::story::{Ink, Role};

/// Thickness of the outlines.
const OUTLINE: Length = Length::from_millipt(750);
const NAME: Length = Length::pt(16);
const FACT: Length = Length::pt(9);
const GREY: Ink = Ink::grey(600);
/// Behind a headline block.
const BLOCK: Ink = Ink::grey(200);
/// A line of text.
const TEXT: Ink = Ink::grey(80);

/// What is wrong with a layout whatever its copy is.
const TOLD: [&str; 2] = ["makeup/picture-does-not-fit", "makeup/leg-too-short"];

/// The dummy of a page that was planned without copy: a page of outlines. Its
/// findings are of pictures that have no room in their slots, and of headline
/// blocks deeper than a leg below them.
pub fn dummy(plan: &PagePlan, composer: &dyn Composer, lettering: &Lettering<'_>) -> Page {
    let (board, _) = assemble(plan, composer);
    let mut drawing = Drawing {
        pen: Pen::new(lettering),
        plan,
        board: &board,
    };
    drawing.rules();
    drawing.texts();
    drawing.furniture();
    for slot in &plan.slots {
        drawing.slot(slot);
    }
    let items = drawing.pen.into_items();
    let mut page = super::page_of(plan, board);
    page.items = items;
    // what is set stands for copy that is not there
    page.frames.clear();
    page.overset.clear();
    page.findings.retain(|note| TOLD.contains(&note.code));
    for note in &mut page.findings {
        // it is on no page of any issue
        note.facts.retain(|(name, _)| *name != "page");
    }
    page
}

struct Drawing<'a> {
    pen: Pen<'a>,
    plan: &'a PagePlan,
    /// The page as it was made up.
    board: &'a Board<'a>,
}

impl<'a> Drawing<'a> {
    /// Tints, rules and borders, as they will be printed.
    fn rules(&mut self) {
        let rules = self.board.items.iter().filter(|item| match item {
            Item::Fill(fill) => fill.kind != FillKind::Mark,
            Item::Shape(shape) => shape.kind.is_rule(),
            Item::Glyphs(_) | Item::Photo(_) => false,
        });
        rules.for_each(|rule| self.pen.push(rule.clone()));
    }

    /// Lines of text and captions as bars.
    fn texts(&mut self) {
        let frames = self.board.frames.iter();
        for frame in frames.filter(|frame| matches!(frame.role, Role::Body | Role::Caption)) {
            for line in &frame.lines {
                self.pen.fill(bar(frame.direction, line), TEXT);
            }
        }
    }

    fn furniture(&mut self) {
        let texts = self.board.frames.iter();
        for frame in texts.filter(|frame| frame.role == Role::Furniture) {
            self.outline(frame.rect, GREY);
            let name = Line::new(&*frame.slot, FACT, GREY);
            self.pen.lines(&[name], frame.rect);
        }
    }

    fn slot(&mut self, slot: &'a SlotPlan) {
        let zones = self.board.heads.iter();
        for zone in zones.filter(|zone| zone.slot == slot.name) {
            self.pen.fill(zone.rect, BLOCK);
            self.head(slot, zone);
        }
        let pictures = self.pictures(slot);
        for (picture, photo) in &pictures {
            self.picture(picture, photo);
        }
        for strip in outline::of(slot, &self.plan.grid, OUTLINE) {
            self.pen.fill(strip, Ink::BLACK);
        }
        self.facts(slot, pictures.first().map(|(_, photo)| photo.rect));
    }

    /// 题区: its grid lines, the size of the headline, and how many characters
    /// of it a line holds (N23).
    fn head(&mut self, slot: &SlotPlan, zone: &HeadZone) {
        let grid = &self.plan.grid;
        let high = match slot.direction {
            Direction::Horizontal => zone.rect.height,
            // its lines lie side by side
            Direction::Vertical => zone.rect.width,
        };
        let fact = |text| Line::new(text, FACT, Ink::BLACK);
        let mut lines = vec![fact(format!("题区 {} 行", grid.lines_in(high)))];
        let mut parts = slot.head.iter().map(|part| &part.paragraph);
        let head = parts.find(|paragraph| paragraph.role == Role::Head);
        let mut frames = self.board.frames.iter();
        let set = frames.find(|frame| frame.role == Role::Head && frame.slot == slot.name);
        if let (Some(head), Some(set)) = (head, set) {
            let size = head.style.size.max(Length::units(1));
            let along = match set.direction {
                Direction::Horizontal => set.rect.width,
                Direction::Vertical => set.rect.height,
            };
            let count = along.whole(size);
            lines.push(fact(format!("主题 {}pt", points(size))));
            lines.push(fact(format!("一行 {count} 字")));
        }
        self.pen.lines(&lines, zone.rect);
    }

    /// The pictures of a slot that have a place.
    fn pictures(&self, slot: &'a SlotPlan) -> Vec<(&'a PicturePlan, &'a PlacedPhoto)> {
        let within = slot.rects(&self.plan.grid);
        let meets = |photo: &PlacedPhoto| {
            let place = photo.rect;
            within.iter().any(|rect| {
                rect.x < place.right()
                    && place.x < rect.right()
                    && rect.y < place.bottom()
                    && place.y < rect.bottom()
            })
        };
        let photos = self.board.items.iter().filter_map(|item| match item {
            Item::Photo(photo) => Some(photo),
            _ => None,
        });
        let photos: Vec<&PlacedPhoto> = photos.filter(|photo| meets(photo)).collect();
        let placed = slot.pictures.iter().filter_map(|picture| {
            let photo = photos.iter().find(|photo| photo.slot == picture.name)?;
            Some((picture, *photo))
        });
        placed.collect()
    }

    /// A picture as a box with its diagonals, and its name in the middle.
    fn picture(&mut self, picture: &PicturePlan, photo: &PlacedPhoto) {
        let place = photo.rect;
        self.pen.fill(place, Ink::WHITE);
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
            self.pen.push(Item::Shape(Shape {
                kind: ShapeKind::Name,
                start,
                steps: vec![Step::Line(end)],
                paint: Paint::Stroke(OUTLINE / 3),
                ink: GREY,
            }));
        }
        let (columns, lines) = (picture.columns, picture.lines);
        let label = format!("{}\u{3000}{columns} 栏 × {lines} 行", picture.name);
        self.pen.middle(&Line::new(label, FACT, Ink::BLACK), place);
    }

    /// Name, size and capacity of a slot at the head of its text, and its
    /// name again in every further frame (N33). A slot whose pictures leave no
    /// text has them in the first of these.
    fn facts(&mut self, slot: &SlotPlan, picture: Option<Rect>) {
        let body: Vec<&Frame> = self
            .board
            .frames
            .iter()
            .filter(|frame| frame.role == Role::Body && frame.slot == slot.name)
            .collect();
        let lines = body.iter().flat_map(|frame| &frame.lines);
        let chars: usize = lines.map(|line| line.text.chars().count()).sum();
        let own = slot.rect(&self.plan.grid);
        // over all columns there are at the right of the first
        let place = body.first().map(|frame| {
            let head = head_of(frame);
            Rect::new(head.x, head.y, own.right() - head.x, head.height)
        });
        let place = place.or(picture).unwrap_or(own);
        let holds = match chars {
            0 => "没有正文".to_owned(),
            chars => format!("约 {chars} 字"),
        };
        let facts = [
            Line::new(&*slot.name, NAME, Ink::BLACK),
            Line::new(shape(slot), FACT, Ink::BLACK),
            Line::new(holds, FACT, Ink::BLACK),
        ];
        self.pen.lines(&facts, place);
        for rect in outline::frames(slot, &self.plan.grid) {
            let inside = |frame: &&&Frame| rect.x <= frame.rect.x && frame.rect.x < rect.right();
            let down = |frame: &&&Frame| rect.y <= frame.rect.y && frame.rect.y < rect.bottom();
            if let Some(frame) = body.iter().filter(inside).find(down) {
                let name = format!("{}（续）", slot.name);
                let name = Line::new(name, FACT, Ink::BLACK);
                self.pen.lines(&[name], head_of(frame));
            }
        }
    }

    fn outline(&mut self, rect: Rect, ink: Ink) {
        for strip in outline::around(rect, OUTLINE) {
            self.pen.push(Item::Fill(Fill {
                rect: strip,
                ink,
                kind: FillKind::Mark,
            }));
        }
    }
}

/// Columns and lines of a slot in the designer's words.
fn shape(slot: &SlotPlan) -> String {
    let (columns, lines) = (slot.columns, slot.lines);
    // side by side in the slot itself, whatever bands there are below
    let own = slot.text.iter().filter(|column| column.run == 0).count();
    let text = match slot.direction {
        Direction::Vertical => format!("，直排 {own} 栏"),
        Direction::Horizontal if own == usize::from(columns) => String::new(),
        Direction::Horizontal => format!("，文 {own} 栏"),
    };
    format!("{columns} 栏 × {lines} 行{text}")
}

/// Where the text of a frame begins on the page, read from the left: the first
/// of its lines, or the last of lines that run down.
fn head_of(frame: &Frame) -> Rect {
    let line = match frame.direction {
        Direction::Horizontal => frame.lines.first(),
        Direction::Vertical => frame.lines.last(),
    };
    let start = line.map_or(frame.rect, |line| bar(frame.direction, line));
    let (right, bottom) = (frame.rect.right(), frame.rect.bottom());
    Rect::new(start.x, start.y, right - start.x, bottom - start.y)
}

/// The characters of a set line, all of one size, as a box.
fn bar(direction: Direction, line: &FrameLine) -> Rect {
    let count = i64::try_from(line.text.chars().count()).unwrap_or(1).max(1);
    let size = line.width / count;
    match direction {
        Direction::Horizontal => {
            Rect::new(line.x, line.y - baseline_in_frame(size), line.width, size)
        }
        Direction::Vertical => Rect::new(line.x, line.y, size, line.width),
    }
}
