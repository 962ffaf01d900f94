//! Writes every generated file of the repository; with `--check`, only says which are stale.

use fedverify_generate::{Output, outputs};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: fedverify-generate [--check]");
            return ExitCode::from(2);
        }
    };
    let stale: Vec<Output> = outputs().into_iter().filter(Output::is_stale).collect();
    for output in &stale {
        if is_check {
            eprintln!("{} is stale: run `make generated`", output.path);
        } else {
            output.write().unwrap_or_else(|error| panic!("{}: {error}", output.path));
            println!("{}", output.path);
        }
    }
    if is_check && !stale.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
