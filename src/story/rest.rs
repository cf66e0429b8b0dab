//! 转文: what is left of a story from a line on, to be set somewhere else.

use std::ops::Range;
use std::sync::Arc;

use super::{Cast, Figure, Interlinear, ParaStyle, Paragraph, Piece, Story, Table, TextRun};
use crate::base::diag::Span;
use crate::base::geom::Length;

/// The first of a story that is left for another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestFrom {
    /// The paragraph, by index.
    pub paragraph: usize,
    /// The byte of its text; 0 for all of it.
    pub byte: u32,
    /// Whether that text is what stands beside the drop cap, without the cap
    /// (P27).
    pub beside_cap: bool,
    /// The first table, by index.
    pub table: usize,
    /// Its first row below the header row that is left; 0 for all of it.
    pub row: usize,
    /// The first picture in the text, by index.
    pub figure: usize,
}

impl Paragraph {
    /// The paragraph from a byte of its text on. It goes on with a line that is
    /// not its first: without its indent, and without white above it.
    pub fn from(&self, byte: u32) -> Self {
        if byte == 0 {
            return self.clone();
        }
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let cut = |range: &Range<u32>| {
            let range = range.start.max(byte)..range.end.min(end);
            (range.start < range.end).then(|| range.start - byte..range.end - byte)
        };
        let runs = self.runs.iter().filter_map(|run| {
            let range = cut(&run.range)?;
            Some(TextRun {
                range,
                style: Arc::clone(&run.style),
            })
        });
        let interlinear = self.interlinear.iter().filter_map(|one| {
            let range = cut(&one.range)?;
            Some(Interlinear {
                range,
                kind: one.kind.clone(),
            })
        });
        let casts = self.style.casts.iter().filter_map(|cast| {
            let range = cut(&cast.range)?;
            // a stretch cast in one piece is never parted
            (cast.range.start >= byte).then(|| Cast {
                range,
                ..cast.clone()
            })
        });
        Self {
            role: self.role,
            text: self.text.get(byte as usize..).unwrap_or("").to_owned(),
            runs: runs.collect(),
            pieces: pieces_from(&self.pieces, byte),
            interlinear: interlinear.collect(),
            style: Arc::new(ParaStyle {
                indent: Length::ZERO,
                before: 0,
                casts: casts.collect(),
                ..ParaStyle::clone(&self.style)
            }),
        }
    }
}

/// The pieces from a byte on.
fn pieces_from(pieces: &[Piece], byte: u32) -> Vec<Piece> {
    let first = pieces
        .partition_point(|piece| piece.at <= byte)
        .saturating_sub(1);
    let list = pieces.iter().skip(first).map(|piece| {
        let into = byte.saturating_sub(piece.at);
        let start = match piece.exact {
            true => (piece.span.start + into).min(piece.span.end),
            false => piece.span.start,
        };
        Piece {
            at: piece.at.saturating_sub(byte),
            span: Span {
                start,
                ..piece.span
            },
            exact: piece.exact,
        }
    });
    list.collect()
}

impl Story {
    /// What is left of the story. A table that is parted goes on with its
    /// header row, titled as a continued one (P26).
    pub fn rest(&self, from: RestFrom) -> Self {
        let beside = self
            .drop_cap
            .as_ref()
            .filter(|cap| from.beside_cap && from.byte > 0 && cap.paragraph == from.paragraph);
        let mut paragraphs = Vec::new();
        for (nth, paragraph) in self.paragraphs.iter().enumerate().skip(from.paragraph) {
            paragraphs.push(match nth == from.paragraph {
                true => beside.map_or(paragraph, |cap| &cap.rest).from(from.byte),
                false => paragraph.clone(),
            });
        }
        let mut tables = Vec::new();
        for (nth, table) in self.tables.iter().enumerate().skip(from.table) {
            let mut rest = Table {
                at: table.at.saturating_sub(from.paragraph),
                ..table.clone()
            };
            if nth == from.table && from.row > 0 && from.row < rest.rows.len() {
                rest.rows.drain(1..from.row);
                rest.title = Some(rest.continued.clone());
            }
            tables.push(rest);
        }
        let figures = self.figures.iter().skip(from.figure).map(|figure| Figure {
            at: figure.at.saturating_sub(from.paragraph),
            tables: figure.tables.saturating_sub(from.table),
            ..figure.clone()
        });
        let note_rule = self
            .note_rule
            .filter(|rule| rule.paragraph >= from.paragraph);
        let drop_cap = self.drop_cap.as_ref().filter(|cap| {
            cap.paragraph > from.paragraph || (cap.paragraph == from.paragraph && from.byte == 0)
        });
        Self {
            name: Arc::clone(&self.name),
            paragraphs,
            tables,
            figures: figures.collect(),
            note_rule: note_rule.map(|rule| super::NoteRule {
                paragraph: rule.paragraph - from.paragraph,
                ..rule
            }),
            drop_cap: drop_cap.map(|cap| super::DropCap {
                paragraph: cap.paragraph - from.paragraph,
                ..cap.clone()
            }),
        }
    }

    /// The story with a paragraph before all others.
    pub fn behind(mut self, first: Paragraph) -> Self {
        self.paragraphs.insert(0, first);
        for table in &mut self.tables {
            table.at += 1;
        }
        for figure in &mut self.figures {
            figure.at += 1;
        }
        if let Some(rule) = &mut self.note_rule {
            rule.paragraph += 1;
        }
        if let Some(cap) = &mut self.drop_cap {
            cap.paragraph += 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diag::SourceId;

    #[test]
    fn n38_e15_the_rest_of_a_paragraph_leads_back_to_the_manuscript() {
        let span = |start, end| Span::new(SourceId(0), start, end);
        let piece = |at, span, exact| Piece { at, span, exact };
        let pieces = [
            piece(0, span(10, 19), true),
            piece(9, span(21, 24), false),
            piece(15, span(26, 32), true),
        ];
        assert_eq!(
            pieces_from(&pieces, 3),
            [
                piece(0, span(13, 19), true),
                piece(6, span(21, 24), false),
                piece(12, span(26, 32), true),
            ]
        );
        assert_eq!(
            pieces_from(&pieces, 9),
            [piece(0, span(21, 24), false), piece(6, span(26, 32), true)]
        );
        assert_eq!(pieces_from(&pieces, 18), [piece(0, span(29, 32), true)]);
        assert_eq!(pieces_from(&[], 3), []);
    }

    #[test]
    fn n38_p23_pictures_of_the_text_go_along() {
        let figure = |at| Figure {
            at,
            tables: 0,
            lines: 5,
            caption_gap: Length::ZERO,
            photos: Vec::new(),
            caption: Vec::new(),
            source: None,
        };
        let story = Story {
            name: "a.md".into(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            figures: vec![figure(1), figure(3)],
            note_rule: None,
            drop_cap: None,
        };
        let rest = story.rest(RestFrom {
            paragraph: 2,
            byte: 0,
            beside_cap: false,
            table: 0,
            row: 0,
            figure: 1,
        });
        let at: Vec<usize> = rest.figures.iter().map(|figure| figure.at).collect();
        assert_eq!(at, [1]);
    }
}
