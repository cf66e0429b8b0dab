//! Where tables stand in the copy, told from whole lines (P26).
//!
//! A table is a row of cells parted by `|`, a row of dashes below it, and as
//! many rows as follow without an empty line. Its title is the paragraph
//! right above it that begins with `表：` or `Table:`, which are not set, or
//! with a number, `表1　…`, which is.

use std::ops::Range;

use crate::story::Align;

/// A line of the file: its words without its end, and where they start.
pub(super) type Row<'a> = (&'a str, usize);

/// A table, in lines counted from the one asked about.
pub(super) struct Table {
    /// Bytes of the first line that are the mark of a title; `None` without
    /// a title.
    pub(super) title: Option<usize>,
    /// The line of the header row. The row of dashes follows it.
    pub(super) header: usize,
    /// One past the last row.
    pub(super) end: usize,
    /// What the dashes say of each column.
    pub(super) columns: Vec<Option<Align>>,
}

/// The most columns of a table: no measure holds more.
pub(super) const COLUMNS: usize = 40;
/// The most rows of a table, its header row not counted.
pub(super) const ROWS: usize = 1000;

/// The table that begins at the first of `lines`, title included.
pub(super) fn at(lines: &[Row<'_>]) -> Option<Table> {
    let first = lines.first()?.0;
    let title = title(first);
    let header = match title {
        None => 0,
        Some(_) if lines.get(1).is_some_and(|line| is_blank(line.0)) => 2,
        Some(_) => 1,
    };
    let head = lines.get(header)?.0;
    if head.trim_start().starts_with('>') || !is_row(head) {
        return None;
    }
    let columns = delimiter(lines.get(header + 1)?.0)?;
    let rows = lines[header + 2..]
        .iter()
        .take(ROWS + 1)
        .take_while(|line| is_row(line.0))
        .count();
    let widest = lines[header..header + 2 + rows]
        .iter()
        .map(|line| bars(line.0).take(COLUMNS * 2).count())
        .max();
    // bars at both ends of the line
    if rows > ROWS || widest > Some(COLUMNS + 1) {
        return None;
    }
    Some(Table {
        title,
        header,
        end: header + 2 + rows,
        columns,
    })
}

/// The cells of a row: bytes of the line, white at their ends left out. The
/// bars at the ends of the line are its frame.
pub(super) fn cells(line: &str) -> Vec<Range<usize>> {
    let start = line.len() - line.trim_start().len();
    let mut end = line.trim_end().len();
    let bars: Vec<usize> = bars(line).collect();
    let mut from = start;
    let mut inner = bars.as_slice();
    if let [first, rest @ ..] = inner
        && *first == start
    {
        (from, inner) = (first + 1, rest);
    }
    if let [rest @ .., last] = inner
        && last + 1 == end
    {
        (end, inner) = (*last, rest);
    }
    let ends = inner.iter().copied().chain([end.max(from)]);
    ends.map(|end| {
        let cell = trimmed(line, from..end);
        from = end + 1;
        cell
    })
    .collect()
}

fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let white = |c: char| matches!(c, ' ' | '\t' | '\u{3000}');
    let text = &line[range.clone()];
    let start = range.start + text.len() - text.trim_start_matches(white).len();
    start..start + text.trim_matches(white).len()
}

/// Bars that are not escaped.
fn bars(line: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    line.bytes().enumerate().filter_map(move |(at, byte)| {
        let bar = byte == b'|' && !escaped;
        escaped = byte == b'\\' && !escaped;
        bar.then_some(at)
    })
}

fn is_row(line: &str) -> bool {
    bars(line).next().is_some()
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '\u{3000}']).is_empty()
}

/// `|---|:--:|--:|`.
fn delimiter(line: &str) -> Option<Vec<Option<Align>>> {
    if !is_row(line) {
        return None;
    }
    let column = |cell: Range<usize>| {
        let cell = &line[cell];
        let inner = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = inner.strip_suffix(':').unwrap_or(inner);
        if dashes.is_empty() || dashes.bytes().any(|byte| byte != b'-') {
            return None;
        }
        Some(match (cell.starts_with(':'), cell.ends_with(':')) {
            (true, true) => Some(Align::Center),
            (true, false) => Some(Align::Start),
            (false, true) => Some(Align::End),
            (false, false) => None,
        })
    };
    cells(line).into_iter().map(column).collect()
}

/// Whether a line may be the title of a table: the bytes of its mark, nothing
/// where the mark is set too.
fn title(line: &str) -> Option<usize> {
    let white = |text: &str| text.len() - text.trim_start().len();
    let indent = white(line);
    let words = &line[indent..];
    for mark in ["表：", "表:", "Table:", "table:"] {
        if let Some(rest) = words.strip_prefix(mark) {
            return (!is_blank(rest)).then(|| indent + mark.len() + white(rest));
        }
    }
    let rest = words.strip_prefix('表')?;
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十-".contains(c);
    let after = rest.trim_start_matches(number);
    let titled = after.len() < rest.len()
        && after.starts_with(['：', ':', ' ', '\u{3000}'])
        && !is_blank(after.trim_start_matches(['：', ':']));
    titled.then_some(indent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<&str> {
        cells(line).into_iter().map(|cell| &line[cell]).collect()
    }

    #[test]
    fn p26_cells_stand_between_bars() {
        assert_eq!(read("| 甲 | 乙丙 |"), ["甲", "乙丙"]);
        assert_eq!(read("甲|乙"), ["甲", "乙"]);
        assert_eq!(read("|甲||"), ["甲", ""]);
        assert_eq!(read("| 甲\\|乙 | 丙"), ["甲\\|乙", "丙"]);
        assert_eq!(read("|"), [""]);
    }

    #[test]
    fn p26_dashes_tell_the_alignment() {
        let columns = delimiter("|---|:-:|--:|:--|").expect("dashes");
        let sides = [
            None,
            Some(Align::Center),
            Some(Align::End),
            Some(Align::Start),
        ];
        assert_eq!(columns, sides);
        assert!(delimiter("| - 甲 |").is_none());
        assert!(delimiter("---").is_none(), "a section break");
    }

    #[test]
    fn p26_a_title_has_a_mark_or_a_number() {
        assert_eq!(title("表：历年水位"), Some(9 - 3));
        assert_eq!(title("Table: levels"), Some(7));
        assert_eq!(title("表1　历年水位"), Some(0));
        assert_eq!(title("表二：历年水位"), Some(0));
        assert_eq!(title("表示同意"), None);
        assert_eq!(title("表："), None);
    }

    #[test]
    fn p26_a_table_is_a_row_over_dashes() {
        let lines = ["表：水位", "", "|甲|乙|", "|-|-|", "|1|2|", "|3|4|", "文"];
        let rows: Vec<Row<'_>> = lines.iter().map(|line| (*line, 0)).collect();
        let table = at(&rows).expect("a table");
        assert_eq!((table.title, table.header, table.end), (Some(6), 2, 6));
        assert!(at(&rows[4..]).is_none());
        assert!(at(&rows[6..]).is_none());
    }
}
