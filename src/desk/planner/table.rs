//! Tables: from the blocks of the copy to cells that know how they stand
//! (P26).

use std::sync::Arc;

use super::article::{ArticleBlock, ArticleBlockKind, Words};
use super::dress::{Dress, Wardrobe};
use super::figures;
use super::slot::{Stretched, append};
use crate::base::clreq::Direction;
use crate::base::geom::Length;
use crate::desk::layout::Slot;
use crate::story::{
    Align, Cell, CellFit, Interlinear, InterlinearKind, ParaStyle, Paragraph, Role, Stand, Table,
};

/// Longest text of a cell, in characters, that is centred in its column where
/// the copy does not align it.
const SHORT: usize = 6;

/// What the tables of a slot are set with.
pub(super) struct Tables {
    text: Dress,
    head: Dress,
    title: Dress,
    /// How the cells of a column are aligned where nothing else tells.
    align: Align,
    em: Length,
    white: Length,
    outer: Length,
    inner: Length,
    continued: String,
}

/// A table under construction.
pub(super) struct Draft<'a> {
    at: usize,
    columns: &'a [Option<Align>],
    block: &'a ArticleBlock,
    title: Option<&'a ArticleBlock>,
    cells: Vec<Vec<Words>>,
    mixed: Vec<Vec<Vec<Stretched>>>,
}

impl<'a> Draft<'a> {
    /// A table that stands before paragraph `at` of its story.
    pub(super) fn new(
        at: usize,
        block: &'a ArticleBlock,
        columns: &'a [Option<Align>],
        rows: u16,
    ) -> Self {
        let (rows, columns_count) = (usize::from(rows), columns.len());
        Self {
            at,
            columns,
            block,
            title: None,
            cells: vec![vec![Words::default(); columns_count]; rows],
            mixed: vec![vec![Vec::new(); columns_count]; rows],
        }
    }

    /// A paragraph was put before the whole text.
    pub(super) fn below(&mut self) {
        self.at += 1;
    }

    /// Takes in its title or one of its cells. What the copy has in two
    /// pieces stands in two lines.
    pub(super) fn add(&mut self, block: &'a ArticleBlock) {
        let &ArticleBlockKind::Cell { row, column } = &block.kind else {
            self.title = Some(block);
            return;
        };
        let (row, column) = (usize::from(row), usize::from(column));
        let words = self.cells.get_mut(row).and_then(|row| row.get_mut(column));
        let mixed = self.mixed.get_mut(row).and_then(|row| row.get_mut(column));
        if let (Some(words), Some(mixed)) = (words, mixed) {
            if !words.text.is_empty() {
                words.push_str("\n");
            }
            append(words, mixed, block);
        }
    }
}

impl Tables {
    /// What the layout and the slot say of tables.
    pub(super) fn of(slot: &Slot, wardrobe: &Wardrobe<'_>) -> Self {
        let dress = |role| wardrobe.dress(slot.style(role));
        let (style, form) = (slot.style(Role::Table), wardrobe.tables);
        Self {
            text: dress(Role::Table),
            head: dress(Role::TableHead),
            title: dress(Role::TableTitle),
            align: style.align,
            em: style.size,
            white: style.size.scale(form.white.num, form.white.den),
            outer: form.outer,
            inner: form.inner,
            continued: form.continued.clone(),
        }
    }

    /// A table, resolved. The header row stands in the middle of its columns
    /// and is spread evenly, and so is the header column at the left (T37);
    /// columns of numbers are aligned on their decimal points.
    pub(super) fn table(&self, draft: Draft<'_>) -> Table {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for (row, (words, mixed)) in draft.cells.iter().zip(&draft.mixed).enumerate() {
            let dress = if row == 0 { &self.head } else { &self.text };
            let cells = words.iter().zip(mixed).map(|(words, mixed)| Cell {
                paragraph: dress.mixed(words, mixed),
                fit: CellFit::Aligned,
            });
            rows.push(cells.collect());
        }
        if let Some(head) = rows.first_mut() {
            let longest = even(head.iter().map(|cell| &cell.paragraph));
            for (cell, column) in head.iter_mut().zip(draft.columns) {
                stand(cell, longest, column.unwrap_or(Align::Center), self.em);
            }
        }
        for (nth, said) in draft.columns.iter().enumerate() {
            self.column(&mut rows, nth, *said);
        }
        let title = draft.title.map(|block| {
            let (mut words, mut stretches) = (Words::default(), Vec::new());
            append(&mut words, &mut stretches, block);
            self.title.mixed(&words, &stretches)
        });
        let mut continued = Words::default();
        continued.push_str(&self.continued);
        Table {
            at: draft.at,
            title,
            continued: self.title.paragraph(&continued),
            rows,
            em: self.em,
            white: self.white,
            outer: self.outer,
            inner: self.inner,
            span: draft.block.words.span().or(draft.block.span),
        }
    }

    /// The cells of a column below the header row.
    fn column(&self, rows: &mut [Vec<Cell>], nth: usize, said: Option<Align>) {
        let cells = || rows.iter().skip(1).filter_map(|row| row.get(nth));
        let filled: Vec<&Paragraph> = cells()
            .map(|cell| &cell.paragraph)
            .filter(|paragraph| !paragraph.text.is_empty())
            .collect();
        let numbers = figures::column(filled.iter().map(|paragraph| paragraph.text.as_str()));
        let longest = match nth {
            0 => even(filled.iter().copied()),
            _ => None,
        };
        let short = |paragraph: &&Paragraph| paragraph.text.chars().count() <= SHORT;
        let by_content = match self.align {
            Align::Justify if filled.iter().all(short) => Align::Center,
            align => align,
        };
        let align = said.unwrap_or(by_content);
        let turned = numbers
            && !filled
                .iter()
                .all(|paragraph| figures::abreast(&paragraph.text));
        for cell in rows.iter_mut().skip(1).filter_map(|row| row.get_mut(nth)) {
            match figures::point(&cell.paragraph.text).filter(|_| numbers) {
                Some(point) => {
                    if turned {
                        turn(&mut cell.paragraph);
                    }
                    restyle(&mut cell.paragraph, Align::Start);
                    cell.fit = CellFit::Number { point, align };
                }
                // a dash among numbers
                None if numbers => restyle(&mut cell.paragraph, Align::Center),
                None => stand(cell, longest, align, self.em),
            }
        }
    }
}

/// V13: in a vertical line the numbers of one column stand one way, or their
/// points would be in no line.
fn turn(paragraph: &mut Paragraph) {
    let vertical = paragraph.style.scheme.direction == Direction::Vertical;
    let said = |beside: &Interlinear| matches!(beside.kind, InterlinearKind::Stand(_));
    if !vertical || paragraph.interlinear.iter().any(said) {
        return;
    }
    let end = u32::try_from(paragraph.text.len()).unwrap_or(u32::MAX);
    let stand = Interlinear {
        range: 0..end,
        kind: InterlinearKind::Stand(Stand::Turned),
    };
    paragraph.interlinear.insert(0, stand);
}

/// Aligns a cell, and spreads it where it is one of those to be spread.
fn stand(cell: &mut Cell, longest: Option<usize>, align: Align, em: Length) {
    let spread = longest.filter(|_| han(&cell.paragraph.text).is_some_and(|count| count > 1));
    match spread.and_then(|count| i64::try_from(count).ok()) {
        Some(count) => {
            restyle(&mut cell.paragraph, Align::Even);
            cell.fit = CellFit::Even(em * count, align);
        }
        None => restyle(&mut cell.paragraph, align),
    }
}

/// A cell has no indent of its own, and turns where its column ends.
fn restyle(paragraph: &mut Paragraph, align: Align) {
    let style = ParaStyle {
        align,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        ..ParaStyle::clone(&paragraph.style)
    };
    paragraph.style = Arc::new(style);
}

/// 均排 (T37): the characters that every entry of Han is spread to: those of
/// the longest. `None` where there are fewer than two to spread, or where the
/// gaps would become wider than two characters.
fn even<'a>(entries: impl Iterator<Item = &'a Paragraph>) -> Option<usize> {
    let counts: Vec<usize> = entries
        .filter_map(|paragraph| han(&paragraph.text))
        .filter(|&count| count > 1)
        .collect();
    let longest = counts.iter().copied().max()?;
    let close = |&count: &usize| longest - count <= 2 * (count - 1);
    (counts.len() > 1 && counts.iter().all(close)).then_some(longest)
}

/// The characters of a text that is all Han.
fn han(text: &str) -> Option<usize> {
    let all = text.chars().all(|c| {
        matches!(c, '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    });
    (all && !text.is_empty()).then(|| text.chars().count())
}
