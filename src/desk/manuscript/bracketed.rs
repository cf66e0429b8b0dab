//! Bracketed spans: `[重点]{着重}`, `[张三]{专名}`, `[重]{注音 zhòng}`,
//! `[2026]{直立}`, `[2]{上标}`.
//!
//! They are read from a block's text once Markdown is done with it, so that
//! emphasis may stand inside them and they inside emphasis. The brackets and
//! braces go, every other byte keeps its place in the file (E15).

use std::ops::Range;

use super::mapped::{Edit, Mapped, Moved, offset};
use super::normalise::normalise;
use super::{Inline, InlineKind, Reading, Words};
use crate::base::clreq::{Class, class_of};
use crate::base::diag::Diagnostic;
use crate::story::{Mark, Script, Stand, is_zhuyin};

/// The names of a reading, the Chinese one first.
const RUBY: [&str; 2] = ["注音", "ruby"];

/// 注音符号 that spell a syllable, its tone mark included.
const SYMBOLS: usize = 4;
/// Letters of the longest syllable, and an apostrophe or an accent typed apart.
const LETTERS: usize = 8;

/// The longest content of braces in bytes: keeps the work linear.
const LONGEST: usize = 200;

/// Takes the bracketed spans out of a text and adds what they are to `spans`.
/// Brackets at the offsets `escaped` and in code are text, and so are those
/// whose braces hold a name that is not known, or a reading that does not
/// fit: that is noted and set as typed.
pub(super) fn read(
    out: &mut Reading,
    mapped: Mapped,
    spans: &mut Vec<Inline>,
    escaped: &[usize],
) -> Mapped {
    if !mapped.text.contains("]{") {
        return mapped;
    }
    let mut edits = Vec::new();
    let mut found: Vec<Found> = Vec::new();
    // with their brackets and braces
    let mut scripts: Vec<Range<usize>> = Vec::new();
    for bracketed in scan(&mapped.text, spans, escaped) {
        match understood(&mapped, &bracketed) {
            Ok(mut kinds) => {
                if kinds.iter().any(Found::is_script) {
                    let inside = |range: &Range<usize>| range.start >= bracketed.text.start;
                    // inner brackets come before the outer, and behind all that
                    // stands in front of these
                    while let Some(inner) = scripts.pop_if(|range| inside(range)) {
                        found.retain(|one| !one.is_script() || !inner.contains(&one.range.start));
                        let place = mapped.place(inner).map(|place| out.span(place));
                        out.notes.push(nested().at_opt(place));
                    }
                    scripts.push(bracketed.text.start - 1..bracketed.end);
                }
                found.append(&mut kinds);
                for range in [bracketed.opening(), bracketed.closing()] {
                    let to = String::new();
                    edits.push(Edit { range, to });
                }
            }
            Err(note) => {
                let whole = bracketed.text.start - 1..bracketed.end;
                let place = mapped.place(whole);
                let span = place.map(|place| out.span(place));
                out.notes.push(note.at_opt(span));
            }
        }
    }
    // those of inner brackets come first
    edits.sort_by_key(|edit| edit.range.start);
    spans.extend(found.into_iter().map(|found| Inline {
        range: offset(found.range.start)..offset(found.range.end),
        kind: found.kind(out),
    }));
    let moved = Moved::new(&edits);
    for inline in spans.iter_mut() {
        let start = moved.at(inline.range.start as usize, false);
        let end = moved.at(inline.range.end as usize, true);
        inline.range = offset(start)..offset(end.max(start));
    }
    spans.retain(|inline| !inline.range.is_empty());
    mapped.edited(&edits)
}

/// A text that is no block, normalised, with its marks and readings.
pub(super) fn words(out: &mut Reading, mapped: Mapped) -> (Mapped, Vec<Inline>) {
    let mut spans = Vec::new();
    let mapped = read(out, mapped, &mut spans, &[]);
    spans.sort_by_key(|inline| (inline.range.start, std::cmp::Reverse(inline.range.end)));
    let mapped = normalise(out, mapped, &mut spans);
    (mapped, spans)
}

/// `[text]{content}`, by bytes.
struct Bracketed {
    text: Range<usize>,
    content: Range<usize>,
    /// Behind the closing brace.
    end: usize,
}

impl Bracketed {
    fn opening(&self) -> Range<usize> {
        self.text.start - 1..self.text.start
    }

    fn closing(&self) -> Range<usize> {
        self.text.end..self.end
    }
}

/// The bracketed spans of a text, by their ends.
fn scan(text: &str, spans: &[Inline], escaped: &[usize]) -> Vec<Bracketed> {
    let code: Vec<&Range<u32>> = spans
        .iter()
        .filter(|inline| inline.kind == InlineKind::Code)
        .map(|inline| &inline.range)
        .collect();
    let is_text = |at: usize| {
        escaped.binary_search(&at).is_ok() || code.iter().any(|range| range.contains(&offset(at)))
    };
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (at, bracket) in text.match_indices(['[', ']']) {
        if is_text(at) {
            continue;
        }
        if bracket == "[" {
            open.push(at);
            continue;
        }
        let (Some(start), inner) = (open.pop(), at + 2) else {
            continue;
        };
        if !text[at + 1..].starts_with('{') || is_text(at + 1) {
            continue;
        }
        let end = text[inner..].find(['[', ']', '{', '}', '\n']);
        let Some(length) = end.filter(|&end| end <= LONGEST) else {
            continue;
        };
        let closed = text[inner + length..].starts_with('}') && !is_text(inner + length);
        if closed && !text[inner..inner + length].trim().is_empty() {
            found.push(Bracketed {
                text: start + 1..at,
                content: inner..inner + length,
                end: inner + length + 1,
            });
        }
    }
    found
}

/// A stretch that was found, with its reading where it is one.
struct Found {
    range: Range<usize>,
    what: What,
}

enum What {
    Mark(Mark),
    Ruby(Mapped),
    Stand(Stand),
    Script(Script),
}

impl Found {
    fn is_script(&self) -> bool {
        matches!(self.what, What::Script(_))
    }

    fn kind(self, out: &Reading) -> InlineKind {
        match self.what {
            What::Mark(mark) => InlineKind::Mark(mark),
            What::Stand(stand) => InlineKind::Stand(stand),
            What::Script(script) => InlineKind::Script(script),
            What::Ruby(reading) => {
                let place = reading.place(0..reading.text.len()).unwrap_or(0..0);
                InlineKind::Ruby(Words {
                    span: out.span(place),
                    text: reading.text,
                    pieces: reading.pieces,
                    spans: Vec::new(),
                })
            }
        }
    }
}

/// What a bracketed span says, or why it cannot be told.
fn understood(mapped: &Mapped, bracketed: &Bracketed) -> Result<Vec<Found>, Diagnostic> {
    if bracketed.text.is_empty() {
        return Err(nothing());
    }
    let mut words = words_of(&mapped.text, &bracketed.content).into_iter();
    let name = words.next().map_or("", |range| &mapped.text[range]);
    let mark = Mark::ALL
        .iter()
        .find(|(zh, en, _)| name == *zh || name == *en);
    let stand = Stand::ALL
        .iter()
        .find(|(zh, en, _)| name == *zh || name == *en);
    if let Some((_, _, stand)) = stand {
        let text = &mapped.text[bracketed.text.clone()];
        let figures = (2..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        return match words.next() {
            None if *stand != Stand::Abreast || figures => Ok(vec![Found {
                range: bracketed.text.clone(),
                what: What::Stand(*stand),
            }]),
            None => Err(not_abreast(text)),
            Some(_) => Err(unknown(mapped.text[bracketed.content.clone()].trim())),
        };
    }
    let script = Script::ALL
        .iter()
        .find(|(zh, en, _)| name == *zh || name == *en);
    if let Some((_, _, script)) = script {
        return match words.next() {
            None => Ok(vec![Found {
                range: bracketed.text.clone(),
                what: What::Script(*script),
            }]),
            Some(_) => Err(unknown(mapped.text[bracketed.content.clone()].trim())),
        };
    }
    match mark {
        Some((_, _, mark)) if words.next().is_none() => Ok(vec![Found {
            range: bracketed.text.clone(),
            what: What::Mark(*mark),
        }]),
        None if RUBY.contains(&name) => readings(mapped, &bracketed.text, words.collect()),
        _ => Err(unknown(mapped.text[bracketed.content.clone()].trim())),
    }
}

/// The words of a range of a text.
fn words_of(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = range.start;
    for part in text[range.clone()].split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        if !word.is_empty() {
            words.push(start..start + word.len());
        }
        start += part.len();
    }
    words
}

/// Readings dealt out: one a Han character, or one for the whole.
fn readings(
    mapped: &Mapped,
    base: &Range<usize>,
    readings: Vec<Range<usize>>,
) -> Result<Vec<Found>, Diagnostic> {
    let han: Vec<Range<usize>> = mapped.text[base.clone()]
        .char_indices()
        .filter(|&(_, c)| class_of(c) == Class::Han)
        .map(|(at, c)| base.start + at..base.start + at + c.len_utf8())
        .collect();
    let ruby = |range: &Range<usize>, reading: &Range<usize>| Found {
        range: range.clone(),
        what: What::Ruby(mapped.part(reading.clone())),
    };
    let zhuyin = readings
        .iter()
        .any(|reading| is_zhuyin(&mapped.text[reading.clone()]));
    let long = readings.iter().find(|reading| {
        let text = &mapped.text[(*reading).clone()];
        let letters = text.chars().count();
        match (is_zhuyin(text), readings.len() == 1) {
            (true, _) => letters > SYMBOLS,
            (false, true) => letters > LETTERS * han.len().max(1),
            (false, false) => letters > LETTERS,
        }
    });
    if let Some(long) = long {
        return Err(too_long(&mapped.text[long.clone()]));
    }
    match readings.as_slice() {
        [] => Err(no_reading()),
        all if all.len() == han.len() => Ok(han
            .iter()
            .zip(all)
            .map(|(range, all)| ruby(range, all))
            .collect()),
        [one] if !zhuyin => Ok(vec![ruby(base, one)]),
        all => Err(miscounted(han.len(), all.len())),
    }
}

fn unknown(content: &str) -> Diagnostic {
    Diagnostic::warning(
        "copy/bracketed",
        format!("不认识方括号后的 {{{content}}}，照原样排出"),
        format!("`{{{content}}}` behind the brackets is not known and is set as typed"),
    )
    .help(
        "可写 {着重}、{专名}、{书名}、{注音 zhòng}、{上标}、{下标}，直排用 {直立}、{横转}、{纵中横}；要排出括号本身，在 [ 前加 \\",
        "write {dots}, {name}, {title}, {ruby zhòng}, {superscript} or {subscript}, for vertical lines {upright}, {turned} or {abreast}; to set the brackets themselves put \\ before [",
    )
    .word("name", content)
}

/// L17: a script is small already; what stands in it is set like the rest.
fn nested() -> Diagnostic {
    Diagnostic::warning(
        "copy/bracketed",
        "上标、下标里又有上标、下标：里层照外层排",
        "a script stands inside another: the inner one is set like the outer",
    )
    .help(
        "去掉里层的方括号和花括号，或把两处并排写",
        "leave out the inner brackets and braces, or write the two side by side",
    )
}

/// A reading that no syllable is as long as.
fn too_long(reading: &str) -> Diagnostic {
    Diagnostic::warning(
        "copy/ruby",
        format!("注音 {reading} 比一个音节长，照原样排出"),
        format!("the reading `{reading}` is longer than a syllable; it is set as typed"),
    )
    .help(
        "一字一音，中间空一格",
        "give one syllable a character, with spaces between",
    )
    .word("reading", reading)
}

/// V12: four figures would be a quarter of an em wide each.
fn not_abreast(text: &str) -> Diagnostic {
    Diagnostic::warning(
        "copy/bracketed",
        format!("一格里只并排两三位数字，“{text}”照原样排出"),
        format!("a cell holds two or three figures side by side; `{text}` is set as typed"),
    )
    .help(
        "写成 {直立} 或 {横转}，或去掉方括号和花括号",
        "write {upright} or {turned}, or leave out brackets and braces",
    )
    .word("name", text)
}

fn nothing() -> Diagnostic {
    Diagnostic::warning(
        "copy/bracketed",
        "方括号里没有字，照原样排出",
        "there is no text between the brackets; they are set as typed",
    )
    .help(
        "把要标的字写进方括号，或删去这一处",
        "write the text to be marked between the brackets, or delete them",
    )
}

fn no_reading() -> Diagnostic {
    Diagnostic::warning(
        "copy/ruby",
        "注音没有写读音，照原样排出",
        "no reading is given; it is set as typed",
    )
    .help("写成 [重]{注音 zhòng}", "write it like [重]{ruby zhòng}")
}

fn miscounted(han: usize, readings: usize) -> Diagnostic {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Diagnostic::warning(
        "copy/ruby",
        format!("{han} 个汉字注了 {readings} 个音，照原样排出"),
        format!("{readings} readings are given for {han} Han characters; it is set as typed"),
    )
    .help(
        "一字一音，中间空一格；汉语拼音也可以连写成一个词",
        "give one reading a character, with spaces between; pinyin may also be one word for all",
    )
    .number("characters", number(han))
    .number("readings", number(readings))
}

#[cfg(test)]
mod tests {
    use crate::base::diag::SourceId;
    use crate::desk::manuscript::tests::check_maps;
    use crate::desk::manuscript::{Block, BlockKind, Format, InlineKind, read};
    use crate::story::{Mark, Script, place};

    /// The only block of a text, and the codes of what was noted.
    fn block(text: &str) -> (Block, Vec<&'static str>) {
        let read = read(SourceId(0), text, Format::Markdown);
        let codes = read.notes.iter().map(|note| note.code).collect();
        check_maps(text, &read.value);
        (read.value.blocks[0].clone(), codes)
    }

    #[test]
    fn brackets_around_nothing_are_told() {
        for text in ["甲[]{着重}乙", "甲[]{直立}乙", "甲[]{注音 zhòng}乙"] {
            let (set, codes) = block(text);
            assert_eq!(set.text, text);
            assert_eq!(codes, ["copy/bracketed"], "{text}");
        }
    }

    /// What is marked, as it is set, and how.
    fn marked(text: &str) -> (String, Vec<(String, String)>) {
        let (block, codes) = block(text);
        assert_eq!(codes, [""; 0], "{text}");
        let spans = block.spans.iter().map(|inline| {
            let range = inline.range.start as usize..inline.range.end as usize;
            let what = match &inline.kind {
                InlineKind::Mark(mark) => mark.name().to_owned(),
                InlineKind::Ruby(reading) => reading.text.clone(),
                InlineKind::Stand(stand) => stand.name().to_owned(),
                InlineKind::Script(script) => script.name().to_owned(),
                other => format!("{other:?}"),
            };
            (block.text[range].to_owned(), what)
        });
        let spans = spans.collect();
        (block.text, spans)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn l17_scripts_are_read() {
        for (zh, en, script) in Script::ALL {
            for name in [zh, en] {
                let (text, spans) = marked(&format!("每[2]{{{name}}}升"));
                assert_eq!(text, "每2升");
                assert_eq!(spans, pairs(&[("2", script.name())]));
            }
        }
    }

    #[test]
    fn l17_a_script_inside_another_is_told_and_set_like_the_outer() {
        for (text, scripts) in [
            ("每[a[b]{下标}]{上标}升", 1),
            ("每[[a]{上标}[b[c]{上标}]{下标}]{上标}升", 3),
        ] {
            let (block, codes) = block(text);
            assert_eq!(codes, vec!["copy/bracketed"; scripts], "{text}");
            let set: Vec<_> = block.spans.iter().map(|inline| &inline.kind).collect();
            assert_eq!(set, [&InlineKind::Script(Script::Above)], "{text}");
        }
        // one beside another is none inside it
        let (_, spans) = marked("[a]{上标}[b]{下标}[[c]{着重}]{上标}");
        assert_eq!(spans.len(), 4);
    }

    #[test]
    fn t22_t23_marks_are_read_and_the_text_is_bare() {
        for (zh, en, mark) in Mark::ALL {
            for name in [zh, en] {
                let (text, spans) = marked(&format!("说[重点]{{{name}}}在此"));
                assert_eq!(text, "说重点在此");
                assert_eq!(spans, pairs(&[("重点", mark.name())]));
            }
        }
        let (text, spans) = marked("读[[史记]{书名}里的**人**]{着重}。");
        assert_eq!(text, "读史记里的人。");
        let expected = [("史记里的人", "dots"), ("史记", "title"), ("人", "Strong")];
        assert_eq!(spans, pairs(&expected));
    }

    #[test]
    fn v11_v12_stances_are_read_and_four_figures_refused() {
        let (text, spans) = marked("在[2026]{直立}年用[GDP]{turned}共[12]{纵中横}");
        assert_eq!(text, "在2026年用GDP共12");
        let expected = [("2026", "upright"), ("GDP", "turned"), ("12", "abreast")];
        assert_eq!(spans, pairs(&expected));
        let (block, codes) = block("在[2026]{纵中横}年");
        assert_eq!(
            (&*block.text, codes),
            ("在[2026]{纵中横}年", vec!["copy/bracketed"])
        );
    }

    #[test]
    fn p21_p22_readings_are_dealt_out() {
        let (text, spans) = marked("去[北京]{注音 běi  jīng}。");
        assert_eq!(text, "去北京。");
        assert_eq!(spans, pairs(&[("北", "běi"), ("京", "jīng")]));
        let (_, spans) = marked("去[北京]{ruby Běijīng}。");
        assert_eq!(spans, pairs(&[("北京", "Běijīng")]));
        let (_, spans) = marked("[重]{注音 ㄓㄨㄥˋ}");
        assert_eq!(spans, pairs(&[("重", "ㄓㄨㄥˋ")]));
    }

    #[test]
    fn e15_marked_text_and_readings_lead_back_to_the_manuscript() {
        let text = "甲[重...]{注音 zhòng}乙[张三]{专名}丙";
        let (block, _) = block(text);
        assert_eq!(block.text, "甲重……乙张三丙");
        let typed = |set: &str| {
            let at = block.text.find(set).expect("set");
            let span = place(&block.pieces, at, at + set.len()).expect("a place");
            &text[span.start as usize..span.end as usize]
        };
        for set in ["甲", "重", "乙", "张三", "丙"] {
            assert_eq!(typed(set), set);
        }
        assert_eq!(typed("……"), "...");
        let InlineKind::Ruby(reading) = &block.spans[0].kind else {
            panic!("{:?}", block.spans);
        };
        let span = place(&reading.pieces, 0, reading.text.len()).expect("a place");
        assert_eq!(&text[span.start as usize..span.end as usize], "zhòng");
    }

    #[test]
    fn what_is_not_known_is_said_and_set_as_typed() {
        for (text, code) in [
            ("说[重点]{强调}。", "copy/bracketed"),
            ("说[重点]{着重 二}。", "copy/bracketed"),
            ("[重]{注音}", "copy/ruby"),
            ("[北京]{注音 běi jīng shì}", "copy/ruby"),
            ("[北京]{注音 ㄅㄟˇ}", "copy/ruby"),
        ] {
            let (block, codes) = block(text);
            assert_eq!((&*block.text, codes), (text, vec![code]), "{text}");
            assert_eq!(block.spans, []);
        }
    }

    #[test]
    fn heads_and_captions_take_marks_and_readings() {
        let text = "---\n主题: \"喜[雨]{着重}\"\n---\n![说[张翀]{注音 zhāng chōng}](a.jpg)";
        let read = read(SourceId(0), text, Format::Markdown);
        let title = read.value.head.title.expect("a title");
        assert_eq!(title.text, "喜雨");
        assert_eq!(title.spans[0].kind, InlineKind::Mark(Mark::Dots));
        let BlockKind::Image(picture) = &read.value.blocks[0].kind else {
            panic!("{:?}", read.value.blocks);
        };
        let caption = picture.caption.as_ref().expect("a caption");
        assert_eq!((&*caption.text, caption.spans.len()), ("说张翀", 2));
    }

    #[test]
    fn other_brackets_are_text() {
        for (text, set) in [
            ("[重点] {着重}", "[重点] {着重}"),
            ("[重点]{着重", "[重点]{着重"),
            ("重点]{着重}", "重点]{着重}"),
            ("[重点]{}", "[重点]{}"),
            ("\\[重点]{着重}", "[重点]{着重}"),
            ("[重点\\]{着重}", "[重点]{着重}"),
            ("[重点]\\{着重}", "[重点]{着重}"),
            ("`[重点]{着重}`", "[重点]{着重}"),
        ] {
            let (block, codes) = block(text);
            assert_eq!((&*block.text, codes), (set, Vec::new()), "{text}");
        }
    }
}
