//! Ideal metrics: a run without any font file.
//!
//! These are the metrics of the rules themselves (requirements §0.2): Han and
//! full-width marks one em, letters and digits half an em, a space a third.
//! With them every expected width of a test is an exact number.

use std::sync::Arc;

use crate::base::clreq::{Class, Em, Region, class_of, frame_of};
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::compose::run::{Cluster, Run, RunGlyph};
use crate::compose::script::is_western;
use crate::story::{Ink, TextStyle};

/// A text style of this size, black, half-em digits, no tracking. Its only
/// face is number 0.
pub fn style(size: Length) -> TextStyle {
    let face: Arc<[FaceId]> = Arc::from([FaceId(0)]);
    TextStyle {
        han: face.clone(),
        latin: face,
        size,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink: Ink::BLACK,
        half_em_digits: true,
    }
}

/// The run of a text in one style by ideal metrics: a cluster a character
/// (combining marks join their base), —— and …… one cluster each.
pub fn run(text: &str, style: TextStyle) -> Run {
    styled_run(&[(text, Arc::new(style))])
}

/// The run of a text in several styles, by ideal metrics.
pub fn styled_run(parts: &[(&str, Arc<TextStyle>)]) -> Run {
    let text: String = parts.iter().map(|(part, _)| *part).collect();
    let mut run = Run {
        text: text.into(),
        ..Run::default()
    };
    let western = is_western(&run.text);
    let mut before = None;
    let mut base = 0;
    for (index, (part, style)) in parts.iter().enumerate() {
        run.styles.push(style.clone());
        let style_index = u16::try_from(index).unwrap_or(u16::MAX);
        let mut characters = part.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let mut count = 1;
            if matches!(character, '—' | '…' | '⋯')
                && characters.next_if(|&(_, next)| next == character).is_some()
            {
                count = 2;
            }
            while characters.next_if(|&(_, next)| joins(next)).is_some() {}
            let end = characters.peek().map_or(part.len(), |&(next, _)| next);
            let after = run.text[base + end..].chars().next();
            let (advance, ink) = if latin_quote(before, character, after, western) {
                let advance = Em::HALF.of(style.em());
                (advance, (Length::ZERO, advance))
            } else {
                metrics(character, count, style.em())
            };
            before = Some(character);
            let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let glyph = fit(run.glyphs.len());
            run.glyphs.push(RunGlyph {
                id: 0,
                dx: Length::ZERO,
                dy: Length::ZERO,
                scale_x: style.scale_x,
            });
            run.clusters.push(Cluster {
                text: fit(base + at)..fit(base + end),
                glyphs: glyph..glyph + 1,
                style: style_index,
                face: FaceId(0),
                advance,
                ink,
            });
        }
        base += part.len();
    }
    run
}

/// Combining marks and selectors, which have no cluster of their own.
fn joins(character: char) -> bool {
    matches!(
        character,
        '\u{0300}'..='\u{036F}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

/// Whether a curly quote is a Western one, half an em wide: any of a Western
/// paragraph, and the apostrophe between Western characters (T06).
fn latin_quote(before: Option<char>, quote: char, after: Option<char>, western: bool) -> bool {
    let west = |c: Option<char>| c.is_some_and(|c| matches!(class_of(c), Class::West | Class::Num));
    match quote {
        '“' | '”' | '‘' | '’' if western => true,
        '’' => west(before) && west(after),
        _ => false,
    }
}

fn metrics(character: char, count: usize, size: Length) -> (Length, (Length, Length)) {
    let class = class_of(character);
    let frame = frame_of(class, character, count, Region::Cn);
    let width = match (class, frame) {
        (Class::Space, _) => Em::THIRD,
        (Class::Glue | Class::Zero | Class::Feed, _) => Em::ZERO,
        (_, Some(frame)) => frame.width,
        (Class::Symbol | Class::Note, _) => Em::ONE,
        (Class::Pre | Class::Post, _) if !narrow(character) => Em::ONE,
        _ => Em::HALF,
    };
    let advance = width.of(size);
    let blank = class == Class::Space || class == Class::Wide || width == Em::ZERO;
    let (left, right) = frame.map_or((Em::ZERO, Em::ZERO), |frame| (frame.left, frame.right));
    let ink = if blank {
        (Length::ZERO, Length::ZERO)
    } else {
        (left.of(size), advance - right.of(size))
    };
    (advance, ink)
}

/// Signs that Western fonts draw in half a frame.
fn narrow(character: char) -> bool {
    character.is_ascii()
        || matches!(
            character,
            '£' | '¥' | '°' | '±' | '€' | '′' | '″' | '−' | '²' | '³' | '¹' | '⁰'..='₎'
        )
}
