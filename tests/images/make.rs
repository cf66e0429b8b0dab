//! Makes the files of the corpus: good ones with encoders, odd and broken ones
//! byte by byte.

use std::io::{Cursor, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::{DynamicImage, ImageFormat, RgbImage};
use image_webp::WebPEncoder;
use tiff::encoder::colortype::{CMYK8, CMYK16, ColorType, Gray8, Gray16, RGB8, RGB16, RGBA8};
use tiff::encoder::{Compression as TiffCoding, TiffEncoder};

/// The sides of the usual picture.
pub(crate) const SIZE: (u32, u32) = (20, 16);

/// Pixels of the usual picture: colours without end.
pub(crate) fn rgb() -> Vec<u8> {
    let each = (0..SIZE.0 * SIZE.1).map(|n| (n % SIZE.0, n / SIZE.0));
    each.flat_map(|(x, y)| [(x * 12) as u8, (y * 15) as u8, (x * y) as u8])
        .collect()
}

pub(crate) fn grey() -> Vec<u8> {
    (0..SIZE.0 * SIZE.1).map(|n| (n % 256) as u8).collect()
}

pub(crate) fn inks() -> Vec<u8> {
    (rgb().chunks_exact(3))
        .flat_map(|pixel| [pixel[0] / 2, pixel[1] / 2, pixel[2] / 2, 9])
        .collect()
}

/// Sixteen bits that round to `eight`, some up and some down.
pub(crate) fn sixteen(eight: &[u8]) -> Vec<u16> {
    let off = |n: usize| [0_i32, 100, -100][n % 3];
    (eight.iter().enumerate())
        .map(|(n, v)| (i32::from(*v) * 257 + off(n)).clamp(0, 65_535) as u16)
        .collect()
}

pub(crate) fn picture() -> DynamicImage {
    RgbImage::from_raw(SIZE.0, SIZE.1, rgb())
        .expect("as many pixels")
        .into()
}

/// A file of an encoder.
pub(crate) fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A JPEG, by what is done to its encoder.
pub(crate) fn jpeg(
    data: &[u8],
    kind: jpeg_encoder::ColorType,
    with: impl FnOnce(&mut jpeg_encoder::Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    with(&mut encoder);
    let (width, height) = (SIZE.0 as u16, SIZE.1 as u16);
    encoder.encode(data, width, height, kind).expect("a JPEG");
    bytes
}

/// An EXIF block of one tag: the orientation.
pub(crate) fn exif(turn: u8) -> Vec<u8> {
    let mut block = b"MM\0*\0\0\0\x08\0\x01".to_vec();
    block.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0]);
    block
}

// ---------------------------------------------------------------------- PNG

pub(crate) fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = (body.len() as u32).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    let mut sum = Crc::new();
    sum.update(&bytes[4..]);
    bytes.extend(sum.sum().to_be_bytes());
    bytes
}

pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

/// A PNG of these rows, each with its filter byte; `between` stands before the
/// pixels.
pub(crate) fn png(
    (width, height): (u32, u32),
    [bits, colour, interlaced]: [u8; 3],
    between: &[Vec<u8>],
    rows: &[u8],
) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([bits, colour, 0, 0, interlaced]);
    [
        b"\x89PNG\r\n\x1A\n".to_vec(),
        chunk(b"IHDR", &head),
        between.concat(),
        chunk(b"IDAT", &zlib(rows)),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// Rows without filters.
pub(crate) fn unfiltered(data: &[u8], stride: usize) -> Vec<u8> {
    (data.chunks(stride))
        .flat_map(|row| std::iter::once(0).chain(row.iter().copied()))
        .collect()
}

/// The seven passes of an 8-bit grey picture.
pub(crate) fn passes(data: &[u8], (width, height): (u32, u32)) -> Vec<u8> {
    let passes = [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
    ];
    let mut rows = Vec::new();
    for [x, y, across, down] in passes {
        for y in (y..height).step_by(down as usize) {
            if x < width {
                rows.push(0);
            }
            let columns = (x..width).step_by(across as usize);
            rows.extend(columns.map(|x| data[(y * width + x) as usize]));
        }
    }
    rows
}

// --------------------------------------------------------------------- TIFF

/// A TIFF of the independent encoder.
fn tiff_of<C: ColorType>(data: &[C::Inner], coding: TiffCoding) -> Vec<u8>
where
    [C::Inner]: tiff::encoder::TiffValue,
{
    let mut bytes = Cursor::new(Vec::new());
    let encoder = TiffEncoder::new(&mut bytes).expect("a file");
    let mut encoder = encoder.with_compression(coding);
    encoder
        .write_image::<C>(SIZE.0, SIZE.1, data)
        .expect("a TIFF");
    bytes.into_inner()
}

/// TIFFs of eight and sixteen bits in each coding.
pub(crate) fn tiffs() -> Vec<(&'static str, Vec<u8>)> {
    let lzw = TiffCoding::Lzw;
    let deflate = TiffCoding::Deflate(tiff::encoder::DeflateLevel::default());
    let opaque: Vec<u8> = rgb()
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    vec![
        (
            "TIFF RGB 8",
            tiff_of::<RGB8>(&rgb(), TiffCoding::Uncompressed),
        ),
        ("TIFF RGB 8 LZW", tiff_of::<RGB8>(&rgb(), lzw)),
        ("TIFF RGB 8 Deflate", tiff_of::<RGB8>(&rgb(), deflate)),
        (
            "TIFF RGB 8 PackBits",
            tiff_of::<RGB8>(&rgb(), TiffCoding::Packbits),
        ),
        ("TIFF RGB 16 LZW", tiff_of::<RGB16>(&sixteen(&rgb()), lzw)),
        ("TIFF RGBA 8", tiff_of::<RGBA8>(&opaque, lzw)),
        ("TIFF grey 8", tiff_of::<Gray8>(&grey(), lzw)),
        (
            "TIFF grey 16",
            tiff_of::<Gray16>(&sixteen(&grey()), deflate),
        ),
        ("TIFF CMYK 8", tiff_of::<CMYK8>(&inks(), lzw)),
        (
            "TIFF CMYK 16",
            tiff_of::<CMYK16>(&sixteen(&inks()), deflate),
        ),
    ]
}

/// The tags of a TIFF by hand: number and values.
#[derive(Clone)]
pub(crate) struct Tags(pub(crate) Vec<(u16, Vec<u32>)>);

impl Tags {
    /// Of a picture of `size`, one strip, not compressed.
    pub(crate) fn new(size: (u32, u32), bits: &[u32], photometric: u32) -> Self {
        Self(vec![
            (256, vec![size.0]),
            (257, vec![size.1]),
            (258, bits.to_vec()),
            (259, vec![1]),
            (262, vec![photometric]),
            (277, vec![bits.len() as u32]),
        ])
    }

    pub(crate) fn with(mut self, tag: u16, values: &[u32]) -> Self {
        self.0.retain(|known| known.0 != tag);
        self.0.push((tag, values.to_vec()));
        self
    }
}

/// A TIFF of these tags and pieces of data; `next` is where its next directory
/// stands. High bytes come first where `big` says so.
pub(crate) fn tiff(tags: &Tags, pieces: &[Vec<u8>], next: u32, big: bool) -> Vec<u8> {
    let four = |n: u32| {
        if big {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let two = |n: u16| {
        if big {
            n.to_be_bytes()
        } else {
            n.to_le_bytes()
        }
    };
    let mut bytes = if big {
        b"MM\0*".to_vec()
    } else {
        b"II*\0".to_vec()
    };
    bytes.extend([0; 4]);
    let mut places = Vec::new();
    for piece in pieces {
        places.push(bytes.len() as u32);
        bytes.extend(piece);
    }
    let tiled = tags.0.iter().any(|tag| tag.0 == 322);
    let (offsets, lengths) = if tiled { (324, 325) } else { (273, 279) };
    let mut tags = tags.clone();
    let known = |tags: &Tags, tag| tags.0.iter().any(|known| known.0 == tag);
    if !known(&tags, offsets) {
        tags.0.push((offsets, places));
    }
    if !known(&tags, lengths) {
        let counts = pieces.iter().map(|piece| piece.len() as u32);
        tags.0.push((lengths, counts.collect()));
    }
    tags.0.sort_by_key(|tag| tag.0);
    let mut directory = two(tags.0.len() as u16).to_vec();
    for (tag, values) in &tags.0 {
        directory.extend(two(*tag));
        // a profile is bytes, a palette shorts, all else long
        let (kind, bytes_of): (u16, Vec<u8>) = match tag {
            34_675 => (7, values.iter().map(|v| *v as u8).collect()),
            320 => (3, values.iter().flat_map(|v| two(*v as u16)).collect()),
            _ => (4, values.iter().flat_map(|v| four(*v)).collect()),
        };
        directory.extend(two(kind));
        directory.extend(four(values.len() as u32));
        if bytes_of.len() <= 4 {
            directory.extend(&bytes_of);
            directory.resize(directory.len() + 4 - bytes_of.len(), 0);
        } else {
            directory.extend(four(bytes.len() as u32));
            bytes.extend(bytes_of);
        }
    }
    let first = bytes.len() as u32;
    directory.extend(four(next));
    bytes.extend(directory);
    bytes[4..8].copy_from_slice(&four(first));
    bytes
}

/// A second page behind a TIFF with low bytes first, whose directory comes
/// last.
pub(crate) fn two_pages() -> Vec<u8> {
    let tags = Tags::new(SIZE, &[8], 1);
    let mut bytes = tiff(&tags, &[grey()], 0, false);
    let first = u32::from_le_bytes(bytes[4..8].try_into().expect("four")) as usize;
    let directory = bytes[first..].to_vec();
    let second = bytes.len() as u32;
    let place = bytes.len() - 4;
    bytes[place..].copy_from_slice(&second.to_le_bytes());
    bytes.extend(directory);
    bytes
}

// --------------------------------------------------------------------- WebP

/// A WebP without loss.
pub(crate) fn webp(
    data: &[u8],
    colour: image_webp::ColorType,
    with: impl FnOnce(&mut WebPEncoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new(&mut bytes);
    with(&mut encoder);
    encoder
        .encode(data, SIZE.0, SIZE.1, colour)
        .expect("a WebP");
    bytes
}

pub(crate) fn riff(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (kind, data) in chunks {
        body.extend(*kind);
        body.extend((data.len() as u32).to_le_bytes());
        body.extend(data);
        body.resize(body.len() + data.len() % 2, 0);
    }
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(body);
    bytes
}

/// A key frame of VP8 whose partitions are zeros: some flat picture.
pub(crate) fn key_frame(width: u16, height: u16) -> Vec<u8> {
    let first = 200_u32;
    let tag = first << 5 | 1 << 4;
    let mut frame = tag.to_le_bytes()[..3].to_vec();
    frame.extend([0x9D, 0x01, 0x2A]);
    frame.extend(width.to_le_bytes());
    frame.extend(height.to_le_bytes());
    frame.resize(frame.len() + 600, 0);
    frame
}

/// The head of an extended WebP.
pub(crate) fn extended(flags: u8, (width, height): (u32, u32)) -> Vec<u8> {
    let mut body = vec![flags, 0, 0, 0];
    body.extend(&(width - 1).to_le_bytes()[..3]);
    body.extend(&(height - 1).to_le_bytes()[..3]);
    body
}

/// A moving WebP of one frame.
pub(crate) fn moving() -> Vec<u8> {
    let still = webp(&rgb(), image_webp::ColorType::Rgb8, |_| {});
    // the chunk of the pixels as it is
    let frame = &still[12..];
    let mut body = vec![0; 6];
    body.extend(&(SIZE.0 - 1).to_le_bytes()[..3]);
    body.extend(&(SIZE.1 - 1).to_le_bytes()[..3]);
    // a tenth of a second, not blended
    body.extend([100, 0, 0, 2]);
    body.extend(frame);
    riff(&[
        (b"VP8X", extended(0x02, SIZE)),
        (b"ANIM", vec![0; 6]),
        (b"ANMF", body.clone()),
        (b"ANMF", body),
    ])
}

/// A PNG of colours without end.
pub(crate) fn large(width: u32, height: u32) -> Vec<u8> {
    let image = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, ((x * y) % 256) as u8])
    });
    encoded(&image.into(), ImageFormat::Png)
}

/// A PNG of one bit.
pub(crate) fn line_art(width: u32, height: u32) -> Vec<u8> {
    let stride = width.div_ceil(8) as usize;
    let rows = vec![0b1010_1100; stride * height as usize];
    png((width, height), [1, 0, 0], &[], &unfiltered(&rows, stride))
}

/// Noise that no coding makes small.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(|_| next()).collect()
}

/// Colours of a square picture, smooth but for some noise.
fn colours(side: u32) -> Vec<u8> {
    let mut data = noise((side * side * 3) as usize);
    for (n, pixel) in (0_u32..).zip(data.chunks_exact_mut(3)) {
        pixel[0] = (n % side / 30) as u8;
        pixel[1] /= 8;
        pixel[2] = pixel[2] / 8 + (n / side / 40) as u8;
    }
    data
}

/// The largest files that are taken, one of each kind.
pub(crate) fn worst() -> Vec<(&'static str, Vec<u8>)> {
    let jpeg = |side: u32, progressive: bool| {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
        encoder.set_progressive(progressive);
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
        let colour = jpeg_encoder::ColorType::Rgb;
        encoder
            .encode(&colours(side), side as u16, side as u16, colour)
            .expect("a JPEG");
        bytes
    };
    let png = |side: u32, data: Vec<u8>| {
        let image = RgbImage::from_raw(side, side, data).expect("pixels");
        encoded(&image.into(), ImageFormat::Png)
    };
    let inks = (colours(3_900).chunks_exact(3))
        .flat_map(|pixel| [pixel[0] / 2, pixel[1] / 2, pixel[2] / 2, 9])
        .collect();
    let tags = Tags::new((3_900, 3_900), &[8; 4], 5);
    let mut webp = Vec::new();
    WebPEncoder::new(&mut webp)
        .encode(&colours(3_500), 3_500, 3_500, image_webp::ColorType::Rgb8)
        .expect("a WebP");
    vec![
        ("jpeg.jpg", jpeg(6_800, false)),
        ("progressive.jpg", jpeg(4_900, true)),
        ("png.png", png(4_550, colours(4_550))),
        ("noise.png", png(2_440, noise(2_440 * 2_440 * 3))),
        ("inks.tif", tiff(&tags, &[inks], 0, false)),
        ("art.png", line_art(12_000, 12_000)),
        ("webp.webp", webp),
    ]
}
