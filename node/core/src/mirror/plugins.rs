//! The list of stored versions.

use super::version::Mirror;
use crate::database::{Value, first, tally};
use crate::fault::Fault;
use crate::host::Host;
use serde_json::{Value as Json, json};

/// In which order versions are listed: as they were mirrored here, but what another node had of the history before the version that
/// was the last one then (store.rs).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Newest,
    /// The oldest first. A version that is mirrored later moves none of this list towards its start: whoever takes all of it can go on
    /// later where it ended, and skips nothing that was there. Only one that takes the place of a stolen key's leaves no gap there.
    Oldest,
}

/// Which versions to list. Without a value, a member does not matter.
#[derive(Debug, Default)]
pub(crate) struct Query<'q> {
    pub(crate) source: Option<&'q str>,
    pub(crate) plugin: Option<&'q str>,
    pub(crate) tag: Option<&'q str>,
    pub(crate) order: Order,
    pub(crate) limit: u64,
    pub(crate) offset: u64,
}

/// The statements that list and count what is asked for. Each goes by an index that has the narrowest of it; what is skipped is
/// skipped there, before digests and equivocations are looked up.
type Statements = (&'static str, &'static str);

const ALL: &str = "SELECT * FROM mirrored WHERE id IN (SELECT id FROM mirror
     WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL ORDER BY id DESC LIMIT ?4 OFFSET ?5) ORDER BY id DESC";

const OF_SOURCE: Statements = (
    "SELECT * FROM mirrored WHERE id IN (SELECT id FROM mirror
     WHERE source_id = ?1 AND (?2 IS NULL OR plugin_id = ?2) AND ?3 IS NULL
     ORDER BY id DESC LIMIT ?4 OFFSET ?5) ORDER BY id DESC",
    "SELECT COUNT(*) FROM mirror WHERE source_id = ?1 AND plugin_id = ?2 AND ?3 IS NULL",
);

const OF_PLUGIN: Statements = (
    "SELECT * FROM mirrored WHERE id IN (SELECT id FROM mirror
     WHERE ?1 IS NULL AND plugin_id = ?2 AND ?3 IS NULL ORDER BY id DESC LIMIT ?4 OFFSET ?5) ORDER BY id DESC",
    "SELECT COUNT(*) FROM mirror WHERE ?1 IS NULL AND plugin_id = ?2 AND ?3 IS NULL",
);

const OF_TAG: Statements = (
    "SELECT * FROM mirrored WHERE id IN (SELECT mirror_id FROM tag
     WHERE tag = ?3 AND ((?1 IS NULL AND ?2 IS NULL) OR EXISTS (SELECT 1 FROM mirror WHERE id = mirror_id
        AND (?1 IS NULL OR source_id = ?1) AND (?2 IS NULL OR plugin_id = ?2)))
     ORDER BY mirror_id DESC LIMIT ?4 OFFSET ?5) ORDER BY id DESC",
    "SELECT COUNT(*) FROM tag
     WHERE tag = ?3 AND ((?1 IS NULL AND ?2 IS NULL) OR EXISTS (SELECT 1 FROM mirror WHERE id = mirror_id
        AND (?1 IS NULL OR source_id = ?1) AND (?2 IS NULL OR plugin_id = ?2)))",
);

/// Lists versions, and counts all that match.
pub(crate) fn list(host: &impl Host, query: &Query<'_>) -> Result<(Vec<Mirror>, u64), Fault> {
    let values = [query.source, query.plugin, query.tag].map(Value::from);
    // Those that the database counts as they come and go are not counted here.
    let (statement, count) = match (query.source, query.plugin, query.tag) {
        (_, _, Some(_)) => (OF_TAG.0, Some(OF_TAG.1)),
        (None, None, None) => (ALL, None),
        (Some(_), None, None) => (OF_SOURCE.0, None),
        (Some(_), Some(_), None) => (OF_SOURCE.0, Some(OF_SOURCE.1)),
        (None, Some(_), None) => (OF_PLUGIN.0, Some(OF_PLUGIN.1)),
    };
    let total = match count {
        Some(count) => first(host.query(count, &values)?).map_or(Ok(0), |row| row.number(0))?,
        None => tally(host, "mirror", query.source)?,
    };
    let page = page(query, total).map(Value::from);
    let rows = host.query(statement, &[&values[..], &page].concat())?;
    let mut mirrors = rows.iter().map(Mirror::stored).collect::<Result<Vec<_>, _>>()?;
    if query.order == Order::Oldest {
        mirrors.reverse();
    }
    Ok((mirrors, total))
}

/// How many rows a page has, and how many newer ones there are: the statements count from the newest.
fn page(query: &Query<'_>, total: u64) -> [u64; 2] {
    match query.order {
        Order::Newest => [query.limit, query.offset],
        Order::Oldest => {
            let left = total.saturating_sub(query.offset);
            let rows = query.limit.min(left);
            [rows, left.saturating_sub(rows)]
        }
    }
}

impl Mirror {
    /// The version as the API lists it.
    pub(crate) fn listed(&self) -> Json {
        let tags: Json = serde_json::from_str(&self.tags).unwrap_or_default();
        let archive = if self.binding == "signed" { "signed" } else { "unsigned" };
        json!({
            "id": self.plugin_id, "source_id": self.source_id, "name": self.name, "version": self.version,
            "description": self.description, "tags": tags, "mirror_date": self.mirrored_at,
            "checked_at": self.checked_at, "withdrawn_at": self.withdrawn_at, "sha256": self.sha256,
            "sha384": self.sha384, "size": self.size, "signature": self.signature,
            "archive_signature": self.archive_signature, "public_key": self.public_key,
            "equivocations": self.equivocations, "peer": self.peer,
            "verification": {"metadata": "verified", "archive": archive, "consistency": "consistent"},
        })
    }
}
