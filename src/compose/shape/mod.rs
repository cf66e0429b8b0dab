//! From a styled paragraph to glyphs: which face, which glyph, how wide.
//!
//! The text is cut into cells (a Han character, a mark, a Western letter
//! with its accents, a whole ——), each cell is given a face of its style's
//! lists, and Western words are shaped as a whole. No spacing is decided
//! here: full-width marks come out full-width, and `compose/spacing` takes
//! from them what the rules allow (T04, T05, T38). Squeezing across styles
//! (L28) needs nothing from here but each cluster's own style.

mod cache;
mod hyphen;
mod mark;
mod pair;
mod upright;
mod which;

use std::ops::Range;
use std::sync::Arc;

use rustybuzz::UnicodeBuffer;

pub use cache::ShapeCache;
use cache::{Manner, Shaper};
use which::{Cell, Cells, List, Unit, blank_width, is_extender};

use super::pose;
use super::run::{Cluster, Fallback, Missing, Pose, Run, RunGlyph};
use crate::base::clreq::{Direction, Region, Stance, stance_of};
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::Length;
use crate::compose::script::is_han;
use crate::story::{InterlinearKind, Paragraph, Stand, TextStyle};

/// Shapes a paragraph.
///
/// The clusters cover the text once and in order, whatever it holds. Spaces,
/// line feeds and invisible controls are clusters without glyphs. A character
/// that no face of its style holds is set as the face's `.notdef` and listed
/// in [`Run::missing`] (T35).
///
/// `cache` must always be used with the same `book` (or clones of it). A
/// paragraph without runs has no style to set text in and gives no clusters.
pub fn shape(paragraph: &Paragraph, book: &FontBook, cache: &ShapeCache) -> Run {
    let mut setter = Setter::new(paragraph, book, cache);
    if setter.run.styles.is_empty() {
        return setter.run;
    }
    let seams: Vec<usize> = paragraph
        .runs
        .iter()
        .map(|run| run.range.start as usize)
        .collect();
    if setter.vertical {
        let asked = asked(paragraph);
        setter.stretches = scripted(paragraph, &asked);
    }
    for cell in Cells::new(&paragraph.text, &seams) {
        setter.set(cell);
    }
    setter.end_word();
    if paragraph.style.scheme.hyphenate {
        setter.set_hyphens();
    }
    setter.run
}

/// The Western stretches of a paragraph in vertical lines. A superscript takes
/// the pose of its base: 100m² turns whole, and 10² never shares a cell as 102
/// (V13, L17).
fn scripted(paragraph: &Paragraph, asked: &[(Range<usize>, Pose)]) -> Vec<(Range<usize>, Pose)> {
    let runs = &paragraph.runs;
    let raised = |nth: usize| runs.get(nth).is_some_and(|run| run.style.raised.is_some());
    let starts = |wanted: bool| {
        let kept = move |&(nth, _): &(usize, &crate::story::TextRun)| {
            let script = raised(nth) || nth.checked_sub(1).is_some_and(raised);
            script == wanted
        };
        let runs = runs.iter().enumerate().filter(kept);
        runs.map(|(_, run)| run.range.start as usize)
            .collect::<Vec<_>>()
    };
    let scripts = starts(true);
    let mut stretches = pose::stretches(&paragraph.text, &starts(false), asked);
    for (range, pose) in &mut stretches {
        if scripts.iter().any(|&at| range.start < at && at < range.end) {
            *pose = Pose::Turned;
        }
    }
    stretches
}

/// The faces of `list` that have no punctuation of `region`, though they hold
/// punctuation: their stops are those of the mainland (T02, T07).
pub fn without_forms(
    list: &[FaceId],
    region: Region,
    book: &FontBook,
    cache: &ShapeCache,
) -> Vec<FaceId> {
    let lacks = |id: &&FaceId| {
        let shaper = cache.shaper(book, **id);
        region != Region::Cn && shaper.is_some_and(|shaper| !shaper.centres_stops(region))
    };
    list.iter().filter(lacks).copied().collect()
}

/// Western characters waiting to be shaped together.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    style: u16,
    face: FaceId,
    manner: Option<Manner>,
    pose: Pose,
    /// It comes from the Western list, not from a Han character's marks.
    western: bool,
}

/// How far a cluster reaches along the line, as its face draws it.
#[derive(Clone, Copy)]
struct Extent {
    /// The size it is drawn at.
    size: Length,
    advance: Length,
    ink: (Length, Length),
}

struct Setter<'a> {
    paragraph: &'a Paragraph,
    book: &'a FontBook,
    cache: &'a ShapeCache,
    run: Run,
    region: Region,
    vertical: bool,
    /// The Western stretches of a vertical line, in order, and the one that
    /// the current cell may stand in.
    stretches: Vec<(Range<usize>, Pose)>,
    at_stretch: usize,
    /// How the clusters stand that are set now.
    pose: Pose,
    /// Bytes that are set already: the figures of a cell came together.
    done: usize,
    /// Index into [`Run::styles`] of each of the paragraph's runs.
    style_of: Vec<u16>,
    /// The paragraph's run that the current cell stands in.
    at_run: usize,
    word: Option<Word>,
    buffer: UnicodeBuffer,
    /// The shaper asked last: neighbours mostly share their face.
    last: Option<(FaceId, &'a Shaper)>,
}

impl<'a> Setter<'a> {
    fn new(paragraph: &'a Paragraph, book: &'a FontBook, cache: &'a ShapeCache) -> Self {
        let mut styles: Vec<Arc<TextStyle>> = Vec::new();
        let mut style_of = Vec::with_capacity(paragraph.runs.len());
        for run in &paragraph.runs {
            // Styles alternate between few; a look at the latest is enough.
            let known = styles
                .iter()
                .rev()
                .take(32)
                .position(|style| *style == run.style);
            let index = known.map_or(styles.len(), |back| styles.len() - 1 - back);
            if index == styles.len() && index <= usize::from(u16::MAX) {
                styles.push(run.style.clone());
            }
            style_of.push(u16::try_from(index).unwrap_or(u16::MAX));
        }
        let run = Run {
            text: paragraph.text.as_str().into(),
            styles,
            clusters: Vec::with_capacity(paragraph.text.len() / 3 + 1),
            glyphs: Vec::with_capacity(paragraph.text.len() / 3 + 1),
            missing: Vec::new(),
            fallbacks: Vec::new(),
            hyphens: Vec::new(),
        };
        Self {
            paragraph,
            book,
            cache,
            run,
            region: paragraph.style.scheme.region,
            vertical: paragraph.style.scheme.direction == Direction::Vertical,
            stretches: Vec::new(),
            at_stretch: 0,
            pose: Pose::Upright,
            done: 0,
            style_of,
            at_run: 0,
            word: None,
            buffer: UnicodeBuffer::new(),
            last: None,
        }
    }

    /// Sets one cell.
    fn set(&mut self, cell: Cell) {
        let runs = &self.paragraph.runs;
        while runs
            .get(self.at_run + 1)
            .is_some_and(|run| run.range.start as usize <= cell.start)
        {
            self.at_run += 1;
        }
        let style = &runs[self.at_run].style;
        let index = self.style_of[self.at_run];
        if cell.start < self.done {
            return;
        }
        if self.vertical {
            match self.pose_of(&cell) {
                Some((Pose::Upright, _)) if cell.list == List::Latin => {
                    self.end_word();
                    self.set_letter(cell, style, index);
                    return;
                }
                Some((Pose::Abreast, range)) => {
                    self.end_word();
                    self.set_abreast(range, cell, style, index);
                    return;
                }
                Some((Pose::Turned, _)) => self.pose = Pose::Turned,
                Some((Pose::Upright, _)) | None => self.pose = Pose::Upright,
            }
        }
        match cell.list {
            List::Han => {
                self.end_word();
                self.set_han(cell, style, index);
            }
            List::Blank => {
                self.end_word();
                self.set_blank(cell, style, index);
            }
            List::Latin
                if style.half_em_digits && cell.first.is_ascii_digit() && !cell.extended =>
            {
                self.end_word();
                self.set_figure(cell, style, index);
            }
            List::Latin => self.set_latin(cell, style, index),
        }
    }

    /// A cell of the Chinese list.
    fn set_han(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        // outside the mainland ／ stays upright (V08)
        let turns = |region| stance_of(cell.first, region) == Stance::Turned;
        if cell.unit == Unit::Plain || (self.vertical && !turns(self.region)) {
            self.set_single(cell, style, index);
            return;
        }
        if self.vertical {
            self.pose = Pose::Turned;
        }
        let faces = style.han.iter().chain(style.latin.iter());
        for &id in faces {
            let Some(shaper) = self.shaper(id) else {
                continue;
            };
            let Some(mark) = shaper.mark(cell.unit, self.region) else {
                continue;
            };
            self.note_fallback(cell, id, first_face(&style.han, &style.latin));
            let size = style.size;
            let raise = if style.han.contains(&id) {
                shaper.raise()
            } else {
                0
            };
            let first = self.run.glyphs.len();
            for glyph in mark.glyphs() {
                self.run.glyphs.push(RunGlyph {
                    id: glyph.id,
                    dx: shaper.face().length(glyph.dx, size),
                    dy: -shaper.face().length(glyph.up + raise, size),
                    scale_x: glyph.scale,
                    turned: false,
                });
            }
            let advance = match cell.unit {
                Unit::Dash | Unit::Ellipsis => size * 2,
                _ => size.scale(1, 2),
            };
            let ink = edges(shaper, mark.ink, size);
            let extent = Extent { size, advance, ink };
            self.cluster(cell.start..cell.end, first, index, id, extent);
            return;
        }
        // No face has the mark as such: its characters one by one, so that
        // each that is missing is named.
        let text = &self.paragraph.text[cell.start..cell.end];
        let mut at = cell.start;
        let mut parts = text.char_indices().peekable();
        while let Some((_, first)) = parts.next() {
            let mut end = at + first.len_utf8();
            let mut extended = false;
            while let Some((_, mark)) = parts.next_if(|&(_, c)| is_extender(c)) {
                end += mark.len_utf8();
                extended = true;
            }
            let part = Cell {
                start: at,
                end,
                first,
                extended,
                unit: Unit::Plain,
                ..cell
            };
            self.set_single(part, style, index);
            at = end;
        }
    }

    /// One character of the Chinese list.
    fn set_single(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        let size = style.size;
        let range = cell.start..cell.end;
        // a sign of a turned number (V13)
        let in_turned = self.vertical && self.pose == Pose::Turned;
        if !in_turned {
            self.pose = Pose::Upright;
        }
        let found = style.han.iter().chain(style.latin.iter()).find_map(|&id| {
            let shaper = self.shaper(id)?;
            if self.vertical && !in_turned {
                let form = shaper.form(cell.first, self.region)?;
                if form.turned {
                    self.pose = Pose::Turned;
                }
                return Some((id, shaper, form.glyph, form.advance));
            }
            let (glyph, advance) = shaper.single(cell.first, self.region)?;
            Some((id, shaper, glyph, advance))
        });
        let Some((id, shaper, glyph, advance)) = found else {
            self.set_missing(cell, style, index);
            return;
        };
        self.note_fallback(cell, id, first_face(&style.han, &style.latin));
        let raise = if style.han.contains(&id) {
            shaper.raise()
        } else {
            0
        };
        if cell.extended {
            let word = Word {
                start: cell.start,
                end: cell.end,
                style: index,
                face: id,
                manner: Some(Manner::han(self.region)),
                pose: self.pose,
                western: false,
            };
            self.shape_word(word, shaper, raise);
            return;
        }
        let (em, advance) = (shaper.em(), i32::from(advance));
        let (shift, frame) = full_width(cell.first, advance, em);
        let first = self.run.glyphs.len();
        self.run.glyphs.push(RunGlyph {
            id: glyph,
            dx: shaper.face().length(shift, size),
            dy: -shaper.face().length(raise, size),
            scale_x: 1000,
            turned: false,
        });
        let advance = shaper.face().length(frame, size);
        let ink = if is_han(cell.first) {
            (Length::ZERO, advance)
        } else {
            shaper
                .ink(glyph)
                .map_or((Length::ZERO, Length::ZERO), |(left, right)| {
                    edges(shaper, (left + shift, right + shift), size)
                })
        };
        let extent = Extent { size, advance, ink };
        self.cluster(range, first, index, id, extent);
    }

    /// A figure half an em wide (T31): from the Western face if its figures
    /// are so by design, else from the Chinese face if it has such, else the
    /// Western figure narrowed.
    fn set_figure(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        let value = usize::from(cell.first as u8 - b'0');
        let Some((id, shaper, glyph, scale)) = self.figure(value, style) else {
            self.set_missing(cell, style, index);
            return;
        };
        let (size, lift) = self.western(style, id);
        let half = style.size.scale(1, 2);
        // a figure drawn larger stays in the middle of its half em
        let shift = (style.size - size) / 4;
        let ink = shaper.ink(glyph).map_or((0, 0), |(left, right)| {
            (
                left * i32::from(scale) / 1000,
                right * i32::from(scale) / 1000,
            )
        });
        let first = self.run.glyphs.len();
        self.run.glyphs.push(RunGlyph {
            id: glyph,
            dx: shift,
            dy: -lift,
            scale_x: scale,
            turned: false,
        });
        let (left, right) = edges(shaper, ink, size);
        let extent = Extent {
            size,
            advance: half,
            ink: (left + shift, right + shift),
        };
        self.cluster(cell.start..cell.end, first, index, id, extent);
    }

    /// The glyph of a figure half an em wide, its face, and the width in
    /// thousandths that it is narrowed to.
    fn figure(
        &mut self,
        value: usize,
        style: &TextStyle,
    ) -> Option<(FaceId, &'a Shaper, u16, u16)> {
        let figure = char::from_digit(u32::try_from(value).ok()?, 10)?;
        let latin = style.latin.iter().find(|&&id| {
            self.shaper(id)
                .is_some_and(|shaper| shaper.face().glyph(figure).is_some())
        });
        let mut faces = latin.into_iter().chain(style.han.iter());
        let exact = faces.clone().find_map(|&id| {
            let shaper = self.shaper(id)?;
            Some((id, shaper, shaper.half_em_figures()?[value], 1000))
        });
        exact.or_else(|| {
            faces.find_map(|&id| {
                let shaper = self.shaper(id)?;
                let (glyph, advance) = shaper.single(figure, Region::Cn)?;
                let scale = i64::from(shaper.em()) * 500 / i64::from(advance.max(1));
                let scale = u16::try_from(scale.clamp(250, 2000)).unwrap_or(1000);
                Some((id, shaper, glyph, scale))
            })
        })
    }

    /// A cell of the Western list: joins the word before it if it can.
    fn set_latin(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        let Some(face) = self.latin_face(cell, style) else {
            self.end_word();
            self.set_missing(cell, style, index);
            return;
        };
        // the Chinese face is the partner that is meant to serve what the
        // Western one lacks
        if style.han.first() != Some(&face) {
            self.note_fallback(cell, face, first_face(&style.latin, &style.han));
        }
        let manner = Manner::of(cell.first);
        if let Some(word) = &mut self.word {
            let same_manner = word.manner.is_none() || manner.is_none() || word.manner == manner;
            let same_pose = word.pose == self.pose;
            if word.face == face && word.style == index && same_manner && same_pose {
                word.end = cell.end;
                word.manner = word.manner.or(manner);
                return;
            }
        }
        self.end_word();
        self.word = Some(Word {
            start: cell.start,
            end: cell.end,
            style: index,
            face,
            manner,
            pose: self.pose,
            western: true,
        });
    }

    /// The first face that holds all of a cell, else the first that holds its
    /// first character.
    fn latin_face(&mut self, cell: Cell, style: &TextStyle) -> Option<FaceId> {
        let faces = || style.latin.iter().chain(style.han.iter()).copied();
        let book = self.book;
        let holds = |id: &FaceId, c: char| book.get(*id).is_some_and(|f| f.glyph(c).is_some());
        let first = faces().find(|id| holds(id, cell.first))?;
        if !cell.extended {
            return Some(first);
        }
        // An accent may be composed with its letter, so the shaper is asked.
        let text = &self.paragraph.text[cell.start..cell.end];
        let manner = Manner::of(cell.first).unwrap_or(Manner::Latin);
        let whole = faces().filter(|id| holds(id, cell.first)).find(|&id| {
            let Some(shaper) = self.shaper(id) else {
                return false;
            };
            let shaped = shaper.shape(manner, text, std::mem::take(&mut self.buffer));
            let whole = shaped.glyph_infos().iter().all(|info| info.glyph_id != 0);
            self.buffer = shaped.clear();
            whole
        });
        Some(whole.unwrap_or(first))
    }

    /// Shapes the waiting word.
    fn end_word(&mut self) {
        if let Some(word) = self.word.take()
            && let Some(shaper) = self.shaper(word.face)
        {
            self.shape_word(word, shaper, 0);
        }
    }

    /// Shapes a stretch of text and makes a cluster of each grapheme.
    fn shape_word(&mut self, word: Word, shaper: &'a Shaper, raise: i32) {
        let text = &self.paragraph.text[word.start..word.end];
        let pose = std::mem::replace(&mut self.pose, word.pose);
        let manner = word.manner.unwrap_or(Manner::Latin);
        let shaped = shaper.shape(manner, text, std::mem::take(&mut self.buffer));
        let style = &self.run.styles[usize::from(word.style)];
        let (size, lift) = match word.western {
            true => self.western(style, word.face),
            false => (style.size, Length::ZERO),
        };
        let mut glyphs: Vec<_> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, at)| (info.cluster as usize, info.glyph_id, *at))
            .collect();
        // Left to right they are in order already; sorting is for fonts
        // whose tables misbehave.
        glyphs.sort_by_key(|glyph| glyph.0);

        let mut at = 0;
        let mut from = 0;
        while from < text.len() {
            let first = self.run.glyphs.len();
            let mut pen = 0;
            let mut ink: Option<(i32, i32)> = None;
            let mut tofu = false;
            // Glyphs of the first cluster, which starts at `from`: a glyph
            // whose start was removed counts to it too.
            let start = glyphs.get(at).map_or(from, |glyph| glyph.0.max(from));
            while let Some((cluster, id, place)) = glyphs.get(at)
                && *cluster <= start
            {
                let id = u16::try_from(*id).unwrap_or(0);
                tofu |= id == 0;
                let dx = pen + place.x_offset;
                if let Some((left, right)) = shaper.ink(id) {
                    let (was_left, was_right) = ink.unwrap_or((i32::MAX, i32::MIN));
                    ink = Some((was_left.min(left + dx), was_right.max(right + dx)));
                }
                self.run.glyphs.push(RunGlyph {
                    id,
                    dx: shaper.face().length(dx, size),
                    dy: -shaper.face().length(place.y_offset + raise, size) - lift,
                    scale_x: 1000,
                    turned: false,
                });
                pen += place.x_advance;
                at += 1;
            }
            let mut end = glyphs
                .get(at)
                .map_or(text.len(), |glyph| glyph.0.min(text.len()));
            while !text.is_char_boundary(end) {
                end += 1;
            }
            if tofu {
                self.note_missing(word.start + from, &text[from..end], shaper);
            }
            let advance = shaper.face().length(pen, size);
            let ink = edges(shaper, ink.unwrap_or((0, 0)), size);
            let range = word.start + from..word.start + end;
            let extent = Extent { size, advance, ink };
            self.cluster(range, first, word.style, word.face, extent);
            from = end;
        }
        self.buffer = shaped.clear();
        self.pose = pose;
    }

    /// Lists the characters of a cluster with a `.notdef` glyph that the face
    /// lacks; its first if it lacks none by itself.
    fn note_missing(&mut self, start: usize, text: &str, shaper: &Shaper) {
        let before = self.run.missing.len();
        let place = |at: usize, c: char| span(start + at..start + at + c.len_utf8());
        for (at, character) in text.char_indices() {
            if shaper.face().glyph(character).is_none() {
                self.run.missing.push(Missing {
                    character,
                    text: place(at, character),
                });
            }
        }
        if self.run.missing.len() == before
            && let Some(character) = text.chars().next()
        {
            self.run.missing.push(Missing {
                character,
                text: place(0, character),
            });
        }
    }

    /// Lists a character whose face is not the first of its list (T35).
    fn note_fallback(&mut self, cell: Cell, face: FaceId, first: Option<FaceId>) {
        let character = cell.first;
        let known = |fallback: &Fallback| fallback.character == character;
        if Some(face) == first || self.run.fallbacks.iter().any(known) {
            return;
        }
        let end = cell.start + character.len_utf8();
        self.run.fallbacks.push(Fallback {
            character,
            text: span(cell.start..end),
            face: self.book.get(face).map_or("", |face| face.name()).into(),
        });
    }

    /// A character that no face holds: a visible tofu and a note (T35).
    fn set_missing(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        let end = cell.start + cell.first.len_utf8();
        self.run.missing.push(Missing {
            character: cell.first,
            text: span(cell.start..end),
        });
        let (near, far) = match cell.list {
            List::Han => (&style.han, &style.latin),
            _ => (&style.latin, &style.han),
        };
        let faces = || near.iter().chain(far.iter()).copied();
        let visible = faces().find_map(|id| {
            let shaper = self.shaper(id)?;
            Some((id, shaper, shaper.ink(0)?))
        });
        let first = self.run.glyphs.len();
        let Some((id, shaper, ink)) = visible else {
            // Not one face, or none that draws anything for what it lacks.
            let id = faces().next().unwrap_or(FaceId(0));
            let nothing = (Length::ZERO, Length::ZERO);
            let extent = Extent {
                size: style.size,
                advance: style.size,
                ink: nothing,
            };
            self.cluster(cell.start..cell.end, first, index, id, extent);
            return;
        };
        let advance = shaper.face().advance(0, style.size);
        self.run.glyphs.push(RunGlyph {
            id: 0,
            dx: Length::ZERO,
            dy: Length::ZERO,
            scale_x: 1000,
            turned: false,
        });
        let extent = Extent {
            size: style.size,
            advance,
            ink: edges(shaper, ink, style.size),
        };
        self.cluster(cell.start..cell.end, first, index, id, extent);
    }

    /// A space, a line feed, an invisible control: no glyph, not missing.
    fn set_blank(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        let faces = || style.latin.iter().chain(style.han.iter()).copied();
        let id = faces().next().unwrap_or(FaceId(0));
        let advance = match blank_width(cell.first) {
            Some(width) => style.size.scale(width, 120),
            None => faces()
                .find_map(|id| {
                    let face = self.book.get(id)?;
                    Some(face.advance(face.glyph(' ')?, style.size))
                })
                .unwrap_or_else(|| style.size.scale(1, 4)),
        };
        let first = self.run.glyphs.len();
        let extent = Extent {
            size: style.size,
            advance,
            ink: (Length::ZERO, Length::ZERO),
        };
        self.cluster(cell.start..cell.end, first, index, id, extent);
    }

    /// Adds a cluster of the glyphs from `first` on, condensed as its style
    /// says (N25), or turned as its pose says (V11). Vertical lines are never
    /// condensed.
    fn cluster(
        &mut self,
        text: Range<usize>,
        first: usize,
        style: u16,
        face: FaceId,
        extent: Extent,
    ) {
        let Extent {
            size,
            mut advance,
            mut ink,
        } = extent;
        let set = self.run.styles.get(usize::from(style)).cloned();
        if let Some(raised) = set.as_ref().and_then(|style| style.raised) {
            // what is above a horizontal line is to the right of a vertical one
            let stands = self.vertical && self.pose != Pose::Turned;
            for glyph in &mut self.run.glyphs[first..] {
                match stands {
                    true => glyph.dx += raised,
                    false => glyph.dy -= raised,
                }
            }
        }
        if self.vertical
            && self.pose != Pose::Turned
            && let Some(style) = &set
        {
            if first < self.run.glyphs.len() {
                let han = self.paragraph.text[text.clone()].starts_with(is_han);
                ink = self.stand(first, face, advance, style.size, han);
                advance = style.size;
            }
        } else if self.pose == Pose::Turned
            && let Some(style) = &set
        {
            let axis = baseline_to_axis(style.size);
            for glyph in &mut self.run.glyphs[first..] {
                // up is right now, and right is down
                (glyph.dx, glyph.dy) = (-axis - glyph.dy, glyph.dx);
                glyph.turned = true;
            }
        } else if let Some(style) = set.filter(|style| style.scale_x != 1000) {
            for glyph in &mut self.run.glyphs[first..] {
                glyph.dx = style.across(glyph.dx);
                glyph.scale_x = condensed(glyph.scale_x, style.scale_x);
            }
            advance = style.across(advance);
            ink = (style.across(ink.0), style.across(ink.1));
        }
        let glyphs = span(first..self.run.glyphs.len());
        self.run.clusters.push(Cluster {
            text: span(text),
            glyphs,
            style,
            face,
            size,
            advance,
            ink,
            pose: self.pose,
        });
    }

    fn shaper(&mut self, id: FaceId) -> Option<&'a Shaper> {
        if let Some((last, shaper)) = self.last
            && last == id
        {
            return Some(shaper);
        }
        let shaper = self.cache.shaper(self.book, id)?;
        self.last = Some((id, shaper));
        Some(shaper)
    }
}

/// The stances that the copy asks for (V11).
fn asked(paragraph: &Paragraph) -> Vec<(Range<usize>, Pose)> {
    let stands = paragraph.interlinear.iter().filter_map(|beside| {
        let pose = match beside.kind {
            InterlinearKind::Stand(Stand::Upright) => Pose::Upright,
            InterlinearKind::Stand(Stand::Turned) => Pose::Turned,
            InterlinearKind::Stand(Stand::Abreast) => Pose::Abreast,
            InterlinearKind::Mark(_) | InterlinearKind::Ruby(_) | InterlinearKind::Script(_) => {
                return None;
            }
        };
        Some((beside.range.start as usize..beside.range.end as usize, pose))
    });
    stands.collect()
}

/// How far the baseline of turned characters stands to the left of a vertical
/// line's axis: the middle of the character frame is 0.38 em above it.
fn baseline_to_axis(size: Length) -> Length {
    size.scale(38, 100)
}

/// The face that a list means to be used, and the other where it is empty.
fn first_face(list: &[FaceId], other: &[FaceId]) -> Option<FaceId> {
    list.iter().chain(other).next().copied()
}

/// Where a mark stands whose glyph is narrower than the frame it must fill:
/// its shift and its advance, in font units. Opening quotes keep their ink
/// at the right of the frame, closing ones at the left (T05); the rest is
/// centred. Every other glyph stays as the face has it.
fn full_width(c: char, advance: i32, em: i32) -> (i32, i32) {
    match c {
        '“' | '‘' if advance < em => (em - advance, em),
        '”' | '’' if advance < em => (0, em),
        '—' | '…' | '⋯' | '～' | '‼' | '⁇' | '⁈' | '⁉' if advance != em => {
            ((em - advance) / 2, em)
        }
        _ => (0, advance),
    }
}

fn edges(shaper: &Shaper, ink: (i32, i32), size: Length) -> (Length, Length) {
    (
        shaper.face().length(ink.0, size),
        shaper.face().length(ink.1, size),
    )
}

/// The horizontal scale of a glyph that has one of its own.
fn condensed(own: u16, scale: u16) -> u16 {
    let scaled = (u32::from(own) * u32::from(scale) + 500) / 1000;
    u16::try_from(scaled).unwrap_or(u16::MAX)
}

/// A byte or glyph range. Sources over 4 GB are refused where they are read.
fn span(range: Range<usize>) -> Range<u32> {
    let fit = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    fit(range.start)..fit(range.end)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod vertical_tests;
