//! One page as a content stream.
//!
//! All numbers are computed from integer lengths with integers. Every line
//! starts from an absolute position (`Tm`), and inside a line each adjustment
//! is taken against the position the reader has summed up so far, so that
//! rounding never adds up: no glyph is further than half a step of
//! [`step`] from its place.

use std::collections::BTreeSet;

use pdf_writer::types::OverprintMode;
use pdf_writer::{Chunk, Ref};

use super::fonts::{Usage, pieces};
use super::{deflate, images, media_height};
use crate::base::geom::{Length, Point};
use crate::page::{Fill, FillKind, Glyph, GlyphRun, Item, Page, Paint, PlacedPhoto, Shape, Step};
use crate::story::Ink;

/// Resource name of the graphics state that overprints (X20).
pub(super) const OVERPRINT: &[u8] = b"O";
/// Resource name of the graphics state that knocks out again (X20).
pub(super) const KNOCKOUT: &[u8] = b"N";

/// Resource name of the colour space of the nth ink of its own (N15, G15).
pub(super) fn spot_name(index: usize) -> String {
    format!("S{index}")
}

/// A page's content, deflated, and what it uses.
pub(super) struct PageContent {
    /// The deflated stream.
    pub(super) stream: Vec<u8>,
    /// The fonts it uses, rising: index of the face and reading.
    pub(super) fonts: Vec<FontKey>,
    /// Indices of the images it uses, rising.
    pub(super) images: Vec<usize>,
    /// Its inks beside the four of process printing, each at full strength.
    pub(super) spots: Vec<Ink>,
}

/// A font that content can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FontKey {
    /// Index of its face in the file.
    pub(super) index: usize,
    /// Which of the face's `ToUnicode` maps.
    pub(super) reading: usize,
    /// It writes down the page (`Identity-V`).
    pub(super) down: bool,
}

/// Resource name of a font.
pub(super) fn font_name(key: FontKey) -> String {
    let mut name = format!("F{}", key.index);
    if key.down {
        name.push('v');
    }
    if key.reading > 0 {
        name.push_str(&format!("r{}", key.reading));
    }
    name
}

/// Resource name of an image.
pub(super) fn image_name(index: usize) -> String {
    format!("I{index}")
}

/// The two graphics states of every file (X20): overprinting as the press
/// wants it for K alone, and back.
pub(super) fn write_graphics_states(chunk: &mut Chunk, overprint: Ref, knockout: Ref) {
    let mut write = |id, on, mode| {
        chunk
            .ext_graphics(id)
            .overprint(on)
            .overprint_fill(on)
            .overprint_mode(mode);
    };
    write(overprint, true, OverprintMode::IgnoreZeroChannel);
    write(knockout, false, OverprintMode::OverrideAllColorants);
}

/// A length in thousandths of a point, rounded to the nearest.
pub(super) fn thousandths_of_pt(length: Length) -> i64 {
    length.scale(1000, Length::UNITS_PER_PT).raw()
}

/// The page's items, in their order, as a deflated content stream.
pub(super) fn write(page: &Page, used: &Usage<'_>, pictures: &images::Pictures<'_>) -> PageContent {
    let mut writer = Writer::new(page);
    for item in &page.items {
        match item {
            Item::Glyphs(run) => writer.glyphs(run, used),
            Item::Fill(fill) => writer.fill(fill),
            Item::Photo(photo) => writer.photo(photo, pictures),
            Item::Shape(shape) => writer.shape(shape),
        }
    }
    writer.finish()
}

/// Steps that the position of a glyph is adjusted in, in millionths of an em:
/// 1/1000 em for text, 1/10,000 em for heads over 14 pt, where a thousandth
/// of an em could be seen.
fn step(size: Length) -> i64 {
    if size <= Length::pt(14) { 1000 } else { 100 }
}

/// A jump longer than this starts a new line matrix: some readers keep
/// adjustments in 16 bits.
const LONGEST_JUMP: i64 = 20_000_000;

/// Which way a reader goes from glyph to glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To the right.
    Across,
    /// Down the page, the glyphs turned with the line.
    Turned,
    /// Down the page, the glyphs upright, by a font that writes so.
    Down,
}

/// Where the reader stands in a line of text.
struct Pen {
    way: Way,
    /// What the glyphs of the line share, in thousandths of a point: the y of
    /// its baseline, or the x of what runs down the page.
    baseline: i64,
    /// The line matrix's x, or its y down the page, in thousandths of a point.
    origin: i64,
    /// Horizontal scale in thousandths.
    scale_x: u16,
    /// How far the reader has come, in millionths of the em.
    along: i64,
}

struct Writer {
    out: Vec<u8>,
    height: Length,
    /// From the media box to the trim.
    edge: Length,
    in_text: bool,
    font: Option<(FontKey, i64)>,
    scale_x: u16,
    ink: Option<Ink>,
    overprint: bool,
    fonts: BTreeSet<FontKey>,
    images: BTreeSet<usize>,
    spots: Vec<Ink>,
}

impl Writer {
    fn new(page: &Page) -> Self {
        Self {
            out: Vec::with_capacity(64 * 1024),
            height: media_height(page),
            edge: page.bleed + page.slug,
            in_text: false,
            font: None,
            scale_x: 1000,
            ink: None,
            overprint: false,
            fonts: BTreeSet::new(),
            images: BTreeSet::new(),
            spots: Vec::new(),
        }
    }

    fn finish(mut self) -> PageContent {
        self.end_text();
        PageContent {
            stream: deflate::deflate(&self.out, deflate::CONTENT),
            fonts: self.fonts.into_iter().collect(),
            images: self.images.into_iter().collect(),
            spots: self.spots,
        }
    }

    /// X in thousandths of a point from the media box's left edge.
    fn x(&self, x: Length) -> i64 {
        thousandths_of_pt(x + self.edge)
    }

    /// Y in thousandths of a point from the media box's lower edge.
    fn y(&self, y: Length) -> i64 {
        thousandths_of_pt(self.height - self.edge - y)
    }

    fn op(&mut self, operands: &[i64], operator: &str) {
        for operand in operands {
            push_thousandths(&mut self.out, *operand);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    fn name(&mut self, name: &str) {
        self.out.push(b'/');
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b' ');
    }

    fn begin_text(&mut self) {
        if !self.in_text {
            self.op(&[], "BT");
            self.in_text = true;
        }
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.op(&[], "ET");
            self.in_text = false;
        }
    }

    /// Sets the ink of what follows. K alone at full strength overprints
    /// where the thing may (N12); everything else knocks out (G5, G10).
    fn set_ink(&mut self, ink: Ink, may_overprint: bool) {
        let overprint = may_overprint && ink == Ink::BLACK;
        if self.overprint != overprint {
            self.out
                .extend_from_slice(if overprint { b"/O gs\n" } else { b"/N gs\n" });
            self.overprint = overprint;
        }
        if self.ink != Some(ink) {
            self.colour(ink, ["k", "cs", "scn"]);
            self.ink = Some(ink);
        }
    }

    /// Sets a colour with the operators for process inks, and for the space
    /// and the tint of an ink of its own (N15, G15).
    fn colour(&mut self, ink: Ink, [process, space, tint]: [&str; 3]) {
        let Some(spot) = ink.spot else {
            self.op(&ink.process().map(i64::from), process);
            return;
        };
        let full = Ink {
            spot: Some(spot.full()),
            ..ink
        };
        let known = self.spots.iter().position(|known| *known == full);
        let index = known.unwrap_or_else(|| {
            self.spots.push(full);
            self.spots.len() - 1
        });
        self.name(&spot_name(index));
        self.op(&[], space);
        self.op(&[i64::from(spot.tint())], tint);
    }

    /// A run of text: one `TJ` for each stretch on one baseline.
    fn glyphs(&mut self, run: &GlyphRun, used: &Usage<'_>) {
        let size = thousandths_of_pt(run.size);
        let Some((index, face_use)) = used.face(run.face) else {
            return;
        };
        if run.glyphs.is_empty() || size <= 0 {
            return;
        }
        self.begin_text();
        self.set_ink(run.ink, true);
        let step = step(run.size);
        let mut pen: Option<Pen> = None;
        let mut array = TextArray::default();
        for piece in pieces(run) {
            let reading = face_use.reading(run, &piece);
            let marked = reading != Some(0);
            if marked {
                self.flush(&mut array);
                self.begin_actual_text(piece.text);
            }
            let glyphs = run.glyphs.get(piece.glyphs.clone()).unwrap_or_default();
            let way = way(run, glyphs);
            let key = FontKey {
                index,
                reading: reading.unwrap_or(0),
                down: way == Way::Down,
            };
            let font = (key, size);
            if self.font != Some(font) {
                self.flush(&mut array);
                self.set_font(font);
            }
            for glyph in glyphs {
                let cid = face_use.cid(glyph.id);
                let width = face_use.width(cid);
                let spot = self.spot(glyph, way, run.size, width);
                let near = pen.as_ref().and_then(|pen| {
                    let same = pen.way == way
                        && pen.baseline == spot.baseline
                        && pen.scale_x == glyph.scale_x;
                    let jump = pen.target(spot.exact, size) - pen.along;
                    (same && jump.abs() <= LONGEST_JUMP).then_some(jump)
                });
                match (near, &mut pen) {
                    (Some(jump), Some(pen)) => {
                        let steps = div_round(jump, step);
                        // a positive number moves back, but down the page on
                        let amount = match way {
                            Way::Down => steps * step,
                            Way::Across | Way::Turned => -steps * step,
                        };
                        array.adjust(amount);
                        pen.along += steps * step;
                    }
                    _ => {
                        self.flush(&mut array);
                        pen = Some(self.start_line(spot, way, glyph.scale_x));
                    }
                }
                array.show(cid);
                if let Some(pen) = &mut pen {
                    pen.along += match way {
                        Way::Down => EM,
                        Way::Across | Way::Turned => width,
                    };
                }
            }
            if marked {
                self.flush(&mut array);
                self.op(&[], "EMC");
            }
        }
        self.flush(&mut array);
    }

    fn set_font(&mut self, font: (FontKey, i64)) {
        let (key, size) = font;
        self.name(&font_name(key));
        self.op(&[size], "Tf");
        self.fonts.insert(key);
        self.font = Some(font);
    }

    /// Where the reader must stand to show a glyph.
    fn spot(&self, glyph: &Glyph, way: Way, size: Length, width: i64) -> Spot {
        let mut at = glyph.at;
        if way == Way::Down {
            // a font that writes down is shown by the middle of its top, at
            // the height of the default metrics
            let drawn = width * i64::from(glyph.scale_x);
            at.x += size.scale(drawn, 2000 * EM);
            at.y -= size.scale(TOP_OF_CELL, 1000);
        }
        let (x, y) = (self.x(at.x), self.y(at.y));
        match way {
            Way::Across => Spot {
                x,
                y,
                baseline: y,
                exact: (at.x + self.edge).raw() * 10,
            },
            Way::Turned | Way::Down => Spot {
                x,
                y,
                baseline: x,
                exact: (self.height - self.edge - at.y).raw() * 10,
            },
        }
    }

    fn start_line(&mut self, spot: Spot, way: Way, scale_x: u16) -> Pen {
        if self.scale_x != scale_x {
            // Tz takes percent: thousandths of the width are tenths of it.
            self.op(&[i64::from(scale_x) * 100], "Tz");
            self.scale_x = scale_x;
        }
        let turn = match way {
            Way::Across | Way::Down => [1000, 0, 0, 1000],
            Way::Turned => [0, -1000, 1000, 0],
        };
        let [a, b, c, d] = turn;
        self.op(&[a, b, c, d, spot.x, spot.y], "Tm");
        Pen {
            way,
            baseline: spot.baseline,
            origin: match way {
                Way::Across => spot.x,
                Way::Turned | Way::Down => spot.y,
            },
            scale_x,
            along: 0,
        }
    }

    fn flush(&mut self, array: &mut TextArray) {
        array.close();
        if !array.out.is_empty() {
            self.out.push(b'[');
            self.out.extend_from_slice(&array.out);
            self.out.extend_from_slice(b"]TJ\n");
            array.out.clear();
        }
    }

    /// Opens a span whose text is `text` whatever its glyphs map to (E16).
    fn begin_actual_text(&mut self, text: &str) {
        self.out.extend_from_slice(b"/Span<</ActualText<FEFF");
        for unit in text.encode_utf16() {
            push_hex(&mut self.out, unit);
        }
        self.out.extend_from_slice(b">>>BDC\n");
    }

    /// A filled rectangle. Edges are rounded, not sides, so that neighbours
    /// that touch on the page touch in the file.
    fn fill(&mut self, fill: &Fill) {
        let (left, right) = (self.x(fill.rect.x), self.x(fill.rect.right()));
        let (top, bottom) = (self.y(fill.rect.y), self.y(fill.rect.bottom()));
        if right <= left || top <= bottom {
            return;
        }
        self.end_text();
        self.set_ink(fill.ink, fill.kind != FillKind::Tint);
        self.op(&[left, bottom, right - left, top - bottom], "re");
        self.op(&[], "f");
    }

    /// A shape, filled or drawn along. It is no text: readers find none in it.
    fn shape(&mut self, shape: &Shape) {
        if shape.steps.is_empty() {
            return;
        }
        self.end_text();
        self.set_ink(shape.ink, true);
        let at = |writer: &Self, point: Point| [writer.x(point.x), writer.y(point.y)];
        if let Paint::Stroke(thick) = shape.paint {
            self.colour(shape.ink, ["K", "CS", "SCN"]);
            self.op(&[thousandths_of_pt(thick)], "w");
        }
        self.op(&at(self, shape.start), "m");
        for step in &shape.steps {
            match step {
                Step::Move(to) => self.op(&at(self, *to), "m"),
                Step::Line(end) => self.op(&at(self, *end), "l"),
                Step::Curve(points) => {
                    let operands = points.map(|point| at(self, point));
                    self.op(operands.as_flattened(), "c");
                }
            }
        }
        match shape.paint {
            Paint::Fill => self.op(&[], "f"),
            Paint::Stroke(_) => self.op(&[], "S"),
        }
    }

    /// A photograph, scaled so that its crop fills its box, and cut there.
    fn photo(&mut self, placed: &PlacedPhoto, pictures: &images::Pictures<'_>) {
        let Some((index, picture)) = pictures.find(&placed.photo) else {
            return;
        };
        let rect = placed.rect;
        if rect.width <= Length::ZERO || rect.height <= Length::ZERO {
            return;
        }
        self.end_text();
        let (wide, high) = picture.upright_size();
        let whole = (i64::from(wide), i64::from(high));
        let [x, y, width, height] = placed.crop.map(i64::from);
        let cropped = width > 0 && height > 0 && [x, y, width, height] != [0, 0, whole.0, whole.1];
        let (x, y, width, height) = if cropped {
            (x, y, width, height)
        } else {
            (0, 0, whole.0, whole.1)
        };
        let left = rect.x - rect.width.scale(x, width);
        let top = rect.y - rect.height.scale(y, height);
        let right = left + rect.width.scale(whole.0, width);
        let bottom = top + rect.height.scale(whole.1, height);
        self.op(&[], "q");
        // a picture is never overprinted (X20)
        if self.overprint {
            self.out.extend_from_slice(b"/N gs\n");
        }
        if cropped {
            let (x0, x1) = (self.x(rect.x), self.x(rect.right()));
            let (y0, y1) = (self.y(rect.bottom()), self.y(rect.y));
            self.op(&[x0, y0, x1 - x0, y1 - y0], "re");
            self.op(&[], "W n");
        }
        let (x0, x1) = (self.x(left), self.x(right));
        let (y0, y1) = (self.y(bottom), self.y(top));
        let matrix = images::upright(picture.orientation, [x0, y0, x1 - x0, y1 - y0]);
        self.op(&matrix, "cm");
        self.name(&image_name(index));
        self.op(&[], "Do");
        self.op(&[], "Q");
        self.images.insert(index);
    }
}

/// An em in millionths.
const EM: i64 = 1_000_000;

/// Height above the baseline of the point that a font writing down the page
/// is shown by, in thousandths of the em: what the metrics say by default
/// (`DW2`, ISO 32000-1, 9.7.4.3).
const TOP_OF_CELL: i64 = 880;

/// Where a reader stands.
#[derive(Clone, Copy)]
struct Spot {
    /// On the sheet, in thousandths of a point.
    x: i64,
    y: i64,
    /// What the glyphs of its line share: one of the two.
    baseline: i64,
    /// The other of the two, in 1/127 of a thousandth of a point: exact.
    exact: i64,
}

/// Which way the glyphs of a piece are written.
fn way(run: &GlyphRun, glyphs: &[Glyph]) -> Way {
    match glyphs.first() {
        Some(first) if first.turned => Way::Turned,
        Some(_) if run.vertical => Way::Down,
        _ => Way::Across,
    }
}

impl Pen {
    /// Where the exact place of a [`Spot`] stands on this line, in millionths
    /// of the em before horizontal scaling.
    fn target(&self, exact: i64, size: i64) -> i64 {
        let off = match self.way {
            Way::Across => exact - self.origin * 127,
            // down the page y falls
            Way::Turned | Way::Down => self.origin * 127 - exact,
        };
        let off = i128::from(off);
        let num = off * 1_000_000 * 1000;
        // Tz scales what goes along the baseline alone
        let scale = match self.way {
            Way::Across | Way::Turned => self.scale_x.max(1),
            Way::Down => 1000,
        };
        let den = 127 * i128::from(size) * i128::from(scale);
        // A page of 20 m in type of a thousandth of a point still fits.
        i64::try_from(num.div_euclid(den)).unwrap_or(i64::MAX / 2)
    }
}

/// The inside of a `TJ` array.
#[derive(Default)]
struct TextArray {
    out: Vec<u8>,
    open: bool,
}

impl TextArray {
    fn show(&mut self, cid: u16) {
        if !self.open {
            self.out.push(b'<');
            self.open = true;
        }
        push_hex(&mut self.out, cid);
    }

    /// `amount` in millionths of the em; positive moves back.
    fn adjust(&mut self, amount: i64) {
        if amount != 0 {
            self.close();
            push_thousandths(&mut self.out, amount);
        }
    }

    fn close(&mut self) {
        if self.open {
            self.out.push(b'>');
            self.open = false;
        }
    }
}

/// `n / d` to the nearest whole number.
fn div_round(n: i64, d: i64) -> i64 {
    (2 * n + d).div_euclid(2 * d)
}

/// Prints thousandths with no more decimals than needed.
fn push_thousandths(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    let value = value.unsigned_abs();
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut whole = value / 1000;
    while whole > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + (whole % 10) as u8;
        whole /= 10;
    }
    out.extend_from_slice(&digits[at..]);
    let part = value % 1000;
    if part > 0 {
        let part = [part / 100, part / 10 % 10, part % 10].map(|digit| b'0' + digit as u8);
        let kept = part
            .iter()
            .rposition(|digit| *digit != b'0')
            .map_or(0, |last| last + 1);
        out.push(b'.');
        out.extend_from_slice(&part[..kept]);
    }
}

/// Prints four hexadecimal digits.
fn push_hex(out: &mut Vec<u8>, value: u16) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let [high, low] = value.to_be_bytes();
    for byte in [high, low] {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

#[cfg(test)]
mod tests {
    use super::{div_round, push_thousandths};

    #[test]
    fn numbers_print_with_no_more_decimals_than_needed() {
        let print = |value| {
            let mut out = Vec::new();
            push_thousandths(&mut out, value);
            String::from_utf8(out).expect("digits")
        };
        assert_eq!(print(0), "0");
        assert_eq!(print(1000), "1");
        assert_eq!(print(1050), "1.05");
        assert_eq!(print(-7), "-0.007");
        assert_eq!(print(-1_200_500), "-1200.5");
    }

    #[test]
    fn rounding_is_to_the_nearest() {
        assert_eq!(div_round(1499, 1000), 1);
        assert_eq!(div_round(1500, 1000), 2);
        assert_eq!(div_round(-1499, 1000), -1);
        assert_eq!(div_round(-1501, 1000), -2);
    }
}
