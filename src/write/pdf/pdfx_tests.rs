//! PDF/X-4 and PDF/X-1a by the rows of the print requirements, read back from
//! the written bytes by `hayro-syntax`, which shares nothing with the writer.

use std::io::Cursor;
use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use image::{DynamicImage, ImageFormat, RgbImage};

use super::testing::{Faces, HEI, KAI, LATIN, SONG, page};
use super::tests::{Scratch, ask};
use super::{Day, Memo, Options, OutputCondition, Profile, write};
use crate::base::bytes::Bytes;
use crate::base::colour::{InkLimit, PressProfile};
use crate::base::diag::{Diagnostic, Severity};
use crate::base::geom::{Length, Rect};
use crate::base::photo::Photo;
use crate::page::{Fill, FillKind, Item, Page, PlacedPhoto};
use crate::story::{Ink, Spot};

/// A file of each profile.
struct Files {
    x4: Vec<u8>,
    x1a: Vec<u8>,
}

impl Files {
    fn of(items: impl Fn(&Faces) -> Vec<Item>) -> Self {
        let faces = Faces::bundled();
        let pages = [page(items(&faces))];
        let condition = OutputCondition::newsprint();
        Self {
            x4: written(&pages, &faces, Profile::X4(&condition)),
            x1a: written(&pages, &faces, Profile::X1a(&condition)),
        }
    }

    fn both(&self) -> [&[u8]; 2] {
        [&self.x4, &self.x1a]
    }
}

fn options(profile: Profile<'_>) -> Options<'_> {
    Options {
        date: Some(Day {
            year: 2026,
            month: 1,
            day: 1,
        }),
        profile,
        ..Options::default()
    }
}

fn written(pages: &[Page], faces: &Faces, profile: Profile<'_>) -> Vec<u8> {
    write(pages, &faces.book, &options(profile)).expect("a PDF")
}

/// Four faces, black and white text, a rule, a tint.
fn text(faces: &Faces) -> Vec<Item> {
    let at = |line: i64| (Length::mm(10), Length::mm(12) + Length::pt(22) * line);
    let (pt, none) = (Length::pt, Length::ZERO);
    let fill = |y: i64, ink, kind| {
        let rect = Rect::new(Length::mm(10), Length::mm(y), Length::mm(40), Length::pt(1));
        Item::Fill(Fill { rect, ink, kind })
    };
    let mut white = faces.run(HEI, "白字", pt(11), at(3), none);
    white.ink = Ink::WHITE;
    vec![
        Item::Glyphs(faces.run(SONG, "版心的正文", pt(9), at(0), none)),
        Item::Glyphs(faces.run(KAI, "楷体一行", pt(12), at(1), none)),
        Item::Glyphs(faces.run(LATIN, "PDF/X", pt(10), at(2), none)),
        fill(70, Ink::BLACK, FillKind::Rule),
        fill(75, Ink::cmyk(0, 800, 700, 0), FillKind::Tint),
        Item::Glyphs(white),
    ]
}

fn photo(name: &str, bytes: Vec<u8>) -> Arc<Photo> {
    Arc::new(Photo::read(name, bytes.into()).expect("a photo"))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// Colours without end.
fn colours() -> DynamicImage {
    RgbImage::from_fn(48, 32, |x, y| {
        image::Rgb([(x * 5) as u8, (y * 8) as u8, (x * y / 6) as u8])
    })
    .into()
}

/// A CMYK JPEG as Adobe's programs write it.
fn cmyk_jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let inks: Vec<u8> = (0..16 * 16)
        .flat_map(|n: u32| [n as u8, 0, 255, 10])
        .collect();
    jpeg_encoder::Encoder::new(&mut bytes, 90)
        .encode(&inks, 16, 16, jpeg_encoder::ColorType::Cmyk)
        .expect("a JPEG");
    bytes
}

/// Every kind of picture, named.
fn pictures() -> Vec<(&'static str, Arc<Photo>)> {
    let colours = colours();
    let grey = DynamicImage::from(colours.to_luma8());
    let mut clear = colours.to_rgba8();
    for (x, _, pixel) in clear.enumerate_pixels_mut() {
        pixel.0[3] = (x * 5) as u8;
    }
    let clear = DynamicImage::from(clear);
    let few = RgbImage::from_fn(20, 9, |x, _| {
        image::Rgb(if x < 7 { [200, 0, 0] } else { [255, 255, 255] })
    });
    let neutral = DynamicImage::from(grey.to_rgb8());
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'>\
               <path d='M0 0h20v20z' fill='#c03020'/></svg>";
    use ImageFormat::{Jpeg, Png};
    vec![
        ("RGB JPEG", photo("a.jpg", encoded(&colours, Jpeg))),
        ("grey JPEG", photo("b.jpg", encoded(&grey, Jpeg))),
        ("CMYK JPEG", photo("c.jpg", cmyk_jpeg())),
        ("RGB PNG", photo("d.png", encoded(&colours, Png))),
        ("grey PNG", photo("e.png", encoded(&grey, Png))),
        ("PNG with alpha", photo("f.png", encoded(&clear, Png))),
        (
            "PNG of two colours",
            photo("g.png", encoded(&few.into(), Png)),
        ),
        ("neutral RGB PNG", photo("h.png", encoded(&neutral, Png))),
        ("SVG", photo("i.svg", svg.as_bytes().to_vec())),
    ]
}

fn placed(photo: &Arc<Photo>) -> Item {
    let (width, height) = photo.upright_size();
    Item::Photo(PlacedPhoto {
        slot: Arc::from("photo1"),
        photo: Arc::clone(photo),
        rect: Rect::new(
            Length::mm(60),
            Length::mm(20),
            Length::mm(40),
            Length::mm(30),
        ),
        crop: [0, 0, width, height],
        alt: Arc::from("图"),
    })
}

/// A file with text and every kind of picture.
fn whole() -> Files {
    let pictures = pictures();
    Files::of(|faces| {
        let mut items = text(faces);
        items.extend(pictures.iter().map(|(_, photo)| placed(photo)));
        items
    })
}

fn open(bytes: &[u8]) -> Pdf {
    Pdf::new(Arc::new(bytes.to_vec())).expect("a PDF")
}

/// The dictionaries of all objects, as written, and the content of streams
/// that hold marks on pages.
fn dictionaries(pdf: &Pdf) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let each = pdf.objects().into_iter().map(|object| match object {
        Object::Dict(dict) => text(dict.data()),
        Object::Stream(stream) => text(stream.dict().data()),
        Object::Array(array) => text(array.data()),
        _ => String::new(),
    });
    each.collect()
}

/// Names in all dictionaries, with their slash.
fn names(pdf: &Pdf) -> Vec<String> {
    let all = dictionaries(pdf).join(" ");
    // what is not found was looked for: the reader saw the file
    assert!(all.contains("/Type/Catalog") && all.contains("/Type/Page"));
    let parts = all.split('/').skip(1).map(|part| {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && !"+-_.#".contains(c));
        format!("/{}", &part[..end.unwrap_or(part.len())])
    });
    parts.collect()
}

fn has(pdf: &Pdf, name: &str) -> bool {
    names(pdf).iter().any(|known| known == name)
}

fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get(pdf.xref().root_id()).expect("a catalog")
}

fn info(pdf: &Pdf) -> String {
    let list = dictionaries(pdf);
    let found = list.into_iter().find(|dict| dict.contains("/Trapped"));
    found.expect("an Info dictionary")
}

fn packet(pdf: &Pdf) -> String {
    let metadata: Stream<'_> = catalog(pdf).get("Metadata").expect("metadata");
    String::from_utf8(metadata.raw_data().into_owned()).expect("UTF-8")
}

fn intent(pdf: &Pdf) -> Dict<'_> {
    let intents: Array<'_> = catalog(pdf).get("OutputIntents").expect("intents");
    assert_eq!(intents.iter::<Dict<'_>>().count(), 1, "X11: exactly one");
    intents.iter::<Dict<'_>>().next().expect("an intent")
}

fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    let string: hayro_syntax::object::String<'_> = dict.get(key)?;
    Some(String::from_utf8_lossy(string.as_ref()).into_owned())
}

fn element(packet: &str, name: &str) -> Option<String> {
    let (_, rest) = packet.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0.to_owned())
}

#[test]
fn x1_the_header_names_its_version_and_the_catalog_no_other() {
    let files = Files::of(text);
    assert!(files.x4.starts_with(b"%PDF-1.6\n%"));
    assert!(files.x1a.starts_with(b"%PDF-1.4\n%"));
    for bytes in files.both() {
        assert!(bytes[10..14].iter().all(|byte| *byte > 127));
        assert!(!catalog(&open(bytes)).contains_key("Version"));
    }
}

#[test]
fn x2_x3_a_table_of_references_an_id_and_no_encryption() {
    for bytes in Files::of(text).both() {
        let text = String::from_utf8_lossy(bytes);
        assert!(text.contains("\nxref\n") && text.contains("\ntrailer\n"));
        let trailer = text.rsplit("trailer").next().expect("a trailer");
        assert!(!trailer.contains("/Encrypt"));
        let id = trailer.split_once("/ID").expect("an id").1;
        assert!(id.matches(['(', '<']).count() >= 2, "{trailer}");
        let pdf = open(bytes);
        for name in ["/ObjStm", "/XRef", "/Encrypt"] {
            assert!(!has(&pdf, name), "{name}");
        }
    }
}

#[test]
fn x4_x7_x10_info_and_packet_say_the_same() {
    let files = Files::of(text);
    for bytes in files.both() {
        let pdf = open(bytes);
        let (info, packet) = (info(&pdf), packet(&pdf));
        assert!(
            info.contains("/CreationDate(D:20260101000000+08'00)"),
            "{info}"
        );
        assert!(info.contains("/ModDate(D:20260101000000+08'00)"));
        for date in ["xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"] {
            let said = element(&packet, date);
            assert_eq!(said.as_deref(), Some("2026-01-01T00:00:00+08:00"));
        }
        assert!(info.contains("/Trapped/False"), "X10");
        assert_eq!(element(&packet, "pdf:Trapped").as_deref(), Some("False"));
        let producer = element(&packet, "pdf:Producer").expect("a producer");
        assert!(info.contains(&format!("/Producer({producer})")));
        let utf16 = |text: &str| {
            let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
            format!("<FEFF{}>", units.collect::<String>())
        };
        let creator = element(&packet, "xmp:CreatorTool").expect("a creator");
        assert!(info.contains(&utf16(&creator)), "{info} {creator}");
        let title = element(&packet, "rdf:li xml:lang=\"x-default\"");
        let title = title.or_else(|| {
            let (_, rest) = packet.split_once("x-default\">")?;
            Some(rest.split_once('<')?.0.to_owned())
        });
        let title = title.expect("a title");
        assert!(!title.is_empty() && info.contains(&utf16(&title)));
    }
}

#[test]
fn x4_a_file_without_a_day_has_a_date_all_the_same() {
    let faces = Faces::bundled();
    let condition = OutputCondition::newsprint();
    let options = Options {
        profile: Profile::X4(&condition),
        ..Options::default()
    };
    let bytes = write(&[page(text(&faces))], &faces.book, &options).expect("a PDF");
    assert!(info(&open(&bytes)).contains("/CreationDate(D:19700101000000+08'00)"));
}

#[test]
fn x4_x6_x8_the_claim_is_made_once_in_each_place() {
    let files = Files::of(text);
    for (bytes, claim, prefix, space) in [
        (
            &files.x4,
            "PDF/X-4",
            "pdfxid",
            "http://www.npes.org/pdfx/ns/id/",
        ),
        (
            &files.x1a,
            "PDF/X-1a:2003",
            "pdfx",
            "http://ns.adobe.com/pdfx/1.3/",
        ),
    ] {
        let pdf = open(bytes);
        assert!(info(&pdf).contains(&format!("/GTS_PDFXVersion({claim})")));
        assert!(!has(&pdf, "/GTS_PDFXConformance"));
        let packet = packet(&pdf);
        let said = element(&packet, &format!("{prefix}:GTS_PDFXVersion"));
        assert_eq!(said.as_deref(), Some(claim));
        for known in [
            &format!("xmlns:{prefix}=\"{space}\"") as &str,
            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
            "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"",
            "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
            "xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"",
        ] {
            assert!(packet.contains(known), "{known}");
        }
    }
}

#[test]
fn x5_the_packet_is_plain_text() {
    for bytes in Files::of(text).both() {
        let pdf = open(bytes);
        let metadata: Stream<'_> = catalog(&pdf).get("Metadata").expect("metadata");
        let dict = metadata.dict();
        assert!(!dict.contains_key("Filter"));
        assert_eq!(
            dict.get::<Name<'_>>("Type").as_deref(),
            Some(b"Metadata".as_slice())
        );
        assert_eq!(
            dict.get::<Name<'_>>("Subtype").as_deref(),
            Some(b"XML".as_slice())
        );
        let packet = packet(&pdf);
        assert!(
            packet.starts_with("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>")
        );
        assert!(packet.ends_with("<?xpacket end=\"w\"?>"));
        // well formed: every element that opens closes, in order
        let mut open: Vec<&str> = Vec::new();
        for tag in packet
            .split('<')
            .skip(1)
            .filter(|tag| !tag.starts_with('?'))
        {
            let name = tag.split(['>', ' ']).next().expect("a name");
            match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None => open.push(name),
            }
        }
        assert!(open.is_empty());
    }
}

#[test]
fn x9_ids_come_from_the_content() {
    let files = Files::of(text);
    let again = Files::of(text);
    let other = Files::of(|faces| text(faces)[1..].to_vec());
    let id = |bytes: &[u8]| element(&packet(&open(bytes)), "xmpMM:InstanceID").expect("an id");
    assert!(id(&files.x4).starts_with("uuid:"));
    assert_eq!(id(&files.x4), id(&again.x4));
    assert_ne!(id(&files.x4), id(&other.x4));
    let packet = packet(&open(&files.x4));
    assert!(
        element(&packet, "xmpMM:DocumentID")
            .expect("an id")
            .starts_with("uuid:")
    );
    assert_eq!(element(&packet, "xmpMM:VersionID").as_deref(), Some("1"));
    let class = element(&packet, "xmpMM:RenditionClass");
    assert_eq!(class.as_deref(), Some("default"));
}

#[test]
fn x11_x12_x13_one_intent_with_its_keys() {
    for bytes in Files::of(text).both() {
        let pdf = open(bytes);
        let intent = intent(&pdf);
        assert_eq!(
            intent.get::<Name<'_>>("S").as_deref(),
            Some(b"GTS_PDFX".as_slice())
        );
        assert_eq!(
            intent.get::<Name<'_>>("Type").as_deref(),
            Some(b"OutputIntent".as_slice())
        );
        let name = string(&intent, "OutputConditionIdentifier");
        assert_eq!(name.as_deref(), Some("Custom"), "X13");
        assert!(string(&intent, "Info").is_some_and(|info| !info.is_empty()));
        let condition = string(&intent, "OutputCondition").expect("a condition");
        assert!(
            condition.contains("TR 002"),
            "the source of the data is named"
        );
        assert!(intent.get_ref("DestOutputProfile").is_some(), "indirect");
        assert!(!intent.contains_key("RegistryName"));
        assert!(!intent.contains_key("DestOutputProfileRef"));
    }
}

#[test]
fn x13_a_registered_condition_is_named_with_its_registry() {
    let faces = Faces::bundled();
    let condition = OutputCondition {
        name: Some("IFRA26".to_owned()),
        description: String::new(),
        ..OutputCondition::newsprint()
    };
    let bytes = written(&[page(text(&faces))], &faces, Profile::X4(&condition));
    let pdf = open(&bytes);
    let intent = intent(&pdf);
    let said = |key: &str| string(&intent, key).unwrap_or_default();
    assert_eq!(said("OutputConditionIdentifier"), "IFRA26");
    assert_eq!(said("RegistryName"), "http://www.color.org");
    assert_eq!(said("Info"), condition.press.description());
    assert_eq!(said("OutputCondition"), condition.press.description());
}

#[test]
fn x14_the_profile_is_that_of_a_cmyk_press() {
    for bytes in Files::of(text).both() {
        let pdf = open(bytes);
        let profile: Stream<'_> = intent(&pdf).get("DestOutputProfile").expect("a profile");
        assert_eq!(profile.dict().get::<i32>("N"), Some(4));
        let icc = profile.decoded().expect("a stream");
        assert_eq!(&icc[12..20], b"prtrCMYK");
        assert_eq!(&icc[36..40], b"acsp");
        assert_eq!(icc[8], 2, "version 2");
        assert!(icc.windows(4).any(|tag| tag == b"B2A0"));
        assert_eq!(icc.as_ref(), PressProfile::newsprint().bytes());
    }
}

#[test]
fn x14_x1a_refuses_a_profile_of_version_4() {
    let mut bytes = PressProfile::newsprint().bytes().to_vec();
    bytes[8] = 4;
    let press = PressProfile::read(Bytes::from(bytes), InkLimit::NEWSPRINT).expect("a profile");
    let condition = OutputCondition {
        press: Arc::new(press),
        ..OutputCondition::newsprint()
    };
    let faces = Faces::bundled();
    let pages = [page(text(&faces))];
    let refused = write(&pages, &faces.book, &options(Profile::X1a(&condition)));
    assert_eq!(refused.expect_err("refused").code, "write/profile-version");
    assert!(write(&pages, &faces.book, &options(Profile::X4(&condition))).is_ok());
}

#[test]
fn x15_boxes_lie_inside_each_other() {
    for bytes in Files::of(text).both() {
        let pdf = open(bytes);
        let page = pdf.pages()[0].raw();
        let rect = |key: &str| {
            let rect: Array<'_> = page.get(key).unwrap_or_else(|| panic!("{key}"));
            let sides: Vec<f64> = rect.iter::<f64>().collect();
            <[f64; 4]>::try_from(sides).expect("four sides")
        };
        let (media, bleed, trim) = (rect("MediaBox"), rect("BleedBox"), rect("TrimBox"));
        let inside =
            |[l, b, r, t]: [f64; 4], [x, y, z, w]: [f64; 4]| l >= x && b >= y && r <= z && t <= w;
        assert!(
            inside(trim, bleed) && inside(bleed, media),
            "{trim:?} {bleed:?} {media:?}"
        );
        for key in ["CropBox", "ArtBox", "UserUnit", "Rotate"] {
            assert!(!page.contains_key(key), "{key}");
        }
    }
}

#[test]
fn x16_x29_every_font_is_embedded_as_a_subset() {
    for bytes in whole().both() {
        let pdf = open(bytes);
        let mut descriptors = 0;
        for dict in dictionaries(&pdf) {
            assert!(!dict.contains("Courier"), "X29");
            assert!(!dict.contains("/Subtype/OpenType"), "X1a takes none");
            if dict.contains("/Type/FontDescriptor") {
                descriptors += 1;
                let file = ["/FontFile2 ", "/FontFile3 "];
                assert!(file.iter().any(|key| dict.contains(key)), "{dict}");
                let (_, name) = dict.split_once("/FontName/").expect("a name");
                assert!(
                    name.as_bytes()[..6].iter().all(u8::is_ascii_uppercase),
                    "{name}"
                );
                assert_eq!(name.as_bytes()[6], b'+');
            }
            if dict.contains("/Subtype/Type0") {
                assert!(dict.contains("/ToUnicode "), "{dict}");
            }
        }
        assert_eq!(descriptors, 4);
    }
}

#[test]
fn x17_x18_no_colour_of_a_screen_anywhere() {
    let pictures = pictures();
    for (name, picture) in &pictures {
        let files = Files::of(|_| vec![placed(picture)]);
        for bytes in files.both() {
            let pdf = open(bytes);
            for space in [
                "/DeviceRGB",
                "/DeviceGray",
                "/CalRGB",
                "/CalGray",
                "/Lab",
                "/ICCBased",
            ] {
                assert!(!has(&pdf, space), "{name}: {space}");
            }
            for content in contents(&pdf) {
                let screen = [
                    "rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "ri",
                ];
                let ops = content.split_whitespace();
                assert!(ops.into_iter().all(|op| !screen.contains(&op)), "{name}");
            }
        }
    }
}

/// Content streams of pages and forms.
fn contents(pdf: &Pdf) -> Vec<String> {
    let mut list: Vec<String> = (pdf.pages().iter())
        .filter_map(|page| page.page_stream())
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    for object in pdf.objects() {
        if let Object::Stream(stream) = object
            && stream.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"Form".as_slice())
        {
            let bytes = stream.decoded().expect("a form");
            list.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    list
}

/// The one image of a file with one picture: its dictionary and its samples.
fn image_of(bytes: &[u8]) -> (String, Vec<u8>) {
    let pdf = open(bytes);
    let mut found = None;
    for object in pdf.objects() {
        if let Object::Stream(stream) = object
            && stream.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"Image".as_slice())
        {
            assert!(found.is_none(), "one image");
            let dict = String::from_utf8_lossy(stream.dict().data()).into_owned();
            let data = if dict.contains("/DCTDecode") {
                stream.raw_data().into_owned()
            } else {
                stream.decoded().expect("a stream").into_owned()
            };
            found = Some((dict, data));
        }
    }
    found.expect("an image")
}

fn image(name: &str) -> (String, Vec<u8>) {
    let (_, picture) = pictures()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("a kind");
    image_of(&Files::of(|_| vec![placed(&picture)]).x4)
}

#[test]
fn x17_a_cmyk_jpeg_goes_through_untouched() {
    let (dict, data) = image("CMYK JPEG");
    assert!(data == cmyk_jpeg());
    assert!(dict.contains("/ColorSpace/DeviceCMYK"));
    assert!(dict.contains("/Decode[1 0 1 0 1 0 1 0]"), "{dict}");
}

#[test]
fn x17_an_rgb_jpeg_becomes_a_cmyk_jpeg() {
    let (dict, data) = image("RGB JPEG");
    assert!(
        dict.contains("/DCTDecode") && dict.contains("/ColorSpace/DeviceCMYK"),
        "{dict}"
    );
    let made = Photo::read("made.jpg", data.into()).expect("a JPEG");
    assert_eq!((made.components, made.adobe_transform), (4, Some(0)));
    assert_eq!(dict.contains("/Decode[1 0"), made.inverted);
}

#[test]
fn x17_a_png_becomes_its_inks_without_loss() {
    let (dict, data) = image("RGB PNG");
    assert!(dict.contains("/ColorSpace/DeviceCMYK") && dict.contains("/FlateDecode"));
    let table = PressProfile::newsprint().rgb(None);
    let rgb = colours().to_rgb8();
    let inks: Vec<u8> = rgb.pixels().flat_map(|pixel| table.inks(pixel.0)).collect();
    assert!(data == inks);
}

#[test]
fn x17_few_colours_keep_their_palette() {
    let (dict, data) = image("PNG of two colours");
    assert!(dict.contains("/ColorSpace[/Indexed/DeviceCMYK 1"), "{dict}");
    assert!(dict.contains("/BitsPerComponent 1"), "{dict}");
    // seven of the first colour, which comes first by its blue
    assert_eq!(data[..3], [0b0000_0001, 0xFF, 0xF0]);
}

#[test]
fn x17_g10_grey_is_the_black_plate_alone() {
    for name in ["grey JPEG", "grey PNG", "neutral RGB PNG"] {
        let (dict, _) = image(name);
        assert!(
            dict.contains("/ColorSpace[/Separation/Black/DeviceCMYK"),
            "{name}: {dict}"
        );
        assert!(
            dict.contains("/C1[0 0 0 1]") && dict.contains("/C0[0 0 0 0]"),
            "{dict}"
        );
        assert!(!dict.contains("/Decode["), "{dict}");
    }
    let (_, data) = image("grey PNG");
    let curve = PressProfile::newsprint().grey(None);
    let grey = colours().to_luma8();
    let inks: Vec<u8> = grey.pixels().map(|pixel| curve.ink(pixel.0[0])).collect();
    assert!(data == inks);
}

#[test]
fn x19_nothing_is_transparent() {
    for bytes in whole().both() {
        let pdf = open(bytes);
        for name in [
            "/SMask",
            "/Group",
            "/CA",
            "/ca",
            "/BM",
            "/Mask",
            "/SMaskInData",
        ] {
            assert!(!has(&pdf, name), "{name}");
        }
    }
}

#[test]
fn x20_x21_two_graphics_states_and_nothing_else_in_them() {
    for bytes in whole().both() {
        let pdf = open(bytes);
        let states: Vec<String> = (dictionaries(&pdf).into_iter())
            .filter(|dict| dict.contains("/Type/ExtGState"))
            .collect();
        let on = "<</Type/ExtGState/OP true/op true/OPM 1>>";
        let off = "<</Type/ExtGState/OP false/op false/OPM 0>>";
        assert_eq!(states, [on, off]);
    }
}

#[test]
fn x22_x23_flate_and_dct_alone() {
    for bytes in whole().both() {
        let pdf = open(bytes);
        for name in names(&pdf) {
            let known = ["/FlateDecode", "/DCTDecode"].contains(&name.as_str());
            assert!(
                known || !name.ends_with("Decode") || name == "/Decode",
                "{name}"
            );
        }
    }
}

#[test]
fn x24_to_x28_none_of_what_a_press_cannot_use() {
    for bytes in whole().both() {
        let pdf = open(bytes);
        for name in [
            "/OCProperties",
            "/OCG",
            "/OCMD",
            "/Annots",
            "/AcroForm",
            "/A",
            "/AA",
            "/OpenAction",
            "/JS",
            "/JavaScript",
            "/EmbeddedFiles",
            "/EmbeddedFile",
            "/PS",
            "/OPI",
            "/Ref",
            "/Alternates",
            "/Interpolate",
            "/SeparationInfo",
        ] {
            assert!(!has(&pdf, name), "{name}");
        }
    }
}

#[test]
fn a34_the_same_page_gives_the_same_bytes_in_both_profiles() {
    let (first, second) = (whole(), whole());
    assert!(first.x4 == second.x4 && first.x1a == second.x1a);
}

#[test]
fn x17_pages_for_the_desk_keep_the_colours_of_the_screen() {
    let faces = Faces::bundled();
    let (_, picture) = &pictures()[0];
    let bytes = written(&[page(vec![placed(picture)])], &faces, Profile::Plain);
    let pdf = open(&bytes);
    assert!(has(&pdf, "/DeviceRGB"));
    assert!(!has(&pdf, "/OutputIntents") && !has(&pdf, "/Metadata"));
}

/// A PDF of one page by hand: its resources, its content, further objects from
/// number 5 on.
fn ad(resources: &str, content: &str, more: &[&str]) -> Arc<Photo> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 80]/Contents 4 0 R/Resources<<{resources}>>>>"
        ),
        format!(
            "<</Length {}>>\nstream\n{content}\nendstream",
            content.len()
        ),
    ];
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{n} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    let count = objects.len() + 1;
    file.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(
        format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes(),
    );
    photo("ad.pdf", file)
}

/// What writing a page with `ad` on it says in each profile.
fn judged(ad: &Arc<Photo>) -> [Result<Vec<u8>, String>; 2] {
    let faces = Faces::bundled();
    let condition = OutputCondition::newsprint();
    let pages = [page(vec![placed(ad)])];
    [Profile::X4(&condition), Profile::X1a(&condition)].map(|profile| {
        let bytes = write(&pages, &faces.book, &options(profile));
        bytes.map_err(|note| {
            assert_eq!(note.code, "write/guest");
            note.message.en.to_string()
        })
    })
}

#[test]
fn x17_a_placed_page_in_inks_goes_in() {
    let black = ad("", "0 0 0 1 k 0 0 50 50 re f 0.5 g 50 0 50 50 re f", &[]);
    for bytes in judged(&black) {
        let pdf = open(&bytes.expect("a PDF"));
        assert!(!has(&pdf, "/Group"));
    }
}

#[test]
fn x16_x17_x23_a_placed_page_that_is_not_for_a_press_is_refused() {
    let image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 3>>\nstream\nabc\nendstream";
    let form =
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 10>>\nstream\n1 0 0 RG S\nendstream";
    let lzw = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/LZWDecode/Length 3>>\nstream\nabc\nendstream";
    let cases = [
        (
            "RGB operator",
            ad("", "1 0 0 rg 0 0 9 9 re f", &[]),
            "screen",
        ),
        (
            "RGB image",
            ad("/XObject<</I 5 0 R>>", "/I Do", &[image]),
            "screen",
        ),
        (
            "RGB in a form",
            ad("/XObject<</F 5 0 R>>", "/F Do", &[form]),
            "screen",
        ),
        (
            "RGB space",
            ad(
                "/ColorSpace<</C[/CalRGB<</WhitePoint[1 1 1]>>]>>",
                "/C cs",
                &[],
            ),
            "screen",
        ),
        (
            "RGB inline",
            ad("", "BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", &[]),
            "screen",
        ),
        (
            "profile",
            ad(
                "/ColorSpace<</C[/ICCBased 5 0 R]>>",
                "/C cs",
                &["<</N 4/Length 0>>\nstream\n\nendstream"],
            ),
            "screen",
        ),
        (
            "font",
            ad(
                "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>",
                "BT /F 9 Tf ET",
                &[],
            ),
            "Helvetica",
        ),
        ("LZW", ad("/XObject<</F 5 0 R>>", "/F Do", &[lzw]), "LZW"),
        (
            "curve",
            ad("/ExtGState<</G<</TR/Identity>>>>", "/G gs", &[]),
            "TR",
        ),
        (
            "layer",
            ad(
                "/XObject<</F 5 0 R>>",
                "/F Do",
                &[&form
                    .replace("/BBox", "/OC<</Type/OCG/Name(a)>>/BBox")
                    .replace("RG", "w ")],
            ),
            "OC",
        ),
    ];
    for (name, ad, word) in cases {
        for said in judged(&ad) {
            let said = said.expect_err(name);
            assert!(said.contains(word), "{name}: {said}");
        }
    }
}

#[test]
fn x21_a_graphics_state_is_known_by_its_place() {
    let square = "0 0 0 1 k 0 0 9 9 re f";
    let state = |state: &str| ad(&format!("/ExtGState<</G{state}>>"), square, &[]);
    for key in ["TR", "TR2", "HT", "HTP", "BG", "BG2", "UCR", "UCR2"] {
        let direct = state(&format!("<</{key}<</HalftoneType 1>>>>"));
        let typed = state(&format!("<</Type/ExtGState/{key}/X>>"));
        let shading = format!(
            "/Pattern<</P<</PatternType 2/ExtGState<</{key} 5 0 R>>/Shading<</ShadingType 2/ColorSpace/DeviceCMYK>>>>>>"
        );
        let shading = ad(&shading, square, &["/X"]);
        for page in [direct, typed, shading] {
            for said in judged(&page) {
                let said = said.expect_err(key);
                assert!(said.ends_with(key), "{key}: {said}");
            }
        }
    }
    let plain = "<</TR2/Default/HT/Default/BG2/Default/UCR2/Default/BM/Normal/SMask/None/ca 1>>";
    for said in judged(&state(plain)) {
        said.expect("a PDF");
    }
    // names that the file made up for itself are no keys
    let named = "/ExtGState<</TR<</ca 1>>/BM<</op true>>>>/XObject<</OC 5 0 R/SMask 5 0 R>>/Properties<</HT<</A 1>>/OPI<</B 1>>>>";
    let form = "<</Subtype/Form/BBox[0 0 9 9]/Length 0>>\nstream\n\nendstream";
    for said in judged(&ad(named, square, &[form])) {
        said.expect("a PDF");
    }
}

#[test]
fn x19_a_list_of_blend_modes_is_its_first() {
    let state = |mode: &str| {
        let states = format!("/ExtGState<</G<</BM{mode}>>>>");
        judged(&ad(&states, "/G gs 0 0 0 1 k 0 0 9 9 re f", &[]))
    };
    for plain in ["[/Normal]", "/Normal", "[/Compatible /Multiply]"] {
        assert!(state(plain).iter().all(Result::is_ok), "{plain}");
    }
    for mixed in ["[/Multiply]", "/Multiply", "[/Darken /Normal]"] {
        let [x4, x1a] = state(mixed);
        assert!(x4.is_ok(), "{mixed}");
        assert!(x1a.expect_err(mixed).contains("transparency"), "{mixed}");
    }
}

#[test]
fn x16_x17_x23_x24_x27_what_hides_in_a_placed_page_is_found() {
    let form = "<</Subtype/Form/BBox[0 0 9 9]/Length 0>>\nstream\n\nendstream";
    let glyph = "<</DL 2/Length 14>>\nstream\n9 0 d0 1 0 0 rg\nendstream";
    let cases = [
        (
            "a separation of an RGB",
            ad(
                "/ColorSpace<</C[/Separation/Gold/DeviceRGB<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[1 0 0]>>]>>",
                "/C cs",
                &[],
            ),
            "screen",
        ),
        (
            "a space in place of the device's",
            ad("/ColorSpace<</DefaultCMYK[/Pattern/DeviceCMYK]>>", "", &[]),
            "DefaultCMYK",
        ),
        (
            "a file outside",
            ad(
                "/XObject<</F 5 0 R>>",
                "/F Do",
                &[&form.replace("/BBox", "/F(a.bin)/BBox")],
            ),
            "another file",
        ),
        (
            "a page of another file",
            ad(
                "/XObject<</F 5 0 R>>",
                "/F Do",
                &[&form.replace("/BBox", "/Ref<</F(a.pdf)/Page 0>>/BBox")],
            ),
            "Ref",
        ),
        (
            "a form that is PostScript",
            ad(
                "/XObject<</F 5 0 R>>",
                "/F Do",
                &[&form.replace("/BBox", "/Subtype2/PS/BBox")],
            ),
            "PostScript",
        ),
        (
            "LZW in a list",
            ad(
                "",
                "BI /W 1 /H 1 /BPC 8 /CS /G /F [/AHx /LZW] ID 80> EI",
                &[],
            ),
            "LZW",
        ),
        (
            "a palette of RGB",
            ad(
                "",
                "BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <ff0000>] ID a EI",
                &[],
            ),
            "screen",
        ),
        (
            "an inline image drawn smooth",
            ad("", "BI /W 1 /H 1 /BPC 8 /CS /G /I true ID a EI", &[]),
            "Interpolate",
        ),
        (
            "a layer that the content names",
            ad(
                "/Properties<</L<</Type/OCG/Name(a)>>>>",
                "/OC /L BDC EMC",
                &[],
            ),
            "OC",
        ),
        (
            "a font that does not say so",
            ad("/Font<</F<</Subtype/TrueType/BaseFont/Arial>>>>", "", &[]),
            "Arial",
        ),
        (
            "a drawn glyph with keys of its own",
            ad(
                "/Font<</F<</Type/Font/Subtype/Type3/CharProcs<</a 5 0 R>>>>>>",
                "",
                &[glyph],
            ),
            "screen",
        ),
        (
            "content that cannot be read",
            ad(
                "/XObject<</F 5 0 R>>",
                "/F Do",
                &[&form.replace("/BBox", "/Filter/DCTDecode/BBox")],
            ),
            "cannot be read",
        ),
    ];
    for (name, ad, word) in cases {
        for said in judged(&ad) {
            let said = said.expect_err(name);
            assert!(said.contains(word), "{name}: {said}");
        }
    }
}

#[test]
fn x17_no_number_of_objects_hides_a_colour() {
    let image = |more: &str| {
        format!(
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace[/ICCBased 6 0 R]{more}/Length 3>>\nstream\nabc\nendstream"
        )
    };
    let profile = "<</N 3/Length 0>>\nstream\n\nendstream";
    let placed = |more: &str| ad("/XObject<</I 5 0 R>>", "/I Do", &[&image(more), profile]);
    // numbers cost nothing, before the colour or behind it
    for key in ["AA", "ZZ"] {
        let numbers = format!("/{key}[{}]", "0 ".repeat(250_000));
        for said in judged(&placed(&numbers)) {
            assert!(said.expect_err("RGB").contains("screen"));
        }
    }
    // a page of more objects than are looked at is not called good
    let lists = format!("/Many[{}]", "[]".repeat(250_000));
    for said in judged(&ad(&lists, "", &[])) {
        assert!(said.expect_err("too many").contains("too many objects"));
    }
}

#[test]
fn x19_g20_a_transparent_page_is_for_x4_alone_and_blends_in_inks() {
    let faint = ad(
        "/ExtGState<</G<</ca 0.5>>>>",
        "/G gs 0 0 0 1 k 0 0 9 9 re f",
        &[],
    );
    let [x4, x1a] = judged(&faint);
    let pdf = open(&x4.expect("a PDF"));
    let group: Dict<'_> = pdf.pages()[0].raw().get("Group").expect("a group");
    let is = |key: &str, value: &[u8]| {
        assert_eq!(group.get::<Name<'_>>(key).as_deref(), Some(value));
    };
    is("S", b"Transparency");
    is("CS", b"DeviceCMYK");
    assert!(x1a.expect_err("refused").contains("transparency"));
}

#[test]
fn v1_v5_other_readers_are_content_and_name_the_subset() {
    let files = whole();
    for (bytes, subset) in [(&files.x4, "PDF/X-4"), (&files.x1a, "PDF/X-1a:2003")] {
        let file = Scratch::new(&format!("{}.pdf", subset.replace(['/', ':'], "-")), bytes);
        if let Some(out) = ask("qpdf", &["--check"], &file, &[]) {
            assert!(out.contains("No syntax or stream encoding errors"), "{out}");
        }
        if let Some(out) = ask("pdfinfo", &[], &file, &[]) {
            assert!(out.contains(&format!("PDF subtype:    {subset}")), "{out}");
        }
        let draw = ["draw", "-q", "-F", "pbm", "-o", "/dev/null", "-r", "36"];
        ask("mutool", &draw, &file, &[]);
    }
}

#[test]
fn x17_x20_text_and_grey_pictures_are_on_the_black_plate_alone() {
    let grey = pictures();
    let grey = grey
        .iter()
        .filter(|(name, _)| name.contains("grey") || name.contains("neutral"));
    let grey: Vec<&Arc<Photo>> = grey.map(|(_, photo)| photo).collect();
    let files = Files::of(|faces| {
        let mut items = text(faces);
        items.retain(|item| !matches!(item, Item::Fill(fill) if fill.ink != Ink::BLACK));
        items.extend(grey.iter().map(|photo| placed(photo)));
        items
    });
    let quiet = ["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=inkcov", "-o", "-"];
    for bytes in files.both() {
        let file = Scratch::new(&format!("plates-{}.pdf", bytes.len()), bytes);
        let Some(out) = ask("gs", &quiet, &file, &[]) else {
            return;
        };
        let inks: Vec<f64> = (out.split_whitespace().take(4))
            .map(|ink| ink.parse().expect("a share"))
            .collect();
        assert_eq!(inks[..3], [0.0; 3], "C, M and Y: {out}");
        assert!(inks[3] > 0.05, "K: {out}");
    }
}

#[test]
fn x16_x22_what_only_x1a_forbids_goes_into_x4() {
    let jpx = "<</Type/XObject/Subtype/Image/Width 1/Height 1/Filter/JPXDecode/Length 3>>\nstream\nabc\nendstream";
    let font =
        "/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontFile3 5 0 R>>>>>>";
    let program = "<</Subtype/OpenType/Length 3>>\nstream\nabc\nendstream";
    for (ad, word) in [
        (ad("/XObject<</I 5 0 R>>", "/I Do", &[jpx]), "JPXDecode"),
        (ad(font, "BT /F 9 Tf ET", &[program]), "OpenType"),
    ] {
        let [x4, x1a] = judged(&ad);
        assert!(x4.is_ok(), "{word}");
        let said = x1a.expect_err("refused");
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn g15_an_ink_of_its_own_is_a_separation_and_for_newspapers_an_error() {
    use crate::base::pdf;
    use crate::plates::Plates;
    use crate::preflight::{self, Own, Profile as Judge};

    let spot = Spot::new("专金 871", 500);
    let gold = Ink {
        spot,
        ..Ink::cmyk(0, 200, 600, 200)
    };
    let files = Files::of(|faces| {
        let rect = Rect::new(
            Length::mm(20),
            Length::mm(60),
            Length::mm(40),
            Length::mm(20),
        );
        let tint = Fill {
            rect,
            ink: gold,
            kind: FillKind::Tint,
        };
        let mut items = text(faces);
        items.push(Item::Fill(tint));
        items
    });
    for (bytes, judge) in files
        .both()
        .into_iter()
        .zip([Judge::NewspaperX4, Judge::NewspaperX1a])
    {
        let bytes = Bytes::from(bytes.to_vec());
        let file = pdf::open(&bytes).expect("a PDF");
        let pages = file.pages();
        let plates = Plates::of(&pages[0], 72, &PressProfile::newsprint()).expect("plates");
        let names: Vec<&str> = plates.inks().collect();
        assert_eq!(names, ["Cyan", "Magenta", "Yellow", "Black", "专金 871"]);
        let gold = plates.plate(4).expect("a plate").data;
        let inked = gold.iter().filter(|&&light| light == 127).count();
        // 40 by 20 mm at 72 dpi, its edges left out
        assert!((6000..6430).contains(&inked), "{inked}");
        let verdict = |own: &Own| {
            let verdict = preflight::check_within("a.pdf", &bytes, judge, own).expect("a verdict");
            let spot = |note: &Diagnostic| note.code == "preflight/spot-colour";
            let found = verdict.findings.into_iter().find(spot);
            found.map(|note| note.severity)
        };
        assert_eq!(verdict(&Own::default()), Some(Severity::Error));
        let own = Own {
            spots: true,
            ..Own::default()
        };
        assert_eq!(verdict(&own), Some(Severity::Warning));
    }
}

#[test]
fn what_is_remembered_leaves_no_trace_and_converts_once() {
    let pictures = pictures();
    let faces = Faces::bundled();
    let pages = [page(
        pictures.iter().map(|(_, photo)| placed(photo)).collect(),
    )];
    let condition = OutputCondition::newsprint();
    let memo = Memo::new();
    for profile in [Profile::X4(&condition), Profile::Plain] {
        let fresh = written(&pages, &faces, profile);
        let with = Options {
            memo: Some(&memo),
            ..options(profile)
        };
        for _ in 0..2 {
            let again = write(&pages, &faces.book, &with).expect("a PDF");
            assert!(again == fresh);
        }
    }
    // another limit of ink is another press
    let limit = InkLimit::percent(110).expect("a limit");
    let bytes = Bytes::from(condition.press.bytes().to_vec());
    let other = PressProfile::read(bytes, limit).expect("the same profile");
    let other = OutputCondition {
        press: Arc::new(other),
        ..condition.clone()
    };
    let with = Options {
        memo: Some(&memo),
        ..options(Profile::X4(&other))
    };
    let again = write(&pages, &faces.book, &with).expect("a PDF");
    assert!(again == written(&pages, &faces, Profile::X4(&other)));
    assert!(again != written(&pages, &faces, Profile::X4(&condition)));
}
