//! 估算: how many lines copy will take, before anything is set (E02), and the
//! word count of a page (E01).
//!
//! An estimate counts characters, not what they are set to; it is right to a
//! line or two a story, and tells an editor what to cut before the page is
//! made up.

use std::ops::Range;

use crate::base::clreq::Direction;
use crate::base::geom::Length;
use crate::desk::columns::TextColumns;
use crate::desk::lying::Lying;
use crate::desk::plan::{HeadPart, HeadPlace, PicturePlan, Side, SlotPlan};
use crate::page::Grid;
use crate::story::{Figure, Paragraph, Placement};

/// What a slot holds and what its copy will take, in grid lines of one text
/// column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Lines of all text columns, each as deep as the slot's shape lets it be
    /// (N33).
    pub room: usize,
    /// Lines of running text, subheads included.
    pub text: usize,
    /// What headline block and foot take from the columns that they stand in
    /// (N27).
    pub head: usize,
    /// What pictures and their captions take.
    pub pictures: usize,
}

impl Estimate {
    /// The estimate of a slot.
    pub fn of(slot: &SlotPlan, grid: &Grid) -> Self {
        match slot.direction {
            Direction::Horizontal => Self::lying(slot, grid),
            Direction::Vertical => {
                let lying = Lying::of(grid, slot);
                Self::lying(&lying.slot, &lying.sheet)
            }
        }
    }

    fn lying(slot: &SlotPlan, grid: &Grid) -> Self {
        let inside = slot.inside(grid);
        let room = held(&slot.text, &inside);
        let paragraphs = slot.story.iter().flat_map(|story| &story.paragraphs);
        let figures = slot.story.iter().flat_map(|story| &story.figures);
        let pictures = slot.pictures.iter();
        Self {
            room,
            text: paragraphs
                .map(|one| running(one, slot.text.measure()))
                .chain(figures.map(|one| figure(one, slot.text.measure(), grid)))
                .sum(),
            head: room - left(slot, grid, &inside).min(room),
            pictures: pictures.map(|one| picture(one, slot, grid)).sum(),
        }
    }

    /// Everything that goes into the slot.
    pub fn taken(&self) -> usize {
        self.text + self.head + self.pictures
    }
}

/// Lines of all columns, where head and foot leave them `between`.
fn held(text: &TextColumns, between: &Range<u16>) -> usize {
    text.iter().map(|column| column.lines(between).len()).sum()
}

/// Lines that head and foot leave of the columns: a headline over the text
/// takes the heads of those below it, one beside or inside it a block of its
/// own columns. The lines of a headline between two bands of text are in no
/// column from the first.
fn left(slot: &SlotPlan, grid: &Grid, inside: &Range<u16>) -> usize {
    let text = &slot.text;
    let foot = inside.end.saturating_sub(slot.foot_lines).max(inside.start);
    let area = inside.start..foot;
    // so many lines of `columns` from `column` on, so far down the area
    let without = |(column, columns): (u16, u16), down: u16, lines: u16| {
        let top = area.start + down.min(foot - area.start);
        let end = top.saturating_add(lines).min(foot);
        let block = text.iter().skip(column.into()).take(columns.into());
        let taken = block.map(|column| {
            let lines = column.lines(&area);
            lines.start.max(top)..lines.end.min(end)
        });
        held(text, &area) - taken.map(|lines| lines.len()).sum::<usize>()
    };
    let needed = |width: Length| {
        let lines = lines(height_of_head(&slot.head, width), grid);
        u16::try_from(lines)
            .unwrap_or(u16::MAX)
            .max(slot.head_lines)
    };
    match slot.head_place {
        HeadPlace::Over => {
            let head = needed(text.width(0, text.below_head()));
            held(text, &(area.start.saturating_add(head).min(foot)..foot))
        }
        _ if slot.head.is_empty() => held(text, &area),
        HeadPlace::Block { between: true, .. } => held(text, &area),
        HeadPlace::Upright {
            side,
            columns,
            lines,
        } => {
            let columns = columns.clamp(1, text.count());
            let first = match side {
                Side::Left => 0,
                Side::Right => text.count() - columns,
            };
            let high = match lines {
                0 => standing(&slot.head, grid),
                lines => lines,
            };
            without((first, columns), 0, high)
        }
        HeadPlace::Block {
            column,
            columns,
            line,
            lines,
            between: false,
        } => {
            let column = column.min(text.count() - 1);
            let columns = columns.clamp(1, text.count() - column);
            let deep = foot - area.start;
            let high = needed(text.width(column, columns)).max(lines).min(deep);
            let down = line.unwrap_or((deep - high) / 2);
            without((column, columns), down, high)
        }
    }
}

/// Grid lines of an upright headline: its longest part in one line, with a
/// blank of its own size at either end (N29).
fn standing(head: &[HeadPart], grid: &Grid) -> u16 {
    let parts = head.iter().map(|part| &part.paragraph);
    let long = parts.map(|one| width(one) + one.style.size * 2).max();
    let lines = lines(long.unwrap_or(Length::ZERO), grid);
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Lines of a paragraph at a measure: ceil((characters + indent) / measure),
/// a headline inside the text at what its style takes (E02).
pub fn running(paragraph: &Paragraph, measure: Length) -> usize {
    let style = &paragraph.style;
    let measure = (measure - style.start - style.end).max(Length::units(1));
    let set = whole((width(paragraph) + style.indent).cover(measure)).max(1);
    match style.placement {
        Placement::Lines => set,
        Placement::Block { first, next, .. } => usize::from(first) + usize::from(next) * (set - 1),
    }
}

/// How wide a paragraph is on one line: Han and Chinese marks an em each,
/// Western characters half an em.
fn width(paragraph: &Paragraph) -> Length {
    let size = paragraph.style.size;
    let halves: i64 = paragraph
        .text
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if c < '\u{2000}' { 1 } else { 2 })
        .sum();
    size * halves / 2
}

/// The height of the headline parts at a width (N24).
fn height_of_head(head: &[HeadPart], width_of_slot: Length) -> Length {
    head.iter()
        .map(|part| {
            let set = width(&part.paragraph)
                .cover(width_of_slot.max(Length::units(1)))
                .max(1);
            // half an em inside rules, above and below
            let ruled = part.frame.is_some() || part.rule.is_some();
            let inside = part.paragraph.style.size * i64::from(ruled);
            part.above + part.paragraph.style.pitch * set + inside + part.below
        })
        .sum()
}

/// What a picture takes, with the caption below it.
fn picture(plan: &PicturePlan, slot: &SlotPlan, grid: &Grid) -> usize {
    let columns = plan.columns.max(1);
    let measure = slot.text.width(plan.column, columns);
    let caption = plan.caption.iter().map(|one| {
        let set = width(one).cover(measure.max(Length::units(1))).max(1);
        one.style.pitch * set
    });
    // those of pictures side by side stand beside each other
    let each = (measure / plan.photos.len().max(1) as i64).max(Length::units(1));
    let own = plan.photos.iter().map(|photo| {
        let lines = |one: &Paragraph| one.style.pitch * width(one).cover(each).max(1);
        photo.caption.iter().map(lines).sum::<Length>()
    });
    let own = own.max().unwrap_or(Length::ZERO);
    let caption = lines(caption.sum::<Length>() + own, grid);
    (usize::from(plan.lines) + caption) * usize::from(columns)
}

/// What a picture in the text takes at most.
fn figure(figure: &Figure, measure: Length, grid: &Grid) -> usize {
    let caption = figure.caption.iter().map(|one| {
        let set = width(one).cover(measure.max(Length::units(1))).max(1);
        one.style.pitch * set
    });
    usize::from(figure.lines) + lines(caption.sum(), grid)
}

fn lines(height: Length, grid: &Grid) -> usize {
    whole(height.cover(grid.pitch))
}

fn whole(count: i64) -> usize {
    usize::try_from(count.max(0)).unwrap_or(usize::MAX)
}

/// What stands on a page besides text, in thousandths of its type area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// News photographs: each counts 80 %.
    pub photos: i64,
    /// Pictures that only adorn: 30 %.
    pub ornaments: i64,
}

/// 版面字数 (E01): characters of a line × lines, photographs at 80 % and
/// ornaments at 30 % of their area, the rest whole. In tenths of a character.
pub fn page_words(chars: i64, lines: i64, shares: Shares) -> i64 {
    let whole = 1000 - shares.photos - shares.ornaments;
    let weighed = whole * 10 + shares.photos * 8 + shares.ornaments * 3;
    // thousandths of the area, tenths of the weight, tenths of the result
    (chars * lines * weighed + 500) / 1000
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::clreq::Scheme;
    use crate::base::diag::SourceId;
    use crate::base::font::FaceId;
    use crate::desk::layout;
    use crate::desk::planner::article::{Article, ArticleBlock, ArticleBlockKind, Words};
    use crate::desk::planner::{Resources, plan_article};
    use crate::story::{Align, ParaStyle, Role, Turn};

    #[test]
    fn e01_photographs_count_four_fifths() {
        let shares = |photos, ornaments| Shares { photos, ornaments };
        assert_eq!(page_words(111, 123, shares(200, 0)), 131_069);
        assert_eq!(page_words(111, 123, shares(0, 0)), 136_530);
        assert_eq!(page_words(100, 100, shares(0, 1000)), 30_000);
    }

    #[test]
    fn e02_each_paragraph_is_rounded_up_by_itself() {
        let lines = [100, 40, 27].map(|chars| running(&body("文", chars), Length::pt(9) * 13));
        assert_eq!(lines, [8, 4, 3]);
        // Western characters take half an em
        assert_eq!(running(&body("a", 100), Length::pt(9) * 13), 4);
    }

    /// The estimate of a slot of these keys over a story of `chars` characters
    /// with a headline of four, its size twice the body's.
    fn of_slot(keys: &str, chars: usize) -> Estimate {
        let layout = format!(
            r#"
sheet.trim = ["390mm", "540mm"]
grid = {{ columns = 8, chars = 13, size = "9pt", pitch = "12pt", lines = 100 }}
faces.song = {{ han = ["song"] }}
styles.body = {{ face = "song", indent = 0 }}
styles.head = {{ size = "18pt", pitch = "24pt" }}
[[slots]]
name = "main"
main = true
column = 1
line = 1
{keys}
"#
        );
        let layout = layout::parse("own", SourceId(0), &layout);
        let layout = layout
            .value
            .unwrap_or_else(|| panic!("{:#?}", layout.notes));
        let article = Article {
            title: Some(Words::new("市区通车", None)),
            blocks: vec![ArticleBlock {
                kind: ArticleBlockKind::Paragraph,
                words: Words::new("文".repeat(chars), None),
                inlines: Vec::new(),
                span: None,
            }],
            ..Article::default()
        };
        let resources = Resources {
            face: &|_| Some(FaceId(0)),
            photo: &|_, _| None,
        };
        let plan = plan_article(&article, &layout, resources).value;
        let plan = plan.expect("a plan");
        Estimate::of(&plan.slots[0], &plan.grid)
    }

    #[test]
    fn e02_the_room_is_what_the_shape_holds() {
        let room = |keys: &str| of_slot(keys, 10).room;
        assert_eq!(room("columns = 4\nlines = 40"), 160);
        let two_shorter = "columns = 4\nlines = 40\nlegs = [{ columns = 2, lines = 30 }]";
        assert_eq!(room(two_shorter), 140);
        let frame = "columns = 2\nlines = 20\nframes = [{ column = 5, columns = 3, line = 50, lines = 10 }]";
        assert_eq!(room(frame), 2 * 20 + 3 * 10);
        let framed = "columns = 2\nlines = 20\nframe = \"1pt\"";
        assert_eq!(room(framed), 2 * 18, "a line at head and foot");
        // bands of a vertical slot are as many lines as the slot is wide: two
        // columns of 13 em and their gap, a line every 12 pt
        let vertical = "columns = 2\nlines = 40\ndirection = \"vertical\"\ntext_columns = 2";
        assert_eq!(room(vertical), 2 * 20);
    }

    #[test]
    fn e02_a_headline_takes_lines_of_the_columns_it_stands_in() {
        let head = |keys: &str| of_slot(keys, 10).head;
        let own = |head: &str| format!("columns = 4\nlines = 40\nhead = {{ {head} }}");
        assert_eq!(head(&own("type = \"盖文题\", lines = 5")), 4 * 5);
        // beside the text of the other two
        assert_eq!(
            head(&own("type = \"盖文题\", columns = 2, lines = 5")),
            2 * 5
        );
        assert_eq!(head(&own("type = \"文包题\", lines = 6")), 2 * 6);
        assert_eq!(head(&own("type = \"左题\"")), 40);
        assert_eq!(head(&own("type = \"竖题\", columns = 1, lines = 12")), 12);
        assert_eq!(head(&own("type = \"腰带题\", line = 10, lines = 4")), 4 * 4);
        // what stands between two bands is in no column at all
        let between = of_slot(&own("type = \"文夹题\", line = 11, lines = 6"), 10);
        assert_eq!((between.room, between.head), (4 * 34, 0));
    }

    /// So many characters of 9 pt, indented by two em.
    fn body(character: &str, count: usize) -> Paragraph {
        let style = ParaStyle {
            align: Align::Justify,
            turn: Turn::Fill,
            indent: Length::pt(18),
            start: Length::ZERO,
            end: Length::ZERO,
            size: Length::pt(9),
            pitch: Length::pt(12),
            scheme: Arc::new(Scheme::default()),
            placement: Placement::Lines,
            keep_next: 0,
            before: 0,
            casts: [].into(),
        };
        Paragraph {
            role: Role::Body,
            text: character.repeat(count),
            runs: Vec::new(),
            pieces: Vec::new(),
            interlinear: Vec::new(),
            style: Arc::new(style),
        }
    }
}
