//! Shaped text: the only thing `compose/shape` hands out.

use std::ops::Range;
use std::sync::Arc;

use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::story::TextStyle;

/// A paragraph's text as glyphs, before any spacing.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The paragraph's text.
    pub text: Arc<str>,
    /// The styles that clusters point into.
    pub styles: Vec<Arc<TextStyle>>,
    /// The clusters in text order; together they cover `text` once.
    pub clusters: Vec<Cluster>,
    /// The glyphs that clusters point into.
    pub glyphs: Vec<RunGlyph>,
    /// Characters that no face of the style's lists holds (T35).
    pub missing: Vec<Missing>,
    /// Characters that the first face of their list does not hold, each once
    /// (T35).
    pub fallbacks: Vec<Fallback>,
}

/// The smallest stretch of text that is set as one: a Han character, a mark,
/// a Latin letter or ligature, a whole —— or …… .
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Bytes of [`Run::text`].
    pub text: Range<u32>,
    /// Glyphs of [`Run::glyphs`].
    pub glyphs: Range<u32>,
    /// Index into [`Run::styles`].
    pub style: u16,
    /// The face that its glyphs come from.
    pub face: FaceId,
    /// The advance the face gives it.
    pub advance: Length,
    /// Left and right edge of the ink from the cluster's origin; both zero
    /// for a blank.
    pub ink: (Length, Length),
}

/// One shaped glyph.
#[derive(Clone, Copy, Debug)]
pub struct RunGlyph {
    /// Glyph index in the cluster's face.
    pub id: u16,
    /// Offset of its origin from the cluster's, to the right.
    pub dx: Length,
    /// Offset of its origin from the baseline, downwards.
    pub dy: Length,
    /// Horizontal scale in thousandths.
    pub scale_x: u16,
}

/// A character that no face holds; a visible tofu is set in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The character.
    pub character: char,
    /// Its bytes in [`Run::text`].
    pub text: Range<u32>,
}

/// A character that a face further down the list had to serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The character.
    pub character: char,
    /// Its bytes in [`Run::text`], where it first stands.
    pub text: Range<u32>,
    /// The name of the face that serves it.
    pub face: Arc<str>,
}
