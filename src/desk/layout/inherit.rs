//! 版式继承: the layouts that a layout stands on, and what of them it leaves
//! out.

use std::ops::Range;
use std::sync::Arc;

use super::bundled::{BUNDLED, PARTS, part};
use super::text::LayoutText;
use crate::base::diag::{Diagnostic, Noted, SourceId, Span};
use crate::desk::form::{self, Fault, Inheritance, Leaf, Notes, allowed_words};

/// How many layouts may stand one on the other.
const DEEPEST: usize = 8;

/// How layouts are merged.
pub(super) const INHERITANCE: Inheritance = Inheritance {
    lists: &["slots", "furniture", "pictures"],
    drop: "drop",
    belongs: "with",
    rivals: &[
        ("grid", "pitch", &["line_gap"]),
        ("grid", "line_gap", &["pitch"]),
        ("grid", "chars", &["column_width"]),
        ("grid", "column_width", &["chars"]),
        ("grid", "area", &["lines"]),
        ("furniture", "column", &["x"]),
        ("furniture", "x", &["column"]),
        ("furniture", "columns", &["width"]),
        ("furniture", "width", &["columns"]),
        ("furniture", "line", &["y"]),
        ("furniture", "y", &["line"]),
        ("furniture", "lines", &["height"]),
        ("furniture", "height", &["lines"]),
    ],
    renews: &[(
        "grid",
        "preset",
        &[
            ("sheet", "trim"),
            ("grid", "columns"),
            ("grid", "chars"),
            ("grid", "column_width"),
            ("grid", "size"),
            ("grid", "pitch"),
            ("grid", "line_gap"),
            ("grid", "gap"),
            ("grid", "lines"),
            ("grid", "area"),
            ("grid", "origin"),
        ],
    )],
};

/// One text of a chain of layouts.
#[derive(Clone, Debug)]
pub struct Part {
    /// What tells it from others: its name, or its path.
    pub key: String,
    /// Where it is listed; its faults are shown at the layout that stands on
    /// it where it is not.
    pub source: Option<SourceId>,
    /// The text.
    pub text: Arc<str>,
}

/// A layout that another one stands on.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// As written.
    pub name: &'a str,
    /// The layout that says so.
    pub from: &'a Part,
    /// Where it says so, if it is listed.
    pub span: Option<Span>,
    /// Its text, where it travels inside the program; else `name` is a path
    /// relative to that layout.
    pub bundled: Option<&'static str>,
}

/// The texts that a layout is made of, the lowest first and its own last.
/// `load` finds those it stands on; where it hands out nothing it has said
/// why. `None` where one of them is missing, or they stand on each other.
pub fn chain(
    own: Part,
    load: &mut dyn FnMut(Asked<'_>) -> Option<Part>,
) -> Noted<Option<Vec<Part>>> {
    let mut chain = Chain {
        parts: Vec::new(),
        notes: Vec::new(),
        whole: true,
    };
    chain.add(own, &mut Vec::new(), load);
    Noted {
        value: chain.whole.then_some(chain.parts),
        notes: chain.notes,
    }
}

struct Chain {
    parts: Vec<Part>,
    notes: Vec<Diagnostic>,
    whole: bool,
}

impl Chain {
    /// Adds `part` behind what it stands on. `above` are the layouts that
    /// stand on it.
    fn add(
        &mut self,
        part: Part,
        above: &mut Vec<String>,
        load: &mut dyn FnMut(Asked<'_>) -> Option<Part>,
    ) {
        above.push(part.key.clone());
        for (name, range) in form::names(&part.text, "base") {
            let span = span(&part, &range);
            let Some(bundled) = self.bundled(&name, span) else {
                continue;
            };
            let asked = Asked {
                name: &name,
                from: &part,
                span,
                bundled,
            };
            let Some(below) = load(asked) else {
                self.whole = false;
                continue;
            };
            if above.contains(&below.key) {
                self.fault(
                    "layout/base-cycle",
                    span,
                    (
                        format!("版式“{name}”又以本版式为底：{}", above.join(" → ")),
                        format!(
                            "the layout `{name}` stands on this one: {}",
                            above.join(" → ")
                        ),
                    ),
                    ("删去其中一个 base", "remove one of the `base`"),
                );
            } else if above.len() > DEEPEST {
                self.fault(
                    "layout/base-depth",
                    span,
                    (
                        format!("版式层层为底，超过 {DEEPEST} 层"),
                        format!("more than {DEEPEST} layouts stand one on the other"),
                    ),
                    ("合并其中几层", "merge some of them"),
                );
            } else if self.parts.iter().all(|part| part.key != below.key) {
                // one that two others stand on lies below both
                self.add(below, above, load);
            }
        }
        above.pop();
        self.parts.push(part);
    }

    /// Whether a name is of a bundled layout, and its text: `None` where it
    /// can only be misspelt, which is noted.
    fn bundled(&mut self, name: &str, span: Option<Span>) -> Option<Option<&'static str>> {
        let text = part(name);
        if text.is_some() || name.contains(['/', '\\', '.']) {
            return Some(text);
        }
        let known = PARTS.iter().chain(&BUNDLED).map(|(name, _)| *name);
        let (zh, en) = allowed_words(name, &known.collect::<Vec<_>>());
        self.fault(
            "layout/unknown-base",
            span,
            (
                format!("没有叫“{name}”的版式可以作底"),
                format!("there is no layout `{name}` to stand on"),
            ),
            (
                &format!("{zh}；或写版式文件的路径"),
                &format!("{en}; or write the path of a file"),
            ),
        );
        None
    }

    fn fault(
        &mut self,
        code: &'static str,
        span: Option<Span>,
        message: (String, String),
        help: (&str, &str),
    ) {
        self.whole = false;
        self.notes.push(
            Diagnostic::fatal(code, message.0, message.1)
                .at_opt(span)
                .help(help.0, help.1),
        );
    }
}

fn span(part: &Part, range: &Range<usize>) -> Option<Span> {
    let source = part.source?;
    Some(Span::new(source, range.start, range.end))
}

/// A layout that stands on nothing has nothing to leave out; neither has a
/// slot that is not inherited.
pub(super) fn nothing_to_drop(form: &LayoutText, notes: &mut Notes) {
    let slots = form.slots.iter().map(|slot| &slot.value.drop);
    let left: Vec<&Leaf<_>> = std::iter::once(&form.drop)
        .chain(slots)
        .filter(|leaf| !leaf.is_missing())
        .collect();
    for leaf in left {
        notes.fatal(
            Fault::WrongValue,
            leaf.span().as_ref(),
            (
                "这里没有继承来的东西可以去掉".into(),
                "nothing is inherited here that could be dropped".into(),
            ),
            Some((
                "删去 drop，或在版式开头写 base".into(),
                "leave `drop` out, or write `base` at the top of the layout".into(),
            )),
        );
    }
}
