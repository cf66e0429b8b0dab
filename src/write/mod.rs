//! 印: finished pages as bytes. One format each; the writers do not know each
//! other, and none of them knows how text flowed.
//!
//! | Module | Writes | Built on |
//! |---|---|---|
//! | [`pdf`] | the press PDF | `pdf-writer`, `subsetter`, `libdeflater` |
//! | [`png`] | previews, rendered from those very bytes | `hayro` |
//! | `printpdf` | pages of a `printpdf` document, behind that feature | `printpdf` |
//! | [`dump`] | the layout as JSON | `serde_json` |

pub mod dump;
pub mod pdf;
pub mod png;
#[cfg(feature = "printpdf")]
pub mod printpdf;
