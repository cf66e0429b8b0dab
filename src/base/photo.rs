//! Photographs: what the make-up and the writers need to know of a file.

use std::sync::Arc;

/// The format of a photograph's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

/// A photograph.
#[derive(Clone, Debug)]
pub struct Photo {
    /// The file's name, as it was given.
    pub name: Arc<str>,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Its format.
    pub format: Format,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Colour components of a JPEG: 1 grey, 3 RGB, 4 CMYK.
    pub components: u8,
    /// Bits of a component.
    pub bits: u8,
    /// Whether a CMYK JPEG holds inverted values.
    pub inverted: bool,
}
