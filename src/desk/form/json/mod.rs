//! JSON with places (E18): every key and value of a plan knows its bytes, so
//! that what is wrong with a layout made of it can be shown where it was
//! written.
//!
//! It is read strictly, as RFC 8259 has it, and a key that is there twice is
//! refused: one of the two would be lost without a word.

mod faults;
mod reader;

use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::diag::{Diagnostic, SourceId, Span};

/// The code of what is wrong with a plan as JSON.
pub(super) const CODE: &str = "press/plan";

/// A value with its bytes in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Object(Vec<(Key, Node)>),
    Array(Vec<Node>),
    /// A text, a number, or a truth value.
    Leaf(Value),
}

/// A key of an object, with its quotes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) range: Range<usize>,
    pub(super) name: String,
}

/// A plan as a layout file, and where each part of it was written.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The same as TOML.
    pub toml: String,
    source: SourceId,
    /// Bytes of the TOML, and of the JSON that they come from.
    places: Vec<(Range<usize>, Range<usize>)>,
}

/// Reads a plan. `source` is its text's, for the places of what is wrong.
///
/// # Errors
///
/// `press/plan`: the first place where it is not JSON, or everything in it
/// that no layout file can hold: keys that are there twice, nulls, numbers
/// beyond 64 bits.
pub fn plan(text: &str, source: SourceId) -> Result<Plan, Vec<Diagnostic>> {
    let node = reader::read(text, source).map_err(|note| vec![note])?;
    let mut notes = Vec::new();
    if !matches!(node.kind, Kind::Object(_)) {
        notes.push(faults::no_object(source, &node.range));
    }
    judge(&node, source, &mut notes);
    if !notes.is_empty() {
        return Err(notes);
    }
    let toml = toml::to_string_pretty(&value(&node)).map_err(|error| {
        let note = faults::no_layout(source, &node.range, &error.to_string());
        vec![note]
    })?;
    let mut places = Vec::new();
    if let Ok(table) = DeTable::parse(&toml) {
        of_table(table.get_ref(), &node, &mut places);
    }
    Ok(Plan {
        toml,
        source,
        places,
    })
}

impl Plan {
    /// A finding of the TOML, moved to where the plan says so.
    #[must_use]
    pub fn moved(&self, mut note: Diagnostic) -> Diagnostic {
        note.span = note.span.map(|span| self.place(span));
        for (span, _) in &mut note.related {
            *span = self.place(*span);
        }
        note
    }

    /// The smallest part that holds a place; else the last that begins before
    /// it.
    fn place(&self, span: Span) -> Span {
        if span.source != self.source {
            return span;
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let holds = |(toml, _): &&(Range<usize>, _)| toml.start <= start && end <= toml.end;
        let within = self.places.iter().filter(holds);
        let within = within.min_by_key(|(toml, _)| toml.len());
        let before = self.places.iter().filter(|(toml, _)| toml.start <= start);
        let before = || before.max_by_key(|(toml, _)| toml.start);
        match within.or_else(before) {
            Some((_, json)) => Span::new(self.source, json.start, json.end),
            None => Span::new(self.source, 0, 0),
        }
    }
}

/// What no layout file can hold.
fn judge(node: &Node, source: SourceId, notes: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Object(members) => {
            for (nth, (key, member)) in members.iter().enumerate() {
                let mut before = members[..nth].iter();
                if let Some((first, _)) = before.find(|(other, _)| other.name == key.name) {
                    notes.push(faults::twice(source, key, first));
                }
                judge(member, source, notes);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| judge(item, source, notes)),
        Kind::Leaf(Value::Null) => notes.push(faults::null(source, &node.range)),
        Kind::Leaf(Value::Number(number)) if number.is_u64() && !number.is_i64() => {
            notes.push(faults::too_large(source, &node.range));
        }
        Kind::Leaf(_) => {}
    }
}

fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::Object(members) => {
            let members = members.iter();
            let map: Map<_, _> = members
                .map(|(key, member)| (key.name.clone(), value(member)))
                .collect();
            Value::Object(map)
        }
        Kind::Array(items) => Value::Array(items.iter().map(value).collect()),
        Kind::Leaf(leaf) => leaf.clone(),
    }
}

/// The two are one tree, walked together.
fn of_table(table: &DeTable<'_>, node: &Node, places: &mut Vec<(Range<usize>, Range<usize>)>) {
    let Kind::Object(members) = &node.kind else {
        return;
    };
    for (name, inner) in table {
        let named: &str = name.get_ref();
        if let Some((key, member)) = members.iter().find(|(key, _)| key.name == named) {
            places.push((name.span(), key.range.clone()));
            of_value(inner, member, places);
        }
    }
}

fn of_value(
    value: &Spanned<DeValue<'_>>,
    node: &Node,
    places: &mut Vec<(Range<usize>, Range<usize>)>,
) {
    places.push((value.span(), node.range.clone()));
    match (value.get_ref(), &node.kind) {
        (DeValue::Table(table), _) => of_table(table, node, places),
        (DeValue::Array(list), Kind::Array(items)) => {
            for (inner, item) in list.iter().zip(items) {
                of_value(inner, item, places);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
