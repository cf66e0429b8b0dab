//! Stories that go on on another page (N38).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{banxin, scratch};

/// A layout of one slot, so many columns and lines.
fn layout(slot: &str, columns: u16, lines: u16) -> String {
    format!(
        r#"base = ["house"]
[sheet]
trim = ["195mm", "270mm"]
[grid]
columns = 4
chars = 13
size = "小五"
pitch = "12pt"
lines = 50
[[slots]]
name = "{slot}"
main = true
column = 1
columns = {columns}
line = 1
lines = {lines}
style.head = {{ size = "18pt" }}
"#
    )
}

/// An issue of pages 01 and `page`; what does not fit the first goes on there.
fn issue(dir: &Path, page: &str, more: &str) {
    let mut text = String::from(
        "paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n\
         [[pages]]\nnumber = 1\nlayout = \"first.toml\"\n\
         [[pages.slots]]\nslot = \"lead\"\narticle = \"a.md\"\n",
    );
    text.push_str(&format!(
        "[[pages]]\nnumber = {page}\nlayout = \"turn.toml\"\n\
         [[pages.slots]]\nslot = \"turn\"\n{more}\n"
    ));
    fs::write(dir.join("issue.toml"), text).expect("an issue");
}

fn article(dir: &Path, lines: usize) {
    // lines of 13 characters, the first of each paragraph two less
    let paragraph = |nth: usize| format!("{}\n\n", sentence(nth).repeat(3));
    let body: String = (0..lines / 5).map(paragraph).collect();
    fs::write(
        dir.join("a.md"),
        format!("---\n主题: 云溪新茶上市\n---\n{body}"),
    )
    .expect("an article");
}

fn sentence(nth: usize) -> &'static str {
    [
        "桥上的灯昨晚亮了，老人说等了三年。",
        "茶山上的雾散了，炒茶的香气飘过石桥。",
    ][nth % 2]
}

fn dump(dir: &Path) -> (Option<i32>, Value) {
    let out = banxin(&["dump", &dir.display().to_string()]);
    let shown = String::from_utf8_lossy(&out.stderr);
    let dump = serde_json::from_slice(&out.stdout);
    (
        out.status.code(),
        dump.unwrap_or_else(|_| panic!("{shown}")),
    )
}

/// The lines of a role on a page.
fn lines(page: &Value, role: &str) -> Vec<String> {
    let frames = page["frames"].as_array().expect("frames").iter();
    let own = frames.filter(|frame| frame["role"] == role);
    own.flat_map(|frame| frame["lines"].as_array().expect("lines"))
        .filter_map(|line| line["text"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn n38_a_story_goes_on_on_another_page_and_nothing_is_lost() {
    let dir = scratch("jump");
    fs::write(dir.join("first.toml"), layout("lead", 2, 20)).expect("a layout");
    fs::write(dir.join("turn.toml"), layout("turn", 3, 40)).expect("a layout");
    article(&dir, 90);
    issue(&dir, "4", "continues = \"1/lead\"\ntitle = \"新茶上市\"");
    let (code, set) = dump(&dir);
    let pages = set["pages"].as_array().expect("pages");
    assert_eq!(code, Some(0), "{:#}", set["findings"]);
    assert_eq!(lines(&pages[0], "jump"), ["（下转第四版）"]);
    assert_eq!(lines(&pages[1], "jump"), ["（上接第一版）"]);
    assert_eq!(lines(&pages[1], "head"), ["新茶上市"]);
    let copy = fs::read_to_string(dir.join("a.md")).expect("the article");
    let copy: String = copy
        .splitn(3, "---")
        .nth(2)
        .expect("a body")
        .split_whitespace()
        .collect();
    let both: String = pages.iter().flat_map(|page| lines(page, "body")).collect();
    assert_eq!(both, copy);
    // moved to another page, both lines follow
    issue(&dir, "3", "continues = \"01/lead\"");
    let (code, set) = dump(&dir);
    assert_eq!(code, Some(0), "{:#}", set["findings"]);
    assert_eq!(lines(&set["pages"][0], "jump"), ["（下转第三版）"]);
    assert_eq!(lines(&set["pages"][1], "head"), ["云溪新茶上市"]);
    drop(fs::remove_dir_all(dir));
}

#[test]
fn n38_p27_a_story_parted_beside_its_drop_cap_keeps_every_character() {
    let dir = scratch("jump_cap");
    let cap = "style.body = { drop_cap = 3 }\n";
    let first = layout("lead", 1, 16) + cap;
    fs::write(dir.join("first.toml"), first).expect("a layout");
    fs::write(dir.join("turn.toml"), layout("turn", 3, 40)).expect("a layout");
    let body = sentence(0).repeat(30);
    let text = format!("---\n主题: 云溪新茶上市\n---\n{body}\n");
    fs::write(dir.join("a.md"), text).expect("an article");
    issue(&dir, "4", "continues = \"01/lead\"");
    let (_, set) = dump(&dir);
    let pages = set["pages"].as_array().expect("pages");
    assert_eq!(lines(&pages[0], "jump").len(), 1);
    let both: String = pages.iter().flat_map(|page| lines(page, "body")).collect();
    assert_eq!(both, body);
    drop(fs::remove_dir_all(dir));
}

#[test]
fn n38_three_lines_stay_on_each_side() {
    let dir = scratch("jump_lines");
    fs::write(dir.join("turn.toml"), layout("turn", 1, 40)).expect("a layout");
    article(&dir, 30);
    issue(&dir, "4", "continues = \"01/lead\"");
    let mut parted = 0;
    for high in 8..24 {
        fs::write(dir.join("first.toml"), layout("lead", 2, high)).expect("a layout");
        let (_, set) = dump(&dir);
        let pages = set["pages"].as_array().expect("pages");
        if lines(&pages[0], "jump").is_empty() {
            continue;
        }
        parted += 1;
        let sides = [0, 1].map(|page: usize| lines(&pages[page], "body").len());
        assert!(sides.iter().all(|&lines| lines >= 3), "{high}: {sides:?}");
    }
    assert!(parted > 8, "{parted}");
    drop(fs::remove_dir_all(dir));
}

#[test]
fn n38_jumps_that_lead_nowhere_are_told() {
    let dir = scratch("jump_faults");
    fs::write(dir.join("first.toml"), layout("lead", 2, 40)).expect("a layout");
    fs::write(dir.join("turn.toml"), layout("turn", 2, 40)).expect("a layout");
    article(&dir, 30);
    let faults = [
        ("continues = \"01/lead\"", "makeup/jump-without-text"),
        ("continues = \"01/led\"", "issue/unknown-jump"),
        ("continues = \"07/lead\"", "issue/unknown-jump"),
        ("continues = \"04/turn\"", "issue/jump-back"),
        ("continues = \"lead\"", "issue/wrong-value"),
        (
            "continues = \"01/lead\"\ntext = \"文\"",
            "issue/wrong-value",
        ),
    ];
    for (keys, code) in faults {
        issue(&dir, "4", keys);
        let out = banxin(&["check", &dir.display().to_string(), "--json"]);
        let told = String::from_utf8_lossy(&out.stderr);
        assert_ne!(out.status.code(), Some(0), "{keys}");
        assert!(told.contains(code), "{keys}: {told}");
    }
    // back to a page before, or on the same page
    for (number, other) in [(1, 2), (2, 1)] {
        let page = |number: i32, keys: &str| {
            let layout = if number == 1 {
                "first.toml"
            } else {
                "turn.toml"
            };
            let slot = if number == 1 { "lead" } else { "turn" };
            format!(
                "[[pages]]\nnumber = {number}\nlayout = \"{layout}\"\n\
                 [[pages.slots]]\nslot = \"{slot}\"\n{keys}\n"
            )
        };
        let head = "paper = \"云溪日报\"\ncode = \"YXRB\"\ndate = \"2026-05-02\"\n";
        let slot = if other == 1 { "lead" } else { "turn" };
        let on = format!("continues = \"0{other}/{slot}\"");
        let pages = match number {
            1 => page(1, &on) + &page(2, "article = \"a.md\""),
            _ => page(1, "article = \"a.md\"") + &page(2, &on),
        };
        fs::write(dir.join("issue.toml"), format!("{head}{pages}")).expect("an issue");
        let out = banxin(&["check", &dir.display().to_string(), "--json"]);
        let told = String::from_utf8_lossy(&out.stderr);
        assert_eq!(told.contains("issue/jump-back"), number == 1, "{told}");
    }
    drop(fs::remove_dir_all(dir));
}
