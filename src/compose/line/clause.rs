//! The row that holds two atoms together, for the designer to look up.

use crate::base::clreq::Class;
use crate::compose::spacing::{Atom, Galley};

use crate::base::diag::in_quotes;

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
    let straight = |atom: &Atom| matches!(galley.text_of(&atom.text), "\"" | "'");
    let western = before.class.western() && after.class.western();
    if !western && (straight(before) || straight(after)) {
        return says(
            "L46",
            "直引号不离所引的字",
            "a straight quote stays with what it quotes",
        );
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
        (Other, _) | (_, Other) => says("L46", "按 Unicode 规则不可折", "forbidden by Unicode"),
        (Num, _) | (_, Num) => says("L06", "数字范围不在此折行", "a range does not break here"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clreq::{Level, Scheme};
    use crate::compose::ideal;
    use crate::compose::lines_report::{EM, paragraph};

    /// The row that holds together the atoms on either side of `|`.
    fn row(text: &str, scheme: &Scheme) -> String {
        let (before, after) = text.split_once('|').expect("a joint");
        let whole = format!("{before}{after}");
        let style = std::sync::Arc::new(ideal::style(EM));
        let para = paragraph(&whole, style.clone(), scheme).style;
        let galley = Galley::new(&ideal::styled_run(&[(&whole, style)]), &para);
        let start = u32::try_from(before.len()).expect("a short text");
        let at = galley.atoms.partition_point(|atom| atom.text.start < start);
        let clause = clause(&galley, at);
        assert!(!clause.zh.is_empty() && !clause.en.is_empty());
        format!("{} {}", clause.row, clause.zh)
    }

    #[test]
    fn l20_each_pair_is_held_by_its_row() {
        let gb = Scheme::default();
        let glued = Scheme {
            glue_units: Some(true),
            ..Scheme::default()
        };
        let strict = Scheme {
            level: Level::Strict,
            ..Scheme::default()
        };
        let none = Scheme {
            level: Level::None,
            ..Scheme::default()
        };
        let all = [
            ("云|，", &gb, "L03 “，”不得居行首"),
            ("云|”", &gb, "L03 「”」不得居行首"),
            ("（|云", &gb, "L04 “（”不得居行末"),
            ("（ |云", &gb, "L04 “（”不得居行末"),
            ("男|／女", &gb, "L08 “／”不得居行首"),
            ("男／|女", &strict, "L08 “／”不得居行末"),
            ("云|\u{2060}溪", &gb, "L18 作者禁止在此换行"),
            ("云\u{2060}|溪", &gb, "L18 作者禁止在此换行"),
            ("云|①", &gb, "L17 注码不离本字"),
            ("云|（注1）", &gb, "L17 注码不离本字"),
            ("云（注|1）", &gb, "L17 注码不离本字"),
            ("——|——", &gb, "L09 破折号、省略号不可拆"),
            ("……|……", &gb, "L09 破折号、省略号不可拆"),
            ("1|2", &gb, "L12 数字不可拆"),
            ("￥|5", &gb, "L13 符号不离数字"),
            ("5|%", &gb, "L13 符号不离数字"),
            ("5|km", &gb, "L14 数字不离单位"),
            ("5°|C", &gb, "L14 数字不离单位"),
            ("5|年", &glued, "L15 数字不离单位"),
            ("5万|元", &glued, "L15 单位不可拆"),
            ("a|b", &gb, "L16 西文词不可拆"),
            ("a|1", &gb, "L16 西文词不可拆"),
            ("1|—2", &none, "L06 数字范围不在此折行"),
            ("1—|2", &none, "L06 数字范围不在此折行"),
            ("(|5", &gb, "L46 按 Unicode 规则不可折"),
            ("\"|云\"", &gb, "L46 直引号不离所引的字"),
            ("\"云|\"", &gb, "L46 直引号不离所引的字"),
            ("云|)", &gb, "L46 按 Unicode 规则不可折"),
            ("云|·溪", &none, "L01 此处不可折行"),
        ];
        for (text, scheme, expected) in all {
            assert_eq!(row(text, scheme), expected, "{text}");
        }
    }

    /// L17: only a bracket in front of 注 opens a note.
    #[test]
    fn l17_other_brackets_are_no_notes() {
        let gb = Scheme::default();
        assert_eq!(row("云（记|1", &gb), "L06 数字范围不在此折行");
        assert_eq!(row("云“注|1", &gb), "L17 注码不离本字");
    }
}
