//! Photographs as image objects.
//!
//! For a press every picture is ink: see `separate`. Where there is no
//! press, as in proofs, a JPEG goes through untouched (X22: DCT), and others
//! are decoded to eight bits, flattened on white paper, and deflated with PNG's
//! own row filters; line art keeps its one bit. A photo placed more than once is one object.

use std::sync::Arc;

use pdf_writer::types::Predictor;
use pdf_writer::writers::ImageXObject;
use pdf_writer::{Chunk, Filter, Finish, Name, Ref};

use super::Profile;
use super::art::EmbeddedArt;
use super::deflate;
use super::memo::{Key, Memo};
use super::predict::PaethRows;
use super::reduce::{self, reduce};
use super::separate::{Coding, Inks, Separated, WITHOUT_LOSS, separate};
use crate::base::colour::PressProfile;
use crate::base::diag::{Diagnostic, Text};
use crate::base::memory::Share;
use crate::base::photo::{GuestFault, Photo, PhotoFault, PhotoFormat, Pixels};
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
    /// The size, as stored, that each needs at the resolution asked for, for
    /// the largest of its places; empty where none is asked for.
    needs: Vec<(u32, u32)>,
}

impl<'p> Pictures<'p> {
    /// The index of a photo and the photo. Two files of the same bytes are
    /// the same photo.
    pub(super) fn find(&self, photo: &Photo) -> Option<(usize, Picture<'p>)> {
        let index = self.list.iter().position(|known| same(known, photo))?;
        Some((index, self.list.get(index)?))
    }

    /// Each picture with the size that it is stored in.
    pub(super) fn sized(&self) -> impl Iterator<Item = (Picture<'p>, (u32, u32))> {
        self.list.iter().enumerate().map(|(index, photo)| {
            let need = self.needs.get(index).copied();
            (*photo, reduce::stored((photo.width, photo.height), need))
        })
    }
}

fn same(a: &Photo, b: &Photo) -> bool {
    std::ptr::eq(a, b) || (a.format == b.format && a.bytes.as_ref() == b.bytes.as_ref())
}

/// Finds the photographs of the pages, and where they are to have no more than
/// `ppi` pixels an inch, what that is of each.
pub(super) fn collect(pages: &[Page], ppi: Option<u16>) -> Pictures<'_> {
    let mut pictures = Pictures {
        list: Vec::new(),
        needs: Vec::new(),
    };
    for item in pages.iter().flat_map(|page| &page.items) {
        let Item::Photo(placed) = item else { continue };
        let index = match pictures.find(&placed.photo) {
            Some((index, _)) => index,
            None => {
                pictures.list.push(Arc::as_ref(&placed.photo));
                pictures.list.len() - 1
            }
        };
        let Some(ppi) = ppi else { continue };
        let (width, height) = reduce::needed(placed, ppi);
        match pictures.needs.get_mut(index) {
            Some(need) => *need = (need.0.max(width), need.1.max(height)),
            None => pictures.needs.push((width, height)),
        }
    }
    pictures
}

/// A picture, ready to be written.
pub(super) enum Embedded {
    /// Pixels.
    Image(Arc<EmbeddedImage>),
    /// A page or line art, which takes several objects.
    Art(EmbeddedArt),
}

impl Embedded {
    /// Bytes that it takes.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Image(image) => image.len(),
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

    /// Whether something of it is transparent (X19).
    pub(super) fn is_transparent(&self) -> bool {
        matches!(self, Self::Art(art) if art.transparent)
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
#[derive(Debug)]
pub(super) struct EmbeddedImage {
    width: u32,
    height: u32,
    samples: Samples,
    coding: Coding,
    data: Data,
}

/// What the samples of an image are.
#[derive(Debug)]
enum Samples {
    /// Grey or RGB as a screen shows it: never for a press (X17). Line art has
    /// one bit.
    Screen { components: u8, bits: u8 },
    /// Inks.
    Inks(Inks),
}

impl Samples {
    fn components(&self) -> u8 {
        match self {
            Self::Screen { components, .. } => *components,
            Self::Inks(Inks::Cmyk) => 4,
            Self::Inks(Inks::Black | Inks::LineArt | Inks::Palette { .. }) => 1,
        }
    }

    fn bits(&self) -> u8 {
        match self {
            Self::Screen { bits, .. } | Self::Inks(Inks::Palette { bits, .. }) => *bits,
            Self::Inks(Inks::LineArt) => 1,
            Self::Inks(Inks::Cmyk | Inks::Black) => 8,
        }
    }
}

/// The bytes of an image stream.
#[derive(Debug)]
enum Data {
    /// The file itself, shared with the photo.
    File(Photo),
    /// Made here.
    Made(Vec<u8>),
}

impl Data {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::File(photo) => photo.bytes.as_ref(),
            Self::Made(bytes) => bytes,
        }
    }
}

/// Converts a picture: decodes it, reduces it to `size`, separates it for the
/// press and compresses it. What it becomes depends on its bytes, `size` and
/// `profile` alone. Line art and JPEGs in CMYK keep their pixels.
///
/// # Errors
///
/// `write/photo` where the pixels cannot be decoded, `write/guest` where a
/// ready-made page does not keep to the rules of the profile.
pub(super) fn embed(
    photo: Picture<'_>,
    size: (u32, u32),
    profile: Profile<'_>,
    memo: Option<&Memo>,
) -> Result<Embedded, Box<Diagnostic>> {
    let press = profile
        .condition()
        .map(|condition| condition.press.as_ref());
    let art = |art: Result<EmbeddedArt, PhotoFault>| match art {
        Ok(art) => Ok(Embedded::Art(art)),
        Err(fault) => Err(broken_photo(photo, &fault.text().en)),
    };
    let image = match (photo.format, press) {
        (PhotoFormat::Pdf, _) => {
            let transparent = guest(photo, profile)?;
            return art(EmbeddedArt::page(photo, transparent));
        }
        (PhotoFormat::Svg, _) => {
            return art(photo
                .drawing()
                .map(|drawing| EmbeddedArt::drawing(&drawing, press)));
        }
        (PhotoFormat::Jpeg, _) if photo.components == 4 => untouched(photo),
        (PhotoFormat::Jpeg, None) => untouched(photo),
        (_, press) => {
            let kept = memo.map(|memo| {
                let id = press.map(PressProfile::id);
                (&memo.pictures, Key::new(photo, id, size))
            });
            if let Some((pictures, key)) = &kept
                && let Some(known) = pictures.get(key)
            {
                return Ok(Embedded::Image(known));
            }
            let image = converted(photo, size, press).map(Arc::new);
            if let (Some((pictures, key)), Ok(image)) = (kept, &image) {
                pictures.keep(key, image);
            }
            return match image {
                Ok(image) => Ok(Embedded::Image(image)),
                Err(why) => Err(broken_photo(photo, &why)),
            };
        }
    };
    Ok(Embedded::Image(Arc::new(image)))
}

/// The pixels of a picture, reduced, as inks or as they are.
fn converted(
    photo: &Photo,
    size: (u32, u32),
    press: Option<&PressProfile>,
) -> Result<EmbeddedImage, String> {
    let _share = Share::take(work(photo, size));
    let pixels = reduce(pixels(photo)?, size);
    match press {
        Some(press) => separate(photo, pixels, press).map(EmbeddedImage::from),
        None => Ok(deflated(&pixels)),
    }
}

/// Bytes of memory that the conversion takes: to decode, or to deflate samples
/// that go without loss, with their filtered rows and the room for the worst.
fn work(photo: &Photo, size: (u32, u32)) -> u64 {
    let inks = u64::from(size.0) * u64::from(size.1) * 4;
    photo.work.max(3 * inks.min(WITHOUT_LOSS as u64))
}

fn pixels(photo: &Photo) -> Result<Pixels, String> {
    photo.pixels().map_err(|fault| fault.text().en)
}

/// Sees that a ready-made page keeps to the rules of `profile`; tells whether
/// it is transparent somewhere.
fn guest(photo: &Photo, profile: Profile<'_>) -> Result<bool, Box<Diagnostic>> {
    if profile.claim().is_none() {
        return Ok(false);
    }
    let found = photo
        .guest_faults()
        .map_err(|fault| broken_photo(photo, &fault.text().en))?;
    let transparent = found.contains(&GuestFault::Transparency);
    let x1a = matches!(profile, Profile::X1a(_));
    let kept: Vec<Text> = (found.iter())
        .filter(|fault| x1a || !fault.in_x1a_alone())
        .map(GuestFault::text)
        .collect();
    if kept.is_empty() {
        return Ok(transparent);
    }
    let name = &photo.name;
    let rules = profile.claim().unwrap_or_default();
    let zh: Vec<&str> = kept.iter().map(|text| text.zh.as_ref()).collect();
    let en: Vec<&str> = kept.iter().map(|text| text.en.as_ref()).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    Err(Box::new(
        Diagnostic::error(
            "write/guest",
            format!("放进来的 {name} 不合 {rules}：{zh}"),
            format!("the placed page {name} is not fit for {rules}: {en}"),
        )
        .help(
            format!("请原来的程序导出 {rules}（CMYK、字体嵌入），再放进来"),
            format!("have the program that made it export {rules} (CMYK, fonts embedded)"),
        )
        .word("file", name.as_ref()),
    ))
}

/// A JPEG as it is.
fn untouched(photo: &Photo) -> EmbeddedImage {
    let samples = match photo.components {
        4 => Samples::Inks(Inks::Cmyk),
        components => Samples::Screen {
            components,
            bits: 8,
        },
    };
    let inverted = photo.inverted;
    EmbeddedImage {
        width: photo.width,
        height: photo.height,
        samples,
        coding: Coding::Jpeg { inverted },
        data: Data::File(photo.clone()),
    }
}

/// Decoded pixels as they are.
fn deflated(pixels: &Pixels) -> EmbeddedImage {
    let (components, bits) = (pixels.components, pixels.bits);
    let samples = match components {
        4 => Samples::Inks(Inks::Cmyk),
        _ => Samples::Screen { components, bits },
    };
    let (coding, data) = if bits == 1 {
        let data = deflate::deflate(&pixels.data, deflate::PICTURE);
        (Coding::Deflated, data)
    } else {
        let mut rows = PaethRows::new(pixels.height, pixels.stride(), components.into());
        pixels.rows().for_each(|row| rows.push(row));
        let data = deflate::deflate(&rows.finish(), deflate::PICTURE);
        (Coding::Filtered, data)
    };
    EmbeddedImage {
        width: pixels.width,
        height: pixels.height,
        samples,
        coding,
        data: Data::Made(data),
    }
}

impl From<Separated> for EmbeddedImage {
    fn from(picture: Separated) -> Self {
        Self {
            width: picture.width,
            height: picture.height,
            samples: Samples::Inks(picture.inks),
            coding: picture.coding,
            data: Data::Made(picture.data),
        }
    }
}

impl EmbeddedImage {
    /// Bytes of its stream.
    pub(super) fn len(&self) -> usize {
        self.data.bytes().len()
    }

    /// An image of one pixel with these bytes, for tests of what keeps it.
    #[cfg(test)]
    pub(super) fn of_bytes(bytes: Vec<u8>) -> Self {
        Self {
            width: 1,
            height: 1,
            samples: Samples::Inks(Inks::Black),
            coding: Coding::Deflated,
            data: Data::Made(bytes),
        }
    }

    /// Writes the image object.
    fn write(&self, chunk: &mut Chunk, id: Ref) {
        let int = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let mut image = chunk.image_xobject(id, self.data.bytes());
        image.filter(match self.coding {
            Coding::Jpeg { .. } => Filter::DctDecode,
            Coding::Filtered | Coding::Deflated => Filter::FlateDecode,
        });
        image
            .width(int(self.width))
            .height(int(self.height))
            .bits_per_component(i32::from(self.samples.bits()));
        write_space(&mut image, &self.samples);
        if self.coding == (Coding::Jpeg { inverted: true }) {
            // Adobe's programs write CMYK JPEGs with 0 for full ink.
            image.decode([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
        }
        if self.coding == Coding::Filtered {
            image
                .decode_parms()
                .predictor(Predictor::PngPaeth)
                .colors(i32::from(self.samples.components()))
                .bits_per_component(8)
                .columns(int(self.width));
        }
        image.finish();
    }
}

/// The colour space of an image (X17).
fn write_space(image: &mut ImageXObject<'_>, samples: &Samples) {
    let space = image.color_space();
    match samples {
        Samples::Screen { components: 1, .. } => space.device_gray(),
        Samples::Screen { .. } => space.device_rgb(),
        Samples::Inks(Inks::Cmyk) => space.device_cmyk(),
        Samples::Inks(Inks::Black | Inks::LineArt) => {
            let mut black = space.separation(Name(b"Black"));
            black.alternate_color_space().device_cmyk();
            black
                .tint_exponential()
                .domain([0.0, 1.0])
                .c0([0.0; 4])
                .c1([0.0, 0.0, 0.0, 1.0])
                .n(1.0);
            black.finish();
        }
        Samples::Inks(Inks::Palette { entries, .. }) => {
            let last = i32::try_from(entries.len() / 4).unwrap_or(256) - 1;
            space.indexed(Name(b"DeviceCMYK"), last, entries);
        }
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
    use super::upright;

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
