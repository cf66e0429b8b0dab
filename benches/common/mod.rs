//! What the benchmarks measure on: the sample issue and running copy.
#![allow(
    dead_code,
    reason = "each benchmark takes what it needs of what is shared"
)]

pub(crate) mod bare;
pub(crate) mod copy;
pub(crate) mod edition;
pub(crate) mod fonts;
pub(crate) mod recipe;
pub(crate) mod ten;

/// Keeps everything from here on to this thread: a stage's figure is its
/// processor time then, whatever the machine's number of cores and whoever
/// else is at work.
pub(crate) fn alone() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("no pool yet");
}
