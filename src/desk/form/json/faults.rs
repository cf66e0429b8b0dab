//! The wordings of what is wrong with a plan as JSON.

use std::ops::Range;

use super::{CODE, Key};
use crate::base::diag::{Diagnostic, SourceId, Span};

fn fault(
    source: SourceId,
    range: &Range<usize>,
    (zh, en): (&str, &str),
    (help_zh, help_en): (&str, &str),
) -> Diagnostic {
    Diagnostic::fatal(CODE, zh, en)
        .at(Span::new(source, range.start, range.end))
        .help(help_zh, help_en)
}

pub(super) fn no_object(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("版样应是一个对象：{ … }", "a plan is one object: { … }"),
        (
            "写法见 banxin dummy 版式 --plan",
            "see `banxin dummy LAYOUT --plan` for how it is written",
        ),
    )
}

/// What the writer of layout files refuses for a reason of its own.
pub(super) fn no_layout(source: SourceId, range: &Range<usize>, why: &str) -> Diagnostic {
    Diagnostic::fatal(
        CODE,
        "版样不能写成版式文件",
        format!("the plan cannot be written as a layout file: {why}"),
    )
    .at(Span::new(source, range.start, range.end))
    .help(
        "写法见 banxin dummy 版式 --plan",
        "see `banxin dummy LAYOUT --plan` for how it is written",
    )
}

pub(super) fn twice(source: SourceId, key: &Key, first: &Key) -> Diagnostic {
    let name = &key.name;
    Diagnostic::fatal(
        CODE,
        format!("键“{name}”写了两次"),
        format!("the key `{name}` is there twice"),
    )
    .at(Span::new(source, key.range.start, key.range.end))
    .related(
        Span::new(source, first.range.start, first.range.end),
        "另一个在这里",
        "the other one is here",
    )
    .help("删去一个", "remove one of them")
}

pub(super) fn null(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("版样里没有 null", "a plan has no null"),
        (
            "写一个值，或连键一起删去",
            "write a value, or leave its key out",
        ),
    )
}

pub(super) fn too_large(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("这个数太大", "this number is too large"),
        ("改小", "make it smaller"),
    )
}

/// The text ends inside something that was opened at `open`.
pub(super) fn cut_off(
    source: SourceId,
    end: usize,
    open: &Range<usize>,
    close: char,
) -> Diagnostic {
    Diagnostic::fatal(
        CODE,
        format!("版样写到这里就断了，缺 {close}"),
        format!("the plan ends here: {close} is missing"),
    )
    .at(Span::new(source, end, end))
    .related(
        Span::new(source, open.start, open.end),
        "从这里起没有收尾",
        "what begins here has no end",
    )
    .help(format!("补上 {close}"), format!("add {close}"))
}

pub(super) fn empty(source: SourceId) -> Diagnostic {
    fault(
        source,
        &(0..0),
        ("版样是空的", "the plan is empty"),
        (
            "写法见 banxin dummy 版式 --plan",
            "see `banxin dummy LAYOUT --plan` for how it is written",
        ),
    )
}

/// A text without its closing quote on the line.
pub(super) fn open_text(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("文字没有收尾的引号", "the text has no closing quote"),
        (
            "补上 \"；文字里的换行写成 \\n，引号写成 \\\"",
            "add \"; a line feed in a text is written \\n, a quote \\\"",
        ),
    )
}

pub(super) fn bad_text(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        (
            "文字里有 JSON 不认的反斜线",
            "the text has a backslash that JSON does not know",
        ),
        ("反斜线本身写成 \\\\", "write \\\\ for the backslash itself"),
    )
}

pub(super) fn bad_word(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("这里不是 JSON 的值", "this is no value of JSON"),
        (
            "文字加英文双引号；true、false 小写，数直接写",
            "put texts in \"quotes\"; write true, false and numbers as they are",
        ),
    )
}

pub(super) fn too_deep(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        ("套得太深", "this is nested too deep"),
        (
            "写法见 banxin dummy 版式 --plan",
            "see `banxin dummy LAYOUT --plan` for how it is written",
        ),
    )
}

pub(super) fn more(source: SourceId, range: &Range<usize>) -> Diagnostic {
    fault(
        source,
        range,
        (
            "版样到前面已经完了，这里多出了字",
            "the plan has ended before this",
        ),
        (
            "删去多余的，或补上前面的括号",
            "remove it, or mend the brackets before it",
        ),
    )
}

/// What should stand where something else does.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// A value, none behind a comma among them.
    Value,
    /// A key, none behind a comma among them.
    Key,
    /// A colon behind a key.
    Colon,
    /// A comma or the end of what was opened.
    CommaOr(char),
}

/// Something else than what should stand here: `found`.
pub(super) fn wanted(
    source: SourceId,
    range: &Range<usize>,
    found: char,
    wanted: Wanted,
) -> Diagnostic {
    let at = |message: (&str, &str), help: (&str, &str)| fault(source, range, message, help);
    match (found, wanted) {
        ('“' | '”' | '‘' | '’' | '「' | '」' | '\'', _) => at(
            ("这里的引号不是 JSON 的", "this is no quote that JSON knows"),
            ("改成英文双引号 \"", "write the straight double quote \""),
        ),
        ('，' | '：' | '｛' | '｝' | '［' | '］' | '、' | '；' | '。', _) => at(
            ("这里是中文标点", "this is a full-width mark"),
            (
                "改成英文的 , : { } [ ]",
                "write the ASCII ones: , : { } [ ]",
            ),
        ),
        ('/' | '#', _) => at(
            ("JSON 里没有注释", "JSON has no comments"),
            ("删去注释", "remove the comment"),
        ),
        ('}' | ']', Wanted::Value | Wanted::Key) => at(
            ("逗号后面没有下一项", "nothing follows the comma"),
            ("删去前面的逗号", "remove the comma before this"),
        ),
        (',', Wanted::Value | Wanted::Key) => at(
            ("这里多一个逗号", "there is a comma too many"),
            ("删去一个逗号", "remove one"),
        ),
        (_, Wanted::Value) => bad_word(source, range),
        (_, Wanted::Key) => at(
            ("键名没有加引号", "a key is not in quotes"),
            (
                "键名加英文双引号，如 \"slots\"",
                "put keys in double quotes, such as \"slots\"",
            ),
        ),
        (_, Wanted::Colon) => at(
            ("键名后面缺冒号", "a key is not followed by a colon"),
            ("补上 :", "add :"),
        ),
        ('}' | ']', Wanted::CommaOr(close)) => Diagnostic::fatal(
            CODE,
            format!("括号不配：这里应是 {close}"),
            format!("the brackets do not match: this should be {close}"),
        )
        .at(Span::new(source, range.start, range.end))
        .help(format!("改成 {close}"), format!("write {close}")),
        (_, Wanted::CommaOr(_)) => at(
            ("两项之间缺逗号", "there is no comma between two items"),
            ("补上 ,", "add ,"),
        ),
    }
}
