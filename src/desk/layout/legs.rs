//! 稿件形状: the columns of a slot, where they are not all as deep as it, and
//! the frames that its text goes on into (N06, N33).

use std::ops::Range;

use super::resolve::stretch;
use super::text::{FrameText, Remainder, SlotText};
use crate::base::clreq::Direction;
use crate::base::geom::Length;
use crate::desk::columns::{Cells, Stand, TextColumn, TextColumns};
use crate::desk::form::{Fault, Leaf, Notes, OneOf, Placed};
use crate::desk::plan::Ending;
use crate::page::Grid;

/// What the shape of a slot is made of.
#[derive(Clone, Debug)]
pub(super) struct Within<'g> {
    /// Base columns and grid lines of the slot.
    pub(super) cells: Cells,
    /// Text columns asked for.
    pub(super) asked: Option<u16>,
    pub(super) grid: &'g Grid,
    /// Size of its body: measures are whole em of it.
    pub(super) size: Length,
    /// White inside its frame.
    pub(super) padding: Length,
    pub(super) direction: Direction,
    /// Whether it is a box: framed, tinted or padded.
    pub(super) boxed: bool,
    pub(super) ending: Ending,
    /// Base columns that its headline block stands over.
    pub(super) headed: u16,
    /// Grid lines that its headline block takes at least.
    pub(super) head_lines: u16,
    /// The grid lines of the slot that a headline between two bands of text
    /// takes.
    pub(super) between: Option<Range<u16>>,
}

/// A slot's columns and the cells it takes, its own first.
pub(super) struct Shape {
    pub(super) text: TextColumns,
    pub(super) cells: Vec<Cells>,
}

/// Reads `text_columns`, `remainder`, `legs` and `frames`. `None` where they
/// cannot be, which is said.
pub(super) fn read(text: &SlotText, within: &Within<'_>, notes: &mut Notes) -> Option<Shape> {
    let asked = within.asked;
    let remainder = notes.take(&text.remainder).map(|OneOf(way)| way);
    let remainder = remainder.unwrap_or_default();
    let uneven = !text.legs.is_empty() || !text.frames.is_empty();
    let partly = within.headed < width(&within.cells.columns);
    if !(uneven || partly) {
        let (base, count, along) = match within.direction {
            Direction::Horizontal => {
                let base = width(&within.cells.columns);
                (base, asked.unwrap_or(base), within.grid.width(base))
            }
            // lines of a vertical slot are as long as its bands are high
            Direction::Vertical => {
                let lines = width(&within.cells.lines);
                let base = width(&within.cells.columns);
                (base, asked.unwrap_or(1), within.grid.height(lines))
            }
        };
        let columns = share(within, along - within.padding * 2, (base, count), remainder);
        return Some(Shape {
            text: TextColumns::new(banded(columns, within)),
            cells: vec![within.cells.clone()],
        });
    }
    if !may_be_uneven(text, within, notes) {
        return None;
    }
    let mut shape = Shape {
        text: TextColumns::new(Vec::new()),
        cells: Vec::new(),
    };
    let mut columns = legs(text, within, (asked, remainder), &mut shape.cells, notes)?;
    for (nth, placed) in (1..).zip(&text.frames) {
        frame(
            placed,
            within,
            (nth, remainder),
            &mut columns,
            &mut shape.cells,
            notes,
        )?;
    }
    shape.text = TextColumns::new(columns);
    Some(shape)
}

/// 文夹题: the columns above the headline, and the same below it (N27).
fn banded(columns: Vec<TextColumn>, within: &Within<'_>) -> Vec<TextColumn> {
    let Some(head) = &within.between else {
        return columns;
    };
    let slot = &within.cells.lines;
    let band = |run: u16, reach: Range<u16>| {
        let column = move |column: &TextColumn| TextColumn {
            run,
            reach: Some(reach.clone()),
            ..column.clone()
        };
        columns.iter().map(column)
    };
    let above = band(0, slot.start..slot.start + head.start);
    let below = band(1, slot.start + head.end..slot.end);
    above.chain(below).collect()
}

/// Whether a slot may have columns of unlike depth; said where it may not.
fn may_be_uneven(text: &SlotText, within: &Within<'_>, notes: &mut Notes) -> bool {
    let first = |list: Option<&Range<usize>>| list.cloned();
    let place = first(text.legs.first().and_then(|leg| leg.range.as_ref()))
        .or_else(|| first(text.frames.first().and_then(|frame| frame.range.as_ref())))
        .or_else(|| text.head.value.columns.span());
    let mut refuse = |zh: &str, en: &str, help: (&str, &str)| {
        notes.fatal(
            Fault::WrongValue,
            place.as_ref(),
            (zh.to_owned(), en.to_owned()),
            Some((help.0.to_owned(), help.1.to_owned())),
        );
        false
    };
    if within.between.is_some() {
        return refuse(
            "文夹题的版位只能是长方形",
            "a slot with its headline between two bands of text is a rectangle",
            ("删去 legs 和 frames", "leave out `legs` and `frames`"),
        );
    }
    if within.direction == Direction::Vertical {
        return refuse(
            "直排的版位只能是长方形",
            "a vertical slot is a rectangle",
            ("删去 legs 和 frames", "leave out `legs` and `frames`"),
        );
    }
    if within.boxed {
        return refuse(
            "有框、有底纹的版位只能是长方形",
            "a slot with a frame, a tint or padding is a rectangle",
            (
                "删去 frame、tint、padding，或删去 legs 和 frames",
                "leave out `frame`, `tint` and `padding`, or `legs` and `frames`",
            ),
        );
    }
    if within.ending == Ending::Balance {
        return refuse(
            "各栏高低不一的版位不能匀栏",
            "columns of unlike depth cannot be balanced",
            (
                "删去 ending = \"balance\"",
                "leave out `ending = \"balance\"`",
            ),
        );
    }
    true
}

/// The legs of the slot itself, from left to right; what they leave of its
/// base columns is one more, as deep as the slot.
fn legs(
    text: &SlotText,
    within: &Within<'_>,
    (asked, remainder): (Option<u16>, Remainder),
    cells: &mut Vec<Cells>,
    notes: &mut Notes,
) -> Option<Vec<TextColumn>> {
    let (base, deep) = (&within.cells.columns, width(&within.cells.lines));
    let mut next = base.start;
    let mut columns: Vec<TextColumn> = Vec::new();
    for placed in &text.legs {
        let leg = &placed.value;
        if leg.columns.is_missing() {
            notes.need(&leg.columns, "columns", placed.range.as_ref());
        }
        let most = i64::from(base.end.saturating_sub(next));
        if most == 0 {
            notes.fatal(
                Fault::OutOfRange,
                placed.range.as_ref(),
                (
                    format!("这个版位只有 {} 栏，前面的 legs 已经占满", width(base)),
                    format!(
                        "the slot has {} columns, and the legs before take them all",
                        width(base)
                    ),
                ),
                Some(("删去这一段".into(), "leave this leg out".into())),
            );
            return None;
        }
        let count = notes.count(&leg.columns, "columns", 1..=most)?;
        let line = first_line(&leg.line, deep, notes)?;
        let most = i64::from(deep - line);
        let lines = match leg.lines.is_missing() {
            true => deep - line,
            false => notes.count(&leg.lines, "lines", 1..=most)?,
        };
        let own = notes.count(&leg.text_columns, "text_columns", 1..=60);
        let place = next..next + count;
        let top = within.cells.lines.start + line;
        let reach = top..top + lines;
        columns.extend(set(within, &place, own, remainder, &reach));
        take(cells, within, place, reach);
        next += count;
    }
    if next < base.end {
        let place = next..base.end;
        let reach = within.cells.lines.clone();
        let own = match text.legs.is_empty() {
            true => asked,
            false => None,
        };
        columns.extend(set(within, &place, own, remainder, &reach));
        take(cells, within, place, reach);
    }
    Some(columns)
}

/// A line of the slot, counted from 1, as an offset.
fn first_line(leaf: &Leaf<i64>, deep: u16, notes: &mut Notes) -> Option<u16> {
    match leaf.is_missing() {
        true => Some(0),
        false => notes
            .count(leaf, "line", 1..=i64::from(deep))
            .map(|line| line - 1),
    }
}

/// The columns of a leg, with how far they reach. Those right of the headline
/// block stand beside it; columns of the leg's own are all where its first is.
fn set(
    within: &Within<'_>,
    place: &Range<u16>,
    own: Option<u16>,
    remainder: Remainder,
    reach: &Range<u16>,
) -> Vec<TextColumn> {
    let edge = within.cells.columns.start + within.headed;
    if own.is_none() && place.start < edge && edge < place.end {
        let mut columns = set(within, &(place.start..edge), own, remainder, reach);
        columns.extend(set(within, &(edge..place.end), own, remainder, reach));
        return columns;
    }
    let count = own.unwrap_or(width(place));
    let grid = within.grid;
    let start = within.cells.columns.start;
    let at = grid.column_x(place.start) - grid.column_x(start);
    let beside = place.start >= start + within.headed;
    let whole = *reach == within.cells.lines;
    let columns = share(
        within,
        grid.width(width(place)),
        (width(place), count),
        remainder,
    );
    let column = |column: TextColumn| TextColumn {
        x: at + column.x,
        reach: (beside || !whole).then(|| reach.clone()),
        stand: match beside {
            true => Stand::BesideHead,
            false => Stand::BelowHead,
        },
        ..column
    };
    columns.into_iter().map(column).collect()
}

/// Notes the cells of a leg, the headline's above it among them; they join
/// those of the leg before where they are as deep.
fn take(cells: &mut Vec<Cells>, within: &Within<'_>, columns: Range<u16>, lines: Range<u16>) {
    let slot = &within.cells;
    if lines.start > slot.lines.start && within.head_lines > 0 {
        let end = slot.lines.start + within.head_lines.min(lines.start - slot.lines.start);
        join(cells, columns.clone(), slot.lines.start..end);
    }
    join(cells, columns, lines);
}

fn join(cells: &mut Vec<Cells>, columns: Range<u16>, lines: Range<u16>) {
    let beside = cells
        .iter_mut()
        .find(|other| other.columns.end == columns.start && other.lines == lines);
    match beside {
        Some(other) => other.columns.end = columns.end,
        None => cells.push(Cells { columns, lines }),
    }
}

/// A further frame, anywhere on the page.
fn frame(
    placed: &Placed<FrameText>,
    within: &Within<'_>,
    (nth, remainder): (u16, Remainder),
    columns: &mut Vec<TextColumn>,
    cells: &mut Vec<Cells>,
    notes: &mut Notes,
) -> Option<()> {
    let (text, table, grid) = (&placed.value, placed.range.as_ref(), within.grid);
    let keys = ("column", "columns");
    let place = stretch(
        keys,
        (&text.column, &text.columns),
        grid.columns,
        table,
        notes,
    );
    let keys = ("line", "lines");
    let lines = stretch(keys, (&text.line, &text.lines), grid.lines, table, notes);
    let own = notes.count(&text.text_columns, "text_columns", 1..=60);
    let (place, lines) = (place?, lines?);
    let own_cells = Cells {
        columns: place.clone(),
        lines: lines.clone(),
    };
    if cells.iter().any(|other| other.overlap(&own_cells)) {
        notes.fatal(
            Fault::WrongValue,
            table,
            (
                "这一块与同一版位前面的块重叠".into(),
                "this frame overlaps an earlier part of its own slot".into(),
            ),
            Some((
                "改 column、columns、line 或 lines".into(),
                "change `column`, `columns`, `line` or `lines`".into(),
            )),
        );
        return None;
    }
    let count = own.unwrap_or(width(&place));
    let at = grid.column_x(place.start) - grid.column_x(within.cells.columns.start);
    let set = share(
        within,
        grid.width(width(&place)),
        (width(&place), count),
        remainder,
    );
    columns.extend(set.into_iter().map(|column| TextColumn {
        x: at + column.x,
        reach: Some(lines.clone()),
        run: nth,
        stand: Stand::Elsewhere,
        ..column
    }));
    cells.push(own_cells);
    Some(())
}

/// N05, N06, P06: `count` columns of whole em over the width of `base`. What is left goes to the
/// gaps, or an em each to the last columns.
fn share(
    within: &Within<'_>,
    along: Length,
    (base, count): (u16, u16),
    remainder: Remainder,
) -> Vec<TextColumn> {
    let (count, size) = (count.max(1), within.size);
    let gaps = i64::from(count - 1);
    let room = along - within.grid.gap * gaps;
    let em = room.whole(size).max(0);
    let (least, more) = match remainder {
        Remainder::Gaps => ((room / i64::from(count)).whole(size).max(0), 0),
        Remainder::Columns => (em / i64::from(count), em % i64::from(count)),
    };
    let measures = (0..i64::from(count)).map(|nth| {
        let wide = nth >= i64::from(count) - more;
        size * (least + i64::from(wide))
    });
    let measures: Vec<Length> = measures.collect();
    let text: Length = measures.iter().copied().sum();
    let gap = match gaps {
        0 => Length::ZERO,
        gaps => (along - text) / gaps,
    };
    let mut x = Length::ZERO;
    let mut columns = Vec::new();
    for measure in measures {
        columns.push(TextColumn {
            x,
            measure,
            reach: None,
            run: 0,
            stand: Stand::BelowHead,
            recolumned: count != base,
        });
        x += measure + gap;
    }
    columns
}

fn width(range: &Range<u16>) -> u16 {
    range.end.saturating_sub(range.start)
}
