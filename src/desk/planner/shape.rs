//! What the blocks of a text do to each other: run-in headings, numbers of
//! lists, white between unlike stretches.

use std::ops::Range;
use std::sync::Arc;

use super::article::{ArticleBlock, Words};
use super::dress::{Dress, Stretch};
use super::slot::{Stretched, append};
use crate::base::geom::Length;
use crate::desk::form::Ratio;
use crate::desk::layout::Style;
use crate::story::{Cast, CastFill, ParaStyle, Paragraph, Placement, Role};

/// A paragraph as it grows, with stretches in other faces.
pub(super) type Mixed = (Words, Vec<Stretched>);

/// 同行标题 (P15): `heading` goes before what the paragraph has so far, a
/// blank of `gap` em behind it. Returns the stretch that is the blank.
pub(super) fn run_in(mixed: &mut Mixed, heading: &Words) -> Range<u32> {
    let (words, stretches) = mixed;
    let range = words.push(heading);
    let end = range.end;
    stretches.push((range, Stretch::RunIn));
    words.push_str("\u{3000}");
    end..u32::try_from(words.text.len()).unwrap_or(u32::MAX)
}

/// The blank behind a run-in heading where it is not one em.
pub(super) fn widened(paragraph: Paragraph, blank: Range<u32>, gap: Ratio) -> Paragraph {
    let em = paragraph.style.size;
    let width = em.scale(gap.num, gap.den);
    if width == em {
        return paragraph;
    }
    let cast = Cast {
        range: blank,
        width,
        fill: CastFill::Behind,
    };
    let style = ParaStyle {
        casts: [cast].into(),
        ..ParaStyle::clone(&paragraph.style)
    };
    Paragraph {
        style: Arc::new(style),
        ..paragraph
    }
}

/// An item of a list: the bullet or the number as typed, or, where the style
/// numbers its levels (P31), the number in the form of its level, hanging
/// before the text, each level further in than the one above.
pub(super) fn item(
    block: &ArticleBlock,
    (mark, number, depth): (Option<&str>, Option<u32>, u16),
    bullet: &str,
    (style, dress): (&Style, &Dress),
    measure: Length,
) -> Paragraph {
    let level = usize::from(depth.saturating_sub(1));
    let form = style.numbering.get(level).or(style.numbering.last());
    let (mut words, mut stretches) = (Words::default(), Vec::new());
    let numbered = form.zip(number).map(|(form, number)| form.mark(number));
    words.push_str(numbered.as_deref().unwrap_or(mark.unwrap_or(bullet)));
    let label = u32::try_from(words.text.len()).unwrap_or(u32::MAX);
    append(&mut words, &mut stretches, block);
    let plain = dress.mixed(&words, &stretches);
    let em = style.size;
    let Some(form) = form else {
        return apart(plain, label, em);
    };
    // each level stands one em further in, as far as the column has room
    let step = em * i64::try_from(level).unwrap_or(0);
    let hang = em.half() * super::passage::half_ems(&form.mark(number.unwrap_or(1)));
    let room = measure - style.start - style.end - hang - em * 2;
    let start = style.start + step.min(room).max(Length::ZERO);
    let hangs = numbered.is_some();
    let cast = Cast {
        range: 0..label,
        width: hang,
        fill: CastFill::Behind,
    };
    let own = ParaStyle {
        start: start + hang,
        indent: if hangs { -hang } else { Length::ZERO },
        casts: if hangs { [cast].into() } else { [].into() },
        ..ParaStyle::clone(&plain.style)
    };
    Paragraph {
        style: Arc::new(own),
        ..plain
    }
}

/// A Western number before a Chinese item stands apart from it by what is left
/// of its whole half em: the `.` of `1.` is a quarter em wide, and in vertical
/// lines turned with its figure (V13, T27).
fn apart(item: Paragraph, label: u32, em: Length) -> Paragraph {
    let mark = item.text.get(..label as usize).unwrap_or_default();
    let is_number = mark.starts_with(|c: char| c.is_ascii_digit()) && mark.is_ascii();
    if !is_number {
        return item;
    }
    let cast = Cast {
        range: 0..label,
        width: em.half() * super::passage::half_ems(mark.trim_end()),
        fill: CastFill::Behind,
    };
    let own = ParaStyle {
        casts: [cast].into(),
        ..ParaStyle::clone(&item.style)
    };
    Paragraph {
        style: Arc::new(own),
        ..item
    }
}

/// P04: the white that the styles ask for before and after stretches of one
/// role, the larger of the two where both ask; blocks bring their own.
pub(super) fn whites(paragraphs: &mut [Paragraph], white: &dyn Fn(Role) -> (u16, u16)) {
    for at in 1..paragraphs.len() {
        let (above, below) = (&paragraphs[at - 1], &paragraphs[at]);
        let in_lines = |paragraph: &Paragraph| paragraph.style.placement == Placement::Lines;
        if above.role == below.role || !in_lines(above) || !in_lines(below) {
            continue;
        }
        let lines = white(above.role).1.max(white(below.role).0);
        if lines > below.style.before {
            Arc::make_mut(&mut paragraphs[at].style).before = lines;
        }
    }
}
