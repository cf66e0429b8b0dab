//! The pixels of a page, piece by piece.

use super::coding::Rows;
use super::layout::Piece;
use super::{Meaning, Sheet};
use crate::base::photo::PhotoFault;
use crate::base::photo::pixels::{Alpha, Flat, Pixels, eight, paper};

/// The pixels of the first page, eight bits on white paper; of line art one
/// bit. Beside them a row is held, of CCITT a strip.
pub(in crate::base::photo) fn decode(data: &[u8]) -> Result<Pixels, PhotoFault> {
    let sheet = super::sheet(data)?;
    let components = match sheet.meaning {
        Meaning::Grey(_) => 1,
        Meaning::Rgb | Meaning::Palette(_) => 3,
        Meaning::Cmyk => 4,
    };
    let bits = if sheet.is_line_art() { 1 } else { 8 };
    let mut pixels = Pixels::blank((sheet.width, sheet.height), components, bits);
    if sheet.planar {
        sheet.planes(data, &mut pixels)?;
    } else {
        for piece in sheet.pieces.each(sheet.height) {
            sheet.piece(data, &piece, &mut pixels)?;
        }
    }
    Ok(pixels)
}

impl Sheet {
    /// A piece whose pixels have their samples side by side.
    fn piece(&self, data: &[u8], piece: &Piece, pixels: &mut Pixels) -> Result<(), PhotoFault> {
        let mut rows = self.coding.open(piece.bytes(data)?, piece.size)?;
        let mut row = Row::new(self, piece.size.0, self.channels);
        let flat = Flat {
            channels: self.channels,
            components: self.meaning.stored(),
            alpha: self.alpha,
            paper: paper(pixels.components),
        };
        for y in 0..piece.size.1.min(self.height - piece.corner.1) {
            row.read(self, &mut rows)?;
            let samples = match &self.meaning {
                Meaning::Palette(colours) => {
                    let of = |pixel: &[u8]| {
                        let place = usize::from(pixel[0]);
                        colours.get(place).copied().unwrap_or([255; 3])
                    };
                    let pixels = row.samples.chunks_exact(self.channels);
                    row.colours.clear();
                    row.colours.extend(pixels.flat_map(of));
                    row.colours.as_slice()
                }
                _ => {
                    let left = flat.on_paper(&mut row.samples);
                    &row.samples[..left]
                }
            };
            let (x, top) = piece.corner;
            pixels.lay(top + y, x, 1, self.cut(samples, x, pixels.components));
        }
        Ok(())
    }

    /// Planes, each of one channel: laid one after the other, the opacity last.
    fn planes(&self, data: &[u8], pixels: &mut Pixels) -> Result<(), PhotoFault> {
        let colours = self.meaning.stored();
        let (width, stride) = (self.width as usize, pixels.stride());
        let flat = Flat {
            channels: 2,
            components: 1,
            alpha: self.alpha,
            paper: paper(pixels.components),
        };
        for piece in self.pieces.each(self.height) {
            let opacity = piece.plane == colours && self.alpha != Alpha::None;
            if piece.plane >= colours && !opacity {
                continue;
            }
            let mut rows = self.coding.open(piece.bytes(data)?, piece.size)?;
            let mut row = Row::new(self, piece.size.0, 1);
            let (left, top) = (piece.corner.0 as usize, piece.corner.1);
            for y in 0..piece.size.1.min(self.height - top) {
                row.read(self, &mut rows)?;
                let from = (top + y) as usize * stride;
                let line = &mut pixels.data[from..from + stride];
                let each = usize::from(pixels.components);
                let places = line.chunks_exact_mut(each).skip(left);
                for (place, &sample) in places.zip(&row.samples).take(width - left) {
                    match (&self.meaning, opacity) {
                        (Meaning::Palette(palette), false) => {
                            let colour = palette.get(usize::from(sample));
                            place.copy_from_slice(colour.unwrap_or(&[255; 3]));
                        }
                        (_, false) => place[piece.plane] = sample,
                        (_, true) => {
                            for colour in place {
                                let pixel = &mut [*colour, sample];
                                flat.on_paper(pixel);
                                *colour = pixel[0];
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The samples of a row from column `x` that lie in the picture: tiles are
    /// padded.
    fn cut<'s>(&self, samples: &'s [u8], x: u32, components: u8) -> &'s [u8] {
        let most = (self.width - x) as usize * usize::from(components);
        &samples[..samples.len().min(most)]
    }
}

/// One row of a piece.
struct Row {
    bytes: Vec<u8>,
    /// Samples of eight bits; of a palette its places.
    samples: Vec<u8>,
    colours: Vec<u8>,
    /// Samples of a pixel.
    each: usize,
    count: usize,
}

impl Row {
    fn new(sheet: &Sheet, width: u32, each: usize) -> Self {
        let count = width as usize * each;
        Self {
            bytes: vec![0; (count * usize::from(sheet.bits)).div_ceil(8)],
            samples: Vec::with_capacity(count),
            colours: Vec::new(),
            each,
            count,
        }
    }

    /// Reads the next row into `samples`.
    fn read(&mut self, sheet: &Sheet, rows: &mut Rows<'_>) -> Result<(), PhotoFault> {
        rows.fill(&mut self.bytes)?;
        self.samples.clear();
        match sheet.bits {
            16 => {
                let pairs = self.bytes.chunks_exact(2).map(|p| [p[0], p[1]]);
                let of = |pair| match sheet.little {
                    true => u16::from_le_bytes(pair),
                    false => u16::from_be_bytes(pair),
                };
                let mut left = [0_u16; 16];
                self.samples.extend(pairs.enumerate().map(|(n, pair)| {
                    let mut value = of(pair);
                    if sheet.differences {
                        let left = &mut left[n % self.each];
                        value = value.wrapping_add(*left);
                        *left = value;
                    }
                    eight(value)
                }));
            }
            8 => {
                self.samples.extend_from_slice(&self.bytes);
                if sheet.differences {
                    for n in self.each..self.samples.len() {
                        self.samples[n] = self.samples[n].wrapping_add(self.samples[n - self.each]);
                    }
                }
            }
            bits => {
                let (each, most) = (usize::from(8 / bits), (1_u16 << bits) - 1);
                let scale = match sheet.meaning {
                    Meaning::Palette(_) => 1,
                    _ => 255 / most,
                };
                self.samples.extend((0..self.count).map(|n| {
                    let shift = 8 - usize::from(bits) * (n % each + 1);
                    let value = u16::from(self.bytes[n / each]) >> shift & most;
                    (value * scale) as u8
                }));
            }
        }
        if sheet.meaning == Meaning::Grey(true) {
            // from white: of each pixel the grey, not the opacity
            for pixel in self.samples.chunks_exact_mut(self.each) {
                pixel[0] = 255 - pixel[0];
            }
        }
        Ok(())
    }
}
