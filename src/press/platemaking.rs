//! 印前检查 of finished files, ours and others'.

use std::path::{Path, PathBuf};

use crate::base::bytes::Bytes;
use crate::base::colour::InkLimit;
use crate::preflight::{self, Profile, Verdict};
use crate::press::files::{self, Input, MAX_BINARY};
use crate::press::report::Report;

/// The most ink that a file may have which was separated to a limit, in
/// percent: 20 beyond it, as 240 stand beside 220 for newsprint (N4).
pub(super) fn most_ink(limit: InkLimit) -> f64 {
    f64::from(limit.as_percent()) + 20.0
}

/// Judges files, each by itself; one that cannot be read stops no other.
///
/// How many pages were looked at, and everything that was found: errors
/// forbid plating, `preflight/unreadable` and what `files::read` finds are
/// fatal.
pub fn preflight(paths: &[PathBuf], profile: Profile) -> (usize, Report) {
    judge(paths, profile, |_, _, _, _| {})
}

/// The same, and each file is handed on with what was found of it, as far as it
/// could be read.
pub(super) fn judge(
    paths: &[PathBuf],
    profile: Profile,
    mut filed: impl FnMut(&Path, Option<&Bytes>, Option<&Verdict>, &mut Report),
) -> (usize, Report) {
    let mut report = Report::default();
    let mut pages = 0;
    for path in paths {
        let name = path.display().to_string();
        let read = files::read(path, MAX_BINARY).map(|data| {
            report.inputs.push(Input::of(path, &data));
            Bytes::from(data)
        });
        let judged = match &read {
            Ok(bytes) => preflight::check(&name, bytes, profile),
            Err(note) => Err(note.clone()),
        };
        filed(path, read.as_ref().ok(), judged.as_ref().ok(), &mut report);
        match judged {
            Ok(verdict) => {
                pages += verdict.pages;
                report.findings.extend(verdict.findings);
            }
            Err(note) => report.findings.push(note),
        }
    }
    (pages, report)
}
