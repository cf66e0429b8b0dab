//! Rows of the requirements that shaping answers for, on the bundled faces.

use std::sync::Arc;

use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::base::clreq::Scheme;
use crate::base::font::tests::{BUNDLED, BUNDLED_HAN, bundled_book};
use crate::base::font::{FontBook, GB2312_HAN};
use crate::compose::script::is_han;
use crate::story::{Align, FacePair, Ink, ParaStyle, Placement, Role, TextRun, Turn};

pub(super) const SIZE: Length = Length::pt(9);

pub(super) fn em(thousandths: i64) -> Length {
    SIZE.scale(thousandths, 1000)
}

fn faces(book: &FontBook, stems: &[&str]) -> Arc<[FaceId]> {
    stems
        .iter()
        .map(|stem| book.find(stem).expect("a bundled face"))
        .collect()
}

pub(super) fn style(han: &[&str], latin: &[&str]) -> TextStyle {
    let book = bundled_book();
    TextStyle {
        han: faces(&book, han),
        latin: faces(&book, latin),
        size: SIZE,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink: Ink::BLACK,
        half_em_digits: true,
        pair: FacePair::default(),
        raised: None,
    }
}

fn song() -> TextStyle {
    style(&["NotoSerifSC-Regular"], &["texgyretermes-regular"])
}

pub(super) fn paragraph(parts: &[(&str, TextStyle)]) -> Paragraph {
    let mut text = String::new();
    let mut runs = Vec::new();
    for (part, style) in parts {
        let start = text.len();
        text.push_str(part);
        let range = span(start..text.len());
        runs.push(TextRun {
            range,
            style: Arc::new(style.clone()),
        });
    }
    Paragraph {
        role: Role::Body,
        text,
        runs,
        pieces: Vec::new(),
        interlinear: Vec::new(),
        style: Arc::new(ParaStyle {
            align: Align::Justify,
            turn: Turn::Fill,
            indent: Length::ZERO,
            start: Length::ZERO,
            end: Length::ZERO,
            size: SIZE,
            pitch: Length::pt(12),
            scheme: Arc::new(Scheme::default()),
            placement: Placement::Lines,
            keep_next: 0,
            before: 0,
            casts: [].into(),
        }),
    }
}

/// One cache for all tests: that many threads may share it is part of the
/// contract.
fn set(parts: &[(&str, TextStyle)]) -> Run {
    static CACHE: std::sync::LazyLock<ShapeCache> = std::sync::LazyLock::new(ShapeCache::new);
    shape(&paragraph(parts), &bundled_book(), &CACHE)
}

pub(super) fn texts(run: &Run) -> Vec<&str> {
    run.clusters
        .iter()
        .map(|c| &run.text[c.text.start as usize..c.text.end as usize])
        .collect()
}

fn cluster<'a>(run: &'a Run, text: &str) -> &'a Cluster {
    let at = texts(run)
        .iter()
        .position(|t| *t == text)
        .expect("the cluster");
    &run.clusters[at]
}

fn glyphs<'a>(run: &'a Run, cluster: &Cluster) -> &'a [RunGlyph] {
    &run.glyphs[cluster.glyphs.start as usize..cluster.glyphs.end as usize]
}

fn width(run: &Run) -> Length {
    run.clusters.iter().map(|c| c.advance).sum()
}

fn face_name(cluster: &Cluster) -> &'static str {
    BUNDLED[usize::from(cluster.face.0)]
}

/// The ink of a cluster as drawn, glyph by glyph: left, right, bottom, top
/// in thousandths of an em, y upwards.
fn ink(run: &Run, cluster: &Cluster) -> Vec<[i64; 4]> {
    let book = bundled_book();
    let face = book.face(cluster.face);
    let milli = |length: Length| length.scale(1000, SIZE.raw()).raw();
    glyphs(run, cluster)
        .iter()
        .filter_map(|glyph| {
            let b = face.bounds(glyph.id)?;
            let scale = i64::from(glyph.scale_x);
            let x = |units: i16| milli(glyph.dx) + i64::from(units) * scale / 1000;
            let y = |units: i16| i64::from(units) - milli(glyph.dy);
            Some([x(b.x_min), x(b.x_max), y(b.y_min), y(b.y_max)])
        })
        .collect()
}

/// Every bundled Han face with the Latin face it is set with.
fn pairs() -> Vec<TextStyle> {
    BUNDLED[..BUNDLED_HAN]
        .iter()
        .map(|han| {
            let sans = han.contains("Sans");
            style(
                &[han],
                &[if sans {
                    "texgyreheros-regular"
                } else {
                    "texgyretermes-regular"
                }],
            )
        })
        .collect()
}

#[test]
fn t01_han_characters_are_set_solid() {
    let run = set(&[("汉字汉字", song())]);
    assert_eq!(texts(&run), ["汉", "字", "汉", "字"]);
    assert_eq!(width(&run), Length::pt(36));
    assert!(run.clusters.iter().all(|c| c.ink == (Length::ZERO, SIZE)));
}

#[test]
fn t03_marks_take_their_chinese_form() {
    // Untagged, the dash of this face is 0.890 em wide.
    for style in pairs() {
        let run = set(&[("甲—乙…丙～丁", style)]);
        assert_eq!(width(&run), em(7000));
    }
}

#[test]
fn t04_pause_and_stop_marks_take_one_em() {
    for style in pairs() {
        assert_eq!(width(&set(&[("中，中。", style.clone())])), em(4000));
        assert_eq!(width(&set(&[("、；：！？（）《》【】", style)])), em(11000));
    }
}

#[test]
fn t05_curly_quotes_are_full_width_and_chinese() {
    for style in pairs() {
        let han = style.han[0];
        let run = set(&[("“中”‘文’", style)]);
        assert_eq!(width(&run), em(6000));
        for mark in ["“", "”", "‘", "’"] {
            let cluster = cluster(&run, mark);
            assert_eq!(cluster.face, han);
            let (left, right) = cluster.ink;
            if "“‘".contains(mark) {
                assert!(left >= em(500), "{mark} in {}", face_name(cluster));
            } else {
                assert!(right <= em(500), "{mark} in {}", face_name(cluster));
            }
        }
    }
}

#[test]
fn t06_an_apostrophe_is_western() {
    let run = set(&[("他说It’s好‘对’", song())]);
    let places: Vec<&Cluster> = run
        .clusters
        .iter()
        .filter(|c| &run.text[c.text.start as usize..c.text.end as usize] == "’")
        .collect();
    assert_eq!(face_name(places[0]), "texgyretermes-regular");
    assert!(places[0].advance < em(400));
    assert_eq!(face_name(places[1]), "NotoSerifSC-Regular");
    assert_eq!(places[1].advance, em(1000));
}

#[test]
fn t07_stops_stand_in_the_left_half() {
    // Fandol draws ？ in the middle of its frame: spacing must look at ink.
    for style in pairs() {
        let run = set(&[("，。、；：！", style.clone())]);
        for cluster in &run.clusters {
            assert!(cluster.ink.1 <= em(500), "{:?}", face_name(cluster));
        }
    }
}

#[test]
fn t08_the_dash_is_one_rule_of_two_em() {
    for style in pairs() {
        let runs = [
            set(&[("中——中", style.clone())]),
            set(&[("中⸺中", style.clone())]),
        ];
        let mut drawn = Vec::new();
        for (run, text) in runs.iter().zip(["——", "⸺"]) {
            let dash = cluster(run, text);
            assert_eq!(dash.advance, em(2000));
            assert_eq!(width(run), em(4000));
            let parts = ink(run, dash);
            for pair in parts.windows(2) {
                assert!(pair[1][0] <= pair[0][1], "a gap at the joint: {parts:?}");
            }
            let (first, last) = (parts[0], parts[parts.len() - 1]);
            assert!(first[0] >= 0 && last[1] <= 2000, "{parts:?}");
            assert!(last[1] - first[0] >= 1800, "{parts:?}");
            let middle = (first[2] + first[3]) / 2;
            assert!(
                (middle - 380).abs() <= 50,
                "{middle} in {}",
                face_name(dash)
            );
            drawn.push(parts);
        }
        assert_eq!(drawn[0], drawn[1], "both inputs alike");
        assert_eq!(drawn.len(), 2);
    }
}

#[test]
fn t09_six_dots_at_one_pitch() {
    for style in pairs() {
        let runs = [set(&[("中……中", style.clone())]), set(&[("中⋯⋯中", style)])];
        let mut drawn = Vec::new();
        for (run, text) in runs.iter().zip(["……", "⋯⋯"]) {
            let dots = cluster(run, text);
            assert_eq!(dots.advance, em(2000));
            assert_eq!(glyphs(run, dots).len(), 2);
            let parts = ink(run, dots);
            let [left, right, bottom, top] = parts[0];
            let within = (right - left - (top - bottom)) / 2;
            let across = parts[1][0] - parts[0][1] + (top - bottom);
            assert!(
                (within - across).abs() <= 3,
                "{within} and {across} in {}",
                face_name(dots)
            );
            assert!(((top + bottom) / 2 - 380).abs() <= 50);
            assert!(((left + parts[1][1]) / 2 - 1000).abs() <= 3, "centred");
            drawn.push(parts);
        }
        assert_eq!(drawn[0], drawn[1], "both inputs alike");
    }
}

#[test]
fn t12_connectors() {
    for style in pairs() {
        let run = set(&[("甲–乙—丙～丁一", style)]);
        assert_eq!(width(&run), em(7500));
        let short = cluster(&run, "–");
        assert_eq!(short.advance, em(500));
        let [left, right, bottom, top] = ink(&run, short)[0];
        assert!(left >= 0 && right <= 500, "{left} {right}");
        assert!(
            ((bottom + top) / 2 - 380).abs() <= 15,
            "{}",
            face_name(short)
        );
        let yi = ink(&run, cluster(&run, "一"))[0];
        assert!((right - left) * 3 < (yi[1] - yi[0]) * 2, "shorter than 一");
    }
}

#[test]
fn t14_the_interpunct_comes_with_its_ink() {
    // Its width is set in spacing; what spacing needs is where the ink is.
    for style in pairs() {
        let run = set(&[("比尔·盖茨", style)]);
        let dot = cluster(&run, "·");
        assert!(dot.ink.0 < dot.ink.1 && dot.ink.0 >= Length::ZERO && dot.ink.1 <= dot.advance);
        let middle = (dot.ink.0 + dot.ink.1).half();
        assert!(
            (middle - dot.advance.half()).abs() <= em(25),
            "{}",
            face_name(dot)
        );
    }
}

#[test]
fn t16_the_solidus_takes_half_an_em() {
    for style in pairs() {
        let han = style.han[0];
        for (text, mark) in [("甲／乙", "／"), ("甲/乙", "/")] {
            let run = set(&[(text, style.clone())]);
            let solidus = cluster(&run, mark);
            assert_eq!(width(&run), em(2500));
            assert_eq!(solidus.face, han);
            let (left, right) = solidus.ink;
            assert!(left >= Length::ZERO && right <= em(500));
            assert!(((left + right).half() - em(250)).abs() <= em(3), "centred");
        }
    }
}

#[test]
fn t31_figures_are_half_an_em() {
    for style in pairs() {
        let run = set(&[("2026", style.clone())]);
        assert_eq!(width(&run), em(2000));
        for cluster in &run.clusters {
            assert!(cluster.ink.0 >= Length::ZERO && cluster.ink.1 <= em(500));
        }
        let run = set(&[(
            "2026",
            TextStyle {
                half_em_digits: false,
                ..style
            },
        )]);
        assert_eq!(run.clusters.len(), 4);
    }
    // The Kai alone has neither half-em figures nor `hwid`: narrowed.
    let run = set(&[("2026", style(&["NPKai-Regular.T1"], &[]))]);
    assert_eq!(width(&run), em(2000));
    assert!(run.glyphs.iter().all(|glyph| glyph.scale_x == 833));
    // Beside a sans face whose own figures are 0.556 em, the Chinese face's.
    let run = set(&[(
        "2026",
        style(&["NotoSansSC-Regular"], &["texgyreheros-regular"]),
    )]);
    assert!(
        run.clusters
            .iter()
            .all(|c| face_name(c) == "NotoSansSC-Regular")
    );
}

#[test]
fn t35_a_missing_character_falls_back_by_list() {
    // 㑇 is not among the Fangsong's glyphs; the Song has it.
    let rare = "\u{3447}";
    let book = bundled_book();
    let fang = book.face(book.find("FandolFang-Regular").expect("it"));
    assert!(fang.glyph('\u{3447}').is_none() && fang.glyph('甲').is_some());
    let both = style(
        &["FandolFang-Regular", "NotoSerifSC-Regular"],
        &["texgyretermes-regular"],
    );
    let run = set(&[("甲\u{3447}乙\u{3447}", both)]);
    assert_eq!(run.missing, []);
    let [fallback] = &run.fallbacks[..] else {
        panic!("each character once: {:?}", run.fallbacks)
    };
    assert_eq!(fallback.character, '\u{3447}');
    assert_eq!(
        (fallback.text.clone(), &*fallback.face),
        (3..6, "NotoSerifSC-Regular")
    );
    assert_eq!(face_name(cluster(&run, rare)), "NotoSerifSC-Regular");
    assert_eq!(face_name(cluster(&run, "甲")), "FandolFang-Regular");

    let alone = style(&["FandolFang-Regular"], &["texgyretermes-regular"]);
    let run = set(&[("甲\u{3447}乙😀", alone)]);
    let missing: Vec<char> = run.missing.iter().map(|m| m.character).collect();
    assert_eq!(missing, ['\u{3447}', '😀']);
    assert_eq!(run.missing[0].text, 3..6);
    for cluster in [&run.clusters[1], &run.clusters[3]] {
        assert_eq!(glyphs(&run, cluster)[0].id, 0);
        assert!(cluster.ink.1 > cluster.ink.0, "the tofu is seen");
        assert!(cluster.advance > Length::ZERO);
    }
}

#[test]
fn t35_what_the_partner_face_is_for_is_no_fallback() {
    let text = "汉字，。“OK”（GDP）50%2026年±5℃—～·–/①②〇ChōngЖΩ²×";
    for style in [
        song(),
        style(&["NotoSansSC-Regular"], &["texgyreheros-regular"]),
    ] {
        let run = set(&[(text, style)]);
        assert_eq!(run.fallbacks, [], "{:?}", run.fallbacks);
    }
}

#[test]
fn t12_a_hyphen_between_han_stands_in_the_middle() {
    for style in pairs() {
        let run = set(&[("甲-乙", style)]);
        let short = cluster(&run, "-");
        assert_eq!(short.advance, em(500));
        let [left, right, bottom, top] = ink(&run, short)[0];
        assert!(left >= 0 && right <= 500, "{left} {right}");
        assert!(
            ((bottom + top) / 2 - 380).abs() <= 15,
            "{}",
            face_name(short)
        );
    }
}

#[test]
fn t02_the_region_picks_the_glyphs() {
    let book = bundled_book();
    let cache = ShapeCache::new();
    let shaped = |region: Region, name: &str| {
        let mut para = paragraph(&[("骨，。", style(&[name], &[]))]);
        let mut rules = (*para.style).clone();
        rules.scheme = Arc::new(Scheme::for_region(region));
        para.style = Arc::new(rules);
        let run = shape(&para, &book, &cache);
        run.glyphs.iter().map(|glyph| glyph.id).collect::<Vec<_>>()
    };
    for name in &BUNDLED[..BUNDLED_HAN] {
        let id = book.find(name).expect("a bundled face");
        for region in [Region::Tw, Region::Hk] {
            let bare = !without_forms(&[id], region, &book, &cache).is_empty();
            let same = shaped(region, name)[1..] == shaped(Region::Cn, name)[1..];
            assert_eq!(
                bare, same,
                "{name} {region:?}: reported where the forms are lacking"
            );
        }
        assert!(without_forms(&[id], Region::Cn, &book, &cache).is_empty());
    }
}

#[test]
fn t35_a_style_without_faces_reports_everything_that_has_ink() {
    let run = set(&[("甲 A\n", style(&[], &[]))]);
    assert_eq!(texts(&run), ["甲", " ", "A", "\n"]);
    let missing: Vec<char> = run.missing.iter().map(|m| m.character).collect();
    assert_eq!(missing, ['甲', 'A']);
    let run = set(&[("——", style(&[], &[]))]);
    assert_eq!(texts(&run), ["—", "—"]);
}

#[test]
fn t38_the_font_adds_no_squeeze_of_its_own() {
    for style in pairs() {
        let run = set(&[("。”）（“。、，。》（", style)]);
        assert_eq!(width(&run), em(11000));
    }
}

#[test]
fn l28_clusters_keep_their_own_style() {
    let kai = TextStyle {
        size: Length::pt(10),
        ..style(&["NPKai-Regular.T1"], &[])
    };
    let run = set(&[("说：", song()), ("“好", kai), ("”了", song())]);
    let styles: Vec<u16> = run.clusters.iter().map(|c| c.style).collect();
    assert_eq!(styles, [0, 0, 1, 1, 0, 0]);
    assert_eq!(run.styles.len(), 2);
    assert_eq!(run.clusters[1].advance, Length::pt(9));
    assert_eq!(run.clusters[2].advance, Length::pt(10));
    assert_eq!(face_name(&run.clusters[2]), "NPKai-Regular.T1");
}

#[test]
fn e16_the_text_stays_the_copy_s() {
    let text = "“A/甲”——⸺……⋯⋯／–’\u{FE01}é\u{301}2026\t\n";
    let run = set(&[(text, song())]);
    assert_eq!(&*run.text, text);
    assert_eq!(texts(&run).concat(), text);
}

#[test]
fn western_words_are_kerned_letter_by_letter() {
    let run = set(&[("用AVATAR好", song())]);
    let word: Length = run.clusters[1..7].iter().map(|c| c.advance).sum();
    let alone: Length = ["A", "V", "A", "T", "A", "R"]
        .iter()
        .map(|letter| width(&set(&[(letter, song())])))
        .sum();
    assert_eq!(run.clusters.len(), 8);
    assert!(word < alone, "kerned");
    let run = set(&[("office fit", song())]);
    assert_eq!(run.clusters.len(), 10, "no ligatures");
    assert!(
        run.clusters
            .iter()
            .all(|c| face_name(c) == "texgyretermes-regular")
    );
}

#[test]
fn accents_and_selectors_belong_to_their_base() {
    let run = set(&[("e\u{301}葛\u{E0100}“\u{FE01}か\u{3099}", song())]);
    assert_eq!(
        texts(&run),
        ["e\u{301}", "葛\u{E0100}", "“\u{FE01}", "か\u{3099}"]
    );
    assert_eq!(run.missing, []);
    assert_eq!(run.clusters[1].advance, SIZE);
    assert_eq!(run.clusters[2].advance, SIZE);
}

#[test]
fn blanks_have_no_glyphs_and_are_not_missing() {
    let run = set(&[("甲 \t\u{200B}\u{2060}\n\u{3000}\u{FEFF}\u{FE00}", song())]);
    assert_eq!(run.clusters.len(), 9);
    assert_eq!(run.missing, []);
    for cluster in &run.clusters[1..] {
        assert!(cluster.glyphs.is_empty());
        assert_eq!(cluster.ink, (Length::ZERO, Length::ZERO));
    }
    assert_eq!(run.clusters[1].advance, em(250), "the Latin face's space");
    assert_eq!(run.clusters[6].advance, em(1000), "the ideographic space");
    for at in [3, 4, 5, 7, 8] {
        assert_eq!(run.clusters[at].advance, Length::ZERO);
    }
}

#[test]
fn frames_of_all_faces_stand_level() {
    // The middle of the full-width bracket is the middle of the frame.
    for style in pairs() {
        let run = set(&[("（国", style)]);
        let bracket = ink(&run, &run.clusters[0])[0];
        assert!(
            ((bracket[2] + bracket[3]) / 2 - 380).abs() <= 30,
            "{bracket:?}"
        );
    }
}

#[test]
fn a_paragraph_without_runs_gives_no_clusters() {
    assert!(set(&[]).clusters.is_empty());
    let mut bare = paragraph(&[("甲", song())]);
    bare.runs.clear();
    assert!(
        shape(&bare, &bundled_book(), &ShapeCache::new())
            .clusters
            .is_empty()
    );
}

#[test]
fn runs_that_do_not_reach_the_end_still_cover_the_text() {
    let mut odd = paragraph(&[("甲乙", song()), ("丙—", song())]);
    odd.runs[0].range = 2..4;
    odd.runs[1].range = 7..8;
    let run = shape(&odd, &bundled_book(), &ShapeCache::new());
    assert_eq!(texts(&run).concat(), "甲乙丙—");
}

/// Glyph and advance as the shaper gives them with all default features on.
fn by_shaper(shaper: &Shaper, text: &str) -> Vec<(u16, i32)> {
    let shaped = shaper.shape(Manner::Han, text, UnicodeBuffer::new());
    let glyph = |id: u32| u16::try_from(id).expect("a glyph");
    shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, at)| {
            assert_eq!((at.x_offset, at.y_offset), (0, 0));
            (glyph(info.glyph_id), at.x_advance)
        })
        .collect()
}

/// The fast path against the shaper: Han characters alone and in a row.
fn compare_han(every: usize) {
    let book = bundled_book();
    let cache = ShapeCache::new();
    for (id, face) in book.iter().take(BUNDLED_HAN) {
        let shaper = cache.shaper(&book, id).expect("a face of the book");
        let held: Vec<char> = ('\u{2E80}'..='\u{323AF}')
            .filter(|&c| is_han(c) && face.glyph(c).is_some())
            .step_by(every)
            .collect();
        assert!(held.len() * every > 6_000);
        for row in held.chunks(200) {
            let text: String = row.iter().collect();
            let fast: Vec<(u16, i32)> = row
                .iter()
                .map(|&c| shaper.single(c, Region::Cn).expect("held"))
                .map(|(glyph, advance)| (glyph, i32::from(advance)))
                .collect();
            assert_eq!(by_shaper(shaper, &text), fast, "{} {text}", face.name());
        }
    }
}

#[test]
fn the_han_fast_path_equals_the_shaper_on_a_sample() {
    compare_han(17);
}

#[test]
#[ignore = "every Han glyph of every bundled face: seconds, run before a change of fonts"]
fn the_han_fast_path_equals_the_shaper_everywhere() {
    compare_han(1);
}

#[test]
fn marks_alone_equal_marks_in_context() {
    let book = bundled_book();
    let cache = ShapeCache::new();
    let text = "甲，乙。丙、“丁”；戊：‘己’！庚？（辛）《壬》〈癸〉【子】—丑…寅～卯·辰ア，。”）";
    for (id, face) in book.iter().take(BUNDLED_HAN) {
        let shaper = cache.shaper(&book, id).expect("a face of the book");
        let alone: Vec<(u16, i32)> = text
            .chars()
            .map(|c| shaper.single(c, Region::Cn).expect("held"))
            .map(|(glyph, advance)| (glyph, i32::from(advance)))
            .collect();
        assert_eq!(by_shaper(shaper, text), alone, "{}", face.name());
    }
}

#[test]
fn threads_share_one_cache_and_agree() {
    let book = bundled_book();
    let cache = ShapeCache::new();
    let text: String = GB2312_HAN
        .chars()
        .filter(|c| *c != '\n')
        .take(3000)
        .collect();
    let para = paragraph(&[(&format!("{text}，AVA“2026”"), song())]);
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| shape(&para, &book, &cache)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    for run in &runs {
        assert_eq!(
            format!("{:?}", run.clusters),
            format!("{:?}", runs[0].clusters)
        );
        assert_eq!(format!("{:?}", run.glyphs), format!("{:?}", runs[0].glyphs));
    }
}

#[test]
fn a_damaged_font_never_panics_in_shaping() {
    let whole = crate::base::font::tests::bundled("texgyretermes-regular");
    for seed in 0..1000_usize {
        let mut bytes = whole.clone();
        for hit in 0..30 {
            let at = (seed * 7919 + hit * 104_729 + seed * seed * 31) % bytes.len();
            bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(seed as u8);
        }
        let mut book = FontBook::new();
        let Ok(id) = book.add("a", "a.otf", bytes.into()) else {
            continue;
        };
        let both: Arc<[FaceId]> = [id].into();
        let style = TextStyle {
            han: both.clone(),
            latin: both,
            ..song()
        };
        let run = shape(
            &paragraph(&[("AVA é\u{301}— …“fi” 2026/–·Ж", style)]),
            &book,
            &ShapeCache::new(),
        );
        assert_eq!(texts(&run).concat(), &*run.text);
    }
}

/// Asserts what every run owes, whatever the text.
fn covers(run: &Run) -> Result<(), proptest::test_runner::TestCaseError> {
    let (mut text, mut glyph) = (0, 0);
    for cluster in &run.clusters {
        prop_assert_eq!(cluster.text.start, text);
        prop_assert!(cluster.text.end > text);
        prop_assert_eq!(cluster.glyphs.start, glyph);
        prop_assert!(cluster.glyphs.end >= glyph);
        prop_assert!(usize::from(cluster.style) < run.styles.len());
        prop_assert!(run.text.is_char_boundary(cluster.text.start as usize));
        prop_assert!(cluster.ink.0 <= cluster.ink.1);
        text = cluster.text.end;
        glyph = cluster.glyphs.end;
    }
    prop_assert_eq!(text as usize, run.text.len());
    prop_assert_eq!(glyph as usize, run.glyphs.len());
    for missing in &run.missing {
        let place = missing.text.start as usize..missing.text.end as usize;
        prop_assert_eq!(&run.text[place], missing.character.to_string());
    }
    let tofu = run.glyphs.iter().any(|glyph| glyph.id == 0);
    prop_assert_eq!(tofu, !run.missing.is_empty());
    Ok(())
}

proptest! {
    #[test]
    fn clusters_cover_any_text_once_and_in_order(parts in prop::collection::vec(
        (any::<String>(), any::<bool>()), 0..4)
    ) {
        let kai = style(&["NPKai-Regular.T1", "NotoSerifSC-Regular"], &["texgyreheros-regular"]);
        let parts: Vec<(&str, TextStyle)> = parts
            .iter()
            .map(|(text, other)| (text.as_str(), if *other { kai.clone() } else { song() }))
            .collect();
        let run = set(&parts);
        if !parts.is_empty() {
            covers(&run)?;
        }
    }

    #[test]
    fn clusters_cover_awkward_text_too(text in
        "[甲乙，。“”‘’—…⋯⸺·–/／～A-Zfi0-9 \u{301}\u{3099}\u{FE00}\u{FE0F}\u{E0100}\u{200D}😀👩🇨\
         אبกक्\u{94D}ि한\0\n\t\u{200B}\u{2060}\u{AD}\u{202E}éﬁ℃①か㐀𫖯]{0,24}"
    ) {
        covers(&set(&[(&text, song())]))?;
    }
}

#[test]
fn n25_condensed_text_is_narrower_in_every_part() {
    let text = "甲“乙”，2026——Wide";
    let plain = set(&[(text, song())]);
    let condensed = TextStyle {
        scale_x: 800,
        ..song()
    };
    let narrow = set(&[(text, condensed)]);
    assert_eq!(plain.clusters.len(), narrow.clusters.len());
    let across = |length: Length| length.scale(800, 1000);
    for (plain, narrow) in plain.clusters.iter().zip(&narrow.clusters) {
        assert_eq!(narrow.advance, across(plain.advance));
        assert_eq!(narrow.ink, (across(plain.ink.0), across(plain.ink.1)));
    }
    for (plain, narrow) in plain.glyphs.iter().zip(&narrow.glyphs) {
        assert_eq!((narrow.dx, narrow.dy), (across(plain.dx), plain.dy));
        assert_eq!(
            u32::from(narrow.scale_x) * 1000,
            u32::from(plain.scale_x) * 800 / 1000 * 1000
        );
    }
}

#[test]
fn p30_only_western_text_is_scaled_and_lifted() {
    let text = "甲“AIGC”，2026—云溪No.7，…50%·é";
    let plain = set(&[(text, song())]);
    let fitted = TextStyle {
        pair: FacePair {
            scale: 1050,
            shift: 20,
        },
        ..song()
    };
    let fitted = set(&[(text, fitted)]);
    assert_eq!(texts(&plain), texts(&fitted));
    for (was, is) in plain.clusters.iter().zip(&fitted.clusters) {
        let text = &plain.text[is.text.start as usize..is.text.end as usize];
        let (was_glyphs, is_glyphs) = (glyphs(&plain, was), glyphs(&fitted, is));
        if !text.contains(|c: char| c.is_alphanumeric() && !is_han(c) || ".%".contains(c)) {
            assert_eq!((was.size, was.advance), (is.size, is.advance), "{text}");
            assert_eq!(
                format!("{was_glyphs:?}"),
                format!("{is_glyphs:?}"),
                "{text}"
            );
            continue;
        }
        assert_eq!(is.size, em(1050), "{text}");
        // a baseline 0.02 em higher
        assert_eq!(is_glyphs[0].dy, was_glyphs[0].dy - em(20), "{text}");
        // a figure keeps to the middle of its half em, a letter to its side; of
        // the rounding of either edge a unit is let pass
        let grown = |edge: Length| edge.scale(1050, 1000);
        let moved = if text.bytes().all(|byte| byte.is_ascii_digit()) {
            -em(50) / 4
        } else {
            Length::ZERO
        };
        for (was, is) in [(was.ink.0, is.ink.0), (was.ink.1, is.ink.1)] {
            let off = is - (grown(was) + moved);
            assert!(off.raw().abs() <= 1, "{text}: {off:?}");
        }
        if text.contains(|c: char| c.is_ascii_digit()) {
            // T31: two to the em as before, each in the middle of its half
            assert_eq!(is.advance, em(500), "{text}");
            assert_eq!(is_glyphs[0].dx, (SIZE - em(1050)) / 4, "{text}");
        } else {
            let off = is.advance - was.advance.scale(1050, 1000);
            assert!(off.abs() <= Length::units(2), "{text}");
        }
    }
}

#[test]
fn p30_the_hyphen_of_a_parted_word_goes_with_it() {
    let style = TextStyle {
        pair: FacePair {
            scale: 1100,
            shift: -20,
        },
        ..song()
    };
    let mut paragraph = paragraph(&[("云溪international", style)]);
    let mut para = (*paragraph.style).clone();
    para.scheme = Arc::new(Scheme {
        hyphenate: true,
        ..Scheme::default()
    });
    paragraph.style = Arc::new(para);
    let run = shape(&paragraph, &bundled_book(), &ShapeCache::new());
    let hyphen = run.hyphens[0].as_ref().expect("the face has a hyphen");
    assert_eq!(hyphen.size, em(1100));
    assert_eq!(glyphs(&run, hyphen)[0].dy, em(20));
}

#[test]
fn t07_a_selector_leaves_its_character_as_high_as_it_is() {
    let mut raised = 0;
    for name in &BUNDLED[..BUNDLED_HAN] {
        let height = |text: &str| {
            let run = set(&[(text, style(&[name], &[]))]);
            glyphs(&run, &run.clusters[0])[0].dy
        };
        assert_eq!(height("汉"), height("汉\u{FE00}"), "{name}");
        raised += usize::from(height("汉") != Length::ZERO);
    }
    assert!(raised > 0, "no face is raised: nothing was tried");
}

#[test]
fn t07_marks_of_every_face_are_set_in_the_left_half() {
    for name in &BUNDLED[..BUNDLED_HAN] {
        let para = paragraph(&[("甲，乙。丙、丁；戊：己！庚？辛", style(&[name], &[]))]);
        let run = shape(&para, &bundled_book(), &ShapeCache::new());
        let galley = crate::compose::Galley::new(&run, &para.style);
        for line in galley.break_at(SIZE * 20) {
            for (set, cluster) in line.glyphs.iter().zip(&run.clusters).skip(1).step_by(2) {
                let (left, right) = (set.dx + cluster.ink.0, set.dx + cluster.ink.1);
                assert!(
                    left >= Length::ZERO && right <= em(500),
                    "{name} {:?}: {left:?} {right:?}",
                    set.text
                );
            }
        }
    }
}

#[test]
fn l16_the_hyphen_of_each_style_is_shaped_and_in_no_text() {
    static CACHE: std::sync::LazyLock<ShapeCache> = std::sync::LazyLock::new(ShapeCache::new);
    let hei = style(&["NotoSansSC-Regular"], &["texgyreheros-regular"]);
    let mut paragraph = paragraph(&[("云溪international", song()), ("information", hei)]);
    let run = shape(&paragraph, &bundled_book(), &CACHE);
    assert!(run.hyphens.is_empty(), "off by default");

    let mut style = (*paragraph.style).clone();
    style.scheme = Arc::new(Scheme {
        hyphenate: true,
        ..Scheme::default()
    });
    paragraph.style = Arc::new(style);
    let with = shape(&paragraph, &bundled_book(), &CACHE);
    assert_eq!(texts(&with), texts(&run));
    let faces: Vec<_> = with.hyphens.iter().flatten().map(face_name).collect();
    assert_eq!(faces, ["texgyretermes-regular", "texgyreheros-regular"]);
    for hyphen in with.hyphens.iter().flatten() {
        assert!(hyphen.text.is_empty() && hyphen.advance > Length::ZERO);
        assert_eq!(glyphs(&with, hyphen).len(), 1);
    }
}
