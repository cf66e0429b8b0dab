//! Plain text: a line is a paragraph, nothing is guessed.

use super::mapped::Mapped;
use super::normalise::normalise;
use super::{Block, BlockKind, Reading};

/// Reads every line that is not empty as a paragraph. Lines end with LF,
/// CR LF or CR.
pub(super) fn read(out: &mut Reading, text: &str) {
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let words = line.trim_end_matches(['\n', '\r']);
        let place = start..start + words.len();
        start += line.len();
        if words.is_empty() {
            continue;
        }
        let mut mapped = Mapped::new(out.source);
        mapped.push_exact(words, place.start);
        let mut spans = Vec::new();
        let mapped = normalise(out, mapped, &mut spans);
        if !mapped.text.is_empty() {
            let span = out.span(place);
            out.manuscript.blocks.push(Block {
                kind: BlockKind::Paragraph,
                text: mapped.text,
                pieces: mapped.pieces,
                spans,
                span,
            });
        }
    }
}
