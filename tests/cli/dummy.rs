//! `dummy`: a layout drawn before there is copy, and plans in JSON (E18).

use std::fs;

use serde_json::{Value, json};

use crate::{banxin, scratch};

#[test]
fn e18_a_dummy_is_drawn_from_a_layout() {
    let dir = scratch("dummy");
    let folder = dir.display().to_string();
    let out = banxin(&["dummy", "tabloid", "-o", &folder, "--png", "--dpi", "40"]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{shown}");
    for end in ["pdf", "png"] {
        let file = dir.join(format!("tabloid_dummy.{end}"));
        assert!(fs::metadata(&file).expect("a file").len() > 1000, "{end}");
    }
    let unknown = banxin(&["dummy", "tablo1d", "-o", &folder]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("tabloid"));
    drop(fs::remove_dir_all(dir));
}

#[test]
fn e18_a_plan_goes_out_as_json_and_comes_back_exact() {
    let dir = scratch("plan");
    let out = banxin(&["dummy", "tabloid", "--plan"]);
    let mut plan: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    plan["slots"] = json!([
        { "name": "lead", "column": 2, "columns": 3, "line": 4, "lines": 50, "main": true }
    ]);
    plan["furniture"] = json!([]);
    let (json, toml) = (dir.join("plan.json"), dir.join("own.toml"));
    fs::write(&json, plan.to_string()).expect("a file");
    let (json, toml) = (json.display().to_string(), toml.display().to_string());
    let out = banxin(&["dummy", "--from", &json, "-o", &toml]);
    let shown = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{shown}");
    let again = banxin(&["dummy", &toml, "--plan"]);
    let again: Value = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(again, plan);
    // what it sets stands just there: three columns of fifty lines
    let article = dir.join("a.md");
    fs::write(
        &article,
        format!("---\n主题: 题\n---\n{}", "文".repeat(4000)),
    )
    .expect("a file");
    let out = banxin(&["dump", &article.display().to_string(), "--layout", &toml]);
    let dump: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let page = &dump["pages"][0];
    let body = page["frames"].as_array().expect("frames").iter();
    let mut body = body.filter(|frame| frame["role"] == "body");
    let columns: Vec<f64> = body
        .clone()
        .filter_map(|frame| frame["box"][0].as_f64())
        .collect();
    assert_eq!(columns.len(), 3);
    let grid = &page["grid"];
    let number = |value: &Value| value.as_f64().expect("a number");
    let line = |line: f64| number(&grid["origin"][1]) + number(&grid["pitch"]) * line;
    let last = body
        .next_back()
        .and_then(|frame| frame["lines"].as_array()?.last()?["y"].as_f64());
    // line 53 of the type area, its baseline 0.88 em below its top
    let foot = line(52.0) + 0.88 * number(&grid["size"]);
    assert!(
        (last.expect("a line") - foot).abs() < 0.01,
        "{last:?} {foot}"
    );
    fs::write(&json, "{\"slots\": null}").expect("a file");
    let bad = banxin(&["dummy", "--from", &json, "-o", &format!("{toml}.2")]);
    assert_eq!(bad.status.code(), Some(2));
    drop(fs::remove_dir_all(dir));
}

/// What `dummy --from` says of a plan that it refuses.
fn refused(dir: &std::path::Path, plan: &str) -> String {
    let (json, toml) = (dir.join("plan.json"), dir.join("own.toml"));
    fs::write(&json, plan).expect("a file");
    let (json, toml) = (json.display().to_string(), toml.display().to_string());
    let out = banxin(&["dummy", "--from", &json, "-o", &toml]);
    assert_eq!(out.status.code(), Some(2), "{plan}");
    assert!(fs::metadata(&toml).is_err(), "nothing is written");
    String::from_utf8_lossy(&out.stderr).into_owned()
}

#[test]
fn e18_what_is_wrong_with_a_plan_is_told_in_the_plan() {
    let dir = scratch("no-plan");
    let shown = refused(&dir, "{\n \"slots\": [\n");
    assert!(shown.contains("plan.json:2:12"), "{shown}");
    assert!(shown.contains("版样写到这里就断了"), "{shown}");
    assert!(!shown.contains("EOF"), "{shown}");
    let slot = "{\"name\": \"a\", \"column\": 1, \"columns\": 3,\n  \"line\": 1, \"lines\": \"五\"";
    let base = "\"base\": [\"house\", \"duikai-grid\"]";
    let shown = refused(&dir, &format!("{{{base}, \"slots\": [\n{slot}}}]}}"));
    assert!(shown.contains("plan.json:3:23"), "{shown}");
    assert!(!shown.contains("TOML"), "{shown}");
    // more lines than the type area has
    let deep = slot.replace("\"五\"", "500");
    let shown = refused(&dir, &format!("{{{base}, \"slots\": [\n{deep}}}]}}"));
    assert!(shown.contains("plan.json:3:23"), "{shown}");
    let twice = slot.replace("\"五\"", "50, \"line\": 2");
    let shown = refused(&dir, &format!("{{{base}, \"slots\": [\n{twice}}}]}}"));
    assert!(shown.contains("键“line”写了两次"), "{shown}");
    assert!(shown.contains("plan.json:3:27"), "{shown}");
    drop(fs::remove_dir_all(dir));
}
