//! Normalisation of the copy's characters: T11, T25, T26 and characters that
//! cannot be set. Typed spaces between Han and Western text stay (T29: the
//! spacing replaces them), so do all punctuation and all Western text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::mapped::{Edit, Mapped, Moved, offset};
use super::presentation::ordinary;
use super::{Change, Inline, InlineKind, Reading};
use crate::base::clreq::{Class, class_of, is_curly_quote};
use crate::base::diag::{Diagnostic, Span};

/// Characters that were dropped or that tell of earlier damage, for one
/// warning each.
#[derive(Debug, Default)]
pub(super) struct Controls {
    found: BTreeMap<char, (Span, usize)>,
}

impl Controls {
    fn add(&mut self, c: char, span: Span) {
        self.found.entry(c).or_insert((span, 0)).1 += 1;
    }

    /// One warning a character, at its first place.
    pub(super) fn notes(&self) -> Vec<Diagnostic> {
        let note = |(&c, &(span, count)): (&char, &(Span, usize))| {
            let point = format!("U+{:04X}", u32::from(c));
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let note = match c {
                '\u{FFFD}' => Diagnostic::warning(
                    "copy/replacement",
                    format!("稿件里有 {count} 个替换符 {point}，原字在以前转码时已经丢失"),
                    format!("The copy has {count} replacement characters {point}: the originals were lost in an earlier conversion"),
                )
                .help("请对照原稿补上原字", "Put the original characters back from the original copy"),
                '\u{B}' | '\u{2028}' | '\u{2029}' => Diagnostic::warning(
                    "copy/control",
                    format!("稿件里有 {count} 个换行控制符 {point}，已改为强制换行"),
                    format!("The copy has {count} line controls {point}; each became a forced line turn"),
                )
                .help("如应另起一段，请改成空行", "Where a new paragraph is meant, put an empty line"),
                '\u{200B}' | '\u{2060}' => {
                    let (zh, en) = match c {
                        '\u{200B}' => ("处处可以断行", "a line may break at each"),
                        _ => ("处处不得断行", "no line breaks at any"),
                    };
                    Diagnostic::info(
                        "copy/break-control",
                        format!("稿件里有 {count} 个看不见的断行控制符 {point}：{zh}"),
                        format!("The copy has {count} invisible break controls {point}: {en}"),
                    )
                    .help("如不是有意放的，请删去", "Delete those that were not meant")
                }
                _ => Diagnostic::warning(
                    "copy/control",
                    format!("稿件里有 {count} 个控制字符 {point}，没有字形，已去掉"),
                    format!("The copy has {count} control characters {point} without a shape; they were dropped"),
                )
                .help("如不该有，请从稿件里删去", "Delete them from the copy"),
            };
            note.at(span)
                .number("count", count)
                .word("character", point)
        };
        self.found.iter().map(note).collect()
    }
}

/// Normalises one paragraph: drops its typed indent and trailing white (T26),
/// characters that cannot be set, and maps ellipses and dashes (T11) and
/// full-width letters and digits (T25). Code and addresses keep their
/// characters. The ranges of `spans` move along; empty ones are dropped.
///
/// A text that is nothing but strokes is a rule drawn with marks: it stays,
/// and is reported, for it was most likely meant as a section break.
pub(super) fn normalise(out: &mut Reading, mapped: Mapped, spans: &mut Vec<Inline>) -> Mapped {
    out.notes.extend(drawn_rule(out, &mapped));
    let found = find(&mapped.text, spans);
    if found.is_empty() {
        return mapped;
    }
    let mut edits = Vec::with_capacity(found.len());
    for (edit, rule) in found {
        if let (Some(rule), Some(place)) = (rule, mapped.place(edit.range.clone())) {
            let span = out.span(place);
            let from = &mapped.text[edit.range.clone()];
            if rule == CONTROL {
                from.chars().for_each(|c| out.controls.add(c, span));
            }
            if from == edit.to {
                continue;
            }
            let (from, to) = (from.to_owned(), edit.to.clone());
            out.manuscript.changes.push(Change {
                span,
                from,
                to,
                rule,
            });
        }
        edits.push(edit);
    }
    let moved = Moved::new(&edits);
    for inline in spans.iter_mut() {
        let start = moved.at(inline.range.start as usize, false);
        let end = moved.at(inline.range.end as usize, true);
        inline.range = offset(start)..offset(end.max(start));
    }
    spans.retain(|inline| !inline.range.is_empty());
    mapped.edited(&edits)
}

const CONTROL: &str = "control";

/// The note of a text that is a rule drawn with three or more strokes.
fn drawn_rule(out: &Reading, mapped: &Mapped) -> Option<Diagnostic> {
    let drawn = mapped.text.trim();
    let stroke = |c: char| matches!(c, '─' | '━' | '―' | '—' | '–');
    let rule = drawn.chars().all(stroke) && drawn.chars().nth(2).is_some();
    if !rule {
        return None;
    }
    let place = mapped.place(0..mapped.text.len())?;
    Some(
        Diagnostic::warning(
            "copy/drawn-rule",
            "这一段只有横线，照原样排成了文字",
            "this paragraph is nothing but strokes; they are set as text",
        )
        .at(out.span(place))
        .help(
            "要分节，单独一行写 ---；不要，就删去",
            "for a section break write `---` on a line of its own; else delete it",
        ),
    )
}

/// The edits of one paragraph with their rule, in order; white at the end
/// goes without one.
fn find(text: &str, spans: &[Inline]) -> Vec<(Edit, Option<&'static str>)> {
    let mut found = Vec::new();
    let lead = text.len() - text.trim_start_matches(is_white).len();
    if lead > 0 {
        found.push((
            Edit {
                range: 0..lead,
                to: String::new(),
            },
            Some("T26"),
        ));
    }
    let end = lead + text[lead..].trim_end_matches(is_white).len();
    let frozen = fixed_stretches(text, spans);
    let mut next_frozen = 0;
    let mut at = lead;
    while let Some(c) = text[at..end].chars().next() {
        while frozen.get(next_frozen).is_some_and(|range| range.end <= at) {
            next_frozen += 1;
        }
        let is_frozen = frozen
            .get(next_frozen)
            .is_some_and(|range| range.start <= at);
        let change = match c {
            _ if is_unset(c) => Some((c.len_utf8(), String::new(), CONTROL)),
            '\u{B}' | '\u{2028}' | '\u{2029}' => Some((c.len_utf8(), "\n".into(), CONTROL)),
            // L18: the author's controls win
            '\u{FFFD}' | '\u{200B}' | '\u{2060}' => Some((c.len_utf8(), c.into(), CONTROL)),
            '\t' => Some((1, " ".into(), "T26")),
            _ if is_frozen => None,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => full_width(&text[at..end]),
            '…' | '⋯' | '.' | '。' => ellipsis(&text[..end], at, c),
            '-' | '–' | '―' | '─' => dash(&text[..end], at, c),
            // two of — or of the dots are one mark, as everywhere
            '︙' | '︰' | '︱' => {
                let (_, bytes) = run(&text[at..end], c);
                let count = bytes / c.len_utf8();
                ordinary(c).map(|one| {
                    let to = match c {
                        '︱' => one.repeat(count),
                        _ => one.repeat(count.div_ceil(2)),
                    };
                    (bytes, to, "V10")
                })
            }
            '\u{FE10}'..='\u{FE48}' => ordinary(c).map(|to| (c.len_utf8(), to.into(), "V10")),
            _ => None,
        };
        match change {
            Some((length, to, rule)) => {
                found.push((
                    Edit {
                        range: at..at + length,
                        to,
                    },
                    Some(rule),
                ));
                at += length;
            }
            // a run that stays as it is, stays as a whole
            None if matches!(c, '…' | '⋯' | '.' | '。' | '-' | '–' | '―' | '─') && !is_frozen =>
            {
                at += run(&text[at..end], c).1;
            }
            None => at += c.len_utf8(),
        }
    }
    if end < text.len() {
        found.push((
            Edit {
                range: end..text.len(),
                to: String::new(),
            },
            None,
        ));
    }
    found
}

fn is_white(c: char) -> bool {
    c.is_whitespace() && c != '\u{B}' && c != '\u{2028}' && c != '\u{2029}'
}

/// Control characters and direction marks: nothing to set. Joiners and
/// variation selectors stay, names are written with them.
fn is_unset(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\u{B}'))
        || matches!(c, '\u{FEFF}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The stretches of a text whose characters stay: code, and addresses. In
/// order, without overlap.
pub fn fixed_stretches(text: &str, spans: &[Inline]) -> Vec<Range<usize>> {
    let code = spans
        .iter()
        .filter(|inline| inline.kind == InlineKind::Code);
    let mut all: Vec<Range<usize>> = code
        .map(|inline| inline.range.start as usize..inline.range.end as usize)
        .collect();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !c.is_ascii_graphic() {
            if is_address(&text[start..at]) {
                all.push(start..at);
            }
            start = at + c.len_utf8();
        }
    }
    all.sort_by_key(|range| range.start);
    // code may hold an address: one of two overlapping stretches is enough
    let mut end = 0;
    all.retain_mut(|range| {
        range.start = range.start.max(end);
        end = end.max(range.end);
        range.start < range.end
    });
    all
}

fn is_address(token: &str) -> bool {
    let mail = || {
        token.split_once('@').is_some_and(|(name, host)| {
            name.ends_with(|c: char| c.is_ascii_alphanumeric())
                && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    };
    token.contains("://") || token.contains("www.") || mail()
}

/// T25: the run of full-width letters and digits in ASCII.
fn full_width(text: &str) -> Option<(usize, String, &'static str)> {
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => None,
    };
    let to: String = text.chars().map_while(narrow).collect();
    Some((to.len() * 3, to, "T25"))
}

/// Characters and bytes of the run of like marks that `text` starts with.
fn run(text: &str, mark: char) -> (usize, usize) {
    let alike = |c: char| match mark {
        '…' | '⋯' => matches!(c, '…' | '⋯'),
        '―' | '─' => matches!(c, '―' | '─'),
        _ => c == mark,
    };
    let rest = text.trim_start_matches(alike);
    let bytes = text.len() - rest.len();
    (text[..bytes].chars().count(), bytes)
}

/// T11: an ellipsis typed in another way, next to Chinese text.
///
/// An odd number of … is a slip and is set as the even one it contains (one
/// as two); twice …… is the 12 dots of an omitted passage and stays.
fn ellipsis(text: &str, at: usize, mark: char) -> Option<(usize, String, &'static str)> {
    let (count, bytes) = run(&text[at..], mark);
    let pairs = match mark {
        '.' | '。' => match count {
            3..=9 => 1,
            12 => 2,
            _ => return None,
        },
        _ => (count / 2).max(1),
    };
    let to = "……".repeat(pairs);
    if text[at..at + bytes] == to {
        return None;
    }
    let after = &text[at + bytes..];
    let (left, right) = (left_side(&text[..at]), right_side(after));
    let touches = after.chars().next().is_some_and(is_chinese);
    let chinese = mark == '。'
        || left == Side::Chinese
        || touches
        || (left == Side::Nothing && right == Side::Chinese);
    chinese.then_some((bytes, to, "T11"))
}

/// T11: a dash typed in another way, next to Chinese text. Not a range
/// (`5月--6月`), not an option (` --help`), not `<!--`, not a rule drawn with marks.
///
/// The strokes `─` and `―` are half a dash or a whole one, as the old editors
/// drew them: one to four of them are one ——, more are a rule drawn with marks.
fn dash(text: &str, at: usize, mark: char) -> Option<(usize, String, &'static str)> {
    let (count, bytes) = run(&text[at..], mark);
    let (before, after) = (&text[..at], &text[at + bytes..]);
    let (left, right) = (left_side(before), right_side(after));
    let either = left == Side::Chinese || right == Side::Chinese;
    let option = before.ends_with(' ') && after.starts_with(|c: char| c.is_ascii_alphabetic());
    let comment = before.ends_with("<!") || after.starts_with('>');
    let fits = match mark {
        '-' => (2..=4).contains(&count) && either && !option && !comment,
        '–' if count == 1 => either && stands_as_dash(before, after),
        '–' => count == 2 && either,
        _ => count <= 4 && either,
    };
    let range = ends_in_number(before)
        && after
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    (fits && !range).then(|| (bytes, "——".to_owned(), "T11"))
}

/// Whether a single – is a dash: alone between two spaces, or the first thing
/// of a text or of what follows a closing mark or a stop. Anywhere else it is
/// the short connector (T12: `应力–应变`), and before a figure a minus.
fn stands_as_dash(before: &str, after: &str) -> bool {
    let spaced = before.ends_with(is_white) && after.starts_with(is_white);
    let begins = before.chars().all(is_white) || before.ends_with(is_stop);
    let figure = after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９'));
    spaced || (begins && !figure && !after.is_empty())
}

/// Closing marks, 点号 and the ellipsis: what a dash may follow directly.
fn is_stop(c: char) -> bool {
    let class = class_of(c);
    class.closes() || class == Class::Ellip
}

/// What stands beside a mark, quotes, brackets and spaces not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Chinese,
    Other,
    Nothing,
}

/// How far a side is looked at, which keeps the work linear.
const LOOK: usize = 8;

fn left_side(before: &str) -> Side {
    side(before.chars().rev())
}

fn right_side(after: &str) -> Side {
    side(after.chars())
}

fn side(chars: impl Iterator<Item = char>) -> Side {
    let neutral = |c: &char| {
        c.is_whitespace()
            || c.is_ascii_punctuation()
            || is_curly_quote(*c)
            || matches!(c, '—' | '…' | '·')
    };
    match chars.take(LOOK).find(|c| !neutral(c)) {
        Some(c) if is_chinese(c) => Side::Chinese,
        Some(_) => Side::Other,
        None => Side::Nothing,
    }
}

/// Whether `before` ends in a figure, or a figure and a unit of one or two
/// Han characters (`5月`, `3公里`).
fn ends_in_number(before: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
    let mut chars = before.trim_end().chars().rev().take(3).skip_while({
        let mut units = 0;
        move |&c| {
            units += 1;
            units <= 2 && is_chinese(c) && !is_mark(c)
        }
    });
    chars.next().is_some_and(digit)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF65}')
}

/// Han characters, kana, bopomofo and the marks set full width with them.
/// Full-width letters and digits are Western text (T25).
pub(super) fn is_chinese(c: char) -> bool {
    is_mark(c)
        || matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{31FF}'
            | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FFE0}'..='\u{FFE6}'
            | '\u{20000}'..='\u{3FFFF}')
}
