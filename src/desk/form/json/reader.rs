//! From JSON to nodes.

use std::ops::Range;

use serde_json::Value;

use super::faults::{self, Wanted};
use super::{Key, Kind, Node};
use crate::base::diag::{Diagnostic, SourceId};

/// Objects and arrays in one another.
const DEEPEST: usize = 100;

/// Reads one value and nothing more.
///
/// # Errors
///
/// The first place where the text is not JSON.
pub(super) fn read(text: &str, source: SourceId) -> Result<Node, Diagnostic> {
    let mut reader = Reader {
        text,
        source,
        at: 0,
        open: Vec::new(),
    };
    reader.white();
    if reader.peek().is_none() {
        return Err(faults::empty(source));
    }
    let node = reader.value()?;
    reader.white();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(faults::more(source, &reader.here())),
    }
}

struct Reader<'t> {
    text: &'t str,
    source: SourceId,
    /// The byte that is next.
    at: usize,
    /// Where the objects and arrays around it begin, and how each ends.
    open: Vec<(Range<usize>, char)>,
}

type Read<T> = Result<T, Diagnostic>;

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn white(&mut self) {
        let rest = &self.text[self.at..];
        let left = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.at += rest.len() - left.len();
    }

    /// The bytes of the next character, or of the whole word it begins.
    fn here(&self) -> Range<usize> {
        let rest = &self.text[self.at..];
        let word = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.' | '+'));
        let word = word.unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        self.at..self.at + word.max(first)
    }

    /// The fault of another character than was wanted, or of none.
    fn other(&self, wanted: Wanted) -> Diagnostic {
        match (self.peek(), self.open.last()) {
            (Some(found), _) => faults::wanted(self.source, &self.here(), found, wanted),
            (None, Some((open, close))) => {
                let end = self.text.trim_end().len();
                faults::cut_off(self.source, end, open, *close)
            }
            (None, None) => faults::empty(self.source),
        }
    }

    fn value(&mut self) -> Read<Node> {
        match self.peek() {
            Some('{') => self.nested('}', Self::object),
            Some('[') => self.nested(']', Self::array),
            Some('"') => {
                let (range, text) = self.string()?;
                Ok(Node {
                    range,
                    kind: Kind::Leaf(Value::String(text)),
                })
            }
            Some('-' | '0'..='9' | 'a'..='z' | 'A'..='Z') => {
                let range = self.here();
                let leaf = serde_json::from_str(&self.text[range.clone()]);
                let leaf: Value = leaf.map_err(|_| faults::bad_word(self.source, &range))?;
                self.at = range.end;
                Ok(Node {
                    range,
                    kind: Kind::Leaf(leaf),
                })
            }
            _ => Err(self.other(Wanted::Value)),
        }
    }

    fn nested(&mut self, close: char, inner: fn(&mut Self) -> Read<Kind>) -> Read<Node> {
        let start = self.at;
        if self.open.len() >= DEEPEST {
            return Err(faults::too_deep(self.source, &(start..start + 1)));
        }
        self.open.push((start..start + 1, close));
        self.at += 1;
        let kind = inner(self)?;
        self.open.pop();
        Ok(Node {
            range: start..self.at,
            kind,
        })
    }

    fn object(&mut self) -> Read<Kind> {
        let mut members = Vec::new();
        self.white();
        if self.closes('}') {
            return Ok(Kind::Object(members));
        }
        loop {
            self.white();
            if self.peek() != Some('"') {
                return Err(self.other(Wanted::Key));
            }
            let (range, name) = self.string()?;
            self.white();
            if self.peek() != Some(':') {
                return Err(self.other(Wanted::Colon));
            }
            self.at += 1;
            self.white();
            let member = self.value()?;
            members.push((Key { range, name }, member));
            if self.ends('}')? {
                return Ok(Kind::Object(members));
            }
        }
    }

    fn array(&mut self) -> Read<Kind> {
        let mut items = Vec::new();
        self.white();
        if self.closes(']') {
            return Ok(Kind::Array(items));
        }
        loop {
            self.white();
            items.push(self.value()?);
            if self.ends(']')? {
                return Ok(Kind::Array(items));
            }
        }
    }

    fn closes(&mut self, close: char) -> bool {
        let closes = self.peek() == Some(close);
        self.at += usize::from(closes);
        closes
    }

    /// Behind an item: whether it was the last.
    fn ends(&mut self, close: char) -> Read<bool> {
        self.white();
        if self.closes(close) {
            return Ok(true);
        }
        match self.closes(',') {
            true => Ok(false),
            false => Err(self.other(Wanted::CommaOr(close))),
        }
    }

    /// A text with its quotes.
    fn string(&mut self) -> Read<(Range<usize>, String)> {
        let start = self.at;
        let mut escaped = false;
        for (at, byte) in self.text.bytes().enumerate().skip(start + 1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'\n' | b'\r' => return Err(faults::open_text(self.source, &(start..at))),
                b'"' => {
                    let range = start..at + 1;
                    let text = serde_json::from_str(&self.text[range.clone()]);
                    let text = text.map_err(|_| faults::bad_text(self.source, &range))?;
                    self.at = range.end;
                    return Ok((range, text));
                }
                _ => {}
            }
        }
        let end = self.text.trim_end().len();
        Err(faults::open_text(self.source, &(start..end.max(start + 1))))
    }
}
