//! Ideal metrics: a run without any font file.
//!
//! These are the metrics of the rules themselves (requirements §0.2): Han and
//! full-width marks one em, letters and digits half an em, a space a third.
//! With them every expected width of a test is an exact number.

use std::sync::Arc;

use crate::base::clreq::{Class, Direction, Em, Region, class_of, frame_of};
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::compose::pose;
use crate::compose::quotation::western_quotes;
use crate::compose::run::{Cluster, Pose, Run, RunGlyph};
use crate::compose::script::is_western;
use crate::story::{FacePair, Ink, TextStyle};

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
        pair: FacePair::default(),
        raised: None,
    }
}

/// The run of a text in one style by ideal metrics: a cluster a character
/// (combining marks join their base), —— and …… one cluster each.
pub fn run(text: &str, style: TextStyle) -> Run {
    styled_run(&[(text, Arc::new(style))])
}

/// The run of a text in several styles, by ideal metrics.
pub fn styled_run(parts: &[(&str, Arc<TextStyle>)]) -> Run {
    Setter::new(parts, Direction::Horizontal).run(parts)
}

/// The same for vertical lines: Western text stands as its stretch does
/// (V11), two figures in one cell are one cluster.
pub fn vertical_run(parts: &[(&str, Arc<TextStyle>)]) -> Run {
    Setter::new(parts, Direction::Vertical).run(parts)
}

struct Setter {
    run: Run,
    direction: Direction,
    western: bool,
    /// Quotes of Western sentences (T06).
    quotes: Vec<usize>,
    /// The Western stretches of a vertical line, those not yet set.
    stretches: std::vec::IntoIter<(std::ops::Range<usize>, Pose)>,
    stretch: Option<(std::ops::Range<usize>, Pose)>,
    before: Option<char>,
}

impl Setter {
    fn new(parts: &[(&str, Arc<TextStyle>)], direction: Direction) -> Self {
        let text: String = parts.iter().map(|(part, _)| *part).collect();
        let seams: Vec<usize> = parts
            .iter()
            .scan(0, |at, (part, _)| {
                Some(std::mem::replace(at, *at + part.len()))
            })
            .collect();
        let stretches = match direction {
            Direction::Horizontal => Vec::new(),
            Direction::Vertical => pose::stretches(&text, &seams, &[]),
        };
        let mut stretches = stretches.into_iter();
        Self {
            western: is_western(&text),
            quotes: western_quotes(&text),
            run: Run {
                text: text.into(),
                ..Run::default()
            },
            direction,
            stretch: stretches.next(),
            stretches,
            before: None,
        }
    }

    fn run(mut self, parts: &[(&str, Arc<TextStyle>)]) -> Run {
        let mut base = 0;
        for (index, (part, style)) in parts.iter().enumerate() {
            self.run.styles.push(style.clone());
            let style_index = u16::try_from(index).unwrap_or(u16::MAX);
            self.part(part, base, style, style_index);
            base += part.len();
        }
        for index in 0..self.run.styles.len() {
            let hyphen = hyphen(&mut self.run, index, self.direction);
            self.run.hyphens.push(Some(hyphen));
        }
        self.run
    }

    /// The pose of the character at a byte, and where its stretch ends.
    fn pose(&mut self, at: usize) -> (Pose, usize) {
        while self
            .stretch
            .as_ref()
            .is_some_and(|(range, _)| range.end <= at)
        {
            self.stretch = self.stretches.next();
        }
        match &self.stretch {
            Some((range, pose)) if range.contains(&at) => (*pose, range.end),
            _ => (Pose::Upright, at),
        }
    }

    /// Whether a quote at a byte is one of Western text.
    fn western_at(&self, at: usize) -> bool {
        self.western || self.quotes.binary_search(&at).is_ok()
    }

    fn part(&mut self, part: &str, base: usize, style: &Arc<TextStyle>, style_index: u16) {
        let mut characters = part.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let (pose, stretch_end) = self.pose(base + at);
            let in_stretch = stretch_end > base + at;
            let mut count = 1;
            if matches!(character, '—' | '…' | '⋯')
                && characters.next_if(|&(_, next)| next == character).is_some()
            {
                count = 2;
            }
            if pose == Pose::Abreast {
                while characters
                    .next_if(|&(at, _)| base + at < stretch_end)
                    .is_some()
                {}
            }
            // nothing stands on a line end (UAX #29 GB4, UAX #14 LB9)
            let bears = !matches!(class_of(character), Class::Feed | Class::Zero);
            while bears && characters.next_if(|&(_, next)| joins(next)).is_some() {}
            let end = characters.peek().map_or(part.len(), |&(next, _)| next);
            let after = self.run.text[base + end..].chars().next();
            let em = em_along(style, self.direction);
            let (advance, ink) = if in_stretch && pose != Pose::Turned {
                (em, (Length::ZERO, em))
            } else if latin_quote(self.before, character, after, self.western_at(base + at)) {
                let advance = Em::HALF.of(em);
                (advance, (Length::ZERO, advance))
            } else {
                metrics(character, count, em, self.direction)
            };
            self.before = Some(character);
            let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let glyph = fit(self.run.glyphs.len());
            self.run.glyphs.push(RunGlyph {
                id: 0,
                dx: Length::ZERO,
                dy: Length::ZERO,
                scale_x: scale_x(style, self.direction),
                turned: pose == Pose::Turned,
            });
            self.run.clusters.push(Cluster {
                text: fit(base + at)..fit(base + end),
                glyphs: glyph..glyph + 1,
                style: style_index,
                face: FaceId(0),
                size: style.size,
                advance,
                ink,
                pose,
            });
        }
    }
}

/// Vertical lines are never condensed (N25).
fn scale_x(style: &TextStyle, direction: Direction) -> u16 {
    match direction {
        Direction::Horizontal => style.scale_x,
        Direction::Vertical => 1000,
    }
}

/// The em along the line.
fn em_along(style: &TextStyle, direction: Direction) -> Length {
    style.size.scale(i64::from(scale_x(style, direction)), 1000)
}

/// The hyphen of a style: half an em, as any `-`.
fn hyphen(run: &mut Run, style: usize, direction: Direction) -> Cluster {
    let glyph = u32::try_from(run.glyphs.len()).unwrap_or(u32::MAX);
    let em = em_along(&run.styles[style], direction);
    run.glyphs.push(RunGlyph {
        id: 0,
        dx: Length::ZERO,
        dy: Length::ZERO,
        scale_x: scale_x(&run.styles[style], direction),
        turned: direction == Direction::Vertical,
    });
    let (advance, ink) = metrics('-', 1, em, direction);
    Cluster {
        text: 0..0,
        glyphs: glyph..glyph + 1,
        style: u16::try_from(style).unwrap_or(u16::MAX),
        face: FaceId(0),
        size: run.styles[style].size,
        advance,
        ink,
        pose: match direction {
            Direction::Horizontal => Pose::Upright,
            Direction::Vertical => Pose::Turned,
        },
    }
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
/// paragraph or sentence, and the apostrophe between Western characters (T06).
fn latin_quote(before: Option<char>, quote: char, after: Option<char>, western: bool) -> bool {
    let west = |c: Option<char>| c.is_some_and(|c| matches!(class_of(c), Class::West | Class::Num));
    match quote {
        '“' | '”' | '‘' | '’' if western => true,
        '’' => west(before) && west(after),
        _ => false,
    }
}

fn metrics(
    character: char,
    count: usize,
    size: Length,
    direction: Direction,
) -> (Length, (Length, Length)) {
    let class = match class_of(character) {
        // two of them are the dash (T08)
        Class::Conn if character == '—' && count > 1 => Class::Dash,
        class => class,
    };
    let frame = frame_of(class, character, count, Region::Cn, direction);
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
    let (left, right) = frame.map_or((Em::ZERO, Em::ZERO), |frame| (frame.before, frame.after));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clreq::Scheme;
    use crate::compose::Galley;
    use crate::compose::lines_report::{EM, paragraph};

    #[test]
    fn t08_two_strokes_are_a_dash_of_two_em() {
        let run = run("云——溪", style(EM));
        let dash = &run.clusters[1];
        assert_eq!((dash.advance, dash.ink), (EM * 2, (Length::ZERO, EM * 2)));
    }

    #[test]
    fn v11_l16_a_hyphen_turns_with_its_line() {
        for direction in [Direction::Horizontal, Direction::Vertical] {
            let parts = [("editor", Arc::new(style(EM)))];
            let run = Setter::new(&parts, direction).run(&parts);
            let hyphen = run.hyphens[0].as_ref().expect("ideal metrics have one");
            let glyph = &run.glyphs[hyphen.glyphs.start as usize];
            let vertical = direction == Direction::Vertical;
            assert_eq!(glyph.turned, vertical);
            assert_eq!(hyphen.pose == Pose::Turned, vertical);
        }
    }

    #[test]
    fn n25_vertical_lines_are_never_condensed() {
        let style = Arc::new(TextStyle {
            scale_x: 800,
            ..style(EM)
        });
        let width = |direction| {
            let scheme = Scheme {
                direction,
                ..Scheme::default()
            };
            let parts = [("云溪，2026年", style.clone())];
            let run = Setter::new(&parts, direction).run(&parts);
            let scales: Vec<u16> = run.glyphs.iter().map(|glyph| glyph.scale_x).collect();
            let para = paragraph("云溪，2026年", style.clone(), &scheme).style;
            (Galley::new(&run, &para).natural_width(), scales)
        };
        let (vertical, scales) = width(Direction::Vertical);
        // 3 em, four half figures, a gap of a quarter
        assert_eq!(vertical, EM.scale(25, 4));
        assert!(scales.iter().all(|scale| *scale == 1000), "{scales:?}");
        let (horizontal, scales) = width(Direction::Horizontal);
        assert_eq!(horizontal, EM.scale(5, 1));
        assert!(scales.iter().all(|scale| *scale == 800), "{scales:?}");
    }
}
