//! What readings beside the text ask of the line: room, and holding together.

use std::ops::Range;

use super::{Break, Galley, Place};
use crate::base::clreq::{Direction, interlinear as table};
use crate::compose::ruby::{Annotation, Form};

impl Galley {
    /// Makes room for readings, which are in order.
    ///
    /// A character with a column of 注音符号 is wider by the column, so that
    /// the two are never apart (P22); in vertical lines the column stands in
    /// the line gap. Bases of one reading stay on one line,
    /// and two bases with readings above stand as far apart as these need;
    /// over neighbours without a reading one may hang (P21).
    pub(crate) fn annotate(&mut self, annotations: &[Annotation]) {
        // twice the centre of the reading before, and its width
        let mut before: Option<(i64, i64)> = None;
        let mut known = Measured::default();
        for annotation in annotations {
            let atoms = self.atoms_of(&annotation.base);
            if atoms.is_empty() {
                continue;
            }
            match annotation.form {
                Form::Column(_) if self.scheme.direction == Direction::Vertical => {}
                Form::Column(_) => {
                    if let Some(atom) = self.atoms.get_mut(atoms.end - 1) {
                        atom.width += table::ZHUYIN_COLUMN.of(annotation.size).raw();
                        atom.place = Place::Font;
                    }
                }
                Form::Above(width) => {
                    self.hold(&atoms);
                    let gap = table::PINYIN_GAP.of(annotation.size).raw();
                    let centre = known.twice_centre(self, &atoms);
                    if let Some((last, its_width)) = before {
                        let short = last + its_width + width.raw() + gap * 2 - centre;
                        if short > 0 {
                            self.joints[atoms.start].natural += (short + 1) / 2;
                        }
                    }
                    before = Some((known.twice_centre(self, &atoms), width.raw()));
                }
            }
        }
    }

    /// The atoms of a byte range.
    fn atoms_of(&self, range: &Range<u32>) -> Range<usize> {
        let first = self
            .atoms
            .partition_point(|atom| atom.text.end <= range.start);
        let last = self
            .atoms
            .partition_point(|atom| atom.text.start < range.end);
        first..last.max(first)
    }

    /// Forbids breaks between atoms.
    fn hold(&mut self, atoms: &Range<usize>) {
        for joint in self.joints.iter_mut().take(atoms.end).skip(atoms.start + 1) {
            if joint.rule != Break::Forced {
                joint.rule = Break::Never;
            }
        }
    }
}

/// A walk along the atoms of a galley at their natural widths.
#[derive(Default)]
struct Measured {
    /// The first atom that is not passed yet.
    at: usize,
    /// Where it begins, the joint in front of it left out.
    x: i64,
}

impl Measured {
    /// The sum of the edges of `atoms`, which do not begin before those asked
    /// for last: twice their centre.
    fn twice_centre(&mut self, galley: &Galley, atoms: &Range<usize>) -> i64 {
        while self.at < atoms.start {
            self.x += Self::step(galley, self.at);
            self.at += 1;
        }
        let joint = |at: usize| match at {
            0 => 0,
            at => galley.joints[at].natural,
        };
        let left = self.x + joint(atoms.start);
        let right: i64 = atoms.clone().map(|at| Self::step(galley, at)).sum();
        left + self.x + right
    }

    /// The width of an atom with the joint in front of it.
    fn step(galley: &Galley, at: usize) -> i64 {
        let atom = &galley.atoms[at];
        let joint = if at == 0 {
            0
        } else {
            galley.joints[at].natural
        };
        joint + atom.width - atom.cut
    }
}
