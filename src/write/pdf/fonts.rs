//! Faces as embedded CID subsets (X16), and which text each glyph reads as.
//!
//! A face's glyphs are numbered in the order the pages first use them; that
//! number is CID and glyph index of the subset alike.
//!
//! What a glyph reads as (E16): `ToUnicode` maps each to the first text it was
//! set for. Where a glyph stands for another text as well (one glyph serves …
//! and ⋯), that use is marked with `ActualText`. Because many readers ignore
//! `ActualText`, such a use also names a second Type0 font, which shares
//! everything with the first but `ToUnicode`. Several glyphs that together make
//! one text have `ActualText` alone.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Str};
use subsetter::GlyphRemapper;

use super::content::FontKey;
use super::{cff, decimal, deflate};
use crate::base::diag::Diagnostic;
use crate::base::digest::digest;
use crate::base::font::{Face, FaceId, FontBook};
use crate::page::{GlyphRun, Item, Page};

/// A glyph of a face that the pages use.
struct GlyphUse<'p> {
    glyph: u16,
    /// Advance in millionths of the em, as [`width`] rounds it.
    width: i64,
    /// The texts it was set for alone, in order of appearance. `ToUnicode`
    /// number `n` of the face holds text number `n`.
    texts: Vec<&'p str>,
}

/// The glyphs of one face that the pages use; the index is the CID.
pub(super) struct FaceUse<'p> {
    face: FaceId,
    font: Face,
    glyphs: Vec<GlyphUse<'p>>,
    /// CID of each glyph of the face; [`u16::MAX`] for the unused.
    cids: Vec<u16>,
    /// Whether lines that run down the page use it.
    down: bool,
}

impl<'p> FaceUse<'p> {
    fn new(face: FaceId, book: &FontBook) -> Result<Self, Box<Diagnostic>> {
        let font = book.get(face).ok_or_else(|| unknown_face(face))?.clone();
        let mut this = Self {
            face,
            font,
            glyphs: Vec::new(),
            cids: Vec::new(),
            down: false,
        };
        // Glyph 0 is CID 0 in every font.
        this.touch(0);
        Ok(this)
    }

    /// The entry of a glyph, made where it is the glyph's first use.
    fn touch(&mut self, glyph: u16) -> &mut GlyphUse<'p> {
        let at = usize::from(glyph);
        if self.cids.len() <= at {
            self.cids.resize(at + 1, u16::MAX);
        }
        if self.cids[at] == u16::MAX {
            // A face has at most 65,535 glyphs and each comes here once.
            self.cids[at] = u16::try_from(self.glyphs.len()).unwrap_or(0);
            let width = width(self.font.units_per_em(), self.font.advance_units(glyph));
            self.glyphs.push(GlyphUse {
                glyph,
                width,
                texts: Vec::new(),
            });
        }
        let cid = usize::from(self.cids[at]);
        &mut self.glyphs[cid]
    }

    /// The width that the PDF gives a CID, in millionths of the em.
    pub(super) fn width(&self, cid: u16) -> i64 {
        self.glyphs
            .get(usize::from(cid))
            .map_or(0, |entry| entry.width)
    }

    /// The CID of a glyph; 0 for one that was not collected.
    pub(super) fn cid(&self, glyph: u16) -> u16 {
        match self.cids.get(usize::from(glyph)) {
            None | Some(&u16::MAX) => 0,
            Some(cid) => *cid,
        }
    }

    /// Which `ToUnicode` of the face gives back the text of a piece; `None`
    /// where none does.
    pub(super) fn reading(&self, run: &GlyphRun, piece: &Piece<'_>) -> Option<usize> {
        let [glyph] = run.glyphs.get(piece.glyphs.clone())? else {
            return None;
        };
        let entry = self.glyphs.get(usize::from(self.cid(glyph.id)))?;
        entry.texts.iter().position(|text| *text == piece.text)
    }

    /// How many `ToUnicode` maps the face needs: one at least.
    fn readings(&self) -> usize {
        self.glyphs
            .iter()
            .map(|entry| entry.texts.len())
            .fold(1, usize::max)
    }
}

/// All faces that the pages use.
pub(super) struct Usage<'p> {
    faces: Vec<FaceUse<'p>>,
    index: BTreeMap<FaceId, usize>,
}

impl<'p> Usage<'p> {
    /// A face's use and its index among the fonts of the file.
    pub(super) fn face(&self, id: FaceId) -> Option<(usize, &FaceUse<'p>)> {
        let index = *self.index.get(&id)?;
        Some((index, self.faces.get(index)?))
    }

    /// The faces, those with most glyphs first.
    pub(super) fn largest_first(&self) -> Vec<&FaceUse<'p>> {
        let mut faces: Vec<_> = self.faces.iter().collect();
        faces.sort_by_key(|face| std::cmp::Reverse(face.glyphs.len()));
        faces
    }
}

/// Finds every glyph the pages use and the text it reads as.
pub(super) fn collect<'p>(
    pages: &'p [Page],
    book: &FontBook,
) -> Result<Usage<'p>, Box<Diagnostic>> {
    let mut faces: BTreeMap<FaceId, FaceUse<'p>> = BTreeMap::new();
    // The text of groups of glyphs that stand for one text together: only for
    // glyphs that nowhere stand alone, so that each has some mapping (A7).
    let mut groups: Vec<(FaceId, u16, &str)> = Vec::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        let Item::Glyphs(run) = item else { continue };
        if run.glyphs.is_empty() {
            continue;
        }
        let face = match faces.entry(run.face) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(FaceUse::new(run.face, book)?),
        };
        face.down |= run.vertical;
        for piece in pieces(run) {
            let glyphs = run.glyphs.get(piece.glyphs).unwrap_or_default();
            let alone = glyphs.len() == 1 && !piece.text.is_empty();
            for glyph in glyphs {
                let entry = face.touch(glyph.id);
                if alone {
                    if !entry.texts.contains(&piece.text) {
                        entry.texts.push(piece.text);
                    }
                } else if !piece.text.is_empty() {
                    groups.push((run.face, glyph.id, piece.text));
                }
            }
        }
    }
    for (face, glyph, text) in groups {
        if let Some(face) = faces.get_mut(&face) {
            let entry = face.touch(glyph);
            if entry.texts.is_empty() {
                entry.texts.push(text);
            }
        }
    }
    let index = faces
        .keys()
        .enumerate()
        .map(|(at, face)| (*face, at))
        .collect();
    Ok(Usage {
        faces: faces.into_values().collect(),
        index,
    })
}

/// A stretch of glyphs that reads as one text.
pub(super) struct Piece<'r> {
    /// Glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// What they read as.
    pub(super) text: &'r str,
}

/// Cuts a run into the smallest stretches that read as one text.
///
/// A glyph takes the glyphs without text after it into its stretch. A stretch
/// of as many glyphs as characters is cut further, one character a glyph:
/// …… is two glyphs, each of them … . Not so in vertical lines, where readers
/// would take figures side by side for two lines (V12).
pub(super) fn pieces(run: &GlyphRun) -> impl Iterator<Item = Piece<'_>> {
    let text = |range: &Range<u32>| {
        let range = range.start as usize..range.end as usize;
        run.text.get(range).unwrap_or_default()
    };
    let mut next = 0;
    let mut rest: Option<(usize, &str)> = None;
    std::iter::from_fn(move || {
        if let Some((at, chars)) = rest.take() {
            let first = chars.chars().next().map_or(0, char::len_utf8);
            let (head, tail) = chars.split_at(first);
            rest = (!tail.is_empty()).then_some((at + 1, tail));
            return Some(Piece {
                glyphs: at..at + 1,
                text: head,
            });
        }
        let start = next;
        let text = text(&run.glyphs.get(start)?.text);
        next += 1;
        while run
            .glyphs
            .get(next)
            .is_some_and(|glyph| glyph.text.is_empty())
        {
            next += 1;
        }
        if next - start > 1 && !run.vertical && text.chars().count() == next - start {
            let first = text.chars().next().map_or(0, char::len_utf8);
            let (head, tail) = text.split_at(first);
            rest = Some((start + 1, tail));
            return Some(Piece {
                glyphs: start..start + 1,
                text: head,
            });
        }
        Some(Piece {
            glyphs: start..next,
            text,
        })
    })
}

/// An advance in millionths of the em: what the widths array says of it,
/// rounded to thousandths of its unit, so that content and font agree even
/// where 1000 is no multiple of the em's units.
fn width(units_per_em: u16, advance: u16) -> i64 {
    let em = i64::from(units_per_em.max(1));
    (i64::from(advance) * 1_000_000 + em / 2) / em
}

/// The numbers of a face's objects.
pub(super) struct FontRefs {
    /// The Type0 fonts that pages name, one for each reading, each with its
    /// `ToUnicode`.
    type0: Vec<[Ref; 2]>,
    /// The same that write down the page, where there are such lines; each
    /// shares the `ToUnicode` of its twin.
    down: Vec<Ref>,
    cid: Ref,
    descriptor: Ref,
    program: Ref,
}

impl FontRefs {
    /// The font that a content stream names.
    pub(super) fn font(&self, key: FontKey) -> Option<Ref> {
        match key.down {
            false => self.type0.get(key.reading).map(|[id, _]| *id),
            true => self.down.get(key.reading).copied(),
        }
    }

    pub(super) fn deal(font: &EmbeddedFont, next: &mut Ref) -> Self {
        Self {
            type0: font
                .to_unicode
                .iter()
                .map(|_| [next.bump(), next.bump()])
                .collect(),
            down: match font.down {
                true => font.to_unicode.iter().map(|_| next.bump()).collect(),
                false => Vec::new(),
            },
            cid: next.bump(),
            descriptor: next.bump(),
            program: next.bump(),
        }
    }
}

/// A face, subset and compressed.
pub(super) struct EmbeddedFont {
    pub(super) face: FaceId,
    /// Whether lines that run down the page use it.
    down: bool,
    /// Name with subset tag.
    name: String,
    cff: bool,
    /// The deflated font program and its length before.
    program: Vec<u8>,
    program_len: usize,
    /// The deflated `ToUnicode` maps, one for each reading.
    to_unicode: Vec<Vec<u8>>,
    /// Widths by CID in thousandths of the PDF's glyph unit.
    widths: Vec<i64>,
    bbox: [i64; 4],
    italic_angle: f32,
    ascent: i64,
    descent: i64,
    cap_height: i64,
    stem_v: i64,
}

/// Subsets and compresses a face.
pub(super) fn embed(
    used: &FaceUse<'_>,
    memo: Option<&cff::Expansions>,
) -> Result<EmbeddedFont, Box<Diagnostic>> {
    let face = &used.font;
    let glyphs: Vec<u16> = used.glyphs.iter().map(|entry| entry.glyph).collect();
    let memo = memo.map(|memo| memo.face(used.face, usize::from(face.glyph_count())));
    let program = &subset(face, &glyphs, memo.as_deref())?;
    let scaled = |value: i16| i64::from(value) * 1000 / i64::from(face.units_per_em().max(1));
    let bbox = face.bounding_box();
    Ok(EmbeddedFont {
        face: used.face,
        down: used.down,
        name: format!("{}+{}", tag(program), face.postscript_name()),
        cff: face.is_cff(),
        program: deflate::deflate(program, deflate::FONT),
        program_len: program.len(),
        to_unicode: (0..used.readings())
            .map(|reading| deflate::deflate(&to_unicode(used, reading), deflate::CONTENT))
            .collect(),
        widths: used.glyphs.iter().map(|entry| entry.width).collect(),
        bbox: [bbox.x_min, bbox.y_min, bbox.x_max, bbox.y_max].map(scaled),
        italic_angle: face.italic_angle(),
        ascent: scaled(face.ascender()),
        descent: scaled(face.descender()),
        cap_height: scaled(face.cap_height()),
        stem_v: stem_v(face.weight()),
    })
}

/// The font program of a face with these glyphs alone, numbered as they come.
///
/// CFF is subset here, and many times faster; TrueType, and the CFF that
/// [`cff`] does not support, by `subsetter`, which decompiles every glyph.
fn subset(
    face: &Face,
    glyphs: &[u16],
    memo: Option<&cff::Expanded>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    match face.cff().map(|table| cff::subset(table, glyphs, memo)) {
        Some(Ok(program)) => return Ok(program),
        Some(Err(fault @ cff::Fault::Damaged(_))) => {
            return Err(broken_face(face, &fault.to_string()));
        }
        Some(Err(cff::Fault::Unsupported(_))) | None => {}
    }
    let mut remapper = GlyphRemapper::new();
    for glyph in glyphs {
        remapper.remap(*glyph);
    }
    let font = subsetter::subset(face.data(), face.index(), &remapper)
        .map_err(|error| broken_face(face, &error.to_string()))?;
    if !face.is_cff() {
        return Ok(font);
    }
    // Out of the OpenType file that `subsetter` puts it into.
    let program = table(&font, *b"CFF ").ok_or_else(|| broken_face(face, "no CFF table"))?;
    Ok(program.to_vec())
}

/// Six letters that name a subset by its content (X16).
fn tag(program: &[u8]) -> String {
    let mut number = u128::from_le_bytes(digest(program));
    let mut letters = String::with_capacity(6);
    for _ in 0..6 {
        letters.push(char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters
}

/// Thickness of the main stems, guessed from the weight: the key is required,
/// but only a substitute font would be made from it, and ours are embedded.
fn stem_v(weight: u16) -> i64 {
    10 + 220 * (i64::from(weight.clamp(50, 950)) - 50) / 900
}

/// The table of an OpenType file, as its table directory places it.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let u32_at = |at: usize| {
        let bytes = font.get(at..at + 4)?;
        usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
    };
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let record = (0..count)
        .map(|i| 12 + 16 * i)
        .find(|at| font.get(*at..at + 4) == Some(&tag))?;
    let (start, len) = (u32_at(record + 8)?, u32_at(record + 12)?);
    font.get(start..start.checked_add(len)?)
}

const CMAP_NAME: Name<'static> = Name(b"Banxin-UCS");

const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// A `ToUnicode` map (A7): U+0000, U+FEFF and U+FFFE never.
fn to_unicode(used: &FaceUse<'_>, reading: usize) -> Vec<u8> {
    let mut cmap = UnicodeCmap::<u16>::new(CMAP_NAME, IDENTITY);
    for (cid, entry) in (0u16..).zip(&used.glyphs) {
        let Some(text) = entry.texts.get(reading) else {
            continue;
        };
        let clean = |c: &char| !matches!(c, '\0' | '\u{FEFF}' | '\u{FFFE}');
        if text.chars().any(|c| clean(&c)) {
            cmap.pair_with_multiple(cid, text.chars().filter(clean));
        }
    }
    cmap.finish().into_vec()
}

impl EmbeddedFont {
    /// Bytes of its streams.
    pub(super) fn len(&self) -> usize {
        self.program.len() + self.to_unicode.iter().map(Vec::len).sum::<usize>()
    }

    /// Writes the objects of the font.
    pub(super) fn write(&self, chunk: &mut Chunk, refs: &FontRefs) {
        let name = Name(self.name.as_bytes());
        // A CFF font's Type0 name carries the encoding's name after it
        // (ISO 32000-1, 9.7.6.2).
        let mut type0 = |id, encoding: &str, to_unicode| {
            let name = if self.cff {
                format!("{}-{encoding}", self.name)
            } else {
                self.name.clone()
            };
            chunk
                .type0_font(id)
                .base_font(Name(name.as_bytes()))
                .encoding_predefined(Name(encoding.as_bytes()))
                .descendant_font(refs.cid)
                .to_unicode(to_unicode);
        };
        for &[id, to_unicode] in &refs.type0 {
            type0(id, "Identity-H", to_unicode);
        }
        for (&id, &[_, to_unicode]) in refs.down.iter().zip(&refs.type0) {
            type0(id, "Identity-V", to_unicode);
        }
        for (&[_, to_unicode], map) in refs.type0.iter().zip(&self.to_unicode) {
            super::stream(chunk, to_unicode, map);
        }

        let mut cid = chunk.cid_font(refs.cid);
        cid.subtype(if self.cff {
            CidFontType::Type0
        } else {
            CidFontType::Type2
        })
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(refs.descriptor)
        .default_width(decimal(DEFAULT_WIDTH));
        if !self.cff {
            cid.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        if self.widths.iter().any(|width| *width != DEFAULT_WIDTH) {
            self.write_widths(&mut cid.widths());
        }
        cid.finish();

        let pt = |value: i64| decimal(value * 1000);
        let [left, bottom, right, top] = self.bbox.map(pt);
        let mut descriptor = chunk.font_descriptor(refs.descriptor);
        descriptor
            .name(name)
            // A subset of Han characters is outside the standard Latin set.
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(self.italic_angle)
            .ascent(pt(self.ascent))
            .descent(pt(self.descent))
            .cap_height(pt(self.cap_height))
            .stem_v(pt(self.stem_v));
        if self.cff {
            descriptor.font_file3(refs.program);
        } else {
            descriptor.font_file2(refs.program);
        }
        descriptor.finish();

        let mut program = chunk.stream(refs.program, &self.program);
        program.filter(Filter::FlateDecode);
        if self.cff {
            program.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        } else {
            program.pair(
                Name(b"Length1"),
                i32::try_from(self.program_len).unwrap_or(i32::MAX),
            );
        }
        program.finish();
    }

    /// The widths that differ from the default, neighbours together.
    fn write_widths(&self, writer: &mut pdf_writer::writers::Widths<'_>) {
        let mut first = 0;
        for group in self
            .widths
            .chunk_by(|a, b| (*a == DEFAULT_WIDTH) == (*b == DEFAULT_WIDTH))
        {
            if group.first() != Some(&DEFAULT_WIDTH) {
                let cid = u16::try_from(first).unwrap_or(u16::MAX);
                writer.consecutive(cid, group.iter().map(|width| decimal(*width)));
            }
            first += group.len();
        }
    }
}

/// One em: the width of nearly every glyph of a Chinese page.
const DEFAULT_WIDTH: i64 = 1_000_000;

/// The finding for a face that is not in the book.
pub(super) fn unknown_face(face: FaceId) -> Box<Diagnostic> {
    let id = face.0;
    Box::new(
        Diagnostic::error(
            "write/unknown-face",
            format!("版面用到的第 {id} 号字体不在字体册中"),
            format!("face {id}, which the page uses, is not in the font book"),
        )
        .help(
            "用排版时的同一本字体册写 PDF",
            "write with the font book the page was set with",
        )
        .number("face", i64::from(id)),
    )
}

/// The finding for a face that cannot be subset.
fn broken_face(face: &Face, why: &str) -> Box<Diagnostic> {
    let name = face.name();
    Box::new(
        Diagnostic::error(
            "write/face",
            format!("字体 {name} 无法取子集嵌入：{why}"),
            format!("the face {name} cannot be subset for embedding: {why}"),
        )
        .help(
            "换用完好的字体文件",
            "replace the font file with a sound one",
        )
        .word("face", name),
    )
}
