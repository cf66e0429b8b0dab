//! How characters stand in vertical lines (V09).

use unicode_vo::{Orientation, char_orientation};

use super::scheme::Region;

/// How a character of the Chinese list stands in a vertical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// As in horizontal setting.
    Upright,
    /// Turned a quarter clockwise.
    Turned,
    /// By its vertical form; upright where the face has none.
    FormOrUpright,
    /// By its vertical form; turned where the face has none.
    FormOrTurned,
}

/// The stance of a character: the table of UTR 50, and what Chinese setting
/// has otherwise.
///
/// Dash, ellipsis and short stroke turn (V06) and need no form, for a rule
/// turned is a rule; the solidus lies in the mainland (V08, contested C9); the
/// vertical glyph of ：；！？ decides and is never turned (V03); curly quotes
/// have forms (V05), as Unicode has had it since version 17.
pub fn stance_of(character: char, region: Region) -> Stance {
    match character {
        '—' | '⸺' | '…' | '⋯' | '–' | '-' | '‐' => Stance::Turned,
        '/' => Stance::Turned,
        '／' if region == Region::Cn => Stance::Turned,
        '：' | '；' | '！' | '？' | '‼' | '⁇' | '⁈' | '⁉' => Stance::FormOrUpright,
        '～' | '〜' | '“' | '”' | '‘' | '’' => Stance::FormOrTurned,
        // a sign before an upright figure (V13)
        '－' | '＋' => Stance::Upright,
        '·' | '‧' | '•' | '・' => Stance::Upright,
        _ => match char_orientation(character) {
            Orientation::Upright => Stance::Upright,
            Orientation::Rotated => Stance::Turned,
            Orientation::TransformedOrUpright => Stance::FormOrUpright,
            Orientation::TransformedOrRotated => Stance::FormOrTurned,
        },
    }
}

/// The corner bracket that stands for a curly quote in vertical text of the
/// mainland (V05, GB/T 15834 5.2.3; `clreq#id80`): double outside, single
/// inside. The copy keeps its quotes.
pub fn vertical_quote(character: char, region: Region) -> Option<char> {
    if region != Region::Cn {
        return None;
    }
    Some(match character {
        '“' => '『',
        '”' => '』',
        '‘' => '「',
        '’' => '」',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v09_twenty_code_points() {
        use Stance::{FormOrTurned, FormOrUpright, Turned, Upright};
        let table = [
            ('汉', Upright),
            ('〇', Upright),
            ('㎡', Upright),
            ('①', Upright),
            ('·', Upright),
            ('、', FormOrUpright),
            ('。', FormOrUpright),
            ('，', FormOrUpright),
            ('！', FormOrUpright),
            ('：', FormOrUpright),
            ('；', FormOrUpright),
            ('（', FormOrTurned),
            ('》', FormOrTurned),
            ('『', FormOrTurned),
            ('“', FormOrTurned),
            ('’', FormOrTurned),
            ('～', FormOrTurned),
            ('—', Turned),
            ('…', Turned),
            ('→', Turned),
        ];
        assert_eq!(table.len(), 20);
        for (character, stance) in table {
            assert_eq!(stance_of(character, Region::Cn), stance, "{character}");
        }
    }

    #[test]
    fn v08_the_solidus_lies_in_the_mainland() {
        assert_eq!(stance_of('／', Region::Cn), Stance::Turned);
        assert_eq!(stance_of('/', Region::Cn), Stance::Turned);
        assert_eq!(stance_of('／', Region::Tw), Stance::Upright, "UTR 50");
    }

    #[test]
    fn v05_curly_quotes_become_corner_brackets_in_the_mainland_only() {
        let quotes = |region| {
            "“‘’”"
                .chars()
                .filter_map(move |c| vertical_quote(c, region))
        };
        assert_eq!(quotes(Region::Cn).collect::<String>(), "『「」』");
        assert_eq!(quotes(Region::Tw).count(), 0);
    }

    #[test]
    fn v13_full_width_signs_stand_with_their_figure() {
        for region in [Region::Cn, Region::Tw] {
            assert_eq!(stance_of('－', region), Stance::Upright);
            assert_eq!(stance_of('＋', region), Stance::Upright);
        }
    }
}
