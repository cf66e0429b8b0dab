//! `batch`: what is done again and what is not, and what may be written over.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::{banxin, scratch};

/// A folder with issues in it, gone when dropped.
struct Shop(PathBuf);

impl Shop {
    /// A shop with issues of these names.
    fn new(name: &str, issues: &[&str]) -> Self {
        let shop = Self(scratch(name));
        for issue in issues {
            let dir = shop.at(issue);
            if let Some(parent) = Path::new(&dir).parent() {
                fs::create_dir_all(parent).expect("a folder");
            }
            assert_eq!(banxin(&["new", &dir]).status.code(), Some(0));
        }
        shop
    }

    fn at(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn article(&self, issue: &str) -> PathBuf {
        self.0.join(issue).join("articles/lead.md")
    }

    /// Runs `batch` on all issues below `in/`.
    fn batch(&self, out: &str, more: &[&str]) -> (Output, String) {
        let (input, out, report) = (self.at("in"), self.at(out), self.at("report.jsonl"));
        let mut args = vec!["batch", &input, "-o", &out, "--report", &report];
        args.extend(more);
        said(banxin(&args))
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn said(out: Output) -> (Output, String) {
    let shown = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!shown.contains("panicked"), "{shown}");
    (out, shown)
}

/// How many issues were passed over.
fn skipped(shown: &str) -> usize {
    let rest = shown.rsplit("跳过已排完的 ").next().unwrap_or_default();
    let number = rest.split(' ').next().unwrap_or_default();
    number.parse().unwrap_or_else(|_| panic!("{shown}"))
}

#[test]
fn resume_passes_over_clean_issues_only() {
    let shop = Shop::new("resume", &["in/a", "in/b"]);
    // a picture that is not there: an error, though the page is written
    let article = shop.article("in/b");
    let whole = fs::read_to_string(&article).expect("the article");
    fs::write(&article, format!("{whole}\n![桥](missing.jpg)\n")).expect("an article");
    assert_eq!(shop.batch("out", &[]).0.status.code(), Some(1));
    let (out, shown) = shop.batch("out", &["--resume"]);
    assert_eq!(skipped(&shown), 1, "{shown}");
    assert_eq!(
        out.status.code(),
        Some(1),
        "its error is told again: {shown}"
    );
    fs::write(&article, whole).expect("an article");
    let (out, shown) = shop.batch("out", &["--resume"]);
    assert_eq!(
        (out.status.code(), skipped(&shown)),
        (Some(0), 1),
        "{shown}"
    );
    let (out, shown) = shop.batch("out", &["--resume"]);
    assert_eq!(
        (out.status.code(), skipped(&shown)),
        (Some(0), 2),
        "{shown}"
    );
    // a changed article, another folder, other options
    fs::write(&article, "---\n主题: 新闻\n---\n又一篇。\n").expect("an article");
    assert_eq!(skipped(&shop.batch("out", &["--resume"]).1), 1);
    assert_eq!(skipped(&shop.batch("elsewhere", &["--resume"]).1), 0);
    assert_eq!(
        skipped(&shop.batch("elsewhere", &["--resume", "--merge"]).1),
        0
    );
    assert_eq!(
        skipped(&shop.batch("elsewhere", &["--resume", "--merge"]).1),
        2
    );
}

#[test]
fn one_bad_path_does_not_stop_the_others() {
    let shop = Shop::new("bad-path", &["a/x", "b/x"]);
    let (one, two, out) = (shop.at("a/x"), shop.at("b/x"), shop.at("out"));
    let missing = shop.at("missing");
    let (run, shown) = said(banxin(&["batch", &missing, &one, &two, "-o", &out]));
    assert_eq!(run.status.code(), Some(1), "{shown}");
    assert!(shown.contains("missing"), "{shown}");
    assert!(
        shown.contains("batch/same-name") && shown.contains("x-2"),
        "{shown}"
    );
    for name in ["x", "x-2"] {
        let pages = fs::read_dir(shop.0.join("out").join(name)).expect("a folder");
        assert_eq!(pages.count(), 1, "{name}");
    }
    let (run, shown) = said(banxin(&["batch", &missing, "-o", &out]));
    assert_eq!(run.status.code(), Some(2), "{shown}");
}

#[test]
fn a_report_overwrites_nothing_but_goes_on_with_its_own() {
    let shop = Shop::new("report", &["in/a"]);
    let (input, out) = (shop.at("in"), shop.at("out"));
    for resume in [false, true] {
        for file in ["in/a/issue.toml", "in/a/articles/lead.md"] {
            let path = shop.at(file);
            let before = fs::read(&path).expect("an input");
            let mut args = vec!["batch", &input, "-o", &out, "--report", &path];
            args.extend(resume.then_some("--resume"));
            let (run, shown) = said(banxin(&args));
            assert_eq!(run.status.code(), Some(2), "{shown}");
            assert_eq!(fs::read(&path).expect("an input"), before);
            assert!(!Path::new(&out).exists(), "nothing is written");
        }
    }
    assert_eq!(shop.batch("out", &[]).0.status.code(), Some(0));
    let report = fs::read(shop.at("report.jsonl")).expect("a report");
    let (run, shown) = shop.batch("out", &[]);
    assert_eq!(run.status.code(), Some(2), "{shown}");
    assert!(shown.contains("--resume"), "{shown}");
    assert_eq!(fs::read(shop.at("report.jsonl")).expect("a report"), report);
}
