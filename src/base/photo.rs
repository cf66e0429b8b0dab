//! Photographs: what the make-up and the writers need to know of a file.

/// A photograph.
#[derive(Clone, Debug)]
pub struct Photo {}
