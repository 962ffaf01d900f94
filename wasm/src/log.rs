//! Logs of did:plc identities.

use crate::answer;
use crate::document::Document;
use crate::options::Options;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Identity, Log, Pin, PlcDid};
use wasm_bindgen::prelude::wasm_bindgen;

/// Verifies a log to the genesis operation that the DID is the hash of.
#[wasm_bindgen(js_name = verifyLog)]
pub fn verify_log(did: &str, log: Document, options: Options) -> String {
    match identity(did, log, options) {
        Ok((identity, _)) => answer::of_identity(&identity),
        Err(error) => answer::of_report(&Report::refused(Kind::PlcLog, &error)),
    }
}

/// Verifies a log, against what is remembered where the options say so, and gives the options back.
pub(crate) fn identity(did: &str, log: Document, mut options: Options) -> Result<(Identity, Options), Error> {
    let did: PlcDid = did.parse()?;
    let log = Log::parse_with(&log.read(Check::PlcJson)?, options.limits())?;
    let Some((now, pin)) = options.take_memory() else { return Ok((log.verify(&did)?, options)) };
    let pin = pin.map(|pin| Pin::parse(&pin.read(Check::PinLog)?, options.limits())).transpose();
    match pin {
        Ok(pin) => Ok((log.verify_remembering(&did, pin.as_ref(), now)?, options)),
        Err(error) => {
            // The log is judged by itself first: then the report says truly which steps passed.
            log.verify(&did)?;
            Err(error.at(Check::PinLog))
        }
    }
}
