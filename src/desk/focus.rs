//! 焦点 as people write it: `0.3 0.4`, `30%，40%`, `[0.3, 0.4]` (P23).

use crate::base::photo::Focus;
use crate::desk::form::{Loose, Quantity, Unit, Written, Wrong};

/// What a focus that cannot be read is told, Chinese and English.
pub const WRONG: [&str; 2] = [
    "焦点应是两个数：从左、从上，各在 0 到 1 之间（或 0% 到 100%）",
    "the focus takes two numbers, from the left and from the top, 0 to 1 each (or 0% to 100%)",
];

/// Reads two numbers, parts of the width and of the height from the upper
/// left, 0 to 1 or in per cent. `None` for anything else.
pub fn parse(text: &str) -> Option<Focus> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、');
    let mut parts = text.split(between).filter(|part| !part.is_empty());
    let focus = Focus {
        across: part(parts.next()?)?,
        down: part(parts.next()?)?,
    };
    parts.next().is_none().then_some(focus)
}

/// Ten-thousandths.
fn part(text: &str) -> Option<u16> {
    let number = Quantity::parse(&text.replace('％', "%"))?;
    let of = match number.unit {
        Unit::Bare => 1,
        Unit::Percent => 100,
        _ => return None,
    };
    let (num, den) = (
        i128::from(number.value.num),
        i128::from(number.value.den) * of,
    );
    if num < 0 || num > den {
        return None;
    }
    u16::try_from((num * i128::from(Focus::WHOLE) + den / 2) / den).ok()
}

/// The value of `focus` in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FocusText(pub Focus);

impl Written for FocusText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let text = match value {
            Loose::List(list) => {
                let numbers = list.iter().map(|(_, value)| value.number_text());
                numbers.collect::<Vec<_>>().join(" ")
            }
            other => other.number_text(),
        };
        parse(&text).map(Self).ok_or_else(|| {
            Wrong::new(WRONG[0], WRONG[1]).help(
                "如 focus = [0.3, 0.4]，或 focus = \"30% 40%\"",
                "such as `focus = [0.3, 0.4]` or `focus = \"30% 40%\"`",
            )
        })
    }

    fn schema() -> serde_json::Value {
        let number = serde_json::json!({ "type": ["number", "string"] });
        serde_json::json!({
            "anyOf": [
                { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
                { "type": "string" },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p23_a_focus_is_two_parts_of_the_picture() {
        let at = |across, down| Some(Focus { across, down });
        assert_eq!(parse("0.3 0.4"), at(3000, 4000));
        assert_eq!(parse("30%，100％"), at(3000, 10_000));
        assert_eq!(parse("1/3, 0"), at(3333, 0));
        for text in [
            "",
            "0.3",
            "0.3 0.4 0.5",
            "1.2 0",
            "-0.1 0",
            "120% 0",
            "3pt 0",
            "左 上",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
