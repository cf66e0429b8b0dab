//! 校: proof marks on a finished page.

mod marks;
mod press_marks;
mod spots;

pub use self::marks::{Lettering, mark};
pub use self::press_marks::with_press_marks;
