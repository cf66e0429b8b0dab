//! The codings of a piece, undone row by row: the door to the LZW and Deflate
//! of TIFF, and to CCITT.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use weezl::BitOrder;
use weezl::decode::Decoder as Lzw;

use crate::base::photo::PhotoFault;

/// How the bytes of a piece are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// As they are.
    Plain,
    /// LZW, high bits first.
    Lzw,
    /// zlib.
    Deflate,
    /// Runs of bytes.
    PackBits,
    /// CCITT fax, of line art.
    Fax(Fax),
}

/// The kinds of CCITT fax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fax {
    /// Compression 2: rows without marks, each on whole bytes.
    Plain,
    /// Group 3, one row at a time.
    Group3,
    /// Group 3, against the row above.
    Group3Two,
    /// Group 4.
    Group4,
}

impl Coding {
    /// The coding of a compression tag, of samples of `bits`.
    ///
    /// # Errors
    ///
    /// Which kind it is, where it is not taken.
    pub(super) fn of(tag: usize, bits: u8, group3: usize) -> Result<Self, PhotoFault> {
        match tag {
            1 => Ok(Self::Plain),
            2 if bits == 1 => Ok(Self::Fax(Fax::Plain)),
            3 if bits == 1 && group3 & 1 == 1 => Ok(Self::Fax(Fax::Group3Two)),
            3 if bits == 1 => Ok(Self::Fax(Fax::Group3)),
            4 if bits == 1 => Ok(Self::Fax(Fax::Group4)),
            5 => Ok(Self::Lzw),
            8 | 32_946 => Ok(Self::Deflate),
            32_773 => Ok(Self::PackBits),
            6 | 7 => Err(PhotoFault::refused(
                "TIFF 里是 JPEG 压缩的图像；请另存为 JPEG，或 LZW 的 TIFF",
                "a TIFF that holds a JPEG; save it as JPEG, or as TIFF with LZW",
            )),
            _ => Err(PhotoFault::refused(
                "TIFF 的压缩方式不收；请另存为不压缩或 LZW 的 TIFF",
                "a TIFF of a compression that is not taken; save it uncompressed or with LZW",
            )),
        }
    }

    /// Begins to undo a piece of `size` pixels.
    pub(super) fn open(self, bytes: &[u8], size: (u32, u32)) -> Result<Rows<'_>, PhotoFault> {
        Ok(match self {
            Self::Plain => Rows::Plain(bytes),
            Self::Lzw => {
                let lzw = Lzw::with_tiff_size_switch(BitOrder::Msb, 8);
                Rows::Lzw(Box::new(lzw), bytes)
            }
            Self::Deflate => Rows::Deflate(Box::new(ZlibDecoder::new(bytes))),
            Self::PackBits => Rows::PackBits(Runs { bytes, run: None }),
            Self::Fax(fax) => {
                let art = fax.art(bytes, size)?;
                Rows::Art { art, at: 0 }
            }
        })
    }
}

/// A piece that is being undone.
pub(super) enum Rows<'d> {
    Plain(&'d [u8]),
    Lzw(Box<Lzw>, &'d [u8]),
    Deflate(Box<ZlibDecoder<&'d [u8]>>),
    PackBits(Runs<'d>),
    Art { art: Vec<u8>, at: usize },
}

impl Rows<'_> {
    /// The next bytes, as many as `row` has room for.
    ///
    /// # Errors
    ///
    /// The piece holds fewer, or is damaged.
    pub(super) fn fill(&mut self, row: &mut [u8]) -> Result<(), PhotoFault> {
        match self {
            Self::Plain(bytes) => {
                let (next, rest) = bytes.split_at_checked(row.len()).ok_or_else(lost)?;
                row.copy_from_slice(next);
                *bytes = rest;
            }
            Self::Lzw(lzw, bytes) => {
                let mut row = row;
                while !row.is_empty() {
                    let done = lzw.decode_bytes(bytes, row);
                    let idle = done.consumed_in == 0 && done.consumed_out == 0;
                    if done.status.is_err() || idle {
                        return Err(lost());
                    }
                    *bytes = &bytes[done.consumed_in..];
                    row = &mut row[done.consumed_out..];
                }
            }
            Self::Deflate(stream) => stream.read_exact(row).map_err(|_| lost())?,
            Self::PackBits(runs) => runs.fill(row)?,
            Self::Art { art, at } => {
                let next = art.get(*at..*at + row.len()).ok_or_else(lost)?;
                row.copy_from_slice(next);
                *at += row.len();
            }
        }
        Ok(())
    }
}

fn lost() -> PhotoFault {
    PhotoFault::damaged("图像数据解不开", "its picture data cannot be decoded")
}

/// Runs of bytes (6.0, section 9).
pub(super) struct Runs<'d> {
    bytes: &'d [u8],
    /// Bytes that the run still has, and the byte that it repeats.
    run: Option<(usize, Option<u8>)>,
}

impl Runs<'_> {
    fn next(&mut self) -> Result<u8, PhotoFault> {
        let (&first, rest) = self.bytes.split_first().ok_or_else(lost)?;
        self.bytes = rest;
        Ok(first)
    }

    fn fill(&mut self, row: &mut [u8]) -> Result<(), PhotoFault> {
        let mut at = 0;
        while at < row.len() {
            let Some((left, byte)) = self.run.take() else {
                let head = self.next()?;
                self.run = match head {
                    0..=127 => Some((usize::from(head) + 1, None)),
                    128 => None,
                    129.. => Some((257 - usize::from(head), Some(self.next()?))),
                };
                continue;
            };
            let now = left.min(row.len() - at);
            let place = &mut row[at..at + now];
            match byte {
                Some(byte) => place.fill(byte),
                None => {
                    let (next, rest) = self.bytes.split_at_checked(now).ok_or_else(lost)?;
                    place.copy_from_slice(next);
                    self.bytes = rest;
                }
            }
            at += now;
            if left > now {
                self.run = Some((left - now, byte));
            }
        }
        Ok(())
    }
}

impl Fax {
    /// The rows of a piece, 0 for white, each on whole bytes.
    fn art(self, bytes: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, PhotoFault> {
        let encoding = match self {
            Self::Plain | Self::Group3 => EncodingMode::Group3_1D,
            Self::Group3Two => EncodingMode::Group3_2D,
            Self::Group4 => EncodingMode::Group4,
        };
        let mut context = DecoderContext::new(DecodeSettings {
            columns: width,
            rows: height,
            end_of_block: self != Self::Plain,
            end_of_line: matches!(self, Self::Group3 | Self::Group3Two),
            rows_are_byte_aligned: self == Self::Plain,
            encoding,
            strict: false,
        });
        let mut art = Art {
            width,
            stride: (width as usize).div_ceil(8),
            most: height,
            rows: 0,
            data: Vec::new(),
        };
        hayro_ccitt::decode(bytes, &mut art, &mut context).map_err(|_| lost())?;
        Ok(art.data)
    }
}

/// Rows of line art as they come.
struct Art {
    width: u32,
    stride: usize,
    most: u32,
    rows: u32,
    data: Vec<u8>,
}

impl Decoder for Art {
    fn push_row(&mut self, changes: &[u32]) {
        if self.rows == self.most {
            return;
        }
        self.rows += 1;
        let from = self.data.len();
        self.data.resize(from + self.stride, 0);
        let row = &mut self.data[from..];
        for run in changes.chunks(2) {
            let end = run.get(1).copied().unwrap_or(self.width).min(self.width);
            for x in run[0]..end {
                row[x as usize / 8] |= 0x80 >> (x % 8);
            }
        }
    }
}
