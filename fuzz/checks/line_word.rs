//! 西文断词: where an added hyphen may stand (L16).

use banxin::compose::Line;
use banxin::story::Turn;

use super::line_job::Job;

/// An added hyphen ends its line, between two letters of one word: two letters
/// stay at least, three go.
pub(crate) fn hyphen(job: &Job, line: &Line) {
    let Some(at) = line.glyphs.iter().position(|atom| atom.hyphen.is_some()) else {
        return;
    };
    assert!(job.style.scheme.hyphenate && job.style.turn == Turn::Fill);
    assert_eq!(at + 1, line.glyphs.len(), "a hyphen inside its line");
    let hyphen = &line.glyphs[at];
    assert!(hyphen.text.is_empty() && hyphen.text.start == line.text.end);
    assert_eq!(hyphen.x + hyphen.advance, line.width);
    let letter = |c: &char| c.is_ascii_alphabetic();
    let (before, after) = job.text.split_at(line.text.end as usize);
    let left = before.chars().rev().take_while(letter).count();
    let right = after.chars().take_while(letter).count();
    assert!(left >= 2 && right >= 3, "L16: {left}-{right}");
    // what is raised may be a note's mark, no number and no letter (L17)
    let plain = |at: usize| job.style_at(at).raised.is_none();
    let (start, end) = (before.len() - left, before.len() + right);
    let digit = |at: usize| {
        let figure = job.text[at..].starts_with(|c: char| c.is_ascii_digit());
        figure && plain(at)
    };
    let beside =
        (start > 0 && job.text.is_char_boundary(start - 1) && digit(start - 1)) || digit(end);
    assert!(!beside, "L14: a number beside the parted word");
    let word = &job.text[start..end];
    let capitals = (start + 1..end).any(|at| {
        let capital = job.text[at..].starts_with(|c: char| c.is_ascii_uppercase());
        capital && plain(at - 1) && plain(at)
    });
    assert!(!capitals, "an abbreviation is parted: {word}");
    let word = word_around(&job.text, line.text.end as usize);
    assert!(!is_address(word), "an address is parted with a hyphen");
}

/// What stands between blanks and what is no ASCII, around a byte.
fn word_around(text: &str, at: usize) -> &str {
    let graphic = |c: char| c.is_ascii_graphic();
    let (before, after) = text.split_at(at);
    let start = before.trim_end_matches(graphic).len();
    let rest = after.trim_start_matches(graphic).len();
    &text[start..text.len() - rest]
}

/// Whether a run of visible ASCII is an address through and through.
fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    word.starts_with("www.") || word.contains("://")
}
