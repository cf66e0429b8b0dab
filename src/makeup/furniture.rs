//! Page furniture: the masthead, the page head, its rules.

use std::borrow::Cow;

use super::board::{Board, Owner};
use super::composer::Composer;
use super::findings;
use super::matter::Matter;
use super::rule;
use crate::base::geom::{Length, Point};
use crate::desk::plan::FurniturePlan;
use crate::page::{FillKind, baseline_in_frame};

/// Sets one piece of furniture: a rule, or text in the middle of the height
/// of its box.
pub(crate) fn set(board: &mut Board<'_>, piece: &FurniturePlan, composer: &dyn Composer) {
    let (name, rect, (paragraph, span)) = match piece {
        FurniturePlan::Rule { rect, ink } => return board.fill(*rect, *ink, FillKind::Rule),
        FurniturePlan::Tint { rect, ink } => return board.fill(*rect, *ink, FillKind::Tint),
        FurniturePlan::Border {
            rect,
            border,
            around,
            ink,
        } => {
            return match around {
                true => rule::frame(board, *border, *rect, *ink),
                false => rule::line(board, *border, *rect, *ink),
            };
        }
        FurniturePlan::Text {
            name,
            rect,
            paragraph,
            span,
        } => (name, *rect, (paragraph, *span)),
    };
    let owner = Owner {
        slot: name,
        story: None,
    };
    let matter = Matter::new(Cow::Borrowed(paragraph), composer);
    let lines = matter.at(rect.width.max(Length::units(1)));
    let style = &paragraph.style;
    let height = style.size + style.pitch * (lines.len() as i64 - 1).max(0);
    let top = rect.y + (rect.height - height).half();
    let placed: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(line, set)| {
            let y = top + style.pitch * line as i64 + baseline_in_frame(style.size);
            (set, Point::new(rect.x, y))
        })
        .collect();
    board.missing(owner, &matter);
    if height > rect.height && lines.len() > 1 {
        board.find(owner, findings::furniture_too_long(paragraph, span));
    }
    board.frame(owner, &matter, rect, &placed);
}
