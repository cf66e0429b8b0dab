//! The one door to libdeflate.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

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

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{PICTURE, deflate};

    #[test]
    fn what_was_deflated_comes_back() {
        let data = vec![7; 100_000];
        let packed = deflate(&data, PICTURE);
        let mut back = Vec::new();
        let read = flate2::read::ZlibDecoder::new(packed.as_slice()).read_to_end(&mut back);
        assert_eq!((read.ok(), back), (Some(data.len()), data));
    }
}
