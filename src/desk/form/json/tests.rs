//! Plans that are no JSON, or none that a layout file can hold (E18).

use super::{Plan, plan};
use crate::base::diag::{Diagnostic, SourceId, Sources, Span};

fn faults(text: &str) -> Vec<Diagnostic> {
    plan(text, SourceId(0)).expect_err("no plan")
}

/// The only fault of a text: its message, and the line and column it is told
/// at.
fn fault(text: &str) -> (String, (usize, usize)) {
    let mut notes = faults(text);
    assert_eq!(notes.len(), 1, "{notes:#?}");
    let note = notes.remove(0);
    assert_eq!(note.code, "press/plan");
    assert!(note.help.is_some(), "{note:?}");
    // Chinese first, and no words of a parser
    let foreign = note.message.zh.split(['“', '”']).step_by(2);
    let foreign: String = foreign.collect();
    let foreign = foreign.replace("JSON", "").replace("null", "");
    assert!(
        !foreign.contains(|c: char| c.is_ascii_alphabetic()),
        "{note:?}"
    );
    let mut sources = Sources::new();
    let source = sources.add("plan.json", text);
    let start = note.span.expect("a place").start;
    let place = sources.line_column(source, start).expect("in the text");
    (note.message.zh, place)
}

#[test]
fn e18_what_is_no_json_is_told_where_it_is() {
    let told = |text: &str, zh: &str, place: (usize, usize)| {
        let (message, at) = fault(text);
        assert!(message.contains(zh), "{text}: {message}");
        assert_eq!(at, place, "{text}");
    };
    told("", "空的", (1, 1));
    told("{\n  \"slots\": [\n", "断了，缺 ]", (2, 13));
    told("{\"title\": \"文\"\n", "断了，缺 }", (1, 14));
    told("{\"title\": \"文\n}", "收尾的引号", (1, 11));
    told("{\"a\": 1,\n}", "没有下一项", (2, 1));
    told("{\"a\": [1, 2,]}", "没有下一项", (1, 13));
    told("{\"a\": 1,, \"b\": 2}", "多一个逗号", (1, 9));
    told("{\"a\": 1\n \"b\": 2}", "缺逗号", (2, 2));
    told("{\"a\" 1}", "缺冒号", (1, 6));
    told("{a: 1}", "没有加引号", (1, 2));
    told("{“a”: 1}", "引号", (1, 2));
    told("{\"a\"：1}", "中文标点", (1, 5));
    told("{\"a\": 1， \"b\": 2}", "中文标点", (1, 8));
    told("{\"a\": 小五}", "不是", (1, 7));
    told("{\"a\": True}", "不是", (1, 7));
    told("{\"a\": 012}", "不是", (1, 7));
    told("{\"a\": 1} // 版", "多出了字", (1, 10));
    told("{ // 版\n\"a\": 1}", "注释", (1, 3));
    told("{\"a\": [1}", "不配", (1, 9));
    told("{\"a\": \"C:\\dir\"}", "反斜线", (1, 7));
    told(&"[".repeat(300), "太深", (1, 101));
}

#[test]
fn e18_what_no_layout_can_hold_is_told() {
    assert_eq!(fault("[1, 2]").0, "版样应是一个对象：{ … }");
    assert_eq!(
        fault("{\n \"a\": null}"),
        ("版样里没有 null".into(), (2, 7))
    );
    let large = "{\"a\": 18446744073709551615}";
    assert_eq!(fault(large), ("这个数太大".into(), (1, 7)));
    // everything at once
    assert_eq!(faults("{\"a\": null, \"b\": [null]}").len(), 2);
}

#[test]
fn e18_a_key_that_is_there_twice_is_refused() {
    let text = "{\"slots\": [{\"line\": 1,\n \"line\": 2}]}";
    assert_eq!(fault(text), ("键“line”写了两次".into(), (2, 2)));
    let note = &faults(text)[0];
    assert_eq!(note.related[0].0, Span::new(SourceId(0), 12, 18));
    // in different objects it may be
    assert!(plan("{\"slots\": [{\"line\": 1}, {\"line\": 2}]}", SourceId(0)).is_ok());
}

#[test]
fn e18_a_fault_of_the_layout_is_shown_in_the_plan() {
    let text = "{\"z\": {\"size\": \"小五\", \"list\": [{\"key\": 7}, {\"key\": 8}]}, \"a\": 1}";
    let plan: Plan = plan(text, SourceId(3)).expect("a plan");
    let shown = |part: &str| {
        let start = plan.toml.find(part).expect("in the file");
        let span = Span::new(SourceId(3), start, start + part.len());
        let note = plan.moved(Diagnostic::fatal("x", "", "").at(span));
        let span = note.span.expect("a place");
        text[span.start as usize..span.end as usize].to_owned()
    };
    assert_eq!(shown("小五"), "\"小五\"");
    assert_eq!(shown("8"), "8");
    assert_eq!(shown("7"), "7");
    assert_eq!(shown("size"), "\"size\"");
    assert_eq!(shown("1"), "1");
    // what is of another file keeps its place
    let other = Span::new(SourceId(1), 5, 6);
    let note = plan.moved(Diagnostic::fatal("x", "", "").at(other));
    assert_eq!(note.span, Some(other));
}
