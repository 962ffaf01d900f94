//! A version as it is stored, and how it is found.

use super::offer::Offer;
use crate::database::{Database, Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use fedverify::{Limits, Version};
use serde_json::json;

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

/// All archives that a node's database names, for copies of a node.
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

/// The version by its number, not by its spelling; `None` for what is no version.
pub(super) fn number(version: &str) -> Option<String> {
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

/// What a version was when it was first seen.
pub(super) struct Known {
    pub(super) sha256: String,
    /// Whether a key signed it that was stolen from the source. Then nobody knows whose bytes they are, and those that the source's key
    /// signs today take their place.
    pub(super) is_by_stolen_key: bool,
    pub(super) is_withdrawn: bool,
}

/// What a version was when it was first seen, if it was.
pub(super) fn known(host: &impl Host, offer: &Offer<'_>) -> Result<Option<Known>, Fault> {
    let statement = "SELECT sha256, EXISTS (SELECT 1 FROM stolen_version AS s
            WHERE s.source_id = d.source_id AND s.plugin_id = d.plugin_id AND s.number = d.number),
            withdrawn_at IS NOT NULL
         FROM digest AS d WHERE source_id = ? AND plugin_id = ? AND number = ?";
    let known = |row: Row| {
        Ok(Known { sha256: row.text(0)?, is_by_stolen_key: row.flag(1)?, is_withdrawn: row.flag(2)? })
    };
    first(host.query(statement, &offer.place())?).map(known).transpose()
}

/// Whether these bytes are stored as this version, and stay so.
pub(super) fn has(host: &impl Host, offer: &Offer<'_>, sha256: &str) -> Result<bool, Fault> {
    let statement =
        "SELECT 1 FROM mirrored AS m WHERE source_id = ? AND plugin_id = ? AND number = ? AND sha256 = ?
         AND NOT EXISTS (SELECT 1 FROM stolen_version AS s
            WHERE s.source_id = m.source_id AND s.plugin_id = m.plugin_id AND s.number = m.number)";
    let values = [&offer.place()[..], &[Value::from(sha256)]].concat();
    Ok(!host.query(statement, &values)?.is_empty())
}

/// Bytes and number of all versions that a source ever had here. What is removed counts, too: its archives are still stored.
pub(super) fn used(host: &impl Host, source_id: &str) -> Result<(u64, u64), Fault> {
    let statement = "SELECT COALESCE(SUM(size), 0), COUNT(*) FROM digest WHERE source_id = ?";
    let rows = host.query(statement, &[Value::from(source_id)])?;
    first(rows).map_or(Ok((0, 0)), |row| Ok((row.number(0)?, row.number(1)?)))
}

/// The same without the version that is offered: if bytes of it are known, these take their place.
pub(super) fn used_by_others(host: &impl Host, offer: &Offer<'_>) -> Result<(u64, u64), Fault> {
    let statement = "SELECT COALESCE(SUM(size), 0), COUNT(*) FROM digest
         WHERE source_id = ? AND NOT (plugin_id = ? AND number = ?)";
    let rows = host.query(statement, &offer.place())?;
    first(rows).map_or(Ok((0, 0)), |row| Ok((row.number(0)?, row.number(1)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_known_by_their_number() {
        assert_eq!(number("1.0"), number("v1.0.0+build"));
        assert_eq!(number("<script>"), None);
    }
}
