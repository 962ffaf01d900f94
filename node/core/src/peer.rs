//! The rows of peers: other nodes, of which archives are taken that the publishers' own keys sign (mirror/peer).

use crate::activity::seconds;
use crate::database::{Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::names::Instance;
use serde::Serialize;

/// Another node.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Peer {
    pub(crate) url: String,
    pub(crate) added_at: u64,
    pub(crate) next_sync: u64,
    pub(crate) last_sync: Option<u64>,
    /// How the last visit ended.
    pub(crate) result: Option<String>,
    /// Why it failed.
    pub(crate) reason: Option<String>,
    /// How many versions were taken from it, ever.
    pub(crate) mirrored: u64,
    /// How many were refused at the last visit.
    pub(crate) refused: u64,
    /// Where the next visit goes on; `None` for the beginning.
    #[serde(skip)]
    pub(crate) next: Option<Place>,
}

/// A place in what a peer has: a source, and the version of it by its number in the peer's list, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) source_id: String,
    pub(crate) offset: u64,
}

impl Peer {
    /// The id under which it is reserved for a visit (`Node::occupy`).
    pub(crate) fn occupied_as(&self) -> String {
        format!("peer {}", self.url)
    }

    /// A URL of its API.
    pub(crate) fn url(&self, path: &str) -> String {
        Instance::stored(&self.url).url(path)
    }

    fn stored(row: &Row) -> Result<Self, Fault> {
        Ok(Peer {
            url: row.text(0)?,
            added_at: row.number(1)?,
            next_sync: row.number(2)?,
            last_sync: row.optional_number(3)?,
            result: row.optional_text(4)?,
            reason: row.optional_text(5)?,
            mirrored: row.number(6)?,
            refused: row.number(7)?,
            next: match row.optional_text(8)? {
                Some(source_id) => Some(Place { source_id, offset: row.number(9)? }),
                None => None,
            },
        })
    }
}

/// The columns of a peer, in the order in which `Peer::stored` reads them.
macro_rules! columns {
    () => {
        "url, added_at, next_sync, last_sync, result, reason, mirrored, refused, next_source, next_offset"
    };
}

/// The peer at this URL.
pub(crate) fn find(host: &impl Host, url: &str) -> Result<Option<Peer>, Fault> {
    let statement = concat!("SELECT ", columns!(), " FROM peer WHERE url = ?");
    first(host.query(statement, &[Value::from(url)])?).as_ref().map(Peer::stored).transpose()
}

/// All peers.
pub(crate) fn list(host: &impl Host) -> Result<Vec<Peer>, Fault> {
    let statement = concat!("SELECT ", columns!(), " FROM peer ORDER BY added_at, url");
    host.query(statement, &[])?.iter().map(Peer::stored).collect()
}

/// The peer whose visit is due first, if one is.
pub(crate) fn due(host: &impl Host) -> Result<Option<Peer>, Fault> {
    let statement = "SELECT url FROM peer WHERE next_sync <= ? ORDER BY next_sync, url LIMIT 1";
    let Some(row) = first(host.query(statement, &[Value::from(seconds(host))])?) else { return Ok(None) };
    find(host, &row.text(0)?)
}

/// When the next visit is due, in seconds since 1970.
pub(crate) fn next_due(host: &impl Host) -> Result<Option<u64>, Fault> {
    first(host.query("SELECT MIN(next_sync) FROM peer", &[])?).map_or(Ok(None), |row| row.optional_number(0))
}

/// Adds a peer that is not there.
pub(crate) fn add(host: &impl Host, url: &str) -> Result<(), Fault> {
    let now = seconds(host);
    let values = [Value::from(url), Value::from(now), Value::from(now)];
    host.query("INSERT INTO peer (url, added_at, next_sync) VALUES (?, ?, ?)", &values).map(drop)
}

/// Puts the next visit off by this many seconds from now.
pub(crate) fn postpone(host: &impl Host, url: &str, by: u64) -> Result<(), Fault> {
    let values = [Value::from(seconds(host).saturating_add(by)), Value::from(url)];
    host.query("UPDATE peer SET next_sync = ? WHERE url = ?", &values).map(drop)
}

/// Brings back visits that are further off than usual: the clock was wrong when they were put off.
pub(crate) fn recall(host: &impl Host, usual: u64) -> Result<(), Fault> {
    let latest = seconds(host).saturating_add(usual);
    host.query("UPDATE peer SET next_sync = ?1 WHERE next_sync > ?1", &[Value::from(latest)]).map(drop)
}

/// Records where the next visit goes on, and how many versions this one took until there.
pub(crate) fn left_off(
    host: &impl Host,
    url: &str,
    next: Option<&Place>,
    mirrored: u64,
) -> Result<(), Fault> {
    let (source_id, offset) = next.map(|place| (place.source_id.as_str(), place.offset)).unzip();
    let values = [
        Value::from(source_id),
        Value::from(offset.unwrap_or_default()),
        Value::from(mirrored),
        Value::from(url),
    ];
    host.query(
        "UPDATE peer SET next_source = ?, next_offset = ?, mirrored = mirrored + ? WHERE url = ?",
        &values,
    )
    .map(drop)
}

/// Records how a visit ended.
pub(crate) fn visited(host: &impl Host, url: &str, reason: Option<&str>, refused: u64) -> Result<(), Fault> {
    let result = if reason.is_none() { "success" } else { "failure" };
    let reason = reason.map(fedverify::printable);
    let texts = [Some(result), reason.as_deref()].map(Value::from);
    let numbers = [seconds(host), refused].map(Value::from);
    let values = [&texts[..], &numbers, &[Value::from(url)]].concat();
    host.query("UPDATE peer SET result = ?, reason = ?, last_sync = ?, refused = ? WHERE url = ?", &values)
        .map(drop)
}

/// Forgets a peer. What was taken from it stays: its publishers signed it.
pub(crate) fn remove(host: &impl Host, url: &str) -> Result<(), Fault> {
    host.query("DELETE FROM peer WHERE url = ?", &[Value::from(url)]).map(drop)
}
