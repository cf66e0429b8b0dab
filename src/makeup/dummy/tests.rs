//! Dummies of layouts: what they count, and that nothing in them stands where
//! make-up would not put it (E18).

use std::cell::RefCell;

use super::{BLOCK, Lettering, dummy};
use crate::base::diag::SourceId;
use crate::base::font::FaceId;
use crate::base::geom::{Length, Point, Rect};
use crate::desk::layout::{self, BUNDLED, Layout};
use crate::desk::planner::plan_blank;
use crate::makeup::double::Squares;
use crate::page::{FillKind, Glyph, GlyphRun, Grid, Item, Page};
use crate::story::Ink;

/// The layout of one slot of these keys, on a grid of eight columns of 13 em
/// of 9 pt and a hundred lines of 12 pt.
fn own(keys: &str) -> Layout {
    let text = format!(
        r#"
sheet.trim = ["390mm", "540mm"]
grid = {{ columns = 8, chars = 13, size = "9pt", pitch = "12pt", lines = 100 }}
faces.song = {{ han = ["song"] }}
styles.body.face = "song"
styles.head = {{ size = "18pt", pitch = "24pt", above = 0, below = 0 }}
[[slots]]
name = "main"
column = 1
line = 1
{keys}
"#
    );
    let noted = layout::parse("own", SourceId(0), &text);
    noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes))
}

fn bundled(name: &str) -> Layout {
    let text = layout::bundled(name).expect("bundled");
    let noted = layout::parse(name, SourceId(0), text);
    noted.value.expect("a layout")
}

/// The dummy of a layout and everything written on it.
fn drawn(layout: &Layout) -> (Page, Vec<String>) {
    let written = RefCell::new(Vec::new());
    let squares = |text: &str, size: Length, ink: Ink| {
        written.borrow_mut().push(text.to_owned());
        vec![squares(text, size, ink)]
    };
    let lettering: &Lettering<'_> = &squares;
    let plan = plan_blank(layout, &|_| Some(FaceId(0))).value;
    let page = dummy(&plan, &Squares, lettering);
    let written = written.borrow().clone();
    (page, written)
}

/// Lettering of square characters.
fn squares(text: &str, size: Length, ink: Ink) -> GlyphRun {
    let glyph = |nth: i64| Glyph {
        id: 1,
        at: Point::new(size * nth, Length::ZERO),
        scale_x: 1000,
        turned: false,
        text: 0..0,
        source: None,
    };
    GlyphRun {
        face: FaceId(0),
        size,
        ink,
        vertical: false,
        text: text.into(),
        glyphs: (0..).zip(text.chars()).map(|(nth, _)| glyph(nth)).collect(),
    }
}

fn fills(page: &Page, wanted: Ink) -> Vec<Rect> {
    let fills = page.items.iter().filter_map(|item| match item {
        Item::Fill(fill) if fill.kind == FillKind::Mark && fill.ink == wanted => Some(fill.rect),
        _ => None,
    });
    fills.collect()
}

/// Columns and lines of the grid as a box, all from 0.
fn cells(grid: &Grid, columns: std::ops::Range<u16>, lines: std::ops::Range<u16>) -> Rect {
    Rect::new(
        grid.column_x(columns.start),
        grid.line_y(lines.start),
        grid.width(columns.end - columns.start),
        grid.height(lines.end - lines.start),
    )
}

fn has(written: &[String], text: &str) -> bool {
    written.iter().any(|line| line == text)
}

#[test]
fn e18_legs_and_frames_are_counted_as_they_stand() {
    let count = |keys: &str, lines: usize| {
        let head = "head = { parts = [] }\n";
        let (_, written) = drawn(&own(&format!("{head}{keys}")));
        let text = format!("约 {} 字", lines * 13);
        assert!(has(&written, &text), "{text}: {written:?}");
        written
    };
    count("columns = 4\nlines = 40", 160);
    let legs = "columns = 4\nlines = 40\nlegs = [{ columns = 2, lines = 30 }]";
    count(legs, 2 * 30 + 2 * 40);
    let frame =
        "columns = 2\nlines = 20\nframes = [{ column = 5, columns = 3, line = 50, lines = 10 }]";
    let written = count(frame, 2 * 20 + 3 * 10);
    assert!(has(&written, "main（续）"), "{written:?}");
}

#[test]
fn e18_the_designer_s_sentence_is_drawn_as_it_is_said() {
    // 四栏题，主题小初，盖文题，左边两栏高 12 行
    let layout = own("columns = 4\nlines = 40\n\
        head = { type = \"盖文题\", size = \"小初\", lines = 8, parts = [\"head\"] }\n\
        legs = [{ columns = 2, lines = 12 }]");
    let (page, written) = drawn(&layout);
    let zone = cells(&layout.grid, 0..4, 0..8);
    assert_eq!(fills(&page, BLOCK), [zone]);
    for text in ["题区 8 行", "主题 36pt"] {
        assert!(has(&written, text), "{text}: {written:?}");
    }
    // its first column has no room for three lines of lettering
    let lines = 2 * (12 - 8) + 2 * (40 - 8);
    let facts = format!("main\u{3000}4 栏 × 40 行\u{3000}约 {} 字", lines * 13);
    assert!(has(&written, &facts), "{written:?}");
    // its outline turns in at the foot of the two left columns
    let step = layout.grid.line_y(11) + layout.grid.size;
    let black = fills(&page, Ink::BLACK);
    assert!(black.iter().any(|rect| rect.bottom() == step));
}

#[test]
fn e18_every_kind_of_headline_takes_its_own_block() {
    let zone = |head: &str, columns: std::ops::Range<u16>, lines: std::ops::Range<u16>| {
        let keys = format!("columns = 4\nlines = 40\nhead = {{ parts = [\"head\"], {head} }}");
        let layout = own(&keys);
        let (page, written) = drawn(&layout);
        let left = 160 - columns.len() * lines.len();
        let count = format!("约 {} 字", left * 13);
        assert!(has(&written, &count), "{head}, {count}: {written:?}");
        let zone = cells(&layout.grid, columns, lines);
        assert_eq!(fills(&page, BLOCK), [zone], "{head}");
    };
    zone("type = \"盖文题\", lines = 5", 0..4, 0..5);
    zone("type = \"左题\", clear = 0", 0..1, 0..40);
    zone("type = \"右题\", clear = 0", 3..4, 0..40);
    zone("type = \"串文题\", lines = 6, clear = 0", 1..3, 0..6);
    zone(
        "type = \"腰带题\", line = 10, lines = 4, clear = 0",
        0..4,
        9..13,
    );
    zone(
        "type = \"文包题\", line = 10, lines = 6, clear = 0",
        1..3,
        9..15,
    );
    zone(
        "type = \"文夹题\", line = 11, lines = 6, clear = 0",
        0..4,
        10..16,
    );
    zone("type = \"竖题\", lines = 12, clear = 0", 0..1, 0..12);
}

#[test]
fn e18_v17_the_headline_of_a_vertical_slot_stands_at_its_right() {
    let layout = own(
        "columns = 3\nlines = 40\ndirection = \"vertical\"\nhead = { parts = [\"head\"], lines = 4 }",
    );
    let (page, _) = drawn(&layout);
    let slot = cells(&layout.grid, 0..3, 0..40);
    let [zone] = fills(&page, BLOCK)[..] else {
        panic!("no headline block")
    };
    assert_eq!(zone.right(), slot.right());
    assert_eq!((zone.y, zone.height), (slot.y, slot.height));
    assert_eq!(layout.grid.lines_in(zone.width), 4);
}

#[test]
fn e18_rules_are_drawn_and_no_lettering_hides_another() {
    for (name, _) in BUNDLED {
        let layout = bundled(name);
        let (page, _) = drawn(&layout);
        let area = layout.grid.area();
        let marks = page.items.iter().filter_map(|item| match item {
            Item::Fill(fill) if fill.kind == FillKind::Mark => Some(fill.rect),
            _ => None,
        });
        for rect in marks.clone().filter(|rect| rect.y >= area.y) {
            let right = rect.right() - Length::pt(1);
            assert!(area.x <= rect.x + Length::pt(1), "{name}: {rect:?}");
            assert!(right <= area.right(), "{name}: {rect:?}");
        }
        let rules = page.items.iter().any(|item| match item {
            Item::Fill(fill) => fill.kind == FillKind::Rule,
            _ => false,
        });
        assert!(rules || layout.strip, "{name}");
        // what lettering stands on
        let pictures: Vec<Rect> = page
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Shape(shape) if !shape.kind.is_rule() => Some(shape.rect()),
                _ => None,
            })
            .collect();
        let white = fills(&page, Ink::WHITE);
        let behind: Vec<&Rect> = white
            .iter()
            .filter(|rect| !pictures.iter().any(|own| own == *rect))
            .collect();
        for (nth, one) in behind.iter().enumerate() {
            for other in &behind[nth + 1..] {
                let clear = Length::pt(2);
                let apart = one.right() - clear <= other.x
                    || other.right() - clear <= one.x
                    || one.bottom() - clear <= other.y
                    || other.bottom() - clear <= one.y;
                assert!(apart, "{name}: {one:?} {other:?}");
            }
        }
    }
}

#[test]
fn e18_a_picture_without_room_is_told() {
    let layout = own(
        "columns = 2\nlines = 20\npictures = [{ name = \"photo1\", column = 1, columns = 2, anchor = \"top\", lines = 19 }]",
    );
    let (page, written) = drawn(&layout);
    let codes: Vec<&str> = page.findings.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["makeup/picture-does-not-fit"]);
    assert!(written.iter().all(|line| !line.contains("photo1")));
}
