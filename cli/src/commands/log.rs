//! `fedverify log verify`.

use crate::arguments::FileMemory;
use crate::input;
use crate::remembered::Remembered;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Limits, Log, PlcDid};
use std::path::Path;

pub(crate) fn verify_log(log: &Path, did: &str, memory: &FileMemory, limits: &Limits) -> Report {
    let remembered = match remembered(log, did, memory, limits) {
        Ok(remembered) => remembered,
        Err(error) => return Report::refused(Kind::PlcLog, &error),
    };
    let identity = &remembered.identity;
    match remembered.keep(identity.pin()) {
        Ok(()) => Report::of_identity(identity),
        Err(error) => Report::refused(Kind::PlcLog, &error.at(Check::PinLog)).with_identity(identity),
    }
}

/// Reads and verifies a log file, against what is remembered where a pin is named.
pub(super) fn remembered(
    log: &Path,
    did: &str,
    memory: &FileMemory,
    limits: &Limits,
) -> Result<Remembered, Error> {
    let did: PlcDid = did.parse()?;
    let json = input::document(log, limits.log_bytes, Check::PlcJson)?;
    Remembered::verify(Log::parse_with(&json, limits)?, &did, &memory.choice(), limits)
}
