//! The file as readers see it. Outside readers judge where they are
//! installed; a test that cannot ask one says so and passes.

#![allow(clippy::disallowed_methods, reason = "outside readers are given files")]

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::testing::{Faces, HEI, KAI, LATIN, SONG, page};
use super::{Day, Options, write};
use crate::base::geom::{Length, Rect};
use crate::base::photo::Photo;
use crate::page::{Fill, FillKind, Item, Page, PlacedPhoto};
use crate::story::Ink;

const OPTIONS: Options<'static> = Options {
    title: "",
    date: Some(Day {
        year: 2026,
        month: 1,
        day: 1,
    }),
    profile: super::Profile::Plain,
    memo: None,
};

/// The lines of the sample page, in reading order.
const LINES: [&str; 8] = [
    "版心的第一张样张",
    "他说：“到了——就在这里……”",
    "甲·乙，共12,500元（约占三成）",
    "数学写⋯，中文写…，再写⋯。",
    "Banxin office: fi, 2026–27",
    "楷体一行：“引文”——完。",
    "𠀀不在此，㐂也少见",
    "白字压在色块上",
];

fn sample(faces: &Faces) -> Page {
    let at = |line: i64| (Length::mm(10), Length::mm(12) + Length::pt(22) * line);
    let pt = Length::pt;
    let none = Length::ZERO;
    let mut items = vec![
        Item::Glyphs(faces.run(HEI, LINES[0], pt(18), at(0), none)),
        Item::Glyphs(faces.run(SONG, LINES[1], pt(9), at(1), Length::units(3217))),
        Item::Glyphs(faces.run(SONG, LINES[2], pt(9), at(2), none)),
        Item::Glyphs(faces.run(SONG, LINES[3], pt(9), at(3), none)),
        Item::Glyphs(faces.run(LATIN, LINES[4], pt(10), at(4), none)),
        Item::Glyphs(faces.run(KAI, LINES[5], pt(12), at(5), none)),
        Item::Glyphs(faces.run(SONG, LINES[6], pt(9), at(6), none)),
    ];
    let rule = Rect::new(
        Length::mm(10),
        Length::mm(80),
        Length::mm(40),
        Length::from_millipt(500),
    );
    items.push(Item::Fill(Fill {
        rect: rule,
        ink: Ink::BLACK,
        kind: FillKind::Rule,
    }));
    let (x, y) = at(7);
    let bar = Rect::new(x - pt(4), y - pt(12), pt(100), pt(16));
    let ink = Ink::cmyk(0, 1000, 900, 0);
    items.push(Item::Fill(Fill {
        rect: bar,
        ink,
        kind: FillKind::Tint,
    }));
    let mut white = faces.run(HEI, LINES[7], pt(11), at(7), none);
    white.ink = Ink::WHITE;
    for glyph in &mut white.glyphs[..2] {
        glyph.scale_x = 800;
    }
    items.push(Item::Glyphs(white));
    let whole = Rect::new(
        Length::mm(70),
        Length::mm(20),
        Length::mm(40),
        Length::mm(30),
    );
    let placed = |photo: &Arc<Photo>, rect, crop| {
        let (slot, alt) = (Arc::from("photo1"), Arc::from("图"));
        Item::Photo(PlacedPhoto {
            slot,
            photo: Arc::clone(photo),
            rect,
            crop,
            alt,
        })
    };
    let photo = Arc::new(picture());
    items.push(placed(&photo, whole, [0, 0, 40, 30]));
    let part = Rect::new(
        Length::mm(70),
        Length::mm(55),
        Length::mm(20),
        Length::mm(20),
    );
    items.push(placed(&photo, part, [20, 0, 20, 20]));
    page(items)
}

/// A gradient with a red left half, 40 × 30, as PNG with alpha.
fn picture() -> Photo {
    let image = image::RgbaImage::from_fn(40, 30, |x, y| {
        image::Rgba([
            if x < 20 { 255 } else { 0 },
            (y * 8) as u8,
            (x * 6) as u8,
            255,
        ])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a PNG");
    Photo::read("a.png", bytes.into_inner().into()).expect("a photo")
}

fn sample_pdf() -> Vec<u8> {
    let faces = Faces::bundled();
    write(&[sample(&faces)], &faces.book, &OPTIONS).expect("a PDF")
}

/// A scratch file that goes when the test does.
pub(super) struct Scratch(std::path::PathBuf);

impl Scratch {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("banxin-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a scratch file");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What a reader says of a file, or `None` where it is not installed.
/// A reader that is not content fails the test.
pub(super) fn ask(reader: &str, before: &[&str], file: &Scratch, after: &[&str]) -> Option<String> {
    let mut command = Command::new(reader);
    command
        .args(before)
        .arg(&file.0)
        .args(after)
        .stdin(Stdio::null());
    let Ok(output) = command.output() else {
        let _ = writeln!(std::io::stderr(), "skipped: {reader} is not installed");
        return None;
    };
    // A reader built without colour management says so of every file.
    let complaint: String = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| !line.contains("ICC support is not available"))
        .collect();
    assert!(output.status.success(), "{reader}: {complaint}");
    for word in ["warning", "error", "Warning", "Error"] {
        assert!(!complaint.contains(word), "{reader}: {complaint}");
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn without_white(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn v1_readers_are_content() {
    let file = Scratch::new("check.pdf", &sample_pdf());
    if let Some(out) = ask("qpdf", &["--check"], &file, &[]) {
        assert!(out.contains("No syntax or stream encoding errors"), "{out}");
    }
    ask(
        "mutool",
        &["draw", "-q", "-F", "pbm", "-o", "/dev/null", "-r", "36"],
        &file,
        &[],
    );
    let quiet = [
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-dPDFSTOPONWARNING",
        "-sDEVICE=inkcov",
        "-o",
        "-",
    ];
    if let Some(out) = ask("gs", &quiet, &file, &[]) {
        assert!(out.contains("CMYK"), "{out}");
    }
}

#[test]
fn e16_text_comes_back_in_order() {
    let file = Scratch::new("text.pdf", &sample_pdf());
    let set = without_white(&LINES.concat());
    if let Some(out) = ask("pdftotext", &["-raw"], &file, &["-"]) {
        assert_eq!(without_white(&out), set, "pdftotext -raw");
    }
    if let Some(out) = ask("pdftotext", &[], &file, &["-"]) {
        assert_eq!(without_white(&out), set, "pdftotext");
    }
    if let Some(out) = ask("mutool", &["draw", "-q", "-F", "text"], &file, &[]) {
        assert_eq!(without_white(&out), set, "mutool");
    }
}

#[test]
fn a34_the_same_page_gives_the_same_bytes() {
    let faces = Faces::bundled();
    let pages = [sample(&faces)];
    let once = write(&pages, &faces.book, &OPTIONS).expect("a PDF");
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        let again = pool
            .install(|| write(&pages, &faces.book, &OPTIONS))
            .expect("a PDF");
        assert!(once == again, "{threads} threads");
    }
}

/// A PDF as this writer writes it, read back by its own text.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// Object `n` without its stream, and its stream, inflated where it is
    /// deflated.
    fn object(&self, n: usize) -> Option<(String, Vec<u8>)> {
        let find = |from: usize, what: &str| {
            let at = self.0[from..]
                .windows(what.len())
                .position(|w| w == what.as_bytes())?;
            Some(from + at)
        };
        let head = format!("\n{n} 0 obj\n");
        let start = find(0, &head)? + head.len();
        let end = find(start, "\nendobj")?;
        let body = &self.0[start..end];
        let cut = body.windows(8).position(|w| w == b"\nstream\n");
        let dict = &body[..cut.unwrap_or(body.len())];
        let dict = String::from_utf8_lossy(dict).into_owned();
        let stream = cut.map_or(&[][..], |cut| {
            &body[cut + 8..body.len() - "\nendstream".len()]
        });
        if !dict.contains("/FlateDecode") {
            return Some((dict, stream.to_vec()));
        }
        let mut out = vec![0; 8 << 20];
        let mut inflater = libdeflater::Decompressor::new();
        let len = inflater
            .zlib_decompress(stream, &mut out)
            .expect("a zlib stream");
        out.truncate(len);
        Some((dict, out))
    }

    fn dict(&self, n: usize) -> String {
        self.object(n).expect("an object").0
    }

    fn stream(&self, n: usize) -> Vec<u8> {
        self.object(n).expect("an object").1
    }

    /// The content of the first page.
    fn content(&self) -> String {
        let content = self.stream(Self::reference(&self.dict(PAGE), "Contents"));
        String::from_utf8(content).expect("ASCII")
    }

    /// The object that `key` of `dict` refers to.
    fn reference(dict: &str, key: &str) -> usize {
        let at = dict
            .find(&format!("/{key}"))
            .unwrap_or_else(|| panic!("{key} in {dict}"));
        let rest = dict[at + key.len() + 1..].trim_start_matches([' ', '[']);
        rest.split_whitespace()
            .next()
            .and_then(|n| n.parse().ok())
            .expect("a reference")
    }

    /// The page's fonts by resource name: object number of each.
    fn fonts(&self) -> Vec<(String, usize)> {
        let page = self.dict(PAGE);
        let fonts = page
            .split("/Font<<")
            .nth(1)
            .and_then(|f| f.split(">>").next())
            .expect("fonts");
        let word = |entry: &str| {
            let mut words = entry.split_whitespace();
            let name = words.next().expect("a name").to_owned();
            (
                name,
                words.next().and_then(|n| n.parse().ok()).expect("a number"),
            )
        };
        fonts.split('/').skip(1).map(word).collect()
    }

    /// What each CID of a Type0 font reads as.
    fn to_unicode(&self, font: usize) -> BTreeMap<u16, String> {
        let map = self.stream(Self::reference(&self.dict(font), "ToUnicode"));
        let map = String::from_utf8(map).expect("ASCII");
        let mut out = BTreeMap::new();
        let mut promised = 0;
        for line in map.lines() {
            if let Some(count) = line.strip_suffix(" beginbfchar") {
                promised += count.parse::<usize>().expect("a count");
            }
            let Some((cid, text)) = line.strip_prefix('<').and_then(|l| l.split_once("> <")) else {
                continue;
            };
            let Some(text) = text
                .strip_suffix('>')
                .filter(|_| cid != "0000" || promised > 0)
            else {
                continue;
            };
            let units: Vec<u16> = (0..text.len() / 4)
                .map(|i| hex(&text[4 * i..4 * i + 4]))
                .collect();
            out.insert(
                hex(cid),
                String::from_utf16(&units).expect("whole surrogates"),
            );
        }
        assert_eq!(out.len(), promised);
        out
    }

    /// The width of each CID that differs from `/DW`.
    fn widths(&self, font: usize) -> BTreeMap<u16, f64> {
        let cid_font = self.dict(Self::reference(&self.dict(font), "DescendantFonts"));
        assert!(cid_font.contains("/DW 1000"), "{cid_font}");
        let array = cid_font
            .split("/W[")
            .nth(1)
            .map_or("", |w| w.split("]]").next().unwrap_or(""));
        let mut out = BTreeMap::new();
        for group in array.split(']') {
            let Some((first, widths)) = group.split_once('[') else {
                continue;
            };
            let first: u16 = first.trim().parse().expect("a CID");
            for (cid, width) in (first..).zip(widths.split_whitespace()) {
                out.insert(cid, width.parse().expect("a width"));
            }
        }
        out
    }
}

/// Objects 1 to 5 are catalog, tree, Info and the graphics states.
const PAGE: usize = 6;

fn hex(digits: &str) -> u16 {
    u16::from_str_radix(digits, 16).expect("hexadecimal")
}

#[test]
fn x16_widths_equal_the_font() {
    let faces = Faces::bundled();
    let pdf = sample_pdf();
    let reader = Reader(&pdf);
    let mut compared = 0;
    for (name, font) in reader
        .fonts()
        .into_iter()
        .filter(|(name, _)| !name.contains('r'))
    {
        let face = [SONG, KAI, LATIN, HEI][name[1..].parse::<usize>().expect("an index")];
        let widths = reader.widths(font);
        for (cid, text) in reader.to_unicode(font) {
            let mut chars = text.chars();
            let (Some(c), None) = (chars.next(), chars.next()) else {
                continue;
            };
            // Glyphs that shaping replaces are wide where the cmap's are not.
            if cid == 0 || "…—“”".contains(c) {
                continue;
            }
            let known = faces.book.face(face).advance_units(faces.glyph(face, c));
            let given = widths.get(&cid).copied().unwrap_or(1000.0);
            assert_eq!(given, f64::from(known), "{c} in {name}");
            compared += 1;
        }
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn e16_cids_read_back_through_to_unicode_alone() {
    let pdf = sample_pdf();
    let reader = Reader(&pdf);
    let maps: BTreeMap<String, _> = reader
        .fonts()
        .into_iter()
        .map(|(name, font)| (name, reader.to_unicode(font)))
        .collect();
    let content = reader.content();
    let mut read = String::new();
    let mut map = None;
    for line in content.lines() {
        if line.ends_with(" Tf") {
            map = maps.get(&line[1..line.find(' ').expect("a size")]);
        }
        let Some(array) = line.strip_suffix("]TJ") else {
            continue;
        };
        for cids in array.split('<').skip(1) {
            let cids = &cids[..cids.find('>').expect("a closed string")];
            for at in 0..cids.len() / 4 {
                let cid = hex(&cids[4 * at..4 * at + 4]);
                read.push_str(&map.expect("a font")[&cid]);
            }
        }
    }
    assert_eq!(read, LINES.concat());
}

#[test]
fn e16_a_shared_glyph_is_marked_where_it_reads_otherwise() {
    let pdf = sample_pdf();
    let reader = Reader(&pdf);
    let content = reader.content();
    // ⋯ twice; … came first and needs no mark.
    assert_eq!(
        content.matches("/Span<</ActualText<FEFF22EF>>>BDC").count(),
        2,
        "{content}"
    );
    assert_eq!(content.matches("EMC").count(), 2);
}

#[test]
fn x20_only_black_overprints() {
    let pdf = sample_pdf();
    let reader = Reader(&pdf);
    assert_eq!(reader.dict(4), "<</Type/ExtGState/OP true/op true/OPM 1>>");
    assert_eq!(
        reader.dict(5),
        "<</Type/ExtGState/OP false/op false/OPM 0>>"
    );
    let content = reader.content();
    let states: Vec<_> = content
        .lines()
        .filter(|l| l.ends_with(" gs") || l.ends_with(" k"))
        .collect();
    assert_eq!(
        states,
        ["/O gs", "0 0 0 1 k", "/N gs", "0 1 0.9 0 k", "0 0 0 0 k"]
    );
}

/// Every position in the file is within a half thousandth of an em and a
/// half thousandth of a point of the page's, however long the line.
#[test]
fn positions_do_not_drift() {
    let faces = Faces::bundled();
    let text = "漂".repeat(200);
    for (scale_x, extra) in [(1000, 1931), (1000, -777), (853, 0), (1200, 40_003)] {
        let extra = Length::units(extra);
        let at = (Length::mm(7), Length::mm(30));
        let mut run = faces.run(KAI, &text, Length::pt(9), at, extra);
        for glyph in &mut run.glyphs {
            glyph.scale_x = scale_x;
        }
        let page = page(vec![Item::Glyphs(run.clone())]);
        let pdf = write(std::slice::from_ref(&page), &faces.book, &OPTIONS).expect("a PDF");
        let content = Reader(&pdf).content();
        let scale = f64::from(scale_x) / 1000.0;
        let mut glyphs = run.glyphs.iter();
        let mut x = 0.0;
        for line in content.lines() {
            if let Some(matrix) = line.strip_suffix(" Tm") {
                x = matrix
                    .split(' ')
                    .nth(4)
                    .and_then(|x| x.parse().ok())
                    .expect("an x");
            }
            let Some(array) = line.strip_suffix("]TJ") else {
                continue;
            };
            for part in array.split('<').skip(1) {
                let (cids, adjustment) = part.split_once('>').expect("a closed string");
                for _ in 0..cids.len() / 4 {
                    let set = (glyphs.next().expect("a glyph").at.x + page.bleed).to_pt();
                    assert!(
                        (x - set).abs() < 0.0045 * scale + 0.0006,
                        "{x} is not {set}"
                    );
                    x += 9.0 * scale;
                }
                x -= adjustment.parse::<f64>().unwrap_or(0.0) * 9.0 / 1000.0 * scale;
            }
        }
        assert!(glyphs.next().is_none());
    }
}

#[test]
fn x16_a_cluster_of_several_glyphs_has_actual_text() {
    let faces = Faces::bundled();
    let at = (Length::mm(10), Length::mm(30));
    let mut run = faces.run(LATIN, "ab", Length::pt(9), at, Length::ZERO);
    // Two glyphs for one character: base and mark.
    run.text = Arc::from("ä");
    run.glyphs[0].text = 0..2;
    run.glyphs[1].text = 2..2;
    let pdf = write(&[page(vec![Item::Glyphs(run)])], &faces.book, &OPTIONS).expect("a PDF");
    let marked = "/Span<</ActualText<FEFF00E4>>>BDC";
    assert!(Reader(&pdf).content().contains(marked));
    let file = Scratch::new("cluster.pdf", &pdf);
    if let Some(out) = ask("pdftotext", &[], &file, &["-"]) {
        assert_eq!(without_white(&out), "ä");
    }
}

#[test]
fn x15_x3_x4_the_frame_of_the_file() {
    let faces = Faces::bundled();
    let at = (Length::mm(10), Length::mm(30));
    let first = page(vec![Item::Glyphs(faces.run(
        KAI,
        "版心",
        Length::pt(9),
        at,
        Length::ZERO,
    ))]);
    let mut second = page(Vec::new());
    second.bleed = Length::ZERO;
    let pdf = write(&[first, second], &faces.book, &OPTIONS).expect("a PDF");
    let reader = Reader(&pdf);
    assert!(pdf.starts_with(b"%PDF-1.6\n%\xE7\x89\x88\xE5\n"));
    let mut seen = String::new();
    for n in 1.. {
        let Some((dict, stream)) = reader.object(n) else {
            break;
        };
        let length = dict.find("/Length ").map(|at| at + 8);
        let dict = match length {
            Some(at) => {
                let end = dict[at..]
                    .find(['/', '>'])
                    .map_or(dict.len(), |end| at + end);
                format!("{}…{}", &dict[..at], &dict[end..])
            }
            None => dict,
        };
        seen.push_str(&format!(
            "{n} {dict}{}\n",
            if stream.is_empty() { "" } else { " stream" }
        ));
    }
    let tag = seen
        .split_once("BaseFont/")
        .map(|(_, rest)| rest[..6].to_owned())
        .expect("a tag");
    assert!(tag.chars().all(|c| c.is_ascii_uppercase()), "{tag}");
    let version = concat!("banxin ", env!("CARGO_PKG_VERSION"));
    let seen = seen.replace(&tag, "ABCDEF").replace(version, "banxin X");
    assert_eq!(seen, STRUCTURE, "\n{seen}");
    let end = String::from_utf8_lossy(&pdf[pdf.len() - 300..]).into_owned();
    assert!(end.contains("/ID["), "{end}");
    assert!(!String::from_utf8_lossy(&pdf).contains("CropBox"));
}

const STRUCTURE: &str = "\
1 <</Type/Catalog/Pages 2 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>
2 <</Type/Pages/Kids[6 0 R 8 0 R]/Count 2>>
3 <</Title<FEFF6D4B8BD562A5002000320030003200365E7400316708003165E500207B2C003000357248>\
/Creator<FEFF00620061006E00780069006E002072485FC3>/Producer(banxin X)/Trapped/False\
/CreationDate(D:20260101000000+08'00)/ModDate(D:20260101000000+08'00)>>
4 <</Type/ExtGState/OP true/op true/OPM 1>>
5 <</Type/ExtGState/OP false/op false/OPM 0>>
6 <</Type/Page/Parent 2 0 R/MediaBox[0 0 357.165 272.126]/BleedBox[0 0 357.165 272.126]\
/TrimBox[8.504 8.504 348.661 263.622]/Contents 7 0 R\
/Resources<</ExtGState<</O 4 0 R/N 5 0 R>>/Font<</F0 10 0 R>>>>>>
7 <</Length …/Filter/FlateDecode>> stream
8 <</Type/Page/Parent 2 0 R/MediaBox[0 0 340.157 255.118]/BleedBox[0 0 340.157 255.118]\
/TrimBox[0 0 340.157 255.118]/Contents 9 0 R\
/Resources<</ExtGState<</O 4 0 R/N 5 0 R>>>>>>
9 <</Length …/Filter/FlateDecode>>
10 <</Type/Font/Subtype/Type0/BaseFont/ABCDEF+NPKai-Regular/Encoding/Identity-H\
/DescendantFonts[12 0 R]/ToUnicode 11 0 R>>
11 <</Length …/Filter/FlateDecode>> stream
12 <</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+NPKai-Regular\
/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
/FontDescriptor 13 0 R/DW 1000/CIDToGIDMap/Identity>>
13 <</Type/FontDescriptor/FontName/ABCDEF+NPKai-Regular/Flags 4/FontBBox[-1014 -304 2988 1102]\
/ItalicAngle 0/Ascent 928/Descent -256/CapHeight 695/StemV 95/FontFile2 14 0 R>>
14 <</Length …/Filter/FlateDecode/Length1 2584>> stream
";

#[test]
fn a_merged_file_shares_faces_and_photos() {
    let faces = Faces::bundled();
    let pages = [sample(&faces), sample(&faces)];
    let pdf = write(&pages, &faces.book, &OPTIONS).expect("a PDF");
    let one = sample_pdf().len();
    assert!(
        pdf.len() < one + one / 4,
        "{} for two, {one} for one",
        pdf.len()
    );
}

#[test]
fn faults_are_findings() {
    let faces = Faces::bundled();
    let none = write(&[], &faces.book, &OPTIONS).expect_err("no pages");
    assert_eq!(none.code, "write/no-pages");
    let at = (Length::mm(10), Length::mm(30));
    let mut run = faces.run(KAI, "版", Length::pt(9), at, Length::ZERO);
    run.face = crate::base::font::FaceId(900);
    let unknown = write(
        &[page(vec![Item::Glyphs(run.clone())])],
        &faces.book,
        &OPTIONS,
    );
    assert_eq!(unknown.expect_err("no face").code, "write/unknown-face");
    let mut cut = picture();
    cut.bytes = cut.bytes.as_ref()[..60].to_vec().into();
    let broken = PlacedPhoto {
        slot: Arc::from("photo1"),
        photo: Arc::new(cut),
        rect: Rect::new(Length::ZERO, Length::ZERO, Length::mm(10), Length::mm(10)),
        crop: [0, 0, 40, 30],
        alt: Arc::from(""),
    };
    let broken = write(&[page(vec![Item::Photo(broken)])], &faces.book, &OPTIONS);
    assert_eq!(broken.expect_err("a cut photo").code, "write/photo");
    // Glyphs and ranges that cannot be are set as nothing, without a panic.
    run.face = KAI;
    run.glyphs[0].id = u16::MAX;
    run.glyphs[0].text = 1..900;
    let _ = write(&[page(vec![Item::Glyphs(run)])], &faces.book, &OPTIONS);
}

/// Whether the middle of a box of a page is dark there, in a preview.
fn is_dark(pdf: &[u8], page: &Page, rect: Rect) -> bool {
    let png = crate::write::png::preview(pdf, 72)
        .expect("a preview")
        .remove(0);
    let image = image::load_from_memory(&png).expect("a PNG").into_luma8();
    let bleed = page.bleed.to_pt();
    let at = |start: Length, length: Length| (start.to_pt() + length.to_pt() / 2.0 + bleed) as u32;
    let pixel = image.get_pixel(at(rect.x, rect.width), at(rect.y, rect.height));
    pixel.0[0] < 160
}

#[test]
fn pages_and_line_art_fill_their_places() {
    let faces = Faces::bundled();
    let mm = Length::mm;
    // an advertisement of another program: all of it black
    let cover = page(Vec::new());
    let all = Rect::new(-cover.bleed, -cover.bleed, mm(400), mm(400));
    let ad = page(vec![Item::Fill(Fill {
        rect: all,
        ink: Ink::BLACK,
        kind: FillKind::Tint,
    })]);
    let ad = write(&[ad], &faces.book, &OPTIONS).expect("a PDF");
    let ad = Photo::read("ad.pdf", ad.into()).expect("a page");
    let width = (cover.trim.width + cover.bleed * 2).to_pt() * 10.0;
    assert!((f64::from(ad.width) - width).abs() <= 1.0, "{}", ad.width);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"><rect width=\"20\" height=\"20\"/></svg>";
    let art = Photo::read("a.svg", svg.as_bytes().to_vec().into()).expect("art");
    assert_eq!((art.width, art.height), (300, 150));

    let (left, right) = (
        Rect::new(mm(10), mm(10), mm(20), mm(20)),
        Rect::new(mm(40), mm(10), mm(40), mm(20)),
    );
    let placed = |photo: &Arc<Photo>, rect| {
        let crop = [0, 0, photo.width, photo.height];
        let (slot, alt) = (Arc::from("p"), Arc::from(""));
        PlacedPhoto {
            slot,
            photo: Arc::clone(photo),
            rect,
            crop,
            alt,
        }
    };
    let (ad, art) = (Arc::new(ad), Arc::new(art));
    let (ad, art) = (placed(&ad, left), placed(&art, right));
    assert!(ad.ppi().is_infinite());
    let page = page(vec![Item::Photo(ad), Item::Photo(art)]);
    let pdf = write(std::slice::from_ref(&page), &faces.book, &OPTIONS).expect("a PDF");
    let again = write(std::slice::from_ref(&page), &faces.book, &OPTIONS).expect("a PDF");
    assert_eq!(pdf, again);
    assert!(is_dark(&pdf, &page, left));
    let half = |x| Rect::new(x, mm(10), mm(20), mm(20));
    assert!(
        is_dark(&pdf, &page, half(mm(40))),
        "the left half of the drawing"
    );
    assert!(!is_dark(&pdf, &page, half(mm(60))), "its right half");
    let beside = Rect::new(mm(31), mm(10), mm(8), mm(20));
    assert!(!is_dark(&pdf, &page, beside), "beside the page");
    let file = Scratch::new("art.pdf", &pdf);
    ask("qpdf", &["--check"], &file, &[]);
}

#[test]
fn a_pdf_of_several_pages_is_no_picture() {
    let faces = Faces::bundled();
    let two = [page(Vec::new()), page(Vec::new())];
    let two = write(&two, &faces.book, &OPTIONS).expect("a PDF");
    let fault = Photo::read("two.pdf", two.clone().into()).expect_err("two pages");
    assert!(fault.text().en.contains("several pages"), "{fault}");
    for end in [0, 9, 60, two.len() / 2] {
        // cut off anywhere, it is told or read, and nothing stops
        let _ = Photo::read("cut.pdf", two[..end].to_vec().into());
    }
}

#[test]
fn a_damaged_page_is_told_or_drawn_and_stops_nothing() {
    let faces = Faces::bundled();
    let whole = sample_pdf();
    let mut read = 0;
    for nth in 0..400 {
        let mut damaged = whole.clone();
        // spread over the file, the bytes of its dictionaries among them
        let at = nth * 7919 % damaged.len();
        damaged[at] = damaged[at].wrapping_add(1 + (nth % 250) as u8);
        let Ok(photo) = Photo::read("a.pdf", damaged.into()) else {
            continue;
        };
        read += 1;
        let (photo, alt) = (Arc::new(photo), Arc::from(""));
        let placed = PlacedPhoto {
            slot: Arc::from("p"),
            crop: [0, 0, photo.width, photo.height],
            photo,
            rect: Rect::new(Length::ZERO, Length::ZERO, Length::mm(40), Length::mm(30)),
            alt,
        };
        let file = write(&[page(vec![Item::Photo(placed)])], &faces.book, &OPTIONS);
        assert!(file.is_ok_and(|file| file.ends_with(b"%%EOF")), "byte {at}");
    }
    assert!(read > 100, "{read}");
}

#[test]
fn x22_a_jpeg_goes_through_untouched() {
    let faces = Faces::bundled();
    let image = image::RgbImage::from_fn(32, 24, |x, y| image::Rgb([x as u8 * 8, y as u8 * 9, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .expect("a JPEG");
    let bytes = bytes.into_inner();
    let rgb = Photo::read("a.jpg", bytes.clone().into()).expect("a photo");
    let mut cmyk = rgb.clone();
    (cmyk.components, cmyk.inverted) = (4, true);
    for (photo, space) in [
        (rgb, "/DeviceRGB>>"),
        (cmyk, "/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]>>"),
    ] {
        let placed = PlacedPhoto {
            slot: Arc::from("photo1"),
            photo: Arc::new(photo),
            rect: Rect::new(Length::ZERO, Length::ZERO, Length::mm(40), Length::mm(30)),
            crop: [0, 0, 32, 24],
            alt: Arc::from(""),
        };
        let page = page(vec![Item::Photo(placed)]);
        let pdf = write(&[page], &faces.book, &OPTIONS).expect("a PDF");
        let reader = Reader(&pdf);
        let (dict, stream) = reader.object(PAGE + 2).expect("the image");
        assert!(
            dict.contains("/Filter/DCTDecode") && dict.ends_with(space),
            "{dict}"
        );
        assert_eq!(stream, bytes);
        if space == "/DeviceRGB>>" {
            let file = Scratch::new("jpeg.pdf", &pdf);
            ask("qpdf", &["--check"], &file, &[]);
            ask(
                "mutool",
                &["draw", "-q", "-F", "pbm", "-o", "/dev/null"],
                &file,
                &[],
            );
        }
    }
}
