//! 碰题 (N30): headlines of two stories side by side at one height, or one
//! directly under the other, with nothing between them.

use super::blocks::{Block, around};
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::page::{FillKind, Grid, Item, Page};

/// Every pair of headlines that bump.
pub(super) fn judge(blocks: &[Block<'_>], page: &Page) -> Vec<Breach> {
    let mut found = Vec::new();
    for (nth, one) in blocks.iter().enumerate() {
        for other in &blocks[nth + 1..] {
            if one.is_boxed() || other.is_boxed() {
                continue;
            }
            let (Some(a), Some(b)) = (one.head, other.head) else {
                continue;
            };
            let meeting = beside(a, b, &page.grid).or_else(|| stacked(a, b, &page.grid));
            if let Some(meeting) = meeting
                && !parted(meeting.between, blocks, page)
            {
                found.push(breach(one, other, around(a, b), &meeting));
            }
        }
    }
    found
}

/// How two headlines meet.
struct Meeting {
    beside: bool,
    /// What lies between them, as far as they face each other.
    between: Rect,
}

/// Headlines at one height with no more than a gap between them.
fn beside(a: Rect, b: Rect, grid: &Grid) -> Option<Meeting> {
    let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
    let top = left.y.max(right.y);
    let height = left.bottom().min(right.bottom()) - top;
    let width = right.x - left.right();
    let near = width >= Length::ZERO && width <= grid.gap;
    (height > Length::ZERO && near).then(|| Meeting {
        beside: true,
        between: Rect::new(left.right(), top, width, height),
    })
}

/// One headline under the other with less than two lines between them: their
/// own white, and no text.
fn stacked(a: Rect, b: Rect, grid: &Grid) -> Option<Meeting> {
    let (upper, lower) = if a.y <= b.y { (a, b) } else { (b, a) };
    let x = upper.x.max(lower.x);
    let width = upper.right().min(lower.right()) - x;
    let height = lower.y - upper.bottom();
    let near = height >= Length::ZERO && height < grid.pitch * 2;
    (width > Length::ZERO && near).then(|| Meeting {
        beside: false,
        between: Rect::new(x, upper.bottom(), width, height),
    })
}

/// Whether a rule, a picture or text stands between two headlines.
fn parted(between: Rect, blocks: &[Block<'_>], page: &Page) -> bool {
    let meets = |rect: &Rect| {
        // a rule may be as thin as it likes, and the strip as narrow
        rect.x <= between.right()
            && between.x <= rect.right()
            && rect.y <= between.bottom()
            && between.y <= rect.bottom()
    };
    let rule = page.items.iter().any(|item| match item {
        Item::Fill(fill) => fill.kind == FillKind::Rule && meets(&fill.rect),
        Item::Shape(shape) => shape.kind.is_rule() && meets(&shape.rect()),
        _ => false,
    });
    let matter = blocks
        .iter()
        .flat_map(|block| block.text.iter().chain(&block.photos))
        .any(|rect| rect.overlaps(between));
    rule || matter
}

fn breach(one: &Block<'_>, other: &Block<'_>, rect: Rect, meeting: &Meeting) -> Breach {
    let (a, b) = (&one.slot.name, &other.slot.name);
    let same = one.letter().is_some() && one.letter() == other.letter();
    let (zh, en) = match meeting.beside {
        true => ("并排", "side by side"),
        false => ("上下相叠", "one upon the other"),
    };
    let (worse_zh, worse_en) = match same {
        true => ("，字体字号又相同", ", in the same face and size"),
        false => ("", ""),
    };
    Breach {
        code: "page/heads-bump",
        message: Text::new(
            format!("碰题：版位 {a} 与 {b} 的标题{zh}{worse_zh}"),
            format!("the headlines of slots {a} and {b} stand {en}{worse_en}"),
        ),
        help: Text::new(
            "错开起行，或给其中一篇加框、加线、换竖题",
            "start one lower, or give one a box, a rule or a vertical headline",
        ),
        span: one.slot.span,
        related: other.slot.span.map(|span| {
            let zh = format!("版位 {b} 在此");
            (span, Text::new(zh, format!("slot {b} is defined here")))
        }),
        facts: vec![
            ("slot", Value::Word(a.to_string())),
            ("other", Value::Word(b.to_string())),
            ("same", Value::Number(i64::from(same))),
        ],
        rect,
    }
}
