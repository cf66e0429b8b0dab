//! `banxin new`: a folder that builds at once, to be overwritten with one's
//! own copy.

use std::path::{Path, PathBuf};

use super::files;
use crate::base::diag::Diagnostic;

/// The files of the starter folder.
const FILES: &[(&str, &str)] = &[
    ("issue.toml", include_str!("starter/issue.toml")),
    ("articles/first.md", include_str!("starter/first.md")),
];

/// Writes the starter folder and hands out the files written.
///
/// # Errors
///
/// `press/exists` where the folder has an `issue.toml` or one of its
/// articles, `press/write` where it cannot be written; both fatal.
pub fn write(dir: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    #![allow(clippy::disallowed_methods, reason = "press looks before it writes")]
    let paths: Vec<PathBuf> = FILES.iter().map(|(name, _)| dir.join(name)).collect();
    if let Some(there) = paths.iter().find(|path| path.exists()) {
        return Err(files::exists(there));
    }
    files::make_folder(&dir.join("articles"))?;
    files::make_folder(&dir.join("photos"))?;
    for (path, (_, text)) in paths.iter().zip(FILES) {
        files::write_new(path, text.as_bytes())?;
    }
    Ok(paths)
}
