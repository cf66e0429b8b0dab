//! The one table of Chinese composition: classes, prohibitions, blanks.

/// The rules a paragraph is spaced and broken by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {}
