//! A hundred stories between 15 % too short and 15 % too long for their slots,
//! set as they are and with room made for them (E04): `docs/quality.md`.
//!
//! `cargo run --release --example copyfit` prints how many closed, by which
//! action, and what stayed open.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads its files and prints its table"
)]

#[path = "../quality/prose.rs"]
mod prose;

use std::path::Path;
use std::sync::Arc;

use banxin::base::bytes::Bytes;
use banxin::base::diag::{Diagnostic, Fact, SourceId};
use banxin::base::font::FontBook;
use banxin::base::photo::Photo;
use banxin::compose::shape::ShapeCache;
use banxin::desk::estimate::Estimate;
use banxin::desk::layout::{self, Layout};
use banxin::desk::manuscript::{self, Format};
use banxin::desk::plan::PagePlan;
use banxin::desk::planner::{self, Resources};
use banxin::makeup::{self, composer::FontComposer};
use banxin::press::{convert, fonts};

/// Stories.
const STORIES: u64 = 100;
/// The bundled layouts whose main slots they fill in turn.
const LAYOUTS: [&str; 3] = ["tabloid", "broadsheet", "broadsheet-inside"];

/// What became of the stories.
#[derive(Default)]
struct Count {
    closed: usize,
    over: usize,
    over_lines: i64,
    under: usize,
    under_lines: i64,
    squeezed: usize,
    head_less: usize,
    pictures_less: usize,
    grown: usize,
    pitched: usize,
    most_head: i64,
    most_pictures: i64,
}

fn main() {
    let mut book = FontBook::new();
    let notes = fonts::add(&mut book, &[], &fonts::bundled());
    assert!(!book.is_empty(), "{notes:?}");
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book: &book,
        cache: &cache,
    };
    let photo = photo();
    let layouts = LAYOUTS.map(|name| {
        let text = layout::bundled(name).expect("a bundled layout");
        layout::parse(name, SourceId(0), text)
            .value
            .expect("a layout")
    });
    let mut counts = [Count::default(), Count::default(), Count::default()];
    for seed in 0..STORIES {
        let layout = &layouts[usize::try_from(seed % 3).unwrap_or(0)];
        // −15 % … +15 % in equal steps
        let wanted = 850 + 300 * seed / (STORIES - 1);
        let plan = story(seed, layout, wanted, &book, &photo);
        let ways = [(false, 0), (true, 0), (true, 5)];
        for (count, (auto, line_gap)) in counts.iter_mut().zip(ways) {
            let mut plan = plan.clone();
            for slot in &mut plan.slots {
                slot.fitting.auto = auto;
                slot.fitting.line_gap = line_gap;
            }
            count.add(&makeup::make_up(&plan, &composer).findings);
        }
    }
    println!("| | as it is | made to fit | with the line pitch |\n|---|---|---|---|");
    let [plain, fitted, pitched] = &counts;
    let row = |what: &str, value: fn(&Count) -> String| {
        let [plain, fitted, pitched] = [plain, fitted, pitched].map(value);
        println!("| {what} | {plain} | {fitted} | {pitched} |");
    };
    row("closed", |count| count.closed.to_string());
    row("overset (lines)", |count| {
        format!("{} ({})", count.over, count.over_lines)
    });
    row("underset (lines)", |count| {
        format!("{} ({})", count.under, count.under_lines)
    });
    row("head, pictures, subheads enlarged", |count| {
        count.grown.to_string()
    });
    row("paragraphs squeezed", |count| count.squeezed.to_string());
    row("headline block less (most lines)", |count| {
        format!("{} ({})", count.head_less, count.most_head)
    });
    row("line pitch changed", |count| count.pitched.to_string());
    row("pictures less (most lines in all)", |count| {
        format!("{} ({})", count.pictures_less, count.most_pictures)
    });
}

/// A story of so many thousandths of what its slot holds, planned.
fn story(seed: u64, layout: &Layout, wanted: u64, book: &FontBook, photo: &Arc<Photo>) -> PagePlan {
    let planned = |paragraphs: &[String]| {
        let body = paragraphs.join("\n\n");
        let text = format!(
            "---\n引题: 两岸接上了\n主题: 步道昨日全线贯通\n副题: 沿线新增六座人行桥\n图片:\n  - 文件: a.jpg\n    说明: 步道一景\n    来源: 某某 摄\n---\n{body}\n"
        );
        let manuscript = manuscript::read(SourceId(0), &text, Format::Markdown).value;
        let article = convert::article("a.md", manuscript, &str::to_owned);
        {
            let resources = Resources {
                face: &|stem| book.find(stem),
                photo: &|_, _| Some(Arc::clone(photo)),
            };
            planner::plan_article(&article, layout, resources)
                .value
                .expect("a plan")
        }
    };
    // as many paragraphs as the estimate asks for, the last cut to measure
    let prose = prose::generate(seed, 12_000);
    let paragraphs: Vec<String> = prose
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let enough = |plan: &PagePlan| {
        let slot = &plan.slots[0];
        let estimate = Estimate::of(slot, &plan.grid);
        let text = estimate.room - estimate.head - estimate.pictures;
        estimate.text as u64 * 1000 >= text as u64 * wanted
    };
    let count = (1..paragraphs.len())
        .find(|&count| enough(&planned(&paragraphs[..count])))
        .unwrap_or(paragraphs.len());
    let mut chosen = paragraphs[..count].to_vec();
    if let Some(last) = chosen.last_mut() {
        let sentences: Vec<String> = last.split_inclusive('。').map(str::to_owned).collect();
        let whole = chosen.clone();
        for kept in 1..=sentences.len() {
            let mut trial = whole.clone();
            trial[count - 1] = sentences[..kept].concat();
            if enough(&planned(&trial)) {
                chosen = trial;
                break;
            }
        }
    }
    planned(&chosen)
}

fn photo() -> Arc<Photo> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/yunxi/photos/cat.jpg");
    let bytes = std::fs::read(path).expect("a photograph");
    Arc::new(Photo::read("cat.jpg", Bytes::from(bytes)).expect("a photograph"))
}

impl Count {
    fn add(&mut self, findings: &[Diagnostic]) {
        let told = |code: &str, name: &str| -> Option<i64> {
            let note = findings.iter().find(|note| note.code == code)?;
            note.facts.iter().find_map(|(known, fact)| match fact {
                Fact::Number(number) if *known == name => Some(*number),
                _ => None,
            })
        };
        let over = told("makeup/overset", "lines");
        let under = told("makeup/underset", "lines");
        self.closed += usize::from(over.is_none() && under.is_none());
        self.over += usize::from(over.is_some());
        self.over_lines += over.unwrap_or(0);
        self.under += usize::from(under.is_some());
        self.under_lines += under.unwrap_or(0);
        self.grown += usize::from(told("makeup/grown", "head").is_some());
        let pitched = findings.iter().any(|note| note.code == "makeup/line-pitch");
        self.pitched += usize::from(pitched);
        let closed = |name| told("makeup/closed", name).unwrap_or(0);
        self.squeezed += usize::from(closed("saved") > 0);
        self.head_less += usize::from(closed("head") > 0);
        self.pictures_less += usize::from(closed("pictures") > 0);
        self.most_head = self.most_head.max(closed("head"));
        self.most_pictures = self.most_pictures.max(closed("pictures"));
    }
}
