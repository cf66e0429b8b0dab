//! `FDSelect`: which Font DICT a glyph belongs to (#5176, section 19).

use super::{Fault, big_endian};

/// An `FDSelect` in a table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Select<'a> {
    /// Format 0: one byte a glyph.
    Each(&'a [u8]),
    /// Format 3: ranges of the first glyph (two bytes) and the Font DICT
    /// (one), and the glyph after the last range.
    Ranges(&'a [u8]),
}

impl<'a> Select<'a> {
    /// The `FDSelect` at an offset of the table, for so many glyphs.
    pub(super) fn read(table: &'a [u8], at: usize, glyphs: usize) -> Result<Self, Fault> {
        const CUT: Fault = Fault::Damaged("FDSelect leaves the table");
        let (format, rest) = table.get(at..).and_then(<[u8]>::split_first).ok_or(CUT)?;
        match format {
            0 => rest.get(..glyphs).map(Self::Each).ok_or(CUT),
            3 => {
                let (count, ranges) = rest.split_at_checked(2).ok_or(CUT)?;
                let length = 3 * big_endian(count) + 2;
                ranges.get(..length).map(Self::Ranges).ok_or(CUT)
            }
            _ => Err(Fault::Unsupported("an unknown format of FDSelect")),
        }
    }

    /// The Font DICT of a glyph.
    pub(super) fn get(self, glyph: u16) -> Result<u8, Fault> {
        let found = match self {
            Self::Each(dicts) => dicts.get(usize::from(glyph)).copied(),
            Self::Ranges(ranges) => range_of(ranges, glyph),
        };
        found.ok_or(Fault::Damaged("FDSelect leaves out a glyph"))
    }
}

/// The Font DICT of the range that holds a glyph.
fn range_of(ranges: &[u8], glyph: u16) -> Option<u8> {
    let glyph = usize::from(glyph);
    let first = |range: usize| Some(big_endian(ranges.get(3 * range..3 * range + 2)?));
    let count = ranges.len() / 3;
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if first(middle)? <= glyph {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let range = low.checked_sub(1)?;
    // The sentinel ends the last range.
    if glyph >= first(range + 1)? {
        return None;
    }
    ranges.get(3 * range + 2).copied()
}

/// Writes the `FDSelect` of these Font DICTs, one a glyph, in the format that
/// is shorter.
pub(super) fn write(dicts: &[u8], out: &mut Vec<u8>) {
    let ranges: Vec<&[u8]> = dicts.chunk_by(|a, b| a == b).collect();
    if 5 + 3 * ranges.len() > 1 + dicts.len() {
        out.push(0);
        out.extend_from_slice(dicts);
        return;
    }
    // A font has no more than 65,535 glyphs, and so has no more ranges.
    let push = |number: usize, out: &mut Vec<u8>| {
        out.extend_from_slice(&(number as u16).to_be_bytes());
    };
    out.push(3);
    push(ranges.len(), out);
    let mut glyph = 0;
    for range in ranges {
        push(glyph, out);
        out.push(range[0]);
        glyph += range.len();
    }
    push(glyph, out);
}
