//! What a large node answers in which time. `tests/node-load.sh` runs this, and prints the table of node/README.md.

use crate::running::{Folder, Running};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

const SOURCES: i64 = 1_000;
const VERSIONS: i64 = 100_000;
/// Archives, which several versions share here: what they take on the disk is not what is measured.
const ARCHIVES: i64 = 1_000;
const ARCHIVE_BYTES: usize = 50_000;
const REQUESTS: i64 = 500;
/// Of the one that takes long.
const LONG_REQUESTS: i64 = 50;
const DOWNLOADS_AT_ONCE: usize = 500;

#[test]
#[ignore = "takes minutes, and its figures are of a release build: tests/node-load.sh runs it"]
fn a_large_node_answers() {
    let folder = Folder::new();
    // Makes the tables, and a key.
    let node = Running::start(&folder);
    let admin = node.admin.clone();
    node.kill();
    let sizes = fill(folder.path());
    let rates = ["readsPerMinute=1000000", "downloadsPerMinute=1000000"];
    let mut arguments: Vec<&str> = rates.iter().flat_map(|rate| ["--limit", rate]).collect();
    arguments.extend(["--allow-private", "--connections-per-address", "1000"]);
    let mut node = Running::with(&folder, &arguments, None);
    node.admin = admin;
    println!("memory after the start: {}", memory(&node));
    println!("| {SOURCES} sources, {VERSIONS} versions, database of {sizes} MB | p50 | p99 |\n|---|---|---|");
    let version = |number: i64| {
        let source = number % SOURCES;
        let (plugin, version) = (number / SOURCES % 10, number / SOURCES / 10);
        format!("source=alice@s{source}.example&plugin=p{plugin}&version=1.0.{version}")
    };
    measure(("`plugins`, newest 50", REQUESTS), &node, &|_| "plugins".to_owned());
    measure(("`plugins`, 50 somewhere", REQUESTS), &node, &|number| {
        format!("plugins?offset={}", number * 199)
    });
    measure(("`plugins` of a source", REQUESTS), &node, &|number| {
        format!("plugins?source=alice@s{number}.example")
    });
    measure(("`plugins` with a tag", REQUESTS), &node, &|_| "plugins?tag=utilities".to_owned());
    measure(("`sources`, all", LONG_REQUESTS), &node, &|_| "sources".to_owned());
    measure(("`source-status`", REQUESTS), &node, &|number| {
        format!("source-status?source=alice@s{number}.example")
    });
    measure(("`activity`, newest 20", REQUESTS), &node, &|_| "activity".to_owned());
    measure(("`download` of 50 kB", REQUESTS), &node, &|number| {
        format!("download?{}", version(number * 197))
    });
    let (start, times) = (Instant::now(), at_once(&node, &version));
    row(
        &format!("{DOWNLOADS_AT_ONCE} `download` at once (all in {} ms)", start.elapsed().as_millis()),
        times,
    );
    println!("memory at the end: {}", memory(&node));
}

/// Fills the database by its own tables; its size in MB.
fn fill(folder: &Path) -> u64 {
    let archives = folder.join("blobs/archives");
    std::fs::create_dir_all(&archives).unwrap();
    for number in 0..ARCHIVES {
        std::fs::write(archives.join(format!("{number:064x}.zip")), vec![b'x'; ARCHIVE_BYTES]).unwrap();
    }
    let mut database = rusqlite::Connection::open(folder.join("node.sqlite")).unwrap();
    let transaction = database.transaction().unwrap();
    let numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)";
    let key = "6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
    let statements = [
        (SOURCES, format!(
            "{numbers} INSERT INTO source (id, instance_url, username, public_key, did_key, status, created_at, next_check)
             SELECT 'alice@s' || i || '.example', 'https://s' || i || '.example', 'alice', '{key}', '', 'verified',
                unixepoch() - i, unixepoch() + 80000 FROM n"
        )),
        (VERSIONS, format!(
            "{numbers} INSERT INTO digest (source_id, plugin_id, number, version, sha256, sha384, size, first_seen)
             SELECT 'alice@s' || (i % {SOURCES}) || '.example', 'p' || (i / {SOURCES} % 10),
                '1.0.' || (i / {SOURCES} / 10), '1.0.' || (i / {SOURCES} / 10),
                printf('%064x', i % {ARCHIVES}), printf('%096x', i), {ARCHIVE_BYTES}, unixepoch() FROM n"
        )),
        (1, String::from(
            "INSERT INTO mirror (source_id, plugin_id, number, version, name, description, tags, signature, public_key, binding,
                mirrored_at, checked_at)
             SELECT source_id, plugin_id, number, version, 'A plugin with a name', 'What a plugin says of itself, in a sentence or two.',
                '[\"utilities\"]', 'c2lnbmF0dXJl', '', 'consistent', first_seen, first_seen FROM digest WHERE ?1",
        )),
        (SOURCES * 100, format!(
            "{numbers} INSERT INTO verification (source_id, kind, result, is_up, response_ms, verified_at)
             SELECT 'alice@s' || (i % {SOURCES}) || '.example', 'scheduled', 'success', 1, 120, unixepoch() - i FROM n"
        )),
        (VERSIONS, format!(
            "{numbers} INSERT INTO activity (type, source_id, plugin_id, old_version, new_version, plugin_name, result, at)
             SELECT 'version_update', 'alice@s' || (i % {SOURCES}) || '.example', 'p' || (i % 10), '1.0.0', '1.0.1', 'A plugin', 'success',
                unixepoch() - {VERSIONS} + i FROM n"
        )),
    ];
    for (count, statement) in statements {
        transaction.execute(&statement, [count]).unwrap();
    }
    transaction.commit().unwrap();
    let count: i64 = database.query_row("SELECT COUNT(*) FROM mirror", [], |row| row.get(0)).unwrap();
    assert_eq!(count, VERSIONS);
    std::fs::metadata(folder.join("node.sqlite")).unwrap().len() >> 20
}

/// Asks many times, one after another, and prints the times.
fn measure((what, requests): (&str, i64), node: &Running, path: &dyn Fn(i64) -> String) {
    let mut times = Vec::new();
    for number in 0..requests {
        let path = format!("/federation/{}", path(number));
        let start = Instant::now();
        let answer = fetch(node, &path);
        times.push(start.elapsed());
        assert!(answer.starts_with(b"HTTP/1.1 200 "), "{path}: {}", String::from_utf8_lossy(&answer));
    }
    row(what, times);
}

fn row(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let of = |share: usize| {
        let time = times[(times.len() - 1) * share / 100];
        format!("{}.{} ms", time.as_millis(), time.as_micros() % 1000 / 100)
    };
    println!("| {what} | {} | {} |", of(50), of(99));
}

fn at_once(node: &Running, version: &(dyn Fn(i64) -> String + Sync)) -> Vec<Duration> {
    thread::scope(|scope| {
        let one = |number: usize| {
            let start = Instant::now();
            let answer =
                fetch(node, &format!("/federation/download?{}", version(i64::try_from(number).unwrap())));
            assert!(answer.len() > ARCHIVE_BYTES, "{}", String::from_utf8_lossy(&answer));
            start.elapsed()
        };
        let threads: Vec<_> = (0..DOWNLOADS_AT_ONCE).map(|number| scope.spawn(move || one(number))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// One request on a connection of its own, with the whole answer.
fn fetch(node: &Running, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(node.url.strip_prefix("http://").unwrap()).unwrap();
    let head = format!(
        "GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: Bearer {}\r\n\r\n",
        node.admin
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

/// What the node has of the machine's memory now, and had at most.
fn memory(node: &Running) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", node.id())).unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or(" unknown");
        line.trim().to_owned()
    };
    format!("{} (at most {})", of("VmRSS:"), of("VmHWM:"))
}
