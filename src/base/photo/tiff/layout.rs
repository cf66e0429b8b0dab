//! Where the pieces of a picture stand: strips or tiles.

use super::{
    ROWS_PER_STRIP, STRIP_BYTES, STRIP_OFFSETS, TILE_BYTES, TILE_LENGTH, TILE_OFFSETS, TILE_WIDTH,
    Tags, odd,
};
use crate::base::photo::{MAX_SIDE, PhotoFault};

/// The pieces of a picture, plane by plane, row by row.
pub(super) struct Pieces {
    /// Pixels across and down of a whole piece.
    size: (u32, u32),
    /// Whether pieces at the right and lower edge are padded to their size.
    padded: bool,
    /// How many stand side by side, and how many rows of them.
    counts: (u32, u32),
    /// Offset and length of each.
    places: Vec<(usize, usize)>,
}

/// One piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Which channel, where each stands by itself; otherwise 0.
    pub(super) plane: usize,
    /// The pixel of its upper left corner.
    pub(super) corner: (u32, u32),
    /// Pixels across and down, as coded.
    pub(super) size: (u32, u32),
    /// Offset and length in the file.
    place: (usize, usize),
}

impl Piece {
    /// Its bytes.
    pub(super) fn bytes<'d>(&self, data: &'d [u8]) -> Result<&'d [u8], PhotoFault> {
        let (from, length) = self.place;
        let to = from.checked_add(length).ok_or(PhotoFault::CutOff)?;
        data.get(from..to).ok_or(PhotoFault::CutOff)
    }
}

impl Pieces {
    /// The pieces of a picture of `size` in `planes` planes.
    pub(super) fn of(tags: &Tags<'_>, size: (u32, u32), planes: usize) -> Result<Self, PhotoFault> {
        let tiled = tags.has(TILE_OFFSETS);
        let (piece, offsets, lengths) = if tiled {
            let piece = (tags.side(TILE_WIDTH)?, tags.side(TILE_LENGTH)?);
            if piece.0 > MAX_SIDE || piece.1 > MAX_SIDE {
                return Err(odd());
            }
            (piece, tags.all(TILE_OFFSETS)?, tags.all(TILE_BYTES)?)
        } else {
            let rows = tags.one(ROWS_PER_STRIP, size.1 as usize)?;
            let rows = u32::try_from(rows).unwrap_or(u32::MAX).min(size.1);
            let offsets = tags.all(STRIP_OFFSETS)?;
            ((size.0, rows), offsets, tags.all(STRIP_BYTES)?)
        };
        if piece.0 == 0 || piece.1 == 0 {
            return Err(odd());
        }
        let counts = (size.0.div_ceil(piece.0), size.1.div_ceil(piece.1));
        let count = counts.0 as usize * counts.1 as usize * planes;
        if offsets.is_empty() {
            return Err(PhotoFault::damaged(
                "没有图像数据",
                "it holds no picture data",
            ));
        }
        if offsets.len() != count || lengths.len() != count {
            return Err(odd());
        }
        Ok(Self {
            size: piece,
            padded: tiled,
            counts,
            places: offsets.into_iter().zip(lengths).collect(),
        })
    }

    /// Sees that no piece reaches out of a file of `length` bytes.
    pub(super) fn lie_within(&self, length: usize) -> Result<(), PhotoFault> {
        let inside = |&(from, bytes): &(usize, usize)| {
            from.checked_add(bytes).is_some_and(|end| end <= length)
        };
        match self.places.iter().all(inside) {
            true => Ok(()),
            false => Err(PhotoFault::CutOff),
        }
    }

    /// Each piece of a picture that is `height` pixels high.
    pub(super) fn each(&self, height: u32) -> impl Iterator<Item = Piece> + '_ {
        let plane = self.counts.0 as usize * self.counts.1 as usize;
        self.places.iter().enumerate().map(move |(n, place)| {
            let at = (n % plane) as u32;
            let (column, row) = (at % self.counts.0, at / self.counts.0);
            let corner = (column * self.size.0, row * self.size.1);
            let rows = match self.padded {
                true => self.size.1,
                false => self.size.1.min(height - corner.1),
            };
            Piece {
                plane: n / plane,
                corner,
                size: (self.size.0, rows),
                place: *place,
            }
        })
    }
}
