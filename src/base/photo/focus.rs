//! 焦点: the point of a picture that must stay in sight (P23).

/// The point that cropping keeps as near to the middle as the shape allows,
/// from the upper left of the picture as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Focus {
    /// From the left, in ten-thousandths of the width.
    pub across: u16,
    /// From the top, in ten-thousandths of the height.
    pub down: u16,
}

impl Focus {
    /// The far edge.
    pub const WHOLE: u16 = 10_000;
    /// The middle of the picture: where the copy names no point.
    pub const MIDDLE: Self = Self {
        across: Self::WHOLE / 2,
        down: Self::WHOLE / 2,
    };
}

impl Default for Focus {
    fn default() -> Self {
        Self::MIDDLE
    }
}
