//! The plates of a page as they fill up.

use std::collections::BTreeSet;

use super::blend::Blend;
use super::inks::{Inks, PROCESS};
use super::layer::{self, Area, Layer};
use super::mask::{Coverage, Window, is_empty, shared, times};

/// Something on a page that is not shown on its plates as a press would print
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untold {
    /// RGB, converted as sRGB: a press may convert it in another way.
    ScreenColour,
    /// A colour of Lab and the like, or of a palette: not drawn.
    Colour,
    /// A pattern or a shading: not drawn.
    Pattern,
    /// A blend mode that takes all inks together: drawn as Normal.
    Blend,
    /// A soft mask of a graphics state, or one that cannot be decoded: not
    /// applied.
    SoftMask,
    /// A transparency group that is not put together by itself: its objects
    /// are painted one by one.
    Group,
    /// An image that cannot be decoded, or is too large: not drawn.
    Image,
    /// A font without outlines: its text is not drawn.
    Font,
    /// More spot colours than twelve plates have room for: the others are not drawn.
    Spot,
    /// More content than is read.
    Content,
}

impl Untold {
    /// What became of it instead, in Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ScreenColour => ("RGB 按 sRGB 转换", "RGB taken for sRGB"),
            Self::Colour => (
                "Lab 一类的颜色没有画",
                "colours of Lab and the like left out",
            ),
            Self::Pattern => ("渐变、图案没有画", "shadings and patterns left out"),
            Self::Blend => ("混合模式按正常画", "blend modes drawn as Normal"),
            Self::Group => (
                "透明组没有照实合成",
                "transparency groups not put together as they are",
            ),
            Self::SoftMask => ("软蒙版没有用", "soft masks not applied"),
            Self::Image => ("有图片解不开", "images that cannot be decoded left out"),
            Self::Font => (
                "没有内嵌的字体没有画",
                "fonts that are not embedded left out",
            ),
            Self::Spot => ("专色太多，没有全画", "too many spot colours, not all drawn"),
            Self::Content => (
                "内容太多，没有画完",
                "too much content, not drawn to its end",
            ),
        }
    }
}

/// Plates that one page may have: the process inks and spots.
pub(super) const MOST: usize = 12;
/// Pixels of all plates of a page together.
const PIXELS: usize = 240_000_000;
/// Bytes that groups may hold while they are put together.
const LAYERS: usize = 96_000_000;
/// Pixels that are painted on a page, those painted over included: a page of
/// 300 dpi is filled fifty times.
const PAINTED: u64 = 1_500_000_000;

/// One plate.
#[derive(Clone, Debug)]
pub(super) struct Plate {
    /// The name of its ink.
    pub(super) name: String,
    /// Ink of each pixel, row by row from the top: 0 to 255.
    pub(super) ink: Vec<u8>,
}

/// All plates of one page.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) plates: Vec<Plate>,
    /// How much of each pixel has been painted at all.
    painted: Vec<u8>,
    /// Groups that are being put together, one in the other.
    layers: Vec<Layer>,
    /// Pixels that may still be painted.
    left: u64,
    pub(super) untold: BTreeSet<Untold>,
}

impl Sheet {
    /// Bare paper.
    pub(super) fn new(width: usize, height: usize) -> Self {
        let plate = |name: &str| Plate {
            name: name.to_owned(),
            ink: vec![0; width * height],
        };
        Self {
            width,
            height,
            plates: PROCESS.map(plate).into(),
            painted: vec![0; width * height],
            layers: Vec::new(),
            left: PAINTED,
            untold: BTreeSet::new(),
        }
    }

    /// All of it.
    pub(super) fn window(&self) -> Window {
        [0, 0, self.width as i32, self.height as i32]
    }

    /// The plate of an ink, a new one for a new spot; `None` for `None` and
    /// `All`, which are no inks, and beyond the most.
    pub(super) fn plate(&mut self, name: &str) -> Option<usize> {
        if name == "None" || name == "All" {
            return None;
        }
        if let Some(at) = self.plates.iter().position(|plate| plate.name == name) {
            return Some(at);
        }
        let size = self.width * self.height;
        if self.plates.len() >= MOST || size * (self.plates.len() + 1) > PIXELS {
            self.untold.insert(Untold::Spot);
            return None;
        }
        self.plates.push(Plate {
            name: name.to_owned(),
            ink: vec![0; size],
        });
        self.layers.iter_mut().for_each(Layer::add_plate);
        Some(self.plates.len() - 1)
    }

    /// Takes the pixels of a window from those that may still be painted;
    /// whether there were so many.
    pub(super) fn spend(&mut self, window: Window) -> bool {
        let side = |from: i32, to: i32| u64::from(to.saturating_sub(from).max(0).unsigned_abs());
        let pixels = side(window[0], window[2]) * side(window[1], window[3]);
        if pixels > self.left {
            self.left = 0;
            self.untold.insert(Untold::Content);
            return false;
        }
        self.left -= pixels;
        true
    }

    /// What is painted on now: the innermost group, or the page.
    fn area(&mut self) -> Area<'_> {
        let window = self.window();
        match self.layers.last_mut() {
            Some(layer) => layer.area(),
            None => {
                let inks = self.plates.iter_mut();
                Area {
                    window,
                    inks: inks.map(|plate| plate.ink.as_mut_slice()).collect(),
                    painted: &mut self.painted,
                }
            }
        }
    }

    /// Begins a group inside a window; whether there is room for it.
    pub(super) fn begin(&mut self, window: Window) -> bool {
        let layer = Layer::new(shared(window, self.window()), self.plates.len());
        let held: usize = self.layers.iter().map(Layer::size).sum();
        if held + layer.size() > LAYERS || !self.spend(layer.window) {
            return false;
        }
        self.layers.push(layer);
        true
    }

    /// Ends the innermost group and paints it.
    pub(super) fn end(&mut self, how: How) {
        if let Some(layer) = self.layers.pop() {
            layer::put(&layer, &mut self.area(), how);
        }
    }

    /// Paints one colour through a mask.
    pub(super) fn paint(&mut self, mask: &Coverage, inks: &Inks, how: How) {
        let mut area = self.area();
        let window = shared(mask.window, area.window);
        if is_empty(window) {
            return;
        }
        let [left, top, right, bottom] = window;
        let width = (right - left) as usize;
        let mut covered = vec![0; width];
        for y in top..bottom {
            let row = &mask.row(y)[(left - mask.window[0]) as usize..];
            covered.copy_from_slice(&row[..width]);
            if how.opacity < 255 {
                for part in &mut covered {
                    *part = times(*part, how.opacity);
                }
            }
            area.lay(left, y, &covered, inks, how.blend);
        }
    }

    /// Paints through a mask, each pixel in its own inks: `inks` fills them in
    /// for a pixel's column and row.
    pub(super) fn paint_each(
        &mut self,
        mask: &Coverage,
        how: How,
        mut inks: impl FnMut(i32, i32, &mut Inks),
    ) {
        let mut area = self.area();
        let window = shared(mask.window, area.window);
        if is_empty(window) {
            return;
        }
        let [left, top, right, bottom] = window;
        let mut here = Inks::new();
        for y in top..bottom {
            let row = mask.row(y);
            for x in left..right {
                let covered = times(row[(x - mask.window[0]) as usize], how.opacity);
                if covered > 0 {
                    inks(x, y, &mut here);
                    area.lay(x, y, &[covered], &here, how.blend);
                }
            }
        }
    }
}

/// How a colour goes on those below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct How {
    /// 255 covers.
    pub(super) opacity: u8,
    pub(super) blend: Blend,
}

#[cfg(test)]
mod tests {
    use super::*;

    const COVER: How = How {
        opacity: 255,
        blend: Blend::Normal,
    };

    #[test]
    fn x20_what_overprints_leaves_the_plates_below() {
        let mut sheet = Sheet::new(2, 1);
        let both = Coverage {
            window: [0, 0, 2, 1],
            data: vec![255, 128],
        };
        let ink = |values: [Option<u8>; 4]| values.to_vec();
        sheet.paint(&both, &ink([Some(200), Some(0), Some(0), Some(0)]), COVER);
        sheet.paint(&both, &ink([None, None, None, Some(255)]), COVER);
        assert_eq!(sheet.plates[0].ink, [200, 100]);
        assert_eq!(sheet.plates[3].ink, [255, 128]);
        sheet.paint(&both, &ink([Some(0), Some(0), Some(0), Some(0)]), COVER);
        assert_eq!(sheet.plates[0].ink, [0, 50]);
        let multiply = How {
            opacity: 255,
            blend: Blend::Multiply,
        };
        let left = Coverage {
            window: [0, 0, 1, 1],
            data: vec![255],
        };
        sheet.paint(&left, &ink([Some(128), None, None, None]), multiply);
        sheet.paint(&left, &ink([Some(128), None, None, None]), multiply);
        assert_eq!(sheet.plates[0].ink[0], 192);
    }

    #[test]
    fn spots_have_plates_of_their_own() {
        let mut sheet = Sheet::new(1, 1);
        assert_eq!(sheet.plate("Black"), Some(3));
        assert_eq!(sheet.plate("Gold"), Some(4));
        assert_eq!(sheet.plate("Gold"), Some(4));
        assert_eq!(sheet.plate("All"), None);
        for spot in 0..20 {
            sheet.plate(&format!("Spot {spot}"));
        }
        assert_eq!(sheet.plates.len(), MOST);
        assert!(sheet.untold.contains(&Untold::Spot));
    }
}
