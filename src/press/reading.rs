//! Reading everything an issue names: articles, layouts, photographs. What
//! cannot be read is a finding with its place; the rest of the issue goes on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::base::colour::SourceFault;
use crate::base::diag::{
    Diagnostic, Fact, Noted, Severity, SourceId, Sources, Span, Text, UNLISTED, in_quotes,
};
use crate::base::photo::Photo;
use crate::desk::date::Date;
use crate::desk::issue::Issue;
use crate::desk::layout::{self, Asked, Layout, Part};
use crate::desk::manuscript::{self, Format};
use crate::desk::planner::article::Article;
use crate::press::convert;
use crate::press::files::{self, Input, MAX_BINARY, MAX_TEXT};
use crate::press::own_texts;
use crate::press::proofreading::{Care, Proofreader};

/// What has been read so far for one issue.
pub(super) struct Reading {
    /// The folder that paths are relative to.
    pub(super) base: PathBuf,
    /// Every text that was read.
    pub(super) sources: Sources,
    /// What was found while reading.
    pub(super) notes: Vec<Diagnostic>,
    /// Every file that was read, with a digest.
    pub(super) inputs: Vec<Input>,
    /// Looks at every article, where that is asked for.
    proofreader: Option<Proofreader>,
    articles: BTreeMap<String, Option<Article>>,
    layouts: BTreeMap<String, Option<Layout>>,
    /// Layouts of which it is told already why they cannot be used.
    faulty: BTreeSet<String>,
}

impl Reading {
    /// Nothing read yet, paths relative to `base`.
    pub(super) fn new(base: PathBuf) -> Self {
        Self {
            base,
            sources: Sources::new(),
            notes: Vec::new(),
            inputs: Vec::new(),
            proofreader: None,
            articles: BTreeMap::new(),
            layouts: BTreeMap::new(),
            faulty: BTreeSet::new(),
        }
    }

    /// From now on articles are proofread with `care`, if there is any, for
    /// an issue of `date`.
    pub(super) fn proofread(&mut self, care: Option<&Care>, date: Option<Date>) {
        self.proofreader =
            care.map(|care| Proofreader::new(care, date, &mut self.sources, &mut self.notes));
    }

    /// Proofreads the texts that the issue file holds itself.
    pub(super) fn judge_own(&mut self, issue: &Issue) {
        if let Some(proofreader) = &self.proofreader {
            let own = own_texts::of(issue);
            self.notes
                .extend(own.iter().flat_map(|text| proofreader.judge(text)));
        }
    }

    /// The text of a file with its source, or `None` with a note. `named` is
    /// where the file is named.
    pub(super) fn text(
        &mut self,
        path: &Path,
        named: Option<Span>,
    ) -> Option<(SourceId, Arc<str>)> {
        let name = path.display().to_string();
        let bytes = files::read(path, MAX_TEXT);
        if let Ok(bytes) = &bytes {
            self.inputs.push(Input::of(path, bytes));
        }
        let read = bytes.and_then(|bytes| manuscript::decode(&name, &bytes).map(Arc::<str>::from));
        match read {
            Ok(text) => Some((self.sources.add(name.as_str(), Arc::clone(&text)), text)),
            Err(mut note) => {
                if named.is_some() {
                    // One file that an issue names spoils its page, not the run.
                    note.severity = Severity::Error;
                }
                if !note.message.zh.contains(&name) {
                    note.message.zh = format!("“{name}”：{}", note.message.zh);
                    note.message.en = format!("\"{name}\": {}", note.message.en);
                }
                let place = note.span.or(named);
                self.notes.push(note.at_opt(place));
                None
            }
        }
    }

    /// Says what makes a folder an issue, where `issue.toml` could not be read.
    pub(super) fn explain_no_issue(&mut self) {
        for note in &mut self.notes {
            if note.code == "press/read" {
                note.help = Some(Text::new(
                    "一期是含 issue.toml 的文件夹：banxin new 文件夹 可以新建；也可以给出一篇稿件",
                    "an issue is a folder with issue.toml: `banxin new FOLDER` makes one; \
                     one article will do too",
                ));
            }
        }
    }

    /// Reads an article once; later calls with the same name do nothing.
    /// `name` is its path as written, relative to the base.
    pub(super) fn read_article(&mut self, name: &str, named: Option<Span>) {
        if self.articles.contains_key(name) {
            return;
        }
        let path = self.base.join(name);
        let article = self.text(&path, named).map(|(mut source, mut text)| {
            if let Some(proofreader) = &self.proofreader {
                let mended = proofreader.mend(&path, source, text, &mut self.sources);
                self.notes.extend(mended.notes);
                (source, text) = mended.value;
            }
            let Noted { value, notes } = manuscript::read(source, &text, Format::of(name));
            self.notes.extend(notes);
            self.notes.extend(changes(name, &value.changes));
            if let Some(proofreader) = &self.proofreader {
                self.notes.extend(proofreader.judge(&value));
            }
            let folder = Path::new(name)
                .parent()
                .map(Path::to_path_buf)
                .unwrap_or_default();
            let shown = path
                .file_name()
                .map_or(name.into(), |file| file.to_string_lossy());
            convert::article(&shown, value, &|file| {
                folder.join(file).display().to_string()
            })
        });
        self.articles.insert(name.to_owned(), article);
    }

    /// Reads a layout once: a bundled one by name, else a file.
    pub(super) fn read_layout(&mut self, name: &str, named: Option<Span>) {
        if self.layouts.contains_key(name) {
            return;
        }
        let known = self.notes.len();
        let text = match layout::bundled(name) {
            Some(text) => {
                let shown = format!("layouts/{name}.toml");
                Some((self.sources.add(shown, text), Arc::<str>::from(text)))
            }
            // A bare word is the name of a bundled layout, misspelt: the
            // planner says so, with the nearest name.
            None if !name.contains(['/', '\\', '.']) => None,
            None => self.text(&self.base.join(name), named),
        };
        let layout = text.and_then(|(source, text)| {
            let own = Part {
                key: plain(Path::new(name)),
                source: Some(source),
                text,
            };
            let chain = layout::chain(own, &mut |asked| self.base_of(asked));
            self.notes.extend(chain.notes);
            let Noted { value, notes } = layout::parse_chain(name, source, &chain.value?);
            self.notes.extend(notes);
            value
        });
        if layout.is_none() && self.notes.len() > known {
            self.faulty.insert(name.to_owned());
        }
        self.layouts.insert(name.to_owned(), layout);
    }

    /// A layout that another one stands on: a bundled one, else a file beside
    /// that other.
    fn base_of(&mut self, asked: Asked<'_>) -> Option<Part> {
        if let Some(text) = asked.bundled {
            let shown = format!("layouts/{}.toml", asked.name);
            let source = self.sources.add(shown, text);
            return Some(Part {
                key: asked.name.to_owned(),
                source: Some(source),
                text: text.into(),
            });
        }
        let folder = Path::new(&asked.from.key).parent();
        let key = plain(&folder.unwrap_or(Path::new("")).join(asked.name));
        let (source, text) = self.text(&self.base.join(&key), asked.span)?;
        Some(Part {
            key,
            source: Some(source),
            text,
        })
    }

    /// Takes over what the planner found, without what only repeats that a
    /// file named at the same place could not be read, or what is wrong in a
    /// layout.
    pub(super) fn planned(&mut self, notes: Vec<Diagnostic>) {
        let told = |note: &Diagnostic| {
            matches!(note.code, "issue/article-missing" | "plan/image-unusable")
                && self
                    .notes
                    .iter()
                    .any(|known| known.span.is_some() && known.span == note.span)
        };
        let faulty = |note: &Diagnostic| {
            let named = |(_, fact): &(&str, Fact)| match fact {
                Fact::Word(name) => self.faulty.contains(name),
                _ => false,
            };
            note.code == "issue/unknown-layout" && note.facts.iter().any(named)
        };
        let notes: Vec<Diagnostic> = notes
            .into_iter()
            .filter(|note| !told(note) && !faulty(note))
            .collect();
        self.notes.extend(notes);
    }

    /// An article that has been read.
    pub(super) fn article(&self, name: &str) -> Option<&Article> {
        self.articles.get(name)?.as_ref()
    }

    /// The layouts that have been read, by name.
    pub(super) fn layouts(&self) -> impl Iterator<Item = &Layout> {
        self.layouts.values().flatten()
    }

    /// A layout that has been read.
    pub(super) fn layout(&self, name: &str) -> Option<&Layout> {
        self.layouts.get(name)?.as_ref()
    }
}

/// A path without detours, as far as its words tell.
fn plain(path: &Path) -> String {
    let mut short = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if short.file_name().is_some() => {
                short.pop();
            }
            other => short.push(other),
        }
    }
    short.display().to_string()
}

/// What normalisation changed in one article, as one note: each change is a
/// related place, spelt out (T11, T25, T26). A text that was typed in another
/// way throughout would make a note as long as itself, so the list ends
/// somewhere, and `unlisted` says how many more there are.
fn changes(name: &str, list: &[manuscript::Change]) -> Option<Diagnostic> {
    const LISTED: usize = 1000;
    let first = list.first()?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut note = Diagnostic::info(
        "copy/normalised",
        format!("“{name}”：规范了 {} 处字符", list.len()),
        format!("\"{name}\": {} places were normalised", list.len()),
    )
    .at(first.span)
    .number("changes", count(list.len()));
    if list.len() > LISTED {
        note = note.number(UNLISTED, count(list.len() - LISTED));
    }
    for change in list.iter().take(LISTED) {
        let shown = |text: &str| text.escape_debug().to_string();
        note = note.related(
            change.span,
            format!(
                "{}改作{}（{}）",
                in_quotes(&shown(&change.from)),
                in_quotes(&shown(&change.to)),
                change.rule
            ),
            format!(
                "\"{}\" became \"{}\" ({})",
                shown(&change.from),
                shown(&change.to),
                change.rule
            ),
        );
    }
    Some(note)
}

/// What is to be said of a photograph that is taken.
fn remarks(photo: &Photo) -> Vec<Diagnostic> {
    let name = &photo.name;
    let mut notes = Vec::new();
    if photo.more {
        notes.push(
            Diagnostic::warning(
                "photo/first-page",
                format!("图片 {name} 不止一页（帧），只用第一页"),
                format!("the photo {name} has several pages or frames; the first is taken"),
            )
            .help(
                "要别的页，另存成单独的文件",
                "save another page as a file of its own if that is meant",
            )
            .word("file", name.as_ref()),
        );
    }
    // inks and art are not converted
    let converted = matches!(photo.components, 1 | 3) && !photo.is_line_art();
    let profile = photo.profile().filter(|_| converted);
    let fault = profile.and_then(|profile| SourceFault::of(&profile, photo.components));
    if let Some(fault) = fault {
        let why = fault.text();
        let usual = match photo.components {
            1 => ("sRGB 的灰", "the grey of sRGB"),
            _ => ("sRGB", "sRGB"),
        };
        notes.push(
            Diagnostic::warning(
                "photo/profile",
                format!("图片 {name} 内嵌的特性文件{}，按 {} 处理", why.zh, usual.0),
                format!(
                    "the profile embedded in {name} {}; {} is taken",
                    why.en, usual.1
                ),
            )
            .help(
                "用图像软件转成 sRGB 再存",
                "convert it to sRGB in a picture program and save it again",
            )
            .word("file", name.as_ref()),
        );
    }
    notes
}

/// The photographs of one issue, each read once.
pub(super) struct Darkroom<'a> {
    base: &'a Path,
    seen: RefCell<BTreeMap<String, Option<Arc<Photo>>>>,
    notes: RefCell<Vec<Diagnostic>>,
    inputs: RefCell<Vec<Input>>,
}

impl<'a> Darkroom<'a> {
    /// No photograph yet, paths relative to `base`.
    pub(super) fn new(base: &'a Path) -> Self {
        Self {
            base,
            seen: RefCell::default(),
            notes: RefCell::default(),
            inputs: RefCell::default(),
        }
    }

    /// The photograph of a path, sound to its last pixel; what is wrong with
    /// it is noted once, at the first place that names it.
    pub(super) fn photo(&self, file: &str, named: Option<Span>) -> Option<Arc<Photo>> {
        if let Some(known) = self.seen.borrow().get(file) {
            return known.clone();
        }
        let path = self.base.join(file);
        let photo = files::read(&path, MAX_BINARY).and_then(|bytes| {
            let shown = path.display().to_string();
            self.inputs.borrow_mut().push(Input::of(&path, &bytes));
            Photo::read(&shown, bytes.into())
                .and_then(Photo::decodable)
                .map(Arc::new)
                .map_err(|error| {
                    let text = error.text();
                    Diagnostic::error("photo/unreadable", text.zh, text.en)
                        .help(
                            "换一张完好的 JPEG、PNG、TIFF、WebP、SVG 或一页的 PDF",
                            "use an intact JPEG, PNG, TIFF, WebP, SVG, or PDF of one page",
                        )
                        .word("file", shown)
                })
        });
        let photo = match photo {
            Ok(photo) => {
                let notes = remarks(&photo).into_iter();
                self.notes
                    .borrow_mut()
                    .extend(notes.map(|note| note.at_opt(named)));
                Some(photo)
            }
            Err(mut note) => {
                // A missing picture spoils its page, not the run.
                note.severity = Severity::Error;
                self.notes.borrow_mut().push(note.at_opt(named));
                None
            }
        };
        self.seen
            .borrow_mut()
            .insert(file.to_owned(), photo.clone());
        photo
    }

    /// What was wrong with the photographs, and those that were read.
    pub(super) fn develop(self, reading: &mut Reading) {
        reading.notes.extend(self.notes.into_inner());
        reading.inputs.extend(self.inputs.into_inner());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(count: usize) -> Diagnostic {
        let change = |n: usize| manuscript::Change {
            span: Span::new(SourceId(0), n, n + 1),
            from: "...".into(),
            to: "……".into(),
            rule: "T11",
        };
        let list: Vec<_> = (0..count).map(change).collect();
        changes("稿.md", &list).expect("a note")
    }

    #[test]
    fn t11_each_change_is_listed() {
        let note = noted(300);
        assert_eq!(note.related.len(), 300);
        assert!(note.facts.iter().all(|(name, _)| *name != UNLISTED));
    }

    #[test]
    fn t11_a_list_that_ends_says_how_many_more() {
        use crate::base::diag::Fact;
        let note = noted(1234);
        assert_eq!(note.related.len(), 1000);
        assert!(note.facts.contains(&("changes", Fact::Number(1234))));
        assert!(note.facts.contains(&(UNLISTED, Fact::Number(234))));
    }
}
