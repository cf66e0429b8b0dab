//! From a galley to set lines: breaking over the whole paragraph, then
//! justifying each line.

mod break_points;
mod cost;
mod measure;
mod optimum;
mod set;
mod share;
#[cfg(test)]
mod tests;
mod turn;

use std::ops::Range;

use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::compose::spacing::Galley;

use break_points::Point;
use cost::Squeeze;
use measure::Ruler;
use optimum::Measures;

/// One set line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Bytes of the paragraph, with the spaces its edges have swallowed; the
    /// lines of a paragraph cover it once and in order.
    pub text: Range<u32>,
    /// Bytes of what is seen: without swallowed spaces and line feeds.
    pub seen: Range<u32>,
    /// The measure the line was set to, indents included.
    pub measure: Length,
    /// Where its first atom stands in that measure.
    pub x: Length,
    /// Width after pair cuts and edge trims, before stretching or squeezing.
    pub natural: Length,
    /// Width as set, without a hung mark.
    pub width: Length,
    /// The widest opening of a gap beyond its natural width (step 3).
    pub loose: Length,
    /// What it is made of, in order; swallowed atoms have no advance.
    pub glyphs: Vec<SetAtom>,
    /// What is wrong with it: `line/loose`, `line/short`, `line/broken`,
    /// `line/overlong`, `line/runt`; on the first of a paragraph
    /// `line/retried`. Without a span, which only the
    /// paragraph knows.
    pub notes: Vec<Diagnostic>,
    /// The last line of its paragraph.
    pub last: bool,
    /// Ends with a forced break.
    pub forced: bool,
}

/// One atom of a set line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAtom {
    /// Clusters of the run. Where there are several they stand end to end by
    /// their own advances.
    pub clusters: Range<u32>,
    /// Bytes of the paragraph.
    pub text: Range<u32>,
    /// Left edge of its frame from [`Line::x`].
    pub x: Length,
    /// Width of its frame as set; the gap behind it is not part of it.
    pub advance: Length,
    /// Where the first cluster's origin stands from `x`: how a cut in front
    /// of the ink is drawn, and how a mark is centred in a forced frame.
    pub dx: Length,
    /// Its width of its frame before any cut: 1 em for a full-width mark.
    pub frame: Length,
    /// A space or control that the line's edge has swallowed.
    pub swallowed: bool,
}

impl Galley {
    /// Breaks the paragraph and sets its lines.
    ///
    /// `measures` gives the measure of each line, counted from 0; from line
    /// `constant_from` on it must always give the same one. The paragraph's
    /// own indents are taken off inside. A paragraph without any atom has no
    /// line.
    ///
    /// Headlines are turned by sense (see `turn`). In running text, among all
    /// permitted ways to break, the one of the least total cost is
    /// taken (see `cost`). If it holds a line that is too loose, the paragraph
    /// is tried again: then any line may be squeezed, but dearly, so that only
    /// the loose line and its neighbours are; the first line says so (L44).
    pub fn break_lines(
        &self,
        measures: &dyn Fn(usize) -> Length,
        constant_from: usize,
    ) -> Vec<Line> {
        let ruler = Ruler::new(self);
        let measures = Measures::new(self, measures, constant_from);
        let points = break_points::collect(&ruler, &measures);
        let turned = if self.turns.is_empty() {
            None
        } else {
            turn::find(&ruler, &points, &measures).map(|breaks| (breaks, false))
        };
        let (breaks, retried) = turned.unwrap_or_else(|| filled(&ruler, &points, &measures));
        let mut lines = Vec::with_capacity(breaks.len());
        let mut from = 0;
        for &to in &breaks {
            let (start, end) = (points[from].at, points[to].at);
            lines.push(set::line(
                &ruler,
                start..end,
                &points[to],
                lines.len(),
                &measures,
            ));
            from = to;
        }
        if retried && let Some(first) = lines.first_mut() {
            first.notes.push(set::retried());
        }
        lines
    }

    /// [`Galley::break_lines`] at one measure.
    pub fn break_at(&self, measure: Length) -> Vec<Line> {
        self.break_lines(&|_| measure, 0)
    }
}

/// The breaks of running text: of least cost, tried again with
/// [`Fit::ShrinkFirst`] where a line is too loose (L44), and whether that was
/// better.
fn filled(ruler: &Ruler<'_>, points: &[Point], measures: &Measures<'_>) -> (Vec<usize>, bool) {
    let squeeze = Squeeze::from(ruler.galley.scheme.fit);
    let find = |squeeze, most| optimum::find(ruler, points, measures, squeeze, most);
    let best = find(squeeze, i64::MAX);
    if squeeze == Squeeze::Asked && best.loose {
        let squeezed = find(Squeeze::Dearly, best.cost - 1);
        if squeezed.cost < best.cost {
            return (squeezed.breaks, true);
        }
    }
    (best.breaks, false)
}

/// Width of the whole paragraph as one line, edges trimmed.
pub(super) fn natural_width(galley: &Galley) -> Length {
    let ruler = Ruler::new(galley);
    Length::units(ruler.measure(0, galley.atoms.len()).natural)
}
