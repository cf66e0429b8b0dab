//! The sweep by the bundled fonts: glyphs, lines, readings, and what is said
//! of what the faces lack.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::{Dumps, EM, copy, dump, judge, para};
use crate::base::clreq::{Direction, Fit, Region, Scheme};
use crate::base::diag::{Diagnostic, SourceId, Span};
use crate::base::font::tests::{BUNDLED, bundled_book};
use crate::base::font::{FaceId, FontBook};
use crate::base::geom::Length;
use crate::compose::faces;
use crate::compose::ideal;
use crate::compose::lines_report::{self, LinesOptions, grid_run, report};
use crate::compose::ruby::{self, Annotation, Form};
use crate::compose::run::Run;
use crate::compose::shape::{self, ShapeCache, shape};
use crate::compose::spacing::Galley;
use crate::story::{
    Align, FacePair, Ink, Interlinear, InterlinearKind, ParaStyle, Paragraph, Role, Ruby, Stand,
    TextRun, TextStyle, Turn,
};

/// One cache for the whole sweep, as for a whole run of the program.
fn cache() -> &'static ShapeCache {
    static CACHE: std::sync::OnceLock<ShapeCache> = std::sync::OnceLock::new();
    CACHE.get_or_init(ShapeCache::new)
}

fn list(book: &FontBook, stems: &[&str]) -> Arc<[FaceId]> {
    let face = |stem: &&str| book.find(stem).expect("a bundled face");
    stems.iter().map(face).collect()
}

fn style(han: &[&str], latin: &[&str]) -> TextStyle {
    let book = bundled_book();
    TextStyle {
        han: list(&book, han),
        latin: list(&book, latin),
        size: EM,
        scale_x: 1000,
        tracking: Length::ZERO,
        ink: Ink::BLACK,
        half_em_digits: true,
        pair: FacePair::default(),
        raised: None,
    }
}

fn song() -> TextStyle {
    style(
        &["NotoSerifSC-Regular", "NotoSansSC-Regular"],
        &["texgyretermes-regular"],
    )
}

fn paragraph(text: &str, style: TextStyle, para: ParaStyle) -> Paragraph {
    let end = u32::try_from(text.len()).expect("a short text");
    Paragraph {
        role: Role::Body,
        text: text.to_owned(),
        runs: vec![TextRun {
            range: 0..end,
            style: Arc::new(style),
        }],
        pieces: Vec::new(),
        interlinear: Vec::new(),
        style: Arc::new(para),
    }
}

fn down(region: Region) -> Scheme {
    Scheme {
        direction: Direction::Vertical,
        ..Scheme::for_region(region)
    }
}

/// The runs of `parts`.
fn runs(parts: &[&str], style: &TextStyle, scheme: &Scheme) -> String {
    let book = bundled_book();
    let mut out = String::new();
    for text in parts.iter().flat_map(|part| copy(part)) {
        let run = shape(
            &paragraph(&text, style.clone(), para(scheme.clone())),
            &book,
            cache(),
        );
        let _ = writeln!(out, "{}", dump::run(&run, &book));
    }
    out
}

/// The lines of `parts` at a measure.
fn lines(parts: &[&str], style: &TextStyle, scheme: &Scheme, measure: i64) -> String {
    let book = bundled_book();
    let mut out = String::new();
    for text in parts.iter().flat_map(|part| copy(part)) {
        let paragraph = paragraph(&text, style.clone(), para(scheme.clone()));
        let galley = Galley::new(&shape(&paragraph, &book, cache()), &paragraph.style);
        let _ = write!(
            out,
            "{}",
            dump::lines(&galley, &galley.break_at(EM * measure))
        );
    }
    out
}

#[test]
fn runs_and_lines_by_the_bundled_fonts() {
    let gb = Scheme::default();
    let hyphenated = Scheme {
        hyphenate: true,
        ..Scheme::default()
    };
    let hei = style(&["NotoSansSC-Regular"], &["texgyreheros-regular"]);
    let fang = TextStyle {
        half_em_digits: false,
        scale_x: 800,
        tracking: EM.scale(1, 20),
        ..style(
            &["FandolFang-Regular", "NotoSerifSC-Regular"],
            &["texgyreheros-bold"],
        )
    };
    let kai = style(&["NPKai-Regular.T1", "NotoSerifSC-Regular"], &[]);
    let black = style(&["NotoSerifCJKsc-Black.T1"], &["texgyretermes-bold"]);
    let latin = style(&[], &["texgyretermes-regular"]);
    let none = style(&[], &[]);
    let (tw, hk) = (
        Scheme::for_region(Region::Tw),
        Scheme::for_region(Region::Hk),
    );
    let dumps: Dumps = vec![
        (
            "song",
            runs(&["news", "marks", "controls", "other", "odd"], &song(), &gb),
        ),
        ("hyphens", runs(&["western"], &song(), &hyphenated)),
        ("hei", runs(&["marks"], &hei, &gb)),
        ("fang", runs(&["mixed", "odd", "short"], &fang, &hyphenated)),
        ("kai", runs(&["other", "short"], &kai, &gb)),
        ("black", runs(&["long", "trad"], &black, &gb)),
        ("latin", runs(&["mixed", "trad"], &latin, &gb)),
        ("none", runs(&["short"], &none, &hyphenated)),
        ("tw", runs(&["trad", "marks"], &song(), &tw)),
        ("hk", runs(&["trad"], &hei, &hk)),
        (
            "down",
            runs(&["vertical", "marks", "odd"], &song(), &down(Region::Cn)),
        ),
        ("down_fang", runs(&["vertical"], &fang, &down(Region::Cn))),
        ("down_kai", runs(&["vertical"], &kai, &down(Region::Cn))),
        (
            "down_tw",
            runs(&["vertical", "trad"], &hei, &down(Region::Tw)),
        ),
        ("song_lines", lines(&["marks", "west"], &song(), &gb, 12)),
        ("fang_lines", lines(&["marks", "news"], &fang, &gb, 10)),
        ("tw_lines", lines(&["trad", "marks"], &song(), &tw, 9)),
        (
            "down_lines",
            lines(&["vertical", "marks"], &song(), &down(Region::Cn), 11),
        ),
        (
            "down_tw_lines",
            lines(&["vertical"], &hei, &down(Region::Tw), 9),
        ),
        ("asked", asked()),
        ("styles", styles()),
        ("readings", readings()),
    ]
    .into_iter()
    .map(|(name, dump)| (name.to_owned(), dump))
    .collect();
    judge("fonts", &dumps);
}

/// Stances that the copy asks for (V11).
fn asked() -> String {
    let book = bundled_book();
    let mut out = String::new();
    let asked = [
        ("GDP与2026年的第123页，共5678次。", "2026", Stand::Upright),
        ("GDP与2026年的第123页，共5678次。", "GDP", Stand::Turned),
        ("GDP与2026年的第123页，共5678次。", "123", Stand::Abreast),
        ("GDP与2026年的第123页，共5678次。", "5678", Stand::Abreast),
        ("iPhone是a或b，约12:30，“C”。", "iPhone", Stand::Upright),
        ("iPhone是a或b，约12:30，“C”。", "a", Stand::Turned),
    ];
    for (text, part, stand) in asked {
        for half_em_digits in [true, false] {
            let dressed = TextStyle {
                half_em_digits,
                ..song()
            };
            let mut paragraph = paragraph(text, dressed, para(down(Region::Cn)));
            paragraph.interlinear = vec![Interlinear {
                range: range(text, part),
                kind: InterlinearKind::Stand(stand),
            }];
            let run = shape(&paragraph, &book, cache());
            let _ = writeln!(out, "{}", dump::run(&run, &book));
            let galley = Galley::new(&run, &paragraph.style);
            let _ = writeln!(out, "  {}", dump::galley(&galley));
        }
    }
    out
}

/// The bytes at which a part of a text first stands.
fn range(text: &str, part: &str) -> std::ops::Range<u32> {
    let at = text.find(part).expect("a part of the text");
    let fit = |at: usize| u32::try_from(at).expect("a short text");
    fit(at)..fit(at + part.len())
}

/// A paragraph in several styles: sizes, faces, tracking, condensed.
fn styles() -> String {
    let book = bundled_book();
    let large = TextStyle {
        size: EM.scale(3, 2),
        ..style(&["NotoSansCJKsc-Bold.T1"], &["texgyreheros-bold"])
    };
    let narrow = TextStyle {
        scale_x: 700,
        tracking: -EM.scale(1, 20),
        ..song()
    };
    let dressed = [song(), large, narrow].map(Arc::new);
    let mut out = String::new();
    for text in copy("mixed").iter().chain(&copy("heads")) {
        for scheme in [Scheme::default(), down(Region::Cn)] {
            let mut paragraph = paragraph(text, song(), para(scheme));
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(5).collect();
            let ends = starts.iter().skip(1).copied().chain([text.len()]);
            paragraph.runs = (starts.iter().zip(ends).enumerate())
                .map(|(nth, (start, end))| TextRun {
                    range: u32::try_from(*start).expect("a short text")
                        ..u32::try_from(end).expect("a short text"),
                    style: Arc::clone(&dressed[nth % 3]),
                })
                .collect();
            let run = shape(&paragraph, &book, cache());
            let _ = writeln!(out, "{}", dump::run(&run, &book));
            let galley = Galley::new(&run, &paragraph.style);
            let lines = galley.break_at(EM * 10);
            let _ = write!(out, "{}", dump::lines(&galley, &lines));
        }
    }
    out
}

/// Text with readings: what it is, base and reading in turn.
type Read<'a> = (&'a str, &'a [(&'a str, &'a str)]);

/// Readings beside their text, and what they ask of its lines (P21, P22).
fn readings() -> String {
    let book = bundled_book();
    let texts: [Read<'_>; 6] = [
        ("云溪的窑在渡口。", &[("窑", "yáo"), ("渡口", "dùkǒu")]),
        (
            "长江桥头长椅",
            &[
                ("长", "cháng"),
                ("江", "jiāng"),
                ("桥", "qiáo"),
                ("头", "tóu"),
            ],
        ),
        ("我们在窗边，床上。", &[("窗", "chuāng"), ("床", "chuáng")]),
        (
            "雲溪的窯在渡口。",
            &[
                ("雲", "ㄩㄣˊ"),
                ("溪", "ㄒㄧ"),
                ("的", "˙ㄉㄜ"),
                ("窯", "ㄧㄠˊ"),
            ],
        ),
        (
            "食伯無字，水。",
            &[
                ("食", "ㄐㄧㄚㆷ"),
                ("伯", "ㄅㄟ˫"),
                ("無", "ㄅㄛˊ"),
                ("水", "ㄗㄨㄧˋ"),
            ],
        ),
        ("字缺A与水", &[("字", "zì𝄞"), ("缺", "ㄑㄩㄝx"), ("水", "")]),
    ];
    let mut out = String::new();
    let sizes = [
        song(),
        TextStyle {
            size: EM.scale(5, 4),
            scale_x: 900,
            ..style(&["NPKai-Regular.T1"], &["texgyreheros-regular"])
        },
    ];
    for (text, read) in texts {
        for dressed in &sizes {
            for scheme in [Scheme::default(), down(Region::Tw)] {
                let mut paragraph = paragraph(text, dressed.clone(), para(scheme));
                paragraph.interlinear = read
                    .iter()
                    .map(|(base, reading)| Interlinear {
                        range: range(text, base),
                        kind: InterlinearKind::Ruby(Arc::new(Ruby {
                            text: (*reading).to_owned(),
                            pieces: Vec::new(),
                        })),
                    })
                    .collect();
                let all = ruby::annotate(&paragraph, &book, cache());
                let _ = writeln!(out, "{text}");
                for annotation in &all {
                    let _ = writeln!(out, "  {}", reading(annotation, &book));
                }
                let run = shape(&paragraph, &book, cache());
                let mut galley = Galley::new(&run, &paragraph.style);
                galley.annotate(&all);
                let _ = writeln!(out, "  {}", dump::galley(&galley));
                let lines = galley.break_at(EM * 5);
                let _ = write!(out, "{}", dump::lines(&galley, &lines));
            }
        }
    }
    out
}

fn reading(annotation: &Annotation, book: &FontBook) -> String {
    let base = &annotation.base;
    let mut out = format!(
        "{}–{} {}",
        base.start,
        base.end,
        dump::run(&annotation.run, book)
    );
    match &annotation.form {
        Form::Above(width) => {
            let _ = write!(out, " | above {}", width.raw());
        }
        Form::Column(cells) => {
            for cell in cells {
                let (rect, origin) = (cell.rect, cell.origin);
                let _ = write!(
                    out,
                    " | {}: {},{} {}×{} from {},{}",
                    cell.cluster,
                    rect.x.raw(),
                    rect.y.raw(),
                    rect.width.raw(),
                    rect.height.raw(),
                    origin.x.raw(),
                    origin.y.raw()
                );
            }
        }
    }
    out
}

/// What is said of lines and faces, each code once, and a report in its forms.
#[test]
fn what_is_said() {
    let mut notes: BTreeMap<&'static str, Diagnostic> = BTreeMap::new();
    let mut keep = |note: &Diagnostic| {
        notes.entry(note.code).or_insert_with(|| note.clone());
    };
    let rules = Scheme {
        force_words: true,
        ..Scheme::default()
    };
    for text in ["marks", "west", "short", "long"]
        .iter()
        .flat_map(|part| copy(part))
    {
        let run = ideal::run(&text, ideal::style(EM));
        for scheme in [&Scheme::default(), &rules] {
            let galley = Galley::new(&run, &para(scheme.clone()));
            for measure in [1, 3, 4, 5, 7, 13] {
                let lines = galley.break_at(EM.half() * measure);
                lines
                    .iter()
                    .flat_map(|line| &line.notes)
                    .for_each(&mut keep);
                let given = |_| EM.half() * measure;
                let fewer = galley.break_within(&given, 0, lines.len().saturating_sub(1));
                let notes = fewer.iter().flatten().flat_map(|line| &line.notes);
                notes.for_each(&mut keep);
            }
        }
    }
    let line: String = notes.values().map(dump::said).collect();
    let dumps: Dumps = vec![
        ("of_lines".to_owned(), line),
        ("of_faces".to_owned(), of_faces()),
        ("report".to_owned(), reports()),
    ];
    judge("said", &dumps);
}

fn of_faces() -> String {
    let book = bundled_book();
    let text = "云溪café🂡与🂡的ａ℉。";
    let dressed = style(
        &["FandolFang-Regular", "NotoSansSC-Regular"],
        &["texgyretermes-regular"],
    );
    let run: Run = shape(
        &paragraph(text, dressed, para(Scheme::default())),
        &book,
        cache(),
    );
    let story: Arc<str> = "夜里的图书馆".into();
    let place = Some(Span::new(SourceId(0), 3, 9));
    let mut said: Vec<Diagnostic> = Vec::new();
    for missing in &run.missing {
        said.push(faces::missing(missing.character, 2, Some(&story), place));
        said.push(faces::missing(missing.character, 1, None, None));
    }
    for fallback in &run.fallbacks {
        said.push(faces::fallback(fallback, Some(&story), None));
        said.push(faces::fallback(fallback, None, place));
    }
    let mut out = String::new();
    for region in [Region::Cn, Region::Tw, Region::Hk] {
        let all: Vec<FaceId> = book.iter().map(|(id, _)| id).chain([FaceId(99)]).collect();
        let without = shape::without_forms(&all, region, &book, cache());
        let names: Vec<&str> = without
            .iter()
            .map(|id| BUNDLED[usize::from(id.0)])
            .collect();
        let _ = writeln!(out, "{region:?} without forms: {}", names.join(", "));
        said.push(faces::without_forms(region, &names, place));
    }
    for note in &said {
        let _ = writeln!(out, "{}{:?}", dump::said(note), note.span);
    }
    out
}

/// A report as text and as JSON, by ideal metrics and by fonts.
fn reports() -> String {
    let book = bundled_book();
    let text = "云溪“夜读”，2026年🂡。\n\nGDP增长5%——好！窯℉\n";
    let mut options = LinesOptions::new(EM * 4);
    options.indent = EM;
    options.scheme.fit = Fit::ShrinkFirst;
    options.align = Align::Center;
    let shaped = |text: &str| {
        let dressed = Arc::new(style(&["FandolFang-Regular", "NotoSerifSC-Regular"], &[]));
        let paragraph = lines_report::paragraph(text, dressed, &Scheme::for_region(Region::Tw));
        shape(&paragraph, &book, cache())
    };
    let mut out = String::new();
    let makers: [&dyn Fn(&str) -> Run; 2] = [&grid_run, &shaped];
    for make in makers {
        for turn in [Turn::Fill, Turn::Sense] {
            options.turn = turn;
            let report = report(text, &options, make).expect("a measure");
            let _ = write!(out, "{}{}", report.to_text(), report.to_json());
            let _ = writeln!(out, "{:?} {:?}", report.missing, report.fallbacks);
        }
    }
    for (measure, indent) in [
        (EM.half(), EM.half()),
        (EM, EM * 2),
        (EM * 1001, EM),
        (EM * 3, -EM),
    ] {
        options.measure = measure;
        options.indent = indent;
        if let Err(refused) = report(text, &options, &grid_run) {
            let _ = write!(out, "{}", dump::said(&refused));
        }
    }
    out
}
