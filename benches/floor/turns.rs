//! Several pieces of work timed turn by turn: what slows the machine for a
//! while slows each of them.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads the clock and prints what it found"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Pieces of work under one heading.
pub(crate) struct Turns<'a> {
    heading: String,
    names: Vec<&'static str>,
    work: Vec<Box<dyn FnMut() -> Duration + 'a>>,
    ratios: Vec<(usize, usize)>,
}

impl<'a> Turns<'a> {
    /// No work yet.
    pub(crate) fn new(heading: impl Into<String>) -> Self {
        Self {
            heading: heading.into(),
            names: Vec::new(),
            work: Vec::new(),
            ratios: Vec::new(),
        }
    }

    /// Adds a piece of work; its number.
    pub(crate) fn add<T>(&mut self, name: &'static str, mut work: impl FnMut() -> T + 'a) -> usize {
        self.names.push(name);
        self.work.push(Box::new(move || {
            let start = Instant::now();
            // Given back to the clock before it is dropped.
            let done = black_box(work());
            let time = start.elapsed();
            drop(done);
            time
        }));
        self.work.len() - 1
    }

    /// Asks how many times as long as `floor` the work `ours` takes.
    pub(crate) fn ratio(&mut self, ours: usize, floor: usize) {
        self.ratios.push((ours, floor));
    }

    /// Works through all pieces `rounds` times and prints the median and the
    /// least time of each, and the ratios of the least. A busy machine breaks
    /// into long work more often than into short work; only the turns it left
    /// alone can be compared.
    pub(crate) fn run(mut self, rounds: usize) {
        let mut times = vec![Vec::with_capacity(rounds); self.work.len()];
        for _ in 0..rounds {
            for (work, times) in self.work.iter_mut().zip(&mut times) {
                times.push(work().as_secs_f64() * 1000.0);
            }
        }
        println!(
            "\n{}, {rounds} rounds\n{:>54}{:>10}",
            self.heading, "median ms", "least ms"
        );
        for (name, times) in self.names.iter().zip(&mut times) {
            times.sort_by(f64::total_cmp);
            println!("{name:<44}{:>10.3}{:>10.3}", times[rounds / 2], times[0]);
        }
        for (ours, floor) in self.ratios {
            let ratio = times[ours][0] / times[floor][0];
            let (ours, floor) = (self.names[ours].trim(), self.names[floor].trim());
            println!("{ours} / {floor}: {ratio:.2}");
        }
    }
}
