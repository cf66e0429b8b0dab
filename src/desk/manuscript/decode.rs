//! From the bytes of a file to text: UTF-8, everything else refused by name.

use std::borrow::Cow;

use crate::base::diag::Diagnostic;

/// The largest file that is read, 64 MiB. A caller that knows a file's size
/// asks [`too_large`] before it reads.
pub const MAX_BYTES: u64 = 8 << 20;

/// The refusal of a file of `bytes` bytes, if it is over [`MAX_BYTES`]:
/// `copy/too-large`.
pub fn too_large(name: &str, bytes: u64) -> Option<Diagnostic> {
    (bytes > MAX_BYTES).then(|| {
        let size = bytes >> 20;
        Diagnostic::fatal(
            "copy/too-large",
            format!("“{name}”有 {size} MiB，超过 64 MiB 的上限"),
            format!("\"{name}\" has {size} MiB, more than the limit of 64 MiB"),
        )
        .help(
            "一篇稿件不会这么大：请核对文件，或把它拆成多篇",
            "No article is that long: check the file, or split it into articles",
        )
        .word("file", name)
    })
}

/// The text of a file, without a byte order mark: offsets of all spans count
/// from after it, and the text handed out is the one to register as source.
///
/// `name` is the file's name as people know it.
///
/// # Errors
///
/// One [`Diagnostic`] with the fact `file` and, where it has one, `line`:
/// `copy/too-large`, `copy/empty`, `copy/utf-16`, `copy/gb18030`,
/// `copy/binary`, `copy/not-utf-8`.
pub fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, Diagnostic> {
    if let Some(refusal) = too_large(name, bytes.len() as u64) {
        return Err(refusal);
    }
    if let Some(encoding) = utf16(bytes) {
        return Err(recode(name, "copy/utf-16", encoding, 1));
    }
    if let Some(what) = magic(bytes) {
        return Err(binary(name, what.0, what.1, 1));
    }
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(binary(
            name,
            "二进制文件",
            "a binary file",
            line_of(bytes, at),
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
            if text.trim().is_empty() {
                return Err(empty().word("file", name));
            }
            Ok(Cow::Borrowed(text))
        }
        Err(error) => {
            let at = error.valid_up_to();
            let line = line_of(bytes, at);
            if has_cjk(&bytes[..at]) || !is_gbk(bytes) {
                Err(broken(name, bytes[at], line))
            } else {
                Err(recode(name, "copy/gb18030", "GB18030", line))
            }
        }
    }
}

/// `copy/empty`, without a place.
pub(super) fn empty() -> Diagnostic {
    Diagnostic::error("copy/empty", "稿件是空的", "The article is empty").help(
        "请核对文件名，或写入正文后再排",
        "Check the file name, or write the article before setting it",
    )
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

fn recode(name: &str, code: &'static str, encoding: &str, line: usize) -> Diagnostic {
    let known = if encoding == "GB18030" {
        "GB18030（GBK）"
    } else {
        encoding
    };
    let command = format!("iconv -f {encoding} -t UTF-8 '{name}' > utf8.txt");
    Diagnostic::fatal(
        code,
        format!("“{name}”不是 UTF-8，看来是 {known} 编码（第 {line} 行起）"),
        format!("\"{name}\" is not UTF-8; it looks like {encoding} (from line {line})"),
    )
    .help(
        format!("请先转码：{command}，或在编辑器里另存为 UTF-8"),
        format!("Convert it first: {command}, or save it as UTF-8 in your editor"),
    )
    .word("file", name)
    .word("encoding", encoding)
    .number("line", i64::try_from(line).unwrap_or(i64::MAX))
}

fn broken(name: &str, byte: u8, line: usize) -> Diagnostic {
    Diagnostic::fatal(
        "copy/not-utf-8",
        format!("“{name}”第 {line} 行有不合 UTF-8 的字节 0x{byte:02X}"),
        format!("\"{name}\" has the byte 0x{byte:02X} on line {line}, which is not UTF-8"),
    )
    .help(
        format!("文件可能残缺或混了两种编码：请重新取稿，或改好第 {line} 行后存为 UTF-8"),
        format!("The file may be truncated or of mixed encodings: fetch it again, or mend line {line} and save it as UTF-8"),
    )
    .word("file", name)
    .number("line", i64::try_from(line).unwrap_or(i64::MAX))
}

fn binary(name: &str, zh: &str, en: &str, line: usize) -> Diagnostic {
    Diagnostic::fatal(
        "copy/binary",
        format!("“{name}”是{zh}，不是文本（第 {line} 行）"),
        format!("\"{name}\" is {en}, not text (line {line})"),
    )
    .help(
        "请从原程序另存为 UTF-8 的纯文本（.txt）或 Markdown（.md）",
        "Save it as UTF-8 plain text (.txt) or Markdown (.md) from the program it came from",
    )
    .word("file", name)
    .number("line", i64::try_from(line).unwrap_or(i64::MAX))
}

fn magic(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known: [(&[u8], &str, &str); 10] = [
        (b"%PDF", " PDF 文件", "a PDF file"),
        (b"{\\rtf", " RTF 文件", "an RTF file"),
        (
            b"\xD0\xCF\x11\xE0",
            "旧版 Word（.doc）或 WPS 文件",
            "an old Word (.doc) or WPS file",
        ),
        (b"\x89PNG", " PNG 图片", "a PNG image"),
        (b"\xFF\xD8\xFF", " JPEG 图片", "a JPEG image"),
        (b"GIF8", " GIF 图片", "a GIF image"),
        (b"II*\0", " TIFF 图片", "a TIFF image"),
        (b"MM\0*", " TIFF 图片", "a TIFF image"),
        (b"\x1F\x8B", " gzip 压缩文件", "a gzip archive"),
        (b"7z\xBC\xAF", " 7z 压缩文件", "a 7z archive"),
    ];
    if bytes.starts_with(b"PK\x03\x04") {
        let start = &bytes[..bytes.len().min(8192)];
        return Some(if start.windows(5).any(|part| part == b"word/") {
            (" Word 文件（.docx）", "a Word file (.docx)")
        } else {
            (
                " ZIP 类文件（.docx、.xlsx、.zip 等）",
                "a ZIP-based file (.docx, .xlsx, .zip …)",
            )
        });
    }
    known
        .iter()
        .find(|(start, ..)| bytes.starts_with(start))
        .map(|(_, zh, en)| (*zh, *en))
}

/// UTF-16 or UTF-32 by byte order mark, or UTF-16 by pattern: the NULs of its
/// line ends and digits all on one side, and nearly all units text.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(&[0xFF, 0xFE, 0, 0]) || bytes.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Some("UTF-32");
    }
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some("UTF-16LE");
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some("UTF-16BE");
    }
    let start = &bytes[..bytes.len().min(65_536) & !1];
    let units = start.len() / 2;
    if units == 0 {
        return None;
    }
    let nuls = |side: usize| {
        start
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let text = |high: usize| {
        let like_text = |unit: &&[u8]| {
            let value = u16::from(unit[high]) << 8 | u16::from(unit[1 - high]);
            matches!(value, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x2010..=0x2026 | 0x3000..=0x303F
                | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
        };
        start.chunks_exact(2).filter(like_text).count() * 10 >= units * 9
    };
    let (even, odd) = (nuls(0), nuls(1));
    // ASCII pairs read as Han units too, hence a NUL is asked for.
    if even == 0 && odd > 0 && text(1) {
        Some("UTF-16LE")
    } else if odd == 0 && even > 0 && text(0) {
        Some("UTF-16BE")
    } else {
        None
    }
}

/// Whether valid UTF-8 holds a Chinese character: then what follows is a
/// damaged UTF-8 file, not another encoding.
fn has_cjk(valid: &[u8]) -> bool {
    std::str::from_utf8(valid).is_ok_and(|text| {
        text.chars()
            .any(|c| matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}'))
    })
}

/// Whether all bytes are well-formed GB18030 and most double bytes are
/// everyday Han characters of its oldest part (GB/T 2312).
fn is_gbk(bytes: &[u8]) -> bool {
    let (mut at, mut pairs, mut common) = (0, 0_usize, 0_usize);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (0..=0x80, _) => at += 1,
            // cut off in the middle of a character
            (0x81..=0xFE, None) => break,
            (0x81..=0xFE, Some(0x30..=0x39)) => {
                match (bytes.get(at + 2), bytes.get(at + 3)) {
                    (Some(0x81..=0xFE), Some(0x30..=0x39)) => at += 4,
                    (None, _) | (Some(0x81..=0xFE), None) => break,
                    _ => return false,
                }
                pairs += 1;
            }
            (lead @ 0x81..=0xFE, Some(&trail @ (0x40..=0x7E | 0x80..=0xFE))) => {
                pairs += 1;
                if matches!(lead, 0xA1 | 0xA3 | 0xB0..=0xF7) && trail >= 0xA1 {
                    common += 1;
                }
                at += 2;
            }
            _ => return false,
        }
    }
    pairs > 0 && common * 10 >= pairs * 8
}
