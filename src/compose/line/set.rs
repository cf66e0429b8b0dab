//! Sets one line: squeezes or stretches it to its measure and places its
//! atoms.

use std::ops::Range;

use crate::base::clreq::Class;
use crate::base::diag::Diagnostic;
use crate::base::geom::{Length, decimal};
use crate::compose::spacing::{Atom, Gap, Place};
use crate::story::Align;

use super::break_points::Point;
use super::cost::{self, Plan};
use super::measure::Ruler;
use super::optimum::Measures;
use super::share;
use super::{Line, SetAtom};

/// Sets atoms `atoms`, which end at the break `end`, as line number `number`.
pub(super) fn line(
    ruler: &Ruler<'_>,
    atoms: Range<usize>,
    end: &Point,
    number: usize,
    measures: &Measures<'_>,
) -> Line {
    let measure = measures.of(number);
    let (plan, work) = at_work(ruler, atoms.start, end, measure);
    let mut notes = Vec::new();
    let width = plan.measured.natural + work.gained;
    note(ruler, &plan, &work, (atoms.start, end), measure, &mut notes);
    let white = (measure - width).max(0);
    let offset = match ruler.galley.align {
        Align::Center => white / 2,
        Align::End => white,
        Align::Start | Align::Justify | Align::Even => 0,
    };
    let all = &ruler.galley.atoms;
    let text = match (all.get(atoms.start), all.get(atoms.end.wrapping_sub(1))) {
        (Some(first), Some(last)) => first.text.start..last.text.end,
        _ => 0..0,
    };
    let seen = if plan.measured.first < plan.measured.last {
        all[plan.measured.first].text.start..all[plan.measured.last - 1].text.end
    } else {
        text.start..text.start
    };
    Line {
        text,
        seen,
        measure: measures.whole(number),
        x: measures.indent(number) + Length::units(offset),
        natural: Length::units(plan.measured.natural),
        width: Length::units(width),
        loose: Length::units(work.loose),
        glyphs: work.place(atoms, end),
        notes,
        last: end.end,
        forced: end.forced,
    }
}

/// The line from atom `from` to the break `end`, squeezed or stretched.
pub(super) fn at_work<'a>(
    ruler: &'a Ruler<'a>,
    from: usize,
    end: &Point,
    measure: i64,
) -> (Plan, Work<'a>) {
    let plan = cost::plan(ruler, from, end, measure);
    let mut work = Work::new(ruler, &plan);
    if plan.extra < 0 {
        work.squeeze(-plan.extra);
    } else if plan.fills {
        work.stretch(plan.extra);
    }
    (plan, work)
}

/// A line in the making. Vectors run over the atoms that are set.
pub(super) struct Work<'a> {
    ruler: &'a Ruler<'a>,
    first: usize,
    last: usize,
    hung: bool,
    /// Cut of each atom's blank.
    pub(super) cuts: Vec<i64>,
    /// What each atom can still give, and in which step.
    gives: Vec<(u8, i64)>,
    /// Width a word space has gained or lost.
    pub(super) spaces: Vec<i64>,
    /// Gap in front of each atom; that of the first is padding (L49).
    pub(super) gaps: Vec<i64>,
    gained: i64,
    /// Widest opening of step 3.
    loose: i64,
}

impl<'a> Work<'a> {
    fn new(ruler: &'a Ruler<'a>, plan: &Plan) -> Self {
        let (first, last) = (plan.measured.first, plan.measured.last);
        let count = last - first;
        let mut cuts = Vec::with_capacity(count);
        let mut gives = Vec::with_capacity(count);
        let mut gaps = Vec::with_capacity(count);
        for at in first..last {
            // in front of a hung mark nothing stands at the line's end
            let edge = ruler.edge(at, at == first, at + 1 == last);
            cuts.push(edge.cut);
            gives.push((edge.step, edge.shrink));
            gaps.push(if at == first {
                0
            } else {
                ruler.galley.joints[at].natural
            });
        }
        let pads = ruler.pads(first, last - usize::from(plan.hung));
        if let Some(gap) = gaps.first_mut() {
            *gap += pads.lead;
        }
        for (at, by) in pads.inner.into_iter().flatten() {
            if let Some(gap) = gaps.get_mut(at - first) {
                *gap += by;
            }
        }
        if plan.hung
            && let Some(last) = gives.last_mut()
        {
            *last = (0, 0);
        }
        Self {
            ruler,
            first,
            last,
            hung: plan.hung,
            cuts,
            gives,
            spaces: vec![0; count],
            gaps,
            gained: 0,
            loose: 0,
        }
    }

    /// One past the last atom inside the measure, from `first`.
    fn inside(&self) -> usize {
        (self.last - self.first) - usize::from(self.hung)
    }

    fn atom(&self, index: usize) -> &Atom {
        &self.ruler.galley.atoms[self.first + index]
    }

    /// The seven steps of L35, equal shares within each (L36).
    fn squeeze(&mut self, need: i64) {
        let mut left = need;
        for step in 1..=7 {
            if left == 0 {
                return;
            }
            let inside = self.inside();
            let joints = &self.ruler.galley.joints;
            let caps: Vec<i64> = (0..inside)
                .map(|index| match step {
                    2 => self.atom(index).shrink,
                    6 if index > 0 => joints[self.first + index].shrink,
                    6 => 0,
                    _ if self.gives[index].0 == step => self.gives[index].1,
                    _ => 0,
                })
                .collect();
            for (index, part) in share::capped(left, &caps).into_iter().enumerate() {
                match step {
                    2 => self.spaces[index] -= part,
                    6 => self.gaps[index] -= part,
                    _ => self.cuts[index] += part,
                }
                left -= part;
                self.gained -= part;
            }
        }
    }

    /// The three steps of L38, with the exclusions of L39. Where no gap opens
    /// in the third, the gaps of the first two open beyond their caps, then
    /// those at connectors; where there is none at all, the line stays short.
    fn stretch(&mut self, need: i64) {
        let joints = &self.ruler.galley.joints;
        let inside = self.inside();
        let spaces: Vec<i64> = (0..inside).map(|index| self.atom(index).stretch).collect();
        let mut left = need - self.widen_spaces(&share::capped(need, &spaces));
        let west: Vec<i64> = (0..inside)
            .map(|index| {
                if index > 0 {
                    joints[self.first + index].stretch
                } else {
                    0
                }
            })
            .collect();
        left -= self.widen_gaps(&share::capped(left, &west));
        if left == 0 {
            return;
        }
        let open: Vec<usize> = (1..inside)
            .filter(|&index| joints[self.first + index].gap == Gap::Open)
            .collect();
        if !open.is_empty() {
            for (&index, part) in open.iter().zip(share::equal(left, open.len())) {
                self.gaps[index] += part;
                self.gained += part;
                self.loose = self.loose.max(part);
            }
            return;
        }
        let fixed = self.ruler.galley.scheme.gaps_fixed;
        let joint = |index: usize| joints[self.first + index].gap == Gap::HanWest && !fixed;
        let mut takers: Vec<(usize, bool)> = (0..inside)
            .flat_map(|index| {
                let gap = (index > 0 && joint(index)).then_some((index, true));
                let space = self.atom(index).stretch > 0;
                [gap, space.then_some((index, false))]
            })
            .flatten()
            .collect();
        if takers.is_empty() {
            // the gaps at connectors are to be avoided (L39), not forbidden
            let avoided = |index: usize| {
                let marks = |atom: &Atom| matches!(atom.class, Class::Conn | Class::Sol);
                marks(self.atom(index - 1)) || marks(self.atom(index))
            };
            takers.extend(
                (1..inside)
                    .filter(|&index| avoided(index))
                    .map(|index| (index, true)),
            );
        }
        for (&(index, is_gap), part) in takers.iter().zip(share::equal(left, takers.len())) {
            if is_gap {
                self.gaps[index] += part;
            } else {
                self.spaces[index] += part;
            }
            self.gained += part;
            self.loose = self.loose.max(part);
        }
    }

    fn widen_spaces(&mut self, parts: &[i64]) -> i64 {
        for (space, part) in self.spaces.iter_mut().zip(parts) {
            *space += part;
        }
        let sum: i64 = parts.iter().sum();
        self.gained += sum;
        sum
    }

    fn widen_gaps(&mut self, parts: &[i64]) -> i64 {
        for (gap, part) in self.gaps.iter_mut().zip(parts) {
            *gap += part;
        }
        let sum: i64 = parts.iter().sum();
        self.gained += sum;
        sum
    }

    /// Places all atoms of the line, swallowed ones at its edges included, and
    /// the hyphen it ends with.
    fn place(&self, atoms: Range<usize>, end: &Point) -> Vec<SetAtom> {
        let mut x = 0;
        let mut glyphs = Vec::with_capacity(atoms.len());
        for at in atoms {
            let atom = &self.ruler.galley.atoms[at];
            let mut set = SetAtom {
                clusters: atom.clusters.clone(),
                text: atom.text.clone(),
                x: Length::units(x),
                advance: Length::ZERO,
                dx: Length::ZERO,
                frame: Length::units(atom.width),
                swallowed: true,
                hyphen: None,
            };
            if (self.first..self.last).contains(&at) {
                let index = at - self.first;
                let gap = if self.hung && at + 1 == self.last {
                    0
                } else {
                    self.gaps[index]
                };
                x += gap;
                let advance = atom.width - self.cuts[index] + self.spaces[index];
                set.x = Length::units(x);
                set.advance = Length::units(advance);
                set.dx = Length::units(offset(atom, self.cuts[index]));
                set.swallowed = false;
                x += advance;
            }
            glyphs.push(set);
        }
        if let (Some(hyphen), Some(last)) = (end.hyphen, glyphs.last()) {
            let (clusters, text) = (last.clusters.end, last.text.end);
            glyphs.push(SetAtom {
                clusters: clusters..clusters,
                text: text..text,
                x: Length::units(x),
                advance: Length::units(hyphen.width),
                dx: Length::ZERO,
                frame: Length::units(hyphen.width),
                swallowed: false,
                hyphen: Some(hyphen.style),
            });
        }
        glyphs
    }
}

/// Where an atom is drawn in its frame (T38): a cut in front of the ink moves
/// it. Ink that does not keep to the blank-free part of its frame, as the face
/// has it, is centred there (T07); what is wider than that part is centred in
/// what is left once it is cut, so that it never meets its neighbour.
fn offset(atom: &Atom, cut: i64) -> i64 {
    let room = atom.width - cut;
    let (left, right) = atom.ink;
    let inked = left < right;
    let centre_ink = if inked {
        (room - left - right) / 2
    } else {
        (room - atom.drawn) / 2
    };
    let tolerance = atom.em / 50;
    // the blank-free part, and what the face's own place leaves to it
    let (natural, cut_shift, from, to) = match atom.place {
        Place::Font => return 0,
        Place::Advance => return (atom.width - atom.drawn) / 2 - cut / 2,
        Place::Ink => return centre_ink,
        Place::BlankBefore => (atom.width - atom.drawn, cut, atom.blank, atom.width),
        Place::BlankBehind => (0, 0, 0, atom.width - atom.blank),
        Place::BlankAround => {
            let half = atom.blank / 2;
            let shift = (atom.width - atom.drawn) / 2;
            (shift, cut / 2, half, atom.width - half)
        }
    };
    let kept = left + natural >= from - tolerance && right + natural <= to + tolerance;
    if !inked {
        natural - cut_shift
    } else if kept {
        // a hair beyond its half is taken back (T07)
        let over = match atom.place {
            Place::BlankBehind => (right - to).max(0),
            _ => 0,
        };
        natural - cut_shift - over
    } else if right - left <= to - from {
        (from + to - left - right) / 2 - cut_shift
    } else if cut > 0 {
        centre_ink
    } else {
        natural
    }
}

/// The note of a paragraph that was tried again (L44).
pub(super) fn retried() -> Diagnostic {
    Diagnostic::info(
        "line/retried",
        "本段有的行太松，已挤压标点重排",
        "a line of this paragraph was too loose; it was set again with its marks squeezed",
    )
    .help("增删一二字，可免挤压", "add or cut a word to spare it")
}

fn note(
    ruler: &Ruler<'_>,
    plan: &Plan,
    work: &Work<'_>,
    (start, end): (usize, &Point),
    measure: i64,
    notes: &mut Vec<Diagnostic>,
) {
    let galley = ruler.galley;
    let em = galley.em;
    let width = plan.measured.natural + work.gained;
    let thousandths = |length: i64| length * 1000 / em.raw();
    // even setting is meant to be open (均排)
    let even = galley.align == Align::Even;
    if !even && work.loose > galley.scheme.loose_limit.of(em).raw() {
        notes.push(
            Diagnostic::warning(
                "line/loose",
                format!(
                    "本行字距拉开 {} 字，超过限度",
                    decimal(thousandths(work.loose))
                ),
                format!(
                    "the gaps of this line are opened by {} em, beyond the limit",
                    decimal(thousandths(work.loose))
                ),
            )
            .help(
                "增删一二字，或改用 shrink_first",
                "add or cut a word, or use shrink_first",
            )
            .number("opening", thousandths(work.loose)),
        );
    }
    if width > measure {
        notes.push(
            Diagnostic::warning(
                "line/overlong",
                "本行有一个不可分的字符比栏宽还宽",
                "a character of this line is wider than the measure",
            )
            .help("加宽栏或缩小字号", "widen the column or set a smaller size")
            .number("excess", thousandths(width - measure)),
        );
    } else if plan.fills && width < measure && !end.emergency {
        notes.push(
            Diagnostic::info(
                "line/short",
                "本行没有可拉开的字距，行末留空",
                "no gap of this line can be opened; it ends short of the measure",
            )
            .help("增删一二字", "add or cut a word")
            .number("white", thousandths(measure - width)),
        );
    }
    if end.emergency || end.word {
        notes.push(
            Diagnostic::warning(
                "line/broken",
                "不可分的词比栏宽还宽，已强行折断",
                "a unit that must not be broken was broken by force",
            )
            .help(
                "改短该词或网址，或加宽栏",
                "shorten the word or address, or widen the column",
            ),
        );
    }
    if end.relaxed {
        notes.push(
            Diagnostic::warning(
                "line/relaxed",
                "连用的标点过多，为免字距过松，下一行以标点开头",
                "a long run of marks was parted so as not to tear the line: the next line starts with a mark",
            )
            .help("改写此处，少用一个标点", "rewrite the passage with fewer marks in a row"),
        );
    }
    if end.end && start > 0 && cost::runt(ruler, start, end) {
        notes.push(
            Diagnostic::info(
                "line/runt",
                "段末一字成行（孤字）",
                "the last line of the paragraph holds a lone character",
            )
            .help("增删一二字", "add or cut a word"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Atom, Place, offset};
    use crate::base::clreq::Class;

    /// A frame of an em with half of it blank, drawn 0.6 em wide.
    fn atom(place: Place, ink: (i64, i64)) -> Atom {
        Atom {
            clusters: 0..1,
            text: 0..3,
            class: Class::Conn,
            swallowed: false,
            width: 1000,
            blank: 500,
            cut: 0,
            cut_by_next: false,
            step: 0,
            stretch: 0,
            shrink: 0,
            place,
            drawn: 600,
            ink,
            em: 1000,
        }
    }

    #[test]
    fn t38_a_frame_moves_its_ink_by_what_it_lost() {
        let all = [
            // the font's own place, whatever is cut
            (Place::Font, (100, 500), 200, 0),
            // the advance in the middle of what is left
            (Place::Advance, (100, 500), 0, 200),
            (Place::Advance, (100, 500), 200, 100),
            // the ink in the middle, or the advance of what has none
            (Place::Ink, (100, 400), 0, 250),
            (Place::Ink, (100, 400), 200, 150),
            (Place::Ink, (0, 0), 0, 200),
            (Place::Ink, (0, 0), 200, 100),
            // a bracket's blank is in front of it, a stop's behind it
            (Place::BlankBefore, (150, 550), 0, 400),
            (Place::BlankBefore, (150, 550), 500, -100),
            (Place::BlankBehind, (100, 400), 0, 0),
            (Place::BlankBehind, (100, 400), 500, 0),
            (Place::BlankAround, (250, 350), 0, 200),
            (Place::BlankAround, (250, 350), 500, -50),
        ];
        for (place, ink, cut, dx) in all {
            assert_eq!(
                offset(&atom(place, ink), cut),
                dx,
                "{place:?} {ink:?} {cut}"
            );
        }
    }
}
