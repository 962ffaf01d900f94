//! Writes the conformance corpus and the examples.

use fedverify_kit::disk::{apply, differences, project_root};
use fedverify_kit::{FOLDERS, KEPT, generated};
use std::process::ExitCode;

const USAGE: &str = "usage: fedverify-kit generate [--check]

Writes tests/corpus and examples. With --check it writes nothing, prints what differs, and exits with 1 if anything does.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate"] => false,
        ["generate", "--check"] => true,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match generate(check) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("fedverify-kit: {error}");
            ExitCode::from(2)
        }
    }
}

fn generate(check: bool) -> std::io::Result<ExitCode> {
    let (root, tree) = (project_root(), generated());
    let found = differences(&root, &tree, &FOLDERS, &KEPT)?;
    for difference in &found {
        println!("{difference}");
    }
    if check {
        return Ok(ExitCode::from(u8::from(!found.is_empty())));
    }
    apply(&root, &tree, &found)?;
    eprintln!("{} files, {} written or removed", tree.len(), found.len());
    Ok(ExitCode::SUCCESS)
}
