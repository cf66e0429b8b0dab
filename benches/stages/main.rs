//! The program stage by stage, each on one thread: the desk, the composition,
//! the make-up, the file, and all of them together. `cargo bench --bench
//! stages -- compose` measures the stages of one name only.

#[path = "../common/mod.rs"]
mod common;

mod colour;
mod compose;
mod desk;
mod length;
mod press;

use criterion::{Criterion, criterion_group, criterion_main};

fn stages(c: &mut Criterion) {
    common::alone();
    desk::bench(c);
    colour::bench(c);
    compose::bench(c);
    length::bench(c);
    press::bench(c);
}

criterion_group!(benches, stages);
criterion_main!(benches);
