//! Cases named after the rows they come from.

use super::*;
use crate::base::diag::Severity;

fn markdown(text: &str) -> Noted<Manuscript> {
    let read = read(SourceId(0), text, Format::Markdown);
    check_maps(text, &read.value);
    read
}

fn plain(text: &str) -> Noted<Manuscript> {
    let read = read(SourceId(0), text, Format::Plain);
    check_maps(text, &read.value);
    read
}

/// Every piece is in order and in the file, and an exact one has its bytes.
pub(super) fn check_maps(source: &str, manuscript: &Manuscript) {
    let blocks = manuscript
        .blocks
        .iter()
        .map(|block| (&block.text, &block.pieces));
    let head = &manuscript.head;
    let fields = [
        &head.label,
        &head.banner,
        &head.kicker,
        &head.title,
        &head.deck,
        &head.byline,
    ];
    let fields = fields.into_iter().flatten().chain(&head.imprint);
    for (text, pieces) in blocks.chain(fields.map(|words| (&words.text, &words.pieces))) {
        assert_eq!(text.is_empty(), pieces.is_empty());
        for (index, piece) in pieces.iter().enumerate() {
            let end = pieces
                .get(index + 1)
                .map_or(text.len(), |next| next.at as usize);
            assert!(index > 0 || piece.at == 0);
            let set = &text[piece.at as usize..end];
            let typed = &source[piece.span.start as usize..piece.span.end as usize];
            assert!(!set.is_empty());
            assert!(!piece.exact || set == typed, "{set:?} against {typed:?}");
        }
    }
    for block in &manuscript.blocks {
        assert!(
            source
                .get(block.span.start as usize..block.span.end as usize)
                .is_some()
        );
        for inline in &block.spans {
            let range = inline.range.start as usize..inline.range.end as usize;
            assert!(block.text.get(range).is_some_and(|part| !part.is_empty()));
        }
    }
}

/// The texts of all blocks; a break is `---`, a picture `![file]`, a marker
/// stands before its item.
fn texts(manuscript: &Manuscript) -> Vec<String> {
    let show = |block: &Block| match &block.kind {
        BlockKind::Paragraph => block.text.clone(),
        BlockKind::Subhead { level } => format!("{} {}", "#".repeat(*level as usize), block.text),
        BlockKind::Quote => format!("> {}", block.text),
        BlockKind::ListItem { marker, .. } => format!("{marker}|{}", block.text),
        BlockKind::Image(picture) => format!("![{}]", picture.file.text),
        BlockKind::Passage { passage, .. } => format!("{passage:?} {}", block.text),
        BlockKind::Break => "---".into(),
        BlockKind::Table { columns, rows } => format!("table {} × {rows}", columns.len()),
        BlockKind::TableTitle => format!("表：{}", block.text),
        BlockKind::Cell { row, column } => format!("{row},{column} {}", block.text),
        BlockKind::Note { label, number } => match number {
            Some(number) => format!("[^{label}] {number}: {}", block.text),
            None => format!("[^{label}]: {}", block.text),
        },
    };
    manuscript.blocks.iter().map(show).collect()
}

fn body(text: &str) -> Vec<String> {
    texts(&markdown(text).value)
}

fn codes<T>(noted: &Noted<T>) -> Vec<&'static str> {
    noted.notes.iter().map(|note| note.code).collect()
}

/// The text that a note points at.
fn place<'a>(text: &'a str, note: &Diagnostic) -> &'a str {
    let span = note.span.expect("a note of a file has a place");
    &text[span.start as usize..span.end as usize]
}

// ---- normalisation ----

#[test]
fn t11_ellipses_next_to_chinese() {
    for (from, to) in [
        ("他…", "他……"),
        ("他...", "他……"),
        ("他......", "他……"),
        ("他。。。", "他……"),
        ("他⋯", "他……"),
        ("他⋯⋯", "他……"),
        ("他………", "他……"),
        ("他……", "他……"),
        ("他…………", "他…………"),
        ("他............", "他…………"),
        ("“他...”", "“他……”"),
        ("GDP...增长", "GDP……增长"),
        ("...他", "……他"),
    ] {
        assert_eq!(body(from), [to], "{from}");
        assert_eq!(texts(&plain(from).value), [to], "{from}");
    }
}

#[test]
fn t11_dashes_next_to_chinese() {
    for (from, to) in [
        ("他--她", "他——她"),
        ("他──她", "他——她"),
        ("他―她", "他——她"),
        ("他––她", "他——她"),
        ("他――她", "他——她"),
        ("他───她", "他——她"),
        ("他────她", "他——她"),
        ("他————她", "他————她"),
        ("他 – 她", "他 —— 她"),
        ("–他说", "——他说"),
        ("“好。”–他说", "“好。”——他说"),
        ("好！–他说", "好！——他说"),
        ("他——她", "他——她"),
        ("他---她", "他——她"),
        ("他 -- 她", "他 —— 她"),
        ("“他--”", "“他——”"),
        ("他--GDP", "他——GDP"),
    ] {
        assert_eq!(texts(&plain(from).value), [to], "{from}");
        assert_eq!(body(from), [to], "{from}");
    }
}

#[test]
fn t11_t12_a_short_connector_stays_a_short_connector() {
    for text in [
        "甲–乙",
        "应力–应变",
        "北京–上海",
        "玻色–爱因斯坦",
        "GDP–人均",
        "最低，–5℃",
        "1月 – 9月",
        "甲– 乙",
        "他说–",
    ] {
        let read = plain(text);
        assert_eq!(texts(&read.value), [text]);
        assert_eq!(read.value.changes, [], "{text}");
    }
}

#[test]
fn t11_a_rule_drawn_with_strokes_is_reported() {
    for text in ["────────", "甲\n\n———\n\n乙", "甲\n\n――――\n\n乙"]
    {
        let read = plain(text);
        assert_eq!(codes(&read), ["copy/drawn-rule"], "{text}");
        assert_eq!(read.value.changes, [], "{text}");
    }
    for text in ["——", "甲────乙", "——甲"] {
        assert!(codes(&plain(text)).is_empty(), "{text}");
    }
}

#[test]
fn t11_leaves_western_text_ranges_and_rules_alone() {
    for text in [
        "Wait... he said -- slowly.",
        "5月--6月",
        "1–9月",
        "3--5公里",
        "上海-北京",
        "C919-A 型",
        "见 http://a.cn/b--c...d 一文",
        "信箱a--b@c.cn为准",
        "用 --help 看",
        "他。。她",
        "甲..乙",
        "甲..........................乙",
        "甲——————乙",
        "甲——乙……",
        "上海—北京",
        "甲─────────乙",
        "3.14，1.2.3",
    ] {
        let read = plain(text);
        assert_eq!(texts(&read.value), [text]);
        assert_eq!(read.value.changes, []);
    }
}

#[test]
fn t11_each_change_is_recorded_with_its_place() {
    let text = "甲...乙--丙";
    let read = plain(text);
    let changes = &read.value.changes;
    let all: Vec<_> = changes
        .iter()
        .map(|c| (c.from.as_str(), c.to.as_str(), c.rule))
        .collect();
    assert_eq!(all, [("...", "……", "T11"), ("--", "——", "T11")]);
    assert_eq!(changes[1].span, Span::new(SourceId(0), 9, 11));
}

#[test]
fn t25_full_width_letters_and_digits() {
    let read = plain("ＡＢＣ１２３，ｘ（甲）％");
    assert_eq!(texts(&read.value), ["ABC123，x（甲）％"]);
    assert_eq!(read.value.changes.len(), 2);
    assert_eq!(read.value.changes[0].rule, "T25");
}

#[test]
fn v10_presentation_forms_become_ordinary_marks_and_are_listed() {
    let read = plain("︽甲︾︒乙︱︱丙︙︙");
    assert_eq!(texts(&read.value), ["《甲》。乙——丙……"]);
    let rules: Vec<_> = read
        .value
        .changes
        .iter()
        .map(|change| change.rule)
        .collect();
    assert_eq!(rules, ["V10"; 5]);
}

#[test]
fn l18_the_author_s_controls_reach_the_line_and_are_told() {
    let read = plain("甲\u{2060}乙\u{200B}丙\u{A0}丁");
    assert_eq!(texts(&read.value), ["甲\u{2060}乙\u{200B}丙\u{A0}丁"]);
    let codes: Vec<_> = read.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["copy/break-control"; 2]);
}

#[test]
fn t26_a_typed_indent_is_stripped_and_never_code() {
    for text in [
        "　　甲乙",
        "    甲乙",
        "\t甲乙",
        "  甲乙",
        "　 　甲乙",
        "        甲乙",
        " 　　甲乙",
    ] {
        assert_eq!(body(text), ["甲乙"], "{text:?}");
        assert_eq!(texts(&plain(text).value), ["甲乙"], "{text:?}");
        assert!(
            markdown(text)
                .value
                .changes
                .iter()
                .all(|change| change.rule == "T26")
        );
        assert!(!markdown(text).value.changes.is_empty());
    }
    assert_eq!(body("    **甲**乙"), ["甲乙"]);
}

#[test]
fn t26_each_indented_line_begins_a_paragraph() {
    assert_eq!(body("　　甲\n　　乙\n丙"), ["甲", "乙丙"]);
    assert_eq!(body("    甲\n    乙"), ["甲", "乙"]);
    assert_eq!(body("> 　　甲\n> 　　乙"), ["> 甲", "> 乙"]);
}

#[test]
fn t29_typed_spaces_stay() {
    assert_eq!(body("用 GDP 好"), ["用 GDP 好"]);
}

#[test]
fn controls_are_dropped_and_named() {
    let read = plain("甲\u{7}乙\u{FEFF}丙\u{200E}丁\u{2028}戊\u{FFFD}");
    assert_eq!(texts(&read.value), ["甲乙丙丁\n戊\u{FFFD}"]);
    let mut all = codes(&read);
    all.sort_unstable();
    assert_eq!(
        all,
        [
            "copy/control",
            "copy/control",
            "copy/control",
            "copy/control",
            "copy/replacement"
        ]
    );
    assert!(read.notes[0].message.en.contains("U+0007"));
    assert!(
        read.notes
            .iter()
            .all(|note| note.severity == Severity::Warning)
    );
}

#[test]
fn line_ends_of_every_kind() {
    assert_eq!(
        texts(&plain("甲\r\n\r\n乙\r丙\n").value),
        ["甲", "乙", "丙"]
    );
    assert_eq!(body("甲\r\n乙\r\n\r\n丙\r\r丁"), ["甲乙", "丙", "丁"]);
}

// ---- plain text ----

#[test]
fn plain_text_has_no_head_and_no_markup() {
    let text = "---\n主题: 甲\n---\n\n# 乙\n**丙**";
    let read = plain(text);
    assert_eq!(
        texts(&read.value),
        ["---", "主题: 甲", "---", "# 乙", "**丙**"]
    );
    assert_eq!(read.value.head, Head::default());
}

// ---- Markdown ----

#[test]
fn emphasis_beside_chinese_punctuation() {
    for (text, set, marked) in [
        ("**“甲”**乙", "“甲”乙", "“甲”"),
        ("乙**“甲”**", "乙“甲”", "“甲”"),
        ("丙**“甲”**乙", "丙“甲”乙", "“甲”"),
        ("**甲。**乙", "甲。乙", "甲。"),
        ("**甲：**乙", "甲：乙", "甲："),
        ("，**甲**，乙", "，甲，乙", "甲"),
        ("，**（甲）**（乙）", "，（甲）（乙）", "（甲）"),
        ("好**！**吗", "好！吗", "！"),
        ("好**，但**吗", "好，但吗", "，但"),
        ("好**——但是**吗", "好——但是吗", "——但是"),
        ("他说**［好］**吗", "他说［好］吗", "［好］"),
        ("他说**〖好〗**吗", "他说〖好〗吗", "〖好〗"),
        ("增长**50%**的", "增长50%的", "50%"),
        ("丙*“甲”*乙", "丙“甲”乙", "“甲”"),
        ("甲**乙**丙", "甲乙丙", "乙"),
        ("***甲！***乙", "甲！乙", "甲！"),
    ] {
        let read = markdown(text);
        let block = &read.value.blocks[0];
        assert_eq!(block.text, set, "{text}");
        let inline = block
            .spans
            .first()
            .unwrap_or_else(|| panic!("{text}: no emphasis"));
        assert_eq!(
            &block.text[inline.range.start as usize..inline.range.end as usize],
            marked,
            "{text}"
        );
    }
}

#[test]
fn markdown_does_not_eat_chinese_copy() {
    for text in [
        "1+1+1>3",
        ">3微米",
        "a<b，c>d",
        "甲&乙 AT&T R&D",
        "约~5%~6%",
        "5*8米，6*9米",
        "张三*，李四*，王五",
        "甲_乙_丙",
        "#话题#",
        "#甲",
        "#",
        "-",
        "+",
        "1.",
        "1949. 十月",
        "2021年. 甲",
        "1.甲",
        "-5℃",
        "[编者按]: 本报讯",
        "[甲]：乙",
        "[注](见三版)",
        "[1](2)",
        "C:\\用户",
        "甲^2^",
        "$100 $200",
        "～～～",
        "~~~",
        "~~~甲",
        "```甲乙",
        "甲|乙",
        "——甲",
        "====",
        "a@b.cn",
        "！[甲]",
        "(c) (1) 甲",
    ] {
        assert_eq!(body(text), [text], "{text}");
    }
}

#[test]
fn soft_breaks_join_as_the_language_does() {
    assert_eq!(body("甲\n乙"), ["甲乙"]);
    assert_eq!(body("foo\nbar"), ["foo bar"]);
    assert_eq!(body("甲\nbar"), ["甲bar"]);
    assert_eq!(body("foo\n乙"), ["foo乙"]);
    assert_eq!(body("“foo”\n“bar”"), ["“foo” “bar”"]);
    assert_eq!(body("甲“\n”乙"), ["甲“”乙"]);
    assert_eq!(body("甲  \n乙\\\n丙"), ["甲\n乙\n丙"]);
}

#[test]
fn blocks_of_every_kind() {
    let text = "## 甲\n乙\n\n### 丙\n> 丁\n\n1. 戊\n3. 己\n\n   庚\n- 辛\n  - 壬\n\n癸\n\n---\n\n![说明](a.jpg \"来源\")\n\n末";
    let read = markdown(text);
    assert_eq!(
        texts(&read.value),
        [
            "# 甲", "乙", "## 丙", "> 丁", "1.|戊", "3.|己", "|庚", "-|辛", "-|壬", "癸", "---",
            "![a.jpg]", "末"
        ]
    );
    let depth = |index: usize| match read.value.blocks[index].kind {
        BlockKind::ListItem { depth, .. } => depth,
        _ => 0,
    };
    assert_eq!((depth(7), depth(8)), (1, 2));
    let BlockKind::ListItem {
        number, ordered, ..
    } = read.value.blocks[5].kind
    else {
        panic!("not an item")
    };
    assert_eq!((number, ordered), (Some(3), true), "the number as typed");
    let BlockKind::Image(picture) = &read.value.blocks[11].kind else {
        panic!("not a picture")
    };
    assert_eq!(
        picture.caption.as_ref().map(|words| words.text.as_str()),
        Some("说明")
    );
    assert_eq!(
        picture.credit.as_ref().map(|words| words.text.as_str()),
        Some("来源")
    );
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn a_top_heading_is_a_subhead_with_a_warning() {
    let text = "# 甲\n\n乙";
    let read = markdown(text);
    assert_eq!(texts(&read.value), ["# 甲", "乙"]);
    assert_eq!(codes(&read), ["copy/top-heading"]);
    assert_eq!(place(text, &read.notes[0]), "# 甲");
}

#[test]
fn underlines_make_no_headings() {
    assert_eq!(body("甲\n---\n乙"), ["甲", "---", "乙"]);
    assert_eq!(body("甲\n===\n乙"), ["甲", "===", "乙"]);
    assert_eq!(body("> 甲\n> ---"), ["> 甲", "---"]);
}

#[test]
fn an_image_in_a_sentence_follows_it() {
    assert_eq!(body("甲![x](a.jpg)乙"), ["甲乙", "![a.jpg]"]);
    assert_eq!(body("1. ![x](a.jpg)"), ["![a.jpg]", "1.|"]);
}

#[test]
fn links_keep_their_text_and_report_the_address() {
    let text = "见[甲*乙*](http://a.cn/x)丙 <http://b.cn> <c@d.cn>";
    let read = markdown(text);
    assert_eq!(texts(&read.value), ["见甲乙丙 http://b.cn c@d.cn"]);
    assert_eq!(codes(&read), ["copy/link"]);
    assert_eq!(read.notes[0].severity, Severity::Info);
    assert_eq!(place(text, &read.notes[0]), "[甲*乙*](http://a.cn/x)");
    let link = &read.value.blocks[0].spans[0];
    assert_eq!(
        link.kind,
        InlineKind::Link {
            url: "http://a.cn/x".into()
        }
    );
    assert_eq!(link.range, 3..9);
}

#[test]
fn code_is_text_and_is_not_normalised() {
    let read = markdown("甲`他...Ａ]: x`乙\n\n```rust\n他...\n\n　　Ａ*b*]:\n```\n丙");
    assert_eq!(
        texts(&read.value),
        ["甲他...Ａ]: x乙", "他...", "Ａ*b*]:", "丙"]
    );
    assert_eq!(read.value.blocks[0].spans[0].kind, InlineKind::Code);
    assert_eq!(body("> 甲`¿\n> ¿`乙"), ["> 甲¿ ¿乙"]);
    assert_eq!(body("甲` a `乙"), ["甲a乙"]);
    assert_eq!(body("甲`a]:b\n c`乙"), ["甲a]:b  c乙"]);
}

#[test]
fn html_is_text_with_a_warning() {
    let text = "甲<b>乙</b>\n\n<div>\n丙\n</div>\n\n丁";
    let read = markdown(text);
    assert_eq!(texts(&read.value), ["甲<b>乙</b>", "<div>丙</div>", "丁"]);
    assert_eq!(codes(&read), ["copy/html", "copy/html"]);
    assert_eq!(place(text, &read.notes[0]), "<b>");
    assert_eq!(body("甲\n\n<!-- 乙\n\n丙"), ["甲", "<!-- 乙", "丙"]);
}

#[test]
fn p26_a_table_is_read_cell_by_cell() {
    let text = "甲\n表：水位\n| 站 | **水**位 |\n|---|--:|\n| 渡口 | 3.2 |\n| # |  |\n己";
    let read = markdown(text);
    assert_eq!(
        texts(&read.value),
        [
            "甲",
            "table 2 × 3",
            "表：水位",
            "0,0 站",
            "0,1 水位",
            "1,0 渡口",
            "1,1 3.2",
            "2,0 #",
            "己"
        ]
    );
    assert_eq!(codes(&read), [""; 0]);
    let cell = &read.value.blocks[4];
    assert_eq!(cell.spans[0].kind, InlineKind::Strong);
    let span = cell.pieces[0].span;
    assert_eq!(&text[span.start as usize..span.end as usize], "水");
    let BlockKind::Table { columns, .. } = &read.value.blocks[1].kind else {
        panic!("a table");
    };
    assert_eq!(columns, &[None, Some(Align::End)]);
}

#[test]
fn p26_marks_of_blocks_are_text_in_a_cell() {
    let text =
        "| 甲 | 乙 | 丙 |\n|-|-|-|\n| - 一 | > 二 | --- |\n| 1. 三 | ``` | * |\n|a\\|b|==| 四 |";
    let read = markdown(text);
    assert_eq!(
        texts(&read.value)[4..],
        [
            "1,0 - 一",
            "1,1 > 二",
            "1,2 ---",
            "2,0 1. 三",
            "2,1 ```",
            "2,2 *",
            "3,0 a|b",
            "3,1 ==",
            "3,2 四"
        ]
    );
}

#[test]
fn p26_a_row_of_other_length_loses_nothing() {
    let read = markdown("|甲|乙|\n|-|-|\n|1|2|3|\n|4|");
    assert_eq!(
        texts(&read.value),
        [
            "table 3 × 3",
            "0,0 甲",
            "0,1 乙",
            "1,0 1",
            "1,1 2",
            "1,2 3",
            "2,0 4"
        ]
    );
    assert_eq!(codes(&read), ["copy/table-uneven"]);
}

#[test]
fn p26_a_table_in_a_quote_is_an_error_and_keeps_its_text() {
    let text = "甲\n\n> | 乙 | 丙 |\n> |---|---|\n> | 丁 | 戊 |\n\n己";
    let read = markdown(text);
    assert_eq!(
        texts(&read.value),
        ["甲", "> | 乙 | 丙 |", "> |---|---|", "> | 丁 | 戊 |", "己"]
    );
    assert_eq!(codes(&read), ["copy/table"]);
    assert_eq!(read.notes[0].severity, Severity::Error);
}

#[test]
fn p19_notes_are_numbered_by_their_references() {
    let text = "甲[^b]乙[^a]，丙[^b]。\n\n[^a]: 一\n[^b]: 二\n接着二\n\n丁";
    let read = markdown(text);
    assert_eq!(
        texts(&read.value),
        ["甲①乙②，丙①。", "[^a] 2: 一", "[^b] 1: 二接着二", "丁"]
    );
    assert_eq!(codes(&read), [""; 0]);
    let block = &read.value.blocks[0];
    assert_eq!(block.spans[1].kind, InlineKind::Note { number: 2 });
    assert_eq!(block.spans[1].range, 9..12);
    assert_eq!(block.pieces[1].span, Span::new(SourceId(0), 3, 7));
}

#[test]
fn p19_what_has_no_partner_is_said_and_kept() {
    let read = markdown("甲[^1]乙[^2]`[^3]`\n\n[^2]: 二\n[^2]: 又\n[^4]: 四");
    assert_eq!(
        texts(&read.value),
        ["甲[^1]乙①[^3]", "[^2] 1: 二", "[^2]: 又", "[^4]: 四"]
    );
    assert_eq!(
        codes(&read),
        ["copy/note-missing", "copy/note-twice", "copy/note-unused"]
    );
    assert!(read.notes.iter().all(|note| note.span.is_some()));
}

#[test]
fn entities_and_escapes_read_as_meant() {
    let read = markdown("甲&amp;乙\\*丙&nbsp;");
    assert_eq!(texts(&read.value), ["甲&乙*丙"]);
    let block = &read.value.blocks[0];
    assert_eq!(
        block.pieces[1],
        Piece {
            at: 3,
            span: Span::new(SourceId(0), 3, 8),
            exact: false
        }
    );
}

#[test]
fn e15_spans_lead_into_the_file() {
    let text = "---\n主题: 甲\n---\n\n    乙**“丙”**丁...";
    let read = markdown(text);
    let block = &read.value.blocks[0];
    assert_eq!(block.text, "乙“丙”丁……");
    assert_eq!(
        &text[block.span.start as usize..block.span.end as usize],
        "乙**“丙”**丁..."
    );
    let last = block.pieces.last().expect("the dots");
    assert_eq!(
        &text[last.span.start as usize..last.span.end as usize],
        "..."
    );
}

// ---- the head ----

const HEAD: &str = "---\n栏目: 时政\nbanner: 通栏题\n通栏英文: Banner: no\n";

#[test]
fn the_head_takes_both_languages() {
    let text = "---\n栏目: 时政\nbanner: 甲\n通栏英文: An English Line\nkicker: 引\n主题:\n  - 上行\n  - 下行...\n副题: \"副\"\nbyline: '记者'\n电头: 本报洛阳讯\n图片:\n  - 文件: a.jpg\n    说明: 图\n    来源: 社\n  - file: b.jpg\n图片来源: 局\n版尾:\n  - 编辑：甲 (010)6866\n  - \"E-mail: a@b.cn\"\n---\n正文";
    let read = markdown(text);
    assert_eq!(codes(&read), [""; 0]);
    let head = &read.value.head;
    let of = |words: &Option<Words>| words.as_ref().map(|words| words.text.clone());
    assert_eq!(of(&head.label).as_deref(), Some("时政"));
    assert_eq!(of(&head.banner).as_deref(), Some("甲"));
    assert_eq!(of(&head.banner_en).as_deref(), Some("An English Line"));
    assert_eq!(of(&head.kicker).as_deref(), Some("引"));
    assert_eq!(of(&head.title).as_deref(), Some("上行\n下行……"));
    assert_eq!(of(&head.deck).as_deref(), Some("副"));
    assert_eq!(of(&head.byline).as_deref(), Some("记者"));
    assert_eq!(of(&head.dateline).as_deref(), Some("本报洛阳讯"));
    assert_eq!(of(&head.credit).as_deref(), Some("局"));
    assert_eq!(head.images.len(), 2);
    assert_eq!(head.images[0].file.text, "a.jpg");
    assert_eq!(of(&head.images[0].caption).as_deref(), Some("图"));
    assert_eq!(of(&head.images[0].credit).as_deref(), Some("社"));
    let imprint: Vec<_> = head
        .imprint
        .iter()
        .map(|words| words.text.as_str())
        .collect();
    assert_eq!(imprint, ["编辑：甲 (010)6866", "E-mail: a@b.cn"]);
    assert_eq!(texts(&read.value), ["正文"]);
    let label = head.label.as_ref().expect("a label");
    assert_eq!(label.pieces.len(), 1);
    assert!(label.pieces[0].exact);
    assert_eq!(
        &text[label.span.start as usize..label.span.end as usize],
        "时政"
    );
    let deck = head.deck.as_ref().expect("a deck");
    assert!(deck.pieces[0].exact, "quotes around it change nothing");
    assert_eq!(&text[deck.pieces[0].span.start as usize..][..3], "副");
}

#[test]
fn t25_the_head_is_normalised_too() {
    let read = markdown("---\n主题: Ｃ９１９首飞...\n---\n甲");
    assert_eq!(
        read.value.head.title.map(|words| words.text).as_deref(),
        Some("C919首飞……")
    );
    assert_eq!(read.value.changes.len(), 2);
}

/// A head, the code of its note and the place it points at.
#[test]
fn head_errors_have_a_place_and_a_help() {
    for (head, code, at) in [
        ("标题: 甲", "copy/head-unknown-key", "标题"),
        ("titel: 甲", "copy/head-unknown-key", "titel"),
        ("主题: 甲\ntitle: 乙", "copy/head-duplicate", "title"),
        ("主题: 甲\n主题: 乙", "copy/head-duplicate", "主题"),
        ("主题：甲", "copy/head-colon", "："),
        ("栏目: 甲\n主题：乙", "copy/head-colon", "："),
        ("栏目: [甲, 乙]", "copy/head-type", "["),
        ("主题: {甲: 乙}", "copy/head-type", "{"),
        ("主题: \"甲\n副题: 乙", "copy/head-yaml", "\""),
        ("主题: \"甲", "copy/head-yaml", "\""),
        ("版尾:\n\t- 甲", "copy/head-yaml", "\t"),
        ("主题: 甲: 乙", "copy/head-yaml", ":"),
        ("主题: @甲", "copy/head-yaml", "@"),
        ("主题: *甲", "copy/head-yaml", "*"),
        ("主题: &甲 乙", "copy/head-tag", "&甲"),
        ("主题: !甲 乙", "copy/head-yaml", "!"),
        ("主题: !a 乙", "copy/head-tag", "!a"),
        ("主题: &a 甲\n副题: *a", "copy/head-tag", "&a"),
        ("主题: 甲 #乙", "copy/head-comment", "#乙"),
        ("主题: # 乙", "copy/head-comment", "# 乙"),
        ("图片:\n  - 说明: 甲", "copy/head-no-file", "说"),
        (
            "图片:\n  - 文件: 甲\n    来原: 乙",
            "copy/head-unknown-key",
            "来原",
        ),
        ("甲乙丙", "copy/head-shape", "甲乙丙"),
        ("- 甲", "copy/head-shape", "-"),
        ("主题: 甲\n...\n副题: 乙", "copy/head-second", "副"),
    ] {
        let text = format!("---\n{head}\n---\n正文");
        let read = markdown(&text);
        let note = read.notes.iter().find(|note| note.code == code);
        let note = note.unwrap_or_else(|| panic!("{head}: {:?}", read.notes));
        assert!(
            place(&text, note).starts_with(at),
            "{head}: {:?}",
            place(&text, note)
        );
        assert!(note.help.is_some(), "{head}");
        assert_eq!(texts(&read.value), ["正文"], "{head}");
    }
}

#[test]
fn p23_a_picture_names_its_focus() {
    let at = |across, down| crate::base::photo::Focus { across, down };
    for (written, focus) in [
        ("焦点: 30% 40%", at(3000, 4000)),
        ("focus: [0.3, 1]", at(3000, 10_000)),
    ] {
        let head = markdown(&format!(
            "---\n图片:\n  - 文件: a.jpg\n    {written}\n---\n正文"
        ));
        assert_eq!(head.value.head.images[0].focus, focus, "{written}");
    }
    let text = "---\n图片:\n  - 文件: a.jpg\n    焦点: 30% 140%\n---\n正文";
    let head = markdown(text);
    assert_eq!(codes(&head), ["copy/picture-focus"]);
    assert_eq!(place(text, &head.notes[0]), "30% 140%");

    for (written, whole, left) in [("10% 0 0.9 1", false, 1000), ("否", true, 0)] {
        let head = format!("---\n图片:\n  - 文件: a.jpg\n    裁切: {written}\n---\n正文");
        let image = &markdown(&head).value.head.images[0];
        assert_eq!((image.whole, image.part.x), (whole, left), "{written}");
        assert_eq!(image.focus, image.part.middle());
    }
    let head = markdown("---\n图片:\n  - 文件: a.jpg\n    裁切: 50% 0 60% 1\n---\n正文");
    assert_eq!(codes(&head), ["copy/picture-crop"]);

    let read = markdown("前文。![甲](a.jpg \"乙 摄\"){焦点 30% 40%}后文。");
    let BlockKind::Image(picture) = &read.value.blocks[1].kind else {
        panic!("{:?}", read.value.blocks);
    };
    assert_eq!(picture.focus, at(3000, 4000));
    assert_eq!(texts(&read.value), ["前文。后文。", "![a.jpg]"]);
    let text = "前文。\n\n![甲](a.jpg){focus: 3, 4}\n\n![乙](b.jpg){下}";
    let read = markdown(text);
    assert_eq!(codes(&read), ["copy/picture-focus"]);
    assert_eq!(place(text, &read.notes[0]), "{focus: 3, 4}");
    assert_eq!(
        texts(&read.value),
        ["前文。", "![a.jpg]", "{下}", "![b.jpg]"]
    );
}

#[test]
fn unknown_keys_name_the_nearest() {
    for (key, near) in [
        ("标题", "主题"),
        ("titel", "title"),
        ("副标题", "副题"),
        ("记者", "作者"),
        ("Title", "title"),
        ("图片来原", "图片来源"),
    ] {
        let read = markdown(&format!("---\n{key}: 甲\n---\n正文"));
        let help = read.notes[0].help.as_ref().expect("a help");
        assert!(help.zh.contains(near), "{key}: {}", help.zh);
    }
}

#[test]
fn what_stands_before_a_head_error_is_kept() {
    let read = markdown(&format!("{HEAD}---\n正文"));
    assert_eq!(codes(&read), ["copy/head-yaml"]);
    assert_eq!(
        read.value.head.label.map(|words| words.text).as_deref(),
        Some("时政")
    );
    assert_eq!(
        read.value.head.banner.map(|words| words.text).as_deref(),
        Some("通栏题")
    );
}

#[test]
fn a_head_without_its_end_loses_nothing() {
    let text = "---\n主题: 甲\n\n乙";
    let read = markdown(text);
    assert_eq!(codes(&read), ["copy/head-unclosed"]);
    assert_eq!(texts(&read.value), ["主题: 甲", "乙"]);
}

#[test]
fn a_head_may_be_left_out_or_left_empty() {
    assert_eq!(codes(&markdown("甲")), [""; 0]);
    let read = markdown("---\n---\n甲");
    assert_eq!(
        (codes(&read), texts(&read.value)),
        (vec![], vec!["甲".to_owned()])
    );
    let read = markdown("---\r\n主题: 甲\r\n副题:\r\n---\r\n乙\r\n");
    assert_eq!(codes(&read), [""; 0]);
    assert_eq!(
        read.value.head.title.map(|words| words.text).as_deref(),
        Some("甲")
    );
    assert_eq!(read.value.head.deck, None);
}

#[test]
fn empty_copy_is_reported() {
    for text in ["", " \n\n　\n", "\u{FEFF}\n"] {
        assert_eq!(codes(&markdown(text)), ["copy/empty"]);
        assert_eq!(codes(&plain(text)), ["copy/empty"]);
    }
}

#[test]
fn a_folded_value_gets_no_blank_between_han() {
    let read = markdown("---\n主题: 甲乙\n  丙丁\n---\n正文");
    assert_eq!(
        read.value.head.title.map(|words| words.text).as_deref(),
        Some("甲乙丙丁")
    );
}

// ---- limits ----

#[test]
fn limits_200_000_characters_without_a_break() {
    let text = "版".repeat(200_000);
    assert_eq!(body(&text), std::slice::from_ref(&text));
    assert_eq!(texts(&plain(&text).value), [text]);
}

#[test]
fn limits_20_000_nested_brackets() {
    for mark in ["[", "（", "(", "{", "<", "「", "![", "`", "_", "\"", "|"] {
        let text = format!("甲{}", mark.repeat(20_000));
        assert_eq!(body(&text), [text], "{mark}");
    }
    for mark in [">", "> ", "- ", "+ ", "1. ", "- > "] {
        let read = markdown(&format!("{}甲", mark.repeat(20_000)));
        assert!(
            read.value
                .blocks
                .last()
                .is_some_and(|block| block.text.ends_with('甲')),
            "{mark}"
        );
    }
    for mark in [
        "*", "**", "*a ", "**甲", "[a](", "[[a]", "<!--", "&amp;", "\\", "a--", "甲…",
    ] {
        let read = markdown(&format!("{}甲", mark.repeat(20_000)));
        assert!(!read.value.blocks.is_empty(), "{mark}");
    }
}

#[test]
fn limits_a_long_address() {
    let url = format!("http://a.cn/{}", "x".repeat(5000));
    assert_eq!(body(&format!("见{url}甲")), [format!("见{url}甲")]);
    assert_eq!(body(&format!("见<{url}>甲")), [format!("见{url}甲")]);
    let read = markdown(&format!("见[乙]({url})甲"));
    assert_eq!(texts(&read.value), ["见乙甲"]);
}

#[test]
fn limits_deep_and_expanding_heads() {
    for head in [
        "[".repeat(20_000),
        "主题: ".to_owned() + &"[".repeat(200) + &"]".repeat(200),
        "主题:\n  ".to_owned() + &"- ".repeat(20_000) + "甲",
        "{a: ".repeat(20_000),
        "a: &a [甲, 甲]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c, *c, *c]".to_owned(),
        "? ".repeat(20_000),
        "a: 1\n".repeat(20_000),
        "\"".repeat(20_001),
        "x".repeat(100_000),
    ] {
        let read = markdown(&format!("---\n{head}\n---\n正文"));
        assert!(!read.notes.is_empty());
        assert_eq!(texts(&read.value), ["正文"]);
    }
}

// ---- encodings ----

#[test]
fn utf_8_is_read_with_and_without_a_mark() {
    assert_eq!(decode("a", "甲".as_bytes()).as_deref(), Ok("甲"));
    assert_eq!(decode("a", "\u{FEFF}甲".as_bytes()).as_deref(), Ok("甲"));
}

fn refusal(bytes: &[u8]) -> Diagnostic {
    decode("稿.txt", bytes).expect_err("refused")
}

#[test]
fn other_encodings_are_refused_by_name() {
    let utf16 = |text: &str, mark: bool, little: bool| -> Vec<u8> {
        let mark = if mark { "\u{FEFF}" } else { "" };
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(bytes)
            .collect()
    };
    for mark in [true, false] {
        for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            let note = refusal(&utf16("本报讯，记者2021年报道。\n第二行", mark, little));
            assert_eq!(note.code, "copy/utf-16");
            assert!(note.message.en.contains(name), "{}", note.message.en);
            assert!(
                note.help
                    .as_ref()
                    .is_some_and(|help| help.en.contains("iconv -f UTF-16"))
            );
        }
    }
    // 本报讯\n中国人民, in GBK
    let gbk = [
        b'a', b'\n', 0xB1, 0xBE, 0xB1, 0xA8, 0xD1, 0xB6, b'\n', 0xD6, 0xD0, 0xB9, 0xFA, 0xC8, 0xCB,
        0xC3, 0xF1,
    ];
    let note = refusal(&gbk);
    assert_eq!(note.code, "copy/gb18030");
    assert!(note.message.zh.contains("第 2 行"), "{}", note.message.zh);
    assert!(
        note.help
            .as_ref()
            .is_some_and(|help| help.zh.contains("iconv -f GB18030"))
    );
}

#[test]
fn binary_and_broken_files_are_refused() {
    for (bytes, code, words) in [
        (&b"%PDF-1.7\n"[..], "copy/binary", "PDF"),
        (b"PK\x03\x04....word/document.xml", "copy/binary", ".docx"),
        (b"PK\x03\x04....", "copy/binary", "ZIP"),
        (b"{\\rtf1", "copy/binary", "RTF"),
        (b"\xD0\xCF\x11\xE0\xA1", "copy/binary", ".doc"),
        (b"abc\n\0\x01\x02\0\x05", "copy/binary", "line 2"),
        (
            "甲\n乙\u{4E19}"
                .as_bytes()
                .split_last()
                .map_or(&[], |(_, most)| most),
            "copy/not-utf-8",
            "line 2",
        ),
        (b"abc\xFFdef", "copy/not-utf-8", "0xFF"),
        (b"", "copy/empty", ""),
        (b"\xEF\xBB\xBF \n", "copy/empty", ""),
    ] {
        let note = refusal(bytes);
        assert_eq!(note.code, code, "{words}");
        assert!(note.message.en.contains(words), "{}", note.message.en);
        assert!(note.help.is_some());
    }
}

#[test]
fn files_over_64_mib_are_refused() {
    assert_eq!(too_large("a", MAX_BYTES), None);
    assert!(too_large("a", MAX_BYTES + 1).is_some_and(|note| note.code == "copy/too-large"));
}

#[test]
fn formats_by_name() {
    assert_eq!(Format::of("a/b.md"), Format::Markdown);
    assert_eq!(Format::of("b.MARKDOWN"), Format::Markdown);
    assert_eq!(Format::of("b.txt"), Format::Plain);
    assert_eq!(Format::of("-"), Format::Plain);
}

#[test]
fn a_fence_inside_a_list_in_a_quote_loses_no_words() {
    let quoted = "> - 甲\n>\n>   ~~~强份引文~~~\n>\n> 后文。\n";
    assert!(
        body(quoted).concat().contains("强份引文"),
        "{:?}",
        body(quoted)
    );
    for typed in [
        "> - 甲\n>\n>   ```强份引文\n>\n> 后文。\n",
        ">   ~~~强份引文\n",
        ">  - ~~~强份引文\n",
        "~~~强份引文\n丙\n~~~\n",
        "- > ```强份引文\n",
    ] {
        assert!(
            body(typed).concat().contains("强份引文"),
            "{typed}: {:?}",
            body(typed)
        );
    }
}

#[test]
fn markdown_that_is_not_supported_is_said_and_set_as_typed() {
    for (typed, what) in [
        ("甲~~乙~~丙", "~~乙~~"),
        ("- [ ] 甲", "[ ]"),
        ("见[甲][乙]。", "][乙]"),
        ("[甲]: http://a.cn", "[甲]:"),
        ("甲\n===", "==="),
        ("甲\n\n##\n\n乙", "##"),
        ("```\n甲\n```", "```"),
    ] {
        let read = markdown(typed);
        let note = read.notes.iter().find(|note| note.code == "copy/markdown");
        let note = note.unwrap_or_else(|| panic!("{typed}: {:?}", codes(&read)));
        assert_eq!(place(typed, note), what, "{typed}");
        assert!(note.help.is_some());
    }
    assert_eq!(
        codes(&markdown("甲[^b][^c]乙\n\n[^b]: 一\n[^c]: 二")),
        [""; 0],
        "two notes side by side"
    );
    assert_eq!(
        codes(&markdown("`[^1]`和[甲](http://a.cn)、~5、甲==乙")),
        ["copy/link"]
    );
}

#[test]
fn a_head_that_is_not_read_as_one_is_said() {
    for typed in [
        "\n---\n主题: 甲\n---\n乙",
        " ---\n主题: 甲\n---\n乙",
        "主题: 甲\n---\n乙",
        "title: A\n\n乙",
    ] {
        let read = markdown(typed);
        assert!(
            codes(&read).contains(&"copy/head-not-first"),
            "{typed}: {:?}",
            codes(&read)
        );
    }
    assert_eq!(
        codes(&plain("---\n主题: 甲\n---\n乙")),
        ["copy/head-not-first"]
    );
    for typed in [
        "---\n主题: 甲\n---\n乙",
        "甲说：主题：乙",
        "甲\n\n---\n\n乙",
    ] {
        assert_eq!(codes(&markdown(typed)), [""; 0], "{typed}");
    }
}

#[test]
fn an_entry_of_the_head_has_a_limit() {
    let typed = format!("---\n作者: {}\n---\n正文", "甲".repeat(2001));
    assert_eq!(codes(&markdown(&typed)), ["copy/head-field-long"]);
}
