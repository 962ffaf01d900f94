//! The bounds of what strangers may make the node do and keep.

use crate::host::is_native;
use crate::publisher::{Answer, Plugin, Publisher};
use crate::running::{Folder, MASTER_KEY, Running, refused_start, unoccupied};
use fedverify_kit::encoding::base64;
use fedverify_kit::server::Latch;
use serde_json::{Value as Json, json};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

/// How long the tests wait for what happens after a while.
const PATIENCE: Duration = Duration::from_secs(180);

fn until(happened: &dyn Fn() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < PATIENCE, "it never happened");
        thread::sleep(Duration::from_millis(100));
    }
}

fn codes(synced: &Json) -> Vec<&str> {
    let refused = synced["refused"].as_array().unwrap();
    refused.iter().map(|plugin| plugin["code"].as_str().unwrap()).collect()
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[test]
fn a_federation_info_has_a_few_hundred_bytes_that_count() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("long info"));
    let info = |url: &str, spaces: usize| {
        let assets = json!({"domain": url, "namingScheme": "assets/author/slug/slug.zip"});
        let info = json!({"version": "1.0.0", "features": [], "assetInfo": assets}).to_string();
        Answer::Bytes([info.as_bytes(), &b" ".repeat(spaces)].concat())
    };
    let url = publisher.url();
    publisher.offer_but(vec![], move |ask| (ask.path == "/federation-info").then(|| info(&url, 64 << 10)));
    assert_eq!(node.add(&publisher).refusal(), refused(502, "io.network.answer"));
    let url = publisher.url();
    publisher.offer_but(vec![], move |ask| (ask.path == "/federation-info").then(|| info(&url, 60 << 10)));
    assert_eq!(node.add(&publisher).ok()["status"], "verified");
}

#[test]
fn texts_that_are_in_every_list_are_short() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("long texts"));
    let plugin = |slug: &str, name: usize, description: usize| {
        publisher.plugin_with(slug, &"n".repeat(name), "1.0.0", &"d".repeat(description))
    };
    publisher.offer(vec![plugin("a", 501, 1), plugin("b", 1, 5001), plugin("c", 1, 5000)]);
    let synced = node.follow(&publisher);
    assert_eq!(codes(&synced), ["node.record.too_long", "node.record.too_long"]);
    assert_eq!(synced["mirroredCount"], 1);
}

#[test]
fn a_source_has_so_much_room_and_no_more() {
    let publisher = Publisher::start("room");
    let plugins: Vec<Plugin> = ["a", "b"].map(|slug| publisher.plugin(slug, "1.0.0")).to_vec();
    let size = plugins[0].archive.len();
    publisher.offer(plugins);
    for limit in ["sourceVersions=1".to_owned(), format!("sourceBytes={}", size * 2 - 1)] {
        let folder = Folder::new();
        let node = Running::start_with(&folder, &["--limit", &limit]);
        assert_eq!(codes(&node.follow(&publisher)), ["node.source.full"], "{limit}");
        // What is stored is still looked after, and what was removed still counts.
        assert_eq!(node.sync(&publisher)["mirroredCount"], 1, "{limit}");
        node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
        assert_eq!(codes(&node.follow(&publisher)), ["node.source.full"], "{limit}");
    }
}

#[test]
fn a_list_of_plugins_has_an_end() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "plugins=1"]);
    let publisher = Publisher::start("many");
    publisher.offer(vec![publisher.plugin("a", "1.0.0"), publisher.plugin("b", "1.0.0")]);
    node.add(&publisher).ok();
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), refused(502, "node.author.too_many"));
}

#[test]
fn a_synchronisation_has_an_end() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "syncMs=50", "--limit", "archiveMs=500"]);
    let publisher = Publisher::start("slow");
    let plugins = ["a", "b", "c"].map(|slug| publisher.plugin(slug, "1.0.0")).to_vec();
    publisher.offer_but(plugins, |ask| ask.path.ends_with(".zip").then_some(Answer::Silent));
    let synced = node.follow(&publisher);
    assert_eq!((&synced["left"], codes(&synced)), (&json!(2), vec!["io.network.timeout"]));
    let said = node.newest("sync").unwrap();
    assert!(said["reason"].as_str().unwrap().contains("2 of 3 plugins are left"), "{said}");
}

#[test]
fn refusals_are_listed_up_to_a_hundred_and_recorded_once_a_day() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("refusals"));
    let unsigned = |number: usize| {
        let mut plugin = publisher.plugin(&format!("p{number}"), "1.0.0");
        plugin.record.as_object_mut().unwrap().remove("signature");
        plugin
    };
    publisher.offer((0..101).map(unsigned).collect());
    assert_eq!(codes(&node.follow(&publisher)).len(), 100);
    publisher.offer(vec![unsigned(0)]);
    assert_eq!(codes(&node.sync(&publisher)).len(), 1);
    let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
    assert!(status["source"]["trust_reasons"].to_string().contains("0 of 100 signatures good"), "{status}");
}

#[test]
fn other_bytes_for_a_version_are_recorded_ten_times() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("ever other"));
    let first = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![first.clone()]);
    node.follow(&publisher);
    let at = first.archive.windows(5).position(|window| window == b"Hello").unwrap();
    for letter in b'A'..b'A' + 11 {
        if letter == b'H' {
            continue;
        }
        let mut other = first.clone();
        other.archive[at] = letter;
        publisher.offer(vec![other]);
        assert_eq!(codes(&node.sync(&publisher)), ["pin.release_changed"]);
    }
    assert_eq!(node.plugins()[0]["equivocations"], 10);
    let mut other = first;
    other.archive[at] = b'Z';
    publisher.offer(vec![other]);
    assert_eq!(codes(&node.sync(&publisher)), ["pin.release_changed"]);
    assert_eq!(node.plugins()[0]["equivocations"], 10);
}

#[test]
fn a_version_whose_archive_was_signed_stays_signed() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("left out"));
    let mut plugin = publisher.plugin("gallery", "1.0.0");
    let digests =
        fedverify::PackageDigests::from_reader(&plugin.archive[..], &fedverify::Limits::default()).unwrap();
    plugin.record["archive_signature"] = json!(base64(&publisher.key.sign(digests.sha384())));
    publisher.offer(vec![plugin.clone()]);
    node.follow(&publisher);
    plugin.record.as_object_mut().unwrap().remove("archive_signature");
    publisher.offer(vec![plugin]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(node.plugins()[0]["verification"]["archive"], "signed");
}

#[test]
fn the_operator_says_how_long_a_body_may_be() {
    let folder = Folder::new();
    let body = format!("{{\"sourceId\": \"a\"{}}}", " ".repeat(70_000));
    for (limit, status) in [("bodyBytes=65536", 413), ("bodyBytes=80000", 404)] {
        let node = Running::start_with(&folder, &["--limit", limit]);
        let answer = node.ask_raw("POST", "/federation/verify-source", &node.admin, body.as_bytes());
        assert_eq!(answer.status, status, "{limit}");
        node.kill();
    }
}

#[test]
fn there_are_so_many_sources_and_keys() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "sources=1", "--limit", "keys=2"]);
    let (first, second) = (Publisher::honest("first", vec![]), Publisher::honest("second", vec![]));
    node.add(&first).ok();
    assert_eq!(node.add(&second).refusal(), refused(409, "node.limit"));
    // The admin's is the first.
    node.key(json!({"name": "second"}));
    let third = node.ask("POST", "/federation/create-admin-key", MASTER_KEY, Some(&json!({})));
    assert_eq!(third.refusal(), refused(409, "node.limit"));
}

#[test]
fn a_source_is_visited_once_at_a_time() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=3000"]);
    let publisher = Publisher::honest("busy", vec![]);
    node.add(&publisher).ok();
    publisher.offer_but(vec![], |ask| ask.path.starts_with("/author-data").then_some(Answer::Silent));
    thread::scope(|scope| {
        let subscribe = || node.post("subscribe", json!({"sourceId": publisher.source_id()}));
        let first = scope.spawn(subscribe);
        until(&|| publisher.asked("/author-data?author=alice"));
        let second = subscribe();
        assert_eq!(second.header("retry-after"), Some("5"));
        assert_eq!(second.refusal(), refused(409, "node.busy"));
        assert_eq!(first.join().unwrap().refusal(), refused(502, "io.network.timeout"));
    });
}

#[test]
fn so_many_sources_are_synchronised_at_once() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "answerMs=3000", "--limit", "syncsAtOnce=1"]);
    let (first, second) =
        (Publisher::honest("first of two", vec![]), Publisher::honest("second of two", vec![]));
    node.add(&first).ok();
    node.add(&second).ok();
    first.offer_but(vec![], |ask| ask.path.starts_with("/author-data").then_some(Answer::Silent));
    let ids = [&first, &second].map(Publisher::source_id);
    let subscribe = |id: &str| node.post("subscribe", json!({"sourceId": id}));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| subscribe(&ids[0]));
        until(&|| first.asked("/author-data?author=alice"));
        assert_eq!(subscribe(&ids[1]).refusal(), refused(503, "node.busy"));
        assert_eq!(waiting.join().unwrap().refusal(), refused(502, "io.network.timeout"));
    });
    assert_eq!(subscribe(&ids[1]).status, 200);
}

#[test]
fn sources_are_checked_while_the_node_synchronises_as_much_as_it_can() {
    let folder = Folder::new();
    let arguments = ["--check-every", "1", "--limit", "answerMs=300000", "--limit", "syncsAtOnce=1"];
    let node = Running::start_with(&folder, &arguments);
    let (slow, other) = (Publisher::honest("slow reader", vec![]), Publisher::honest("checked", vec![]));
    node.add(&slow).ok();
    node.add(&other).ok();
    let latch = Latch::default();
    let held = latch.clone();
    slow.offer_but(vec![], move |ask| {
        let author = json!({"username": "alice", "member_since": "2024", "plugins": []});
        ask.path.starts_with("/author-data").then(|| Answer::Held(held.clone(), author))
    });
    let subscribe = || unoccupied(|| node.post("subscribe", json!({"sourceId": slow.source_id()})));
    let checks = || {
        let status = node.get(&format!("source-status?source={}", other.source_id())).ok();
        status["last_verification"]["verified_at"].as_u64().unwrap()
    };
    thread::scope(|scope| {
        let waiting = scope.spawn(subscribe);
        until(&|| slow.asked("/author-data?author=alice"));
        let before = checks();
        until(&|| checks() > before + 1);
        assert!(!waiting.is_finished());
        latch.open();
        assert_eq!(waiting.join().unwrap().status, 200);
    });
}

#[test]
fn an_answer_to_a_challenge_comes_before_it_expires() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--limit", "challengeSeconds=0"]);
    let publisher = Publisher::start("late");
    let (url, key) = (publisher.url(), publisher.key.clone());
    publisher.offer_but(vec![], move |ask| {
        (ask.path == "/verify-ownership").then(|| {
            thread::sleep(Duration::from_millis(20));
            crate::publisher::sign_own_challenge(ask, &url, &key)
        })
    });
    let added = node.add(&publisher).ok();
    assert_eq!(added["verified"], false);
    assert!(added["reason"].as_str().unwrap().contains("[node.challenge.expired]"), "{added}");
}

#[test]
fn an_answer_to_a_challenge_has_a_signature() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("unanswered"));
    publisher.offer_but(vec![], |ask| {
        (ask.path == "/verify-ownership").then(|| Answer::Json(json!({"error": "not today"})))
    });
    let added = node.add(&publisher).ok();
    assert_eq!(added["verified"], false);
    assert!(added["reason"].as_str().unwrap().contains("[node.challenge.unanswered]"), "{added}");
}

#[test]
fn what_is_old_is_forgotten() {
    let folder = Folder::new();
    let arguments = ["--check-every", "1", "--limit", "retentionDays=0"];
    let (node, publisher) = (Running::start_with(&folder, &arguments), Publisher::honest("old", vec![]));
    node.add(&publisher).ok();
    until(&|| node.newest("source_added").is_none());
    assert_eq!(node.source(&publisher)["status"], "verified");
}

#[test]
fn checks_that_a_wrong_clock_put_off_are_brought_back_at_the_start() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("clock", vec![]));
    node.add(&publisher).ok();
    let admin = node.admin.clone();
    node.kill();
    let database = rusqlite::Connection::open(folder.database()).unwrap();
    let far = 4_000_000_000_i64;
    assert_eq!(database.execute("UPDATE source SET next_check = ?", [far]).unwrap(), 1);
    drop(database);
    let mut node = Running::with(&folder, &["--allow-private"], None);
    node.admin = admin;
    let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
    let due = status["next_check"].as_u64().unwrap() - status["last_verified"].as_u64().unwrap();
    // In an hour from the start, and not in a day.
    assert!((1..24 * 60 * 60).contains(&due), "{status}");
}

#[test]
fn a_master_key_that_no_header_can_carry_is_refused() {
    let folder = Folder::new();
    for key in
        ["sixteen letters ä", " sixteen letters and a space", "sixteen letters\tand", "sixteen letters "]
    {
        let said = refused_start(&folder, &[], Some(key));
        assert!(said.contains("a header cannot carry") && !said.contains(key.trim()), "{said}");
    }
}

#[test]
fn a_node_that_others_reach_has_a_url() {
    if !is_native("NODE_URL is never guessed there") {
        return;
    }
    let said = refused_start(&Folder::new(), &["--listen", "0.0.0.0:0"], None);
    assert!(said.contains("--url is missing"), "{said}");
}

#[test]
fn where_it_cannot_listen_it_says_where_and_what_to_do() {
    if !is_native("who deploys it says where it listens") {
        return;
    }
    let said = refused_start(&Folder::new(), &["--listen", "localhost:8787"], None);
    assert!(said.contains("expected an IP address and a port, such as 127.0.0.1:8787"), "{said}");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused_start(&Folder::new(), &["--listen", &address], None);
    let expected = [format!("cannot listen on {address}: "), "--listen names another place".to_owned()];
    assert!(expected.iter().all(|part| said.contains(part)), "{said}");
}

#[test]
fn who_uses_the_master_key_where_a_key_is_needed_is_told_so() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let answer = node.ask("GET", "/federation/sources", MASTER_KEY, None);
    assert!(answer.json()["error"].as_str().unwrap().contains("the master key only makes and manages keys"));
    assert_eq!(answer.refusal(), refused(401, "node.unauthorized"));
}
