//! The command as a process: what scripts rely on (design §5).

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{banxin, scratch};

fn dump(input: &str, layout: &str) -> serde_json::Value {
    let out = banxin(&["--quiet", "dump", input, "--layout", layout]);
    serde_json::from_slice(&out.stdout).expect("one JSON object")
}

fn han(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of all frames of a role, in order.
fn set_text(dump: &serde_json::Value, role: &str) -> String {
    let frames = dump["pages"].as_array().into_iter().flatten();
    let frames = frames.flat_map(|page| page["frames"].as_array().into_iter().flatten());
    frames
        .filter(|frame| frame["role"] == role)
        .flat_map(|frame| frame["lines"].as_array().into_iter().flatten())
        .filter_map(|line| line["text"].as_str())
        .map(han)
        .collect()
}

#[test]
fn the_sample_issue_builds_clean_and_the_same_twice() {
    let (first, second) = (scratch("first"), scratch("second"));
    let build = |dir: &Path| {
        let out = banxin(&[
            "build",
            "samples/yunxi",
            "-o",
            &dir.display().to_string(),
            "--merge",
        ]);
        assert_eq!(
            out.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&out.stderr)
        );
    };
    build(&first);
    build(&second);
    let names = [
        "20260502",
        "20260502_01",
        "20260502_02",
        "20260502_03",
        "20260502_04",
        "20260502_05",
        "20260502_06",
        "20260502_07",
        "20260502_08",
    ];
    for name in names {
        let name = format!("YXRB_{name}.pdf");
        let bytes = fs::read(first.join(&name)).expect("a page file");
        assert_eq!(
            bytes,
            fs::read(second.join(&name)).expect("a page file"),
            "{name}"
        );
    }
    assert_eq!(
        fs::read_dir(&first).expect("the folder").count(),
        names.len()
    );
    drop(fs::remove_dir_all(first));
    drop(fs::remove_dir_all(second));
}

#[test]
fn e05_set_and_overset_characters_are_the_whole_article() {
    let dir = scratch("overset");
    let article = dir.join("long.txt");
    let sentence = "甲乙丙丁，戊己庚辛。“壬癸”子丑寅卯辰巳午未申酉戌亥；";
    let paragraphs = (1..=600).map(|n| format!("{}{n}\n", sentence.repeat(2 + n % 5)));
    let text: String = paragraphs.collect();
    fs::write(&article, &text).expect("an article");
    let input = article.display().to_string();
    let out = banxin(&[
        "build",
        &input,
        "--layout",
        "tabloid",
        "-o",
        &input.replace("long.txt", "out"),
    ]);
    assert_eq!(out.status.code(), Some(1));
    let dump = dump(&input, "tabloid");
    let found = dump["findings"].as_array().into_iter().flatten();
    let lost: i64 = found
        .filter(|found| found["code"] == "makeup/overset")
        .filter_map(|found| found["chars"].as_i64())
        .sum();
    let set = set_text(&dump, "body");
    let whole = han(&text);
    assert!(
        lost > 0 && whole.starts_with(&set),
        "what is set is the head of the copy"
    );
    assert_eq!(
        set.chars().count() + usize::try_from(lost).expect("a count"),
        whole.chars().count()
    );
    drop(fs::remove_dir_all(dir));
}

#[test]
fn p05_p08_lines_fill_their_columns_on_one_grid() {
    let dump = dump("samples/article.md", "broadsheet-feature");
    let grid = &dump["pages"][0]["grid"];
    let pitch = grid["pitch"].as_f64().expect("a pitch");
    let mut first = None;
    let mut seen = 0;
    for frame in dump["pages"][0]["frames"].as_array().expect("frames") {
        if frame["role"] != "body" {
            continue;
        }
        for line in frame["lines"].as_array().expect("lines") {
            let number = |key: &str| line[key].as_f64().expect("a number");
            let origin = *first.get_or_insert(number("y"));
            let off = ((number("y") - origin) / pitch).fract().abs();
            assert!(
                !(0.001..=0.999).contains(&off),
                "a baseline off the grid: {line}"
            );
            if line["last"] == false {
                assert!((number("width") - number("measure")).abs() < 0.01, "{line}");
            }
            seen += 1;
        }
    }
    assert!(seen > 50);
}

#[test]
fn bad_input_is_refused_by_name_and_leaves_nothing() {
    let dir = scratch("bad");
    let cases: [(&str, &[u8]); 5] = [
        ("empty.md", b""),
        ("binary.md", b"\x7fELF\0\0\0\0\x01\x02"),
        ("utf16.md", b"\xff\xfe\x2d\x4e\x87\x65"),
        (
            "yaml.md",
            "---\n主题: “甲\n作者: [乙\n---\n正文\n".as_bytes(),
        ),
        ("key.md", "---\n主提: 甲\n---\n正文\n".as_bytes()),
    ];
    for (name, bytes) in cases {
        let file = dir.join(name);
        fs::write(&file, bytes).expect("a bad file");
        let out_dir = dir.join("out");
        let (file, folder) = (file.display().to_string(), out_dir.display().to_string());
        let out = banxin(&["build", &file, "-o", &folder]);
        let shown = String::from_utf8_lossy(&out.stderr);
        assert!(matches!(out.status.code(), Some(1 | 2)), "{name}: {shown}");
        assert!(shown.contains(name), "{name} is named: {shown}");
        assert!(!shown.contains("panicked"), "{shown}");
    }
    let missing = banxin(&["check", "no/such/file.md"]);
    assert_eq!(missing.status.code(), Some(2));
    drop(fs::remove_dir_all(dir));
}

#[test]
fn l33_lines_print_one_typeset_line_a_line() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_banxin"))
        .args(["lines", "--measure", "6", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program runs");
    std::io::Write::write_all(
        &mut child.stdin.take().expect("a pipe"),
        "甲、乙丙丁戊，己庚辛\n".as_bytes(),
    )
    .expect("input");
    let out = child.wait_with_output().expect("output");
    assert_eq!(
        String::from_utf8_lossy(&out.stdout),
        "甲、乙丙丁戊，\n己庚辛\n"
    );
}

#[test]
fn every_finding_code_of_the_readme_is_one_of_the_program() {
    fn sources(dir: &Path, all: &mut String) {
        for entry in fs::read_dir(dir).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|end| end == "rs") {
                all.push_str(&fs::read_to_string(&path).expect("a source file"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut program = String::new();
    sources(&root.join("src"), &mut program);
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let rooms = [
        "copy/", "font/", "issue/", "layout/", "line/", "makeup/", "photo/", "plan/",
    ];
    let mut codes = 0;
    for word in readme.split('`').skip(1).step_by(2) {
        let name = word
            .chars()
            .all(|c| c.is_ascii_lowercase() || "/-".contains(c));
        if name
            && rooms
                .iter()
                .any(|room| word.starts_with(room) && word.len() > room.len())
        {
            assert!(
                program.contains(&format!("\"{word}\"")),
                "README names {word}"
            );
            codes += 1;
        }
    }
    assert!(codes > 2);
}

#[test]
fn usage_errors_are_chinese_first_with_the_nearest_flag_and_exit_2() {
    let out = banxin(&["build", "samples/yunxi", "--ouput", "x"]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2));
    assert!(shown.contains("没有“--ouput”这个参数"), "{shown}");
    assert!(shown.contains("是不是 --output？"), "{shown}");
    let out = banxin(&["--lang", "en", "build"]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2));
    assert!(
        shown.contains("--output <DIR>") && shown.contains("missing"),
        "{shown}"
    );
    let out = banxin(&["--json", "bild"]);
    let object: serde_json::Value = serde_json::from_slice(&out.stderr).expect("JSON");
    assert_eq!(object["code"], "cli/usage");
}

#[test]
fn help_is_on_standard_output_in_the_language_asked_for() {
    for (args, word) in [
        (&["--help"][..], "用法："),
        (&["build", "-h"], "选项"),
        (&["--lang", "en", "build", "--help"], "Usage: banxin build"),
        (&["--version"], "banxin "),
    ] {
        let out = banxin(args);
        assert_eq!(out.status.code(), Some(0), "{args:?}");
        assert!(
            String::from_utf8_lossy(&out.stdout).contains(word),
            "{args:?}"
        );
    }
    assert_eq!(banxin(&[]).status.code(), Some(2));
}

#[test]
fn p02_a_section_break_is_one_blank_line() {
    let dir = scratch("section");
    let body = |break_: &str| {
        let file = dir.join("a.md");
        fs::write(
            &file,
            format!("---\n主题: 题\n---\n甲乙丙。\n\n{break_}丁戊己。\n"),
        )
        .expect("an article");
        let dump = dump(&file.display().to_string(), "tabloid");
        let frames = dump["pages"][0]["frames"]
            .as_array()
            .expect("frames")
            .clone();
        let lines = frames.into_iter().filter(|frame| frame["role"] == "body");
        let lines = lines.flat_map(|frame| frame["lines"].as_array().cloned().unwrap_or_default());
        lines
            .filter(|line| {
                line["text"]
                    .as_str()
                    .is_some_and(|text| !han(text).is_empty())
            })
            .map(|line| line["y"].as_f64().expect("a baseline"))
            .collect::<Vec<_>>()
    };
    let (plain, broken) = (body(""), body("***\n\n"));
    assert_eq!((plain.len(), broken.len()), (2, 2));
    let pitch = plain[1] - plain[0];
    assert!((broken[1] - broken[0] - 2.0 * pitch).abs() < 0.01);
    drop(fs::remove_dir_all(dir));
}

/// `lines` of a text with real fonts: exit code, output, findings.
fn lines_by_fonts(text: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let dir = scratch(&format!("lines-{}", text.len() + more.len() * 100));
    fs::create_dir_all(&dir).expect("a folder");
    let file = dir.join("copy.txt");
    fs::write(&file, text).expect("a file");
    let file = file.display().to_string();
    let mut words = vec![
        "lines",
        "--json",
        "--measure",
        "6",
        "--metrics",
        "fonts",
        &file,
    ];
    words.extend(more);
    let out = banxin(&words);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code(), text(&out.stdout), text(&out.stderr))
}

#[test]
fn t35_lines_report_characters_that_no_font_holds() {
    let (code, set, found) = lines_by_fonts("甲\n乙😀丙😀", &[]);
    assert_eq!(code, Some(1));
    assert!(set.contains("乙"), "{set}");
    let finding: serde_json::Value = serde_json::from_str(&found).expect("one finding");
    assert_eq!(finding["code"], "font/missing-glyph");
    assert_eq!(finding["codepoint"], "U+1F600");
    assert_eq!(finding["count"], 2);
    assert_eq!(
        (&finding["source"]["line"], &finding["source"]["column"]),
        (&2.into(), &2.into())
    );
    let (code, _, found) = lines_by_fonts("甲乙丙", &[]);
    assert_eq!((code, found.as_str()), (Some(0), ""));
}

#[test]
fn t02_a_region_that_the_fonts_do_not_know_is_reported() {
    let (code, _, found) = lines_by_fonts("中，", &["--region", "tw"]);
    assert_eq!(code, Some(0));
    assert!(found.contains("font/region-forms"), "{found}");
}

#[test]
fn lines_refuse_an_indent_below_nothing() {
    let (code, _, found) = lines_by_fonts("甲乙", &["--indent=-1"]);
    assert_eq!(code, Some(2));
    assert!(found.contains("lines/indent"), "{found}");
}

#[test]
fn a_run_that_wrote_a_page_could_run() {
    let dir = scratch("partly");
    let paper = dir.join("paper").display().to_string();
    banxin(&["new", &paper]);
    let file = dir.join("paper/issue.toml");
    let issue = fs::read_to_string(&file).expect("an issue");
    let spoilt = issue.replacen("slot = \"main\"", "slot = \"mian\"", 1);
    assert_ne!(issue, spoilt);
    fs::write(&file, spoilt).expect("an issue");
    let out = dir.join("out");
    let done = banxin(&["build", &paper, "-o", &out.display().to_string()]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("mian"), "{said}");
    assert_eq!(fs::read_dir(&out).expect("output").count(), 1);
    assert_eq!(done.status.code(), Some(1), "{said}");
    drop(fs::remove_dir_all(dir));
}
