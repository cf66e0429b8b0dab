//! 分色: the table of a source, and twelve megapixels through it.

use banxin::base::bytes::Bytes;
use banxin::base::colour::{InkLimit, PressProfile};
use criterion::Criterion;

/// A photograph of the sample, eight times: twelve megapixels.
fn pixels() -> Vec<u8> {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/samples/yunxi/photos/ferry.jpg"
    );
    let photo = image::open(file).expect("a photograph").into_rgb8();
    let mut pixels = photo.into_raw();
    while pixels.len() < 36_000_000 {
        pixels.extend_from_within(..);
    }
    pixels.truncate(36_000_000);
    pixels
}

pub(crate) fn bench(c: &mut Criterion) {
    let newsprint = PressProfile::newsprint();
    c.bench_function("colour/read the profile, build the table of sRGB", |b| {
        b.iter(|| {
            let bytes = Bytes::from(newsprint.bytes().to_vec());
            let press = PressProfile::read(bytes, InkLimit::NEWSPRINT);
            press.expect("a profile").rgb(None)
        });
    });
    let rgb = pixels();
    let mut inks = vec![0; rgb.len() / 3 * 4];
    let table = newsprint.rgb(None);
    c.bench_function("colour/12 megapixels from RGB to ink", |b| {
        b.iter(|| table.convert(&rgb, &mut inks));
    });
}
