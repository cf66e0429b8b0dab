//! The sweep: everything that composition hands out over a rich copy, under
//! many settings, held against golden dumps.
//!
//! A case of the suite says one fact; the sweep says that nothing else moves.
//! What it holds is not right because it is held: every dump was read against
//! the rules before it was blessed, and so must be what a change moves in it.
//! The copy is `tests/suite/sweep/copy.txt`, the dumps stand beside it, one a
//! setup. `BANXIN_BLESS=1 cargo test --lib sweep` writes them anew.

#![allow(
    clippy::disallowed_methods,
    reason = "the sweep reads its copy and its dumps, and blesses them when asked"
)]

mod dump;
mod fonts;
mod ideal;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::clreq::Scheme;
use crate::base::geom::Length;
use crate::story::{Align, ParaStyle, Placement, Turn};

/// The em of the sweep: 12 pt, which thirds and eighths divide.
const EM: Length = Length::pt(12);

/// A paragraph set by these rules, without indents.
fn para(scheme: Scheme) -> ParaStyle {
    ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        size: EM,
        pitch: EM.scale(4, 3),
        scheme: Arc::new(scheme),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/sweep")
}

/// The paragraphs of one part of the copy.
fn copy(part: &str) -> Vec<String> {
    static COPY: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let read = || fs::read_to_string(folder().join("copy.txt")).expect("the copy of the sweep");
    let text = COPY.get_or_init(read);
    let header = format!("[{part}]");
    let lines = text.lines().skip_while(|line| *line != header).skip(1);
    let paragraphs: Vec<String> = lines
        .take_while(|line| !line.starts_with('['))
        .map(named)
        .collect();
    assert!(!paragraphs.is_empty(), "no part [{part}] in the copy");
    paragraphs
}

/// Controls that cannot be seen stand by name in the copy.
const CONTROLS: [(&str, &str); 18] = [
    ("<TAB>", "\t"),
    ("<SHY>", "\u{AD}"),
    ("<EN>", "\u{2002}"),
    ("<EM>", "\u{2003}"),
    ("<3EM>", "\u{2004}"),
    ("<4EM>", "\u{2005}"),
    ("<6EM>", "\u{2006}"),
    ("<FIG>", "\u{2007}"),
    ("<PSP>", "\u{2008}"),
    ("<THIN>", "\u{2009}"),
    ("<HAIR>", "\u{200A}"),
    ("<NNBSP>", "\u{202F}"),
    ("<MMSP>", "\u{205F}"),
    ("<WJ>", "\u{2060}"),
    ("<NBSP>", "\u{A0}"),
    ("<ZWSP>", "\u{200B}"),
    ("<LF>", "\u{2028}"),
    ("<VS>", "\u{FE00}"),
];

fn named(line: &str) -> String {
    let spelt = |text: String, &(name, control): &(&str, &str)| text.replace(name, control);
    CONTROLS.iter().fold(line.to_owned(), spelt)
}

/// The same text with its controls by name again.
fn spelt(text: &str) -> String {
    let spelt = |text: String, &(name, control): &(&str, &str)| text.replace(control, name);
    CONTROLS.iter().fold(text.to_owned(), spelt)
}

/// Dumps by file name.
type Dumps = Vec<(String, String)>;

/// Compares dumps with those of the folder whose names start with `kind`, or
/// writes them. Whatever else of that kind lies there is unused and fails.
fn judge(kind: &str, dumps: &Dumps) {
    let blessing = std::env::var_os("BANXIN_BLESS").is_some_and(|word| word == "1");
    let mut faults = String::new();
    for (name, dump) in dumps {
        let name = format!("{kind}_{name}.dump");
        let path = folder().join(&name);
        if blessing {
            fs::write(&path, dump).expect("a writable dump");
            continue;
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        if golden == *dump {
            continue;
        }
        let (mut old, mut new) = (golden.lines(), dump.lines());
        for number in 1.. {
            let (expected, got) = (old.next(), new.next());
            if expected != got {
                let none = "(nothing)";
                let _ = write!(
                    faults,
                    "\n{name}:{number}\n  expected {}\n  got      {}\n",
                    expected.unwrap_or(none),
                    got.unwrap_or(none)
                );
                break;
            }
        }
    }
    let known: BTreeSet<String> =
        (dumps.iter().map(|(name, _)| format!("{kind}_{name}.dump"))).collect();
    for entry in fs::read_dir(folder()).expect("the folder of the sweep") {
        let name = entry.expect("a readable entry").file_name();
        let name = name.to_string_lossy().into_owned();
        if name.starts_with(kind) && !known.contains(&name) {
            let _ = write!(faults, "\n{name} is no dump of the sweep: an unused file\n");
        }
    }
    assert!(
        faults.is_empty(),
        "{faults}\nIf the change is meant: BANXIN_BLESS=1 cargo test --lib sweep, then read the diff.\n"
    );
}

#[test]
fn the_folder_holds_the_copy_and_dumps_alone() {
    let kinds = ["galley_", "lines_", "why_", "fonts_", "said_"];
    for entry in fs::read_dir(folder()).expect("the folder of the sweep") {
        let name = entry.expect("a readable entry").file_name();
        let name = name.to_string_lossy().into_owned();
        let dump = name.ends_with(".dump") && kinds.iter().any(|kind| name.starts_with(kind));
        assert!(dump || name == "copy.txt", "{name} is an unused file");
    }
}
