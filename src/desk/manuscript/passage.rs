//! `::: 对话` … `:::`: which lines of the body are a passage, before Markdown
//! sees them. Inside, each line is a paragraph.

use std::ops::Range;

use super::Reading;
use crate::base::diag::Diagnostic;
use crate::desk::passage::Passage;

/// A passage of the prepared text.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) passage: Passage,
    /// Its lines, in the prepared text.
    pub(super) lines: Range<usize>,
    /// Where its lines begin that follow an empty one (诗节).
    stanzas: Vec<usize>,
}

impl Section {
    /// Whether the block that begins at `at` begins a stanza: only white
    /// stands between a stanza's first line and it.
    pub(super) fn stanza(&self, text: &str, at: usize) -> bool {
        let last = self.stanzas.iter().rev().find(|&&start| start <= at);
        last.is_some_and(|&start| text[start..at].trim().is_empty())
    }
}

/// What a line that begins with `:::` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// It is markup.
    Taken,
    /// It is text.
    Text,
}

/// Passages while the lines are gone through.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) done: Vec<Section>,
    /// The one that is open with the place of its first line in the file;
    /// `None` inside of it where its kind is not known.
    open: Option<(Option<Section>, Range<usize>)>,
    /// Whether the last line of the open passage was empty.
    after_blank: bool,
}

impl Sections {
    /// Whether a line that is no marker stands in a passage.
    pub(super) fn inside(&self) -> bool {
        matches!(self.open, Some((Some(_), _)))
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.after_blank = true;
    }

    /// A line of text that begins at `at` of the prepared text.
    pub(super) fn line(&mut self, at: usize) {
        if let Some((Some(section), _)) = &mut self.open
            && self.after_blank
            && at > section.lines.start
        {
            section.stanzas.push(at);
        }
        self.after_blank = false;
    }

    /// A line that begins with `:::`, at `place` in the file; the prepared
    /// text ends at `at` before it.
    pub(super) fn marker(
        &mut self,
        out: &mut Reading,
        line: &str,
        place: Range<usize>,
        at: usize,
    ) -> Marker {
        let word = line.trim().trim_matches(':').trim();
        if word.is_empty() {
            return match self.open.take() {
                Some((section, _)) => {
                    self.end(section, at);
                    Marker::Taken
                }
                None => {
                    out.notes.push(without_start().at(out.span(place)));
                    Marker::Text
                }
            };
        }
        if let Some((section, opened)) = self.open.take() {
            out.notes.push(without_end().at(out.span(opened)));
            self.end(section, at);
        }
        let passage = Passage::named(word);
        let section = passage.map(|passage| Section {
            passage,
            lines: at..at,
            stanzas: Vec::new(),
        });
        self.after_blank = false;
        self.open = Some((section, place.clone()));
        if passage.is_some() {
            return Marker::Taken;
        }
        out.notes.push(unknown(word).at(out.span(place)));
        Marker::Text
    }

    /// The end of the body.
    pub(super) fn finish(&mut self, out: &mut Reading, at: usize) {
        if let Some((section, opened)) = self.open.take() {
            out.notes.push(without_end().at(out.span(opened)));
            self.end(section, at);
        }
    }

    fn end(&mut self, section: Option<Section>, at: usize) {
        if let Some(mut section) = section {
            section.lines.end = at;
            self.done.push(section);
        }
    }
}

fn unknown(word: &str) -> Diagnostic {
    Diagnostic::error(
        "copy/unknown-passage",
        format!("没有“{word}”这种特排段，这一行照原样排出"),
        format!("there is no passage `{word}`; the line is set as typed"),
    )
    .help(
        format!("::: 后面写{}之一", Passage::words(true)),
        format!("write one of {} after `:::`", Passage::words(false)),
    )
}

fn without_end() -> Diagnostic {
    Diagnostic::warning(
        "copy/open-passage",
        "特排段没有结束，排到下一个 ::: 或文末为止",
        "this passage is not ended; it goes on to the next `:::` or the end of the text",
    )
    .help(
        "在它的末尾另起一行写 :::",
        "write `:::` on a line of its own at its end",
    )
}

fn without_start() -> Diagnostic {
    Diagnostic::warning(
        "copy/open-passage",
        "这个 ::: 前面没有开始的特排段，照原样排出",
        "no passage is open before this `:::`; it is set as typed",
    )
    .help(
        format!("删去它，或在段前写 ::: 和{}之一", Passage::words(true)),
        format!(
            "delete it, or write `:::` and one of {} before the passage",
            Passage::words(false)
        ),
    )
}

/// The words behind a `:::` that stands in a quote, in a list or indented,
/// where it is text; `None` where there is none.
pub(super) fn misplaced(line: &str) -> Option<Diagnostic> {
    let bare = line.trim_start_matches([' ', '\t', '\u{3000}', '>', '-', '*', '+']);
    if bare.len() == line.len() {
        return None;
    }
    let word = bare.strip_prefix(":::")?.trim_matches(':').trim();
    (word.is_empty() || Passage::named(word).is_some()).then(|| {
        Diagnostic::warning(
            "copy/passage-place",
            "::: 只在行首有用，引文、列表里和缩进后都照原样排出",
            "`:::` works at the start of a line only; in a quote, in a list and behind an indent it is set as typed",
        )
        .help(
            "让 ::: 顶格写，特排段放在引文和列表之外",
            "write `:::` at the start of the line, outside of quotes and lists",
        )
    })
}

/// What is not a paragraph is set in a passage as it is outside.
pub(super) fn markup() -> Diagnostic {
    Diagnostic::warning(
        "copy/passage-markup",
        "特排段里的小标题、列表、引文、图片、表格照常排，不随特排段",
        "subheads, lists, quotes, pictures and tables inside a passage are set as outside of it",
    )
    .help(
        "把它移到 ::: 之外，或改写成一行文字",
        "move it out of the passage, or write it as a line of text",
    )
}

#[cfg(test)]
mod tests {
    use crate::base::diag::SourceId;
    use crate::desk::manuscript::{BlockKind, Format, read};

    /// Each block as `kind text`, and the codes of the notes.
    fn blocks(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let read = read(SourceId(0), text, Format::Markdown);
        let name = |kind: &BlockKind| match kind {
            BlockKind::Passage {
                number,
                stanza,
                passage,
            } => format!("{passage:?}{number}{}", if *stanza { "+" } else { "" }),
            BlockKind::Paragraph => "-".to_owned(),
            BlockKind::Subhead { .. } => "#".to_owned(),
            _ => "?".to_owned(),
        };
        let blocks = read.value.blocks.iter();
        let blocks = blocks.map(|block| format!("{} {}", name(&block.kind), block.text));
        let codes = read.notes.iter().map(|note| note.code);
        (blocks.collect(), codes.collect())
    }

    #[test]
    fn p04_each_line_of_a_passage_is_a_paragraph() {
        let (set, notes) = blocks("前\n::: 诗\n甲\n乙\n\n丙\n:::\n后\n\n::: verse\n丁\n:::\n");
        assert_eq!(
            set,
            [
                "- 前",
                "Verse0 甲",
                "Verse0 乙",
                "Verse0+ 丙",
                "- 后",
                "Verse1 丁"
            ]
        );
        assert!(notes.is_empty());
    }

    #[test]
    fn p03_what_is_no_line_of_text_is_told_and_kept() {
        let (set, notes) = blocks("::: 条文\n第一条　甲\n\n## 乙\n\n第二条　丙\n:::\n");
        assert_eq!(set, ["Law0 第一条　甲", "# 乙", "Law0+ 第二条　丙"]);
        assert_eq!(notes, ["copy/passage-markup"]);
    }

    #[test]
    fn p03_unknown_open_and_stray_markers_lose_nothing() {
        let (set, notes) = blocks("::: 诗歌\n甲\n:::\n");
        assert_eq!(set, ["- ::: 诗歌甲"]);
        assert_eq!(notes, ["copy/unknown-passage"]);
        let (set, notes) = blocks("::: 名单\n甲 乙\n");
        assert_eq!(set, ["Names0 甲 乙"]);
        assert_eq!(notes, ["copy/open-passage"]);
        for inside in ["> ::: 诗\n> 甲\n> :::\n", "- ::: 诗\n- 甲\n", "  ::: 诗\n"] {
            let (_, notes) = blocks(inside);
            assert_eq!(notes.first(), Some(&"copy/passage-place"), "{inside}");
        }
        let (_, notes) = blocks("> 甲::: 诗\n\n- 甲 :::\n");
        assert!(notes.is_empty(), "{notes:?}");

        let (set, notes) = blocks("甲\n\n:::\n");
        assert_eq!(set, ["- 甲", "- :::"]);
        assert_eq!(notes, ["copy/open-passage"]);
        let help = |text: &str| {
            let read = read(SourceId(0), text, Format::Markdown);
            read.notes.into_iter().find_map(|note| note.help)
        };
        let named = help("::: 诗歌\n甲\n:::\n").expect("a help").zh;
        assert!(named.contains("对话、条文、诗、名单"), "{named}");
    }
}
