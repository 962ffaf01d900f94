//! A node in the place of the original one, whose Durable Object it takes over with what is in its database.

use crate::publisher::Publisher;
use crate::running::{Folder, Running};
use rusqlite::Connection;
use std::path::PathBuf;

/// The original's tables, index and trigger, by their names: what they have in them does not matter here.
const ORIGINAL: &str = "
    CREATE TABLE sources (id TEXT PRIMARY KEY, instance_url TEXT NOT NULL, status TEXT DEFAULT 'pending');
    CREATE TABLE mirrored_plugins (id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES sources (id));
    CREATE TABLE version_updates (id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES sources (id));
    CREATE TABLE subscriptions (id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES sources (id));
    CREATE TABLE source_verifications (id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES sources (id));
    CREATE TABLE sync_failures (id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL REFERENCES sources (id));
    CREATE INDEX idx_sources_trust ON sources (status);
    CREATE INDEX idx_mirrored_plugins_source ON mirrored_plugins (source_id);
    CREATE INDEX idx_version_updates_time ON version_updates (id);
    CREATE INDEX idx_subscriptions_subscriber ON subscriptions (source_id);
    CREATE TRIGGER track_version_updates AFTER INSERT ON mirrored_plugins
        BEGIN INSERT INTO version_updates (source_id) VALUES (NEW.source_id); END;
    INSERT INTO sources VALUES ('alice@old.example', 'https://old.example', 'verified');
    INSERT INTO mirrored_plugins (source_id) VALUES ('alice@old.example');
    INSERT INTO subscriptions (source_id) VALUES ('alice@old.example');";

/// Where a node has its database, within its folder.
fn database() -> PathBuf {
    let folder = Folder::new();
    Running::with(&folder, &[], None).ask("GET", "/openapi.json", "", None).ok();
    folder.database().strip_prefix(folder.path()).unwrap().to_owned()
}

#[test]
fn what_the_original_stored_is_left_alone() {
    let folder = Folder::new();
    let file = folder.path().join(database());
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    Connection::open(&file).unwrap().execute_batch(ORIGINAL).unwrap();
    let (node, publisher) = (Running::start(&folder), Publisher::start("new"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    // Nothing of the original's is shown: nothing of it was ever verified.
    assert_eq!(node.get("sources").ok().as_array().unwrap().len(), 1);
    assert_eq!(node.plugins().len(), 1);
    node.kill();
    let connection = Connection::open(&file).unwrap();
    let count = |table: &str| -> i64 {
        connection.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap()
    };
    let tables = ["sources", "mirrored_plugins", "version_updates", "subscriptions", "source_verifications"];
    assert_eq!(tables.map(count), [1, 1, 1, 1, 0]);
    assert_eq!(count("source"), 1);
}
