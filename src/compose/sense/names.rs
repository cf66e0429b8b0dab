//! Names in headlines, those that the list holds and those that it does not
//! (P16).

use super::{IN_COMPOUND, IN_NAME, IN_PHRASE, IN_WORD, single};
use crate::base::clreq::{Class, class_of, is_measure, is_numeral, is_particle};
use crate::base::lexicon::{
    Kind, is_ambiguous, is_generic, is_generic_pair, is_person, is_surname, kind_of, part_starts,
};

/// What a turn costs more between the parts of a part.
const DEEPER: u16 = 50;
/// Between a name that is whole, or a noun of persons, and a generic noun.
const BEHIND_NAME: u16 = 300;
/// Characters of the longest name that no list knows.
const LONGEST: usize = 4;

/// What a turn in front of each word costs at least, so that names stay whole:
/// of places and bodies, and of persons.
pub(super) fn held(text: &str, starts: &[usize]) -> Vec<u16> {
    let words = Words { text, starts };
    let mut held = vec![0; starts.len()];
    for at in 1..starts.len() {
        if is_generic(words.word(at)) {
            words.hold_generic(at, &mut held);
        }
        if words.word(at - 1).chars().all(is_surname) {
            words.hold_person(at - 1, &mut held);
        }
    }
    held
}

/// The words of a headline, by where they begin.
struct Words<'a> {
    text: &'a str,
    starts: &'a [usize],
}

impl<'a> Words<'a> {
    /// The word number `at`; empty behind the last.
    fn word(&self, at: usize) -> &'a str {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => self.text.get(from..to).unwrap_or(""),
            _ => "",
        }
    }

    /// Holds a generic noun (大桥, 委员会) to the name before it, the longest
    /// compound first (武汉长江大桥), and to the characters before it that no
    /// list knows as a word: two and more of them are a name (云溪大桥,
    /// 港珠澳大桥). A noun before it is its name (人民医院), unless it is one of
    /// persons (市民医院就诊) or the generic noun another word too.
    fn hold_generic(&self, at: usize, held: &mut [u16]) {
        let (word, before) = (self.word(at), self.word(at - 1));
        match (single(before), kind_of(before)) {
            (None, _) if is_generic_pair(before, word) => held[at] = IN_WORD,
            // a name in itself: 雪域高原|铁路
            (None, _) if is_generic(before) => held[at] = BEHIND_NAME,
            (None, Kind::Name) => held[at] = IN_NAME,
            (None, Kind::Noun) if is_ambiguous(word) => {}
            (None, Kind::Noun) if is_person(before) => held[at] = BEHIND_NAME,
            (None, Kind::Noun) => held[at] = IN_NAME,
            (None, _) => {}
            (Some(_), _) => {
                let pieces = (0..at)
                    .rev()
                    .take(LONGEST)
                    .take_while(|&at| self.is_piece(at));
                let pieces = pieces.count();
                let cost = if pieces >= 2 { IN_NAME } else { IN_PHRASE };
                held[at + 1 - pieces..=at].fill(cost);
            }
        }
    }

    /// Holds the name of a person together whose family name is word `at`
    /// (王|小明, 王|小|明), or to what the person is called (王|先生).
    fn hold_person(&self, at: usize, held: &mut [u16]) {
        let given = self.word(at + 1);
        if self.is_counted(at) || single(self.word(at)).is_none() {
            return;
        }
        let called = TITLES.split(' ').any(|title| title == given);
        if called || (given.chars().count() == 2 && kind_of(given) == Kind::Name) {
            held[at + 1] = held[at + 1].max(IN_PHRASE);
            return;
        }
        // whatever stands first behind a family name is given (李|在|明)
        let han = |at: usize| single(self.word(at)).filter(|&c| class_of(c) == Class::Han);
        let first = han(at + 1).filter(|&first| !is_particle(first));
        let second = first.and(han(at + 2)).filter(|&second| is_given(second));
        for (nth, _) in first.iter().chain(&second).enumerate() {
            let at = at + 1 + nth;
            held[at] = held[at].max(IN_PHRASE);
        }
    }

    /// Whether word `at` stands behind a number, or a word that points.
    fn is_counted(&self, at: usize) -> bool {
        let ahead = self.text.get(..self.starts[at]);
        let last = ahead.and_then(|ahead| ahead.chars().next_back());
        last.is_some_and(|last| last.is_ascii_digit() || is_numeral(last) || POINTS.contains(last))
    }

    /// Whether word `at` may be a character of a name: no measure word behind
    /// its number (三所|大学), no particle.
    fn is_piece(&self, at: usize) -> bool {
        let word = self.word(at);
        let Some(character) = single(word) else {
            return false;
        };
        let han = class_of(character) == Class::Han;
        // 区 ends the name before it
        let ends = "省市区县州".contains(character);
        let stands = is_particle(character) || is_numeral(character) || ends;
        let named = kind_of(word) != Kind::Other;
        han && named && !stands && !(is_measure(character) && self.is_counted(at))
    }
}

/// What measure words stand behind besides numbers.
const POINTS: &str = "这那每几整首此某该数";

/// What a person is called by, behind a family name.
const TITLES: &str = "先生 女士 小姐 老师 教授 大爷 大妈 大娘 大叔 奶奶 爷爷 阿姨 师傅 医生 警官";

/// Words of one character that follow a name rather than end it.
const BEHIND_NAMES: &str =
    "在将说称为是获与和及或对向被把到去赴会谈也又不要让等任答来有于从给同做当写看想用";

/// Whether a word of one character may be one of a given name.
fn is_given(character: char) -> bool {
    let word = is_particle(character) || BEHIND_NAMES.contains(character);
    class_of(character) == Class::Han && !word
}

/// Where the words begin that a name or noun of the list is made of, if it has
/// four characters or more, and what a turn there costs: what is wider than a
/// line parts there. Parts are parted where they too are that long.
pub(super) fn parts(text: &str, starts: &[usize]) -> Vec<(usize, u16)> {
    let mut found = Vec::new();
    for pair in starts.windows(2) {
        let word = text.get(pair[0]..pair[1]).unwrap_or("");
        if kind_of(word) != Kind::Other {
            divide(word, pair[0], IN_COMPOUND, &mut found);
        }
    }
    found.sort_unstable();
    found
}

fn divide(word: &str, from: usize, cost: u16, found: &mut Vec<(usize, u16)>) {
    if word.chars().nth(3).is_none() {
        return;
    }
    let parts = part_starts(word);
    for ends in parts.windows(3) {
        // no line ends or begins with a single character of a name
        let alone = |from: usize, to: usize| single(&word[from..to]).is_some();
        if !alone(ends[0], ends[1]) && !alone(ends[1], ends[2]) {
            found.push((from + ends[1], cost));
        }
    }
    for ends in parts.windows(2) {
        let part = &word[ends[0]..ends[1]];
        divide(part, from + ends[0], cost + DEEPER, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lexicon::word_starts;

    #[test]
    fn p16_no_name_parts_beside_a_single_character() {
        let of = |name: &str| parts(name, &[0, name.len()]);
        assert_eq!(of("北京大学"), [(6, IN_COMPOUND)]);
        assert_eq!(of("广西壮族自治区"), [(6, IN_COMPOUND), (12, IN_COMPOUND)]);
        // 青藏铁路|局, and 青藏|铁路 in it
        assert_eq!(of("青藏铁路局"), [(6, IN_COMPOUND + DEEPER)]);
        assert!(of("珠穆朗玛峰").is_empty());
    }

    #[test]
    fn p16_a_part_is_made_of_words_too() {
        let of = |name: &str| {
            let found = parts(name, &[0, name.len()]);
            found.iter().map(|&(at, _)| at / 3).collect::<Vec<_>>()
        };
        assert_eq!(of("中华人民共和国"), [2, 4]);
        assert_eq!(of("中国人民解放军"), [2, 4]);
        assert_eq!(of("人民代表大会"), [2, 4]);
        assert_eq!(of("全国人民代表大会"), [2, 4, 6]);
    }

    #[test]
    fn p16_names_of_persons_hold_together() {
        let of = |text: &str| {
            let starts = word_starts(text);
            let held = held(text, &starts);
            let pairs = starts.iter().zip(held);
            let pairs = pairs.filter(|&(_, cost)| cost > 0);
            pairs.map(|(&at, _)| at / 3).collect::<Vec<_>>()
        };
        assert_eq!(of("记者王小明获奖"), [3, 4]);
        assert_eq!(of("校长肖玥回信"), [3]);
        assert_eq!(of("校长肖玥说茶"), [3]);
        assert_eq!(of("市民谭先生讲述"), [3]);
        assert_eq!(of("总统李在明访问"), [3, 4]);
        // a measure word behind its number, and a word of its own
        assert!(of("三张图说变化").is_empty());
        assert!(of("这张网越织越密").is_empty());
        assert!(of("周边小镇游").is_empty());
    }
}
