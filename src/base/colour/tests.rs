//! The profile of the program, and what it makes of pictures.

use std::sync::Arc;

use super::pcs::lab_of;
use super::{InkLimit, NEWSPRINT, PressProfile, ProfileFault};
use crate::base::bytes::Bytes;

fn total(inks: [u8; 4]) -> u32 {
    inks.iter().map(|ink| u32::from(*ink)).sum()
}

#[test]
fn c8_white_is_bare_paper_and_black_heavy_in_k() {
    let press = PressProfile::newsprint();
    let table = press.rgb(None);
    assert!(
        total(table.inks([255; 3])) <= 2,
        "{:?}",
        table.inks([255; 3])
    );
    let [c, m, y, k] = table.inks([0; 3]);
    assert!(k >= 225, "black generation at its maximum (N5): {k}");
    assert!(total([c, m, y, k]) <= 561);
}

#[test]
fn c10_deep_greys_do_not_plug() {
    let press = PressProfile::newsprint();
    let table = press.rgb(None);
    let lightness = |grey: u8| {
        let inks = table.inks([grey; 3]).map(|ink| f64::from(ink) / 255.0);
        lab_of(press.to_pcs.xyz(inks))[0]
    };
    // every step of eight is told from the last one, down to black
    for grey in (8..=248).step_by(8) {
        let (dark, light) = (lightness(grey - 8), lightness(grey));
        assert!(light > dark, "{grey}: {dark} {light}");
    }
    assert!(lightness(64) > lightness(0) + 3.0);
}

#[test]
fn c10_greys_stay_neutral() {
    let press = PressProfile::newsprint();
    let table = press.rgb(None);
    for grey in (0..=255_u8).step_by(5) {
        let inks = table.inks([grey; 3]).map(|ink| f64::from(ink) / 255.0);
        let [_, a, b] = lab_of(press.to_pcs.xyz(inks));
        assert!(a.abs() < 3.0 && b.abs() < 3.5, "{grey}: {a} {b}");
    }
}

#[test]
fn c11_no_colour_of_the_screen_is_over_the_limit() {
    let press = PressProfile::newsprint();
    let table = press.rgb(None);
    for n in 0..32_768_u32 {
        let rgb = [n % 32, n / 32 % 32, n / 1024].map(|v| (v * 255 / 31) as u8);
        assert!(total(table.inks(rgb)) <= 561, "{rgb:?}");
    }
}

#[test]
fn x17_grey_goes_from_bare_paper_to_full_black_and_never_back() {
    let curve = PressProfile::newsprint().grey(None);
    assert_eq!((curve.ink(255), curve.ink(0)), (0, 255));
    for grey in 1..=255 {
        assert!(curve.ink(grey) <= curve.ink(grey - 1), "{grey}");
    }
    // the range of the paper is used whole: the middle is near its middle
    assert!((100..150).contains(&curve.ink(128)), "{}", curve.ink(128));
}

#[test]
fn an_embedded_profile_is_honoured_and_a_broken_one_counts_as_srgb() {
    let press = PressProfile::newsprint();
    let plain = press.rgb(None).inks([120, 40, 200]);
    assert_eq!(press.rgb(Some(b"no profile")).inks([120, 40, 200]), plain);
    // a CMYK profile says nothing of RGB pixels
    assert_eq!(press.rgb(Some(NEWSPRINT)).inks([120, 40, 200]), plain);
    let linear = linear_rgb();
    let other = press.rgb(Some(&linear)).inks([120, 40, 200]);
    assert_ne!(other, plain);
    // in linear light 128 is as light as 188 of sRGB
    let near = press.rgb(None).inks([188; 3]);
    let same = press.rgb(Some(&linear)).inks([128; 3]);
    assert!(
        near.iter().zip(same).all(|(a, b)| a.abs_diff(b) <= 3),
        "{near:?} {same:?}"
    );
}

/// An RGB profile with the colours of sRGB and no curve, as plain bytes: a
/// head, six tags, and the curve that all three share.
fn linear_rgb() -> Vec<u8> {
    let fixed = |x: f64| ((x * 65_536.0).round() as i32).to_be_bytes();
    let xyz = |values: [f64; 3]| {
        let mut tag = b"XYZ \0\0\0\0".to_vec();
        tag.extend(values.into_iter().flat_map(fixed));
        tag
    };
    let tags: [(&[u8], Vec<u8>); 4] = [
        (b"rXYZ", xyz([0.436_07, 0.222_5, 0.013_93])),
        (b"gXYZ", xyz([0.385_06, 0.716_88, 0.097_1])),
        (b"bXYZ", xyz([0.143_08, 0.060_62, 0.714_17])),
        (b"rTRC", b"curv\0\0\0\0\0\0\0\0".to_vec()),
    ];
    let mut head = vec![0; 128];
    head[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    head[12..24].copy_from_slice(b"mntrRGB XYZ ");
    head[36..40].copy_from_slice(b"acsp");
    for (at, value) in [(68, 0.9642), (72, 1.0), (76, 0.8249)] {
        head[at..at + 4].copy_from_slice(&fixed(value));
    }
    let count = 6_u32;
    let mut place = 128 + 4 + 12 * count;
    let mut entries = Vec::new();
    let mut data = Vec::new();
    for (name, tag) in &tags {
        let names: &[&[u8]] = if *name == b"rTRC" {
            &[b"rTRC", b"gTRC", b"bTRC"]
        } else {
            &[*name]
        };
        for name in names {
            entries.extend_from_slice(name);
            entries.extend(place.to_be_bytes());
            entries.extend((tag.len() as u32).to_be_bytes());
        }
        data.extend_from_slice(tag);
        place += tag.len() as u32;
    }
    head.extend(count.to_be_bytes());
    head.extend(entries);
    head.extend(data);
    let size = (head.len() as u32).to_be_bytes();
    head[..4].copy_from_slice(&size);
    head
}

#[test]
fn a_profile_is_shared_by_the_issues_that_name_it() {
    let shared = |percent| {
        let limit = InkLimit::percent(percent).expect("a limit");
        PressProfile::shared(Bytes::of(NEWSPRINT), limit).expect("a profile")
    };
    assert!(Arc::ptr_eq(&shared(221), &shared(221)));
    assert!(!Arc::ptr_eq(&shared(221), &shared(222)));
    assert_eq!(
        shared(222).limit(),
        InkLimit::percent(222).expect("a limit")
    );
}

#[test]
fn x14_a_profile_that_is_not_for_a_press_is_refused() {
    let read = |bytes: Vec<u8>| {
        let read = PressProfile::read(Bytes::from(bytes), InkLimit::NEWSPRINT);
        read.map(|_| ()).expect_err("a fault")
    };
    assert_eq!(read(b"%PDF-1.4".to_vec()), ProfileFault::NotAProfile);
    assert_eq!(read(linear_rgb()), ProfileFault::NotCmyk);
    let mut scanner = NEWSPRINT.to_vec();
    scanner[12..16].copy_from_slice(b"scnr");
    assert_eq!(read(scanner), ProfileFault::NotAPrinter);
    // a head with the table's name destroyed: no B2A
    let mut one_way = NEWSPRINT.to_vec();
    for at in 128..400 {
        if one_way[at..].starts_with(b"B2A") {
            one_way[at..at + 3].copy_from_slice(b"zzz");
        }
    }
    assert_eq!(read(one_way), ProfileFault::OneWay);
}

#[test]
fn a34_the_inks_of_some_colours_are_fixed() {
    let press = PressProfile::newsprint();
    let table = press.rgb(None);
    let inks: Vec<[u8; 4]> = [
        [255, 0, 0],
        [0, 128, 0],
        [30, 60, 200],
        [90, 80, 70],
        [250, 220, 180],
    ]
    .into_iter()
    .map(|rgb| table.inks(rgb))
    .collect();
    assert_eq!(inks, FIXED);
}

/// Inks of five colours, as computed on the first machine.
const FIXED: [[u8; 4]; 5] = [
    [0, 223, 223, 7],
    [154, 2, 195, 94],
    [225, 172, 0, 13],
    [29, 21, 32, 189],
    [1, 19, 61, 10],
];

#[test]
fn x14_a_damaged_profile_is_read_or_refused_and_stops_nothing() {
    let mut read = 0;
    for nth in 0..3000_usize {
        let mut damaged = NEWSPRINT.to_vec();
        // the head and the directory densely, the tables here and there
        let at = if nth < 1200 {
            nth % 400
        } else {
            nth * 7919 % damaged.len()
        };
        damaged[at] = damaged[at].wrapping_add(1 + (nth / 400 * 37 % 250) as u8);
        let Ok(press) = PressProfile::read(Bytes::from(damaged.clone()), InkLimit::NEWSPRINT)
        else {
            continue;
        };
        read += 1;
        for lab in [[0.0; 3], [50.0, 90.0, -90.0], [100.0, 0.0, 0.0]] {
            let inks = press.separate(lab);
            assert!(
                inks.iter().all(|ink| (0.0..=1.0).contains(ink)),
                "byte {at}: {inks:?}"
            );
        }
        // cut off anywhere, it is refused or read
        let _ = PressProfile::read(Bytes::from(damaged[..at].to_vec()), InkLimit::NEWSPRINT);
    }
    assert!(read > 1000, "{read}");
}

/// Colours as `icclu` of `ArgyllCMS` reads them from the same profile, media
/// relative.
#[test]
fn c8_another_reader_sees_the_same_colours() {
    let press = PressProfile::newsprint();
    for (inks, known) in [
        ([1.0, 0.0, 0.0, 0.0], [72.4378, -27.2322, -35.0142]),
        ([0.3, 0.5, 0.2, 0.4], [56.0770, 9.9152, -3.5682]),
    ] {
        let lab = lab_of(press.to_pcs.xyz(inks));
        let off = lab
            .iter()
            .zip(known)
            .map(|(a, b): (&f64, f64)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 0.5, "{lab:?}");
    }
    for (lab, known) in [
        ([60.0, 20.0, -30.0], [0.5603, 0.6261, 0.0039, 0.0364]),
        ([80.0, -10.0, 40.0], [0.1029, 0.0357, 0.7215, 0.1346]),
    ] {
        let inks = press.from_pcs.device(lab);
        let off = inks
            .iter()
            .zip(known)
            .map(|(a, b): (&f64, f64)| (a - b).abs());
        assert!(off.fold(0.0, f64::max) < 0.01, "{inks:?}");
    }
}
