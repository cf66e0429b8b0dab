//! 校: proof marks on a finished page.

mod marks;

pub use self::marks::{Lettering, mark};
