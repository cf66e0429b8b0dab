//! The lower waist: a finished page as a list of things to draw.
//!
//! Everything is placed; no stage after a [`Page`] knows that text flows.
//! Coordinates are from the trim's top left corner, y downwards. Items are
//! drawn in order, later ones over earlier ones.

mod trace;

use std::ops::Range;
use std::sync::Arc;

use crate::base::clreq::Direction;
use crate::base::diag::{Diagnostic, Span};
use crate::base::font::FaceId;
use crate::base::geom::{Length, Point, Rect, Size};
use crate::base::photo::Photo;
use crate::story::{Ink, Role};

pub use self::trace::Hit;

/// The page's type area and line grid (版心).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Top left corner of the type area.
    pub origin: Point,
    /// Number of base columns (基本栏).
    pub columns: u16,
    /// Characters of `size` in one base column.
    pub chars: u16,
    /// Body size.
    pub size: Length,
    /// Distance between baselines (行高).
    pub pitch: Length,
    /// Column gap (栏空).
    pub gap: Length,
    /// Grid lines in the type area.
    pub lines: u16,
}

impl Grid {
    /// Width of one base column.
    pub fn column_width(&self) -> Length {
        self.size * i64::from(self.chars)
    }

    /// Width of `span` base columns with the gaps they swallow (N05).
    pub fn width(&self, span: u16) -> Length {
        self.column_width() * i64::from(span) + self.gap * i64::from(span.saturating_sub(1))
    }

    /// Left edge of base column `column`, counted from 0 (N03).
    pub fn column_x(&self, column: u16) -> Length {
        self.origin.x + (self.column_width() + self.gap) * i64::from(column)
    }

    /// Top of grid line `line`, counted from 0: the top of the character
    /// frame of a body line, its ascent side.
    pub fn line_y(&self, line: u16) -> Length {
        self.origin.y + self.pitch * i64::from(line)
    }

    /// Height of `lines` grid lines without the gap below the last.
    pub fn height(&self, lines: u16) -> Length {
        if lines == 0 {
            return Length::ZERO;
        }
        self.pitch * i64::from(lines - 1) + self.size
    }

    /// Grid lines that a height holds, without the gap below the last.
    pub fn lines_in(&self, height: Length) -> u16 {
        let lines = match height >= self.size {
            true => 1 + (height - self.size).whole(self.pitch),
            false => 0,
        };
        u16::try_from(lines).unwrap_or(u16::MAX)
    }

    /// Baseline of body text on grid line `line`: 0.88 em below the top of
    /// the character frame, where the ideographic em box of the bundled
    /// faces puts it.
    pub fn baseline_y(&self, line: u16) -> Length {
        self.line_y(line) + baseline_in_frame(self.size)
    }

    /// 版容 (N10): characters of the base columns, the gaps between them not
    /// counted.
    pub fn capacity(&self) -> i64 {
        i64::from(self.columns) * i64::from(self.chars) * i64::from(self.lines)
    }

    /// The type area.
    pub fn area(&self) -> Rect {
        Rect::new(
            self.origin.x,
            self.origin.y,
            self.width(self.columns),
            self.height(self.lines),
        )
    }
}

/// Distance from the top of a character frame of `size` down to the baseline.
///
/// The ideographic em box of the bundled Han faces runs from −0.12 to 0.88 em.
pub fn baseline_in_frame(size: Length) -> Length {
    size.scale(88, 100)
}

/// One glyph, placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Glyph index in the face.
    pub id: u16,
    /// Origin on the page: `y` is the baseline (plus any shift of its own).
    pub at: Point,
    /// Horizontal scale in thousandths; 1000 is the drawn width.
    pub scale_x: u16,
    /// Turned a quarter clockwise about its origin: Western text in vertical
    /// lines (V11).
    pub turned: bool,
    /// The characters it stands for: bytes of [`GlyphRun::text`]. Empty for
    /// the second and later glyphs of a cluster.
    pub text: Range<u32>,
    /// Its place in the manuscript (E15).
    pub source: Option<Span>,
}

/// Glyphs of one face, size and ink, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The type size.
    pub size: Length,
    /// The ink. [`Ink::BLACK`] overprints.
    pub ink: Ink,
    /// Its line runs down the page: glyphs that are not turned stand one below
    /// the other.
    pub vertical: bool,
    /// The text that the glyphs' ranges point into: what a reader of the PDF
    /// must get back (E16).
    pub text: Arc<str>,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// A filled rectangle: a rule, a frame side, a tint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Where.
    pub rect: Rect,
    /// The ink.
    pub ink: Ink,
    /// What it is, for the dump and for tagging.
    pub kind: FillKind,
}

/// What a filled rectangle is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillKind {
    /// 栏线, 眉线 and other rules.
    Rule,
    /// 底纹.
    Tint,
    /// Proof marks: only in marked pages.
    Mark,
}

/// A drawn shape: a mark beside the line (行间标点).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// What it is, for the dump and for tagging.
    pub kind: ShapeKind,
    /// Where the pen starts.
    pub start: Point,
    /// Where it goes from there.
    pub steps: Vec<Step>,
    /// What is drawn of its way.
    pub paint: Paint,
    /// The ink. [`Ink::BLACK`] overprints.
    pub ink: Ink,
}

/// One step of a pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The pen is lifted and set down at a point.
    Move(Point),
    /// A straight line to a point.
    Line(Point),
    /// A cubic Bézier curve: its two handles and its end.
    Curve([Point; 3]),
}

impl Step {
    /// Where it ends.
    pub fn end(&self) -> Point {
        match self {
            Self::Move(end) | Self::Line(end) | Self::Curve([_, _, end]) => *end,
        }
    }
}

/// What is drawn of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Its inside; it is closed by a straight line.
    Fill,
    /// Its line, this thick, with blunt ends.
    Stroke(Length),
}

/// What a shape is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShapeKind {
    /// 着重号 (T22).
    Dot,
    /// 专名号 (T23).
    Name,
    /// 书名号乙式 (T23).
    Title,
    /// 点线 (N41).
    Dotted,
    /// 水线 (N41).
    Wave,
    /// 花边 (N41).
    Ornament,
}

impl ShapeKind {
    /// The name in dumps.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Name => "name",
            Self::Title => "title",
            Self::Dotted => "dotted",
            Self::Wave => "wave",
            Self::Ornament => "ornament",
        }
    }
}

impl ShapeKind {
    /// Whether it is a rule or a border, no mark of the text.
    pub fn is_rule(self) -> bool {
        matches!(self, Self::Dotted | Self::Wave | Self::Ornament)
    }
}

impl Shape {
    /// The box of the points it goes through and of the middles of its curves;
    /// the others turn at their points. The thickness of a line is left out.
    pub fn rect(&self) -> Rect {
        let mut at = self.start;
        let mut points = Vec::new();
        for step in &self.steps {
            if let Step::Curve([one, two, end]) = step {
                // half way: an eighth of the ends, three of the handles
                let middle =
                    |a: Length, b: Length, c: Length, d: Length| (a + d + (b + c) * 3).scale(1, 8);
                points.push(Point::new(
                    middle(at.x, one.x, two.x, end.x),
                    middle(at.y, one.y, two.y, end.y),
                ));
            }
            at = step.end();
            points.push(at);
        }
        let (mut least, mut most) = (self.start, self.start);
        for end in points {
            least = Point::new(least.x.min(end.x), least.y.min(end.y));
            most = Point::new(most.x.max(end.x), most.y.max(end.y));
        }
        Rect::new(least.x, least.y, most.x - least.x, most.y - least.y)
    }
}

/// A photograph, placed. The whole photo is scaled so that its `crop` fills
/// `rect`.
#[derive(Clone, Debug)]
pub struct PlacedPhoto {
    /// The slot it fills.
    pub slot: Arc<str>,
    /// The photograph.
    pub photo: Arc<Photo>,
    /// Where.
    pub rect: Rect,
    /// The part of the photo that shows, in pixels: x, y, width, height.
    pub crop: [u32; 4],
    /// What it shows: its caption, for tagging.
    pub alt: Arc<str>,
}

impl PlacedPhoto {
    /// Effective resolution in pixels per inch, the lower of the two axes;
    /// infinite for art, which is drawn at any size.
    pub fn ppi(&self) -> f64 {
        if self.photo.format.is_art() {
            return f64::INFINITY;
        }
        let across = f64::from(self.crop[2]) * 72.0 / self.rect.width.to_pt();
        let down = f64::from(self.crop[3]) * 72.0 / self.rect.height.to_pt();
        across.min(down)
    }
}

/// One thing to draw.
#[derive(Clone, Debug)]
pub enum Item {
    /// Text.
    Glyphs(GlyphRun),
    /// A rule or tint.
    Fill(Fill),
    /// A photograph.
    Photo(PlacedPhoto),
    /// A mark beside the line.
    Shape(Shape),
}

/// One set line, as the dump reports it. A line of a vertical frame runs down
/// the page: its `x` is the left edge of its characters, its `y` the top of the
/// first, and its width a height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameLine {
    /// Its text, without the line feed of a forced break.
    pub text: String,
    /// Left edge of the first character.
    pub x: Length,
    /// The baseline.
    pub y: Length,
    /// From the left edge of the first to the right edge of the last
    /// character, hanging marks left out.
    pub width: Length,
    /// The measure it was set to, the paragraph's indents taken off: a full
    /// line is as wide.
    pub measure: Length,
    /// Whether it is the last line of its paragraph.
    pub last: bool,
    /// Its place in the manuscript.
    pub source: Option<Span>,
    /// 注音: readings beside its characters, in order.
    pub ruby: Vec<FrameRuby>,
}

/// A reading beside a set line, as the dump reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameRuby {
    /// The reading.
    pub text: String,
    /// The characters it is of.
    pub base: String,
    /// Its box: of a line of letters its width and size, of 注音符号 the
    /// column they stand in.
    pub rect: Rect,
    /// Its place in the manuscript.
    pub source: Option<Span>,
}

/// A block of lines that belong together: one column of a story, a headline
/// part, a caption, a page head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The slot it belongs to.
    pub slot: Arc<str>,
    /// What it is.
    pub role: Role,
    /// The story it belongs to, if any.
    pub story: Option<Arc<str>>,
    /// Its box.
    pub rect: Rect,
    /// Which way its lines run.
    pub direction: Direction,
    /// Its lines from top to bottom, or from right to left.
    pub lines: Vec<FrameLine>,
}

/// Text of one slot that found no room (E03, E05): never drawn on the page,
/// never lost either. Proofs show it in red, the dump counts it.
#[derive(Clone, Debug)]
pub struct Overset {
    /// Its lines as set at the slot's full measure. Coordinates are from the
    /// top left corner of the first line, not from the page's.
    pub frame: Frame,
    /// Their glyphs, in the same coordinates.
    pub glyphs: Vec<GlyphRun>,
    /// Grid lines that the text would take, blocks of several lines included.
    pub lines: usize,
    /// Its characters, white space left out.
    pub chars: usize,
    /// Where the slot stands on the page.
    pub slot: Rect,
}

/// The vertical lines of a slot, from right to left, as grid lines are those
/// of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The slot.
    pub slot: Arc<str>,
    /// What its lines fill, its frame and head included.
    pub rect: Rect,
    /// Width of a line: body size.
    pub size: Length,
    /// Distance from line to line.
    pub pitch: Length,
    /// Lines that it holds.
    pub lines: u16,
}

impl Standing {
    /// The axis of line `line`, counted from 0 at the right.
    pub fn axis(&self, line: u16) -> Length {
        self.rect.right() - self.pitch * i64::from(line) - self.size.half()
    }
}

/// A finished page.
#[derive(Clone, Debug)]
pub struct Page {
    /// 版序 as printed, `05`.
    pub number: Arc<str>,
    /// Title for the PDF: paper, date, page.
    pub title: String,
    /// The finished size.
    pub trim: Size,
    /// How far ink runs past the trim (出血).
    pub bleed: Length,
    /// Paper beyond the bleed, for printer's marks (N21); none without them.
    pub slug: Length,
    /// The grid.
    pub grid: Grid,
    /// The lines of vertical slots.
    pub standing: Vec<Standing>,
    /// What is drawn.
    pub items: Vec<Item>,
    /// What was set, line by line, in reading order.
    pub frames: Vec<Frame>,
    /// What found no room on the page (过版), in reading order.
    pub overset: Vec<Overset>,
    /// What was found while making up the page: overset, underset, missing
    /// characters, loose lines.
    pub findings: Vec<Diagnostic>,
    /// Where on the page findings are, for those that have a place there.
    pub spots: Vec<Spot>,
}

/// The place of a finding on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its index in [`Page::findings`].
    pub finding: usize,
    /// Where.
    pub rect: Rect,
}
