//! What a designer checks over the whole issue: labels of advertisements
//! (N17), numbers of pages and the place of their heads (N15).

use super::article::{Article, Words};
use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::base::imposition;
use crate::desk::issue::{Filling, Issue, IssuePage};
use crate::desk::layout::{Furniture, FurnitureKind, Layout, Slot};
use crate::story::Role;

/// N17: an advertisement says so, in its label.
pub(super) fn ad_label(
    slot: &Slot,
    filling: Option<&Filling>,
    article: &Article,
    notes: &mut Vec<Diagnostic>,
) {
    if !slot.ad && !filling.is_some_and(|filling| filling.ad) {
        return;
    }
    let labelled = |words: &Words| words.text.contains("广告");
    let shown = slot.head_parts.contains(&Role::Label);
    if shown && article.label.as_ref().is_some_and(labelled) {
        return;
    }
    let place = filling.and_then(|filling| filling.slot.span).or(slot.span);
    let help = match shown {
        true => (
            "写 label = \"广告\"；稿件写 栏目: 广告",
            "write `label = \"广告\"`, in an article `label: 广告`",
        ),
        false => (
            "在版式的 head.parts 里加 \"label\"",
            "add \"label\" to the slot's `head.parts`",
        ),
    };
    notes.push(
        Diagnostic::error(
            "plan/ad-label",
            format!("版位“{}”是广告，没有标明“广告”", slot.name),
            format!(
                "slot `{}` is an advertisement without the word 广告",
                slot.name
            ),
        )
        .at_opt(place)
        .help(help.0, help.1)
        .word("slot", &*slot.name),
    );
}

/// N15: every page of an issue of several shows its number, the numbers
/// follow each other, and the page heads stand level.
pub(super) fn check(pages: &[(&IssuePage, &Layout)], notes: &mut Vec<Diagnostic>) {
    if pages.len() < 2 {
        return;
    }
    let strips = pages.iter().filter(|(_, layout)| !layout.strip);
    let pages: Vec<(&IssuePage, &Layout)> = strips.copied().collect();
    let pages = pages.as_slice();
    let mut first_head: Option<(&IssuePage, &Layout, Length)> = None;
    for &(page, layout) in pages {
        let Some(folio) = folio(layout) else {
            notes.push(
                Diagnostic::warning(
                    "plan/folio-missing",
                    format!("第 {} 版不印版序", page.number),
                    format!("page {} does not show its number", page.number),
                )
                .at_opt(page.layout.span)
                .help(
                    "在版式里加一个 text = \"{page}\" 的 [[furniture]]",
                    "add a `[[furniture]]` with `text = \"{page}\"` to the layout",
                )
                .word("page", page.number.as_str()),
            );
            continue;
        };
        if layout.masthead {
            continue;
        }
        let middle = folio.rect.y + folio.rect.height.half();
        match first_head {
            None => first_head = Some((page, layout, middle)),
            Some((other, above, at)) if above.trim == layout.trim && at != middle => {
                let apart = (middle - at).abs().to_mm();
                notes.push(
                    Diagnostic::warning(
                        "plan/page-head-moves",
                        format!(
                            "第 {} 版的报眉与第 {} 版相差 {apart:.1}mm",
                            page.number, other.number
                        ),
                        format!(
                            "the heads of pages {} and {} are {apart:.1} mm apart",
                            page.number, other.number
                        ),
                    )
                    .at_opt(folio.span)
                    .help("各版报眉的 y 写得一样", "give the page heads the same `y`")
                    .word("page", page.number.as_str()),
                );
            }
            Some(_) => {}
        }
    }
    consecutive(pages, notes);
    facing(pages, notes);
}

/// How many pages an issue has: a 跨版 counts as two, a strip, whose number has
/// no figure, as none (N14, N19).
pub(super) fn page_count(issue: &Issue) -> usize {
    let covers = issue.pages.iter().flat_map(IssuePage::covers);
    covers.filter(|number| parts(number).is_some()).count()
}

/// N19: the two pages of a 跨版 share one side of a sheet.
fn facing(pages: &[(&IssuePage, &Layout)], notes: &mut Vec<Diagnostic>) {
    let numbers: Vec<&str> = pages.iter().flat_map(|(page, _)| page.covers()).collect();
    let sides = imposition::sides(&numbers);
    for (page, _) in pages {
        let own: Vec<&str> = page.covers().collect();
        if own.len() < 2 || sides.is_empty() {
            continue;
        }
        if !sides.iter().any(|side| side.pages == own.as_slice()) {
            notes.push(
                Diagnostic::error(
                    "plan/spread-apart",
                    format!("第 {} 版是跨版，两版不在同一张纸的同一面", page.number),
                    format!(
                        "the two pages of the spread {} do not share a side of a sheet",
                        page.number
                    ),
                )
                .at_opt(page.span)
                .help(
                    "跨版放在一叠纸正中的两版，如四版报的 02-03、八版报的 04-05",
                    "a spread takes the two middle pages of a section: 02-03 of four, 04-05 of eight",
                )
                .word("page", page.number.as_str()),
            );
        }
    }
}

/// The furniture that shows the number of its page.
fn folio(layout: &Layout) -> Option<&Furniture> {
    layout.furniture.iter().find(|item| match &item.kind {
        FurnitureKind::Text { parts, .. } => parts.iter().any(|part| part.contains("{page}")),
        _ => false,
    })
}

/// 版序 without gaps; a new letter begins a section of its own.
fn consecutive(pages: &[(&IssuePage, &Layout)], notes: &mut Vec<Diagnostic>) {
    for pair in pages.windows(2) {
        let [(before, _), (page, _)] = pair else {
            continue;
        };
        let ends = (before.covers().last(), page.covers().next());
        let (Some(one), Some(next)) = (ends.0.and_then(parts), ends.1.and_then(parts)) else {
            continue;
        };
        if one.0 == next.0 && next.1 != one.1 + 1 {
            notes.push(
                Diagnostic::warning(
                    "plan/page-order",
                    format!(
                        "第 {} 版后面是第 {} 版，版序不相连",
                        before.number, page.number
                    ),
                    format!("page {} follows page {}", page.number, before.number),
                )
                .at_opt(page.span)
                .help(
                    "按顺序排各版，补上缺的版",
                    "order the pages, and add those that are missing",
                )
                .word("page", page.number.as_str()),
            );
        }
    }
}

/// The letters and the number of a 版序: `A01` is A and 1.
fn parts(number: &str) -> Option<(&str, u32)> {
    let digits = number.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = number.split_at(digits);
    Some((letters, digits.parse().ok()?))
}
