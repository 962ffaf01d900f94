//! The table of sources.

use super::Problem;
use super::check::Checked;
use super::key_history::{self, Approval};
use super::outcome;
use super::registered::Source;
use crate::activity::{self, Event, seconds};
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use fedverify::PlcDid;
use serde_json::json;
use std::collections::BTreeSet;

/// The columns of a source, in the order in which `Source::stored` reads them.
macro_rules! columns {
    () => {
        "id, instance_url, username, public_key, status, reason, challenge, oracle, failures, created_at, last_verified,
         last_sync, asset_domain, asset_naming_scheme, next_check, did, identity, identity_reason"
    };
}

/// How many those are.
pub(crate) const COLUMNS: usize = 18;

/// The source of this id.
pub(crate) fn find(host: &impl Host, id: &str) -> Result<Option<Source>, Fault> {
    let statement = concat!("SELECT ", columns!(), " FROM source WHERE id = ?");
    first(host.query(statement, &[Value::from(id)])?).as_ref().map(Source::stored).transpose()
}

/// The sources of these ids, of those that there are.
pub(crate) fn all_of(host: &impl Host, ids: &BTreeSet<&str>) -> Result<Vec<Source>, Fault> {
    let statement =
        concat!("SELECT ", columns!(), " FROM source WHERE id IN (SELECT value FROM json_each(?))");
    let ids = json!(ids).to_string();
    host.query(statement, &[Value::from(&ids)])?.iter().map(Source::stored).collect()
}

/// A page of the sources, and after their columns what is kept of them for lists.
pub(crate) const LISTED: &str = concat!(
    "SELECT ",
    columns!(),
    ", facts, reasons, score, (SELECT COUNT(*) FROM subscription WHERE source_id = source.id),
        COALESCE((SELECT count FROM tally WHERE kind = 'mirror' AND name = source.id), 0)
     FROM source ORDER BY score DESC, created_at DESC, id LIMIT ? OFFSET ?"
);

/// How many sources there are.
pub(crate) fn count(host: &impl Host) -> Result<u64, Fault> {
    first(host.query("SELECT COUNT(*) FROM source", &[])?).map_or(Ok(0), |row| row.number(0))
}

/// Registers a source with what its first visit found.
pub(crate) fn add(
    host: &impl Host,
    settings: &crate::Settings,
    source: &Source,
    checked: &Checked,
) -> Result<Source, Fault> {
    host.transaction(&mut || {
        let texts = [&source.id, source.instance.as_str(), &source.username, &source.public_key, &source.did_key()]
            .map(Value::from);
        let did = Value::from(source.did.as_ref().map(PlcDid::as_str));
        let values = [&texts[..], &[Value::from(source.created_at), Value::from(source.created_at), did]].concat();
        host.query(
            "INSERT INTO source (id, instance_url, username, public_key, did_key, status, created_at, next_check, did)
             VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)",
            &values,
        )?;
        activity::record(host, &Event::of_source("source_added", &source.id))?;
        outcome::record_within(host, settings, source, ("initial", checked)).map(drop)
    })?;
    find(host, &source.id)?.ok_or_else(|| Fault::new("a source is gone that was just stored"))
}

/// Gives a source the key that an administrator says it has, with what the visit found that showed it.
pub(crate) fn change_key(
    host: &impl Host,
    settings: &crate::Settings,
    (old, new): (&Source, &Source),
    (is_stolen, checked): (bool, &Checked),
) -> Result<(), Fault> {
    host.transaction(&mut || {
        key_history::apply(host, old, new, Approval::Administrator { is_stolen })?;
        outcome::record_within(host, settings, new, ("manual", checked)).map(drop)
    })
}

/// Says that a source keeps its key, although an administrator has said it has this one.
pub(crate) fn keep_key(host: &impl Host, old: &Source, new: &Source, problem: &Problem) -> Result<(), Fault> {
    let (from, to) = (old.did_key(), new.did_key());
    let reason = format!("{from} stays, {to} is not proven: {problem}");
    key_history::record(host, old, "failure", &reason)
}

/// Says that a source was synchronised now.
pub(crate) fn set_synced(host: &impl Host, id: &str) -> Result<(), Fault> {
    host.query("UPDATE source SET last_sync = ? WHERE id = ?", &[Value::from(seconds(host)), Value::from(id)])
        .map(drop)
}

/// Removes a source with its subscriptions and mirrors. What its versions were, and its equivocations, stay recorded.
pub(crate) fn remove(host: &impl Host, id: &str) -> Result<(), Fault> {
    host.transaction(&mut || {
        for statement in [
            "DELETE FROM mirror WHERE source_id = ?",
            "DELETE FROM subscription WHERE source_id = ?",
            "DELETE FROM verification WHERE source_id = ?",
            "DELETE FROM source WHERE id = ?",
        ] {
            host.query(statement, &[Value::from(id)])?;
        }
        activity::record(host, &Event::of_source("source_removed", id))
    })
}
