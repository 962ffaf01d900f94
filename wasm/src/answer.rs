//! What every call answers: the report, and what JavaScript wants beside it, as JSON text.

use fedverify::plc::{DidDocument, HistoryEntry, Service, State};
use fedverify::report::Report;
use fedverify::{Error, Identity};
use serde::Serialize;

/// An answer.
#[derive(Serialize)]
struct Answer<'a> {
    report: &'a Report,
    /// What to do about the error of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<Proof<'a>>,
}

/// What a verified log proves beyond the facts of the report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Proof<'a> {
    did_document: Option<DidDocument>,
    history: Vec<Entry<'a>>,
}

/// One operation of the history.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    cid: &'a str,
    prev: Option<&'a str>,
    #[serde(rename = "type")]
    operation_type: &'static str,
    created_at: Option<&'a str>,
    nullified: bool,
    signer: usize,
    state: Option<Facts<'a>>,
}

/// What the identity was after an operation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts<'a> {
    rotation_keys: &'a [String],
    verification_methods: &'a fedverify::plc::CanonicalMap<fedverify::DidKey>,
    also_known_as: &'a [String],
    services: &'a fedverify::plc::CanonicalMap<Service>,
}

/// The answer that holds a report alone.
pub(crate) fn of_report(report: &Report) -> String {
    write(&Answer { report, remedy: report.error().map(Error::remedy), proof: None })
}

/// The answer on a verified log.
pub(crate) fn of_identity(identity: &Identity) -> String {
    let history = identity.history().iter().map(Entry::of).collect();
    let proof = Proof { did_document: identity.did_document(), history };
    write(&Answer { report: &Report::of_identity(identity), remedy: None, proof: Some(proof) })
}

impl<'a> Entry<'a> {
    fn of(entry: &'a HistoryEntry) -> Self {
        let operation = entry.operation();
        Entry {
            cid: entry.cid(),
            prev: operation.prev(),
            operation_type: operation.operation_type().as_str(),
            created_at: entry.created_at().map(|time| time.as_str()),
            nullified: entry.is_nullified(),
            signer: entry.signer(),
            state: operation.state().map(Facts::of),
        }
    }
}

impl<'a> Facts<'a> {
    fn of(state: &'a State) -> Self {
        Facts {
            rotation_keys: state.rotation_keys(),
            verification_methods: state.verification_methods(),
            also_known_as: state.also_known_as(),
            services: state.services(),
        }
    }
}

fn write(answer: &Answer<'_>) -> String {
    // Only texts, numbers, lists and structs: there is nothing that could fail. An empty answer is no verdict either.
    serde_json::to_string(answer).unwrap_or_default()
}
