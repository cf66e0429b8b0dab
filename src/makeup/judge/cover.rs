//! Which grid cells of a page are taken: white areas (N45) and uneven feet
//! (N34).

use super::blocks::Block;
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::Rect;
use crate::desk::plan::{FurniturePlan, PagePlan};
use crate::page::Grid;

/// Cells of one base column and one grid line, and what takes them.
pub(super) struct Cover {
    /// Columns, each of lines from the top.
    columns: Vec<Vec<bool>>,
}

/// Cells of adjacent columns with the same lines.
struct Patch {
    column: usize,
    columns: usize,
    line: usize,
    lines: usize,
}

impl Cover {
    /// The cells of a page: slots that hold anything are whole, for what is
    /// empty in them is reported as underset, and furniture takes all above
    /// the first slot, its own white included.
    pub(super) fn of(plan: &PagePlan, blocks: &[Block<'_>]) -> Self {
        let grid = &plan.grid;
        let lines = usize::from(grid.lines);
        let mut cover = Self {
            columns: vec![vec![false; lines]; usize::from(grid.columns)],
        };
        // a thin rule takes the line it parts
        let boxes = plan.furniture.iter().map(|piece| match piece {
            FurniturePlan::Text { rect, .. } | FurniturePlan::Tint { rect, .. } => *rect,
            FurniturePlan::Rule { rect, .. } | FurniturePlan::Border { rect, .. } => {
                let line = rect.height.max(grid.pitch);
                let above = (line - rect.height).half();
                Rect::new(rect.x, rect.y - above, rect.width, line)
            }
        });
        let boxes: Vec<Rect> = boxes.collect();
        for rect in blocks
            .iter()
            .flat_map(|block| block.shape.iter().copied())
            .chain(boxes.iter().copied())
        {
            cover.take(rect, grid);
        }
        let head = plan.slots.iter().map(|slot| slot.line).min();
        if let Some(head) = head.filter(|_| !boxes.is_empty()) {
            for column in &mut cover.columns {
                column
                    .iter_mut()
                    .take(usize::from(head))
                    .for_each(|cell| *cell = true);
            }
        }
        cover
    }

    fn take(&mut self, rect: Rect, grid: &Grid) {
        for (column, cells) in (0..grid.columns).zip(&mut self.columns) {
            for (line, cell) in (0..grid.lines).zip(cells) {
                let (x, y) = (grid.column_x(column), grid.line_y(line));
                let area = Rect::new(x, y, grid.column_width(), grid.size);
                *cell = *cell || area.overlaps(rect);
            }
        }
    }

    /// Where each column ends: the line after its last taken one.
    fn ends(&self) -> Vec<usize> {
        let end = |cells: &Vec<bool>| cells.iter().rposition(|&cell| cell).map_or(0, |at| at + 1);
        self.columns.iter().map(end).collect()
    }

    /// Columns that end above the deepest one (N34).
    pub(super) fn feet(&self, grid: &Grid) -> Vec<Breach> {
        let ends = self.ends();
        let foot = ends.iter().copied().max().unwrap_or(0);
        let short = ends.iter().map(|&end| match end {
            0 => Vec::new(),
            end => vec![(end, foot - end)],
        });
        patches(short.map(|runs| runs.into_iter().filter(|&(_, lines)| lines > 0).collect()))
            .iter()
            .map(|patch| {
                let (zh, en) = patch.columns();
                let lines = patch.lines;
                patch.breach(
                    grid,
                    "page/uneven-feet",
                    Text::new(
                        format!("不齐底：{zh}比同版最低处高出 {lines} 行"),
                        format!(
                            "uneven feet: {en} ends {lines} lines above the lowest of the page"
                        ),
                    ),
                )
            })
            .collect()
    }

    /// Areas of more than one line that nothing takes (N45).
    pub(super) fn white(&self, grid: &Grid) -> Vec<Breach> {
        let ends = self.ends();
        let foot = ends.iter().copied().max().unwrap_or(0);
        let empty = self.columns.iter().zip(&ends).map(|(cells, &end)| {
            let mut runs = Vec::new();
            let mut start = 0;
            for line in 0..=cells.len() {
                let taken = cells.get(line).is_none_or(|&cell| cell);
                if taken {
                    // what lies below a column's end is a foot that is not
                    // level, unless it is the whole page's or column's
                    let below = start >= end && end > 0 && end < foot;
                    let start_here = if below { foot } else { start };
                    if line > start_here + 1 {
                        runs.push((start_here, line - start_here));
                    }
                    start = line + 1;
                }
            }
            runs
        });
        patches(empty)
            .iter()
            .map(|patch| {
                let (zh, en) = patch.columns();
                let (from, lines) = (patch.line + 1, patch.lines);
                patch.breach(
                    grid,
                    "page/white",
                    Text::new(
                        format!("空白：{zh}从第 {from} 行起空 {lines} 行"),
                        format!("empty: {lines} lines of {en} from line {from}"),
                    ),
                )
            })
            .collect()
    }
}

/// Runs of adjacent columns with the same first line and length, as patches.
fn patches(columns: impl Iterator<Item = Vec<(usize, usize)>>) -> Vec<Patch> {
    let mut patches: Vec<Patch> = Vec::new();
    for (column, runs) in columns.enumerate() {
        for (line, lines) in runs {
            let beside = patches.iter_mut().find(|patch| {
                patch.column + patch.columns == column && (patch.line, patch.lines) == (line, lines)
            });
            match beside {
                Some(patch) => patch.columns += 1,
                None => patches.push(Patch {
                    column,
                    columns: 1,
                    line,
                    lines,
                }),
            }
        }
    }
    patches
}

impl Patch {
    /// Its columns in words.
    fn columns(&self) -> (String, String) {
        let (from, to) = (self.column + 1, self.column + self.columns);
        match from == to {
            true => (format!("第 {from} 栏"), format!("column {from}")),
            false => (
                format!("第 {from} 至 {to} 栏"),
                format!("columns {from} to {to}"),
            ),
        }
    }

    fn breach(&self, grid: &Grid, code: &'static str, message: Text) -> Breach {
        let short = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let number = |count: usize| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
        Breach {
            code,
            message,
            help: Text::new(
                "加深上面的版位、放大图片，或排补白",
                "deepen the slot above, enlarge a picture, or set a filler",
            ),
            span: None,
            related: None,
            facts: vec![
                ("column", number(self.column + 1)),
                ("columns", number(self.columns)),
                ("lines", number(self.lines)),
            ],
            rect: Rect::new(
                grid.column_x(short(self.column)),
                grid.line_y(short(self.line)),
                grid.width(short(self.columns)),
                grid.height(short(self.lines)),
            ),
        }
    }
}
