//! What the make-up asks of composition: shape once, break many times.

use crate::base::font::FontBook;
use crate::base::geom::Length;
use crate::compose::ruby::{Annotation, annotate};
use crate::compose::run::Run;
use crate::compose::shape::{ShapeCache, shape};
use crate::compose::{Galley, Line};
use crate::story::Paragraph;

/// Turns paragraphs into shaped text. The make-up knows fonts only by it.
pub trait Composer {
    /// Shapes a paragraph. Never fails: what no face holds is in
    /// [`Run::missing`] (T35).
    fn shape(&self, paragraph: &Paragraph) -> Box<dyn Shaped>;
}

/// A paragraph shaped and spaced, not yet broken.
pub trait Shaped {
    /// Its glyphs.
    fn run(&self) -> &Run;

    /// The readings beside it, by their bases (P21, P22).
    fn annotations(&self) -> &[Annotation] {
        &[]
    }

    /// Its lines, where line `k` is set to `measures(k)` and all lines from
    /// `constant_from` on have the same measure. At least one line unless
    /// there is nothing to set; together the lines cover the text in order.
    fn lines(&self, measures: &dyn Fn(usize) -> Length, constant_from: usize) -> Vec<Line>;

    /// The same in no more than `most` lines (P11); `None` where the text
    /// cannot be squeezed so far.
    fn lines_within(
        &self,
        measures: &dyn Fn(usize) -> Length,
        constant_from: usize,
        most: usize,
    ) -> Option<Vec<Line>>;
}

/// Composition with the faces of a font book.
#[derive(Clone, Copy, Debug)]
pub struct FontComposer<'a> {
    /// The faces.
    pub book: &'a FontBook,
    /// What shaping remembers; it belongs to this book.
    pub cache: &'a ShapeCache,
}

impl Composer for FontComposer<'_> {
    fn shape(&self, paragraph: &Paragraph) -> Box<dyn Shaped> {
        let run = shape(paragraph, self.book, self.cache);
        let annotations = annotate(paragraph, self.book, self.cache);
        let mut galley = Galley::new(&run, &paragraph.style);
        galley.annotate(&annotations);
        Box::new(Spaced {
            run,
            galley,
            annotations,
        })
    }
}

/// A run with its galley and what stands beside it.
pub(crate) struct Spaced {
    pub(crate) run: Run,
    pub(crate) galley: Galley,
    pub(crate) annotations: Vec<Annotation>,
}

impl Shaped for Spaced {
    fn run(&self) -> &Run {
        &self.run
    }

    fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    fn lines(&self, measures: &dyn Fn(usize) -> Length, constant_from: usize) -> Vec<Line> {
        self.galley.break_lines(measures, constant_from)
    }
    fn lines_within(
        &self,
        measures: &dyn Fn(usize) -> Length,
        constant_from: usize,
        most: usize,
    ) -> Option<Vec<Line>> {
        self.galley.break_within(measures, constant_from, most)
    }
}
