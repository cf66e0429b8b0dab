//! How much of each pixel something covers.
//!
//! The one door to `zeno`, which fills and strokes outlines.

use zeno::{Cap, Command, Fill, Join, Mask, Point, Stroke, Style, Transform};

use crate::readback::outline::{Outline, Pen, Rule, Step};
use crate::readback::{Matrix, apply, inverse, product, scale};

/// Pixels from left and top to right and bottom, the last two not counted.
pub(super) type Window = [i32; 4];

/// Coverage of the pixels of a window, row by row: 0 to 255.
#[derive(Clone, Debug)]
pub(super) struct Coverage {
    pub(super) window: Window,
    pub(super) data: Vec<u8>,
}

/// The pixels that two windows share; empty where right is not beyond left.
pub(super) fn shared(one: Window, two: Window) -> Window {
    [
        one[0].max(two[0]),
        one[1].max(two[1]),
        one[2].min(two[2]),
        one[3].min(two[3]),
    ]
}

/// Whether a window has no pixel.
pub(super) fn is_empty(window: Window) -> bool {
    window[0] >= window[2] || window[1] >= window[3]
}

impl Coverage {
    /// All of a window.
    fn whole(window: Window) -> Self {
        let side = |from: i32, to: i32| usize::try_from(to - from).unwrap_or(0);
        let size = side(window[0], window[2]) * side(window[1], window[3]);
        Self {
            window,
            data: vec![255; size],
        }
    }

    /// A row of it, from its left edge on.
    pub(super) fn row(&self, y: i32) -> &[u8] {
        let [left, top, right, _] = self.window;
        let width = usize::try_from(right - left).unwrap_or(0);
        let from = usize::try_from(y - top).unwrap_or(usize::MAX);
        let from = from.saturating_mul(width);
        self.data
            .get(from..from.saturating_add(width))
            .unwrap_or(&[])
    }

    /// The part that another leaves of it.
    pub(super) fn within(&self, other: &Self) -> Self {
        let window = shared(self.window, other.window);
        let mut data = Vec::new();
        if !is_empty(window) {
            let [left, top, right, bottom] = window;
            for y in top..bottom {
                let part = |whole: &Self| {
                    let from = (left - whole.window[0]) as usize;
                    from..from + (right - left) as usize
                };
                let (one, two) = (&self.row(y)[part(self)], &other.row(y)[part(other)]);
                let both = one.iter().zip(two).map(|(&a, &b)| times(a, b));
                data.extend(both);
            }
        }
        Self { window, data }
    }
}

/// The product of two parts of 255, rounded.
pub(super) fn times(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b) + 127;
    (product / 255) as u8
}

/// Pixels that a coordinate may be away from the page; what goes farther is
/// cut there, for numbers of the rasteriser end not far beyond.
const FAR: f64 = 20_000.0;
/// Dashes of one outline; finer ones are drawn as a line.
const DASHES: f64 = 20_000.0;
/// How much longer than its width a pen may be drawn.
const LONGEST: f64 = 50.0;

/// What an outline covers in a window, filled, or drawn with a pen.
pub(super) fn cover(
    outline: &Outline,
    rule: Rule,
    pen: Option<&Pen>,
    to_pixels: &Matrix,
    window: Window,
) -> Option<Coverage> {
    let by = scale(to_pixels);
    let width = pen.map_or(0.0, |pen| match pen.width > 0.0 {
        true => pen.width * by,
        // as thin as the device has it: a pixel
        false => 1.0,
    });
    // a miter goes as far as its limit lets it
    let reach = pen.map_or(0.0, |pen| {
        width
            * if pen.join == 0 {
                pen.miter.clamp(1.0, 10.0)
            } else {
                1.5
            }
    });
    if is_empty(window) {
        return None;
    }
    let mut commands = commands(outline, to_pixels, window)?;
    if pen.is_none() && holds(&commands, window) {
        return Some(Coverage::whole(window));
    }
    let shape = pen.and_then(|pen| pen.shape);
    let shape = shape.and_then(|shape| Shape::of(shape, to_pixels));
    let reach = reach * shape.as_ref().map_or(1.0, |shape| shape.longest);
    if let Some(shape) = &shape {
        commands = commands
            .iter()
            .map(|step| step.transform(&shape.back))
            .collect();
    }
    let mut bounds = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    let [a, b, c, d] = outline.edges;
    for (x, y) in [(a, b), (c, b), (a, d), (c, d)] {
        let (x, y) = apply(to_pixels, x, y);
        bounds = [
            bounds[0].min(x),
            bounds[1].min(y),
            bounds[2].max(x),
            bounds[3].max(y),
        ];
    }
    let whole = |x: f64| x.clamp(-FAR * 2.0, FAR * 2.0) as i32;
    let inside = shared(
        window,
        [
            whole((bounds[0] - reach).floor()),
            whole((bounds[1] - reach).floor()),
            whole((bounds[2] + reach).ceil()) + 1,
            whole((bounds[3] + reach).ceil()) + 1,
        ],
    );
    if is_empty(inside) {
        return None;
    }
    let (columns, rows) = (
        (inside[2] - inside[0]) as u32,
        (inside[3] - inside[1]) as u32,
    );
    let dashes: Vec<f32> = pen.map_or_else(Vec::new, |pen| {
        pen.dash.iter().map(|part| (part * by) as f32).collect()
    });
    let style = match pen {
        None => Style::Fill(match rule {
            Rule::NonZero => Fill::NonZero,
            Rule::EvenOdd => Fill::EvenOdd,
        }),
        Some(pen) => {
            let mut stroke = Stroke::new(width.max(0.01) as f32);
            stroke
                .cap(match pen.cap {
                    1 => Cap::Round,
                    2 => Cap::Square,
                    _ => Cap::Butt,
                })
                .join(match pen.join {
                    1 => Join::Round,
                    2 => Join::Bevel,
                    _ => Join::Miter,
                })
                .miter_limit(pen.miter.clamp(1.0, 100.0) as f32);
            let dash: f32 = dashes.iter().sum();
            if f64::from(dash) * DASHES > length_of(&commands) {
                stroke.dash(&dashes, (pen.phase * by) as f32);
            }
            Style::Stroke(stroke)
        }
    };
    let (left, top) = (inside[0] - window[0], inside[1] - window[1]);
    let (data, _) = Mask::new(commands.as_slice())
        .style(style)
        .transform(shape.map(|shape| shape.there))
        .size(columns, rows)
        .render_offset((-left as f32, -top as f32))
        .render();
    Some(Coverage {
        window: inside,
        data,
    })
}

/// Whether an outline is one upright rectangle around all of a window: most
/// clips and backgrounds need no rasteriser.
fn holds(commands: &[Command], window: Window) -> bool {
    let [
        Command::MoveTo(a),
        Command::LineTo(b),
        Command::LineTo(c),
        Command::LineTo(d),
        Command::Close,
    ] = commands
    else {
        return false;
    };
    let level = a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
    let upright = a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y;
    let (right, bottom) = (
        (window[2] - window[0]) as f32,
        (window[3] - window[1]) as f32,
    );
    (level || upright)
        && a.x.min(c.x) <= 0.0
        && a.y.min(c.y) <= 0.0
        && a.x.max(c.x) >= right
        && a.y.max(c.y) >= bottom
}

/// A pen that is no circle: outlines are drawn where it is one, and what was
/// drawn is pulled out of shape.
struct Shape {
    /// From there to pixels.
    there: Transform,
    back: Transform,
    /// How much longer than wide it is at the most.
    longest: f64,
}

impl Shape {
    /// `None` for one that is nearly a line.
    fn of([a, b, c, d]: [f64; 4], to_pixels: &Matrix) -> Option<Self> {
        let longest = (a.abs() + c.abs()).max(b.abs() + d.abs());
        let by = scale(to_pixels);
        let whole = product(&[a / by, b / by, c / by, d / by, 0.0, 0.0], to_pixels);
        let linear = |m: &Matrix| {
            Transform::new(m[0] as f32, m[1] as f32, m[2] as f32, m[3] as f32, 0.0, 0.0)
        };
        Some(Self {
            there: linear(&whole),
            back: linear(&inverse(&whole).filter(|_| longest < LONGEST)?),
            longest,
        })
    }
}

/// How long the straight lines between the points of an outline are.
fn length_of(commands: &[Command]) -> f64 {
    let mut last = Point::new(0.0, 0.0);
    let mut sum = 0.0;
    let mut to = |point: Point| {
        sum += f64::from((point - last).length());
        last = point;
    };
    for command in commands {
        match *command {
            Command::MoveTo(point) | Command::LineTo(point) => to(point),
            Command::QuadTo(one, point) => [one, point].into_iter().for_each(&mut to),
            Command::CurveTo(one, two, point) => {
                [one, two, point].into_iter().for_each(&mut to);
            }
            Command::Close => {}
        }
    }
    sum
}

/// The outline in pixels, seen from the corner of a window; `None` where it
/// holds numbers that are none.
fn commands(outline: &Outline, to_pixels: &Matrix, window: Window) -> Option<Vec<Command>> {
    let (left, top) = (f64::from(window[0]), f64::from(window[1]));
    let point = |x: f64, y: f64| {
        let (x, y) = apply(to_pixels, x, y);
        let (x, y) = ((x - left).clamp(-FAR, FAR), (y - top).clamp(-FAR, FAR));
        Point::new(x as f32, y as f32)
    };
    let fine = |numbers: &[f64]| numbers.iter().all(|number| number.is_finite());
    let mut commands = Vec::with_capacity(outline.steps.len() + 1);
    for step in &outline.steps {
        commands.push(match *step {
            Step::Move(x, y) if fine(&[x, y]) => Command::MoveTo(point(x, y)),
            Step::Line(x, y) if fine(&[x, y]) => Command::LineTo(point(x, y)),
            Step::Curve(p) if fine(&p) => {
                Command::CurveTo(point(p[0], p[1]), point(p[2], p[3]), point(p[4], p[5]))
            }
            Step::Close => Command::Close,
            _ => return None,
        });
    }
    Some(commands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readback::IDENTITY;

    fn sum(coverage: &Coverage) -> u32 {
        coverage.data.iter().map(|&part| u32::from(part)).sum()
    }

    #[test]
    fn an_area_covers_what_it_covers() {
        let mut square = Outline::new();
        square.rect(&IDENTITY, 2.5, 3.0, 4.0, 2.0);
        let window = [0, 0, 20, 20];
        let covered = cover(&square, Rule::NonZero, None, &IDENTITY, window).expect("an area");
        assert!((sum(&covered) as i32 - 8 * 255).abs() <= 4, "{covered:?}");
        let row = covered.row(3);
        let at = |x: i32| row[(x - covered.window[0]) as usize];
        assert!((127..=128).contains(&at(2)) && at(3) == 255 && (127..=128).contains(&at(6)));
        // what lies beside the window is not there
        let far = cover(&square, Rule::NonZero, None, &IDENTITY, [10, 10, 20, 20]);
        assert!(far.is_none_or(|far| sum(&far) == 0));
        let part = cover(&square, Rule::NonZero, None, &IDENTITY, [5, 4, 20, 20]).expect("a part");
        assert!((sum(&part) as i32 - 382).abs() <= 1, "{}", sum(&part));
    }

    #[test]
    fn a_stroke_is_as_wide_as_its_pen() {
        let mut line = Outline::new();
        line.move_to(&IDENTITY, 2.0, 10.0);
        line.line_to(&IDENTITY, 12.0, 10.0);
        let pen = Pen {
            width: 2.0,
            cap: 0,
            join: 0,
            miter: 10.0,
            dash: Vec::new(),
            phase: 0.0,
            shape: None,
        };
        let window = [0, 0, 40, 40];
        let covered = cover(&line, Rule::NonZero, Some(&pen), &IDENTITY, window).expect("a line");
        assert!(
            (sum(&covered) as i32 - 20 * 255).abs() <= 20,
            "{}",
            sum(&covered)
        );
        let dashed = Pen {
            dash: vec![1.0, 1.0],
            ..pen
        };
        let covered =
            cover(&line, Rule::NonZero, Some(&dashed), &IDENTITY, window).expect("dashes");
        assert!(
            (sum(&covered) as i32 - 10 * 255).abs() <= 20,
            "{}",
            sum(&covered)
        );
    }

    #[test]
    fn a_pen_is_pulled_as_its_space_is() {
        // 5 times as wide as high: upright lines are thick, level ones thin
        let pen = |width: f64, shape: Option<[f64; 4]>| Pen {
            width,
            cap: 0,
            join: 0,
            miter: 10.0,
            dash: Vec::new(),
            phase: 0.0,
            shape,
        };
        let root = 5_f64.sqrt();
        let wide = pen(2.0 * root, Some([root, 0.0, 0.0, 1.0 / root]));
        let window = [0, 0, 60, 60];
        let sum_of = |to: (f64, f64), pen: &Pen| {
            let mut line = Outline::new();
            line.move_to(&IDENTITY, 20.0, 20.0);
            line.line_to(&IDENTITY, to.0, to.1);
            let covered = cover(&line, Rule::NonZero, Some(pen), &IDENTITY, window);
            sum(&covered.expect("a line"))
        };
        let near = |sum: u32, pixels: i32| (sum as i32 - pixels * 255).abs() < 60;
        assert!(near(sum_of((20.0, 40.0), &wide), 20 * 10));
        assert!(near(sum_of((40.0, 20.0), &wide), 20 * 2));
        // a line without width is a pixel, a thin one what it is
        assert!(near(sum_of((40.0, 20.0), &pen(0.0, None)), 20));
        assert!(near(sum_of((40.0, 20.0), &pen(0.1, None)), 2));
    }

    #[test]
    fn numbers_that_are_none_cover_nothing() {
        let mut line = Outline::new();
        line.move_to(&IDENTITY, f64::NAN, 1.0);
        line.line_to(&IDENTITY, 1e300, 1e300);
        assert!(cover(&line, Rule::NonZero, None, &IDENTITY, [0, 0, 9, 9]).is_none());
        let mut huge = Outline::new();
        huge.rect(&IDENTITY, -1e12, -1e12, 2e12, 2e12);
        let covered = cover(&huge, Rule::NonZero, None, &IDENTITY, [0, 0, 9, 9]).expect("all");
        assert_eq!(sum(&covered), 81 * 255);
    }
}
