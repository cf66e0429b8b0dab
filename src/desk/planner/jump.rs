//! 转版: stories that go on in another slot (N38).

use std::borrow::Cow;
use std::sync::Arc;

use super::article::{Article, Words};
use super::dress::Wardrobe;
use super::words;
use crate::base::diag::{Diagnostic, Span};
use crate::desk::issue::{Filling, Issue, IssuePage, Located};
use crate::desk::layout::Slot;
use crate::desk::plan::Jump;
use crate::story::{Align, ParaStyle, Paragraph, Role};

/// A slot of an issue, by the number of its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) page: &'a str,
    pub(super) slot: &'a str,
}

/// A story that goes on: from which slot, into which.
#[derive(Clone, Copy, Debug)]
struct Link<'a> {
    from: Place<'a>,
    to: Place<'a>,
    span: Option<Span>,
}

/// All jumps of an issue.
pub(super) struct Jumps<'a> {
    issue: Option<&'a Issue>,
    links: Vec<Link<'a>>,
}

impl<'a> Jumps<'a> {
    /// No jumps: a page by itself.
    pub(super) fn none() -> Self {
        Self {
            issue: None,
            links: Vec::new(),
        }
    }

    /// Those of an issue. One that leads to nothing or back, or comes second
    /// from its slot, is told and left out: so none goes round in a circle.
    pub(super) fn of(issue: &'a Issue, notes: &mut Vec<Diagnostic>) -> Self {
        let mut jumps = Self {
            issue: Some(issue),
            links: Vec::new(),
        };
        for page in &issue.pages {
            for filling in &page.fillings {
                let Some(continues) = &filling.continues else {
                    continue;
                };
                let link = Link {
                    from: Place {
                        page: &continues.page,
                        slot: &continues.slot,
                    },
                    to: Place {
                        page: &page.number,
                        slot: &filling.slot.text,
                    },
                    span: continues.span,
                };
                match jumps.fault(&link) {
                    Some(note) => notes.push(note),
                    None => jumps.links.push(link),
                }
            }
        }
        jumps
    }

    fn fault(&self, link: &Link<'_>) -> Option<Diagnostic> {
        let (page, slot) = (link.from.page, link.from.slot);
        let note = |code, zh: String, en: String| Diagnostic::fatal(code, zh, en).at_opt(link.span);
        if self.filling(link.from).is_none() {
            let filled = self.filled(page);
            let (zh, en) = match self.page(page) {
                None => (
                    format!("这一期没有第 {page} 版"),
                    format!("the issue has no page {page}"),
                ),
                Some(_) => (
                    format!("第 {page} 版没有填了稿件的版位“{slot}”"),
                    format!("page {page} has no slot `{slot}` with an article"),
                ),
            };
            return Some(note("issue/unknown-jump", zh, en).help(
                format!("写 continues = \"版序/版位\"；有稿件的版位：{filled}"),
                format!("write `continues = \"PAGE/SLOT\"`; slots with an article: {filled}"),
            ));
        }
        if let Some(back) = self.not_later(link) {
            return Some(back.at_opt(link.span));
        }
        let first = self.links.iter().find(|other| other.from == link.from)?;
        let mut second = note(
            "issue/jump-twice",
            format!("第 {page} 版的“{slot}”已经转到第 {} 版", first.to.page),
            format!(
                "slot `{slot}` of page {page} goes on on page {} already",
                first.to.page
            ),
        )
        .help(
            "一篇稿件依次转：这里写前一段所在的版位",
            "a story goes on from one slot to the next: name the slot before this one",
        );
        if let Some(span) = first.span {
            second = second.related(span, "第一次在这里", "first here");
        }
        Some(second)
    }

    /// A jump that leads to its own page or to one before it.
    fn not_later(&self, link: &Link<'_>) -> Option<Diagnostic> {
        let place = |number: &str| {
            let pages = &self.issue?.pages;
            pages.iter().position(|page| page.number == number)
        };
        let (from, to) = (link.from.page, link.to.page);
        if place(from) < place(to) {
            return None;
        }
        let note = Diagnostic::fatal(
            "issue/jump-back",
            format!("第 {to} 版不在第 {from} 版的后面，稿件不能从那里转来"),
            format!("page {to} does not come after page {from}, where the story would jump from"),
        );
        Some(note.help(
            "转版只往后面的版转；同一版里接着排，在版式里写 frames",
            "a story jumps to a later page; within one page give the slot `frames` in the layout",
        ))
    }

    /// What goes into a slot, where it is an article or comes from one.
    fn filling(&self, place: Place<'_>) -> Option<&'a Filling> {
        let page = self.page(place.page)?;
        page.fillings
            .iter()
            .filter(|filling| filling.article.is_some() || filling.continues.is_some())
            .find(|filling| filling.slot.text == place.slot)
    }

    /// The slots with an article that a story could go on from: those of a
    /// page, or of all pages where there is no such page.
    fn filled(&self, page: &str) -> String {
        let pages = self.issue.iter().flat_map(|issue| &issue.pages);
        let known = self.page(page).is_some();
        let mut names = Vec::new();
        for one in pages.filter(|one| !known || one.number == page) {
            let filled = one.fillings.iter().filter(|one| one.article.is_some());
            names.extend(filled.map(|filling| format!("{}/{}", one.number, filling.slot.text)));
        }
        names.join(" ")
    }

    fn page(&self, number: &str) -> Option<&'a IssuePage> {
        let pages = &self.issue?.pages;
        pages.iter().find(|page| page.number == number)
    }

    /// The path of the article that a slot goes on with.
    pub(super) fn root(&self, place: Place<'_>) -> Option<&'a Located> {
        let mut place = place;
        for _ in 0..=self.links.len() {
            let Some(link) = self.links.iter().find(|link| link.to == place) else {
                return self.filling(place)?.article.as_ref();
            };
            place = link.from;
        }
        None
    }

    /// Where a slot's story goes on, and where it comes from, with the lines
    /// that say so.
    pub(super) fn lines(
        &self,
        place: Place<'_>,
        slot: &Slot,
        wardrobe: &Wardrobe<'_>,
    ) -> (Option<Jump>, Option<Jump>) {
        let style = slot.style(Role::Jump);
        let line = |text: &str, other: Place<'_>, align: Option<Align>| {
            let mut words = Words::default();
            words.push_str(&text.replace("{page}", &ordinal(other.page)));
            let paragraph = wardrobe.dress(style).paragraph(&words);
            Jump {
                page: other.page.into(),
                slot: other.slot.into(),
                line: kept(paragraph, align),
            }
        };
        let onward = self.links.iter().find(|link| link.from == place);
        let back = self.links.iter().find(|link| link.to == place);
        (
            onward.map(|link| line(&wardrobe.inline.jump_to, link.to, None)),
            back.map(|link| line(&wardrobe.inline.jump_from, link.from, Some(Align::Start))),
        )
    }
}

/// The line keeps to one line, and to the text behind it.
fn kept(paragraph: Paragraph, align: Option<Align>) -> Paragraph {
    let style = ParaStyle {
        align: align.unwrap_or(paragraph.style.align),
        keep_next: u16::from(align.is_some()),
        ..ParaStyle::clone(&paragraph.style)
    };
    Paragraph {
        style: Arc::new(style),
        ..paragraph
    }
}

/// The copy of a slot that goes on with a story: its short headline alone
/// (N38). The text comes when the slot before is made up.
pub(super) fn article<'a>(filling: &Filling, root: &Article) -> Cow<'a, Article> {
    let own = filling.short_title.as_ref().map(words);
    Cow::Owned(Article {
        name: root.name.clone(),
        title: own.or_else(|| root.title.clone()),
        continued: true,
        ..Article::default()
    })
}

/// A page number as jump lines say it: 四 for `04`, 二、三 for the two of a 跨版,
/// and others as they are.
pub(super) fn ordinal(number: &str) -> String {
    let pages: Vec<String> = number.split('-').map(of_one_page).collect();
    pages.join("、")
}

fn of_one_page(number: &str) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or("");
    match number.parse::<usize>() {
        Ok(n @ 1..=9) => digit(n).to_owned(),
        Ok(n @ 10..=99) => {
            let tens = match n / 10 {
                1 => "",
                tens => digit(tens),
            };
            let ones = match n % 10 {
                0 => "",
                ones => digit(ones),
            };
            format!("{tens}十{ones}")
        }
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn n38_pages_are_counted_in_chinese() {
        let said = ["04", "10", "12", "20", "35", "A01", "100", "00", "02-03"].map(ordinal);
        assert_eq!(
            said,
            [
                "四",
                "十",
                "十二",
                "二十",
                "三十五",
                "A01",
                "100",
                "00",
                "二、三"
            ]
        );
    }
}
