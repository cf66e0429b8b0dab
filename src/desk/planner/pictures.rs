//! Pictures of a slot: which photographs go into which place, with their
//! captions and credits (P23, P24, N39).

use std::sync::Arc;

use super::article::{Article, ArticleBlockKind, ArticleImage, Words};
use super::dress::Wardrobe;
use super::slot::unusable;
use crate::base::diag::Diagnostic;
use crate::base::photo::Photo;
use crate::desk::layout::{Picture, Slot};
use crate::desk::plan::PicturePlan;
use crate::desk::planner::PhotoFinder;
use crate::story::{Figure, Paragraph, Photograph, Role};

/// A picture of the copy with its file.
type Found<'a> = (&'a ArticleImage, Arc<Photo>);

/// A place that one picture stands in, or a group of them (组图).
struct Filled<'a> {
    place: &'a Picture,
    pictures: Vec<Found<'a>>,
}

impl Filled<'_> {
    /// Whether a picture joins those that are there.
    fn takes(&self, image: &ArticleImage) -> bool {
        image.group.is_some()
            && self
                .pictures
                .iter()
                .any(|(own, _)| own.group == image.group)
    }
}

/// The pictures of a slot.
pub(super) struct Pictures {
    /// Those with a place of their own.
    pub(super) placed: Vec<PicturePlan>,
    /// Those that travel with the text, each with the block of the article
    /// that it is.
    pub(super) inline: Vec<(usize, Figure)>,
    /// Whether the article's common credit stands under one of them.
    pub(super) credited: bool,
}

/// Pictures fill the slot's places in order; those of a group share one. Where
/// none is left, those inside the text travel with it, if the slot lets them.
pub(super) fn plan(
    slot: &Slot,
    article: &Article,
    wardrobe: &Wardrobe<'_>,
    photo: PhotoFinder<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Pictures {
    let blocks = article.blocks.iter().enumerate();
    let in_text = blocks.filter_map(|(nth, block)| match &block.kind {
        ArticleBlockKind::Image(image) => Some((Some(nth), image)),
        _ => None,
    });
    let in_head = article.images.iter().map(|image| (None, image));
    let mut places = slot.pictures.iter();
    let mut list: Vec<Filled<'_>> = Vec::new();
    let mut travelling: Vec<(usize, [Found<'_>; 1])> = Vec::new();
    for (block, image) in in_head.chain(in_text) {
        let Some(found) = photo(&image.file, image.span) else {
            notes.push(unusable(image, slot, article));
            continue;
        };
        let found = (image, found);
        if let Some(filled) = list.iter_mut().find(|filled| filled.takes(image)) {
            filled.pictures.push(found);
            continue;
        }
        match (places.next(), block, slot.inline_pictures) {
            (Some(place), ..) => list.push(Filled {
                place,
                pictures: vec![found],
            }),
            (None, Some(block), Some(_)) => travelling.push((block, [found])),
            _ => notes.push(without_place(image, slot, article)),
        }
    }
    let common = article.credit.as_ref().filter(|words| !words.is_blank());
    let together = list.iter().map(|filled| filled.pictures.as_slice());
    let alone = travelling.iter().map(|(_, picture)| picture.as_slice());
    let mut credited = false;
    for pictures in together.chain(alone) {
        credited |= pictures.iter().any(|(image, _)| credit(image).is_none()) && common.is_some();
        unsigned(pictures, common, slot, article, notes);
    }
    let planned = list.into_iter().map(|filled| {
        let place = filled.place;
        let source = filled.pictures.first().and_then(|(image, _)| image.span);
        let (mut photos, caption) = photographs(&filled.pictures, common, slot, wardrobe);
        for photo in &mut photos {
            photo.whole |= place.whole;
        }
        PicturePlan {
            name: Arc::clone(&place.name),
            column: place.column,
            columns: place.columns,
            anchor: place.anchor,
            lines: place.lines,
            stretch: place.stretch,
            width: place.width,
            caption_side: place.caption_side,
            caption_gap: place.caption_gap,
            photos,
            caption,
            source,
        }
    });
    let placed = planned.collect();
    let inline = travelling.into_iter().filter_map(|(block, pictures)| {
        let form = slot.inline_pictures?;
        let (mut photos, caption) = photographs(&pictures, common, slot, wardrobe);
        for photo in &mut photos {
            photo.whole |= form.whole;
        }
        let figure = Figure {
            at: 0,
            tables: 0,
            lines: form.lines,
            caption_gap: form.caption_gap,
            photos,
            caption,
            source: pictures.first().and_then(|(image, _)| image.span),
        };
        Some((block, figure))
    });
    Pictures {
        placed,
        inline: inline.collect(),
        credited,
    }
}

fn caption(image: &ArticleImage) -> Option<&Words> {
    image.caption.as_ref().filter(|words| !words.is_blank())
}

fn credit(image: &ArticleImage) -> Option<&Words> {
    image.credit.as_ref().filter(|words| !words.is_blank())
}

/// How the captions of a place are shared out.
struct Shared<'a> {
    /// The caption of all its pictures.
    caption: Option<&'a Words>,
    /// The credit of all of them.
    credit: Option<&'a Words>,
    /// Whether each picture has a caption of its own.
    captions: bool,
    /// Whether each has a credit of its own.
    credits: bool,
}

impl<'a> Shared<'a> {
    /// One caption is that of all pictures, several are of one each; likewise
    /// of credits that differ.
    fn of(pictures: &[Found<'a>], common: Option<&'a Words>) -> Self {
        let mut captions = pictures.iter().filter_map(|(image, _)| caption(image));
        let first = captions.next();
        let several = captions.next().is_some();
        let credits = || {
            pictures
                .iter()
                .filter_map(|(image, _)| credit(image).or(common))
        };
        let same = credits().next();
        let differ = same.is_some_and(|same| credits().any(|other| other.text != same.text));
        Self {
            caption: first.filter(|_| !several),
            credit: same.filter(|_| !differ),
            captions: several,
            credits: differ,
        }
    }
}

/// The photographs of a place and what stands below all of them.
fn photographs(
    pictures: &[Found<'_>],
    common: Option<&Words>,
    slot: &Slot,
    wardrobe: &Wardrobe<'_>,
) -> (Vec<Photograph>, Vec<Paragraph>) {
    let paragraph = |words: &Words, role| wardrobe.dress(slot.style(role)).paragraph(words);
    let texts = |caption: Option<&Words>, credit: Option<&Words>| {
        let caption = caption.map(|words| paragraph(words, Role::Caption));
        let credit = credit.map(|words| paragraph(words, Role::Credit));
        caption.into_iter().chain(credit).collect::<Vec<_>>()
    };
    let shared = Shared::of(pictures, common);
    let photos = pictures.iter().map(|(image, photo)| {
        let own = caption(image).filter(|_| shared.captions);
        let credit = credit(image).or(common).filter(|_| shared.credits);
        let alt = own.or(shared.caption);
        Photograph {
            photo: Arc::clone(photo),
            whole: image.whole,
            focus: image.focus,
            part: image.part,
            caption: texts(own, credit),
            alt: alt.map_or_else(|| "".into(), |words| words.text.as_str().into()),
        }
    });
    (photos.collect(), texts(shared.caption, shared.credit))
}

/// The finding for a picture that the slot has no place for.
fn without_place(image: &ArticleImage, slot: &Slot, article: &Article) -> Diagnostic {
    Diagnostic::error(
        "plan/image-without-slot",
        format!(
            "版位“{}”没有给图片 {} 的位置，图片和说明不会印出",
            slot.name, image.file
        ),
        format!(
            "slot `{}` has no place left for the picture {}: neither it nor its caption is printed",
            slot.name, image.file
        ),
    )
    .at_opt(image.span)
    .help(
        "在版式的这个版位加 pictures，文中的图也可写 inline_pictures；或删去图片",
        "add to the slot's `pictures`, or `inline_pictures` for those in the text, or take the picture out",
    )
    .word("slot", &*slot.name)
    .word("story", &*article.name)
}

/// P24: a picture has a caption. N39: and a credit. A group may share them;
/// what an advertiser sends has neither.
fn unsigned(
    pictures: &[Found<'_>],
    common: Option<&Words>,
    slot: &Slot,
    article: &Article,
    notes: &mut Vec<Diagnostic>,
) {
    if slot.ad {
        return;
    }
    let shared = Shared::of(pictures, common);
    let mut warn = |image: &ArticleImage, code, zh: &str, en: &str, help: (&str, &str)| {
        notes.push(
            Diagnostic::warning(
                code,
                format!("图片 {} {zh}", image.file),
                format!("the picture {} has no {en}", image.file),
            )
            .at_opt(image.span)
            .help(help.0, help.1)
            .word("slot", &*slot.name)
            .word("story", &*article.name),
        );
    };
    for (image, _) in pictures {
        if shared.caption.is_none() && caption(image).is_none() {
            warn(
                image,
                "plan/caption-missing",
                "没有说明",
                "caption",
                ("加上 说明: …", "add `caption: …`"),
            );
        }
        if shared.credit.is_none() && credit(image).or(common).is_none() {
            warn(
                image,
                "plan/credit-missing",
                "没有来源",
                "credit",
                ("加上 来源: …", "add `credit: …`"),
            );
        }
    }
}
