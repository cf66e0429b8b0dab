//! Golden dumps of set lines: `lines/*.case`, one fact each. The header holds
//! the options, `--- copy` the text, `--- lines` the expected dump.

use std::collections::BTreeSet;
use std::fs;

use banxin::base::clreq::{
    Direction, Em, Fit, GapRange, Level, LineEnd, MarkStyle, Profile, Region, Scheme,
};
use banxin::base::diag::Lang;
use banxin::base::geom::Length;
use banxin::compose::lines_report::{
    EM, LinesOptions, em_from_decimal, grid_run, grid_run_vertical, report,
};
use banxin::story::{Align, Turn};

use crate::cases::{Case, blessing, in_folder, root};

/// The copy of a case. Controls are written by name, for they cannot be seen.
fn copy(case: &Case) -> String {
    case.part("copy")
        .replace("<WJ>", "\u{2060}")
        .replace("<NBSP>", "\u{A0}")
        .replace("<ZWSP>", "\u{200B}")
        .replace("<LF>", "\u{2028}")
        .replace("<VS>", "\u{FE00}")
}

fn options(header: &str) -> LinesOptions {
    let mut options = LinesOptions::new(Length::ZERO);
    let em = |value: &str| em_from_decimal(value).expect("a decimal number of em");
    let part = |value: &str| match value.split_once('/') {
        Some((above, below)) => {
            let number = |text: &str| text.parse::<i32>().expect("a whole number");
            Em(Em::UNITS * number(above) / number(below))
        }
        None => Em(value.parse::<i32>().expect("a whole number of em") * Em::UNITS),
    };
    let yes = |value: &str| match value {
        "yes" => true,
        "no" => false,
        other => panic!("yes or no, not `{other}`"),
    };
    for line in header
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (key, value) = line.split_once(" = ").expect("key = value");
        let scheme = &mut options.scheme;
        match key {
            "measure" => options.measure = em(value),
            "indent" => options.indent = em(value),
            "level" => scheme.level = Level::from_name(value).expect("a level"),
            "fit" => scheme.fit = Fit::from_name(value).expect("a policy"),
            "region" => *scheme = Scheme::for_region(Region::from_name(value).expect("a region")),
            "direction" => {
                scheme.direction = match value {
                    "horizontal" => Direction::Horizontal,
                    "vertical" => Direction::Vertical,
                    other => panic!("horizontal or vertical, not `{other}`"),
                }
            }
            "marks" => scheme.marks = MarkStyle::from_name(value).expect("a style"),
            "tight" => scheme.tight = yes(value),
            "hanging" => scheme.hanging = yes(value),
            "gaps_fixed" => scheme.gaps_fixed = yes(value),
            "keep_sentence_final" => scheme.keep_sentence_final = yes(value),
            "force_words" => scheme.force_words = yes(value),
            "glue_units" => scheme.glue_units = Some(yes(value)),
            "loose_limit" => scheme.loose_limit = part(value),
            "explain" => {
                options.explain = match value {
                    "zh" => Some(Lang::Zh),
                    "en" => Some(Lang::En),
                    other => panic!("zh or en, not `{other}`"),
                }
            }
            "hyphenate" => scheme.hyphenate = yes(value),
            "grid_align" => scheme.grid_align = yes(value),
            "profile" => {
                let profile = Profile::from_name(value).expect("a profile");
                *scheme = scheme.clone().with_profile(profile);
            }
            "trim_after_indent" => scheme.trim_after_indent = yes(value),
            "runt_minimum" => scheme.runt_minimum = value.parse().expect("a number"),
            "gap_max" => {
                scheme.gap_letters.max = part(value);
                scheme.gap_digits.max = part(value);
            }
            "gap_digits" => {
                let natural = part(value);
                scheme.gap_digits = GapRange {
                    natural,
                    min: natural,
                    max: Em::HALF,
                };
            }
            "line_end" => {
                scheme.line_end = match value {
                    "half" => LineEnd::Half,
                    "full" => LineEnd::Full,
                    "allow" => LineEnd::Allow,
                    other => panic!("half, full or allow, not `{other}`"),
                }
            }
            "align" => {
                options.align = match value {
                    "justify" => Align::Justify,
                    "start" => Align::Start,
                    "center" => Align::Center,
                    "end" => Align::End,
                    "even" => Align::Even,
                    other => panic!("unknown alignment `{other}`"),
                }
            }
            "turn" => {
                options.turn = match value {
                    "fill" => Turn::Fill,
                    "sense" => Turn::Sense,
                    other => panic!("fill or sense, not `{other}`"),
                }
            }
            other => panic!("unknown key `{other}`"),
        }
    }
    options
}

#[test]
fn every_case_gives_its_lines() {
    crate::cases::judge("lines", |case| {
        let options = options(&case.header);
        let make_run = match options.scheme.direction {
            Direction::Horizontal => grid_run,
            Direction::Vertical => grid_run_vertical,
        };
        let report = report(&copy(case), &options, &make_run)
            .unwrap_or_else(|refused| panic!("{}: {}", case.name, refused.message.en));
        report.to_dump()
    });
}

#[test]
fn every_row_of_the_first_paper_has_a_case() {
    let names: BTreeSet<String> = in_folder("lines")
        .iter()
        .filter_map(|case| case.name.split('_').next().map(str::to_owned))
        .collect();
    let rows = [
        "t01", "t04", "t05", "t06", "t08", "t09", "t12", "t14", "t16", "t17", "t27", "t28", "t29",
        "t30", "t31", "l01", "l02", "l03", "l04", "l05", "l06", "l07", "l08", "l09", "l10", "l12",
        "l13", "l16", "l18", "l19", "l20", "l22", "l23", "l24", "l25", "l26", "l29", "l30", "l31",
        "l32", "l33", "l34", "l35", "l36", "l37", "l38", "l39", "l40", "l41", "l44", "l45", "p01",
        "p05", "p10", "p16", "p32",
    ];
    let missing: Vec<_> = rows.iter().filter(|row| !names.contains(**row)).collect();
    assert!(missing.is_empty(), "rows without a case: {missing:?}");
}

#[test]
fn the_em_of_the_cases_divides_by_its_parts() {
    assert_eq!(EM.raw() % 24, 0);
}

/// One sign of each class of the rules.
const SIGNS: [(&str, &str); 16] = [
    ("OPEN", "（"),
    ("CLOSE", "）"),
    ("COMMA", "，"),
    ("COLON", "："),
    ("STOP", "。"),
    ("EXCL", "！"),
    ("DASH", "⸺"),
    ("ELLIP", "……"),
    ("CONN", "～"),
    ("MID", "·"),
    ("SOL", "／"),
    ("PRE", "￥"),
    ("POST", "％"),
    ("HAN", "汉"),
    ("WEST", "a"),
    ("NUM", "1"),
];

/// L46: for each pair of classes whether a line may break between them at
/// level gb, through the whole way from text to break list.
#[test]
fn l46_pairs_of_classes() {
    let options = LinesOptions::new(EM);
    let style = banxin::story::ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        size: EM,
        pitch: EM,
        scheme: std::sync::Arc::new(options.scheme),
        placement: banxin::story::Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    };
    let mut table = String::from("# row before, column after: + break, . no break (level gb)\n");
    table.push_str("      ");
    for (name, _) in SIGNS {
        table.push_str(&format!(" {name:>5}"));
    }
    table.push('\n');
    for (name, before) in SIGNS {
        table.push_str(&format!("{name:<6}"));
        for (_, after) in SIGNS {
            let text = format!("汉{before}{after}汉");
            let galley = banxin::compose::Galley::new(&grid_run(&text), &style);
            let at = u32::try_from("汉".len() + before.len()).expect("a short text");
            let sign = if galley.breaks().contains(&at) {
                '+'
            } else {
                '.'
            };
            table.push_str(&format!(" {sign:>5}"));
        }
        table.push('\n');
    }
    let path = root().join("pairs_gb.txt");
    if blessing() {
        fs::write(&path, &table).expect("a writable golden file");
    }
    let golden = fs::read_to_string(&path).expect("the golden file");
    assert_eq!(golden, table);
}
