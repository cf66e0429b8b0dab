//! 名单: names in columns of equal width (T37, P32).

use std::ops::Range;
use std::sync::Arc;

use super::label::half_ems;
use super::offset;
use crate::base::geom::Length;
use crate::desk::layout::Style;
use crate::desk::planner::article::{ArticleBlock, Words};
use crate::desk::planner::dress::Dress;
use crate::story::{Align, Cast, CastFill, ParaStyle, Paragraph};

/// All names of a passage as one paragraph: a name shorter than the style's
/// `spread` is spread to it, a longer one takes as many columns as it needs.
/// Names stand between white, 、 or ，, which give way to the blank between
/// columns; lines of `room` are filled one after the other. `None` where there is no name.
pub(super) fn set(
    lines: &[(&ArticleBlock, bool)],
    style: &Style,
    dress: &Dress,
    room: Length,
) -> Option<Paragraph> {
    let mut words = Words::default();
    let mut casts: Vec<Cast> = Vec::new();
    let mut across = Length::ZERO;
    let pitch = style.spread + style.gap;
    for (line, _) in lines {
        let text = &line.words.text;
        for entry in entries(text) {
            let name = &text[entry.clone()];
            let own = style.size.half() * half_ems(name);
            let (width, fill) = if own <= style.spread {
                (style.spread, CastFill::Even)
            } else {
                let columns = (own + style.gap).cover(pitch);
                (pitch * columns - style.gap, CastFill::Behind)
            };
            // the blank between two columns, behind the name before
            if let Some(last) = casts.last().map(|cast| cast.range.end) {
                if across + style.gap + width > room {
                    words.push_str("\n");
                    across = Length::ZERO;
                } else {
                    words.push_str("\u{3000}");
                    let end = offset(words.text.len());
                    casts.push(cast(last..end, style.gap, CastFill::Behind));
                    across += style.gap;
                }
            }
            let range = words.push(&line.words.slice(entry));
            casts.push(cast(range, width, fill));
            across += width;
        }
    }
    if words.is_blank() {
        return None;
    }
    let plain = dress.paragraph(&words);
    let own = ParaStyle {
        align: Align::Start,
        casts: casts.into(),
        ..ParaStyle::clone(&plain.style)
    };
    Some(Paragraph {
        style: Arc::new(own),
        ..plain
    })
}

fn cast(range: Range<u32>, width: Length, fill: CastFill) -> Cast {
    Cast { range, width, fill }
}

/// The bytes of each name.
fn entries(text: &str) -> Vec<Range<usize>> {
    let mut entries = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if is_between(c) {
            entries.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
    }
    entries.extend(start.map(|start| start..text.len()));
    entries
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，')
}
