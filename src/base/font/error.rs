//! What can be wrong with a font file.

use thiserror::Error;

use crate::base::diag::Text;

/// A font file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{path}: {}", self.fault.text().en)]
pub struct FontError {
    /// The file, as it was given.
    pub path: String,
    /// What is wrong with it.
    pub fault: FontFault,
}

impl FontError {
    /// The error as a message in both languages.
    pub fn text(&self) -> Text {
        let Text { zh, en } = self.fault.text();
        Text::new(
            format!("字体文件 {}：{zh}", self.path),
            format!("font file {}: {en}", self.path),
        )
    }
}

/// What is wrong with a font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FontFault {
    /// The bytes are no OpenType or TrueType font at all.
    NotAFont,
    /// A collection has fewer faces than the index asked for.
    NoSuchIndex(u32),
    /// A table runs past the end of the file: the file was cut off.
    Truncated(String),
    /// A table that every font must have is not there.
    TableMissing(&'static str),
    /// A table is there but cannot be read.
    TableDamaged(&'static str),
    /// The outlines are in a form that the press PDF cannot carry.
    Outlines(&'static str),
    /// The book holds a face of this name already, from that file.
    NameTaken(String),
    /// The book holds 65,536 faces.
    TooMany,
}

impl FontFault {
    /// The fault in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::NotAFont => Text::new(
                "不是 OpenType 或 TrueType 字体",
                "not an OpenType or TrueType font",
            ),
            Self::NoSuchIndex(index) => Text::new(
                format!("字体集里没有第 {index} 个字体（从 0 数起）"),
                format!("the collection has no face {index} (counted from 0)"),
            ),
            Self::Truncated(table) => Text::new(
                format!("文件不完整：“{table}”表超出文件末尾"),
                format!("cut off: table `{table}` runs past the end of the file"),
            ),
            Self::TableMissing(table) => Text::new(
                format!("缺少“{table}”表"),
                format!("table `{table}` is missing"),
            ),
            Self::TableDamaged(table) => Text::new(
                format!("“{table}”表已损坏"),
                format!("table `{table}` is damaged"),
            ),
            Self::Outlines(form) => Text::new(
                format!("字形轮廓为 {form}，印刷用 PDF 不能嵌入"),
                format!("its outlines are {form}, which a press PDF cannot embed"),
            ),
            Self::NameTaken(path) => Text::new(
                format!("与 {path} 同名，字体按文件名指称，不能重复"),
                format!("same name as {path}; faces are named by file, so names cannot repeat"),
            ),
            Self::TooMany => Text::new("字体太多", "too many faces"),
        }
    }
}
