//! 油墨: the colours of text, rules and tints, as inks.

use std::fmt;

/// One colour as ink, in thousandths of full coverage. Black text is
/// [`Ink::BLACK`]: K alone (N46).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    /// Cyan, 0–1000.
    pub c: u16,
    /// Magenta, 0–1000.
    pub m: u16,
    /// Yellow, 0–1000.
    pub y: u16,
    /// Black, 0–1000.
    pub k: u16,
    /// An ink of its own: the four then stand for it at full strength where a
    /// press or a screen does not have it.
    pub spot: Option<Spot>,
}

/// 专色: an ink of its own, and how much of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    name: [u8; Self::LONGEST],
    length: u8,
    tint: u16,
}

impl Spot {
    /// Bytes that a name may have.
    pub const LONGEST: usize = 63;

    /// An ink of a name, in thousandths of full coverage; `None` where the name
    /// is empty or longer than [`Self::LONGEST`] bytes.
    pub const fn new(name: &str, tint: u16) -> Option<Self> {
        let from = name.as_bytes();
        if from.is_empty() || from.len() > Self::LONGEST {
            return None;
        }
        let mut bytes = [0; Self::LONGEST];
        let mut at = 0;
        while at < from.len() {
            bytes[at] = from[at];
            at += 1;
        }
        Some(Self {
            name: bytes,
            length: from.len() as u8,
            tint,
        })
    }

    /// Its name, as the printer knows it.
    pub fn name(&self) -> &str {
        let bytes = self.name.get(..usize::from(self.length)).unwrap_or(&[]);
        // it came from a string
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The same ink at full strength.
    pub fn full(self) -> Self {
        Self { tint: 1000, ..self }
    }

    /// How much of it, 0–1000.
    pub fn tint(&self) -> u16 {
        self.tint
    }
}

impl fmt::Debug for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spot({} {})", self.name(), self.tint)
    }
}

impl Ink {
    /// K 100 %.
    pub const BLACK: Self = Self::grey(1000);
    /// 套准色: every plate at full strength, for marks outside the trim; printed
    /// as the separation `All` (N15).
    pub const REGISTRATION: Self = Self {
        spot: Spot::new("All", 1000),
        ..Self::cmyk(1000, 1000, 1000, 1000)
    };
    /// Bare paper.
    pub const WHITE: Self = Self::grey(0);

    /// The four inks of process printing, in thousandths.
    pub const fn cmyk(c: u16, m: u16, y: u16, k: u16) -> Self {
        Self {
            c,
            m,
            y,
            k,
            spot: None,
        }
    }

    /// A grey of the black plate, in thousandths.
    pub const fn grey(k: u16) -> Self {
        Self::cmyk(0, 0, 0, k)
    }

    /// C, M, Y and K that it comes to, in thousandths: of a spot those that
    /// stand for it, at its tint.
    pub fn process(self) -> [u16; 4] {
        let full = [self.c, self.m, self.y, self.k];
        match self.spot {
            Some(spot) => full.map(|ink| {
                let part = u32::from(ink) * u32::from(spot.tint) / 1000;
                u16::try_from(part).unwrap_or(u16::MAX)
            }),
            None => full,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g15_a_spot_has_a_name_and_what_stands_for_it() {
        let spot = Spot::new("专金 871", 500).expect("a name");
        assert_eq!((spot.name(), spot.tint()), ("专金 871", 500));
        let ink = Ink {
            spot: Some(spot),
            ..Ink::cmyk(200, 400, 1000, 0)
        };
        assert_eq!(ink.process(), [100, 200, 500, 0]);
        assert_eq!(Ink::cmyk(200, 400, 1000, 0).process(), [200, 400, 1000, 0]);
        assert_eq!(Spot::new("", 1000), None);
        assert_eq!(Spot::new(&"金".repeat(22), 1000), None);
        assert_ne!(Ink::REGISTRATION, Ink::cmyk(1000, 1000, 1000, 1000));
    }
}
