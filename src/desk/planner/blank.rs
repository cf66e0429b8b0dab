//! 空版: the plan of a page before there is copy, for its dummy (E18).
//!
//! It is planned as any page is, with copy that stands for the real one: a
//! line each of kicker, headline and deck (N24), every picture with a line of
//! caption, and more text than any slot holds.

use std::sync::Arc;

use super::article::{Article, ArticleBlock, ArticleBlockKind, ArticleImage, Words};
use super::dress::Wardrobe;
use super::furniture::{self, Values};
use super::slot;
use crate::base::bytes::Bytes;
use crate::base::diag::Noted;
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::base::photo::{Photo, PhotoFormat};
use crate::desk::layout::{Layout, Slot};
use crate::desk::plan::{Fitting, PagePlan, SlotPlan};
use crate::page::Grid;
use crate::story::Role;

/// The most characters of a headline part: what most headlines have.
const HEADLINE: i64 = 8;

/// Plans a page of a layout without any copy. Every slot is full, and has more
/// text than it holds; furniture is all there, its fields standing for
/// themselves. Nothing is fitted: slots are as the layout has them.
///
/// The notes are of fonts that are not there.
pub fn plan_blank(layout: &Layout, face: &dyn Fn(&str) -> Option<FaceId>) -> Noted<PagePlan> {
    let mut notes = Vec::new();
    let wardrobe = Wardrobe::new(layout, face, &mut notes);
    let names: Vec<&str> = layout.slots.iter().map(|slot| &*slot.name).collect();
    let slots = layout.slots.iter();
    let slots = slots.map(|slot| blank(slot, &layout.grid, &wardrobe));
    let value = PagePlan {
        number: "00".into(),
        span: None,
        title: format!("{} 版容 {} 字", layout.name, layout.capacity()),
        stem: String::new(),
        trim: layout.trim,
        bleed: layout.bleed,
        grid: layout.grid,
        furniture: furniture::plan(layout, &Values::of_themselves(), &names, &wardrobe),
        slots: slots.collect(),
        column_rule: layout.column_rule,
        rules: layout.rules,
    };
    Noted { value, notes }
}

fn blank(slot: &Slot, grid: &Grid, wardrobe: &Wardrobe<'_>) -> SlotPlan {
    let photo = Arc::new(photo());
    let finder = |_: &str, _| Some(Arc::clone(&photo));
    let fitting = Fitting::default();
    let article = article(slot, grid);
    // what is told of such copy tells nobody anything
    let mut untold = Vec::new();
    let mut plan = slot::plan(
        slot,
        &article,
        grid,
        wardrobe,
        &finder,
        fitting,
        &mut untold,
    );
    for picture in &mut plan.pictures {
        for photo in &mut picture.photos {
            // its whole box is shown
            photo.whole = false;
        }
    }
    if let Some(story) = &mut plan.story {
        story.drop_cap = None;
        for paragraph in &mut story.paragraphs {
            let style = Arc::make_mut(&mut paragraph.style);
            style.indent = Length::ZERO;
            // its end is nowhere, and no line gives a character to it
            Arc::make_mut(&mut style.scheme).runt_minimum = 0;
        }
    }
    plan
}

/// Copy for a slot.
fn article(slot: &Slot, grid: &Grid) -> Article {
    let part = |role: Role| {
        let room = slot.head_capacity(grid, slot.style(role).size);
        let count = usize::try_from((room - 1).clamp(1, HEADLINE)).unwrap_or(1);
        let there = slot.head_parts.contains(&role);
        there.then(|| Words::new("题".repeat(count), None))
    };
    let images = slot.pictures.iter().map(|picture| ArticleImage {
        file: picture.name.to_string(),
        caption: Some(Words::new("说明", None)),
        ..ArticleImage::default()
    });
    Article {
        name: Arc::clone(&slot.name),
        kicker: part(Role::Kicker),
        title: part(Role::Head),
        deck: part(Role::Deck),
        images: images.collect(),
        blocks: vec![ArticleBlock {
            kind: ArticleBlockKind::Paragraph,
            words: Words::new("文".repeat(enough(slot, grid)), None),
            inlines: Vec::new(),
            span: None,
        }],
        ..Article::default()
    }
}

/// More characters than the slot holds: its cells full of them, whichever way
/// its lines run, and one.
fn enough(slot: &Slot, grid: &Grid) -> usize {
    let size = slot.style(Role::Body).size.max(Length::units(1));
    let chars: i64 = (slot.shape.iter().map(|cells| cells.rect(grid)))
        .map(|rect| {
            let lying = rect.width.whole(size) * i64::from(grid.lines_in(rect.height));
            let standing = rect.height.whole(size) * i64::from(grid.lines_in(rect.width));
            lying.max(standing)
        })
        .sum();
    usize::try_from(chars + 1).unwrap_or(usize::MAX)
}

/// A picture that nobody looks into.
fn photo() -> Photo {
    Photo {
        name: "photo".into(),
        bytes: Bytes::from(Vec::new()),
        format: PhotoFormat::Jpeg,
        width: 1,
        height: 1,
        components: 1,
        bits: 8,
        alpha: false,
        palette: false,
        adobe_transform: None,
        inverted: false,
        orientation: 1,
        icc: Vec::new(),
        lossy: true,
        more: false,
        work: 0,
    }
}
