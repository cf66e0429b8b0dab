//! Photographs: what the make-up and the writers need to know of a file.
//!
//! A photo is read without being decoded. A JPEG may go into the PDF as it is,
//! so its markers are walked from end to end; of a PNG every chunk's check
//! sum is taken; the pieces of a TIFF and the chunks of a WebP must lie within
//! the file. A file that was cut off is found here, before a page is made
//! around it. What decoding would take is reckoned here too, from the head
//! alone: a small file may claim to be a huge picture.

mod error;
mod focus;
mod guest;
mod ifd;
mod jpeg;
mod pdf;
mod pixels;
mod png;
mod svg;
mod tiff;
mod webp;

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::Arc;

use flate2::read::ZlibDecoder;

pub use error::{PhotoError, PhotoFault};
pub use focus::{Focus, Part};
pub use guest::GuestFault;
pub use pixels::Pixels;
pub use svg::{Drawing, Outline, OutlineStep, Stroke};

use crate::base::bytes::Bytes;
use crate::base::memory;

/// The longest side that a photograph may have, in pixels.
pub const MAX_SIDE: u32 = 30_000;
/// The most pixels that a photograph may have: 200 million, ten times what
/// half a broadsheet page needs.
pub const MAX_PIXELS: u64 = 200_000_000;
/// The most memory that decoding a photograph may take, 140 MiB: all that there
/// is for it.
pub const MAX_WORK: u64 = memory::MOST;
/// The most memory that a photograph's file, its decoding and what it becomes may
/// take together: 160 MiB. The file is held as long as its page.
pub const MAX_HELD: u64 = 160 << 20;
/// The largest ICC profile of a photograph that is read: 4 MiB. Those of
/// cameras and screens have up to one.
const LARGEST_PROFILE: u64 = 4 << 20;

/// The form of a photograph's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoFormat {
    /// JPEG: in CMYK passed through into the PDF.
    Jpeg,
    /// PNG.
    Png,
    /// TIFF: its first page.
    Tiff,
    /// WebP: its first frame.
    WebP,
    /// A PDF of one page: its objects go into the file (N17).
    Pdf,
    /// SVG: outlines in flat colours.
    Svg,
}

impl PhotoFormat {
    /// Whether it is drawn, not made of pixels. Its width and height are then
    /// tenths of a point.
    pub fn is_art(self) -> bool {
        matches!(self, Self::Pdf | Self::Svg)
    }
}

/// A photograph, read but not decoded. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Photo {
    /// The file as the copy or the issue names it.
    pub name: Arc<str>,
    /// The whole file.
    pub bytes: Bytes,
    /// Its form.
    pub format: PhotoFormat,
    /// Pixels across, as stored: 1–30,000; of art tenths of a point.
    pub width: u32,
    /// Pixels down, as stored: 1–30,000; of art tenths of a point.
    pub height: u32,
    /// Colour components without alpha: 1 grey, 3 RGB (or a palette of it),
    /// 4 CMYK.
    pub components: u8,
    /// Bits a component; where there is a palette, bits an index.
    pub bits: u8,
    /// Whether something of it is transparent: an alpha channel, or a PNG's
    /// `tRNS` chunk.
    pub alpha: bool,
    /// Whether its pixels are indices into a palette.
    pub palette: bool,
    /// The colour transform of a JPEG's Adobe segment: 0 none, 1 `YCbCr`,
    /// 2 `YCCK`; `None` without such a segment.
    pub adobe_transform: Option<u8>,
    /// Whether a CMYK JPEG stores its inks inverted, as Adobe's programs do:
    /// the PDF then needs a `Decode` array of `[1 0 …]`.
    pub inverted: bool,
    /// EXIF orientation, 1–8; 1 is upright. The writer turns the picture by
    /// its transformation; see [`Photo::upright_size`].
    pub orientation: u8,
    /// Byte ranges of the ICC profile. A JPEG may have it in pieces, in
    /// order; a PNG's one piece is compressed (zlib).
    pub icc: Vec<Range<usize>>,
    /// Whether its coding lost something: JPEG, and WebP but for its lossless
    /// kind.
    pub lossy: bool,
    /// Whether pages or frames follow the one that is taken.
    pub more: bool,
    /// Bytes of memory that decoding takes, at most [`MAX_WORK`].
    pub work: u64,
}

impl Photo {
    /// Reads a photograph's head and walks its file to the end. `name` is
    /// for messages.
    ///
    /// # Errors
    ///
    /// What is wrong: not a photo, cut off, damaged, or of a kind that is
    /// not taken, with the reason.
    pub fn read(name: &str, bytes: Bytes) -> Result<Self, PhotoError> {
        let data = bytes.as_ref();
        let head = if data.starts_with(&jpeg::SIGNATURE) {
            jpeg::read(data)
        } else if data.starts_with(&png::SIGNATURE) {
            png::read(data)
        } else if tiff::SIGNATURES.iter().any(|mark| data.starts_with(mark)) {
            tiff::read(data)
        } else if webp::is_webp(data) {
            webp::read(data)
        } else if data.starts_with(crate::base::pdf::SIGNATURE) {
            pdf::read(&bytes)
        } else if svg::is_svg(data) {
            svg::read(data)
        } else {
            Err(PhotoFault::unknown(data))
        };
        let head = head
            .and_then(|head| head.checked(data.len() as u64))
            .map_err(|fault| PhotoError {
                name: name.into(),
                fault,
            })?;
        Ok(Self {
            name: name.into(),
            format: head.format,
            width: head.width,
            height: head.height,
            components: head.components,
            bits: head.bits,
            alpha: head.alpha,
            palette: head.palette,
            adobe_transform: head.adobe_transform,
            inverted: head.components == 4 && head.adobe_transform.is_some(),
            orientation: head.orientation,
            icc: head.icc,
            lossy: head.lossy,
            more: head.more,
            work: head.work,
            bytes,
        })
    }

    /// The photo, if its pixels can be decoded too. A JPEG was walked from end
    /// to end by [`Photo::read`]; of the other kinds damage shows only when
    /// they are decoded, and the page around them would be made in vain.
    ///
    /// # Errors
    ///
    /// What is wrong with the pixels.
    pub fn decodable(self) -> Result<Self, PhotoError> {
        if self.format == PhotoFormat::Jpeg || self.format.is_art() {
            return Ok(self);
        }
        let share = memory::Share::take(self.work);
        let pixels = self.pixels();
        drop(share);
        match pixels {
            Ok(_) => Ok(self),
            Err(fault) => Err(PhotoError {
                name: self.name.to_string(),
                fault,
            }),
        }
    }

    /// The pixels as stored, eight bits a component on white paper, of line art
    /// one bit. Takes no more than [`Photo::work`] bytes of memory, and some
    /// rows.
    ///
    /// # Errors
    ///
    /// What is wrong with them; art and CMYK JPEGs have none to hand out.
    pub fn pixels(&self) -> Result<Pixels, PhotoFault> {
        let data = self.bytes.as_ref();
        match self.format {
            PhotoFormat::Jpeg if self.components == 4 => Err(PhotoFault::refused(
                "CMYK 的 JPEG 原样放入，不解开",
                "a JPEG in CMYK goes in as it is and is not decoded",
            )),
            PhotoFormat::Jpeg => jpeg::decode(data),
            PhotoFormat::Png => png::decode(data, self.is_line_art()),
            PhotoFormat::Tiff => tiff::decode(data),
            PhotoFormat::WebP => webp::decode(data, MAX_WORK),
            PhotoFormat::Pdf | PhotoFormat::Svg => {
                Err(PhotoFault::refused("图稿没有像素", "art has no pixels"))
            }
        }
    }

    /// Whether it is line art (线条稿): one bit a pixel, black and white, which
    /// stays so in the file (G22).
    pub fn is_line_art(&self) -> bool {
        self.components == 1 && self.bits == 1 && !self.palette && !self.alpha
    }

    /// The file of a PDF, opened.
    ///
    /// # Errors
    ///
    /// What is wrong with it; nothing that [`Photo::read`] has not said.
    pub(crate) fn open_pdf(&self) -> Result<crate::base::pdf::Pdf, PhotoFault> {
        pdf::open(&self.bytes)
    }

    /// What the page of a PDF brings along that a press file must not hold.
    ///
    /// # Errors
    ///
    /// As [`Photo::read`].
    pub fn guest_faults(&self) -> Result<Vec<GuestFault>, PhotoFault> {
        Ok(guest::faults(&self.open_pdf()?))
    }

    /// The outlines of an SVG.
    ///
    /// # Errors
    ///
    /// What is wrong with it; nothing that [`Photo::read`] has not said.
    pub fn drawing(&self) -> Result<Drawing, PhotoFault> {
        svg::drawing(self.bytes.as_ref())
    }

    /// Width and height as the picture is looked at: exchanged for the
    /// orientations that lie on their side.
    pub fn upright_size(&self) -> (u32, u32) {
        if self.orientation >= 5 {
            (self.height, self.width)
        } else {
            (self.width, self.height)
        }
    }

    /// The ICC profile; empty where it came in pieces that are not whole,
    /// cannot be unpacked, or is too large to be one. `None` where there is
    /// none.
    pub fn profile(&self) -> Option<Cow<'_, [u8]>> {
        let bytes = self.icc_bytes()?;
        let most = LARGEST_PROFILE;
        let whole = |bytes: &[u8]| bytes.len() as u64 <= most;
        if self.format != PhotoFormat::Png {
            return Some(if whole(&bytes) { bytes } else { Cow::default() });
        }
        let mut profile = Vec::new();
        let mut stream = ZlibDecoder::new(bytes.as_ref()).take(most + 1);
        let read = stream.read_to_end(&mut profile);
        let read = read.is_ok() && whole(&profile);
        Some(if read { profile.into() } else { Cow::default() })
    }

    /// The bytes of the ICC profile: of a JPEG the profile, of a PNG its
    /// zlib stream. `None` where there is none.
    fn icc_bytes(&self) -> Option<Cow<'_, [u8]>> {
        let data = self.bytes.as_ref();
        match self.icc.as_slice() {
            [] => None,
            [one] => data.get(one.clone()).map(Cow::Borrowed),
            pieces => {
                let pieces = pieces.iter().filter_map(|piece| data.get(piece.clone()));
                Some(Cow::Owned(pieces.flatten().copied().collect()))
            }
        }
    }
}

/// What the readers find.
#[derive(Debug)]
struct Head {
    format: PhotoFormat,
    width: u32,
    height: u32,
    components: u8,
    bits: u8,
    alpha: bool,
    palette: bool,
    adobe_transform: Option<u8>,
    orientation: u8,
    icc: Vec<Range<usize>>,
    lossy: bool,
    more: bool,
    work: u64,
}

/// Points in tenths, one at least.
fn tenths(points: f32) -> u32 {
    // a page has some thousand points: nothing is lost
    let tenths = (points * 10.0).round().clamp(1.0, 1_000_000.0);
    tenths as u32
}

impl Head {
    /// Of art, which has no pixels.
    fn art(format: PhotoFormat, width: u32, height: u32) -> Self {
        Self {
            format,
            width,
            height,
            components: 0,
            bits: 0,
            alpha: false,
            palette: false,
            adobe_transform: None,
            orientation: 1,
            icc: Vec::new(),
            lossy: false,
            more: false,
            work: 0,
        }
    }

    fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The head of a file of `length` bytes, if it can be taken.
    fn checked(self, length: u64) -> Result<Self, PhotoFault> {
        if self.width == 0 || self.height == 0 {
            return Err(PhotoFault::damaged("图像尺寸为零", "its size is zero"));
        }
        // art has no pixels to count
        if self.format.is_art() {
            return Ok(self);
        }
        fits_sides(self.width, self.height)?;
        // what came without loss may become a JPEG of more than a byte a pixel,
        // which is there twice when it is put into its file
        let made = match self.lossy || self.bits == 1 {
            true => 0,
            false => self.pixels() * 3,
        };
        let held = self.work + length + made;
        if self.pixels() > MAX_PIXELS || self.work > MAX_WORK || held > MAX_HELD {
            return Err(PhotoFault::TooManyPixels {
                width: self.width,
                height: self.height,
                held,
            });
        }
        Ok(self)
    }
}

/// Sees that no side is longer than [`MAX_SIDE`].
fn fits_sides(width: u32, height: u32) -> Result<(), PhotoFault> {
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(PhotoFault::TooLarge { width, height });
    }
    Ok(())
}

/// A big-endian number of two bytes, if there are so many.
fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(
        data.get(at..at.checked_add(2)?)?.try_into().ok()?,
    ))
}

/// A big-endian number of four bytes, if there are so many.
fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(
        data.get(at..at.checked_add(4)?)?.try_into().ok()?,
    ))
}

#[cfg(test)]
mod tests;
