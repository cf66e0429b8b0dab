//! The one door to libdeflate.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor, DecompressionError, Decompressor};

/// Page content and `ToUnicode`: a tenth of a page's file. Over level 1, level
/// 6 takes more than twice the time for 0.5 % of the file.
pub(super) const CONTENT: i32 = 1;
/// Font programs: charstrings hardly shrink. Over level 1, level 6 takes
/// more than twice the time for 1.7 % of the size, and the body face is what
/// everything waits for.
pub(super) const FONT: i32 = 1;
/// The most that is kept from one use to the next: a picture's room is not.
const LARGEST_ROOM: usize = 4 << 20;
/// Decoded pictures.
pub(super) const PICTURE: i32 = 6;

/// `data` as a zlib stream (`FlateDecode`).
pub(super) fn deflate(data: &[u8], level: i32) -> Vec<u8> {
    thread_local! {
        // The bound is larger than the data: room for it is made once a
        // thread, and what is kept is as long as it must be.
        static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    let level = CompressionLvl::new(level).unwrap_or_default();
    let mut compressor = Compressor::new(level);
    let bound = compressor.zlib_compress_bound(data.len());
    ROOM.with_borrow_mut(|room| {
        if room.len() < bound {
            room.resize(bound, 0);
        }
        let len = compressor
            .zlib_compress(data, room)
            .expect("the bound that the library names is enough for its own output");
        let out = room[..len].to_vec();
        if room.len() > LARGEST_ROOM {
            *room = Vec::new();
        }
        out
    })
}

/// The bytes of a zlib stream, up to `most`. `None` where it is damaged or
/// holds more.
pub(super) fn inflate(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut inflater = Decompressor::new();
    let mut room = (data.len() * 4).min(most);
    loop {
        let mut out = vec![0; room];
        match inflater.zlib_decompress(data, &mut out) {
            Ok(len) => {
                out.truncate(len);
                return Some(out);
            }
            Err(DecompressionError::InsufficientSpace) if room < most => {
                room = (room * 2).min(most);
            }
            Err(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PICTURE, deflate, inflate};

    #[test]
    fn what_was_deflated_comes_back_within_its_limit() {
        let data = vec![7; 100_000];
        let packed = deflate(&data, PICTURE);
        assert_eq!(inflate(&packed, 100_000), Some(data));
        assert_eq!(inflate(&packed, 99_999), None);
        assert_eq!(inflate(b"no stream", 1000), None);
    }
}
