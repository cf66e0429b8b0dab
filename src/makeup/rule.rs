//! Rules and borders (N41): straight lines are filled, all others drawn.

use super::board::Board;
use crate::base::geom::{Length, Point, Rect};
use crate::desk::border::{Border, BorderKind};
use crate::desk::plan::SlotPlan;
use crate::page::{FillKind, Item, Paint, Shape, ShapeKind, Step};
use crate::story::Ink;

/// The tint of a slot, the rule above it and the frame around it (N04, N40,
/// N42).
pub(crate) fn outer(board: &mut Board<'_>, slot: &SlotPlan, rect: Rect) {
    if let Some(ink) = slot.tint {
        board.fill(rect, ink, FillKind::Tint);
    }
    let grid = board.grid;
    let above = slot.rule_above;
    let y = rect.y - (grid.pitch - grid.size + above.thickness).half();
    let strip = Rect::new(rect.x, y, rect.width, above.thickness);
    line(board, above, strip, Ink::BLACK);
    frame(board, slot.frame_rule, rect, Ink::BLACK);
}

/// The frame around a headline part and the rules above and below it (N20).
pub(crate) fn part(board: &mut Board<'_>, around: Border, above_below: Border, rect: Rect) {
    frame(board, around, rect, Ink::BLACK);
    let thick = above_below.thickness;
    for y in [rect.y, rect.bottom() - thick] {
        let strip = Rect::new(rect.x, y, rect.width, thick);
        line(board, above_below, strip, Ink::BLACK);
    }
}

/// A rule along `rect`, which is as thick as the rule.
pub(crate) fn line(board: &mut Board<'_>, border: Border, rect: Rect, ink: Ink) {
    if !border.is_some() {
        return;
    }
    let page = board.rect(rect);
    let upright = page.height > page.width;
    for (inside, thick) in border.lines() {
        let strip = match upright {
            true => Rect::new(page.x + inside, page.y, thick, page.height),
            false => Rect::new(page.x, page.y + inside, page.width, thick),
        };
        board.fill_on_page(strip, ink, FillKind::Rule);
    }
    let half = border.thickness.half();
    let side = match upright {
        true => Side {
            from: Point::new(page.x + half, page.y),
            way: Way::Down,
            length: page.height,
        },
        false => Side {
            from: Point::new(page.x, page.y + half),
            way: Way::Right,
            length: page.width,
        },
    };
    draw(board, border, &[side], &[], ink);
}

/// A rule around `rect`, inside its edges.
pub(crate) fn frame(board: &mut Board<'_>, border: Border, rect: Rect, ink: Ink) {
    if !border.is_some() {
        return;
    }
    for (inside, thick) in border.lines() {
        let (x, y) = (rect.x + inside, rect.y + inside);
        let (width, height) = (rect.width - inside * 2, rect.height - inside * 2);
        let (right, bottom) = (x + width - thick, y + height - thick);
        let inner = height - thick * 2;
        board.fill(Rect::new(x, y, width, thick), ink, FillKind::Rule);
        board.fill(Rect::new(x, y + thick, thick, inner), ink, FillKind::Rule);
        let at_right = Rect::new(right, y + thick, thick, inner);
        board.fill(at_right, ink, FillKind::Rule);
        board.fill(Rect::new(x, bottom, width, thick), ink, FillKind::Rule);
    }
    let page = board.rect(rect);
    let half = border.thickness.half();
    let (left, top) = (page.x + half, page.y + half);
    let (right, bottom) = (page.right() - half, page.bottom() - half);
    let corners = [
        Point::new(left, top),
        Point::new(right, top),
        Point::new(right, bottom),
        Point::new(left, bottom),
    ];
    let (wide, high) = (right - left, bottom - top);
    let ways = [
        (Way::Right, wide),
        (Way::Down, high),
        (Way::Left, wide),
        (Way::Up, high),
    ];
    let sides = corners.iter().zip(ways).map(|(from, (way, length))| Side {
        from: *from,
        way,
        length,
    });
    draw(board, border, &sides.collect::<Vec<_>>(), &corners, ink);
}

/// Which way the pen goes along a side.
#[derive(Clone, Copy)]
enum Way {
    Right,
    Down,
    Left,
    Up,
}

/// The middle of a side.
#[derive(Clone, Copy)]
struct Side {
    from: Point,
    way: Way,
    length: Length,
}

impl Side {
    /// A point so far along it and so far to the left of its way.
    fn at(&self, along: Length, out: Length) -> Point {
        let Point { x, y } = self.from;
        match self.way {
            Way::Right => Point::new(x + along, y - out),
            Way::Down => Point::new(x + out, y + along),
            Way::Left => Point::new(x - along, y + out),
            Way::Up => Point::new(x - out, y - along),
        }
    }

    /// The same without `by` at both ends.
    fn shortened(self, by: Length) -> Self {
        Self {
            from: self.at(by, Length::ZERO),
            length: (self.length - by * 2).max(Length::ZERO),
            ..self
        }
    }
}

/// What is drawn of a border, as one shape; nothing where it is of straight
/// lines.
fn draw(board: &mut Board<'_>, border: Border, sides: &[Side], corners: &[Point], ink: Ink) {
    let thick = border.thickness;
    let (kind, pen, paint) = match border.kind {
        BorderKind::Plain | BorderKind::Double | BorderKind::ThickThin => return,
        BorderKind::Dotted => (ShapeKind::Dotted, dots(sides, corners, thick), Paint::Fill),
        BorderKind::Wave => (
            ShapeKind::Wave,
            wave(sides, thick, border.stroke()),
            Paint::Stroke(border.stroke()),
        ),
        BorderKind::Lozenges => (
            ShapeKind::Ornament,
            lozenges(sides, corners, thick),
            Paint::Fill,
        ),
        BorderKind::Meander => (
            ShapeKind::Ornament,
            meander(sides, corners, thick, border.stroke()),
            Paint::Stroke(border.stroke()),
        ),
    };
    let Some(start) = pen.start else { return };
    board.items.push(Item::Shape(Shape {
        kind,
        start,
        steps: pen.steps,
        paint,
        ink,
    }));
}

/// A shape as it is drawn.
#[derive(Default)]
struct Pen {
    start: Option<Point>,
    steps: Vec<Step>,
}

impl Pen {
    fn go(&mut self, to: Point) {
        match self.start {
            None => self.start = Some(to),
            Some(_) => self.steps.push(Step::Move(to)),
        }
    }

    fn line(&mut self, to: Point) {
        self.steps.push(Step::Line(to));
    }

    fn polygon(&mut self, points: &[Point]) {
        let Some((first, rest)) = points.split_first() else {
            return;
        };
        self.go(*first);
        for point in rest {
            self.line(*point);
        }
        self.line(*first);
    }

    fn disc(&mut self, centre: Point, radius: Length) {
        // a quarter of a circle has handles of 0.5523 of its radius
        let handle = radius.scale(5523, 10_000);
        let at = |x: Length, y: Length| Point::new(centre.x + x, centre.y + y);
        let (zero, r, h) = (Length::ZERO, radius, handle);
        self.go(at(r, zero));
        for points in [
            [at(r, h), at(h, r), at(zero, r)],
            [at(-h, r), at(-r, h), at(-r, zero)],
            [at(-r, -h), at(-h, -r), at(zero, -r)],
            [at(h, -r), at(r, -h), at(r, zero)],
        ] {
            self.steps.push(Step::Curve(points));
        }
    }
}

/// How many units of about `unit` make up a length, one at least.
fn whole(length: Length, unit: Length) -> i64 {
    (length + unit.half())
        .whole(unit.max(Length::units(1)))
        .max(1)
}

/// Round dots, two and a half times as far apart as they are thick; one in
/// each corner.
fn dots(sides: &[Side], corners: &[Point], thick: Length) -> Pen {
    let mut pen = Pen::default();
    let radius = thick.half();
    for side in sides {
        // an open side ends with whole dots, a closed one with its corners
        let side = match corners.is_empty() {
            true => side.shortened(radius),
            false => *side,
        };
        let count = whole(side.length, thick.scale(5, 2));
        let last = if corners.is_empty() { count } else { count - 1 };
        for dot in 0..=last {
            let along = side.length.scale(dot, count);
            pen.disc(side.at(along, Length::ZERO), radius);
        }
    }
    pen
}

/// Whole waves on every side, from crossing to crossing, so that they meet in
/// the corners.
fn wave(sides: &[Side], thick: Length, stroke: Length) -> Pen {
    let mut pen = Pen::default();
    // a cubic reaches three quarters of the height of its handles
    let handle = (thick - stroke).half().scale(4, 3);
    let mut end = None;
    for side in sides {
        if end != Some(side.from) {
            pen.go(side.from);
        }
        let halves = whole(side.length, thick * 3) * 2;
        for half in 0..halves {
            let out = if half % 2 == 0 { handle } else { -handle };
            let along = |part: i64| side.length.scale(half * 10_000 + part, halves * 10_000);
            pen.steps.push(Step::Curve([
                side.at(along(3642), out),
                side.at(along(6358), out),
                side.at(along(10_000), Length::ZERO),
            ]));
        }
        end = Some(side.at(side.length, Length::ZERO));
    }
    pen
}

/// 菱花: a chain of lozenges.
fn lozenges(sides: &[Side], corners: &[Point], thick: Length) -> Pen {
    let mut pen = Pen::default();
    let half = thick.half();
    for corner in corners {
        let Point { x, y } = *corner;
        pen.polygon(&[
            Point::new(x - half, y),
            Point::new(x, y - half),
            Point::new(x + half, y),
            Point::new(x, y + half),
        ]);
    }
    let inset = if corners.is_empty() {
        Length::ZERO
    } else {
        half
    };
    for side in sides.iter().map(|side| side.shortened(inset)) {
        let count = whole(side.length, thick);
        for unit in 0..count {
            let along = |part: i64| side.length.scale(unit * 2 + part, count * 2);
            pen.polygon(&[
                side.at(along(0), Length::ZERO),
                side.at(along(1), half),
                side.at(along(2), Length::ZERO),
                side.at(along(1), -half),
            ]);
        }
    }
    pen
}

/// The turns of one unit of 回纹, in eighths of its length and of its height
/// from the foot.
const TURNS: [(i64, i64); 7] = [(1, 0), (1, 8), (7, 8), (7, 3), (3, 3), (3, 6), (5, 6)];

/// 回纹: hooks that turn inward, upon one line; 回 in the corners.
fn meander(sides: &[Side], corners: &[Point], thick: Length, stroke: Length) -> Pen {
    let mut pen = Pen::default();
    let half = (thick - stroke).half();
    for corner in corners {
        for half in [half, half.scale(2, 5)] {
            let at = |x: Length, y: Length| Point::new(corner.x + x, corner.y + y);
            // begun in the middle of a side, the ends leave no notch
            pen.polygon(&[
                at(Length::ZERO, -half),
                at(half, -half),
                at(half, half),
                at(-half, half),
                at(-half, -half),
            ]);
        }
    }
    let inset = if corners.is_empty() {
        Length::ZERO
    } else {
        thick.half()
    };
    for side in sides.iter().map(|side| side.shortened(inset)) {
        let count = whole(side.length, thick);
        let out = |part: i64| (half * 2).scale(part, 8) - half;
        pen.go(side.at(Length::ZERO, out(0)));
        pen.line(side.at(side.length, out(0)));
        for unit in 0..count {
            let along = |part: i64| side.length.scale(unit * 8 + part, count * 8);
            let mut turns = TURNS.iter().map(|(x, y)| side.at(along(*x), out(*y)));
            if let Some(first) = turns.next() {
                pen.go(first);
            }
            for turn in turns {
                pen.line(turn);
            }
        }
    }
    pen
}
