//! Images on the plates.

use super::inks::{self, Inks};
use super::sheet::Sheet;
use crate::base::colour::RgbTable;
use crate::readback::colour::Space;
use crate::readback::content::Over;
use crate::readback::picture::Picture;

/// Steps a side that are averaged where an image is finer than the plate.
const FINEST: usize = 4;

impl Picture {
    /// The mean of its components around a place, in parts of its sides, for
    /// pixels that are so many of its own wide and high.
    fn mean(&self, (u, v): (f64, f64), (across, down): (f64, f64), out: &mut [u8]) {
        let steps = |size: f64| (size.round() as usize).clamp(1, FINEST);
        let (columns, rows) = (steps(across), steps(down));
        let mut sums = [0_u32; 32];
        for row in 0..rows {
            let off = (row as f64 + 0.5) / rows as f64 - 0.5;
            let y = place(v * self.height as f64 + off * down, self.height);
            for column in 0..columns {
                let off = (column as f64 + 0.5) / columns as f64 - 0.5;
                let x = place(u * self.width as f64 + off * across, self.width);
                let from = (y * self.width + x) * self.count;
                let pixel = self.samples.get(from..from + self.count).unwrap_or(&[]);
                for (sum, &sample) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(sample);
                }
            }
        }
        let among = (columns * rows) as u32;
        for (mean, sum) in out.iter_mut().zip(sums) {
            *mean = ((sum + among / 2) / among) as u8;
        }
    }

    /// Whether it has a mask.
    pub(super) fn has_alpha(&self) -> bool {
        self.alpha.is_some()
    }

    /// Opacity around a place.
    pub(super) fn opacity(&self, at: (f64, f64), part: (f64, f64)) -> u8 {
        let Some(alpha) = &self.alpha else {
            return 255;
        };
        alpha.through(at, part)
    }

    /// What a stencil lets through around a place.
    pub(super) fn through(&self, at: (f64, f64), (across, down): (f64, f64)) -> u8 {
        let mut mean = [0];
        let part = (across * self.width as f64, down * self.height as f64);
        self.mean(at, part, &mut mean);
        mean[0]
    }

    /// What tells the inks of its pixels; `None` where its colours cannot be
    /// told as inks.
    pub(super) fn inker<'p>(
        &'p self,
        over: Over,
        sheet: &mut Sheet,
        screen: &'p RgbTable,
    ) -> Option<Inker<'p>> {
        let names: &[String] = match &self.space {
            Space::Separation(name) => std::slice::from_ref(name),
            Space::Several(names) => names,
            _ => &[],
        };
        let base = match &self.space {
            // a named ink goes to its plate: those of bare paper tell which
            Space::Separation(_) | Space::Several(_) => {
                inks::tints(names, &vec![0; self.count], over, sheet)?
            }
            Space::Measured | Space::Indexed(_) | Space::Pattern(_) => return None,
            _ => inks::process(sheet, over, [0; 4]),
        };
        Some(Inker {
            picture: self,
            base,
            all: names.iter().any(|name| name == "All"),
            plates: names.iter().map(|name| sheet.plate(name)).collect(),
            screen,
        })
    }
}

/// What tells the inks of an image's pixels.
pub(super) struct Inker<'p> {
    picture: &'p Picture,
    /// Which plates a pixel takes, all of them bare.
    base: Inks,
    /// Its one component goes to every plate.
    all: bool,
    /// The plates of named inks.
    plates: Vec<Option<usize>>,
    screen: &'p RgbTable,
}

impl Inker<'_> {
    /// Which plates its pixels take.
    pub(super) fn base(&self) -> &Inks {
        &self.base
    }

    /// The inks around a place, for a pixel of so many parts of its sides.
    pub(super) fn ink(&self, at: (f64, f64), (across, down): (f64, f64), out: &mut Inks) {
        let picture = self.picture;
        let mut means = [0_u8; 32];
        let part = (across * picture.width as f64, down * picture.height as f64);
        picture.mean(at, part, &mut means);
        out.clone_from(&self.base);
        let cmyk = match &picture.space {
            Space::Separation(_) | Space::Several(_) => {
                if self.all {
                    out.fill(Some(means[0]));
                }
                for (plate, &tint) in self.plates.iter().zip(&means) {
                    if let Some(ink) = plate.and_then(|plate| out.get_mut(plate)) {
                        *ink = Some(tint);
                    }
                }
                return;
            }
            Space::Gray | Space::Icc(1, _) => [0, 0, 0, 255 - means[0]],
            Space::Cmyk | Space::Icc(4, _) => [means[0], means[1], means[2], means[3]],
            _ => self.screen.inks([means[0], means[1], means[2]]),
        };
        for (ink, tint) in out.iter_mut().zip(cmyk) {
            *ink = Some(tint);
        }
    }
}

/// A pixel's number on a side.
fn place(at: f64, size: usize) -> usize {
    (at.max(0.0) as usize).min(size.saturating_sub(1))
}
