//! How far the filters of streams expand, and what they hold, within a bound.
//!
//! The one door to `flate2`, which `hayro-syntax` inflates with as well, there
//! without a bound.

use flate2::{Decompress, FlushDecompress, Status};

/// The bytes of a zlib stream, no more than `most`, and whether there are
/// more. A damaged one holds what comes before the damage; one without zlib's
/// head is taken for bare deflate.
pub(super) fn inflate(data: &[u8], most: usize) -> (Vec<u8>, bool) {
    let whole = inflate_as(true, data, most);
    if whole.0.is_empty() && !whole.1 {
        return inflate_as(false, data, most);
    }
    whole
}

fn inflate_as(zlib: bool, data: &[u8], most: usize) -> (Vec<u8>, bool) {
    let mut inflater = Decompress::new(zlib);
    let mut out = Vec::with_capacity(data.len().saturating_mul(4).min(most));
    let mut spare = [0; 1];
    loop {
        let (read, held) = (inflater.total_in(), inflater.total_out());
        let rest = data.get(read as usize..).unwrap_or(&[]);
        let done = if out.len() >= most {
            // is there one byte more?
            let done = inflater.decompress(rest, &mut spare, FlushDecompress::None);
            if inflater.total_out() > held {
                return (out, true);
            }
            done
        } else {
            if out.len() == out.capacity() {
                let more = out.len().clamp(4096, most.max(4096));
                out.reserve_exact(more.min(most - out.len()));
            }
            let done = inflater.decompress_vec(rest, &mut out, FlushDecompress::None);
            out.truncate(most);
            done
        };
        let stuck = (read, held) == (inflater.total_in(), inflater.total_out());
        if stuck || !matches!(done, Ok(Status::Ok | Status::BufError)) {
            return (out, false);
        }
    }
}

/// Bytes that an LZW stream comes to; `None` where they are more than `most`.
/// Strings are counted, not kept.
pub(super) fn lzw_length(data: &[u8], early: bool, most: usize) -> Option<usize> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const CODES: usize = 4096;
    let mut lengths = vec![1_usize; 258];
    let (mut held, mut bits, mut last) = (0_u32, 0_u32, None);
    let mut bytes = data.iter();
    let mut sum = 0;
    loop {
        let wide = match lengths.len() + usize::from(early) {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while bits < wide {
            let Some(&byte) = bytes.next() else {
                return Some(sum);
            };
            held = held << 8 | u32::from(byte);
            bits += 8;
        }
        bits -= wide;
        let code = (held >> bits) as usize & ((1 << wide) - 1);
        held &= (1 << bits) - 1;
        match (code, last) {
            (CLEAR, _) => {
                lengths.truncate(258);
                last = None;
                continue;
            }
            (END, _) => return Some(sum),
            // the string before it, and its first byte once more
            (code, Some(before)) if code >= lengths.len() => sum += lengths[before] + 1,
            (code, _) => sum += lengths.get(code).copied().unwrap_or(0),
        }
        if sum > most {
            return None;
        }
        if let Some(before) = last
            && lengths.len() < CODES
        {
            lengths.push(lengths[before] + 1);
        }
        last = Some(code.min(lengths.len() - 1));
    }
}

/// The bytes of a run-length stream; `None` where they are more than `most`.
pub(super) fn run_lengths(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = data;
    while let [length, tail @ ..] = rest {
        let length = usize::from(*length);
        rest = match (length, tail) {
            (128, _) | (_, []) => break,
            (0..128, _) => {
                let (run, after) = tail.split_at((length + 1).min(tail.len()));
                out.extend_from_slice(run);
                after
            }
            (_, [byte, after @ ..]) => {
                out.resize(out.len() + 257 - length, *byte);
                after
            }
        };
        if out.len() > most {
            return None;
        }
    }
    Some(out)
}

/// The bytes of hexadecimal digits: half as many.
pub(super) fn hex(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().take_while(|&&byte| byte != b'>');
    let digits = digits.filter_map(|&byte| char::from(byte).to_digit(16));
    let mut out = Vec::with_capacity(data.len() / 2);
    let mut high = None;
    for digit in digits {
        match high.take() {
            Some(high) => out.push((high << 4 | digit) as u8),
            None => high = Some(digit),
        }
    }
    out.extend(high.map(|high| (high << 4) as u8));
    out
}

/// The bytes of a stream in base 85; `None` where they are more than `most`.
pub(super) fn ascii85(data: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut group, mut count) = (0_u32, 0);
    for &byte in data {
        match byte {
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
            }
            b'~' => break,
            _ => {}
        }
        if count == 5 {
            out.extend(group.to_be_bytes());
            (group, count) = (0, 0);
        }
        if out.len() > most {
            return None;
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend_from_slice(&group.to_be_bytes()[..count - 1]);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(1 << 16);
        let level = flate2::Compression::best();
        let mut packer = flate2::Compress::new(level, true);
        packer
            .compress_vec(data, &mut out, flate2::FlushCompress::Finish)
            .expect("room enough");
        out
    }

    #[test]
    fn what_is_inflated_is_bounded() {
        let data = vec![7; 1_000_000];
        let packed = deflated(&data);
        assert_eq!(inflate(&packed, 1_000_000), (data.clone(), false));
        assert_eq!(inflate(&packed, 999_999), (vec![7; 999_999], true));
        assert_eq!(inflate(&packed, 0), (Vec::new(), true));
        // bare deflate, and what comes before a damage
        assert_eq!(inflate(&packed[2..], 2_000_000), (data.clone(), false));
        let mut wrong = packed.clone();
        let end = wrong.len() - 1;
        wrong[end] ^= 1;
        assert_eq!(inflate(&wrong, 2_000_000), (data, false));
        let (part, more) = inflate(&packed[..packed.len() / 2], 2_000_000);
        assert!(part.len() > 100_000 && !more);
        assert_eq!(inflate(b"", 10), (Vec::new(), false));
    }

    #[test]
    fn strings_of_lzw_are_counted() {
        // 45 45 45 45 45 65 45 45 45 66, the example of ISO 32000-1, 7.4.4.2
        let packed = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(lzw_length(&packed, true, 100), Some(10));
        assert_eq!(lzw_length(&packed, true, 9), None);
        assert_eq!(lzw_length(&[], true, 8), Some(0));
        // each code one byte more than that before it
        let codes: Vec<u32> = [256, 65].into_iter().chain(258..500).collect();
        let mut bits = codes
            .iter()
            .flat_map(|code| (0..9).rev().map(move |n| code >> n & 1));
        let mut packed = Vec::new();
        while let Some(first) = bits.next() {
            let byte = (1..8).fold(first, |byte, _| byte << 1 | bits.next().unwrap_or(0));
            packed.push(byte as u8);
        }
        let sum: usize = (1..=243).sum();
        assert!(lzw_length(&packed, true, 1 << 20).is_some_and(|found| found >= sum));
    }

    #[test]
    fn other_filters_are_read_within_their_bound() {
        assert_eq!(
            run_lengths(&[2, 1, 2, 3, 254, 9, 128, 7], 99),
            Some(vec![1, 2, 3, 9, 9, 9])
        );
        assert_eq!(run_lengths(&[129, 1], 127), None);
        assert_eq!(run_lengths(&[5, 1], 127), Some(vec![1]));
        assert_eq!(hex(b"4 1 4F7>99"), [0x41, 0x4F, 0x70]);
        assert_eq!(ascii85(b"9jqo^BlbD-~>", 99), Some(b"Man is d".to_vec()));
        assert_eq!(
            ascii85(b"zz9jq~>", 99),
            Some(b"\0\0\0\0\0\0\0\0Ma".to_vec())
        );
        assert_eq!(ascii85(b"zzzz", 15), None);
    }
}
