//! Where fonts are looked for, and the book made of them.
//!
//! The order: folders the user names, the issue's own, `BANXIN_FONTS`, beside
//! the executable, and the folder of the source tree. The first file of a
//! name wins, so a house can put its own 报宋 before the bundled one.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use vmap::Map;

use super::files::{self, MAX_BINARY};
use crate::base::bytes::Bytes;
use crate::base::diag::Diagnostic;
use crate::base::font::FontBook;

/// The folders that may hold the bundled fonts, best first.
pub fn bundled() -> Vec<PathBuf> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press alone knows where the program lives"
    )]
    let mut dirs = Vec::new();
    if let Some(list) = env::var_os("BANXIN_FONTS") {
        dirs.extend(env::split_paths(&list).filter(|dir| !dir.as_os_str().is_empty()));
    }
    if let Ok(program) = env::current_exe()
        && let Some(dir) = program.parent()
    {
        dirs.push(dir.join("fonts"));
        dirs.push(dir.join("../share/banxin/fonts"));
    }
    dirs.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"));
    dirs
}

/// Adds the fonts of `dirs` to `book`, in the order of the folders and of the
/// file names in them. A name the book holds already is passed over.
///
/// Folders in `asked` must be readable: the user named them. Bundled ones may
/// be missing.
pub fn add(book: &mut FontBook, asked: &[PathBuf], others: &[PathBuf]) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let mut seen = BTreeSet::new();
    let mut damaged = Vec::new();
    let dirs = asked
        .iter()
        .map(|dir| (dir, true))
        .chain(others.iter().map(|dir| (dir, false)));
    for (dir, asked) in dirs {
        match font_files(dir) {
            Ok(paths) => {
                if asked && paths.is_empty() {
                    notes.push(no_fonts(dir));
                }
                for path in paths {
                    add_file(book, &path, &mut seen, &mut damaged);
                }
            }
            Err(error) if asked => notes.push(files::unreadable(dir, &error)),
            Err(_) => {}
        }
    }
    notes.extend(
        damaged
            .into_iter()
            .map(|(name, note)| instead(book, &name, note)),
    );
    notes
}

/// The note on a font file that cannot be used, with the one of the same name
/// that is used in its place.
fn instead(book: &FontBook, name: &str, mut note: Diagnostic) -> Diagnostic {
    let mut faces = book.iter().map(|(_, face)| face);
    if let Some(other) = faces.find(|face| face.name() == name) {
        let path = other.path();
        note.message.zh += &format!("；改用“{path}”");
        note.message.en += &format!("; \"{path}\" is used instead");
    }
    note
}

/// Adds a file, unless its name is in the book. One that is damaged leaves
/// its name free for the next file of that name.
fn add_file(
    book: &mut FontBook,
    path: &Path,
    seen: &mut BTreeSet<PathBuf>,
    damaged: &mut Vec<(String, Diagnostic)>,
) {
    #![allow(
        clippy::disallowed_methods,
        reason = "press must know whether two paths are one font"
    )]
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if book.find(&name).is_some() || !seen.insert(file) {
        return;
    }
    let shown = path.display().to_string();
    match map(path) {
        Ok(data) => {
            if let Err(error) = book.add(&name, &shown, data) {
                let text = error.text();
                let note = Diagnostic::warning("press/font", text.zh, text.en)
                    .help(
                        "请移走或换掉这个字体文件",
                        "remove the font file or replace it",
                    )
                    .word("file", shown);
                damaged.push((name, note));
            }
        }
        Err(note) => damaged.push((name, note)),
    }
}

/// Maps a font file into memory: a page that uses few glyphs of a face of
/// 20 MB then costs a few pages of memory.
///
/// The map is never given back. Fonts live as long as the process anyway, and
/// a map that may be dropped cannot be shared between threads here.
fn map(path: &Path) -> Result<Bytes, Diagnostic> {
    #![allow(clippy::disallowed_methods, reason = "press reads the fonts")]
    let length = fs::metadata(path)
        .map_err(|error| files::unreadable(path, &error))?
        .len();
    if length == 0 || length > MAX_BINARY {
        // An empty file cannot be mapped; the book says what is wrong with it.
        return files::read(path, MAX_BINARY).map(Bytes::from);
    }
    match Map::with_options().open(path) {
        Ok((map, _)) => {
            let map: &'static Map = Box::leak(Box::new(map));
            let bytes: &'static [u8] = map;
            Ok(Bytes::of(bytes))
        }
        // Some file systems cannot map.
        Err(_) => files::read(path, MAX_BINARY).map(Bytes::from),
    }
}

/// The font files of a folder, by name.
fn font_files(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press looks for the fonts, and sorts them"
    )]
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if FontBook::is_font_name(&path) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn no_fonts(dir: &Path) -> Diagnostic {
    let name = dir.display();
    Diagnostic::warning(
        "press/no-fonts",
        format!("“{name}”里没有字体文件"),
        format!("there is no font file in \"{name}\""),
    )
    .help(
        "字体文件以 .otf、.ttf、.ttc 结尾",
        "font files end in .otf, .ttf or .ttc",
    )
    .word("file", name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_fonts_are_found() {
        let mut book = FontBook::new();
        let notes = add(
            &mut book,
            &[],
            &[Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")],
        );
        assert!(notes.is_empty(), "{notes:?}");
        assert!(book.find("NotoSerifSC-Regular").is_some());
    }

    #[test]
    fn a_damaged_font_leaves_its_name_to_a_sound_one() {
        #![allow(clippy::disallowed_methods, reason = "the test makes a damaged font")]
        let dir = std::env::temp_dir().join(format!("banxin-font-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("NotoSerifSC-Regular.otf"), "OTTO").unwrap();
        let mut book = FontBook::new();
        let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let notes = add(&mut book, std::slice::from_ref(&dir), &[sound]);
        assert!(book.find("NotoSerifSC-Regular").is_some());
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].code, "press/font");
        assert!(
            notes[0].message.zh.contains("改用"),
            "{:?}",
            notes[0].message
        );
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_folder_that_was_asked_for_and_is_not_there_is_reported() {
        let notes = add(&mut FontBook::new(), &["/no/such/folder".into()], &[]);
        assert_eq!(notes[0].code, "press/read");
        assert!(add(&mut FontBook::new(), &[], &["/no/such/folder".into()]).is_empty());
    }
}
