//! Pictures in a slot: their boxes, their captions, what they cut from the
//! columns.

use std::ops::Range;

use super::area::{Area, Cut};
use super::composer::Composer;
use super::photos::Row;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Rect};
use crate::base::photo::Focus;
use crate::desk::plan::{Anchor, CaptionSide, PicturePlan};
use crate::page::Grid;

/// A picture with its caption set, not yet placed.
pub(crate) struct Picture<'a> {
    pub(crate) plan: &'a PicturePlan,
    left: Length,
    width: Length,
    pub(crate) row: Row<'a>,
    /// Why it cannot stand in the slot at all, if its columns are not there.
    fits: bool,
}

/// A picture in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    /// Its box.
    pub(crate) rect: Rect,
    /// Top of its caption block.
    pub(crate) caption: Length,
    /// What it takes from the columns.
    pub(crate) cut: Cut,
    /// Whether it had to leave the place it was planned for.
    pub(crate) moved: bool,
}

impl<'a> Picture<'a> {
    /// Sets the caption of a picture over its width. A picture narrower than
    /// its columns stands flush with their left edge, and with their right
    /// edge where they are the last of several (N07, P25).
    pub(crate) fn set(
        area: &Area,
        plan: &'a PicturePlan,
        direction: Direction,
        composer: &dyn Composer,
    ) -> Self {
        let end = u32::from(plan.column) + u32::from(plan.columns);
        let fits = plan.columns > 0 && plan.lines > 0 && end <= u32::from(area.columns());
        let full = area.width(plan.column, plan.columns);
        let narrow = plan.width > Length::ZERO && plan.width < full;
        let width = if narrow { plan.width } else { full };
        let start = area.column_x(plan.column);
        let at_right = narrow && plan.column > 0 && end == u32::from(area.columns());
        let left = if at_right {
            start + full - width
        } else {
            start
        };
        let room = (width, area.em.half());
        let row = Row::set(&plan.photos, &plan.caption, room, direction, composer);
        Self {
            plan,
            left,
            width,
            row,
            fits,
        }
    }

    /// The caption and the white between it and the picture.
    fn caption_room(&self) -> Length {
        match self.row.height {
            Length::ZERO => Length::ZERO,
            height => height + self.plan.caption_gap,
        }
    }

    /// Grid lines it takes and the bottom of its box, as [`extent`] has them.
    ///
    /// `grown` lines are added to those of its plan, or taken away (E04).
    fn extent(&self, grid: &Grid, grown: i16, text_below: bool) -> (u16, Length) {
        let lines = self.plan.lines.saturating_add_signed(grown);
        extent(grid, lines, self.caption_room(), text_below)
    }
}

/// Grid lines that a picture of `lines` takes, and the bottom of its box below
/// the top of the first, with text below it or at the column's foot; `caption`
/// is the room of what stands below it.
///
/// The picture gives or takes up to half a line of height, so that with
/// its caption it fills whole grid lines and the text below is back on
/// the grid, half a line clear (P23, P25).
pub(crate) fn extent(grid: &Grid, lines: u16, caption: Length, text_below: bool) -> (u16, Length) {
    let clear = if text_below {
        grid.pitch.half()
    } else {
        Length::ZERO
    };
    let gap = grid.pitch - grid.size;
    let within = if text_below { gap } else { Length::ZERO };
    let more = (caption + clear - within - grid.pitch.half())
        .cover(grid.pitch)
        .max(0);
    let lines = lines.saturating_add(u16::try_from(more).unwrap_or(u16::MAX));
    let limit = grid.pitch * i64::from(lines) - if text_below { clear } else { gap };
    (lines, limit - caption)
}

/// What a picture leaves free at its top, half a line clear of text above it.
pub(crate) fn clear_above(grid: &Grid) -> Length {
    (grid.pitch.half() - (grid.pitch - grid.size)).max(Length::ZERO)
}

/// Places the pictures of a slot in an area: each where its anchor says, or
/// at the nearest free grid line below, then above. `None` where there is no
/// room for one.
///
/// `growth` is what each adds to its planned height or takes off it, in grid
/// lines. `text` says whether the area holds text at all, from which pictures keep
/// half a line away; `taken` is room that a headline has.
pub(crate) fn place(
    grid: &Grid,
    area: &Area,
    pictures: &[Picture<'_>],
    growth: &[i16],
    text: bool,
    taken: Option<Cut>,
) -> Vec<Option<Placed>> {
    let mut cuts: Vec<Cut> = taken.into_iter().collect();
    pictures
        .iter()
        .enumerate()
        .map(|(nth, picture)| {
            let grown = growth.get(nth).copied().unwrap_or(0);
            let placed = place_one(grid, area, picture, grown, text, &cuts)?;
            cuts.push(placed.cut);
            Some(placed)
        })
        .collect()
}

fn place_one(
    grid: &Grid,
    area: &Area,
    picture: &Picture<'_>,
    grown: i16,
    text: bool,
    cuts: &[Cut],
) -> Option<Placed> {
    if !picture.fits {
        return None;
    }
    let foot = picture.extent(grid, grown, false).0;
    let Range { start, end } = area.lines_over(picture.plan.column, picture.plan.columns);
    let wished = match picture.plan.anchor {
        Anchor::Top => start,
        Anchor::Middle => {
            let lines = picture.extent(grid, grown, text).0;
            start + end.saturating_sub(start).saturating_sub(lines) / 2
        }
        Anchor::Bottom => end.saturating_sub(foot).max(start),
        Anchor::Line(line) => start.saturating_add(line),
    };
    let below = wished..end;
    let above = (start..wished.min(end)).rev();
    below
        .chain(above)
        .find_map(|top| stand(grid, (start, end), picture, grown, text, cuts, top))
        .map(|placed| Placed {
            moved: placed.cut.top != wished,
            ..placed
        })
}

fn stand(
    grid: &Grid,
    (first, foot): (u16, u16),
    picture: &Picture<'_>,
    grown: i16,
    text: bool,
    cuts: &[Cut],
    top: u16,
) -> Option<Placed> {
    let at_foot = picture.extent(grid, grown, false);
    let in_text = picture.extent(grid, grown, true);
    let end = |lines: u16| top.saturating_add(lines);
    let (lines, bottom) = if !text || end(at_foot.0) == foot {
        at_foot
    } else {
        in_text
    };
    let fits = end(lines) <= foot;
    let cut = Cut {
        column: picture.plan.column,
        columns: picture.plan.columns,
        top,
        lines,
        left: picture.left,
        right: picture.left + picture.width,
    };
    if !fits || cuts.iter().any(|other| share(other, &cut)) {
        return None;
    }
    // half a line clear of the text above, too
    let inset = if text && top > first {
        clear_above(grid)
    } else {
        Length::ZERO
    };
    let y = grid.line_y(top);
    let height = bottom - inset;
    // a caption above takes the place of the picture's top, and the picture
    // that of a caption below
    let (drop, caption) = match picture.plan.caption_side {
        CaptionSide::Before => (picture.caption_room(), y + inset),
        CaptionSide::After => (Length::ZERO, y + bottom + picture.plan.caption_gap),
    };
    (height > Length::ZERO).then(|| Placed {
        rect: Rect::new(picture.left, y + inset + drop, picture.width, height),
        caption,
        cut,
        moved: false,
    })
}

fn share(a: &Cut, b: &Cut) -> bool {
    a.column < b.column + b.columns
        && b.column < a.column + a.columns
        && a.top < b.top + b.lines
        && b.top < a.top + a.lines
}

/// The largest box of the shape of a photo of `pixels` in the middle of
/// `room`: the photo shows whole.
pub(crate) fn inside(pixels: (u32, u32), room: Rect) -> Rect {
    let (across, down) = (i64::from(pixels.0.max(1)), i64::from(pixels.1.max(1)));
    let height = room.width.scale(down, across);
    let (width, height) = if height <= room.height {
        (room.width, height)
    } else {
        (room.height.scale(across, down), room.height)
    };
    let x = room.x + (room.width - width).half();
    let y = room.y + (room.height - height).half();
    Rect::new(x, y, width, height)
}

/// What of a photo of `pixels` shows in a box: as much of its `part` as has
/// the box's shape, its middle as near to the focus as the part reaches.
pub(crate) fn crop(pixels: (u32, u32), part: [u32; 4], shape: Rect, focus: Focus) -> [u32; 4] {
    let [left, top, across, down] = part.map(i128::from);
    let (width, height) = (
        i128::from(shape.width.raw()),
        i128::from(shape.height.raw()),
    );
    if across == 0 || down == 0 || width <= 0 || height <= 0 {
        return part;
    }
    // whole pixels, nearest to the exact shape, at least one
    let nearest = |value: i128, num: i128, den: i128| (value * num * 2 + den) / (den * 2);
    let (w, h) = if across * height > down * width {
        (nearest(down, width, height).clamp(1, across), down)
    } else {
        (across, nearest(across, height, width).clamp(1, down))
    };
    // from the edge of the part to what shows
    let into = |all: u32, at: u16, from: i128, free: i128, shown: i128| {
        let whole = i128::from(Focus::WHOLE);
        let middle = (i128::from(all) * i128::from(at) - from * whole) * 2 - shown * whole;
        middle.div_euclid(whole * 2).clamp(0, free - shown)
    };
    let x = left + into(pixels.0, focus.across, left, across, w);
    let y = top + into(pixels.1, focus.down, top, down, h);
    [x, y, w, h].map(|value| u32::try_from(value).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_photo_loses_its_sides_and_a_tall_one_head_and_foot() {
        let square = Rect::new(Length::ZERO, Length::ZERO, Length::pt(10), Length::pt(10));
        let crop = |(w, h)| crop((w, h), [0, 0, w, h], square, Focus::MIDDLE);
        assert_eq!(crop((300, 100)), [100, 0, 100, 100]);
        assert_eq!(crop((100, 300)), [0, 100, 100, 100]);
        assert_eq!(crop((0, 300)), [0, 0, 0, 300]);
    }

    #[test]
    fn p23_the_focus_stays_as_near_to_the_middle_as_it_can() {
        let square = Rect::new(Length::ZERO, Length::ZERO, Length::pt(10), Length::pt(10));
        let at = |across, down| crop((300, 100), [0, 0, 300, 100], square, Focus { across, down });
        assert_eq!(at(4000, 9000), [70, 0, 100, 100]);
        assert_eq!(at(1000, 5000), [0, 0, 100, 100], "no further than the edge");
        assert_eq!(at(10_000, 0), [200, 0, 100, 100]);
        let part = |across| {
            let focus = Focus { across, down: 0 };
            crop((300, 100), [50, 0, 150, 100], square, focus)
        };
        assert_eq!(part(0), [50, 0, 100, 100], "never out of its part");
        assert_eq!(part(10_000), [100, 0, 100, 100]);
    }

    #[test]
    fn p23_a_chart_shown_whole_stands_in_the_middle_of_its_box() {
        let at = |x, y, width, height| {
            let [x, y, width, height] = [x, y, width, height].map(Length::pt);
            Rect::new(x, y, width, height)
        };
        let room = at(10, 10, 40, 20);
        assert_eq!(inside((200, 200), room), at(20, 10, 20, 20));
        assert_eq!(inside((400, 100), room), at(10, 15, 40, 10));
    }
}
