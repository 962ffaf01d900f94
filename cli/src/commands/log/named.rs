//! A log that was named on the command line: in a file, or by the DID whose log is fetched.

use crate::arguments::Network;
use crate::directories::{self, Served};
use crate::input;
use crate::job::Job;
use fedverify::fair::Publisher;
use fedverify::tables::{Check, InputName, Kind};
use fedverify::{ApiFault, Error, Identity, Limits, Log, PlcDid, Report, Warning};
use std::borrow::Cow;
use std::path::Path;

/// Whether what was named as a log is an identity, whose log is fetched.
pub(super) fn is_did(source: &str) -> bool {
    source.starts_with("did:")
}

/// A log that was named on the command line.
pub(super) struct NamedLog {
    pub(super) did: Result<PlcDid, Error>,
    log: Result<Vec<u8>, Error>,
    warnings: Vec<Warning>,
}

impl NamedLog {
    /// Fetches the log of a DID, or reads a file. A file may hold the log of any identity, unless a certain one is expected.
    pub(super) fn open(source: &str, expected: Option<&str>, network: &Network, limits: &Limits) -> Self {
        if is_did(source) {
            return NamedLog::fetch(source, expected, network, limits);
        }
        let log = input::document(Path::new(source), limits.log_bytes);
        let did = match (expected, &log) {
            (Some(did), _) => did.parse(),
            (None, Ok(json)) => implied_did(json, limits),
            // Only the log could say whose it is.
            (None, Err(error)) => Err(error.clone().at(Check::Did)),
        };
        NamedLog { did, log, warnings: Vec::new() }
    }

    fn fetch(source: &str, expected: Option<&str>, network: &Network, limits: &Limits) -> Self {
        let did: PlcDid = match source.parse() {
            Ok(did) => did,
            Err(error) => return NamedLog { did: Err(error), log: Ok(Vec::new()), warnings: Vec::new() },
        };
        let client = network.client();
        let Served { log, mut warnings } = directories::fetch(&client, &network.plc_url, &did, limits);
        warnings.extend(client.warning());
        let did = expected.map_or(Ok(did), str::parse);
        NamedLog { did, log: log.map(|log| log.json), warnings }
    }

    /// What to verify: the log with its whole history.
    pub(super) fn job(&self, now: u64, limits: &Limits) -> Job<'_> {
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

    /// Verifies it. The report also has what was found while it was fetched. The identity is there as soon as the log holds, even if
    /// something else is then refused.
    pub(super) fn verify(&self, job: &Job<'_>) -> (Option<Identity>, Report) {
        let mut verification = job.start();
        for warning in &self.warnings {
            verification.warn(warning.clone());
        }
        let identity = match verification.publisher() {
            Some(Publisher::Plc(identity)) => Some(identity.clone()),
            Some(_) | None => None,
        };
        (identity, verification.finish())
    }
}

/// Whose log it is, by its own claim: the result says whom it is about.
fn implied_did(json: &[u8], limits: &Limits) -> Result<PlcDid, Error> {
    let log = Log::parse(json, limits)?;
    log.implied_did().ok_or_else(|| {
        let message =
            "expected --did: this log does not name its DID; an export can hold the logs of many identities";
        Error::misuse(ApiFault::Argument, message)
    })
}
