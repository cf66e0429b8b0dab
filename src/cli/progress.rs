//! The progress of a batch, on standard error.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use super::render::{self, Style};
use crate::base::diag::{Diagnostic, Severity, Sources};
use crate::batch::{Entry, Watch};
use crate::press::report::Report;

/// A bar where a person looks on, findings as they come.
pub(super) struct Progress {
    bar: ProgressBar,
    style: Style,
}

impl Progress {
    /// A bar that is drawn unless `quiet`, and never where nobody looks on.
    pub(super) fn new(style: Style, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if quiet || style.json {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        // The template is a constant: should it ever be wrong, the default
        // bar is drawn.
        if let Ok(looks) = ProgressStyle::with_template("{bar:32} {pos}/{len} {elapsed} {wide_msg}")
        {
            bar.set_style(looks);
        }
        Self { bar, style }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn start(&self, total: usize, done: usize) {
        self.bar.set_length(total as u64);
        self.bar.set_position(done as u64);
    }

    fn ended(&self, entry: &Entry, report: &Report) {
        self.bar.inc(1);
        self.bar.set_message(entry.input.display().to_string());
        // Warnings of thousands of issues belong in the report, not here.
        let grave: Vec<Diagnostic> = report
            .all()
            .filter(|note| self.style.json || note.severity >= Severity::Error)
            .cloned()
            .collect();
        if !grave.is_empty() {
            self.bar
                .suspend(|| render::print(&grave, &report.sources, self.style));
        }
    }

    fn object(&self, finding: &Diagnostic, sources: &Sources) -> Value {
        super::object(finding, sources, self.style.lang)
    }
}
