//! What a run has to tell: findings, files, and the exit code they mean.

use std::path::PathBuf;

use crate::base::diag::{Diagnostic, Severity, Sources};
use crate::base::imposition;
use crate::page::Page;
use crate::press::files::Input;

/// What became of one page.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// 版序 as printed.
    pub number: String,
    /// The file written for it, if one was.
    pub file: Option<PathBuf>,
    /// What was found on it.
    pub findings: Vec<Diagnostic>,
}

impl PageReport {
    /// What became of `page`: its file, or why there is none.
    pub(super) fn of(page: &Page, file: Result<Option<PathBuf>, Diagnostic>) -> Self {
        let mut findings = page.findings.clone();
        let file = file.unwrap_or_else(|note| {
            findings.push(note);
            None
        });
        Self {
            number: page.number.to_string(),
            file,
            findings,
        }
    }
}

/// What became of one issue.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was read; spans of the findings point into it.
    pub sources: Sources,
    /// What was found that belongs to no page.
    pub findings: Vec<Diagnostic>,
    /// The pages, in order.
    pub pages: Vec<PageReport>,
    /// Files written beside those of the pages.
    pub files: Vec<PathBuf>,
    /// Every file that was read.
    pub inputs: Vec<Input>,
}

impl Report {
    /// A report of one finding.
    pub fn of(finding: Diagnostic) -> Self {
        Self {
            findings: vec![finding],
            ..Self::default()
        }
    }

    /// Every finding: those of the issue, then page by page.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings
            .iter()
            .chain(self.pages.iter().flat_map(|page| &page.findings))
    }

    /// Whether a page was written.
    pub fn wrote_a_page(&self) -> bool {
        self.pages.iter().any(|page| page.file.is_some())
    }

    /// Which pages share a side of a sheet, `A 4∣1`, the outer side first;
    /// none where they do not fill whole sheets of four pages (N18).
    pub fn imposition(&self) -> Vec<String> {
        let numbers = imposition::numbers(self.pages.iter().map(|page| &*page.number));
        let sides = imposition::sides(&numbers);
        let many = sides.len() > 2;
        let shown = sides.iter().map(|side| {
            let [left, right] = side.pages;
            let sheet = match many {
                true => side.sheet.to_string(),
                false => String::new(),
            };
            format!("{sheet}{} {left}∣{right}", side.letter())
        });
        shown.collect()
    }

    /// The gravest finding.
    pub fn worst(&self) -> Option<Severity> {
        self.all().map(|finding| finding.severity).max()
    }
}
