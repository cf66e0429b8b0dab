//! Pages are the same however many threads set them (E17): what shaping
//! remembers is shared by all, and what one thread has left there must not
//! change what another sets.

use std::sync::LazyLock;
use std::thread;

use banxin::base::diag::{Lang, SourceId, Sources};
use banxin::compose::shape::ShapeCache;
use banxin::desk::layout::{self, BUNDLED, Layout};
use banxin::desk::planner::article::{Article, ArticleBlock, ArticleBlockKind, Words};
use banxin::desk::planner::{Resources, plan_article};
use banxin::makeup::composer::FontComposer;
use banxin::makeup::make_up;
use banxin::page::Page;
use banxin::press::Press;
use banxin::write::dump::dump;
use banxin::write::pdf;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq};
use proptest::proptest;
use proptest::sample::select;

/// Articles of one case, paragraphs of one article: together with the cases
/// they make 10,000 paragraphs.
const ARTICLES: usize = 5;
const PARAGRAPHS: usize = 20;
const CASES: u32 = 100;

static PRESS: LazyLock<Press> = LazyLock::new(|| Press::open(&[]).0);
static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let (_, text) = BUNDLED[0];
    layout::parse("bundled", SourceId(0), text)
        .value
        .expect("a bundled layout is one")
});

/// Paragraphs of common and of rare characters, so that threads contend for
/// the same slots and drive each other's characters out of them.
fn paragraph() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "云溪",
            "大桥",
            "，",
            "。",
            "“甲”",
            "（乙）",
            "——",
            "……",
            "·",
            "《丙》",
            "2026年",
            "GDP",
            "It’s",
            "5%",
            "①",
            "～",
            "㐀",
            "𫖯",
            "〇",
            "ā",
            "Ω",
            "℃",
            "e\u{301}",
            "！？",
        ][..],
    );
    let rare = proptest::char::range('\u{4E00}', '\u{9FA5}').prop_map(String::from);
    let part = proptest::prop_oneof![3 => piece.prop_map(str::to_owned), 2 => rare];
    vec(part, 1..40).prop_map(|parts| parts.concat())
}

fn article(paragraphs: &[String]) -> Article {
    let block = |text: &String| ArticleBlock {
        kind: ArticleBlockKind::Paragraph,
        words: Words::new(text, None),
        inlines: Vec::new(),
        span: None,
    };
    Article {
        name: "threads.md".into(),
        title: Some(Words::new("三十二公里步道昨日全线贯通", None)),
        blocks: paragraphs.iter().map(block).collect(),
        ..Article::default()
    }
}

fn page(paragraphs: &[String], cache: &ShapeCache) -> Page {
    let book = PRESS.fonts();
    let resources = Resources {
        face: &|stem| book.find(stem),
        photo: &|_, _| None,
    };
    let plan = plan_article(&article(paragraphs), &LAYOUT, resources);
    let plan = plan.value.expect("the bundled layout takes any copy");
    make_up(&plan, &FontComposer { book, cache })
}

fn seen(page: &Page) -> String {
    let pages = std::slice::from_ref(page);
    dump(pages, &[], &Sources::default(), Lang::En).to_string()
}

fn bytes(page: &Page) -> Vec<u8> {
    let options = pdf::Options::default();
    pdf::write(std::slice::from_ref(page), PRESS.fonts(), &options).expect("a page is written")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn e17_pages_are_the_same_on_one_thread_and_many(
        articles in vec(vec(paragraph(), PARAGRAPHS), ARTICLES),
    ) {
        let alone: Vec<String> = articles
            .iter()
            .map(|article| seen(&page(article, &ShapeCache::new())))
            .collect();
        let shared = ShapeCache::new();
        let together: Vec<String> = thread::scope(|scope| {
            let threads: Vec<_> = articles
                .iter()
                .map(|article| scope.spawn(|| seen(&page(article, &shared))))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("a thread sets its page"))
                .collect()
        });
        prop_assert_eq!(alone, together);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn e17_files_are_the_same_from_one_thread_and_many(
        paragraphs in vec(paragraph(), PARAGRAPHS),
    ) {
        let one = bytes(&page(&paragraphs, &ShapeCache::new()));
        let shared = ShapeCache::new();
        let many: Vec<Vec<u8>> = thread::scope(|scope| {
            let threads: Vec<_> = (0..3)
                .map(|_| scope.spawn(|| bytes(&page(&paragraphs, &shared))))
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("a thread writes its page"))
                .collect()
        });
        prop_assert!(many.iter().all(|bytes| *bytes == one));
    }
}
