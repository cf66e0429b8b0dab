//! A stand-in for composition in tests: every character one em wide, broken
//! greedily wherever the measure ends.

use std::ops::Range;
use std::sync::Arc;

use super::composer::{Composer, Shaped, Spaced};
use crate::base::clreq::Scheme;
use crate::base::font::FaceId;
use crate::base::geom::Length;
use crate::compose::ideal::styled_run;
use crate::compose::run::{Cluster, Missing, Pose, Run, RunGlyph};
use crate::compose::{Galley, Line, SetAtom};
use crate::story::{
    Align, FacePair, Ink, ParaStyle, Paragraph, Placement, Role, TextRun, TextStyle, Turn,
};

/// The composer of square characters. `鿿` is in no face.
pub(crate) struct Squares;

/// The composer proper, on ideal metrics.
pub(crate) struct Ideal;

impl Composer for Ideal {
    fn shape(&self, paragraph: &Paragraph) -> Box<dyn Shaped> {
        let parts: Vec<_> = paragraph
            .runs
            .iter()
            .map(|run| {
                let range = run.range.start as usize..run.range.end as usize;
                (&paragraph.text[range], Arc::clone(&run.style))
            })
            .collect();
        let run = styled_run(&parts);
        let galley = Galley::new(&run, &paragraph.style);
        Box::new(Spaced {
            run,
            galley,
            annotations: Vec::new(),
        })
    }
}

struct Square {
    run: Run,
    style: Arc<ParaStyle>,
}

impl Composer for Squares {
    fn shape(&self, paragraph: &Paragraph) -> Box<dyn Shaped> {
        let mut run = Run {
            text: paragraph.text.as_str().into(),
            ..Run::default()
        };
        for text in &paragraph.runs {
            run.styles.push(Arc::clone(&text.style));
        }
        for (at, character) in paragraph.text.char_indices() {
            let at = u32::try_from(at).expect("short test text");
            let text = at..at + u32::try_from(character.len_utf8()).expect("at most 4");
            let style = paragraph
                .runs
                .iter()
                .position(|run| run.range.contains(&at));
            let style = style.expect("runs cover the text");
            let glyph = u32::try_from(run.glyphs.len()).expect("short test text");
            let size = run.styles[style].em();
            let advance = if character == '\n' {
                Length::ZERO
            } else {
                size
            };
            run.glyphs.push(RunGlyph {
                id: 1,
                dx: Length::ZERO,
                dy: Length::ZERO,
                scale_x: 1000,
                turned: false,
            });
            if character == '鿿' {
                run.missing.push(Missing {
                    character,
                    text: text.clone(),
                });
            }
            run.clusters.push(Cluster {
                text,
                glyphs: glyph..glyph + 1,
                style: u16::try_from(style).expect("few styles"),
                face: FaceId(0),
                size: paragraph.runs[style].style.size,
                advance,
                ink: (Length::ZERO, advance),
                pose: Pose::Upright,
            });
        }
        Box::new(Square {
            run,
            style: Arc::clone(&paragraph.style),
        })
    }
}

impl Shaped for Square {
    fn run(&self) -> &Run {
        &self.run
    }

    fn lines(&self, measure: &dyn Fn(usize) -> Length, constant_from: usize) -> Vec<Line> {
        let clusters = &self.run.clusters;
        let mut lines = Vec::new();
        let mut start = 0;
        while start < clusters.len() {
            let nth = lines.len();
            let full = measure(nth.min(constant_from));
            let indent = if nth == 0 {
                self.style.indent
            } else {
                Length::ZERO
            };
            let room = full - indent;
            let mut end = start;
            let mut width = Length::ZERO;
            let mut forced = false;
            while end < clusters.len() && !forced {
                let cluster = &clusters[end];
                if end > start && width + cluster.advance > room {
                    break;
                }
                width += cluster.advance;
                forced = self.run.text.as_bytes()[cluster.text.start as usize] == b'\n';
                end += 1;
            }
            lines.push(self.line(start..end, indent, full, width));
            start = end;
        }
        if let Some(last) = lines.last_mut() {
            last.last = true;
        }
        lines
    }

    /// Squares do not give.
    fn lines_within(&self, _: &dyn Fn(usize) -> Length, _: usize, _: usize) -> Option<Vec<Line>> {
        None
    }
}

impl Square {
    fn line(&self, set: Range<usize>, indent: Length, measure: Length, width: Length) -> Line {
        let x = match self.style.align {
            Align::Center => (measure - width).half(),
            Align::End => measure - width,
            _ => indent,
        };
        let clusters = &self.run.clusters[set.clone()];
        let text = clusters[0].text.start..clusters[clusters.len() - 1].text.end;
        let forced = self.run.text[..text.end as usize].ends_with('\n');
        let seen = text.start..text.end - u32::from(forced);
        let mut at = Length::ZERO;
        let glyphs = (set.start..).zip(clusters).map(|(index, cluster)| {
            let index = u32::try_from(index).expect("short test text");
            let atom = SetAtom {
                clusters: index..index + 1,
                text: cluster.text.clone(),
                x: at,
                advance: cluster.advance,
                dx: Length::ZERO,
                frame: cluster.advance,
                swallowed: cluster.advance == Length::ZERO,
                hyphen: None,
            };
            at += cluster.advance;
            atom
        });
        Line {
            text,
            seen,
            measure,
            x,
            natural: width,
            width,
            loose: Length::ZERO,
            glyphs: glyphs.collect(),
            notes: Vec::new(),
            last: false,
            forced,
        }
    }
}

/// Body style: 9 pt on 11.25 pt, solid, two em indent.
pub(crate) fn body() -> ParaStyle {
    ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: Length::ZERO,
        start: Length::ZERO,
        end: Length::ZERO,
        size: Length::pt(9),
        pitch: Length::from_millipt(11_250),
        scheme: Arc::new(Scheme::default()),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    }
}

/// A body paragraph in one style.
pub(crate) fn paragraph(text: &str, style: &ParaStyle) -> Paragraph {
    let length = u32::try_from(text.len()).expect("short test text");
    Paragraph {
        role: Role::Body,
        text: text.into(),
        runs: vec![TextRun {
            range: 0..length,
            style: Arc::new(TextStyle {
                han: [FaceId(0)].into(),
                latin: [FaceId(0)].into(),
                size: style.size,
                scale_x: 1000,
                tracking: Length::ZERO,
                ink: Ink::BLACK,
                half_em_digits: true,
                pair: FacePair::default(),
                raised: None,
            }),
        }],
        pieces: Vec::new(),
        interlinear: Vec::new(),
        style: Arc::new(style.clone()),
    }
}
