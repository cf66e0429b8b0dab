//! Many issues: all cores, restartable, one broken issue never stops the
//! others.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};

use crate::base::diag::{Diagnostic, Severity, Sources};
use crate::press::condition::PressNames;
use crate::press::files::{self, Input};
use crate::press::report::Report;
use crate::press::{Job, Output, Press, Profile};

/// How deep folders are searched for issues.
const MAX_DEPTH: usize = 8;

/// What to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Issue folders, folders that hold many, or single articles.
    pub inputs: Vec<PathBuf>,
    /// Where to write: each issue in a folder of its own below it.
    pub dir: PathBuf,
    /// How many issues at once; all cores where none is given.
    pub jobs: Option<usize>,
    /// Passes over issues that the report says are done and clean, whose
    /// pages are still where they belong and whose files are unchanged.
    pub resume: bool,
    /// The report: one JSON object a page.
    pub report: Option<PathBuf>,
    /// Also one PDF of each whole issue.
    pub merge: bool,
    /// What the PDFs are for.
    pub profile: Profile,
    /// What they are printed on and with, where no issue is to say.
    pub names: PressNames,
    /// The layout of single articles.
    pub layout: Option<String>,
}

/// One issue of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What to set.
    pub input: PathBuf,
    /// Where its pages go.
    pub dir: PathBuf,
}

/// Told of every issue as it ends, from any thread.
pub trait Watch: Sync {
    /// There are `total` issues, of which `done` are passed over.
    fn start(&self, total: usize, done: usize);
    /// An issue ended.
    fn ended(&self, entry: &Entry, report: &Report);
    /// Writes a finding as the JSON object of the report.
    fn object(&self, finding: &Diagnostic, sources: &Sources) -> Value;
}

/// What became of a batch.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Issues set.
    pub issues: usize,
    /// Issues passed over because they were done.
    pub skipped: usize,
    /// Pages written.
    pub pages: usize,
    /// The gravest finding of all.
    pub worst: Option<Severity>,
    /// What belongs to no issue.
    pub findings: Vec<Diagnostic>,
}

/// Sets every issue found in the inputs.
///
/// An issue that cannot be set is a finding of weight [`Severity::Error`] for
/// the batch: the others are set all the same.
pub fn run(press: &Press, options: &Options, watch: &dyn Watch) -> Summary {
    let mut summary = Summary::default();
    let (entries, notes) = collect(&options.inputs, &options.dir);
    for note in notes {
        summary = summary.stopped(note);
    }
    if entries.is_empty() {
        return summary;
    }
    if let Some(note) = options
        .report
        .as_deref()
        .filter(|path| !is_ours(path) || (!options.resume && holds_something(path)))
        .map(|path| report_exists(path, options.resume))
    {
        return summary.stopped(note);
    }
    let with = set_with(press, options);
    let known = match &options.report {
        Some(path) if options.resume => known(path),
        _ => BTreeMap::new(),
    };
    let (skipped, todo): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| {
        known
            .get(&key(entry))
            .is_some_and(|known| known.stands(entry, &with))
    });
    summary.skipped = skipped.len();
    watch.start(todo.len() + skipped.len(), skipped.len());

    let ledger = match options
        .report
        .as_deref()
        .map(|path| open(path, options.resume))
        .transpose()
    {
        Ok(file) => file.map(Mutex::new),
        Err(note) => return summary.stopped(note),
    };
    let crews = match crews(options.jobs, todo.len()) {
        Ok(crews) => crews,
        Err(note) => return summary.stopped(note),
    };
    let results = share_out(&crews, todo.len(), &|at| {
        let how = How {
            options,
            with: &with,
            watch,
            ledger: ledger.as_ref(),
        };
        one(press, &how, &todo[at])
    });
    for result in results {
        summary.issues += 1;
        summary.pages += result.pages;
        summary.worst = summary.worst.max(result.worst);
        summary.findings.extend(result.note);
    }
    summary
}

/// The threads of a batch, in crews that set one issue at a time.
///
/// A crew of its own for each issue, and not one pool for all: a thread that
/// waits for the pages of one issue would take up another issue on top of it,
/// and another on top of that, as deep as the batch is long.
fn crews(jobs: Option<usize>, issues: usize) -> Result<Vec<ThreadPool>, Diagnostic> {
    let threads = jobs
        .filter(|jobs| *jobs > 0)
        .unwrap_or_else(rayon::current_num_threads);
    let count = threads.min(issues).max(1);
    (0..count)
        .map(|at| {
            // Fewer issues than threads: the first crews are larger by one.
            let size = threads / count + usize::from(at < threads % count);
            ThreadPoolBuilder::new().num_threads(size).build()
        })
        .collect::<Result<_, _>>()
        .map_err(|error| {
            Diagnostic::fatal(
                "batch/threads",
                format!("开不了线程：{error}"),
                format!("cannot start threads: {error}"),
            )
            .help(
                "用 -j 减少同时排的期数",
                "set fewer issues at once with `-j`",
            )
        })
}

/// Does `work` for every number below `count`, each by the first crew that is
/// free, and hands out the results in the order of the numbers.
fn share_out<T: Send>(
    crews: &[ThreadPool],
    count: usize,
    work: &(dyn Fn(usize) -> T + Sync),
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    thread::scope(|scope| {
        for crew in crews {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        break;
                    }
                    let result = crew.install(|| work(at));
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

impl Summary {
    fn stopped(mut self, note: Diagnostic) -> Self {
        self.worst = self.worst.max(Some(note.severity));
        self.findings.push(note);
        self
    }
}

/// What is kept of an issue once it is written: nothing that grows with it.
struct Outcome {
    pages: usize,
    worst: Option<Severity>,
    note: Option<Diagnostic>,
}

/// How the issues of a batch are set and told of.
struct How<'a> {
    options: &'a Options,
    /// What else the pages depend on: [`set_with`].
    with: &'a str,
    watch: &'a dyn Watch,
    ledger: Option<&'a Mutex<fs::File>>,
}

fn one(press: &Press, how: &How<'_>, entry: &Entry) -> Outcome {
    let How {
        options,
        with,
        watch,
        ledger,
    } = *how;
    let job = Job {
        input: entry.input.clone(),
        layout: options.layout.clone(),
        fit: false,
    };
    let output = Output {
        dir: entry.dir.clone(),
        merge: options.merge,
        // the issue says whether it has any
        marks: false,
        manifest: false,
        profile: options.profile,
        names: options.names.clone(),
    };
    // A panic is a fault of this program. Whatever it was, it must not cost
    // the other issues of a night's run.
    let report = catch_unwind(AssertUnwindSafe(|| press.build(&job, &output)))
        .unwrap_or_else(|_| Report::of(broken_down(&entry.input)));
    let note = ledger.and_then(|file| {
        let lines = lines(entry, &report, with, watch);
        // One write an issue: a run that is killed leaves whole issues, and at
        // most one torn line.
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(lines.as_bytes())
            .and_then(|()| file.flush())
            .err()
            .map(|error| {
                Diagnostic::error(
                    "batch/report",
                    format!("写不了报告：{error}"),
                    format!("cannot write the report: {error}"),
                )
            })
    });
    watch.ended(entry, &report);
    // What stops an issue does not stop the batch: an error, not fatal.
    let worst = report.worst().map(|worst| worst.min(Severity::Error));
    Outcome {
        pages: report
            .pages
            .iter()
            .filter(|page| page.file.is_some())
            .count(),
        worst,
        note,
    }
}

fn broken_down(input: &Path) -> Diagnostic {
    Diagnostic::error(
        "batch/broken-down",
        format!("排“{}”时程序出了内部错误，已跳过", input.display()),
        format!(
            "an internal error while setting \"{}\"; it was passed over",
            input.display()
        ),
    )
    .help(
        "请把这一期连同本行发给开发者",
        "please send this issue and this line to the developers",
    )
}

// ---------------------------------------------------------------- the report

/// The lines of an issue: one object a page, and one for the issue where it
/// has no page or an error of its own. Each names the files that were read
/// and the files that were written, so that a later run can tell whether they
/// still are what they were.
fn lines(entry: &Entry, report: &Report, with: &str, watch: &dyn Watch) -> String {
    let objects = |notes: &[Diagnostic]| -> Vec<Value> {
        notes
            .iter()
            .map(|note| watch.object(note, &report.sources))
            .collect()
    };
    let mut out = String::new();
    let mut add = |line: Value| {
        out.push_str(&line.to_string());
        out.push('\n');
    };
    let issue = key(entry);
    let inputs: BTreeMap<String, &str> = report
        .inputs
        .iter()
        .map(|input| (input.path.display().to_string(), input.digest.as_str()))
        .collect();
    let grave = |note: &Diagnostic| note.severity >= Severity::Error;
    if report.pages.is_empty() || report.findings.iter().any(grave) {
        add(json!({
            "issue": issue,
            "page": null,
            "status": if report.pages.is_empty() { "failed" } else { "findings" },
            "findings": objects(&report.findings),
        }));
    }
    let count = report.pages.len();
    for page in &report.pages {
        let status = match &page.file {
            None => "failed",
            _ if page.findings.iter().any(grave) => "findings",
            _ => "done",
        };
        add(json!({
            "issue": issue,
            "page": page.number,
            "pages": count,
            "status": status,
            "file": page.file.as_ref().map(|path| path.display().to_string()),
            "merged": report.files.first().map(|path| path.display().to_string()),
            "with": with,
            "inputs": inputs,
            "findings": objects(&page.findings),
        }));
    }
    out
}

/// What the pages depend on beside the files of their issue: this program,
/// the fonts and the options, as a digest.
fn set_with(press: &Press, options: &Options) -> String {
    let faces = press
        .fonts()
        .iter()
        .map(|(_, face)| format!("{} {} {}", face.name(), face.glyph_count(), face.path()));
    let said = format!(
        "{} {:?} {} {:?} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        options.layout,
        options.merge,
        options.profile,
        options.names,
        faces.collect::<Vec<_>>()
    );
    files::digest_of(said.as_bytes())
}

/// What a report says of one issue, the last time that it was set.
#[derive(Debug, Default)]
struct Known {
    clean: bool,
    with: String,
    /// How many pages the issue has.
    count: u64,
    /// Page numbers and their files.
    pages: BTreeMap<String, PathBuf>,
    merged: Option<PathBuf>,
    inputs: Vec<Input>,
}

impl Known {
    /// Whether the issue need not be set again: it was clean, every page is
    /// where it would be written, and nothing that it was made from has
    /// changed.
    fn stands(&self, entry: &Entry, with: &str) -> bool {
        #![allow(
            clippy::disallowed_methods,
            reason = "a batch looks for what it has written"
        )]
        let here = |file: &PathBuf| file.parent() == Some(&*entry.dir) && file.is_file();
        self.clean
            && self.with == with
            && self.pages.len() as u64 == self.count
            && self.pages.values().chain(&self.merged).all(here)
            && !self.inputs.is_empty()
            && self.inputs.iter().all(Input::is_unchanged)
    }
}

/// What a report says of each issue. An issue that was set more than once is
/// known by its last lines; a torn line is passed over.
fn known(report: &Path) -> BTreeMap<String, Known> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch looks for what it has done"
    )]
    let text = fs::read(report).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut issues: BTreeMap<String, Known> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let Some(issue) = line["issue"].as_str() else {
            continue;
        };
        let page = line["page"].as_str();
        let entry = issues.entry(issue.to_owned()).or_default();
        // The lines of one run of an issue stand together and begin with its
        // own line or its first page.
        let again = page.is_none_or(|page| entry.pages.contains_key(page));
        if last != issue || again {
            *entry = Known {
                clean: true,
                ..Known::default()
            };
            issue.clone_into(&mut last);
        }
        entry.clean &= line["status"] == "done";
        let (Some(page), Some(file)) = (page, line["file"].as_str()) else {
            continue;
        };
        entry.count = line["pages"].as_u64().unwrap_or_default();
        entry.with = line["with"].as_str().unwrap_or_default().to_owned();
        entry.merged = line["merged"].as_str().map(PathBuf::from);
        entry.pages.insert(page.to_owned(), file.into());
        let inputs = line["inputs"].as_object().into_iter().flatten();
        entry.inputs = inputs
            .map(|(path, digest)| Input {
                path: path.into(),
                digest: digest.as_str().unwrap_or_default().to_owned(),
            })
            .collect();
    }
    issues
}

/// Whether a report may be written to `path`: there is nothing, or no
/// ordinary file, or a report of ours.
fn is_ours(path: &Path) -> bool {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch must not overwrite what is not its own"
    )]
    if !holds_something(path) {
        return true;
    }
    let mut first = String::new();
    let Ok(file) = fs::File::open(path) else {
        return false;
    };
    let read = BufReader::new(file.take(MAX_LINE)).read_line(&mut first);
    let line = serde_json::from_str::<Value>(&first).unwrap_or_default();
    read.is_ok() && line["issue"].is_string() && line["status"].is_string()
}

/// The longest first line that is looked at to know a report: 64 MiB.
const MAX_LINE: u64 = 64 << 20;

fn holds_something(path: &Path) -> bool {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch must not overwrite what is not its own"
    )]
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() > 0)
}

fn report_exists(path: &Path, resume: bool) -> Diagnostic {
    let name = path.display();
    let note = if resume {
        Diagnostic::fatal(
            "batch/no-report",
            format!("“{name}”不是 batch 的报告，不往里写"),
            format!("\"{name}\" is not a report of `batch` and is not written to"),
        )
        .help("请换一个文件名", "choose another name")
    } else {
        Diagnostic::fatal(
            "batch/report-exists",
            format!("报告“{name}”那里已有文件，不覆盖"),
            format!("there is a file at the report \"{name}\"; it is not overwritten"),
        )
        .help(
            "续作用 --resume，否则换一个文件名",
            "use `--resume` to go on with it, or another name",
        )
    };
    note.word("file", name.to_string())
}

fn open(path: &Path, append: bool) -> Result<fs::File, Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch writes its report as it goes"
    )]
    if let Some(dir) = path.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        files::make_folder(dir)?;
    }
    let mut options = fs::OpenOptions::new();
    options
        .create(true)
        .write(true)
        .append(append)
        .truncate(!append);
    let fault = |error: std::io::Error| {
        Diagnostic::fatal(
            "batch/report",
            format!("写不了报告“{}”：{error}", path.display()),
            format!("cannot write the report \"{}\": {error}", path.display()),
        )
        .help("请核对路径和权限", "check the path and its permissions")
    };
    let mut file = options.open(path).map_err(fault)?;
    if append {
        // A torn last line must not swallow the next one.
        let torn = fs::read(path)
            .map_err(fault)?
            .last()
            .is_some_and(|byte| *byte != b'\n');
        if torn {
            file.write_all(b"\n").map_err(fault)?;
        }
    }
    Ok(file)
}

/// The name of an issue in the report.
fn key(entry: &Entry) -> String {
    entry.input.display().to_string()
}

// ---------------------------------------------------------------- the issues

/// Every issue below `inputs`, with the folder its pages go to: the path below
/// the input that it was found in. Where two would go to one folder, the
/// second gets a number.
///
/// What cannot be read is a note and does not stop the rest. Where no issue is
/// found at all, one note is fatal.
fn collect(inputs: &[PathBuf], dir: &Path) -> (Vec<Entry>, Vec<Diagnostic>) {
    #![allow(clippy::disallowed_methods, reason = "a batch looks for its issues")]
    let mut found = Vec::new();
    let mut notes = Vec::new();
    for input in inputs {
        if let Err(error) = fs::metadata(input) {
            notes.push(passed_over(input, &error));
            continue;
        }
        let name = if input.is_dir() || input.file_name().is_none_or(|name| name != "issue.toml") {
            input.file_stem().or_else(|| input.file_name())
        } else {
            input.parent().and_then(Path::file_name)
        };
        let own = name.map_or_else(|| dir.to_owned(), |name| dir.join(name));
        if !input.is_dir() || input.join("issue.toml").is_file() {
            found.push(Entry {
                input: input.clone(),
                dir: own,
            });
        } else {
            search(input, &own, 0, &mut found, &mut notes);
        }
    }
    let entries = apart(found, &mut notes);
    if entries.is_empty() {
        notes.push(
            Diagnostic::fatal("batch/nothing", "没有找到一期报纸", "no issue was found").help(
                "每一期是一个含 issue.toml 的文件夹",
                "an issue is a folder with an issue.toml",
            ),
        );
    }
    (entries, notes)
}

/// The entries, each issue once and each with a folder of its own.
fn apart(found: Vec<Entry>, notes: &mut Vec<Diagnostic>) -> Vec<Entry> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch must know whether two paths are one issue"
    )]
    let mut seen = BTreeSet::new();
    let mut dirs: BTreeSet<PathBuf> = BTreeSet::new();
    let mut entries = Vec::new();
    for mut entry in found {
        let input = entry.input.display().to_string();
        let file = fs::canonicalize(&entry.input).unwrap_or_else(|_| entry.input.clone());
        if !seen.insert(file) {
            notes.push(Diagnostic::warning(
                "batch/twice",
                format!("“{input}”给出了两次，只排一次"),
                format!("\"{input}\" is given twice and set once"),
            ));
            continue;
        }
        if dirs.contains(&entry.dir) {
            let name = entry.dir.file_name().unwrap_or_default().to_owned();
            let free = (2..).find_map(|number: u32| {
                let mut name = name.clone();
                name.push(format!("-{number}"));
                let dir = entry.dir.with_file_name(name);
                (!dirs.contains(&dir)).then_some(dir)
            });
            entry.dir = free.unwrap_or_else(|| entry.dir.clone());
            let to = entry.dir.display();
            notes.push(
                Diagnostic::warning(
                    "batch/same-name",
                    format!("另有一期同名，“{input}”写到“{to}”"),
                    format!("another issue has the same name: \"{input}\" is written to \"{to}\""),
                )
                .help(
                    "不想这样就改文件夹的名字",
                    "rename one of the folders if this is not wanted",
                ),
            );
        }
        dirs.insert(entry.dir.clone());
        entries.push(entry);
    }
    entries
}

/// The finding for a path that cannot be read: an error, for the rest of the
/// batch is set all the same.
fn passed_over(path: &Path, error: &std::io::Error) -> Diagnostic {
    let mut note = files::unreadable(path, error);
    note.severity = Severity::Error;
    note
}

fn search(
    dir: &Path,
    out: &Path,
    depth: usize,
    entries: &mut Vec<Entry>,
    notes: &mut Vec<Diagnostic>,
) {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch looks for its issues, in a fixed order"
    )]
    let names = match folders(dir) {
        Ok(names) => names,
        Err(error) => {
            notes.push(passed_over(dir, &error));
            return;
        }
    };
    for name in names {
        let (below, out) = (dir.join(&name), out.join(&name));
        if below.join("issue.toml").is_file() {
            entries.push(Entry {
                input: below,
                dir: out,
            });
        } else if depth < MAX_DEPTH {
            search(&below, &out, depth + 1, entries, notes);
        }
    }
}

/// The names of the folders in `dir`, in order.
fn folders(dir: &Path) -> std::io::Result<Vec<OsString>> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch looks for its issues, in a fixed order"
    )]
    let mut names = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // Symbolic links are not followed: a loop of them would never end.
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name());
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "the tests make folders to search"
    )]

    use super::*;
    use crate::press::report::PageReport;

    struct Quiet;
    impl Watch for Quiet {
        fn start(&self, _total: usize, _done: usize) {}
        fn ended(&self, _entry: &Entry, _report: &Report) {}
        fn object(&self, finding: &Diagnostic, _sources: &Sources) -> Value {
            json!({ "code": finding.code })
        }
    }

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("banxin-batch-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn issues_of_one_name_get_folders_of_their_own() {
        let root = folder("same-name");
        for name in ["a/x", "b/x", "c/x"] {
            fs::create_dir_all(root.join(name)).unwrap();
            fs::write(root.join(name).join("issue.toml"), "").unwrap();
        }
        let inputs = ["a/x", "b/x", "c/x"].map(|name| root.join(name));
        let (entries, notes) = collect(&inputs, Path::new("out"));
        let dirs: Vec<_> = entries.iter().map(|entry| entry.dir.clone()).collect();
        assert_eq!(dirs, ["out/x", "out/x-2", "out/x-3"].map(PathBuf::from));
        assert!(notes.iter().all(|note| note.code == "batch/same-name"));
        assert_eq!(notes.len(), 2);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn issues_are_found_in_a_fixed_order_with_folders_of_their_own() {
        let root = folder("found");
        for name in ["b", "a/2", "a/1"] {
            fs::create_dir_all(root.join(name)).unwrap();
            fs::write(root.join(name).join("issue.toml"), "").unwrap();
        }
        let out = Path::new("out");
        let (entries, notes) = collect(std::slice::from_ref(&root), out);
        assert!(notes.is_empty());
        let base = out.join(root.file_name().unwrap());
        let dirs: Vec<&Path> = entries.iter().map(|entry| entry.dir.as_path()).collect();
        assert_eq!(dirs, [base.join("a/1"), base.join("a/2"), base.join("b")]);
        let codes = |inputs: &[PathBuf]| -> (usize, Vec<&str>) {
            let (entries, notes) = collect(inputs, out);
            (entries.len(), notes.iter().map(|note| note.code).collect())
        };
        assert_eq!(
            codes(&[root.join("b"), root.join("b")]),
            (1, vec!["batch/twice"])
        );
        let missing = root.join("c");
        assert_eq!(
            codes(&[missing.clone(), root.join("b")]),
            (1, vec!["press/read"])
        );
        assert_eq!(codes(&[missing]), (0, vec!["press/read", "batch/nothing"]));
        assert_eq!(codes(&[folder("empty")]), (0, vec!["batch/nothing"]));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn crews_share_out_the_issues_and_keep_their_order() {
        for (jobs, issues, sizes) in [
            (1, 5, vec![1]),
            (4, 2, vec![2, 2]),
            (3, 2, vec![2, 1]),
            (2, 9, vec![1, 1]),
        ] {
            let crews = crews(Some(jobs), issues).unwrap();
            let threads: Vec<usize> = crews.iter().map(ThreadPool::current_num_threads).collect();
            assert_eq!(threads, sizes, "{jobs} jobs, {issues} issues");
            let results = share_out(&crews, issues, &|at| (at, rayon::current_num_threads()));
            let order: Vec<usize> = results.iter().map(|(at, _)| *at).collect();
            assert_eq!(order, (0..issues).collect::<Vec<_>>());
            assert!(results.iter().all(|(_, threads)| sizes.contains(threads)));
        }
        assert_eq!(crews(Some(4), 0).unwrap().len(), 1);
    }

    #[test]
    fn the_report_knows_which_issues_are_done() {
        let root = folder("done");
        let file = root.join("01.pdf");
        let copy = root.join("a.md");
        fs::write(&file, "").unwrap();
        fs::write(&copy, "甲").unwrap();
        let page = |number: &str, file: Option<PathBuf>| PageReport {
            number: number.into(),
            file,
            findings: Vec::new(),
        };
        let issue = |name: &str| Entry {
            input: name.into(),
            dir: root.clone(),
        };
        let of = |pages| Report {
            pages,
            inputs: vec![Input::of(&copy, "甲".as_bytes())],
            ..Report::default()
        };
        let whole = of(vec![page("01", Some(file.clone()))]);
        let mut faulty = whole.clone();
        faulty.pages[0].findings.push(broken_down(Path::new("x")));
        let mut grave = whole.clone();
        grave.findings.push(broken_down(Path::new("x")));
        let half = of(vec![page("01", Some(file.clone())), page("02", None)]);
        let none = Report::of(broken_down(Path::new("x")));
        let mut text = String::new();
        for (name, report) in [
            ("faulty-once", &faulty),
            ("whole", &whole),
            ("faulty-once", &whole),
            ("whole-once", &whole),
            ("whole-once", &faulty),
            ("half", &half),
            ("grave", &grave),
            ("none", &none),
        ] {
            text += &lines(&issue(name), report, "w", &Quiet);
        }
        text += "{\"issue\":\"torn\",\"pa";
        let path = root.join("report.jsonl");
        fs::write(&path, text).unwrap();
        let standing = |dir: &Path, with: &str| -> Vec<String> {
            let known = known(&path).into_iter();
            let stand = known.filter(|(name, known)| {
                let mut entry = issue(name);
                entry.dir = dir.to_owned();
                known.stands(&entry, with)
            });
            stand.map(|(name, _)| name).collect()
        };
        assert_eq!(standing(&root, "w"), ["faulty-once", "whole"]);
        assert!(standing(&root, "other").is_empty(), "set with other fonts");
        assert!(standing(Path::new("other"), "w").is_empty(), "not there");
        fs::write(&copy, "乙").unwrap();
        assert!(standing(&root, "w").is_empty(), "its copy has changed");
        fs::write(&copy, "甲").unwrap();
        fs::remove_file(&file).unwrap();
        assert!(standing(&root, "w").is_empty(), "its page is gone");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn only_a_report_is_written_over() {
        let root = folder("ours");
        let path = root.join("x");
        assert!(is_ours(&path), "nothing there");
        for (text, ours) in [
            ("", true),
            ("---\n主题: 甲\n---\n", false),
            ("{\"a\":1}\n", false),
            ("{\"issue\":\"a\",\"status\":\"done\"}\n{", true),
        ] {
            fs::write(&path, text).unwrap();
            assert_eq!(is_ours(&path), ours, "{text}");
        }
        fs::remove_dir_all(root).unwrap();
    }
}
