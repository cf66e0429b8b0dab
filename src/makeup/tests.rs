//! The rows of make-up, on square characters: 9 pt on 11.25 pt, columns of
//! 13 em with gaps of 1 em.

use std::sync::Arc;

use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, proptest};

use super::double::{Ideal, Squares, body, paragraph};
use super::make_up;
use crate::base::bytes::Bytes;
use crate::base::clreq::Direction;
use crate::base::diag::{Diagnostic, Fact, Severity, SourceId, Span};
use crate::base::geom::{Length, Point, Rect, Size};
use crate::base::photo::{Focus, Part, Photo, PhotoFormat};
use crate::desk::border::Border;
use crate::desk::columns::TextColumns;
use crate::desk::plan::{
    Anchor, CaptionSide, Ending, FillerPlan, Fitting, HeadPart, HeadPlace, Limits, PagePlan,
    PicturePlan, SlotPlan,
};
use crate::desk::rules::PageRules;
use crate::page::{FillKind, Frame, FrameLine, Grid, Item, Page, PlacedPhoto};
use crate::story::{
    Align, Figure, Ink, ParaStyle, Paragraph, Photograph, Piece, Placement, Role, Story, Turn,
};

const EM: Length = Length::pt(9);
const PITCH: Length = Length::from_millipt(11_250);

/// The rules of the page have tests of their own.
const QUIET: PageRules = PageRules::NONE;

pub(super) fn grid() -> Grid {
    Grid {
        origin: Point::new(Length::mm(15), Length::mm(15)),
        columns: 8,
        chars: 13,
        size: EM,
        pitch: PITCH,
        gap: EM,
        lines: 40,
    }
}

pub(super) fn slot(columns: u16, lines: u16, story: Vec<Paragraph>) -> SlotPlan {
    SlotPlan {
        direction: Direction::Horizontal,
        head_place: HeadPlace::Over,
        name: "lead".into(),
        span: None,
        lead: false,
        column: 0,
        columns,
        line: 0,
        lines,
        text: TextColumns::even(columns, EM * 13, EM),
        shape: Vec::new(),
        head: Vec::new(),
        head_lines: 0,
        head_stretch: 0,
        head_gap: 2,
        head_clear: Length::ZERO,
        side_title: None,
        story: Some(Story {
            name: "story".into(),
            paragraphs: story,
            tables: Vec::new(),
            figures: Vec::new(),
            note_rule: None,
            drop_cap: None,
        }),
        fillers: Vec::new(),
        onward: None,
        back: None,
        pictures: Vec::new(),
        foot: Vec::new(),
        foot_lines: 0,
        ending: Ending::Fill,
        column_rule: Border::NONE,
        frame_rule: Border::NONE,
        padding: Length::ZERO,
        rule_above: Border::NONE,
        tint: None,
        fitting: Fitting::default(),
    }
}

fn made_up(slots: Vec<SlotPlan>) -> Page {
    make_up(&planned_page(slots), &Squares)
}

pub(super) fn planned_page(slots: Vec<SlotPlan>) -> PagePlan {
    PagePlan {
        number: "05".into(),
        title: String::new(),
        stem: String::new(),
        trim: Size::new(Length::mm(390), Length::mm(540)),
        bleed: Length::mm(3),
        grid: grid(),
        furniture: Vec::new(),
        slots,
        column_rule: Border::NONE,
        rules: QUIET,
        span: None,
    }
}

/// Body text of so many full lines of 13 characters.
pub(super) fn lines(count: usize) -> Paragraph {
    chars(count * 13)
}

pub(super) fn chars(count: usize) -> Paragraph {
    let text: String = "天地玄黄宇宙洪荒日月盈昃"
        .chars()
        .cycle()
        .take(count)
        .collect();
    paragraph(&text, &body())
}

/// A subhead of 9 pt in the middle of `first` grid lines.
fn subhead(text: &str, first: u16, next: u16) -> Paragraph {
    let style = ParaStyle {
        align: Align::Center,
        placement: Placement::Block {
            first,
            next,
            stretch: 0,
        },
        keep_next: 2,
        ..body()
    };
    Paragraph {
        role: Role::Subhead,
        ..paragraph(text, &style)
    }
}

pub(super) fn head(text: &str, size: i64, above: Length, below: Length, least: i64) -> HeadPart {
    let size = Length::pt(size);
    let style = ParaStyle {
        align: Align::Center,
        size,
        pitch: size,
        ..body()
    };
    HeadPart {
        paragraph: Paragraph {
            role: Role::Head,
            ..paragraph(text, &style)
        },
        above,
        below,
        tint: None,
        frame: Border::NONE,
        rule: Border::NONE,
        art: None,
        limits: Limits {
            size: Length::pt(least),
            tracking: -100,
            scale_x: 800,
        },
    }
}

pub(super) fn picture(column: u16, columns: u16, lines: u16, anchor: Anchor) -> PicturePlan {
    PicturePlan {
        name: "photo1".into(),
        column,
        columns,
        anchor,
        caption_side: CaptionSide::After,
        caption_gap: PITCH / 4,
        lines,
        stretch: 0,
        width: Length::ZERO,
        photos: vec![photograph()],
        caption: Vec::new(),
        source: None,
    }
}

fn photograph() -> Photograph {
    Photograph {
        photo: Arc::new(photo()),
        whole: false,
        focus: Focus::MIDDLE,
        part: Part::WHOLE,
        caption: Vec::new(),
        alt: "".into(),
    }
}

/// A photograph of 400 by 300 pixels; nothing here looks into its file.
fn photo() -> Photo {
    Photo {
        name: "photo.jpg".into(),
        bytes: Bytes::from(Vec::new()),
        format: PhotoFormat::Jpeg,
        width: 400,
        height: 300,
        components: 3,
        bits: 8,
        alpha: false,
        palette: false,
        adobe_transform: None,
        inverted: false,
        orientation: 1,
        icc: Vec::new(),
        lossy: true,
        more: false,
        work: 0,
    }
}

fn story_frames(page: &Page) -> Vec<&Frame> {
    page.frames
        .iter()
        .filter(|frame| frame.story.is_some())
        .collect()
}

/// Lines of each text column, by its left edge.
fn column_lines(page: &Page) -> Vec<usize> {
    let grid = grid();
    (0..grid.columns)
        .map(|column| {
            let left = grid.column_x(column);
            let inside = |line: &&FrameLine| left <= line.x && line.x < left + EM * 13;
            let lines = page.frames.iter().flat_map(|frame| &frame.lines);
            lines.filter(inside).count()
        })
        .collect()
}

fn finding<'a>(page: &'a Page, code: &str) -> &'a Diagnostic {
    let found = page.findings.iter().find(|finding| finding.code == code);
    found.unwrap_or_else(|| panic!("no {code} in {:?}", page.findings))
}

fn number(finding: &Diagnostic, name: &str) -> i64 {
    let fact = finding.facts.iter().find(|(known, _)| *known == name);
    match fact {
        Some((_, Fact::Number(number))) => *number,
        other => panic!("{name} is {other:?}"),
    }
}

fn photos(page: &Page) -> Vec<&PlacedPhoto> {
    let photos = page.items.iter().filter_map(|item| match item {
        Item::Photo(photo) => Some(photo),
        _ => None,
    });
    photos.collect()
}

fn grid_line(y: Length) -> Option<u16> {
    let grid = grid();
    (0..grid.lines).find(|&line| grid.baseline_y(line) == y)
}

#[test]
fn p28_twenty_lines_in_three_columns_are_seven_seven_six() {
    let page = made_up(vec![SlotPlan {
        ending: Ending::Balance,
        ..slot(3, 7, vec![lines(20)])
    }]);
    assert_eq!(column_lines(&page)[..3], [7, 7, 6]);
    assert!(page.findings.is_empty(), "{:?}", page.findings);
}

#[test]
fn p11_five_lines_with_room_for_four_stand_three_and_two() {
    let story = vec![lines(4), lines(5), lines(5)];
    let page = made_up(vec![slot(2, 8, story)]);
    assert_eq!(column_lines(&page)[..2], [7, 7]);
    assert_eq!(number(finding(&page, "makeup/short-column"), "column"), 1);
}

#[test]
fn p11_what_stands_alone_is_named_by_its_rank() {
    for (story, code) in [
        (vec![lines(3), chars(1)], "makeup/column-of-one-character"),
        (
            // no line to spare for one moved over
            vec![chars(3 * 13 + 1), lines(2)],
            "makeup/stranded-character",
        ),
        (vec![lines(3), chars(5)], "makeup/column-of-one-line"),
        (vec![chars(3 * 13 + 5), lines(2)], "makeup/stranded-line"),
    ] {
        let page = made_up(vec![slot(2, 3, story)]);
        let told = finding(&page, code);
        assert_eq!(number(told, "column"), 2);
        let alone = |code: &str| code.contains("stranded") || code.contains("-of-one-");
        let findings = page.findings.iter();
        assert_eq!(findings.filter(|note| alone(note.code)).count(), 1);
    }
}

#[test]
fn p28_balanced_columns_end_above_the_slot_and_say_so() {
    let page = made_up(vec![SlotPlan {
        ending: Ending::Balance,
        ..slot(3, 12, vec![lines(20)])
    }]);
    assert_eq!(column_lines(&page)[..3], [7, 7, 6]);
    assert_eq!(number(finding(&page, "makeup/underset"), "lines"), 16);
}

#[test]
fn p28_no_column_stays_empty_for_want_of_a_line() {
    let page = made_up(vec![SlotPlan {
        ending: Ending::Balance,
        ..slot(4, 3, vec![lines(9)])
    }]);
    assert_eq!(column_lines(&page)[..4], [3, 2, 2, 2]);
}

#[test]
fn p08_baselines_of_neighbouring_columns_coincide_after_a_head() {
    let low = SlotPlan {
        head: vec![head("标题", 24, Length::pt(5), Length::ZERO, 24)],
        ..slot(1, 10, vec![lines(7)])
    };
    let beside = SlotPlan {
        name: "side".into(),
        column: 1,
        ..slot(1, 10, vec![lines(10)])
    };
    let page = made_up(vec![low, beside]);
    let lines_of = |name: &str| -> Vec<Length> {
        let frames = page.frames.iter().filter(|frame| &*frame.slot == name);
        let body = frames.filter(|frame| frame.role == Role::Body);
        body.flat_map(|frame| &frame.lines)
            .map(|line| line.y)
            .collect()
    };
    assert_eq!(
        lines_of("lead"),
        lines_of("side")[3..],
        "29 pt of head take three lines"
    );
    assert!(page.findings.is_empty(), "{:?}", page.findings);
}

#[test]
fn p02_p07_lines_are_one_pitch_apart_across_paragraphs_and_sizes() {
    let mut large = chars(20);
    let size = Length::pt(12);
    let style = crate::story::TextStyle {
        size,
        ..(*large.runs[0].style).clone()
    };
    let word = crate::story::TextRun {
        range: 0..9,
        style: Arc::new(style),
    };
    large.runs[0].range.start = 9;
    large.runs.insert(0, word);
    let page = made_up(vec![slot(1, 5, vec![lines(1), large, lines(2)])]);
    let frames = story_frames(&page);
    assert_eq!(frames.len(), 1);
    let steps: Vec<_> = frames[0]
        .lines
        .windows(2)
        .map(|pair| pair[1].y - pair[0].y)
        .collect();
    assert_eq!(steps, [PITCH; 4]);
}

#[test]
fn n24_head_height_is_rounded_up_to_body_lines() {
    let page = made_up(vec![SlotPlan {
        head: vec![
            head("主题", 30, PITCH, PITCH, 30),
            head("副题", 21, Length::ZERO, PITCH, 21),
        ],
        ..slot(2, 12, vec![lines(8)])
    }]);
    let body = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Body)
        .expect("set");
    assert_eq!(
        grid_line(body.lines[0].y),
        Some(8),
        "(30 + 21) / 11.25 + 3 = 7.53 → 8"
    );
}

#[test]
fn n24_white_left_over_is_shared_above_between_and_below() {
    let page = made_up(vec![SlotPlan {
        head: vec![
            head("主题", 18, Length::ZERO, Length::ZERO, 18),
            head("副题", 9, Length::ZERO, Length::ZERO, 9),
        ],
        head_lines: 4,
        ..slot(1, 12, vec![lines(8)])
    }]);
    let tops: Vec<_> = page.frames[..2]
        .iter()
        .map(|frame| frame.rect.y - grid().line_y(0))
        .collect();
    // 45 pt less 27 pt are four shares of 4.5 pt, two of them between
    assert_eq!(
        tops,
        [Length::from_millipt(4_500), Length::from_millipt(31_500)]
    );
}

#[test]
fn n25_a_headline_a_little_too_long_is_set_smaller() {
    let page = made_up(vec![SlotPlan {
        head: vec![head(&"题".repeat(10), 30, Length::ZERO, Length::ZERO, 24)],
        ..slot(2, 12, vec![lines(16)])
    }]);
    let line = &page.frames[0].lines[0];
    assert_eq!(page.frames[0].lines.len(), 1);
    assert_eq!(
        line.width,
        Length::from_millipt(24_300) * 10,
        "243 pt hold ten of 24.3 pt"
    );
    assert_eq!(
        finding(&page, "makeup/headline-fitted").severity,
        Severity::Info
    );
}

#[test]
fn n25_a_headline_far_too_long_takes_two_even_lines() {
    let mut part = head(&"题".repeat(12), 30, Length::ZERO, Length::ZERO, 24);
    part.paragraph.style = Arc::new(ParaStyle {
        turn: Turn::Sense,
        ..ParaStyle::clone(&part.paragraph.style)
    });
    let slots = vec![SlotPlan {
        head: vec![part],
        ..slot(2, 12, vec![lines(8)])
    }];
    let page = make_up(&planned_page(slots), &Ideal);
    let lines = &page.frames[0].lines;
    assert_eq!(
        lines
            .iter()
            .map(|line| line.text.chars().count())
            .collect::<Vec<_>>(),
        [6, 6]
    );
    let middle = grid().column_x(0) + grid().width(2).half();
    for line in lines {
        assert!((line.x + line.width.half() - middle).abs() <= Length::units(1));
    }
}

#[test]
fn n25_a_forced_break_is_kept() {
    let page = made_up(vec![SlotPlan {
        head: vec![head("一二三\n四五", 30, Length::ZERO, Length::ZERO, 24)],
        ..slot(2, 12, vec![lines(8)])
    }]);
    let texts: Vec<_> = page.frames[0]
        .lines
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(texts, ["一二三", "四五"]);
}

#[test]
fn p12_a_subhead_with_one_line_of_room_below_moves_to_the_next_column() {
    let page = made_up(vec![slot(
        2,
        10,
        vec![lines(8), subhead("小标题", 1, 1), lines(9)],
    )]);
    assert_eq!(column_lines(&page)[..2], [8, 10]);
    let head = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Subhead)
        .expect("set");
    assert_eq!(grid_line(head.lines[0].y), Some(0));
    assert_eq!(number(finding(&page, "makeup/short-column"), "lines"), 2);
}

#[test]
fn n34_a_column_one_line_short_is_reported() {
    let page = made_up(vec![slot(
        2,
        10,
        vec![lines(9), subhead("小标题", 1, 1), lines(9)],
    )]);
    let found = finding(&page, "makeup/short-column");
    assert_eq!((number(found, "column"), number(found, "lines")), (1, 1));
}

#[test]
fn n24_no_gap_of_a_headline_grows_beyond_its_cap() {
    let mut tall = SlotPlan {
        head: vec![
            head("主题", 18, Length::ZERO, Length::ZERO, 18),
            head("副题", 9, Length::ZERO, Length::ZERO, 9),
        ],
        head_stretch: 20,
        ..slot(1, 20, vec![lines(12)])
    };
    // 27 pt of type and three gaps of 22.5 pt are 8.4 lines
    let page = made_up(vec![tall.clone()]);
    assert_eq!(number(finding(&page, "makeup/grown"), "head"), 5);
    tall.head_gap = 1;
    // gaps of 11.25 pt: five lines, too few to close the column
    let page = made_up(vec![tall]);
    assert_eq!(number(finding(&page, "makeup/underset"), "lines"), 5);
    let codes: Vec<_> = page.findings.iter().map(|found| found.code).collect();
    assert!(!codes.contains(&"makeup/grown"), "{codes:?}");
}

#[test]
fn n24_white_beyond_one_cap_goes_to_the_other_gaps() {
    let band = HeadPart {
        tint: Some(crate::story::Ink::grey(100)),
        ..head("通栏", 9, Length::ZERO, PITCH * 2, 9)
    };
    let page = made_up(vec![SlotPlan {
        head: vec![band, head("主题", 18, Length::ZERO, Length::ZERO, 18)],
        head_lines: 6,
        ..slot(1, 12, vec![lines(6)])
    }]);
    // the gap below the band is full: what is left of 67.5 pt stands below
    let tops: Vec<_> = page.frames[..2]
        .iter()
        .map(|frame| frame.rect.y - grid().line_y(0))
        .collect();
    assert_eq!(tops, [Length::ZERO, Length::from_millipt(31_500)]);
}

#[test]
fn p28_what_cannot_be_closed_is_set_at_its_natural_height_in_balanced_columns() {
    let page = made_up(vec![SlotPlan {
        head: vec![head("题", 18, Length::ZERO, Length::ZERO, 18)],
        head_stretch: 3,
        column_rule: Border::plain(Length::from_millipt(250)),
        ..slot(3, 30, vec![lines(20)])
    }]);
    // below a head of two lines; 28 lines of three columns less 20
    assert_eq!(column_lines(&page)[2], 6);
    assert_eq!(number(finding(&page, "makeup/underset"), "lines"), 64);
    assert_eq!(page.findings.len(), 1, "{:?}", page.findings);
    let end = grid().line_y(2) + grid().height(7);
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Fill(fill) if fill.kind == FillKind::Rule => Some(fill.rect),
        _ => None,
    });
    let ends: Vec<_> = rules.map(|rect| rect.bottom()).collect();
    assert_eq!(ends, [end; 2], "the rules end with the text");
}

#[test]
fn n42_a_tint_lies_under_the_whole_slot() {
    let page = made_up(vec![SlotPlan {
        tint: Some(Ink::grey(100)),
        ..slot(2, 10, vec![lines(20)])
    }]);
    let Some(Item::Fill(fill)) = page.items.first() else {
        panic!("the tint is drawn first");
    };
    assert_eq!(fill.kind, FillKind::Tint);
    assert_eq!(
        fill.rect,
        Rect::new(
            grid().column_x(0),
            grid().line_y(0),
            grid().width(2),
            grid().height(10),
        )
    );
}

#[test]
fn n16_a_slot_without_anything_has_no_rules() {
    let mut empty = SlotPlan {
        frame_rule: Border::plain(Length::pt(1)),
        rule_above: Border::plain(Length::pt(1)),
        column_rule: Border::plain(Length::pt(1)),
        ..slot(2, 10, Vec::new())
    };
    empty.story = None;
    assert!(made_up(vec![empty]).items.is_empty());
}

#[test]
fn p23_a_chart_is_not_cropped() {
    let mut chart = picture(0, 2, 8, Anchor::Top);
    chart.photos[0].whole = true;
    let page = made_up(vec![SlotPlan {
        pictures: vec![chart],
        ..slot(2, 12, vec![lines(6)])
    }]);
    let photos = photos(&page);
    assert_eq!(photos[0].crop, [0, 0, 400, 300]);
    let rect = photos[0].rect;
    let off = rect.width * 3 - rect.height * 4;
    assert!(off.abs() <= Length::units(4), "the shape of its file");
}

#[test]
fn p23_a_group_stands_at_one_height_and_fills_its_place() {
    let mut group = picture(0, 2, 6, Anchor::Top);
    let mut tall = photo();
    (tall.width, tall.height) = (300, 400);
    group.photos.push(Photograph {
        photo: Arc::new(tall),
        ..photograph()
    });
    let page = made_up(vec![SlotPlan {
        pictures: vec![group],
        ..slot(2, 12, vec![lines(6)])
    }]);
    let photos = photos(&page);
    let [wide, tall] = [photos[0].rect, photos[1].rect];
    assert_eq!((wide.y, wide.height), (tall.y, tall.height));
    assert_eq!(wide.x, grid().origin.x);
    assert_eq!(
        tall.x - wide.right(),
        Length::pt(9).half(),
        "half an em between"
    );
    assert_eq!(tall.right() - wide.x, grid().width(2));
    // 1.333 to 0.75
    let off = wide.width * 750 - tall.width * 1333;
    assert!(
        off.abs() <= Length::units(2000),
        "as wide as their shapes ask"
    );
}

#[test]
fn p23_text_goes_on_where_a_picture_in_it_moved_on() {
    let figure = Figure {
        at: 1,
        tables: 0,
        lines: 5,
        caption_gap: PITCH / 4,
        photos: vec![photograph()],
        caption: Vec::new(),
        source: None,
    };
    let with = |paragraphs: Vec<Paragraph>| {
        let mut slot = slot(2, 10, paragraphs);
        slot.story.as_mut().expect("a story").figures = vec![figure.clone()];
        made_up(vec![slot])
    };
    let second = grid().origin.x + EM * 14;
    let page = with(vec![lines(7), lines(7)]);
    assert_eq!(photos(&page)[0].rect.x, second);
    assert_eq!(photos(&page)[0].rect.y, grid().line_y(0));
    let count = |frame: &&Frame| frame.lines.len();
    assert_eq!(story_frames(&page).iter().map(count).sum::<usize>(), 14);
    assert!(page.overset.is_empty());
    // and one that nothing follows stands there all the same
    let page = with(vec![lines(7)]);
    assert_eq!(photos(&page)[0].rect.x, second);
    assert!(page.overset.is_empty());
}

#[test]
fn n45_of_art_of_one_height_the_first_is_taken() {
    let filler = |lines, pixels| FillerPlan {
        lines,
        photo: Arc::new(Photo {
            width: pixels,
            ..photo()
        }),
        source: None,
    };
    let page = made_up(vec![SlotPlan {
        fillers: vec![filler(6, 1), filler(4, 2), filler(4, 3), filler(3, 4)],
        ..slot(1, 12, vec![lines(7)])
    }]);
    let photos = photos(&page);
    assert_eq!(photos.len(), 1);
    assert_eq!(photos[0].photo.width, 2);
    let below = grid().line_y(8);
    assert!(photos[0].rect.y >= below && photos[0].rect.bottom() <= grid().line_y(12));
    let told = |finding: &Diagnostic| finding.code == "makeup/underset";
    assert!(!page.findings.iter().any(told));
    assert_eq!(number(finding(&page, "makeup/filler"), "lines"), 4);
}

#[test]
fn p12_a_subhead_with_two_lines_below_stays() {
    let page = made_up(vec![slot(
        2,
        10,
        vec![lines(7), subhead("小标题", 1, 1), lines(12)],
    )]);
    assert_eq!(column_lines(&page)[..2], [10, 10]);
}

#[test]
fn p13_a_heading_is_centred_in_three_lines_and_body_follows_on_the_grid() {
    let style = ParaStyle {
        align: Align::Center,
        size: Length::pt(18),
        pitch: Length::pt(20),
        placement: Placement::Block {
            first: 3,
            next: 2,
            stretch: 0,
        },
        keep_next: 2,
        ..body()
    };
    let heading = Paragraph {
        role: Role::Subhead,
        ..paragraph("三字题", &style)
    };
    let page = made_up(vec![slot(1, 8, vec![lines(2), heading, lines(3)])]);
    let frames = story_frames(&page);
    assert_eq!(frames.len(), 3);
    let middle = |frame: &Frame| frame.rect.y + frame.rect.height.half();
    let block = grid().line_y(2) + grid().height(3).half();
    assert!((middle(frames[1]) - block).abs() <= Length::units(1));
    assert_eq!(
        frames[1].lines[0].x - grid().column_x(0),
        Length::from_millipt(31_500)
    );
    assert_eq!(grid_line(frames[2].lines[0].y), Some(5));
}

#[test]
fn p13_at_the_head_of_a_column_large_type_stands_on_the_first_baseline() {
    let mut title = subhead("小题", 2, 1);
    let style = Arc::make_mut(&mut title.style);
    style.size = Length::from_millipt(10_500);
    style.placement = Placement::Block {
        first: 2,
        next: 1,
        stretch: 1,
    };
    let page = made_up(vec![slot(1, 9, vec![title, lines(6)])]);
    let frames = story_frames(&page);
    assert_eq!(grid_line(frames[0].lines[0].y), Some(0));
    assert_eq!(
        grid_line(frames[1].lines[0].y),
        Some(2),
        "it takes no white to close the column: the last line stays empty"
    );
    let codes: Vec<_> = page.findings.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["makeup/underset"], "and none is told of");
}

#[test]
fn p13_at_the_head_of_a_column_whole_lines_of_white_go() {
    let page = made_up(vec![slot(1, 8, vec![subhead("小题", 3, 1), lines(6)])]);
    let frames = story_frames(&page);
    assert_eq!(
        grid_line(frames[0].lines[0].y),
        Some(0),
        "one line of white above is dropped"
    );
    assert_eq!(grid_line(frames[1].lines[0].y), Some(2));
}

#[test]
fn e03_overset_counts_lines_and_characters() {
    let page = made_up(vec![slot(1, 14, vec![chars(14 * 13 + 5)])]);
    let found = finding(&page, "makeup/overset");
    assert_eq!(found.severity, Severity::Error);
    assert!(
        found.message.zh.starts_with("过版 1 行 5 字"),
        "{}",
        found.message.zh
    );
    assert_eq!((number(found, "lines"), number(found, "chars")), (1, 5));
    assert_eq!(page.overset[0].frame.lines.len(), 1);
    assert_eq!(page.overset[0].frame.lines[0].text.chars().count(), 5);
    assert_eq!(page.overset[0].glyphs[0].glyphs.len(), 5);
}

#[test]
fn n34_underset_is_reported_in_lines_and_characters() {
    let page = made_up(vec![slot(2, 10, vec![lines(15)])]);
    let found = finding(&page, "makeup/underset");
    assert_eq!(found.severity, Severity::Warning);
    assert!(
        found.message.zh.starts_with("欠版 5 行，约 65 字"),
        "{}",
        found.message.zh
    );
}

#[test]
fn n34_the_head_takes_up_surplus_lines() {
    let page = made_up(vec![SlotPlan {
        head: vec![head("题", 18, Length::ZERO, Length::ZERO, 18)],
        head_stretch: 2,
        ..slot(2, 10, vec![lines(13)])
    }]);
    let body = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Body)
        .expect("set");
    assert_eq!(
        grid_line(body.lines[0].y),
        Some(3),
        "two lines of head and one of white"
    );
    assert_eq!(number(finding(&page, "makeup/underset"), "lines"), 1);
}

#[test]
fn e04_head_and_picture_grow_until_the_columns_close() {
    let mut photo = picture(0, 1, 4, Anchor::Top);
    photo.stretch = 3;
    let page = made_up(vec![SlotPlan {
        head: vec![head("题", 18, Length::ZERO, Length::ZERO, 18)],
        head_stretch: 3,
        pictures: vec![photo],
        ..slot(2, 16, vec![lines(20)])
    }]);
    let found = finding(&page, "makeup/grown");
    assert_eq!(found.severity, Severity::Info);
    // 28 lines below a head of two, 4 of them picture: 4 are short
    assert_eq!(
        number(found, "head") * 2 + number(found, "pictures"),
        4,
        "every line given away once"
    );
    assert_eq!(page.findings.len(), 1, "{:?}", page.findings);
}

#[test]
fn e04_white_around_a_subhead_closes_the_last_line() {
    let mut subhead = subhead("小标题", 2, 1);
    let style = Arc::make_mut(&mut subhead.style);
    style.placement = Placement::Block {
        first: 2,
        next: 1,
        stretch: 1,
    };
    let page = made_up(vec![slot(1, 10, vec![lines(3), subhead, lines(4)])]);
    let found = finding(&page, "makeup/grown");
    assert_eq!(number(found, "subheads"), 1);
    let body = page.frames.iter().filter(|frame| frame.role == Role::Body);
    let last = body.flat_map(|frame| &frame.lines).last().expect("set");
    assert_eq!(grid_line(last.y), Some(9));
}

#[test]
fn p23_text_below_a_picture_is_back_on_the_grid() {
    let caption = ParaStyle {
        size: Length::pt(8),
        pitch: Length::pt(10),
        ..body()
    };
    let mut photo = picture(0, 2, 6, Anchor::Top);
    photo.caption = vec![Paragraph {
        role: Role::Caption,
        ..paragraph("图片说明", &caption)
    }];
    let page = made_up(vec![SlotPlan {
        pictures: vec![photo],
        ..slot(2, 12, vec![lines(10)])
    }]);
    let photo = photos(&page)[0];
    assert_eq!(photo.rect.width, EM * 27, "N05: two columns and their gap");
    let body = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Body)
        .expect("set");
    assert_eq!(grid_line(body.lines[0].y), Some(7));
    let caption = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Caption)
        .expect("set");
    assert!(photo.rect.bottom() < caption.rect.y, "P24");
    assert!(
        caption.rect.bottom() + PITCH.half() <= body.rect.y,
        "half a line clear"
    );
    assert!(page.findings.is_empty(), "{:?}", page.findings);
}

#[test]
fn p25_text_runs_beside_a_narrow_picture() {
    let mut photo = picture(0, 2, 5, Anchor::Top);
    photo.width = EM * 20;
    let page = made_up(vec![SlotPlan {
        pictures: vec![photo],
        ..slot(2, 10, vec![chars(11 * 13)])
    }]);
    let beside = page
        .frames
        .iter()
        .flat_map(|frame| &frame.lines)
        .filter(|line| line.measure == EM * 6);
    let beside: Vec<_> = beside.collect();
    assert_eq!(beside.len(), 5);
    assert!(
        beside
            .iter()
            .all(|line| line.x == grid().column_x(1) + EM * 7)
    );
}

#[test]
fn p25_a_credit_shares_the_last_line_of_its_caption() {
    let style = ParaStyle {
        size: Length::pt(8),
        pitch: Length::pt(10),
        ..body()
    };
    let end = ParaStyle {
        align: Align::End,
        ..style.clone()
    };
    let mut photo = picture(0, 1, 5, Anchor::Top);
    photo.caption = vec![
        Paragraph {
            role: Role::Caption,
            ..paragraph("说明", &style)
        },
        Paragraph {
            role: Role::Credit,
            ..paragraph("某某摄", &end)
        },
    ];
    let page = made_up(vec![SlotPlan {
        pictures: vec![photo],
        ..slot(1, 10, vec![lines(4)])
    }]);
    let of = |role| {
        page.frames
            .iter()
            .find(|frame| frame.role == role)
            .expect("set")
    };
    let (caption, credit) = (&of(Role::Caption).lines[0], &of(Role::Credit).lines[0]);
    assert_eq!(caption.y, credit.y);
    assert_eq!(credit.x + credit.width, grid().column_x(0) + EM * 13);
}

#[test]
fn a_picture_without_room_is_an_error_and_the_text_is_set() {
    let photo = picture(1, 2, 5, Anchor::Top);
    let page = made_up(vec![SlotPlan {
        pictures: vec![photo],
        ..slot(2, 10, vec![lines(20)])
    }]);
    assert_eq!(
        finding(&page, "makeup/picture-does-not-fit").severity,
        Severity::Error
    );
    assert_eq!(column_lines(&page)[..2], [10, 10]);
}

#[test]
fn p29_column_rules_stand_in_the_gap_and_not_through_pictures() {
    let rule = Length::from_millipt(250);
    let page = made_up(vec![SlotPlan {
        column_rule: Border::plain(rule),
        pictures: vec![picture(0, 2, 4, Anchor::Top)],
        ..slot(3, 10, vec![lines(22)])
    }]);
    let rules: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Fill(fill) if fill.kind == FillKind::Rule => Some(fill.rect),
            _ => None,
        })
        .collect();
    assert_eq!(rules.len(), 2);
    for (column, rect) in (1..).zip(&rules) {
        let middle = grid().column_x(column) - EM.half();
        assert!((rect.x + rect.width.half() - middle).abs() <= Length::units(1));
    }
    assert_eq!(
        rules[0].y,
        grid().line_y(4),
        "below the picture over both columns"
    );
    assert_eq!(rules[1].y, grid().line_y(0));
}

#[test]
fn t35_a_missing_glyph_is_an_error_with_its_code_point() {
    let page = made_up(vec![slot(1, 2, vec![paragraph("甲鿿乙鿿", &body())])]);
    let found = finding(&page, "font/missing-glyph");
    assert_eq!(found.severity, Severity::Error);
    assert!(found.message.zh.contains("U+9FFF"), "{}", found.message.zh);
    assert_eq!(number(found, "count"), 2);
}

#[test]
fn e15_glyphs_lead_back_to_the_manuscript() {
    let mut traced = chars(26);
    let source = Span::new(SourceId(0), 100, 100 + 78);
    traced.pieces = vec![Piece {
        at: 0,
        span: source,
        exact: true,
    }];
    let page = made_up(vec![slot(1, 2, vec![traced])]);
    let glyphs: Vec<_> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Glyphs(run) => Some(&run.glyphs),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(glyphs.len(), 26);
    for (start, glyph) in (0..).zip(glyphs) {
        assert_eq!(glyph.text, start * 3..start * 3 + 3);
        let place = Span {
            start: 100 + start * 3,
            end: 103 + start * 3,
            ..source
        };
        assert_eq!(glyph.source, Some(place));
    }
}

#[test]
fn a_framed_slot_keeps_its_text_clear_of_the_rule() {
    let page = made_up(vec![SlotPlan {
        frame_rule: Border::plain(Length::pt(1)),
        padding: EM,
        text: TextColumns::even(1, EM * 11, EM),
        ..slot(1, 10, vec![chars(88)])
    }]);
    let lines = &story_frames(&page)[0].lines;
    assert_eq!(lines.len(), 8);
    assert_eq!(grid_line(lines[0].y), Some(1));
    assert_eq!(lines[0].x, grid().column_x(0) + EM);
    assert!(page.findings.is_empty(), "{:?}", page.findings);
}

#[test]
fn a_head_higher_than_its_slot_is_reported_and_kept() {
    let page = made_up(vec![SlotPlan {
        head: vec![head("题", 42, Length::ZERO, Length::ZERO, 42)],
        ..slot(2, 3, vec![lines(1)])
    }]);
    let found = finding(&page, "makeup/block-overset");
    assert_eq!(number(found, "chars"), 1);
    assert_eq!(number(finding(&page, "makeup/overset"), "chars"), 13);
    assert_eq!(page.overset.len(), 2);
}

#[test]
fn the_foot_stands_on_the_last_grid_line() {
    let mut foot = lines(1);
    foot.role = Role::Imprint;
    let page = made_up(vec![SlotPlan {
        foot: vec![foot],
        foot_lines: 2,
        ..slot(2, 10, vec![lines(16)])
    }]);
    let foot = page
        .frames
        .iter()
        .find(|frame| frame.role == Role::Imprint)
        .expect("set");
    assert_eq!(grid_line(foot.lines[0].y), Some(9));
    assert_eq!(column_lines(&page)[1], 8);
}

/// What a test page is made of: lengths of paragraphs (a subhead before each
/// third), the slot, its pictures.
#[derive(Clone, Debug)]
struct Case {
    paragraphs: Vec<usize>,
    columns: u16,
    lines: u16,
    balance: bool,
    head: bool,
    pictures: Vec<(u16, u16, u16, u16, i64)>,
}

fn cases() -> impl Strategy<Value = Case> {
    let paragraphs = prop::collection::vec(1_usize..150, 0..14);
    let pictures =
        prop::collection::vec((0_u16..4, 1_u16..3, 1_u16..9, 0_u16..13, 0_i64..30), 0..3);
    let slot = (1_u16..6, 1_u16..30, prop::bool::ANY, prop::bool::ANY);
    (paragraphs, pictures, slot).prop_map(
        |(paragraphs, pictures, (columns, lines, balance, head))| Case {
            paragraphs,
            columns,
            lines,
            balance,
            head,
            pictures,
        },
    )
}

fn planned(case: &Case) -> SlotPlan {
    let mut story = Vec::new();
    for (nth, &length) in case.paragraphs.iter().enumerate() {
        if nth % 3 == 1 {
            story.push(subhead("小标题小标题小标题小标题小标题", 2, 1));
        }
        story.push(chars(length));
    }
    let pictures = case
        .pictures
        .iter()
        .map(|&(column, columns, lines, line, width)| {
            let anchor = match line {
                0 => Anchor::Top,
                1 => Anchor::Middle,
                2 => Anchor::Bottom,
                line => Anchor::Line(line),
            };
            let mut plan = picture(column, columns, lines, anchor);
            plan.width = EM * width;
            let style = ParaStyle {
                size: Length::pt(8),
                pitch: Length::pt(10),
                ..body()
            };
            plan.caption = vec![Paragraph {
                role: Role::Caption,
                ..paragraph("图片说明文字", &style)
            }];
            plan
        });
    let pictures = pictures.collect();
    let head = if case.head {
        vec![head("标题文字", 24, Length::ZERO, Length::ZERO, 18)]
    } else {
        Vec::new()
    };
    SlotPlan {
        pictures,
        head,
        head_stretch: 3,
        ending: if case.balance {
            Ending::Balance
        } else {
            Ending::Fill
        },
        ..slot(case.columns, case.lines, story)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// E03, E05, P08: set and overset are the story, in order; lines stand on
    /// the grid, inside the slot, and clear of each other and of pictures.
    #[test]
    fn e05_nothing_is_lost_and_nothing_overlaps(case in cases()) {
        let plan = planned(&case);
        let page = made_up(vec![plan.clone()]);
        let grid = grid();
        let story = plan.story.as_ref().expect("planned");
        let whole: String = story.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let in_story = |frame: &&Frame| matches!(frame.role, Role::Body | Role::Subhead);
        let set: String = page
            .frames
            .iter()
            .filter(in_story)
            .flat_map(|frame| &frame.lines)
            .map(|line| line.text.as_str())
            .collect();
        let over: Vec<_> = page.overset.iter().filter(|over| in_story(&&over.frame)).collect();
        let lost: String = over
            .iter()
            .flat_map(|over| &over.frame.lines)
            .map(|line| line.text.as_str())
            .collect();
        prop_assert_eq!(format!("{set}{lost}"), whole);
        let told = page.findings.iter().find(|finding| finding.code == "makeup/overset");
        let chars = told.map_or(0, |finding| number(finding, "chars"));
        prop_assert_eq!(chars, i64::try_from(lost.chars().count()).expect("short"));
        prop_assert!(over.len() <= 1);

        let room = crate::base::geom::Rect::new(
            grid.column_x(0), grid.line_y(0), grid.width(case.columns), grid.height(case.lines),
        );
        let mut boxes = Vec::new();
        for frame in &page.frames {
            let size = match frame.role {
                Role::Caption => Length::pt(8),
                Role::Head => frame.rect.height,
                _ => EM,
            };
            for line in &frame.lines {
                if frame.role == Role::Body {
                    prop_assert!(grid_line(line.y).is_some(), "{line:?} is off the grid");
                }
                let top = line.y - crate::page::baseline_in_frame(size);
                let place = crate::base::geom::Rect::new(line.x, top, line.width, size);
                prop_assert!(room.contains(place), "{frame:?}");
                boxes.push(place);
            }
        }
        boxes.extend(photos(&page).iter().map(|photo| photo.rect));
        for (nth, one) in boxes.iter().enumerate() {
            prop_assert!(room.contains(*one));
            for other in &boxes[nth + 1..] {
                prop_assert!(!one.overlaps(*other), "{one:?} over {other:?}");
            }
        }
    }

    /// P28: plain text in balanced columns is as equal as whole lines allow.
    #[test]
    fn p28_balanced_columns_are_equal(count in 1_usize..60, columns in 1_u16..7) {
        let page = made_up(vec![SlotPlan {
            ending: Ending::Balance,
            ..slot(columns, 40, vec![lines(count)])
        }]);
        if count <= 40 * usize::from(columns) {
            let ends = column_lines(&page);
            let ends = &ends[..usize::from(columns)];
            let most = count.div_ceil(usize::from(columns));
            prop_assert_eq!(ends[0], most);
            prop_assert_eq!(ends.iter().sum::<usize>(), count);
            prop_assert!(ends.windows(2).all(|pair| pair[0] >= pair[1]));
            prop_assert!(count < usize::from(columns) || ends.iter().all(|&lines| lines > 0));
        }
    }

    /// E05, P08, L45 with the real composition: marks, Western words and
    /// figures, columns cut by a picture.
    #[test]
    fn e05_real_lines_lose_nothing(
        texts in prop::collection::vec("[天地玄黄宇宙洪荒，。：“”（）《》…— abc12%]{1,160}", 1..8),
        columns in 1_u16..5,
        lines in 3_u16..20,
        width in 0_i64..30,
        balance in prop::bool::ANY,
    ) {
        let style = ParaStyle { indent: EM * 2, ..body() };
        let story = texts.iter().map(|text| paragraph(text, &style)).collect();
        let mut photo = picture(0, columns.min(2), 3, Anchor::Middle);
        photo.width = EM * width;
        let page = make_up(&planned_page(vec![SlotPlan {
            pictures: vec![photo],
            ending: if balance { Ending::Balance } else { Ending::Fill },
            ..slot(columns, lines, story)
        }]), &Ideal);
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let whole = solid(&texts.concat());
        let text_of = |frame: &Frame| frame.lines.iter().map(|line| solid(&line.text)).collect::<String>();
        let set: String = story_frames(&page).into_iter().map(text_of).collect();
        let lost: String = page.overset.iter().map(|over| text_of(&over.frame)).collect();
        prop_assert_eq!(format!("{set}{lost}"), whole);
        let told = page.findings.iter().find(|finding| finding.code == "makeup/overset");
        let chars = told.map_or(0, |finding| number(finding, "chars"));
        prop_assert_eq!(chars, i64::try_from(lost.chars().count()).expect("short"));
        for frame in story_frames(&page) {
            for line in &frame.lines {
                prop_assert!(grid_line(line.y).is_some());
                prop_assert!(line.width <= line.measure, "{line:?}");
                prop_assert!(line.x >= frame.rect.x);
                prop_assert!(line.x + line.width <= frame.rect.right());
            }
        }
    }
}

#[test]
fn the_real_composition_justifies_columns_to_their_edges() {
    let style = ParaStyle {
        indent: EM * 2,
        ..body()
    };
    let text =
        "“天地玄黄，宇宙洪荒。”日月盈昃，辰宿列张；寒来暑往，秋收冬藏。共2026页，GDP增长5%。"
            .repeat(4);
    let plan = planned_page(vec![slot(2, 12, vec![paragraph(&text, &style)])]);
    let page = make_up(&plan, &Ideal);
    for frame in story_frames(&page) {
        for line in frame.lines.iter().filter(|line| !line.last) {
            let right = (line.x + line.width - frame.rect.right()).abs();
            assert!(right <= Length::units(1), "{line:?}");
        }
    }
    assert!(
        page.findings
            .iter()
            .any(|finding| finding.code == "makeup/underset")
    );
}
