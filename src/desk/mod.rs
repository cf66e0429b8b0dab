//! 编: from copy and layouts to a plan in which nothing is left to decide.

pub mod manuscript;
pub mod plan;
