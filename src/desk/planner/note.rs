//! Notes: their texts at the end of the article, under a short rule (P19).

use std::sync::Arc;

use super::article::{ArticleBlock, ArticleBlockKind, Words};
use super::dress::Wardrobe;
use super::slot::append;
use crate::base::geom::Length;
use crate::desk::layout::Slot;
use crate::desk::note_mark::note_mark;
use crate::story::{NoteRule, ParaStyle, Paragraph, Role, Story};

/// Adds the notes of an article to its story, in the order of their
/// references, those without a reference last. One blank line parts them
/// from the text; it holds the rule and never stands alone at a foot.
pub(super) fn add(
    story: &mut Story,
    blocks: &[ArticleBlock],
    slot: &Slot,
    wardrobe: &Wardrobe<'_>,
) {
    let mut notes: Vec<(u32, &ArticleBlock)> = blocks
        .iter()
        .filter(|block| !block.words.is_blank())
        .filter_map(|block| match block.kind {
            ArticleBlockKind::Note { number } => Some((number.unwrap_or(u32::MAX), block)),
            _ => None,
        })
        .collect();
    if notes.is_empty() {
        return;
    }
    notes.sort_by_key(|(number, _)| *number);
    let dress = wardrobe.dress(slot.style(Role::Note));
    let mut blank = Words::default();
    blank.push_str("\u{3000}");
    story.note_rule = Some(NoteRule {
        paragraph: story.paragraphs.len(),
        thickness: wardrobe.notes.rule,
    });
    story.paragraphs.push(kept(dress.paragraph(&blank)));
    for (number, block) in notes {
        let (mut words, mut stretches) = (Words::default(), Vec::new());
        if number < u32::MAX {
            words.push_str(&note_mark(number));
        }
        append(&mut words, &mut stretches, block);
        story.paragraphs.push(dress.mixed(&words, &stretches));
    }
}

/// The line of the rule, kept with the first line below it.
fn kept(paragraph: Paragraph) -> Paragraph {
    let style = ParaStyle {
        indent: Length::ZERO,
        keep_next: 1,
        ..ParaStyle::clone(&paragraph.style)
    };
    Paragraph {
        style: Arc::new(style),
        ..paragraph
    }
}
