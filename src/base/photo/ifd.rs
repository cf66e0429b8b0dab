//! The directories of TIFF, which EXIF shares: tags and where their numbers
//! stand.

/// A file of directories, or the part of one that is.
#[derive(Clone, Copy)]
pub(super) struct Ifd<'a> {
    data: &'a [u8],
    little: bool,
}

/// One tag of a directory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) tag: u16,
    /// Bytes of one of its values; 0 for a kind that is no whole number.
    size: usize,
    /// How many values there are.
    pub(super) count: usize,
    /// Where they begin.
    pub(super) at: usize,
}

/// The most values of a tag: the smallest tiles of the largest picture.
const MOST_VALUES: usize = 1 << 20;
/// The turn of a picture, 1–8.
pub(super) const ORIENTATION: u16 = 0x0112;

/// One directory.
pub(super) struct Directory {
    /// Its tags, as far as the file goes.
    pub(super) entries: Vec<Entry>,
    /// Where the next one stands, 0 for none; `None` where the file ends
    /// before it is told.
    pub(super) next: Option<usize>,
}

impl<'a> Ifd<'a> {
    /// Reads the first eight bytes; hands out where the first directory is.
    /// `None` where they are none of TIFF's (6.0, section 2).
    pub(super) fn open(data: &'a [u8]) -> Option<(Self, usize)> {
        let little = match data.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let ifd = Self { data, little };
        Some((ifd, ifd.number(4, 4)?))
    }

    /// The number of `size` bytes, up to four, at `at`.
    fn number(&self, at: usize, size: usize) -> Option<usize> {
        let bytes = self.data.get(at..at.checked_add(size)?)?;
        let add = |sum: usize, &byte: &u8| sum << 8 | usize::from(byte);
        Some(match self.little {
            true => bytes.iter().rev().fold(0, add),
            false => bytes.iter().fold(0, add),
        })
    }

    /// The directory at `at`.
    pub(super) fn directory(&self, at: usize) -> Directory {
        const ENTRY: usize = 12;
        let count = self.number(at, 2).unwrap_or(0);
        let entry = |n: usize| at.saturating_add(2 + n * ENTRY);
        // no more than the file has room for
        let whole = (0..count).take_while(|n| entry(n + 1) <= self.data.len());
        Directory {
            entries: whole.filter_map(|n| self.entry(entry(n))).collect(),
            next: self.number(entry(count), 4),
        }
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let tag = u16::try_from(self.number(at, 2)?).ok()?;
        // what follows is counted in bytes; fractions and floats are not read
        let (size, whole) = match self.number(at + 2, 2)? {
            1 | 2 | 6 | 7 => (1, true),
            3 | 8 => (2, true),
            4 | 9 | 13 => (4, true),
            5 | 10 | 12 => (8, false),
            11 => (4, false),
            _ => return None,
        };
        let count = self.number(at + 4, 4)?;
        let inside = count.checked_mul(size)? <= 4;
        let at = match inside {
            true => at + 8,
            false => self.number(at + 8, 4)?,
        };
        let size = if whole { size } else { 0 };
        Some(Entry {
            tag,
            size,
            count,
            at,
        })
    }

    /// The values of a tag. `None` where they are no whole numbers, too many,
    /// or reach out of the file.
    pub(super) fn values(&self, entry: &Entry) -> Option<Vec<usize>> {
        let length = entry.count.checked_mul(entry.size)?;
        if entry.size == 0
            || entry.count > MOST_VALUES
            || entry.at.checked_add(length)? > self.data.len()
        {
            return None;
        }
        let at = |n: usize| self.number(entry.at + n * entry.size, entry.size);
        (0..entry.count).map(at).collect()
    }

    /// Whether low bytes come first.
    pub(super) fn is_little(&self) -> bool {
        self.little
    }
}

/// The orientation that an EXIF block names, if it names one that is known.
pub(super) fn orientation(exif: &[u8]) -> Option<u8> {
    let (ifd, first) = Ifd::open(exif)?;
    let directory = ifd.directory(first);
    let entry = (directory.entries.iter()).find(|entry| entry.tag == ORIENTATION)?;
    turn(*ifd.values(entry)?.first()?)
}

/// An orientation that is known.
pub(super) fn turn(value: usize) -> Option<u8> {
    u8::try_from(value)
        .ok()
        .filter(|turn| (1..=8).contains(turn))
}
