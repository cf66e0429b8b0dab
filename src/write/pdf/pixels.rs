//! A photograph's pixels, eight bits a component, on white paper.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use crate::base::photo::{MAX_DECODED, MAX_SIDE, Photo, PhotoFormat};

/// Pixels, row after row.
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 grey, 3 RGB.
    pub(super) components: u8,
    pub(super) data: Vec<u8>,
}

impl Pixels {
    /// Decodes a PNG, or a JPEG of grey or RGB; what is transparent is laid on
    /// white (X19: no soft masks).
    ///
    /// # Errors
    ///
    /// What the decoder says.
    pub(super) fn of(photo: &Photo) -> Result<Self, String> {
        let format = match photo.format {
            PhotoFormat::Jpeg => ImageFormat::Jpeg,
            _ => ImageFormat::Png,
        };
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        // room for the decoder's own rows beside the picture
        limits.max_alloc = Some(MAX_DECODED + MAX_DECODED / 2);
        let mut reader = ImageReader::with_format(Cursor::new(photo.bytes.as_ref()), format);
        reader.limits(limits);
        let image = reader.decode().map_err(|error| error.to_string())?;
        let (width, height) = (image.width(), image.height());
        let color = image.color();
        let (components, data) = match (color.has_color(), color.has_alpha()) {
            (false, false) => (1, image.into_luma8().into_raw()),
            (false, true) => (1, on_white::<1>(image.into_luma_alpha8().into_raw())),
            (true, false) => (3, image.into_rgb8().into_raw()),
            (true, true) => (3, on_white::<3>(image.into_rgba8().into_raw())),
        };
        Ok(Self {
            width,
            height,
            components,
            data,
        })
    }

    /// RGB pixels that are all neutral as the grey they are; others as they
    /// were.
    pub(super) fn grey_where_neutral(mut self) -> Self {
        let neutral = |pixel: &[u8]| pixel[0] == pixel[1] && pixel[1] == pixel[2];
        if self.components == 3 && self.data.chunks_exact(3).all(neutral) {
            let count = self.data.len() / 3;
            for n in 0..count {
                self.data[n] = self.data[n * 3];
            }
            self.data.truncate(count);
            self.components = 1;
        }
        self
    }

    /// The rows, from the top.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.data.chunks_exact(self.stride().max(1))
    }

    /// Bytes of a row.
    pub(super) fn stride(&self) -> usize {
        self.width as usize * usize::from(self.components)
    }
}

/// Pixels of `N` components and alpha, laid on white paper, in the room they
/// had.
fn on_white<const N: usize>(mut pixels: Vec<u8>) -> Vec<u8> {
    let count = pixels.len() / (N + 1);
    for n in 0..count {
        let alpha = u32::from(pixels[n * (N + 1) + N]);
        for channel in 0..N {
            let value = u32::from(pixels[n * (N + 1) + channel]);
            let mixed = (value * alpha + 255 * (255 - alpha) + 127) / 255;
            pixels[n * N + channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    pixels.truncate(count * N);
    pixels
}

#[cfg(test)]
mod tests {
    use super::{Pixels, on_white};

    #[test]
    fn x19_alpha_is_laid_on_white() {
        let pixels = vec![0, 255, 0, 0, 100, 128];
        assert_eq!(on_white::<1>(pixels), [0, 255, 177]);
        let pixels = vec![10, 20, 30, 255, 1, 2, 3, 0];
        assert_eq!(on_white::<3>(pixels), [10, 20, 30, 255, 255, 255]);
    }

    #[test]
    fn neutral_pixels_are_grey() {
        let of = |data: Vec<u8>| Pixels {
            width: 2,
            height: 1,
            components: 3,
            data,
        };
        let grey = of(vec![7, 7, 7, 9, 9, 9]).grey_where_neutral();
        assert_eq!((grey.components, grey.data), (1, vec![7, 9]));
        let colour = of(vec![7, 7, 7, 9, 9, 8]).grey_where_neutral();
        assert_eq!(colour.components, 3);
    }
}
