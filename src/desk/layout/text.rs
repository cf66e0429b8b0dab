//! The layout file as a person writes it: columns × lines and 字号, nothing
//! resolved yet. The JSON schema is made from these structs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::base::clreq::{Direction, MarkStyle, Region};
use crate::base::diag::Severity;
use crate::desk::border::BorderText;
use crate::desk::form::{At, InkText, Leaf, Named, OneOf, Placed, Quantity};
use crate::desk::kind::Matter;
use crate::desk::layout::{Numbering, Preset};
use crate::desk::plan::{Ending, Side};
use crate::story::{Align, Role};

/// A page layout (版式).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LayoutText {
    /// Layouts that this one stands on, by name or by path beside this file:
    /// tables are merged key by key, slots, furniture and pictures by name.
    pub base: Leaf<Vec<At<String>>>,
    /// Names of inherited slots and furniture that are left out.
    pub drop: Leaf<Vec<At<String>>>,
    /// What the layout is for, one line.
    pub title: Leaf<String>,
    /// Whether the page carries the masthead (报头): the fixed imprint items
    /// of the issue must then be filled in.
    pub masthead: Leaf<bool>,
    /// The sheet of paper.
    pub sheet: Placed<SheetText>,
    /// Type area and line grid (版心).
    pub grid: Placed<GridText>,
    /// The house's own type sizes (字号), before the common table.
    pub sizes: BTreeMap<String, Leaf<Quantity>>,
    /// Faces by role: song, hei, kai, …
    pub faces: BTreeMap<String, Placed<FaceText>>,
    /// Faces of stretches inside a line.
    pub inline: Placed<InlineText>,
    /// Rules and white of tables.
    pub tables: Placed<TablesText>,
    /// How notes are set.
    pub notes: Placed<NotesText>,
    /// Styles by role.
    pub styles: StylesText,
    /// How the headline parts of a kind of story (体裁) differ from those
    /// styles; what a slot says itself stands above this.
    pub genres: GenresText,
    /// Rules of spacing and breaking.
    pub composition: Placed<CompositionText>,
    /// How grave each rule of a page is: off, info, warning or error.
    pub rules: Placed<RulesText>,
    /// What may be done where a story is too long for its slot.
    pub fit: Placed<FitText>,
    /// Sizes of art that may fill the foot of a story (补白, 报花), each one
    /// column wide; none where left out.
    pub fillers: Vec<Placed<FillerSizeText>>,
    /// Slots, in reading order.
    pub slots: Vec<Placed<SlotText>>,
    /// Masthead, ears, page head, rules.
    pub furniture: Vec<Placed<FurnitureText>>,
}

/// A size of art that a layout approves.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FillerSizeText {
    /// Grid lines.
    pub lines: Leaf<i64>,
}

/// How grave each rule of a page is: `"off"`, `"info"`, `"warning"`,
/// `"error"`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RulesText {
    /// 碰题: headlines side by side or one upon the other; a warning where left
    /// out.
    pub bump: Leaf<OneOf<Grade>>,
    /// 头条 elsewhere than upper left or upper right under the masthead; info
    /// where left out.
    pub lead: Leaf<OneOf<Grade>>,
    /// 断版, 通腔: a line or a gutter through the whole page; info where left
    /// out.
    pub cut: Leaf<OneOf<Grade>>,
    /// 不齐底: columns that end on different lines; a warning where left out.
    pub feet: Leaf<OneOf<Grade>>,
    /// 盖文: text beside its headline, or wider than it; an error where left
    /// out.
    pub cover: Leaf<OneOf<Grade>>,
    /// 题文分离: text that does not follow on its headline or the frame
    /// before; an error where left out.
    pub apart: Leaf<OneOf<Grade>>,
    /// Stories of more than eight corners; a warning where left out.
    pub shape: Leaf<OneOf<Grade>>,
    /// Stories with nothing between them; a warning where left out.
    pub close: Leaf<OneOf<Grade>>,
    /// Empty areas of the page; a warning where left out.
    pub white: Leaf<OneOf<Grade>>,
    /// Small text in four-colour black; an error where left out.
    pub four_colour: Leaf<OneOf<Grade>>,
}

/// 凑版: what may be done where a story is too long for its slot, in this
/// order. Body size never changes, and no text is cut.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FitText {
    /// Whether it is done at all; false where left out: the overset is
    /// reported, with what would help.
    pub auto: Leaf<bool>,
    /// Squeeze paragraphs with a short last line, so that they lose it; true
    /// where left out.
    pub short_lines: Leaf<bool>,
    /// Squeeze other paragraphs too; true where left out.
    pub squeeze: Leaf<bool>,
    /// Grid lines that the headline block may give up, 0–3; 1 where left out.
    pub head: Leaf<i64>,
    /// Grid lines that each picture may give up, 0–20, and never more than
    /// three tenths of its height; 3 where left out.
    pub picture: Leaf<i64>,
    /// How far the line pitch of the story may be changed, 0–5 per cent; its
    /// lines leave the page's grid and meet it again at the foot. 0 where left
    /// out.
    pub line_gap: Leaf<i64>,
}

/// How grave a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade(pub Option<Severity>);

impl Named for Grade {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("off", Self(None)),
        ("info", Self(Some(Severity::Info))),
        ("warning", Self(Some(Severity::Warning))),
        ("error", Self(Some(Severity::Error))),
    ];
}

/// The sheet of paper.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SheetText {
    /// Finished size: width and height.
    pub trim: Leaf<Vec<At<Quantity>>>,
    /// How far ink runs past the trim (出血); 3mm where it is left out.
    pub bleed: Leaf<Quantity>,
}

/// Type area and line grid.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GridText {
    /// A page format by name: trim, type area, columns and characters; every
    /// key that is written stands above it (N01).
    pub preset: Leaf<OneOf<Preset>>,
    /// Base columns (基本栏), 1–30.
    pub columns: Leaf<i64>,
    /// Characters of the body size in one base column, 2–200.
    pub chars: Leaf<i64>,
    /// Width of a base column instead of `chars`; what is more than whole
    /// characters goes to the gap.
    pub column_width: Leaf<Quantity>,
    /// Body size, 小五 for newspapers.
    pub size: Leaf<Quantity>,
    /// Distance between baselines (行高).
    pub pitch: Leaf<Quantity>,
    /// White between lines as a part of the size, 1/3 or 1/4, instead of `pitch`.
    pub line_gap: Leaf<Quantity>,
    /// Column gap (栏空), 1em where it is left out.
    pub gap: Leaf<Quantity>,
    /// Rules between the base columns over the page (栏线), wherever nothing
    /// wider than a column stands; none where left out.
    pub rule: Leaf<BorderText>,
    /// Grid lines of the type area, 1–1000; what fits `area` where left out.
    pub lines: Leaf<i64>,
    /// Width and height the type area is meant to have; the difference to the
    /// grid is reported and distributed.
    pub area: Leaf<Vec<At<Quantity>>>,
    /// Left and top edge of the type area; centred where left out.
    pub origin: Leaf<Vec<At<Quantity>>>,
}

/// The fonts of one face role, by file stem, best first.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FaceText {
    /// For Han and Chinese punctuation.
    pub han: Leaf<Vec<At<String>>>,
    /// For Western letters and digits.
    pub latin: Leaf<Vec<At<String>>>,
    /// Size of Western text against the Chinese, 100%–110%; 100% where left
    /// out.
    pub latin_scale: Leaf<Quantity>,
    /// How far the baseline of Western text is raised, in em, -0.02 to 0.05;
    /// 0 where left out.
    pub latin_shift: Leaf<Quantity>,
}

/// Faces of stretches inside a line.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InlineText {
    /// Face of strong text.
    pub strong: Leaf<String>,
    /// Face of emphasised text.
    pub emphasis: Leaf<String>,
    /// Face of a run-in heading (同行标题, `###`); that of strong text where
    /// left out.
    pub run_in: Leaf<String>,
    /// Blank behind a run-in heading in em, 1–4; 1 where left out.
    pub run_in_gap: Leaf<Quantity>,
    /// Face of the speakers of a dialogue and the numbers of a law.
    pub label: Leaf<String>,
    /// Face of the dateline (电头).
    pub dateline: Leaf<String>,
    /// Whether one blank character follows the dateline.
    pub dateline_blank: Leaf<bool>,
    /// The line where a story goes on on another page; （下转第{page}版） where
    /// left out.
    pub jump_to: Leaf<String>,
    /// The line where it comes from another page; （上接第{page}版） where left
    /// out.
    pub jump_from: Leaf<String>,
    /// What stands before a list item that has no mark of its own.
    pub bullet: Leaf<String>,
    /// Ornament of a section break, centred on a line of its own; a blank
    /// line where left out.
    pub section_break: Leaf<String>,
}

/// Rules and white of tables.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TablesText {
    /// Thickness of the rules above and below a table; 1pt where left out.
    pub outer: Leaf<Quantity>,
    /// Thickness of the rules between rows and columns; 0.1mm where left out.
    pub inner: Leaf<Quantity>,
    /// White on either side of a cell's text, in em of it; 1/2 where left out.
    pub white: Leaf<Quantity>,
    /// What stands above the further parts of a table that is broken; 续表
    /// where left out.
    pub continued: Leaf<String>,
}

/// How notes are set.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NotesText {
    /// Where they stand: `end`, of the article.
    pub place: Leaf<OneOf<NotePlace>>,
    /// How their references look: `circled` as large as the text, or
    /// `superscript`.
    pub marks: Leaf<OneOf<NoteMarks>>,
    /// Thickness of the rule above them; 0.1mm where left out.
    pub rule: Leaf<Quantity>,
}

/// Styles by role.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StylesText {
    /// 正文.
    pub body: Placed<StyleText>,
    /// 小标题.
    pub subhead: Placed<StyleText>,
    /// 引文.
    pub quote: Placed<StyleText>,
    /// 列表项.
    pub list_item: Placed<StyleText>,
    /// 对话, `::: 对话`.
    pub dialogue: Placed<StyleText>,
    /// 条文, `::: 条文`.
    pub law: Placed<StyleText>,
    /// 诗, `::: 诗`.
    pub verse: Placed<StyleText>,
    /// 名单, `::: 名单`.
    pub names: Placed<StyleText>,
    /// 栏目.
    pub label: Placed<StyleText>,
    /// 通栏题.
    pub banner: Placed<StyleText>,
    /// 通栏英文.
    pub banner_en: Placed<StyleText>,
    /// 引题.
    pub kicker: Placed<StyleText>,
    /// 主题.
    pub head: Placed<StyleText>,
    /// 副题.
    pub deck: Placed<StyleText>,
    /// 提要题.
    pub summary: Placed<StyleText>,
    /// 署名.
    pub byline: Placed<StyleText>,
    /// 图片说明.
    pub caption: Placed<StyleText>,
    /// 图片来源.
    pub credit: Placed<StyleText>,
    /// 表文.
    pub table: Placed<StyleText>,
    /// 表头; what it leaves out is taken from `table`.
    pub table_head: Placed<StyleText>,
    /// 表题.
    pub table_title: Placed<StyleText>,
    /// 注文.
    pub note: Placed<StyleText>,
    /// 下转, 上接: the line at the end of text that goes on elsewhere, and
    /// before the text that comes from there.
    pub jump: Placed<StyleText>,
    /// 边题.
    pub side_title: Placed<StyleText>,
    /// 尾题.
    pub end_title: Placed<StyleText>,
    /// 版尾.
    pub imprint: Placed<StyleText>,
    /// 报头, 报眉, 报眼.
    pub furniture: Placed<StyleText>,
}

/// Styles of headline parts by kind of story (体裁).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GenresText {
    /// 消息: hard news.
    pub news: Placed<GenreText>,
    /// 通讯: features.
    pub feature: Placed<GenreText>,
    /// 评论: commentary.
    pub commentary: Placed<GenreText>,
}

/// What one kind of story has in its own style.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GenreText {
    /// 栏目.
    pub label: Placed<StyleText>,
    /// 通栏题.
    pub banner: Placed<StyleText>,
    /// 引题.
    pub kicker: Placed<StyleText>,
    /// 主题.
    pub head: Placed<StyleText>,
    /// 副题.
    pub deck: Placed<StyleText>,
    /// 提要题.
    pub summary: Placed<StyleText>,
    /// 署名.
    pub byline: Placed<StyleText>,
}

impl StylesText {
    /// The style of a role.
    pub fn of(&self, role: Role) -> &Placed<StyleText> {
        match role {
            Role::Body => &self.body,
            Role::Subhead => &self.subhead,
            Role::Quote => &self.quote,
            Role::ListItem => &self.list_item,
            Role::Dialogue => &self.dialogue,
            Role::Law => &self.law,
            Role::Verse => &self.verse,
            Role::Names => &self.names,
            Role::Label => &self.label,
            Role::Banner => &self.banner,
            Role::BannerEn => &self.banner_en,
            Role::Kicker => &self.kicker,
            Role::Head => &self.head,
            Role::Deck => &self.deck,
            Role::Summary => &self.summary,
            Role::Byline => &self.byline,
            Role::Caption => &self.caption,
            Role::Credit => &self.credit,
            Role::Table => &self.table,
            Role::TableHead => &self.table_head,
            Role::TableTitle => &self.table_title,
            Role::Note => &self.note,
            Role::Jump => &self.jump,
            Role::SideTitle => &self.side_title,
            Role::EndTitle => &self.end_title,
            Role::Imprint => &self.imprint,
            Role::Furniture => &self.furniture,
        }
    }
}

/// How a role is set. What is left out is taken from the layout's style of
/// the role, then from the body.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StyleText {
    /// Face role.
    pub face: Leaf<String>,
    /// Type size, 4–500 pt.
    pub size: Leaf<Quantity>,
    /// Tracking (字距) in em of the size, or loose by name (疏排): 四分 三分 二分
    /// 全角. Below zero in headlines only.
    pub tracking: Leaf<Quantity>,
    /// Ink: percentage of black, or [c, m, y, k].
    pub ink: Leaf<InkText>,
    /// Alignment.
    pub align: Leaf<OneOf<Align>>,
    /// First-line indent in em (段首缩排).
    pub indent: Leaf<Quantity>,
    /// Indent of all lines at the start, in em.
    pub start: Leaf<Quantity>,
    /// Indent of all lines at the end, in em.
    pub end: Leaf<Quantity>,
    /// Distance between baselines where the text is not on the page's grid.
    pub pitch: Leaf<Quantity>,
    /// White between such lines as a part of the size, instead of `pitch`.
    pub line_gap: Leaf<Quantity>,
    /// Grid lines a block of one line takes (占行); makes the role a block.
    pub first: Leaf<i64>,
    /// Grid lines each further line of the block takes.
    pub next: Leaf<i64>,
    /// Surplus grid lines of an underset slot that the block may add as white.
    pub stretch: Leaf<i64>,
    /// Following grid lines that stay in the same column.
    pub keep_next: Leaf<i64>,
    /// Hanging indent of a dialogue or law in em (凸排); as wide as its labels
    /// where left out.
    pub hang: Leaf<Quantity>,
    /// Width in em that the names of a list are spread to; 3 where left out.
    pub spread: Leaf<Quantity>,
    /// Blank between two columns of names in em; 2 where left out.
    pub gap: Leaf<Quantity>,
    /// Whole lines of white before quotes, lists and passages.
    pub before: Leaf<i64>,
    /// Whole lines of white after them.
    pub after: Leaf<i64>,
    /// How the levels of numbered lists are numbered; as typed where left out.
    pub numbering: Leaf<Vec<At<OneOf<Numbering>>>>,
    /// White above a headline part.
    pub above: Leaf<Quantity>,
    /// White below a headline part.
    pub below: Leaf<Quantity>,
    /// Tint behind a headline part, over the width of the slot.
    pub tint: Leaf<InkText>,
    /// A rule around a headline part, over the width of the slot: a thickness,
    /// or a kind and one. Its text stands at least an em inside.
    pub frame: Leaf<BorderText>,
    /// Rules above and below a headline part, likewise.
    pub rule: Leaf<BorderText>,
    /// Smallest size of a headline that is too long, in % of its size.
    pub min_size: Leaf<Quantity>,
    /// Least tracking of a headline that is too long, in em; -0.1 for heads.
    pub min_tracking: Leaf<Quantity>,
    /// Least width of its characters, in % of their own; 80% for heads.
    pub min_scale: Leaf<Quantity>,
    /// Whether two Arabic digits take one em.
    pub half_em_digits: Leaf<bool>,
    /// How names of two characters stand: `typed`, or `even`, as wide as those
    /// of three; of `byline` only.
    pub names: Leaf<OneOf<NameWidth>>,
    /// The two marks that a column label stands in, such as 【】; of `label`
    /// only.
    pub brackets: Leaf<String>,
    /// Lines that the first character of the text is deep (首字下沉), 2–3, or 0
    /// for none; of `body` only.
    pub drop_cap: Leaf<i64>,
}

/// Rules of spacing and breaking.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CompositionText {
    /// Level of the line-start and line-end prohibitions.
    pub level: Leaf<OneOf<Level>>,
    /// When lines may be squeezed.
    pub fit: Leaf<OneOf<Fit>>,
    /// Style of punctuation (L42).
    pub marks: Leaf<OneOf<MarkStyle>>,
    /// Whether a pair of marks whose blanks meet takes one em (L27).
    pub tight: Leaf<bool>,
    /// Gap between Han and Western letters, in em.
    pub han_letter_gap: Leaf<Quantity>,
    /// Gap between Han and digits, in em.
    pub han_digit_gap: Leaf<Quantity>,
    /// Whether marks may hang beyond the line end.
    pub hanging: Leaf<bool>,
    /// Width of a full-width mark at the line end; half in the mainland, full
    /// elsewhere, where left out.
    pub line_end: Leaf<OneOf<LineEnd>>,
    /// Whose punctuation and glyphs (T02).
    pub region: Leaf<OneOf<Region>>,
    /// Whether the gaps between Han and Western text keep their width.
    pub gaps_fixed: Leaf<bool>,
    /// Widest such gap of a stretched line, in em: 1/2 or 1/3.
    pub gap_max: Leaf<Quantity>,
    /// Opening of a gap beyond which a line is reported, in em.
    pub loose_limit: Leaf<Quantity>,
    /// Whether Western words may be broken anywhere as a last resort.
    pub force_words: Leaf<bool>,
    /// Whether an opening mark at a line start loses its blank.
    pub trim_line_start: Leaf<bool>,
    /// The same behind the first-line indent.
    pub trim_after_indent: Leaf<bool>,
    /// Whether 。？！ inside a line are never squeezed.
    pub keep_sentence_final: Leaf<bool>,
    /// Characters that the last line of a paragraph must hold, 0–9.
    pub runt_minimum: Leaf<i64>,
    /// A set of rules by name; `auto` is `narrow` for columns of up to 15 em.
    /// Other keys here stand above it (N12).
    pub profile: Leaf<OneOf<RuleSet>>,
    /// Whether a number and the Han unit behind it hold together; where left
    /// out, in headlines only (L15).
    pub glue_units: Leaf<bool>,
    /// Whether Western words of running text part at syllables (L16).
    pub hyphenate: Leaf<bool>,
    /// Whether running text stands on a grid of characters: 纵横对齐 (L49).
    pub grid_align: Leaf<bool>,
    /// Whether the last line of a paragraph is kept from standing alone at the
    /// head of a column (孤行); true where left out.
    pub mend_stranded: Leaf<bool>,
    /// First-line indent of the body in em, where its style says nothing.
    pub indent: Leaf<Quantity>,
}

/// A place for a story or pictures.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SlotText {
    /// Name, used by issues and findings.
    pub name: Leaf<String>,
    /// Whether a single article goes here.
    pub main: Leaf<bool>,
    /// What it holds: `ad` must carry the label 广告.
    pub kind: Leaf<OneOf<Matter>>,
    /// First base column, from 1.
    pub column: Leaf<i64>,
    /// Base columns.
    pub columns: Leaf<i64>,
    /// First grid line, from 1.
    pub line: Leaf<i64>,
    /// Grid lines.
    pub lines: Leaf<i64>,
    /// Columns the text is set in, where they are not the base columns (破栏).
    pub text_columns: Leaf<i64>,
    /// Where the em go that such columns leave over: to the gaps, or one each
    /// to the last columns; the gaps where left out.
    pub remainder: Leaf<OneOf<Remainder>>,
    /// Columns that are not as deep as the slot, from left to right; those
    /// left over are.
    pub legs: Vec<Placed<LegText>>,
    /// Frames that the text goes on into, in reading order.
    pub frames: Vec<Placed<FrameText>>,
    /// Which way the lines run: `vertical` for 直排, whose text columns are
    /// bands one above the other.
    pub direction: Leaf<OneOf<Direction>>,
    /// The headline block.
    pub head: Placed<SlotHeadText>,
    /// How several short items stand in the slot (专栏, 集纳).
    pub group: Placed<GroupText>,
    /// Where the byline goes.
    pub byline: Leaf<OneOf<BylinePlace>>,
    /// At which side of the text a side title (边题) stands; left where left
    /// out.
    pub side_title: Leaf<OneOf<Side>>,
    /// Styles that differ in this slot.
    pub style: StylesText,
    /// Places for pictures.
    pub pictures: Vec<Placed<PictureText>>,
    /// How pictures inside the text travel with it (文中图) where no place is
    /// left; without it they are not set.
    pub inline_pictures: Placed<InlinePicturesText>,
    /// Names of inherited pictures that are left out.
    pub drop: Leaf<Vec<At<String>>>,
    /// How the columns end.
    pub ending: Leaf<OneOf<Ending>>,
    /// Rules between the text columns (栏线): a thickness, or a kind and one.
    pub column_rule: Leaf<BorderText>,
    /// A rule around the slot (围框), likewise.
    pub frame: Leaf<BorderText>,
    /// White between frame or tint and text, whole em; 1 where there is one.
    pub padding: Leaf<Quantity>,
    /// A rule above the slot, likewise.
    pub rule_above: Leaf<BorderText>,
    /// Tint under all of the slot (底纹).
    pub tint: Leaf<InkText>,
}

/// 腿: columns of a slot with a depth of their own.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LegText {
    /// Base columns, next to those of the leg before.
    pub columns: Leaf<i64>,
    /// First grid line, from 1 at the top of the slot; 1 where left out.
    pub line: Leaf<i64>,
    /// Grid lines, headline included as in the slot's own; to its foot where
    /// left out.
    pub lines: Leaf<i64>,
    /// Columns the text is set in, where they are not the base columns.
    pub text_columns: Leaf<i64>,
}

/// A further frame of a story, anywhere on its page.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FrameText {
    /// First base column, from 1.
    pub column: Leaf<i64>,
    /// Base columns.
    pub columns: Leaf<i64>,
    /// First grid line of the page, from 1.
    pub line: Leaf<i64>,
    /// Grid lines.
    pub lines: Leaf<i64>,
    /// Columns the text is set in, where they are not the base columns.
    pub text_columns: Leaf<i64>,
}

/// Where em go that columns of whole em leave over (N06).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remainder {
    /// To the gaps, in equal parts.
    #[default]
    Gaps,
    /// One each to the last columns.
    Columns,
}

impl Named for Remainder {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("gaps", Self::Gaps),
        ("columns", Self::Columns),
        ("栏空", Self::Gaps),
        ("栏", Self::Columns),
    ];
}

/// How several short items stand in a slot.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GroupText {
    /// How their headlines stand: `subhead`, or `run_in` before the first
    /// paragraph; subhead where left out.
    pub heads: Leaf<OneOf<ItemHead>>,
    /// Whether a section break, a blank line or the ornament of `[inline]`,
    /// parts them; false where left out.
    pub parted: Leaf<bool>,
}

/// The headline block of a slot.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SlotHeadText {
    /// Relation of headline and text (题文关系).
    #[serde(rename = "type")]
    pub kind: Leaf<OneOf<HeadKind>>,
    /// Size of the headline itself, short for `style.head.size`.
    pub size: Leaf<Quantity>,
    /// Face of the headline itself, short for `style.head.face`.
    pub face: Leaf<String>,
    /// Parts it may hold, top to bottom; all where left out.
    pub parts: Leaf<Vec<At<OneOf<HeadRole>>>>,
    /// Side of the slot where a vertical headline stands; left where left out.
    pub side: Leaf<OneOf<Side>>,
    /// First text column of a headline inside the text, from 1; the middle
    /// where left out.
    pub column: Leaf<i64>,
    /// Text columns that a headline beside or inside the text takes; 1 where
    /// left out, inside the text all but the outer two. Base columns that one
    /// over its text covers, from the left; all where left out.
    pub columns: Leaf<i64>,
    /// First grid line of a headline with text above it, from 1 at the top of
    /// the slot; the middle where left out.
    pub line: Leaf<i64>,
    /// Grid lines it takes at least.
    pub lines: Leaf<i64>,
    /// Surplus grid lines it may take up as white.
    pub stretch: Leaf<i64>,
    /// Widest gap above, between or below its parts that such white may make,
    /// in grid lines; 2 where left out.
    pub gap: Leaf<i64>,
    /// White between an upright headline and the text beside and below it, at
    /// least; one em of the body where left out.
    pub clear: Leaf<Quantity>,
}

/// 文中图: pictures inside the text, one column wide.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InlinePicturesText {
    /// Grid lines that each takes at most, the caption not counted; as many as
    /// its own shape asks for where that is less.
    pub lines: Leaf<i64>,
    /// White between it and its caption, a line at most; a quarter of a line
    /// where left out.
    pub caption_gap: Leaf<Quantity>,
    /// Whether they may be cropped to whole lines; true where left out.
    pub crop: Leaf<bool>,
}

/// A place for a picture inside a slot.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PictureText {
    /// Name, used by findings.
    pub name: Leaf<String>,
    /// First text column of the slot, from 1; in a vertical slot the first
    /// band from the top.
    pub column: Leaf<i64>,
    /// Text columns, or bands.
    pub columns: Leaf<i64>,
    /// top, middle, bottom, or the grid line below the headline, from 1; in a
    /// vertical slot right, middle, left, or the line from the right.
    pub anchor: Leaf<AnchorText>,
    /// Grid lines, in a vertical slot vertical lines; the caption not counted.
    pub lines: Leaf<i64>,
    /// Surplus grid lines of an underset slot that it may grow by.
    pub stretch: Leaf<i64>,
    /// Width in em where text runs around it.
    pub width: Leaf<Quantity>,
    /// The same in a vertical slot: its height in em where it is lower than
    /// its bands.
    pub height: Leaf<Quantity>,
    /// Where its caption stands: below or above, in a vertical slot left or
    /// right; below and left where left out.
    pub caption: Leaf<OneOf<CaptionText>>,
    /// White between it and its caption, a line at most; a quarter of a line
    /// where left out.
    pub caption_gap: Leaf<Quantity>,
    /// Whether a picture may be cropped to the shape of this place; true
    /// where left out. One that may not is shown whole in its middle.
    pub crop: Leaf<bool>,
}

/// A piece of page furniture: a text, a rule or a tint in a box.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FurnitureText {
    /// Name.
    pub name: Leaf<String>,
    /// Text with fields such as {paper} or {date}; of a list, parts whose
    /// fields are empty are left out.
    pub text: Leaf<Vec<At<String>>>,
    /// What stands between the parts of a list; one blank where left out.
    pub join: Leaf<String>,
    /// How it is set.
    pub style: Placed<StyleText>,
    /// First base column, from 1.
    pub column: Leaf<i64>,
    /// Base columns.
    pub columns: Leaf<i64>,
    /// First grid line, from 1.
    pub line: Leaf<i64>,
    /// Grid lines.
    pub lines: Leaf<i64>,
    /// Left edge on the sheet, instead of `column`.
    pub x: Leaf<Quantity>,
    /// Width, instead of `columns`.
    pub width: Leaf<Quantity>,
    /// Top edge on the sheet, instead of `line`.
    pub y: Leaf<Quantity>,
    /// Height, instead of `lines`.
    pub height: Leaf<Quantity>,
    /// Makes it a rule: a thickness, or a kind of rule and one.
    pub rule: Leaf<BorderText>,
    /// Whether the rule is upright.
    pub vertical: Leaf<bool>,
    /// Ink of the rule, or of the whole box behind a text.
    pub fill: Leaf<InkText>,
    /// A rule around a text, drawn only when there is text, or around the box
    /// itself.
    pub frame: Leaf<BorderText>,
    /// Names of furniture texts and slots that it belongs to: it is drawn only
    /// when one of them is on the page; always where left out.
    pub with: Leaf<Vec<At<String>>>,
}

/// Level of the prohibitions (requirements §0.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// 不处理.
    None,
    /// 基本处理.
    Basic,
    /// GB 式处理.
    #[default]
    Gb,
    /// 严格处理.
    Strict,
}

impl Named for Level {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("none", Self::None),
        ("basic", Self::Basic),
        ("gb", Self::Gb),
        ("strict", Self::Strict),
    ];
}

/// When lines are squeezed (L29).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Only to satisfy a prohibition.
    #[default]
    ProhibitionOnly,
    /// Before anything else.
    ShrinkFirst,
}

impl Named for Fit {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("prohibition_only", Self::ProhibitionOnly),
        ("shrink_first", Self::ShrinkFirst),
    ];
}

/// A set of rules by name (N12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleSet {
    /// The newspaper default.
    #[default]
    Standard,
    /// 窄栏.
    Narrow,
    /// Narrow where the base column is.
    Auto,
}

impl Named for RuleSet {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("standard", Self::Standard),
        ("narrow", Self::Narrow),
        ("auto", Self::Auto),
    ];
}

/// Width of a full-width mark at the line end (行尾标点).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineEnd {
    /// 半角.
    #[default]
    Half,
    /// 全角.
    Full,
}

impl Named for LineEnd {
    const WORDS: &'static [(&'static str, Self)] = &[("half", Self::Half), ("full", Self::Full)];
}

impl Named for Direction {
    const WORDS: &'static [(&'static str, Self)] = &Self::ALL;
}

impl Named for Side {
    const WORDS: &'static [(&'static str, Self)] = &[("left", Self::Left), ("right", Self::Right)];
}

impl Named for MarkStyle {
    const WORDS: &'static [(&'static str, Self)] = &Self::ALL;
}

impl Named for Region {
    const WORDS: &'static [(&'static str, Self)] = &Self::ALL;
}

/// Relation of headline and text (N27).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadKind {
    /// 盖文题: over all text.
    #[default]
    Over,
    /// 左题: left of the text.
    Left,
    /// 右题: right of the text.
    Right,
    /// 竖题: upright.
    Vertical,
    /// 串文题: inside the text.
    Inside,
    /// 腰带题: across all columns, text above and below in each.
    Band,
    /// 文包题: text on three or four sides.
    Wrapped,
    /// 文夹题: text above and below.
    Between,
}

impl Named for HeadKind {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("over", Self::Over),
        ("left", Self::Left),
        ("right", Self::Right),
        ("vertical", Self::Vertical),
        ("inside", Self::Inside),
        ("band", Self::Band),
        ("wrapped", Self::Wrapped),
        ("between", Self::Between),
        ("盖文题", Self::Over),
        ("左题", Self::Left),
        ("右题", Self::Right),
        ("竖题", Self::Vertical),
        ("串文题", Self::Inside),
        ("腰带题", Self::Band),
        ("文包题", Self::Wrapped),
        ("文夹题", Self::Between),
    ];
}

/// How the headline of an item of a group stands (N43).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ItemHead {
    /// 小标题.
    #[default]
    Subhead,
    /// 同行标题.
    RunIn,
}

impl Named for ItemHead {
    const WORDS: &'static [(&'static str, Self)] =
        &[("subhead", Self::Subhead), ("run_in", Self::RunIn)];
}

/// Where the byline stands (N37).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BylinePlace {
    /// In the headline block.
    #[default]
    Head,
    /// In brackets after the dateline.
    Dateline,
    /// In brackets at the end of the text.
    End,
}

impl Named for BylinePlace {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("head", Self::Head),
        ("dateline", Self::Dateline),
        ("end", Self::End),
    ];
}

/// How names of two characters stand in the byline (N37).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameWidth {
    /// As typed.
    #[default]
    Typed,
    /// As wide as names of three.
    Even,
}

impl Named for NameWidth {
    const WORDS: &'static [(&'static str, Self)] = &[("typed", Self::Typed), ("even", Self::Even)];
}

/// Where notes stand (P19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotePlace {
    /// At the end of the article.
    #[default]
    End,
}

impl Named for NotePlace {
    const WORDS: &'static [(&'static str, Self)] = &[("end", Self::End)];
}

/// How references to notes look (P19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoteMarks {
    /// As large as the text.
    #[default]
    Circled,
    /// 上标.
    Superscript,
}

impl Named for NoteMarks {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("circled", Self::Circled),
        ("superscript", Self::Superscript),
    ];
}

/// A role that may stand in a headline block (N20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadRole(pub Role);

impl Named for HeadRole {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("label", Self(Role::Label)),
        ("banner", Self(Role::Banner)),
        ("banner_en", Self(Role::BannerEn)),
        ("kicker", Self(Role::Kicker)),
        ("head", Self(Role::Head)),
        ("deck", Self(Role::Deck)),
        ("summary", Self(Role::Summary)),
        ("byline", Self(Role::Byline)),
    ];
}

impl Named for Align {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("justify", Self::Justify),
        ("start", Self::Start),
        ("center", Self::Center),
        ("end", Self::End),
        ("even", Self::Even),
    ];
}

impl Named for Ending {
    const WORDS: &'static [(&'static str, Self)] =
        &[("fill", Self::Fill), ("balance", Self::Balance)];
}

/// Where a picture stands, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnchorText {
    /// Where.
    pub anchor: crate::desk::plan::Anchor,
    /// The setting whose word for it was used, where that tells.
    pub of: Option<Direction>,
}

/// Where a caption stands (P24), as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptionText {
    /// Below the picture.
    Below,
    /// Above it.
    Above,
    /// Left of it.
    Left,
    /// Right of it.
    Right,
}

impl Named for CaptionText {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("below", Self::Below),
        ("above", Self::Above),
        ("left", Self::Left),
        ("right", Self::Right),
    ];
}
