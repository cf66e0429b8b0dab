//! 编: from copy and layouts to a plan in which nothing is left to decide.

pub mod border;
pub mod columns;
pub mod date;
pub mod estimate;
pub mod focus;
pub mod form;
pub mod genre;
pub mod issue;
pub mod kind;
pub mod layout;
pub mod lint;
pub mod lying;
pub mod manuscript;
mod note_mark;
pub mod passage;
pub mod plan;
pub mod planner;
pub mod rules;
pub mod schema;
