//! The `banxin` command.
fn main() {}
