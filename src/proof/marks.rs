//! 大样 marks: type area, columns, grid, frames, and overset in red.

use super::spots;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point, Rect};
use crate::page::{Fill, FillKind, GlyphRun, Item, Overset, Page, baseline_in_frame};
use crate::story::Ink;

/// Sets one short line of text in a size and an ink, from the left end of
/// its baseline. The proof has no fonts of its own.
pub type Lettering<'a> = dyn Fn(&str, Length, Ink) -> Vec<GlyphRun> + 'a;

const GRID_INK: Ink = Ink::cmyk(400, 0, 0, 0);
const AREA_INK: Ink = Ink::cmyk(1000, 400, 0, 200);
const FRAME_INK: Ink = Ink::cmyk(0, 450, 0, 0);
const NAME_INK: Ink = Ink::cmyk(200, 1000, 0, 200);
pub(super) const RED: Ink = Ink::cmyk(0, 1000, 1000, 0);
const STAMP_INK: Ink = Ink::cmyk(0, 900, 900, 0);

const HAIR: Length = Length::from_millipt(250);
pub(super) const RULE: Length = Length::from_millipt(1_000);
pub(super) const LABEL: Length = Length::pt(7);
const TAG: Length = Length::pt(8);
const STAMP: Length = Length::pt(12);
const TICK: Length = Length::pt(4);
/// Every so many grid lines have a tick and their number.
const TICK_EVERY: u16 = 5;
/// Columns of overset text beside the page at most; what is beyond them is
/// counted in the tag.
const STRIPS: usize = 6;

/// A page with its proof marks: the type area and its columns under the set
/// page, every fifth grid line numbered on both sides, every fifth line of a
/// vertical slot at its head and foot, the frames with the names of their slots, what was overset in red on a strip beside the page
/// with `过版 N 行 M 字` (E05), and `stamp` (what is proofed, and the stage) at
/// the top (E06). No mark but outlines and names stands on the matter of the
/// page; the trim grows to the right where there is overset.
pub fn mark(page: &Page, lettering: &Lettering<'_>, stamp: &str) -> Page {
    let mut marks = Marks {
        items: Vec::new(),
        lettering,
    };
    marks.grid(page);
    let mut items = std::mem::take(&mut marks.items);
    marks.numbers(page);
    marks.vertical_numbers(page);
    marks.frames(page);
    marks.stamp(page, stamp);
    spots::draw(&mut marks, page);
    let beside = marks.overset(page);
    let mut marked = page.clone();
    marked.trim.width += beside;
    items.append(&mut marked.items);
    items.append(&mut marks.items);
    marked.items = items;
    marked
}

pub(super) struct Marks<'a> {
    items: Vec<Item>,
    lettering: &'a Lettering<'a>,
}

impl Marks<'_> {
    fn fill(&mut self, rect: Rect, ink: Ink) {
        self.items.push(Item::Fill(Fill {
            rect,
            ink,
            kind: FillKind::Mark,
        }));
    }

    pub(super) fn outline(&mut self, rect: Rect, ink: Ink, thick: Length) {
        let inner = rect.height - thick * 2;
        self.fill(Rect::new(rect.x, rect.y, rect.width, thick), ink);
        self.fill(
            Rect::new(rect.x, rect.bottom() - thick, rect.width, thick),
            ink,
        );
        if inner > Length::ZERO {
            self.fill(Rect::new(rect.x, rect.y + thick, thick, inner), ink);
            self.fill(
                Rect::new(rect.right() - thick, rect.y + thick, thick, inner),
                ink,
            );
        }
    }

    /// Writes a word with the left end of its baseline at `at`.
    pub(super) fn write(&mut self, text: &str, size: Length, ink: Ink, at: Point) {
        for run in (self.lettering)(text, size, ink) {
            self.items.push(Item::Glyphs(moved(run, at)));
        }
    }

    fn grid(&mut self, page: &Page) {
        let grid = &page.grid;
        let area = grid.area();
        self.outline(area, AREA_INK, HAIR * 2);
        for column in 0..grid.columns {
            let x = grid.column_x(column);
            for edge in [x, x + grid.column_width() - HAIR] {
                self.fill(Rect::new(edge, area.y, HAIR, area.height), GRID_INK);
            }
        }
        for number in (TICK_EVERY..=grid.lines).step_by(usize::from(TICK_EVERY)) {
            let y = grid.baseline_y(number - 1);
            let lines = horizontal(page, y);
            if lines.is_empty() {
                continue;
            }
            self.fill(Rect::new(area.x - TICK, y, TICK, HAIR), AREA_INK);
            self.fill(Rect::new(area.right(), y, TICK, HAIR), AREA_INK);
            for (from, to) in lines {
                self.fill(Rect::new(from, y, to - from, HAIR.half()), GRID_INK);
            }
        }
        for standing in &page.standing {
            let (top, height) = (standing.rect.y, standing.rect.height);
            for number in (TICK_EVERY..=standing.lines).step_by(usize::from(TICK_EVERY)) {
                let x = standing.axis(number - 1) - standing.size.half();
                self.fill(Rect::new(x, top, HAIR.half(), height), GRID_INK);
            }
        }
    }

    /// The numbers of the grid lines, at both ends.
    fn numbers(&mut self, page: &Page) {
        let area = page.grid.area();
        for number in (TICK_EVERY..=page.grid.lines).step_by(usize::from(TICK_EVERY)) {
            let y = page.grid.baseline_y(number - 1);
            if horizontal(page, y).is_empty() {
                continue;
            }
            let number = number.to_string();
            for x in [area.x - TICK - LABEL * 2, area.right() + TICK * 3 / 2] {
                self.write(&number, LABEL, AREA_INK, Point::new(x, y));
            }
        }
    }

    /// The numbers of vertical lines, from the right, at both ends; none on
    /// the matter of another slot.
    fn vertical_numbers(&mut self, page: &Page) {
        for standing in &page.standing {
            let (head, foot) = (standing.rect.y, standing.rect.bottom());
            for number in (TICK_EVERY..=standing.lines).step_by(usize::from(TICK_EVERY)) {
                let axis = standing.axis(number - 1);
                let number = number.to_string();
                // figures are half an em wide
                let width = LABEL.half() * i64::try_from(number.len()).unwrap_or(2);
                let x = axis - width.half();
                for (tick, top) in [(head - TICK, head - TICK - LABEL), (foot, foot + TICK)] {
                    let label = Rect::new(x, top, width, LABEL);
                    if !is_clear(page, &standing.slot, label) {
                        continue;
                    }
                    self.fill(Rect::new(axis, tick, HAIR, TICK), AREA_INK);
                    let at = Point::new(x, top + baseline_in_frame(LABEL));
                    self.write(&number, LABEL, AREA_INK, at);
                }
            }
        }
    }

    fn frames(&mut self, page: &Page) {
        for frame in &page.frames {
            self.outline(frame.rect, FRAME_INK, HAIR);
        }
        let mut named: Vec<&str> = Vec::new();
        for frame in &page.frames {
            if named.contains(&&*frame.slot) {
                continue;
            }
            named.push(&frame.slot);
            let at = Point::new(frame.rect.x, frame.rect.y - HAIR * 2);
            self.write(&frame.slot, LABEL, NAME_INK, at);
        }
    }

    fn stamp(&mut self, page: &Page, stamp: &str) {
        // above the page head and its names
        let at = Point::new(page.grid.origin.x, STAMP * 2);
        self.write(stamp, STAMP, STAMP_INK, at);
    }

    /// Overset in red: a frame around its slot, a tag in the foot margin under
    /// it, and the text in strips to the right of the page. The answer is the
    /// width of the strips.
    fn overset(&mut self, page: &Page) -> Length {
        if page.overset.is_empty() {
            return Length::ZERO;
        }
        let foot = page.trim.height - STAMP;
        let mut strip = Strip::new(page);
        // the true edge of the sheet
        self.fill(
            Rect::new(page.trim.width, Length::ZERO, HAIR, page.trim.height),
            AREA_INK,
        );
        let mut tagged: Vec<Length> = Vec::new();
        for overset in &page.overset {
            let tag = format!("过版 {} 行 {} 字", overset.lines, overset.chars);
            self.outline(overset.slot, RED, RULE);
            // slots above each other have their tags one over the other
            let x = overset.slot.x;
            let over = tagged.iter().filter(|&&at| (at - x).abs() < TAG * 16);
            let row = i64::try_from(over.count()).unwrap_or(0);
            tagged.push(x);
            let y = page.trim.height - TAG - TAG * 5 / 4 * row;
            let title = format!("{} {tag}", overset.frame.slot);
            self.write(&title, TAG, RED, Point::new(x, y));
            self.strip(&mut strip, overset, &title, foot);
        }
        strip.right - page.trim.width
    }

    fn strip(&mut self, strip: &mut Strip, overset: &Overset, title: &str, foot: Length) {
        let width = overset.frame.rect.width.max(TAG * 12);
        if !strip.room(width, TAG * 4, foot) {
            return;
        }
        let title_at = Point::new(strip.x, strip.y + baseline_in_frame(TAG));
        self.write(title, TAG, RED, title_at);
        strip.y += TAG * 2;
        // Lines of glyphs by baseline: a strip is filled line by line.
        let mut runs = overset.glyphs.iter().peekable();
        let mut above = Length::ZERO;
        // a vertical line hangs from its top, in a row with its neighbours
        let hangs = match overset.frame.direction {
            Direction::Horizontal => Length::ZERO,
            Direction::Vertical => {
                let measures = overset.frame.lines.iter().map(|line| line.measure);
                measures.max().unwrap_or(Length::ZERO)
            }
        };
        for line in &overset.frame.lines {
            let step = line.y - above;
            above = line.y;
            if !strip.room(width, step + hangs, foot) {
                return;
            }
            strip.y += step;
            let at = Point::new(strip.x, strip.y - line.y);
            let reach = line.y + hangs;
            while let Some(run) =
                runs.next_if(|run| run.glyphs.first().is_none_or(|glyph| glyph.at.y <= reach))
            {
                let red = GlyphRun {
                    ink: RED,
                    ..run.clone()
                };
                self.items.push(Item::Glyphs(moved(red, at)));
            }
        }
        strip.y += TAG * 2 + hangs;
    }
}

/// The stretches of the type area at `y` in which lines lie: all of its width
/// but what vertical slots take.
fn horizontal(page: &Page, y: Length) -> Vec<(Length, Length)> {
    let area = page.grid.area();
    let standing = page.standing.iter().map(|standing| standing.rect);
    let mut taken: Vec<(Length, Length)> = standing
        .filter(|rect| rect.y <= y && y < rect.bottom())
        .map(|rect| (rect.x, rect.right()))
        .collect();
    taken.sort_unstable();
    taken.push((area.right(), area.right()));
    let mut lines = Vec::new();
    let mut x = area.x;
    for (from, to) in taken {
        // nothing is set in a gap between columns
        if from - x > page.grid.gap {
            lines.push((x, from));
        }
        x = x.max(to);
    }
    lines
}

/// Whether nothing stands in a box but what belongs to a slot.
fn is_clear(page: &Page, slot: &str, label: Rect) -> bool {
    let meets = |rect: &Rect| {
        rect.x < label.right()
            && label.x < rect.right()
            && rect.y < label.bottom()
            && label.y < rect.bottom()
    };
    let mut frames = page.frames.iter().filter(|frame| &*frame.slot != slot);
    let mut photos = page.items.iter().filter_map(|item| match item {
        Item::Photo(photo) => Some(&photo.rect),
        _ => None,
    });
    !frames.any(|frame| meets(&frame.rect)) && !photos.any(meets)
}

/// The strips of overset text beside the page.
struct Strip {
    x: Length,
    y: Length,
    right: Length,
    count: usize,
    top: Length,
}

impl Strip {
    fn new(page: &Page) -> Self {
        let x = page.trim.width + TAG;
        Self {
            x,
            y: STAMP,
            right: x,
            count: 0,
            top: STAMP,
        }
    }

    /// Makes sure that `step` more fits above `foot`, in a new strip if need
    /// be; false when all strips are full.
    fn room(&mut self, width: Length, step: Length, foot: Length) -> bool {
        if self.y + step > foot && self.y > self.top {
            if self.count + 1 >= STRIPS {
                return false;
            }
            self.count += 1;
            self.x = self.right;
            self.y = self.top;
        }
        self.right = self.right.max(self.x + width + TAG);
        true
    }
}

/// A run moved so that its origin stands at `at`.
pub(super) fn moved(mut run: GlyphRun, at: Point) -> GlyphRun {
    for glyph in &mut run.glyphs {
        glyph.at = Point::new(glyph.at.x + at.x, glyph.at.y + at.y);
    }
    run
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::diag::{Diagnostic, Severity};
    use crate::base::font::FaceId;
    use crate::base::geom::Size;
    use crate::page::{Frame, FrameLine, Glyph, Grid, Spot};
    use crate::story::Role;

    pub(crate) fn page() -> Page {
        let grid = Grid {
            origin: Point::new(Length::mm(15), Length::mm(15)),
            columns: 2,
            chars: 13,
            size: Length::pt(9),
            pitch: Length::pt(12),
            gap: Length::pt(9),
            lines: 20,
        };
        Page {
            number: "01".into(),
            title: String::new(),
            trim: Size::new(Length::mm(200), Length::mm(200)),
            bleed: Length::ZERO,
            slug: Length::ZERO,
            grid,
            standing: Vec::new(),
            items: Vec::new(),
            frames: Vec::new(),
            overset: Vec::new(),
            findings: Vec::new(),
            spots: Vec::new(),
        }
    }

    /// Letters one em wide; the run's text tells what was written.
    fn letters(text: &str, size: Length, ink: Ink) -> Vec<GlyphRun> {
        let glyph = Glyph {
            id: 1,
            at: Point::default(),
            scale_x: 1000,
            turned: false,
            text: 0..u32::try_from(text.len()).expect("short"),
            source: None,
        };
        vec![GlyphRun {
            face: FaceId(0),
            size,
            ink,
            vertical: false,
            text: text.into(),
            glyphs: vec![glyph],
        }]
    }

    fn words_at(page: &Page, word: &str) -> Option<usize> {
        let is_it = |item: &Item| matches!(item, Item::Glyphs(run) if &*run.text == word);
        page.items.iter().position(is_it)
    }

    fn words(page: &Page) -> Vec<Arc<str>> {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) => Some(Arc::clone(&run.text)),
            _ => None,
        });
        runs.collect()
    }

    #[test]
    fn e06_every_fifth_line_is_numbered_on_both_sides_and_the_stage_is_stamped() {
        let marked = mark(&page(), &letters, "大样");
        let words = words(&marked);
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        assert_eq!(
            words,
            ["5", "5", "10", "10", "15", "15", "20", "20", "大样"]
        );
        assert_eq!(marked.trim, page().trim);
        let marks = marked.items.iter().all(|item| match item {
            Item::Fill(fill) => fill.kind == FillKind::Mark,
            _ => true,
        });
        assert!(marks);
    }

    #[test]
    fn e06_v01_vertical_lines_are_numbered_from_the_right() {
        let mut set = page();
        let area = set.grid.area();
        let standing = |rect: Rect| crate::page::Standing {
            slot: "lead".into(),
            rect,
            size: set.grid.size,
            pitch: set.grid.pitch,
            lines: set.grid.lines_in(rect.width),
        };
        let whole = standing(area);
        set.standing = vec![whole.clone()];
        let marked = mark(&set, &letters, "");
        let numbers: Vec<(String, Length)> = marked
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) if !run.text.is_empty() => {
                    Some((run.text.to_string(), run.glyphs[0].at.x))
                }
                _ => None,
            })
            .collect();
        let names: Vec<&str> = numbers.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            names,
            ["5", "5", "10", "10", "15", "15", "20", "20"],
            "at head and foot, and no grid lines"
        );
        let digit = LABEL.half();
        assert_eq!(numbers[0].1, whole.axis(4) - digit.half());
        assert!(numbers[2].1 < numbers[0].1, "from the right");
        // beside a horizontal slot the grid lines keep their numbers
        set.standing = vec![standing(Rect::new(
            area.x,
            area.y,
            set.grid.width(1),
            area.height,
        ))];
        let both = words(&mark(&set, &letters, ""));
        assert_eq!(both.iter().filter(|word| &***word == "20").count(), 2);
        assert_eq!(both.iter().filter(|word| &***word == "10").count(), 4);
    }

    #[test]
    fn e06_the_grid_lies_under_the_set_page() {
        let mut set = page();
        set.items = letters("字", Length::pt(9), Ink::BLACK)
            .into_iter()
            .map(Item::Glyphs)
            .collect();
        let marked = mark(&set, &letters, "");
        let at = words_at(&marked, "字");
        let grid = |item: &Item| matches!(item, Item::Fill(fill) if fill.ink == GRID_INK);
        let last = marked.items.iter().rposition(grid);
        assert!(last.is_some() && last < at, "{last:?} {at:?}");
    }

    #[test]
    fn n30_places_of_findings_are_framed_numbered_and_explained() {
        let mut page = page();
        let rect = Rect::new(
            Length::mm(20),
            Length::mm(30),
            Length::mm(40),
            Length::mm(10),
        );
        for (severity, zh) in [(Severity::Info, "轻"), (Severity::Warning, "碰题")] {
            page.spots.push(Spot {
                finding: page.findings.len(),
                rect,
            });
            page.findings
                .push(Diagnostic::new(severity, "page/heads-bump", zh, "bump"));
        }
        let marked = mark(&page, &letters, "");
        assert!(words_at(&marked, "1 碰题").is_some());
        assert!(words_at(&marked, "2 碰题").is_none(), "a hint is not drawn");
        let around = marked.items.iter().filter(|item| match item {
            Item::Fill(fill) => fill.ink == RED && rect.grown(RULE).contains(fill.rect),
            _ => false,
        });
        assert_eq!(around.count(), 4, "four sides");
    }

    #[test]
    fn e05_overset_is_shown_in_red_beside_the_page() {
        let mut page = page();
        let line = |nth: i64| FrameLine {
            text: "余".into(),
            x: Length::ZERO,
            y: Length::pt(8 + 12 * nth),
            width: Length::pt(9),
            measure: Length::pt(117),
            last: nth == 1,
            source: None,
            ruby: Vec::new(),
        };
        let glyphs = |nth: i64| {
            let mut run = letters("余", Length::pt(9), Ink::BLACK).remove(0);
            run.glyphs[0].at.y = Length::pt(8 + 12 * nth);
            run
        };
        let strip = Rect::new(Length::ZERO, Length::ZERO, Length::pt(117), Length::pt(24));
        page.overset.push(Overset {
            frame: Frame {
                slot: "lead".into(),
                role: Role::Body,
                story: None,
                rect: strip,
                direction: Direction::Horizontal,
                lines: vec![line(0), line(1)],
            },
            glyphs: vec![glyphs(0), glyphs(1)],
            lines: 2,
            chars: 2,
            slot: page.grid.area(),
        });
        let marked = mark(&page, &letters, "");
        assert!(marked.trim.width > page.trim.width + Length::pt(117));
        let red: Vec<_> = marked
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) if &*run.text == "余" => Some(run),
                _ => None,
            })
            .collect();
        assert_eq!(red.len(), 2);
        assert!(red.iter().all(|run| run.ink == RED));
        assert!(red.iter().all(|run| run.glyphs[0].at.x >= page.trim.width));
        assert_eq!(
            red[1].glyphs[0].at.y - red[0].glyphs[0].at.y,
            Length::pt(12)
        );
        assert!(
            words(&marked)
                .iter()
                .any(|word| &**word == "lead 过版 2 行 2 字")
        );
        // the tag stands clear of the type area
        let foot = page.grid.area().bottom();
        let tags = marked.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) if run.text.contains("过版") => Some(run.glyphs[0].at),
            _ => None,
        });
        assert!(
            tags.into_iter()
                .all(|at| at.y - TAG > foot || at.x > page.trim.width)
        );
    }
}
