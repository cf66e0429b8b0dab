//! 排: 5,000 characters of running copy, shaped, spaced and broken at 13 em,
//! and beside it what `rustybuzz` alone takes on the same text.

use banxin::compose::Galley;
use banxin::compose::run::Run;
use banxin::compose::shape::{ShapeCache, shape};
use banxin::story::Paragraph;
use criterion::{Criterion, Throughput};

use crate::common::bare::Bare;
use crate::common::copy::{HAN, MEASURE, paragraphs, set_in_column};
use crate::common::fonts;

const COUNT: usize = 5_000;

pub(crate) fn bench(c: &mut Criterion) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let copy = paragraphs(COUNT, &book);
    let runs: Vec<Run> = copy.iter().map(|text| shape(text, &book, &cache)).collect();
    let space = |(run, text): (&Run, &Paragraph)| Galley::new(run, &text.style);
    let galleys: Vec<Galley> = runs.iter().zip(&copy).map(space).collect();
    let song = book.face(book.find(HAN).expect("the body face"));
    let bare = Bare::new(song.data(), true);

    let mut group = c.benchmark_group("compose");
    group.throughput(Throughput::Elements(COUNT as u64));
    group.bench_function("shape", |b| {
        b.iter(|| -> Vec<Run> { copy.iter().map(|text| shape(text, &book, &cache)).collect() });
    });
    group.bench_function("space", |b| {
        b.iter(|| -> Vec<Galley> { runs.iter().zip(&copy).map(space).collect() });
    });
    group.bench_function("break", |b| {
        b.iter(|| -> usize { galleys.iter().map(|g| g.break_at(MEASURE).len()).sum() });
    });
    group.bench_function("shape, space and break", |b| {
        b.iter(|| set_in_column(&copy, &book, &cache));
    });
    group.bench_function("rustybuzz alone", |b| {
        b.iter(|| bare.shape(copy.iter().map(|text| text.text.as_str())));
    });
}
