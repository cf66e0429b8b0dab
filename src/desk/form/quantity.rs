//! Numbers with units as people write them: `9pt`, `1/3`, `20mm`, `小五`.

use super::leaf::{Loose, Written, Wrong};

/// An exact fraction; `den` is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line.
    pub num: i64,
    /// Below the line.
    pub den: i64,
}

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing is said.
    Bare,
    /// Points of 1/72 inch (磅).
    Pt,
    /// Millimetres.
    Mm,
    /// Em: characters of the size that is meant (字).
    Em,
    /// Grid lines (行).
    Line,
    /// Hundredths.
    Percent,
    /// No number but the name of a type size (字号).
    Name(String),
}

/// A number and its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: Ratio,
    /// Its unit.
    pub unit: Unit,
}

impl Ratio {
    /// Reads `12`, `11.25`, `-0.5` or `1/3`: at most nine digits before the
    /// point and six after it, so that no sum of lengths can overflow.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let whole = |digits: &str, most: usize| {
            let plain = !digits.is_empty()
                && digits.len() <= most
                && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain {
                digits.parse::<i64>().ok()
            } else {
                None
            }
        };
        let (num, den) = if let Some((above, below)) = digits.split_once('/') {
            (whole(above.trim(), 6)?, whole(below.trim(), 6)?)
        } else if let Some((above, below)) = digits.split_once('.') {
            let scale = 10_i64.pow(u32::try_from(below.len()).ok().filter(|&n| n <= 6)?);
            (whole(above, 9)? * scale + whole(below, 6)?, scale)
        } else {
            (whole(digits, 9)?, 1)
        };
        (den > 0).then_some(Self {
            num: if negative { -num } else { num },
            den,
        })
    }
}

impl Quantity {
    /// Whether a text begins as a number does, and not as a name.
    pub fn begins(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'))
    }

    /// Reads a number with its unit, or the name of a type size.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !Self::begins(text) {
            let unit = Unit::Name(text.to_owned());
            return (!text.is_empty()).then_some(Self {
                value: Ratio { num: 0, den: 1 },
                unit,
            });
        }
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '/')))
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let unit = match unit.trim() {
            "" => Unit::Bare,
            "pt" | "磅" => Unit::Pt,
            "mm" | "毫米" => Unit::Mm,
            "em" | "字" => Unit::Em,
            "line" | "lines" | "行" => Unit::Line,
            "%" => Unit::Percent,
            _ => return None,
        };
        Some(Self {
            value: Ratio::parse(number)?,
            unit,
        })
    }
}

impl Written for Quantity {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let text = value.number_text();
        Self::parse(&text).ok_or_else(|| {
            Wrong::new(
                format!("{} 不是数量", value.shown()),
                format!("{} is not a quantity", value.shown()),
            )
            .help(
                "写成 \"9pt\"、\"20mm\"、\"1/3\"、\"2em\"、\"3行\" 或字号名如 \"小五\"",
                "write \"9pt\", \"20mm\", \"1/3\", \"2em\", \"3line\" or a size name such as \"小五\"",
            )
        })
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({
            "type": ["string", "number"],
            "description": "9pt, 20mm, 2em, 3line, 1/3, 85%, or a type size such as 小五",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(num: i64, den: i64, unit: Unit) -> Option<Quantity> {
        Some(Quantity {
            value: Ratio { num, den },
            unit,
        })
    }

    #[test]
    fn numbers_are_exact() {
        assert_eq!(Quantity::parse("11.25pt"), quantity(1125, 100, Unit::Pt));
        assert_eq!(Quantity::parse("1/3"), quantity(1, 3, Unit::Bare));
        assert_eq!(Quantity::parse("-2 字"), quantity(-2, 1, Unit::Em));
        assert_eq!(
            Quantity::parse("小五"),
            quantity(0, 1, Unit::Name("小五".into()))
        );
    }

    #[test]
    fn what_is_no_quantity_is_none() {
        for text in [
            "",
            "9px",
            "1/0",
            "1/2/3",
            "--1",
            "1e9",
            "9999999999",
            ".5",
            "1.1234567",
        ] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
