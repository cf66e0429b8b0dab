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
    /// 对开跨版: two facing pages and the margins between them as one (N19).
    DuikaiSpread,
    /// 四开跨版.
    SikaiSpread,
    /// 中缝: the strip between two facing pages, an area of its own (N19).
    Gutter,
}

impl Named for Preset {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("duikai", Self::Duikai),
        ("sikai", Self::Sikai),
        ("对开", Self::Duikai),
        ("四开", Self::Sikai),
        ("duikai-spread", Self::DuikaiSpread),
        ("sikai-spread", Self::SikaiSpread),
        ("gutter", Self::Gutter),
        ("对开跨版", Self::DuikaiSpread),
        ("四开跨版", Self::SikaiSpread),
        ("中缝", Self::Gutter),
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

impl Format {
    /// Two such pages side by side without the gutter: one type area from the
    /// left edge of the one to the right edge of the other.
    fn spread(self) -> Self {
        let inner = (self.trim.0 - self.origin.0 - self.area.0) + self.origin.0;
        Self {
            trim: (self.trim.0 * 2, self.trim.1),
            area: (self.area.0 * 2 + inner, self.area.1),
            columns: self.columns * 2,
            ..self
        }
    }
}

impl Preset {
    /// Whether it is a strip beside pages, not a page.
    pub(super) fn is_strip(self) -> bool {
        self == Self::Gutter
    }

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
            Self::DuikaiSpread => Self::Duikai.format().spread(),
            Self::SikaiSpread => Self::Sikai.format().spread(),
            // the inner margins of two facing pages, a body em clear of either
            Self::Gutter => Format {
                trim: (Length::mm(40), Length::mm(540)),
                area: (Length::pt(90), Length::mm(490)),
                origin: ((Length::mm(40) - Length::pt(90)).half(), Length::mm(25)),
                columns: 1,
                chars: 10,
                size: Length::pt(9),
            },
        }
    }
}
