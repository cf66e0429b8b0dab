//! Photographs built marker by marker, whole and broken.

use proptest::prelude::{any, prop, proptest};

use super::*;

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("a short segment");
    let mut bytes = vec![0xFF, marker];
    bytes.extend(length.to_be_bytes());
    bytes.extend(body);
    bytes
}

/// A frame header of 16×16 blocks' worth of pixels.
fn frame(marker: u8, bits: u8, width: u16, height: u16, components: u8) -> Vec<u8> {
    let mut body = vec![bits];
    body.extend(height.to_be_bytes());
    body.extend(width.to_be_bytes());
    body.push(components);
    for id in 1..=components {
        body.extend([id, 0x11, 0]);
    }
    segment(marker, &body)
}

fn scan(components: u8, reach: [u8; 3], data: &[u8]) -> Vec<u8> {
    let mut body = vec![components];
    for id in 1..=components {
        body.extend([id, 0]);
    }
    body.extend(reach);
    let mut bytes = segment(0xDA, &body);
    bytes.extend(data);
    bytes
}

fn tables() -> Vec<u8> {
    let mut bytes = segment(0xDB, &[0; 65]);
    for head in [0x00, 0x10] {
        let mut table = vec![head, 1];
        table.extend([0; 16]);
        bytes.extend(segment(0xC4, &table));
    }
    bytes
}

fn jpeg(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    bytes.extend(parts.concat());
    bytes.extend([0xFF, 0xD9]);
    bytes
}

const ALL: [u8; 3] = [0, 63, 0];

fn plain(components: u8) -> Vec<u8> {
    let data = [1, 2, 0xFF, 0, 3, 4];
    jpeg(&[
        tables(),
        frame(0xC0, 8, 40, 30, components),
        scan(components, ALL, &data),
    ])
}

fn read(bytes: Vec<u8>) -> Result<Photo, PhotoFault> {
    Photo::read("a.jpg", bytes.into()).map_err(|error| error.fault)
}

fn fault(bytes: Vec<u8>) -> PhotoFault {
    let fault = read(bytes).expect_err("refused");
    assert!(!fault.text().zh.is_empty() && !fault.text().en.is_empty());
    fault
}

#[test]
fn a_jpeg_is_read_by_its_markers() {
    for components in [1, 3, 4] {
        let photo = read(plain(components)).expect("sound");
        assert_eq!(photo.format, PhotoFormat::Jpeg);
        assert_eq!((photo.width, photo.height), (40, 30));
        assert_eq!((photo.components, photo.bits), (components, 8));
        assert_eq!(
            (photo.adobe_transform, photo.inverted, photo.orientation),
            (None, false, 1)
        );
        assert_eq!(photo.icc_bytes(), None);
    }
}

#[test]
fn bytes_after_the_end_are_let_be() {
    let mut bytes = plain(3);
    bytes.extend(b"a phone's second picture");
    assert!(read(bytes).is_ok());
}

#[test]
fn a_progressive_jpeg_has_many_scans() {
    let bytes = jpeg(&[
        tables(),
        frame(0xC2, 8, 40, 30, 3),
        scan(3, [0, 0, 0], &[1, 2]),
        scan(1, [1, 5, 0], &[3]),
        scan(1, [6, 63, 2], &[4, 0xFF, 0]),
    ]);
    assert!(read(bytes).is_ok());
    let half = jpeg(&[
        tables(),
        frame(0xC2, 8, 40, 30, 3),
        scan(1, [0, 0, 0], &[1, 2]),
    ]);
    assert!(
        matches!(fault(half), PhotoFault::Damaged(..)),
        "components never scanned"
    );
}

#[test]
fn restart_markers_show_lost_pieces() {
    // 40×30 pixels are 5×4 blocks: with 8 to an interval, two markers.
    let with = |data: &[u8]| {
        jpeg(&[
            tables(),
            segment(0xDD, &[0, 8]),
            frame(0xC0, 8, 40, 30, 3),
            scan(3, ALL, data),
        ])
    };
    assert!(read(with(&[1, 0xFF, 0xD0, 2, 0xFF, 0xD1, 3])).is_ok());
    assert!(read(with(&[1, 0xFF, 0xD0, 2, 0xFF, 0xD1, 3, 0xFF, 0xD2])).is_ok());
    for lost in [
        &[1, 0xFF, 0xD0, 2][..],
        &[1, 0xFF, 0xD1, 2, 0xFF, 0xD2, 3],
        &[1],
    ] {
        assert!(matches!(fault(with(lost)), PhotoFault::Damaged(..)));
    }
}

#[test]
fn a_jpeg_cut_anywhere_is_refused() {
    let whole = plain(3);
    for cut in 1..whole.len() {
        assert_eq!(
            fault(whole[..cut].to_vec()),
            PhotoFault::CutOff,
            "cut at {cut}"
        );
    }
    assert_eq!(fault(Vec::new()), PhotoFault::Empty);
}

#[test]
fn kinds_a_press_cannot_take_are_refused_with_the_reason() {
    let of = |frame: Vec<u8>| fault(jpeg(&[tables(), frame, scan(3, ALL, &[1])]));
    for (marker, word) in [
        (0xC9, "arithmetic"),
        (0xCA, "arithmetic"),
        (0xC3, "lossless"),
    ] {
        assert!(of(frame(marker, 8, 8, 8, 3)).text().en.contains(word));
    }
    assert!(of(frame(0xC1, 12, 8, 8, 3)).text().en.contains("12-bit"));
    assert!(matches!(
        of(frame(0xC0, 8, 8, 8, 2)),
        PhotoFault::Refused(..)
    ));
    assert!(matches!(
        of(frame(0xC0, 8, 8, 0, 3)),
        PhotoFault::Refused(..)
    ));
    assert!(matches!(
        of(frame(0xC0, 8, 0, 8, 3)),
        PhotoFault::Damaged(..)
    ));
    let huge = PhotoFault::TooLarge {
        width: 30_001,
        height: 8,
    };
    assert_eq!(of(frame(0xC0, 8, 30_001, 8, 3)), huge);
}

#[test]
fn what_a_scan_needs_must_have_come() {
    let no_tables = jpeg(&[frame(0xC0, 8, 8, 8, 3), scan(3, ALL, &[1])]);
    assert!(matches!(fault(no_tables), PhotoFault::Damaged(..)));
    let no_frame = jpeg(&[tables(), scan(3, ALL, &[1])]);
    assert!(matches!(fault(no_frame), PhotoFault::Damaged(..)));
    let no_scan = jpeg(&[tables(), frame(0xC0, 8, 8, 8, 3)]);
    assert!(matches!(fault(no_scan), PhotoFault::Damaged(..)));
    let no_data = jpeg(&[tables(), frame(0xC0, 8, 8, 8, 3), scan(3, ALL, &[])]);
    assert!(matches!(fault(no_data), PhotoFault::Damaged(..)));
}

#[test]
fn adobe_cmyk_is_inverted() {
    let mut adobe = b"Adobe\0\x64\0\0\0\0".to_vec();
    adobe.push(2);
    let bytes = jpeg(&[
        segment(0xEE, &adobe),
        tables(),
        frame(0xC0, 8, 8, 8, 4),
        scan(4, ALL, &[1]),
    ]);
    let photo = read(bytes).expect("sound");
    assert_eq!((photo.adobe_transform, photo.inverted), (Some(2), true));
}

#[test]
fn exif_orientation_is_found() {
    for turn in 1..=9_u8 {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
        exif.extend(b"\x01\x0F\0\x02\0\0\0\x01\0\0\0\0");
        exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0]);
        let bytes = jpeg(&[
            segment(0xE1, &exif),
            tables(),
            frame(0xC0, 8, 40, 30, 1),
            scan(1, ALL, &[1]),
        ]);
        let photo = read(bytes).expect("sound");
        assert_eq!(photo.orientation, if turn == 9 { 1 } else { turn });
        let lying = (5..=8).contains(&turn);
        assert_eq!(
            photo.upright_size(),
            if lying { (30, 40) } else { (40, 30) }
        );
    }
}

#[test]
fn an_icc_profile_is_put_together_from_its_pieces() {
    let piece = |number: u8, text: &[u8]| {
        let mut body = b"ICC_PROFILE\0".to_vec();
        body.extend([number, 2]);
        body.extend(text);
        segment(0xE2, &body)
    };
    let rest = [tables(), frame(0xC0, 8, 8, 8, 1), scan(1, ALL, &[1])];
    let with = |pieces: &[Vec<u8>]| read(jpeg(&[pieces, &rest[..]].concat())).expect("sound");
    let photo = with(&[piece(2, b"two"), piece(1, b"one")]);
    assert_eq!(photo.icc_bytes().as_deref(), Some(&b"onetwo"[..]));
    assert_eq!(
        with(&[piece(2, b"two")]).profile().as_deref(),
        Some(&[][..]),
        "half a profile is empty"
    );
}

fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut bytes = u32::try_from(body.len())
        .expect("short")
        .to_be_bytes()
        .to_vec();
    bytes.extend(kind);
    bytes.extend(body);
    let sum = png::crc(&bytes[4..]);
    bytes.extend(sum.to_be_bytes());
    bytes
}

fn png_of(colour: u8, bits: u8, between: &[Vec<u8>]) -> Vec<u8> {
    let mut head = 40_u32.to_be_bytes().to_vec();
    head.extend(30_u32.to_be_bytes());
    head.extend([bits, colour, 0, 0, 0]);
    [
        png::SIGNATURE.to_vec(),
        chunk(b"IHDR", &head),
        between.concat(),
        chunk(b"IDAT", &[1, 2, 3]),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

#[test]
fn a_png_is_read_by_its_chunks() {
    for (colour, bits, components, alpha) in [
        (0, 1, 1, false),
        (2, 16, 3, false),
        (4, 8, 1, true),
        (6, 8, 3, true),
    ] {
        let photo = read(png_of(colour, bits, &[])).expect("sound");
        assert_eq!(photo.format, PhotoFormat::Png);
        assert_eq!((photo.width, photo.height), (40, 30));
        assert_eq!(
            (photo.components, photo.bits, photo.alpha),
            (components, bits, alpha)
        );
    }
    let palette = chunk(b"PLTE", &[0; 6]);
    let photo = read(png_of(3, 4, &[palette, chunk(b"tRNS", &[0])])).expect("sound");
    assert!(photo.palette && photo.alpha);
    let photo = read(png_of(2, 8, &[chunk(b"iCCP", b"name\0\0stream")])).expect("sound");
    assert_eq!(photo.icc_bytes().as_deref(), Some(&b"stream"[..]));
    assert_eq!(photo.profile().as_deref(), Some(&[][..]), "no zlib stream");
}

#[test]
fn a_png_cut_anywhere_is_refused() {
    let whole = png_of(2, 8, &[]);
    for cut in 1..whole.len() {
        assert_eq!(
            fault(whole[..cut].to_vec()),
            PhotoFault::CutOff,
            "cut at {cut}"
        );
    }
}

#[test]
fn a_changed_bit_in_a_png_is_found() {
    let whole = png_of(2, 8, &[]);
    for at in 8..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fault(bytes);
    }
    assert!(
        matches!(fault(png_of(3, 8, &[])), PhotoFault::Damaged(..)),
        "no palette"
    );
    assert!(
        matches!(fault(png_of(2, 4, &[])), PhotoFault::Damaged(..)),
        "no such depth"
    );
    let odd = png_of(2, 8, &[chunk(b"QUUX", &[])]);
    assert!(matches!(fault(odd), PhotoFault::Damaged(..)));
}

#[test]
fn other_files_are_named() {
    assert_eq!(
        fault(b"GIF89a....".to_vec()),
        PhotoFault::NotAPhoto(Some("GIF"))
    );
    assert_eq!(
        fault(b"....ftypheic".to_vec()),
        PhotoFault::NotAPhoto(Some("HEIC"))
    );
    assert_eq!(
        fault(b"%!PS-Adobe-3.0 EPSF-3.0".to_vec()),
        PhotoFault::NotAPhoto(Some("EPS / PostScript"))
    );
    assert_eq!(
        fault(b"\0\0\0\x0CjP  \r\n\x87\n".to_vec()),
        PhotoFault::NotAPhoto(Some("JPEG 2000"))
    );
    assert_eq!(fault(b"hello".to_vec()), PhotoFault::NotAPhoto(None));
}

proptest! {
    #[test]
    fn no_bytes_panic(
        kind in 0..3_u8,
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut whole = match kind {
            0 => jpeg::SIGNATURE.to_vec(),
            1 => png::SIGNATURE.to_vec(),
            _ => Vec::new(),
        };
        whole.extend(bytes);
        let _ = read(whole);
    }

    #[test]
    fn no_damage_panics(
        photo in prop::sample::select(vec![plain(1), plain(3), plain(4), png_of(2, 8, &[])]),
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = photo;
        for (at, byte) in hits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(photo) = read(bytes) {
            let _ = (photo.icc_bytes(), photo.upright_size());
            assert!(photo.width <= MAX_SIDE && photo.height <= MAX_SIDE);
        }
    }
}
