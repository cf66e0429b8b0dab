//! `plates`, and `proof --soft --plates`: what stands on each plate.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{banxin, scratch};

fn names(dir: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(dir).expect("a folder").flatten();
    files
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Width and height that a PNG says.
fn size(path: &Path) -> (u32, u32) {
    let bytes = fs::read(path).expect("a picture");
    let number = |at: usize| {
        bytes[at..at + 4]
            .iter()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte))
    };
    assert!(bytes.starts_with(b"\x89PNG"));
    (number(16), number(20))
}

#[test]
fn the_plates_of_a_file_are_drawn() {
    let dir = scratch("plates");
    let folder = |name: &str| dir.join(name).display().to_string();
    let built = banxin(&["build", "samples/article.md", "-o", &folder("out")]);
    assert_eq!(built.status.code(), Some(0));
    let pdf = dir
        .join("out")
        .join(names(&dir.join("out")).first().expect("a page"));
    let pdf = pdf.display().to_string();
    let done = banxin(&["plates", &pdf, "-o", &folder("plates"), "--dpi", "36"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(said.contains("写出 6 个文件"), "{said}");
    let made = names(&dir.join("plates"));
    let ends = ["C", "K", "M", "Y", "ink", "soft"];
    let stem = Path::new(&pdf)
        .file_stem()
        .expect("a name")
        .to_string_lossy();
    let expected: BTreeSet<String> = ends.iter().map(|end| format!("{stem}_{end}.png")).collect();
    assert_eq!(made, expected);
    let sizes: BTreeSet<(u32, u32)> = made
        .iter()
        .map(|name| size(&dir.join("plates").join(name)))
        .collect();
    assert_eq!(sizes.len(), 1, "all of one size: {sizes:?}");
    // the same file gives the same pictures
    let again = banxin(&["plates", &pdf, "-o", &folder("again"), "--dpi", "36"]);
    assert_eq!(again.status.code(), Some(0));
    for name in &made {
        let of = |dir: &Path| fs::read(dir.join(name)).expect("a picture");
        assert!(of(&dir.join("plates")) == of(&dir.join("again")), "{name}");
    }
    drop(fs::remove_dir_all(dir));
}

#[test]
fn one_broken_file_stops_no_other() {
    let dir = scratch("plates-broken");
    fs::create_dir_all(&dir).expect("a folder");
    let broken = dir.join("broken.pdf");
    fs::write(&broken, "%PDF-1.6 and no more").expect("a file");
    let out = dir.join("out");
    let (broken, out) = (broken.display().to_string(), out.display().to_string());
    let done = banxin(&[
        "plates",
        &broken,
        "/nowhere/a.pdf",
        "-o",
        &out,
        "--lang",
        "en",
    ]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.contains("preflight/unreadable"), "{said}");
    assert!(said.contains("a.pdf"), "{said}");
    drop(fs::remove_dir_all(dir));
}

#[test]
fn a_proof_has_paper_inks_and_plates() {
    let dir = scratch("proof-plates");
    let out = dir.join("out");
    let shown = out.display().to_string();
    let base = ["proof", "samples/article.md", "-o", &shown, "--dpi", "36"];
    let done = banxin(&[&base[..], &["--soft", "--plates"]].concat());
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(0), "{said}");
    let made = names(&out);
    assert_eq!(made.len(), 7, "{made:?}");
    for end in ["proof.pdf", "soft.png", "C.png", "K.png", "ink.png"] {
        assert!(
            made.iter().any(|name| name.ends_with(end)),
            "{end}: {made:?}"
        );
    }
    drop(fs::remove_dir_all(dir));
}
