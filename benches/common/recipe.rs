//! The floor of a page: the work of foreign libraries that no program which
//! writes this page with them can leave out, and nothing else.
//!
//! For the very faces, glyphs and streams of a page: each face parsed and its
//! text shaped once with a plan made beforehand, its glyphs subset, font
//! programs and streams deflated at the levels of `write/pdf`, and all bytes
//! put end to end. No line is broken, nothing is placed, no object written:
//! what comes out has the bytes of a PDF's streams and is not one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use banxin::base::font::{FaceId, FontBook};
use banxin::page::{Item, Page};
use libdeflater::{CompressionLvl, Compressor, Decompressor};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustybuzz::ttf_parser::{RawFace, Tag};
use serde::{Deserialize, Serialize};
use subsetter::GlyphRemapper;

use super::bare::Bare;
use super::edition;

/// Levels of deflate, as in `write/pdf/deflate.rs`.
const CONTENT: i32 = 6;
const FONT: i32 = 1;

/// What a page's floor is made of.
#[derive(Serialize, Deserialize)]
pub(crate) struct Recipe {
    /// The faces, that with most glyphs first.
    pub(crate) faces: Vec<FaceRecipe>,
    /// Content and `ToUnicode` maps, inflated.
    #[serde(skip)]
    pub(crate) streams: Vec<Vec<u8>>,
    /// Photographs as they stand in the file.
    #[serde(skip)]
    pub(crate) photos: Vec<Vec<u8>>,
}

/// What a page takes from a face.
#[derive(Serialize, Deserialize)]
pub(crate) struct FaceRecipe {
    /// The font file.
    pub(crate) file: PathBuf,
    /// The glyphs in the order of their first use, glyph 0 before all.
    glyphs: Vec<u16>,
    /// Everything set in the face.
    text: String,
    /// Whether there is a Han character in it.
    han: bool,
}

impl Recipe {
    /// Reads off a finished page, and the file written of it, what they took.
    pub(crate) fn of(page: &Page, book: &FontBook) -> Self {
        let mut faces: BTreeMap<FaceId, FaceRecipe> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for item in &page.items {
            let Item::Glyphs(run) = item else { continue };
            let face = faces.entry(run.face).or_insert_with(|| FaceRecipe {
                file: book.face(run.face).path().into(),
                glyphs: vec![0],
                text: String::new(),
                han: false,
            });
            for glyph in &run.glyphs {
                if glyph.id != 0 && seen.insert((run.face, glyph.id)) {
                    face.glyphs.push(glyph.id);
                }
                let text = glyph.text.start as usize..glyph.text.end as usize;
                face.text.push_str(&run.text[text]);
            }
        }
        let mut faces: Vec<FaceRecipe> = faces.into_values().collect();
        for face in &mut faces {
            face.han = face
                .text
                .contains(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        }
        faces.sort_by_key(|face| std::cmp::Reverse(face.glyphs.len()));
        let (streams, photos) = streams(&edition::write(page, book));
        Self {
            faces,
            streams,
            photos,
        }
    }

    /// Glyphs of all subsets together.
    pub(crate) fn glyphs(&self) -> usize {
        self.faces.iter().map(|face| face.glyphs.len()).sum()
    }

    /// Subsets every face. `fonts` are the files' bytes, face by face.
    pub(crate) fn subset(&self, fonts: &[&[u8]]) -> Vec<Vec<u8>> {
        let faces = self.faces.iter().zip(fonts);
        faces.map(|(face, font)| face.subset(font)).collect()
    }

    /// Subsets, deflates and joins, faces and streams on all cores.
    pub(crate) fn file(&self, fonts: &[&[u8]]) -> Vec<u8> {
        let faces: Vec<_> = self.faces.iter().zip(fonts).collect();
        let (programs, streams): (Vec<_>, Vec<_>) = rayon::join(
            || {
                let programs = faces.par_iter().with_max_len(1);
                programs
                    .map(|(face, font)| deflate(program(&face.subset(font)), FONT))
                    .collect()
            },
            || {
                let streams = self.streams.par_iter();
                streams.map(|stream| deflate(stream, CONTENT)).collect()
            },
        );
        [programs.concat(), streams.concat(), self.photos.concat()].concat()
    }
}

impl FaceRecipe {
    /// The face with its plan.
    pub(crate) fn parse<'a>(&self, font: &'a [u8]) -> Bare<'a> {
        Bare::new(font, self.han)
    }

    /// Shapes the text of the face once; the number of glyphs.
    pub(crate) fn shape(&self, bare: &Bare<'_>) -> usize {
        bare.shape([self.text.as_str()])
    }

    fn subset(&self, font: &[u8]) -> Vec<u8> {
        let mut remapper = GlyphRemapper::new();
        for &glyph in &self.glyphs {
            remapper.remap(glyph);
        }
        subsetter::subset(font, 0, &remapper).expect("a subset")
    }
}

/// Deflates font programs.
pub(crate) fn deflate_programs(subsets: &[Vec<u8>]) -> usize {
    let deflated = subsets.iter().map(|subset| deflate(program(subset), FONT));
    deflated.map(|bytes| bytes.len()).sum()
}

/// Deflates content and `ToUnicode` maps.
pub(crate) fn deflate_streams(streams: &[Vec<u8>]) -> usize {
    let deflated = streams.iter().map(|stream| deflate(stream, CONTENT));
    deflated.map(|bytes| bytes.len()).sum()
}

/// What a PDF embeds of a subset: the bare CFF table, or all of a TrueType.
fn program(subset: &[u8]) -> &[u8] {
    let face = RawFace::parse(subset, 0).expect("a font");
    face.table(Tag::from_bytes(b"CFF ")).unwrap_or(subset)
}

fn deflate(data: &[u8], level: i32) -> Vec<u8> {
    let level = CompressionLvl::new(level).expect("a level");
    let mut compressor = Compressor::new(level);
    let mut out = vec![0; compressor.zlib_compress_bound(data.len())];
    let len = compressor.zlib_compress(data, &mut out).expect("room");
    out.truncate(len);
    out
}

/// The streams of a file of ours that are neither fonts nor pictures,
/// inflated, and its photographs as they are.
fn streams(pdf: &[u8]) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let (mut texts, mut photos) = (Vec::new(), Vec::new());
    let mut rest = pdf;
    while let Some((keys, data, after)) = next_stream(rest) {
        let is = |key: &str| keys.contains(key);
        if is("/Subtype/Image") {
            photos.push(data.to_vec());
        } else if !is("/Subtype/CIDFontType0C") && !is("/Length1") {
            texts.push(inflate(data));
        }
        rest = after;
    }
    assert!(!texts.is_empty(), "a page has content");
    (texts, photos)
}

/// The next stream: its dictionary, its bytes, and what follows.
fn next_stream(pdf: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    const OPEN: &[u8] = b"<</Length ";
    const DATA: &[u8] = b"\nstream\n";
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|w| w == what);
    let open = &pdf[find(pdf, OPEN)?..];
    let end = find(open, DATA)?;
    let keys = std::str::from_utf8(&open[..end]).expect("a plain dictionary");
    let digits = keys[OPEN.len()..].split(['/', '>']).next()?;
    let length: usize = digits.parse().expect("a direct length");
    let data = &open[end + DATA.len()..];
    Some((keys, &data[..length], &data[length..]))
}

fn inflate(data: &[u8]) -> Vec<u8> {
    let mut decompressor = Decompressor::new();
    let mut out = vec![0; data.len() * 4];
    loop {
        match decompressor.zlib_decompress(data, &mut out) {
            Ok(len) => {
                out.truncate(len);
                return out;
            }
            Err(libdeflater::DecompressionError::InsufficientSpace) => {
                out.resize(out.len() * 2, 0);
            }
            Err(error) => panic!("not deflated: {error}"),
        }
    }
}
