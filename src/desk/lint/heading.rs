//! Headings without a full stop (P17), marks after list numbers (P31).

use super::finding::Finding;
use super::passage::{Part, Passage, is_han_digit};
use super::rule::{HEADING_STOP, LIST_NUMBER};

pub(super) fn find(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    match passage.part {
        Part::Heading | Part::Caption => heading(passage, out),
        _ => {}
    }
    if passage.part.runs() || passage.part == Part::Heading {
        list_number(passage, out);
    }
}

/// P17: a heading, or a caption that is a phrase, ends without 。; a caption
/// of whole sentences keeps it, and so does a summary of several.
fn heading(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let last = passage.len().saturating_sub(1);
    if passage.at(last) != '。' {
        return;
    }
    let pauses = |c: &char| matches!(c, '，' | '。' | '；' | '！' | '？' | '：');
    let rest = &passage.chars[..last];
    let sentence = match passage.part {
        Part::Caption => rest.iter().any(pauses) || rest.len() > CAPTION_PHRASE,
        _ => rest.iter().any(|c| matches!(c, '。' | '！' | '？')),
    };
    if sentence || rest.is_empty() {
        return;
    }
    let finding = Finding::new(
        &HEADING_STOP,
        passage,
        last..last + 1,
        "标题或图题末尾不用句号",
        "no full stop at the end of a heading or a caption phrase",
    );
    let finding = finding.help("删去句号", "delete the full stop");
    out.push(finding.mend(last..last + 1, ""));
}

/// A caption longer than this is taken for a sentence: 字.
const CAPTION_PHRASE: usize = 12;

/// P31: `一、` `（一）` `1.` `（1）` `①`.
fn list_number(passage: &Passage<'_>, out: &mut Vec<Finding>) {
    let han = |c: char| is_han_digit(c) || c == '十';
    let digit = |c: char| c.is_ascii_digit();
    let first = passage.at(0);
    if matches!(first, '（' | '(') || ('①'..='⑳').contains(&first) {
        let end = if ('①'..='⑳').contains(&first) {
            1
        } else {
            let end = passage.run(1, han).max(passage.run(1, digit));
            if end == 1 || !matches!(passage.at(end), '）' | ')') {
                return;
            }
            end + 1
        };
        if matches!(passage.at(end), '、' | '.' | '．') {
            let shown = passage.slice(&(0..end));
            let finding = Finding::new(
                &LIST_NUMBER,
                passage,
                end..end + 1,
                format!("“{shown}”后面不再用点号"),
                format!("no mark after \"{shown}\""),
            );
            let finding = finding.help("删去点号", "delete the mark");
            out.push(finding.mend(end..end + 1, ""));
        }
        return;
    }
    let (arabic, chinese) = (passage.run(0, digit), passage.run(0, han));
    let (end, wrong, right) = if (1..=2).contains(&arabic) {
        // `3、4月` is a list of months
        let follows = passage.at(arabic + 1);
        let item = passage.at(arabic) == '、' && !follows.is_ascii_digit() && follows != '\0';
        (arabic, item, ".")
    } else if (1..=3).contains(&chinese) {
        let mark = matches!(passage.at(chinese), '.' | '．' | ',' | '，');
        (chinese, mark && !han(passage.at(chinese + 1)), "、")
    } else {
        return;
    };
    if wrong {
        let number = passage.slice(&(0..end));
        let finding = Finding::new(
            &LIST_NUMBER,
            passage,
            0..end + 1,
            format!("序号“{number}”后面的点号不合规定"),
            format!("the wrong mark after the list number {number}"),
        );
        out.push(finding.write(&format!("{number}{right}")));
    }
}
