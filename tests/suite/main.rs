//! Golden dumps: named cases in plain files, one fact each, the row of the
//! requirements in the name.
//!
//! `BANXIN_BLESS=1 cargo test --test suite` writes the dumps anew; what moved
//! is then seen in the diff.

#![allow(
    clippy::disallowed_methods,
    reason = "the suite reads its cases, and blesses them when asked"
)]

mod cases;
mod css;
mod lines;
mod page_text;
mod pages;
mod png;
