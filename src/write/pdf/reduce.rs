//! 缩小: pictures with more pixels than the press can show.
//!
//! Each new pixel is the mean of the area that it covers, parts of pixels by
//! their part: nothing rings, nothing is passed over, and with whole numbers
//! the same picture gives the same bytes everywhere. Means are taken of the
//! samples as they are coded, as picture programs do.

use crate::base::geom::Length;
use crate::base::photo::Pixels;
use crate::page::PlacedPhoto;

/// The most pixels of a picture in the file: 32 million, more than a whole
/// broadsheet page has at 300 ppi. A reader needs four bytes for each.
const MOST: u64 = 32_000_000;

/// The size, as stored, that a placed picture needs for `ppi` pixels an inch on
/// both axes; of each the next higher number of pixels.
pub(super) fn needed(placed: &PlacedPhoto, ppi: u16) -> (u32, u32) {
    let photo = &placed.photo;
    let (wide, high) = photo.upright_size();
    let need = |pixels: u32, shown: u32, length: Length| {
        let inch = u128::from(72 * Length::UNITS_PER_PT.unsigned_abs());
        let length = u128::from(length.raw().unsigned_abs());
        let whole = length * u128::from(ppi) * u128::from(pixels);
        let need = whole.div_ceil(inch * u128::from(shown.max(1)));
        u32::try_from(need).unwrap_or(u32::MAX).clamp(1, pixels)
    };
    let [_, _, across, down] = match placed.crop {
        [_, _, across, down] if across == 0 || down == 0 => [0, 0, wide, high],
        crop => crop,
    };
    let width = need(wide, across, placed.rect.width);
    let height = need(high, down, placed.rect.height);
    // lying on its side it is stored the other way round
    match photo.orientation {
        5..=8 => (height, width),
        _ => (width, height),
    }
}

/// The size that a picture of `size` is stored in, where `need` is asked for:
/// never larger than it is, nor than [`MOST`] pixels.
pub(super) fn stored(size: (u32, u32), need: Option<(u32, u32)>) -> (u32, u32) {
    let (width, height) = need.map_or(size, |need| (need.0.min(size.0), need.1.min(size.1)));
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= MOST {
        return (width, height);
    }
    // the same part of both sides
    let part = |side: u32| {
        let square = u128::from(side) * u128::from(side) * u128::from(MOST);
        let side = (square / u128::from(pixels)).isqrt();
        u32::try_from(side).unwrap_or(side as u32).max(1)
    };
    (part(width), part(height))
}

/// The picture in the smaller `size`, in the room it has: a new row ends no
/// later than the old rows that it is made from. Line art and a picture that is
/// no larger stay as they are.
pub(super) fn reduce(mut pixels: Pixels, size: (u32, u32)) -> Pixels {
    let (width, height) = (size.0.min(pixels.width), size.1.min(pixels.height));
    if pixels.bits == 1 || (width, height) == (pixels.width, pixels.height) {
        return pixels;
    }
    let each = usize::from(pixels.components);
    let across = spans(pixels.width, width);
    let down = spans(pixels.height, height);
    // a whole area has as many parts as the picture pixels
    let area = u64::from(pixels.width) * u64::from(pixels.height);
    let stride = pixels.stride();
    let mut sums = vec![0_u64; width as usize * each];
    let mut line = sums.clone();
    let mut known = None;
    for (y, rows) in down.iter().enumerate() {
        sums.fill(0);
        for (row, weight) in rows.parts() {
            // a row on the edge of two areas counts for both
            if known != Some(row) {
                known = Some(row);
                let row = &pixels.data[row * stride..(row + 1) * stride];
                for (out, columns) in line.chunks_exact_mut(each).zip(&across) {
                    out.fill(0);
                    for (column, weight) in columns.parts() {
                        let pixel = &row[column * each..(column + 1) * each];
                        for (out, sample) in out.iter_mut().zip(pixel) {
                            *out += u64::from(*sample) * weight;
                        }
                    }
                }
            }
            for (sum, part) in sums.iter_mut().zip(&line) {
                *sum += part * weight;
            }
        }
        let from = y * sums.len();
        for (sample, sum) in pixels.data[from..].iter_mut().zip(&sums) {
            *sample = ((sum + area / 2) / area) as u8;
        }
    }
    pixels.data.truncate(height as usize * sums.len());
    (pixels.width, pixels.height) = (width, height);
    pixels
}

/// The old pixels that lie under a new one.
struct Span {
    first: usize,
    /// Parts of the first, of the last, and of each between them.
    weights: [u64; 3],
    count: usize,
}

impl Span {
    /// The old pixels, with their parts.
    fn parts(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let [first, last, between] = self.weights;
        (0..self.count).map(move |n| {
            let weight = match n {
                0 => first,
                n if n + 1 == self.count => last,
                _ => between,
            };
            (self.first + n, weight)
        })
    }
}

/// The spans of a side of `from` pixels that becomes one of `to`. An old pixel
/// has `to` parts, a new one takes `from` of them.
fn spans(from: u32, to: u32) -> Vec<Span> {
    let (from, to) = (u64::from(from), u64::from(to.max(1)));
    let span = |n: u64| {
        let (start, end) = (n * from, (n + 1) * from);
        let (first, last) = (start / to, (end - 1) / to);
        let head = ((first + 1) * to).min(end) - start;
        Span {
            first: first as usize,
            weights: [head, end - last * to, to],
            count: (last - first + 1) as usize,
        }
    };
    (0..to).map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32, data: Vec<u8>) -> Pixels {
        Pixels {
            width,
            height,
            components: 1,
            bits: 8,
            data,
        }
    }

    #[test]
    fn a_new_pixel_is_the_mean_of_its_area() {
        let half = reduce(grey(4, 2, vec![0, 10, 20, 30, 2, 12, 22, 33]), (2, 1));
        assert_eq!((half.width, half.height, half.data), (2, 1, vec![6, 26]));
        // three to two: a pixel and a half each
        let uneven = reduce(grey(3, 1, vec![0, 90, 240]), (2, 1));
        assert_eq!(uneven.data, [30, 190]);
        // a row on the edge of two areas is read before it is written over
        let tall = reduce(grey(1, 3, vec![0, 90, 240]), (1, 2));
        assert_eq!(tall.data, [30, 190]);
        let wide = reduce(grey(2, 3, vec![0, 2, 90, 92, 240, 242]), (1, 3));
        assert_eq!(wide.data, [1, 91, 241]);
        let flat = reduce(grey(7, 5, vec![77; 35]), (3, 2));
        assert_eq!(flat.data, [77; 6]);
    }

    #[test]
    fn nothing_becomes_larger_and_line_art_stays() {
        let same = reduce(grey(2, 1, vec![1, 2]), (9, 9));
        assert_eq!(same.data, [1, 2]);
        let art = Pixels {
            bits: 1,
            ..grey(16, 1, vec![0xAA, 0x55])
        };
        assert_eq!(reduce(art, (2, 1)).data, [0xAA, 0x55]);
    }

    #[test]
    fn colours_are_reduced_each_by_itself() {
        let pixels = Pixels {
            components: 3,
            ..grey(2, 1, vec![0, 100, 200, 10, 110, 250])
        };
        assert_eq!(reduce(pixels, (1, 1)).data, [5, 105, 225]);
    }

    #[test]
    fn a_picture_is_stored_no_larger_than_a_page_can_show() {
        assert_eq!(stored((300, 200), None), (300, 200));
        assert_eq!(stored((300, 200), Some((100, 900))), (100, 200));
        let (width, height) = stored((10_000, 8_000), None);
        assert_eq!((width, height), (6324, 5059));
    }
}
