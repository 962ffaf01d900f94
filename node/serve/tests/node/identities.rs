//! Publishers that also have a did:plc.

use crate::key_changes::{announcement, renew};
use crate::publisher::Publisher;
use crate::running::{Answered, Folder, Running};
use fedverify_kit::pfn::public_pem;
use fedverify_kit::server::{Answer, Latch, Server, log_path};
use fedverify_kit::{KeyPair, Log, Moment, Op};
use serde_json::{Value as Json, json};
use std::thread;
use std::time::{Duration, Instant};

fn root() -> KeyPair {
    KeyPair::k256("identities/root")
}

/// A state of an identity that names this signing key.
fn naming(key: &KeyPair) -> Op {
    Op::regular().rotation_keys([root().did_key()]).verification_method("fair_1", key.did_key())
}

fn log_of(key: &KeyPair) -> Log {
    Log::new(&naming(key).sign(&root()), Moment::START)
}

/// A node that asks this directory.
fn start(folder: &Folder, directory: &Server) -> Running {
    Running::start_with(folder, &["--plc-url", &directory.url("")])
}

fn add(node: &Running, publisher: &Publisher, did: &str) -> Answered {
    let source = json!({"instance_url": publisher.url(), "username": "alice", "public_key": publisher.pem(), "did": did});
    node.post("add-source", source)
}

/// Status, trust and the state of the identity, and why that is not proven.
fn standing(node: &Running, publisher: &Publisher) -> [Json; 4] {
    let row = node.source(publisher);
    ["status", "trust", "identity", "identity_reason"].map(|member| row[member].clone())
}

#[test]
fn a_key_that_a_verified_log_names_is_self_certified() {
    let (folder, directory) = (Folder::new(), Server::start());
    let (node, publisher) = (start(&folder, &directory), Publisher::honest("certified", vec![]));
    let log = log_of(&publisher.key);
    directory.serve_log(&log);
    assert_eq!(add(&node, &publisher, log.did()).ok()["status"], "verified");
    assert_eq!(
        standing(&node, &publisher),
        [json!("verified"), json!("self-certified"), json!("proven"), Json::Null]
    );
    assert_eq!(node.source(&publisher)["did"], log.did());
    // Adding it again is no change; with another identity it would be one.
    add(&node, &publisher, log.did()).ok();
    assert_eq!(node.add(&publisher).refusal(), (409, "node.conflict".to_owned()));
    assert_eq!(add(&node, &publisher, "did:web:a.example").refusal().0, 400);
    // A directory that cannot be reached says nothing about the identity, and nothing for it.
    directory.serve(&log_path(log.did()), Answer::status(503));
    node.verify_source(&publisher);
    let [status, trust, identity, reason] = standing(&node, &publisher);
    assert_eq!([status, trust, identity], [json!("verified"), json!("key"), json!("unreached")]);
    assert!(reason.as_str().unwrap().contains("[io.network.status]"), "{reason}");
    directory.serve_log(&log);
    node.verify_source(&publisher);
    assert_eq!(standing(&node, &publisher)[1], "self-certified");
}

#[test]
fn a_key_that_the_log_does_not_name_is_not_verified() {
    let (folder, directory) = (Folder::new(), Server::start());
    let (node, publisher) = (start(&folder, &directory), Publisher::honest("not named", vec![]));
    let log = log_of(&KeyPair::ed25519("another"));
    directory.serve_log(&log);
    let added = add(&node, &publisher, log.did()).ok();
    assert_eq!(added["status"], "pending");
    assert!(added["reason"].as_str().unwrap().contains("[node.identity.key]"), "{added}");
    assert_eq!(standing(&node, &publisher)[1..3], [json!("key"), json!("refuted")]);
}

#[test]
fn a_changed_and_a_forked_identity_demote() {
    let (folder, directory) = (Folder::new(), Server::start());
    let (node, publisher) = (start(&folder, &directory), Publisher::honest("demoted", vec![]));
    let key = publisher.key.clone();
    let genesis = naming(&key).sign(&root());
    let first = Log::new(&genesis, Moment::START);
    let second = first
        .clone()
        .then(&naming(&key).also_known_as("at://a.example").after(&genesis).sign(&root()), Moment::hour(1));
    directory.serve_log(&second);
    assert_eq!(add(&node, &publisher, second.did()).ok()["status"], "verified");
    // The end is left out, and another one is put there.
    let forked = first
        .clone()
        .then(&naming(&key).also_known_as("at://b.example").after(&genesis).sign(&root()), Moment::hour(1));
    for (log, code) in [(&first, "pin.rollback"), (&forked, "pin.fork")] {
        directory.serve_log(log);
        let verified = node.verify_source(&publisher);
        assert_eq!(verified["status"], "stale", "{code}");
        assert!(verified["reason"].as_str().unwrap().contains(&format!("[{code}]")), "{verified}");
        assert_eq!(standing(&node, &publisher)[1..3], [json!("key"), json!("refuted")]);
        // It recovers with the log that was seen.
        directory.serve_log(&second);
        assert_eq!(node.verify_source(&publisher)["status"], "verified");
        assert_eq!(standing(&node, &publisher)[1], "self-certified");
    }
    // What was seen is not forgotten with the source.
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    directory.serve_log(&first);
    assert_eq!(add(&node, &publisher, second.did()).ok()["status"], "pending");
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    directory.serve_log(&second);
    assert_eq!(add(&node, &publisher, second.did()).ok()["status"], "verified");
    // The identity names another key: the source's is withdrawn.
    let head = second.summary().last;
    let other = naming(&KeyPair::ed25519("next")).after(&head).sign(&root());
    directory.serve_log(&second.clone().then(&other, Moment::hour(2)));
    let verified = node.verify_source(&publisher);
    assert_eq!(verified["status"], "stale");
    assert!(verified["reason"].as_str().unwrap().contains("[node.identity.key]"), "{verified}");
    // A directory that says nothing takes nothing back.
    directory.serve(&log_path(second.did()), Answer::status(503));
    let verified = node.verify_source(&publisher);
    assert_eq!(verified["status"], "stale", "{verified}");
    assert!(verified["reason"].as_str().unwrap().contains("[node.identity.refuted]"), "{verified}");
    assert_eq!(standing(&node, &publisher)[2], "refuted");
    // What is not verified is not mirrored.
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (409, "node.source.unverified".to_owned()));
}

/// Both have the same identity. The directory gives the first visit a log that is older than the one that the second visit, which
/// begins later and ends sooner, has seen.
#[test]
fn a_log_that_was_the_newest_when_it_was_asked_for_refutes_nothing() {
    let (folder, directory) = (Folder::new(), Server::start());
    let arguments = ["--plc-url", &directory.url(""), "--limit", "answerMs=300000"];
    let (node, latch) = (Running::start_with(&folder, &arguments), Latch::default());
    let (slow, fast) = (Publisher::honest("slow of two", vec![]), Publisher::honest("fast of two", vec![]));
    let naming_both = || naming(&slow.key).verification_method("fair_2", fast.key.did_key());
    let genesis = naming_both().sign(&root());
    let first = Log::new(&genesis, Moment::START);
    let next = naming_both().also_known_as("at://a.example").after(&genesis).sign(&root());
    let second = first.clone().then(&next, Moment::hour(1));
    directory.serve_log(&first);
    for publisher in [&slow, &fast] {
        assert_eq!(add(&node, publisher, first.did()).ok()["status"], "verified");
    }
    let path = log_path(first.did());
    let before = directory.count(&path);
    let audit = |log: &Log| Answer::json(log.text());
    directory.serve_in_turn(&path, [audit(&first).held_by(&latch), audit(&second)]);
    thread::scope(|scope| {
        let visit = scope.spawn(|| node.verify_source(&slow));
        let start = Instant::now();
        while directory.count(&path) == before {
            assert!(start.elapsed() < Duration::from_secs(60), "the directory is never asked");
            thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(node.verify_source(&fast)["status"], "verified");
        latch.open();
        let visited = visit.join().unwrap();
        assert_eq!(visited["status"], "verified", "{visited}");
    });
    // Nor does it prove anything.
    assert_eq!(standing(&node, &slow)[2], "unreached");
    assert_eq!(node.verify_source(&slow)["status"], "verified");
    assert_eq!(standing(&node, &slow)[2], "proven");
    // The newer log stays the measure: asked now, the older one is a rollback.
    directory.serve_log(&first);
    let verified = node.verify_source(&slow);
    assert!(verified["reason"].as_str().unwrap().contains("[pin.rollback]"), "{verified}");
}

/// An old key may be in the hands of a thief; the log that names the key is not.
#[test]
fn a_new_key_takes_the_word_of_the_log() {
    let (folder, directory) = (Folder::new(), Server::start());
    let (node, mut publisher) = (start(&folder, &directory), Publisher::honest("renewed/old", vec![]));
    let (old, new) = (publisher.key.clone(), KeyPair::ed25519("renewed/new"));
    let genesis = naming(&old).sign(&root());
    let before = Log::new(&genesis, Moment::START);
    let after = before.clone().then(&naming(&new).after(&genesis).sign(&root()), Moment::hour(1));
    directory.serve_log(&before);
    assert_eq!(add(&node, &publisher, before.did()).ok()["status"], "verified");
    let changes = vec![announcement(&publisher, (&old, &new), &old)];
    renew(&mut publisher, new.clone(), vec![], changes);
    let change = json!({"sourceId": publisher.source_id(), "public_key": public_pem(&new)});
    let silent = Answer::status(503);
    for (is_silent, code, identity) in
        [(true, "[io.network.status]", "unreached"), (false, "[node.identity.key]", "proven")]
    {
        if is_silent {
            directory.serve(&log_path(before.did()), silent.clone());
        } else {
            directory.serve_log(&before);
        }
        let verified = node.verify_source(&publisher);
        assert_eq!(verified["status"], "stale", "{code}");
        assert!(verified["reason"].as_str().unwrap().contains(code), "{verified}");
        assert_eq!(node.post("change-key", change.clone()).refusal(), (502, "node.key.unproven".to_owned()));
        let row = node.source(&publisher);
        assert_eq!((&row["did_key"], &row["identity"]), (&json!(old.did_key()), &json!(identity)));
    }
    directory.serve_log(&after);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    assert_eq!(node.source(&publisher)["did_key"], new.did_key());
    assert_eq!(standing(&node, &publisher)[1], "self-certified");
}
