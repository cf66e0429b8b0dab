//! `fit`: estimates, and stories made to fit.

use serde_json::Value;

use crate::{banxin, scratch};

/// An article a little too long for the main slot of the tabloid.
fn long(name: &str) -> (std::path::PathBuf, String) {
    let dir = scratch(name);
    let article = dir.join("long.md");
    let sentence = "河边的路，昨天通了；桥上的灯，今晚亮了。老人说，“等了三年”，实在好。";
    let body: String = (0..32)
        .map(|nth| format!("{}\n\n", sentence.repeat(1 + nth % 2)))
        .collect();
    std::fs::write(&article, format!("---\n主题: 路通了\n---\n{body}")).expect("an article");
    (dir, article.display().to_string())
}

fn page(args: &[&str]) -> (Option<i32>, Value) {
    let out = banxin(args);
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let page = text
        .lines()
        .next()
        .and_then(|line| serde_json::from_str(line).ok());
    (out.status.code(), page.expect("one page as JSON"))
}

#[test]
fn n10_the_capacity_of_a_page_is_that_of_its_columns() {
    let (dir, input) = long("capacity");
    let (_, fitted) = page(&["fit", &input, "--layout", "broadsheet", "--json"]);
    assert_eq!(fitted["capacity"], 8 * 13 * 115);
    let out = banxin(&["fit", &input, "--layout", "broadsheet"]);
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(text.contains("版面字数 "), "{text}");
    assert!(text.contains("版容 11960"), "{text}");
    drop(std::fs::remove_dir_all(dir));
}

#[test]
fn e02_e04_a_long_story_is_estimated_and_made_to_fit() {
    let (dir, input) = long("fit");
    let (code, fitted) = page(&["fit", &input, "--layout", "tabloid", "--json"]);
    let slot = &fitted["slots"][0];
    let count = |key: &str| slot[key].as_i64().expect("a count");
    assert_eq!(code, Some(0), "{fitted:#}");
    assert_eq!(count("over"), 0);
    let estimate = count("estimate");
    assert!((estimate - count("room")).abs() < 25, "{fitted:#}");
    let told = slot["told"].as_array().expect("a list");
    assert!(
        told.iter()
            .any(|told| told.as_str().is_some_and(|told| told.starts_with("凑版"))),
        "{fitted:#}"
    );
    // as it is, it does not fit
    let folder = dir.join("out").display().to_string();
    let plain = banxin(&["build", &input, "--layout", "tabloid", "-o", &folder]);
    assert_eq!(plain.status.code(), Some(1));
    let made = banxin(&[
        "build", &input, "--layout", "tabloid", "--fit", "-o", &folder,
    ]);
    assert_eq!(made.status.code(), Some(0));
    drop(std::fs::remove_dir_all(dir));
}
