//! Each rule with a text that trips it and a near one that does not.

use super::*;
use crate::base::diag::{Fact, Severity, SourceId};
use crate::desk::manuscript::{self, Format};

pub(super) fn settings() -> Settings {
    let list = parse_words(
        SourceId(9),
        "# 误 正\n按装\t安装\n布署 → 部署\n邻居委员会\n制度 规章制度\n",
    );
    assert!(list.notes.is_empty());
    Settings {
        region: Region::Cn,
        date: Date::parse("2026-05-02"),
        words: list.value,
    }
}

fn judged(text: &str, format: Format, settings: &Settings) -> Vec<(String, String)> {
    let read = manuscript::read(SourceId(0), text, format).value;
    lint(&read, settings)
        .into_iter()
        .map(|note| {
            let span = note.span.expect("a place");
            let place = &text[span.start as usize..span.end as usize];
            assert!(note.help.is_some_and(|help| !help.zh.starts_with('（')));
            assert!(note.facts.iter().any(|fact| fact.0 == "row"));
            (note.code.to_owned(), place.to_owned())
        })
        .collect()
}

/// Code and marked text of each finding in one line of plain text.
fn plain(text: &str) -> Vec<(String, String)> {
    judged(text, Format::Plain, &settings())
}

fn codes(text: &str) -> Vec<String> {
    plain(text).into_iter().map(|(code, _)| code).collect()
}

fn fixed(text: &str) -> String {
    fix(text, Format::Plain, &settings()).text
}

/// Row, code, text that trips the rule, what is marked, texts that do not.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const CASES: &[Case] = &[
    // E13: half-width marks
    (
        "E13",
        "copy/half-width",
        "甲,乙",
        ",",
        &["甲，乙", "A, B", "1,234人", "见http://a.cn/b,c页"],
    ),
    (
        "E13",
        "copy/half-width",
        "甲: 乙",
        ": ",
        &["比分3:2", "10:30开会"],
    ),
    ("E13", "copy/half-width", "他来了!", "!", &["Yahoo!推出"]),
    (
        "E13",
        "copy/half-width",
        "他来了.",
        ".",
        &["A.甲", "他来了。", "见1.甲"],
    ),
    ("E13", "copy/half-width", "比尔.盖茨", ".", &["W.盖茨"]),
    (
        "E13",
        "copy/half-width",
        "甲(乙)丙",
        "(乙)",
        &[
            "函数f(x)的值",
            "电话(010)68667266",
            "电话(010) 6866",
            "甲（乙）丙",
        ],
    ),
    (
        "E13",
        "copy/half-width",
        "甲（乙)丙",
        "（乙)",
        &["甲（乙）丙"],
    ),
    // E13: doubled marks
    (
        "E13",
        "copy/doubled-mark",
        "甲，，乙",
        "，，",
        &["甲，乙", "他说：“，”"],
    ),
    (
        "E13",
        "copy/doubled-mark",
        "甲。。",
        "。。",
        &["甲。", "甲。。。乙"],
    ),
    (
        "E13",
        "copy/doubled-mark",
        "甲，。",
        "，。",
        &["“甲。”，乙"],
    ),
    ("E13", "copy/doubled-mark", "甲？。", "？。", &["甲？！"]),
    (
        "T17",
        "copy/doubled-mark",
        "甲！！！！",
        "！！！！",
        &["甲！！！"],
    ),
    // E13: spaces
    (
        "E13",
        "copy/stray-space",
        "甲 乙。",
        " ",
        &[
            "甲　乙。",
            "甲 A。",
            "本报讯 记者来。",
            "（记者 张三）来。",
            "张三 李四",
            "署名“张三 李四”。",
            "图为公园。本报记者 张三 摄",
            "第十二条 甲乙。",
        ],
    ),
    (
        "E13",
        "copy/stray-space",
        "甲， 乙",
        " ",
        &["甲，A", "A， B"],
    ),
    (
        "E13",
        "copy/open-before-mark",
        "甲（，乙）",
        "（，",
        &["逗号“，”", "甲（乙）"],
    ),
    // T10
    (
        "T10",
        "copy/long-ellipsis",
        "甲…………乙",
        "…………",
        &["…………", "甲……乙"],
    ),
    // T13
    (
        "T13",
        "copy/connector",
        "1949-1999年",
        "-",
        &["1949—1999年", "2026-05-02年", "0510-5550年"],
    ),
    (
        "T13",
        "copy/connector",
        "北京——上海",
        "——",
        &["北京—上海", "首都北京——全国的中心", "北京——上海人"],
    ),
    (
        "T13",
        "copy/connector",
        "25-30人",
        "-",
        &["25～30人", "010-88888888", "3-2获胜", "A25-30人", "30-25人"],
    ),
    ("T13", "copy/connector", "5-6月", "-", &["5—6月"]),
    // telephone numbers keep the short stroke, years take the long one
    (
        "T13",
        "copy/connector",
        "（1919-1999）",
        "-",
        &[
            "（1919—1999）",
            "（1024-2048）",
            "（1600-1900）元",
            "（1800-2000）转速",
            "（1900-2000）名",
            "电话010-12345678",
            "（0510-85551234）",
            "400-810-2019",
        ],
    ),
    (
        "T13",
        "copy/connector",
        "老舍（1899-1966）字舍予",
        "-",
        &["（1899—1966）字舍予"],
    ),
    (
        "T13",
        "copy/connector",
        "2019-2021赛季",
        "-",
        &["2019—2021赛季", "2021-2019赛季"],
    ),
    // T15
    (
        "T15",
        "copy/interpunct",
        "比尔•盖茨",
        "•",
        &["比尔·盖茨", "• 甲", "A•B"],
    ),
    ("T15", "copy/interpunct", "比尔‧盖茨", "‧", &["比尔·盖茨"]),
    (
        "T15",
        "copy/interpunct",
        "比尔・盖茨",
        "・",
        &["ビル・ゲイツ"],
    ),
    ("T15", "copy/interpunct", "比尔．盖茨", "．", &["1．甲"]),
    (
        "T15",
        "copy/interpunct",
        "B·盖茨",
        "B·",
        &["B.盖茨", "GB·盖茨"],
    ),
    // T18
    (
        "T18",
        "copy/unpaired",
        "他说：“好。",
        "“",
        &["他说：“好。”"],
    ),
    (
        "T18",
        "copy/unpaired",
        "他说：好。”",
        "”",
        &["14”的屏幕", "students’ work"],
    ),
    (
        "T18",
        "copy/unpaired",
        "“甲。\n乙。",
        "“",
        &["“甲。\n“乙。”", "“‘甲。\n“‘乙。’”"],
    ),
    (
        "T18",
        "copy/crossed-pair",
        "“甲‘乙”丙’",
        "”",
        &["“甲‘乙’丙”"],
    ),
    (
        "T18",
        "copy/quote-level",
        "‘他说：“好。”’",
        "‘他说：“好。”’",
        &["“他说：‘好。’”", "‘OK’甲"],
    ),
    (
        "T18",
        "copy/quote-level",
        "“甲“乙”丙”",
        "“乙”",
        &["“甲‘乙“丙”丁’戊”", "“《论“三农”问题》好”"],
    ),
    (
        "E13",
        "copy/unpaired",
        "甲（乙。",
        "（",
        &["甲（乙）。", "1）甲；2）乙", "一）甲"],
    ),
    ("E13", "copy/unpaired", "甲《乙。", "《", &["甲《乙》。"]),
    (
        "E13",
        "copy/crossed-pair",
        "《甲（乙》丙）",
        "》",
        &["《甲（乙）丙》"],
    ),
    // T19
    (
        "T19",
        "copy/title-level",
        "〈野草〉",
        "〈野草〉",
        &["《读〈野草〉》", "〈a〉"],
    ),
    (
        "T19",
        "copy/title-level",
        "《读《野草》》",
        "《野草》",
        &["《读〈野草〉》"],
    ),
    // T20
    (
        "T20",
        "copy/series-comma",
        "《甲》、《乙》",
        "、",
        &[
            "《甲》（上）、《乙》",
            "《甲》《乙》",
            "《甲》、《乙》（下）",
        ],
    ),
    (
        "T20",
        "copy/series-comma",
        "“甲”、“乙”和丙",
        "、",
        &["“甲”企业、“乙”企业", "丙、“甲”、“乙”", "“甲”、“乙”型、“丙”"],
    ),
    // T21
    (
        "T21",
        "copy/document-number",
        "国发[2024]1号",
        "[2024]",
        &["国发〔2024〕1号", "甲[2024]"],
    ),
    (
        "T21",
        "copy/document-number",
        "国发（2024）1号",
        "（2024）",
        &["（2024）京01民初1号"],
    ),
    (
        "T21",
        "copy/bracket-level",
        "甲（乙（丙）丁）",
        "（丙）",
        &["甲（乙〔丙〕丁）", "甲（《乙（丙）》）"],
    ),
    // T32
    (
        "T32",
        "copy/number-groups",
        "1234567",
        "1234567",
        &[
            "1,234,567",
            "1 234 567",
            "电话88888888",
            "邮编471000",
            "热线12345号",
        ],
    ),
    (
        "T32",
        "copy/number-groups",
        "共86000元",
        "86000",
        &["共8600元", "共86 000元"],
    ),
    (
        "T32",
        "copy/decimal",
        "3·14",
        "3·14",
        &["3.14", "“3·15”晚会", "9·11事件", "9·3阅兵"],
    ),
    ("T32", "copy/decimal", "3．14", "3．14", &["3.14"]),
    (
        "T32",
        "copy/decimal",
        "约.5米",
        ".5",
        &["约0.5米", "v.5", "a.5"],
    ),
    (
        "T32",
        "copy/range-unit",
        "9～16亿",
        "9～16亿",
        &["9亿～16亿", "2021—2025亿", "9～16人"],
    ),
    (
        "T32",
        "copy/range-unit",
        "10～20%",
        "10～20%",
        &["10%～20%"],
    ),
    // T33
    (
        "T33",
        "copy/short-year",
        "95年",
        "95年",
        &[
            "1995年",
            "建党95年",
            "在95年的发展中",
            "90年代",
            "第95年",
            "用了10年",
        ],
    ),
    (
        "T33",
        "copy/short-year",
        "生于08年",
        "08年",
        &["生于2008年"],
    ),
    (
        "T33",
        "copy/mixed-number",
        "4千5百万",
        "4千5百万",
        &["4500万", "3千米", "320千伏", "5千克", "四千五百万"],
    ),
    (
        "T33",
        "copy/mixed-number",
        "8千多元",
        "8千",
        &["8000多元", "12万元"],
    ),
    (
        "T33",
        "copy/approximate-number",
        "三、五天",
        "三、五",
        &[
            "三五天",
            "第三、四天",
            "一、二号楼",
            "三、四年级",
            "一、二、三个",
        ],
    ),
    (
        "T33",
        "copy/approximate-number",
        "十七、八岁",
        "七、八",
        &["十七八岁", "二十七、八天"],
    ),
    (
        "T33",
        "copy/zero",
        "二○二六",
        "○",
        &["二〇二六", "○○镇", "二零"],
    ),
    ("T33", "copy/zero", "二0二六年", "0", &["2026年"]),
    ("T33", "copy/zero", "二零二六年", "零", &["一百零六年"]),
    // P31
    (
        "P31",
        "copy/list-number",
        "（一）、甲",
        "、",
        &["（一）甲", "（记者）、甲"],
    ),
    (
        "P31",
        "copy/list-number",
        "1、甲",
        "1、",
        &["1.甲", "3、4月", "10、20元"],
    ),
    ("P31", "copy/list-number", "①、甲", "、", &["①甲"]),
    (
        "P31",
        "copy/list-number",
        "一．甲",
        "一．",
        &["一、甲", "一，二"],
    ),
    // E13: dates
    (
        "E13",
        "copy/date",
        "今天是2026年5月2日星期五",
        "星期五",
        &["今天是2026年5月2日星期六", "5月2日，周一至周五"],
    ),
    (
        "E13",
        "copy/date",
        "5月2日（周五）",
        "周五",
        &[
            "5月2日（周六）",
            "2020年的5月2日（周五）",
            "11月2日（周五）",
        ],
    ),
    (
        "E13",
        "copy/date",
        "本报北京5月3日电 甲",
        "5月3日",
        &[
            "本报北京5月2日电 甲",
            "本报北京12月31日电 甲",
            "甲\n本报北京5月3日电 甲",
        ],
    ),
    (
        "E13",
        "copy/date",
        "2月30日",
        "2月30日",
        &["2月29日", "12月31日"],
    ),
    (
        "E13",
        "copy/date",
        "2025年2月29日",
        "2025年2月29日",
        &["2024年2月29日"],
    ),
    // E14
    (
        "E14",
        "copy/script",
        "要發展",
        "發",
        &["要发展", "昇", "乾坤", "林堃", "於菟"],
    ),
    ("E14", "copy/script", "図書館", "図書館", &["图书馆"]),
    ("E14", "copy/script", "以後", "後", &["以后"]),
    ("E14", "copy/word", "去按装", "按装", &["去安装"]),
    ("E14", "copy/word", "好制度", "制度", &["规章制度"]),
    ("E14", "copy/word", "邻居委员会", "邻居委员会", &["居委会"]),
];

#[test]
fn each_rule_is_tripped_and_its_near_twin_is_not() {
    let mut faults = Vec::new();
    for (row, code, text, marked, twins) in CASES {
        let found = plain(text);
        let hits: Vec<_> = found.iter().filter(|found| found.0 == *code).collect();
        if hits.len() != 1 || hits[0].1 != *marked {
            faults.push(format!("{row} {code}: {text} gives {found:?}"));
        }
        for twin in *twins {
            if plain(twin).iter().any(|found| found.0 == *code) {
                faults.push(format!("{row} {code}: {twin} gives {:?}", plain(twin)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let headings = ["copy/heading-stop"];
    for rule in rule::RULES {
        let cased = CASES.iter().any(|case| case.1 == rule.code);
        assert!(cased || headings.contains(&rule.code), "{}", rule.code);
        assert!(rule.code.starts_with("copy/") && !rule.row.is_empty());
    }
    let all: std::collections::BTreeSet<_> = rule::RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(all.len(), rule::RULES.len(), "a code stands twice");
}

#[test]
fn clean_copy_has_no_finding() {
    for text in [
        "“近年来，甲抢抓‘三区叠加’机遇，实现‘1+1+1>3’的裂变。”负责人说。",
        "洛阳造平视显示器为C919擦亮“眼睛”，打磨车10MW-SR210型长102米。",
        "占64.6%；备案1125家；每天4 200米；色温2 200 K；0510–555–0132。",
        "一批“叫得响”“数得着”的成果；《甲》《乙》两书；国发〔2024〕1号。",
        "9·11事件、“5·12”大地震、五四运动；二〇二六年五月二日；十七八岁。",
        "屋里谁也没说话——过了一会儿，有人鼓掌……他问：“真的？！”",
        "https://water.yunxi.example/drop 。不会上网的市民，可来信a.b@c.cn。",
        "It's a dog’s life, isn’t it? (Yes!) See 3:2, 10:30; e.g. 1,234.5.",
        "第一，甲；第二，乙。（一）丙（二）丁。1．戊",
    ] {
        assert_eq!(plain(text), [], "{text}");
    }
}

#[test]
fn e13_two_findings_and_their_mending() {
    assert_eq!(codes("甲,乙。。"), ["copy/half-width", "copy/doubled-mark"]);
    assert_eq!(fixed("甲,乙。。"), "甲，乙。");
}

#[test]
fn what_cannot_change_the_meaning_is_mended() {
    for (text, mended) in [
        ("甲,,乙", "甲，乙"),
        ("甲: 乙(丙)。", "甲：乙（丙）。"),
        ("真的?!好.", "真的？！好。"),
        ("甲， 乙 。", "甲，乙。"),
        ("1949-1999年", "1949—1999年"),
        ("比尔•盖茨", "比尔·盖茨"),
        ("《甲》、《乙》、《丙》", "《甲》《乙》《丙》"),
        ("国发[2024]1号", "国发〔2024〕1号"),
        ("3．14", "3.14"),
        (
            "二○○六年、二零二六年、二0二六年",
            "二〇〇六年、二〇二六年、二〇二六年",
        ),
        ("（一）、甲", "（一）甲"),
        ("(一)、甲", "（一）甲"),
    ] {
        assert_eq!(fixed(text), mended);
    }
}

#[test]
fn what_may_change_the_meaning_is_left() {
    for text in [
        "比尔.盖茨来了。",
        "甲 乙。",
        "北京——上海",
        "25-30人",
        "‘他说：“好。”’",
        "〈野草〉",
        "1234567",
        "9～16亿",
        "95年",
        "三、五天",
        "發展",
        "去按装",
        "1、甲",
        "3·14",
    ] {
        assert!(!plain(text).is_empty(), "{text}");
        assert_eq!(fix(text, Format::Plain, &settings()).rounds, [], "{text}");
    }
}

#[test]
fn code_links_addresses_and_paths_stay() {
    let text = "---\n主题: 甲,乙\n图片:\n  - 文件: 图,片(一).jpg\n    说明: 丙,丁\n---\n\n\
        甲`乙,丙`丁，[戊,己](http://a.cn/b,c)庚，mail@甲.cn，http://a.cn/d,e 。\n\n```\n甲,乙\n```\n";
    let fixed = fix(text, Format::Markdown, &settings());
    let expected = text
        .replace("主题: 甲,乙", "主题: 甲，乙")
        .replace("说明: 丙,丁", "说明: 丙，丁");
    assert_eq!(fixed.text, expected);
    assert_eq!(fixed.rounds.len(), 1);
    assert_eq!(fixed.rounds[0].before, text);
}

#[test]
fn line_ends_and_markup_stay() {
    let text = "第一行,甲\r\n第二行\r\n\r\n- 甲,乙\r\n- **丙,丁**戊\r\n\r\n> 己,庚  \r\n> 辛\r\n";
    let fixed = fix(text, Format::Markdown, &settings());
    assert_eq!(fixed.text, text.replace(',', "，"));
}

#[test]
fn a_change_that_would_undo_emphasis_is_not_made() {
    let text = "*甲,*乙,丙";
    let fixed = fix(text, Format::Markdown, &settings());
    let kinds = |text: &str| {
        let blocks = manuscript::read(SourceId(0), text, Format::Markdown)
            .value
            .blocks;
        blocks
            .into_iter()
            .map(|block| block.spans.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(&fixed.text), kinds(text));
    assert!(fixed.text.ends_with("乙，丙"), "{}", fixed.text);
}

#[test]
fn p17_headings_end_without_a_full_stop() {
    let head = |title: &str, caption: &str| {
        let text = format!(
            "---\n主题: {title}\n图片:\n  - 文件: a.jpg\n    说明: {caption}\n---\n\n正文。\n\n## 小标题\n"
        );
        let found = judged(&text, Format::Markdown, &settings());
        found.into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(head("上海迎来新春。", "新街口"), ["copy/heading-stop"]);
    assert_eq!(head("上海迎来新春", "新街口夜景。"), ["copy/heading-stop"]);
    assert_eq!(head("上海迎来新春", "登阁远望，可见湾区。"), [""; 0]);
    let text = "---\n主题: 上海迎来新春。\n---\n\n甲。\n\n## 乙。\n";
    let mended = fix(text, Format::Markdown, &settings()).text;
    assert_eq!(mended, "---\n主题: 上海迎来新春\n---\n\n甲。\n\n## 乙\n");
}

#[test]
fn t18_a_quotation_may_run_over_paragraphs() {
    assert_eq!(codes("“甲。\n“乙。”"), [""; 0]);
    assert_eq!(codes("“甲。\n“乙。\n“丙。”他说，“丁。”"), [""; 0]);
    assert_eq!(codes("“甲。\n乙。”"), ["copy/unpaired", "copy/unpaired"]);
    let subhead = "“甲。\n\n## 乙\n\n“丙。”\n";
    let found = judged(subhead, Format::Markdown, &settings());
    assert_eq!(found, [("copy/unpaired".to_owned(), "“".to_owned())]);
    let picture = "“甲。\n\n![丙](a.jpg)\n\n“乙。”\n";
    assert_eq!(judged(picture, Format::Markdown, &settings()), []);
}

#[test]
fn t18_t19_taiwan_and_hong_kong() {
    let settings = Settings {
        region: Region::Tw,
        ..settings()
    };
    let codes = |text: &str| judged(text, Format::Plain, &settings);
    assert_eq!(codes("他說：「我讀了『甲』。」〈發展〉"), []);
    assert_eq!(codes("『他說：「好。」』").len(), 1);
    assert_eq!(codes("「甲").len(), 1);
}

#[test]
fn errors_are_what_the_rows_call_errors() {
    for rule in rule::RULES {
        assert_eq!(
            rule.severity == Severity::Error,
            rule.row == "T18",
            "{}",
            rule.code
        );
    }
}

#[test]
fn a_finding_says_whether_it_can_be_mended() {
    let read = manuscript::read(SourceId(0), "甲,乙 丙。", Format::Plain).value;
    let notes = lint(&read, &settings());
    let auto = |n: usize| {
        let fact = ("fix", Fact::Word("auto".to_owned()));
        notes[n].facts.contains(&fact)
    };
    assert!(auto(0) && !auto(1));
}

#[test]
fn names_and_headings_keep_their_spaces() {
    let text = "---\n主题: 抢抓机遇 实施行动\n作者: 本报记者 张三 李四\n版尾:\n  - 编辑：张三 (010)12345678 转 223\n---\n\n正文。\n\n## 甲乙 丙丁\n";
    assert_eq!(judged(text, Format::Markdown, &settings()), []);
}

#[test]
fn a_word_list_names_its_faults() {
    let list = parse_words(SourceId(3), "甲 甲\n\n# 注\n乙\n");
    assert_eq!(list.notes.len(), 1);
    assert_eq!(
        list.notes[0].span.map(|span| (span.start, span.end)),
        Some((0, 7))
    );
}
