//! 版心 banxin: a Chinese newspaper goes in as copy and a page layout, and
//! comes out as PDF pages that a print shop can plate.
//!
//! Data falls: `copy + layout → stories → runs → galley → lines → frames →
//! pages → bytes`. Nothing looks up.

pub mod base;
pub mod batch;
pub mod cli;
pub mod compose;
pub mod desk;
pub mod makeup;
pub mod page;
pub mod plates;
pub mod preflight;
pub mod press;
pub mod proof;
mod readback;
pub mod story;
pub mod write;
