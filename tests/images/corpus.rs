//! The corpus: name, file, and how its result begins.

use banxin::base::colour::PressProfile;
use image::{DynamicImage, ImageFormat};
use image_webp::ColorType as WebPColour;
use jpeg_encoder::ColorType as JpegColour;
use moxcms::ColorProfile;

use crate::make::{
    SIZE, Tags, chunk, encoded, exif, extended, grey, inks, jpeg, key_frame, line_art, moving,
    passes, picture, png, rgb, riff, sixteen, tiff, tiffs, two_pages, unfiltered, webp, zlib,
};

/// A file and what becomes of it.
pub(crate) type Case = (&'static str, Vec<u8>, &'static str);

const CMYK_FLATE: &str = "CMYK 20×16×8 Flate";
const CMYK_DCT: &str = "CMYK 20×16×8 DCT";
const BLACK: &str = "black 20×16×8 Flate";
const CUT_OFF: &str = "refused: cut off";
const UNDECODABLE: &str = "refused: damaged: its picture data cannot be decoded";

fn srgb() -> Vec<u8> {
    ColorProfile::new_srgb().encode().expect("a profile")
}

fn grey_profile() -> Vec<u8> {
    ColorProfile::new_gray_with_gamma(2.2)
        .encode()
        .expect("a profile")
}

fn cmyk_profile() -> Vec<u8> {
    PressProfile::newsprint().bytes().to_vec()
}

fn iccp(profile: &[u8]) -> Vec<u8> {
    chunk(b"iCCP", &[b"x\0\0".as_slice(), &zlib(profile)].concat())
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.iter().map(|byte| u32::from(*byte)).collect()
}

/// All of it.
pub(crate) fn all() -> Vec<Case> {
    let mut all = jpegs();
    all.extend(pngs());
    all.extend(tiff_files());
    all.extend(tiff_odd());
    all.extend(webps());
    all.extend(others());
    all
}

fn jpegs() -> Vec<Case> {
    let plain = jpeg(&rgb(), JpegColour::Rgb, |_| {});
    let black = jpeg(&grey(), JpegColour::Luma, |_| {});
    let turned = jpeg(&rgb(), JpegColour::Rgb, |encoder| {
        let exif = [b"Exif\0\0".as_slice(), &exif(6)].concat();
        encoder.add_app_segment(1, exif).expect("room");
    });
    let profiled = |profile: Vec<u8>| {
        jpeg(&rgb(), JpegColour::Rgb, |encoder| {
            encoder.add_icc_profile(&profile).expect("room");
        })
    };
    let progressive = jpeg(&rgb(), JpegColour::Rgb, |encoder| {
        encoder.set_progressive(true);
    });
    let cmyk = jpeg(&inks(), JpegColour::Cmyk, |_| {});
    let ycck = jpeg(&inks(), JpegColour::CmykAsYcck, |_| {});
    let half = plain[..plain.len() / 2].to_vec();
    let head = plain[..30].to_vec();
    let trailing = [plain.clone(), vec![0x5A; 5000]].concat();
    // sides of 60,000 in the frame header
    let mut bomb = plain.clone();
    let frame = bomb.windows(2).position(|mark| mark == [0xFF, 0xC0]);
    let frame = frame.expect("a frame");
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    // sides that are allowed, of a picture that is not there
    let mut huge = progressive.clone();
    let frame = huge.windows(2).position(|mark| mark == [0xFF, 0xC2]);
    let frame = frame.expect("a frame");
    huge[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    vec![
        ("rgb.jpg", plain.clone(), CMYK_DCT),
        ("grey.jpg", black, "black 20×16×8 DCT"),
        ("progressive.jpg", progressive, CMYK_DCT),
        ("turned.jpg", turned, "CMYK 20×16×8 DCT, turn 6"),
        (
            "srgb.jpg",
            profiled(srgb()),
            "CMYK 20×16×8 DCT, by its profile",
        ),
        (
            "cmyk-profile.jpg",
            profiled(cmyk_profile()),
            "CMYK 20×16×8 DCT, profile is of CMYK",
        ),
        (
            "grey-profile.jpg",
            profiled(grey_profile()),
            "CMYK 20×16×8 DCT, profile is of Gray",
        ),
        (
            "no-profile.jpg",
            profiled(vec![7; 200]),
            "CMYK 20×16×8 DCT, profile cannot be read",
        ),
        ("adobe-cmyk.jpg", cmyk, CMYK_DCT),
        ("adobe-ycck.jpg", ycck, CMYK_DCT),
        ("trailing.jpg", trailing, CMYK_DCT),
        ("is-a-jpeg.png", plain, CMYK_DCT),
        ("half.jpg", half, CUT_OFF),
        ("head.jpg", head, CUT_OFF),
        (
            "bomb.jpg",
            bomb,
            "refused: 60000×60000 pixels; at most 30000 a side",
        ),
        ("huge.jpg", huge, "refused: 10000×10000 pixels take"),
    ]
}

fn pngs() -> Vec<Case> {
    let picture = picture();
    let of = |image: DynamicImage| encoded(&image, ImageFormat::Png);
    let wide = DynamicImage::from(picture.to_rgb16());
    let mut clear = picture.to_rgba16();
    for (x, _, pixel) in clear.enumerate_pixels_mut() {
        pixel.0[3] = (x * 3000) as u16;
    }
    let with = |between: &[Vec<u8>]| png(SIZE, [8, 2, 0], between, &unfiltered(&rgb(), 60));
    let interlaced = png(SIZE, [8, 0, 1], &[], &passes(&grey(), SIZE));
    let palette = chunk(b"PLTE", &[200, 0, 0, 0, 0, 255, 255, 255, 255, 9, 90, 9]);
    let indices: Vec<u8> = (0..16 * 5).map(|n| n as u8).collect();
    let few = png(
        SIZE,
        [2, 3, 0],
        std::slice::from_ref(&palette),
        &unfiltered(&indices, 5),
    );
    let holes = chunk(b"tRNS", &[0, 128]);
    let clear_palette = png(SIZE, [2, 3, 0], &[palette, holes], &unfiltered(&indices, 5));
    let plain = with(&[]);
    let mut bad_sum = plain.clone();
    let place = bad_sum.len() - 20;
    bad_sum[place] ^= 1;
    let short = png((20, 400), [8, 2, 0], &[], &unfiltered(&rgb(), 60));
    let bomb = png((60_000, 60_000), [8, 2, 0], &[], &[0; 100]);
    let flat = png((12_000, 12_000), [8, 2, 0], &[], &[0; 100]);
    // rows that are all there, of a picture that is too large
    let deep = png((30_000, 4_000), [8, 6, 0], &[], &vec![0; 4_000_000]);
    let text = chunk(
        b"zTXt",
        &[b"x\0\0".as_slice(), &zlib(&vec![0; 40_000_000])].concat(),
    );
    vec![
        ("rgb.png", plain.clone(), CMYK_FLATE),
        ("rgb16.png", of(wide), CMYK_FLATE),
        ("rgba16.png", of(clear.into()), CMYK_FLATE),
        ("grey.png", of(picture.to_luma8().into()), BLACK),
        ("grey16.png", of(picture.to_luma16().into()), BLACK),
        ("grey-alpha.png", of(picture.to_luma_alpha8().into()), BLACK),
        ("line-art.png", line_art(64, 40), "black 64×40×1 Flate"),
        ("palette.png", few, "palette 20×16×2 Flate"),
        ("clear-palette.png", clear_palette, "palette 20×16×2 Flate"),
        ("interlaced.png", interlaced, BLACK),
        (
            "srgb.png",
            with(&[iccp(&srgb())]),
            "CMYK 20×16×8 Flate, by its profile",
        ),
        (
            "cmyk-profile.png",
            with(&[iccp(&cmyk_profile())]),
            "CMYK 20×16×8 Flate, profile is of CMYK",
        ),
        (
            "torn-profile.png",
            with(&[chunk(b"iCCP", b"x\0\0torn")]),
            "CMYK 20×16×8 Flate, profile cannot be read",
        ),
        (
            "bomb-profile.png",
            with(&[iccp(&vec![0; 30_000_000])]),
            "CMYK 20×16×8 Flate, profile cannot be read",
        ),
        ("bomb-text.png", with(&[text]), CMYK_FLATE),
        (
            "turned.png",
            with(&[chunk(b"eXIf", &exif(8))]),
            "CMYK 20×16×8 Flate, turn 8",
        ),
        (
            "moving.png",
            with(&[chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0])]),
            "CMYK 20×16×8 Flate, first page",
        ),
        (
            "trailing.png",
            [plain.clone(), vec![1; 999]].concat(),
            CMYK_FLATE,
        ),
        (
            "one-pixel.png",
            png((1, 1), [8, 2, 0], &[], &[0, 9, 99, 200]),
            "palette 1×1×1 Flate",
        ),
        (
            "sliver.png",
            png((1, 10_000), [8, 0, 0], &[], &unfiltered(&[7; 10_000], 1)),
            "black 1×10000×8 Flate",
        ),
        (
            "bad-sum.png",
            bad_sum,
            "refused: damaged: a check sum does not match",
        ),
        ("half.png", plain[..plain.len() / 2].to_vec(), CUT_OFF),
        ("short.png", short, UNDECODABLE),
        (
            "bomb.png",
            bomb,
            "refused: 60000×60000 pixels; at most 30000 a side",
        ),
        ("flat-bomb.png", flat, "refused: 12000×12000 pixels take"),
        ("deep-bomb.png", deep, "refused: 30000×4000 pixels take"),
    ]
}

fn tiff_files() -> Vec<Case> {
    let mut all: Vec<Case> = tiffs()
        .into_iter()
        .map(|(name, bytes)| match name {
            name if name.contains("grey") => (name, bytes, BLACK),
            _ => (name, bytes, CMYK_FLATE),
        })
        .collect();
    let rgb_tags = || Tags::new(SIZE, &[8, 8, 8], 2);
    let grey_tags = || Tags::new(SIZE, &[8], 1);
    let art: Vec<u8> = (0..16 * 3).map(|n| n as u8 * 5).collect();
    let bits = |photometric| Tags::new(SIZE, &[1], photometric);
    let ramp: Vec<u32> = (0..3 * 16).map(|n| n % 16 * 4096).collect();
    let places: Vec<u8> = (0..16 * 10).map(|n| n as u8).collect();
    let palette = Tags::new(SIZE, &[4], 3).with(320, &ramp);
    let planes: Vec<Vec<u8>> = (0..3)
        .map(|c| rgb().into_iter().skip(c).step_by(3).collect())
        .collect();
    let clear: Vec<u8> = rgb()
        .chunks_exact(3)
        .flat_map(|p| [p[0] / 2, p[1] / 2, p[2] / 2, 128])
        .collect();
    let clear_tags = Tags::new(SIZE, &[8; 4], 2);
    let strips: Vec<Vec<u8>> = rgb().chunks(60 * 5).map(<[u8]>::to_vec).collect();
    let tile = |x: usize| -> Vec<u8> {
        let row = |y: usize| {
            (0..16).flat_map(move |n| {
                let at = (y * 20 + x + n) * 3;
                let inside = x + n < 20;
                (0..3).map(move |c| if inside { at + c } else { usize::MAX })
            })
        };
        let data = rgb();
        (0..16)
            .flat_map(row)
            .map(|at| data.get(at).copied().unwrap_or(0))
            .collect()
    };
    let tiled = rgb_tags().with(322, &[16]).with(323, &[16]);
    // of one bit in one strip: sixteen white rows of Group 4, and its end
    let fax = vec![0xFF, 0xFF, 0x00, 0x10, 0x01];
    let more: Vec<Case> = vec![
        (
            "big-end.tif",
            tiff(&rgb_tags(), &[rgb()], 0, true),
            CMYK_FLATE,
        ),
        (
            "strips.tif",
            tiff(&rgb_tags().with(278, &[5]), &strips, 0, false),
            CMYK_FLATE,
        ),
        (
            "tiles.tif",
            tiff(&tiled, &[tile(0), tile(16)], 0, false),
            CMYK_FLATE,
        ),
        (
            "planes.tif",
            tiff(&rgb_tags().with(284, &[2]), &planes, 0, false),
            CMYK_FLATE,
        ),
        (
            "from-white.tif",
            tiff(&Tags::new(SIZE, &[8], 0), &[grey()], 0, false),
            BLACK,
        ),
        (
            "line-art.tif",
            tiff(&bits(1), std::slice::from_ref(&art), 0, false),
            "black 20×16×1 Flate",
        ),
        (
            "white-art.tif",
            tiff(&bits(0), &[art], 0, true),
            "black 20×16×1 Flate",
        ),
        (
            "fax.tif",
            tiff(&bits(0).with(259, &[4]), &[fax], 0, false),
            "black 20×16×1 Flate",
        ),
        ("palette.tif", tiff(&palette, &[places], 0, false), BLACK),
        (
            "multiplied.tif",
            tiff(
                &clear_tags.clone().with(338, &[1]),
                std::slice::from_ref(&clear),
                0,
                false,
            ),
            CMYK_FLATE,
        ),
        (
            "straight.tif",
            tiff(
                &clear_tags.clone().with(338, &[2]),
                std::slice::from_ref(&clear),
                0,
                false,
            ),
            CMYK_FLATE,
        ),
        (
            "extra.tif",
            tiff(&clear_tags.with(338, &[0]), &[clear], 0, false),
            CMYK_FLATE,
        ),
        (
            "turned.tif",
            tiff(&rgb_tags().with(274, &[3]), &[rgb()], 0, false),
            "CMYK 20×16×8 Flate, turn 3",
        ),
        (
            "srgb.tif",
            tiff(
                &rgb_tags().with(34_675, &numbers(&srgb())),
                &[rgb()],
                0,
                false,
            ),
            "CMYK 20×16×8 Flate, by its profile",
        ),
        (
            "grey-profile.tif",
            tiff(
                &grey_tags().with(34_675, &numbers(&grey_profile())),
                &[grey()],
                0,
                false,
            ),
            "black 20×16×8 Flate, by its profile",
        ),
        (
            "wrong-profile.tif",
            tiff(
                &grey_tags().with(34_675, &numbers(&srgb())),
                &[grey()],
                0,
                false,
            ),
            "black 20×16×8 Flate, profile is of RGB",
        ),
        (
            "two-pages.tif",
            two_pages(),
            "black 20×16×8 Flate, first page",
        ),
    ];
    all.extend(more);
    all
}

fn tiff_odd() -> Vec<Case> {
    let rgb_tags = || Tags::new(SIZE, &[8, 8, 8], 2);
    let plain = tiff(&rgb_tags(), &[rgb()], 0, false);
    let first = u32::from_le_bytes(plain[4..8].try_into().expect("four"));
    let circle = tiff(&rgb_tags(), &[rgb()], first, false);
    let half = plain[..plain.len() / 2].to_vec();
    let end = plain[..plain.len() - 30].to_vec();
    let outside = tiff(&rgb_tags().with(273, &[9_000_000]), &[rgb()], 0, false);
    let over = tiff(&rgb_tags().with(279, &[u32::MAX]), &[rgb()], 0, false);
    let short = tiff(&rgb_tags(), &[rgb()[..500].to_vec()], 0, false);
    let counts = tiff(&rgb_tags().with(278, &[1]), &[rgb()], 0, false);
    let torn = |coding, byte| {
        let data = vec![byte; 200];
        tiff(&rgb_tags().with(259, &[coding]), &[data], 0, false)
    };
    let bomb = Tags::new((60_000, 60_000), &[8, 8, 8], 2);
    let flat = Tags::new((12_000, 12_000), &[8, 8, 8], 2).with(259, &[8]);
    let tile = rgb_tags().with(322, &[u32::MAX]).with(323, &[u32::MAX]);
    let of = |tags: Tags| tiff(&tags, &[rgb()], 0, false);
    vec![
        ("circle.tif", circle, CMYK_FLATE),
        ("half.tif", half, CUT_OFF),
        ("end.tif", end, CUT_OFF),
        ("outside.tif", outside, CUT_OFF),
        ("over.tif", over, CUT_OFF),
        ("short.tif", short, UNDECODABLE),
        (
            "counts.tif",
            counts,
            "refused: damaged: a tag's value is wrong",
        ),
        ("torn-lzw.tif", torn(5, 0x91), UNDECODABLE),
        ("torn-deflate.tif", torn(8, 0x91), UNDECODABLE),
        ("torn-packbits.tif", torn(32_773, 0x70), UNDECODABLE),
        (
            "bomb.tif",
            of(bomb),
            "refused: 60000×60000 pixels; at most 30000 a side",
        ),
        (
            "flat-bomb.tif",
            of(flat),
            "refused: 12000×12000 pixels take",
        ),
        (
            "tile-bomb.tif",
            of(tile),
            "refused: damaged: a tag's value is wrong",
        ),
        (
            "nothing.tif",
            b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec(),
            "refused: damaged: its size is zero",
        ),
        (
            "jpeg-inside.tif",
            of(rgb_tags().with(259, &[7])),
            "refused: a TIFF that holds a JPEG",
        ),
        (
            "lab.tif",
            of(rgb_tags().with(262, &[8])),
            "refused: a TIFF in Lab",
        ),
        (
            "raw.tif",
            of(rgb_tags().with(262, &[32_803])),
            "refused: a camera's raw file",
        ),
        (
            "float.tif",
            of(rgb_tags().with(258, &[32, 32, 32]).with(339, &[3, 3, 3])),
            "refused: a TIFF of neither",
        ),
        (
            "big.tif",
            b"II+\0\x08\0\0\0".to_vec(),
            "refused: a BigTIFF file",
        ),
    ]
}

fn webps() -> Vec<Case> {
    let plain = webp(&rgb(), WebPColour::Rgb8, |_| {});
    let clear: Vec<u8> = rgb()
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], p[0]])
        .collect();
    let clear = webp(&clear, WebPColour::Rgba8, |_| {});
    let turned = webp(&rgb(), WebPColour::Rgb8, |encoder| {
        encoder.set_exif_metadata(exif(5));
        encoder.set_icc_profile(srgb());
    });
    let wrong = webp(&rgb(), WebPColour::Rgb8, |encoder| {
        encoder.set_icc_profile(cmyk_profile());
    });
    let lossy = riff(&[(b"VP8 ", key_frame(20, 16))]);
    let mut size = plain.clone();
    size[4..8].copy_from_slice(&9_000_000_u32.to_le_bytes());
    let mut less = plain.clone();
    less[4..8].copy_from_slice(&20_u32.to_le_bytes());
    let mut torn = plain.clone();
    for byte in &mut torn[30..] {
        *byte = 0x33;
    }
    let bomb = riff(&[
        (b"VP8X", extended(0, (16_384, 16_384))),
        (b"VP8 ", key_frame(16_383, 16_383)),
    ]);
    let flat = riff(&[(b"VP8 ", key_frame(12_000, 12_000))]);
    let sizes = riff(&[
        (b"VP8X", extended(0, (21, 16))),
        (b"VP8 ", key_frame(20, 16)),
    ]);
    // a frame that hides a picture of another size
    let mut frame = vec![0; 6];
    frame.extend([19, 0, 0, 15, 0, 0, 100, 0, 0, 2]);
    frame.extend(&riff(&[(b"VP8 ", key_frame(16_383, 16_383))])[12..]);
    let hidden = riff(&[
        (b"VP8X", extended(2, SIZE)),
        (b"ANIM", vec![0; 6]),
        (b"ANMF", frame),
    ]);
    vec![
        (
            "hidden-bomb.webp",
            hidden,
            "refused: damaged: it names two different sizes",
        ),
        ("rgb.webp", plain.clone(), CMYK_FLATE),
        ("clear.webp", clear, CMYK_FLATE),
        ("lossy.webp", lossy, "black 20×16×8 DCT"),
        (
            "turned.webp",
            turned,
            "CMYK 20×16×8 Flate, turn 5, by its profile",
        ),
        (
            "wrong-profile.webp",
            wrong,
            "CMYK 20×16×8 Flate, profile is of CMYK",
        ),
        ("moving.webp", moving(), "CMYK 20×16×8 Flate, first page"),
        (
            "trailing.webp",
            [plain.clone(), vec![7; 99]].concat(),
            CMYK_FLATE,
        ),
        ("half.webp", plain[..plain.len() / 2].to_vec(), CUT_OFF),
        ("size.webp", size, CUT_OFF),
        (
            "less.webp",
            less,
            "refused: damaged: a chunk reaches out of the file",
        ),
        ("torn.webp", torn, UNDECODABLE),
        (
            "sizes.webp",
            sizes,
            "refused: damaged: it names two different sizes",
        ),
        (
            "bomb.webp",
            bomb,
            "refused: damaged: it names two different sizes",
        ),
        ("flat-bomb.webp", flat, "refused: 12000×12000 pixels take"),
    ]
}

fn others() -> Vec<Case> {
    vec![
        ("empty.jpg", Vec::new(), "refused: the file is empty"),
        (
            "text.jpg",
            b"no picture".to_vec(),
            "refused: no picture that is taken",
        ),
        (
            "a.gif",
            b"GIF89a\x01\0\x01\0".to_vec(),
            "refused: a GIF file; save it as",
        ),
        (
            "a.bmp",
            b"BM\x36\0\0\0".to_vec(),
            "refused: a BMP file; save it as",
        ),
        (
            "a.psd",
            b"8BPS\0\x01".to_vec(),
            "refused: a Photoshop (PSD) file; save it as",
        ),
        (
            "a.eps",
            b"%!PS-Adobe-3.0 EPSF-3.0\n".to_vec(),
            "refused: a EPS / PostScript file",
        ),
        (
            "a.jp2",
            b"\0\0\0\x0CjP  \r\n\x87\n".to_vec(),
            "refused: a JPEG 2000 file",
        ),
        (
            "a.heic",
            b"\0\0\0\x18ftypheic".to_vec(),
            "refused: a HEIC file",
        ),
        (
            "a.avif",
            b"\0\0\0\x18ftypavif".to_vec(),
            "refused: a AVIF file",
        ),
        ("a.jxl", b"\xFF\x0A\0\0".to_vec(), "refused: a JPEG XL file"),
    ]
}

/// Files without loss, and their samples.
pub(crate) fn exact() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let mut all: Vec<(&str, Vec<u8>, Vec<u8>)> = tiffs()
        .into_iter()
        .map(|(name, bytes)| match name {
            name if name.contains("grey") => (name, bytes, grey()),
            name if name.contains("CMYK") => (name, bytes, inks()),
            _ => (name, bytes, rgb()),
        })
        .collect();
    for (name, bytes, _) in tiff_files() {
        match name {
            "big-end.tif" | "strips.tif" | "tiles.tif" | "planes.tif" | "turned.tif" => {
                all.push((name, bytes, rgb()));
            }
            "from-white.tif" => {
                all.push((name, bytes, grey().iter().map(|v| 255 - v).collect()));
            }
            "fax.tif" => all.push((name, bytes, vec![0xFF; 48])),
            _ => {}
        }
    }
    let wide: Vec<u8> = (sixteen(&rgb()).iter())
        .flat_map(|value| value.to_be_bytes())
        .collect();
    let wide = png(SIZE, [16, 2, 0], &[], &unfiltered(&wide, 120));
    all.push(("rgb16.png", wide, rgb()));
    let interlaced = png(SIZE, [8, 0, 1], &[], &passes(&grey(), SIZE));
    all.push(("interlaced.png", interlaced, grey()));
    let plain = webp(&rgb(), WebPColour::Rgb8, |_| {});
    all.push(("rgb.webp", plain, rgb()));
    all.push(("moving.webp", moving(), rgb()));
    all
}
