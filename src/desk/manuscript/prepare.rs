//! Guards the copy against Markdown: what would be taken for markup but is
//! text in a newspaper is escaped before parsing, typed indents are taken
//! off, and every byte keeps its place in the file.

use std::ops::Range;

use super::notes::{self, Notes};
use super::passage::{self, Marker, Section, Sections};
use super::tables::{self, COLUMNS, ROWS, Row, Table};
use super::{Change, Reading};
use crate::base::clreq::{Class, class_of};
use crate::base::diag::Diagnostic;
use crate::story::Align;

/// The text that is handed to the Markdown parser.
pub(super) struct Prepared {
    pub(super) text: String,
    /// Stretches of `text` that are the file's own bytes: where they begin in
    /// `text`, where in the file, and how long they are. In order.
    own: Vec<Own>,
    /// Lines of tables that cannot be set, in `text`.
    tables: Vec<Range<usize>>,
    /// `::: 对话` … `:::`, in order.
    pub(super) sections: Vec<Section>,
    /// Stretches of `text` that are more than running text, in order.
    parts: Vec<(Range<usize>, Part)>,
    /// The tables, in order.
    pub(super) forms: Vec<Form>,
    /// The notes that have a text.
    pub(super) notes: Notes,
}

/// What a stretch of the text is part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The title of a table, by its number.
    Title(usize),
    /// A cell: table, row, column.
    Cell(usize, u16, u16),
    /// The text of a note, by its label.
    Note(String),
}

/// A table without its cells.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// What the copy says of the columns; as many as its widest row has.
    pub(super) columns: Vec<Option<Align>>,
    /// Rows, the header row included.
    pub(super) rows: u16,
    /// The whole table in the file.
    pub(super) place: Range<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Own {
    at: usize,
    source: usize,
    length: usize,
}

impl Prepared {
    fn push(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        match self.own.last_mut() {
            Some(last) if last.at + last.length == at && last.source + last.length == source => {
                last.length += text.len();
            }
            _ => self.own.push(Own {
                at,
                source,
                length: text.len(),
            }),
        }
    }

    /// A guard: bytes that are not the file's.
    fn guard(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The file's own bytes within a range of the text, as (range of the
    /// text, start in the file).
    pub(super) fn own(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, usize)> {
        let first = self
            .own
            .partition_point(|own| own.at + own.length <= range.start);
        self.own[first..].iter().map_while(move |own| {
            let start = own.at.max(range.start);
            let end = (own.at + own.length).min(range.end);
            (start < end).then_some((start..end, own.source + (start - own.at)))
        })
    }

    /// The bytes of the file from the first to the last of a range.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let before = self.own.partition_point(|own| own.at <= range.start);
        let base = before.checked_sub(1).map_or(0, |index| {
            let own = self.own[index];
            own.source + (range.start - own.at).min(own.length)
        });
        let mut place: Option<Range<usize>> = None;
        let last = self.own.partition_point(|own| own.at < range.end);
        if let Some((own, start)) = self.own(range.clone()).next()
            && let Some(end) = last.checked_sub(1).map(|index| self.own[index])
        {
            let stop = end.source + (range.end - end.at).min(end.length);
            place = Some(start..stop.max(start + own.len()));
        }
        place.unwrap_or(base..base)
    }

    /// What the byte `at` of the text is part of.
    pub(super) fn part(&self, at: usize) -> Option<&Part> {
        let next = self.parts.partition_point(|(range, _)| range.end <= at);
        let (range, part) = self.parts.get(next)?;
        (range.start <= at).then_some(part)
    }

    /// Whether a byte of the text is in a table that cannot be set.
    pub(super) fn in_table(&self, at: usize) -> bool {
        let next = self.tables.partition_point(|table| table.end <= at);
        self.tables.get(next).is_some_and(|table| table.start <= at)
    }
}

/// Containers a line may open; what is deeper is text. Nobody quotes a quote
/// in a list thirty times.
const NEST: usize = 32;

/// A character between Han and `*` that is neither punctuation nor white, so
/// that emphasis opens and closes there as in `**“甲”**乙`.
const WEDGE: &str = "\u{E000}";

/// Prepares the body, `text` from `body` on.
pub(super) fn prepare(out: &mut Reading, text: &str, body: usize) -> Prepared {
    let mut work = Work {
        out,
        done: Prepared {
            text: String::with_capacity(text.len() - body + 64),
            own: Vec::new(),
            tables: Vec::new(),
            sections: Vec::new(),
            parts: Vec::new(),
            forms: Vec::new(),
            notes: Notes::default(),
        },
        sections: Sections::default(),
        fence: None,
        in_list: false,
        after_blank: true,
        header: None,
        table: None,
        note: None,
        open: [false; 4],
    };
    let lines = lines(text, body);
    let mut next = 0;
    while let Some(&(words, start)) = lines.get(next) {
        let table = work
            .may_begin_table(words)
            .then(|| tables::at(&lines[next..]));
        if let Some(table) = table.flatten() {
            work.table(&table, &lines[next..next + table.end]);
            next += table.end;
            continue;
        }
        work.line(words, start);
        if start + words.len() < text.len() {
            work.done.push_end(text, start + words.len());
        }
        next += 1;
    }
    let end = work.done.text.len();
    work.end_table(end);
    work.end_note();
    work.sections.finish(work.out, end);
    work.done.sections = work.sections.done;
    work.done
}

/// The lines of the body without their ends, CR, LF or CR LF.
fn lines(text: &str, body: usize) -> Vec<Row<'_>> {
    let mut at = body;
    let mut lines = Vec::new();
    for line in text[body..].split_inclusive(['\n', '\r']) {
        let start = at;
        at += line.len();
        // the LF of a CR LF, cut off from its CR
        if line == "\n" && text[..start].ends_with('\r') {
            continue;
        }
        lines.push((line.trim_end_matches(['\n', '\r']), start));
    }
    lines
}

impl Prepared {
    /// A line end at `source`: LF, whatever the file has.
    fn push_end(&mut self, text: &str, source: usize) {
        if text.as_bytes()[source] == b'\n' {
            self.push("\n", source);
        } else {
            self.guard("\n");
        }
    }
}

struct Work<'a> {
    out: &'a mut Reading,
    done: Prepared,
    /// The fence that is open: its length in backticks.
    fence: Option<usize>,
    /// Passages so far.
    sections: Sections,
    in_list: bool,
    after_blank: bool,
    /// The last line, if it may head a table: its place in the text and in
    /// the file.
    header: Option<(usize, usize)>,
    /// The table that is open, from its header on.
    table: Option<(usize, usize)>,
    /// The note whose text is open: its label and where it begins.
    note: Option<(String, usize)>,
    /// Whether a run of so many asterisks waits for its fellow in this
    /// paragraph.
    open: [bool; 4],
}

impl Work<'_> {
    /// One line without its end, at `start` in the file.
    fn line(&mut self, line: &str, start: usize) {
        if let Some(length) = self.fence {
            let bare = line.trim_start_matches(' ');
            let close = bare.trim_end_matches([' ', '\t']);
            let ticks = close.bytes().all(|byte| byte == b'`');
            if line.len() - bare.len() <= 3 && close.len() >= length && ticks {
                self.fence = None;
            }
            self.done.push(line, start);
            self.after_blank = false;
            return;
        }
        if line.trim_matches([' ', '\t', '\u{3000}']).is_empty() {
            // full-width spaces alone are an empty line too
            self.end_table(self.done.text.len());
            self.end_note();
            self.after_blank = true;
            self.open = [false; 4];
            self.sections.blank();
            return;
        }
        if line.starts_with(":::") && self.passage(line, start) {
            return;
        }
        if let Some(note) = passage::misplaced(line) {
            let place = start..start + line.len();
            self.out.notes.push(note.at(self.out.span(place)));
        }
        if self.sections.inside() && !self.after_blank {
            // each line of a passage is a paragraph
            self.done.guard("\n");
            self.after_blank = true;
            self.open = [false; 4];
        }
        self.sections.line(self.done.text.len());
        let at = self.done.text.len();
        match notes::text_mark(line.trim_start_matches(' ')) {
            Some((label, mark)) => {
                let white = line.len() - line.trim_start_matches(' ').len();
                self.begin_note(label, line, start, white + mark);
            }
            None => self.begin(line, start),
        }
        self.tables(line, at, start);
        self.after_blank = false;
    }

    /// A line that begins with `:::`; whether it is markup.
    fn passage(&mut self, line: &str, start: usize) -> bool {
        let at = self.done.text.len();
        let place = start..start + line.len();
        if self.sections.marker(self.out, line, place, at) == Marker::Text {
            return false;
        }
        // what stood before ends here
        self.end_table(at);
        self.end_note();
        self.done.guard("\n");
        self.in_list = false;
        self.after_blank = true;
        self.open = [false; 4];
        true
    }

    /// Whether a line may begin a table: outside of fences and lists.
    fn may_begin_table(&self, line: &str) -> bool {
        let inside = self.in_list && (line.starts_with("  ") || line.starts_with('\t'));
        self.fence.is_none() && !inside
    }

    /// A table: its title and each of its cells become a paragraph, so that
    /// they are read like any other text.
    fn table(&mut self, table: &Table, lines: &[Row<'_>]) {
        self.end_table(self.done.text.len());
        self.end_note();
        self.in_list = false;
        self.done.guard("\n\n");
        let number = self.done.forms.len();
        if let (Some(mark), Some(&(words, start))) = (table.title, lines.first()) {
            let words = words.trim_end();
            self.paragraph(&words[mark..], start + mark, Part::Title(number));
        }
        let mut columns = table.columns.clone();
        let wanted = columns.len();
        let rows = lines[table.header..]
            .iter()
            .enumerate()
            .filter(|(nth, _)| *nth != 1);
        let mut uneven = None;
        for (row, (_, &(words, start))) in rows.enumerate() {
            let cells = tables::cells(words);
            if cells.len() != wanted {
                uneven.get_or_insert((start..start + words.len(), row, cells.len()));
            }
            columns.resize(columns.len().max(cells.len()), None);
            for (column, cell) in cells.into_iter().enumerate().filter(|(_, c)| !c.is_empty()) {
                let part = Part::Cell(number, small(row), small(column));
                self.paragraph(&words[cell.clone()], start + cell.start, part);
            }
        }
        if let Some((place, row, cells)) = uneven {
            let note = uneven_row(row, cells, wanted);
            self.out.notes.push(note.at(self.out.span(place)));
        }
        let first = lines.first().map_or(0, |line| line.1);
        let last = lines.last().map_or(first, |line| line.1 + line.0.len());
        self.done.forms.push(Form {
            columns,
            rows: small(table.end - table.header - 1),
            place: first..last,
        });
        self.after_blank = true;
    }

    /// A paragraph of its own that is part of a table. What would be a block
    /// marker elsewhere is text in it.
    fn paragraph(&mut self, text: &str, start: usize, part: Part) {
        let at = self.done.text.len();
        self.open = [false; 4];
        self.words(text, start);
        let end = self.done.text.len();
        self.done.parts.push((at..end, part));
        self.done.guard("\n\n");
        self.open = [false; 4];
    }

    /// The start of a paragraph in which no block marker is one.
    fn words(&mut self, mut text: &str, mut start: usize) {
        if text.starts_with('#') || container(text).is_some() || is_rule(text) {
            self.escape(&mut text, &mut start);
            self.inline(text, start);
        } else {
            self.leaf(text, start, true);
        }
    }

    /// The text of a note begins: its mark, `mark` bytes of the line, is not
    /// set.
    fn begin_note(&mut self, label: &str, line: &str, start: usize, mark: usize) {
        self.end_note();
        self.in_list = false;
        self.open = [false; 4];
        let place = start..start + line.len();
        self.done.guard("\n\n");
        self.note = Some((label.to_owned(), self.done.text.len()));
        self.done.notes.add_text(self.out, label, place);
        self.words(&line[mark..], start + mark);
    }

    fn end_note(&mut self) {
        if let Some((label, start)) = self.note.take() {
            let end = self.done.text.len();
            self.done.parts.push((start..end, Part::Note(label)));
        }
    }

    /// The start of a line: indent and block markers, then the rest.
    fn begin(&mut self, line: &str, start: usize) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (white, rest) = line.split_at(indent);
        let columns = if white.contains('\t') { 4 } else { white.len() };
        let listed = marker(rest).is_some() && !is_rule(rest);
        let mut at = start;
        if self.in_list && columns < 2 && !listed {
            self.in_list = false;
        }
        if self.in_list || (listed && columns < 4) {
            self.done.push(white, start);
        } else {
            // T26: a typed indent begins a paragraph and is not set
            let typed = columns >= 4 || rest.starts_with('\u{3000}');
            if typed && !self.after_blank {
                self.done.guard("\n");
            }
            if !white.is_empty() && (typed || self.after_blank) {
                let span = self.out.span(start..start + indent);
                let (from, to) = (white.to_owned(), String::new());
                self.out.manuscript.changes.push(Change {
                    span,
                    from,
                    to,
                    rule: "T26",
                });
            } else {
                self.done.push(white, start);
            }
        }
        at += indent;
        self.in_list |= listed;
        self.containers(rest, at);
    }

    /// Block markers at the start of `rest`, which is at `start` in the file.
    fn containers(&mut self, mut rest: &str, mut start: usize) {
        let mut nested = self.in_list;
        if !is_rule(rest) {
            for depth in 0.. {
                // markers and fences may be set in by a little
                let bare = rest.trim_start_matches(' ');
                let white = rest.len() - bare.len();
                self.done.push(&rest[..white], start);
                start += white;
                rest = bare;
                let Some(length) = container(rest) else { break };
                if depth == NEST {
                    self.escape(&mut rest, &mut start);
                    break;
                }
                nested = true;
                let (mark, after) = rest.split_at(length);
                let quoted_indent = mark.starts_with('>') && after.starts_with('\u{3000}');
                if quoted_indent && depth == 0 && !self.after_blank {
                    self.done.guard("\n");
                }
                self.done.push(mark, start);
                start += length;
                rest = after;
                // a code block inside a container is never meant
                let white = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                if white >= 4 || rest[..white].contains('\t') {
                    rest = &rest[white..];
                    start += white;
                }
            }
        }
        if is_rule(rest) {
            self.done.push(rest, start);
            return;
        }
        self.leaf(rest, start, nested);
    }

    /// Keeps the first mark of `rest` as text.
    fn escape(&mut self, rest: &mut &str, start: &mut usize) {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (before, after) = rest.split_at(digits);
        self.done.push(before, *start);
        let mark = after.chars().next().map_or(0, char::len_utf8);
        self.done.guard("\\");
        self.done.push(&after[..mark], *start + digits);
        *start += digits + mark;
        *rest = &after[mark..];
    }

    /// What a line holds inside its containers. A fence is one only outside
    /// of them: where it ends inside depends on too much.
    fn leaf(&mut self, mut rest: &str, mut start: usize, nested: bool) {
        let bare = rest.trim_end_matches([' ', '\t']);
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let tildes = rest.len() - rest.trim_start_matches('~').len();
        if ticks >= 3 {
            let info = rest[ticks..].trim();
            let name =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '.' | '#');
            if !nested && info.chars().all(name) {
                self.fence = Some(ticks);
                self.done.push(rest, start);
                return;
            }
            for _ in 0..ticks {
                self.escape(&mut rest, &mut start);
            }
        } else if tildes >= 3
            // a marker with nothing after it, `#`, `-`, `1.`
            || bare.bytes().all(|byte| byte == b'#') && bare.len() <= 6 && !bare.is_empty()
            || marker_length(bare).is_some_and(|length| length == bare.len())
            // greater than, not a quote
            || rest.starts_with('>')
            // a year, not a list
            || marker_length(rest).is_some_and(|length| length > 4)
        {
            self.escape(&mut rest, &mut start);
        }
        self.inline(rest, start);
    }

    /// Guards inside a line: emphasis next to Han, `a*b`, and `[甲]:`, which
    /// would vanish as the definition of a link.
    fn inline(&mut self, line: &str, start: usize) {
        let bytes = line.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(found) = bytes[at..]
            .iter()
            .position(|byte| matches!(byte, b'*' | b']' | b'\\'))
        {
            at += found;
            match bytes[at] {
                b'\\' => {
                    // the next character is escaped already
                    at += 1;
                    at += line[at..].chars().next().map_or(0, char::len_utf8);
                }
                b']' => {
                    at += 1;
                    if bytes.get(at) == Some(&b':') {
                        self.done.push(&line[from..at], start + from);
                        self.done.guard("\\");
                        from = at;
                    }
                }
                _ => {
                    let length = bytes[at..].iter().take_while(|&&byte| byte == b'*').count();
                    let before = line[..at].chars().next_back();
                    let after = line[at + length..].chars().next();
                    let guards = self.guards(before, length, after);
                    if !guards.0.is_empty() {
                        self.done.push(&line[from..at], start + from);
                        self.done.guard(guards.0);
                        from = at;
                    }
                    at += length;
                    if !guards.1.is_empty() {
                        self.done.push(&line[from..at], start + from);
                        self.done.guard(guards.1);
                        from = at;
                    }
                }
            }
        }
        self.done.push(&line[from..], start + from);
    }

    /// What to put before and after a run of `length` asterisks.
    ///
    /// Markdown lets `**` close after punctuation only where white or
    /// punctuation follows, and open before punctuation only where they come
    /// first; Chinese has no white there. Runs are paired here as a reader
    /// pairs them, and one that Markdown would not see gets a wedge.
    fn guards(
        &mut self,
        before: Option<char>,
        length: usize,
        after: Option<char>,
    ) -> (&'static str, &'static str) {
        let word = |c: char| c.is_alphanumeric();
        let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != '_';
        // 5*8: a product
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if length == 1 && ascii(before) && ascii(after) {
            return ("\\", "");
        }
        let Some(open) = self.open.get_mut(length) else {
            return ("", "");
        };
        let white = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if white(after) || white(before) {
            *open = white(before) && !white(after);
            return ("", "");
        }
        let (Some(before), Some(after)) = (before, after) else {
            return ("", "");
        };
        let was_open = *open;
        if word(before) && mark(after) && !was_open {
            // 张三*，李四*: stars of footnotes stay
            // 好**！**吗: two stars are no footnote
            *open = length > 1 || opens(after);
            return ("", if *open { WEDGE } else { "" });
        }
        *open = !was_open;
        let pause = length == 1 && matches!(before, '，' | '、' | '；');
        if was_open && mark(before) && word(after) && !pause {
            (WEDGE, "")
        } else {
            ("", "")
        }
    }

    /// Finds tables: a row of `---` under a row, both with `|`.
    fn tables(&mut self, line: &str, at: usize, source: usize) {
        if !line.contains('|') {
            self.end_table(at);
            return;
        }
        if self.table.is_none() {
            if let Some(header) = self.header
                && is_delimiter(line.trim_start_matches(['>', ' ', '\t']))
            {
                self.table = Some(header);
                let end = source + line.len();
                let note = Diagnostic::error(
                    "copy/table",
                    format!("引文、列表里的表格和多于 {COLUMNS} 栏、{ROWS} 行的表格不能排，各行按段落排出"),
                    format!("A table in a quote or list, or of more than {COLUMNS} columns or {ROWS} rows, cannot be set; its rows are set as paragraphs"),
                )
                .help(
                    "请把表格移出引文或列表，或分成几个表",
                    "Move it out of the quote or list, or split it",
                );
                self.out.notes.push(note.at(self.out.span(header.1..end)));
            }
            self.header = Some((at, source));
        }
    }

    /// Closes the table that is open, if one is, at `end` in the text.
    fn end_table(&mut self, end: usize) {
        self.header = None;
        if let Some((start, _)) = self.table.take() {
            self.done.tables.push(start..end);
        }
    }
}

/// A row that has more or fewer cells than the row of dashes.
fn uneven_row(row: usize, cells: usize, wanted: usize) -> Diagnostic {
    let nth = row + 1;
    Diagnostic::warning(
        "copy/table-uneven",
        format!("表格第 {nth} 行有 {cells} 格，横线行有 {wanted} 格；缺的格空着"),
        format!("row {nth} of the table has {cells} cells, its line of dashes {wanted}; cells that lack are left empty"),
    )
    .help(
        "补齐或删去竖线 |，格里的竖线写成 \\|",
        "add or remove `|`; a bar inside a cell is written `\\|`",
    )
}

/// A count of rows or columns, which are few.
fn small(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// A mark that something begins with, which emphasis may open before.
fn opens(c: char) -> bool {
    class_of(c) == Class::Open || matches!(c, '(' | '[' | '"')
}

/// The bytes of a block quote's or list item's marker with the space after
/// it, where it is one that holds something.
fn container(rest: &str) -> Option<usize> {
    if let Some(after) = rest.strip_prefix('>') {
        // `>3微米` and `>=` are comparisons
        let compares =
            after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '.' | '%'));
        return (!compares).then(|| 1 + usize::from(after.starts_with(' ')));
    }
    let length = marker(rest)?;
    // a single space, so that what follows keeps its own indent
    Some(length + 1)
}

/// The bytes of a list marker that has text after it, its space not counted.
fn marker(rest: &str) -> Option<usize> {
    let length = marker_length(rest)?;
    let after = &rest[length..];
    // four digits are a year
    (length <= 4 && after.starts_with([' ', '\t']) && !after.trim().is_empty()).then_some(length)
}

/// The bytes of what may be a list marker, whatever follows.
fn marker_length(rest: &str) -> Option<usize> {
    if rest.starts_with(['-', '+', '*']) {
        return Some(1);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = matches!(rest.as_bytes().get(digits), Some(b'.' | b')'));
    let white = matches!(rest.as_bytes().get(digits + 1), None | Some(b' ' | b'\t'));
    ((1..=9).contains(&digits) && ends && white).then_some(digits + 1)
}

/// A line of three or more `-`, `*` or `_`: a section break.
fn is_rule(rest: &str) -> bool {
    let Some(&mark) = rest.as_bytes().first() else {
        return false;
    };
    matches!(mark, b'-' | b'*' | b'_')
        && rest
            .bytes()
            .all(|byte| byte == mark || byte == b' ' || byte == b'\t')
        && rest.bytes().filter(|&byte| byte == mark).count() >= 3
}

/// `|---|:--:|`.
fn is_delimiter(line: &str) -> bool {
    line.contains("--")
        && line.contains('|')
        && line
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}
