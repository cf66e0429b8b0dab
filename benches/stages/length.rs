//! Time against length of text: shaped, spaced and broken at 13 em, in
//! paragraphs as they come and as a single one. Linear where the time a
//! character stays the same.

use std::slice;

use banxin::compose::shape::ShapeCache;
use criterion::{BenchmarkId, Criterion, Throughput};

use crate::common::copy::{one_paragraph, paragraphs, set_in_column};
use crate::common::fonts;

pub(crate) fn bench(c: &mut Criterion) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let mut group = c.benchmark_group("length");
    group.sample_size(10);
    for count in [10_000, 100_000, 1_000_000] {
        group.throughput(Throughput::Elements(count as u64));
        let copy = paragraphs(count, &book);
        group.bench_function(BenchmarkId::new("paragraphs", count), |b| {
            b.iter(|| set_in_column(&copy, &book, &cache));
        });
        let one = one_paragraph(count, &book);
        group.bench_function(BenchmarkId::new("one paragraph", count), |b| {
            b.iter(|| set_in_column(slice::from_ref(&one), &book, &cache));
        });
    }
}
