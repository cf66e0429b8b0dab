//! Mending a file: the changes that cannot alter what the copy says.

use std::collections::BTreeMap;
use std::ops::Range;

use super::passage::{self, Part, Passage};
use super::{Finding, Settings, find};
use crate::base::diag::SourceId;
use crate::desk::manuscript::{self, BlockKind, Format, InlineKind, Manuscript};

/// A mended file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text, every byte outside the changes as it was.
    pub text: String,
    /// The rounds it took: mending one thing may show another.
    pub rounds: Vec<Round>,
}

/// Changes that were made at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The text before them; their ranges are bytes of it.
    pub before: String,
    /// The changes in order.
    pub mended: Vec<Mended>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Bytes of [`Round::before`].
    pub range: Range<usize>,
    /// What takes their place.
    pub to: String,
    /// The rule that asks for it.
    pub code: &'static str,
}

impl Fixed {
    /// A text left as it is.
    pub fn none(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            rounds: Vec::new(),
        }
    }
}

/// Rounds at most: each rule mends to a form that no rule mends again, so a
/// few are enough.
const ROUNDS: usize = 8;

/// Mends `text`, which is what [`manuscript::decode`] handed out.
///
/// A change is made only where the file holds the very characters of the
/// copy, outside code, addresses and links, and only if the file, read again,
/// is the same article but for that change.
pub fn fix(text: &str, format: Format, settings: &Settings) -> Fixed {
    let mut fixed = Fixed::none(text);
    while fixed.rounds.len() < ROUNDS {
        let Some((next, mended)) = round(&fixed.text, format, settings) else {
            break;
        };
        let before = std::mem::replace(&mut fixed.text, next);
        fixed.rounds.push(Round { before, mended });
    }
    fixed
}

/// A change of the file and of the copy.
#[derive(Clone, Debug)]
struct Change {
    mended: Mended,
    passage: usize,
    /// Bytes of the passage's text.
    inside: Range<usize>,
}

/// All changes of one finding; they go together.
type Group = Vec<Change>;

/// One round of changes, `None` where there is nothing to change.
fn round(text: &str, format: Format, settings: &Settings) -> Option<(String, Vec<Mended>)> {
    let read = manuscript::read(SourceId(0), text, format).value;
    let passages = passage::of(&read);
    let found = find(&passages, settings);
    let groups = apart(
        found
            .iter()
            .filter_map(|f| group(f, text, &passages))
            .collect(),
    );
    if groups.is_empty() {
        return None;
    }
    let shape = Shape::of(&read, &passages);
    let holds = |groups: &[Group]| {
        let (next, _) = made(text, groups);
        let read = manuscript::read(SourceId(0), &next, format).value;
        Shape::of(&read, &passage::of(&read)) == shape.with(groups)
    };
    // a change that meets the file's markup would alter more than the copy
    let groups = sound(groups, &holds);
    (!groups.is_empty() && holds(&groups)).then(|| made(text, &groups))
}

/// The changes of a finding, if all of them can be made in the file.
fn group(finding: &Finding, text: &str, passages: &[Passage<'_>]) -> Option<Group> {
    let change = |mend: &super::finding::Mend| {
        let passage = passages.get(mend.passage)?;
        let span = passage.span(&mend.range)?;
        let range = span.start as usize..span.end as usize;
        let same = text.get(range.clone())? == passage.slice(&mend.range);
        (same && !range.is_empty() && passage.is_free(&mend.range)).then(|| Change {
            mended: Mended {
                range,
                to: mend.to.clone(),
                code: finding.rule.code,
            },
            passage: mend.passage,
            inside: passage.bytes(&mend.range),
        })
    };
    let group: Option<Group> = finding.mend.iter().map(change).collect();
    group.filter(|group| !group.is_empty())
}

/// Groups in the order of the file that do not touch each other; one that
/// does waits for the next round.
fn apart(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_key(|group| group.first().map(|change| change.mended.range.start));
    // start and end of what is taken
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    groups.retain(|group| {
        let ranges = || group.iter().map(|change| change.mended.range.clone());
        let free = ranges().all(|range| {
            let before = taken.range(..range.end).next_back();
            before.is_none_or(|(_, &end)| end <= range.start)
        });
        if free {
            taken.extend(ranges().map(|range| (range.start, range.end)));
        }
        free
    });
    groups
}

/// The groups that `holds` holds for. Those that do not are found by halving:
/// they are few.
fn sound(mut groups: Vec<Group>, holds: &dyn Fn(&[Group]) -> bool) -> Vec<Group> {
    if groups.is_empty() || holds(&groups) {
        return groups;
    }
    if groups.len() == 1 {
        return Vec::new();
    }
    let rest = groups.split_off(groups.len() / 2);
    let mut kept = sound(groups, holds);
    kept.extend(sound(rest, holds));
    kept
}

/// `text` with the changes of all groups made.
fn made(text: &str, groups: &[Group]) -> (String, Vec<Mended>) {
    let mut mended: Vec<Mended> = groups
        .iter()
        .flatten()
        .map(|change| change.mended.clone())
        .collect();
    mended.sort_by_key(|change| change.range.start);
    let edits = mended.iter();
    let out = replaced(
        text,
        edits.map(|change| (&change.range, change.to.as_str())),
    );
    (out, mended)
}

/// `text` with some ranges replaced, which are in order and do not overlap.
fn replaced<'a>(text: &str, edits: impl Iterator<Item = (&'a Range<usize>, &'a str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, to) in edits {
        out += &text[at..range.start];
        out += to;
        at = range.end;
    }
    out += &text[at..];
    out
}

/// What an article is, places and markup apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shape {
    texts: Vec<(Part, String)>,
    blocks: Vec<BlockShape>,
    files: Vec<String>,
}

/// Kind, marker and emphasis of a block.
type BlockShape = (u8, String, Vec<(u8, String)>);

impl Shape {
    fn of(manuscript: &Manuscript, passages: &[Passage<'_>]) -> Self {
        let mut files: Vec<String> = manuscript
            .head
            .images
            .iter()
            .map(|picture| picture.file.text.clone())
            .collect();
        let mut blocks = Vec::new();
        for block in &manuscript.blocks {
            let (kind, marker) = match &block.kind {
                BlockKind::Paragraph => (0, String::new()),
                BlockKind::Subhead { level } => (1, level.to_string()),
                BlockKind::Quote => (2, String::new()),
                BlockKind::ListItem { marker, depth, .. } => (3, format!("{depth} {marker}")),
                BlockKind::Image(picture) => {
                    files.push(picture.file.text.clone());
                    (4, String::new())
                }
                BlockKind::Break => (5, String::new()),
                BlockKind::Table { columns, rows } => (6, format!("{} {rows}", columns.len())),
                BlockKind::TableTitle => (7, String::new()),
                BlockKind::Cell { row, column } => (8, format!("{row} {column}")),
                BlockKind::Note { label, .. } => (9, label.clone()),
                BlockKind::Passage { number, .. } => (10, number.to_string()),
            };
            let inline = |inline: &manuscript::Inline| match &inline.kind {
                InlineKind::Emphasis => (0, String::new()),
                InlineKind::Strong => (1, String::new()),
                InlineKind::Code => (2, String::new()),
                InlineKind::Link { url } => (3, url.clone()),
                InlineKind::Mark(mark) => (4, mark.name().to_owned()),
                InlineKind::Ruby(reading) => (5, reading.text.clone()),
                InlineKind::Stand(stand) => (6, stand.name().to_owned()),
                InlineKind::Script(script) => (7, script.name().to_owned()),
                InlineKind::Note { number } => (6, number.to_string()),
            };
            blocks.push((kind, marker, block.spans.iter().map(inline).collect()));
        }
        Self {
            texts: passages
                .iter()
                .map(|passage| (passage.part, passage.text().to_owned()))
                .collect(),
            blocks,
            files,
        }
    }

    /// The shape after the changes of all groups.
    fn with(&self, groups: &[Group]) -> Self {
        let mut changes: Vec<&Change> = groups.iter().flatten().collect();
        changes.sort_by_key(|change| (change.passage, change.inside.start));
        let mut shape = self.clone();
        for changes in changes.chunk_by(|one, next| one.passage == next.passage) {
            if let Some((_, text)) = shape.texts.get_mut(changes[0].passage) {
                let edits = changes.iter();
                let edits = edits.map(|change| (&change.inside, change.mended.to.as_str()));
                *text = replaced(text, edits);
            }
        }
        // a passage that lost all its characters is no passage
        shape.texts.retain(|(_, text)| !text.is_empty());
        shape
    }
}
