//! From an input path to finished pages: read, plan, make up.

use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use crate::base::diag::{Diagnostic, Noted, Severity, Sources};
use crate::base::font::{FaceId, FontBook};
use crate::compose::faces;
use crate::compose::shape::{ShapeCache, without_forms};
use crate::desk::issue::{self, Filling, Issue, Located, Print};
use crate::desk::layout::Layout;
use crate::desk::plan::PagePlan;
use crate::desk::planner::{self, Resources};
use crate::makeup;
use crate::makeup::composer::FontComposer;
use crate::page::Page;
use crate::press::condition::{self, Found, PressNames};
use crate::press::files::Input;
use crate::press::fitting::PageEstimate;
use crate::press::proofreading::Care;
use crate::press::reading::{Darkroom, Reading};
use crate::press::report::Report;
use crate::press::{Job, fonts};
use crate::write::pdf::Day;

/// An issue, set.
pub(super) struct Setting {
    /// Everything that was read.
    pub(super) sources: Sources,
    /// What was found before make-up.
    pub(super) findings: Vec<Diagnostic>,
    /// The pages with the stems of their files.
    pub(super) pages: Vec<(String, Page)>,
    /// Of each page its slots with what their copy was estimated at.
    pub(super) estimates: Vec<PageEstimate>,
    /// Stem of the merged file.
    pub(super) stem: String,
    /// Title of the merged file.
    pub(super) title: String,
    /// Day of the issue.
    pub(super) date: Option<Day>,
    /// Every file that was read for it.
    pub(super) inputs: Vec<Input>,
    /// Stems of the pages that the issue names and that could not be set.
    pub(super) missing: Vec<String>,
    /// What the issue is printed on and with, and where its paths begin.
    print: (Print, PathBuf),
    /// The fonts of the pages where the issue brings some of its own.
    own_fonts: Option<FontBook>,
}

impl Setting {
    /// The fonts that the pages' face ids belong to: `press` unless the issue
    /// brings some of its own.
    pub(super) fn fonts<'a>(&'a self, press: &'a FontBook) -> &'a FontBook {
        self.own_fonts.as_ref().unwrap_or(press)
    }

    /// Whether the issue asks for printer's marks.
    pub(super) fn marks(&self) -> bool {
        self.print.0.marks
    }

    /// Whether the marks of its pages show the fold, where the issue says so.
    pub(super) fn fold(&self) -> Option<bool> {
        self.print.0.fold
    }

    /// What the pages are printed on and with, as the command line or the
    /// issue says.
    pub(super) fn condition(&self, names: &PressNames) -> Result<Found, Box<Diagnostic>> {
        let (print, base) = &self.print;
        condition::find(names, print, base)
    }

    /// Whether the pages are set in fonts of the issue's own book.
    pub(super) fn brings_fonts(&self) -> bool {
        self.own_fonts.is_some()
    }

    /// A report of what was read and found, with no page in it yet.
    pub(super) fn report(&self) -> Report {
        Report {
            sources: self.sources.clone(),
            findings: self.findings.clone(),
            inputs: self.inputs.clone(),
            ..Report::default()
        }
    }

    /// Whether no page came out. One that did is not lost to a fatal finding
    /// of another.
    pub(super) fn failed(&self) -> bool {
        self.pages.is_empty()
    }
}

/// Reads, plans and makes up what `job` names. Never fails: what could not be
/// done is in the findings, and the pages that could be set are there. With
/// `care` the articles are proofread too.
pub(super) fn set(job: &Job, care: Option<&Care>, book: &FontBook, cache: &ShapeCache) -> Setting {
    #![allow(clippy::disallowed_methods, reason = "press looks at what it is given")]
    let input = &job.input;
    if input.is_dir() {
        set_issue(&input.join("issue.toml"), job.fit, care, book, cache)
    } else if input
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("toml"))
    {
        set_issue(input, job.fit, care, book, cache)
    } else {
        set_article(
            input,
            job.layout.as_deref().unwrap_or("broadsheet"),
            job.fit,
            care,
            book,
            cache,
        )
    }
}

fn set_issue(
    path: &Path,
    fit: bool,
    care: Option<&Care>,
    book: &FontBook,
    cache: &ShapeCache,
) -> Setting {
    let base = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut reading = Reading::new(base);
    let issue = reading.text(path, None).and_then(|(source, text)| {
        let Noted { value, notes } = issue::parse(source, &text);
        reading.notes.extend(notes);
        value
    });
    let Some(issue) = issue else {
        reading.explain_no_issue();
        return finish(reading, Vec::new(), None, book, cache);
    };
    reading.proofread(care, Some(issue.date));
    reading.judge_own(&issue);
    // Face ids belong to a book and shaping caches to face ids: an issue with
    // fonts of its own gets a book and a cache of its own.
    let own = issue.fonts.as_ref().map(|dir| {
        let mut own = FontBook::new();
        let dir = reading.base.join(&dir.text);
        reading
            .notes
            .extend(fonts::add(&mut own, &[dir], &fonts::bundled()));
        (own, ShapeCache::new())
    });
    let (book, cache) = own
        .as_ref()
        .map_or((book, cache), |(book, cache)| (book, cache));
    for page in &issue.pages {
        reading.read_layout(&page.layout.text, page.layout.span);
        for article in page.fillings.iter().flat_map(Filling::articles) {
            reading.read_article(&article.text, article.span);
        }
    }
    let darkroom_base = reading.base.clone();
    let darkroom = Darkroom::new(&darkroom_base);
    let Noted {
        value: plans,
        notes,
    } = planner::plan_issue(
        &issue,
        &|name| reading.layout(name),
        &|name| reading.article(name),
        Resources {
            face: &|stem| book.find(stem),
            photo: &|file, named| darkroom.photo(file, named),
        },
    );
    darkroom.develop(&mut reading);
    reading.planned(notes);
    let plans = fitting(plans, fit);
    let mut setting = finish(reading, plans, Some(&issue), book, cache);
    setting.own_fonts = own.map(|(book, _)| book);
    setting
}

fn set_article(
    path: &Path,
    layout: &str,
    fit: bool,
    care: Option<&Care>,
    book: &FontBook,
    cache: &ShapeCache,
) -> Setting {
    let base = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut reading = Reading::new(base.clone());
    reading.proofread(care, None);
    reading.read_article(&name, None);
    // A layout named on the command line is relative to where one stands.
    reading.base = PathBuf::new();
    reading.read_layout(layout, None);
    let darkroom = Darkroom::new(&base);
    let mut plans = Vec::new();
    let mut notes = Vec::new();
    match (reading.article(&name), reading.layout(layout)) {
        (Some(article), Some(layout)) => {
            let planned = planner::plan_article(
                article,
                layout,
                Resources {
                    face: &|stem| book.find(stem),
                    photo: &|file, named| darkroom.photo(file, named),
                },
            );
            notes = planned.notes;
            plans.extend(planned.value);
        }
        (_, None)
            if !reading
                .notes
                .iter()
                .any(|note| note.severity == Severity::Fatal) =>
        {
            notes.push(planner::unknown_layout(&Located {
                text: layout.to_owned(),
                span: None,
            }));
        }
        _ => {}
    }
    darkroom.develop(&mut reading);
    reading.planned(notes);
    finish(reading, fitting(plans, fit), None, book, cache)
}

/// T02: a layout of another region set in faces that have its forms not.
fn region_forms(reading: &Reading, book: &FontBook, cache: &ShapeCache) -> Vec<Diagnostic> {
    let of = |layout: &Layout| {
        let region = layout.composition.region;
        let mut first: Vec<FaceId> = layout
            .faces
            .iter()
            .filter_map(|role| role.han.iter().find_map(|(stem, _)| book.find(stem)))
            .collect();
        first.sort_unstable();
        first.dedup();
        let bare = without_forms(&first, region, book, cache);
        let names: Vec<&str> = bare.iter().map(|&id| book.face(id).name()).collect();
        let place = layout.composition.region_span;
        (!names.is_empty()).then(|| faces::without_forms(region, &names, place))
    };
    reading.layouts().filter_map(of).collect()
}

/// The plans, with room made for stories too long where that is asked for.
fn fitting(mut plans: Vec<PagePlan>, fit: bool) -> Vec<PagePlan> {
    for slot in plans.iter_mut().flat_map(|plan| &mut plan.slots) {
        slot.fitting.auto |= fit;
    }
    plans
}

/// Makes up the planned pages, all at once but for those that a jump links.
fn finish(
    mut reading: Reading,
    plans: Vec<PagePlan>,
    issue: Option<&Issue>,
    book: &FontBook,
    cache: &ShapeCache,
) -> Setting {
    let forms = region_forms(&reading, book, cache);
    reading.notes.extend(forms);
    let composer = FontComposer { book, cache };
    // pages that a jump links need each other (N38)
    let set: Vec<Vec<(usize, Page)>> = makeup::groups(&plans)
        .par_iter()
        .map(|group| {
            let linked: Vec<&PagePlan> = group.iter().map(|&nth| &plans[nth]).collect();
            let pages = makeup::make_up_linked(&linked, &composer);
            group.iter().copied().zip(pages).collect()
        })
        .collect();
    let mut set: Vec<(usize, Page)> = set.into_iter().flatten().collect();
    set.sort_by_key(|(nth, _)| *nth);
    let pages: Vec<(String, Page)> = set
        .into_iter()
        .map(|(nth, page)| (plans[nth].stem.clone(), page))
        .collect();
    let estimates = plans.iter().map(PageEstimate::of).collect();
    let missing = issue
        .iter()
        .flat_map(|issue| {
            issue
                .pages
                .iter()
                .map(|page| planner::page_stem(issue, page))
        })
        .filter(|stem| !pages.iter().any(|(set, _)| set == stem))
        .collect();
    let (stem, title, date) = match issue {
        Some(issue) => (
            format!("{}_{}", issue.code, issue.date.compact()),
            issue.paper.clone(),
            Some(Day {
                year: issue.date.year(),
                month: issue.date.month(),
                day: issue.date.day(),
            }),
        ),
        None => pages.first().map_or_else(Default::default, |(stem, page)| {
            (stem.clone(), page.title.clone(), None)
        }),
    };
    let print = issue.map(|issue| issue.print.clone()).unwrap_or_default();
    Setting {
        print: (print, reading.base),
        sources: reading.sources,
        findings: reading.notes,
        inputs: reading.inputs,
        missing,
        pages,
        estimates,
        stem,
        title,
        date,
        own_fonts: None,
    }
}
