//! Stored versions: what each was when it was first seen, for ever, and what is offered of it.

use super::offer::Offer;
use crate::activity::{self, Event, seconds};
use crate::database::{Database, Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use fedverify::{Limits, PackageDigests, Version};
use serde_json::json;

/// How many other archives of one version are recorded. The first is the proof; a source could serve new ones for ever.
const MAX_EQUIVOCATIONS: u64 = 10;

/// The original's word for no version before.
pub(crate) const NO_VERSION: &str = "0.0.0";

/// A stored version.
#[derive(Debug, Clone)]
pub(crate) struct Mirror {
    pub(crate) source_id: String,
    pub(crate) plugin_id: String,
    pub(crate) version: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) tags: String,
    pub(crate) signature: String,
    pub(crate) archive_signature: Option<String>,
    /// The key that the signature was verified with.
    pub(crate) public_key: String,
    pub(crate) binding: String,
    pub(crate) mirrored_at: u64,
    pub(crate) checked_at: u64,
    pub(crate) withdrawn_at: Option<u64>,
    pub(crate) sha256: String,
    pub(crate) sha384: String,
    pub(crate) size: u64,
    pub(crate) equivocations: u64,
    /// The node that it was taken from; `None` if that was its publisher.
    pub(crate) peer: Option<String>,
}

impl Mirror {
    pub(super) fn stored(row: &Row) -> Result<Self, Fault> {
        Ok(Mirror {
            source_id: row.text(0)?,
            plugin_id: row.text(1)?,
            version: row.text(2)?,
            name: row.text(3)?,
            description: row.text(4)?,
            tags: row.text(5)?,
            signature: row.text(6)?,
            archive_signature: row.optional_text(7)?,
            public_key: row.text(8)?,
            binding: row.text(9)?,
            mirrored_at: row.number(10)?,
            checked_at: row.number(11)?,
            withdrawn_at: row.optional_number(12)?,
            sha256: row.text(13)?,
            sha384: row.text(14)?,
            size: row.number(15)?,
            equivocations: row.number(16)?,
            peer: row.optional_text(17)?,
        })
    }

    /// The record as its publisher signed it, with its signature.
    pub(crate) fn record(&self) -> String {
        json!({
            "slug": self.plugin_id, "name": self.name, "version": self.version,
            "short_description": self.description, "signature": self.signature,
        })
        .to_string()
    }
}

/// The name of a blob: archives of the same bytes are one blob, whoever publishes them.
pub(crate) fn blob_name(sha256: &str) -> String {
    format!("archives/{sha256}.zip")
}

/// A stored archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The name of its blob.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// How many bytes it has.
    pub size: u64,
}

/// All archives that a node's database names, for whoever copies a node.
///
/// # Errors
///
/// A [`Fault`] of the database.
pub fn archives(database: &impl Database) -> Result<Vec<Archive>, Fault> {
    let rows = database.query("SELECT DISTINCT sha256, size FROM digest ORDER BY sha256", &[])?;
    let archive = |row: &Row| {
        let sha256 = row.text(0)?;
        Ok(Archive { name: blob_name(&sha256), sha256, size: row.number(1)? })
    };
    rows.iter().map(archive).collect()
}

/// The version by its number, not by its spelling; `None` for what no version is.
fn number(version: &str) -> Option<String> {
    Version::parse(version, &Limits::default()).ok().map(|version| version.number())
}

/// The stored version of a plugin.
pub(crate) fn find(
    host: &impl Host,
    (source_id, plugin_id, version): (&str, &str, &str),
) -> Result<Option<Mirror>, Fault> {
    let Some(number) = number(version) else { return Ok(None) };
    let statement = "SELECT * FROM mirrored WHERE source_id = ? AND plugin_id = ? AND number = ?";
    let values = [source_id, plugin_id, &number].map(Value::from);
    first(host.query(statement, &values)?).as_ref().map(Mirror::stored).transpose()
}

/// The SHA-256 that a version had when it was first seen, if it was.
pub(super) fn first_seen(host: &impl Host, offer: &Offer<'_>) -> Result<Option<String>, Fault> {
    let statement = "SELECT sha256 FROM digest WHERE source_id = ? AND plugin_id = ? AND number = ?";
    first(host.query(statement, &offer.place())?).map(|row| row.text(0)).transpose()
}

/// Whether these bytes are stored as this version.
pub(super) fn has(host: &impl Host, offer: &Offer<'_>, sha256: &str) -> Result<bool, Fault> {
    let statement =
        "SELECT 1 FROM mirrored WHERE source_id = ? AND plugin_id = ? AND number = ? AND sha256 = ?";
    let values = [&offer.place()[..], &[Value::from(sha256)]].concat();
    Ok(!host.query(statement, &values)?.is_empty())
}

/// Bytes and number of all versions that a source ever had here. What is removed counts, too: its archives are still stored.
pub(super) fn used(host: &impl Host, source_id: &str) -> Result<(u64, u64), Fault> {
    let statement = "SELECT COALESCE(SUM(size), 0), COUNT(*) FROM digest WHERE source_id = ?";
    let rows = host.query(statement, &[Value::from(source_id)])?;
    first(rows).map_or(Ok((0, 0)), |row| Ok((row.number(0)?, row.number(1)?)))
}

/// Records that other bytes were served for a known version.
pub(super) fn equivocated(
    host: &impl Host,
    offer: &Offer<'_>,
    sha256: &str,
    reason: &str,
) -> Result<(), Fault> {
    let statement = "SELECT COUNT(*) FROM equivocation WHERE source_id = ? AND plugin_id = ? AND number = ?";
    let known = first(host.query(statement, &offer.place())?).map_or(Ok(0), |row| row.number(0))?;
    if known >= MAX_EQUIVOCATIONS {
        return Ok(());
    }
    host.transaction(&mut || {
        let values = [&offer.place()[..], &[Value::from(sha256), Value::from(seconds(host))]].concat();
        host.query(
            "INSERT INTO equivocation (source_id, plugin_id, number, sha256, found_at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
            &values,
        )?;
        activity::record_daily(host, &offer.event("equivocation", Some("failure"), Some(reason)))
    })
}

/// Stores a version whose blob is there: its digests if it is new, and what its publisher says of it now. A signature over
/// its bytes, once given, holds for these bytes and the key that made it, also where the publisher gives it no more.
pub(super) fn put(
    host: &impl Host,
    offer: &Offer<'_>,
    digests: &PackageDigests,
    is_signed: bool,
) -> Result<(), Fault> {
    let previous = previous(host, offer)?;
    let is_new = first_seen(host, offer)?.is_none();
    host.transaction(&mut || {
        put_digest(host, offer, digests)?;
        put_mirror(host, offer, is_signed)?;
        if is_new { announce(host, offer, previous.as_deref()) } else { Ok(()) }
    })
}

fn put_digest(host: &impl Host, offer: &Offer<'_>, digests: &PackageDigests) -> Result<(), Fault> {
    let texts = [offer.version.as_str(), &digests.sha256_hex(), &digests.sha384_hex()].map(Value::from);
    let numbers = [digests.size(), seconds(host)].map(Value::from);
    let values = [&offer.place()[..], &texts, &numbers].concat();
    host.query(
        "INSERT INTO digest (source_id, plugin_id, number, version, sha256, sha384, size, first_seen)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        &values,
    )
    .map(drop)
}

fn put_mirror(host: &impl Host, offer: &Offer<'_>, is_signed: bool) -> Result<(), Fault> {
    // A list of strings: nothing can fail.
    let tags = serde_json::to_string(&offer.tags).unwrap_or_default();
    let place = (offer.source.id.as_str(), offer.plugin.id(), offer.version.as_str());
    if find(host, place)?.is_some_and(|mirror| offer.proves_less_than(&mirror)) {
        let values = [&[Value::from(&tags), Value::from(seconds(host))], &offer.place()[..]].concat();
        let statement = "UPDATE mirror SET tags = ?, checked_at = ?
             WHERE source_id = ? AND plugin_id = ? AND number = ?";
        return host.query(statement, &values).map(drop);
    }
    let binding = if is_signed { "signed" } else { "consistent" };
    let texts =
        [offer.version.as_str(), &offer.name, &offer.description, &tags, &offer.signature].map(Value::from);
    let others = [
        Value::from(offer.archive_signature.as_deref()),
        Value::from(&offer.source.public_key),
        Value::from(binding),
        Value::from(seconds(host)),
        Value::from(seconds(host)),
        Value::from(offer.peer),
    ];
    let values = [&offer.place()[..], &texts, &others].concat();
    host.query(
        "INSERT INTO mirror (source_id, plugin_id, number, version, name, description, tags, signature,
            archive_signature, public_key, binding, mirrored_at, checked_at, peer)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (source_id, plugin_id, number) DO UPDATE SET version = excluded.version, name = excluded.name,
            description = excluded.description, tags = excluded.tags, signature = excluded.signature,
            archive_signature = COALESCE(excluded.archive_signature, archive_signature), public_key = excluded.public_key,
            binding = CASE WHEN excluded.archive_signature IS NULL THEN binding ELSE excluded.binding END,
            checked_at = excluded.checked_at, peer = excluded.peer",
        &values,
    )
    .map(drop)
}

/// The version of the plugin that was stored last before.
fn previous(host: &impl Host, offer: &Offer<'_>) -> Result<Option<String>, Fault> {
    let statement = "SELECT version FROM mirror WHERE source_id = ? AND plugin_id = ? AND number <> ?
         ORDER BY id DESC LIMIT 1";
    first(host.query(statement, &offer.place())?).map(|row| row.text(0)).transpose()
}

/// A new version as activity. What is below the version before is no update.
fn announce(host: &impl Host, offer: &Offer<'_>, previous: Option<&str>) -> Result<(), Fault> {
    let old = previous.unwrap_or(NO_VERSION);
    let kind = if previous.is_some_and(|old| is_below(&offer.version, old)) {
        "version_downgrade"
    } else {
        "version_update"
    };
    let peer = offer.peer.map(|url| format!("from the node {url}"));
    let event = offer.event(kind, Some("success"), peer.as_deref());
    activity::record(host, &Event { old_version: Some(old), ..event })
}

/// Whether a version is below another. One without an order is below all that have one.
pub(super) fn is_below(version: &str, other: &str) -> bool {
    let precedence =
        |text: &str| Version::parse(text, &Limits::default()).ok().and_then(|version| version.precedence());
    precedence(version) < precedence(other)
}

/// Withdraws a version or takes that back; false if there is none.
pub(crate) fn set_withdrawn(
    host: &impl Host,
    (source_id, plugin_id, version): (&str, &str, &str),
    is_withdrawn: bool,
) -> Result<bool, Fault> {
    let found = find(host, (source_id, plugin_id, version))?.zip(number(version));
    let Some((mirror, number)) = found else { return Ok(false) };
    let at = is_withdrawn.then(|| seconds(host));
    host.transaction(&mut || {
        let place = [source_id, plugin_id, &number].map(Value::from);
        let values = [&[Value::from(at)], &place[..]].concat();
        host.query(
            "UPDATE digest SET withdrawn_at = ? WHERE source_id = ? AND plugin_id = ? AND number = ?",
            &values,
        )?;
        let kind = if is_withdrawn { "plugin_withdrawn" } else { "plugin_restored" };
        let event = Event {
            plugin_id: Some(plugin_id),
            plugin_name: Some(&mirror.name),
            new_version: Some(&mirror.version),
            ..Event::of_source(kind, source_id)
        };
        activity::record(host, &event)
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_known_by_their_number() {
        assert_eq!(number("1.0"), number("v1.0.0+build"));
        assert_eq!(number("<script>"), None);
        assert!(is_below("1.9", "1.10") && !is_below("1.10", "1.9") && !is_below("1.0", "1.0.0"));
        assert!(is_below("trunk", "0.1") && !is_below("0.1", "trunk") && is_below("2.0-rc.1", "2.0"));
    }
}
