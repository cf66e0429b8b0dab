//! What is painted on: the page, or a transparency group that is put together
//! by itself before it is painted (ISO 32000-1, 11.4).
//!
//! A plate holds the ink that a pixel has on bare paper: ink times how much of
//! it has been painted. Painting over it needs no more; only blend modes ask
//! what the ink itself is, and how much has been painted.

use super::blend::Blend;
use super::inks::{Inks, PROCESS};
use super::mask::{Window, is_empty, times};
use super::sheet::How;

/// A group.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) window: Window,
    /// Each plate inside the window.
    inks: Vec<Vec<u8>>,
    painted: Vec<u8>,
}

/// The plates of a window, row by row.
pub(super) struct Area<'l> {
    pub(super) window: Window,
    pub(super) inks: Vec<&'l mut [u8]>,
    /// How much of each pixel has been painted.
    pub(super) painted: &'l mut [u8],
}

impl Layer {
    /// A group of so many plates, nothing painted.
    pub(super) fn new(window: Window, plates: usize) -> Self {
        let window = if is_empty(window) { [0; 4] } else { window };
        let size = (window[2] - window[0]) as usize * (window[3] - window[1]) as usize;
        Self {
            window,
            inks: vec![vec![0; size]; plates],
            painted: vec![0; size],
        }
    }

    /// Bytes that it holds.
    pub(super) fn size(&self) -> usize {
        self.painted.len() * (self.inks.len() + 1)
    }

    /// A plate more.
    pub(super) fn add_plate(&mut self) {
        self.inks.push(vec![0; self.painted.len()]);
    }

    /// To paint on.
    pub(super) fn area(&mut self) -> Area<'_> {
        Area {
            window: self.window,
            inks: self.inks.iter_mut().map(Vec::as_mut_slice).collect(),
            painted: &mut self.painted,
        }
    }
}

impl Area<'_> {
    /// Where a pixel stands.
    fn at(&self, x: i32, y: i32) -> usize {
        let [left, top, right, _] = self.window;
        (y - top) as usize * (right - left) as usize + (x - left) as usize
    }

    /// Paints a row of pixels from a place on, each so much.
    pub(super) fn lay(&mut self, x: i32, y: i32, covered: &[u8], inks: &Inks, blend: Blend) {
        let at = self.at(x, y);
        let painted = &mut self.painted[at..at + covered.len()];
        let whole = covered.iter().all(|&part| part == 255);
        for (nth, (plate, ink)) in self.inks.iter_mut().zip(inks).enumerate() {
            let Some(ink) = *ink else { continue };
            let blend = of_plate(blend, nth);
            let plate = &mut plate[at..at + covered.len()];
            if blend == Blend::Normal && whole {
                plate.fill(ink);
            } else if blend == Blend::Normal {
                for (below, &part) in plate.iter_mut().zip(covered) {
                    *below = over(*below, ink, part);
                }
            } else {
                let pixels = plate.iter_mut().zip(covered).zip(painted.iter());
                for ((below, &part), &painted) in pixels {
                    let ink = mixed(*below, painted, ink, blend);
                    *below = over(*below, ink, part);
                }
            }
        }
        if whole {
            painted.fill(255);
            return;
        }
        for (painted, &part) in painted.iter_mut().zip(covered) {
            *painted = over(*painted, 255, part);
        }
    }
}

/// Paints a group.
pub(super) fn put(layer: &Layer, on: &mut Area<'_>, how: How) {
    let [left, top, right, bottom] = layer.window;
    for y in top..bottom {
        for x in left..right {
            let from = (y - top) as usize * (right - left) as usize + (x - left) as usize;
            let part = layer.painted[from];
            let covered = times(part, how.opacity);
            if covered == 0 {
                continue;
            }
            let at = on.at(x, y);
            let painted = on.painted[at];
            for (nth, (plate, inks)) in on.inks.iter_mut().zip(&layer.inks).enumerate() {
                let ink = itself(inks[from], part);
                let ink = mixed(plate[at], painted, ink, of_plate(how.blend, nth));
                plate[at] = over(plate[at], ink, covered);
            }
            on.painted[at] = over(painted, 255, covered);
        }
    }
}

fn of_plate(blend: Blend, nth: usize) -> Blend {
    match nth < PROCESS.len() {
        true => blend,
        false => blend.for_spot(),
    }
}

/// Ink over ink.
fn over(below: u8, ink: u8, part: u8) -> u8 {
    match part {
        0 => below,
        255 => ink,
        part => times(ink, part) + times(below, 255 - part),
    }
}

/// What a blend mode makes of an ink, as far as something is below it.
fn mixed(below: u8, painted: u8, ink: u8, blend: Blend) -> u8 {
    if blend == Blend::Normal || painted == 0 {
        return ink;
    }
    let both = blend.ink(itself(below, painted), ink);
    times(both, painted) + times(ink, 255 - painted)
}

/// The ink of a pixel of which only a part has been painted.
fn itself(ink: u8, painted: u8) -> u8 {
    match painted {
        0 => 0,
        255 => ink,
        part => {
            let part = u16::from(part);
            ((u16::from(ink) * 255 + part / 2) / part).min(255) as u8
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_painted_as_one() {
        let mut page = Layer::new([0, 0, 3, 1], 4);
        page.area()
            .lay(0, 0, &[255; 3], &vec![Some(100); 4], Blend::Normal);
        let mut group = Layer::new([1, 0, 3, 1], 4);
        // one over the other: the lower does not show
        let (one, two) = (vec![Some(200); 4], vec![Some(50); 4]);
        group.area().lay(1, 0, &[255, 255], &one, Blend::Normal);
        group.area().lay(1, 0, &[255], &two, Blend::Normal);
        let half = How {
            opacity: 128,
            blend: Blend::Normal,
        };
        put(&group, &mut page.area(), half);
        assert_eq!(page.inks[0], [100, 75, 150]);
        let darker = How {
            opacity: 255,
            blend: Blend::Darken,
        };
        put(&group, &mut page.area(), darker);
        assert_eq!(page.inks[0], [100, 75, 200]);
    }

    #[test]
    fn a_blend_mode_needs_something_below() {
        let mut page = Layer::new([0, 0, 2, 1], 5);
        page.area()
            .lay(0, 0, &[255], &vec![Some(0); 5], Blend::Normal);
        let inks = vec![Some(60); 5];
        page.area().lay(0, 0, &[255, 255], &inks, Blend::Difference);
        // of white, 255 of light, 195 leave 60; the spot is not turned
        assert_eq!(page.inks[0], [195, 60]);
        assert_eq!(page.inks[4], [60, 60]);
    }
}
