//! The subset, put together.

use super::Fault;
use super::charstring::{self, Subroutines, Work};
use super::dict::{Dict, DictWriter, is_default_matrix, operator};
use super::expansions::Expanded;
use super::index::IndexWriter;
use super::select;
use super::source::{FontDict, STANDARD_STRINGS, Source};

/// Subsets a `CFF ` table to `glyphs`: the glyph at index *n* is glyph and CID
/// *n* of the result. The first should be glyph 0. `memo` is that of the same
/// table, if there is one: the result is the same without.
///
/// # Errors
///
/// See [`Fault`].
pub(crate) fn subset(
    table: &[u8],
    glyphs: &[u16],
    memo: Option<&Expanded>,
) -> Result<Vec<u8>, Fault> {
    let source = Source::read(table)?;
    let picked = pick(&source, glyphs, memo)?;
    let mut strings = Strings::new(&source);
    let ros = [strings.add(b"Adobe")?, strings.add(b"Identity")?, 0];
    let top = TopEntries::keep(&source, ros, &mut strings)?;
    let mut names = Vec::with_capacity(picked.fonts.len());
    for font in &picked.fonts {
        names.push(strings.keep(font.dict, operator::FONT_NAME)?);
    }

    let mut out = Vec::with_capacity(picked.charstrings.data.len() + 16 * 1024);
    // Major and minor version, length of the header, size of offsets.
    out.extend_from_slice(&[1, 0, 4, 4]);
    IndexWriter::of([source.name]).write(&mut out)?;
    let top_start = out.len();
    let write_top = |offsets: &Offsets, out: &mut Vec<u8>| {
        let dict = top.write(glyphs.len() as u16, offsets);
        IndexWriter::of([&dict[..]]).write(out)
    };
    write_top(&Offsets::default(), &mut out)?;
    let top_end = out.len();
    IndexWriter::of(strings.kept).write(&mut out)?;
    // No global subroutines.
    IndexWriter::default().write(&mut out)?;

    let mut offsets = Offsets {
        charset: here(&out)?,
        ..Offsets::default()
    };
    write_charset(glyphs.len() as u16, &mut out);
    offsets.select = here(&out)?;
    select::write(&picked.font_of, &mut out);
    let mut dicts = IndexWriter::default();
    for (font, name) in picked.fonts.iter().zip(names) {
        let start = here(&out)?;
        write_private(font.private, &mut out)?;
        let private = [here(&out)? - start, start];
        dicts
            .data
            .extend(font_dict(font, name, private, top.has_matrix)?);
        dicts.end_object();
    }
    offsets.array = here(&out)?;
    dicts.write(&mut out)?;
    offsets.charstrings = here(&out)?;
    picked.charstrings.write(&mut out)?;

    let mut index = Vec::with_capacity(top_end - top_start);
    write_top(&offsets, &mut index)?;
    out[top_start..top_end].copy_from_slice(&index);
    Ok(out)
}

/// The glyphs and the Font DICTs they use.
struct Picked<'a> {
    charstrings: IndexWriter,
    /// In the order of their first use.
    fonts: Vec<FontDict<'a>>,
    /// For each glyph the index of its Font DICT in `fonts`.
    font_of: Vec<u8>,
}

fn pick<'a>(
    source: &Source<'a>,
    glyphs: &[u16],
    memo: Option<&Expanded>,
) -> Result<Picked<'a>, Fault> {
    let mut picked = Picked {
        charstrings: IndexWriter::default(),
        fonts: Vec::new(),
        font_of: Vec::with_capacity(glyphs.len()),
    };
    // Where the Font DICTs of the source are in `fonts`.
    let mut places = [None; 256];
    let mut work = Work::default();
    for &glyph in glyphs {
        let charstring = source.charstrings.get(usize::from(glyph));
        let charstring = charstring.ok_or(Fault::Damaged("a glyph is missing"))?;
        let number = source.font_of(glyph)?;
        let place = match places[usize::from(number)] {
            Some(place) => place,
            None => {
                // At most 256 come here.
                let place = picked.fonts.len() as u8;
                picked.fonts.push(source.font(number)?);
                places[usize::from(number)] = Some(place);
                place
            }
        };
        let subroutines = Subroutines {
            global: source.global,
            local: picked.fonts[usize::from(place)].local,
        };
        let out = &mut picked.charstrings.data;
        if let Some(known) = memo.and_then(|memo| memo.get(glyph)) {
            out.extend_from_slice(known);
        } else {
            let start = out.len();
            charstring::expand(charstring, subroutines, &mut work, out)?;
            if let Some(memo) = memo {
                memo.keep(glyph, &out[start..]);
            }
        }
        picked.charstrings.end_object();
        picked.font_of.push(place);
    }
    Ok(picked)
}

/// The strings of the subset's own, in the order of their numbers.
struct Strings<'s, 'a> {
    source: &'s Source<'a>,
    kept: Vec<&'a [u8]>,
}

impl<'s, 'a> Strings<'s, 'a> {
    fn new(source: &'s Source<'a>) -> Self {
        Self {
            source,
            kept: Vec::new(),
        }
    }

    /// The number of a string.
    fn add(&mut self, string: &'a [u8]) -> Result<u16, Fault> {
        let place = self.kept.iter().position(|kept| *kept == string);
        let place = place.unwrap_or_else(|| {
            self.kept.push(string);
            self.kept.len() - 1
        });
        u16::try_from(STANDARD_STRINGS + place).map_err(|_| Fault::Unsupported("too many strings"))
    }

    /// The new number of the string that an operator names.
    fn keep(&mut self, dict: Dict<'a>, operator: u16) -> Result<Option<u16>, Fault> {
        let Some(sid) = dict.number(operator)? else {
            return Ok(None);
        };
        let number = match self.source.string(sid)? {
            Some(string) => self.add(string)?,
            // A standard string keeps its number, which is below 391.
            None => sid as u16,
        };
        Ok(Some(number))
    }
}

/// Offsets that the Top DICT names, from the start of the table.
#[derive(Default)]
struct Offsets {
    charset: u32,
    select: u32,
    array: u32,
    charstrings: u32,
}

fn here(out: &[u8]) -> Result<u32, Fault> {
    u32::try_from(out.len())
        .ok()
        .filter(|offset| i32::try_from(*offset).is_ok())
        .ok_or(Fault::Unsupported("the subset grows too large"))
}

/// The Top DICT but for its offsets.
struct TopEntries<'a> {
    /// Registry, ordering and supplement.
    ros: [u16; 3],
    /// Operators that name a string.
    strings: Vec<(u16, u16)>,
    matrix: &'a [u8],
    /// Whether the source has the matrix.
    has_matrix: bool,
    bbox: &'a [u8],
}

/// 0.001 0 0 0.001 0 0, as operands.
const DEFAULT_MATRIX: &[u8] = &[
    30, 0xA0, 0x01, 0xFF, 139, 139, 30, 0xA0, 0x01, 0xFF, 139, 139,
];
/// 1 0 0 1 0 0, as operands.
const IDENTITY_MATRIX: &[u8] = &[140, 139, 139, 140, 139, 139];
/// 0 0 0 0, as operands.
const DEFAULT_BBOX: &[u8] = &[139; 4];

impl<'a> TopEntries<'a> {
    fn keep(
        source: &Source<'a>,
        ros: [u16; 3],
        strings: &mut Strings<'_, 'a>,
    ) -> Result<Self, Fault> {
        let mut kept = Vec::new();
        for operator in [operator::COPYRIGHT, operator::NOTICE, operator::FONT_NAME] {
            if let Some(number) = strings.keep(source.top, operator)? {
                kept.push((operator, number));
            }
        }
        let matrix = source.top.operands(operator::FONT_MATRIX)?;
        let bbox = source.top.operands(operator::FONT_BBOX)?;
        Ok(Self {
            ros,
            strings: kept,
            matrix: matrix.unwrap_or(DEFAULT_MATRIX),
            has_matrix: matrix.is_some(),
            bbox: bbox.unwrap_or(DEFAULT_BBOX),
        })
    }

    /// The Top DICT (#5176, tables 9 and 10): its length does not depend on
    /// the offsets. ROS must come first.
    fn write(&self, glyphs: u16, offsets: &Offsets) -> Vec<u8> {
        let mut dict = DictWriter::default();
        dict.numbers(operator::ROS, &self.ros);
        for (operator, number) in &self.strings {
            dict.numbers(*operator, &[*number]);
        }
        dict.entry(operator::FONT_MATRIX, self.matrix);
        dict.entry(operator::FONT_BBOX, self.bbox);
        dict.offsets(operator::CHARSET, &[offsets.charset]);
        dict.offsets(operator::CHAR_STRINGS, &[offsets.charstrings]);
        dict.numbers(operator::CID_COUNT, &[glyphs]);
        dict.offsets(operator::FD_ARRAY, &[offsets.array]);
        dict.offsets(operator::FD_SELECT, &[offsets.select]);
        dict.finish()
    }
}

/// A charset of format 2 (#5176, section 13): the CID of each glyph after the
/// first is its index.
fn write_charset(glyphs: u16, out: &mut Vec<u8>) {
    out.push(2);
    if let Some(left) = glyphs.checked_sub(2) {
        out.extend_from_slice(&1u16.to_be_bytes());
        out.extend_from_slice(&left.to_be_bytes());
    }
}

/// A Private DICT without subroutines (#5176, section 15).
fn write_private(private: Dict<'_>, out: &mut Vec<u8>) -> Result<(), Fault> {
    let mut dict = DictWriter::default();
    for entry in private.entries() {
        let entry = entry?;
        if entry.operator != operator::SUBRS {
            dict.entry(entry.operator, entry.operands);
        }
    }
    out.extend(dict.finish());
    Ok(())
}

/// A Font DICT (#5176, section 18), with the length and offset of its
/// Private DICT.
///
/// Readers multiply its matrix by that of the Top DICT, which is always
/// written, because they do not agree on what a missing one means: so it is
/// 1 where the source's Top DICT has none and the whole scale is here.
fn font_dict(
    font: &FontDict<'_>,
    name: Option<u16>,
    private: [u32; 2],
    top_has_matrix: bool,
) -> Result<Vec<u8>, Fault> {
    let matrix = match font.dict.operands(operator::FONT_MATRIX)? {
        None => IDENTITY_MATRIX,
        Some(matrix) if top_has_matrix => matrix,
        Some(matrix) if is_default_matrix(matrix) => IDENTITY_MATRIX,
        Some(_) => return Err(Fault::Unsupported("only Font DICTs have a matrix")),
    };
    let mut dict = DictWriter::default();
    dict.entry(operator::FONT_MATRIX, matrix);
    dict.offsets(operator::PRIVATE, &private);
    if let Some(name) = name {
        dict.numbers(operator::FONT_NAME, &[name]);
    }
    Ok(dict.finish())
}
