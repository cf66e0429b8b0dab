//! 注释: references `[^1]` in the text and their texts, `[^1]: …` (P19).

use std::collections::BTreeMap;
use std::ops::Range;

use super::mapped::{Edit, Mapped, Moved, offset};
use super::{BlockKind, Inline, InlineKind, Reading};
use crate::base::diag::Diagnostic;
use crate::desk::note_mark::note_mark;

/// Longest label, in bytes: what is longer is text in brackets.
const LABEL: usize = 60;

/// The label of a note's text that a line begins with, `[^1]:`, and the bytes
/// of the mark with the white behind it.
pub(super) fn text_mark(line: &str) -> Option<(&str, usize)> {
    let label = label(line)?;
    let rest = line[label.len() + 3..].strip_prefix([':', '：'])?;
    let words = rest.trim_start_matches([' ', '\t', '\u{3000}']);
    Some((label, line.len() - words.len()))
}

/// The label of the reference that `text` begins with.
fn label(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("[^")?;
    let label = &inner[..inner.find(']')?];
    let good = (1..=LABEL).contains(&label.len()) && !label.contains(char::is_whitespace);
    good.then_some(label)
}

/// The numbers of the notes, in the order of their first references.
#[derive(Default)]
pub(super) struct Notes {
    /// Labels that have a text, with the place of their mark in the file.
    texts: BTreeMap<String, Range<usize>>,
    numbers: BTreeMap<String, u32>,
}

impl Notes {
    /// Takes in a note's text by its label. A second text of one label is
    /// said, and set as a note without a reference.
    pub(super) fn add_text(&mut self, out: &mut Reading, label: &str, place: Range<usize>) {
        let Some(first) = self.texts.get(label) else {
            self.texts.insert(label.to_owned(), place);
            return;
        };
        let note = Diagnostic::error(
            "copy/note-twice",
            format!("注释 [^{label}] 有两段注文，第二段没有注码"),
            format!("note [^{label}] has two texts; the second gets no mark"),
        )
        .help("给其中一段换一个名字", "give one of them another label")
        .related(out.span(first.clone()), "第一段在此", "the first is here");
        let span = out.span(place);
        out.notes.push(note.at(span));
    }

    /// Turns the references of a block's text into their marks. A reference
    /// without a text stays as typed.
    pub(super) fn refer(
        &mut self,
        out: &mut Reading,
        mapped: Mapped,
        spans: &mut Vec<Inline>,
    ) -> Mapped {
        let mut edits = Vec::new();
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(next) = mapped.text[at..].find("[^") {
            let start = at + next;
            at = start + 2;
            let code = |inline: &Inline| {
                inline.kind == InlineKind::Code
                    && (inline.range.start..inline.range.end).contains(&offset(start))
            };
            let Some(label) = label(&mapped.text[start..]) else {
                continue;
            };
            if spans.iter().any(code) {
                continue;
            }
            let range = start..start + label.len() + 3;
            at = range.end;
            if !self.texts.contains_key(label) {
                let place = mapped.place(range).unwrap_or(0..0);
                out.notes.push(without_text(label).at(out.span(place)));
                continue;
            }
            let next = offset(self.numbers.len()) + 1;
            let number = *self.numbers.entry(label.to_owned()).or_insert(next);
            edits.push(Edit {
                range: range.clone(),
                to: note_mark(number),
            });
            found.push((range, number));
        }
        if edits.is_empty() {
            return mapped;
        }
        let moved = Moved::new(&edits);
        for inline in spans.iter_mut() {
            let start = moved.at(inline.range.start as usize, false);
            let end = moved.at(inline.range.end as usize, true);
            inline.range = offset(start)..offset(end);
        }
        spans.extend(found.into_iter().map(|(range, number)| {
            let (start, end) = (moved.at(range.start, false), moved.at(range.end, true));
            Inline {
                range: offset(start)..offset(end),
                kind: InlineKind::Note { number },
            }
        }));
        mapped.edited(&edits)
    }

    /// Gives the texts their numbers once every reference is read. A text
    /// that nothing refers to is said and keeps none.
    pub(super) fn number(&mut self, out: &mut Reading) {
        let mut unused = Vec::new();
        for block in &mut out.manuscript.blocks {
            let BlockKind::Note { label, number } = &mut block.kind else {
                continue;
            };
            // the first text of a label takes its number
            *number = self.numbers.remove(label);
            if number.is_none() && self.texts.remove(label).is_some() {
                unused.push(without_reference(label).at(block.span));
            } else {
                self.texts.remove(label);
            }
        }
        out.notes.extend(unused);
    }
}

fn without_text(label: &str) -> Diagnostic {
    Diagnostic::error(
        "copy/note-missing",
        format!("注码 [^{label}] 没有注文，照原样排出"),
        format!("the note reference [^{label}] has no text and is set as typed"),
    )
    .help(
        format!("另起一段写 [^{label}]: 注文，或删去注码"),
        format!("write a paragraph `[^{label}]: …`, or delete the reference"),
    )
}

fn without_reference(label: &str) -> Diagnostic {
    Diagnostic::error(
        "copy/note-unused",
        format!("注文 [^{label}] 没有注码，排在注释末尾"),
        format!("nothing refers to the note [^{label}]; it is set after the others"),
    )
    .help(
        format!("在正文里写 [^{label}]，或删去注文"),
        format!("write `[^{label}]` into the text, or delete the note"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p19_a_text_begins_with_its_label() {
        assert_eq!(text_mark("[^1]: 见"), Some(("1", 6)));
        assert_eq!(text_mark("[^注]：见"), Some(("注", 9)));
        assert_eq!(text_mark("[^1] 见"), None);
        assert_eq!(text_mark("[^a b]: 见"), None);
    }
}
