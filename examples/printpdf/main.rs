//! Chinese columns in a document that a program builds with `printpdf`.
//!
//! `cargo run --features printpdf --example printpdf -- ARTICLE.md OUT.pdf`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example writes its file and says so"
)]

use std::path::PathBuf;

use banxin::press::{Job, Press};
use banxin::write::printpdf::Drawer;
use printpdf::{PdfDocument, PdfSaveOptions};

fn main() {
    let mut words = std::env::args().skip(1);
    let (Some(input), Some(output)) = (words.next(), words.next()) else {
        println!("printpdf ARTICLE.md OUT.pdf");
        return;
    };
    let (press, _) = Press::open(&[]);
    let job = Job {
        input: PathBuf::from(input),
        layout: None,
        fit: false,
    };
    let (pages, report) = press.set(&job);
    for finding in report.all() {
        println!("{}: {}", finding.code, finding.message.en);
    }
    let mut document = PdfDocument::new("Set by banxin");
    let mut drawer = Drawer::new(press.fonts());
    let mut sheets = Vec::new();
    for page in &pages {
        match drawer.draw(page, &mut document) {
            Ok(drawn) => {
                for name in drawn.left_out {
                    println!("left out: {name}");
                }
                sheets.push(drawn.page);
            }
            Err(fault) => println!("{}: {}", fault.code, fault.message.en),
        }
    }
    document.with_pages(sheets);
    let bytes = document.save(&PdfSaveOptions::default(), &mut Vec::new());
    match std::fs::write(&output, bytes) {
        Ok(()) => println!("wrote {output}"),
        Err(error) => println!("{output}: {error}"),
    }
}
