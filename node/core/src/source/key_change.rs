//! A source's new key. The old key approves it, by a signature that the publisher serves beside the new key, or an administrator
//! does; and the source must show that it has the new one. Everything of the source stays: its id, mirrors, subscriptions and
//! history. A stored version stays with the key that signed it.

use super::Problem;
use super::challenge;
use super::registered::Source;
use crate::activity::{self, Event, seconds};
use crate::database::{Row, Value};
use crate::fault::Fault;
use crate::host::Host;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What the string begins with that an old key signs. No challenge and no plugin record does.
const BEGINNING: &str = "fedverify-node key change v1";

/// How many changes are read of a source: a node that missed some follows them one after another.
const MAX_CHANGES: usize = 32;

/// Why a source is not verified that announces another key than its own.
const UNAPPROVED: &str = "node.key.unapproved";

/// What an instance says about its keys in its federation-info.
#[derive(Debug, Default)]
pub(super) struct Announced {
    /// The key that it has now, as publishers of the network say it.
    public_key: Option<String>,
    /// Its changes, the oldest first.
    changes: Vec<Announcement>,
}

/// One change: the new key, and the signature of the key before it.
#[derive(Debug, Deserialize)]
struct Announcement {
    #[serde(rename = "publicKey")]
    public_key: String,
    signature: String,
}

impl Announced {
    /// Reads a document that core has read before. What is not of this form says nothing.
    pub(super) fn read(info: &[u8]) -> Self {
        let Ok(info) = serde_json::from_slice::<Json>(info) else { return Announced::default() };
        let changes = info.get("keyChanges").and_then(Json::as_array).into_iter().flatten();
        let changes = changes.take(MAX_CHANGES).filter_map(|change| Announcement::deserialize(change).ok());
        Announced {
            public_key: info.get("publicKey").and_then(Json::as_str).map(str::to_owned),
            changes: changes.collect(),
        }
    }
}

/// The source with the keys that it announces, one after another: each change is signed by the key before it. The last one is the new
/// one; none is where nothing is approved.
pub(super) fn approved(
    host: &impl Host,
    source: &Source,
    announced: &Announced,
) -> Result<Vec<Source>, Fault> {
    let mut steps: Vec<Source> = Vec::new();
    // Anyone can have signatures of a key that signs anything.
    if source.is_oracle {
        return Ok(steps);
    }
    for Announcement { public_key, signature } in &announced.changes {
        let current = steps.last().unwrap_or(source);
        let Ok(next) = current.with_key(public_key) else { continue };
        let is_signed = challenge::verify(&statement(current, &next), &current.key, signature).is_ok();
        // A signature is good for ever: an earlier change, shown again, would bring back a key that was given up.
        let is_new = || Ok::<_, Fault>(steps.iter().all(|step| step.key != next.key) && !had(host, &next)?);
        if is_signed && next.key != source.key && is_new()? {
            steps.push(next);
        }
    }
    Ok(steps)
}

/// What the old key signs: the UTF-8 of it. Nodes know a key by its `did:key`.
fn statement(old: &Source, new: &Source) -> String {
    let (instance, from, to) = (old.instance.as_str(), old.did_key(), new.did_key());
    format!("{BEGINNING}; instance={instance}; from={from}; to={to}")
}

/// That a source announces another key that nobody has approved; `None` where it does not. One that never proved its key was
/// registered with a wrong one.
pub(super) fn unapproved(source: &Source, announced: &Announced) -> Option<Problem> {
    source.last_verified?;
    let changes = announced.changes.iter().rev().map(|change| &change.public_key);
    let other = announced.public_key.iter().chain(changes).find_map(|key| {
        let other = source.with_key(key).ok()?;
        (other.key != source.key).then_some(other)
    })?;
    let why = if source.is_oracle { ": its own key signs anything, and so approves nothing" } else { "" };
    let what = format!(
        "the source announces the key {} in place of {}, which neither that one nor an administrator has approved{why}",
        other.did_key(),
        source.did_key()
    );
    Some(Problem::new(UNAPPROVED, what))
}

/// Who approved a change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Approval {
    OldKey,
    Administrator,
}

impl Approval {
    fn as_str(self) -> &'static str {
        match self {
            Approval::OldKey => "old key",
            Approval::Administrator => "administrator",
        }
    }
}

/// Changes the key of a source, within a transaction.
pub(super) fn apply(host: &impl Host, old: &Source, new: &Source, approval: Approval) -> Result<(), Fault> {
    let [from, to] = [old.did_key(), new.did_key()];
    let texts = [&old.id, &from, &to, approval.as_str()].map(Value::from);
    let values = [&texts[..], &[Value::from(seconds(host))]].concat();
    host.query(
        "INSERT INTO key_change (source_id, old_key, new_key, approved_by, at) VALUES (?, ?, ?, ?, ?)",
        &values,
    )?;
    let values = [&new.public_key, &to, &old.id].map(Value::from);
    host.query("UPDATE source SET public_key = ?, did_key = ? WHERE id = ?", &values)?;
    let reason = format!("{from} → {to}, approved by the {}", approval.as_str());
    record(host, old, "success", &reason)
}

/// A change of a key, or one that was not done, as activity.
pub(super) fn record(
    host: &impl Host,
    source: &Source,
    result: &'static str,
    reason: &str,
) -> Result<(), Fault> {
    let event =
        Event { result: Some(result), reason: Some(reason), ..Event::of_source("key_change", &source.id) };
    activity::record(host, &event)
}

/// Whether the source had this key before, or gave it up.
fn had(host: &impl Host, source: &Source) -> Result<bool, Fault> {
    let statement =
        "SELECT 1 FROM key_change WHERE source_id = ?1 AND (old_key = ?2 OR new_key = ?2) LIMIT 1";
    let values = [&source.id, &source.did_key()].map(Value::from);
    Ok(!host.query(statement, &values)?.is_empty())
}

/// A change of a source's key that was done.
#[derive(Debug, Serialize)]
pub(crate) struct KeyChange {
    old_key: String,
    new_key: String,
    approved_by: String,
    at: u64,
}

/// The last changes of a source's key, the newest first.
pub(crate) fn key_changes(host: &impl Host, source_id: &str, most: u64) -> Result<Vec<KeyChange>, Fault> {
    let statement = "SELECT old_key, new_key, approved_by, at FROM key_change WHERE source_id = ?
         ORDER BY id DESC LIMIT ?";
    let listed = |row: &Row| {
        let (old_key, new_key, approved_by) = (row.text(0)?, row.text(1)?, row.text(2)?);
        Ok(KeyChange { old_key, new_key, approved_by, at: row.number(3)? })
    };
    host.query(statement, &[Value::from(source_id), Value::from(most)])?.iter().map(listed).collect()
}
