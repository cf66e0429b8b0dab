//! Pages that hang together: a story that goes on in a slot of another page,
//! or of the same (N38).

use std::collections::BTreeMap;

use super::composer::Composer;
use super::{Rest, jump, lay};
use crate::desk::plan::{Jump, PagePlan, SlotPlan};
use crate::page::Page;
use crate::story::Story;

/// The pages of an issue in groups that must be made up together, each in the
/// order of the issue: pages that no jump links are groups of their own.
pub fn groups(plans: &[PagePlan]) -> Vec<Vec<usize>> {
    let numbers: BTreeMap<&str, usize> = plans
        .iter()
        .enumerate()
        .map(|(nth, plan)| (&*plan.number, nth))
        .collect();
    let mut group: Vec<usize> = (0..plans.len()).collect();
    for (nth, plan) in plans.iter().enumerate() {
        let jumps = plan.slots.iter().filter_map(|slot| slot.onward.as_ref());
        for other in jumps.filter_map(|jump| numbers.get(&*jump.page)) {
            let (one, other) = (group[nth], group[*other]);
            for name in &mut group {
                if *name == one.max(other) {
                    *name = one.min(other);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (nth, name) in group.into_iter().enumerate() {
        groups.entry(name).or_default().push(nth);
    }
    groups.into_values().collect()
}

/// Makes up pages that hang together, and hands them out in their order.
///
/// A page that a story comes to is made up again when it has come; stories
/// that go forward need each page once. Text is never lost on the way: what
/// finds no room in the last slot of a story is overset there.
pub fn make_up_linked(plans: &[&PagePlan], composer: &dyn Composer) -> Vec<Page> {
    let mut plans: Vec<PagePlan> = plans.iter().map(|&plan| plan.clone()).collect();
    let mut pages: Vec<Option<Page>> = plans.iter().map(|_| None).collect();
    let mut due = vec![true; plans.len()];
    // a round settles one slot more of every chain at least
    let slots = plans.iter().flat_map(|plan| &plan.slots);
    let rounds = slots.filter(|slot| slot.back.is_some()).count() + 1;
    for _ in 0..rounds {
        for nth in 0..plans.len() {
            if !std::mem::take(&mut due[nth]) {
                continue;
            }
            let (page, rests) = lay(&plans[nth], composer);
            pages[nth] = Some(page);
            for target in hand_on(&rests, nth, &mut plans) {
                due[target] = true;
            }
        }
    }
    for (plan, page) in plans.iter().zip(&mut pages) {
        let Some(page) = page else { continue };
        let ended = plan
            .slots
            .iter()
            .filter(|slot| slot.back.is_some() && slot.story.is_none());
        page.findings.extend(ended.filter_map(jump::without_text));
    }
    pages.into_iter().flatten().collect()
}

/// Puts the rests of a page's stories into the slots they go on in; hands out
/// the pages that have another text than they had.
fn hand_on(rests: &[Rest], nth: usize, plans: &mut [PagePlan]) -> Vec<usize> {
    let onward: Vec<(Jump, Option<Story>)> = plans[nth]
        .slots
        .iter()
        .filter_map(|slot| {
            let rest = rests.iter().find(|(name, _)| *name == slot.name);
            let rest = rest.map(|(_, story)| story.clone());
            Some((slot.onward.clone()?, rest))
        })
        .collect();
    let mut changed = Vec::new();
    for (jump, rest) in onward {
        for (target, plan) in plans.iter_mut().enumerate() {
            let there = plan.number == jump.page;
            let mut slots = plan
                .slots
                .iter_mut()
                .filter(|slot| there && slot.name == jump.slot);
            if slots.next().is_some_and(|slot| take(slot, rest.clone())) {
                changed.push(target);
            }
        }
    }
    changed
}

/// Gives a slot its part of a story, the line that says where it comes from
/// before it. Says whether that is another text than it had.
fn take(slot: &mut SlotPlan, rest: Option<Story>) -> bool {
    let Some(back) = &slot.back else {
        return false;
    };
    let story = rest.map(|story| story.behind(back.line.clone()));
    let texts = |story: &Option<Story>| {
        let paragraphs = story.iter().flat_map(|story| &story.paragraphs);
        let texts: Vec<String> = paragraphs.map(|one| one.text.clone()).collect();
        let rows: usize = story
            .iter()
            .flat_map(|story| &story.tables)
            .map(|table| table.rows.len())
            .sum();
        let figures = story.iter().flat_map(|story| &story.figures).count();
        (texts, rows, figures)
    };
    let changed = texts(&story) != texts(&slot.story);
    slot.story = story;
    changed
}
