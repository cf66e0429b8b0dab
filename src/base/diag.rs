//! Sources, spans and diagnostics: data only, no rendering.
//!
//! A fault in the copy or the layout is a value that travels beside the work
//! it was found in. `cli` alone turns it into text.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The fact of a note whose list of related places ends early: how many more
/// there are.
pub const UNLISTED: &str = "unlisted";

/// A text in quotes for a Chinese message: in 「」 where it holds curly quotes of
/// its own, which would meet those around it.
pub fn in_quotes(text: &str) -> String {
    if text.contains(['“', '”', '‘', '’']) {
        format!("「{text}」")
    } else {
        format!("“{text}”")
    }
}

/// One file (or standard input) that text was read from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown to people: the path as it was given.
    pub name: Arc<str>,
    /// The whole text, as read.
    pub text: Arc<str>,
}

/// Index of a source in its [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// All sources of one run, in the order they were read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// No sources yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source and hands out its id.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Source {
            name: name.into(),
            text: text.into(),
        });
        id
    }

    /// The source of an id, if it is one of these.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    /// One-based line and column (in characters) of a byte offset.
    pub fn line_column(&self, id: SourceId, offset: u32) -> Option<(usize, usize)> {
        Places::new(self).line_column(id, offset)
    }
}

/// Lines and columns of many places, in any order: each text is walked once,
/// and from then on only from the milestone before a place.
#[derive(Debug)]
pub struct Places<'a> {
    sources: &'a Sources,
    /// Of each source asked for, a place about every [`MILE`] bytes: byte,
    /// line, column; line and column one-based.
    milestones: BTreeMap<SourceId, Vec<(usize, usize, usize)>>,
}

/// Bytes between two milestones.
const MILE: usize = 1024;

impl<'a> Places<'a> {
    /// No place looked up yet.
    pub fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            milestones: BTreeMap::new(),
        }
    }

    /// The sources.
    pub fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// As [`Sources::line_column`].
    pub fn line_column(&mut self, id: SourceId, offset: u32) -> Option<(usize, usize)> {
        let text = &self.sources.get(id)?.text;
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let milestones = (self.milestones.entry(id)).or_insert_with(|| milestones(text));
        let next = milestones.partition_point(|(byte, ..)| *byte <= at);
        let &(from, line, column) = milestones.get(next.checked_sub(1)?)?;
        Some(walk(&text[from..at], line, column))
    }
}

/// Milestones of a text, its beginning the first.
fn milestones(text: &str) -> Vec<(usize, usize, usize)> {
    let mut list = vec![(0, 1, 1)];
    let (mut from, mut line, mut column) = (0, 1, 1);
    while text.len() - from > MILE {
        let mut at = from + MILE;
        while !text.is_char_boundary(at) {
            at += 1;
        }
        (line, column) = walk(&text[from..at], line, column);
        list.push((at, line, column));
        from = at;
    }
    list
}

/// Line and column behind `passed`, which begins at the ones given.
fn walk(passed: &str, line: usize, column: usize) -> (usize, usize) {
    let turns = passed.bytes().filter(|&byte| byte == b'\n').count();
    let column = match passed.rfind('\n') {
        Some(turn) => passed[turn + 1..].chars().count() + 1,
        None => column + passed.chars().count(),
    };
    (line + turns, column)
}

/// A byte range in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end` in `source`. Sources over 4 GB are refused
    /// where files are read, so offsets fit.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            source,
            start: fit(start),
            end: fit(end),
        }
    }

    /// The smallest span that covers both, or `self` where the sources differ.
    pub fn to(self, other: Self) -> Self {
        if self.source != other.source {
            return self;
        }
        Self {
            source: self.source,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A thing worth knowing (提示).
    Info,
    /// A flaw that does not forbid a release (警告).
    Warning,
    /// A finding that forbids a release: exit code 1 (差错).
    Error,
    /// The work cannot be done at all: exit code 2 (不能运行).
    Fatal,
}

impl Severity {
    /// The JSON name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Fatal => "fatal",
        }
    }
}

/// The two languages messages are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A message from its two wordings.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A machine-readable fact of a diagnostic, for `--json` and `dump`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A whole number.
    Number(i64),
    /// A word.
    Word(String),
}

/// Something found in the copy, the layout, a file or the finished page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code `room/what-is-wrong`, in English.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The fact, in one sentence.
    pub message: Text,
    /// Where it is, if it has a place in a source.
    pub span: Option<Span>,
    /// Other places that explain it.
    pub related: Vec<(Span, Text)>,
    /// What to do about it: something that can be done.
    pub help: Option<Text>,
    /// Named facts: `slot`, `story`, `page`, `lines`, `chars`, … in this order.
    pub facts: Vec<(&'static str, Fact)>,
}

impl Diagnostic {
    /// A diagnostic with neither place nor help yet.
    pub fn new(
        severity: Severity,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: Text::new(zh, en),
            span: None,
            related: Vec::new(),
            help: None,
            facts: Vec::new(),
        }
    }

    /// Severity [`Severity::Info`].
    pub fn info(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, zh, en)
    }

    /// Severity [`Severity::Warning`].
    pub fn warning(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, zh, en)
    }

    /// Severity [`Severity::Error`].
    pub fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, zh, en)
    }

    /// Severity [`Severity::Fatal`].
    pub fn fatal(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(Severity::Fatal, code, zh, en)
    }

    /// With its place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// With its place, if there is one.
    #[must_use]
    pub fn at_opt(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }

    /// With a second place that explains it.
    #[must_use]
    pub fn related(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.related.push((span, Text::new(zh, en)));
        self
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(zh, en));
        self
    }

    /// With a named number.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: i64) -> Self {
        self.facts.push((name, Fact::Number(value)));
        self
    }

    /// With a named word.
    #[must_use]
    pub fn word(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, Fact::Word(value.into())));
        self
    }
}

/// A result that carries the work and every note made on the way.
///
/// `value` is `None` where the input was too broken to go on; then at least
/// one note is [`Severity::Fatal`] or [`Severity::Error`].
#[derive(Clone, Debug)]
pub struct Noted<T> {
    /// The work.
    pub value: T,
    /// Everything found on the way, in source order where it has one.
    pub notes: Vec<Diagnostic>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_any_order_are_those_of_each_alone() {
        let mut sources = Sources::new();
        let first = sources.add("a.md", "甲乙\n丙丁戊\n\n己\n");
        let second = sources.add("b.md", "庚\n辛");
        let mut places = Places::new(&sources);
        let asked = [0, 4, 7, 13, 17, 18, 3, 99, 13, 7];
        for (id, offset) in asked.iter().flat_map(|&at| [(first, at), (second, at)]) {
            let alone = sources.line_column(id, offset);
            assert_eq!(places.line_column(id, offset), alone, "{offset}");
        }
        for offset in asked {
            let alone = sources.line_column(first, offset);
            assert_eq!(places.line_column(first, offset), alone, "{offset}");
        }
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::new();
        let id = sources.add("a.md", "甲乙\n丙丁戊");
        assert_eq!(sources.line_column(id, 7 + 6), Some((2, 3)));
        assert_eq!(
            sources.line_column(id, 8),
            Some((2, 1)),
            "inside a character"
        );
    }
}
