//! What a reader would mark in set lines.

use std::fmt;

use banxin::compose::Line;
use banxin::compose::lines_report::EM;

/// What no line may begin with at level `gb` (requirements §0.4).
const NO_START: &str = "，、；：。．！？‼⁇⁈⁉”’）》〉】〗〕］｝」』–～·・／";
/// What none may end with.
const NO_END: &str = "“‘（《〈【〖〔［｛「『／";

/// Sums over the lines of a corpus.
#[derive(Default)]
pub(crate) struct Count {
    lines: usize,
    /// Lines that begin or end with what may not (must be none).
    prohibited: usize,
    /// Lines with a gap beyond the limit (L44).
    loose: usize,
    /// Paragraphs that end in a lone character (P10).
    runts: usize,
    /// Units broken by force (L16, L45), and phone numbers parted (L13).
    broken: usize,
    /// Lines with squeezed marks.
    squeezed: usize,
    /// Openings of all filled lines, in thousandths of an em.
    openings: i64,
    filled: i64,
}

impl Count {
    /// Counts the lines of one paragraph.
    pub(crate) fn add(&mut self, text: &str, lines: &[Line]) {
        let mut relaxed = false;
        for line in lines {
            let has = |code: &str| line.notes.iter().any(|note| note.code == code);
            self.lines += 1;
            self.loose += usize::from(has("line/loose"));
            self.runts += usize::from(has("line/runt"));
            self.broken += usize::from(has("line/broken"));
            self.squeezed += usize::from(line.width < line.natural);
            if !line.last && !line.forced {
                self.filled += 1;
                self.openings += line.loose.raw() * 1000 / EM.raw();
            }
            let seen = &text[line.seen.start as usize..line.seen.end as usize];
            // a run of marks that L43 parts says so itself
            let starts =
                line.text.start > 0 && !relaxed && seen.starts_with(|c| NO_START.contains(c));
            let ends = !line.last && seen.ends_with(|c| NO_END.contains(c));
            self.prohibited += usize::from(starts) + usize::from(ends);
            relaxed = has("line/relaxed");
        }
        for pair in lines.windows(2) {
            let at = pair[0].text.end as usize;
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let before = text[..at].strip_suffix('-');
            let number = digit(before.and_then(|text| text.chars().next_back()));
            self.broken += usize::from(number && digit(text[at..].chars().next()));
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mean = self.openings / self.filled.max(1);
        write!(
            f,
            "{} | {} | {} | {} | {} | {} | 0.{mean:03} em",
            self.lines, self.prohibited, self.loose, self.runts, self.broken, self.squeezed,
        )
    }
}
