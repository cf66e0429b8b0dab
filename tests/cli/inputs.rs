//! What is read: never written over, bounded, and told by `check` as by
//! `build`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::{banxin, scratch};

struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        Self(scratch(name))
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        if let Some(dir) = path.parent() {
            fs::create_dir_all(dir).expect("a folder");
        }
        fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    }

    fn at(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn run(args: &[&str]) -> (Option<i32>, String) {
    let out: Output = banxin(args);
    let shown = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(!shown.contains("panicked"), "{shown}");
    (out.status.code(), shown)
}

/// Two pages, each with an article.
fn issue(layouts: [&str; 2]) -> String {
    let mut text = String::from("paper = \"云溪日报\"\ncode = \"YX\"\ndate = 2026-05-02\n");
    for (at, layout) in layouts.iter().enumerate() {
        let number = at + 1;
        text += &format!(
            "[[pages]]\nnumber = {number}\nlayout = \"{layout}\"\n\
             [[pages.slots]]\nslot = \"lead\"\narticle = \"{number}.md\"\n"
        );
    }
    text
}

#[test]
fn a_page_is_not_written_over_what_it_is_made_from() {
    let desk = Desk::new("over-input");
    let input = desk.put("a.pdf", "甲乙。\n");
    let (code, shown) = run(&["build", &input, "-o", &desk.at("")]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("press/over-input"), "{shown}");
    assert_eq!(
        fs::read(&input).expect("the article"),
        "甲乙。\n".as_bytes()
    );
}

#[test]
fn a_merged_file_has_every_page_or_is_not_written() {
    let desk = Desk::new("merged");
    for name in ["1.md", "2.md"] {
        desk.put(name, format!("---\n主题: 第{name}\n---\n正文。\n"));
    }
    desk.put("issue.toml", issue(["broadsheet", "broadsheet"]));
    let (input, out) = (desk.at(""), desk.at("out"));
    let build = || run(&["build", &input, "-o", &out, "--merge"]);
    let (_, shown) = build();
    let merged = desk.0.join("out/YX_20260502.pdf");
    assert!(merged.is_file(), "{shown}");
    let before = fs::read(&merged).expect("a merged file");
    desk.put("issue.toml", issue(["broadsheet", "no-such-layout"]));
    let (code, shown) = build();
    assert!(matches!(code, Some(1 | 2)), "{shown}");
    assert!(shown.contains("press/not-merged"), "{shown}");
    assert_eq!(
        shown.matches("press/stale").count(),
        2,
        "the page and the merged file: {shown}"
    );
    assert_eq!(fs::read(&merged).expect("untouched"), before);
}

#[test]
fn check_and_dump_tell_of_pixels_that_cannot_be_decoded() {
    let desk = Desk::new("pixels");
    desk.put("hollow.png", crate::bad_input::png(300, 300));
    let input = desk.put(
        "a.md",
        "---\n主题: 桥\n图片:\n  - 文件: hollow.png\n    说明: 桥\n    来源: 资料\n---\n正文。\n",
    );
    let out = desk.at("out");
    let commands: [&[&str]; 3] = [
        &["check", &input, "--layout", "broadsheet-feature"],
        &["dump", &input, "--layout", "broadsheet-feature"],
        &[
            "build",
            &input,
            "--layout",
            "broadsheet-feature",
            "-o",
            &out,
        ],
    ];
    for command in commands {
        let (code, shown) = run(command);
        assert_eq!(code, Some(1), "{command:?}: {shown}");
        assert!(shown.contains("a.md:4:"), "{command:?}: {shown}");
        assert!(shown.contains("hollow.png"), "{command:?}: {shown}");
        assert!(
            !shown.contains("plan/image-unusable"),
            "once is enough: {shown}"
        );
    }
    assert!(desk.0.join("out/a.pdf").is_file(), "the page is not lost");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let desk = Desk::new("bounds");
    let vast = desk.put("vast.md", "汉".repeat((8 << 20) / 3 + 1));
    let (code, shown) = run(&["check", &vast]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("8 MiB"), "{shown}");
    desk.put("wide.png", crate::bad_input::png(20_000, 20_000));
    let input = desk.put(
        "a.md",
        "---\n主题: 桥\n---\n正文。\n\n![桥](wide.png \"资料\")\n",
    );
    let (code, shown) = run(&["check", &input]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("像素"), "{shown}");
    let head = desk.put(
        "b.md",
        format!("---\n作者: {}\n---\n正文。\n", "甲".repeat(50_000)),
    );
    let (code, shown) = run(&["check", &head]);
    assert_eq!(code, Some(1), "{shown}");
    assert!(shown.contains("copy/head-field-long"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_article() {
    let desk = Desk::new("pipe");
    let pipe = desk.at("pipe.md");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    for args in [
        vec!["check", pipe.as_str()],
        vec!["lines", "--measure", "10", pipe.as_str()],
        vec!["check", "/dev/zero"],
    ] {
        let (code, shown) = run(&args);
        assert_eq!(code, Some(2), "{args:?}: {shown}");
        assert!(shown.contains("press/not-a-file"), "{args:?}: {shown}");
    }
}

#[test]
fn names_of_fields_that_nothing_answers_to_are_told() {
    let desk = Desk::new("fields");
    desk.put("1.md", "---\n主题: 桥\n---\n正文。\n");
    desk.put(
        "issue.toml",
        "paper = \"\"\ncode = \"YX\"\ndate = 2026-05-02\n[fields]\nprize = \"2元\"\nadress = \"云溪\"\n\
         [[pages]]\nnumber = 1\nlayout = \"broadsheet\"\n\
         [[pages.slots]]\nslot = \"lead\"\narticle = \"1.md\"\n",
    );
    let (code, shown) = run(&["check", &desk.at("")]);
    assert_eq!(code, Some(1), "{shown}");
    assert_eq!(shown.matches("issue/unused-field").count(), 2, "{shown}");
    assert!(
        shown.contains("address") && shown.contains("price"),
        "{shown}"
    );
    assert!(shown.contains("报名（paper）"), "{shown}");
}

#[test]
fn a_bundled_layout_is_written_out_and_builds() {
    let desk = Desk::new("layout-copy");
    let (layout, article) = (desk.at("mine.toml"), desk.put("a.md", "正文。\n"));
    assert_eq!(run(&["new", "--layout", "tabloid", &layout]).0, Some(0));
    let (code, shown) = run(&["check", &article, "--layout", &layout]);
    assert_eq!(code, Some(0), "{shown}");
    let (code, shown) = run(&["new", "--layout", "tabloid", &layout]);
    assert_eq!(code, Some(2), "{shown}");
    let (code, shown) = run(&["new", "--layout", "tabliod", &desk.at("x.toml")]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("tabloid"), "{shown}");
}
