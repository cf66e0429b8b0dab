//! What may stand on either side of a line break, and which blank goes
//! between two adjacent marks.

use super::class::Class;
use super::scheme::Level;

/// What the table says of a break between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The line may break here.
    Allowed,
    /// The line may not break here.
    Never,
    /// The Chinese rules do not list the pair: the Unicode algorithm decides.
    Ask,
}

impl Level {
    /// Whether a class may not start a line (行首禁则, requirements §0.4;
    /// `clreq#prohibition_rules_for_line_start_end`).
    pub fn forbids_start(self, class: Class) -> bool {
        match class {
            // L17: at every level, for a note belongs to its base
            Class::Note => true,
            Class::Close
            | Class::Comma
            | Class::Colon
            | Class::Stop
            | Class::Excl
            | Class::Conn
            | Class::Mid
            | Class::Sol => self != Self::None,
            Class::Dash | Class::Ellip => self == Self::Strict,
            _ => false,
        }
    }

    /// Whether a class may not end a line (行尾禁则).
    pub fn forbids_end(self, class: Class) -> bool {
        match class {
            Class::Open => self != Self::None,
            Class::Sol => matches!(self, Self::Gb | Self::Strict),
            _ => false,
        }
    }
}

/// Whether a line may break between two characters (L01–L13).
///
/// Spaces and controls are not its matter. The Unicode algorithm comes after
/// it, for it is wrong about most Chinese marks (L46).
pub fn pair_break(level: Level, before: Class, after: Class) -> Verdict {
    use Class::{Conn, Dash, Ellip, Num, Other, Post, Pre, Sol, West};
    if level.forbids_start(after) || level.forbids_end(before) {
        return Verdict::Never;
    }
    match (before, after) {
        // L09: one unit, however long
        (Dash, Dash) | (Ellip, Ellip) => Verdict::Never,
        // L12, L16
        (West | Num, West | Num) => Verdict::Never,
        // L13: a sign stays with its number, also in `C++` and `5+3`
        (Pre, Num | West | Pre) | (West | Num, Pre) => Verdict::Never,
        (Other, Other | West | Num | Pre | Post) | (West | Num | Pre | Post, Other) => Verdict::Ask,
        (_, Post) | (Post, Num | West) => Verdict::Never,
        // L06: in a range the break falls behind the connector, at any level
        (Num, Conn | Sol) | (Sol, Num) => Verdict::Never,
        (Other, _) | (_, Other) => Verdict::Ask,
        _ => Verdict::Allowed,
    }
}

/// Which of two adjacent marks loses its blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Neither.
    None,
    /// The first.
    First,
    /// The second.
    Second,
}

/// Which blank goes where two marks meet (L21–L26;
/// `clreq#h-adjustment_of_adjacent_punctuation_marks`).
pub fn pair_cut(first: Class, second: Class) -> Cut {
    match (first, second) {
        (Class::Open, Class::Open) => Cut::Second,
        (_, Class::Open | Class::Close) if first.closes() => Cut::First,
        (Class::Close, _) if second.closes() => Cut::First,
        _ => Cut::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l06_no_break_before_a_connector_between_figures_at_any_level() {
        for (_, level) in Level::ALL {
            assert_eq!(pair_break(level, Class::Num, Class::Conn), Verdict::Never);
            assert_eq!(pair_break(level, Class::Num, Class::Sol), Verdict::Never);
            assert_eq!(pair_break(level, Class::Sol, Class::Num), Verdict::Never);
        }
        assert_eq!(
            pair_break(Level::Gb, Class::Conn, Class::Num),
            Verdict::Allowed
        );
    }

    #[test]
    fn l46_western_text_beside_what_no_rule_lists_is_left_to_unicode() {
        use Class::{Num, Other, Post, Pre, West};
        for class in [West, Num, Pre, Post, Other] {
            assert_eq!(
                pair_break(Level::Gb, Other, class),
                Verdict::Ask,
                "{class:?}"
            );
            assert_eq!(
                pair_break(Level::Gb, class, Other),
                Verdict::Ask,
                "{class:?}"
            );
        }
    }

    #[test]
    fn l13_a_postfix_leaves_neither_its_number_nor_what_it_stands_on() {
        assert_eq!(
            pair_break(Level::Gb, Class::Num, Class::Post),
            Verdict::Never
        );
        assert_eq!(
            pair_break(Level::Gb, Class::Han, Class::Post),
            Verdict::Never
        );
        assert_eq!(
            pair_break(Level::Gb, Class::Post, Class::Han),
            Verdict::Allowed
        );
    }
}
