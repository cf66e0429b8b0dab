//! A part of a table on the board: title, rows, rules (P26).

use std::sync::Arc;

use super::{Block, Set, TableMatter};
use crate::base::geom::{Length, Point, Rect};
use crate::makeup::board::{Board, Owner};
use crate::makeup::flow::TablePart;
use crate::makeup::matter::{Lines, Matter};
use crate::page::{FillKind, Frame, FrameLine, baseline_in_frame};
use crate::story::{Ink, Role};

/// Draws a part of a table that is `width` wide. Each row is a frame of its
/// own.
pub(crate) fn draw(
    board: &mut Board<'_>,
    owner: Owner<'_>,
    matter: &TableMatter<'_>,
    part: &TablePart,
    width: Length,
) {
    let set = matter.at(board.grid, width);
    let mut pen = Pen {
        board,
        owner,
        at: Point::new(part.x, part.top),
        width,
    };
    if part.rows.start > 1 {
        pen.title(&matter.continued, &set.continued);
    } else if let (Some(title), Some(block)) = (&matter.title, &set.title) {
        pen.title(title, block);
    }
    let top = pen.at.y;
    let mut edges = Vec::new();
    for row in [0].into_iter().chain(part.rows.clone()) {
        if pen.row(matter, &set, row) {
            edges.push(pen.at.y);
        }
    }
    pen.rules(matter, &set, top, &edges);
}

struct Pen<'b, 'a, 'o> {
    board: &'b mut Board<'a>,
    owner: Owner<'o>,
    /// Left edge of the table, top of what comes next.
    at: Point,
    width: Length,
}

impl Pen<'_, '_, '_> {
    fn title(&mut self, matter: &Matter<'_>, block: &Block) {
        let height = self.height(block.height);
        let lines = self.lines(matter, &block.lines, self.at.x, height);
        self.frame(Role::TableTitle, height, lines);
    }

    /// Sets a row; `false` where there is none of that number.
    fn row(&mut self, matter: &TableMatter<'_>, set: &Set, nth: usize) -> bool {
        let (Some(row), Some(matters)) = (set.rows.get(nth), matter.cells.get(nth)) else {
            return false;
        };
        let height = self.height(row.height);
        let mut lines = Vec::new();
        for (matter, (cell, x)) in matters.iter().zip(&row.cells) {
            lines.extend(self.lines(matter, cell, self.at.x + *x, height));
        }
        let role = if nth == 0 {
            Role::TableHead
        } else {
            Role::Table
        };
        self.frame(role, height, lines);
        true
    }

    fn height(&self, lines: usize) -> Length {
        self.board.grid.pitch * i64::try_from(lines).unwrap_or(0)
    }

    /// The lines of one paragraph, in the middle of `height`.
    fn lines(
        &mut self,
        matter: &Matter<'_>,
        lines: &Lines,
        x: Length,
        height: Length,
    ) -> Vec<FrameLine> {
        let style = &matter.paragraph.style;
        let text = style.size + style.pitch * (lines.len() as i64 - 1).max(0);
        let mut y = self.at.y + (height - text).half() + baseline_in_frame(style.size);
        let mut set = Vec::new();
        for line in lines.iter() {
            set.push(self.board.line(self.owner, matter, line, Point::new(x, y)));
            y += style.pitch;
        }
        set
    }

    fn frame(&mut self, role: Role, height: Length, lines: Vec<FrameLine>) {
        if !lines.is_empty() {
            let rect = Rect::new(self.at.x, self.at.y, self.width, height);
            self.board.frames.push(Frame {
                slot: Arc::clone(self.owner.slot),
                role,
                story: self.owner.story.cloned(),
                rect: self.board.rect(rect),
                direction: self.board.direction(),
                lines,
            });
        }
        self.at.y += height;
    }

    /// The outer rules lie inside the edges of the table, the inner ones on
    /// the edges of rows and columns. The sides are open.
    fn rules(&mut self, matter: &TableMatter<'_>, set: &Set, top: Length, edges: &[Length]) {
        let Some((&bottom, inner)) = edges.split_last() else {
            return;
        };
        let (outer, thin) = (matter.table.outer, matter.table.inner);
        let x = self.at.x;
        let mut rule = |rect| self.board.fill(rect, Ink::BLACK, FillKind::Rule);
        rule(Rect::new(x, top, self.width, outer));
        for &edge in inner {
            rule(Rect::new(x, edge - thin.half(), self.width, thin));
        }
        for column in set.columns.iter().skip(1) {
            let left = x + column.left - thin.half();
            let height = bottom - top - outer * 2;
            rule(Rect::new(left, top + outer, thin, height));
        }
        rule(Rect::new(x, bottom - outer, self.width, outer));
    }
}
