//! The press PDF of a feature page: 5,500 glyphs of four faces and two
//! photographs, glyphs in pseudo-random order over as many characters as a
//! page of running copy has.
#![allow(
    clippy::disallowed_methods,
    reason = "the benchmark reads the bundled fonts"
)]

use std::hint::black_box;
use std::sync::Arc;

use banxin::base::font::{FaceId, FontBook};
use banxin::base::geom::{Length, Point, Rect, Size};
use banxin::base::photo::Photo;
use banxin::page::{Glyph, GlyphRun, Grid, Item, Page, PlacedPhoto};
use banxin::story::Ink;
use banxin::write::pdf::{Options, write};
use criterion::{Criterion, criterion_group, criterion_main};

const FILES: [&str; 4] = [
    "NotoSerifSC-Regular.otf",
    "NotoSerifCJKsc-Black.T1.otf",
    "NotoSansCJKsc-Bold.T1.otf",
    "texgyretermes-regular.otf",
];

fn bundled() -> FontBook {
    let mut book = FontBook::new();
    for name in FILES {
        let path = format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::read(&path).expect("a bundled font");
        book.add(name, &path, file.into()).expect("a font");
    }
    book
}

/// `count` glyphs of a face, spread over its characters from `first`.
fn glyphs(book: &FontBook, face: FaceId, first: u32, count: usize) -> Vec<(char, u16)> {
    (first..)
        .filter_map(char::from_u32)
        .step_by(if first > 0x4000 { 7 } else { 1 })
        .filter_map(|c| Some((c, book.face(face).glyph(c)?)))
        .take(count)
        .collect()
}

/// A line of `count` glyphs picked by `pick`, half a unit of white after each.
fn line(
    face: FaceId,
    from: &[(char, u16)],
    count: usize,
    size: Length,
    (x, y): (Length, Length),
    pick: &mut impl FnMut() -> usize,
) -> Item {
    let mut text = String::new();
    let mut glyphs = Vec::new();
    let mut at = x;
    for _ in 0..count {
        let (c, id) = from[pick() % from.len()];
        let start = text.len() as u32;
        text.push(c);
        let range = start..text.len() as u32;
        glyphs.push(Glyph {
            id,
            at: Point::new(at, y),
            scale_x: 1000,
            text: range,
            source: None,
        });
        at += size + Length::units(777);
    }
    Item::Glyphs(GlyphRun {
        face,
        size,
        ink: Ink::BLACK,
        text: Arc::from(text),
        glyphs,
    })
}

/// A photograph with soft shapes and grain, as a camera's JPEG has.
fn photo(name: &str, pick: &mut impl FnMut() -> usize) -> Arc<Photo> {
    let (width, height) = (1200, 800);
    let image = image::RgbImage::from_fn(width, height, |x, y| {
        let grain = (pick() % 16) as u32;
        let soft = (x * y / 4000 + x / 9) % 200;
        image::Rgb([
            (soft + grain) as u8,
            (y / 4 + grain) as u8,
            (x / 8 + grain) as u8,
        ])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("a JPEG");
    Arc::new(Photo::read(name, bytes.into_inner().into()).expect("a photo"))
}

fn feature_page(book: &FontBook) -> Page {
    let mut state = 1u32;
    let mut pick = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // The smaller of two draws: some characters are common, as in copy.
        ((state >> 8) % 1300).min((state >> 16) % 1300) as usize
    };
    let song = glyphs(book, FaceId(0), 0x4E00, 1300);
    let black = glyphs(book, FaceId(1), 0x5000, 60);
    let hei = glyphs(book, FaceId(2), 0x6000, 80);
    let latin = glyphs(book, FaceId(3), 0x21, 80);
    let mut items = vec![line(
        FaceId(1),
        &black,
        20,
        Length::pt(42),
        (Length::mm(20), Length::mm(60)),
        &mut pick,
    )];
    for at in 0i64..400 {
        let x = Length::mm(20) + Length::pt(126) * (at / 50);
        let y = Length::mm(80) + Length::pt(12) * (at % 50);
        items.push(line(FaceId(0), &song, 13, Length::pt(9), (x, y), &mut pick));
        if at % 10 == 0 {
            items.push(line(FaceId(2), &hei, 4, Length::pt(9), (x, y), &mut pick));
            items.push(line(FaceId(3), &latin, 5, Length::pt(9), (x, y), &mut pick));
        }
    }
    for (at, name) in [(0, "a.jpg"), (1, "b.jpg")] {
        let rect = Rect::new(
            Length::mm(20 + 120 * at),
            Length::mm(400),
            Length::mm(90),
            Length::mm(60),
        );
        let (slot, alt) = (Arc::from(name), Arc::from(""));
        let crop = [0, 0, 1200, 800];
        items.push(Item::Photo(PlacedPhoto {
            slot,
            photo: photo(name, &mut pick),
            rect,
            crop,
            alt,
        }));
    }
    Page {
        number: Arc::from("05"),
        title: "bench".into(),
        trim: Size::new(Length::mm(390), Length::mm(545)),
        bleed: Length::mm(3),
        grid: Grid {
            origin: Point::new(Length::mm(20), Length::mm(27)),
            columns: 8,
            chars: 13,
            size: Length::pt(9),
            pitch: Length::pt(12),
            gap: Length::pt(9),
            lines: 115,
        },
        items,
        frames: Vec::new(),
        overset: Vec::new(),
        findings: Vec::new(),
    }
}

fn bench(c: &mut Criterion) {
    let book = bundled();
    let pages = [feature_page(&book)];
    let write = || write(&pages, &book, &Options::default()).expect("a PDF");
    // The size is part of the result: a faster level of deflate is no gain
    // where the file grows.
    let name = format!("pdf/feature page, {} KB", write().len() / 1000);
    c.bench_function(&name, |b| b.iter(|| black_box(write())));
}

criterion_group!(benches, bench);
criterion_main!(benches);
