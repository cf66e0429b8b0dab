//! The breaker against brute force, and the properties that hold for any
//! text.

use std::sync::Arc;

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq};
use proptest::{prop_oneof, proptest};

use super::Line;
use super::break_points::{self, Point};
use super::cost::{Squeeze, price};
use super::measure::Ruler;
use super::optimum::{self, Measures};
use crate::base::clreq::{Class, Direction, Em, Fit, Level, LineEnd, Region, Scheme};
use crate::base::geom::Length;
use crate::compose::ideal;
use crate::compose::spacing::{Break, Galley};
use crate::story::{Align, ParaStyle, Placement, TextStyle, Turn};

const EM: Length = Length::pt(12);
/// Random paragraphs of each property.
const CASES: u32 = 10_000;

fn para(scheme: Scheme) -> ParaStyle {
    ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        size: EM,
        pitch: Length::pt(16),
        scheme: Arc::new(scheme),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    }
}

fn galley(text: &str, style: &ParaStyle) -> Galley {
    Galley::new(&ideal::run(text, ideal::style(EM)), style)
}

fn texts(galley: &Galley, lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .map(|line| galley.text_of(&line.seen).to_owned())
        .collect()
}

/// The least cost over every way to break, by trying them all.
fn brute(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    squeeze: Squeeze,
    from: usize,
    line: usize,
) -> Option<i64> {
    if from + 1 == points.len() {
        return Some(0);
    }
    let mut best = None;
    for to in from + 1..points.len() {
        let priced = price(
            ruler,
            points[from].at,
            &points[to],
            measures.of(line),
            squeeze,
        );
        if let Some(priced) = priced
            && let Some(rest) = brute(ruler, points, measures, squeeze, to, line + 1)
        {
            let cost = priced.cost.saturating_add(rest);
            best = Some(best.map_or(cost, |best: i64| best.min(cost)));
        }
        if points[to].forced {
            break;
        }
    }
    best
}

fn copy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => Just("汉"),
        2 => Just("字"),
        2 => Just("，"),
        1 => Just("。"),
        1 => Just("、"),
        1 => Just("！"),
        1 => Just("“"),
        1 => Just("”"),
        1 => Just("（"),
        1 => Just("）"),
        1 => Just("——"),
        1 => Just("……"),
        1 => Just("·"),
        1 => Just("～"),
        1 => Just("/"),
        1 => Just("ab"),
        1 => Just("It’s"),
        1 => Just("editorial"),
        1 => Just(" "),
        1 => Just("26"),
        1 => Just("1 234"),
        1 => Just("50%"),
        1 => Just("①"),
        1 => Just("\u{3000}"),
        1 => Just("\u{2060}"),
        1 => Just("\u{200B}"),
        1 => Just("\u{A0}"),
        1 => Just("\u{2028}"),
        1 => Just("(b)"),
        1 => Just("www.a/bc-d"),
        1 => Just("-"),
        1 => Just("10-24"),
        1 => Just("—"),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn schemes() -> impl Strategy<Value = Scheme> {
    let level = prop_oneof![
        Just(Level::None),
        Just(Level::Basic),
        Just(Level::Gb),
        Just(Level::Strict)
    ];
    let fit = prop_oneof![Just(Fit::ProhibitionOnly), Just(Fit::ShrinkFirst)];
    let end = prop_oneof![
        Just(LineEnd::Half),
        Just(LineEnd::Full),
        Just(LineEnd::Allow)
    ];
    let region = prop_oneof![Just(Region::Cn), Just(Region::Tw), Just(Region::Hk)];
    let flags = any::<[bool; 6]>();
    (region, level, fit, end, 0..4_u8, flags, 0..4_u8).prop_map(
        |(region, level, fit, line_end, runt_minimum, flags, grid)| {
            let [
                hanging,
                gaps_fixed,
                keep_sentence_final,
                force_words,
                hyphenate,
                glue,
            ] = flags;
            Scheme {
                level,
                fit,
                line_end,
                runt_minimum,
                hanging,
                gaps_fixed,
                keep_sentence_final,
                force_words,
                hyphenate,
                glue_units: Some(glue),
                grid_align: grid == 0,
                ..Scheme::for_region(region)
            }
        },
    )
}

fn styles() -> impl Strategy<Value = ParaStyle> {
    let align = prop_oneof![
        4 => Just(Align::Justify),
        1 => Just(Align::Center),
        1 => Just(Align::Even)
    ];
    let turn = prop_oneof![3 => Just(Turn::Fill), 1 => Just(Turn::Sense)];
    (schemes(), align, turn, 0..3_i64).prop_map(|(scheme, align, turn, indent)| ParaStyle {
        align,
        turn,
        indent: EM * indent,
        ..para(scheme)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn the_breaker_equals_brute_force(
        text in copy(),
        style in styles(),
        narrow in 4..20_i64,
        wide in 4..20_i64,
        constant_from in 0..4_usize,
    ) {
        let galley = galley(&text, &style);
        let given = |line| if line < constant_from { EM * narrow / 2 } else { EM * wide / 2 };
        let measures = Measures::new(&galley, &given, constant_from);
        let ruler = Ruler::new(&galley);
        let points = break_points::collect(&ruler, &measures, false);
        if points.len() < 18 {
            for squeeze in [Squeeze::Asked, Squeeze::Dearly, Squeeze::Any] {
                let found = optimum::find(&ruler, &points, &measures, squeeze, i64::MAX);
                if points.is_empty() {
                    prop_assert!(found.breaks.is_empty());
                } else {
                    let least = brute(&ruler, &points, &measures, squeeze, 0, 0);
                    prop_assert_eq!(Some(found.cost), least);
                }
            }
        }
    }

    #[test]
    fn the_bound_changes_no_break(
        text in prop::collection::vec(copy(), 0..12).prop_map(|parts| parts.concat()),
        style in styles(),
        narrow in 4..40_i64,
        wide in 4..40_i64,
        constant_from in 0..6_usize,
    ) {
        let galley = galley(&text, &style);
        let given = |line| if line < constant_from { EM * narrow / 2 } else { EM * wide / 2 };
        let measures = Measures::new(&galley, &given, constant_from);
        let ruler = Ruler::new(&galley);
        let points = break_points::collect(&ruler, &measures, false);
        for squeeze in [Squeeze::Asked, Squeeze::Dearly, Squeeze::Any] {
            let all = optimum::search(&ruler, &points, &measures, squeeze, i64::MAX);
            prop_assert_eq!(optimum::find(&ruler, &points, &measures, squeeze, i64::MAX), all);
        }
    }

    #[test]
    fn lines_cover_the_text_once_fill_their_measure_and_keep_the_prohibitions(
        text in prop::collection::vec(copy(), 0..6).prop_map(|parts| parts.concat()),
        style in styles(),
        halves in 2..30_i64,
    ) {
        let galley = galley(&text, &style);
        let measure = EM * halves / 2;
        let lines = galley.break_at(measure);
        let mut at = 0;
        let mut cluster = 0;
        for (number, line) in lines.iter().enumerate() {
            prop_assert_eq!(line.text.start, at);
            at = line.text.end;
            for glyph in &line.glyphs {
                prop_assert_eq!(glyph.clusters.start, cluster);
                cluster = glyph.clusters.end;
                prop_assert!(glyph.advance >= Length::ZERO);
            }
            prop_assert_eq!(line.last, number + 1 == lines.len());
            let indent = if number == 0 { style.indent } else { Length::ZERO };
            let room = (measure - indent).max(Length::ZERO);
            let codes: Vec<_> = line.notes.iter().map(|note| note.code).collect();
            if !codes.contains(&"line/overlong") {
                prop_assert!(line.width <= room, "{codes:?}");
            }
            let last = line.glyphs.iter().rfind(|glyph| !glyph.swallowed);
            let on_grid = galley.grid.is_some();
            let filled = style.align == Align::Even
                || (style.align == Align::Justify && !line.last && !line.forced && !on_grid);
            let excused = ["line/short", "line/overlong", "line/broken"];
            if filled && !codes.iter().any(|code| excused.contains(code)) {
                prop_assert_eq!(line.width, room);
                // the drawn end agrees with the width, hung mark aside
                if let Some(last) = last
                    && !style.scheme.hanging
                {
                    prop_assert_eq!(last.x + last.advance, room);
                }
            }
            // L43 and L49 let a mark start a line
            let excused = ["line/broken", "line/relaxed"];
            let broken = number > 0 && lines[number - 1].notes.iter().any(|note| excused.contains(&note.code));
            let level = style.scheme.level;
            let free = text.contains(['\u{200B}', '\u{2028}']) || (on_grid && style.scheme.hanging);
            if number > 0 && !broken && !free && let Some(first) = line.glyphs.iter().find(|glyph| !glyph.swallowed) {
                let atom = galley.atoms.iter().find(|atom| atom.text == first.text);
                prop_assert!(atom.is_none_or(|atom| !level.forbids_start(atom.class)), "{:?}", texts(&galley, &lines));
            }
            let broken = line.notes.iter().any(|note| note.code == "line/broken");
            if !line.last && !broken && !free && let Some(last) = last {
                let atom = galley.atoms.iter().find(|atom| atom.text == last.text);
                prop_assert!(atom.is_none_or(|atom| !level.forbids_end(atom.class)));
            }
        }
        prop_assert_eq!(at as usize, text.len());
        prop_assert_eq!(cluster as usize, galley.atoms.last().map_or(0, |atom| atom.clusters.end as usize));
    }

    /// What costs the same is broken the same, whatever lines are told apart.
    #[test]
    fn how_many_lines_have_a_measure_of_their_own_changes_no_break(
        text in prop::collection::vec(copy(), 0..4).prop_map(|parts| parts.concat()),
        style in styles(),
        halves in 2..20_i64,
        constant_from in 0..8_usize,
    ) {
        let galley = galley(&text, &style);
        let ends = |constant_from| -> Vec<u32> {
            let lines = galley.break_lines(&|_| EM * halves / 2, constant_from);
            lines.iter().map(|line| line.text.end).collect()
        };
        prop_assert_eq!(ends(constant_from), ends(0));
    }

    #[test]
    fn p16_sense_takes_one_line_more_than_filling_at_most(
        text in "[汉字的一二年，“”·a ]{0,40}",
        style in styles(),
        halves in 2..30_i64,
    ) {
        let count = |turn| {
            let style = ParaStyle { align: Align::Center, turn, ..style.clone() };
            galley(&text, &style).break_at(EM * halves / 2).len()
        };
        prop_assert!(count(Turn::Sense) <= count(Turn::Fill) + 1);
    }

    #[test]
    fn any_text_at_all_is_set(text in any::<String>(), halves in 0..30_i64) {
        let galley = galley(&text, &para(Scheme::default()));
        let lines = galley.break_at(EM * halves / 2);
        prop_assert_eq!(lines.is_empty(), text.is_empty());
    }
}

#[test]
fn l16_a_syllable_that_its_hyphen_makes_too_wide_is_broken_by_force() {
    let style = para(Scheme {
        hyphenate: true,
        ..Scheme::default()
    });
    let lines = galley("editorial", &style).break_at(EM);
    assert!(lines.iter().all(|line| line.width <= EM), "{lines:?}");
}

#[test]
fn l02_l47_no_violation_at_any_level_in_either_direction() {
    let text =
        "他说：“好，‘甲·乙’——丙……丁/戊（己～庚）《辛》！？壬、癸；”子丑。寅卯辰巳".repeat(20);
    let ways = Direction::ALL
        .iter()
        .flat_map(|&(_, direction)| Level::ALL.map(|(_, level)| (direction, level)));
    for (direction, level) in ways {
        let style = Arc::new(ideal::style(EM));
        let run = match direction {
            Direction::Horizontal => ideal::styled_run(&[(&text, style)]),
            Direction::Vertical => ideal::vertical_run(&[(&text, style)]),
        };
        let galley = Galley::new(
            &run,
            &para(Scheme {
                level,
                direction,
                ..Scheme::default()
            }),
        );
        let lines = galley.break_at(EM * 7);
        for line in &lines {
            let classes: Vec<Class> = line
                .glyphs
                .iter()
                .filter_map(|glyph| galley.atoms.iter().find(|atom| atom.text == glyph.text))
                .map(|atom| atom.class)
                .collect();
            if line.text.start > 0 {
                assert!(!level.forbids_start(classes[0]), "{level:?} {classes:?}");
            }
            if !line.last {
                assert!(!level.forbids_end(classes[classes.len() - 1]), "{level:?}");
            }
        }
    }
}

#[test]
fn l28_each_mark_gives_of_its_own_em() {
    let small = Arc::new(ideal::style(Length::pt(9)));
    let large = Arc::new(ideal::style(Length::pt(18)));
    let run = ideal::styled_run(&[("说：", small), ("“好", large)]);
    let style = ParaStyle {
        size: Length::pt(9),
        ..para(Scheme::default())
    };
    let lines = Galley::new(&run, &style).break_at(Length::pt(200));
    let advances: Vec<_> = lines[0].glyphs.iter().map(|glyph| glyph.advance).collect();
    assert_eq!(
        advances,
        [
            Length::pt(9),
            Length::from_millipt(4500),
            Length::pt(18),
            Length::pt(18)
        ]
    );
}

#[test]
fn t38_an_opening_mark_is_cut_by_shifting_it() {
    let style = para(Scheme::default());
    let lines = galley("（甲）", &style).break_at(EM * 6);
    let open = &lines[0].glyphs[0];
    assert_eq!((open.advance, open.dx), (EM / 2, -(EM / 2)));
    let close = &lines[0].glyphs[2];
    assert_eq!((close.advance, close.dx), (EM / 2, Length::ZERO));
}

#[test]
fn t38_centred_ink_is_never_cut_into() {
    // a question mark that its font draws in the middle of the frame
    let mut run = ideal::run("甲？", ideal::style(EM));
    run.clusters[1].ink = (EM.scale(35, 100), EM.scale(65, 100));
    let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
    let mark = &lines[0].glyphs[1];
    assert_eq!(mark.advance, EM / 2);
    let left = mark.dx + EM.scale(35, 100);
    assert_eq!(
        left,
        EM.scale(10, 100),
        "0.3 em of ink in the middle of half an em"
    );
}

#[test]
fn t14_the_interpunct_is_centred_whatever_its_font_says() {
    for width in [327, 1000] {
        let mut run = ideal::run("甲·乙", ideal::style(EM));
        run.clusters[1].advance = EM.scale(width, 1000);
        let middle = EM.scale(width, 2000);
        run.clusters[1].ink = (middle - EM / 20, middle + EM / 20);
        let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
        let dot = &lines[0].glyphs[1];
        assert_eq!(dot.advance, EM / 2);
        assert!((dot.dx + middle - EM / 4).abs() <= Length::units(1));
    }
}

#[test]
fn t06_a_latin_paragraph_keeps_its_quotes() {
    let galley = galley("He said “no” twice", &para(Scheme::default()));
    let quote = galley
        .atoms
        .iter()
        .find(|atom| galley.text_of(&atom.text) == "“");
    assert_eq!(quote.map(|atom| atom.class), Some(Class::Other));
}

#[test]
fn t06_l17_an_apostrophe_stays_with_a_raised_letter() {
    let plain = Arc::new(ideal::style(EM));
    let raised = TextStyle {
        raised: Some(EM / 3),
        ..ideal::style(EM)
    };
    let parts = [("汉", plain.clone()), ("it", raised.into()), ("’s", plain)];
    let galley = Galley::new(&ideal::styled_run(&parts), &para(Scheme::default()));
    assert_eq!(galley.breaks(), [9]);
}

#[test]
fn t06_behind_a_letter_one_stroke_is_an_apostrophe_and_two_open() {
    let breaks = |text: &str| galley(text, &para(Scheme::default())).breaks();
    assert_eq!(breaks("App'字"), [4, 7]);
    assert_eq!(breaks("App\"字\"汉"), [3, 8, 11]);
}

#[test]
fn p11_spaces_that_lines_end_with_take_no_room() {
    let galley = galley("甲乙\u{3000}丙丁\u{3000}戊己", &para(Scheme::default()));
    let lines = galley.break_within(&|_| EM * 2, 0, 3);
    assert_eq!(
        lines.map(|lines| texts(&galley, &lines)),
        Some(["甲乙", "丙丁", "戊己"].map(str::to_owned).to_vec())
    );
}

/// A galley of parts, those marked raised above the line.
fn scripted(parts: &[(&str, bool)]) -> Galley {
    scripted_by(Scheme::default(), parts)
}

fn scripted_by(scheme: Scheme, parts: &[(&str, bool)]) -> Galley {
    let styled: Vec<(&str, Arc<TextStyle>)> = parts
        .iter()
        .map(|&(text, raised)| {
            let style = TextStyle {
                raised: raised.then_some(EM / 3),
                ..ideal::style(EM)
            };
            (text, Arc::new(style))
        })
        .collect();
    Galley::new(&ideal::styled_run(&styled), &para(scheme))
}

#[test]
fn l17_what_is_raised_holds_to_its_base_alone() {
    let breaks = |parts: &[(&str, bool)]| scripted(parts).breaks();
    // behind Han a note's mark, which the next line may begin behind
    let note = [("汉", false), ("1", true), ("字", false)];
    assert_eq!(breaks(&note), [4, 7]);
    // behind a letter a part of its word
    let word = [("汉x", false), ("2", true), ("y字", false)];
    assert_eq!(breaks(&word), [3, 6, 9]);
    assert_eq!(scripted(&word).atoms[2].class, Class::West);
    assert_eq!(scripted(&note).atoms[1].class, Class::Note);
    // nothing is in front of it
    assert_eq!(breaks(&[("1", true), ("字", false)]), [1, 4]);
    // at the end of a text, and in an address
    assert_eq!(breaks(&[("汉字", false), ("1", true)]), [3, 7]);
    assert_eq!(breaks(&[("www.ab/", false), ("c", true)]), [4, 8]);
}

#[test]
fn l17_no_hyphen_parts_a_word_from_what_is_raised_in_it() {
    let hyphens = |parts: &[(&str, bool)]| -> Vec<u32> {
        let scheme = Scheme {
            hyphenate: true,
            ..Scheme::default()
        };
        let galley = scripted_by(scheme, parts);
        let joints = galley.joints.iter().zip(&galley.atoms);
        joints
            .filter(|(joint, _)| matches!(joint.rule, Break::Hyphen(_)))
            .map(|(_, atom)| atom.text.start)
            .collect()
    };
    let whole = hyphens(&[("pre", false), ("senta", false), ("tion", false)]);
    assert!(whole.contains(&3) && whole.len() > 1, "{whole:?}");
    let raised = hyphens(&[("pre", false), ("senta", true), ("tion", false)]);
    assert!(!raised.contains(&3), "{raised:?}");
}

#[test]
fn l17_controls_do_the_same_raised_or_not() {
    let galley = scripted(&[("汉", false), ("\u{2060}", true), ("字", false)]);
    assert_eq!(galley.atoms[1].class, Class::Glue);
    assert_eq!(galley.breaks(), [9]);
    let galley = scripted(&[("汉", false), ("\n", true), ("字", false)]);
    assert_eq!(galley.atoms[1].class, Class::Feed);
    assert_eq!(texts(&galley, &galley.break_at(EM * 9)), ["汉", "字"]);
}

#[test]
fn t08_a_dash_of_two_styles_is_one_atom() {
    let galley = scripted(&[("甲—", false), ("—", false), ("乙", false)]);
    let clusters: Vec<_> = galley
        .atoms
        .iter()
        .map(|atom| atom.clusters.clone())
        .collect();
    assert_eq!(clusters, [0..1, 1..3, 3..4]);
    assert_eq!(galley.atoms[1].class, Class::Dash);
}

#[test]
fn l43_no_line_ends_with_what_opens_or_is_not_seen_before_a_long_run() {
    // in front of which characters a run of marks may be parted
    let parted = |text: &str| -> Vec<usize> {
        let galley = galley(text, &para(Scheme::default()));
        let ruler = Ruler::new(&galley);
        let given = |_: usize| EM * 40;
        let points = break_points::collect(&ruler, &Measures::new(&galley, &given, 1), true);
        let relaxed = points.iter().filter(|point| point.relaxed);
        relaxed.map(|point| point.at).collect()
    };
    assert_eq!(parted("甲」，。乙"), [1, 2, 3]);
    assert_eq!(parted("甲（」，。乙"), [3, 4]);
    // a word joiner holds them to what is before it (L46)
    assert_eq!(parted("甲\u{2060}」，。乙"), [3, 4]);
}

/// The price of the first line of a text, which ends before `end`.
fn priced(text: &str, end: &str, measure: i64) -> (super::cost::Priced, i64) {
    let galley = galley(text, &para(Scheme::default()));
    let given = |_: usize| EM * measure;
    let ruler = Ruler::new(&galley);
    let points = break_points::collect(&ruler, &Measures::new(&galley, &given, 1), false);
    let is_end = |point: &&Point| {
        let atom = galley.atoms.get(point.at);
        atom.is_some_and(|atom| galley.text_of(&atom.text) == end)
    };
    let to = points.iter().find(is_end).expect("a break before it");
    let line = price(&ruler, 0, to, (EM * measure).raw(), Squeeze::Asked);
    let relaxed = super::cost::relaxation(&ruler);
    (line.expect("a permitted line"), relaxed)
}

#[test]
fn l43_a_run_is_parted_at_the_cost_of_a_line_at_the_limit() {
    let (line, relaxed) = priced("甲乙丙丁戊己", "己", 6);
    assert_eq!((line.cost, line.loose), (relaxed, false));
}

#[test]
fn l39_a_connector_that_must_open_is_loose_and_a_word_ends_short() {
    assert!(priced("ab～cd 字", "字", 6).0.loose);
    let (word, _) = priced("abxxcd 字", "字", 6);
    assert!(!word.loose);
    assert!(priced("ab～cd 字", "字", 6).0.cost > word.cost);
    // a lone letter is no stretch of text
    assert!(priced("a 字", "字", 3).0.loose);
}

#[test]
fn l09_l49_a_long_ellipsis_of_another_size_never_opens_on_the_grid() {
    let scheme = Scheme {
        grid_align: true,
        ..Scheme::default()
    };
    let plain = Arc::new(ideal::style(EM));
    let large = Arc::new(ideal::style(Length::pt(18)));
    // the whole one first, or the one that is no whole em of the grid
    for marks in [["……", "…"], ["…", "……"]] {
        let [first, second] = marks.map(|mark| (mark, large.clone()));
        let parts = [("汉", plain.clone()), first, second, ("字", plain.clone())];
        let galley = Galley::new(&ideal::styled_run(&parts), &para(scheme.clone()));
        let line = &galley.break_at(EM * 20)[0];
        let [_, first, second, _] = &line.glyphs[..] else {
            panic!("four atoms");
        };
        assert_eq!(first.x + first.advance, second.x, "{marks:?}");
    }
}

#[test]
fn l09_the_odd_mark_of_an_ellipsis_is_one_with_the_others_in_western_text() {
    let style = ParaStyle {
        align: Align::Even,
        ..para(Scheme::default())
    };
    let line = &galley("It …… … it ……… is", &style).break_at(EM * 20)[0];
    let marks: Vec<_> = line
        .glyphs
        .iter()
        .filter(|atom| (17..26).contains(&atom.text.start))
        .collect();
    let [first, second] = marks[..] else {
        panic!("two atoms: {line:?}");
    };
    assert_eq!(first.x + first.advance, second.x);
}

#[test]
fn t05_quotes_of_marks_alone_are_chinese() {
    for text in ["“……”", "“——", "“GDP，CPI”"] {
        let galley = galley(text, &para(Scheme::default()));
        assert_eq!(galley.atoms[0].class, Class::Open, "{text}");
    }
}

#[test]
fn l05_break_list() {
    let list = |text: &str| {
        let galley = galley(text, &para(Scheme::default()));
        let mut from = 0;
        let mut parts = Vec::new();
        for at in galley.breaks() {
            parts.push(text[from..at as usize].to_owned());
            from = at as usize;
        }
        parts.join("|")
    };
    assert_eq!(list("他说“你好”了"), "他|说|“你|好”|了");
    assert_eq!(list("中‘中’中"), "中|‘中’|中");
    assert_eq!(list("说“OK”然"), "说|“OK”|然");
    assert_eq!(list("中”“中"), "中”|“中");
    assert_eq!(list("……“中"), "……|“中");
    assert_eq!(list("中·中"), "中·|中");
    assert_eq!(list("中～中"), "中～|中");
    assert_eq!(list("2019—2020年"), "2019—|2020|年");
    assert_eq!(list("中／中/中"), "中／中/中");
    assert_eq!(list("中——中"), "中|——|中");
    assert_eq!(list("中……中"), "中|……|中");
    assert_eq!(list("1 234 567元"), "1 234 567|元");
    assert_eq!(list("－5℃"), "－5℃");
    assert_eq!(list("了-5℃"), "了|-5℃", "l13: a minus");
    assert_eq!(list("至–0.5%"), "至|–0.5%");
    assert_eq!(list("京-5号"), "京-5|号", "l13: either, so neither");
    assert_eq!(list("第10–20页"), "第|10–|20|页");
    assert_eq!(list("拨010-88"), "拨|010-|88");
    assert_eq!(list("10m²的"), "10m²|的", "l17");
    assert_eq!(list("甲㉑⑴乙㊿"), "甲㉑⑴|乙㊿");
    assert_eq!(list("GB/T 15834"), "GB/T |15834");
    assert_eq!(list("GDP（中）"), "GDP|（中）");
    assert_eq!(list("It’s"), "It’s");
    assert_eq!(list("甲\r\n乙"), "甲\r\n|乙", "l46: CR LF counts once");
    assert_eq!(list("中(中)中"), "中|(中)|中");
}

#[test]
fn l16_a_unit_of_many_kinds_is_broken_by_force_and_never_overlong() {
    for text in [
        "x".repeat(3000),
        format!("见https://example.org/{}甲乙", "a".repeat(5000)),
        "（".repeat(2000),
        "）".repeat(2000),
        "甲\u{2060}".repeat(2000),
        format!("甲{}乙", " ".repeat(3000)),
        "\u{200B}".repeat(3000),
        "汉".repeat(20_000),
        "——".repeat(2000),
    ] {
        let galley = galley(&text, &para(Scheme::default()));
        for line in galley.break_at(EM * 13) {
            assert!(line.width <= EM * 13, "{:?}", line.notes);
        }
    }
}

#[test]
fn p04_indents_are_taken_off_and_the_line_starts_behind_them() {
    let style = ParaStyle {
        indent: EM * 2,
        start: EM,
        end: EM,
        ..para(Scheme::default())
    };
    let lines = galley("甲乙丙丁戊己庚辛壬癸", &style).break_at(EM * 8);
    assert_eq!((lines[0].x, lines[0].width), (EM * 3, EM * 4));
    assert_eq!((lines[1].x, lines[1].width), (EM, EM * 6));
}

#[test]
fn t36_tracking_stands_between_characters_only() {
    let wide = crate::story::TextStyle {
        tracking: EM,
        ..ideal::style(EM)
    };
    let lines = Galley::new(&ideal::run("体育", wide), &para(Scheme::default())).break_at(EM * 6);
    assert_eq!(lines[0].width, EM * 3);
}

#[test]
fn n25_t31_figures_are_never_set_tight() {
    let tight = crate::story::TextStyle {
        tracking: -EM / 10,
        ..ideal::style(EM)
    };
    let width = |text: &str| {
        let style = para(Scheme::default());
        let tight = Galley::new(&ideal::run(text, tight.clone()), &style).break_at(EM * 20);
        let plain = Galley::new(&ideal::run(text, ideal::style(EM)), &style).break_at(EM * 20);
        plain[0].width - tight[0].width
    };
    assert_eq!(width("12.5"), Length::ZERO, "the point stays where it is");
    assert_eq!(width("GDP"), Length::ZERO);
    assert_eq!(width("体育馆"), EM / 5, "two gaps of Han");
    assert_eq!(width("体12.5馆"), EM / 5, "and those beside a number");
}

#[test]
fn measures_may_change_from_line_to_line() {
    let galley = galley(&"汉".repeat(30), &para(Scheme::default()));
    let lines = galley.break_lines(&|line| EM * if line < 3 { 5 } else { 8 }, 3);
    let counts: Vec<usize> = lines.iter().map(|line| line.glyphs.len()).collect();
    assert_eq!(counts, [5, 5, 5, 8, 7]);
}

#[test]
fn l35_interpunct_gives_way_on_both_sides_outside_the_mainland() {
    let scheme = Scheme {
        fit: Fit::ShrinkFirst,
        ..Scheme::for_region(crate::base::clreq::Region::Tw)
    };
    let lines = galley("比尔·盖茨", &para(scheme)).break_at(EM * 9 / 2);
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].glyphs[2].advance, Em::HALF.of(EM));
}

/// The lines of a text in em, by the newspaper rules.
fn set(text: &str, measure: i64) -> Vec<String> {
    let galley = galley(text, &para(Scheme::default()));
    texts(&galley, &galley.break_at(EM * measure))
}

#[test]
fn p10_one_character_comes_down_in_narrow_columns() {
    assert_eq!(set("甲乙丙丁戊己", 5), ["甲乙丙丁", "戊己"]);
    assert_eq!(set("甲乙丙丁戊", 4), ["甲乙丙", "丁戊"]);
    for (measure, count) in [(4, 9), (5, 11), (6, 13)] {
        let lines = set(&"汉".repeat(count), measure);
        assert_eq!(lines.last().map(|line| line.chars().count()), Some(2));
    }
    // L01: a line of three characters would be torn by a whole em
    assert_eq!(set("甲乙丙丁", 3), ["甲乙丙", "丁"]);
}

#[test]
fn l44_a_second_try_squeezes_only_where_it_helps() {
    // the loose line is the last but one; the first two are good as they are
    let galley = galley(
        "甲，乙丙丁戊己，庚辛壬癸子丑寅卯ABCDEFGHIJKLMNOP辰",
        &para(Scheme::default()),
    );
    let lines = galley.break_at(EM * 8);
    let first = &lines[0];
    assert_eq!(galley.text_of(&first.seen), "甲，乙丙丁戊己，");
}

#[test]
fn l13_a_phone_number_is_parted_only_in_need() {
    assert_eq!(
        set("如有疑问或电话拨打010-88888888转", 12),
        ["如有疑问或电话拨打", "010-88888888转"]
    );
    assert_eq!(set("010-88888888", 5), ["010-", "88888888"]);
}

#[test]
fn t29_a_typed_space_gives_way_to_the_gap_beside_any_sign() {
    let width = |text: &str| galley(text, &para(Scheme::default())).natural_width();
    for (typed, plain) in [
        ("占 50% 的", "占50%的"),
        ("为 $50 元", "为$50元"),
        ("到 5℃ 了", "到5℃了"),
        ("到 -5℃ 了", "到-5℃了"),
        ("用 C++ 写", "用C++写"),
        ("见 Dr. 王", "见Dr.王"),
        ("占 9m² 地", "占9m²地"),
        ("说 (abc) 的", "说(abc)的"),
        ("他 ，GDP ，好", "他，GDP，好"),
        ("他 《甲》 ！", "他《甲》！"),
        ("丙 · 丁 —— 戊", "丙·丁——戊"),
    ] {
        assert_eq!(width(typed), width(plain), "{typed}");
    }
    assert!(width("张 三") > width("张三"), "between Han it stays");
    assert!(width("AB CD") > width("ABCD"));
}

#[test]
fn t27_signs_of_words_and_numbers_keep_the_gap_alike() {
    let gaps = |text: &str| {
        let run = ideal::run(text, ideal::style(EM));
        let natural: Length = run.clusters.iter().map(|cluster| cluster.advance).sum();
        let galley = Galley::new(&run, &para(Scheme::default()));
        (galley.natural_width() - natural).to_em(EM)
    };
    for text in [
        "用C++写",
        "第#5号",
        "约±5个",
        "加+5分",
        "占9m²地",
        "约50%的",
    ] {
        assert_eq!(gaps(text), 0.5, "{text}");
    }
    for text in ["约50％的", "到5℃的"] {
        assert_eq!(gaps(text), 0.25, "{text}");
    }
}

#[test]
fn t17_three_marks_take_two_em_however_they_are_typed() {
    let width = |text: &str| galley(text, &para(Scheme::default())).natural_width();
    for chain in ["！！！", "‼！", "！‼", "？⁉"] {
        assert_eq!(width(&format!("啊{chain}啊")), EM * 4, "{chain}");
    }
    for chain in ["！！", "‼", "⁉"] {
        assert_eq!(width(&format!("啊{chain}啊")), EM * 3, "{chain}");
    }
}

#[test]
fn t07_ink_beyond_its_half_is_set_back_into_it() {
    // a question mark that its font draws in the middle of the frame
    let mut run = ideal::run("甲？乙", ideal::style(EM));
    run.clusters[1].ink = (EM.scale(320, 1000), EM.scale(676, 1000));
    let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
    let mark = &lines[0].glyphs[1];
    assert_eq!(mark.advance, EM);
    assert_eq!(mark.dx + EM.scale(676, 1000), EM.scale(428, 1000));
    // outside the mainland in the middle, whatever its font says
    for text in ["甲？乙", "甲，乙"] {
        let run = ideal::run(text, ideal::style(EM));
        let (left, right) = run.clusters[1].ink;
        let scheme = Scheme::for_region(crate::base::clreq::Region::Tw);
        let lines = Galley::new(&run, &para(scheme)).break_at(EM * 6);
        let dx = lines[0].glyphs[1].dx;
        assert_eq!((dx + left) + (dx + right), EM, "{text}");
    }
}

#[test]
fn l19_a_wide_space_alone_on_its_line_keeps_its_em() {
    let width = |text: &str| {
        let lines = galley(text, &para(Scheme::default())).break_at(EM * 6);
        lines.last().map(|line| line.width)
    };
    assert_eq!(width("\u{3000}"), Some(EM));
    assert_eq!(width("甲\u{2028}\u{3000}"), Some(EM));
    assert_eq!(width(" "), Some(Length::ZERO));
}

#[test]
fn t12_a_connector_is_centred_by_its_ink() {
    // a wave that its font draws at the left of its advance
    let mut run = ideal::run("甲～乙", ideal::style(EM));
    run.clusters[1].ink = (Length::ZERO, EM / 2);
    let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
    assert_eq!(lines[0].glyphs[1].dx, EM / 4);
}

#[test]
fn l41_a_hung_mark_stands_at_the_measure_whatever_the_tracking() {
    let tracked = crate::story::TextStyle {
        tracking: EM / 5,
        ..ideal::style(EM)
    };
    let scheme = Scheme {
        hanging: true,
        ..Scheme::default()
    };
    let run = ideal::run("甲乙丙丁戊，己庚", tracked);
    let measure = EM * 5 + EM / 5 * 4;
    let lines = Galley::new(&run, &para(scheme)).break_at(measure);
    let last = lines[0].glyphs.last().expect("a mark");
    assert_eq!((lines[0].width, last.x), (measure, measure));
}

#[test]
fn t07_ink_a_hair_beyond_its_half_is_taken_back() {
    let dx = |ink: (i64, i64)| {
        let mut run = ideal::run("甲，乙", ideal::style(EM));
        run.clusters[1].ink = (EM.scale(ink.0, 1000), EM.scale(ink.1, 1000));
        let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
        lines[0].glyphs[1].dx
    };
    assert_eq!(dx((100, 490)), Length::ZERO);
    assert_eq!(dx((100, 510)), EM.scale(-10, 1000));
}

#[test]
fn t38_ink_wider_than_its_half_keeps_its_place_unless_it_is_cut() {
    let dx = |text: &str| {
        let mut run = ideal::run(text, ideal::style(EM));
        run.clusters[1].ink = (EM.scale(300, 1000), EM);
        let lines = Galley::new(&run, &para(Scheme::default())).break_at(EM * 6);
        lines[0].glyphs[1].dx
    };
    assert_eq!(dx("甲，乙"), Length::ZERO);
    // half an em for 0.7 em of ink: as much sticks out on either side
    assert_eq!(dx("甲，“乙"), EM.scale(-400, 1000));
}

#[test]
fn p32_a_ragged_line_is_filled_before_it_is_broken() {
    let style = ParaStyle {
        align: Align::Center,
        ..para(Scheme::default())
    };
    let lines = galley(&"汉".repeat(150), &style).break_at(EM * 100);
    assert_eq!(lines[0].width, EM * 100);
}

/// The stretches between the breaks that the rules alone allow.
fn stretches(text: &str) -> String {
    let galley = galley(text, &para(Scheme::default()));
    let mut from = 0;
    let mut parts = Vec::new();
    for at in galley.breaks() {
        parts.push(&text[from..at as usize]);
        from = at as usize;
    }
    parts.join("|")
}

#[test]
fn l16_an_address_breaks_behind_both_strokes_of_its_scheme() {
    assert_eq!(
        stretches("见https://a.example/b了"),
        "见|https://|a.|example/|b|了"
    );
}

#[test]
fn l46_a_straight_quote_beside_chinese_text_is_no_more_than_a_mark() {
    for (text, expected) in [
        ("他说\"你好\"了", "他|说|\"你|好\"|了"),
        ("他说：\"好。\"走了", "他|说：|\"好。\"|走|了"),
        ("说\"OK\"然", "说|\"OK\"|然"),
        ("用'甲''乙'好", "用|'甲'|'乙'|好"),
        ("用App\"云\"好", "用|App|\"云\"|好"),
        ("甲乙\"", "甲|乙\""),
        // an inch, and apostrophes
        ("屏幕15\"大\"小\"", "屏|幕|15\"|大|\"小\""),
        ("中It's it', so中", "中|It's |it', |so|中"),
    ] {
        assert_eq!(stretches(text), expected);
    }
}

#[test]
fn l46_an_inch_or_an_apostrophe_closes_no_quotation() {
    for (text, expected) in [
        ("\"这24\"屏好\"他", "\"这|24\"|屏|好\"|他"),
        ("说'It's好吗'他", "说|'It's|好|吗'|他"),
        ("24\"屏和\"好\"字", "24\"|屏|和|\"好\"|字"),
        // behind a figure too a quotation begins and ends
        ("是2026\"两会\"", "是|2026|\"两|会\""),
        ("今3\"两会\"上", "今|3|\"两|会\"|上"),
        ("\"2026\"年", "\"2026\"|年"),
        ("3'15\"和3'20\"好", "3'15\"|和|3'20\"|好"),
        // a mark in quotes is quoted, between two quotations it is none's
        ("把\"，\"改\"。\"才", "把|\"，\"|改|\"。\"|才"),
        ("\"好\"，\"坏\"。", "\"好\"，|\"坏\"。"),
        // two inches, or the words between two figures
        ("用24\"屏和32\"屏", "用|24\"屏|和|32\"|屏"),
    ] {
        assert_eq!(stretches(text), expected);
    }
}

#[test]
fn l46_a_quotation_over_paragraphs_turns_no_other_round() {
    for (text, expected) in [
        ("甲\"乙", "甲\"乙"),
        ("壬癸\"他说", "壬|癸\"他|说"),
        ("癸\"他说：\"甲乙\"好", "癸\"他|说：|\"甲|乙\"|好"),
        ("他说：\"甲。", "他|说：|\"甲。"),
        ("甲乙。\"", "甲|乙。\""),
        ("癸\"他说\"甲乙\"好", "癸\"他|说\"甲|乙\"好"),
    ] {
        assert_eq!(stretches(text), expected);
    }
}

#[test]
fn p16_a_headline_of_six_lines_is_still_turned() {
    let style = ParaStyle {
        align: Align::Center,
        turn: Turn::Sense,
        ..para(Scheme::default())
    };
    let lines = galley(&"汉".repeat(21), &style).break_at(EM * 4);
    let counts: Vec<usize> = lines.iter().map(|line| line.glyphs.len()).collect();
    assert_eq!(counts.len(), 6);
    assert!(counts.iter().all(|&count| count >= 3), "{counts:?}");
}

#[test]
fn t08_a_longer_dash_takes_an_em_a_stroke() {
    use crate::base::clreq::{Direction, Region, frame_of};
    for count in [2, 3, 4] {
        let frame = frame_of(Class::Dash, '—', count, Region::Cn, Direction::Horizontal);
        let width = frame.map(|frame| frame.width.of(EM));
        assert_eq!(width, i64::try_from(count).ok().map(|count| EM * count));
    }
}
