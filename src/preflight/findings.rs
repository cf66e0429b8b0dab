//! What a preflight finds, by row and page, and told once a page.

use std::collections::BTreeMap;

use crate::base::diag::{Diagnostic, Severity, Text};

/// A rule: its row in print.md, its code, how grave a breach is, and what to
/// do about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) row: &'static str,
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) help: (&'static str, &'static str),
}

impl Rule {
    pub(super) const fn error(
        row: &'static str,
        code: &'static str,
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        Self {
            row,
            code,
            severity: Severity::Error,
            help: (zh, en),
        }
    }

    pub(super) const fn warning(
        row: &'static str,
        code: &'static str,
        zh: &'static str,
        en: &'static str,
    ) -> Self {
        Self::error(row, code, zh, en).warned()
    }

    /// The same rule where a breach is only warned of.
    pub(super) const fn warned(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }
}

/// Where on a page, in points from its lower left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Left, bottom, right, top.
    pub(super) edges: [f64; 4],
}

/// Other breaches of the same rule on a page that are told word for word.
const TOLD: usize = 7;

/// Breaches in the order they were met; of one rule on one page those that
/// differ are told together, up to [`TOLD`] beside the first, and how many
/// places there are.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<Found>,
    known: BTreeMap<(&'static str, usize), usize>,
    /// The page that is looked at, from 1; 0 for the file as a whole.
    pub(super) page: usize,
}

#[derive(Debug)]
struct Found {
    rule: Rule,
    page: usize,
    zh: String,
    en: String,
    spot: Option<Spot>,
    more: usize,
    /// What others say, where they say something else.
    others: Vec<(String, String)>,
}

/// A breach by its parts, for a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// Its row in the print requirements.
    pub row: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The page, from 1; 0 for the file as a whole.
    pub page: usize,
    /// Left, bottom, right and top in points of the page, of the first place.
    pub edges: Option<[f64; 4]>,
    /// How many places there are.
    pub places: usize,
    /// What it is.
    pub fact: Text,
    /// What to do.
    pub help: Text,
}

impl Findings {
    /// Adds a breach.
    pub(super) fn add(&mut self, rule: Rule, zh: impl Into<String>, en: impl Into<String>) {
        self.at(rule, None, zh, en);
    }

    /// Adds a breach with its place.
    pub(super) fn at(
        &mut self,
        rule: Rule,
        spot: Option<Spot>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        let key = (rule.code, self.page);
        if let Some(&known) = self.known.get(&key) {
            let first = &mut self.list[known];
            first.more += 1;
            // an error among warnings is what is told
            if rule.severity > first.rule.severity {
                (first.rule, first.zh, first.en, first.spot) = (rule, zh.into(), en.into(), spot);
                first.others.clear();
            } else if rule.severity == first.rule.severity && first.others.len() < TOLD {
                let (zh, en) = (zh.into(), en.into());
                let told = first.en == en || first.others.iter().any(|(_, other)| *other == en);
                if !told {
                    first.others.push((zh, en));
                }
            }
            return;
        }
        self.known.insert(key, self.list.len());
        self.list.push(Found {
            rule,
            page: self.page,
            zh: zh.into(),
            en: en.into(),
            spot,
            more: 0,
            others: Vec::new(),
        });
    }

    /// All of them as diagnostics of a file and by their parts, errors first,
    /// then by page.
    pub(super) fn told(self, file: &str) -> (Vec<Diagnostic>, Vec<Breach>) {
        let mut list = self.list;
        list.sort_by_key(|found| (std::cmp::Reverse(found.rule.severity), found.page));
        let of = |found: Found| {
            let breach = found.breach();
            (found.told(file), breach)
        };
        list.into_iter().map(of).unzip()
    }
}

impl Found {
    fn breach(&self) -> Breach {
        Breach {
            row: self.rule.row,
            severity: self.rule.severity,
            page: self.page,
            edges: self.spot.map(|spot| spot.edges),
            places: self.more + 1,
            fact: self.fact(),
            help: Text::new(self.rule.help.0, self.rule.help.1),
        }
    }

    /// What it says, and what the others say.
    fn fact(&self) -> Text {
        let mut fact = Text::new(self.zh.clone(), self.en.clone());
        for (zh, en) in &self.others {
            fact.zh = format!("{}；{zh}", fact.zh);
            fact.en = format!("{}; {en}", fact.en);
        }
        fact
    }

    fn told(self, file: &str) -> Diagnostic {
        let page = self.page;
        let (where_zh, where_en) = match page {
            0 => (file.to_owned(), file.to_owned()),
            page => (
                format!("{file} 第 {page} 页"),
                format!("{file}, page {page}"),
            ),
        };
        let count = self.more + 1;
        let (more_zh, more_en) = match (self.more, page) {
            (0, _) => (String::new(), String::new()),
            (_, 0) => (format!("（共 {count} 处）"), format!(" ({count} places)")),
            _ => (
                format!("（本页共 {count} 处）"),
                format!(" ({count} places on this page)"),
            ),
        };
        let row = self.rule.row;
        let Text { zh, en } = self.fact();
        let mut note = Diagnostic::new(
            self.rule.severity,
            self.rule.code,
            format!("{where_zh}：{zh}{more_zh}〔{row}〕"),
            format!("{where_en}: {en}{more_en} [{row}]"),
        )
        .help(self.rule.help.0, self.rule.help.1)
        .word("file", file)
        .word("row", row);
        if page > 0 {
            note = note.number("page", i64::try_from(page).unwrap_or(i64::MAX));
        }
        if let Some(Spot { edges }) = self.spot {
            let edges = edges.map(|edge| format!("{edge:.1}"));
            note = note.word("box", edges.join(","));
        }
        note
    }
}
