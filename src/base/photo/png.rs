//! PNG, by its chunks: heads, order and check sums; and its pixels.

use std::io::Cursor;

use png::{BitDepth, Decoder, Limits, Transformations};

use super::ifd::orientation;
use super::pixels::{Alpha, Flat, Pixels, eight};
use super::{Head, PhotoFault, PhotoFormat, u32_at};

/// The eight bytes every PNG begins with.
pub(super) const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];

pub(super) fn read(data: &[u8]) -> Result<Head, PhotoFault> {
    let mut head: Option<Head> = None;
    let (mut palette, mut pixels) = (false, false);
    let mut at = SIGNATURE.len();
    loop {
        let length = usize::try_from(u32_at(data, at).ok_or(PhotoFault::CutOff)?)
            .map_err(|_| PhotoFault::CutOff)?;
        if length > 0x7FFF_FFFF {
            return Err(PhotoFault::damaged(
                "数据块长度不对",
                "a chunk's length is wrong",
            ));
        }
        // Kind, body and check sum follow the length.
        let body = at + 8..at + 8 + length;
        let sum = u32_at(data, body.end).ok_or(PhotoFault::CutOff)?;
        let covered = &data[at + 4..body.end];
        let (kind, chunk) = covered.split_at(4);
        if crc(covered) != sum {
            return Err(PhotoFault::damaged(
                "校验和不符",
                "a check sum does not match",
            ));
        }
        match (kind, &mut head) {
            (b"IHDR", None) => head = Some(header(chunk)?),
            (_, None) => {
                return Err(PhotoFault::damaged(
                    "没有文件头",
                    "its header does not come first",
                ));
            }
            (b"IHDR", Some(_)) => {
                return Err(PhotoFault::damaged("文件头重复", "it has a second header"));
            }
            (b"PLTE", _) => palette = true,
            (b"tRNS", Some(head)) => head.alpha = true,
            (b"eXIf", Some(head)) => head.orientation = orientation(chunk).unwrap_or(1),
            (b"acTL", Some(head)) => head.more = true,
            (b"iCCP", Some(head)) => {
                // Name, zero, compression method 0, then the stream.
                if let Some(end) = chunk.iter().position(|&byte| byte == 0)
                    && chunk.get(end + 1) == Some(&0)
                    && end + 2 < chunk.len()
                {
                    head.icc = std::iter::once(body.start + end + 2..body.end).collect();
                }
            }
            (b"IDAT", _) => pixels |= !chunk.is_empty(),
            (b"IEND", _) => break,
            // A chunk that must be understood and is not.
            (_, _) if kind[0].is_ascii_uppercase() => {
                return Err(PhotoFault::damaged(
                    "有不认识的关键数据块",
                    "it has a critical chunk that is not known",
                ));
            }
            _ => {}
        }
        at = body.end + 4;
    }
    let mut head = head.ok_or(PhotoFault::CutOff)?;
    if !pixels || (head.palette && !palette) {
        return Err(PhotoFault::damaged(
            "没有图像数据",
            "it holds no picture data",
        ));
    }
    // of line art too: it takes less here, but its readers give each pixel a byte
    head.work = head.pixels() * u64::from(head.components);
    Ok(head)
}

/// First column and row of the seven passes of an interlaced picture, and
/// the steps to the next (PNG, third edition, 8.1).
const PASSES: [[u32; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];
/// Room for the decoder's own rows and chunks.
const ROWS: usize = 16 << 20;

/// The pixels. They come row by row, and each row becomes eight bits on white
/// paper: there is never a second picture.
pub(super) fn decode(data: &[u8], line_art: bool) -> Result<Pixels, PhotoFault> {
    let broken = |_| PhotoFault::damaged("图像数据解不开", "its picture data cannot be decoded");
    let mut decoder = Decoder::new_with_limits(Cursor::new(data), Limits { bytes: ROWS });
    decoder.set_transformations(Transformations::EXPAND);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (width, height) = reader.info().size();
    let (colour, depth) = reader.output_color_type();
    let channels = colour.samples();
    let components = if channels > 2 { 3 } else { 1 };
    let alpha = match channels == components {
        true => Alpha::None,
        false => Alpha::Straight,
    };
    let flat = Flat {
        channels,
        components,
        alpha,
        paper: u8::MAX,
    };
    let bits = if line_art { 1 } else { 8 };
    let mut pixels = Pixels::blank((width, height), components as u8, bits);
    let passes: &[[u32; 4]] = match reader.info().interlaced {
        true => &PASSES,
        false => &[[0, 0, 1, 1]],
    };
    let mut samples = Vec::new();
    for &[x, y, across, down] in passes {
        if x >= width {
            continue;
        }
        for y in (y..height).step_by(down as usize) {
            let row = reader.next_row().map_err(broken)?;
            let row = row.ok_or(PhotoFault::CutOff)?;
            samples.clear();
            match depth {
                BitDepth::Sixteen => {
                    let pairs = row.data().chunks_exact(2);
                    samples.extend(pairs.map(|p| eight(u16::from_be_bytes([p[0], p[1]]))));
                }
                _ => samples.extend_from_slice(row.data()),
            }
            let left = flat.on_paper(&mut samples);
            pixels.lay(y, x, across, &samples[..left]);
        }
    }
    Ok(pixels)
}

fn header(chunk: &[u8]) -> Result<Head, PhotoFault> {
    let bad = || PhotoFault::damaged("文件头不对", "its header is wrong");
    let (width, height) = (
        u32_at(chunk, 0).ok_or_else(bad)?,
        u32_at(chunk, 4).ok_or_else(bad)?,
    );
    let Some(&[bits, colour, 0, 0, 0 | 1]) = chunk.get(8..) else {
        return Err(bad());
    };
    let (components, alpha) = match (colour, bits) {
        (0, 1 | 2 | 4 | 8 | 16) => (1, false),
        (2, 8 | 16) | (3, 1 | 2 | 4 | 8) => (3, false),
        (4, 8 | 16) => (1, true),
        (6, 8 | 16) => (3, true),
        _ => return Err(bad()),
    };
    Ok(Head {
        format: PhotoFormat::Png,
        width,
        height,
        components,
        bits,
        alpha,
        palette: colour == 3,
        adobe_transform: None,
        orientation: 1,
        icc: Vec::new(),
        lossy: false,
        more: false,
        work: 0,
    })
}

/// Tables for the check sum of PNG (CRC-32), for eight bytes at a time.
const TABLES: [[u32; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 {
                sum >> 1 ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
            bit += 1;
        }
        tables[0][byte] = sum;
        byte += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[table - 1][byte];
            tables[table][byte] = before >> 8 ^ tables[0][(before & 255) as usize];
            byte += 1;
        }
        table += 1;
    }
    tables
};

/// The check sum of a chunk's kind and body.
pub(super) fn crc(data: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    let mut eights = data.chunks_exact(8);
    for eight in &mut eights {
        let low = sum ^ u32::from_le_bytes([eight[0], eight[1], eight[2], eight[3]]);
        sum = TABLES[7][(low & 255) as usize]
            ^ TABLES[6][(low >> 8 & 255) as usize]
            ^ TABLES[5][(low >> 16 & 255) as usize]
            ^ TABLES[4][(low >> 24) as usize]
            ^ TABLES[3][usize::from(eight[4])]
            ^ TABLES[2][usize::from(eight[5])]
            ^ TABLES[1][usize::from(eight[6])]
            ^ TABLES[0][usize::from(eight[7])];
    }
    for &byte in eights.remainder() {
        sum = TABLES[0][((sum ^ u32::from(byte)) & 255) as usize] ^ sum >> 8;
    }
    !sum
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_check_sum_is_the_standard_s() {
        assert_eq!(super::crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(super::crc(b"IEND"), 0xAE42_6082);
    }
}
