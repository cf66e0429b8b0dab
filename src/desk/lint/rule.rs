//! The table of rules: code, weight, row and clause of each.

use crate::base::diag::Severity;

/// One rule of the copy.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// How much a finding weighs. Errors are what would be printed wrong
    /// beyond doubt; info is a matter of style.
    pub severity: Severity,
    /// The requirement.
    pub row: &'static str,
    /// The clause of the standard or of clreq; empty for trade practice.
    pub clause: &'static str,
}

const fn rule(
    code: &'static str,
    severity: Severity,
    row: &'static str,
    clause: &'static str,
) -> Rule {
    Rule {
        code,
        severity,
        row,
        clause,
    }
}

use Severity::{Error, Info, Warning};

/// Half-width marks next to Han.
pub const HALF_WIDTH: Rule = rule("copy/half-width", Warning, "E13", "GB/T 15834 5.1");
/// The same mark twice, or two pauses in a row.
pub const DOUBLED: Rule = rule("copy/doubled-mark", Warning, "E13", "GB/T 15834 4");
/// A space between Han, or beside a full-width mark.
pub const SPACE: Rule = rule("copy/stray-space", Warning, "E13", "");
/// A pause or stop right after an opening mark.
pub const OPEN_MARK: Rule = rule("copy/open-before-mark", Warning, "E13", "");
/// Twelve dots inside running text.
pub const LONG_ELLIPSIS: Rule = rule("copy/long-ellipsis", Warning, "T10", "GB/T 15834 5.1.5");
/// A mark of a pair without its fellow.
pub const UNPAIRED: Rule = rule("copy/unpaired", Error, "T18", "clreq#id80");
/// Two pairs that cross.
pub const CROSSED: Rule = rule("copy/crossed-pair", Error, "T18", "clreq#id80");
/// Quotes of the wrong level.
pub const QUOTE_LEVEL: Rule = rule("copy/quote-level", Error, "T18", "clreq#id80");
/// Book-title marks of the wrong level.
pub const TITLE_LEVEL: Rule = rule("copy/title-level", Warning, "T19", "clreq#id87");
/// Round brackets inside round brackets.
pub const BRACKET_LEVEL: Rule = rule("copy/bracket-level", Info, "T21", "clreq#id81");
/// 、 between items that have marks of their own.
pub const SERIES: Rule = rule("copy/series-comma", Warning, "T20", "GB/T 15834 4.5.3.5");
/// A document number whose year is not in 〔〕.
pub const DOCUMENT: Rule = rule("copy/document-number", Warning, "T21", "clreq#id81");
/// The wrong connector.
pub const CONNECTOR: Rule = rule("copy/connector", Warning, "T13", "GB/T 15834 4.13");
/// The wrong interpunct.
pub const INTERPUNCT: Rule = rule("copy/interpunct", Warning, "T15", "clreq#id86");
/// A long number without groups.
pub const GROUPS: Rule = rule("copy/number-groups", Info, "T32", "GB/T 15835 5.1.1");
/// A wrong decimal sign, or none before it.
pub const DECIMAL: Rule = rule("copy/decimal", Warning, "T32", "GB/T 15835 5.1.2");
/// A range whose first number lacks its unit.
pub const RANGE_UNIT: Rule = rule("copy/range-unit", Warning, "T32", "GB/T 15835 5.1.3");
/// A year of two digits.
pub const SHORT_YEAR: Rule = rule("copy/short-year", Warning, "T33", "GB/T 15835 5.2");
/// Arabic and Han numerals in one number.
pub const MIXED_NUMBER: Rule = rule("copy/mixed-number", Warning, "T33", "GB/T 15835 5.3");
/// 、 in an approximate number.
pub const APPROXIMATE: Rule = rule("copy/approximate-number", Warning, "T33", "GB/T 15835 5.2");
/// A zero in a Han number that is not 〇.
pub const ZERO: Rule = rule("copy/zero", Warning, "T33", "GB/T 15835 5.2");
/// A full stop at the end of a heading.
pub const HEADING_STOP: Rule = rule("copy/heading-stop", Warning, "P17", "GB/T 15834 A");
/// The wrong mark after a list number.
pub const LIST_NUMBER: Rule = rule("copy/list-number", Warning, "P31", "GB/T 15834 B");
/// A day that is not, a weekday that is another, a dateline of the future.
pub const DATE: Rule = rule("copy/date", Warning, "E13", "");
/// A Traditional or Japanese form.
pub const SCRIPT: Rule = rule("copy/script", Warning, "E14", "");
/// A word of the desk's list.
pub const WORD: Rule = rule("copy/word", Warning, "E14", "");

/// Every rule.
pub const RULES: [&Rule; 26] = [
    &HALF_WIDTH,
    &DOUBLED,
    &SPACE,
    &OPEN_MARK,
    &LONG_ELLIPSIS,
    &UNPAIRED,
    &CROSSED,
    &QUOTE_LEVEL,
    &TITLE_LEVEL,
    &BRACKET_LEVEL,
    &SERIES,
    &DOCUMENT,
    &CONNECTOR,
    &INTERPUNCT,
    &GROUPS,
    &DECIMAL,
    &RANGE_UNIT,
    &SHORT_YEAR,
    &MIXED_NUMBER,
    &APPROXIMATE,
    &ZERO,
    &HEADING_STOP,
    &LIST_NUMBER,
    &DATE,
    &SCRIPT,
    &WORD,
];
