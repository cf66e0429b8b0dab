//! 校: proof marks on a finished page.

mod marks;
mod press_marks;
mod report;
mod spots;

pub use self::marks::{Lettering, mark};
pub use self::press_marks::with_press_marks;
pub use self::report::{Checked, Filing, Finding, Paragraphs, Sheet, report};
