//! The `banxin` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// A page is thousands of short-lived vectors on every core at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    banxin::cli::run()
}
