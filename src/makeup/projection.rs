//! From flow coordinates to the page: where vertical lines stand (V01).
//!
//! A vertical story is made up as if it were horizontal, on a sheet that lies
//! on its side: `x` runs along its lines, `y` across them from the first to
//! the last. Only its place on the page knows that it stands upright.

use crate::base::geom::{Length, Point, Rect};
use crate::page::baseline_in_frame;

/// The upper right corner, on the page, of what was made up lying down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Projection {
    pub(crate) right: Length,
    pub(crate) top: Length,
}

impl Projection {
    /// The top of the axis of a line of type of `size` whose baseline begins
    /// at `origin`: the middle of its character frames.
    pub(crate) fn axis(&self, origin: Point, size: Length) -> Point {
        let across = origin.y - baseline_in_frame(size) + size.half();
        Point::new(self.right - across, self.top + origin.x)
    }

    /// A rectangle set upright.
    pub(crate) fn rect(&self, rect: Rect) -> Rect {
        Rect::new(
            self.right - rect.y - rect.height,
            self.top + rect.x,
            rect.height,
            rect.width,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v01_lines_go_from_right_to_left() {
        let projection = Projection {
            right: Length::pt(100),
            top: Length::pt(10),
        };
        let size = Length::pt(10);
        let line = |nth: i64| {
            Point::new(
                Length::pt(5),
                Length::pt(12) * nth + baseline_in_frame(size),
            )
        };
        assert_eq!(
            projection.axis(line(0), size),
            Point::new(Length::pt(95), Length::pt(15))
        );
        assert_eq!(
            projection.axis(line(1), size),
            Point::new(Length::pt(83), Length::pt(15))
        );
        let flat = Rect::new(Length::pt(1), Length::pt(2), Length::pt(30), Length::pt(4));
        assert_eq!(
            projection.rect(flat),
            Rect::new(
                Length::pt(94),
                Length::pt(11),
                Length::pt(4),
                Length::pt(30)
            )
        );
    }
}
