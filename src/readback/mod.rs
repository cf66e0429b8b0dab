//! 读回: what a page of a finished PDF paints, in the order in which it is
//! painted, whoever wrote the file.
//!
//! A preflight asks for colours, sizes and edges, a separation for outlines as
//! well; both read the page through the one [`content::read`].

pub(crate) mod colour;
pub(crate) mod content;
pub(crate) mod outline;
pub(crate) mod picture;
mod widths;

use crate::base::pdf::{Array, Dict, Name};

/// A rectangle: left, bottom, right, top in points.
pub(crate) type Edges = [f64; 4];

/// A transformation, as PDF writes it: `[a b c d e f]`.
pub(crate) type Matrix = [f64; 6];

/// What tells an object from others.
pub(crate) type Key = (u32, usize);

/// The key of a dictionary: its object, or its place.
pub(crate) fn key_of(dict: &Dict<'_>) -> Key {
    match dict.obj_id() {
        Some(id) => (id.obj_number, 0),
        None => (0, dict.data().as_ptr() as usize),
    }
}

/// The transformation that changes nothing.
pub(crate) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Where a point comes to lie.
pub(crate) fn apply(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// First `a`, then `b`.
pub(crate) fn product(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// What undoes a transformation; `None` where it flattens the page to a line.
pub(crate) fn inverse(m: &Matrix) -> Option<Matrix> {
    let [a, b, c, d, e, f] = *m;
    let by = a * d - b * c;
    (by.abs() > 1e-12 && by.is_finite()).then(|| {
        [
            d / by,
            -b / by,
            -c / by,
            a / by,
            (c * f - d * e) / by,
            (b * e - a * f) / by,
        ]
    })
}

/// The length of a vector; `hypot` differs between platforms.
pub(crate) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// How much a transformation enlarges.
pub(crate) fn scale(m: &Matrix) -> f64 {
    (m[0] * m[3] - m[1] * m[2]).abs().sqrt()
}

/// The blend mode that a graphics state names; of a list the first, for all
/// that are known to ISO 32000-1 (11.3.5) are known here. `None` where it names
/// none.
pub(crate) fn blend_mode<'a>(state: &Dict<'a>) -> Option<Name<'a>> {
    let one = state.get::<Name<'a>>("BM");
    one.or_else(|| state.get::<Array<'a>>("BM")?.iter::<Name<'a>>().next())
}
