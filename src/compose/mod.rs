//! 排: from styled paragraphs to set lines.

pub mod run;
pub mod shape;
