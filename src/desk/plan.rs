//! 画版: the plan of a page, everything resolved, nothing set yet.
//!
//! The plan is what `desk` hands to `makeup`: whole paragraphs with final
//! styles, slots as rectangles of base columns and grid lines.

use std::ops::Range;
use std::sync::Arc;

use crate::base::clreq::Direction;
use crate::base::diag::Span;
use crate::base::geom::{Length, Rect, Size};
use crate::base::photo::Photo;
use crate::desk::border::Border;
use crate::desk::columns::{Cells, TextColumns};
use crate::desk::rules::PageRules;
use crate::page::Grid;
use crate::story::{Ink, Paragraph, Photograph, Role, Story};

/// One page, planned.
#[derive(Clone, Debug)]
pub struct PagePlan {
    /// 版序 as printed.
    pub number: Arc<str>,
    /// Title of the PDF.
    pub title: String,
    /// File stem of the PDF, `PAPER_YYYYMMDD_PP`.
    pub stem: String,
    /// Finished size.
    pub trim: Size,
    /// Bleed.
    pub bleed: Length,
    /// Type area and line grid.
    pub grid: Grid,
    /// Masthead, ears, page head: boxes of text and rules, placed.
    pub furniture: Vec<FurniturePlan>,
    /// The slots, in reading order.
    pub slots: Vec<SlotPlan>,
    /// Rules between the base columns, wherever nothing wider stands (N04).
    pub column_rule: Border,
    /// How grave each rule of the page is.
    pub rules: PageRules,
    /// Where the issue has the page.
    pub span: Option<Span>,
}

/// A piece of page furniture: one paragraph in a box, or a rule.
#[derive(Clone, Debug)]
pub enum FurniturePlan {
    /// Text, vertically centred in its box, aligned as its style says.
    Text {
        /// Name in the layout, `folio`.
        name: Arc<str>,
        /// Where, on the page.
        rect: Rect,
        /// The text.
        paragraph: Paragraph,
        /// Where the layout has it.
        span: Option<Span>,
    },
    /// A rule (眉线).
    Rule {
        /// Where, on the page.
        rect: Rect,
        /// The ink.
        ink: Ink,
    },
    /// A rule that is no plain line, along its box or around it (N41).
    Border {
        /// Where, on the page.
        rect: Rect,
        /// What it looks like.
        border: Border,
        /// Whether it runs inside the edges of the box, all round.
        around: bool,
        /// The ink.
        ink: Ink,
    },
    /// An area of ink; what lies below it is left out of the plates.
    Tint {
        /// Where, on the page.
        rect: Rect,
        /// The ink.
        ink: Ink,
    },
}

/// One slot with what goes into it.
#[derive(Clone, Debug)]
pub struct SlotPlan {
    /// Name in the layout.
    pub name: Arc<str>,
    /// Where the layout defines it, for findings.
    pub span: Option<Span>,
    /// Whether its story is the lead of the page, 头条 (N35).
    pub lead: bool,
    /// First base column, from 0.
    pub column: u16,
    /// Base columns it covers.
    pub columns: u16,
    /// First grid line, from 0.
    pub line: u16,
    /// Grid lines it covers.
    pub lines: u16,
    /// The columns its text is set in: as many as `columns` unless
    /// re-columned (破栏).
    pub text: TextColumns,
    /// The cells of the page that it takes, its own first (N33).
    pub shape: Vec<Cells>,
    /// Which way its lines run. The text columns of a vertical slot are bands
    /// one above the other, and their measure is their height.
    pub direction: Direction,
    /// Headline parts from top to bottom, or from right to left.
    pub head: Vec<HeadPart>,
    /// Where the headline block stands.
    pub head_place: HeadPlace,
    /// Grid lines the whole head block takes at least (0: what its parts need).
    pub head_lines: u16,
    /// Surplus lines of an underset slot that the head block may take up as
    /// white, before the slot is reported underset.
    pub head_stretch: u16,
    /// Widest gap, in grid lines, that such white may make above, between or
    /// below the parts (N24).
    pub head_gap: u16,
    /// Least white between an upright headline and its text; zero for one
    /// that stands over it.
    pub head_clear: Length,
    /// An upright title at one side of the text (N20).
    pub side_title: Option<SideTitle>,
    /// The running text.
    pub story: Option<Story>,
    /// Pictures, placed inside the slot.
    pub pictures: Vec<PicturePlan>,
    /// Imprint lines at the foot of the slot, set over all its columns.
    pub foot: Vec<Paragraph>,
    /// Grid lines of the foot block: one for the rule, which is planned as
    /// furniture, then those of the imprint, set at the bottom of the block.
    pub foot_lines: u16,
    /// How the columns end.
    pub ending: Ending,
    /// Rules between the text columns (栏线).
    pub column_rule: Border,
    /// A rule around the slot (围框).
    pub frame_rule: Border,
    /// White between the frame rule and what it holds, in whole em sideways;
    /// already taken off the measures.
    pub padding: Length,
    /// A rule above the slot, over its width.
    pub rule_above: Border,
    /// A tint under all of it (底纹).
    pub tint: Option<Ink>,
    /// What may be done where the story is too long.
    pub fitting: Fitting,
    /// Art that may fill the foot of its last column, the highest first, and
    /// of one height the one to be taken first (N45).
    pub fillers: Vec<FillerPlan>,
    /// Where what finds no room goes on (N38).
    pub onward: Option<Jump>,
    /// Where its story comes from; `story` is then filled from there.
    pub back: Option<Jump>,
}

/// 补白, 报花: art one column wide that the layout approves (N45).
#[derive(Clone, Debug)]
pub struct FillerPlan {
    /// Grid lines.
    pub lines: u16,
    /// The art; it is shown whole.
    pub photo: Arc<Photo>,
    /// Where the issue names it.
    pub source: Option<Span>,
}

/// 下转, 上接: another slot that a story goes on in or comes from (N38).
#[derive(Clone, Debug)]
pub struct Jump {
    /// 版序 of its page.
    pub page: Arc<str>,
    /// Its name.
    pub slot: Arc<str>,
    /// The line that says so.
    pub line: Paragraph,
}

/// 凑版: what may be done where a story is too long for its slot, in this
/// order, the least first (E04). Body size never changes, and no text is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fitting {
    /// Whether anything is done at all.
    pub auto: bool,
    /// Paragraphs with a short last line are squeezed to lose it.
    pub short_lines: bool,
    /// Other paragraphs are squeezed to lose a line (L29).
    pub squeeze: bool,
    /// Grid lines that the headline block may give up.
    pub head: u16,
    /// Grid lines that each picture may give up.
    pub picture: u16,
    /// How far the line pitch of the story may be changed, in hundredths; 0
    /// keeps it on the page's grid.
    pub line_gap: u16,
}

impl Default for Fitting {
    fn default() -> Self {
        Self {
            auto: false,
            short_lines: true,
            squeeze: true,
            head: 1,
            picture: 3,
            line_gap: 0,
        }
    }
}

impl SlotPlan {
    /// The cells it takes: those of its shape, or its rectangle where it has
    /// none of its own.
    pub fn cells(&self) -> Vec<Cells> {
        match self.shape.is_empty() {
            false => self.shape.clone(),
            true => vec![Cells {
                columns: self.column..self.column + self.columns,
                lines: self.line..self.line.saturating_add(self.lines),
            }],
        }
    }

    /// The same on the page, cut at the foot of the type area.
    pub fn rects(&self, grid: &Grid) -> Vec<Rect> {
        self.cells().iter().map(|cells| cells.rect(grid)).collect()
    }

    /// The grid lines inside its frame. A slot that runs over the foot of the
    /// type area is cut there. A framed slot gives up grid lines above and
    /// below for its padding, one at least, so that the rule stands clear of
    /// the text.
    pub fn inside(&self, grid: &Grid) -> Range<u16> {
        let lines = self.lines.min(grid.lines.saturating_sub(self.line));
        let padding = u16::try_from(self.padding.cover(grid.pitch)).unwrap_or(0);
        let inset = match self.frame_rule.is_some() {
            true => padding.max(1),
            false => padding,
        };
        let top = self.line + inset.min(lines);
        top..top + lines.saturating_sub(inset * 2)
    }

    /// What its story is called in reports: by its file; a group or a notice,
    /// which has none, by its title or its label (N43), and by the slot where
    /// it has neither. Empty without a story.
    pub fn story_name(&self) -> Arc<str> {
        let Some(story) = &self.story else {
            return Arc::default();
        };
        if story.name != self.name {
            return Arc::clone(&story.name);
        }
        let of = |role: Role| {
            let mut parts = self.head.iter().map(|part| &part.paragraph);
            let text = &parts.find(|paragraph| paragraph.role == role)?.text;
            let bare = text.replace('\n', "");
            let bare = bare.trim().trim_matches(['【', '】']);
            (!bare.is_empty()).then(|| Arc::from(bare))
        };
        let called = of(Role::Head).or_else(|| of(Role::Label));
        called.unwrap_or_else(|| Arc::clone(&story.name))
    }

    /// Whether its text columns are not base columns (破栏).
    pub fn is_recolumned(&self) -> bool {
        self.text.iter().any(|column| column.recolumned)
    }

    /// The whole slot on the page, its frame rule included, cut at the foot of
    /// the type area.
    pub fn rect(&self, grid: &Grid) -> Rect {
        let lines = self.lines.min(grid.lines.saturating_sub(self.line));
        Rect::new(
            grid.column_x(self.column),
            grid.line_y(self.line),
            grid.width(self.columns),
            grid.height(lines),
        )
    }
}

/// Where a headline block stands (N27).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadPlace {
    /// 盖文题: over all columns of the slot; right of all text in a vertical
    /// slot.
    #[default]
    Over,
    /// 竖题: vertical lines in a block of whole text columns and grid lines at
    /// the top of one side, text beside and below (V17).
    Upright {
        /// Which side.
        side: Side,
        /// Text columns.
        columns: u16,
        /// Grid lines; 0 for what its longest part needs (N29).
        lines: u16,
    },
    /// 左题, 右题, 串文题, 腰带题, 文包题, 文夹题: a block of whole text columns and
    /// grid lines inside the slot. Text runs around it, read column by column
    /// as ever: in each column past it, from above to below.
    Block {
        /// First text column, from 0.
        column: u16,
        /// Text columns.
        columns: u16,
        /// First grid line below the top of the slot; the middle where `None`.
        line: Option<u16>,
        /// Grid lines at least; 0 for what its parts need.
        lines: u16,
        /// 文夹题: text above it is read first, over all columns, and then
        /// that below it. It takes just those grid lines.
        between: bool,
    },
}

/// A side of a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Left.
    #[default]
    Left,
    /// Right.
    Right,
}

/// 边题: an upright title at one side of horizontal text (N20).
#[derive(Clone, Debug)]
pub struct SideTitle {
    /// Which side.
    pub side: Side,
    /// Its text, for vertical lines.
    pub part: HeadPart,
}

/// How the columns of a slot end (P28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// 齐底: columns are filled one after the other.
    Fill,
    /// Balanced: as equal as whole lines allow, the shortage at the end.
    Balance,
}

/// One headline part (N20, N24).
#[derive(Clone, Debug)]
pub struct HeadPart {
    /// Its text and style.
    pub paragraph: Paragraph,
    /// White above it, before the whole block is rounded up to grid lines.
    pub above: Length,
    /// White below it.
    pub below: Length,
    /// A tint behind it over the slot's full width, if any.
    pub tint: Option<Ink>,
    /// A rule around it over that width.
    pub frame: Border,
    /// Rules above and below it.
    pub rule: Border,
    /// 栏花, 刊头: the picture that stands in place of its text, as high as a
    /// line of it (N43).
    pub art: Option<Arc<Photo>>,
    /// How far it may be altered where it is too long for its width (N25).
    pub limits: Limits,
}

/// The limits of fitting a headline too long for its width (N25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Smallest size.
    pub size: Length,
    /// Least tracking, in thousandths of the em.
    pub tracking: i64,
    /// Least width of the characters, in thousandths of their own.
    pub scale_x: u16,
}

/// A picture slot inside a slot, with the picture that fills it. An unfilled
/// picture slot is not planned: its space goes back to the text.
#[derive(Clone, Debug)]
pub struct PicturePlan {
    /// Name, `photo1`.
    pub name: Arc<str>,
    /// First text column of the slot it starts in, from 0.
    pub column: u16,
    /// Text columns it covers.
    pub columns: u16,
    /// Where it stands in the text area of the slot, below the head block.
    pub anchor: Anchor,
    /// Which side of the picture its caption stands at.
    pub caption_side: CaptionSide,
    /// White between the picture and its caption.
    pub caption_gap: Length,
    /// Grid lines the picture box takes, its caption not counted.
    pub lines: u16,
    /// Grid lines by which the picture may grow in an underset slot (E04).
    pub stretch: u16,
    /// Width of the picture where it is less than its columns (run-around,
    /// P25): text is set beside it. Zero: the full width of its columns.
    pub width: Length,
    /// The photographs, side by side at one height: one, or those of a group.
    pub photos: Vec<Photograph>,
    /// Caption and credit of all of them.
    pub caption: Vec<Paragraph>,
    /// Where the copy or the issue names the first of them.
    pub source: Option<Span>,
}

impl PicturePlan {
    /// Whether it keeps its shape: a higher place gains it nothing.
    pub fn is_whole(&self) -> bool {
        self.photos.iter().all(|photo| photo.whole)
    }
}

/// Where a caption stands (P24), in the order of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaptionSide {
    /// Above the picture; in vertical setting right of it.
    Before,
    /// Below the picture; in vertical setting left of it.
    #[default]
    After,
}

/// Where a picture stands in the text area. In vertical setting the head of
/// its columns is at the right, and their foot at the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the head of its columns.
    Top,
    /// In the middle of its columns' height.
    Middle,
    /// At the foot of its columns.
    Bottom,
    /// So many grid lines below the top of the text area.
    Line(u16),
}
