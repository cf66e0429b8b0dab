//! Stories with nothing between them (N44): less than a grid line of white
//! where one stands on another, no rule, no picture, no box.

use super::blocks::Block;
use super::{Breach, Value};
use crate::base::diag::Text;
use crate::base::geom::{Length, Rect};
use crate::page::{FillKind, Item, Page};

/// Every pair of stories that stand too close.
pub(super) fn judge(blocks: &[Block<'_>], page: &Page) -> Vec<Breach> {
    let mut found = Vec::new();
    for upper in blocks {
        for lower in blocks {
            if upper.is_boxed() || lower.is_boxed() || lower.rect.y <= upper.rect.y {
                continue;
            }
            if let Some(strip) = touching(upper, lower, page) {
                found.push(breach(upper, lower, strip));
            }
        }
    }
    found
}

/// The strip between two stories where it is too narrow and empty.
fn touching(upper: &Block<'_>, lower: &Block<'_>, page: &Page) -> Option<Rect> {
    let x = upper.rect.x.max(lower.rect.x);
    let width = upper.rect.right().min(lower.rect.right()) - x;
    if width <= Length::ZERO {
        return None;
    }
    let column = Rect::new(x, Length::ZERO, width, page.trim.height);
    let within = |rect: &Rect| rect.overlaps(column);
    let bottom = upper.content().filter(within).map(Rect::bottom).max()?;
    let top = lower.content().filter(within).map(|rect| rect.y).min()?;
    let strip = Rect::new(x, bottom, width, top - bottom);
    if strip.height < Length::ZERO || strip.height >= page.grid.pitch {
        return None;
    }
    let picture = |block: &Block<'_>, edge: fn(Rect) -> Length, at: Length| {
        block
            .photos
            .iter()
            .any(|&photo| edge(photo) == at && photo.overlaps(column))
    };
    let parts = |rect: Rect| {
        let over = rect.x <= x && rect.right() >= x + width;
        over && rect.y >= bottom && rect.bottom() <= top
    };
    let ruled = page.items.iter().any(|item| match item {
        Item::Fill(fill) => fill.kind == FillKind::Rule && parts(fill.rect),
        Item::Shape(shape) if shape.kind.is_rule() => {
            // the wave and the dots of a side keep half of their width clear
            let rect = shape.rect();
            let ends = Rect::new(
                rect.x - rect.height,
                rect.y,
                rect.width + rect.height * 2,
                rect.height,
            );
            parts(ends)
        }
        _ => false,
    });
    let pictured = picture(upper, Rect::bottom, bottom) || picture(lower, |photo| photo.y, top);
    (!ruled && !pictured).then_some(strip)
}

fn breach(upper: &Block<'_>, lower: &Block<'_>, rect: Rect) -> Breach {
    let (a, b) = (&upper.slot.name, &lower.slot.name);
    Breach {
        code: "page/too-close",
        message: Text::new(
            format!("版位 {a} 与下面的 {b} 之间没有空行，也没有线或图隔开"),
            format!(
                "nothing parts slot {a} from {b} below it: no line of white, no rule, no picture"
            ),
        ),
        help: Text::new(
            "空出一行，或给下面的版位加 rule_above",
            "leave a line of white, or give the lower slot a `rule_above`",
        ),
        span: lower.slot.span,
        related: None,
        facts: vec![
            ("slot", Value::Word(b.to_string())),
            ("other", Value::Word(a.to_string())),
        ],
        rect,
    }
}
