//! Picture files, good, odd and broken, each with its stated result: placed, in
//! which inks and size, or refused, and why. None may panic.

#![allow(
    clippy::disallowed_methods,
    reason = "one of the tests writes files for measuring"
)]

mod corpus;
mod make;

use std::sync::Arc;

use banxin::base::colour::SourceFault;
use banxin::base::font::FontBook;
use banxin::base::geom::{Length, Point, Rect, Size};
use banxin::base::photo::Photo;
use banxin::page::{Grid, Item, Page, PlacedPhoto};
use banxin::write::pdf::{self, Options, OutputCondition, Profile};

/// What becomes of a file.
fn outcome(name: &str, bytes: Vec<u8>) -> String {
    let photo = match Photo::read(name, bytes.into()).and_then(Photo::decodable) {
        Ok(photo) => photo,
        Err(error) => return format!("refused: {}", error.fault.text().en),
    };
    let mut words = match written(&[&[&photo]], None) {
        Ok(file) => images(&file).join(" + "),
        Err(code) => return format!("not written: {code}"),
    };
    if photo.orientation != 1 {
        words.push_str(&format!(", turn {}", photo.orientation));
    }
    if photo.more {
        words.push_str(", first page");
    }
    let converted = matches!(photo.components, 1 | 3);
    let profile = photo.profile().filter(|_| converted);
    if let Some(profile) = profile {
        match SourceFault::of(&profile, photo.components) {
            None => words.push_str(", by its profile"),
            Some(fault) => words.push_str(&format!(", profile {}", fault.text().en)),
        }
    }
    words
}

/// A merged PDF of pages with photographs, 40 mm wide each; or the code of what
/// was wrong.
fn written(pages: &[&[&Photo]], downsample: Option<u16>) -> Result<Vec<u8>, String> {
    let pages: Vec<Page> = pages.iter().map(|photos| page(photos, 40)).collect();
    of_pages(&pages, downsample)
}

fn of_pages(pages: &[Page], downsample: Option<u16>) -> Result<Vec<u8>, String> {
    let condition = OutputCondition {
        downsample,
        ..OutputCondition::newsprint()
    };
    let options = Options {
        profile: Profile::X4(&condition),
        ..Options::default()
    };
    pdf::write(pages, &FontBook::new(), &options).map_err(|note| note.code.to_owned())
}

/// A page of photographs, each `width` millimetres wide.
fn page(photos: &[&Photo], width: i64) -> Page {
    let placed = photos.iter().map(|photo| {
        let (across, down) = photo.upright_size();
        let width = Length::mm(width);
        let height = width.scale(i64::from(down), i64::from(across));
        Item::Photo(PlacedPhoto {
            slot: Arc::from("photo"),
            photo: Arc::new((*photo).clone()),
            rect: Rect::new(Length::mm(10), Length::mm(10), width, height),
            crop: [0, 0, across, down],
            alt: Arc::from("图"),
        })
    });
    Page {
        number: Arc::from("01"),
        title: String::from("测试报"),
        trim: Size::new(Length::mm(120), Length::mm(90)),
        bleed: Length::mm(3),
        slug: Length::ZERO,
        grid: Grid {
            origin: Point::new(Length::mm(10), Length::mm(10)),
            columns: 1,
            chars: 30,
            size: Length::pt(9),
            pitch: Length::pt(12),
            gap: Length::pt(9),
            lines: 16,
        },
        standing: Vec::new(),
        items: placed.collect(),
        frames: Vec::new(),
        overset: Vec::new(),
        findings: Vec::new(),
        spots: Vec::new(),
    }
}

/// The images of a file, as `CMYK 20×16×8 Flate`.
fn images(file: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(file);
    let dicts = text.split("/Subtype/Image").skip(1);
    dicts
        .map(|dict| {
            let dict = dict.split("stream").next().unwrap_or_default();
            let number = |key: &str| {
                let rest = dict.split(key).nth(1).unwrap_or_default().trim_start();
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits
            };
            let space = match dict {
                dict if dict.contains("/Indexed") => "palette",
                dict if dict.contains("/Separation") => "black",
                dict if dict.contains("/DeviceCMYK") => "CMYK",
                _ => "screen",
            };
            let filter = match dict {
                dict if dict.contains("/DCTDecode") => "DCT",
                dict if dict.contains("/FlateDecode") => "Flate",
                _ => "bare",
            };
            let (width, height) = (number("/Width"), number("/Height"));
            let bits = number("/BitsPerComponent");
            format!("{space} {width}×{height}×{bits} {filter}")
        })
        .collect()
}

#[test]
fn each_file_has_its_stated_result() {
    let corpus = corpus::all();
    assert!(corpus.len() >= 40, "{} files", corpus.len());
    let mut wrong = Vec::new();
    for (name, bytes, expected) in corpus {
        let found = outcome(name, bytes);
        if !found.starts_with(expected) || expected.is_empty() {
            wrong.push(format!("{name}\n  found    {found}\n  expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn pixels_without_loss_come_back_exactly() {
    for (name, bytes, expected) in corpus::exact() {
        let photo = Photo::read(name, bytes.into()).expect(name);
        let pixels = photo.pixels().expect(name);
        assert!(pixels.data == expected, "{name}");
    }
}

/// Writes the largest files that are taken into the folder of `BANXIN_WORST`,
/// for measuring: `cargo test --test images -- --ignored`.
#[test]
#[ignore = "writes some hundred megabytes, where it is told to"]
fn the_largest_files_are_written_out() {
    let Some(folder) = std::env::var_os("BANXIN_WORST") else {
        return;
    };
    for (name, bytes) in make::worst() {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).expect("a file");
    }
}

#[test]
fn a_file_cut_anywhere_or_damaged_anywhere_stops_nothing() {
    for (name, bytes, _) in corpus::exact() {
        let step = (bytes.len() / 60).max(1);
        for at in (0..bytes.len()).step_by(step) {
            drop(Photo::read(name, bytes[..at].to_vec().into()).and_then(Photo::decodable));
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            drop(Photo::read(name, damaged.into()).and_then(Photo::decodable));
        }
    }
}

#[test]
fn a_picture_used_twice_is_stored_once() {
    let bytes = make::tiffs().swap_remove(1).1;
    let photo = |name: &str| Photo::read(name, bytes.clone().into()).expect("a TIFF");
    // two files of the same bytes, on two pages of a merged file
    let (one, other) = (photo("a.tif"), photo("b.tif"));
    let file = written(&[&[&one, &other], &[&other]], None).expect("a file");
    assert_eq!(images(&file), ["CMYK 20×16×8 Flate"]);
}

#[test]
fn n8_pictures_with_more_than_enough_are_reduced() {
    let large = make::large(1200, 900);
    let photo = Photo::read("a.png", large.into()).expect("a PNG");
    // 40 mm at 300 ppi are 472.4 pixels
    let file = written(&[&[&photo]], Some(300)).expect("a file");
    assert_eq!(images(&file), ["CMYK 473×355×8 Flate"]);
    let file = written(&[&[&photo]], None).expect("a file");
    assert_eq!(images(&file), ["CMYK 1200×900×8 Flate"]);
    // in two places it is stored once, for the larger
    let pages = [page(&[&photo], 20), page(&[&photo], 60)];
    let file = of_pages(&pages, Some(300)).expect("a file");
    assert_eq!(images(&file), ["CMYK 709×532×8 Flate"]);
    // what has no more than enough stays
    let file = written(&[&[&photo]], Some(800)).expect("a file");
    assert_eq!(images(&file), ["CMYK 1200×900×8 Flate"]);
}

#[test]
fn n8_line_art_and_cmyk_jpegs_keep_their_pixels() {
    let art = make::line_art(2400, 1600);
    let art = Photo::read("a.png", art.into()).expect("a PNG");
    let file = written(&[&[&art]], Some(150)).expect("a file");
    assert_eq!(images(&file), ["black 2400×1600×1 Flate"]);
    let inks = make::jpeg(&make::inks(), jpeg_encoder::ColorType::Cmyk, |_| {});
    let inks = Photo::read("a.jpg", inks.into()).expect("a JPEG");
    let pages = [page(&[&inks], 1)];
    let file = of_pages(&pages, Some(150)).expect("a file");
    assert_eq!(images(&file), ["CMYK 20×16×8 DCT"]);
}
