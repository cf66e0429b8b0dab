//! 版 and 印: pages made up, files written, and the whole way from the copy
//! to the files in memory.

use banxin::compose::shape::ShapeCache;
use banxin::page::Page;
use criterion::{BatchSize, Criterion};

use crate::common::edition::{Edition, make_up, write};
use crate::common::{fonts, ten};

pub(crate) fn bench(c: &mut Criterion) {
    measure(c, "feature page", &Edition::feature());
    measure(c, "sample issue", &Edition::issue());
    ten_stories(c);
}

/// A full page of ten stories, made up and not written.
fn ten_stories(c: &mut Criterion) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let (plans, characters) = ten::plan(&book);
    let pages = make_up(&plans, &book, &cache);
    let over = pages.iter().map(|page| page.overset.len()).sum::<usize>();
    c.bench_function(
        &format!("makeup/ten stories, {characters} characters, {over} overset"),
        |b| b.iter(|| make_up(&plans, &book, &cache)),
    );
}

fn measure(c: &mut Criterion, name: &str, edition: &Edition) {
    let book = fonts::book();
    let cache = ShapeCache::new();
    let plans = edition.plan(&edition.read(), &edition.layouts(), &book);
    let pages = make_up(&plans, &book, &cache);
    let files =
        |pages: &[Page]| -> Vec<Vec<u8>> { pages.iter().map(|page| write(page, &book)).collect() };
    // The size is part of the result: a faster deflate is no gain where the
    // file grows.
    let size: usize = files(&pages).iter().map(Vec::len).sum();

    c.bench_function(&format!("makeup/{name}"), |b| {
        b.iter(|| make_up(&plans, &book, &cache));
    });
    c.bench_function(&format!("pdf/{name}, {} KB", size / 1000), |b| {
        b.iter(|| files(&pages));
    });
    c.bench_function(&format!("build/{name}"), |b| {
        b.iter(|| edition.build(&book, &cache));
    });
    // What the first issue of a process pays: nothing shaped before.
    c.bench_function(&format!("build, nothing cached/{name}"), |b| {
        b.iter_batched(
            ShapeCache::new,
            |cache| edition.build(&book, &cache),
            BatchSize::PerIteration,
        );
    });
}
