//! 溯源 (E15): from a place on the page to the copy, and back.

use super::{Glyph, GlyphRun, Item, Page, baseline_in_frame};
use crate::base::diag::Span;
use crate::base::geom::{Length, Point, Rect};

/// What stands at a place of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the copy.
    pub source: Span,
    /// Its frame on the page: from its origin to that of its neighbour, an em
    /// high.
    pub rect: Rect,
    /// The characters.
    pub text: String,
}

impl Page {
    /// The characters at a point of the page, in points from the trim's top
    /// left corner; the last drawn where several stand there. `None` where
    /// nothing of the copy does: generated text has no place in it.
    pub fn hit(&self, at: Point) -> Option<Hit> {
        let runs = self.runs().collect::<Vec<_>>();
        runs.into_iter().rev().find_map(|run| {
            let found = frames(run).find(|(_, rect)| holds(*rect, at))?;
            let (glyph, rect) = found;
            let text = run
                .text
                .get(glyph.text.start as usize..glyph.text.end as usize)?;
            Some(Hit {
                source: glyph.source?,
                rect,
                text: text.to_owned(),
            })
        })
    }

    /// The frames of all characters that come from a stretch of the copy, in
    /// drawing order; none where it is not on this page.
    pub fn places(&self, source: Span) -> Vec<Rect> {
        let overlaps = |span: Span| {
            span.source == source.source && span.start < source.end && source.start < span.end
        };
        self.runs()
            .flat_map(frames)
            .filter(|(glyph, _)| glyph.source.is_some_and(overlaps))
            .map(|(_, rect)| rect)
            .collect()
    }

    fn runs(&self) -> impl Iterator<Item = &GlyphRun> {
        self.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) => Some(run),
            _ => None,
        })
    }
}

/// The glyphs of a run that stand for characters, each with its frame.
fn frames(run: &GlyphRun) -> impl Iterator<Item = (&Glyph, Rect)> {
    let firsts = (0..run.glyphs.len()).filter(|&nth| !run.glyphs[nth].text.is_empty());
    firsts.map(move |nth| {
        let glyph = &run.glyphs[nth];
        let next = run.glyphs[nth + 1..]
            .iter()
            .find(|next| !next.text.is_empty());
        (glyph, frame(run, glyph, next))
    })
}

/// The frame of a glyph: as far as the next one on its line, an em where there
/// is none or it stands elsewhere.
fn frame(run: &GlyphRun, glyph: &Glyph, next: Option<&Glyph>) -> Rect {
    let size = run.size;
    let reach = |to: Option<Length>| match to {
        Some(to) if to > Length::ZERO && to <= size * 2 => to,
        _ => size,
    };
    let top = glyph.at.y - baseline_in_frame(size);
    if !run.vertical {
        let beside = next.filter(|next| (next.at.y - glyph.at.y).abs() < size);
        let width = reach(beside.map(|next| next.at.x - glyph.at.x));
        return Rect::new(glyph.at.x, top, width, size);
    }
    let below = next.filter(|next| (next.at.x - glyph.at.x).abs() < size);
    let height = reach(below.map(|next| next.at.y - glyph.at.y));
    match glyph.turned {
        // its baseline runs down the page, its foot to the left
        true => Rect::new(
            glyph.at.x - (size - baseline_in_frame(size)),
            glyph.at.y,
            size,
            height,
        ),
        false => Rect::new(glyph.at.x, top, size, height),
    }
}

fn holds(rect: Rect, at: Point) -> bool {
    rect.x <= at.x && at.x < rect.right() && rect.y <= at.y && at.y < rect.bottom()
}
