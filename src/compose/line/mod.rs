//! From a galley to set lines: breaking over the whole paragraph, then
//! justifying each line.

mod break_points;
mod clause;
mod cost;
mod explain;
mod measure;
mod optimum;
mod pad;
mod runs;
mod set;
mod share;
#[cfg(test)]
mod tests;
mod turn;
mod within;

use std::ops::Range;

use crate::base::diag::Diagnostic;
use crate::base::geom::Length;
use crate::compose::run::{Cluster, Run};
use crate::compose::spacing::Galley;

use break_points::Point;
use cost::Squeeze;
pub use explain::Why;
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
    /// `line/overlong`, `line/runt`, `line/relaxed`; on the first of a
    /// paragraph `line/retried` or `line/saved`. Without a span, which only the
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
    /// The added hyphen of a parted word, in this style of the run (L16); it
    /// has no clusters and no text of its own.
    pub hyphen: Option<u16>,
}

impl SetAtom {
    /// What is drawn of it: clusters of the run it was set from.
    pub fn clusters_in<'r>(&self, run: &'r Run) -> &'r [Cluster] {
        if let Some(style) = self.hyphen {
            let hyphen = run.hyphens.get(usize::from(style));
            return hyphen
                .and_then(Option::as_ref)
                .map_or(&[], std::slice::from_ref);
        }
        let clusters = self.clusters.start as usize..self.clusters.end as usize;
        run.clusters.get(clusters).unwrap_or_default()
    }
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
        self.set_lines(measures, constant_from, |_, _, _, _| ()).0
    }

    /// [`Galley::break_at`], each line with why it stands as it does.
    pub fn explain_at(&self, measure: Length) -> Vec<(Line, Why)> {
        let (lines, whys) = self.set_lines(&|_| measure, 0, explain::why);
        lines.into_iter().zip(whys).collect()
    }

    /// Breaks, sets, and asks `ask` about each line: its break points by
    /// index, and what it had to fill.
    fn set_lines<T>(
        &self,
        measures: &dyn Fn(usize) -> Length,
        constant_from: usize,
        ask: impl Fn(&Ruler<'_>, &[Point], (usize, usize), i64) -> T,
    ) -> (Vec<Line>, Vec<T>) {
        let ruler = Ruler::new(self);
        let measures = Measures::new(self, measures, constant_from);
        let Chosen {
            points,
            breaks,
            retried,
        } = choose(&ruler, &measures);
        let mut answers = Vec::with_capacity(breaks.len());
        let mut from = 0;
        for (line, &to) in breaks.iter().enumerate() {
            answers.push(ask(&ruler, &points, (from, to), measures.of(line)));
            from = to;
        }
        let mut lines = set_all(&ruler, &points, &measures, &breaks);
        if retried && let Some(first) = lines.first_mut() {
            first.notes.push(set::retried());
        }
        (lines, answers)
    }

    /// [`Galley::break_lines`] in no more than `most` lines, any of them
    /// squeezed where that helps (P11); the first line says so. `None` where
    /// the marks do not give enough, or a line would be torn.
    pub fn break_within(
        &self,
        measures: &dyn Fn(usize) -> Length,
        constant_from: usize,
        most: usize,
    ) -> Option<Vec<Line>> {
        let ruler = Ruler::new(self);
        let measures = Measures::new(self, measures, constant_from);
        let points = break_points::collect(&ruler, &measures, false);
        let best = within::find(&ruler, &points, &measures, most)?;
        let mut lines = set_all(&ruler, &points, &measures, &best.breaks);
        if let Some(first) = lines.first_mut() {
            first.notes.push(within::saved());
        }
        Some(lines)
    }

    /// [`Galley::break_lines`] at one measure.
    pub fn break_at(&self, measure: Length) -> Vec<Line> {
        self.break_lines(&|_| measure, 0)
    }

    /// The same by first fit: every line as long as the rules let it be, the
    /// next one not looked at. What the optimal breaks are measured against.
    #[doc(hidden)]
    pub fn break_by_first_fit(&self, measure: Length) -> Vec<Line> {
        let ruler = Ruler::new(self);
        let given = |_| measure;
        let measures = Measures::new(self, &given, 0);
        let points = break_points::collect(&ruler, &measures, false);
        let squeeze = Squeeze::from(self.scheme.fit);
        let best = optimum::first_fit(&ruler, &points, &measures, squeeze).unwrap_or_default();
        set_all(&ruler, &points, &measures, &best.breaks)
    }
}

/// Sets the lines that end at `breaks`, which are indexes of points.
fn set_all(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    breaks: &[usize],
) -> Vec<Line> {
    let mut lines = Vec::with_capacity(breaks.len());
    let mut from = 0;
    for &to in breaks {
        let (start, end) = (points[from].at, points[to].at);
        lines.push(set::line(
            ruler,
            start..end,
            &points[to],
            lines.len(),
            measures,
        ));
        from = to;
    }
    lines
}

/// How a paragraph is broken.
struct Chosen {
    points: Vec<Point>,
    /// The points that end a line, by index.
    breaks: Vec<usize>,
    /// It was tried again, for a line was too loose (L44).
    retried: bool,
}

/// Turned by sense where it is a headline, filled where it is running text.
fn choose(ruler: &Ruler<'_>, measures: &Measures<'_>) -> Chosen {
    let points = break_points::collect(ruler, measures, false);
    let turned = if ruler.galley.turns.is_empty() {
        None
    } else {
        turn::find(ruler, &points, measures)
    };
    match turned {
        Some(breaks) => Chosen {
            points,
            breaks,
            retried: false,
        },
        None => filled(ruler, points, measures),
    }
}

/// The breaks of running text: of least cost. Where a line is too loose, the
/// paragraph is tried again, then with any line squeezed (L44), and at last
/// with runs of marks parted (L43); each only where it is better.
fn filled(ruler: &Ruler<'_>, points: Vec<Point>, measures: &Measures<'_>) -> Chosen {
    let asked = Squeeze::from(ruler.galley.scheme.fit);
    let mut best = optimum::find(ruler, &points, measures, asked, i64::MAX);
    let mut retried = false;
    let mut squeeze = asked;
    if best.loose && asked == Squeeze::Asked {
        squeeze = Squeeze::Dearly;
        let squeezed = optimum::find(ruler, &points, measures, squeeze, best.cost - 1);
        if squeezed.cost < best.cost {
            best = squeezed;
            retried = true;
        }
    }
    if best.loose {
        let more = break_points::collect(ruler, measures, true);
        if more.len() > points.len() {
            let relaxed = optimum::find(ruler, &more, measures, squeeze, best.cost - 1);
            if relaxed.cost < best.cost {
                return Chosen {
                    points: more,
                    breaks: relaxed.breaks,
                    retried,
                };
            }
        }
    }
    Chosen {
        points,
        breaks: best.breaks,
        retried,
    }
}

/// Width of the whole paragraph as one line, edges trimmed.
pub(super) fn natural_width(galley: &Galley) -> Length {
    let ruler = Ruler::new(galley);
    Length::units(ruler.measure(0, galley.atoms.len()).natural)
}
