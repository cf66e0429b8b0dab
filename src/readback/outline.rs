//! Outlines of what is painted, in points of the page.

use super::{Edges, Matrix, apply};

/// One step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Move(f64, f64),
    Line(f64, f64),
    /// Two points that bend it, and where it goes.
    Curve([f64; 6]),
    Close,
}

/// Which parts an outline holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    NonZero,
    EvenOdd,
}

/// How a stroke is drawn; lengths in points of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pen {
    pub(crate) width: f64,
    /// 0 butt, 1 round, 2 square.
    pub(crate) cap: i32,
    /// 0 miter, 1 round, 2 bevel.
    pub(crate) join: i32,
    pub(crate) miter: f64,
    pub(crate) dash: Vec<f64>,
    pub(crate) phase: f64,
    /// What a circle is drawn as, `[a b c d]` of an area of 1; `None` for a
    /// circle.
    pub(crate) shape: Option<[f64; 4]>,
}

/// An outline under construction, and the box around it.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) steps: Vec<Step>,
    pub(crate) edges: Edges,
    /// Where the last step ended, before transformation.
    last: (f64, f64),
}

/// Steps that an outline may have; a page that goes beyond is not drawn whole.
const MOST: usize = 4_000_000;

impl Outline {
    pub(crate) fn new() -> Self {
        Self {
            steps: Vec::new(),
            edges: [
                f64::INFINITY,
                f64::INFINITY,
                f64::NEG_INFINITY,
                f64::NEG_INFINITY,
            ],
            last: (0.0, 0.0),
        }
    }

    /// The outline of the unit square under a matrix: an image's place.
    pub(crate) fn of_square(ctm: &Matrix) -> Self {
        let mut square = Self::new();
        square.rect(ctm, 0.0, 0.0, 1.0, 1.0);
        square
    }

    /// Whether nothing is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.edges[0] > self.edges[2]
    }

    fn meets(&mut self, (x, y): (f64, f64)) {
        let [a, b, c, d] = self.edges;
        self.edges = [a.min(x), b.min(y), c.max(x), d.max(y)];
    }

    fn push(&mut self, step: Step) {
        if self.steps.len() < MOST {
            self.steps.push(step);
        }
    }

    pub(crate) fn move_to(&mut self, ctm: &Matrix, x: f64, y: f64) {
        self.last = (x, y);
        let to = apply(ctm, x, y);
        self.meets(to);
        self.push(Step::Move(to.0, to.1));
    }

    pub(crate) fn line_to(&mut self, ctm: &Matrix, x: f64, y: f64) {
        self.last = (x, y);
        let to = apply(ctm, x, y);
        self.meets(to);
        self.push(Step::Line(to.0, to.1));
    }

    /// Two bending points and the end, as `c` has them.
    pub(crate) fn curve_to(&mut self, ctm: &Matrix, points: [f64; 6]) {
        let [x1, y1, x2, y2, x, y] = points;
        self.last = (x, y);
        let (one, two, to) = (apply(ctm, x1, y1), apply(ctm, x2, y2), apply(ctm, x, y));
        for point in [one, two, to] {
            self.meets(point);
        }
        self.push(Step::Curve([one.0, one.1, two.0, two.1, to.0, to.1]));
    }

    /// As `v` has it: the first bending point is where the last step ended.
    pub(crate) fn curve_from_here(&mut self, ctm: &Matrix, [x2, y2, x, y]: [f64; 4]) {
        let (x1, y1) = self.last;
        self.curve_to(ctm, [x1, y1, x2, y2, x, y]);
    }

    /// The steps of another after its own.
    pub(crate) fn add(&mut self, other: &Self) {
        let room = MOST.saturating_sub(self.steps.len());
        self.steps.extend(other.steps.iter().take(room));
        let ([a, b, c, d], [e, f, g, h]) = (self.edges, other.edges);
        self.edges = [a.min(e), b.min(f), c.max(g), d.max(h)];
    }

    pub(crate) fn close(&mut self) {
        self.push(Step::Close);
    }

    pub(crate) fn rect(&mut self, ctm: &Matrix, x: f64, y: f64, width: f64, height: f64) {
        self.move_to(ctm, x, y);
        self.line_to(ctm, x + width, y);
        self.line_to(ctm, x + width, y + height);
        self.line_to(ctm, x, y + height);
        self.close();
        self.last = (x, y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_stands_on_the_page() {
        let ctm = [2.0, 0.0, 0.0, -2.0, 10.0, 20.0];
        let mut outline = Outline::new();
        assert!(outline.is_empty());
        outline.rect(&ctm, 1.0, 1.0, 3.0, 2.0);
        assert_eq!(outline.edges, [12.0, 14.0, 18.0, 18.0]);
        assert_eq!(outline.steps.len(), 5);
        outline.curve_from_here(&ctm, [2.0, 2.0, 3.0, 3.0]);
        let first = Step::Curve([12.0, 18.0, 14.0, 16.0, 16.0, 14.0]);
        assert_eq!(outline.steps.last(), Some(&first));
    }
}
