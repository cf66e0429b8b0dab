//! 省行: the cheapest way to set a paragraph in fewer lines than it takes by
//! itself (P11, E04).

use crate::base::diag::Diagnostic;

use super::break_points::Point;
use super::cost::Squeeze;
use super::measure::Ruler;
use super::optimum::{self, Best, Layer, Measures, Starts};

/// The cheapest breaks that make no more than `most` lines, where any line may
/// be squeezed. `None` where the text cannot be squeezed so far, and where a line
/// would be looser than the limit or a word or number parted: no gain.
pub(super) fn find(
    ruler: &Ruler<'_>,
    points: &[Point],
    measures: &Measures<'_>,
    most: usize,
) -> Option<Best> {
    let end = points.len().checked_sub(1).filter(|&end| end > 0)?;
    let fences = optimum::fences(points);
    // what lines from each number on can hold together, with what their edges
    // trim or swallow
    let edges = ruler.wobble + ruler.galley.em.raw() / 2;
    let mut room = vec![0i64; most + 1];
    for line in (0..most).rev() {
        room[line] = room[line + 1].saturating_add(measures.of(line) + edges);
    }
    let mut layers = vec![Layer::start()];
    for line in 0..most {
        let mut next = Layer::empty();
        for (from, node) in layers[line].reached() {
            // only a start from which the rest still fits leads anywhere
            let rest = ruler.floor(points[from].at, points[end].at);
            if from == end || rest > room[line] {
                continue;
            }
            let starts = Starts {
                from,
                fence: fences[from],
                measure: measures.of(line),
                squeeze: Squeeze::Any,
                room: i64::MAX,
            };
            optimum::relax(ruler, points, starts, |to, cost, loose| {
                next.offer(to, optimum::step(node, from, false, cost, loose));
            });
        }
        layers.push(next);
    }
    let best = optimum::trace(&layers, &vec![optimum::UNREACHED; points.len()], end);
    let whole = best.breaks.iter().all(|&to| points[to].penalty == 0);
    (best.cost < i64::MAX && !best.loose && whole).then_some(best)
}

/// The note of a paragraph that was squeezed to lose a line.
pub(super) fn saved() -> Diagnostic {
    Diagnostic::info(
        "line/saved",
        "末行会孤零零落在下一栏栏头，已挤压标点省去一行",
        "its last line would have stood alone at the head of a column; marks were squeezed to save the line",
    )
    .help("删一二字，可免挤压", "cut a word to spare it")
}
