//! One slot and its article: headline parts, story, pictures, imprint.

use std::borrow::Cow;
use std::sync::Arc;

use super::article::{Article, ArticleBlock, ArticleBlockKind, ArticleImage, InlineFace, Words};
use super::dress::{Dress, Stretch, Wardrobe};
use super::dropcap;
use super::names;
use super::note;
use super::passage;
use super::pictures;
use super::shape::{self, Mixed};
use super::table::{Draft, Tables};
use crate::base::clreq::Direction;
use crate::base::diag::Diagnostic;
use crate::base::geom::{Length, Rect};
use crate::base::photo::Photo;
use crate::desk::genre::Genre;
use crate::desk::layout::text::BylinePlace;
use crate::desk::layout::{Slot, Style};
use crate::desk::plan::{Fitting, FurniturePlan, HeadPart, HeadPlace, SideTitle, SlotPlan};
use crate::desk::planner::PhotoFinder;
use crate::page::Grid;
use crate::story::{Align, Figure, Ink, ParaStyle, Paragraph, Role, Story};

/// Plans a slot.
pub(super) fn plan(
    slot: &Slot,
    article: &Article,
    grid: &Grid,
    wardrobe: &Wardrobe<'_>,
    photo: PhotoFinder<'_>,
    fitting: Fitting,
    notes: &mut Vec<Diagnostic>,
) -> SlotPlan {
    // N26: a kind of story may have a look of its own
    let genre = article.genre.as_deref().and_then(Genre::of);
    unknown_genre(slot, article, genre, notes);
    let slot = &*slot.for_genre(genre);
    let upright = wardrobe.upright();
    let (text_dress, head_dress) = match (slot.direction, slot.head_place) {
        (Direction::Vertical, _) => (&upright, &upright),
        (Direction::Horizontal, HeadPlace::Upright { .. }) => (wardrobe, &upright),
        (Direction::Horizontal, HeadPlace::Over | HeadPlace::Block { .. }) => (wardrobe, wardrobe),
    };
    let caption_dress = text_dress;
    let head = head(slot, article, head_dress, photo, notes);
    let mut of_pictures = Vec::new();
    let pictures = pictures::plan(slot, article, caption_dress, photo, &mut of_pictures);
    let story = story(slot, article, pictures.inline, (grid, text_dress), notes);
    notes.append(&mut of_pictures);
    no_body(slot, article, notes);
    let (foot, foot_lines) = foot(slot, article, pictures.credited, grid, text_dress);
    SlotPlan {
        name: slot.name.clone(),
        span: slot.span,
        lead: article.lead,
        column: slot.column,
        columns: slot.columns,
        line: slot.line,
        lines: slot.lines,
        text: slot.text.clone(),
        shape: slot.shape.clone(),
        direction: slot.direction,
        head_place: slot.head_place,
        head,
        head_lines: slot.head_lines,
        head_stretch: slot.head_stretch,
        head_gap: slot.head_gap,
        head_clear: slot.head_clear,
        side_title: side_title(slot, article, &upright, notes),
        story,
        pictures: pictures.placed,
        foot,
        foot_lines,
        ending: slot.ending,
        column_rule: slot.column_rule,
        frame_rule: slot.frame_rule,
        padding: slot.padding,
        rule_above: slot.rule_above,
        tint: slot.tint,
        fitting,
        fillers: Vec::new(),
        onward: None,
        back: None,
    }
}

/// The rule above the imprint, in the middle of the foot block's first line.
pub(super) fn foot_rule(slot: &SlotPlan, grid: &Grid) -> Option<FurniturePlan> {
    // beside vertical text an imprint needs no rule to be told from it, nor
    // does a title of the text
    let imprint = |paragraph: &Paragraph| paragraph.role == Role::Imprint;
    if !slot.foot.iter().any(imprint) || slot.direction == Direction::Vertical {
        return None;
    }
    let line = slot.line + slot.lines.saturating_sub(slot.foot_lines);
    let y = grid.line_y(line) + grid.size.half();
    let thickness = Length::pt(1).half();
    let rect = Rect::new(
        grid.column_x(slot.column),
        y,
        grid.width(slot.columns),
        thickness,
    );
    Some(FurniturePlan::Rule {
        rect,
        ink: Ink::BLACK,
    })
}

fn part(article: &Article, role: Role) -> Option<&Words> {
    let words = match role {
        Role::Label => &article.label,
        Role::Banner => &article.banner,
        Role::BannerEn => &article.banner_en,
        Role::Kicker => &article.kicker,
        Role::Head => &article.title,
        Role::Deck => &article.deck,
        Role::Summary => &article.summary,
        Role::SideTitle => &article.side_title,
        Role::EndTitle => &article.end_title,
        Role::Byline => &article.byline,
        _ => &None,
    };
    words.as_ref().filter(|words| !words.is_blank())
}

/// N20: every part the article has, in the order of the layout. A part that
/// the slot has no place for is an error, for words would be lost.
fn head(
    slot: &Slot,
    article: &Article,
    wardrobe: &Wardrobe<'_>,
    photo: PhotoFinder<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<HeadPart> {
    let in_head = |role: Role| role != Role::Byline || slot.byline == BylinePlace::Head;
    let parts = [
        Role::Label,
        Role::Banner,
        Role::BannerEn,
        Role::Kicker,
        Role::Head,
        Role::Deck,
        Role::Summary,
        Role::Byline,
    ];
    for role in parts {
        let Some(words) = part(article, role) else {
            continue;
        };
        if in_head(role) && !slot.head_parts.contains(&role) {
            let (slot_name, role) = (&slot.name, role.name());
            notes.push(
                Diagnostic::error(
                    "plan/part-not-shown",
                    format!("版位“{slot_name}”没有 {role} 的位置，这行字不会印出"),
                    format!("slot `{slot_name}` has no place for the {role}: it is not printed"),
                )
                .at_opt(words.span())
                .help(
                    format!("在版式的 head.parts 里加 \"{role}\"，或从稿件里删去"),
                    format!(
                        "add \"{role}\" to the slot's `head.parts`, or take it out of the copy"
                    ),
                )
                .word("slot", &**slot_name)
                .word("story", &*article.name),
            );
        }
    }
    no_headline(slot, article, notes);
    let art = slot
        .head_parts
        .contains(&Role::Label)
        .then(|| label_art(slot, article, photo, notes))
        .flatten();
    slot.head_parts
        .iter()
        .filter(|role| in_head(**role))
        .filter_map(|&role| {
            let words = part(article, role)?;
            let style = slot.style(role);
            let words = &*dashed(article, role, words);
            let words = &*labelled(style, words);
            let paragraph = wardrobe.dress(style).paragraph(words);
            let whole = 0..u32::try_from(words.text.len()).unwrap_or(u32::MAX);
            Some(HeadPart {
                paragraph: match role {
                    Role::Byline => named(paragraph, &[whole], slot),
                    _ => paragraph,
                },
                above: style.above,
                below: style.below,
                tint: style.tint,
                frame: style.frame,
                rule: style.rule,
                art: art.clone().filter(|_| role == Role::Label),
                limits: wardrobe.limits(style),
            })
        })
        .collect()
}

/// 边题 (N20): upright at one side of the text, where that is horizontal and
/// stands below its headline. Anywhere else its words would be lost.
fn side_title(
    slot: &Slot,
    article: &Article,
    upright: &Wardrobe<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<SideTitle> {
    let words = part(article, Role::SideTitle)?;
    let over = slot.head_place == HeadPlace::Over;
    if slot.direction == Direction::Vertical || !over {
        let name = &slot.name;
        notes.push(
            Diagnostic::error(
                "plan/part-not-shown",
                format!("版位“{name}”没有边题的位置，这行字不会印出"),
                format!("slot `{name}` has no place for a side title: it is not printed"),
            )
            .at_opt(words.span())
            .help(
                "边题排在横排的文旁，题在文上：改版位的 direction 或 head.type，或从稿件里删去",
                "it stands beside horizontal text below its headline: change `direction` or `head.type` of the slot, or take it out of the copy",
            )
            .word("slot", &**name)
            .word("story", &*article.name),
        );
        return None;
    }
    let style = slot.style(Role::SideTitle);
    Some(SideTitle {
        side: slot.side_title,
        part: HeadPart {
            paragraph: upright.dress(style).paragraph(words),
            above: style.above,
            below: style.below,
            tint: None,
            frame: style.frame,
            rule: style.rule,
            art: None,
            limits: upright.limits(style),
        },
    })
}

/// N26: a genre that no layout can tell from another has the usual look,
/// where its slot has looks to choose from.
fn unknown_genre(
    slot: &Slot,
    article: &Article,
    genre: Option<Genre>,
    notes: &mut Vec<Diagnostic>,
) {
    let Some(typed) = article.genre.as_deref() else {
        return;
    };
    if genre.is_some() || slot.genres.is_empty() {
        return;
    }
    let known = Genre::known();
    notes.push(
        Diagnostic::info(
            "plan/genre-unknown",
            format!("体裁“{typed}”没有自己的样式，题照常排"),
            format!("the genre `{typed}` has no look of its own: the headline is set as usual"),
        )
        .help(
            format!("有自己样式的体裁：{known}"),
            format!("genres with a look of their own: {known}"),
        )
        .word("slot", &*slot.name)
        .word("story", &*article.name),
    );
}

/// N22: the deck of a feature has a dash before it, once.
fn dashed<'w>(article: &Article, role: Role, words: &'w Words) -> Cow<'w, Words> {
    let genre = article.genre.as_deref().and_then(Genre::of);
    let feature = genre == Some(Genre::Feature);
    let typed = words.text.starts_with(['—', '⸺']);
    match role == Role::Deck && feature && !typed {
        true => Cow::Owned(words.behind("——")),
        false => Cow::Borrowed(words),
    }
}

/// N43: a column label in the marks of its style, once.
fn labelled<'w>(style: &Style, words: &'w Words) -> Cow<'w, Words> {
    match style.brackets {
        Some((open, close)) if !words.text.starts_with(open) => {
            let mut whole = words.behind(&open.to_string());
            whole.push_str(&close.to_string());
            Cow::Owned(whole)
        }
        _ => Cow::Borrowed(words),
    }
}

/// N20: a kicker or deck without a headline is a fault; plain copy without
/// any head may be meant.
fn no_headline(slot: &Slot, article: &Article, notes: &mut Vec<Diagnostic>) {
    if part(article, Role::Head).is_some() || article.blocks.is_empty() {
        return;
    }
    let around = [Role::Kicker, Role::Deck, Role::Summary];
    let around = around.into_iter().find_map(|role| part(article, role));
    let (zh, en) = ("稿件没有主题", "the article has no headline");
    let note = match around {
        Some(words) => Diagnostic::error("plan/no-headline", zh, en).at_opt(words.span()),
        None if part(article, Role::Label).is_some() => return,
        None => Diagnostic::info("plan/no-headline", zh, en)
            .at_opt(article.blocks.first().and_then(|block| block.words.span())),
    };
    notes.push(
        note.help(
            "在稿件头写 主题: …",
            "write `title: …` in the head of the article",
        )
        .word("slot", &*slot.name)
        .word("story", &*article.name),
    );
}

/// An article of a head alone, without a picture, is a story whose
/// text was forgotten.
fn no_body(slot: &Slot, article: &Article, notes: &mut Vec<Diagnostic>) {
    if !article.blocks.is_empty() || !article.images.is_empty() || article.continued {
        return;
    }
    let title = part(article, Role::Head).and_then(Words::span);
    notes.push(
        Diagnostic::warning(
            "plan/no-body",
            "稿件只有稿头，没有正文",
            "the article has a head but no text",
        )
        .at_opt(title)
        .help(
            "把正文写在第二个 --- 之后",
            "write the text below the second ---",
        )
        .word("slot", &*slot.name)
        .word("story", &*article.name),
    );
}

/// The text: dateline first (N36), byline in its place (N37).
fn story(
    slot: &Slot,
    article: &Article,
    inline: Vec<(usize, Figure)>,
    (grid, wardrobe): (&Grid, &Wardrobe<'_>),
    notes: &mut Vec<Diagnostic>,
) -> Option<Story> {
    let dress = |role| wardrobe.dress(slot.style(role));
    let (body, subhead, quote, item) = (
        dress(Role::Body),
        dress(Role::Subhead),
        dress(Role::Quote),
        dress(Role::ListItem),
    );
    let byline = part(article, Role::Byline);
    let mut opening = opening(slot, article, wardrobe, notes);
    let mut drop = dropcap::Maker::new(slot, grid, wardrobe);
    let mut heading: Option<&Words> = None;
    let mut passages = 0;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let last_text = article.blocks.iter().rposition(|block| {
        matches!(block.kind, ArticleBlockKind::Paragraph) && !block.words.is_blank()
    });
    let end = byline.filter(|_| slot.byline == BylinePlace::End);
    let mut broken = false;
    let mut tables: Vec<Draft<'_>> = Vec::new();
    let mut inline = inline.into_iter().peekable();
    let mut figures: Vec<Figure> = Vec::new();
    for (index, block) in article.blocks.iter().enumerate() {
        if let ArticleBlockKind::Table { columns, rows } = &block.kind {
            broken = false;
            paragraphs.extend(heading.take().map(|words| subhead.paragraph(words)));
            tables.push(Draft::new(paragraphs.len(), block, columns, *rows));
        }
        while let Some((_, figure)) = inline.next_if(|(at, _)| *at == index) {
            paragraphs.extend(heading.take().map(|words| subhead.paragraph(words)));
            figures.push(Figure {
                at: paragraphs.len(),
                tables: tables.len(),
                ..figure
            });
        }
        if block.words.is_blank() {
            broken |= matches!(block.kind, ArticleBlockKind::Break);
            continue;
        }
        // A break parts text from text: at the ends, and before a subhead,
        // which parts by itself, there is nothing to part.
        let parts = broken && !paragraphs.is_empty();
        broken = false;
        let parts_itself = matches!(
            block.kind,
            ArticleBlockKind::Subhead
                | ArticleBlockKind::TableTitle
                | ArticleBlockKind::Cell { .. }
                | ArticleBlockKind::Note { .. }
        );
        if parts && !parts_itself {
            paragraphs.push(section_break(&body, &wardrobe.inline.section_break));
        }
        // a run-in heading without a paragraph to run into is a subhead
        if !matches!(block.kind, ArticleBlockKind::Paragraph) {
            paragraphs.extend(heading.take().map(|words| subhead.paragraph(words)));
        }
        if is_other_text(&block.kind) {
            drop.passed();
        }
        match &block.kind {
            ArticleBlockKind::Image(_)
            | ArticleBlockKind::Break
            | ArticleBlockKind::Table { .. }
            | ArticleBlockKind::Note { .. } => {}
            ArticleBlockKind::TableTitle | ArticleBlockKind::Cell { .. } => {
                if let Some(table) = tables.last_mut() {
                    table.add(block);
                }
            }
            ArticleBlockKind::Paragraph => {
                let mut mixed = opening.take().unwrap_or_default();
                let mut signed = vec![brackets(&mixed.0.text)];
                let led = !mixed.0.text.is_empty() || heading.is_some();
                let blank = heading.take().map(|words| shape::run_in(&mut mixed, words));
                let (mut words, mut stretches) = mixed;
                let at = u32::try_from(words.text.len()).unwrap_or(u32::MAX);
                append(&mut words, &mut stretches, block);
                // items of a group bring theirs along
                let of_items = block.inlines.iter().filter(|inline| {
                    matches!(inline.face, InlineFace::Dateline | InlineFace::Byline)
                });
                signed.extend(of_items.map(|inline| moved(&inline.range, at)));
                if let Some(byline) = end.filter(|_| Some(index) == last_text) {
                    signed.push(bracketed(&mut words, byline));
                }
                let paragraph = body.mixed(&words, &stretches);
                drop.first(paragraphs.len(), &paragraph, (&words, &stretches, led));
                let gap = wardrobe.inline.run_in_gap;
                let paragraph = match blank {
                    Some(blank) => shape::widened(paragraph, blank, gap),
                    None => paragraph,
                };
                paragraphs.push(named(paragraph, &signed, slot));
            }
            ArticleBlockKind::RunIn => heading = Some(&block.words),
            ArticleBlockKind::Passage {
                passage, number, ..
            } => {
                if passages > *number {
                    continue;
                }
                passages = number + 1;
                let role = passage::role(*passage);
                let style = (slot.style(role), &dress(role));
                let lines = passage_lines(&article.blocks[index..], *number);
                paragraphs.extend(passage::set(*passage, &lines, style, slot.text.measure()));
            }
            ArticleBlockKind::Subhead => paragraphs.push(subhead.paragraph(&block.words)),
            ArticleBlockKind::Quote => {
                let (mut words, mut stretches) = Default::default();
                append(&mut words, &mut stretches, block);
                paragraphs.push(quote.mixed(&words, &stretches));
            }
            ArticleBlockKind::ListItem {
                mark,
                number,
                depth,
            } => {
                let bullet = &wardrobe.inline.bullet;
                let mark = (mark.as_deref(), *number, *depth);
                let style = (slot.style(Role::ListItem), &item);
                let measure = slot.text.measure();
                paragraphs.push(shape::item(block, mark, bullet, style, measure));
            }
        }
    }
    paragraphs.extend(heading.map(|words| subhead.paragraph(words)));
    shape::whites(&mut paragraphs, &|role| slot.style(role).white);
    // a dateline or a byline without a paragraph to stand in is not lost
    if let Some((words, stretches)) = opening {
        let signed = [brackets(&words.text)];
        let paragraph = body.mixed(&words, &stretches);
        paragraphs.insert(0, named(paragraph, &signed, slot));
        tables.iter_mut().for_each(Draft::below);
        figures.iter_mut().for_each(|figure| figure.at += 1);
    }
    if let Some(byline) = end.filter(|_| last_text.is_none()) {
        let mut words = Words::default();
        let signed = [bracketed(&mut words, byline)];
        paragraphs.push(named(body.paragraph(&words), &signed, slot));
    }
    let mut drop_cap = drop.take(article, notes);
    if let Some(drop_cap) = &mut drop_cap
        && let Some(whole) = paragraphs.get(drop_cap.paragraph)
    {
        names::follow(drop_cap, whole);
    }
    let dressed = (!tables.is_empty()).then(|| Tables::of(slot, wardrobe));
    let tables = tables.into_iter().zip(dressed.iter().cycle());
    let mut story = Story {
        name: article.name.clone(),
        paragraphs,
        tables: tables.map(|(draft, tables)| tables.table(draft)).collect(),
        figures,
        note_rule: None,
        drop_cap,
    };
    note::add(&mut story, &article.blocks, slot, wardrobe);
    let nothing =
        story.paragraphs.is_empty() && story.tables.is_empty() && story.figures.is_empty();
    (!nothing).then_some(story)
}

/// Whether a block is text, but no paragraph of running text: what follows it
/// does not begin the story (P27). A quote may stand above its beginning as a
/// motto (题记).
fn is_other_text(kind: &ArticleBlockKind) -> bool {
    match kind {
        ArticleBlockKind::Passage { .. }
        | ArticleBlockKind::ListItem { .. }
        | ArticleBlockKind::TableTitle
        | ArticleBlockKind::Cell { .. } => true,
        ArticleBlockKind::Paragraph
        | ArticleBlockKind::Quote
        | ArticleBlockKind::RunIn
        | ArticleBlockKind::Subhead
        | ArticleBlockKind::Image(_)
        | ArticleBlockKind::Break
        | ArticleBlockKind::Table { .. }
        | ArticleBlockKind::Note { .. } => false,
    }
}

/// The lines of passage `number` among the blocks, each with whether it begins
/// a stanza.
fn passage_lines(blocks: &[ArticleBlock], number: usize) -> Vec<(&ArticleBlock, bool)> {
    let line = |block| {
        let ArticleBlock { kind, words, .. }: &ArticleBlock = block;
        match kind {
            ArticleBlockKind::Passage {
                number: own,
                stanza,
                ..
            } if *own == number && !words.is_blank() => Some((block, *stanza)),
            _ => None,
        }
    };
    blocks.iter().filter_map(line).collect()
}

/// A section break (P02): one line of the body, blank or with an ornament in
/// its middle.
fn section_break(body: &Dress, ornament: &str) -> Paragraph {
    let mut words = Words::default();
    words.push_str(if ornament.is_empty() {
        "\u{3000}"
    } else {
        ornament
    });
    let paragraph = body.paragraph(&words);
    let style = ParaStyle {
        align: Align::Center,
        indent: Length::ZERO,
        ..ParaStyle::clone(&paragraph.style)
    };
    Paragraph {
        style: Arc::new(style),
        ..paragraph
    }
}

/// Bytes of a text and how they are set apart.
pub(super) type Stretched = (std::ops::Range<u32>, Stretch);

/// 电头, with the byline in brackets after it where the slot says so.
fn opening(
    slot: &Slot,
    article: &Article,
    wardrobe: &Wardrobe<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<Mixed> {
    let dateline = article.dateline.as_ref().filter(|words| !words.is_blank());
    let byline = part(article, Role::Byline).filter(|_| slot.byline == BylinePlace::Dateline);
    if dateline.is_none() && byline.is_none() {
        return None;
    }
    let mut words = Words::default();
    if let Some(dateline) = dateline {
        words.push(dateline);
    }
    if let Some(byline) = byline {
        if words.text.trim_end().ends_with('）') {
            signed_twice(slot, article, byline, notes);
        }
        bracketed(&mut words, byline);
    }
    let end = u32::try_from(words.text.len()).unwrap_or(u32::MAX);
    if wardrobe.inline.dateline_blank {
        words.push_str("\u{3000}");
    }
    Some((words, vec![(0..end, Stretch::Dateline)]))
}

/// N37: the dateline names its reporters, and the byline would be set behind
/// them once more.
fn signed_twice(slot: &Slot, article: &Article, byline: &Words, notes: &mut Vec<Diagnostic>) {
    notes.push(
        Diagnostic::warning(
            "plan/byline-twice",
            "电头里已有署名，后面又排一次",
            "the dateline names its reporters, and the byline follows it",
        )
        .at_opt(byline.span())
        .help(
            "删去 作者，或删去电头里的记者",
            "take out `byline`, or the reporters of the dateline",
        )
        .word("slot", &*slot.name)
        .word("story", &*article.name),
    );
}

/// Adds words in brackets. Returns where they stand.
fn bracketed(words: &mut Words, inner: &Words) -> std::ops::Range<u32> {
    words.push_str("（");
    let range = words.push(inner);
    words.push_str("）");
    range
}

/// What a dateline has in brackets: who reports.
fn brackets(text: &str) -> std::ops::Range<u32> {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = text.find('（').unwrap_or(text.len());
    offset(start)..offset(text.len())
}

fn moved(range: &std::ops::Range<u32>, by: u32) -> std::ops::Range<u32> {
    by.saturating_add(range.start)..by.saturating_add(range.end)
}

/// N37: names of two characters as wide as those of three, where the layout
/// wants them so.
fn named(paragraph: Paragraph, within: &[std::ops::Range<u32>], slot: &Slot) -> Paragraph {
    match slot.style(Role::Byline).even_names {
        true => names::even(paragraph, within),
        false => paragraph,
    }
}

/// Adds a block's words to others, and what is set apart in them.
pub(super) fn append(words: &mut Words, stretches: &mut Vec<Stretched>, block: &ArticleBlock) {
    let at = words.push(&block.words).start;
    stretches.extend(block.inlines.iter().filter_map(|inline| {
        let stretch = match inline.face {
            InlineFace::Strong => Stretch::Strong,
            InlineFace::Emphasis => Stretch::Emphasis,
            InlineFace::Dateline => Stretch::Dateline,
            InlineFace::Byline => return None,
        };
        Some((moved(&inline.range, at), stretch))
    }));
}

/// The finding for a picture that is not there or could not be read.
pub(super) fn unusable(image: &ArticleImage, slot: &Slot, article: &Article) -> Diagnostic {
    Diagnostic::error(
        "plan/image-unusable",
        format!("图片 {} 不能用", image.file),
        format!("the picture {} cannot be used", image.file),
    )
    .at_opt(image.span)
    .help(
        "改图片的路径，或换一张能读的图片",
        "correct the path, or use a readable picture",
    )
    .word("slot", &*slot.name)
    .word("story", &*article.name)
}

/// N43: the artwork of the article's label; without it the text is set.
fn label_art(
    slot: &Slot,
    article: &Article,
    photo: PhotoFinder<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Option<Arc<Photo>> {
    let image = article.label_art.as_ref()?;
    let found = photo(&image.file, image.span);
    notes.extend(found.is_none().then(|| unusable(image, slot, article)));
    found
}

/// 尾题 (N20), then 版尾: the imprint's items on as few lines as hold them. A
/// common picture credit that no picture carries stands here, so that it is
/// not lost.
fn foot(
    slot: &Slot,
    article: &Article,
    credited: bool,
    grid: &Grid,
    wardrobe: &Wardrobe<'_>,
) -> (Vec<Paragraph>, u16) {
    let mut items: Vec<Words> = Vec::new();
    if let Some(credit) = article
        .credit
        .as_ref()
        .filter(|words| !credited && !words.is_blank())
    {
        let mut words = Words::default();
        words.push_str("图片来源：");
        words.push(credit);
        items.push(words);
    }
    items.extend(
        article
            .imprint
            .iter()
            .filter(|words| !words.is_blank())
            .cloned(),
    );
    let end_title = part(article, Role::EndTitle);
    if items.is_empty() && end_title.is_none() {
        return (Vec::new(), 0);
    }
    let style = slot.style(Role::Imprint);
    let room = (grid.width(slot.columns) - slot.padding * 2).whole(style.size) * 2;
    let mut lines: Vec<Words> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if half_ems(&line.text) + 4 + half_ems(&item.text) <= room => {
                line.push_str("\u{3000}\u{3000}");
                line.push(&item);
            }
            _ => lines.push(item),
        }
    }
    let dress = wardrobe.dress(style);
    let title_style = slot.style(Role::EndTitle);
    let turns = end_title.map_or(0, |words| words.text.split('\n').count());
    let height = style.pitch * i64::try_from(lines.len()).unwrap_or(1)
        + title_style.pitch * i64::try_from(turns).unwrap_or(1);
    let foot_lines = u16::try_from(height.cover(grid.pitch) + 1).unwrap_or(u16::MAX);
    let title = wardrobe.dress(title_style);
    let titled = end_title.map(|words| title.paragraph(words));
    let imprint = lines.iter().map(|words| dress.paragraph(words));
    let paragraphs = titled.into_iter().chain(imprint).collect();
    // never the whole slot
    (paragraphs, foot_lines.min(slot.lines / 2).max(1))
}

/// Rough width in half em: Western characters one, all others two.
fn half_ems(text: &str) -> i64 {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
