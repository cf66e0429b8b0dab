//! The ledger of the rows: `docs/ledger.md` lists each row of the
//! requirements with its state and the cases that hold it.
//!
//! It is written from what is there: the names of the golden cases
//! (`l20_order.case`) and of the tests (`fn l20_…`). The print requirements
//! number their rows anew: those that share a letter with a row here stand
//! behind a word of their own, `fn print_n15_…`, and are not counted; nor are
//! the rows that the preflight shows with its findings. A row of a core or
//! expected tier without any fails, unless `rows.txt` says that it is not
//! built, and why. `BANXIN_BLESS=1 cargo test --test ledger` writes it anew.

#![allow(
    clippy::disallowed_methods,
    reason = "the ledger reads the house it is of"
)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const ROWS: &str = include_str!("rows.txt");

/// A row as `rows.txt` has it.
struct Row<'a> {
    id: &'a str,
    tier: &'a str,
    title: &'a str,
    /// Why it is not built, where it is not.
    open: Option<&'a str>,
}

/// The groups with their rows.
fn groups() -> Vec<(&'static str, Vec<Row<'static>>)> {
    let mut groups: Vec<(&str, Vec<Row<'_>>)> = Vec::new();
    for line in ROWS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(name) = line.strip_prefix('[') {
            groups.push((name.trim_end_matches(']'), Vec::new()));
            continue;
        }
        let (text, open) = match line.split_once(" ! ") {
            Some((text, why)) => (text, Some(why)),
            None => (line, None),
        };
        let mut words = text.splitn(3, ' ');
        let row = Row {
            id: words.next().unwrap(),
            tier: words.next().unwrap(),
            title: words.next().unwrap(),
            open,
        };
        groups.last_mut().unwrap().1.push(row);
    }
    groups
}

/// All files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The rows that a name begins with: `t08_t09_pairs` is of T08 and T09.
fn rows_of(name: &str) -> Vec<String> {
    let is_row = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_lowercase())
            && word.len() == 3
            && chars.all(|c| c.is_ascii_digit())
    };
    let rows = name.split('_').take_while(is_row);
    rows.map(str::to_uppercase).collect()
}

/// The names of the tests of a source file: what stands behind `#[test]`, or
/// in `proptest!`, as `fn name`.
fn tests_of(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let name = line.trim_start().strip_prefix("fn ")?;
        name.split_once('(').map(|(name, _)| name)
    })
}

/// The cases of a table: a line that holds nothing but a row, `"E13",`, and
/// below it the name of the case.
fn tabled(source: &str) -> impl Iterator<Item = (&str, &str)> {
    fn string(line: &str) -> Option<&str> {
        line.trim().strip_prefix('"')?.strip_suffix("\",")
    }
    let pairs = source.lines().zip(source.lines().skip(1));
    pairs.filter_map(|(row, name)| {
        let row = string(row).filter(|row| row.len() == 3 && row.is_ascii())?;
        (!rows_of(&row.to_lowercase()).is_empty()).then_some((row, string(name)?))
    })
}

/// For each row its cases: golden ones by kind and name, tests by room.
fn cases() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name: &str, shown: String| {
        for row in rows_of(name) {
            cases.entry(row).or_default().insert(shown.clone());
        }
    };
    for path in files(&root.join("tests/suite")) {
        if path
            .extension()
            .is_some_and(|extension| extension == "case")
        {
            let name = path.file_stem().unwrap().to_string_lossy();
            let kind = path
                .parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy();
            add(&name, format!("{kind}/{name}"));
        }
    }
    for folder in ["src", "tests"] {
        for path in files(&root.join(folder)) {
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let place = path.strip_prefix(root).unwrap();
            let place: Vec<_> = place
                .with_extension("")
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .filter(|part| !matches!(part.as_str(), "src" | "mod" | "tests" | "main"))
                .collect();
            let source = fs::read_to_string(&path).unwrap();
            for name in tests_of(&source) {
                add(name, format!("{}::{name}", place.join("::")));
            }
            // the tables of the preflight are of the print requirements
            if place.first().is_some_and(|room| room == "preflight") {
                continue;
            }
            for (row, name) in tabled(&source) {
                add(&row.to_lowercase(), format!("{}: {name}", place.join("::")));
            }
        }
    }
    cases
}

#[test]
fn the_ledger_tells_what_is_there() {
    let cases = cases();
    let none = BTreeSet::new();
    let mut page = String::from(
        "# 条目总账 · Ledger of the rows\n\n\
         由测试的名称生成，勿手改：`BANXIN_BLESS=1 cargo test --test ledger`。\n\
         Generated from the names of the cases; not to be edited by hand.\n\n\
         每条要求由名称以其编号开头的测试守住：`lines/…` 与 `pages/…` 是 `tests/suite` \
         下的定式用例，`room::…` 是各室的单元测试。印制要求（见 pdfx.md）另有编号，\
         其中的 N 条写作 `print_n15_…`，不在此列。\n\
         A row is held by the tests whose names begin with its number. The N rows of the \
         print requirements (pdfx.md) are others: `print_n15_…`, and not listed here.\n",
    );
    let mut faults = Vec::new();
    let mut rows = String::new();
    for (group, list) in groups() {
        let _ = write!(
            rows,
            "\n## {group}\n\n| 条 Row | 级 Tier | 内容 What it asks | 状态 State | 用例 Cases |\n|---|---|---|---|---|\n"
        );
        let mut built = 0;
        for row in &list {
            let held = cases.get(row.id).unwrap_or(&none);
            let state = match (row.open, held.is_empty()) {
                (None, false) => {
                    built += 1;
                    "✓".to_owned()
                }
                (None, true) => {
                    faults.push(format!("{} has no case", row.id));
                    "**无用例 no case**".to_owned()
                }
                (Some(why), true) => format!("未做 not built: {why}"),
                (Some(why), false) => format!("部分 in part: {why}"),
            };
            let held: Vec<String> = held.iter().map(|case| format!("`{case}`")).collect();
            let _ = writeln!(
                rows,
                "| {} | {} | {} | {state} | {} |",
                row.id,
                row.tier,
                row.title,
                held.join("<br>")
            );
        }
        let _ = writeln!(page, "\n- {group}: {built} / {}", list.len());
    }
    page.push_str(&rows);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ledger.md");
    if std::env::var_os("BANXIN_BLESS").is_some_and(|word| word == "1") {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/ledger.md is not what the tests say: BANXIN_BLESS=1 cargo test --test ledger"
    );
}

#[test]
fn every_case_is_of_a_known_row() {
    let known: BTreeSet<&str> = groups()
        .iter()
        .flat_map(|(_, rows)| rows.iter().map(|row| row.id))
        .collect();
    let letters: BTreeSet<u8> = known.iter().map(|id| id.as_bytes()[0]).collect();
    let cases = cases();
    let strangers: Vec<_> = cases
        .keys()
        .filter(|id| letters.contains(&id.as_bytes()[0]) && !known.contains(id.as_str()))
        .collect();
    assert!(strangers.is_empty(), "no such rows: {strangers:?}");
}

/// The rooms that know pages as a press does.
#[test]
fn rows_of_print_are_not_taken_for_rows_of_the_page() {
    let cases = cases();
    let page = cases.iter().filter(|(row, _)| row.starts_with('N'));
    for (row, held) in page {
        for room in [
            "preflight::",
            "plates::",
            "readback::",
            "proof::press_marks::",
        ] {
            let print = held.iter().find(|case| case.starts_with(room));
            assert_eq!(print, None, "{row}: name it `print_…`");
        }
    }
}

#[test]
fn names_lead_to_rows() {
    assert_eq!(rows_of("t08_t09_pairs"), ["T08", "T09"]);
    assert_eq!(rows_of("print_n15_marks"), [""; 0]);
    assert_eq!(rows_of("the_t08"), [""; 0]);
    assert_eq!(
        tests_of("    #[test]\n    fn l01_a() {\n").collect::<Vec<_>>(),
        ["l01_a"]
    );
}
