//! 组图: one photograph or several side by side, with their captions (P23,
//! P24, N39).

use std::borrow::Cow;
use std::sync::Arc;

use super::board::{Board, Owner};
use super::composer::Composer;
use super::matter::{Lines, Matter};
use super::picture;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point, Rect};
use crate::compose::Line;
use crate::page::{Item, PlacedPhoto, baseline_in_frame};
use crate::story::{Paragraph, Photograph, Role};

/// Photographs scaled to one height so that together they are as wide as
/// their place, with all captions set, not yet placed.
pub(crate) struct Row<'a> {
    cells: Vec<Cell<'a>>,
    captions: Vec<Caption<'a>>,
    /// Height of the caption block; zero where there is no caption.
    pub(crate) height: Length,
}

/// One photograph in its row.
struct Cell<'a> {
    shown: &'a Photograph,
    /// Left edge in the row.
    x: Length,
    width: Length,
}

/// One paragraph of a caption.
struct Caption<'a> {
    matter: Matter<'a>,
    lines: Lines,
    /// Left edge in the row.
    x: Length,
    width: Length,
    /// Top of its first line below the top of the caption block.
    top: Length,
}

impl Caption<'_> {
    /// The foot of its last line below the top of the caption block.
    fn foot(&self) -> Length {
        let style = &self.matter.paragraph.style;
        self.top + style.pitch * (self.lines.len() as i64 - 1) + style.size
    }
}

/// Captions one under the other, or side by side.
#[derive(Default)]
struct Block<'a> {
    captions: Vec<Caption<'a>>,
    /// Where a further paragraph would begin.
    below: Length,
    /// Down to the foot of the last line.
    height: Length,
}

impl<'a> Row<'a> {
    /// Sets the captions of photographs that are `width` wide in all, `gap`
    /// apart. Each has as much of the width as its shape asks for at one
    /// height; its own caption is as wide as it, `shared` as wide as all.
    ///
    /// In vertical setting the row runs down the page, and its photographs
    /// have one width.
    pub(crate) fn set(
        photos: &'a [Photograph],
        shared: &'a [Paragraph],
        (width, gap): (Length, Length),
        direction: Direction,
        composer: &dyn Composer,
    ) -> Self {
        let cells = cells(photos, (width, gap), direction);
        let mut all = Block::default();
        for cell in &cells {
            let mut block = Block::default();
            for paragraph in &cell.shown.caption {
                block.add(paragraph, (cell.x, cell.width), composer);
            }
            all.below = all.below.max(block.below);
            all.height = all.height.max(block.height);
            all.captions.append(&mut block.captions);
        }
        for paragraph in shared {
            all.add(paragraph, (Length::ZERO, width), composer);
        }
        Self {
            cells,
            captions: all.captions,
            height: all.height,
        }
    }

    /// Its texts.
    pub(crate) fn matters(&self) -> impl Iterator<Item = (&Matter<'a>, &Lines)> {
        self.captions
            .iter()
            .map(|caption| (&caption.matter, &caption.lines))
    }

    /// Draws the photographs in the box `place`, and the captions from the
    /// height `below` on.
    pub(crate) fn draw(&self, board: &mut Board<'_>, owner: Owner<'_>, place: Rect, below: Length) {
        for cell in &self.cells {
            let shown = cell.shown;
            let part = shown.shown();
            let room = Rect::new(place.x + cell.x, place.y, cell.width, place.height);
            let room = board.rect(room);
            let (rect, crop) = match shown.whole {
                true => (picture::inside((part[2], part[3]), room), part),
                false => {
                    let pixels = shown.photo.upright_size();
                    (room, picture::crop(pixels, part, room, shown.focus))
                }
            };
            board.items.push(Item::Photo(PlacedPhoto {
                slot: Arc::clone(owner.slot),
                photo: Arc::clone(&shown.photo),
                rect,
                crop,
                alt: Arc::clone(&shown.alt),
            }));
        }
        for caption in &self.captions {
            let style = &caption.matter.paragraph.style;
            let (x, top) = (place.x + caption.x, below + caption.top);
            let baseline =
                |line: usize| top + style.pitch * line as i64 + baseline_in_frame(style.size);
            let lines: Vec<_> = caption
                .lines
                .iter()
                .enumerate()
                .map(|(line, set)| (set, Point::new(x, baseline(line))))
                .collect();
            if lines.is_empty() {
                continue;
            }
            let height = style.pitch * (lines.len() as i64 - 1) + style.size;
            let rect = Rect::new(x, top, caption.width, height);
            board.missing(owner, &caption.matter);
            board.frame(owner, &caption.matter, rect, &lines);
        }
    }
}

/// How wide a photograph is for its height along the lines, in thousandths.
fn slenderness(shown: &Photograph, direction: Direction) -> i64 {
    let [_, _, across, down] = shown.shown();
    let (along, over) = match direction {
        Direction::Horizontal => (across, down),
        Direction::Vertical => (down, across),
    };
    (i64::from(along) * 1000 / i64::from(over.max(1))).max(1)
}

/// The width between the photographs and the sum of their shapes.
fn shares(
    photos: &[Photograph],
    (width, gap): (Length, Length),
    direction: Direction,
) -> (Length, i64) {
    let gaps = gap * (photos.len() as i64 - 1).max(0);
    let all = photos.iter().map(|one| slenderness(one, direction)).sum();
    ((width - gaps).max(Length::units(1)), all)
}

/// The height at which photographs side by side are just `width` wide, uncropped.
pub(crate) fn natural_height(
    photos: &[Photograph],
    (width, gap): (Length, Length),
    direction: Direction,
) -> Length {
    let (room, all) = shares(photos, (width, gap), direction);
    room.scale(1000, all.max(1))
}

fn cells<'a>(
    photos: &'a [Photograph],
    (width, gap): (Length, Length),
    direction: Direction,
) -> Vec<Cell<'a>> {
    let (room, all) = shares(photos, (width, gap), direction);
    let (mut before, mut x) = (0, Length::ZERO);
    let mut cells = Vec::new();
    for (nth, shown) in (0_i64..).zip(photos) {
        before += slenderness(shown, direction);
        // edges are rounded, not widths: the last ends with the place
        let end = room.scale(before, all.max(1)) + gap * nth;
        cells.push(Cell {
            shown,
            x,
            width: end - x,
        });
        x = end + gap;
    }
    cells
}

impl<'a> Block<'a> {
    /// Adds a paragraph. A credit that fits behind the last line of the
    /// caption, one em clear, shares that line.
    fn add(
        &mut self,
        paragraph: &'a Paragraph,
        (x, width): (Length, Length),
        composer: &dyn Composer,
    ) {
        let matter = Matter::new(Cow::Borrowed(paragraph), composer);
        let lines = matter.at(width);
        let style = &paragraph.style;
        let last = self.captions.last();
        let shared = match (lines.as_ref(), last) {
            ([credit], Some(last)) if paragraph.role == Role::Credit => {
                // of captions side by side only the lowest leaves its line free
                let lowest = last.foot() == self.height;
                let behind = |line: &Line| last.x + line.x + line.width + style.size;
                let clear = |line| behind(line) <= x + credit.x;
                lowest && last.lines.last().is_some_and(clear)
            }
            _ => false,
        };
        let top = match last {
            Some(last) if shared => {
                // the two share a baseline, whatever their sizes are
                let line = last.matter.paragraph.style.pitch * (last.lines.len() as i64 - 1);
                last.top + line + baseline_in_frame(last.matter.paragraph.style.size)
                    - baseline_in_frame(style.size)
            }
            _ => self.below,
        };
        self.below = self.below.max(top + style.pitch * lines.len() as i64);
        let caption = Caption {
            matter,
            lines,
            x,
            width,
            top,
        };
        self.height = self.height.max(caption.foot());
        self.captions.push(caption);
    }
}
