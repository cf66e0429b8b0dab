//! The copy editor at work: word lists read, articles judged, and mended
//! where that is asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::base::clreq::Region;
use crate::base::diag::{Diagnostic, Noted, Severity, SourceId, Sources, Span, in_quotes};
use crate::desk::date::Date;
use crate::desk::lint::{self, Fixed, Settings, WordList};
use crate::desk::manuscript::{Format, Manuscript};
use crate::press::files::{self, MAX_TEXT};

/// How `check` looks at the copy.
#[derive(Clone, Debug)]
pub struct Care {
    /// Whose rules.
    pub region: Region,
    /// Word lists.
    pub words: Vec<PathBuf>,
    /// Whether to write what can be mended into the articles.
    pub fix: bool,
}

/// A copy editor with the lists read.
pub(super) struct Proofreader {
    settings: Settings,
    fix: bool,
}

impl Proofreader {
    /// The copy editor of an issue of `date`. A list that cannot be read is
    /// a fatal note: the work that was asked for cannot be done.
    pub(super) fn new(
        care: &Care,
        date: Option<Date>,
        sources: &mut Sources,
        notes: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut words = WordList::default();
        for path in &care.words {
            let name = path.display().to_string();
            let read = files::read(path, MAX_TEXT)
                .and_then(|bytes| files::text(&name, &bytes).map(Arc::<str>::from));
            match read {
                Ok(text) => {
                    let source = sources.add(name.as_str(), Arc::clone(&text));
                    let list = lint::parse_words(source, &text);
                    words.extend(list.value);
                    notes.extend(list.notes);
                }
                Err(note) => notes.push(note),
            }
        }
        Self {
            settings: Settings {
                region: care.region,
                date,
                words,
            },
            fix: care.fix,
        }
    }

    /// What is to be marked in an article.
    pub(super) fn judge(&self, manuscript: &Manuscript) -> Vec<Diagnostic> {
        lint::lint(manuscript, &self.settings)
    }

    /// Mends the file of an article, which was read as `text`, if that is
    /// asked for, and hands out what is in the file now. What was changed is
    /// noted; where the file cannot be written, it stays as it was.
    pub(super) fn mend(
        &self,
        path: &Path,
        source: SourceId,
        text: Arc<str>,
        sources: &mut Sources,
    ) -> Noted<(SourceId, Arc<str>)> {
        let name = path.display().to_string();
        let mut notes = Vec::new();
        let fixed = if self.fix {
            lint::fix(&text, Format::of(&name), &self.settings)
        } else {
            Fixed::none(&text)
        };
        if fixed.rounds.is_empty() {
            let value = (source, text);
            return Noted { value, notes };
        }
        if let Err(mut note) = write(path, &text, &fixed.text) {
            note.severity = Severity::Error;
            notes.push(note);
            let value = (source, text);
            return Noted { value, notes };
        }
        for (n, round) in fixed.rounds.iter().enumerate() {
            let before = if n == 0 {
                source
            } else {
                sources.add(name.as_str(), round.before.as_str())
            };
            notes.push(told(&name, before, round));
        }
        let text = Arc::<str>::from(fixed.text);
        let source = sources.add(name.as_str(), Arc::clone(&text));
        Noted {
            value: (source, text),
            notes,
        }
    }
}

/// Writes the mended text with the file's own byte order mark, unless the
/// file is no longer the one that was read.
fn write(path: &Path, before: &str, after: &str) -> Result<(), Diagnostic> {
    const MARK: &[u8] = "\u{FEFF}".as_bytes();
    let bytes = files::read(path, MAX_TEXT)?;
    let (mark, text) = bytes.split_at(if bytes.starts_with(MARK) {
        MARK.len()
    } else {
        0
    });
    if text != before.as_bytes() {
        let name = path.display();
        return Err(Diagnostic::error(
            "press/changed",
            format!("“{name}”刚被别的程序改过，没有写入"),
            format!("\"{name}\" was changed by another program; nothing was written"),
        )
        .help("再运行一次", "run it again")
        .word("file", name.to_string()));
    }
    files::replace(path, &[mark, after.as_bytes()].concat())
}

/// What one round changed: each change with its place as it was.
fn told(name: &str, source: SourceId, round: &lint::Round) -> Diagnostic {
    let count = round.mended.len();
    let mut note = Diagnostic::warning(
        "copy/mended",
        format!("“{name}”：改好了 {count} 处，已写入文件"),
        format!("\"{name}\": {count} places were mended in the file"),
    )
    .number("changes", i64::try_from(count).unwrap_or(i64::MAX));
    for mended in &round.mended {
        let span = Span::new(source, mended.range.start, mended.range.end);
        let from = round.before.get(mended.range.clone()).unwrap_or_default();
        let (zh, en) = if mended.to.is_empty() {
            (
                format!("删去{}", in_quotes(from)),
                format!("\"{from}\" deleted"),
            )
        } else {
            let to = &mended.to;
            (
                format!("{}改作{}", in_quotes(from), in_quotes(to)),
                format!("\"{from}\" became \"{to}\""),
            )
        };
        let code = mended.code;
        note = note.related(span, format!("{zh}（{code}）"), format!("{en} ({code})"));
    }
    note
}
