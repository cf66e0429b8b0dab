//! Slots.

use super::resolve::{Overlaps, duplicate, stretch, within};
use super::style::{Sheet, style, top};
use super::text::{HeadKind, LayoutText, SlotText, StyleText, StylesText};
use super::{Slot, Style};
use crate::base::clreq::Direction;
use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::desk::form::{Fault, Leaf, Notes, Placed, Quantity, Unit, Units, points};
use crate::desk::plan::{Ending, HeadPlace};
use crate::page::Grid;
use crate::story::Role;

/// N24: white above, between and below the parts of a headline is one to two
/// body lines.
const USUAL_HEAD_GAP: u16 = 2;

/// All roles: the slot's own style over the layout's.
pub(super) fn styles(
    own: &StylesText,
    base: &StylesText,
    sheet: &Sheet<'_>,
    notes: &mut Notes,
) -> Vec<Style> {
    Role::ALL
        .iter()
        .map(|&role| {
            let of = |role| [&own.of(role).value, &base.of(role).value];
            let [own, base] = of(role);
            match role {
                Role::TableHead => {
                    let [table, base_table] = of(Role::Table);
                    style(role, &[own, base, table, base_table], sheet, notes)
                }
                _ => style(role, &[own, base], sheet, notes),
            }
        })
        .collect()
}

/// All slots, in the order written.
pub(super) fn read(form: &LayoutText, sheet: &Sheet<'_>, notes: &mut Notes) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut overlaps = Overlaps::default();
    for placed in within(&form.slots, ("slots", "版位"), notes) {
        let Some(slot) = slot(placed, &form.styles, sheet, notes) else {
            continue;
        };
        if let Some(other) = slots.iter().find(|other| other.name == slot.name) {
            duplicate("版位", "slot", &slot.name, slot.span, other.span, notes);
        }
        for other in &slots {
            if other.cells().overlap(&slot.cells()) {
                overlaps.note((&other.name, other.span), (&slot.name, slot.span), notes);
            }
        }
        slots.push(slot);
    }
    overlaps.end(notes);
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
    let direction = notes
        .take(&text.direction)
        .map(|direction| direction.0)
        .unwrap_or_default();
    let within = (
        columns
            .as_ref()
            .map_or(60, |columns| i64::from(columns.end - columns.start)),
        lines
            .as_ref()
            .map_or(1000, |lines| i64::from(lines.end - lines.start)),
    );
    let head_place = head_place(text, direction, within, notes);
    let head_parts = head_parts(text, notes);
    let head_lines = notes
        .count(&text.head.value.lines, "lines", 0..=1000)
        .unwrap_or(0);
    let head_stretch = notes
        .count(&text.head.value.stretch, "stretch", 0..=1000)
        .unwrap_or(0);
    let head_gap = notes
        .count(&text.head.value.gap, "gap", 0..=1000)
        .unwrap_or(USUAL_HEAD_GAP);
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
    let head_clear = head_clear(text, direction, head_place, (size, grid.pitch), notes);
    // lines of a vertical slot are as long as its bands are high
    let text_columns = match direction {
        Direction::Horizontal => text_columns,
        Direction::Vertical => asked.unwrap_or(1),
    };
    let along = match direction {
        Direction::Horizontal => grid.width(count),
        Direction::Vertical => grid.height(lines.end - lines.start),
    };
    let width = along - padding * 2;
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
    if !leaves_room(placed, base, &styles, (sheet, text_measure), notes) {
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
        direction,
        head_place,
        head_parts,
        head_lines,
        head_stretch,
        head_gap,
        head_clear,
        byline,
        styles,
        pictures: Vec::new(),
        ending,
        column_rule,
        frame_rule,
        padding,
        rule_above,
    };
    slot.pictures = super::pictures::read(&text.pictures, &slot, size, grid, notes);
    Some(slot)
}

/// Whether indents leave two characters of the measure for text. Only what
/// the layout says itself is judged, and shown where it says it.
fn leaves_room(
    placed: &Placed<SlotText>,
    base: &StylesText,
    styles: &[Style],
    (sheet, measure): (&Sheet<'_>, Length),
    notes: &mut Notes,
) -> bool {
    let inside = |role| !{
        matches!(
            role,
            Role::Caption | Role::Credit | Role::Table | Role::TableHead
        )
    };
    let mut room = true;
    for style in styles.iter().filter(|style| inside(style.role)) {
        let left = measure - style.start - style.end - style.indent.max(Length::ZERO);
        let layers: [&StyleText; 2] = [
            &placed.value.style.of(style.role).value,
            &base.of(style.role).value,
        ];
        let said = [
            top(&layers, |s| &s.indent),
            top(&layers, |s| &s.start),
            top(&layers, |s| &s.end),
        ];
        let leaf = said.into_iter().flatten().next();
        let common = style.role == Role::Body && sheet.indent.is_some();
        if leaf.is_none() && !common {
            continue;
        }
        let place = leaf.and_then(Leaf::span).or_else(|| placed.range.clone());
        if left < style.size * 2 {
            let role = style.role.name();
            notes.fatal(
                Fault::OutOfRange,
                place.as_ref(),
                (
                    format!("{role} 的 indent、start、end 只给行里留下不足两字"),
                    format!("`indent`, `start` and `end` of {role} leave less than two characters of the line"),
                ),
                Some((
                    format!("行长 {}pt，三者之和至少要比它小两字", points(measure)),
                    format!("the line is {} pt long: together they must leave two characters of it", points(measure)),
                )),
            );
            room = false;
        }
    }
    room
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

/// Least white between an upright headline and the text beside it: an em of
/// the body where the layout does not say. Zero where the headline stands over
/// its text.
fn head_clear(
    text: &SlotText,
    direction: Direction,
    place: HeadPlace,
    (size, pitch): (Length, Length),
    notes: &mut Notes,
) -> Length {
    let leaf = &text.head.value.clear;
    if (direction, place) == (Direction::Horizontal, HeadPlace::Over) {
        if !leaf.is_missing() {
            notes.fatal(
                Fault::WrongValue,
                leaf.span().as_ref(),
                (
                    "clear 只用于竖立的题：竖题，或直排版位的题".into(),
                    "`clear` is for an upright headline, or one of a vertical slot".into(),
                ),
                Some((
                    "删去它；盖文题与正文之间的空写 styles.head 的 below".into(),
                    "leave it out; white below a headline over text is `below` of its style".into(),
                )),
            );
        }
        return Length::ZERO;
    }
    let units = Units {
        sizes: &[],
        em: size,
        line: pitch,
        bare: Some(&Unit::Em),
    };
    notes
        .length(leaf, "clear", Length::ZERO..=size * 20, &units)
        .unwrap_or(size)
}

/// Where the headline block stands (N27): over the text, or upright at a side
/// (V17). What is not built is refused, not set as something else.
///
/// `within` is how many base columns and grid lines the slot has.
fn head_place(
    text: &SlotText,
    direction: Direction,
    within: (i64, i64),
    notes: &mut Notes,
) -> HeadPlace {
    let head = &text.head.value;
    let kind = notes.take(&head.kind).map(|kind| kind.0);
    let side = notes.take(&head.side).map(|side| side.0);
    let (columns, lines) = within;
    let columns = match text.text_columns.is_missing() {
        true => columns,
        false => 60,
    };
    let columns = notes.count(&head.columns, "columns", 1..=columns.clamp(1, 60));
    let upright = direction == Direction::Horizontal && kind == Some(HeadKind::Vertical);
    let refused =
        |(zh, en): (&str, &str), (help_zh, help_en): (&str, &str), place, notes: &mut Notes| {
            let place: Option<std::ops::Range<usize>> = place;
            let note = Diagnostic::fatal("layout/not-built-yet", zh, en)
                .at_opt(place.map(|range| notes.span(&range)))
                .help(help_zh, help_en);
            notes.list.push(note);
        };
    match (direction, kind) {
        (Direction::Horizontal, None | Some(HeadKind::Over | HeadKind::Vertical)) => {}
        (Direction::Vertical, None | Some(HeadKind::Vertical)) => {}
        (Direction::Vertical, Some(_)) => refused(
            (
                "直排的版位，题只能竖着立在文的右边",
                "the headline of a vertical slot stands upright, right of its text",
            ),
            ("删去 type", "leave out `type`"),
            head.kind.span(),
            notes,
        ),
        (Direction::Horizontal, Some(_)) => refused(
            (
                "这种题文关系还没有实现，目前有盖文题和竖题",
                "this relation of headline and text is not built yet; `over` and `vertical` are",
            ),
            (
                "写 type = \"over\" 或 \"vertical\"",
                "write `type = \"over\"` or `\"vertical\"`",
            ),
            head.kind.span(),
            notes,
        ),
    }
    for (leaf, said) in [
        (head.side.span(), side.is_some()),
        (head.columns.span(), columns.is_some()),
    ] {
        if said && !upright {
            notes.fatal(
                Fault::WrongValue,
                leaf.as_ref(),
                (
                    "side 和 columns 只用于横排版位的竖题".into(),
                    "`side` and `columns` are for an upright headline in a horizontal slot".into(),
                ),
                Some(match direction {
                    Direction::Horizontal => (
                        "加上 type = \"vertical\"，或删去它们".into(),
                        "add `type = \"vertical\"`, or leave them out".into(),
                    ),
                    Direction::Vertical => ("删去它们".into(), "leave them out".into()),
                }),
            );
        }
    }
    if !upright {
        return HeadPlace::Over;
    }
    let lines = notes.count(&head.lines, "lines", 0..=lines).unwrap_or(0);
    HeadPlace::Upright {
        side: side.unwrap_or_default(),
        columns: columns.unwrap_or(1),
        lines,
    }
}
