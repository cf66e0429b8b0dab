//! The `banxin` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    banxin::cli::run()
}
