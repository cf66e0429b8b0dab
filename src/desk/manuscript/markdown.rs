//! The door to `pulldown-cmark`: the body of a Markdown article as blocks.
//!
//! The text of a block is always taken from the file by the place of an
//! event, never from the parser, except where the two differ by right
//! (`&amp;`).

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::bracketed;
use super::mapped::{Mapped, offset};
use super::normalise::normalise;
use super::notes::Notes;
use super::passage::{self, Section};
use super::prepare::{Part, Prepared, prepare};
use super::{Block, BlockKind, Inline, InlineKind, Picture, Reading, Words};
use crate::base::diag::{Diagnostic, Span};
use crate::base::photo::{self, Focus};
use crate::desk::focus;

/// Reads the body, `text` from `body` on.
pub(super) fn read(out: &mut Reading, text: &str, body: usize) {
    let mut prepared = prepare(out, text, body);
    let notes = std::mem::take(&mut prepared.notes);
    let mapped = Mapped::new(out.source);
    let mut builder = Builder {
        out,
        prepared: &prepared,
        containers: Vec::new(),
        mapped,
        spans: Vec::new(),
        escaped: Vec::new(),
        extent: None,
        heading: None,
        inlines: Vec::new(),
        soft: None,
        code: None,
        html_noted: false,
        image: None,
        braces: 0..0,
        pictures: Vec::new(),
        last_end: 0,
        odd: None,
        notes,
        tables: 0,
    };
    // Smart punctuation, tables, footnotes, strikethrough stay off: they
    // change or eat characters. Tables and notes are told line by line.
    for (event, range) in Parser::new_ext(&prepared.text, Options::empty()).into_offset_iter() {
        builder.event(event, range);
    }
    builder.flush();
    let mut notes = builder.notes;
    notes.number(out);
}

/// What encloses the text that comes next.
enum Container {
    Quote,
    Item {
        ordered: bool,
        number: Option<u32>,
        marker: String,
        /// Whether a block has carried the marker.
        used: bool,
    },
}

/// An emphasis or link that is still open.
struct OpenInline {
    /// `None` for a link that turned out to be text.
    kind: Option<InlineKind>,
    start: usize,
    /// What to say about it once its text is known.
    note: Option<Diagnostic>,
}

/// A picture whose caption is being read.
struct OpenImage {
    file: String,
    credit: String,
    caption: Mapped,
    depth: usize,
}

struct Builder<'a> {
    out: &'a mut Reading,
    prepared: &'a Prepared,
    containers: Vec<Container>,
    /// The block that is open: its text, inlines and bytes of the prepared
    /// text.
    mapped: Mapped,
    spans: Vec<Inline>,
    /// Where escaped brackets stand in the block's text: they mark nothing.
    escaped: Vec<usize>,
    extent: Option<Range<usize>>,
    /// The level, where the block is a subhead.
    heading: Option<u8>,
    inlines: Vec<OpenInline>,
    /// A soft break that has no text after it yet.
    soft: Option<Range<usize>>,
    /// Inside a code block: whether it is fenced.
    code: Option<bool>,
    html_noted: bool,
    image: Option<OpenImage>,
    /// Pictures of the open block.
    pictures: Vec<Picture>,
    /// The braces behind a picture: they are no text.
    braces: Range<usize>,
    /// Where the last event inside a link ended.
    last_end: usize,
    /// The passage whose odd block has been told of last.
    odd: Option<usize>,
    notes: Notes,
    /// Tables begun.
    tables: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(words) if self.code.is_some() => self.code_lines(&words, range),
            Event::Text(words) => self.words(&words, range),
            Event::Code(words) => self.inline_code(&words, range),
            Event::SoftBreak => {
                self.last_end = range.end;
                self.soft = Some(range);
            }
            Event::HardBreak => {
                let place = self.prepared.place(range.clone());
                self.last_end = range.end;
                self.target().push_for("\n", place);
            }
            Event::Rule => {
                self.flush();
                self.section_break(range);
            }
            Event::InlineHtml(words) => {
                self.html(range.clone());
                self.words(&words, range);
            }
            Event::Html(words) => {
                let line = words.trim_end_matches('\n');
                let end = range.end.min(range.start + line.len());
                if line.trim().is_empty() {
                    self.flush();
                } else {
                    self.html(range.start..end);
                    self.words(line, range.start..end);
                    self.soft = Some(end..range.end);
                }
            }
            // of extensions that are off
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, range),
            Event::FootnoteReference(words) => self.words(&words, range),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open(Some(InlineKind::Emphasis), &range, None),
            Tag::Strong => self.open(Some(InlineKind::Strong), &range, None),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.link(link_type, &dest_url, &title, &range);
            }
            Tag::Image {
                dest_url, title, ..
            } => match &mut self.image {
                Some(image) => {
                    image.depth += 1;
                    self.unused_in_caption(&dest_url, &title, &range);
                }
                None => {
                    self.extend(&range);
                    let caption = Mapped::new(self.out.source);
                    let (file, credit) = (dest_url.to_string(), title.to_string());
                    self.image = Some(OpenImage {
                        file,
                        credit,
                        caption,
                        depth: 1,
                    });
                }
            },
            Tag::Heading { level, .. } => {
                self.flush();
                if self.prepared.text[range.start..].starts_with('#') {
                    self.heading(level as u8, &range);
                }
                self.extend(&trimmed(&self.prepared.text, range));
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                if let CodeBlockKind::Fenced(info) = &kind {
                    self.fence_words(info, &range);
                }
                self.code = Some(matches!(kind, CodeBlockKind::Fenced(_)));
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.containers.push(Container::Quote);
            }
            Tag::Item => {
                self.flush();
                let item = item(&self.prepared.text[range]);
                self.containers.push(item);
            }
            Tag::Paragraph => {
                self.flush();
                self.extend(&trimmed(&self.prepared.text, range));
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link => self.close(range),
            TagEnd::Image => self.end_image(range),
            TagEnd::Heading(_) => {
                self.flush();
                if !self.prepared.text[range.start..].starts_with('#') {
                    self.underline(range);
                }
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = None;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::Item => {
                self.flush();
                // a number with nothing but a picture is still a number
                if let Some(Container::Item {
                    ordered: true,
                    used: false,
                    ..
                }) = self.containers.last()
                {
                    let kind = self.kind();
                    self.push_block(kind, range.start..range.start + 1);
                }
                self.containers.pop();
            }
            _ => self.flush(),
        }
    }

    /// The text that grows: the block's, or a picture's caption.
    fn target(&mut self) -> &mut Mapped {
        match &mut self.image {
            Some(image) => &mut image.caption,
            None => &mut self.mapped,
        }
    }

    fn extend(&mut self, range: &Range<usize>) {
        let extent = self.extent.get_or_insert(range.clone());
        *extent = extent.start.min(range.start)..extent.end.max(range.end);
    }

    /// Text at `range` of the prepared text; `words` is what it reads as.
    fn words(&mut self, words: &str, range: Range<usize>) {
        let (words, range) = self.behind_braces(words, range);
        if range.is_empty() {
            return;
        }
        if let Some(soft) = self.soft.take() {
            if self.image.is_none() && self.prepared.in_table(soft.start) {
                self.flush();
            } else {
                let place = self.prepared.place(soft);
                self.target().join(words, place);
            }
        }
        self.extend(&range);
        let prepared = self.prepared;
        if words.starts_with(['[', ']', '{', '}'])
            && self.last_end < range.start
            && prepared.text[..range.start].ends_with('\\')
        {
            self.escaped.push(self.mapped.text.len());
        }
        self.last_end = range.end;
        if prepared.text[range.clone()] == *words {
            self.own(range);
        } else {
            let place = prepared.place(range);
            self.target().push_for(words, place);
        }
    }

    /// The file's own bytes of a range, guards left out.
    fn own(&mut self, range: Range<usize>) {
        let prepared = self.prepared;
        for (own, start) in prepared.own(range) {
            self.target().push_exact(&prepared.text[own], start);
        }
    }

    fn inline_code(&mut self, words: &str, range: Range<usize>) {
        let typed = &self.prepared.text[range.clone()];
        let ticks = typed.len() - typed.trim_start_matches('`').len();
        let inner = range.start + ticks..range.end.saturating_sub(ticks).max(range.start + ticks);
        let start = self.mapped.text.len();
        // what the parser took off: one space at either end
        let typed = &self.prepared.text[inner.clone()];
        let bare = typed
            .strip_prefix(' ')
            .and_then(|typed| typed.strip_suffix(' '));
        let inner = if bare == Some(words) {
            inner.start + 1..inner.end - 1
        } else {
            inner
        };
        if self.prepared.text[inner.clone()] == *words {
            self.words(words, inner);
        } else {
            // a line end in the code, or a quote's marks
            let place = self.prepared.place(inner);
            let clean = self.without_guards(words, &range);
            if let Some(soft) = self.soft.take() {
                let place = self.prepared.place(soft);
                self.target().join(&clean, place);
            }
            self.target().push_for(&clean, place);
        }
        self.extend(&range);
        self.last_end = range.end;
        if self.image.is_none() && start <= self.mapped.text.len() {
            let range = offset(start)..offset(self.mapped.text.len());
            self.spans.push(Inline {
                range,
                kind: InlineKind::Code,
            });
        }
    }

    /// Code over a line end comes rewritten by the parser; the guards in it
    /// are taken out again by walking along the prepared text.
    fn without_guards(&self, words: &str, range: &Range<usize>) -> String {
        let mut typed = self.prepared.text[range.clone()].char_indices().peekable();
        let mut own = self.prepared.own(range.clone()).peekable();
        let mut clean = String::with_capacity(words.len());
        for c in words.chars() {
            let alike = |t: char| t == c || (c == ' ' && t == '\n');
            let found = typed.find(|&(_, t)| alike(t));
            let at = found.map_or(range.end, |(at, _)| range.start + at);
            while own.peek().is_some_and(|(part, _)| part.end <= at) {
                own.next();
            }
            let is_own = own.peek().is_some_and(|(part, _)| part.start <= at);
            if is_own || c == ' ' || found.is_none() {
                clean.push(c);
            }
        }
        clean
    }

    /// What stands beside an opening fence: the name of a language is markup,
    /// anything else is copy and a paragraph of its own.
    fn fence_words(&mut self, info: &str, block: &Range<usize>) {
        if info.is_ascii() {
            return;
        }
        let line = self.prepared.text[block.clone()]
            .find('\n')
            .map_or(block.end, |end| block.start + end);
        self.words(info, block.start..line);
        self.flush();
    }

    /// Lines of a code block: each a paragraph.
    fn code_lines(&mut self, words: &str, range: Range<usize>) {
        let exact = self.prepared.text[range.clone()] == *words;
        let mut at = range.start;
        for line in words.split_inclusive('\n') {
            let bare = line.trim_end_matches('\n');
            if exact {
                self.words(bare, at..at + bare.len());
            } else {
                self.words(bare, range.clone());
            }
            at += line.len();
            if line.ends_with('\n') {
                self.flush();
            }
        }
    }

    fn html(&mut self, range: Range<usize>) {
        if !self.html_noted {
            self.html_noted = true;
            let note = Diagnostic::warning(
                "copy/html",
                "HTML 标记不起作用，照原样排出",
                "HTML has no effect here and is set as typed",
            )
            .help(
                "请删去标记；换行用行末两个空格，强调用 **",
                "Delete the tags; use two spaces at a line end for a turn and ** for emphasis",
            );
            let span = self.out.span(self.prepared.place(range));
            self.out.notes.push(note.at(span));
        }
    }

    fn heading(&mut self, level: u8, range: &Range<usize>) {
        if level == 1 {
            let line = trimmed(&self.prepared.text, range.clone());
            let note = Diagnostic::warning(
                "copy/top-heading",
                "正文里的 # 标题按小标题排",
                "A # heading in the text is set as a subhead",
            )
            .help(
                "文章标题请写在稿头的“主题”里；小标题用 ##",
                "Put the headline into \"title\" of the head; use ## for subheads",
            );
            let span = self.out.span(self.prepared.place(line));
            self.out.notes.push(note.at(span));
        }
        self.heading = Some(level.saturating_sub(1).max(1));
    }

    /// The underline of what Markdown takes for a heading: a section break,
    /// or text.
    fn underline(&mut self, range: Range<usize>) {
        let range = trimmed(&self.prepared.text, range);
        let text = &self.prepared.text[range.clone()];
        let line = text.rfind('\n').map_or(0, |end| end + 1);
        let white = text[line..].len() - text[line..].trim_start_matches(['>', ' ', '\t']).len();
        let mark = range.start + line + white..range.end;
        let marks = &self.prepared.text[mark.clone()];
        if marks.starts_with('-') && marks.len() >= 3 {
            self.section_break(mark);
        } else {
            let words = marks.to_owned();
            self.words(&words, mark);
            self.flush();
        }
    }

    fn section_break(&mut self, range: Range<usize>) {
        let range = trimmed(&self.prepared.text, range);
        self.push_block(BlockKind::Break, range);
    }

    fn open(&mut self, kind: Option<InlineKind>, range: &Range<usize>, note: Option<Diagnostic>) {
        if self.image.is_none() {
            // the join belongs before what opens
            self.extend(range);
            self.last_end = range.start;
            self.inlines.push(OpenInline {
                kind,
                start: self.mapped.text.len(),
                note,
            });
        }
    }

    fn link(&mut self, link: LinkType, url: &str, title: &str, range: &Range<usize>) {
        let inline = link == LinkType::Inline;
        if self.image.is_some() {
            self.unused_in_caption(url, title, range);
            return;
        }
        if inline && !is_address(url) {
            self.words("[", range.start..range.start + 1);
            let end = self.last_end;
            self.open(None, range, None);
            self.last_end = end;
            return;
        }
        let note = inline.then(|| {
            let (zh, en) = if title.is_empty() {
                (String::new(), String::new())
            } else {
                (
                    format!("，也不排“{title}”"),
                    format!(", nor is \"{title}\""),
                )
            };
            Diagnostic::info(
                "copy/link",
                format!("只排链接的文字，不排地址 {url}{zh}"),
                format!("The text of the link is set; the address {url} is not{en}"),
            )
            .help(
                "如要排出地址，请把它写在文字里",
                "If the address should be set, write it into the text",
            )
            .word("url", url)
            .at(self.out.span(self.prepared.place(range.clone())))
        });
        self.open(
            Some(InlineKind::Link {
                url: url.to_owned(),
            }),
            range,
            note,
        );
    }

    /// A link or a picture inside a caption: of it only the text is set.
    fn unused_in_caption(&mut self, url: &str, title: &str, range: &Range<usize>) {
        let both = [url, title].join(" ");
        let unused = both.trim();
        let note = Diagnostic::warning(
            "copy/caption-link",
            format!("图片说明里的链接或图片只排文字，不排“{unused}”"),
            format!("Of a link or picture in a caption only the text is set, not \"{unused}\""),
        )
        .help(
            "要排出的话请写在说明的文字里；另一张图片请另起一段",
            "Write what should be set into the caption; give a second picture a paragraph of its own",
        );
        let span = self.out.span(self.prepared.place(range.clone()));
        self.out.notes.push(note.at(span));
    }

    fn close(&mut self, range: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        let Some(open) = self.inlines.pop() else {
            return;
        };
        let last = std::mem::replace(&mut self.last_end, range.end);
        match open.kind {
            // `](见三版)` is text
            None if last < range.end => {
                let prepared = self.prepared;
                self.words(&prepared.text[last..range.end], last..range.end);
            }
            None => {}
            Some(kind) => {
                let end = self.mapped.text.len();
                if let InlineKind::Link { url } = &kind
                    && self.mapped.text[open.start.min(end)..] != **url
                {
                    self.out.notes.extend(open.note);
                }
                let range = offset(open.start)..offset(end);
                self.spans.push(Inline { range, kind });
            }
        }
    }

    fn end_image(&mut self, range: Range<usize>) {
        match &mut self.image {
            Some(image) if image.depth > 1 => image.depth -= 1,
            _ => {
                let Some(image) = self.image.take() else {
                    return;
                };
                self.last_end = range.end;
                let place = self.prepared.place(range.clone());
                let span = self.out.span(place.clone());
                let caption = bracketed::words(self.out, image.caption);
                let mut credit = Mapped::new(self.out.source);
                credit.push_for(&image.credit, place.clone());
                let credit = bracketed::words(self.out, credit);
                let mut file = Mapped::new(self.out.source);
                file.push_for(&image.file, place);
                let words = |(mapped, spans): (Mapped, Vec<Inline>)| {
                    (!mapped.text.is_empty()).then_some(Words {
                        text: mapped.text,
                        pieces: mapped.pieces,
                        spans,
                        span,
                    })
                };
                let file = Words {
                    text: file.text,
                    pieces: file.pieces,
                    spans: Vec::new(),
                    span,
                };
                let picture = Picture {
                    file,
                    caption: words(caption),
                    credit: words(credit),
                    focus: self.focus_behind(range.end),
                    group: None,
                    whole: false,
                    part: photo::Part::WHOLE,
                    span,
                };
                self.pictures.push(picture);
            }
        }
    }

    /// 焦点 of the picture that ends here: `{焦点 30% 40%}` right behind it
    /// (P23). Braces that say anything else are text.
    fn focus_behind(&mut self, end: usize) -> Focus {
        let prepared = self.prepared;
        let behind = prepared.text.get(end..).unwrap_or("");
        let inner = behind.strip_prefix('{').and_then(|behind| {
            let to = behind.find(['{', '}', '\n'])?;
            behind[to..].starts_with('}').then_some(&behind[..to])
        });
        let Some(inner) = inner else {
            return Focus::MIDDLE;
        };
        let names = ["焦点", "focus"];
        let Some(value) = names
            .iter()
            .find_map(|name| inner.trim().strip_prefix(name))
        else {
            return Focus::MIDDLE;
        };
        self.braces = end..end + inner.len() + 2;
        focus::parse(value.trim_start_matches([':', '：', '='])).unwrap_or_else(|| {
            let note = Diagnostic::error("copy/picture-focus", focus::WRONG[0], focus::WRONG[1])
                .help(
                    "如 ![说明](图.jpg){焦点 30% 40%}",
                    "such as `![caption](file.jpg){focus 30% 40%}`",
                );
            let span = self.out.span(prepared.place(self.braces.clone()));
            self.out.notes.push(note.at(span));
            Focus::MIDDLE
        })
    }

    /// What of some text is not in the braces behind a picture.
    fn behind_braces<'w>(&self, words: &'w str, range: Range<usize>) -> (&'w str, Range<usize>) {
        let end = self.braces.end.min(range.end);
        if !self.braces.contains(&range.start) {
            return (words, range);
        }
        // braces and what they hold read as they are typed
        let words = words.get(end - range.start..).unwrap_or("");
        (words, end..range.end)
    }

    /// Ends the block that is open, if one is. Inlines over its end go on in
    /// the next one.
    fn flush(&mut self) {
        self.soft = None;
        self.html_noted = false;
        let heading = self.heading.take();
        let extent = self.extent.take();
        let mapped = std::mem::replace(&mut self.mapped, Mapped::new(self.out.source));
        let mut spans = std::mem::take(&mut self.spans);
        let end = mapped.text.len();
        for open in &mut self.inlines {
            if let Some(kind) = &open.kind {
                let range = offset(open.start)..offset(end);
                spans.push(Inline {
                    range,
                    kind: kind.clone(),
                });
            }
            open.start = 0;
        }
        if self.code == Some(true) {
            spans.push(Inline {
                range: 0..offset(end),
                kind: InlineKind::Code,
            });
        }
        spans.retain(|inline| !inline.range.is_empty());
        let escaped = std::mem::take(&mut self.escaped);
        let mapped = bracketed::read(self.out, mapped, &mut spans, &escaped);
        let mapped = self.notes.refer(self.out, mapped, &mut spans);
        spans.sort_by_key(|inline| (inline.range.start, std::cmp::Reverse(inline.range.end)));
        let mapped = normalise(self.out, mapped, &mut spans);
        if !mapped.text.is_empty() {
            let part = extent.as_ref().and_then(|extent| self.part(extent.start));
            let kind = match (part, heading) {
                (Some(kind), _) => kind,
                (None, Some(level)) => BlockKind::Subhead { level },
                (None, None) => self.kind(),
            };
            let extent = extent.unwrap_or(0..0);
            let span = self.out.span(self.prepared.place(extent.clone()));
            let kind = self.in_passage(kind, extent.start, span);
            let Mapped { text, pieces, .. } = mapped;
            self.out.manuscript.blocks.push(Block {
                kind,
                text,
                pieces,
                spans,
                span,
            });
        }
        for picture in std::mem::take(&mut self.pictures) {
            let span = picture.span;
            self.out.manuscript.blocks.push(Block {
                kind: BlockKind::Image(Box::new(picture)),
                text: String::new(),
                pieces: Vec::new(),
                spans: Vec::new(),
                span,
            });
        }
    }

    /// The kind of a block that begins at `at` by the passage it stands in.
    fn in_passage(&mut self, kind: BlockKind, at: usize, span: Span) -> BlockKind {
        let prepared = self.prepared;
        let holds = |section: &Section| section.lines.contains(&at);
        let Some(number) = prepared.sections.iter().position(holds) else {
            return kind;
        };
        let section = &prepared.sections[number];
        if kind == BlockKind::Paragraph {
            return BlockKind::Passage {
                passage: section.passage,
                number,
                stanza: section.stanza(&prepared.text, at),
            };
        }
        if self.odd != Some(number) {
            self.odd = Some(number);
            self.out.notes.push(passage::markup().at(span));
        }
        kind
    }

    /// The kind of a block that begins at `at`, where it is part of a table
    /// or a note. A table is a block of its own before its first part.
    fn part(&mut self, at: usize) -> Option<BlockKind> {
        let prepared = self.prepared;
        let part = prepared.part(at)?;
        if let Part::Title(table) | Part::Cell(table, ..) = part
            && *table >= self.tables
            && let Some(form) = prepared.forms.get(*table)
        {
            self.tables = table + 1;
            let kind = BlockKind::Table {
                columns: form.columns.clone(),
                rows: form.rows,
            };
            let span = self.out.span(form.place.clone());
            self.out.manuscript.blocks.push(Block {
                kind,
                text: String::new(),
                pieces: Vec::new(),
                spans: Vec::new(),
                span,
            });
        }
        Some(match part {
            Part::Title(_) => BlockKind::TableTitle,
            &Part::Cell(_, row, column) => BlockKind::Cell { row, column },
            Part::Note(label) => BlockKind::Note {
                label: label.clone(),
                number: None,
            },
        })
    }

    /// A block without text.
    fn push_block(&mut self, kind: BlockKind, range: Range<usize>) {
        let span = self.out.span(self.prepared.place(range));
        self.out.manuscript.blocks.push(Block {
            kind,
            text: String::new(),
            pieces: Vec::new(),
            spans: Vec::new(),
            span,
        });
    }

    /// The kind of the next block by what encloses it. The markers of all
    /// items that it is the first block of go with it.
    fn kind(&mut self) -> BlockKind {
        let depth = self
            .containers
            .iter()
            .filter(|c| matches!(c, Container::Item { .. }))
            .count();
        let depth = u16::try_from(depth).unwrap_or(u16::MAX);
        let mut markers: Vec<String> = Vec::new();
        let mut fresh = None;
        for container in &mut self.containers {
            if let Container::Item {
                ordered,
                number,
                marker,
                used,
            } = container
                && !*used
            {
                *used = true;
                markers.push(std::mem::take(marker));
                fresh = Some((*ordered, *number));
            }
        }
        if let Some((ordered, number)) = fresh {
            return BlockKind::ListItem {
                ordered,
                number,
                marker: markers.join(" "),
                depth,
            };
        }
        match self.containers.last() {
            None => BlockKind::Paragraph,
            Some(Container::Quote) => BlockKind::Quote,
            Some(Container::Item {
                ordered, number, ..
            }) => BlockKind::ListItem {
                ordered: *ordered,
                number: *number,
                marker: String::new(),
                depth,
            },
        }
    }
}

/// The item that `text` begins with.
fn item(text: &str) -> Container {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok();
    let length = digits + text[digits..].chars().next().map_or(0, char::len_utf8);
    Container::Item {
        ordered: digits > 0,
        number,
        marker: text[..length].to_owned(),
        used: false,
    }
}

/// A range without the white at its end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start
        ..range.start
            + text[range.clone()]
                .trim_end_matches([' ', '\t', '\n'])
                .len()
}

/// Whether what stands in the round brackets of `[…](…)` is an address, and
/// not Chinese copy in brackets.
fn is_address(url: &str) -> bool {
    let extension = || {
        url.rsplit_once('.').is_some_and(|(_, end)| {
            (2..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    if url.is_ascii() {
        url.contains(['.', '/', ':', '#', '@'])
    } else {
        url.contains('/') || url.starts_with('#') || extension()
    }
}
