//! A dumped page as text that reads like the page.
//!
//! First the picture: one row for each grid line, two cells for an em of the
//! body, every set line where it stands (on the row nearest to its
//! baseline), large type spread over its width, photographs as `▒`. Then
//! the exact figures: each frame with the grid lines its baselines stand on
//! (1 is the first; a fraction is off the grid), its left edge from that of
//! the type area and its width in em of the body, below it the lines that
//! are set to another measure; photographs, rules and findings likewise. Marks
//! and readings come with the line they stand beside: dots by their centres,
//! lines by their ends, and how far their ink reaches from the frames.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

/// All pages of a dump.
pub(crate) fn render(dump: &Value) -> String {
    let mut out = String::new();
    for page in list(dump, "pages") {
        let sheet = Sheet::of(page);
        let _ = writeln!(out, "{}", sheet.title(page));
        out.push_str(&sheet.picture(page));
        out.push_str(&sheet.figures(page));
    }
    for finding in list(dump, "findings") {
        let _ = writeln!(out, "{}", self::finding(finding));
    }
    out
}

/// The grid, in points.
struct Sheet {
    left: f64,
    top: f64,
    pitch: f64,
    em: f64,
    columns: u64,
    chars: u64,
    gap: f64,
    lines: u64,
}

impl Sheet {
    fn of(page: &Value) -> Self {
        let grid = &page["grid"];
        let count = |key: &str| grid[key].as_u64().expect("a count");
        Self {
            left: number(&grid["origin"][0]),
            top: number(&grid["origin"][1]),
            pitch: number(&grid["pitch"]),
            em: number(&grid["size"]),
            columns: count("columns"),
            chars: count("chars"),
            gap: number(&grid["gap"]),
            lines: count("lines"),
        }
    }

    fn title(&self, page: &Value) -> String {
        format!(
            "page {}: {} columns of {} em, gap {}, {} lines",
            word(&page["number"]),
            self.columns,
            self.chars,
            decimal(self.gap / self.em),
            self.lines,
        )
    }

    /// Distance from the left edge of the type area, in em.
    fn x(&self, x: &Value) -> f64 {
        (number(x) - self.left) / self.em
    }

    /// The grid line whose baseline is at `y`, counted from 1.
    fn line(&self, y: f64) -> f64 {
        (y - self.top - 0.88 * self.em) / self.pitch + 1.0
    }

    /// The grid line whose top is at `y`, counted from 1.
    fn top_line(&self, y: f64) -> f64 {
        (y - self.top) / self.pitch + 1.0
    }

    fn picture(&self, page: &Value) -> String {
        let mut rows: BTreeMap<i64, Vec<(usize, String)>> = BTreeMap::new();
        let across = list(page, "frames").filter(|frame| frame["vertical"] == false);
        for line in across.flat_map(|frame| list(frame, "lines")) {
            let row = self.line(number(&line["y"])).round() as i64;
            let width = cells(number(&line["width"]) / self.em);
            let text = spread(word(&line["text"]), width);
            let start = cells(self.x(&line["x"]));
            rows.entry(row).or_default().push((start, text));
        }
        for image in list(page, "images") {
            let top = number(&image["box"][1]);
            let bottom = top + number(&image["box"][3]) - self.em;
            let first = self.top_line(top).round() as i64;
            let last = self.top_line(bottom).round() as i64;
            let start = cells(self.x(&image["box"][0]));
            let width = cells(number(&image["box"][2]) / self.em);
            for row in first..=last {
                let parts = rows.entry(row).or_default();
                parts.push((start, "▒".repeat(width)));
            }
        }
        let lines = i64::try_from(self.lines).expect("a count");
        let first = rows.keys().next().copied().unwrap_or(1).min(1);
        let mut out = String::new();
        for row in first..=lines {
            let mut parts = rows.remove(&row).unwrap_or_default();
            parts.sort();
            let mut drawn = String::new();
            let mut at = 0;
            for (start, text) in parts {
                let blanks = start.saturating_sub(at).max(usize::from(at > 0));
                drawn.push_str(&" ".repeat(blanks));
                at += blanks + text.chars().map(cells_of).sum::<usize>();
                drawn.push_str(&text);
            }
            let _ = writeln!(out, "{}", format!("{row:3}|{drawn}").trim_end());
        }
        assert!(rows.is_empty(), "below the type area: {rows:?}");
        out
    }

    fn figures(&self, page: &Value) -> String {
        let mut out = String::new();
        for frame in list(page, "frames") {
            if frame["vertical"] == true {
                out.push_str(&self.standing(frame));
                continue;
            }
            let on: Vec<f64> = list(frame, "lines")
                .map(|line| self.line(number(&line["y"])))
                .collect();
            let width = number(&frame["box"][2]) / self.em;
            let _ = writeln!(
                out,
                "{} {}: {}, x {}, {} em",
                word(&frame["slot"]),
                word(&frame["role"]),
                ranges(&on),
                decimal(self.x(&frame["box"][0])),
                decimal(width),
            );
            out.push_str(&self.odd_lines(frame));
        }
        for image in list(page, "images") {
            let _ = writeln!(
                out,
                "{} photo: {}",
                word(&image["slot"]),
                self.place(&image["box"])
            );
        }
        for rule in page["rules"].as_array().into_iter().flatten() {
            let _ = writeln!(out, "rule: {}", self.place(rule));
        }
        for border in list(page, "borders") {
            let (kind, place) = (word(&border["kind"]), self.place(&border["box"]));
            let _ = writeln!(out, "{kind} rule: {place}");
        }
        out.push_str(&self.marks(page));
        out
    }

    /// The readings of a line: where each begins along it, its length, how far
    /// from the characters it stands and how high it is.
    fn readings(&self, line: &Value, vertical: bool) -> String {
        let mut out = String::new();
        for ruby in list(line, "ruby") {
            let [x, y, width, height] = [0, 1, 2, 3].map(|at| number(&ruby["box"][at]) / self.em);
            let [left, top] = ["x", "y"].map(|key| number(&line[key]) / self.em);
            let (along, long, away, high, side) = match vertical {
                true => (
                    y - self.top / self.em,
                    height,
                    x - left - 1.0,
                    width,
                    "right",
                ),
                false => (
                    x - self.left / self.em,
                    width,
                    top - 0.88 - y - height,
                    height,
                    "above",
                ),
            };
            let _ = writeln!(
                out,
                "  {} reads {}: {} {}, {} em, {} {side}, {} high",
                word(&ruby["base"]),
                word(&ruby["text"]),
                if vertical { "down" } else { "x" },
                decimal(along),
                decimal(long),
                decimal(away),
                decimal(high),
            );
        }
        out
    }

    /// A mark beside a vertical line: the line and on which side, and the
    /// place down the page.
    fn beside(&self, page: &Value, mark: &Value) -> Option<((i64, String), String)> {
        let [x, y, width, height] = [0, 1, 2, 3].map(|at| number(&mark["box"][at]) / self.em);
        let (middle, kind) = (y + height / 2.0, word(&mark["kind"]));
        let frames = list(page, "frames").filter(|frame| frame["vertical"] == true);
        let lines = frames.flat_map(|frame| list(frame, "lines"));
        for (nth, line) in lines.enumerate() {
            let [left, top, long] = ["x", "y", "width"].map(|key| number(&line[key]) / self.em);
            let right = x - left - 1.0;
            let off = left - x - width;
            let near = |out: f64| (0.0..0.3).contains(&out);
            if !(top..top + long).contains(&middle) || !(near(right) || near(off)) {
                continue;
            }
            let (side, out) = match near(right) {
                true => ("right", right),
                false => ("left", off),
            };
            let down = |y: f64| decimal(y - self.top / self.em);
            let place = match kind {
                "dot" => format!("down {}", down(middle)),
                _ => format!("down {}–{}", down(y), down(y + height)),
            };
            let name = format!("{kind} {} em to the {side} of vertical line", decimal(out));
            return Some(((nth as i64 + 1, name), place));
        }
        None
    }

    /// Marks beside the lines: those of one kind at one height in one row.
    fn marks(&self, page: &Value) -> String {
        let mut rows: BTreeMap<(i64, String), Vec<String>> = BTreeMap::new();
        for mark in list(page, "marks") {
            if let Some((row, place)) = self.beside(page, mark) {
                rows.entry(row).or_default().push(place);
                continue;
            }
            let [x, y, width, height] = [0, 1, 2, 3].map(|at| number(&mark["box"][at]));
            let kind = word(&mark["kind"]);
            // below the frames of the line above it
            let line = ((y - self.top) / self.pitch).floor();
            let out = (y - self.top - line * self.pitch - self.em) / self.em;
            let at = |x: f64| decimal((x - self.left) / self.em);
            let place = match kind {
                "dot" => format!("x {}", at(x + width / 2.0)),
                _ => format!("x {}–{}", at(x), at(x + width)),
            };
            let (out, high) = (decimal(out), decimal(height / self.em));
            let name = format!("{kind} {out} em below, {high} high, line");
            rows.entry((line as i64 + 1, name)).or_default().push(place);
        }
        let mut text = String::new();
        for ((line, name), places) in rows {
            let _ = writeln!(text, "{name} {line}: {}", places.join(", "));
        }
        text
    }

    /// A vertical frame: its box, and each line with its left edge, the top of
    /// its first character from that of the type area, its length where it is
    /// set, and its text.
    fn standing(&self, frame: &Value) -> String {
        let mut out = format!(
            "{} {} vertical: {}\n",
            word(&frame["slot"]),
            word(&frame["role"]),
            self.place(&frame["box"])
        );
        for line in list(frame, "lines") {
            let down = (number(&line["y"]) - self.top) / self.em;
            let _ = writeln!(
                out,
                "  x {}, down {}, {} of {} em: {}",
                decimal(self.x(&line["x"])),
                decimal(down),
                decimal(number(&line["width"]) / self.em),
                decimal(number(&line["measure"]) / self.em),
                word(&line["text"]),
            );
            out.push_str(&self.readings(line, true));
        }
        out
    }

    /// Lines whose measure is not the width of their frame, and lines of text
    /// that neither end a paragraph nor fill their measure.
    fn odd_lines(&self, frame: &Value) -> String {
        let mut out = String::new();
        let text = ["body", "quote", "list_item"].contains(&word(&frame["role"]));
        for line in list(frame, "lines") {
            out.push_str(&self.readings(line, false));
            let (width, measure) = (number(&line["width"]), number(&line["measure"]));
            let on = decimal(self.line(number(&line["y"])));
            if (measure - number(&frame["box"][2])).abs() > 0.002 {
                let x = decimal(self.x(&line["x"]));
                let measure = decimal(measure / self.em);
                let _ = writeln!(out, "  {on}: x {x}, {measure} em");
            }
            if text && line["last"] == false && (width - measure).abs() > 0.002 {
                let off = decimal((width - measure) / self.em);
                let _ = writeln!(out, "  {on}: off its measure by {off} em");
            }
        }
        out
    }

    fn place(&self, rect: &Value) -> String {
        let size = |at: usize| decimal(number(&rect[at]) / self.em);
        format!(
            "top {}, x {}, {} × {} em",
            decimal(self.top_line(number(&rect[1]))),
            decimal(self.x(&rect[0])),
            size(2),
            size(3),
        )
    }
}

/// A finding with its facts, its message left out.
fn finding(finding: &Value) -> String {
    let mut out = format!("{} {}", word(&finding["severity"]), word(&finding["code"]));
    let known = ["code", "severity", "page", "message", "help", "source"];
    for (name, fact) in finding.as_object().expect("an object") {
        if !known.contains(&name.as_str()) {
            let _ = write!(out, ", {name} {}", fact.to_string().trim_matches('"'));
        }
    }
    out
}

/// Numbers in ascending order, steps of one joined: `3–7, 9.5`.
fn ranges(numbers: &[f64]) -> String {
    let mut runs: Vec<(f64, f64)> = Vec::new();
    for &next in numbers {
        match runs.last_mut() {
            Some((_, last)) if (next - *last - 1.0).abs() < 0.001 => *last = next,
            _ => runs.push((next, next)),
        }
    }
    let shown = runs.iter().map(|&(first, last)| {
        if first < last {
            format!("{}–{}", decimal(first), decimal(last))
        } else {
            decimal(first)
        }
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Text spread evenly over `width` cells where it is much narrower: what
/// large type looks like among the small.
fn spread(text: &str, width: usize) -> String {
    let natural: usize = text.chars().map(cells_of).sum();
    let count = text.chars().count();
    if count < 2 || width * 4 < natural * 5 {
        return text.to_owned();
    }
    let mut out = String::new();
    for (index, character) in text.chars().enumerate() {
        let (before, after) = (index * (width - natural), (index + 1) * (width - natural));
        out.push(character);
        if index + 1 < count {
            out.push_str(&" ".repeat(after / count - before / count));
        }
    }
    out
}

fn cells(em: f64) -> usize {
    (em * 2.0).round().max(0.0) as usize
}

/// Han and its marks take two cells of a terminal, the rest one.
fn cells_of(character: char) -> usize {
    let wide = matches!(
        character,
        '\u{2E80}'..='\u{FFEF}' | '—' | '…' | '“' | '”' | '‘' | '’' | '●'
    );
    if wide { 2 } else { 1 }
}

/// Three decimals at most.
fn decimal(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0" } else { text }.to_owned()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value[key].as_array().expect("a list").iter()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn word(value: &Value) -> &str {
    value.as_str().expect("a text")
}
