-- A database of version 1, as the first node wrote it, with two versions of which one is withdrawn. Never changed: it is an old file.
CREATE TABLE migration (version INTEGER PRIMARY KEY, at INTEGER NOT NULL);
CREATE TABLE api_key (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'subscriber')),
    hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, revoked_at INTEGER);
CREATE TABLE session (
    hash TEXT PRIMARY KEY, key_id TEXT NOT NULL REFERENCES api_key (id), form_token TEXT NOT NULL,
    expires_at INTEGER NOT NULL);
CREATE TABLE source (
    id TEXT PRIMARY KEY, instance_url TEXT NOT NULL, username TEXT NOT NULL,
    public_key TEXT NOT NULL, did_key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'verified', 'stale', 'error')),
    reason TEXT, challenge TEXT CHECK (challenge IN ('bound', 'legacy')), oracle INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, last_verified INTEGER, last_sync INTEGER,
    asset_domain TEXT, asset_naming_scheme TEXT, next_check INTEGER NOT NULL,
    UNIQUE (instance_url, username));
CREATE INDEX source_next_check ON source (next_check);
CREATE TABLE verification (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES source (id),
    kind TEXT NOT NULL, result TEXT NOT NULL CHECK (result IN ('success', 'failure')),
    code TEXT, reason TEXT, is_up INTEGER NOT NULL, response_ms INTEGER NOT NULL, verified_at INTEGER NOT NULL);
CREATE INDEX verification_source ON verification (source_id, verified_at);
CREATE TABLE subscription (
    source_id TEXT NOT NULL REFERENCES source (id), subscriber TEXT NOT NULL, tags TEXT NOT NULL,
    created_at INTEGER NOT NULL, PRIMARY KEY (source_id, subscriber));
CREATE TABLE digest (
    source_id TEXT NOT NULL, plugin_id TEXT NOT NULL, number TEXT NOT NULL, version TEXT NOT NULL,
    sha256 TEXT NOT NULL, sha384 TEXT NOT NULL, size INTEGER NOT NULL, first_seen INTEGER NOT NULL,
    PRIMARY KEY (source_id, plugin_id, number));
CREATE TABLE mirror (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES source (id),
    plugin_id TEXT NOT NULL, number TEXT NOT NULL, version TEXT NOT NULL,
    name TEXT NOT NULL, description TEXT NOT NULL, tags TEXT NOT NULL,
    signature TEXT NOT NULL, archive_signature TEXT, public_key TEXT NOT NULL,
    binding TEXT NOT NULL CHECK (binding IN ('signed', 'consistent')),
    mirrored_at INTEGER NOT NULL, checked_at INTEGER NOT NULL, withdrawn_at INTEGER,
    UNIQUE (source_id, plugin_id, number));
CREATE TABLE equivocation (
    source_id TEXT NOT NULL, plugin_id TEXT NOT NULL, number TEXT NOT NULL, sha256 TEXT NOT NULL,
    found_at INTEGER NOT NULL, PRIMARY KEY (source_id, plugin_id, number, sha256));
CREATE VIEW mirrored AS SELECT m.source_id, m.plugin_id, m.version, m.name, m.description, m.tags, m.signature,
    m.archive_signature, m.public_key, m.binding, m.mirrored_at, m.checked_at, m.withdrawn_at,
    d.sha256, d.sha384, d.size,
    (SELECT COUNT(*) FROM equivocation AS e
    WHERE e.source_id = m.source_id AND e.plugin_id = m.plugin_id AND e.number = m.number) AS equivocations,
    m.number, m.id
    FROM mirror AS m JOIN digest AS d USING (source_id, plugin_id, number);
CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, source_id TEXT, plugin_id TEXT,
    old_version TEXT, new_version TEXT, plugin_name TEXT, result TEXT, reason TEXT, at INTEGER NOT NULL);
CREATE INDEX activity_source ON activity (source_id, plugin_id, type, at);
CREATE INDEX activity_type ON activity (source_id, type, at);
INSERT INTO migration VALUES (1, 1790000000000);
INSERT INTO source (id, instance_url, username, public_key, did_key, status, created_at, next_check) VALUES
    ('alice@a.example', 'https://a.example', 'alice', '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', '', 'verified', 1790000000, 99000000000);
INSERT INTO digest (source_id, plugin_id, number, version, sha256, sha384, size, first_seen) VALUES
    ('alice@a.example', 'gallery', '1.0.0', '1.0.0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 1, 1790000000),
    ('alice@a.example', 'gallery', '2.0.0', '2.0.0', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 1, 1790000000);
INSERT INTO mirror (source_id, plugin_id, number, version, name, description, tags, signature, public_key, binding,
    mirrored_at, checked_at, withdrawn_at) VALUES
    ('alice@a.example', 'gallery', '1.0.0', '1.0.0', 'Gallery', 'Pictures', '[]', 'c2ln', '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', 'consistent', 1790000000, 1790000000, 1790000001),
    ('alice@a.example', 'gallery', '2.0.0', '2.0.0', 'Gallery', 'Pictures', '[]', 'c2ln', '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=', 'consistent', 1790000000, 1790000000, NULL);
