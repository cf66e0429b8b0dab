//! Images decoded: components of eight bits a pixel, in the space they have.

use std::borrow::Cow;

use super::colour::Space;
use crate::base::pdf::{self, Array, Dict, ImageDecodeParams, Object, Stream, head};

/// Samples of one image that are held, its masks included; a newspaper page at
/// 300 ppi in four inks has 120 million.
const MOST: usize = 160_000_000;
/// Bytes that decoding an image may hold at a time.
const HELD: usize = 200_000_000;
/// Bytes of a palette: 256 colours of 32 inks.
const PALETTE: usize = 256 * 32;

/// Bytes of memory that decoding `pixels` of an image may take, in four inks: the
/// samples, and where they were filtered as often again three times.
pub(crate) fn work(pixels: f64) -> u64 {
    (pixels.max(0.0) * 16.0) as u64
}

/// A decoded image.
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Components of a pixel.
    pub(crate) count: usize,
    /// The components of all pixels, row by row from the top.
    pub(crate) samples: Vec<u8>,
    /// What they are; no longer places in a palette.
    pub(crate) space: Space,
    /// Opacity, of a soft mask, a stencil, or colours that are left out.
    pub(crate) alpha: Option<Box<Self>>,
    /// It has a mask that cannot be told: what shows of it is not known.
    pub(crate) unmasked: bool,
}

/// What is asked of a stream to be an image.
struct Facts {
    width: usize,
    height: usize,
    bits: u8,
    space: Space,
    palette: Option<Vec<u8>>,
    /// Lowest and highest value of each component, as `Decode` says.
    decode: Vec<(f64, f64)>,
    /// Lowest and highest raw sample of each component of colours that are
    /// left out; empty where none are.
    keyed: Vec<(u32, u32)>,
}

impl Picture {
    /// An image, with its masks; `None` where it cannot be told.
    pub(crate) fn read(stream: &Stream<'_>, space: Space, spaces: &Dict<'_>) -> Option<Self> {
        let mut picture = Self::plain(stream, space, spaces, false, MOST)?;
        let dict = stream.dict();
        let left = MOST - picture.samples.len();
        let mask = if let Some(mask) = dict.get::<Stream<'_>>("SMask") {
            Self::plain(&mask, Space::Gray, &Dict::empty(), false, left)
        } else if let Some(mask) = dict.get::<Stream<'_>>("Mask") {
            Self::plain(&mask, Space::Gray, &Dict::empty(), true, left)
        } else {
            // one in the data of a JPEG 2000 is not looked for
            picture.unmasked = dict.get::<i32>("SMaskInData").is_some_and(|kind| kind != 0);
            return Some(picture);
        };
        picture.unmasked = mask.is_none();
        picture.alpha = mask.map(Box::new);
        Some(picture)
    }

    /// An image without its masks; `None` where it cannot be told.
    pub(crate) fn opaque(stream: &Stream<'_>, space: Space, spaces: &Dict<'_>) -> Option<Self> {
        Self::plain(stream, space, spaces, false, MOST)
    }

    /// A stencil: 255 where it lets paint through.
    pub(crate) fn stencil(stream: &Stream<'_>) -> Option<Self> {
        Self::plain(stream, Space::Gray, &Dict::empty(), true, MOST)
    }

    /// An image by itself, of no more than `most` samples.
    fn plain(
        stream: &Stream<'_>,
        space: Space,
        spaces: &Dict<'_>,
        stencil: bool,
        most: usize,
    ) -> Option<Self> {
        let facts = Facts::read(stream, space, spaces, stencil)?;
        let Facts {
            width,
            height,
            bits,
            ..
        } = facts;
        let count = facts.space.components();
        let raw = count_of(&facts);
        // places in a palette are held beside their colours, as is what is
        // left out
        let beside = usize::from(facts.palette.is_some()) + usize::from(!facts.keyed.is_empty());
        let size = width
            .checked_mul(height)?
            .checked_mul(count.max(raw) + beside)?;
        if count * raw == 0 || size > most {
            return None;
        }
        let params = ImageDecodeParams {
            is_indexed: facts.palette.is_some(),
            bpc: Some(bits),
            num_components: u8::try_from(raw).ok(),
            target_dimension: None,
            width: width as u32,
            height: height as u32,
        };
        let found = pdf::unpacked_image(stream, &params, HELD).ok()?;
        let (across, bits) = match &found.image_data {
            Some(image) => (image.width as usize, image.bits_per_component),
            None => (width, bits),
        };
        let unpacked = unpack(found.data, across, height, raw, bits, width);
        let alpha = (!facts.keyed.is_empty()).then(|| Self {
            width,
            height,
            count: 1,
            samples: unkeyed(&unpacked, &facts.keyed),
            space: Space::Gray,
            alpha: None,
            unmasked: false,
        });
        let tables: Vec<[u8; 256]> = facts
            .decode
            .iter()
            .map(|&(low, high)| table(low, high, bits, facts.palette.is_some()))
            .collect();
        let samples = match &facts.palette {
            Some(palette) => coloured(&unpacked, &tables[0], palette, count),
            None => decoded(unpacked, &tables),
        };
        Some(Self {
            width,
            height,
            count,
            samples,
            space: facts.space,
            alpha: alpha.map(Box::new),
            unmasked: false,
        })
    }
}

/// The space that an image has by itself: a JPEG 2000 need not name one.
pub(crate) fn own_space(stream: &Stream<'_>) -> Option<Space> {
    let head = head::jpeg2000(&stream.raw_data())?;
    match head.colours.unwrap_or(head.count) {
        1 | 2 => Some(Space::Gray),
        3 => Some(Space::Rgb),
        4 => Some(Space::Cmyk),
        _ => None,
    }
}

/// Places in a palette as the colours that it has there.
fn coloured(places: &[u8], table: &[u8; 256], palette: &[u8], count: usize) -> Vec<u8> {
    let mut entries = vec![0; 256 * count];
    for (entry, &index) in entries.chunks_exact_mut(count).zip(table) {
        let from = usize::from(index) * count;
        let held = palette.get(from..).unwrap_or(&[]);
        entry
            .iter_mut()
            .zip(held)
            .for_each(|(to, &from)| *to = from);
    }
    let mut samples = Vec::with_capacity(places.len() * count);
    for &index in places {
        let from = usize::from(index) * count;
        samples.extend_from_slice(&entries[from..from + count]);
    }
    samples
}

/// 0 where all components of a pixel are within those that are left out, and
/// 255 elsewhere.
fn unkeyed(samples: &[u8], keyed: &[(u32, u32)]) -> Vec<u8> {
    let pixels = samples.chunks_exact(keyed.len());
    let is_out = |pixel: &[u8]| {
        let mut parts = pixel.iter().zip(keyed);
        parts.all(|(&sample, &(low, high))| (low..=high).contains(&u32::from(sample)))
    };
    pixels
        .map(|pixel| if is_out(pixel) { 0 } else { 255 })
        .collect()
}

/// The entries of the palette of an indexed image, one after the other, those
/// included that no pixel has; `None` where they cannot be told.
pub(crate) fn entries(stream: &Stream<'_>, spaces: &Dict<'_>) -> Option<Vec<u8>> {
    let dict = stream.dict();
    let space = dict
        .get::<Object<'_>>("ColorSpace")
        .or_else(|| dict.get::<Object<'_>>("CS"))?;
    palette(&space, spaces)
}

impl Facts {
    fn read(stream: &Stream<'_>, space: Space, spaces: &Dict<'_>, stencil: bool) -> Option<Self> {
        let dict = stream.dict();
        let size = |long: &str, short: &str| {
            let number = dict.get::<f64>(long).or_else(|| dict.get::<f64>(short))?;
            (1.0..=1_000_000.0)
                .contains(&number)
                .then_some(number as usize)
        };
        let bits = dict
            .get::<i32>("BitsPerComponent")
            .or_else(|| dict.get::<i32>("BPC"));
        let bits = match stencil {
            true => 1,
            false => u8::try_from(bits.unwrap_or(8)).ok()?,
        };
        if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
            return None;
        }
        let (space, palette) = match space {
            Space::Indexed(base) => (*base, Some(entries(stream, spaces)?)),
            space => (space, None),
        };
        let raw = if palette.is_some() {
            1
        } else {
            space.components()
        };
        let list = dict
            .get::<Array<'_>>("Decode")
            .or_else(|| dict.get::<Array<'_>>("D"));
        let list: Vec<f64> =
            list.map_or_else(Vec::new, |list| list.iter::<f64>().take(64).collect());
        let most = match palette {
            Some(_) => f64::from((1_u32 << bits.min(8)) - 1),
            None => 1.0,
        };
        let mut decode: Vec<(f64, f64)> = list
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect();
        if decode.len() != raw {
            decode = vec![(0.0, most); raw];
        }
        if stencil {
            // 0 marks the page, as a rule
            for range in &mut decode {
                *range = (1.0 - range.0, 1.0 - range.1);
            }
        }
        let keyed = dict.get::<Array<'_>>("Mask").filter(|_| !stencil);
        let keyed: Vec<u32> = keyed.map_or_else(Vec::new, |list| {
            let bounds = list.iter::<f64>().take(64);
            // of sixteen bits the upper eight are kept
            bounds
                .map(|bound| bound as u32 >> u32::from(bits).saturating_sub(8))
                .collect()
        });
        let mut keyed: Vec<(u32, u32)> = keyed
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect();
        if keyed.len() != raw {
            keyed.clear();
        }
        Some(Self {
            keyed,
            width: size("Width", "W")?,
            height: size("Height", "H")?,
            bits,
            space,
            palette,
            decode,
        })
    }
}

fn count_of(facts: &Facts) -> usize {
    match facts.palette {
        Some(_) => 1,
        None => facts.space.components(),
    }
}

/// The table of an indexed space.
fn palette(object: &Object<'_>, spaces: &Dict<'_>) -> Option<Vec<u8>> {
    let list = match object {
        Object::Array(list) => list.clone(),
        Object::Name(name) => spaces.get::<Array<'_>>(name.as_str())?,
        _ => return None,
    };
    match list.iter::<Object<'_>>().nth(3)? {
        Object::String(text) => Some(text.as_bytes().to_vec()),
        Object::Stream(stream) => Some(pdf::unpacked(&stream, PALETTE).ok()?.into_owned()),
        _ => None,
    }
}

/// Samples as their tables have them, a table a component.
fn decoded(mut samples: Vec<u8>, tables: &[[u8; 256]]) -> Vec<u8> {
    let is = |table: &[u8; 256], of: fn(u8) -> u8| {
        (0..=255).all(|raw| table[usize::from(raw)] == of(raw))
    };
    if tables.iter().all(|table| is(table, |raw| raw)) {
        // most images: nothing to do
    } else if tables.iter().all(|table| is(table, |raw| 255 - raw)) {
        // CMYK as Adobe's programs store it: many bytes at a time
        samples
            .iter_mut()
            .for_each(|sample| *sample = 255 - *sample);
    } else {
        for pixel in samples.chunks_exact_mut(tables.len().max(1)) {
            for (sample, table) in pixel.iter_mut().zip(tables) {
                *sample = table[usize::from(*sample)];
            }
        }
    }
    samples
}

/// Samples of eight bits, and of fewer as they are; rows end on whole bytes.
fn unpack(
    data: Cow<'_, [u8]>,
    across: usize,
    height: usize,
    count: usize,
    bits: u8,
    width: usize,
) -> Vec<u8> {
    let size = width * height * count;
    if across == width && bits >= 8 {
        // in place: there is no room for two of a large one
        let mut samples = data.into_owned();
        if bits == 16 {
            let half = samples.len() / 2;
            for at in 0..half {
                samples[at] = samples[2 * at];
            }
            samples.truncate(half);
        }
        samples.resize(size, 0);
        return samples;
    }
    let bits = usize::from(bits);
    let row = (across * count * bits).div_ceil(8);
    let mut samples = vec![0; size];
    for (y, out) in samples.chunks_exact_mut(width * count).enumerate() {
        let Some(line) = data.get(y * row..) else {
            break;
        };
        let line = &line[..line.len().min(row)];
        match bits {
            8 => {
                let shared = line.len().min(out.len());
                out[..shared].copy_from_slice(&line[..shared]);
            }
            16 => {
                for (sample, pair) in out.iter_mut().zip(line.chunks_exact(2)) {
                    *sample = pair[0];
                }
            }
            1 | 2 | 4 => {
                let each = 8 / bits;
                for (at, sample) in out.iter_mut().enumerate() {
                    let Some(&byte) = line.get(at / each) else {
                        break;
                    };
                    *sample = byte >> (8 - bits - at % each * bits) & ((1 << bits) - 1);
                }
            }
            _ => {}
        }
    }
    samples
}

/// What each raw sample comes to: parts of 255, or places in a palette.
fn table(low: f64, high: f64, bits: u8, indexed: bool) -> [u8; 256] {
    let most = match bits {
        16 => 255.0,
        bits => f64::from((1_u32 << bits.min(8)) - 1),
    };
    let mut table = [0; 256];
    for (raw, out) in (0_u16..).zip(&mut table) {
        let value = low + f64::from(raw).min(most) / most * (high - low);
        *out = match indexed {
            true => value.round().clamp(0.0, 255.0) as u8,
            // parts of 255
            false => (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8,
        };
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_of_fewer_bits_are_read_row_by_row() {
        // two rows of three pixels of two bits, each row ends on a byte
        let rows = [0b00_01_10_00, 0b11_10_01_00];
        assert_eq!(
            unpack(Cow::from(&rows[..]), 3, 2, 1, 2, 3),
            [0, 1, 2, 3, 2, 1]
        );
        assert_eq!(
            unpack(Cow::from(&[0b1010_0000][..]), 3, 1, 1, 1, 3),
            [1, 0, 1]
        );
        assert_eq!(unpack(Cow::from(&[1, 2, 3, 4][..]), 2, 1, 1, 16, 2), [1, 3]);
        // a row that is missing is bare
        assert_eq!(unpack(Cow::from(&[9][..]), 2, 2, 1, 8, 2), [9, 0, 0, 0]);
    }

    #[test]
    fn colours_that_are_left_out_are_bare() {
        let keyed = [(10, 20), (0, 5)];
        assert_eq!(
            unkeyed(&[10, 0, 20, 6, 9, 5, 15, 3], &keyed),
            [0, 255, 255, 0]
        );
    }

    #[test]
    fn n4_an_image_beyond_what_is_held_is_not_decoded() {
        let image = |width: usize, height: usize, more: &str| {
            format!(
                "<< /Width {width} /Height {height} /BitsPerComponent 8 /Length 1 {more} >>\nstream\n0\nendstream"
            )
        };
        let read = |file: &str, space: Space| {
            let stream = pdf::stream_of(file.as_bytes()).expect("a stream");
            Picture::read(&stream, space, &Dict::empty())
        };
        assert!(read(&image(9900, 9900, ""), Space::Cmyk).is_none());
        assert!(read(&image(1_000_000, 1_000_000, ""), Space::Gray).is_none());
        let jpeg = read(&image(2, 2, "/Filter /DCTDecode"), Space::Gray);
        assert!(jpeg.is_none());
        let rows = "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 >>";
        assert!(read(&image(2, 2, rows), Space::Gray).is_none());
        let few = read(&image(2, 2, ""), Space::Gray).expect("an image");
        assert_eq!(few.samples, [b'0', 0, 0, 0]);
    }

    #[test]
    fn samples_are_turned_by_their_tables() {
        let (plain, turned) = (table(0.0, 1.0, 8, false), table(1.0, 0.0, 8, false));
        assert_eq!(decoded(vec![1, 2, 3, 4], &[plain, plain]), [1, 2, 3, 4]);
        assert_eq!(
            decoded(vec![1, 2, 3, 4], &[turned, turned]),
            [254, 253, 252, 251]
        );
        assert_eq!(
            decoded(vec![1, 2, 3, 4], &[plain, turned]),
            [1, 253, 3, 251]
        );
    }

    #[test]
    fn decode_turns_and_stretches() {
        let plain = table(0.0, 1.0, 8, false);
        assert_eq!((plain[0], plain[100], plain[255]), (0, 100, 255));
        let turned = table(1.0, 0.0, 8, false);
        assert_eq!((turned[0], turned[100], turned[255]), (255, 155, 0));
        let two = table(0.0, 1.0, 2, false);
        assert_eq!(two[..4], [0, 85, 170, 255]);
        let places = table(0.0, 3.0, 2, true);
        assert_eq!(places[..4], [0, 1, 2, 3]);
    }
}
