//! The command as a process, on real files.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests run the program on real files"
)]

mod bad_input;
mod batch;
mod contract;
mod copy;
mod dummy;
mod fit;
mod inputs;
mod jump;
mod line;
mod plates;
mod preflight;
mod press;
mod readme;
mod same_bytes;
mod spread;
mod text;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs the program in the folder of the package.
fn banxin(args: &[&str]) -> Output {
    banxin_with(args, &[])
}

/// [`banxin`] with environment variables.
fn banxin_with(args: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banxin"))
        .args(args)
        .envs(variables.iter().copied())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program runs")
}

/// An empty folder of this test's own.
fn scratch(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("banxin-{name}-{}", std::process::id()));
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(&dir).expect("a scratch folder");
    dir
}
