//! Numbers in Arabic digits: groups, decimal sign, ranges (T32).

use std::ops::Range;

use super::finding::Finding;
use super::passage::{Passage, is_close, is_han};
use super::rule::{DECIMAL, GROUPS, RANGE_UNIT};

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < passage.len() {
        let c = passage.at(at);
        if c.is_ascii_digit() {
            let end = passage.run(at, |c| c.is_ascii_digit());
            groups(passage, at..end, out);
            decimal_sign(passage, end, out);
            at = end;
            continue;
        }
        match c {
            '.' => leading_zero(passage, at, out),
            '～' | '—' | '-' | '–' | '~' | '〜' => range_unit(passage, at, out),
            _ => {}
        }
        at += 1;
    }
}

/// A number with its unit of 万, 亿 or %.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Its digits, decimal point included.
    pub(super) range: Range<usize>,
    /// The position after the number and its unit.
    pub(super) end: usize,
    /// In thousandths of the unit as written, to compare two of them.
    pub(super) value: u64,
}

impl Number {
    /// No decimals, no unit of its own.
    pub(super) fn is_plain(&self) -> bool {
        self.end == self.range.end
    }
}

/// Words that count, after a number; those that begin with one of them, as
/// 个月 and 人次, go without saying.
const UNITS: &str = "% ％ ‰ ℃ 万 亿 人 名 位 个 元 美元 只 件 台 辆 艘 架 家 岁 年 天 小时 分钟 秒 周 次 \
    倍 项 篇 部 本 米 厘米 毫米 公里 千米 平方米 立方米 亩 公顷 克 千克 公斤 吨 升 毫升 千瓦 度 级 成 条 张 份 \
    所 座 户 种 株 棵 头 颗 枚 盏 袋 箱 页 字 余 多";

/// Whether a word that counts stands at `at`.
pub(super) fn has_unit(passage: &Passage<'_>, at: usize) -> bool {
    UNITS.split(' ').any(|unit| passage.has(at, unit))
}

/// The two ends of a range around the connector `at..end`, if it is one:
/// nothing else is joined to either number.
pub(super) fn range(passage: &Passage<'_>, at: usize, end: usize) -> Option<(Number, Number)> {
    let unit = |c: char| matches!(c, '万' | '亿' | '%' | '％');
    let digit = |c: char| c.is_ascii_digit();
    let part = |c: char| digit(c) || c == '.';
    let left_end = if unit(passage.before(at)) { at - 1 } else { at };
    let mut left = left_end;
    while part(passage.before(left)) {
        left -= 1;
    }
    let right_end = passage.run(end, part);
    let after = if unit(passage.at(right_end)) {
        right_end + 1
    } else {
        right_end
    };
    let joined = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '–' | '—' | '/' | ':' | '~' | '～' | '_')
    };
    // `第3-5` counts, `A3-5` and `2026-05-02` do not
    if joined(passage.before(left)) || joined(passage.at(after)) {
        return None;
    }
    Some((
        number(passage, left..left_end, at)?,
        number(passage, end..right_end, after)?,
    ))
}

fn number(passage: &Passage<'_>, range: Range<usize>, end: usize) -> Option<Number> {
    let text: String = passage.chars[range.clone()].iter().collect();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || rest.len() > 3 || !digits(rest) {
        return None;
    }
    let value = whole.parse::<u64>().ok()? * 1000 + format!("{rest:0<3}").parse::<u64>().ok()?;
    Some(Number { range, end, value })
}

/// `1234567`: a note only, for the groups are a choice below a table, and
/// never for what may be a telephone number, a code or a year.
fn groups(passage: &Passage<'_>, range: Range<usize>, out: &mut Vec<Finding>) {
    let length = range.len();
    let after = passage.at(range.end);
    let before = passage.before(range.start);
    let joined = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '–' | '—' | '/' | '.' | ',' | ':' | '_' | '@')
    };
    let unit = has_unit(passage, range.end);
    let code = passage.at(range.start) == '0'
        || joined(before)
        || joined(after)
        || matches!(before, ' ' | ')' | '）' | '：' | '第' | '.')
        || matches!(after, '号' | '\u{FFFC}' | '·')
        || (is_han(before) && !unit);
    if length < 5 || code || (!unit && length != 7) {
        return;
    }
    let digits = passage.slice(&range);
    let mut grouped = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (length - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    let finding = Finding::new(
        &GROUPS,
        passage,
        range,
        format!("{length} 位的数没有分节"),
        format!("a number of {length} digits without groups"),
    );
    out.push(finding.help(
        format!("改作“{grouped}”，或用四分空分节"),
        format!("write \"{grouped}\", or part the groups by quarter spaces"),
    ));
}

/// `3·14`, `3．14`. An event named by its day, `“3·15”` or `9·11事件`, keeps
/// its interpunct.
fn decimal_sign(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let sign = passage.at(at);
    if !matches!(sign, '·' | '．' | '・' | '•') || !passage.at(at + 1).is_ascii_digit() {
        return;
    }
    let end = passage.run(at + 1, |c| c.is_ascii_digit());
    let mut start = at;
    while passage.before(start).is_ascii_digit() {
        start -= 1;
    }
    let quoted = is_close(passage.at(end)) || matches!(passage.before(start), '“' | '‘');
    // `9·3阅兵`: a day, and no unit after it
    let counted = has_unit(passage, end);
    let named = is_day(passage, start..at, at + 1..end) && is_han(passage.at(end)) && !counted;
    let second = matches!(passage.at(end), '·' | '．' | '.');
    if sign != '．' && (quoted || named || second) {
        return;
    }
    let to = format!(
        "{}.{}",
        passage.slice(&(start..at)),
        passage.slice(&(at + 1..end))
    );
    let mut finding = Finding::new(
        &DECIMAL,
        passage,
        start..end,
        format!("小数点用了 {sign}"),
        format!("{sign} stands for the decimal point"),
    )
    .write(&to);
    if sign == '．' {
        finding = finding.mend(at..at + 1, '.');
    }
    out.push(finding);
}

/// Whether two numbers are a month and a day of it.
fn is_day(passage: &Passage<'_>, month: Range<usize>, day: Range<usize>) -> bool {
    let number = |range| passage.slice(&range).parse::<u8>().ok();
    let (month, day) = (number(month), number(day));
    month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=31).contains(&day))
}

/// `.5`: the zero before the point is kept.
fn leading_zero(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let before = passage.before(at);
    let joined = before.is_ascii_graphic() || before == '\u{FFFC}';
    if joined || !passage.at(at + 1).is_ascii_digit() {
        return;
    }
    let end = passage.run(at + 1, |c| c.is_ascii_digit());
    if passage.at(end).is_ascii_alphabetic() || passage.at(end) == '.' {
        return;
    }
    let digits = passage.slice(&(at + 1..end));
    let finding = Finding::new(
        &DECIMAL,
        passage,
        at..end,
        "小数点前面没有 0",
        "a decimal without its leading zero",
    );
    out.push(finding.help(
        format!("改作“0.{digits}”；如是句号，改作“。”"),
        format!("write \"0.{digits}\", or 。 for a full stop"),
    ));
}

/// `9～16亿` may be nine or nine hundred million: the unit stands twice.
fn range_unit(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    if passage.before(at) == passage.at(at) {
        return;
    }
    let end = passage.run(at, |c| c == passage.at(at));
    let Some((left, right)) = range(passage, at, end) else {
        return;
    };
    let unit = passage.at(right.end - 1);
    let year = left.range.len() == 4 && left.value >= 1_800_000 && left.value < 2_100_000;
    if !left.is_plain() || right.is_plain() || left.value >= right.value || year {
        return;
    }
    let first = passage.slice(&(left.range));
    let finding = Finding::new(
        &RANGE_UNIT,
        passage,
        left.range.start..right.end,
        format!("前一个数省了“{unit}”，会有歧义"),
        format!("the first number lacks its {unit}"),
    );
    out.push(finding.write(&format!(
        "{first}{unit}～{}{unit}",
        passage.slice(&right.range)
    )));
}
