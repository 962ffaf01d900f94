//! `fedverify batch`: whole catalogues of logs, on all cores, in memory that does not grow with them.

mod bar;
mod catalogue;
mod gather;
mod judge;
mod lines;
mod run;
mod totals;

use crate::arguments::Batch;
use crate::{input, terminal};
use catalogue::Catalogue;
use fedverify::plc::BatchLine;
use fedverify::tables::{Kind, Verdict};
use fedverify::{ApiFault, Error, Limits, Request, Verification, quote};
use lines::Lines;
use run::{Plan, Run};
use std::io::{self, BufWriter, Write, stdout};
use std::path::Path;

/// Why a run ended before the end of its input.
enum Stop {
    /// The input could not be read on.
    Read(io::Error),
    /// The results could not be written.
    Write(io::Error),
}

/// Verifies a catalogue. Verdicts go to standard output as they come, totals to standard error.
pub(crate) fn batch(arguments: &Batch, limits: &Limits, as_json: bool) -> io::Result<Verdict> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.jobs.map_or(0, usize::from));
    let pool = pool.build().map_err(io::Error::other)?;
    let mut catalogue = match Catalogue::open(&arguments.file) {
        Ok(catalogue) => catalogue,
        Err(error) => return unreadable(&error, limits, as_json),
    };
    if catalogue.is_array() {
        return unreadable(&array(&arguments.file), limits, as_json);
    }
    let Catalogue { input, shelf, bytes } = catalogue;
    let plan = Plan { pool: &pool, limits, as_json, is_grouped: arguments.grouped, bytes };
    let mut run = Run::new(plan, BufWriter::new(stdout().lock()));
    let mut lines = Lines::new(input, BatchLine::max_bytes(limits));
    let outcome = run.all(|| lines.chunk(), shelf);
    if run.totals().logs() > 0 {
        writeln!(io::stderr(), "{}", run.totals())?;
    }
    let verdict = run.totals().verdict();
    // It holds the lock of standard output.
    drop(run);
    match outcome {
        Ok(()) if verdict == Verdict::Undetermined => unreadable(&empty(&arguments.file), limits, as_json),
        Ok(()) => Ok(verdict),
        Err(Stop::Read(error)) => unreadable(&input::unreadable(&arguments.file, &error), limits, as_json),
        Err(Stop::Write(error)) => Err(error),
    }
}

/// In an array, each line would be refused, or all of it would be one line that is too long: neither says what is wrong.
fn array(path: &Path) -> Error {
    let file =
        if input::is_stdin(path) { String::new() } else { format!(" {}", quote(&path.to_string_lossy())) };
    let message = format!(
        "expected one JSON document per line, found a JSON array; to make lines of it: jq -c '.[]'{file} | fedverify batch -"
    );
    Error::misuse(ApiFault::Argument, message)
}

/// Nothing was verified, so nothing is known.
fn empty(path: &Path) -> Error {
    let message = format!("expected a log on each line of {}, found no line", input::name(path));
    Error::misuse(ApiFault::Argument, message)
}

/// An input that cannot be read ends the run, and is not a verdict on anything.
fn unreadable(error: &Error, limits: &Limits, as_json: bool) -> io::Result<Verdict> {
    if as_json {
        let mut request = Request::new(Kind::PlcLog, *limits);
        request.refuse(error.clone());
        writeln!(stdout(), "{}", terminal::json(Verification::start(&request).finish().to_json()))?;
    } else {
        writeln!(io::stderr(), "fedverify: {}", terminal::message(&error.to_string()))?;
    }
    Ok(Verdict::Undetermined)
}
