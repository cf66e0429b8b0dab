//! The font that is subset: what its CFF table holds and where.

use super::Fault;
use super::dict::{Dict, operator};
use super::index::Index;
use super::select::Select;

/// A CFF font program.
#[derive(Debug)]
pub(super) struct Source<'a> {
    table: &'a [u8],
    /// The font's own name.
    pub(super) name: &'a [u8],
    pub(super) top: Dict<'a>,
    pub(super) strings: Index<'a>,
    pub(super) global: Index<'a>,
    pub(super) charstrings: Index<'a>,
    /// Which Font DICT a glyph has; `None` in a name-keyed font.
    fonts: Option<(Index<'a>, Select<'a>)>,
}

/// What a Font DICT says of its glyphs (#5176, sections 14 to 16 and 18).
#[derive(Debug)]
pub(super) struct FontDict<'a> {
    pub(super) dict: Dict<'a>,
    pub(super) private: Dict<'a>,
    pub(super) local: Index<'a>,
}

impl<'a> Source<'a> {
    /// Reads the head of a `CFF ` table (#5176, sections 6 to 10).
    ///
    /// # Errors
    ///
    /// [`Fault::Unsupported`] for another major version than 1, more than one
    /// font, or charstrings that are not Type 2; [`Fault::Damaged`] where
    /// something is missing.
    pub(super) fn read(table: &'a [u8]) -> Result<Self, Fault> {
        let &[major, _, header, ..] = table else {
            return Err(Fault::Damaged("no header"));
        };
        if major != 1 {
            return Err(Fault::Unsupported("another version than 1"));
        }
        let (names, at) = Index::read(table, usize::from(header))?;
        let (tops, at) = Index::read(table, at)?;
        let (strings, at) = Index::read(table, at)?;
        let (global, _) = Index::read(table, at)?;
        if names.len() > 1 || tops.len() > 1 {
            return Err(Fault::Unsupported("more than one font"));
        }
        let name = names.get(0).ok_or(Fault::Damaged("no name"))?;
        let top = Dict(tops.get(0).ok_or(Fault::Damaged("no Top DICT"))?);
        if !matches!(top.number(operator::CHARSTRING_TYPE)?, None | Some(2)) {
            return Err(Fault::Unsupported("charstrings that are not Type 2"));
        }
        let charstrings = top
            .number(operator::CHAR_STRINGS)?
            .ok_or(Fault::Damaged("no charstrings"))?;
        let (charstrings, _) = Index::read(table, charstrings)?;
        let fonts = match top.operands(operator::ROS)? {
            None => None,
            Some(_) => {
                let array = top.number(operator::FD_ARRAY)?;
                let select = top.number(operator::FD_SELECT)?;
                let (Some(array), Some(select)) = (array, select) else {
                    return Err(Fault::Damaged("no Font DICTs"));
                };
                let (array, _) = Index::read(table, array)?;
                let select = Select::read(table, select, charstrings.len())?;
                Some((array, select))
            }
        };
        Ok(Self {
            table,
            name,
            top,
            strings,
            global,
            charstrings,
            fonts,
        })
    }

    /// The number of a glyph's Font DICT: 0 in a name-keyed font.
    pub(super) fn font_of(&self, glyph: u16) -> Result<u8, Fault> {
        match self.fonts {
            Some((_, select)) => select.get(glyph),
            None => Ok(0),
        }
    }

    /// A Font DICT. That of a name-keyed font is empty, and its Private DICT
    /// the one that the Top DICT names.
    pub(super) fn font(&self, number: u8) -> Result<FontDict<'a>, Fault> {
        let (dict, names_private) = match self.fonts {
            Some((array, _)) => {
                let dict = array.get(usize::from(number));
                let dict = Dict(dict.ok_or(Fault::Damaged("a Font DICT is missing"))?);
                (dict, dict)
            }
            None => (Dict::default(), self.top),
        };
        let mut font = FontDict {
            dict,
            private: Dict::default(),
            local: Index::default(),
        };
        if let Some(range) = names_private.private()? {
            let start = range.start;
            let private = self.table.get(range);
            font.private = Dict(private.ok_or(Fault::Damaged("a Private DICT leaves the table"))?);
            // Subroutines are found from the start of the Private DICT.
            if let Some(offset) = font.private.number(operator::SUBRS)? {
                font.local = Index::read(self.table, start + offset)?.0;
            }
        }
        Ok(font)
    }

    /// A string of the font's own (#5176, section 10); `None` for a standard
    /// one.
    pub(super) fn string(&self, sid: usize) -> Result<Option<&'a [u8]>, Fault> {
        let Some(own) = sid.checked_sub(STANDARD_STRINGS) else {
            return Ok(None);
        };
        let string = self.strings.get(own);
        string
            .map(Some)
            .ok_or(Fault::Damaged("a string is missing"))
    }
}

/// How many strings every font has without holding them (#5176, appendix A).
pub(super) const STANDARD_STRINGS: usize = 391;
