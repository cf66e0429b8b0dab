//! The door to `printpdf`: a page drawn into a document of that crate is the
//! page.

#![cfg(feature = "printpdf")]
#![allow(
    clippy::disallowed_methods,
    reason = "the test writes files and runs readers"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use banxin::preflight::{self, Profile};
use banxin::press::{Job, Press};
use banxin::write::printpdf::Drawer;
use printpdf::{PdfDocument, PdfSaveOptions};

#[test]
fn a_page_drawn_into_a_printpdf_document_has_its_text_and_its_size() {
    let (press, _) = Press::open(&[]);
    let job = Job {
        input: Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/article.md"),
        layout: None,
        fit: false,
    };
    let (pages, _) = press.set(&job);
    let page = pages.first().expect("a page");
    let mut document = PdfDocument::new("test");
    let mut drawer = Drawer::new(press.fonts());
    let drawn = drawer.draw(page, &mut document).expect("a page");
    assert_eq!(drawn.left_out, [""; 0]);
    document.with_pages(vec![drawn.page]);
    let bytes = document.save(&PdfSaveOptions::default(), &mut Vec::new());

    let verdict = preflight::check("a.pdf", &bytes.clone().into(), Profile::Magazine);
    let verdict = verdict.expect("a PDF");
    assert_eq!(verdict.pages, 1);
    let codes: Vec<&str> = verdict.findings.iter().map(|note| note.code).collect();
    for sound in [
        "preflight/font-not-embedded",
        "preflight/boxes",
        "preflight/text-near-trim",
    ] {
        assert!(!codes.contains(&sound), "{codes:?}");
    }

    let path: PathBuf =
        std::env::temp_dir().join(format!("banxin-printpdf-{}.pdf", std::process::id()));
    std::fs::write(&path, bytes).expect("a file");
    let read = Command::new("pdftotext")
        .arg("-raw")
        .arg(&path)
        .arg("-")
        .output();
    drop(std::fs::remove_file(&path));
    // without poppler the rest is passed over
    let Ok(read) = read else { return };
    let text = String::from_utf8_lossy(&read.stdout).into_owned();
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    let found = bare(&text);
    let lines = page
        .frames
        .iter()
        .flat_map(|frame| &frame.lines)
        .map(|line| bare(&line.text));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let missing: Vec<&String> = lines
        .iter()
        // a glyph of …… or —— stands for two characters, which is not carried
        .filter(|line| !found.contains(line.as_str()) && !line.contains(['…', '—']))
        .collect();
    assert!(lines.len() > 100, "{}", lines.len());
    assert!(missing.is_empty(), "{missing:?}");
}
