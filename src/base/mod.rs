//! What every room stands on: lengths, diagnostics, the Chinese rule table,
//! words, fonts, colours, photographs and digests. Knows nothing of copy, layout or output formats.

pub mod bytes;
pub mod clreq;
pub mod colour;
pub mod diag;
pub mod digest;
pub mod font;
pub mod geom;
pub mod imposition;
pub mod lexicon;
pub mod memory;
pub mod pdf;
pub mod photo;
