//! What lies below what is painted: boxes of areas and the most ink that each
//! may have. It bounds the ink of a page, so that plates are only made where
//! there may be too much (N4), and tells what stands on ink (G7–G12).

use super::boxes::{holds, meet};
use crate::base::pdf::{Dict, Object};
use crate::readback::outline::{Outline, Step};
use crate::readback::{Edges, blend_mode};

/// Areas that are remembered.
const AREAS: usize = 4096;
/// States that are kept.
const STATES: usize = 512;
/// Points by which the sides of a rectangle may slant.
const SLANT: f64 = 0.01;

/// Ink on one place, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amount {
    /// All inks but black together.
    pub(super) colours: f64,
    /// Black: however often it is laid on black, one plate has 100 at most.
    pub(super) black: f64,
}

impl Amount {
    /// So much ink, of which nobody knows how much is black.
    pub(super) fn of(percent: f64) -> Self {
        Self {
            colours: percent,
            black: 0.0,
        }
    }

    fn percent(self) -> f64 {
        self.colours + self.black
    }

    /// One on top of the other.
    fn plus(self, other: Self) -> Self {
        Self {
            colours: self.colours + other.colours,
            black: (self.black + other.black).min(100.0),
        }
    }

    /// The most that either has.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            colours: self.colours.max(other.colours),
            black: self.black.max(other.black),
        }
    }
}

/// An area that has been painted.
#[derive(Clone, Copy, Debug)]
struct Area {
    edges: Edges,
    /// The most ink on one place of it.
    ink: Amount,
    /// Nothing of what lies below its box is to be seen.
    solid: bool,
}

/// How what is painted is mixed with what lies below.
#[derive(Clone, Copy, Debug, Default)]
struct Mix {
    /// By a mode other than Normal: ink may be added to ink.
    blends: bool,
    /// By an opacity, or through a mask: less than its ink may be seen.
    faint: bool,
    /// Inside an outline that is no rectangle.
    cut: bool,
}

/// What has been painted on a page, or in a cell of a pattern.
#[derive(Debug)]
pub(super) struct Ground {
    bleed: Edges,
    areas: Vec<Area>,
    bound: f64,
    mix: Mix,
    kept: Vec<Mix>,
    /// Cells that are open: the bound outside, and areas there.
    cells: Vec<(f64, usize)>,
}

impl Ground {
    /// Bare paper, with the bleed that ink is asked of.
    pub(super) fn new(bleed: Edges) -> Self {
        Self {
            bleed,
            areas: Vec::new(),
            bound: 0.0,
            mix: Mix::default(),
            kept: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// No place can have more ink than this, in percent.
    pub(super) fn bound(&self) -> f64 {
        self.bound
    }

    /// Whether what is painted now may be seen in less than its ink.
    pub(super) fn is_faint(&self) -> bool {
        self.mix.faint || self.mix.blends
    }

    /// Whether something lies on the page with its bleed; of cells nobody
    /// knows yet.
    pub(super) fn is_printed(&self, edges: Edges) -> bool {
        !self.cells.is_empty() || meet(edges, self.bleed)
    }

    /// Paints an area of so much ink; `adds` where it lays itself on the ink
    /// below, `solid` where its box is all of it and nothing shines through.
    pub(super) fn lay(&mut self, edges: Edges, ink: Amount, adds: bool, solid: bool) {
        if !self.is_printed(edges) {
            return;
        }
        let ink = self.reckon(edges, ink, adds);
        let Mix { blends, faint, cut } = self.mix;
        let solid = solid && !adds && !blends && !faint && !cut;
        if ink.percent() <= 0.0 && !solid {
            return;
        }
        if self.areas.len() < AREAS {
            self.areas.push(Area { edges, ink, solid });
        } else if ink.percent() > 0.0 {
            // what is beyond may lie anywhere
            self.bound = f64::INFINITY;
        }
    }

    /// Paints what nothing is judged by lying on, such as text. Hands out the
    /// most ink that may stand there.
    pub(super) fn reckon(&mut self, edges: Edges, ink: Amount, adds: bool) -> Amount {
        if !self.is_printed(edges) {
            return Amount::default();
        }
        let ink = match adds || self.mix.blends {
            true => ink.plus(self.below(edges)),
            false => ink,
        };
        self.bound = self.bound.max(ink.percent());
        ink
    }

    /// Whether ink may lie below.
    pub(super) fn is_inked(&self, edges: Edges) -> bool {
        self.below(edges).percent() > 0.0
    }

    /// The most ink that may lie below.
    fn below(&self, edges: Edges) -> Amount {
        let mut most = Amount::default();
        for area in self.areas.iter().rev() {
            if meet(area.edges, edges) {
                most = most.or(area.ink);
                if area.solid && holds(area.edges, edges) {
                    break;
                }
            }
        }
        most
    }

    /// A graphics state is set.
    pub(super) fn state(&mut self, state: &Dict<'_>) {
        if let Some(blends) = blends(state) {
            self.mix.blends = blends;
        }
        // an opacity of 1 may be that of strokes alone: a state that says it
        // once is not looked at for what it takes back
        self.mix.faint |= is_faint(state);
    }

    /// From here on nothing is painted outside of an outline.
    pub(super) fn clip(&mut self, outline: &Outline) {
        self.mix.cut |= !is_rectangle(outline);
    }

    pub(super) fn save(&mut self) {
        if self.kept.len() < STATES {
            self.kept.push(self.mix);
        }
    }

    pub(super) fn restore(&mut self) {
        if let Some(mix) = self.kept.pop() {
            self.mix = mix;
        }
    }

    /// What follows is painted in a cell.
    pub(super) fn open(&mut self) {
        let outside = std::mem::take(&mut self.bound);
        self.cells.push((outside, self.areas.len()));
    }

    /// The cell is done; hands out the most ink in it.
    pub(super) fn close(&mut self) -> Amount {
        let inside = self.bound;
        if let Some((bound, areas)) = self.cells.pop() {
            // what lies there is told when the whole is painted
            self.areas.truncate(areas);
            self.bound = bound;
        }
        Amount::of(inside)
    }
}

/// Whether a state mixes by a mode other than Normal; `None` where it names no
/// mode.
pub(super) fn blends(state: &Dict<'_>) -> Option<bool> {
    let mode = blend_mode(state)?;
    Some(!matches!(mode.as_str(), "Normal" | "Compatible"))
}

/// Whether a state lets what lies below shine through.
pub(super) fn is_faint(state: &Dict<'_>) -> bool {
    let below_one = |key: &str| state.get::<f64>(key).is_some_and(|value| value < 0.9999);
    let masked = matches!(state.get::<Object<'_>>("SMask"), Some(Object::Dict(_)));
    below_one("ca") || below_one("CA") || masked
}

/// Whether an outline is one rectangle whose sides are upright and level.
pub(super) fn is_rectangle(outline: &Outline) -> bool {
    let mut corners = Vec::with_capacity(5);
    for (nth, step) in outline.steps.iter().enumerate() {
        match *step {
            Step::Move(x, y) if nth == 0 => corners.push((x, y)),
            Step::Line(x, y) if corners.len() < 5 => corners.push((x, y)),
            Step::Close if nth + 1 == outline.steps.len() => {}
            _ => return false,
        }
    }
    if corners.len() == 5 && corners[4] == corners[0] {
        corners.pop();
    }
    let near = |a: f64, b: f64| (a - b).abs() < SLANT;
    let [a, b, c, d] = corners[..] else {
        return false;
    };
    let level = near(a.1, b.1) && near(b.0, c.0) && near(c.1, d.1) && near(d.0, a.0);
    let upright = near(a.0, b.0) && near(b.1, c.1) && near(c.0, d.0) && near(d.1, a.1);
    level || upright
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Edges = [0.0, 0.0, 100.0, 100.0];
    const PANEL: Edges = [10.0, 10.0, 50.0, 50.0];
    const INNER: Edges = [20.0, 20.0, 30.0, 30.0];

    #[test]
    fn print_n4_ink_is_added_where_it_is_laid_on_ink() {
        let mut ground = Ground::new(PAGE);
        ground.lay(PANEL, Amount::of(200.0), false, true);
        ground.lay(INNER, Amount::of(150.0), false, true);
        assert_eq!(ground.bound(), 200.0);
        // the inner one covers the panel below it
        ground.reckon(INNER, Amount::of(100.0), true);
        assert_eq!(ground.bound(), 250.0);
        ground.reckon(PANEL, Amount::of(100.0), true);
        assert_eq!(ground.bound(), 300.0);
    }

    #[test]
    fn n4_black_on_black_is_one_plate() {
        let black = Amount {
            colours: 0.0,
            black: 100.0,
        };
        let mut ground = Ground::new(PAGE);
        for _ in 0..3 {
            ground.lay(PANEL, black, true, true);
        }
        assert_eq!(ground.bound(), 100.0);
        ground.lay(PANEL, Amount::of(150.0), true, true);
        assert_eq!(ground.bound(), 250.0);
    }

    #[test]
    fn g7_white_that_covers_is_no_ink() {
        let mut ground = Ground::new(PAGE);
        ground.lay(PAGE, Amount::of(30.0), false, true);
        assert!(ground.is_inked(INNER));
        ground.lay(PANEL, Amount::of(0.0), false, true);
        assert!(!ground.is_inked(INNER));
        // beside the panel, and across its edge
        assert!(ground.is_inked([60.0, 60.0, 70.0, 70.0]));
        assert!(ground.is_inked([40.0, 40.0, 60.0, 60.0]));
        // a white shape that is no box hides nothing for sure
        let mut ground = Ground::new(PAGE);
        ground.lay(PAGE, Amount::of(30.0), false, true);
        ground.lay(PANEL, Amount::of(0.0), false, false);
        assert!(ground.is_inked(INNER));
    }

    #[test]
    fn print_n4_what_is_outside_the_bleed_is_not_counted() {
        let mut ground = Ground::new(PANEL);
        ground.lay([60.0, 60.0, 90.0, 90.0], Amount::of(400.0), false, true);
        assert_eq!(ground.bound(), 0.0);
    }

    #[test]
    fn cells_are_by_themselves() {
        let mut ground = Ground::new(PANEL);
        ground.lay(PANEL, Amount::of(100.0), false, true);
        ground.open();
        ground.lay([0.0, 0.0, 1.0, 1.0], Amount::of(40.0), false, false);
        ground.lay([0.0, 0.0, 1.0, 1.0], Amount::of(40.0), true, false);
        assert_eq!(ground.close(), Amount::of(80.0));
        assert_eq!(ground.bound(), 100.0);
    }

    #[test]
    fn rectangles_are_told_from_other_outlines() {
        let outline = |steps: &[Step]| {
            let mut outline = Outline::new();
            outline.steps = steps.to_vec();
            outline
        };
        use Step::{Close, Line, Move};
        let mut steps = vec![
            Move(0.0, 0.0),
            Line(9.0, 0.0),
            Line(9.0, 5.0),
            Line(0.0, 5.0),
        ];
        assert!(is_rectangle(&outline(&steps)));
        steps.push(Close);
        assert!(is_rectangle(&outline(&steps)));
        steps[2] = Line(8.0, 5.0);
        assert!(!is_rectangle(&outline(&steps)));
        assert!(!is_rectangle(&outline(&steps[..3])));
    }
}
