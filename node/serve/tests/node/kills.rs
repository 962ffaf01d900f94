//! The machine loses its power in the middle of a synchronisation, again and again. `tests/node-kills.sh` does it fifty times.

use crate::host::is_native;
use crate::publisher::{Plugin, Publisher};
use crate::running::{Folder, MASTER_KEY, Running};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Says how often the node is killed.
const KILLS: &str = "FEDVERIFY_KILLS";

const PLUGINS: usize = 30;

fn slug(number: usize) -> String {
    format!("plugin{number}")
}

#[test]
fn a_kill_in_the_middle_loses_nothing_that_was_acknowledged_and_leaves_nothing_half_stored() {
    let kills = std::env::var(KILLS).map_or(3, |kills| kills.parse().expect("a number"));
    let folder = Folder::new();
    let publisher = Publisher::start("kills");
    let (mut keys, mut seen) = (BTreeSet::new(), 0);
    let mut admin = String::new();
    for kill in 0..kills {
        // New versions each time, so that there is always something to store.
        let version = format!("1.0.{kill}");
        let plugins: Vec<Plugin> =
            (0..PLUGINS).map(|number| publisher.plugin(&slug(number), &version)).collect();
        let node = start(&folder, &mut admin);
        publisher.offer(vec![]);
        node.add(&publisher).ok();
        // Acknowledged before: another plugin in each round would be too many, so this one is looked for at the end.
        let asked = counting(&publisher, plugins.clone());
        let acknowledged = Mutex::new(BTreeSet::new());
        thread::scope(|scope| {
            let sync = || {
                node.try_ask(
                    "/federation/subscribe",
                    &node.admin,
                    &json!({"sourceId": publisher.source_id()}),
                )
            };
            scope.spawn(sync);
            scope.spawn(|| {
                // Other writes meanwhile.
                for number in 0.. {
                    let name = format!("key {kill} {number}");
                    let made =
                        node.try_ask("/federation/create-admin-key", MASTER_KEY, &json!({"name": name}));
                    if made != Some(200) {
                        return;
                    }
                    acknowledged.lock().unwrap().insert(name);
                }
            });
            // Another moment each time.
            let moment = 1 + kill * 7 % (PLUGINS - 1);
            while asked.load(Ordering::SeqCst) < moment {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(u64::try_from(kill % 10).unwrap()));
            node.signal("KILL");
        });
        node.kill();
        keys.extend(acknowledged.into_inner().unwrap());
        if is_native("what is within Miniflare's bucket has names of its own, so only the node is asked") {
            is_whole(folder.path());
        }

        let node = start(&folder, &mut admin);
        let listed = node.get("keys").ok().to_string();
        for name in &keys {
            assert!(listed.contains(&format!("\"{name}\"")), "{name} was acknowledged");
        }
        let stored = stored(&node, &publisher, &version, &plugins);
        // What was cut off is done by the next synchronisation.
        let synced = node.sync(&publisher);
        assert_eq!(synced["mirroredCount"], PLUGINS, "{synced}");
        assert_eq!(self::stored(&node, &publisher, &version, &plugins), PLUGINS);
        let total = node.get("plugins?limit=1").ok()["total"].as_u64().unwrap();
        seen += u64::try_from(PLUGINS).unwrap();
        assert_eq!(total, seen);
        let path = format!("verify?source={}&plugin={}&version={version}", publisher.source_id(), slug(0));
        assert_eq!(node.get(&path).ok()["verdict"], "verified");
        node.kill();
        println!("kill {kill}: {stored} of {PLUGINS} versions were stored, {} keys acknowledged", keys.len());
    }
}

/// The node with an admin's key that was made at its first start.
fn start(folder: &Folder, admin: &mut String) -> Running {
    let limits =
        ["--allow-private", "--limit", "readsPerMinute=1000000", "--limit", "downloadsPerMinute=1000000"];
    let limits = [&limits[..], &["--limit", "visitsPerMinute=1000", "--limit", "keys=1000000"]].concat();
    let mut node = Running::with(folder, &limits, Some(MASTER_KEY));
    if admin.is_empty() {
        *admin = node.key(json!({"name": "kills"}));
    }
    node.admin.clone_from(admin);
    node
}

/// Offers these plugins, and counts how many archives were asked for.
fn counting(publisher: &Publisher, plugins: Vec<Plugin>) -> std::sync::Arc<AtomicUsize> {
    let asked = std::sync::Arc::new(AtomicUsize::new(0));
    let counter = std::sync::Arc::clone(&asked);
    publisher.offer_but(plugins, move |ask| {
        if ask.path.ends_with(".zip") {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        None
    });
    asked
}

/// How many of the plugins are stored in this version. Each that is listed has exactly the bytes that were offered.
fn stored(node: &Running, publisher: &Publisher, version: &str, plugins: &[Plugin]) -> usize {
    let is_stored = |(number, plugin): &(usize, &Plugin)| {
        let path =
            format!("download?source={}&plugin={}&version={version}", publisher.source_id(), slug(*number));
        let answer = node.get(&path);
        assert!([200, 404].contains(&answer.status), "{}", answer.status);
        if answer.status == 200 {
            assert_eq!(answer.bytes, plugin.archive, "{}", slug(*number));
        }
        answer.status == 200
    };
    plugins.iter().enumerate().filter(is_stored).count()
}

/// The database is sound, every archive that it names is there, and every archive has the bytes that its name says.
fn is_whole(folder: &Path) {
    let database = rusqlite::Connection::open(folder.join("node.sqlite")).unwrap();
    let check: String = database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let archives = folder.join("blobs/archives");
    let mut statement = database.prepare("SELECT sha256 FROM digest").unwrap();
    let named = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for sha256 in named {
        assert!(archives.join(format!("{}.zip", sha256.unwrap())).is_file());
    }
    for entry in std::fs::read_dir(archives).into_iter().flatten() {
        let path = entry.unwrap().path();
        // What the storage had not finished has another ending.
        if path.extension().is_some_and(|ending| ending == "zip") {
            let file = std::fs::File::open(&path).unwrap();
            let digests =
                fedverify::PackageDigests::from_reader(file, &fedverify::Limits::default()).unwrap();
            assert_eq!(path.file_stem().unwrap().to_str().unwrap(), digests.sha256_hex());
        }
    }
}
