//! WebP, by its chunks; and its pixels: the door to `image-webp`.

use std::io::Cursor;
use std::ops::Range;

use image_webp::WebPDecoder;

use super::ifd::orientation;
use super::pixels::{Alpha, Flat, Pixels};
use super::{Head, PhotoFault, PhotoFormat};

/// Whether a file begins as WebP does.
pub(super) fn is_webp(data: &[u8]) -> bool {
    data.starts_with(b"RIFF") && data.get(8..12) == Some(b"WEBP")
}

/// Bytes before the first chunk.
const HEAD: usize = 12;

/// What the chunks tell.
#[derive(Default)]
struct Walk {
    size: Option<(u32, u32)>,
    /// Whether a chunk with pixels came, and whether they are without loss.
    pixels: Option<bool>,
    extended: bool,
    alpha: bool,
    moving: bool,
    orientation: Option<u8>,
    icc: Option<Range<usize>>,
}

pub(super) fn read(data: &[u8]) -> Result<Head, PhotoFault> {
    let whole = number(data, 4, 4).ok_or(PhotoFault::CutOff)?;
    // what follows the container is let be, as with JPEG
    let end = whole.checked_add(8).ok_or(PhotoFault::CutOff)?;
    let data = data.get(..end).ok_or(PhotoFault::CutOff)?;
    let mut walk = Walk::default();
    let mut at = HEAD;
    while at < data.len() {
        let length = number(data, at + 4, 4).ok_or_else(cut_short)?;
        let body = at + 8..at.saturating_add(8).saturating_add(length);
        let chunk = data.get(body.clone()).ok_or_else(cut_short)?;
        walk.chunk(&data[at..at + 4], chunk, &body)?;
        // chunks begin on even bytes
        at = body.end + length % 2;
    }
    walk.finish()
}

/// The container says less than its chunks.
fn cut_short() -> PhotoFault {
    PhotoFault::damaged("数据块超出文件", "a chunk reaches out of the file")
}

fn bad() -> PhotoFault {
    PhotoFault::damaged("文件头不对", "its header is wrong")
}

/// A number of `length` bytes, low bytes first.
fn number(data: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = data.get(at..at.checked_add(length)?)?;
    let add = |sum: usize, &byte: &u8| sum << 8 | usize::from(byte);
    Some(bytes.iter().rev().fold(0, add))
}

fn two_sizes() -> PhotoFault {
    PhotoFault::damaged("两处的图像尺寸不同", "it names two different sizes")
}

fn side(chunk: &[u8], at: usize, length: usize) -> Result<u32, PhotoFault> {
    let number = number(chunk, at, length).ok_or_else(bad)?;
    u32::try_from(number).map_err(|_| bad())
}

/// The size of a key frame with loss: its start code, then fourteen bits a side
/// (RFC 6386, 9.1).
fn key_frame(chunk: &[u8]) -> Result<(u32, u32), PhotoFault> {
    if chunk.get(3..6) != Some(&[0x9D, 0x01, 0x2A]) {
        return Err(bad());
    }
    Ok((side(chunk, 6, 2)? & 0x3FFF, side(chunk, 8, 2)? & 0x3FFF))
}

/// The size of a picture without loss, and whether it has opacity (RFC 9649,
/// 3.4).
fn lossless(chunk: &[u8]) -> Result<((u32, u32), bool), PhotoFault> {
    if chunk.first() != Some(&0x2F) {
        return Err(bad());
    }
    let bits = side(chunk, 1, 4)?;
    let size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    Ok((size, bits >> 28 & 1 == 1))
}

impl Walk {
    fn chunk(&mut self, kind: &[u8], chunk: &[u8], place: &Range<usize>) -> Result<(), PhotoFault> {
        match kind {
            b"VP8X" if self.size.is_none() => {
                let flags = *chunk.first().ok_or_else(bad)?;
                self.extended = true;
                self.alpha = flags & 0x10 != 0;
                self.moving = flags & 0x02 != 0;
                self.size = Some((side(chunk, 4, 3)? + 1, side(chunk, 7, 3)? + 1));
            }
            b"VP8 " => self.found(key_frame(chunk)?, false)?,
            b"VP8L" => {
                let (size, alpha) = lossless(chunk)?;
                self.alpha |= alpha && !self.extended;
                self.found(size, true)?;
            }
            b"ANMF" => self.frame(chunk)?,
            b"ICCP" if !chunk.is_empty() => self.icc = Some(place.clone()),
            b"EXIF" => {
                // some writers leave the mark of JPEG's segment before it
                let exif = chunk.strip_prefix(b"Exif\0\0").unwrap_or(chunk);
                self.orientation = orientation(exif);
            }
            _ => {}
        }
        Ok(())
    }

    /// A frame of a moving picture: its place, its size, and the chunks that
    /// draw it, which must be of that size. A decoder takes memory by theirs.
    fn frame(&mut self, frame: &[u8]) -> Result<(), PhotoFault> {
        let canvas = self.size.ok_or_else(bad)?;
        let size = (side(frame, 6, 3)? + 1, side(frame, 9, 3)? + 1);
        if size.0 > canvas.0 || size.1 > canvas.1 {
            return Err(two_sizes());
        }
        let mut at = 16;
        while at < frame.len() {
            let length = number(frame, at + 4, 4).ok_or_else(cut_short)?;
            let end = at.saturating_add(8).saturating_add(length);
            let chunk = frame.get(at + 8..end).ok_or_else(cut_short)?;
            let own = match &frame[at..at + 4] {
                b"VP8 " => key_frame(chunk)?,
                b"VP8L" => lossless(chunk)?.0,
                _ => size,
            };
            if own != size {
                return Err(two_sizes());
            }
            at = end + length % 2;
        }
        self.pixels = self.pixels.or(Some(true));
        Ok(())
    }

    fn found(&mut self, size: (u32, u32), lossless: bool) -> Result<(), PhotoFault> {
        if *self.size.get_or_insert(size) != size {
            return Err(two_sizes());
        }
        self.pixels = self.pixels.or(Some(lossless));
        Ok(())
    }

    fn finish(self) -> Result<Head, PhotoFault> {
        let nothing = || PhotoFault::damaged("没有图像数据", "it holds no picture data");
        let (width, height) = self.size.ok_or_else(nothing)?;
        let lossless = self.pixels.ok_or_else(nothing)?;
        let mut head = Head {
            format: PhotoFormat::WebP,
            width,
            height,
            components: 3,
            bits: 8,
            alpha: self.alpha,
            palette: false,
            adobe_transform: None,
            orientation: self.orientation.unwrap_or(1),
            icc: self.icc.into_iter().collect(),
            lossy: !lossless,
            more: self.moving,
            work: 0,
        };
        // The picture, with its opacity; beside it without loss one of four
        // channels, with loss the light and colours it is made from. A frame
        // is laid on a canvas of four.
        let channels = 3 + u64::from(self.alpha);
        let beside = match (self.moving, lossless) {
            (true, _) => 8,
            (false, true) => 4,
            (false, false) => 3,
        };
        head.work = head.pixels() * (channels + beside);
        Ok(head)
    }
}

/// The pixels, of a moving picture those of its first frame.
pub(super) fn decode(data: &[u8], most: u64) -> Result<Pixels, PhotoFault> {
    let broken = |_| PhotoFault::damaged("图像数据解不开", "its picture data cannot be decoded");
    let mut decoder = WebPDecoder::new(Cursor::new(data)).map_err(broken)?;
    decoder.set_memory_limit(usize::try_from(most).unwrap_or(usize::MAX));
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let size = decoder
        .output_buffer_size()
        .ok_or(PhotoFault::TooLarge { width, height })?;
    let mut data = vec![0; size];
    decoder.read_image(&mut data).map_err(broken)?;
    let flat = Flat {
        channels,
        components: 3,
        alpha: if channels == 4 {
            Alpha::Straight
        } else {
            Alpha::None
        },
        paper: u8::MAX,
    };
    let left = flat.on_paper(&mut data);
    data.truncate(left);
    Ok(Pixels {
        width,
        height,
        components: 3,
        bits: 8,
        data,
    })
}
