//! 凑版 as a table: of each slot what its copy was estimated at, what came of
//! it when it was set, and what was done.

use std::sync::Arc;

use serde::Serialize;

use crate::base::diag::{Diagnostic, Fact, Lang};
use crate::desk::estimate::{Estimate, Shares, page_words};
use crate::desk::plan::PagePlan;
use crate::page::{Grid, Item, Page};
use crate::press::setting::Setting;

/// The slots of a page with what their copy was estimated at.
#[derive(Clone, Debug)]
pub(super) struct PageEstimate {
    number: Arc<str>,
    slots: Vec<(Arc<str>, Arc<str>, Estimate)>,
}

impl PageEstimate {
    pub(super) fn of(plan: &PagePlan) -> Self {
        let slots = plan.slots.iter().map(|slot| {
            let estimate = Estimate::of(slot, &plan.grid);
            (slot.name.clone(), slot.story_name(), estimate)
        });
        Self {
            number: plan.number.clone(),
            slots: slots.collect(),
        }
    }
}

/// A page, its words, and its slots.
#[derive(Clone, Debug, Serialize)]
pub struct Fitted {
    /// 版序.
    pub page: String,
    /// 版面字数 (E01): what the page is paid and counted as, in characters over
    /// the whole width of the type area, column gaps included.
    pub words: i64,
    /// 版容 (N10): characters that the base columns hold, without the gaps.
    pub capacity: i64,
    /// Its slots, in reading order.
    pub slots: Vec<FittedSlot>,
}

/// What became of a slot.
#[derive(Clone, Debug, Serialize)]
pub struct FittedSlot {
    /// Its name.
    pub slot: String,
    /// The story in it.
    pub story: String,
    /// Grid lines of all its text columns.
    pub room: usize,
    /// Lines that its copy was estimated at (E02).
    pub estimate: usize,
    /// 过版: lines too many.
    pub over: i64,
    /// Characters of them.
    pub over_chars: i64,
    /// 欠版: lines too few.
    pub under: i64,
    /// What was done, and what would help, in the language asked for.
    pub told: Vec<String>,
    #[serde(skip)]
    notes: Vec<Diagnostic>,
}

/// The table of a setting, in Chinese; see [`Fitted::in_lang`].
pub(super) fn of(setting: &Setting) -> Vec<Fitted> {
    let pages = setting.pages.iter().map(|(_, page)| page);
    pages
        .zip(&setting.estimates)
        .map(|(page, estimates)| fitted(page, estimates))
        .collect()
}

fn fitted(page: &Page, estimates: &PageEstimate) -> Fitted {
    let slots = estimates.slots.iter().map(|(slot, story, estimate)| {
        let told = [
            "makeup/closed",
            "makeup/grown",
            "makeup/overset",
            "makeup/underset",
        ];
        let notes = page
            .findings
            .iter()
            .filter(|note| told.contains(&note.code));
        let of_slot = |note: &&Diagnostic| word(note, "slot") == Some(slot);
        let notes: Vec<Diagnostic> = notes.filter(of_slot).cloned().collect();
        let count = |code: &str, fact: &str| {
            let notes = notes.iter().filter(|note| note.code == code);
            notes.filter_map(|note| number(note, fact)).sum()
        };
        FittedSlot {
            slot: slot.to_string(),
            story: story.to_string(),
            room: estimate.room,
            estimate: estimate.taken(),
            over: count("makeup/overset", "lines"),
            over_chars: count("makeup/overset", "chars"),
            under: count("makeup/underset", "lines"),
            told: Vec::new(),
            notes,
        }
    });
    Fitted {
        page: estimates.number.to_string(),
        words: words(page),
        capacity: page.grid.capacity(),
        slots: slots.collect(),
    }
}

/// Characters of one line over the whole type area, gaps included (E01).
fn chars(grid: &Grid) -> i64 {
    grid.width(grid.columns).whole(grid.size)
}

/// E01: all pictures count as news photographs, for the copy does not tell
/// which only adorn.
fn words(page: &Page) -> i64 {
    let grid = &page.grid;
    let area = grid.area();
    let photos: i64 = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Photo(photo) => Some(photo.rect),
            _ => None,
        })
        .map(|rect| {
            rect.width
                .scale(1000, area.width.raw())
                .scale(rect.height.raw(), area.height.raw())
                .raw()
        })
        .sum();
    let shares = Shares {
        photos: photos.clamp(0, 1000),
        ornaments: 0,
    };
    (page_words(chars(grid), grid.lines.into(), shares) + 5) / 10
}

fn word<'n>(note: &'n Diagnostic, name: &str) -> Option<&'n str> {
    note.facts.iter().find_map(|(known, fact)| match fact {
        Fact::Word(word) if *known == name => Some(word.as_str()),
        _ => None,
    })
}

fn number(note: &Diagnostic, name: &str) -> Option<i64> {
    note.facts.iter().find_map(|(known, fact)| match fact {
        Fact::Number(number) if *known == name => Some(*number),
        _ => None,
    })
}

impl Fitted {
    /// The same with what is told in a language.
    #[must_use]
    pub fn in_lang(mut self, lang: Lang) -> Self {
        for slot in &mut self.slots {
            slot.told = slot.notes.iter().map(|note| told(note, lang)).collect();
        }
        self
    }

    /// The page as lines of text: its words, then a line a slot.
    pub fn to_text(&self, lang: Lang) -> String {
        let Self {
            page,
            words,
            capacity,
            ..
        } = self;
        let mut text = match lang {
            Lang::Zh => format!("第 {page} 版　版面字数 {words}，版容 {capacity}\n"),
            Lang::En => format!("page {page}: {words} words, capacity {capacity}\n"),
        };
        for slot in &self.slots {
            text.push_str(&slot.to_text(lang));
        }
        text
    }
}

impl FittedSlot {
    fn to_text(&self, lang: Lang) -> String {
        let Self {
            slot,
            story,
            room,
            estimate,
            over,
            over_chars,
            under,
            ..
        } = self;
        let state = match (lang, *over > 0, *under > 0) {
            (Lang::Zh, true, _) => format!("过版 {over} 行 {over_chars} 字"),
            (Lang::Zh, _, true) => format!("欠版 {under} 行"),
            (Lang::Zh, ..) => "排满".to_owned(),
            (Lang::En, true, _) => format!("overset by {over} lines, {over_chars} characters"),
            (Lang::En, _, true) => format!("underset by {under} lines"),
            (Lang::En, ..) => "full".to_owned(),
        };
        let mut text = match lang {
            Lang::Zh => format!("  {slot}　{story}　容 {room} 行，估 {estimate} 行　{state}\n"),
            Lang::En => {
                format!("  {slot}  {story}  room {room}, estimate {estimate} lines: {state}\n")
            }
        };
        for told in &self.told {
            text.push_str(&format!("    {told}\n"));
        }
        text
    }
}

/// What was done as it is told; of what is open what would help.
fn told(note: &Diagnostic, lang: Lang) -> String {
    let open = matches!(note.code, "makeup/overset" | "makeup/underset");
    match &note.help {
        Some(help) if open => help.get(lang).to_owned(),
        _ => note.message.get(lang).to_owned(),
    }
}
