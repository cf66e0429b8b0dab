//! Units: the clusters of a run with the class that their neighbours give
//! them.

use std::ops::Range;

use crate::base::clreq::{Class, class_of, is_curly_quote};
use crate::compose::quotation::western_quotes;
use crate::compose::run::{Pose, Run};
use crate::compose::script::is_western;

use super::{quantity, straight, western};

/// One unit of setting, before any width.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Clusters of the run.
    pub(super) clusters: Range<u32>,
    /// Bytes of the paragraph.
    pub(super) text: Range<u32>,
    /// First character.
    pub(super) first: char,
    /// Number of characters.
    pub(super) count: usize,
    /// Class in this place.
    pub(super) class: Class,
    /// How it stands in a vertical line.
    pub(super) pose: Pose,
    /// Its width is the font's, though the table has a frame for it.
    pub(super) own_width: bool,
    /// A line may break behind it though its class says no (addresses,
    /// hyphenated words).
    pub(super) breaks_after: bool,
    /// Whether a line may break behind it where the table allows it.
    pub(super) tie: Tie,
    /// Part of an address.
    pub(super) address: bool,
    /// A sign that belongs to a word (`C++`), not to a number.
    pub(super) of_word: bool,
    /// What a space is here.
    pub(super) space: Space,
    /// On which side of what it quotes a straight quote stands.
    pub(super) quotes: Option<Side>,
}

/// A side of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In front of it.
    Opens,
    /// Behind it.
    Closes,
    /// Nobody can tell.
    Either,
}

/// How a unit holds on to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// As the table says.
    Loose,
    /// Only where the line finds no other way: a hyphen between figures.
    Close,
    /// Always: what may be a minus before its figure (L13), a number before
    /// its unit (L14, L15), a note behind its base (L17).
    Fast,
}

/// What a typed space does in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// No space at all.
    No,
    /// Between Western words: gives and takes (L35, L38).
    Word,
    /// Between Han: keeps its width.
    Fixed,
    /// Between Han and Western text: the automatic gap stands for it (T29).
    Replaced,
    /// Groups the digits of a number (L12).
    Group,
}

impl Unit {
    /// A space that never breaks (U+00A0, U+202F, U+2007).
    pub(super) fn binds(&self) -> bool {
        matches!(self.first, '\u{A0}' | '\u{202F}' | '\u{2007}')
    }

    /// Whether it is a space of any width that line edges swallow (L19).
    pub(super) fn blank(&self) -> bool {
        matches!(self.class, Class::Space | Class::Wide)
    }

    /// Whether it is looked through when neighbours are asked for.
    fn transparent(&self) -> bool {
        self.class.invisible()
    }
}

/// The units of a run, in order, covering every cluster once. `glue` holds
/// numbers and Han units together (L15).
pub(super) fn gather(run: &Run, glue: bool) -> Vec<Unit> {
    let western = is_western(&run.text);
    let mut units = join(run);
    mark_addresses(&run.text, &mut units);
    quotes(&run.text, &mut units, western);
    straight::sides(&mut units);
    numbers(&mut units);
    connectors(&mut units);
    signs(&mut units);
    spaces(&mut units);
    quantity::bind(&mut units, western, glue);
    scripts(run, &mut units);
    units
}

/// Superscripts and subscripts belong to the character before them, whatever
/// they are (L17): behind Han they are as a note's mark, behind a letter or
/// figure a part of its word.
fn scripts(run: &Run, units: &mut [Unit]) {
    for at in 0..units.len() {
        let cluster = run.clusters.get(units[at].clusters.start as usize);
        let style = cluster.and_then(|cluster| run.styles.get(usize::from(cluster.style)));
        let raised = style.is_some_and(|style| style.raised.is_some());
        if !raised || units[at].class.invisible() {
            continue;
        }
        let western = at > 0 && units[at - 1].class.western();
        units[at].class = if western { Class::West } else { Class::Note };
        units[at].own_width = true;
        units[at].breaks_after = false;
        units[at].space = Space::No;
        if at > 0 {
            units[at - 1].tie = Tie::Fast;
            units[at - 1].breaks_after = false;
        }
    }
}

/// Joins —— and …… where the shaper handed them out as two clusters (T08,
/// T09), and CR LF (L46).
fn join(run: &Run) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(run.clusters.len());
    for (index, cluster) in run.clusters.iter().enumerate() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let part = run
            .text
            .get(cluster.text.start as usize..cluster.text.end as usize)
            .unwrap_or("");
        let first = part.chars().next().unwrap_or('\u{200B}');
        // a selector or accent on a dash makes it no longer
        let count = part.chars().take_while(|&c| c == first).count().max(1);
        let class = match class_of(first) {
            // a cluster of several — is the two-em dash
            Class::Conn if first == '—' && count > 1 => Class::Dash,
            class => class,
        };
        if let Some(last) = units.last_mut() {
            let pairs = last.count == 1 && count == 1 && last.first == first;
            if pairs && matches!(first, '—' | '…' | '⋯') {
                last.class = if first == '—' {
                    Class::Dash
                } else {
                    Class::Ellip
                };
                last.clusters.end = index + 1;
                last.text.end = cluster.text.end;
                last.count = 2;
                continue;
            }
            if last.first == '\r' && first == '\n' {
                last.class = Class::Glue;
            }
        }
        units.push(Unit {
            clusters: index..index + 1,
            text: cluster.text.clone(),
            first,
            count,
            class,
            pose: cluster.pose,
            own_width: false,
            breaks_after: false,
            tie: Tie::Loose,
            address: false,
            of_word: false,
            space: Space::No,
            quotes: None,
        });
    }
    units
}

fn mark_addresses(text: &str, units: &mut [Unit]) {
    let mut at = 0;
    for address in western::addresses(text) {
        while units
            .get(at)
            .is_some_and(|unit| unit.text.start < address.start)
        {
            at += 1;
        }
        while let Some(unit) = units
            .get_mut(at)
            .filter(|unit| unit.text.start < address.end)
        {
            unit.class = Class::West;
            unit.own_width = true;
            unit.address = true;
            let inside = unit.text.start > address.start && unit.text.end < address.end;
            unit.breaks_after = inside && western::breaks_address(unit.first);
            at += 1;
            // `://` breaks behind its last stroke only
            if unit_breaks(units, at - 1) && at >= 2 && units[at - 2].address {
                units[at - 2].breaks_after = false;
            }
        }
    }
}

fn unit_breaks(units: &[Unit], at: usize) -> bool {
    units[at].breaks_after
}

/// Curly quotes and the ellipsis: Latin in a Western paragraph or sentence, an apostrophe
/// between Western letters (T06).
fn quotes(text: &str, units: &mut [Unit], western: bool) {
    let inside = match western {
        true => Vec::new(),
        false => western_quotes(text),
    };
    let own = |unit: &Unit| inside.binary_search(&(unit.text.start as usize)).is_ok();
    for at in 0..units.len() {
        // … of a Western paragraph does not leave its word; the last of five is
        // still one with the four before it (L09)
        let longer = at > 0 && units[at - 1].class == Class::Ellip;
        if western && units[at].first == '…' && units[at].count == 1 && !longer {
            units[at].class = Class::Other;
        }
        if !is_curly_quote(units[at].first) {
            continue;
        }
        let west = |index: Option<usize>| {
            index
                .and_then(|index| units.get(index))
                .is_some_and(|unit| matches!(unit.class, Class::West | Class::Num))
        };
        if units[at].first == '’' && west(at.checked_sub(1)) && west(Some(at + 1)) {
            units[at].class = Class::West;
            units[at].own_width = true;
            // no line starts with it, not behind a raised letter either
            units[at - 1].tie = Tie::Fast;
        } else if western || own(&units[at]) {
            units[at].class = Class::Other;
        }
    }
}

/// Points, commas and spaces inside numbers (L12).
fn numbers(units: &mut [Unit]) {
    for at in 1..units.len().saturating_sub(1) {
        let inside = units[at - 1].class == Class::Num && units[at + 1].class == Class::Num;
        if inside && matches!(units[at].first, '.' | ',' | ':') {
            units[at].class = Class::Num;
        }
    }
    let digit = |unit: Option<&Unit>| unit.is_some_and(|unit| unit.first.is_ascii_digit());
    for at in 1..units.len() {
        if !matches!(units[at].first, ' ' | '\u{2009}' | '\u{202F}') {
            continue;
        }
        let before = units[..at]
            .iter()
            .rev()
            .take(4)
            .take_while(|unit| digit(Some(unit)))
            .count();
        let after = units[at + 1..]
            .iter()
            .take(4)
            .take_while(|unit| digit(Some(unit)))
            .count();
        if (1..=3).contains(&before) && after == 3 {
            units[at].class = Class::Num;
            units[at].space = Space::Group;
        }
    }
}

/// Hyphens and strokes inside Western words, and signs before numbers.
fn connectors(units: &mut [Unit]) {
    for at in 0..units.len() {
        if !matches!(units[at].class, Class::Conn | Class::Sol) {
            continue;
        }
        let class = |index: Option<usize>| {
            index
                .and_then(|index| units.get(index))
                .map(|unit| unit.class)
        };
        let before = class(at.checked_sub(1));
        let after = class(Some(at + 1));
        let in_word = matches!(
            (before, after),
            (Some(Class::West), Some(Class::West | Class::Num))
                | (Some(Class::Num), Some(Class::West))
        );
        let words = before == Some(Class::West) && after == Some(Class::West);
        match (units[at].class, units[at].first) {
            (Class::Conn, '-' | '‐' | '–') if in_word => {
                units[at].class = Class::West;
                units[at].own_width = true;
                units[at].breaks_after = words;
            }
            (Class::Conn, '—') if words => {
                units[at].class = Class::West;
                units[at].own_width = true;
                units[at].breaks_after = true;
            }
            (Class::Sol, '/') if in_word => {
                units[at].class = Class::West;
                units[at].own_width = true;
            }
            (Class::Conn, '-' | '–') if after == Some(Class::Num) => match before {
                // a phone number, a code; a range typed with –
                Some(Class::Num) if units[at].first == '-' => units[at].tie = Tie::Close,
                Some(Class::Num | Class::West | Class::Post) => {}
                // behind Han it is a minus where the number is one of degrees
                // or of a rate, and may be one elsewhere (`北京-5号楼`): then
                // it neither starts a line nor leaves its figure
                Some(Class::Han | Class::Close | Class::Symbol) if !measured(units, at + 1) => {
                    units[at].tie = Tie::Fast;
                }
                _ => units[at].class = Class::Pre,
            },
            _ => {}
        }
    }
}

/// Whether the number that begins at `at` ends in ℃, %, ° or the like.
fn measured(units: &[Unit], at: usize) -> bool {
    let end = units[at..].iter().find(|unit| unit.class != Class::Num);
    end.is_some_and(|unit| unit.class == Class::Post)
}

/// Signs that stand with a word, before it or behind it (`C++`, `m²`).
fn signs(units: &mut [Unit]) {
    /// How many signs before a word are looked through: keeps the work linear.
    const LOOK: usize = 4;
    for at in 0..units.len() {
        if !matches!(units[at].class, Class::Pre | Class::Post) {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &units[before]);
        let behind = before.is_some_and(|unit| unit.class == Class::West || unit.of_word);
        let mut next = units[at..].iter().take(LOOK);
        let leads = next
            .find(|unit| unit.class != Class::Pre)
            .is_some_and(|unit| unit.class == Class::West);
        units[at].of_word = behind || leads;
    }
}

/// What each typed space is (T29, L19).
fn spaces(units: &mut [Unit]) {
    let mut at = 0;
    let mut before: Option<Class> = None;
    while at < units.len() {
        if units[at].class != Class::Space {
            if !units[at].transparent() {
                before = Some(units[at].class);
            }
            at += 1;
            continue;
        }
        let end = (at..units.len())
            .find(|&index| units[index].class != Class::Space && !units[index].transparent())
            .unwrap_or(units.len());
        let after = units.get(end).map(|unit| unit.class);
        let space = match (before, after) {
            (Some(a), Some(b)) => between(a, b),
            _ => Space::Fixed,
        };
        for unit in &mut units[at..end] {
            if unit.class == Class::Space {
                unit.space = space;
            }
        }
        at = end;
    }
}

fn between(before: Class, after: Class) -> Space {
    use Class::{Dash, Ellip, Han, Mid, Open};
    // beside a Chinese mark the automatic gap is none at all (T28)
    let chinese = |class: Class| matches!(class, Han | Open | Dash) || class.closes();
    let replaced = (chinese(before) && after.western())
        || (before.western() && chinese(after))
        || (chinese(before) && matches!(after, Open | Dash | Ellip | Mid))
        || (matches!(before, Dash | Mid) && after == Han)
        || after.closes();
    if replaced {
        Space::Replaced
    } else if before.western() || after.western() {
        Space::Word
    } else {
        Space::Fixed
    }
}
