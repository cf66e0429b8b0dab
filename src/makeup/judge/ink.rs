//! 四色黑 (N46): text of 18 pt and below is black in one ink.

use std::collections::BTreeSet;

use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::page::{GlyphRun, Item, Page};
use crate::story::Ink;

/// The largest size that must be in one ink.
const LARGEST: Length = Length::pt(18);
/// From this much black, in thousandths, an ink passes for black.
const BLACK: u16 = 500;
/// Characters quoted in the message.
const QUOTED: usize = 10;

/// The first text of each ink and size that breaks the rule.
pub(super) fn judge(page: &Page) -> Vec<Breach> {
    let mut seen = BTreeSet::new();
    page.items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) if run.size <= LARGEST && is_four_colour(run.ink) => Some(run),
            _ => None,
        })
        .filter(|run| seen.insert((run.ink.process(), run.size)))
        .filter_map(breach)
        .collect()
}

fn is_four_colour(ink: Ink) -> bool {
    // a spot is one ink, whatever stands for it
    ink.spot.is_none() && ink.k >= BLACK && (ink.c > 0 || ink.m > 0 || ink.y > 0)
}

fn breach(run: &GlyphRun) -> Option<Breach> {
    let first = run.glyphs.first()?;
    let quoted: String = run.text.chars().take(QUOTED).collect();
    let size = run.size.to_pt();
    Some(Breach {
        code: "page/four-colour",
        message: Text::new(
            format!("{size} 磅的“{quoted}”用了四色黑"),
            format!("“{quoted}” of {size} pt is set in four-colour black"),
        ),
        help: Text::new(
            "18 磅以下的字只用黑版：ink = [0, 0, 0, 100]",
            "set text up to 18 pt in black alone: `ink = [0, 0, 0, 100]`",
        ),
        span: run.glyphs.iter().find_map(|glyph| glyph.source),
        related: None,
        facts: vec![("text", Value::Word(quoted))],
        rect: Rect::new(first.at.x, first.at.y - run.size, run.size, run.size),
    })
}
