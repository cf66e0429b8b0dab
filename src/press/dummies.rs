//! `banxin dummy`: layouts drawn before there is copy, and plans read back
//! from JSON (E18).

use std::path::{Path, PathBuf};

use crate::base::diag::{Diagnostic, SourceId};
use crate::compose::shape::ShapeCache;
use crate::desk::form;
use crate::desk::issue::Located;
use crate::desk::layout::{self, Layout};
use crate::desk::planner;
use crate::makeup::composer::FontComposer;
use crate::makeup::dummy::dummy;
use crate::page::Page;
use crate::press::reading::Reading;
use crate::press::report::{PageReport, Report};
use crate::press::{Press, files, proofing};

/// What is stamped on it (E06).
const STAGE: &str = "版样 DUMMY";

/// Draws the dummy of a layout, bundled or a file, as `NAME_dummy.pdf` in a
/// folder, and with `dpi` a PNG beside it.
pub fn draw(press: &Press, name: &str, dir: &Path, dpi: Option<u32>) -> Report {
    let mut reading = Reading::new(PathBuf::new());
    reading.read_layout(name, None);
    let Some(layout) = reading.layout(name) else {
        return without_layout(reading, name);
    };
    let book = press.fonts();
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book,
        cache: &cache,
    };
    // what a slot holds does not hang on the faces: any stands for one that
    // is not there
    let any = proofing::LETTERING.iter().find_map(|stem| book.find(stem));
    let plan = planner::plan_blank(layout, &|stem| book.find(stem).or(any));
    let page: Page = dummy(&plan.value, &composer, &|text, size, ink| {
        proofing::lettering(text, size, ink, book, &composer)
    });
    let stem = stem_of(layout);
    let path = dir.join(format!("{stem}_dummy.pdf"));
    let mut report = Report {
        sources: reading.sources.clone(),
        findings: reading.notes.clone(),
        inputs: reading.inputs.clone(),
        ..Report::default()
    };
    report.findings.extend(plan.notes);
    if let Some(refused) = files::over_input(&path, &report.inputs) {
        report.findings.push(refused);
        return report;
    }
    let written = files::make_folder(dir)
        .and_then(|()| proofing::write(&path, &page, book, STAGE, None, dpi));
    report
        .pages
        .push(PageReport::of(&page, written.map(|()| Some(path))));
    report
}

/// The name of a layout as a file name.
fn stem_of(layout: &Layout) -> String {
    let path = Path::new(&*layout.name);
    let stem = path
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_else(|| "layout".to_owned())
}

/// What is wrong where there is no layout to draw.
fn without_layout(reading: Reading, name: &str) -> Report {
    let mut findings = reading.notes;
    if findings.is_empty() {
        findings.push(planner::unknown_layout(&Located {
            text: name.to_owned(),
            span: None,
        }));
    }
    Report {
        sources: reading.sources,
        findings,
        inputs: reading.inputs,
        ..Report::default()
    }
}

/// The plan of a layout as JSON: the tree of its file.
///
/// # Errors
///
/// A report where there is no such layout, or it is none.
pub fn plan(name: &str) -> Result<String, Report> {
    let mut reading = Reading::new(PathBuf::new());
    reading.read_layout(name, None);
    let text = match (reading.layout(name), layout::bundled(name)) {
        (None, _) => None,
        (Some(_), Some(text)) => Some(text.to_owned()),
        (Some(_), None) => reading
            .sources
            .get(SourceId(0))
            .map(|source| source.text.to_string()),
    };
    match text.and_then(|text| form::tree_of(&text)) {
        Some(tree) => Ok(format!("{tree:#}\n")),
        None => Err(without_layout(reading, name)),
    }
}

/// Writes the layout that a plan in JSON describes to a new file, if it is one.
///
/// # Errors
///
/// `press/plan` for what is not JSON or no plan, with everything that a layout
/// of these words would be told; `press/exists`, `press/write`.
pub fn from_plan(plan: &Path, path: &Path) -> Result<(), Report> {
    let refuse = |note: Diagnostic| Report::of(note);
    let bytes = files::read(plan, files::MAX_TEXT).map_err(refuse)?;
    let shown = plan.display().to_string();
    let text = files::text(&shown, &bytes).map_err(refuse)?;
    let mut report = Report::default();
    let source = report.sources.add(shown.as_str(), text);
    let plan = match form::json::plan(text, source) {
        Ok(plan) => plan,
        Err(notes) => {
            report.findings = notes;
            return Err(report);
        }
    };
    let parsed = layout::parse(&shown, source, &plan.toml);
    if parsed.value.is_none() {
        let notes = parsed.notes.into_iter();
        report.findings = notes.map(|note| plan.moved(note)).collect();
        return Err(report);
    }
    files::write_new(path, plan.toml.as_bytes()).map_err(refuse)
}
