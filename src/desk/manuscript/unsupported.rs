//! Markdown that a newspaper has no use for: it is set as typed, and said so.

use std::ops::Range;

use super::Reading;
use crate::base::diag::Diagnostic;

/// What is known and not supported: Chinese and English name, and what to do
/// instead in both languages.
type Kind = [&'static str; 4];

const STRUCK: Kind = [
    "删除线 ~~…~~",
    "struck text `~~…~~`",
    "请删去这些字，或删去 ~~",
    "delete the words, or the `~~`",
];
const TASK: Kind = [
    "任务框 [ ]",
    "task boxes `[ ]`",
    "请删去方框，留下列表项",
    "delete the box and keep the list item",
];
const REFERENCE: Kind = [
    "引用式链接 [文][号]",
    "reference links `[text][label]`",
    "写成 [文](网址)，或只写文字",
    "write `[text](address)`, or the text alone",
];
const UNDERLINED: Kind = [
    "以 === 画线的标题",
    "headings underlined with `===`",
    "小标题写成 ## 小标题",
    "write a subhead as `## subhead`",
];
const EMPTY: Kind = [
    "没有文字的 #",
    "a `#` without text",
    "写上小标题，或删去 #",
    "write the subhead, or delete the `#`",
];
const FENCE: Kind = [
    "代码块 ``` 或 ~~~",
    "code blocks with ``` or ~~~",
    "删去围栏行，文字照常写成段落",
    "delete the fences and write the text as paragraphs",
];

/// Notes every kind once, at its first place in the body, `text` from `body`
/// on.
pub(super) fn note(out: &mut Reading, text: &str, body: usize) {
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut add = |kind: Kind, range: Range<usize>| {
        if !found.iter().any(|(known, _)| *known == kind) {
            found.push((kind, range));
        }
    };
    let (mut at, mut fenced, mut after_text) = (body, false, false);
    for line in text[body..].split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        at += line.len();
        let words = text[start.min(at)..at].trim_end();
        if words.starts_with("```") || words.starts_with("~~~") {
            if !fenced {
                add(FENCE, start..start + words.len());
            }
            fenced = !fenced;
        } else if !fenced {
            whole_line(words, start, after_text, &mut add);
            inside(words, start, &mut add);
        }
        after_text = !words.is_empty();
    }
    for ([zh, en, do_zh, do_en], range) in found {
        let note = Diagnostic::warning(
            "copy/markdown",
            format!("不支持{zh}，照原样排出"),
            format!("{en}: not supported, set as typed"),
        )
        .help(do_zh, do_en);
        out.notes.push(note.at(out.span(range)));
    }
}

/// What is told by the whole of a line.
fn whole_line(
    words: &str,
    start: usize,
    after_text: bool,
    add: &mut impl FnMut(Kind, Range<usize>),
) {
    let whole = start..start + words.len();
    let only = |mark: u8| words.bytes().all(|byte| byte == mark);
    if !words.is_empty() && words.len() <= 6 && only(b'#') {
        add(EMPTY, whole.clone());
    }
    if after_text && words.len() >= 3 && only(b'=') {
        add(UNDERLINED, whole);
    }
    let item = words
        .strip_prefix(['-', '*', '+'])
        .or_else(|| {
            let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
            (number.len() < words.len())
                .then_some(number)?
                .strip_prefix(['.', ')'])
        })
        .map(str::trim_start);
    if let Some(item) = item
        && ["[ ]", "[x]", "[X]"]
            .iter()
            .any(|mark| item.starts_with(mark))
    {
        let at = start + words.len() - item.len();
        add(TASK, at..at + 3);
    }
}

/// What stands inside a line, code left out.
fn inside(words: &str, start: usize, add: &mut impl FnMut(Kind, Range<usize>)) {
    let mut at = start;
    for (index, part) in words.split('`').enumerate() {
        if index % 2 == 0 {
            let range = |found: Range<usize>| at + found.start..at + found.end;
            if let Some(found) = between(part, "~~", "~~") {
                add(STRUCK, range(found));
            }
            // two notes side by side are none
            let label = |found: &Range<usize>| !part[found.start + 2..].starts_with('^');
            if let Some(found) = between(part, "][", "]").filter(label) {
                add(REFERENCE, range(found));
            }
            if part.starts_with('[')
                && let Some(found) = between(part, "[", "]:")
                && !part.starts_with("[^")
                && found.start == 0
                && part[found.end..].trim_start().contains("://")
            {
                add(REFERENCE, range(found));
            }
        }
        at += part.len() + 1;
    }
}

/// The first stretch from `open` to `close` with something between them.
fn between(text: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let start = text.find(open)?;
    let inner = start + open.len();
    let length = text[inner..].find(close)?;
    (length > 0).then(|| start..inner + length + close.len())
}
