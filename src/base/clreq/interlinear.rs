//! 行间标点 and 注音: how large they are, and how far from their characters.
//!
//! Distances are counted outwards from the edge of the character frame. The
//! order and the room are those of `clreq#handling_interlinear_punctuation`,
//! `clreq#positioning_of_romanization` and `clreq#positioning_of_zhuyin`; the
//! thickness of marks is left to the setting there ("in harmony with the size
//! of the type"). A mark by itself keeps within a quarter of an em, the closest
//! leading of newspapers, so that it does not touch the next line even there.

use super::scheme::Em;

/// Parts of 200, which a whole number of units is; a thousandth of an em is
/// not.
const fn part(of_200: i32) -> Em {
    Em(Em::UNITS / 200 * of_200)
}

/// 专名号: clear of the frame.
pub const NAME_CLEAR: Em = part(6);
/// 专名号: thickness.
pub const NAME_THICK: Em = part(9);
/// 书名号乙式: the ink nearest to the frame.
pub const TITLE_CLEAR: Em = part(4);
/// 书名号乙式: height of the wave, ink included.
pub const TITLE_HEIGHT: Em = part(22);
/// 书名号乙式: thickness of the pen.
pub const TITLE_THICK: Em = part(8);
/// 书名号乙式: length of one wave; a line has whole ones.
pub const TITLE_WAVE: Em = part(50);
/// 着重号: clear of the frame, or of the line between (先线后点).
pub const DOT_CLEAR: Em = part(8);
/// 着重号: clear of a line between.
pub const DOT_CLEAR_OF_LINE: Em = part(6);
/// 着重号: diameter.
pub const DOT: Em = part(32);
/// From one line to another that stands outside it: a name in a title.
pub const LINE_STEP: Em = part(20);
/// White between the lines of two neighbours (T23: at least 1/8).
pub const NEIGHBOUR_GAP: Em = Em::EIGHTH;

/// Line gap that marks or readings on one side of the line ask for (T24).
pub const ROOM_ONE_SIDE: Em = Em::HALF;
/// Line gap that they ask for on both sides (T24).
pub const ROOM_BOTH_SIDES: Em = part(125);

/// 汉语拼音: its size (`clreq#id141`), and the height it takes above.
pub const PINYIN: Em = Em::HALF;
/// 汉语拼音: its baseline above the frame, so that descenders keep off it.
pub const PINYIN_BASELINE: Em = part(20);
/// 汉语拼音: white between neighbours (`clreq#id138`).
pub const PINYIN_GAP: Em = Em::QUARTER;
/// The least it yields to where a line is full of readings and both its ends
/// are flush.
pub const PINYIN_GAP_LEAST: Em = Em::EIGHTH;

/// 注音符号: width of the column at the right of a character
/// (`clreq#id126`).
pub const ZHUYIN_COLUMN: Em = Em::HALF;
/// 注音符号: frame of a symbol (`clreq#id127`).
pub const ZHUYIN: Em = part(60);
/// 注音符号: frame of a tone mark (`clreq#zhuyin-ratio`: 5 of 30).
pub const ZHUYIN_TONE: Em = Em(Em::UNITS / 6);
/// 注音符号: height of the neutral tone's frame (`clreq#n044`).
pub const ZHUYIN_NEUTRAL: Em = Em(Em::UNITS / 15);
/// 注音符号: size in which tone marks are set. Fonts draw them small in their
/// em: at this size they fill their frame.
pub const ZHUYIN_TONE_SIZE: Em = part(80);
/// 注音符号: size of the neutral tone and of the checked ones.
pub const ZHUYIN_SMALL_SIZE: Em = part(70);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t24_each_mark_keeps_within_the_closest_leading() {
        let name = NAME_CLEAR.0 + NAME_THICK.0;
        let title = TITLE_CLEAR.0 + TITLE_HEIGHT.0;
        let dot = DOT_CLEAR.0 + DOT.0;
        for depth in [name, title, dot] {
            assert!(depth <= Em::QUARTER.0, "{depth}");
        }
    }
}
