//! Whether the leading has room for what stands in it (T24).

use crate::base::clreq::{Direction, Em, interlinear as table};
use crate::base::diag::Diagnostic;
use crate::base::geom::{Length, decimal};
use crate::compose::ruby::{Annotation, Form};
use crate::story::{InterlinearKind, Mark, ParaStyle, Paragraph, Role};

/// The note of a paragraph whose leading is too close for its marks and
/// readings: a warning below the room they ask for, an error where they would
/// be set into the next line. The leading itself never changes (P07).
///
/// A headline or subhead of one line has white around it.
pub(crate) fn short_of_room(
    paragraph: &Paragraph,
    annotations: &[Annotation],
    lone: bool,
) -> Option<Diagnostic> {
    let style = &paragraph.style;
    let headed = matches!(
        paragraph.role,
        Role::Subhead
            | Role::Label
            | Role::Banner
            | Role::BannerEn
            | Role::Kicker
            | Role::Head
            | Role::Deck
            | Role::SideTitle
            | Role::EndTitle
            | Role::Byline
            | Role::Furniture
    );
    if lone && headed {
        return None;
    }
    let (one, other) = match style.scheme.direction {
        Direction::Horizontal => (above(annotations), below(paragraph)),
        Direction::Vertical => (right(paragraph, annotations), line_depth(paragraph)),
    };
    let asked = match (one, other) {
        (None, None) => return None,
        (Some(_), Some(_)) => table::ROOM_BOTH_SIDES,
        _ => table::ROOM_ONE_SIDE,
    };
    let taken = one.unwrap_or_default().0 + other.unwrap_or_default().0;
    let gap = style.pitch - style.size;
    if gap >= asked.of(style.size) {
        return None;
    }
    Some(note(style, gap, asked, gap < Em(taken).of(style.size)).at_opt(place(paragraph)))
}

/// How far readings reach above horizontal lines.
fn above(annotations: &[Annotation]) -> Option<Em> {
    let stands = |annotation: &Annotation| matches!(annotation.form, Form::Above(_));
    annotations.iter().any(stands).then_some(table::PINYIN)
}

/// How far dots and readings reach to the right of vertical lines.
fn right(paragraph: &Paragraph, annotations: &[Annotation]) -> Option<Em> {
    let dots = has(paragraph, Mark::Dots).then_some(DOTS);
    let ruby = annotations.first().map(|annotation| match annotation.form {
        Form::Above(_) => table::PINYIN,
        Form::Column(_) => table::ZHUYIN_COLUMN,
    });
    dots.max(ruby)
}

/// How far dots reach.
const DOTS: Em = Em(table::DOT_CLEAR.0 + table::DOT.0);

/// How far lines under names and titles reach.
fn line_depth(paragraph: &Paragraph) -> Option<Em> {
    let title =
        has(paragraph, Mark::Title).then_some(Em(table::TITLE_CLEAR.0 + table::TITLE_HEIGHT.0));
    let name = has(paragraph, Mark::Name).then_some(Em(table::NAME_CLEAR.0 + table::NAME_THICK.0));
    title.max(name)
}

/// How far marks reach below horizontal lines: a dot is deeper than a line,
/// one outside a line deeper still.
fn below(paragraph: &Paragraph) -> Option<Em> {
    let line = line_depth(paragraph);
    match line {
        Some(line) if overlapping(paragraph) => {
            Some(Em(line.0 + table::DOT_CLEAR_OF_LINE.0 + table::DOT.0))
        }
        _ => has(paragraph, Mark::Dots).then_some(DOTS).max(line),
    }
}

fn has(paragraph: &Paragraph, mark: Mark) -> bool {
    let mark = InterlinearKind::Mark(mark);
    paragraph
        .interlinear
        .iter()
        .any(|beside| beside.kind == mark)
}

/// Whether dots stand outside a line somewhere.
fn overlapping(paragraph: &Paragraph) -> bool {
    let ranges = |dots: bool| {
        let marks = paragraph.interlinear.iter();
        marks.filter(move |beside| match beside.kind {
            InterlinearKind::Mark(mark) => (mark == Mark::Dots) == dots,
            InterlinearKind::Ruby(_) | InterlinearKind::Stand(_) | InterlinearKind::Script(_) => {
                false
            }
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
    let (shown, wanted) = (decimal(gap), decimal(asked));
    let note = if collides {
        Diagnostic::error(
            "makeup/interlinear-collides",
            format!("行距只有 {shown} 字，行间标点或注音要压到邻行"),
            format!("the line gap is {shown} em: marks or readings run into the next line"),
        )
    } else {
        Diagnostic::warning(
            "makeup/interlinear-room",
            format!("行距只有 {shown} 字，行间标点和注音要有 {wanted} 字"),
            format!("the line gap is {shown} em; marks and readings ask for {wanted}"),
        )
    };
    note.help(
        "在版式里加大行距，或改用黑体、楷体来强调，读音改写成“翀（chōng）”",
        "widen the leading in the layout, or stress words by another face and write readings in brackets",
    )
    .number("gap", gap)
    .number("asked", asked)
}
