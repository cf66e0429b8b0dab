//! The one door to libdeflate.

use libdeflater::{CompressionLvl, Compressor};

/// Page content and `ToUnicode`: small. Level 9 takes ten times as long for a
/// tenth of the size.
pub(super) const CONTENT: i32 = 4;
/// Font programs: charstrings hardly shrink. Over level 1, level 6 takes
/// more than twice the time for 1.7 % of the size, and the body face is what
/// everything waits for.
pub(super) const FONT: i32 = 1;
/// Decoded pictures.
pub(super) const PICTURE: i32 = 6;

/// `data` as a zlib stream (`FlateDecode`).
pub(super) fn deflate(data: &[u8], level: i32) -> Vec<u8> {
    let level = CompressionLvl::new(level).unwrap_or_default();
    let mut compressor = Compressor::new(level);
    let mut out = vec![0; compressor.zlib_compress_bound(data.len())];
    let len = compressor
        .zlib_compress(data, &mut out)
        .expect("the bound that the library names is enough for its own output");
    out.truncate(len);
    // The bound is larger than the data; what is kept until the file is put
    // together should not be.
    out.shrink_to_fit();
    out
}
