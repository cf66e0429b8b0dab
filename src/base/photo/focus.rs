//! 焦点, 裁切: the point of a picture that must stay in sight, and the part of it
//! that may show (P23).

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

/// 裁切: the part of a picture that may show, from the upper left of the
/// picture as it is seen, in ten-thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Left edge.
    pub x: u16,
    /// Upper edge.
    pub y: u16,
    /// Width: more than nothing.
    pub width: u16,
    /// Height: more than nothing.
    pub height: u16,
}

impl Part {
    /// All of it: where the copy says nothing.
    pub const WHOLE: Self = Self {
        x: 0,
        y: 0,
        width: Focus::WHOLE,
        height: Focus::WHOLE,
    };

    /// Its middle: the focus where the copy names none.
    pub fn middle(&self) -> Focus {
        Focus {
            across: self.x + self.width / 2,
            down: self.y + self.height / 2,
        }
    }

    /// The pixels of a picture of `pixels` that it is: left and upper edge,
    /// width and height, one pixel at least.
    pub fn of(&self, pixels: (u32, u32)) -> [u32; 4] {
        let stretch = |all: u32, from: u16, length: u16| {
            let at = |share: u32| {
                let whole = u64::from(Focus::WHOLE);
                let exact = u64::from(all) * u64::from(share) + whole / 2;
                u32::try_from(exact / whole).unwrap_or(all)
            };
            let start = at(from.into()).min(all.saturating_sub(1));
            let end = at(u32::from(from) + u32::from(length)).min(all);
            (start, end.saturating_sub(start).max(all.min(1)))
        };
        let (x, width) = stretch(pixels.0, self.x, self.width);
        let (y, height) = stretch(pixels.1, self.y, self.height);
        [x, y, width, height]
    }
}

impl Default for Part {
    fn default() -> Self {
        Self::WHOLE
    }
}
