//! 易错词表: words of the desk's own (E14). Told, never changed.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::passage::Passage;
use super::rule::WORD;
use crate::base::diag::{Diagnostic, Noted, SourceId, Span};

/// A list of wrong words and what to write for each.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// By first character, longest word first.
    words: BTreeMap<char, Vec<Word>>,
}

#[derive(Clone, Debug)]
struct Word {
    wrong: Vec<char>,
    /// Empty where the list only warns.
    right: String,
}

/// Reads a list: a line holds a wrong word and, after a tab, spaces or `→`,
/// what to write for it; `#` begins a comment.
///
/// # Errors
///
/// `copy/word-list`, a warning with its line, for a line whose two words are
/// the same. The other lines are read.
pub fn parse(source: SourceId, text: &str) -> Noted<WordList> {
    let mut list = WordList::default();
    let mut notes = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.split('#').next().unwrap_or_default();
        let mut parts = words.splitn(2, ['\t', ' ', '\u{3000}', '→']);
        let wrong = parts.next().unwrap_or_default().trim();
        let right = parts.next().unwrap_or_default();
        let right = right.trim_matches(|c: char| c.is_whitespace() || c == '→');
        if !wrong.is_empty() && wrong == right {
            let span = Span::new(source, start, start + line.trim_end().len());
            notes.push(
                Diagnostic::warning(
                    "copy/word-list",
                    format!("词表里“{wrong}”的正误两栏相同"),
                    format!("the list has \"{wrong}\" as its own correction"),
                )
                .help("改好或删去这一行", "mend or delete the line")
                .at(span),
            );
        } else {
            list.add(wrong, right);
        }
        start += line.len();
    }
    Noted { value: list, notes }
}

impl WordList {
    fn add(&mut self, wrong: &str, right: &str) {
        let wrong: Vec<char> = wrong.chars().collect();
        let Some(&first) = wrong.first() else { return };
        let words = self.words.entry(first).or_default();
        words.push(Word {
            wrong,
            right: right.to_owned(),
        });
        words.sort_by_key(|word| std::cmp::Reverse(word.wrong.len()));
    }

    /// Takes over all words of another list.
    pub fn extend(&mut self, other: Self) {
        for word in other.words.into_values().flatten() {
            let wrong: String = word.wrong.iter().collect();
            self.add(&wrong, &word.right);
        }
    }

    pub(super) fn find(&self, passage: &Passage<'_>, out: &mut Vec<Finding>) {
        if self.words.is_empty() {
            return;
        }
        let mut at = 0;
        while at < passage.len() {
            let words = self.words.get(&passage.at(at)).into_iter().flatten();
            let stands = |word: &&Word| passage.chars[at..].starts_with(&word.wrong);
            // where the right word stands, a wrong one inside it is no slip
            let slip = |word: &&Word| {
                word.right.is_empty() || !within(passage, at, word.wrong.len(), &word.right)
            };
            let Some(word) = words.filter(stands).find(slip) else {
                at += 1;
                continue;
            };
            let end = at + word.wrong.len();
            let shown = passage.slice(&(at..end));
            let finding = Finding::new(
                &WORD,
                passage,
                at..end,
                format!("词表：“{shown}”"),
                format!("on the word list: \"{shown}\""),
            );
            out.push(if word.right.is_empty() {
                finding.help("核对", "check it")
            } else {
                finding.write(&word.right)
            });
            at = end;
        }
    }
}

/// Whether the characters from `at` are part of `right` standing there.
fn within(passage: &Passage<'_>, at: usize, length: usize, right: &str) -> bool {
    let right: Vec<char> = right.chars().collect();
    (0..=right.len().saturating_sub(length)).any(|offset| {
        at.checked_sub(offset)
            .is_some_and(|start| passage.chars[start..].starts_with(&right))
    })
}
