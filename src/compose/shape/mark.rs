//! The marks that fonts disagree on: dash, ellipsis, solidus, short stroke.
//! Each is built once a face so that its width and its height on the
//! character frame are right whatever the face does.

use rustybuzz::UnicodeBuffer;

use super::cache::{Manner, Shaper};
use super::which::Unit;
use crate::base::clreq::Region;

/// A mark of one or two glyphs, in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    glyphs: [MarkGlyph; 2],
    count: usize,
    /// Left and right edge of its ink.
    pub(super) ink: (i32, i32),
}

/// A glyph of a mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MarkGlyph {
    /// The glyph.
    pub(super) id: u16,
    /// Offset of its origin to the right.
    pub(super) dx: i32,
    /// Offset of its origin upwards.
    pub(super) up: i32,
    /// Horizontal scale in thousandths.
    pub(super) scale: u16,
}

impl Mark {
    /// The glyphs, first to last.
    pub(super) fn glyphs(&self) -> &[MarkGlyph] {
        &self.glyphs[..self.count]
    }
}

/// A glyph with its ink, in font units.
#[derive(Clone, Copy)]
struct Drawn {
    id: u16,
    advance: i32,
    left: i32,
    right: i32,
    height: i32,
    middle: i32,
}

impl Drawn {
    fn width(self) -> i32 {
        self.right - self.left
    }
}

impl Shaper {
    /// The mark of a unit in this face, or `None` where the face does not
    /// hold it ([`Unit::Plain`] is no mark).
    pub(super) fn mark(&self, unit: Unit, region: Region) -> Option<&Mark> {
        let slot = match unit {
            Unit::Plain => return None,
            Unit::Dash => 0,
            Unit::Ellipsis => 1,
            Unit::Solidus => 2,
            Unit::ShortStroke => 3,
            Unit::Hyphen => 4,
        };
        let manner = Manner::han(region);
        self.marks[region as usize][slot]
            .get_or_init(|| match unit {
                Unit::Plain => None,
                Unit::Dash => self.dash(manner),
                Unit::Ellipsis => self.ellipsis(manner),
                Unit::Solidus => self.half_em(manner, '/', self.em() / 2),
                // 0.44 em: apart from its neighbours on both sides, and
                // shorter than 一 to the eye (T12).
                Unit::ShortStroke => self.half_em(manner, '–', self.em() * 44 / 100),
                Unit::Hyphen => self.half_em(manner, '-', self.em() * 44 / 100),
            })
            .as_ref()
    }

    /// T08: one rule of two em. —— and ⸺ are drawn alike.
    fn dash(&self, manner: Manner) -> Option<Mark> {
        let em = self.em();
        let one = |glyph: Drawn, scale| Mark {
            glyphs: [
                MarkGlyph {
                    id: glyph.id,
                    dx: 0,
                    up: self.lift(glyph),
                    scale,
                },
                MarkGlyph::default(),
            ],
            count: 1,
            ink: (glyph.left, glyph.right),
        };
        let whole = |text: &str| {
            self.drawn(manner, text)
                .filter(|glyph| glyph.advance == 2 * em)
        };
        if let Some(glyph) = whole("——").or_else(|| whole("⸺")) {
            return Some(one(glyph, 1000));
        }
        // Two strokes, stretched where the face leaves white at the joint.
        let stroke = self.drawn(manner, "—")?;
        let margin = stroke.left.clamp(0, em / 8);
        let reach = em - margin;
        let scale = stretch(stroke.width(), reach).max(1000);
        let scaled = |units: i32| units * i32::from(scale) / 1000;
        let at = |left: i32| MarkGlyph {
            id: stroke.id,
            dx: left - scaled(stroke.left),
            up: self.lift(stroke),
            scale,
        };
        let first = at(margin);
        // The second ends where the mark ends; being as long as half of it
        // or longer, it meets the first without a gap.
        let second = at((2 * em - margin) - scaled(stroke.width()));
        Some(Mark {
            glyphs: [first, second],
            count: 2,
            ink: (margin, 2 * em - margin),
        })
    }

    /// T09: six dots at one pitch, in the middle of two em.
    fn ellipsis(&self, manner: Manner) -> Option<Mark> {
        let em = self.em();
        let dots = self
            .drawn(manner, "…")
            .or_else(|| self.drawn(manner, "⋯"))?;
        // A dot is as wide as it is high, so three of them and the ink's
        // width give the pitch.
        let pitch = (dots.width() - dots.height) / 2;
        let ink = 5 * pitch + dots.height;
        let left = em - ink / 2;
        let (mut first, mut second) = (left - dots.left, left - dots.left + 3 * pitch);
        // Within rounding of solid setting: leave it solid.
        if first.abs() * 400 <= em && (second - em).abs() * 400 <= em && dots.advance == em {
            (first, second) = (0, em);
        }
        let glyph = |dx| MarkGlyph {
            id: dots.id,
            dx,
            up: self.lift(dots),
            scale: 1000,
        };
        Some(Mark {
            glyphs: [glyph(first), glyph(second)],
            count: 2,
            ink: (first + dots.left, second + dots.right),
        })
    }

    /// T12, T16: a mark in the middle of half an em, narrowed to `most`.
    fn half_em(&self, manner: Manner, c: char, most: i32) -> Option<Mark> {
        let glyph = self.drawn(manner, c.encode_utf8(&mut [0; 4]))?;
        let scale = if glyph.width() > most {
            stretch(glyph.width(), most)
        } else {
            1000
        };
        let scaled = |units: i32| units * i32::from(scale) / 1000;
        let half = self.em() / 2;
        let left = (half - scaled(glyph.width())) / 2;
        // The stroke is put on the middle exactly; the solidus, tall as it
        // is, only where it is visibly off.
        let up = if matches!(c, '–' | '-') {
            self.centre() - glyph.middle
        } else {
            self.lift(glyph)
        };
        Some(Mark {
            glyphs: [
                MarkGlyph {
                    id: glyph.id,
                    dx: left - scaled(glyph.left),
                    up,
                    scale,
                },
                MarkGlyph::default(),
            ],
            count: 1,
            ink: (left, left + scaled(glyph.width())),
        })
    }

    /// How far a mark is raised to stand on the middle of the frame: nothing
    /// where it is within 0.05 em of it (T09).
    fn lift(&self, glyph: Drawn) -> i32 {
        let off = self.centre() - glyph.middle;
        if off.abs() * 20 > self.em() { off } else { 0 }
    }

    /// The one glyph that a text is shaped to, if it is one and has ink.
    fn drawn(&self, manner: Manner, text: &str) -> Option<Drawn> {
        let first = text.chars().next()?;
        self.face().glyph(first)?;
        let shaped = self.shape(manner, text, UnicodeBuffer::new());
        let ([info], [at]) = (shaped.glyph_infos(), shaped.glyph_positions()) else {
            return None;
        };
        let id = u16::try_from(info.glyph_id).ok().filter(|&id| id != 0)?;
        let bounds = self.face().bounds(id)?;
        let [left, right, bottom, top] =
            [bounds.x_min, bounds.x_max, bounds.y_min, bounds.y_max].map(i32::from);
        (right > left).then_some(Drawn {
            id,
            advance: at.x_advance,
            left,
            right,
            height: top - bottom,
            middle: (bottom + top) / 2,
        })
    }
}

/// The scale in thousandths, rounded up, that makes `width` fill `target`;
/// kept between a quarter and four times so that a broken font cannot draw
/// across the page.
fn stretch(width: i32, target: i32) -> u16 {
    let scale = (i64::from(target) * 1000 + i64::from(width) - 1) / i64::from(width.max(1));
    u16::try_from(scale.clamp(250, 4000)).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::stretch;

    #[test]
    fn t08_a_scale_is_rounded_up_and_kept_in_bounds() {
        assert_eq!(stretch(1000, 1000), 1000);
        assert_eq!(stretch(3000, 1000), 334);
        assert_eq!(stretch(1000, 1001), 1001);
        assert_eq!(stretch(10_000, 1), 250);
        assert_eq!(stretch(1, 1000), 4000);
        assert_eq!(stretch(0, 1), 999);
    }
}
