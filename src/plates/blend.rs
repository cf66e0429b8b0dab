//! Blend modes: what a colour makes of that below it (ISO 32000-1, 11.3.5).

use super::mask::times;

/// How a colour and that below it come together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Blend {
    #[default]
    Normal,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
}

impl Blend {
    /// The mode of a name; `None` for one that takes all inks together, and
    /// for those that there are not.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "Normal" | "Compatible" => Self::Normal,
            "Multiply" => Self::Multiply,
            "Screen" => Self::Screen,
            "Overlay" => Self::Overlay,
            "Darken" => Self::Darken,
            "Lighten" => Self::Lighten,
            "ColorDodge" => Self::ColorDodge,
            "ColorBurn" => Self::ColorBurn,
            "HardLight" => Self::HardLight,
            "SoftLight" => Self::SoftLight,
            "Difference" => Self::Difference,
            "Exclusion" => Self::Exclusion,
            _ => return None,
        })
    }

    /// The mode that a spot is mixed with: one that darkens white leaves it
    /// alone (11.7.4.2).
    pub(super) fn for_spot(self) -> Self {
        match self {
            Self::Difference | Self::Exclusion => Self::Normal,
            other => other,
        }
    }

    /// The ink that becomes of `above` on `below`; the modes count in light,
    /// which is what ink leaves of it.
    pub(super) fn ink(self, below: u8, above: u8) -> u8 {
        255 - self.light(255 - below, 255 - above)
    }

    fn light(self, below: u8, above: u8) -> u8 {
        let screen = |a: u8, b: u8| 255 - times(255 - a, 255 - b);
        let hard = |below: u8, above: u8| match above {
            ..128 => times(below, 2 * above),
            128.. => screen(below, (2 * u16::from(above) - 255) as u8),
        };
        match self {
            Self::Normal => above,
            Self::Multiply => times(below, above),
            Self::Screen => screen(below, above),
            Self::Overlay => hard(above, below),
            Self::HardLight => hard(below, above),
            Self::Darken => below.min(above),
            Self::Lighten => below.max(above),
            Self::ColorDodge => match (below, above) {
                (0, _) => 0,
                (_, 255) => 255,
                _ => share(below, 255 - above),
            },
            Self::ColorBurn => match (below, above) {
                (255, _) => 255,
                (_, 0) => 0,
                _ => 255 - share(255 - below, above),
            },
            Self::SoftLight => soft(below, above),
            Self::Difference => below.abs_diff(above),
            Self::Exclusion => {
                let both = 2 * u16::from(times(below, above));
                (u16::from(below) + u16::from(above))
                    .saturating_sub(both)
                    .min(255) as u8
            }
        }
    }
}

/// `part` of `whole` in parts of 255, no more than all.
fn share(part: u8, whole: u8) -> u8 {
    let whole = u16::from(whole).max(1);
    ((u16::from(part) * 255 + whole / 2) / whole).min(255) as u8
}

fn soft(below: u8, above: u8) -> u8 {
    let (b, s) = (f64::from(below) / 255.0, f64::from(above) / 255.0);
    let light = if s <= 0.5 {
        b - (1.0 - 2.0 * s) * b * (1.0 - b)
    } else {
        let d = if b <= 0.25 {
            ((16.0 * b - 12.0) * b + 4.0) * b
        } else {
            b.sqrt()
        };
        b + (2.0 * s - 1.0) * (d - b)
    };
    (light.clamp(0.0, 1.0) * 255.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_mix_light() {
        let of =
            |name: &str, below: u8, above: u8| Blend::of(name).map(|mode| mode.light(below, above));
        for (name, light) in [
            ("Normal", 100),
            ("Multiply", 78),
            ("Screen", 222),
            ("Overlay", 188),
            ("Darken", 100),
            ("Lighten", 200),
            ("ColorDodge", 255),
            ("ColorBurn", 115),
            ("HardLight", 157),
            ("SoftLight", 191),
            ("Difference", 100),
            ("Exclusion", 144),
        ] {
            assert_eq!(of(name, 200, 100), Some(light), "{name}");
        }
        assert_eq!(of("Luminosity", 0, 0), None);
    }

    #[test]
    fn white_stays_white_under_white() {
        let all = [
            "Normal",
            "Multiply",
            "Screen",
            "Overlay",
            "Darken",
            "Lighten",
            "ColorDodge",
            "ColorBurn",
            "HardLight",
            "SoftLight",
            "Difference",
            "Exclusion",
        ];
        for name in all {
            let mode = Blend::of(name).expect("a mode").for_spot();
            assert_eq!(mode.light(255, 255), 255, "{name}");
            for (below, above) in [(0, 0), (0, 255), (255, 0), (128, 127), (127, 128)] {
                // ends without overflow
                mode.ink(below, above);
            }
        }
    }
}
