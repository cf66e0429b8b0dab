//! From the layout's text to lengths, indices and rectangles.

use std::ops::Range;
use std::sync::Arc;

use super::style::{SIZES, Sheet, style, wide_gap};
use super::text::{
    FurnitureText, GridText, HeadKind, LayoutText, PictureText, SlotText, StyleText, StylesText,
};
use super::{
    Cells, Composition, FaceRole, Furniture, FurnitureKind, Inline, Layout, Picture, Slot, Style,
    check,
};
use crate::base::diag::{Diagnostic, Span};
use crate::base::geom::{Length, Point, Rect, Size};
use crate::desk::form::{At, Fault, Leaf, Notes, Placed, Quantity, Ratio, Unit, Units, points};
use crate::desk::plan::{Anchor, Ending};
use crate::page::Grid;
use crate::story::{Ink, Role};

/// Stand-ins for a sheet and a grid that could not be read.
const ANY_SHEET: Size = Size::new(Length::MAX, Length::MAX);
const ANY_GRID: Grid = Grid {
    origin: Point::new(Length::ZERO, Length::ZERO),
    columns: 30,
    chars: 200,
    size: Length::pt(9),
    pitch: Length::pt(12),
    gap: Length::pt(9),
    lines: 1000,
};

const SHEET: (Length, Length) = (Length::mm(10), Length::mm(2000));

/// The layout, as far as it can be made out.
pub(super) fn layout(name: &str, form: &LayoutText, notes: &mut Notes) -> Option<Layout> {
    let sizes = sizes(form, notes);
    let (trim, bleed) = sheet(form, notes);
    let grid = grid(&form.grid, &form.styles.body.value, trim, &sizes, notes);
    let faces = faces(form, notes);
    let composition_indent = indent(form, notes);
    let composition = composition(form, notes);
    // where sheet or grid are wrong, the rest is still read, against a grid
    // that anything fits
    let trim = trim.filter(|_| grid.is_some()).unwrap_or(ANY_SHEET);
    let grid = grid.unwrap_or(ANY_GRID);

    let face_names: Vec<&str> = faces.iter().map(|face| &*face.name).collect();
    if form.styles.body.value.face.is_missing() {
        notes.fatal(
            Fault::Missing,
            form.styles.body.range.as_ref(),
            (
                "正文没有字体角色".into(),
                "the body has no face role".into(),
            ),
            Some((
                "在 [styles.body] 里写 face = \"song\"".into(),
                "write `face = \"song\"` in [styles.body]".into(),
            )),
        );
    }
    let sheet = Sheet {
        sizes: &sizes,
        faces: &face_names,
        grid,
        body: &form.styles.body.value,
        indent: composition_indent,
    };
    let own = StylesText::default();
    let styles = styles(&own, &form.styles, &sheet, notes);
    let inline = inline(form, &face_names, notes);
    let slots = slots(form, &sheet, notes);
    let furniture = furniture(form, &sheet, trim, &slots, notes);
    let title = notes.take(&form.title).unwrap_or_default();
    let masthead = notes.take(&form.masthead).unwrap_or(false);
    drop(face_names);
    if notes.failed() {
        return None;
    }
    let layout = Layout {
        name: name.into(),
        title,
        masthead,
        trim,
        bleed,
        grid,
        faces,
        inline,
        styles,
        composition,
        slots,
        furniture,
    };
    notes.list.extend(check::check(&layout, notes.source));
    Some(layout)
}

/// N11: the house's own sizes.
fn sizes(form: &LayoutText, notes: &mut Notes) -> Vec<(String, Length)> {
    let units = Units {
        sizes: &[],
        em: Length::pt(9),
        line: Length::pt(12),
        bare: Some(&Unit::Pt),
    };
    form.sizes
        .iter()
        .filter_map(|(name, leaf)| {
            let size = notes.length(leaf, name, SIZES.0..=SIZES.1, &units)?;
            Some((name.clone(), size))
        })
        .collect()
}

/// Two lengths of a list of two.
fn pair(
    leaf: &Leaf<Vec<At<Quantity>>>,
    key: &str,
    allowed: (Length, Length),
    units: &Units<'_>,
    notes: &mut Notes,
) -> Option<(Length, Length)> {
    let list = notes.take(leaf)?;
    let [first, second] = list.as_slice() else {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("{key} 应为两个长度"),
                format!("`{key}` must be two lengths"),
            ),
            Some((
                format!("写成 {key} = [\"390mm\", \"540mm\"]"),
                format!("write `{key} = [\"390mm\", \"540mm\"]`"),
            )),
        );
        return None;
    };
    let mut one = |at: &At<Quantity>| {
        notes.measure(
            &at.value,
            Some(&at.range),
            key,
            allowed.0..=allowed.1,
            units,
        )
    };
    let (first, second) = (one(first), one(second));
    Some((first?, second?))
}

/// N01: trim and bleed.
fn sheet(form: &LayoutText, notes: &mut Notes) -> (Option<Size>, Length) {
    let text = &form.sheet.value;
    let units = Units {
        sizes: &[],
        em: Length::pt(9),
        line: Length::pt(12),
        bare: None,
    };
    let trim = if text.trim.is_missing() {
        notes.need(&text.trim, "sheet.trim", form.sheet.range.as_ref());
        None
    } else {
        pair(&text.trim, "trim", SHEET, &units, notes)
    };
    let bleed = match text.bleed.is_missing() {
        true => None,
        false => notes.length(&text.bleed, "bleed", Length::ZERO..=Length::mm(50), &units),
    };
    (
        trim.map(|(width, height)| Size::new(width, height)),
        bleed.unwrap_or(Length::mm(3)),
    )
}

/// N02–N04, N09, P06: the grid, and what does not fit it.
fn grid(
    placed: &Placed<GridText>,
    body: &StyleText,
    trim: Option<Size>,
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
    let columns = match text.columns.is_missing() {
        true => notes.need(&text.columns, "grid.columns", range).and(None),
        false => notes.count(&text.columns, "columns", 1..=30),
    };
    let size_leaf = if text.size.is_missing() {
        &body.size
    } else {
        &text.size
    };
    let size = match size_leaf.is_missing() {
        true => notes.need(size_leaf, "grid.size", range).and(None),
        false => notes.length(size_leaf, "size", SIZES.0..=SIZES.1, &plain),
    };
    let em = Units {
        em: size.unwrap_or(Length::pt(9)),
        bare: Some(&Unit::Em),
        ..plain
    };
    let pitch = pitch(text, range, size, &em, notes);
    let chars = match text.chars.is_missing() {
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
        true if area.is_none() => notes.need(&text.lines, "grid.lines", range).and(None),
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
    let lines = match (lines, area) {
        (Some(lines), _) => lines,
        (None, Some((_, height))) => {
            let lines = (height - size).whole(pitch) + 1;
            u16::try_from(lines)
                .ok()
                .filter(|lines| (1..=1000).contains(lines))
                .or_else(|| {
                    notes.fatal(
                        Fault::OutOfRange,
                        text.area.span().as_ref(),
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
    if let Some(area) = area {
        distribute(&mut grid, area, text, notes);
    }
    place(&mut grid, trim?, text, range, &plain, notes).then_some(grid)
}

fn pitch(
    text: &GridText,
    range: Option<&Range<usize>>,
    size: Option<Length>,
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
fn distribute(grid: &mut Grid, area: (Length, Length), text: &GridText, notes: &mut Notes) {
    let (width, height) = (grid.width(grid.columns), grid.height(grid.lines));
    let (dx, dy) = (area.0 - width, area.1 - height);
    let span = text.area.span().map(|range| notes.span(&range));
    if dx != Length::ZERO && grid.columns > 1 {
        let gaps = i64::from(grid.columns - 1);
        let gap = (area.0 - grid.column_width() * i64::from(grid.columns)) / gaps;
        if gap < grid.size.half() {
            notes.fatal(
                Fault::OutOfRange,
                text.area.span().as_ref(),
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
    let (x, y) =
        origin.unwrap_or_else(|| ((trim.width - width).half(), (trim.height - height).half()));
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

/// T34: face roles.
fn faces(form: &LayoutText, notes: &mut Notes) -> Vec<FaceRole> {
    let mut list = Vec::new();
    for (name, placed) in &form.faces {
        let text = &placed.value;
        let mut stems = |leaf: &Leaf<Vec<At<String>>>, required: bool| -> Vec<(String, Span)> {
            let found = match required {
                true => notes.need(leaf, &format!("faces.{name}.han"), placed.range.as_ref()),
                false => notes.take(leaf),
            };
            let whole = leaf.span().unwrap_or(0..0);
            found
                .unwrap_or_default()
                .into_iter()
                .map(|at| {
                    let range = if at.range.is_empty() {
                        whole.clone()
                    } else {
                        at.range
                    };
                    (at.value, notes.span(&range))
                })
                .collect()
        };
        let (han, latin) = (stems(&text.han, true), stems(&text.latin, false));
        list.push(FaceRole {
            name: name.as_str().into(),
            han,
            latin,
        });
    }
    list
}

fn inline(form: &LayoutText, faces: &[&str], notes: &mut Notes) -> Inline {
    let text = &form.inline.value;
    let mut face = |leaf: &Leaf<String>| {
        let name = notes.take(leaf)?;
        notes.lookup(
            &name,
            leaf.span().as_ref(),
            ("字体角色", "face role"),
            faces,
        )
    };
    let (strong, emphasis, dateline) = (
        face(&text.strong),
        face(&text.emphasis),
        face(&text.dateline),
    );
    Inline {
        strong,
        emphasis,
        dateline,
        dateline_blank: notes.take(&text.dateline_blank).unwrap_or(false),
        bullet: notes.take(&text.bullet).unwrap_or_default(),
    }
}

fn em_ratio(leaf: &Leaf<Quantity>, key: &str, most: i64, notes: &mut Notes) -> Option<Ratio> {
    let quantity = notes.take(leaf)?;
    let Ratio { num, den } = quantity.value;
    let good = matches!(quantity.unit, Unit::Bare | Unit::Em) && num >= 0 && num <= den * most;
    if !good {
        notes.fatal(
            Fault::OutOfRange,
            leaf.span().as_ref(),
            (
                format!("{key} 超出范围"),
                format!("`{key}` is out of range"),
            ),
            Some((
                format!("{key} 以字计，0–{most}，如 \"1/4\""),
                format!("`{key}` is in em, 0 to {most}, such as \"1/4\""),
            )),
        );
        return None;
    }
    Some(quantity.value)
}

fn indent(form: &LayoutText, notes: &mut Notes) -> Option<Quantity> {
    let value = em_ratio(&form.composition.value.indent, "indent", 20, notes)?;
    Some(Quantity {
        value,
        unit: Unit::Em,
    })
}

fn composition(form: &LayoutText, notes: &mut Notes) -> Composition {
    let text = &form.composition.value;
    Composition {
        level: notes
            .take(&text.level)
            .map(|level| level.0)
            .unwrap_or_default(),
        fit: notes.take(&text.fit).map(|fit| fit.0).unwrap_or_default(),
        han_letter_gap: em_ratio(&text.han_letter_gap, "han_letter_gap", 1, notes),
        han_digit_gap: em_ratio(&text.han_digit_gap, "han_digit_gap", 1, notes),
        hanging: notes.take(&text.hanging).unwrap_or(false),
        line_end: notes
            .take(&text.line_end)
            .map(|end| end.0)
            .unwrap_or_default(),
    }
}

/// All roles: the slot's own style over the layout's.
fn styles(own: &StylesText, base: &StylesText, sheet: &Sheet<'_>, notes: &mut Notes) -> Vec<Style> {
    Role::ALL
        .iter()
        .map(|&role| {
            style(
                role,
                &[&own.of(role).value, &base.of(role).value],
                sheet,
                notes,
            )
        })
        .collect()
}

fn slots(form: &LayoutText, sheet: &Sheet<'_>, notes: &mut Notes) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for placed in &form.slots {
        let Some(slot) = slot(placed, &form.styles, sheet, notes) else {
            continue;
        };
        for other in &slots {
            if other.name == slot.name {
                duplicate("版位", "slot", &slot.name, slot.span, other.span, notes);
            }
            if other.cells().overlap(&slot.cells()) {
                overlap((&other.name, other.span), (&slot.name, slot.span), notes);
            }
        }
        slots.push(slot);
    }
    let mains: Vec<&Slot> = slots.iter().filter(|slot| slot.main).collect();
    if let [first, second, ..] = mains.as_slice() {
        duplicate(
            "主版位",
            "main slot",
            &second.name,
            second.span,
            first.span,
            notes,
        );
    }
    slots
}

fn duplicate(
    zh: &str,
    en: &str,
    name: &str,
    span: Option<Span>,
    first: Option<Span>,
    notes: &mut Notes,
) {
    let mut note = Diagnostic::fatal(
        notes.kind.code(Fault::Duplicate),
        format!("{zh}“{name}”重复"),
        format!("the {en} `{name}` is there twice"),
    )
    .at_opt(span)
    .help("改名或删去一个", "rename or remove one of them");
    if let Some(first) = first {
        note = note.related(first, "另一个在这里", "the other one is here");
    }
    notes.list.push(note);
}

fn overlap(first: (&str, Option<Span>), second: (&str, Option<Span>), notes: &mut Notes) {
    let mut note = Diagnostic::fatal(
        "layout/overlap",
        format!("“{}”与“{}”重叠", second.0, first.0),
        format!("`{}` overlaps `{}`", second.0, first.0),
    )
    .at_opt(second.1)
    .help(
        "改 column、columns、line 或 lines",
        "change `column`, `columns`, `line` or `lines`",
    );
    if let Some(place) = first.1 {
        note = note.related(place, "另一个在这里", "the other one is here");
    }
    notes.list.push(note);
}

/// First and count of columns or lines, counted from 1, inside `most`.
fn stretch(
    keys: (&str, &str),
    leaves: (&Leaf<i64>, &Leaf<i64>),
    most: u16,
    table: Option<&Range<usize>>,
    notes: &mut Notes,
) -> Option<Range<u16>> {
    for (leaf, key) in [(leaves.0, keys.0), (leaves.1, keys.1)] {
        if leaf.is_missing() {
            notes.need(leaf, key, table);
        }
    }
    let first = notes.count(leaves.0, keys.0, 1..=1000);
    let count = notes.count(leaves.1, keys.1, 1..=1000);
    let (first, count) = (first? - 1, count?);
    if first + count > most {
        let last = first + count;
        let note = Diagnostic::fatal(
            "layout/outside-grid",
            format!("{} {} 到 {last} 超出版格的 {most}", keys.0, first + 1),
            format!(
                "{} {} to {last} leaves the grid of {most}",
                keys.0,
                first + 1
            ),
        )
        .at_opt(leaves.1.span().map(|range| notes.span(&range)))
        .help(
            format!("{} + {} − 1 不得大于 {most}", keys.0, keys.1),
            format!("`{}` + `{}` − 1 must not exceed {most}", keys.0, keys.1),
        );
        notes.list.push(note);
        return None;
    }
    Some(first..first + count)
}

fn slot(
    placed: &Placed<SlotText>,
    base: &StylesText,
    sheet: &Sheet<'_>,
    notes: &mut Notes,
) -> Option<Slot> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    let grid = &sheet.grid;
    let name = notes.need(&text.name, "name", table);
    let columns = stretch(
        ("column", "columns"),
        (&text.column, &text.columns),
        grid.columns,
        table,
        notes,
    );
    let lines = stretch(
        ("line", "lines"),
        (&text.line, &text.lines),
        grid.lines,
        table,
        notes,
    );
    let styles = styles(&text.style, base, sheet, notes);
    let rule = |leaf: &Leaf<Quantity>, key, notes: &mut Notes| {
        let units = Units {
            sizes: &[],
            em: grid.size,
            line: grid.pitch,
            bare: Some(&Unit::Pt),
        };
        notes
            .length(leaf, key, Length::ZERO..=Length::pt(20), &units)
            .unwrap_or(Length::ZERO)
    };
    let column_rule = rule(&text.column_rule, "column_rule", notes);
    let frame_rule = rule(&text.frame, "frame", notes);
    let rule_above = rule(&text.rule_above, "rule_above", notes);
    let padding = match text.padding.is_missing() {
        true if frame_rule > Length::ZERO => grid.size,
        _ => {
            let em = Units {
                sizes: &[],
                em: grid.size,
                line: grid.pitch,
                bare: Some(&Unit::Em),
            };
            notes
                .length(&text.padding, "padding", Length::ZERO..=grid.size * 10, &em)
                .unwrap_or(Length::ZERO)
        }
    };
    let head_parts = head_parts(text, notes);
    let head_lines = notes
        .count(&text.head.value.lines, "lines", 0..=1000)
        .unwrap_or(0);
    let head_stretch = notes
        .count(&text.head.value.stretch, "stretch", 0..=1000)
        .unwrap_or(0);
    let byline = notes
        .take(&text.byline)
        .map(|place| place.0)
        .unwrap_or_default();
    let ending = notes
        .take(&text.ending)
        .map_or(Ending::Fill, |ending| ending.0);
    let main = notes.take(&text.main).unwrap_or(false);
    let asked = notes.count(&text.text_columns, "text_columns", 1..=60);
    let (name, columns, lines) = (name?, columns?, lines?);
    let count = columns.end - columns.start;
    let text_columns = asked.unwrap_or(count);
    let size = styles.iter().find(|style| style.role == Role::Body)?.size;
    let width = grid.width(count) - padding * 2;
    let (text_measure, text_gap) = measure(grid, width, text_columns, size);
    if text_measure < size * 2 {
        notes.fatal(
            Fault::OutOfRange,
            text.text_columns.span().or_else(|| placed.range.clone()).as_ref(),
            (
                format!("版位“{name}”分 {text_columns} 栏，每栏不足两字"),
                format!("slot `{name}` in {text_columns} columns leaves less than two characters a column"),
            ),
            Some(("减少 text_columns 或 padding".into(), "use fewer `text_columns` or less `padding`".into())),
        );
        return None;
    }
    let mut slot = Slot {
        name: name.into(),
        span: table.map(|range| notes.span(range)),
        main,
        column: columns.start,
        columns: count,
        line: lines.start,
        lines: lines.end - lines.start,
        text_columns,
        text_measure,
        text_gap,
        head_parts,
        head_lines,
        head_stretch,
        byline,
        styles,
        pictures: Vec::new(),
        ending,
        column_rule,
        frame_rule,
        padding,
        rule_above,
    };
    slot.pictures = pictures(text, &slot, size, notes);
    Some(slot)
}

/// N05, N06, P06: the measure is whole em; what is left goes to the gaps.
fn measure(grid: &Grid, width: Length, columns: u16, size: Length) -> (Length, Length) {
    let count = i64::from(columns.max(1));
    let room = (width - grid.gap * (count - 1)) / count;
    let measure = size * room.whole(size).max(0);
    let gap = if count > 1 {
        (width - measure * count) / (count - 1)
    } else {
        Length::ZERO
    };
    (measure, gap)
}

fn head_parts(text: &SlotText, notes: &mut Notes) -> Vec<Role> {
    let head = &text.head.value;
    if let Some(kind) = notes.take(&head.kind)
        && kind.0 != HeadKind::Over
    {
        let note = Diagnostic::fatal(
            "layout/not-built-yet",
            "这种题文关系还没有实现，目前只有盖文题",
            "this relation of headline and text is not built yet; only `over` is",
        )
        .at_opt(head.kind.span().map(|range| notes.span(&range)))
        .help("写 type = \"over\"", "write `type = \"over\"`");
        notes.list.push(note);
    }
    let usual = vec![
        Role::Label,
        Role::Banner,
        Role::BannerEn,
        Role::Kicker,
        Role::Head,
        Role::Deck,
        Role::Byline,
    ];
    let Some(parts) = notes.take(&head.parts) else {
        return usual;
    };
    parts.into_iter().map(|at| at.value.0.0).collect()
}

fn pictures(text: &SlotText, slot: &Slot, size: Length, notes: &mut Notes) -> Vec<Picture> {
    let mut list: Vec<Picture> = Vec::new();
    for placed in &text.pictures {
        let Some(picture) = picture(placed, slot, size, notes) else {
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
    notes: &mut Notes,
) -> Option<Picture> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    let name = notes.need(&text.name, "name", table);
    let columns = stretch(
        ("column", "columns"),
        (&text.column, &text.columns),
        slot.text_columns,
        table,
        notes,
    );
    let anchor = notes
        .take(&text.anchor)
        .map_or(Anchor::Top, |anchor| anchor.0);
    if text.lines.is_missing() {
        notes.need(&text.lines, "lines", table);
    }
    let lines = notes.count(&text.lines, "lines", 1..=i64::from(slot.lines));
    let columns = columns?;
    let count = columns.end - columns.start;
    let most = slot.text_measure * i64::from(count) + slot.text_gap * i64::from(count - 1);
    let em = Units {
        sizes: &[],
        em: size,
        line: size,
        bare: Some(&Unit::Em),
    };
    let width = notes
        .length(&text.width, "width", size..=most, &em)
        .unwrap_or(Length::ZERO);
    Some(Picture {
        name: name?.into(),
        column: columns.start,
        columns: count,
        anchor,
        lines: lines?,
        width: if width == most { Length::ZERO } else { width },
    })
}

fn furniture(
    form: &LayoutText,
    sheet: &Sheet<'_>,
    trim: Size,
    slots: &[Slot],
    notes: &mut Notes,
) -> Vec<Furniture> {
    let page = Rect::new(Length::ZERO, Length::ZERO, trim.width, trim.height);
    let mut list = Vec::new();
    for placed in &form.furniture {
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
        if let Some(cells) = cells {
            for slot in slots.iter().filter(|slot| slot.cells().overlap(&cells)) {
                overlap((&slot.name, slot.span), (&item.name, item.span), notes);
            }
        }
        list.push(item);
    }
    list
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
    let points = Units {
        sizes: &[],
        em: grid.size,
        line: grid.pitch,
        bare: Some(&Unit::Pt),
    };
    let thin = Length::ZERO..=Length::pt(200);
    let rule = notes.length(&text.rule, "rule", thin.clone(), &points);
    let frame = notes
        .length(&text.frame, "frame", thin, &points)
        .unwrap_or(Length::ZERO);
    let vertical = notes.take(&text.vertical).unwrap_or(false);
    let fill = notes.take(&text.fill).map(|ink| ink.0);
    let parts = notes.take(&text.text);
    let join = notes
        .take(&text.join)
        .unwrap_or_else(|| "\u{3000}".to_owned());
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
                    rect.x = rect.x - (grid.gap + thickness).half();
                } else {
                    rect.x += (rect.width - thickness).half();
                }
                rect.width = thickness;
            } else {
                if text.lines.is_missing() && text.y.is_missing() {
                    rect.y = rect.y - (grid.pitch - grid.size + thickness).half();
                } else {
                    rect.y += (rect.height - thickness).half();
                }
                rect.height = thickness;
            }
            FurnitureKind::Rule {
                ink: fill.unwrap_or(Ink::BLACK),
            }
        }
        (None, None) => match fill {
            Some(ink) => FurnitureKind::Rule { ink },
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
            kind,
        },
        cells.filter(|_| is_text),
    ))
}
