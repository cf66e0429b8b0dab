//! The file as a whole: header, cross-references, trailer, catalog (X1–X3,
//! X24–X26, G24).

use super::findings::{Findings, Rule};
use super::profile::Way;
use crate::base::pdf::{self, Array, Dict, Name, Object, Pdf};

const HEADER: Rule = Rule::error(
    "X1",
    "preflight/header",
    "由排版程序按所要的 PDF/X 重新输出",
    "export it again as the PDF/X that is asked for",
);
const XREF: Rule = Rule::error(
    "X2",
    "preflight/cross-references",
    "按 PDF 1.4 输出，不用对象流和交叉引用流",
    "export as PDF 1.4, without object and cross-reference streams",
);
const ID: Rule = Rule::error(
    "X3",
    "preflight/file-id",
    "重新输出：PDF/X 的文件都有 /ID",
    "export it again: every PDF/X file has an /ID",
);
const ENCRYPTED: Rule = Rule::error(
    "X3",
    "preflight/encrypted",
    "去掉密码和权限再交",
    "remove passwords and permissions",
);
const LAYERS: Rule = Rule::error(
    "X24",
    "preflight/layers",
    "输出前合并图层",
    "flatten the layers before exporting",
);
const LAYER_CONFIGS: Rule = Rule::error(
    "G24",
    "preflight/layer-configurations",
    "输出前合并图层",
    "flatten the layers before exporting",
);
const FORMS: Rule = Rule::error(
    "X25",
    "preflight/form",
    "去掉表单域",
    "remove the form fields",
);
const ACTIONS: Rule = Rule::error(
    "X26",
    "preflight/actions",
    "去掉动作、脚本和附件",
    "remove actions, scripts and attachments",
);
const NO_PAGES: Rule = Rule::error(
    "G3",
    "preflight/no-pages",
    "文件里要有一页",
    "a file needs a page",
);

/// Judges the file outside its pages.
pub(super) fn check(file: &Pdf, way: Way, out: &mut Findings) {
    let data: &[u8] = file.data().as_ref();
    header(data, way, out);
    trailer(data, way, out);
    if file.pages().is_empty() {
        out.add(NO_PAGES, "没有一页", "it has no page");
    }
    let Some(catalog) = pdf::catalog(file) else {
        return;
    };
    if let Some(version) = catalog.get::<crate::base::pdf::Name<'_>>("Version")
        && version.as_str() > limit(way)
    {
        out.add(
            HEADER,
            format!("目录里写版本 {}，高过 PDF {}", version.as_str(), limit(way)),
            format!(
                "the catalog says version {}, above PDF {}",
                version.as_str(),
                limit(way)
            ),
        );
    }
    layers(&catalog, way, out);
    let fields = catalog.get::<Dict<'_>>("AcroForm");
    if fields.is_some_and(|form| {
        form.get::<Array<'_>>("Fields")
            .is_some_and(|fields| fields.raw_iter().next().is_some())
    }) {
        out.add(FORMS, "有表单域", "it has form fields");
    }
    let names = catalog.get::<Dict<'_>>("Names");
    let of_names = |key: &str| names.as_ref().is_some_and(|names| names.contains_key(key));
    for (key, there) in [
        (
            "OpenAction",
            catalog.contains_key("OpenAction") && is_action(&catalog),
        ),
        ("AA", catalog.contains_key("AA")),
        ("JavaScript", of_names("JavaScript")),
        ("EmbeddedFiles", of_names("EmbeddedFiles")),
        ("AF", catalog.contains_key("AF")),
    ] {
        if there {
            out.add(
                ACTIONS,
                format!("有动作、脚本或附件（{key}）"),
                format!("it has actions, scripts or attachments ({key})"),
            );
        }
    }
}

/// Whether what is done on opening is more than a view of a page.
fn is_action(catalog: &Dict<'_>) -> bool {
    !matches!(
        catalog.get::<Object<'_>>("OpenAction"),
        Some(Object::Array(_))
    )
}

/// The highest version of a way.
fn limit(way: Way) -> &'static str {
    match way {
        Way::X4 => "1.6",
        Way::X1a => "1.4",
    }
}

fn header(data: &[u8], way: Way, out: &mut Findings) {
    let Some(header) = pdf::header(data) else {
        out.add(
            HEADER,
            "文件不以 %PDF- 开头",
            "the file does not begin with %PDF-",
        );
        return;
    };
    if header.version > limit(way) || !header.version.starts_with("1.") {
        out.add(
            HEADER,
            format!("文件头是 PDF {}，最高可到 {}", header.version, limit(way)),
            format!(
                "the header says PDF {}, at most {} may be",
                header.version,
                limit(way)
            ),
        );
    }
    if !header.binary {
        out.add(
            HEADER.warned(),
            "第二行没有二进制标记",
            "its second line does not mark it as binary",
        );
    }
}

fn trailer(data: &[u8], way: Way, out: &mut Findings) {
    let Some(trailer) = pdf::trailer(data) else {
        out.add(
            XREF,
            "交叉引用表坏了，靠修补才读得出",
            "its cross-references are broken and had to be mended",
        );
        return;
    };
    if way == Way::X1a && !trailer.is_table {
        out.add(
            XREF,
            "用了交叉引用流",
            "it has a stream of cross-references",
        );
    }
    if trailer.dict.contains_key("Encrypt") {
        out.add(ENCRYPTED, "加了密", "it is encrypted");
    }
    let id = trailer.dict.get::<Array<'_>>("ID");
    let parts = id.map_or(0, |id| {
        id.iter::<Object<'_>>()
            .filter(|part| matches!(part, Object::String(_)))
            .count()
    });
    if parts != 2 {
        out.add(ID, "文件尾没有 /ID", "its trailer has no /ID");
    }
}

fn layers(catalog: &Dict<'_>, way: Way, out: &mut Findings) {
    let Some(properties) = catalog.get::<Dict<'_>>("OCProperties") else {
        return;
    };
    let groups = properties.get::<Array<'_>>("OCGs");
    let any = groups.is_some_and(|groups| groups.raw_iter().next().is_some());
    if way == Way::X1a && any {
        out.add(LAYERS, "有图层", "it has layers");
    }
    if properties.contains_key("Configs") {
        out.add(
            LAYER_CONFIGS,
            "图层有几套显示方案",
            "its layers have several configurations",
        );
    }
    let usual = properties.get::<Dict<'_>>("D");
    let named = |usual: &Dict<'_>| {
        let hidden = usual.get::<Array<'_>>("OFF");
        hidden.is_some_and(|hidden| hidden.raw_iter().next().is_some())
    };
    let base = |usual: &Dict<'_>| {
        let base = usual.get::<Name<'_>>("BaseState");
        any && base.is_some_and(|base| base.as_str() != "ON")
    };
    if usual.is_some_and(|usual| named(&usual) || base(&usual)) {
        out.add(
            LAYERS,
            "有关着的图层，印不印说不清",
            "it has hidden layers: nobody can tell whether they print",
        );
    }
}
