//! From an article as it was read to an article as the planner takes it.
//!
//! The manuscript reader and the planner are strangers; the conductor alone
//! knows both.

use std::sync::Arc;

use crate::desk::manuscript::{self, BlockKind, InlineKind, Manuscript};
use crate::desk::planner::article::{
    Article, ArticleBlock, ArticleBlockKind, ArticleImage, ArticleInline, InlineFace, Sent, Words,
};
use crate::story::{Interlinear, InterlinearKind, Ruby, Script};

/// The article of a manuscript. `name` is what findings call it; `file` turns
/// the path of a picture, as written in the copy, into the key by which the
/// planner asks for it.
pub fn article(name: &str, manuscript: Manuscript, file: &dyn Fn(&str) -> String) -> Article {
    let head = manuscript.head;
    Article {
        name: Arc::from(name),
        label: head.label.map(words),
        // the issue knows it
        label_art: None,
        genre: head.genre.map(|genre| genre.text),
        lead: head.lead,
        banner: head.banner.map(words),
        banner_en: head.banner_en.map(words),
        kicker: head.kicker.map(words),
        title: head.title.map(words),
        deck: head.deck.map(words),
        summary: head.summary.map(words),
        side_title: head.side_title.map(words),
        end_title: head.end_title.map(words),
        byline: head.byline.map(words),
        dateline: head.dateline.map(words),
        sent: head.sent.map(|sent| Sent {
            place: sent.place,
            range: sent.range,
        }),
        images: head
            .images
            .into_iter()
            .map(|picture| image(picture, file))
            .collect(),
        credit: head.credit.map(words),
        continued: false,
        imprint: head.imprint.into_iter().map(words).collect(),
        blocks: manuscript
            .blocks
            .into_iter()
            .map(|b| block(b, file))
            .collect(),
    }
}

fn words(from: manuscript::Words) -> Words {
    Words {
        text: from.text,
        pieces: from.pieces,
        interlinear: from.spans.iter().filter_map(beside).collect(),
    }
}

fn image(from: manuscript::Picture, file: &dyn Fn(&str) -> String) -> ArticleImage {
    ArticleImage {
        file: file(&from.file.text),
        span: Some(from.span),
        caption: from.caption.map(words),
        credit: from.credit.map(words),
        whole: from.whole,
        part: from.part,
        focus: from.focus,
        group: from.group,
    }
}

fn block(from: manuscript::Block, file: &dyn Fn(&str) -> String) -> ArticleBlock {
    let kind = match from.kind {
        BlockKind::Paragraph => ArticleBlockKind::Paragraph,
        BlockKind::Subhead { level: 1 } => ArticleBlockKind::Subhead,
        BlockKind::Subhead { .. } => ArticleBlockKind::RunIn,
        BlockKind::Quote => ArticleBlockKind::Quote,
        BlockKind::ListItem {
            ordered,
            number,
            marker,
            depth,
        } => ArticleBlockKind::ListItem {
            // Only the first paragraph of an item carries its mark.
            number: number.filter(|_| ordered && !marker.is_empty()),
            mark: (ordered || marker.is_empty()).then_some(marker),
            depth,
        },
        BlockKind::Passage {
            passage,
            number,
            stanza,
        } => ArticleBlockKind::Passage {
            passage,
            number,
            stanza,
        },
        BlockKind::Image(picture) => ArticleBlockKind::Image(image(*picture, file)),
        BlockKind::Break => ArticleBlockKind::Break,
        BlockKind::Table { columns, rows } => ArticleBlockKind::Table { columns, rows },
        BlockKind::TableTitle => ArticleBlockKind::TableTitle,
        BlockKind::Cell { row, column } => ArticleBlockKind::Cell { row, column },
        BlockKind::Note { number, .. } => ArticleBlockKind::Note { number },
    };
    let interlinear = from.spans.iter().filter_map(beside).collect();
    let inlines = from
        .spans
        .into_iter()
        .filter_map(|inline| {
            let face = match inline.kind {
                InlineKind::Strong => InlineFace::Strong,
                InlineKind::Emphasis => InlineFace::Emphasis,
                InlineKind::Code
                | InlineKind::Link { .. }
                | InlineKind::Note { .. }
                | InlineKind::Mark(_)
                | InlineKind::Ruby(_)
                | InlineKind::Stand(_)
                | InlineKind::Script(_) => return None,
            };
            Some(ArticleInline {
                range: inline.range,
                face,
            })
        })
        .collect();
    ArticleBlock {
        kind,
        words: Words {
            text: from.text,
            pieces: from.pieces,
            interlinear,
        },
        inlines,
        span: Some(from.span),
    }
}

/// What stands beside a stretch, if something does.
fn beside(inline: &manuscript::Inline) -> Option<Interlinear> {
    let kind = match &inline.kind {
        InlineKind::Mark(mark) => InterlinearKind::Mark(*mark),
        InlineKind::Ruby(words) => InterlinearKind::Ruby(Arc::new(Ruby {
            text: words.text.clone(),
            pieces: words.pieces.clone(),
        })),
        InlineKind::Stand(stand) => InterlinearKind::Stand(*stand),
        InlineKind::Script(script) => InterlinearKind::Script(*script),
        InlineKind::Note { .. } => InterlinearKind::Script(Script::NoteMark),
        InlineKind::Strong | InlineKind::Emphasis | InlineKind::Code | InlineKind::Link { .. } => {
            return None;
        }
    };
    Some(Interlinear {
        range: inline.range.clone(),
        kind,
    })
}
