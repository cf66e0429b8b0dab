//! RGB to CMYK for pixels: a grid computed once, read with whole numbers.
//!
//! 33 points along each of red, green and blue, and between them the
//! tetrahedron that a colour lies in: four points are read for a pixel, and
//! neutral colours are blended from neutral ones alone. With whole numbers
//! throughout, the same pixel gives the same inks on every machine.

use super::ink::InkLimit;

/// Points along each side.
const SIDE: usize = 33;
/// What the inks of a point are counted in: 256ths of an eight-bit step.
const FINE: f64 = 255.0 * 256.0;

/// RGB to CMYK.
#[derive(Debug)]
pub struct RgbTable {
    /// The points, blue fastest.
    points: Vec<[u16; 4]>,
    /// [`place`] of every value: asked three times a pixel.
    places: [(u16, u16); 256],
    limit: InkLimit,
}

/// Where a value of 0–255 lies along a side: the point below, and how far on
/// towards the next in 255ths.
fn place(value: u8) -> (u16, u16) {
    let scaled = u16::from(value) * (SIDE as u16 - 1);
    // the last point is reached from the one before it
    let cell = (scaled / 255).min(SIDE as u16 - 2);
    (cell, scaled - cell * 255)
}

impl RgbTable {
    /// The table of `inks`, which answers for a colour of 0–1 with inks of
    /// 0–1. Asked 35,937 times.
    pub(super) fn build(limit: InkLimit, mut inks: impl FnMut([f64; 3]) -> [f64; 4]) -> Self {
        let part = |n: usize| n as f64 / (SIDE - 1) as f64;
        let mut points = Vec::with_capacity(SIDE * SIDE * SIDE);
        for n in 0..SIDE * SIDE * SIDE {
            let rgb = [n / (SIDE * SIDE), n / SIDE % SIDE, n % SIDE].map(part);
            let fine = |ink: f64| (ink.clamp(0.0, 1.0) * FINE + 0.5).floor() as u16;
            points.push(inks(rgb).map(fine));
        }
        let mut places = [(0, 0); 256];
        for (value, entry) in (0..=255).zip(&mut places) {
            *entry = place(value);
        }
        Self {
            points,
            places,
            limit,
        }
    }

    /// The inks of one colour, within the limit.
    pub fn inks(&self, [red, green, blue]: [u8; 3]) -> [u8; 4] {
        let at = |value: u8| self.places[usize::from(value)];
        let [(r, by_r), (g, by_g), (b, by_b)] = [at(red), at(green), at(blue)];
        let first = (usize::from(r) * SIDE + usize::from(g)) * SIDE + usize::from(b);
        // the longest way first; equal ways in any order end at the same inks
        let (mut one, mut two, mut three) = ((by_r, SIDE * SIDE), (by_g, SIDE), (by_b, 1));
        if one.0 < two.0 {
            (one, two) = (two, one);
        }
        if two.0 < three.0 {
            (two, three) = (three, two);
        }
        if one.0 < two.0 {
            (one, two) = (two, one);
        }
        let second = first + one.1;
        let third = second + two.1;
        let last = third + three.1;
        let way = [one.0, two.0, three.0].map(u32::from);
        let weights = [255 - way[0], way[0] - way[1], way[1] - way[2], way[2]];
        let mut sums = [0_u32; 4];
        for (index, weight) in [first, second, third, last].into_iter().zip(weights) {
            let point = self.points[index];
            for (sum, ink) in sums.iter_mut().zip(point) {
                *sum += u32::from(ink) * weight;
            }
        }
        // from 255ths of 256ths back to steps, to the nearest
        let inks = sums.map(|sum| ((sum + 255 * 128) / (255 * 256)) as u8);
        self.limit.hold(inks)
    }

    /// Converts whole pixels: three bytes each in `rgb`, four each in `cmyk`.
    /// What is left over in the longer of the two is not touched.
    pub fn convert(&self, rgb: &[u8], cmyk: &mut [u8]) {
        let mut known = ([0; 3], self.inks([0; 3]));
        for (pixel, out) in rgb.chunks_exact(3).zip(cmyk.chunks_exact_mut(4)) {
            let pixel = [pixel[0], pixel[1], pixel[2]];
            if pixel != known.0 {
                known = (pixel, self.inks(pixel));
            }
            out.copy_from_slice(&known.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RgbTable;
    use crate::base::colour::ink::InkLimit;

    fn all() -> InkLimit {
        InkLimit::percent(400).expect("a limit")
    }

    #[test]
    fn a_linear_rule_comes_back_exactly() {
        let table = RgbTable::build(all(), |[r, g, b]| {
            [1.0 - r, 1.0 - g, 1.0 - b, (r + g) / 2.0]
        });
        for n in 0..4096_u32 {
            let rgb = [n % 16 * 17, n / 16 % 16 * 17, n / 256 * 17].map(|v| v as u8);
            let [c, m, y, k] = table.inks(rgb);
            assert_eq!([c, m, y], rgb.map(|v| 255 - v), "{rgb:?}");
            let half = (u32::from(rgb[0]) + u32::from(rgb[1])).div_ceil(2) as u8;
            assert!(k.abs_diff(half) <= 1, "{rgb:?} {k}");
        }
    }

    #[test]
    fn c11_the_limit_holds_between_the_points_too() {
        let table = RgbTable::build(InkLimit::NEWSPRINT, |[r, g, b]| {
            [1.0 - r, 1.0 - g, 1.0 - b, 1.0 - g]
        });
        for n in 0..32_768_u32 {
            let rgb = [n % 32 * 8, n / 32 % 32 * 8, n / 1024 * 8].map(|v| v as u8);
            let total: u32 = table.inks(rgb).iter().map(|ink| u32::from(*ink)).sum();
            assert!(total <= 561, "{rgb:?}");
        }
    }

    #[test]
    fn rows_of_pixels_are_converted_one_by_one() {
        let table = RgbTable::build(all(), |[r, g, b]| [r, g, b, 0.0]);
        let rgb = [9, 8, 7, 9, 8, 7, 250, 0, 1, 77];
        let mut cmyk = [1; 13];
        table.convert(&rgb, &mut cmyk);
        assert_eq!(cmyk, [9, 8, 7, 0, 9, 8, 7, 0, 250, 0, 1, 0, 1]);
    }
}
