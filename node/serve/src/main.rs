//! The native host of a node of the Plugin Federation Network: one binary, with SQLite and a folder of archives.

mod arguments;
mod backup;
mod blobs;
mod bucket;
mod connections;
mod database;
mod exchange;
mod fetch;
mod lock;
mod machine;
mod server;
mod shares;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod turns;
mod unread;
mod worker;

use arguments::{Arguments, Command, Serve};
use clap::Parser;
use std::env::VarError;
use std::io::Write;
use std::process::ExitCode;

/// The variable with the master key. It is no argument: every process of the machine can see those.
const MASTER_KEY: &str = "MASTER_KEY";

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(serve) => run(&serve).map(|()| None),
        Command::Backup(backup) => backup::back_up(&backup).map(Some).map_err(|fault| fault.to_string()),
        Command::Restore(restore) => backup::restore(&restore).map(Some).map_err(|fault| fault.to_string()),
    };
    match done {
        Ok(said) => {
            // Nobody may be reading standard output any more.
            drop(said.map(|said| writeln!(std::io::stdout(), "{said}")));
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!("error: {what}");
            ExitCode::from(2)
        }
    }
}

fn run(serve: &Serve) -> Result<(), String> {
    let master_key = match std::env::var(MASTER_KEY) {
        Ok(key) => Some(key),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => return Err("MASTER_KEY is not UTF-8".to_owned()),
    };
    server::run(serve, master_key)
}

/// Writes a line of the log. Where nobody reads it any more, the node goes on.
pub(crate) fn log(line: &str) {
    drop(writeln!(std::io::stderr(), "{line}"));
}
