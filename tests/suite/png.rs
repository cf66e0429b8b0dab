//! Pictures of small pages: `png/NAME.case` is set as a page case is, and
//! rendered in grey as `png/NAME.png`. A new picture is one new case and
//! `BANXIN_BLESS=1`.
//!
//! The header says `trim = 64mm 34mm` and may say `dpi = 100` (72 to 100).
//! Machines may differ by a hair in floating point: a picture agrees where no
//! pixel of it, smoothed over its neighbours, is off by more than 8 of 255. A
//! hairline that moved by a quarter of a pixel is off by about 20.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use image::GrayImage;

use banxin::press::condition::PressNames;
use banxin::press::{Output, Profile};
use banxin::write::png::preview;

use crate::cases::{Case, blessing, in_folder_beside, root};
use crate::pages::{Desk, PRESS};

/// The largest file, so that the pictures stay few and small.
const LARGEST: usize = 15_000;
/// The largest difference of smoothed grey values, of 255.
const TOLERANCE: f32 = 8.0;

#[test]
fn every_case_gives_its_picture() {
    let cases = in_folder_beside("png", "png");
    let mut failed = Vec::new();
    let mut known = BTreeSet::new();
    for case in &cases {
        let path = root().join("png").join(format!("{}.png", case.name));
        known.insert(path.clone());
        let seen = picture(case);
        if blessing() {
            seen.save(&path).expect("a writable picture");
            let size = fs::metadata(&path).expect("the picture").len();
            assert!(size < LARGEST as u64, "{}: {size} bytes", case.name);
        } else if let Some(why) = differs(&path, &seen) {
            let beside = std::env::temp_dir().join(format!("banxin-{}.png", case.name));
            seen.save(&beside).expect("a writable picture");
            failed.push(format!(
                "{}: {why}; it is now {}",
                case.name,
                beside.display()
            ));
        }
    }
    for entry in fs::read_dir(root().join("png")).expect("a folder of pictures") {
        let path = entry.expect("a readable entry").path();
        let picture = path.extension().is_some_and(|end| end == "png");
        if picture && !known.contains(&path) {
            failed.push(format!("{}: a picture without a case", path.display()));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

/// The page of a case as it looks.
fn picture(case: &Case) -> GrayImage {
    let setting = |key: &str| {
        let lines = case.header.lines();
        lines
            .filter_map(|line| line.split_once(" = "))
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value.to_owned())
    };
    let trim = setting("trim").unwrap_or_else(|| panic!("{}: no trim", case.name));
    let (width, height) = trim.split_once(' ').expect("a width and a height");
    let dpi = setting("dpi").map_or(100, |dpi| dpi.parse().expect("a number"));
    assert!((72..=100).contains(&dpi), "{}: 72 to 100 dpi", case.name);
    let trim = format!("trim = [\"{width}\", \"{height}\"]");
    let (desk, job) = Desk::lay_out(case, Some(&trim));
    let output = Output {
        dir: desk.folder().join("out"),
        merge: false,
        marks: false,
        manifest: false,
        profile: Profile::default(),
        names: PressNames::default(),
    };
    let report = PRESS.build(&job, &output);
    let file = report.pages.first().and_then(|page| page.file.clone());
    let file = file.unwrap_or_else(|| panic!("{}: no page", case.name));
    let pdf = fs::read(file).expect("the page");
    let pages = preview(&pdf, dpi).expect("a preview");
    let page = pages.first().expect("one page");
    image::load_from_memory(page)
        .expect("a picture")
        .into_luma8()
}

/// What is wrong with the picture at `path`, if something is.
fn differs(path: &Path, seen: &GrayImage) -> Option<String> {
    let Ok(bytes) = fs::read(path) else {
        return Some("no picture: run with BANXIN_BLESS=1".to_owned());
    };
    let known = image::load_from_memory(&bytes)
        .expect("a picture")
        .into_luma8();
    if known.dimensions() != seen.dimensions() {
        return Some(format!(
            "{:?}, not {:?}",
            seen.dimensions(),
            known.dimensions()
        ));
    }
    let (known, seen) = (smoothed(&known), smoothed(seen));
    let most = known.iter().zip(&seen).map(|(a, b)| (a - b).abs());
    let most = most.fold(0.0, f32::max);
    (most > TOLERANCE).then(|| format!("off by {most} of 255"))
}

/// Each pixel as the mean of itself and its eight neighbours.
fn smoothed(image: &GrayImage) -> Vec<f32> {
    let (width, height) = image.dimensions();
    let at = |x: u32, y: u32| f32::from(image.get_pixel(x, y).0[0]);
    let near = |n: u32, end: u32| n.saturating_sub(1)..=(n + 1).min(end - 1);
    let mut out = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            let around = near(y, height).flat_map(|y| near(x, width).map(move |x| (x, y)));
            let (sum, count) = around.fold((0.0, 0.0), |(sum, count), (x, y)| {
                (sum + at(x, y), count + 1.0)
            });
            out.push(sum / count);
        }
    }
    out
}
