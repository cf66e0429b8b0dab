//! 首字下沉: a large first character with the lines beside it (P27).

use std::borrow::Cow;

use super::area::{Place, RUN_AROUND_LEAST};
use super::composer::Composer;
use super::matter::{Lines, Matter};
use crate::base::geom::{Length, Point};
use crate::page::{Grid, baseline_in_frame};
use crate::story::DropCap;

/// A drop cap, set, not yet placed.
pub(crate) struct Cap<'a> {
    /// The paragraph it begins, by index.
    pub(crate) paragraph: usize,
    /// Grid lines it is deep.
    pub(crate) lines: usize,
    pub(crate) matter: Matter<'a>,
    /// It as one line.
    pub(crate) set: Lines,
    /// What it takes from the lines beside it: whole em of theirs, a quarter
    /// em of them white at least.
    taken: Length,
    /// Their em.
    em: Length,
}

impl<'a> Cap<'a> {
    /// Sets a drop cap; `None` where it leaves too little of a column of
    /// `measure` beside it.
    pub(crate) fn set(
        drop_cap: &'a DropCap,
        measure: Length,
        composer: &dyn Composer,
    ) -> Option<Self> {
        let matter = Matter::new(Cow::Borrowed(&drop_cap.cap), composer);
        let set = matter.at(measure);
        let [line] = &*set else { return None };
        let em = drop_cap.rest.style.size.max(Length::units(1));
        let taken = em * (line.width + em / 4).cover(em);
        let cap = Self {
            paragraph: drop_cap.paragraph,
            lines: usize::from(drop_cap.lines),
            matter,
            set,
            taken,
            em,
        };
        cap.fits(measure).then_some(cap)
    }

    /// Whether a line of `measure` leaves room for text beside it.
    fn fits(&self, measure: Length) -> bool {
        measure - self.taken >= self.em * RUN_AROUND_LEAST
    }

    /// The first place at or after `from` with all its lines one below the
    /// other, flush: `flush` counts, for each place, those that are.
    pub(crate) fn stand(&self, places: &[Place], flush: &[usize], from: usize) -> Option<usize> {
        (from..places.len()).find(|&at| flush[at] >= self.lines && self.fits(places[at].measure))
    }

    /// The places ahead of its paragraph, the first of them narrowed by it.
    pub(crate) fn beside(&self, places: &[Place]) -> Vec<Place> {
        let mut places = places.to_vec();
        for place in places.iter_mut().take(self.lines) {
            place.x += self.taken;
            place.measure -= self.taken;
        }
        places
    }

    /// The lines of its paragraph in a column of `measure`.
    pub(crate) fn rest_at(&self, rest: &Matter<'_>, measure: Length) -> Lines {
        rest.along(&vec![measure - self.taken; self.lines], measure)
    }

    /// The left end of its baseline, where its first line stands in `place`:
    /// the top of its frame is that of the line's.
    pub(crate) fn origin(&self, grid: &Grid, place: &Place) -> Point {
        let top = grid.baseline_y(place.line) - baseline_in_frame(self.em);
        Point::new(place.x, top + baseline_in_frame(self.size()))
    }

    /// Its type size.
    pub(crate) fn size(&self) -> Length {
        self.matter.paragraph.style.size
    }
}
