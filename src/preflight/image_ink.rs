//! How much ink an image lays down where it is darkest (N4).

use crate::base::memory::Share;
use crate::readback::colour::Space;
use crate::readback::content::ImageMark;
use crate::readback::picture::{self, Picture};

/// The most ink of an image, in percent; `None` where its colours are no inks,
/// or it cannot be decoded. Of an image of a palette whose entries all keep
/// within `limit`, used or not, it is the most of these.
pub(super) fn most(image: &ImageMark<'_>, space: &Space, limit: f64) -> Option<f64> {
    let (base, is_indexed) = match space {
        Space::Indexed(base) => (base.as_ref(), true),
        space => (space, false),
    };
    if !matches!(base, Space::Cmyk | Space::Several(_)) {
        return None;
    }
    if is_indexed {
        let entries = picture::entries(image.stream, image.spaces)?;
        let most = heaviest(&entries, base.components());
        if most <= limit {
            return Some(most);
        }
    }
    let _share = Share::take(picture::work(image.width * image.height));
    // what a mask leaves of it has no more
    let picture = Picture::opaque(image.stream, space.clone(), image.spaces)?;
    Some(heaviest(&picture.samples, picture.count))
}

/// The most ink of pixels of `count` inks each, in percent.
fn heaviest(samples: &[u8], count: usize) -> f64 {
    let sum = |pixel: &[u8]| pixel.iter().map(|&ink| u32::from(ink)).sum::<u32>();
    let most = match count {
        // the common case, many at a time
        4 => {
            let pixels = samples.as_chunks::<4>().0.iter();
            pixels.map(|pixel| sum(pixel)).max()
        }
        _ => samples.chunks_exact(count.max(1)).map(sum).max(),
    };
    f64::from(most.unwrap_or(0)) * 100.0 / 255.0
}
