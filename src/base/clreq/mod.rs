//! The one table of Chinese composition: classes, prohibitions, blanks.
//!
//! Sources are named by clause: `clreq#…` is an anchor of the W3C
//! requirements for Chinese text layout, `GB/T 15834` the punctuation
//! standard of the mainland.

mod class;
mod frame;
pub mod interlinear;
mod pair;
mod quantity;
mod scheme;
mod stance;
mod turn;

pub use class::{Class, class_of, is_curly_quote, may_hang};
pub use frame::{Blank, Frame, frame_of};
pub use pair::{Cut, Verdict, pair_break, pair_cut};
pub use quantity::{han_unit, is_multiplier, is_symbol};
pub use scheme::{
    Direction, Em, Fit, GapRange, Level, LineEnd, MarkStyle, Profile, Region, Scheme,
};
pub use stance::{Stance, stance_of, vertical_quote};
pub use turn::{is_measure, is_numeral, is_particle};
