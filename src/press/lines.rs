//! `banxin lines`: a text in, typeset lines out, with no page around them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::base::clreq::{Direction, Em, Profile, Scheme};
use crate::base::diag::{Diagnostic, Lang, SourceId, Sources, Span};
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::Length;
use crate::compose::faces;
use crate::compose::lines_report::{self, LinesOptions, LinesReport};
use crate::compose::run::Run;
use crate::compose::shape::{ShapeCache, shape, without_forms};
use crate::press::files;
pub use crate::story::{Align, Turn};
use crate::story::{FacePair, Ink, TextStyle};

/// How a text is broken.
#[derive(Clone, Debug)]
pub struct Request {
    /// The measure, by [`em`].
    pub measure: Length,
    /// First-line indent, by [`em`].
    pub indent: Length,
    /// Alignment.
    pub align: Align,
    /// Where the lines turn.
    pub turn: Turn,
    /// Say of each line why it stands as it does, in this language.
    pub explain: Option<Lang>,
    /// The rules.
    pub scheme: Scheme,
}

/// A broken text.
#[derive(Clone, Debug, Default)]
pub struct Broken {
    /// The typeset lines, as text or as JSON lines.
    pub text: String,
    /// What the fonts do not hold, and what is wrong with single lines, with
    /// the places.
    pub notes: Vec<Diagnostic>,
    /// The text that was broken.
    pub sources: Sources,
}

/// A part of an em as typed, `1/3`, `0.25` or `1`, from nothing to 4 em.
pub fn part(text: &str) -> Option<Em> {
    let whole = |text: &str| {
        let plain = !text.is_empty() && text.len() < 6 && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<i64>().ok()).flatten()
    };
    let units = match text.split_once('/') {
        Some((above, below)) => {
            let below = whole(below).filter(|&below| below > 0)?;
            whole(above)? * i64::from(Em::UNITS) / below
        }
        None => em(text)?
            .scale(i64::from(Em::UNITS), lines_report::EM.raw())
            .raw(),
    };
    let units = i32::try_from(units).ok()?;
    (0..=Em::UNITS * 4).contains(&units).then_some(Em(units))
}

/// The profile of a measure by [`em`] (N12).
pub fn profile_of(measure: Length) -> Profile {
    Profile::of_measure(measure.cover(lines_report::EM))
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
) -> Result<Broken, Diagnostic> {
    let make_run: &dyn Fn(&str) -> Run = match request.scheme.direction {
        Direction::Horizontal => &lines_report::grid_run,
        Direction::Vertical => &lines_report::grid_run_vertical,
    };
    break_by(name, bytes, request, json, make_run)
}

/// [`by_grid`] with the metrics of the body faces.
pub(super) fn by_fonts(
    name: &str,
    bytes: &[u8],
    request: &Request,
    json: bool,
    book: &FontBook,
    cache: &ShapeCache,
) -> Result<Broken, Diagnostic> {
    let found = |stems: &[&str]| -> Arc<[FaceId]> {
        stems.iter().filter_map(|stem| book.find(stem)).collect()
    };
    let style = TextStyle {
        han: found(&["NotoSerifSC-Regular", "NotoSansSC-Regular"]),
        latin: found(&["texgyretermes-regular"]),
        size: lines_report::EM,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink: Ink::BLACK,
        half_em_digits: true,
        pair: FacePair::default(),
        raised: None,
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
    let broken = break_by(name, bytes, request, json, &|text| {
        shape(
            &lines_report::paragraph(text, Arc::clone(&style), &request.scheme),
            book,
            cache,
        )
    });
    let region = request.scheme.region;
    let bare = without_forms(&style.han[..1], region, book, cache);
    broken.map(|mut broken| {
        if !bare.is_empty() {
            let names: Vec<&str> = bare.iter().map(|&id| book.face(id).name()).collect();
            broken
                .notes
                .push(faces::without_forms(region, &names, None));
        }
        broken
    })
}

fn break_by(
    name: &str,
    bytes: &[u8],
    request: &Request,
    json: bool,
    make_run: &dyn Fn(&str) -> Run,
) -> Result<Broken, Diagnostic> {
    let text = files::text(name, bytes)?;
    let options = LinesOptions {
        indent: request.indent,
        scheme: request.scheme.clone(),
        align: request.align,
        turn: request.turn,
        explain: request.explain,
        ..LinesOptions::new(request.measure)
    };
    let report = lines_report::report(text, &options, make_run).map_err(|note| *note)?;
    let mut broken = Broken {
        text: if json {
            report.to_json()
        } else {
            report.to_text()
        },
        ..Broken::default()
    };
    let source = broken.sources.add(name, text);
    broken.notes = notes(&report, source);
    Ok(broken)
}

/// What the fonts do not hold, once a character at its first place, then what
/// is to be said of single lines.
fn notes(report: &LinesReport, source: SourceId) -> Vec<Diagnostic> {
    let place = |text: &Range<u32>| Span {
        source,
        start: text.start,
        end: text.end,
    };
    let mut missing: BTreeMap<char, (usize, Span)> = BTreeMap::new();
    for one in &report.missing {
        let first = (0, place(&one.text));
        missing.entry(one.character).or_insert(first).0 += 1;
    }
    let mut served = BTreeSet::new();
    let missing = missing.into_iter();
    missing
        .map(|(character, (count, place))| faces::missing(character, count, None, Some(place)))
        .chain(
            report
                .fallbacks
                .iter()
                .filter(|known| served.insert(known.character))
                .map(|known| faces::fallback(known, None, Some(place(&known.text)))),
        )
        .chain(
            report
                .notes
                .iter()
                .map(|(text, note)| note.clone().at(place(text))),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l16_a_word_broken_by_force_is_told_with_its_line() {
        let request = Request {
            measure: em("3").unwrap_or_default(),
            indent: Length::ZERO,
            align: Align::Justify,
            turn: Turn::Fill,
            explain: None,
            scheme: Scheme::default(),
        };
        let text = "甲乙丙。\n见www.example.com/abcdefghijkl";
        let broken = by_grid("a.txt", text.as_bytes(), &request, false).expect("it can be broken");
        let forced = |note: &&Diagnostic| note.code == "line/broken";
        let note = broken.notes.iter().find(forced).expect("a warning");
        let span = note.span.expect("a place");
        let place = |at: u32| usize::try_from(at).unwrap_or_default();
        let line = &text[place(span.start)..place(span.end)];
        assert!(
            !line.is_empty() && "www.example.com/abcdefghijkl".contains(line),
            "{line}"
        );
    }

    #[test]
    fn parts_of_an_em_are_read() {
        assert_eq!(part("1/3"), Some(Em::THIRD));
        assert_eq!(part("0.5"), Some(Em::HALF));
        assert_eq!(part("1"), Some(Em::ONE));
        for wrong in ["", "1/0", "/3", "-1/3", "-0.5", "9", "1/3/2", "甲"] {
            assert_eq!(part(wrong), None, "{wrong}");
        }
    }
}
