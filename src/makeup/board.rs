//! The board a page is assembled on: items, frames and findings in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::findings;
use super::interlinear::{Beside, short_of_room};
use super::matter::Matter;
use super::projection::Projection;
use crate::base::clreq::Direction;
use crate::base::diag::{Diagnostic, Span};
use crate::base::geom::{Length, Point, Rect};
use crate::compose::{Line, faces};
use crate::page::{
    Fill, FillKind, Frame, FrameLine, Glyph, GlyphRun, Grid, Item, Overset, Standing,
    baseline_in_frame,
};
use crate::story::{Ink, Paragraph, Piece, Role, place};

/// A page being assembled.
pub(crate) struct Board<'a> {
    pub(crate) grid: &'a Grid,
    pub(crate) number: &'a str,
    pub(crate) items: Vec<Item>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) overset: Vec<Overset>,
    pub(crate) findings: Vec<Diagnostic>,
    /// The lines of vertical slots, for proofs.
    pub(crate) standing: Vec<Standing>,
    /// The headline blocks, in reading order, for dummies.
    pub(crate) heads: Vec<HeadZone>,
    /// Where what is set in flow coordinates stands on the page; `None` where
    /// they are the page's own.
    pub(crate) projection: Option<Projection>,
    /// Characters of each story that a fallback face was reported for.
    told: BTreeSet<(Option<Arc<str>>, char)>,
    /// Stories whose leading was reported as too close (T24).
    close: BTreeSet<(Option<Arc<str>>, &'static str)>,
}

/// 题区: where a headline block stands on the page.
#[derive(Clone, Debug)]
pub(crate) struct HeadZone {
    /// Its slot.
    pub(crate) slot: Arc<str>,
    /// Its whole grid lines.
    pub(crate) rect: Rect,
}

/// Whose text is being set, for frames and findings.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    pub(crate) slot: &'a Arc<str>,
    pub(crate) story: Option<&'a Arc<str>>,
}

impl<'a> Board<'a> {
    pub(crate) fn new(grid: &'a Grid, number: &'a str) -> Self {
        Self {
            grid,
            number,
            items: Vec::new(),
            frames: Vec::new(),
            overset: Vec::new(),
            findings: Vec::new(),
            standing: Vec::new(),
            heads: Vec::new(),
            projection: None,
            told: BTreeSet::new(),
            close: BTreeSet::new(),
        }
    }

    /// Takes over what was made up on a board of its own.
    pub(crate) fn absorb(&mut self, other: Board<'_>) {
        self.items.extend(other.items);
        self.frames.extend(other.frames);
        self.overset.extend(other.overset);
        self.findings.extend(other.findings);
        self.heads.extend(other.heads);
        self.told = other.told;
        self.close = other.close;
    }

    /// A board for what stands in flow coordinates of its own; see
    /// [`Board::absorb`].
    pub(crate) fn lying<'b>(&mut self, grid: &'b Grid, projection: Projection) -> Board<'b>
    where
        'a: 'b,
    {
        Board {
            projection: Some(projection),
            told: std::mem::take(&mut self.told),
            close: std::mem::take(&mut self.close),
            ..Board::new(grid, self.number)
        }
    }

    /// A board for a trial in the same coordinates, on another grid.
    pub(crate) fn beside<'b>(&self, grid: &'b Grid) -> Board<'b>
    where
        'a: 'b,
    {
        Board {
            projection: self.projection,
            told: self.told.clone(),
            close: self.close.clone(),
            ..Board::new(grid, self.number)
        }
    }

    /// Draws a rule or a tint; one without area or ink is left out.
    pub(crate) fn fill(&mut self, rect: Rect, ink: Ink, kind: FillKind) {
        self.fill_on_page(self.rect(rect), ink, kind);
    }

    /// The same of a rectangle that is on the page already.
    pub(crate) fn fill_on_page(&mut self, rect: Rect, ink: Ink, kind: FillKind) {
        if rect.width > Length::ZERO && rect.height > Length::ZERO {
            self.items.push(Item::Fill(Fill { rect, ink, kind }));
        }
    }

    /// Notes where a headline block stands, if it takes any room.
    pub(crate) fn head_zone(&mut self, owner: Owner<'_>, rect: Rect) {
        let rect = self.rect(rect);
        if rect.width > Length::ZERO && rect.height > Length::ZERO {
            let slot = Arc::clone(owner.slot);
            self.heads.push(HeadZone { slot, rect });
        }
    }

    /// A rectangle on the page.
    pub(crate) fn rect(&self, rect: Rect) -> Rect {
        match &self.projection {
            Some(projection) => projection.rect(rect),
            None => rect,
        }
    }

    /// Which way the lines run.
    pub(crate) fn direction(&self) -> Direction {
        match self.projection {
            Some(_) => Direction::Vertical,
            None => Direction::Horizontal,
        }
    }

    /// Sets the lines of one paragraph as a frame of their own.
    pub(crate) fn frame(
        &mut self,
        owner: Owner<'_>,
        matter: &Matter<'_>,
        rect: Rect,
        lines: &[(&Line, Point)],
    ) {
        if lines.is_empty() {
            return;
        }
        let set = lines
            .iter()
            .map(|&(line, origin)| self.line(owner, matter, line, origin));
        let lines = set.collect();
        self.frames.push(Frame {
            slot: Arc::clone(owner.slot),
            role: matter.paragraph.role,
            story: owner.story.cloned(),
            rect: self.rect(rect),
            direction: self.direction(),
            lines,
        });
    }

    /// Sets one line: its glyphs become items, its flaws findings.
    pub(crate) fn line(
        &mut self,
        owner: Owner<'_>,
        matter: &Matter<'_>,
        line: &Line,
        origin: Point,
    ) -> FrameLine {
        let origin = match &self.projection {
            Some(projection) => projection.axis(origin, matter.paragraph.style.size),
            None => origin,
        };
        self.items
            .extend(glyphs(matter, line, origin).into_iter().map(Item::Glyphs));
        let beside = Beside::of(matter, line, origin);
        self.items
            .extend(beside.shapes.into_iter().map(Item::Shape));
        self.items
            .extend(beside.glyphs.into_iter().map(Item::Glyphs));
        self.room(owner, matter, line);
        let set = FrameLine {
            ruby: beside.ruby,
            ..frame_line(matter, line, origin)
        };
        for note in &line.notes {
            let finding = findings::line(note, matter.paragraph.role, &set);
            self.find(owner, finding);
        }
        set
    }

    /// Reports a leading too close for marks and readings, each kind once a
    /// story (T24).
    fn room(&mut self, owner: Owner<'_>, matter: &Matter<'_>, line: &Line) {
        if matter.paragraph.interlinear.is_empty() {
            return;
        }
        let lone = line.text.start == 0 && line.last;
        let note = short_of_room(&matter.paragraph, matter.annotations(), lone);
        if let Some(note) = note
            && self.close.insert((owner.story.cloned(), note.code))
        {
            self.find(owner, note);
        }
    }

    /// Keeps text that found no room, line under line (E05).
    pub(crate) fn overset(
        &mut self,
        owner: Owner<'_>,
        slot: Rect,
        measure: Length,
        entries: &[(&Matter<'_>, &Line)],
        lines: usize,
        chars: usize,
    ) {
        let mut y = Length::ZERO;
        let mut set = Vec::new();
        let mut runs = Vec::new();
        // vertical lines stand side by side in rows, from right to left
        let row = measure + self.grid.size;
        let mut standing = Projection {
            right: measure.max(self.grid.size * 20),
            top: Length::ZERO,
        };
        for &(matter, line) in entries {
            let style = &matter.paragraph.style;
            let mut origin = Point::new(Length::ZERO, y + baseline_in_frame(style.size));
            if self.projection.is_some() {
                if y > Length::ZERO && y + style.size > standing.right {
                    standing.top += row;
                    y = Length::ZERO;
                    origin.y = baseline_in_frame(style.size);
                }
                origin = standing.axis(origin, style.size);
            }
            runs.extend(glyphs(matter, line, origin));
            set.push(frame_line(matter, line, origin));
            y += style.pitch.max(style.size);
        }
        let role = entries
            .first()
            .map_or(Role::Body, |(matter, _)| matter.paragraph.role);
        let rect = match self.projection {
            Some(_) => Rect::new(
                Length::ZERO,
                Length::ZERO,
                standing.right,
                standing.top + measure,
            ),
            None => Rect::new(Length::ZERO, Length::ZERO, measure, y),
        };
        let frame = Frame {
            slot: Arc::clone(owner.slot),
            role,
            story: owner.story.cloned(),
            rect,
            direction: self.direction(),
            lines: set,
        };
        self.overset.push(Overset {
            frame,
            glyphs: runs,
            lines,
            chars,
            slot: self.rect(slot),
        });
    }

    /// Reports what no face holds, once a character and paragraph, and what
    /// not the first of its list, once a character and story (T35).
    pub(crate) fn missing(&mut self, owner: Owner<'_>, matter: &Matter<'_>) {
        let mut told: Vec<char> = Vec::new();
        for missing in &matter.run().missing {
            if told.contains(&missing.character) {
                continue;
            }
            told.push(missing.character);
            let all = &matter.run().missing;
            let count = all
                .iter()
                .filter(|other| other.character == missing.character)
                .count();
            let place = matter.paragraph.source(missing.text.clone());
            let finding = faces::missing(missing.character, count, owner.story, place);
            self.find(owner, finding);
        }
        for annotation in matter.annotations() {
            for missing in &annotation.run.missing {
                let text = missing.text.start as usize..missing.text.end as usize;
                let place = place(&annotation.ruby.pieces, text.start, text.end);
                let finding = faces::missing(missing.character, 1, owner.story, place);
                self.find(owner, finding);
            }
        }
        for fallback in &matter.run().fallbacks {
            if self.told.insert((owner.story.cloned(), fallback.character)) {
                let place = matter.paragraph.source(fallback.text.clone());
                self.find(owner, faces::fallback(fallback, owner.story, place));
            }
        }
    }

    /// Files a finding with the facts of its place: page, slot, story.
    pub(crate) fn find(&mut self, owner: Owner<'_>, mut finding: Diagnostic) {
        let mut facts = vec![
            ("page", findings::word(self.number)),
            ("slot", findings::word(owner.slot)),
        ];
        facts.extend(owner.story.map(|story| ("story", findings::word(story))));
        facts.append(&mut finding.facts);
        finding.facts = facts;
        self.findings.push(finding);
    }
}

/// The glyphs of a line, one run for each stretch of one face, size and ink.
/// `origin` is the left end of its baseline, or the top of its axis.
pub(crate) fn glyphs(matter: &Matter<'_>, line: &Line, origin: Point) -> Vec<GlyphRun> {
    let run = matter.run();
    let mut sources = Sources::of(&matter.paragraph);
    let mut runs: Vec<GlyphRun> = Vec::new();
    let vertical = is_vertical(matter);
    for atom in line.glyphs.iter().filter(|atom| !atom.swallowed) {
        // how far along the line the next cluster stands
        let mut along = line.x + atom.x + atom.dx;
        for cluster in atom.clusters_in(run) {
            let Some(style) = run.styles.get(usize::from(cluster.style)) else {
                continue;
            };
            let range = cluster.glyphs.start as usize..cluster.glyphs.end as usize;
            let set = run.glyphs.get(range).unwrap_or_default();
            // a hyphen is in no text: it belongs to the letter before it
            let text = match atom.hyphen {
                Some(_) => atom.text.clone(),
                None => cluster.text.clone(),
            };
            let source = sources.span(text.clone());
            let at = match vertical {
                true => Point::new(origin.x, origin.y + along),
                false => Point::new(origin.x + along, origin.y),
            };
            let placed = set.iter().enumerate().map(|(nth, glyph)| Glyph {
                id: glyph.id,
                at: Point::new(at.x + glyph.dx, at.y + glyph.dy),
                scale_x: glyph.scale_x,
                turned: glyph.turned,
                text: if nth == 0 {
                    text.clone()
                } else {
                    text.end..text.end
                },
                source,
            });
            match runs.last_mut() {
                Some(last)
                    if last.face == cluster.face
                        && last.size == cluster.size
                        && last.ink == style.ink =>
                {
                    last.glyphs.extend(placed);
                }
                _ => runs.push(GlyphRun {
                    face: cluster.face,
                    size: cluster.size,
                    ink: style.ink,
                    vertical,
                    text: matter.text(),
                    glyphs: {
                        // most lines are of one face
                        let mut glyphs = Vec::with_capacity(line.glyphs.len());
                        glyphs.extend(placed);
                        glyphs
                    },
                }),
            }
            along += cluster.advance;
        }
    }
    runs.retain(|run| !run.glyphs.is_empty());
    runs
}

fn is_vertical(matter: &Matter<'_>) -> bool {
    matter.paragraph.style.scheme.direction == Direction::Vertical
}

/// A line as the dump reports it.
pub(crate) fn frame_line(matter: &Matter<'_>, line: &Line, origin: Point) -> FrameLine {
    let style = &matter.paragraph.style;
    let indent = if line.text.start == 0 {
        style.indent
    } else {
        Length::ZERO
    };
    let (x, y) = match is_vertical(matter) {
        true => (origin.x - style.size.half(), origin.y + line.x),
        false => (origin.x + line.x, origin.y),
    };
    FrameLine {
        text: matter.line_text(line).to_owned(),
        x,
        y,
        width: line.width,
        measure: line.measure - style.start - style.end - indent,
        last: line.last,
        source: matter.place(line),
        ruby: Vec::new(),
    }
}

/// The places of a paragraph's bytes in the manuscript, asked for in order:
/// [`Paragraph::source`] with a finger left in the list, because a page asks
/// for every glyph (E15).
struct Sources<'a> {
    pieces: &'a [Piece],
    at: usize,
}

impl<'a> Sources<'a> {
    fn of(paragraph: &'a Paragraph) -> Self {
        Self {
            pieces: &paragraph.pieces,
            at: 0,
        }
    }

    fn span(&mut self, range: std::ops::Range<u32>) -> Option<Span> {
        let first = *self.piece(range.start)?;
        let last = *self.piece(range.end.saturating_sub(1).max(range.start))?;
        let start = match first.exact {
            true => first.span.start + (range.start - first.at),
            false => first.span.start,
        };
        let end = match last.exact {
            true => (last.span.start + (range.end - last.at)).min(last.span.end),
            false => last.span.end,
        };
        (first.span.source == last.span.source && start <= end).then_some(Span {
            source: first.span.source,
            start,
            end,
        })
    }

    fn piece(&mut self, at: u32) -> Option<&'a Piece> {
        let holds = |index: usize| {
            let starts = self.pieces.get(index).is_some_and(|piece| piece.at <= at);
            starts && self.pieces.get(index + 1).is_none_or(|next| at < next.at)
        };
        if !holds(self.at) {
            self.at = match self.at + 1 {
                next if holds(next) => next,
                _ => self
                    .pieces
                    .partition_point(|piece| piece.at <= at)
                    .checked_sub(1)?,
            };
        }
        self.pieces.get(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::SourceId;
    use crate::makeup::double;

    #[test]
    fn e15_the_finger_finds_what_the_search_finds() {
        let span = |start, end| Span::new(SourceId(0), start, end);
        let mut paragraph = double::paragraph("甲……乙丙", &double::body());
        paragraph.pieces = vec![
            Piece {
                at: 0,
                span: span(2, 5),
                exact: true,
            },
            Piece {
                at: 3,
                span: span(7, 10),
                exact: false,
            },
            Piece {
                at: 9,
                span: span(12, 18),
                exact: true,
            },
        ];
        let mut sources = Sources::of(&paragraph);
        for start in (0..15).step_by(3).chain([12, 0, 9, 3]) {
            for end in (start + 3..=15).step_by(3) {
                assert_eq!(
                    sources.span(start..end),
                    paragraph.source(start..end),
                    "{start}..{end}"
                );
            }
        }
        paragraph.pieces.clear();
        assert_eq!(Sources::of(&paragraph).span(0..3), None, "generated text");
    }
}
