//! `check` as a proof-reader: what it finds in the copy and what it mends.

use std::fs;

use super::*;

/// Codes of the findings of `check --json`.
fn checked(args: &[&str]) -> (Option<i32>, Vec<String>) {
    let out = banxin(&[&["--json", "check"], args].concat());
    let text = String::from_utf8_lossy(&out.stderr).into_owned();
    let code = |line: &str| {
        let note: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        note["code"].as_str().unwrap_or_default().to_owned()
    };
    let copy = text
        .lines()
        .map(code)
        .filter(|code| code.starts_with("copy/"));
    (out.status.code(), copy.collect())
}

#[test]
fn e13_check_finds_and_mends_and_nothing_else_moves() {
    let dir = scratch("fix");
    let article = dir.join("a.md");
    let before =
        "\u{FEFF}---\r\n主题: 甲,乙\r\n---\r\n\r\n丙,丁。。见`a,甲`。  \r\n\r\n比尔.盖茨\r\n";
    let after =
        "\u{FEFF}---\r\n主题: 甲，乙\r\n---\r\n\r\n丙，丁。见`a,甲`。  \r\n\r\n比尔.盖茨\r\n";
    fs::write(&article, before).expect("an article");
    let input = article.display().to_string();
    let (code, found) = checked(&[&input]);
    assert_eq!(code, Some(0));
    assert_eq!(
        found,
        [
            "copy/half-width",
            "copy/half-width",
            "copy/doubled-mark",
            "copy/half-width"
        ]
    );
    assert_eq!(fs::read_to_string(&article).expect("the article"), before);
    let (code, found) = checked(&[&input, "--fix"]);
    assert_eq!(code, Some(0));
    assert_eq!(found, ["copy/mended", "copy/half-width"]);
    assert_eq!(fs::read_to_string(&article).expect("the article"), after);
    let (_, found) = checked(&[&input, "--fix"]);
    assert_eq!(found, ["copy/half-width"], "what is left is told again");
    assert_eq!(fs::read_dir(&dir).expect("the folder").count(), 1);
    drop(fs::remove_dir_all(dir));
}

#[test]
fn e13_e14_an_issue_is_checked_with_its_date_and_word_list() {
    let dir = scratch("copy");
    banxin(&["new", &dir.join("paper").display().to_string()]);
    let paper = dir.join("paper");
    let issue = fs::read_to_string(paper.join("issue.toml")).expect("an issue");
    let line = |line: &str| {
        if line.starts_with("date =") {
            "date = 2026-05-02".to_owned()
        } else {
            line.to_owned()
        }
    };
    let issue: Vec<String> = issue.lines().map(line).collect();
    fs::write(paper.join("issue.toml"), issue.join("\n")).expect("an issue");
    let article = paper.join("articles/lead.md");
    let lead = fs::read_to_string(&article).expect("an article");
    let words = dir.join("words.txt");
    fs::write(&words, "按装 安装\n").expect("a list");
    let (paper, words) = (paper.display().to_string(), words.display().to_string());
    assert_eq!(checked(&[&paper]).1, [""; 0], "the starter is clean");
    let slip = "5月2日（星期五），工人按装路灯。“他说。\n";
    fs::write(&article, format!("{lead}\n{slip}")).expect("an article");
    let (code, found) = checked(&[&paper, "--words", &words]);
    assert_eq!(code, Some(1), "an unpaired quote forbids a release");
    assert_eq!(found, ["copy/date", "copy/word", "copy/unpaired"]);
    let (code, _) = checked(&[&paper, "--words", "none.txt"]);
    assert_eq!(code, Some(2), "a list that is not there");
    drop(fs::remove_dir_all(dir));
}

#[test]
fn e13_the_sample_issue_is_clean() {
    let (code, found) = checked(&["samples/yunxi"]);
    let found: Vec<_> = found
        .iter()
        .filter(|code| *code != "copy/normalised")
        .collect();
    assert_eq!((code, found), (Some(0), Vec::new()));
}
