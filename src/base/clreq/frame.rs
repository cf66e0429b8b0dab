//! How wide a character's frame is, and which part of it is blank.

use super::class::Class;
use super::scheme::{Direction, Em, MarkStyle, Region, Scheme};

/// The frame that the rules give a character, whatever its font says, along
/// the line: before is left in horizontal, above in vertical setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Width of the frame.
    pub width: Em,
    /// Blank before the ink that may be cut.
    pub before: Em,
    /// Blank behind the ink that may be cut.
    pub after: Em,
}

impl Frame {
    const fn solid(width: Em) -> Self {
        Self {
            width,
            before: Em::ZERO,
            after: Em::ZERO,
        }
    }

    const OPENING: Self = Self {
        width: Em::ONE,
        before: Em::HALF,
        after: Em::ZERO,
    };
    const CLOSING: Self = Self {
        width: Em::ONE,
        before: Em::ZERO,
        after: Em::HALF,
    };
    const CENTRED: Self = Self {
        width: Em::ONE,
        before: Em::QUARTER,
        after: Em::QUARTER,
    };
}

/// The frame of a character, or `None` where the font's own advance rules.
///
/// `character` is the first of its unit; `count` the number of characters in
/// the unit (2 for ——). Rows T01, T04, T05, T08, T09, T12, T14, T16; outside
/// the mainland L48; in vertical setting V03, V07, V08, V15
/// (`clreq#fig_punctuation_adjustment_space`).
pub fn frame_of(
    class: Class,
    character: char,
    count: usize,
    region: Region,
    direction: Direction,
) -> Option<Frame> {
    let mainland = region == Region::Cn;
    let vertical = direction == Direction::Vertical;
    Some(match class {
        Class::Han | Class::Wide => Frame::solid(Em::ONE),
        // GB/T 15834 5.1.3
        Class::Open => Frame::OPENING,
        Class::Close => Frame::CLOSING,
        // The ready-made chains ‼ ⁇ ⁈ ⁉ fill their frame (T17).
        Class::Excl if !matches!(character, '！' | '？') => Frame::solid(Em::ONE),
        // V03: ：；！？ stand whole in vertical setting
        Class::Colon | Class::Excl if vertical => Frame::solid(Em::ONE),
        Class::Comma if vertical && character == '；' => Frame::solid(Em::ONE),
        Class::Comma | Class::Colon | Class::Stop | Class::Excl if mainland => Frame::CLOSING,
        // clreq#h-punctuation_adjustment_space: centred outside the mainland
        Class::Comma | Class::Colon | Class::Stop => Frame::CENTRED,
        Class::Excl => Frame::solid(Em::ONE),
        Class::Dash if character == '⸺' => Frame::solid(Em::ONE.times(2)),
        Class::Dash | Class::Ellip => {
            Frame::solid(Em::ONE.times(i32::try_from(count).unwrap_or(2)))
        }
        Class::Conn if matches!(character, '—' | '～' | '〜') => Frame::solid(Em::ONE),
        Class::Conn => Frame::solid(Em::HALF),
        // GB/T 15834 5.1.7 (contested C13)
        Class::Mid if mainland => Frame::solid(Em::HALF),
        Class::Mid => Frame::CENTRED,
        // GB/T 15834 5.1.9
        Class::Sol if mainland || character == '/' => Frame::solid(Em::HALF),
        Class::Sol => Frame::solid(Em::ONE),
        _ => return None,
    })
}

/// What a style of punctuation leaves of a mark's frame (L42).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// It may be cut in any of the steps of the rules.
    Gives,
    /// It is cut beside another mark and at a line's edge only.
    Stays,
    /// It is never there.
    Gone,
}

impl Scheme {
    /// What the style of punctuation makes of the blank of a mark of `class`
    /// (L42; the styles are those of clreq issue 278).
    pub fn blank_of(&self, class: Class) -> Blank {
        let sentence_final = matches!(class, Class::Stop | Class::Excl);
        match self.marks {
            MarkStyle::Gb => Blank::Gives,
            MarkStyle::Full => Blank::Stays,
            MarkStyle::Kaiming if sentence_final => Blank::Stays,
            MarkStyle::Kaiming | MarkStyle::Half => Blank::Gone,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clreq::class_of;

    fn blanks(text: &str, region: Region, direction: Direction) -> Vec<(i32, i32, i32)> {
        let thousandths = |em: Em| em.0 * 1000 / Em::UNITS;
        let frame = |c: char| frame_of(class_of(c), c, 1, region, direction).expect("a frame");
        text.chars()
            .map(frame)
            .map(|frame| {
                (
                    thousandths(frame.width),
                    thousandths(frame.before),
                    thousandths(frame.after),
                )
            })
            .collect()
    }

    /// The figure of the clause, region by region and direction by direction.
    #[test]
    fn v15_l48_v03_v07_the_blanks_of_the_figure() {
        use Direction::{Horizontal, Vertical};
        let (open, close) = ((1000, 500, 0), (1000, 0, 500));
        let (both, none, half) = ((1000, 250, 250), (1000, 0, 0), (500, 0, 0));
        for (region, direction, expected) in [
            (
                Region::Cn,
                Horizontal,
                [close, close, close, close, close, half],
            ),
            (Region::Cn, Vertical, [close, close, none, none, none, half]),
            (Region::Tw, Horizontal, [both, both, both, both, none, both]),
            (Region::Tw, Vertical, [both, both, none, none, none, both]),
            (Region::Hk, Vertical, [both, both, none, none, none, both]),
        ] {
            assert_eq!(
                blanks("。，；：！·", region, direction),
                expected,
                "{region:?} {direction:?}"
            );
            assert_eq!(blanks("（「》", region, direction), [open, open, close]);
        }
    }

    /// Width of a unit that `character` begins, in halves of an em.
    fn halves(character: char, count: usize, region: Region) -> Option<i32> {
        let frame = frame_of(
            class_of(character),
            character,
            count,
            region,
            Direction::Horizontal,
        )?;
        Some(frame.width.0 / Em::HALF.0)
    }

    #[test]
    fn t08_t09_the_dash_and_the_ellipsis_take_an_em_a_stroke() {
        assert_eq!(halves('⸺', 1, Region::Cn), Some(4));
        assert_eq!(
            frame_of(Class::Dash, '—', 2, Region::Cn, Direction::Horizontal).map(|f| f.width),
            Some(Em(4800))
        );
        assert_eq!(halves('…', 2, Region::Cn), Some(4));
        assert_eq!(halves('…', 1, Region::Cn), Some(2));
    }

    #[test]
    fn t12_a_stroke_and_a_wave_take_an_em_other_connectors_half() {
        for (connector, width) in [('—', 2), ('～', 2), ('〜', 2), ('–', 1), ('-', 1), ('‐', 1)]
        {
            for region in [Region::Cn, Region::Tw] {
                assert_eq!(halves(connector, 1, region), Some(width), "{connector}");
            }
        }
    }

    #[test]
    fn t14_t16_half_an_em_in_the_mainland_and_one_outside() {
        for region in [Region::Tw, Region::Hk] {
            assert_eq!(halves('·', 1, Region::Cn), Some(1));
            assert_eq!(halves('·', 1, region), Some(2));
            assert_eq!(halves('／', 1, Region::Cn), Some(1));
            assert_eq!(halves('／', 1, region), Some(2));
            assert_eq!(
                halves('/', 1, region),
                Some(1),
                "the narrow one stays narrow"
            );
        }
    }

    #[test]
    fn letters_and_figures_keep_the_width_of_their_face() {
        for character in ['a', '5', '℃', '￥', '①', '■', ' '] {
            assert_eq!(halves(character, 1, Region::Cn), None, "{character}");
        }
    }
}
