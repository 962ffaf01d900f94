//! `fedverify log verify`.

use crate::input;
use crate::remembered::{Memory, Remembered};
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Limits, Log, PlcDid};
use std::path::Path;
use std::time::Duration;

/// How long to wait while another run has the pin: verifying files takes no longer.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn verify_log(log: &Path, did: &str, pin: Option<&Path>, limits: &Limits) -> Report {
    let remembered = match remembered(log, did, pin, limits) {
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
    pin: Option<&Path>,
    limits: &Limits,
) -> Result<Remembered, Error> {
    let did: PlcDid = did.parse()?;
    let json = input::document(log, limits.log_bytes, Check::PlcJson)?;
    let memory = pin.map_or(Memory::Off, |path| Memory::File(path.to_owned()));
    Remembered::verify(Log::parse_with(&json, limits)?, &did, &memory, limits, PATIENCE)
}
