//! 灌文: the paragraphs of a story poured into the places of its slot.

use super::area::{Area, Place};
use super::matter::{Lines, Matter};
use crate::base::geom::Length;
use crate::page::{Grid, baseline_in_frame};
use crate::story::Placement;

/// A story to pour.
#[derive(Clone, Copy)]
pub(crate) struct Text<'x, 'a> {
    pub(crate) story: &'x [Matter<'a>],
    /// Grid lines of white added to the block that a paragraph is (E04), by
    /// index; none beyond its end.
    pub(crate) white: &'x [u16],
}

/// A line of a story with its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FlowLine {
    /// Index of the paragraph in the story.
    pub(crate) paragraph: usize,
    /// Index of the line in the paragraph.
    pub(crate) line: usize,
    /// The text column.
    pub(crate) column: u16,
    /// Left edge of its measure.
    pub(crate) x: Length,
    /// Its baseline.
    pub(crate) y: Length,
}

/// Where the text stopped for want of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cutoff {
    /// First paragraph that is not set, or not wholly.
    pub(crate) paragraph: usize,
    /// Its first line that is not set.
    pub(crate) line: usize,
    /// Grid lines that the rest would take, at the slot's full measure.
    pub(crate) lines: usize,
}

/// A story poured into places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// How each paragraph was broken; paragraphs after the cut-off at the
    /// slot's full measure.
    pub(crate) broken: Vec<Lines>,
    /// The lines set, in reading order.
    pub(crate) lines: Vec<FlowLine>,
    /// Places used up, from the first.
    pub(crate) used: usize,
    /// Places left empty before the last one used, as `(column, lines)`: feet
    /// of columns that a subhead could not end.
    pub(crate) holes: Vec<(u16, usize)>,
    /// Where it ran out of places, if it did.
    pub(crate) overset: Option<Cutoff>,
}

/// Pours paragraphs into places.
///
/// Body lines take one place after the other and stand on the grid (P08,
/// P02); a block keeps to one column and has its text centred in whole grid
/// lines (P13); what must not end a column takes its followers along (P12).
/// The first paragraph or line that finds no place ends the flow; everything
/// from there on is overset. A block that no column of the slot could hold is
/// set like running text: rather a bad column than a lost one.
pub(crate) fn pour(grid: &Grid, area: &Area, places: &[Place], text: Text<'_, '_>) -> Flow {
    let measures: Vec<Length> = places.iter().map(|place| place.measure).collect();
    let runs = Runs::of(places);
    let mut flow = Flow::default();
    for (paragraph, matter) in text.story.iter().enumerate() {
        let kept = is_kept(matter);
        let stand_at = |from| stand(grid, places, &runs, text, paragraph, from);
        match kept.then(|| stand_at(flow.used)).flatten() {
            Some(stand) => flow.block(grid, places, paragraph, matter, &stand),
            None if kept && stand_at(0).is_some() => {
                flow.broken.push(matter.at(area.measure));
                flow.stop(grid, area, text, paragraph, 0);
            }
            None => {
                let lines = matter.along(&measures[flow.used.min(measures.len())..], area.measure);
                let room = places.len() - flow.used;
                for line in 0..lines.len().min(room) {
                    let place = places[flow.used];
                    flow.lines.push(FlowLine {
                        paragraph,
                        line,
                        column: place.column,
                        x: place.x,
                        y: grid.baseline_y(place.line),
                    });
                    flow.used += 1;
                }
                let short = lines.len() > room;
                flow.broken.push(lines);
                if short {
                    flow.stop(grid, area, text, paragraph, room);
                }
            }
        }
        if flow.overset.is_some() {
            break;
        }
    }
    flow
}

/// Whether a paragraph keeps to one column.
fn is_kept(matter: &Matter<'_>) -> bool {
    let style = &matter.paragraph.style;
    style.keep_next > 0 || matches!(style.placement, Placement::Block { .. })
}

/// A block with the place it was found: first place, lines, height in grid
/// lines, and the top of its text below the first grid line.
struct Stand {
    first: usize,
    lines: Lines,
    height: usize,
    drop: Length,
}

/// The height of a block in grid lines and how far its text stands below the
/// top of the first (P13).
///
/// At the head of a column, also below a picture that stands there, there is
/// no white above the text: it begins with the column, its first baseline that of the neighbouring columns, and takes
/// no more lines than keep the white below it.
fn block(
    grid: &Grid,
    text: Text<'_, '_>,
    paragraph: usize,
    lines: usize,
    column_head: bool,
) -> (usize, Length) {
    let matter = &text.story[paragraph];
    let style = &matter.paragraph.style;
    let Placement::Block { first, next, .. } = style.placement else {
        return (lines, Length::ZERO);
    };
    if lines == 0 {
        return (0, Length::ZERO);
    }
    let set = text_height(matter, lines);
    let least = 1 + usize::try_from((set - grid.size).cover(grid.pitch).max(0)).unwrap_or(0);
    let planned = usize::from(first) + usize::from(next) * (lines - 1);
    let added = text.white.get(paragraph).copied().unwrap_or(0);
    let white = |height: usize| (grid.size + grid.pitch * (height as i64 - 1) - set).half();
    if !column_head {
        let height = planned.max(least) + usize::from(added);
        return (height, white(height));
    }
    // larger type on the baseline of its line reaches into the gap above,
    // never beyond it
    let over = baseline_in_frame(style.size) - baseline_in_frame(grid.size);
    let raised = if over <= grid.pitch - grid.size {
        over
    } else {
        Length::ZERO
    };
    let taken = set - raised + white(planned.max(least));
    let height = 1 + usize::try_from((taken - grid.size).cover(grid.pitch).max(0)).unwrap_or(0);
    (height, -raised)
}

fn text_height(matter: &Matter<'_>, lines: usize) -> Length {
    let style = &matter.paragraph.style;
    style.size + style.pitch * (lines as i64 - 1)
}

/// For each place how many places, itself the first, follow each other.
struct Runs {
    /// Without anything between them.
    flush: Vec<usize>,
    /// In one column.
    below: Vec<usize>,
}

impl Runs {
    fn of(places: &[Place]) -> Self {
        let runs = |follows: fn(&Place, &Place) -> bool| {
            let mut runs = vec![1; places.len()];
            for at in (1..places.len()).rev() {
                if follows(&places[at - 1], &places[at]) {
                    runs[at - 1] = runs[at] + 1;
                }
            }
            runs
        };
        Self {
            flush: runs(Place::continues),
            below: runs(Place::below),
        }
    }
}

/// The first stand for a kept paragraph at or after place `from`.
fn stand(
    grid: &Grid,
    places: &[Place],
    runs: &Runs,
    text: Text<'_, '_>,
    paragraph: usize,
    from: usize,
) -> Option<Stand> {
    let matter = &text.story[paragraph];
    // Most places have the measure of the one before.
    let mut set: Option<(Length, Lines, usize)> = None;
    (from..places.len()).find_map(|first| {
        let place = places[first];
        let (_, lines, follow) = match &set {
            Some(known) if known.0 == place.measure => known,
            _ => set.insert((
                place.measure,
                matter.at(place.measure),
                following(grid, text, paragraph, place.measure, places.len()),
            )),
        };
        let above = first.checked_sub(1).map(|above| places[above].column);
        let column_head = above != Some(place.column);
        let (height, drop) = block(grid, text, paragraph, lines.len(), column_head);
        let fits = runs.flush[first] >= height && runs.below[first] >= height + follow;
        fits.then(|| Stand {
            first,
            lines: Lines::clone(lines),
            height,
            drop,
        })
    })
}

/// Grid lines after a kept paragraph that must stand in its column (P12): as
/// many as it asks for, as far as the story goes on; a second block right
/// after it comes whole, with its own followers. A block behind text does
/// not: the text has followed. More than `most` lines are not counted.
fn following(
    grid: &Grid,
    text: Text<'_, '_>,
    paragraph: usize,
    measure: Length,
    most: usize,
) -> usize {
    let mut asked = usize::from(text.story[paragraph].paragraph.style.keep_next);
    let mut lines = 0;
    let mut text_followed = false;
    for (next, matter) in text.story.iter().enumerate().skip(paragraph + 1) {
        let kept = is_kept(matter);
        if asked == 0 || lines > most || (kept && text_followed) {
            break;
        }
        let (height, _) = block(grid, text, next, matter.at(measure).len(), false);
        if kept {
            lines += height;
            asked = asked
                .saturating_sub(height)
                .max(usize::from(matter.paragraph.style.keep_next));
        } else {
            let taken = height.min(asked);
            lines += taken;
            asked -= taken;
            text_followed = true;
        }
    }
    lines
}

impl Flow {
    fn block(
        &mut self,
        grid: &Grid,
        places: &[Place],
        paragraph: usize,
        matter: &Matter<'_>,
        stand: &Stand,
    ) {
        let style = &matter.paragraph.style;
        let in_block = matches!(style.placement, Placement::Block { .. });
        for place in &places[self.used..stand.first] {
            match self.holes.last_mut() {
                Some((column, lines)) if *column == place.column => *lines += 1,
                _ => self.holes.push((place.column, 1)),
            }
        }
        let place = places[stand.first];
        for line in 0..stand.lines.len() {
            let y = if in_block {
                grid.line_y(place.line)
                    + stand.drop
                    + style.pitch * line as i64
                    + baseline_in_frame(style.size)
            } else {
                grid.baseline_y(places[stand.first + line].line)
            };
            self.lines.push(FlowLine {
                paragraph,
                line,
                column: place.column,
                x: place.x,
                y,
            });
        }
        self.broken.push(std::rc::Rc::clone(&stand.lines));
        self.used = stand.first + stand.height;
    }

    /// Ends the flow before line `line` of `paragraph` and breaks the rest at
    /// the slot's full measure, so that it can be counted and shown.
    fn stop(
        &mut self,
        grid: &Grid,
        area: &Area,
        text: Text<'_, '_>,
        paragraph: usize,
        line: usize,
    ) {
        let mut lines = match line {
            0 => block(grid, text, paragraph, self.broken[paragraph].len(), false).0,
            _ => self.broken[paragraph].len() - line,
        };
        for (next, matter) in text.story.iter().enumerate().skip(paragraph + 1) {
            let broken = matter.at(area.measure);
            lines += block(grid, text, next, broken.len(), false).0;
            self.broken.push(broken);
        }
        self.overset = Some(Cutoff {
            paragraph,
            line,
            lines,
        });
    }
}
