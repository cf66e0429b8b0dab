//! Any bytes are a layout that makes up a page or a refusal.
//!
//! `cargo +nightly fuzz run layout`

#![no_main]

#[path = "../checks/layout.rs"]
mod check;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::check(bytes));
