//! 题文关系: where a headline stands (N27).

use std::ops::Range;

use super::text::{HeadKind, SlotText};
use crate::base::clreq::Direction;
use crate::base::diag::Diagnostic;
use crate::desk::form::{Fault, Leaf, Notes};
use crate::desk::plan::HeadPlace;

/// Where the headline block stands: over its text, upright at a side (V17),
/// beside or inside the text. What is not built is refused, not set as
/// something else.
///
/// `within` is how many text columns and grid lines the slot has.
pub(super) fn read(
    text: &SlotText,
    direction: Direction,
    within: (i64, i64),
    notes: &mut Notes,
) -> HeadPlace {
    let head = &text.head.value;
    let kind = notes.take(&head.kind).map(|kind| kind.0);
    let kind = match (direction, kind) {
        (Direction::Horizontal, kind) => kind.unwrap_or_default(),
        (Direction::Vertical, None | Some(HeadKind::Vertical)) => HeadKind::Over,
        (Direction::Vertical, Some(_)) => {
            refused(
                (
                    "直排的版位，题只能竖着立在文的右边",
                    "the headline of a vertical slot stands upright, right of its text",
                ),
                ("删去 type", "leave out `type`"),
                head.kind.span(),
                notes,
            );
            HeadKind::Over
        }
    };
    let inside = matches!(kind, HeadKind::Inside | HeadKind::Wrapped);
    let between = kind == HeadKind::Between;
    let below_text = matches!(kind, HeadKind::Band | HeadKind::Wrapped) || between;
    let beside = matches!(kind, HeadKind::Left | HeadKind::Right);
    let upright = kind == HeadKind::Vertical;
    let over = kind == HeadKind::Over && direction == Direction::Horizontal;
    let of = ("竖题", "an upright headline");
    only(&head.side, upright, ("side", of), notes);
    let of = (
        "盖文题、左题、右题、串文题、文包题和竖题",
        "a headline over, beside or inside its text",
    );
    only(
        &head.columns,
        inside || beside || upright || over,
        ("columns", of),
        notes,
    );
    let of = ("串文题和文包题", "a headline inside its text");
    only(&head.column, inside, ("column", of), notes);
    let of = ("腰带题、文包题和文夹题", "a headline with text above it");
    only(&head.line, below_text, ("line", of), notes);
    if kind == HeadKind::Over {
        return HeadPlace::Over;
    }

    let (total, deep) = (within.0.clamp(1, 60), within.1.max(1));
    let most = match upright {
        true => total,
        false => (total - 1).max(1),
    };
    if total == 1 && (inside || beside) {
        notes.fatal(
            Fault::WrongValue,
            head.kind.span().as_ref(),
            (
                "只有一栏的版位，题旁没有文字的地方".into(),
                "a slot of one column has no room for text beside its headline".into(),
            ),
            Some((
                "写 type = \"盖文题\" 或 \"腰带题\"，或增加 text_columns".into(),
                "write `type = \"over\"` or `\"band\"`, or more `text_columns`".into(),
            )),
        );
        return HeadPlace::Over;
    }
    let asked = notes.count(&head.columns, "columns", 1..=most);
    let lines = notes.count(&head.lines, "lines", 0..=deep);
    if upright {
        return HeadPlace::Upright {
            side: notes
                .take(&head.side)
                .map(|side| side.0)
                .unwrap_or_default(),
            columns: asked.unwrap_or(1),
            lines: lines.unwrap_or(0),
        };
    }
    let whole = |count: i64| u16::try_from(count).unwrap_or(1);
    let columns = asked.unwrap_or(match kind {
        HeadKind::Band | HeadKind::Between => whole(total),
        HeadKind::Inside | HeadKind::Wrapped => whole((total - 2).max(1)),
        _ => 1,
    });
    let last = total - i64::from(columns);
    let column = match kind {
        HeadKind::Right => whole(last),
        HeadKind::Inside | HeadKind::Wrapped => notes
            .count(&head.column, "column", 1..=last + 1)
            .map_or(whole(last / 2), |column| column - 1),
        _ => 0,
    };
    let line = match below_text {
        true => notes
            .count(&head.line, "line", 1..=deep)
            .map(|line| line - 1),
        false => Some(0),
    };
    // a headline beside its text is as high as the text
    let lines = lines.unwrap_or(match beside {
        true => whole(deep),
        false => 0,
    });
    if let Some(Some(line)) = below_text.then_some(line)
        && i64::from(line) + i64::from(lines) > deep
    {
        past_the_foot(line, lines, deep, head.line.span(), notes);
        return HeadPlace::Over;
    }
    if between && !fits_between(line, lines, deep, head.kind.span(), notes) {
        return HeadPlace::Over;
    }
    HeadPlace::Block {
        column,
        columns,
        line,
        lines,
        between,
    }
}

/// Whether text stands above and below a headline, which needs to know its
/// lines beforehand; said where it does not.
fn fits_between(
    line: Option<u16>,
    lines: u16,
    deep: i64,
    place: Option<Range<usize>>,
    notes: &mut Notes,
) -> bool {
    let end = line.map(|line| i64::from(line) + i64::from(lines));
    if line.is_some_and(|line| line > 0) && lines > 0 && end.is_some_and(|end| end < deep) {
        return true;
    }
    notes.fatal(
        Fault::WrongValue,
        place.as_ref(),
        (
            "文夹题要写 line 和 lines，上下都要留出文字的行".into(),
            "a headline between two bands of text needs `line` and `lines`, with lines of text above and below".into(),
        ),
        Some((
            "如 head = { type = \"文夹题\", line = 12, lines = 6 }".into(),
            "such as `head = { type = \"between\", line = 12, lines = 6 }`".into(),
        )),
    );
    false
}

/// A headline that would leave its slot by the foot.
fn past_the_foot(line: u16, lines: u16, deep: i64, place: Option<Range<usize>>, notes: &mut Notes) {
    let (first, room) = (line + 1, deep - i64::from(line));
    notes.fatal(
        Fault::OutOfRange,
        place.as_ref(),
        (
            format!("题从第 {first} 行起高 {lines} 行，版位只有 {deep} 行"),
            format!(
                "a headline of {lines} lines from line {first} leaves the slot of {deep} lines"
            ),
        ),
        Some((
            format!("lines 写到 {room} 为止，或改 line"),
            format!("write `lines` of {room} at most, or another `line`"),
        )),
    );
}

fn refused(
    (zh, en): (&str, &str),
    (help_zh, help_en): (&str, &str),
    place: Option<Range<usize>>,
    notes: &mut Notes,
) {
    let note = Diagnostic::fatal("layout/not-built-yet", zh, en)
        .at_opt(place.map(|range| notes.span(&range)))
        .help(help_zh, help_en);
    notes.list.push(note);
}

/// Refuses a key that this kind of headline has no use for.
fn only<T>(leaf: &Leaf<T>, used: bool, (key, (zh, en)): (&str, (&str, &str)), notes: &mut Notes) {
    if used || leaf.is_missing() {
        return;
    }
    notes.fatal(
        Fault::WrongValue,
        leaf.span().as_ref(),
        (
            format!("{key} 只用于横排版位的{zh}"),
            format!("`{key}` is for {en} in a horizontal slot"),
        ),
        Some((
            format!("删去 {key}，或改 type"),
            format!("leave out `{key}`, or change `type`"),
        )),
    );
}
