//! How wide a character's frame is, and which part of it is blank.

use super::class::Class;
use super::scheme::{Em, Region};

/// The frame that the rules give a character, whatever its font says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Width of the frame.
    pub width: Em,
    /// Blank before the ink that may be cut.
    pub left: Em,
    /// Blank behind the ink that may be cut.
    pub right: Em,
}

impl Frame {
    const fn solid(width: Em) -> Self {
        Self {
            width,
            left: Em::ZERO,
            right: Em::ZERO,
        }
    }
}

/// The frame of a character, or `None` where the font's own advance rules.
///
/// `character` is the first of its unit; `count` the number of characters in
/// the unit (2 for ——). Rows T01, T04, T05, T08, T09, T12, T14, T16 and, for
/// the other regions, L48.
pub fn frame_of(class: Class, character: char, count: usize, region: Region) -> Option<Frame> {
    let mainland = region == Region::Cn;
    Some(match class {
        Class::Han | Class::Wide => Frame::solid(Em::ONE),
        // GB/T 15834 5.1.3
        Class::Open => Frame {
            width: Em::ONE,
            left: Em::HALF,
            right: Em::ZERO,
        },
        Class::Close => Frame {
            width: Em::ONE,
            left: Em::ZERO,
            right: Em::HALF,
        },
        // The ready-made chains ‼ ⁇ ⁈ ⁉ fill their frame (T17).
        Class::Excl if !matches!(character, '！' | '？') => Frame::solid(Em::ONE),
        Class::Comma | Class::Colon | Class::Stop | Class::Excl if mainland => Frame {
            width: Em::ONE,
            left: Em::ZERO,
            right: Em::HALF,
        },
        // clreq#h-punctuation_adjustment_space: centred outside the mainland
        Class::Comma | Class::Colon | Class::Stop => Frame {
            width: Em::ONE,
            left: Em::QUARTER,
            right: Em::QUARTER,
        },
        Class::Excl => Frame::solid(Em::ONE),
        Class::Dash if character == '⸺' => Frame::solid(Em::ONE.times(2)),
        Class::Dash | Class::Ellip => {
            Frame::solid(Em::ONE.times(i32::try_from(count).unwrap_or(2)))
        }
        Class::Conn if matches!(character, '—' | '～' | '〜') => Frame::solid(Em::ONE),
        Class::Conn => Frame::solid(Em::HALF),
        // GB/T 15834 5.1.7 (contested C13)
        Class::Mid if mainland => Frame::solid(Em::HALF),
        Class::Mid => Frame {
            width: Em::ONE,
            left: Em::QUARTER,
            right: Em::QUARTER,
        },
        // GB/T 15834 5.1.9
        Class::Sol if mainland || character == '/' => Frame::solid(Em::HALF),
        Class::Sol => Frame::solid(Em::ONE),
        _ => return None,
    })
}
