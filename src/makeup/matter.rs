//! Matter: a paragraph shaped once, broken as often as the make-up asks.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::composer::{Composer, Shaped};
use crate::base::diag::Span;
use crate::base::geom::Length;
use crate::compose::Line;
use crate::compose::ruby::Annotation;
use crate::compose::run::Run;
use crate::story::Paragraph;

/// Lines of one breaking, shared between the trials that ask for the same.
pub(crate) type Lines = Rc<[Line]>;

/// The most lines of a breaking and its measures.
type WithinKey = (usize, Vec<Length>);

/// A paragraph, its shaped text, and every breaking made of it so far.
///
/// The search for the height of balanced columns asks for the same lines many
/// times; a breaking is kept under the measures it was made for.
pub(crate) struct Matter<'a> {
    pub(crate) paragraph: Cow<'a, Paragraph>,
    shaped: Box<dyn Shaped>,
    natural: Length,
    forced: usize,
    broken: RefCell<BTreeMap<Vec<Length>, Lines>>,
    /// The same for breakings in at most so many lines.
    squeezed: RefCell<BTreeMap<WithinKey, Option<Lines>>>,
}

impl<'a> Matter<'a> {
    pub(crate) fn new(paragraph: Cow<'a, Paragraph>, composer: &dyn Composer) -> Self {
        let shaped = composer.shape(&paragraph);
        let run = shaped.run();
        let natural = run
            .clusters
            .iter()
            .map(|cluster| {
                let style = run.styles.get(usize::from(cluster.style));
                cluster.advance + style.map_or(Length::ZERO, |style| style.tracking)
            })
            .sum();
        let forced = paragraph.text.matches('\n').count();
        Self {
            paragraph,
            shaped,
            natural,
            forced,
            broken: RefCell::default(),
            squeezed: RefCell::default(),
        }
    }

    pub(crate) fn run(&self) -> &Run {
        self.shaped.run()
    }

    /// The readings beside the text.
    pub(crate) fn annotations(&self) -> &[Annotation] {
        self.shaped.annotations()
    }

    pub(crate) fn text(&self) -> Arc<str> {
        Arc::clone(&self.run().text)
    }

    /// Lines that the forced breaks alone would make.
    pub(crate) fn forced_lines(&self) -> usize {
        self.forced + 1
    }

    /// The lines, all at one measure.
    pub(crate) fn at(&self, measure: Length) -> Lines {
        self.along(&[], measure)
    }

    /// The lines where line `k` is set to `measures[k]`, and to `tail` once
    /// they run out.
    pub(crate) fn along(&self, measures: &[Length], tail: Length) -> Lines {
        let narrowest = measures
            .iter()
            .fold(tail, |least, &measure| least.min(measure));
        let narrowest = narrowest.max(Length::units(1));
        let least = usize::try_from(self.natural.cover(narrowest)).unwrap_or(0);
        // What stands beyond the lines a paragraph can need must not enter
        // the key, or no breaking would ever be found again.
        let mut bound = least + self.forced + 3;
        loop {
            let known = &measures[..bound.min(measures.len())];
            let constant = if bound < measures.len() {
                known.last().copied().unwrap_or(tail)
            } else {
                tail
            };
            let varying = known.iter().rposition(|&measure| measure != constant);
            let known = &known[..varying.map_or(0, |last| last + 1)];
            let lines = self.breaking(known, constant);
            if lines.len() <= bound || bound >= measures.len() {
                return lines;
            }
            bound = lines.len().max(bound * 2);
        }
    }

    /// The lines along `measures` and then `tail`, squeezed into no more than
    /// `most` of them (P11); `None` where the text does not give enough.
    pub(crate) fn within(&self, most: usize, measures: &[Length], tail: Length) -> Option<Lines> {
        let known = &measures[..most.min(measures.len())];
        let constant = match measures.get(most) {
            Some(_) => known.last().copied().unwrap_or(tail),
            None => tail,
        };
        let varying = known.iter().rposition(|&measure| measure != constant);
        let known = &known[..varying.map_or(0, |last| last + 1)];
        let mut key = (most, known.to_vec());
        key.1.push(constant);
        if let Some(lines) = self.squeezed.borrow().get(&key) {
            return lines.clone();
        }
        let measure = |line: usize| known.get(line).copied().unwrap_or(constant);
        let lines = self.shaped.lines_within(&measure, known.len(), most);
        let lines: Option<Lines> = lines.map(Into::into);
        self.squeezed.borrow_mut().insert(key, lines.clone());
        lines
    }

    fn breaking(&self, known: &[Length], constant: Length) -> Lines {
        let mut key = known.to_vec();
        key.push(constant);
        if let Some(lines) = self.broken.borrow().get(&key) {
            return Rc::clone(lines);
        }
        let measure = |line: usize| known.get(line).copied().unwrap_or(constant);
        let lines: Lines = self.shaped.lines(&measure, known.len()).into();
        self.broken.borrow_mut().insert(key, Rc::clone(&lines));
        lines
    }

    /// Characters from byte `from` on that are not white space: what overset
    /// is counted in (E03).
    pub(crate) fn chars_from(&self, from: u32) -> usize {
        let text = &self.paragraph.text;
        text.get(from as usize..).map_or(0, |rest| {
            rest.chars()
                .filter(|character| !character.is_whitespace())
                .count()
        })
    }

    /// The place of a line in the manuscript, swallowed spaces left out.
    pub(crate) fn place(&self, line: &Line) -> Option<Span> {
        self.paragraph.source(line.seen.clone())
    }

    /// The text of a line as it is seen: without swallowed spaces and line
    /// feeds.
    pub(crate) fn line_text(&self, line: &Line) -> &str {
        let range = line.seen.start as usize..line.seen.end as usize;
        self.paragraph.text.get(range).unwrap_or("")
    }
}
