//! `preflight` from the outside: exit codes, streams, JSON.

use std::fs;
use std::path::Path;

use crate::{banxin, scratch};

#[test]
fn what_cannot_be_plated_is_exit_1_and_what_cannot_be_read_exit_2() {
    let dir = scratch("preflight");
    let article = dir.join("a.md");
    fs::write(&article, "---\n主题: 云溪新茶上市\n---\n茶山上的雾散了。\n").expect("an article");
    let out = dir.join("out");
    let built = banxin(&[
        "build",
        &article.display().to_string(),
        "-o",
        &out.display().to_string(),
    ]);
    assert!(built.status.code().is_some_and(|code| code < 2));
    let page = fs::read_dir(&out)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .expect("a page");
    let page = page.display().to_string();
    // cut in the middle, and no PDF at all
    let cut = dir.join("cut.pdf");
    let bytes = fs::read(&page).expect("a page");
    fs::write(&cut, &bytes[..bytes.len() / 2]).expect("a file");
    let text = dir.join("text.pdf");
    fs::write(&text, "云溪").expect("a file");

    let told = banxin(&["preflight", &cut.display().to_string(), "--json"]);
    assert_eq!(told.status.code(), Some(1));
    let line = String::from_utf8_lossy(&told.stdout);
    assert!(line.contains("\"passed\":false"), "{line}");
    let notes = String::from_utf8_lossy(&told.stderr);
    assert!(notes.contains("\"row\":\"X2\""), "{notes}");

    let files = [&text.display().to_string(), "nowhere.pdf", &page];
    let told = banxin(&[
        "preflight",
        files[0],
        files[1],
        files[2],
        "--profile",
        "magazine",
    ]);
    assert_eq!(told.status.code(), Some(2));
    let line = String::from_utf8_lossy(&told.stdout);
    assert!(
        line.contains("1 页，不能制版"),
        "the others are judged all the same: {line}"
    );
    drop(fs::remove_dir_all(dir));
}

/// A page built from one article, and one that no press takes.
fn good_and_bad(dir: &Path) -> (String, String) {
    let article = dir.join("a.md");
    fs::write(&article, "---\n主题: 云溪新茶上市\n---\n茶山上的雾散了。\n").expect("an article");
    let out = dir.join("out");
    let (input, folder) = (article.display().to_string(), out.display().to_string());
    banxin(&["build", &input, "-o", &folder]);
    let page = fs::read_dir(&out).expect("a folder").flatten().next();
    let page = page.expect("a page").path();
    // the same file, with its claim, its id and its trim taken away
    let mut bytes = fs::read(&page).expect("a page");
    for (from, to) in [
        ("PDF/X-4", "PDF/X-9"),
        ("/TrimBox", "/TrimBax"),
        ("/ID", "/IE"),
    ] {
        let (from, to) = (from.as_bytes(), to.as_bytes());
        for at in 0..bytes.len() - from.len() {
            if bytes[at..].starts_with(from) {
                bytes[at..at + to.len()].copy_from_slice(to);
            }
        }
    }
    let bad = dir.join("bad.pdf");
    fs::write(&bad, bytes).expect("a file");
    (page.display().to_string(), bad.display().to_string())
}

#[test]
fn a_report_is_a_page_that_passes_itself() {
    let dir = scratch("report");
    let (good, bad) = good_and_bad(&dir);
    let path = |name: &str| dir.join(name).display().to_string();
    let (one, two, again) = (path("one.pdf"), path("two.pdf"), path("again.pdf"));
    let told = banxin(&["preflight", &good, "--report", &one]);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    let told = banxin(&["preflight", &bad, "--report", &two]);
    assert_eq!(told.status.code(), Some(1), "{told:?}");
    // the same bytes on every run
    banxin(&["preflight", &bad, "--report", &again]);
    assert_eq!(
        fs::read(&two).expect("a report"),
        fs::read(&again).expect("a report")
    );
    assert_ne!(
        fs::read(&one).expect("a report"),
        fs::read(&two).expect("a report")
    );
    let told = banxin(&["preflight", &one, &two]);
    let line = String::from_utf8_lossy(&told.stdout);
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    assert!(line.contains("2 页，可以制版"), "{line}");
    // what it says, where poppler is installed
    if let Ok(text) = std::process::Command::new("pdftotext")
        .args([&two, "-"])
        .output()
    {
        let text = String::from_utf8_lossy(&text.stdout);
        for words in [
            "印前检查报告",
            "不通过",
            "bad.pdf",
            "没有成品框",
            "It has no TrimBox",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    drop(fs::remove_dir_all(dir));
}

#[test]
fn reports_of_several_files_go_into_a_folder() {
    let dir = scratch("reports");
    let (good, bad) = good_and_bad(&dir);
    let folder = dir.join("filed");
    let to = folder.display().to_string();
    let nowhere = dir.join("nowhere.pdf").display().to_string();
    let told = banxin(&["preflight", &good, &nowhere, &bad, "--report", &to]);
    assert_eq!(told.status.code(), Some(2), "one of them cannot be read");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&"bad_preflight.pdf".to_owned()), "{names:?}");
    // two of one name, and one over a file that is judged
    let told = banxin(&["preflight", &bad, &bad, "--report", &to]);
    let notes = String::from_utf8_lossy(&told.stderr);
    assert!(notes.contains("press/same-report"), "{notes}");
    let before = fs::read(&bad).expect("a file");
    let told = banxin(&["preflight", &bad, "--report", &bad]);
    let notes = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(2));
    assert!(notes.contains("press/over-input"), "{notes}");
    assert_eq!(fs::read(&bad).expect("a file"), before);
    drop(fs::remove_dir_all(dir));
}

#[test]
fn print_n15_n21_marks_stand_around_the_page_and_are_no_fault() {
    let dir = scratch("press_marks");
    let article = dir.join("a.md");
    fs::write(&article, "---\n主题: 云溪新茶上市\n---\n茶山上的雾散了。\n").expect("an article");
    let sizes = |marks: &[&str]| {
        let out = dir.join(if marks.is_empty() { "bare" } else { "marked" });
        let mut words = vec!["build"];
        let (input, folder) = (article.display().to_string(), out.display().to_string());
        words.extend([&input, "-o", &folder]);
        words.extend(marks);
        let built = banxin(&words);
        let told = String::from_utf8_lossy(&built.stderr).into_owned();
        assert!(!told.contains("preflight/"), "{told}");
        let file = fs::read_dir(&out)
            .expect("a folder")
            .flatten()
            .next()
            .expect("a page");
        let bytes = fs::read(file.path()).expect("a page");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let numbers = |key: &str| {
            let from = text.find(key).expect("a box") + key.len();
            let list = text[from..].split(['[', ']']).nth(1).expect("numbers");
            let numbers = list
                .split_whitespace()
                .map(|n| n.parse::<f64>().expect("a number"));
            numbers.collect::<Vec<f64>>()
        };
        let all = text.contains("/Separation/All") || text.contains("/Separation /All");
        (
            numbers("/MediaBox"),
            numbers("/BleedBox"),
            numbers("/TrimBox"),
            all,
        )
    };
    let (media, bleed, trim, all) = sizes(&[]);
    assert!(media == bleed && !all);
    let (wide, inside, cut, all) = sizes(&["--marks"]);
    assert!(all, "the separation of all plates");
    let size = |edges: &[f64]| (edges[2] - edges[0], edges[3] - edges[1]);
    let near = |one: (f64, f64), two: (f64, f64)| {
        (one.0 - two.0).abs() < 0.01 && (one.1 - two.1).abs() < 0.01
    };
    assert!(near(size(&cut), size(&trim)) && near(size(&inside), size(&bleed)));
    // 13 mm around the trim on each side, where the bleed is 3 mm or less
    let around = 26.0 * 72.0 / 25.4;
    assert!(near(
        size(&wide),
        (size(&trim).0 + around, size(&trim).1 + around)
    ));
    drop(fs::remove_dir_all(dir));
}

#[test]
fn a34_a_manifest_lists_the_files_with_their_digests() {
    let dir = scratch("manifest");
    let article = dir.join("a.md");
    fs::write(&article, "---\n主题: 云溪新茶上市\n---\n茶山上的雾散了。\n").expect("an article");
    let out = dir.join("out");
    let (input, folder) = (article.display().to_string(), out.display().to_string());
    banxin(&["build", &input, "-o", &folder, "--merge", "--manifest"]);
    let names = || {
        fs::read_dir(&out)
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
    };
    let list = names().find(|path| path.extension().is_some_and(|ext| ext == "json"));
    let text = fs::read_to_string(list.expect("a manifest")).expect("text");
    let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(manifest["kind"], "PDF/X-4");
    let files = manifest["files"].as_array().expect("files");
    assert_eq!(files.len(), names().count() - 1, "{text}");
    for file in files {
        let path = out.join(file["file"].as_str().expect("a name"));
        let bytes = fs::read(path).expect("a file that is there");
        assert_eq!(file["bytes"], bytes.len());
        assert_eq!(file["sha256"].as_str().map(str::len), Some(64));
    }
    drop(fs::remove_dir_all(dir));
}
