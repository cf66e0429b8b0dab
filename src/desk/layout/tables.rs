//! Tables and notes: rules, white, words (P19, P26).

use super::text::{NoteMarks, NotesText, TablesText};
use super::{Notes, Tables};
use crate::base::geom::Length;
use crate::desk::form::{self, Leaf, Quantity, Ratio, Unit, Units};

/// Thinnest rule that prints: a hairline.
const HAIRLINE: Length = Length::from_millipt(283);
/// What a table's white is where the layout does not say.
const WHITE: Ratio = Ratio { num: 1, den: 2 };

/// The rules and the white of tables.
pub(super) fn tables(text: &TablesText, notes: &mut form::Notes) -> Tables {
    let white = super::resolve::em_ratio(&text.white, "white", 4, notes);
    Tables {
        outer: rule(&text.outer, "outer", notes).unwrap_or(Length::pt(1)),
        inner: rule(&text.inner, "inner", notes).unwrap_or(HAIRLINE),
        white: white.unwrap_or(WHITE),
        continued: notes
            .take(&text.continued)
            .unwrap_or_else(|| "续表".to_owned()),
    }
}

/// How notes are set.
pub(super) fn notes(text: &NotesText, notes: &mut form::Notes) -> Notes {
    // the end of the article is the only place there is
    let _ = notes.take(&text.place);
    let marks = notes.take(&text.marks).map(|marks| marks.0);
    Notes {
        superscript: marks == Some(NoteMarks::Superscript),
        rule: rule(&text.rule, "rule", notes).unwrap_or(HAIRLINE),
    }
}

fn rule(leaf: &Leaf<Quantity>, key: &str, notes: &mut form::Notes) -> Option<Length> {
    let units = Units {
        sizes: &[],
        em: Length::pt(9),
        line: Length::pt(12),
        bare: Some(&Unit::Pt),
    };
    notes.length(leaf, key, Length::ZERO..=Length::pt(20), &units)
}
