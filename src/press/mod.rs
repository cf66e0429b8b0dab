//! 印: the conductor. The only room that knows all the others, and the first
//! that touches files, the environment and memory maps.

pub mod files;
pub mod fonts;
pub mod lines;
pub mod report;
pub mod starter;

use std::path::{Path, PathBuf};

use crate::base::diag::{Diagnostic, Lang};
use crate::base::font::FontBook;
use crate::press::report::Report;

/// What to set.
#[derive(Clone, Debug)]
pub struct Job {
    /// A folder with `issue.toml`, that file, or one article.
    pub input: PathBuf,
    /// The layout of a single article; `broadsheet` where none is named.
    pub layout: Option<String>,
}

/// What a PDF is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// PDF/X-4, for the press.
    #[default]
    X4,
    /// PDF/X-1a, for older plate makers.
    X1a,
    /// PDF/A, for the archive.
    Archive,
}

/// Where `build` writes, and what.
#[derive(Clone, Debug)]
pub struct Output {
    /// The folder.
    pub dir: PathBuf,
    /// Also one file of the whole issue.
    pub merge: bool,
    /// What the PDF is for.
    pub profile: Profile,
}

/// Where `proof` writes, and what.
#[derive(Clone, Debug)]
pub struct ProofOutput {
    /// The folder.
    pub dir: PathBuf,
    /// Also a PNG of each page, at so many pixels an inch.
    pub png: Option<u32>,
}

/// A press: the fonts, read once, and everything that may be shared by many
/// issues and many threads.
#[derive(Debug)]
pub struct Press {
    fonts: FontBook,
}

impl Press {
    /// Sets up a press with the fonts of `font_dirs` before the bundled ones.
    /// Hands out what was wrong with them too.
    pub fn open(font_dirs: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let mut book = FontBook::new();
        let notes = fonts::add(&mut book, font_dirs, &fonts::bundled());
        (Self { fonts: book }, notes)
    }

    /// The fonts.
    pub fn fonts(&self) -> &FontBook {
        &self.fonts
    }

    /// Breaks each line of a text as a paragraph, by the metrics of the fonts.
    ///
    /// # Errors
    ///
    /// As [`lines::by_grid`].
    pub fn lines(
        &self,
        name: &str,
        _bytes: &[u8],
        _request: &lines::Request,
        _json: bool,
    ) -> Result<String, Diagnostic> {
        Err(not_yet(Path::new(name)))
    }

    /// Everything `build` would report; writes nothing.
    pub fn check(&self, job: &Job) -> Report {
        Report::of(not_yet(&job.input))
    }

    /// Sets an issue and writes its PDF files.
    pub fn build(&self, job: &Job, _output: &Output) -> Report {
        Report::of(not_yet(&job.input))
    }

    /// Sets an issue and writes its marked proofs.
    pub fn proof(&self, job: &Job, _output: &ProofOutput) -> Report {
        Report::of(not_yet(&job.input))
    }

    /// Sets an issue and hands out its layout as one JSON object.
    pub fn dump(&self, job: &Job, _lang: Lang) -> (Option<serde_json::Value>, Report) {
        (None, Report::of(not_yet(&job.input)))
    }
}

fn not_yet(path: &Path) -> Diagnostic {
    Diagnostic::fatal(
        "press/not-yet",
        format!("“{}”：这个命令还没有接通", path.display()),
        format!("\"{}\": this command is not wired yet", path.display()),
    )
}

/// The JSON schema of a layout.
pub fn layout_schema() -> String {
    String::new()
}

/// The JSON schema of an issue file.
pub fn issue_schema() -> String {
    String::new()
}
