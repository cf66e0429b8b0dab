//! Which characters and paragraphs are Chinese: one answer for the shaper,
//! which chooses faces by it, and for the spacing, which chooses classes.

/// Whether a paragraph is Western through and through: letters, and nothing
/// Chinese. Its quotes and dashes are Western too (T05, T06).
pub(super) fn is_western(text: &str) -> bool {
    let mut letters = false;
    for c in text.chars() {
        if is_han(c) || is_cjk(c) {
            return false;
        }
        letters |= c.is_alphabetic();
    }
    letters
}

/// Script Han, 〇 and 々 included.
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{20000}'..='\u{323AF}'
        | '\u{F900}'..='\u{FAD9}'
        | '\u{3005}' | '\u{3007}')
}

/// Characters that make a paragraph Chinese by standing in it.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{16FE0}'..='\u{1B2FF}'
        | '\u{1F200}'..='\u{1F2FF}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Characters set from the Chinese faces in a Chinese paragraph.
pub(super) fn is_chinese(c: char) -> bool {
    is_cjk(c)
        || matches!(c,
            '\u{B7}'
            | '\u{2014}'..='\u{2016}'
            | '\u{2018}'..='\u{201F}'
            | '\u{2022}' | '\u{2025}'..='\u{2027}'
            | '\u{203B}' | '\u{203C}' | '\u{2047}'..='\u{2049}'
            | '\u{2103}' | '\u{2109}' | '\u{2116}' | '\u{2121}'
            | '\u{2150}'..='\u{21FF}'
            | '\u{22EF}'
            | '\u{2460}'..='\u{27BF}'
            | '\u{2E3A}' | '\u{2E3B}')
}
