//! What hangs before a line: who speaks, or a number.

use std::ops::Range;

/// Characters of a name at most that others are spread to.
pub(super) const USUAL: i64 = 5;
/// Characters of a name at most.
const LONGEST: usize = 12;

/// The number a line begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// One past its last byte, the blank behind it included.
    pub(super) end: usize,
    /// 第…条, not 一、 or （1）.
    pub(super) article: bool,
}

/// Width in half em: Western characters one, all others two.
pub(in crate::desk::planner) fn half_ems(text: &str) -> i64 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The name before the colon that a line begins with.
pub(super) fn speaker(text: &str) -> Option<Range<usize>> {
    let end = text.find('：')?;
    let name = &text[..end];
    let good = |c: char| c.is_alphanumeric() || matches!(c, '·' | '•' | ' ' | '\u{3000}');
    let named = !name.trim().is_empty() && name.chars().all(good);
    (named && name.chars().count() <= LONGEST).then_some(0..end)
}

/// The number that a line begins with: 第一条, 一、, （一）, 1., （1）, ①.
pub(super) fn number(text: &str) -> Option<Number> {
    let (end, article) = article(text)
        .map(|end| (end, true))
        .or_else(|| counted(text).map(|end| (end, false)))?;
    let rest = &text[end..];
    let white = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
    // a label alone has nothing to hang before
    (end + white < text.len()).then_some(Number {
        end: end + white,
        article,
    })
}

fn is_count(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十百千零〇".contains(c)
}

/// One past the characters of `text` from `at` on that satisfy `test`; `None`
/// where the first does not.
fn run(text: &str, at: usize, test: impl Fn(char) -> bool) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = rest.len() - rest.trim_start_matches(test).len();
    (length > 0).then_some(at + length)
}

fn article(text: &str) -> Option<usize> {
    let digits = run(text, "第".len(), is_count).filter(|_| text.starts_with('第'))?;
    let unit = text[digits..].chars().next()?;
    matches!(unit, '条' | '章' | '节' | '款' | '项' | '编').then_some(digits + unit.len_utf8())
}

fn counted(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some(first.len_utf8());
    }
    let (from, marks): (usize, &[char]) = match first {
        '（' => (first.len_utf8(), &['）']),
        c if c.is_ascii_digit() => (0, &['.', '．', '、']),
        _ => (0, &['、']),
    };
    let digits = run(text, from, is_count)?;
    let mark = text[digits..].chars().next()?;
    // 1.5 is a number of its own
    let end = digits + mark.len_utf8();
    let decimal = text[end..].starts_with(|c: char| c.is_ascii_digit());
    (marks.contains(&mark) && !(mark == '.' && decimal)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p03_numbers_of_articles_and_items() {
        fn end(text: &str) -> Option<&str> {
            number(text).map(|number| &text[..number.end])
        }
        assert_eq!(end("第一条　为了"), Some("第一条　"));
        assert_eq!(end("第12条 为了"), Some("第12条 "));
        for text in ["一、甲", "（一）甲", "1.甲", "（1）甲", "①甲", "十二、甲"] {
            assert_eq!(end(text), text.strip_suffix('甲'), "{text}");
        }
        for text in ["1.5公里", "第一次", "一行字", "第一条", "（甲）乙"] {
            assert_eq!(end(text), None, "{text}");
        }
        assert!(number("第一条　甲").is_some_and(|number| number.article));
    }

    #[test]
    fn p03_a_speaker_is_a_short_name_before_a_colon() {
        assert_eq!(speaker("李四：好。"), Some(0..6));
        assert_eq!(speaker("他说，今天：好。"), None);
        assert_eq!(speaker("没有冒号"), None);
        assert_eq!(speaker("：空"), None);
    }
}
