//! 首字下沉: the first character of an article's text parted from its
//! paragraph, to be set several lines deep (P27).

use std::ops::Range;
use std::sync::Arc;

use super::article::{Article, Words};
use super::dress::{Dress, Stretch, Wardrobe};
use super::slot::Stretched;
use crate::base::clreq::{Class, class_of};
use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::desk::layout::{Slot, Style};
use crate::page::Grid;
use crate::story::{Align, DropCap, Interlinear, InterlinearKind, Paragraph, Role};

/// Why the first character is set like the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// The text begins with a list, a table or the like.
    Later,
    /// 电头 or 同行标题 stands before the text.
    Led,
    /// Neither a Han character nor a capital letter.
    NoCharacter,
    /// A mark follows that may not begin the line beside it.
    Mark,
    /// A reading or a mark is of it and of the next.
    Beside,
    /// The text is set in blocks of whole lines.
    Block,
}

/// Takes the first paragraph of an article apart, where its slot asks for it.
pub(super) struct Maker<'a> {
    slot: &'a Slot,
    style: &'a Style,
    body: Dress,
    cap: Dress,
    found: Option<Result<DropCap, Why>>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(slot: &'a Slot, grid: &Grid, wardrobe: &Wardrobe<'_>) -> Self {
        let style = slot.style(Role::Body);
        let deep = i64::from(style.drop_cap.max(1));
        // from the top of the first line's frame to the foot of the last's
        let size = grid.pitch * (deep - 1) + style.size;
        let large = Style {
            size,
            pitch: size,
            tracking: Length::ZERO,
            align: Align::Start,
            indent: Length::ZERO,
            end: Length::ZERO,
            ..style.clone()
        };
        Self {
            slot,
            style,
            body: wardrobe.dress(style),
            cap: wardrobe.dress(&large),
            found: None,
        }
    }

    /// Text that is no paragraph of running text: after it none is the first.
    pub(super) fn passed(&mut self) {
        self.found.get_or_insert(Err(Why::Later));
    }

    /// The article's next paragraph of running text, at `index` of the story;
    /// only the first counts. `led` says that something stands before its
    /// text.
    pub(super) fn first(
        &mut self,
        index: usize,
        whole: &Paragraph,
        (words, stretches, led): (&Words, &[Stretched], bool),
    ) {
        if self.style.drop_cap == 0 || self.found.is_some() {
            return;
        }
        let in_blocks = self.style.block.is_some() || self.style.keep_next > 0;
        let cut = match (led, in_blocks) {
            (true, _) => Err(Why::Led),
            (_, true) => Err(Why::Block),
            _ => cut(words),
        };
        self.found = Some(cut.map(|cut| {
            let end = words.text.len();
            let rest = self
                .body
                .mixed(&words.slice(cut..end), &within(stretches, cut..end));
            let mut style = Arc::clone(&whole.style);
            Arc::make_mut(&mut style).indent = Length::ZERO;
            DropCap {
                paragraph: index,
                lines: self.style.drop_cap,
                cap: self
                    .cap
                    .mixed(&words.slice(0..cut), &within(stretches, 0..cut)),
                rest: Paragraph { style, ..rest },
            }
        }));
    }

    /// What was found; a warning where the character is as large as the
    /// others.
    pub(super) fn take(self, article: &Article, notes: &mut Vec<Diagnostic>) -> Option<DropCap> {
        match self.found.filter(|_| self.style.drop_cap > 0)? {
            Ok(drop_cap) => Some(drop_cap),
            Err(why) => {
                let note = why.told();
                let place = article.blocks.first().and_then(|block| block.words.span());
                notes.push(
                    note.at_opt(place)
                        .word("slot", &*self.slot.name)
                        .word("story", &*article.name),
                );
                None
            }
        }
    }
}

/// Where the large part of a text ends: behind its first character, the marks
/// that open it included.
fn cut(words: &Words) -> Result<usize, Why> {
    let text = &words.text;
    let opens = |c| class_of(c) == Class::Open || matches!(c, '"' | '\'');
    let mut rest = text.trim_start_matches(opens);
    let first = rest.chars().next().ok_or(Why::NoCharacter)?;
    // a small letter, large, is no beginning (iPhone)
    let letter = class_of(first) == Class::West && first.is_uppercase();
    if class_of(first) != Class::Han && !letter {
        return Err(Why::NoCharacter);
    }
    rest = &rest[first.len_utf8()..];
    rest = rest.trim_start_matches(belongs);
    let next = rest.chars().next().ok_or(Why::Mark)?;
    let begins = [
        Class::Han,
        Class::West,
        Class::Num,
        Class::Open,
        Class::Symbol,
    ];
    if !begins.contains(&class_of(next)) {
        return Err(Why::Mark);
    }
    let cut = text.len() - rest.len();
    let at = u32::try_from(cut).unwrap_or(u32::MAX);
    let parted = |range: &Range<u32>| range.start < at && at < range.end;
    // a superscript behind it never leaves its base (L17)
    let scripted = |beside: &Interlinear| {
        matches!(beside.kind, InterlinearKind::Script(_)) && beside.range.start == at
    };
    let held = |beside: &Interlinear| parted(&beside.range) || scripted(beside);
    match words.interlinear.iter().any(held) {
        true => Err(Why::Beside),
        false => Ok(cut),
    }
}

/// Accents and selectors of the character before.
fn belongs(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The stretches of a part of a text, in its own bytes.
fn within(stretches: &[Stretched], part: Range<usize>) -> Vec<(Range<u32>, Stretch)> {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let (start, end) = (offset(part.start), offset(part.end));
    let inside = stretches.iter().filter_map(|(range, stretch)| {
        let (from, to) = (range.start.max(start), range.end.min(end));
        (from < to).then(|| (from - start..to - start, *stretch))
    });
    inside.collect()
}

impl Why {
    fn told(self) -> Diagnostic {
        let (zh, en) = match self {
            Self::Later => (
                "正文不是由段落开头",
                "the text does not begin with a paragraph",
            ),
            Self::Led => (
                "段首有电头或同行标题",
                "a dateline or a run-in heading stands before it",
            ),
            Self::NoCharacter => (
                "第一个字不是汉字或大写字母",
                "the text begins with neither a Han character nor a capital letter",
            ),
            Self::Mark => (
                "第二个字是不能放在行首的标点",
                "the mark behind it may not begin a line",
            ),
            Self::Beside => (
                "注音、行间标点跨着前两个字，或后面紧跟上下标",
                "a reading or a mark is of it and of the next character, or a script follows it",
            ),
            Self::Block => (
                "正文样式是占行的块",
                "the body is set in blocks of whole lines",
            ),
        };
        Diagnostic::warning(
            "plan/drop-cap-not-set",
            format!("首字没有下沉：{zh}"),
            format!("the first character is not dropped: {en}"),
        )
        .help(
            "改写第一段的开头，或在版式里删去这个版位的 drop_cap",
            "begin the text in another way, or take `drop_cap` from the slot's body",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_of(text: &str) -> Result<String, Why> {
        let words = Words::new(text, None);
        cut(&words).map(|cut| text[..cut].to_owned())
    }

    #[test]
    fn p27_the_first_character_with_what_opens_it() {
        assert_eq!(cut_of("今天清晨").as_deref(), Ok("今"));
        assert_eq!(cut_of("“今天清晨”").as_deref(), Ok("“今"));
        assert_eq!(cut_of("“《今》").as_deref(), Err(&Why::Mark));
        assert_eq!(cut_of("\"今天清晨\"").as_deref(), Ok("\"今"));
        assert_eq!(cut_of("AI写的").as_deref(), Ok("A"));
        assert_eq!(cut_of("“AI”写的").as_deref(), Ok("“A"));
        assert_eq!(cut_of("第26号").as_deref(), Ok("第"));
    }

    #[test]
    fn p27_what_cannot_be_dropped_stays_as_it_is() {
        assert_eq!(cut_of("2026年").as_deref(), Err(&Why::NoCharacter));
        assert_eq!(cut_of("——今天").as_deref(), Err(&Why::NoCharacter));
        assert_eq!(cut_of("iPhone新品").as_deref(), Err(&Why::NoCharacter));
        assert_eq!(cut_of("啊，今天").as_deref(), Err(&Why::Mark));
        assert_eq!(cut_of("啊").as_deref(), Err(&Why::Mark));
    }
}
