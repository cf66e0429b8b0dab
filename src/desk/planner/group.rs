//! 专栏, 集纳: several short items under one headline, in one flow (N43).
//!
//! The items become one article: the headline of each is a subhead or runs
//! into its text, its dateline opens its first paragraph, and its byline
//! closes the last in brackets (N37).

use std::borrow::Cow;

use super::article::{
    Article, ArticleBlock, ArticleBlockKind, ArticleImage, ArticleInline, InlineFace, Words,
};
use super::words;
use crate::base::diag::Diagnostic;
use crate::desk::issue::Group;
use crate::desk::layout::Slot;
use crate::desk::layout::text::ItemHead;

/// The items of a group as one article, called by the slot. A headline part
/// that an item has no place for is an error, for words would be lost.
pub(super) fn gather(
    group: &Group,
    items: &[Cow<'_, Article>],
    slot: &Slot,
    notes: &mut Vec<Diagnostic>,
) -> Article {
    let mut whole = Article {
        name: slot.name.clone(),
        label: group.label.as_ref().map(words),
        title: group.title.as_ref().map(words),
        ..Article::default()
    };
    for item in items {
        unshown(item, slot, notes);
        whole.lead |= item.lead;
        if slot.group.parted && !whole.blocks.is_empty() {
            whole
                .blocks
                .push(block(ArticleBlockKind::Break, Words::default()));
        }
        let heading = item.title.as_ref().filter(|title| !title.is_blank());
        whole.blocks.extend(heading.map(|title| {
            let kind = match slot.group.heads {
                ItemHead::Subhead => ArticleBlockKind::Subhead,
                ItemHead::RunIn => ArticleBlockKind::RunIn,
            };
            block(kind, title.clone())
        }));
        let passages = next_passage(&whole.blocks);
        whole.blocks.extend(text(item, passages));
        let common = item.credit.as_ref();
        whole.images.extend(item.images.iter().map(|image| {
            let credit = image.credit.as_ref().or(common).cloned();
            ArticleImage {
                credit,
                ..image.clone()
            }
        }));
        whole.imprint.extend(item.imprint.iter().cloned());
    }
    noted_twice(items, slot, notes);
    whole
}

fn block(kind: ArticleBlockKind, words: Words) -> ArticleBlock {
    ArticleBlock {
        kind,
        span: words.span(),
        words,
        inlines: Vec::new(),
    }
}

/// The blocks of an item with its dateline and its byline; its passages are
/// numbered from `passages` on.
fn text(item: &Article, passages: usize) -> Vec<ArticleBlock> {
    let mut blocks = item.blocks.clone();
    for block in &mut blocks {
        if let ArticleBlockKind::Passage { number, .. } = &mut block.kind {
            *number += passages;
        }
    }
    let filled = |words: &&Words| !words.is_blank();
    let is_text = |block: &ArticleBlock| {
        matches!(block.kind, ArticleBlockKind::Paragraph) && !block.words.is_blank()
    };
    if let Some(dateline) = item.dateline.as_ref().filter(filled) {
        match blocks.iter_mut().find(|block| is_text(block)) {
            Some(first) => open(first, dateline),
            None => {
                let mut line = block(ArticleBlockKind::Paragraph, Words::default());
                open(&mut line, dateline);
                blocks.insert(0, line);
            }
        }
    }
    if let Some(byline) = item.byline.as_ref().filter(filled) {
        match blocks.iter_mut().rfind(|block| is_text(block)) {
            Some(last) => close(last, byline),
            None => {
                let mut line = block(ArticleBlockKind::Paragraph, Words::default());
                close(&mut line, byline);
                blocks.push(line);
            }
        }
    }
    blocks
}

/// The dateline before the text of a block.
fn open(block: &mut ArticleBlock, dateline: &Words) {
    let mut whole = Words::default();
    let range = whole.push(dateline);
    whole.push(&block.words);
    for inline in &mut block.inlines {
        inline.range = inline.range.start + range.end..inline.range.end + range.end;
    }
    block.words = whole;
    let face = InlineFace::Dateline;
    block.inlines.insert(0, ArticleInline { range, face });
}

/// The byline in brackets behind the text of a block.
fn close(block: &mut ArticleBlock, byline: &Words) {
    block.words.push_str("（");
    let range = block.words.push(byline);
    block.words.push_str("）");
    let face = InlineFace::Byline;
    block.inlines.push(ArticleInline { range, face });
}

/// The number that no passage of the blocks has yet.
fn next_passage(blocks: &[ArticleBlock]) -> usize {
    let numbers = blocks.iter().filter_map(|block| match block.kind {
        ArticleBlockKind::Passage { number, .. } => Some(number + 1),
        _ => None,
    });
    numbers.max().unwrap_or(0)
}

/// N20: parts of an item that a group does not set.
fn unshown(item: &Article, slot: &Slot, notes: &mut Vec<Diagnostic>) {
    let parts = [
        ("label", &item.label),
        ("banner", &item.banner),
        ("banner_en", &item.banner_en),
        ("kicker", &item.kicker),
        ("deck", &item.deck),
        ("summary", &item.summary),
        ("side_title", &item.side_title),
        ("end_title", &item.end_title),
    ];
    for (role, words) in parts {
        let Some(words) = words.as_ref().filter(|words| !words.is_blank()) else {
            continue;
        };
        notes.push(
            Diagnostic::error(
                "plan/part-not-shown",
                format!("集纳里的稿件只排主题，{role} 这行字不会印出"),
                format!("an item of a group has a headline alone: its {role} is not printed"),
            )
            .at_opt(words.span())
            .help(
                "从稿件里删去，或让这篇单占一个版位",
                "take it out of the copy, or give the article a slot of its own",
            )
            .word("slot", &*slot.name)
            .word("story", &*item.name),
        );
    }
}

/// P19: notes are numbered article by article, so that two items with notes
/// would both have a ①.
fn noted_twice(items: &[Cow<'_, Article>], slot: &Slot, notes: &mut Vec<Diagnostic>) {
    let is_note = |block: &&ArticleBlock| matches!(block.kind, ArticleBlockKind::Note { .. });
    let mut noted = items
        .iter()
        .filter_map(|item| item.blocks.iter().find(is_note).map(|block| (item, block)));
    if let (Some(_), Some((item, block))) = (noted.next(), noted.next()) {
        notes.push(
            Diagnostic::error(
                "plan/group-notes",
                "集纳里有两篇带注释，注码会重复",
                "two items of the group have notes, and both begin with ①",
            )
            .at_opt(block.span)
            .help(
                "把注释写进正文，或让这篇单占一个版位",
                "put the notes into the text, or give the article a slot of its own",
            )
            .word("slot", &*slot.name)
            .word("story", &*item.name),
        );
    }
}
