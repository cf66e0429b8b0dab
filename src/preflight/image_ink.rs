//! How much ink an image lays down where it is darkest (N4).

use crate::readback::colour::Space;
use crate::readback::content::ImageMark;
use crate::readback::picture::Picture;

/// Pixels that are looked at, of a large image every so-manyth.
const SAMPLES: usize = 1_000_000;

/// The most ink of an image, in percent; `None` where its colours are no inks,
/// or it cannot be decoded.
pub(super) fn most(image: &ImageMark<'_>, space: &Space) -> Option<f64> {
    let base = match space {
        Space::Indexed(base) => base,
        space => space,
    };
    if !matches!(base, Space::Cmyk | Space::Several(_)) {
        return None;
    }
    // what a mask leaves of it has no more
    let picture = Picture::opaque(image.stream, space.clone(), image.spaces)?;
    let pixels = picture.samples.chunks_exact(picture.count);
    let step = (pixels.len() / SAMPLES).max(1);
    let sums = pixels.step_by(step).map(|pixel| {
        let inks = pixel.iter().map(|&ink| u32::from(ink));
        inks.sum::<u32>()
    });
    sums.max().map(|sum| f64::from(sum) * 100.0 / 255.0)
}
