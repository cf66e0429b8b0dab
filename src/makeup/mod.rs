//! 版: galleys become columns, columns become a page.
//!
//! The plan says where everything goes; the make-up pours the text, keeps it
//! on the grid, and reports what found no room and what was left empty.

mod alone;
mod area;
mod board;
pub mod composer;
mod deepen;
#[cfg(test)]
mod double;
mod dropcap;
pub mod dummy;
mod figure;
mod filler;
mod findings;
mod fit;
mod flow;
mod furniture;
mod growth;
mod gutter;
mod head;
mod headblock;
mod headfit;
mod interlinear;
mod judge;
mod jump;
mod leading;
mod linked;
mod matter;
mod photos;
mod picture;
mod projection;
mod rule;
mod shelf;
mod shrink;
mod sidetitle;
mod slot;
mod stranded;
mod table;
#[cfg(test)]
mod tests;
mod upright;
mod vertical;

use std::borrow::Cow;
use std::sync::Arc;

pub use self::linked::{groups, make_up_linked};

use self::board::Board;
use self::composer::Composer;
use self::matter::Matter;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point};
use crate::desk::plan::{PagePlan, SlotPlan};
use crate::page::{GlyphRun, Page};
use crate::story::{Paragraph, Story};

/// Makes up a page from its plan.
///
/// Never fails: what does not fit is in [`Page::overset`] and, with
/// everything else worth telling, in [`Page::findings`] (E03, E05). Items and
/// frames are in reading order: furniture, then slot by slot headline, text,
/// pictures with captions, foot. A frame is a stretch of one role in one
/// column; all its body baselines are on the page's grid (P08), a drop cap's
/// alone between them (P27).
///
/// A story that goes on in another slot (N38) needs the pages of both, and
/// [`make_up_linked`]; here what finds no room of it is overset.
pub fn make_up(plan: &PagePlan, composer: &dyn Composer) -> Page {
    let onward = |slot: &SlotPlan| slot.onward.is_some() || slot.back.is_some();
    if !plan.slots.iter().any(onward) {
        return lay(plan, composer).0;
    }
    let mut alone = plan.clone();
    for slot in &mut alone.slots {
        (slot.onward, slot.back) = (None, None);
    }
    lay(&alone, composer).0
}

/// The rest of a story: the slot that it did not fit, and what is left.
type Rest = (Arc<str>, Story);

/// Makes up a page; with it come the rests of stories that go on elsewhere.
fn lay(plan: &PagePlan, composer: &dyn Composer) -> (Page, Vec<Rest>) {
    let (board, rests) = assemble(plan, composer);
    let mut page = page_of(plan, board);
    judge::judge(plan, &mut page);
    (page, rests)
}

/// Everything on a page, and the rests.
fn assemble<'p>(plan: &'p PagePlan, composer: &dyn Composer) -> (Board<'p>, Vec<Rest>) {
    let mut board = Board::new(&plan.grid, &plan.number);
    for piece in &plan.furniture {
        furniture::set(&mut board, piece, composer);
    }
    let mut rests = Vec::new();
    for slot in &plan.slots {
        let rest = match slot.direction {
            Direction::Horizontal => leading::make_up(&mut board, slot, composer),
            Direction::Vertical => vertical::make_up(&mut board, slot, composer),
        };
        rests.extend(rest.map(|rest| (Arc::clone(&slot.name), rest)));
    }
    gutter::rules(&mut board, plan);
    (board, rests)
}

fn page_of(plan: &PagePlan, board: Board<'_>) -> Page {
    Page {
        number: Arc::clone(&plan.number),
        title: plan.title.clone(),
        trim: plan.trim,
        bleed: plan.bleed,
        slug: Length::ZERO,
        grid: plan.grid,
        standing: board.standing,
        items: board.items,
        frames: board.frames,
        overset: board.overset,
        findings: board.findings,
        spots: Vec::new(),
    }
}

/// One line of text as glyphs, from the left end of its baseline: lettering
/// for proof marks. Forced breaks are left out of account.
pub fn lettering(paragraph: &Paragraph, composer: &dyn Composer) -> Vec<GlyphRun> {
    let lines = lettering_within(paragraph, Length::MAX, composer);
    lines.into_iter().next().unwrap_or_default()
}

/// A text as lines of a measure, each from the left end of its own baseline.
pub fn lettering_within(
    paragraph: &Paragraph,
    measure: Length,
    composer: &dyn Composer,
) -> Vec<Vec<GlyphRun>> {
    let matter = Matter::new(Cow::Borrowed(paragraph), composer);
    let lines = matter.at(measure);
    let origin = Point::default();
    let glyphs = lines
        .iter()
        .map(|line| board::glyphs(&matter, line, origin));
    glyphs.collect()
}
