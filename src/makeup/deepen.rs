//! 加深: how much deeper a slot must be for a story that it does not hold
//! (E03).
//!
//! The shape of the slot says what more depth is worth: a leg or a band that
//! ends above its foot gains nothing (N33, N27). So nothing is computed here;
//! the deeper slot is made up, and what is told is what held.

use super::area::Room;
use super::composer::Composer;
use super::fit::{Job, patience};
use super::headblock::HeadBlock;
use super::shrink::over;
use super::stranded::Mend;
use super::upright::Upright;
use super::{sidetitle, slot};
use crate::desk::columns::{TextColumn, TextColumns};
use crate::desk::plan::{HeadPlace, SlotPlan};
use crate::page::Grid;

/// The most grid lines of a layout.
const MOST: u16 = 1000;

/// The fewest grid lines more that were found to give the whole story room.
/// `None` where the slot would have to be deeper than its page, or where more
/// depth does not help.
///
/// `ends` are the grid lines that head and foot of the slot take; `job` is the
/// slot as it is, nothing taken away.
pub(crate) fn lines(
    job: &Job<'_, '_>,
    slot: &SlotPlan,
    ends: (u16, u16),
    composer: &dyn Composer,
) -> Option<u16> {
    let open = job.lay(job.allowance.none(), job.full());
    let lacks = open.flow.overset.as_ref()?.lines;
    // the lines of a vertical slot go over a sheet of its own
    let most = match job.ends {
        true => MOST,
        false => job.grid.lines.saturating_sub(slot.lines),
    };
    let holds = |lines: u16| {
        let moving = deeper(job, slot, lines, ends, composer);
        let squeezing = Job {
            mend: Mend::Squeeze,
            area: moving.area.clone(),
            allowance: moving.allowance.clone(),
            patience: patience(moving.story),
            ..moving
        };
        // as the slot itself is made up: no line is moved over in vain (P11)
        over(&moving).is_none() || over(&squeezing).is_none()
    };
    let even = lacks.div_ceil(usize::from(job.area.columns()));
    let mut enough = u16::try_from(even).unwrap_or(u16::MAX).max(1);
    let mut short = enough - 1;
    while !holds(enough.min(most)) {
        if enough >= most {
            return None;
        }
        short = enough;
        enough = enough.saturating_mul(2);
    }
    enough = enough.min(most);
    while short + 1 < enough {
        let middle = short + (enough - short) / 2;
        match holds(middle) {
            true => enough = middle,
            false => short = middle,
        }
    }
    (most > 0).then_some(enough)
}

/// The slot's job with so many grid lines more.
fn deeper<'a, 'b>(
    job: &Job<'a, 'b>,
    slot: &SlotPlan,
    lines: u16,
    (head, foot): (u16, u16),
    composer: &dyn Composer,
) -> Job<'a, 'b> {
    let grid = Grid {
        lines: job.grid.lines.saturating_add(lines),
        ..*job.grid
    };
    let slot = &stretched(slot, lines);
    let room = Room::of(&grid, slot);
    let area = slot::text_area(&grid, slot, room, head.min(room.lines), foot);
    let block = HeadBlock::set(&grid, slot, &area, composer).map(|block| block.cut);
    let upright = || Upright::set(&grid, slot, room, composer).map(|upright| upright.cut);
    let side = || sidetitle::set(&grid, slot, &area, composer).map(|side| side.cut);
    Job {
        taken: block.or_else(upright).or_else(side),
        // what was measured by the body's em stays so
        area: super::area::Area {
            em: job.area.em,
            ..area
        },
        allowance: job.allowance.clone(),
        patience: patience(job.story),
        ..*job
    }
}

/// The slot with so many grid lines more at its foot: what reached it reaches
/// the new one, what ended above it stays.
fn stretched(slot: &SlotPlan, lines: u16) -> SlotPlan {
    let foot = slot.line.saturating_add(slot.lines);
    let column = |column: &TextColumn| TextColumn {
        reach: column.reach.clone().map(|reach| match reach.end == foot {
            true => reach.start..foot.saturating_add(lines),
            false => reach,
        }),
        ..column.clone()
    };
    let head_place = match slot.head_place {
        HeadPlace::Block {
            column,
            columns,
            line,
            lines: high,
            between: false,
        } if high == slot.lines => HeadPlace::Block {
            column,
            columns,
            line,
            lines: high.saturating_add(lines),
            between: false,
        },
        place => place,
    };
    SlotPlan {
        lines: slot.lines.saturating_add(lines),
        text: TextColumns::new(slot.text.iter().map(column).collect()),
        head_place,
        ..slot.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::base::diag::{Diagnostic, Fact};
    use crate::base::geom::Length;
    use crate::desk::columns::{Stand, TextColumn, TextColumns};
    use crate::desk::plan::{HeadPlace, SlotPlan};
    use crate::makeup::double::Squares;
    use crate::makeup::make_up;
    use crate::makeup::tests::{head, lines, planned_page, slot};

    /// Four columns, of which each ends on the line that is given.
    fn legs(feet: [Option<u16>; 4]) -> TextColumns {
        let even = TextColumns::even(4, Length::pt(9) * 13, Length::pt(9));
        let column = |(column, foot): (&TextColumn, Option<u16>)| TextColumn {
            reach: foot.map(|foot| 0..foot),
            ..column.clone()
        };
        TextColumns::new(even.iter().zip(feet).map(column).collect())
    }

    fn overset(slot: SlotPlan) -> Option<Diagnostic> {
        let page = make_up(&planned_page(vec![slot]), &Squares);
        let mut notes = page.findings.into_iter();
        notes.find(|note| note.code == "makeup/overset")
    }

    /// Lines deeper, as the report has them in its facts and says them.
    fn advised(note: &Diagnostic) -> Option<i64> {
        let of = |(name, fact): &(&str, Fact)| match fact {
            Fact::Number(number) if *name == "deeper" => Some(*number),
            _ => None,
        };
        let lines = note.facts.iter().find_map(of);
        let help = note.help.as_ref().expect("a help");
        match lines {
            Some(lines) => assert!(help.zh.contains(&format!("加深 {lines} 行")), "{}", help.zh),
            None => assert!(!help.zh.contains("加深"), "{}", help.zh),
        }
        lines
    }

    /// What is advised is enough, and a line less is not.
    fn is_right(slot: impl Fn(u16) -> SlotPlan, expected: u16) {
        let note = overset(slot(0)).expect("too long");
        assert_eq!(advised(&note), Some(i64::from(expected)));
        assert!(overset(slot(expected)).is_none(), "it is enough");
        assert!(overset(slot(expected - 1)).is_some(), "no less is");
    }

    #[test]
    fn e03_a_rectangle_needs_its_share_of_lines() {
        is_right(|more| slot(4, 20 + more, vec![lines(90)]), 3);
    }

    #[test]
    fn e03_short_legs_gain_nothing_by_depth() {
        // two legs of two lines, two as deep as the slot: 24 lines too many
        let slot = |more: u16| SlotPlan {
            text: legs([Some(2), Some(2), None, None]),
            ..slot(4, 20 + more, vec![lines(2 * 2 + 2 * 20 + 24)])
        };
        is_right(slot, 12);
    }

    #[test]
    fn e03_only_the_band_below_a_headline_grows() {
        let bands = |foot: u16| {
            let even = TextColumns::even(2, Length::pt(9) * 13, Length::pt(9));
            let band = |run, reach: std::ops::Range<u16>| {
                let column = move |column: &TextColumn| TextColumn {
                    run,
                    reach: Some(reach.clone()),
                    stand: Stand::BelowHead,
                    ..column.clone()
                };
                even.iter().map(column).collect::<Vec<_>>()
            };
            let below = band(1, 9..foot);
            TextColumns::new(band(0, 0..5).into_iter().chain(below).collect())
        };
        let slot = |more: u16| SlotPlan {
            text: bands(15 + more),
            head: vec![head("题", 18, Length::ZERO, Length::ZERO, 18)],
            head_place: HeadPlace::Block {
                column: 0,
                columns: 2,
                line: Some(5),
                lines: 4,
                between: true,
            },
            ..slot(2, 15 + more, vec![lines(22 + 12)])
        };
        is_right(slot, 6);
    }

    #[test]
    fn e03_no_depth_is_advised_that_no_page_has() {
        let note = overset(slot(1, 30, vec![lines(60)])).expect("too long");
        assert_eq!(advised(&note), None);
        let legs = legs([Some(4), Some(4), Some(4), Some(4)]);
        let note = overset(SlotPlan {
            text: legs,
            ..slot(4, 20, vec![lines(30)])
        });
        assert_eq!(advised(&note.expect("too long")), None);
    }
}
