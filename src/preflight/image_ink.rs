//! How much ink an image lays down where it is darkest (N4).

use crate::base::pdf::{Array, ImageDecodeParams};
use crate::readback::colour::Space;
use crate::readback::content::ImageMark;

/// Pixels that are looked at, of a large image every so-manyth.
const SAMPLES: usize = 1_000_000;

/// The most ink of a CMYK image of eight bits, in percent; `None` where it is
/// another or cannot be decoded.
pub(super) fn most(image: &ImageMark<'_>, space: &Space) -> Option<f64> {
    if *space != Space::Cmyk || image.bits != 8 {
        return None;
    }
    let found = image
        .stream
        .decoded_image(&ImageDecodeParams::default())
        .ok()?;
    let inverted = image
        .stream
        .dict()
        .get::<Array<'_>>("Decode")
        .is_some_and(|list| list.iter::<f64>().next().is_some_and(|first| first > 0.5));
    let pixels = found.data.len() / 4;
    let step = (pixels / SAMPLES).max(1);
    let sums = found.data.chunks_exact(4).step_by(step).map(|pixel| {
        let sum: u32 = pixel.iter().map(|&ink| u32::from(ink)).sum();
        if inverted { 4 * 255 - sum } else { sum }
    });
    sums.max().map(|sum| f64::from(sum) * 100.0 / 255.0)
}
