//! What a profile does with a colour, as a chain of plain steps.
//!
//! Evaluated in double precision with sums and products alone, so that a
//! table built from it is the same on every machine. It is slow, and made to
//! be: pixels go through [`super::table`].

use super::exact::pow;

/// A colour as numbers of 0–1: up to four, the rest 0.
pub(super) type Channels = [f64; 4];

/// A tone curve from 0–1 to 0–1.
#[derive(Clone, Debug)]
pub(super) enum Curve {
    /// Equal steps, joined by straight lines.
    Sampled(Vec<f64>),
    /// The parametric curve of ICC.1:2010, 10.16, in its widest form:
    /// `(ax + b)^g + e` from `d` on and `cx + f` below.
    Parametric {
        /// The exponent.
        g: f64,
        /// `a` and `b` of the upper part.
        upper: [f64; 2],
        /// What is added to the upper part.
        e: f64,
        /// Slope and offset of the lower part.
        lower: [f64; 2],
        /// Where the upper part begins.
        d: f64,
    },
}

impl Curve {
    /// Every value as it is.
    pub(super) fn straight() -> Self {
        Self::Sampled(vec![0.0, 1.0])
    }

    /// The transfer curve of sRGB (IEC 61966-2-1).
    pub(super) fn srgb() -> Self {
        Self::Parametric {
            g: 2.4,
            upper: [1.0 / 1.055, 0.055 / 1.055],
            e: 0.0,
            lower: [1.0 / 12.92, 0.0],
            d: 0.040_45,
        }
    }

    /// The value at `x`; outside of 0–1 that of the nearer end.
    pub(super) fn at(&self, x: f64) -> f64 {
        let x = x.clamp(0.0, 1.0);
        match self {
            Self::Sampled(values) => {
                let last = values.len().saturating_sub(1);
                let place = x * last as f64;
                let below = (place.floor() as usize).min(last);
                let above = (below + 1).min(last);
                let part = place - below as f64;
                match (values.get(below), values.get(above)) {
                    (Some(low), Some(high)) => low + (high - low) * part,
                    _ => x,
                }
            }
            Self::Parametric {
                g,
                upper: [a, b],
                e,
                lower: [c, f],
                d,
            } => {
                let y = if x < *d {
                    c * x + f
                } else {
                    pow(a * x + b, *g) + e
                };
                y.clamp(0.0, 1.0)
            }
        }
    }
}

/// A grid of colours over 1 to 4 inputs of 0–1.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Points along each input, at least 1; the last input changes fastest.
    pub(super) sizes: Vec<usize>,
    /// Values of 0–1 for each point.
    pub(super) outputs: usize,
    /// All values: as many as points times outputs.
    pub(super) values: Vec<f64>,
}

/// The corners of a cell over four inputs.
const CORNERS: usize = 16;

impl Grid {
    /// The colour at `input`, blended from all corners of its cell.
    fn at(&self, input: &Channels) -> Channels {
        let mut corners = [(0_usize, 1.0_f64); CORNERS];
        let mut count = 1;
        for (x, size) in input.iter().zip(&self.sizes) {
            let last = size.saturating_sub(1);
            let place = x.clamp(0.0, 1.0) * last as f64;
            let below = (place.floor() as usize).min(last);
            let part = place - below as f64;
            for n in 0..count {
                let (index, weight) = corners[n];
                corners[n] = (index * size + below, weight * (1.0 - part));
                if part > 0.0 {
                    corners[n + count] = (index * size + below + 1, weight * part);
                }
            }
            if part > 0.0 {
                count *= 2;
            }
        }
        let mut out = [0.0; 4];
        for (index, weight) in corners.iter().take(count) {
            let from = index * self.outputs;
            let values = self.values.get(from..from + self.outputs);
            for (sum, value) in out.iter_mut().zip(values.unwrap_or_default()) {
                *sum += value * weight;
            }
        }
        out
    }
}

/// One step of a [`Pipeline`].
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A curve for each channel.
    Curves(Vec<Curve>),
    /// Three channels by a matrix, and what is added.
    Matrix([[f64; 3]; 3], [f64; 3]),
    /// A grid.
    Grid(Grid),
}

/// Steps from first to last.
#[derive(Clone, Debug, Default)]
pub(super) struct Pipeline(pub(super) Vec<Step>);

impl Pipeline {
    /// What becomes of `input`; channels beyond those of the device are 0.
    pub(super) fn at(&self, input: Channels) -> Channels {
        let mut values = input;
        for step in &self.0 {
            match step {
                Step::Curves(curves) => {
                    for (x, curve) in values.iter_mut().zip(curves) {
                        *x = curve.at(*x);
                    }
                }
                Step::Matrix(rows, offset) => {
                    let [x, y, z, _] = values;
                    for (n, ([a, b, c], plus)) in rows.iter().zip(offset).enumerate() {
                        values[n] = a * x + b * y + c * z + plus;
                    }
                }
                Step::Grid(grid) => values = grid.at(&values),
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Grid, Pipeline, Step};

    #[test]
    fn curves_are_joined_by_straight_lines() {
        let curve = Curve::Sampled(vec![0.0, 0.2, 1.0]);
        for (x, y) in [
            (-1.0, 0.0),
            (0.25, 0.1),
            (0.5, 0.2),
            (0.75, 0.6),
            (2.0, 1.0),
        ] {
            assert!((curve.at(x) - y).abs() < 1e-12, "{x}");
        }
        assert!((Curve::srgb().at(0.5) - 0.214_041_140_482_232).abs() < 1e-9);
        assert!(Curve::Sampled(Vec::new()).at(0.3) <= 1.0);
    }

    #[test]
    fn a_grid_is_exact_at_its_points_and_linear_between() {
        let grid = Grid {
            sizes: vec![2, 2],
            outputs: 1,
            values: vec![0.0, 1.0, 0.5, 0.25],
        };
        let chain = Pipeline(vec![Step::Grid(grid)]);
        for (input, output) in [
            ([0.0, 1.0, 0.0, 0.0], 1.0),
            ([1.0, 0.0, 0.0, 0.0], 0.5),
            ([0.5, 0.5, 0.0, 0.0], 0.4375),
        ] {
            assert!((chain.at(input)[0] - output).abs() < 1e-12, "{input:?}");
        }
    }
}
