//! Characters that stand upright in vertical lines: forms of marks (V02–V06),
//! letters one to a cell, figures and chained ！？ side by side in one (V11,
//! V12, T17).

use std::ops::Range;

use super::cache::Shaper;
use super::which::Cell;
use super::{Extent, Setter, span};
use crate::base::clreq::{Region, Stance, stance_of, vertical_quote};
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::compose::run::{Cluster, Pose, RunGlyph};
use crate::compose::script::is_han;
use crate::story::TextStyle;

/// A character of the Chinese list as it stands in a vertical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) glyph: u16,
    /// Its advance in horizontal setting, in font units.
    pub(super) advance: u16,
    /// It is the horizontal glyph, to be turned.
    pub(super) turned: bool,
}

impl Shaper {
    /// The form of a character; `None` where the face does not hold it.
    ///
    /// Nothing is turned that has a vertical glyph (V03, V04, V06), and what
    /// should have one and has none is turned itself, as the Kai's quotes
    /// would be, did not corner brackets stand for them (V05).
    pub(super) fn form(&self, c: char, region: Region) -> Option<Form> {
        let form = |(glyph, advance), turned| Form {
            glyph,
            advance,
            turned,
        };
        if is_han(c) {
            return self.single(c, region).map(|found| form(found, false));
        }
        let quote = vertical_quote(c, region).and_then(|quote| self.down(quote, region));
        if let Some(found) = quote {
            return Some(form(found, false));
        }
        let plain = self.single(c, region)?;
        let down = self.down(c, region).unwrap_or(plain);
        Some(match stance_of(c, region) {
            Stance::Turned => form(plain, true),
            Stance::FormOrTurned => form(down, down.0 == plain.0),
            Stance::Upright | Stance::FormOrUpright => form(down, false),
        })
    }
}

impl<'a> Setter<'a> {
    /// The pose of the Western stretch that a cell stands in, and its bytes.
    /// Asked with growing offsets only.
    pub(super) fn pose_of(&mut self, cell: &Cell) -> Option<(Pose, Range<usize>)> {
        let passed = |(range, _): &(Range<usize>, Pose)| range.end <= cell.start;
        while self.stretches.get(self.at_stretch).is_some_and(passed) {
            self.at_stretch += 1;
        }
        let (range, pose) = self.stretches.get(self.at_stretch)?;
        range.contains(&cell.start).then(|| (*pose, range.clone()))
    }

    /// A letter or figure in a cell of its own: the Chinese face's full-width
    /// form, else its own glyph in the middle of the cell.
    pub(super) fn set_letter(&mut self, cell: Cell, style: &'a TextStyle, index: u16) {
        self.pose = Pose::Upright;
        let wide = full_width_form(cell.first).filter(|_| !cell.extended);
        let found = wide.and_then(|wide| {
            style.han.iter().find_map(|&id| {
                let shaper = self.shaper(id)?;
                let (glyph, advance) = shaper.single(wide, self.region)?;
                Some((id, shaper, glyph, advance))
            })
        });
        let Some((id, shaper, glyph, advance)) = found else {
            self.set_latin(cell, style, index);
            self.end_word();
            return;
        };
        let first = self.run.glyphs.len();
        self.run.glyphs.push(RunGlyph {
            id: glyph,
            dx: Length::ZERO,
            dy: -shaper.face().length(shaper.raise(), style.size),
            scale_x: 1000,
            turned: false,
        });
        let advance = shaper.face().length(i32::from(advance), style.size);
        let extent = Extent {
            size: style.size,
            advance,
            ink: (Length::ZERO, advance),
        };
        self.cluster(cell.start..cell.end, first, index, id, extent);
    }

    /// 纵中横: what stands in `range` side by side in one cell: figures (V12) or
    /// two chained marks (T17).
    pub(super) fn set_abreast(
        &mut self,
        range: Range<usize>,
        cell: Cell,
        style: &'a TextStyle,
        index: u16,
    ) {
        match cell.first.is_ascii_digit() {
            true => self.set_figures(range, cell, style, index),
            false => self.set_chain(range, cell, style, index),
        }
    }

    /// Two chained marks, ！！ or ？！: the ink of each in the middle of its
    /// half of the cell, narrowed where it would not fit. They are one cluster.
    fn set_chain(&mut self, range: Range<usize>, cell: Cell, style: &'a TextStyle, index: u16) {
        let text = &self.paragraph.text[range.clone()];
        let found = style.han.iter().chain(style.latin.iter()).find_map(|&id| {
            let shaper = self.shaper(id)?;
            let glyph = |c: char| shaper.single(c, self.region).map(|(glyph, _)| glyph);
            let glyphs: Option<Vec<u16>> = text.chars().map(glyph).collect();
            Some((id, shaper, glyphs?))
        });
        let Some((id, shaper, glyphs)) = found else {
            // each is set by itself, so that each that is missing is named
            self.pose = Pose::Upright;
            self.set_single(cell, style, index);
            return;
        };
        self.pose = Pose::Abreast;
        self.done = range.end;
        self.note_fallback(cell, id, super::first_face(&style.han, &style.latin));
        let raise = match style.han.contains(&id) {
            true => shaper.raise(),
            false => 0,
        };
        let half = style.size.half();
        let first = self.run.glyphs.len();
        for (nth, glyph) in glyphs.into_iter().enumerate() {
            let (left, right) = shaper.ink(glyph).unwrap_or((0, shaper.em() / 2));
            let width = i64::from(right - left).max(1);
            let most = i64::from(shaper.em()) * CHAINED_INK / 1000;
            let scale = (most * 1000 / width).clamp(250, 1000);
            let scale = u16::try_from(scale).unwrap_or(1000);
            let middle = (left + right) / 2 * i32::from(scale) / 1000;
            let centre = half.half() + half * i64::try_from(nth).unwrap_or(0) - half;
            self.run.glyphs.push(RunGlyph {
                id: glyph,
                dx: centre - shaper.face().length(middle, style.size),
                dy: baseline_in_cell(style.size) - shaper.face().length(raise, style.size),
                scale_x: scale,
                turned: false,
            });
        }
        self.run.clusters.push(Cluster {
            text: span(range),
            glyphs: span(first..self.run.glyphs.len()),
            style: index,
            face: id,
            size: style.size,
            advance: style.size,
            ink: (Length::ZERO, style.size),
            pose: Pose::Abreast,
        });
    }

    /// Figures side by side in one cell, narrowed where there are more than
    /// two (V12). They are one cluster.
    fn set_figures(&mut self, range: Range<usize>, cell: Cell, style: &'a TextStyle, index: u16) {
        self.pose = Pose::Abreast;
        self.done = range.end;
        let text = &self.paragraph.text[range.clone()];
        let count = i64::try_from(text.len()).unwrap_or(2).max(1);
        let share = style.size.scale(1, count);
        let first = self.run.glyphs.len();
        let mut face: Option<FaceId> = None;
        for (nth, figure) in text.bytes().enumerate() {
            let value = usize::from(figure.wrapping_sub(b'0'));
            let Some((id, shaper, glyph, scale)) = self.figure(value, style) else {
                break;
            };
            if face.is_some_and(|face| face != id) {
                break;
            }
            face = Some(id);
            let middle = shaper.face().bounds(glyph).map_or(0, |bounds| {
                (i32::from(bounds.y_min) + i32::from(bounds.y_max)) / 2
            });
            let at = share * i64::try_from(nth).unwrap_or(0);
            let scale = i64::from(scale) * 2 / count;
            self.run.glyphs.push(RunGlyph {
                id: glyph,
                dx: at - style.size.half() + style.raised.unwrap_or(Length::ZERO),
                dy: style.size.half() + shaper.face().length(middle, style.size),
                scale_x: u16::try_from(scale.clamp(250, 2000)).unwrap_or(1000),
                turned: false,
            });
        }
        let whole = self.run.glyphs.len() - first == text.len();
        let Some(face) = face.filter(|_| whole) else {
            // no face has all the figures: said, and the first one's tofu set
            self.run.glyphs.truncate(first);
            let whole = Cell {
                end: range.end,
                ..cell
            };
            self.set_missing(whole, style, index);
            return;
        };
        self.run.clusters.push(Cluster {
            text: span(range),
            glyphs: span(first..self.run.glyphs.len()),
            style: index,
            face,
            size: style.size,
            advance: style.size,
            ink: (Length::ZERO, style.size),
            pose: Pose::Abreast,
        });
    }

    /// Stands the glyphs from `first` on, placed on a baseline, in the middle
    /// of a vertical line's cell: across it by their advance, down it on
    /// the baseline that all faces are levelled to. Returns where their ink begins and ends down
    /// the line; all of the cell for Han, whose ink nothing asks for.
    pub(super) fn stand(
        &mut self,
        first: usize,
        face: FaceId,
        advance: Length,
        size: Length,
        han: bool,
    ) -> (Length, Length) {
        let mut ink: Option<(Length, Length)> = None;
        let Some(face) = self.book.get(face) else {
            return (Length::ZERO, Length::ZERO);
        };
        for glyph in &mut self.run.glyphs[first..] {
            glyph.dx -= advance.half();
            glyph.dy += baseline_in_cell(size);
            let bounds = if han { None } else { face.bounds(glyph.id) };
            let Some(bounds) = bounds else {
                continue;
            };
            let top = glyph.dy - face.length(i32::from(bounds.y_max), size);
            let bottom = glyph.dy - face.length(i32::from(bounds.y_min), size);
            let edges = ink.unwrap_or((top, bottom));
            ink = Some((edges.0.min(top), edges.1.max(bottom)));
        }
        match ink {
            None if han => (Length::ZERO, size),
            ink => ink.unwrap_or((Length::ZERO, Length::ZERO)),
        }
    }
}

/// Ink of one of two chained marks at most, in thousandths of an em: white
/// stays between the two.
const CHAINED_INK: i64 = 420;

/// Distance from the top of a cell down to the baseline of what stands in it:
/// the em box of the faces, once they are level, runs from −0.12 to 0.88 em.
fn baseline_in_cell(size: Length) -> Length {
    size.scale(88, 100)
}

/// The full-width form of a visible ASCII character.
fn full_width_form(c: char) -> Option<char> {
    c.is_ascii_graphic()
        .then(|| char::from_u32(u32::from(c) + 0xFEE0))
        .flatten()
}
