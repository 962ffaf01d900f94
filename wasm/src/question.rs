//! Questions about pins and versions, which need no verification.

use crate::input::Input;
use crate::limits::Limits;
use crate::outcome::{outcome, string};
use fedverify::tables::Kind;
use fedverify::{ApiFault, Error, Pin, Version, quote};
use std::cmp::Ordering;
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a question about two inputs of one form, as JSON:
///
/// - `readPin`: the first as a pin, with its highest version; the second is nothing;
/// - `comparePins` and `compareVersions`: the order;
/// - `mergePins`: a pin.
#[wasm_bindgen]
pub fn ask(question: &str, a: Input, b: Input, limits: Limits) -> String {
    let limits = limits.into_core();
    let (kind, answer) = match question {
        "readPin" => (Kind::PlcLog, parse(a, &limits).map(|pin| described(&pin))),
        "comparePins" => (Kind::PlcLog, both(a, b, &limits).and_then(|(a, b)| a.compare(&b)).map(number)),
        // What is kept must be read again, so it keeps to the limits.
        "mergePins" => (Kind::PlcLog, merge(a, b, &limits)),
        "compareVersions" => (Kind::FairMetadata, compare_versions(a, b, &limits).map(number)),
        other => {
            let message = format!("there is no question {}", quote(other));
            (Kind::Key, Err(Error::misuse(ApiFault::Argument, message)))
        }
    };
    outcome(kind, answer)
}

fn merge(a: Input, b: Input, limits: &fedverify::Limits) -> Result<String, Error> {
    let (a, b) = both(a, b, limits)?;
    Ok(a.merge(&b, limits)?.to_json())
}

fn described(pin: &Pin) -> String {
    let highest = pin.highest_version().map_or_else(|| "null".to_owned(), |version| string(version.as_str()));
    format!(r#"{{"pin":{},"highestVersion":{highest}}}"#, pin.to_json())
}

fn parse(pin: Input, limits: &fedverify::Limits) -> Result<Pin, Error> {
    Pin::parse(&pin.into_core()?, limits)
}

fn both(a: Input, b: Input, limits: &fedverify::Limits) -> Result<(Pin, Pin), Error> {
    Ok((parse(a, limits)?, parse(b, limits)?))
}

fn compare_versions(a: Input, b: Input, limits: &fedverify::Limits) -> Result<Ordering, Error> {
    let (a, b) = (a.into_core()?, b.into_core()?);
    // JavaScript's strings, written as UTF-8.
    Version::compare(&String::from_utf8_lossy(&a), &String::from_utf8_lossy(&b), limits)
}

fn number(order: Ordering) -> String {
    match order {
        Ordering::Less => "-1",
        Ordering::Equal => "0",
        Ordering::Greater => "1",
    }
    .to_owned()
}
