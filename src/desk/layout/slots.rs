//! Slots.

use super::boxes;
use super::legs::{self, Within};
use super::resolve::{Overlaps, duplicate, stretch, within};
use super::style::{Sheet, style, top};
use super::text::{LayoutText, SlotText, StyleText, StylesText};
use super::{Slot, Style};
use crate::base::clreq::Direction;
use crate::base::geom::Length;
use crate::desk::columns::{Cells, TextColumns};
use crate::desk::form::{Fault, Leaf, Notes, OneOf, Placed, Unit, Units, points};
use crate::desk::kind::Matter;
use crate::desk::plan::{Ending, HeadPlace};
use crate::story::Role;

/// N24: white above, between and below the parts of a headline is one to two
/// body lines.
const USUAL_HEAD_GAP: u16 = 2;

/// All roles: the slot's own style over the layout's, for the headline with
/// what its block says of it in between.
pub(super) fn styles(
    own: &StylesText,
    head: &StyleText,
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
                Role::Head => style(role, &[own, head, base], sheet, notes),
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
            if other.takes(&slot.shape) {
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
    let short = StyleText {
        size: text.head.value.size.clone(),
        face: text.head.value.face.clone(),
        ..StyleText::default()
    };
    let genres = super::genres::styles(&text.style, &short, base, sheet, notes);
    let styles = styles(&text.style, &short, base, sheet, notes);
    let rule = |leaf: &Leaf<_>, key, notes: &mut Notes| boxes::rule(leaf, key, grid, notes);
    let column_rule = rule(&text.column_rule, "column_rule", notes);
    let frame_rule = rule(&text.frame, "frame", notes);
    let rule_above = rule(&text.rule_above, "rule_above", notes);
    let ad = notes.take(&text.kind) == Some(OneOf(Matter::Ad));
    let tint = notes.take(&text.tint).map(|ink| ink.0);
    let padding = match text.padding.is_missing() {
        true if frame_rule.is_some() || tint.is_some() => grid.size,
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
    let asked = notes.count(&text.text_columns, "text_columns", 1..=60);
    let total = asked.map_or(within.0, i64::from);
    let head_place = super::headplace::read(text, direction, (total, within.1), notes);
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
    let group = super::Group {
        heads: notes
            .take(&text.group.value.heads)
            .map(|heads| heads.0)
            .unwrap_or_default(),
        parted: notes.take(&text.group.value.parted).unwrap_or(false),
    };
    let byline = notes
        .take(&text.byline)
        .map(|place| place.0)
        .unwrap_or_default();
    let side_title = notes
        .take(&text.side_title)
        .map(|side| side.0)
        .unwrap_or_default();
    let ending = notes
        .take(&text.ending)
        .map_or(Ending::Fill, |ending| ending.0);
    let main = notes.take(&text.main).unwrap_or(false);
    let (name, columns, lines) = (name?, columns?, lines?);
    let count = columns.end - columns.start;
    let size = styles.iter().find(|style| style.role == Role::Body)?.size;
    let head_clear = head_clear(text, direction, head_place, (size, grid.pitch), notes);
    let headed = match head_place {
        HeadPlace::Over => notes.count(&text.head.value.columns, "columns", 1..=count.into()),
        _ => None,
    };
    let within = Within {
        cells: Cells { columns, lines },
        asked,
        grid,
        size,
        padding,
        direction,
        boxed: frame_rule.is_some() || tint.is_some() || padding > Length::ZERO,
        ending,
        headed: headed.unwrap_or(count),
        head_lines,
        between: match head_place {
            HeadPlace::Block {
                line: Some(line),
                lines,
                between: true,
                ..
            } => Some(line..line + lines),
            _ => None,
        },
    };
    let shape = legs::read(text, &within, notes)?;
    let Cells { columns, lines } = within.cells;
    let columns_of_text = shape.text;
    let text_columns = columns_of_text.count();
    if columns_of_text.measure() < size * 2 {
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
    if !leaves_room(placed, base, &styles, (sheet, &columns_of_text), notes) {
        return None;
    }
    let mut slot = Slot {
        name: name.into(),
        span: table.map(|range| notes.span(range)),
        main,
        ad,
        column: columns.start,
        columns: count,
        line: lines.start,
        lines: lines.end - lines.start,
        text: columns_of_text,
        shape: shape.cells,
        direction,
        head_place,
        head_parts,
        head_lines,
        head_stretch,
        head_gap,
        head_clear,
        group,
        byline,
        side_title,
        styles,
        genres,
        pictures: Vec::new(),
        inline_pictures: None,
        ending,
        column_rule,
        frame_rule,
        padding,
        rule_above,
        tint,
    };
    slot.pictures = super::pictures::read(&text.pictures, &slot, size, grid, notes);
    slot.inline_pictures = super::pictures::inline(&text.inline_pictures, &slot, grid, notes);
    Some(slot)
}

/// Whether indents leave two characters of the measure for text. Only what
/// the layout says itself is judged, and shown where it says it.
fn leaves_room(
    placed: &Placed<SlotText>,
    base: &StylesText,
    styles: &[Style],
    (sheet, columns): (&Sheet<'_>, &TextColumns),
    notes: &mut Notes,
) -> bool {
    let inside = |role| !{
        matches!(
            role,
            Role::Caption | Role::Credit | Role::Table | Role::TableHead
        )
    };
    // the headline block stands over all columns
    let over = |role| {
        use Role::{Banner, BannerEn, Deck, EndTitle, Head, Kicker, Label, SideTitle, Summary};
        matches!(
            role,
            Banner | BannerEn | Deck | EndTitle | Head | Kicker | Label | SideTitle | Summary
        )
    };
    let mut room = true;
    for style in styles.iter().filter(|style| inside(style.role)) {
        let measure = match over(style.role) {
            true => columns.width(0, columns.count()),
            false => columns.measure(),
        };
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
            let (role, word) = (style.role.name(), style.role.word());
            notes.fatal(
                Fault::OutOfRange,
                place.as_ref(),
                (
                    format!("{word}的 indent、start、end 只给行里留下不足两字"),
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

fn head_parts(text: &SlotText, notes: &mut Notes) -> Vec<Role> {
    let head = &text.head.value;
    let usual = vec![
        Role::Label,
        Role::Banner,
        Role::BannerEn,
        Role::Kicker,
        Role::Head,
        Role::Deck,
        Role::Summary,
        Role::Byline,
    ];
    let Some(parts) = notes.take(&head.parts) else {
        return usual;
    };
    parts.into_iter().map(|at| at.value.0.0).collect()
}

/// Least white between a headline and the text beside it: an em of
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
                    "clear 只用于文旁的题：竖题、左题等，或直排版位的题".into(),
                    "`clear` is for a headline beside text, or one of a vertical slot".into(),
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
