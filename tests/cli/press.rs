//! What the pages are printed on and with: `--icc`, `--condition`, `[print]`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{banxin, scratch};

const NEWSPRINT: &str = "src/base/colour/newsprint/newsprint.icc";

fn build(input: &str, out: &Path, more: &[&str]) -> (Option<i32>, String) {
    let out = out.display().to_string();
    let args = [&["build", input, "-o", &out], more].concat();
    let done = banxin(&args);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    (done.status.code(), said)
}

/// The only PDF of a folder.
fn page(out: &Path) -> Vec<u8> {
    let mut files = fs::read_dir(out).expect("a folder").flatten();
    fs::read(files.next().expect("a page").path()).expect("a page")
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

/// A new issue whose file ends with `more`.
fn issue(dir: &Path, more: &str) -> PathBuf {
    let folder = dir.join("issue");
    let made = banxin(&["new", &folder.display().to_string()]);
    assert_eq!(made.status.code(), Some(0));
    let file = folder.join("issue.toml");
    let text = fs::read_to_string(&file).expect("an issue");
    fs::write(&file, format!("{text}\n{more}")).expect("an issue");
    folder
}

#[test]
fn x12_c12_the_printers_profile_and_its_name_go_into_the_intent() {
    let dir = scratch("press-icc");
    let out = dir.join("out");
    let more = ["--icc", NEWSPRINT, "--condition", "IFRA26"];
    let (code, said) = build("samples/article.md", &out, &more);
    assert_eq!(code, Some(0), "{said}");
    let pdf = page(&out);
    assert!(holds(&pdf, "/OutputConditionIdentifier(IFRA26)"));
    assert!(holds(&pdf, "/RegistryName(http://www.color.org)"));
    assert!(holds(&pdf, "(PDF/X-4)"));
    let x1a = dir.join("x1a");
    let (code, said) = build("samples/article.md", &x1a, &["--profile", "x1a"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(holds(&page(&x1a), "(PDF/X-1a:2003)"));
    drop(fs::remove_dir_all(dir));
}

#[test]
fn c12_an_issue_names_its_press_from_its_own_folder() {
    let dir = scratch("press-issue");
    let print = "[print]\nicc = \"press/own.icc\"\ncondition = \"IFRA30\"\nink_limit = 240\n";
    let folder = issue(&dir, print);
    fs::create_dir(folder.join("press")).expect("a folder");
    fs::copy(NEWSPRINT, folder.join("press/own.icc")).expect("a profile");
    let out = dir.join("out");
    let (code, said) = build(&folder.display().to_string(), &out, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(holds(&page(&out), "/OutputConditionIdentifier(IFRA30)"));
    // the command line stands above
    let again = dir.join("again");
    let input = folder.display().to_string();
    let (code, said) = build(&input, &again, &["--condition", "IFRA26"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(holds(&page(&again), "/OutputConditionIdentifier(IFRA26)"));
    drop(fs::remove_dir_all(dir));
}

#[test]
fn x14_a_profile_that_is_none_is_told_chinese_first_and_nothing_is_written() {
    let dir = scratch("press-bad");
    let out = dir.join("out");
    for (wrong, why) in [
        ("README.md", "不是完整的 ICC"),
        ("no-such.icc", "文件不存在"),
    ] {
        let (code, said) = build("samples/article.md", &out, &["--icc", wrong]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(why), "{said}");
        assert!(!out.exists());
    }
    // in an issue it is told at its place, by `check` too
    let folder = issue(&dir, "[print]\nicc = \"articles/lead.md\"\n");
    let input = folder.display().to_string();
    let (code, said) = build(&input, &out, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("issue.toml:") && said.contains("press/icc"),
        "{said}"
    );
    assert!(said.contains("向印厂要"), "the help can be done: {said}");
    let checked = banxin(&["check", &input]);
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(said.contains("press/icc"), "{said}");
    drop(fs::remove_dir_all(dir));
}

#[test]
fn c11_an_ink_limit_beyond_sense_is_told_at_its_place() {
    let dir = scratch("press-limit");
    let folder = issue(&dir, "[print]\nink_limit = 40\n");
    let (code, said) = build(&folder.display().to_string(), &dir.join("out"), &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("100 到 400") && said.contains("issue.toml:"),
        "{said}"
    );
    drop(fs::remove_dir_all(dir));
}

/// A page is at most a tenth larger than what qpdf makes of it by compressing
/// all of it anew, as hard as it can, with its objects packed into streams.
#[test]
fn a_page_is_near_the_smallest_file_that_holds_it() {
    if Command::new("qpdf").arg("--version").output().is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: qpdf is not installed");
        return;
    }
    let dir = scratch("press-size");
    let folder = issue(&dir, "");
    for (name, input) in [
        ("article", "samples/article.md".to_owned()),
        ("new", folder.display().to_string()),
    ] {
        let out = dir.join(name);
        let (code, said) = build(&input, &out, &[]);
        assert_eq!(code, Some(0), "{said}");
        for file in fs::read_dir(&out).expect("a folder").flatten() {
            let smaller = dir.join("smaller.pdf");
            let done = Command::new("qpdf")
                .args(["--object-streams=generate", "--recompress-flate"])
                .arg("--compression-level=9")
                .args([&file.path(), &smaller])
                .status();
            assert!(done.is_ok_and(|status| status.success()));
            let size = |path: &Path| fs::metadata(path).expect("a file").len();
            let (ours, theirs) = (size(&file.path()), size(&smaller));
            assert!(ours * 10 <= theirs * 11, "{name}: {ours} of {theirs}");
        }
    }
    drop(fs::remove_dir_all(dir));
}
