//! Golden dumps of pages: `pages/*.case`, one fact of make-up each.
//!
//! `--- layout` is what follows the common sheet, faces and styles of
//! `pages_base.toml`; `--- copy` the article; `--- issue`, where there is
//! one, the slots of a page of an issue, its articles in `--- copy NAME`.
//! Pictures are named `photo.jpg`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use banxin::base::diag::Lang;
use banxin::press::{Job, Press};

use crate::cases::{Case, in_folder, judge, root};
use crate::page_text::render;

/// The paper, invented, whose pages these are.
const ISSUE: &str = r#"
paper = "云溪日报"
code = "YXRB"
date = 2026-05-02
"#;

pub(crate) static PRESS: LazyLock<Press> = LazyLock::new(|| Press::open(&[]).0);

/// The files of a case on disk; gone when dropped.
pub(crate) struct Desk(PathBuf);

impl Desk {
    /// The files of a case and what to set of them; `trim` stands in for the
    /// line of the common sheet.
    pub(crate) fn lay_out(case: &Case, trim: Option<&str>) -> (Self, Job) {
        let name = format!("banxin-case-{}-{}", case.name, std::process::id());
        let dir = std::env::temp_dir().join(name);
        fs::create_dir_all(&dir).expect("a scratch folder");
        let put = |name: &str, text: &str| fs::write(dir.join(name), text).expect("a file");
        let mut base = fs::read_to_string(root().join("pages_base.toml")).expect("the base");
        if let Some(trim) = trim {
            base = base.replace("trim = [\"300mm\", \"200mm\"]", trim);
        }
        let mut input = dir.join("issue.toml");
        for (name, text) in &case.parts {
            match name.as_str() {
                "layout" => put("layout.toml", &format!("{base}{text}")),
                "issue" => put("issue.toml", &format!("{ISSUE}{text}")),
                "copy" => {
                    input = dir.join("copy.md");
                    put("copy.md", text);
                }
                "pages" => {}
                other => match other.strip_prefix("copy ") {
                    Some(name) => put(name, text),
                    None => panic!("{}: unknown part `{other}`", case.name),
                },
            }
        }
        let photo = "samples/yunxi/photos/cat.jpg";
        let photo = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(photo);
        fs::copy(photo, dir.join("photo.jpg")).expect("a photograph");
        let layout = Some(dir.join("layout.toml").display().to_string());
        (
            Self(dir),
            Job {
                input,
                layout,
                fit: false,
            },
        )
    }

    /// Where they are.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn every_case_gives_its_page() {
    judge("pages", |case| {
        let (_desk, job) = Desk::lay_out(case, None);
        let (dump, report) = PRESS.dump(&job, Lang::En);
        let dump = dump.unwrap_or_else(|| {
            let notes: Vec<_> = report.all().map(|note| &note.message.en).collect();
            panic!("{}: {notes:#?}", case.name)
        });
        render(&dump)
    });
}

#[test]
fn every_row_of_make_up_has_a_case() {
    let cases = in_folder("pages");
    let names: BTreeSet<&str> = cases.iter().flat_map(|case| case.name.split('_')).collect();
    let rows = [
        "e03", "e05", "n04", "n05", "n06", "n07", "n14", "n15", "n17", "n20", "n22", "n24", "n25",
        "n34", "n36", "n37", "n39", "n41", "p01", "p03", "p04", "p08", "p11", "p12", "p13", "p15",
        "p19", "p23", "p25", "p26", "p27", "p28", "p29", "p30", "p31", "p32", "t35", "t37",
    ];
    let missing: Vec<_> = rows.iter().filter(|row| !names.contains(**row)).collect();
    assert!(missing.is_empty(), "rows without a case: {missing:?}");
}
