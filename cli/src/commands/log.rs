//! `fedverify log`: verify a log, show what became of an identity, compare two logs.

mod diff;
mod show;

pub(crate) use diff::diff_logs;
pub(crate) use show::show_log;

use super::FILE_PATIENCE;
use crate::arguments::{LogVerify, Network};
use crate::directories::{self, Served};
use crate::input;
use crate::job::Job;
use crate::memory::Memory;
use fedverify::tables::{Check, InputName, Kind};
use fedverify::{ApiFault, Error, Limits, Log, PlcDid, Report, Warning};
use std::borrow::Cow;
use std::path::Path;

pub(crate) fn verify_log(arguments: &LogVerify, limits: &Limits, as_json: bool) -> Report {
    let mut job = Job::new(Kind::PlcLog, limits);
    job.string(InputName::Did, &*arguments.did);
    job.file(InputName::Log, &arguments.log);
    job.number(InputName::Now, arguments.clock.now());
    let memory = Memory::open(&arguments.memory.place(as_json), &arguments.did, FILE_PATIENCE, &mut job);
    memory.report(&job)
}

/// Whether what was named as a log is an identity, whose log is fetched.
fn is_did(source: &str) -> bool {
    source.starts_with("did:")
}

/// A log that was named on the command line.
struct Source {
    did: Result<PlcDid, Error>,
    log: Result<Vec<u8>, Error>,
    warnings: Vec<Warning>,
}

impl Source {
    /// Fetches the log of a DID, or reads that of a file. Of a file it may be any identity's, unless this one is expected.
    fn open(source: &str, expected: Option<&str>, network: &Network, limits: &Limits) -> Self {
        if is_did(source) {
            return Source::fetch(source, expected, network, limits);
        }
        let log = input::document(Path::new(source), limits.log_bytes);
        let did = match (expected, &log) {
            (Some(did), _) => did.parse(),
            (None, Ok(json)) => implied_did(json, limits),
            // Without the log nobody knows whose it is.
            (None, Err(error)) => Err(error.clone().at(Check::Did)),
        };
        Source { did, log, warnings: Vec::new() }
    }

    fn fetch(source: &str, expected: Option<&str>, network: &Network, limits: &Limits) -> Self {
        let did: PlcDid = match source.parse() {
            Ok(did) => did,
            Err(error) => return Source { did: Err(error), log: Ok(Vec::new()), warnings: Vec::new() },
        };
        let client = network.client();
        let Served { log, mut warnings } = directories::fetch(&client, &network.plc_url, &did, limits);
        warnings.extend(client.warning());
        let did = expected.map_or(Ok(did), str::parse);
        Source { did, log: log.map(|log| log.json), warnings }
    }

    /// What to verify: the log with its whole history.
    fn job(&self, now: u64, limits: &Limits) -> Job<'_> {
        let mut job = Job::new(Kind::PlcLog, limits);
        match &self.did {
            Ok(did) => job.string(InputName::Did, did.as_str()),
            Err(error) => job.refuse_with(error.clone()),
        }
        job.bytes(InputName::Log, self.log.as_deref().map(Cow::Borrowed).map_err(Error::clone));
        job.number(InputName::Now, now);
        job.flag(InputName::History, true);
        job
    }
}

/// Whose log it is. It is the log's own claim: whoever reads the result sees whom it is about.
fn implied_did(json: &[u8], limits: &Limits) -> Result<PlcDid, Error> {
    let log = Log::parse(json, limits)?;
    log.implied_did().ok_or_else(|| {
        let message =
            "expected --did: this log does not name its DID; an export can hold the logs of many identities";
        Error::misuse(ApiFault::Argument, message)
    })
}
