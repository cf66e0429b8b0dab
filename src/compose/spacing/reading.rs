//! Readings in brackets: `翀（chōng）` (P20).

use crate::story::{NEUTRAL, is_symbol, is_tone, is_zhuyin};

/// The longest reading in characters: keeps the work linear.
const LONGEST: usize = 40;

/// Whether brackets that `text` begins with hold nothing but a reading:
/// pinyin with its tones, or 注音符号. Without a tone it may be any foreign
/// word, which need not stay with what is before it.
pub(super) fn opens_reading(text: &str) -> bool {
    let mut chars = text.chars();
    let close = match chars.next() {
        Some('（') => '）',
        Some('(') => ')',
        _ => return false,
    };
    let inner = chars.as_str();
    let Some((end, _)) = inner
        .char_indices()
        .take(LONGEST)
        .find(|&(_, c)| c == close)
    else {
        return false;
    };
    let reading = inner[..end].trim();
    let mut words = reading.split_whitespace().peekable();
    if words.peek().is_some() && words.all(is_zhuyin) {
        return true;
    }
    let letter = |c: char| c.is_ascii_alphabetic() || is_toned(c) || matches!(c, 'ü' | 'Ü' | 'ê');
    let joins = |c: char| matches!(c, ' ' | '\'' | '’' | '-' | '·');
    reading.chars().any(is_toned) && reading.chars().all(|c| letter(c) || joins(c))
}

/// Whether two characters are parts of one syllable of 注音符号: a symbol and
/// a tone (P22).
pub(super) fn is_syllable(before: char, after: char) -> bool {
    (is_symbol(before) && is_tone(after)) || (before == NEUTRAL && is_symbol(after))
}

/// A letter of pinyin with its tone.
fn is_toned(c: char) -> bool {
    const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
    c.to_lowercase().any(|c| TONED.contains(c))
}

#[cfg(test)]
mod tests {
    use super::opens_reading;

    #[test]
    fn p20_a_reading_is_known_by_its_tones() {
        assert!(opens_reading("（chōng）"));
        assert!(opens_reading("（Zhāng Chōng）在"));
        assert!(opens_reading("（ㄔㄨㄥ）"));
        assert!(opens_reading("(lǚ)"));
        assert!(!opens_reading("（GDP）"));
        assert!(!opens_reading("（见三版）"));
        assert!(!opens_reading("（chōng"));
        assert!(!opens_reading("chōng）"));
    }
}
