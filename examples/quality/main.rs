//! Optimal breaking beside first fit, on whole corpora: `docs/quality.md`.
//!
//! `cargo run --release --example quality -- [FILE…]` sets each file, one
//! paragraph a line, at five measures by the newspaper rules and ideal
//! metrics, and prints a table of what a reader would mark. Without a file it
//! sets prose of its own grammar; `--prose` prints that prose.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads its files and prints its table"
)]

mod count;
mod prose;

use std::env;
use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use banxin::base::clreq::Scheme;
use banxin::base::geom::Length;
use banxin::compose::Galley;
use banxin::compose::lines_report::{EM, grid_run};
use banxin::story::{Align, ParaStyle, Placement, Turn};

use count::Count;

/// The measures of newspaper columns and of re-columned blocks, in em.
const MEASURES: [i64; 5] = [11, 13, 17, 20, 27];
/// Characters of the prose of the own grammar.
const OWN: usize = 220_000;
/// Its seed.
const SEED: u64 = 20_261_124;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments == ["--prose"] {
        print!("{}", prose::generate(SEED, OWN));
        return ExitCode::SUCCESS;
    }
    if arguments.is_empty() {
        report("own grammar", &prose::generate(SEED, OWN));
    }
    for path in &arguments {
        match fs::read_to_string(path) {
            Ok(text) => report(path, &text),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// The paragraphs of a text: its lines of running text, indents dropped.
fn paragraphs(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    let runs = |line: &&str| line.contains(['。', '！', '？', '，', '：', '；']);
    lines.filter(runs).collect()
}

fn style() -> ParaStyle {
    ParaStyle {
        align: Align::Justify,
        turn: Turn::Fill,
        indent: EM * 2,
        start: Length::ZERO,
        end: Length::ZERO,
        size: EM,
        pitch: EM,
        scheme: Arc::new(Scheme::default()),
        placement: Placement::Lines,
        keep_next: 0,
        before: 0,
        casts: [].into(),
    }
}

fn report(name: &str, text: &str) {
    let paragraphs = paragraphs(text);
    let characters: usize = paragraphs.iter().map(|line| line.chars().count()).sum();
    println!(
        "{name}: {} paragraphs, {characters} characters\n",
        paragraphs.len()
    );
    println!(
        "| Measure | Breaker | Lines | Prohibited | Loose | Runts | Broken | Squeezed | Mean opening |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let style = style();
    let galleys: Vec<Galley> = paragraphs
        .iter()
        .map(|text| Galley::new(&grid_run(text), &style))
        .collect();
    for em in MEASURES {
        let mut optimum = Count::default();
        let mut first_fit = Count::default();
        for (galley, text) in galleys.iter().zip(&paragraphs) {
            optimum.add(text, &galley.break_at(EM * em));
            first_fit.add(text, &galley.break_by_first_fit(EM * em));
        }
        println!("| {em} | optimum | {optimum} |");
        println!("| | first fit | {first_fit} |");
    }
    println!();
}
