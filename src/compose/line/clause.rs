//! The row that holds two atoms together, for the designer to look up.

use crate::base::clreq::Class;
use crate::compose::spacing::Galley;

use super::explain::in_quotes;

/// A row and what it says.
pub(super) struct Clause {
    pub(super) row: &'static str,
    pub(super) zh: String,
    pub(super) en: String,
}

/// Why no line may break in front of atom `at`, where the galley says so.
pub(super) fn clause(galley: &Galley, at: usize) -> Clause {
    use Class::{Dash, Ellip, Glue, Han, Note, Num, Other, Post, Pre, Sol, West};
    let says = |row: &'static str, zh: &str, en: &str| Clause {
        row,
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    let level = galley.scheme.level;
    let after = &galley.atoms[at];
    let mark = in_quotes(galley.text_of(&after.text));
    // a typed space is looked through
    let solid = (0..at).rev().find(|&at| !blank(galley.atoms[at].class));
    let before = &galley.atoms[solid.unwrap_or(at)];
    if level.forbids_start(after.class) && after.class != Note {
        return Clause {
            row: if after.class == Sol { "L08" } else { "L03" },
            zh: format!("{mark}不得居行首"),
            en: format!("{mark} may not start a line"),
        };
    }
    if level.forbids_end(before.class) {
        let mark = in_quotes(galley.text_of(&before.text));
        return Clause {
            row: if before.class == Sol { "L08" } else { "L04" },
            zh: format!("{mark}不得居行末"),
            en: format!("{mark} may not end a line"),
        };
    }
    if in_note(galley, at) {
        return says("L17", "注码不离本字", "a note does not leave its base");
    }
    match (before.class, after.class) {
        (Glue, _) | (_, Glue) => says("L18", "作者禁止在此换行", "the copy forbids a break here"),
        (_, Note) => says("L17", "注码不离本字", "a note does not leave its base"),
        (Dash, Dash) | (Ellip, Ellip) => says("L09", "破折号、省略号不可拆", "one mark"),
        (Num, Num) => says("L12", "数字不可拆", "a number is one"),
        (Pre, _) | (_, Pre | Post) => {
            says("L13", "符号不离数字", "a sign does not leave its number")
        }
        (Num, West) | (Post, West) => {
            says("L14", "数字不离单位", "a number does not leave its unit")
        }
        (Num, Han) => says("L15", "数字不离单位", "a number does not leave its unit"),
        (Han, Han) => says("L15", "单位不可拆", "a unit is one"),
        (West, _) | (_, West) => says("L16", "西文词不可拆", "a word is one"),
        (Num, _) | (_, Num) => says("L06", "数字范围不在此折行", "a range does not break here"),
        (Other, _) | (_, Other) => says("L46", "按 Unicode 规则不可折", "forbidden by Unicode"),
        _ => says("L01", "此处不可折行", "no break here"),
    }
}

fn blank(class: Class) -> bool {
    matches!(class, Class::Space | Class::Wide)
}

/// Whether the break lies at or in a note reference `（注1）`.
fn in_note(galley: &Galley, at: usize) -> bool {
    let opens = |at: usize| {
        let mark = galley
            .atoms
            .get(at + 1)
            .map(|atom| galley.text_of(&atom.text));
        galley
            .atoms
            .get(at)
            .is_some_and(|atom| atom.class == Class::Open)
            && mark == Some("注")
    };
    opens(at) || at.checked_sub(2).is_some_and(opens)
}
