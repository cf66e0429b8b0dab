//! What stands alone in a column, worst first (P11): a column of one character
//! is worse than a stranded character, that worse than a column of one line,
//! that worse than a stranded line. The lone character at the end of a
//! paragraph anywhere else is the last of them, `line/runt` (P10).

use super::fit::Fit;
use super::matter::Matter;
use crate::base::diag::Diagnostic;
use crate::desk::plan::SlotPlan;

/// Of columns with less text nothing is said: three lines in two columns can
/// only stand two and one.
const DEEP: usize = 3;

/// One fault a column, the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    ColumnOfOneCharacter,
    StrandedCharacter,
    ColumnOfOneLine,
    StrandedLine,
}

/// The findings of a slot's columns, in their order.
pub(crate) fn findings(slot: &SlotPlan, story: &[Matter<'_>], fit: &Fit) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let columns = || fit.flow.lines.chunk_by(|a, b| a.column == b.column);
    if columns().all(|lines| lines.len() < DEEP) {
        return found;
    }
    for lines in columns().skip(1) {
        let Some(head) = lines.first() else { continue };
        let matter = &story[head.paragraph];
        if !matter.paragraph.style.scheme.mend_stranded {
            continue;
        }
        let broken = &fit.flow.broken[head.paragraph];
        let Some(line) = broken.get(head.line) else {
            continue;
        };
        let text = matter.line_text(line);
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        // a table or a picture in the column keeps its line company
        let tables = fit.flow.tables.iter().map(|part| part.column);
        let figures = fit.flow.figures.iter().map(|part| part.column);
        let company = tables.chain(figures).any(|column| column == head.column);
        let lone = lines.len() == 1 && !company && fit.flow.overset.is_none();
        let stranded = line.last && fit.flow.stranded.contains(&head.paragraph);
        let fault = match (lone, stranded, letters < 2) {
            (true, _, true) => Fault::ColumnOfOneCharacter,
            (_, true, true) => Fault::StrandedCharacter,
            (true, ..) => Fault::ColumnOfOneLine,
            (_, true, _) => Fault::StrandedLine,
            _ => continue,
        };
        let note = fault.told(&slot.name, head.column + 1);
        found.push(note.at_opt(matter.place(line)).word("text", text));
    }
    found
}

impl Fault {
    fn told(self, slot: &str, nth: u16) -> Diagnostic {
        let (code, zh, en) = match self {
            Self::ColumnOfOneCharacter => (
                "makeup/column-of-one-character",
                "只有一行，且只有一字",
                "holds a single line of a single character",
            ),
            Self::StrandedCharacter => (
                "makeup/stranded-character",
                "栏头只落了一段的最后一字",
                "begins with the last character of a paragraph",
            ),
            Self::ColumnOfOneLine => (
                "makeup/column-of-one-line",
                "只有一行",
                "holds a single line",
            ),
            Self::StrandedLine => (
                "makeup/stranded-line",
                "栏头只落了一段的最后一行（孤行）",
                "begins with the last line of a paragraph",
            ),
        };
        Diagnostic::warning(
            code,
            format!("版位 {slot} 第 {nth} 栏{zh}"),
            format!("slot {slot}, column {nth}: it {en}"),
        )
        .help(
            "在它之前增删一两行文字",
            "add or cut a line or two of the text before it",
        )
        .number("column", i64::from(nth))
    }
}
