//! Case files: a header, named parts, and the expected dump as the last part.
//!
//! A part starts with a line `--- name`. Nothing in a folder of cases goes
//! unread, and an expected dump that does not agree fails.

use std::fs;
use std::path::{Path, PathBuf};

/// One case.
pub(crate) struct Case {
    /// Its file name without `.case`.
    pub(crate) name: String,
    /// What stands before the first part.
    pub(crate) header: String,
    /// The parts with their names, in order.
    pub(crate) parts: Vec<(String, String)>,
    path: PathBuf,
}

impl Case {
    fn read(path: PathBuf) -> Self {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let name = file
            .strip_suffix(".case")
            .unwrap_or_else(|| panic!("{file} is not a case: an unused file"))
            .to_owned();
        let text = fs::read_to_string(&path).expect("a readable case");
        let mut header = String::new();
        let mut parts: Vec<(String, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            match (line.strip_prefix("--- "), parts.last_mut()) {
                (Some(part), _) => parts.push((part.trim_end().to_owned(), String::new())),
                (None, Some((_, part))) => part.push_str(line),
                (None, None) => header.push_str(line),
            }
        }
        Self {
            name,
            header,
            parts,
            path,
        }
    }

    /// The part of a name.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.find(name)
            .unwrap_or_else(|| panic!("{}: no part `--- {name}`", self.name))
    }

    /// The part of a name, if there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let found = self.parts.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_str())
    }

    fn bless(&self, expected: &str, dump: &str) {
        let mut text = self.header.clone();
        for (name, part) in self.parts.iter().filter(|(name, _)| name != expected) {
            text.push_str(&format!("--- {name}\n{part}"));
        }
        text.push_str(&format!("--- {expected}\n{dump}"));
        fs::write(&self.path, text).expect("a writable case");
    }
}

/// `tests/suite`.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")
}

/// Whether golden dumps are to be written anew.
pub(crate) fn blessing() -> bool {
    std::env::var_os("BANXIN_BLESS").is_some_and(|word| word == "1")
}

/// All cases of a folder, by name. Any other file there is unused and fails.
pub(crate) fn in_folder(folder: &str) -> Vec<Case> {
    in_folder_beside(folder, "")
}

/// All cases of a folder whose files ending in `.beside` are another's to
/// read.
pub(crate) fn in_folder_beside(folder: &str, beside: &str) -> Vec<Case> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of cases");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable entry").path())
        .filter(|path| path.extension().is_none_or(|end| end != beside))
        .collect();
    paths.sort();
    paths.into_iter().map(Case::read).collect()
}

/// Compares the last part of every case of `folder`, which has the name of
/// the folder, with its dump.
pub(crate) fn judge(folder: &str, dump: impl Fn(&Case) -> String) {
    let mut failed = Vec::new();
    for case in in_folder(folder) {
        let dump = dump(&case);
        let expected = case.find(folder);
        if expected == Some(&dump) {
            continue;
        }
        if blessing() {
            case.bless(folder, &dump);
        } else {
            let expected = expected.unwrap_or("(nothing: run with BANXIN_BLESS=1)\n");
            failed.push(format!("{}\nexpected:\n{expected}got:\n{dump}", case.name));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}
