//! A page painted on its plates.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::blend::Blend;
use super::inks::{self, Inks};
use super::mask::{Coverage, Window, cover, is_empty, shared, times};
use super::sheet::{How, Sheet, Untold};
use crate::base::colour::RgbTable;
use crate::base::memory::Share;
use crate::base::pdf::font::{GlyphStep, Typeface, Typefaces};
use crate::base::pdf::{Dict, Object};
use crate::readback::colour::Space;
use crate::readback::content::{ImageMark, Over, Painter, PathMark, TextMark};
use crate::readback::outline::{Outline, Pen, Rule};
use crate::readback::picture::{self, Picture};
use crate::readback::{Edges, Matrix, apply, blend_mode, inverse, key_of, product};

/// Clips and states that are kept at once.
const DEEPEST: usize = 2048;
/// Bytes that clips may have which are kept at once.
const CLIPS: usize = 48_000_000;

/// Who paints a page's plates.
pub(super) struct Press<'p, 'a> {
    sheet: &'p mut Sheet,
    to_pixels: Matrix,
    screen: Arc<RgbTable>,
    faces: Typefaces<'a>,
    known: BTreeMap<(u32, usize), Option<Rc<Face<'a>>>>,
    now: Now,
    kept: Vec<Now>,
    /// States beyond the deepest, which are not kept.
    beyond: usize,
    /// Bytes of the clips that are kept.
    clips: usize,
    /// Text that the next clip is made of; `None` before there is any.
    letters: Option<Outline>,
    /// Groups that are open, one in the other.
    groups: Vec<Group>,
}

/// A transparency group.
#[derive(Clone, Copy)]
struct Group {
    /// Whether it is put together by itself.
    layered: bool,
    /// What is below it does not count for what is in it.
    isolated: bool,
    /// Its objects do not count for each other.
    knockout: bool,
    /// How it goes on the page.
    how: How,
}

/// A font, and the outlines of its codes so far.
struct Face<'a> {
    face: Typeface<'a>,
    glyphs: std::cell::RefCell<BTreeMap<u32, Rc<Vec<GlyphStep>>>>,
}

/// What `q` keeps of it.
#[derive(Clone)]
struct Now {
    window: Window,
    clip: Option<Rc<Coverage>>,
    fill: u8,
    stroke: u8,
    blend: Blend,
}

impl<'p, 'a> Press<'p, 'a> {
    pub(super) fn new(sheet: &'p mut Sheet, to_pixels: Matrix, screen: Arc<RgbTable>) -> Self {
        let now = Now {
            window: sheet.window(),
            clip: None,
            fill: 255,
            stroke: 255,
            blend: Blend::Normal,
        };
        Self {
            sheet,
            to_pixels,
            screen,
            faces: Typefaces::default(),
            known: BTreeMap::new(),
            now,
            kept: Vec::new(),
            beyond: 0,
            clips: 0,
            letters: None,
            groups: Vec::new(),
        }
    }

    /// What an outline covers inside the clip.
    fn covered(&mut self, outline: &Outline, rule: Rule, pen: Option<&Pen>) -> Option<Coverage> {
        if !self.sheet.spend([0, 0, 1, 1]) {
            return None;
        }
        let mask = cover(outline, rule, pen, &self.to_pixels, self.now.window)?;
        self.sheet.spend(mask.window);
        Some(match &self.now.clip {
            Some(clip) => mask.within(clip),
            None => mask,
        })
    }

    /// How something goes on what is below it; tells where a group makes a
    /// difference that is not reckoned with.
    fn how(&mut self, opacity: u8, inks: &Inks) -> How {
        let how = How {
            opacity,
            blend: self.now.blend,
        };
        let blends = how.blend != Blend::Normal;
        let by_itself = self.groups.iter().rfind(|group| group.layered);
        let sees_below = by_itself.is_some_and(|group| !group.isolated);
        let below = sees_below && (blends || inks.contains(&None));
        let over = self.knocks_out() && (blends || opacity < 255);
        if below || over {
            self.sheet.untold.insert(Untold::Group);
        }
        how
    }

    /// Whether objects take away those before them, however much shows
    /// through.
    fn knocks_out(&self) -> bool {
        self.groups.last().is_some_and(|group| group.knockout)
    }

    /// What a clip is from now on.
    fn clip_to(&mut self, mask: Option<Coverage>) {
        let Some(mask) = mask else {
            self.now.window = [0; 4];
            return;
        };
        self.now.window = shared(self.now.window, mask.window);
        // a clip that cuts nothing inside its window need not be kept
        let whole = mask.data.iter().all(|&part| part == 255);
        let room = self.clips + mask.data.len() <= CLIPS;
        if !whole && !room {
            self.sheet.untold.insert(Untold::Content);
        }
        self.drop_clip();
        if !whole && room {
            self.clips += mask.data.len();
            self.now.clip = Some(Rc::new(mask));
        }
    }

    /// The clip goes, if no state that is kept has it.
    fn drop_clip(&mut self) {
        if let Some(clip) = self.now.clip.take()
            && Rc::strong_count(&clip) == 1
        {
            self.clips -= clip.data.len();
        }
    }

    /// The font of a dictionary, loaded the first time.
    fn face(&mut self, font: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let key = key_of(font);
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let face = self.faces.of(font).map(|face| {
            Rc::new(Face {
                face,
                glyphs: std::cell::RefCell::default(),
            })
        });
        self.known.insert(key, face.clone());
        face
    }

    /// The outlines of a run of text, in points of the page; `None` where its
    /// font has none.
    fn outline(&mut self, text: &TextMark<'_, 'a>) -> Option<Outline> {
        let face = self.face(text.font?)?;
        let setting = text.setting;
        let mut outline = Outline::new();
        let mut place = text.place;
        let across = face.face.is_horizontal();
        let on = |place: &mut Matrix, far: f64| {
            let step = match across {
                true => [1.0, 0.0, 0.0, 1.0, far * setting.stretch, 0.0],
                false => [1.0, 0.0, 0.0, 1.0, 0.0, far],
            };
            *place = product(&step, place);
        };
        let mut drawn = false;
        let mut string = |place: &mut Matrix, codes: &[u8], outline: &mut Outline| {
            for code in face.face.codes(codes) {
                let standing = face.face.standing(code.code);
                let em = setting.size / 1000.0;
                let glyph = face.glyph(code.code);
                drawn |= !glyph.is_empty();
                let own = [
                    em * setting.stretch * standing.stretch,
                    0.0,
                    0.0,
                    em,
                    em * setting.stretch * standing.origin.0,
                    em * standing.origin.1 + setting.rise,
                ];
                draw(&glyph, &product(&own, place), outline);
                let space = code.code == 32 && code.bytes == 1;
                let gap = setting.spacing + if space { setting.word_spacing } else { 0.0 };
                on(place, standing.advance * em + gap);
            }
        };
        match text.shown {
            Object::String(codes) => string(&mut place, codes.as_bytes(), &mut outline),
            Object::Array(list) => {
                for part in list.iter::<Object<'_>>() {
                    match part {
                        Object::String(codes) => {
                            string(&mut place, codes.as_bytes(), &mut outline);
                        }
                        Object::Number(kern) => {
                            on(&mut place, -kern.as_f64() / 1000.0 * setting.size);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        // spaces alone have no outline in any font
        let blank = |list: &Object<'_>| matches!(list, Object::String(s) if s.as_bytes().iter().all(|&b| b == 32));
        (drawn || blank(text.shown) || !face.is_bare()).then_some(outline)
    }
}

impl Face<'_> {
    fn glyph(&self, code: u32) -> Rc<Vec<GlyphStep>> {
        let mut glyphs = self.glyphs.borrow_mut();
        let made = glyphs
            .entry(code)
            .or_insert_with(|| Rc::new(self.face.outline(code).unwrap_or_default()));
        Rc::clone(made)
    }

    /// Whether none of its codes so far has an outline.
    fn is_bare(&self) -> bool {
        self.glyphs.borrow().values().all(|glyph| glyph.is_empty())
    }
}

/// A glyph added to an outline.
fn draw(glyph: &[GlyphStep], place: &Matrix, outline: &mut Outline) {
    for step in glyph {
        match *step {
            GlyphStep::Move([x, y]) => outline.move_to(place, x, y),
            GlyphStep::Line([x, y]) => outline.line_to(place, x, y),
            GlyphStep::Curve(points) => outline.curve_to(place, points),
            GlyphStep::Close => outline.close(),
        }
    }
}

impl<'a> Painter<'a> for Press<'_, 'a> {
    fn text(&mut self, text: &TextMark<'_, 'a>) {
        let Some(outline) = self.outline(text) else {
            self.sheet.untold.insert(Untold::Font);
            return;
        };
        let Some(mask) = self.covered(&outline, Rule::NonZero, text.outlined.as_ref()) else {
            return;
        };
        if let Some(inks) = inks::of(text.colour, text.over, self.sheet, &self.screen) {
            let opacity = match text.outlined {
                Some(_) => self.now.stroke,
                None => self.now.fill,
            };
            let how = self.how(opacity, &inks);
            self.sheet.paint(&mask, &inks, how);
        }
    }

    fn path(&mut self, path: &PathMark<'_>) {
        let Some(mut mask) = self.covered(path.outline, path.rule, path.pen) else {
            return;
        };
        if let Some((stream, place)) = path.stencil {
            let stencil = Picture::stencil(stream);
            let to_unit = inverse(&product(&place, &self.to_pixels));
            let (Some(stencil), Some(to_unit)) = (stencil, to_unit) else {
                self.sheet.untold.insert(Untold::Image);
                return;
            };
            let part = part_of(&to_unit);
            let [left, top, right, bottom] = mask.window;
            let places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            for (covered, (x, y)) in mask.data.iter_mut().zip(places) {
                if *covered > 0 {
                    let through = stencil.through(unit(&to_unit, x, y), part);
                    *covered = times(*covered, through);
                }
            }
        }
        if let Some(inks) = inks::of(path.colour, path.over, self.sheet, &self.screen) {
            let opacity = match path.pen {
                Some(_) => self.now.stroke,
                None => self.now.fill,
            };
            let how = self.how(opacity, &inks);
            self.sheet.paint(&mask, &inks, how);
        }
    }

    fn image(&mut self, image: &ImageMark<'_>) {
        // a stencil is painted as a path
        let Some(space) = image.space.clone() else {
            return;
        };
        let square = Outline::of_square(&image.place);
        let Some(mask) = self.covered(&square, Rule::NonZero, None) else {
            return;
        };
        if is_empty(mask.window) {
            return;
        }
        let _share = Share::take(picture::work(image.width * image.height));
        let screen_colour = matches!(space, Space::Rgb | Space::Icc(3, _));
        let picture = Picture::read(image.stream, space, image.spaces);
        let to_unit = inverse(&product(&image.place, &self.to_pixels));
        let (Some(picture), Some(to_unit)) = (picture, to_unit) else {
            self.sheet.untold.insert(Untold::Image);
            return;
        };
        if picture.unmasked {
            self.sheet.untold.insert(Untold::SoftMask);
        }
        if screen_colour {
            self.sheet.untold.insert(Untold::ScreenColour);
        }
        let over = Over {
            mode: 0,
            ..image.over
        };
        let screen = Arc::clone(&self.screen);
        let Some(inker) = picture.inker(over, self.sheet, &screen) else {
            self.sheet.untold.insert(Untold::Colour);
            return;
        };
        let part = part_of(&to_unit);
        let mut mask = mask;
        if picture.has_alpha() {
            let [left, top, right, bottom] = mask.window;
            let places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            for (covered, (x, y)) in mask.data.iter_mut().zip(places) {
                if *covered > 0 {
                    let opacity = picture.opacity(unit(&to_unit, x, y), part);
                    *covered = times(*covered, opacity);
                }
            }
        }
        let how = self.how(self.now.fill, inker.base());
        self.sheet.paint_each(&mask, how, |x, y, out| {
            inker.ink(unit(&to_unit, x, y), part, out);
        });
    }

    fn state(&mut self, state: &Dict<'_>) {
        let opacity = |key: &str| state.get::<f64>(key).map(inks::share);
        if let Some(fill) = opacity("ca") {
            self.now.fill = fill;
        }
        if let Some(stroke) = opacity("CA") {
            self.now.stroke = stroke;
        }
        if let Some(mode) = blend_mode(state) {
            self.now.blend = Blend::of(mode.as_str()).unwrap_or_else(|| {
                self.sheet.untold.insert(Untold::Blend);
                Blend::Normal
            });
        }
        if matches!(state.get::<Object<'_>>("SMask"), Some(Object::Dict(_))) {
            self.sheet.untold.insert(Untold::SoftMask);
        }
    }

    fn group(&mut self, _group: &Dict<'_>) {}

    fn shading(&mut self, _space: &Space, _edges: Edges) {
        self.sheet.untold.insert(Untold::Pattern);
    }

    fn save(&mut self) {
        if self.kept.len() < DEEPEST {
            self.kept.push(self.now.clone());
        } else {
            self.beyond += 1;
        }
    }

    fn restore(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(now) = self.kept.pop() {
            self.drop_clip();
            self.now = now;
        }
    }

    fn clip(&mut self, outline: &Outline, rule: Rule) {
        let mask = self.covered(outline, rule, None);
        self.clip_to(mask);
    }

    fn text_to_clip(&mut self, text: &TextMark<'_, 'a>) {
        let letters = self.letters.take();
        let found = self.outline(text);
        if found.is_none() {
            self.sheet.untold.insert(Untold::Font);
        }
        let mut all = letters.unwrap_or_else(Outline::new);
        if let Some(found) = found {
            all.add(&found);
        }
        self.letters = Some(all);
    }

    fn clip_by_text(&mut self) {
        if let Some(letters) = self.letters.take() {
            // text without outlines is told, and does not hide what is below
            if letters.is_empty() && self.sheet.untold.contains(&Untold::Font) {
                return;
            }
            let mask = self.covered(&letters, Rule::NonZero, None);
            self.clip_to(mask);
        }
    }

    fn enter(&mut self, group: &Dict<'_>) {
        let is = |key: &str| group.get::<bool>(key) == Some(true);
        let how = How {
            opacity: self.now.fill,
            blend: self.now.blend,
        };
        let isolated = is("I");
        // otherwise its objects may as well be painted one by one
        let matters = isolated || how.opacity < 255 || how.blend != Blend::Normal;
        let layered = matters && self.sheet.begin(self.now.window);
        let space = group.get::<Object<'_>>("CS");
        let space = space.and_then(|space| Space::read(&space, &Dict::empty()));
        let foreign = space.is_some_and(|space| !matches!(space, Space::Cmyk | Space::Icc(4, _)));
        let over = self.knocks_out() && matters;
        if matters && !layered || isolated && foreign || over {
            self.sheet.untold.insert(Untold::Group);
        }
        self.groups.push(Group {
            layered,
            isolated,
            knockout: is("K"),
            how,
        });
        if layered {
            (self.now.fill, self.now.stroke) = (255, 255);
            self.now.blend = Blend::Normal;
        }
    }

    fn leave(&mut self) {
        if let Some(group) = self.groups.pop()
            && group.layered
        {
            self.sheet.end(group.how);
        }
    }
}

/// The middle of a pixel in the unit square of an image, from its top.
fn unit(to_unit: &Matrix, x: i32, y: i32) -> (f64, f64) {
    let (u, v) = apply(to_unit, f64::from(x) + 0.5, f64::from(y) + 0.5);
    (u, 1.0 - v)
}

/// How wide and high a pixel is there.
fn part_of(to_unit: &Matrix) -> (f64, f64) {
    let [a, b, c, d, ..] = *to_unit;
    (a.abs() + c.abs(), b.abs() + d.abs())
}
