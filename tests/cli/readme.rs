//! What the README says is so: it names every finding, and its layout sets a
//! page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{banxin, scratch};

const ROOMS: [&str; 14] = [
    "batch", "cli", "copy", "font", "issue", "layout", "line", "makeup", "photo", "plan", "plates",
    "press", "proof", "write",
];

/// Rooms whose findings explain themselves and stand in one row.
const TOGETHER: [&str; 6] = [
    "batch/",
    "cli/",
    "copy/head-",
    "issue/",
    "layout/",
    "write/",
];

fn sources(dir: &Path, list: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, list);
        } else if path.extension().is_some_and(|end| end == "rs") {
            list.push(path);
        }
    }
}

/// The codes in a source, its tests left out.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    let program = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    program.split('"').filter(|word| {
        word.split_once('/').is_some_and(|(room, fault)| {
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            ROOMS.contains(&room) && !fault.is_empty() && fault.chars().all(plain)
        })
    })
}

#[test]
fn every_finding_is_in_the_readme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let mut missing = BTreeSet::new();
    let mut found = 0;
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.contains("test") {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source");
        for code in codes(&text) {
            found += 1;
            let row = TOGETHER
                .iter()
                .find(|start| code.starts_with(**start))
                .map_or_else(|| format!("`{code}`"), |start| format!("`{start}…`"));
            if !readme.contains(&row) {
                missing.insert(code.to_owned());
            }
        }
    }
    assert!(found > 100, "the codes are found at all: {found}");
    assert!(missing.is_empty(), "not in README.md: {missing:?}");
}

#[test]
fn the_layout_of_the_readme_sets_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let block = readme.split("```toml\n").nth(1).expect("a layout");
    let layout = block.split("```").next().expect("its end");
    let dir = scratch("readme-layout");
    let (file, out) = (dir.join("own.toml"), dir.join("out"));
    fs::write(&file, layout).expect("a layout");
    let [file, to] = [&file, &out].map(|path| path.display().to_string());
    let args = ["build", "samples/article.md", "--layout", &file, "-o", &to];
    let done = banxin(&args);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(out.join("article.pdf").is_file());
    drop(fs::remove_dir_all(dir));
}
