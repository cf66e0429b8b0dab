//! Reading with limits, and writing whole or not at all.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::base::diag::Diagnostic;
use crate::base::digest::digest;

/// The largest article, layout or issue file that is read: 8 MiB. A page of a
/// newspaper holds some 20,000 characters.
pub const MAX_TEXT: u64 = 8 << 20;
/// The largest text whose lines are broken: 32 MiB.
pub const MAX_LINES: u64 = 32 << 20;
/// The largest font or photograph: 512 MiB.
pub const MAX_BINARY: u64 = 512 << 20;

/// Reads a file of at most `limit` bytes.
///
/// # Errors
///
/// `press/read` where it cannot be read, `press/too-large` where it is over
/// the limit, `press/not-a-file` for what is no regular file (a folder, a
/// pipe, a device): all fatal, with the fact `file`.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press reads the files of an issue"
    )]
    // Asked before it is opened: opening a pipe waits for its other end.
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(Diagnostic::fatal(
            "press/not-a-file",
            format!("“{}”是文件夹，这里要一个文件", path.display()),
            format!("\"{}\" is a folder; a file is needed here", path.display()),
        )
        .word("file", path.display().to_string()));
    }
    if !metadata.is_file() {
        return Err(Diagnostic::fatal(
            "press/not-a-file",
            format!("“{}”是管道或设备，这里要一个普通文件", path.display()),
            format!(
                "\"{}\" is a pipe or a device; an ordinary file is needed here",
                path.display()
            ),
        )
        .help("请先存成文件", "save it to a file first")
        .word("file", path.display().to_string()));
    }
    if metadata.len() > limit {
        return Err(too_large(&path.display().to_string(), limit));
    }
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    read_stream(file, &path.display().to_string(), limit)
}

/// Reads a stream of at most `limit` bytes; `name` is shown to people.
///
/// # Errors
///
/// As [`read`].
pub fn read_stream(stream: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    stream
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(Path::new(name), &error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(name, limit));
    }
    Ok(bytes)
}

fn too_large(name: &str, limit: u64) -> Diagnostic {
    let mib = limit >> 20;
    Diagnostic::fatal(
        "press/too-large",
        format!("“{name}”超过 {mib} MiB 的上限"),
        format!("\"{name}\" is over the limit of {mib} MiB"),
    )
    .help(
        "请核对文件，太长就分成几个",
        "check the file; if it is that long, split it",
    )
    .word("file", name)
}

/// A file that was read for an issue, and a digest of what it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, as it was opened.
    pub path: PathBuf,
    /// [`digest_of`] its bytes.
    pub digest: String,
}

impl Input {
    /// The record of `bytes` read from `path`.
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            digest: digest_of(bytes),
        }
    }

    /// Whether the file still holds what was read.
    pub fn is_unchanged(&self) -> bool {
        read(&self.path, MAX_BINARY).is_ok_and(|bytes| digest_of(&bytes) == self.digest)
    }
}

/// The digest of bytes, in hexadecimal.
pub fn digest_of(bytes: &[u8]) -> String {
    digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The refusal to write a page over a file that was read for it, where
/// `path` is one of `inputs` under any name.
pub fn over_input(path: &Path, inputs: &[Input]) -> Option<Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press must know whether two paths are one file"
    )]
    let target = fs::canonicalize(path).ok()?;
    let same = |input: &&Input| fs::canonicalize(&input.path).is_ok_and(|file| file == target);
    inputs.iter().find(same)?;
    let name = path.display();
    Some(
        Diagnostic::fatal(
            "press/over-input",
            format!("“{name}”是这一期的稿件或图片，不能写成 PDF"),
            format!("\"{name}\" is copy of this issue and is not overwritten with a PDF"),
        )
        .help("用 -o 换一个文件夹", "choose another folder with `-o`")
        .word("file", name.to_string()),
    )
}

/// A finding about a PDF of an earlier run that is still at `path`, where
/// this run did not write it.
pub fn stale(path: &Path) -> Option<Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press looks for what an earlier run has left"
    )]
    let name = path.display();
    path.is_file().then(|| {
        Diagnostic::warning(
            "press/stale",
            format!("“{name}”是以前排的，这一次没有写成"),
            format!("\"{name}\" is from an earlier run; this one did not write it"),
        )
        .help(
            "不要拿它付印；修好差错再排，或把它删掉",
            "do not send it to press; mend the errors and set it again, or delete it",
        )
        .word("file", name.to_string())
    })
}

/// The text of a UTF-8 file, without a byte order mark.
///
/// # Errors
///
/// `press/not-utf-8`, fatal, with the line where it stops being UTF-8.
pub fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, Diagnostic> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Diagnostic::fatal(
                "press/not-utf-8",
                format!("“{name}”不是 UTF-8 文本（第 {line} 行）"),
                format!("\"{name}\" is not UTF-8 text (line {line})"),
            )
            .help("请另存为 UTF-8", "save it as UTF-8")
            .word("file", name))
        }
    }
}

/// The finding for a file that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    let name = path.display();
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("文件不存在".to_owned(), "there is no such file".to_owned()),
        io::ErrorKind::PermissionDenied => (
            "没有读的权限".to_owned(),
            "reading it is not permitted".to_owned(),
        ),
        _ => (error.to_string(), error.to_string()),
    };
    Diagnostic::fatal(
        "press/read",
        format!("读不了“{name}”：{zh}"),
        format!("cannot read \"{name}\": {en}"),
    )
    .help("请核对路径和权限", "check the path and its permissions")
    .word("file", name.to_string())
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    let name = path.display();
    let (zh, en) = match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            ("那里已有一个文件，不是文件夹", "a file is in its way")
        }
        io::ErrorKind::IsADirectory => ("那里已有一个文件夹", "a folder is in its way"),
        io::ErrorKind::PermissionDenied => ("没有写的权限", "writing there is not permitted"),
        io::ErrorKind::ReadOnlyFilesystem => ("那里只能读", "the place is read-only"),
        io::ErrorKind::StorageFull => ("磁盘满了", "the disk is full"),
        _ => ("", ""),
    };
    let why = |known: &str| match known {
        "" => error.to_string(),
        known => known.to_owned(),
    };
    Diagnostic::fatal(
        "press/write",
        format!("写不了“{name}”：{}", why(zh)),
        format!("cannot write \"{name}\": {}", why(en)),
    )
    .help(
        "请核对输出文件夹的权限和剩余空间",
        "check the permissions of the output folder and the space left",
    )
    .word("file", name.to_string())
}

/// Makes a folder and those above it, unless it is there.
///
/// # Errors
///
/// `press/write`, fatal.
pub fn make_folder(dir: &Path) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press writes the files of an issue"
    )]
    fs::create_dir_all(dir).map_err(|error| unwritable(dir, &error))
}

/// Writes a file whole or not at all: beside its place, then renamed.
///
/// # Errors
///
/// `press/write`, fatal; nothing is left behind then, and a file that was
/// there before is untouched.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press writes the files of an issue"
    )]
    renamed(path, |beside| fs::write(beside, bytes))
}

/// Replaces a file whole or not at all, its permissions and any link to it
/// as they were.
///
/// # Errors
///
/// As [`write_whole`], also for a file that is not to be written.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press writes the files of an issue"
    )]
    let fault = |error: io::Error| unwritable(path, &error);
    let target = fs::canonicalize(path).map_err(fault)?;
    let permissions = fs::metadata(&target).map_err(fault)?.permissions();
    if permissions.readonly() {
        return Err(fault(io::ErrorKind::PermissionDenied.into()));
    }
    renamed(&target, |beside| {
        fs::write(beside, bytes)?;
        fs::set_permissions(beside, permissions)
    })
}

/// Lets `write` make a file beside `path`, then gives it that name.
fn renamed(path: &Path, write: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press writes the files of an issue"
    )]
    let beside = beside(path);
    let written = write(&beside).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What cannot be removed was most likely never made.
        drop(fs::remove_file(&beside));
        unwritable(path, &error)
    })
}

/// Writes a file only where there is none.
///
/// # Errors
///
/// `press/exists` where there is one, `press/write` otherwise; both fatal.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press writes the files of an issue"
    )]
    let mut file = fs::File::create_new(path).map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            exists(path)
        } else {
            unwritable(path, &error)
        }
    })?;
    file.write_all(bytes).map_err(|error| {
        drop(fs::remove_file(path));
        unwritable(path, &error)
    })
}

/// The refusal to overwrite.
pub fn exists(path: &Path) -> Diagnostic {
    let name = path.display();
    Diagnostic::fatal(
        "press/exists",
        format!("“{name}”已经有内容了，不覆盖"),
        format!("\"{name}\" is there already and is not overwritten"),
    )
    .help("请换一个文件夹名", "choose another folder")
    .word("file", name.to_string())
}

/// The name a file has while it is written: hidden, in the same folder, and
/// of this process, so that two runs do not meet.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::disallowed_methods,
        reason = "the tests look at what was written"
    )]

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("banxin-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn a_file_appears_whole_and_nothing_beside_it() {
        let dir = folder("whole");
        write_whole(&dir.join("a.pdf"), b"one").unwrap();
        write_whole(&dir.join("a.pdf"), b"two").unwrap();
        assert_eq!(fs::read(dir.join("a.pdf")).unwrap(), b"two");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let dir = folder("failed");
        fs::create_dir(dir.join("a.pdf")).unwrap();
        let fault = write_whole(&dir.join("a.pdf"), b"one").unwrap_err();
        assert_eq!(fault.code, "press/write");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
        fs::remove_dir_all(dir).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_link_and_permissions() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = folder("replace");
        let (file, link) = (dir.join("a.md"), dir.join("b.md"));
        fs::write(&file, b"one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"two");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(replace(&file, b"three").unwrap_err().code, "press/write");
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 2);
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn what_is_there_is_not_overwritten() {
        let dir = folder("new");
        write_new(&dir.join("a.md"), b"one").unwrap();
        assert_eq!(
            write_new(&dir.join("a.md"), b"two").unwrap_err().code,
            "press/exists"
        );
        assert_eq!(fs::read(dir.join("a.md")).unwrap(), b"one");
        fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn reading_is_limited_and_says_why_not() {
        let dir = folder("read");
        fs::write(dir.join("a.md"), b"12345").unwrap();
        assert_eq!(read(&dir.join("a.md"), 5).unwrap(), b"12345");
        assert_eq!(
            read(&dir.join("a.md"), 4).unwrap_err().code,
            "press/too-large"
        );
        assert_eq!(read(&dir.join("b.md"), 4).unwrap_err().code, "press/read");
        assert_eq!(read(&dir, 4).unwrap_err().code, "press/not-a-file");
        fs::remove_dir_all(dir).unwrap();
    }
}
