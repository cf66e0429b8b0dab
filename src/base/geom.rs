//! Exact lengths, rectangles and the table of type sizes (字号).
//!
//! A [`Length`] is a whole number of units of 1/12,700 pt, chosen so that both
//! the DTP point (12,700 units) and the millimetre (36,000 units) are exact.
//! Nothing in the program below the writers computes with floating point
//! lengths, so the same copy gives the same page on any machine.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::Serialize;

/// A signed length or coordinate in units of 1/12,700 pt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Length(i64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0);
    /// The longest length a page may hold: 20 m. Input beyond it is refused
    /// where it is read, so that no sum of lengths can overflow.
    pub const MAX: Self = Self(20_000 * 36_000);
    /// Units in one DTP point (1/72 inch).
    pub const UNITS_PER_PT: i64 = 12_700;
    /// Units in one millimetre.
    pub const UNITS_PER_MM: i64 = 36_000;

    /// A length of so many raw units.
    pub const fn units(units: i64) -> Self {
        Self(units)
    }

    /// A length of whole points.
    pub const fn pt(pt: i64) -> Self {
        Self(pt * Self::UNITS_PER_PT)
    }

    /// A length of whole millimetres.
    pub const fn mm(mm: i64) -> Self {
        Self(mm * Self::UNITS_PER_MM)
    }

    /// A length of thousandths of a point: `from_millipt(11_250)` is 11.25 pt.
    pub const fn from_millipt(millipt: i64) -> Self {
        Self(millipt * Self::UNITS_PER_PT / 1000)
    }

    /// The raw units.
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// This length times `num / den`, rounded to the nearest unit, halves away
    /// from zero. `den` must not be zero.
    pub const fn scale(self, num: i64, den: i64) -> Self {
        // Nearly every product fits 64 bits, where a division takes a tenth of
        // the time.
        if let Some(product) = self.0.checked_mul(num)
            && let Some(size) = product.checked_abs()
            && let Some(den_size) = den.checked_abs()
            && let Some(raised) = size.checked_add(den_size / 2)
        {
            let rounded = raised / den_size;
            let minus = (product < 0) != (den < 0);
            return Self(if minus { -rounded } else { rounded });
        }
        let product = self.0 as i128 * num as i128;
        let den = den as i128;
        let half = den.abs() / 2;
        let rounded = if (product < 0) == (den < 0) {
            (product.abs() + half) / den.abs()
        } else {
            -((product.abs() + half) / den.abs())
        };
        Self(rounded as i64)
    }

    /// Half of this length, rounded towards zero.
    pub const fn half(self) -> Self {
        Self(self.0 / 2)
    }

    /// In points, for writers and reports only; never fed back into layout.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::UNITS_PER_PT as f64
    }

    /// In millimetres, for reports only.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / Self::UNITS_PER_MM as f64
    }

    /// In em of `size`, for reports only.
    pub fn to_em(self, size: Self) -> f64 {
        self.0 as f64 / size.0 as f64
    }

    /// The absolute length.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The smaller of two lengths.
    pub fn min(self, other: Self) -> Self {
        Ord::min(self, other)
    }

    /// The greater of two lengths.
    pub fn max(self, other: Self) -> Self {
        Ord::max(self, other)
    }

    /// How many whole `step`s fit into this length (0 for a step of no length).
    pub const fn whole(self, step: Self) -> i64 {
        if step.0 == 0 {
            0
        } else {
            self.0.div_euclid(step.0)
        }
    }

    /// How many `step`s cover this length: the count rounded up.
    pub const fn cover(self, step: Self) -> i64 {
        if step.0 == 0 {
            0
        } else {
            -(-self.0).div_euclid(step.0)
        }
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}

/// Division towards zero.
impl Div<i64> for Length {
    type Output = Self;
    fn div(self, parts: i64) -> Self {
        Self(self.0 / parts)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

/// A point on a page: x to the right, y downwards, from the trim's top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Point {
    /// To the right of the trim's left edge.
    pub x: Length,
    /// Below the trim's top edge.
    pub y: Length,
}

impl Point {
    /// A point from its coordinates.
    pub const fn new(x: Length, y: Length) -> Self {
        Self { x, y }
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Size {
    /// The width.
    pub width: Length,
    /// The height.
    pub height: Length,
}

impl Size {
    /// A size from its sides.
    pub const fn new(width: Length, height: Length) -> Self {
        Self { width, height }
    }
}

/// An upright rectangle on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Rect {
    /// The left edge.
    pub x: Length,
    /// The top edge.
    pub y: Length,
    /// The width.
    pub width: Length,
    /// The height.
    pub height: Length,
}

impl Rect {
    /// A rectangle from its top left corner and its sides.
    pub const fn new(x: Length, y: Length, width: Length, height: Length) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// The right edge.
    pub fn right(self) -> Length {
        self.x + self.width
    }

    /// The bottom edge.
    pub fn bottom(self) -> Length {
        self.y + self.height
    }

    /// Whether the two share an area (touching edges do not).
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether `other` lies wholly inside this rectangle.
    pub fn contains(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// This rectangle grown by `by` on all four sides.
    pub fn grown(self, by: Length) -> Self {
        Self::new(
            self.x - by,
            self.y - by,
            self.width + by * 2,
            self.height + by * 2,
        )
    }
}

/// The type sizes of a Chinese shop (字号) in thousandths of a DTP point,
/// largest first (requirements N11 and table N.0; systems disagree, so a
/// layout may overrule any of them in its own `[sizes]`).
pub const TYPE_SIZES: [(&str, i64); 16] = [
    ("初号", 42_000),
    ("小初", 36_000),
    ("一号", 26_000),
    ("小一", 24_000),
    ("二号", 22_000),
    ("小二", 18_000),
    ("三号", 16_000),
    ("小三", 15_000),
    ("四号", 14_000),
    ("小四", 12_000),
    ("五号", 10_500),
    ("小五", 9_000),
    ("六号", 7_500),
    ("小六", 6_500),
    ("七号", 5_500),
    ("八号", 5_000),
];

/// Thousandths as a decimal number of two places at most, for messages:
/// `0.67`, `2`.
pub fn decimal(thousandths: i64) -> String {
    let hundredths = (thousandths + 5) / 10;
    let text = format!("{}.{:02}", hundredths / 100, (hundredths % 100).abs());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The size a 字号 names, or `None` for a name that the table does not hold.
pub fn type_size(name: &str) -> Option<Length> {
    TYPE_SIZES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, millipt)| Length::from_millipt(millipt))
}

/// The largest size of the table below another: one size smaller. Below the
/// smallest there is none, and the size itself is the answer.
pub fn size_below(size: Length) -> Length {
    TYPE_SIZES
        .iter()
        .map(|&(_, millipt)| Length::from_millipt(millipt))
        .find(|&smaller| smaller < size)
        .unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p26_one_size_smaller_than_the_body() {
        assert_eq!(size_below(Length::pt(9)), Length::from_millipt(7_500));
        assert_eq!(size_below(Length::pt(10)), Length::pt(9));
        assert_eq!(size_below(Length::pt(5)), Length::pt(5));
    }

    #[test]
    fn points_and_millimetres_are_both_exact() {
        assert_eq!(Length::mm(254), Length::pt(720));
        assert_eq!(Length::from_millipt(11_250).raw(), 142_875);
    }

    #[test]
    fn scale_rounds_to_nearest_and_away_from_zero() {
        assert_eq!(Length::units(5).scale(1, 2), Length::units(3));
        assert_eq!(Length::units(-5).scale(1, 2), Length::units(-3));
        assert_eq!(Length::units(4).scale(1, 3), Length::units(1));
        assert_eq!(Length::units(5).scale(1, -2), Length::units(-3));
    }

    #[test]
    fn whole_and_cover_bracket_a_length() {
        let pitch = Length::pt(12);
        assert_eq!(Length::pt(25).whole(pitch), 2);
        assert_eq!(Length::pt(25).cover(pitch), 3);
        assert_eq!(Length::pt(24).cover(pitch), 2);
    }

    #[test]
    fn n11_size_names_convert() {
        assert_eq!(type_size("小五"), Some(Length::pt(9)));
        assert_eq!(type_size("大五"), None);
    }
}
