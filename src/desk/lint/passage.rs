//! The copy as the rules see it: passages of characters with their place.

use std::ops::Range;

use crate::base::clreq::{Class, class_of, is_curly_quote};
use crate::base::diag::Span;
use crate::desk::manuscript::{
    Block, BlockKind, InlineKind, Manuscript, Picture, Words, fixed_stretches,
};
use crate::desk::passage::Passage as Special;
use crate::story::{Piece, place};

/// What a passage is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 栏目, 通栏, 引题, 主题, 副题, 小标题.
    Heading,
    /// 通栏英文.
    Foreign,
    /// 作者, 图片来源, 版尾: names with spaces between them.
    Names,
    /// 电头.
    Dateline,
    /// 图片说明.
    Caption,
    /// 段落.
    Paragraph,
    /// 引文.
    Quote,
    /// 列表项.
    Item,
    /// A cell of a table, its title, 表题.
    Cell,
    /// 注文.
    Note,
}

impl Part {
    /// Running text: sentences, in which a space is a slip.
    pub(super) fn runs(self) -> bool {
        matches!(
            self,
            Self::Paragraph | Self::Quote | Self::Item | Self::Note
        )
    }

    /// Whether the rules of Chinese marks and numbers hold.
    pub(super) fn is_chinese(self) -> bool {
        self != Self::Foreign
    }
}

/// Stands in a passage for each character of code and addresses: no rule
/// knows it, so none reaches into them or across.
const HIDDEN: char = '\u{FFFC}';

/// A paragraph, a heading or a field of the head.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    /// Its number among the passages of the copy.
    pub(super) index: usize,
    pub(super) part: Part,
    /// The characters, code and addresses hidden.
    pub(super) chars: Vec<char>,
    text: &'a str,
    pieces: &'a [Piece],
    /// Byte offset of each character, and of the end.
    starts: Vec<usize>,
    /// Labels of links, in bytes: they are judged but never changed.
    links: Vec<Range<usize>>,
}

impl<'a> Passage<'a> {
    /// The character at `at`, NUL outside.
    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\0')
    }

    /// The character before `at`, NUL outside.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\0', |at| self.at(at))
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether `words` stands at `at`.
    pub(super) fn has(&self, at: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(n, c)| self.at(at + n) == c)
    }

    /// Whether `words` ends right before `at`.
    pub(super) fn ends(&self, at: usize, words: &str) -> bool {
        at.checked_sub(words.chars().count())
            .is_some_and(|start| self.has(start, words))
    }

    /// Where the run of characters that satisfy `test` ends, from `at` on.
    pub(super) fn run(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&&c| test(c)).count()
    }

    /// The text of a range of characters.
    pub(super) fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(self.bytes(range)).unwrap_or_default()
    }

    /// Where a range of characters stands in the file.
    pub(super) fn span(&self, range: &Range<usize>) -> Option<Span> {
        let bytes = self.bytes(range);
        place(self.pieces, bytes.start, bytes.end)
    }

    /// Whether a range may be changed: no part of it is a link.
    pub(super) fn is_free(&self, range: &Range<usize>) -> bool {
        let bytes = self.bytes(range);
        let meets = |link: &Range<usize>| link.start < bytes.end && bytes.start < link.end;
        !self.links.iter().any(meets)
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The bytes of a range of characters.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let offset = |at: usize| self.starts.get(at).copied().unwrap_or(self.text.len());
        offset(range.start)..offset(range.end)
    }
}

/// The passages of a manuscript in the order of its parts.
pub(super) fn of(manuscript: &Manuscript) -> Vec<Passage<'_>> {
    let mut all = Passages::default();
    let head = &manuscript.head;
    for words in [
        &head.label,
        &head.banner,
        &head.kicker,
        &head.title,
        &head.deck,
    ] {
        all.words(Part::Heading, words.as_ref());
    }
    // sentences, before the text
    all.words(Part::Quote, head.summary.as_ref());
    all.words(Part::Heading, head.side_title.as_ref());
    all.words(Part::Heading, head.end_title.as_ref());
    all.words(Part::Foreign, head.banner_en.as_ref());
    all.words(Part::Names, head.byline.as_ref());
    all.words(Part::Dateline, head.dateline.as_ref());
    head.images.iter().for_each(|picture| all.picture(picture));
    all.words(Part::Names, head.credit.as_ref());
    for line in &head.imprint {
        all.words(Part::Names, Some(line));
    }
    manuscript.blocks.iter().for_each(|block| all.block(block));
    all.0
}

#[derive(Default)]
struct Passages<'a>(Vec<Passage<'a>>);

impl<'a> Passages<'a> {
    fn words(&mut self, part: Part, words: Option<&'a Words>) {
        if let Some(words) = words {
            let hidden = fixed_stretches(&words.text, &[]);
            self.push(part, &words.text, &words.pieces, &hidden, Vec::new());
        }
    }

    /// The path of a picture is no copy.
    fn picture(&mut self, picture: &'a Picture) {
        self.words(Part::Caption, picture.caption.as_ref());
        self.words(Part::Names, picture.credit.as_ref());
    }

    fn block(&mut self, block: &'a Block) {
        let part = match &block.kind {
            BlockKind::Paragraph => Part::Paragraph,
            BlockKind::Subhead { .. } => Part::Heading,
            BlockKind::Quote => Part::Quote,
            BlockKind::ListItem { .. } => Part::Item,
            BlockKind::Passage { passage, .. } => match passage {
                // names and lines of verse may have spaces
                Special::Names | Special::Verse => Part::Names,
                Special::Dialogue | Special::Law => Part::Paragraph,
            },
            BlockKind::Image(picture) => return self.picture(picture),
            BlockKind::TableTitle | BlockKind::Cell { .. } => Part::Cell,
            BlockKind::Note { .. } => Part::Note,
            BlockKind::Break | BlockKind::Table { .. } => return,
        };
        let links = block
            .spans
            .iter()
            .filter(|inline| matches!(inline.kind, InlineKind::Link { .. }))
            .map(|inline| inline.range.start as usize..inline.range.end as usize)
            .collect();
        let hidden = fixed_stretches(&block.text, &block.spans);
        self.push(part, &block.text, &block.pieces, &hidden, links);
    }

    fn push(
        &mut self,
        part: Part,
        text: &'a str,
        pieces: &'a [Piece],
        hidden: &[Range<usize>],
        links: Vec<Range<usize>>,
    ) {
        let mut hidden = hidden.iter().peekable();
        let mut chars = Vec::with_capacity(text.len() / 3);
        let mut starts = Vec::with_capacity(text.len() / 3 + 1);
        for (at, c) in text.char_indices() {
            while hidden.next_if(|range| range.end <= at).is_some() {}
            let hide = hidden.peek().is_some_and(|range| range.start <= at);
            chars.push(if hide { HIDDEN } else { c });
            starts.push(at);
        }
        starts.push(text.len());
        self.0.push(Passage {
            index: self.0.len(),
            part,
            chars,
            text,
            pieces,
            starts,
            links,
        });
    }
}

/// 汉字, with 〇 and 々.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '〇' | '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// 点号 of a pause or a stop within or at the end of a sentence.
pub(super) fn is_pause(c: char) -> bool {
    // the full-width full stop is a decimal sign gone wrong as often
    c != '．' && matches!(class_of(c), Class::Comma | Class::Colon | Class::Stop)
}

/// Closing quotes, brackets and book-title marks.
pub(super) fn is_close(c: char) -> bool {
    class_of(c) == Class::Close
}

/// Opening quotes, brackets and book-title marks.
pub(super) fn is_open(c: char) -> bool {
    class_of(c) == Class::Open
}

/// Full-width marks other than quotes, which Western text uses too.
pub(super) fn is_wide_mark(c: char) -> bool {
    is_pause(c) || matches!(c, '！' | '？') || ((is_open(c) || is_close(c)) && !is_curly_quote(c))
}

/// A digit of a Han number.
pub(super) fn is_han_digit(c: char) -> bool {
    matches!(
        c,
        '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九'
    )
}
