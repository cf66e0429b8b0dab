//! The texts that an issue file holds itself, as manuscripts to proofread.

use crate::base::diag::Span;
use crate::desk::issue::{Issue, Located, Notice};
use crate::desk::manuscript::{Block, BlockKind, Head, Manuscript, Picture, Words};
use crate::story::Piece;

/// One manuscript for the furniture, one for each notice and each picture.
/// Fields have no place of their own; the others stand for the whole value
/// in the issue file.
pub(super) fn of(issue: &Issue) -> Vec<Manuscript> {
    let pages = issue.pages.iter().flat_map(|page| &page.fields);
    let fields = issue.fields.iter().chain(pages);
    let mut all = vec![Manuscript {
        head: Head {
            imprint: fields.map(|(_, text)| field(&text.text, issue)).collect(),
            ..Head::default()
        },
        ..Manuscript::default()
    }];
    for filling in issue.pages.iter().flat_map(|page| &page.fillings) {
        all.extend(filling.notice.as_ref().map(notice));
        all.extend(filling.group.as_ref().map(|group| Manuscript {
            head: Head {
                label: group.label.as_ref().and_then(located),
                title: group.title.as_ref().and_then(located),
                ..Head::default()
            },
            ..Manuscript::default()
        }));
        let pictures: Vec<Picture> = filling
            .images
            .iter()
            .filter_map(|image| {
                let file = located(&image.file)?;
                Some(Picture {
                    span: file.span,
                    file,
                    caption: image.caption.as_ref().and_then(located),
                    credit: image.credit.as_ref().and_then(located),
                    focus: image.focus,
                    whole: image.whole,
                    part: image.part,
                    group: image.group.clone(),
                })
            })
            .collect();
        if !pictures.is_empty() {
            all.push(Manuscript {
                head: Head {
                    images: pictures,
                    ..Head::default()
                },
                ..Manuscript::default()
            });
        }
    }
    all
}

fn notice(notice: &Notice) -> Manuscript {
    let paragraphs = notice.text.text.split("\n\n");
    let paragraphs = paragraphs.filter(|text| !text.trim().is_empty());
    let blocks = paragraphs.filter_map(|text| {
        let words = placed(text.trim(), notice.text.span)?;
        Some(Block {
            kind: BlockKind::Paragraph,
            text: words.text,
            pieces: words.pieces,
            spans: words.spans,
            span: words.span,
        })
    });
    Manuscript {
        head: Head {
            label: notice.label.as_ref().and_then(located),
            title: notice.title.as_ref().and_then(located),
            ..Head::default()
        },
        blocks: blocks.collect(),
        changes: Vec::new(),
    }
}

fn located(text: &Located) -> Option<Words> {
    placed(&text.text, text.span)
}

/// A text that stands for the whole of its place: TOML may have escaped it.
fn placed(text: &str, span: Option<Span>) -> Option<Words> {
    span.map(|span| Words {
        text: text.to_owned(),
        pieces: vec![Piece {
            at: 0,
            span,
            exact: false,
        }],
        spans: Vec::new(),
        span,
    })
}

fn field(text: &str, issue: &Issue) -> Words {
    Words {
        text: text.to_owned(),
        pieces: Vec::new(),
        spans: Vec::new(),
        span: Span::new(issue.source, 0, 0),
    }
}
