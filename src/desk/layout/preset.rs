//! Page formats by name (N01): what `[grid] preset` stands for. Every key
//! that is written stands above it.

use crate::base::geom::Length;
use crate::desk::form::Named;

/// A page format of the trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 对开.
    Duikai,
    /// 四开.
    Sikai,
}

impl Named for Preset {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("duikai", Self::Duikai),
        ("sikai", Self::Sikai),
        ("对开", Self::Duikai),
        ("四开", Self::Sikai),
    ];
}

/// What a format sets; its line gap is a third of the size (N09).
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    /// Trim, width and height.
    pub(super) trim: (Length, Length),
    /// Type area, width and height. Its width is only that of the columns
    /// below.
    pub(super) area: (Length, Length),
    /// Left and top margin, where trim and columns are those below.
    pub(super) origin: (Length, Length),
    /// Base columns.
    pub(super) columns: u16,
    /// Characters of 小五 in one.
    pub(super) chars: u16,
    /// Body size.
    pub(super) size: Length,
}

impl Preset {
    /// Requirements, table N.0.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Duikai => Format {
                trim: (Length::mm(390), Length::mm(540)),
                area: (Length::mm(350), Length::mm(490)),
                origin: (Length::mm(20), Length::mm(25)),
                columns: 8,
                chars: 13,
                size: Length::pt(9),
            },
            // the area is exactly as wide as its 71 em: nothing is left over
            Self::Sikai => Format {
                trim: (Length::mm(275), Length::mm(390)),
                area: (Length::pt(639), Length::mm(345)),
                origin: (
                    (Length::mm(275) - Length::pt(639)).half(),
                    (Length::mm(390) - Length::mm(345)).half(),
                ),
                columns: 6,
                chars: 11,
                size: Length::pt(9),
            },
        }
    }
}
