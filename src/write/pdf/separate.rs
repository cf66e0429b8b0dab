//! 分色: photographs as ink.
//!
//! | A picture of | becomes | Why |
//! |---|---|---|
//! | CMYK, JPEG | the file as it is, `Decode` turned where its maker inverts | somebody separated it for a press already |
//! | CMYK, TIFF | `DeviceCMYK`, deflated, its inks as they are | the same |
//! | RGB, JPEG or WebP with loss | a CMYK JPEG of quality [`QUALITY`], no plane coarser than another | it lost what JPEG loses before; without loss it would be five times the size |
//! | RGB, else, at most 256 colours | `Indexed` over `DeviceCMYK` | only the palette is converted: small and exact |
//! | RGB, else | `DeviceCMYK`, deflated | what came without loss goes without |
//! | grey | `Separation /Black`, in the coding it came in | one plate and a quarter of the data, and no reader takes it for a screen's grey, as `DeviceGray` may be (X17, G10) |
//! | line art, one bit | the same in one bit, deflated | it must not be screened, and is judged by its own limit (G22) |
//!
//! RGB whose pixels are all neutral is grey. What came without loss and has more
//! than [`WITHOUT_LOSS`] samples becomes a JPEG of quality [`FINE`] all the same.

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType};

use super::deflate;
use super::predict::PaethRows;
use crate::base::colour::{GreyCurve, PressProfile, RgbTable};
use crate::base::photo::{Photo, Pixels};

/// Quality of the JPEGs that are made, of 100.
const QUALITY: u8 = 90;
/// Quality of those of pictures that are too large to go without loss.
const FINE: u8 = 95;
/// The most samples that go without loss: 24 million, of four inks a picture of
/// 6 million pixels. More would make a file, and take memory of everybody who
/// reads it, that no press sees the gain of.
pub(super) const WITHOUT_LOSS: usize = 24_000_000;
/// The most colours of a palette.
const PALETTE: usize = 256;

/// A picture in inks, ready to be written.
pub(super) struct Separated {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) inks: Inks,
    pub(super) coding: Coding,
    pub(super) data: Vec<u8>,
}

/// What the samples of a picture are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inks {
    /// Cyan, magenta, yellow and black, eight bits each.
    Cmyk,
    /// Black, eight bits: 255 is full ink.
    Black,
    /// Black, one bit: 1 is full ink.
    LineArt,
    /// Entries of a palette of inks, four bytes each.
    Palette {
        /// The palette.
        entries: Vec<u8>,
        /// Bits of a sample: 1, 2, 4 or 8.
        bits: u8,
    },
}

/// How the samples are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// DCT; `inverted` where 0 is full ink.
    Jpeg { inverted: bool },
    /// Deflated, with PNG's row filters.
    Filtered,
    /// Deflated as they are.
    Deflated,
}

/// Separates the pixels of a photograph for `press`, by its own profile. Those
/// that are inks already stay as they are.
///
/// # Errors
///
/// What the encoder says.
pub(super) fn separate(
    photo: &Photo,
    pixels: Pixels,
    press: &PressProfile,
) -> Result<Separated, String> {
    if pixels.bits == 1 {
        return Ok(line_art(&pixels));
    }
    let declared = pixels.components;
    if declared == 4 {
        return own_inks(pixels);
    }
    let profile = photo.profile();
    let pixels = pixels.grey_where_neutral();
    if pixels.components == 1 {
        // RGB that was neutral throughout is as grey as its profile is
        let own = profile.as_deref().filter(|_| declared == 1);
        return black(pixels, photo.lossy, &press.grey(own));
    }
    let table = press.rgb(profile.as_deref());
    if photo.lossy {
        return four_inks_jpeg(&pixels, &table, QUALITY);
    }
    match palette(&pixels) {
        Some((colours, indices)) => Ok(indexed(&pixels, &colours, &indices, &table)),
        None if samples(&pixels) * 4 > WITHOUT_LOSS => four_inks_jpeg(&pixels, &table, FINE),
        None => Ok(four_inks(pixels, &table)),
    }
}

/// Pixels of a picture.
fn samples(pixels: &Pixels) -> usize {
    pixels.width as usize * pixels.height as usize
}

/// White and black as no ink and full ink.
fn line_art(pixels: &Pixels) -> Separated {
    let inks: Vec<u8> = pixels.data.iter().map(|light| !light).collect();
    Separated {
        width: pixels.width,
        height: pixels.height,
        inks: Inks::LineArt,
        coding: Coding::Deflated,
        data: deflate::deflate(&inks, deflate::PICTURE),
    }
}

/// Four inks as they are.
fn own_inks(pixels: Pixels) -> Result<Separated, String> {
    let (width, height) = (pixels.width, pixels.height);
    if samples(&pixels) * 4 > WITHOUT_LOSS {
        return Ok(Separated {
            width,
            height,
            inks: Inks::Cmyk,
            coding: Coding::Jpeg { inverted: true },
            data: encode(OwnInkRows(&pixels), FINE)?,
        });
    }
    let mut rows = PaethRows::new(pixels.height, pixels.stride(), 4);
    pixels.rows().for_each(|row| rows.push(row));
    drop(pixels);
    Ok(Separated {
        width,
        height,
        inks: Inks::Cmyk,
        coding: Coding::Filtered,
        data: deflate::deflate(&rows.finish(), deflate::PICTURE),
    })
}

/// Grey as black ink.
fn black(pixels: Pixels, lossy: bool, curve: &GreyCurve) -> Result<Separated, String> {
    let (width, height) = (pixels.width, pixels.height);
    let large = samples(&pixels) > WITHOUT_LOSS;
    let (coding, data) = if lossy || large {
        let quality = if lossy { QUALITY } else { FINE };
        let image = BlackRows {
            pixels: &pixels,
            curve,
        };
        (Coding::Jpeg { inverted: false }, encode(image, quality)?)
    } else {
        let mut rows = PaethRows::new(pixels.height, pixels.stride(), 1);
        for row in pixels.rows() {
            let inks: Vec<u8> = row.iter().map(|grey| curve.ink(*grey)).collect();
            rows.push(&inks);
        }
        drop(pixels);
        let data = deflate::deflate(&rows.finish(), deflate::PICTURE);
        (Coding::Filtered, data)
    };
    Ok(Separated {
        width,
        height,
        inks: Inks::Black,
        coding,
        data,
    })
}

fn four_inks_jpeg(pixels: &Pixels, table: &RgbTable, quality: u8) -> Result<Separated, String> {
    Ok(Separated {
        width: pixels.width,
        height: pixels.height,
        inks: Inks::Cmyk,
        coding: Coding::Jpeg { inverted: true },
        data: encode(FourInkRows { pixels, table }, quality)?,
    })
}

fn four_inks(pixels: Pixels, table: &RgbTable) -> Separated {
    let (width, height) = (pixels.width, pixels.height);
    let stride = width as usize * 4;
    let mut rows = PaethRows::new(pixels.height, stride, 4);
    let mut inks = vec![0; stride];
    for row in pixels.rows() {
        table.convert(row, &mut inks);
        rows.push(&inks);
    }
    // what it was made from is not held while it is deflated
    drop(pixels);
    Separated {
        width,
        height,
        inks: Inks::Cmyk,
        coding: Coding::Filtered,
        data: deflate::deflate(&rows.finish(), deflate::PICTURE),
    }
}

/// The colours of a picture, rising, and the index of each pixel; `None` where
/// there are more than a palette holds.
fn palette(pixels: &Pixels) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut colours: Vec<[u8; 3]> = Vec::new();
    let each = || pixels.data.chunks_exact(3).map(|p| [p[0], p[1], p[2]]);
    let mut last = None;
    for colour in each() {
        if last == Some(colour) {
            continue;
        }
        last = Some(colour);
        if let Err(place) = colours.binary_search(&colour) {
            if colours.len() == PALETTE {
                return None;
            }
            colours.insert(place, colour);
        }
    }
    let mut known = ([0; 3], None);
    let indices = each()
        .map(|colour| {
            if known.1.is_none() || known.0 != colour {
                // each was met above, and there are 256 at most
                let place = colours.binary_search(&colour).unwrap_or(0);
                known = (colour, Some(u8::try_from(place).unwrap_or(0)));
            }
            known.1.unwrap_or(0)
        })
        .collect();
    Some((colours, indices))
}

fn indexed(pixels: &Pixels, colours: &[[u8; 3]], indices: &[u8], table: &RgbTable) -> Separated {
    let entries = colours.iter().flat_map(|rgb| table.inks(*rgb)).collect();
    let bits = match colours.len() {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    };
    let packed = pack(indices, pixels.width as usize, bits);
    Separated {
        width: pixels.width,
        height: pixels.height,
        inks: Inks::Palette { entries, bits },
        coding: Coding::Deflated,
        data: deflate::deflate(&packed, deflate::PICTURE),
    }
}

/// Samples of `bits` bits, rows beginning with whole bytes.
fn pack(samples: &[u8], width: usize, bits: u8) -> Vec<u8> {
    if bits == 8 {
        return samples.to_vec();
    }
    let each = usize::from(8 / bits);
    let byte = |part: &[u8]| {
        let mut byte = 0;
        for n in 0..each {
            byte = byte << bits | part.get(n).copied().unwrap_or(0);
        }
        byte
    };
    let rows = samples.chunks(width.max(1));
    rows.flat_map(|row| row.chunks(each).map(byte)).collect()
}

/// RGB rows that come out as inks, inverted as Adobe's programs store them:
/// readers look for it in JPEGs with four components.
struct FourInkRows<'a> {
    pixels: &'a Pixels,
    table: &'a RgbTable,
}

impl ImageBuffer for FourInkRows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Cmyk
    }

    fn width(&self) -> u16 {
        side(self.pixels.width)
    }

    fn height(&self) -> u16 {
        side(self.pixels.height)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let mut known = ([0; 3], self.table.inks([0; 3]));
        for pixel in row(self.pixels, y).chunks_exact(3) {
            let pixel = [pixel[0], pixel[1], pixel[2]];
            if pixel != known.0 {
                known = (pixel, self.table.inks(pixel));
            }
            for (buffer, ink) in buffers.iter_mut().zip(known.1) {
                buffer.push(255 - ink);
            }
        }
    }
}

/// Rows that are inks already, inverted as those of [`FourInkRows`].
struct OwnInkRows<'a>(&'a Pixels);

impl ImageBuffer for OwnInkRows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Cmyk
    }

    fn width(&self) -> u16 {
        side(self.0.width)
    }

    fn height(&self) -> u16 {
        side(self.0.height)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        for pixel in row(self.0, y).chunks_exact(4) {
            for (buffer, ink) in buffers.iter_mut().zip(pixel) {
                buffer.push(255 - ink);
            }
        }
    }
}

/// Grey rows that come out as black ink.
struct BlackRows<'a> {
    pixels: &'a Pixels,
    curve: &'a GreyCurve,
}

impl ImageBuffer for BlackRows<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Luma
    }

    fn width(&self) -> u16 {
        side(self.pixels.width)
    }

    fn height(&self) -> u16 {
        side(self.pixels.height)
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let inks = row(self.pixels, y).iter().map(|grey| self.curve.ink(*grey));
        buffers[0].extend(inks);
    }
}

fn row(pixels: &Pixels, y: u16) -> &[u8] {
    let stride = pixels.stride();
    let from = usize::from(y) * stride;
    pixels.data.get(from..from + stride).unwrap_or_default()
}

/// A side for the encoder; no photograph is longer than 30,000 pixels.
fn side(length: u32) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// A JPEG; each row is converted when its turn comes.
fn encode(image: impl ImageBuffer, quality: u8) -> Result<Vec<u8>, String> {
    // A byte a pixel, more than most need: what grows is copied, and what is not
    // written to takes no memory.
    let room = usize::from(image.width()) * usize::from(image.height());
    let mut out = Vec::with_capacity(room);
    let encoder = Encoder::new(&mut out, quality);
    let done = encoder.encode_image(image);
    done.map_err(|error| error.to_string())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{Pixels, pack, palette};

    #[test]
    fn samples_are_packed_row_by_row() {
        assert_eq!(pack(&[1, 0, 1, 1, 1, 0], 3, 1), [0b1010_0000, 0b1100_0000]);
        assert_eq!(pack(&[1, 2, 3], 3, 4), [0x12, 0x30]);
        assert_eq!(pack(&[9, 200], 2, 8), [9, 200]);
    }

    #[test]
    fn colours_are_counted_up_to_a_palette() {
        let of = |data: Vec<u8>| Pixels {
            width: (data.len() / 3) as u32,
            height: 1,
            components: 3,
            bits: 8,
            data,
        };
        let few = palette(&of(vec![9, 9, 9, 1, 2, 3, 9, 9, 9])).expect("a palette");
        assert_eq!(few, (vec![[1, 2, 3], [9, 9, 9]], vec![1, 0, 1]));
        let many: Vec<u8> = (0..=256_u32)
            .flat_map(|n| [(n % 256) as u8, (n / 256) as u8, 0])
            .collect();
        assert!(palette(&of(many[3..].to_vec())).is_some());
        assert!(palette(&of(many)).is_none());
    }
}
