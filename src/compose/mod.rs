//! 排: from styled paragraphs to set lines.

pub mod faces;
pub mod ideal;
pub mod line;
pub mod lines_report;
mod pose;
mod quotation;
pub mod ruby;
pub mod run;
mod script;
mod sense;
pub mod shape;
pub mod spacing;
#[cfg(test)]
mod sweep;

pub use line::{Line, SetAtom};
pub use spacing::Galley;
