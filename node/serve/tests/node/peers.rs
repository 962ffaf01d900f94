//! Nodes of which a node takes what publishers signed: honest ones, and those that lie.

use crate::publisher::{Answer, Plugin, Publisher};
use crate::running::{Folder, Running, unoccupied};
use fedverify::{Limits, PackageDigests};
use fedverify_kit::encoding::base64;
use fedverify_kit::server::{Latch, Server};
use fedverify_kit::{KeyPair, Log, Moment, Op};
use serde_json::{Value as Json, json};
use std::iter;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A plugin whose archive is signed, too.
fn signed(publisher: &Publisher, slug: &str, version: &str) -> Plugin {
    let mut plugin = publisher.plugin(slug, version);
    plugin.record["archive_signature"] = json!(archive_signature(publisher, &plugin.archive));
    plugin
}

fn archive_signature(publisher: &Publisher, archive: &[u8]) -> String {
    let digests = PackageDigests::from_reader(archive, &Limits::default()).unwrap();
    base64(&publisher.key.sign(digests.sha384()))
}

/// The same plugin in other bytes: a comment of one byte at the end (APPNOTE.TXT, section 4.3.16).
fn other_bytes(archive: &[u8]) -> Vec<u8> {
    let mut other = archive.to_vec();
    let comment_length = other.len() - 2;
    other[comment_length] = 1;
    other.push(b'x');
    other
}

/// A version as a node lists it.
fn listed(publisher: &Publisher, plugin: &Plugin) -> Json {
    let digests = PackageDigests::from_reader(&plugin.archive[..], &Limits::default()).unwrap();
    let record = &plugin.record;
    json!({
        "id": record["slug"], "source_id": publisher.source_id(), "name": record["name"],
        "version": record["version"], "description": record["short_description"], "tags": ["utilities"],
        "sha256": digests.sha256_hex(), "signature": record["signature"],
        "archive_signature": record["archive_signature"], "public_key": publisher.pem(), "withdrawn_at": null,
    })
}

/// A peer that lists this and serves this archive, whatever it is asked.
fn lying(list: Vec<Json>, archive: Vec<u8>) -> Publisher {
    let peer = Publisher::start("peer");
    peer.does(move |ask| match ask.path.split('?').next() {
        Some("/federation/plugins") => Answer::Json(json!({"plugins": list, "total": list.len()})),
        Some("/federation/download") => Answer::Bytes(archive.clone()),
        _ => Answer::Status(404),
    });
    peer
}

/// What a peer lists, and the archive that it serves of it.
type Entry = (Json, Vec<u8>);

fn entry(publisher: &Publisher, plugin: Plugin) -> Entry {
    (listed(publisher, &plugin), plugin.archive)
}

/// Answers as a node that has these versions, of which the newest comes first.
fn in_pages(list: &[Entry], path: &str) -> Answer {
    let parameter = |name: &str| {
        let start = format!("{name}=");
        path.split(['?', '&']).find_map(|part| part.strip_prefix(&start).map(str::to_owned))
    };
    if path.starts_with("/federation/download") {
        let version = parameter("version").unwrap();
        return Answer::Bytes(
            list.iter().find(|(listed, _)| listed["version"] == version).unwrap().1.clone(),
        );
    }
    let mut rows: Vec<&Json> = list.iter().map(|(listed, _)| listed).collect();
    if parameter("order").is_some_and(|order| order == "oldest") {
        rows.reverse();
    }
    let [limit, offset] = ["limit", "offset"].map(|name| parameter(name).unwrap().parse().unwrap());
    let page: Vec<&Json> = rows.into_iter().skip(offset).take(limit).collect();
    Answer::Json(json!({"plugins": page, "total": list.len()}))
}

/// A node that follows a publisher who offers nothing just now.
fn following(folder: &Folder, publisher: &Publisher) -> Running {
    let node = Running::start(folder);
    publisher.offer(vec![]);
    node.follow(publisher);
    node
}

fn add_peer(node: &Running, url: &str) -> Json {
    node.post("add-peer", json!({"url": url})).ok()["syncResult"].clone()
}

/// The code of the one version that was refused.
#[track_caller]
fn refused(result: &Json) -> &str {
    assert_eq!(result["refused"].as_array().map(Vec::len), Some(1), "{result}");
    result["refused"][0]["code"].as_str().unwrap()
}

#[test]
fn what_a_publisher_signed_is_taken_from_another_node_and_verified_again() {
    let [first, second] = [Folder::new(), Folder::new()];
    let publisher = Publisher::start("peers/honest");
    let plugin = signed(&publisher, "gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    let other = Running::start(&first);
    other.follow(&publisher);
    let node = following(&second, &publisher);
    let result = add_peer(&node, &other.url);
    assert_eq!((&result["mirroredCount"], &result["refused"]), (&json!(1), &json!([])));
    let listed = node.plugins();
    assert_eq!(listed[0]["peer"], other.url);
    assert_eq!(listed[0]["verification"]["archive"], "signed");
    let place = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&format!("verify?{place}")).ok()["verdict"], "verified");
    assert_eq!(node.get(&format!("download?{place}")).bytes, plugin.archive);
    let update = node.newest("version_update").unwrap();
    assert_eq!(update["reason"], format!("from the node {}", other.url));
    // Again, nothing is fetched; and the publisher's own visit makes it the publisher's.
    assert_eq!(add_peer(&node, &other.url)["knownCount"], 1);
    publisher.offer(vec![plugin]);
    node.sync(&publisher);
    assert_eq!(node.plugins()[0]["peer"], Json::Null);
    let peers = node.get("peers").ok();
    assert_eq!((&peers["peers"][0]["url"], &peers["peers"][0]["mirrored"]), (&json!(other.url), &json!(1)));
    node.post("remove-peer", json!({"url": other.url})).ok();
    assert_eq!(node.get("peers").ok(), json!({"peers": []}));
    assert_eq!(node.post("remove-peer", json!({"url": other.url})).refusal().0, 404);
    assert_eq!(node.plugins().len(), 1);
}

/// Which bytes those are, only the first sight tells: a peer could make the node refuse the publisher's own for ever.
#[test]
fn archives_that_nothing_signs_are_taken_from_their_publisher_only() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/unsigned");
    let node = following(&folder, &publisher);
    let plugin = publisher.plugin("gallery", "1.0.0");
    let other = Plugin { archive: other_bytes(&plugin.archive), ..plugin.clone() };
    let mut list = vec![listed(&publisher, &other)];
    // However many there are, the node that lists them is no liar, and what is signed is taken.
    let signed = signed(&publisher, "player", "1.0.0");
    list.extend(
        (1..150).map(|number| listed(&publisher, &publisher.plugin("gallery", &format!("1.0.{number}")))),
    );
    list.push(listed(&publisher, &signed));
    let list: Vec<Entry> = list.into_iter().map(|listed| (listed, signed.archive.clone())).collect();
    let peer = Publisher::start("peer");
    peer.does(move |ask| in_pages(&list, &ask.path));
    let result = add_peer(&node, &peer.url());
    assert_eq!((&result["unsignedCount"], &result["mirroredCount"]), (&json!(150), &json!(1)));
    assert_eq!(result["refused"], json!([]));
    // Nothing is fetched to find that out.
    let asked = |version: &str| {
        let source = encoded(&publisher);
        peer.asked(&format!("/federation/download?source={source}&plugin=gallery&version={version}"))
    };
    assert!(!asked("1.0.0") && !asked("1.0.149"));
    publisher.offer(vec![plugin]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(node.source(&publisher)["equivocations"], 0);
}

/// Tags are signed by nobody, and where a version came from is not for others to say.
#[test]
fn a_peers_word_changes_nothing_of_what_came_from_the_publisher() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/relabelled");
    let node = following(&folder, &publisher);
    let plugin = signed(&publisher, "gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    node.sync(&publisher);
    let before = node.plugins();
    let mut list = listed(&publisher, &plugin);
    (list["sha256"], list["tags"]) = (json!("00"), json!(["relabelled"]));
    let peer = lying(vec![list], plugin.archive);
    let result = add_peer(&node, &peer.url());
    assert_eq!((&result["knownCount"], &result["refused"]), (&json!(1), &json!([])));
    assert_eq!(node.plugins(), before);
}

/// Which key signed a version is the peer's word, too.
#[test]
fn a_forgery_is_refused_whichever_key_it_names() {
    let folder = Folder::new();
    let mut publisher = Publisher::start("peers/given up");
    let node = following(&folder, &publisher);
    let earlier = listed(&publisher, &signed(&publisher, "gallery", "1.0.0"));
    let mut forged = earlier.clone();
    forged["version"] = json!("6.6.6");
    publisher.key = KeyPair::ed25519("peers/given up/new");
    publisher.offer(vec![]);
    let change = json!({"sourceId": publisher.source_id(), "public_key": publisher.pem()});
    unoccupied(|| node.post("change-key", change.clone())).ok();
    let peer = lying(vec![earlier, forged], Vec::new());
    let result = add_peer(&node, &peer.url());
    assert_eq!(refused(&result), "pfn.signature.invalid");
    assert_eq!((&result["earlierCount"], &result["refused"][0]["version"]), (&json!(1), &json!("6.6.6")));
    assert_eq!(node.newest("peer_refused").unwrap()["new_version"], "6.6.6");
}

#[test]
fn what_a_peer_changes_is_refused_and_is_no_fault_of_the_source() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/changed");
    let node = following(&folder, &publisher);
    let trust = node.source(&publisher)["trust_score"].clone();
    let plugin = signed(&publisher, "gallery", "1.0.0");
    let thief = Publisher::start("peers/thief");
    let stolen = signed(&thief, "gallery", "1.0.0");
    let true_list = listed(&publisher, &plugin);
    let with = |member: &str, value: Json| {
        let mut list = true_list.clone();
        list[member] = value;
        list
    };
    let lies = [
        ("other bytes", true_list.clone(), other_bytes(&plugin.archive), "pfn.archive.signature_invalid"),
        ("another key", listed(&thief, &stolen), stolen.archive, "pfn.signature.invalid"),
        ("another version", with("version", json!("2.0.0")), plugin.archive.clone(), "pfn.signature.invalid"),
        ("another id", with("id", json!("../x")), plugin.archive.clone(), "pfn.signature.invalid"),
        (
            "an empty signature",
            with("signature", json!("")),
            plugin.archive.clone(),
            "pfn.signature.encoding",
        ),
        ("no signature", with("signature", Json::Null), plugin.archive.clone(), "pfn.signature.missing"),
        ("no archive", true_list.clone(), Vec::new(), "pfn.archive.unreadable"),
    ];
    for (what, list, archive, code) in lies {
        let peer = lying(vec![list], archive);
        assert_eq!(refused(&add_peer(&node, &peer.url())), code, "{what}");
        let reason = node.newest("peer_refused").unwrap()["reason"].as_str().unwrap().to_owned();
        assert!(reason.starts_with(&format!("from the node {}: ", peer.url())), "{reason}");
    }
    assert!(node.plugins().is_empty());
    assert_eq!((&node.source(&publisher)["trust_score"], node.newest("signature_failure")), (&trust, None));
    assert!(folder.archives().is_empty());
}

/// The publisher's own signature over both is the proof.
#[test]
fn two_signed_archives_of_one_version_are_the_publishers_equivocation() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/equivocates");
    let node = following(&folder, &publisher);
    let plugin = signed(&publisher, "gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    node.sync(&publisher);
    let mut other = Plugin { archive: other_bytes(&plugin.archive), ..plugin.clone() };
    other.record["archive_signature"] = json!(archive_signature(&publisher, &other.archive));
    let peer = lying(vec![listed(&publisher, &other)], other.archive);
    assert_eq!(refused(&add_peer(&node, &peer.url())), "pin.release_changed");
    assert_eq!(node.source(&publisher)["equivocations"], 1);
    let place = format!("source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&format!("download?{place}")).bytes, plugin.archive);
}

#[test]
fn an_older_version_is_history_and_a_withdrawn_one_stays_withdrawn() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/older");
    let node = following(&folder, &publisher);
    publisher.offer(vec![signed(&publisher, "gallery", "2.0.0")]);
    node.sync(&publisher);
    let old = signed(&publisher, "gallery", "1.0.0");
    let peer = lying(vec![listed(&publisher, &old)], old.archive);
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 1);
    // The publisher does not offer it now: that would be a downgrade.
    assert_eq!(node.newest("older_version").unwrap()["new_version"], "1.0.0");
    assert_eq!(node.newest("version_downgrade"), None);
    let versions: Vec<Json> = node.plugins().iter().map(|plugin| plugin["version"].clone()).collect();
    assert!(versions.contains(&json!("2.0.0")), "{versions:?}");
    let place = json!({"source": publisher.source_id(), "plugin": "gallery", "version": "1.0.0"});
    node.post("withdraw", place).ok();
    assert_eq!(add_peer(&node, &peer.url())["knownCount"], 1);
    let query = format!("download?source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&query).refusal().0, 410);
}

/// It lists whatever it likes as verified: only what this node has verified is asked for at all.
#[test]
fn a_peers_word_verifies_no_source() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/unproven");
    let node = following(&folder, &publisher);
    let stranger = Publisher::start("peers/stranger");
    let [known, unknown] = [signed(&publisher, "gallery", "1.0.0"), signed(&stranger, "gallery", "1.0.0")];
    let list = vec![listed(&stranger, &unknown), listed(&publisher, &known)];
    let peer = lying(list, known.archive.clone());
    // The source does not prove its key any more.
    publisher.does(|_| Answer::Status(500));
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 0);
    let list = format!("/federation/plugins?source={}&order=oldest&limit=50&offset=0", encoded(&publisher));
    assert!(!peer.asked(&list));
    publisher.offer(vec![]);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    let result = add_peer(&node, &peer.url());
    assert!(peer.asked(&list));
    assert_eq!((refused(&result), &result["mirroredCount"]), ("pfn.signature.invalid", &json!(1)));
    assert_eq!(node.get("sources").ok().as_array().unwrap().len(), 1);
    assert!(!peer.asked("/federation/sources"));
}

fn encoded(publisher: &Publisher) -> String {
    publisher.source_id().replace('@', "%40").replace(':', "%3A")
}

/// Its publisher is gone, and its identity says whose the key is.
#[test]
fn an_identity_that_names_the_key_is_enough() {
    let (folder, directory) = (Folder::new(), Server::start());
    let publisher = Publisher::honest("peers/identity", vec![]);
    let root = KeyPair::k256("peers/root");
    let op = Op::regular().rotation_keys([root.did_key()]);
    let log = Log::new(&op.verification_method("fair_1", publisher.key.did_key()).sign(&root), Moment::START);
    directory.serve_log(&log);
    let node = Running::start_with(&folder, &["--plc-url", &directory.url("")]);
    let source = json!({"instance_url": publisher.url(), "username": "alice", "public_key": publisher.pem(), "did": log.did()});
    node.post("add-source", source).ok();
    node.sync(&publisher);
    publisher.does(|_| Answer::Status(500));
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
    let plugin = signed(&publisher, "gallery", "1.0.0");
    let peer = lying(vec![listed(&publisher, &plugin)], plugin.archive);
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 1);
}

/// What a peer answers, of which document, and what becomes of it.
type Lie = (fn(&Json) -> Answer, Json, &'static str);

#[test]
fn a_peer_that_serves_too_much_or_no_list_is_left() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/too-much");
    let node = following(&folder, &publisher);
    let junk = |count: usize| {
        let mut junk = listed(&publisher, &publisher.plugin("gallery", "1.0.0"));
        junk["version"] = json!("6.6.6");
        json!({"plugins": vec![junk; count], "total": 1_000_000_000})
    };
    // The same page over and over, whatever the offset.
    let (endless, long) = (junk(50), junk(51));
    let answers: [Lie; 5] = [
        (|_| Answer::Endless, Json::Null, "io.network.answer"),
        (|_| Answer::Status(500), Json::Null, "io.network.status"),
        (|_| Answer::Json(json!({"plugins": {}})), Json::Null, "node.peer.malformed"),
        (|page| Answer::Json(page.clone()), long, "node.peer.malformed"),
        (|page| Answer::Json(page.clone()), endless, "node.peer.refused"),
    ];
    for (answer, page, code) in answers {
        let peer = Publisher::start("peer");
        peer.does(move |_| answer(&page));
        let refusal = node.post("add-peer", json!({"url": peer.url()})).refusal();
        assert_eq!(refusal, (502, code.to_owned()));
        let peers = node.get("peers").ok();
        let row = peers["peers"].as_array().unwrap().iter().find(|row| row["url"] == peer.url()).unwrap();
        assert!(row["reason"].as_str().unwrap().contains(code), "{row}");
    }
    assert!(node.newest("peer_sync").unwrap()["reason"].as_str().unwrap().contains("node.peer.refused"));
    assert!(node.plugins().is_empty());
}

/// What is answered where a list is expected, and the code of that.
type NoList = (fn() -> Answer, &'static str);

/// A publisher can make its own list as long as it likes.
#[test]
fn a_list_that_cannot_be_read_keeps_no_other_source_waiting() {
    let folder = Folder::new();
    let publishers = ["peers/first", "peers/second"].map(Publisher::start);
    let node = following(&folder, &publishers[0]);
    publishers[1].offer(vec![]);
    node.follow(&publishers[1]);
    let [first, second] = &publishers;
    let lies: [NoList; 2] = [
        (|| Answer::Endless, "io.network.answer"),
        (|| Answer::Json(json!({"plugins": {}, "total": 0})), "node.peer.malformed"),
    ];
    // Whichever of the two sources has its turn first.
    for ((bad, good), (lie, code)) in [(first, second), (second, first)].into_iter().zip(lies) {
        let plugin = signed(good, "gallery", "1.0.0");
        let (list, unreadable) = ([(listed(good, &plugin), plugin.archive)], encoded(bad));
        let peer = Publisher::start("peer");
        peer.does(move |ask| if ask.path.contains(&unreadable) { lie() } else { in_pages(&list, &ask.path) });
        let refusal = node.post("add-peer", json!({"url": peer.url()})).refusal();
        assert_eq!(refusal, (502, code.to_owned()));
        let listed = node.get(&format!("plugins?source={}", good.source_id())).ok();
        assert_eq!(listed["total"], 1, "{code}");
    }
}

fn versions(node: &Running) -> Vec<Json> {
    let list = |offset: usize| node.get(&format!("plugins?limit=100&offset={offset}")).ok();
    let pages = [list(0), list(100)];
    let plugins = pages.iter().flat_map(|page| page["plugins"].as_array().unwrap());
    plugins.map(|plugin| plugin["version"].clone()).collect()
}

#[test]
fn a_node_that_fills_itself_from_another_lists_versions_in_the_same_order() {
    let [first, second] = [Folder::new(), Folder::new()];
    let publisher = Publisher::start("peers/order");
    let other = following(&first, &publisher);
    for version in ["1.0.0", "1.1.0", "2.0.0"] {
        publisher.offer(vec![signed(&publisher, "gallery", version)]);
        other.sync(&publisher);
    }
    let node = following(&second, &publisher);
    assert_eq!(add_peer(&node, &other.url)["mirroredCount"], 3);
    assert_eq!(versions(&node), ["2.0.0", "1.1.0", "1.0.0"]);
    assert_eq!(versions(&node), versions(&other));
    // Nor does it look as if anything had been taken back.
    let update = node.newest("version_update").unwrap();
    assert_eq!((&update["old_version"], &update["new_version"]), (&json!("1.1.0"), &json!("2.0.0")));
    assert_eq!((node.newest("version_downgrade"), node.newest("older_version")), (None, None));
}

/// Callers read the newest first, and not without end: a long history must not stand before what is current.
#[test]
fn a_history_from_another_node_is_listed_before_the_current_version() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/history");
    let node = following(&folder, &publisher);
    let offer = |version: &str| {
        publisher.offer(vec![signed(&publisher, "gallery", version)]);
        node.sync(&publisher);
    };
    offer("2.0");
    let entry = |version: &str| entry(&publisher, signed(&publisher, "gallery", version));
    let peer = Publisher::start("peer");
    let list = ["2.2", "2.1", "1.3", "1.2", "1.1", "1.0"].map(entry);
    peer.does(move |ask| in_pages(&list, &ask.path));
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 6);
    assert_eq!(versions(&node), ["2.2", "2.1", "2.0", "1.3", "1.2", "1.1", "1.0"]);
    let changes = || -> Vec<(Json, Json, Json)> {
        let activities = node.get("activity?limit=100").ok()["activities"].as_array().unwrap().clone();
        let versions = activities.into_iter().filter(|activity| !activity["new_version"].is_null());
        versions
            .map(|mut event| (event["type"].take(), event["old_version"].take(), event["new_version"].take()))
            .collect()
    };
    let change = |kind: &str, old: &str, new: &str| (json!(kind), json!(old), json!(new));
    assert_eq!(
        changes()[..6],
        [
            change("version_update", "2.1", "2.2"),
            change("version_update", "2.0", "2.1"),
            change("older_version", "2.0", "1.3"),
            change("older_version", "2.0", "1.2"),
            change("older_version", "2.0", "1.1"),
            change("older_version", "2.0", "1.0"),
        ]
    );
    // In whatever order a node lists them.
    let peer = Publisher::start("peer");
    let list = ["1.4", "2.3", "0.9"].map(entry);
    peer.does(move |ask| in_pages(&list, &ask.path));
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 3);
    assert_eq!(versions(&node)[0], "2.3");
    // What comes from others makes no update of a publisher's step back, and the last step of its own is what is listed last.
    offer("1.5");
    assert_eq!(changes()[0], change("version_downgrade", "2.3", "1.5"));
    assert_eq!(versions(&node)[0], "1.5");
}

/// Three pages, a visit that breaks off after the first one, versions that come meanwhile, and one that was here before.
#[test]
fn the_order_is_the_same_over_pages_and_visits() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/pages");
    let node = following(&folder, &publisher);
    let version = |number: usize| signed(&publisher, "gallery", &format!("1.{number}"));
    publisher.offer(vec![version(60)]);
    node.sync(&publisher);
    let entry = |number: usize| entry(&publisher, version(number));
    let mut list: Vec<Entry> = (0..110).rev().map(entry).collect();
    let peer = Publisher::start("peer");
    let before = list.clone();
    peer.does(move |ask| {
        let is_second = ask.path.ends_with("&offset=50");
        if is_second { Answer::Status(500) } else { in_pages(&before, &ask.path) }
    });
    let refusal = node.post("add-peer", json!({"url": peer.url()})).refusal();
    assert_eq!(refusal, (502, "io.network.status".to_owned()));
    assert_eq!(versions(&node).len(), 51);
    let newer: Vec<Entry> = (110..115).rev().map(entry).collect();
    list.splice(0..0, newer);
    let expected: Vec<Json> = list.iter().map(|(listed, _)| listed["version"].clone()).collect();
    peer.does(move |ask| in_pages(&list, &ask.path));
    let result = add_peer(&node, &peer.url());
    assert_eq!((&result["mirroredCount"], &result["knownCount"]), (&json!(64), &json!(51)));
    assert_eq!(versions(&node), expected);
}

/// What was refused is not read again at the next visit, which would never come to what is newer.
#[test]
fn after_a_hundred_refusals_the_next_visit_goes_on_behind_them() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/behind");
    let node = following(&folder, &publisher);
    let plugin = signed(&publisher, "gallery", "2.0.0");
    let forged = |number: usize| {
        let mut forged = listed(&publisher, &plugin);
        forged["version"] = json!(format!("1.{number}"));
        (forged, plugin.archive.clone())
    };
    let good = (listed(&publisher, &plugin), plugin.archive.clone());
    let list: Vec<Entry> = iter::once(good).chain((0..101).map(forged)).collect();
    let peer = Publisher::start("peer");
    peer.does(move |ask| in_pages(&list, &ask.path));
    let refusal = node.post("add-peer", json!({"url": peer.url()})).refusal();
    assert_eq!(refusal, (502, "node.peer.refused".to_owned()));
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 1);
    assert_eq!(versions(&node), ["2.0.0"]);
}

/// Of a source with more versions than other nodes may fill, the newest are taken.
#[test]
fn of_a_list_that_is_too_long_the_newest_are_taken() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/bounded");
    let node = Running::start_with(&folder, &["--limit", "sourceVersions=60"]);
    publisher.offer(vec![]);
    node.follow(&publisher);
    let entry = |number: usize| entry(&publisher, signed(&publisher, "gallery", &format!("1.{number}")));
    let list: Vec<Entry> = (0..110).rev().map(entry).collect();
    let peer = Publisher::start("peer");
    peer.does(move |ask| in_pages(&list, &ask.path));
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 45);
    assert_eq!(versions(&node).first(), Some(&json!("1.109")));
    // What its publisher releases next has a place.
    publisher.offer(vec![signed(&publisher, "gallery", "1.110")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
}

/// Archives are never deleted: those that nobody installs any more must not leave the current ones without room.
#[test]
fn old_archives_leave_room_for_what_is_current() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/room");
    // Versions whose archives all have as many bytes.
    let version = |number: usize| signed(&publisher, "gallery", &format!("1.{number}"));
    let list: Vec<Entry> = (100..251).rev().map(|number| entry(&publisher, version(number))).collect();
    let size = list[0].1.len();
    assert!(list.iter().all(|(_, archive)| archive.len() == size));
    let [archive, source] = [format!("archiveBytes={size}"), format!("sourceBytes={}", size * 140)];
    let node = Running::start_with(&folder, &["--limit", &archive, "--limit", &source]);
    publisher.offer(vec![]);
    node.follow(&publisher);
    let peer = Publisher::start("peer");
    peer.does(move |ask| in_pages(&list, &ask.path));
    let result = add_peer(&node, &peer.url());
    assert_eq!((&result["mirroredCount"], &result["refused"]), (&json!(100), &json!([])));
    // The oldest, as long as there was room for two pages, and the newest.
    let expected: Vec<String> =
        (201..251).rev().chain((100..150).rev()).map(|number| format!("1.{number}")).collect();
    assert_eq!(versions(&node), expected);
    // Whatever old ones it lists as its newest, what its publisher releases next has room.
    let older = |number: usize| entry(&publisher, signed(&publisher, "gallery", &format!("0.{number}")));
    let list: Vec<Entry> = (100..120).rev().map(older).collect();
    peer.does(move |ask| in_pages(&list, &ask.path));
    let result = add_peer(&node, &peer.url());
    assert_eq!((&result["mirroredCount"], result["refused"].as_array().unwrap().len()), (&json!(5), 15));
    assert_eq!(result["refused"][0]["code"], "node.source.full");
    publisher.offer(vec![version(251)]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
}

/// A peer of which each page says that there is much more behind it, and none has anything.
#[test]
fn a_total_that_grows_with_each_page_has_an_end() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/endless");
    let node = Running::start_with(&folder, &["--limit", "sourceVersions=20"]);
    publisher.offer(vec![]);
    node.follow(&publisher);
    let mut row = listed(&publisher, &signed(&publisher, "gallery", "1.0"));
    row["withdrawn_at"] = json!(1);
    let peer = Publisher::start("peer");
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    peer.does(move |ask| {
        count.fetch_add(1, Ordering::SeqCst);
        let offset = ask.path.split("offset=").nth(1).unwrap().split('&').next().unwrap();
        let total = offset.parse::<u64>().unwrap() + 10_000;
        Answer::Json(json!({"plugins": [row], "total": total}))
    });
    assert_eq!(add_peer(&node, &peer.url())["mirroredCount"], 0);
    // As many pages as a source may have versions, and two that it skipped.
    assert_eq!(asked.load(Ordering::SeqCst), 22);
}

#[test]
fn a_visit_to_a_peer_has_an_end() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/slow");
    let node = Running::start_with(&folder, &["--limit", "syncMs=200"]);
    publisher.offer(vec![]);
    node.follow(&publisher);
    let plugin = signed(&publisher, "gallery", "1.0.0");
    let list = json!({"plugins": [listed(&publisher, &plugin)], "total": 1});
    let peer = Publisher::start("peer");
    peer.does(move |_| {
        thread::sleep(Duration::from_millis(300));
        Answer::Json(list.clone())
    });
    let refusal = node.post("add-peer", json!({"url": peer.url()})).refusal();
    assert_eq!(refusal, (502, "node.peer.slow".to_owned()));
    assert!(node.plugins().is_empty());
}

/// Waits for something that another thread makes true.
#[track_caller]
fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(180), "it never is");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The publisher could not be checked, and no administrator could say that a key was stolen, for as long as a visit may last.
#[test]
fn a_slow_peer_keeps_nobody_from_a_source() {
    for slow in ["/federation/plugins", "/federation/download"] {
        let folder = Folder::new();
        let mut publisher = Publisher::start("peers/waiting");
        let node = following(&folder, &publisher);
        let plugin = signed(&publisher, "gallery", "1.0.0");
        let list = json!({"plugins": [listed(&publisher, &plugin)], "total": 1});
        let (peer, latch) = (Publisher::start("peer"), Latch::default());
        let (held, asked) = (latch.clone(), Arc::new(AtomicUsize::new(0)));
        let count = Arc::clone(&asked);
        peer.does(move |ask| {
            if ask.path.starts_with(slow) {
                count.fetch_add(1, Ordering::SeqCst);
                return Answer::Held(held.clone(), list.clone());
            }
            Answer::Json(list.clone())
        });
        thread::scope(|scope| {
            let visit = scope.spawn(|| node.post("add-peer", json!({"url": peer.url()})));
            wait_until(|| asked.load(Ordering::SeqCst) == 1);
            assert_eq!(node.verify_source(&publisher)["status"], "verified", "{slow}");
            publisher.key = KeyPair::ed25519("peers/waiting/new");
            publisher.offer(vec![]);
            let change =
                json!({"sourceId": publisher.source_id(), "public_key": publisher.pem(), "stolen": true});
            node.post("change-key", change).ok();
            latch.open();
            // What the key signed that the source had is taken no more, and is no fault of the peer.
            let result = visit.join().unwrap().ok()["syncResult"].clone();
            assert_eq!((&result["mirroredCount"], &result["refused"]), (&json!(0), &json!([])), "{slow}");
            // Another visit goes on soon.
            let row = node.get("peers").ok()["peers"][0].clone();
            let seconds = row["next_sync"].as_u64().unwrap() - row["last_sync"].as_u64().unwrap();
            assert!(seconds <= 61, "{row}");
        });
        assert!(node.plugins().is_empty());
    }
}

/// Each visit would begin with it, and those before it would never have their turn.
#[test]
fn a_source_that_is_always_busy_keeps_no_other_waiting() {
    let folder = Folder::new();
    // A check may take as long as this test.
    let node = Running::start_with(&folder, &["--limit", "answerMs=300000"]);
    let mut publishers = ["peers/one", "peers/two"].map(Publisher::start);
    publishers.sort_by_key(Publisher::source_id);
    for publisher in &publishers {
        publisher.offer(vec![]);
        node.follow(publisher);
    }
    let [early, late] = &publishers;
    let entries = |publisher: &Publisher| vec![entry(publisher, signed(publisher, "gallery", "1.0.0"))];
    let peer = Publisher::start("peer");
    let has = |of_early: Vec<Entry>| {
        let (of_late, late) = (entries(late), encoded(late));
        let is_late = move |path: &str| path.contains(&late);
        peer.does(move |ask| in_pages(if is_late(&ask.path) { &of_late } else { &of_early }, &ask.path));
    };
    let (latch, asked) = (Latch::default(), Arc::new(AtomicUsize::new(0)));
    let (held, count) = (latch.clone(), Arc::clone(&asked));
    late.does(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Answer::Held(held.clone(), Json::Null)
    });
    // How many versions it takes, and in how many seconds the next visit comes.
    let visit = || {
        let taken = add_peer(&node, &peer.url())["mirroredCount"].clone();
        let row = node.get("peers").ok()["peers"][0].clone();
        (taken, row["next_sync"].as_u64().unwrap() - row["last_sync"].as_u64().unwrap())
    };
    let visits = thread::scope(|scope| {
        scope.spawn(|| node.verify_source(late));
        wait_until(|| asked.load(Ordering::SeqCst) > 0);
        has(vec![]);
        let first = visit();
        has(entries(early));
        let visits = [first, visit(), visit()];
        latch.open();
        visits
    });
    let [soon, usual, after] = visits;
    assert!(soon.0 == 0 && soon.1 <= 61, "{soon:?}");
    assert!(usual.0 == 0 && usual.1 > 61, "{usual:?}");
    assert_eq!(after.0, 1);
    // Nor is anything fetched of it that could not be stored.
    let query = format!("source={}&plugin=gallery&version=1.0.0", encoded(late));
    assert!(!peer.asked(&format!("/federation/download?{query}")));
}

#[test]
fn a_peer_that_is_removed_is_asked_no_more() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/removed");
    let node = following(&folder, &publisher);
    let mut row = listed(&publisher, &signed(&publisher, "gallery", "1.0.0"));
    row["withdrawn_at"] = json!(1);
    let (peer, latch) = (Publisher::start("peer"), Latch::default());
    let (held, asked) = (latch.clone(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&asked);
    peer.does(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Answer::Held(held.clone(), json!({"plugins": [row], "total": 1000}))
    });
    thread::scope(|scope| {
        let visit = scope.spawn(|| node.post("add-peer", json!({"url": peer.url()})));
        wait_until(|| asked.load(Ordering::SeqCst) == 1);
        node.post("remove-peer", json!({"url": peer.url()})).ok();
        latch.open();
        assert_eq!(visit.join().unwrap().refusal(), (409, "node.conflict".to_owned()));
    });
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// A loop of two nodes: neither answers a question with a question of its own.
#[test]
fn two_nodes_that_ask_each_other_come_to_an_end() {
    let [first, second] = [Folder::new(), Folder::new()];
    let publisher = Publisher::start("peers/loop");
    let one = following(&first, &publisher);
    publisher.offer(vec![signed(&publisher, "gallery", "1.0.0")]);
    let two = Running::start(&second);
    two.follow(&publisher);
    publisher.offer(vec![]);
    for (node, other) in [(&one, &two), (&two, &one), (&one, &two), (&two, &one)] {
        add_peer(node, &other.url);
    }
    assert_eq!([one.plugins().len(), two.plugins().len()], [1, 1]);
    assert_eq!((&one.plugins()[0]["peer"], &two.plugins()[0]["peer"]), (&json!(two.url), &Json::Null));
}

#[test]
fn peers_are_an_admins_to_name_and_are_other_nodes() {
    let folder = Folder::new();
    let node = Running::start_with(&folder, &["--url", "http://127.0.0.1:9", "--limit", "peers=1"]);
    for wrong in
        ["http://127.0.0.1:9", "http://127.0.0.1:9/", "http://10.0.0.1/", "https://u:p@a.example", "x"]
    {
        assert_eq!(node.post("add-peer", json!({"url": wrong})).refusal().0, 400, "{wrong}");
    }
    let peer = lying(vec![], Vec::new());
    add_peer(&node, &peer.url());
    add_peer(&node, &peer.url());
    let another = lying(vec![], Vec::new());
    let refusal = node.post("add-peer", json!({"url": another.url()})).refusal();
    assert_eq!(refusal, (409, "node.limit".to_owned()));
    let key = node.key(json!({"description": "reads", "name": "reader", "role": "subscriber"}));
    let body = json!({"url": peer.url()});
    for path in ["add-peer", "remove-peer"] {
        let answered = node.ask("POST", &format!("/federation/{path}"), &key, Some(&body));
        assert_eq!(answered.refusal().0, 403);
    }
    assert_eq!(node.ask("GET", "/federation/peers", &key, None).ok()["peers"].as_array().unwrap().len(), 1);
    assert_eq!(node.ask("GET", "/federation/peers", "", None).refusal().0, 401);
}

#[test]
fn peers_are_visited_by_themselves() {
    let folder = Folder::new();
    let publisher = Publisher::start("peers/schedule");
    let node = Running::start_with(&folder, &["--check-every", "1"]);
    publisher.offer(vec![]);
    node.follow(&publisher);
    let plugin = signed(&publisher, "gallery", "1.0.0");
    let peer = lying(vec![], Vec::new());
    add_peer(&node, &peer.url());
    let (list, archive) = (json!({"plugins": [listed(&publisher, &plugin)], "total": 1}), plugin.archive);
    peer.does(move |ask| {
        let is_list = ask.path.starts_with("/federation/plugins");
        if is_list { Answer::Json(list.clone()) } else { Answer::Bytes(archive.clone()) }
    });
    let start = Instant::now();
    while node.plugins().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(60), "it is never visited");
        std::thread::sleep(Duration::from_millis(50));
    }
}
