//! Days of the calendar, their weekdays, and datelines (E13).

use super::finding::Finding;
use super::passage::{Part, Passage};
use super::rule::DATE;
use crate::desk::date::Date;

/// A day as written.
#[derive(Clone, Copy, Debug)]
struct Day {
    /// Where it stands.
    start: usize,
    end: usize,
    year: Option<u16>,
    month: u8,
    day: u8,
}

/// How near to the day of the issue a day without a year must be, in months
/// before or after, for its year to be taken as known.
const NEAR: i32 = 5;

pub(super) fn find(passages: &[Passage<'_>], issue: Option<Date>, out: &mut Vec<Finding>) {
    let mut first = true;
    for passage in passages.iter().filter(|passage| passage.part.is_chinese()) {
        let other = issue.is_some_and(|issue| names_other_year(passage, issue));
        let opens = passage.part == Part::Dateline || (first && passage.part == Part::Paragraph);
        first &= passage.part != Part::Paragraph;
        if let Some(issue) = issue {
            bare_weekday(passage, issue, out);
        }
        let mut at = 0;
        while at < passage.len() {
            let Some(day) = day_at(passage, at) else {
                at += 1;
                continue;
            };
            at = day.end;
            let (Some(date), true) = (resolve(&day, issue, other), exists(&day)) else {
                if !exists(&day) {
                    no_such_day(passage, &day, out);
                }
                continue;
            };
            weekday(passage, &day, date, out);
            if let Some(issue) = issue
                && opens
                && date > issue
                && is_dateline(passage, &day)
            {
                later(passage, &day, date, issue, out);
            }
        }
    }
}

/// `2026年5月2日` or `5月2日` at `at`.
fn day_at(passage: &Passage<'_>, at: usize) -> Option<Day> {
    let before = passage.before(at);
    if !passage.at(at).is_ascii_digit() || before.is_ascii_alphanumeric() || before == '.' {
        return None;
    }
    let digits = |at: usize| passage.run(at, |c| c.is_ascii_digit());
    let number = |from: usize, to: usize| passage.slice(&(from..to)).parse::<u16>().ok();
    let mut start = at;
    let mut year = None;
    let mut end = digits(at);
    if end - at == 4 && passage.at(end) == '年' {
        year = number(at, end);
        start = end + 1;
        end = digits(start);
    }
    let day_start = end + 1;
    let stop = digits(day_start);
    let month = (1..=2).contains(&end.saturating_sub(start)) && passage.at(end) == '月';
    let day = (1..=2).contains(&stop.saturating_sub(day_start)) && passage.at(stop) == '日';
    if !(month && day) {
        return None;
    }
    Some(Day {
        start: at,
        end: stop + 1,
        year,
        month: u8::try_from(number(start, end)?).ok()?,
        day: u8::try_from(number(day_start, stop)?).ok()?,
    })
}

/// Whether the calendar has such a day in its year, or in any.
fn exists(day: &Day) -> bool {
    match day.year {
        // outside the years that are known, nothing is claimed
        Some(year) if !(1800..=2999).contains(&year) => true,
        Some(year) => Date::new(year, day.month, day.day).is_some(),
        None => Date::new(2024, day.month, day.day).is_some(),
    }
}

/// The day meant; one without a year is taken to be near the issue, unless
/// the passage tells of another year.
fn resolve(day: &Day, issue: Option<Date>, other: bool) -> Option<Date> {
    if let Some(year) = day.year {
        return Date::new(year, day.month, day.day);
    }
    let issue = issue.filter(|_| !other)?;
    let months = i32::from(day.month) - i32::from(issue.month());
    let years = [
        issue.year().checked_sub(1),
        Some(issue.year()),
        issue.year().checked_add(1),
    ];
    let (shift, year) = [-12, 0, 12]
        .into_iter()
        .zip(years)
        .min_by_key(|(shift, _)| (months + shift).abs())?;
    ((months + shift).abs() <= NEAR)
        .then(|| Date::new(year?, day.month, day.day))
        .flatten()
}

/// Whether a passage names a year that is not the issue's.
fn names_other_year(passage: &Passage<'_>, issue: Date) -> bool {
    let own = issue.year().to_string();
    let mut at = 0;
    while at < passage.len() {
        let end = passage.run(at, |c| c.is_ascii_digit());
        if end - at == 4 && passage.at(end) == '年' && passage.slice(&(at..end)) != own {
            return true;
        }
        at = end.max(at + 1);
    }
    ["去年", "前年", "明年", "次年", "翌年", "当年"]
        .iter()
        .any(|word| passage.text().contains(word))
}

fn no_such_day(passage: &Passage<'_>, day: &Day, out: &mut Vec<Finding>) {
    let shown = passage.slice(&(day.start..day.end));
    let finding = Finding::new(
        &DATE,
        passage,
        day.start..day.end,
        format!("日历上没有{shown}"),
        format!("the calendar has no {shown}"),
    );
    out.push(finding.help("核对日期", "check the date"));
}

/// `5月2日（星期五）`, `5月2日星期五`.
fn weekday(passage: &Passage<'_>, day: &Day, date: Date, out: &mut Vec<Finding>) {
    let at = passage.run(day.end, |c| {
        matches!(c, '（' | '(' | ' ' | '，' | '\u{3000}')
    });
    let word = ["星期", "礼拜", "周"]
        .into_iter()
        .find(|word| passage.has(at, word));
    let Some(word) = word else { return };
    let name = at + word.chars().count();
    let names = ["日天", "一", "二", "三", "四", "五", "六"];
    let written = names
        .iter()
        .position(|names| names.contains(passage.at(name)));
    // 周一至周五, 周日报
    let open = matches!(
        passage.at(name + 1),
        '至' | '到' | '、' | '—' | '～' | '报' | '年'
    );
    let right = usize::from(date.weekday());
    if written.is_none_or(|written| written == right) || open {
        return;
    }
    let shown = passage.slice(&(at..name + 1));
    let finding = Finding::new(
        &DATE,
        passage,
        at..name + 1,
        format!("{}不是{shown}，是{}", date.chinese(), date.weekday_cn()),
        format!("{date} is {}, not {shown}", date.weekday_cn()),
    );
    out.push(finding.help("核对日期和星期", "check the date and the weekday"));
}

/// A field of the paper's furniture that is a weekday and nothing else.
fn bare_weekday(passage: &Passage<'_>, issue: Date, out: &mut Vec<Finding>) {
    let text = passage.text();
    let weekday = passage.part == Part::Names && passage.len() == 3 && text.starts_with("星期");
    if weekday && text != issue.weekday_cn() {
        let right = issue.weekday_cn();
        let finding = Finding::new(
            &DATE,
            passage,
            0..3,
            format!("出版日期{}不是{text}，是{right}", issue.chinese()),
            format!("the day of the issue, {issue}, is {right}, not {text}"),
        );
        out.push(finding.write(right));
    }
}

/// `本报北京5月1日电`: near the start of a story, 电 or 讯 after the day.
fn is_dateline(passage: &Passage<'_>, day: &Day) -> bool {
    day.start < 24 && matches!(passage.at(day.end), '电' | '讯')
}

fn later(passage: &Passage<'_>, day: &Day, date: Date, issue: Date, out: &mut Vec<Finding>) {
    let finding = Finding::new(
        &DATE,
        passage,
        day.start..day.end,
        format!("电头日期{}晚于出版日期{}", date.chinese(), issue.chinese()),
        format!("the dateline of {date} is after the day of the issue, {issue}"),
    );
    out.push(finding.help("核对电头日期", "check the dateline"));
}
