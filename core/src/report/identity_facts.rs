//! What a report tells of an identity.

use super::details::Details;
use crate::fair::Publisher;
use crate::key::DidKey;
use crate::plc::{
    CanonicalMap, Change, Contestable, ContestableOperation, DidDocument, HistoryEntry, Identity, Service,
    State, gravity,
};
use crate::tables::Gravity;
use crate::time::utc;
use crate::web::WebDocument;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityFacts {
    pub(crate) did: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullified: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tombstoned: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_keys: Option<Vec<String>>,
    verification_methods: CanonicalMap<DidKey>,
    also_known_as: Vec<String>,
    services: CanonicalMap<Service>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contestable: Option<Vec<ContestableFacts>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    did_document: Option<DidDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<EntryFacts>>,
}

/// An operation that can still be undone.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ContestableFacts {
    operation: usize,
    cid: String,
    until: String,
    keys: Vec<String>,
    verification_methods: Vec<String>,
    services: Vec<String>,
    also_known_as: Vec<String>,
}

/// One operation of the history.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryFacts {
    cid: String,
    prev: Option<String>,
    #[serde(rename = "type")]
    operation_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<u64>,
    nullified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullified_by: Option<usize>,
    recovery: bool,
    signer: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    gravity: Gravity,
    changes: Vec<Change>,
    state: Option<State>,
}

impl IdentityFacts {
    /// What a report tells of a publisher.
    pub(crate) fn new(publisher: &Publisher, details: Details) -> Self {
        let repository = publisher.repository(details.reach).ok().map(str::to_owned);
        let facts = match publisher {
            Publisher::Plc(identity) => IdentityFacts::from_log(identity, details),
            Publisher::Web(document) => IdentityFacts::from_document(document),
        };
        IdentityFacts { repository, ..facts }
    }

    fn from_log(identity: &Identity, details: Details) -> Self {
        let state = identity.state();
        let strings = |of: fn(&State) -> &[String]| state.map(|state| of(state).to_vec()).unwrap_or_default();
        IdentityFacts {
            did: identity.did().to_string(),
            head: Some(identity.head().to_owned()),
            operations: Some(identity.history().len()),
            nullified: Some(identity.nullified().map(str::to_owned).collect()),
            tombstoned: Some(identity.is_tombstoned()),
            rotation_keys: Some(strings(State::rotation_keys)),
            verification_methods: state.map(|state| state.verification_methods().clone()).unwrap_or_default(),
            also_known_as: strings(State::also_known_as),
            services: state.map(|state| state.services().clone()).unwrap_or_default(),
            document_url: None,
            withdrawn: None,
            repository: None,
            contestable: details.now.map(|now| contestable(&identity.contestable(now))),
            did_document: details.history.then(|| identity.did_document()).flatten(),
            history: details.history.then(|| history(identity)),
        }
    }

    fn from_document(document: &WebDocument) -> Self {
        let methods = document.verification_methods().map(|(id, key)| (id.to_owned(), key.clone()));
        let services = document.services().map(|(id, service)| (id.to_owned(), service.clone()));
        IdentityFacts {
            did: document.did().to_string(),
            head: None,
            operations: None,
            nullified: None,
            tombstoned: None,
            rotation_keys: None,
            verification_methods: CanonicalMap::from_members(methods.collect()),
            also_known_as: document.also_known_as().to_vec(),
            services: CanonicalMap::from_members(services.collect()),
            document_url: Some(document.did().document_url()),
            withdrawn: Some(document.withdrawn().to_vec()),
            repository: None,
            contestable: None,
            did_document: None,
            history: None,
        }
    }
}

fn contestable(contestable: &Contestable) -> Vec<ContestableFacts> {
    let facts = |operation: &ContestableOperation| ContestableFacts {
        operation: operation.operation,
        cid: operation.cid.clone(),
        until: utc(operation.until),
        keys: operation.keys.clone(),
        verification_methods: operation.verification_methods.clone(),
        services: operation.services.clone(),
        also_known_as: operation.also_known_as.clone(),
    };
    contestable.operations().iter().map(facts).collect()
}

fn history(identity: &Identity) -> Vec<EntryFacts> {
    let facts = |(index, (entry, first_seen)): (usize, (&HistoryEntry, Option<u64>))| {
        let changes = identity.changes(index);
        EntryFacts {
            cid: entry.cid().to_owned(),
            prev: entry.operation().prev().map(str::to_owned),
            operation_type: entry.operation().operation_type().as_str(),
            created_at: entry.created_at().map(|time| time.as_str().to_owned()),
            first_seen,
            nullified: entry.is_nullified(),
            nullified_by: entry.nullified_by(),
            recovery: entry.is_recovery(),
            signer: entry.signer(),
            key: identity.signer_key(index).map(str::to_owned),
            gravity: gravity(entry, &changes),
            changes,
            state: entry.operation().state().cloned(),
        }
    };
    identity.history().iter().zip(identity.first_seen()).enumerate().map(facts).collect()
}

/// Where in a catalogue the log is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BatchFacts {
    pub(crate) line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) did: Option<String>,
}
