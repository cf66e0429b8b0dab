//! Half-width marks, doubled marks, spaces, the long ellipsis: E13, T10.

use std::ops::Range;

use super::finding::Finding;
use super::passage::{Part, Passage, is_close, is_han, is_open, is_pause, is_wide_mark};
use super::rule::{DOUBLED, HALF_WIDTH, LONG_ELLIPSIS, OPEN_MARK, SPACE};

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    half_width(passage, out);
    brackets(passage, out);
    doubled(passage, out);
    after_open(passage, out);
    spaces(passage, out);
    long_ellipsis(passage, out);
}

/// Han or a mark that only Chinese text has.
fn is_chinese(c: char) -> bool {
    is_han(c) || is_wide_mark(c)
}

/// The character before `at`, closing curly quotes passed over: they are
/// Chinese or Western as what they enclose.
fn context(passage: &Passage<'_>, mut at: usize) -> char {
    while matches!(passage.before(at), '”' | '’') {
        at -= 1;
    }
    passage.before(at)
}

/// The full-width fellow of a half-width mark.
fn wide(c: char) -> char {
    match c {
        ',' => '，',
        '.' => '。',
        ':' => '：',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        other => other,
    }
}

fn half_width(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let mut at = 0;
    while at < passage.len() {
        let mark = passage.at(at);
        let end = match mark {
            ',' | ';' | ':' => {
                pause(passage, at, out);
                at + 1
            }
            '?' | '!' => {
                let end = passage.run(at, |c| matches!(c, '?' | '!'));
                if is_chinese(context(passage, at)) {
                    let to: String = passage.slice(&(at..end)).chars().map(wide).collect();
                    report(passage, at..end, &to, out);
                }
                end
            }
            '.' => {
                let end = passage.run(at, |c| c == '.');
                if end == at + 1 {
                    stop(passage, at, out);
                }
                end
            }
            _ => at + 1,
        };
        at = end;
    }
}

/// `,` `;` `:`. Between figures, as in `3:2`, they belong to the number.
fn pause(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let (before, after) = (context(passage, at), passage.at(at + 1));
    let spaces = passage.run(at + 1, |c| c == ' ');
    let next = passage.at(spaces);
    let word = !before.is_whitespace() && before != '\0';
    let figure = before.is_ascii_digit() && after.is_ascii_digit();
    if !figure && (is_chinese(before) || (word && is_han(next))) {
        let end = if next == '\0' || next == '\n' {
            at + 1
        } else {
            spaces
        };
        report(passage, at..end, &wide(passage.at(at)).to_string(), out);
    }
}

/// A lone `.` after Han: a full stop at the end of the passage; elsewhere it
/// may be an interpunct as well, so it is only told.
fn stop(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    if !is_han(context(passage, at)) {
        return;
    }
    let end = passage.run(at + 1, |c| is_close(c) || c.is_whitespace());
    if passage.at(end) == '\0' {
        report(passage, at..at + 1, "。", out);
    } else if is_han(passage.at(at + 1)) {
        out.push(
            Finding::new(
                &HALF_WIDTH,
                passage,
                at..at + 1,
                "汉字之间用了半角的 .",
                "a half-width . between Han characters",
            )
            .help(
                "如是句号，改作“。”；如在外文人名里，改作“·”",
                "write 。 for a full stop, · inside a foreign name",
            ),
        );
    }
}

fn report(passage: &Passage<'_>, range: Range<usize>, to: &str, out: &mut Vec<Finding>) {
    let mark = passage.slice(&range).trim_end();
    let finding = Finding::new(
        &HALF_WIDTH,
        passage,
        range.clone(),
        format!("汉字旁边用了半角的 {mark}"),
        format!("a half-width {mark} next to Chinese text"),
    );
    out.push(finding.write(to).mend(range, to));
}

/// Half-width round brackets that enclose Han or follow it, changed as a
/// pair; `f(x)` and the area code in `(010)12345678` stay.
fn brackets(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    // of each open bracket: its place, and the Han characters before it
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut han = 0;
    for at in 0..passage.len() {
        match passage.at(at) {
            c if is_han(c) => han += 1,
            '(' | '（' => open.push((at, han)),
            ')' | '）' => {
                let Some((start, before)) = open.pop() else {
                    continue;
                };
                let both = passage.at(start) == '(' && passage.at(at) == ')';
                let mixed = (passage.at(start) == '(') != (passage.at(at) == ')');
                let digits = passage.run(start + 1, |c| c.is_ascii_digit()) == at;
                let next = passage.at(passage.run(at + 1, |c| c == ' '));
                let code = digits && (next.is_ascii_digit() || next == '-');
                let chinese = han > before
                    || is_chinese(passage.before(start))
                    || (passage.before(start) == ' '
                        && is_han(passage.before(start.saturating_sub(1)))
                        && is_wide_mark(passage.at(at + 1)));
                if mixed || (both && chinese && !code) {
                    pair(passage, start, at, out);
                }
            }
            _ => {}
        }
    }
}

fn pair(passage: &Passage<'_>, start: usize, end: usize, out: &mut Vec<Finding>) {
    let mut finding = Finding::new(
        &HALF_WIDTH,
        passage,
        start..end + 1,
        "中文里用了半角的圆括号",
        "half-width round brackets in Chinese text",
    )
    .help("改作（ ）", "write （ ）");
    for at in [start, end] {
        if matches!(passage.at(at), '(' | ')') {
            finding = finding.mend(at..at + 1, wide(passage.at(at)).to_string());
        }
    }
    out.push(finding);
}

/// `，，`, `。，`, `？。`, and more than three of ！？ (T17).
fn doubled(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let excl = |c| matches!(c, '！' | '？');
    let mut at = 0;
    while at < passage.len() {
        let mark = passage.at(at);
        let mut end = at + 1;
        if is_pause(mark) {
            end = passage.run(at, |c| c == mark);
            let next = passage.at(end);
            if is_pause(next) {
                mixed(passage, at..passage.run(at, is_pause), out);
                end = passage.run(at, is_pause);
            } else if end > at + 1 {
                let shown = passage.slice(&(at..end));
                let finding = Finding::new(
                    &DOUBLED,
                    passage,
                    at..end,
                    format!("标点重复：{shown}"),
                    format!("a repeated mark: {shown}"),
                );
                out.push(finding.write(&mark.to_string()).mend(at..end, mark));
            }
        } else if excl(mark) {
            end = passage.run(at, excl);
            if end - at > 3 {
                let finding = Finding::new(
                    &DOUBLED,
                    passage,
                    at..end,
                    format!("叹号、问号连用了 {} 个", end - at),
                    format!("{} exclamation or question marks in a row", end - at),
                );
                out.push(finding.help(
                    "最多叠用三个（T17）",
                    "at most three may stand together (T17)",
                ));
            } else if passage.at(end) == '。' {
                mixed(passage, at..end + 1, out);
                end += 1;
            }
        }
        at = end;
    }
}

fn mixed(passage: &Passage<'_>, range: Range<usize>, out: &mut Vec<Finding>) {
    let shown = passage.slice(&range);
    let finding = Finding::new(
        &DOUBLED,
        passage,
        range,
        format!("点号连用：{shown}"),
        format!("two pauses or stops in a row: {shown}"),
    );
    out.push(finding.help("只留一个", "keep one of them"));
}

/// `（，`: nothing to pause after. A mark alone in its pair is quoted, `“，”`.
fn after_open(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    for at in 1..passage.len() {
        if is_open(passage.before(at)) && is_pause(passage.at(at)) && !is_close(passage.at(at + 1))
        {
            let finding = Finding::new(
                &OPEN_MARK,
                passage,
                at - 1..at + 1,
                "开引号、开括号后面紧跟点号",
                "a pause or stop right after an opening mark",
            );
            out.push(finding.help(
                "删去点号，或补上漏掉的字",
                "delete the mark, or put in the missing words",
            ));
        }
    }
}

/// Spaces in running text. Beside a full-width mark they are junk; between
/// Han they may part names, so that is only told, and only where sentences
/// stand: not in a list of names, a signature, verse, or what is quoted or in
/// brackets.
fn spaces(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    if !passage.part.runs() {
        return;
    }
    let stop = |c: char| is_pause(c) || matches!(c, '！' | '？');
    let mut between = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while at < passage.len() {
        match passage.at(at) {
            '（' | '(' | '“' | '‘' => depth += 1,
            '）' | ')' | '”' | '’' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if passage.at(at) != ' ' {
            at += 1;
            continue;
        }
        let end = passage.run(at, |c| c == ' ');
        let (before, after) = (passage.before(at), passage.at(end));
        let word = |c: char| is_han(c) || c == '“' || c == '《';
        if (stop(before) && word(after)) || (is_han(before) && stop(after)) {
            let finding = Finding::new(
                &SPACE,
                passage,
                at..end,
                "全角标点旁边有空格",
                "a space beside a full-width mark",
            );
            let finding = finding.help("删去空格", "delete the space");
            out.push(finding.mend(at..end, ""));
        } else if is_han(before) && is_han(after) && depth == 0 && !signs(passage, at, end) {
            between.push(at..end);
        }
        at = end;
    }
    let sentences = passage
        .chars
        .iter()
        .any(|&c| matches!(c, '。' | '！' | '？'));
    if sentences && between.len() < 3 && passage.part == Part::Paragraph {
        for range in between {
            let finding = Finding::new(
                &SPACE,
                passage,
                range,
                "汉字之间有空格",
                "a space between Han characters",
            );
            out.push(finding.help(
                "如不是有意隔开，删去空格",
                "delete the space, unless it parts two names",
            ));
        }
    }
}

/// Whether a space is that of a dateline or a signature: `本报讯 记者…`,
/// `记者 张三 摄`.
fn signs(passage: &Passage<'_>, start: usize, end: usize) -> bool {
    let dateline = start < 24 && matches!(passage.before(start), '讯' | '电');
    let role = ["记者", "通讯员", "作者", "摄影", "编辑"]
        .iter()
        .any(|role| passage.ends(start, role));
    let work = ["摄", "文", "图", "报道", "制图", "绘", "整理"]
        .iter()
        .any(|work| passage.has(end, work));
    dateline || role || work || clause(passage, start)
}

/// Whether what stands before `end` is the number that opens a passage,
/// 第十二条 or 第三章: a blank parts it from its text (P03).
fn clause(passage: &Passage<'_>, end: usize) -> bool {
    const FIGURES: &str = "〇零一二三四五六七八九十百千";
    let unit = matches!(passage.before(end), '条' | '章' | '节' | '款' | '编' | '篇');
    let figures = end.saturating_sub(1);
    let number = |at: usize| FIGURES.contains(passage.at(at)) || passage.at(at).is_ascii_digit();
    unit && passage.at(0) == '第' && figures > 1 && (1..figures).all(number)
}

/// T10: twelve dots mark omitted lines and stand alone.
fn long_ellipsis(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let dot = |c| matches!(c, '…' | '⋯');
    if passage.chars.iter().all(|&c| dot(c) || c.is_whitespace()) {
        return;
    }
    let mut at = 0;
    while at < passage.len() {
        let end = passage.run(at, dot);
        if end - at >= 4 {
            let finding = Finding::new(
                &LONG_ELLIPSIS,
                passage,
                at..end,
                "行文里用了十二点的省略号",
                "an ellipsis of twelve dots inside running text",
            );
            out.push(finding.help(
                "行文里用“……”；表示略去整段时让“…………”独占一段",
                "write …… inside text; … of twelve dots stands in a paragraph of its own",
            ));
        }
        at = end.max(at + 1);
    }
}
