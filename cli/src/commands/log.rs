//! `fedverify log verify`.

use crate::input;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Identity, Limits, Log, PlcDid};
use std::path::Path;

pub(crate) fn verify_log(log: &Path, did: &str, limits: &Limits) -> Report {
    match identity(log, did, limits) {
        Ok(identity) => Report::of_identity(&identity),
        Err(error) => Report::refused(Kind::PlcLog, &error),
    }
}

/// Reads and verifies a log file.
pub(super) fn identity(log: &Path, did: &str, limits: &Limits) -> Result<Identity, Error> {
    let did: PlcDid = did.parse()?;
    let json = input::document(log, limits.log_bytes, Check::PlcJson)?;
    Log::parse_with(&json, limits)?.verify(&did)
}
