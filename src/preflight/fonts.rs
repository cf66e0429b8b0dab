//! Fonts (X16, X29).

use super::findings::{Findings, Rule};
use super::profile::Way;
use crate::base::pdf::program::Program;
use crate::base::pdf::{Array, Dict, Name, Object, Stream};

const EMBEDDED: Rule = Rule::error(
    "X16",
    "preflight/font-not-embedded",
    "嵌入字体，或把文字转成轮廓",
    "embed the font, or convert the text to outlines",
);
const SUBSET: Rule = Rule::warning(
    "X16",
    "preflight/font-subset-name",
    "由排版程序重新嵌入",
    "let the program embed it again",
);
const TEXT: Rule = Rule::warning(
    "X16",
    "preflight/font-without-text",
    "嵌入字体时带上 ToUnicode，文字才搜得到",
    "embed the font with ToUnicode, so that its text can be found",
);
const FILE: Rule = Rule::error(
    "X16",
    "preflight/font-file",
    "换一种嵌入方式",
    "embed it in another way",
);
const COURIER: Rule = Rule::warning(
    "X29",
    "preflight/courier",
    "看一看是不是缺字体换成了 Courier",
    "see whether it stands in for a missing font",
);

/// Judges a font of a page.
pub(super) fn check(font: &Dict<'_>, way: Way, out: &mut Findings) {
    let name = name(font, "BaseFont").unwrap_or_else(|| "?".to_owned());
    let kind = self::name(font, "Subtype").unwrap_or_default();
    if name.contains("Courier") {
        out.add(COURIER, format!("字体 {name}"), format!("font {name}"));
    }
    if kind == "Type3" {
        return;
    }
    let descendants = font.get::<Array<'_>>("DescendantFonts");
    let inner = descendants.and_then(|list| list.iter::<Dict<'_>>().next());
    let own = inner.as_ref().unwrap_or(font);
    let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let files = ["FontFile", "FontFile2", "FontFile3"];
    let file = files
        .iter()
        .find_map(|key| descriptor.get::<Stream<'_>>(*key).map(|file| (*key, file)));
    let Some((key, file)) = file else {
        out.add(
            EMBEDDED,
            format!("字体 {name} 没有嵌入"),
            format!("font {name} is not embedded"),
        );
        return;
    };
    if Program::of(font).is_none() {
        out.add(
            FILE,
            format!("字体 {name} 的文件读不出"),
            format!("the file of font {name} cannot be read"),
        );
    }
    let sort = self::name(file.dict(), "Subtype").unwrap_or_default();
    if key == "FontFile3" && sort == "OpenType" && way == Way::X1a {
        out.add(
            FILE,
            format!("字体 {name} 按 OpenType 嵌入，PDF/X-1a 不许"),
            format!("font {name} is embedded as OpenType, which PDF/X-1a forbids"),
        );
    }
    let tag = name.split_once('+').map(|(tag, _)| tag);
    if tag.is_some_and(|tag| tag.len() != 6 || !tag.bytes().all(|byte| byte.is_ascii_uppercase())) {
        out.add(
            SUBSET,
            format!("字体 {name} 的子集标记不对"),
            format!("font {name} has a wrong subset tag"),
        );
    }
    if kind == "Type0" && !matches!(font.get::<Object<'_>>("ToUnicode"), Some(Object::Stream(_))) {
        out.add(
            TEXT,
            format!("字体 {name} 没有 ToUnicode"),
            format!("font {name} has no ToUnicode"),
        );
    }
}

/// The name of a font, and whether it is embedded: glyphs of Type 3 are a part
/// of the file.
pub(super) fn told(font: &Dict<'_>) -> (String, bool) {
    let inner = font.get::<Array<'_>>("DescendantFonts");
    let inner = inner.and_then(|list| list.iter::<Dict<'_>>().next());
    let own = inner.as_ref().unwrap_or(font);
    let descriptor = own.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let is_file = |key: &&str| descriptor.contains_key(key.as_bytes());
    let type3 = name(font, "Subtype").is_some_and(|kind| kind == "Type3");
    let embedded = type3 || ["FontFile", "FontFile2", "FontFile3"].iter().any(is_file);
    let usual = if type3 { "Type 3" } else { "?" };
    // that of a composite font has the name of its encoding behind it
    let name = name(own, "BaseFont").or_else(|| name(font, "BaseFont"));
    (name.unwrap_or_else(|| usual.to_owned()), embedded)
}

fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key)
        .map(|name| name.as_str().to_owned())
}
