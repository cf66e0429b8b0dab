//! The command line's own words: help and usage errors in one language.
//!
//! Every text of [`super::args`] is written `中文 · English`; here the half
//! that is asked for is taken.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error, builder::StyledStr};

use super::args::Cli;
use super::render::Style;
use crate::base::diag::{Diagnostic, Lang, Severity, Text, in_quotes};

/// How to print what is wrong with a command line that cannot be read.
pub(super) fn style(arguments: &[OsString]) -> Style {
    let said = |word: &str| arguments.iter().any(|argument| argument == word);
    let english = arguments
        .windows(2)
        .any(|pair| pair[0] == "--lang" && pair[1] == "en");
    Style {
        lang: if english || said("--lang=en") {
            Lang::En
        } else {
            Lang::Zh
        },
        json: said("--json"),
        least: Severity::Warning,
    }
}

/// The command line with its help in `lang`.
pub(super) fn command(lang: Lang) -> Command {
    translated(Cli::command(), lang)
}

fn translated(command: Command, lang: Lang) -> Command {
    let (usage, commands) = match lang {
        Lang::Zh => ("用法：", "命令"),
        Lang::En => ("Usage: ", "Commands"),
    };
    let half = |text: Option<&StyledStr>| text.map(|text| one_half(&text.to_string(), lang));
    let about = half(command.get_about()).unwrap_or_default();
    let after = half(command.get_after_help()).unwrap_or_default();
    command
        .about(about)
        .after_help(after)
        .help_template(format!(
            "{{about}}\n\n{usage}{{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading(commands)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|argument| explained(argument, lang))
        .mut_subcommands(|command| translated(command, lang))
}

/// An argument with its help in `lang`, its values and its default named.
fn explained(argument: Arg, lang: Lang) -> Arg {
    let (heading, values, default, comma) = match (lang, argument.is_positional()) {
        (Lang::Zh, true) => ("参数", "可写", "默认", "、"),
        (Lang::Zh, false) => ("选项", "可写", "默认", "、"),
        (Lang::En, true) => ("Arguments", "one of", "default", ", "),
        (Lang::En, false) => ("Options", "one of", "default", ", "),
    };
    let mut help = argument
        .get_help()
        .map(|help| one_half(&help.to_string(), lang))
        .unwrap_or_default();
    let takes_values = argument.get_action().takes_values();
    let possible = argument.get_possible_values();
    if takes_values && !possible.is_empty() {
        let named = possible.iter().map(|value| match value.get_help() {
            Some(help) => format!(
                "{}（{}）",
                value.get_name(),
                one_half(&help.to_string(), lang)
            ),
            None => value.get_name().to_owned(),
        });
        let named = named.collect::<Vec<_>>().join(comma);
        help += &match lang {
            Lang::Zh => format!("。{values} {named}"),
            Lang::En => format!(
                "; {values} {}",
                named.replace('（', " (").replace('）', ")")
            ),
        };
    }
    if let Some(value) = argument
        .get_default_values()
        .first()
        .filter(|_| takes_values)
    {
        help += &format!(" [{default} {}]", value.to_string_lossy());
    }
    argument
        .help(help)
        .help_heading(heading)
        .hide_possible_values(takes_values)
        .hide_default_value(takes_values)
}

/// The half in `lang` of a text written `中文 · English`.
fn one_half(text: &str, lang: Lang) -> String {
    let (zh, en) = text.split_once(" · ").unwrap_or((text, text));
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// What is wrong with a command line, or `None` where help or the version was
/// asked for.
pub(super) fn diagnostic(error: &Error) -> Option<Diagnostic> {
    let message = message(error)?;
    let help = [nearest(error), usage(error)].into_iter().flatten();
    let help: Vec<Text> = help.collect();
    let joined = |lang| {
        let lines: Vec<&str> = help.iter().map(|text| text.get(lang)).collect();
        lines.join("\n")
    };
    let note = Diagnostic::fatal("cli/usage", message.zh, message.en);
    Some(note.help(joined(Lang::Zh), joined(Lang::En)))
}

fn message(error: &Error) -> Option<Text> {
    let said = |kind| words(error, kind).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => Text::new(
            format!("没有{}这个参数", in_quotes(&argument)),
            format!("there is no argument `{argument}`"),
        ),
        ErrorKind::InvalidSubcommand => {
            let command = said(ContextKind::InvalidSubcommand);
            Text::new(
                format!("没有{}这个命令", in_quotes(&command)),
                format!("there is no command `{command}`"),
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => Text::new(
            format!("{argument} 缺少值"),
            format!("{argument} needs a value"),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = error.source().map(ToString::to_string).unwrap_or_default();
            let why = |lang, colon: &str| match one_half(&why, lang) {
                why if why.is_empty() => why,
                why => format!("{colon}{why}"),
            };
            Text::new(
                format!(
                    "{argument} 的值{}不对{}",
                    in_quotes(&value),
                    why(Lang::Zh, "：")
                ),
                format!(
                    "`{value}` is no value for {argument}{}",
                    why(Lang::En, ": ")
                ),
            )
        }
        ErrorKind::MissingRequiredArgument => {
            Text::new(format!("缺少 {argument}"), format!("{argument} is missing"))
        }
        ErrorKind::ArgumentConflict => {
            let other = said(ContextKind::PriorArg);
            if argument == other {
                Text::new(
                    format!("{argument} 只能写一次"),
                    format!("{argument} may be given only once"),
                )
            } else {
                Text::new(
                    format!("{argument} 与 {other} 不能同时用"),
                    format!("{argument} and {other} cannot be used together"),
                )
            }
        }
        _ => Text::new(
            "命令行写法有误",
            format!("the command line cannot be read: {}", error.kind()),
        ),
    })
}

/// The nearest right word, and all that may stand there.
fn nearest(error: &Error) -> Option<Text> {
    let kinds = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let near = kinds.into_iter().find_map(|kind| words(error, kind));
    let near =
        near.map(|near| Text::new(format!("是不是 {near}？"), format!("did you mean {near}?")));
    near.or_else(|| {
        let valid = words(error, ContextKind::ValidValue)?;
        Some(Text::new(
            format!("可写 {valid}"),
            format!("write one of {valid}"),
        ))
    })
}

fn usage(error: &Error) -> Option<Text> {
    let usage = words(error, ContextKind::Usage)?;
    let usage = usage.trim_start_matches("Usage:").trim();
    Some(Text::new(
        format!("用法：{usage}"),
        format!("usage: {usage}"),
    ))
}

/// What the error holds of a kind; nothing where that is empty.
fn words(error: &Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(list) => list.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &str) -> Diagnostic {
        let error = command(Lang::Zh)
            .try_get_matches_from(line.split(' '))
            .expect_err("refused");
        diagnostic(&error).expect("no help")
    }

    #[test]
    fn what_is_wrong_is_said_with_the_nearest_word() {
        let cases = [
            ("banxin bild", "没有“bild”这个命令", "build"),
            (
                "banxin build --laout x",
                "没有“--laout”这个参数",
                "--layout",
            ),
            (
                "banxin build x",
                "缺少 --output <DIR>",
                "用法：banxin build",
            ),
            ("banxin lines --measure", "--measure <N> 缺少值", ""),
            (
                "banxin lines --measure 甲",
                "--measure <N> 的值“甲”不对：",
                "",
            ),
            ("banxin proof x -o y --dpi 10", "“10”不对：要 18 到 600", ""),
            ("banxin completions elv", "“elv”不对", "elvish"),
            ("banxin schema x", "“x”不对", "layout, issue"),
            ("banxin check -q -v x", "不能同时用", "用法"),
            ("banxin check x y", "没有“y”这个参数", ""),
            ("banxin check x “y”", "没有「“y”」这个参数", ""),
        ];
        for (line, message, help) in cases {
            let note = refused(line);
            assert_eq!(note.severity, Severity::Fatal);
            assert!(
                note.message.zh.contains(message),
                "{line}: {}",
                note.message.zh
            );
            let said = note.help.map_or(String::new(), |help| help.zh);
            assert!(said.contains(help), "{line}: {said}");
        }
    }

    #[test]
    fn help_is_in_one_language() {
        let mut all = vec![command(Lang::Zh), command(Lang::En)];
        for command in &mut all {
            command.build();
        }
        let [zh, en] = &mut all[..] else {
            unreachable!()
        };
        let names: Vec<String> = zh
            .get_subcommands()
            .map(|c| c.get_name().to_owned())
            .collect();
        for name in names {
            let shown = |command: &mut Command| {
                let found = command.find_subcommand_mut(&name).expect("a command");
                found.render_help().to_string()
            };
            let (zh, en) = (shown(zh), shown(en));
            assert!(zh.contains("用法：") && !zh.contains("Usage"), "{zh}");
            for word in [" · ", "possible values", "Print help"] {
                assert!(!zh.contains(word), "{zh}");
            }
            let han = en.chars().find(|c| ('\u{4E00}'..='\u{9FFF}').contains(c));
            // `zh` is explained by its own name
            assert!(han.is_none_or(|c| "中文".contains(c)), "{en}");
        }
    }
}
