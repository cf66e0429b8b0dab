//! Reading a TOML file that a person wrote: the one door to `toml`.
//!
//! A file is read in three steps, so that every mistake in it is reported and
//! not only the first one: the parser recovers from broken syntax, `shape`
//! compares keys and table shapes with the file's own JSON schema and takes
//! out what does not belong, and the leaves keep their own faults until they
//! are asked for.

pub mod json;
mod leaf;
mod merge;
mod quantity;
mod shape;

pub use leaf::{At, InkText, Leaf, Loose, Named, OneOf, Placed, Written, Wrong};
pub use merge::{Inheritance, KeyOf};
pub use quantity::{Quantity, Ratio, Unit};

use std::ops::{Range, RangeInclusive};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::base::diag::{Diagnostic, Severity, SourceId, Span};
use crate::base::geom::{Length, TYPE_SIZES, type_size};

/// Which kind of file is read: the first half of its diagnostic codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page layout.
    Layout,
    /// An issue.
    Issue,
}

/// Faults that any file can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not TOML.
    Syntax,
    /// A key nobody knows.
    UnknownKey,
    /// A value of the wrong kind, or a word that is not one of the allowed.
    WrongValue,
    /// A number beyond what makes sense.
    OutOfRange,
    /// A size name that neither the table nor the layout knows (N11).
    UnknownSize,
    /// A key that must be there.
    Missing,
    /// Two of the same name.
    Duplicate,
    /// A name of something that is not defined.
    UnknownName,
}

impl Kind {
    /// The stable code of a fault.
    pub fn code(self, fault: Fault) -> &'static str {
        match (self, fault) {
            (Self::Layout, Fault::Syntax) => "layout/syntax",
            (Self::Layout, Fault::UnknownKey) => "layout/unknown-key",
            (Self::Layout, Fault::WrongValue) => "layout/wrong-value",
            (Self::Layout, Fault::OutOfRange) => "layout/out-of-range",
            (Self::Layout, Fault::UnknownSize) => "layout/unknown-size",
            (Self::Layout, Fault::Missing) => "layout/missing",
            (Self::Layout, Fault::Duplicate) => "layout/duplicate",
            (Self::Layout, Fault::UnknownName) => "layout/unknown-name",
            (Self::Issue, Fault::Syntax) => "issue/syntax",
            (Self::Issue, Fault::UnknownKey) => "issue/unknown-key",
            (Self::Issue, Fault::WrongValue) => "issue/wrong-value",
            (Self::Issue, Fault::OutOfRange) => "issue/out-of-range",
            (Self::Issue, Fault::UnknownSize) => "issue/unknown-size",
            (Self::Issue, Fault::Missing) => "issue/missing",
            (Self::Issue, Fault::Duplicate) => "issue/duplicate",
            (Self::Issue, Fault::UnknownName) => "issue/unknown-name",
        }
    }
}

/// The faults of one file, collected while it is read.
#[derive(Debug)]
pub struct Notes {
    /// The kind of file.
    pub kind: Kind,
    /// The file.
    pub source: SourceId,
    /// Where the texts begin that it stands on, and which files they are, in
    /// order: its own places begin at 0. `None` is a text nobody listed.
    below: Vec<(usize, Option<SourceId>)>,
    /// What was found.
    pub list: Vec<Diagnostic>,
    /// Whether the file is no TOML: then only that is in the list, for what
    /// else is missing may be missing because of it.
    pub failed_to_parse: bool,
}

/// What the units of a length mean where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    /// Size names of the house, before the common table (N11).
    pub sizes: &'a [(String, Length)],
    /// One em.
    pub em: Length,
    /// One grid line.
    pub line: Length,
    /// What a number without a unit counts, if that is allowed here.
    pub bare: Option<&'a Unit>,
}

impl Notes {
    /// No faults yet.
    pub fn new(kind: Kind, source: SourceId) -> Self {
        Self {
            kind,
            source,
            below: Vec::new(),
            list: Vec::new(),
            failed_to_parse: false,
        }
    }

    /// The place of a byte range of the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let below = self
            .below
            .iter()
            .rev()
            .find(|(start, _)| *start <= range.start);
        match below {
            None => Span::new(self.source, range.start, range.end),
            Some((start, Some(source))) => {
                Span::new(*source, range.start - start, range.end - start)
            }
            Some((_, None)) => Span::new(self.source, 0, 0),
        }
    }

    /// Whether something was found that makes the file unusable.
    pub fn failed(&self) -> bool {
        self.list
            .iter()
            .any(|note| note.severity == Severity::Fatal)
    }

    /// Reports a fault that makes the file unusable. What is missing from the
    /// whole file is reported at its beginning.
    pub fn fatal(
        &mut self,
        fault: Fault,
        range: Option<&Range<usize>>,
        message: (String, String),
        help: Option<(String, String)>,
    ) {
        let mut note = Diagnostic::fatal(self.kind.code(fault), message.0, message.1)
            .at(range.map_or(Span::new(self.source, 0, 0), |range| self.span(range)));
        if let Some((zh, en)) = help {
            note = note.help(zh, en);
        }
        self.list.push(note);
    }

    /// The value of a leaf: `None` where it was left out or is wrong, and the
    /// latter is reported.
    pub fn take<T: Written + Clone>(&mut self, leaf: &Leaf<T>) -> Option<T> {
        match leaf.read()? {
            Ok(value) => Some(value.clone()),
            Err(wrong) => {
                let range = wrong.range.clone().or_else(|| leaf.span());
                self.fatal(
                    Fault::WrongValue,
                    range.as_ref(),
                    wrong.message.clone(),
                    wrong.help.clone(),
                );
                None
            }
        }
    }

    /// The value of a leaf that must be there; its absence is reported at
    /// `table`.
    pub fn need<T: Written + Clone>(
        &mut self,
        leaf: &Leaf<T>,
        key: &str,
        table: Option<&Range<usize>>,
    ) -> Option<T> {
        if leaf.is_missing() {
            self.fatal(
                Fault::Missing,
                table,
                (format!("缺少 {key}"), format!("`{key}` is missing")),
                Some((format!("补上 {key} = …"), format!("add `{key} = …`"))),
            );
            return None;
        }
        self.take(leaf)
    }

    /// N41: a rule with a part too thin to print everywhere; a warning.
    pub fn thin_rule(&mut self, range: Option<&Range<usize>>, key: &str, finest: Length) {
        let mm = finest.to_mm();
        let note = Diagnostic::warning(
            "layout/thin-rule",
            format!("{key} 最细处 {mm:.2}mm，细于 0.1mm，印不清"),
            format!("the finest line of `{key}` is {mm:.2} mm, below 0.1 mm: it may not print"),
        )
        .at_opt(range.map(|range| self.span(range)))
        .help(
            "单线不细于 0.25pt；双线、文武线整条加粗些，如 \"文武线 2.5pt\"",
            "a plain rule has 0.25 pt at least; make a double one thicker as a whole",
        );
        self.list.push(note);
    }

    /// A whole number within `allowed`; anything else is reported.
    pub fn count(
        &mut self,
        leaf: &Leaf<i64>,
        key: &str,
        allowed: RangeInclusive<i64>,
    ) -> Option<u16> {
        let value = self.take(leaf)?;
        if !allowed.contains(&value) {
            let (low, high) = (allowed.start(), allowed.end());
            self.fatal(
                Fault::OutOfRange,
                leaf.span().as_ref(),
                (
                    format!("{key} = {value} 超出范围"),
                    format!("`{key} = {value}` is out of range"),
                ),
                Some((
                    format!("{key} 应在 {low} 与 {high} 之间"),
                    format!("`{key}` must be from {low} to {high}"),
                )),
            );
            return None;
        }
        u16::try_from(value).ok()
    }

    /// A length within `allowed`; anything else is reported.
    pub fn length(
        &mut self,
        leaf: &Leaf<Quantity>,
        key: &str,
        allowed: RangeInclusive<Length>,
        units: &Units<'_>,
    ) -> Option<Length> {
        let quantity = self.take(leaf)?;
        self.measure(&quantity, leaf.span().as_ref(), key, allowed, units)
    }

    /// Like [`Notes::length`] for a quantity that is already at hand.
    pub fn measure(
        &mut self,
        quantity: &Quantity,
        range: Option<&Range<usize>>,
        key: &str,
        allowed: RangeInclusive<Length>,
        units: &Units<'_>,
    ) -> Option<Length> {
        let unit = match (&quantity.unit, units.bare) {
            (Unit::Bare, Some(bare)) => bare,
            (unit, _) => unit,
        };
        let (num, den) = (quantity.value.num, quantity.value.den);
        let length = match unit {
            Unit::Pt => Length::pt(1).scale(num, den),
            Unit::Mm => Length::mm(1).scale(num, den),
            Unit::Em => units.em.scale(num, den),
            Unit::Line => units.line.scale(num, den),
            Unit::Name(name) => return self.size_name(name, range, key, allowed, units),
            Unit::Percent | Unit::Bare => {
                self.fatal(
                    Fault::WrongValue,
                    range,
                    (
                        format!("{key} 需要长度单位"),
                        format!("`{key}` needs a unit of length"),
                    ),
                    Some((
                        format!("写成 {key} = \"9pt\" 或 \"20mm\""),
                        format!("write `{key} = \"9pt\"` or `\"20mm\"`"),
                    )),
                );
                return None;
            }
        };
        self.within(length, range, key, allowed)
    }

    fn within(
        &mut self,
        length: Length,
        range: Option<&Range<usize>>,
        key: &str,
        allowed: RangeInclusive<Length>,
    ) -> Option<Length> {
        if allowed.contains(&length) {
            return Some(length);
        }
        let (low, high) = (points(*allowed.start()), points(*allowed.end()));
        self.fatal(
            Fault::OutOfRange,
            range,
            (
                format!("{key} = {}pt 超出范围", points(length)),
                format!("`{key}` of {} pt is out of range", points(length)),
            ),
            Some((
                format!("{key} 应在 {low}pt 与 {high}pt 之间"),
                format!("`{key}` must be from {low} pt to {high} pt"),
            )),
        );
        None
    }

    fn size_name(
        &mut self,
        name: &str,
        range: Option<&Range<usize>>,
        key: &str,
        allowed: RangeInclusive<Length>,
        units: &Units<'_>,
    ) -> Option<Length> {
        let own = units
            .sizes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, size)| *size);
        if let Some(size) = own.or_else(|| type_size(name)) {
            return self.within(size, range, key, allowed);
        }
        let known: Vec<&str> = units
            .sizes
            .iter()
            .map(|(name, _)| name.as_str())
            .chain(TYPE_SIZES.iter().map(|(name, _)| *name))
            .collect();
        self.fatal(
            Fault::UnknownSize,
            range,
            (
                format!("没有叫“{name}”的字号"),
                format!("there is no type size `{name}`"),
            ),
            Some(allowed_words(name, &known)),
        );
        None
    }

    /// Looks `name` up in `known`; reports it with the nearest name if it is
    /// not there. Returns its index.
    pub fn lookup(
        &mut self,
        name: &str,
        range: Option<&Range<usize>>,
        what: (&str, &str),
        known: &[&str],
    ) -> Option<usize> {
        let found = known.iter().position(|known| *known == name);
        if found.is_none() {
            self.fatal(
                Fault::UnknownName,
                range,
                (
                    format!("没有定义{}“{name}”", what.0),
                    format!("there is no {} `{name}`", what.1),
                ),
                Some(allowed_words(name, known)),
            );
        }
        found
    }
}

/// Points for people: as few decimals as are needed, at most three.
pub fn points(length: Length) -> String {
    let text = format!("{:.3}", length.to_pt());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The help line of an unknown word: the nearest known one first, then all.
pub fn allowed_words(word: &str, known: &[&str]) -> (String, String) {
    let all = if known.is_empty() {
        "—".to_owned()
    } else {
        known.join(", ")
    };
    match nearest(word, known) {
        Some(near) => (
            format!("是不是“{near}”？可用：{all}"),
            format!("did you mean `{near}`? Allowed: {all}"),
        ),
        None => (format!("可用：{all}"), format!("allowed: {all}")),
    }
}

/// The known word that is nearest to `word`, if one is near enough to be
/// meant: at most half of its characters differ.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let short: String = word.chars().take(64).collect();
    let limit = short.chars().count().div_ceil(2).max(1);
    known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&short, known), *known))
        .filter(|(distance, known)| *distance <= limit && *distance < known.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// Reads a file into its form. Every fault of key or shape is in `notes`; the
/// form holds what could be read. Where the file is no TOML, only that is
/// said, once a line.
pub fn read<T: DeserializeOwned + Default + JsonSchema>(text: &str, notes: &mut Notes) -> T {
    let document = document(text, 0, notes);
    form(document, notes)
}

/// The same of a file that stands on others: `texts` are theirs, the lowest
/// first, its own last.
pub fn read_chain<T: DeserializeOwned + Default + JsonSchema>(
    texts: &[(Option<SourceId>, &str)],
    rules: &Inheritance,
    notes: &mut Notes,
) -> T {
    let Some(((_, own), below)) = texts.split_last() else {
        return T::default();
    };
    // each text has places of its own, behind those of the file itself
    let mut from = own.len() + 1;
    let mut documents = Vec::new();
    for (source, text) in below {
        notes.below.push((from, *source));
        documents.push(document(text, from, notes));
        from += text.len() + 1;
    }
    let mut own = document(own, 0, notes);
    if let Some(mut whole) = documents.into_iter().reduce(|mut below, above| {
        merge::over(below.get_mut(), above.into_inner(), rules, notes);
        below
    }) {
        let range = own.span();
        merge::over(whole.get_mut(), own.into_inner(), rules, notes);
        own = toml::Spanned::new(range, whole.into_inner());
    }
    form(own, notes)
}

/// The texts of a top-level key of a file, one or a list, each with its
/// bytes; none where they are something else.
pub fn names(text: &str, key: &str) -> Vec<(String, Range<usize>)> {
    merge::texts(text, key)
}

/// A text as TOML, its places moved on by `from`.
fn document<'i>(
    text: &'i str,
    from: usize,
    notes: &mut Notes,
) -> toml::Spanned<toml::de::DeTable<'i>> {
    let (mut document, errors) = toml::de::DeTable::parse_recoverable(text);
    merge::shift(document.get_mut(), from);
    let mut told = std::collections::BTreeSet::new();
    for error in &errors {
        let range = error.span();
        let at = range
            .as_ref()
            .map_or(0, |range| range.start)
            .min(text.len());
        let line = text.as_bytes()[..at]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        if !told.insert(line) {
            continue;
        }
        let foreign = range
            .clone()
            .and_then(|range| text.get(range))
            .is_some_and(|s| !s.is_ascii());
        let help = if foreign {
            (
                "中文键名和文字都要加引号",
                "put Chinese keys and texts in quotes",
            )
        } else {
            (
                "每行写成 key = value，文字加引号；表头写成 [grid] 或 [[slots]]",
                "write each line as `key = value` with texts in quotes, a heading as `[grid]` or `[[slots]]`",
            )
        };
        let place = range.map(|range| range.start + from..range.end + from);
        notes.fatal(
            Fault::Syntax,
            place.as_ref(),
            (
                format!("TOML 写法有误：{}", error.message()),
                format!("TOML: {}", error.message()),
            ),
            Some((help.0.to_owned(), help.1.to_owned())),
        );
    }
    notes.failed_to_parse |= !errors.is_empty();
    document
}

fn form<T: DeserializeOwned + Default + JsonSchema>(
    mut document: toml::Spanned<toml::de::DeTable<'_>>,
    notes: &mut Notes,
) -> T {
    if notes.failed_to_parse {
        return T::default();
    }
    let schema = schemars::schema_for!(T).to_value();
    shape::check(document.get_mut(), &schema, notes);
    match T::deserialize(toml::Deserializer::from(document)) {
        Ok(form) => form,
        Err(error) => {
            let range = error.span();
            notes.fatal(
                Fault::WrongValue,
                range.as_ref(),
                (error.message().to_owned(), error.message().to_owned()),
                None,
            );
            T::default()
        }
    }
}

/// The tree of a layout or issue file as JSON, nothing resolved: what
/// [`json::plan`] makes the same file of again, comments aside (E18). `None` where
/// it is not TOML.
pub fn tree_of(text: &str) -> Option<serde_json::Value> {
    toml::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word_is_offered_only_when_near() {
        assert_eq!(nearest("colums", &["columns", "lines"]), Some("columns"));
        assert_eq!(nearest("大五", &["小五", "六号"]), Some("小五"));
        assert_eq!(nearest("zzz", &["columns", "lines"]), None);
    }
}
