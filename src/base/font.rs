//! Faces, their metrics, and the book that holds them. The one door to
//! `ttf-parser` (`compose/shape` takes the parsed face from here).

/// Index of a face in its font book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u16);
