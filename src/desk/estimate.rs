//! 估算: how many lines copy will take, before anything is set (E02), and the
//! word count of a page (E01).
//!
//! An estimate counts characters, not what they are set to; it is right to a
//! line or two a story, and tells an editor what to cut before the page is
//! made up.

use crate::base::geom::Length;
use crate::desk::plan::{HeadPart, PicturePlan, SlotPlan};
use crate::page::Grid;
use crate::story::{Figure, Paragraph, Placement};

/// What a slot holds and what its copy will take, in grid lines of one text
/// column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Lines of all text columns.
    pub room: usize,
    /// Lines of running text, subheads included.
    pub text: usize,
    /// What headline block and foot take, over all columns.
    pub head: usize,
    /// What pictures and their captions take.
    pub pictures: usize,
}

impl Estimate {
    /// The estimate of a slot.
    pub fn of(slot: &SlotPlan, grid: &Grid) -> Self {
        let columns = usize::from(slot.text.count());
        let frame = match slot.frame_rule.is_some() {
            true => slot.padding.cover(grid.pitch).max(1),
            false => slot.padding.cover(grid.pitch),
        };
        let inside = i64::from(slot.lines) - frame * 2;
        let width = slot.text.width(0, slot.text.count());
        let head = lines(height_of_head(&slot.head, width), grid).max(slot.head_lines.into());
        let paragraphs = slot.story.iter().flat_map(|story| &story.paragraphs);
        let figures = slot.story.iter().flat_map(|story| &story.figures);
        let pictures = slot.pictures.iter();
        Self {
            room: whole(inside) * columns,
            text: paragraphs
                .map(|one| running(one, slot.text.measure()))
                .chain(figures.map(|one| figure(one, slot.text.measure(), grid)))
                .sum(),
            head: (head + usize::from(slot.foot_lines)) * columns,
            pictures: pictures.map(|one| picture(one, slot, grid)).sum(),
        }
    }

    /// Everything that goes into the slot.
    pub fn taken(&self) -> usize {
        self.text + self.head + self.pictures
    }
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
