//! The native host of a node of the Plugin Federation Network: one binary, with SQLite and a folder of archives.

mod arguments;
mod blobs;
mod database;
mod fetch;
mod machine;
mod server;
mod worker;

use arguments::{Arguments, Command};
use clap::Parser;
use std::env::VarError;
use std::io::Write;
use std::process::ExitCode;

/// Where the master key is read from: arguments are seen by every process of the machine.
const MASTER_KEY: &str = "MASTER_KEY";

fn main() -> ExitCode {
    let Arguments { command: Command::Serve(serve) } = Arguments::parse();
    let master_key = match std::env::var(MASTER_KEY) {
        Ok(key) => Some(key),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => {
            eprintln!("error: MASTER_KEY is not UTF-8");
            return ExitCode::from(2);
        }
    };
    match server::run(&serve, master_key) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("error: {what}");
            ExitCode::from(2)
        }
    }
}

/// Writes a line of the log. Where nobody reads it any more, the node goes on.
pub(crate) fn log(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}
