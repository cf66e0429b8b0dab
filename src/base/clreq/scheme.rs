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

/// Which way the lines run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// 横排: from left to right, lines from top to bottom.
    #[default]
    Horizontal,
    /// 直排: from top to bottom, lines from right to left (V01).
    Vertical,
}

impl Direction {
    /// Every direction with its name.
    pub const ALL: [(&'static str, Self); 2] = [
        ("horizontal", Self::Horizontal),
        ("vertical", Self::Vertical),
    ];
}

/// 标点风格: how much room marks take (L42).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkStyle {
    /// 国标: one em each, and every blank may give way in its turn.
    #[default]
    Gb,
    /// 全角式: one em each; cut beside another mark and at a line's end only.
    Full,
    /// 开明式: 。！？ one em, every other mark half an em.
    Kaiming,
    /// 半角式: half an em each.
    Half,
}

impl MarkStyle {
    /// Every style with its name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("gb", Self::Gb),
        ("full", Self::Full),
        ("kaiming", Self::Kaiming),
        ("half", Self::Half),
    ];

    /// The style of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, style)| style)
    }
}

/// A set of settings by name (N12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// GB-NEWS, as of requirements §0.2.
    #[default]
    Standard,
    /// NARROW, for columns of 11–13 em. Digits are set tight against Han
    /// (contested C4), opened by 1/4 em at most: two half-em digits then fill
    /// one character and a line of them needs no stretching. A number may part
    /// from its Han unit in running text (L15), and the loose-line limit is
    /// 1/4 em (L44). The squeeze policy stays `prohibition_only` (L29), for a
    /// narrow column that squeezes every line has marks of every width; a
    /// loose line is tried again with squeezing all the same.
    Narrow,
}

impl Profile {
    /// Every profile with its name.
    pub const ALL: [(&'static str, Self); 2] =
        [("standard", Self::Standard), ("narrow", Self::Narrow)];
    /// The widest measure, in em, that counts as narrow.
    pub const NARROW_EM: i64 = 15;

    /// The profile of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|&(_, profile)| profile)
    }

    /// The profile of a measure in whole em: narrow up to
    /// [`Self::NARROW_EM`].
    pub fn of_measure(em: i64) -> Self {
        if em <= Self::NARROW_EM {
            Self::Narrow
        } else {
            Self::Standard
        }
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
    /// Which way the lines run.
    pub direction: Direction,
    /// Squeeze policy.
    pub fit: Fit,
    /// Style of punctuation.
    pub marks: MarkStyle,
    /// 紧式: where a blank behind a mark meets one before the next, both go,
    /// and the pair takes one em (L27).
    pub tight: bool,
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
    /// A number is not parted from the Han unit behind it (L15); where nothing
    /// is said, in headlines only.
    pub glue_units: Option<bool>,
    /// Western words may be parted at syllables, with an added hyphen (L16).
    pub hyphenate: bool,
    /// 纵横对齐: running text stands on a grid of characters; Western text is
    /// padded to whole em and nothing is stretched or squeezed (L49).
    pub grid_align: bool,
    /// A gap opened wider than this is reported (L44).
    pub loose_limit: Em,
    /// Characters that a last line must hold (P10).
    pub runt_minimum: u8,
    /// 孤行: the last line of a paragraph does not stand alone at the head of
    /// a column (P11).
    pub mend_stranded: bool,
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
            direction: Direction::Horizontal,
            fit: Fit::ProhibitionOnly,
            marks: MarkStyle::Gb,
            tight: false,
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
            glue_units: None,
            hyphenate: false,
            grid_align: false,
            loose_limit: Em::QUARTER,
            runt_minimum: 2,
            mend_stranded: true,
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

    /// With the settings of a profile (N12).
    #[must_use]
    pub fn with_profile(mut self, profile: Profile) -> Self {
        if profile == Profile::Narrow {
            self.gap_digits = GapRange {
                natural: Em::ZERO,
                min: Em::ZERO,
                max: Em::QUARTER,
            };
            self.loose_limit = Em::QUARTER;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l02_every_name_is_that_of_its_value() {
        for (name, level) in Level::ALL {
            assert_eq!(Level::from_name(name), Some(level));
        }
        for (name, region) in Region::ALL {
            assert_eq!(Region::from_name(name), Some(region));
        }
        for (name, fit) in Fit::ALL {
            assert_eq!(Fit::from_name(name), Some(fit));
        }
        assert_eq!(Level::from_name("loose"), None, "l11");
        assert_eq!(Fit::from_name(""), None);
    }

    #[test]
    fn l30_marks_keep_their_em_at_a_line_end_outside_the_mainland() {
        for (_, region) in Region::ALL {
            let half = Scheme::for_region(region).line_end == LineEnd::Half;
            assert_eq!(half, region == Region::Cn);
            assert_eq!(Scheme::for_region(region).region, region);
        }
    }

    #[test]
    fn parts_of_an_em_are_exact_at_twelve_points() {
        let size = Length::pt(12);
        assert_eq!(Em::THIRD.of(size), Length::pt(4));
        assert_eq!(Em::EIGHTH.of(size) * 8, size);
        assert_eq!(Em::from_thousandths(250), Em::QUARTER);
    }

    #[test]
    fn n12_columns_of_fifteen_em_are_narrow() {
        let profiles = [11, 15, 16, 40].map(Profile::of_measure);
        let (narrow, standard) = (Profile::Narrow, Profile::Standard);
        assert_eq!(profiles, [narrow, narrow, standard, standard]);
    }
}
