//! What the keys of a dictionary mean, by where it stands.

/// Where an object stands, as far as it tells what its keys mean: those of
/// resources are names that the file made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Keys mean what they say.
    Any,
    /// A dictionary of resources.
    Resources,
    /// Resources by name, of a kind that tells itself.
    Named,
    /// Colour spaces by name.
    Spaces,
    /// Graphics states by name.
    States,
    /// A graphics state, whether it says so or not.
    State,
    /// Fonts by name.
    Fonts,
    /// A font, whether it says so or not.
    Font,
    /// The glyphs of a font of type 3 by name.
    Glyphs,
    /// A stream of operators.
    Glyph,
}

impl Place {
    /// Where the value of `key` stands.
    pub(super) fn of(self, key: &[u8]) -> Self {
        match (self, key) {
            (Self::Resources, b"ExtGState") => Self::States,
            (Self::Resources, b"ColorSpace") => Self::Spaces,
            (Self::Resources, b"Font") => Self::Fonts,
            (Self::Resources, b"XObject" | b"Pattern" | b"Shading" | b"Properties") => Self::Named,
            (Self::States, _) => Self::State,
            (Self::Fonts, _) | (Self::State, b"Font") | (Self::Font, b"DescendantFonts") => {
                Self::Font
            }
            (Self::Glyphs, _) => Self::Glyph,
            (Self::Named | Self::Spaces, _) => Self::Any,
            (_, b"Resources") => Self::Resources,
            (_, b"CharProcs") => Self::Glyphs,
            // a pattern of a shading has a state of its own
            (_, b"ExtGState") => Self::State,
            _ => Self::Any,
        }
    }

    /// Whether its keys are names that the file made up.
    pub(super) fn has_made_up_keys(self) -> bool {
        matches!(
            self,
            Self::Named | Self::Spaces | Self::States | Self::Fonts | Self::Glyphs
        )
    }
}
