//! The YAML head of an article: which keys there are and what they may hold.

use std::ops::Range;

use super::bracketed;
use super::mapped::Mapped;
use super::normalise::normalise;
use super::yaml::{self, Kind, Node, What};
use super::{Format, Picture, Reading, Words};
use crate::base::diag::Diagnostic;
use crate::base::photo::{Focus, Part};
use crate::desk::focus;

/// A key of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Label,
    Genre,
    Lead,
    Banner,
    BannerEn,
    Kicker,
    Title,
    Deck,
    Summary,
    SideTitle,
    EndTitle,
    Byline,
    Dateline,
    Images,
    Credit,
    Imprint,
}

/// Key, English name, Chinese name, and names people use for it: those are
/// not accepted but lead to the right one.
pub(super) type Names<K> = [(K, &'static str, &'static str, &'static [&'static str])];

const KEYS: &Names<Key> = &[
    (Key::Label, "label", "栏目", &["column", "栏题", "section"]),
    (Key::Genre, "genre", "体裁", &["类型", "文体", "kind"]),
    (Key::Lead, "lead", "头条", &["头题", "top"]),
    (Key::Banner, "banner", "通栏", &["通栏题", "通栏标题"]),
    (
        Key::BannerEn,
        "banner_en",
        "通栏英文",
        &["英文通栏", "banner-en"],
    ),
    (Key::Kicker, "kicker", "引题", &["肩题", "眉题", "eyebrow"]),
    (
        Key::Title,
        "title",
        "主题",
        &["标题", "题目", "大标题", "主标题", "headline", "head"],
    ),
    (
        Key::Deck,
        "deck",
        "副题",
        &["副标题", "子题", "subtitle", "subhead"],
    ),
    (
        Key::Summary,
        "summary",
        "提要",
        &["提要题", "摘要", "内容提要", "abstract"],
    ),
    (Key::SideTitle, "side_title", "边题", &["旁题"]),
    (Key::EndTitle, "end_title", "尾题", &["文尾题"]),
    (
        Key::Byline,
        "byline",
        "作者",
        &["记者", "署名", "author", "writer"],
    ),
    (Key::Dateline, "dateline", "电头", &["讯头", "消息头"]),
    (
        Key::Images,
        "images",
        "图片",
        &["照片", "配图", "image", "photos", "pictures"],
    ),
    (
        Key::Credit,
        "credit",
        "图片来源",
        &["摄影", "图源", "photographer"],
    ),
    (
        Key::Imprint,
        "imprint",
        "版尾",
        &["责编", "编辑", "colophon"],
    ),
];

/// Yes and no.
pub(super) const ANSWERS: [(&str, bool); 4] = [
    ("true", true),
    ("是", true),
    ("false", false),
    ("否", false),
];

/// A key of one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PictureKey {
    File,
    Caption,
    Credit,
    Focus,
    Crop,
    Group,
}

const PICTURE_KEYS: &Names<PictureKey> = &[
    (
        PictureKey::File,
        "file",
        "文件",
        &["path", "src", "图片", "路径"],
    ),
    (
        PictureKey::Caption,
        "caption",
        "说明",
        &["图说", "图片说明", "alt"],
    ),
    (
        PictureKey::Credit,
        "credit",
        "来源",
        &["摄影", "图片来源", "source"],
    ),
    (PictureKey::Focus, "focus", "焦点", &["焦点位置"]),
    (PictureKey::Crop, "crop", "裁切", &["裁剪"]),
    (PictureKey::Group, "group", "组图", &["图组"]),
];

/// The numbers of a list, or of one text.
fn numbers(node: &Node) -> Option<String> {
    let scalar = |node: &Node| match &node.kind {
        Kind::Scalar { value, .. } => Some(value.clone()),
        _ => None,
    };
    match &node.kind {
        Kind::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(scalar).collect();
            items.map(|items| items.join(" "))
        }
        _ => scalar(node),
    }
}

/// The largest head: far more than any article needs.
const MAX_HEAD: usize = 1 << 18;
/// The most characters of one entry: ten times the longest caption.
const MAX_FIELD: usize = 2000;

/// Reads the head into the manuscript and hands out where the body begins.
pub(super) fn read(out: &mut Reading, text: &str) -> usize {
    let Some((head, body)) = split(out, text) else {
        misplaced(out, text, Format::Markdown);
        return 0;
    };
    if head.len() > MAX_HEAD {
        let note = Diagnostic::error(
            "copy/head-too-long",
            "稿头超过 256 KiB，没有读",
            "The head is over 256 KiB and was not read",
        )
        .help(
            "请把正文移到第二个 --- 之后",
            "Move the text below the second ---",
        );
        out.notes.push(note.at(out.span(head)));
        return body;
    }
    let yaml = wide_colons(out, text, head.clone());
    let (root, faults) = yaml::parse(&yaml);
    let mut reader = Reader {
        out,
        text,
        start: head.start,
    };
    for fault in faults {
        reader.fault(&yaml, &fault);
    }
    match root {
        None => {}
        Some(Node {
            kind: Kind::Map(entries),
            ..
        }) => reader.fields(&entries),
        Some(Node {
            kind: Kind::Scalar { value, .. },
            ..
        }) if value.is_empty() => {}
        Some(Node {
            kind: Kind::Refused,
            ..
        }) => {}
        Some(node) => {
            let note = Diagnostic::error(
                "copy/head-shape",
                "稿头应是一行一项“键: 值”",
                "The head must be lines of \"key: value\"",
            )
            .help(
                "请写成例如“主题: 春到洛河”（英文冒号，后空一格）",
                "Write for instance \"title: Spring comes\" (a colon and a space)",
            );
            reader.note(note, &node);
        }
    }
    body
}

/// The bytes of the head and the start of the body, if there is a head.
fn split(out: &mut Reading, text: &str) -> Option<(Range<usize>, usize)> {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let mut lines = lines(text, mark);
    let first = lines.next()?;
    if text[first.clone()].trim_end() != "---" {
        return None;
    }
    let start = first.end;
    for line in lines {
        if text[line.clone()].trim_end() == "---" {
            return Some((start..line.start, line.end));
        }
    }
    let note = Diagnostic::error(
        "copy/head-unclosed",
        "稿头没有收尾的 ---，全文当作正文",
        "The head has no closing ---; everything was taken as text",
    )
    .help(
        "请在稿头最后一项之后另起一行写 ---",
        "Put a line --- after the last entry of the head",
    );
    out.notes.push(note.at(out.span(mark..mark + 3)));
    Some((start..start, start))
}

/// Warns of what looks like a head and is read as text: below an empty line,
/// set in, without its first `---`, or in a file of plain text.
pub(super) fn misplaced(out: &mut Reading, text: &str, format: Format) {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let mut filled = lines(text, mark).filter(|line| !text[line.clone()].trim().is_empty());
    let is_key = |line: &Range<usize>| {
        let line = text[line.clone()].trim_start();
        line.split_once([':', '：']).is_some_and(|(name, _)| {
            let name = name.trim_end();
            KEYS.iter().any(|key| key.1 == name || key.2 == name)
        })
    };
    let Some(first) = filled.next() else { return };
    let opened = text[first.clone()].trim() == "---";
    if !(is_key(&first) || opened && filled.next().is_some_and(|line| is_key(&line))) {
        return;
    }
    let (zh, en) = match (format, opened) {
        (Format::Plain, _) => (
            "纯文本没有稿头；请把文件名改成以 .md 结尾",
            "Plain text has no head: give the file a name that ends in .md",
        ),
        (Format::Markdown, true) => (
            "请删去 --- 前面的空行和空格，让它独占第一行",
            "Delete the empty lines and spaces before ---: it must be the first line",
        ),
        (Format::Markdown, false) => (
            "请在稿头前面另加一行 ---，成为第一行",
            "Put a line --- before the head, as the first line",
        ),
    };
    let note = Diagnostic::warning(
        "copy/head-not-first",
        "这里像是稿头，但没有当作稿头，按正文排出",
        "This looks like a head but is not one; it is set as text",
    )
    .help(zh, en);
    let line = first.start..first.start + text[first.clone()].trim_end().len();
    out.notes.push(note.at(out.span(line)));
}

/// The lines of `text` from `start` on with their ends.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let range = at..at + line.len();
        at = range.end;
        range
    })
}

/// Reports lines like `主题：甲`, and hands out the head with each of them
/// made a comment of the same length in bytes.
fn wide_colons(out: &mut Reading, text: &str, head: Range<usize>) -> String {
    let mut yaml = String::with_capacity(head.len());
    for line in lines(&text[..head.end], head.start) {
        let words = &text[line.clone()];
        let wide = words.find('：').map(|at| (at, words[..at].trim()));
        let narrow = words
            .find(": ")
            .or_else(|| words.trim_end().strip_suffix(':').map(str::len));
        match wide {
            Some((at, name))
                if narrow.is_none_or(|narrow| at < narrow)
                    && !words.starts_with([' ', '\t', '"', '\''])
                    && KEYS.iter().any(|key| key.1 == name || key.2 == name) =>
            {
                let at = line.start + at;
                let note = Diagnostic::error(
                    "copy/head-colon",
                    format!("“{name}”后面是中文冒号，这一项没有读"),
                    format!("\"{name}\" is followed by a full-width colon; the entry was not read"),
                )
                .help(
                    format!("请改成英文冒号加空格：{name}: "),
                    format!("Write an ASCII colon and a space: {name}: "),
                );
                out.notes.push(note.at(out.span(at..at + '：'.len_utf8())));
                let first = name.chars().next().map_or(0, char::len_utf8);
                yaml.push('#');
                yaml.push_str(&" ".repeat(first.saturating_sub(1)));
                yaml.push_str(&words[first..]);
            }
            _ => yaml.push_str(words),
        }
    }
    yaml
}

/// Reads the values of the head, and tells what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) out: &'a mut Reading,
    text: &'a str,
    /// Where the head begins in the file.
    start: usize,
}

impl Reader<'_> {
    pub(super) fn note(&mut self, note: Diagnostic, node: &Node) {
        let range = self.shown(&node.range);
        self.out.notes.push(note.at(self.out.span(range)));
    }

    /// Bytes in the file of bytes of the head, at least one character where
    /// there is one.
    pub(super) fn shown(&self, range: &Range<usize>) -> Range<usize> {
        let start = (self.start + range.start).min(self.text.len());
        let end = (self.start + range.end).min(self.text.len());
        let next = self.text[start..].chars().next().map_or(0, char::len_utf8);
        start..end.max(start + next)
    }

    fn fault(&mut self, yaml: &str, fault: &yaml::Fault) {
        let mut range = fault.range.clone();
        let note = match &fault.what {
            What::Syntax(words) => {
                let (place, note) = syntax(yaml, fault.range.start, words);
                range = place;
                note
            }
            What::Alias => Diagnostic::error(
                "copy/head-alias",
                "* 开头的值在 YAML 里是引用，没有读",
                "A value that begins with * is an alias in YAML; it was not read",
            )
            .help(QUOTE.0, QUOTE.1),
            What::Decorated => Diagnostic::error(
                "copy/head-tag",
                "& 或 ! 开头的值在 YAML 里另有用处，没有读",
                "A value that begins with & or ! is an anchor or a tag in YAML; it was not read",
            )
            .help(QUOTE.0, QUOTE.1),
            What::TooDeep => Diagnostic::error(
                "copy/head-deep",
                "稿头嵌套太深，没有读",
                "The head is nested too deeply; this was not read",
            )
            .help(
                "稿头只有“键: 值”和列表，请删去多余的层次",
                "The head has only \"key: value\" and lists: remove the further levels",
            ),
            What::Second => Diagnostic::error(
                "copy/head-second",
                "稿头里的 ... 之后没有读",
                "What follows ... in the head was not read",
            )
            .help("请删去 ... 这一行", "Delete the line ..."),
        };
        let range = self.shown(&range);
        self.out.notes.push(note.at(self.out.span(range)));
    }

    fn fields(&mut self, entries: &[(Node, Node)]) {
        let mut seen: Vec<(Key, &Node)> = Vec::new();
        for (name, value) in entries {
            let Some(key) = self.key(KEYS, name, &seen) else {
                continue;
            };
            seen.push((key, name));
            match key {
                Key::Label => self.out.manuscript.head.label = self.words(value),
                Key::Genre => self.out.manuscript.head.genre = self.words(value),
                Key::Lead => {
                    self.out.manuscript.head.lead = self.choice(value, &ANSWERS).unwrap_or(false);
                }
                Key::Banner => self.out.manuscript.head.banner = self.words(value),
                Key::BannerEn => self.out.manuscript.head.banner_en = self.words(value),
                Key::Kicker => self.out.manuscript.head.kicker = self.turns(value),
                Key::Title => self.out.manuscript.head.title = self.turns(value),
                Key::Deck => self.out.manuscript.head.deck = self.turns(value),
                Key::Summary => self.out.manuscript.head.summary = self.turns(value),
                Key::SideTitle => self.out.manuscript.head.side_title = self.words(value),
                Key::EndTitle => self.out.manuscript.head.end_title = self.turns(value),
                Key::Byline => self.out.manuscript.head.byline = self.words(value),
                Key::Dateline => {
                    let (words, sent) = self.dateline(value);
                    let head = &mut self.out.manuscript.head;
                    (head.dateline, head.sent) = (words, sent);
                }
                Key::Credit => self.out.manuscript.head.credit = self.words(value),
                Key::Imprint => self.out.manuscript.head.imprint = self.list(value),
                Key::Images => self.out.manuscript.head.images = self.pictures(value),
            }
        }
    }

    /// The key that a name stands for; unknown and repeated ones are errors.
    pub(super) fn key<K: Copy + PartialEq>(
        &mut self,
        keys: &Names<K>,
        name: &Node,
        seen: &[(K, &Node)],
    ) -> Option<K> {
        let Kind::Scalar { value, .. } = &name.kind else {
            if !matches!(name.kind, Kind::Refused) {
                self.wrong(name, "键应是一个词", "A key must be a word");
            }
            return None;
        };
        let Some(known) = keys.iter().find(|key| key.1 == value || key.2 == value) else {
            let note = Diagnostic::error(
                "copy/head-unknown-key",
                format!("稿头没有“{value}”这个键"),
                format!("The head has no key \"{value}\""),
            );
            let all = || {
                keys.iter()
                    .map(|key| format!("{} {}", key.2, key.1))
                    .collect::<Vec<_>>()
            };
            let note = match nearest(keys, value) {
                Some((zh, en)) => note
                    .help(
                        format!("是不是“{zh}”（{en}）？"),
                        format!("Did you mean \"{en}\" ({zh})?"),
                    )
                    .word("nearest", en),
                None => note.help(
                    format!("可用的键：{}", all().join("，")),
                    format!("The keys are: {}", all().join(", ")),
                ),
            };
            self.note(note, name);
            return None;
        };
        if let Some((_, first)) = seen.iter().find(|(key, _)| *key == known.0) {
            let first = self.shown(&first.range);
            let first = self.out.span(first);
            let note = Diagnostic::error(
                "copy/head-duplicate",
                format!(
                    "“{value}”已经写过，这一项没有读（{} 与 {} 是同一个键）",
                    known.2, known.1
                ),
                format!(
                    "\"{value}\" was given before; this entry was not read ({} and {} are one key)",
                    known.2, known.1
                ),
            )
            .related(first, "先写在这里", "given first here")
            .help("请留一项，删去另一项", "Keep one and delete the other");
            self.note(note, name);
            return None;
        }
        Some(known.0)
    }

    /// What one of a few words stands for; another one is an error.
    pub(super) fn choice(&mut self, node: &Node, words: &[(&str, bool)]) -> Option<bool> {
        let typed = self.field(node)?;
        let found = words.iter().find(|(word, _)| *word == typed.text);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let note = Diagnostic::error(
                "copy/head-value",
                format!("这里不能写“{}”，这一项没有读", typed.text),
                format!(
                    "\"{}\" is not known here; the entry was not read",
                    typed.text
                ),
            )
            .help(
                format!("可用的值：{}", all.join("，")),
                format!("The values are: {}", all.join(", ")),
            );
            self.note(note, node);
        }
        found.map(|(_, value)| *value)
    }

    fn wrong(&mut self, node: &Node, zh: &str, en: &str) {
        let note = Diagnostic::error("copy/head-type", zh, en).help(
            "请照这个样子写：主题: 春到洛河",
            "Write it like this: title: Spring comes",
        );
        self.note(note, node);
    }

    /// One text; `None` where it is empty.
    pub(super) fn words(&mut self, node: &Node) -> Option<Words> {
        let mapped = self.scalar(node, "这里应是一行文字", "One text is expected here")?;
        self.finish(mapped, node)
    }

    /// One text, or a list of texts as lines of one (强制换行).
    fn turns(&mut self, node: &Node) -> Option<Words> {
        let Kind::List(items) = &node.kind else {
            let words = (
                "这里应是一行文字或文字的列表",
                "A text or a list of texts is expected here",
            );
            let mapped = self.scalar(node, words.0, words.1)?;
            return self.finish(mapped, node);
        };
        let mut all: Option<Mapped> = None;
        for item in items {
            let words = "列表的每一项应是一行文字";
            let Some(next) = self.scalar(item, words, "Each entry of the list must be a text")
            else {
                continue;
            };
            let next = normalise(self.out, next, &mut Vec::new());
            match &mut all {
                None => all = Some(next),
                Some(all) => {
                    let at = self.start + item.range.start;
                    all.push_for("\n", at..at);
                    all.append(&next);
                }
            }
        }
        self.finish(all?, node)
    }

    /// A list of texts, or one.
    fn list(&mut self, node: &Node) -> Vec<Words> {
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| self.words(item)).collect(),
            _ => self.words(node).into_iter().collect(),
        }
    }

    fn pictures(&mut self, node: &Node) -> Vec<Picture> {
        match &node.kind {
            Kind::List(items) => items.iter().filter_map(|item| self.picture(item)).collect(),
            Kind::Scalar { value, .. } if value.is_empty() => Vec::new(),
            _ => self.picture(node).into_iter().collect(),
        }
    }

    fn picture(&mut self, node: &Node) -> Option<Picture> {
        let span = self.out.span(self.shown(&node.range));
        let entries = match &node.kind {
            Kind::Map(entries) => entries,
            // a bare file name is what it can only be
            Kind::Scalar { .. } => {
                let file = self.path(node)?;
                return Some(Picture {
                    file,
                    caption: None,
                    credit: None,
                    focus: Focus::MIDDLE,
                    group: None,
                    whole: false,
                    part: Part::WHOLE,
                    span,
                });
            }
            Kind::Refused => return None,
            Kind::List(_) => {
                self.wrong(
                    node,
                    "一张图片应写“文件”“说明”“来源”",
                    "A picture has \"file\", \"caption\" and \"credit\"",
                );
                return None;
            }
        };
        let (mut file, mut caption, mut credit) = (None, None, None);
        let (mut focus, mut group) = (None, None);
        let (mut whole, mut part) = (false, Part::WHOLE);
        let mut seen: Vec<(PictureKey, &Node)> = Vec::new();
        for (name, value) in entries {
            let Some(key) = self.key(PICTURE_KEYS, name, &seen) else {
                continue;
            };
            seen.push((key, name));
            match key {
                PictureKey::File => file = self.path(value),
                PictureKey::Caption => caption = self.words(value),
                PictureKey::Credit => credit = self.words(value),
                PictureKey::Focus => focus = self.focus(value),
                PictureKey::Crop => (whole, part) = self.crop(value),
                PictureKey::Group => group = self.path(value).map(|name| name.text),
            }
        }
        match file {
            Some(file) => Some(Picture {
                file,
                caption,
                credit,
                focus: focus.unwrap_or_else(|| part.middle()),
                group,
                whole,
                part,
                span,
            }),
            None => {
                let note = Diagnostic::error(
                    "copy/head-no-file",
                    "这张图片没有写“文件”",
                    "This picture has no \"file\"",
                )
                .help(
                    "请加一行，例如 文件: 图片/春.jpg",
                    "Add a line like file: pictures/spring.jpg",
                );
                self.note(note, node);
                None
            }
        }
    }

    /// 焦点: two numbers, in one text or as a list (P23).
    fn focus(&mut self, node: &Node) -> Option<Focus> {
        let focus = numbers(node).and_then(|text| focus::parse(&text));
        if focus.is_none() {
            let note = Diagnostic::error("copy/picture-focus", focus::WRONG[0], focus::WRONG[1])
                .help(
                    "如 焦点: 30% 40%，从左三成、从上四成处",
                    "such as focus: 30% 40%, three tenths from the left, four from the top",
                );
            self.note(note, node);
        }
        focus
    }

    /// 裁切: no, for a picture that must show whole, or four numbers, the part
    /// of it that may show (P23).
    fn crop(&mut self, node: &Node) -> (bool, Part) {
        let text = numbers(node).unwrap_or_default();
        let answer = ANSWERS.iter().find(|(word, _)| *word == text);
        if let Some((_, may)) = answer {
            return (!may, Part::WHOLE);
        }
        let part = focus::parse_part(&text);
        if part.is_none() {
            let words = focus::WRONG_PART;
            let note = Diagnostic::error("copy/picture-crop", words[0], words[1]).help(
                "如 裁切: 10% 0 80% 100%；整幅不裁写 裁切: 否",
                "such as crop: 10% 0 80% 100%; crop: false shows all of it",
            );
            self.note(note, node);
        }
        (false, part.unwrap_or(Part::WHOLE))
    }

    /// A text that is not normalised.
    fn path(&mut self, node: &Node) -> Option<Words> {
        let mapped = self.scalar(node, "这里应是文件名", "A file name is expected here")?;
        let span = self.out.span(self.shown(&node.range));
        (!mapped.text.is_empty()).then_some(Words {
            text: mapped.text,
            pieces: mapped.pieces,
            spans: Vec::new(),
            span,
        })
    }

    pub(super) fn finish(&mut self, mapped: Mapped, node: &Node) -> Option<Words> {
        let (mapped, spans) = bracketed::words(self.out, mapped);
        let span = self.out.span(self.shown(&node.range));
        let length = mapped.text.chars().count();
        if length > MAX_FIELD {
            let note = Diagnostic::error(
                "copy/head-field-long",
                format!("这一项有 {length} 字，超过 {MAX_FIELD} 字的上限，没有读"),
                format!(
                    "This entry has {length} characters, over the limit of {MAX_FIELD}; it was not read"
                ),
            )
            .help(
                "请把长文移到第二个 --- 之后的正文里",
                "Move long text below the second ---",
            );
            self.out.notes.push(note.at(span));
            return None;
        }
        (!mapped.text.is_empty()).then_some(Words {
            text: mapped.text,
            pieces: mapped.pieces,
            spans,
            span,
        })
    }

    /// The text of a value with its map. A value whose bytes stand in the
    /// file as they are is mapped byte for byte, another one as a whole.
    pub(super) fn scalar(&mut self, node: &Node, zh: &str, en: &str) -> Option<Mapped> {
        let Kind::Scalar { value, bare } = &node.kind else {
            if !matches!(node.kind, Kind::Refused) {
                self.wrong(node, zh, en);
            }
            return None;
        };
        if *bare {
            self.comment(node);
            if value == "~" {
                return None;
            }
        }
        let range = self.start + node.range.start..self.start + node.range.end;
        let typed = &self.text[range.clone()];
        let mut mapped = Mapped::new(self.out.source);
        if *bare && typed.contains('\n') {
            let mut at = range.start;
            for line in typed.split_inclusive('\n') {
                let lead = line.len() - line.trim_start().len();
                if !line.trim().is_empty() {
                    mapped.join(line.trim(), at..at + lead);
                    mapped.push_exact(line.trim(), at + lead);
                }
                at += line.len();
            }
            return Some(mapped);
        }
        match typed.find(value.as_str()) {
            Some(at) if typed.len() - value.len() <= 2 || *bare => {
                mapped.push_exact(value, range.start + at);
            }
            _ => mapped.push_for(value, range),
        }
        Some(mapped)
    }

    /// ` #` ends a bare value: copy may be lost, which is never silent.
    fn comment(&mut self, node: &Node) {
        let end = self.start + node.range.end;
        let line = self.text[end..].split('\n').next().unwrap_or_default();
        let white = line.len() - line.trim_start_matches([':', ' ', '\t']).len();
        if line[white..].starts_with('#') {
            let at = end + white..end + line.trim_end().len();
            let note = Diagnostic::warning(
                "copy/head-comment",
                "空格加 # 之后是注释，不会排出",
                "What follows a space and # is a comment and is not set",
            )
            .help(
                "如是标题文字，请把整个值放进英文双引号",
                "If it is copy, put the whole value into double quotes",
            );
            self.out.notes.push(note.at(self.out.span(at)));
        }
    }
}

const QUOTE: (&str, &str) = (
    "请把整个值放进英文双引号，例如 主题: \"*甲\"",
    "Put the whole value into double quotes, like title: \"*A\"",
);

/// A syntax error in plain words, with the place to look at.
fn syntax(yaml: &str, at: usize, words: &str) -> (Range<usize>, Diagnostic) {
    let at = floor(yaml, at);
    let start = yaml[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = yaml[at..].find('\n').map_or(yaml.len(), |end| at + end);
    let line = &yaml[start..end];
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let error = |zh: &str, en: &str| Diagnostic::error("copy/head-yaml", zh, en);
    if words.contains("tab") || line[..indent].contains('\t') {
        let tab = yaml[start..end].find('\t').map_or(at, |tab| start + tab);
        let note = error("稿头里用了制表符缩进", "The head is indented with a tab")
            .help("请把制表符换成两个空格", "Replace the tab by two spaces");
        return (tab..tab + 1, note);
    }
    if words.contains("quoted scalar") {
        let quote = yaml[at..end]
            .find(['"', '\''])
            .map_or(at, |quote| at + quote);
        if words.contains("escape") {
            let note = error(
                "双引号里的 \\ 后面不能是这个字",
                "This may not follow \\ in double quotes",
            )
            .help(
                "请改用单引号，或把 \\ 写成 \\\\",
                "Use single quotes, or write \\\\ for \\",
            );
            return (at..at, note);
        }
        // the parser may only notice at the end of the head
        let quote = if yaml[at..].trim().is_empty() {
            yaml.rfind(": \"")
                .or_else(|| yaml.rfind(": '"))
                .map_or(quote, |open| open + 2)
        } else {
            quote
        };
        let note = error(
            "引号没有配对，这里起没有读",
            "A quote is not closed; nothing was read from here on",
        )
        .help(
            "请在值的末尾补上同样的引号",
            "Put the same quote at the end of the value",
        );
        return (quote..quote, note);
    }
    if words.contains("mapping values") || words.contains("illegal placement of ':'") {
        let note = error(
            "值里有英文冒号加空格，这里起没有读",
            "The value holds a colon and a space; nothing was read from here on",
        )
        .help(
            "请把整个值放进英文双引号；键各占一行，行首不空格",
            "Put the whole value into double quotes; each key starts its own line",
        );
        return (at..at, note);
    }
    if words.contains("unexpected character")
        || words.contains("anchor")
        || words.contains("a tag")
        || words.contains("directive")
    {
        let note = error(
            "值以 YAML 的记号开头，这里起没有读",
            "The value begins with a mark of YAML; nothing was read from here on",
        )
        .help(QUOTE.0, QUOTE.1);
        return (at..at, note);
    }
    // a key without its colon is noticed on the next line
    if words.contains("simple key") {
        let note = error(
            "这里前后缺“键: ”，从这里起没有读",
            "A \"key: \" is missing about here; nothing was read from here on",
        )
        .help(
            "每行应是 键: 值（英文冒号加空格），列表项以“- ”开头",
            "Each line is \"key: value\" (a colon and a space), a list entry begins with \"- \"",
        );
        return (at..at, note);
    }
    let note = error(
        &format!("稿头不合 YAML 写法，这里起没有读（{words}）"),
        &format!("The head is not valid YAML; nothing was read from here on ({words})"),
    )
    .help(
        "每行应是 键: 值（英文冒号加空格）；拿不准就把值放进英文双引号",
        "Each line is \"key: value\" (a colon and a space); when in doubt put the value into double quotes",
    );
    (at..at, note)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The known name nearest to `value`: one of its other names, or one that
/// differs in at most a third of its characters.
fn nearest<K>(keys: &Names<K>, value: &str) -> Option<(&'static str, &'static str)> {
    // no key is longer, and the distance is quadratic
    if value.chars().count() > 32 {
        return None;
    }
    let lower = value.to_lowercase();
    let score = |name: &str| {
        let longest = name.chars().count().max(lower.chars().count());
        let distance = strsim::osa_distance(name, &lower);
        (distance * 2 <= longest).then_some(distance * 100 / longest.max(1))
    };
    let best = |key: &(K, &'static str, &'static str, &'static [&'static str])| {
        let names = key.3.iter().copied().chain([key.1, key.2]);
        names
            .filter_map(score)
            .min()
            .map(|score| (score, (key.2, key.1)))
    };
    keys.iter()
        .filter_map(best)
        .min_by_key(|(score, _)| *score)
        .map(|(_, names)| names)
}
