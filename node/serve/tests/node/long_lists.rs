//! Lists of the longest records that a node takes: how long a page is, and what callers who do not read one hold.

use crate::host::is_native;
use crate::publisher::Publisher;
use crate::running::{Folder, Running};
use rusqlite::params;
use serde_json::{Value as Json, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// How long the tests wait for what happens after a while.
const PATIENCE: Duration = Duration::from_secs(180);

/// How many versions there are.
const VERSIONS: usize = 100;

/// The default of `pageBytes`.
const PAGE_BYTES: usize = 480 * 1024;

/// A node with so many versions whose descriptions and tags take as many bytes as they can.
fn long_lists(folder: &Folder, arguments: &[&str]) -> (Running, Publisher) {
    let (node, publisher) = (Running::start(folder), Publisher::start("long lists"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    node.kill();
    let database = rusqlite::Connection::open(folder.database()).unwrap();
    // A control character has six bytes in JSON.
    let text = |chars: usize| "\u{1}".repeat(chars);
    let tags = json!(vec![text(200); 50]).to_string();
    database.execute("UPDATE mirror SET description = ?, tags = ?", params![text(5000), tags]).unwrap();
    for number in 1..VERSIONS {
        let number = format!("-{number}");
        database
            .execute(
                "INSERT INTO digest (source_id, plugin_id, number, version, sha256, sha384, size, first_seen)
                 SELECT source_id, plugin_id, number || ?1, version || ?1, sha256, sha384, size, first_seen
                 FROM digest WHERE version = '1.0.0'",
                params![number],
            )
            .unwrap();
        database
            .execute(
                "INSERT INTO mirror (source_id, plugin_id, number, version, name, description, tags, signature,
                    archive_signature, public_key, binding, mirrored_at, checked_at, peer)
                 SELECT source_id, plugin_id, number || ?1, version || ?1, name, description, tags, signature,
                    archive_signature, public_key, binding, mirrored_at, checked_at, peer
                 FROM mirror WHERE version = '1.0.0'",
                params![number],
            )
            .unwrap();
    }
    drop(database);
    (Running::with(folder, arguments, None), publisher)
}

#[test]
fn a_page_has_so_many_bytes_and_the_next_one_goes_on() {
    let folder = Folder::new();
    let (node, _publisher) = long_lists(&folder, &["--allow-private"]);
    let versions = |order: &str| {
        let mut versions: Vec<Json> = Vec::new();
        while versions.len() < VERSIONS {
            let offset = versions.len();
            let path = format!("/federation/plugins?limit=100&offset={offset}{order}");
            let page = node.ask("GET", &path, "", None);
            // The brackets around the versions, and the total, come on top.
            assert!(page.bytes.len() < PAGE_BYTES + 200, "{}", page.bytes.len());
            let page = page.ok();
            assert_eq!(page["total"], VERSIONS);
            let plugins = page["plugins"].as_array().unwrap();
            assert!(!plugins.is_empty());
            versions.extend(plugins.iter().map(|plugin| plugin["version"].clone()));
        }
        versions
    };
    let mut newest_first = versions("");
    assert_eq!((newest_first.len(), &newest_first[0]), (VERSIONS, &json!("1.0.0-99")));
    assert_eq!(versions("&order=newest"), newest_first);
    newest_first.reverse();
    assert_eq!(versions("&order=oldest"), newest_first);
    let past = node.ask("GET", "/federation/plugins?order=oldest&offset=1000", "", None).ok();
    assert_eq!(past, json!({"plugins": [], "total": VERSIONS}));
    let refusal = node.ask("GET", "/federation/plugins?order=best", "", None).refusal();
    assert_eq!(refusal, (400, "node.request.invalid".to_owned()));
}

const LIST: &str = "/federation/plugins?limit=100";
const SHOP: &str = "https://shop.example";

/// A connection whose caller, at this address behind a proxy, asks for a list and does not read it.
fn unread(node: &Running, address: &str) -> TcpStream {
    let mut unread = TcpStream::connect(node.url.strip_prefix("http://").unwrap()).unwrap();
    write!(unread, "GET {LIST} HTTP/1.1\r\nhost: a\r\nx-forwarded-for: {address}\r\n\r\n").unwrap();
    let mut head = [0; 12];
    unread.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
    unread
}

#[test]
fn responses_that_nobody_reads_have_so_much_room_together() {
    if !is_native("what waits to be sent is the platform's") {
        return;
    }
    let folder = Folder::new();
    let room = (12 << 20).to_string();
    let arguments = ["--limit", "pageBytes=100000000", "--unread-bytes", &room, "--cors-origin", SHOP];
    let (node, publisher) = long_lists(&folder, &[&["--allow-private"], &arguments[..]].concat());
    let list = || node.exchange("GET", LIST, &[], b"");
    // More than the system takes over, and twice as much is more than there is room for.
    let bytes = list().bytes.len();
    assert!((8 << 20..12 << 20).contains(&bytes), "{bytes}");
    let unread = unread(&node, "192.0.2.1");
    let refused = node.ask_with("GET", LIST, &[("origin", SHOP)]);
    assert_eq!(refused.header("retry-after"), Some("5"));
    // A page of this origin can read that, as it could have read the list.
    for (name, value) in [
        ("access-control-allow-origin", SHOP),
        ("vary", "origin"),
        ("x-content-type-options", "nosniff"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(refused.header(name), Some(value), "{name}");
    }
    assert_eq!(refused.refusal(), (503, "node.busy".to_owned()));
    // It is logged, and is no failure of the node.
    assert!(node.log().iter().any(|line| line.contains("--unread-bytes")));
    assert!(!node.log().iter().any(|line| line.contains("fault")));
    // What is short, and what comes from the storage, is sent all the same.
    assert_eq!(node.ask("GET", "/federation/plugins?limit=0", "", None).status, 200);
    let place = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.ask("GET", &format!("/federation/download?{place}"), "", None).status, 200);
    drop(unread);
    let start = Instant::now();
    while list().status != 200 {
        assert!(start.elapsed() < PATIENCE, "there is never room again");
        thread::sleep(Duration::from_millis(100));
    }
}

/// Otherwise five addresses would have all of it.
#[test]
fn responses_that_a_network_does_not_read_have_a_part_of_the_room() {
    if !is_native("what waits to be sent is the platform's") {
        return;
    }
    let folder = Folder::new();
    let room = (64 << 20).to_string();
    let arguments =
        ["--allow-private", "--limit", "pageBytes=100000000", "--behind-proxy", "--unread-bytes", &room];
    let (node, _publisher) = long_lists(&folder, &arguments);
    let status = |address: &str| node.ask_with("GET", LIST, &[("x-forwarded-for", address)]).status;
    // A list of some ten megabytes is more than the share of one address, which may have one all the same.
    let _unread = ["192.0.2.1", "2001:db8:0:1::1"].map(|address| unread(&node, address));
    assert_eq!([status("192.0.2.1"), status("2001:db8:0:1::2")], [503, 503]);
    // Two of them are more than the share of a site.
    assert_eq!([status("192.0.2.2"), status("2001:db8:0:2::1")], [503, 503]);
    assert_eq!([status("198.51.100.1"), status("2001:db9::1"), status("unknown")], [200, 200, 200]);
}
