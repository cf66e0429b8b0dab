//! 连接空间: the colours that profiles meet in, and black-point compensation.
//!
//! XYZ is relative to the white that is printed on or shown (media-relative),
//! under D50, with Y = 1 for white.

use super::exact::cbrt;

/// The white of the connection space (ICC.1:2010, 7.2.16).
pub(super) const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];

/// `L*` from 0 to 100, `a*` and `b*`, of an XYZ.
pub(super) fn lab_of(xyz: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 {
            cbrt(t)
        } else {
            (24_389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let [x, y, z] = [0, 1, 2].map(|n| f(xyz[n] / WHITE[n]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// The XYZ of an `L*a*b*`.
pub(super) fn xyz_of([l, a, b]: [f64; 3]) -> [f64; 3] {
    let f = |t: f64| {
        if t > 6.0 / 29.0 {
            t * t * t
        } else {
            (116.0 * t - 16.0) * 27.0 / 24_389.0
        }
    };
    let y = (l + 16.0) / 116.0;
    let parts = [y + a / 500.0, y, y - b / 200.0];
    [0, 1, 2].map(|n| f(parts[n]) * WHITE[n])
}

/// The luminance Y of a lightness `L*`.
pub(super) fn luminance(l: f64) -> f64 {
    xyz_of([l, 0.0, 0.0])[1]
}

/// 黑场补偿: maps the darkest of a source on the darkest that can be printed,
/// and leaves white where it is (C10). Without it all that is darker than the
/// ink comes out as one black.
#[derive(Clone, Copy, Debug)]
pub(super) struct BlackPoint {
    scale: [f64; 3],
    shift: [f64; 3],
}

impl BlackPoint {
    /// From a black of lightness `source` to one of lightness `target`, both
    /// neutral.
    pub(super) fn new(source: f64, target: f64) -> Self {
        let (from, to) = (luminance(source), luminance(target));
        // linear in XYZ, white fixed
        let part = |n: usize| {
            let (from, to, white) = (from * WHITE[n], to * WHITE[n], WHITE[n]);
            let scale = (white - to) / (white - from);
            (scale, white * (1.0 - scale))
        };
        let parts = [part(0), part(1), part(2)];
        Self {
            scale: parts.map(|part| part.0),
            shift: parts.map(|part| part.1),
        }
    }

    /// The colour to print for `xyz`.
    pub(super) fn map(&self, xyz: [f64; 3]) -> [f64; 3] {
        [0, 1, 2].map(|n| self.scale[n] * xyz[n] + self.shift[n])
    }
}

#[cfg(test)]
mod tests {
    use super::{BlackPoint, WHITE, lab_of, xyz_of};

    fn near(a: [f64; 3], b: [f64; 3]) -> bool {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn lab_and_xyz_are_inverse() {
        for lab in [[100.0, 0.0, 0.0], [50.0, 20.0, -30.0], [3.0, 1.0, 2.0]] {
            assert!(near(lab_of(xyz_of(lab)), lab), "{lab:?}");
        }
        assert!(near(lab_of(WHITE), [100.0, 0.0, 0.0]));
    }

    #[test]
    fn c10_black_goes_to_the_darkest_ink_and_white_stays() {
        let black = BlackPoint::new(0.0, 35.0);
        assert!(near(black.map(WHITE), WHITE));
        assert!(near(lab_of(black.map([0.0; 3])), [35.0, 0.0, 0.0]));
    }
}
