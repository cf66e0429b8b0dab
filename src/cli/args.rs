//! What was typed: the command line, word for word.
//!
//! Nothing is decided here; [`super::request`] says what it means. Help is
//! Chinese first, English beside it.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::base::clreq::Em;
use crate::base::geom::Length;
use crate::press::lines;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "banxin",
    version,
    propagate_version = true,
    disable_help_flag = true,
    disable_version_flag = true,
    about = "版心：从稿件和版样到可以付印的报纸 PDF · Chinese newspaper pages, from copy to press",
    after_help = "退出码：0 完成，没有差错；1 完成，但有不能付印的差错（过版、缺字……）；2 不能运行 · \
                  Exit codes: 0 done and clean; 1 done, with findings that forbid a release \
                  (overset, missing characters, …); 2 could not run",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// 诊断写成 JSON，每行一条，写到标准错误 · Diagnostics as JSON lines on standard error
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// 诊断的语言 · Language of the diagnostics
    #[arg(long, global = true, value_enum, default_value_t = LangArg::Zh)]
    pub(super) lang: LangArg,
    /// 只报差错，不报警告，不显进度 · Errors only: no warnings, no progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// 提示也报（例如每一处规范化） · Notes too, such as each normalised character
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    /// 显示这份说明 · Show this help
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub(super) help: Option<bool>,
    /// 显示版本号 · Show the version
    #[arg(short = 'V', long, global = true, action = ArgAction::Version)]
    pub(super) version: Option<bool>,
}

/// The two languages.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LangArg {
    /// 中文
    Zh,
    /// English
    En,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 排版并写出 PDF，每版一个文件 · Set an issue and write one PDF per page
    Build(BuildArgs),
    /// 写出带校样标记的大样：网格、行号、过版 · Write marked proofs: grid, line numbers, overset
    Proof(ProofArgs),
    /// 只检查，不出版：报出 build 会报的一切，并校对稿件 · Report everything build would, and proofread the copy
    Check(CheckArgs),
    /// 把排好的版写成一个 JSON 对象 · Print the layout as one JSON object
    Dump(InputArgs),
    /// 把每一行输入当作一段，按行宽折行 · Break each line of input, a paragraph, at a measure
    Lines(LinesArgs),
    /// 凑版：估行数，把过版的稿件凑进版位，说明怎么凑的；什么也不写 · Make long stories fit and tell how; writes nothing
    Fit(FitArgs),
    /// 版样：没有稿件时先画出版面，或由 JSON 的版样写出版式 · A dummy: draw a layout before there is copy, or write one from a plan in JSON
    Dummy(DummyArgs),
    /// 印前检查：逐条核对 PDF 能不能制版，谁排的都行 · Judge finished PDFs before they are plated, whoever made them
    Preflight(PreflightArgs),
    /// 分色版、软打样和墨量图，谁排的 PDF 都行 · Plates, soft proof and map of ink of any PDF
    Plates(PlatesArgs),
    /// 成批排版：多期报纸，可续作 · Many issues, restartable
    Batch(BatchArgs),
    /// 列出找到的字体 · List the fonts and where they were found
    Fonts(FontArgs),
    /// 打印版式或期文件的 JSON Schema · Print the JSON schema of a layout or issue file
    Schema(SchemaArgs),
    /// 新建一期：写出一个可以直接排的起步文件夹 · Write a starter folder for an issue
    New(NewArgs),
    /// 打印命令补全脚本 · Print a shell completion script
    Completions(CompletionArgs),
}

/// What to set.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// 含 issue.toml 的文件夹、该文件本身，或一篇稿件 · A folder with issue.toml, that file, or one article
    #[arg(value_name = "ISSUE", value_hint = ValueHint::AnyPath)]
    pub(super) input: PathBuf,
    /// 单篇稿件用的版式 [默认 broadsheet] · The layout for a single article [default broadsheet]
    #[arg(long, value_name = "NAME")]
    pub(super) layout: Option<String>,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 把不会改变意思的改动写进稿件 · Write into the articles what cannot change their meaning
    #[arg(long)]
    pub(super) fix: bool,
    /// 易错词表，每行“误 正”，可多次给出 · A list of wrong words, "wrong right" a line; may be given more than once
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) words: Vec<PathBuf>,
    /// 标点和用字的地区习惯 · Whose punctuation and characters
    #[arg(long, value_enum, default_value_t = RegionArg::Cn)]
    pub(super) region: RegionArg,
}

/// `fit`.
#[derive(Debug, Args)]
pub(super) struct FitArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
}

/// `dummy`.
#[derive(Debug, Args)]
pub(super) struct DummyArgs {
    /// 版式的名字或文件 · A layout, by name or file
    #[arg(value_name = "LAYOUT", required_unless_present = "from", value_hint = ValueHint::FilePath)]
    pub(super) layout: Option<String>,
    /// 写到哪个文件夹；--from 时是版式文件 · The folder to write to; with --from the layout file
    #[arg(short, long, value_name = "PATH", required_unless_present = "plan", value_hint = ValueHint::AnyPath)]
    pub(super) output: Option<PathBuf>,
    /// 另写 PNG · Also write a PNG
    #[arg(long)]
    pub(super) png: bool,
    /// PNG 的分辨率 · Resolution of the PNG
    #[arg(long, default_value_t = 100, value_parser = dpi)]
    pub(super) dpi: u32,
    /// 把版样打成 JSON · Print the plan as JSON
    #[arg(long, conflicts_with = "from")]
    pub(super) plan: bool,
    /// 由这个 JSON 的版样写出版式 · Write a layout from this plan in JSON
    #[arg(long, value_name = "FILE", conflicts_with = "layout", value_hint = ValueHint::FilePath)]
    pub(super) from: Option<PathBuf>,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// Where to look for fonts first.
#[derive(Debug, Args)]
pub(super) struct FontArgs {
    /// 先在此文件夹找字体，可多次给出 · Look for fonts here first; may be given more than once
    #[arg(long = "fonts", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) dirs: Vec<PathBuf>,
}

/// `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 写到哪个文件夹 · Where to write
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// 另写一个合订的 PDF · Also write one PDF of the whole issue
    #[arg(long)]
    pub(super) merge: bool,
    /// 凑版：过版的稿件照版式 [fit] 的限度凑进版位 · Make long stories fit, within the limits of the layout's [fit]
    #[arg(long)]
    pub(super) fit: bool,
    /// 另写一份清单：每个文件的名字、字节数和 SHA-256 · Also a manifest: name, bytes and SHA-256 of each file
    #[arg(long)]
    pub(super) manifest: bool,
    /// 加裁切线、套准线、色标和版面信息 · Crop and registration marks, colour bar and slug
    #[arg(long)]
    pub(super) marks: bool,
    /// PDF 的规格 · What the PDF is for
    #[arg(long, value_enum, default_value_t = ProfileArg::X4)]
    pub(super) profile: ProfileArg,
    #[command(flatten)]
    pub(super) press: PressArgs,
}

/// What the pages are printed on and with.
#[derive(Debug, Args)]
pub(super) struct PressArgs {
    /// 印厂的 ICC 特性文件（CMYK）[默认：期文件里的，或自带的新闻纸] · The printer's ICC profile (CMYK) [default: that of the issue file, or newsprint]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(super) icc: Option<PathBuf>,
    /// 印刷条件的注册名，如 IFRA26 · Registered name of the printing condition, such as IFRA26
    #[arg(long, value_name = "NAME")]
    pub(super) condition: Option<String>,
}

/// What a PDF is for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ProfileArg {
    /// PDF/X-4，付印 · PDF/X-4, for the press
    X4,
    /// PDF/X-1a，老的制版流程 · PDF/X-1a, for older plate makers
    X1a,
    /// PDF/A，存档 · PDF/A, for the archive
    Archive,
}

/// `preflight`.
#[derive(Debug, Args)]
pub(super) struct PreflightArgs {
    /// 要查的 PDF · The PDFs to judge
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// 按什么查 · What to judge by
    #[arg(long, value_enum, default_value_t = PreflightArg::NewspaperX4)]
    pub(super) profile: PreflightArg,
    /// 另写一页报告；查几个文件时是文件夹 · Also write a report of one page; of several files, a folder
    #[arg(long, value_name = "PDF", value_hint = ValueHint::AnyPath)]
    pub(super) report: Option<PathBuf>,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// What a preflight judges by.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PreflightArg {
    /// 报纸，PDF/X-4 · Newspapers, PDF/X-4
    #[value(name = "newspaper-x4")]
    NewspaperX4,
    /// 报纸，PDF/X-1a · Newspapers, PDF/X-1a
    #[value(name = "newspaper-x1a")]
    NewspaperX1a,
    /// 杂志，PDF/X-4 · Magazines, PDF/X-4
    Magazine,
}

/// `proof`.
#[derive(Debug, Args)]
pub(super) struct ProofArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 写到哪个文件夹 · Where to write
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// 凑版：过版的稿件照版式 [fit] 的限度凑进版位 · Make long stories fit, within the limits of the layout's [fit]
    #[arg(long)]
    pub(super) fit: bool,
    /// 另写每版的 PNG · Also write a PNG of each page
    #[arg(long)]
    pub(super) png: bool,
    /// 软打样：纸和墨印出来的样子 · Soft proof: what it will look like on the paper
    #[arg(long)]
    pub(super) soft: bool,
    /// 另写 C、M、Y、K 各版和墨量图 · Also the plates C, M, Y, K and a map of ink
    #[arg(long)]
    pub(super) plates: bool,
    /// PNG 的分辨率 · Resolution of the PNG
    #[arg(long, default_value_t = 150, value_parser = dpi)]
    pub(super) dpi: u32,
}

/// `plates`.
#[derive(Debug, Args)]
pub(super) struct PlatesArgs {
    /// 要看的 PDF · The PDFs to look at
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// 写到哪个文件夹 · Where to write
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// 分辨率 · Resolution
    #[arg(long, default_value_t = 100, value_parser = dpi)]
    pub(super) dpi: u32,
    /// 印厂的 ICC 特性文件（CMYK）[默认：自带的新闻纸] · The printer's ICC profile (CMYK) [default: newsprint]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub(super) icc: Option<PathBuf>,
}

/// `lines`.
#[derive(Debug, Args)]
pub(super) struct LinesArgs {
    /// 行宽，以字（em）计 · The measure in em
    #[arg(long, value_name = "N", value_parser = em)]
    pub(super) measure: Length,
    /// 禁则等级 · Level of the prohibitions
    #[arg(long, value_enum, default_value_t = LevelArg::Gb)]
    pub(super) level: LevelArg,
    /// 标点何时挤压 · When punctuation is squeezed
    #[arg(long, value_enum, default_value_t = FitArg::ProhibitionOnly)]
    pub(super) fit: FitArg,
    /// 段首缩进，以字计 · First-line indent in em
    #[arg(long, value_name = "N", default_value = "0", value_parser = em, allow_hyphen_values = true)]
    pub(super) indent: Length,
    /// 标点的地区习惯 · Whose punctuation
    #[arg(long, value_enum, default_value_t = RegionArg::Cn)]
    pub(super) region: RegionArg,
    /// 直排：行自上而下，由右至左 · Vertical setting: down the line, lines from right to left
    #[arg(long)]
    pub(super) vertical: bool,
    /// 标点风格 · Style of punctuation
    #[arg(long, value_enum, default_value_t = MarksArg::Gb)]
    pub(super) marks: MarksArg,
    /// 紧式：相邻的点号、后引号与前引号合占一字 · Tight: such a pair of marks takes one em
    #[arg(long)]
    pub(super) tight: bool,
    /// 行尾的点号、后引号占多少 [默认：大陆 half，台港 full] · What such marks take at a line's end [default: half in the mainland, full elsewhere]
    #[arg(long, value_enum)]
    pub(super) line_end: Option<LineEndArg>,
    /// 行首的前引号、前括号保留左空 · Keep the blank of an opening mark at a line's start
    #[arg(long)]
    pub(super) keep_line_start: bool,
    /// 段末一行至少几字 [默认 2] · Least characters of a paragraph's last line [default 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=9))]
    pub(super) runt_minimum: Option<u8>,
    /// 行尾标点悬挂 · Hang punctuation at line ends
    #[arg(long)]
    pub(super) hanging: bool,
    /// 中西间距不伸不缩 · Keep the gaps between Han and Western text as they are
    #[arg(long)]
    pub(super) gaps_fixed: bool,
    /// 中西间距最宽几字，如 1/3 [默认 1/2] · Widest such gap in em, such as 1/3 [default 1/2]
    #[arg(long, value_name = "N", value_parser = gap_max)]
    pub(super) gap_max: Option<Em>,
    /// 字距拉开多少算过松 [默认 1/4] · A gap opened beyond this is loose [default 1/4]
    #[arg(long, value_name = "N", value_parser = part)]
    pub(super) loose_limit: Option<Em>,
    /// 不得已时西文词可在任何处折断 · Break Western words anywhere as a last resort
    #[arg(long)]
    pub(super) force_words: bool,
    /// 段首缩进后的开引号、开括号也去掉左空 · Trim an opening mark behind the indent too
    #[arg(long)]
    pub(super) trim_after_indent: bool,
    /// 行内的 。？！ 不挤压 · Never squeeze 。？！ inside a line
    #[arg(long)]
    pub(super) keep_sentence_final: bool,
    /// 数字和后面的“年、万元”等单位不分开 · Keep numbers and Han units together
    #[arg(long)]
    pub(super) glue_units: bool,
    /// 西文词按音节断开，加连字符 · Part Western words at syllables, with a hyphen
    #[arg(long)]
    pub(super) hyphenate: bool,
    /// 纵横对齐：汉字上格，西文补足整字 · Align to a grid of characters; pad Western text to whole em
    #[arg(long)]
    pub(super) grid: bool,
    /// 成套的规则；auto：15 字以内用 narrow · A set of rules; auto: narrow up to 15 em
    #[arg(long, value_enum, default_value_t = SchemeArg::Standard)]
    pub(super) profile: SchemeArg,
    /// 在哪里转行 · Where lines turn
    #[arg(long, value_enum, default_value_t = TurnArg::Fill)]
    pub(super) turn: TurnArg,
    /// 行的对齐 · How lines are aligned
    #[arg(long, value_enum, default_value_t = AlignArg::Justify)]
    pub(super) align: AlignArg,
    /// 说明每行为何在此折行，挤了什么，拉了什么 · Say why each line breaks there, and what was squeezed or opened
    #[arg(long)]
    pub(super) explain: bool,
    /// 用理想网格的字幅，还是真字体的 · Ideal grid metrics, or those of the fonts
    #[arg(long, value_enum, default_value_t = MetricsArg::Grid)]
    pub(super) metrics: MetricsArg,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
    /// 文本文件；- 或不给：标准输入 · A text file; - or nothing: standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: Option<PathBuf>,
}

/// Levels of the line-start and line-end prohibitions.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LevelArg {
    /// 不管 · none
    None,
    /// 基本 · basic
    Basic,
    /// 国标 · GB
    Gb,
    /// 严格 · strict
    Strict,
}

/// Styles of punctuation.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MarksArg {
    /// 国标 · GB/T 15834
    Gb,
    /// 全角式 · one em each
    Full,
    /// 开明式 · one em for 。！？, half an em for the others
    Kaiming,
    /// 半角式 · half an em each
    Half,
}

/// What a mark takes at a line's end.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LineEndArg {
    /// 半字 · half an em
    Half,
    /// 一字，不得已才挤 · one em, squeezed in the mark's own turn
    Full,
    /// 一字，最先挤 · one em, the first to give way
    Allow,
}

/// When marks are squeezed.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum FitArg {
    /// 只为禁则 · only to satisfy a prohibition
    ProhibitionOnly,
    /// 先挤后伸 · shrink before stretching
    ShrinkFirst,
}

/// Regions.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RegionArg {
    /// 大陆 · the mainland
    Cn,
    /// 台湾 · Taiwan
    Tw,
    /// 香港 · Hong Kong
    Hk,
}

/// Sets of rules.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemeArg {
    /// 报纸通例 · the newspaper default
    Standard,
    /// 窄栏：数字紧排 · narrow columns: digits set tight
    Narrow,
    /// 看行宽 · by the measure
    Auto,
}

/// Where lines turn.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum TurnArg {
    /// 排满，正文 · filled: running text
    Fill,
    /// 按意思，标题 · by sense: headlines
    Sense,
}

/// Alignments.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AlignArg {
    /// 头尾对齐 · justified
    Justify,
    /// 居首 · at the start
    Start,
    /// 居中 · centred
    Center,
    /// 居尾 · at the end
    End,
    /// 均排 · spread evenly
    Even,
}

/// Where advances come from.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MetricsArg {
    /// 理想网格 · the ideal grid
    Grid,
    /// 真字体 · the fonts
    Fonts,
}

/// `batch`.
#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    /// 期文件夹，或装着许多期的文件夹 · Issue folders, or folders that hold many
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// 写到哪个文件夹 · Where to write
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// 同时排几期 [默认：用上所有核] · How many at once [default: all cores]
    #[arg(short = 'j', long, value_name = "N", value_parser = jobs)]
    pub(super) jobs: Option<u16>,
    /// 跳过报告里排完、没有差错、稿件未变的期 · Skip issues that are done, clean and unchanged
    #[arg(long, requires = "report")]
    pub(super) resume: bool,
    /// 报告文件，每版一行 JSON；已有的不覆盖 · Report: one JSON object a page; none is overwritten
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) report: Option<PathBuf>,
    /// 另写合订的 PDF · Also write one PDF per issue
    #[arg(long)]
    pub(super) merge: bool,
    /// PDF 的规格 · What the PDF is for
    #[arg(long, value_enum, default_value_t = ProfileArg::X4)]
    pub(super) profile: ProfileArg,
    #[command(flatten)]
    pub(super) press: PressArgs,
    /// 单篇稿件用的版式 · The layout for single articles
    #[arg(long, value_name = "NAME")]
    pub(super) layout: Option<String>,
    #[command(flatten)]
    pub(super) fonts: FontArgs,
}

/// `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// 哪一种文件 · Which kind of file
    #[arg(value_enum)]
    pub(super) kind: SchemaKind,
}

/// Kinds of files with a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaKind {
    /// 版式 · layouts/*.toml
    Layout,
    /// 期文件 · issue.toml
    Issue,
}

/// `new`.
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// 新文件夹；有 --layout 时是新文件 · The folder to make; with --layout the file
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(super) path: PathBuf,
    /// 不建文件夹，写出一个自带版式供修改 · Write a copy of a bundled layout to edit instead
    #[arg(long, value_name = "NAME")]
    pub(super) layout: Option<String>,
}

/// `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionArgs {
    /// 哪种 shell · Which shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

/// Reads a number of em: `6`, `6.5`, `0.125`.
fn em(text: &str) -> Result<Length, String> {
    lines::em(text).ok_or_else(|| {
        "要一个数，以字计，如 13 或 6.5 · a number of em such as 13 or 6.5 is needed".to_owned()
    })
}

/// Reads a part of an em: `1/3`, `0.25`.
fn part(text: &str) -> Result<Em, String> {
    lines::part(text).ok_or_else(|| {
        "要 0 到 4 字，如 1/4 或 0.3 · from 0 to 4 em is needed, such as 1/4 or 0.3".to_owned()
    })
}

/// The cap of the Han–Western gaps: from the width they have to one em.
fn gap_max(text: &str) -> Result<Em, String> {
    lines::part(text)
        .filter(|most| (Em::QUARTER..=Em::ONE).contains(most))
        .ok_or_else(|| {
            "要 1/4 到 1 字，如 1/3 · from 1/4 to 1 em is needed, such as 1/3".to_owned()
        })
}

fn dpi(text: &str) -> Result<u32, String> {
    within(text, 18, 600)
}

fn jobs(text: &str) -> Result<u16, String> {
    within(text, 1, 1024)
}

/// Reads a whole number from `least` to `most`.
fn within<N: FromStr + PartialOrd + Display>(text: &str, least: N, most: N) -> Result<N, String> {
    let number = text.parse().ok();
    number
        .filter(|number| (&least..=&most).contains(&number))
        .ok_or_else(|| {
            format!("要 {least} 到 {most} 的整数 · a whole number from {least} to {most} is needed")
        })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn numbers_of_em_are_read() {
        assert!(em("6.5").is_ok());
        for wrong in ["", "1e3", "甲", "."] {
            assert!(em(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_flags_of_lines_are_those_of_the_contract() {
        let line = "banxin lines --measure 13 --level gb --fit shrink_first --indent 2 --region cn \
                    --vertical --hanging --metrics fonts --gaps-fixed --gap-max 1/3 \
                    --loose-limit 0.3 --force-words --trim-after-indent \
                    --keep-sentence-final --json -";
        assert!(Cli::try_parse_from(line.split(' ')).is_ok());
        assert!(
            Cli::try_parse_from(["banxin", "lines"]).is_err(),
            "a measure is needed"
        );
        for most in ["0.1", "2", "1/0", "-1"] {
            let line = ["banxin", "lines", "--measure", "6", "--gap-max", most];
            assert!(Cli::try_parse_from(line).is_err(), "{most}");
        }
    }
}
