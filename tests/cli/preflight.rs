//! `preflight` from the outside: exit codes, streams, JSON.

use std::fs;

use crate::{banxin, scratch};

#[test]
fn what_cannot_be_plated_is_exit_1_and_what_cannot_be_read_exit_2() {
    let dir = scratch("preflight");
    let article = dir.join("a.md");
    fs::write(&article, "---\n主题: 云溪新茶上市\n---\n茶山上的雾散了。\n").expect("an article");
    let out = dir.join("out");
    let built = banxin(&[
        "build",
        &article.display().to_string(),
        "-o",
        &out.display().to_string(),
    ]);
    assert!(built.status.code().is_some_and(|code| code < 2));
    let page = fs::read_dir(&out)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .expect("a page");
    let page = page.display().to_string();
    // cut in the middle, and no PDF at all
    let cut = dir.join("cut.pdf");
    let bytes = fs::read(&page).expect("a page");
    fs::write(&cut, &bytes[..bytes.len() / 2]).expect("a file");
    let text = dir.join("text.pdf");
    fs::write(&text, "云溪").expect("a file");

    let told = banxin(&["preflight", &cut.display().to_string(), "--json"]);
    assert_eq!(told.status.code(), Some(1));
    let line = String::from_utf8_lossy(&told.stdout);
    assert!(line.contains("\"passed\":false"), "{line}");
    let notes = String::from_utf8_lossy(&told.stderr);
    assert!(notes.contains("\"row\":\"X2\""), "{notes}");

    let files = [&text.display().to_string(), "nowhere.pdf", &page];
    let told = banxin(&[
        "preflight",
        files[0],
        files[1],
        files[2],
        "--profile",
        "magazine",
    ]);
    assert_eq!(told.status.code(), Some(2));
    let line = String::from_utf8_lossy(&told.stdout);
    assert!(
        line.contains("1 页，不能制版"),
        "the others are judged all the same: {line}"
    );
    drop(fs::remove_dir_all(dir));
}
