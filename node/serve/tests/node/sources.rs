//! Registering and verifying sources.

use crate::publisher::{Answer, Publisher, sign_anything, sign_own_challenge};
use crate::running::{Folder, MASTER_KEY, Running};
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{public_pem, sign_text};
use fedverify_node::MAX_REASON_BYTES;
use serde_json::{Value as Json, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[test]
fn a_publisher_that_has_the_key_is_verified() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("honest", vec![]));
    let added = node.add(&publisher).ok();
    assert_eq!(
        (&added["success"], &added["source_id"], &added["status"], &added["verified"]),
        (&json!(true), &json!(publisher.source_id()), &json!("verified"), &json!(true))
    );
    assert_eq!((&added["challenge"], &added["oracle"]), (&json!("bound"), &json!(false)));
    // Again is no error and no change.
    assert_eq!(node.add(&publisher).ok()["status"], "verified");
    let row = node.source(&publisher);
    let compatible = [
        ("instance_url", json!(publisher.url())),
        ("username", json!("alice")),
        ("public_key", json!(publisher.pem())),
        ("asset_domain", json!(publisher.url())),
        ("asset_naming_scheme", json!("assets/author/slug/slug.zip")),
        ("subscriber_count", json!(0)),
        ("plugin_count", json!(0)),
        ("last_verification_result", json!("success")),
        ("successful_verifications", json!(1)),
        ("last_sync", Json::Null),
        ("equivocations", json!(0)),
    ];
    for (member, value) in compatible {
        assert_eq!(row[member], value, "{member}");
    }
    assert!(row["trust_score"].as_f64().unwrap() > 0.7 && row["response_time_avg"].is_u64());
    assert_eq!(node.newest("source_verification").unwrap()["result"], "success");
    // With another key it is another publisher.
    let other = public_pem(&KeyPair::ed25519("other"));
    assert_eq!(node.add_as(&publisher, &other).refusal(), (409, "node.conflict".to_owned()));
}

#[test]
fn a_publisher_that_has_another_key_is_not_verified() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("liar", vec![]));
    let added = node.add_as(&publisher, &public_pem(&KeyPair::ed25519("victim"))).ok();
    assert_eq!((&added["status"], &added["verified"]), (&json!("pending"), &json!(false)));
    assert!(added["reason"].as_str().unwrap().contains("[pfn.signature.invalid]"));
    // Where its archives are is not believed either.
    assert_eq!(node.source(&publisher)["asset_domain"], Json::Null);
    assert_eq!(node.source(&publisher)["trust_score"], 0.0);
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (409, "node.source.unverified".to_owned()));
}

#[test]
fn a_challenge_cannot_be_relayed_to_a_publisher_that_reads_it() {
    let folder = Folder::new();
    let (node, victim) = (Running::start(&folder), Publisher::honest("victim", vec![]));
    let relay = Publisher::start("relay");
    let (url, victim_url, key) = (relay.url(), victim.url(), victim.key.clone());
    // It registers the victim's key, and lets the victim answer.
    relay.does(move |ask| match ask.path.as_str() {
        "/federation-info" => crate::publisher::federation_info(&url),
        "/verify-ownership" => sign_own_challenge(ask, &victim_url, &key),
        _ => Answer::Status(404),
    });
    let added = node.add_as(&relay, &victim.pem()).ok();
    assert_eq!((&added["verified"], &added["status"]), (&json!(false), &json!("pending")));
    // The victim itself is verified with the same key.
    assert_eq!(node.add(&victim).ok()["verified"], true);
}

#[test]
fn a_publisher_that_signs_anything_is_marked() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("original"));
    let key = publisher.key.clone();
    publisher
        .offer_but(vec![], move |ask| (ask.path == "/verify-ownership").then(|| sign_anything(ask, &key)));
    let added = node.add(&publisher).ok();
    assert_eq!(
        (&added["verified"], &added["challenge"], &added["oracle"]),
        (&json!(true), &json!("bound"), &json!(true))
    );
    let row = node.source(&publisher);
    assert_eq!(row["trust_score"], 0.25);
    assert!(row["trust_reasons"].to_string().contains("signs any string"));
    // Where the probe gets no answer, the mark stays.
    let key = publisher.key.clone();
    publisher.offer_but(vec![], move |ask| {
        let is_probe = ask.body.contains("probe");
        (ask.path == "/verify-ownership")
            .then(|| if is_probe { Answer::Endless } else { sign_anything(ask, &key) })
    });
    assert_eq!(node.verify_source(&publisher)["oracle"], true);
    // It learns better.
    publisher.offer(vec![]);
    assert_eq!(node.verify_source(&publisher)["oracle"], false);
    assert_eq!(node.source(&publisher)["oracle"], false);
}

#[test]
fn a_publisher_that_signs_only_uuids_is_marked_as_legacy() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("legacy"));
    let key = publisher.key.clone();
    publisher.offer_but(vec![], move |ask| {
        (ask.path == "/verify-ownership").then(|| {
            let body: Json = serde_json::from_str(&ask.body).unwrap();
            let challenge = body["challenge"].as_str().unwrap();
            let is_uuid = challenge.len() == 36 && challenge.as_bytes()[14] == b'4';
            if is_uuid {
                Answer::Json(json!({"signature": sign_text(&key, challenge)}))
            } else {
                Answer::Status(400)
            }
        })
    });
    let added = node.add(&publisher).ok();
    assert_eq!(
        (&added["verified"], &added["challenge"], &added["oracle"]),
        (&json!(true), &json!("legacy"), &json!(false))
    );
    assert_eq!(node.source(&publisher)["trust_score"], 0.6);
}

#[test]
fn failures_demote_a_source_and_success_brings_it_back() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("shaky", vec![]));
    node.add(&publisher).ok();
    publisher.does(|_| Answer::Status(503));
    for status in ["stale", "stale", "error", "error"] {
        let verified = node.verify_source(&publisher);
        assert_eq!((&verified["success"], &verified["status"]), (&json!(false), &json!(status)));
        assert!(verified["reason"].as_str().unwrap().contains("503"), "{verified}");
    }
    let change = node.newest("status_change").unwrap();
    assert!(change["reason"].as_str().unwrap().starts_with("stale → error: "), "{change}");
    let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
    assert_eq!(
        (&status["consecutive_failures"], &status["last_verification"]["result"]),
        (&json!(4), &json!("failure"))
    );
    assert_eq!(status["verifications"].as_array().unwrap().len(), 5);
    assert_eq!(status["source"]["trust_score"], 0.0);
    // What is not verified is not mirrored.
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (409, "node.source.unverified".to_owned()));
    publisher.offer(vec![]);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
    assert_eq!((&status["consecutive_failures"], &status["source"]["reason"]), (&json!(0), &Json::Null));
}

#[test]
fn a_publisher_that_refuses_is_quoted() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("refuses"));
    let said = |status: u16, body: &str| {
        let body = body.to_owned();
        publisher.offer_but(vec![], move |ask| {
            (ask.path == "/verify-ownership").then(|| Answer::Refused(status, body.clone()))
        });
        node.add(&publisher);
        node.verify_source(&publisher)["reason"].as_str().unwrap().to_owned()
    };
    let untidy = "{\"error\":\"no \\u001b[31muser\\nalice\"}";
    for status in [400, 403, 429, 499] {
        let why = said(status, untidy);
        assert!(why.contains(&format!("the server answered {status}")), "{why}");
        assert!(why.contains(r#": it says "no \u{1b}[31muser\nalice" ["#), "{why}");
    }
    let long = said(400, &format!(r#"{{"message":"{}"}}"#, "x".repeat(1000)));
    assert!(long.contains(&format!(r#": it says "{}"… ["#, "x".repeat(80))), "{long}");

    let over = format!(r#"{{"error":"{}"}}"#, "x".repeat(MAX_REASON_BYTES));
    for (status, body) in [(500, untidy), (400, "no user"), (400, ""), (400, &over)] {
        let why = said(status, body);
        assert!(why.contains(&format!("the server answered {status}")) && !why.contains("it says"), "{why}");
    }
}

#[test]
fn what_is_no_publisher_is_not_added() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("none"));
    assert_eq!(node.add(&publisher).refusal(), (502, "io.network.status".to_owned()));
    publisher.does(|_| Answer::Json(json!({"version": "1.0.0"})));
    assert_eq!(node.add(&publisher).refusal(), (502, "pfn.federation_info.malformed".to_owned()));
    assert_eq!(node.get("sources").ok(), json!([]));
    let missing = node.post("add-source", json!({"username": "alice"}));
    assert_eq!(missing.json()["error"], "Missing required fields");
    let unknown = node.post("verify-source", json!({"sourceId": "alice@nowhere.example"}));
    assert_eq!((unknown.status, &unknown.json()["success"]), (404, &json!(false)));
}

#[test]
fn a_removed_source_can_come_back() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("first", vec![]));
    let gallery = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![gallery]);
    node.follow(&publisher);
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    assert_eq!((node.get("sources").ok(), node.plugins()), (json!([]), vec![]));
    assert_eq!(node.add(&publisher).ok()["status"], "verified");
}

/// How long the tests wait for what the node does unasked.
const PATIENCE: Duration = Duration::from_secs(180);

#[test]
fn sources_are_checked_and_synchronised_unasked() {
    let folder = Folder::new();
    let mut node = Running::with(&folder, &["--allow-private", "--check-every", "1"], Some(MASTER_KEY));
    node.admin = node.key(json!({"name": "admin"}));
    let publisher = Publisher::honest("schedule", vec![]);
    node.follow(&publisher);
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    let until = |happened: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !happened() {
            assert!(start.elapsed() < PATIENCE, "it never happened");
            sleep(Duration::from_millis(200));
        }
    };
    until(&|| node.plugins().len() == 1);
    publisher.does(|_| Answer::Status(503));
    until(&|| node.source(&publisher)["status"] == "error");
    publisher.offer(vec![]);
    until(&|| node.source(&publisher)["status"] == "verified");
    let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
    assert_eq!(status["last_verification"]["verification_type"], "scheduled");
}

#[test]
fn a_source_that_fails_is_asked_less_often() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("pause", vec![]));
    node.add(&publisher).ok();
    let pause = || {
        let status = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
        let last = &status["last_verification"]["verified_at"];
        status["next_check"].as_u64().unwrap() - last.as_u64().unwrap()
    };
    assert_eq!(pause(), 3600);
    publisher.does(|_| Answer::Status(503));
    for expected in [3600, 7200, 14400] {
        node.verify_source(&publisher);
        assert_eq!(pause(), expected);
    }
}

/// What lists show is kept beside the rows: it must be what counting all of them would give.
#[test]
fn lists_come_in_pages_and_count_what_is_there() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let publishers: Vec<Publisher> =
        (0..3).map(|number| Publisher::start(&format!("pages/{number}"))).collect();
    for publisher in &publishers {
        publisher.offer(vec![publisher.plugin("gallery", "1.0.0"), publisher.plugin("slider", "1.0.0")]);
        node.follow(publisher);
    }
    // Less trusted than the others.
    publishers[1].does(|_| Answer::Status(500));
    node.verify_source(&publishers[1]);
    let page = |query: &str| {
        let answered = node.get(&format!("sources?{query}"));
        assert_eq!(answered.header("x-total-count"), Some("3"));
        let rows = answered.ok();
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = page("");
    assert_eq!(all.last(), Some(&publishers[1].source_id()));
    assert_eq!([page("limit=2"), page("limit=2&offset=2")].concat(), all);
    assert_eq!(node.get("sources?limit=1001").refusal().0, 400);
    for publisher in &publishers {
        let listed = node.source(publisher);
        let alone = node.get(&format!("source-status?source={}", publisher.source_id())).ok();
        assert_eq!(listed, alone["source"]);
        assert_eq!(listed["plugin_count"], 2);
    }
    let total = |query: &str| node.get(&format!("plugins?{query}")).ok()["total"].clone();
    let id = publishers[0].source_id();
    for (query, expected) in [
        (String::new(), 6),
        (format!("source={id}"), 2),
        ("plugin=gallery".to_owned(), 3),
        (format!("source={id}&plugin=gallery"), 1),
        ("tag=utilities".to_owned(), 6),
        (format!("tag=utilities&source={id}&plugin=slider"), 1),
        ("tag=none".to_owned(), 0),
    ] {
        assert_eq!(total(&query), expected, "{query}");
        let listed = node.get(&format!("plugins?{query}")).ok()["plugins"].as_array().unwrap().len();
        assert_eq!(listed, expected, "{query}");
    }
    // Another tag takes the place of the first, and what is removed is counted no more.
    let mut moved = publishers[0].plugin("gallery", "1.0.0");
    moved.record["tags"] = json!(["moved"]);
    publishers[0].offer(vec![moved]);
    node.sync(&publishers[0]);
    assert_eq!([total("tag=utilities"), total("tag=moved")], [5, 1]);
    node.post("remove-source", json!({"sourceId": id})).ok();
    assert_eq!([total(""), total("tag=utilities"), total("tag=moved")], [4, 4, 0]);
    let counts = node.get("activity").ok()["debug"]["counts"].clone();
    assert_eq!((&counts["plugin_count"], &counts["version_count"]), (&json!(4), &json!(6)));
    assert_eq!(counts["verify_count"], 3);
}
