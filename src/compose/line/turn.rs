//! 标题转行: the lines of a headline that needs several (P16).
//!
//! No more lines than filling them would take, and one more where they would
//! part a word or a name; among the ways to turn them, the one that costs sense and
//! evenness the least. A headline has few characters, so every way is looked
//! at.

use std::ops::Range;

use super::break_points::Point;
use super::cost::{Squeeze, plan, price};
use super::measure::Ruler;
use super::optimum::{Measures, ends};
use crate::compose::sense::{IN_NAME, IN_WORD};

/// Longer texts are no headlines: they are filled.
const MOST_LINES: usize = 6;
/// What a line costs that is longer or shorter than the mean by all of it;
/// less in the square of the share.
const UNEVEN: i64 = 1000;
/// What a last line of one or two characters costs beyond that.
const STUB: i64 = 400;
/// Characters that such a last line has.
const STUB_CHARS: u32 = 2;

/// The breaks of a headline as indexes of break points, the end among them;
/// `None` where it is too long to be one, or where a line has no permitted
/// end.
pub(super) fn find(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
) -> Option<Vec<usize>> {
    let end = points.len().checked_sub(1)?;
    let mut breaks = Vec::new();
    let mut from = 0;
    // an editor's break stands: what lies between two is turned by itself
    while from < end {
        let fence = (from + 1..=end).find(|&at| points[at].forced || at == end)?;
        let stretch = Stretch {
            ruler,
            points,
            measures,
            from,
            fence,
            line: breaks.len(),
        };
        let count = stretch.fewest_lines()?;
        breaks.extend(stretch.whole_words(count)?);
        from = fence;
    }
    Some(breaks)
}

/// What lies between two forced breaks.
struct Stretch<'a> {
    ruler: &'a Ruler<'a>,
    points: &'a [Point],
    measures: &'a Measures<'a>,
    /// Its first and its last break point.
    from: usize,
    fence: usize,
    /// Number of its first line.
    line: usize,
}

impl Stretch<'_> {
    /// Whether the rules permit a line from one break point to another.
    fn permits(&self, from: usize, to: usize, line: usize) -> bool {
        let measure = self.measures.of(self.line + line);
        let squeeze = Squeeze::from(self.ruler.galley.scheme.fit);
        let start = self.points[from].at;
        price(self.ruler, start, &self.points[to], measure, squeeze).is_some()
    }

    /// The cheapest way to end `count` lines at the fence, or one more where
    /// that keeps every word and name whole: never inside 秘书长, nor between 黄河
    /// and 大桥. Where names must part, words are kept at least.
    fn whole_words(&self, count: usize) -> Option<Vec<usize>> {
        let fewest = self.turned(count)?;
        let least = self.worst(&fewest);
        if least < IN_NAME || count >= MOST_LINES {
            return Some(fewest);
        }
        // a line is worth a whole word, and whole names
        let limit = if least < IN_WORD { IN_NAME } else { IN_WORD };
        match self.turned(count + 1) {
            Some(more) if self.worst(&more) < limit => Some(more),
            _ => Some(fewest),
        }
    }

    /// The dearest turn of these breaks.
    fn worst(&self, breaks: &[usize]) -> u16 {
        let turns = &self.ruler.galley.turns;
        let inner = breaks.iter().filter(|&&to| to != self.fence);
        let costs = inner.map(|&to| turns.get(self.points[to].at).copied().unwrap_or(0));
        costs.max().unwrap_or(0)
    }

    /// Lines where each is filled.
    fn fewest_lines(&self) -> Option<usize> {
        let mut at = self.from;
        for line in 0..MOST_LINES {
            if at == self.fence {
                return Some(line);
            }
            at = (self.ends(at, line).rev()).find(|&to| self.permits(at, to, line))?;
        }
        (at == self.fence).then_some(MOST_LINES)
    }

    /// Where a line from a break point could end.
    fn ends(&self, from: usize, line: usize) -> Range<usize> {
        let measure = self.measures.of(self.line + line);
        ends(self.ruler, self.points, from, self.fence, measure)
    }

    fn natural(&self, from: usize, to: usize, line: usize) -> i64 {
        let measure = self.measures.of(self.line + line);
        let plan = plan(self.ruler, self.points[from].at, &self.points[to], measure);
        plan.measured.natural.min(measure)
    }

    /// The cheapest way to end `count` lines at the fence.
    fn turned(&self, count: usize) -> Option<Vec<usize>> {
        if count <= 1 {
            return Some(vec![self.fence]);
        }
        let whole = self
            .ruler
            .measure(self.points[self.from].at, self.points[self.fence].at);
        let mean = (whole.natural / i64::try_from(count).unwrap_or(1)).max(1);
        let width = self.fence - self.from + 1;
        // ways[line][point]: the cost so far, and where the line began
        let mut ways: Vec<Vec<Option<(i64, usize)>>> = vec![vec![None; width]; count + 1];
        ways[0][0] = Some((0, 0));
        for line in 0..count {
            for from in 0..width {
                let Some((cost, _)) = ways[line][from] else {
                    continue;
                };
                for to in self.ends(self.from + from, line) {
                    let to = to - self.from;
                    if (line + 1 == count) != (to + 1 == width)
                        || !self.permits(self.from + from, self.from + to, line)
                    {
                        continue;
                    }
                    let cost = cost + self.cost(from, to, line, mean);
                    let way = &mut ways[line + 1][to];
                    if way.is_none_or(|(known, _)| cost < known) {
                        *way = Some((cost, from));
                    }
                }
            }
        }
        let mut breaks = vec![self.fence];
        let mut at = width - 1;
        for line in (1..count).rev() {
            at = ways[line + 1][at]?.1;
            breaks.push(self.from + at);
        }
        ways[count][width - 1]?;
        breaks.reverse();
        Some(breaks)
    }

    /// The cost of a line between two points of this stretch.
    fn cost(&self, from: usize, to: usize, line: usize, mean: i64) -> i64 {
        let (from, to) = (self.from + from, self.from + to);
        let share = (self.natural(from, to, line) - mean) * 1000 / mean;
        let uneven = (share * share / 1000 * UNEVEN / 1000).min(100 * UNEVEN);
        let (start, end) = (self.points[from].at, self.points[to].at);
        let last = to == self.fence;
        let stub = last && self.ruler.words(start, end) <= STUB_CHARS;
        let turn = if last {
            0
        } else {
            i64::from(self.ruler.galley.turns.get(end).copied().unwrap_or(0))
        };
        uneven + turn + self.points[to].penalty + if stub { STUB } else { 0 }
    }
}
