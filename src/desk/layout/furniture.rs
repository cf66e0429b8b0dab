//! Furniture in its boxes.

use std::ops::Range;
use std::sync::Arc;

use super::boxes;
use super::resolve::{Overlaps, SHEET, stretch, within};
use super::style::{Sheet, style};
use super::text::{FurnitureText, LayoutText, StylesText};
use super::{Cells, Furniture, FurnitureKind, Slot};
use crate::base::diag::Diagnostic;
use crate::base::geom::{Length, Rect, Size};
use crate::desk::border::BorderKind;
use crate::desk::form::{Leaf, Notes, Placed, Quantity, Units};
use crate::page::Grid;
use crate::story::{Ink, Role};

/// All furniture, in drawing order.
pub(super) fn read(
    form: &LayoutText,
    sheet: &Sheet<'_>,
    trim: Size,
    slots: &[Slot],
    notes: &mut Notes,
) -> Vec<Furniture> {
    let page = Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height);
    let mut list = Vec::new();
    let mut overlaps = Overlaps::default();
    for placed in within(&form.furniture, ("furniture", "报头报眉等"), notes) {
        let Some((item, cells)) = piece(placed, &form.styles, sheet, notes) else {
            continue;
        };
        if !page.contains(item.rect) {
            let note = Diagnostic::fatal(
                "layout/outside-sheet",
                format!("“{}”超出纸张", item.name),
                format!("`{}` leaves the sheet", item.name),
            )
            .at_opt(item.span)
            .help("改它的位置或大小", "change its place or size");
            notes.list.push(note);
        }
        let cells_are_none = cells.is_none();
        if let Some(cells) = cells {
            for slot in slots
                .iter()
                .filter(|slot| slot.takes(std::slice::from_ref(&cells)))
            {
                overlaps.note((&slot.name, slot.span), (&item.name, item.span), notes);
            }
        }
        if cells_are_none {
            over_slots(&item, slots, &sheet.grid, notes);
        }
        list.push(item);
    }
    overlaps.end(notes);
    belonging(form, slots, &list, notes);
    list
}

/// N04: what is placed by lengths, and every rule, keeps clear of the slots; a
/// frame may go round them.
fn over_slots(item: &Furniture, slots: &[Slot], grid: &Grid, notes: &mut Notes) {
    if matches!(item.kind, FurnitureKind::Frame { .. }) {
        return;
    }
    let mut parts = slots
        .iter()
        .flat_map(|slot| slot.shape.iter().map(move |cells| (slot, cells.rect(grid))));
    let Some((slot, _)) = parts.find(|(_, rect)| rect.overlaps(item.rect)) else {
        return;
    };
    let mut note = Diagnostic::warning(
        "layout/furniture-over-slot",
        format!("“{}”压在版位“{}”上", item.name, slot.name),
        format!("`{}` stands over slot `{}`", item.name, slot.name),
    )
    .at_opt(item.span)
    .help(
        "改它的位置或大小；给版位铺底用版位自己的 tint",
        "change its place or size; a ground for a slot is the slot's own `tint`",
    );
    if let Some(place) = slot.span {
        note = note.related(place, "版位在这里", "the slot is here");
    }
    notes.list.push(note);
}

/// What furniture belongs to must be there: a text of the furniture or a slot.
fn belonging(form: &LayoutText, slots: &[Slot], list: &[Furniture], notes: &mut Notes) {
    let is_text = |item: &&Furniture| matches!(item.kind, FurnitureKind::Text { .. });
    let texts = list.iter().filter(is_text).map(|item| &*item.name);
    let known: Vec<&str> = slots.iter().map(|slot| &*slot.name).chain(texts).collect();
    for placed in &form.furniture {
        for name in notes.take(&placed.value.with).into_iter().flatten() {
            let what = ("版位或报眉文字", "slot or furniture text");
            notes.lookup(&name.value, Some(&name.range), what, &known);
        }
    }
}

/// One edge and extent of a box: grid numbers or lengths on the sheet.
struct Side<'a> {
    keys: [&'a str; 4],
    cells: (&'a Leaf<i64>, &'a Leaf<i64>),
    lengths: (&'a Leaf<Quantity>, &'a Leaf<Quantity>),
    most: u16,
}

/// What a side came to: where it starts, how far it goes, its cells.
struct Extent {
    from: Length,
    size: Length,
    cells: Option<Range<u16>>,
}

fn extent(
    side: &Side<'_>,
    at: impl Fn(u16) -> Length,
    over: impl Fn(u16) -> Length,
    usual: Option<Length>,
    table: Option<&Range<usize>>,
    grid: &Grid,
    notes: &mut Notes,
) -> Option<Extent> {
    let [first_key, count_key, from_key, size_key] = side.keys;
    let units = Units {
        sizes: &[],
        em: grid.size,
        line: grid.pitch,
        bare: None,
    };
    let low = Length::ZERO;
    let (by_cell, by_length) = (!side.cells.0.is_missing(), !side.lengths.0.is_missing());
    if !by_cell && !by_length {
        notes.need(side.cells.0, first_key, table);
        return None;
    }
    if by_length {
        let from = notes.length(side.lengths.0, from_key, low..=SHEET.1, &units);
        let size = match side.lengths.1.is_missing() {
            true if !side.cells.1.is_missing() => notes
                .count(side.cells.1, count_key, 1..=i64::from(side.most))
                .map(&over),
            true if usual.is_some() => usual,
            true => notes.need(side.lengths.1, size_key, table).and(None),
            false => notes.length(side.lengths.1, size_key, low..=SHEET.1, &units),
        };
        return Some(Extent {
            from: from?,
            size: size?,
            cells: None,
        });
    }
    if side.cells.1.is_missing() {
        // a rule, or a box whose extent is a length
        let first = notes.count(side.cells.0, first_key, 1..=i64::from(side.most))? - 1;
        let size = match side.lengths.1.is_missing() {
            true if usual.is_some() => usual,
            true => notes.need(side.cells.1, count_key, table).and(None),
            false => notes.length(side.lengths.1, size_key, low..=SHEET.1, &units),
        };
        return Some(Extent {
            from: at(first),
            size: size?,
            cells: None,
        });
    }
    let keys = (first_key, count_key);
    let cells = stretch(keys, side.cells, side.most, table, notes)?;
    Some(Extent {
        from: at(cells.start),
        size: over(cells.end - cells.start),
        cells: Some(cells),
    })
}

fn piece(
    placed: &Placed<FurnitureText>,
    base: &StylesText,
    sheet: &Sheet<'_>,
    notes: &mut Notes,
) -> Option<(Furniture, Option<Cells>)> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    let grid = &sheet.grid;
    let name = notes.need(&text.name, "name", table);
    let ruled = boxes::rule(&text.rule, "rule", grid, notes);
    let rule = (!text.rule.is_missing()).then_some(ruled.thickness);
    let frame = boxes::rule(&text.frame, "frame", grid, notes);
    let vertical = notes.take(&text.vertical).unwrap_or(false);
    let fill = notes.take(&text.fill).map(|ink| ink.0);
    let parts = notes.take(&text.text);
    let join = notes
        .take(&text.join)
        .unwrap_or_else(|| "\u{3000}".to_owned());
    let with = notes.take(&text.with).unwrap_or_default();
    let with = with.iter().map(|at| Arc::from(at.value.as_str()));
    let with = with.collect();
    let style = style(
        Role::Furniture,
        &[&text.style.value, &base.furniture.value],
        sheet,
        notes,
    );
    let across = extent(
        &Side {
            keys: ["column", "columns", "x", "width"],
            cells: (&text.column, &text.columns),
            lengths: (&text.x, &text.width),
            most: grid.columns,
        },
        |column| grid.column_x(column),
        |columns| grid.width(columns),
        rule.filter(|_| vertical),
        table,
        grid,
        notes,
    );
    let down = extent(
        &Side {
            keys: ["line", "lines", "y", "height"],
            cells: (&text.line, &text.lines),
            lengths: (&text.y, &text.height),
            most: grid.lines,
        },
        |line| grid.line_y(line),
        |lines| grid.height(lines),
        rule.filter(|_| !vertical),
        table,
        grid,
        notes,
    );
    let (name, across, down) = (name?, across?, down?);
    let mut rect = Rect::new(across.from, down.from, across.size, down.size);
    let kind = match (parts, rule) {
        (Some(parts), _) => FurnitureKind::Text {
            parts: parts.into_iter().map(|at| at.value).collect(),
            join,
            style: Box::new(style),
            fill,
            frame,
        },
        (None, Some(thickness)) => {
            // a rule stands in the middle of its box; where only a column or
            // a line is named, in the white before it
            if vertical {
                if text.columns.is_missing() && text.x.is_missing() {
                    rect.x -= (grid.gap + thickness).half();
                } else {
                    rect.x += (rect.width - thickness).half();
                }
                rect.width = thickness;
            } else {
                if text.lines.is_missing() && text.y.is_missing() {
                    rect.y -= (grid.pitch - grid.size + thickness).half();
                } else {
                    rect.y += (rect.height - thickness).half();
                }
                rect.height = thickness;
            }
            let ink = fill.unwrap_or(Ink::BLACK);
            match ruled.kind {
                BorderKind::Plain => FurnitureKind::Rule { ink },
                _ => FurnitureKind::Line { border: ruled, ink },
            }
        }
        (None, None) => match fill {
            Some(ink) => FurnitureKind::Tint { ink },
            None if frame.is_some() => FurnitureKind::Frame { border: frame },
            None => {
                if text.text.is_missing() && text.rule.is_missing() && text.fill.is_missing() {
                    notes.need(&text.text, "text", table);
                }
                return None;
            }
        },
    };
    let is_text = matches!(kind, FurnitureKind::Text { .. });
    let cells = across
        .cells
        .zip(down.cells)
        .map(|(columns, lines)| Cells { columns, lines });
    let span = table.map(|range| notes.span(range));
    Some((
        Furniture {
            name: Arc::from(name),
            span,
            rect,
            with,
            kind,
        },
        cells.filter(|_| is_text),
    ))
}
