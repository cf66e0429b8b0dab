//! The shapes of stories: text under its headline (N28), frames that hang
//! together (N32), corners (N33).

use super::blocks::Block;
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::desk::columns::Cells;
use crate::desk::plan::HeadPlace;
use crate::page::Grid;

/// Corners that a story may have (N33).
const MOST_CORNERS: usize = 8;

/// Text beside a headline that stands over it, or wider than it (N28).
pub(super) fn cover(blocks: &[Block<'_>], grid: &Grid) -> Vec<Breach> {
    let over = blocks
        .iter()
        .filter(|block| block.slot.head_place == HeadPlace::Over);
    over.filter_map(|block| {
        let head = block.head?;
        let outside = |rect: &&Rect| rect.x < head.x || rect.right() > head.right();
        let rect = *block.text.iter().find(outside)?;
        let name = &block.slot.name;
        let beside = rect.y < head.bottom();
        let (zh, en) = match beside {
            true => ("排到了标题旁边", "stands beside its headline"),
            false => ("比标题宽", "is wider than its headline"),
        };
        Some(Breach {
            code: "page/head-cover",
            message: Text::new(
                format!("题不盖文：版位 {name} 的文字{zh}"),
                format!("the text of slot {name} {en}"),
            ),
            help: Text::new(
                "让标题盖住各栏，或改左题、右题、串文题",
                "let the headline cover all columns, or set it left, right or inside",
            ),
            span: block.slot.span,
            related: None,
            facts: facts(block, column_of(rect, grid)),
            rect,
        })
    })
    .collect()
}

/// Frames that do not touch what comes before them, or stand left of it (N32).
pub(super) fn apart(blocks: &[Block<'_>], grid: &Grid) -> Vec<Breach> {
    let mut found = Vec::new();
    for block in blocks {
        let cells = block.slot.cells();
        for (nth, part) in cells.iter().enumerate().skip(1) {
            let earlier = &cells[..nth];
            let touches = earlier.iter().any(|other| touch(other, part));
            let backward = earlier
                .last()
                .is_some_and(|last| part.columns.start < last.columns.start && !under(last, part));
            if touches && !backward {
                continue;
            }
            let (name, number) = (&block.slot.name, nth + 1);
            let (zh, en) = match touches {
                false => ("与前一块不相连", "does not touch the part before it"),
                true => ("排到了前一块的左边", "stands left of the part before it"),
            };
            let rect = part.rect(grid);
            found.push(Breach {
                code: "page/story-apart",
                message: Text::new(
                    format!("题文分离：版位 {name} 的第 {number} 块{zh}"),
                    format!("part {number} of slot {name} {en}"),
                ),
                help: Text::new(
                    "让各块依次相邻，从左到右；隔得远的用转版",
                    "let the parts stand side by side, from left to right; what is far away is a jump",
                ),
                span: block.slot.span,
                related: None,
                facts: facts(block, column_of(rect, grid)),
                rect,
            });
        }
    }
    found
}

/// Stories with too many corners (N33).
pub(super) fn corners(blocks: &[Block<'_>]) -> Vec<Breach> {
    let many = blocks.iter().filter_map(|block| {
        let count = corners_of(&block.slot.cells());
        (count > MOST_CORNERS).then_some((block, count))
    });
    many.map(|(block, count)| {
        let name = &block.slot.name;
        let number = i64::try_from(count).unwrap_or(i64::MAX);
        Breach {
            code: "page/story-shape",
            message: Text::new(
                format!("版位 {name} 有 {count} 个角，形状太碎"),
                format!("slot {name} has {count} corners"),
            ),
            help: Text::new(
                format!("最多 {MOST_CORNERS} 个角：少分几段，或把高度取齐"),
                format!("at most {MOST_CORNERS}: use fewer legs, or let some be equally deep"),
            ),
            span: block.slot.span,
            related: None,
            facts: vec![
                ("slot", Value::Word(name.to_string())),
                ("corners", Value::Number(number)),
            ],
            rect: block.rect,
        }
    })
    .collect()
}

fn facts(block: &Block<'_>, column: i64) -> Vec<(&'static str, Value)> {
    vec![
        ("slot", Value::Word(block.slot.name.to_string())),
        ("column", Value::Number(column)),
    ]
}

/// The base column that a place begins in, from 1.
fn column_of(rect: Rect, grid: &Grid) -> i64 {
    let step = grid.column_width() + grid.gap;
    (rect.x - grid.origin.x).whole(step.max(Length::units(1))) + 1
}

/// Whether two parts share a stretch of an edge, a line or a gap between them
/// at most.
fn touch(one: &Cells, other: &Cells) -> bool {
    let meets =
        |a: &std::ops::Range<u16>, b: &std::ops::Range<u16>| a.start < b.end && b.start < a.end;
    let near = |a: &std::ops::Range<u16>, b: &std::ops::Range<u16>, most: u16| {
        a.start.abs_diff(b.end) <= most || b.start.abs_diff(a.end) <= most
    };
    (meets(&one.columns, &other.columns) && near(&one.lines, &other.lines, 1))
        || (meets(&one.lines, &other.lines) && near(&one.columns, &other.columns, 0))
}

/// Whether a part stands below another.
fn under(upper: &Cells, lower: &Cells) -> bool {
    lower.lines.start >= upper.lines.end
}

/// The corners of the outline of some cells, holes among them.
fn corners_of(cells: &[Cells]) -> usize {
    let edges = |both: fn(&Cells) -> [u16; 2]| {
        let mut list: Vec<u16> = cells.iter().flat_map(both).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    let across = edges(|cells| [cells.columns.start, cells.columns.end]);
    let down = edges(|cells| [cells.lines.start, cells.lines.end]);
    let taken = |column: Option<u16>, line: Option<u16>| {
        let (Some(column), Some(line)) = (column, line) else {
            return false;
        };
        cells
            .iter()
            .any(|cells| cells.columns.contains(&column) && cells.lines.contains(&line))
    };
    let mut count = 0;
    for &x in &across {
        for &y in &down {
            let (left, above) = (x.checked_sub(1), y.checked_sub(1));
            let around = [
                taken(left, above),
                taken(Some(x), above),
                taken(Some(x), Some(y)),
                taken(left, Some(y)),
            ];
            count += match around.iter().filter(|&&cell| cell).count() {
                1 | 3 => 1,
                // two that meet in a point alone
                2 if around[0] == around[2] => 2,
                _ => 0,
            };
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(columns: std::ops::Range<u16>, lines: std::ops::Range<u16>) -> Cells {
        Cells { columns, lines }
    }

    #[test]
    fn n33_corners_of_a_rectangle_an_l_and_steps() {
        assert_eq!(corners_of(&[cells(0..4, 0..20)]), 4);
        assert_eq!(corners_of(&[cells(0..2, 0..12), cells(2..4, 0..20)]), 6);
        let steps = [cells(0..1, 0..12), cells(1..2, 0..16), cells(2..3, 0..20)];
        assert_eq!(corners_of(&steps), 8);
        let more = [&steps[..], &[cells(3..4, 0..24)]].concat();
        assert_eq!(corners_of(&more), 10);
        let meeting_in_a_point = [cells(0..1, 0..5), cells(1..2, 5..9)];
        assert_eq!(corners_of(&meeting_in_a_point), 8);
    }

    #[test]
    fn n32_parts_touch_along_an_edge() {
        let one = cells(0..2, 0..12);
        assert!(touch(&one, &cells(2..4, 0..20)));
        assert!(touch(&one, &cells(1..3, 13..20)), "a line between");
        assert!(!touch(&one, &cells(1..3, 14..20)));
        assert!(!touch(&one, &cells(3..4, 0..12)));
        assert!(!touch(&one, &cells(2..4, 12..20)), "in a point");
    }
}
