//! Rules, boxes and tints of a layout, and what a newspaper should not do with
//! them (N40–N42).

use super::text::GridText;
use super::{FurnitureKind, Layout, Style};
use crate::base::diag::{Diagnostic, Span};
use crate::base::geom::{Length, Rect};
use crate::desk::border::{self, Border, BorderText};
use crate::desk::form::{Leaf, Notes, Unit, Units, points};
use crate::page::Grid;
use crate::story::{Ink, Role};

/// The thickest rule.
const THICKEST: Length = Length::pt(200);

/// A rule of a slot or of furniture; numbers without a unit are points.
pub(super) fn rule(leaf: &Leaf<BorderText>, key: &str, grid: &Grid, notes: &mut Notes) -> Border {
    let units = Units {
        sizes: &[],
        em: grid.size,
        line: grid.pitch,
        bare: Some(&Unit::Pt),
    };
    border::read(leaf, key, THICKEST, &units, notes)
}

/// N04: the rule between the base columns; it is no thicker than their gap.
pub(super) fn column_rule(text: &GridText, grid: &Grid, notes: &mut Notes) -> Border {
    let units = Units {
        sizes: &[],
        em: grid.size,
        line: grid.pitch,
        bare: Some(&Unit::Pt),
    };
    border::read(&text.rule, "rule", grid.gap, &units, notes)
}

/// The notes of all checks.
pub(super) fn check(layout: &Layout, notes: &mut Vec<Diagnostic>) {
    let tints = layout.furniture.iter().filter_map(|item| match item.kind {
        FurnitureKind::Tint { ink } => Some((item.rect, ink)),
        _ => None,
    });
    let tints: Vec<(Rect, Ink)> = tints.collect();
    for slot in &layout.slots {
        let least = layout.grid.size.half();
        if (slot.frame_rule.is_some() || slot.tint.is_some()) && slot.padding < least {
            notes.push(tight(&slot.name, slot.padding, least, slot.span));
        }
        let body = slot.style(Role::Body);
        let over = |tint: &Rect| {
            slot.shape
                .iter()
                .any(|own| own.rect(&layout.grid).overlaps(*tint))
        };
        if !tints.iter().any(|(tint, _)| over(tint)) {
            let shown = [Role::Body, Role::Subhead, Role::Caption];
            for role in shown.iter().chain(&slot.head_parts) {
                let style = slot.style(*role);
                let ground = style.tint.or(slot.tint).unwrap_or(Ink::WHITE);
                visible(&slot.name, ground, style, slot.span, notes);
            }
        }
        if let Some(ink) = slot.tint {
            ground(layout, &slot.name, ink, body, slot.span, notes);
        }
        for role in &slot.head_parts {
            let style = slot.style(*role);
            if let Some(ink) = style.tint.or(slot.tint) {
                reversed(layout, &slot.name, ink, style, slot.span, notes);
            }
        }
    }
    for item in &layout.furniture {
        if let FurnitureKind::Text { style, fill, .. } = &item.kind {
            let below = || tints.iter().rfind(|(tint, _)| tint.overlaps(item.rect));
            let ground = fill.or_else(|| below().map(|(_, ink)| *ink));
            visible(
                &item.name,
                ground.unwrap_or(Ink::WHITE),
                style,
                item.span,
                notes,
            );
            let Some(ink) = fill else { continue };
            reversed(layout, &item.name, *ink, style, item.span, notes);
        }
    }
}

/// Letters that differ by less in every ink, in thousandths, from what is
/// below them are not seen.
const FAINT: u16 = 100;

/// N42, E05: letters that nobody sees on their ground.
fn visible(
    name: &str,
    ground: Ink,
    style: &Style,
    span: Option<Span>,
    notes: &mut Vec<Diagnostic>,
) {
    let inks = style.ink.process().into_iter().zip(ground.process());
    if inks
        .into_iter()
        .any(|(one, other)| one.abs_diff(other) >= FAINT)
    {
        return;
    }
    let (role, word) = (style.role.name(), style.role.word());
    notes.push(
        Diagnostic::error(
            "layout/invisible-ink",
            format!("{name}：{word}的墨色与底色几乎一样，印出来看不见"),
            format!("{name}: the ink of {role} is nearly that of its ground, and cannot be seen"),
        )
        .at_opt(span)
        .help(
            "改 ink；反白字要有深的底：tint 或 fill",
            "change `ink`; white letters need a dark `tint` or `fill`",
        ),
    );
}

/// N40: text stands half an em clear of its frame, or of the edge of its tint.
fn tight(name: &str, padding: Length, least: Length, span: Option<Span>) -> Diagnostic {
    let (padding, least) = (points(padding), points(least));
    Diagnostic::warning(
        "layout/tight-box",
        format!("{name}：围框或底纹的边与文字相距 {padding}pt，不足半字（{least}pt）"),
        format!(
            "{name}: the edge of frame or tint is {padding} pt from its text, less than half an em ({least} pt)"
        ),
    )
    .at_opt(span)
    .help(
        "写 padding = 1，或删去 padding",
        "write `padding = 1`, or leave it out",
    )
}

/// From this much of an ink, in thousandths, a tint is too dark for text.
const DARK: u16 = 200;
/// From this much black a ground takes white text.
const GROUND: u16 = 500;
/// Up to this much black letters are reversed.
const LIGHT: u16 = 200;
/// 五号, the smallest reversed text.
const SMALLEST: Length = Length::from_millipt(10_500);

fn most(ink: Ink) -> u16 {
    ink.process().into_iter().max().unwrap_or(0)
}

/// N42: a tint under text is light, or dark under reversed text.
fn ground(
    layout: &Layout,
    name: &str,
    ink: Ink,
    style: &Style,
    span: Option<Span>,
    notes: &mut Vec<Diagnostic>,
) {
    if most(ink) >= GROUND && most(style.ink) <= LIGHT {
        reversed(layout, name, ink, style, span, notes);
    } else if most(ink) > DARK {
        let percent = most(ink) / 10;
        notes.push(
            Diagnostic::warning(
                "layout/dark-tint",
                format!("{name}：正文下的底纹 {percent}%，太深"),
                format!("{name}: a tint of {percent}% under body text is too dark"),
            )
            .at_opt(span)
            .help("底纹用 10–20", "use a tint of 10 to 20"),
        );
    }
}

/// N42: reversed text is bold, and 五号 at least.
fn reversed(
    layout: &Layout,
    name: &str,
    ink: Ink,
    style: &Style,
    span: Option<Span>,
    notes: &mut Vec<Diagnostic>,
) {
    if most(ink) < GROUND || most(style.ink) > LIGHT {
        return;
    }
    let bold = layout.faces.get(style.face).is_some_and(|face| {
        let stem = face.han.first().map_or("", |(stem, _)| stem.as_str());
        let stem = stem.to_lowercase();
        ["bold", "black", "heavy"]
            .iter()
            .any(|word| stem.contains(word))
    });
    if bold && style.size >= SMALLEST {
        return;
    }
    let (role, word, size) = (style.role.name(), style.role.word(), points(style.size));
    notes.push(
        Diagnostic::warning(
            "layout/thin-reverse",
            format!(
                "{name}：反白的{word} {size}pt{}，印出来会糊",
                weight(bold).0
            ),
            format!(
                "{name}: reversed {role} of {size} pt{} may fill in",
                weight(bold).1
            ),
        )
        .at_opt(span)
        .help(
            "反白字用五号（10.5pt）以上的粗体",
            "reverse text in bold of 10.5 pt (五号) or more",
        ),
    );
}

fn weight(bold: bool) -> (&'static str, &'static str) {
    match bold {
        true => ("", ""),
        false => ("、不是粗体", " that is not bold"),
    }
}
