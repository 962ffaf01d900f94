//! Publishers that attack.

use crate::publisher::{Answer, Plugin, Publisher, sign_anything};
use crate::running::{Folder, Running};
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{pem, public_pem, sign_text, spki_of};
use serde_json::{Value as Json, json};

/// The codes of what a synchronisation refused.
fn refused(synced: &Json) -> Vec<String> {
    let refused = synced["refused"].as_array().unwrap();
    refused.iter().map(|plugin| plugin["code"].as_str().unwrap().to_owned()).collect()
}

const SQL: &str = "x'); DROP TABLE source; UPDATE source SET status = 'verified'; --";
const SCRIPT: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

#[test]
fn nothing_unsigned_or_wrongly_signed_is_mirrored() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("unsigned"));
    let mut unsigned = publisher.plugin("a", "1.0.0");
    unsigned.record.as_object_mut().unwrap().remove("signature");
    let mut other = publisher.plugin("b", "1.0.0");
    other.record["signature"] = json!(sign_text(&KeyPair::ed25519("stranger"), "b"));
    let mut changed = publisher.plugin("c", "1.0.0");
    changed.record["version"] = json!("2.0.0");
    let mut mixed = publisher.plugin("d", "1.0.0");
    mixed.archive = publisher.plugin("d", "0.9.0").archive;
    let mut foreign = publisher.plugin("e", "1.0.0");
    foreign.archive = publisher.plugin("f", "1.0.0").archive;
    let mut broken = publisher.plugin("g", "1.0.0");
    broken.archive.truncate(50);
    publisher.offer(vec![
        unsigned,
        other,
        changed,
        mixed,
        foreign,
        broken,
        publisher.plugin("good", "1.0.0"),
    ]);
    let synced = node.follow(&publisher);
    let expected = [
        "pfn.signature.missing",
        "pfn.signature.invalid",
        "pfn.signature.invalid",
        "pfn.archive.inconsistent",
        "pfn.archive.inconsistent",
        "pfn.archive.unreadable",
    ];
    assert_eq!(refused(&synced), expected);
    assert_eq!((&synced["mirroredCount"], &synced["totalPlugins"]), (&json!(1), &json!(7)));
    assert_eq!(node.plugins().len(), 1);
    assert_eq!(node.newest("signature_failure").unwrap()["result"], "failure");
    // Nothing of what was refused is in the storage.
    assert_eq!(folder.archives().len(), 1);
}

#[test]
fn other_bytes_for_a_known_version_are_refused_and_shown_for_ever() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("equivocator"));
    let first = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![first.clone()]);
    node.follow(&publisher);
    let mut second = first.clone();
    let at = second.archive.windows(5).position(|window| window == b"Hello").unwrap();
    second.archive[at] = b'J';
    publisher.offer(vec![second.clone()]);
    for _ in 0..2 {
        assert_eq!(refused(&node.sync(&publisher)), ["pin.release_changed"]);
    }
    let row = &node.plugins()[0];
    assert_eq!(row["equivocations"], 1);
    let shown = node.newest("equivocation").unwrap();
    assert!(shown["reason"].as_str().unwrap().contains(row["sha256"].as_str().unwrap()), "{shown}");
    assert_eq!(node.source(&publisher)["trust_score"], 0.0);
    let path = format!("download?source={}&plugin=gallery&version=1.0.0", publisher.source_id());
    assert_eq!(node.get(&path).bytes, first.archive);
    // Neither taking it back nor another spelling nor leaving and coming back helps.
    publisher.offer(vec![first]);
    node.sync(&publisher);
    assert_eq!(node.source(&publisher)["trust_score"], 0.0);
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    publisher.offer(vec![second]);
    assert_eq!(refused(&node.follow(&publisher)), ["pin.release_changed"]);
    assert_eq!(node.plugins().len(), 0);
}

#[test]
fn sql_in_every_text_is_text() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("sql"));
    let plugin = publisher.plugin_with("gallery", SQL, "1.0.0", SQL);
    let mut bad_slug = publisher.plugin_with(SQL, "n", "1.0.0", "d");
    bad_slug.record["tags"] = json!([SQL]);
    let bad_version = publisher.plugin_with("player", "n", SQL, "d");
    let mut tagged = publisher.plugin_with("tagged", "n", "1.0.0", "d");
    tagged.record["tags"] = json!({ SQL: SQL });
    publisher.offer(vec![plugin, bad_slug, bad_version, tagged]);
    let synced = node.follow(&publisher);
    assert_eq!(refused(&synced), ["pfn.asset_url.refused", "node.version.unusable"]);
    let names: Vec<Json> = node.plugins().iter().map(|plugin| plugin["name"].clone()).collect();
    assert_eq!(names, [json!("n"), json!(SQL)]);
    // In every member of every request.
    let id = json!({"sourceId": SQL});
    for path in ["verify-source", "update-source", "remove-source", "subscribe", "unsubscribe"] {
        assert_eq!(node.post(path, id.clone()).status, 404, "{path}");
    }
    let place = json!({"source": SQL, "plugin": SQL, "version": SQL});
    assert_eq!(node.post("withdraw", place).status, 404);
    let encoded: String = SQL.bytes().map(|byte| format!("%{byte:02x}")).collect();
    // A tag can be any text, and one plugin has this one.
    for (member, count) in [("source", 0), ("plugin", 0), ("tag", 1)] {
        assert_eq!(node.get(&format!("plugins?{member}={encoded}")).ok()["total"], count);
    }
    let query = format!("source={encoded}&plugin={encoded}&version={encoded}");
    assert_eq!(
        (node.get(&format!("download?{query}")).status, node.get(&format!("verify?{query}")).status),
        (404, 404)
    );
    assert_eq!(node.get(&format!("source-status?source={encoded}")).status, 404);
    for (member, value) in [("username", SQL), ("instance_url", SQL), ("public_key", SQL)] {
        let mut source =
            json!({"instance_url": publisher.url(), "username": "bob", "public_key": publisher.pem()});
        source[member] = json!(value);
        assert_eq!(node.post("add-source", source).status, 400, "{member}");
    }
    let filters = json!({"sourceId": publisher.source_id(), "filters": {"tags": [SQL]}});
    assert_eq!(node.post("subscribe", filters).ok()["syncResult"]["mirroredCount"], 1);
    node.key(json!({"description": SQL, "name": SQL}));
    // Everything is as it was.
    assert_eq!(node.get("sources").ok().as_array().unwrap().len(), 1);
    assert_eq!(node.source(&publisher)["status"], "verified");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("paths"));
    let slugs = ["../../../etc/passwd", "..", "a/b", "a%2fb", "a b", "CON:", SCRIPT, "\u{202e}gallery"];
    publisher.offer(slugs.map(|slug| publisher.plugin(slug, "1.0.0")).to_vec());
    let synced = node.follow(&publisher);
    assert_eq!((&synced["mirroredCount"], refused(&synced).len()), (&json!(0), slugs.len()));
    let usernames = ["", "..", "a/b", "al ice", SCRIPT, "myslug", "é"];
    for username in usernames {
        let source =
            json!({"instance_url": publisher.url(), "username": username, "public_key": publisher.pem()});
        assert_eq!(
            node.post("add-source", source).refusal(),
            (400, "pfn.asset_url.refused".to_owned()),
            "{username}"
        );
    }
}

#[test]
fn a_signature_got_from_an_oracle_is_worth_what_its_source_is() {
    let folder = Folder::new();
    let (node, victim) = (Running::start(&folder), Publisher::start("oracle"));
    let key = victim.key.clone();
    victim.offer_but(vec![], move |ask| (ask.path == "/verify-ownership").then(|| sign_anything(ask, &key)));
    // A relay of a publisher that signs anything passes, as for every node; and is marked.
    let relay = Publisher::start("relay");
    let (url, key) = (relay.url(), victim.key.clone());
    let forged = relay.plugin("gallery", "6.6.6");
    let signature = sign_text(
        &victim.key,
        r#"{"id":"gallery","name":"Gallery","version":"6.6.6","description":"Pictures"}"#,
    );
    relay.offer_but(
        vec![Plugin { record: with_signature(forged.record, &signature), ..forged }],
        move |ask| match ask.path.as_str() {
            "/federation-info" => Some(crate::publisher::federation_info(&url)),
            "/verify-ownership" => Some(sign_anything(ask, &key)),
            _ => None,
        },
    );
    let added = node.add_as(&relay, &victim.pem()).ok();
    assert_eq!((&added["verified"], &added["oracle"]), (&json!(true), &json!(true)));
    node.sync(&relay);
    assert!(node.source(&relay)["trust_score"].as_f64().unwrap() <= 0.25);
    let report = node.get(&format!("verify?source={}&plugin=gallery&version=6.6.6", relay.source_id())).ok();
    assert!(report["warnings"].to_string().contains("pfn.signature.oracle"));
}

fn with_signature(mut record: Json, signature: &str) -> Json {
    record["signature"] = json!(signature);
    record
}

#[test]
fn forged_and_foreign_keys_are_refused() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("keys", vec![]));
    let small_order = pem("PUBLIC KEY", &spki_of(&[0; 32]));
    let mut trailing = spki_of(&publisher.key.public_bytes());
    trailing.insert(0, 0);
    let p256 = KeyPair::p256("p").did_key();
    for key in
        ["", "x", "-----BEGIN PUBLIC KEY-----", &p256, &pem("PUBLIC KEY", &trailing), &"A".repeat(2000)]
    {
        let status = node.add_as(&publisher, key).status;
        assert_eq!(status, 400, "{key:.80}");
    }
    // A key of small order can be read; nothing verifies with it, whatever the signature.
    let zeros = fedverify_kit::encoding::base64(&[0; 64]);
    let url = publisher.url();
    publisher.does(move |ask| match ask.path.as_str() {
        "/federation-info" => crate::publisher::federation_info(&url),
        _ => Answer::Json(json!({"signature": zeros})),
    });
    let answer = node.add_as(&publisher, &small_order);
    assert!(answer.status == 400 || answer.json()["verified"] == false, "{answer:?}");
}

#[test]
fn answers_are_bounded_in_size_and_form() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("giant"));
    publisher.does(|_| Answer::Endless);
    assert_eq!(node.add(&publisher).refusal(), (502, "io.network.answer".to_owned()));
    publisher.does(|_| Answer::Json(json!("x".repeat(2 << 20))));
    assert_eq!(node.add(&publisher).refusal(), (502, "io.network.answer".to_owned()));
    publisher.does(|_| Answer::Bytes(b"[".repeat(100_000)));
    assert_eq!(node.add(&publisher).refusal().0, 502);
    publisher.does(|_| Answer::Silent);
    assert_eq!(node.add(&publisher).refusal(), (502, "io.network.timeout".to_owned()));
    // The archive, the answer to a challenge, and the list of plugins.
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer_but(vec![plugin.clone()], |ask| ask.path.ends_with(".zip").then_some(Answer::Endless));
    assert_eq!(refused(&node.follow(&publisher)), ["io.network.answer"]);
    publisher.offer_but(vec![plugin.clone()], |ask| {
        ask.path.starts_with("/author-data").then_some(Answer::Endless)
    });
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (502, "io.network.answer".to_owned()));
    publisher.offer_but(vec![plugin], |ask| (ask.path == "/verify-ownership").then_some(Answer::Endless));
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
}

#[test]
fn the_list_of_another_author_is_refused() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("author"));
    let other = json!({"username": "bob", "plugins": []});
    publisher.offer_but(vec![], move |ask| {
        ask.path.starts_with("/author-data").then(|| Answer::Json(other.clone()))
    });
    node.add(&publisher).ok();
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (502, "node.author.other".to_owned()));
    let twice = json!({"username": "alice", "plugins": [publisher.plugin("a", "1").record, publisher.plugin("a", "2").record]});
    publisher.offer_but(vec![], move |ask| {
        ask.path.starts_with("/author-data").then(|| Answer::Json(twice.clone()))
    });
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()}));
    assert_eq!(answer.refusal(), (502, "pfn.author_data.malformed".to_owned()));
}

#[test]
fn this_machine_and_private_networks_are_not_asked() {
    let folder = Folder::new();
    let publisher = Publisher::honest("private", vec![]);
    let node = Running::start(&folder);
    let admin = node.admin.clone();
    node.kill();
    let mut node = Running::with(&folder, &[], None);
    node.admin = admin;
    assert_eq!(node.add(&publisher).status, 400);
    let port = publisher.url().rsplit(':').next().unwrap().to_owned();
    let urls = [
        "http://127.0.0.1",
        "https://127.0.0.1",
        "https://[::1]",
        "https://169.254.169.254",
        "http://10.0.0.1",
        "file:///etc/passwd",
    ];
    for url in urls {
        let source = json!({"instance_url": format!("{url}:{port}"), "username": "alice", "public_key": publisher.pem()});
        assert_eq!(node.post("add-source", source).status, 400, "{url}");
    }
    // A name passes, and what it leads to does not.
    let source = json!({"instance_url": format!("https://localhost:{port}"), "username": "alice", "public_key": publisher.pem()});
    assert_eq!(node.post("add-source", source).refusal(), (502, "io.network.insecure".to_owned()));
}

#[test]
fn redirects_do_not_lead_out_of_reach() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("redirect"));
    let target = Publisher::honest("redirect", vec![]);
    for to in ["file:///etc/passwd", "https://localhost/", "http://10.0.0.1/", "http://user:pass@127.0.0.1/"]
    {
        publisher.does(move |_| Answer::Redirect(to.to_owned()));
        let (status, code) = node.add(&publisher).refusal();
        assert!(
            status == 502 && ["io.network.redirect", "io.network.insecure"].contains(&code.as_str()),
            "{to}: {code}"
        );
    }
    let url = publisher.url();
    publisher.does(move |_| Answer::Redirect(format!("{url}/again")));
    assert_eq!(node.add(&publisher).refusal().1, "io.network.redirect");
    // One that stays in reach is followed, for documents; a challenge is never sent on.
    let to = target.url();
    publisher.does(move |ask| Answer::Redirect(format!("{to}{}", ask.path)));
    let added = node.add_as(&publisher, &public_pem(&target.key)).ok();
    assert_eq!(added["verified"], false);
}
