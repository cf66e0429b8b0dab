//! The rules of the page, each by a page that breaks it and its near twin that
//! does not. The grid is that of the make-up's tests: eight columns of 13 em,
//! forty lines.

use crate::base::diag::{Fact, Severity};
use crate::base::geom::{Length, Rect};
use crate::desk::border::Border;
use crate::desk::plan::{Anchor, FurniturePlan, HeadPlace, PagePlan, Side, SlotPlan};
use crate::desk::rules::PageRules;
use crate::makeup::double::Squares;
use crate::makeup::make_up;
use crate::makeup::tests::{grid, head, lines, picture, planned_page, slot};
use crate::page::Page;
use crate::story::Ink;

/// A slot of a name at a column and a line, counted from 1, full of text.
fn story(name: &str, column: u16, line: u16, columns: u16, deep: u16) -> SlotPlan {
    let room = usize::from(columns) * usize::from(deep);
    SlotPlan {
        name: name.into(),
        column: column - 1,
        line: line - 1,
        ..slot(columns, deep, vec![lines(room)])
    }
}

/// The same under a headline of 20 pt.
fn headed(name: &str, column: u16, line: u16, columns: u16, deep: u16) -> SlotPlan {
    let text = usize::from(columns) * usize::from(deep - 3);
    SlotPlan {
        head: vec![head("题目", 20, Length::pt(4), Length::pt(4), 20)],
        story: slot(columns, deep, vec![lines(text)]).story,
        ..story(name, column, line, columns, deep)
    }
}

fn boxed(slot: SlotPlan) -> SlotPlan {
    SlotPlan {
        frame_rule: Border::plain(Length::from_millipt(250)),
        ..slot
    }
}

fn judged(slots: Vec<SlotPlan>) -> Page {
    judged_plan(planned_page(slots))
}

fn judged_plan(plan: PagePlan) -> Page {
    let rules = PageRules::default();
    make_up(&PagePlan { rules, ..plan }, &Squares)
}

/// The findings of a code, each with its number facts.
fn found(page: &Page, code: &str) -> Vec<String> {
    let notes = page.findings.iter().filter(|note| note.code == code);
    let facts = notes.map(|note| {
        let fact = |(name, fact): &(&'static str, Fact)| match fact {
            Fact::Number(number) => format!("{name} {number}"),
            Fact::Word(word) => format!("{name} {word}"),
        };
        note.facts.iter().map(fact).collect::<Vec<_>>().join(", ")
    });
    facts.collect()
}

/// The lead of the page.
fn lead(slot: SlotPlan) -> SlotPlan {
    SlotPlan { lead: true, ..slot }
}

#[test]
fn n35_the_lead_stands_upper_left_or_right_under_the_masthead() {
    let found = |slots: Vec<SlotPlan>| {
        let page = judged(slots);
        let leads = page
            .findings
            .iter()
            .filter(|note| note.code.starts_with("page/lead"))
            .map(|note| (note.code, note.severity, note.message.en.clone()));
        leads.collect::<Vec<_>>()
    };
    let rest = || headed("rest", 1, 21, 8, 20);
    for slots in [
        vec![
            lead(headed("a", 1, 1, 4, 19)),
            headed("b", 5, 1, 4, 19),
            rest(),
        ],
        vec![
            headed("a", 1, 1, 4, 19),
            lead(headed("b", 5, 1, 4, 19)),
            rest(),
        ],
        vec![lead(headed("a", 1, 1, 8, 19)), rest()],
        // the masthead takes the first lines
        vec![lead(headed("a", 1, 5, 8, 15)), rest()],
        vec![headed("a", 1, 1, 8, 19), rest()],
    ] {
        assert_eq!(found(slots), []);
    }
    let low = found(vec![
        headed("top", 1, 1, 8, 19),
        lead(headed("low", 1, 21, 3, 20)),
        headed("other", 5, 21, 4, 20),
    ]);
    let [(code, severity, message)] = &low[..] else {
        panic!("{low:?}");
    };
    assert_eq!((*code, *severity), ("page/lead-place", Severity::Info));
    assert!(message.contains("lower left"), "{message}");
    let middle = found(vec![
        headed("a", 1, 1, 2, 19),
        lead(headed("b", 3, 1, 4, 19)),
        headed("c", 7, 1, 2, 19),
        rest(),
    ]);
    assert!(middle[0].2.contains("middle"), "{middle:?}");
    let two = found(vec![
        lead(headed("a", 1, 1, 4, 19)),
        lead(headed("b", 5, 1, 4, 19)),
        rest(),
    ]);
    assert_eq!(two[0].0, "page/lead-twice");
}

#[test]
fn n30_two_headlines_at_one_height_bump() {
    let page = |second: SlotPlan| judged(vec![headed("a", 1, 1, 2, 40), second]);
    let bumped = page(headed("b", 3, 1, 2, 40));
    assert_eq!(
        found(&bumped, "page/heads-bump"),
        ["slot a, other b, same 1"]
    );
    let spot = bumped.spots.first().expect("a place on the page");
    assert_eq!(bumped.findings[spot.finding].code, "page/heads-bump");
    assert_eq!(spot.rect.x, grid().column_x(0));
    assert_eq!(
        spot.rect.right(),
        grid().column_x(3) + grid().column_width()
    );

    for (why, twin) in [
        ("in a box", boxed(headed("b", 3, 1, 2, 40))),
        ("lower", headed("b", 3, 9, 2, 32)),
        ("a column away", headed("b", 4, 1, 2, 40)),
        ("without a headline", story("b", 3, 1, 2, 40)),
    ] {
        assert_eq!(found(&page(twin), "page/heads-bump"), [""; 0], "{why}");
    }
}

#[test]
fn n30_a_rule_between_headlines_parts_them() {
    let grid = grid();
    let x = grid.column_x(2) - grid.gap.half();
    let rule = FurniturePlan::Rule {
        rect: Rect::new(
            x,
            grid.origin.y,
            Length::from_millipt(250),
            grid.area().height,
        ),
        ink: Ink::BLACK,
    };
    let slots = vec![headed("a", 1, 1, 2, 40), headed("b", 3, 1, 2, 40)];
    let page = judged_plan(PagePlan {
        furniture: vec![rule],
        ..planned_page(slots)
    });
    assert_eq!(found(&page, "page/heads-bump"), [""; 0]);
}

#[test]
fn n30_headlines_of_another_size_bump_too_but_less() {
    let mut other = headed("b", 3, 1, 2, 40);
    other.head = vec![head("题目", 14, Length::pt(4), Length::pt(4), 14)];
    let page = judged(vec![headed("a", 1, 1, 2, 40), other]);
    assert_eq!(found(&page, "page/heads-bump"), ["slot a, other b, same 0"]);
}

#[test]
fn n30_one_headline_under_another_bumps() {
    let lower = headed("b", 1, 4, 4, 37);
    let empty = SlotPlan {
        story: None,
        ..headed("a", 1, 1, 4, 3)
    };
    let page = judged(vec![empty, lower]);
    assert_eq!(found(&page, "page/heads-bump"), ["slot a, other b, same 1"]);
    // its own text parts it from the next
    let page = judged(vec![headed("a", 1, 1, 4, 4), headed("b", 1, 5, 4, 36)]);
    assert_eq!(found(&page, "page/heads-bump"), [""; 0]);
}

#[test]
fn n30_a_vertical_headline_stands_only_where_it_stands() {
    let upright = |side| SlotPlan {
        head_place: HeadPlace::Upright {
            side,
            columns: 1,
            lines: 10,
        },
        ..headed("b", 3, 1, 2, 40)
    };
    let page = |side| judged(vec![headed("a", 1, 1, 2, 40), upright(side)]);
    assert_eq!(found(&page(Side::Left), "page/heads-bump").len(), 1);
    assert_eq!(found(&page(Side::Right), "page/heads-bump"), [""; 0]);
}

#[test]
fn n31_stories_that_end_on_one_line_cut_the_page() {
    let upper = [1, 3, 5, 7].map(|column| headed("u", column, 1, 2, 20));
    let lower = [1, 3, 5, 7].map(|column| headed("l", column, 21, 2, 20));
    let slots: Vec<SlotPlan> = upper.iter().chain(&lower).cloned().collect();
    let page = judged(slots.clone());
    let cuts = found(&page, "page/cut-through");
    assert!(cuts.contains(&"line 20".to_owned()), "{cuts:?}");
    let graded = page
        .findings
        .iter()
        .find(|note| note.code == "page/cut-through");
    assert_eq!(graded.map(|note| note.severity), Some(Severity::Info));

    // one story across it and the line is gone
    let mut bridged = slots;
    bridged[2] = headed("u3", 5, 1, 2, 24);
    bridged[6] = headed("l3", 5, 25, 2, 16);
    let cuts = found(&judged(bridged), "page/cut-through");
    assert!(!cuts.iter().any(|cut| cut.starts_with("line")), "{cuts:?}");
}

#[test]
fn n31_a_gutter_that_nothing_crosses_cuts_the_page() {
    let page = |second: SlotPlan, third: SlotPlan| {
        found(
            &judged(vec![headed("a", 1, 1, 4, 40), second, third]),
            "page/cut-through",
        )
    };
    let gutters = page(headed("b", 5, 1, 4, 18), headed("c", 5, 19, 4, 22));
    assert_eq!(gutters, ["column 4"]);
    // columns of plain text have gutters too
    let plain = judged(vec![story("a", 1, 1, 8, 40)]);
    assert_eq!(found(&plain, "page/cut-through").len(), 7);
    // a picture crosses one
    let mut pictured = story("a", 1, 1, 8, 40);
    pictured.pictures = vec![picture(2, 2, 8, Anchor::Top)];
    pictured.story = slot(8, 40, vec![lines(304)]).story;
    let gutters = found(&judged(vec![pictured]), "page/cut-through");
    assert_eq!(gutters.len(), 6, "{gutters:?}");
    assert!(!gutters.contains(&"column 3".to_owned()), "{gutters:?}");
}

#[test]
fn n34_columns_end_on_one_line() {
    let page = |deep: u16| judged(vec![story("a", 1, 1, 5, 40), story("b", 6, 1, 3, deep)]);
    assert_eq!(found(&page(40), "page/uneven-feet"), [""; 0]);
    assert_eq!(
        found(&page(37), "page/uneven-feet"),
        ["column 6, columns 3, lines 3"]
    );
    assert_eq!(found(&page(37), "page/white"), [""; 0], "told once");
}

#[test]
fn n44_stories_are_parted() {
    let page = |lower: SlotPlan| judged(vec![story("a", 1, 1, 8, 20), lower]);
    assert_eq!(
        found(&page(story("b", 1, 21, 8, 20)), "page/too-close"),
        ["slot b, other a"]
    );
    let ruled = SlotPlan {
        rule_above: Border::plain(Length::from_millipt(500)),
        ..story("b", 1, 21, 8, 20)
    };
    let mut pictured = story("b", 1, 21, 8, 20);
    pictured.pictures = vec![picture(0, 8, 8, Anchor::Top)];
    for (why, twin) in [
        ("a line of white", story("b", 1, 22, 8, 19)),
        ("a rule", ruled),
        ("a box", boxed(story("b", 1, 21, 8, 20))),
        ("a picture", pictured),
    ] {
        assert_eq!(found(&page(twin), "page/too-close"), [""; 0], "{why}");
    }
}

#[test]
fn n45_empty_areas_are_told() {
    let page = |deep: u16| {
        let mut slots = vec![story("a", 1, 1, 4, 40), story("c", 6, 1, 3, 40)];
        slots.push(story("b", 5, 1, 1, deep));
        slots.push(story("d", 5, 31, 1, 10));
        judged(slots)
    };
    assert_eq!(
        found(&page(27), "page/white"),
        ["column 5, columns 1, lines 3"]
    );
    assert_eq!(
        found(&page(29), "page/white"),
        [""; 0],
        "one line of white is none"
    );
    let half = judged(vec![story("a", 1, 1, 4, 40)]);
    assert_eq!(
        found(&half, "page/white"),
        ["column 5, columns 4, lines 40"]
    );
    let short = judged(vec![story("a", 1, 1, 8, 30)]);
    assert_eq!(
        found(&short, "page/white"),
        ["column 1, columns 8, lines 10"]
    );
}

#[test]
fn n46_small_text_is_black_in_one_ink() {
    let page = |ink: Ink, size: i64| {
        let mut slot = headed("a", 1, 1, 8, 40);
        slot.head = vec![head("题目", size, Length::pt(4), Length::pt(4), size)];
        let run = slot.head[0].paragraph.runs.first_mut().expect("one run");
        let style = (*run.style).clone();
        run.style = crate::story::TextStyle { ink, ..style }.into();
        judged(vec![slot])
    };
    let rich = Ink::cmyk(600, 500, 400, 900);
    assert_eq!(found(&page(rich, 18), "page/four-colour"), ["text 题目"]);
    let note = page(rich, 18);
    let note = note
        .findings
        .iter()
        .find(|note| note.code == "page/four-colour");
    assert_eq!(note.map(|note| note.severity), Some(Severity::Error));
    assert_eq!(found(&page(rich, 19), "page/four-colour"), [""; 0]);
    assert_eq!(found(&page(Ink::BLACK, 18), "page/four-colour"), [""; 0]);
    let red = Ink::cmyk(0, 1000, 1000, 0);
    assert_eq!(
        found(&page(red, 18), "page/four-colour"),
        [""; 0],
        "a colour is no black"
    );
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    let mut plan = planned_page(vec![headed("a", 1, 1, 2, 40), headed("b", 3, 1, 2, 40)]);
    assert!(!judged_plan(plan.clone()).findings.is_empty());
    plan.rules = PageRules::NONE;
    let page = make_up(&plan, &Squares);
    assert!(page.spots.is_empty(), "{:?}", page.findings);
}
