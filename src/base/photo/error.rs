//! What can be wrong with a photograph's file.

use thiserror::Error;

use super::{MAX_DECODED, MAX_PIXELS, MAX_SIDE};
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
    /// There are more pixels than [`MAX_PIXELS`], or decoded they take more
    /// than [`MAX_DECODED`].
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A side is longer than [`MAX_SIDE`].
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
}

impl PhotoFault {
    pub(super) fn damaged(zh: &'static str, en: &'static str) -> Self {
        Self::Damaged(zh, en)
    }

    pub(super) fn refused(zh: &'static str, en: &'static str) -> Self {
        Self::Refused(zh, en)
    }

    /// The fault of bytes that begin like neither form.
    pub(super) fn unknown(data: &[u8]) -> Self {
        if data.is_empty() {
            return Self::Empty;
        }
        let is = |at: usize, magic: &[u8]| data.get(at..).is_some_and(|d| d.starts_with(magic));
        let known: [(usize, &[u8], &str); 8] = [
            (0, b"GIF8", "GIF"),
            (0, b"II*\0", "TIFF"),
            (0, b"MM\0*", "TIFF"),
            (8, b"WEBP", "WebP"),
            (4, b"ftypavif", "AVIF"),
            (4, b"ftyp", "HEIF"),
            (0, b"8BPS", "Photoshop"),
            (0, b"BM", "BMP"),
        ];
        // A file cut within its signature is told from one of another kind.
        let cut =
            super::jpeg::SIGNATURE.starts_with(data) || super::png::SIGNATURE.starts_with(data);
        if cut {
            return Self::CutOff;
        }
        Self::NotAPhoto(
            known
                .iter()
                .find(|(at, magic, _)| is(*at, magic))
                .map(|k| k.2),
        )
    }

    /// The fault in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Empty => Text::new("文件是空的", "the file is empty"),
            Self::NotAPhoto(None) => Text::new(
                "不是 JPEG、PNG、PDF 或 SVG 图片",
                "no picture that is taken: neither JPEG nor PNG, PDF or SVG",
            ),
            Self::NotAPhoto(Some(kind)) => Text::new(
                format!("是 {kind} 文件；请另存为 JPEG 或 PNG，线条图存为 SVG 或一页的 PDF"),
                format!(
                    "a {kind} file; save it as JPEG or PNG, line art as SVG or a PDF of one page"
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
            Self::TooManyPixels { width, height } => Text::new(
                format!(
                    "{width}×{height} 像素，超过 {} 亿像素或解开后 {} MiB 的上限；请缩小",
                    MAX_PIXELS / 100_000_000,
                    MAX_DECODED >> 20
                ),
                format!(
                    "{width}×{height} pixels; at most {} million, or {} MiB decoded; scale it down",
                    MAX_PIXELS / 1_000_000,
                    MAX_DECODED >> 20
                ),
            ),
            Self::TooLarge { width, height } => Text::new(
                format!("{width}×{height} 像素，超过每边 {MAX_SIDE} 像素的上限"),
                format!("{width}×{height} pixels; at most {MAX_SIDE} a side"),
            ),
        }
    }
}
