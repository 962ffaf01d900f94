//! What several directories say of one identity, and what a directory says beside its log.
//!
//! A directory can withhold operations, and one alone cannot be caught at it. Asked beside others it can: their logs
//! must be states of one history.

use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits, WarningCode};
use crate::json;
use crate::plc::{HistoryEntry, Identity};
use crate::warning::Warning;
use serde_json::Value;

/// A log that was verified, and the directory that served it.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The directory's address.
    pub url: String,
    /// What its log proves.
    pub identity: Identity,
}

/// Chooses the newest of the answers: the one whose history holds the head of every other. The warnings name the
/// directories that lag behind it.
///
/// Errors: [`Code::PlcDirectoryDisagree`] where there is none such, [`Code::PlcLogEmpty`] where there are no answers.
pub fn newest(answers: &[Answer]) -> Result<(&Answer, Vec<Warning>), Error> {
    let holds_every_head =
        |candidate: &Answer| answers.iter().all(|other| holds(&candidate.identity, other.identity.head()));
    // `max_by_key` gives the last of equals, so the order is turned round: the first directory named goes first.
    let newest = answers.iter().rev().filter(|candidate| holds_every_head(candidate));
    let Some(newest) = newest.max_by_key(|candidate| candidate.identity.history().len()) else {
        return Err(disagreement(answers).at(Check::PlcChain));
    };
    let lagging = answers.iter().filter(|answer| answer.identity.head() != newest.identity.head());
    Ok((newest, lagging.map(|answer| lag(answer, newest)).collect()))
}

fn holds(identity: &Identity, cid: &str) -> bool {
    identity.history().iter().map(HistoryEntry::cid).any(|known| known == cid)
}

fn disagreement(answers: &[Answer]) -> Error {
    if answers.is_empty() {
        return Error::new(Code::PlcLogEmpty, "no directory gave a log");
    }
    let heads = answers.iter().map(|answer| format!("{} at {}", quote(&answer.url), answer.identity.head()));
    let message = format!(
        "the directories show histories that contradict each other, with the heads: {}",
        heads.collect::<Vec<_>>().join(", ")
    );
    Error::new(Code::PlcDirectoryDisagree, message)
}

fn lag(answer: &Answer, newest: &Answer) -> Warning {
    let missing = newest.identity.history().len().saturating_sub(answer.identity.history().len());
    let message = format!(
        "{} lags {missing} operations behind {}: its head is {}",
        quote(&answer.url),
        quote(&newest.url),
        answer.identity.head()
    );
    Warning::new(WarningCode::DirectoryLag, message)
}

/// The warning that a directory gave no log, for where another one did.
pub fn unreachable(error: &Error) -> Warning {
    Warning::new(WarningCode::DirectoryUnreachable, format!("{} [{}]", error.message(), error.code()))
}

/// Compares the DID document that a directory serves with the one that follows from its log. Nobody signs the served
/// one, so a difference says something about the directory and nothing about the identity: it is a warning.
///
/// Documents are compared as JSON. The order of members and of elements carries no meaning there.
pub fn compare_document(url: &str, identity: &Identity, served: &[u8], limits: &Limits) -> Option<Warning> {
    let derived = identity.did_document()?;
    let differs = |what: &str| {
        let message = format!("the DID document that {} serves {what}", quote(url));
        Some(Warning::new(WarningCode::DocumentDiffers, message))
    };
    if let Err(error) = json::parse("DID document", served, limits.log_bytes, limits) {
        return differs(&format!("cannot be read: {}", error.message()));
    }
    match (canonical(served), canonical(derived.to_json().as_bytes())) {
        (Some(served), Some(derived)) if served == derived => None,
        (Some(Value::Object(served)), Some(Value::Object(derived))) => {
            let names = served.keys().chain(derived.keys().filter(|name| !served.contains_key(*name)));
            let differing = names.filter(|name| served.get(*name) != derived.get(*name));
            let differing: Vec<String> = differing.map(|name| quote(name)).take(NAMED_MEMBERS).collect();
            differs(&format!("is not what the log says, in the members {}", differing.join(", ")))
        }
        _ => differs("is not a DID document"),
    }
}

/// How many differing members a warning names.
const NAMED_MEMBERS: usize = 8;

fn canonical(json: &[u8]) -> Option<Value> {
    serde_json::from_slice(json).ok().map(sorted)
}

/// The value with the elements of all its arrays sorted. Its depth is bounded by the strict reader, which went before.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.into_iter().map(sorted).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, sorted(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}
