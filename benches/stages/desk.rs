//! 编: copy read and normalised, layouts parsed, pages planned.

use criterion::{Criterion, Throughput};

use crate::common::edition::Edition;
use crate::common::fonts;

pub(crate) fn bench(c: &mut Criterion) {
    let book = fonts::book();
    for (name, edition) in [
        ("feature page", Edition::feature()),
        ("sample issue", Edition::issue()),
    ] {
        let mut group = c.benchmark_group("desk");
        let (articles, layouts) = (edition.read(), edition.layouts());
        group.bench_function(format!("layouts/{name}"), |b| b.iter(|| edition.layouts()));
        group.bench_function(format!("plan/{name}"), |b| {
            b.iter(|| edition.plan(&articles, &layouts, &book));
        });
        group.throughput(Throughput::Elements(edition.characters()));
        group.bench_function(format!("read/{name}"), |b| b.iter(|| edition.read()));
    }
}
