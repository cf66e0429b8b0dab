//! What the make-up asks of composition: shape once, break many times.

use std::ops::Range;

use crate::base::geom::Length;
use crate::compose::run::Run;
use crate::story::Paragraph;

/// Turns paragraphs into shaped text. The make-up knows fonts only by it.
pub trait Composer {
    /// Shapes a paragraph. Never fails: what no face holds is in
    /// [`Run::missing`] (T35).
    fn shape(&self, paragraph: &Paragraph) -> Box<dyn Shaped>;
}

/// A paragraph shaped and spaced, not yet broken.
pub trait Shaped {
    /// Its glyphs.
    fn run(&self) -> &Run;

    /// Its lines, where line `k` is set to `measure(k)` and all lines from
    /// `constant_from` on have the same measure. At least one line unless the
    /// text is empty; together the lines cover the text in order.
    fn lines(&self, measure: &dyn Fn(usize) -> Length, constant_from: usize) -> Vec<SetLine>;
}

/// One line as composition hands it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetLine {
    /// Left edge of the first character from the left edge of the measure.
    pub x: Length,
    /// Bytes of the paragraph's text, the line feed of a forced break
    /// included.
    pub text: Range<u32>,
    /// The measure it was set to.
    pub measure: Length,
    /// Its width before any adjustment.
    pub natural: Length,
    /// Its width as set, hanging marks left out.
    pub set: Length,
    /// Whether it is the last of its paragraph.
    pub last: bool,
    /// What stands in it, in text order.
    pub atoms: Vec<SetAtom>,
    /// What composition found wrong with it.
    pub notes: Vec<LineNote>,
}

/// Clusters set as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAtom {
    /// Clusters of [`Run::clusters`].
    pub clusters: Range<u32>,
    /// Its left edge from the left edge of the measure.
    pub x: Length,
    /// The width it was given.
    pub advance: Length,
    /// Shift of its glyphs from `x`: a squeezed opening bracket loses the
    /// blank on its left, so its glyph moves left by it.
    pub dx: Length,
}

/// A flaw of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineNote {
    /// Its widest gap is over the limit (L44).
    Loose {
        /// The widest gap.
        gap: Length,
    },
    /// A unit wider than the measure had to be broken by force (L45).
    ForceBroken,
    /// It is longer than its measure: nothing in it could be broken (L45).
    Overlong {
        /// By how much.
        by: Length,
    },
}
