//! 裁切标记: printer's marks around a page (N15–N21).
//!
//! They lie outside the bleed, on paper that is cut off.

use super::Lettering;
use crate::base::geom::{Length, Point, Rect};
use crate::page::{Fill, FillKind, Item, Page, Paint, Shape, ShapeKind, Step};
use crate::story::Ink;

/// Thickness of every line (N16, N17).
const THIN: Length = Length::from_millipt(250);
/// From the trim to the marks at least.
const CLEAR: Length = Length::mm(3);
/// Length of a crop mark.
const CROP: Length = Length::mm(5);
/// From where the marks start to the edge of the paper (N21).
const PAPER: Length = Length::mm(10);
/// A registration mark: its circle, its cross, and how far its middle is from
/// where the marks start.
const CIRCLE: Length = Length::mm(5);
const CROSS: Length = Length::mm(8);
const MIDDLE: Length = Length::mm(4);
/// A fold mark: its dashes and the white between them, how many there are, and
/// how far the registration mark gives way (N18).
const DASH: Length = Length::mm(3).half();
const DASHES: i64 = 3;
const ASIDE: Length = Length::mm(12);
/// A square of the colour bar.
const PATCH: Length = Length::mm(5);
/// Lettering of the slug.
const LETTERS: Length = Length::pt(6);

/// The colours of the bar (N19), in thousandths.
const BAR: [Ink; 14] = [
    cmyk(1000, 0, 0, 0),
    cmyk(0, 1000, 0, 0),
    cmyk(0, 0, 1000, 0),
    cmyk(0, 0, 0, 1000),
    cmyk(0, 1000, 1000, 0),
    cmyk(1000, 0, 1000, 0),
    cmyk(1000, 1000, 0, 0),
    cmyk(1000, 1000, 1000, 0),
    cmyk(0, 0, 0, 200),
    cmyk(0, 0, 0, 400),
    cmyk(0, 0, 0, 800),
    cmyk(400, 0, 0, 0),
    cmyk(0, 400, 0, 0),
    cmyk(0, 0, 400, 0),
];

const fn cmyk(c: u16, m: u16, y: u16, k: u16) -> Ink {
    Ink::cmyk(c, m, y, k)
}

/// The page on larger paper, with crop and registration marks, a colour bar,
/// and a slug of two lines below it at the left; with `fold` also the fold at
/// half its height.
pub fn with_press_marks(
    page: &Page,
    fold: bool,
    lettering: &Lettering<'_>,
    slug: [&str; 2],
) -> Page {
    let mut marked = page.clone();
    let start = page.bleed.max(CLEAR);
    marked.slug = start + PAPER - page.bleed;
    let trim = Rect::new(
        Length::ZERO,
        Length::ZERO,
        page.trim.width,
        page.trim.height,
    );
    let items = &mut marked.items;
    crop_marks(trim, start, items);
    let (across, down) = (trim.width.half(), trim.height.half());
    let far = start + MIDDLE;
    let mut side = down;
    if fold {
        fold_marks(trim, start, items);
        side -= ASIDE;
    }
    for middle in [
        Point::new(across, -far),
        Point::new(across, trim.height + far),
        Point::new(-far, side),
        Point::new(trim.width + far, side),
    ] {
        registration(middle, items);
    }
    // left of the mark in the middle, as far as there is room
    let room = across - CROSS - PATCH * 2;
    let first = Point::new(PATCH * 2, -start - PATCH);
    for (nth, ink) in (0..).zip(BAR) {
        let x = PATCH * nth;
        if x + PATCH <= room {
            let rect = Rect::new(first.x + x, first.y, PATCH, PATCH);
            items.push(Item::Fill(Fill {
                rect,
                ink,
                kind: FillKind::Tint,
            }));
        }
    }
    for (nth, text) in (1..).zip(slug) {
        let below = start + LETTERS * nth * 5 / 4;
        for mut run in lettering(text, LETTERS, Ink::BLACK) {
            for glyph in &mut run.glyphs {
                glyph.at.x += PATCH * 2;
                glyph.at.y += trim.height + below;
            }
            items.push(Item::Glyphs(run));
        }
    }
    marked
}

/// Two lines at each corner, along the edges of the trim (N16).
fn crop_marks(trim: Rect, start: Length, items: &mut Vec<Item>) {
    let (near, far) = (start, start + CROP);
    for x in [trim.x, trim.right()] {
        let x = x - THIN.half();
        for y in [trim.y - far, trim.bottom() + near] {
            line(Rect::new(x, y, THIN, CROP), items);
        }
    }
    for y in [trim.y, trim.bottom()] {
        let y = y - THIN.half();
        for x in [trim.x - far, trim.right() + near] {
            line(Rect::new(x, y, CROP, THIN), items);
        }
    }
}

/// A dashed line on either side, at half the height (N18).
fn fold_marks(trim: Rect, start: Length, items: &mut Vec<Item>) {
    let y = trim.y + trim.height.half() - THIN.half();
    for nth in 0..DASHES {
        let near = start + DASH * 2 * nth;
        for x in [trim.x - near - DASH, trim.right() + near] {
            line(Rect::new(x, y, DASH, THIN), items);
        }
    }
}

/// A circle and a cross in registration colour (N15, N17).
fn registration(middle: Point, items: &mut Vec<Item>) {
    let half = CROSS.half();
    line(
        Rect::new(middle.x - half, middle.y - THIN.half(), CROSS, THIN),
        items,
    );
    line(
        Rect::new(middle.x - THIN.half(), middle.y - half, THIN, CROSS),
        items,
    );
    let radius = CIRCLE.half();
    // handles of a quarter of a circle
    let handle = radius.scale(5523, 10_000);
    let at = |x: Length, y: Length| Point::new(middle.x + x, middle.y + y);
    let zero = Length::ZERO;
    let quarter = |from: (Length, Length), to: (Length, Length)| {
        let toward = |one: Length, other: Length| match one == zero {
            true => handle * other.raw().signum(),
            false => one,
        };
        let one = at(toward(from.0, to.0), toward(from.1, to.1));
        let two = at(toward(to.0, from.0), toward(to.1, from.1));
        Step::Curve([one, two, at(to.0, to.1)])
    };
    let round = [
        (radius, zero),
        (zero, radius),
        (-radius, zero),
        (zero, -radius),
    ];
    let steps = (0..4).map(|nth| quarter(round[nth], round[(nth + 1) % 4]));
    items.push(Item::Shape(Shape {
        kind: ShapeKind::Name,
        start: at(radius, zero),
        steps: steps.collect(),
        paint: Paint::Stroke(THIN),
        ink: Ink::REGISTRATION,
    }));
}

fn line(rect: Rect, items: &mut Vec<Item>) {
    items.push(Item::Fill(Fill {
        rect,
        ink: Ink::REGISTRATION,
        kind: FillKind::Mark,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::geom::Size;
    use crate::proof::marks::tests::page as bare;

    fn page(bleed: Length) -> Page {
        Page {
            trim: Size::new(Length::mm(390), Length::mm(540)),
            bleed,
            ..bare()
        }
    }

    fn boxes(page: &Page) -> Vec<Rect> {
        let of = |item: &Item| match item {
            Item::Fill(fill) => Some(fill.rect),
            Item::Shape(shape) => Some(shape.rect()),
            _ => None,
        };
        page.items.iter().filter_map(of).collect()
    }

    #[test]
    fn print_n16_n17_n19_marks_lie_outside_the_bleed_and_on_the_paper() {
        for bleed in [Length::ZERO, Length::mm(3), Length::mm(5)] {
            let marked = with_press_marks(&page(bleed), true, &|_, _, _| Vec::new(), ["", ""]);
            let sheet = |edge: Length| {
                let (width, height) = (marked.trim.width, marked.trim.height);
                Rect::new(-edge, -edge, width + edge * 2, height + edge * 2)
            };
            // N21: the marks start 3 mm from the trim or at the bleed
            assert_eq!(
                bleed + marked.slug,
                bleed.max(Length::mm(3)) + Length::mm(10)
            );
            let paper = sheet(bleed + marked.slug);
            for rect in boxes(&marked) {
                assert!(paper.contains(rect), "{rect:?}");
                // half a line of the crop marks lies on either side of an edge
                assert!(
                    !rect.overlaps(sheet(bleed.max(Length::mm(3)) - THIN)),
                    "{rect:?}"
                );
            }
            // eight lines, six dashes, four crosses and circles, fourteen squares
            assert_eq!(boxes(&marked).len(), 8 + 6 + 4 * 3 + 14);
        }
    }

    #[test]
    fn print_n18_the_fold_is_dashed_at_half_the_height_and_clear_of_the_crosses() {
        let bare = page(Length::mm(3));
        let of = |fold| with_press_marks(&bare, fold, &|_, _, _| Vec::new(), ["", ""]);
        let middle = bare.trim.height.half();
        let at_fold = |rect: &Rect| rect.y < middle && middle < rect.bottom();
        let dashes = |page: &Page| -> Vec<Rect> {
            let all = boxes(page).into_iter();
            all.filter(at_fold).collect()
        };
        // without a fold the crosses stand there
        assert!(dashes(&of(false)).iter().all(|rect| rect.width != DASH));
        let marked = of(true);
        let found = dashes(&marked);
        assert_eq!(found.len(), 6);
        // 1.5 mm and as much white, 0.25 pt, from the bleed outwards
        let right: Vec<&Rect> = found.iter().filter(|rect| rect.x > Length::ZERO).collect();
        let first = bare.trim.width + Length::mm(3);
        for (nth, rect) in (0..).zip(&right) {
            assert_eq!((rect.width, rect.height), (DASH, THIN));
            assert_eq!(rect.x, first + DASH * 2 * nth);
        }
        for (nth, rect) in boxes(&marked).iter().enumerate() {
            let others = boxes(&marked).into_iter().skip(nth + 1);
            let met = others.filter(|other| other.overlaps(*rect) && at_fold(rect));
            assert_eq!(met.count(), 0);
        }
    }

    #[test]
    fn print_n17_a_circle_is_round() {
        let mut items = Vec::new();
        registration(Point::default(), &mut items);
        let Some(Item::Shape(circle)) = items.last() else {
            panic!("a circle");
        };
        let radius = Length::mm(5).half();
        assert_eq!(circle.steps.last().map(Step::end), Some(circle.start));
        let rect = circle.rect();
        assert_eq!((rect.width, rect.height), (radius * 2, radius * 2));
    }
}
