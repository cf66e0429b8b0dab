//! `banxin lines`: a text in, typeset lines out, with no page around them.

use crate::base::clreq::{Fit, Level, Region, Scheme};
use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::compose::lines_report::{self, LinesOptions};
use crate::press::files;

/// How a text is broken.
#[derive(Clone, Debug)]
pub struct Request {
    /// The measure, by [`em`].
    pub measure: Length,
    /// First-line indent, by [`em`].
    pub indent: Length,
    /// Level of the prohibitions.
    pub level: Level,
    /// When marks are squeezed.
    pub fit: Fit,
    /// Whose punctuation.
    pub region: Region,
    /// 直排.
    pub vertical: bool,
    /// 行尾悬挂.
    pub hanging: bool,
}

/// A number of em as typed, `13` or `6.5`, as an exact length.
pub fn em(text: &str) -> Option<Length> {
    lines_report::em_from_decimal(text)
}

/// Breaks each line of a UTF-8 text as a paragraph, by ideal metrics: as text
/// (one typeset line a line, a blank line between paragraphs) or as JSON
/// lines.
///
/// # Errors
///
/// A text that is not UTF-8, and what
/// [`report`](crate::compose::lines_report::report) refuses; fatal.
pub fn by_grid(
    name: &str,
    bytes: &[u8],
    request: &Request,
    json: bool,
) -> Result<String, Diagnostic> {
    let text = files::text(name, bytes)?;
    let scheme = Scheme {
        level: request.level,
        fit: request.fit,
        hanging: request.hanging,
        ..Scheme::for_region(request.region)
    };
    let options = LinesOptions {
        indent: request.indent,
        scheme,
        vertical: request.vertical,
        ..LinesOptions::new(request.measure)
    };
    let report = lines_report::report(text, &options, &lines_report::grid_run)?;
    Ok(if json {
        report.to_json()
    } else {
        report.to_text()
    })
}
