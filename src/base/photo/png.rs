//! PNG, by its chunks: heads, order and check sums; and its pixels.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use super::{Head, MAX_DECODED, MAX_SIDE, PhotoFault, PhotoFormat, u32_at};

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
    let head = head.ok_or(PhotoFault::CutOff)?;
    if !pixels || (head.palette && !palette) {
        return Err(PhotoFault::damaged(
            "没有图像数据",
            "it holds no picture data",
        ));
    }
    Ok(head)
}

/// The pixels, within the limits of a photograph.
pub(super) fn decode(data: &[u8]) -> Result<DynamicImage, PhotoFault> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    // Room for the decoder's own rows beside the picture.
    limits.max_alloc = Some(MAX_DECODED + MAX_DECODED / 2);
    let mut reader = ImageReader::with_format(Cursor::new(data), ImageFormat::Png);
    reader.limits(limits);
    reader
        .decode()
        .map_err(|_| PhotoFault::damaged("图像数据解不开", "its picture data cannot be decoded"))
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
