//! The sweep by ideal metrics: galleys, lines, and why they stand as they do.

use std::fmt::Write;
use std::sync::Arc;

use super::{Dumps, EM, copy, dump, judge, para};
use crate::base::clreq::{
    Direction, Em, Fit, GapRange, Level, LineEnd, MarkStyle, Profile, Region, Scheme,
};
use crate::base::diag::Lang;
use crate::base::geom::Length;
use crate::compose::ideal;
use crate::compose::run::Run;
use crate::compose::spacing::Galley;
use crate::story::{Align, Cast, CastFill, ParaStyle, TextStyle, Turn};

/// A run of a paragraph's text by the metrics of its direction.
fn run(text: &str, style: &ParaStyle) -> Run {
    match style.scheme.direction {
        Direction::Horizontal => ideal::run(text, ideal::style(EM)),
        Direction::Vertical => ideal::vertical_run(&[(text, Arc::new(ideal::style(EM)))]),
    }
}

fn galley(text: &str, style: &ParaStyle) -> Galley {
    Galley::new(&run(text, style), style)
}

/// The default rules, changed.
fn rules(change: impl FnOnce(&mut Scheme)) -> Scheme {
    let mut scheme = Scheme::default();
    change(&mut scheme);
    scheme
}

fn vertical(scheme: Scheme) -> Scheme {
    Scheme {
        direction: Direction::Vertical,
        ..scheme
    }
}

fn grid(hanging: bool) -> Scheme {
    rules(|scheme| {
        scheme.grid_align = true;
        scheme.hanging = hanging;
    })
}

/// A measure in thousandths of an em.
fn ems(thousandths: i64) -> Length {
    EM.scale(thousandths, 1000)
}

/// The galleys of `parts` by a scheme.
fn galleys(parts: &[&str], style: &ParaStyle) -> String {
    let mut out = String::new();
    for text in parts.iter().flat_map(|part| copy(part)) {
        let _ = writeln!(out, "{}", dump::galley(&galley(&text, style)));
    }
    out
}

#[test]
fn galleys_by_ideal_metrics() {
    let justified = |scheme: Scheme| para(scheme);
    let heads = ParaStyle {
        turn: Turn::Sense,
        ..para(Scheme::default())
    };
    let all = [
        "news", "marks", "west", "controls", "other", "long", "vertical", "odd", "western",
    ];
    let dumps: Dumps = vec![
        ("gb", galleys(&all, &justified(Scheme::default()))),
        ("heads", galleys(&["heads"], &heads)),
        (
            "none",
            galleys(
                &["odd", "other"],
                &justified(rules(|scheme| {
                    scheme.level = Level::None;
                    scheme.gaps_fixed = true;
                    scheme.glue_units = Some(true);
                })),
            ),
        ),
        (
            "strict",
            galleys(
                &["marks", "other"],
                &justified(rules(|scheme| {
                    scheme.level = Level::Strict;
                    scheme.tight = true;
                    scheme.keep_sentence_final = true;
                })),
            ),
        ),
        (
            "basic_kaiming",
            galleys(
                &["marks", "other"],
                &justified(rules(|scheme| {
                    scheme.level = Level::Basic;
                    scheme.marks = MarkStyle::Kaiming;
                })),
            ),
        ),
        (
            "half_hyphenated",
            galleys(
                &["marks", "western", "odd"],
                &justified(rules(|scheme| {
                    scheme.marks = MarkStyle::Half;
                    scheme.hyphenate = true;
                })),
            ),
        ),
        (
            "narrow_forced",
            galleys(
                &["news", "odd", "western"],
                &justified(Scheme {
                    force_words: true,
                    ..Scheme::default().with_profile(Profile::Narrow)
                }),
            ),
        ),
        (
            "grid",
            galleys(&["news", "west", "controls"], &justified(grid(false))),
        ),
        (
            "tw",
            galleys(
                &["marks", "trad"],
                &justified(Scheme::for_region(Region::Tw)),
            ),
        ),
        (
            "vertical",
            galleys(
                &["vertical", "marks"],
                &justified(vertical(Scheme::default())),
            ),
        ),
        (
            "vertical_tw",
            galleys(
                &["vertical", "trad"],
                &justified(vertical(Scheme::for_region(Region::Tw))),
            ),
        ),
        ("mixed", mixed_galleys()),
        ("even", casts()),
    ]
    .into_iter()
    .map(|(name, dump)| (name.to_owned(), dump))
    .collect();
    judge("galley", &dumps);
}

/// The styles of a mixed paragraph: plain, larger, tracked, condensed.
fn styles() -> [Arc<TextStyle>; 4] {
    let plain = ideal::style(EM);
    let tracked = TextStyle {
        tracking: EM.scale(1, 10),
        half_em_digits: false,
        ..plain.clone()
    };
    let condensed = TextStyle {
        scale_x: 800,
        tracking: -EM.scale(1, 20),
        ..plain.clone()
    };
    [plain, ideal::style(EM.scale(3, 2)), tracked, condensed].map(Arc::new)
}

/// A text in four styles that change every `every` characters.
fn mixed(text: &str, every: usize) -> Run {
    let styles = styles();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let parts: Vec<(&str, Arc<TextStyle>)> = characters
        .chunks(every)
        .enumerate()
        .map(|(nth, chunk)| {
            let (first, _) = chunk[0];
            let end = chunk.last().map_or(first, |(at, c)| at + c.len_utf8());
            (&text[first..end], Arc::clone(&styles[nth % 4]))
        })
        .collect();
    ideal::styled_run(&parts)
}

fn mixed_galleys() -> String {
    let mut out = String::new();
    for text in copy("mixed") {
        for every in [1, 4, 7] {
            let run = mixed(&text, every);
            let _ = writeln!(
                out,
                "{}",
                dump::galley(&Galley::new(&run, &para(Scheme::default())))
            );
        }
    }
    out
}

/// Stretches set to a width of their own (T37).
fn casts() -> String {
    let mut out = String::new();
    for text in copy("even") {
        for (width, fill) in [
            (4, CastFill::Even),
            (6, CastFill::Behind),
            (1, CastFill::Even),
        ] {
            let whole = format!("｛{text}：后文，还有。");
            let start = u32::try_from("｛".len()).expect("a short text");
            let end = start + u32::try_from(text.len()).expect("a short text");
            let style = ParaStyle {
                casts: [Cast {
                    range: start..end,
                    width: EM * width,
                    fill,
                }]
                .into(),
                ..para(Scheme::default())
            };
            let galley = galley(&whole, &style);
            let _ = writeln!(out, "{}", dump::galley(&galley));
            let _ = write!(out, "{}", dump::lines(&galley, &galley.break_at(EM * 7)));
        }
    }
    out
}

/// Lines of `parts` at measures in thousandths of an em.
fn set(parts: &[&str], style: &ParaStyle, measures: &[i64]) -> String {
    let mut out = String::new();
    for text in parts.iter().flat_map(|part| copy(part)) {
        let galley = galley(&text, style);
        for measure in measures {
            let lines = galley.break_at(ems(*measure));
            let _ = write!(out, "{}", dump::lines(&galley, &lines));
        }
    }
    out
}

/// A setup of lines: parts, style, measures.
type Setup<'a> = (&'a str, &'a [&'a str], ParaStyle, &'a [i64]);

#[test]
fn lines_by_ideal_metrics() {
    let indented = |scheme: Scheme, indent: i64| ParaStyle {
        indent: EM * indent,
        ..para(scheme)
    };
    let aligned = |align: Align| ParaStyle {
        align,
        ..para(Scheme::default())
    };
    let setups: Vec<Setup<'_>> = vec![
        (
            "gb_13",
            &["news", "marks", "west", "controls", "other"],
            para(Scheme::default()),
            &[13_000],
        ),
        (
            "gb_3",
            &["short", "trad", "long"],
            para(Scheme::default()),
            &[3_000],
        ),
        (
            "gb_40",
            &["news", "west"],
            para(Scheme::default()),
            &[40_000],
        ),
        (
            "shrink_first",
            &["news", "marks", "short"],
            indented(rules(|scheme| scheme.fit = Fit::ShrinkFirst), 2),
            &[9_500],
        ),
        (
            "fractions",
            &["short"],
            para(Scheme::default()),
            &[4_000, 4_370, 5_250, 6_130, 7_000, 8_450],
        ),
        (
            "none",
            &["marks", "controls"],
            para(rules(|scheme| scheme.level = Level::None)),
            &[5_000],
        ),
        (
            "basic",
            &["marks"],
            para(rules(|scheme| scheme.level = Level::Basic)),
            &[6_000],
        ),
        (
            "strict_allow",
            &["marks"],
            para(rules(|scheme| {
                scheme.level = Level::Strict;
                scheme.line_end = LineEnd::Allow;
            })),
            &[11_000],
        ),
        (
            "full",
            &["marks"],
            para(rules(|scheme| {
                scheme.marks = MarkStyle::Full;
                scheme.line_end = LineEnd::Full;
            })),
            &[10_000],
        ),
        (
            "kaiming",
            &["marks"],
            para(rules(|scheme| scheme.marks = MarkStyle::Kaiming)),
            &[8_000],
        ),
        (
            "half_tight",
            &["marks"],
            para(rules(|scheme| {
                scheme.marks = MarkStyle::Half;
                scheme.tight = true;
            })),
            &[12_000],
        ),
        (
            "tight",
            &["marks"],
            para(rules(|scheme| {
                scheme.tight = true;
                scheme.keep_sentence_final = true;
                scheme.fit = Fit::ShrinkFirst;
            })),
            &[7_000],
        ),
        (
            "hanging",
            &["news", "marks", "short"],
            para(rules(|scheme| scheme.hanging = true)),
            &[12_000, 5_000],
        ),
        (
            "narrow",
            &["news", "west"],
            indented(Scheme::default().with_profile(Profile::Narrow), 2),
            &[11_000],
        ),
        (
            "fixed_forced",
            &["west"],
            para(rules(|scheme| {
                scheme.gaps_fixed = true;
                scheme.force_words = true;
            })),
            &[7_000],
        ),
        (
            "hyphenated",
            &["west", "western", "odd"],
            para(rules(|scheme| {
                scheme.hyphenate = true;
                scheme.glue_units = Some(true);
            })),
            &[10_000],
        ),
        (
            "grid",
            &["news", "west", "controls", "odd"],
            para(grid(false)),
            &[14_000],
        ),
        (
            "runs",
            &["runs"],
            para(Scheme::default()),
            &[4_000, 5_000, 6_000, 7_000, 8_000],
        ),
        (
            "runs_grid",
            &["runs"],
            para(grid(true)),
            &[5_000, 6_000, 7_000, 8_000],
        ),
        (
            "odd",
            &["odd", "western"],
            para(Scheme::default()),
            &[9_000],
        ),
        (
            "grid_hanging",
            &["marks", "news"],
            indented(grid(true), 2),
            &[9_000],
        ),
        (
            "runts",
            &["short"],
            para(rules(|scheme| scheme.runt_minimum = 4)),
            &[3_000, 4_000, 5_000, 7_000],
        ),
        (
            "loose",
            &["marks", "short"],
            para(rules(|scheme| scheme.loose_limit = Em::EIGHTH)),
            &[8_000],
        ),
        (
            "gaps",
            &["news"],
            para(rules(|scheme| {
                scheme.gap_letters = GapRange {
                    natural: Em::EIGHTH,
                    min: Em::ZERO,
                    max: Em::THIRD,
                };
                scheme.gap_digits = GapRange {
                    natural: Em::ZERO,
                    min: Em::ZERO,
                    max: Em::QUARTER,
                };
                scheme.space_min = Em::EIGHTH;
                scheme.space_max = Em::ONE;
            })),
            &[10_000],
        ),
        (
            "indents",
            &["marks"],
            ParaStyle {
                start: EM,
                end: EM.half(),
                ..indented(
                    rules(|scheme| {
                        scheme.trim_after_indent = true;
                        scheme.keep_sentence_final = true;
                    }),
                    2,
                )
            },
            &[15_000],
        ),
        (
            "untrimmed",
            &["marks"],
            indented(rules(|scheme| scheme.trim_line_start = false), 1),
            &[9_000],
        ),
        (
            "even",
            &["short", "even"],
            aligned(Align::Even),
            &[8_000, 5_000],
        ),
        ("start", &["news"], aligned(Align::Start), &[8_000]),
        ("center", &["marks"], aligned(Align::Center), &[7_000]),
        ("end", &["west"], aligned(Align::End), &[9_000]),
        (
            "tw",
            &["trad", "marks"],
            para(Scheme::for_region(Region::Tw)),
            &[9_000],
        ),
        (
            "hk_shrink",
            &["trad"],
            para(Scheme {
                fit: Fit::ShrinkFirst,
                ..Scheme::for_region(Region::Hk)
            }),
            &[6_500],
        ),
        (
            "vertical",
            &["vertical", "marks"],
            para(vertical(Scheme::default())),
            &[12_000],
        ),
        (
            "vertical_tw",
            &["vertical", "trad"],
            para(vertical(Scheme::for_region(Region::Tw))),
            &[8_000],
        ),
    ];
    let mut dumps: Dumps = setups
        .into_iter()
        .map(|(name, parts, style, measures)| (name.to_owned(), set(parts, &style, measures)))
        .collect();
    dumps.push(("heads".to_owned(), heads()));
    dumps.push(("beside".to_owned(), beside()));
    dumps.push(("within".to_owned(), within()));
    dumps.push(("first_fit".to_owned(), first_fit()));
    dumps.push(("mixed".to_owned(), mixed_lines()));
    judge("lines", &dumps);
}

/// Headlines turned by sense at several measures (P16).
fn heads() -> String {
    let mut out = String::new();
    let style = |align: Align| ParaStyle {
        align,
        turn: Turn::Sense,
        ..para(Scheme::default())
    };
    let (centred, spread) = (style(Align::Center), style(Align::Even));
    for text in copy("heads") {
        for measure in [5, 7, 8, 10, 13] {
            let galley = galley(&text, &centred);
            let _ = write!(
                out,
                "{}",
                dump::lines(&galley, &galley.break_at(EM * measure))
            );
        }
        let galley = galley(&text, &spread);
        let _ = write!(out, "{}", dump::lines(&galley, &galley.break_at(EM * 12)));
    }
    out
}

/// Lines beside a picture: narrow ones, then wide ones.
fn beside() -> String {
    let mut out = String::new();
    let style = ParaStyle {
        indent: EM * 2,
        ..para(Scheme::default())
    };
    let measures = |line: usize| match line {
        0..=1 => EM * 7,
        2 => EM * 9,
        _ => EM * 12,
    };
    for text in ["news", "marks"].iter().flat_map(|part| copy(part)) {
        let galley = galley(&text, &style);
        let _ = write!(
            out,
            "{}",
            dump::lines(&galley, &galley.break_lines(&measures, 3))
        );
    }
    out
}

/// Paragraphs squeezed to lose a line (P11).
fn within() -> String {
    let mut out = String::new();
    let style = para(Scheme::default());
    for text in ["news", "marks", "short"]
        .iter()
        .flat_map(|part| copy(part))
    {
        let galley = galley(&text, &style);
        for measure in 5..=16 {
            let given = |_| EM * measure;
            let lines = galley.break_at(EM * measure).len();
            let Some(fewer) = galley.break_within(&given, 0, lines - 1) else {
                continue;
            };
            let _ = writeln!(out, "{measure} em, {lines} lines");
            let _ = write!(out, "{}", dump::lines(&galley, &fewer));
        }
    }
    out
}

fn first_fit() -> String {
    let mut out = String::new();
    for text in ["news", "marks", "long"].iter().flat_map(|part| copy(part)) {
        let galley = galley(&text, &para(Scheme::default()));
        let _ = write!(
            out,
            "{}",
            dump::lines(&galley, &galley.break_by_first_fit(EM * 8))
        );
    }
    out
}

fn mixed_lines() -> String {
    let mut out = String::new();
    for text in copy("mixed") {
        for every in [1, 4, 7] {
            let galley = Galley::new(&mixed(&text, every), &para(Scheme::default()));
            let _ = write!(out, "{}", dump::lines(&galley, &galley.break_at(EM * 11)));
        }
    }
    out
}

#[test]
fn reasons_of_lines() {
    let explained = |parts: &[&str], scheme: &Scheme, measure: i64, lang: Lang| {
        let mut out = String::new();
        for text in parts.iter().flat_map(|part| copy(part)) {
            let galley = galley(&text, &para(scheme.clone()));
            for (line, why) in galley.explain_at(EM * measure) {
                let seen = super::spelt(galley.text_of(&line.seen));
                let _ = writeln!(out, "{seen}\n    {}", why.sentence(EM, lang));
            }
        }
        out
    };
    let all = ["news", "marks", "west", "controls"];
    let gb = Scheme::default();
    let tight = rules(|scheme| {
        scheme.tight = true;
        scheme.fit = Fit::ShrinkFirst;
        scheme.line_end = LineEnd::Allow;
        scheme.force_words = true;
    });
    let hyphenated = rules(|scheme| scheme.hyphenate = true);
    let hanging = rules(|scheme| {
        scheme.hanging = true;
        scheme.level = Level::Strict;
    });
    let dumps: Dumps = vec![
        ("zh".to_owned(), explained(&all, &gb, 9, Lang::Zh)),
        (
            "en".to_owned(),
            explained(&["marks", "west", "long"], &tight, 8, Lang::En),
        ),
        (
            "hyphens".to_owned(),
            explained(&["odd", "western"], &hyphenated, 7, Lang::Zh),
        ),
        ("runs".to_owned(), explained(&["runs"], &gb, 5, Lang::En)),
        (
            "strokes".to_owned(),
            explained(&["strokes"], &gb, 7, Lang::Zh),
        ),
        (
            "hanging".to_owned(),
            explained(&["marks", "other"], &hanging, 11, Lang::En),
        ),
        (
            "grid".to_owned(),
            explained(&["marks", "west"], &grid(true), 12, Lang::Zh),
        ),
        (
            "vertical".to_owned(),
            explained(&["vertical", "trad"], &vertical(gb.clone()), 7, Lang::Zh),
        ),
    ];
    judge("why", &dumps);
}
