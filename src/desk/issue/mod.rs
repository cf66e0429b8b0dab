//! 期: an issue, read from TOML: dates, numbers, pages, and what goes where.

mod filename;
mod template;
pub mod text;

pub use filename::FileName;
pub use template::new_issue_template;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::colour::InkLimit;
use crate::base::diag::{Diagnostic, Noted, Severity, SourceId, Span};
use crate::base::photo::{Focus, Part};
use crate::desk::date::Date;
use crate::desk::focus::CropText;
use crate::desk::form::{self, Fault, Kind, Leaf, Notes, OneOf, Placed};
use crate::desk::kind::Matter;

use text::{FillerText, FillingText, ImageText, IssueText, Label, PageText, PrintText};

/// A text with its place in the issue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Option<Span>,
}

/// An issue, checked as far as it can be without its layouts.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The issue file.
    pub source: SourceId,
    /// Name of the paper.
    pub paper: String,
    /// Its code in file names.
    pub code: String,
    /// What the files of its pages are called (N22).
    pub file_name: FileName,
    /// Date.
    pub date: Date,
    /// Number of the issue, or empty.
    pub issue_number: String,
    /// 总期号, or empty.
    pub total_number: String,
    /// The paper's own city, or empty (N36).
    pub city: String,
    /// Artwork of column labels by their text: paths, as written (N43).
    pub labels: Vec<(String, Located)>,
    /// Texts for the furniture, by name.
    pub fields: Vec<(String, Located)>,
    /// Folder with fonts of the paper's own, as written.
    pub fonts: Option<Located>,
    /// What the pages are printed on and with.
    pub print: Print,
    /// Art for the feet of stories (N45).
    pub fillers: Vec<Filler>,
    /// The pages, in order.
    pub pages: Vec<IssuePage>,
}

/// 印刷条件: what the pages are printed on and with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// The printer's ICC profile: a path, as written.
    pub icc: Option<Located>,
    /// Registered name of the printing condition (X13).
    pub condition: Option<Located>,
    /// Printer's marks around the pages (N16–N20).
    pub marks: bool,
    /// Whether these have fold marks at half the height (N18); `None` where
    /// the size of the page tells.
    pub fold: Option<bool>,
    /// The most ink on one place in a photograph (C11).
    pub ink_limit: Option<InkLimit>,
    /// Inks of their own may be on the pages (G15).
    pub spots: bool,
    /// The most pixels an inch that a picture keeps on its page.
    pub downsample: Option<u16>,
}

/// 补白, 报花: art that fills the foot of a story (N45).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filler {
    /// Path, as written.
    pub file: Located,
    /// Grid lines it takes.
    pub lines: u16,
}

/// One page of an issue.
#[derive(Clone, Debug)]
pub struct IssuePage {
    /// 版序 as printed, at least two digits: `01`, `A01`.
    pub number: String,
    /// Section, or empty.
    pub section: String,
    /// Name or path of the layout.
    pub layout: Located,
    /// Texts for this page's furniture.
    pub fields: Vec<(String, Located)>,
    /// What goes into the slots, in the order written.
    pub fillings: Vec<Filling>,
    /// Where the issue file has it.
    pub span: Option<Span>,
}

/// What goes into one slot.
#[derive(Clone, Debug)]
pub struct Filling {
    /// Name of the slot.
    pub slot: Located,
    /// Path of the article, as written.
    pub article: Option<Located>,
    /// Several short articles under one headline.
    pub group: Option<Group>,
    /// Pictures of the issue's own.
    pub images: Vec<IssueImage>,
    /// A text of the issue's own: label, headline, text.
    pub notice: Option<Notice>,
    /// Whether it is an advertisement.
    pub ad: bool,
    /// The slot whose story goes on here (N38).
    pub continues: Option<Continues>,
    /// The short headline of such a story.
    pub short_title: Option<Located>,
    /// Whether it is the lead of the page (N35).
    pub lead: bool,
}

impl Filling {
    /// Paths of every article that goes into the slot, in order.
    pub fn articles(&self) -> impl Iterator<Item = &Located> {
        let items = self.group.iter().flat_map(|group| &group.articles);
        self.article.iter().chain(items)
    }
}

/// A slot whose story goes on in another one (N38).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continues {
    /// 版序 of its page.
    pub page: String,
    /// Its name.
    pub slot: String,
    /// Where the issue says so.
    pub span: Option<Span>,
}

/// 专栏, 集纳: several short articles under one headline (N43).
#[derive(Clone, Debug)]
pub struct Group {
    /// Label.
    pub label: Option<Located>,
    /// Headline.
    pub title: Option<Located>,
    /// Paths of the articles, as written, in order.
    pub articles: Vec<Located>,
}

/// A short text written in the issue file.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Label: 广告.
    pub label: Option<Located>,
    /// Headline.
    pub title: Option<Located>,
    /// The text; a blank line ends a paragraph.
    pub text: Located,
}

/// A picture named by the issue file.
#[derive(Clone, Debug)]
pub struct IssueImage {
    /// Path, as written.
    pub file: Located,
    /// Caption.
    pub caption: Option<Located>,
    /// Credit.
    pub credit: Option<Located>,
    /// Whether all of it must show.
    pub whole: bool,
    /// The part of it that may show (P23).
    pub part: Part,
    /// The point that cropping keeps near the middle.
    pub focus: Focus,
    /// The name that pictures of one place share.
    pub group: Option<String>,
}

/// Names of the fixed imprint items (N14) with their Chinese names. The date
/// and the number of pages are always there.
pub const IMPRINT: [(&str, &str); 10] = [
    ("paper", "报名"),
    ("total_number", "总期号"),
    ("cn", "国内统一连续出版物号"),
    ("supervisor", "主管单位"),
    ("sponsor", "主办单位"),
    ("publisher", "出版单位"),
    ("address", "地址"),
    ("printer", "印刷单位"),
    ("post_code", "邮发代号"),
    ("price", "定价"),
];

impl IssuePage {
    /// The pages it is: two for a 跨版, `02-03` (N19).
    pub fn covers(&self) -> impl Iterator<Item = &str> {
        self.number.split('-')
    }
}

impl Issue {
    /// The issue's text of a name, or an empty one.
    pub fn field(&self, name: &str) -> &str {
        match name {
            "total_number" => &self.total_number,
            "issue_number" => &self.issue_number,
            "paper" => &self.paper,
            _ => self
                .fields
                .iter()
                .find(|(key, _)| key == name)
                .map_or("", |(_, text)| &text.text),
        }
    }

    /// N14: an error for each fixed imprint item that is empty. For issues
    /// with a masthead page.
    pub fn imprint_notes(&self) -> Vec<Diagnostic> {
        IMPRINT
            .iter()
            .filter(|(name, _)| self.field(name).trim().is_empty())
            .map(|(name, chinese)| {
                let place = match *name {
                    "paper" | "total_number" => format!("{name} = \"…\""),
                    name => format!("[fields] {name} = \"…\""),
                };
                Diagnostic::error(
                    "issue/imprint-missing",
                    format!("报头缺少{chinese}（{name}）"),
                    format!("the masthead lacks `{name}`"),
                )
                .at(Span::new(self.source, 0, 0))
                .help(
                    format!("在 issue.toml 里写 {place}"),
                    format!("write `{place}` in issue.toml"),
                )
                .word("field", *name)
            })
            .collect()
    }
}

/// Reads an issue. `value` is `None` where a note of severity fatal says why;
/// all mistakes of the file are in `notes`.
pub fn parse(source: SourceId, text: &str) -> Noted<Option<Issue>> {
    let mut notes = Notes::new(Kind::Issue, source);
    let form: IssueText = form::read(text, &mut notes);
    if notes.failed_to_parse {
        return Noted {
            value: None,
            notes: notes.list,
        };
    }
    if let Some(note) = is_layout(source, text, &form) {
        return Noted {
            value: None,
            notes: vec![note],
        };
    }
    let issue = issue(&form, &mut notes);
    let mut list = notes.list;
    list.sort_by_key(|note| note.span.map_or(u32::MAX, |span| span.start));
    let failed = list.iter().any(|note| note.severity == Severity::Fatal);
    Noted {
        value: issue.filter(|_| !failed),
        notes: list,
    }
}

/// The finding for a layout that is given as an issue.
fn is_layout(source: SourceId, text: &str, form: &IssueText) -> Option<Diagnostic> {
    let heading = |name: &str| {
        let mut lines = text.lines();
        form.pages.is_empty() && lines.any(|line| line.trim_end() == name)
    };
    let name = ["[grid]", "[sheet]", "[[slots]]"]
        .into_iter()
        .find(|name| heading(name))?;
    let at = text.find(name).unwrap_or(0);
    Some(
        Diagnostic::fatal(
            "issue/is-layout",
            "这是版式文件，不是期文件",
            "this is a layout, not an issue",
        )
        .at(Span::new(source, at, at + name.len()))
        .help(
            "给出一篇稿件，版式用 --layout：banxin build 稿件.md --layout 这个文件 -o out",
            "give an article, and the layout with `--layout`: \
             `banxin build article.md --layout THIS-FILE -o out`",
        ),
    )
}

fn issue(form: &IssueText, notes: &mut Notes) -> Option<Issue> {
    let paper = notes.need(&form.paper, "paper", None);
    let code = notes.need(&form.code, "code", None);
    let code = code.filter(|code| plain(code, "code", form.code.span().as_ref(), notes));
    let file_name = FileName::read(&form.file_name, notes);
    let date = notes.need(&form.date, "date", None);
    let issue_number = label(&form.issue_number, notes);
    let total_number = label(&form.total_number, notes);
    let city = notes.take(&form.city).unwrap_or_default();
    let artwork = |(name, leaf): (&String, &Leaf<String>)| {
        let name = name.trim().to_owned();
        Some((name, located(leaf, notes)?))
    };
    let labels = form.labels.iter().filter_map(artwork).collect();
    let fields = fields(&form.fields, notes);
    let fonts = located(&form.fonts, notes);
    let print = print(&form.print, notes);
    let art = form.fillers.iter();
    let fillers = art.filter_map(|placed| filler(placed, notes)).collect();
    if form.pages.is_empty() {
        notes.fatal(
            Fault::Missing,
            None,
            ("一个版也没有".into(), "the issue has no page".into()),
            Some(("加上 [[pages]]".into(), "add `[[pages]]`".into())),
        );
    }
    let mut pages: Vec<IssuePage> = Vec::new();
    for placed in &form.pages {
        let Some(page) = page(placed, notes) else {
            continue;
        };
        if let Some(first) = pages.iter().find(|other| other.number == page.number) {
            let (number, first) = (page.number.clone(), first.span);
            let note = Diagnostic::fatal(
                notes.kind.code(Fault::Duplicate),
                format!("版序 {number} 重复"),
                format!("page {number} is there twice"),
            );
            let range = placed.value.number.span();
            repeated(
                note.help("改版序", "change the number"),
                range.as_ref(),
                first,
                notes,
            );
        }
        pages.push(page);
    }
    articles_once(&pages, notes);
    let (code, date) = (code?, date?);
    let stems: Vec<String> = (pages.iter())
        .map(|page| file_name.stem(&code, &date.compact(), &page.number))
        .collect();
    let named_before = |nth: &usize| {
        let before = pages.iter().zip(&stems).take(*nth);
        let mut others = before.filter(|(page, _)| page.number != pages[*nth].number);
        others.any(|(_, stem)| *stem == stems[*nth])
    };
    if let Some(nth) = (0..stems.len()).find(named_before) {
        let name = &stems[nth];
        let (zh, en) = (
            format!("两版的文件都叫 {name}，会互相覆盖"),
            format!("two pages would both be called {name}"),
        );
        let help = (
            "在 file_name 里加上 {section} 或 {page}".into(),
            "add `{section}` or `{page}` to `file_name`".into(),
        );
        let place = form.file_name.span();
        notes.fatal(Fault::Duplicate, place.as_ref(), (zh, en), Some(help));
    }
    Some(Issue {
        source: notes.source,
        paper: paper?,
        code,
        file_name,
        date,
        issue_number,
        total_number,
        city,
        labels,
        fields,
        fonts,
        print,
        fillers,
        pages,
    })
}

fn repeated(
    note: Diagnostic,
    range: Option<&Range<usize>>,
    first: Option<Span>,
    notes: &mut Notes,
) {
    let note = note.at_opt(range.map(|range| notes.span(range)));
    notes.list.push(match first {
        Some(first) => note.related(first, "第一次在这里", "first here"),
        None => note,
    });
}

/// Words that become parts of file names are plain.
fn plain(text: &str, key: &str, range: Option<&Range<usize>>, notes: &mut Notes) -> bool {
    let good = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    if !good {
        notes.fatal(
            Fault::WrongValue,
            range,
            (
                format!("{key} 只能用拉丁字母和数字，最多 32 个"),
                format!("`{key}` takes Latin letters and digits only, at most 32"),
            ),
            Some((
                format!("如 {key} = \"A1\""),
                format!("such as `{key} = \"A1\"`"),
            )),
        );
    }
    good
}

/// 印刷条件.
fn print(text: &PrintText, notes: &mut Notes) -> Print {
    let limit = notes.take(&text.ink_limit);
    let ink_limit = limit.and_then(|percent| {
        let limit = u16::try_from(percent).ok().and_then(InkLimit::percent);
        if limit.is_none() {
            notes.fatal(
                Fault::OutOfRange,
                text.ink_limit.span().as_ref(),
                (
                    format!("ink_limit 是 {percent}，应在 100 到 400 之间"),
                    format!("`ink_limit` is {percent}; it takes 100 to 400"),
                ),
                Some((
                    "新闻纸写 ink_limit = 220".into(),
                    "for newsprint write `ink_limit = 220`".into(),
                )),
            );
        }
        limit
    });
    Print {
        icc: located(&text.icc, notes),
        condition: located(&text.condition, notes),
        marks: notes.take(&text.marks).unwrap_or(false),
        fold: notes.take(&text.fold),
        ink_limit,
        spots: notes.take(&text.spots).unwrap_or(false),
        downsample: downsample(&text.downsample, notes),
    }
}

/// 图片分辨率上限. Below 150 the preflight would warn of every picture (G21).
fn downsample(leaf: &Leaf<i64>, notes: &mut Notes) -> Option<u16> {
    let ppi = notes.take(leaf)?;
    let within = u16::try_from(ppi)
        .ok()
        .filter(|ppi| (150..=2400).contains(ppi));
    if within.is_none() {
        notes.fatal(
            Fault::OutOfRange,
            leaf.span().as_ref(),
            (
                format!("downsample 是 {ppi}，应在 150 到 2400 之间"),
                format!("`downsample` is {ppi}; it takes 150 to 2400"),
            ),
            Some((
                "新闻纸写 downsample = 300；不缩小就不写".into(),
                "for newsprint write `downsample = 300`; leave it out to reduce nothing".into(),
            )),
        );
    }
    within
}

fn label(leaf: &Leaf<Label>, notes: &mut Notes) -> String {
    notes.take(leaf).unwrap_or_default().0
}

fn fields(map: &BTreeMap<String, Leaf<Label>>, notes: &mut Notes) -> Vec<(String, Located)> {
    map.iter()
        .map(|(name, leaf)| {
            let text = label(leaf, notes);
            let span = leaf.span().map(|range| notes.span(&range));
            (name.clone(), Located { text, span })
        })
        .collect()
}

fn located(leaf: &Leaf<String>, notes: &mut Notes) -> Option<Located> {
    let text = notes.take(leaf)?;
    let span = leaf.span().map(|range| notes.span(&range));
    Some(Located { text, span })
}

fn page(placed: &Placed<PageText>, notes: &mut Notes) -> Option<IssuePage> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    let number = notes.need(&text.number, "number", table);
    let number = number.map(|number| two_digits(number.0)).filter(|number| {
        let span = text.number.span();
        // 跨版: two pages in one
        match number.split_once('-') {
            Some(pair) => {
                let plain = [pair.0, pair.1]
                    .iter()
                    .all(|one| plain(one, "number", span.as_ref(), notes));
                plain && follows(pair, span.as_ref(), notes)
            }
            None => plain(number, "number", span.as_ref(), notes),
        }
    });
    let section = notes.take(&text.section).unwrap_or_default();
    if text.layout.is_missing() {
        notes.need(&text.layout, "layout", table);
    }
    let layout = located(&text.layout, notes);
    let fields = fields(&text.fields, notes);
    let mut fillings: Vec<Filling> = Vec::new();
    for placed in &text.slots {
        let Some(filling) = filling(placed, notes) else {
            continue;
        };
        if let Some(first) = fillings
            .iter()
            .find(|other| other.slot.text == filling.slot.text)
        {
            let name = &filling.slot.text;
            let note = Diagnostic::fatal(
                notes.kind.code(Fault::Duplicate),
                format!("版位“{name}”在本版用了两次"),
                format!("slot `{name}` is filled twice on this page"),
            )
            .help("换一个版位或删去一个", "take another slot or remove one");
            let first = first.slot.span;
            repeated(note, placed.value.slot.span().as_ref(), first, notes);
        }
        fillings.push(filling);
    }
    let span = table.map(|range| notes.span(range));
    Some(IssuePage {
        number: number?,
        section,
        layout: layout?,
        fields,
        fillings,
        span,
    })
}

/// N19: the second page of a 跨版 comes right behind the first.
fn follows((left, right): (&str, &str), place: Option<&Range<usize>>, notes: &mut Notes) -> bool {
    let parts = |number: &str| {
        let digits = number.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = number.split_at(digits);
        Some((letters.to_owned(), digits.parse::<u32>().ok()?))
    };
    if let (Some((one, from)), Some((two, to))) = (parts(left), parts(right))
        && one == two
        && from.checked_add(1) == Some(to)
    {
        return true;
    }
    notes.fatal(
        Fault::WrongValue,
        place,
        (
            format!("{left}-{right} 不是相连的两版，不能作跨版"),
            format!("{left}-{right} are not two pages that follow each other: no spread"),
        ),
        Some((
            "跨版写相连的两版，如 02-03".into(),
            "a spread is two pages in a row, such as 02-03".into(),
        )),
    );
    false
}

/// 版序 of two digits; of a 跨版 both (N19).
fn two_digits(number: String) -> String {
    let pages = number.split('-').map(|page| match page.len() {
        1 => format!("0{page}"),
        _ => page.to_owned(),
    });
    pages.collect::<Vec<_>>().join("-")
}

/// `PAGE/SLOT`.
fn continues(leaf: &Leaf<String>, notes: &mut Notes) -> Option<Continues> {
    let written = located(leaf, notes)?;
    let Some((page, slot)) = written.text.split_once('/') else {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                format!("continues 写的是“{}”，应为“版序/版位”", written.text),
                format!("`continues` is `{}`; it takes PAGE/SLOT", written.text),
            ),
            Some((
                "如 continues = \"01/lead\"".into(),
                "such as `continues = \"01/lead\"`".into(),
            )),
        );
        return None;
    };
    Some(Continues {
        page: two_digits(page.trim().to_owned()),
        slot: slot.trim().to_owned(),
        span: written.span,
    })
}

fn filling(placed: &Placed<FillingText>, notes: &mut Notes) -> Option<Filling> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    if text.slot.is_missing() {
        notes.need(&text.slot, "slot", table);
    }
    let slot = located(&text.slot, notes);
    let article = located(&text.article, notes);
    let images: Vec<IssueImage> = text
        .images
        .iter()
        .filter_map(|image| self::image(image, notes))
        .collect();
    let (label, title) = (located(&text.label, notes), located(&text.title, notes));
    let words = located(&text.text, notes);
    if article.is_some() && words.is_some() {
        notes.fatal(
            Fault::WrongValue,
            text.text.span().as_ref(),
            (
                "article 与 text 只能有一个".into(),
                "`article` and `text` exclude each other".into(),
            ),
            Some(("删去其中一个".into(), "remove one of them".into())),
        );
    }
    let continues = continues(&text.continues, notes);
    let jumps = !text.continues.is_missing();
    if jumps && let Some(other) = article.as_ref().or(words.as_ref()) {
        let note = Diagnostic::fatal(
            notes.kind.code(Fault::WrongValue),
            "continues 不与 article、text 同用：内容来自前面的版位",
            "`continues` goes without `article` and `text`: the copy comes from the slot before",
        )
        .at_opt(other.span)
        .help("删去其中一个", "remove one of them");
        notes.list.push(note);
    }
    let short_title = title.clone().filter(|_| jumps);
    let title = title.filter(|_| !jumps);
    let articles: Vec<Located> = notes
        .take(&text.articles)
        .unwrap_or_default()
        .into_iter()
        .map(|at| Located {
            span: Some(notes.span(&at.range)),
            text: at.value,
        })
        .collect();
    let grouped = !articles.is_empty();
    if grouped && (article.is_some() || words.is_some() || jumps) {
        notes.fatal(
            Fault::WrongValue,
            text.articles.span().as_ref(),
            (
                "articles 与 article、text、continues 只能有一个".into(),
                "`articles` excludes `article`, `text` and `continues`".into(),
            ),
            Some(("只留一个".into(), "keep one of them".into())),
        );
    }
    let ad = notes.take(&text.kind) == Some(OneOf(Matter::Ad));
    let nothing = text.article.is_missing()
        && !grouped
        && !jumps
        && text.text.is_missing()
        && text.images.is_empty();
    if nothing {
        notes.fatal(
            Fault::Missing,
            table,
            ("版位没有内容".into(), "nothing goes into the slot".into()),
            Some((
                "写 article = \"articles/….md\"、images 或 text".into(),
                "write `article = \"articles/….md\"`, `images` or `text`".into(),
            )),
        );
    }
    // an advertisement of pictures has its label here too
    let pictured = ad && article.is_none() && !grouped && !images.is_empty();
    if words.is_none()
        && !pictured
        && !grouped
        && let Some(extra) = label.as_ref().or(title.as_ref())
    {
        let note = Diagnostic::fatal(
            notes.kind.code(Fault::WrongValue),
            "label 与 title 只与 text 或 articles 同用",
            "`label` and `title` go with `text` or `articles` only",
        )
        .at_opt(extra.span)
        .help(
            "稿件的栏目和标题写在稿件里",
            "label and headline of an article stand in the article",
        );
        notes.list.push(note);
    }
    let words = words.or_else(|| {
        pictured.then(|| Located {
            text: String::new(),
            span: None,
        })
    });
    let group = grouped.then(|| Group {
        label: label.clone(),
        title: title.clone(),
        articles,
    });
    let notice = words.map(|text| Notice { label, title, text });
    Some(Filling {
        slot: slot?,
        article,
        group,
        images,
        notice,
        ad,
        continues,
        short_title,
        lead: notes.take(&text.lead).unwrap_or(false),
    })
}

/// The highest piece of art that is still a filler, in grid lines.
const HIGHEST_FILLER: i64 = 40;

fn filler(placed: &Placed<FillerText>, notes: &mut Notes) -> Option<Filler> {
    let text = &placed.value;
    let table = placed.range.as_ref();
    if text.file.is_missing() {
        notes.need(&text.file, "file", table);
    }
    if text.lines.is_missing() {
        notes.need(&text.lines, "lines", table);
    }
    let file = located(&text.file, notes);
    let lines = notes.count(&text.lines, "lines", 1..=HIGHEST_FILLER);
    Some(Filler {
        file: file?,
        lines: lines?,
    })
}

fn image(placed: &Placed<ImageText>, notes: &mut Notes) -> Option<IssueImage> {
    let text = &placed.value;
    if text.file.is_missing() {
        notes.need(&text.file, "file", placed.range.as_ref());
    }
    let (file, caption) = (located(&text.file, notes), located(&text.caption, notes));
    let credit = located(&text.credit, notes);
    let crop = notes.take(&text.crop);
    let part = match crop {
        Some(CropText::Part(part)) => part,
        _ => Part::WHOLE,
    };
    let focus = notes.take(&text.focus).map(|focus| focus.0);
    Some(IssueImage {
        file: file?,
        caption,
        credit,
        whole: crop == Some(CropText::May(false)),
        part,
        group: notes.take(&text.group),
        focus: focus.unwrap_or_else(|| part.middle()),
    })
}

/// An article stands once in an issue.
fn articles_once(pages: &[IssuePage], notes: &mut Notes) {
    let mut seen: BTreeMap<&str, Option<Span>> = BTreeMap::new();
    for article in pages
        .iter()
        .flat_map(|page| &page.fillings)
        .flat_map(Filling::articles)
    {
        let path = article.text.trim_start_matches("./");
        if let Some(first) = seen.get(path) {
            let mut note = Diagnostic::error(
                "issue/article-twice",
                format!("稿件 {path} 用了两次"),
                format!("the article {path} is used twice"),
            )
            .at_opt(article.span)
            .help("换一篇或删去一处", "take another one or remove one use");
            if let Some(first) = first {
                note = note.related(*first, "第一次在这里", "first here");
            }
            notes.list.push(note);
        } else {
            seen.insert(path, article.span);
        }
    }
}

#[cfg(test)]
mod tests;
