//! 校: proof marks on a finished page.

mod marks;
mod spots;

pub use self::marks::{Lettering, mark};
