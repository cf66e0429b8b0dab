//! 版位 (N35): where the lead of a page stands. The areas of a page are not
//! alike in weight; the first story belongs into the upper two, under the
//! masthead, and begins or ends with the type area.

use super::blocks::Block;
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::page::Grid;

/// The areas of a horizontal page, the weightiest first: whether it is upper,
/// whether it is left, and its names (N35).
const AREAS: [(bool, bool, &str, &str); 4] = [
    (true, true, "左上", "upper left"),
    (true, false, "右上", "upper right"),
    (false, false, "右下", "lower right"),
    (false, true, "左下", "lower left"),
];

/// Leads that stand elsewhere, and every lead but the first.
pub(super) fn judge(blocks: &[Block<'_>], grid: &Grid) -> Vec<Breach> {
    let Some(top) = blocks.iter().map(|block| block.rect.y).min() else {
        return Vec::new();
    };
    let mut leads = blocks.iter().filter(|block| block.slot.lead);
    let Some(first) = leads.next() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if !is_first(first.rect, top, grid) {
        found.push(misplaced(first, top, grid));
    }
    found.extend(leads.map(|block| second(block, first)));
    found
}

/// Upper left or upper right: no story stands higher, and it begins or ends
/// with the type area.
fn is_first(rect: Rect, top: Length, grid: &Grid) -> bool {
    let area = grid.area();
    let upper = rect.y - top < grid.pitch;
    upper && (rect.x <= area.x || rect.right() >= area.right())
}

/// Which of the areas the middle of a block stands in, from 0.
fn area_of(rect: Rect, grid: &Grid) -> usize {
    let area = grid.area();
    let upper = rect.y + rect.height.half() < area.y + area.height.half();
    let left = rect.x + rect.width.half() < area.x + area.width.half();
    AREAS
        .iter()
        .position(|(high, west, ..)| (*high, *west) == (upper, left))
        .unwrap_or_default()
}

fn misplaced(block: &Block<'_>, top: Length, grid: &Grid) -> Breach {
    let name = &block.slot.name;
    let number = area_of(block.rect, grid);
    let (zh, en) = match block.rect.y - top < grid.pitch {
        true => ("上面中间", "upper middle"),
        false => AREAS.get(number).map_or(("", ""), |area| (area.2, area.3)),
    };
    Breach {
        code: "page/lead-place",
        message: Text::new(
            format!("头条（版位 {name}）不在报头下的左上或右上，在{zh}"),
            format!(
                "the lead (slot {name}) stands {en}, not upper left or right under the masthead"
            ),
        ),
        help: Text::new(
            "把头条换到左上或右上的版位，或不标头条",
            "put the lead into the upper left or upper right slot, or do not call it the lead",
        ),
        span: block.slot.span,
        related: None,
        facts: vec![
            ("slot", Value::Word(name.to_string())),
            (
                "area",
                Value::Number(i64::try_from(number + 1).unwrap_or(0)),
            ),
        ],
        rect: block.rect,
    }
}

fn second(block: &Block<'_>, first: &Block<'_>) -> Breach {
    let (name, other) = (&block.slot.name, &first.slot.name);
    Breach {
        code: "page/lead-twice",
        message: Text::new(
            format!("一版有两个头条：版位 {other} 和 {name}"),
            format!("the page has two leads: slots {other} and {name}"),
        ),
        help: Text::new("只留一个头条", "call one of them the lead"),
        span: block.slot.span,
        related: None,
        facts: vec![
            ("slot", Value::Word(name.to_string())),
            ("other", Value::Word(other.to_string())),
        ],
        rect: block.rect,
    }
}
