//! 印: the conductor. The only room that knows all the others, and the first
//! that touches files, the environment and memory maps.

pub mod condition;
pub mod convert;
pub mod dummies;
pub mod files;
pub mod filing;
pub mod fitting;
pub mod fonts;
pub mod lines;
mod manifest;
mod marking;
mod own_texts;
pub mod platemaking;
pub mod plating;
mod proofing;
pub mod proofreading;
mod reading;
pub mod report;
mod setting;
pub mod starter;

use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::base::bytes::Bytes;
use crate::base::diag::{Diagnostic, Lang};
use crate::base::font::FontBook;
use crate::compose::shape::ShapeCache;
use crate::desk::form::Kind;
use crate::desk::schema::schema;
use crate::page::Page;
use crate::preflight;
pub use crate::preflight::Profile as PreflightProfile;
use crate::press::condition::PressNames;
use crate::press::fitting::Fitted;
use crate::press::proofreading::Care;
use crate::press::report::{PageReport, Report};
use crate::press::setting::Setting;
use crate::write::dump;
use crate::write::pdf::{self, Options, Profile as Rules};

/// What to set.
#[derive(Clone, Debug)]
pub struct Job {
    /// A folder with `issue.toml`, that file, or one article.
    pub input: PathBuf,
    /// The layout of a single article; `broadsheet` where none is named.
    pub layout: Option<String>,
    /// Make room for stories too long, whatever the layouts say (E04).
    pub fit: bool,
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
    /// Printer's marks around the pages, whatever the issue says (N16–N20).
    pub marks: bool,
    /// Also a list of the files with their SHA-256.
    pub manifest: bool,
    /// What the PDF is for.
    pub profile: Profile,
    /// What it is printed on and with, where that is not for the issue file to
    /// say.
    pub names: PressNames,
}

/// Where `proof` writes, and what.
#[derive(Clone, Debug)]
pub struct ProofOutput {
    /// The folder.
    pub dir: PathBuf,
    /// Also a PNG of each page, at so many pixels an inch.
    pub png: Option<u32>,
    /// Also paper and inks as a screen shows them, at so many pixels an inch.
    pub soft: Option<u32>,
    /// Also each plate and a map of ink, at so many pixels an inch.
    pub plates: Option<u32>,
}

impl ProofOutput {
    /// What is drawn of the page as it goes to the press, each at its
    /// resolution.
    fn pictures(&self) -> Vec<(u32, plating::Wanted)> {
        match (self.soft, self.plates) {
            (Some(soft), Some(plates)) if soft == plates => vec![(soft, plating::Wanted::All)],
            (soft, plates) => {
                let soft = soft.map(|dpi| (dpi, plating::Wanted::Soft));
                let plates = plates.map(|dpi| (dpi, plating::Wanted::Plates));
                soft.into_iter().chain(plates).collect()
            }
        }
    }
}

/// A press: the fonts, read once, and everything that may be shared by many
/// issues and many threads.
#[derive(Debug)]
pub struct Press {
    fonts: FontBook,
    cache: ShapeCache,
    memo: pdf::Memo,
}

impl Press {
    /// Sets up a press with the fonts of `font_dirs` before the bundled ones.
    /// Hands out what was wrong with them too.
    pub fn open(font_dirs: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let mut book = FontBook::new();
        let notes = fonts::add(&mut book, font_dirs, &fonts::bundled());
        (
            Self {
                fonts: book,
                cache: ShapeCache::new(),
                memo: pdf::Memo::new(),
            },
            notes,
        )
    }

    /// The fonts.
    pub fn fonts(&self) -> &FontBook {
        &self.fonts
    }

    /// Breaks each line of a text as a paragraph, by the metrics of the body
    /// faces of the default layout.
    ///
    /// # Errors
    ///
    /// As [`lines::by_grid`], and `press/no-body-face` where those faces are
    /// not among the fonts.
    pub fn lines(
        &self,
        name: &str,
        bytes: &[u8],
        request: &lines::Request,
        json: bool,
    ) -> Result<lines::Broken, Diagnostic> {
        lines::by_fonts(name, bytes, request, json, &self.fonts, &self.cache)
    }

    /// Sets a job and hands out its pages, for programs that write them in their
    /// own way; with what was found.
    pub fn set(&self, job: &Job) -> (Vec<Page>, Report) {
        let setting = setting::set(job, None, &self.fonts, &self.cache);
        let report = setting.report();
        let pages = setting.pages.into_iter().map(|(_, page)| page);
        (pages.collect(), report)
    }

    /// Everything `build` would report before it writes, and what a copy
    /// editor would mark. Writes nothing, but for the articles themselves
    /// where [`Care::fix`] asks for it; what is reported is the copy as it is
    /// then.
    pub fn check(&self, job: &Job, care: &Care) -> Report {
        let setting = setting::set(job, Some(care), &self.fonts, &self.cache);
        let mut report = setting.report();
        let found = setting.condition(&PressNames::default());
        let rules = match &found {
            Ok(found) => Rules::X4(&found.condition),
            Err(note) => {
                report.findings.push((**note).clone());
                Rules::Plain
            }
        };
        report.pages = self.rehearsed(&setting, rules);
        report
    }

    /// The pages with what writing them would find, such as a face that
    /// cannot be subset; nothing is written.
    fn rehearsed(&self, setting: &Setting, rules: Rules<'_>) -> Vec<PageReport> {
        let options = self.options(setting, rules);
        let book = setting.fonts(&self.fonts);
        setting
            .pages
            .par_iter()
            .map(|(stem, page)| {
                let name = format!("{stem}.pdf");
                match made(&name, std::slice::from_ref(page), book, &options) {
                    Ok((_, judged)) => {
                        let mut page = PageReport::of(page, Ok(None));
                        page.findings.extend(judged);
                        page
                    }
                    Err(note) => PageReport::of(page, Err(note)),
                }
            })
            .collect()
    }

    /// How the pages of a setting are written.
    fn options<'a>(&'a self, setting: &Setting, rules: Rules<'a>) -> Options<'a> {
        Options {
            date: setting.date,
            profile: rules,
            // It belongs to the press's own fonts.
            memo: (!setting.brings_fonts()).then_some(&self.memo),
            ..Options::default()
        }
    }

    /// Sets an issue and writes its PDF files: one a page, and with
    /// [`Output::merge`] one of the whole issue. Each appears whole or not at
    /// all; a page that cannot be written is a fatal finding of that page and
    /// does not stop the others. Nothing is written where that would overwrite
    /// what was read. The merged file is written only where every page was;
    /// files of an earlier run that are out of date then are named. Each page is
    /// read back and judged as a printer would: what its preflight finds is
    /// found of the page, which is written all the same.
    pub fn build(&self, job: &Job, output: &Output) -> Report {
        if output.profile == Profile::Archive {
            return Report::of(no_archive());
        }
        let mut setting = setting::set(job, None, &self.fonts, &self.cache);
        let mut report = setting.report();
        let named = |stem: &str| output.dir.join(format!("{stem}.pdf"));
        let merged = named(&setting.stem);
        let mut paths: Vec<PathBuf> = setting.pages.iter().map(|(stem, _)| named(stem)).collect();
        paths.extend(output.merge.then(|| merged.clone()));
        let listed = output.dir.join(format!("{}_manifest.json", setting.stem));
        paths.extend(output.manifest.then(|| listed.clone()));
        let refused = paths
            .iter()
            .filter_map(|path| files::over_input(path, &setting.inputs));
        report.findings.extend(refused);
        if report
            .findings
            .iter()
            .any(|note| note.code == "press/over-input")
        {
            return report;
        }
        let missing = setting
            .missing
            .iter()
            .filter_map(|stem| files::stale(&named(stem)));
        report.findings.extend(missing);
        if setting.failed() {
            return report;
        }
        let found = match setting.condition(&output.names) {
            Ok(found) => found,
            Err(note) => {
                report.findings.push(*note);
                return report;
            }
        };
        report.inputs.extend(found.input);
        let rules = match output.profile {
            Profile::X1a => Rules::X1a(&found.condition),
            Profile::X4 | Profile::Archive => Rules::X4(&found.condition),
        };
        if let Err(note) = files::make_folder(&output.dir) {
            report.findings.push(note);
            return report;
        }
        if output.marks || setting.marks() {
            let mut pages = std::mem::take(&mut setting.pages);
            let name = found.condition.words();
            let fold = setting.fold();
            marking::mark(&mut pages, name, fold, setting.fonts(&self.fonts));
            setting.pages = pages;
        }
        let options = self.options(&setting, rules);
        report.pages = setting
            .pages
            .par_iter()
            .map(|(stem, page)| {
                let path = named(stem);
                let pages = std::slice::from_ref(page);
                let written = write(&path, pages, setting.fonts(&self.fonts), &options);
                let stale = written.is_err().then(|| files::stale(&path)).flatten();
                let (written, judged) = match written {
                    Ok(judged) => (Ok(Some(path)), judged),
                    Err(note) => (Err(note), Vec::new()),
                };
                let mut page = PageReport::of(page, written);
                page.findings.extend(judged);
                page.findings.extend(stale);
                page
            })
            .collect();
        if output.merge {
            self.merge(&setting, &merged, &options, &mut report);
        }
        if output.manifest {
            self::list(&listed, output.profile, &mut report);
        }
        report
    }

    /// Writes the merged file at `path`, if every page of the issue was
    /// written.
    fn merge(&self, setting: &Setting, path: &Path, options: &Options<'_>, report: &mut Report) {
        let lost = report.pages.iter().filter(|page| page.file.is_none());
        let missing = setting.missing.len() + lost.count();
        let options = Options {
            title: &setting.title,
            ..*options
        };
        let pages: Vec<Page> = setting.pages.iter().map(|(_, page)| page.clone()).collect();
        let merged = if missing > 0 {
            Err(not_merged(path, missing))
        } else {
            // its pages have been judged one by one, each by its own size
            pdf::write(&pages, setting.fonts(&self.fonts), &options)
                .map_err(|note| *note)
                .and_then(|bytes| files::write_whole(path, &bytes))
        };
        match merged {
            Ok(()) => report.files.push(path.to_owned()),
            Err(note) => {
                report.findings.push(note);
                report.findings.extend(files::stale(path));
            }
        }
    }

    /// Sets an issue and writes its marked proofs: `STEM_proof.pdf`, and
    /// with [`ProofOutput::png`] `STEM_proof.png` beside each. Soft proofs and
    /// plates are of the page as it goes to the press, without marks:
    /// `STEM_soft.png`, `STEM_C.png` and so on.
    pub fn proof(&self, job: &Job, output: &ProofOutput) -> Report {
        let setting = setting::set(job, None, &self.fonts, &self.cache);
        let mut report = setting.report();
        let refused: Vec<Diagnostic> = setting
            .pages
            .iter()
            .flat_map(|(stem, _)| {
                let marked = ["pdf", "png"].map(|end| format!("{stem}_proof.{end}"));
                let drawn = plating::ENDINGS.map(|end| format!("{stem}_{end}.png"));
                marked.into_iter().chain(drawn)
            })
            .filter_map(|name| files::over_input(&output.dir.join(name), &setting.inputs))
            .collect();
        if setting.failed() || !refused.is_empty() {
            report.findings.extend(refused);
            return report;
        }
        if let Err(note) = files::make_folder(&output.dir) {
            report.findings.push(note);
            return report;
        }
        let found = match setting.condition(&PressNames::default()) {
            Ok(found) => found,
            Err(note) => {
                report.findings.push(*note);
                return report;
            }
        };
        report.inputs.extend(found.input);
        let book = setting.fonts(&self.fonts);
        let drawn: Vec<(PageReport, Vec<PathBuf>)> = setting
            .pages
            .par_iter()
            .map(|(stem, page)| {
                let path = output.dir.join(format!("{stem}_proof.pdf"));
                let written =
                    proofing::write(&path, page, book, proofing::STAGE, setting.date, output.png);
                let mut told = PageReport::of(page, written.map(|()| Some(path)));
                let options = self.options(&setting, Rules::X4(&found.condition));
                let press = &found.condition.press;
                let stem = output.dir.join(stem);
                let mut made = Vec::new();
                for (dpi, wanted) in output.pictures() {
                    let drawn = pdf::write(std::slice::from_ref(page), book, &options)
                        .map_err(|note| *note)
                        .and_then(|bytes| {
                            plating::draw(&Bytes::from(bytes), &stem, dpi, wanted, press)
                        });
                    match drawn {
                        Ok((files, notes)) => {
                            made.extend(files);
                            told.findings.extend(notes);
                        }
                        Err(note) => told.findings.push(note),
                    }
                }
                (told, made)
            })
            .collect();
        for (told, made) in drawn {
            report.pages.push(told);
            report.files.extend(made);
        }
        report
    }

    /// Sets an issue with room made for stories too long, and tells of each slot
    /// what was estimated, what came of it, and what was done (E02–E04). Writes
    /// nothing.
    pub fn fit(&self, job: &Job) -> (Vec<Fitted>, Report) {
        let setting = setting::set(job, None, &self.fonts, &self.cache);
        let mut report = setting.report();
        report.pages = self.rehearsed(&setting, Rules::Plain);
        (fitting::of(&setting), report)
    }

    /// Sets an issue and hands out its layout as one JSON object.
    pub fn dump(&self, job: &Job, lang: Lang) -> (Option<serde_json::Value>, Report) {
        let setting = setting::set(job, None, &self.fonts, &self.cache);
        let pages: Vec<Page> = setting.pages.iter().map(|(_, page)| page.clone()).collect();
        let rehearsed = self.rehearsed(&setting, Rules::Plain);
        let value = (!setting.failed())
            .then(|| dump::dump(&pages, &setting.findings, &setting.sources, lang));
        let mut report = setting.report();
        report.pages = rehearsed;
        (value, report)
    }
}

/// Writes the manifest of what was written, at `path`; only of a whole issue,
/// since a printer takes it as such.
fn list(path: &Path, profile: Profile, report: &mut Report) {
    let missing = report
        .pages
        .iter()
        .filter(|page| page.file.is_none())
        .count();
    let kind = match profile {
        Profile::X4 => "PDF/X-4",
        Profile::X1a => "PDF/X-1a:2003",
        Profile::Archive => "PDF/A",
    };
    let pages = report.pages.iter().filter_map(|page| page.file.clone());
    let mut made: Vec<PathBuf> = Vec::new();
    for file in pages.chain(report.files.iter().cloned()) {
        // of a single article page and whole are one file
        if !made.contains(&file) {
            made.push(file);
        }
    }
    let written = match missing {
        0 => manifest::write(path, kind, &made),
        missing => Err(not_merged(path, missing)),
    };
    match written {
        Ok(()) => report.files.push(path.to_owned()),
        Err(note) => report.findings.push(note),
    }
}

/// Writes a file; hands out what its preflight found.
fn write(
    path: &Path,
    pages: &[Page],
    book: &FontBook,
    options: &Options<'_>,
) -> Result<Vec<Diagnostic>, Diagnostic> {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let (bytes, judged) = made(&name.unwrap_or_default(), pages, book, options)?;
    files::write_whole(path, bytes.as_ref())?;
    Ok(judged)
}

/// The bytes of a file and what their preflight finds: it reads them back as
/// the printer's would. Proofs are not for the press and are not judged.
fn made(
    name: &str,
    pages: &[Page],
    book: &FontBook,
    options: &Options<'_>,
) -> Result<(Bytes, Vec<Diagnostic>), Diagnostic> {
    let bytes = Bytes::from(pdf::write(pages, book, options).map_err(|note| *note)?);
    let (profile, condition) = match options.profile {
        Rules::Plain => return Ok((bytes, Vec::new())),
        Rules::X4(condition) => (PreflightProfile::NewspaperX4, condition),
        Rules::X1a(condition) => (PreflightProfile::NewspaperX1a, condition),
    };
    let own = preflight::Own {
        ink: Some(platemaking::most_ink(condition.press.limit())),
        spots: condition.spots,
    };
    let verdict = preflight::check_within(name, &bytes, profile, &own)?;
    Ok((bytes, verdict.findings))
}

fn not_merged(path: &Path, missing: usize) -> Diagnostic {
    let name = path.display();
    Diagnostic::error(
        "press/not-merged",
        format!("有 {missing} 版没有排成，没有写合订的“{name}”"),
        format!("{missing} pages were not set: the merged \"{name}\" was not written"),
    )
    .help(
        "修好那几版的差错再排",
        "mend the errors of those pages and set the issue again",
    )
    .word("file", name.to_string())
}

fn no_archive() -> Diagnostic {
    Diagnostic::fatal(
        "press/profile",
        "输出规格 archive 尚未建成",
        "the profile `archive` is not built yet",
    )
    .help(
        "去掉 --profile，或用 --profile x4、x1a",
        "leave out `--profile`, or use `--profile x4` or `x1a`",
    )
}

/// The JSON schema of a layout.
pub fn layout_schema() -> String {
    pretty(&schema(Kind::Layout))
}

/// The JSON schema of an issue file.
pub fn issue_schema() -> String {
    pretty(&schema(Kind::Issue))
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
