//! What the command line means: defaults applied, contradictions refused.

use std::path::PathBuf;

use clap_complete::Shell;

use super::args::{
    AlignArg, BatchArgs, BuildArgs, CheckArgs, Cli, Command, DummyArgs, FitArg, Global, InputArgs,
    LangArg, LevelArg, LineEndArg, LinesArgs, MarksArg, MetricsArg, PreflightArg, PressArgs,
    ProfileArg, ProofArgs, RegionArg, SchemaKind, SchemeArg, TurnArg,
};
use super::render::Style;
use crate::base::clreq::{self, Direction, Fit, Level, LineEnd, MarkStyle, Region, Scheme};
use crate::base::diag::{Lang, Severity};
use crate::batch;
use crate::press::condition::PressNames;
use crate::press::proofreading::Care;
use crate::press::{Job, Output, PreflightProfile, Profile, ProofOutput, lines};

/// One run of the program.
#[derive(Debug)]
pub(super) struct Request {
    /// How diagnostics are printed.
    pub(super) style: Style,
    /// No progress.
    pub(super) quiet: bool,
    /// The work.
    pub(super) task: Task,
}

/// The work.
#[derive(Debug)]
pub(super) enum Task {
    Build {
        job: Job,
        output: Output,
        fonts: Vec<PathBuf>,
    },
    Proof {
        job: Job,
        output: ProofOutput,
        fonts: Vec<PathBuf>,
    },
    Check {
        job: Job,
        care: Care,
        fonts: Vec<PathBuf>,
    },
    Dummy {
        /// Name or file of the layout.
        layout: String,
        task: Dummy,
        fonts: Vec<PathBuf>,
    },
    Fit {
        job: Job,
        fonts: Vec<PathBuf>,
    },
    Preflight {
        files: Vec<PathBuf>,
        profile: PreflightProfile,
        report: Option<PathBuf>,
        fonts: Vec<PathBuf>,
    },
    Plates {
        files: Vec<PathBuf>,
        dir: PathBuf,
        dpi: u32,
        icc: Option<PathBuf>,
    },
    Dump {
        job: Job,
        fonts: Vec<PathBuf>,
    },
    Lines(Lines),
    Batch {
        options: batch::Options,
        fonts: Vec<PathBuf>,
    },
    Fonts {
        dirs: Vec<PathBuf>,
    },
    Schema(SchemaKind),
    New {
        /// The folder, or the file of the layout.
        path: PathBuf,
        /// Only a copy of this bundled layout.
        layout: Option<String>,
    },
    Completions(Shell),
}

/// What is done with a dummy.
#[derive(Debug)]
pub(super) enum Dummy {
    /// Drawn into a folder, with a PNG at so many pixels an inch.
    Draw {
        /// The folder.
        dir: PathBuf,
        /// Resolution of the PNG.
        png: Option<u32>,
    },
    /// Printed as JSON.
    Plan,
    /// A layout written from JSON.
    From {
        /// The plan.
        plan: PathBuf,
        /// The layout to write.
        output: PathBuf,
    },
}

/// `lines`, resolved.
#[derive(Debug)]
pub(super) struct Lines {
    /// The file; standard input where there is none.
    pub(super) file: Option<PathBuf>,
    pub(super) request: lines::Request,
    /// Metrics of the fonts instead of the ideal grid.
    pub(super) real: bool,
    pub(super) fonts: Vec<PathBuf>,
    /// One JSON object a typeset line.
    pub(super) json: bool,
}

impl Request {
    /// The meaning of a command line.
    pub(super) fn of(cli: Cli) -> Self {
        let style = style(&cli.global);
        let json = cli.global.json;
        let task = match cli.command {
            Command::Build(args) => build(args),
            Command::Proof(args) => proof(args),
            Command::Check(args) => check(args),
            Command::Dump(args) => {
                let (job, fonts) = job(args);
                Task::Dump { job, fonts }
            }
            Command::Dummy(args) => dummy(args),
            Command::Fit(args) => {
                let (mut job, fonts) = job(args.input);
                job.fit = true;
                Task::Fit { job, fonts }
            }
            Command::Preflight(args) => Task::Preflight {
                files: args.files,
                profile: match args.profile {
                    PreflightArg::NewspaperX4 => PreflightProfile::NewspaperX4,
                    PreflightArg::NewspaperX1a => PreflightProfile::NewspaperX1a,
                    PreflightArg::Magazine => PreflightProfile::Magazine,
                },
                report: args.report,
                fonts: args.fonts.dirs,
            },
            Command::Plates(args) => Task::Plates {
                files: args.files,
                dir: args.output,
                dpi: args.dpi,
                icc: args.icc,
            },
            Command::Lines(args) => Task::Lines(lines(args, json, style.lang)),
            Command::Batch(args) => batch(args),
            Command::Fonts(args) => Task::Fonts { dirs: args.dirs },
            Command::Schema(args) => Task::Schema(args.kind),
            Command::New(args) => Task::New {
                path: args.path,
                layout: args.layout,
            },
            Command::Completions(args) => Task::Completions(args.shell),
        };
        Self {
            style,
            quiet: cli.global.quiet,
            task,
        }
    }
}

fn style(global: &Global) -> Style {
    let least = match (global.quiet, global.verbose) {
        (true, _) => Severity::Error,
        (_, true) => Severity::Info,
        _ => Severity::Warning,
    };
    let lang = match global.lang {
        LangArg::Zh => Lang::Zh,
        LangArg::En => Lang::En,
    };
    Style {
        lang,
        json: global.json,
        least,
    }
}

fn job(args: InputArgs) -> (Job, Vec<PathBuf>) {
    (
        Job {
            input: args.input,
            layout: args.layout,
            fit: false,
        },
        args.fonts.dirs,
    )
}

fn profile(arg: ProfileArg) -> Profile {
    match arg {
        ProfileArg::X4 => Profile::X4,
        ProfileArg::X1a => Profile::X1a,
        ProfileArg::Archive => Profile::Archive,
    }
}

fn names(args: PressArgs) -> PressNames {
    PressNames {
        icc: args.icc,
        condition: args.condition,
    }
}

fn build(args: BuildArgs) -> Task {
    let (mut job, fonts) = job(args.input);
    job.fit = args.fit;
    let output = Output {
        dir: args.output,
        merge: args.merge,
        marks: args.marks,
        manifest: args.manifest,
        profile: profile(args.profile),
        names: names(args.press),
    };
    Task::Build { job, output, fonts }
}

fn dummy(args: DummyArgs) -> Task {
    let output = args.output.unwrap_or_default();
    let task = match (args.from, args.plan) {
        (Some(plan), _) => Dummy::From { plan, output },
        (None, true) => Dummy::Plan,
        (None, false) => Dummy::Draw {
            dir: output,
            png: args.png.then_some(args.dpi),
        },
    };
    Task::Dummy {
        layout: args.layout.unwrap_or_default(),
        task,
        fonts: args.fonts.dirs,
    }
}

fn check(args: CheckArgs) -> Task {
    let (job, fonts) = job(args.input);
    let care = Care {
        region: region(args.region),
        words: args.words,
        fix: args.fix,
    };
    Task::Check { job, care, fonts }
}

fn region(arg: RegionArg) -> Region {
    match arg {
        RegionArg::Cn => Region::Cn,
        RegionArg::Tw => Region::Tw,
        RegionArg::Hk => Region::Hk,
    }
}

fn proof(args: ProofArgs) -> Task {
    let (mut job, fonts) = job(args.input);
    job.fit = args.fit;
    let output = ProofOutput {
        dir: args.output,
        png: args.png.then_some(args.dpi),
        soft: args.soft.then_some(args.dpi),
        plates: args.plates.then_some(args.dpi),
    };
    Task::Proof { job, output, fonts }
}

fn lines(args: LinesArgs, json: bool, lang: Lang) -> Lines {
    let profile = match args.profile {
        SchemeArg::Standard => clreq::Profile::Standard,
        SchemeArg::Narrow => clreq::Profile::Narrow,
        SchemeArg::Auto => lines::profile_of(args.measure),
    };
    let usual = Scheme::for_region(region(args.region)).with_profile(profile);
    let mut scheme = Scheme {
        level: match args.level {
            LevelArg::None => Level::None,
            LevelArg::Basic => Level::Basic,
            LevelArg::Gb => Level::Gb,
            LevelArg::Strict => Level::Strict,
        },
        fit: match args.fit {
            FitArg::ProhibitionOnly => Fit::ProhibitionOnly,
            FitArg::ShrinkFirst => Fit::ShrinkFirst,
        },
        direction: match args.vertical {
            true => Direction::Vertical,
            false => Direction::Horizontal,
        },
        marks: match args.marks {
            MarksArg::Gb => MarkStyle::Gb,
            MarksArg::Full => MarkStyle::Full,
            MarksArg::Kaiming => MarkStyle::Kaiming,
            MarksArg::Half => MarkStyle::Half,
        },
        tight: args.tight,
        hanging: args.hanging,
        gaps_fixed: args.gaps_fixed,
        force_words: args.force_words,
        glue_units: args.glue_units.then_some(true),
        hyphenate: args.hyphenate,
        grid_align: args.grid,
        trim_after_indent: args.trim_after_indent,
        keep_sentence_final: args.keep_sentence_final,
        line_end: match args.line_end {
            Some(LineEndArg::Half) => LineEnd::Half,
            Some(LineEndArg::Full) => LineEnd::Full,
            Some(LineEndArg::Allow) => LineEnd::Allow,
            None => usual.line_end,
        },
        trim_line_start: usual.trim_line_start && !args.keep_line_start,
        runt_minimum: args.runt_minimum.unwrap_or(usual.runt_minimum),
        loose_limit: args.loose_limit.unwrap_or(usual.loose_limit),
        ..usual
    };
    if let Some(most) = args.gap_max {
        scheme.gap_letters.max = most;
        scheme.gap_digits.max = most;
    }
    let request = lines::Request {
        measure: args.measure,
        indent: args.indent,
        align: match args.align {
            AlignArg::Justify => lines::Align::Justify,
            AlignArg::Start => lines::Align::Start,
            AlignArg::Center => lines::Align::Center,
            AlignArg::End => lines::Align::End,
            AlignArg::Even => lines::Align::Even,
        },
        turn: match args.turn {
            TurnArg::Fill => lines::Turn::Fill,
            TurnArg::Sense => lines::Turn::Sense,
        },
        explain: args.explain.then_some(lang),
        scheme,
    };
    Lines {
        file: args.file.filter(|file| file.as_os_str() != "-"),
        request,
        real: matches!(args.metrics, MetricsArg::Fonts),
        fonts: args.fonts.dirs,
        json,
    }
}

fn batch(args: BatchArgs) -> Task {
    let options = batch::Options {
        inputs: args.inputs,
        dir: args.output,
        jobs: args.jobs.map(usize::from),
        resume: args.resume,
        report: args.report,
        merge: args.merge,
        profile: profile(args.profile),
        names: names(args.press),
        layout: args.layout,
    };
    Task::Batch {
        options,
        fonts: args.fonts.dirs,
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn request(line: &str) -> Request {
        Request::of(Cli::try_parse_from(line.split(' ')).unwrap())
    }

    #[test]
    fn a_dash_is_standard_input() {
        for line in ["banxin lines --measure 6.5 -", "banxin lines --measure 6.5"] {
            let Task::Lines(got) = request(line).task else {
                panic!("not lines")
            };
            assert_eq!(got.file, None);
            assert_eq!(Some(got.request.measure), lines::em("6.5"));
            assert_eq!(Some(got.request.indent), lines::em("0"));
        }
    }

    #[test]
    fn l38_settings_of_lines_reach_the_rules() {
        use crate::base::clreq::Em;
        let line = "banxin lines --measure 9 --gap-max 1/3 --gaps-fixed --loose-limit 0.5 \
                    --force-words --trim-after-indent --keep-sentence-final --region tw \
                    --line-end half --keep-line-start --runt-minimum 0";
        let words: Vec<&str> = line.split_whitespace().collect();
        let Task::Lines(got) = Request::of(Cli::try_parse_from(words).unwrap()).task else {
            panic!("not lines")
        };
        let scheme = got.request.scheme;
        assert_eq!(scheme.gap_letters.max, Em::THIRD);
        assert_eq!(scheme.gap_digits.max, Em::THIRD);
        assert_eq!(scheme.loose_limit, Em::HALF);
        assert!(scheme.gaps_fixed && scheme.force_words);
        assert!(scheme.trim_after_indent && scheme.keep_sentence_final);
        assert_eq!(scheme.region, Region::Tw);
        assert_eq!(scheme.line_end, LineEnd::Half);
        assert!(!scheme.trim_line_start);
        assert_eq!(scheme.runt_minimum, 0);
    }

    #[test]
    fn dpi_counts_only_with_png() {
        let Task::Proof { output, .. } = request("banxin proof x -o out --dpi 72").task else {
            panic!("not proof")
        };
        assert_eq!(output.png, None);
    }

    #[test]
    fn quiet_and_verbose_set_what_is_printed() {
        assert_eq!(request("banxin check x").style.least, Severity::Warning);
        assert_eq!(request("banxin check x -q").style.least, Severity::Error);
        assert_eq!(request("banxin check x -v").style.least, Severity::Info);
    }
}
