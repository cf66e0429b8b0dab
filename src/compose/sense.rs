//! What a turn costs the sense of a headline (P16).
//!
//! The scale is that of the unevenness of lines (see `line/turn`): two lines
//! of 4 and 6 em cost 80 together, of 3 and 7 em 320. A turn at a space that the
//! editor typed is free; one inside a word or in front of a particle is only
//! taken where there is no other.

use crate::base::clreq::{Class, is_measure, is_numeral, is_particle};
use crate::base::lexicon::word_starts;
use crate::compose::spacing::Atom;

mod names;

/// Behind a pause or stop, which closes a phrase.
const AFTER_MARK: u16 = 30;
/// Behind a particle, which closes a phrase too.
const AFTER_PARTICLE: u16 = 40;
/// In front of an opening mark.
const BEFORE_OPEN: u16 = 50;
/// Between two words.
const BETWEEN_WORDS: u16 = 60;
/// Beside a word of one character, which rarely stands for itself.
const BESIDE_SINGLE: u16 = 120;
/// Between two such: often a word that the list does not know.
const BETWEEN_SINGLES: u16 = 240;
/// Between what may be one name that the list does not know: a common noun or a
/// character and the generic noun behind it (儿童|医院, 新|大桥), a family name and
/// the given one.
const IN_PHRASE: u16 = 900;
/// Inside a date, behind its year or month.
const IN_DATE: u16 = 800;
/// Between a name, or two characters that are one, and the generic noun that
/// makes it another name (黄河|大桥, 云溪|大桥): a line more is taken where it would
/// part.
pub(crate) const IN_NAME: u16 = 1000;
/// Between the words of a name that the list holds whole (长江|大桥).
const IN_COMPOUND: u16 = 1200;
/// Inside a word.
pub(crate) const IN_WORD: u16 = 1500;
/// In front of a particle, or between a number and its unit.
const PARTED: u16 = 2500;

/// What a turn in front of each atom costs; the first is never asked for.
pub(crate) fn turns(text: &str, atoms: &[Atom]) -> Vec<u16> {
    let starts = word_starts(text);
    let turning = Turning {
        text,
        held: names::held(text, &starts),
        parts: names::parts(text, &starts),
        starts: &starts,
    };
    let mut turns = vec![0; atoms.len()];
    let mut before: Option<usize> = None;
    for after in 0..atoms.len() {
        if atoms[after].swallowed {
            continue;
        }
        if let Some(before) = before {
            let typed = before + 1 < after;
            let cost = turning.cost(&atoms[before], &atoms[after], typed);
            turns[before + 1..=after].fill(cost);
        }
        before = Some(after);
    }
    turns
}

struct Turning<'a> {
    text: &'a str,
    /// Where the words begin.
    starts: &'a [usize],
    /// What a turn in front of each word costs at least, for the name it is in.
    held: Vec<u16>,
    /// Where words begin that longer names are made of, these left out, with
    /// what a turn there costs.
    parts: Vec<(usize, u16)>,
}

impl<'a> Turning<'a> {
    /// The cost between two atoms; `typed` where a space stands between them.
    fn cost(&self, before: &Atom, after: &Atom, typed: bool) -> u16 {
        let joins = |class: Class| matches!(class, Class::Conn | Class::Mid | Class::Sol);
        let western = before.class.western() || after.class.western();
        if typed && !western {
            return 0;
        }
        if before.class.closes() || matches!(before.class, Class::Dash | Class::Ellip) {
            return AFTER_MARK;
        }
        if joins(before.class) {
            return IN_WORD;
        }
        if after.class == Class::Open {
            return BEFORE_OPEN;
        }
        let from = after.text.start as usize;
        let at = self.starts.partition_point(|start| *start < from);
        if !typed && self.starts.get(at) != Some(&from) {
            let part = self.parts.binary_search_by_key(&from, |&(at, _)| at);
            return part.map_or(IN_WORD, |part| self.parts[part].1);
        }
        let held = match typed {
            true => 0,
            false => self.held.get(at).copied().unwrap_or(0),
        };
        self.between((before, after), from, at, western).max(held)
    }

    /// The cost between two words, the second of which begins at byte `from`
    /// and has number `at`, the names they are in left out.
    fn between(
        &self,
        (before, after): (&Atom, &Atom),
        from: usize,
        at: usize,
        western: bool,
    ) -> u16 {
        let next = self.word(from, at);
        let last = self.word_before(before.text.end as usize);
        let number = before.class == Class::Num || last.chars().all(is_numeral);
        let first = next.chars().next();
        // 第一|人民: behind an ordinal 人 counts only where it is the word
        let ahead = (before.text.end as usize).checked_sub(last.len());
        let ahead = ahead.and_then(|end| self.text.get(..end)).unwrap_or("");
        let ordinal = last.starts_with('第') || ahead.ends_with('第');
        let measures = |first: char| is_measure(first) && (!ordinal || single(next).is_some());
        let counted = after.class.western()
            || first.is_some_and(|first| measures(first) || is_numeral(first));
        if number && counted || single(next).is_some_and(is_particle) {
            return PARTED;
        }
        match (single(last), single(next)) {
            (Some(particle), _) if is_particle(particle) => AFTER_PARTICLE,
            (Some('年' | '月'), _) if self.counts(before) && numbers(after, first) => IN_DATE,
            (Some(unit), _) if is_measure(unit) && self.counts(before) => BETWEEN_WORDS,
            _ if western => BETWEEN_WORDS,
            (Some(_), Some(_)) => BETWEEN_SINGLES,
            (Some(_), None) | (None, Some(_)) => BESIDE_SINGLE,
            (None, None) => BETWEEN_WORDS,
        }
    }

    /// Whether a number stands in front of an atom.
    fn counts(&self, unit: &Atom) -> bool {
        let ahead = self.text.get(..unit.text.start as usize);
        let last = ahead.and_then(|text| text.chars().next_back());
        last.is_some_and(|last| last.is_ascii_digit() || is_numeral(last))
    }

    /// The word that begins at byte `from`, the start number `at`.
    fn word(&self, from: usize, at: usize) -> &'a str {
        let end = self.starts.get(at + 1).copied().unwrap_or(self.text.len());
        self.text.get(from..end).unwrap_or("")
    }

    /// The word that ends at byte `end`.
    fn word_before(&self, end: usize) -> &'a str {
        let at = self.starts.partition_point(|start| *start < end);
        let start = at.checked_sub(1).map_or(0, |at| self.starts[at]);
        self.text.get(start..end).unwrap_or("")
    }
}

/// Whether an atom that begins with `first` is a figure or a Han numeral.
fn numbers(atom: &Atom, first: Option<char>) -> bool {
    atom.class == Class::Num || first.is_some_and(is_numeral)
}

/// The character of a word of one character.
fn single(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let first = chars.next();
    first.filter(|_| chars.next().is_none())
}
