//! 特排段 as paragraphs: dialogue and law hang from their labels (P03), verse
//! stands as a block (P04), names stand in columns (T37).

mod label;
mod names;

pub(super) use label::half_ems;

use std::ops::Range;
use std::sync::Arc;

use super::article::{ArticleBlock, Words};
use super::dress::{Dress, Stretch};
use super::slot::append;
use crate::base::geom::Length;
use crate::desk::layout::Style;
use crate::desk::passage::Passage;
use crate::story::{Align, Cast, CastFill, ParaStyle, Paragraph, Role};

/// The role of a passage's lines.
pub(super) fn role(passage: Passage) -> Role {
    match passage {
        Passage::Dialogue => Role::Dialogue,
        Passage::Law => Role::Law,
        Passage::Verse => Role::Verse,
        Passage::Names => Role::Names,
    }
}

/// The lines of one passage, each with whether it begins a stanza, as
/// paragraphs in columns of `measure`.
pub(super) fn set(
    passage: Passage,
    lines: &[(&ArticleBlock, bool)],
    (style, dress): (&Style, &Dress),
    measure: Length,
) -> Vec<Paragraph> {
    let room = measure - style.start - style.end;
    let bench = Bench { style, dress, room };
    match passage {
        Passage::Dialogue => bench.dialogue(lines),
        Passage::Law => bench.law(lines),
        Passage::Verse => bench.verse(lines),
        Passage::Names => names::set(lines, style, dress, room).into_iter().collect(),
    }
}

/// What the paragraphs of a passage are made with.
struct Bench<'a> {
    style: &'a Style,
    dress: &'a Dress,
    /// The measure, indents taken off.
    room: Length,
}

impl Bench<'_> {
    /// Who speaks, spread to the longest name, a colon, and what is said.
    fn dialogue(&self, lines: &[(&ArticleBlock, bool)]) -> Vec<Paragraph> {
        let em = self.style.size;
        let speakers = lines
            .iter()
            .map(|(line, _)| label::speaker(&line.words.text));
        let speakers: Vec<Option<Range<usize>>> = speakers.collect();
        let longest = speakers
            .iter()
            .zip(lines)
            .filter_map(|(speaker, (line, _))| {
                let name = line.words.text.get(speaker.clone()?)?;
                Some(label::half_ems(name))
            });
        // the colon stands behind the longest name of a usual length
        let usual = longest.filter(|&halves| halves <= label::USUAL * 2).max();
        let hang = self.hang(usual.map(|halves| em.half() * halves + em));
        let one = |(&(line, _), speaker): (&(&ArticleBlock, bool), &Option<Range<usize>>)| {
            let Some(name) = speaker else {
                return self.hung(line, hang, &[]);
            };
            let colon = name.end..name.end + '：'.len_utf8();
            if line.words.text[name.clone()].chars().count() < 2 {
                // 问：, with nothing to spread
                return self.hung(line, hang, &[(0..colon.end, hang, CastFill::Behind)]);
            }
            let casts = [
                (name.clone(), hang - em, CastFill::Even),
                (colon, em, CastFill::Behind),
            ];
            self.hung(line, hang, &casts)
        };
        lines.iter().zip(&speakers).map(one).collect()
    }

    /// 第一条 and its like, all as wide as the longest; other numbers each as
    /// wide as it is.
    fn law(&self, lines: &[(&ArticleBlock, bool)]) -> Vec<Paragraph> {
        let em = self.style.size;
        let number = |line: &ArticleBlock| label::number(&line.words.text);
        let width = |line: &ArticleBlock, end: usize| {
            let text = line.words.text.get(..end).unwrap_or("");
            em.half() * label::half_ems(text)
        };
        let articles = lines.iter().filter_map(|(line, _)| {
            let number = number(line)?;
            number.article.then(|| width(line, number.end))
        });
        let widest = articles.max();
        let article = self.hang(widest);
        let mut paragraphs = Vec::new();
        for (line, _) in lines {
            let Some(number) = number(line) else {
                paragraphs.push(self.hung(line, article, &[]));
                continue;
            };
            let hang = match number.article {
                true => article,
                false => self.hang(Some(width(line, number.end))),
            };
            let casts = [(0..number.end, hang, CastFill::Behind)];
            paragraphs.push(self.hung(line, hang, &casts));
        }
        paragraphs
    }

    /// Each line a line, the block in the middle of the column or behind the
    /// style's indent; a line too long for it goes on two em further in.
    fn verse(&self, lines: &[(&ArticleBlock, bool)]) -> Vec<Paragraph> {
        let em = self.style.size;
        let widths = lines.iter().map(|(line, _)| {
            let turns = line.words.text.split('\n');
            turns.map(label::half_ems).max().unwrap_or(0)
        });
        let widest = em.half() * widths.max().unwrap_or(0);
        let white = (self.room - widest).max(Length::ZERO);
        let inset = match self.style.align {
            Align::Center => em * white.half().whole(em),
            Align::End => em * white.whole(em),
            Align::Justify | Align::Start | Align::Even => Length::ZERO,
        };
        let further = if self.room < em * 6 {
            Length::ZERO
        } else {
            em * 2
        };
        let mut paragraphs = Vec::new();
        for (nth, &(line, stanza)) in lines.iter().enumerate() {
            let plain = self.mixed(line, 0);
            let own = ParaStyle {
                align: Align::Start,
                start: self.style.start + inset + further,
                indent: -further,
                before: u16::from(stanza && nth > 0),
                ..ParaStyle::clone(&plain.style)
            };
            paragraphs.push(Paragraph {
                style: Arc::new(own),
                ..plain
            });
        }
        paragraphs
    }

    /// The hanging indent: the style's, else `usual`; two characters of the
    /// line are left for text in any case.
    fn hang(&self, usual: Option<Length>) -> Length {
        let em = self.style.size;
        let asked = self.style.hang.or(usual).unwrap_or(Length::ZERO);
        asked.min(self.room - em * 2).max(Length::ZERO)
    }

    /// A line that hangs by `hang`, the first of it beginning with labels.
    fn hung(
        &self,
        line: &ArticleBlock,
        hang: Length,
        casts: &[(Range<usize>, Length, CastFill)],
    ) -> Paragraph {
        let end = casts.last().map_or(0, |(range, ..)| range.end);
        let plain = self.mixed(line, end);
        let cast = |(range, width, fill): &(Range<usize>, Length, CastFill)| Cast {
            range: offset(range.start)..offset(range.end),
            width: *width,
            fill: *fill,
        };
        let own = ParaStyle {
            start: self.style.start + hang,
            indent: if casts.is_empty() {
                Length::ZERO
            } else {
                -hang
            },
            casts: casts.iter().map(cast).collect(),
            ..ParaStyle::clone(&plain.style)
        };
        Paragraph {
            style: Arc::new(own),
            ..plain
        }
    }

    /// A line with its stretches, the first `label` bytes in the face of
    /// labels.
    fn mixed(&self, line: &ArticleBlock, label: usize) -> Paragraph {
        let mut words = Words::default();
        let mut stretches = Vec::new();
        if label > 0 {
            stretches.push((0..offset(label), Stretch::Label));
        }
        append(&mut words, &mut stretches, line);
        self.dress.mixed(&words, &stretches)
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
