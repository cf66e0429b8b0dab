//! What a line costs: the one function that both the optimal breaker and its
//! brute-force reference use.
//!
//! A gap opened by t thousandths of an em in step 3 of stretching has badness
//! b = 100 (t/250)³, and the line costs (1 + b)² demerits, here counted in
//! thousandths: a line at the loose limit of 1/4 em costs about 10,000
//! demerits. Word spaces and Han–Western gaps open, and blanks are squeezed,
//! almost for nothing: pushing in comes before pushing out (L20, L33). A lone
//! last character (P10) costs 15,000, worse than a line at the limit and
//! better than one at 0.3 em; in columns of 4 and 5 em more than the line from
//! which one character was brought down.
//!
//! A line in which nothing can open (a stretch of an address) ends short and
//! is not torn. It costs what one gap of its white would, but no more than a
//! line opened by half an em and the part of its measure that is white: rather
//! than tear the line before it an address is broken, but no word stands alone
//! in a wide column.

use crate::base::clreq::{Class, Fit, Level};
use crate::compose::spacing::Gap;
use crate::story::Align;

use super::break_points::Point;
use super::measure::{Measured, Ruler};

/// Cost of a lone last character.
const RUNT: i64 = 15_000_000;
/// Cost of squeezing a line that no rule asks to be squeezed, where the whole
/// paragraph is tried again (L44): that of a line at the usual limit, so that
/// only a line beyond it, or its neighbour, is worth it.
const UNASKED: i64 = 10_000_000;
/// Cost of a break inside a phone number: that of a line opened by 0.6 em.
pub(super) const DEAR: i64 = 2_000_000_000;
/// Cost of a break inside a word, where the scheme allows it.
pub(super) const WORD_BREAK: i64 = 60_000_000;
/// Cost of a hyphen: half that of a line at the usual limit, so that words are
/// parted to spare a loose line only (L16).
pub(super) const HYPHEN: i64 = 5_000_000;
/// Cost of the second of two marks at a line's start on the grid of
/// characters: half that of a line one character short (L49).
pub(super) const GRID_MARK: i64 = 5_000_000;
/// Cost of a break inside a unit wider than the measure.
pub(super) const EMERGENCY: i64 = 1_000_000_000_000;
/// Cost of an atom wider than the measure.
const OVERLONG: i64 = 2_000_000_000_000;
/// Beyond this opening, in thousandths of an em, cost grows only linearly,
/// so that the sum over a long paragraph cannot overflow.
const HOPELESS: i64 = 1_350;
/// What each further thousandth costs, up to [`END_OF_SCALE`].
const SLOPE: i64 = 100_000_000;
/// Openings beyond 20 em cost no more.
const END_OF_SCALE: i64 = 20_000;

/// Which lines may be squeezed (L29).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Squeeze {
    /// Those that a rule asks for.
    Asked,
    /// Those, and dearly any other: the second try of L44.
    Dearly,
    /// All.
    Any,
}

impl From<Fit> for Squeeze {
    fn from(fit: Fit) -> Self {
        match fit {
            Fit::ProhibitionOnly => Self::Asked,
            Fit::ShrinkFirst => Self::Any,
        }
    }
}

/// A permitted line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Priced {
    pub(super) cost: i64,
    /// A gap opens beyond the loose limit.
    pub(super) loose: bool,
}

/// How a line is brought to its measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) measured: Measured,
    /// What is to be taken on (positive) or given (negative).
    pub(super) extra: i64,
    /// The last atom hangs outside the measure.
    pub(super) hung: bool,
    /// The line fills its measure.
    pub(super) fills: bool,
}

/// Measures the line from `from` to the break `to` against its measure.
pub(super) fn plan(ruler: &Ruler<'_>, from: usize, to: &Point, measure: i64) -> Plan {
    let mut measured = ruler.measure(from, to.at);
    let mut hung = false;
    measured.natural += to.hyphen.map_or(0, |hyphen| hyphen.width);
    if measured.natural > measure && ruler.hangs(&measured).is_some() {
        let inner = ruler.measure_with(from, measured.last - 1, false);
        if inner.natural <= measure && inner.last + 1 == measured.last {
            measured = Measured {
                last: measured.last,
                ..inner
            };
            hung = true;
        }
    }
    let fills = match ruler.galley.align {
        Align::Even => true,
        // on the grid of characters white stays at the end (L49)
        Align::Justify => !to.forced && !to.end && ruler.galley.grid.is_none(),
        Align::Start | Align::Center | Align::End => false,
    };
    Plan {
        extra: measure - measured.natural,
        measured,
        hung,
        fills,
    }
}

/// The price of the line from `from` to the break `to`, or `None` where it is
/// not permitted.
pub(super) fn price(
    ruler: &Ruler<'_>,
    from: usize,
    to: &Point,
    measure: i64,
    squeeze: Squeeze,
) -> Option<Priced> {
    let plan = plan(ruler, from, to, measure);
    let mut cost = to.penalty;
    if to.end && from > 0 && runt(ruler, from, to) {
        cost += runt_cost(ruler, measure);
    }
    let line = &plan.measured;
    let mut loose = false;
    // even setting spreads a last line too, however short it is (P32)
    let ends = to.end || to.forced;
    if plan.extra < 0 {
        let single = line.last <= line.first + 1;
        if line.shrink + plan.extra < 0 {
            if !single {
                return None;
            }
            return Some(Priced {
                cost: cost + OVERLONG,
                loose,
            });
        }
        if !single && squeeze != Squeeze::Any && !asks(ruler, from, to, measure) {
            if squeeze == Squeeze::Asked {
                return None;
            }
            cost += UNASKED;
        }
        // at most 0.1 of badness: never dearer than pushing out
        cost += demerits(-plan.extra * 100 / line.shrink.max(1));
    } else if plan.fills && !(ends && ruler.galley.align == Align::Even) {
        let easy = plan.extra.min(line.easy);
        let mut badness = if easy > 0 { easy * 500 / line.easy } else { 0 };
        let rest = plan.extra - easy;
        let em = ruler.galley.em.raw();
        let limit = ruler.galley.scheme.loose_limit.of(ruler.galley.em).raw();
        let opening;
        (opening, loose) = if line.open == 0 && line.easy == 0 {
            without_gaps(ruler, line, rest, measure)
        } else {
            let sharers = line.sharers();
            let opening = thousandths(rest, em * sharers.max(1));
            (opening, rest > limit * sharers)
        };
        badness += cube(opening);
        cost += demerits(badness) + slope(opening);
    } else if ends {
        cost += demerits(0);
    } else {
        let opening = ragged(ruler, plan.extra, measure);
        cost += demerits(cube(opening)) + slope(opening);
    }
    Some(Priced { cost, loose })
}

/// What any line from `from` that ends before the break `to` costs at least;
/// 0 where nothing is known.
///
/// A shorter line has no fewer white and no more gaps to share it among, but
/// for the blanks that its own end keeps or loses ([`Ruler::wobble`]); or it
/// has no gap at all and ends short.
pub(super) fn floor(ruler: &Ruler<'_>, from: usize, to: &Point, measure: i64) -> i64 {
    let plan = plan(ruler, from, to, measure);
    let white = plan.extra - ruler.wobble;
    if white <= 0 || to.end || to.forced {
        return 0;
    }
    let opening = if plan.fills {
        let em = ruler.galley.em.raw();
        let rest = (white - plan.measured.easy).max(0);
        // a shorter line may lose the one gap that opens, and its word spaces
        // share instead
        let sharers = plan.measured.open.max(plan.measured.takers);
        let shared = thousandths(rest, em * sharers.max(1));
        if may_end_short(ruler, &plan.measured) {
            shared.min(short(white, measure))
        } else {
            shared
        }
    } else {
        ragged(ruler, white, measure)
    };
    demerits(cube(opening)) + slope(opening)
}

/// Cost of a break inside a run of marks (L43): that of a line opened to the
/// loose limit, so that only a line torn beyond it is worth one.
pub(super) fn relaxation(ruler: &Ruler<'_>) -> i64 {
    let em = ruler.galley.em;
    let limit = thousandths(ruler.galley.scheme.loose_limit.of(em).raw(), em.raw());
    demerits(cube(limit)) + slope(limit)
}

/// What white at the end of a line counts as that is not to be filled: half a
/// measure of it is as bad as a line at the loose limit, on the grid of
/// characters one em.
fn ragged(ruler: &Ruler<'_>, white: i64, measure: i64) -> i64 {
    if ruler.galley.grid.is_some() {
        thousandths(white, ruler.galley.em.raw() * 4)
    } else {
        thousandths(white, measure.max(1)) / 2
    }
}

/// Whether the last line holds too few characters (P10). One that starts with
/// marks that were parted from their run is not alone (L43, L49), unless it is
/// a single mark.
pub(super) fn runt(ruler: &Ruler<'_>, from: usize, to: &Point) -> bool {
    let galley = ruler.galley;
    let first = galley.atoms.get(from);
    let seen = ruler.measure(from, to.at);
    let marks = first.is_some_and(|atom| atom.class.closes()) && seen.last > seen.first + 1;
    let few = ruler.words(from, to.at) < u32::from(galley.scheme.runt_minimum);
    few && !(marks && galley.scheme.level != Level::None)
}

/// What a line counts as in which no gap opens, and whether it is loose: a
/// gap that something else must take on, or, where it is Western text without
/// a connector, an end that stays short.
#[cold]
fn without_gaps(ruler: &Ruler<'_>, line: &Measured, rest: i64, measure: i64) -> (i64, bool) {
    let galley = ruler.galley;
    let em = galley.em.raw();
    let western = |at: usize| {
        let atom = galley.atoms.get(at);
        atom.is_some_and(|atom| atom.class.western())
    };
    let ends_short = line.last > line.first + 1 && western(line.first) && western(line.last - 1);
    if !ends_short {
        return (thousandths(rest, em), rest > 0);
    }
    let gaps = connectors(ruler, line);
    let torn = thousandths(rest, em * gaps.max(1));
    if gaps > 0 {
        let limit = galley.scheme.loose_limit.of(galley.em).raw();
        (torn.max(short(rest, measure)), rest > limit * gaps)
    } else {
        (torn.min(short(rest, measure)), false)
    }
}

/// The opening that a line without gaps counts as, at most.
fn short(white: i64, measure: i64) -> i64 {
    500 + thousandths(white, measure)
}

/// Whether a line that begins as `line` does may end short: no gap opens
/// behind its first atom.
fn may_end_short(ruler: &Ruler<'_>, line: &Measured) -> bool {
    let galley = ruler.galley;
    let first = galley.atoms.get(line.first);
    let joint = galley.joints.get(line.first + 1);
    first.is_some_and(|atom| atom.class.western())
        && joint.is_none_or(|joint| joint.gap != Gap::Open && joint.stretch == 0)
}

/// The gaps at connectors and solidi, which open where nothing else can.
fn connectors(ruler: &Ruler<'_>, line: &Measured) -> i64 {
    let atoms = ruler.galley.atoms.get(line.first..line.last);
    let mark = |class: Class| matches!(class, Class::Conn | Class::Sol);
    let pairs = atoms.unwrap_or_default().windows(2);
    let gaps = pairs.filter(|pair| pair.iter().any(|atom| mark(atom.class)));
    i64::try_from(gaps.count()).unwrap_or(i64::MAX)
}

/// What a lone last character costs: more than the line above it would if it
/// gave one of its own (P10). From 6 em on such a line is within the limit;
/// one of 3 em would be torn by a whole em (L01).
#[cold]
fn runt_cost(ruler: &Ruler<'_>, measure: i64) -> i64 {
    let gaps = measure / ruler.galley.em.raw() - 2;
    if (2..=3).contains(&gaps) {
        let opening = 1000 / gaps;
        RUNT + demerits(cube(opening)) + slope(opening)
    } else {
        RUNT
    }
}

/// Whether a rule asks a line too wide by nature to be squeezed (L29).
fn asks(ruler: &Ruler<'_>, from: usize, to: &Point, measure: i64) -> bool {
    let fits = |at: usize| ruler.measure(from, at.max(from + 1)).natural <= measure;
    // what does not fit may not start a line: push in (L33)
    if fits(ruler.pulled(to.at)) {
        return true;
    }
    // what does not fit would be a lone last character (P10)
    let minimum = u32::from(ruler.galley.scheme.runt_minimum);
    if to.end && fits(ruler.runt_start(from, to.at, minimum)) {
        return true;
    }
    // a unit that has no break inside has no other way
    from >= ruler.unit(to.at)
}

fn thousandths(part: i64, whole: i64) -> i64 {
    (part.saturating_mul(1000) / whole.max(1)).min(1_000_000_000)
}

/// Badness in thousandths of an opening in thousandths of an em.
fn cube(opening: i64) -> i64 {
    let opening = opening.min(HOPELESS);
    opening * opening * opening * 4 / 625
}

/// What an opening costs beyond its demerits; a little even for a small one,
/// so that no two openings cost the same.
fn slope(opening: i64) -> i64 {
    opening + (opening.min(END_OF_SCALE) - HOPELESS).max(0) * SLOPE
}

fn demerits(badness: i64) -> i64 {
    (1000 + badness) * (1000 + badness) / 1000
}
