//! The upper waist: styled paragraphs in which nothing is left to decide.
//!
//! Sizes are lengths, fonts are face ids, defaults are applied. No stage
//! before a [`Story`] knows a glyph; no stage after it looks anything up.

mod figure;
mod ink;
mod interlinear;
mod rest;

use std::ops::Range;
use std::sync::Arc;

pub use figure::{Figure, Photograph};
pub use ink::{Ink, Spot};
pub use interlinear::{
    Interlinear, InterlinearKind, Mark, NEUTRAL, Ruby, Script, Stand, is_checked, is_symbol,
    is_tone, is_zhuyin,
};

pub use rest::RestFrom;

use crate::base::clreq::Scheme;
use crate::base::diag::Span;
use crate::base::font::FaceId;
use crate::base::geom::Length;

/// What a paragraph is on the page. The name is the one used in layouts,
/// dumps and findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 正文: running text.
    Body,
    /// 小标题: a heading inside the text.
    Subhead,
    /// 引文: a quoted passage (P04).
    Quote,
    /// 列表项: one item of a list.
    ListItem,
    /// 对话: what one speaker says (P03).
    Dialogue,
    /// 条文: an article of a law or a numbered item (P03).
    Law,
    /// 诗: a line of verse (P04).
    Verse,
    /// 名单: names in columns (T37).
    Names,
    /// 栏目: the column label above a headline.
    Label,
    /// 通栏题: the page-wide title.
    Banner,
    /// 通栏英文: its foreign line.
    BannerEn,
    /// 引题: the line above the headline.
    Kicker,
    /// 主题: the headline.
    Head,
    /// 副题: the line below the headline.
    Deck,
    /// 提要题: what the story says, in a few lines below the headline.
    Summary,
    /// 署名: who wrote it.
    Byline,
    /// 图片说明: under a picture.
    Caption,
    /// 图片来源: whose picture it is.
    Credit,
    /// 表文: a cell of a table (P26).
    Table,
    /// 表头: a cell of a table's header row.
    TableHead,
    /// 表题: above a table.
    TableTitle,
    /// 注文: the text of a note (P19).
    Note,
    /// 转版: where a story goes on, and where it comes from (N38).
    Jump,
    /// 边题: an upright title at one side of the text.
    SideTitle,
    /// 尾题: a title at the foot of the text.
    EndTitle,
    /// 版尾: the imprint at the foot of a page.
    Imprint,
    /// 报眉, 报头, 报眼: page furniture.
    Furniture,
}

impl Role {
    /// Every role, in the order of this list.
    pub const ALL: [Self; 27] = [
        Self::Body,
        Self::Subhead,
        Self::Quote,
        Self::ListItem,
        Self::Dialogue,
        Self::Law,
        Self::Verse,
        Self::Names,
        Self::Label,
        Self::Banner,
        Self::BannerEn,
        Self::Kicker,
        Self::Head,
        Self::Deck,
        Self::Summary,
        Self::Byline,
        Self::Caption,
        Self::Credit,
        Self::Table,
        Self::TableHead,
        Self::TableTitle,
        Self::Note,
        Self::Jump,
        Self::SideTitle,
        Self::EndTitle,
        Self::Imprint,
        Self::Furniture,
    ];

    /// The name in layouts, dumps and findings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Subhead => "subhead",
            Self::Quote => "quote",
            Self::ListItem => "list_item",
            Self::Dialogue => "dialogue",
            Self::Law => "law",
            Self::Verse => "verse",
            Self::Names => "names",
            Self::Label => "label",
            Self::Banner => "banner",
            Self::BannerEn => "banner_en",
            Self::Kicker => "kicker",
            Self::Head => "head",
            Self::Deck => "deck",
            Self::Summary => "summary",
            Self::Byline => "byline",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Table => "table",
            Self::TableHead => "table_head",
            Self::TableTitle => "table_title",
            Self::Note => "note",
            Self::Jump => "jump",
            Self::SideTitle => "side_title",
            Self::EndTitle => "end_title",
            Self::Imprint => "imprint",
            Self::Furniture => "furniture",
        }
    }

    /// What a newsroom calls it, for messages in Chinese.
    pub fn word(self) -> &'static str {
        match self {
            Self::Body => "正文",
            Self::Subhead => "小标题",
            Self::Quote => "引文",
            Self::ListItem => "列表项",
            Self::Dialogue => "对话",
            Self::Law => "条文",
            Self::Verse => "诗",
            Self::Names => "名单",
            Self::Label => "栏目",
            Self::Banner => "通栏题",
            Self::BannerEn => "通栏英文",
            Self::Kicker => "引题",
            Self::Head => "主题",
            Self::Deck => "副题",
            Self::Summary => "提要题",
            Self::Byline => "署名",
            Self::Caption => "图片说明",
            Self::Credit => "图片来源",
            Self::Table => "表文",
            Self::TableHead => "表头",
            Self::TableTitle => "表题",
            Self::Note => "注文",
            Self::Jump => "转版行",
            Self::SideTitle => "边题",
            Self::EndTitle => "尾题",
            Self::Imprint => "版尾",
            Self::Furniture => "报眉",
        }
    }
}

/// How a run of characters is set.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TextStyle {
    /// Faces for Han and Chinese punctuation, best first, fallbacks after.
    pub han: Arc<[FaceId]>,
    /// Faces for Western letters and digits, best first; after them the
    /// Han faces are asked.
    pub latin: Arc<[FaceId]>,
    /// Type size (字号): the em.
    pub size: Length,
    /// Width of the characters in thousandths of their own: below 1000 for
    /// condensed heads (N25).
    pub scale_x: u16,
    /// Tracking (字距) added after each character, negative for tight heads.
    pub tracking: Length,
    /// The ink.
    pub ink: Ink,
    /// Arabic digits are half-em figures (T31).
    pub half_em_digits: bool,
    /// How the Western face is fitted to the Chinese one.
    pub pair: FacePair,
    /// 上标, 下标: how far its characters are raised, below zero lowered; they
    /// then hold on to the character before them (L17).
    pub raised: Option<Length>,
}

/// How the Western face of a style is fitted to its Chinese one, so that
/// capitals look level with Han (P30). It touches only what is set from the
/// Western face: the em of the style stays, and with it every gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FacePair {
    /// Size of Western text in thousandths of the style's, 1000–1100.
    pub scale: u16,
    /// How far its baseline is raised, in thousandths of the style's em.
    pub shift: i16,
}

impl Default for FacePair {
    /// Western text as its face draws it.
    fn default() -> Self {
        Self {
            scale: 1000,
            shift: 0,
        }
    }
}

impl TextStyle {
    /// The same as superscript or subscript: three fifths of the size. A
    /// superscript ends level with the top of the character frame, a
    /// subscript with its foot.
    pub fn scripted(&self, script: Script) -> Self {
        let raised = match script {
            Script::Above | Script::NoteMark => self.size.scale(35, 100),
            Script::Below => -self.size.scale(5, 100),
        };
        Self {
            size: self.size.scale(3, 5),
            raised: Some(raised),
            ..self.clone()
        }
    }

    /// The em along the line: the size, condensed.
    pub fn em(&self) -> Length {
        self.across(self.size)
    }

    /// The size that Western text is drawn at (P30).
    pub fn western_size(&self) -> Length {
        self.size.scale(i64::from(self.pair.scale), 1000)
    }

    /// How far the baseline of Western text is raised (P30).
    pub fn western_lift(&self) -> Length {
        self.size.scale(i64::from(self.pair.shift), 1000)
    }

    /// A length along the line, condensed as the characters are.
    pub fn across(&self, length: Length) -> Length {
        match self.scale_x {
            1000 => length,
            scale => length.scale(i64::from(scale), 1000),
        }
    }
}

/// A stretch of a paragraph's text in one style.
#[derive(Clone, Debug)]
pub struct TextRun {
    /// Byte range in [`Paragraph::text`]; runs are in order and cover it all.
    pub range: Range<u32>,
    /// Its style.
    pub style: Arc<TextStyle>,
}

/// How the lines of a paragraph stand in their measure (P05, P32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// 头尾对齐: all lines but the last fill the measure.
    Justify,
    /// 居首.
    Start,
    /// 居中.
    Center,
    /// 居尾.
    End,
    /// 均排: every line fills the measure.
    Even,
}

/// Where a paragraph that needs several lines is broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Every line is filled: running text.
    #[default]
    Fill,
    /// 转行: no more lines than that takes, but turned by sense and into
    /// lines of even length (P16): headlines.
    Sense,
}

/// How the lines of a paragraph stand on the page's line grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// One line a grid line.
    Lines,
    /// 占行 (P13): the paragraph is a block of whole grid lines, its text
    /// centred in their height. One line of text takes `first` grid lines,
    /// each further line `next` more.
    Block {
        /// Grid lines for a block of one line of text.
        first: u16,
        /// Grid lines for each further line of text.
        next: u16,
        /// Grid lines of white it may add in an underset slot (E04).
        stretch: u16,
    },
}

/// How a paragraph is set.
#[derive(Clone, Debug)]
pub struct ParaStyle {
    /// Alignment.
    pub align: Align,
    /// Where its lines turn.
    pub turn: Turn,
    /// First-line indent (P01).
    pub indent: Length,
    /// Indent of every line at its start (P04).
    pub start: Length,
    /// Indent of every line at its end (P04).
    pub end: Length,
    /// The size whose em the paragraph's own measures are counted in.
    pub size: Length,
    /// Distance between baselines where the paragraph is not on the page's
    /// grid (headline blocks, captions): 行高.
    pub pitch: Length,
    /// The rules of spacing and breaking.
    pub scheme: Arc<Scheme>,
    /// How it stands on the grid.
    pub placement: Placement,
    /// Grid lines of the following text that must stay in the same column
    /// (P12: 2 for a subhead).
    pub keep_next: u16,
    /// Grid lines of white above it, none at the head of a column (P04).
    pub before: u16,
    /// Stretches of the text set to a width of their own, in order and apart
    /// from each other (T37, P03).
    pub casts: Arc<[Cast]>,
}

/// A stretch of a paragraph set to an exact width, as if cast in one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast {
    /// Bytes of [`Paragraph::text`].
    pub range: Range<u32>,
    /// The width; text that is wider keeps its own.
    pub width: Length,
    /// Where the white goes.
    pub fill: CastFill,
}

/// Where the white of a [`Cast`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastFill {
    /// 均排: evenly between the characters.
    Even,
    /// Behind the last of them.
    Behind,
}

/// Where a stretch of a paragraph's text stands in the manuscript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte in [`Paragraph::text`]; the piece runs to the next one.
    pub at: u32,
    /// Its place in the manuscript.
    pub span: Span,
    /// Whether the bytes are the manuscript's own, one to one. Otherwise the
    /// whole piece (a normalised `...`, say) stands for the whole span.
    pub exact: bool,
}

/// One paragraph, ready to be shaped.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub role: Role,
    /// The text after normalisation. A line feed is a forced line break.
    pub text: String,
    /// Its styles, in order, covering all of `text`.
    pub runs: Vec<TextRun>,
    /// Where it comes from, in order; empty for generated text.
    pub pieces: Vec<Piece>,
    /// What stands beside its characters, by start.
    pub interlinear: Vec<Interlinear>,
    /// How it is set.
    pub style: Arc<ParaStyle>,
}

impl Paragraph {
    /// The place in the manuscript of a byte range of `text`, if it has one
    /// (generated furniture has none). Requirement E15.
    pub fn source(&self, range: Range<u32>) -> Option<Span> {
        place(&self.pieces, range.start as usize, range.end as usize)
    }
}

/// The place in the manuscript of the bytes `start..end` of a text that
/// `pieces` map, if it has one.
pub fn place(pieces: &[Piece], start: usize, end: usize) -> Option<Span> {
    let piece = |at: usize| {
        let after = pieces.partition_point(|piece| piece.at as usize <= at);
        after.checked_sub(1).map(|index| &pieces[index])
    };
    let first = piece(start)?;
    let last = piece(end.saturating_sub(1).max(start))?;
    let from = if first.exact {
        first.span.start as usize + (start - first.at as usize)
    } else {
        first.span.start as usize
    };
    let to = if last.exact {
        (last.span.start as usize + (end - last.at as usize)).min(last.span.end as usize)
    } else {
        last.span.end as usize
    };
    (first.span.source == last.span.source && from <= to)
        .then(|| Span::new(first.span.source, from, to))
}

/// The running text of one story: body, subheads, quotes, list items.
/// Headline parts are paragraphs of their own, kept in the plan.
#[derive(Clone, Debug)]
pub struct Story {
    /// Name shown in findings: the article's file name.
    pub name: Arc<str>,
    /// The paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// The tables between them, in order.
    pub tables: Vec<Table>,
    /// The pictures between them, in order.
    pub figures: Vec<Figure>,
    /// The rule above its notes, if it has any.
    pub note_rule: Option<NoteRule>,
    /// The large first character of its text, if it has one.
    pub drop_cap: Option<DropCap>,
}

/// 首字下沉: the first character of a paragraph set so large that it stands
/// beside several of its lines (P27).
#[derive(Clone, Debug)]
pub struct DropCap {
    /// The paragraph, by index. The story holds it whole: that is how it is
    /// set in a column too narrow for this.
    pub paragraph: usize,
    /// Grid lines it is deep.
    pub lines: u16,
    /// The character, with the marks that open it, in its own size.
    pub cap: Paragraph,
    /// The paragraph without it.
    pub rest: Paragraph,
}

/// 注线: a short rule in the blank line that parts notes from the text (P19).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteRule {
    /// The blank paragraph in whose line it stands, by index.
    pub paragraph: usize,
    /// Its thickness.
    pub thickness: Length,
}

/// A table of a story (P26), to be set at the measure of its column.
#[derive(Clone, Debug)]
pub struct Table {
    /// So many paragraphs of the story stand before it.
    pub at: usize,
    /// 表题: outside, above.
    pub title: Option<Paragraph>,
    /// 续表: above each further part of a table that is broken.
    pub continued: Paragraph,
    /// The header row and the rows below it, all of the same length.
    pub rows: Vec<Vec<Cell>>,
    /// The em its columns are whole multiples of: the size of its text.
    pub em: Length,
    /// White on either side of a cell's text.
    pub white: Length,
    /// Thickness of the rules above and below (正线 or 反线).
    pub outer: Length,
    /// Thickness of the rules between rows and between columns.
    pub inner: Length,
    /// Where the copy has it.
    pub span: Option<Span>,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text, empty in a cell without any.
    pub paragraph: Paragraph,
    /// How it stands in its column.
    pub fit: CellFit,
}

/// How the text of a cell stands in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellFit {
    /// As its paragraph is aligned, over the width of the column.
    Aligned,
    /// 均排: spread to so much, as far as the column has it, and that
    /// aligned (T37).
    Even(Length, Align),
    /// A number: its decimal point stands below those of the column's other
    /// numbers, and all of them together are aligned.
    Number {
        /// The byte at which its decimal point stands, or would stand.
        point: u32,
        /// How the numbers of the column stand in it.
        align: Align,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::SourceId;

    fn paragraph() -> Paragraph {
        let span = |start, end| Span::new(SourceId(0), start, end);
        // manuscript: `甲**...**乙` set as `甲……乙`
        Paragraph {
            role: Role::Body,
            text: "甲……乙".into(),
            runs: Vec::new(),
            pieces: vec![
                Piece {
                    at: 0,
                    span: span(0, 3),
                    exact: true,
                },
                Piece {
                    at: 3,
                    span: span(5, 8),
                    exact: false,
                },
                Piece {
                    at: 9,
                    span: span(10, 13),
                    exact: true,
                },
            ],
            interlinear: Vec::new(),
            style: Arc::new(ParaStyle {
                align: Align::Justify,
                turn: Turn::Fill,
                indent: Length::ZERO,
                start: Length::ZERO,
                end: Length::ZERO,
                size: Length::pt(9),
                pitch: Length::pt(12),
                scheme: Arc::new(Scheme::default()),
                placement: Placement::Lines,
                keep_next: 0,
                before: 0,
                casts: [].into(),
            }),
        }
    }

    #[test]
    fn e15_a_byte_of_the_set_text_leads_back_to_the_manuscript() {
        let para = paragraph();
        assert_eq!(para.source(0..3), Some(Span::new(SourceId(0), 0, 3)));
        assert_eq!(para.source(6..9), Some(Span::new(SourceId(0), 5, 8)));
        assert_eq!(para.source(9..12), Some(Span::new(SourceId(0), 10, 13)));
        assert_eq!(para.source(0..12), Some(Span::new(SourceId(0), 0, 13)));
    }
}
