//! Dates of the civil calendar, without a clock.

use std::fmt;

use super::form::{Loose, Written, Wrong};

/// A day that exists, from 1800 to 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The year, 0–9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1–12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1–31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day, or `None` where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let exists = (1800..=2999).contains(&year) && (1..=days).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// Reads `2026-05-02`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let mut number = |digits: usize| {
            parts
                .next()
                .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|part| part.parse::<u16>().ok())
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Weekday by Zeller's congruence, 0 for Sunday.
    pub fn weekday(self) -> u8 {
        let (month, year) = match self.month {
            1 | 2 => (u32::from(self.month) + 12, u32::from(self.year) - 1),
            month => (u32::from(month), u32::from(self.year)),
        };
        let (century, rest) = (year / 100, year % 100);
        let day = u32::from(self.day)
            + 13 * (month + 1) / 5
            + rest
            + rest / 4
            + century / 4
            + 5 * century;
        // Zeller counts from Saturday
        u8::try_from((day + 6) % 7).unwrap_or(0)
    }

    /// `星期六`.
    pub fn weekday_cn(self) -> &'static str {
        [
            "星期日",
            "星期一",
            "星期二",
            "星期三",
            "星期四",
            "星期五",
            "星期六",
        ][usize::from(self.weekday() % 7)]
    }

    /// `2026年5月2日`.
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    /// `20260502`, for file names.
    pub fn compact(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }
}

/// `2026-05-02`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Written for Date {
    fn read(value: &Loose) -> Result<Self, Wrong> {
        let date = match value {
            Loose::Text(text) | Loose::Date(text) => Self::parse(text),
            _ => None,
        };
        date.ok_or_else(|| {
            let shown = value.shown();
            Wrong::new(
                format!("没有 {shown} 这一天"),
                format!("{shown} is not a day"),
            )
            .help(
                "写成 2026-05-02，须为日历上有的日子",
                "write it as 2026-05-02, a day of the calendar",
            )
        })
    }

    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn n15_weekday_comes_from_the_date() {
        let weekday = |text| Date::parse(text).map(Date::weekday_cn);
        assert_eq!(weekday("2026-05-02"), Some("星期六"));
        assert_eq!(weekday("2000-02-29"), Some("星期二"));
        assert_eq!(weekday("1949-10-01"), Some("星期六"));
        assert_eq!(weekday("2024-01-01"), Some("星期一"));
        assert_eq!(weekday("1900-03-01"), Some("星期四"));
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "26-1-1",
            "",
            "2026-05-2x",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2024-02-29").is_some());
    }

    #[test]
    fn n15_chinese_form() {
        let date = Date::parse("2026-05-02").expect("a day");
        assert_eq!(date.chinese(), "2026年5月2日");
        assert_eq!(date.compact(), "20260502");
    }
}
