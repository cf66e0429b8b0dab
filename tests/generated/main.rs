//! Three hundred pages made by chance from a seed: what must hold for every
//! page holds for each of them (E03, E05, P08, E17).

#![allow(clippy::disallowed_methods, reason = "the test reads a sample photo")]

mod copy;
mod dice;
mod layout;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use banxin::base::bytes::Bytes;
use banxin::base::clreq::Direction;
use banxin::base::diag::{Fact, Lang, SourceId, Sources};
use banxin::base::font::FontBook;
use banxin::base::geom::{Length, Rect};
use banxin::base::photo::Photo;
use banxin::compose::shape::ShapeCache;
use banxin::desk::issue;
use banxin::desk::layout::Layout;
use banxin::desk::plan::PagePlan;
use banxin::desk::planner::article::{Article, ArticleBlockKind};
use banxin::desk::planner::{self, Resources};
use banxin::makeup::composer::FontComposer;
use banxin::makeup::{groups, make_up_linked};
use banxin::page::{Frame, FrameLine, Item, Page};
use banxin::press::fonts;
use banxin::story::Role;
use banxin::write::dump::dump;
use banxin::write::pdf::{self, Options};

use dice::Dice;

/// Issues of three pages each.
const ISSUES: u64 = 100;

struct Edition {
    plans: Vec<PagePlan>,
    /// The articles, by the names of their stories.
    articles: BTreeMap<String, Article>,
}

fn edition(seed: u64, book: &FontBook, photo: &Arc<Photo>) -> Edition {
    let dice = &mut Dice::new(seed);
    let mut issue = String::from("paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n");
    let mut layouts: BTreeMap<String, Layout> = BTreeMap::new();
    let mut articles = BTreeMap::new();
    let mut jumps: Option<String> = None;
    for number in 1..=3 {
        let (text, slots) = layout::layout(dice);
        let name = format!("l{number}.toml");
        let noted = banxin::desk::layout::parse(&name, SourceId(0), &text);
        let layout = noted
            .value
            .unwrap_or_else(|| panic!("{text}\n{:#?}", noted.notes));
        layouts.insert(name.clone(), layout);
        issue.push_str(&format!(
            "[[pages]]\nnumber = {number}\nlayout = \"{name}\"\n"
        ));
        for slot in &slots {
            issue.push_str(&format!("[[pages.slots]]\nslot = \"{}\"\n", slot.name));
            // what was too long on the page before goes on here
            if slot.plain
                && let Some(from) = jumps.take()
            {
                issue.push_str(&format!("continues = \"{from}\"\n"));
                continue;
            }
            let path = format!("{number}-{}.md", slot.name);
            issue.push_str(&format!("article = \"{path}\"\n"));
            let part = match slot.plain && number < 3 && dice.falls(20) {
                true => {
                    jumps = Some(format!("{number}/{}", slot.name));
                    usize::from(dice.number(120, 190))
                }
                false => usize::from(dice.number(40, 130)),
            };
            let room = slot.cells * 11 * part / 100;
            articles.insert(
                path.clone(),
                copy::article(&path, room, slot.pictures, dice),
            );
        }
        // a story goes on on the next page alone
        if number == 3 {
            jumps = None;
        }
    }
    let noted = issue::parse(SourceId(0), &issue);
    let issue = noted
        .value
        .unwrap_or_else(|| panic!("{issue}\n{:#?}", noted.notes));
    let resources = Resources {
        face: &|stem| book.find(stem),
        photo: &|_, _| Some(Arc::clone(photo)),
    };
    let planned = planner::plan_issue(
        &issue,
        &|name| layouts.get(name),
        &|name| articles.get(name),
        resources,
    );
    Edition {
        plans: planned.value,
        articles,
    }
}

fn set(plans: &[PagePlan], book: &FontBook, cache: &ShapeCache) -> Vec<Page> {
    let composer = FontComposer { book, cache };
    let mut pages: Vec<(usize, Page)> = Vec::new();
    for group in groups(plans) {
        let linked: Vec<&PagePlan> = group.iter().map(|&nth| &plans[nth]).collect();
        pages.extend(
            group
                .iter()
                .copied()
                .zip(make_up_linked(&linked, &composer)),
        );
    }
    pages.sort_by_key(|(nth, _)| *nth);
    pages.into_iter().map(|(_, page)| page).collect()
}

fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a frame holds running text of a story.
fn is_text(role: Role) -> bool {
    matches!(role, Role::Body | Role::Subhead)
}

/// E05: what is set and what is overset of a story is its copy, in order.
fn nothing_is_lost(edition: &Edition, pages: &[Page], seed: u64) {
    for (name, article) in &edition.articles {
        let copy: String = article
            .blocks
            .iter()
            .filter(|block| {
                matches!(
                    block.kind,
                    ArticleBlockKind::Paragraph | ArticleBlockKind::Subhead
                )
            })
            .map(|block| letters(&block.words.text))
            .collect();
        let mut set = String::new();
        for page in pages {
            let own = |story: &Option<Arc<str>>| story.as_deref() == Some(name);
            let frames = page.frames.iter().filter(|frame| own(&frame.story));
            let over = page.overset.iter().map(|over| &over.frame);
            let over = over.filter(|frame| own(&frame.story));
            for frame in frames.chain(over).filter(|frame| is_text(frame.role)) {
                for line in &frame.lines {
                    set.push_str(&letters(&line.text));
                }
            }
        }
        assert_eq!(set, copy, "seed {seed}: {name}");
    }
}

/// E03: what is told to be overset is what is.
fn overset_is_exact(pages: &[Page], seed: u64) {
    for page in pages {
        for over in &page.overset {
            let lines = over.frame.lines.iter();
            let chars: usize = lines.map(|line| letters(&line.text).chars().count()).sum();
            assert_eq!(over.chars, chars, "seed {seed}: {}", over.frame.slot);
            let told = page.findings.iter().any(|note| {
                let says = |fact: (&str, Fact)| {
                    note.facts
                        .iter()
                        .any(|(name, own)| (*name, own.clone()) == fact)
                };
                says(("chars", Fact::Number(i64::try_from(chars).expect("few"))))
                    && says(("slot", Fact::Word(over.frame.slot.to_string())))
            });
            assert!(told, "seed {seed}: {} of {chars}", over.frame.slot);
        }
    }
}

/// P08: lines of the body stand on the grid; nothing leaves the type area.
fn everything_is_in_its_place(pages: &[Page], seed: u64) {
    for page in pages {
        let grid = &page.grid;
        let first = grid.baseline_y(0);
        let area = Rect::new(
            grid.origin.x,
            grid.origin.y,
            grid.width(grid.columns),
            grid.height(grid.lines),
        );
        let standing: Vec<&Arc<str>> = page.standing.iter().map(|one| &one.slot).collect();
        for frame in &page.frames {
            // at the head of a column a subhead shares the baseline of its
            // neighbours: its larger frame reaches into the gap above (P13)
            let above = match frame.role {
                Role::Subhead => grid.pitch - grid.size,
                _ => Length::ZERO,
            };
            let room = Rect::new(area.x, area.y - above, area.width, area.height + above);
            assert!(
                room.grown(Length::units(8)).contains(frame.rect),
                "seed {seed}: {:?} of {} at {:?} leaves the type area {area:?}",
                frame.role,
                frame.slot,
                frame.rect
            );
            // a drop cap alone stands between the lines of the grid (P27)
            let cap = frame.lines.len() == 1 && frame.rect.height > grid.pitch;
            if frame.role != Role::Body || cap || standing.contains(&&frame.slot) {
                continue;
            }
            for line in &frame.lines {
                let off = (line.y - first).raw() % grid.pitch.raw();
                assert_eq!(off, 0, "seed {seed}: {} “{}”", frame.slot, line.text);
            }
        }
        for item in &page.items {
            if let Item::Photo(photo) = item {
                assert!(
                    area.contains(photo.rect),
                    "seed {seed}: a picture leaves the type area"
                );
            }
        }
    }
}

/// The lines of a frame, from the tops of their characters to the baseline;
/// vertical ones as one.
fn lines_of(frame: &Frame) -> Vec<(&Arc<str>, Rect)> {
    let Some(first) = frame
        .lines
        .first()
        .filter(|_| frame.direction == Direction::Horizontal)
    else {
        return vec![(&frame.slot, frame.rect)];
    };
    let high = first.y - frame.rect.y;
    let line = |line: &FrameLine| Rect::new(line.x, line.y - high, line.width, high);
    frame
        .lines
        .iter()
        .map(|one| (&frame.slot, line(one)))
        .collect()
}

/// No line of text stands on another, nor on a picture.
fn nothing_overlaps(pages: &[Page], seed: u64) {
    for page in pages {
        let photos = page.items.iter().filter_map(|item| match item {
            Item::Photo(photo) => Some((&photo.slot, photo.rect)),
            _ => None,
        });
        // a unit may come of rounding in gaps of re-columned slots
        let shrink = |rect: Rect| {
            let unit = Length::units(4);
            let (width, height) = (rect.width - unit * 2, rect.height - unit * 2);
            Rect::new(rect.x + unit, rect.y + unit, width, height)
        };
        // a credit may share the last line of its caption
        let frames = page
            .frames
            .iter()
            .filter(|frame| frame.role != Role::Credit);
        let boxes = frames.flat_map(lines_of).chain(photos);
        let boxes: Vec<(&Arc<str>, Rect)> =
            boxes.map(|(slot, rect)| (slot, shrink(rect))).collect();
        for (nth, one) in boxes.iter().enumerate() {
            for other in &boxes[nth + 1..] {
                assert!(
                    !one.1.overlaps(other.1),
                    "seed {seed}: {} at {:?} and {} at {:?} overlap on page {}",
                    one.0,
                    one.1,
                    other.0,
                    other.1,
                    page.number
                );
            }
        }
    }
}

fn told(pages: &[Page]) -> String {
    dump(pages, &[], &Sources::default(), Lang::Zh).to_string()
}

fn files(pages: &[Page], book: &FontBook) -> Vec<Vec<u8>> {
    let file = |page| pdf::write(std::slice::from_ref(page), book, &Options::default());
    pages
        .iter()
        .map(|page| file(page).expect("a PDF"))
        .collect()
}

#[test]
fn e03_e05_e17_three_hundred_pages_lose_nothing_and_stay_the_same() {
    let mut book = FontBook::new();
    fonts::add(&mut book, &[], &fonts::bundled());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(root.join("samples/yunxi/photos/brick.jpg")).expect("a photo");
    let photo = Arc::new(Photo::read("photo.jpg", Bytes::from(bytes)).expect("a photo"));
    let editions: Vec<Edition> = (1..=ISSUES)
        .map(|seed| edition(seed, &book, &photo))
        .collect();
    assert!(
        editions
            .iter()
            .map(|edition| edition.plans.len())
            .sum::<usize>()
            >= 300
    );

    // one thread, which remembers every shape; and four that share what they
    // remember
    let cache = ShapeCache::new();
    let alone: Vec<Vec<Page>> = editions
        .iter()
        .map(|edition| set(&edition.plans, &book, &cache))
        .collect();
    let shared = ShapeCache::new();
    let together: Vec<Vec<Page>> = thread::scope(|scope| {
        let quarter = editions.len().div_ceil(4);
        let threads: Vec<_> = editions
            .chunks(quarter)
            .map(|part| {
                scope.spawn(|| {
                    part.iter()
                        .map(|edition| set(&edition.plans, &book, &shared))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a thread"))
            .collect()
    });

    let (mut stories, mut over, mut jumps) = (0, 0, 0);
    for (nth, (edition, pages)) in editions.iter().zip(&alone).enumerate() {
        let seed = u64::try_from(nth).expect("few") + 1;
        nothing_is_lost(edition, pages, seed);
        overset_is_exact(pages, seed);
        everything_is_in_its_place(pages, seed);
        nothing_overlaps(pages, seed);
        assert_eq!(told(pages), told(&together[nth]), "seed {seed}");
        if seed.is_multiple_of(10) {
            assert_eq!(
                files(pages, &book),
                files(&together[nth], &book),
                "seed {seed}"
            );
        }
        stories += edition.articles.len();
        over += pages.iter().map(|page| page.overset.len()).sum::<usize>();
        let frames = pages.iter().flat_map(|page| &page.frames);
        jumps += frames.filter(|frame| frame.role == Role::Jump).count();
    }
    // the generator must go on making what is looked for
    assert!(
        stories > 1000 && over > 50 && jumps > 20,
        "{stories} {over} {jumps}"
    );
}
