//! PNG's row filters before deflating.

/// Rows with PNG's Paeth filter before each: neighbouring pixels of a
/// photograph are alike, and their differences deflate to half the size. Rows
/// come one at a time, so that no second picture has to be kept.
pub(super) struct PaethRows {
    out: Vec<u8>,
    above: Vec<u8>,
    step: usize,
}

impl PaethRows {
    const PAETH: u8 = 4;

    /// Room for `rows` rows of `stride` bytes; `step` is the bytes of a pixel.
    pub(super) fn new(rows: u32, stride: usize, step: usize) -> Self {
        Self {
            out: Vec::with_capacity((stride + 1) * rows as usize),
            above: vec![0; stride],
            step: step.min(stride),
        }
    }

    /// Adds a row of `stride` bytes.
    pub(super) fn push(&mut self, row: &[u8]) {
        self.out.push(Self::PAETH);
        let (first, rest) = row.split_at(self.step.min(row.len()));
        let up = first.iter().zip(&self.above);
        self.out
            .extend(up.map(|(value, up)| value.wrapping_sub(*up)));
        let above = self.above.get(first.len()..).unwrap_or_default();
        let neighbours = row.iter().zip(above).zip(&self.above);
        self.out.extend(
            (rest.iter().zip(neighbours)).map(|(value, ((left, up), corner))| {
                value.wrapping_sub(paeth(*left, *up, *corner))
            }),
        );
        self.above.copy_from_slice(row);
    }

    /// All rows.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// The neighbour nearest to `left + up - corner` (PNG, third edition, 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::{PaethRows, paeth};

    #[test]
    fn rows_come_back_from_their_filter() {
        let pixels: Vec<u8> = (0..5 * 4 * 3)
            .map(|n: u32| (n * n * 7 % 251) as u8)
            .collect();
        let mut rows = PaethRows::new(4, 15, 3);
        for row in pixels.chunks_exact(15) {
            rows.push(row);
        }
        let filtered = rows.finish();
        let mut back: Vec<u8> = Vec::new();
        for (y, row) in filtered.chunks_exact(16).enumerate() {
            assert_eq!(row[0], 4);
            for (x, value) in row[1..].iter().enumerate() {
                let at = |dx: usize, dy: usize| {
                    if x < dx || y < dy {
                        0
                    } else {
                        back[(y - dy) * 15 + x - dx]
                    }
                };
                back.push(value.wrapping_add(paeth(at(3, 0), at(0, 1), at(3, 1))));
            }
        }
        assert_eq!(back, pixels);
    }
}
