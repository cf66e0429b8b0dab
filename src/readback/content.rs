//! The content of a page read as the press reads it: what is painted, where,
//! in which colour, how it overprints, and within which clip.

mod cells;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use self::cells::Pattern;
use super::colour::{Colour, Space};
use super::outline::{Outline, Pen, Rule};
use super::widths::Widths;
use super::{Edges, IDENTITY, Key, Matrix, key_of, length, picture, product, scale};
use crate::base::pdf::font::Typefaces;
use crate::base::pdf::{self, Array, Dict, Name, Object, Page, Resources, Stream, UntypedIter};

/// Who is told what is painted. What a preflight and a separation both ask
/// for has no answer of its own; what only one of them asks for has an empty
/// one.
pub(crate) trait Painter<'a> {
    /// A run of text.
    fn text(&mut self, text: &TextMark<'_, 'a>);
    /// A line or an area.
    fn path(&mut self, path: &PathMark<'_>);
    /// An image.
    fn image(&mut self, image: &ImageMark<'_>);
    /// A font that something is shown in, once.
    fn font(&mut self, _font: &Dict<'a>) {}
    /// A graphics state that is set.
    fn state(&mut self, state: &Dict<'_>);
    /// A transparency group.
    fn group(&mut self, group: &Dict<'_>);
    /// A space that a shading paints in.
    fn shading(&mut self, space: &Space, edges: Edges);
    /// Clip and graphics state are kept, to come back.
    fn save(&mut self) {}
    /// They come back.
    fn restore(&mut self) {}
    /// From here on nothing is painted outside.
    fn clip(&mut self, _outline: &Outline, _rule: Rule) {}
    /// Whether it is told what the cells of patterns and the glyphs of Type 3
    /// are drawn with.
    fn opens(&self) -> bool {
        false
    }
    /// The content of a cell begins, a glyph's or a pattern's.
    fn open(&mut self, _glyph: bool) {}
    /// It ends, and has this number from now on.
    fn close(&mut self, _cell: usize) {}
    /// A run of text is added to what the next clip by text holds.
    fn text_to_clip(&mut self, _text: &TextMark<'_, 'a>) {}
    /// From here on nothing is painted outside of that text.
    fn clip_by_text(&mut self) {}
    /// What comes until the group's end is put together by itself first.
    fn enter(&mut self, _group: &Dict<'_>) {}
    /// The group's end.
    fn leave(&mut self) {}
    /// What comes until the end of a soft mask is only as dark as the mask, not
    /// painted; whether it is to be told at all. Asked again at its end.
    fn mask(&mut self, _begins: bool) -> bool {
        false
    }
}

/// How something covers what lies below it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Over {
    /// It overprints.
    pub(crate) overprint: bool,
    /// Overprint mode.
    pub(crate) mode: i32,
}

/// A run of text.
pub(crate) struct TextMark<'s, 'a> {
    pub(crate) colour: &'s Colour,
    pub(crate) over: Over,
    /// Its size on the paper in points.
    pub(crate) size: f64,
    pub(crate) edges: Edges,
    /// The string, or strings and kerns, that are shown.
    pub(crate) shown: &'s Object<'s>,
    /// Where its first glyph stands: text space to points of the page.
    pub(crate) place: Matrix,
    /// Its font; `None` where the page names none that there is.
    pub(crate) font: Option<&'s Dict<'a>>,
    /// What is between its glyphs.
    pub(crate) setting: Setting,
    /// Whether outlines are drawn and not filled.
    pub(crate) outlined: Option<Pen>,
    /// The cells of its pattern and of its Type 3 glyphs.
    pub(crate) cells: Vec<usize>,
    /// Its glyphs bring their own colours.
    pub(crate) coloured: bool,
}

/// How glyphs follow each other, in text space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) size: f64,
    /// Added to each glyph.
    pub(crate) spacing: f64,
    /// Added to each space of one byte.
    pub(crate) word_spacing: f64,
    /// Width of glyphs, 1 as they are.
    pub(crate) stretch: f64,
    pub(crate) rise: f64,
}

/// A line or an area.
pub(crate) struct PathMark<'s> {
    pub(crate) colour: &'s Colour,
    pub(crate) over: Over,
    /// Thickness of a stroke in points; `None` for an area.
    pub(crate) stroke: Option<f64>,
    pub(crate) edges: Edges,
    pub(crate) outline: &'s Outline,
    pub(crate) rule: Rule,
    /// How a stroke is drawn.
    pub(crate) pen: Option<&'s Pen>,
    /// The stencil that is painted through, and its place.
    pub(crate) stencil: Option<(&'s Stream<'s>, Matrix)>,
    /// The cell of its pattern.
    pub(crate) cell: Option<usize>,
}

/// An image.
pub(crate) struct ImageMark<'s> {
    pub(crate) stream: &'s Stream<'s>,
    /// `None` for a stencil, which has the colour of the state.
    pub(crate) space: Option<Space>,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) bits: i32,
    /// Its size on the paper in points.
    pub(crate) across: f64,
    pub(crate) down: f64,
    pub(crate) edges: Edges,
    pub(crate) over: Over,
    /// Its unit square to points of the page.
    pub(crate) place: Matrix,
    /// Colour spaces that have a name on this page.
    pub(crate) spaces: &'s Dict<'s>,
}

impl ImageMark<'_> {
    /// Its pixels an inch, the lower of the two ways; `None` for specks and
    /// single pixels of tone, which are no pictures, and where it does not
    /// stand on the page.
    pub(crate) fn ppi(&self, page: Edges) -> Option<f64> {
        let picture = self.width > 16.0 || self.height > 16.0;
        let there = self.across > 0.0 && self.down > 0.0;
        let inside = shared(self.edges, page);
        let stands = inside[0] < inside[2] && inside[1] < inside[3];
        (picture && there && stands).then(|| {
            f64::min(
                self.width * 72.0 / self.across,
                self.height * 72.0 / self.down,
            )
        })
    }
}

/// Forms inside forms that are followed.
const DEEPEST: usize = 12;
/// Operators that one page may have; what goes beyond is not looked at.
const MOST: usize = 20_000_000;
/// The rendering mode of text that nobody sees.
const INVISIBLE: i32 = 3;
/// Graphics states that are kept.
const STATES: usize = 512;
/// Bytes of content that one page may have, its forms included.
const ROOM: usize = 64 << 20;

#[derive(Clone)]
struct State<'a> {
    ctm: Matrix,
    /// The box that nothing is painted outside of.
    clip: Edges,
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
    word_spacing: f64,
    rise: f64,
    cap: i32,
    join: i32,
    miter: f64,
    dash: Rc<(Vec<f64>, f64)>,
    font: Rc<Widths>,
    face: Option<Dict<'a>>,
    fill_pattern: Option<Pattern<'a>>,
    stroke_pattern: Option<Pattern<'a>>,
    /// Where patterns lie: the matrix that the content began with.
    base: Matrix,
    /// Its colours are given from outside: it cannot set any.
    given: bool,
    /// Contents that this one is in.
    depth: usize,
}

impl State<'_> {
    fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            clip: EVERYWHERE,
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
            word_spacing: 0.0,
            rise: 0.0,
            cap: 0,
            join: 0,
            miter: 10.0,
            dash: Rc::default(),
            font: Rc::default(),
            face: None,
            fill_pattern: None,
            stroke_pattern: None,
            base: ctm,
            given: false,
            depth: 0,
        }
    }

    /// What a stroke of it is drawn with.
    fn pen(&self) -> Pen {
        let by = scale(&self.ctm);
        Pen {
            width: self.width * by,
            cap: self.cap,
            join: self.join,
            miter: self.miter,
            dash: self.dash.0.iter().map(|part| part * by).collect(),
            phase: self.dash.1 * by,
            shape: uneven(&self.ctm),
        }
    }
}

/// Reads a page. Whether all of it was looked at: not where it has more than
/// is read, or content that cannot be unpacked.
pub(crate) fn read<'a>(page: &Page<'a>, painter: &mut dyn Painter<'a>) -> bool {
    if let Some(group) = page.raw().get::<Dict<'_>>("Group") {
        painter.group(&group);
    }
    let content = pdf::content(page, ROOM);
    let mut reader = Reader {
        painter,
        left: MOST,
        room: ROOM - content.bytes.len(),
        whole: content.whole,
        contents: BTreeMap::new(),
        forms: BTreeSet::new(),
        fonts: BTreeMap::new(),
        told: BTreeSet::new(),
        faces: Typefaces::default(),
        cells: cells::Known::new(),
        coloured: BTreeMap::new(),
    };
    reader.run(&content.bytes, page.resources(), State::new(IDENTITY));
    reader.whole && reader.left > 0
}

struct Reader<'p, 'a> {
    painter: &'p mut dyn Painter<'a>,
    left: usize,
    /// Bytes of content that may still be unpacked.
    room: usize,
    /// Whether all content so far could be unpacked.
    whole: bool,
    /// What forms hold, unpacked once however often they are painted.
    contents: BTreeMap<Key, Rc<Vec<u8>>>,
    /// Forms that are open, by the place of their data: none in itself.
    forms: BTreeSet<Key>,
    /// Widths of the fonts so far, by the place of their data.
    fonts: BTreeMap<Key, Rc<Widths>>,
    /// Those that the painter was told of.
    told: BTreeSet<Key>,
    faces: Typefaces<'a>,
    cells: cells::Known,
    /// Whether the Type 3 glyphs so far bring their own colours.
    coloured: BTreeMap<Key, bool>,
}

impl<'a> Reader<'_, 'a> {
    /// The content of a form or the like; `None` where it cannot be told.
    fn content(&mut self, stream: &Stream<'_>) -> Option<Rc<Vec<u8>>> {
        let key = key_of(stream.dict());
        if let Some(known) = self.contents.get(&key) {
            return Some(Rc::clone(known));
        }
        let found = match pdf::unpacked(stream, self.room) {
            Ok(content) => Rc::new(content.into_owned()),
            Err(_) => {
                self.whole = false;
                // known to be nothing: it is not tried again
                self.contents.insert(key, Rc::default());
                return None;
            }
        };
        self.room -= found.len();
        self.contents.insert(key, Rc::clone(&found));
        Some(found)
    }

    fn run(&mut self, content: &[u8], resources: &Resources<'a>, first: State<'a>) {
        self.painter.save();
        let left_open = self.follow(content, resources, first);
        for _ in 0..=left_open {
            self.painter.restore();
        }
    }

    /// How many states are left open at the end.
    fn follow(&mut self, content: &[u8], resources: &Resources<'a>, first: State<'a>) -> usize {
        let mut state = first;
        let mut stack: Vec<State<'a>> = Vec::new();
        let mut way = Outline::new();
        let mut clip = None;
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        // the box of the text that is to clip
        let mut letters: Option<Edges> = None;
        let mut iter = UntypedIter::new(content);
        while let Some(instruction) = iter.next() {
            if self.left == 0 {
                break;
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
                b"q" if stack.len() < STATES => {
                    stack.push(state.clone());
                    self.painter.save();
                }
                b"Q" => {
                    if let Some(last) = stack.pop() {
                        state = last;
                        self.painter.restore();
                    }
                }
                b"cm" => state.ctm = product(&[n(0), n(1), n(2), n(3), n(4), n(5)], &state.ctm),
                b"w" => state.width = n(0),
                b"J" => state.cap = n(0) as i32,
                b"j" => state.join = n(0) as i32,
                b"M" => state.miter = n(0),
                b"d" => {
                    if let Some(Object::Array(list)) = operands.first() {
                        let parts = list.iter::<f64>().take(16).collect();
                        state.dash = Rc::new((parts, n(1)));
                    }
                }
                b"gs" => {
                    if let Some(found) = name(0).and_then(|name| resources.get_ext_g_state(&name)) {
                        self.painter.state(&found);
                        set_state(&found, &mut state);
                        self.mask(&found, resources, &state);
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
                b"g" | b"G" | b"rg" | b"RG" | b"k" | b"K" | b"cs" | b"CS" | b"sc" | b"SC"
                | b"scn" | b"SCN" => set_colour(operator, &operands, resources, &mut state),
                b"m" => way.move_to(&state.ctm, n(0), n(1)),
                b"l" => way.line_to(&state.ctm, n(0), n(1)),
                b"c" => way.curve_to(&state.ctm, [n(0), n(1), n(2), n(3), n(4), n(5)]),
                b"v" => way.curve_from_here(&state.ctm, [n(0), n(1), n(2), n(3)]),
                b"y" => way.curve_to(&state.ctm, [n(0), n(1), n(2), n(3), n(2), n(3)]),
                b"h" => way.close(),
                b"re" => way.rect(&state.ctm, n(0), n(1), n(2), n(3)),
                b"W" => clip = Some(Rule::NonZero),
                b"W*" => clip = Some(Rule::EvenOdd),
                b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                    if matches!(operator, b"s" | b"b" | b"b*") {
                        way.close();
                    }
                    let rule = match operator.ends_with(b"*") {
                        true => Rule::EvenOdd,
                        false => Rule::NonZero,
                    };
                    if matches!(operator[0], b'f' | b'F' | b'B' | b'b') {
                        self.area(&state, &way, rule);
                    }
                    if matches!(operator[0], b'S' | b's' | b'B' | b'b') {
                        self.line(&state, &way);
                    }
                    if let Some(rule) = clip.take() {
                        state.clip = shared(state.clip, way.edges);
                        self.painter.clip(&way, rule);
                    }
                    way = Outline::new();
                }
                b"sh" => {
                    let found = name(0).and_then(|name| resources.get_shading(&name));
                    if let Some(object) = found {
                        self.shade(&object, &resources.color_spaces, state.clip);
                    }
                }
                b"BT" => (text, line) = (IDENTITY, IDENTITY),
                b"ET" => {
                    if let Some(edges) = letters.take() {
                        state.clip = shared(state.clip, edges);
                        self.painter.clip_by_text();
                    }
                }
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
                b"Tw" => state.word_spacing = n(0),
                b"Ts" => state.rise = n(0),
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
                    if operator == b"\"" {
                        (state.word_spacing, state.spacing) = (n(0), n(1));
                    }
                    if matches!(operator, b"'" | b"\"") {
                        line = product(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], &line);
                        text = line;
                    }
                    if let Some(shown) = operands.last() {
                        let edges = self.letters(&state, &mut text, shown);
                        if state.render >= 4 {
                            let before = letters.unwrap_or(NOWHERE);
                            letters = Some(around(before, edges));
                        }
                    }
                }
                b"Do" => {
                    if let Some(stream) = name(0).and_then(|name| resources.get_x_object(&name)) {
                        self.object(&stream, resources, &state);
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
        stack.len()
    }

    /// What the text that follows is set in.
    fn choose(&mut self, font: &Dict<'a>, state: &mut State<'a>) {
        state.face = Some(font.clone());
        let key = key_of(font);
        if let Some(known) = self.fonts.get(&key) {
            state.font = Rc::clone(known);
            return;
        }
        state.font = Rc::new(Widths::of(font));
        self.fonts.insert(key, Rc::clone(&state.font));
    }

    /// A font is told of the first time that something of it is to be seen:
    /// invisible text, as below a scan, needs none.
    fn tell_font(&mut self, state: &State<'a>) {
        if let Some(font) = &state.face
            && state.render != INVISIBLE
            && self.told.insert(key_of(font))
        {
            self.painter.font(font);
        }
    }

    fn area(&mut self, state: &State<'a>, way: &Outline, rule: Rule) {
        let edges = shared(state.clip, way.edges);
        if way.is_empty() || is_outside(edges) {
            return;
        }
        let cell = self.pattern(state.fill_pattern.as_ref(), &state.fill, state, edges);
        self.painter.path(&PathMark {
            colour: &state.fill,
            over: Over {
                overprint: state.fill_over,
                mode: state.mode,
            },
            stroke: None,
            edges,
            outline: way,
            rule,
            pen: None,
            stencil: None,
            cell,
        });
    }

    fn line(&mut self, state: &State<'a>, way: &Outline) {
        if way.is_empty() {
            return;
        }
        let pen = state.pen();
        let half = pen.width / 2.0;
        let [a, b, c, d] = way.edges;
        let edges = shared(state.clip, [a - half, b - half, c + half, d + half]);
        if is_outside(edges) {
            return;
        }
        let pattern = state.stroke_pattern.as_ref();
        let cell = self.pattern(pattern, &state.stroke, state, edges);
        self.painter.path(&PathMark {
            colour: &state.stroke,
            over: Over {
                overprint: state.stroke_over,
                mode: state.mode,
            },
            stroke: Some(pen.width),
            edges,
            outline: way,
            rule: Rule::NonZero,
            pen: Some(&pen),
            stencil: None,
            cell,
        });
    }

    /// A run of text; hands out the box that it fills.
    fn letters(&mut self, state: &State<'a>, text: &mut Matrix, shown: &Object<'_>) -> Edges {
        let (codes, width) = run_of(shown, &state.font);
        if codes <= 0.0 {
            // kerns alone move on too
            let back = -width / 1000.0 * state.size * state.stretch;
            let on = if state.font.down {
                (0.0, back)
            } else {
                (-back, 0.0)
            };
            *text = product(&[1.0, 0.0, 0.0, 1.0, on.0, on.1], text);
            return NOWHERE;
        }
        let far = (width / 1000.0 * state.size + codes * state.spacing) * state.stretch;
        let start = *text;
        let whole = product(&start, &state.ctm);
        let mut room = Outline::new();
        let (low, high) = (-0.1 * state.size, 0.8 * state.size);
        let corners = match state.font.down {
            false => [(0.0, low), (far, low), (0.0, high), (far, high)],
            true => {
                let (side, foot) = (state.size / 2.0, -codes * (state.size + state.spacing));
                [(-side, 0.0), (side, 0.0), (-side, foot), (side, foot)]
            }
        };
        for (x, y) in corners {
            room.line_to(&whole, x, y + state.rise);
        }
        let on = match state.font.down {
            false => (far, 0.0),
            true => (0.0, -codes * (state.size + state.spacing)),
        };
        *text = product(&[1.0, 0.0, 0.0, 1.0, on.0, on.1], text);
        let edges = shared(state.clip, room.edges);
        let mark = |outlined: bool| {
            let (colour, overprint) = match outlined {
                true => (&state.stroke, state.stroke_over),
                false => (&state.fill, state.fill_over),
            };
            TextMark {
                colour,
                over: Over {
                    overprint,
                    mode: state.mode,
                },
                size: state.size.abs() * length(whole[2], whole[3]),
                edges,
                shown,
                place: whole,
                font: state.face.as_ref(),
                setting: Setting {
                    size: state.size,
                    spacing: state.spacing,
                    word_spacing: state.word_spacing,
                    stretch: state.stretch,
                    rise: state.rise,
                },
                outlined: outlined.then(|| state.pen()),
                cells: Vec::new(),
                coloured: false,
            }
        };
        self.tell_font(state);
        // filled first, then outlined
        let ways = match state.render {
            _ if is_outside(edges) => &[][..],
            0 | 4 => &[false],
            1 | 5 => &[true],
            2 | 6 => &[false, true],
            _ => &[],
        };
        for &outlined in ways {
            let mut text = mark(outlined);
            let pattern = match outlined {
                true => &state.stroke_pattern,
                false => &state.fill_pattern,
            };
            (text.cells, text.coloured) = self.procedures(state, &start, shown);
            let cell = self.pattern(pattern.as_ref(), text.colour, state, edges);
            text.cells.extend(cell);
            self.painter.text(&text);
        }
        if state.render >= 4 {
            self.painter.text_to_clip(&mark(false));
        }
        room.edges
    }

    /// What a graphics state's soft mask is made of, if it is asked for.
    fn mask(&mut self, found: &Dict<'a>, resources: &Resources<'a>, state: &State<'a>) {
        let Some(mask) = found.get::<Dict<'_>>("SMask") else {
            return;
        };
        if let Some(group) = mask.get::<Stream<'_>>("G")
            && self.painter.mask(true)
        {
            let mut inner = State::new(state.ctm);
            inner.depth = state.depth;
            self.object(&group, resources, &inner);
            self.painter.mask(false);
        }
    }

    fn object(&mut self, stream: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>) {
        let dict = stream.dict();
        let kind = dict.get::<Name<'_>>("Subtype");
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Image") => self.image(stream, resources, state),
            Some("Form") if state.depth < DEEPEST => {
                let key = key_of(dict);
                if !self.forms.insert(key) {
                    return;
                }
                if let Some(group) = dict.get::<Dict<'_>>("Group") {
                    self.painter.group(&group);
                }
                let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
                let mut inner = state.clone();
                let matrix = cells::matrix_of(dict).unwrap_or(IDENTITY);
                inner.ctm = product(&matrix, &state.ctm);
                inner.base = inner.ctm;
                inner.depth += 1;
                if let Some(content) = self.content(stream) {
                    let group = dict.get::<Dict<'_>>("Group");
                    self.painter.save();
                    if let Some(list) = dict.get::<Array<'_>>("BBox")
                        && let Ok([a, b, c, d]) =
                            <[f64; 4]>::try_from(list.iter::<f64>().take(4).collect::<Vec<_>>())
                    {
                        let mut frame = Outline::new();
                        frame.rect(&inner.ctm, a, b, c - a, d - b);
                        inner.clip = shared(inner.clip, frame.edges);
                        self.painter.clip(&frame, Rule::NonZero);
                    }
                    if let Some(group) = &group {
                        self.painter.enter(group);
                    }
                    self.run(&content, own.as_ref().unwrap_or(resources), inner);
                    if group.is_some() {
                        self.painter.leave();
                    }
                    self.painter.restore();
                }
                self.forms.remove(&key);
            }
            _ => {}
        }
    }

    fn image(&mut self, stream: &Stream<'_>, resources: &Resources<'a>, state: &State<'a>) {
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
        let space = space.or_else(|| picture::own_space(stream));
        let bits = number("BitsPerComponent", "BPC").unwrap_or(if stencil { 1.0 } else { 8.0 });
        let way = Outline::of_square(&state.ctm);
        let over = Over {
            overprint: state.fill_over,
            mode: state.mode,
        };
        let edges = shared(state.clip, way.edges);
        if is_outside(edges) {
            return;
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
            edges,
            over,
            place: state.ctm,
            spaces: &resources.color_spaces,
        });
        if stencil {
            let cell = self.pattern(state.fill_pattern.as_ref(), &state.fill, state, edges);
            self.painter.path(&PathMark {
                colour: &state.fill,
                over,
                stroke: None,
                edges,
                outline: &way,
                rule: Rule::NonZero,
                pen: None,
                stencil: Some((stream, state.ctm)),
                cell,
            });
        }
    }

    fn shade(&mut self, shading: &Object<'_>, spaces: &Dict<'_>, edges: Edges) {
        let dict = match shading {
            Object::Dict(dict) => dict.clone(),
            Object::Stream(stream) => stream.dict().clone(),
            _ => return,
        };
        let space = dict.get::<Object<'_>>("ColorSpace");
        if let Some(space) = space.and_then(|space| Space::read(&space, spaces)) {
            self.painter.shading(&space, edges);
        }
    }
}

/// The box of a page without a clip.
const EVERYWHERE: Edges = [
    f64::NEG_INFINITY,
    f64::NEG_INFINITY,
    f64::INFINITY,
    f64::INFINITY,
];

/// The box of nothing.
const NOWHERE: Edges = [
    f64::INFINITY,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NEG_INFINITY,
];

/// The box around two boxes.
fn around(one: Edges, two: Edges) -> Edges {
    [
        one[0].min(two[0]),
        one[1].min(two[1]),
        one[2].max(two[2]),
        one[3].max(two[3]),
    ]
}

/// What two boxes share.
fn shared(one: Edges, two: Edges) -> Edges {
    [
        one[0].max(two[0]),
        one[1].max(two[1]),
        one[2].min(two[2]),
        one[3].min(two[3]),
    ]
}

/// Whether a box that is left of a clip is none at all: a line has no width
/// and is one.
fn is_outside(edges: Edges) -> bool {
    edges[0] > edges[2] || edges[1] > edges[3]
}

/// What a transformation makes of a round pen, where it stays no circle.
fn uneven(ctm: &Matrix) -> Option<[f64; 4]> {
    let by = scale(ctm);
    let [a, b, c, d] = [ctm[0] / by, ctm[1] / by, ctm[2] / by, ctm[3] / by];
    // of a turn, with or without a mirror, both sides are as long and upright
    let even = (a * a + b * b - c * c - d * d).abs() < 0.02 && (a * c + b * d).abs() < 0.01;
    (by.is_finite() && by > 1e-9 && !even).then_some([a, b, c, d])
}

/// What a graphics state sets.
fn set_state(found: &Dict<'_>, state: &mut State<'_>) {
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

/// What an operator of colour sets.
fn set_colour<'a>(
    operator: &[u8],
    operands: &[Object<'_>],
    resources: &Resources<'a>,
    state: &mut State<'a>,
) {
    if state.given {
        return;
    }
    let (colour, pattern) = match operator[0].is_ascii_lowercase() {
        true => (&mut state.fill, &mut state.fill_pattern),
        false => (&mut state.stroke, &mut state.stroke_pattern),
    };
    *pattern = None;
    match operator {
        b"g" | b"G" => *colour = device(Space::Gray, operands, resources),
        b"rg" | b"RG" => *colour = device(Space::Rgb, operands, resources),
        b"k" | b"K" => *colour = device(Space::Cmyk, operands, resources),
        b"cs" | b"CS" => {
            let space = operands.first();
            let space = space.and_then(|one| Space::read(one, &resources.color_spaces));
            let space = space.unwrap_or(Space::Gray);
            let values = match space {
                Space::Separation(_) | Space::Several(_) => vec![1.0; space.components()],
                Space::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
                _ => vec![0.0; space.components()],
            };
            *colour = Colour { space, values };
        }
        _ => {
            colour.values = numbers(operands);
            if let Some(Object::Name(name)) = operands.last() {
                *pattern = Pattern::find(resources, name);
            }
        }
    }
}

fn device(space: Space, operands: &[Object<'_>], resources: &Resources<'_>) -> Colour {
    Colour {
        space: space.on(&resources.color_spaces),
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
fn run_of(shown: &Object<'_>, font: &Widths) -> (f64, f64) {
    match shown {
        Object::String(text) => font.string(text.as_bytes()),
        Object::Array(list) => {
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
