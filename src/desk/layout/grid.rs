//! The type area and its grid (版心).

use std::ops::Range;

use super::preset::Format;
use super::resolve::{SHEET, pair};
use super::style::{SIZES, wide_gap};
use super::text::{GridText, StyleText};
use crate::base::diag::{Diagnostic, Span};
use crate::base::geom::{Length, Point, Rect, Size};
use crate::desk::form::{Fault, Notes, Placed, Unit, Units, points};
use crate::page::Grid;

/// N02–N04, N09, P06: the grid, and what does not fit it.
pub(super) fn read(
    placed: &Placed<GridText>,
    body: &StyleText,
    trim: Option<Size>,
    format: Option<Format>,
    sizes: &[(String, Length)],
    notes: &mut Notes,
) -> Option<Grid> {
    let text = &placed.value;
    let range = placed.range.as_ref();
    let plain = Units {
        sizes,
        em: Length::pt(9),
        line: Length::pt(12),
        bare: None,
    };
    let columns = match (text.columns.is_missing(), format) {
        (true, Some(format)) => Some(format.columns),
        (true, None) => notes.need(&text.columns, "grid.columns", range).and(None),
        (false, _) => notes.count(&text.columns, "columns", 1..=30),
    };
    let size_leaf = if text.size.is_missing() {
        &body.size
    } else {
        &text.size
    };
    let size = match (size_leaf.is_missing(), format) {
        (true, Some(format)) => Some(format.size),
        (true, None) => notes.need(size_leaf, "grid.size", range).and(None),
        (false, _) => notes.length(size_leaf, "size", SIZES.0..=SIZES.1, &plain),
    };
    let em = Units {
        em: size.unwrap_or(Length::pt(9)),
        bare: Some(&Unit::Em),
        ..plain
    };
    let pitch = pitch(text, range, size, format, &em, notes);
    let chars = match text.chars.is_missing() {
        true if text.column_width.is_missing() && format.is_some() => {
            format.map(|format| format.chars)
        }
        true if text.column_width.is_missing() => {
            notes.need(&text.chars, "grid.chars", range).and(None)
        }
        true => None,
        false => notes.count(&text.chars, "chars", 2..=200),
    };
    let gap = notes.length(&text.gap, "gap", Length::ZERO..=Length::pt(200), &em);
    let wanted = notes.length(&text.column_width, "column_width", SIZES.0..=SHEET.1, &em);
    let area = match text.area.is_missing() {
        true => None,
        false => pair(&text.area, "area", SHEET, &plain, notes),
    };
    let lines = match text.lines.is_missing() {
        true if area.is_none() && format.is_none() => {
            notes.need(&text.lines, "grid.lines", range).and(None)
        }
        true => None,
        false => notes.count(&text.lines, "lines", 1..=1000),
    };
    let (columns, size, pitch) = (columns?, size?, pitch?);
    let mut gap = gap.unwrap_or(size);
    let chars = match (chars, wanted) {
        (Some(chars), _) => chars,
        (None, Some(width)) => {
            let chars = u16::try_from(width.whole(size)).unwrap_or(u16::MAX);
            let rest = width - size * i64::from(chars);
            if !(2..=200).contains(&chars) {
                notes.fatal(
                    Fault::OutOfRange,
                    text.column_width.span().as_ref(),
                    (
                        format!("一栏 {chars} 字超出范围"),
                        format!("a column of {chars} characters is out of range"),
                    ),
                    Some((
                        "每栏应为 2–200 字".into(),
                        "a column must hold 2 to 200 characters".into(),
                    )),
                );
                return None;
            }
            if rest > Length::ZERO {
                gap += rest;
                column_remainder(text, chars, rest, notes);
            }
            chars
        }
        (None, None) => return None,
    };
    let high = area.or(format.map(|format| format.area));
    let asked = match text.area.is_missing() {
        true => text.preset.span(),
        false => text.area.span(),
    };
    let counted = lines.is_some();
    let lines = match (lines, high) {
        (Some(lines), _) => lines,
        (None, Some((_, height))) => {
            let lines = (height - size).whole(pitch) + 1;
            u16::try_from(lines)
                .ok()
                .filter(|lines| (1..=1000).contains(lines))
                .or_else(|| {
                    notes.fatal(
                        Fault::OutOfRange,
                        asked.as_ref(),
                        (
                            "版心高度放不下版格".into(),
                            "the type area holds no grid".into(),
                        ),
                        Some((
                            "应容 1–1000 行".into(),
                            "it must hold 1 to 1000 lines".into(),
                        )),
                    );
                    None
                })?
        }
        (None, None) => return None,
    };
    let mut grid = Grid {
        origin: Point::default(),
        columns,
        chars,
        size,
        pitch,
        gap,
        lines,
    };
    // a format's width is that of its own columns, its height that of its lines
    let usual = format.filter(|format| {
        let written = (text.gap.is_missing(), columns, grid.chars, size);
        written == (true, format.columns, format.chars, format.size)
    });
    let area = area.or(format.map(|format| {
        let width = usual.map_or(grid.width(columns), |format| format.area.0);
        let height = match counted {
            true => grid.height(lines),
            false => format.area.1,
        };
        (width, height)
    }));
    if let Some(area) = area {
        distribute(&mut grid, area, asked.as_ref(), notes);
    }
    let trim = trim?;
    let margins = format
        .filter(|format| (trim.width, trim.height) == format.trim && text.area.is_missing())
        .map(|format| {
            let x = usual.map(|format| format.origin.0);
            (x, (!counted).then_some(format.origin.1))
        });
    place(&mut grid, trim, margins, text, range, &plain, notes).then_some(grid)
}

fn pitch(
    text: &GridText,
    range: Option<&Range<usize>>,
    size: Option<Length>,
    format: Option<Format>,
    em: &Units<'_>,
    notes: &mut Notes,
) -> Option<Length> {
    if !text.pitch.is_missing() {
        let pitch = notes.length(&text.pitch, "pitch", SIZES.0..=Length::pt(1000), em)?;
        let size = size?;
        if pitch < size {
            notes.fatal(
                Fault::OutOfRange,
                text.pitch.span().as_ref(),
                (
                    format!("行高 {}pt 小于字号 {}pt", points(pitch), points(size)),
                    format!(
                        "a pitch of {} pt is below the size of {} pt",
                        points(pitch),
                        points(size)
                    ),
                ),
                Some((
                    "行高 = 字号 + 行距，报纸行距为字号的 1/4–1/3".into(),
                    "pitch is size plus line gap; newspapers use a gap of 1/4 to 1/3 of the size"
                        .into(),
                )),
            );
            return None;
        }
        if pitch > size * 2 {
            wide_gap(&text.pitch, notes);
        }
        return Some(pitch);
    }
    if text.line_gap.is_missing() && format.is_some() {
        return size.map(|size| size + size / 3);
    }
    if text.line_gap.is_missing() {
        return notes.need(&text.line_gap, "grid.pitch", range).and(None);
    }
    let size = size?;
    let gap = notes.length(&text.line_gap, "line_gap", Length::ZERO..=size * 4, em)?;
    if gap > size {
        wide_gap(&text.line_gap, notes);
    }
    Some(size + gap)
}

fn column_remainder(text: &GridText, chars: u16, rest: Length, notes: &mut Notes) {
    let span = text.column_width.span().map(|range| notes.span(&range));
    notes.list.push(
        Diagnostic::warning(
            "layout/column-remainder",
            format!("栏宽不是整字：取 {chars} 字，余 {}pt 归入栏空", points(rest)),
            format!("the column is not a whole number of characters: {chars} are taken, {} pt go to the gap", points(rest)),
        )
        .at_opt(span)
        .help(format!("写 chars = {chars}"), format!("write `chars = {chars}`")),
    );
}

/// N02: millimetres against the grid. The width's difference goes into the
/// gaps, the height's into the margins.
fn distribute(
    grid: &mut Grid,
    area: (Length, Length),
    asked: Option<&Range<usize>>,
    notes: &mut Notes,
) {
    let (width, height) = (grid.width(grid.columns), grid.height(grid.lines));
    let (dx, dy) = (area.0 - width, area.1 - height);
    let span = asked.map(|range| notes.span(range));
    if dx != Length::ZERO && grid.columns > 1 {
        let gaps = i64::from(grid.columns - 1);
        let gap = (area.0 - grid.column_width() * i64::from(grid.columns)) / gaps;
        if gap < grid.size.half() {
            notes.fatal(
                Fault::OutOfRange,
                asked,
                (
                    format!("版心宽 {:.1}mm 放不下 {} 栏：栏空只剩 {:.2}pt", area.0.to_mm(), grid.columns, gap.to_pt()),
                    format!("a type area {:.1} mm wide does not hold {} columns: {:.2} pt are left for a gap", area.0.to_mm(), grid.columns, gap.to_pt()),
                ),
                Some(("减少栏数或每栏字数".into(), "use fewer columns or characters".into())),
            );
            return;
        }
        grid.gap = gap;
        notes.list.push(
            Diagnostic::info(
                "layout/area-mismatch",
                format!("版心宽 {:.1}mm，版格宽 {:.1}mm，差 {:+.1}mm；栏空改为 {:.2}pt", area.0.to_mm(), width.to_mm(), dx.to_mm(), gap.to_pt()),
                format!("type area {:.1} mm, grid {:.1} mm wide: {:+.1} mm go into the gaps, now {:.2} pt", area.0.to_mm(), width.to_mm(), dx.to_mm(), gap.to_pt()),
            )
            .at_opt(span),
        );
    }
    // less than one line of difference is the usual remainder of the height
    if dy.abs() >= grid.pitch || dy < Length::ZERO {
        notes.list.push(
            Diagnostic::info(
                "layout/area-mismatch",
                format!(
                    "版心高 {:.1}mm，版格高 {:.1}mm，差 {:+.1}mm 归入天头地脚",
                    area.1.to_mm(),
                    height.to_mm(),
                    dy.to_mm()
                ),
                format!(
                    "type area {:.1} mm, grid {:.1} mm high: {:+.1} mm go into the margins",
                    area.1.to_mm(),
                    height.to_mm(),
                    dy.to_mm()
                ),
            )
            .at_opt(span),
        );
    }
}

/// N01: the type area on the sheet; `false` where it does not fit.
fn place(
    grid: &mut Grid,
    trim: Size,
    margins: Option<(Option<Length>, Option<Length>)>,
    text: &GridText,
    range: Option<&Range<usize>>,
    units: &Units<'_>,
    notes: &mut Notes,
) -> bool {
    let (width, height) = (grid.width(grid.columns), grid.height(grid.lines));
    let origin = match text.origin.is_missing() {
        true => None,
        false => {
            match pair(
                &text.origin,
                "origin",
                (Length::ZERO, SHEET.1),
                units,
                notes,
            ) {
                Some(origin) => Some(origin),
                None => return false,
            }
        }
    };
    let (x, y) = origin.unwrap_or_else(|| {
        let (x, y) = margins.unwrap_or_default();
        (
            x.unwrap_or((trim.width - width).half()),
            y.unwrap_or((trim.height - height).half()),
        )
    });
    grid.origin = Point::new(x, y);
    let page = Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height);
    if page.contains(grid.area()) {
        return true;
    }
    let shown =
        |size: (Length, Length)| format!("{:.1} × {:.1} mm", size.0.to_mm(), size.1.to_mm());
    let (area, sheet) = (shown((width, height)), shown((trim.width, trim.height)));
    let note = Diagnostic::fatal(
        "layout/area-too-large",
        format!("版心 {area} 超出纸张 {sheet}"),
        format!("the type area of {area} does not fit the sheet of {sheet}"),
    )
    .at(range.map_or(Span::new(notes.source, 0, 0), |range| notes.span(range)))
    .help(
        "减少栏数、每栏字数或行数，或加大 trim",
        "use fewer columns, characters or lines, or a larger `trim`",
    );
    notes.list.push(note);
    false
}
