//! Many issues: all cores, restartable, one broken issue never stops the
//! others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::{Value, json};

use crate::base::diag::{Diagnostic, Severity, Sources};
use crate::press::files;
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
    /// Passes over issues that the report says are done.
    pub resume: bool,
    /// The report: one JSON object a page.
    pub report: Option<PathBuf>,
    /// Also one PDF of each whole issue.
    pub merge: bool,
    /// What the PDFs are for.
    pub profile: Profile,
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
    let entries = match collect(&options.inputs, &options.dir) {
        Ok(entries) => entries,
        Err(note) => return summary.stopped(note),
    };
    let done = match &options.report {
        Some(path) if options.resume => done(path),
        _ => BTreeSet::new(),
    };
    let (skipped, todo): (Vec<Entry>, Vec<Entry>) = entries
        .into_iter()
        .partition(|entry| done.contains(&key(entry)));
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
        one(press, options, watch, &todo[at], ledger.as_ref())
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

fn one(
    press: &Press,
    options: &Options,
    watch: &dyn Watch,
    entry: &Entry,
    ledger: Option<&Mutex<fs::File>>,
) -> Outcome {
    let job = Job {
        input: entry.input.clone(),
        layout: options.layout.clone(),
    };
    let output = Output {
        dir: entry.dir.clone(),
        merge: options.merge,
        profile: options.profile,
    };
    // A panic is a fault of this program. Whatever it was, it must not cost
    // the other issues of a night's run.
    let report = catch_unwind(AssertUnwindSafe(|| press.build(&job, &output)))
        .unwrap_or_else(|_| Report::of(broken_down(&entry.input)));
    let note = ledger.and_then(|file| {
        let lines = lines(entry, &report, watch);
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

/// The lines of an issue: one object a page, or one for the issue where it
/// has no page.
fn lines(entry: &Entry, report: &Report, watch: &dyn Watch) -> String {
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
    if report.pages.is_empty()
        || report
            .findings
            .iter()
            .any(|note| note.severity >= Severity::Error)
    {
        add(json!({
            "issue": issue,
            "page": null,
            "status": if report.pages.is_empty() { "failed" } else { "findings" },
            "findings": objects(&report.findings),
        }));
    }
    let count = report.pages.len();
    for page in &report.pages {
        let worst = page.findings.iter().map(|note| note.severity).max();
        let status = match (&page.file, worst) {
            (None, _) => "failed",
            (_, Some(Severity::Error | Severity::Fatal)) => "findings",
            _ => "done",
        };
        add(json!({
            "issue": issue,
            "page": page.number,
            "pages": count,
            "status": status,
            "file": page.file.as_ref().map(|path| path.display().to_string()),
            "findings": objects(&page.findings),
        }));
    }
    out
}

/// The issues that a report says are done: every page has a line, was
/// written, and its file is still there. A torn last line is passed over.
fn done(report: &Path) -> BTreeSet<String> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch looks for what it has done"
    )]
    let text = fs::read(report).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut pages: BTreeMap<String, (u64, BTreeSet<String>)> = BTreeMap::new();
    for line in text.lines() {
        let Ok(line) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let (Some(issue), Some(page), Some(count), Some(file)) = (
            line["issue"].as_str(),
            line["page"].as_str(),
            line["pages"].as_u64(),
            line["file"].as_str(),
        ) else {
            continue;
        };
        if Path::new(file).is_file() {
            let entry = pages.entry(issue.to_owned()).or_default();
            entry.0 = count;
            entry.1.insert(page.to_owned());
        }
    }
    pages
        .into_iter()
        .filter(|(_, (count, pages))| pages.len() as u64 == *count)
        .map(|(issue, _)| issue)
        .collect()
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
/// the input that it was found in, so that names do not meet.
///
/// # Errors
///
/// `press/read` for an input that is not there, `batch/nothing` where no
/// issue is found, `batch/same-output` where two would write to one folder.
fn collect(inputs: &[PathBuf], dir: &Path) -> Result<Vec<Entry>, Diagnostic> {
    #![allow(clippy::disallowed_methods, reason = "a batch looks for its issues")]
    let mut entries = Vec::new();
    for input in inputs {
        fs::metadata(input).map_err(|error| files::unreadable(input, &error))?;
        let name = if input.is_dir() || input.file_name().is_none_or(|name| name != "issue.toml") {
            input.file_stem().or_else(|| input.file_name())
        } else {
            input.parent().and_then(Path::file_name)
        };
        let own = name.map_or_else(|| dir.to_owned(), |name| dir.join(name));
        if !input.is_dir() || input.join("issue.toml").is_file() {
            entries.push(Entry {
                input: input.clone(),
                dir: own,
            });
        } else {
            search(input, &own, 0, &mut entries)?;
        }
    }
    if entries.is_empty() {
        return Err(
            Diagnostic::fatal("batch/nothing", "没有找到一期报纸", "no issue was found").help(
                "每一期是一个含 issue.toml 的文件夹",
                "an issue is a folder with an issue.toml",
            ),
        );
    }
    let mut dirs: BTreeMap<&Path, &Path> = BTreeMap::new();
    for entry in &entries {
        if let Some(other) = dirs.insert(&entry.dir, &entry.input) {
            let (one, two, to) = (other.display(), entry.input.display(), entry.dir.display());
            return Err(Diagnostic::fatal(
                "batch/same-output",
                format!("“{one}”和“{two}”都要写到“{to}”"),
                format!("\"{one}\" and \"{two}\" would both be written to \"{to}\""),
            )
            .help(
                "请分两次排，或改文件夹的名字",
                "set them in two runs, or rename one of the folders",
            ));
        }
    }
    Ok(entries)
}

fn search(
    dir: &Path,
    out: &Path,
    depth: usize,
    entries: &mut Vec<Entry>,
) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "a batch looks for its issues, in a fixed order"
    )]
    let fault = |error: std::io::Error| files::unreadable(dir, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        // Symbolic links are not followed: a loop of them would never end.
        if entry.file_type().map_err(fault)?.is_dir() {
            names.push(entry.file_name());
        }
    }
    names.sort();
    for name in names {
        let (below, out) = (dir.join(&name), out.join(&name));
        if below.join("issue.toml").is_file() {
            entries.push(Entry {
                input: below,
                dir: out,
            });
        } else if depth < MAX_DEPTH {
            search(&below, &out, depth + 1, entries)?;
        }
    }
    Ok(())
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
    fn issues_are_found_in_a_fixed_order_with_folders_of_their_own() {
        let root = folder("found");
        for name in ["b", "a/2", "a/1"] {
            fs::create_dir_all(root.join(name)).unwrap();
            fs::write(root.join(name).join("issue.toml"), "").unwrap();
        }
        let out = Path::new("out");
        let entries = collect(std::slice::from_ref(&root), out).unwrap();
        let base = out.join(root.file_name().unwrap());
        let dirs: Vec<&Path> = entries.iter().map(|entry| entry.dir.as_path()).collect();
        assert_eq!(dirs, [base.join("a/1"), base.join("a/2"), base.join("b")]);
        let twice = collect(&[root.join("b"), root.join("b")], out).unwrap_err();
        assert_eq!(twice.code, "batch/same-output");
        assert_eq!(
            collect(&[root.join("c")], out).unwrap_err().code,
            "press/read"
        );
        assert_eq!(
            collect(&[folder("empty")], out).unwrap_err().code,
            "batch/nothing"
        );
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
        fs::write(&file, "").unwrap();
        let page = |number: &str, file: Option<PathBuf>| PageReport {
            number: number.into(),
            file,
            findings: Vec::new(),
        };
        let issue = |name: &str| Entry {
            input: name.into(),
            dir: root.clone(),
        };
        let whole = Report {
            pages: vec![page("01", Some(file.clone()))],
            ..Report::default()
        };
        let half = Report {
            pages: vec![page("01", Some(file.clone())), page("02", None)],
            ..Report::default()
        };
        let mut text = lines(&issue("whole"), &whole, &Quiet);
        text += &lines(&issue("half"), &half, &Quiet);
        text += &lines(
            &issue("none"),
            &Report::of(broken_down(Path::new("x"))),
            &Quiet,
        );
        text += "{\"issue\":\"torn\",\"pa";
        let path = root.join("report.jsonl");
        fs::write(&path, text).unwrap();
        assert_eq!(done(&path).into_iter().collect::<Vec<_>>(), ["whole"]);
        fs::remove_file(&file).unwrap();
        assert!(done(&path).is_empty(), "its page is gone");
        fs::remove_dir_all(root).unwrap();
    }
}
