//! 版式: a page layout, read from TOML and resolved to grid, styles and slots.
//!
//! What a person writes is in [`text`]; this module hands out what it means:
//! lengths, indices into the layout's own faces, rectangles of the grid.

mod anchor;
mod boxes;
mod bundled;
mod check;
mod furniture;
mod genres;
mod grid;
mod headplace;
mod inherit;
mod legs;
mod limits;
mod numbering;
mod pair;
mod pictures;
mod preset;
mod resolve;
mod rules;
mod slots;
mod style;
mod tables;
pub mod text;
mod tracking;

pub use bundled::{BUNDLED, bundled};
pub use inherit::{Asked, Part, chain};
pub use numbering::Numbering;
pub use preset::Preset;
pub use style::Style;

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::clreq::{self, Direction, Em, GapRange, MarkStyle, Profile, Region, Scheme};
use crate::base::diag::{Diagnostic, Noted, Severity, SourceId, Span};
use crate::base::geom::{Length, Rect, Size};
use crate::desk::border::Border;
use crate::desk::columns::{Cells, Stand, TextColumns};
use crate::desk::form::{self, Kind, Ratio};
use crate::desk::genre::Genre;
use crate::desk::plan::{Anchor, CaptionSide, Ending, Fitting, HeadPlace, Side};
use crate::desk::rules::PageRules;
use crate::page::Grid;
use crate::story::{FacePair, Ink, Role};

use text::{BylinePlace, Fit, ItemHead, LayoutText, Level, LineEnd};

/// A page layout, resolved.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The name it is asked for by: `broadsheet`, or a path.
    pub name: Arc<str>,
    /// What it is for.
    pub title: String,
    /// Whether it carries the masthead, so that the fixed imprint items of
    /// the issue must be there (N14).
    pub masthead: bool,
    /// 中缝: whether it is a strip beside pages, without a number of its own
    /// (N19).
    pub strip: bool,
    /// Finished size (N01).
    pub trim: Size,
    /// Bleed.
    pub bleed: Length,
    /// Type area and line grid (N02).
    pub grid: Grid,
    /// Faces by role (T34).
    pub faces: Vec<FaceRole>,
    /// Faces of stretches inside a line.
    pub inline: Inline,
    /// Rules and white of tables.
    pub tables: Tables,
    /// How notes are set.
    pub notes: Notes,
    /// Styles in the order of [`Role::ALL`].
    pub styles: Vec<Style>,
    /// Rules of spacing and breaking.
    pub composition: Composition,
    /// Rules between the base columns (N04).
    pub column_rule: Border,
    /// How grave the rules of a page are.
    pub rules: PageRules,
    /// What may be done where a story is too long.
    pub fitting: Fitting,
    /// Grid lines of the art that may fill the foot of a story (N45).
    pub fillers: Vec<u16>,
    /// Slots in reading order.
    pub slots: Vec<Slot>,
    /// Furniture, in drawing order.
    pub furniture: Vec<Furniture>,
}

/// A face role and the fonts that may play it.
#[derive(Clone, Debug)]
pub struct FaceRole {
    /// `song`, `hei`, …
    pub name: Arc<str>,
    /// Font file stems for Han, best first, each with its place.
    pub han: Vec<(String, Span)>,
    /// Font file stems for Western text.
    pub latin: Vec<(String, Span)>,
    /// How those are fitted to the Chinese ones (P30).
    pub pair: FacePair,
}

/// Faces of stretches inside a line: indices into [`Layout::faces`].
#[derive(Clone, Debug)]
pub struct Inline {
    /// Strong text; `None` keeps the face of the paragraph.
    pub strong: Option<usize>,
    /// Emphasised text.
    pub emphasis: Option<usize>,
    /// The dateline (N36).
    pub dateline: Option<usize>,
    /// 同行标题; that of strong text where the layout has none (P15).
    pub run_in: Option<usize>,
    /// Blank behind it, in em (P15).
    pub run_in_gap: Ratio,
    /// Speakers and numbers of articles (P03).
    pub label: Option<usize>,
    /// Whether one blank character follows the dateline (N36).
    pub dateline_blank: bool,
    /// The line where a story goes on; `{page}` stands for the page (N38).
    pub jump_to: String,
    /// The line where it comes from.
    pub jump_from: String,
    /// Mark before list items that have none.
    pub bullet: String,
    /// Ornament of a section break (P02); empty for a blank line.
    pub section_break: String,
}

/// What all tables have in common (P26).
#[derive(Clone, Debug)]
pub struct Tables {
    /// Thickness of the rules above and below.
    pub outer: Length,
    /// Thickness of the rules inside.
    pub inner: Length,
    /// White on either side of a cell's text, in em of it.
    pub white: Ratio,
    /// What stands above a continued part.
    pub continued: String,
}

/// What all notes have in common (P19).
#[derive(Clone, Copy, Debug)]
pub struct Notes {
    /// Their references are superscript.
    pub superscript: bool,
    /// Thickness of the rule above them.
    pub rule: Length,
}

/// The layout's rules of spacing and breaking, before they become a
/// [`Scheme`]. What the layout left out is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composition {
    /// Level of the prohibitions.
    pub level: Level,
    /// When lines are squeezed.
    pub fit: Fit,
    /// Style of punctuation.
    pub marks: MarkStyle,
    /// Whether a pair of marks whose blanks meet takes one em.
    pub tight: bool,
    /// Gap between Han and letters, in em.
    pub han_letter_gap: Option<Ratio>,
    /// Gap between Han and digits, in em.
    pub han_digit_gap: Option<Ratio>,
    /// Whether marks hang beyond the line end.
    pub hanging: bool,
    /// Width of a full-width mark at the line end.
    pub line_end: Option<LineEnd>,
    /// Whose punctuation and glyphs.
    pub region: Region,
    /// Where the layout says so.
    pub region_span: Option<Span>,
    /// Whether Han–Western gaps keep their width.
    pub gaps_fixed: bool,
    /// Cap of those gaps, in em.
    pub gap_max: Option<Ratio>,
    /// Opening beyond which a line is reported, in em.
    pub loose_limit: Option<Ratio>,
    /// Whether Western words may be broken anywhere.
    pub force_words: bool,
    /// Whether an opening mark at a line start loses its blank.
    pub trim_line_start: Option<bool>,
    /// The same behind an indent.
    pub trim_after_indent: bool,
    /// Whether 。？！ inside a line are never squeezed.
    pub keep_sentence_final: bool,
    /// Characters that a last line must hold.
    pub runt_minimum: Option<u8>,
    /// The set of rules that the others stand above (N12).
    pub profile: Profile,
    /// Whether numbers hold their Han units.
    pub glue_units: Option<bool>,
    /// Whether Western words part at syllables.
    pub hyphenate: bool,
    /// Whether running text stands on a grid of characters.
    pub grid_align: bool,
    /// Whether stranded lines are mended (P11).
    pub mend_stranded: Option<bool>,
}

impl Composition {
    /// The scheme these rules ask for.
    pub fn scheme(&self) -> Scheme {
        let usual = Scheme::for_region(self.region).with_profile(self.profile);
        let mut scheme = Scheme {
            level: match self.level {
                Level::None => clreq::Level::None,
                Level::Basic => clreq::Level::Basic,
                Level::Gb => clreq::Level::Gb,
                Level::Strict => clreq::Level::Strict,
            },
            fit: match self.fit {
                Fit::ProhibitionOnly => clreq::Fit::ProhibitionOnly,
                Fit::ShrinkFirst => clreq::Fit::ShrinkFirst,
            },
            line_end: match self.line_end {
                Some(LineEnd::Half) => clreq::LineEnd::Half,
                Some(LineEnd::Full) => clreq::LineEnd::Full,
                None => usual.line_end,
            },
            marks: self.marks,
            tight: self.tight,
            hanging: self.hanging,
            gaps_fixed: self.gaps_fixed,
            force_words: self.force_words,
            glue_units: self.glue_units,
            hyphenate: self.hyphenate,
            grid_align: self.grid_align,
            trim_line_start: self.trim_line_start.unwrap_or(usual.trim_line_start),
            trim_after_indent: self.trim_after_indent,
            keep_sentence_final: self.keep_sentence_final,
            loose_limit: self.loose_limit.map_or(usual.loose_limit, part_of_em),
            runt_minimum: self.runt_minimum.unwrap_or(usual.runt_minimum),
            mend_stranded: self.mend_stranded.unwrap_or(usual.mend_stranded),
            ..usual
        };
        if let Some(most) = self.gap_max.map(part_of_em) {
            scheme.gap_letters.max = most;
            scheme.gap_digits.max = most;
        }
        if let Some(gap) = self.han_letter_gap {
            scheme.gap_letters = gap_range(gap, scheme.gap_letters);
        }
        if let Some(gap) = self.han_digit_gap {
            scheme.gap_digits = gap_range(gap, scheme.gap_digits);
        }
        scheme
    }
}

/// A part of an em as the rules count it. Parts are bounded where they are read.
fn part_of_em(part: Ratio) -> Em {
    let units = part.num.saturating_mul(i64::from(Em::UNITS)) / part.den.max(1);
    Em(i32::try_from(units).unwrap_or(i32::MAX).max(0))
}

/// A gap of another natural width, its floor and cap moved as far as they
/// must: a gap that is set at nothing may still open (L38).
fn gap_range(natural: Ratio, default: GapRange) -> GapRange {
    let natural = part_of_em(natural);
    GapRange {
        natural,
        min: default.min.min(natural),
        max: default.max.max(natural),
    }
}

/// A place for a story or pictures.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Name.
    pub name: Arc<str>,
    /// Where the layout defines it.
    pub span: Option<Span>,
    /// Whether a single article goes here.
    pub main: bool,
    /// Whether it is a place of an advertisement.
    pub ad: bool,
    /// First base column, from 0.
    pub column: u16,
    /// Base columns.
    pub columns: u16,
    /// First grid line, from 0.
    pub line: u16,
    /// Grid lines.
    pub lines: u16,
    /// The columns its text is set in (破栏).
    pub text: TextColumns,
    /// The cells it takes, its own first (N33).
    pub shape: Vec<Cells>,
    /// Which way its lines run.
    pub direction: Direction,
    /// Where the headline block stands.
    pub head_place: HeadPlace,
    /// Parts the headline block may hold, top to bottom.
    pub head_parts: Vec<Role>,
    /// Grid lines the headline block takes at least.
    pub head_lines: u16,
    /// Surplus lines it may take up.
    pub head_stretch: u16,
    /// Widest gap they may make in it, in grid lines (N24).
    pub head_gap: u16,
    /// Least white between an upright headline and its text, else zero.
    pub head_clear: Length,
    /// How several short items stand in it (N43).
    pub group: Group,
    /// Where the byline stands.
    pub byline: BylinePlace,
    /// At which side of the text a side title stands.
    pub side_title: Side,
    /// Styles in this slot, in the order of [`Role::ALL`].
    pub styles: Vec<Style>,
    /// What headline parts of some kinds of stories have in their own style
    /// (N26).
    pub genres: Vec<(Genre, Style)>,
    /// Places for pictures, in the order they are filled.
    pub pictures: Vec<Picture>,
    /// How pictures inside the text travel with it, if they may.
    pub inline_pictures: Option<InlinePictures>,
    /// How the columns end.
    pub ending: Ending,
    /// Rules between text columns.
    pub column_rule: Border,
    /// Rule around it.
    pub frame_rule: Border,
    /// White inside that rule.
    pub padding: Length,
    /// Rule above it.
    pub rule_above: Border,
    /// Tint under it.
    pub tint: Option<Ink>,
}

/// How several short items stand in a slot (N43).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How their headlines stand.
    pub heads: ItemHead,
    /// Whether a section break parts them.
    pub parted: bool,
}

impl Slot {
    /// How it sets a role.
    pub fn style(&self, role: Role) -> &Style {
        style_of(&self.styles, role)
    }

    /// The slot as it sets a story of a kind (N26).
    pub fn for_genre(&self, genre: Option<Genre>) -> Cow<'_, Self> {
        let mut slot = Cow::Borrowed(self);
        for (_, own) in self.genres.iter().filter(|(of, _)| Some(*of) == genre) {
            let styles = &mut slot.to_mut().styles;
            if let Some(style) = styles.iter_mut().find(|style| style.role == own.role) {
                *style = own.clone();
            }
        }
        slot
    }

    /// Characters of `size` that a headline of this slot holds in one line
    /// (N23): as wide as the columns it stands over, or as high as its block
    /// where it stands upright (V17).
    pub fn head_capacity(&self, grid: &Grid, size: Length) -> i64 {
        let whole = |columns| grid.width(columns) - self.padding * 2;
        let length = match (self.direction, self.head_place) {
            (Direction::Vertical, _) => grid.height(self.lines) - self.padding * 2,
            (_, HeadPlace::Over) => {
                match self.text.iter().any(|one| one.stand == Stand::BesideHead) {
                    true => self.text.width(0, self.text.below_head()),
                    false => whole(self.columns),
                }
            }
            (
                _,
                HeadPlace::Block {
                    column, columns, ..
                },
            ) => self.text.width(column, columns),
            (_, HeadPlace::Upright { lines: 0, .. }) => grid.height(self.lines),
            (_, HeadPlace::Upright { lines, .. }) => grid.height(lines),
        };
        length.whole(size)
    }

    /// Whether it takes one of these cells.
    fn takes(&self, cells: &[Cells]) -> bool {
        let mut own = self.shape.iter();
        own.any(|one| cells.iter().any(|other| one.overlap(other)))
    }
}

/// A place for a picture inside a slot.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Name.
    pub name: Arc<str>,
    /// First text column, from 0.
    pub column: u16,
    /// Text columns.
    pub columns: u16,
    /// Where it stands.
    pub anchor: Anchor,
    /// Grid lines, the caption not counted.
    pub lines: u16,
    /// Grid lines it may grow by.
    pub stretch: u16,
    /// Width along the lines where text runs around it, else zero.
    pub width: Length,
    /// Which side of it its caption stands at.
    pub caption_side: CaptionSide,
    /// White between it and its caption.
    pub caption_gap: Length,
    /// Whether a picture here is shown whole, never cropped.
    pub whole: bool,
}

/// 文中图: how pictures inside the text travel with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlinePictures {
    /// Grid lines at most, the caption not counted.
    pub lines: u16,
    /// White between a picture and its caption.
    pub caption_gap: Length,
    /// Whether they are shown whole, never cropped.
    pub whole: bool,
}

/// A piece of furniture in its box.
#[derive(Clone, Debug)]
pub struct Furniture {
    /// Name.
    pub name: Arc<str>,
    /// Where the layout defines it.
    pub span: Option<Span>,
    /// Where it stands on the page.
    pub rect: Rect,
    /// Furniture texts and slots it belongs to: without any of them on the
    /// page it is left out (N16). Empty where it always stands.
    pub with: Vec<Arc<str>>,
    /// What it is.
    pub kind: FurnitureKind,
}

/// What a piece of furniture is.
#[derive(Clone, Debug)]
pub enum FurnitureKind {
    /// A text with fields.
    Text {
        /// Parts; one whose fields are all or partly empty is left out.
        parts: Vec<String>,
        /// Between two parts.
        join: String,
        /// How it is set.
        style: Box<Style>,
        /// Ink of the box behind it.
        fill: Option<Ink>,
        /// A rule around it.
        frame: Border,
    },
    /// A rule inside the edges of the box.
    Frame {
        /// What it looks like.
        border: Border,
    },
    /// A plain rule: the box itself, filled.
    Rule {
        /// The ink.
        ink: Ink,
    },
    /// Another rule along the box.
    Line {
        /// What it looks like.
        border: Border,
        /// The ink.
        ink: Ink,
    },
    /// A box of ink.
    Tint {
        /// The ink.
        ink: Ink,
    },
}

impl Layout {
    /// How the layout sets a role.
    pub fn style(&self, role: Role) -> &Style {
        style_of(&self.styles, role)
    }

    /// Characters the whole type area holds (版容, N10).
    pub fn capacity(&self) -> i64 {
        self.grid.capacity()
    }

    /// The slot of a name.
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| &*slot.name == name)
    }

    /// The slot that a single article fills: the one marked `main`, else the
    /// first.
    pub fn main_slot(&self) -> Option<&Slot> {
        self.slots
            .iter()
            .find(|slot| slot.main)
            .or_else(|| self.slots.first())
    }
}

fn style_of(styles: &[Style], role: Role) -> &Style {
    styles
        .iter()
        .find(|style| style.role == role)
        .expect("every list of styles holds every role")
}

/// Reads a layout that stands on bundled ones alone, or on none. The place of
/// what is wrong in those is the beginning of `text`.
pub fn parse(name: &str, source: SourceId, text: &str) -> Noted<Option<Layout>> {
    let own = Part {
        key: name.to_owned(),
        source: Some(source),
        text: text.into(),
    };
    let mut notes = Vec::new();
    let found = chain(own, &mut |asked| {
        if asked.bundled.is_none() {
            notes.push(
                Diagnostic::fatal(
                    "layout/unknown-base",
                    format!("“{}”不是自带的版式", asked.name),
                    format!("`{}` is no bundled layout", asked.name),
                )
                .at_opt(asked.span)
                .help("写自带版式的名字", "write the name of a bundled layout"),
            );
        }
        Some(Part {
            key: asked.name.to_owned(),
            source: None,
            text: asked.bundled?.into(),
        })
    });
    notes.extend(found.notes);
    match found.value {
        Some(chain) => {
            let mut read = parse_chain(name, source, &chain);
            read.notes.splice(0..0, notes);
            read
        }
        None => Noted { value: None, notes },
    }
}

fn failed(notes: &[Diagnostic]) -> bool {
    notes.iter().any(|note| note.severity == Severity::Fatal)
}

/// Reads a layout: the texts of its [`chain`], what it stands on first.
/// `value` is `None` where a note of severity fatal says why; all mistakes are
/// in `notes`, each with its place, what is allowed and the nearest name (rows
/// N01–N11, N20, N21, P01, P06, T34). What has no place is said of `source`.
pub fn parse_chain(name: &str, source: SourceId, chain: &[Part]) -> Noted<Option<Layout>> {
    let mut notes = form::Notes::new(Kind::Layout, source);
    let texts: Vec<(Option<SourceId>, &str)> = chain
        .iter()
        .map(|part| (part.source, &*part.text))
        .collect();
    let form: LayoutText = form::read_chain(&texts, &inherit::INHERITANCE, &mut notes);
    if notes.failed_to_parse {
        return Noted {
            value: None,
            notes: notes.list,
        };
    }
    let layout = resolve::layout(name, &form, &mut notes);
    let mut list: Vec<Diagnostic> = Vec::new();
    // a style is read once for the layout and once for each slot
    for note in notes.list {
        if !list.contains(&note) {
            list.push(note);
        }
    }
    // those of the layout's own text first, then file by file
    list.sort_by_key(|note| {
        note.span
            .map_or((true, SourceId(u32::MAX), u32::MAX), |span| {
                (span.source != source, span.source, span.start)
            })
    });
    let failed = failed(&list);
    Noted {
        value: layout.filter(|_| !failed),
        notes: list,
    }
}

#[cfg(test)]
mod tests;
