//! Subsets of CFF font programs, as the press PDF embeds them.
//!
//! A subset is a CID-keyed CFF program (Adobe Technical Note #5176, section
//! 18) in which the CID of a glyph is its glyph index: what a `CIDFontType0C`
//! stream with `Identity-H` needs (ISO 32000-1, 9.7.4.2 and 9.9). A name-keyed
//! font becomes CID-keyed with one Font DICT.
//!
//! Charstrings are copied byte by byte, each call of a subroutine replaced by
//! the subroutine itself, so that the subset has none: deflated it is smaller
//! than one with the subroutines its glyphs use, and nothing is renumbered.
//!
//! | Part of the source | In the subset |
//! |---|---|
//! | Name INDEX | kept: the name without the subset tag |
//! | Top DICT | ROS Adobe-Identity-0; Notice, Copyright, `FontName`, `FontBBox`, `FontMatrix` kept; `UniqueID`, XUID and the rest dropped |
//! | Font DICTs | those the glyphs use: `FontName`, `FontMatrix`, Private |
//! | Private DICT | kept with hints and widths, without Subrs |
//! | charset, `FDSelect`, String INDEX | made anew |
//! | Encoding | none: a CID-keyed font has none |
//!
//! What is not known here is [`Fault::Unsupported`], and the caller has another
//! way. A damaged table is [`Fault::Damaged`]: no panic, and work and memory
//! bounded by [`charstring::WORK_LIMIT`].

mod charstring;
mod dict;
mod expansions;
mod index;
mod select;
mod source;
mod subset;
#[cfg(test)]
mod tests;

pub(super) use expansions::Expanded;
pub(super) use expansions::Expansions;
pub(super) use subset::subset;

/// Why there is no subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// The table is not sound CFF.
    #[error("damaged CFF table: {0}")]
    Damaged(&'static str),
    /// The table may be sound, but holds what is not subset here.
    #[error("unsupported CFF table: {0}")]
    Unsupported(&'static str),
}

/// The number that up to four bytes are, the highest first.
fn big_endian(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | usize::from(*byte))
}
