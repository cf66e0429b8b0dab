//! Text that knows where each of its bytes stands in the manuscript (E15).

use std::ops::Range;

use crate::base::clreq::is_curly_quote;
use crate::base::diag::{SourceId, Span};
use crate::story::Piece;

use super::normalise::is_chinese;

/// A text under construction with its map to the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapped {
    source: SourceId,
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

/// One replacement in a [`Mapped`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Bytes of the text before any edit.
    pub(super) range: Range<usize>,
    /// What stands there afterwards.
    pub(super) to: String,
}

impl Mapped {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            text: String::new(),
            pieces: Vec::new(),
        }
    }

    /// Appends bytes of the file as they stand from `start` on.
    pub(super) fn push_exact(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        let span = Span::new(self.source, start, start + text.len());
        match self.pieces.last_mut() {
            Some(last) if last.exact && last.span.end == span.start => last.span.end = span.end,
            _ => self.pieces.push(Piece {
                at: offset(self.text.len()),
                span,
                exact: true,
            }),
        }
        self.text.push_str(text);
    }

    /// Appends text that stands for the whole of `place`.
    pub(super) fn push_for(&mut self, text: &str, place: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let span = Span::new(self.source, place.start, place.end);
        self.pieces.push(Piece {
            at: offset(self.text.len()),
            span,
            exact: false,
        });
        self.text.push_str(text);
    }

    /// Appends what stands for a line end before `next`: nothing beside a
    /// Chinese character, one space between Western words.
    pub(super) fn join(&mut self, next: &str, place: Range<usize>) {
        // quotes are Chinese or Western as their neighbours are
        let before = self.text.chars().rev().find(|&c| !is_curly_quote(c));
        let after = next.chars().find(|&c| !is_curly_quote(c));
        let blank = self.text.ends_with([' ', '\n', '-']) || next.starts_with(' ');
        if let (Some(before), Some(after)) = (before, after)
            && !blank
            && !is_chinese(before)
            && !is_chinese(after)
        {
            self.push_for(" ", place);
        }
    }

    /// Where a byte range of the text stands in the file; `None` for a text
    /// with no place.
    pub(super) fn place(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.piece_at(range.start)?;
        let last = self.piece_at(range.end.saturating_sub(1).max(range.start))?;
        let start = self.inside(first, range.start);
        let end = if self.pieces[last].exact {
            self.inside(last, range.end)
        } else {
            self.pieces[last].span.end as usize
        };
        Some(start..end.max(start))
    }

    fn inside(&self, piece: usize, at: usize) -> usize {
        let piece = &self.pieces[piece];
        if piece.exact {
            (piece.span.start as usize + (at - piece.at as usize)).min(piece.span.end as usize)
        } else {
            piece.span.start as usize
        }
    }

    fn piece_at(&self, at: usize) -> Option<usize> {
        self.pieces
            .partition_point(|piece| piece.at as usize <= at)
            .checked_sub(1)
    }

    /// Appends all of `other`, map and all.
    pub(super) fn append(&mut self, other: &Self) {
        self.push_part(other, 0..other.text.len());
    }

    /// A range of the text as a text of its own, map and all.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        let mut part = Self::new(self.source);
        part.push_part(self, range);
        part
    }

    /// Appends `range` of `other`, map and all.
    fn push_part(&mut self, other: &Self, range: Range<usize>) {
        let Some(mut index) = other.piece_at(range.start) else {
            return;
        };
        let mut at = range.start;
        while at < range.end && index < other.pieces.len() {
            let piece = &other.pieces[index];
            let end = other
                .pieces
                .get(index + 1)
                .map_or(other.text.len(), |next| next.at as usize);
            let end = end.min(range.end);
            if piece.exact {
                self.push_exact(&other.text[at..end], other.inside(index, at));
            } else {
                self.push_for(
                    &other.text[at..end],
                    piece.span.start as usize..piece.span.end as usize,
                );
            }
            at = end;
            index += 1;
        }
    }

    /// The text with `edits` made, which are in order and do not overlap.
    pub(super) fn edited(&self, edits: &[Edit]) -> Self {
        let mut out = Self::new(self.source);
        let mut at = 0;
        for edit in edits {
            out.push_part(self, at..edit.range.start);
            if let Some(place) = self.place(edit.range.clone()) {
                out.push_for(&edit.to, place);
            }
            at = edit.range.end;
        }
        out.push_part(self, at..self.text.len());
        out
    }
}

/// Offsets into one paragraph; files over [`super::MAX_BYTES`] are refused, so
/// they fit.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Where byte offsets stand after some edits.
pub(super) struct Moved<'a> {
    edits: &'a [Edit],
    /// Offset after the edits of each edit's end.
    ends: Vec<usize>,
}

impl<'a> Moved<'a> {
    pub(super) fn new(edits: &'a [Edit]) -> Self {
        let (mut before, mut after) = (0, 0);
        let mut ends = Vec::with_capacity(edits.len());
        for edit in edits {
            after += edit.range.start - before + edit.to.len();
            before = edit.range.end;
            ends.push(after);
        }
        Self { edits, ends }
    }

    /// The new offset of an old one; inside a replaced stretch its start, or
    /// its end where the offset ends a range.
    pub(super) fn at(&self, old: usize, ends_range: bool) -> usize {
        let index = self.edits.partition_point(|edit| edit.range.end <= old);
        let (end, new_end) = match index.checked_sub(1) {
            Some(last) => (self.edits[last].range.end, self.ends[last]),
            None => (0, 0),
        };
        match self.edits.get(index) {
            Some(edit) if edit.range.start < old => {
                if ends_range {
                    self.ends[index]
                } else {
                    self.ends[index] - edit.to.len()
                }
            }
            _ => new_end + (old - end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e15_the_map_survives_edits() {
        let mut mapped = Mapped::new(SourceId(0));
        mapped.push_exact("甲...", 2);
        mapped.push_exact("乙", 20);
        let edits = [Edit {
            range: 3..6,
            to: "……".into(),
        }];
        let edited = mapped.edited(&edits);
        assert_eq!(edited.text, "甲……乙");
        assert_eq!(edited.place(0..3), Some(2..5));
        assert_eq!(edited.place(3..9), Some(5..8));
        assert_eq!(edited.place(9..12), Some(20..23));
        let moved = Moved::new(&edits);
        assert_eq!(
            (moved.at(3, false), moved.at(6, true), moved.at(9, true)),
            (3, 9, 12)
        );
        assert_eq!((moved.at(4, false), moved.at(4, true)), (3, 9));
    }
}
