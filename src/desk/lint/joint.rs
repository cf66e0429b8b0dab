//! Marks that join: connectors (T13) and the interpunct (T15).

use super::finding::Finding;
use super::number::{self, Number};
use super::passage::{Passage, is_han};
use super::rule::{CONNECTOR, INTERPUNCT};

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    for at in 0..passage.len() {
        match passage.at(at) {
            '-' | '–' | '—' | '~' | '〜' | '～' | '‐' => connector(passage, at, out),
            '•' | '‧' | '・' | '．' => look_alike(passage, at, out),
            '·' => initial(passage, at, out),
            _ => {}
        }
    }
}

/// One mark or a run of the same that joins two things.
fn connector(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let mark = passage.at(at);
    if passage.before(at) == mark {
        return;
    }
    let end = passage.run(at, |c| c == mark);
    let places = matches!((mark, end - at), ('-' | '–', 1) | ('—', 2))
        && ends_in_place(passage, at)
        && starts_with_place(passage, end);
    if places {
        let finding = Finding::new(
            &CONNECTOR,
            passage,
            at..end,
            "地名之间表示起止用一字线",
            "a one-character line joins two places",
        );
        out.push(finding.write("—"));
        return;
    }
    let wrong = matches!((mark, end - at), ('-' | '–' | '‐', 1) | ('-', 2) | ('—', 2));
    if !wrong {
        return;
    }
    let Some((left, right)) = number::range(passage, at, end) else {
        return;
    };
    if years(passage, &left, &right) {
        let finding = Finding::new(
            &CONNECTOR,
            passage,
            at..end,
            "年份起止用一字线",
            "a one-character line joins two years",
        );
        out.push(finding.write("—").mend(at..end, '—'));
    } else if let Some(time) = quantity(passage, &left, &right) {
        let (zh, en, to) = if time {
            (
                "时间起止用一字线",
                "a one-character line joins two times",
                "—",
            )
        } else {
            (
                "数值范围用浪纹线",
                "a wave dash joins the ends of a numeric range",
                "～",
            )
        };
        let finding = Finding::new(&CONNECTOR, passage, at..end, zh, en);
        out.push(finding.write(to));
    }
}

/// Years of four digits, in thousandths as [`Number::value`].
const YEARS: std::ops::Range<u64> = 1_000_000..3_000_000;

/// Those that dates in brackets are of, where no word tells years from other
/// numbers.
const TOLD: std::ops::Range<u64> = 1_500_000..2_100_000;

/// `1949-1999年`, `2019-2021赛季`, `（1919-1999）`: two years of four digits, the
/// later one after.
fn years(passage: &Passage<'_>, left: &Number, right: &Number) -> bool {
    let year = |number: &Number| number.is_plain() && YEARS.contains(&number.value);
    let told = |number: &Number| TOLD.contains(&number.value);
    let words = ["年", "学", "赛季", "财年"];
    let follows = words.iter().any(|word| passage.has(right.end, word));
    let alone = passage.before(left.range.start) == '（' && passage.at(right.end) == '）';
    // what they count would follow them
    let counts = "元名人个吨转件台户所".contains(passage.at(right.end + 1));
    let dates = alone && !counts && told(left) && told(right);
    year(left) && year(right) && (follows || dates) && left.value < right.value
}

/// Whether a range counts something, and whether that is time. Not scores,
/// models, house numbers: the second must be larger and a unit must follow.
fn quantity(passage: &Passage<'_>, left: &Number, right: &Number) -> Option<bool> {
    let zero = passage.at(left.range.start) == '0' && left.range.len() > 1;
    if left.value >= right.value || zero {
        return None;
    }
    if matches!(passage.at(right.end - 1), '%' | '万' | '亿') {
        return Some(false);
    }
    let at = right.end;
    let unit = number::has_unit(passage, at);
    // a day of the month, a clock time
    let time = matches!(passage.at(at), '日' | '时' | '月') && !passage.has(at, "月份");
    (unit || time).then_some(time)
}

/// Names that can stand for nothing but a place of departure or arrival.
const PLACES: &str = "北京 天津 上海 重庆 石家庄 太原 呼和浩特 沈阳 大连 长春 \
    哈尔滨 南京 苏州 杭州 宁波 合肥 福州 厦门 南昌 济南 青岛 \
    郑州 洛阳 武汉 长沙 广州 深圳 南宁 海口 成都 贵阳 昆明 \
    拉萨 西安 兰州 西宁 银川 乌鲁木齐 香港 澳门 台北 高雄";

/// Places at both ends, standing for themselves: a longer name, as in
/// `北京大学`, is no end of a line.
fn ends_in_place(passage: &Passage<'_>, at: usize) -> bool {
    PLACES.split(' ').any(|name| passage.ends(at, name))
}

fn starts_with_place(passage: &Passage<'_>, at: usize) -> bool {
    let follows = |name: &str| {
        let after = at + name.chars().count();
        let lines = [
            "高铁", "铁路", "公路", "高速", "航线", "班列", "专线", "线", "段", "之间", "的",
        ];
        passage.has(at, name)
            && (!is_han(passage.at(after)) || lines.iter().any(|word| passage.has(after, word)))
    };
    PLACES.split(' ').any(follows)
}

/// T15: a look-alike between Han. U+FF0E may be a full stop of technical
/// copy there, so it is only told.
fn look_alike(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    if !(is_han(passage.before(at)) && is_han(passage.at(at + 1))) {
        return;
    }
    let number = "一二三四五六七八九十".contains(passage.before(at)) && at <= 3;
    let mark = passage.at(at);
    if mark == '．' && number {
        return; // told as a list number
    }
    let point = format!("U+{:04X}", u32::from(mark));
    let mut finding = Finding::new(
        &INTERPUNCT,
        passage,
        at..at + 1,
        format!("间隔号用了 {mark}（{point}）"),
        format!("{mark} ({point}) stands for the interpunct"),
    );
    finding = if mark == '．' {
        finding.help(
            "如是间隔号，改作“·”；如是句号，改作“。”",
            "write · for the interpunct, 。 for a full stop",
        )
    } else {
        finding.write("·").mend(at..at + 1, '·')
    };
    out.push(finding);
}

/// `B·盖茨`: an initial takes a Latin full stop.
fn initial(passage: &Passage<'_>, at: usize, out: &mut Vec<Finding>) {
    let letter = passage.before(at);
    let alone = at < 2 || !passage.at(at - 2).is_ascii_alphanumeric();
    if letter.is_ascii_uppercase() && alone && is_han(passage.at(at + 1)) {
        let finding = Finding::new(
            &INTERPUNCT,
            passage,
            at - 1..at + 1,
            "外文缩写字母后面用下脚点，不用间隔号",
            "an initial takes a Latin full stop, not an interpunct",
        );
        out.push(finding.write(&format!("{letter}.")));
    }
}
