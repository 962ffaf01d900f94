//! The `fedverify` command: files in, a report out, and an exit status that says how it ended.

mod arguments;
mod clock;
mod commands;
mod directories;
mod download;
mod history;
mod input;
mod job;
mod manual;
mod memory;
mod pin_store;
mod progress;
mod terminal;
mod text;

use arguments::{Arguments, Command, LogCommand, PackageCommand, PfnCommand, Steps};
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser};
use fedverify::tables::Verdict;
use fedverify::{Limits, Report};
use std::io::{self, Write};
use std::process::ExitCode;

/// Something was judged and refused.
const REJECTED: u8 = 1;
/// Nothing could be judged. clap exits with the same status for wrong usage.
const UNDETERMINED: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(error),
    };
    arguments.common.output.color().write_global();
    run(&arguments).unwrap_or_else(|error| failed(&error))
}

/// Does what the command says, and tells how it ended.
fn run(arguments: &Arguments) -> io::Result<ExitCode> {
    let output = &arguments.common.output;
    let (as_json, mut steps) = (output.json, output.steps());
    let limits = limits(arguments);
    let report = match &arguments.command {
        Command::Verify(verify) => commands::verify(verify, &limits),
        Command::Log(LogCommand::Verify(log)) => commands::verify_log(log, &limits, as_json),
        Command::Log(LogCommand::Show(show)) => {
            let report = commands::show_log(show, &limits, as_json)?;
            // The history says more than the steps that prove it.
            let is_shown = report.verdict() == Verdict::Verified && steps == Steps::Taken;
            steps = if is_shown { Steps::None } else { steps };
            report
        }
        Command::Log(LogCommand::Diff(diff)) => {
            return commands::diff_logs(diff, &limits, as_json, steps).map(status);
        }
        Command::Package(PackageCommand::Verify(package)) => {
            commands::verify_package(package, &limits, as_json)
        }
        Command::Pfn(PfnCommand::Plugin(plugin)) => commands::verify_plugin(plugin, &limits),
        Command::Pfn(PfnCommand::Challenge(challenge)) => commands::verify_challenge(challenge, &limits),
        Command::Pfn(PfnCommand::CheckChallenge(challenge)) => {
            return commands::check_challenge(challenge, &limits, as_json).map(status);
        }
        Command::Key { key } => commands::key(key, &limits),
        Command::Run { request } => commands::run(request, &limits).map_err(io::Error::other)?,
        Command::Batch(batch) => return commands::batch(batch, &limits, as_json).map(status),
        Command::Completions { shell } => {
            return manual::completions(*shell).map(|()| ExitCode::SUCCESS);
        }
        Command::Man { folder } => {
            return manual::pages(Arguments::command(), folder).map(|()| ExitCode::SUCCESS);
        }
    };
    write(&report, as_json, steps)?;
    Ok(status(report.verdict()))
}

fn limits(arguments: &Arguments) -> Limits {
    let mut limits = Limits::default();
    for (name, number) in &arguments.common.limits {
        // The parser of the argument has refused unknown names.
        limits.set(name, *number).unwrap_or_default();
    }
    limits
}

/// The report for programs goes to standard output, the one for people to standard error.
fn write(report: &Report, as_json: bool, steps: Steps) -> io::Result<()> {
    if as_json {
        let mut out = io::stdout().lock();
        writeln!(out, "{}", terminal::json(report.to_json_pretty()))?;
        return out.flush();
    }
    text::write(&mut anstream::stderr().lock(), report, steps)
}

fn status(verdict: Verdict) -> ExitCode {
    match verdict {
        Verdict::Verified => ExitCode::SUCCESS,
        Verdict::Rejected => ExitCode::from(REJECTED),
        Verdict::Undetermined | _ => ExitCode::from(UNDETERMINED),
    }
}

/// Says what is wrong with the arguments, or gives the help. clap repeats arguments as they are, in which shells put the names of
/// files, and which may be URLs with passwords.
fn refuse(mut error: clap::Error) -> ExitCode {
    if let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue)
        && value.contains("://")
    {
        let shown = fedverify::quote_url(value);
        error.insert(ContextKind::InvalidValue, ContextValue::String(shown.trim_matches('"').to_owned()));
    }
    let is_inert =
        std::env::args_os().all(|argument| !argument.to_string_lossy().contains(terminal::is_hostile));
    if is_inert {
        let status = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(UNDETERMINED));
        return match error.print().and_then(|()| io::stdout().flush()) {
            // A reader of the help may have read enough, as `head` has.
            Err(failed) if failed.kind() == io::ErrorKind::BrokenPipe && !error.use_stderr() => status,
            Err(error) => failed(&error),
            Ok(()) => status,
        };
    }
    let _nowhere_left_to_say_it = write!(io::stderr(), "{}", terminal::message(&error.render().to_string()));
    ExitCode::from(UNDETERMINED)
}

/// Says why there is no result. One that could not be written must not look like a verdict.
fn failed(error: &io::Error) -> ExitCode {
    let _nowhere_left_to_say_it =
        writeln!(io::stderr(), "fedverify: {}", terminal::message(&error.to_string()));
    ExitCode::from(UNDETERMINED)
}
