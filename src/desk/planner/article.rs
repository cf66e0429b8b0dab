//! What the planner needs to know of an article: words with their places.

use std::ops::Range;
use std::sync::Arc;

use crate::base::diag::Span;
use crate::base::photo::{Focus, Part};
use crate::desk::passage::Passage;
use crate::story::{Align, Interlinear, Piece};

/// A stretch of copy with its places in the manuscript.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The text after normalisation.
    pub text: String,
    /// Where it comes from, in order, as in
    /// [`Paragraph::pieces`](crate::story::Paragraph::pieces).
    pub pieces: Vec<Piece>,
    /// What stands beside its characters, by start.
    pub interlinear: Vec<Interlinear>,
}

impl Words {
    /// The same behind a text of the paper's own, which comes from nowhere in
    /// the copy.
    #[must_use]
    pub fn behind(&self, own: &str) -> Self {
        let by = u32::try_from(own.len()).unwrap_or(0);
        let mut words = self.clone();
        words.text.insert_str(0, own);
        for piece in &mut words.pieces {
            piece.at += by;
        }
        for beside in &mut words.interlinear {
            beside.range = beside.range.start + by..beside.range.end + by;
        }
        words
    }

    /// Text that comes from `span` byte for byte, or from nowhere.
    pub fn new(text: impl Into<String>, span: Option<Span>) -> Self {
        let text = text.into();
        let exact = span.is_some_and(|span| (span.end - span.start) as usize == text.len());
        let pieces = span
            .map(|span| Piece { at: 0, span, exact })
            .into_iter()
            .collect();
        Self {
            text,
            pieces,
            interlinear: Vec::new(),
        }
    }

    /// Whether there is nothing to print.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The place of its first piece.
    pub fn span(&self) -> Option<Span> {
        let first = self.pieces.first()?;
        let last = self.pieces.last()?;
        Some(first.span.to(last.span))
    }

    /// The words of a range of bytes, with their places.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or("").to_owned();
        let ends = self.pieces.iter().skip(1).map(|piece| piece.at as usize);
        let ends = ends.chain([self.text.len()]);
        let inside = self.pieces.iter().zip(ends).filter_map(|(piece, end)| {
            let (from, to) = (range.start.max(piece.at as usize), range.end.min(end));
            if from >= to {
                return None;
            }
            let mut part = *piece;
            if piece.exact {
                let start = piece.span.start as usize + (from - piece.at as usize);
                part.span = Span::new(piece.span.source, start, start + (to - from));
            }
            part.at = u32::try_from(from - range.start).unwrap_or(u32::MAX);
            Some(part)
        });
        let pieces = inside.collect();
        let beside = self.interlinear.iter().filter_map(|beside| {
            let from = (beside.range.start as usize).checked_sub(range.start)?;
            let to = (beside.range.end as usize).checked_sub(range.start)?;
            let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
            (to <= range.len()).then(|| Interlinear {
                range: offset(from)..offset(to),
                kind: beside.kind.clone(),
            })
        });
        Self {
            text,
            pieces,
            interlinear: beside.collect(),
        }
    }

    /// Adds generated text.
    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds other words with their places. Returns where they stand.
    pub(super) fn push(&mut self, other: &Self) -> Range<u32> {
        let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(&other.text);
        let moved = other.pieces.iter().map(|piece| Piece {
            at: piece.at.saturating_add(at),
            ..*piece
        });
        self.pieces.extend(moved);
        let moved = other.interlinear.iter().map(|beside| Interlinear {
            range: beside.range.start.saturating_add(at)..beside.range.end.saturating_add(at),
            kind: beside.kind.clone(),
        });
        self.interlinear.extend(moved);
        at..u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }
}

/// An article as the planner takes it: headline parts and blocks.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Name in findings: the file name.
    pub name: Arc<str>,
    /// 栏目.
    pub label: Option<Words>,
    /// 栏花, 刊头: the picture that stands in place of the label.
    pub label_art: Option<ArticleImage>,
    /// 体裁.
    pub genre: Option<String>,
    /// 头条.
    pub lead: bool,
    /// 通栏.
    pub banner: Option<Words>,
    /// 通栏英文.
    pub banner_en: Option<Words>,
    /// 引题.
    pub kicker: Option<Words>,
    /// 主题. A line feed is a line break that the editor wants.
    pub title: Option<Words>,
    /// 副题.
    pub deck: Option<Words>,
    /// 提要.
    pub summary: Option<Words>,
    /// 边题.
    pub side_title: Option<Words>,
    /// 尾题.
    pub end_title: Option<Words>,
    /// 作者.
    pub byline: Option<Words>,
    /// 电头.
    pub dateline: Option<Words>,
    /// Where a dateline of fields says that it was sent from.
    pub sent: Option<Sent>,
    /// 图片, in order; pictures inside the text are blocks.
    pub images: Vec<ArticleImage>,
    /// 图片来源: of every picture that has no credit of its own.
    pub credit: Option<Words>,
    /// 版尾.
    pub imprint: Vec<Words>,
    /// The text.
    pub blocks: Vec<ArticleBlock>,
    /// Whether its text comes from another slot (N38).
    pub continued: bool,
}

/// Where a story of the paper's own was sent from (N36).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// The place.
    pub place: String,
    /// The bytes of 电 in the dateline.
    pub range: Range<u32>,
}

impl Article {
    /// Whether its dateline says 电 though it comes from `city`, the paper's
    /// own: 电 is sent from elsewhere, 讯 is local (N36).
    pub(super) fn is_local_to(&self, city: &str) -> bool {
        let bare = |name: &str| name.trim().trim_end_matches('市').to_owned();
        let sent = self.sent.as_ref();
        !city.trim().is_empty() && sent.is_some_and(|sent| bare(&sent.place) == bare(city))
    }

    /// Makes the 电 of its dateline 讯, in the same place.
    pub(super) fn made_local(&mut self) {
        let (Some(sent), Some(dateline)) = (self.sent.take(), self.dateline.as_mut()) else {
            return;
        };
        let range = sent.range.start as usize..sent.range.end as usize;
        if dateline.text.get(range.clone()) == Some("电") {
            dateline.text.replace_range(range, "讯");
        }
    }
}

/// A picture that an article names.
#[derive(Clone, Debug, Default)]
pub struct ArticleImage {
    /// The key by which the picture resolver knows it: its path.
    pub file: String,
    /// Where the copy names it.
    pub span: Option<Span>,
    /// 说明.
    pub caption: Option<Words>,
    /// 来源.
    pub credit: Option<Words>,
    /// Whether all of it must show: a chart is not cropped.
    pub whole: bool,
    /// 裁切: the part of it that may show.
    pub part: Part,
    /// 焦点: the point that cropping keeps near the middle.
    pub focus: Focus,
    /// 组图: pictures of one name share a place.
    pub group: Option<String>,
}

/// One block of the text.
#[derive(Clone, Debug)]
pub struct ArticleBlock {
    /// What it is.
    pub kind: ArticleBlockKind,
    /// Its words.
    pub words: Words,
    /// Stretches set apart from the rest, in order, not overlapping.
    pub inlines: Vec<ArticleInline>,
    /// The whole block in the copy.
    pub span: Option<Span>,
}

/// What a block is.
#[derive(Clone, Debug)]
pub enum ArticleBlockKind {
    /// 段落.
    Paragraph,
    /// 小标题.
    Subhead,
    /// 同行标题: a heading that the next paragraph begins with (P15).
    RunIn,
    /// 引文.
    Quote,
    /// 列表项, with the mark before it where the copy has one of its own.
    ListItem {
        /// `1.`, empty for a further paragraph of an item, or `None` for the
        /// layout's own mark.
        mark: Option<String>,
        /// Its number, on the first paragraph of a numbered item.
        number: Option<u32>,
        /// 1 for an item of an outermost list.
        depth: u16,
    },
    /// 特排段: a line of a passage.
    Passage {
        /// What the passage is.
        passage: Passage,
        /// Its number in the article: lines of one number stand together.
        number: usize,
        /// Whether the line begins a stanza.
        stanza: bool,
    },
    /// 分节: a section break, without words.
    Break,
    /// A picture in the text: it goes to the next free picture slot.
    Image(ArticleImage),
    /// 表格, without words: title and cells follow as blocks.
    Table {
        /// How the copy aligns its columns.
        columns: Vec<Option<Align>>,
        /// Rows, the header row included.
        rows: u16,
    },
    /// 表题 of the last table.
    TableTitle,
    /// A cell of the last table.
    Cell {
        /// From 0, the header row.
        row: u16,
        /// From 0.
        column: u16,
    },
    /// 注文.
    Note {
        /// Its number; `None` where nothing refers to it.
        number: Option<u32>,
    },
}

/// A stretch inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleInline {
    /// Bytes of the block's text.
    pub range: Range<u32>,
    /// What it is.
    pub face: InlineFace,
}

/// What a stretch inside a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlineFace {
    /// Strong.
    Strong,
    /// Emphasis.
    Emphasis,
    /// 电头 of an item of a group (N43).
    Dateline,
    /// 署名 of an item of a group: set like the text around it.
    Byline,
}
