//! `lines`: what its flags set, and what `--explain` answers.

use std::io::Write;
use std::process::{Command, Stdio};

/// The output of `lines` with these arguments, word by word, for a text.
fn lines(arguments: &str, text: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_banxin"))
        .arg("lines")
        .args(arguments.split(' '))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(text.as_bytes()).expect("input");
    drop(pipe);
    let out = child.wait_with_output().expect("output");
    assert_eq!(out.status.code(), Some(0), "{arguments}");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn l16_a_hyphen_is_seen_and_takes_its_width() {
    let text = "甲乙丙丁international戊己";
    let set = lines("--measure 8 --hyphenate", text);
    assert_eq!(set, "甲乙丙丁inter-\nnational戊己\n");
    let json = lines("--measure 8 --hyphenate --json", text);
    let first: serde_json::Value =
        serde_json::from_str(json.lines().next().unwrap_or_default()).expect("an object");
    let glyphs = first["glyphs"].as_array().expect("a list");
    let last = glyphs.last().expect("a glyph");
    assert_eq!((&last["text"], &last["x"]), (&"-".into(), &7.5.into()));
    assert_eq!(first["set"], 8.0);
    let by_fonts = lines("--measure 8 --hyphenate --metrics fonts", text);
    assert!(by_fonts.starts_with("甲乙丙丁inter"), "{by_fonts}");
    assert!(by_fonts.contains("-\n"), "{by_fonts}");
}

#[test]
fn l49_n12_p16_flags_of_the_line() {
    let on_grid = lines("--measure 6 --grid --hanging", "甲乙丙丁戊己。”庚辛");
    assert_eq!(on_grid, "甲乙丙丁戊己。\n”庚辛\n");
    let text = "全市共有2026家企业";
    assert_eq!(
        lines("--measure 9 --profile auto", text),
        "全市共有2026家企业\n"
    );
    assert_eq!(
        lines("--measure 9 --profile standard", text),
        "全市共有2026家企\n业\n"
    );
    let turned = lines(
        "--measure 9 --turn sense --align center",
        "旧纺织厂里的图书馆开始“守夜”",
    );
    assert_eq!(turned, "旧纺织厂里的\n图书馆开始“守夜”\n");
    let glued = lines(
        "--measure 6 --profile narrow --glue-units",
        "甲乙丙丁2026年",
    );
    assert_eq!(glued, "甲乙丙丁\n2026年\n");
}

#[test]
fn l20_lines_are_explained_in_both_languages() {
    let text = "甲、乙丙丁戊，己庚辛";
    let zh = lines("--measure 6 --explain", text);
    let first = "甲、乙丙丁戊，\n    行末：“，”不得居行首（L03），挤入（L33）；";
    assert!(zh.starts_with(first), "{zh}");
    let json = lines("--measure 6 --explain --json --lang en", text);
    let first: serde_json::Value =
        serde_json::from_str(json.lines().next().unwrap_or_default()).expect("an object");
    let why = first["why"].as_str().unwrap_or_default();
    assert!(why.contains("may not start a line (L03)"), "{why}");
    assert!(why.contains("squeezed 、 0.5 (L35·5)"), "{why}");
    let plain = lines("--measure 6 --json", text);
    assert!(!plain.contains("why"), "{plain}");
}
