//! What a layout may say but a newspaper should not: relations of sizes and
//! places, after everything is resolved.

use super::{FurnitureKind, Layout, boxes};
use crate::base::diag::{Diagnostic, Severity, SourceId, Span};
use crate::base::geom::{Length, TYPE_SIZES};
use crate::desk::form::points;
use crate::story::Role;

/// The notes of all checks.
pub(super) fn check(layout: &Layout, source: SourceId) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    small_body(layout, &mut notes);
    for slot in &layout.slots {
        head_sizes(slot, &mut notes);
    }
    paper_name(layout, source, &mut notes);
    boxes::check(layout, &mut notes);
    notes
}

/// N08: body text is not smaller than 六号.
fn small_body(layout: &Layout, notes: &mut Vec<Diagnostic>) {
    let least = Length::from_millipt(7500);
    let styles = layout
        .slots
        .iter()
        .map(|slot| (slot.style(Role::Body).size, slot.span));
    for (size, span) in styles {
        if size < least {
            notes.push(
                Diagnostic::warning(
                    "layout/small-body",
                    format!("正文 {}pt，小于六号（7.5pt）", points(size)),
                    format!("body text of {} pt is below 7.5 pt (六号)", points(size)),
                )
                .at_opt(span)
                .help("正文用小五（9pt）", "set body text in 9 pt (小五)"),
            );
        }
    }
}

/// How many sizes of the common table lie from `small` up to `large`.
fn classes_between(small: Length, large: Length) -> usize {
    TYPE_SIZES
        .iter()
        .map(|&(_, millipt)| Length::from_millipt(millipt))
        .filter(|size| small < *size && *size <= large)
        .count()
}

/// N21 and P14: kicker and deck about two classes below the headline, the
/// subhead between them and the body.
fn head_sizes(slot: &super::Slot, notes: &mut Vec<Diagnostic>) {
    let head = slot.style(Role::Head).size;
    for role in [Role::Kicker, Role::Deck] {
        let size = slot.style(role).size;
        let shown = slot.head_parts.contains(&role) && slot.head_parts.contains(&Role::Head);
        if shown && classes_between(size, head) < 2 {
            let (name, word, slot_name) = (role.name(), role.word(), &slot.name);
            let (size, head) = (points(size), points(head));
            notes.push(
                warning(
                    "layout/size-relation",
                    slot.span,
                    format!("{slot_name}：{word} {size}pt 与主题 {head}pt 相差不足两级"),
                    format!("{slot_name}: {name} of {size} pt is less than two sizes below the headline of {head} pt"),
                )
                .help("副题、引题比主题小两级字号左右", "make it about two sizes smaller"),
            );
        }
    }
    let (body, subhead) = (slot.style(Role::Body).size, slot.style(Role::Subhead).size);
    if subhead < body || subhead >= head {
        let (sub, slot_name) = (points(subhead), &slot.name);
        notes.push(
            warning(
                "layout/size-ladder",
                slot.span,
                format!("{slot_name}：小标题 {sub}pt 不在正文与主题之间"),
                format!("{slot_name}: the subhead of {sub} pt is not between body and headline"),
            )
            .help(
                "小标题不小于正文、小于主题",
                "set it not below the body and below the headline",
            ),
        );
    }
}

fn warning(code: &'static str, span: Option<Span>, zh: String, en: String) -> Diagnostic {
    Diagnostic::new(Severity::Warning, code, zh, en).at_opt(span)
}

/// N13: the name of the paper is larger than every headline of its page, and
/// than all that stands with it.
fn paper_name(layout: &Layout, source: SourceId, notes: &mut Vec<Diagnostic>) {
    if !layout.masthead {
        return;
    }
    let name = layout
        .furniture
        .iter()
        .filter_map(|item| match &item.kind {
            FurnitureKind::Text { parts, style, .. }
                if parts.iter().any(|part| part.contains("{paper}")) =>
            {
                Some((style.size, item.span))
            }
            _ => None,
        })
        .max_by_key(|(size, _)| *size);
    let Some((size, span)) = name else {
        notes.push(
            Diagnostic::error(
                "layout/masthead-missing",
                "报头版面没有报名",
                "a layout with a masthead does not show the name of the paper",
            )
            .at(Span::new(source, 0, 0))
            .help(
                "加一个 text = \"{paper}\" 的 [[furniture]]",
                "add a `[[furniture]]` with `text = \"{paper}\"`",
            ),
        );
        return;
    };
    let heads = layout.slots.iter().filter_map(|slot| {
        let sizes = slot.head_parts.iter().map(|role| slot.style(*role).size);
        Some((&slot.name, sizes.max()?, slot.span))
    });
    let others = layout.furniture.iter().filter_map(|item| match &item.kind {
        FurnitureKind::Text { style, .. } if item.span != span => {
            Some((&item.name, style.size, item.span))
        }
        _ => None,
    });
    for (other, largest, other_span) in heads.chain(others) {
        if largest >= size {
            let (name, head) = (points(size), points(largest));
            let mut note = Diagnostic::error(
                "layout/masthead-small",
                format!("报名 {name}pt 不大于“{other}”的 {head}pt"),
                format!("the paper's name of {name} pt is not larger than {head} pt of `{other}`"),
            )
            .at_opt(span)
            .help(
                "放大报名，或缩小那里的字",
                "enlarge the name, or reduce the other",
            );
            if let Some(place) = other_span {
                note = note.related(place, "另一个在这里", "the other one is here");
            }
            notes.push(note);
        }
    }
}
