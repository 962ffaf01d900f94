//! The tables, made and changed in numbered steps. A step that was released is never changed: a new one follows it.
//!
//! The names are other than those of the original node, whose tables a Durable Object may still hold.

use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;

/// Each step is one transaction. Step `n` (from 1) brings a database of version `n - 1` to version `n`.
const STEPS: &[&[&str]] = &[
    FOUNDING,
    WITHDRAWN_WITH_THE_DIGEST,
    FORGETTING,
    IDENTITIES,
    PEERS,
    LISTS,
    LEFT_OFF,
    CLOCK,
    KEY_CHANGES,
    STOLEN_KEYS,
];

const FOUNDING: &[&str] = &[
    "CREATE TABLE api_key (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('admin', 'subscriber')),
        hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, revoked_at INTEGER)",
    "CREATE TABLE session (
        hash TEXT PRIMARY KEY, key_id TEXT NOT NULL REFERENCES api_key (id), form_token TEXT NOT NULL,
        expires_at INTEGER NOT NULL)",
    "CREATE TABLE source (
        id TEXT PRIMARY KEY, instance_url TEXT NOT NULL, username TEXT NOT NULL,
        public_key TEXT NOT NULL, did_key TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'verified', 'stale', 'error')),
        reason TEXT, challenge TEXT CHECK (challenge IN ('bound', 'legacy')), oracle INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, last_verified INTEGER, last_sync INTEGER,
        asset_domain TEXT, asset_naming_scheme TEXT, next_check INTEGER NOT NULL,
        UNIQUE (instance_url, username))",
    "CREATE INDEX source_next_check ON source (next_check)",
    "CREATE TABLE verification (
        id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES source (id),
        kind TEXT NOT NULL, result TEXT NOT NULL CHECK (result IN ('success', 'failure')),
        code TEXT, reason TEXT, is_up INTEGER NOT NULL, response_ms INTEGER NOT NULL, verified_at INTEGER NOT NULL)",
    "CREATE INDEX verification_source ON verification (source_id, verified_at)",
    "CREATE TABLE subscription (
        source_id TEXT NOT NULL REFERENCES source (id), subscriber TEXT NOT NULL, tags TEXT NOT NULL,
        created_at INTEGER NOT NULL, PRIMARY KEY (source_id, subscriber))",
    // Kept for ever, also when the source, the mirror or the key is gone: what a version was when it was first seen.
    "CREATE TABLE digest (
        source_id TEXT NOT NULL, plugin_id TEXT NOT NULL, number TEXT NOT NULL, version TEXT NOT NULL,
        sha256 TEXT NOT NULL, sha384 TEXT NOT NULL, size INTEGER NOT NULL, first_seen INTEGER NOT NULL,
        PRIMARY KEY (source_id, plugin_id, number))",
    "CREATE TABLE mirror (
        id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES source (id),
        plugin_id TEXT NOT NULL, number TEXT NOT NULL, version TEXT NOT NULL,
        name TEXT NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL,
        signature TEXT NOT NULL, archive_signature TEXT, public_key TEXT NOT NULL,
        binding TEXT NOT NULL CHECK (binding IN ('signed', 'consistent')),
        mirrored_at INTEGER NOT NULL, checked_at INTEGER NOT NULL, withdrawn_at INTEGER,
        UNIQUE (source_id, plugin_id, number))",
    "CREATE TABLE equivocation (
        source_id TEXT NOT NULL, plugin_id TEXT NOT NULL, number TEXT NOT NULL, sha256 TEXT NOT NULL,
        found_at INTEGER NOT NULL, PRIMARY KEY (source_id, plugin_id, number, sha256))",
    // A stored version with what it was when it was first seen. Its columns are those that `Mirror` reads, in their order.
    "CREATE VIEW mirrored AS SELECT m.source_id, m.plugin_id, m.version, m.name, m.description, m.tags, m.signature,
        m.archive_signature, m.public_key, m.binding, m.mirrored_at, m.checked_at, m.withdrawn_at,
        d.sha256, d.sha384, d.size,
        (SELECT COUNT(*) FROM equivocation AS e
            WHERE e.source_id = m.source_id AND e.plugin_id = m.plugin_id AND e.number = m.number) AS equivocations,
        m.number, m.id
        FROM mirror AS m JOIN digest AS d USING (source_id, plugin_id, number)",
    "CREATE TABLE activity (
        id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, source_id TEXT, plugin_id TEXT,
        old_version TEXT, new_version TEXT, plugin_name TEXT, result TEXT, reason TEXT, at INTEGER NOT NULL)",
    "CREATE INDEX activity_source ON activity (source_id, plugin_id, type, at)",
    "CREATE INDEX activity_type ON activity (source_id, type, at)",
];

/// That a version is withdrawn is kept with its digests, also when the source is removed and comes back.
const WITHDRAWN_WITH_THE_DIGEST: &[&str] = &[
    "ALTER TABLE digest ADD COLUMN withdrawn_at INTEGER",
    "UPDATE digest SET withdrawn_at = (SELECT m.withdrawn_at FROM mirror AS m WHERE m.source_id = digest.source_id
        AND m.plugin_id = digest.plugin_id AND m.number = digest.number)",
    "DROP VIEW mirrored",
    "CREATE VIEW mirrored AS SELECT m.source_id, m.plugin_id, m.version, m.name, m.description, m.tags, m.signature,
        m.archive_signature, m.public_key, m.binding, m.mirrored_at, m.checked_at, d.withdrawn_at,
        d.sha256, d.sha384, d.size,
        (SELECT COUNT(*) FROM equivocation AS e
            WHERE e.source_id = m.source_id AND e.plugin_id = m.plugin_id AND e.number = m.number) AS equivocations,
        m.number, m.id
        FROM mirror AS m JOIN digest AS d USING (source_id, plugin_id, number)",
    "ALTER TABLE mirror DROP COLUMN withdrawn_at",
];

/// Each alarm forgets what is old; without an index it reads everything to find nothing.
const FORGETTING: &[&str] = &[
    "CREATE INDEX activity_at ON activity (at)",
    "CREATE INDEX verification_at ON verification (verified_at)",
];

/// The did:plc of publishers that have one. What is remembered of it stays when its sources are removed.
const IDENTITIES: &[&str] = &[
    "ALTER TABLE source ADD COLUMN did TEXT",
    "ALTER TABLE source ADD COLUMN identity TEXT CHECK (identity IN ('proven', 'refuted', 'unreached'))",
    "ALTER TABLE source ADD COLUMN identity_reason TEXT",
    "CREATE TABLE identity (did TEXT PRIMARY KEY, pin TEXT NOT NULL)",
];

/// Other nodes, and which of them a version was taken from.
const PEERS: &[&str] = &[
    "CREATE TABLE peer (
        url TEXT PRIMARY KEY, added_at INTEGER NOT NULL, next_sync INTEGER NOT NULL, last_sync INTEGER,
        result TEXT CHECK (result IN ('success', 'failure')), reason TEXT,
        mirrored INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0)",
    "ALTER TABLE mirror ADD COLUMN peer TEXT",
    "DROP VIEW mirrored",
    "CREATE VIEW mirrored AS SELECT m.source_id, m.plugin_id, m.version, m.name, m.description, m.tags, m.signature,
        m.archive_signature, m.public_key, m.binding, m.mirrored_at, m.checked_at, d.withdrawn_at,
        d.sha256, d.sha384, d.size,
        (SELECT COUNT(*) FROM equivocation AS e
            WHERE e.source_id = m.source_id AND e.plugin_id = m.plugin_id AND e.number = m.number) AS equivocations,
        m.peer, m.number, m.id
        FROM mirror AS m JOIN digest AS d USING (source_id, plugin_id, number)",
];

/// What lists would have to count or search everything for: the database itself keeps it, whatever statement changes the rows.
const LISTS: &[&str] = &[
    "ALTER TABLE source ADD COLUMN score INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE source ADD COLUMN facts TEXT",
    "ALTER TABLE source ADD COLUMN reasons TEXT",
    "CREATE INDEX source_score ON source (score DESC, created_at DESC, id)",
    "CREATE INDEX mirror_source ON mirror (source_id, id)",
    "CREATE INDEX mirror_plugin ON mirror (plugin_id, id)",
    "CREATE TABLE tally (kind TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "INSERT INTO tally SELECT 'mirror', source_id, COUNT(*) FROM mirror GROUP BY source_id",
    "INSERT INTO tally SELECT 'activity', type, COUNT(*) FROM activity GROUP BY type",
    "INSERT INTO tally SELECT 'verification', result, COUNT(*) FROM verification GROUP BY result",
    "CREATE TABLE tag (tag TEXT NOT NULL, mirror_id INTEGER NOT NULL, PRIMARY KEY (tag, mirror_id)) WITHOUT ROWID",
    "CREATE INDEX tag_mirror ON tag (mirror_id)",
    "INSERT INTO tag SELECT DISTINCT value, mirror.id FROM mirror, json_each(mirror.tags)",
    "CREATE TRIGGER mirror_added AFTER INSERT ON mirror BEGIN
        INSERT INTO tally VALUES ('mirror', NEW.source_id, 1) ON CONFLICT DO UPDATE SET count = count + 1;
        INSERT INTO tag SELECT DISTINCT value, NEW.id FROM json_each(NEW.tags);
     END",
    "CREATE TRIGGER mirror_tagged AFTER UPDATE OF tags ON mirror WHEN OLD.tags <> NEW.tags BEGIN
        DELETE FROM tag WHERE mirror_id = OLD.id;
        INSERT INTO tag SELECT DISTINCT value, NEW.id FROM json_each(NEW.tags);
     END",
    "CREATE TRIGGER mirror_removed AFTER DELETE ON mirror BEGIN
        UPDATE tally SET count = count - 1 WHERE kind = 'mirror' AND name = OLD.source_id;
        DELETE FROM tag WHERE mirror_id = OLD.id;
     END",
    "CREATE TRIGGER activity_added AFTER INSERT ON activity BEGIN
        INSERT INTO tally VALUES ('activity', NEW.type, 1) ON CONFLICT DO UPDATE SET count = count + 1;
     END",
    "CREATE TRIGGER activity_removed AFTER DELETE ON activity BEGIN
        UPDATE tally SET count = count - 1 WHERE kind = 'activity' AND name = OLD.type;
     END",
    "CREATE TRIGGER verification_added AFTER INSERT ON verification BEGIN
        INSERT INTO tally VALUES ('verification', NEW.result, 1) ON CONFLICT DO UPDATE SET count = count + 1;
     END",
    "CREATE TRIGGER verification_removed AFTER DELETE ON verification BEGIN
        UPDATE tally SET count = count - 1 WHERE kind = 'verification' AND name = OLD.result;
     END",
];

/// Where the last visit to a peer was left off, which the next one goes on from.
const LEFT_OFF: &[&str] = &[
    "ALTER TABLE peer ADD COLUMN next_source TEXT",
    "ALTER TABLE peer ADD COLUMN next_offset INTEGER NOT NULL DEFAULT 0",
];

/// When the node looked at the clock last, and since when that has gone on without a jump (clock.rs).
const CLOCK: &[&str] = &[
    "CREATE TABLE clock (last INTEGER NOT NULL, since INTEGER NOT NULL)",
    "INSERT INTO clock SELECT at, 0 FROM activity ORDER BY id DESC LIMIT 1",
];

/// Which keys sources had before, and what was seen of each key. Kept for ever: what an old key signed once must not bring it back,
/// and what a key signed while it signed anything is good for ever, too. Where nothing is known of it, a key was not seen to refuse.
const KEY_CHANGES: &[&str] = &[
    "CREATE TABLE key_change (
        id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, old_key TEXT NOT NULL, new_key TEXT NOT NULL,
        approved_by TEXT NOT NULL CHECK (approved_by IN ('old key', 'administrator')), at INTEGER NOT NULL,
        stolen INTEGER NOT NULL DEFAULT 0)",
    "CREATE INDEX key_change_source ON key_change (source_id, id)",
    "CREATE TABLE key_seen (
        source_id TEXT NOT NULL, did_key TEXT NOT NULL, oracle INTEGER NOT NULL, refused INTEGER NOT NULL,
        PRIMARY KEY (source_id, did_key)) WITHOUT ROWID",
    "CREATE INDEX key_seen_oracle ON key_seen (did_key) WHERE oracle = 1",
    "INSERT INTO key_seen SELECT id, did_key, 1, 0 FROM source WHERE oracle = 1",
];

/// Which keys signed the bytes that are known and those that were found for the same version: what a stolen key signed proves nothing of
/// the publisher. A key that its source has today is not stolen. Where an older program stored a row, its key is not known.
const STOLEN_KEYS: &[&str] = &[
    "ALTER TABLE digest ADD COLUMN did_key TEXT",
    "ALTER TABLE equivocation ADD COLUMN known_key TEXT",
    "ALTER TABLE equivocation ADD COLUMN found_key TEXT",
    "CREATE VIEW stolen_key AS SELECT source_id, old_key AS did_key FROM key_change AS k
        WHERE stolen = 1 AND NOT EXISTS (SELECT 1 FROM source AS s WHERE s.id = k.source_id AND s.did_key = k.old_key)",
    "CREATE VIEW stolen_version AS SELECT d.source_id, d.plugin_id, d.number
        FROM digest AS d JOIN stolen_key USING (source_id, did_key)",
    "CREATE VIEW proven_equivocation AS SELECT source_id, plugin_id, number FROM equivocation AS e
        WHERE NOT EXISTS (SELECT 1 FROM stolen_key AS s
            WHERE s.source_id = e.source_id AND s.did_key IN (e.known_key, e.found_key))",
    "DROP VIEW mirrored",
    "CREATE VIEW mirrored AS SELECT m.source_id, m.plugin_id, m.version, m.name, m.description, m.tags, m.signature,
        m.archive_signature, m.public_key, m.binding, m.mirrored_at, m.checked_at, d.withdrawn_at,
        d.sha256, d.sha384, d.size,
        (SELECT COUNT(*) FROM proven_equivocation AS e
            WHERE e.source_id = m.source_id AND e.plugin_id = m.plugin_id AND e.number = m.number) AS equivocations,
        m.peer, m.number, m.id
        FROM mirror AS m JOIN digest AS d USING (source_id, plugin_id, number)",
];

/// Brings the database to the newest version.
///
/// # Errors
///
/// A [`Fault`] of the database, or of one that a newer program has written.
pub(crate) fn migrate(host: &impl Host) -> Result<(), Fault> {
    host.query(
        "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, at INTEGER NOT NULL)",
        &[],
    )?;
    let rows = host.query("SELECT COALESCE(MAX(version), 0) FROM migration", &[])?;
    let found = first(rows).ok_or_else(|| Fault::new("the database has no version"))?.number(0)?;
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    let Some(missing) = STEPS.get(found..) else {
        let known = STEPS.len();
        let what =
            format!("the database has version {found}, this program knows {known}: use a newer program");
        return Err(Fault::new(what));
    };
    for (version, statements) in (1_u64..).skip(found).zip(missing) {
        host.transaction(&mut || {
            for statement in *statements {
                host.query(statement, &[])?;
            }
            let values = [Value::from(version), Value::from(host.now_ms())];
            host.query("INSERT INTO migration (version, at) VALUES (?, ?)", &values).map(drop)
        })?;
    }
    Ok(())
}
