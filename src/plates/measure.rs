//! Where the most ink stands (N4, G17).

use super::Plates;
use super::mask::{Window, is_empty};
use crate::readback::Edges;

/// The place with the most ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heaviest {
    /// All inks together, in percent: 100 for each full one.
    pub percent: f64,
    /// Left, bottom, right and top in points of the page.
    pub edges: Edges,
}

/// The fullest square of a side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// The mean of all its inks together, in percent.
    pub percent: f64,
    /// Left, bottom, right and top in points of the page.
    pub edges: Edges,
}

impl Plates {
    /// The pixel with the most ink inside the bleed; `None` where no pixel is
    /// there.
    pub fn heaviest(&self) -> Option<Heaviest> {
        let window = self.printed();
        let sums = self.sums();
        let [left, top, right, bottom] = window;
        let places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
        let of = |(x, y): (i32, i32)| sums[y as usize * self.sheet.width + x as usize];
        // the first of several, from the top
        let (x, y) = places.rev().max_by_key(|&place| of(place))?;
        Some(Heaviest {
            percent: f64::from(of((x, y))) * 100.0 / 255.0,
            edges: self.edges([x, y, x + 1, y + 1]),
        })
    }

    /// Square millimetres inside the bleed with more ink than so many percent.
    pub fn area_over(&self, percent: f64) -> f64 {
        let sums = self.sums();
        let [left, top, right, bottom] = self.printed();
        let row = |y: i32| {
            let from = y as usize * self.sheet.width;
            &sums[from + left as usize..from + right as usize]
        };
        let limit = percent * 255.0 / 100.0;
        let over = (top..bottom).flat_map(row);
        let pixels = over.filter(|&&sum| f64::from(sum) > limit).count();
        let side = 25.4 / f64::from(self.dpi);
        pixels as f64 * side * side
    }

    /// The square of a side in millimetres whose mean ink is the highest,
    /// inside the bleed; `None` where no such square has room there (G17).
    pub fn fullest_square(&self, millimetres: f64) -> Option<Square> {
        let side = (millimetres / 25.4 * f64::from(self.dpi)).round() as usize;
        let [left, top, right, bottom] = self.printed();
        let columns = usize::try_from(right - left).ok()?;
        let rows = usize::try_from(bottom - top).ok()?;
        if side == 0 || columns < side || rows < side {
            return None;
        }
        let sums = self.sums();
        let line = |row: usize| {
            let from = (top as usize + row) * self.sheet.width + left as usize;
            &sums[from..from + columns]
        };
        // sums of `side` rows by column, moved down a row at a time
        let mut bands = vec![0_u64; columns];
        let mut best = (0_u64, 0, 0);
        for row in 0..rows {
            for (band, &sum) in bands.iter_mut().zip(line(row)) {
                *band += u64::from(sum);
            }
            if row >= side {
                for (band, &sum) in bands.iter_mut().zip(line(row - side)) {
                    *band -= u64::from(sum);
                }
            }
            if row + 1 < side {
                continue;
            }
            let mut inside: u64 = bands[..side].iter().sum();
            for column in 0..=columns - side {
                if column > 0 {
                    inside = inside + bands[column + side - 1] - bands[column - 1];
                }
                if inside > best.0 {
                    best = (inside, column, row + 1 - side);
                }
            }
        }
        let (inside, column, row) = best;
        let (x, y) = (left + column as i32, top + row as i32);
        let far = side as i32;
        Some(Square {
            percent: inside as f64 / (side * side) as f64 * 100.0 / 255.0,
            edges: self.edges([x, y, x + far, y + far]),
        })
    }

    /// The pixels inside the bleed.
    pub(super) fn printed(&self) -> Window {
        let by = self.by;
        let [a, b, c, d] = self.bleed;
        let column = |x: f64| ((x - self.media[0]) * by).round();
        let row = |y: f64| ((self.media[3] - y) * by).round();
        let within = |at: f64, size: usize| at.clamp(0.0, size as f64) as i32;
        let window = [
            within(column(a), self.sheet.width),
            within(row(d), self.sheet.height),
            within(column(c), self.sheet.width),
            within(row(b), self.sheet.height),
        ];
        if is_empty(window) { [0; 4] } else { window }
    }

    /// Points of the page that pixels stand on.
    fn edges(&self, [left, top, right, bottom]: Window) -> Edges {
        let by = 1.0 / self.by;
        let x = |column: i32| self.media[0] + f64::from(column) * by;
        let y = |row: i32| self.media[3] - f64::from(row) * by;
        [x(left), y(bottom), x(right), y(top)]
    }
}
