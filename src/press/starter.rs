//! `banxin new`: a folder that builds at once, to be overwritten with one's
//! own copy.

use std::path::{Path, PathBuf};

use super::files;
use crate::base::diag::Diagnostic;
use crate::desk::issue::{Located, new_issue_template};
use crate::desk::layout;
use crate::desk::planner::unknown_layout;

/// Writes a copy of a bundled layout to a new file.
///
/// # Errors
///
/// `issue/unknown-layout` where there is none of that name, with the nearest;
/// `press/exists` where there is a file, `press/write` where it cannot be
/// written; all fatal.
pub fn write_layout(name: &str, path: &Path) -> Result<(), Diagnostic> {
    let Some(text) = layout::bundled(name) else {
        return Err(unknown_layout(&Located {
            text: name.to_owned(),
            span: None,
        }));
    };
    let text = format!(
        "# 编辑器的补全：banxin schema layout > layout.schema.json\n{}",
        text.trim_start_matches('\u{FEFF}')
    );
    files::write_new(path, text.as_bytes())
}

/// Writes the starter folder and hands out the files written.
///
/// # Errors
///
/// `press/exists` where the folder has an `issue.toml` or one of its
/// articles, `press/write` where it cannot be written; both fatal.
pub fn write(dir: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    #![allow(clippy::disallowed_methods, reason = "press looks before it writes")]
    let template = new_issue_template();
    let paths: Vec<PathBuf> = template.iter().map(|(name, _)| dir.join(name)).collect();
    if let Some(there) = paths.iter().find(|path| path.exists()) {
        return Err(files::exists(there));
    }
    files::make_folder(&dir.join("articles"))?;
    files::make_folder(&dir.join("photos"))?;
    for (path, (_, text)) in paths.iter().zip(&template) {
        files::write_new(path, text.as_bytes())?;
    }
    Ok(paths)
}
