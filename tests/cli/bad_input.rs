//! Bad input is refused or reported, by file and place: exit 1 or 2, no
//! panic, no hang, and no file that is half written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::{Duration, Instant};

use crate::{banxin, scratch};

/// The longest that any bad input may take, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of bad input, gone when dropped.
struct Bench(PathBuf);

impl Bench {
    fn new(name: &str) -> Self {
        Self(scratch(name))
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a bad file");
        path.display().to_string()
    }

    /// Builds `input` and hands out what was said. Fails where the program
    /// panics, hangs, or leaves anything but whole PDF files behind.
    fn build(&self, input: &str, layout: &str) -> (Output, String) {
        let dir = self.0.join("out");
        let folder = dir.display().to_string();
        let start = Instant::now();
        let out = banxin(&["build", input, "--layout", layout, "-o", &folder]);
        assert!(start.elapsed() < PATIENCE, "{input} takes too long");
        let shown = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(matches!(out.status.code(), Some(0..=2)), "{input}: {shown}");
        assert!(!shown.contains("panicked"), "{input}: {shown}");
        for file in files(&dir) {
            let bytes = fs::read(&file).expect("a file");
            assert!(file.extension().is_some_and(|end| end == "pdf"), "{file:?}");
            assert!(
                bytes.starts_with(b"%PDF") && bytes.ends_with(b"%%EOF"),
                "{file:?}"
            );
        }
        drop(fs::remove_dir_all(&dir));
        (out, shown)
    }

    /// [`Bench::build`] of what must not pass; every word must be told.
    fn refused(&self, input: &str, layout: &str, words: &[&str]) -> Output {
        let (out, shown) = self.build(input, layout);
        assert!(
            matches!(out.status.code(), Some(1 | 2)),
            "{input} passes: {shown}"
        );
        for word in words {
            assert!(shown.contains(word), "{word:?} is not named: {shown}");
        }
        out
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// A PNG of a claimed size with nothing like as many pixels in it.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], body: &[u8]| {
        let covered = [kind, body].concat();
        let length = u32::try_from(body.len()).expect("a short chunk");
        file.extend(length.to_be_bytes());
        file.extend(&covered);
        file.extend(crc(&covered).to_be_bytes());
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&size[..], &[8, 2, 0, 0, 0]].concat());
    // an empty zlib stream
    chunk(b"IDAT", &[0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]);
    chunk(b"IEND", &[]);
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ ((sum & 1) * 0xEDB8_8320)
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// The sample photograph with another size claimed in its frame header.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = whole_jpeg();
    let frame = file
        .windows(2)
        .position(|two| two == [0xFF, 0xC0] || two == [0xFF, 0xC2]);
    let at = frame.expect("a frame header") + 5;
    file[at..at + 2].copy_from_slice(&height.to_be_bytes());
    file[at + 2..at + 4].copy_from_slice(&width.to_be_bytes());
    file
}

fn whole_jpeg() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/yunxi/photos/cat.jpg");
    fs::read(path).expect("the sample photograph")
}

#[test]
fn a_bad_photograph_is_named_with_its_place() {
    let bench = Bench::new("photo");
    let jpeg_bytes = whole_jpeg();
    let cases: [(&str, Option<Vec<u8>>); 9] = [
        ("missing.jpg", None),
        ("cut.jpg", Some(jpeg_bytes[..jpeg_bytes.len() / 2].to_vec())),
        ("text.jpg", Some("这不是图片\n".into())),
        ("nothing.png", Some(Vec::new())),
        ("flat.png", Some(png(0, 0))),
        ("flat.jpg", Some(jpeg(0, 0))),
        ("vast.png", Some(png(2_000_000_000, 2_000_000_000))),
        ("hollow.png", Some(png(30_000, 30_000))),
        ("vast.jpg", Some(jpeg(65_535, 65_535))),
    ];
    for (name, bytes) in cases {
        if let Some(bytes) = bytes {
            bench.put(name, bytes);
        }
        let copy = format!(
            "---\n主题: 桥\n图片:\n  - 文件: {name}\n    说明: 桥\n    来源: 资料图片\n---\n正文。\n"
        );
        let input = bench.put("article.md", copy);
        // what only decoding shows is found by the writer, which knows the
        // file but not who asked for it
        let place = if name == "hollow.png" {
            name
        } else {
            "article.md:4:"
        };
        bench.refused(&input, "broadsheet-feature", &[name, place]);
    }
}

/// A layout with one value replaced.
fn layout(key: &str, value: &str) -> String {
    let lines = [
        ("trim", "[\"390mm\", \"540mm\"]"),
        ("bleed", "\"3mm\""),
        ("[grid]", ""),
        ("columns", "6"),
        ("chars", "13"),
        ("size", "\"9pt\""),
        ("pitch", "\"12pt\""),
        ("gap", "\"1em\""),
        ("lines", "100"),
    ];
    let mut text = String::from("[sheet]\n");
    for (name, usual) in lines {
        let written = if name == key { value } else { usual };
        text.push_str(name);
        if !name.starts_with('[') {
            text.push_str(&format!(" = {written}"));
        }
        text.push('\n');
    }
    text.push_str(
        "[faces.song]\nhan = [\"NotoSerifSC-Regular\"]\n[styles.body]\nface = \"song\"\n\
         [[slots]]\nname = \"lead\"\ncolumn = 1\ncolumns = 6\nline = 1\nlines = 100\n",
    );
    text
}

#[test]
fn a_wrong_number_in_a_layout_is_shown_where_it_stands() {
    let bench = Bench::new("numbers");
    let input = bench.put("article.md", "正文。\n");
    let usual = bench.put("usual.toml", layout("", ""));
    assert_eq!(bench.build(&input, &usual).0.status.code(), Some(0));
    let values = [
        ("columns", "0"),
        ("columns", "-3"),
        ("columns", "1000000000000000000"),
        ("columns", "99999999999999999999999"),
        ("columns", "30"),
        ("columns", "2.5"),
        ("columns", "nan"),
        ("chars", "200"),
        ("chars", "-1"),
        ("lines", "0"),
        ("lines", "1000"),
        ("size", "0"),
        ("size", "\"-9pt\""),
        ("size", "nan"),
        ("size", "inf"),
        ("size", "\"1e300pt\""),
        ("size", "\"999999999pt\""),
        ("size", "\"大五\""),
        ("pitch", "\"0pt\""),
        ("pitch", "-inf"),
        ("gap", "\"-1em\""),
        ("gap", "\"199pt\""),
        ("gap", "1e308"),
        ("bleed", "\"-3mm\""),
        ("bleed", "\"1/0\""),
        ("trim", "[\"0mm\", \"0mm\"]"),
        ("trim", "[\"-390mm\", \"540mm\"]"),
        ("trim", "[\"999999999mm\", \"540mm\"]"),
        ("trim", "[nan, nan]"),
        ("trim", "[]"),
    ];
    for (key, value) in values {
        let text = layout(key, value);
        let at = text
            .lines()
            .position(|line| line == format!("{key} = {value}"));
        let line = at.expect("the value is written") + 1;
        let path = bench.put("wrong.toml", text);
        // an area too large for its sheet is shown at the grid
        let place = if bench.build(&input, &path).1.contains("超出纸张") {
            "wrong.toml:4:".to_owned()
        } else {
            format!("wrong.toml:{line}:")
        };
        let out = bench.refused(&input, &path, &[&place]);
        assert_eq!(out.status.code(), Some(2), "{key} = {value}");
    }
}

#[test]
fn text_that_cannot_be_broken_neatly_is_set_or_reported() {
    let bench = Bench::new("unbroken");
    let copies = [
        ("han.txt", "汉".repeat(200_000)),
        ("word.txt", "x".repeat(200_000)),
        ("marks.txt", "。".repeat(200_000)),
        (
            "brackets.txt",
            format!("{}心{}", "（".repeat(20_000), "）".repeat(20_000)),
        ),
        (
            "brackets.md",
            format!("{}心{}", "[".repeat(20_000), "]".repeat(20_000)),
        ),
        ("quotes.md", format!("{}心", "> ".repeat(20_000))),
        (
            "url.md",
            format!("见 https://example.org/{} 甲", "a/b".repeat(1_700)),
        ),
    ];
    for (name, copy) in copies {
        let input = bench.put(name, &copy);
        let (out, shown) = bench.build(&input, "broadsheet-feature");
        if copy.chars().count() > 20_000 && !name.starts_with("quotes") {
            assert_eq!(out.status.code(), Some(1), "{name} is overset: {shown}");
        }
        if out.status.code() != Some(0) {
            assert!(shown.contains(name), "{name} is not named: {shown}");
        }
    }
}

#[test]
fn an_output_that_cannot_be_written_is_named_and_leaves_nothing() {
    let bench = Bench::new("unwritable");
    let input = bench.put("article.md", "正文。\n");
    // a file where the folder should be
    let taken = bench.put("taken", "");
    let out = banxin(&["build", &input, "-o", &taken]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{shown}");
    assert!(shown.contains("taken"), "{shown}");
    assert_eq!(fs::read(&taken).expect("untouched"), b"");
    // a folder where the page's file should be: the other files stay whole
    let dir = bench.0.join("out");
    let page = dir.join("YXRB_20260502_02.pdf");
    fs::create_dir_all(page.join("in the way")).expect("a folder");
    let out = banxin(&["build", "samples/yunxi", "-o", &dir.display().to_string()]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert!(matches!(out.status.code(), Some(1 | 2)), "{shown}");
    assert!(shown.contains("YXRB_20260502_02.pdf"), "{shown}");
    let mut names: Vec<String> = files(&dir)
        .iter()
        .filter(|path| path.is_file())
        .map(|path| {
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    let whole = ["01", "03", "04", "05", "06", "07", "08"]
        .map(|number| format!("YXRB_20260502_{number}.pdf"));
    assert_eq!(names, whole, "nothing half written stays behind");
}

#[test]
fn a_fault_in_a_layout_is_told_once() {
    let dir = scratch("layout_once");
    fs::write(dir.join("l.toml"), "[grid]\ncolumns = 0\n").expect("a layout");
    let issue = "paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n\
                 [[pages]]\nnumber = 1\nlayout = \"l.toml\"\n\
                 [[pages]]\nnumber = 2\nlayout = \"brodsheet\"\n";
    fs::write(dir.join("issue.toml"), issue).expect("an issue");
    let out = banxin(&["check", &dir.display().to_string()]);
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(told.contains("columns"), "{told}");
    assert!(!told.contains("没有可用的版式“l.toml”"), "{told}");
    assert!(told.contains("没有可用的版式“brodsheet”"), "{told}");
    drop(fs::remove_dir_all(dir));
}
