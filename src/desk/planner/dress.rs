//! Styles of the layout as styles of paragraphs: faces found, scheme made.

use std::ops::Range;
use std::sync::Arc;

use super::article::Words;
use crate::base::clreq::{Direction, Scheme};
use crate::base::diag::{Diagnostic, Span};
use crate::base::font::FaceId;
use crate::desk::layout::{FaceRole, Inline, Layout, Notes, Style, Tables};
use crate::desk::plan::Limits;
use crate::story::{
    Align, FacePair, InterlinearKind, ParaStyle, Paragraph, Placement, Role, Script, TextRun,
    TextStyle, Turn,
};

/// Faces for Han and for Western text, and how they are fitted.
type Faces = (Arc<[FaceId]>, Arc<[FaceId]>, FacePair);

/// The faces of a layout, found in the book of fonts.
pub(super) struct Wardrobe<'a> {
    faces: Vec<Faces>,
    scheme: Arc<Scheme>,
    /// Faces of stretches.
    pub(super) inline: &'a Inline,
    /// Rules and white of tables.
    pub(super) tables: &'a Tables,
    /// How notes are set.
    pub(super) notes: &'a Notes,
}

impl<'a> Wardrobe<'a> {
    /// Finds the fonts. One that is not there is a warning while another
    /// stands in for it, and fatal where none does.
    pub(super) fn new(
        layout: &'a Layout,
        face: &dyn Fn(&str) -> Option<FaceId>,
        notes: &mut Vec<Diagnostic>,
    ) -> Self {
        let faces = layout
            .faces
            .iter()
            .map(|role| find(role, face, notes))
            .collect();
        Self {
            faces,
            scheme: Arc::new(layout.composition.scheme()),
            inline: &layout.inline,
            tables: &layout.tables,
            notes: &layout.notes,
        }
    }

    /// The same for vertical lines.
    pub(super) fn upright(&self) -> Self {
        Self {
            faces: self.faces.clone(),
            scheme: Arc::new(Scheme {
                direction: Direction::Vertical,
                ..Scheme::clone(&self.scheme)
            }),
            inline: self.inline,
            tables: self.tables,
            notes: self.notes,
        }
    }

    /// How far a headline may be altered (N25): characters of a vertical line
    /// are never condensed.
    pub(super) fn limits(&self, style: &Style) -> Limits {
        match self.scheme.direction {
            Direction::Horizontal => style.limits,
            Direction::Vertical => Limits {
                scale_x: 1000,
                ..style.limits
            },
        }
    }

    fn text(&self, style: &Style, face: usize) -> Arc<TextStyle> {
        let (han, latin, pair) = self.faces.get(face).cloned().unwrap_or_default();
        Arc::new(TextStyle {
            han,
            latin,
            size: style.size,
            scale_x: 1000,
            tracking: style.tracking,
            ink: style.ink,
            half_em_digits: style.half_em_digits,
            pair,
            raised: None,
        })
    }

    fn para(&self, style: &Style) -> Arc<ParaStyle> {
        // vertical subheads begin at the top, two em down (P13)
        let drops = self.scheme.direction == Direction::Vertical
            && style.role == Role::Subhead
            && style.align == Align::Center;
        let (align, start) = match drops {
            true => (Align::Start, style.start + style.size * 2),
            false => (style.align, style.start),
        };
        Arc::new(ParaStyle {
            align,
            turn: turn(style.role),
            indent: style.indent,
            start,
            end: style.end,
            size: style.size,
            pitch: style.pitch,
            scheme: match is_display(style.role) && !self.scheme.tight {
                true => Arc::new(Scheme {
                    tight: true,
                    ..Scheme::clone(&self.scheme)
                }),
                false => self.scheme.clone(),
            },
            placement: match style.block {
                Some((first, next)) => Placement::Block {
                    first,
                    next,
                    stretch: style.stretch,
                },
                None => Placement::Lines,
            },
            keep_next: style.keep_next,
            before: 0,
            casts: [].into(),
        })
    }

    /// A style ready for many paragraphs.
    pub(super) fn dress(&self, style: &Style) -> Dress {
        let other = |face: Option<usize>| face.map(|face| self.text(style, face));
        Dress {
            role: style.role,
            para: self.para(style),
            plain: self.text(style, style.face),
            strong: other(self.inline.strong),
            emphasis: other(self.inline.emphasis),
            dateline: other(self.inline.dateline),
            run_in: other(self.inline.run_in.or(self.inline.strong)),
            label: other(self.inline.label),
            note_marks: self.notes.superscript,
        }
    }
}

/// A stretch of a paragraph in another face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    Strong,
    Emphasis,
    Dateline,
    /// 同行标题.
    RunIn,
    /// A speaker, a number of an article.
    Label,
}

/// One style of the layout, ready to wear.
pub(super) struct Dress {
    role: Role,
    para: Arc<ParaStyle>,
    plain: Arc<TextStyle>,
    strong: Option<Arc<TextStyle>>,
    emphasis: Option<Arc<TextStyle>>,
    dateline: Option<Arc<TextStyle>>,
    run_in: Option<Arc<TextStyle>>,
    label: Option<Arc<TextStyle>>,
    /// References to notes are superscript (P19).
    note_marks: bool,
}

impl Dress {
    /// A paragraph in this style alone.
    pub(super) fn paragraph(&self, words: &Words) -> Paragraph {
        self.mixed(words, &[])
    }

    /// A paragraph with stretches in other faces. Stretches out of order,
    /// out of the text or inside a character are set plain.
    pub(super) fn mixed(&self, words: &Words, stretches: &[(Range<u32>, Stretch)]) -> Paragraph {
        let text = words.text.clone();
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut runs: Vec<TextRun> = Vec::new();
        let mut at = 0;
        for (range, stretch) in stretches {
            let style = match stretch {
                Stretch::Strong => &self.strong,
                Stretch::Emphasis => &self.emphasis,
                Stretch::Dateline => &self.dateline,
                Stretch::RunIn => &self.run_in,
                Stretch::Label => &self.label,
            };
            let Some(style) = style else { continue };
            let whole = [range.start, range.end]
                .iter()
                .all(|&n| text.is_char_boundary(n as usize));
            if range.start < at || range.end > end || range.start >= range.end || !whole {
                continue;
            }
            if at < range.start {
                runs.push(TextRun {
                    range: at..range.start,
                    style: self.plain.clone(),
                });
            }
            runs.push(TextRun {
                range: range.clone(),
                style: style.clone(),
            });
            at = range.end;
        }
        if at < end {
            runs.push(TextRun {
                range: at..end,
                style: self.plain.clone(),
            });
        }
        for beside in &words.interlinear {
            match beside.kind {
                InterlinearKind::Script(Script::NoteMark) if !self.note_marks => {}
                InterlinearKind::Script(script) => runs = scripted(runs, &beside.range, script),
                _ => {}
            }
        }
        Paragraph {
            role: self.role,
            text,
            runs,
            pieces: words.pieces.clone(),
            interlinear: words.interlinear.clone(),
            style: self.para.clone(),
        }
    }
}

/// Runs with a stretch of them as superscript or subscript, each part in its
/// own face; a script inside another is no smaller.
fn scripted(runs: Vec<TextRun>, range: &Range<u32>, script: Script) -> Vec<TextRun> {
    let mut parts = Vec::with_capacity(runs.len() + 2);
    for run in runs {
        let (start, end) = (run.range.start, run.range.end);
        let (from, to) = (range.start.clamp(start, end), range.end.clamp(start, end));
        if from >= to || run.style.raised.is_some() {
            parts.push(run);
            continue;
        }
        let small = Arc::new(run.style.scripted(script));
        let cuts = [
            (start..from, &run.style),
            (from..to, &small),
            (to..end, &run.style),
        ];
        let seen = cuts.into_iter().filter(|(range, _)| !range.is_empty());
        parts.extend(seen.map(|(range, style)| TextRun {
            range,
            style: Arc::clone(style),
        }));
    }
    parts
}

/// Marks in display sizes are set tight (P18): the blank between two of them
/// is a hole in a headline.
fn is_display(role: Role) -> bool {
    matches!(
        role,
        Role::Banner | Role::Kicker | Role::Head | Role::Deck | Role::SideTitle | Role::EndTitle
    )
}

/// Headlines and their like are turned by sense (P16), everything else is
/// filled.
fn turn(role: Role) -> Turn {
    match role {
        Role::Subhead
        | Role::Label
        | Role::Banner
        | Role::Kicker
        | Role::Head
        | Role::Deck
        | Role::SideTitle
        | Role::EndTitle
        | Role::TableTitle
        | Role::Furniture => Turn::Sense,
        Role::Body
        | Role::Quote
        | Role::ListItem
        | Role::Dialogue
        | Role::Law
        | Role::Verse
        | Role::Names
        | Role::BannerEn
        | Role::Byline
        | Role::Summary
        | Role::Caption
        | Role::Credit
        | Role::Table
        | Role::TableHead
        | Role::Note
        | Role::Jump
        | Role::Imprint => Turn::Fill,
    }
}

fn find(
    role: &FaceRole,
    face: &dyn Fn(&str) -> Option<FaceId>,
    notes: &mut Vec<Diagnostic>,
) -> Faces {
    let mut pick = |stems: &[(String, Span)]| -> Vec<FaceId> {
        let found: Vec<Option<FaceId>> = stems.iter().map(|(stem, _)| face(stem)).collect();
        let none = found.iter().all(Option::is_none);
        for ((stem, span), _) in stems.iter().zip(&found).filter(|(_, face)| face.is_none()) {
            let (zh, en) = (
                format!("找不到字体 {stem}（{}）", role.name),
                format!("font {stem} ({}) is not there", role.name),
            );
            let note = if none {
                Diagnostic::fatal("layout/font-missing", zh, en)
            } else {
                Diagnostic::warning("layout/font-missing", zh, en)
            };
            notes.push(note.at(*span).help(
                "banxin fonts 列出可用的字体；自己的字体用 --fonts 指定目录",
                "`banxin fonts` lists what is there; name a folder of your own with `--fonts`",
            ));
        }
        found.into_iter().flatten().collect()
    };
    let (han, latin) = (pick(&role.han), pick(&role.latin));
    (han.into(), latin.into(), role.pair)
}
