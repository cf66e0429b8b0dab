//! 印前检查报告: the report of a preflight as a PDF for the files of a print
//! shop.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::bytes::Bytes;
use crate::base::diag::{Diagnostic, Severity};
use crate::base::geom::{Length, Rect, Size};
use crate::compose::shape::ShapeCache;
use crate::makeup::composer::FontComposer;
use crate::page::GlyphRun;
use crate::preflight::{self, Breach, Measures, Profile, ROWS, Survey, Verdict};
use crate::press::manifest::sha256;
use crate::press::report::Report;
use crate::press::{Press, files, platemaking, proofing};
use crate::proof::{self, Checked, Filing, Finding, Sheet};
use crate::write::pdf::{self, Options, OutputCondition, Profile as Rules};

/// Fonts that are named.
const FONTS: usize = 6;

/// Where the reports of files go: with one file the path itself, unless it is
/// a folder; with several `STEM_preflight.pdf` in the folder of that path.
///
/// # Errors
///
/// `press/same-report` where two files would have one report.
fn targets(files: &[PathBuf], to: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    #![allow(
        clippy::disallowed_methods,
        reason = "press must know a folder from a file"
    )]
    if files.len() == 1 && !to.is_dir() {
        // a bare name stands in the folder that is worked in
        let here = to
            .parent()
            .is_none_or(|folder| folder.as_os_str().is_empty());
        let path = if here {
            Path::new(".").join(to)
        } else {
            to.to_owned()
        };
        return Ok(vec![path]);
    }
    let mut known = BTreeSet::new();
    let target = |file: &PathBuf| {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{stem}_preflight.pdf");
        match known.insert(name.clone()) {
            true => Ok(to.join(name)),
            false => Err(same_report(&name)),
        }
    };
    files.iter().map(target).collect()
}

fn same_report(name: &str) -> Diagnostic {
    Diagnostic::fatal(
        "press/same-report",
        format!("几个文件同名，报告都要写成“{name}”"),
        format!("files of one name would all have the report \"{name}\""),
    )
    .help(
        "分几次检查，各用一个文件夹",
        "judge them one by one, each with a folder of its own",
    )
    .word("file", name)
}

/// Judges files, and writes a report of each that can be read; one that cannot
/// stops no other. As [`platemaking::preflight`].
pub fn preflight(press: &Press, paths: &[PathBuf], profile: Profile, to: &Path) -> (usize, Report) {
    let targets = match targets(paths, to) {
        Ok(targets) => targets,
        Err(note) => return (0, Report::of(note)),
    };
    let folder = targets.first().and_then(|target| target.parent());
    if let Some(Err(note)) = folder.map(files::make_folder) {
        return (0, Report::of(note));
    }
    let mut targets = targets.into_iter();
    platemaking::judge(paths, profile, |path, bytes, verdict, report| {
        let Some(target) = targets.next() else { return };
        let (bytes, verdict) = match (bytes, verdict) {
            (Some(bytes), Some(verdict)) => (bytes, verdict),
            _ => {
                report.findings.extend(files::stale(&target));
                return;
            }
        };
        if is_judged(&target, paths) {
            report.findings.push(over_judged(&target));
            return;
        }
        let written = made(press, path, bytes, profile, verdict)
            .and_then(|made| files::write_whole(&target, &made));
        match written {
            Ok(()) => report.files.push(target),
            Err(note) => {
                report.findings.push(note);
                report.findings.extend(files::stale(&target));
            }
        }
    })
}

/// Whether a path is one of the files that are judged, under any name.
fn is_judged(target: &Path, paths: &[PathBuf]) -> bool {
    let input = |path: &PathBuf| files::Input {
        path: path.clone(),
        digest: String::new(),
    };
    let inputs: Vec<files::Input> = paths.iter().map(input).collect();
    files::over_input(target, &inputs).is_some()
}

fn over_judged(target: &Path) -> Diagnostic {
    let name = target.display();
    Diagnostic::fatal(
        "press/over-input",
        format!("“{name}”是要查的文件，不能写成报告"),
        format!("\"{name}\" is judged, and is not overwritten with a report"),
    )
    .help("换一个 --report", "choose another `--report`")
    .word("file", name.to_string())
}

/// The report of a file that was judged.
fn made(
    press: &Press,
    path: &Path,
    bytes: &Bytes,
    profile: Profile,
    verdict: &Verdict,
) -> Result<Vec<u8>, Diagnostic> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let survey = preflight::survey(&name, bytes)?;
    let filing = filing(&name, bytes, profile, verdict, &survey);
    let book = press.fonts();
    let cache = ShapeCache::new();
    let composer = FontComposer {
        book,
        cache: &cache,
    };
    let page = proof::report(
        &filing,
        &|text, size, ink| shown(proofing::lettering(text, size, ink, book, &composer)),
        &|text, size, measure| {
            let lines = proofing::lettering_within(text, size, measure, book, &composer);
            lines.into_iter().map(shown).collect()
        },
    );
    let condition = OutputCondition::newsprint();
    let options = Options {
        profile: Rules::X4(&condition),
        ..Options::default()
    };
    pdf::write(&[page], book, &options).map_err(|note| *note)
}

/// Without what no face has: a name may hold any character.
fn shown(mut runs: Vec<GlyphRun>) -> Vec<GlyphRun> {
    for run in &mut runs {
        run.glyphs.retain(|glyph| glyph.id != 0);
    }
    runs.retain(|run| !run.glyphs.is_empty());
    runs
}

/// What the report says.
fn filing(
    name: &str,
    bytes: &Bytes,
    profile: Profile,
    verdict: &Verdict,
    survey: &Survey,
) -> Filing {
    let breaches = &verdict.breaches;
    let count = |of: &dyn Fn(&Breach) -> bool, severity: Severity| {
        let found = breaches.iter().filter(|breach| of(breach));
        found.filter(|breach| breach.severity == severity).count()
    };
    let counts =
        |of: &dyn Fn(&Breach) -> bool| (count(of, Severity::Error), count(of, Severity::Warning));
    let rows = ROWS.iter().map(|row| Checked {
        row: row.row.to_owned(),
        name: format!("{} {}", row.zh, row.en),
        counts: counts(&|breach| breach.row == row.row),
    });
    let (errors, warnings) = counts(&|_| true);
    let drawn = breaches.iter().find(|breach| breach.edges.is_some());
    let drawn = drawn.map_or(1, |breach| breach.page);
    let page = drawn.checked_sub(1).and_then(|at| survey.pages.get(at));
    Filing {
        title: plain(&format!("印前检查报告 {name}")),
        facts: facts(name, bytes, profile, survey),
        passed: errors == 0,
        counts: (errors, warnings),
        rows: rows.collect(),
        findings: together(breaches)
            .iter()
            .map(|(breach, pages)| finding(breach, pages, survey))
            .collect(),
        sheet: page.map(|page| Sheet {
            page: drawn,
            media: on_trim(page.media, page.trim),
            trim: size(page.trim),
        }),
        foot: concat!(
            "banxin ",
            env!("CARGO_PKG_VERSION"),
            "　位置从成品左上角量起，先左、上，后宽、高　Places are from the top left of the trim: left, top, width × height",
        )
        .to_owned(),
    }
}

fn facts(name: &str, bytes: &Bytes, profile: Profile, survey: &Survey) -> Vec<(String, String)> {
    let data: &[u8] = bytes.as_ref();
    let first = survey.pages.first();
    let sizes = |of: fn(&Measures) -> [f64; 4]| {
        first.map_or_else(none, |page| {
            let all = survey.pages.iter().map(|page| words(of(page)));
            let same = all.collect::<BTreeSet<_>>().len() == 1;
            let more = if same {
                ""
            } else {
                "（各页不一 differing）"
            };
            format!("{}{more}", words(of(page)))
        })
    };
    let most = |of: fn(&Measures) -> Option<f64>| {
        let all = survey.pages.iter().zip(1..);
        let all = all.filter_map(|(page, number)| Some((of(page)?, number)));
        // the first page of several
        all.reduce(|most, one| if one.0 > most.0 { one } else { most })
    };
    let ink = |most: Option<(f64, i32)>| {
        most.map_or_else(none, |(percent, page)| {
            format!("{percent:.0}%（第 {page} 页 page {page}）")
        })
    };
    let version = match (survey.version.as_str(), survey.claim.as_str()) {
        ("", _) => none(),
        (version, "") => version.to_owned(),
        (version, claim) => format!("{version}，{claim}"),
    };
    let images = match survey.ppi {
        Some(ppi) => format!("{}，最低 lowest {ppi:.0} ppi", survey.images),
        None => survey.images.to_string(),
    };
    let condition = match survey.condition.as_str() {
        "" => none(),
        condition => condition.to_owned(),
    };
    let list = [
        ("文件 File", name.to_owned()),
        ("SHA-256", sha256(data)),
        ("页数 Pages", survey.pages.len().to_string()),
        ("成品 Trim", sizes(|page| page.trim)),
        ("纸面 Media", sizes(|page| page.media)),
        ("版本 Version", version),
        ("按 Judged by", profile.name().to_owned()),
        ("印刷条件 Condition", condition),
        ("字体 Fonts", fonts(survey)),
        ("图片 Images", images),
        ("最重一点 Most ink", ink(most(|page| page.heaviest))),
        ("15mm 见方 Square", ink(most(|page| page.square))),
    ];
    let list = list.into_iter();
    list.map(|(label, value)| (label.to_owned(), plain(&value)))
        .collect()
}

fn none() -> String {
    "—".to_owned()
}

/// How many fonts, and the names of the first.
fn fonts(survey: &Survey) -> String {
    let names = survey.fonts.iter().take(FONTS);
    let names: Vec<String> = names
        .map(|(name, embedded)| {
            // six letters that tell the subset say nothing here
            let plain = name.split_once('+').map_or(name.as_str(), |(_, rest)| rest);
            match embedded {
                true => plain.to_owned(),
                false => format!("{plain}（未嵌入 not embedded）"),
            }
        })
        .collect();
    let more = if survey.fonts.len() > FONTS {
        " …"
    } else {
        ""
    };
    match survey.fonts.len() {
        0 => none(),
        count => format!("{count}：{}{more}", names.join("、")),
    }
}

/// Breaches that say the same of several pages, as one of the first of them.
fn together(breaches: &[Breach]) -> Vec<(Breach, Vec<usize>)> {
    let mut out: Vec<(Breach, Vec<usize>)> = Vec::new();
    let mut known = BTreeMap::new();
    for breach in breaches {
        let key = (breach.row, &breach.fact.zh, breach.page == 0);
        match known.get(&key) {
            Some(&at) => {
                let (first, pages): &mut (Breach, Vec<usize>) = &mut out[at];
                first.places += breach.places;
                pages.push(breach.page);
            }
            None => {
                known.insert(key, out.len());
                out.push((breach.clone(), vec![breach.page]));
            }
        }
    }
    out
}

/// Pages in words: one, from one to another, or the first and how many.
fn pages_of(pages: &[usize]) -> String {
    match pages {
        [] | [0] => none(),
        [page] => page.to_string(),
        [first, .., last] if last - first + 1 == pages.len() => format!("{first}–{last}"),
        [first, ..] => format!("{first} +{}", pages.len() - 1),
    }
}

fn finding(breach: &Breach, pages: &[usize], survey: &Survey) -> Finding {
    let page = breach
        .page
        .checked_sub(1)
        .and_then(|at| survey.pages.get(at));
    let place = page.zip(breach.edges);
    let (zh, en) = match breach.places {
        1 => (String::new(), String::new()),
        places => (format!("（{places} 处）"), format!(" ({places} places)")),
    };
    Finding {
        error: breach.severity >= Severity::Error,
        page: breach.page,
        pages: pages_of(pages),
        place: place.map(|(page, edges)| on_trim(edges, page.trim)),
        row: breach.row.to_owned(),
        zh: plain(&format!("{}{zh}。{}。", breach.fact.zh, breach.help.zh)),
        en: plain(&format!(
            "{}{en}. {}.",
            sentence(&breach.fact.en),
            sentence(&breach.help.en)
        )),
    }
}

/// With a capital letter first.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A box of a page from the top left corner of its trim.
fn on_trim([left, bottom, right, top]: [f64; 4], trim: [f64; 4]) -> Rect {
    let (x, y) = (length(left - trim[0]), length(trim[3] - top));
    Rect::new(x, y, length(right - left), length(top - bottom))
}

fn size([left, bottom, right, top]: [f64; 4]) -> Size {
    Size::new(length(right - left), length(top - bottom))
}

/// Points of others as a length; what is no length is none.
fn length(points: f64) -> Length {
    let units = points * Length::UNITS_PER_PT as f64;
    let most = Length::MAX.raw() as f64;
    // a cast takes NaN for zero
    Length::units(units.round().clamp(-most, most) as i64)
}

/// A size in words.
fn words(edges: [f64; 4]) -> String {
    let Size { width, height } = size(edges);
    format!("{:.1} × {:.1} mm", width.to_mm(), height.to_mm())
}

/// What a name or a message of others may bring along is taken for a blank.
fn plain(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(plain).take(400).collect()
}
