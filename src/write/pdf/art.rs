//! Ready-made PDF pages and line art as form objects.
//!
//! Either is wrapped so that it fills a unit square, as an image object does:
//! the page places all pictures alike. The door to `hayro-write`.

use hayro_write::{ChunkSettings, ExtractionQuery, extract};
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Chunk, Content, Filter, Finish, Name, Rect, Ref};

use super::deflate;
use crate::base::colour::{GreyCurve, PressProfile, RgbTable};
use crate::base::photo::{Drawing, Outline, OutlineStep, Photo, PhotoFault};
use crate::story::Ink;

/// Art, ready to be written; its objects are numbered from 1.
pub(super) struct EmbeddedArt {
    chunk: Chunk,
    /// The object that fills a unit square.
    root: Ref,
    /// How many numbers its objects take.
    pub(super) count: i32,
    /// Whether something of it is transparent (X19).
    pub(super) transparent: bool,
}

impl EmbeddedArt {
    /// The page of a PDF, which is `transparent` somewhere or nowhere.
    pub(super) fn page(photo: &Photo, transparent: bool) -> Result<Self, PhotoFault> {
        let pdf = photo.open_pdf()?;
        let mut next = Ref::new(1);
        let settings = ChunkSettings::default();
        let queries = [ExtractionQuery::new_xobject(0)];
        let extracted = extract(&pdf, Box::new(|| next.bump()), settings, &queries);
        let damaged = || PhotoFault::Damaged("页面读不出来", "its page cannot be read");
        let extracted = extracted.map_err(|_| damaged())?;
        let inner = extracted.root_refs.into_iter().next();
        let inner = inner.and_then(Result::ok).ok_or_else(damaged)?;
        let pages = pdf.pages();
        let (width, height) = pages.first().ok_or_else(damaged)?.render_dimensions();
        let root = next.bump();
        let mut chunk = extracted.chunk;
        let mut content = Content::new();
        content.x_object(Name(b"P"));
        let content = content.finish();
        let mut form = chunk.form_xobject(root, content.as_slice());
        unit(&mut form, width, height);
        form.resources().x_objects().pair(Name(b"P"), inner);
        form.finish();
        Ok(Self {
            chunk,
            root,
            count: next.get() - 1,
            transparent,
        })
    }

    /// Line art, its colours as inks of `press`; in a proof, which has none, as
    /// those of any.
    pub(super) fn drawing(drawing: &Drawing, press: Option<&PressProfile>) -> Self {
        let tables = press.map(|press| (press.rgb(None), press.grey(None)));
        let inks = |rgb| match &tables {
            Some((colours, grey)) => inks_of(rgb, colours, grey),
            None => inks_of_any(rgb),
        };
        let mut content = Content::new();
        for outline in &drawing.outlines {
            draw(&mut content, outline, drawing.height, &inks);
        }
        let content = deflate::deflate(content.finish().as_slice(), deflate::CONTENT);
        let root = Ref::new(1);
        let mut chunk = Chunk::new();
        let mut form = chunk.form_xobject(root, &content);
        form.filter(Filter::FlateDecode);
        unit(&mut form, drawing.width, drawing.height);
        form.resources().finish();
        form.finish();
        Self {
            chunk,
            root,
            count: 1,
            transparent: false,
        }
    }

    /// Bytes that it takes.
    pub(super) fn len(&self) -> usize {
        self.chunk.len()
    }

    /// Writes its objects from the number `first` on.
    pub(super) fn write(&self, chunk: &mut Chunk, first: Ref) {
        let by = first.get() - 1;
        let moved = self.chunk.renumber(|own| Ref::new(own.get() + by));
        chunk.extend(&moved);
    }

    /// The number of the object that fills a unit square, where the first is
    /// `first`.
    pub(super) fn root(&self, first: Ref) -> Ref {
        Ref::new(self.root.get() + first.get() - 1)
    }
}

/// A form of `width` by `height` points that fills a unit square.
fn unit(form: &mut pdf_writer::writers::FormXObject<'_>, width: f32, height: f32) {
    form.bbox(Rect::new(0.0, 0.0, width, height));
    let scale = |length: f32| 1.0 / length.max(0.001);
    form.matrix([scale(width), 0.0, 0.0, scale(height), 0.0, 0.0]);
}

fn draw(content: &mut Content, outline: &Outline, height: f32, inks: &dyn Fn([u8; 3]) -> [f32; 4]) {
    let up = |[x, y]: [f32; 2]| [x, height - y];
    let mut even_odd = false;
    if let Some((colour, rule)) = outline.fill {
        let [c, m, y, k] = inks(colour);
        content.set_fill_cmyk(c, m, y, k);
        even_odd = rule;
    }
    if let Some(stroke) = &outline.stroke {
        let [c, m, y, k] = inks(stroke.colour);
        content
            .set_stroke_cmyk(c, m, y, k)
            .set_line_width(stroke.width)
            .set_line_cap(match stroke.cap {
                1 => LineCapStyle::RoundCap,
                2 => LineCapStyle::ProjectingSquareCap,
                _ => LineCapStyle::ButtCap,
            })
            .set_line_join(match stroke.join {
                1 => LineJoinStyle::RoundJoin,
                2 => LineJoinStyle::BevelJoin,
                _ => LineJoinStyle::MiterJoin,
            })
            .set_miter_limit(stroke.miter)
            .set_dash_pattern(stroke.dashes.iter().copied(), stroke.phase);
    }
    for step in &outline.steps {
        match *step {
            OutlineStep::Move(to) => {
                let [x, y] = up(to);
                content.move_to(x, y);
            }
            OutlineStep::Line(to) => {
                let [x, y] = up(to);
                content.line_to(x, y);
            }
            OutlineStep::Curve(points) => {
                let [[x1, y1], [x2, y2], [x3, y3]] = points.map(up);
                content.cubic_to(x1, y1, x2, y2, x3, y3);
            }
            OutlineStep::Close => {
                content.close_path();
            }
        }
    }
    match (outline.fill.is_some(), even_odd, outline.stroke.is_some()) {
        (true, false, true) => content.fill_nonzero_and_stroke(),
        (true, true, true) => content.fill_even_odd_and_stroke(),
        (true, false, false) => content.fill_nonzero(),
        (true, true, false) => content.fill_even_odd(),
        (false, _, true) => content.stroke(),
        (false, _, false) => content.end_path(),
    };
}

/// The inks of a screen colour, of sRGB, on a press (X17, C10): greys are black
/// alone, as in grey photographs, with full black for black and none for white.
fn inks_of(rgb: [u8; 3], colours: &RgbTable, grey: &GreyCurve) -> [f32; 4] {
    let [red, green, blue] = rgb;
    let inks = match rgb {
        [0, 0, 0] => [0, 0, 0, 255],
        [255, 255, 255] => [0; 4],
        _ if red == green && green == blue => [0, 0, 0, grey.ink(red)],
        _ => colours.inks(rgb),
    };
    // in thousandths, as all colours of a page
    inks.map(|ink| ((u16::from(ink) * 200 + 25) / 51) as f32 / 1000.0)
}

/// The inks of a screen colour on no press in particular: greys are of black
/// alone, of other colours the grey in them is black too (GCR), so that no more
/// than two other inks meet.
fn inks_of_any(rgb: [u8; 3]) -> [f32; 4] {
    let of = |rgb: [u8; 3]| {
        let full = rgb.map(|value| u16::from(255 - value));
        let [c, m, y] = full;
        let black = c.min(m).min(y);
        let part = |ink: u16| u16::try_from(u32::from(ink - black) * 1000 / 255).unwrap_or(0);
        let k = u16::try_from(u32::from(black) * 1000 / 255).unwrap_or(0);
        Ink::cmyk(part(c), part(m), part(y), k)
    };
    let ink = of(rgb);
    ink.process().map(|part| f32::from(part) / 1000.0)
}

#[cfg(test)]
mod tests {
    use pdf_writer::Content;

    use super::{draw, inks_of, inks_of_any};
    use crate::base::colour::PressProfile;
    use crate::base::photo::{Outline, OutlineStep, Stroke};

    #[test]
    fn a_stroke_says_all_that_a_reader_would_take_otherwise() {
        let line = Outline {
            steps: vec![OutlineStep::Move([0.0, 0.0]), OutlineStep::Line([9.0, 0.0])],
            fill: None,
            stroke: Some(Stroke {
                colour: [0, 0, 0],
                width: 2.0,
                cap: 1,
                join: 0,
                miter: 4.0,
                dashes: vec![3.0, 1.0],
                phase: 2.0,
            }),
        };
        let mut content = Content::new();
        draw(&mut content, &line, 10.0, &inks_of_any);
        let content = content.finish().to_vec();
        let text = "0 0 0 1 K\n2 w\n1 J\n0 j\n4 M\n[3 1] 2 d\n0 10 m\n9 10 l\nS";
        assert_eq!(String::from_utf8_lossy(&content), text);
    }

    #[test]
    fn n46_greys_of_line_art_are_black_ink_alone() {
        let press = PressProfile::newsprint();
        let (colours, grey) = (press.rgb(None), press.grey(None));
        let by_press = |rgb| inks_of(rgb, &colours, &grey);
        for inks in [&by_press as &dyn Fn([u8; 3]) -> [f32; 4], &inks_of_any] {
            assert_eq!(inks([0, 0, 0]), [0.0, 0.0, 0.0, 1.0]);
            assert_eq!(inks([255, 255, 255]), [0.0; 4]);
            assert_eq!(inks([51, 51, 51])[..3], [0.0; 3]);
        }
        assert_eq!(inks_of_any([255, 0, 0]), [0.0, 1.0, 1.0, 0.0]);
        // as the pixels of a photograph
        let red = colours.inks([255, 0, 0]).map(f32::from);
        for (ink, of_pixel) in by_press([255, 0, 0]).into_iter().zip(red) {
            assert!((ink - of_pixel / 255.0).abs() <= 0.0005, "{ink} {of_pixel}");
        }
        // within the limit of the paper
        let most = |rgb| by_press(rgb).into_iter().sum::<f32>();
        assert!(most([60, 0, 90]) <= 2.21, "{}", most([60, 0, 90]));
    }
}
