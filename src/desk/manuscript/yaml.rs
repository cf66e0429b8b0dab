//! The door to `saphyr-parser`: a YAML text as a small tree with byte spans.
//!
//! Aliases, anchors and tags are refused, so nothing can be expanded; what is
//! nested deeper than [`DEPTH`] is read past and refused. Everything is
//! iterative and linear.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A list of maps of texts is three deep.
const DEPTH: usize = 8;

/// One value with its bytes in the YAML text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A text, and whether it was typed bare, without quotes.
    Scalar {
        value: String,
        bare: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// An alias, anchor or tag, or nested too deep; already a fault.
    Refused,
}

/// Something the YAML text may not hold.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

/// What is wrong with a YAML text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It is no YAML from here on, in the parser's words.
    Syntax(String),
    /// `*name`.
    Alias,
    /// `&name` or `!tag`.
    Decorated,
    /// Over [`DEPTH`].
    TooDeep,
    /// A second document after `...`.
    Second,
}

/// A collection that is still open.
struct Open {
    start: usize,
    kind: Kind,
    key: Option<Node>,
}

/// The first document of `text` as far as it can be read, and its faults.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<Fault>) {
    let bytes = char_offsets(text);
    let byte = |index: usize| bytes.get(index).map_or(text.len(), |&at| at as usize);
    let mut faults = Vec::new();
    let mut stack: Vec<Open> = Vec::new();
    let mut root = None;
    let mut skipped = 0_usize;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = byte(error.marker().index());
                let what = What::Syntax(error.info().to_owned());
                faults.push(Fault {
                    range: at..at,
                    what,
                });
                break;
            }
        };
        let range = byte(span.start.index())..byte(span.end.index());
        if root.is_some() && !matches!(event, Event::DocumentEnd | Event::StreamEnd) {
            faults.push(Fault {
                range,
                what: What::Second,
            });
            break;
        }
        let decorated = match &event {
            Event::Scalar(_, _, anchor, tag) => *anchor > 0 || tag.is_some(),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                *anchor > 0 || tag.is_some()
            }
            _ => false,
        };
        if decorated {
            faults.push(Fault {
                range: range.clone(),
                what: What::Decorated,
            });
        }
        let node = match event {
            Event::Scalar(value, style, ..) => {
                let bare = style == ScalarStyle::Plain;
                let value = value.into_owned();
                let kind = if decorated {
                    Kind::Refused
                } else {
                    Kind::Scalar { value, bare }
                };
                Some(Node { range, kind })
            }
            Event::Alias(_) => {
                faults.push(Fault {
                    range: range.clone(),
                    what: What::Alias,
                });
                Some(Node {
                    range,
                    kind: Kind::Refused,
                })
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if stack.len() >= DEPTH => {
                if skipped == 0 {
                    faults.push(Fault {
                        range,
                        what: What::TooDeep,
                    });
                }
                skipped += 1;
                None
            }
            Event::SequenceStart(..) => {
                stack.push(Open {
                    start: range.start,
                    kind: Kind::List(Vec::new()),
                    key: None,
                });
                None
            }
            Event::MappingStart(..) => {
                stack.push(Open {
                    start: range.start,
                    kind: Kind::Map(Vec::new()),
                    key: None,
                });
                None
            }
            Event::SequenceEnd | Event::MappingEnd if skipped > 0 => {
                skipped -= 1;
                (skipped == 0).then_some(Node {
                    range,
                    kind: Kind::Refused,
                })
            }
            Event::SequenceEnd | Event::MappingEnd => stack.pop().map(|open| open.close(range.end)),
            _ => None,
        };
        if let Some(node) = node
            && skipped == 0
        {
            place(&mut stack, &mut root, node);
        }
    }
    // What stood before a fault is kept.
    while let Some(open) = stack.pop() {
        let node = open.close(text.len());
        place(&mut stack, &mut root, node);
    }
    (root, faults)
}

impl Open {
    fn close(self, end: usize) -> Node {
        Node {
            range: self.start..end.max(self.start),
            kind: self.kind,
        }
    }
}

fn place(stack: &mut [Open], root: &mut Option<Node>, node: Node) {
    match stack.last_mut() {
        None => *root = Some(node),
        Some(open) => match &mut open.kind {
            Kind::Map(entries) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => entries.push((key, node)),
            },
            Kind::List(items) => items.push(node),
            Kind::Scalar { .. } | Kind::Refused => {}
        },
    }
}

/// The byte offset of each character: the parser counts characters.
fn char_offsets(text: &str) -> Vec<u32> {
    text.char_indices()
        .map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX))
        .collect()
}
