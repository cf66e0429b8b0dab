//! 墨量: how much ink may lie on one place.

/// The most ink on one place, all four together (C11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InkLimit(u16);

impl InkLimit {
    /// The limit for coldset newsprint: 220 per cent (N4).
    pub const NEWSPRINT: Self = Self(220);

    /// A limit in per cent; `None` below 100, which black text needs, or above
    /// 400, which is all there is.
    pub fn percent(percent: u16) -> Option<Self> {
        (100..=400).contains(&percent).then_some(Self(percent))
    }

    /// The limit in per cent.
    pub fn as_percent(self) -> u16 {
        self.0
    }

    /// The limit in steps of an eight-bit ink, rounded down.
    fn steps(self) -> u32 {
        u32::from(self.0) * 255 / 100
    }

    /// `inks` (C, M, Y, K, 0–255) within the limit: black is kept, and what is
    /// too much is taken from the others in proportion, so that the hue stays
    /// (C11).
    pub fn hold(self, inks: [u8; 4]) -> [u8; 4] {
        let total: u32 = inks.iter().map(|ink| u32::from(*ink)).sum();
        let most = self.steps();
        if total <= most {
            return inks;
        }
        let [c, m, y, k] = inks;
        let colours = total - u32::from(k);
        let left = most.saturating_sub(u32::from(k));
        // at most what it was, since `left` is less than `colours`
        let part = |ink: u8| (u32::from(ink) * left / colours) as u8;
        [part(c), part(m), part(y), k]
    }
}

#[cfg(test)]
mod tests {
    use super::InkLimit;

    #[test]
    fn c11_too_much_ink_is_taken_from_the_colours_and_black_stays() {
        let limit = InkLimit::NEWSPRINT;
        assert_eq!(limit.hold([255, 255, 255, 255]), [102, 102, 102, 255]);
        assert_eq!(limit.hold([200, 100, 50, 100]), [200, 100, 50, 100]);
        let held = limit.hold([255, 200, 100, 200]);
        assert_eq!(held[3], 200);
        assert!(held.iter().map(|ink| u32::from(*ink)).sum::<u32>() <= 561);
        assert!(
            held[0] > held[1] && held[1] > held[2],
            "the hue stays: {held:?}"
        );
    }

    #[test]
    fn c11_every_mixture_is_within_the_limit() {
        for percent in [100, 220, 240, 300, 400] {
            let limit = InkLimit::percent(percent).expect("a limit");
            for n in 0..7_u32.pow(4) {
                let ink = |place: u32| (n / 7_u32.pow(place) % 7 * 42).min(255) as u8;
                let held = limit.hold([ink(0), ink(1), ink(2), ink(3)]);
                let total: u32 = held.iter().map(|ink| u32::from(*ink)).sum();
                assert!(total * 100 <= u32::from(percent) * 255, "{held:?}");
                assert_eq!(held[3], ink(3));
            }
        }
        assert_eq!(InkLimit::percent(99), None);
        assert_eq!(InkLimit::percent(401), None);
    }
}
