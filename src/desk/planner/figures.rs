//! Columns of numbers: where the decimal point of each stands (P26).

/// Characters that may follow a number in its cell: a unit.
const UNIT: usize = 4;

/// Whether the texts are those of a column of numbers: each is a number or
/// says that there is none, and one is a number.
pub(super) fn column<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    let mut any = false;
    let numbers = texts.all(|text| {
        let number = point(text).is_some();
        any |= number;
        number || is_none(text)
    });
    any && numbers
}

/// Whether a number stands upright in a vertical line, its figures in one cell
/// (V11, V12); so does what stands where a number is lacking.
pub(super) fn abreast(text: &str) -> bool {
    let few = text.len() <= 3 && text.bytes().all(|c| c.is_ascii_digit());
    few || is_none(text)
}

/// What stands where a number is lacking.
fn is_none(text: &str) -> bool {
    text.chars()
        .all(|c| matches!(c, '-' | '—' | '–' | '…' | '/' | '／' | '无' | '*' | '×'))
}

/// The byte at which the decimal point of a number stands, or would stand:
/// behind its last whole figure. `None` for what is not a number with, at
/// most, a sign before it and a unit behind it.
pub(super) fn point(text: &str) -> Option<u32> {
    let sign = |c: char| {
        matches!(
            c,
            '+' | '-' | '−' | '－' | '±' | '¥' | '￥' | '$' | '约' | '<' | '>'
        )
    };
    let figures = text.trim_start_matches(sign);
    let start = text.len() - figures.len();
    if start > 8 || !figures.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole = figures.len()
        - figures
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ',')
            .len();
    // `12,` is no number
    let whole = figures[..whole].trim_end_matches(',').len();
    let rest = &figures[whole..];
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if after.len() == fraction.len() {
                return None;
            }
            after
        }
        None => rest,
    };
    let unit =
        rest.chars().count() <= UNIT && !rest.contains(|c: char| c.is_ascii_digit() || c == '\n');
    unit.then(|| u32::try_from(start + whole).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p26_the_point_stands_behind_the_whole_figures() {
        let points = ["1.5", "12.25", "-3", "1,234.5", "12%", "约3.2万", "￥8"].map(point);
        assert_eq!(points, [1, 2, 2, 5, 2, 4, 4].map(Some));
        for text in ["甲", "", "5月1日", "1.", "3—5", "12个工作日以内"] {
            assert_eq!(point(text), None, "{text}");
        }
    }

    #[test]
    fn p26_a_dash_among_numbers_leaves_them_a_column() {
        assert!(column(["1", "—", "2.5"].into_iter()));
        assert!(!column(["1", "甲"].into_iter()));
        assert!(!column(["—"].into_iter()));
        assert!(!column([].into_iter()));
    }
}
