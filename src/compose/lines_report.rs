//! The pure part of `banxin lines`: a text broken at a measure, as plain
//! lines, as JSON objects, and as the dump that golden tests compare.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::base::clreq::Scheme;
use crate::base::diag::{Diagnostic, Lang};
use crate::base::geom::Length;
use crate::story::{Align, ParaStyle, Paragraph, Placement, Role, TextRun, TextStyle, Turn};

use super::ideal;
use super::line::{Line, SetAtom};
use super::run::{Fallback, Missing, Run};
use super::spacing::Galley;

/// The em that `lines` works at: 12 pt, which thirds and eighths divide.
pub const EM: Length = Length::pt(12);
/// The widest measure: 1,000 em.
pub const MAX_MEASURE: Length = Length::pt(12_000);

/// What a text is set to.
#[derive(Clone, Debug)]
pub struct LinesOptions {
    /// The measure in lengths of [`EM`]; see [`em_from_decimal`].
    pub measure: Length,
    /// First-line indent.
    pub indent: Length,
    /// Alignment.
    pub align: Align,
    /// Where the lines of a headline turn.
    pub turn: Turn,
    /// The rules.
    pub scheme: Scheme,
    /// Say of each line why it stands as it does, in this language.
    pub explain: Option<Lang>,
}

impl LinesOptions {
    /// Justified to `measure` by the newspaper rules, without an indent.
    pub fn new(measure: Length) -> Self {
        Self {
            measure,
            indent: Length::ZERO,
            align: Align::Justify,
            turn: Turn::Fill,
            scheme: Scheme::default(),
            explain: None,
        }
    }

    fn style(&self) -> ParaStyle {
        ParaStyle {
            align: self.align,
            turn: self.turn,
            indent: self.indent,
            start: Length::ZERO,
            end: Length::ZERO,
            size: EM,
            pitch: EM.scale(4, 3),
            scheme: Arc::new(self.scheme.clone()),
            placement: Placement::Lines,
            keep_next: 0,
            before: 0,
            casts: [].into(),
        }
    }
}

/// One character or unit of a reported line, in em.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportedGlyph {
    /// Its text.
    pub text: String,
    /// Where its frame begins along the line, from the start of the measure:
    /// its left edge, or its top in vertical setting.
    pub x: f64,
    /// Width of its frame as set; its height in vertical setting.
    pub advance: f64,
    /// Where it is drawn from `x`; left out where it is nothing.
    #[serde(skip_serializing_if = "is_zero")]
    pub offset: f64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// One typeset line, in em rounded to four decimals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportedLine {
    /// Number of the paragraph: the line of input, counted from 0.
    pub paragraph: usize,
    /// Number of the line in its paragraph, counted from 0.
    pub line: usize,
    /// What is seen: without spaces that the edges have swallowed.
    pub text: String,
    /// Width after pair cuts and edge trims.
    pub natural: f64,
    /// Width as set.
    pub set: f64,
    /// Its characters and units in order.
    pub glyphs: Vec<ReportedGlyph>,
    /// Codes of its notes.
    pub notes: Vec<String>,
    /// Why it ends where it does, and what was squeezed or opened, with the
    /// rows of the rules; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A text, broken.
#[derive(Clone, Debug, Default)]
pub struct LinesReport {
    /// All lines in order.
    pub lines: Vec<ReportedLine>,
    /// Characters that no face holds, with their bytes in the whole text.
    pub missing: Vec<Missing>,
    /// Characters that the first face does not hold, once a paragraph, with
    /// their bytes in the whole text.
    pub fallbacks: Vec<Fallback>,
    /// What is to be said of single lines, such as a word broken by force or a
    /// runt, each with the bytes of its line in the whole text.
    pub notes: Vec<(Range<u32>, Diagnostic)>,
    /// The dump of each line, in the same order.
    dumps: Vec<String>,
}

/// Breaks each line of `text` as a paragraph.
///
/// `make_run` turns a paragraph's text into a run at [`EM`]: [`grid_run`] for
/// ideal metrics, or the shaper with real fonts.
///
/// # Errors
///
/// A measure below half an em or beyond [`MAX_MEASURE`] is refused with a
/// fatal diagnostic.
pub fn report(
    text: &str,
    options: &LinesOptions,
    make_run: &dyn Fn(&str) -> Run,
) -> Result<LinesReport, Box<Diagnostic>> {
    if options.measure < EM.half() || options.measure > MAX_MEASURE {
        return Err(Box::new(
            Diagnostic::fatal(
                "lines/measure",
                "行长必须在 0.5 至 1000 字之间",
                "the measure must be from 0.5 to 1000 em",
            )
            .help("例如 --measure 13", "for example --measure 13"),
        ));
    }
    if options.indent < Length::ZERO || options.indent >= options.measure {
        return Err(Box::new(
            Diagnostic::fatal(
                "lines/indent",
                "首行缩进不得为负，必须小于行长",
                "the indent must not be negative, and less than the measure",
            )
            .help("例如 --indent 2", "for example --indent 2"),
        ));
    }
    let style = options.style();
    let mut report = LinesReport::default();
    for (paragraph, source) in text.lines().enumerate() {
        let run = make_run(source);
        let before = source.as_ptr() as usize - text.as_ptr() as usize;
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        let shifted = |range: &Range<u32>| {
            range.start.saturating_add(before)..range.end.saturating_add(before)
        };
        report
            .missing
            .extend(run.missing.iter().map(|missing| Missing {
                text: shifted(&missing.text),
                ..missing.clone()
            }));
        report
            .fallbacks
            .extend(run.fallbacks.iter().map(|known| Fallback {
                text: shifted(&known.text),
                ..known.clone()
            }));
        let galley = Galley::new(&run, &style);
        for (number, (line, why)) in broken(&galley, options).enumerate() {
            let notes = line.notes.iter();
            let notes = notes.map(|note| (shifted(&line.seen), note.clone()));
            report.notes.extend(notes);
            report.lines.push(ReportedLine {
                why,
                ..reported(&galley, &line, paragraph, number)
            });
            report.dumps.push(dump(&galley, &line));
        }
    }
    Ok(report)
}

/// The lines of a paragraph, each with its reasons where they are asked for.
fn broken(galley: &Galley, options: &LinesOptions) -> impl Iterator<Item = (Line, Option<String>)> {
    let (plain, explained) = match options.explain {
        None => (galley.break_at(options.measure), Vec::new()),
        Some(_) => (Vec::new(), galley.explain_at(options.measure)),
    };
    let lang = options.explain.unwrap_or_default();
    let explained = explained
        .into_iter()
        .map(move |(line, why)| (line, Some(why.sentence(EM, lang))));
    plain.into_iter().map(|line| (line, None)).chain(explained)
}

/// The run of a paragraph by ideal metrics at [`EM`].
pub fn grid_run(text: &str) -> Run {
    ideal::run(text, ideal::style(EM))
}

/// The same for vertical lines.
pub fn grid_run_vertical(text: &str) -> Run {
    ideal::vertical_run(&[(text, Arc::new(ideal::style(EM)))])
}

/// `text` as one paragraph in one style, by the rules of `scheme`, for shaping
/// by real fonts.
pub fn paragraph(text: &str, style: Arc<TextStyle>, scheme: &Scheme) -> Paragraph {
    let range = 0..u32::try_from(text.len()).unwrap_or(u32::MAX);
    Paragraph {
        role: Role::Body,
        text: text.to_owned(),
        runs: vec![TextRun { range, style }],
        pieces: Vec::new(),
        interlinear: Vec::new(),
        style: Arc::new(
            LinesOptions {
                scheme: scheme.clone(),
                ..LinesOptions::new(EM)
            }
            .style(),
        ),
    }
}

/// A decimal number of em as a length of [`EM`], exactly rounded: `13`,
/// `6.5`, `-2`. `None` for anything else and beyond ±10,000.
pub fn em_from_decimal(text: &str) -> Option<Length> {
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.is_empty() || digits == "." || !plain(whole) || !plain(part) || part.len() > 9 {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let part_value: i64 = if part.is_empty() {
        0
    } else {
        part.parse().ok()?
    };
    if whole > 10_000 {
        return None;
    }
    let tens = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let length = EM * whole + EM.scale(part_value, tens);
    Some(if negative { -length } else { length })
}

impl LinesReport {
    /// One typeset line a line, its reasons indented below it where there are
    /// any, a blank line between paragraphs.
    pub fn to_text(&self) -> String {
        self.joined(|index| {
            let line = &self.lines[index];
            match &line.why {
                Some(why) => format!("{}\n    {why}", line.text),
                None => line.text.clone(),
            }
        })
    }

    /// One JSON object a line.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            if let Ok(json) = serde_json::to_string(line) {
                out.push_str(&json);
                out.push('\n');
            }
        }
        out
    }

    /// The golden dump: each line's text, then what differs from solid
    /// setting. `，0.5` is a mark cut to half an em, `gaps 0.25×4` four gaps
    /// of a quarter (`-` for none), `set 6/6.5` the width as set where it is
    /// not the natural one, and the codes of notes.
    pub fn to_dump(&self) -> String {
        self.joined(|index| {
            let line = &self.lines[index];
            let why = line.why.as_ref().map(|why| format!("\n    {why}"));
            format!(
                "{}{}{}",
                line.text,
                self.dumps[index],
                why.unwrap_or_default()
            )
        })
    }

    fn joined(&self, text: impl Fn(usize) -> String) -> String {
        let mut out = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 && self.lines[index - 1].paragraph != line.paragraph {
                out.push('\n');
            }
            out.push_str(&text(index));
            out.push('\n');
        }
        out
    }
}

/// For reports only: em, rounded to four decimals.
fn in_em(length: Length) -> f64 {
    let rounded = (length.to_em(EM) * 10_000.0).round() / 10_000.0;
    // no negative zero in the output
    rounded + 0.0
}

fn reported(galley: &Galley, line: &Line, paragraph: usize, number: usize) -> ReportedLine {
    let glyphs = seen(line).map(|glyph| ReportedGlyph {
        text: text_of(galley, glyph).to_owned(),
        x: in_em(line.x + glyph.x),
        advance: in_em(glyph.advance),
        offset: in_em(glyph.dx),
    });
    ReportedLine {
        paragraph,
        line: number,
        text: format!("{}{}", galley.text_of(&line.seen), hyphen(line)),
        natural: in_em(line.natural),
        set: in_em(line.width),
        glyphs: glyphs.collect(),
        notes: line.notes.iter().map(|note| note.code.to_owned()).collect(),
        why: None,
    }
}

fn text_of<'g>(galley: &'g Galley, glyph: &SetAtom) -> &'g str {
    match glyph.hyphen {
        Some(_) => "-",
        None => galley.text_of(&glyph.text),
    }
}

/// The added hyphen, which is seen though it is in no text.
fn hyphen(line: &Line) -> &'static str {
    match line.glyphs.last() {
        Some(last) if last.hyphen.is_some() => "-",
        _ => "",
    }
}

fn seen(line: &Line) -> impl Iterator<Item = &SetAtom> {
    line.glyphs.iter().filter(|glyph| !glyph.swallowed)
}

fn dump(galley: &Galley, line: &Line) -> String {
    let mut out = String::new();
    let mut cuts = String::new();
    let mut gaps: Vec<(Length, usize)> = Vec::new();
    let mut pen = Length::ZERO;
    for glyph in seen(line) {
        let gap = glyph.x - pen;
        pen = glyph.x + glyph.advance;
        if gap != Length::ZERO {
            // units that did not divide are no gaps of their own
            let same = |known: Length| (known - gap).abs() <= Length::units(1);
            match gaps.iter_mut().find(|(known, _)| same(*known)) {
                Some((_, count)) => *count += 1,
                None => gaps.push((gap, 1)),
            }
        }
        let text = text_of(galley, glyph);
        if glyph.advance != glyph.frame || text == " " {
            let text = if text == " " { "␣" } else { text };
            let _ = write!(cuts, " {text}{}", in_em(glyph.advance));
        }
    }
    if line.x != Length::ZERO {
        let _ = write!(out, " | at {}", in_em(line.x));
    }
    if !cuts.is_empty() {
        let _ = write!(out, " |{cuts}");
    }
    if !gaps.is_empty() {
        out.push_str(" | gaps");
        for (gap, count) in &gaps {
            let _ = write!(out, " {}×{count}", in_em(*gap));
        }
    }
    let _ = write!(out, " | set {}", in_em(line.width));
    if line.natural != line.width {
        let _ = write!(out, "/{}", in_em(line.natural));
    }
    for note in &line.notes {
        let _ = write!(out, " | {}", note.code);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_em_are_exact() {
        assert_eq!(em_from_decimal("6.5"), Some(EM * 13 / 2));
        assert_eq!(em_from_decimal("-2"), Some(-EM * 2));
        assert_eq!(em_from_decimal("1.500000000"), Some(EM * 3 / 2));
        for wrong in [
            "",
            ".",
            "-",
            "x",
            "1.2.3",
            "１３",
            "1e3",
            "99999",
            "+1",
            "1.5000000000",
        ] {
            assert_eq!(em_from_decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn json_is_one_object_a_line_in_em() {
        let options = LinesOptions::new(EM * 6);
        let report = report("甲、乙丙丁戊，己庚辛", &options, &grid_run);
        let json = report.map(|report| report.to_json()).unwrap_or_default();
        let first = json.lines().next().unwrap_or_default();
        assert!(
            first.starts_with(
                r#"{"paragraph":0,"line":0,"text":"甲、乙丙丁戊，","natural":6.5,"set":6.0,"glyphs":[{"text":"甲","x":0.0,"advance":1.0},{"text":"、","x":1.0,"advance":0.5}"#
            ),
            "{first}"
        );
    }

    #[test]
    fn absurd_measures_are_refused() {
        let refused = |options: &LinesOptions| {
            report("甲", options, &grid_run)
                .err()
                .map(|diagnostic| diagnostic.code)
        };
        assert_eq!(
            refused(&LinesOptions::new(Length::ZERO)),
            Some("lines/measure")
        );
        assert_eq!(refused(&LinesOptions::new(-EM)), Some("lines/measure"));
        let indented = LinesOptions {
            indent: EM * 6,
            ..LinesOptions::new(EM * 6)
        };
        assert_eq!(refused(&indented), Some("lines/indent"));
        let hanging = LinesOptions {
            indent: -EM,
            ..LinesOptions::new(EM * 6)
        };
        assert_eq!(refused(&hanging), Some("lines/indent"));
    }
}
