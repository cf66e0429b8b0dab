//! A full broadsheet page of ten stories: 8 columns of 13 em, 115 lines, an L
//! among rectangles, every slot filled.

use banxin::base::diag::SourceId;
use banxin::base::font::FontBook;
use banxin::desk::issue;
use banxin::desk::layout;
use banxin::desk::plan::PagePlan;
use banxin::desk::planner::article::{Article, ArticleBlock, ArticleBlockKind, Words};
use banxin::desk::planner::{self, Resources};

use super::copy;

/// Name, column, columns, line, lines, and what else the slot says.
const SLOTS: [(&str, u16, u16, u16, u16, &str); 10] = [
    ("a", 1, 5, 1, 45, "legs = [{ columns = 3, lines = 36 }]"),
    ("b", 1, 3, 38, 36, ""),
    ("c", 4, 2, 47, 27, "frame = \"0.5pt\""),
    ("d", 6, 3, 1, 30, ""),
    ("e", 6, 3, 32, 20, "ending = \"balance\""),
    ("f", 6, 1, 53, 63, ""),
    ("g", 7, 2, 53, 30, "text_columns = 1"),
    ("h", 7, 2, 84, 32, "head = { type = \"左题\" }"),
    ("i", 1, 4, 75, 41, ""),
    ("j", 5, 1, 75, 41, ""),
];

/// The page, planned; and the characters of its copy.
pub(crate) fn plan(book: &FontBook) -> (Vec<PagePlan>, usize) {
    let mut text = String::from("base = [\"house\", \"duikai-grid\"]\n");
    let mut pages = String::from(
        "paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n[[pages]]\nnumber = 1\nlayout = \"ten\"\n",
    );
    for (name, column, columns, line, lines, more) in SLOTS {
        text.push_str(&format!(
            "[[slots]]\nname = \"{name}\"\ncolumn = {column}\ncolumns = {columns}\nline = {line}\nlines = {lines}\n{more}\nstyle.head = {{ size = \"三号\" }}\n"
        ));
        pages.push_str(&format!(
            "[[pages.slots]]\nslot = \"{name}\"\narticle = \"{name}\"\n"
        ));
    }
    let layout = layout::parse("ten", SourceId(0), &text)
        .value
        .expect("a layout");
    let issue = issue::parse(SourceId(0), &pages).value.expect("an issue");
    let mut characters = 0;
    let articles: Vec<(&str, Article)> = SLOTS
        .iter()
        .map(|&(name, _, columns, _, lines, _)| {
            let room = usize::from(columns) * usize::from(lines) * 13 * 85 / 100;
            let paragraphs = copy::texts(room);
            characters += paragraphs
                .iter()
                .map(|text| text.chars().count())
                .sum::<usize>();
            (name, article(name, &paragraphs))
        })
        .collect();
    let resources = Resources {
        face: &|stem| book.find(stem),
        photo: &|_, _| None,
    };
    let planned = planner::plan_issue(
        &issue,
        &|_| Some(&layout),
        &|name| {
            articles
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, article)| article)
        },
        resources,
    );
    (planned.value, characters)
}

fn article(name: &str, paragraphs: &[String]) -> Article {
    let block = |text: &String| ArticleBlock {
        kind: ArticleBlockKind::Paragraph,
        words: Words::new(text, None),
        inlines: Vec::new(),
        span: None,
    };
    Article {
        name: name.into(),
        title: Some(Words::new("云溪新茶上市", None)),
        blocks: paragraphs.iter().map(block).collect(),
        ..Article::default()
    }
}
