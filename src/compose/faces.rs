//! What the faces do not hold, as findings: characters that none holds, that
//! one further down the list had to serve, and forms of another region.

use std::sync::Arc;

use crate::base::clreq::Region;
use crate::base::diag::{Diagnostic, Span};

use super::run::Fallback;

/// A character that no face of its list holds (T35): it forbids a release.
pub fn missing(
    character: char,
    count: usize,
    story: Option<&Arc<str>>,
    place: Option<Span>,
) -> Diagnostic {
    let point = codepoint(character);
    let (zh, en) = named(story);
    Diagnostic::error(
        "font/missing-glyph",
        format!("缺字：“{character}”{point} 各款字体都没有，共 {count} 处{zh}"),
        format!("no face of the list holds “{character}” {point}, {count} times{en}"),
    )
    .at_opt(place)
    .help(
        "给这一栏字体表加上收有此字的字体，或用 --fonts 指明字体目录",
        "add a face that holds it to this role's list, or name its folder with --fonts",
    )
    .word("character", character)
    .word("codepoint", point)
    .number("count", i64::try_from(count).unwrap_or(i64::MAX))
}

/// A character that the first face of its list does not hold (T35): it is
/// set, but in another face than its neighbours.
pub fn fallback(fallback: &Fallback, story: Option<&Arc<str>>, place: Option<Span>) -> Diagnostic {
    let Fallback {
        character, face, ..
    } = fallback;
    let point = codepoint(*character);
    let (zh, en) = named(story);
    Diagnostic::warning(
        "font/fallback",
        format!("“{character}”{point} 首选字体没有，改用 {face}{zh}"),
        format!("the first face of the list lacks “{character}” {point}; {face} serves it{en}"),
    )
    .at_opt(place)
    .help(
        "看大样上是否协调；不协调就把收有此字的字体放在字体表最前",
        "look at it on the proof; if it jars, put a face that holds it first in the list",
    )
    .word("character", *character)
    .word("codepoint", point)
    .word("face", &**face)
}

/// Faces without the punctuation of the region they are used in (T02, T07).
pub fn without_forms(region: Region, faces: &[&str], place: Option<Span>) -> Diagnostic {
    let name = Region::ALL.iter().find(|(_, known)| *known == region);
    let name = name.map_or("", |(name, _)| name);
    let list = faces.join(", ");
    Diagnostic::warning(
        "font/region-forms",
        format!("地区 {name}：字体 {list} 没有当地居中的标点，用大陆的字形代替，只在左右居中"),
        format!(
            "region {name}: {list} lack its centred punctuation; \
             the mainland's glyphs stand in, centred sideways only"
        ),
    )
    .at_opt(place)
    .help(
        "字体表最前放一款台湾或香港的字体，或泛中日韩的全字库字体",
        "put a face made for Taiwan or Hong Kong, or a full pan-CJK one, first in the list",
    )
    .word("region", name)
    .word("faces", list)
}

fn codepoint(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

fn named(story: Option<&Arc<str>>) -> (String, String) {
    story.map_or_else(Default::default, |story| {
        (format!("（《{story}》）"), format!(" (“{story}”)"))
    })
}
