//! Questions that need no verification: about pins, versions, challenges, a did:web's document, an archive's signature.

use crate::input::Input;
use crate::limits::Limits;
use crate::outcome::{outcome, string};
use fedverify::pfn::{ArchiveDigest, Challenge, PublisherKey};
use fedverify::tables::Kind;
use fedverify::{ApiFault, Error, Pin, Version, WebDid, quote};
use std::cmp::Ordering;
use wasm_bindgen::prelude::wasm_bindgen;

/// Answers a question, as JSON:
///
/// - `readPin`: a pin with its highest version;
/// - `comparePins` and `compareVersions`, of two: the order;
/// - `mergePins`, of two: a pin;
/// - `numberOfVersion`: a string;
/// - `checkChallenge`: null;
/// - `webDocumentUrl`, of a DID: a string;
/// - `checkArchiveSignature`, of a key, a digest in hexadecimal and a signature: null.
#[wasm_bindgen]
pub fn ask(question: &str, limits: Limits, a: Input, b: Option<Input>, c: Option<Input>) -> String {
    let limits = limits.into_core();
    // What a question is not about is not given.
    let [b, c] = [b, c].map(|input| input.unwrap_or_else(|| Input::new(Vec::new())));
    let (kind, answer) = match question {
        "readPin" => (Kind::PlcLog, parse(a, &limits).map(|pin| described(&pin))),
        "comparePins" => (Kind::PlcLog, both(a, b, &limits).and_then(|(a, b)| a.compare(&b)).map(number)),
        // What is kept must be read again, so it keeps to the limits.
        "mergePins" => (Kind::PlcLog, merge(a, b, &limits)),
        "compareVersions" => (Kind::FairMetadata, compare_versions(a, b, &limits).map(number)),
        "numberOfVersion" => (Kind::FairMetadata, number_of_version(a, &limits)),
        "checkChallenge" => (Kind::PfnChallenge, check_challenge(a, &limits).map(nothing)),
        "webDocumentUrl" => (Kind::WebDocument, web_document_url(a)),
        "checkArchiveSignature" => (Kind::PfnPlugin, check_archive_signature(a, b, c, &limits).map(nothing)),
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
    Version::compare(&text(a)?, &text(b)?, limits)
}

fn number_of_version(version: Input, limits: &fedverify::Limits) -> Result<String, Error> {
    Version::parse(&text(version)?, limits).map(|version| string(&version.number()))
}

fn check_challenge(challenge: Input, limits: &fedverify::Limits) -> Result<(), Error> {
    Challenge::new(&text(challenge)?, limits).map(drop)
}

fn web_document_url(did: Input) -> Result<String, Error> {
    text(did)?.parse().map(|did: WebDid| string(&did.document_url()))
}

fn check_archive_signature(
    key: Input,
    sha384: Input,
    signature: Input,
    limits: &fedverify::Limits,
) -> Result<(), Error> {
    let digest = ArchiveDigest::parse(&text(sha384)?)?;
    let key = PublisherKey::parse(&key.into_core()?, limits)?;
    digest.check_signature(&key, &text(signature)?)
}

/// A string of JavaScript, which was written as UTF-8.
fn text(input: Input) -> Result<String, Error> {
    Ok(String::from_utf8_lossy(&input.into_core()?).into_owned())
}

fn nothing((): ()) -> String {
    "null".to_owned()
}

fn number(order: Ordering) -> String {
    match order {
        Ordering::Less => "-1",
        Ordering::Equal => "0",
        Ordering::Greater => "1",
    }
    .to_owned()
}
