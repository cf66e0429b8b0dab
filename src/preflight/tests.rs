//! A good file, and files of one fault each.

mod cells;
mod ink;
mod tiny_font;

use super::*;
use crate::base::diag::Severity;

/// The parts of a file, each as it is written; a character is a byte.
#[derive(Clone)]
struct Parts(Vec<(&'static str, String)>);

/// An output profile as far as a preflight reads one.
fn icc() -> String {
    let mut bytes = vec![b'\0'; 128];
    bytes[8] = 2;
    bytes[12..16].copy_from_slice(b"prtr");
    bytes[16..20].copy_from_slice(b"CMYK");
    bytes[36..40].copy_from_slice(b"acsp");
    bytes.extend([0, 0, 0, 1]);
    bytes.extend(b"B2A0\0\0\0\x90\0\0\0\x04data");
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

const XMP: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Producer="p" pdf:Trapped="False" xmp:CreateDate="2026-05-02T00:00:00+08:00" xmp:ModifyDate="2026-05-02T00:00:00+08:00" xmp:MetadataDate="2026-05-02T00:00:00+08:00" xmpMM:DocumentID="uuid:1" xmpMM:InstanceID="uuid:2" xmpMM:VersionID="1" xmpMM:RenditionClass="default"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">t</rdf:li></rdf:Alt></dc:title><xmp:CreatorTool>c</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"#;

fn good() -> Parts {
    let pixels = "\0".repeat(40 * 40 * 4);
    let part = |name: &'static str, text: &str| (name, text.to_owned());
    Parts(vec![
        part("header", "%PDF-1.6\n%\u{E2}\u{E3}\u{CF}\u{D3}\n"),
        part(
            "catalog",
            "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /OutputIntents [7 0 R] >>",
        ),
        part("pages", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        part(
            "page",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /BleedBox [0 0 300 400] /TrimBox [10 10 290 390] /Contents 4 0 R /Resources << /Font << /F 9 0 R >> /ExtGState << /O 14 0 R /N 15 0 R >> /XObject << /I 16 0 R >> /ColorSpace << /S 17 0 R >> >> >>",
        ),
        part(
            "content",
            "/N gs 0 0 0 .2 k 40 40 200 100 re f /O gs 0 0 0 1 k BT /F 9 Tf 60 60 Td <00010002> Tj ET /O gs 0 0 0 1 K 1 w 50 50 m 200 50 l S /N gs q 10 0 0 10 60 300 cm /I Do Q",
        ),
        part(
            "info",
            "<< /Title (t) /Producer (p) /Creator (c) /CreationDate (D:20260502000000+08'00') /ModDate (D:20260502000000+08'00') /Trapped /False >>",
        ),
        part("xmp", XMP),
        part(
            "intent",
            "<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (Custom) /Info (newsprint) /DestOutputProfile 8 0 R >>",
        ),
        part("icc", &icc()),
        part(
            "font",
            "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [10 0 R] /ToUnicode 13 0 R >>",
        ),
        part(
            "descendant",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /ABCDEF+Song /FontDescriptor 11 0 R /DW 1000 /W [2 [500]] >>",
        ),
        part(
            "descriptor",
            "<< /Type /FontDescriptor /FontName /ABCDEF+Song /FontFile3 12 0 R >>",
        ),
        part(
            "fontfile",
            &tiny_font::text(&tiny_font::cff(true, [1000, 1000, 500])),
        ),
        part("cmap", "a map"),
        part("over", "<< /Type /ExtGState /OP true /op true /OPM 1 >>"),
        part(
            "normal",
            "<< /Type /ExtGState /OP false /op false /OPM 0 >>",
        ),
        part("image", &pixels),
        part(
            "space",
            "[/Separation /All /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] /N 1 >>]",
        ),
        part("trailer", "/ID [<61> <61>]"),
        part("icc-dict", "/N 4"),
        part("xmp-dict", "/Type /Metadata /Subtype /XML"),
        part("fontfile-dict", "/Subtype /CIDFontType0C"),
        part(
            "image-dict",
            "/Type /XObject /Subtype /Image /Width 40 /Height 40 /BitsPerComponent 8 /ColorSpace /DeviceCMYK",
        ),
        part("more", ""),
        part("last", ""),
    ])
}

impl Parts {
    fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_str()).expect("a part")
    }

    /// With something else in one part; `from` must be there.
    fn with(mut self, name: &str, from: &str, to: &str) -> Self {
        let part = self
            .0
            .iter_mut()
            .find(|(known, _)| *known == name)
            .expect("a part");
        assert!(part.1.contains(from), "{name} has no {from}");
        part.1 = match from {
            "" => part.1.clone() + to,
            _ => part.1.replacen(from, to, 1),
        };
        self
    }

    fn file(&self) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        let put = |out: &mut Vec<u8>, text: &str| {
            out.extend(
                text.chars()
                    .map(|c| u8::try_from(u32::from(c)).expect("a byte")),
            );
        };
        put(&mut out, self.get("header"));
        let stream = |dict: &str, data: &str| {
            let length = data.chars().count();
            format!("<< {dict} /Length {length} >>\nstream\n{data}\nendstream")
        };
        let mut objects = vec![
            self.get("catalog").to_owned(),
            self.get("pages").to_owned(),
            self.get("page").to_owned(),
            stream("", self.get("content")),
            self.get("info").to_owned(),
            stream(self.get("xmp-dict"), self.get("xmp")),
            self.get("intent").to_owned(),
            stream(self.get("icc-dict"), self.get("icc")),
            self.get("font").to_owned(),
            self.get("descendant").to_owned(),
            self.get("descriptor").to_owned(),
            stream(self.get("fontfile-dict"), self.get("fontfile")),
            stream("", self.get("cmap")),
            self.get("over").to_owned(),
            self.get("normal").to_owned(),
            stream(self.get("image-dict"), self.get("image")),
            self.get("space").to_owned(),
        ];
        for name in ["more", "last"] {
            if !self.get(name).is_empty() {
                objects.push(self.get(name).to_owned());
            }
        }
        let mut offsets = Vec::new();
        for (nth, object) in (1..).zip(&objects) {
            offsets.push(out.len());
            put(&mut out, &format!("{nth} 0 obj\n{object}\nendobj\n"));
        }
        let start = out.len();
        let count = objects.len() + 1;
        put(&mut out, &format!("xref\n0 {count}\n0000000000 65535 f \n"));
        for offset in offsets {
            put(&mut out, &format!("{offset:010} 00000 n \n"));
        }
        let more = self.get("trailer");
        put(
            &mut out,
            &format!(
                "trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R {more} >>\nstartxref\n{start}\n%%EOF\n"
            ),
        );
        out
    }
}

/// The rows and codes that a file breaks, with how grave they are.
fn judged(bytes: Vec<u8>, profile: Profile) -> Vec<(String, &'static str, Severity)> {
    let verdict = check("a.pdf", &bytes.into(), profile).expect("a PDF");
    let row = |note: &Diagnostic| {
        let found = note.facts.iter().find(|(name, _)| *name == "row");
        found.map_or_else(String::new, |(_, fact)| match fact {
            crate::base::diag::Fact::Word(word) => word.clone(),
            crate::base::diag::Fact::Number(number) => number.to_string(),
        })
    };
    let notes = verdict.findings.iter();
    notes
        .map(|note| (row(note), note.code, note.severity))
        .collect()
}

#[test]
fn a_good_file_breaks_nothing() {
    assert_eq!(judged(good().file(), Profile::NewspaperX4), []);
    assert_eq!(judged(good().file(), Profile::Magazine), []);
    // the same claims to be PDF/X-4, not PDF/X-1a
    let other = judged(good().file(), Profile::NewspaperX1a);
    let codes: Vec<&str> = other.iter().map(|(_, code, _)| *code).collect();
    assert_eq!(codes, ["preflight/header", "preflight/claim"]);
    let x1a = good().with("header", "1.6", "1.4").with(
        "info",
        "/Trapped",
        "/GTS_PDFXVersion (PDF/X-1a:2003) /Trapped",
    );
    assert_eq!(judged(x1a.file(), Profile::NewspaperX1a), []);
}

/// One fault: its row, its code, the part, what is there, what is put there.
type OneFault = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// For any profile of PDF/X-4.
const FAULTS: &[OneFault] = &[
    ("X1", "header", "header", "%PDF-1.6", "%PDF-1.7"),
    ("X1", "header", "header", "%PDF-1.6", "%PDF-2.0"),
    ("X1", "header", "header", "%\u{E2}\u{E3}\u{CF}\u{D3}\n", ""),
    ("X1", "header", "catalog", "/Pages", "/Version /1.7 /Pages"),
    ("X3", "file-id", "trailer", "/ID [<61> <61>]", ""),
    ("X3", "file-id", "trailer", "<61> <61>", "<61>"),
    ("X4", "info", "info", "/Title (t)", ""),
    (
        "X4",
        "info",
        "info",
        "(D:20260502000000+08'00') /ModDate",
        "() /ModDate",
    ),
    (
        "X4",
        "info",
        "info",
        "/ModDate (D:20260502000000+08'00')",
        "",
    ),
    ("X4", "info", "info", "/Producer (p)", ""),
    ("X4", "info-differs", "info", "/Title (t)", "/Title (other)"),
    ("X4", "info-differs", "info", "/Creator (c)", "/Creator (d)"),
    (
        "X4",
        "info-differs",
        "info",
        "(D:20260502000000+08'00') /ModDate",
        "(D:20250502000000+08'00') /ModDate",
    ),
    (
        "X4",
        "info-differs",
        "info",
        "/Trapped /False",
        "/Trapped /True",
    ),
    ("X10", "trapped", "info", "/Trapped /False", ""),
    (
        "X10",
        "trapped",
        "info",
        "/Trapped /False",
        "/Trapped /Unknown",
    ),
    ("X5", "metadata", "catalog", "/Metadata 6 0 R", ""),
    ("X5", "metadata", "xmp", "</rdf:RDF>", ""),
    (
        "X9",
        "document-id",
        "xmp",
        "xmpMM:DocumentID=\"uuid:1\"",
        "",
    ),
    ("X9", "document-id", "xmp", "uuid:2", " "),
    ("X9", "document-id", "xmp", "xmpMM:VersionID=\"1\"", ""),
    (
        "X9",
        "document-id",
        "xmp",
        "xmpMM:RenditionClass",
        "xmpMM:Rendition",
    ),
    (
        "X5",
        "metadata",
        "xmp",
        "xmp:MetadataDate=\"2026-05-02T00:00:00+08:00\"",
        "",
    ),
    (
        "X6",
        "claim",
        "xmp",
        "GTS_PDFXVersion=\"PDF/X-4\"",
        "GTS_PDFXVersion=\"PDF/X-4p\"",
    ),
    (
        "X6",
        "claim",
        "xmp",
        "http://www.npes.org/pdfx/ns/id/",
        "http://example.org/",
    ),
    (
        "X11",
        "output-intent",
        "catalog",
        "/OutputIntents [7 0 R]",
        "",
    ),
    (
        "X11",
        "output-intent",
        "catalog",
        "[7 0 R]",
        "[7 0 R 7 0 R]",
    ),
    ("X11", "output-intent", "intent", "/GTS_PDFX", "/GTS_PDFA1"),
    (
        "X12",
        "output-condition",
        "intent",
        "/OutputConditionIdentifier (Custom)",
        "",
    ),
    ("X12", "output-condition", "intent", "/Info (newsprint)", ""),
    (
        "X14",
        "output-profile",
        "intent",
        "/DestOutputProfile 8 0 R",
        "",
    ),
    (
        "X14",
        "output-profile",
        "intent",
        "/Info",
        "/DestOutputProfileRef << >> /Info",
    ),
    ("X14", "output-profile", "icc", "acsp", "xxxx"),
    ("X14", "output-profile", "icc", "prtr", "scnr"),
    ("X14", "output-profile", "icc", "B2A0", "A2B0"),
    ("X14", "output-profile", "icc", "\u{2}", "\u{5}"),
    ("G25", "output-space", "icc", "CMYK", "RGB "),
    ("G25", "output-space", "icc-dict", "/N 4", "/N 3"),
    ("X15", "boxes", "page", "/TrimBox [10 10 290 390]", ""),
    (
        "X15",
        "boxes",
        "page",
        "/TrimBox [10 10 290 390]",
        "/TrimBox [10 10 290 401]",
    ),
    (
        "X15",
        "boxes",
        "page",
        "/BleedBox [0 0 300 400]",
        "/BleedBox [0 0 301 400]",
    ),
    (
        "X15",
        "boxes",
        "page",
        "/BleedBox [0 0 300 400]",
        "/BleedBox [20 0 300 400]",
    ),
    (
        "X15",
        "boxes",
        "page",
        "/TrimBox",
        "/ArtBox [10 10 290 390] /TrimBox",
    ),
    (
        "G1",
        "crop-box",
        "page",
        "/TrimBox",
        "/CropBox [5 5 295 395] /TrimBox",
    ),
    (
        "G1",
        "user-unit",
        "page",
        "/TrimBox",
        "/UserUnit 2 /TrimBox",
    ),
    (
        "G2",
        "page-sizes",
        "page",
        "/TrimBox",
        "/Rotate 90 /TrimBox",
    ),
    (
        "X16",
        "font-not-embedded",
        "descriptor",
        "/FontFile3 12 0 R",
        "",
    ),
    ("X16", "font-file", "fontfile", "\u{1}\0\u{4}", "no"),
    ("X16", "glyph-width", "descendant", "[500]", "[502]"),
    ("X16", "glyph-width", "descendant", "/DW 1000", "/DW 990"),
    (
        "X16",
        "missing-glyph",
        "content",
        "<00010002>",
        "<00010003>",
    ),
    ("X16", "font-subset-name", "font", "ABCDEF+", "ABCDe+"),
    ("X16", "font-without-text", "font", "/ToUnicode 13 0 R", ""),
    ("X29", "courier", "font", "ABCDEF+Song", "ABCDEF+Courier"),
    (
        "X17",
        "colour-space",
        "content",
        "0 0 0 .2 k",
        ".2 .2 .2 rg",
    ),
    ("X17", "colour-space", "content", "0 0 0 1 K", "0 0 0 RG"),
    (
        "X18",
        "output-profile-again",
        "image-dict",
        "/DeviceCMYK",
        "[/ICCBased 8 0 R]",
    ),
    (
        "X21",
        "transfer-function",
        "normal",
        "/OPM 0",
        "/OPM 0 /TR /Identity",
    ),
    (
        "X21",
        "transfer-function",
        "normal",
        "/OPM 0",
        "/OPM 0 /HT << /HalftoneType 1 >>",
    ),
    (
        "X22",
        "filter",
        "image-dict",
        "/Type",
        "/Filter /JPXDecode /Type",
    ),
    (
        "X23",
        "forbidden-filter",
        "fontfile-dict",
        "/Subtype",
        "/Filter [/ASCIIHexDecode /LZWDecode] /Subtype",
    ),
    (
        "X24",
        "layers",
        "catalog",
        "/Pages",
        "/OCProperties << /OCGs [17 0 R] /D << /OFF [17 0 R] >> >> /Pages",
    ),
    (
        "G24",
        "layer-configurations",
        "catalog",
        "/Pages",
        "/OCProperties << /OCGs [] /Configs [] /D << >> >> /Pages",
    ),
    (
        "X21",
        "transfer-function",
        "page",
        "/N 15 0 R",
        "/N << /HT << /HalftoneType 1 >> >>",
    ),
    (
        "X23",
        "forbidden-filter",
        "content",
        "/I Do",
        "/I Do BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID a EI",
    ),
    (
        "X27",
        "forbidden-object",
        "image-dict",
        "/Type",
        "/F (pic.raw) /Type",
    ),
    (
        "X24",
        "layers",
        "catalog",
        "/Pages",
        "/OCProperties << /OCGs [17 0 R] /D << /BaseState /OFF >> >> /Pages",
    ),
    (
        "X25",
        "annotations",
        "page",
        "/TrimBox",
        "/Annots [<< /Type /Annot /Subtype /Link /Rect [20 20 40 40] >>] /TrimBox",
    ),
    (
        "X25",
        "form",
        "catalog",
        "/Pages",
        "/AcroForm << /Fields [17 0 R] >> /Pages",
    ),
    (
        "X26",
        "actions",
        "catalog",
        "/Pages",
        "/OpenAction << /S /JavaScript /JS (1) >> /Pages",
    ),
    (
        "X26",
        "actions",
        "catalog",
        "/Pages",
        "/Names << /EmbeddedFiles << >> >> /Pages",
    ),
    ("X26", "actions", "page", "/TrimBox", "/AA << >> /TrimBox"),
    (
        "X26",
        "actions",
        "more",
        "",
        "<< /Type /Action /S /URI /URI (x) >>",
    ),
    (
        "X27",
        "forbidden-object",
        "image-dict",
        "/Type",
        "/Interpolate true /Type",
    ),
    (
        "X27",
        "forbidden-object",
        "image-dict",
        "/Type",
        "/OPI << >> /Type",
    ),
    (
        "X27",
        "forbidden-object",
        "image-dict",
        "/Type",
        "/Alternates [] /Type",
    ),
    (
        "X28",
        "separated",
        "page",
        "/TrimBox",
        "/SeparationInfo << >> /TrimBox",
    ),
    (
        "G3",
        "empty-page",
        "content",
        "/N gs 0 0 0 .2 k 40 40 200 100 re f /O gs 0 0 0 1 k BT /F 9 Tf 60 60 Td <00010002> Tj ET /O gs 0 0 0 1 K 1 w 50 50 m 200 50 l S /N gs q 10 0 0 10 60 300 cm /I Do Q",
        "0 0 0 0 k 40 40 200 100 re f",
    ),
    (
        "G5",
        "white-text-overprints",
        "content",
        "/O gs 0 0 0 1 k BT /F 9 Tf",
        "/O gs 0 0 0 0 k BT /F 12 Tf",
    ),
    (
        "G6",
        "white-path-overprints",
        "content",
        "/N gs 0 0 0 .2 k",
        "/O gs 0 0 0 0 k 60 200 80 80 re f /N gs 0 0 0 .2 k",
    ),
    (
        "G7",
        "black-text-knocks-out",
        "content",
        "/O gs 0 0 0 1 k BT",
        "/N gs 0 0 0 1 k BT",
    ),
    (
        "G8",
        "black-line-knocks-out",
        "content",
        "/O gs 0 0 0 1 K",
        "/N gs 0 0 0 1 K",
    ),
    (
        "G9",
        "gray-text",
        "content",
        "/O gs 0 0 0 1 k BT",
        "/N gs 0 g BT",
    ),
    (
        "G10",
        "gray-overprints",
        "content",
        "/N gs 0 0 0 .2 k",
        "/O gs .8 g",
    ),
    (
        "G11",
        "rich-black-text",
        "content",
        "0 0 0 1 k BT /F 9 Tf",
        ".6 .4 .3 1 k BT /F 12 Tf",
    ),
    (
        "G12",
        "small-white-text",
        "content",
        "/O gs 0 0 0 1 k BT",
        "/N gs 0 0 0 0 k BT",
    ),
    (
        "G13",
        "small-text-of-inks",
        "content",
        "0 0 0 1 k BT",
        "0 .5 1 0 k BT",
    ),
    ("G14", "thin-line", "content", "1 w", ".1 w"),
    ("G14", "thin-line", "content", "1 w", "0 w"),
    (
        "G14",
        "thin-line",
        "content",
        "/N gs q",
        "/N gs 60 200 80 .1 re f q",
    ),
    ("G15", "spot-colour", "space", "/All", "/Gold"),
    (
        "G16",
        "registration-colour",
        "content",
        "0 0 0 .2 k",
        "/S cs .2 scn",
    ),
    (
        "G20",
        "group-space",
        "page",
        "/TrimBox",
        "/Group << /S /Transparency /CS /DeviceRGB >> /TrimBox",
    ),
    ("G21", "resolution", "content", "10 0 0 10", "30 0 0 30"),
    ("G21", "resolution", "content", "10 0 0 10", "20 0 0 20"),
    (
        "G22",
        "bitmap-resolution",
        "image-dict",
        "/BitsPerComponent 8 /ColorSpace /DeviceCMYK",
        "/BitsPerComponent 1 /ColorSpace /DeviceGray",
    ),
    ("N4", "ink", "content", "0 0 0 .2 k", ".9 .9 .9 .9 k"),
    (
        "N4",
        "ink",
        "image-dict",
        "/ColorSpace /DeviceCMYK",
        "/ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0]",
    ),
    ("N4", "ink", "content", "0 0 0 .2 k", ".6 .7 .7 0 k"),
    (
        "G17",
        "ink-square",
        "content",
        "0 0 0 .2 k",
        ".7 .7 .7 .4 k",
    ),
    ("N10", "text-near-trim", "content", "60 60 Td", "12 60 Td"),
];

/// What else a fault brings with it.
const KIN: &[(&str, &str)] = &[
    // Info without a key that XMP has
    ("info", "info-differs"),
    ("trapped", "info-differs"),
    ("filter", "ink-not-all-seen"),
    ("forbidden-object", "ink-not-all-seen"),
    // a font program that cannot be unpacked
    ("forbidden-filter", "font-file"),
    ("ink", "ink-square"),
    ("ink-square", "ink"),
];

#[test]
fn each_fault_is_found_by_its_rule() {
    for &(row, code, part, from, to) in FAULTS {
        let mut file = good().with(part, from, to);
        if (row, code) == ("G15", "spot-colour") {
            file = file.with("content", "0 0 0 .2 k", "/S cs .2 scn");
        }
        let found = judged(file.file(), Profile::NewspaperX4);
        let wanted = format!("preflight/{code}");
        assert!(
            found
                .iter()
                .any(|(at, known, _)| at == row && *known == wanted),
            "{row} {code}: {from} → {to}: {found:?}"
        );
        // and by no other, but for what comes of the same fault
        let kin = KIN.iter().filter(|kin| kin.0 == code).map(|kin| kin.1);
        let kin: Vec<String> = kin.map(|code| format!("preflight/{code}")).collect();
        for (other, known, _) in &found {
            assert!(
                *known == wanted || kin.iter().any(|kin| kin == known),
                "{row} {code}: {from} → {to} also breaks {other} {known}"
            );
        }
    }
    assert!(FAULTS.len() >= 60, "{}", FAULTS.len());
}

#[test]
fn x1a_asks_for_more() {
    let x1a = || {
        good().with("header", "1.6", "1.4").with(
            "info",
            "/Trapped",
            "/GTS_PDFXVersion (PDF/X-1a:2003) /Trapped",
        )
    };
    for (row, part, from, to) in [
        ("X1", "header", "1.4", "1.5"),
        ("X6", "info", "PDF/X-1a:2003", "PDF/X-1:2001"),
        ("X14", "icc", "\u{2}", "\u{4}"),
        ("X16", "fontfile-dict", "CIDFontType0C", "OpenType"),
        ("X19", "normal", "/OPM 0", "/OPM 0 /ca .5"),
        ("X19", "normal", "/OPM 0", "/OPM 0 /BM /Multiply"),
        ("X19", "normal", "/OPM 0", "/OPM 0 /BM [/Multiply]"),
        (
            "X19",
            "page",
            "/TrimBox",
            "/Group << /S /Transparency /CS /DeviceCMYK >> /TrimBox",
        ),
        ("X19", "image-dict", "/Type", "/SMask 13 0 R /Type"),
        ("X22", "image-dict", "/Type", "/Filter /JPXDecode /Type"),
        (
            "X24",
            "catalog",
            "/Pages",
            "/OCProperties << /OCGs [17 0 R] /D << >> >> /Pages",
        ),
    ] {
        let found = judged(x1a().with(part, from, to).file(), Profile::NewspaperX1a);
        let told = found
            .iter()
            .any(|(at, _, severity)| at == row && *severity == Severity::Error);
        assert!(told, "{row}: {from} → {to}: {found:?}");
    }
}

#[test]
fn limits_are_those_of_the_profile() {
    let severities = |file: &Parts, profile| {
        let found = judged(file.file(), profile);
        found
            .into_iter()
            .map(|(row, _, severity)| (row, severity))
            .collect::<Vec<_>>()
    };
    let spot = good()
        .with("space", "/All", "/Gold")
        .with("content", "0 0 0 .2 k", "/S cs .2 scn");
    assert_eq!(
        severities(&spot, Profile::NewspaperX4),
        [("G15".to_owned(), Severity::Error)]
    );
    assert_eq!(
        severities(&spot, Profile::Magazine),
        [("G15".to_owned(), Severity::Warning)]
    );
    // 96 and 144 ppi
    let coarse = good().with("content", "10 0 0 10", "30 0 0 30");
    assert_eq!(
        severities(&coarse, Profile::NewspaperX4),
        [("G21".to_owned(), Severity::Error)]
    );
    let fair = good().with("content", "10 0 0 10", "20 0 0 20");
    assert_eq!(
        severities(&fair, Profile::NewspaperX4),
        [("G21".to_owned(), Severity::Warning)]
    );
    assert_eq!(
        severities(&fair, Profile::Magazine),
        [("G21".to_owned(), Severity::Error)]
    );
    let heavy = good().with("content", "0 0 0 .2 k", ".8 .7 .5 .5 k");
    assert_eq!(
        severities(&heavy, Profile::NewspaperX4),
        [
            ("N4".to_owned(), Severity::Error),
            ("G17".to_owned(), Severity::Warning)
        ]
    );
    assert_eq!(severities(&heavy, Profile::Magazine), []);
}

#[test]
fn forms_are_followed_and_none_in_itself() {
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 300 400] /Resources << /XObject << /X 18 0 R >> >> /Length 29 >>\nstream\n1 0 0 rg 60 200 9 9 re f /X Do\nendstream";
    let file = good()
        .with("more", "", form)
        .with("page", "/I 16 0 R", "/I 16 0 R /X 18 0 R")
        .with("content", "/I Do Q", "/I Do Q /X Do");
    let found = judged(file.file(), Profile::NewspaperX4);
    assert_eq!(
        found
            .iter()
            .map(|(row, ..)| row.as_str())
            .collect::<Vec<_>>(),
        ["X17"]
    );
}

#[test]
fn broken_files_are_told_and_stop_nothing() {
    let whole = good().file();
    for nth in 0..600 {
        let mut damaged = whole.clone();
        let at = nth * 7919 % damaged.len();
        damaged[at] = damaged[at].wrapping_add(1 + (nth % 250) as u8);
        drop(check("a.pdf", &damaged.into(), Profile::NewspaperX4));
        drop(check(
            "a.pdf",
            &whole[..whole.len() * nth / 600].to_vec().into(),
            Profile::NewspaperX1a,
        ));
    }
    for bytes in ["", "%PDF-1.6\n", "not a PDF"] {
        let note = check(
            "a.pdf",
            &bytes.as_bytes().to_vec().into(),
            Profile::NewspaperX4,
        );
        assert_eq!(
            note.map(|_| ()).map_err(|note| note.code),
            Err("preflight/unreadable")
        );
    }
}

#[test]
fn print_n4_ink_is_read_from_jpegs_and_palettes_too() {
    // 40 by 40 pixels of full C, M, Y and half K
    let heavy = [255, 255, 255, 128].repeat(40 * 40);
    let mut jpeg = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut jpeg, 95);
    let coded = encoder.encode(&heavy, 40, 40, jpeg_encoder::ColorType::Cmyk);
    coded.expect("a JPEG");
    let bytes: String = jpeg.iter().map(|&byte| char::from(byte)).collect();
    let pixels = "\0".repeat(40 * 40 * 4);
    let dct = good().with("image", &pixels, &bytes);
    let dct = dct.with("image-dict", "/Type", "/Filter /DCTDecode /Type");
    let places = "\u{1}".repeat(40 * 40);
    let palette = good().with("image", &pixels, &places).with(
        "image-dict",
        "/DeviceCMYK",
        "[/Indexed /DeviceCMYK 1 <00000000FFFFFFFF>]",
    );
    // the coder stores inks turned round, as Adobe's programs do: without its
    // Decode the picture has no C, M and Y (Ghostscript's inkcov says so too)
    let turned = dct
        .clone()
        .with("image-dict", "/Type", "/Decode [1 0 1 0 1 0 1 0] /Type");
    let heavy = |file: &Parts| {
        let found = judged(file.file(), Profile::NewspaperX4);
        found.iter().any(|(_, code, _)| *code == "preflight/ink")
    };
    assert!(!heavy(&dct) && heavy(&turned));
    assert!(heavy(&palette));
    // an entry that no pixel has prints nowhere
    let unused = palette.with("image", &places, &"\0".repeat(40 * 40));
    assert!(!heavy(&unused));
}

#[test]
fn x16_widths_are_those_of_the_program() {
    use tiny_font::{cff, text, truetype};
    let codes = |file: &Parts| -> Vec<&'static str> {
        let found = judged(file.file(), Profile::NewspaperX4);
        found.into_iter().map(|(_, code, _)| code).collect()
    };
    let width = ["preflight/glyph-width"];
    // rounding to a thousandth is no fault, nor is a width that is not shown
    for near in ["[501]", "[499.1]", "[500 7 7]"] {
        assert_eq!(
            codes(&good().with("descendant", "[500]", near)),
            [""; 0],
            "{near}"
        );
    }
    let invisible =
        good()
            .with("descendant", "[500]", "[600]")
            .with("content", "60 60 Td", "3 Tr 60 60 Td");
    assert_eq!(codes(&invisible), [""; 0]);
    let range = |last: &str| good().with("descendant", "[2 [500]]", last);
    assert_eq!(codes(&range("[2 9 500]")), [""; 0]);
    assert_eq!(codes(&range("[1 2 500]")), width);
    // a range that would fill the memory is not read
    assert_eq!(codes(&range("[2 4000000000 500]")), [""; 0]);
    // simple fonts: CFF and TrueType
    let simple = |kind: &str, widths: &str, program: &[u8], file: &str| {
        let dict = format!(
            "<< /Type /Font /Subtype /{kind} /BaseFont /ABCDEF+Song /FontDescriptor 11 0 R /FirstChar 65 /LastChar 66 /Widths {widths} >>"
        );
        let mut parts = good()
            .with("content", "<00010002>", "(AB)")
            .with("descriptor", "/FontFile3", file)
            .with("fontfile-dict", "CIDFontType0C", "Type1C");
        for (name, part) in &mut parts.0 {
            match *name {
                "font" => *part = dict.clone(),
                "fontfile" => *part = text(program),
                _ => {}
            }
        }
        parts
    };
    let letters = cff(false, [250, 700, 611]);
    let of = |widths: &str| codes(&simple("Type1", widths, &letters, "/FontFile3"));
    assert_eq!(of("[700 611]"), [""; 0]);
    assert_eq!(of("[700 613]"), width);
    assert_eq!(of("[700]"), width);
    let units = truetype([500, 1401, 1222]);
    let of = |widths: &str| codes(&simple("TrueType", widths, &units, "/FontFile2"));
    assert_eq!(of("[700 611]"), [""; 0]);
    assert_eq!(of("[702 611]"), width);
    let missing =
        simple("TrueType", "[700 611]", &units, "/FontFile2").with("content", "(AB)", "(AC)");
    assert_eq!(codes(&missing), ["preflight/missing-glyph"]);
}

#[test]
fn x16_a_font_is_told_once_a_page_by_its_first_code() {
    let file = good().with("descendant", "/DW 1000", "/DW 900").with(
        "content",
        "<00010002> Tj",
        "[<0002> 3 <0001>] TJ <0001> Tj",
    );
    let verdict = check("a.pdf", &file.file().into(), Profile::NewspaperX4).expect("a PDF");
    let [note] = verdict.findings.as_slice() else {
        panic!("{:?}", verdict.findings);
    };
    assert!(note.message.zh.contains("字体 ABCDEF+Song"), "{note:?}");
    assert!(
        note.message
            .en
            .contains("code 0001 says 900, the file 1000 [X16]"),
        "{note:?}"
    );
}

#[test]
fn x18_the_output_profile_is_known_by_its_bytes() {
    let placed = |profile: &str| {
        let stream = format!(
            "<< /N 4 /Length {} >>\nstream\n{profile}\nendstream",
            profile.chars().count()
        );
        let file = good().with("more", "", &stream);
        let file = file.with("image-dict", "/DeviceCMYK", "[/ICCBased 18 0 R]");
        let found = judged(file.file(), Profile::NewspaperX4);
        found.into_iter().map(|(row, ..)| row).collect::<Vec<_>>()
    };
    assert_eq!(placed(&icc()), ["X18"]);
    // another one is a colour that was not separated
    assert_eq!(placed(&icc().replace("data", "DATA")), ["X17"]);
}

#[test]
fn every_row_that_is_told_is_in_the_list_of_rows() {
    let listed = |row: &str| ROWS.iter().any(|known| known.row == row);
    for &(row, code, ..) in FAULTS {
        assert!(listed(row), "{row} {code}");
    }
    let mut rows: Vec<&str> = ROWS.iter().map(|known| known.row).collect();
    let count = rows.len();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), count);
}

#[test]
fn a_survey_says_what_a_file_is() {
    let file: Bytes = good().file().into();
    let survey = survey("a.pdf", &file).expect("a PDF");
    assert_eq!(
        (survey.version.as_str(), survey.claim.as_str()),
        ("1.6", "PDF/X-4")
    );
    assert_eq!(survey.condition, "Custom：newsprint");
    assert!(survey.fonts.iter().eq([(&"ABCDEF+Song".to_owned(), &true)]));
    assert_eq!((survey.images, survey.ppi), (1, Some(288.0)));
    let [page] = survey.pages.as_slice() else {
        panic!("one page");
    };
    assert_eq!(page.media, [0.0, 0.0, 300.0, 400.0]);
    assert_eq!(page.trim, [10.0, 10.0, 290.0, 390.0]);
    assert_eq!(page.heaviest.map(f64::round), Some(100.0));
    assert!(
        page.square.is_some_and(|mean| (20.0..30.0).contains(&mean)),
        "{page:?}"
    );
}

#[test]
fn a_breach_is_told_by_its_parts_too() {
    let file = good().with("content", "60 60 Td", "12 60 Td");
    let verdict = check("a.pdf", &file.file().into(), Profile::NewspaperX4).expect("a PDF");
    let [breach] = verdict.breaches.as_slice() else {
        panic!("{:?}", verdict.breaches);
    };
    assert_eq!((breach.row, breach.page, breach.places), ("N10", 1, 1));
    assert_eq!(breach.edges.map(|edges| edges[0]), Some(12.0));
    assert_eq!(breach.fact.zh, "文字太靠近成品边");
}
