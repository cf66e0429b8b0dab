//! Names of fields: what layouts ask for and what an issue gives.

use std::collections::BTreeSet;

use crate::base::diag::{Diagnostic, Span};
use crate::desk::form::allowed_words;
use crate::desk::issue::{IMPRINT, Issue, IssuePage, Located};
use crate::desk::layout::{FurnitureKind, Layout};

/// Fields that are filled in without being given under `[fields]`.
pub(super) const BUILT_IN: [&str; 9] = [
    "paper",
    "date",
    "date_iso",
    "weekday",
    "page",
    "pages",
    "section",
    "issue_number",
    "total_number",
];

/// Fields that the bundled layouts show where an issue gives them, beside
/// those of the imprint (N14).
const USUAL: [&str; 5] = ["designer", "ear", "ear_title", "editor", "phone"];

/// Warns of names that nothing answers to: fields of the issue that no layout
/// of it shows, and fields of a layout that nobody gives.
pub(super) fn check(issue: &Issue, pages: &[(&IssuePage, &Layout)], notes: &mut Vec<Diagnostic>) {
    let shown: BTreeSet<&str> = pages
        .iter()
        .flat_map(|(_, layout)| names(layout))
        .map(|(name, _)| name)
        .collect();
    unused(&issue.fields, &shown, notes);
    for (page, layout) in pages {
        let own: BTreeSet<&str> = names(layout).into_iter().map(|(name, _)| name).collect();
        unused(&page.fields, &own, notes);
        let given = issue.fields.iter().chain(&page.fields);
        let mut known: BTreeSet<&str> = given.map(|(name, _)| name.as_str()).collect();
        known.extend(BUILT_IN);
        known.extend(USUAL);
        known.extend(IMPRINT.map(|(name, _)| name));
        for (name, span) in names(layout) {
            if !known.contains(name) {
                let words: Vec<&str> = known.iter().copied().collect();
                let (zh, en) = allowed_words(name, &words);
                notes.push(
                    Diagnostic::warning(
                        "layout/unknown-field",
                        format!("没有“{name}”这个字段，这段文字不会印出"),
                        format!("there is no field `{name}`: this text is not printed"),
                    )
                    .at_opt(span)
                    .help(
                        format!("{zh}；或在 issue.toml 的 [fields] 里写 {name} = \"…\""),
                        format!("{en}; or write `{name} = \"…\"` under `[fields]` of issue.toml"),
                    )
                    .word("field", name),
                );
            }
        }
    }
}

fn unused(fields: &[(String, Located)], shown: &BTreeSet<&str>, notes: &mut Vec<Diagnostic>) {
    for (name, text) in fields {
        // The fixed imprint is asked for whether or not a layout shows it.
        let asked = shown.contains(name.as_str()) || IMPRINT.iter().any(|(known, _)| known == name);
        if asked {
            continue;
        }
        let words: Vec<&str> = shown
            .iter()
            .copied()
            .filter(|word| !BUILT_IN.contains(word))
            .collect();
        let (zh, en) = allowed_words(name, &words);
        notes.push(
            Diagnostic::warning(
                "issue/unused-field",
                format!("版式里没有用到字段“{name}”，它不会印出"),
                format!("no layout shows the field `{name}`: it is not printed"),
            )
            .at_opt(text.span)
            .help(zh, en)
            .word("field", name.as_str()),
        );
    }
}

/// The names in braces of a layout's furniture, with the place of the item.
fn names(layout: &Layout) -> Vec<(&str, Option<Span>)> {
    let mut list = Vec::new();
    for item in &layout.furniture {
        let FurnitureKind::Text { parts, .. } = &item.kind else {
            continue;
        };
        for part in parts {
            let mut rest = &**part;
            while let Some((_, after)) = rest.split_once('{') {
                let Some((name, after)) = after.split_once('}') else {
                    break;
                };
                list.push((name, item.span));
                rest = after;
            }
        }
    }
    list
}
