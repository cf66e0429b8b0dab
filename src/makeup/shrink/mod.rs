//! 凑版 (E04): room made for a story that is too long, the least change first:
//! short last lines repaired, paragraphs squeezed, headline block and pictures
//! made less high. Each within its limit, none that is not needed.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use crate::desk::plan::Fitting;
use crate::makeup::fit::{Fit, Job};
use crate::makeup::matter::Matter;
use crate::story::Placement;

/// What is taken away from a slot, in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Less {
    /// Lines that each paragraph is squeezed by, by index; none beyond the end.
    pub(crate) saved: Vec<u16>,
    /// Grid lines off the headline block.
    pub(crate) head: u16,
    /// Grid lines off each picture, by index; none beyond the end.
    pub(crate) pictures: Vec<u16>,
}

/// One line less of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Paragraph(usize),
    Head,
    Picture(usize),
}

impl Less {
    /// Whether nothing is taken.
    pub(crate) fn is_none(&self) -> bool {
        self.saved() == 0 && self.head == 0 && self.pictures.iter().all(|&lines| lines == 0)
    }

    /// Lines saved by squeezing.
    pub(crate) fn saved(&self) -> u16 {
        self.saved.iter().sum()
    }

    /// What each picture grows by, less what is taken off it.
    pub(crate) fn heights(&self, growth: &[u16]) -> Vec<i16> {
        let signed = |lines: u16| i16::try_from(lines).unwrap_or(i16::MAX);
        (0..growth.len().max(self.pictures.len()))
            .map(|nth| {
                let of = |all: &[u16]| all.get(nth).copied().map_or(0, signed);
                of(growth).saturating_sub(of(&self.pictures))
            })
            .collect()
    }

    fn slot(&mut self, step: Step) -> &mut u16 {
        let (list, nth) = match step {
            Step::Head => return &mut self.head,
            Step::Paragraph(nth) => (&mut self.saved, nth),
            Step::Picture(nth) => (&mut self.pictures, nth),
        };
        if list.len() <= nth {
            list.resize(nth + 1, 0);
        }
        &mut list[nth]
    }

    fn with(&self, step: Step) -> Self {
        let mut less = self.clone();
        *less.slot(step) += 1;
        less
    }

    fn without(&self, step: Step) -> Self {
        let mut less = self.clone();
        let lines = less.slot(step);
        *lines = lines.saturating_sub(1);
        less
    }
}

/// What would help a story that is too long, in the editor's terms: each alone
/// is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Advice {
    /// The fewest characters to cut, where they are cut from the paragraphs
    /// with the shortest last lines.
    pub(crate) chars: usize,
    /// Grid lines off the headline block.
    pub(crate) head: Option<u16>,
    /// Grid lines off a picture, by its index.
    pub(crate) picture: Option<(usize, u16)>,
    /// Grid lines that the slot must be deeper by.
    pub(crate) deeper: Option<u16>,
}

/// Part of the measure up to which a last line is short.
const SHORT: i64 = 3;
/// Lines that one paragraph is squeezed by at most.
const SQUEEZED: u16 = 3;
/// Grid lines off the headline block that are looked at for advice.
const HEAD: u16 = 3;
/// Of a picture, so many parts in ten.
const PICTURE: u16 = 3;

/// Makes room in a slot whose story is too long. `spare` is what its headline
/// block can give up. `None` where the limits are not enough.
pub(crate) fn close(job: &Job<'_, '_>, limits: Fitting, spare: u16) -> Option<Less> {
    let mut less = Less::default();
    let mut taken: Vec<Step> = Vec::new();
    let mut open = over(&job.with(&less))?;
    for step in steps(job, limits, spare) {
        if job.tired() {
            return None;
        }
        let more = less.with(step);
        let left = over(&job.with(&more));
        // a paragraph gives its line at once or not at all; of a headline
        // block or a picture the first line off may give nothing yet
        if left.is_some_and(|left| left >= open) && matches!(step, Step::Paragraph(_)) {
            continue;
        }
        less = more;
        taken.push(step);
        match left {
            Some(left) => open = open.min(left),
            None => return Some(pruned(job, less, &taken)),
        }
    }
    None
}

/// What found no room: lines of text, a picture counting for more than any;
/// `None` where all of it stands.
pub(super) fn over(job: &Job<'_, '_>) -> Option<usize> {
    let natural = job.lay(job.allowance.none(), job.full());
    let lines = natural.flow.overset.as_ref().map_or(0, |cut| cut.lines);
    let pictures = natural.pictures.iter().filter(|one| one.is_none()).count();
    (!natural.holds()).then(|| lines.saturating_add(pictures.saturating_mul(1 << 20)))
}

/// The steps in E04's order, each as often as it may be taken.
fn steps(job: &Job<'_, '_>, limits: Fitting, spare: u16) -> Vec<Step> {
    let mut steps = Vec::new();
    let ends = last_lines(job);
    let short = |end: &&End| end.width * SHORT <= job.area.measure().raw();
    if limits.short_lines {
        steps.extend(
            ends.iter()
                .filter(short)
                .map(|end| Step::Paragraph(end.nth)),
        );
    }
    if limits.squeeze {
        let rest = ends.iter().filter(|end| !short(end));
        steps.extend(rest.map(|end| Step::Paragraph(end.nth)));
        for _ in 1..SQUEEZED {
            steps.extend(ends.iter().map(|end| Step::Paragraph(end.nth)));
        }
    }
    let head = limits.head.min(spare);
    steps.extend(std::iter::repeat_n(Step::Head, usize::from(head)));
    for _ in 0..limits.picture {
        steps.extend(pictures(job).into_iter().map(Step::Picture));
    }
    let mut given: Vec<u16> = vec![0; job.pictures.len()];
    steps.retain(|step| match step {
        Step::Picture(nth) => {
            given[*nth] += 1;
            given[*nth] <= most(job, *nth)
        }
        _ => true,
    });
    steps
}

/// Lines that a picture can give up before it is no picture any more.
fn most(job: &Job<'_, '_>, nth: usize) -> u16 {
    job.pictures[nth].plan.lines * PICTURE / 10
}

/// The pictures, the highest first.
fn pictures(job: &Job<'_, '_>) -> Vec<usize> {
    let mut all: Vec<usize> = (0..job.pictures.len()).collect();
    all.sort_by_key(|&nth| Reverse(job.pictures[nth].plan.lines));
    all
}

/// The last line of a paragraph.
struct End {
    nth: usize,
    /// Its width, raw.
    width: i64,
    chars: usize,
}

/// The last lines of the paragraphs that have more than one, the shortest
/// first.
fn last_lines(job: &Job<'_, '_>) -> Vec<End> {
    let running = |matter: &Matter<'_>| matter.paragraph.style.placement == Placement::Lines;
    let mut ends: Vec<End> = (job.story.iter().enumerate())
        .filter(|(_, matter)| running(matter))
        .filter_map(|(nth, matter)| {
            let lines = matter.at(job.area.measure());
            let last = lines.last().filter(|_| lines.len() > 1)?;
            let text = matter.line_text(last).chars();
            Some(End {
                nth,
                width: last.width.raw(),
                chars: text.filter(|c| !c.is_whitespace()).count(),
            })
        })
        .collect();
    ends.sort_by_key(|end| (end.width, end.nth));
    ends
}

/// The same without the steps that the later ones made needless, the gravest
/// given back first.
fn pruned(job: &Job<'_, '_>, less: Less, taken: &[Step]) -> Less {
    let mut best = less;
    for &step in taken.iter().rev() {
        let trial = best.without(step);
        if !job.tired() && over(&job.with(&trial)).is_none() {
            best = trial;
        }
    }
    best
}

/// What would make a story fit, each by itself; whether a deeper slot would is
/// not looked at here.
pub(crate) fn advice(job: &Job<'_, '_>, fit: &Fit, spare: u16) -> Advice {
    let over_lines = fit.flow.overset.as_ref().map_or(0, |cut| cut.lines);
    let holds = |step: Step, lines: u16| {
        let less = (0..lines).fold(Less::default(), |less, _| less.with(step));
        !job.tired() && over(&job.with(&less)).is_none()
    };
    let head = (1..=spare.min(HEAD)).find(|&lines| holds(Step::Head, lines));
    let picture = pictures(job).into_iter().find_map(|nth| {
        let lines = (1..=most(job, nth)).find(|&lines| holds(Step::Picture(nth), lines))?;
        Some((nth, lines))
    });
    Advice {
        chars: cheapest(job, over_lines),
        head,
        picture,
        deeper: None,
    }
}

/// The fewest characters whose cut loses so many lines: first the shortest
/// last lines, then whole ones.
fn cheapest(job: &Job<'_, '_>, lines: usize) -> usize {
    let ends = last_lines(job);
    let whole = job.area.measure().whole(job.area.em).max(1);
    let whole = usize::try_from(whole).unwrap_or(1);
    let cut: usize = ends.iter().take(lines).map(|end| end.chars).sum();
    cut + lines.saturating_sub(ends.len()).saturating_mul(whole)
}
