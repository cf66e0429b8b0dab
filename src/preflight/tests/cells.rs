//! What patterns and Type 3 glyphs are drawn with.

use super::{Parts, Profile, good, judged};

/// The codes that a file breaks.
fn codes(file: &Parts) -> Vec<&'static str> {
    let found = judged(file.file(), Profile::NewspaperX4);
    found.into_iter().map(|(_, code, _)| code).collect()
}

fn with_stream(dict: &str, content: &str) -> Parts {
    let length = content.len();
    let stream = format!("<< {dict} /Length {length} >>\nstream\n{content}\nendstream");
    good().with("more", "", &stream)
}

/// A page that paints with the pattern P: what it does, the pattern's kind of
/// paint, and what is in a tile.
fn tiled(paint: &str, kind: i32, tile: &str) -> Parts {
    let dict = format!(
        "/Type /Pattern /PatternType 1 /PaintType {kind} /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Resources << /XObject << /I 16 0 R >> /Pattern << /P 18 0 R >> >>"
    );
    with_stream(&dict, tile)
        .with("page", "/Font", "/Pattern << /P 18 0 R >> /Font")
        .with(
            "page",
            "/ColorSpace << ",
            "/ColorSpace << /C [/Pattern /DeviceCMYK] /R [/Pattern /DeviceRGB] ",
        )
        .with("content", "/I Do Q", &format!("/I Do Q {paint}"))
}

/// A page with a line of the Type 3 font T: its colour, and how its one glyph
/// is drawn.
fn lettered(colour: &str, glyph: &str) -> Parts {
    with_stream("", glyph)
        .with("page", "/Font <<", "/Font << /T 19 0 R")
        .with(
            "last",
            "",
            "<< /Type /Font /Subtype /Type3 /Name /T /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 18 0 R >> /Resources << /Font << /F 9 0 R /T 19 0 R >> /XObject << /I 16 0 R >> >> >>",
        )
        .with(
            "content",
            "/I Do Q",
            &format!("/I Do Q BT /T 20 Tf {colour} 60 200 Td (a) Tj ET"),
        )
}

const AREA: &str = "60 200 80 80 re f";
const SCREEN: [&str; 1] = ["preflight/colour-space"];
const NONE: [&str; 0] = [];

#[test]
fn x17_tiling_patterns_are_looked_into() {
    let inks = "0 0 0 .3 k 0 0 10 10 re f";
    let paint = format!("/Pattern cs /P scn {AREA}");
    assert_eq!(codes(&tiled(&paint, 1, inks)), NONE);
    assert_eq!(codes(&tiled(&paint, 1, "1 0 0 rg 0 0 10 10 re f")), SCREEN);
    // as a stroke, and as the colour of text
    for paint in [
        "/Pattern CS /P SCN 2 w 60 200 m 90 290 l S",
        "/Pattern cs /P scn BT /F 20 Tf 60 200 Td <0001> Tj ET",
    ] {
        assert_eq!(
            codes(&tiled(paint, 1, "1 0 0 rg 0 0 10 10 re f")),
            SCREEN,
            "{paint}"
        );
        assert_eq!(codes(&tiled(paint, 1, inks)), NONE, "{paint}");
    }
    // nobody paints with it
    let unused = tiled("/Pattern cs /P scn 0 g", 1, "1 0 0 rg 0 0 10 10 re f");
    assert_eq!(codes(&unused), NONE);
}

#[test]
fn x17_uncoloured_patterns_have_the_colours_they_are_painted_in() {
    let shape = "0 0 10 10 re f";
    let of = |paint: &str| codes(&tiled(paint, 2, shape));
    let inks = format!("/C cs 0 0 0 .3 /P scn {AREA}");
    let screen = format!("/R cs 1 0 0 /P scn {AREA}");
    assert_eq!(of(&inks), NONE);
    assert_eq!(of(&screen), SCREEN);
    // in each colour, not only in the first
    assert_eq!(of(&format!("{inks} {screen}")), SCREEN);
    // a colour of its own does not count
    let own = tiled(&inks, 2, "1 0 0 rg 0 0 10 10 re f");
    assert_eq!(codes(&own), NONE);
}

#[test]
fn x17_shadings_of_patterns_are_looked_into() {
    let shaded = |space: &str| {
        let pattern = format!(
            "/Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /{space} /Coords [0 0 9 9] >> >> >> /Font"
        );
        good().with("page", "/Font", &pattern).with(
            "content",
            "/I Do Q",
            &format!("/I Do Q /Pattern cs /P scn {AREA}"),
        )
    };
    // how much ink a shading lays down is not known
    let unseen = "preflight/ink-not-all-seen";
    assert_eq!(codes(&shaded("DeviceCMYK")), [unseen]);
    assert_eq!(codes(&shaded("DeviceRGB")), [SCREEN[0], unseen]);
}

#[test]
fn print_n4_g21_ink_and_images_of_patterns_count() {
    let paint = format!("/Pattern cs /P scn {AREA}");
    let heavy = codes(&tiled(&paint, 1, ".9 .9 .9 .9 k 0 0 10 10 re f"));
    assert!(heavy.contains(&"preflight/ink"), "{heavy:?}");
    let image = |size: u32| {
        codes(&tiled(
            &paint,
            1,
            &format!("{size} 0 0 {size} 0 0 cm /I Do"),
        ))
    };
    assert_eq!(image(10), NONE);
    assert_eq!(image(30), ["preflight/resolution"]);
}

#[test]
fn x17_type_3_glyphs_are_looked_into() {
    let black = "0 0 0 1 k";
    let shape = "0 0 700 700 re f";
    let of = |colour: &str, glyph: &str| codes(&lettered(colour, glyph));
    let own = |colour: &str| format!("1000 0 d0 {colour} {shape}");
    let none = format!("1000 0 0 0 700 700 d1 {shape}");
    assert_eq!(of(black, &own("0 0 0 1 k")), NONE);
    assert_eq!(of(black, &own("1 0 0 rg")), SCREEN);
    assert_eq!(of(black, &none), NONE);
    assert_eq!(of("1 0 0 rg", &none), SCREEN);
    // the colour around counts where a glyph sets none, in each colour
    assert_eq!(of("1 0 0 rg", &own("0 0 0 1 k")), NONE);
    assert_eq!(of("1 0 0 rg", &own("")), SCREEN);
    assert_eq!(of("0 0 0 1 k 60 100 Td (a) Tj 1 0 0 rg", &own("")), SCREEN);
    // other fonts and images in it
    let text = "1000 0 d0 BT /F 999 Tf <0007> Tj ET";
    assert_eq!(of(black, text), ["preflight/missing-glyph"]);
    let image = "1000 0 d0 2000 0 0 2000 0 0 cm /I Do";
    assert_eq!(of(black, image), ["preflight/resolution"]);
}

#[test]
fn cells_in_themselves_end() {
    let paint = format!("/Pattern cs /P scn {AREA}");
    let tile = "/Pattern cs /P scn 0 0 9 9 re f 1 0 0 rg 0 0 3 3 re f";
    let found = codes(&tiled(&paint, 1, tile));
    assert!(found.contains(&SCREEN[0]), "{found:?}");
    let glyph = "1000 0 d0 0 0 0 .1 k BT /T 1 Tf (a) Tj ET 1 0 0 rg 0 0 9 9 re f";
    assert_eq!(codes(&lettered("0 0 0 1 k", glyph)), SCREEN);
}
