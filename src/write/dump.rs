//! The layout as one JSON object, for scripts, golden tests and click maps.
//!
//! All lengths are points from the trim's top left corner, rounded to three
//! decimals; `y` of a line is its baseline. The keys are a contract that
//! scripts rely on: they are only ever added to.

use serde_json::{Map, Value, json};

use crate::base::clreq::Direction;
use crate::base::diag::{Diagnostic, Fact, Lang, Sources, Span};
use crate::base::geom::{Length, Rect};
use crate::base::imposition::{numbers, sides};
use crate::page::{FillKind, Frame, FrameLine, FrameRuby, Grid, Item, Page};

/// The layout of `pages`, everything found, and how pages share sheets:
/// `{"pages":[…],"findings":[…],"imposition":[…]}`.
///
/// Findings are those of the pages, page by page, and then `findings`, those
/// of the issue as a whole; each names its page, and its `box` where it has a
/// place there. Messages are in `lang`.
pub fn dump(pages: &[Page], findings: &[Diagnostic], sources: &Sources, lang: Lang) -> Value {
    let of_pages = pages.iter().flat_map(|page| {
        page.findings.iter().enumerate().map(|(index, found)| {
            let mut value = finding(found, Some(&page.number), sources, lang);
            let spot = page.spots.iter().find(|spot| spot.finding == index);
            if let (Some(spot), Value::Object(map)) = (spot, &mut value) {
                map.entry("box").or_insert_with(|| rect(spot.rect));
            }
            value
        })
    });
    let of_issue = findings
        .iter()
        .map(|found| finding(found, None, sources, lang));
    let findings: Vec<Value> = of_pages.chain(of_issue).collect();
    let numbers = numbers(pages.iter().map(|page| page.number.as_ref()));
    let imposition: Vec<Value> = sides(&numbers)
        .iter()
        .map(|side| {
            json!({
                "sheet": side.sheet,
                "side": side.letter().to_string(),
                "pages": side.pages,
            })
        })
        .collect();
    let pages: Vec<Value> = pages.iter().map(|page| self::page(page, sources)).collect();
    json!({ "pages": pages, "findings": findings, "imposition": imposition })
}

fn page(page: &Page, sources: &Sources) -> Value {
    let frames: Vec<Value> = page.frames.iter().map(|f| frame(f, sources)).collect();
    let mut images = Vec::new();
    let mut rules = Vec::new();
    let mut marks = Vec::new();
    let mut borders = Vec::new();
    for item in &page.items {
        match item {
            Item::Photo(placed) => images.push(json!({
                "slot": placed.slot.as_ref(),
                "box": rect(placed.rect),
                "ppi": round(placed.ppi(), 10.0),
            })),
            Item::Fill(fill) if fill.kind == FillKind::Rule => rules.push(rect(fill.rect)),
            Item::Shape(shape) if shape.kind.is_rule() => borders.push(json!({
                "kind": shape.kind.name(),
                "box": rect(shape.rect()),
            })),
            Item::Shape(shape) => marks.push(json!({
                "kind": shape.kind.name(),
                "box": rect(shape.rect()),
            })),
            Item::Fill(_) | Item::Glyphs(_) => {}
        }
    }
    json!({
        "number": page.number.as_ref(),
        "trim": [pt(page.trim.width), pt(page.trim.height)],
        "grid": grid(&page.grid),
        "frames": frames,
        "images": images,
        "rules": rules,
        "borders": borders,
        "marks": marks,
    })
}

fn grid(grid: &Grid) -> Value {
    json!({
        "origin": [pt(grid.origin.x), pt(grid.origin.y)],
        "pitch": pt(grid.pitch),
        "size": pt(grid.size),
        "columns": grid.columns,
        "chars": grid.chars,
        "gap": pt(grid.gap),
        "lines": grid.lines,
    })
}

fn frame(frame: &Frame, sources: &Sources) -> Value {
    let lines: Vec<Value> = frame.lines.iter().map(|l| line(l, sources)).collect();
    json!({
        "slot": frame.slot.as_ref(),
        "role": frame.role.name(),
        "story": frame.story.as_deref(),
        "box": rect(frame.rect),
        "vertical": frame.direction == Direction::Vertical,
        "lines": lines,
    })
}

fn line(line: &FrameLine, sources: &Sources) -> Value {
    json!({
        "text": line.text,
        "x": pt(line.x),
        "y": pt(line.y),
        "width": pt(line.width),
        "measure": pt(line.measure),
        "last": line.last,
        "source": line.source.map(|span| place(span, sources)),
        "ruby": line.ruby.iter().map(|ruby| self::ruby(ruby, sources)).collect::<Vec<_>>(),
    })
}

fn ruby(ruby: &FrameRuby, sources: &Sources) -> Value {
    json!({
        "text": ruby.text,
        "base": ruby.base,
        "box": rect(ruby.rect),
        "source": ruby.source.map(|span| place(span, sources)),
    })
}

/// A place in the manuscript: file and bytes.
fn place(span: Span, sources: &Sources) -> Value {
    let file = sources.get(span.source).map(|source| source.name.as_ref());
    json!({ "file": file, "start": span.start, "end": span.end })
}

/// A finding with its facts as keys of its own. A fact named like one of the
/// fixed keys does not replace it.
fn finding(found: &Diagnostic, page: Option<&str>, sources: &Sources, lang: Lang) -> Value {
    let mut map = Map::new();
    map.insert("code".into(), found.code.into());
    map.insert("severity".into(), found.severity.name().into());
    if let Some(page) = page {
        map.insert("page".into(), page.into());
    }
    for (name, fact) in &found.facts {
        let value = match fact {
            Fact::Number(number) => Value::from(*number),
            Fact::Word(word) => Value::from(word.as_str()),
        };
        map.entry(*name).or_insert(value);
    }
    map.entry("message")
        .or_insert_with(|| found.message.get(lang).into());
    if let Some(help) = &found.help {
        map.entry("help").or_insert_with(|| help.get(lang).into());
    }
    if let Some(span) = found.span {
        map.entry("source").or_insert_with(|| place(span, sources));
    }
    Value::Object(map)
}

fn rect(rect: Rect) -> Value {
    json!([pt(rect.x), pt(rect.y), pt(rect.width), pt(rect.height)])
}

/// A length in points with three decimals.
fn pt(length: Length) -> f64 {
    // Rounded as an integer first: a half is a half on every machine.
    length.scale(1000, Length::UNITS_PER_PT).raw() as f64 / 1000.0
}

/// `value` to the nearest `1 / steps`; not a number becomes 0.
fn round(value: f64, steps: f64) -> f64 {
    if value.is_finite() {
        (value * steps).round() / steps
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::dump;
    use crate::base::clreq::Direction;
    use crate::base::diag::{Diagnostic, Lang, Sources, Span};
    use crate::base::geom::{Length, Point, Rect};
    use crate::page::{Fill, FillKind, Frame, FrameLine, Item};
    use crate::story::{Ink, Role};
    use crate::write::pdf::testing;

    #[test]
    fn the_keys_are_those_scripts_rely_on() {
        let mut sources = Sources::new();
        let source = sources.add("a.md", "甲乙丙丁");
        let rule = Rect::new(
            Length::mm(10),
            Length::mm(20),
            Length::mm(100),
            Length::pt(1) / 2,
        );
        let kinds = [FillKind::Rule, FillKind::Tint, FillKind::Mark];
        let fills = kinds.map(|kind| {
            Item::Fill(Fill {
                rect: rule,
                ink: Ink::BLACK,
                kind,
            })
        });
        let mut page = testing::page(fills.into());
        page.grid.origin = Point::new(Length::mm(10), Length::pt(20));
        page.frames.push(Frame {
            slot: Arc::from("lead"),
            role: Role::Body,
            story: None,
            rect: rule,
            direction: Direction::Horizontal,
            lines: vec![FrameLine {
                text: "甲乙".into(),
                x: Length::mm(10),
                y: Length::from_millipt(27_920),
                width: Length::pt(18),
                measure: Length::pt(117),
                last: true,
                source: Some(Span::new(source, 0, 6)),
                ruby: Vec::new(),
            }],
        });
        page.findings.push(
            Diagnostic::error("makeup/overset", "过版", "overset")
                .word("slot", "lead")
                .word("code", "not this one")
                .number("lines", 2)
                .number("chars", 21)
                .help("删字", "cut")
                .at(Span::new(source, 6, 12)),
        );
        let issue = Diagnostic::warning("desk/unused", "未用", "not used");
        let got = dump(&[page], &[issue], &sources, Lang::En);
        let want = json!({
            "pages": [{
                "number": "05",
                "trim": [340.157, 255.118],
                "grid": {
                    "origin": [28.346, 20.0], "pitch": 12.0, "size": 9.0,
                    "columns": 1, "chars": 30, "gap": 9.0, "lines": 16,
                },
                "frames": [{
                    "slot": "lead", "role": "body", "story": null,
                    "box": [28.346, 56.693, 283.465, 0.5], "vertical": false,
                    "lines": [{
                        "text": "甲乙", "x": 28.346, "y": 27.92, "width": 18.0,
                        "measure": 117.0, "last": true,
                        "source": { "file": "a.md", "start": 0, "end": 6 },
                        "ruby": [],
                    }],
                }],
                "images": [],
                "rules": [[28.346, 56.693, 283.465, 0.5]],
                "marks": [],
                    "borders": [],
            }],
            "imposition": [],
            "findings": [
                {
                    "code": "makeup/overset", "severity": "error", "page": "05",
                    "slot": "lead", "lines": 2, "chars": 21,
                    "message": "overset", "help": "cut",
                    "source": { "file": "a.md", "start": 6, "end": 12 },
                },
                { "code": "desk/unused", "severity": "warning", "message": "not used" },
            ],
        });
        assert_eq!(got, want, "{got:#}");
    }

    #[test]
    fn lengths_round_to_thousandths_of_a_point() {
        assert!((super::pt(Length::units(7)) - 0.001).abs() < f64::EPSILON);
        assert!((super::pt(Length::units(-7)) + 0.001).abs() < f64::EPSILON);
        assert!(super::round(f64::INFINITY, 10.0).abs() < f64::EPSILON);
    }
}
