//! An issue in memory, and the way from its copy to its file stage by stage.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use banxin::base::bytes::Bytes;
use banxin::base::diag::SourceId;
use banxin::base::font::FontBook;
use banxin::base::photo::Photo;
use banxin::compose::shape::ShapeCache;
use banxin::desk::issue::{self, Issue};
use banxin::desk::layout::{self, Layout};
use banxin::desk::manuscript::{self, Format};
use banxin::desk::plan::PagePlan;
use banxin::desk::planner::article::Article;
use banxin::desk::planner::{self, PhotoFinder, Resources};
use banxin::makeup::{self, composer::FontComposer};
use banxin::page::Page;
use banxin::press::convert;
use banxin::write::pdf::{self, Options};

/// Stands for every source: where a finding points is no part of a figure.
const SOURCE: SourceId = SourceId(0);

/// The files of an issue.
pub(crate) struct Edition {
    issue: Issue,
    articles: BTreeMap<String, Vec<u8>>,
    photos: BTreeMap<String, Bytes>,
}

/// An issue's articles, read, by their names.
pub(crate) type Articles = BTreeMap<String, Article>;
/// An issue's layouts, read, by their names.
pub(crate) type Layouts = BTreeMap<String, Layout>;

/// The folder of the sample issue.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/yunxi")
}

impl Edition {
    /// The sample issue: eight pages.
    pub(crate) fn issue() -> Self {
        Self::of(&sample(), |_| true)
    }

    /// Its feature page alone: some 5,000 characters, two photographs.
    pub(crate) fn feature() -> Self {
        Self::of(&sample(), |layout| layout == "broadsheet-feature")
    }

    /// The issue in `base`, with the pages of some layouts.
    fn of(base: &Path, wanted: impl Fn(&str) -> bool) -> Self {
        let text = String::from_utf8(read(&base.join("issue.toml"))).expect("UTF-8");
        let mut issue = issue::parse(SOURCE, &text).value.expect("an issue");
        issue.pages.retain(|page| wanted(&page.layout.text));
        let articles = (issue.pages.iter().flat_map(|page| &page.fillings))
            .flat_map(|filling| filling.articles())
            .map(|article| (article.text.clone(), read(&base.join(&article.text))))
            .collect();
        let mut edition = Self {
            issue,
            articles,
            photos: BTreeMap::new(),
        };
        // The planner knows which photographs it asks for.
        let asked = RefCell::new(BTreeMap::new());
        let (articles, layouts) = (edition.read(), edition.layouts());
        edition.plan_with(&articles, &layouts, &FontBook::new(), &|file, _| {
            let bytes = Bytes::from(read(&base.join(file)));
            asked.borrow_mut().insert(file.to_owned(), bytes);
            None
        });
        edition.photos = asked.into_inner();
        edition
    }

    /// Characters of the copy, heads included.
    pub(crate) fn characters(&self) -> u64 {
        let texts = self.articles.values();
        texts
            .map(|text| String::from_utf8_lossy(text).chars().count() as u64)
            .sum()
    }

    /// Reads and normalises the articles.
    pub(crate) fn read(&self) -> Articles {
        let article = |(name, bytes): (&String, &Vec<u8>)| {
            let text = manuscript::decode(name, bytes).expect("readable copy");
            let manuscript = manuscript::read(SOURCE, &text, Format::of(name)).value;
            let folder = Path::new(name).parent().unwrap_or(Path::new(""));
            let article = convert::article(name, manuscript, &|file| {
                folder.join(file).display().to_string()
            });
            (name.clone(), article)
        };
        self.articles.iter().map(article).collect()
    }

    /// Parses the layouts, each once.
    pub(crate) fn layouts(&self) -> Layouts {
        let mut layouts = Layouts::new();
        for page in &self.issue.pages {
            let name = &page.layout.text;
            layouts.entry(name.clone()).or_insert_with(|| {
                let text = layout::bundled(name).expect("a bundled layout");
                layout::parse(name, SOURCE, text).value.expect("a layout")
            });
        }
        layouts
    }

    /// Plans the pages, photographs read.
    pub(crate) fn plan(
        &self,
        articles: &Articles,
        layouts: &Layouts,
        book: &FontBook,
    ) -> Vec<PagePlan> {
        self.plan_with(articles, layouts, book, &|file, _| {
            let photo = Photo::read(file, self.photos.get(file)?.clone());
            Some(Arc::new(photo.expect("a photograph")))
        })
    }

    fn plan_with(
        &self,
        articles: &Articles,
        layouts: &Layouts,
        book: &FontBook,
        photo: PhotoFinder<'_>,
    ) -> Vec<PagePlan> {
        let resources = Resources {
            face: &|stem| book.find(stem),
            photo,
        };
        planner::plan_issue(
            &self.issue,
            &|name| layouts.get(name),
            &|name| articles.get(name),
            resources,
        )
        .value
    }

    /// From the copy to finished pages.
    pub(crate) fn set(&self, book: &FontBook, cache: &ShapeCache) -> Vec<Page> {
        let plans = self.plan(&self.read(), &self.layouts(), book);
        make_up(&plans, book, cache)
    }

    /// From the copy to one file a page, all in memory.
    pub(crate) fn build(&self, book: &FontBook, cache: &ShapeCache) -> Vec<Vec<u8>> {
        let pages = self.set(book, cache);
        pages.iter().map(|page| write(page, book)).collect()
    }
}

/// Makes up every page.
pub(crate) fn make_up(plans: &[PagePlan], book: &FontBook, cache: &ShapeCache) -> Vec<Page> {
    let composer = FontComposer { book, cache };
    let pages = plans.iter().map(|plan| makeup::make_up(plan, &composer));
    pages.collect()
}

/// Writes one page as a file of its own.
pub(crate) fn write(page: &Page, book: &FontBook) -> Vec<u8> {
    pdf::write(std::slice::from_ref(page), book, &Options::default()).expect("a PDF")
}

fn read(path: &Path) -> Vec<u8> {
    #![allow(
        clippy::disallowed_methods,
        reason = "the benchmarks read the sample issue"
    )]
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
