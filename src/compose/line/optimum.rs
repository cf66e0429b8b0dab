//! The cheapest way to break a paragraph: a shortest path over (break, line
//! index), where the line indexes merge once the measure is constant, so that
//! the work grows with the length of the text.
//!
//! The search is bounded: breaking every line as late as it may gives one way
//! and its cost, and no dearer beginning can be part of the cheapest way. In
//! running text that leaves two or three ends to price for each start.

use std::ops::Range;

use crate::base::geom::Length;
use crate::compose::spacing::Galley;

use super::break_points::Point;
use super::cost::{Squeeze, floor, price};
use super::measure::Ruler;

/// Break points looked at from the longest line downwards. A line with this
/// many places left of a better one is hopelessly loose; the bound keeps very
/// wide measures linear.
const WINDOW: usize = 96;
/// Lines that are told apart by their number: a bound against a caller whose
/// measure never becomes constant.
const LAYERS: usize = 4096;

/// The measure of each line, the paragraph's indents taken off.
pub(super) struct Measures<'a> {
    galley: &'a Galley,
    given: &'a dyn Fn(usize) -> Length,
    /// From this line on the measure is constant.
    pub(super) constant_from: usize,
}

impl<'a> Measures<'a> {
    pub(super) fn new(
        galley: &'a Galley,
        given: &'a dyn Fn(usize) -> Length,
        constant_from: usize,
    ) -> Self {
        Self {
            galley,
            given,
            constant_from: constant_from.clamp(1, LAYERS),
        }
    }

    /// The measure of a line as it was given.
    pub(super) fn whole(&self, line: usize) -> Length {
        (self.given)(line.min(self.constant_from))
            .min(Length::MAX)
            .max(Length::ZERO)
    }

    /// Indent at the start of a line.
    pub(super) fn indent(&self, line: usize) -> Length {
        self.galley.start
            + if line == 0 {
                self.galley.indent
            } else {
                Length::ZERO
            }
    }

    /// What is left to set in.
    pub(super) fn of(&self, line: usize) -> i64 {
        (self.whole(line) - self.indent(line) - self.galley.end)
            .raw()
            .max(0)
    }

    /// The narrowest of all.
    pub(super) fn narrowest(&self) -> i64 {
        (0..=self.constant_from)
            .map(|line| self.of(line))
            .min()
            .unwrap_or(0)
    }
}

/// The chosen breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Best {
    pub(super) cost: i64,
    /// Indexes of break points that end a line, in order.
    pub(super) breaks: Vec<usize>,
    /// A line is looser than the limit.
    pub(super) loose: bool,
}

/// The cheapest way to a break point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    cost: i64,
    from: u32,
    /// Whether the line before belongs to the constant part.
    from_tail: bool,
    loose: bool,
}

pub(super) const UNREACHED: Node = Node {
    cost: i64::MAX,
    from: 0,
    from_tail: false,
    loose: false,
};

impl Node {
    fn offer(&mut self, other: Self) {
        if other.cost < self.cost {
            *self = other;
        }
    }
}

/// Nodes of one line index: a stretch of break points.
pub(super) struct Layer {
    low: usize,
    nodes: Vec<Node>,
}

impl Layer {
    /// Nothing reached yet.
    pub(super) fn empty() -> Self {
        Self {
            low: 0,
            nodes: Vec::new(),
        }
    }

    /// The start of the text alone.
    pub(super) fn start() -> Self {
        let node = Node {
            cost: 0,
            ..UNREACHED
        };
        Self {
            low: 0,
            nodes: vec![node],
        }
    }

    /// The break points that a way leads to, each with the cheapest.
    pub(super) fn reached(&self) -> impl Iterator<Item = (usize, &Node)> {
        let nodes = self.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| node.cost < i64::MAX)
            .map(|(offset, node)| (self.low + offset, node))
    }

    pub(super) fn offer(&mut self, point: usize, node: Node) {
        if self.nodes.is_empty() {
            self.low = point;
        }
        if point < self.low {
            let missing = self.low - point;
            self.nodes
                .splice(0..0, std::iter::repeat_n(UNREACHED, missing));
            self.low = point;
        }
        let index = point - self.low;
        if index >= self.nodes.len() {
            self.nodes.resize(index + 1, UNREACHED);
        }
        self.nodes[index].offer(node);
    }

    fn get(&self, point: usize) -> Option<&Node> {
        self.nodes.get(point.checked_sub(self.low)?)
    }
}

/// Finds the cheapest breaks. Ties go to the path whose last line is longest,
/// and to fewer lines. Where every way costs more than `most`, the cost is
/// [`i64::MAX`] and the paragraph one line.
pub(super) fn find(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    squeeze: Squeeze,
    most: i64,
) -> Best {
    let latest = latest(ruler, points, measures, squeeze);
    search(ruler, points, measures, squeeze, most.min(latest))
}

/// [`find`] without a bound of its own.
pub(super) fn search(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    squeeze: Squeeze,
    most: i64,
) -> Best {
    if points.len() < 2 {
        return Best::default();
    }
    let end = points.len() - 1;
    let fences = fences(points);
    let mut layers = vec![Layer::start()];
    let mut tail = vec![UNREACHED; points.len()];
    for line in 0..measures.constant_from {
        let mut next = Layer::empty();
        let to_tail = line + 1 == measures.constant_from;
        let layer = &layers[line];
        for (offset, node) in layer.nodes.iter().enumerate() {
            let from = layer.low + offset;
            if node.cost > most || from == end {
                continue;
            }
            let starts = Starts {
                from,
                fence: fences[from],
                measure: measures.of(line),
                squeeze,
                room: most - node.cost,
            };
            relax(ruler, points, starts, |to, cost, loose| {
                let node = step(node, from, false, cost, loose);
                if to_tail {
                    tail[to].offer(node)
                } else {
                    next.offer(to, node)
                }
            });
        }
        if !to_tail {
            let done = next.nodes.is_empty();
            layers.push(next);
            if done {
                break;
            }
        }
    }
    let measure = measures.of(measures.constant_from);
    for from in 0..end {
        let node = tail[from];
        if node.cost <= most && node.cost < i64::MAX {
            let starts = Starts {
                from,
                fence: fences[from],
                measure,
                squeeze,
                room: most - node.cost,
            };
            relax(ruler, points, starts, |to, cost, loose| {
                tail[to].offer(step(&node, from, true, cost, loose));
            });
        }
    }
    trace(&layers, &tail, end)
}

/// The cost of the way that breaks every line as late as it may;
/// [`i64::MAX`] where that leads nowhere.
fn latest(ruler: &Ruler<'_>, points: &[Point], measures: &Measures<'_>, squeeze: Squeeze) -> i64 {
    // the search looks at the longest line first and never drops this way
    late(ruler, points, measures, squeeze, false).map_or(i64::MAX, |best| best.cost)
}

/// The way that breaks every line as late as it may, without a look at the
/// next one: first fit, by the same rules. A unit is parted only where nothing
/// else ends the line. `None` where it leads nowhere.
pub(super) fn first_fit(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    squeeze: Squeeze,
) -> Option<Best> {
    late(ruler, points, measures, squeeze, true)
}

/// Every line as late as it may, first at breaks without a penalty where
/// `sparing`.
fn late(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    squeeze: Squeeze,
    sparing: bool,
) -> Option<Best> {
    let end = points.len().saturating_sub(1);
    let fences = fences(points);
    let mut best = Best::default();
    let mut from = 0;
    while from < end {
        let measure = measures.of(best.breaks.len());
        let ends = ends(ruler, points, from, fences[from], measure);
        let start = points[from].at;
        let last = |dear: bool| {
            let ends = ends.clone().filter(|&to| dear || points[to].penalty == 0);
            ends.rev()
                .find_map(|to| Some((to, price(ruler, start, &points[to], measure, squeeze)?)))
        };
        let spared = if sparing { last(false) } else { None };
        let (to, priced) = spared.or_else(|| last(true))?;
        best.cost = best.cost.saturating_add(priced.cost);
        best.loose |= priced.loose;
        best.breaks.push(to);
        from = to;
    }
    Some(best)
}

pub(super) fn step(node: &Node, from: usize, from_tail: bool, cost: i64, loose: bool) -> Node {
    Node {
        cost: node.cost.saturating_add(cost),
        from: u32::try_from(from).unwrap_or(u32::MAX),
        from_tail,
        loose: node.loose || loose,
    }
}

/// For each point the next forced break after it, which no line passes.
pub(super) fn fences(points: &[Point]) -> Vec<usize> {
    let mut fences = vec![0; points.len()];
    let mut fence = points.len().saturating_sub(1);
    for index in (0..points.len()).rev() {
        fences[index] = fence;
        if points[index].forced {
            fence = index;
        }
    }
    fences
}

/// Where lines start from, and what they may cost.
#[derive(Clone, Copy)]
pub(super) struct Starts {
    pub(super) from: usize,
    /// The next forced break.
    pub(super) fence: usize,
    pub(super) measure: i64,
    pub(super) squeeze: Squeeze,
    /// What a line may cost at most.
    pub(super) room: i64,
}

/// The break points at which a line from `from` could end; at least one.
pub(super) fn ends(
    ruler: &Ruler<'_>,
    points: &[Point],
    from: usize,
    fence: usize,
    measure: i64,
) -> Range<usize> {
    let start = points[from].at;
    let reach = |index: usize| ruler.floor(start, points[index].at) <= measure + ruler.slack;
    // gallop, for a line is short against a paragraph
    let mut stride = 16;
    let mut high = from + 1;
    while high + stride <= fence && reach(high + stride) {
        high += stride;
        stride *= 2;
    }
    let limit = (high + stride).min(fence);
    let span: &[Point] = &points[high..=limit];
    high += span.partition_point(|point| ruler.floor(start, point.at) <= measure + ruler.slack);
    // the first point is always tried: nothing else may fit
    from + 1..high.max(from + 2)
}

/// Offers every permitted line that starts at a point and is not too dear.
pub(super) fn relax(
    ruler: &Ruler<'_>,
    points: &[Point],
    starts: Starts,
    mut offer: impl FnMut(usize, i64, bool),
) {
    let Starts {
        from,
        fence,
        measure,
        squeeze,
        room,
    } = starts;
    let start = points[from].at;
    let mut tried = 0;
    let mut found = false;
    for to in ends(ruler, points, from, fence, measure).rev() {
        if found && tried >= WINDOW {
            break;
        }
        if let Some(priced) = price(ruler, start, &points[to], measure, squeeze) {
            found = true;
            if priced.cost <= room {
                offer(to, priced.cost, priced.loose);
            } else if floor(ruler, start, &points[to], measure) > room {
                break;
            }
        }
        if found {
            tried += 1;
        }
    }
}

pub(super) fn trace(layers: &[Layer], tail: &[Node], end: usize) -> Best {
    // the end may be reached by a line of any number: fewer lines first
    let mut node = tail[end];
    let mut line = usize::MAX;
    for (index, layer) in layers.iter().enumerate().rev() {
        if let Some(last) = layer.get(end)
            && last.cost <= node.cost
            && last.cost < i64::MAX
        {
            node = *last;
            line = index;
        }
    }
    let mut best = Best {
        cost: node.cost,
        breaks: vec![end],
        loose: node.loose,
    };
    let mut in_tail = line == usize::MAX;
    if in_tail {
        line = layers.len();
    }
    loop {
        let from = node.from as usize;
        if from == 0 {
            break;
        }
        best.breaks.push(from);
        in_tail = in_tail && node.from_tail;
        if in_tail {
            node = tail[from];
            continue;
        }
        line -= 1;
        match layers.get(line).and_then(|layer| layer.get(from)) {
            Some(before) => node = *before,
            None => break,
        }
    }
    best.breaks.reverse();
    best
}
