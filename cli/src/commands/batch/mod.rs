//! `fedverify batch`: whole catalogues of logs, on all cores, in memory that does not grow with them.

mod bar;
mod gather;
mod judge;
mod lines;
mod run;
mod totals;

use crate::arguments::Batch;
use crate::{input, terminal};
use fedverify::plc::BatchLine;
use fedverify::tables::{Kind, Verdict};
use fedverify::{ApiFault, Error, Limits, Request, Verification, quote};
use gather::Shelf;
use lines::Lines;
use run::{Plan, Run};
use std::io::{self, BufRead, BufReader, BufWriter, Write, stdin, stdout};
use std::path::Path;

/// Bytes that are read from the system at once.
const BUFFER_BYTES: usize = 1 << 20;

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
    let Source { mut input, shelf, bytes } = match Source::open(&arguments.file) {
        Ok(source) => source,
        Err(error) => return unreadable(&error, limits, as_json),
    };
    if is_array(&mut *input) {
        return unreadable(&array(&arguments.file), limits, as_json);
    }
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

/// Whether the input starts as a JSON array does. What cannot be read is said when it is.
fn is_array(input: &mut dyn BufRead) -> bool {
    let start = input.fill_buf().unwrap_or_default();
    start.trim_ascii_start().starts_with(b"[")
}

/// Of an array each line would be refused, or the whole were one line, and neither says what is wrong.
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

/// An open input.
struct Source {
    input: Box<dyn BufRead + Send>,
    shelf: Shelf,
    /// Its length, if it is a file.
    bytes: Option<u64>,
}

impl Source {
    fn open(path: &Path) -> Result<Self, Error> {
        if input::is_stdin(path) {
            let input = Box::new(BufReader::with_capacity(BUFFER_BYTES, stdin()));
            return Ok(Source { input, shelf: Shelf::Memory(Vec::new()), bytes: None });
        }
        let file = input::open(path)?;
        let metadata = file.metadata().map_err(|error| input::unreadable(path, &error))?;
        let bytes = metadata.is_file().then_some(metadata.len());
        // A named pipe cannot be read twice either.
        let shelf = match bytes {
            Some(_) => {
                // It shares its position with the first, which is at its end before this one is used.
                let file = file.try_clone().map_err(|error| input::unreadable(path, &error))?;
                Shelf::File { file, places: Vec::new() }
            }
            None => Shelf::Memory(Vec::new()),
        };
        Ok(Source { input: Box::new(BufReader::with_capacity(BUFFER_BYTES, file)), shelf, bytes })
    }
}
