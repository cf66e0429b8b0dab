//! Any bytes are an article or a refusal.
//!
//! `cargo +nightly fuzz run manuscript`

#![no_main]

#[path = "../checks/manuscript.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
