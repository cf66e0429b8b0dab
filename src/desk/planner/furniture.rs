//! Masthead, page head and ears: texts with their fields filled in.

use std::sync::Arc;

use super::article::Words;
use super::dress::Wardrobe;
use crate::base::geom::{Length, Rect};
use crate::desk::border::{Border, BorderKind};
use crate::desk::issue::{Issue, IssuePage, Located};
use crate::desk::layout::{Furniture, FurnitureKind, Layout};
use crate::desk::plan::FurniturePlan;
use crate::story::Ink;

/// What fields stand for, on one page. The first of a name wins.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    list: Vec<(String, String)>,
    /// Whether a field without a value stands for its own name.
    themselves: bool,
}

impl Values {
    /// The fields of a page of an issue: the page's own before the issue's.
    pub(super) fn of_issue(issue: &Issue, page: &IssuePage) -> Self {
        let own = |fields: &[(String, Located)]| -> Vec<(String, String)> {
            let texts = fields.iter();
            texts
                .map(|(name, text)| (name.clone(), text.text.clone()))
                .collect()
        };
        let mut list = own(&page.fields);
        let built_in = [
            ("paper", issue.paper.clone()),
            ("date", issue.date.chinese()),
            ("date_iso", issue.date.to_string()),
            ("weekday", issue.date.weekday_cn().to_owned()),
            ("page", page.number.clone()),
            ("pages", super::order::page_count(issue).to_string()),
            ("section", page.section.clone()),
            ("issue_number", issue.issue_number.clone()),
            ("total_number", issue.total_number.clone()),
        ];
        list.extend(built_in.map(|(name, value)| (name.to_owned(), value)));
        list.extend(own(&issue.fields));
        Self {
            list,
            themselves: false,
        }
    }

    /// Every field there is, its name in place of what it stands for.
    pub(super) fn of_themselves() -> Self {
        Self {
            list: Vec::new(),
            themselves: true,
        }
    }

    fn get<'v>(&'v self, name: &'v str) -> Option<&'v str> {
        let Some((_, value)) = self.list.iter().find(|(known, _)| known == name) else {
            return self.themselves.then_some(name);
        };
        (!value.trim().is_empty()).then_some(value)
    }

    /// The text with its fields filled in, or `None` where one is empty. A
    /// brace without a partner stands for itself.
    pub(super) fn fill(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            filled.push_str(self.get(name)?);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}

/// The furniture of a page, in drawing order. What belongs to texts without
/// words or to slots that are not `filled` is left out with them (N16).
pub(super) fn plan(
    layout: &Layout,
    values: &Values,
    filled: &[&str],
    wardrobe: &Wardrobe<'_>,
) -> Vec<FurniturePlan> {
    let words = |item: &Furniture| match &item.kind {
        FurnitureKind::Text { parts, join, .. } => {
            let texts: Vec<String> = parts.iter().filter_map(|part| values.fill(part)).collect();
            Some(texts.join(join)).filter(|text| !text.trim().is_empty())
        }
        _ => None,
    };
    let there = |name: &Arc<str>| {
        let named = |item: &&Furniture| item.name == *name;
        let text = layout.furniture.iter().find(named).and_then(words);
        filled.contains(&&**name) || text.is_some()
    };
    let mut list = Vec::new();
    for item in &layout.furniture {
        if !item.with.is_empty() && !item.with.iter().any(there) {
            continue;
        }
        match &item.kind {
            FurnitureKind::Frame { border } => list.extend(around(item.rect, *border)),
            FurnitureKind::Rule { ink } => {
                list.push(FurniturePlan::Rule {
                    rect: item.rect,
                    ink: *ink,
                });
            }
            FurnitureKind::Line { border, ink } => {
                list.push(FurniturePlan::Border {
                    rect: item.rect,
                    border: *border,
                    around: false,
                    ink: *ink,
                });
            }
            FurnitureKind::Tint { ink } => list.push(area(item.rect, *ink)),
            FurnitureKind::Text {
                style, fill, frame, ..
            } => {
                let Some(text) = words(item) else { continue };
                if let Some(ink) = fill {
                    list.push(area(item.rect, *ink));
                }
                list.extend(around(item.rect, *frame));
                let paragraph = wardrobe.dress(style).paragraph(&Words::new(text, None));
                let name = item.name.clone();
                list.push(FurniturePlan::Text {
                    name,
                    rect: item.rect,
                    paragraph,
                    span: item.span,
                });
            }
        }
    }
    list
}

/// From this height a box of black is an area, not a rule.
const AREA: Length = Length::pt(12);

/// A box of ink. A large one of black knocks out what lies below it; with
/// everything else, black prints over it (print.md N12).
fn area(rect: Rect, ink: Ink) -> FurniturePlan {
    match ink == Ink::BLACK && rect.width.min(rect.height) > AREA {
        true => FurniturePlan::Tint { rect, ink },
        false => FurniturePlan::Rule { rect, ink },
    }
}

/// A rule inside the edges of a box.
fn around(rect: Rect, border: Border) -> Vec<FurniturePlan> {
    let thickness = border.thickness;
    if !border.is_some() {
        return Vec::new();
    }
    if border.kind != BorderKind::Plain {
        return vec![FurniturePlan::Border {
            rect,
            border,
            around: true,
            ink: Ink::BLACK,
        }];
    }
    let (right, bottom) = (rect.right() - thickness, rect.bottom() - thickness);
    [
        Rect::new(rect.x, rect.y, rect.width, thickness),
        Rect::new(rect.x, bottom, rect.width, thickness),
        Rect::new(rect.x, rect.y, thickness, rect.height),
        Rect::new(right, rect.y, thickness, rect.height),
    ]
    .map(|rect| FurniturePlan::Rule {
        rect,
        ink: Ink::BLACK,
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n46_a_large_box_of_black_knocks_out_and_a_rule_prints_over() {
        let of = |height, ink| {
            area(
                Rect::new(Length::ZERO, Length::ZERO, Length::mm(40), height),
                ink,
            )
        };
        let knocks_out = |plan| matches!(plan, FurniturePlan::Tint { .. });
        assert!(knocks_out(of(Length::mm(8), Ink::BLACK)));
        assert!(!knocks_out(of(Length::pt(12), Ink::BLACK)));
        assert!(
            !knocks_out(of(Length::mm(8), Ink::grey(200))),
            "grey never prints over"
        );
    }
}
