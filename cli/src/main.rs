//! The `fedverify` command.
fn main() {}
