//! JPEG, by its markers: from SOI to EOI without decoding; and its pixels.
//!
//! The picture itself is coded bit by bit, so a walk cannot see every damage
//! in it; it sees what happens in practice: files cut off (no EOI), pieces
//! lost between restart markers, scans or tables that never came.

use std::ops::Range;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::ifd::orientation;
use super::pixels::Pixels;
use super::{Head, MAX_SIDE, PhotoFault, PhotoFormat, u16_at};

/// SOI and the first byte of the next marker.
pub(super) const SIGNATURE: [u8; 3] = [0xFF, 0xD8, 0xFF];

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const DQT: u8 = 0xDB;
const DNL: u8 = 0xDC;
const DRI: u8 = 0xDD;
const DHT: u8 = 0xC4;
const DAC: u8 = 0xCC;
const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;
const TEM: u8 = 0x01;

/// The frame header.
struct Frame {
    progressive: bool,
    width: u32,
    height: u32,
    parts: Vec<Part>,
}

/// A colour component of the frame.
struct Part {
    id: u8,
    across: u32,
    down: u32,
    table: u8,
    scanned: bool,
}

/// What the walk has met so far.
#[derive(Default)]
struct Walk {
    frame: Option<Frame>,
    /// Which quantisation tables have come, a bit each.
    quant: u8,
    /// Which DC and AC Huffman tables have come, a bit each.
    huffman: [u8; 2],
    restart: u32,
    adobe: Option<u8>,
    orientation: Option<u8>,
    /// ICC pieces with their numbers, and how many there should be.
    icc: Vec<(u8, Range<usize>)>,
    icc_count: u8,
}

pub(super) fn read(data: &[u8]) -> Result<Head, PhotoFault> {
    let mut walk = Walk::default();
    let mut at = 2;
    loop {
        let marker = next_marker(data, &mut at)?;
        match marker {
            EOI => return walk.finish(),
            // Stray restart and temporary markers carry no segment.
            RST0..=RST7 | TEM => {}
            SOI => {
                return Err(PhotoFault::damaged(
                    "图像之中又出现图像开头",
                    "a second picture begins inside the first",
                ));
            }
            _ => {
                let length = usize::from(u16_at(data, at).ok_or(PhotoFault::CutOff)?);
                if length < 2 {
                    return Err(PhotoFault::damaged(
                        "数据段长度不对",
                        "a segment has no length",
                    ));
                }
                let body = at + 2..at + length;
                let segment = data.get(body.clone()).ok_or(PhotoFault::CutOff)?;
                at = body.end;
                if marker == SOS {
                    let restarts = walk.scan(segment)?;
                    at = walk_scan(data, at, restarts)?;
                } else {
                    walk.segment(marker, segment, body)?;
                }
            }
        }
    }
}

/// The next marker's code; `at` is moved past it.
fn next_marker(data: &[u8], at: &mut usize) -> Result<u8, PhotoFault> {
    if *data.get(*at).ok_or(PhotoFault::CutOff)? != 0xFF {
        return Err(PhotoFault::damaged("标记丢失", "a marker is missing"));
    }
    // Any number of fill bytes may stand before a marker's code.
    while data.get(*at) == Some(&0xFF) {
        *at += 1;
    }
    let code = *data.get(*at).ok_or(PhotoFault::CutOff)?;
    *at += 1;
    if code == 0 {
        return Err(PhotoFault::damaged("标记丢失", "a marker is missing"));
    }
    Ok(code)
}

/// Walks the coded data of one scan from `at` to the marker that ends it.
/// `restarts` is how many restart markers must stand in it; some encoders set
/// one more after the last interval.
fn walk_scan(data: &[u8], at: usize, restarts: u64) -> Result<usize, PhotoFault> {
    let lost = || PhotoFault::damaged("部分图像数据丢失", "part of the picture's data is lost");
    let start = at;
    let mut at = at;
    let mut seen: u64 = 0;
    loop {
        at += find_ff(&data[at..]).ok_or(PhotoFault::CutOff)?;
        match *data.get(at + 1).ok_or(PhotoFault::CutOff)? {
            0 => at += 2,
            0xFF => at += 1,
            code @ RST0..=RST7 => {
                if u64::from(code - RST0) != seen % 8 {
                    return Err(lost());
                }
                seen += 1;
                at += 2;
            }
            _ => break,
        }
    }
    let most = if restarts == 0 { 0 } else { restarts + 1 };
    if at == start || !(restarts..=most).contains(&seen) {
        return Err(lost());
    }
    Ok(at)
}

/// The first 0xFF, looked for a block at a time: most of a photo is scanned
/// here and nowhere else.
fn find_ff(data: &[u8]) -> Option<usize> {
    const BLOCK: usize = 32;
    let blocks = data
        .chunks_exact(BLOCK)
        .take_while(|block| {
            !block
                .iter()
                .fold(false, |found, &byte| found | (byte == 0xFF))
        })
        .count();
    let from = blocks * BLOCK;
    data[from..]
        .iter()
        .position(|&byte| byte == 0xFF)
        .map(|at| from + at)
}

impl Walk {
    fn segment(&mut self, marker: u8, body: &[u8], place: Range<usize>) -> Result<(), PhotoFault> {
        match marker {
            0xC0..=0xC2 => self.frame(body, marker == 0xC2)?,
            DHT => self.huffman_tables(body)?,
            DAC | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(PhotoFault::refused(
                    "JPEG 用算术编码，多数印前系统不能解；请另存为普通 JPEG",
                    "a JPEG in arithmetic coding, which few prepress systems read; \
                     save it as an ordinary JPEG",
                ));
            }
            0xC3 | 0xC5..=0xC7 => {
                return Err(PhotoFault::refused(
                    "无损或分级 JPEG，PDF 不能嵌入；请另存为普通 JPEG",
                    "a lossless or hierarchical JPEG, which a PDF cannot carry; \
                     save it as an ordinary JPEG",
                ));
            }
            DQT => self.quant_tables(body)?,
            DRI => self.restart = u32::from(u16_at(body, 0).ok_or(PhotoFault::CutOff)?),
            DNL => return Err(no_height()),
            0xE1 => {
                let exif = body.strip_prefix(b"Exif\0\0");
                self.orientation = self.orientation.or_else(|| orientation(exif?));
            }
            0xE2 => self.icc_piece(body, place),
            0xEE if body.starts_with(b"Adobe") => self.adobe = body.get(11).copied(),
            _ => {}
        }
        Ok(())
    }

    fn frame(&mut self, body: &[u8], progressive: bool) -> Result<(), PhotoFault> {
        let bad = || PhotoFault::damaged("帧头不对", "its frame header is wrong");
        if self.frame.is_some() {
            return Err(bad());
        }
        let &[bits, h1, h0, w1, w0, count, ref parts @ ..] = body else {
            return Err(bad());
        };
        if bits != 8 {
            return Err(PhotoFault::refused(
                "12 位 JPEG，PDF 不能嵌入；请另存为 8 位",
                "a 12-bit JPEG, which a PDF cannot carry; save it with 8 bits",
            ));
        }
        let (width, height) = (
            u32::from(u16::from_be_bytes([w1, w0])),
            u32::from(u16::from_be_bytes([h1, h0])),
        );
        if height == 0 {
            return Err(no_height());
        }
        if !matches!(count, 1 | 3 | 4) {
            return Err(PhotoFault::refused(
                "颜色分量数不是 1、3 或 4",
                "it has neither 1, 3 nor 4 colour components",
            ));
        }
        if parts.len() != usize::from(count) * 3 {
            return Err(bad());
        }
        let parts: Vec<Part> = parts
            .chunks_exact(3)
            .map(|part| Part {
                id: part[0],
                across: u32::from(part[1] >> 4),
                down: u32::from(part[1] & 15),
                table: part[2],
                scanned: false,
            })
            .collect();
        let fit = |n: u32| (1..=4).contains(&n);
        if !parts
            .iter()
            .all(|part| fit(part.across) && fit(part.down) && part.table < 4)
        {
            return Err(bad());
        }
        self.frame = Some(Frame {
            progressive,
            width,
            height,
            parts,
        });
        Ok(())
    }

    fn quant_tables(&mut self, mut body: &[u8]) -> Result<(), PhotoFault> {
        while let Some((&head, rest)) = body.split_first() {
            let length = if head >> 4 == 0 { 64 } else { 128 };
            if head & 15 > 3 || head >> 4 > 1 || rest.len() < length {
                return Err(PhotoFault::damaged(
                    "量化表不对",
                    "a quantisation table is wrong",
                ));
            }
            self.quant |= 1 << (head & 3);
            body = &rest[length..];
        }
        Ok(())
    }

    fn huffman_tables(&mut self, mut body: &[u8]) -> Result<(), PhotoFault> {
        let bad = || PhotoFault::damaged("霍夫曼表不对", "a Huffman table is wrong");
        while let Some((&head, rest)) = body.split_first() {
            let counts = rest.get(..16).ok_or_else(bad)?;
            let length = 16 + counts.iter().map(|&n| usize::from(n)).sum::<usize>();
            if head & 15 > 3 || head >> 4 > 1 || rest.len() < length || length > 16 + 256 {
                return Err(bad());
            }
            self.huffman[usize::from(head >> 4)] |= 1 << (head & 3);
            body = &rest[length..];
        }
        Ok(())
    }

    /// Reads a scan's head. Returns how many restart markers the scan must
    /// hold.
    fn scan(&mut self, body: &[u8]) -> Result<u64, PhotoFault> {
        let bad = || PhotoFault::damaged("扫描头不对", "a scan header is wrong");
        let frame = self.frame.as_mut().ok_or_else(bad)?;
        let &[count, ref rest @ ..] = body else {
            return Err(bad());
        };
        let count = usize::from(count);
        if !(1..=4).contains(&count) || rest.len() != count * 2 + 3 {
            return Err(bad());
        }
        let (first, last) = (rest[count * 2], rest[count * 2 + 1]);
        if first > last || last > 63 || (!frame.progressive && (first, last) != (0, 63)) {
            return Err(bad());
        }
        let most = |side: fn(&Part) -> u32| frame.parts.iter().map(side).max().unwrap_or(1);
        let (across, down) = (most(|part| part.across), most(|part| part.down));
        let mut blocks = (0, 0);
        for part in rest[..count * 2].chunks_exact(2) {
            let found = frame.parts.iter_mut().find(|known| known.id == part[0]);
            let found = found.ok_or_else(bad)?;
            found.scanned = true;
            // A progressive scan need not use both kinds of table.
            let (dc, ac) = (part[1] >> 4, part[1] & 15);
            let come = |kind: usize, table: u8| table < 4 && self.huffman[kind] >> table & 1 == 1;
            let tables = frame.progressive || (come(0, dc) && come(1, ac));
            if !tables || self.quant >> found.table & 1 == 0 {
                return Err(PhotoFault::damaged(
                    "解码表丢失",
                    "a decoding table is missing",
                ));
            }
            blocks = (
                (frame.width * found.across).div_ceil(across * 8),
                (frame.height * found.down).div_ceil(down * 8),
            );
        }
        if self.restart == 0 {
            return Ok(0);
        }
        // A scan of one component counts its own blocks, others whole units.
        let units = if count == 1 {
            blocks
        } else {
            (
                frame.width.div_ceil(across * 8),
                frame.height.div_ceil(down * 8),
            )
        };
        let units = u64::from(units.0) * u64::from(units.1);
        Ok(units.div_ceil(u64::from(self.restart)).saturating_sub(1))
    }

    fn icc_piece(&mut self, body: &[u8], place: Range<usize>) {
        const NAME: &[u8] = b"ICC_PROFILE\0";
        if let Some([number, count, ..]) = body.strip_prefix(NAME) {
            self.icc
                .push((*number, place.start + NAME.len() + 2..place.end));
            self.icc_count = *count;
        }
    }

    fn finish(mut self) -> Result<Head, PhotoFault> {
        let nothing = || PhotoFault::damaged("没有图像数据", "it holds no picture data");
        let frame = self.frame.ok_or_else(nothing)?;
        if !frame.parts.iter().all(|part| part.scanned) {
            return Err(nothing());
        }
        // A profile with a lost or doubled piece is as good as none.
        self.icc.sort_by_key(|piece| piece.0);
        let whole = self.icc.len() == usize::from(self.icc_count)
            && self
                .icc
                .iter()
                .zip(1..)
                .all(|(piece, number)| piece.0 == number);
        let icc: Vec<Range<usize>> = if whole {
            self.icc.into_iter().map(|piece| piece.1).collect()
        } else {
            // there is one, and it is empty
            std::iter::once(0..0).take(self.icc.len().min(1)).collect()
        };
        let pixels = u64::from(frame.width) * u64::from(frame.height);
        Ok(Head {
            format: PhotoFormat::Jpeg,
            width: frame.width,
            height: frame.height,
            components: u8::try_from(frame.parts.len()).unwrap_or(0),
            bits: 8,
            alpha: false,
            palette: false,
            adobe_transform: self.adobe,
            orientation: self.orientation.unwrap_or(1),
            icc,
            lossy: true,
            more: false,
            work: pixels * frame.parts.len() as u64 + frame.coefficients(),
        })
    }
}

impl Frame {
    /// Bytes of what a decoder must hold beside the pixels until the last scan:
    /// of a progressive picture two for each sample.
    fn coefficients(&self) -> u64 {
        if !self.progressive {
            return 0;
        }
        let most = |side: fn(&Part) -> u32| self.parts.iter().map(side).max().unwrap_or(1);
        let (across, down) = (most(|part| part.across), most(|part| part.down));
        let samples = self.parts.iter().map(|part| {
            let width = (self.width * part.across).div_ceil(across);
            let height = (self.height * part.down).div_ceil(down);
            u64::from(width) * u64::from(height)
        });
        samples.sum::<u64>() * 2
    }
}

/// The pixels of a picture in grey or RGB, decoded from the file in its place.
pub(super) fn decode(data: &[u8]) -> Result<Pixels, PhotoFault> {
    let broken = |_| PhotoFault::damaged("图像数据解不开", "its picture data cannot be decoded");
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(MAX_SIDE as usize)
        .set_max_height(MAX_SIDE as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(data), options);
    decoder.decode_headers().map_err(broken)?;
    let (components, space) = match decoder.input_colorspace() {
        Some(ColorSpace::Luma) => (1, ColorSpace::Luma),
        _ => (3, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let size = decoder.info().map(|info| (info.width, info.height));
    let (width, height) = size.unwrap_or_default();
    let data = decoder.decode().map_err(broken)?;
    let pixels = Pixels {
        width: width.into(),
        height: height.into(),
        components,
        bits: 8,
        data,
    };
    match pixels.data.len() == pixels.stride() * pixels.height as usize {
        true => Ok(pixels),
        false => Err(PhotoFault::CutOff),
    }
}

fn no_height() -> PhotoFault {
    PhotoFault::refused(
        "JPEG 的高度不在帧头里，请用图像软件重新保存",
        "a JPEG whose frame header has no height; save it anew",
    )
}
