//! 跨版 and 中缝: two pages as one, and the strip between pages (N19).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{banxin, scratch};

const PAGE: &str = r#"base = ["house"]
[grid]
preset = "PRESET"
[[furniture]]
name = "folio"
text = ["{page}", "共{pages}版"]
column = 1
columns = 1
y = "10mm"
height = "8mm"
[[slots]]
name = "lead"
main = true
column = 1
columns = COLUMNS
line = 1
lines = 20
"#;

fn layouts(dir: &Path) {
    for (file, preset, columns) in [
        ("page.toml", "对开", "8"),
        ("spread.toml", "对开跨版", "16"),
        ("strip.toml", "中缝", "1"),
    ] {
        let text = PAGE.replace("PRESET", preset).replace("COLUMNS", columns);
        fs::write(dir.join(file), text).expect("a layout");
    }
}

fn issue(dir: &Path, pages: &[(&str, &str)]) {
    let mut text = String::from("paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n");
    for (nth, (number, layout)) in pages.iter().enumerate() {
        let article = format!("a{nth}.md");
        text.push_str(&format!(
            "[[pages]]\nnumber = \"{number}\"\nlayout = \"{layout}\"\n\
             [[pages.slots]]\nslot = \"lead\"\narticle = \"{article}\"\n"
        ));
        let copy = format!(
            "---\n主题: 云溪新茶上市\n---\n{}\n",
            "茶山上的雾散了。".repeat(20)
        );
        fs::write(dir.join(article), copy).expect("an article");
    }
    fs::write(dir.join("issue.toml"), text).expect("an issue");
}

fn dump(dir: &Path) -> Value {
    let out = banxin(&["dump", &dir.display().to_string()]);
    let shown = String::from_utf8_lossy(&out.stderr);
    serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{shown}"))
}

#[test]
fn n19_a_spread_is_one_canvas_and_counts_as_two_pages() {
    let dir = scratch("spread");
    layouts(&dir);
    let pages = [
        ("1", "page.toml"),
        ("2-3", "spread.toml"),
        ("4", "page.toml"),
        ("ZF", "strip.toml"),
    ];
    issue(&dir, &pages);
    let set = dump(&dir);
    let spread = &set["pages"][1];
    assert_eq!(spread["number"], "02-03");
    let width = |page: &Value| page["trim"][0].as_f64().expect("a width");
    let single = width(&set["pages"][0]);
    assert!((width(spread) - single * 2.0).abs() < 0.001);
    let sides: Vec<String> = set["imposition"]
        .as_array()
        .expect("sides")
        .iter()
        .map(|side| side["pages"].to_string())
        .collect();
    assert_eq!(sides, [r#"["04","01"]"#, r#"["02","03"]"#]);
    let notes = set["findings"].to_string();
    for code in ["plan/spread-apart", "plan/page-order", "plan/folio-missing"] {
        assert!(!notes.contains(code), "{notes}");
    }
    // the head of the spread says how many pages there are, itself two of them
    let frames = spread["frames"].as_array().expect("frames");
    let folio = frames
        .iter()
        .find(|frame| frame["slot"] == "folio")
        .expect("a folio");
    assert!(
        folio["lines"][0]["text"]
            .as_str()
            .expect("text")
            .contains("共4版")
    );
    let folder = dir.join("out");
    banxin(&[
        "build",
        &dir.display().to_string(),
        "-o",
        &folder.display().to_string(),
    ]);
    assert!(folder.join("YXRB_20260502_02-03.pdf").exists());
    drop(fs::remove_dir_all(dir));
}

#[test]
fn n19_pages_that_do_not_face_each_other_make_no_spread() {
    let dir = scratch("spread_apart");
    layouts(&dir);
    let pages = [
        ("1", "page.toml"),
        ("2", "page.toml"),
        ("3-4", "spread.toml"),
    ];
    issue(&dir, &pages);
    let notes = dump(&dir)["findings"].to_string();
    assert!(notes.contains("plan/spread-apart"), "{notes}");
    // pages that do not follow each other are none at all
    for number in ["2-5", "3-2", "2-2", "A1-B2"] {
        issue(&dir, &[("1", "page.toml"), (number, "spread.toml")]);
        let out = banxin(&["check", &dir.display().to_string()]);
        let told = String::from_utf8_lossy(&out.stderr);
        assert!(told.contains("不是相连的两版"), "{number}: {told}");
    }
    drop(fs::remove_dir_all(dir));
}
