//! 补白, 报花: which art of the issue may fill the feet of a page's stories
//! (N45).

use std::cmp::Reverse;

use super::PhotoFinder;
use crate::base::clreq::Direction;
use crate::base::diag::Diagnostic;
use crate::desk::issue::{Filler, Issue, IssuePage};
use crate::desk::layout::{Layout, Slot};
use crate::desk::plan::{Ending, FillerPlan};

/// The art of a page: what the issue has in sizes that the layout approves.
/// Art that cannot be read is told.
pub(super) fn stock(
    fillers: &[Filler],
    layout: &Layout,
    photo: PhotoFinder<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<FillerPlan> {
    let approved = |filler: &&Filler| layout.fillers.contains(&filler.lines);
    let mut list = Vec::new();
    for filler in fillers.iter().filter(approved) {
        let Some(photo) = photo(&filler.file.text, filler.file.span) else {
            notes.push(unusable(filler));
            continue;
        };
        list.push(FillerPlan {
            lines: filler.lines,
            photo,
            source: filler.file.span,
        });
    }
    list
}

/// What a slot may take of it: filled columns of a story that ends there, and
/// no advertisement. Slots take turns at art of one size, so that it is not
/// the same at every foot.
pub(super) fn of_slot(stock: &[FillerPlan], slot: &Slot, turn: usize) -> Vec<FillerPlan> {
    let filled = slot.ending == Ending::Fill && slot.direction == Direction::Horizontal;
    if slot.ad || !filled || stock.is_empty() {
        return Vec::new();
    }
    let mut list = stock.to_vec();
    list.sort_by_key(|filler| Reverse(filler.lines));
    for same in list.chunk_by_mut(|one, other| one.lines == other.lines) {
        same.rotate_left(turn % same.len());
    }
    list
}

/// Warns of art whose size no layout of the issue approves.
pub(super) fn check(issue: &Issue, pages: &[(&IssuePage, &Layout)], notes: &mut Vec<Diagnostic>) {
    let mut approved: Vec<u16> = pages
        .iter()
        .flat_map(|(_, layout)| layout.fillers.iter().copied())
        .collect();
    approved.sort_unstable();
    approved.dedup();
    let sizes: Vec<String> = approved.iter().map(u16::to_string).collect();
    let odd = |filler: &&Filler| !approved.contains(&filler.lines);
    for filler in issue.fillers.iter().filter(odd) {
        let (file, lines) = (&filler.file.text, filler.lines);
        let note = Diagnostic::warning(
            "plan/filler-size",
            format!("补白 {file} 高 {lines} 行，本期的版式没有核定这样高的补白，不会排用"),
            format!(
                "no layout of this issue approves fillers of {lines} lines: {file} is not used"
            ),
        )
        .at_opt(filler.file.span)
        .number("lines", i64::from(lines));
        notes.push(match sizes.is_empty() {
            true => note.help(
                format!("在版式里写 fillers = [{{ lines = {lines} }}]，或删去这幅补白"),
                format!("write `fillers = [{{ lines = {lines} }}]` in a layout, or remove the art"),
            ),
            false => note.help(
                format!("改成版式核定的行数：{}", sizes.join("、")),
                format!("take a size that a layout approves: {}", sizes.join(", ")),
            ),
        });
    }
}

fn unusable(filler: &Filler) -> Diagnostic {
    let file = &filler.file.text;
    Diagnostic::error(
        "plan/image-unusable",
        format!("补白 {file} 不能用"),
        format!("the filler {file} cannot be used"),
    )
    .at_opt(filler.file.span)
    .help(
        "改图片的路径，或换一张能读的图片",
        "correct the path, or use a readable picture",
    )
}
