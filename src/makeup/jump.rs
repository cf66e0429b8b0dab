//! 转版: the text of a slot parted where it goes on in another (N38).

use std::borrow::Cow;
use std::rc::Rc;

use super::area::Place;
use super::board::{Board, Owner};
use super::composer::Composer;
use super::findings;
use super::fit::{Fit, Job, fit};
use super::matter::{Lines, Matter};
use crate::base::diag::Diagnostic;
use crate::base::geom::{Point, Rect};
use crate::desk::plan::SlotPlan;
use crate::page::baseline_in_frame;
use crate::story::{RestFrom, Story};

/// Lines that stay on either side of a jump (N38).
const LEAST: usize = 3;

/// A slot's text up to its jump.
pub(crate) struct Jump<'a> {
    fit: Fit,
    rest: Story,
    line: Matter<'a>,
    set: Lines,
    place: Place,
}

/// Parts the text of a slot that goes on elsewhere and does not fit: the last
/// line of its room is that of the jump, and three lines of text at least stay
/// on either side of it. `None` where the text fits, where it goes nowhere, or
/// where the slot has no room for three lines; then it is overset.
pub(crate) fn part<'a>(
    job: &Job<'_, '_>,
    natural: &Fit,
    slot: &'a SlotPlan,
    composer: &dyn Composer,
) -> Option<Jump<'a>> {
    let (onward, story) = (slot.onward.as_ref()?, slot.story.as_ref()?);
    natural.flow.overset.as_ref()?;
    // as many lines as the rest may lack, and a few for what keeps together
    for reserve in 1..=LEAST * 4 {
        let trial = fit(&Job {
            area: job.area.clone(),
            allowance: job.allowance.clone(),
            patience: job.patience.clone(),
            reserve,
            ..*job
        });
        let cut = trial.flow.overset?;
        if trial.flow.lines.len() < LEAST {
            return None;
        }
        let lines = trial.flow.broken.get(cut.paragraph);
        let byte = lines
            .and_then(|lines| lines.get(cut.line))
            .map_or(0, |line| line.text.start);
        let rest = story.rest(RestFrom {
            paragraph: cut.paragraph,
            byte,
            beside_cap: job.cap.is_some_and(|cap| cap.paragraph == cut.paragraph),
            table: cut.table,
            row: cut.row,
            figure: cut.figure,
        });
        if lines_of(&rest, job, composer) < LEAST {
            continue;
        }
        let place = trial.onward?;
        let line = Matter::new(Cow::Borrowed(&onward.line), composer);
        let set = line.at(place.measure);
        return Some(Jump {
            fit: trial,
            rest,
            line,
            set,
            place,
        });
    }
    None
}

/// Lines that a story takes in the columns it comes from, as far as they
/// matter; a table or a picture counts as enough.
fn lines_of(rest: &Story, job: &Job<'_, '_>, composer: &dyn Composer) -> usize {
    if !rest.tables.is_empty() || !rest.figures.is_empty() {
        return LEAST;
    }
    let mut lines = 0;
    for paragraph in &rest.paragraphs {
        let matter = Matter::new(Cow::Borrowed(paragraph), composer);
        lines += matter.at(job.area.measure()).len();
        if lines >= LEAST {
            break;
        }
    }
    lines
}

impl Jump<'_> {
    /// The slot made up as far as the jump.
    pub(crate) fn fit(&self) -> &Fit {
        &self.fit
    }

    /// What is left of the story.
    pub(crate) fn into_rest(self) -> Story {
        self.rest
    }

    /// Sets the line that says where the story goes on.
    pub(crate) fn draw(&self, board: &mut Board<'_>, owner: Owner<'_>) {
        board.missing(owner, &self.line);
        let baseline = board.grid.baseline_y(self.place.line);
        let size = self.line.paragraph.style.size;
        let top = baseline - baseline_in_frame(size);
        let rect = Rect::new(self.place.x, top, self.place.measure, size);
        let set = Rc::clone(&self.set);
        let lines: Vec<_> = set
            .iter()
            .take(1)
            .map(|line| (line, Point::new(self.place.x, baseline)))
            .collect();
        board.frame(owner, &self.line, rect, &lines);
        if set.len() > 1 {
            let finding = findings::jump_too_long(owner.slot, &self.line.paragraph);
            board.find(owner, finding);
        }
    }
}

/// What is told of a slot whose story ended before it.
pub(crate) fn without_text(slot: &SlotPlan) -> Option<Diagnostic> {
    let back = slot.back.as_ref()?;
    Some(findings::jump_without_text(slot, &back.page, &back.slot))
}
