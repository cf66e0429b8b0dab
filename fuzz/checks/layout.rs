//! Any text is a layout that pages can be made up by, or a refusal with its
//! place.

use std::sync::{Arc, LazyLock};

use banxin::base::diag::{Severity, SourceId};
use banxin::base::photo::Photo;
use banxin::compose::shape::ShapeCache;
use banxin::desk::layout::{self, Layout};
use banxin::desk::planner::article::{
    Article, ArticleBlock, ArticleBlockKind, ArticleImage, Words,
};
use banxin::desk::planner::{Resources, plan_article};
use banxin::makeup::composer::FontComposer;
use banxin::makeup::make_up;
use banxin::page::Page;
use banxin::press::Press;
use banxin::story::Role;

static PHOTO: &[u8] = include_bytes!("../../samples/yunxi/photos/cat.jpg");

/// What every run shares: the fonts, what shaping remembers, the copy.
struct House {
    press: Press,
    cache: ShapeCache,
    article: Article,
    photo: Option<Arc<Photo>>,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| House {
    press: Press::open(&[]).0,
    cache: ShapeCache::new(),
    article: article(),
    photo: Photo::read("cat.jpg", PHOTO.to_vec().into())
        .ok()
        .map(Arc::new),
});

/// Reads a layout and, where it is one, makes up a page by it.
///
/// # Panics
///
/// Where a layout is refused without a note that has a place, where a note
/// points outside the text, and where the page loses or repeats a character
/// of the copy.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(layout) = check_reading(&text) {
        check_page(&layout);
    }
}

/// The first half of [`check`].
pub(crate) fn check_reading(text: &str) -> Option<Layout> {
    let read = layout::parse("fuzz", SourceId(0), text);
    for note in &read.notes {
        if let Some(span) = note.span {
            let place = text.get(span.start as usize..span.end as usize);
            assert!(place.is_some(), "{note:?}");
        }
    }
    if read.value.is_none() {
        let mut fatal = read
            .notes
            .iter()
            .filter(|note| note.severity == Severity::Fatal);
        assert!(
            fatal.any(|note| note.span.is_some()),
            "refused without a place"
        );
    }
    read.value
}

fn check_page(layout: &Layout) {
    let house = &*HOUSE;
    let book = house.press.fonts();
    let planned = plan_article(
        &house.article,
        layout,
        Resources {
            face: &|stem| book.find(stem),
            photo: &|_, _| house.photo.clone(),
        },
    );
    let Some(plan) = planned.value else {
        assert!(!planned.notes.is_empty(), "no page and no word why");
        return;
    };
    let page = make_up(
        &plan,
        &FontComposer {
            book,
            cache: &house.cache,
        },
    );
    let (set, lost) = text_of(&page);
    let copy: String = house
        .article
        .blocks
        .iter()
        .map(|block| bare(&block.words.text))
        .collect();
    assert!(copy.starts_with(&set), "not the head of the copy: {set}");
    assert_eq!(set.chars().count() + lost, copy.chars().count());
    assert!(
        lost == 0
            || page
                .findings
                .iter()
                .any(|note| note.code == "makeup/overset")
    );
}

/// The text of the page's story, and how many characters found no room.
fn text_of(page: &Page) -> (String, usize) {
    let story = |role| matches!(role, Role::Body | Role::Subhead);
    let frames = page.frames.iter().filter(|frame| story(frame.role));
    let lines = frames.flat_map(|frame| &frame.lines);
    let overset = page
        .overset
        .iter()
        .filter(|overset| story(overset.frame.role));
    (
        lines.map(|line| bare(&line.text)).collect(),
        overset.map(|overset| overset.chars).sum(),
    )
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Two headline parts, two pictures and eight paragraphs under two subheads.
fn article() -> Article {
    let words = |text: &str| Some(Words::new(text, None));
    let paragraph = "昨天清晨，云溪上的第七座桥（长约120米）拆去围挡。“我等这座桥等了十一年。”\
        老人说，“从前去对岸，要绕4 200米；今天我数了——三百八十六步……”";
    let block = |kind, text: &str| ArticleBlock {
        kind,
        words: Words::new(text, None),
        inlines: Vec::new(),
        span: None,
    };
    let mut blocks = Vec::new();
    for number in 0..8 {
        if number % 4 == 2 {
            blocks.push(block(ArticleBlockKind::Subhead, "灯为什么这么矮"));
        }
        blocks.push(block(ArticleBlockKind::Paragraph, paragraph));
    }
    let image = ArticleImage {
        file: "cat.jpg".to_owned(),
        span: None,
        caption: words("通车第一天，桥上的猫。"),
        credit: words("资料图片"),
        ..ArticleImage::default()
    };
    Article {
        name: "fuzz.md".into(),
        label: words("民生"),
        title: words("三十二公里步道昨日全线贯通"),
        deck: words("沿线新增六座人行桥"),
        images: vec![image.clone(), image],
        blocks,
        ..Article::default()
    }
}
