//! Small pages, and what stands on their plates.

use super::*;
use crate::base::bytes::Bytes;
use crate::base::pdf;

/// A page of 72 by 72 points with this content; more objects begin at 5.
fn page(content: &str, resources: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 72 72] /BleedBox [6 6 66 66] \
             /TrimBox [6 6 66 66] /Contents 4 0 R /Resources << {resources} >> >>"
        ),
        format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    objects.extend(more.iter().map(|&object| object.to_owned()));
    let mut out = "%PDF-1.6\n".to_owned();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", nth + 1);
    }
    let start = out.len();
    out += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out += &format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF",
        objects.len() + 1
    );
    out.into_bytes()
}

fn plates(file: Vec<u8>) -> Plates {
    let file = pdf::open(&Bytes::from(file)).expect("a PDF");
    let pages = file.pages();
    Plates::of(&pages[0], 72, &PressProfile::newsprint()).expect("plates")
}

/// C, M, Y and K at a place, from the left and from the foot.
fn at(plates: &Plates, x: usize, y: usize) -> [u8; 4] {
    let place = (71 - y) * 72 + x;
    [0, 1, 2, 3].map(|n| plates.sheet.plates[n].ink[place])
}

const STATES: &str = "/ExtGState << /O << /OP true /op true /OPM 1 >> /Z << /OP true /op true /OPM 0 >> /N << /OP false /op false >> /H << /ca 0.5 >> /M << /BM /Multiply >> >>";

#[test]
fn x20_black_overprints_and_the_rest_knocks_out() {
    let plates = plates(page(
        "1 0 0 0 k 0 0 36 72 re f /O gs 0 0 0 1 k 20 20 20 20 re f /N gs 0 1 0 0 k 0 60 72 10 re f",
        STATES,
        &[],
    ));
    assert_eq!(at(&plates, 10, 10), [255, 0, 0, 0]);
    assert_eq!(at(&plates, 30, 30), [255, 0, 0, 255]);
    assert_eq!(at(&plates, 38, 30), [0, 0, 0, 255]);
    assert_eq!(at(&plates, 10, 65), [0, 255, 0, 0]);
    assert!(plates.untold().is_empty());
    let most = plates.heaviest().expect("a page");
    assert!((most.percent - 200.0).abs() < 1e-9);
    assert_eq!(most.edges, [20.0, 39.0, 21.0, 40.0]);
}

#[test]
fn x20_without_its_mode_overprint_takes_all_inks_away() {
    let plates = plates(page(
        "1 0 0 0 k 0 0 72 72 re f /Z gs 0 0 0 1 k 20 20 20 20 re f",
        STATES,
        &[],
    ));
    assert_eq!(at(&plates, 30, 30), [0, 0, 0, 255]);
}

#[test]
fn colours_go_to_the_plates_of_their_inks() {
    let spaces = "/ColorSpace << /K [/Separation /Black /DeviceCMYK 5 0 R] /S [/Separation /Gold /DeviceCMYK 5 0 R] /A [/Separation /All /DeviceCMYK 5 0 R] /D [/DeviceN [/Cyan /Gold] /DeviceCMYK 5 0 R] >>";
    let tint = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>";
    let plates = plates(page(
        "/K cs 0.5 scn 0 0 10 72 re f /S cs 1 scn 10 0 10 72 re f /A cs 1 scn 20 0 10 72 re f \
         /D cs 0.2 0.4 scn 30 0 10 72 re f 0.25 g 40 0 10 72 re f 1 1 1 rg 50 0 10 72 re f",
        &format!("{STATES} {spaces}"),
        &[tint],
    ));
    let names: Vec<&str> = plates.inks().collect();
    assert_eq!(names, ["Cyan", "Magenta", "Yellow", "Black", "Gold"]);
    let gold = |x: usize| plates.sheet.plates[4].ink[36 * 72 + x];
    assert_eq!((at(&plates, 5, 36), gold(5)), ([0, 0, 0, 128], 0));
    assert_eq!((at(&plates, 15, 36), gold(15)), ([0; 4], 255));
    assert_eq!((at(&plates, 25, 36), gold(25)), ([255; 4], 255));
    assert_eq!((at(&plates, 35, 36), gold(35)), ([51, 0, 0, 0], 102));
    assert_eq!(at(&plates, 45, 36), [0, 0, 0, 191]);
    assert_eq!(at(&plates, 55, 36), [0; 4]);
    assert_eq!(plates.untold().len(), 1, "white of a screen is told");
}

#[test]
fn images_are_read_as_inks() {
    let two = "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /ASCIIHexDecode /Length 17 >>\nstream\nFF00000000800000>\nendstream";
    let turned = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0] /Filter /ASCIIHexDecode /Length 9 >>\nstream\nFFFFFF00>\nendstream";
    let few = "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 1 /ColorSpace [/Indexed /DeviceCMYK 1 <0000000000FF00FF>] /Filter /ASCIIHexDecode /Length 5 >>\nstream\n8040>\nendstream";
    let stencil = "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 1 /ImageMask true /Filter /ASCIIHexDecode /Length 3 >>\nstream\n80>\nendstream";
    let masked = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 10 0 R /Filter /ASCIIHexDecode /Length 3 >>\nstream\n00>\nendstream";
    let mask = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /ASCIIHexDecode /Length 3 >>\nstream\n80>\nendstream";
    let plates = plates(page(
        "q 20 0 0 20 0 0 cm /A Do Q q 20 0 0 20 20 0 cm /B Do Q q 20 0 0 20 40 0 cm /C Do Q \
         0 1 1 0 k q 20 0 0 20 0 20 cm /D Do Q q 20 0 0 20 20 20 cm /E Do Q",
        "/XObject << /A 5 0 R /B 6 0 R /C 7 0 R /D 8 0 R /E 9 0 R >>",
        &[two, turned, few, stencil, masked, mask],
    ));
    assert_eq!(at(&plates, 5, 10), [255, 0, 0, 0]);
    assert_eq!(at(&plates, 15, 10), [0, 128, 0, 0]);
    assert_eq!(at(&plates, 30, 10), [0, 0, 0, 255]);
    // the upper row is 1 0, the lower one 0 1
    assert_eq!(at(&plates, 45, 15), [0, 255, 0, 255]);
    assert_eq!(at(&plates, 55, 15), [0; 4]);
    assert_eq!(at(&plates, 55, 5), [0, 255, 0, 255]);
    // 1 of a stencil leaves the paper
    assert_eq!(at(&plates, 5, 30), [0; 4]);
    assert_eq!(at(&plates, 15, 30), [0, 255, 255, 0]);
    assert_eq!(at(&plates, 30, 30), [0, 0, 0, 128]);
    assert!(plates.untold().is_empty());
}

#[test]
fn clips_and_forms_hold_what_is_inside() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Matrix [1 0 0 1 40 40] /Length 33 >>\nstream\n1 0 0 0 k 0 0 72 72 re f q q    \nendstream";
    let plates = plates(page(
        "q 0 0 36 36 re W n 0 0 0 1 k 0 0 72 72 re f Q 0 0 0 1 k 60 0 5 5 re f /F Do 0 0 1 0 k 66 66 3 3 re f",
        "/XObject << /F 5 0 R >>",
        &[form],
    ));
    assert_eq!(at(&plates, 30, 30), [0, 0, 0, 255]);
    assert_eq!(at(&plates, 40, 30), [0; 4]);
    assert_eq!(at(&plates, 62, 2), [0, 0, 0, 255]);
    assert_eq!(at(&plates, 45, 45), [255, 0, 0, 0]);
    assert_eq!(at(&plates, 55, 45), [0; 4]);
    assert_eq!(at(&plates, 67, 67), [0, 0, 255, 0]);
}

#[test]
fn what_is_seen_through_is_mixed() {
    let plates = plates(page(
        "1 0 0 0 k 0 0 36 72 re f /H gs 0 1 0 0 k 0 0 72 20 re f /M gs /N gs 0 1 0 0 k 0 40 36 10 re f",
        STATES,
        &[],
    ));
    assert_eq!(at(&plates, 10, 10), [127, 128, 0, 0]);
    assert_eq!(at(&plates, 50, 10), [0, 128, 0, 0]);
    assert_eq!(at(&plates, 10, 45), [255, 128, 0, 0]);
}

#[test]
fn a_unit_of_a_page_may_be_more_than_a_point() {
    let file = page("0 0 0 1 k 10 10 10 10 re f", "", &[]);
    let text = String::from_utf8(file).expect("text");
    // as long as before: offsets stay
    let file = text.replace("/BleedBox [6 6 66 66]", "/UserUnit 2          ");
    let plates = plates(file.into_bytes());
    assert_eq!(plates.size(), (144, 144));
    let black = |x: usize, y: usize| plates.sheet.plates[3].ink[(143 - y) * 144 + x];
    assert_eq!((black(21, 21), black(38, 38), black(41, 21)), (255, 255, 0));
    let most = plates.heaviest().expect("a page");
    assert_eq!(most.edges, [10.0, 19.5, 10.5, 20.0]);
}

/// A TrueType font of one square: the letter `a`.
fn square_font() -> Vec<u8> {
    fn table(out: &mut Vec<(&'static [u8; 4], Vec<u8>)>, tag: &'static [u8; 4], words: &[u16]) {
        out.push((
            tag,
            words.iter().flat_map(|word| word.to_be_bytes()).collect(),
        ));
    }
    let mut tables = Vec::new();
    table(
        &mut tables,
        b"cmap",
        &[
            0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 97, 0xFFFF, 0, 97, 0xFFFF, 65440, 1, 0, 0,
        ],
    );
    table(
        &mut tables,
        b"glyf",
        &[
            1, 0, 0, 1000, 1000, 3, 0, 0x0101, 0x0101, 0, 1000, 0, 0xFC18, 0, 0, 1000, 0,
        ],
    );
    table(
        &mut tables,
        b"head",
        &[
            1, 0, 0, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, 1000, 0,
            8, 2, 0, 0,
        ],
    );
    table(
        &mut tables,
        b"hhea",
        &[
            1, 0, 1000, 0, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 2,
        ],
    );
    table(&mut tables, b"hmtx", &[1000, 0, 1000, 0]);
    table(&mut tables, b"loca", &[0, 0, 17]);
    table(
        &mut tables,
        b"maxp",
        &[1, 0, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    );
    let mut out: Vec<u8> = [1, 0, 7, 64, 2, 48]
        .iter()
        .flat_map(|word: &u16| word.to_be_bytes())
        .collect();
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        out.extend(*tag);
        out.extend([0; 4]);
        out.extend((at as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The objects of a font `5 0 R` with that square, in hexadecimal digits.
fn font_objects() -> [String; 3] {
    let digits: String = square_font()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    [
        "<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+S /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding /WinAnsiEncoding /FontDescriptor 6 0 R >>".into(),
        "<< /Type /FontDescriptor /FontName /AAAAAA+S /Flags 32 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 1000 /Descent 0 /CapHeight 1000 /StemV 80 /FontFile2 7 0 R >>".into(),
        format!("<< /Filter /ASCIIHexDecode /Length {} >>\nstream\n{digits}>\nendstream", digits.len() + 1),
    ]
}

const FONT: &str = "/Font << /F 5 0 R >>";

#[test]
fn text_is_filled_outlined_or_clips() {
    let [font, descriptor, file] = font_objects();
    let more = [font.as_str(), &descriptor, &file];
    let plates = plates(page(
        "0 0 0 1 k 0 1 0 0 K 4 w BT /F 20 Tf 10 10 Td (a) Tj 1 Tr 30 0 Td (a) Tj 2 Tr -30 30 Td (a) Tj ET \
         q BT 7 Tr 40 40 Td (a) Tj 10 -5 Td (a) Tj ET 1 0 0 0 k 0 36 72 36 re f Q 0 0 1 0 k 70 70 2 2 re f",
        FONT,
        &more,
    ));
    assert!(plates.untold().is_empty(), "{:?}", plates.untold());
    // filled, outlined, both
    assert_eq!(
        [at(&plates, 20, 20), at(&plates, 10, 9)],
        [[0, 0, 0, 255], [0; 4]]
    );
    assert_eq!(
        [at(&plates, 50, 20), at(&plates, 39, 20)],
        [[0; 4], [0, 255, 0, 0]]
    );
    assert_eq!(
        [at(&plates, 20, 50), at(&plates, 11, 50)],
        [[0, 0, 0, 255], [0, 255, 0, 0]]
    );
    // both letters clip, until the state comes back
    assert_eq!(
        [at(&plates, 45, 45), at(&plates, 65, 40)],
        [[255, 0, 0, 0]; 2]
    );
    assert_eq!([at(&plates, 65, 60), at(&plates, 38, 62)], [[0; 4]; 2]);
    assert_eq!(at(&plates, 71, 71), [0, 0, 255, 0]);
}

#[test]
fn text_that_clips_without_outlines_is_told() {
    let plates = plates(page(
        "BT /H 10 Tf 7 Tr 9 9 Td (a) Tj ET 0 0 0 1 k 0 0 9 9 re f",
        "/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        &[],
    ));
    assert!(plates.untold().contains(&Untold::Font));
    assert_eq!(at(&plates, 5, 5), [0, 0, 0, 255], "it hides nothing");
}

const MODES: &str = "/ExtGState << /D << /BM /Darken >> /S << /BM /Screen >> /L << /BM /Luminosity >> /H << /ca .5 >> /M << /BM /Multiply >> >>";

#[test]
fn blend_modes_mix_plate_by_plate() {
    let plates = plates(page(
        "1 .5 0 0 k 0 0 36 72 re f /D gs .2 .8 .4 0 k 0 0 72 20 re f /S gs 0 20 72 20 re f",
        MODES,
        &[],
    ));
    assert_eq!(at(&plates, 10, 10), [255, 204, 102, 0]);
    assert_eq!(at(&plates, 50, 10), [51, 204, 102, 0]);
    // light of one and the other: ink is multiplied; not with bare paper
    assert_eq!(at(&plates, 10, 30), [51, 102, 0, 0]);
    assert_eq!(at(&plates, 50, 30), [51, 204, 102, 0]);
    assert!(plates.untold().is_empty());
    let other = self::plates(page("/L gs 0 0 9 9 re f", MODES, &[]));
    assert!(other.untold().contains(&Untold::Blend));
}

#[test]
fn groups_are_put_together_by_themselves() {
    let group = |more: &str, content: &str| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 72 72] /Group << /S /Transparency /CS /DeviceCMYK {more} >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let two = "1 0 0 0 k 0 0 40 40 re f 0 1 0 0 k 20 20 40 40 re f";
    let of = |content: &str, group: String| {
        let resources = format!("{MODES} /XObject << /G 5 0 R >>");
        // a form has the states of the page
        plates(page(content, &resources, &[&group]))
    };
    // half of the group, not half of each
    let half = of("/H gs /G Do", group("", two));
    assert_eq!(at(&half, 10, 10), [128, 0, 0, 0]);
    assert_eq!(at(&half, 30, 30), [0, 128, 0, 0]);
    assert!(half.untold().is_empty());
    // what is multiplied in an isolated group does not see the page
    let multiplied = "/M gs 0 1 0 0 k 20 20 40 40 re f";
    let below = "0 0 1 0 k 0 0 72 72 re f /G Do";
    let seen = of(below, group("", multiplied));
    assert_eq!(at(&seen, 30, 30), [0, 255, 255, 0]);
    let hidden = of(below, group("/I true", multiplied));
    assert_eq!(at(&hidden, 30, 30), [0, 255, 0, 0]);
    assert!(seen.untold().is_empty() && hidden.untold().is_empty());
    // the group as a whole is multiplied
    let whole = of(
        "0 0 1 0 k 0 0 72 72 re f /M gs /G Do",
        group("/I true", two),
    );
    assert_eq!(at(&whole, 30, 30), [0, 255, 255, 0]);
    // what is not reckoned with is told
    for (content, group) in [
        ("/H gs /G Do", group("", multiplied)),
        ("/G Do", group("/K true", &format!("/H gs {two}"))),
        ("/G Do", group("/I true /CS /DeviceRGB", two)),
    ] {
        let told = of(content, group);
        assert!(told.untold().contains(&Untold::Group), "{content}");
    }
}

#[test]
fn pictures_are_masked_by_colours_and_tell_masks_that_are_lost() {
    let keyed = "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Mask [16 32] /Filter /ASCIIHexDecode /Length 5 >>\nstream\n1000>\nendstream";
    let lost = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 7 0 R /Filter /ASCIIHexDecode /Length 3 >>\nstream\n00>\nendstream";
    let mask = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode /Length 3 >>\nstream\n00>\nendstream";
    let resources = "/XObject << /K 5 0 R /L 6 0 R >>";
    let more = [keyed, lost, mask];
    let key = plates(page("q 20 0 0 20 0 0 cm /K Do Q", resources, &more));
    assert_eq!([at(&key, 5, 5), at(&key, 15, 5)], [[0; 4], [0, 0, 0, 255]]);
    assert!(key.untold().is_empty());
    let lost = plates(page("q 20 0 0 20 0 0 cm /L Do Q", resources, &more));
    assert!(lost.untold().contains(&Untold::SoftMask));
}

#[test]
fn content_beyond_its_bounds_is_told() {
    // a stream that cannot be unpacked, a form that is not, and more than is painted
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 72 72] /Filter /ASCII85Decode /DecodeParms << /Predictor 15 /Columns 99999999 >> /Length 2 >>\nstream\n~>\nendstream";
    let told = plates(page("/X Do", "/XObject << /X 5 0 R >>", &[form]));
    assert!(told.untold().contains(&Untold::Content));
    let mut sheet = sheet::Sheet::new(40_000, 1000);
    let fits = (0..100)
        .filter(|_| sheet.spend([0, 0, 40_000, 1000]))
        .count();
    assert_eq!(fits, 37);
    assert!(sheet.untold.contains(&Untold::Content));
    assert!(!sheet.spend([0, 0, 1, 1]));
}

#[test]
fn what_cannot_be_told_is_said() {
    let plates = plates(page(
        "/P cs /X scn 0 0 10 10 re f /S sh BT /F 10 Tf (a) Tj ET",
        "/ColorSpace << /P /Pattern >> /Shading << /S << /ShadingType 2 /ColorSpace /DeviceCMYK >> >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
        &[],
    ));
    let told: Vec<Untold> = plates.untold().iter().copied().collect();
    assert_eq!(told, [Untold::Pattern, Untold::Font]);
}

#[test]
fn g17_the_fullest_square_is_found() {
    let plates = plates(page("1 1 0 1 k 20 20 20 20 re f", "", &[]));
    let square = plates.fullest_square(20.0 / 72.0 * 25.4).expect("a square");
    assert_eq!(square.edges, [20.0, 20.0, 40.0, 40.0]);
    assert!((square.percent - 300.0).abs() < 1e-9);
    let half = plates.fullest_square(40.0 / 72.0 * 25.4).expect("a square");
    assert!((half.percent - 75.0).abs() < 1e-9);
    assert_eq!(plates.fullest_square(100.0), None);
}

#[test]
fn print_n4_what_stands_outside_the_bleed_is_not_counted() {
    let plates = plates(page("1 1 1 1 k 0 0 72 5 re f", "", &[]));
    assert!(plates.heaviest().is_some_and(|most| most.percent == 0.0));
    let bare = plates.fullest_square(15.0).expect("a square");
    assert!(bare.percent.abs() < 1e-9);
}

#[test]
fn plates_are_shown() {
    let plates = plates(page(
        "0 0 0 1 k 0 0 36 72 re f 1 1 1 0 k 60 60 1 1 re f",
        "",
        &[],
    ));
    let black = plates.plate(3).expect("a plate");
    assert_eq!((black.width, black.height, black.channels), (72, 72, 1));
    assert_eq!((black.data[0], black.data[71]), (0, 255));
    assert_eq!(plates.plate(9), None);
    let press = PressProfile::newsprint();
    let proof = plates.proof(&press.screen());
    let pixel = |x: usize| <[u8; 3]>::try_from(&proof.data[x * 3..x * 3 + 3]).expect("a pixel");
    let (ink, paper) = (pixel(0), pixel(71));
    // newsprint is grey and yellowish, its black no true one
    assert!(
        paper.iter().all(|&v| (185..235).contains(&v)) && paper[2] < paper[0],
        "{paper:?}"
    );
    assert!(ink.iter().all(|&v| (40..110).contains(&v)), "{ink:?}");
    let map = plates.ink_map(240.0);
    let of = |x: usize, y: usize| {
        let from = ((71 - y) * 72 + x) * 3;
        <[u8; 3]>::try_from(&map.data[from..from + 3]).expect("a pixel")
    };
    assert_eq!(
        of(60, 60),
        of(61, 61),
        "a spot over the limit is made large"
    );
    assert!(of(60, 60)[0] > 200 && of(60, 60)[1] < 50);
    assert_eq!(of(50, 30), [255; 3]);
}

#[test]
fn hostile_pages_end() {
    for content in [
        "1e30 0 0 1e30 0 0 cm 0 0 0 1 k 0 0 1 1 re f",
        "q q q q Q Q Q Q Q Q 0 0 0 1 K 1e9 w 0 0 m 1e9 1e9 l S",
        "[0 0] 0 d 0 0 m 72 72 l S [1e-9] 0 d 0 0 m 72 72 l S",
        "0 0 0 0 0 0 cm 0 0 1 1 re f",
        "0 0 m 0 0 l 0 0 0 0 0 0 c h h h W n 0 0 9 9 re f",
    ] {
        let plates = plates(page(content, "", &[]));
        assert!(plates.heaviest().is_some());
    }
}

/// What Ghostscript separates, C, M, Y and K a pixel from the top; `None` where
/// it is not installed.
#[allow(
    clippy::disallowed_methods,
    reason = "another program reads the page and writes its plates"
)]
fn ghostscript(name: &str, file: &[u8]) -> Option<Vec<u8>> {
    let folder = std::env::temp_dir();
    let stem = format!("banxin-plates-{name}-{}", std::process::id());
    let (pdf, pam) = (
        folder.join(format!("{stem}.pdf")),
        folder.join(format!("{stem}.pam")),
    );
    std::fs::write(&pdf, file).expect("a scratch file");
    let done = std::process::Command::new("gs")
        .args(["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", "-r72"])
        .args(["-dOverprint=/simulate", "-o"])
        .args([&pam, &pdf])
        .status();
    let read = done
        .is_ok_and(|status| status.success())
        .then(|| std::fs::read(&pam).expect("a picture"));
    for scratch in [&pdf, &pam] {
        drop(std::fs::remove_file(scratch));
    }
    // a header in words, then the pixels
    read.map(|pam| pam[pam.len() - 72 * 72 * 4..].to_vec())
}

/// Compares the plates of a page with Ghostscript's, inside of edges, where it
/// is installed: all inks within so many parts of 255.
fn compare(name: &str, file: Vec<u8>, within: u8, least: usize) {
    let Some(theirs) = ghostscript(name, &file) else {
        return;
    };
    let plates = plates(file);
    let of = |at: usize| [0, 1, 2, 3].map(|n: usize| plates.sheet.plates[n].ink[at]);
    // Ghostscript paints every pixel that an outline touches: edges are left out
    let inside = |at: usize| {
        let (x, y) = (at % 72, at / 72);
        let around = [at.wrapping_sub(1), at + 1, at.wrapping_sub(72), at + 72];
        (1..71).contains(&x) && (1..71).contains(&y) && around.iter().all(|&by| of(by) == of(at))
    };
    let mut compared = 0;
    for (at, inks) in theirs.chunks_exact(4).enumerate() {
        if !inside(at) {
            continue;
        }
        compared += 1;
        let ours = of(at);
        let near = ours.iter().zip(inks).all(|(a, &b)| a.abs_diff(b) <= within);
        let (x, y) = (at % 72, 71 - at / 72);
        assert!(near, "{name} at {x}, {y}: {ours:?}, Ghostscript {inks:?}");
    }
    assert!(compared > least, "{name}: {compared}");
}

#[test]
fn x20_v4_ghostscript_separates_alike() {
    let black = "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>";
    let image = "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /ASCIIHexDecode /Length 33 >>\nstream\nFF0000000080000000FF004080808080>\nendstream";
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Matrix [0 1 -1 0 60 0] /Length 31 >>\nstream\n.5 0 .25 0 k -9 -9 30 16 re f  \nendstream";
    let file = page(
        "1 .2 0 .1 k 0 0 40 72 re f /O gs 0 0 0 1 k 10 10 40 20 re f 0 .4 0 0 k 30 5 20 5 re f \
         /Z gs 0 0 .6 0 k 2 40 50 5 re f /N gs /K cs .7 scn 4 50 50 6 re f \
         0 1 1 0 K 4 w 4 66 m 60 66 l S q 20 20 30 15 re W n 0 1 0 0 k 0 0 72 22 re f Q \
         q 10 0 0 10 50 40 cm /I Do Q /F Do",
        &format!(
            "{STATES} /ColorSpace << /K [/Separation /Black /DeviceCMYK 5 0 R] >> /XObject << /I 6 0 R /F 7 0 R >>"
        ),
        &[black, image, form],
    );
    compare("inks", file, 1, 3000);
}

#[test]
fn x20_v4_ghostscript_blends_and_groups_alike() {
    let [font, descriptor, data] = font_objects();
    let group = |more: &str| {
        let content = "1 0 .5 0 k 0 0 12 12 re f 0 1 0 .5 k 6 6 12 12 re f";
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 18 18] /Group << /S /Transparency /CS /DeviceCMYK {more} >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let (open, isolated) = (group(""), group("/I true"));
    let masked = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /SMask 11 0 R /Filter /ASCIIHexDecode /Length 9 >>\nstream\nFF004080>\nendstream";
    let mask = "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /ASCIIHexDecode /Length 5 >>\nstream\n80FF>\nendstream";
    let more = [
        font.as_str(),
        &descriptor,
        &data,
        &open,
        &isolated,
        masked,
        mask,
    ];
    let modes = [
        "Multiply",
        "Screen",
        "Overlay",
        "Darken",
        "Lighten",
        "ColorDodge",
        "ColorBurn",
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
    ];
    let states: String = modes
        .iter()
        .map(|mode| format!("/{mode} << /BM /{mode} >> "))
        .collect();
    let resources = format!(
        "/ExtGState << {states} /H << /ca .5 >> >> {FONT} /XObject << /G 8 0 R /I 9 0 R /P 10 0 R >>"
    );
    let below = ".7 .3 .1 .2 k 0 0 72 72 re f ";
    for mode in modes {
        let content = format!("{below} /{mode} gs .4 .9 .6 .1 k 20 20 30 30 re f");
        let file = page(&content, &resources, &more);
        // soft light is rounded more than once
        compare(mode, file, 2, 4000);
    }
    for (name, content) in [
        (
            "text",
            "0 0 0 1 k BT /F 30 Tf 2 Tr 4 w 0 1 1 0 K 10 10 Td (a) Tj ET",
        ),
        (
            "clip",
            "q BT /F 30 Tf 7 Tr 10 10 Td (a) Tj ET 0 1 0 0 k 0 20 72 20 re f Q",
        ),
        ("mask", "q 40 0 0 40 10 10 cm /P Do Q"),
        ("half", "/H gs q 1 0 0 1 20 20 cm /G Do Q"),
        ("isolated", "/H gs q 1 0 0 1 20 20 cm /I Do Q"),
        ("multiplied", "/Multiply gs q 2 0 0 2 20 20 cm /I Do Q"),
        (
            "pen",
            "0 0 0 1 K q 4 0 0 1 0 0 cm 5 w 3 10 m 3 60 l 15 60 l S Q",
        ),
    ] {
        let file = page(&format!("{below} {content}"), &resources, &more);
        compare(name, file, 2, 3000);
    }
}
