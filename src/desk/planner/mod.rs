//! 画版: layout + issue + articles → page plans.
//!
//! Everything is resolved here: faces become ids, styles become paragraph
//! styles, slots get their stories and pictures. What does not fit the plan
//! (a picture without a slot, a slot without copy) is a note, never silence.

pub mod article;
mod blank;
mod dress;
mod dropcap;
mod fields;
mod figures;
mod fillers;
mod furniture;
mod group;
mod jump;
mod names;
mod note;
mod order;
mod passage;
mod pictures;
mod shape;
mod slot;
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Noted, Span};
use crate::base::font::FaceId;
use crate::base::photo::Photo;
use crate::desk::form::{allowed_words, nearest};
use crate::desk::issue::{Filler, Filling, Issue, IssueImage, IssuePage, Located, Notice};
use crate::desk::layout::{BUNDLED, Layout, Slot};
use crate::desk::plan::PagePlan;
use crate::desk::rules::PageRules;

pub use blank::plan_blank;

use article::{Article, ArticleBlock, ArticleBlockKind, ArticleImage, Words};
use dress::Wardrobe;
use furniture::Values;
use jump::{Jumps, Place};

/// Finds the picture of a path that is named at a place.
pub type PhotoFinder<'a> = &'a dyn Fn(&str, Option<Span>) -> Option<Arc<Photo>>;

/// Where the planner gets faces and pictures from.
#[derive(Clone, Copy)]
pub struct Resources<'a> {
    /// The face of a font file stem.
    pub face: &'a dyn Fn(&str) -> Option<FaceId>,
    /// The picture of a path, as articles and issue name it, and the place
    /// that names it. `None` where it cannot be read; the reader says why.
    pub photo: PhotoFinder<'a>,
}

/// Plans every page of an issue. A page whose layout is missing is left out
/// with a fatal note and does not stop the others.
///
/// `layouts` and `articles` answer to the names written in the issue.
pub fn plan_issue<'a>(
    issue: &Issue,
    layouts: &dyn Fn(&str) -> Option<&'a Layout>,
    articles: &dyn Fn(&str) -> Option<&'a Article>,
    resources: Resources<'_>,
) -> Noted<Vec<PagePlan>> {
    let mut notes = Vec::new();
    let mut pages = Vec::new();
    let mut masthead = false;
    let mut laid_out = Vec::new();
    let mut turn = 0;
    let jumps = Jumps::of(issue, &mut notes);
    for page in &issue.pages {
        let Some(layout) = layouts(&page.layout.text) else {
            notes.push(unknown_layout(&page.layout));
            continue;
        };
        masthead |= layout.masthead;
        laid_out.push((page, layout));
        let fillings = fillings(issue, page, layout, (articles, &jumps), &mut notes);
        empty_slots(page, layout, &fillings, &mut notes);
        let values = Values::of_issue(issue, page);
        let copy = PageCopy {
            number: page.number.as_str().into(),
            span: page.span,
            title: page_title(issue, page),
            stem: page_stem(issue, page),
            values,
            fillings,
            fillers: &issue.fillers,
            turn,
        };
        turn += copy.fillings.len();
        pages.push(plan_page(&copy, layout, &jumps, resources, &mut notes));
    }
    if masthead {
        notes.extend(issue.imprint_notes());
    }
    fields::check(issue, &laid_out, &mut notes);
    fillers::check(issue, &laid_out, &mut notes);
    order::check(&laid_out, &mut notes);
    Noted {
        value: pages,
        notes: once(notes),
    }
}

/// Plans one page for one article: it goes into the layout's main slot, and
/// furniture that needs an issue is left out.
///
/// `value` is `None` where the layout has no slot at all.
pub fn plan_article(
    article: &Article,
    layout: &Layout,
    resources: Resources<'_>,
) -> Noted<Option<PagePlan>> {
    let mut notes = Vec::new();
    let Some(slot) = layout.main_slot() else {
        notes.push(
            Diagnostic::fatal(
                "plan/no-slot",
                format!("版式 {} 没有版位", layout.name),
                format!("the layout {} has no slot", layout.name),
            )
            .help("在版式里加 [[slots]]", "add `[[slots]]` to the layout"),
        );
        return Noted { value: None, notes };
    };
    order::ad_label(slot, None, article, &mut notes);
    let title = article
        .title
        .as_ref()
        .map_or_else(|| article.name.to_string(), |t| t.text.clone());
    let copy = PageCopy {
        number: "01".into(),
        span: None,
        title: title.replace('\n', " "),
        stem: file_stem(&article.name),
        values: Values::default(),
        fillings: vec![(slot, Cow::Borrowed(article))],
        fillers: &[],
        turn: 0,
    };
    let mut plan = plan_page(&copy, layout, &Jumps::none(), resources, &mut notes);
    if layout.slots.len() > 1 {
        // the other slots are left empty on purpose
        plan.rules = PageRules {
            cut: None,
            lead: None,
            feet: None,
            white: None,
            ..plan.rules
        };
    }
    Noted {
        value: Some(plan),
        notes: once(notes),
    }
}

/// What goes onto one page.
struct PageCopy<'a> {
    number: Arc<str>,
    /// Where the issue has it.
    span: Option<Span>,
    title: String,
    stem: String,
    values: Values,
    /// In reading order.
    fillings: Vec<(&'a Slot, Cow<'a, Article>)>,
    /// Art for the feet of its stories.
    fillers: &'a [Filler],
    /// Slots filled on the pages before.
    turn: usize,
}

fn plan_page(
    copy: &PageCopy<'_>,
    layout: &Layout,
    jumps: &Jumps<'_>,
    resources: Resources<'_>,
    notes: &mut Vec<Diagnostic>,
) -> PagePlan {
    let wardrobe = Wardrobe::new(layout, resources.face, notes);
    let filled: Vec<&str> = copy.fillings.iter().map(|(slot, _)| &*slot.name).collect();
    let mut furniture = furniture::plan(layout, &copy.values, &filled, &wardrobe);
    let stock = fillers::stock(copy.fillers, layout, resources.photo, notes);
    let mut slots = Vec::new();
    for (slot, article) in &copy.fillings {
        let mut planned = slot::plan(
            slot,
            article,
            &layout.grid,
            &wardrobe,
            resources.photo,
            layout.fitting,
            notes,
        );
        let place = Place {
            page: &copy.number,
            slot: &slot.name,
        };
        planned.fillers = fillers::of_slot(&stock, slot, copy.turn + slots.len());
        (planned.onward, planned.back) = jumps.lines(place, slot, &wardrobe);
        furniture.extend(slot::foot_rule(&planned, &layout.grid));
        slots.push(planned);
    }
    PagePlan {
        number: copy.number.clone(),
        title: copy.title.clone(),
        stem: copy.stem.clone(),
        trim: layout.trim,
        bleed: layout.bleed,
        grid: layout.grid,
        furniture,
        slots,
        column_rule: layout.column_rule,
        rules: layout.rules,
        span: copy.span,
    }
}

fn page_title(issue: &Issue, page: &IssuePage) -> String {
    let mut title = format!(
        "{} {} 第{}版",
        issue.paper,
        issue.date.chinese(),
        page.number
    );
    if !page.section.is_empty() {
        title.push(' ');
        title.push_str(&page.section);
    }
    title
}

/// The stem of a page's files, by the pattern of the issue: code, date and
/// number (N22).
pub fn page_stem(issue: &Issue, page: &IssuePage) -> String {
    (issue.file_name).stem(&issue.code, &issue.date.compact(), &page.number)
}

/// The stem of a path, in characters that any file system takes.
fn file_stem(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    };
    let safe = |c: char| {
        if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') {
            c
        } else {
            '_'
        }
    };
    let stem: String = stem.chars().take(60).map(safe).collect();
    if stem.is_empty() {
        "page".to_owned()
    } else {
        stem
    }
}

/// The finding for a layout that is neither bundled nor a readable file.
pub fn unknown_layout(layout: &Located) -> Diagnostic {
    let name = &layout.text;
    let known: Vec<&str> = BUNDLED.iter().map(|(name, _)| *name).collect();
    let note = Diagnostic::fatal(
        "issue/unknown-layout",
        format!("没有可用的版式“{name}”"),
        format!("there is no usable layout `{name}`"),
    )
    .at_opt(layout.span)
    .word("layout", name.as_str());
    let help = allowed_words(name, &known);
    note.help(
        format!("{}；或写版式文件的路径，以 .toml 结尾", help.0),
        format!(
            "{}; or the path of a layout file that ends in .toml",
            help.1
        ),
    )
}

/// Finds the article of a path.
type Articles<'f, 'a> = &'f dyn Fn(&str) -> Option<&'a Article>;

/// The slots of a page with their copy, in reading order.
fn fillings<'a>(
    issue: &Issue,
    page: &IssuePage,
    layout: &'a Layout,
    (articles, jumps): (Articles<'_, 'a>, &Jumps<'_>),
    notes: &mut Vec<Diagnostic>,
) -> Vec<(&'a Slot, Cow<'a, Article>)> {
    let names: Vec<&str> = layout.slots.iter().map(|slot| &*slot.name).collect();
    let known = |filling: &&Filling| names.contains(&filling.slot.text.as_str());
    for filling in page.fillings.iter().filter(|filling| !known(filling)) {
        let name = &filling.slot.text;
        let (zh, en) = allowed_words(name, &names);
        notes.push(
            Diagnostic::fatal(
                "issue/unknown-slot",
                format!("版式 {} 没有版位“{name}”", layout.name),
                format!("the layout {} has no slot `{name}`", layout.name),
            )
            .at_opt(filling.slot.span)
            .help(zh, en),
        );
    }
    let mut list = Vec::new();
    for slot in &layout.slots {
        let Some(filling) = page
            .fillings
            .iter()
            .find(|filling| filling.slot.text == *slot.name)
        else {
            continue;
        };
        let mut read = |path: &Located| {
            let article = articles(&path.text);
            notes.extend(article.is_none().then(|| unusable(path, slot)));
            let mut article = Cow::Borrowed(article?);
            if article.is_local_to(&issue.city) {
                article.to_mut().made_local();
            }
            Some(article)
        };
        if let Some(group) = &filling.group {
            let items: Vec<Cow<'_, Article>> = group.articles.iter().filter_map(read).collect();
            if items.is_empty() {
                continue;
            }
            let mut gathered = group::gather(group, &items, slot, notes);
            gathered.lead |= filling.lead;
            gathered.images.extend(filling.images.iter().map(of_image));
            gathered.label_art = label_art(issue, &gathered);
            order::ad_label(slot, Some(filling), &gathered, notes);
            list.push((slot, Cow::Owned(gathered)));
            continue;
        }
        let mut article = match (&filling.article, &filling.notice) {
            (Some(path), _) => match read(path) {
                Some(article) => article,
                None => continue,
            },
            (None, Some(notice)) => Cow::Owned(of_notice(notice, slot)),
            (None, None) if filling.continues.is_some() => {
                let place = Place {
                    page: &page.number,
                    slot: &slot.name,
                };
                // what is wrong with a jump or its article is said already
                let root = jumps.root(place).and_then(|path| articles(&path.text));
                match root {
                    Some(root) => jump::article(filling, root),
                    None => continue,
                }
            }
            (None, None) => Cow::Owned(Article {
                name: slot.name.clone(),
                ..Article::default()
            }),
        };
        if filling.lead && !article.lead {
            article.to_mut().lead = true;
        }
        if let Some(art) = label_art(issue, &article) {
            article.to_mut().label_art = Some(art);
        }
        if !filling.images.is_empty() {
            article
                .to_mut()
                .images
                .extend(filling.images.iter().map(of_image));
        }
        order::ad_label(slot, Some(filling), &article, notes);
        list.push((slot, article));
    }
    list
}

/// N43: the artwork that the issue has for an article's label.
fn label_art(issue: &Issue, article: &Article) -> Option<ArticleImage> {
    let label = article.label.as_ref()?;
    let bare = |text: &str| text.trim().trim_matches(['【', '】']).to_owned();
    let own = bare(&label.text);
    let (_, file) = issue.labels.iter().find(|(name, _)| bare(name) == own)?;
    Some(ArticleImage {
        file: file.text.clone(),
        span: file.span,
        whole: true,
        ..ArticleImage::default()
    })
}

/// The finding for an article that is not there or could not be read.
fn unusable(path: &Located, slot: &Slot) -> Diagnostic {
    Diagnostic::error(
        "issue/article-missing",
        format!("没有可用的稿件 {}", path.text),
        format!("there is no usable article {}", path.text),
    )
    .at_opt(path.span)
    .help(
        "改 article 的路径，或修好稿件",
        "correct the path, or mend the article",
    )
    .word("slot", &*slot.name)
}

fn words(located: &Located) -> Words {
    // the span covers the quotes of the TOML string as well
    let inner = located.span.map(|span| {
        let quoted = (span.end - span.start) as usize == located.text.len() + 2;
        if quoted {
            Span {
                start: span.start + 1,
                end: span.end - 1,
                ..span
            }
        } else {
            span
        }
    });
    Words::new(located.text.as_str(), inner)
}

fn of_image(image: &IssueImage) -> ArticleImage {
    ArticleImage {
        file: image.file.text.clone(),
        span: image.file.span,
        caption: image.caption.as_ref().map(words),
        credit: image.credit.as_ref().map(words),
        whole: image.whole,
        focus: image.focus,
        part: image.part,
        group: image.group.clone(),
    }
}

fn of_notice(notice: &Notice, slot: &Slot) -> Article {
    let blocks = notice
        .text
        .text
        .split("\n\n")
        .map(|text| text.trim_matches('\n'))
        .filter(|text| !text.trim().is_empty())
        .map(|text| ArticleBlock {
            kind: ArticleBlockKind::Paragraph,
            words: Words::new(text, notice.text.span),
            inlines: Vec::new(),
            span: notice.text.span,
        })
        .collect();
    Article {
        name: slot.name.clone(),
        label: notice.label.as_ref().map(words),
        title: notice.title.as_ref().map(words),
        blocks,
        ..Article::default()
    }
}

fn empty_slots(
    page: &IssuePage,
    layout: &Layout,
    fillings: &[(&Slot, Cow<'_, Article>)],
    notes: &mut Vec<Diagnostic>,
) {
    let asked: Vec<&str> = page
        .fillings
        .iter()
        .map(|filling| filling.slot.text.as_str())
        .collect();
    for slot in &layout.slots {
        let filled = fillings.iter().any(|(other, _)| other.name == slot.name);
        if filled || asked.contains(&&*slot.name) {
            continue;
        }
        let misspelt = asked
            .iter()
            .any(|name| nearest(name, &[&slot.name]).is_some());
        let mut note = Diagnostic::warning(
            "plan/slot-empty",
            format!("第{}版的版位“{}”是空的", page.number, slot.name),
            format!("slot `{}` of page {} is empty", slot.name, page.number),
        )
        .at_opt(page.span)
        .word("page", page.number.as_str())
        .word("slot", &*slot.name);
        if !misspelt {
            note = note.help(
                format!("加 [[pages.slots]] slot = \"{}\"", slot.name),
                format!("add `[[pages.slots]]` with `slot = \"{}\"`", slot.name),
            );
        }
        notes.push(note);
    }
}

/// Pages share layouts: what was said once is not said again.
fn once(notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut list: Vec<Diagnostic> = Vec::new();
    for note in notes {
        if !list.contains(&note) {
            list.push(note);
        }
    }
    list
}

#[cfg(test)]
mod tests;
