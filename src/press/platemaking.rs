//! 印前检查 of finished files, ours and others'.

use std::path::PathBuf;

use crate::base::bytes::Bytes;
use crate::base::colour::InkLimit;
use crate::preflight::{self, Profile};
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
    let mut report = Report::default();
    let mut pages = 0;
    for path in paths {
        let name = path.display().to_string();
        let judged = files::read(path, MAX_BINARY).and_then(|data| {
            report.inputs.push(Input::of(path, &data));
            preflight::check(&name, &Bytes::from(data), profile)
        });
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
