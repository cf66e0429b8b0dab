//! The blocks of a page: what the rules see of each slot.

use crate::base::font::FaceId;
use crate::base::geom::{Length, Rect};
use crate::desk::columns::Stand;
use crate::desk::plan::{HeadPlace, Side, SlotPlan};
use crate::page::{Frame, Item, Page};
use crate::story::Role;

/// A slot with what stands in it.
pub(super) struct Block<'p> {
    /// Its plan.
    pub(super) slot: &'p SlotPlan,
    /// The slot itself, its frame included.
    pub(super) rect: Rect,
    /// All that the slot takes: more than one where it is no rectangle (N33).
    pub(super) shape: Vec<Rect>,
    /// The headline block, as wide as the columns it is planned over.
    pub(super) head: Option<Rect>,
    /// The columns of text, captions and imprint.
    pub(super) text: Vec<Rect>,
    /// The pictures.
    pub(super) photos: Vec<Rect>,
}

impl<'p> Block<'p> {
    /// The block of a slot on the page; `None` where nothing stands in it.
    pub(super) fn of(slot: &'p SlotPlan, page: &Page) -> Option<Self> {
        let rect = slot.rect(&page.grid);
        let shape = slot.rects(&page.grid);
        let beside = slot
            .text
            .iter()
            .any(|column| column.stand == Stand::BesideHead);
        let frames = || page.frames.iter().filter(|frame| frame.slot == slot.name);
        let in_head = |frame: &&Frame| {
            slot.head
                .iter()
                .any(|part| part.paragraph.role == frame.role)
        };
        let head = frames()
            .filter(in_head)
            .map(|frame| frame.rect)
            .reduce(around)
            .map(|head| match slot.head_place {
                // its frames are as wide as the block
                HeadPlace::Block { .. } => head,
                HeadPlace::Over if beside => head,
                HeadPlace::Over => Rect::new(rect.x, head.y, rect.width, head.height),
                HeadPlace::Upright { side, columns, .. } => {
                    let columns = columns.min(slot.text.count());
                    let first = slot.text.count() - columns;
                    let width = slot.text.width(first, columns);
                    let x = match side {
                        Side::Left => rect.x,
                        Side::Right => rect.right() - width,
                    };
                    Rect::new(x, head.y, width, head.height)
                }
            });
        let text: Vec<Rect> = frames()
            .filter(|frame| !in_head(frame))
            .map(|frame| frame.rect)
            .collect();
        let within = |photo| rect.contains(photo) || shape.iter().any(|own| own.contains(photo));
        let photos: Vec<Rect> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Photo(photo) if within(photo.rect) => Some(photo.rect),
                _ => None,
            })
            .collect();
        let anything = head.is_some() || !text.is_empty() || !photos.is_empty();
        anything.then_some(Self {
            slot,
            rect,
            shape,
            head,
            text,
            photos,
        })
    }

    /// Whether a rule runs round it, or a tint lies under it.
    pub(super) fn is_boxed(&self) -> bool {
        self.slot.frame_rule.is_some() || self.slot.tint.is_some()
    }

    /// Everything in it.
    pub(super) fn content(&self) -> impl Iterator<Item = Rect> + '_ {
        let rest = self.text.iter().chain(&self.photos).copied();
        self.head.into_iter().chain(rest)
    }

    /// Size and face of its main headline.
    pub(super) fn letter(&self) -> Option<(Length, Option<FaceId>)> {
        let part = self
            .slot
            .head
            .iter()
            .find(|part| part.paragraph.role == Role::Head)
            .or_else(|| self.slot.head.first())?;
        let face = part.paragraph.runs.first()?.style.han.first().copied();
        Some((part.paragraph.style.size, face))
    }
}

/// The smallest rectangle around two.
pub(super) fn around(one: Rect, other: Rect) -> Rect {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    Rect::new(
        x,
        y,
        one.right().max(other.right()) - x,
        one.bottom().max(other.bottom()) - y,
    )
}
