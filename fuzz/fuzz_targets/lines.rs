//! Any bytes are text that is set by the rules.
//!
//! `cargo +nightly fuzz run lines`

#![no_main]

#[path = "../checks/lines.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
