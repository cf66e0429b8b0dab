//! 焦点 and 裁切 as people write them: `0.3 0.4`, `30%，40%`, `[0.1, 0, 0.8, 1]`
//! (P23).

use crate::base::photo::{Focus, Part};
use crate::desk::form::{Loose, Quantity, Unit, Written, Wrong};

/// What a focus that cannot be read is told, Chinese and English.
pub const WRONG: [&str; 2] = [
    "焦点应是两个数：从左、从上，各在 0 到 1 之间（或 0% 到 100%）",
    "the focus takes two numbers, from the left and from the top, 0 to 1 each (or 0% to 100%)",
];

/// The same of a part to show.
pub const WRONG_PART: [&str; 2] = [
    "裁切应是四个数：左边、上边、宽、高，各为全图的几分（0–1 或百分数），不出图外",
    "`crop` takes four numbers, left and upper edge, width and height, as parts of the picture (0 to 1 or per cent) and inside it",
];

/// Reads two numbers, parts of the width and of the height from the upper
/// left, 0 to 1 or in per cent. `None` for anything else.
pub fn parse(text: &str) -> Option<Focus> {
    match numbers(text)?.as_slice() {
        &[across, down] => Some(Focus { across, down }),
        _ => None,
    }
}

/// Reads four such numbers: left and upper edge, width and height of a part
/// of the picture. `None` for anything else, and for what is not inside it.
pub fn parse_part(text: &str) -> Option<Part> {
    let &[x, y, width, height] = numbers(text)?.as_slice() else {
        return None;
    };
    let inside = |start: u16, length: u16| length > 0 && start + length <= Focus::WHOLE;
    (inside(x, width) && inside(y, height)).then_some(Part {
        x,
        y,
        width,
        height,
    })
}

fn numbers(text: &str) -> Option<Vec<u16>> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、');
    let parts = text.split(between).filter(|part| !part.is_empty());
    parts.map(part).collect()
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

/// The numbers of a list, or of one text.
fn joined(value: &Loose) -> String {
    match value {
        Loose::List(list) => {
            let numbers = list.iter().map(|(_, value)| value.number_text());
            numbers.collect::<Vec<_>>().join(" ")
        }
        other => other.number_text(),
    }
}

impl Written for FocusText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        parse(&joined(value)).map(Self).ok_or_else(|| {
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

/// The value of `crop` in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CropText {
    /// Whether it may be cropped to the shape of its place.
    May(bool),
    /// The part that may show.
    Part(Part),
}

impl Written for CropText {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        if let Loose::Truth(may) = value {
            return Ok(Self::May(*may));
        }
        parse_part(&joined(value)).map(Self::Part).ok_or_else(|| {
            Wrong::new(WRONG_PART[0], WRONG_PART[1]).help(
                "如 crop = [0.1, 0, 0.8, 1]；整幅不裁写 crop = false",
                "such as `crop = [0.1, 0, 0.8, 1]`; `crop = false` shows all of it",
            )
        })
    }

    fn schema() -> serde_json::Value {
        let number = serde_json::json!({ "type": ["number", "string"] });
        serde_json::json!({
            "anyOf": [
                { "type": "boolean" },
                { "type": "array", "items": number, "minItems": 4, "maxItems": 4 },
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

    #[test]
    fn p23_a_part_lies_inside_its_picture() {
        let part = parse_part("10%, 0, 0.8, 1").expect("a part");
        assert_eq!(part.of((200, 100)), [20, 0, 160, 100]);
        assert_eq!(
            part.middle(),
            Focus {
                across: 5000,
                down: 5000
            }
        );
        for text in ["", "0 0 1", "0.5 0 0.6 1", "0 0 0 1", "0 0 1 1 1"] {
            assert_eq!(parse_part(text), None, "{text}");
        }
    }
}
