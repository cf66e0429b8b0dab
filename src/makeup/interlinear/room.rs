//! Whether the leading has room for what stands in it (T24).

use crate::base::clreq::{Em, interlinear as table};
use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::compose::ruby::{Annotation, Form};
use crate::story::{InterlinearKind, Mark, ParaStyle, Paragraph, Placement};

/// The note of a paragraph whose leading is too close for its marks and
/// readings: a warning below the room they ask for, an error where they would
/// be set into the next line. The leading itself never changes (P07).
///
/// A paragraph of one line in a block of its own has white around it.
pub(crate) fn short_of_room(
    paragraph: &Paragraph,
    annotations: &[Annotation],
    lone: bool,
) -> Option<Diagnostic> {
    let style = &paragraph.style;
    if lone && matches!(style.placement, Placement::Block { .. }) {
        return None;
    }
    let above = annotations
        .iter()
        .any(|annotation| matches!(annotation.form, Form::Above(_)));
    let below = depth(paragraph);
    let asked = match (above, below) {
        (false, None) => return None,
        (true, Some(_)) => table::ROOM_BOTH_SIDES,
        _ => table::ROOM_ONE_SIDE,
    };
    let taken = below.unwrap_or(Em::ZERO).0 + if above { table::PINYIN.0 } else { 0 };
    let gap = style.pitch - style.size;
    if gap >= asked.of(style.size) {
        return None;
    }
    Some(note(style, gap, asked, gap < Em(taken).of(style.size)).at_opt(place(paragraph)))
}

/// How far the marks of a paragraph reach below their characters.
fn depth(paragraph: &Paragraph) -> Option<Em> {
    let has = |wanted: Mark| {
        paragraph
            .interlinear
            .iter()
            .any(|beside| beside.kind == InterlinearKind::Mark(wanted))
    };
    let line = match (has(Mark::Title), has(Mark::Name)) {
        (true, _) => Some(Em(table::TITLE_CLEAR.0 + table::TITLE_HEIGHT.0)),
        (false, true) => Some(Em(table::NAME_CLEAR.0 + table::NAME_THICK.0)),
        (false, false) => None,
    };
    match (line, has(Mark::Dots)) {
        // they seldom stand under one another; a dot alone is deeper than a
        // line, and one outside a line deeper still
        (Some(line), true) if overlapping(paragraph) => {
            Some(Em(line.0 + table::DOT_CLEAR_OF_LINE.0 + table::DOT.0))
        }
        (_, true) => Some(Em(table::DOT_CLEAR.0 + table::DOT.0)),
        (line, false) => line,
    }
}

/// Whether dots stand outside a line somewhere.
fn overlapping(paragraph: &Paragraph) -> bool {
    let ranges = |dots: bool| {
        let marks = paragraph.interlinear.iter();
        marks.filter(move |beside| match beside.kind {
            InterlinearKind::Mark(mark) => (mark == Mark::Dots) == dots,
            InterlinearKind::Ruby(_) => false,
        })
    };
    ranges(true).any(|dots| {
        ranges(false)
            .any(|line| line.range.start < dots.range.end && dots.range.start < line.range.end)
    })
}

fn place(paragraph: &Paragraph) -> Option<crate::base::diag::Span> {
    let first = paragraph.interlinear.first()?;
    paragraph.source(first.range.clone())
}

fn note(style: &ParaStyle, gap: Length, asked: Em, collides: bool) -> Diagnostic {
    let thousandths = |length: Length| length.scale(1000, style.size.raw().max(1)).raw();
    let (gap, asked) = (thousandths(gap), thousandths(asked.of(style.size)));
    let note = if collides {
        Diagnostic::error(
            "makeup/interlinear-collides",
            format!("行距只有千分之 {gap} 字，行间标点或注音要压到邻行"),
            format!(
                "the line gap is {gap} thousandths of an em: marks or readings run into the next line"
            ),
        )
    } else {
        Diagnostic::warning(
            "makeup/interlinear-room",
            format!("行距只有千分之 {gap} 字，行间标点和注音要有千分之 {asked} 字"),
            format!(
                "the line gap is {gap} thousandths of an em; marks and readings ask for {asked}"
            ),
        )
    };
    note.help(
        "在版式里加大行距，或改用黑体、楷体来强调，读音改写成“翀（chōng）”",
        "widen the leading in the layout, or stress words by another face and write readings in brackets",
    )
    .number("gap", gap)
    .number("asked", asked)
}
