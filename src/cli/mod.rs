//! Arguments in, printing and an exit code out. Everything else is done by
//! `press` and `batch`.

mod args;
mod progress;
mod render;
mod request;
mod usage;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::FromArgMatches;
use serde_json::Value;

use self::args::{Cli, SchemaKind};
use self::render::Style;
use self::request::{Dummy, Lines, Request, Task};
use crate::base::diag::{Diagnostic, Lang, Severity, Sources};
use crate::batch;
use crate::press::fitting::Fitted;
use crate::press::lines::Broken;
use crate::press::report::Report;
use crate::press::{
    self, PreflightProfile, Press, dummies, files, filing, platemaking, plating, starter,
};

/// Done, and clean.
const CLEAN: u8 = 0;
/// Done, but with findings that forbid a release.
const FINDINGS: u8 = 1;
/// Could not run.
const FAILED: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let style = usage::style(&arguments);
    let parsed = usage::command(style.lang)
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let Some(note) = usage::diagnostic(&error) else {
                // Help and version are not failures; a closed pipe is neither.
                drop(error.print());
                return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
            };
            return ExitCode::from(fail(note, style));
        }
    };
    let request = Request::of(cli);
    ExitCode::from(done(&request))
}

fn done(request: &Request) -> u8 {
    let style = request.style;
    match &request.task {
        Task::Build { job, output, fonts } => with_press(fonts, style, |press| {
            finish(&press.build(job, output), style)
        }),
        Task::Proof { job, output, fonts } => with_press(fonts, style, |press| {
            finish(&press.proof(job, output), style)
        }),
        Task::Check { job, care, fonts } => {
            with_press(fonts, style, |press| finish(&press.check(job, care), style))
        }
        Task::Dump { job, fonts } => with_press(fonts, style, |press| {
            let (layout, report) = press.dump(job, style.lang);
            let code = finish(&report, style);
            match layout {
                Some(layout) => code.max(print_line(&layout.to_string(), style)),
                None => code,
            }
        }),
        Task::Dummy {
            layout,
            task,
            fonts,
        } => draw(layout, task, fonts, style),
        Task::Fit { job, fonts } => with_press(fonts, style, |press| {
            let (pages, report) = press.fit(job);
            let code = finish(&report, style);
            code.max(print_bytes(fitted(pages, style).as_bytes(), style))
        }),
        Task::Preflight {
            files,
            profile,
            report,
            fonts,
        } => {
            let told = |(pages, report): (usize, Report)| {
                let code = finish(&report, style);
                let line = judged(pages, &report, *profile, style);
                code.max(print_bytes(line.as_bytes(), style))
            };
            match report {
                None => told(platemaking::preflight(files, *profile)),
                Some(to) => with_press(fonts, style, |press| {
                    told(filing::preflight(press, files, *profile, to))
                }),
            }
        }
        Task::Plates {
            files,
            dir,
            dpi,
            icc,
        } => finish(&plating::plates(files, dir, *dpi, icc.clone()), style),
        Task::Lines(lines) => break_lines(lines, style),
        Task::Batch { options, fonts } => with_press(fonts, style, |press| {
            set_batch(press, options, request.quiet, style)
        }),
        Task::Fonts { dirs } => with_press(dirs, style, |press| list_fonts(press, style)),
        Task::Schema(kind) => schema(*kind, style),
        Task::New { path, layout: None } => start(path, style),
        Task::New {
            path,
            layout: Some(name),
        } => match starter::write_layout(name, path) {
            Ok(()) => print_line(&path.display().to_string(), style),
            Err(note) => fail(note, style),
        },
        Task::Completions(shell) => {
            let mut script = Vec::new();
            clap_complete::generate(
                *shell,
                &mut usage::command(style.lang),
                "banxin",
                &mut script,
            );
            print_bytes(&script, style)
        }
    }
}

/// The exit code that the gravest finding means.
fn code(worst: Option<Severity>) -> u8 {
    match worst {
        Some(Severity::Fatal) => FAILED,
        Some(Severity::Error) => FINDINGS,
        Some(Severity::Warning | Severity::Info) | None => CLEAN,
    }
}

/// Opens the press, reports what is wrong with its fonts, and goes on.
fn with_press(fonts: &[std::path::PathBuf], style: Style, work: impl FnOnce(&Press) -> u8) -> u8 {
    let (press, notes) = Press::open(fonts);
    render::print(&notes, &Sources::new(), style);
    let before = code(notes.iter().map(|note| note.severity).max());
    if before == FAILED {
        FAILED
    } else {
        before.max(work(&press))
    }
}

/// Prints what was found; hands out the exit code.
fn finish(report: &Report, style: Style) -> u8 {
    let notes: Vec<Diagnostic> = report.all().cloned().collect();
    render::print(&notes, &report.sources, style);
    let last = [render::tally(&notes, style), render::written(report, style)];
    for line in last.into_iter().flatten() {
        say(&line);
    }
    match code(report.worst()) {
        // pages were written: it could run
        FAILED if report.wrote_a_page() => FINDINGS,
        code => code,
    }
}

fn fail(note: Diagnostic, style: Style) -> u8 {
    let worst = note.severity;
    render::print(&[note], &Sources::new(), style);
    code(Some(worst))
}

/// A line on standard error; nobody listening is no fault.
fn say(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

/// Prints to standard output. A closed pipe is success: the reader has seen
/// what it wanted.
fn print_bytes(bytes: &[u8], style: Style) -> u8 {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => CLEAN,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => CLEAN,
        Err(error) => fail(
            Diagnostic::fatal(
                "cli/stdout",
                format!("写不到标准输出：{error}"),
                format!("cannot write to standard output: {error}"),
            ),
            style,
        ),
    }
}

fn print_line(line: &str, style: Style) -> u8 {
    print_bytes(format!("{line}\n").as_bytes(), style)
}

fn list_fonts(press: &Press, style: Style) -> u8 {
    let book = press.fonts();
    if book.is_empty() {
        let note = Diagnostic::fatal("cli/no-fonts", "没有找到字体", "no fonts were found").help(
            "用 --fonts 指出字体文件夹，或设环境变量 BANXIN_FONTS",
            "name a folder with --fonts, or set BANXIN_FONTS",
        );
        return fail(note, style);
    }
    let mut text = String::new();
    for (_, face) in book.iter() {
        let report = face.report();
        if style.json {
            // A report holds strings and numbers only: it always serialises.
            text += &serde_json::to_string(&report).unwrap_or_default();
        } else {
            let embed = match (report.may_embed, style.lang) {
                (true, _) => "",
                (false, Lang::Zh) => "  不许嵌入",
                (false, Lang::En) => "  may not be embedded",
            };
            let (glyphs, han) = match style.lang {
                Lang::Zh => ("字形", "GB 2312 汉字"),
                Lang::En => ("glyphs", "GB 2312 Han"),
            };
            text += &format!(
                "{}\n  {}  {}  {} {glyphs}  {} {han}{embed}\n  {}",
                report.name,
                report.family,
                report.format,
                report.glyphs,
                report.gb2312,
                report.path
            );
        }
        text.push('\n');
    }
    print_bytes(text.as_bytes(), style)
}

fn draw(layout: &str, task: &Dummy, fonts: &[std::path::PathBuf], style: Style) -> u8 {
    match task {
        Dummy::Draw { dir, png } => with_press(fonts, style, |press| {
            finish(&dummies::draw(press, layout, dir, *png), style)
        }),
        Dummy::Plan => match dummies::plan(layout) {
            Ok(plan) => print_bytes(plan.as_bytes(), style),
            Err(report) => finish(&report, style),
        },
        Dummy::From { plan, output } => match dummies::from_plan(plan, output) {
            Ok(()) => print_line(&output.display().to_string(), style),
            Err(report) => finish(&report, style),
        },
    }
}

/// The table of `fit`: as text, or a JSON object a page.
fn fitted(pages: Vec<Fitted>, style: Style) -> String {
    let pages = pages.into_iter().map(|page| page.in_lang(style.lang));
    pages
        .map(|page| match style.json {
            // strings and numbers only: it always serialises
            true => serde_json::to_string(&page).unwrap_or_default() + "\n",
            false => page.to_text(style.lang),
        })
        .collect()
}

/// What a preflight came to: a line, or a JSON object.
fn judged(pages: usize, report: &Report, profile: PreflightProfile, style: Style) -> String {
    let passed = report.worst() < Some(Severity::Error);
    let name = profile.name();
    if style.json {
        let told = serde_json::json!({ "profile": name, "pages": pages, "passed": passed });
        return format!("{told}\n");
    }
    match (style.lang, passed) {
        (Lang::Zh, true) => format!("印前检查（{name}）：{pages} 页，可以制版\n"),
        (Lang::Zh, false) => format!("印前检查（{name}）：{pages} 页，不能制版\n"),
        (Lang::En, true) => format!("preflight ({name}): {pages} pages, ready for plates\n"),
        (Lang::En, false) => format!("preflight ({name}): {pages} pages, not to be plated\n"),
    }
}

fn schema(kind: SchemaKind, style: Style) -> u8 {
    let text = match kind {
        SchemaKind::Layout => press::layout_schema(),
        SchemaKind::Issue => press::issue_schema(),
    };
    print_line(&text, style)
}

fn start(dir: &Path, style: Style) -> u8 {
    match starter::write(dir) {
        Ok(paths) => {
            let shown = dir.display();
            let mut text = String::new();
            for path in paths {
                text += &format!("{}\n", path.display());
            }
            text += &match style.lang {
                Lang::Zh => format!("接下来：banxin build {shown} -o {shown}/out\n"),
                Lang::En => format!("next: banxin build {shown} -o {shown}/out\n"),
            };
            print_bytes(text.as_bytes(), style)
        }
        Err(note) => fail(note, style),
    }
}

fn break_lines(lines: &Lines, style: Style) -> u8 {
    let (name, bytes) = match &lines.file {
        Some(path) => (
            path.display().to_string(),
            files::read(path, files::MAX_LINES),
        ),
        None => {
            let bytes = files::read_stream(io::stdin().lock(), "-", files::MAX_LINES);
            ("-".to_owned(), bytes)
        }
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(note) => return fail(note, style),
    };
    let broken = |broken: Result<Broken, Diagnostic>| match broken {
        Ok(broken) => {
            render::print(&broken.notes, &broken.sources, style);
            let worst = broken.notes.iter().map(|note| note.severity).max();
            code(worst).max(print_bytes(broken.text.as_bytes(), style))
        }
        Err(note) => fail(note, style),
    };
    if lines.real {
        return with_press(&lines.fonts, style, |press| {
            broken(press.lines(&name, &bytes, &lines.request, lines.json))
        });
    }
    broken(press::lines::by_grid(
        &name,
        &bytes,
        &lines.request,
        lines.json,
    ))
}

fn set_batch(press: &Press, options: &batch::Options, quiet: bool, style: Style) -> u8 {
    let watch = progress::Progress::new(style, quiet);
    let summary = batch::run(press, options, &watch);
    watch.end();
    render::print(&summary.findings, &Sources::new(), style);
    if !quiet && !style.json {
        let (issues, pages, skipped) = (summary.issues, summary.pages, summary.skipped);
        say(&match style.lang {
            Lang::Zh => format!("排了 {issues} 期 {pages} 版，跳过已排完的 {skipped} 期"),
            Lang::En => format!("{issues} issues, {pages} pages; {skipped} issues passed over"),
        });
    }
    let own = code(summary.findings.iter().map(|note| note.severity).max());
    own.max(code(summary.worst))
}

/// A finding as the JSON object of a report.
fn object(note: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    render::object(note, sources, lang)
}
