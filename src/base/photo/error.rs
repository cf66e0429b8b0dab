//! What can be wrong with a photograph's file.

use thiserror::Error;

use super::{MAX_HELD, MAX_PIXELS, MAX_SIDE, MAX_WORK};
use crate::base::diag::Text;

/// A photograph that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}: {}", self.fault.text().en)]
pub struct PhotoError {
    /// The file as the copy or the issue names it.
    pub name: String,
    /// What is wrong with it.
    pub fault: PhotoFault,
}

impl PhotoError {
    /// The error as a message in both languages.
    pub fn text(&self) -> Text {
        let Text { zh, en } = self.fault.text();
        Text::new(
            format!("图片 {}：{zh}", self.name),
            format!("photo {}: {en}", self.name),
        )
    }
}

/// What is wrong with a photograph's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoFault {
    /// The file holds nothing.
    Empty,
    /// None of the forms that are taken; what it seems to be, if that is known.
    NotAPhoto(Option<&'static str>),
    /// The file ends before its picture does.
    CutOff,
    /// The file is damaged: what was found, in both languages.
    Damaged(&'static str, &'static str),
    /// The file is sound but of a kind that is not taken: why, in both
    /// languages.
    Refused(&'static str, &'static str),
    /// There are more pixels than [`MAX_PIXELS`], or decoding them takes more
    /// memory than [`MAX_WORK`], or with the file and what it becomes more than
    /// [`MAX_HELD`].
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Bytes that the file, its decoding and what it becomes would take.
        held: u64,
    },
    /// A side is longer than [`MAX_SIDE`].
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

/// Forms that are known and not taken: where their mark stands, the mark, and
/// their name.
const KNOWN: [(usize, &[u8], &str); 24] = [
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"8BPS", "Photoshop (PSD)"),
    (0, b"%!PS", "EPS / PostScript"),
    (0, b"\xC5\xD0\xD3\xC6", "EPS"),
    (0, b"\0\0\0\x0CjP  ", "JPEG 2000"),
    (0, b"\xFF\x4F\xFF\x51", "JPEG 2000"),
    (0, b"\0\0\0\x0CJXL ", "JPEG XL"),
    (0, b"\xFF\x0A", "JPEG XL"),
    (0, b"II+\0", "BigTIFF"),
    (0, b"MM\0+", "BigTIFF"),
    (0, b"II\xBC\x01", "JPEG XR"),
    (0, b"IIRO", "ORF"),
    (0, b"FUJIFILMCCD-RAW", "RAF"),
    (4, b"ftypavif", "AVIF"),
    (4, b"ftypavis", "AVIF"),
    (4, b"ftypcrx ", "CR3"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypmsf1", "HEIF"),
    (4, b"ftyp", "MP4"),
    (0, b"gimp xcf", "XCF"),
    (0, b"PK\x03\x04", "ZIP"),
];

impl PhotoFault {
    pub(super) fn damaged(zh: &'static str, en: &'static str) -> Self {
        Self::Damaged(zh, en)
    }

    pub(super) fn refused(zh: &'static str, en: &'static str) -> Self {
        Self::Refused(zh, en)
    }

    /// The fault of bytes that begin like none of the forms taken.
    pub(super) fn unknown(data: &[u8]) -> Self {
        if data.is_empty() {
            return Self::Empty;
        }
        let is = |at: usize, magic: &[u8]| data.get(at..).is_some_and(|d| d.starts_with(magic));
        // A file cut within its signature is told from one of another kind.
        let signatures: [&[u8]; 5] = [
            &super::jpeg::SIGNATURE,
            &super::png::SIGNATURE,
            &super::tiff::SIGNATURES[0],
            &super::tiff::SIGNATURES[1],
            b"RIFF",
        ];
        if signatures.iter().any(|whole| whole.starts_with(data)) {
            return Self::CutOff;
        }
        let known = KNOWN.iter().find(|(at, magic, _)| is(*at, magic));
        Self::NotAPhoto(known.map(|known| known.2))
    }

    /// The fault in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Empty => Text::new("文件是空的", "the file is empty"),
            Self::NotAPhoto(None) => Text::new(
                "不是 JPEG、PNG、TIFF、WebP、PDF 或 SVG 图片",
                "no picture that is taken: neither JPEG, PNG, TIFF, WebP, PDF nor SVG",
            ),
            Self::NotAPhoto(Some(kind)) => Text::new(
                format!("是 {kind} 文件；请另存为 JPEG、PNG 或 TIFF，线条图存为 SVG 或一页的 PDF"),
                format!(
                    "a {kind} file; save it as JPEG, PNG or TIFF, line art as SVG or a PDF of \
                     one page"
                ),
            ),
            Self::CutOff => Text::new(
                "文件不完整，图像未结束；请重新取得原文件",
                "cut off: the file ends before its picture does; fetch it again",
            ),
            Self::Damaged(zh, en) => {
                Text::new(format!("文件已损坏：{zh}"), format!("damaged: {en}"))
            }
            Self::Refused(zh, en) => Text::new(*zh, *en),
            Self::TooManyPixels {
                width,
                height,
                held,
            } => {
                let (held, most) = (held >> 20, MAX_HELD >> 20);
                let work = MAX_WORK >> 20;
                let millions = MAX_PIXELS / 1_000_000;
                Text::new(
                    format!(
                        "{width}×{height} 像素，连文件解开要 {held} MiB；最多 {millions} 百万像素、\
                         {most} MiB（不算文件 {work} MiB）；请缩小"
                    ),
                    format!(
                        "{width}×{height} pixels take {held} MiB with their file; at most \
                         {millions} million, and {most} MiB ({work} MiB without the file); \
                         scale it down"
                    ),
                )
            }
            Self::TooLarge { width, height } => Text::new(
                format!("{width}×{height} 像素，超过每边 {MAX_SIDE} 像素的上限"),
                format!("{width}×{height} pixels; at most {MAX_SIDE} a side"),
            ),
        }
    }
}
