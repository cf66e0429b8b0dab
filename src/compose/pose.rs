//! How Western text stands in vertical lines: upright one to a cell, side by
//! side in one cell, or turned (V11–V13).

use std::ops::Range;

use super::quotation::western_quotes;
use super::run::Pose;
use super::script::{is_chinese, is_western};

/// Capitals of an acronym that are stood upright at most (V11, K): `GDP`,
/// `NATO`; longer ones read better turned.
const ACRONYM: usize = 4;
/// Figures that one cell holds side by side (V12): four would be a quarter of
/// an em wide each.
const ABREAST: usize = 3;

/// The Western stretches of a text with their poses, in order.
///
/// A stretch is all that lies between Chinese characters, spaces at its ends
/// left out, so that the parts of one expression turn together (V13). No
/// stretch spans a `seam`, the byte offset of a new style, ascending. What the
/// copy asks for, in `asked`, stands so (V11); figures side by side only where
/// a cell holds them (V12). The quotes of a Western sentence turn with it
/// (V14).
///
/// Two chained ！？ are such a stretch, side by side in one cell (V03, T17):
/// GB/T 15834 5.1.2 gives two of them one place and three of them two, however
/// the lines run, and `clreq#exclamatory_question_marks` has them upright in
/// one place in vertical setting. So they take what the ready-made ‼ takes, no
/// more, and each place is one em and never squeezed. The third of three
/// stands alone in the second place. A copy that asks for `upright` has them
/// one below the other.
pub(super) fn stretches(
    text: &str,
    seams: &[usize],
    asked: &[(Range<usize>, Pose)],
) -> Vec<(Range<usize>, Pose)> {
    let mut seams = seams.to_vec();
    seams.extend(asked.iter().flat_map(|(range, _)| [range.start, range.end]));
    seams.sort_unstable();
    let western = is_western(text);
    let quotes = match western {
        true => Vec::new(),
        false => western_quotes(text),
    };
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    let mut seams = seams.into_iter().peekable();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    let mut close = |range: Range<usize>| {
        let part = &text[range.clone()];
        let inner = part.trim();
        let from = range.start + (part.len() - part.trim_start().len());
        if !inner.is_empty() {
            let within = |range: &Range<usize>| range.start <= from && from < range.end;
            let asked = asked.iter().find(|(range, _)| within(range));
            let own = pose(inner);
            let stands = match asked {
                Some((_, Pose::Abreast)) => own,
                Some((_, asked)) => *asked,
                None => own,
            };
            found.push((from..from + inner.len(), stands));
        }
    };
    while let Some((at, c)) = chars.next() {
        while seams.next_if(|&seam| seam < at).is_some() {}
        let mut seam = false;
        while seams.next_if_eq(&at).is_some() {
            seam = true;
        }
        if seam && let Some(from) = start.take() {
            close(from..at);
        }
        let next = chars.peek().map(|&(_, c)| c);
        // T06: an apostrophe belongs to its word
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_chinese(c));
        let apostrophe = c == '’' && letter(before) && letter(next);
        let quote = quotes.binary_search(&at).is_ok();
        let inside =
            western || apostrophe || quote || !(is_chinese(c) || matches!(c, '\n' | '\u{2028}'));
        if inside {
            start.get_or_insert(at);
        } else {
            if let Some(from) = start.take() {
                close(from..at);
            }
            // no chain spans two styles
            let split = seams.peek() == Some(&(at + c.len_utf8()));
            if !split
                && chained(c, next)
                && let Some((second, last)) = chars.next()
            {
                close(at..second + last.len_utf8());
            }
        }
        before = Some(c);
    }
    if let Some(from) = start {
        close(from..text.len());
    }
    ranges(text, &mut found, asked);
    // the full-width signs of a turned number turn with it (V13)
    for (range, pose) in &mut found {
        if *pose == Pose::Turned {
            *range = with_signs(text, range);
        }
    }
    found
}

/// Whether two characters are chained marks that share a cell.
fn chained(c: char, next: Option<char>) -> bool {
    is_chained(c) && next.is_some_and(is_chained)
}

fn is_chained(c: char) -> bool {
    matches!(c, '！' | '？')
}

/// Turns the second number of a range with its first, and the other way round
/// (V13): `-5℃～12℃`. One that the copy stands is let be.
fn ranges(text: &str, found: &mut [(Range<usize>, Pose)], asked: &[(Range<usize>, Pose)]) {
    let asks = |range: &Range<usize>| {
        let holds = |(asked, _): &(Range<usize>, Pose)| asked.contains(&range.start);
        asked.iter().any(holds)
    };
    let number = |range: &Range<usize>| {
        let part = &text[range.clone()];
        let figures = part.trim_start_matches(['-', '+', '−', '±']);
        figures.starts_with(|c: char| c.is_ascii_digit())
            && figures.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '°'))
    };
    let joined = |first: &Range<usize>, second: &Range<usize>| {
        let between = text.get(first.end..second.start).unwrap_or_default();
        let stroke = between.trim_start_matches(['℃', '℉', '％', '‰']);
        matches!(stroke, "～" | "〜" | "—" | "–") && number(first) && number(second)
    };
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let turned = (first.1 == Pose::Turned, second.1 == Pose::Turned);
        if !joined(&first.0, &second.0) || turned.0 == turned.1 {
            continue;
        }
        let other = if turned.0 { second } else { first };
        if !asks(&other.0) {
            other.1 = Pose::Turned;
        }
    }
}

/// A number with the full-width signs before and behind it.
fn with_signs(text: &str, range: &Range<usize>) -> Range<usize> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut from, mut to) = (range.start, range.end);
    let before = text[..from].chars().next_back();
    if let Some(sign) = before.filter(|c| matches!(c, '－' | '＋' | '￥'))
        && digit(text[from..].chars().next())
    {
        from -= sign.len_utf8();
    }
    let behind = text[to..].chars().next();
    if let Some(sign) = behind.filter(|c| matches!(c, '％' | '℃' | '℉'))
        && digit(text[..to].chars().next_back())
    {
        to += sign.len_utf8();
    }
    from..to
}

/// The pose of a stretch.
fn pose(stretch: &str) -> Pose {
    let count = stretch.chars().count();
    let all = |test: fn(&char) -> bool| stretch.chars().all(|c| test(&c));
    if count == 1 && all(|c| c.is_alphanumeric()) {
        Pose::Upright
    } else if all(|&c| is_chained(c)) || (count <= ABREAST && all(char::is_ascii_digit)) {
        Pose::Abreast
    } else if count <= ACRONYM && all(char::is_ascii_uppercase) {
        Pose::Upright
    } else {
        Pose::Turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poses(text: &str) -> Vec<(&str, Pose)> {
        let stretches = stretches(text, &[], &[]);
        let named = stretches.into_iter();
        named.map(|(range, pose)| (&text[range], pose)).collect()
    }

    #[test]
    fn v11_three_ways() {
        use Pose::{Abreast, Turned, Upright};
        assert_eq!(
            poses("用GDP和editor在12月5日T恤2026年"),
            [
                ("GDP", Upright),
                ("editor", Turned),
                ("12", Abreast),
                ("5", Upright),
                ("T", Upright),
                ("2026", Turned),
            ]
        );
    }

    #[test]
    fn v11_the_copy_s_word_stands_above_the_custom() {
        let text = "在2026年GDP12";
        let asked = [
            (3..7, Pose::Upright),
            (10..13, Pose::Turned),
            (13..15, Pose::Abreast),
        ];
        assert_eq!(stretches(text, &[0], &asked), asked);
        // V12: no cell holds four
        let four = [(3..7, Pose::Abreast)];
        assert_eq!(stretches("在2026年", &[], &four), [(3..7, Pose::Turned)]);
    }

    #[test]
    fn v03_t17_two_chained_marks_share_a_cell() {
        use Pose::{Abreast, Upright};
        assert_eq!(poses("啊！！"), [("！！", Abreast)]);
        assert_eq!(poses("啊？！！"), [("？！", Abreast)], "the third alone");
        assert_eq!(poses("啊！！！！"), [("！！", Abreast), ("！！", Abreast)]);
        assert_eq!(poses("啊！”！"), []);
        assert_eq!(stretches("啊！！", &[0, 6], &[]), [], "in two styles");
        let asked = [(3..9, Upright)];
        assert_eq!(stretches("啊！！", &[], &asked), asked);
    }

    #[test]
    fn v14_quotes_turn_with_their_sentence() {
        assert_eq!(
            poses("他说：“He said ‘yes’ to me.”好"),
            [("He said ‘yes’ to me.", Pose::Turned)]
        );
        assert_eq!(poses("他说“OK”好"), [("OK", Pose::Upright)]);
    }

    #[test]
    fn v12_four_figures_do_not_share_a_cell() {
        assert_eq!(poses("第365天")[0].1, Pose::Abreast);
        assert_eq!(poses("共2026人")[0].1, Pose::Turned);
    }

    #[test]
    fn v13_the_parts_of_an_expression_turn_together() {
        assert_eq!(poses("用J-8型"), [("J-8", Pose::Turned)]);
        assert_eq!(poses("涨3.5%了"), [("3.5%", Pose::Turned)]);
        assert_eq!(
            poses("在 New York 5 Ave 住"),
            [("New York 5 Ave", Pose::Turned)]
        );
        assert_eq!(poses("看It’s好"), [("It’s", Pose::Turned)]);
        assert_eq!(poses("降到-5℃了"), [("-5℃", Pose::Turned)]);
        assert_eq!(poses("约￥1234元"), [("￥1234", Pose::Turned)]);
        assert_eq!(poses("约12℃"), [("12", Pose::Abreast)]);
    }

    #[test]
    fn v13_both_numbers_of_a_range_turn() {
        use Pose::{Abreast, Turned};
        assert_eq!(poses("气温-5℃～12℃了"), [("-5℃", Turned), ("12℃", Turned)]);
        assert_eq!(poses("约3～4.5元"), [("3", Turned), ("4.5", Turned)]);
        assert_eq!(poses("约10～20人"), [("10", Abreast), ("20", Abreast)]);
        assert_eq!(poses("乘J-8、12架"), [("J-8", Turned), ("12", Abreast)]);
        let asked = [(3..5, Abreast)];
        assert_eq!(
            stretches("约12～4.5元", &[], &asked),
            [(3..5, Abreast), (8..11, Turned)]
        );
    }

    #[test]
    fn v11_no_stretch_spans_two_styles() {
        let found = stretches("共12月", &[0, 4], &[]);
        assert_eq!(
            found,
            [(3..4, Pose::Upright), (4..5, Pose::Upright)],
            "each figure by its own style"
        );
    }
}
