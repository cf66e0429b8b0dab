//! The places for pictures in a slot (P23, P24).
//!
//! A vertical slot has the same ones, a quarter turned: its columns are bands,
//! its lines run down, their head is at the right.

use std::ops::Range;

use super::resolve::{duplicate, stretch};
use super::text::{CaptionText, InlinePicturesText, PictureText};
use super::{InlinePictures, Picture, Slot};
use crate::base::clreq::Direction;
use crate::base::geom::Length;
use crate::desk::form::{Fault, Leaf, Notes, Placed, Quantity, Unit, Units};
use crate::desk::plan::{Anchor, CaptionSide};
use crate::page::Grid;

/// All places for pictures of a slot, in the order written. `size` is that of
/// its body.
pub(super) fn read(
    texts: &[Placed<PictureText>],
    slot: &Slot,
    size: Length,
    grid: &Grid,
    notes: &mut Notes,
) -> Vec<Picture> {
    let mut list: Vec<Picture> = Vec::new();
    for placed in texts {
        let Some(picture) = picture(placed, slot, size, grid, notes) else {
            continue;
        };
        if list.iter().any(|other| other.name == picture.name) {
            let span = placed.range.as_ref().map(|range| notes.span(range));
            duplicate("图片位", "picture slot", &picture.name, span, None, notes);
        }
        list.push(picture);
    }
    list
}

fn picture(
    placed: &Placed<PictureText>,
    slot: &Slot,
    size: Length,
    grid: &Grid,
    notes: &mut Notes,
) -> Option<Picture> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    let name = notes.need(&text.name, "name", table);
    let columns = stretch(
        ("column", "columns"),
        (&text.column, &text.columns),
        slot.text.count(),
        table,
        notes,
    );
    let anchor = anchor(text, slot.direction, notes);
    if text.lines.is_missing() {
        notes.need(&text.lines, "lines", table);
    }
    let lines = notes.count(&text.lines, "lines", 1..=i64::from(most_lines(slot, grid)));
    let stretch = notes.count(&text.stretch, "stretch", 0..=1000).unwrap_or(0);
    let whole = notes.take(&text.crop) == Some(false);
    let caption_side = caption_side(text, slot.direction, notes);
    let caption_gap = caption_gap(&text.caption_gap, grid, notes);
    let columns = columns?;
    let count = columns.end - columns.start;
    if !slot.text.side_by_side(columns.start, count) {
        notes.fatal(
            Fault::OutOfRange,
            text.columns.span().or_else(|| text.column.span()).as_ref(),
            (
                "图片跨的几栏不在一处".into(),
                "the columns of this picture do not stand side by side".into(),
            ),
            Some((
                "只跨并排的栏，不跨 frames，也不跨文夹题的上下两段".into(),
                "take columns of one frame, and of one band of text".into(),
            )),
        );
        return None;
    }
    let most = slot.text.width(columns.start, count);
    let width = width(text, slot.direction, size..=most, notes);
    Some(Picture {
        name: name?.into(),
        column: columns.start,
        columns: count,
        anchor,
        lines: lines?,
        stretch,
        whole,
        width: if width == most { Length::ZERO } else { width },
        caption_side,
        caption_gap,
    })
}

/// 文中图: how pictures inside the text of a slot travel with it; `None` where
/// the layout does not say.
pub(super) fn inline(
    placed: &Placed<InlinePicturesText>,
    slot: &Slot,
    grid: &Grid,
    notes: &mut Notes,
) -> Option<InlinePictures> {
    let table = placed.range.as_ref()?;
    let text = &placed.value;
    if text.lines.is_missing() {
        notes.need(&text.lines, "lines", Some(table));
    }
    let most = i64::from(most_lines(slot, grid)).max(LEAST_INLINE);
    let lines = notes.count(&text.lines, "lines", LEAST_INLINE..=most);
    let caption_gap = caption_gap(&text.caption_gap, grid, notes);
    let whole = notes.take(&text.crop) == Some(false);
    Some(InlinePictures {
        lines: lines?,
        caption_gap,
        whole,
    })
}

/// A picture in the text is no line of text.
const LEAST_INLINE: i64 = 2;

/// The grid lines of a slot along its columns.
fn most_lines(slot: &Slot, grid: &Grid) -> u16 {
    match slot.direction {
        Direction::Horizontal => slot.lines,
        Direction::Vertical => grid.lines_in(grid.width(slot.columns) - slot.padding * 2),
    }
}

/// P24: a line at most between a picture and its caption.
fn caption_gap(leaf: &Leaf<Quantity>, grid: &Grid, notes: &mut Notes) -> Length {
    let pitch = Units {
        sizes: &[],
        em: grid.size,
        line: grid.pitch,
        bare: Some(&Unit::Line),
    };
    notes
        .length(leaf, "caption_gap", Length::ZERO..=grid.pitch, &pitch)
        .unwrap_or(grid.pitch / 4)
}

/// Where the picture stands; a word of the other setting is refused, for what
/// it would mean here is anyone's guess.
fn anchor(text: &PictureText, direction: Direction, notes: &mut Notes) -> Anchor {
    let Some(said) = notes.take(&text.anchor) else {
        return Anchor::Top;
    };
    if said.of.is_some_and(|of| of != direction) {
        let range = text.anchor.span();
        notes.fatal(
            Fault::WrongValue,
            range.as_ref(),
            match direction {
                Direction::Horizontal => (
                    "横排的版位里，图片不按左右定位".into(),
                    "in a horizontal slot `anchor` is no side".into(),
                ),
                Direction::Vertical => (
                    "直排的版位里，图片按左右定位，不按上下".into(),
                    "in a vertical slot `anchor` is right or left, not top or bottom".into(),
                ),
            },
            Some(match direction {
                Direction::Horizontal => (
                    "写 \"top\"、\"middle\"、\"bottom\" 或 \"line 12\"；左右由 column 定".into(),
                    "write \"top\", \"middle\", \"bottom\" or \"line 12\"; `column` says how far left".into(),
                ),
                Direction::Vertical => (
                    "写 \"right\"（文首）、\"middle\"、\"left\"（文末）或 \"line 12\"；上下由 column 定".into(),
                    "write \"right\" (where the text begins), \"middle\", \"left\" or \"line 12\"; `column` says how far down".into(),
                ),
            }),
        );
    }
    said.anchor
}

/// P24: a caption stands below or above its picture, in vertical setting left
/// or right of it (`clreq#id71`–`#id73`).
fn caption_side(text: &PictureText, direction: Direction, notes: &mut Notes) -> CaptionSide {
    let Some(said) = notes.take(&text.caption) else {
        return CaptionSide::default();
    };
    match (direction, said.0) {
        (Direction::Horizontal, CaptionText::Below) | (Direction::Vertical, CaptionText::Left) => {
            CaptionSide::After
        }
        (Direction::Horizontal, CaptionText::Above) | (Direction::Vertical, CaptionText::Right) => {
            CaptionSide::Before
        }
        (Direction::Horizontal, CaptionText::Left | CaptionText::Right)
        | (Direction::Vertical, CaptionText::Below | CaptionText::Above) => {
            let range = text.caption.span();
            notes.fatal(
                Fault::WrongValue,
                range.as_ref(),
                (
                    "横排的图片说明排在图的下面或上面，直排的排在左边或右边".into(),
                    "captions stand below or above in horizontal setting, left or right in vertical".into(),
                ),
                Some(match direction {
                    Direction::Horizontal => (
                        "写 \"below\" 或 \"above\"".into(),
                        "write \"below\" or \"above\"".into(),
                    ),
                    Direction::Vertical => (
                        "写 \"left\" 或 \"right\"".into(),
                        "write \"left\" or \"right\"".into(),
                    ),
                }),
            );
            CaptionSide::default()
        }
    }
}

/// How far it reaches along the lines where that is less than its columns,
/// else zero: `width` in horizontal setting, `height` in vertical.
fn width(
    text: &PictureText,
    direction: Direction,
    allowed: std::ops::RangeInclusive<Length>,
    notes: &mut Notes,
) -> Length {
    let em = Units {
        sizes: &[],
        em: *allowed.start(),
        line: *allowed.start(),
        bare: Some(&Unit::Em),
    };
    let (leaf, key, other) = match direction {
        Direction::Horizontal => (&text.width, "width", &text.height),
        Direction::Vertical => (&text.height, "height", &text.width),
    };
    refuse(other, direction, notes);
    notes
        .length(leaf, key, allowed, &em)
        .unwrap_or(Length::ZERO)
}

fn refuse(leaf: &Leaf<Quantity>, direction: Direction, notes: &mut Notes) {
    let range: Option<Range<usize>> = leaf.span();
    if leaf.is_missing() {
        return;
    }
    notes.fatal(
        Fault::WrongValue,
        range.as_ref(),
        match direction {
            Direction::Horizontal => (
                "横排的版位里，图片的高由 lines 定".into(),
                "in a horizontal slot `lines` says how high a picture is".into(),
            ),
            Direction::Vertical => (
                "直排的版位里，图片的宽由 lines 定".into(),
                "in a vertical slot `lines` says how wide a picture is".into(),
            ),
        },
        Some(match direction {
            Direction::Horizontal => (
                "删去 height，或写 width".into(),
                "leave out `height`, or write `width`".into(),
            ),
            Direction::Vertical => (
                "删去 width，或写 height".into(),
                "leave out `width`, or write `height`".into(),
            ),
        }),
    );
}
