//! Diagnostics as people and as scripts read them. The one renderer.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::Range;

use codespan_reporting::diagnostic as shown;
use codespan_reporting::files::{Error as FilesError, Files};
use codespan_reporting::term;
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream};
use serde_json::{Map, Value, json};

use crate::base::diag::{Diagnostic, Fact, Lang, Places, Severity, Sources, Span, UNLISTED};
use crate::press::report::Report;

/// Characters shown before a place, of its line.
const BEFORE: usize = 24;
/// Characters of the place itself.
const INSIDE: usize = 40;
/// Characters shown after it.
const AFTER: usize = 16;
/// Related places shown of a finding in text; JSON lists them all.
const RELATED: usize = 20;
/// Findings of one code shown in text; JSON lists them all.
const ALIKE: usize = 50;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Their language.
    pub(super) lang: Lang,
    /// One JSON object a line instead of text.
    pub(super) json: bool,
    /// The least severity that is printed as text. JSON holds them all.
    pub(super) least: Severity,
}

/// Prints diagnostics to standard error.
///
/// A reader that hangs up (a closed pipe) is no fault.
pub(super) fn print(notes: &[Diagnostic], sources: &Sources, style: Style) {
    let result = if style.json {
        // standard error has no buffer of its own: a value would be written
        // piece by piece
        print_json(
            notes,
            sources,
            style.lang,
            &mut BufWriter::new(io::stderr().lock()),
        )
    } else {
        let choice = if io::stderr().is_terminal() {
            ColorChoice::Auto
        } else {
            ColorChoice::Never
        };
        let mut stream = StandardStream::stderr(choice);
        let mut places = Places::new(sources);
        let wanted = notes.iter().filter(|note| note.severity >= style.least);
        let (shown, more) = without_floods(wanted);
        shown
            .into_iter()
            .try_for_each(|note| print_text(note, &mut places, style.lang, &mut stream))
            .and_then(|()| match unshown(&more, style.lang) {
                Some(line) => writeln!(stream, "{line}\n"),
                None => Ok(()),
            })
    };
    drop(result); // nobody reads standard error: nothing is left to tell
}

/// The first [`ALIKE`] of each code, in their order, and how many more there
/// are of which.
fn without_floods<'a>(
    notes: impl Iterator<Item = &'a Diagnostic>,
) -> (Vec<&'a Diagnostic>, BTreeMap<&'static str, usize>) {
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    let shown = notes
        .filter(|note| {
            let count = seen.entry(note.code).or_default();
            *count += 1;
            *count <= ALIKE
        })
        .collect();
    seen.retain(|_, count| *count > ALIKE);
    seen.values_mut().for_each(|count| *count -= ALIKE);
    (shown, seen)
}

/// What is said of findings that are not shown.
fn unshown(more: &BTreeMap<&'static str, usize>, lang: Lang) -> Option<String> {
    let list: Vec<String> = more
        .iter()
        .map(|(code, count)| format!("{code} ×{count}"))
        .collect();
    let list = (!list.is_empty()).then(|| list.join(", "))?;
    Some(match lang {
        Lang::Zh => format!("还有没列出的：{list}（--json 全部列出）"),
        Lang::En => format!("not listed: {list} (`--json` lists them all)"),
    })
}

fn print_json(
    notes: &[Diagnostic],
    sources: &Sources,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut places = Places::new(sources);
    for note in notes {
        writeln!(out, "{}", placed(note, &mut places, lang))?;
    }
    out.flush()
}

fn print_text(
    note: &Diagnostic,
    places: &mut Places<'_>,
    lang: Lang,
    out: &mut StandardStream,
) -> io::Result<()> {
    let (diagnostic, files) = excerpted(note, places, lang);
    let config = term::Config::default();
    term::emit_to_write_style(out, &config, &files, &diagnostic).map_err(io::Error::other)
}

/// A diagnostic as text without colours, for reports and tests.
#[cfg(test)]
fn text(note: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let (diagnostic, files) = excerpted(note, &mut Places::new(sources), lang);
    term::emit_into_string(&term::Config::default(), &files, &diagnostic).unwrap()
}

/// A diagnostic as one JSON object: code, severity, message, place, help, and
/// its facts under their own names. Keys are English in any language.
pub(super) fn object(note: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    placed(note, &mut Places::new(sources), lang)
}

fn placed(note: &Diagnostic, places: &mut Places<'_>, lang: Lang) -> Value {
    let mut object = Map::new();
    object.insert("code".into(), json!(note.code));
    object.insert("severity".into(), json!(note.severity.name()));
    object.insert("message".into(), json!(note.message.get(lang)));
    for (name, fact) in &note.facts {
        let value = match fact {
            Fact::Number(number) => json!(number),
            Fact::Word(word) => json!(word),
        };
        object.insert((*name).into(), value);
    }
    if let Some(place) = note.span.and_then(|span| place(span, places)) {
        object.insert("source".into(), place);
    }
    if !note.related.is_empty() {
        let related: Vec<Value> = note
            .related
            .iter()
            .map(
                |(span, text)| json!({ "message": text.get(lang), "source": place(*span, places) }),
            )
            .collect();
        object.insert("related".into(), Value::Array(related));
    }
    if let Some(help) = &note.help {
        object.insert("help".into(), json!(help.get(lang)));
    }
    Value::Object(object)
}

fn place(span: Span, places: &mut Places<'_>) -> Option<Value> {
    let source = places.sources().get(span.source)?;
    let (line, column) = places.line_column(span.source, span.start)?;
    Some(json!({
        "file": source.name.as_ref(),
        "line": line,
        "column": column,
        "start": span.start,
        "end": span.end,
    }))
}

/// The last line of a run: how many findings of each weight.
pub(super) fn tally(notes: &[Diagnostic], style: Style) -> Option<String> {
    let count = |severity| {
        notes
            .iter()
            .filter(|note| note.severity == severity)
            .count()
    };
    let errors = count(Severity::Error) + count(Severity::Fatal);
    let (warnings, infos) = (count(Severity::Warning), count(Severity::Info));
    if style.json || errors + warnings + infos == 0 || style.least > Severity::Warning {
        return None;
    }
    let hidden = infos > 0 && style.least > Severity::Info;
    Some(match style.lang {
        Lang::Zh => {
            let how = if hidden { "（加 -v 看提示）" } else { "" };
            format!("差错 {errors}，警告 {warnings}，提示 {infos}{how}")
        }
        Lang::En => {
            let how = if hidden { " (-v shows the notes)" } else { "" };
            format!("{errors} error(s), {warnings} warning(s), {infos} note(s){how}")
        }
    })
}

/// The message of a finding, its page before it: slots of one name stand on
/// many pages.
fn message(note: &Diagnostic, lang: Lang) -> String {
    let page = note.facts.iter().find_map(|fact| match fact {
        ("page", Fact::Word(page)) => Some(page),
        _ => None,
    });
    let text = note.message.get(lang);
    match (page, lang) {
        (None, _) => text.to_owned(),
        (Some(page), Lang::Zh) => format!("第 {page} 版：{text}"),
        (Some(page), Lang::En) => format!("page {page}: {text}"),
    }
}

/// How many pages and other files were written, and where; nothing for
/// scripts.
pub(super) fn written(report: &Report, style: Style) -> Option<String> {
    let pages = report.pages.iter().filter_map(|page| page.file.as_deref());
    let others = report.files.iter().map(std::path::PathBuf::as_path);
    let folder = pages.clone().chain(others.clone()).next()?;
    let folder = folder.parent()?.display();
    let (pages, others) = (pages.count(), others.count());
    (!style.json && style.least <= Severity::Warning).then(|| {
        let written = match (style.lang, pages, others) {
            (Lang::Zh, _, 0) => format!("写出 {pages} 版，在 {folder}"),
            (Lang::En, _, 0) => format!("{pages} page(s) written to {folder}"),
            (Lang::Zh, 0, _) => format!("写出 {others} 个文件，在 {folder}"),
            (Lang::En, 0, _) => format!("{others} file(s) written to {folder}"),
            (Lang::Zh, ..) => format!("写出 {pages} 版和另外 {others} 个文件，在 {folder}"),
            (Lang::En, ..) => {
                format!("{pages} page(s) and {others} other file(s) written to {folder}")
            }
        };
        match imposition(report, style.lang) {
            Some(sheets) => format!("{written}\n{sheets}"),
            None => written,
        }
    })
}

/// Which pages share a side of a sheet (N18), where they fill whole sheets.
fn imposition(report: &Report, lang: Lang) -> Option<String> {
    let sheets = report.imposition();
    let label = match lang {
        Lang::Zh => "拼版：",
        Lang::En => "imposition: ",
    };
    (!sheets.is_empty()).then(|| format!("{label}{}", sheets.join("  ")))
}

/// A newspaper paragraph is one line of many hundred characters: shown whole,
/// the place would drown in it. So each place becomes an excerpt of its line.
struct Excerpt {
    name: String,
    text: String,
    line: usize,
    column: usize,
    /// The place, in `text`.
    mark: Range<usize>,
}

impl Excerpt {
    fn of(span: Span, places: &mut Places<'_>) -> Option<Self> {
        let source = places.sources().get(span.source)?;
        let (line, column) = places.line_column(span.source, span.start)?;
        let whole = source.text.as_ref();
        let start = floor(whole, span.start as usize);
        let end = floor(whole, span.end as usize).max(start);
        let line_start = whole[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = whole[start..]
            .find('\n')
            .map_or(whole.len(), |at| start + at);
        let end = end.min(line_end);

        let before = tail(&whole[line_start..start], BEFORE);
        let inside = head(&whole[start..end], INSIDE);
        let after = if inside.len() == end - start {
            head(&whole[end..line_end], AFTER)
        } else {
            ""
        };
        let mut text = String::new();
        if before.len() < start - line_start {
            text.push('…');
        }
        let skipped = column - 1 - before.chars().count();
        let column = skipped - text.chars().count().min(skipped);
        text.push_str(before);
        let mark = text.len()..text.len() + inside.len();
        text.push_str(inside);
        text.push_str(after);
        if start + inside.len() + after.len() < line_end {
            text.push('…');
        }
        Some(Self {
            name: source.name.to_string(),
            text,
            line,
            column,
            mark,
        })
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn head(text: &str, count: usize) -> &str {
    text.char_indices()
        .nth(count)
        .map_or(text, |(at, _)| &text[..at])
}

fn tail(text: &str, count: usize) -> &str {
    let mut starts = text.char_indices().rev();
    match (count.checked_sub(1).and_then(|n| starts.nth(n)), count) {
        (Some((at, _)), _) => &text[at..],
        (None, 0) => "",
        (None, _) => text,
    }
}

/// The excerpts of one diagnostic, as the renderer wants files.
struct Excerpts(Vec<Excerpt>);

impl Excerpts {
    fn file(&self, id: usize) -> Result<&Excerpt, FilesError> {
        self.0.get(id).ok_or(FilesError::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, FilesError> {
        Ok(&self.file(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, FilesError> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'a self, id: usize, _byte: usize) -> Result<usize, FilesError> {
        self.file(id).map(|_| 0)
    }

    fn line_number(&'a self, id: usize, _line: usize) -> Result<usize, FilesError> {
        Ok(self.file(id)?.line)
    }

    fn column_number(&'a self, id: usize, _line: usize, byte: usize) -> Result<usize, FilesError> {
        let file = self.file(id)?;
        let before = &file.text[..floor(&file.text, byte)];
        Ok(file.column + before.chars().count() + 1)
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, FilesError> {
        let file = self.file(id)?;
        if line == 0 {
            Ok(0..file.text.len())
        } else {
            Err(FilesError::LineTooLarge {
                given: line,
                max: 0,
            })
        }
    }
}

fn excerpted(
    note: &Diagnostic,
    places: &mut Places<'_>,
    lang: Lang,
) -> (shown::Diagnostic<usize>, Excerpts) {
    let mut excerpts = Vec::new();
    let mut labels = Vec::new();
    if let Some(excerpt) = note.span.and_then(|span| Excerpt::of(span, places)) {
        labels.push(shown::Label::primary(excerpts.len(), excerpt.mark.clone()));
        excerpts.push(excerpt);
    }
    for (span, text) in note.related.iter().take(RELATED) {
        if let Some(excerpt) = Excerpt::of(*span, places) {
            let label = shown::Label::secondary(excerpts.len(), excerpt.mark.clone());
            labels.push(label.with_message(text.get(lang)));
            excerpts.push(excerpt);
        }
    }
    let severity = match note.severity {
        Severity::Info => shown::Severity::Note,
        Severity::Warning => shown::Severity::Warning,
        Severity::Error | Severity::Fatal => shown::Severity::Error,
    };
    let help = note.help.iter().map(|help| help.get(lang).to_owned());
    let notes = help.chain(more(note, lang)).collect();
    let diagnostic = shown::Diagnostic::new(severity)
        .with_code(note.code)
        .with_message(message(note, lang))
        .with_labels(labels)
        .with_notes(notes);
    (diagnostic, Excerpts(excerpts))
}

/// How many related places of a finding are not shown as text.
fn more(note: &Diagnostic, lang: Lang) -> Option<String> {
    let unlisted = note.facts.iter().find_map(|fact| match fact {
        (UNLISTED, Fact::Number(number)) => usize::try_from(*number).ok(),
        _ => None,
    });
    let more = note.related.len().saturating_sub(RELATED) + unlisted.unwrap_or(0);
    (more > 0).then(|| match lang {
        Lang::Zh => format!("另有 {more} 处，用 --json 可以全部列出"),
        Lang::En => format!("{more} more place(s); `--json` lists them"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (Sources, Span) {
        let mut sources = Sources::new();
        let id = sources.add("稿.md", text);
        let at = text.find('错').unwrap();
        (sources, Span::new(id, at, at + '错'.len_utf8()))
    }

    fn note(span: Span) -> Diagnostic {
        Diagnostic::error("copy/test", "有一处错", "something is wrong")
            .at(span)
            .help("改正它", "put it right")
            .number("chars", 7)
    }

    #[test]
    fn a_flood_of_one_code_is_counted_and_drowns_no_other() {
        let (_, span) = sources("错");
        let mut notes = vec![note(span); ALIKE + 7];
        notes.push(Diagnostic::error("copy/other", "另一处", "another"));
        let (shown, more) = without_floods(notes.iter());
        assert_eq!(shown.len(), ALIKE + 1);
        assert_eq!(shown.last().map(|note| note.code), Some("copy/other"));
        let line = unshown(&more, Lang::Zh).unwrap();
        assert!(line.contains("copy/test ×7"), "{line}");
        assert_eq!(unshown(&BTreeMap::new(), Lang::Zh), None);
    }

    #[test]
    fn a_place_is_shown_with_line_and_column_in_characters() {
        let (sources, span) = sources("甲\n乙丙错丁\n");
        let text = text(&note(span), &sources, Lang::Zh);
        assert!(text.contains("error[copy/test]: 有一处错"), "{text}");
        assert!(text.contains("稿.md:2:3"), "{text}");
        assert!(text.contains("乙丙错丁"), "{text}");
        assert!(text.contains("改正它"), "{text}");
    }

    #[test]
    fn a_long_paragraph_is_shown_as_an_excerpt_with_its_true_column() {
        let long = format!("{}错{}", "字".repeat(900), "字".repeat(900));
        let (sources, span) = sources(&long);
        let text = text(&note(span), &sources, Lang::En);
        assert!(text.contains("稿.md:1:901"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() < 100),
            "{text}"
        );
    }

    #[test]
    fn json_has_english_keys_and_the_facts() {
        let (sources, span) = sources("甲\n乙丙错丁\n");
        let object = object(&note(span), &sources, Lang::Zh);
        assert_eq!(object["code"], "copy/test");
        assert_eq!(object["severity"], "error");
        assert_eq!(object["chars"], 7);
        assert_eq!(object["source"]["line"], 2);
        assert_eq!(object["source"]["column"], 3);
    }

    #[test]
    fn t11_text_shows_the_first_places_and_says_how_many_more() {
        let (sources, span) = sources("甲\n乙丙错丁\n");
        let listed = |count| {
            (0..count).fold(note(span), |note, at| {
                note.related(span, format!("第{at}处"), format!("place {at}"))
            })
        };
        let shown = text(&listed(25).number(UNLISTED, 100), &sources, Lang::Zh);
        assert!(
            shown.contains("第19处") && !shown.contains("第20处"),
            "{shown}"
        );
        assert!(shown.contains("另有 105 处"), "{shown}");
        assert!(!text(&listed(20), &sources, Lang::Zh).contains("另有"));
        let object = object(&listed(25), &sources, Lang::Zh);
        assert_eq!(object["related"].as_array().map(Vec::len), Some(25));
    }

    #[test]
    fn a_place_beyond_the_text_is_no_panic() {
        let mut sources = Sources::new();
        let id = sources.add("空.md", "");
        let past = note(Span::new(id, 5, 9));
        assert!(text(&past, &sources, Lang::Zh).contains("copy/test"));
    }
}
