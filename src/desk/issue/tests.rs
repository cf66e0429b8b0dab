use super::*;

const SMALL: &str = r#"paper = "新城日报"
code = "XCRB"
date = 2026-05-02
total_number = 100
[fields]
cn = "CN 00-0000"
[[pages]]
number = 1
layout = "broadsheet"
[[pages.slots]]
slot = "lead"
article = "a.md"
[[pages]]
number = "A02"
layout = "broadsheet-inside"
section = "要闻"
[[pages.slots]]
slot = "photo"
images = [{ file = "p.jpg", caption = "说明", credit = "某某 摄" }]
"#;

fn good(text: &str) -> Issue {
    let noted = parse(SourceId(0), text);
    noted.value.unwrap_or_else(|| panic!("{:#?}", noted.notes))
}

fn fault(text: &str, code: &str) -> (Diagnostic, String) {
    let noted = parse(SourceId(0), text);
    let mut found: Vec<Diagnostic> = noted
        .notes
        .iter()
        .filter(|note| note.code == code)
        .cloned()
        .collect();
    assert_eq!(found.len(), 1, "{code} in {:#?}", noted.notes);
    let note = found.remove(0);
    let place = note
        .span
        .map_or("", |span| &text[span.start as usize..span.end as usize]);
    (note, place.to_owned())
}

fn with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

#[test]
fn print_n22_no_two_pages_have_one_file() {
    let named = |pattern: &str| with("code =", &format!("file_name = \"{pattern}\"\ncode ="));
    let issue = good(&named("{code}{yyyymmdd}{section}{page2}"));
    let stem = |nth: usize| {
        let page: &IssuePage = &issue.pages[nth];
        (issue.file_name).stem(&issue.code, &issue.date.compact(), &page.number)
    };
    assert_eq!([stem(0), stem(1)], ["XCRB2026050201", "XCRB20260502A02"]);
    let twice = named("{code}{page2}").replace("\nnumber = 1\n", "\nnumber = \"B02\"\n");
    fault(&twice, "issue/duplicate");
    let (note, _) = fault(&named("{code}"), "issue/wrong-value");
    assert!(note.help.is_some());
}

#[test]
fn p23_a_picture_names_its_focus() {
    let with = |focus: &str| with("credit = ", &format!("focus = {focus}, credit = "));
    for written in ["[0.3, 0.4]", "[\"30%\", \"40%\"]", "\"30% 40%\""] {
        let focus = good(&with(written)).pages[1].fillings[0].images[0].focus;
        assert_eq!((focus.across, focus.down), (3000, 4000), "{written}");
    }
    let crop = "[0, 0], crop = [0.5, 0, 0.5, 1]";
    let image = &good(&with(crop)).pages[1].fillings[0].images[0];
    assert_eq!(
        (image.part.x, image.part.width, image.whole),
        (5000, 5000, false)
    );
    let (note, place) = fault(&with("[1.3, 0.4]"), "issue/wrong-value");
    assert_eq!(place, "[1.3, 0.4]");
    assert!(note.help.is_some());
}

#[test]
fn an_issue_is_read() {
    let issue = good(SMALL);
    assert_eq!(issue.date.compact(), "20260502");
    assert_eq!(issue.total_number, "100");
    assert_eq!(issue.pages[0].number, "01");
    assert_eq!(issue.pages[1].number, "A02");
    assert_eq!(issue.pages[1].fillings[0].images[0].file.text, "p.jpg");
    assert_eq!(good(&with("2026-05-02", "\"2026-05-02\"")).date, issue.date);
}

#[test]
fn n36_the_city_of_the_paper() {
    assert_eq!(good(SMALL).city, "");
    let own = with("total_number", "city = \"新城\"\ntotal_number");
    assert_eq!(good(&own).city, "新城");
}

#[test]
fn n35_a_filling_may_be_the_lead() {
    assert!(!good(SMALL).pages[0].fillings[0].lead);
    let lead = with("\"a.md\"", "\"a.md\"\nlead = true");
    assert!(good(&lead).pages[0].fillings[0].lead);
}

#[test]
fn n43_a_group_holds_several_articles() {
    let group = |keys: &str| with("article = \"a.md\"", keys);
    let issue = good(&group("title = \"简讯\"\narticles = [\"a.md\", \"b.md\"]"));
    let filling = &issue.pages[0].fillings[0];
    let paths: Vec<&str> = filling.articles().map(|path| &*path.text).collect();
    assert_eq!(paths, ["a.md", "b.md"]);
    assert!(filling.notice.is_none() && filling.article.is_none());
    let title = filling
        .group
        .as_ref()
        .and_then(|group| group.title.as_ref());
    assert_eq!(title.map(|title| &*title.text), Some("简讯"));
    // one is enough, two of a kind are not
    good(&group("articles = \"a.md\""));
    let both = group("articles = [\"a.md\"]\narticle = \"b.md\"");
    fault(&both, "issue/wrong-value");
    fault(
        &group("articles = [\"a.md\", \"a.md\"]"),
        "issue/article-twice",
    );
    fault(&group("articles = []"), "issue/missing");
}

#[test]
fn the_template_is_a_good_issue() {
    let (path, text) = new_issue_template()[0];
    assert_eq!(path, "issue.toml");
    let issue = good(text);
    assert!(issue.imprint_notes().is_empty());
}

#[test]
fn a_day_that_does_not_exist_has_its_place() {
    let (note, place) = fault(&with("2026-05-02", "\"2026-02-30\""), "issue/wrong-value");
    assert_eq!(place, "\"2026-02-30\"");
    assert!(note.help.is_some());
    assert!(
        parse(SourceId(0), &with("2026-05-02", "2026-02-30"))
            .value
            .is_none()
    );
    assert!(
        parse(SourceId(0), &with("2026-05-02", "12:30:00"))
            .value
            .is_none()
    );
}

#[test]
fn duplicate_pages_slots_and_articles_are_found() {
    let (note, place) = fault(&with("\"A02\"", "\"1\""), "issue/duplicate");
    assert_eq!(place, "\"1\"");
    assert_eq!(note.related.len(), 1);
    let again = "[[pages.slots]]\nslot = \"photo\"\narticle = \"b.md\"\n";
    fault(&format!("{SMALL}{again}"), "issue/duplicate");
    let again = "[[pages.slots]]\nslot = \"lead\"\narticle = \"./a.md\"\n";
    let (note, place) = fault(&format!("{SMALL}{again}"), "issue/article-twice");
    assert_eq!(place, "\"./a.md\"");
    assert_eq!(note.severity, Severity::Error);
}

#[test]
fn n14_empty_imprint_items_are_errors() {
    let issue = good(SMALL);
    let missing: Vec<&str> = issue.imprint_notes().iter().map(|note| note.code).collect();
    assert_eq!(
        missing.len(),
        IMPRINT.len() - 3,
        "paper, cn and total_number are there"
    );
    assert!(missing.iter().all(|code| *code == "issue/imprint-missing"));
    let issue = good(&with("CN 00-0000", " "));
    assert!(
        issue
            .imprint_notes()
            .iter()
            .any(|note| note.message.en.contains("`cn`"))
    );
}

#[test]
fn missing_and_misspelt_keys_are_all_reported() {
    let text = SMALL
        .replace("paper =", "papper =")
        .replace("layout = \"broadsheet\"\n", "");
    let noted = parse(SourceId(0), &text);
    let codes: Vec<&str> = noted.notes.iter().map(|note| note.code).collect();
    assert_eq!(
        codes,
        ["issue/unknown-key", "issue/missing", "issue/missing"],
        "{noted:#?}"
    );
    assert!(parse(SourceId(0), "").value.is_none());
}

#[test]
fn names_of_files_are_plain() {
    fault(&with("\"XCRB\"", "\"新城\""), "issue/wrong-value");
    fault(&with("\"A02\"", "\"../2\""), "issue/wrong-value");
    fault(&with("\"A02\"", "-2"), "issue/wrong-value");
}

#[test]
fn a_filling_is_one_thing() {
    fault(
        &with("article = \"a.md\"", "article = \"a.md\"\ntext = \"b\""),
        "issue/wrong-value",
    );
    fault(&with("article = \"a.md\"\n", ""), "issue/missing");
    fault(
        &with("article = \"a.md\"", "article = \"a.md\"\ntitle = \"b\""),
        "issue/wrong-value",
    );
}

mod properties {
    use proptest::prelude::{any, prop, proptest};

    use super::{SMALL, SourceId, parse};

    proptest! {
        #[test]
        fn mutated_issues_never_panic(
            edits in prop::collection::vec((any::<prop::sample::Index>(), "[-0-9a-z\"\\[\\]={}.,\\n五 ]{0,6}", 0..8_usize), 1..6),
        ) {
            let mut chars: Vec<char> = SMALL.chars().collect();
            for (at, new, cut) in &edits {
                let start = at.index(chars.len());
                let end = (start + cut).min(chars.len());
                chars.splice(start..end, new.chars());
            }
            parse(SourceId(0), &chars.into_iter().collect::<String>());
        }
    }
}

#[test]
fn a_layout_is_no_issue() {
    let (_, layout) = crate::desk::layout::BUNDLED[0];
    let noted = parse(SourceId(0), layout);
    let codes: Vec<&str> = noted.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["issue/is-layout"]);
    assert!(noted.value.is_none());
}
