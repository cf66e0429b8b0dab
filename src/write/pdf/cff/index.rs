//! INDEX: numbered objects of any length (#5176, section 5).

use super::{Fault, big_endian};

/// An INDEX in a table; objects are found by their offsets when asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Index<'a> {
    count: usize,
    offset_size: usize,
    /// `count` + 1 offsets.
    offsets: &'a [u8],
    /// The objects; offset 1 is the first byte.
    data: &'a [u8],
}

impl<'a> Index<'a> {
    /// The INDEX at an offset of the table, and the offset after it.
    ///
    /// # Errors
    ///
    /// [`Fault::Damaged`] where it does not fit into the table.
    pub(super) fn read(table: &'a [u8], at: usize) -> Result<(Self, usize), Fault> {
        Self::read_checked(table, at).ok_or(Fault::Damaged("an INDEX leaves the table"))
    }

    fn read_checked(table: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let rest = table.get(at..)?;
        let count = big_endian(rest.get(..2)?);
        if count == 0 {
            return Some((Self::default(), at + 2));
        }
        let offset_size = usize::from(*rest.get(2)?);
        if !(1..=4).contains(&offset_size) {
            return None;
        }
        let (offsets, data) = rest.get(3..)?.split_at_checked((count + 1) * offset_size)?;
        let length = big_endian(&offsets[count * offset_size..]).checked_sub(1)?;
        let index = Self {
            count,
            offset_size,
            offsets,
            data: data.get(..length)?,
        };
        Some((index, at + 3 + offsets.len() + length))
    }

    /// The number of objects.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// An object; `None` past the last one, or where its offsets are not in
    /// order.
    pub(super) fn get(&self, number: usize) -> Option<&'a [u8]> {
        if number >= self.count {
            return None;
        }
        let at = number * self.offset_size;
        let pair = self.offsets.get(at..at + 2 * self.offset_size)?;
        let (start, end) = pair.split_at(self.offset_size);
        let from_zero = |offset| big_endian(offset).checked_sub(1);
        self.data.get(from_zero(start)?..from_zero(end)?)
    }
}

/// An INDEX being written.
#[derive(Debug, Default)]
pub(super) struct IndexWriter {
    ends: Vec<usize>,
    /// The objects one after another; [`IndexWriter::end_object`] ends one.
    pub(super) data: Vec<u8>,
}

impl IndexWriter {
    /// An INDEX of whole objects.
    pub(super) fn of<'o>(objects: impl IntoIterator<Item = &'o [u8]>) -> Self {
        let mut index = Self::default();
        for object in objects {
            index.data.extend_from_slice(object);
            index.end_object();
        }
        index
    }

    /// What was put into the data since the last object is an object.
    pub(super) fn end_object(&mut self) {
        self.ends.push(self.data.len());
    }

    /// Writes the INDEX with the smallest offsets that do.
    ///
    /// # Errors
    ///
    /// [`Fault::Unsupported`] for more objects or bytes than an INDEX can hold.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), Fault> {
        let too_large = |_| Fault::Unsupported("an INDEX grows too large");
        let count = u16::try_from(self.ends.len()).map_err(too_large)?;
        out.extend_from_slice(&count.to_be_bytes());
        if count == 0 {
            return Ok(());
        }
        let last = u32::try_from(self.data.len() + 1).map_err(too_large)?;
        let offset_size = 4 - last.leading_zeros() / 8;
        out.push(offset_size as u8);
        for end in std::iter::once(&0).chain(&self.ends) {
            // No end is after the last one.
            let offset = (*end as u32 + 1).to_be_bytes();
            out.extend_from_slice(&offset[4 - offset_size as usize..]);
        }
        out.extend_from_slice(&self.data);
        Ok(())
    }
}
