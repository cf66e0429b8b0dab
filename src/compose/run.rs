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
    /// The hyphen of each style, where words may be parted (L16): a cluster
    /// of no text. Empty where they may not.
    pub hyphens: Vec<Option<Cluster>>,
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
    /// The type size that they are drawn at: that of the style, or the
    /// Western face's share of it (P30).
    pub size: Length,
    /// The advance along the line that the face gives it.
    pub advance: Length,
    /// Where the ink begins and ends along the line, from the cluster's
    /// origin; both zero for a blank.
    pub ink: (Length, Length),
    /// How it stands in a vertical line.
    pub pose: Pose,
}

/// How a cluster stands in a vertical line (V11). In horizontal setting all
/// are [`Pose::Upright`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pose {
    /// Upright, one to a cell.
    #[default]
    Upright,
    /// Turned a quarter clockwise.
    Turned,
    /// 纵中横: figures or chained ！？ side by side in one cell, one cluster.
    Abreast,
}

/// One shaped glyph.
///
/// A cluster's origin is on the baseline at its left edge, or, in vertical
/// setting, on the line's axis at its top edge.
#[derive(Clone, Copy, Debug)]
pub struct RunGlyph {
    /// Glyph index in the cluster's face.
    pub id: u16,
    /// Offset of its origin from the cluster's, to the right.
    pub dx: Length,
    /// Offset of its origin from the cluster's, downwards.
    pub dy: Length,
    /// Horizontal scale in thousandths.
    pub scale_x: u16,
    /// Turned a quarter clockwise about its origin.
    pub turned: bool,
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
