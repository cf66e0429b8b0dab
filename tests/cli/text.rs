//! What goes in comes out: the copy, the layout's text and the text that a
//! reader gets from the PDF are one and the same (E16).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use banxin::base::diag::SourceId;
use banxin::desk::manuscript::{self, BlockKind, Format, Manuscript};
use serde_json::Value;

use crate::{banxin, scratch};

const ISSUE: &str = "samples/yunxi";

fn dump() -> Value {
    let out = banxin(&["--quiet", "dump", ISSUE]);
    serde_json::from_slice(&out.stdout).expect("one JSON object")
}

fn without_white(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value[key].as_array().expect("a list").iter()
}

fn text_of(frame: &Value) -> String {
    let lines = list(frame, "lines").filter_map(|line| line["text"].as_str());
    lines.map(without_white).collect()
}

#[test]
fn e16_the_text_of_each_pdf_is_that_of_its_page() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: pdftotext is not installed");
        return;
    }
    let dir = scratch("text");
    let built = banxin(&["build", ISSUE, "-o", &dir.display().to_string()]);
    assert_eq!(built.status.code(), Some(0));
    let dump = dump();
    let mut pages = 0;
    for page in list(&dump, "pages") {
        let number = page["number"].as_str().expect("a number");
        let file = dir.join(format!("YXRB_20260502_{number}.pdf"));
        let out = Command::new("pdftotext")
            .args(["-raw", &file.display().to_string(), "-"])
            .output()
            .expect("pdftotext runs");
        let read = without_white(&String::from_utf8_lossy(&out.stdout));
        let set: String = list(page, "frames").map(text_of).collect();
        let differ = read.chars().zip(set.chars()).take_while(|(a, b)| a == b);
        let at = differ.count();
        let near = |text: &str| {
            text.chars()
                .skip(at.saturating_sub(10))
                .take(30)
                .collect::<String>()
        };
        assert!(
            read == set,
            "page {number} at character {at}: read {:?}, set {:?}",
            near(&read),
            near(&set)
        );
        pages += 1;
    }
    assert_eq!(pages, 8);
    drop(fs::remove_dir_all(dir));
}

/// The copy of the vertical page: quotes that are drawn as corner brackets,
/// figures in one cell, turned words, a dash and an ellipsis of two glyphs.
const VERTICAL: &str = "老街的“百年茶铺”（临溪）5月12日开张——掌柜说：“GDP不论，editor也来！”\
《县志》记着：2026年，甲·乙……第365天，涨3.5%。";

#[test]
fn v05_v12_e16_vertical_lines_read_as_they_were_typed() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: pdftotext is not installed");
        return;
    }
    let dir = scratch("vertical");
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/pages_base.toml");
    let base = fs::read_to_string(base).expect("the base");
    let layout = format!(
        "{base}[grid]\ncolumns = 2\nchars = 12\nline_gap = \"1/2\"\nlines = 12\n\
         [[slots]]\nname = \"lead\"\ncolumn = 1\ncolumns = 2\nline = 1\nlines = 12\n\
         direction = \"vertical\"\n"
    );
    let (layout_file, copy) = (dir.join("layout.toml"), dir.join("copy.md"));
    fs::write(&layout_file, layout).expect("a layout");
    fs::write(&copy, VERTICAL).expect("the copy");
    let at = |path: &Path| path.display().to_string();
    let built = banxin(&[
        "build",
        &at(&copy),
        "--layout",
        &at(&layout_file),
        "-o",
        &at(&dir),
    ]);
    assert_eq!(built.status.code(), Some(0));
    let pdf = at(&dir.join("copy.pdf"));
    let read = |args: &[&str]| {
        let out = Command::new("pdftotext").args(args).output();
        String::from_utf8_lossy(&out.expect("pdftotext runs").stdout).into_owned()
    };
    let raw = read(&["-raw", &pdf, "-"]);
    assert_eq!(without_white(&raw), without_white(VERTICAL));
    // a reader that looks for lines finds them, and figures of a cell as one
    let lines = read(&[&pdf, "-"]).replace(' ', "");
    for stretch in ["“百年茶铺”（临溪）", "12日开张", "第365"] {
        assert!(lines.contains(stretch), "{stretch} in {lines}");
    }
    drop(fs::remove_dir_all(dir));
}

/// The text of an article as a story sets it, headline parts left out.
fn copy(manuscript: &Manuscript) -> String {
    let blocks = manuscript.blocks.iter();
    let blocks = blocks.map(|block| match &block.kind {
        BlockKind::ListItem {
            ordered, marker, ..
        } => {
            let mark = if *ordered { marker } else { "●" };
            format!("{mark}{}", block.text)
        }
        BlockKind::Image(_) => String::new(),
        _ => block.text.clone(),
    });
    without_white(&blocks.collect::<String>())
}

/// Roles of what stands in the text of a story.
const TEXT: [&str; 8] = [
    "body",
    "subhead",
    "quote",
    "list_item",
    "verse",
    "table_title",
    "table_head",
    "table",
];

/// The slot of the sample whose story is made of several short articles.
const GROUP: &str = "group";

#[test]
fn e16_each_story_is_its_copy_whole_and_in_order() {
    let dump = dump();
    let mut stories: BTreeMap<String, String> = BTreeMap::new();
    let frames = list(&dump, "pages").flat_map(|page| list(page, "frames"));
    for frame in frames {
        let role = frame["role"].as_str().expect("a role");
        if TEXT.contains(&role) {
            let story = frame["story"].as_str().expect("a story").to_owned();
            stories.entry(story).or_default().push_str(&text_of(frame));
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(ISSUE)
        .join("articles");
    let mut read = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the articles") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).expect("an article");
        let manuscript = manuscript::read(SourceId(0), &text, Format::Markdown).value;
        let copy = copy(&manuscript);
        // a short item of a group stands among the others
        let item = !stories.contains_key(&*name) && stories[GROUP].contains(&copy);
        let set = stories.get(&*name).map_or("", String::as_str);
        // where a slot says so, the byline stands in brackets beside the text
        let words = |words: &Option<manuscript::Words>| {
            words
                .as_ref()
                .map_or(String::new(), |words| without_white(&words.text))
        };
        let (dateline, byline) = (
            words(&manuscript.head.dateline),
            words(&manuscript.head.byline),
        );
        let ways = [
            copy.clone(),
            format!("{dateline}{copy}"),
            format!("{dateline}（{byline}）{copy}"),
            format!("{copy}（{byline}）"),
        ];
        assert!(
            item || ways.iter().any(|way| way == set),
            "{name}:\nset  {set}\ncopy {copy}"
        );
        read.insert(name.into_owned());
    }
    assert!(
        stories
            .keys()
            .all(|name| name == GROUP || read.contains(name)),
        "a story without copy"
    );
    assert!(stories.len() >= 10);
}
