//! Which list of faces a character is set from: the Chinese or the Western
//! one, and which characters are set as one.
//!
//! Unicode gives many marks one code point for both worlds (“ ” ’ — … · / –),
//! so the paragraph and the neighbours decide, as a Chinese typesetter would.
//! How much room a mark takes is not decided here but in `compose/spacing`.

use crate::compose::quotation::western_quotes;
use crate::compose::script::{is_chinese, is_han, is_western};

/// The face list that a character is set from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// Han characters and Chinese punctuation.
    Han,
    /// Western letters, figures and their marks.
    Latin,
    /// No glyph: spaces, breaks, invisible controls.
    Blank,
}

/// What a cell is, beyond its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// One character, with the marks that combine with it.
    Plain,
    /// 破折号 —— or ⸺: one rule of two em (T08).
    Dash,
    /// 省略号 …… or ⋯⋯: six dots in two em (T09).
    Ellipsis,
    /// 分隔号 / or ／ in Chinese: half an em (T16).
    Solidus,
    /// 短横线 –: half an em (T12).
    ShortStroke,
    /// The same typed as -, between Han.
    Hyphen,
}

/// Characters that are set as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// The first character.
    pub(super) first: char,
    /// Whether combining marks or selectors follow the first character.
    pub(super) extended: bool,
    /// Its list.
    pub(super) list: List,
    /// What it is.
    pub(super) unit: Unit,
}

/// The cells of a text, in order; together they cover it once.
pub(super) struct Cells<'a> {
    text: &'a str,
    at: usize,
    previous: Option<char>,
    western: bool,
    /// Quotes of Western sentences, those not yet passed (T06).
    quotes: std::iter::Peekable<std::vec::IntoIter<usize>>,
    /// Where the running text changes style: no —— spans such a place.
    seams: &'a [usize],
}

impl<'a> Cells<'a> {
    /// The cells of `text`; `seams` are the byte offsets, ascending, at which
    /// a new style begins.
    pub(super) fn new(text: &'a str, seams: &'a [usize]) -> Self {
        let western = is_western(text);
        let quotes = match western {
            true => Vec::new(),
            false => western_quotes(text),
        };
        Self {
            text,
            at: 0,
            previous: None,
            western,
            quotes: quotes.into_iter().peekable(),
            seams,
        }
    }

    /// Whether a new style begins at `at`. Asked with growing offsets only.
    fn seam(&mut self, at: usize) -> bool {
        while let Some((&first, rest)) = self.seams.split_first() {
            if first >= at {
                return first == at;
            }
            self.seams = rest;
        }
        false
    }

    /// The nearest character before or after that is not a space.
    fn beyond_spaces(mut chars: impl Iterator<Item = char>) -> Option<char> {
        chars.find(|c| *c != ' ')
    }

    fn kind(&mut self, c: char, next: Option<char>) -> (List, Unit) {
        let at = self.at;
        while self.quotes.next_if(|&quote| quote < at).is_some() {}
        match c {
            '“' | '”' | '‘' | '’' if self.quotes.peek() == Some(&at) => {
                (List::Latin, Unit::Plain)
            }
            '—' | '…' | '“' | '”' | '‘' | '·' | '⋯' if self.western => {
                (List::Latin, Unit::Plain)
            }
            // T06: with Western text on both sides it is an apostrophe.
            '’' if self.western
                || (self.previous.is_some_and(is_west) && next.is_some_and(is_west)) =>
            {
                (List::Latin, Unit::Plain)
            }
            '–' => {
                let letter = |c: Option<char>| c.is_some_and(|c| is_west(c) && c.is_alphabetic());
                if self.western || (letter(self.previous) && letter(next)) {
                    (List::Latin, Unit::Plain)
                } else {
                    (List::Han, Unit::ShortStroke)
                }
            }
            '-' if self.previous.is_some_and(is_han) && next.is_some_and(is_han) => {
                (List::Han, Unit::Hyphen)
            }
            '／' => (List::Han, Unit::Solidus),
            '/' => {
                let before = Self::beyond_spaces(self.text[..self.at].chars().rev());
                let after = Self::beyond_spaces(self.text[self.at + 1..].chars());
                if !self.western && [before, after].into_iter().flatten().any(is_chinese) {
                    (List::Han, Unit::Solidus)
                } else {
                    (List::Latin, Unit::Plain)
                }
            }
            _ if is_blank(c) => (List::Blank, Unit::Plain),
            _ if is_chinese(c) => (List::Han, Unit::Plain),
            _ => (List::Latin, Unit::Plain),
        }
    }
}

impl Iterator for Cells<'_> {
    type Item = Cell;

    fn next(&mut self) -> Option<Cell> {
        let start = self.at;
        let mut rest = self.text[start..].chars();
        let first = rest.next()?;
        let mut end = start + first.len_utf8();
        let mut next = rest.clone().next();
        let (mut list, mut unit) = if is_han(first) {
            (List::Han, Unit::Plain)
        } else {
            self.kind(first, next)
        };

        if list == List::Han && matches!(first, '—' | '…' | '⋯') && next == Some(first) {
            if !self.seam(end) {
                unit = if first == '—' {
                    Unit::Dash
                } else {
                    Unit::Ellipsis
                };
                end += first.len_utf8();
                rest.next();
                next = rest.clone().next();
            }
        } else if first == '⸺' {
            unit = Unit::Dash;
        }

        let mut extended = false;
        // A selector after a space or a line feed has nothing to select.
        if is_extender(first) {
            list = List::Blank;
        }
        if list != List::Blank || is_extender(first) {
            while let Some(c) = next.filter(|&c| is_extender(c)) {
                extended = true;
                end += c.len_utf8();
                rest.next();
                next = rest.clone().next();
            }
        }
        // The neighbour that the next cell sees is the base character.
        self.previous = Some(first);
        self.at = end;
        Some(Cell {
            start,
            end,
            first,
            extended,
            list,
            unit,
        })
    }
}

/// Western letters and ASCII figures: what an apostrophe can stand between.
fn is_west(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_chinese(c) && c.is_alphanumeric())
}

/// Characters without ink of their own.
fn is_blank(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{AD}' | '\u{61C}' | '\u{1680}' | '\u{180E}'
        | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}'
        | '\u{3000}' | '\u{3164}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0001}')
}

/// Combining marks, variation selectors, joiners and emoji modifiers: they
/// belong to the character before them.
pub(super) fn is_extender(c: char) -> bool {
    c >= '\u{300}'
        && matches!(c,
            '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}'
            | '\u{180B}'..='\u{180D}' | '\u{180F}'
            | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20F0}'
            | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The width of a blank in hundred-and-twentieths of an em; `None` for the
/// word space, whose width the Latin face knows.
pub(super) fn blank_width(c: char) -> Option<i64> {
    Some(match c {
        ' ' | '\t' | '\u{A0}' | '\u{1680}' => return None,
        '\u{2001}' | '\u{2003}' | '\u{3000}' | '\u{3164}' => 120,
        '\u{2000}' | '\u{2002}' | '\u{2007}' => 60,
        '\u{2004}' => 40,
        '\u{2005}' | '\u{2008}' => 30,
        '\u{2009}' | '\u{202F}' | '\u{205F}' => 24,
        '\u{2006}' => 20,
        '\u{200A}' => 15,
        _ => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(&str, List, Unit)> {
        Cells::new(text, &[])
            .map(|cell| (&text[cell.start..cell.end], cell.list, cell.unit))
            .collect()
    }

    fn list_of(text: &str, part: &str) -> List {
        cells(text)
            .into_iter()
            .find(|cell| cell.0 == part)
            .map(|cell| cell.1)
            .expect("the cell")
    }

    #[test]
    fn t05_curly_quotes_are_chinese_in_a_chinese_paragraph() {
        for (text, part) in [
            ("“中”", "“"),
            ("“OK”中", "”"),
            ("‘a’和", "’"),
            ("——2026中", "——"),
        ] {
            assert_eq!(list_of(text, part), List::Han, "{text}");
        }
        assert_eq!(list_of("“Hello,” she said — twice…", "“"), List::Latin);
        assert_eq!(list_of("“Hello,” she said — twice…", "—"), List::Latin);
        assert_eq!(list_of("“2026”", "“"), List::Han, "no letters: not Western");
    }

    #[test]
    fn t06_a_western_sentence_keeps_its_quotes() {
        let text = "他说：“He said ‘yes’ to me.”";
        for (part, list) in [
            ("“", List::Han),
            ("‘", List::Latin),
            ("’", List::Latin),
            ("”", List::Han),
        ] {
            assert_eq!(list_of(text, part), list, "{part}");
        }
    }

    #[test]
    fn t06_an_apostrophe_stands_between_western_characters() {
        assert_eq!(list_of("他说It’s好", "’"), List::Latin);
        assert_eq!(list_of("90’s风", "’"), List::Latin);
        assert_eq!(list_of("在‘2026’年", "’"), List::Han, "a closing quote");
        assert_eq!(list_of("说‘OK’。", "’"), List::Han);
    }

    #[test]
    fn t08_t09_pairs_are_one_cell() {
        use List::Han;
        assert_eq!(
            cells("甲——乙⸺丙"),
            [
                ("甲", Han, Unit::Plain),
                ("——", Han, Unit::Dash),
                ("乙", Han, Unit::Plain),
                ("⸺", Han, Unit::Dash),
                ("丙", Han, Unit::Plain),
            ]
        );
        assert_eq!(
            cells("甲……⋯⋯…")[1..],
            [
                ("……", Han, Unit::Ellipsis),
                ("⋯⋯", Han, Unit::Ellipsis),
                ("…", Han, Unit::Plain),
            ]
        );
    }

    #[test]
    fn a_pair_never_spans_two_styles() {
        let text = "甲——乙";
        let units: Vec<Unit> = Cells::new(text, &[6]).map(|cell| cell.unit).collect();
        assert_eq!(units, [Unit::Plain; 4]);
        let units: Vec<Unit> = Cells::new(text, &[3, 9]).map(|cell| cell.unit).collect();
        assert_eq!(units, [Unit::Plain, Unit::Dash, Unit::Plain]);
    }

    #[test]
    fn t12_t16_strokes_and_solidus_ask_their_neighbours() {
        let unit = |text: &str, part: &str| {
            cells(text)
                .into_iter()
                .find(|cell| cell.0 == part)
                .map(|cell| cell.2)
        };
        assert_eq!(unit("甲–乙", "–"), Some(Unit::ShortStroke));
        assert_eq!(unit("第10–20页", "–"), Some(Unit::ShortStroke));
        assert_eq!(unit("玻色Bose–Einstein凝聚", "–"), Some(Unit::Plain));
        assert_eq!(unit("甲-乙", "-"), Some(Unit::Hyphen));
        assert_eq!(unit("甲-5", "-"), Some(Unit::Plain));
        assert_eq!(unit("C919-甲", "-"), Some(Unit::Plain));
        assert_eq!(unit("甲/乙", "/"), Some(Unit::Solidus));
        assert_eq!(unit("甲 / 乙", "/"), Some(Unit::Solidus));
        assert_eq!(unit("甲／乙", "／"), Some(Unit::Solidus));
        assert_eq!(unit("标准GB/T 1", "/"), Some(Unit::Plain));
        assert_eq!(unit("见https://a.b/c页", "/"), Some(Unit::Plain));
    }

    #[test]
    fn a_selector_joins_its_base_but_not_a_blank() {
        let spans = |text: &'static str| -> Vec<&str> {
            cells(text).into_iter().map(|cell| cell.0).collect()
        };
        assert_eq!(spans("葛\u{E0100}中"), ["葛\u{E0100}", "中"]);
        assert_eq!(spans("\n\u{FE00}中"), ["\n", "\u{FE00}", "中"]);
        assert_eq!(spans("e\u{301}\u{FE0F}b"), ["e\u{301}\u{FE0F}", "b"]);
        assert_eq!(
            list_of("\u{E0100}\u{FE00}", "\u{E0100}\u{FE00}"),
            List::Blank
        );
    }
}
