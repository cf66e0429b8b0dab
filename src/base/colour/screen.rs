//! 屏幕: what paper and inks look like on a screen.

use super::pcs::WHITE;
use super::pipeline::Channels;

/// Points a side of the table.
const SIDE: usize = 17;
/// Inks between two points.
const STEP: u32 = 16;

/// From inks to sRGB, the paper's own colour included.
#[derive(Debug)]
pub struct ScreenTable {
    /// `SIDE`⁴ colours, black running fastest.
    points: Vec<[u8; 3]>,
    /// Black alone, which is most of a newspaper.
    black: Box<[[u8; 3]; 256]>,
}

impl ScreenTable {
    /// From what inks look like, XYZ relative to the paper, and the paper's
    /// own XYZ.
    pub(super) fn build(paper: [f64; 3], xyz: impl Fn(Channels) -> [f64; 3]) -> Self {
        let show = |inks: Channels| {
            let relative = xyz(inks);
            screen([0, 1, 2].map(|n| relative[n] / WHITE[n] * paper[n]))
        };
        let share = |at: usize| (at as f64 * f64::from(STEP) / 255.0).min(1.0);
        let mut points = Vec::with_capacity(SIDE.pow(4));
        for at in 0..SIDE.pow(4) {
            let of = |power: u32| share(at / SIDE.pow(power) % SIDE);
            points.push(show([of(3), of(2), of(1), of(0)]));
        }
        let mut black = Box::new([[0; 3]; 256]);
        for (ink, colour) in (0_u16..).zip(black.iter_mut()) {
            *colour = show([0.0, 0.0, 0.0, f64::from(ink) / 255.0]);
        }
        Self { points, black }
    }

    /// The colour of inks, 0 for none and 255 for full.
    pub fn rgb(&self, inks: [u8; 4]) -> [u8; 3] {
        if inks[..3] == [0; 3] {
            return self.black[usize::from(inks[3])];
        }
        let mut low = [0; 4];
        let mut part = [0_u32; 4];
        for (n, ink) in inks.into_iter().enumerate() {
            let ink = u32::from(ink);
            low[n] = (ink / STEP) as usize;
            // the last point stands for full ink, one step short
            let width = if low[n] == SIDE - 2 { 255 - 240 } else { STEP };
            part[n] = ink % STEP * 256 / width;
        }
        let mut sums = [0_u64; 3];
        for corner in 0..16_usize {
            let mut weight = 1_u64;
            let mut at = 0;
            for n in 0..4 {
                let high = corner >> n & 1;
                let share = if high == 1 { part[n] } else { 256 - part[n] };
                weight *= u64::from(share);
                at = at * SIDE + (low[n] + high).min(SIDE - 1);
            }
            if weight > 0 {
                for (sum, &value) in sums.iter_mut().zip(&self.points[at]) {
                    *sum += weight * u64::from(value);
                }
            }
        }
        sums.map(|sum| ((sum + (1 << 31)) >> 32) as u8)
    }
}

/// The sRGB of an XYZ under D50, cut where a screen cannot show it.
///
/// The matrix is that of sRGB, seen under D50 by Bradford (IEC 61966-2-1).
fn screen([x, y, z]: [f64; 3]) -> [u8; 3] {
    const ROWS: [[f64; 3]; 3] = [
        [3.133_856_1, -1.616_866_7, -0.490_614_6],
        [-0.978_768_4, 1.916_141_5, 0.033_454_0],
        [0.071_945_3, -0.228_991_4, 1.405_242_7],
    ];
    ROWS.map(|[a, b, c]| {
        let light = (a * x + b * y + c * z).clamp(0.0, 1.0);
        let value = match light {
            light if light <= 0.003_130_8 => light * 12.92,
            light => 1.055 * super::exact::pow(light, 1.0 / 2.4) - 0.055,
        };
        (value * 255.0 + 0.5) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_and_black_are_those_of_a_screen() {
        assert_eq!(screen(WHITE), [255; 3]);
        assert_eq!(screen([0.0; 3]), [0; 3]);
        let grey = screen(WHITE.map(|part| part * 0.2140));
        assert!(
            grey.iter().all(|&value| (126..=129).contains(&value)),
            "{grey:?}"
        );
    }

    #[test]
    fn between_its_points_the_table_is_straight() {
        // a press whose inks take light away evenly
        let xyz = |inks: Channels| {
            let rest = 1.0 - (inks[0] + inks[1] + inks[2] + inks[3]) / 4.0;
            WHITE.map(|part| part * rest)
        };
        let table = ScreenTable::build(WHITE, xyz);
        assert_eq!(table.rgb([0; 4]), [255; 3]);
        assert_eq!(table.rgb([255; 4]), [0; 3]);
        for inks in [
            [10, 0, 0, 0],
            [255, 255, 0, 0],
            [77, 130, 3, 250],
            [0, 0, 0, 77],
        ] {
            let shares = inks.map(|ink: u8| f64::from(ink) / 255.0);
            let exact = screen(xyz(shares));
            let got = table.rgb(inks);
            let off = got.iter().zip(exact).all(|(&a, b)| a.abs_diff(b) <= 2);
            assert!(off, "{inks:?}: {got:?}, {exact:?}");
        }
    }
}
