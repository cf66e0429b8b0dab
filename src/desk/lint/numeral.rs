//! Years, Han numerals and their mixture with Arabic ones (T33).

use super::finding::Finding;
use super::passage::{Passage, is_han, is_han_digit, is_pause};
use super::rule::{APPROXIMATE, MIXED_NUMBER, SHORT_YEAR, ZERO};

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < passage.len() {
        let c = passage.at(at);
        let mut next = at + 1;
        if c.is_ascii_digit() && !passage.before(at).is_ascii_digit() {
            next = passage.run(at, |c| c.is_ascii_digit());
            short_year(passage, at, next, out);
            next = mixed(passage, at, next, out);
        } else if is_han_digit(c) && !is_numeral(passage.before(at)) {
            next = zero(passage, at, out);
        }
        if is_han_digit(c) && passage.at(at + 1) == '、' {
            approximate(passage, at, out);
        }
        at = next.max(at + 1);
    }
}

fn is_numeral(c: char) -> bool {
    is_han_digit(c) || matches!(c, '零' | '○' | '◯' | '十' | '百' | '千')
}

/// `95年` for a year. It may count years as well (`建党95年`), so only what
/// cannot is told: `08年`, `95年5月`, and 50 to 99 after a word of time.
fn short_year(passage: &Passage<'_>, start: usize, end: usize, out: &mut Vec<Finding>) {
    if end - start != 2 || passage.at(end) != '年' {
        return;
    }
    let before = passage.before(start);
    if before.is_ascii_graphic() || matches!(before, '—' | '–' | '～' | '第' | '\u{FFFC}') {
        return;
    }
    let after = passage.at(end + 1);
    let month = passage.run(end + 1, |c| c.is_ascii_digit());
    let dated = month > end + 1 && passage.at(month) == '月' && !passage.has(month, "月份以来");
    let lead = passage.at(start) == '0';
    let late = matches!(passage.at(start), '5'..='9');
    let when =
        before == '\0' || is_pause(before) || matches!(before, '于' | '在' | '自' | '从' | '（');
    let counts = [
        "来", "间", "前", "后", "里", "内", "中", "的", "以", "之", "多", "余", "代", "历", "漫",
        "风", "时", "如", "过", "光", "坚", "岁", "不",
    ];
    let counted = counts.iter().any(|word| passage.has(end + 1, word));
    if !(lead || dated || (late && when && !counted)) || after == '代' {
        return;
    }
    let year = passage.slice(&(start..end));
    let finding = Finding::new(
        &SHORT_YEAR,
        passage,
        start..end + 1,
        "年份没有写全四位",
        "a year that is not written in four digits",
    );
    let century = if late { "19" } else { "20" };
    out.push(finding.help(
        format!("写全四位，如“{century}{year}年”"),
        format!("write all four digits, such as {century}{year}"),
    ));
}

/// `4千5百万`: Arabic digits take no 十, 百, 千. Hands out where it ends.
fn mixed(passage: &Passage<'_>, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    let small = |at: usize| match passage.at(at) {
        '千' => !"米克瓦赫伏卡帕焦安牛字吨位兆比周".contains(passage.at(at + 1)),
        '百' => {
            !"货分度家姓事合叶草灵科年".contains(passage.at(at + 1))
                || passage.has(at, "百家")
                || passage.has(at, "百年")
        }
        '十' => !"字".contains(passage.at(at + 1)),
        _ => false,
    };
    // a model or a code: `A3千`
    if passage.before(start).is_ascii_alphanumeric() || matches!(passage.before(start), '第' | '-')
    {
        return end;
    }
    let mut last = end;
    let mut found = false;
    loop {
        if small(last) {
            found = true;
            last += 1;
        } else if found && matches!(passage.at(last), '万' | '亿') {
            last += 1;
        } else {
            break;
        }
        let digits = passage.run(last, |c| c.is_ascii_digit());
        if digits > last && (small(digits) || matches!(passage.at(digits), '万' | '亿')) {
            last = digits;
        }
    }
    if !found {
        return end;
    }
    let finding = Finding::new(
        &MIXED_NUMBER,
        passage,
        start..last,
        format!("“{}”混用了阿拉伯数字和汉字", passage.slice(&(start..last))),
        format!(
            "\"{}\" mixes Arabic and Han numerals",
            passage.slice(&(start..last))
        ),
    );
    out.push(finding.help(
        "全用阿拉伯数字（可带万、亿），或全用汉字",
        "write it in Arabic digits, with 万 or 亿 at most, or all in Han",
    ));
    last
}

/// `三、五天`: an approximate number takes no 、. A list of ordinals does,
/// `第三、五天`, `一、二号楼`.
fn approximate(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let value = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c);
    let (Some(left), Some(right)) = (value(passage.at(at)), value(passage.at(at + 2))) else {
        return;
    };
    let near = right == left + 1 || (left == 3 && right == 5);
    let before = passage.before(at);
    // inside a longer number, or after an ordinal word, it is a list
    let mut list = matches!(
        before,
        '、' | '第' | '星' | '期' | '周' | '初' | '卷' | '楼' | '班' | '级'
    ) || (is_numeral(before) && before != '十');
    if before == '十' {
        list = matches!(passage.before(at - 1), '、' | '第' | '二' | '三');
    }
    let measures = [
        "天", "个", "人", "次", "十", "百", "千", "万", "里", "岁", "米", "斤", "块", "句", "分钟",
        "小时", "回", "趟", "公里", "步", "口", "只", "家", "张", "遍", "杯", "名", "位", "年",
    ];
    let measure = measures.iter().any(|word| passage.has(at + 3, word));
    let ordinal =
        passage.has(at + 3, "年级") || passage.has(at + 3, "年制") || passage.has(at + 3, "人称");
    if left == 0 || !near || list || !measure || ordinal {
        return;
    }
    let (left, right) = (passage.at(at), passage.at(at + 2));
    let finding = Finding::new(
        &APPROXIMATE,
        passage,
        at..at + 3,
        "相邻数字连用表示概数，中间不用顿号",
        "no 、 inside an approximate number",
    );
    out.push(finding.write(&format!("{left}{right}")));
}

/// `二○二六`: the zero of a Han number is 〇. A number that begins at `at`;
/// hands out where it ends.
fn zero(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) -> usize {
    let false_zero = |c: char| matches!(c, '○' | '◯' | '零' | '0' | 'O' | 'o');
    let end = passage.run(at, |c| is_han_digit(c) || false_zero(c));
    let year = end - at == 4 && passage.at(end) == '年';
    let mut start = at;
    while start < end {
        if !false_zero(passage.at(start)) {
            start += 1;
            continue;
        }
        let stop = passage.run(start, false_zero).min(end);
        let closed = is_han_digit(passage.at(stop)) || (year && stop == end);
        let wrong = passage.chars[start..stop].iter().all(|&c| match c {
            '零' => year,
            '○' | '◯' => true,
            // a zero or a letter is one only between Han digits
            _ => closed,
        });
        // `二○` alone may be a blank to fill in
        if wrong && (closed || (is_han(passage.at(stop)) && year)) {
            let shown = passage.slice(&(start..stop));
            let to = "〇".repeat(stop - start);
            let finding = Finding::new(
                &ZERO,
                passage,
                start..stop,
                format!("汉字数字里的零用了“{shown}”"),
                format!("\"{shown}\" stands for the zero of a Han number"),
            );
            out.push(finding.write(&to).mend(start..stop, to.clone()));
        }
        start = stop;
    }
    end
}
