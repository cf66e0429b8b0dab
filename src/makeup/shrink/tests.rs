//! Stories a little too long for their slots: what is done, in which order,
//! and what is left alone (E04).

use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, proptest};

use crate::base::diag::{Diagnostic, Fact};
use crate::base::geom::Length;
use crate::desk::plan::{Anchor, Fitting, SlotPlan};
use crate::makeup::double::{Ideal, body, paragraph};
use crate::makeup::make_up;
use crate::makeup::tests::{head, picture, planned_page, slot};
use crate::page::Page;
use crate::story::Paragraph;

/// Three lines of 13 em and a fourth of so many characters: the marks give
/// half an em each. Of one character no more is heard than of a runt (P10):
/// the paragraph mends that by itself.
fn ends_short(last: usize) -> Paragraph {
    let lines = "天地玄黄，宇宙洪荒，日月盈昃，辰宿列张，寒来暑往，秋收冬藏，闰余成岁，律吕调阳，";
    let three: String = lines.chars().take(39).collect();
    let rest: String = "云腾致雨露结为霜金生".chars().take(last).collect();
    paragraph(&format!("{three}{rest}"), &body())
}

/// Lines of characters that give nothing.
fn stiff(count: usize) -> Paragraph {
    let text: String = "天地玄黄宇宙洪荒日月盈昃辰"
        .chars()
        .cycle()
        .take(13 * count)
        .collect();
    paragraph(&text, &body())
}

const ALL: Fitting = Fitting {
    auto: true,
    short_lines: true,
    squeeze: true,
    head: 1,
    picture: 3,
    line_gap: 0,
};

fn page(slot: SlotPlan) -> Page {
    make_up(&planned_page(vec![slot]), &Ideal)
}

fn fitted(fitting: Fitting, lines: u16, story: Vec<Paragraph>) -> Page {
    page(SlotPlan {
        fitting,
        ..slot(1, lines, story)
    })
}

fn note<'p>(page: &'p Page, code: &str) -> Option<&'p Diagnostic> {
    page.findings.iter().find(|note| note.code == code)
}

/// A number that a finding tells.
fn told(page: &Page, code: &str, name: &str) -> Option<i64> {
    let facts = &note(page, code)?.facts;
    facts.iter().find_map(|(known, fact)| match fact {
        Fact::Number(number) if *known == name => Some(*number),
        _ => None,
    })
}

#[test]
fn e04_a_short_last_line_is_saved_by_squeezing() {
    let story = || vec![stiff(3), ends_short(2), stiff(2)];
    let left = fitted(Fitting::default(), 8, story());
    assert_eq!(told(&left, "makeup/overset", "lines"), Some(1), "as it is");
    let closed = fitted(ALL, 8, story());
    assert_eq!(told(&closed, "makeup/overset", "lines"), None);
    assert_eq!(told(&closed, "makeup/closed", "saved"), Some(1));
    assert_eq!(told(&closed, "makeup/closed", "head"), Some(0));
    // it fits as it is: nothing is touched
    let room = fitted(ALL, 9, story());
    assert!(note(&room, "makeup/closed").is_none());
}

#[test]
fn e04_each_action_has_its_switch() {
    let story = || vec![stiff(3), ends_short(2), stiff(2)];
    let without = Fitting {
        short_lines: false,
        squeeze: false,
        ..ALL
    };
    assert_eq!(
        told(&fitted(without, 8, story()), "makeup/overset", "lines"),
        Some(1)
    );
    let squeezing = Fitting {
        short_lines: false,
        ..ALL
    };
    assert_eq!(
        told(&fitted(squeezing, 8, story()), "makeup/closed", "saved"),
        Some(1)
    );
}

#[test]
fn e04_the_fewest_lines_are_saved_the_shortest_first() {
    let story = vec![ends_short(3), ends_short(2), ends_short(3), stiff(1)];
    let page = fitted(ALL, 12, story);
    assert_eq!(told(&page, "makeup/closed", "saved"), Some(1));
    let lines = page.frames.iter().flat_map(|frame| &frame.lines);
    let lasts: Vec<&str> = lines
        .filter(|line| line.last)
        .map(|line| &*line.text)
        .collect();
    assert!(
        lasts[0].chars().count() <= 3,
        "the first keeps its short line: {lasts:?}"
    );
    assert!(
        lasts[1].chars().count() > 3,
        "the second lost it: {lasts:?}"
    );
}

#[test]
fn e04_then_the_headline_then_the_picture_give_way() {
    let part = head("题目", 20, Length::pt(9), Length::pt(9), 20);
    let slot = |text: usize, fitting: Fitting| SlotPlan {
        fitting,
        head: vec![part.clone()],
        pictures: vec![picture(0, 1, 10, Anchor::Top)],
        ..slot(1, 30, vec![stiff(text)])
    };
    let room = (1..30)
        .rev()
        .find(|&text| note(&page(slot(text, Fitting::default())), "makeup/overset").is_none())
        .expect("some text fits");
    let at = |over: usize| page(slot(room + over, ALL));
    let done = |over: usize| {
        let page = at(over);
        let told = |name| told(&page, "makeup/closed", name);
        (told("head"), told("pictures"))
    };
    assert_eq!(done(1), (Some(1), Some(0)), "the head first");
    assert_eq!(done(2), (Some(1), Some(1)));
    assert_eq!(done(4), (Some(1), Some(3)));
    assert_eq!(done(5), (None, None), "beyond the limits nothing is done");
    assert_eq!(told(&at(5), "makeup/overset", "lines"), Some(5));
    let no_head = Fitting { head: 0, ..ALL };
    let page = page(slot(room + 1, no_head));
    assert_eq!(told(&page, "makeup/closed", "pictures"), Some(1));
}

#[test]
fn e04_a_headline_that_its_slot_cuts_off_gives_nothing() {
    let all_of_it = Fitting { head: 3, ..ALL };
    for lines in 1..4 {
        let made = page(SlotPlan {
            fitting: all_of_it,
            head: vec![head("题目", 20, Length::pt(30), Length::pt(30), 20)],
            ..slot(1, lines, vec![stiff(1)])
        });
        assert_eq!(told(&made, "makeup/closed", "head"), None, "{lines}");
        assert_eq!(told(&made, "makeup/overset", "head"), None, "{lines}");
    }
}

#[test]
fn e04_the_editor_is_told_what_is_enough() {
    let story = vec![stiff(5), ends_short(4), stiff(1)];
    let page = fitted(Fitting::default(), 9, story);
    let note = note(&page, "makeup/overset").expect("too long");
    assert_eq!(
        told(&page, "makeup/overset", "cut"),
        Some(4),
        "its last line"
    );
    let help = note.help.as_ref().expect("a help");
    assert!(help.zh.starts_with("删 4 字以上"), "{}", help.zh);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What the editor is told to be enough is done where the limits allow it.
    #[test]
    fn e04_what_is_advised_is_done(text in 60_usize..140, tall in 6_u16..14, wide in 1_u16..4) {
        let plan = |fitting: Fitting| SlotPlan {
            fitting,
            head: vec![head("题目", 20, Length::pt(9), Length::pt(9), 20)],
            pictures: vec![picture(0, wide, tall, Anchor::Top)],
            ..slot(3, 36, vec![stiff(text)])
        };
        let plain = page(plan(Fitting::default()));
        let advised = |name, most| told(&plain, "makeup/overset", name).is_some_and(|lines| lines <= most);
        if advised("head", 1) || advised("picture", 3) {
            let made = page(plan(ALL));
            prop_assert!(made.overset.is_empty(), "{:?}", made.findings);
        }
    }

    /// Whatever is done, nothing is lost and nothing goes beyond its limit.
    #[test]
    fn e04_nothing_is_lost_and_no_limit_passed(
        ends in prop::collection::vec(1_usize..11, 1..6),
        lines in 4_u16..24,
        tall in 0_u16..2,
    ) {
        let story: Vec<Paragraph> = ends.iter().map(|&last| ends_short(last)).collect();
        let copy: usize = story.iter().map(|one| one.text.chars().count()).sum();
        let mut plan = SlotPlan { fitting: ALL, ..slot(1, lines, story) };
        if tall > 0 {
            plan.pictures = vec![picture(0, 1, 8, Anchor::Top)];
        }
        let page = page(plan);
        let set: usize = page
            .frames
            .iter()
            .chain(page.overset.iter().map(|over| &over.frame))
            .flat_map(|frame| &frame.lines)
            .map(|line| line.text.chars().count())
            .sum();
        prop_assert_eq!(set, copy);
        if let Some(saved) = told(&page, "makeup/closed", "saved") {
            prop_assert!(page.overset.is_empty());
            prop_assert!(saved <= 3 * 6);
            prop_assert!(told(&page, "makeup/closed", "pictures").unwrap_or(0) <= 2);
        }
    }
}
