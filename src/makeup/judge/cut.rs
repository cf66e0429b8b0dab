//! 断版, 通腔 (N31): a boundary across the whole type area that no block
//! bridges, or a gutter from its top to its bottom that no headline, picture
//! or wide column crosses.

use super::blocks::{Block, around};
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::page::Grid;

/// Every line and every gutter through the page.
pub(super) fn judge(blocks: &[Block<'_>], grid: &Grid) -> Vec<Breach> {
    let Some(whole) = parts(blocks).reduce(around) else {
        return Vec::new();
    };
    let mut found = across(blocks, whole, grid);
    found.extend(down(blocks, whole, grid));
    found
}

/// What the blocks take, piece by piece.
fn parts<'b>(blocks: &'b [Block<'_>]) -> impl Iterator<Item = Rect> + 'b {
    blocks.iter().flat_map(|block| block.shape.iter().copied())
}

/// Boundaries below which a block begins and which none bridges.
fn across(blocks: &[Block<'_>], whole: Rect, grid: &Grid) -> Vec<Breach> {
    let mut tops: Vec<Length> = parts(blocks).map(|rect| rect.y).collect();
    tops.sort_unstable();
    tops.dedup();
    tops.into_iter()
        .filter(|&top| top > whole.y)
        .filter(|&top| {
            let bridges = |block: &Block<'_>| {
                let through = |rect: &Rect| rect.y < top && rect.bottom() > top;
                block.shape.iter().any(through) || goes_on(block, top, grid)
            };
            !blocks.iter().any(bridges)
        })
        .map(|top| {
            let line = (top - grid.origin.y).whole(grid.pitch);
            Breach {
                code: "page/cut-through",
                message: Text::new(
                    format!("断版：第 {line} 行下面横通全版，没有稿件或图片跨过"),
                    format!(
                        "the page is cut across below line {line}: no story or picture bridges it"
                    ),
                ),
                help: Text::new(
                    "让一篇稿件或一张图片跨过这一行",
                    "let a story or a picture reach over this line",
                ),
                span: None,
                related: None,
                facts: vec![("line", Value::Number(line))],
                rect: Rect::new(whole.x, top - grid.pitch, whole.width, grid.pitch),
            }
        })
        .collect()
}

/// Whether a story goes on across a boundary between two of its own parts.
fn goes_on(block: &Block<'_>, top: Length, grid: &Grid) -> bool {
    let below = block.shape.iter().filter(|rect| rect.y == top);
    below.into_iter().any(|lower| {
        let right_above = |upper: &&Rect| {
            let beside = upper.x < lower.right() && lower.x < upper.right();
            beside && upper.bottom() <= top && top - upper.bottom() < grid.pitch
        };
        block.shape.iter().any(|upper| right_above(&upper))
    })
}

/// Gutters between base columns that nothing crosses.
fn down(blocks: &[Block<'_>], whole: Rect, grid: &Grid) -> Vec<Breach> {
    (1..grid.columns)
        .filter_map(|right| {
            let x = grid.column_x(right) - grid.gap;
            let gutter = Rect::new(x, whole.y, grid.gap, whole.height);
            let inside = whole.x < x && gutter.right() < whole.right();
            let crossed = blocks.iter().any(|block| {
                let recolumned = block.slot.is_recolumned();
                let crosses = |rect: Rect| rect.x < x && rect.right() > gutter.right();
                block.content().any(crosses) || (recolumned && crosses(block.rect))
            });
            (inside && !crossed).then(|| Breach {
                code: "page/cut-through",
                message: Text::new(
                    format!("通腔：第 {right} 栏右边的栏空从上通到下，没有标题、图片或宽栏跨过"),
                    format!("the gutter right of column {right} runs from top to bottom: no headline, picture or wide column crosses it"),
                ),
                help: Text::new(
                    "让一个标题、一张图片或一栏长栏跨过它",
                    "let a headline, a picture or a wide column cross it",
                ),
                span: None,
                related: None,
                facts: vec![("column", Value::Number(i64::from(right)))],
                rect: gutter,
            })
        })
        .collect()
}
