//! The settings of the rules: plain data, one value per style.

use crate::base::geom::Length;

/// A part of an em in units of 1/2400, so that halves, thirds, eighths and
/// tenths are all exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(pub i32);

impl Em {
    /// Units in one em.
    pub const UNITS: i32 = 2400;
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// 1/8 em.
    pub const EIGHTH: Self = Self(300);
    /// 1/4 em.
    pub const QUARTER: Self = Self(600);
    /// 1/3 em.
    pub const THIRD: Self = Self(800);
    /// 1/2 em.
    pub const HALF: Self = Self(1200);
    /// One em.
    pub const ONE: Self = Self(2400);

    /// So many times this part.
    pub const fn times(self, count: i32) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// Thousandths of an em, rounded to the nearest unit.
    pub const fn from_thousandths(thousandths: i32) -> Self {
        Self((thousandths * 12 + 2) / 5)
    }

    /// Its length at a type size.
    pub const fn of(self, size: Length) -> Length {
        size.scale(self.0 as i64, Self::UNITS as i64)
    }
}

/// Prohibition level (禁则级别, L02).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// No line-start or line-end rules; units still hold together.
    None,
    /// 基本.
    Basic,
    /// 国标: GB/T 15834, the newspaper default.
    #[default]
    Gb,
    /// 严格.
    Strict,
}

impl Level {
    /// Every level with its name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("none", Self::None),
        ("basic", Self::Basic),
        ("gb", Self::Gb),
        ("strict", Self::Strict),
    ];

    /// The level of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, level)| level)
    }
}

/// Whose habits of punctuation: a matter of the region, not of the script
/// (T02).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// 大陆.
    #[default]
    Cn,
    /// 台湾.
    Tw,
    /// 香港.
    Hk,
}

impl Region {
    /// Every region with its name.
    pub const ALL: [(&'static str, Self); 3] =
        [("cn", Self::Cn), ("tw", Self::Tw), ("hk", Self::Hk)];

    /// The region of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, region)| region)
    }
}

/// When a line may be squeezed (L29).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// Only to pull back what may not start a line, or a lone last character.
    #[default]
    ProhibitionOnly,
    /// Also to take one more character before stretching.
    ShrinkFirst,
}

impl Fit {
    /// Every policy with its name.
    pub const ALL: [(&'static str, Self); 2] = [
        ("prohibition_only", Self::ProhibitionOnly),
        ("shrink_first", Self::ShrinkFirst),
    ];

    /// The policy of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, fit)| fit)
    }
}

/// What a full-width mark takes at a line's end (L30, contested C1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineEnd {
    /// Always half an em (GB/T 15834 5.1.10).
    #[default]
    Half,
    /// A whole em unless the line must be squeezed, in the mark's own turn.
    Full,
    /// A whole em, but the first thing to give way when the line is squeezed.
    Allow,
}

/// A gap that can give and take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GapRange {
    /// As set when nothing pushes or pulls.
    pub natural: Em,
    /// The floor of squeezing (L35 step 6).
    pub min: Em,
    /// The cap of stretching (L38 step 2).
    pub max: Em,
}

/// The rules a paragraph is spaced and broken by. The default is the
/// newspaper profile GB-NEWS of requirements §0.2.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scheme {
    /// Prohibition level.
    pub level: Level,
    /// Region of punctuation.
    pub region: Region,
    /// Squeeze policy.
    pub fit: Fit,
    /// 中西间距 between Han and Western letters (T27, T30).
    pub gap_letters: GapRange,
    /// 中西间距 between Han and digits (T30).
    pub gap_digits: GapRange,
    /// Han–Western gaps take no part in stretching and squeezing (L38).
    pub gaps_fixed: bool,
    /// Width a Western word space is squeezed to (L35 step 2).
    pub space_min: Em,
    /// Width a Western word space is stretched to (L38 step 1).
    pub space_max: Em,
    /// Marks at a line's end.
    pub line_end: LineEnd,
    /// An opening mark at a line's start loses its blank (L31).
    pub trim_line_start: bool,
    /// The same right behind a first-line indent (L32).
    pub trim_after_indent: bool,
    /// 行尾悬挂: `，、。` may hang outside the measure (L41). Mainland only.
    pub hanging: bool,
    /// 。？！ inside a line are never squeezed (L37).
    pub keep_sentence_final: bool,
    /// Western words may be broken anywhere as a last resort (L16).
    pub force_words: bool,
    /// A gap opened wider than this is reported (L44).
    pub loose_limit: Em,
    /// Characters that a last line must hold (P10).
    pub runt_minimum: u8,
}

impl Default for Scheme {
    fn default() -> Self {
        let gap = GapRange {
            natural: Em::QUARTER,
            min: Em::EIGHTH,
            max: Em::HALF,
        };
        Self {
            level: Level::Gb,
            region: Region::Cn,
            fit: Fit::ProhibitionOnly,
            gap_letters: gap,
            gap_digits: gap,
            gaps_fixed: false,
            space_min: Em::QUARTER,
            space_max: Em::HALF,
            line_end: LineEnd::Half,
            trim_line_start: true,
            trim_after_indent: false,
            hanging: false,
            keep_sentence_final: false,
            force_words: false,
            loose_limit: Em::QUARTER,
            runt_minimum: 2,
        }
    }
}

impl Scheme {
    /// The default of a region: outside the mainland marks keep their whole
    /// em at a line's end (contested C1).
    pub fn for_region(region: Region) -> Self {
        let line_end = if region == Region::Cn {
            LineEnd::Half
        } else {
            LineEnd::Full
        };
        Self {
            region,
            line_end,
            ..Self::default()
        }
    }

    /// With one gap for letters and digits alike; keeps `min ≤ natural ≤ max`.
    #[must_use]
    pub fn with_gap(mut self, natural: Em) -> Self {
        let gap = GapRange {
            natural,
            min: self.gap_letters.min.min(natural),
            max: self.gap_letters.max.max(natural),
        };
        self.gap_letters = gap;
        self.gap_digits = gap;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_em_are_exact_at_twelve_points() {
        let size = Length::pt(12);
        assert_eq!(Em::THIRD.of(size), Length::pt(4));
        assert_eq!(Em::EIGHTH.of(size) * 8, size);
        assert_eq!(Em::from_thousandths(250), Em::QUARTER);
    }
}
