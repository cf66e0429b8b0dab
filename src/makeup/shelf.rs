//! The places of a story while it is poured, less those that a picture of the
//! text has taken further on (P23).

use std::borrow::Cow;

use super::area::Place;
use super::flow::Runs;
use crate::base::geom::Length;

/// Places that are free for text, in reading order.
pub(crate) struct Shelf<'p> {
    pub(crate) places: Cow<'p, [Place]>,
    /// The measure of each.
    pub(crate) measures: Vec<Length>,
    pub(crate) runs: Runs,
    /// Stretches taken out: the place that each now stands before, and how
    /// many places it was.
    taken: Vec<(usize, usize)>,
}

impl<'p> Shelf<'p> {
    pub(crate) fn new(places: &'p [Place]) -> Self {
        Self {
            places: Cow::Borrowed(places),
            measures: measures(places),
            runs: Runs::of(places),
            taken: Vec::new(),
        }
    }

    /// Takes `count` places out, from the one of index `first` on.
    pub(crate) fn take(&mut self, first: usize, count: usize) {
        let places = self.places.to_mut();
        let end = (first + count).min(places.len());
        places.drain(first..end);
        self.measures = measures(&self.places);
        self.runs = Runs::of(&self.places);
        self.taken.push((first, end - first));
    }

    /// Where the next picture may stand at the earliest, of a story that has
    /// used `used` places: pictures keep their order.
    pub(crate) fn from(&self, used: usize) -> usize {
        let last = self.taken.last().map_or(0, |&(first, _)| first);
        used.max(last)
    }

    /// What was taken out behind `used` places: how many are free before it.
    pub(crate) fn ahead(&self, used: usize) -> usize {
        let last = self.taken.last().map_or(0, |&(first, _)| first);
        last.saturating_sub(used)
    }

    /// Places taken out, all told.
    pub(crate) fn out(&self) -> usize {
        self.taken.iter().map(|(_, count)| count).sum()
    }
}

fn measures(places: &[Place]) -> Vec<Length> {
    places.iter().map(|place| place.measure).collect()
}
