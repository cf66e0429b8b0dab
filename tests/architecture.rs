//! The plan of the house: which room may import which, and which file is the
//! one door to each foreign crate.
//!
//! Reads the sources, resolves every `crate::…`, `banxin::…` and `super::…`
//! path to the room it names, and compares it with [`ROOMS`]. Test modules
//! are left out: the plan binds the program, not its tests.

#![allow(
    clippy::disallowed_methods,
    reason = "the test reads the sources it judges"
)]
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A room and what it may import: path prefixes below the crate root, another
/// room or single items of one. A room may always import itself.
struct Room {
    name: &'static str,
    imports: &'static [&'static str],
}

const BASE: [&str; 12] = [
    "base/geom",
    "base/diag",
    "base/digest",
    "base/bytes",
    "base/clreq",
    "base/colour",
    "base/font",
    "base/imposition",
    "base/lexicon",
    "base/memory",
    "base/pdf",
    "base/photo",
];

/// The import table. Most specific names first.
const ROOMS: &[Room] = &[
    Room {
        name: "base/geom",
        imports: &[],
    },
    Room {
        name: "base/diag",
        imports: &[],
    },
    Room {
        name: "base/digest",
        imports: &[],
    },
    Room {
        name: "base/bytes",
        imports: &["base/geom", "base/diag"],
    },
    Room {
        name: "base/clreq",
        imports: &["base/geom"],
    },
    Room {
        name: "base/colour",
        imports: &["base/bytes", "base/diag", "base/digest"],
    },
    Room {
        name: "base/font",
        imports: &["base/geom", "base/diag", "base/bytes"],
    },
    Room {
        name: "base/imposition",
        imports: &[],
    },
    Room {
        name: "base/lexicon",
        imports: &[],
    },
    Room {
        name: "base/memory",
        imports: &[],
    },
    Room {
        name: "base/pdf",
        imports: &["base/bytes"],
    },
    Room {
        name: "base/photo",
        imports: &[
            "base/geom",
            "base/diag",
            "base/bytes",
            "base/memory",
            "base/pdf",
        ],
    },
    Room {
        name: "story",
        imports: &["base"],
    },
    // The display list names inks and roles in the words of the story.
    Room {
        name: "page",
        imports: &["base", "story/Ink", "story/Role"],
    },
    // The copy editor reads manuscripts and knows nothing of pages.
    Room {
        name: "desk/lint",
        imports: &[
            "base",
            "story/Piece",
            "story/place",
            "desk/manuscript",
            "desk/passage",
            "desk/date",
        ],
    },
    // The plan counts in the page's grid.
    Room {
        name: "desk",
        imports: &["base", "story", "page/Grid", "page/baseline_in_frame"],
    },
    Room {
        name: "compose",
        imports: &["base", "story"],
    },
    Room {
        name: "makeup",
        imports: &["base", "story", "page", "desk", "compose"],
    },
    // Siblings are strangers: each writer is a room of its own.
    Room {
        name: "write/pdf",
        imports: &["base", "page", "story/Ink", "story/Role"],
    },
    Room {
        name: "write/png",
        imports: &["base", "page", "story/Ink", "story/Role"],
    },
    Room {
        name: "write/printpdf",
        imports: &["base", "page", "story/Ink"],
    },
    Room {
        name: "write/dump",
        imports: &["base", "page", "story/Ink", "story/Role"],
    },
    Room {
        name: "proof",
        imports: &["base", "page", "story/Ink", "story/Role"],
    },
    // Files are read back, whoever wrote them.
    Room {
        name: "readback",
        imports: &["base"],
    },
    Room {
        name: "plates",
        imports: &["base", "readback"],
    },
    Room {
        name: "preflight",
        imports: &["base", "readback", "plates"],
    },
    Room {
        name: "press",
        imports: &[
            "base",
            "story",
            "page",
            "desk",
            "compose",
            "makeup",
            "write",
            "proof",
            "preflight",
            "plates",
        ],
    },
    Room {
        name: "batch",
        imports: &["base", "press"],
    },
    Room {
        name: "serve",
        imports: &["base", "press"],
    },
    Room {
        name: "cli",
        imports: &["base", "press", "batch", "serve"],
    },
    Room {
        name: "main",
        imports: &["cli"],
    },
];

/// The doors: files and folders that may name a foreign crate. A dependency
/// of the package that is not listed here is a fault too.
const DOORS: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("codespan_reporting", &["cli"]),
    ("flate2", &["base/pdf", "base/photo"]),
    ("fst", &["base/lexicon"]),
    ("hayro", &["write/png"]),
    ("hayro_ccitt", &["base/photo/tiff"]),
    ("hayro_font", &["base/pdf"]),
    ("hayro_syntax", &["base/pdf"]),
    ("hayro_write", &["write/pdf"]),
    ("hypher", &["compose/spacing"]),
    ("image", &["write"]),
    ("image_webp", &["base/photo/webp"]),
    ("indicatif", &["cli"]),
    ("libdeflater", &["write/pdf"]),
    ("jpeg_encoder", &["write/pdf"]),
    ("mimalloc", &["main"]),
    ("moxcms", &["base/colour/icc"]),
    ("pdf_writer", &["write/pdf"]),
    ("png", &["base/photo/png"]),
    ("printpdf", &["write/printpdf"]),
    ("pulldown_cmark", &["desk/manuscript"]),
    ("rayon", &["press", "batch", "write/pdf"]),
    ("roxmltree", &["preflight"]),
    ("rustybuzz", &["compose/shape"]),
    ("saphyr_parser", &["desk/manuscript"]),
    ("schemars", &["desk"]),
    ("self_cell", &["base/font", "compose/shape"]),
    (
        "serde",
        &[
            "base",
            "desk",
            "compose/lines_report",
            "write",
            "press",
            "batch",
            "cli",
        ],
    ),
    (
        "serde_json",
        &[
            "desk",
            "compose/lines_report",
            "write",
            "press",
            "batch",
            "cli",
        ],
    ),
    ("sha2", &["press/manifest"]),
    ("simplet2s", &["desk/lint"]),
    ("skrifa", &["base/pdf"]),
    ("strsim", &["desk"]),
    ("subsetter", &["write/pdf"]),
    ("thiserror", &["base", "desk", "write", "press"]),
    ("toml", &["desk"]),
    ("ttf_parser", &["base/font"]),
    ("twox_hash", &["base/digest"]),
    ("unicode_linebreak", &["compose/spacing"]),
    ("unicode_vo", &["base/clreq"]),
    ("usvg", &["base/photo"]),
    ("vmap", &["press"]),
    ("weezl", &["base/photo/tiff"]),
    ("zeno", &["plates"]),
    ("zune_jpeg", &["base/photo/jpeg"]),
];

/// Rooms that may touch the outside world through `std`.
const OUTSIDE_ROOMS: &[&str] = &["press", "batch", "serve", "cli", "main"];
/// The parts of `std` that are the outside world.
const OUTSIDE: &[&str] = &["fs", "env", "net", "process", "thread", "time"];

// ---------------------------------------------------------------- reading

/// One word or mark of Rust source.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Mark(char),
    /// `::`
    Path,
}

/// Splits source into words and marks, without comments and literals.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |n: usize| chars.get(n).copied().unwrap_or('\0');
    let mut out = Vec::new();
    let mut n = 0;
    while n < chars.len() {
        let c = at(n);
        if c == '/' && at(n + 1) == '/' {
            while n < chars.len() && at(n) != '\n' {
                n += 1;
            }
        } else if c == '/' && at(n + 1) == '*' {
            let mut depth = 0;
            loop {
                if at(n) == '/' && at(n + 1) == '*' {
                    depth += 1;
                    n += 2;
                } else if at(n) == '*' && at(n + 1) == '/' {
                    depth -= 1;
                    n += 2;
                } else {
                    n += 1;
                }
                if depth == 0 || n >= chars.len() {
                    break;
                }
            }
        } else if c == '"' {
            n = skip_string(&chars, n);
        } else if c == '\'' {
            // A character literal closes after one (escaped) character; a
            // lifetime does not.
            if at(n + 1) == '\\' {
                n += 3;
                while n < chars.len() && at(n) != '\'' {
                    n += 1;
                }
                n += 1;
            } else if at(n + 2) == '\'' {
                n += 3;
            } else {
                n += 1;
            }
        } else if c.is_alphabetic() || c == '_' {
            let start = n;
            while at(n).is_alphanumeric() || at(n) == '_' {
                n += 1;
            }
            let word: String = chars[start..n].iter().collect();
            let raw = matches!(word.as_str(), "r" | "br" | "cr") && matches!(at(n), '"' | '#');
            if raw && raw_string_starts(&chars, n) {
                n = skip_raw_string(&chars, n);
            } else if matches!(word.as_str(), "b" | "c") && at(n) == '"' {
                n = skip_string(&chars, n);
            } else if word == "r" && at(n) == '#' {
                n += 1; // raw identifier: its name follows
            } else {
                out.push(Token::Word(word));
            }
        } else if c == ':' && at(n + 1) == ':' {
            out.push(Token::Path);
            n += 2;
        } else {
            if !c.is_whitespace() {
                out.push(Token::Mark(c));
            }
            n += 1;
        }
    }
    out
}

fn skip_string(chars: &[char], mut n: usize) -> usize {
    n += 1;
    while n < chars.len() && chars[n] != '"' {
        n += if chars[n] == '\\' { 2 } else { 1 };
    }
    n + 1
}

fn raw_string_starts(chars: &[char], mut n: usize) -> bool {
    while chars.get(n) == Some(&'#') {
        n += 1;
    }
    chars.get(n) == Some(&'"')
}

fn skip_raw_string(chars: &[char], mut n: usize) -> usize {
    let mut hashes = 0;
    while chars.get(n) == Some(&'#') {
        hashes += 1;
        n += 1;
    }
    n += 1;
    while n < chars.len() {
        let closed = chars[n] == '"'
            && chars[n + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes;
        if closed {
            return n + 1 + hashes;
        }
        n += 1;
    }
    n
}

/// Leaves out every item marked `#[cfg(test)]`.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let word = |text: &str| Token::Word(text.into());
    let mark = [
        Token::Mark('#'),
        Token::Mark('['),
        word("cfg"),
        Token::Mark('('),
        word("test"),
        Token::Mark(')'),
        Token::Mark(']'),
    ];
    let mut out = Vec::new();
    let mut n = 0;
    while n < tokens.len() {
        if !tokens[n..].starts_with(&mark) {
            out.push(tokens[n].clone());
            n += 1;
            continue;
        }
        // To the item's closing brace, or its semicolon where it has none.
        n += mark.len();
        let mut depth = 0;
        while n < tokens.len() {
            let token = &tokens[n];
            n += 1;
            match token {
                Token::Mark('{' | '(' | '[') => depth += 1,
                Token::Mark(']' | ')') => depth -= 1,
                Token::Mark('}') => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Token::Mark(';') if depth == 0 => break,
                _ => {}
            }
        }
    }
    out
}

/// The files that a file declares as `#[cfg(test)] mod name;`.
fn test_modules(module: &str, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut names = Vec::new();
    for (n, window) in tokens.windows(3).enumerate() {
        if let [Token::Word(word), Token::Word(name), Token::Mark(';')] = window
            && word == "mod"
        {
            // Back to the end of the item before: attributes stand between.
            let ends = |token: &Token| matches!(token, Token::Mark(';' | '}' | '{'));
            let start = tokens[..n].iter().rposition(ends).map_or(0, |end| end + 1);
            let test = [
                Token::Word("cfg".into()),
                Token::Mark('('),
                Token::Word("test".into()),
                Token::Mark(')'),
            ];
            if tokens[start..n].windows(4).any(|tokens| tokens == test) {
                names.push(
                    format!("{module}/{name}")
                        .trim_start_matches('/')
                        .to_owned(),
                );
            }
        }
    }
    names
}

// ---------------------------------------------------------------- resolving

/// Every path named in `tokens`, use trees flattened, with the inline module
/// it stands in. `use a::{b, c::d}` gives `a::b` and `a::c::d`.
fn paths(tokens: &[Token]) -> Vec<(Vec<String>, Vec<String>)> {
    let mut out = Vec::new();
    let mut modules: Vec<(String, i32)> = Vec::new();
    let mut depth = 0;
    let mut n = 0;
    while n < tokens.len() {
        match &tokens[n] {
            Token::Mark('{') => depth += 1,
            Token::Mark('}') => {
                depth -= 1;
                modules.retain(|(_, at)| *at <= depth);
            }
            Token::Word(word) if word == "mod" => {
                if let (Some(Token::Word(name)), Some(Token::Mark('{'))) =
                    (tokens.get(n + 1), tokens.get(n + 2))
                {
                    depth += 1;
                    modules.push((name.clone(), depth));
                    n += 3;
                    continue;
                }
            }
            Token::Word(word) => {
                let here: Vec<String> = modules.iter().map(|(name, _)| name.clone()).collect();
                let opened = n > 0 && tokens[n - 1] == Token::Path;
                if word == "use" {
                    let mut leaves = Vec::new();
                    n = use_tree(tokens, n + 1, &[], &mut leaves);
                    out.extend(leaves.into_iter().map(|leaf| (leaf, here.clone())));
                    continue;
                } else if !opened && tokens.get(n + 1) == Some(&Token::Path) {
                    let mut path = vec![word.clone()];
                    let mut m = n + 1;
                    while let (Some(Token::Path), Some(Token::Word(next))) =
                        (tokens.get(m), tokens.get(m + 1))
                    {
                        path.push(next.clone());
                        m += 2;
                    }
                    out.push((path, here));
                    n = m;
                    continue;
                }
            }
            _ => {}
        }
        n += 1;
    }
    out
}

/// Reads one use tree from `n`; returns where it ends.
fn use_tree(
    tokens: &[Token],
    mut n: usize,
    stem: &[String],
    leaves: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = stem.to_vec();
    loop {
        match tokens.get(n) {
            Some(Token::Word(word)) if word == "as" => n += 2,
            Some(Token::Word(word)) => {
                path.push(word.clone());
                n += 1;
            }
            Some(Token::Path) => n += 1,
            Some(Token::Mark('*')) => {
                path.push("*".into());
                n += 1;
            }
            Some(Token::Mark('{')) => {
                n += 1;
                while !matches!(tokens.get(n), Some(Token::Mark('}')) | None) {
                    n = use_tree(tokens, n, &path, leaves);
                    if tokens.get(n) == Some(&Token::Mark(',')) {
                        n += 1;
                    }
                }
                return n + 1;
            }
            _ => break,
        }
    }
    if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
        path.pop();
    }
    leaves.push(path);
    n
}

/// The module path of a file: `base/font.rs` → `base/font`, `desk/mod.rs` →
/// `desk`, `lib.rs` → the root.
fn module_of(file: &str) -> String {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    if stem == "lib" {
        return String::new();
    }
    stem.strip_suffix("/mod").unwrap_or(stem).to_owned()
}

/// Whether `path` is `prefix` or lies below it.
fn below(path: &str, prefix: &str) -> bool {
    path == prefix
        || path
            .strip_prefix(prefix)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// Whether an allowed name covers a path; `base` stands for all its rooms.
fn covers(allowed: &str, path: &str) -> bool {
    if allowed == "base" {
        BASE.iter().any(|room| below(path, room))
    } else {
        below(path, allowed)
    }
}

/// The room a module path lies in.
fn room_of(path: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| below(path, room.name))
}

/// A path below the crate root, if `path` is one: `crate::`, `banxin::`,
/// `self::` and `super::` taken out.
fn inside(path: &[String], module: &str, here: &[String]) -> Option<String> {
    let mut base: Vec<&str> = module.split('/').filter(|part| !part.is_empty()).collect();
    base.extend(here.iter().map(String::as_str));
    let mut rest = path;
    match rest.first()?.as_str() {
        "crate" | "banxin" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|part| part == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => return None,
    }
    base.extend(rest.iter().map(String::as_str));
    Some(base.join("/"))
}

/// Judges the sources: `files` are paths below `src` with their text,
/// `dependencies` the crate names of the manifest.
fn judge(files: &[(String, String)], dependencies: &[String]) -> Vec<String> {
    let doors: BTreeMap<&str, &[&str]> = DOORS.iter().copied().collect();
    let mut faults = Vec::new();
    for name in dependencies {
        if !doors.contains_key(name.as_str()) {
            faults.push(format!(
                "Cargo.toml: `{name}` has no door in tests/architecture.rs"
            ));
        }
    }
    let tests: Vec<String> = files
        .iter()
        .flat_map(|(file, text)| test_modules(&module_of(file), text))
        .collect();
    for (file, text) in files {
        let module = module_of(file);
        if tests.iter().any(|test| below(&module, test)) {
            continue;
        }
        // Folders of rooms (base/mod.rs, write/mod.rs) and the root only
        // declare modules; what else they import is judged as their own room.
        let room = room_of(&module);
        let tokens = without_tests(&tokens(text));
        let declared = declared_names(&tokens);
        for (path, here) in paths(&tokens) {
            let shown = path.join("::");
            if let Some(target) = inside(&path, &module, &here) {
                if below(&target, &module) && !module.is_empty() {
                    continue;
                }
                let own = room.is_some_and(|room| below(&target, room.name));
                let allowed =
                    room.is_some_and(|room| room.imports.iter().any(|name| covers(name, &target)));
                if !own && !allowed {
                    let name = room.map_or(module.as_str(), |room| room.name);
                    faults.push(format!("{file}: room `{name}` may not import `{shown}`"));
                }
                continue;
            }
            let first = path[0].as_str();
            if declared.contains(first) && path.len() > 1 && !is_std(first) {
                continue;
            }
            if let Some(doors) = doors.get(first)
                && !doors.iter().any(|door| below(&module, door))
            {
                faults.push(format!(
                    "{file}: `{shown}`: the door to `{first}` is {}",
                    doors.join(", ")
                ));
            }
            if is_std(first)
                && path
                    .get(1)
                    .is_some_and(|part| OUTSIDE.contains(&part.as_str()))
                && !OUTSIDE_ROOMS.iter().any(|room| below(&module, room))
            {
                faults.push(format!(
                    "{file}: `{shown}`: the outside world is for press and above"
                ));
            }
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn is_std(name: &str) -> bool {
    matches!(name, "std" | "core" | "alloc")
}

/// Names a file binds itself, so that `image::x` may be its own module.
fn declared_names(tokens: &[Token]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for pair in tokens.windows(2) {
        if let [Token::Word(keyword), Token::Word(name)] = pair
            && keyword == "mod"
        {
            names.insert(name.clone());
        }
    }
    for (path, _) in paths(tokens) {
        if matches!(
            path.first().map(String::as_str),
            Some("crate" | "super" | "self")
        ) && let Some(last) = path.last()
        {
            names.insert(last.clone());
        }
    }
    names
}

// ---------------------------------------------------------------- the house

fn sources(dir: &Path, root: &Path, out: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, root, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            out.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn house() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &root, &mut files);
    files
}

fn dependencies() -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    let names = manifest["dependencies"].as_table().unwrap();
    names.keys().map(|name| name.replace('-', "_")).collect()
}

#[test]
fn every_room_imports_what_the_plan_allows() {
    let files = house();
    assert!(files.len() > 5, "the sources were not found");
    let faults = judge(&files, &dependencies());
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_file_lies_in_a_room() {
    let folders = ["", "main", "base", "write"];
    for (file, _) in house() {
        let module = module_of(&file);
        let known = folders.contains(&module.as_str()) || room_of(&module).is_some();
        assert!(known, "src/{file} lies in no room of tests/architecture.rs");
    }
}

// ---------------------------------------------------------------- the judge

fn judged(file: &str, text: &str) -> Vec<String> {
    judge(&[(file.into(), text.into())], &[])
}

#[test]
fn a_room_that_looks_up_is_caught() {
    for (file, text) in [
        ("compose/line.rs", "use crate::makeup::Frame;"),
        ("base/geom.rs", "use crate::base::diag::Span;"),
        ("write/pdf/mod.rs", "use crate::write::png::render;"),
        ("write/pdf/mod.rs", "use crate::story::Story;"),
        ("write/dump.rs", "use super::pdf::write;"),
        (
            "page.rs",
            "use crate::{base::geom::Length, desk::plan::PagePlan};",
        ),
        ("desk/plan.rs", "use crate::page::{Grid, Page};"),
        ("compose/shape.rs", "fn f() { crate::press::build() }"),
        ("makeup/mod.rs", "use crate::base;"),
        ("makeup/mod.rs", "use crate::*;"),
        ("cli/mod.rs", "use crate::desk::layout::Layout;"),
        ("main.rs", "fn main() { banxin::press::build() }"),
        ("story.rs", "mod inner { use super::super::page::Page; }"),
    ] {
        assert_eq!(judged(file, text).len(), 1, "{file}: {text}");
    }
}

#[test]
fn what_the_plan_allows_is_let_pass() {
    for (file, text) in [
        (
            "compose/line.rs",
            "use crate::story::{Role, Story}; use super::run::Run;",
        ),
        (
            "compose/line.rs",
            "use crate::base::{diag::Span, geom::{self, Length}};",
        ),
        ("desk/plan.rs", "use crate::page::Grid;"),
        (
            "write/pdf/text.rs",
            "use super::colour::Ink; use crate::page::Page;",
        ),
        (
            "makeup/mod.rs",
            "#[cfg(test)] mod tests { use crate::press::build; }",
        ),
        (
            "makeup/mod.rs",
            "// crate::press\n/* use crate::press::x; */ const A: &str = \"crate::press::x\";",
        ),
        (
            "makeup/mod.rs",
            "const A: &str = r#\"crate::press::x\"#; const B: char = '\"'; fn f<'a>() {}",
        ),
        ("main.rs", "fn main() { banxin::cli::run() }"),
        ("lib.rs", "pub mod base; pub mod story;"),
    ] {
        assert_eq!(judged(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn a_file_of_tests_is_left_out() {
    let house = |declared: &str| {
        let files = [
            ("makeup/mod.rs".to_owned(), declared.to_owned()),
            (
                "makeup/double.rs".to_owned(),
                "use crate::press::build;".to_owned(),
            ),
        ];
        judge(&files, &[]).len()
    };
    assert_eq!(house("#[cfg(test)]\npub(crate) mod double;"), 0);
    assert_eq!(
        house("#[cfg(test)]\n#[allow(x, reason = \"y\")]\nmod double;"),
        0
    );
    assert_eq!(house("#[cfg(test)] mod tests; mod double;"), 1);
}

#[test]
fn a_second_door_is_caught() {
    for (file, text) in [
        ("compose/spacing.rs", "use rustybuzz::Face;"),
        (
            "compose/shape.rs",
            "fn f() { ttf_parser::Face::parse(b\"\", 0); }",
        ),
        ("desk/layout.rs", "use pulldown_cmark::Parser;"),
        ("press/mod.rs", "use indicatif::ProgressBar;"),
        ("write/png.rs", "use pdf_writer::Pdf;"),
        ("desk/layout.rs", "use std::fs;"),
        (
            "makeup/mod.rs",
            "use std::{collections::BTreeMap, time::Instant};",
        ),
    ] {
        assert_eq!(judged(file, text).len(), 1, "{file}: {text}");
    }
    for (file, text) in [
        ("compose/shape.rs", "use rustybuzz::Face;"),
        ("cli/mod.rs", "mod image; pub use image::encode;"),
        ("cli/mod.rs", "use std::fs;"),
    ] {
        assert_eq!(judged(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn a_dependency_without_a_door_is_caught() {
    assert_eq!(judge(&[], &["left_pad".into()]).len(), 1);
}
