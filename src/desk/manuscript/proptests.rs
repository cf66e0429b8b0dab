//! Nothing of the copy is lost, nothing is invented, whatever comes in.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use super::tests::check_maps;
use super::{Block, BlockKind, Format, Manuscript, decode, read};
use crate::base::diag::SourceId;

/// Words as they stand in newspaper copy, safe and unsafe.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[甲乙丙丁一二三人民日报洛阳]{1,8}",
        "[，。、；：“”‘’（）《》？！·—…]{1,2}",
        "[A-Za-z0-9]{1,6}",
        Just("1+1+1>3".to_owned()),
        Just("5*8".to_owned()),
        Just("a@b.cn".to_owned()),
        Just("...".to_owned()),
        Just("--".to_owned()),
        Just("ＡＢ１２".to_owned()),
        Just("#".to_owned()),
        Just("~".to_owned()),
        Just("|".to_owned()),
        Just("]: ".to_owned()),
        Just("(".to_owned()),
        Just("_".to_owned()),
        Just(" ".to_owned()),
    ];
    proptest::collection::vec(word, 1..12).prop_map(|words| words.concat())
}

/// A stretch of a paragraph: its Markdown and its characters.
fn stretch() -> impl Strategy<Value = (String, String)> {
    let han = "[甲乙丙丁人民日报，。“”（）《》]{0,6}[甲乙丙丁人民日报]";
    prop_oneof![
        words().prop_map(|words| (words.clone(), words)),
        han.prop_map(|words| (format!("**{words}**"), words)),
        han.prop_map(|words| (format!("[{words}](http://a.cn/b)"), words)),
        han.prop_map(|words| (format!("`{words}`文"), format!("{words}文"))),
        han.prop_map(|words| (format!("[{words}]{{着重}}"), words)),
        han.prop_map(|words| (format!("[{words}]{{ruby a}}"), words)),
    ]
}

/// A block: its Markdown and its characters.
fn block() -> impl Strategy<Value = (String, String)> {
    let start = prop_oneof![
        Just(""),
        Just("## "),
        Just("> "),
        Just("- "),
        Just("　　"),
        Just("    "),
        Just("\t")
    ];
    (start, proptest::collection::vec(stretch(), 1..4)).prop_map(|(start, parts)| {
        let (typed, set): (String, String) = parts.into_iter().unzip();
        // begins and ends with Han, so that the start is what it looks like
        (format!("{start}文{typed}文\n\n"), format!("文{set}文"))
    })
}

/// The characters that are neither white nor changed by normalisation.
fn bare(text: &str) -> String {
    let keep = |c: &char| !c.is_whitespace() && !matches!(c, '.' | '-' | '…' | '—' | '。');
    let narrow = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        _ => c,
    };
    text.chars().filter(keep).map(narrow).collect()
}

fn set(manuscript: &Manuscript) -> String {
    let all = |block: &Block| match &block.kind {
        BlockKind::ListItem {
            marker,
            ordered: true,
            ..
        } => format!("{marker}{}", block.text),
        BlockKind::Image(picture) => {
            let caption = picture
                .caption
                .as_ref()
                .map_or("", |words| words.text.as_str());
            format!("{}{caption}", picture.file.text)
        }
        _ => block.text.clone(),
    };
    manuscript.blocks.iter().map(all).collect()
}

/// The Han characters, which Markdown has no use for.
fn han(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_text_is_kept_whole(text in "\\PC{0,200}|(.|\n){0,200}") {
        let read = read(SourceId(0), &text, Format::Plain);
        check_maps(&text, &read.value);
        assert_eq!(han(&set(&read.value)), han(&text));
    }

    #[test]
    fn what_is_set_is_what_was_typed_minus_markup(blocks in proptest::collection::vec(block(), 1..6)) {
        let (typed, expected): (String, String) = blocks.into_iter().unzip();
        let read = read(SourceId(0), &typed, Format::Markdown);
        check_maps(&typed, &read.value);
        // a lone star or underscore may pair with another: not counted
        let count = |text: &str| bare(text).replace(['*', '_'], "");
        assert_eq!(count(&set(&read.value)), count(&expected), "{typed}");
    }

    #[test]
    fn no_han_character_is_lost_whatever_the_markup(
        parts in proptest::collection::vec(prop_oneof![
            words(), "[\n 　\t>#*_`~+<&!|=.()\\[\\]:\\\\-]{1,4}", "\n{1,2}", "1[.)] ", "&[a-z]{1,4};", "<[a-z/!-]{1,3}"
        ], 0..40)
    ) {
        let text = format!("文{}", parts.concat()).replace("](", "] (");
        let read = read(SourceId(0), &text, Format::Markdown);
        check_maps(&text, &read.value);
        assert_eq!(han(&set(&read.value)), han(&text), "{text}");
    }

    #[test]
    fn every_han_character_is_set_or_told(
        lines in proptest::collection::vec(
            (
                proptest::collection::vec(prop_oneof![
                    Just("> "), Just(">"), Just("- "), Just("1. "), Just(" "), Just("  "), Just("    "), Just("\t"), Just("# ")
                ], 0..5),
                proptest::collection::vec(prop_oneof![
                    Just("@"), Just("@@"), Just("```"), Just("~~~"), Just("`"), Just("![@](@.jpg \"@\")"), Just("![@](@)"),
                    Just("[@](http://@/ '@')"), Just("[@](@)"), Just("[@]: @"), Just("[^@]"), Just("![@"), Just("](@.jpg)"),
                    Just("**"), Just("---"), Just("==="), Just("<!-- @ -->"), Just("<b title=\"@\">"), Just(" "), Just("|"),
                ], 0..4),
            ),
            0..8,
        )
    ) {
        let typed: String = lines.iter().map(|(start, rest)| format!("{}{}\n", start.concat(), rest.concat())).collect();
        // each place gets a character of its own
        let mut next = 0x4E00..;
        let typed: String = typed
            .chars()
            .map(|c| if c == '@' { next.next().and_then(char::from_u32).unwrap_or(c) } else { c })
            .collect();
        let text = format!("文\n\n{typed}");
        let read = read(SourceId(0), &text, Format::Markdown);
        check_maps(&text, &read.value);
        let mut told = set(&read.value);
        for block in &read.value.blocks {
            if let BlockKind::Image(picture) = &block.kind {
                told.extend(picture.credit.as_ref().map(|words| words.text.as_str()));
            }
        }
        told.extend(read.notes.iter().map(|note| note.message.zh.as_str()));
        for c in han(&text).chars() {
            assert!(told.contains(c), "{c} is lost: {text:?}");
        }
    }

    #[test]
    fn no_head_brings_it_down(head in "([a-z主题副版尾图片]{1,3}[:：]? ?|[\\[\\]{}\"'*&!|>%@#,~-]|\n *|\t|甲){0,40}") {
        let text = format!("---\n{head}\n---\n正文");
        let read = read(SourceId(0), &text, Format::Markdown);
        check_maps(&text, &read.value);
    }

    #[test]
    fn any_bytes_are_text_or_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode("a", &bytes) {
            Ok(text) => {
                let read = read(SourceId(0), &text, Format::Markdown);
                check_maps(&text, &read.value);
            }
            Err(note) => assert!(note.help.is_some()),
        }
    }
}
