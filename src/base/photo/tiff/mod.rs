//! TIFF (6.0, with its supplements): the first page, read by its tags.
//!
//! What a press gets from scanners, cameras and picture programs is taken:
//! grey, RGB, CMYK and palettes in 8 and 16 bits, line art in one, in strips
//! or tiles. Offsets and sizes are held against the file before anything is
//! decoded.

mod coding;
mod layout;
mod pixels;

use std::ops::Range;

use super::ifd::{Directory, Ifd, ORIENTATION, turn};
use super::pixels::Alpha;
use super::{Head, PhotoFault, PhotoFormat};

pub(super) use pixels::decode;

use coding::Coding;
use layout::Pieces;

/// How a TIFF begins, low bytes first and high bytes first.
pub(super) const SIGNATURES: [[u8; 4]; 2] = [*b"II*\0", *b"MM\0*"];

const SUBFILE: u16 = 254;
const WIDTH: u16 = 256;
const LENGTH: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const STRIP_OFFSETS: u16 = 273;
const SAMPLES: u16 = 277;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_BYTES: u16 = 279;
const GROUP3: u16 = 292;
const PLANAR: u16 = 284;
const PREDICTOR: u16 = 317;
const COLOR_MAP: u16 = 320;
const TILE_WIDTH: u16 = 322;
const TILE_LENGTH: u16 = 323;
const TILE_OFFSETS: u16 = 324;
const TILE_BYTES: u16 = 325;
const INK_SET: u16 = 332;
const EXTRA_SAMPLES: u16 = 338;
const SAMPLE_FORMAT: u16 = 339;
const ICC: u16 = 34675;

/// Directories that are followed.
const MOST_PAGES: usize = 100;

/// What the samples of a pixel mean.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    /// Grey from black, or where `true` from white.
    Grey(bool),
    /// Red, green and blue.
    Rgb,
    /// Cyan, magenta, yellow and black.
    Cmyk,
    /// Places in a palette of RGB.
    Palette(Vec<[u8; 3]>),
}

impl Meaning {
    /// Samples of a pixel in the file.
    fn stored(&self) -> usize {
        match self {
            Self::Grey(_) | Self::Palette(_) => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// The first page of a file.
struct Sheet {
    width: u32,
    height: u32,
    meaning: Meaning,
    /// Bits of a sample: 1, 2, 4, 8 or 16.
    bits: u8,
    /// Samples of a pixel.
    channels: usize,
    /// What the first sample after the colours does.
    alpha: Alpha,
    coding: Coding,
    /// Whether each sample is the difference to the one on its left.
    differences: bool,
    /// Whether each channel stands by itself.
    planar: bool,
    pieces: Pieces,
    little: bool,
    orientation: u8,
    icc: Option<Range<usize>>,
    /// Whether another page follows.
    more: bool,
}

impl Sheet {
    fn is_line_art(&self) -> bool {
        self.bits == 1 && self.channels == 1 && matches!(self.meaning, Meaning::Grey(_))
    }
}

/// Reads the head of the first page.
pub(super) fn read(data: &[u8]) -> Result<Head, PhotoFault> {
    let sheet = sheet(data)?;
    let (components, palette) = match sheet.meaning {
        Meaning::Grey(_) => (1, false),
        Meaning::Rgb => (3, false),
        Meaning::Palette(_) => (3, true),
        Meaning::Cmyk => (4, false),
    };
    let mut head = Head {
        format: PhotoFormat::Tiff,
        width: sheet.width,
        height: sheet.height,
        components,
        bits: sheet.bits,
        alpha: sheet.alpha != Alpha::None,
        palette,
        adobe_transform: None,
        orientation: sheet.orientation,
        icc: sheet.icc.into_iter().collect(),
        lossy: false,
        more: sheet.more,
        work: 0,
    };
    // of line art too: it takes less here, but its readers give each pixel a byte
    head.work = head.pixels() * u64::from(components);
    Ok(head)
}

/// The tags of one directory, by number.
struct Tags<'a> {
    ifd: Ifd<'a>,
    directory: Directory,
}

impl Tags<'_> {
    /// All values of a tag; none where it is not there.
    fn all(&self, tag: u16) -> Result<Vec<usize>, PhotoFault> {
        let Some(entry) = self.directory.entries.iter().find(|entry| entry.tag == tag) else {
            return Ok(Vec::new());
        };
        self.ifd.values(entry).ok_or(PhotoFault::CutOff)
    }

    /// The first value of a tag, or what stands for it.
    fn one(&self, tag: u16, usual: usize) -> Result<usize, PhotoFault> {
        Ok(self.all(tag)?.first().copied().unwrap_or(usual))
    }

    /// A side of the picture or of a tile.
    fn side(&self, tag: u16) -> Result<u32, PhotoFault> {
        u32::try_from(self.one(tag, 0)?).map_err(|_| odd())
    }

    fn has(&self, tag: u16) -> bool {
        self.directory.entries.iter().any(|entry| entry.tag == tag)
    }

    /// Where the bytes of a tag stand, if they are in the file.
    fn place(&self, tag: u16, data: &[u8]) -> Option<Range<usize>> {
        let entry = (self.directory.entries.iter()).find(|entry| entry.tag == tag)?;
        let place = entry.at..entry.at.checked_add(entry.count)?;
        data.get(place.clone()).map(|_| place)
    }
}

fn odd() -> PhotoFault {
    PhotoFault::damaged("标签的数值不对", "a tag's value is wrong")
}

fn sheet(data: &[u8]) -> Result<Sheet, PhotoFault> {
    let (ifd, first) = Ifd::open(data).ok_or(PhotoFault::CutOff)?;
    let directory = ifd.directory(first);
    let next = directory.next.ok_or(PhotoFault::CutOff)?;
    let tags = Tags { ifd, directory };
    let (width, height) = (tags.side(WIDTH)?, tags.side(LENGTH)?);
    if width == 0 || height == 0 {
        return Err(PhotoFault::damaged("图像尺寸为零", "its size is zero"));
    }
    // before anything is counted by it
    super::fits_sides(width, height)?;
    let bits = depth(&tags)?;
    let meaning = meaning(&tags, bits)?;
    let channels = tags.one(SAMPLES, 1)?;
    let stored = meaning.stored();
    if channels < stored {
        return Err(odd());
    }
    if channels > stored + 4 {
        return Err(PhotoFault::refused(
            "TIFF 的通道太多；请另存为 RGB 或 CMYK",
            "a TIFF of too many channels; save it as RGB or CMYK",
        ));
    }
    let alpha = match tags.all(EXTRA_SAMPLES)?.first() {
        Some(1) if channels > stored => Alpha::Multiplied,
        Some(2) if channels > stored => Alpha::Straight,
        _ => Alpha::None,
    };
    let planar = match tags.one(PLANAR, 1)? {
        1 => false,
        2 => channels > 1,
        _ => return Err(odd()),
    };
    let differences = match tags.one(PREDICTOR, 1)? {
        1 => false,
        2 if bits >= 8 => true,
        _ => {
            return Err(PhotoFault::refused(
                "TIFF 用了不认识的差分；请另存为不压缩或 LZW 的 TIFF",
                "a TIFF of a predictor that is not known; save it uncompressed or as LZW",
            ));
        }
    };
    let coding = Coding::of(tags.one(COMPRESSION, 1)?, bits, tags.one(GROUP3, 0)?)?;
    if tags.one(FILL_ORDER, 1)? != 1 && bits < 8 {
        return Err(PhotoFault::refused(
            "TIFF 的位序是反的；请另存",
            "a TIFF whose bits are in reverse order; save it anew",
        ));
    }
    let planes = if planar { channels } else { 1 };
    let pieces = Pieces::of(&tags, (width, height), planes)?;
    pieces.lie_within(data.len())?;
    let orientation = turn(tags.one(ORIENTATION, 1)?).unwrap_or(1);
    Ok(Sheet {
        width,
        height,
        meaning,
        bits,
        channels,
        alpha,
        coding,
        differences,
        planar,
        pieces,
        little: ifd.is_little(),
        orientation,
        icc: tags.place(ICC, data),
        more: more(ifd, first, next),
    })
}

/// Bits of a sample, the same for all.
fn depth(tags: &Tags<'_>) -> Result<u8, PhotoFault> {
    let bits = tags.all(BITS)?;
    let first = bits.first().copied().unwrap_or(1);
    let formats = tags.all(SAMPLE_FORMAT)?;
    let whole = formats.iter().all(|format| matches!(format, 1 | 4));
    match first {
        1 | 2 | 4 | 8 | 16 if whole && bits.iter().all(|bits| *bits == first) => Ok(first as u8),
        _ => Err(PhotoFault::refused(
            "TIFF 的位深不是 1、2、4、8、16 位；请另存为 8 或 16 位",
            "a TIFF of neither 1, 2, 4, 8 nor 16 bits a sample; save it with 8 or 16",
        )),
    }
}

fn meaning(tags: &Tags<'_>, bits: u8) -> Result<Meaning, PhotoFault> {
    let refused = |zh, en| Err(PhotoFault::refused(zh, en));
    match (tags.one(PHOTOMETRIC, 1)?, bits) {
        (0, _) => Ok(Meaning::Grey(true)),
        (1, _) => Ok(Meaning::Grey(false)),
        (2, 8 | 16) => Ok(Meaning::Rgb),
        (5, 8 | 16) if tags.one(INK_SET, 1)? == 1 => Ok(Meaning::Cmyk),
        (3, 1 | 2 | 4 | 8) => palette(tags, bits).map(Meaning::Palette),
        (2 | 3 | 5, _) => refused(
            "这种颜色的 TIFF 只收 8 或 16 位的 RGB、CMYK",
            "of such a TIFF only RGB and CMYK of 8 or 16 bits are taken",
        ),
        (6, _) => refused(
            "YCbCr 的 TIFF；请另存为 RGB",
            "a TIFF in YCbCr; save it as RGB",
        ),
        (8..=10, _) => refused("Lab 的 TIFF；请另存为 RGB", "a TIFF in Lab; save it as RGB"),
        (32_803 | 34_892, _) => refused(
            "相机原始文件（DNG 等）；请先冲成 JPEG 或 TIFF",
            "a camera's raw file (DNG or such); develop it into JPEG or TIFF first",
        ),
        _ => refused(
            "TIFF 的颜色方式不认识；请另存为 RGB 或 CMYK",
            "a TIFF whose colours are not known; save it as RGB or CMYK",
        ),
    }
}

/// The palette: all reds, all greens, all blues, of sixteen bits.
fn palette(tags: &Tags<'_>, bits: u8) -> Result<Vec<[u8; 3]>, PhotoFault> {
    let entries = 1_usize << bits;
    let map = tags.all(COLOR_MAP)?;
    if map.len() != entries * 3 {
        return Err(odd());
    }
    let at = |n: usize| super::pixels::eight(map[n] as u16);
    let colour = |n| [at(n), at(entries + n), at(2 * entries + n)];
    Ok((0..entries).map(colour).collect())
}

/// Whether a page follows the first: a directory that is neither a smaller
/// copy nor a mask. Directories in a circle end where it closes.
fn more(ifd: Ifd<'_>, first: usize, next: usize) -> bool {
    let mut seen = vec![first];
    let mut at = next;
    while at != 0 && !seen.contains(&at) && seen.len() < MOST_PAGES {
        seen.push(at);
        let directory = ifd.directory(at);
        let next = directory.next;
        let tags = Tags { ifd, directory };
        let kind = tags.one(SUBFILE, 0).unwrap_or(0);
        if kind & 0b101 == 0 && tags.has(WIDTH) {
            return true;
        }
        at = next.unwrap_or(0);
    }
    false
}
