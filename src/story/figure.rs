//! 图: photographs as the make-up shows them (P23, P24).

use std::sync::Arc;

use super::Paragraph;
use crate::base::diag::Span;
use crate::base::geom::Length;
use crate::base::photo::{Focus, Part, Photo};

/// One photograph of a picture place, alone or in a group (组图).
#[derive(Clone, Debug)]
pub struct Photograph {
    /// The file.
    pub photo: Arc<Photo>,
    /// Whether all of it shows, whatever the shape of its place: charts and
    /// maps are never cropped.
    pub whole: bool,
    /// The part of it that may show.
    pub part: Part,
    /// The point that cropping keeps near the middle.
    pub focus: Focus,
    /// Caption and credit of its own, set over its own width; empty where it
    /// shares those of its place.
    pub caption: Vec<Paragraph>,
    /// Its text for tagging.
    pub alt: Arc<str>,
}

impl Photograph {
    /// The pixels that may show: left and upper edge, width and height.
    pub fn shown(&self) -> [u32; 4] {
        self.part.of(self.photo.upright_size())
    }
}

/// 文中图: a picture that travels with the running text, one column wide
/// (P23).
#[derive(Clone, Debug)]
pub struct Figure {
    /// So many paragraphs of the story stand before it.
    pub at: usize,
    /// So many of its tables stand before it.
    pub tables: usize,
    /// Grid lines it takes at most, its caption not counted.
    pub lines: u16,
    /// White between it and its caption.
    pub caption_gap: Length,
    /// The photographs, side by side at one height.
    pub photos: Vec<Photograph>,
    /// Caption and credit of all of them.
    pub caption: Vec<Paragraph>,
    /// Where the copy has it.
    pub source: Option<Span>,
}
