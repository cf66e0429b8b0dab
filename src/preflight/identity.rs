//! What a file says it is: Info, the XMP packet, the output intent (X4–X14,
//! G25).

use roxmltree::Document;

use super::findings::{Findings, Rule};
use super::profile::Way;
use crate::base::pdf::{self, Array, Dict, Name, Object, Pdf, Stream};

const INFO: Rule = Rule::error(
    "X4",
    "preflight/info",
    "重新输出为 PDF/X",
    "export it again as PDF/X",
);
const TRAPPED: Rule = Rule::error(
    "X10",
    "preflight/trapped",
    "写明 /Trapped：没做过陷印写 False",
    "say /Trapped: False where no trapping was done",
);
const XMP: Rule = Rule::error(
    "X5",
    "preflight/metadata",
    "重新输出为 PDF/X",
    "export it again as PDF/X",
);
const CLAIM: Rule = Rule::error(
    "X6",
    "preflight/claim",
    "输出时选对 PDF/X 的种类，或换一个 --profile 检查",
    "export as the right PDF/X, or check with another --profile",
);
const IDS: Rule = Rule::error(
    "X9",
    "preflight/document-id",
    "重新输出为 PDF/X：XMP 里要有文档和版本的标识",
    "export it again as PDF/X: its XMP packet names document, instance and version",
);
const UNLIKE: Rule = Rule::warning(
    "X4",
    "preflight/info-differs",
    "由一个程序一次写出 Info 和 XMP",
    "let one program write Info and XMP",
);
const INTENT: Rule = Rule::error(
    "X11",
    "preflight/output-intent",
    "输出时选印刷条件，嵌入 CMYK 的 ICC 文件",
    "choose a printing condition on export, with a CMYK profile",
);
const CONDITION: Rule = Rule::error(
    "X12",
    "preflight/output-condition",
    "写明印刷条件的名字（OutputConditionIdentifier）和说明（Info）",
    "name the printing condition: OutputConditionIdentifier and Info",
);
const PROFILE: Rule = Rule::error(
    "X14",
    "preflight/output-profile",
    "嵌入印刷用的 CMYK 输出 ICC（类 prtr，带 B2A）",
    "embed a CMYK output profile of class prtr with B2A tables",
);
const SPACE: Rule = Rule::error(
    "G25",
    "preflight/output-space",
    "换成 CMYK 的 ICC 文件",
    "use a CMYK profile",
);

/// Judges what the file claims to be.
pub(super) fn check(file: &Pdf, way: Way, out: &mut Findings) {
    let data: &[u8] = file.data().as_ref();
    let trailer = pdf::trailer(data);
    let info = trailer.and_then(|trailer| match pdf::lookup(file, &trailer.dict, "Info") {
        Some(Object::Dict(info)) => Some(info),
        _ => None,
    });
    let catalog = pdf::catalog(file).unwrap_or_default();
    let packet = catalog.get::<Stream<'_>>("Metadata");
    let bytes = |packet| pdf::unpacked(packet, pdf::LARGEST_PROFILE).ok();
    let text = packet.as_ref().and_then(bytes);
    let text = text
        .as_deref()
        .and_then(|bytes| std::str::from_utf8(bytes).ok());
    let xmp = text.and_then(Xmp::parse);
    check_info(info.as_ref(), way, out);
    check_packet(packet.as_ref(), xmp.as_ref(), way, out);
    if let (Some(info), Some(xmp)) = (&info, &xmp) {
        compare(info, xmp, out);
    }
    intents(&catalog, way, out);
}

/// What a file claims to be, and its printing condition, in its own words.
pub(super) fn told(file: &Pdf) -> (String, String) {
    let catalog = pdf::catalog(file).unwrap_or_default();
    let packet = catalog.get::<Stream<'_>>("Metadata");
    let text = packet.and_then(|packet| packet.decoded().ok());
    let text = text
        .as_deref()
        .and_then(|text| std::str::from_utf8(text).ok());
    let xmp = text.and_then(Xmp::parse);
    let claims = [
        "http://www.npes.org/pdfx/ns/id/",
        "http://ns.adobe.com/pdfx/1.3/",
    ];
    let claim = xmp.as_ref().and_then(|xmp| {
        let mut claims = claims.iter();
        claims.find_map(|space| xmp.get(space, "GTS_PDFXVersion"))
    });
    let list = catalog.get::<Array<'_>>("OutputIntents");
    let mut intents = list.iter().flat_map(|list| list.iter::<Dict<'_>>());
    let condition = intents.find_map(|intent| {
        let name = string(&intent, "OutputConditionIdentifier")?;
        let words = string(&intent, "Info").or_else(|| string(&intent, "OutputCondition"));
        Some(match words.filter(|words| *words != name) {
            Some(words) => format!("{name}：{words}"),
            None => name,
        })
    });
    let claim = claim.map_or_else(String::new, str::to_owned);
    (claim, condition.unwrap_or_default())
}

fn check_info(info: Option<&Dict<'_>>, way: Way, out: &mut Findings) {
    let Some(info) = info else {
        out.add(INFO, "没有 Info", "it has no Info dictionary");
        return;
    };
    for key in ["Title", "CreationDate", "ModDate", "Producer"] {
        if string(info, key).is_none_or(|text| text.is_empty()) {
            out.add(
                INFO,
                format!("Info 里缺 {key}"),
                format!("Info lacks {key}"),
            );
        }
    }
    let trapped = info.get::<Name<'_>>("Trapped");
    if !trapped.is_some_and(|name| matches!(name.as_str(), "True" | "False")) {
        out.add(
            TRAPPED,
            "没有写明做没做过陷印",
            "it does not say whether it is trapped",
        );
    }
    let claim = string(info, "GTS_PDFXVersion");
    if way == Way::X1a && claim.as_deref() != Some("PDF/X-1a:2003") {
        out.add(
            CLAIM,
            format!(
                "Info 没有自称 PDF/X-1a:2003（写的是“{}”）",
                claim.unwrap_or_default()
            ),
            "Info does not claim PDF/X-1a:2003",
        );
    }
}

fn check_packet(packet: Option<&Stream<'_>>, xmp: Option<&Xmp>, way: Way, out: &mut Findings) {
    let Some(packet) = packet else {
        if way == Way::X4 {
            out.add(XMP, "没有 XMP 元数据", "it has no XMP packet");
        }
        return;
    };
    let Some(xmp) = xmp else {
        out.add(XMP, "XMP 元数据读不出", "its XMP packet cannot be read");
        return;
    };
    if packet.dict().contains_key("Filter") {
        out.add(XMP, "XMP 元数据压缩了", "its XMP packet is compressed");
    }
    if way == Way::X4
        && xmp.get("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion") != Some("PDF/X-4")
    {
        let found = xmp.get("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion");
        out.add(
            CLAIM,
            format!(
                "XMP 没有自称 PDF/X-4（写的是“{}”）",
                found.unwrap_or_default()
            ),
            "its XMP packet does not claim PDF/X-4",
        );
    }
    for (space, key) in [
        (DC, "title"),
        (XAP, "CreateDate"),
        (XAP, "ModifyDate"),
        (XAP, "MetadataDate"),
    ] {
        if way == Way::X4 && xmp.get(space, key).is_none() {
            out.add(
                XMP,
                format!("XMP 里缺 {key}"),
                format!("its XMP packet lacks {key}"),
            );
        }
    }
    if way == Way::X4 {
        check_ids(xmp, out);
    }
}

/// X9: what tells the file from others and from its earlier versions. In which
/// form is left to its maker.
fn check_ids(xmp: &Xmp, out: &mut Findings) {
    for key in ["DocumentID", "InstanceID", "VersionID", "RenditionClass"] {
        if xmp.get(MM, key).is_none_or(|value| value.trim().is_empty()) {
            out.add(
                IDS,
                format!("XMP 里缺 xmpMM:{key}"),
                format!("its XMP packet lacks xmpMM:{key}"),
            );
        }
    }
}

const DC: &str = "http://purl.org/dc/elements/1.1/";
const XAP: &str = "http://ns.adobe.com/xap/1.0/";
const MM: &str = "http://ns.adobe.com/xap/1.0/mm/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";

fn compare(info: &Dict<'_>, xmp: &Xmp, out: &mut Findings) {
    let date = |text: String| {
        text.chars()
            .filter(char::is_ascii_digit)
            .take(14)
            .collect::<String>()
    };
    for (key, space, name, is_date) in [
        ("Title", DC, "title", false),
        ("Creator", XAP, "CreatorTool", false),
        ("Producer", PDF, "Producer", false),
        ("CreationDate", XAP, "CreateDate", true),
        ("ModDate", XAP, "ModifyDate", true),
    ] {
        let (Some(one), Some(two)) = (string(info, key), xmp.get(space, name)) else {
            continue;
        };
        let same = match is_date {
            true => date(one.clone()) == date(two.to_owned()),
            false => one.trim() == two.trim(),
        };
        if !same {
            out.add(
                UNLIKE,
                format!("{key} 在 Info 里是“{one}”，在 XMP 里是“{two}”"),
                format!("{key} is “{one}” in Info and “{two}” in XMP"),
            );
        }
    }
    let trapped = info.get::<Name<'_>>("Trapped");
    let told = xmp.get(PDF, "Trapped");
    if let (Some(one), Some(two)) = (trapped, told)
        && one.as_str() != two
    {
        out.add(
            UNLIKE,
            "Trapped 两处不一样",
            "Trapped differs between Info and XMP",
        );
    }
}

/// Whether a condition says that a registry knows it (X12).
fn is_registered(intent: &Dict<'_>, condition: &str) -> bool {
    let registry = string(intent, "RegistryName").is_some_and(|name| !name.is_empty());
    registry && !condition.is_empty() && condition != "Custom"
}

fn intents(catalog: &Dict<'_>, way: Way, out: &mut Findings) {
    let list = catalog.get::<Array<'_>>("OutputIntents");
    let list: Vec<Dict<'_>> = list
        .iter()
        .flat_map(|list| list.iter::<Dict<'_>>())
        .collect();
    let press = |intent: &&Dict<'_>| {
        let kind = intent.get::<Name<'_>>("S");
        kind.is_some_and(|kind| kind.as_str() == "GTS_PDFX")
    };
    let found: Vec<&Dict<'_>> = list.iter().filter(press).collect();
    let [intent] = found.as_slice() else {
        out.add(
            INTENT,
            format!("PDF/X 的输出意图应当正好一个，有 {} 个", found.len()),
            format!("it has {} output intents of PDF/X, not one", found.len()),
        );
        return;
    };
    let condition = string(intent, "OutputConditionIdentifier").unwrap_or_default();
    if condition.is_empty() {
        out.add(
            CONDITION,
            "输出意图没有写印刷条件的名字",
            "its output intent does not name a printing condition",
        );
    }
    let explained = string(intent, "Info").is_some_and(|text| !text.is_empty());
    if condition == "Custom" && !explained {
        out.add(
            CONDITION,
            "印刷条件是 Custom，却没有说明",
            "the printing condition is Custom, without Info",
        );
    }
    if intent.contains_key("DestOutputProfileRef") {
        out.add(
            PROFILE,
            "输出 ICC 在文件外面",
            "the output profile is outside the file",
        );
    }
    match intent.get::<Stream<'_>>("DestOutputProfile") {
        Some(profile) => check_profile(&profile, way, out),
        // X14: X-1a may leave it out where the condition is registered
        None if way == Way::X1a && is_registered(intent, &condition) => {}
        None => out.add(
            PROFILE,
            "输出意图没有嵌入 ICC",
            "its output intent embeds no profile",
        ),
    }
}

fn check_profile(stream: &Stream<'_>, way: Way, out: &mut Findings) {
    let Ok(bytes) = pdf::unpacked(stream, pdf::LARGEST_PROFILE) else {
        out.add(
            PROFILE,
            "输出 ICC 读不出",
            "the output profile cannot be read",
        );
        return;
    };
    let part = |at: usize| bytes.get(at..at + 4).unwrap_or(b"    ");
    if bytes.len() < 132 || part(36) != b"acsp" {
        out.add(
            PROFILE,
            "输出 ICC 不是 ICC 文件",
            "the output profile is none",
        );
        return;
    }
    let components = stream.dict().get::<i32>("N");
    if part(16) == b"CMYK" && components != Some(4) {
        let stated = components.map_or_else(|| "—".to_owned(), |count| count.to_string());
        out.add(
            SPACE,
            format!("输出 ICC 是 CMYK，文件里却写它有 {stated} 个分量（N）"),
            format!("the output profile is of CMYK, and the file says of {stated} components (N)"),
        );
    } else if part(16) != b"CMYK" {
        out.add(
            SPACE,
            format!(
                "输出 ICC 的颜色空间是 {}",
                String::from_utf8_lossy(part(16))
            ),
            format!(
                "the output profile is of {}",
                String::from_utf8_lossy(part(16))
            ),
        );
    }
    if part(12) != b"prtr" {
        out.add(
            PROFILE,
            format!(
                "输出 ICC 的类是 {}，不是 prtr",
                String::from_utf8_lossy(part(12))
            ),
            format!(
                "the output profile is of class {}, not prtr",
                String::from_utf8_lossy(part(12))
            ),
        );
    }
    let most = if way == Way::X1a { 2 } else { 4 };
    let version = bytes.get(8).copied().unwrap_or(0);
    if version > most {
        out.add(
            PROFILE,
            format!("输出 ICC 是第 {version} 版，最高可到 {most}"),
            format!("the output profile is of version {version}, above {most}"),
        );
    }
    let tags = bytes.get(128..132).map_or(0, |count| {
        u32::from_be_bytes([count[0], count[1], count[2], count[3]]) as usize
    });
    let has_back = (0..tags.min(1000)).any(|nth| part(132 + nth * 12) == b"B2A0");
    if !has_back {
        out.add(
            PROFILE,
            "输出 ICC 没有 B2A，不能用来分色",
            "the output profile has no B2A table to separate with",
        );
    }
}

/// A text string of a dictionary: `PDFDocEncoding` as far as it is Latin-1, or
/// UTF-16 with its mark.
fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    let Some(Object::String(text)) = dict.get::<Object<'_>>(key) else {
        return None;
    };
    let bytes = text.as_bytes();
    Some(match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => {
            let units: Vec<u16> = wide
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        None => match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(text) => String::from_utf8_lossy(text).into_owned(),
            None => bytes.iter().map(|&byte| char::from(byte)).collect(),
        },
    })
}

/// A packet of metadata.
struct Xmp(Vec<(String, String, String)>);

impl Xmp {
    /// Reads a packet: the properties of its descriptions, as elements or as
    /// attributes, of lists the first item.
    fn parse(text: &str) -> Option<Self> {
        let document = Document::parse(text.trim_matches(['\0', '\u{FEFF}'])).ok()?;
        let mut list = Vec::new();
        let described = document
            .descendants()
            .filter(|node| node.tag_name().name() == "Description");
        for node in described {
            for one in node.attributes() {
                let space = one.namespace().unwrap_or("");
                list.push((
                    space.to_owned(),
                    one.name().to_owned(),
                    one.value().to_owned(),
                ));
            }
            for one in node.children().filter(roxmltree::Node::is_element) {
                let tag = one.tag_name();
                let item = one
                    .descendants()
                    .find(|node| node.tag_name().name() == "li");
                let value = item.unwrap_or(one).text().unwrap_or("").trim().to_owned();
                list.push((
                    tag.namespace().unwrap_or("").to_owned(),
                    tag.name().to_owned(),
                    value,
                ));
            }
        }
        Some(Self(list))
    }

    fn get(&self, space: &str, name: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(one, two, _)| one == space && two == name);
        found.map(|(.., value)| value.as_str())
    }
}
