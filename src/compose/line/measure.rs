//! The width of any stretch of a galley as a line, in constant time: prefix
//! sums, corrected at the two edges.

use crate::base::clreq::{Class, LineEnd, Region, may_hang};
use crate::compose::spacing::{Atom, Break, Galley, Gap};

use super::pad::Pads;

/// Sums over all atoms before a position, each with the joint in front of it.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    natural: i64,
    shrink: i64,
    /// What steps 1 and 2 of stretching can take on.
    easy: i64,
    /// Gaps that open in step 3.
    open: u32,
    /// Word spaces, which take all where no gap opens. Gaps between Han and
    /// digits take it too, but a line that tears them beyond their most is
    /// priced as if one gap were torn: 1998 年 7 月 26 is no line.
    takers: u32,
    /// Characters that count for P10.
    words: u32,
}

/// A galley with everything needed to measure its lines.
pub(super) struct Ruler<'a> {
    pub(super) galley: &'a Galley,
    sums: Vec<Sums>,
    /// For each position, the first position at or after it whose atom no
    /// line start swallows.
    head: Vec<u32>,
    /// For each position, one past the last atom before it that no line end
    /// swallows.
    tail: Vec<u32>,
    /// For each position, where the run of atoms that ends before it and may
    /// not start a line begins.
    pulled: Vec<u32>,
    /// For each position, the last break before it.
    unit: Vec<u32>,
    /// The atom right behind a first-line indent (L32).
    indented: Option<usize>,
    /// How far an edge correction can reach.
    pub(super) slack: i64,
    /// By how much a stretch can be narrower than a shorter one with the same
    /// start: two blanks that a line end trims or gives back, tracking below
    /// zero, a hyphen, and padding.
    pub(super) wobble: i64,
}

/// How an atom's blank is cut where it stands in its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) cut: i64,
    /// What it can still give, and in which step.
    pub(super) shrink: i64,
    pub(super) step: u8,
}

/// A stretch of a galley measured as a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measured {
    /// First atom that is set.
    pub(super) first: usize,
    /// One past the last atom that is set.
    pub(super) last: usize,
    pub(super) natural: i64,
    pub(super) shrink: i64,
    pub(super) easy: i64,
    /// Gaps that open in step 3.
    pub(super) open: i64,
    /// Word spaces, which take all where no gap opens. Gaps between Han and
    /// digits take it too, but a line that tears them beyond their most is
    /// priced as if one gap were torn: 1998 年 7 月 26 is no line.
    pub(super) takers: i64,
}

impl Measured {
    /// How many share what steps 1 and 2 of stretching leave.
    pub(super) fn sharers(&self) -> i64 {
        if self.open > 0 {
            self.open
        } else {
            self.takers
        }
    }
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'a> Ruler<'a> {
    pub(super) fn new(galley: &'a Galley) -> Self {
        let count = galley.atoms.len();
        let mut sums = Vec::with_capacity(count + 1);
        let mut sum = Sums::default();
        sums.push(sum);
        let mut tail = vec![0; count + 1];
        let mut pulled = vec![0; count + 1];
        let mut unit = vec![0; count + 1];
        let mut slack = galley.em.raw();
        let (mut blank, mut overlap) = (0, 0);
        for (at, atom) in galley.atoms.iter().enumerate() {
            let joint = &galley.joints[at];
            if at > 0 {
                sum.natural += joint.natural;
                sum.shrink += joint.shrink;
                sum.easy += joint.stretch;
                sum.open += u32::from(joint.gap == Gap::Open);
            }
            sum.takers += u32::from(atom.stretch > 0);
            sum.natural += atom.width - atom.cut;
            sum.shrink += atom.shrink
                + if atom.step > 0 {
                    atom.blank - atom.cut
                } else {
                    0
                };
            sum.easy += atom.stretch;
            sum.words += u32::from(atom.class.counts());
            sums.push(sum);
            tail[at + 1] = if atom.swallowed {
                tail[at]
            } else {
                small(at + 1)
            };
            let level = galley.scheme.level;
            pulled[at + 1] = if level.forbids_start(atom.class) || atom.class.invisible() {
                pulled[at]
            } else {
                small(at + 1)
            };
            let starts = at > 0 && joint.rule != Break::Never;
            unit[at + 1] = if starts { small(at) } else { unit[at] };
            slack = slack.max(atom.width);
            blank = blank.max(atom.blank);
            overlap = overlap.max(-joint.natural);
        }
        // at the paragraph's start and after a forced break a typed U+3000
        // stands; after a soft one it is swallowed too (L19)
        let mut head = vec![small(count); count + 1];
        let mut soft = small(count);
        for at in (0..count).rev() {
            let atom = &galley.atoms[at];
            let hard = at == 0 || galley.joints[at].rule == Break::Forced;
            let seen = !atom.swallowed;
            let stands = seen || atom.class == Class::Wide;
            if seen {
                soft = small(at);
            }
            head[at] = match (hard && stands, seen) {
                (true, _) | (_, true) => small(at),
                _ => soft,
            };
        }
        // a line of nothing but its line feed has taken the indent
        let behind_indent = head[0] as usize;
        let first_line = galley.atoms.get(..behind_indent).unwrap_or_default();
        let taken = first_line.iter().any(|atom| atom.class == Class::Feed);
        let indented = (galley.indent.raw() > 0 && !taken).then_some(behind_indent);
        Self {
            galley,
            indented,
            sums,
            head,
            tail,
            pulled,
            unit,
            slack: slack * 4,
            wobble: blank * 2
                + overlap
                + galley.hyphens.iter().copied().max().unwrap_or(0)
                + galley.grid.as_ref().map_or(0, |_| galley.em.raw()),
        }
    }

    /// The least width that atoms `from..to` can take, edges not looked at:
    /// grows with `to`.
    pub(super) fn floor(&self, from: usize, to: usize) -> i64 {
        let (from, to) = (self.head[from] as usize, self.tail[to] as usize);
        if to <= from {
            return 0;
        }
        let (a, b) = (&self.sums[from], &self.sums[to]);
        (b.natural - b.shrink) - (a.natural - a.shrink)
    }

    /// Characters for P10 in `from..to`.
    pub(super) fn words(&self, from: usize, to: usize) -> u32 {
        self.sums[to].words.saturating_sub(self.sums[from].words)
    }

    /// The first position that has fewer than `minimum` characters between it
    /// and `to`, not before `from`; `to` itself where nothing is fewer.
    pub(super) fn runt_start(&self, from: usize, to: usize, minimum: u32) -> usize {
        let whole = self.sums[to].words;
        let sums = &self.sums[from..=to];
        let start = from + sums.partition_point(|sum| whole - sum.words >= minimum);
        start.min(to)
    }

    /// Where the atoms begin that end before `at` and may not start a line.
    pub(super) fn pulled(&self, at: usize) -> usize {
        self.pulled[at] as usize
    }

    /// The last break before `at`.
    pub(super) fn unit(&self, at: usize) -> usize {
        self.unit[at] as usize
    }

    /// Measures `from..to` as a line: pair cuts, then edge trims (L20).
    pub(super) fn measure(&self, from: usize, to: usize) -> Measured {
        self.measure_with(from, to, true)
    }

    /// The same; without `end` the last atom is not taken to stand at a line
    /// end (a mark hangs behind it).
    pub(super) fn measure_with(&self, from: usize, to: usize, end: bool) -> Measured {
        let first = self.head[from] as usize;
        let last = self.tail[to] as usize;
        let last = if last <= first && self.wide(first, to) {
            first + 1
        } else {
            last
        };
        if last <= first {
            return Measured {
                first,
                last: first,
                ..Measured::default()
            };
        }
        let (a, b) = (&self.sums[first], &self.sums[last]);
        let mut measured = Measured {
            first,
            last,
            natural: b.natural - a.natural,
            shrink: b.shrink - a.shrink,
            easy: b.easy - a.easy,
            open: i64::from(b.open - a.open),
            takers: i64::from(b.takers - a.takers),
        };
        if first > 0 {
            let joint = &self.galley.joints[first];
            measured.natural -= joint.natural;
            measured.shrink -= joint.shrink;
            measured.easy -= joint.stretch;
            measured.open -= i64::from(joint.gap == Gap::Open);
        }
        let inner = last - 1;
        if first != inner {
            self.correct(&mut measured, first, self.edge(first, true, false));
        }
        if end || first == inner {
            self.correct(&mut measured, inner, self.edge(inner, first == inner, end));
        }
        if self.galley.grid.is_some() {
            measured.natural += self.pads(first, last).sum();
        }
        measured
    }

    /// What the line of atoms `first..last` is padded by otherwise than the
    /// galley (L49).
    pub(super) fn pads(&self, first: usize, last: usize) -> Pads {
        Pads::of(self.galley, first, last, |from, to| {
            let whole = self.sums[to].natural - self.sums[from].natural;
            whole
                - if from > 0 {
                    self.galley.joints[from].natural
                } else {
                    0
                }
        })
    }

    /// A U+3000 that stands alone where a line starts hard.
    fn wide(&self, first: usize, to: usize) -> bool {
        first < to && self.galley.atoms[first].class == Class::Wide
    }

    fn correct(&self, measured: &mut Measured, at: usize, edge: Edge) {
        let atom = &self.galley.atoms[at];
        measured.natural -= edge.cut - atom.cut;
        let before = if atom.step > 0 {
            atom.blank - atom.cut
        } else {
            0
        };
        measured.shrink += edge.shrink - before;
    }

    /// An atom's cut at a line's start, its end, or both (L30–L32).
    pub(super) fn edge(&self, at: usize, starts: bool, ends: bool) -> Edge {
        let atom = &self.galley.atoms[at];
        let scheme = &self.galley.scheme;
        let mut edge = Edge {
            cut: atom.cut,
            shrink: 0,
            step: atom.step,
        };
        if self.galley.grid.is_some() {
            // a mark keeps its whole em on the grid of characters (L49)
            return edge;
        }
        if (ends && atom.cut_by_next) || (starts && atom.class == Class::Open) {
            // the neighbour that cut it stands on another line
            edge.cut = 0;
        }
        let indented = self.indented == Some(at);
        let trims = scheme.trim_line_start && (scheme.trim_after_indent || !indented);
        if starts && trims && atom.class == Class::Open {
            edge.cut = atom.blank;
        }
        if ends && atom.class.closes() {
            match scheme.line_end {
                LineEnd::Half => edge.cut = atom.blank,
                LineEnd::Full => {}
                LineEnd::Allow => edge.step = 1,
            }
        }
        if edge.step > 0 {
            edge.shrink = atom.blank - edge.cut;
        }
        edge
    }

    /// The mark that may hang behind the line `from..to` (L41).
    pub(super) fn hangs(&self, measured: &Measured) -> Option<&'a Atom> {
        let scheme = &self.galley.scheme;
        if !scheme.hanging || scheme.region != Region::Cn || measured.last < measured.first + 2 {
            return None;
        }
        let atom = &self.galley.atoms[measured.last - 1];
        let mut mark = self.galley.text_of(&atom.text).chars();
        let hangs = mark.next().is_some_and(may_hang) && mark.next().is_none();
        hangs.then_some(atom)
    }
}
