//! Any bytes are an article or a refusal with a help; every map holds.

use banxin::base::diag::SourceId;
use banxin::desk::manuscript::{Format, decode, read};

/// Reads bytes as Markdown and as plain text.
///
/// # Panics
///
/// Where a note has no help or points outside the text, where a piece does
/// not lead back to what was typed, and where plain text loses a Han
/// character.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = decode("fuzz", bytes) else {
        return;
    };
    for format in [Format::Markdown, Format::Plain] {
        let read = read(SourceId(0), &text, format);
        for note in &read.notes {
            assert!(note.help.is_some());
            if let Some(span) = note.span {
                assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
        for block in &read.value.blocks {
            for (index, piece) in block.pieces.iter().enumerate() {
                let end = block
                    .pieces
                    .get(index + 1)
                    .map_or(block.text.len(), |next| next.at as usize);
                let set = &block.text[piece.at as usize..end];
                let typed = &text[piece.span.start as usize..piece.span.end as usize];
                assert!(!piece.exact || set == typed);
            }
        }
        if format == Format::Plain {
            let han = |text: &str| {
                text.chars()
                    .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
                    .count()
            };
            let set: usize = read.value.blocks.iter().map(|block| han(&block.text)).sum();
            assert_eq!(set, han(&text));
        }
    }
}
