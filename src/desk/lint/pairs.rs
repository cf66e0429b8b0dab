//! Pairs of marks: balance, crossing, levels (T18, T19, T21, E13).
//!
//! The body is one stretch: a quotation may run over several paragraphs if
//! each of them repeats its opening mark (T18). Headings, captions and the
//! fields of the head stand each for itself, and a subhead ends what is open.

use std::collections::BTreeSet;
use std::ops::Range;

use super::finding::Finding;
use super::passage::{Part, Passage, is_han};
use super::rule::{BRACKET_LEVEL, CROSSED, QUOTE_LEVEL, TITLE_LEVEL, UNPAIRED};
use crate::base::clreq::Region;

/// Pairs that may be open at once; nobody nests so deep, and it keeps the
/// work linear.
const DEEP: usize = 64;

/// Opening mark, closing mark.
const PAIRS: [(char, char); 12] = [
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〖', '〗'),
    ('〔', '〕'),
    ('［', '］'),
    ('｛', '｝'),
    ('「', '」'),
    ('『', '』'),
];

pub(super) fn find(passages: &[Passage<'_>], region: Region, out: &mut Vec<Finding>) {
    let mut reader = Reader {
        passages,
        region,
        open: Vec::new(),
        dropped: Vec::new(),
        out,
    };
    for (index, passage) in passages.iter().enumerate() {
        match passage.part {
            Part::Foreign => {}
            Part::Paragraph | Part::Quote | Part::Item => reader.passage(index, true),
            // a picture between two paragraphs does not end a quotation
            Part::Caption | Part::Names | Part::Dateline | Part::Cell | Part::Note => {
                let open = std::mem::take(&mut reader.open);
                reader.passage(index, false);
                reader.open = open;
            }
            Part::Heading => {
                reader.close_all();
                reader.passage(index, false);
            }
        }
    }
    reader.close_all();
}

/// An opening mark that waits for its fellow.
struct Open {
    mark: char,
    close: char,
    passage: usize,
    at: usize,
    /// Findings about levels inside it, which hold only if it is closed.
    levels: Vec<Finding>,
}

struct Reader<'a, 'b> {
    passages: &'a [Passage<'a>],
    region: Region,
    open: Vec<Open>,
    /// Closing marks still to come for pairs that were told to cross.
    dropped: Vec<char>,
    out: &'b mut Vec<Finding>,
}

/// Quotes that may run over several paragraphs.
fn is_quote(mark: char) -> bool {
    matches!(mark, '“' | '‘' | '「' | '『')
}

impl Reader<'_, '_> {
    fn passage(&mut self, index: usize, body: bool) {
        let passage = &self.passages[index];
        self.dropped.clear();
        let start = self.repeated(passage);
        let wide = closed_wide(passage);
        for at in start..passage.len() {
            let c = passage.at(at);
            if let Some(&(mark, close)) = PAIRS.iter().find(|pair| pair.0 == c) {
                self.open(index, at, mark, close);
            } else if PAIRS.iter().any(|pair| pair.1 == c) {
                self.close(passage, at, c);
            } else if c == '(' && wide.contains(&at) {
                self.open(index, at, c, '）');
            } else if c == ')' && self.open.last().is_some_and(|open| open.mark == '（') {
                self.close(passage, at, '）');
            }
        }
        let carried = |open: &Open| body && is_quote(open.mark);
        let split = self
            .open
            .iter()
            .position(|open| !carried(open))
            .unwrap_or(self.open.len());
        for open in self.open.split_off(split) {
            self.unclosed(open);
        }
    }

    /// Passes over the opening marks with which `passage` goes on with the
    /// quotation that is open. One that does not begin with them ends it.
    fn repeated(&mut self, passage: &Passage<'_>) -> usize {
        let begins = self
            .open
            .first()
            .is_some_and(|open| open.mark == passage.at(0));
        if !begins {
            self.close_all();
            return 0;
        }
        self.open
            .iter()
            .enumerate()
            .take_while(|(n, open)| passage.at(*n) == open.mark)
            .count()
    }

    fn open(&mut self, passage: usize, at: usize, mark: char, close: char) {
        if self.open.len() == DEEP {
            let oldest = self.open.remove(0);
            self.unclosed(oldest);
        }
        self.open.push(Open {
            mark,
            close,
            passage,
            at,
            levels: Vec::new(),
        });
    }

    fn close(&mut self, passage: &Passage<'_>, at: usize, c: char) {
        if c == '’' && apostrophe(passage, at, self.open.last()) {
            return;
        }
        let Some(found) = self.open.iter().rposition(|open| open.close == c) else {
            if let Some(known) = self.dropped.iter().position(|&dropped| dropped == c) {
                self.dropped.swap_remove(known);
            } else if !(inch(passage, at, c) || numbering(passage, at, c)) {
                self.stray(passage, at);
            }
            return;
        };
        if found + 1 < self.open.len() {
            self.crossed(passage, at, found);
        }
        if let Some(open) = self.open.pop() {
            self.closed(passage, open, at);
        }
    }

    /// A pair closes while others inside it are open.
    fn crossed(&mut self, passage: &Passage<'_>, at: usize, found: usize) {
        let inner = self.open.split_off(found + 1);
        if let Some(first) = inner.first() {
            let (outer, close) = (self.open[found].mark, passage.at(at));
            let finding = Finding::new(
                &CROSSED,
                passage,
                at..at + 1,
                format!("{outer} 在这里收了，里面的 {} 还没有收", first.mark),
                format!("{outer} closes here while {} inside it is open", first.mark),
            )
            .related(
                first.passage,
                first.at..first.at + 1,
                "开在这里",
                "opened here",
            );
            self.out.push(finding.help(
                format!("在 {close} 之前补上 {}，或删去 {}", first.close, first.mark),
                format!(
                    "put {} before {close}, or delete {}",
                    first.close, first.mark
                ),
            ));
        }
        self.dropped.extend(inner.iter().map(|open| open.close));
    }

    /// Levels of quotes, book titles and brackets.
    fn closed(&mut self, passage: &Passage<'_>, mut open: Open, at: usize) {
        let range = open.at..at + 1;
        let start = &self.passages[open.passage];
        let shown = if open.passage == passage.index {
            range
        } else {
            open.at..open.at + 1
        };
        let level = self.level(&open, start, shown);
        open.levels.extend(level);
        match self.open.iter_mut().find(|outer| is_quote(outer.mark)) {
            Some(outer) => outer.levels.append(&mut open.levels),
            None => self.out.append(&mut open.levels),
        }
    }

    fn level(&self, open: &Open, passage: &Passage<'_>, range: Range<usize>) -> Option<Finding> {
        let mainland = self.region == Region::Cn;
        let (outer, inner) = if mainland {
            ('“', '‘')
        } else {
            ('「', '『')
        };
        let nearest = |marks: [char; 2]| {
            let found = self
                .open
                .iter()
                .rev()
                .find(|open| marks.contains(&open.mark));
            found.map(|open| open.mark)
        };
        let inside = &passage.chars[range.clone()];
        if !inside.iter().any(|&c| is_han(c)) {
            return None;
        }
        let wrong = |rule, (zh, en): (&str, &str), to: &str| {
            Some(Finding::new(rule, passage, range.clone(), zh, en).write(to))
        };
        match open.mark {
            // a title is quoted as it is printed
            mark if (mark == outer || mark == inner) && nearest(['《', '〈']).is_none() => {
                let around = nearest([outer, inner]);
                let right = if around == Some(outer) { inner } else { outer };
                let words = (
                    "引号的层次不对：外层用双引号，里层用单引号",
                    "quotes of the wrong level: double outside, single inside",
                );
                let words = if mainland {
                    words
                } else {
                    (
                        "引号的层次不对：外层用「」，里层用『』",
                        "quotes of the wrong level: 「」 outside, 『』 inside",
                    )
                };
                // inside a wrong outer pair the inner one is not told again
                let wrongly = mark != right && (around.is_none() || around == Some(mark));
                wrongly
                    .then(|| {
                        let to = PAIRS.iter().find(|pair| pair.0 == right);
                        to.map(|(open, close)| format!("{open}{close}"))
                    })
                    .flatten()
                    .and_then(|to| wrong(&QUOTE_LEVEL, words, &to))
            }
            '〈' if mainland && nearest(['《', '〈']).is_none() => wrong(
                &TITLE_LEVEL,
                (
                    "单书名号只用在双书名号里面",
                    "〈 〉 stands only inside 《 》",
                ),
                "《》",
            ),
            '《' if mainland && nearest(['《', '〈']) == Some('《') => wrong(
                &TITLE_LEVEL,
                (
                    "书名号里面的书名用单书名号",
                    "a title inside a title takes 〈 〉",
                ),
                "〈〉",
            ),
            '（' if self.open.last().is_some_and(|open| open.mark == '（') => wrong(
                &BRACKET_LEVEL,
                ("圆括号里面套圆括号", "round brackets inside round brackets"),
                "〔〕",
            ),
            _ => None,
        }
    }

    fn stray(&mut self, passage: &Passage<'_>, at: usize) {
        let mark = passage.at(at);
        let open = PAIRS
            .iter()
            .find(|pair| pair.1 == mark)
            .map_or('（', |pair| pair.0);
        let finding = Finding::new(
            &UNPAIRED,
            passage,
            at..at + 1,
            format!("{mark} 没有与它配对的 {open}"),
            format!("{mark} has no {open} before it"),
        );
        self.out.push(finding.help(
            format!("在前面补上 {open}，或删去 {mark}"),
            format!("put {open} before it, or delete {mark}"),
        ));
    }

    fn unclosed(&mut self, open: Open) {
        if open.mark == '(' {
            return;
        }
        let (mark, close) = (open.mark, open.close);
        let finding = Finding::new(
            &UNPAIRED,
            &self.passages[open.passage],
            open.at..open.at + 1,
            format!("{mark} 没有收：段末还缺 {close}"),
            format!("{mark} is not closed: {close} is missing"),
        );
        let finding = if is_quote(mark) {
            finding.help(
                format!("补上 {close}；引文接着下一段的，下一段开头再写一个 {mark}"),
                format!(
                    "put {close}; where the quotation goes on, begin the next paragraph with {mark}"
                ),
            )
        } else {
            finding.help(format!("补上 {close}"), format!("put {close}"))
        };
        self.out.push(finding);
    }

    fn close_all(&mut self) {
        for open in std::mem::take(&mut self.open) {
            self.unclosed(open);
        }
    }
}

/// The half-width `(` that a full-width `）` closes. Others are left to the
/// rule of half-width marks: alone they are no fault of a pair.
fn closed_wide(passage: &Passage<'_>) -> BTreeSet<usize> {
    let mut open = Vec::new();
    let mut wide = BTreeSet::new();
    for (at, &c) in passage.chars.iter().enumerate() {
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                let start = open.pop();
                wide.extend(start.filter(|&start| c == '）' && passage.at(start) == '('));
            }
            _ => {}
        }
    }
    wide
}

/// ’ as an apostrophe (T06): between letters, or after one where no ‘ waits.
fn apostrophe(passage: &Passage<'_>, at: usize, top: Option<&Open>) -> bool {
    let letter = |c: char| c.is_alphanumeric() && !is_han(c);
    let waits = top.is_some_and(|open| open.mark == '‘');
    letter(passage.before(at)) && (letter(passage.at(at + 1)) || !waits)
}

/// ” and ’ as inches and feet, minutes and seconds.
fn inch(passage: &Passage<'_>, at: usize, c: char) -> bool {
    matches!(c, '”' | '’') && passage.before(at).is_ascii_digit()
}

/// The bracket of `1）`, `（一）` without its opening, `a）`.
fn numbering(passage: &Passage<'_>, at: usize, c: char) -> bool {
    let number = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    if c != '）' || !number(passage.before(at)) {
        return false;
    }
    let mut start = at;
    while at - start < 3 && number(passage.before(start)) {
        start -= 1;
    }
    let before = passage.before(start);
    !number(before) && (before == '\0' || before.is_whitespace() || "，、；：。".contains(before))
}
