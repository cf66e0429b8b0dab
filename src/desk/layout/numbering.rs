//! 序号: how the levels of a list are numbered (P31).

use crate::desk::form::Named;

/// A form of number with the mark it takes: 、 behind 一, a full stop behind
/// an Arabic figure, nothing behind brackets and circles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// 一、
    Han,
    /// （一）
    HanInBrackets,
    /// 1.
    Arabic,
    /// （1）
    ArabicInBrackets,
    /// ①
    Circled,
}

impl Named for Numbering {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("一、", Self::Han),
        ("（一）", Self::HanInBrackets),
        ("1.", Self::Arabic),
        ("（1）", Self::ArabicInBrackets),
        ("①", Self::Circled),
    ];
}

impl Numbering {
    /// The mark of item `number`. Circles go up to 50, Han numbers to 99;
    /// beyond them stand Arabic figures in the same marks.
    pub fn mark(self, number: u32) -> String {
        let han = || han(number).unwrap_or_else(|| number.to_string());
        match self {
            Self::Han => format!("{}、", han()),
            Self::HanInBrackets => format!("（{}）", han()),
            Self::Arabic => format!("{number}."),
            Self::ArabicInBrackets => format!("（{number}）"),
            Self::Circled => circled(number).map_or_else(|| format!("（{number}）"), String::from),
        }
    }
}

/// 一 to 九十九.
fn han(number: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS.get(digit as usize).copied().unwrap_or("");
    match number {
        1..=9 => Some(digit(number).to_owned()),
        10..=19 => Some(format!("十{}", digit(number % 10))),
        20..=99 => Some(format!("{}十{}", digit(number / 10), digit(number % 10))),
        _ => None,
    }
}

/// ① to ㊿.
fn circled(number: u32) -> Option<char> {
    let code = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        36..=50 => 0x32B1 + number - 36,
        _ => return None,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p31_each_form_has_its_mark() {
        let marks = |number| {
            Numbering::WORDS
                .iter()
                .map(move |(_, form)| form.mark(number))
        };
        let all = |number| marks(number).collect::<Vec<_>>();
        assert_eq!(all(3), ["三、", "（三）", "3.", "（3）", "③"]);
        assert_eq!(all(10), ["十、", "（十）", "10.", "（10）", "⑩"]);
        assert_eq!(all(21), ["二十一、", "（二十一）", "21.", "（21）", "㉑"]);
        assert_eq!(all(120), ["120、", "（120）", "120.", "（120）", "（120）"]);
    }
}
