//! 注音: readings as glyphs, shaped by the one text path.
//!
//! A reading is no part of its paragraph's text. It is shaped as a paragraph
//! of its own in a smaller size, set solid, and kept beside the run; what it
//! asks of the line is said to the galley, and the make-up places it.

use std::ops::Range;
use std::sync::Arc;

use super::run::Run;
use super::shape::{ShapeCache, shape};
use crate::base::clreq::interlinear as table;
use crate::base::clreq::{Direction, Em, Scheme};
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::{Length, Point, Rect};
use crate::story::{
    FacePair, InterlinearKind, NEUTRAL, ParaStyle, Paragraph, Ruby, TextRun, TextStyle, is_checked,
    is_symbol, is_tone,
};

/// A reading, shaped.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Bytes of the paragraph that it is of.
    pub base: Range<u32>,
    /// What it says, and where that stands in the manuscript.
    pub ruby: Arc<Ruby>,
    /// Its glyphs. [`Run::text`] is the reading.
    pub run: Run,
    /// The size of its base.
    pub size: Length,
    /// How it stands.
    pub form: Form,
}

/// How a reading stands beside its base.
#[derive(Clone, Debug)]
pub enum Form {
    /// Above, set solid in this width (P21).
    Above(Length),
    /// In a column at the right of its character (P22).
    Column(Vec<Cell>),
}

/// One sign of a column: coordinates are from the top right corner of the
/// character's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The cluster of [`Annotation::run`].
    pub cluster: usize,
    /// Its frame.
    pub rect: Rect,
    /// The origin of its glyphs.
    pub origin: Point,
}

/// The readings of a paragraph, by their bases. One without a base is none.
pub fn annotate(paragraph: &Paragraph, book: &FontBook, cache: &ShapeCache) -> Vec<Annotation> {
    let mut all: Vec<Annotation> = paragraph
        .interlinear
        .iter()
        .filter_map(|beside| match &beside.kind {
            InterlinearKind::Ruby(ruby) => Some((beside.range.clone(), ruby)),
            InterlinearKind::Mark(_) | InterlinearKind::Stand(_) | InterlinearKind::Script(_) => {
                None
            }
        })
        .filter_map(|(base, ruby)| annotation(paragraph, base, ruby, book, cache))
        .collect();
    all.sort_by_key(|annotation| annotation.base.start);
    all
}

fn annotation(
    paragraph: &Paragraph,
    base: Range<u32>,
    ruby: &Arc<Ruby>,
    book: &FontBook,
    cache: &ShapeCache,
) -> Option<Annotation> {
    let style = &paragraph
        .runs
        .iter()
        .find(|run| run.range.contains(&base.start))?
        .style;
    let zhuyin = ruby.is_zhuyin();
    let lying = lying(&paragraph.style);
    // vertical lines are never condensed (N25), nor is what stands beside them
    let scale_x = match paragraph.style.scheme.direction {
        Direction::Horizontal => style.scale_x,
        Direction::Vertical => 1000,
    };
    let faces = faces(style, &ruby.text, zhuyin, book);
    let dressed = |em: Em| {
        Arc::new(TextStyle {
            han: faces.0.clone(),
            latin: faces.1.clone(),
            size: em.of(style.size),
            tracking: Length::ZERO,
            half_em_digits: false,
            scale_x,
            pair: FacePair::default(),
            raised: None,
            ..TextStyle::clone(style)
        })
    };
    let runs = match zhuyin {
        true => zhuyin_runs(&ruby.text, &dressed),
        false => vec![TextRun {
            range: 0..offset(ruby.text.len()),
            style: dressed(table::PINYIN),
        }],
    };
    let reading = Paragraph {
        role: paragraph.role,
        text: ruby.text.clone(),
        runs,
        pieces: ruby.pieces.clone(),
        interlinear: Vec::new(),
        style: lying,
    };
    let run = shape(&reading, book, cache);
    let form = match zhuyin {
        true => Form::Column(column(&run, style.size, book)),
        false => Form::Above(run.clusters.iter().map(|cluster| cluster.advance).sum()),
    };
    Some(Annotation {
        base,
        ruby: Arc::clone(ruby),
        run,
        size: style.size,
        form,
    })
}

/// The style of a reading: it is shaped as if along a horizontal line, and
/// turned where it is placed beside a vertical one (`clreq#id136`).
fn lying(style: &Arc<ParaStyle>) -> Arc<ParaStyle> {
    if style.scheme.direction == Direction::Horizontal {
        return Arc::clone(style);
    }
    Arc::new(ParaStyle {
        scheme: Arc::new(Scheme {
            direction: Direction::Horizontal,
            ..Scheme::clone(&style.scheme)
        }),
        ..ParaStyle::clone(style)
    })
}

/// One face for the whole of a reading, so that a letter with its tone does
/// not come from another than its neighbours; the lists of its base where no
/// face holds all of it.
fn faces(
    style: &TextStyle,
    reading: &str,
    zhuyin: bool,
    book: &FontBook,
) -> (Arc<[FaceId]>, Arc<[FaceId]>) {
    let (near, far) = match zhuyin {
        true => (&style.han, &style.latin),
        false => (&style.latin, &style.han),
    };
    let holds = |id: &FaceId| {
        let face = book.get(*id);
        face.is_some_and(|face| reading.chars().all(|c| face.glyph(c).is_some()))
    };
    match near.iter().chain(far.iter()).copied().find(holds) {
        Some(face) => {
            let list: Arc<[FaceId]> = Arc::from([face]);
            (list.clone(), list)
        }
        None => (style.han.clone(), style.latin.clone()),
    }
}

/// Symbols in three tenths of the size, tones in theirs.
fn zhuyin_runs(reading: &str, dressed: &dyn Fn(Em) -> Arc<TextStyle>) -> Vec<TextRun> {
    let symbol = dressed(table::ZHUYIN);
    let tone = dressed(table::ZHUYIN_TONE_SIZE);
    let small = dressed(table::ZHUYIN_SMALL_SIZE);
    reading
        .char_indices()
        .map(|(at, c)| TextRun {
            range: offset(at)..offset(at + c.len_utf8()),
            style: Arc::clone(match c {
                NEUTRAL => &small,
                c if is_checked(c) => &small,
                c if is_tone(c) => &tone,
                _ => &symbol,
            }),
        })
        .collect()
}

/// The column of 注音符号: the neutral tone on top, the symbols below each
/// other, all in the middle of the character's height; the other tones
/// outside the last symbol, half of their frame above its top
/// (`clreq#id129`), the checked ones at its foot (`clreq#id130`).
fn column(run: &Run, size: Length, book: &FontBook) -> Vec<Cell> {
    let first = |text: &Range<u32>| {
        let text = run.text.get(text.start as usize..text.end as usize);
        text.and_then(|text| text.chars().next())
    };
    let signs: Vec<(usize, char)> = run
        .clusters
        .iter()
        .enumerate()
        .filter_map(|(at, cluster)| Some((at, first(&cluster.text)?)))
        .collect();
    let (side, tone) = (table::ZHUYIN.of(size), table::ZHUYIN_TONE.of(size));
    let symbols = signs.iter().filter(|(_, c)| is_symbol(*c)).count();
    let neutral = match signs.iter().any(|&(_, c)| c == NEUTRAL) {
        true => table::ZHUYIN_NEUTRAL.of(size),
        false => Length::ZERO,
    };
    let top = (size - side * symbols as i64 - neutral).half();
    let end = top + neutral + side * symbols as i64;
    let mut y = top + neutral;
    let mut cells = Vec::with_capacity(signs.len());
    for (cluster, sign) in signs {
        let rect = if is_symbol(sign) {
            y += side;
            Rect::new(Length::ZERO, y - side, side, side)
        } else if sign == NEUTRAL {
            Rect::new(Length::ZERO, top, side, neutral)
        } else if is_checked(sign) {
            Rect::new(side, end - tone, tone, tone)
        } else {
            Rect::new(side, end - side - tone.half(), tone, tone)
        };
        let origin = ink_centred(run, cluster, rect, book);
        cells.push(Cell {
            cluster,
            rect,
            origin,
        });
    }
    cells
}

/// The origin that puts the ink of a cluster in the middle of a frame. Fonts
/// draw these signs now high, now low in their em.
fn ink_centred(run: &Run, cluster: usize, rect: Rect, book: &FontBook) -> Point {
    let bounds = || {
        let cluster = run.clusters.get(cluster)?;
        let glyph = run.glyphs.get(cluster.glyphs.start as usize)?;
        let style = run.styles.get(usize::from(cluster.style))?;
        let face = book.get(cluster.face)?;
        let ink = face.bounds(glyph.id)?;
        let length = |units: i16| face.length(i32::from(units), style.size);
        let across = length(ink.x_min) + length(ink.x_max);
        let up = length(ink.y_min) + length(ink.y_max);
        Some((across.half() + glyph.dx, up.half() - glyph.dy))
    };
    let (right, up) = bounds().unwrap_or_default();
    Point::new(
        rect.x + rect.width.half() - right,
        rect.y + rect.height.half() + up,
    )
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::ideal;

    /// The frames of a column, in sixtieths of the size: left, top, width,
    /// height.
    fn frames(reading: &str) -> Vec<[i64; 4]> {
        let size = Length::units(6000);
        let style = Arc::new(ideal::style(size));
        let run = ideal::styled_run(&[(reading, style)]);
        let cells = column(&run, size, &FontBook::new());
        let rects = cells.iter().map(|cell| cell.rect);
        rects
            .map(|r| [r.x, r.y, r.width, r.height].map(|length| length.raw() / 100))
            .collect()
    }

    /// P21: a reading is shaped lying, also beside a vertical line: it is
    /// turned where it is placed, and would else be turned twice.
    #[test]
    fn p21_readings_beside_vertical_lines_are_shaped_lying() {
        use crate::base::font::tests::bundled_book;
        use crate::compose::lines_report::paragraph;
        use crate::story::Interlinear;

        let book = bundled_book();
        let face = book.find("NotoSerifSC-Regular").expect("a bundled face");
        let style = Arc::new(TextStyle {
            han: [face].into(),
            latin: [face].into(),
            ..ideal::style(Length::pt(12))
        });
        let read = |direction| {
            let scheme = Scheme {
                direction,
                ..Scheme::default()
            };
            let mut paragraph = paragraph("掌柜", style.clone(), &scheme);
            paragraph.interlinear = vec![Interlinear {
                range: 0..3,
                kind: InterlinearKind::Ruby(Arc::new(Ruby {
                    text: "zhǎng".to_owned(),
                    pieces: Vec::new(),
                })),
            }];
            let run = annotate(&paragraph, &book, &ShapeCache::new())
                .remove(0)
                .run;
            let glyphs = run.glyphs.iter();
            let glyphs: Vec<_> = glyphs.map(|g| (g.id, g.dx, g.dy, g.turned)).collect();
            glyphs
        };
        let lying = read(Direction::Horizontal);
        assert!(lying.iter().all(|glyph| !glyph.3), "{lying:?}");
        assert_eq!(read(Direction::Vertical), lying);
    }

    #[test]
    fn p22_frames_of_a_column() {
        // two symbols of 18, the tone of 10 half above the top of the last
        let third = frames("ㄨㄛˇ");
        assert_eq!(third, [[0, 12, 18, 18], [0, 30, 18, 18], [18, 25, 10, 10]]);
        assert_eq!(frames("ㄢ"), [[0, 21, 18, 18]]);
        // the neutral tone of 4 on top
        assert_eq!(frames("˙ㄌㄜ")[..2], [[0, 10, 18, 4], [0, 14, 18, 18]]);
        assert_eq!(frames("ㄌㄜ˙")[2], [0, 10, 18, 4]);
        // the checked tone at the foot
        assert_eq!(frames("ㄧㆵ")[1], [18, 29, 10, 10]);
    }
}
