//! Photographs as image objects.
//!
//! A JPEG goes through untouched (X22: DCT). A PNG is decoded to eight bits,
//! flattened on white paper, and deflated with PNG's own row filters. A photo
//! placed more than once is one object.

use std::sync::Arc;

use pdf_writer::types::Predictor;
use pdf_writer::{Chunk, Filter, Finish, Ref};

use super::art::EmbeddedArt;
use super::deflate;
use crate::base::diag::Diagnostic;
use crate::base::photo::{Photo, PhotoFault, PhotoFormat};
use crate::page::{Item, Page};

/// The matrix that paints a stored picture upright into a box of `width` by
/// `height` with its lower left corner at (`x`, `y`), by EXIF orientation.
pub(super) fn upright(orientation: u8, [x, y, width, height]: [i64; 4]) -> [i64; 6] {
    let (w, h) = (width, height);
    match orientation {
        2 => [-w, 0, 0, h, x + w, y],
        3 => [-w, 0, 0, -h, x + w, y + h],
        4 => [w, 0, 0, -h, x, y + h],
        5 => [0, -h, -w, 0, x + w, y + h],
        6 => [0, -h, w, 0, x, y + h],
        7 => [0, h, w, 0, x, y],
        8 => [0, h, -w, 0, x + w, y],
        _ => [w, 0, 0, h, x, y],
    }
}

/// A photograph to embed.
pub(super) type Picture<'p> = &'p Photo;

/// The photographs of a file, each once, in the order they first appear.
pub(super) struct Pictures<'p> {
    pub(super) list: Vec<Picture<'p>>,
}

impl<'p> Pictures<'p> {
    /// The index of a photo and the photo. Two files of the same bytes are
    /// the same photo.
    pub(super) fn find(&self, photo: &Photo) -> Option<(usize, Picture<'p>)> {
        let index = self.list.iter().position(|known| same(known, photo))?;
        Some((index, self.list.get(index)?))
    }
}

fn same(a: &Photo, b: &Photo) -> bool {
    std::ptr::eq(a, b) || (a.format == b.format && a.bytes.as_ref() == b.bytes.as_ref())
}

/// Finds the photographs of the pages.
pub(super) fn collect(pages: &[Page]) -> Pictures<'_> {
    let mut pictures = Pictures { list: Vec::new() };
    for item in pages.iter().flat_map(|page| &page.items) {
        let Item::Photo(placed) = item else { continue };
        if pictures.find(&placed.photo).is_none() {
            pictures.list.push(Arc::as_ref(&placed.photo));
        }
    }
    pictures
}

/// A picture, ready to be written.
pub(super) enum Embedded {
    /// Pixels.
    Image(EmbeddedImage),
    /// A page or line art, which takes several objects.
    Art(EmbeddedArt),
}

impl Embedded {
    /// Bytes that it takes.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Image(image) => image.data.bytes().len(),
            Self::Art(art) => art.len(),
        }
    }

    /// Takes the numbers of its objects; hands out the first.
    pub(super) fn deal(&self, next: &mut Ref) -> Ref {
        let first = *next;
        let count = match self {
            Self::Image(_) => 1,
            Self::Art(art) => art.count,
        };
        *next = Ref::new(first.get() + count);
        first
    }

    /// The number of the object that is drawn.
    pub(super) fn drawn(&self, first: Ref) -> Ref {
        match self {
            Self::Image(_) => first,
            Self::Art(art) => art.root(first),
        }
    }

    /// Writes its objects.
    pub(super) fn write(&self, chunk: &mut Chunk, first: Ref) {
        match self {
            Self::Image(image) => image.write(chunk, first),
            Self::Art(art) => art.write(chunk, first),
        }
    }
}

/// A photograph, ready to be written.
pub(super) struct EmbeddedImage {
    width: u32,
    height: u32,
    components: u8,
    inverted: bool,
    filter: Filter,
    data: Data,
}

/// The bytes of an image stream.
enum Data {
    /// The file itself, shared with the photo.
    Jpeg(Photo),
    /// Filtered rows, deflated.
    Deflated(Vec<u8>),
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Jpeg(photo) => photo.bytes.as_ref(),
            Self::Deflated(bytes) => bytes,
        }
    }
}

/// Decodes and compresses what has to be.
pub(super) fn embed(photo: Picture<'_>) -> Result<Embedded, Box<Diagnostic>> {
    let art = |art: Result<EmbeddedArt, PhotoFault>| match art {
        Ok(art) => Ok(Embedded::Art(art)),
        Err(fault) => Err(broken_photo(photo, &fault.text().en)),
    };
    match photo.format {
        PhotoFormat::Pdf => art(EmbeddedArt::page(photo)),
        PhotoFormat::Svg => art(photo
            .drawing()
            .map(|drawing| EmbeddedArt::drawing(&drawing))),
        PhotoFormat::Jpeg => Ok(Embedded::Image(EmbeddedImage {
            width: photo.width,
            height: photo.height,
            components: photo.components,
            inverted: photo.inverted,
            filter: Filter::DctDecode,
            data: Data::Jpeg(photo.clone()),
        })),
        PhotoFormat::Png => {
            let rows = decode_png(photo)?;
            let filtered = filter_rows(&rows);
            Ok(Embedded::Image(EmbeddedImage {
                width: rows.width,
                height: rows.height,
                components: rows.components,
                inverted: false,
                filter: Filter::FlateDecode,
                data: Data::Deflated(deflate::deflate(&filtered, deflate::PICTURE)),
            }))
        }
    }
}

/// Pixels of eight bits a component, row after row.
struct Rows {
    width: u32,
    height: u32,
    components: u8,
    pixels: Vec<u8>,
}

fn decode_png(photo: &Photo) -> Result<Rows, Box<Diagnostic>> {
    let image = image::load_from_memory_with_format(photo.bytes.as_ref(), image::ImageFormat::Png)
        .map_err(|error| broken_photo(photo, &error.to_string()))?;
    let (width, height) = (image.width(), image.height());
    let color = image.color();
    let (components, pixels) = match (color.has_color(), color.has_alpha()) {
        (false, false) => (1, image.into_luma8().into_raw()),
        (false, true) => (1, on_white::<1>(&image.into_luma_alpha8().into_raw())),
        (true, false) => (3, image.into_rgb8().into_raw()),
        (true, true) => (3, on_white::<3>(&image.into_rgba8().into_raw())),
    };
    Ok(Rows {
        width,
        height,
        components,
        pixels,
    })
}

/// Pixels of `N` components and alpha, laid on white paper (X19: no soft
/// masks).
fn on_white<const N: usize>(pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len() / (N + 1) * N);
    for pixel in pixels.chunks_exact(N + 1) {
        let alpha = u32::from(pixel[N]);
        for value in &pixel[..N] {
            let mixed = (u32::from(*value) * alpha + 255 * (255 - alpha) + 127) / 255;
            out.push(u8::try_from(mixed).unwrap_or(u8::MAX));
        }
    }
    out
}

/// Puts PNG's Paeth filter before each row: neighbouring pixels of a
/// photograph are alike, and their differences deflate to half the size.
fn filter_rows(rows: &Rows) -> Vec<u8> {
    const PAETH: u8 = 4;
    let step = usize::from(rows.components);
    let stride = (rows.width as usize * step).max(1);
    let mut out = Vec::with_capacity(rows.pixels.len() + rows.height as usize);
    let zero = vec![0; stride];
    let mut above = zero.as_slice();
    for row in rows.pixels.chunks_exact(stride) {
        out.push(PAETH);
        let (first, rest) = row.split_at(step.min(stride));
        out.extend(
            first
                .iter()
                .zip(above)
                .map(|(value, up)| value.wrapping_sub(*up)),
        );
        let neighbours = row.iter().zip(&above[first.len()..]).zip(above);
        out.extend(
            (rest.iter().zip(neighbours)).map(|(value, ((left, up), corner))| {
                value.wrapping_sub(paeth(*left, *up, *corner))
            }),
        );
        above = row;
    }
    out
}

/// The neighbour nearest to `left + up - corner` (PNG, third edition, 9.4).
fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, up, corner].map(i16::from);
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

impl EmbeddedImage {
    /// Writes the image object.
    fn write(&self, chunk: &mut Chunk, id: Ref) {
        let int = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let mut image = chunk.image_xobject(id, self.data.bytes());
        image.filter(self.filter);
        image
            .width(int(self.width))
            .height(int(self.height))
            .bits_per_component(8);
        match self.components {
            1 => image.color_space().device_gray(),
            4 => image.color_space().device_cmyk(),
            _ => image.color_space().device_rgb(),
        }
        if self.components == 4 && self.inverted {
            // Adobe's programs write CMYK JPEGs with 0 for full ink.
            image.decode([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
        }
        if matches!(self.data, Data::Deflated(_)) {
            image
                .decode_parms()
                .predictor(Predictor::PngPaeth)
                .colors(i32::from(self.components))
                .bits_per_component(8)
                .columns(int(self.width));
        }
        image.finish();
    }
}

/// The finding for a photograph that cannot be decoded.
fn broken_photo(photo: &Photo, why: &str) -> Box<Diagnostic> {
    let name = &photo.name;
    Box::new(
        Diagnostic::error(
            "write/photo",
            format!("图片 {name} 无法解码：{why}"),
            format!("the photograph {name} cannot be decoded: {why}"),
        )
        .help("重新导出该图片", "export the photograph again")
        .word("file", name.as_ref()),
    )
}

#[cfg(test)]
mod tests {
    use super::{Rows, filter_rows, on_white, paeth, upright};

    #[test]
    fn alpha_is_laid_on_white() {
        assert_eq!(on_white::<1>(&[0, 255, 0, 0, 100, 128]), [0, 255, 177]);
        assert_eq!(on_white::<3>(&[10, 20, 30, 255]), [10, 20, 30]);
    }

    #[test]
    fn rows_come_back_from_their_filter() {
        let pixels: Vec<u8> = (0..5 * 4 * 3)
            .map(|n: u32| (n * n * 7 % 251) as u8)
            .collect();
        let rows = Rows {
            width: 5,
            height: 4,
            components: 3,
            pixels: pixels.clone(),
        };
        let filtered = filter_rows(&rows);
        let mut back: Vec<u8> = Vec::new();
        for (y, row) in filtered.chunks_exact(16).enumerate() {
            assert_eq!(row[0], 4);
            for (x, value) in row[1..].iter().enumerate() {
                let at = |dx: usize, dy: usize| {
                    if x < dx || y < dy {
                        0
                    } else {
                        back[(y - dy) * 15 + x - dx]
                    }
                };
                back.push(value.wrapping_add(paeth(at(3, 0), at(0, 1), at(3, 1))));
            }
        }
        assert_eq!(back, pixels);
    }

    #[test]
    fn exif_orientations_stand_upright() {
        // Where the stored picture's top left and top right corners go to, as
        // (right, down) in a box of 2 by 3: EXIF 2.32, table 6.
        let corners = |orientation| {
            let [a, b, c, d, e, f] = upright(orientation, [0, 0, 2, 3]);
            let at = |u: i64, v: i64| (a * u + c * v + e, 3 - (b * u + d * v + f));
            [at(0, 1), at(1, 1)]
        };
        assert_eq!(corners(1), [(0, 0), (2, 0)]);
        assert_eq!(corners(2), [(2, 0), (0, 0)]);
        assert_eq!(corners(3), [(2, 3), (0, 3)]);
        assert_eq!(corners(4), [(0, 3), (2, 3)]);
        assert_eq!(corners(5), [(0, 0), (0, 3)]);
        assert_eq!(corners(6), [(2, 0), (2, 3)]);
        assert_eq!(corners(7), [(2, 3), (2, 0)]);
        assert_eq!(corners(8), [(0, 3), (0, 0)]);
    }
}
