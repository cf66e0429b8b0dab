//! 注音 beside its base (P21, P22).

use std::sync::Arc;

use super::{Axis, Cell, corners, within};
use crate::base::clreq::interlinear as table;
use crate::base::geom::{Length, Point, Rect};
use crate::compose::Line;
use crate::compose::ruby::{Annotation, Form};
use crate::makeup::matter::Matter;
use crate::page::{FrameRuby, Glyph, GlyphRun};
use crate::story::place as source;

/// The readings of a line and their glyphs.
///
/// The glyphs come after those of the line in the page's items: a reader of
/// the PDF gets the text of the line whole and in order, and behind it the
/// readings. Spans with `ActualText` would let a reader get the text alone,
/// but then a search would not find what is printed there.
pub(super) fn place(
    matter: &Matter<'_>,
    line: &Line,
    cells: &[Cell],
    axis: Axis,
) -> (Vec<GlyphRun>, Vec<FrameRuby>) {
    let (mut glyphs, mut rubies) = (Vec::new(), Vec::new());
    let above = above(matter.annotations(), cells, line.measure);
    for placed in &above {
        placed.set(axis, &mut glyphs);
        rubies.push(reported(matter, placed.annotation, placed.rect(axis)));
    }
    for annotation in matter.annotations() {
        let Form::Column(column) = &annotation.form else {
            continue;
        };
        let Some(base) = within(cells, &annotation.base).last() else {
            continue;
        };
        let along = if axis.is_vertical() {
            base.start
        } else {
            base.end
        };
        let corner = axis.ruby_side(along, base.size, Length::ZERO);
        for cell in column {
            let at = Point::new(corner.x + cell.origin.x, corner.y + cell.origin.y);
            glyphs.extend(set_cluster(annotation, cell.cluster, at, false));
        }
        let width = table::ZHUYIN_COLUMN.of(annotation.size);
        let rect = Rect::new(corner.x, corner.y, width, annotation.size);
        rubies.push(reported(matter, annotation, rect));
    }
    (glyphs, rubies)
}

fn reported(matter: &Matter<'_>, annotation: &Annotation, rect: Rect) -> FrameRuby {
    let base = annotation.base.start as usize..annotation.base.end as usize;
    let ruby = &annotation.ruby;
    FrameRuby {
        text: ruby.text.clone(),
        base: matter.paragraph.text.get(base).unwrap_or("").to_owned(),
        rect,
        source: source(&ruby.pieces, 0, ruby.text.len()),
    }
}

/// A reading above its base.
struct Above<'a> {
    annotation: &'a Annotation,
    /// Its left edge along the line.
    left: Length,
    width: Length,
    /// The size of its base.
    size: Length,
}

/// The readings above a line, each centred on its base, but none beyond the
/// ends of the measure and none nearer to another than a quarter of an em. In
/// a line full of long readings, both ends flush, they draw together to an
/// eighth.
fn above<'a>(annotations: &'a [Annotation], cells: &[Cell], measure: Length) -> Vec<Above<'a>> {
    let mut placed: Vec<Above<'a>> = Vec::new();
    for annotation in annotations {
        let Form::Above(width) = annotation.form else {
            continue;
        };
        let base = within(cells, &annotation.base);
        let (Some(first), Some(last)) = (base.first(), base.last()) else {
            continue;
        };
        placed.push(Above {
            annotation,
            left: (first.left + last.end - width).half(),
            width,
            size: annotation.size,
        });
    }
    let mut least = Length::ZERO;
    for above in &mut placed {
        above.left = above.left.max(least);
        least = above.left + above.width + table::PINYIN_GAP.of(above.size);
    }
    let mut most = measure;
    for above in placed.iter_mut().rev() {
        above.left = above.left.min(most - above.width);
        most = above.left - table::PINYIN_GAP.of(above.size);
    }
    let mut least = Length::ZERO;
    for above in &mut placed {
        above.left = above.left.max(least);
        least = above.left + above.width + table::PINYIN_GAP_LEAST.of(above.size);
    }
    placed
}

impl Above<'_> {
    fn set(&self, axis: Axis, glyphs: &mut Vec<GlyphRun>) {
        let out = table::PINYIN_BASELINE.of(self.size);
        let mut along = self.left;
        for (nth, cluster) in self.annotation.run.clusters.iter().enumerate() {
            let at = axis.ruby_side(along, self.size, out);
            let run = set_cluster(self.annotation, nth, at, axis.is_vertical());
            match (glyphs.last_mut(), run) {
                (Some(last), Some(run))
                    if Arc::ptr_eq(&last.text, &run.text) && last.face == run.face =>
                {
                    last.glyphs.extend(run.glyphs);
                }
                (_, run) => glyphs.extend(run),
            }
            along += cluster.advance;
        }
    }

    fn rect(&self, axis: Axis) -> Rect {
        corners(
            axis.ruby_side(self.left, self.size, Length::ZERO),
            axis.ruby_side(
                self.left + self.width,
                self.size,
                table::PINYIN.of(self.size),
            ),
        )
    }
}

/// One cluster of a reading with its origin at `at`. Letters beside vertical
/// lines are turned (`clreq#id136`).
fn set_cluster(annotation: &Annotation, nth: usize, at: Point, turned: bool) -> Option<GlyphRun> {
    let run = &annotation.run;
    let cluster = run.clusters.get(nth)?;
    let style = run.styles.get(usize::from(cluster.style))?;
    let range = cluster.glyphs.start as usize..cluster.glyphs.end as usize;
    let text = cluster.text.start as usize..cluster.text.end as usize;
    let source = source(&annotation.ruby.pieces, text.start, text.end);
    let glyphs = run.glyphs.get(range)?.iter().enumerate();
    let glyphs = glyphs.map(|(nth, glyph)| Glyph {
        id: glyph.id,
        at: match turned {
            true => Point::new(at.x - glyph.dy, at.y + glyph.dx),
            false => Point::new(at.x + glyph.dx, at.y + glyph.dy),
        },
        scale_x: glyph.scale_x,
        turned,
        text: match nth {
            0 => cluster.text.clone(),
            _ => cluster.text.end..cluster.text.end,
        },
        source,
    });
    Some(GlyphRun {
        face: cluster.face,
        size: cluster.size,
        ink: style.ink,
        vertical: false,
        text: Arc::clone(&run.text),
        glyphs: glyphs.collect(),
    })
    .filter(|run| !run.glyphs.is_empty())
}
