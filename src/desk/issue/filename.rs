//! 文件名: what the files of an issue are called (N22).

use std::ops::Range;

use crate::desk::form::{Fault, Leaf, Notes};

/// A pattern for the names of page files, without their ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

/// The fields that a pattern may have.
const FIELDS: [&str; 6] = ["code", "yyyymmdd", "yyyy", "section", "page", "page2"];

impl Default for FileName {
    fn default() -> Self {
        Self("{code}_{yyyymmdd}_{page}".to_owned())
    }
}

impl FileName {
    /// The pattern of an issue; the usual one where none is written, or where
    /// it is faulty, which is said.
    pub(super) fn read(leaf: &Leaf<String>, notes: &mut Notes) -> Self {
        let Some(pattern) = notes.take(leaf) else {
            return Self::default();
        };
        match fault(&pattern) {
            None => Self(pattern),
            Some((zh, en)) => {
                refuse(leaf.span(), (zh, en), notes);
                Self::default()
            }
        }
    }

    /// The name of a page of a paper: `date` of eight figures, `number` as
    /// `A01`.
    pub fn stem(&self, code: &str, date: &str, number: &str) -> String {
        let digits = number.find(|c: char| c.is_ascii_digit());
        let (section, figures) = match digits {
            Some(at) => number.split_at(at),
            None => ("", number),
        };
        let year = date.get(..4).unwrap_or(date);
        let values = [code, date, year, section, number, figures];
        let mut name = self.0.clone();
        for (field, value) in FIELDS.iter().zip(values) {
            name = name.replace(&format!("{{{field}}}"), value);
        }
        name
    }
}

/// What is wrong with a pattern.
fn fault(pattern: &str) -> Option<(String, String)> {
    let mut rest = pattern.to_owned();
    for field in FIELDS {
        rest = rest.replace(&format!("{{{field}}}"), "");
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if let Some(odd) = rest.chars().find(|&c| !plain(c)) {
        return Some((
            format!("文件名里不能有“{odd}”"),
            format!("a file name cannot have `{odd}`"),
        ));
    }
    let paged = pattern.contains("{page}") || pattern.contains("{page2}");
    (!paged).then(|| {
        (
            "文件名里没有版序，各版会互相覆盖".to_owned(),
            "without the number of the page, the pages overwrite each other".to_owned(),
        )
    })
}

fn refuse(place: Option<Range<usize>>, fault: (String, String), notes: &mut Notes) {
    notes.fatal(
        Fault::WrongValue,
        place.as_ref(),
        fault,
        Some((
            "用 {code} {yyyymmdd} {yyyy} {section} {page} {page2}、ASCII 字母、数字和 - _ .，如 \"{code}{yyyymmdd}{section}{page2}\"".into(),
            "write {code} {yyyymmdd} {yyyy} {section} {page} {page2}, ASCII letters, figures and - _ . such as \"{code}{yyyymmdd}{section}{page2}\"".into(),
        )),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_n22_a_pattern_names_every_page() {
        let of = |pattern: &str, number: &str| {
            FileName(pattern.to_owned()).stem("YXRB", "20260502", number)
        };
        let print = "{code}{yyyymmdd}{section}{page2}";
        assert_eq!(of(print, "A01"), "YXRB20260502A01");
        assert_eq!(of(print, "04"), "YXRB2026050204");
        assert_eq!(of(print, "02-03"), "YXRB2026050202-03");
        assert_eq!(of("{yyyy}-{page}_v2", "B12"), "2026-B12_v2");
        let usual = FileName::default().stem("YXRB", "20260502", "01");
        assert_eq!(usual, "YXRB_20260502_01");
    }

    #[test]
    fn print_n22_patterns_that_cannot_be_are_told() {
        for bad in [
            "{code}",
            "{code}/{page}",
            "第{page}版",
            "{page} {code}",
            "{pages}{page}",
            "{page",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
        assert_eq!(fault("{code}_{page2}.v1"), None);
    }
}
