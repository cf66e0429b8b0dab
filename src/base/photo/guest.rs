//! 来版: what a ready-made page brings along that a press file must not hold.
//!
//! Its objects go into the file as they are, so that its faults become the
//! file's. Everything that the page can reach is looked at, its content
//! streams operator by operator.

mod look;
mod place;

use crate::base::diag::Text;

pub(super) use look::faults;

/// Something that PDF/X does not let through, by row of the print requirements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuestFault {
    /// Colours of a screen (X17, G18).
    ScreenColour,
    /// Transparency (X19): only PDF/X-1a forbids it.
    Transparency,
    /// A font that is not in the file, by its name (X16).
    FontMissing(String),
    /// A coding of streams (X22, X23).
    Coding(&'static str),
    /// Another thing that no press file holds, by its key: layers, PostScript,
    /// OPI, transfer curves, halftones (X21, X24, X27); fonts as OpenType
    /// files, which X-1a alone forbids (X16).
    Thing(&'static str),
    /// A stream whose bytes stand in another file (X27).
    Outside,
    /// Content that cannot be read, or not within the room for it, so that
    /// nothing is known of it.
    Unreadable,
    /// More objects than are looked at, so that nothing is known of the rest.
    TooMany,
}

impl GuestFault {
    /// Whether only PDF/X-1a forbids it.
    pub fn in_x1a_alone(&self) -> bool {
        matches!(
            self,
            Self::Transparency
                | Self::Coding("JPXDecode" | "JBIG2Decode")
                | Self::Thing("OpenType")
        )
    }

    /// The fault in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::ScreenColour => Text::new(
                "有屏幕色（RGB、Lab 或 ICC）",
                "colours of a screen (RGB, Lab or ICC)",
            ),
            Self::Transparency => Text::new("有透明", "transparency"),
            Self::FontMissing(name) => Text::new(
                format!("字体 {name} 没有嵌入"),
                format!("the font {name} is not embedded"),
            ),
            Self::Coding(name) => {
                Text::new(format!("用了 {name} 编码"), format!("the coding {name}"))
            }
            Self::Thing(name) => Text::new(format!("有 {name}"), (*name).to_owned()),
            Self::Outside => Text::new("有内容在别的文件里", "content in another file"),
            Self::Unreadable => Text::new("有读不出来的内容", "content that cannot be read"),
            Self::TooMany => Text::new("对象太多，看不完", "too many objects to be looked at"),
        }
    }
}
