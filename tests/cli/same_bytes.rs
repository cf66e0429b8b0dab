//! The same issue gives the same bytes on any number of threads (E17).

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::{banxin_with, scratch};

/// The files below a folder by their path in it.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(dir: &Path, top: &Path, all: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, top, all);
            } else {
                let name = path.strip_prefix(top).expect("below the top");
                let bytes = fs::read(&path).expect("a file");
                all.insert(name.display().to_string(), bytes);
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(dir, dir, &mut all);
    all
}

/// What the program writes into an empty folder, named last in `args`.
fn written(name: &str, args: &[&str], threads: &str) -> BTreeMap<String, Vec<u8>> {
    let dir = scratch(name);
    let folder = dir.display().to_string();
    let args = [args, &["-o", &folder]].concat();
    let out = banxin_with(&args, &[("RAYON_NUM_THREADS", threads)]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{shown}");
    let files = files(&dir);
    drop(fs::remove_dir_all(dir));
    files
}

fn names(files: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

#[test]
fn e17_build_is_the_same_on_one_thread_and_four() {
    let build = ["build", "samples/yunxi", "--merge"];
    let one = written("one-thread", &build, "1");
    let four = written("four-threads", &build, "4");
    assert_eq!(one.len(), 9, "eight pages and the whole issue");
    assert_eq!(names(&one), names(&four));
    for (name, bytes) in &one {
        assert!(four[name] == *bytes, "{name}");
    }
}

#[test]
fn e17_batch_is_the_same_with_one_job_and_four() {
    let batch = |jobs| {
        [
            "batch",
            "samples/yunxi",
            "samples/article.md",
            "--jobs",
            jobs,
        ]
    };
    let one = written("one-job", &batch("1"), "1");
    let four = written("four-jobs", &batch("4"), "4");
    assert_eq!(one.len(), 9, "eight pages and the article");
    assert_eq!(names(&one), names(&four));
    for (name, bytes) in &one {
        assert!(four[name] == *bytes, "{name}");
    }
}

#[test]
fn e17_one_story_changed_changes_its_page_alone() {
    let dir = scratch("one-story");
    for (name, bytes) in files(Path::new("samples/yunxi")) {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    let issue = dir.display().to_string();
    let before = written("before", &["build", &issue], "2");
    let article = dir.join("articles/0303-book.md");
    let text = fs::read_to_string(&article).expect("an article");
    let changed = text.replacen('，', "、", 1);
    assert_ne!(text, changed);
    fs::write(&article, changed).expect("an article");
    let after = written("after", &["build", &issue], "2");
    let moved = before
        .iter()
        .filter(|(name, bytes)| after[*name] != **bytes)
        .map(|(name, _)| name.as_str());
    let moved: Vec<&str> = moved.collect();
    assert_eq!(moved, ["YXRB_20260502_03.pdf"]);
    drop(fs::remove_dir_all(dir));
}
