//! 分色版: the plates that a page of a finished PDF is printed from, whoever
//! wrote it: how much of each ink stands on each place, after everything has
//! been painted over everything else (X20, N4, G17).
//!
//! Colours are taken as inks, never by way of a screen. What cannot be told
//! exactly is told as [`Untold`].

mod blend;
mod draw;
mod inks;
mod layer;
mod mask;
mod measure;
mod picture;
mod sheet;
mod show;
#[cfg(test)]
mod tests;

pub use measure::{Heaviest, Square};
pub use sheet::Untold;
pub use show::Picture;

use std::collections::BTreeSet;

use crate::base::colour::PressProfile;
use crate::base::pdf::{Page, page};
use crate::readback::{Edges, content};
use sheet::Sheet;

/// The most pixels that plates may have: a broadsheet page at 300 dpi has 30
/// million, of which each plate takes as many bytes.
pub const MAX_PIXELS: u64 = 40_000_000;

/// The plates of one page.
#[derive(Clone, Debug)]
pub struct Plates {
    sheet: Sheet,
    dpi: u32,
    /// Pixels of a unit of the page's space, which as a rule is a point.
    by: f64,
    /// Left, bottom, right and top of the page's media, in such units.
    media: Edges,
    /// The same of what is printed on: the bleed.
    bleed: Edges,
}

impl Plates {
    /// The plates of `page` at `dpi` pixels an inch; colours of a screen are
    /// converted as the press profile says. The page lies as it is written,
    /// its `Rotate` left out of account.
    ///
    /// `None` where the page would have no pixel, or more than [`MAX_PIXELS`].
    pub fn of(page: &Page<'_>, dpi: u32, press: &PressProfile) -> Option<Self> {
        let rect = page.media_box();
        let media = [rect.x0, rect.y0, rect.x1, rect.y1];
        let unit = page::unit(page);
        let by = f64::from(dpi) / 72.0 * unit;
        let side = |low: f64, high: f64| ((high - low) * by - 0.01).ceil();
        let (width, height) = (side(media[0], media[2]), side(media[1], media[3]));
        let usable = |side: f64| (1.0..60_000.0).contains(&side);
        if !usable(width) || !usable(height) || width * height > MAX_PIXELS as f64 {
            return None;
        }
        let mut sheet = Sheet::new(width as usize, height as usize);
        let to_pixels = [by, 0.0, 0.0, -by, -media[0] * by, media[3] * by];
        let whole = content::read(
            page,
            &mut draw::Press::new(&mut sheet, to_pixels, press.rgb(None)),
        );
        if !whole {
            sheet.untold.insert(Untold::Content);
        }
        let bleed = page::edges(page, "BleedBox").or_else(|| page::edges(page, "TrimBox"));
        Some(Self {
            sheet,
            dpi,
            by,
            media,
            bleed: bleed.unwrap_or(media),
        })
    }

    /// Columns and rows of pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.sheet.width as u32, self.sheet.height as u32)
    }

    /// The names of the inks: `Cyan`, `Magenta`, `Yellow`, `Black`, then the
    /// spots in the order in which the page first uses them.
    pub fn inks(&self) -> impl Iterator<Item = &str> {
        self.sheet.plates.iter().map(|plate| plate.name.as_str())
    }

    /// What is not on the plates as a press would print it.
    pub fn untold(&self) -> &BTreeSet<Untold> {
        &self.sheet.untold
    }

    /// All inks of each pixel together, row by row: 255 for each full one.
    fn sums(&self) -> Vec<u16> {
        let mut sums = vec![0_u16; self.sheet.width * self.sheet.height];
        for plate in &self.sheet.plates {
            for (sum, &ink) in sums.iter_mut().zip(&plate.ink) {
                *sum += u16::from(ink);
            }
        }
        sums
    }
}
