//! 稿件: reading articles (design.md §4, "Article").
//!
//! An article is Markdown with a YAML head, or plain text. What comes out is
//! a [`Manuscript`]: the head's fields and the blocks of the body, each with
//! its text after normalisation and a map from every byte of it back to the
//! file (E15). Nothing of the copy is lost and nothing is invented.
//!
//! # What each piece of Markdown becomes
//!
//! | Markdown | Becomes |
//! |---|---|
//! | paragraph | [`BlockKind::Paragraph`]; a line that begins with a typed indent (two 全角 spaces, a tab, four spaces) begins a paragraph of its own, and is never code (T26) |
//! | line end inside a paragraph | nothing next to a Chinese character, one space between Western words |
//! | hard break (two spaces or `\` at the line end) | a forced line turn, LF |
//! | `*…*` `_…_`, `**…**` | [`InlineKind::Emphasis`], [`InlineKind::Strong`], also between Han and punctuation: `**“甲”**乙` |
//! | `##` and deeper | [`BlockKind::Subhead`], level 1 for `##`; a lone `#` is level 1 too, with a warning, because the headline stands in the head |
//! | underlined headings | not headings: a line of text over `---` is a paragraph and a section break, over `===` two lines of text, with the warning `copy/markdown` |
//! | `> ` | [`BlockKind::Quote`]; `>` before a digit or `=` is a greater-than sign |
//! | lists | [`BlockKind::ListItem`], number and marker as typed; a number of four digits or more is a year, not a marker; a marker with nothing after it is text |
//! | `![说明](file "来源")` | [`BlockKind::Image`], after the paragraph it stands in; `{焦点 30% 40%}` or `{focus …}` right behind it names the point that cropping keeps |
//! | `[文](url)` | the text, with [`InlineKind::Link`] and an info note, for the address is not set; where the bracket holds no address but Chinese, `[注](见三版)`, all of it is text |
//! | `<url>`, `<mail>` | the address as text |
//! | `[^1]`, and `[^1]: …` on a line of its own | a note's mark, [`InlineKind::Note`], and its text, [`BlockKind::Note`]: one paragraph (P19) |
//! | `[重点]{着重}`, `[张三]{专名}`, `[史记]{书名}` | the text with [`InlineKind::Mark`]; `{dots}`, `{name}`, `{title}` do the same |
//! | `m[2]{上标}`, `CO[2]{下标}` | the text with [`InlineKind::Script`]; `{superscript}`, `{subscript}` do the same (L17) |
//! | `[2026]{直立}`, `[GDP]{横转}`, `[12]{纵中横}` | the text with [`InlineKind::Stand`], for vertical lines; `{upright}`, `{turned}`, `{abreast}` do the same |
//! | `[重]{注音 zhòng}`, `[北京]{ruby běi jīng}` | the text with an [`InlineKind::Ruby`] a character, or one for the whole where the reading is one word |
//! | other names in braces | text as typed, with the warning `copy/bracketed` |
//! | reference links, `~~…~~`, `[ ]`, `##` without text | text as typed, with the warning `copy/markdown` |
//! | code | its text, [`InlineKind::Code`], not normalised; a block of it with the warning `copy/markdown` |
//! | `::: 对话` … `:::` | [`BlockKind::Passage`], each line a paragraph; other words are in [`Passage::ALL`], a word that is not is an error and set as typed |
//! | `---`, `***` on a line | [`BlockKind::Break`] |
//! | HTML | text as typed, with a warning |
//! | tables | [`BlockKind::Table`], then its title and its cells, each a block of its own; a paragraph right above that begins with `表：`, `Table:` or `表1　` is the title (P26) |
//! | tables in quotes and lists | text row by row, with the error `copy/table` |
//! | `&amp;`, `\*` | the character meant |
//!
//! The fields of the head and the captions of pictures take marks and readings
//! too. Plain text has no head: each line that is not empty is a paragraph.

mod bracketed;
mod dateline;
mod decode;
mod head;
mod mapped;
mod markdown;
mod normalise;
mod notes;
mod passage;
mod plain;
mod prepare;
mod presentation;
#[cfg(test)]
mod proptests;
mod tables;
#[cfg(test)]
mod tests;
mod unsupported;
mod yaml;

use std::ops::Range;

use crate::base::diag::{Diagnostic, Noted, SourceId, Span};
use crate::base::photo::{Focus, Part};
use crate::desk::passage::Passage;
use crate::story::{Align, Mark, Piece, Script, Stand};

pub use decode::{MAX_BYTES, decode, too_large};
pub use normalise::fixed_stretches;

/// How an article is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown with a YAML head.
    Markdown,
    /// Plain text: no head, a line is a paragraph.
    Plain,
}

impl Format {
    /// The format of a file by its name: `.md` and `.markdown` are Markdown,
    /// everything else is plain text.
    pub fn of(name: &str) -> Self {
        let end = name.rsplit('.').next().unwrap_or_default();
        if end.eq_ignore_ascii_case("md") || end.eq_ignore_ascii_case("markdown") {
            Self::Markdown
        } else {
            Self::Plain
        }
    }
}

/// One article, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manuscript {
    /// What the head says.
    pub head: Head,
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// Every change that normalisation made, in head and body order.
    pub changes: Vec<Change>,
}

/// The head of an article. A field that is not given, or given empty, is
/// `None` or an empty list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 栏目 `label`.
    pub label: Option<Words>,
    /// 体裁 `genre`: 消息, 通讯, …
    pub genre: Option<Words>,
    /// 头条 `lead`: the first story of its page.
    pub lead: bool,
    /// 通栏 `banner`.
    pub banner: Option<Words>,
    /// 通栏英文 `banner_en`.
    pub banner_en: Option<Words>,
    /// 引题 `kicker`; a list is joined by LF, a forced line turn.
    pub kicker: Option<Words>,
    /// 主题 `title`; a list is joined by LF.
    pub title: Option<Words>,
    /// 副题 `deck`; a list is joined by LF.
    pub deck: Option<Words>,
    /// 提要 `summary`; a list is joined by LF.
    pub summary: Option<Words>,
    /// 边题 `side_title`.
    pub side_title: Option<Words>,
    /// 尾题 `end_title`; a list is joined by LF.
    pub end_title: Option<Words>,
    /// 作者 `byline`.
    pub byline: Option<Words>,
    /// 电头 `dateline`, as written or as made of its fields (N36).
    pub dateline: Option<Words>,
    /// Where a dateline of fields says that the paper's own story comes from.
    pub sent: Option<Sent>,
    /// 图片 `images`: for the image slots of the story's slot, in order.
    pub images: Vec<Picture>,
    /// 图片来源 `credit`: of all images that name none of their own.
    pub credit: Option<Words>,
    /// 版尾 `imprint`: one entry a line.
    pub imprint: Vec<Words>,
}

/// A normalised text with its place and its map to the manuscript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The text. A line feed is a forced line turn.
    pub text: String,
    /// Where each stretch of `text` stands in the file, in order.
    pub pieces: Vec<Piece>,
    /// Marks and readings, by start.
    pub spans: Vec<Inline>,
    /// The whole value in the file, quotes included.
    pub span: Span,
}

/// 发稿地: where a story of the paper's own was sent from. In the paper's own
/// city its 电 reads 讯 (N36): which that is, the issue knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The place.
    pub place: String,
    /// The bytes of 电 in the dateline.
    pub range: Range<u32>,
}

/// A picture that the copy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// 文件: path as written, relative to the article; never normalised.
    pub file: Words,
    /// 说明.
    pub caption: Option<Words>,
    /// 来源.
    pub credit: Option<Words>,
    /// 裁切: whether it must show whole.
    pub whole: bool,
    /// The part of it that may show.
    pub part: Part,
    /// 焦点.
    pub focus: Focus,
    /// 组图: the name that pictures of one place share.
    pub group: Option<String>,
    /// The whole entry.
    pub span: Span,
}

/// One block of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The text after normalisation; empty for a picture or a break. A line
    /// feed is a forced line turn.
    pub text: String,
    /// Where each stretch of `text` stands in the file, in order.
    pub pieces: Vec<Piece>,
    /// Emphasis, code, links, marks and readings, by start.
    pub spans: Vec<Inline>,
    /// The whole block in the file, markup included.
    pub span: Span,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// 段落.
    Paragraph,
    /// 小标题, level 1 for `##`, 2 for `###` and so on.
    Subhead {
        /// From 1 to 5.
        level: u8,
    },
    /// 引文: a paragraph of a block quote.
    Quote,
    /// 列表项: a paragraph of a list item.
    ListItem {
        /// Numbered, not bulleted.
        ordered: bool,
        /// The number as typed.
        number: Option<u32>,
        /// The marker as typed, `1.` or `-`; empty for a further paragraph
        /// of the same item. It is not part of the text.
        marker: String,
        /// 1 for an item of an outermost list.
        depth: u16,
    },
    /// 特排段: a line of a passage.
    Passage {
        /// What the passage is.
        passage: Passage,
        /// Its number in the article, from 0: two passages that follow each
        /// other stay two.
        number: usize,
        /// The first line behind an empty one (诗节).
        stanza: bool,
    },
    /// 图片.
    Image(Box<Picture>),
    /// 分节: a section break.
    Break,
    /// 表格, without text: its title and its cells are the blocks of these
    /// kinds up to the next table. The first row is the header row (P26).
    Table {
        /// How the copy aligns each column; `None` where it does not say.
        columns: Vec<Option<Align>>,
        /// Rows, the header row included.
        rows: u16,
    },
    /// 表题.
    TableTitle,
    /// A cell of the last table that is not empty.
    Cell {
        /// From 0, which is the header row.
        row: u16,
        /// From 0.
        column: u16,
    },
    /// 注文: the text of a note (P19).
    Note {
        /// The label as typed.
        label: String,
        /// Its number, by the order of the references; `None` where nothing
        /// refers to it.
        number: Option<u32>,
    },
}

/// A stretch of a block's text that is more than text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Bytes of [`Block::text`].
    pub range: Range<u32>,
    /// What it is.
    pub kind: InlineKind,
}

/// What a stretch of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// `*…*`.
    Emphasis,
    /// `**…**`.
    Strong,
    /// Code: set as plain text, not normalised.
    Code,
    /// A link; the address is not set.
    Link {
        /// The address.
        url: String,
    },
    /// 注码: a reference to a note, the text its mark ① to ㊿, or （51）.
    Note {
        /// The number, from 1.
        number: u32,
    },
    /// 行间标点: `[…]{着重}` and its like (T22, T23).
    Mark(Mark),
    /// 注音: the reading of the stretch (P21, P22).
    Ruby(Words),
    /// How it stands in vertical lines: `[2026]{直立}` (V11).
    Stand(Stand),
    /// 上标, 下标: `[2]{上标}` (L17).
    Script(Script),
}

/// One change that normalisation made to the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub span: Span,
    /// What stood there.
    pub from: String,
    /// What is set.
    pub to: String,
    /// The requirement it comes from: `T11`, `T25`, `T26`, or `control` for
    /// a character that cannot be set.
    pub rule: &'static str,
}

/// Reads an article.
///
/// `text` is what [`decode`] handed out and what is registered as `source`;
/// all spans are byte offsets into it, so they count from after a byte order
/// mark. Time and memory are linear in the length of `text`.
///
/// # Errors
///
/// Never fails: what could not be read is a note, and what could be is in the
/// value. Codes: `copy/empty`, `copy/head-…` (the head), `copy/table`,
/// `copy/unknown-passage`, `copy/note-…`, `copy/dateline-…` (errors); `copy/open-passage`,
/// `copy/passage-markup`, `copy/passage-place`, `copy/table-uneven`,
/// `copy/html`, `copy/markdown`, `copy/top-heading`,
/// `copy/head-not-first`, `copy/caption-link`, `copy/bracketed`,
/// `copy/ruby`, `copy/control`,
/// `copy/replacement`, `copy/drawn-rule` (warnings); `copy/link` (info).
pub fn read(source: SourceId, text: &str, format: Format) -> Noted<Manuscript> {
    let mut out = Reading::new(source);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        out.notes.push(decode::empty().at(out.span(0..text.len())));
    } else {
        match format {
            Format::Plain => {
                head::misplaced(&mut out, text, format);
                plain::read(&mut out, text);
            }
            Format::Markdown => {
                let body = head::read(&mut out, text);
                markdown::read(&mut out, text, body);
                unsupported::note(&mut out, text, body);
            }
        }
    }
    out.finish()
}

/// A manuscript while it is being read.
struct Reading {
    source: SourceId,
    manuscript: Manuscript,
    notes: Vec<Diagnostic>,
    controls: normalise::Controls,
}

impl Reading {
    fn new(source: SourceId) -> Self {
        Self {
            source,
            manuscript: Manuscript::default(),
            notes: Vec::new(),
            controls: normalise::Controls::default(),
        }
    }

    /// The span of a byte range of the file.
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range.start, range.end)
    }

    fn finish(mut self) -> Noted<Manuscript> {
        self.notes.extend(self.controls.notes());
        self.notes
            .sort_by_key(|note| note.span.map(|span| span.start));
        Noted {
            value: self.manuscript,
            notes: self.notes,
        }
    }
}
