//! Every glyph leads to the copy and back (E15), on a page set by the bundled
//! fonts.

#![allow(clippy::disallowed_methods, reason = "the test reads the sample")]

use std::path::Path;

use banxin::base::diag::{SourceId, Span};
use banxin::base::font::FontBook;
use banxin::base::geom::Point;
use banxin::compose::shape::ShapeCache;
use banxin::desk::layout;
use banxin::desk::manuscript::{self, Format};
use banxin::desk::planner::{Resources, plan_article};
use banxin::makeup::composer::FontComposer;
use banxin::makeup::make_up;
use banxin::page::{Item, Page};
use banxin::press::{convert, fonts};

/// The copy of a sample article and the page that a layout makes of it.
fn set(article: &str, layout: &str) -> (String, Page) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("samples/yunxi/articles").join(article))
        .expect("a sample article");
    let mut book = FontBook::new();
    fonts::add(&mut book, &[], &fonts::bundled());
    let source = SourceId(0);
    let manuscript = manuscript::read(source, &text, Format::Markdown).value;
    let article = convert::article("a.md", manuscript, &str::to_owned);
    let layout = layout::parse("l", SourceId(1), layout::bundled(layout).expect("bundled"))
        .value
        .expect("a layout");
    let resources = Resources {
        face: &|stem| book.find(stem),
        photo: &|_, _| None,
    };
    let plan = plan_article(&article, &layout, resources)
        .value
        .expect("a plan");
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book: &book,
        cache: &cache,
    };
    (text, make_up(&plan, &composer))
}

#[test]
fn e15_from_a_place_to_the_copy_and_back() {
    let (text, page) = set("0101-riverside-walk.md", "broadsheet");
    let mut met = 0;
    for (at, character) in text.char_indices() {
        if !('\u{4E00}'..='\u{9FFF}').contains(&character) {
            continue;
        }
        let span = Span::new(SourceId(0), at, at + character.len_utf8());
        for rect in page.places(span) {
            let middle = Point::new(rect.x + rect.width.half(), rect.y + rect.height.half());
            let hit = page.hit(middle).expect("a character stands there");
            assert_eq!(hit.source, span, "{character} at {at}");
            assert_eq!(hit.text, character.to_string());
            met += 1;
        }
    }
    assert!(met > 1200, "{met} characters of the copy are on the page");
}

#[test]
fn e15_every_glyph_of_the_copy_is_found_where_it_stands() {
    let (text, page) = set("0101-riverside-walk.md", "broadsheet");
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    });
    let mut found = 0;
    for run in runs {
        for glyph in run.glyphs.iter().filter(|glyph| !glyph.text.is_empty()) {
            let Some(span) = glyph.source else { continue };
            let set = &run.text[glyph.text.start as usize..glyph.text.end as usize];
            let typed = &text[span.start as usize..span.end as usize];
            if set.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)) {
                assert_eq!(set, typed);
            }
            assert!(!page.places(span).is_empty());
            found += 1;
        }
    }
    assert!(found > 1500, "{found} glyphs");
    // nothing of the copy stands on the bare margin
    assert!(page.hit(Point::default()).is_none());
}
