//! Subsets of the bundled faces, read back by `ttf-parser`, and damaged tables.

use std::sync::OnceLock;

use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::Index as Pick;
use subsetter::GlyphRemapper;
use ttf_parser::{GlyphId, OutlineBuilder, Tag};

use super::charstring::{Subroutines, Work, expand};
use super::dict::{Dict, DictWriter, is_default_matrix, operator};
use super::index::{Index, IndexWriter};
use super::select::{self, Select};
use super::source::Source;
use super::{Expansions, Fault, subset};
use crate::base::font::tests::{BUNDLED, bundled_book};
use crate::base::font::{Face, FaceId};

/// What an outline is made of.
#[derive(Debug, Default, PartialEq)]
struct Outline(Vec<(char, [f32; 6])>);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(('m', [x, y, 0.0, 0.0, 0.0, 0.0]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(('l', [x, y, 0.0, 0.0, 0.0, 0.0]));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(('q', [x1, y1, x, y, 0.0, 0.0]));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(('c', [x1, y1, x2, y2, x, y]));
    }
    fn close(&mut self) {
        self.0.push(('z', [0.0; 6]));
    }
}

/// Every bundled face with CFF outlines.
fn faces() -> Vec<Face> {
    let book = bundled_book();
    let faces = book.iter().map(|(_, face)| face.clone());
    faces.filter(Face::is_cff).collect()
}

/// Glyph 0, punctuation and its vertical forms, Latin, and several hundred
/// glyphs from all over the face.
fn spread(face: &Face) -> Vec<u16> {
    let mut glyphs = vec![0];
    let text = "　，。、；：？！“”（）《》—…·︐︑︒﹁﹂ABCxyz0189 %&ÄéñŒß一的国龙龘";
    glyphs.extend(text.chars().filter_map(|c| face.glyph(c)));
    let step = usize::from(face.glyph_count() / 700).max(1);
    glyphs.extend((1..face.glyph_count()).step_by(step));
    // Not in the order of the face: as pages use them.
    glyphs[1..].reverse();
    let mut seen = std::collections::BTreeSet::new();
    glyphs.retain(|glyph| seen.insert(*glyph));
    glyphs
}

/// What `subsetter` makes of the same glyphs.
fn reference(face: &Face, glyphs: &[u16]) -> Vec<u8> {
    let mut remapper = GlyphRemapper::new();
    for glyph in glyphs {
        remapper.remap(*glyph);
    }
    let font = subsetter::subset(face.data(), face.index(), &remapper).expect("a subset");
    let raw = ttf_parser::RawFace::parse(&font, 0).expect("an OpenType file");
    let table = raw.table(Tag::from_bytes(b"CFF "));
    table.expect("a CFF table").to_vec()
}

#[test]
fn every_glyph_keeps_outline_and_width() {
    for face in faces() {
        let name = face.name();
        let table = face.cff().expect("CFF");
        let glyphs = spread(&face);
        let program = subset(table, &glyphs, None).expect("a subset");
        assert!(
            program == subset(table, &glyphs, None).expect("a subset"),
            "{name}"
        );
        let read = ttf_parser::cff::Table::parse(&program).expect("sound CFF");
        assert_eq!(usize::from(read.number_of_glyphs()), glyphs.len(), "{name}");
        let source = ttf_parser::cff::Table::parse(table).expect("sound CFF");
        let mut drawn = 0;
        for (cid, glyph) in (0..).zip(&glyphs) {
            let (mut set, mut was) = (Outline::default(), Outline::default());
            let box_set = read.outline(GlyphId(cid), &mut set);
            let box_was = source.outline(GlyphId(*glyph), &mut was);
            assert_eq!(set, was, "{name}: glyph {glyph}");
            assert_eq!(box_set, box_was, "{name}: glyph {glyph}");
            assert_eq!(read.glyph_cid(GlyphId(cid)), Some(cid), "{name}");
            drawn += usize::from(!set.0.is_empty());
        }
        assert!(drawn * 10 > glyphs.len() * 8, "{name}: {drawn} drawn");
    }
}

#[test]
fn charstrings_are_those_of_the_reference() {
    for face in faces() {
        let name = face.name();
        let glyphs = spread(&face);
        let ours = subset(face.cff().expect("CFF"), &glyphs, None).expect("a subset");
        let theirs = reference(&face, &glyphs);
        let ours = Source::read(&ours).expect("sound CFF");
        let theirs = Source::read(&theirs).expect("sound CFF");
        assert_eq!(ours.name, theirs.name);
        assert_eq!(ours.charstrings.len(), theirs.charstrings.len());
        for (cid, glyph) in glyphs.iter().enumerate() {
            let (ours, theirs) = (ours.charstrings.get(cid), theirs.charstrings.get(cid));
            assert!(ours.is_some() && ours == theirs, "{name}: glyph {glyph}");
        }
    }
}

/// The Private DICT of a glyph: operators and operands, without Subrs.
fn private(source: &Source<'_>, glyph: u16) -> Vec<(u16, Vec<u8>)> {
    let number = source.font_of(glyph).expect("an FDSelect");
    let font = source.font(number).expect("a Font DICT");
    font.private
        .entries()
        .map(|entry| entry.expect("a sound DICT"))
        .filter(|entry| entry.operator != operator::SUBRS)
        .map(|entry| (entry.operator, entry.operands.to_vec()))
        .collect()
}

#[test]
fn hints_and_default_widths_are_those_of_the_face() {
    for face in faces() {
        let table = face.cff().expect("CFF");
        let glyphs = spread(&face);
        let program = subset(table, &glyphs, None).expect("a subset");
        let (ours, was) = (Source::read(&program), Source::read(table));
        let (ours, was) = (ours.expect("sound CFF"), was.expect("sound CFF"));
        for (cid, glyph) in (0..).zip(&glyphs) {
            let kept = private(&ours, cid);
            assert!(!kept.is_empty(), "{}", face.name());
            assert_eq!(kept, private(&was, *glyph), "{}", face.name());
        }
    }
}

#[test]
fn numbers_take_the_fewest_bytes() {
    for (number, length) in [
        (0, 1),
        (107, 1),
        (108, 2),
        (1131, 2),
        (1132, 3),
        (0x7FFF, 3),
        (0x8000, 5),
        (u16::MAX, 5),
    ] {
        let mut dict = DictWriter::default();
        dict.numbers(operator::NOTICE, &[number]);
        let dict = dict.finish();
        assert_eq!(dict.len(), length + 1, "{number}");
        let read = Dict(&dict).number(operator::NOTICE);
        assert_eq!(read, Ok(Some(usize::from(number))));
    }
}

#[test]
fn a_matrix_is_known_by_its_value() {
    // 0.001 as .001, 1e-3 and 0.0010.
    for real in [
        &[30, 0xA0, 0x01, 0xFF][..],
        &[30, 0x1C, 0x3F],
        &[30, 0x0A, 0x00, 0x10, 0xFF],
    ] {
        let matrix = [real, &[139, 139], real, &[139, 139]].concat();
        assert!(is_default_matrix(&matrix), "{real:?}");
        assert!(!is_default_matrix(&matrix[..matrix.len() - 1]));
    }
    let half = [30, 0xA0, 0x00, 0x5F];
    let matrix = [&half[..], &[139, 139], &half, &[139, 139]].concat();
    assert!(!is_default_matrix(&matrix));
}

#[test]
fn a_subset_is_no_larger_than_the_reference() {
    for face in faces() {
        let glyphs = spread(&face);
        let ours = subset(face.cff().expect("CFF"), &glyphs, None).expect("a subset");
        let theirs = reference(&face, &glyphs);
        assert!(
            ours.len() <= theirs.len(),
            "{}: {} > {}",
            face.name(),
            ours.len(),
            theirs.len()
        );
    }
}

/// A charstring of raw bytes with these subroutines, expanded.
fn expanded(code: &[u8], global: &[&[u8]], local: &[&[u8]]) -> Result<Vec<u8>, Fault> {
    let bytes = |objects: &[&[u8]]| {
        let mut out = Vec::new();
        let index = IndexWriter::of(objects.iter().copied());
        index.write(&mut out).expect("an INDEX");
        out
    };
    let (global, local) = (bytes(global), bytes(local));
    let subroutines = Subroutines {
        global: Index::read(&global, 0).expect("an INDEX").0,
        local: Index::read(&local, 0).expect("an INDEX").0,
    };
    let mut out = Vec::new();
    expand(code, subroutines, &mut Work::default(), &mut out).map(|()| out)
}

/// Subroutine 0 of fewer than 1,240, as an operand: -107.
const FIRST: u8 = 32;

#[test]
fn calls_become_what_they_call() {
    // 1 2 [3 rlineto return] → 1 2 3 rlineto endchar, from either INDEX.
    let (code, plain) = ([140, 141, FIRST, 10, 14], vec![140, 141, 142, 5, 14]);
    assert_eq!(expanded(&code, &[], &[&[142, 5, 11]]), Ok(plain.clone()));
    let code = [140, 141, FIRST, 29, 14];
    assert_eq!(expanded(&code, &[&[142, 5, 11]], &[]), Ok(plain));
    // An endchar in a subroutine ends the glyph, whatever follows.
    let code = [FIRST, 10, 200, 2];
    assert_eq!(expanded(&code, &[], &[&[14]]), Ok(vec![14]));
    // Nine stems, four of them implied: the mask has two bytes, which look
    // like calls. The number of the subroutine is no stem.
    let stems = [[140; 10].as_slice(), &[18], &[140; 7], &[FIRST, 10, 14]].concat();
    let mask: &[u8] = &[140, 19, 10, 29, 11];
    let flat = [[140; 10].as_slice(), &[18], &[140; 8], &[19, 10, 29, 14]].concat();
    assert_eq!(expanded(&stems, &[], &[mask]), Ok(flat));
}

#[test]
fn what_cannot_be_expanded_is_told_apart() {
    let damaged = |code: &[u8], local: &[&[u8]]| {
        let fault = expanded(code, &[], local);
        assert!(matches!(fault, Err(Fault::Damaged(_))), "{fault:?}");
    };
    let unsupported = |code: &[u8], local: &[&[u8]]| {
        let fault = expanded(code, &[], local);
        assert!(matches!(fault, Err(Fault::Unsupported(_))), "{fault:?}");
    };
    damaged(&[FIRST + 1, 10, 14], &[&[11]]);
    damaged(&[FIRST - 4, 14], &[]);
    damaged(&[28, 1], &[]);
    damaged(&[12], &[]);
    damaged(&[140, 140, 1, 19], &[]);
    damaged(&[2, 14], &[]);
    // A subroutine that calls itself.
    damaged(&[FIRST, 10, 14], &[&[FIRST, 10, 11]]);
    unsupported(&[139, 139, 139, 139, 14], &[]);
    unsupported(&[139, 12, 9, 14], &[]);
    unsupported(&[139, 22], &[]);
    unsupported(&[FIRST, 21, 10, 14], &[&[11]]);
    // The number comes from another subroutine.
    unsupported(&[FIRST, 10, 10, 14], &[&[FIRST, 11]]);
}

#[test]
fn subroutines_that_multiply_end() {
    // Ten levels, each calling the next 200 times: 200¹⁰ calls.
    let mut levels: Vec<Vec<u8>> = (1..10).map(|next| [FIRST + next, 10].repeat(200)).collect();
    levels.push(vec![11]);
    let levels: Vec<&[u8]> = levels.iter().map(Vec::as_slice).collect();
    let fault = expanded(&[FIRST, 10, 14], &[], &levels);
    assert!(matches!(fault, Err(Fault::Damaged(_))), "{fault:?}");
}

#[test]
fn either_form_of_fdselect_is_read_back() {
    for dicts in [&[0][..], &[0, 1, 2, 1, 0], &[3; 9], &[0, 0, 0, 0, 5, 5, 5]] {
        let mut out = vec![9];
        select::write(dicts, &mut out);
        let select = Select::read(&out, 1, dicts.len()).expect("an FDSelect");
        for (glyph, dict) in (0..).zip(dicts) {
            assert_eq!(select.get(glyph), Ok(*dict));
        }
        assert!(select.get(dicts.len() as u16).is_err());
    }
}

/// A table small enough to damage often: a subset with all its parts, with
/// subroutines (a whole name-keyed face) or without (a CID-keyed subset).
fn small_tables() -> &'static [Vec<u8>; 2] {
    static TABLES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    TABLES.get_or_init(|| {
        let book = bundled_book();
        let han = book.face(book.find(BUNDLED[0]).expect("song"));
        let latin = book.face(book.find("texgyretermes-regular").expect("Latin"));
        let glyphs: Vec<u16> = (0..40).chain(30_000..30_040).collect();
        [
            subset(han.cff().expect("CFF"), &glyphs, None).expect("a subset"),
            latin.cff().expect("CFF").to_vec(),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damage_never_panics(
        which in 0..2usize,
        damage in proptest::collection::vec((any::<Pick>(), any::<bool>(), any::<u8>()), 1..8),
        cut in any::<Option<Pick>>(),
    ) {
        let mut table = small_tables()[which].clone();
        for (place, in_head, byte) in damage {
            // Half of the damage goes where offsets and DICTs are.
            let end = if in_head { 2_000.min(table.len()) } else { table.len() };
            table[place.index(end)] = byte;
        }
        if let Some(cut) = cut {
            table.truncate(cut.index(table.len()));
        }
        let _ = subset(&table, &(0..80).collect::<Vec<u16>>(), None);
    }
}

#[test]
fn e17_what_is_remembered_changes_no_byte() {
    for face in faces() {
        let table = face.cff().expect("CFF");
        let memo = Expansions::default();
        let memo = memo.face(FaceId(0), usize::from(face.glyph_count()));
        let all = spread(&face);
        let some: Vec<u16> = all.iter().copied().step_by(2).collect();
        for glyphs in [&some, &all, &some] {
            let fresh = subset(table, glyphs, None).expect("a subset");
            assert!(subset(table, glyphs, Some(&memo)).expect("a subset") == fresh);
        }
        assert!(all.iter().all(|&glyph| memo.get(glyph).is_some()));
        assert_eq!(memo.get(face.glyph_count()), None);
    }
}
