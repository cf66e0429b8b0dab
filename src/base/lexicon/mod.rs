//! 词表: where the words of a Chinese text begin and end. The one door to
//! `fst`.
//!
//! The words and how common they are come from jieba's dictionary (MIT, see
//! `README.md` beside this file). A text is cut where the product of its
//! words' frequencies is greatest.

mod generic;
mod surname;

pub use generic::{is_ambiguous, is_generic, is_generic_pair, is_person};
pub use surname::is_surname;

use std::ops::Range;
use std::sync::OnceLock;

use fst::Map;

/// Words of Han with their rarity, 16 times the natural logarithm of the
/// whole corpus over the word's count, and below it, in the lowest
/// [`KIND_BITS`], the number of their [`Kind`].
static WORDS: &[u8] = include_bytes!("words.fst");

/// Bits of a word's kind.
const KIND_BITS: u32 = 2;

/// What a word is, as far as the turning of headlines asks (P16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A noun.
    Noun,
    /// A proper name: of a place, a person, a body.
    Name,
    /// Anything else.
    Other,
    /// Not in the list: a piece of a name, as a rule.
    Unknown,
}

/// Rarity of a character that the list does not hold, above that of any it
/// holds.
const UNKNOWN: u64 = 400;

/// Characters of the longest word looked for.
const LONGEST: usize = 12;

fn words() -> Option<&'static Map<&'static [u8]>> {
    static MAP: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    // Only its header is looked at: the list is never unpacked.
    MAP.get_or_init(|| Map::new(WORDS).ok()).as_ref()
}

/// What kind of word a whole word is. Takes time in proportion to it.
pub fn kind_of(word: &str) -> Kind {
    let value = words().and_then(|map| map.get(word));
    match value.map(|value| value & ((1 << KIND_BITS) - 1)) {
        Some(1) => Kind::Noun,
        Some(2) => Kind::Name,
        Some(_) => Kind::Other,
        None => Kind::Unknown,
    }
}

/// Byte offsets at which the words of `text` begin, in order, the end of the
/// text last. Characters of no word stand for themselves.
///
/// Takes time in proportion to the text. The empty text has one offset, 0.
pub fn word_starts(text: &str) -> Vec<usize> {
    cut(text, LONGEST)
}

/// The same of the words that a word is made of: 北京大学人民医院 is one in the
/// list, and it is not parted within 人民.
pub fn part_starts(word: &str) -> Vec<usize> {
    let whole = word.chars().count();
    cut(word, LONGEST.min(whole.saturating_sub(1)).max(1))
}

/// Cuts a text into words of `longest` characters at most.
fn cut(text: &str, longest: usize) -> Vec<usize> {
    let chars: Vec<usize> = (text.char_indices().map(|(at, _)| at))
        .chain([text.len()])
        .collect();
    let count = chars.len() - 1;
    // From the end: the least rarity of the rest, and where its first word ends.
    let mut least: Vec<(u64, usize)> = vec![(0, count); count + 1];
    for from in (0..count).rev() {
        let mut best = (u64::MAX, from + 1);
        for (to, rarity) in words_at(text, &chars, from..from + longest) {
            let whole = rarity.saturating_add(least[to].0);
            if whole <= best.0 {
                best = (whole, to);
            }
        }
        least[from] = best;
    }
    let mut starts = vec![0];
    let mut at = 0;
    while at < count {
        at = least[at].1;
        starts.push(chars[at]);
    }
    starts
}

/// The words that begin at the start of a range of characters and end in it:
/// where each ends and how rare it is; the first character always among them.
fn words_at<'a>(
    text: &'a str,
    chars: &'a [usize],
    within: Range<usize>,
) -> impl Iterator<Item = (usize, u64)> + 'a {
    let from = within.start;
    let most = within.end.min(chars.len() - 1);
    let map = words();
    let mut node = map.map(|map| (map.as_fst(), map.as_fst().root(), 0u64));
    (from + 1..=most).filter_map(move |to| {
        let bytes = &text.as_bytes()[chars[to - 1]..chars[to]];
        if let Some((fst, at, sum)) = node.take() {
            let walked = bytes.iter().try_fold((at, sum), |(at, sum), byte| {
                let step = at.transition(at.find_input(*byte)?);
                Some((fst.node(step.addr), sum + step.out.value()))
            });
            node = walked.map(|(at, sum)| (fst, at, sum));
        }
        let found = node
            .filter(|(_, at, _)| at.is_final())
            .map(|(_, at, sum)| sum + at.final_output().value());
        match found {
            Some(value) => Some((to, value >> KIND_BITS)),
            None => (to == from + 1).then_some((to, UNKNOWN)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text, &word_starts(text))
    }

    fn pieces<'a>(text: &'a str, starts: &[usize]) -> Vec<&'a str> {
        starts
            .windows(2)
            .map(|pair| &text[pair[0]..pair[1]])
            .collect()
    }

    #[test]
    fn p16_a_long_word_is_made_of_words() {
        let parts = |word| pieces(word, &part_starts(word));
        assert_eq!(cut("长江大桥"), ["长江大桥"]);
        assert_eq!(parts("长江大桥"), ["长江", "大桥"]);
        assert_eq!(parts("桥"), ["桥"]);
        assert_eq!(parts(""), [""; 0]);
    }

    #[test]
    fn p16_common_words_are_found_whole() {
        assert_eq!(
            cut("会见联合国秘书长特使"),
            ["会见", "联合国", "秘书长", "特使"]
        );
        assert_eq!(
            cut("旧纺织厂里的图书馆"),
            ["旧", "纺织厂", "里", "的", "图书馆"]
        );
    }

    #[test]
    fn the_cut_is_that_of_the_whole_not_the_longest_word_first() {
        // 研究生 is a word, but 研究 and 生命 are commoner together
        assert_eq!(cut("研究生命起源"), ["研究", "生命", "起源"]);
    }

    #[test]
    fn p16_names_and_nouns_are_told_apart() {
        assert_eq!(kind_of("黄河"), Kind::Name);
        assert_eq!(kind_of("人民"), Kind::Noun);
        assert_eq!(kind_of("开放"), Kind::Other);
        assert_eq!(kind_of("𫖯"), Kind::Unknown);
    }

    #[test]
    fn what_is_no_word_stands_alone() {
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(cut("A“𫖯”"), ["A", "“", "𫖯", "”"]);
        assert_eq!(word_starts(""), [0]);
    }
}
