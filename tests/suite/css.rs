//! The web platform's lists of where a Chinese line may break, against the
//! house's own table: `css_text_zh.txt`.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use banxin::base::clreq::{Level, Scheme};
use banxin::base::geom::Length;
use banxin::compose::Galley;
use banxin::compose::lines_report::{EM, grid_run};
use banxin::story::{Align, ParaStyle, Placement, Turn};

use crate::cases::root;

/// List, CSS value, fact and code point.
type Fact = (String, String, String, char);

/// The code points of a list, by its name, CSS value and fact.
fn facts(head: &[&str], points: &[&str]) -> Vec<Fact> {
    let &[list, value, fact] = head else {
        panic!("name, CSS value and fact, not {head:?}")
    };
    let point = |hex: &&str| {
        let point = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
        let point = point.unwrap_or_else(|| panic!("no code point: {hex}"));
        (list.to_owned(), value.to_owned(), fact.to_owned(), point)
    };
    points.iter().map(point).collect()
}

/// Whether the program keeps to a fact, between two Han characters.
fn holds((_, value, fact, point): &Fact) -> bool {
    let level = match value.as_str() {
        "strict" => Level::Strict,
        "normal" => Level::Gb,
        other => panic!("strict or normal, not `{other}`"),
    };
    let style = ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        size: EM,
        pitch: EM,
        scheme: Arc::new(Scheme {
            level,
            ..Scheme::default()
        }),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    };
    let galley = Galley::new(&grid_run(&format!("文文{point}字字")), &style);
    let breaks = galley.breaks();
    let before = "文文".len();
    let at = |offset: usize| breaks.iter().any(|&at| at as usize == offset);
    match fact.as_str() {
        "no-start" => !at(before),
        "may-start" => at(before),
        "no-end" => !at(before + point.len_utf8()),
        other => panic!("no such fact: `{other}`"),
    }
}

/// L03, L04, L11, L46: every fact holds or is a difference with its row, and
/// no other difference is named.
#[test]
fn l46_css_text_lists_of_chinese() {
    let text = fs::read_to_string(root().join("css_text_zh.txt")).expect("the lists");
    let mut known: BTreeSet<Fact> = BTreeSet::new();
    let mut excused: BTreeSet<Fact> = BTreeSet::new();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["differs", list, value, fact, row, points @ ..] => {
                assert!(row.starts_with('L'), "a difference needs its row: {line}");
                excused.extend(facts(&[list, value, fact], points));
            }
            [list, value, fact, points @ ..] => known.extend(facts(&[list, value, fact], points)),
            _ => panic!("{line}"),
        }
    }
    let differing: BTreeSet<Fact> = known.into_iter().filter(|fact| !holds(fact)).collect();
    let show = |facts: Vec<&Fact>| -> Vec<String> {
        let show = |(list, value, fact, point): &&Fact| {
            format!("{list} {value} {fact} {:04X}", u32::from(*point))
        };
        facts.iter().map(show).collect()
    };
    let unexplained = show(differing.difference(&excused).collect());
    let unfounded = show(excused.difference(&differing).collect());
    assert!(unexplained.is_empty(), "differs: {unexplained:#?}");
    assert!(unfounded.is_empty(), "does not differ: {unfounded:#?}");
}
