//! `banxin lines`: a text in, typeset lines out, with no page around them.

use crate::base::clreq::{Fit, Level, Region, Scheme};
use std::sync::Arc;

use crate::base::diag::Diagnostic;
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::Length;
use crate::compose::lines_report::{self, LinesOptions};
use crate::compose::run::Run;
use crate::compose::shape::{ShapeCache, shape};
use crate::press::files;
use crate::story::{Ink, TextStyle};

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
    break_by(name, bytes, request, json, &lines_report::grid_run)
}

/// [`by_grid`] with the metrics of the body faces.
pub(super) fn by_fonts(
    name: &str,
    bytes: &[u8],
    request: &Request,
    json: bool,
    book: &FontBook,
    cache: &ShapeCache,
) -> Result<String, Diagnostic> {
    let faces = |stems: &[&str]| -> Arc<[FaceId]> {
        stems.iter().filter_map(|stem| book.find(stem)).collect()
    };
    let style = TextStyle {
        han: faces(&["NotoSerifSC-Regular", "NotoSansSC-Regular"]),
        latin: faces(&["texgyretermes-regular"]),
        size: lines_report::EM,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink: Ink::BLACK,
        half_em_digits: true,
    };
    if style.han.is_empty() {
        return Err(Diagnostic::fatal(
            "press/no-body-face",
            "找不到正文字体 NotoSerifSC-Regular",
            "the body face NotoSerifSC-Regular is not among the fonts",
        )
        .help("用 --fonts 指明字体文件夹", "name its folder with --fonts"));
    }
    let style = Arc::new(style);
    break_by(name, bytes, request, json, &|text| {
        shape(
            &lines_report::paragraph(text, Arc::clone(&style)),
            book,
            cache,
        )
    })
}

fn break_by(
    name: &str,
    bytes: &[u8],
    request: &Request,
    json: bool,
    make_run: &dyn Fn(&str) -> Run,
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
    let report = lines_report::report(text, &options, make_run).map_err(|note| *note)?;
    Ok(if json {
        report.to_json()
    } else {
        report.to_text()
    })
}
