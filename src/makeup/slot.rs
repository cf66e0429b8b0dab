//! One slot: head, text, pictures, foot, rules, and what there is to report.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;
use std::slice;
use std::sync::Arc;

use super::alone;
use super::area::{Area, Room};
use super::board::{Board, Owner};
use super::composer::Composer;
use super::deepen;
use super::dropcap::Cap;
use super::figure::{FigureMatter, FigurePart};
use super::filler::{self, Filled};
use super::findings;
use super::fit::{Fit, Job, fit, patience};
use super::flow::{Cause, FlowLine, Hole, TablePart};
use super::growth::Growth;
use super::head::Head;
use super::headblock::HeadBlock;
use super::jump::{self, Jump};
use super::matter::{Lines, Matter};
use super::picture::{self, Picture};
use super::rule;
use super::shrink::{self, Advice, Less};
use super::sidetitle;
use super::stranded::Mend;
use super::table::{self, TableMatter};
use super::upright::Upright;
use crate::base::clreq::Direction;
use crate::base::geom::{Length, Point, Rect};
use crate::base::photo::Photo;
use crate::compose::Line;
use crate::desk::columns::Stand;
use crate::desk::plan::{Ending, HeadPlace, SlotPlan};
use crate::page::{FillKind, Grid, Item, PlacedPhoto, baseline_in_frame};
use crate::story::{Ink, Placement, Role, Story};

/// Makes up one slot on the board. What finds no room in a slot whose story
/// goes on elsewhere is handed out (N38).
pub(crate) fn make_up(
    board: &mut Board<'_>,
    slot: &SlotPlan,
    composer: &dyn Composer,
) -> Option<Story> {
    let grid = board.grid;
    let room = Room::of(grid, slot);
    let upright = Upright::set(grid, slot, room, composer);
    let over = slot.head_place == HeadPlace::Over;
    let head = match over {
        false => Head::none(),
        true => Head::set(grid, slot, head_width(slot, room), composer),
    };
    let head_lines = head.lines.min(room.lines);
    let foot = Foot::set(grid, slot, room.width, room.lines - head_lines, composer);
    let area = text_area(grid, slot, room, head_lines, foot.lines);
    let block = HeadBlock::set(grid, slot, &area, composer);
    let side = sidetitle::set(grid, slot, &area, composer);
    let pictures: Vec<Picture<'_>> = slot
        .pictures
        .iter()
        .map(|plan| Picture::set(&area, plan, slot.direction, composer))
        .collect();
    let mut story: Vec<Matter<'_>> = slot
        .story
        .iter()
        .flat_map(|story| &story.paragraphs)
        .map(|paragraph| Matter::new(Cow::Borrowed(paragraph), composer))
        .collect();
    let drop_cap = slot
        .story
        .as_ref()
        .and_then(|story| story.drop_cap.as_ref());
    let cap = drop_cap.and_then(|drop_cap| Cap::set(drop_cap, area.measure(), composer));
    if let (Some(drop_cap), Some(cap)) = (drop_cap, &cap) {
        story[cap.paragraph] = Matter::new(Cow::Borrowed(&drop_cap.rest), composer);
    }
    let tables: Vec<TableMatter<'_>> = slot
        .story
        .iter()
        .flat_map(|story| &story.tables)
        .map(|table| TableMatter::new(table, composer))
        .collect();
    let figures: Vec<FigureMatter<'_>> = slot
        .story
        .iter()
        .flat_map(|story| &story.figures)
        .map(|figure| FigureMatter::set(grid, &area, figure, slot.direction, composer))
        .collect();
    // the head keeps its height above a side title, which does not move with it
    let white = match head.parts.is_empty() || side.is_some() {
        true => 0,
        false => slot.head_stretch.min(head.room(grid)),
    };
    // one that shows whole keeps its shape: its box gains nothing by growing
    let heights = slot.pictures.iter().map(|plan| match plan.is_whole() {
        true => 0,
        false => plan.stretch,
    });
    let heights: Vec<u16> = heights.collect();
    let blocks: Vec<u16> = story.iter().map(|matter| block_stretch(matter)).collect();
    let none = Less::default();
    let job = Job {
        less: &none,
        grid,
        area,
        story: &story,
        tables: &tables,
        figures: &figures,
        cap: cap.as_ref(),
        pictures: &pictures,
        taken: match &block {
            Some(block) => Some(block.cut),
            None => upright
                .as_ref()
                .or(side.as_ref())
                .map(|upright| upright.cut),
        },
        ending: slot.ending,
        ends: board.direction() == Direction::Vertical,
        allowance: Growth::new(white, &heights, &blocks),
        mend: Mend::default(),
        reserve: 0,
        patience: patience(&story),
    };
    let spare = match over {
        false => 0,
        true if side.is_some() => 0,
        // a block that its slot cuts off has nothing to give
        true if head.lines > head_lines => 0,
        true => head.spare(grid),
    };
    let natural = fit(&job);
    let closed = match slot.fitting.auto && !natural.holds() && !job.is_empty() {
        true => shrink::close(&job, slot.fitting, spare),
        false => None,
    };
    let fit = match &closed {
        Some(less) => fit(&job.with(less)),
        None => natural,
    };
    let jump = jump::part(&job, &fit, slot, composer);
    let filled = match &jump {
        Some(_) => None,
        None => filler::part(&job, &fit, slot),
    };
    let fit = match (&jump, &filled) {
        (Some(jump), _) => jump.fit(),
        (None, Some(filled)) => &filled.fit,
        (None, None) => &fit,
    };
    let advice = match fit.flow.overset {
        Some(_) if jump.is_none() => Advice {
            deeper: deepen::lines(&job, slot, (head.lines, foot.lines), composer),
            ..shrink::advice(&job, fit, spare)
        },
        _ => Advice::default(),
    };

    let mut bench = Bench {
        board,
        slot,
        room,
        owner: Owner {
            slot: &slot.name,
            story: None,
        },
    };
    bench.owner.story = slot.story.as_ref().map(|story| &story.name);
    bench.rules(fit);
    let head_room = Room {
        width: head_width(slot, room),
        ..room
    };
    let head_lines = head_lines + fit.growth.head() - fit.less.head;
    bench.head_in(head_room, &head, head_lines);
    bench.legs_below(head_lines);
    for upright in upright.iter().chain(&side) {
        bench.upright(upright);
    }
    if let Some(block) = &block {
        bench.head_in(block.room, &block.head, block.room.lines);
    }
    if drop_cap.is_some() && cap.is_none() {
        let finding = findings::drop_cap_without_room(slot);
        bench.board.find(bench.owner, finding);
    }
    let text = Set {
        story: &story,
        tables: &tables,
        figures: &figures,
        cap: cap.as_ref(),
    };
    bench.text(text, fit);
    if let Some(jump) = &jump {
        jump.draw(bench.board, bench.owner);
    }
    bench.pictures(&pictures, fit);
    if let Some(filled) = &filled {
        bench.filler(filled);
    }
    bench.foot(&foot);
    if jump.is_none() {
        bench.overset(text, fit, &advice);
    }
    bench.report(text, fit);
    jump.map(Jump::into_rest)
}

/// Whether a slot holds nothing at all.
pub(crate) fn is_empty(slot: &SlotPlan) -> bool {
    let nothing = slot.head.is_empty() && slot.pictures.is_empty() && slot.foot.is_empty();
    nothing && slot.story.is_none()
}

/// Grid lines of white that a paragraph may add to the block it is.
fn block_stretch(matter: &Matter<'_>) -> u16 {
    match matter.paragraph.style.placement {
        Placement::Block { stretch, .. } => stretch,
        Placement::Lines => 0,
    }
}

/// How wide a headline over its text is: as all columns that stand below it
/// (N23).
fn head_width(slot: &SlotPlan, room: Room) -> Length {
    let beside = slot
        .text
        .iter()
        .any(|column| column.stand == Stand::BesideHead);
    match beside {
        true => slot.text.width(0, slot.text.below_head()),
        false => room.width,
    }
}

/// The text area: what head and foot leave of the room.
pub(super) fn text_area(grid: &Grid, slot: &SlotPlan, room: Room, head: u16, foot: u16) -> Area {
    let paragraphs = slot.story.iter().flat_map(|story| &story.paragraphs);
    let em = paragraphs
        .filter(|paragraph| paragraph.role == Role::Body)
        .map(|paragraph| paragraph.style.size)
        .find(|&size| size > Length::ZERO);
    Area {
        x: room.x,
        top: room.top + head,
        lines: room.lines.saturating_sub(head).saturating_sub(foot),
        text: slot.text.clone(),
        em: em.unwrap_or(grid.size),
    }
}

/// The foot block: paragraphs over all columns, the last line at the foot of
/// the slot.
struct Foot<'a> {
    parts: Vec<(Matter<'a>, Lines)>,
    height: Length,
    /// Grid lines it takes, as far as there are any.
    lines: u16,
}

impl<'a> Foot<'a> {
    fn set(
        grid: &Grid,
        slot: &'a SlotPlan,
        width: Length,
        free: u16,
        composer: &dyn Composer,
    ) -> Self {
        let mut parts = Vec::new();
        let mut height = Length::ZERO;
        for paragraph in &slot.foot {
            let matter = Matter::new(Cow::Borrowed(paragraph), composer);
            let lines = matter.at(width.max(Length::units(1)));
            height += paragraph.style.pitch * lines.len() as i64;
            parts.push((matter, lines));
        }
        // no line gap below the last line
        if let Some((matter, _)) = parts.last() {
            let style = &matter.paragraph.style;
            height = height - style.pitch + style.size;
        }
        let needed = match parts.is_empty() {
            true => 0,
            false => 1 + (height - grid.size).cover(grid.pitch).max(0),
        };
        let lines = slot
            .foot_lines
            .max(u16::try_from(needed).unwrap_or(u16::MAX))
            .min(free);
        Self {
            parts,
            height,
            lines,
        }
    }
}

/// What a story is made of, set.
#[derive(Clone, Copy)]
struct Set<'x, 'a> {
    story: &'x [Matter<'a>],
    tables: &'x [TableMatter<'a>],
    figures: &'x [FigureMatter<'a>],
    cap: Option<&'x Cap<'a>>,
}

/// What of the tables and pictures in a text is not drawn yet.
struct Between<'f> {
    tables: Peekable<slice::Iter<'f, TablePart>>,
    figures: Peekable<slice::Iter<'f, FigurePart>>,
}

/// One slot on the board.
struct Bench<'b, 'a, 's> {
    board: &'b mut Board<'a>,
    slot: &'s SlotPlan,
    room: Room,
    owner: Owner<'s>,
}

impl Bench<'_, '_, '_> {
    /// The rule above, the frame, and the rules between columns (N04, P29).
    ///
    /// A slot that holds nothing has none of them: its space is released
    /// (N16).
    fn rules(&mut self, fit: &Fit) {
        let slot = self.slot;
        if is_empty(slot) {
            return;
        }
        rule::outer(self.board, slot, self.room.rect);
        self.column_rules(fit);
    }

    /// Rules in the middle of the gaps, as deep as the columns, and none
    /// through a picture that stands in both columns.
    fn column_rules(&mut self, fit: &Fit) {
        let (grid, area) = (self.board.grid, &fit.area);
        let border = self.slot.column_rule;
        let thick = border.thickness;
        if !border.is_some() || self.slot.story.is_none() {
            return;
        }
        let deep = area.top.saturating_add(fit.depth.lines.min(area.lines));
        for right in 1..area.columns() {
            let gap = area.text.gap_before(right);
            if !area.text.side_by_side(right - 1, 2) {
                continue;
            }
            let x = area.column_x(right) - (gap + thick).half();
            let Range { start: head, end } = area.lines_over(right - 1, 2);
            let end = match area.text.get(right).stand {
                Stand::Elsewhere => end,
                _ => end.min(deep),
            };
            let crossed = |line: u16| {
                let in_picture = fit.pictures.iter().flatten().any(|placed| {
                    let cut = placed.cut;
                    cut.column < right
                        && right < cut.column + cut.columns
                        && (cut.top..cut.top + cut.lines).contains(&line)
                });
                // no rule parts a headline from its text either
                let in_head = fit.taken.is_some_and(|cut| {
                    let whole = area.width(cut.column, cut.columns);
                    cut.right - cut.left >= whole
                        && (cut.column..=cut.column + cut.columns).contains(&right)
                        && (cut.top..cut.top + cut.lines).contains(&line)
                });
                in_picture || in_head
            };
            let mut start = head;
            for line in head..=end {
                if line < end && !crossed(line) {
                    continue;
                }
                if start < line {
                    let top = grid.line_y(start);
                    let height = grid.height(line - start);
                    let strip = Rect::new(x, top, thick, height);
                    rule::line(self.board, border, strip, Ink::BLACK);
                }
                start = line + 1;
            }
        }
    }

    /// N27, N33: a leg that ends within the headline block lets it stand over
    /// what is below the leg.
    fn legs_below(&mut self, head_lines: u16) {
        let needed = self.room.top + head_lines;
        let short = self.slot.text.iter().filter_map(|column| {
            let reach = column.reach.as_ref()?;
            let below = column.stand == Stand::BelowHead && column.run == 0;
            (below && reach.end < needed).then(|| reach.end.saturating_sub(self.room.top))
        });
        if let Some(lines) = short.min() {
            let finding = findings::leg_too_short(self.slot, lines, head_lines);
            self.board.find(self.owner, finding);
        }
    }

    fn head(&mut self, head: &Head<'_>, lines: u16) {
        let grid = self.board.grid;
        let at = Point::new(self.room.x, grid.line_y(self.room.top));
        let zone = Rect::new(at.x, at.y, self.room.width, grid.height(lines));
        self.board.head_zone(self.owner, zone);
        let places = head.place(grid, at, self.room.width, lines);
        let bottom = grid.line_y(self.room.top) + grid.height(self.room.lines);
        for place in &places {
            if let Some((rect, ink)) = place.tint
                && rect.bottom() <= bottom.max(rect.y)
            {
                self.board.fill(rect, ink, FillKind::Tint);
            }
        }
        for (part, place) in head.parts.iter().zip(&places) {
            let fits = place.rect.bottom() <= bottom;
            if fits {
                rule::part(self.board, part.frame, part.rule, place.rect);
            }
            if let Some((photo, rect)) = part.art_place(place.rect) {
                self.artwork(&part.matter, photo, rect, fits);
            }
            if let Some(fitted) = &part.fitted {
                let finding = findings::headline_fitted(&part.matter.paragraph, fitted);
                self.board.find(self.owner, finding);
            }
            let size = part.matter.paragraph.style.size;
            let fits =
                |&(_, origin): &(&Line, Point)| origin.y - baseline_in_frame(size) + size <= bottom;
            self.block(&part.matter, &place.lines, fits);
        }
    }

    /// 栏花, 刊头: a picture in place of a label, whole (N43). One without room
    /// is reported as its text would be.
    fn artwork(&mut self, matter: &Matter<'_>, photo: &Arc<Photo>, rect: Rect, fits: bool) {
        let text = matter.text();
        if !fits {
            let chars = text.chars().filter(|char| !char.is_whitespace()).count();
            let finding = findings::block_overset(self.slot, &matter.paragraph, 1, chars);
            self.board.find(self.owner, finding);
            return;
        }
        let pixels = photo.upright_size();
        let room = self.board.rect(rect);
        self.board.items.push(Item::Photo(PlacedPhoto {
            slot: Arc::clone(&self.slot.name),
            photo: Arc::clone(photo),
            rect: picture::inside(pixels, room),
            crop: [0, 0, pixels.0, pixels.1],
            alt: text,
        }));
    }

    /// A headline in a room of its own: inside the text, or over some of its
    /// columns (N27, N28).
    fn head_in(&mut self, room: Room, head: &Head<'_>, lines: u16) {
        let whole = std::mem::replace(&mut self.room, room);
        self.head(head, lines);
        self.room = whole;
    }

    /// 竖题: set lying down in its block, and stood up (V17).
    fn upright(&mut self, upright: &Upright<'_>) {
        let mut board = self.board.lying(&upright.sheet, upright.projection);
        let mut bench = Bench {
            board: &mut board,
            slot: self.slot,
            room: upright.room,
            owner: self.owner,
        };
        bench.head(&upright.head, upright.sheet.lines);
        self.board.absorb(board);
    }

    fn foot(&mut self, foot: &Foot<'_>) {
        let grid = self.board.grid;
        let bottom = grid.line_y(self.room.top) + grid.height(self.room.lines);
        let top = bottom - grid.height(foot.lines);
        let mut y = bottom - foot.height;
        for (matter, lines) in &foot.parts {
            let style = &matter.paragraph.style;
            let mut placed = Vec::new();
            for line in lines.iter() {
                placed.push((
                    line,
                    Point::new(self.room.x, y + baseline_in_frame(style.size)),
                ));
                y += style.pitch;
            }
            let fits = |&(_, origin): &(&Line, Point)| foot.lines > 0 && origin.y > top;
            self.block(matter, &placed, fits);
        }
    }

    /// Sets a paragraph of head or foot; lines without room are overset and
    /// reported, never set over other things.
    fn block(
        &mut self,
        matter: &Matter<'_>,
        lines: &[(&Line, Point)],
        fits: impl Fn(&(&Line, Point)) -> bool,
    ) {
        self.board.missing(self.owner, matter);
        let (set, over): (Vec<_>, Vec<_>) = lines.iter().copied().partition(|line| fits(line));
        if let (Some((_, first)), Some((_, last))) = (set.first(), set.last()) {
            let size = matter.paragraph.style.size;
            let top = first.y - baseline_in_frame(size);
            let rect = Rect::new(self.room.x, top, self.room.width, last.y - first.y + size);
            self.board.frame(self.owner, matter, rect, &set);
        }
        if over.is_empty() {
            return;
        }
        let text = over.iter().map(|(line, _)| matter.line_text(line));
        let chars = text
            .flat_map(str::chars)
            .filter(|char| !char.is_whitespace())
            .count();
        let finding = findings::block_overset(self.slot, &matter.paragraph, over.len(), chars);
        self.board.find(self.owner, finding);
        let entries: Vec<_> = over.iter().map(|&(line, _)| (matter, line)).collect();
        let measure = self.room.width;
        self.board.overset(
            self.owner,
            self.room.rect,
            measure,
            &entries,
            over.len(),
            chars,
        );
    }

    /// The running text: a frame for each stretch of one role in one column.
    fn text(&mut self, set: Set<'_, '_>, fit: &Fit) {
        let Set {
            story, tables, cap, ..
        } = set;
        let cells = tables.iter().flat_map(TableMatter::matters);
        let cap_matter = cap.map(|cap| &cap.matter);
        for matter in cap_matter.into_iter().chain(story).chain(cells) {
            self.board.missing(self.owner, matter);
        }
        let role = |line: &FlowLine| story[line.paragraph].paragraph.role;
        // the cap stands in reading order between what is before and beside it
        let dropped = |line: &FlowLine| {
            line.line == 0 && cap.is_some_and(|cap| cap.paragraph == line.paragraph)
        };
        let together = |above: &FlowLine, below: &FlowLine| {
            let pitch = story[above.paragraph]
                .paragraph
                .style
                .pitch
                .max(self.board.grid.pitch);
            let flush = role(above) == role(below) && below.y - above.y <= pitch;
            above.column == below.column && flush && !dropped(below)
        };
        let stretches: Vec<&[FlowLine]> = fit.flow.lines.chunk_by(together).collect();
        let mut between = Between {
            tables: fit.flow.tables.iter().peekable(),
            figures: fit.flow.figures.iter().peekable(),
        };
        let mut done = 0;
        for stretch in stretches {
            self.between(set, fit, &mut between, done);
            if let (Some(cap), Some(origin)) = (cap, fit.flow.cap)
                && stretch.first().is_some_and(dropped)
            {
                self.cap(cap, origin);
            }
            self.stretch(story, fit, stretch);
            done += stretch.len();
        }
        self.between(set, fit, &mut between, usize::MAX);
        self.note_rule(fit);
    }

    /// The tables and pictures that stand before all but `done` lines of the
    /// text, in reading order.
    fn between(&mut self, set: Set<'_, '_>, fit: &Fit, rest: &mut Between<'_>, done: usize) {
        loop {
            let table = rest.tables.peek().filter(|part| part.after <= done);
            let next = table.map(|part| part.table);
            let due = |part: &&FigurePart| {
                let first = set.figures[part.figure].figure.tables;
                part.after <= done && next.is_none_or(|table| first <= table)
            };
            if let Some(part) = rest.figures.next_if(due) {
                let row = set.figures[part.figure].row();
                row.draw(self.board, self.owner, part.rect, part.caption);
            } else if next.is_some()
                && let Some(part) = rest.tables.next()
            {
                self.table(set.tables, fit, part);
            } else {
                return;
            }
        }
    }

    /// 首字下沉 (P27): a frame of its own.
    fn cap(&mut self, cap: &Cap<'_>, origin: Point) {
        let Some(line) = cap.set.first() else { return };
        let size = cap.size();
        let top = origin.y - baseline_in_frame(size);
        let rect = Rect::new(origin.x + line.x, top, line.width, size);
        self.board
            .frame(self.owner, &cap.matter, rect, &[(line, origin)]);
    }

    fn table(&mut self, tables: &[TableMatter<'_>], fit: &Fit, part: &TablePart) {
        if let Some(matter) = tables.get(part.table) {
            table::draw(self.board, self.owner, matter, part, fit.area.measure());
        }
    }

    /// 注线: a quarter of the column wide, in the middle of its blank line
    /// (P19).
    fn note_rule(&mut self, fit: &Fit) {
        let Some(rule) = self.slot.story.as_ref().and_then(|story| story.note_rule) else {
            return;
        };
        let blank = fit
            .flow
            .lines
            .iter()
            .find(|line| line.paragraph == rule.paragraph);
        if let Some(blank) = blank {
            let size = self.board.grid.size;
            let middle = blank.y - baseline_in_frame(size) + (size - rule.thickness).half();
            let width = fit.area.measure().scale(1, 4);
            let strip = Rect::new(blank.x, middle, width, rule.thickness);
            self.board.fill(strip, Ink::BLACK, FillKind::Rule);
        }
    }

    fn stretch(&mut self, story: &[Matter<'_>], fit: &Fit, stretch: &[FlowLine]) {
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else {
            return;
        };
        let size = |line: &FlowLine| {
            let style = &story[line.paragraph].paragraph.style;
            match style.placement {
                Placement::Lines => self.board.grid.size,
                Placement::Block { .. } => style.size,
            }
        };
        let top = first.y - baseline_in_frame(size(first));
        let bottom = last.y - baseline_in_frame(size(last)) + size(last);
        let x = fit.area.column_x(first.column);
        let rect = Rect::new(x, top, fit.area.width(first.column, 1), bottom - top);
        let mut lines = Vec::new();
        for flown in stretch {
            let matter = &story[flown.paragraph];
            let line = &fit.flow.broken[flown.paragraph][flown.line];
            let origin = Point::new(flown.x, flown.y);
            lines.push(self.board.line(self.owner, matter, line, origin));
        }
        self.board.frames.push(crate::page::Frame {
            slot: Arc::clone(self.owner.slot),
            role: story[first.paragraph].paragraph.role,
            story: self.owner.story.cloned(),
            rect: self.board.rect(rect),
            direction: self.board.direction(),
            lines,
        });
    }

    /// Pictures with their captions (P23, P24).
    fn pictures(&mut self, pictures: &[Picture<'_>], fit: &Fit) {
        for (picture, placed) in pictures.iter().zip(&fit.pictures) {
            let owner = Owner {
                slot: &picture.plan.name,
                story: self.owner.story,
            };
            let Some(placed) = placed else {
                let finding = findings::picture_does_not_fit(self.slot, picture.plan);
                self.board.find(self.owner, finding);
                continue;
            };
            if placed.moved {
                let (column, columns) = (picture.plan.column, picture.plan.columns);
                let line = placed.cut.top - fit.area.lines_over(column, columns).start;
                self.board
                    .find(self.owner, findings::picture_moved(picture.plan, line));
            }
            picture
                .row
                .draw(self.board, owner, placed.rect, placed.caption);
        }
    }

    /// 补白, 报花 (N45): whole, in the middle of its place.
    fn filler(&mut self, filled: &Filled<'_>) {
        let photo = &filled.filler.photo;
        let pixels = photo.upright_size();
        self.board.items.push(Item::Photo(PlacedPhoto {
            slot: Arc::clone(&self.slot.name),
            photo: Arc::clone(photo),
            rect: picture::inside(pixels, self.board.rect(filled.room)),
            crop: [0, 0, pixels.0, pixels.1],
            alt: "补白".into(),
        }));
        let finding = findings::filled(self.slot, filled.filler);
        self.board.find(self.owner, finding);
    }

    /// 过版 and 欠版 (E03), and columns cut short by what keeps together.
    fn report(&mut self, set: Set<'_, '_>, fit: &Fit) {
        let Set { story, tables, .. } = set;
        for matter in set.figures.iter().filter(|matter| !matter.fits) {
            self.figure_too_high(matter, fit);
        }
        for &nth in &fit.flow.too_wide {
            self.too_wide(&tables[nth], fit);
        }
        // balanced columns may end a line apart
        let mended = |hole: &&Hole| hole.cause == Cause::Stranded;
        let level = fit.ending == Ending::Balance;
        for hole in fit
            .flow
            .holes
            .iter()
            .filter(|hole| !(level && mended(hole)))
        {
            self.board
                .find(self.owner, findings::short_column(self.slot, *hole));
        }
        for finding in alone::findings(self.slot, story, fit) {
            self.board.find(self.owner, finding);
        }
        if !fit.less.is_none() {
            self.board
                .find(self.owner, findings::closed(self.slot, &fit.less));
        }
        if !fit.growth.is_none() {
            self.board
                .find(self.owner, findings::grown(self.slot, &fit.growth));
        }
        let balanced = fit.ending == Ending::Balance;
        if fit.flow.overset.is_none() && fit.free > 0 && (fit.free > 1 || !balanced) {
            let em = fit.area.measure().whole(fit.area.em).max(1);
            let chars = fit.free.saturating_mul(usize::try_from(em).unwrap_or(1));
            self.board
                .find(self.owner, findings::underset(self.slot, fit.free, chars));
        }
    }
    /// What found no room, paragraphs and tables in their order (E03).
    fn overset(&mut self, set: Set<'_, '_>, fit: &Fit, advice: &Advice) {
        let Set {
            story,
            tables,
            figures,
            cap,
        } = set;
        let Some(cut) = &fit.flow.overset else {
            return;
        };
        let (grid, measure) = (self.board.grid, fit.area.measure());
        let mut chars = 0;
        let mut entries: Vec<(&Matter<'_>, Lines, usize)> = Vec::new();
        let wide = |nth: &usize| fit.flow.too_wide.contains(nth);
        let mut next = (cut.table..tables.len())
            .filter(|nth| !wide(nth))
            .peekable();
        let left = figures.iter().skip(cut.figure);
        let mut left = left.filter(|matter| matter.fits).peekable();
        for paragraph in cut.paragraph..=story.len() {
            while let Some(nth) = next.next_if(|&nth| tables[nth].table.at <= paragraph) {
                let row = if nth == cut.table { cut.row } else { 0 };
                chars += tables[nth].chars_from(row);
                let rest = tables[nth].lines_from(grid, measure, row);
                entries.extend(rest.into_iter().map(|(matter, lines)| (matter, lines, 0)));
            }
            while let Some(matter) = left.next_if(|one| one.figure.at <= paragraph) {
                for (text, lines) in matter.matters() {
                    chars += text.chars_from(0);
                    entries.push((text, Lines::clone(lines), 0));
                }
            }
            // it is set with the first line of its paragraph or not at all
            if let Some(cap) = cap.filter(|cap| cap.paragraph == paragraph)
                && (paragraph > cut.paragraph || cut.line == 0)
            {
                chars += cap.matter.chars_from(0);
                entries.push((&cap.matter, Lines::clone(&cap.set), 0));
            }
            if let (Some(matter), Some(lines)) =
                (story.get(paragraph), fit.flow.broken.get(paragraph))
            {
                let from = if paragraph == cut.paragraph {
                    cut.line
                } else {
                    0
                };
                let byte = lines.get(from).map_or(0, |line| line.text.start);
                chars += matter.chars_from(byte);
                entries.push((matter, Lines::clone(lines), from));
            }
        }
        let lines: Vec<(&Matter<'_>, &Line)> = entries
            .iter()
            .flat_map(|(matter, lines, from)| lines[*from..].iter().map(|line| (*matter, line)))
            .collect();
        let place = lines.first().and_then(|(matter, line)| matter.place(line));
        let finding = findings::overset(self.slot, (cut.lines, chars), advice, place);
        self.board.find(self.owner, finding);
        let rect = self.room.rect;
        self.board
            .overset(self.owner, rect, measure, &lines, cut.lines, chars);
    }

    /// A picture in the text that no column is deep enough for: its caption is
    /// kept beside the page.
    fn figure_too_high(&mut self, matter: &FigureMatter<'_>, fit: &Fit) {
        let lines = matter.height(self.board.grid);
        let finding = findings::figure_too_high(self.slot, matter.figure, lines);
        self.board.find(self.owner, finding);
        let texts: Vec<(&Matter<'_>, &Line)> = matter
            .matters()
            .flat_map(|(text, lines)| lines.iter().map(move |line| (text, line)))
            .collect();
        let chars = matter.matters().map(|(text, _)| text.chars_from(0)).sum();
        if !texts.is_empty() {
            let (rect, measure) = (self.room.rect, fit.area.measure());
            self.board
                .overset(self.owner, rect, measure, &texts, texts.len(), chars);
        }
    }

    /// A table that no column holds: its text is kept beside the page.
    fn too_wide(&mut self, matter: &TableMatter<'_>, fit: &Fit) {
        let (grid, measure) = (self.board.grid, fit.area.measure());
        let chars = matter.chars_from(0);
        let finding = findings::table_too_wide(self.slot, matter.table, chars);
        self.board.find(self.owner, finding);
        let entries = matter.lines_from(grid, measure, 0);
        let lines: Vec<(&Matter<'_>, &Line)> = entries
            .iter()
            .flat_map(|(matter, lines)| lines.iter().map(|line| (*matter, line)))
            .collect();
        let rect = self.room.rect;
        self.board
            .overset(self.owner, rect, measure, &lines, lines.len(), chars);
    }
}
