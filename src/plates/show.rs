//! Plates as pictures: each by itself, on the paper, and as a map of ink.

use super::Plates;
use crate::base::colour::ScreenTable;

/// A picture of eight bits a channel, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// 1 for grey, 3 for sRGB.
    pub channels: u8,
    /// The pixels.
    pub data: Vec<u8>,
}

/// Colours of the map, by 100 % of ink: from bare paper over what one, two
/// inks and more make, to the limit.
const RAMP: [[u8; 3]; 4] = [
    [255, 255, 255],
    [205, 205, 205],
    [120, 160, 215],
    [250, 190, 60],
];
/// Over the limit.
const OVER: [u8; 3] = [220, 0, 40];

impl Plates {
    /// One plate: black where its ink is full; `None` where there are fewer.
    pub fn plate(&self, at: usize) -> Option<Picture> {
        let plate = self.sheet.plates.get(at)?;
        Some(self.picture(1, plate.ink.iter().map(|&ink| 255 - ink).collect()))
    }

    /// 软打样: the process inks on the paper, as a screen shows them. Spots are
    /// left out: what colour they have, no profile says.
    pub fn proof(&self, screen: &ScreenTable) -> Picture {
        let plates = &self.sheet.plates;
        let mut data = Vec::with_capacity(self.sheet.width * self.sheet.height * 3);
        let mut last = ([0; 4], screen.rgb([0; 4]));
        for at in 0..self.sheet.width * self.sheet.height {
            let inks = [0, 1, 2, 3].map(|n: usize| plates[n].ink[at]);
            if inks != last.0 {
                last = (inks, screen.rgb(inks));
            }
            data.extend(last.1);
        }
        self.picture(3, data)
    }

    /// 墨量图: all inks of each place together, in steps of grey, blue and
    /// amber; what is over `limit` percent is red, a pixel at the least 3
    /// pixels wide, so that it is seen.
    pub fn ink_map(&self, limit: f64) -> Picture {
        let sums = self.sums();
        let most = limit * 2.55 + 0.5;
        let over = |sum: u16| f64::from(sum) > most;
        let mut data: Vec<u8> = sums.iter().flat_map(|&sum| ramp(sum)).collect();
        let (width, height) = (self.sheet.width, self.sheet.height);
        for at in (0..sums.len()).filter(|&at| over(sums[at])) {
            let (x, y) = (at % width, at / width);
            for row in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for column in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    let from = (row * width + column) * 3;
                    data[from..from + 3].copy_from_slice(&OVER);
                }
            }
        }
        self.picture(3, data)
    }

    fn picture(&self, channels: u8, data: Vec<u8>) -> Picture {
        let (width, height) = self.size();
        Picture {
            width,
            height,
            channels,
            data,
        }
    }
}

/// The colour of so much ink, 255 for each full one.
fn ramp(sum: u16) -> [u8; 3] {
    let at = usize::from(sum / 255);
    let Some([low, high]) = RAMP.get(at..at + 2) else {
        return RAMP[RAMP.len() - 1];
    };
    let part = i32::from(sum % 255);
    [0, 1, 2].map(|n| {
        let (low, high) = (i32::from(low[n]), i32::from(high[n]));
        (low + (high - low) * part / 255) as u8
    })
}
