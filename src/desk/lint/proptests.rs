//! Mending is safe, whatever comes in.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use super::tests::settings;
use super::{fix, lint};
use crate::base::diag::SourceId;
use crate::desk::manuscript::{self, Format};

/// Scraps of copy that the rules look for, in any order.
fn copy() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        "[甲乙丙丁人民日报北京上海]{1,3}",
        "[，。、；：“”‘’（）《》〈〉？！·—…]{1,3}",
        "[,.:;?!() ]{1,2}",
        "[A-Za-z0-9]{1,4}",
        "[一二三〇○零0]{1,4}",
        "[-–—～•．\\[\\]【】]",
        Just("年".to_owned()),
        Just("1949-1999年".to_owned()),
        Just("国发[2024]1号".to_owned()),
        Just("5月2日星期五".to_owned()),
        Just("》、《".to_owned()),
        Just("发展發展".to_owned()),
        Just("\n\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("`甲,`".to_owned()),
        Just("*".to_owned()),
        Just("**".to_owned()),
        Just("[甲,](a.b)".to_owned()),
        Just("\n- ".to_owned()),
        Just("\n## ".to_owned()),
        Just("\n> ".to_owned()),
        Just("http://a.cn/,b".to_owned()),
    ];
    proptest::collection::vec(scrap, 0..24).prop_map(|scraps| scraps.concat())
}

fn check(text: &str, format: Format) {
    let settings = settings();
    let read = manuscript::read(SourceId(0), text, format).value;
    for note in lint(&read, &settings) {
        let span = note.span.expect("every finding has a place");
        assert!(text.get(span.start as usize..span.end as usize).is_some());
    }
    let fixed = fix(text, format, &settings);
    let mut before = text;
    for (n, round) in fixed.rounds.iter().enumerate() {
        assert_eq!(round.before, before);
        let after = fixed
            .rounds
            .get(n + 1)
            .map_or(fixed.text.as_str(), |round| round.before.as_str());
        let (mut from, mut to) = (0, 0);
        for change in &round.mended {
            let kept = &round.before[from..change.range.start];
            assert_eq!(&after[to..to + kept.len()], kept, "bytes outside a change");
            to += kept.len();
            assert_eq!(&after[to..to + change.to.len()], change.to);
            to += change.to.len();
            from = change.range.end;
        }
        assert_eq!(&after[to..], &round.before[from..], "the rest of the file");
        before = after;
    }
    assert_eq!(before, fixed.text);
    assert_eq!(
        fix(&fixed.text, format, &settings).rounds,
        [],
        "{:?}",
        fixed.text
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mending_is_idempotent_and_touches_nothing_else(text in copy()) {
        check(&text, Format::Plain);
        check(&text, Format::Markdown);
    }

    #[test]
    fn the_head_is_mended_safely(title in copy(), body in copy()) {
        let title = title.replace(['\n', '\r'], "");
        check(&format!("---\n主题: {title}\n作者: \"{title}\"\n---\n\n{body}"), Format::Markdown);
    }

    #[test]
    fn any_text_is_judged(text in any::<String>()) {
        check(&text, Format::Plain);
        check(&text, Format::Markdown);
    }
}
