//! What the copy says of single stretches: marks and readings between the
//! lines (行间标点, 注音), and how they stand in vertical ones.

use std::ops::Range;
use std::sync::Arc;

use super::Piece;

/// A stretch of a paragraph's text with something beside its characters, or
/// with a stance of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interlinear {
    /// Bytes of the text.
    pub range: Range<u32>,
    /// What stands beside them.
    pub kind: InterlinearKind,
}

/// What stands beside characters, or how they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InterlinearKind {
    /// A mark (T22, T23).
    Mark(Mark),
    /// A reading (P21, P22).
    Ruby(Arc<Ruby>),
    /// How Western text stands in a vertical line (V11); nothing in a
    /// horizontal one.
    Stand(Stand),
    /// It is small, above or below the others (L17).
    Script(Script),
}

/// 上标, 下标: small characters that stand off the baseline and never leave
/// their base (L17).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// 上标.
    Above,
    /// 下标.
    Below,
    /// 注码, where the layout sets them so (P19).
    NoteMark,
}

impl Script {
    /// Every script that the copy may ask for with its names, the Chinese one
    /// first.
    pub const ALL: [(&'static str, &'static str, Self); 2] = [
        ("上标", "superscript", Self::Above),
        ("下标", "subscript", Self::Below),
    ];

    /// The name in dumps and findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Above => "superscript",
            Self::Below => "subscript",
            Self::NoteMark => "note mark",
        }
    }
}

/// How a stretch of Western text stands in a vertical line, where the copy
/// says so (V11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// 直立: one character a cell.
    Upright,
    /// 横转: turned a quarter clockwise.
    Turned,
    /// 纵中横: figures side by side in one cell (V12).
    Abreast,
}

impl Stand {
    /// Every stance with its names in the copy, the Chinese one first.
    pub const ALL: [(&'static str, &'static str, Self); 3] = [
        ("直立", "upright", Self::Upright),
        ("横转", "turned", Self::Turned),
        ("纵中横", "abreast", Self::Abreast),
    ];

    /// The name in dumps and findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Upright => "upright",
            Self::Turned => "turned",
            Self::Abreast => "abreast",
        }
    }
}

/// 行间标点: the marks that stand outside the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// 着重号: a dot at each Han character (T22).
    Dots,
    /// 专名号: a straight line along a name (T23).
    Name,
    /// 书名号乙式: a wavy line along a title (T23).
    Title,
}

impl Mark {
    /// Every mark with its names in the copy, the Chinese one first.
    pub const ALL: [(&'static str, &'static str, Self); 3] = [
        ("着重", "dots", Self::Dots),
        ("专名", "name", Self::Name),
        ("书名", "title", Self::Title),
    ];

    /// The name in dumps and findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dots => "dots",
            Self::Name => "name",
            Self::Title => "title",
        }
    }
}

/// 注音: how a character, or a word, is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruby {
    /// The reading: one syllable or word, without spaces at its ends.
    pub text: String,
    /// Where it stands in the manuscript, in order.
    pub pieces: Vec<Piece>,
}

impl Ruby {
    /// Whether it is written in 注音符号, which stand at the right of their
    /// character (P22), and not in letters, which stand above (P21).
    pub fn is_zhuyin(&self) -> bool {
        is_zhuyin(&self.text)
    }
}

/// Whether a reading is one of 注音符号 with their tone marks.
pub fn is_zhuyin(reading: &str) -> bool {
    reading.chars().any(is_symbol) && reading.chars().all(|c| is_symbol(c) || is_tone(c))
}

/// 注音符号: what spells the sound.
pub fn is_symbol(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31B3}' | '\u{31B8}'..='\u{31BF}')
}

/// 调号: the mark of a tone in 注音.
pub fn is_tone(c: char) -> bool {
    matches!(c, 'ˊ' | 'ˇ' | 'ˋ' | '˪' | '˫' | NEUTRAL) || is_checked(c)
}

/// 轻声.
pub const NEUTRAL: char = '˙';

/// 入声: the small final consonants.
pub fn is_checked(c: char) -> bool {
    matches!(c, '\u{31B4}'..='\u{31B7}')
}

#[cfg(test)]
mod tests {
    use super::is_zhuyin;

    #[test]
    fn p22_zhuyin_is_known_by_its_characters() {
        assert!(is_zhuyin("ㄓㄨㄥˋ"));
        assert!(is_zhuyin("˙ㄇㄚ"));
        assert!(!is_zhuyin("zhòng"));
        assert!(!is_zhuyin("ˋ"));
        assert!(!is_zhuyin(""));
    }
}
