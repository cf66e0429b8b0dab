//! What must not be anywhere in the file, whoever refers to it (X21–X23,
//! X25–X28).

use super::boxes::{self, Boxes};
use super::findings::{Findings, Rule};
use super::profile::Way;
use crate::base::pdf::{Array, Dict, Name, Object, Pdf};

const FILTER: Rule = Rule::error(
    "X22",
    "preflight/filter",
    "图片改用 Flate 或 JPEG 压缩",
    "compress images by Flate or JPEG",
);
const OLD_FILTER: Rule = Rule::error(
    "X23",
    "preflight/forbidden-filter",
    "换一种压缩重新输出",
    "export it again with another compression",
);
const ACTION: Rule = Rule::error(
    "X26",
    "preflight/actions",
    "去掉动作、脚本和附件",
    "remove actions, scripts and attachments",
);
const OBJECT: Rule = Rule::error(
    "X27",
    "preflight/forbidden-object",
    "把它换成 PDF 里真有的图形",
    "put real graphics in its place",
);
const SEPARATED: Rule = Rule::error(
    "X28",
    "preflight/separated",
    "交合成的文件，不交分好色的",
    "hand in composite pages, not separations",
);
const STATE: Rule = Rule::error(
    "X21",
    "preflight/transfer-function",
    "去掉传递曲线和挂网设置",
    "remove transfer functions and halftones",
);

/// Looks through every object.
pub(super) fn check(file: &Pdf, way: Way, out: &mut Findings) {
    for object in file.objects() {
        match object {
            Object::Stream(stream) => {
                filters(stream.dict(), way, out);
                x_object(stream.dict(), out);
                dict(stream.dict(), out);
            }
            Object::Dict(found) => dict(&found, out),
            _ => {}
        }
    }
}

fn filters(stream: &Dict<'_>, way: Way, out: &mut Findings) {
    let names: Vec<String> = match stream.get::<Object<'_>>("Filter") {
        Some(Object::Name(name)) => vec![name.as_str().to_owned()],
        Some(Object::Array(list)) => (list.iter::<Name<'_>>())
            .map(|name| name.as_str().to_owned())
            .collect(),
        _ => Vec::new(),
    };
    for name in names {
        match name.as_str() {
            "LZWDecode" | "LZW" | "Crypt" => out.add(
                OLD_FILTER,
                format!("有 {name} 压缩的内容"),
                format!("it has content compressed by {name}"),
            ),
            "JPXDecode" | "JBIG2Decode" if way == Way::X1a => out.add(
                FILTER,
                format!("有 {name} 压缩的图片，PDF/X-1a 不许"),
                format!("it has an image compressed by {name}, which PDF/X-1a forbids"),
            ),
            "JPXDecode" | "JBIG2Decode" => out.add(
                FILTER.warned(),
                format!("有 {name} 压缩的图片，老的 RIP 解不开"),
                format!("it has an image compressed by {name}, which older RIPs cannot read"),
            ),
            _ => {}
        }
    }
}

/// An image inside the content: its filters have names of their own (X23).
pub(super) fn inline(image: &Dict<'_>, out: &mut Findings) {
    let names: Vec<String> = match image.get::<Object<'_>>("F") {
        Some(Object::Name(name)) => vec![name.as_str().to_owned()],
        Some(Object::Array(list)) => (list.iter::<Name<'_>>())
            .map(|name| name.as_str().to_owned())
            .collect(),
        _ => return,
    };
    if names
        .iter()
        .any(|name| name == "LZW" || name == "LZWDecode")
    {
        out.add(
            OLD_FILTER,
            "有 LZW 压缩的内容",
            "it has content compressed by LZW",
        );
    }
}

fn x_object(stream: &Dict<'_>, out: &mut Findings) {
    let is = |key: &str, value: &str| {
        let name = stream.get::<Name<'_>>(key);
        name.is_some_and(|name| name.as_str() == value)
    };
    let image = is("Subtype", "Image");
    for (what, there) in [
        ("PostScript", is("Subtype", "PS") || is("Subtype2", "PS")),
        ("OPI", stream.contains_key("OPI")),
        ("F", stream.contains_key("F")),
        ("Ref", is("Subtype", "Form") && stream.contains_key("Ref")),
        ("Alternates", image && stream.contains_key("Alternates")),
        (
            "Interpolate",
            image && stream.get::<bool>("Interpolate") == Some(true),
        ),
    ] {
        if there {
            out.add(
                OBJECT,
                format!("有{what}的对象"),
                format!("it has an object with {what}"),
            );
        }
    }
}

fn dict(found: &Dict<'_>, out: &mut Findings) {
    let kind = found.get::<Name<'_>>("Type");
    let kind = kind.as_ref().map_or("", |name| name.as_str());
    match kind {
        "Page" => {
            if found.contains_key("SeparationInfo") {
                out.add(SEPARATED, "页面是分好色的", "its pages are separated");
            }
            if found.contains_key("AA") {
                out.add(ACTION, "页面带动作", "a page has actions");
            }
        }
        "Action" => out.add(ACTION, "有动作", "it has actions"),
        "Filespec" if found.contains_key("EF") => {
            out.add(ACTION, "有附件", "it has attachments");
        }
        _ => {}
    }
    let script = found.get::<Name<'_>>("S");
    if kind != "Action"
        && script.is_some_and(|name| name.as_str() == "JavaScript")
        && found.contains_key("JS")
    {
        out.add(ACTION, "有脚本", "it has scripts");
    }
    if kind == "ExtGState" {
        state(found, out);
    }
}

/// A graphics state, wherever it stands (X21): most stand inside the resources
/// of a page and need not say what they are.
pub(super) fn state(found: &Dict<'_>, out: &mut Findings) {
    let plain = |key: &str| match found.get::<Object<'_>>(key) {
        None => true,
        Some(Object::Name(name)) => matches!(name.as_str(), "Default" | "Identity"),
        Some(_) => false,
    };
    if found.contains_key("TR") || !plain("TR2") || found.contains_key("HTP") || !plain("HT") {
        out.add(
            STATE,
            "有传递曲线或挂网设置",
            "it has a transfer function or a halftone",
        );
    }
}

/// Annotations of a page: none where they would print (X25).
pub(super) fn annotations(page: &Dict<'_>, boxes: &Boxes, out: &mut Findings) {
    const ANNOTATION: Rule = Rule::error(
        "X25",
        "preflight/annotations",
        "去掉批注和链接",
        "remove annotations and links",
    );
    let list = page.get::<Array<'_>>("Annots");
    // ISO lets those be that nobody prints
    let prints = |mark: &Dict<'_>| {
        let edges = boxes::edges(mark, "Rect");
        edges.is_none_or(|edges| boxes::meet(edges, boxes.bleed))
    };
    let count = list.map_or(0, |list| list.iter::<Dict<'_>>().filter(prints).count());
    if count > 0 {
        out.add(
            ANNOTATION,
            format!("有 {count} 个批注或链接"),
            format!("it has {count} annotations or links"),
        );
    }
}
