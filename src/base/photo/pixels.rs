//! A photograph's pixels: eight bits a component, flattened on white paper, or
//! one bit where it is line art.

/// Pixels, row after row from the top, as the file stores them.
#[derive(Debug)]
pub struct Pixels {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// 1 grey, 3 RGB, 4 CMYK.
    pub components: u8,
    /// 8; of line art 1: 1 is white, eight pixels a byte from the highest bit,
    /// rows beginning with whole bytes.
    pub bits: u8,
    /// The samples. Grey and RGB are light, CMYK is ink: 255 is full.
    pub data: Vec<u8>,
}

impl Pixels {
    /// Room for a picture, white.
    pub(super) fn blank(size: (u32, u32), components: u8, bits: u8) -> Self {
        let mut pixels = Self {
            width: size.0,
            height: size.1,
            components,
            bits,
            data: Vec::new(),
        };
        pixels.data = vec![paper(components); pixels.stride() * size.1 as usize];
        pixels
    }

    /// Lays samples of eight bits into row `y`, the first pixel at `x` and each
    /// further one `step` on. What reaches out of the picture is left out.
    pub(super) fn lay(&mut self, y: u32, x: u32, step: u32, samples: &[u8]) {
        let stride = self.stride();
        let from = y as usize * stride;
        let Some(row) = self.data.get_mut(from..from + stride) else {
            return;
        };
        let (x, step) = (x as usize, step.max(1) as usize);
        let each = usize::from(self.components);
        if self.bits == 1 {
            let places = (x..self.width as usize).step_by(step);
            for (place, sample) in places.zip(samples) {
                let bit = 0x80 >> (place % 8);
                match *sample < 128 {
                    true => row[place / 8] &= !bit,
                    false => row[place / 8] |= bit,
                }
            }
        } else if step == 1 {
            let row = row.get_mut(x * each..).unwrap_or_default();
            let shared = row.len().min(samples.len());
            row[..shared].copy_from_slice(&samples[..shared]);
        } else {
            let places = row.chunks_exact_mut(each).skip(x).step_by(step);
            for (place, sample) in places.zip(samples.chunks_exact(each)) {
                place.copy_from_slice(sample);
            }
        }
    }

    /// RGB pixels that are all neutral as the grey they are; others as they
    /// were.
    #[must_use]
    pub fn grey_where_neutral(mut self) -> Self {
        let neutral = |pixel: &[u8]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
        if self.components == 3 && self.data.chunks_exact(3).all(neutral) {
            let count = self.data.len() / 3;
            for n in 0..count {
                self.data[n] = self.data[n * 3];
            }
            self.data.truncate(count);
            self.components = 1;
        }
        self
    }

    /// The rows, from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.data.chunks_exact(self.stride().max(1))
    }

    /// Bytes of a row.
    pub fn stride(&self) -> usize {
        match self.bits {
            1 => (self.width as usize).div_ceil(8),
            _ => self.width as usize * usize::from(self.components),
        }
    }
}

/// What a channel behind the colours does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    /// There is none, or it says nothing of opacity.
    None,
    /// Opacity; the colours are whole.
    Straight,
    /// Opacity; the colours were multiplied by it.
    Multiplied,
}

/// How the samples of a file become [`Pixels`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Flat {
    /// Samples of a pixel in the file.
    pub(super) channels: usize,
    /// How many of them are colours: the first.
    pub(super) components: usize,
    /// What the sample after the colours is.
    pub(super) alpha: Alpha,
    /// Bare paper: 255 where the samples are light, 0 where they are ink.
    pub(super) paper: u8,
}

impl Flat {
    /// A row laid on white paper (X19: no soft masks), in the room it has;
    /// hands out how many bytes of it are left.
    pub(super) fn on_paper(self, row: &mut [u8]) -> usize {
        let Self {
            channels,
            components,
            alpha,
            paper,
        } = self;
        if channels == components {
            return row.len();
        }
        let count = row.len() / channels.max(1);
        let paper = u32::from(paper);
        for n in 0..count {
            let opaque = u32::from(row[n * channels + components]);
            for c in 0..components {
                let value = u32::from(row[n * channels + c]);
                let mixed = match alpha {
                    Alpha::None => value,
                    Alpha::Straight => (value * opaque + paper * (255 - opaque) + 127) / 255,
                    Alpha::Multiplied => value + (paper * (255 - opaque) + 127) / 255,
                };
                row[n * components + c] = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
        }
        count * components
    }
}

/// What bare paper is in a picture of so many components: no ink, or all light.
pub(super) fn paper(components: u8) -> u8 {
    if components == 4 { 0 } else { u8::MAX }
}

/// Sixteen bits as eight, to the nearest.
pub(super) fn eight(sixteen: u16) -> u8 {
    ((u32::from(sixteen) + 128) / 257) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x19_alpha_is_laid_on_white() {
        let flat = |components, alpha, row: &[u8]| {
            let mut row = row.to_vec();
            let channels = components + 1;
            let left = Flat {
                channels,
                components,
                alpha,
                paper: paper(components as u8),
            }
            .on_paper(&mut row);
            row.truncate(left);
            row
        };
        assert_eq!(
            flat(1, Alpha::Straight, &[0, 255, 0, 0, 100, 128]),
            [0, 255, 177]
        );
        let row = [10, 20, 30, 255, 1, 2, 3, 0];
        assert_eq!(flat(3, Alpha::Straight, &row), [10, 20, 30, 255, 255, 255]);
        // half of a black that was multiplied already
        assert_eq!(flat(1, Alpha::Multiplied, &[0, 128, 50, 128]), [127, 177]);
        // paper is no ink
        assert_eq!(flat(4, Alpha::Straight, &[255, 0, 0, 9, 0]), [0; 4]);
        assert_eq!(flat(1, Alpha::None, &[7, 0, 8, 0]), [7, 8]);
    }

    #[test]
    fn sixteen_bits_are_rounded() {
        assert_eq!(
            [0, 128, 129, 32_768, 65_535].map(eight),
            [0, 0, 1, 128, 255]
        );
        assert!((0..=255_u8).all(|v| eight(u16::from(v) * 257) == v));
    }

    #[test]
    fn line_art_is_packed_and_passes_fill_their_places() {
        let mut art = Pixels::blank((10, 2), 1, 1);
        art.lay(1, 1, 4, &[0, 0, 0]);
        assert_eq!(art.data, [255, 255, 0b1011_1011, 0b1011_1111]);
        let mut grey = Pixels::blank((4, 1), 1, 8);
        grey.lay(0, 1, 2, &[5, 6, 7]);
        grey.lay(0, 2, 1, &[9]);
        assert_eq!(grey.data, [255, 5, 9, 6]);
    }

    #[test]
    fn neutral_pixels_are_grey() {
        let of = |data: Vec<u8>| Pixels {
            width: 2,
            height: 1,
            components: 3,
            bits: 8,
            data,
        };
        let grey = of(vec![7, 7, 7, 9, 9, 9]).grey_where_neutral();
        assert_eq!((grey.components, grey.data), (1, vec![7, 9]));
        let colour = of(vec![7, 7, 7, 9, 9, 8]).grey_where_neutral();
        assert_eq!(colour.components, 3);
    }
}
