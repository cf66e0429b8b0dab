//! The content of a page read as the press reads it: what is painted, where,
//! in which colour, and how it overprints.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::boxes::Edges;
use super::colour::{Colour, Space};
use super::widths::Widths;
use crate::base::pdf::{Array, Dict, Name, Object, Page, Resources, Stream, UntypedIter};

/// Who is told what is painted.
pub(super) trait Painter {
    /// A run of text.
    fn text(&mut self, text: &TextMark<'_>);
    /// A line or an area.
    fn path(&mut self, path: &PathMark<'_>);
    /// An image.
    fn image(&mut self, image: &ImageMark<'_>);
    /// A font that is used, once.
    fn font(&mut self, font: &Dict<'_>);
    /// A graphics state that is set.
    fn state(&mut self, state: &Dict<'_>);
    /// A transparency group.
    fn group(&mut self, group: &Dict<'_>);
    /// A space that a shading paints in.
    fn shading(&mut self, space: &Space, edges: Edges);
}

/// How something covers what lies below it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Over {
    /// It overprints.
    pub(super) overprint: bool,
    /// Overprint mode.
    pub(super) mode: i32,
}

/// A run of text.
pub(super) struct TextMark<'s> {
    pub(super) colour: &'s Colour,
    pub(super) over: Over,
    /// Its size on the paper in points.
    pub(super) size: f64,
    pub(super) edges: Edges,
}

/// A line or an area.
pub(super) struct PathMark<'s> {
    pub(super) colour: &'s Colour,
    pub(super) over: Over,
    /// Thickness of a stroke in points; `None` for an area.
    pub(super) stroke: Option<f64>,
    pub(super) edges: Edges,
}

/// An image.
pub(super) struct ImageMark<'s> {
    pub(super) stream: &'s Stream<'s>,
    /// `None` for a stencil, which has the colour of the state.
    pub(super) space: Option<Space>,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) bits: i32,
    /// Its size on the paper in points.
    pub(super) across: f64,
    pub(super) down: f64,
    pub(super) edges: Edges,
}

/// Forms inside forms that are followed.
const DEEPEST: usize = 12;
/// Operators that one page may have; what goes beyond is not looked at.
const MOST: usize = 20_000_000;
/// Graphics states that are kept.
const STATES: usize = 512;

type Matrix = [f64; 6];

#[derive(Clone)]
struct State {
    ctm: Matrix,
    fill: Colour,
    stroke: Colour,
    width: f64,
    fill_over: bool,
    stroke_over: bool,
    mode: i32,
    size: f64,
    stretch: f64,
    render: i32,
    leading: f64,
    spacing: f64,
    font: Rc<Widths>,
}

impl State {
    fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            fill: Colour::black(),
            stroke: Colour::black(),
            width: 1.0,
            fill_over: false,
            stroke_over: false,
            mode: 0,
            size: 0.0,
            stretch: 1.0,
            render: 0,
            leading: 0.0,
            spacing: 0.0,
            font: Rc::default(),
        }
    }
}

/// Reads a page. Whether all of it was looked at.
pub(super) fn read(page: &Page<'_>, painter: &mut dyn Painter) -> bool {
    if let Some(group) = page.raw().get::<Dict<'_>>("Group") {
        painter.group(&group);
    }
    let Some(content) = page.page_stream() else {
        return true;
    };
    let mut reader = Reader {
        painter,
        left: MOST,
        forms: BTreeSet::new(),
        fonts: BTreeMap::new(),
    };
    reader.run(
        content,
        page.resources(),
        State::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]),
        0,
    );
    reader.left > 0
}

struct Reader<'p> {
    painter: &'p mut dyn Painter,
    left: usize,
    /// Forms that are open, by the place of their data: none in itself.
    forms: BTreeSet<(u32, usize)>,
    /// Widths of the fonts so far, by the place of their data.
    fonts: BTreeMap<(u32, usize), Rc<Widths>>,
}

/// A path under construction: its box, in points, and whether it has any.
#[derive(Clone, Copy)]
struct Way {
    edges: Edges,
}

const NOWHERE: Edges = [
    f64::INFINITY,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NEG_INFINITY,
];

impl Way {
    fn add(&mut self, ctm: &Matrix, x: f64, y: f64) {
        let (x, y) = apply(ctm, x, y);
        let [a, b, c, d] = self.edges;
        self.edges = [a.min(x), b.min(y), c.max(x), d.max(y)];
    }
}

impl Reader<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'_>, first: State, depth: usize) {
        let mut state = first;
        let mut stack: Vec<State> = Vec::new();
        let mut way = Way { edges: NOWHERE };
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        let mut iter = UntypedIter::new(content);
        while let Some(instruction) = iter.next() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            let operands: Vec<Object<'_>> = instruction.operands().cloned().collect();
            let n = |at: usize| match operands.get(at) {
                Some(Object::Number(number)) => number.as_f64(),
                _ => 0.0,
            };
            let name = |at: usize| match operands.get(at) {
                Some(Object::Name(name)) => Some(name.clone()),
                _ => None,
            };
            let operator: &[u8] = instruction.operator;
            match operator {
                b"q" if stack.len() < STATES => stack.push(state.clone()),
                b"Q" => {
                    if let Some(last) = stack.pop() {
                        state = last;
                    }
                }
                b"cm" => state.ctm = product(&[n(0), n(1), n(2), n(3), n(4), n(5)], &state.ctm),
                b"w" => state.width = n(0),
                b"gs" => {
                    if let Some(found) = name(0).and_then(|name| resources.get_ext_g_state(&name)) {
                        self.painter.state(&found);
                        set_state(&found, &mut state);
                        if let Some(font) = found.get::<Array<'_>>("Font") {
                            let mut parts = font.iter::<Object<'_>>();
                            if let (Some(Object::Dict(font)), Some(Object::Number(size))) =
                                (parts.next(), parts.next())
                            {
                                self.choose(&font, &mut state);
                                state.size = size.as_f64();
                            }
                        }
                    }
                }
                b"g" => state.fill = device(Space::Gray, &operands),
                b"G" => state.stroke = device(Space::Gray, &operands),
                b"rg" => state.fill = device(Space::Rgb, &operands),
                b"RG" => state.stroke = device(Space::Rgb, &operands),
                b"k" => state.fill = device(Space::Cmyk, &operands),
                b"K" => state.stroke = device(Space::Cmyk, &operands),
                b"cs" | b"CS" => {
                    let space = operands
                        .first()
                        .and_then(|one| Space::read(one, &resources.color_spaces));
                    let space = space.unwrap_or(Space::Gray);
                    let values = match space {
                        Space::Separation(_) | Space::Several(_) => vec![1.0; space.components()],
                        Space::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
                        _ => vec![0.0; space.components()],
                    };
                    let colour = Colour { space, values };
                    match operator == b"cs" {
                        true => state.fill = colour,
                        false => state.stroke = colour,
                    }
                }
                b"sc" | b"scn" => state.fill.values = numbers(&operands),
                b"SC" | b"SCN" => state.stroke.values = numbers(&operands),
                b"m" | b"l" => way.add(&state.ctm, n(0), n(1)),
                b"c" => {
                    for at in [0, 2, 4] {
                        way.add(&state.ctm, n(at), n(at + 1));
                    }
                }
                b"v" | b"y" => {
                    for at in [0, 2] {
                        way.add(&state.ctm, n(at), n(at + 1));
                    }
                }
                b"re" => {
                    way.add(&state.ctm, n(0), n(1));
                    way.add(&state.ctm, n(0) + n(2), n(1) + n(3));
                }
                b"f" | b"F" | b"f*" => self.area(&state, &mut way),
                b"S" | b"s" => self.line(&state, &mut way),
                b"B" | b"B*" | b"b" | b"b*" => {
                    let mut same = way;
                    self.area(&state, &mut same);
                    self.line(&state, &mut way);
                }
                b"n" => way.edges = NOWHERE,
                b"sh" => {
                    let found = name(0).and_then(|name| resources.get_shading(&name));
                    if let Some(object) = found {
                        let edges = [
                            f64::NEG_INFINITY,
                            f64::NEG_INFINITY,
                            f64::INFINITY,
                            f64::INFINITY,
                        ];
                        self.shade(&object, resources, edges);
                    }
                }
                b"BT" => (text, line) = (IDENTITY, IDENTITY),
                b"Tf" => {
                    state.size = n(1);
                    if let Some(font) = name(0).and_then(|name| resources.get_font(&name)) {
                        self.choose(&font, &mut state);
                    }
                }
                b"Tr" => state.render = n(0) as i32,
                b"Tz" => state.stretch = n(0) / 100.0,
                b"TL" => state.leading = n(0),
                b"Tc" => state.spacing = n(0),
                b"Tm" => {
                    line = [n(0), n(1), n(2), n(3), n(4), n(5)];
                    text = line;
                }
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        state.leading = -n(1);
                    }
                    line = product(&[1.0, 0.0, 0.0, 1.0, n(0), n(1)], &line);
                    text = line;
                }
                b"T*" => {
                    line = product(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line);
                    text = line;
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    if matches!(operator, b"'" | b"\"") {
                        line = product(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line);
                        text = line;
                    }
                    let run = run_of(operands.last(), &state.font);
                    self.letters(&state, &mut text, run);
                }
                b"Do" => {
                    if let Some(stream) = name(0).and_then(|name| resources.get_x_object(&name)) {
                        self.object(&stream, resources, &state, depth);
                    }
                }
                b"BI" => {
                    if let Some(Object::Stream(stream)) = operands.first() {
                        self.image(stream, resources, &state);
                    }
                }
                _ => {}
            }
        }
    }

    /// A font is judged the first time that the page chooses it.
    fn choose(&mut self, font: &Dict<'_>, state: &mut State) {
        let key = key_of(font);
        if let Some(known) = self.fonts.get(&key) {
            state.font = Rc::clone(known);
            return;
        }
        state.font = Rc::new(Widths::of(font));
        self.fonts.insert(key, Rc::clone(&state.font));
        self.painter.font(font);
    }

    fn area(&mut self, state: &State, way: &mut Way) {
        let edges = std::mem::replace(&mut way.edges, NOWHERE);
        if edges[0] > edges[2] {
            return;
        }
        self.painter.path(&PathMark {
            colour: &state.fill,
            over: Over {
                overprint: state.fill_over,
                mode: state.mode,
            },
            stroke: None,
            edges,
        });
    }

    fn line(&mut self, state: &State, way: &mut Way) {
        let edges = std::mem::replace(&mut way.edges, NOWHERE);
        if edges[0] > edges[2] {
            return;
        }
        let width = state.width * scale(&state.ctm);
        let half = width / 2.0;
        self.painter.path(&PathMark {
            colour: &state.stroke,
            over: Over {
                overprint: state.stroke_over,
                mode: state.mode,
            },
            stroke: Some(width),
            edges: [
                edges[0] - half,
                edges[1] - half,
                edges[2] + half,
                edges[3] + half,
            ],
        });
    }

    /// Text of so many codes and so many thousandths of an em.
    fn letters(&mut self, state: &State, text: &mut Matrix, (codes, width): (f64, f64)) {
        if codes <= 0.0 {
            return;
        }
        let far = (width / 1000.0 * state.size + codes * state.spacing) * state.stretch;
        let whole = product(text, &state.ctm);
        let mut way = Way { edges: NOWHERE };
        let (low, high) = (-0.1 * state.size, 0.8 * state.size);
        let corners = match state.font.down {
            false => [(0.0, low), (far, low), (0.0, high), (far, high)],
            true => {
                let (side, foot) = (state.size / 2.0, -codes * (state.size + state.spacing));
                [(-side, 0.0), (side, 0.0), (-side, foot), (side, foot)]
            }
        };
        for (x, y) in corners {
            way.add(&whole, x, y);
        }
        let on = match state.font.down {
            false => (far, 0.0),
            true => (0.0, -codes * (state.size + state.spacing)),
        };
        *text = product(&[1.0, 0.0, 0.0, 1.0, on.0, on.1], text);
        if !matches!(state.render, 3 | 7) {
            let outlined = matches!(state.render, 1 | 5);
            self.painter.text(&TextMark {
                colour: if outlined { &state.stroke } else { &state.fill },
                over: Over {
                    overprint: if outlined {
                        state.stroke_over
                    } else {
                        state.fill_over
                    },
                    mode: state.mode,
                },
                size: state.size.abs() * length(whole[2], whole[3]),
                edges: way.edges,
            });
        }
    }

    fn object(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'_>,
        state: &State,
        depth: usize,
    ) {
        let dict = stream.dict();
        let kind = dict.get::<Name<'_>>("Subtype");
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Image") => self.image(stream, resources, state),
            Some("Form") if depth < DEEPEST => {
                let key = key_of(dict);
                if !self.forms.insert(key) {
                    return;
                }
                if let Some(group) = dict.get::<Dict<'_>>("Group") {
                    self.painter.group(&group);
                }
                let matrix = dict
                    .get::<Array<'_>>("Matrix")
                    .map(|list| list.iter::<f64>().collect::<Vec<f64>>());
                let matrix: Matrix = matrix
                    .and_then(|list| list.try_into().ok())
                    .unwrap_or(IDENTITY);
                let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
                let mut inner = state.clone();
                inner.ctm = product(&matrix, &state.ctm);
                if let Ok(content) = stream.decoded() {
                    self.run(
                        &content,
                        own.as_ref().unwrap_or(resources),
                        inner,
                        depth + 1,
                    );
                }
                self.forms.remove(&key);
            }
            _ => {}
        }
    }

    fn image(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, state: &State) {
        let dict = stream.dict();
        let number =
            |long: &str, short: &str| dict.get::<f64>(long).or_else(|| dict.get::<f64>(short));
        let stencil = dict
            .get::<bool>("ImageMask")
            .or_else(|| dict.get::<bool>("IM"))
            == Some(true);
        let space = dict
            .get::<Object<'_>>("ColorSpace")
            .or_else(|| dict.get::<Object<'_>>("CS"));
        let space = space.and_then(|space| Space::read(&space, &resources.color_spaces));
        let bits = number("BitsPerComponent", "BPC").unwrap_or(if stencil { 1.0 } else { 8.0 });
        let mut way = Way { edges: NOWHERE };
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
            way.add(&state.ctm, x, y);
        }
        let [a, b, c, d, ..] = state.ctm;
        self.painter.image(&ImageMark {
            stream,
            space: if stencil {
                None
            } else {
                Some(space.unwrap_or(Space::Gray))
            },
            width: number("Width", "W").unwrap_or(0.0),
            height: number("Height", "H").unwrap_or(0.0),
            bits: bits as i32,
            across: length(a, b),
            down: length(c, d),
            edges: way.edges,
        });
        if stencil {
            let over = Over {
                overprint: state.fill_over,
                mode: state.mode,
            };
            self.painter.path(&PathMark {
                colour: &state.fill,
                over,
                stroke: None,
                edges: way.edges,
            });
        }
    }

    fn shade(&mut self, shading: &Object<'_>, resources: &Resources<'_>, edges: Edges) {
        let dict = match shading {
            Object::Dict(dict) => dict.clone(),
            Object::Stream(stream) => stream.dict().clone(),
            _ => return,
        };
        let space = dict.get::<Object<'_>>("ColorSpace");
        if let Some(space) = space.and_then(|space| Space::read(&space, &resources.color_spaces)) {
            self.painter.shading(&space, edges);
        }
    }
}

/// A number that tells a dictionary from others: its object, or its place.
fn key_of(dict: &Dict<'_>) -> (u32, usize) {
    match dict.obj_id() {
        Some(id) => (id.obj_number, 0),
        None => (0, dict.data().as_ptr() as usize),
    }
}

/// What a graphics state sets.
fn set_state(found: &Dict<'_>, state: &mut State) {
    if let Some(width) = found.get::<f64>("LW") {
        state.width = width;
    }
    let stroke = found.get::<bool>("OP");
    let fill = found.get::<bool>("op");
    if let Some(over) = stroke {
        state.stroke_over = over;
    }
    // without op, OP counts for areas too
    if let Some(over) = fill.or(stroke) {
        state.fill_over = over;
    }
    if let Some(mode) = found.get::<i32>("OPM") {
        state.mode = mode;
    }
}

fn device(space: Space, operands: &[Object<'_>]) -> Colour {
    Colour {
        space,
        values: numbers(operands),
    }
}

fn numbers(operands: &[Object<'_>]) -> Vec<f64> {
    let numbers = operands.iter().filter_map(|one| match one {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    });
    numbers.take(32).collect()
}

/// A string or an array of strings and kerns: its codes, and its width in
/// thousandths of an em.
fn run_of(operand: Option<&Object<'_>>, font: &Widths) -> (f64, f64) {
    match operand {
        Some(Object::String(text)) => font.string(text.as_bytes()),
        Some(Object::Array(list)) => {
            let mut run = (0.0, 0.0);
            for part in list.iter::<Object<'_>>() {
                match part {
                    Object::String(text) => {
                        let (codes, width) = font.string(text.as_bytes());
                        run = (run.0 + codes, run.1 + width);
                    }
                    Object::Number(kern) => run.1 -= kern.as_f64(),
                    _ => {}
                }
            }
            run
        }
        _ => (0.0, 0.0),
    }
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn apply(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// First `a`, then `b`.
fn product(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The length of a vector; `hypot` differs between platforms.
fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// How much a matrix enlarges.
fn scale(m: &Matrix) -> f64 {
    (m[0] * m[3] - m[1] * m[2]).abs().sqrt()
}
