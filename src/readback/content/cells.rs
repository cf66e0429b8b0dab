//! Cells: content that is painted again and again, of tiling patterns and of
//! Type 3 glyphs.
//!
//! Who asks for it is told of each once, in each colour that it is painted
//! with: there where it is painted first.

use super::{DEEPEST, Reader, State};
use crate::base::pdf::font::Typeface;
use crate::base::pdf::{Array, Dict, Name, Object, Resources, Stream, UntypedIter};
use crate::readback::colour::Colour;
use crate::readback::outline::{Outline, Rule};
use crate::readback::{Edges, Key, Matrix, apply, inverse, key_of, product};

/// What stands in place of a colour.
#[derive(Clone)]
pub(super) enum Pattern<'a> {
    Tiles(Stream<'a>),
    Shading(Object<'a>),
}

/// Cells that one page may have; what goes beyond is not looked at.
const MOST: usize = 50_000;

impl<'a> Pattern<'a> {
    /// The pattern of a name.
    pub(super) fn find(resources: &Resources<'a>, name: &Name<'_>) -> Option<Self> {
        match resources.get_pattern(name)? {
            Object::Stream(stream) => Some(Self::Tiles(stream)),
            Object::Dict(dict) => dict.get::<Object<'a>>("Shading").map(Self::Shading),
            _ => None,
        }
    }
}

/// A cell that is about to be painted.
struct Cell<'s, 'a> {
    stream: &'s Stream<'a>,
    /// Where its names are looked up, if it has none of its own.
    resources: Option<Dict<'a>>,
    /// What it begins with.
    state: State<'a>,
    /// The box that it is clipped to.
    frame: Option<Edges>,
    /// Whether it is a glyph, not a pattern.
    glyph: bool,
}

impl<'a> Reader<'_, 'a> {
    /// Tells what a pattern puts on an area; the number of its cell, if it has
    /// one.
    pub(super) fn pattern(
        &mut self,
        pattern: Option<&Pattern<'a>>,
        colour: &Colour,
        state: &State<'a>,
        area: Edges,
    ) -> Option<usize> {
        let tiles = match pattern? {
            Pattern::Tiles(tiles) => tiles,
            Pattern::Shading(shading) => {
                self.shade(shading, &Dict::empty(), area);
                return None;
            }
        };
        let dict = tiles.dict();
        let matrix = product(&matrix_of(dict).unwrap_or(super::IDENTITY), &state.base);
        let frame = dict.get::<[f64; 4]>("BBox").map(in_order);
        let step = |key: &str| dict.get::<f64>(key).unwrap_or(0.0);
        let ctm = match frame {
            Some(frame) => tile_at(matrix, frame, (step("XStep"), step("YStep")), area),
            None => matrix,
        };
        let mut inner = State::new(ctm);
        inner.depth = state.depth;
        if dict.get::<i32>("PaintType") == Some(2)
            && let super::Space::Pattern(Some(base)) = &colour.space
        {
            let given = Colour {
                space: (**base).clone(),
                values: colour.values.clone(),
            };
            (inner.fill, inner.stroke, inner.given) = (given.clone(), given, true);
        }
        self.cell(Cell {
            stream: tiles,
            resources: dict.get::<Dict<'_>>("Resources"),
            state: inner,
            frame,
            glyph: false,
        })
    }

    /// Tells what the Type 3 glyphs of a run of text put on the page; the
    /// numbers of their cells, and whether all of them bring colours of their
    /// own.
    pub(super) fn procedures(
        &mut self,
        state: &State<'a>,
        text: &Matrix,
        shown: &Object<'_>,
    ) -> (Vec<usize>, bool) {
        let (mut cells, mut coloured) = (Vec::new(), true);
        let Some(font) = state.face.as_ref().filter(|_| state.font.procedures) else {
            return (cells, false);
        };
        let Some(face) = self.faces.of(font) else {
            return (cells, false);
        };
        let own = matrix_in(font, "FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
        let resources = font.get::<Dict<'_>>("Resources");
        let mut far = 0.0;
        let mut string = |this: &mut Self, codes: &[u8], far: &mut f64| {
            for &code in codes {
                let glyph = this.glyph(&face, u32::from(code));
                if let Some((stream, brings)) = glyph {
                    let place = [
                        state.size * state.stretch,
                        0.0,
                        0.0,
                        state.size,
                        *far,
                        state.rise,
                    ];
                    let mut inner = state.clone();
                    inner.ctm = product(&product(&own, &product(&place, text)), &state.ctm);
                    inner.given |= !brings;
                    coloured &= brings;
                    let cell = this.cell(Cell {
                        stream: &stream,
                        resources: resources.clone(),
                        state: inner,
                        frame: None,
                        glyph: true,
                    });
                    cells.extend(cell.filter(|cell| !cells.contains(cell)));
                }
                let (_, width) = state.font.string(&[code]);
                let gap = state.spacing + if code == 32 { state.word_spacing } else { 0.0 };
                *far += (width / 1000.0 * state.size + gap) * state.stretch;
            }
        };
        match shown {
            Object::String(codes) => string(self, codes.as_bytes(), &mut far),
            Object::Array(list) => {
                for part in list.iter::<Object<'_>>() {
                    match part {
                        Object::String(codes) => string(self, codes.as_bytes(), &mut far),
                        Object::Number(kern) => {
                            far -= kern.as_f64() / 1000.0 * state.size * state.stretch;
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        let coloured = coloured && !cells.is_empty();
        (cells, coloured)
    }

    /// The procedure of a code, and whether it brings colours of its own.
    fn glyph(&mut self, face: &Typeface<'a>, code: u32) -> Option<(Stream<'a>, bool)> {
        let stream = face.procedure(code)?;
        let key = key_of(stream.dict());
        if let Some(&brings) = self.coloured.get(&key) {
            return Some((stream, brings));
        }
        let content = self.content(&stream).unwrap_or_default();
        let mut iter = UntypedIter::new(&content);
        // d0 or d1 comes first of all
        let brings = iter.next().is_none_or(|first| {
            let operator: &[u8] = first.operator;
            operator != b"d1"
        });
        self.coloured.insert(key, brings);
        Some((stream, brings))
    }

    /// Reads a cell, if nobody has been told of it yet; its number.
    fn cell(&mut self, cell: Cell<'_, 'a>) -> Option<usize> {
        let Cell {
            stream,
            resources,
            mut state,
            frame,
            glyph,
        } = cell;
        if !self.painter.opens() || state.depth >= DEEPEST {
            return None;
        }
        let key = (key_of(stream.dict()), word(&state));
        if let Some(&known) = self.cells.get(&key) {
            return Some(known);
        }
        let number = self.cells.len();
        if number >= MOST {
            self.left = 0;
            return None;
        }
        // known from here on, to itself as well
        self.cells.insert(key, number);
        let content = self.content(stream)?;
        self.left = self.left.saturating_sub(content.len() / 4);
        state.depth += 1;
        self.painter.open(glyph);
        if let Some([a, b, c, d]) = frame {
            let mut around = Outline::new();
            around.rect(&state.ctm, a, b, c - a, d - b);
            state.clip = around.edges;
            self.painter.clip(&around, Rule::NonZero);
        }
        let resources = Resources::new(resources.unwrap_or_default());
        self.run(&content, &resources, state);
        self.painter.close(number);
        Some(number)
    }
}

/// What tells the colours of a cell that brings none from those of another.
fn word(state: &State<'_>) -> String {
    format!("{:?} {:?}", state.fill, state.stroke)
}

/// The place of that tile which lies on the middle of an area.
fn tile_at(matrix: Matrix, frame: Edges, (across, up): (f64, f64), area: Edges) -> Matrix {
    let middle = ((area[0] + area[2]) / 2.0, (area[1] + area[3]) / 2.0);
    let Some(back) = inverse(&matrix) else {
        return matrix;
    };
    let (x, y) = apply(&back, middle.0, middle.1);
    let shift = |at: f64, from: f64, step: f64| {
        let tiles = ((at - from) / step).floor() * step;
        if tiles.is_finite() { tiles } else { 0.0 }
    };
    let on = (shift(x, frame[0], across), shift(y, frame[1], up));
    product(&[1.0, 0.0, 0.0, 1.0, on.0, on.1], &matrix)
}

fn in_order([a, b, c, d]: [f64; 4]) -> Edges {
    [a.min(c), b.min(d), a.max(c), b.max(d)]
}

/// The `Matrix` of a form or a pattern.
pub(super) fn matrix_of(dict: &Dict<'_>) -> Option<Matrix> {
    matrix_in(dict, "Matrix")
}

fn matrix_in(dict: &Dict<'_>, key: &str) -> Option<Matrix> {
    let list = dict.get::<Array<'_>>(key)?;
    let numbers: Vec<f64> = list.iter::<f64>().take(6).collect();
    numbers.try_into().ok()
}

/// Cells so far: what they are, and their colours.
pub(super) type Known = std::collections::BTreeMap<(Key, String), usize>;
