//! Any text, by any options, is set whole, in order and by the rules.

use std::sync::Arc;

use banxin::base::clreq::{Fit, Level, LineEnd, Region, Scheme};
use banxin::base::geom::Length;
use banxin::compose::Galley;
use banxin::compose::lines_report::{EM, grid_run};
use banxin::story::{Align, ParaStyle, Placement, Turn};

/// Marks that no level but `none` lets start a line.
const CLOSING: &str = "、，。；：？！）》】”’";
/// Marks that no level but `none` lets end one.
const OPENING: &str = "（《【“‘";

/// Takes four bytes as options, the rest as text.
///
/// # Panics
///
/// Where a byte of the text is set twice, not at all or out of order, where a
/// justified line misses its measure without a note, and where a line breaks
/// at a place that the rules forbid without saying so.
pub(crate) fn check(bytes: &[u8]) {
    let Some((&[measure, indent, words, flags], text)) = bytes.split_first_chunk::<4>() else {
        return;
    };
    let text = String::from_utf8_lossy(text);
    // half an em to 64 em; an indent may be wider than the measure
    let measure = EM * (i64::from(measure % 128) + 1) / 2;
    let style = ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: EM * i64::from(indent % 4),
        start: EM * i64::from(indent / 4 % 2),
        end: EM * i64::from(indent / 8 % 2),
        size: EM,
        pitch: EM,
        scheme: Arc::new(scheme(words, flags)),
        placement: Placement::Lines,
        keep_next: 0,
    };
    let galley = Galley::new(&grid_run(&text), &style);
    let breaks = galley.breaks();
    let lines = galley.break_at(measure);
    assert_eq!(lines.is_empty(), text.is_empty());
    let mut at = 0;
    let mut excused = true;
    for (number, line) in lines.iter().enumerate() {
        assert_eq!(line.text.start, at, "line {number} does not follow");
        assert!(line.text.start <= line.seen.start && line.seen.end <= line.text.end);
        let mut atom = at;
        for glyph in &line.glyphs {
            assert_eq!(glyph.text.start, atom, "line {number} skips or repeats");
            atom = glyph.text.end;
        }
        assert_eq!(atom, line.text.end, "line {number} ends elsewhere");
        at = line.text.end;
        assert_eq!(line.last, number + 1 == lines.len());

        let noted = |codes: &[&str]| line.notes.iter().any(|note| codes.contains(&note.code));
        let indents = style.start + style.end;
        let first = if number == 0 {
            style.indent
        } else {
            Length::ZERO
        };
        let room = (measure - indents - first).max(Length::ZERO);
        if !noted(&["line/overlong"]) {
            assert!(line.width <= room, "line {number} sticks out");
        }
        let open = line.last || line.forced;
        if !open && !noted(&["line/short", "line/overlong", "line/broken"]) {
            assert_eq!(line.width, room, "line {number} misses its measure");
        }
        let broken = noted(&["line/broken"]);
        assert!(
            broken || style.scheme.force_words || breaks.contains(&line.text.end),
            "line {number} breaks where no rule lets it"
        );
        let seen = &text[line.seen.start as usize..line.seen.end as usize];
        let ruled = style.scheme.level != Level::None && !western(&text);
        if ruled && !excused {
            let start = seen.chars().next();
            assert!(
                !start.is_some_and(|c| CLOSING.contains(c)),
                "line {number}: {seen}"
            );
        }
        // a break that the copy itself asks for stands above the rules
        excused = open || broken || asked(&text, line.text.end as usize);
        if ruled && !excused {
            let end = seen.chars().next_back();
            assert!(
                !end.is_some_and(|c| OPENING.contains(c)),
                "line {number}: {seen}"
            );
        }
    }
    assert_eq!(at as usize, text.len(), "the end of the text is lost");
}

/// Whether a zero width space stands at `at`, or only blanks between.
fn asked(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let blank = |c: char| c.is_whitespace() || c == '\u{200B}';
    let trimmed = before.trim_end_matches(blank);
    let lead = after.len() - after.trim_start_matches(blank).len();
    text[trimmed.len()..at + lead].contains('\u{200B}')
}

/// Whether the text has letters and nothing Chinese: its quotes follow
/// Western rules.
fn western(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c >= '\u{2E80}')
}

fn scheme(words: u8, flags: u8) -> Scheme {
    let region = [Region::Cn, Region::Tw, Region::Hk][usize::from(words / 24 % 3)];
    Scheme {
        level: Level::ALL[usize::from(words % 4)].1,
        fit: [Fit::ProhibitionOnly, Fit::ShrinkFirst][usize::from(words / 4 % 2)],
        line_end: [LineEnd::Half, LineEnd::Full, LineEnd::Allow][usize::from(words / 8 % 3)],
        hanging: flags & 1 > 0,
        gaps_fixed: flags & 2 > 0,
        keep_sentence_final: flags & 4 > 0,
        force_words: flags & 8 > 0,
        trim_after_indent: flags & 16 > 0,
        ..Scheme::for_region(region)
    }
}
