//! What a rule found, before it is a diagnostic.

use std::ops::Range;

use super::passage::Passage;
use super::rule::Rule;
use crate::base::diag::{Diagnostic, Text, in_quotes};

/// A finding with its place in characters of one passage.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    place: Place,
    message: Text,
    help: Text,
    related: Option<(Place, Text)>,
    /// The change that mends it, where none can alter what the copy says:
    /// all of it or nothing.
    pub(super) mend: Vec<Mend>,
}

/// Characters of a passage.
#[derive(Clone, Debug)]
struct Place {
    passage: usize,
    range: Range<usize>,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mend {
    /// The passage.
    pub(super) passage: usize,
    /// Its characters.
    pub(super) range: Range<usize>,
    /// What takes their place.
    pub(super) to: String,
}

impl Finding {
    /// A finding at `range` of `passage`.
    pub(super) fn new(
        rule: &'static Rule,
        passage: &Passage<'_>,
        range: Range<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            place: Place {
                passage: passage.index,
                range,
            },
            message: Text::new(zh, en),
            help: Text::new("", ""),
            related: None,
            mend: Vec::new(),
        }
    }

    /// With what to do about it.
    pub(super) fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Text::new(zh, en);
        self
    }

    /// With help that says to write `to` instead.
    pub(super) fn write(self, to: &str) -> Self {
        self.help(format!("改作{}", in_quotes(to)), format!("write \"{to}\""))
    }

    /// With a second place that explains it.
    pub(super) fn related(
        mut self,
        passage: usize,
        range: Range<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        self.related = Some((Place { passage, range }, Text::new(zh, en)));
        self
    }

    /// With a change of the same passage that mends it.
    pub(super) fn mend(mut self, range: Range<usize>, to: impl Into<String>) -> Self {
        self.mend.push(Mend {
            passage: self.place.passage,
            range,
            to: to.into(),
        });
        self
    }

    /// The finding as it is reported: reason, place, what to do.
    pub(super) fn diagnostic(self, passages: &[Passage<'_>]) -> Diagnostic {
        let span = |place: &Place| passages.get(place.passage)?.span(&place.range);
        let rule = self.rule;
        let mut note = Diagnostic::new(rule.severity, rule.code, self.message.zh, self.message.en)
            .at_opt(span(&self.place));
        if let Some((place, text)) = &self.related
            && let Some(span) = span(place)
        {
            note = note.related(span, text.zh.clone(), text.en.clone());
        }
        let (zh, en) = match rule.clause {
            "" => (rule.row.to_owned(), rule.row.to_owned()),
            clause => (
                format!("{}，{clause}", rule.row),
                format!("{}, {clause}", rule.row),
            ),
        };
        note = note
            .help(
                format!("{}（{zh}）", self.help.zh),
                format!("{} ({en})", self.help.en),
            )
            .word("row", rule.row);
        if !rule.clause.is_empty() {
            note = note.word("clause", rule.clause);
        }
        if !self.mend.is_empty() {
            note = note.word("fix", "auto");
        }
        note
    }
}
