//! Ink by what the plates have, and what else is told by what lies below.

use super::{Parts, good, judged};
use crate::preflight::Profile;

const NONE: [&str; 0] = [];

/// The codes that a file is told, without `preflight/`.
fn codes_by(profile: Profile, file: &Parts) -> Vec<String> {
    let found = judged(file.file(), profile).into_iter();
    let code = |(_, code, _): (String, &str, _)| code.replace("preflight/", "");
    // where a place has too much ink, its square may have too
    let square = |code: &String| code == "ink-square";
    found.map(code).filter(|code| !square(code)).collect()
}

fn codes(file: &Parts) -> Vec<String> {
    codes_by(Profile::NewspaperX4, file)
}

/// The good file with other content.
fn with_content(content: &str) -> Parts {
    let usual = good().get("content").to_owned();
    good().with("content", &usual, content)
}

/// The good file with something painted first.
fn painted(first: &str) -> Parts {
    good().with("content", "/N gs", &format!("{first} /N gs"))
}

#[test]
fn print_n4_the_plates_tell_and_not_the_objects() {
    const HEAVY: &str = ".9 .9 .9 .9 k";
    let heavy = format!("{HEAVY} 60 200 50 50 re f");
    assert_eq!(codes(&painted(&heavy)), ["ink"]);
    // another area covers it
    assert_eq!(
        codes(&painted(&format!("{heavy} 0 0 0 .2 k 50 190 80 80 re f"))),
        NONE
    );
    // it is clipped away
    assert_eq!(
        codes(&painted(&format!("q 0 0 20 20 re W n {heavy} Q"))),
        NONE
    );
    // most of it shines through
    let faint = painted(&heavy).with("page", "/N 15 0 R", "/N 15 0 R /T << /ca .3 >>");
    let faint = faint.with("content", HEAVY, "q /T gs .9 .9 .9 .9 k");
    let faint = faint.with("content", "60 200 50 50 re f", "60 200 50 50 re f Q");
    assert_eq!(codes(&faint), NONE);
    // it stands beside the bleed, and without a BleedBox beside the trim
    let beside = painted(&format!("{HEAVY} 1 1 6 300 re f"));
    let bleed = |to| beside.clone().with("page", "/BleedBox [0 0 300 400]", to);
    assert_eq!(codes(&bleed("/BleedBox [8 8 292 392]")), NONE);
    assert_eq!(codes(&bleed("")), NONE);
    assert_eq!(codes(&beside), ["ink"]);
    // specks are no areas, but a thin line is told by itself
    assert_eq!(
        codes(&painted(&format!("{HEAVY} 60 200 .4 3 re f"))),
        ["ink"]
    );
    let speck = "q 40 0 0 40 60 200 cm BI /W 99 /H 99 /BPC 8 /CS /CMYK /F /AHx ID ";
    let pixels = format!("FFFFFFFF{}", "00000000".repeat(99 * 99 - 1));
    assert_eq!(codes(&painted(&format!("{speck}{pixels}> EI Q"))), NONE);
}

#[test]
fn print_n4_ink_that_is_multiplied_adds_up() {
    let two = "q /M gs 1 1 0 0 k 60 200 50 50 re f 0 0 1 1 k 60 200 50 50 re f Q";
    let by = |mode: &str| {
        let state = format!("/N 15 0 R /M << /BM {mode} >>");
        codes(&painted(two).with("page", "/N 15 0 R", &state))
    };
    assert_eq!(by("/Multiply"), ["ink"]);
    assert_eq!(by("[/Multiply /Normal]"), ["ink"]);
    assert_eq!(by("/Normal"), NONE);
}

#[test]
fn g7_tints_knock_out_and_panels_cover() {
    let text = |state: &str, colour: &str| {
        with_content(&format!(
            "/N gs 0 .2 0 0 k 40 40 200 100 re f {state} BT /F 9 Tf {colour} 60 60 Td <0001> Tj ET"
        ))
    };
    assert_eq!(
        codes(&text("/N gs", "0 0 0 1 k")),
        ["black-text-knocks-out"]
    );
    // it would take the colour of what is below
    assert_eq!(codes(&text("/N gs", "0 0 0 .5 k")), NONE);
    let panel = "0 0 0 0 k 50 50 60 60 re f";
    assert_eq!(codes(&text(panel, "0 0 0 1 k")), NONE);
    // half of the text stands beside the panel
    let narrow = "0 0 0 0 k 50 50 12 60 re f";
    assert_eq!(codes(&text(narrow, "0 0 0 1 k")), ["black-text-knocks-out"]);
}

#[test]
fn g3_what_stands_in_the_slug_is_no_content() {
    let slug = with_content("0 0 0 1 k BT /F 6 Tf 40 1 Td <0001> Tj ET");
    let slug = slug.with(
        "page",
        "/BleedBox [0 0 300 400]",
        "/BleedBox [10 10 290 390]",
    );
    assert_eq!(codes(&slug), ["empty-page"]);
}

#[test]
fn g23_a_small_image_alone_is_no_page() {
    let image = |place: &str| codes(&with_content(&format!("q {place} cm /I Do Q")));
    assert_eq!(image("10 0 0 10 60 300"), NONE);
    assert!(image("300 0 0 400 0 0").contains(&"page-is-an-image".to_owned()));
}

#[test]
fn print_n9_what_reaches_the_trim_bleeds_where_pages_are_trimmed() {
    let area = |edges: &str| painted(&format!("0 0 0 .3 k {edges} re f"));
    let codes = |edges: &str| codes_by(Profile::Magazine, &area(edges));
    assert_eq!(codes("10 200 60 60"), ["no-bleed"]);
    assert_eq!(codes("5 200 60 60"), ["no-bleed"]);
    assert_eq!(codes("1 200 60 60"), NONE);
    assert_eq!(codes("12 200 60 60"), NONE);
    // newspapers are not trimmed
    assert_eq!(codes_by(Profile::NewspaperX4, &area("10 200 60 60")), NONE);
}

#[test]
fn x14_a_registered_condition_needs_no_profile_in_x1a() {
    let bare = |condition: &str| {
        let file = good().with("header", "1.6", "1.4").with(
            "info",
            "/Trapped",
            "/GTS_PDFXVersion (PDF/X-1a:2003) /Trapped",
        );
        let file = file.with("intent", "/DestOutputProfile 8 0 R", "");
        let file = file.with("intent", "(Custom)", condition);
        codes_by(Profile::NewspaperX1a, &file)
    };
    assert_eq!(bare("(IFRA26) /RegistryName (http://www.color.org)"), NONE);
    assert_eq!(bare("(IFRA26)"), ["output-profile"]);
    assert_eq!(
        bare("(Custom) /RegistryName (http://www.color.org)"),
        ["output-profile"]
    );
}

#[test]
fn x25_marks_outside_the_bleed_are_let_through() {
    let annot = "/Annots [<< /Type /Annot /Subtype /Link /Rect [1 1 5 5] >>] /TrimBox";
    let file = good().with("page", "/TrimBox", annot);
    assert_eq!(codes(&file), ["annotations"]);
    let file = file.with("page", "/BleedBox [0 0 300 400]", "/BleedBox [8 8 292 392]");
    assert_eq!(codes(&file), NONE);
}

#[test]
fn breaches_of_one_rule_that_differ_are_all_told() {
    let spots = "/Gold cs 1 scn 60 200 9 9 re f /Silver cs 1 scn 90 200 9 9 re f 60 220 9 9 re f";
    let space = |name: &str| {
        format!(
            "/{name} [/Separation /{name} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 1 0] /N 1 >>] "
        )
    };
    let spaces = format!("/ColorSpace << {}{}", space("Gold"), space("Silver"));
    let file = painted(spots).with("page", "/ColorSpace <<", &spaces);
    let bytes = crate::base::bytes::Bytes::from(file.file());
    let verdict = crate::preflight::check("a.pdf", &bytes, Profile::NewspaperX4).expect("read");
    let told = &verdict.findings[0].message.en;
    assert!(told.contains("Gold") && told.contains("Silver"), "{told}");
    assert!(told.contains("3 places"), "{told}");
}

#[test]
fn a_palette_of_no_inks_is_no_trouble() {
    let file = good().with(
        "image-dict",
        "/DeviceCMYK",
        "[/Indexed [/DeviceN [] /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 >>] 1 <00ff>]",
    );
    judged(file.file(), Profile::NewspaperX4);
}

#[test]
fn g1_g2_what_the_tree_of_pages_hands_down_counts() {
    let tree = |key: &str| {
        let file = good().with("pages", "/Count 1", &format!("/Count 1 {key}"));
        codes(&file)
    };
    assert_eq!(tree("/CropBox [10 10 290 390]"), ["crop-box"]);
    assert_eq!(tree("/Rotate 90"), ["page-sizes"]);
}

#[test]
fn x17_soft_masks_are_looked_into_and_lay_down_no_ink() {
    let masked = |colour: &str| {
        let form = format!("{colour} 0 0 300 400 re f");
        let length = form.len();
        let form = format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 300 400] /Group << /S /Transparency /CS /DeviceCMYK >> /Length {length} >>\nstream\n{form}\nendstream"
        );
        let state = "/N 15 0 R /M << /SMask << /S /Luminosity /G 18 0 R >> >>";
        let file = painted("q /M gs 0 0 0 .3 k 60 200 9 9 re f Q").with("page", "/N 15 0 R", state);
        codes(&file.with("more", "", &form))
    };
    assert_eq!(masked("0 0 0 .5 k"), NONE);
    assert_eq!(masked(".9 .9 .9 .9 k"), NONE);
    assert_eq!(masked("1 0 0 rg"), ["colour-space"]);
}

#[test]
fn x16_text_that_nobody_sees_needs_no_font() {
    let font = "/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> ";
    let shown = |mode: &str| {
        let text = format!("q BT /H 9 Tf {mode} 60 200 Td (scan) Tj ET Q");
        codes(&painted(&text).with("page", "/Font <<", font))
    };
    assert_eq!(shown("3 Tr"), NONE);
    assert_eq!(shown("0 Tr"), ["font-not-embedded"]);
    assert_eq!(shown("7 Tr"), ["font-not-embedded"]);
}

#[test]
fn g25_what_the_file_says_of_its_profile_is_told() {
    let told = |part: &str, from: &str, to: &str| {
        let bytes = crate::base::bytes::Bytes::from(good().with(part, from, to).file());
        let verdict = crate::preflight::check("a.pdf", &bytes, Profile::NewspaperX4).expect("read");
        verdict.findings[0].message.en.clone()
    };
    let three = told("icc-dict", "/N 4", "/N 3");
    assert!(three.contains("3 components"), "{three}");
    let rgb = told("icc", "CMYK", "RGB ");
    assert!(rgb.contains("is of RGB"), "{rgb}");
}
