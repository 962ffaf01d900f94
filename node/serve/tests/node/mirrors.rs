//! Subscribing, mirroring, downloading, verifying.

use crate::host::is_native;
use crate::publisher::{Answer, Plugin, Publisher, sign_anything};
use crate::running::{Folder, MASTER_KEY, Running, unoccupied};
use fedverify_kit::encoding::base64;
use serde_json::{Value as Json, json};

fn place(publisher: &Publisher, plugin: &str, version: &str) -> String {
    format!("source={}&plugin={plugin}&version={version}", publisher.source_id())
}

fn tagged(mut plugin: Plugin, tags: Json) -> Plugin {
    plugin.record["tags"] = tags;
    plugin
}

#[test]
fn a_signed_plugin_is_mirrored_listed_downloaded_and_verified() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("mirrored"));
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    let synced = node.follow(&publisher);
    assert_eq!(
        (&synced["success"], &synced["mirroredCount"], &synced["totalPlugins"]),
        (&json!(true), &json!(1), &json!(1))
    );
    assert_eq!(
        (&synced["authorInfo"]["username"], &synced["authorInfo"]["memberSince"]),
        (&json!("alice"), &json!("2024"))
    );

    let listed = node.ask("GET", "/federation/plugins", "", None).ok();
    assert_eq!(listed["total"], 1);
    let row = &listed["plugins"][0];
    assert_eq!(
        (&row["id"], &row["version"], &row["tags"]),
        (&json!("gallery"), &json!("1.0.0"), &json!(["utilities"]))
    );
    assert_eq!(row["signature"], plugin.record["signature"]);
    assert_eq!(
        row["verification"],
        json!({"metadata": "verified", "archive": "unsigned", "consistency": "consistent"})
    );

    let path = format!("/federation/download?{}", place(&publisher, "gallery", "1.0.0"));
    let download = node.ask("GET", &path, "", None);
    assert_eq!((download.status, &download.bytes), (200, &plugin.archive));
    let digest = row["sha256"].as_str().unwrap();
    let bytes: Vec<u8> =
        (0..64).step_by(2).map(|at| u8::from_str_radix(&digest[at..at + 2], 16).unwrap()).collect();
    let expected = [
        ("digest", format!("sha-256={}", base64(&bytes))),
        ("etag", format!("\"{digest}\"")),
        ("content-type", "application/zip".to_owned()),
        ("content-length", plugin.archive.len().to_string()),
        ("content-disposition", "attachment; filename=\"gallery-1.0.0.zip\"".to_owned()),
        ("cache-control", "public, max-age=300".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ];
    for (name, value) in expected {
        assert_eq!(download.header(name), Some(value.as_str()), "{name}");
    }
    let head = node.ask("HEAD", &path, "", None);
    assert_eq!((head.status, head.bytes.len()), (200, 0));

    let report = node
        .ask("GET", &format!("/federation/verify?{}", place(&publisher, "gallery", "1.0.0")), "", None)
        .ok();
    assert_eq!(
        (&report["verdict"], &report["kind"], &report["trust"]),
        (&json!("verified"), &json!("pfn-plugin"), &json!("key"))
    );
    assert_eq!(report["plugin"]["id"], "gallery");
    let update = node.newest("version_update").unwrap();
    assert_eq!((&update["old_version"], &update["new_version"]), (&json!("0.0.0"), &json!("1.0.0")));
    assert_eq!((&update["plugin_name"], &update["source_username"]), (&json!("Gallery"), &json!("alice")));
    // The same version by another spelling.
    assert_eq!(node.get(&format!("download?{}", place(&publisher, "gallery", "v1.0"))).status, 200);
    assert_eq!(node.get(&format!("download?{}", place(&publisher, "gallery", "1.0.1"))).status, 404);
}

#[test]
fn a_signed_archive_is_bound() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("bound"));
    let mut plugin = publisher.plugin("gallery", "1.0.0");
    let digests =
        fedverify::PackageDigests::from_reader(&plugin.archive[..], &fedverify::Limits::default()).unwrap();
    plugin.record["archive_signature"] = json!(base64(&publisher.key.sign(digests.sha384())));
    let mut forged = publisher.plugin("player", "1.0.0");
    forged.record["archive_signature"] = plugin.record["archive_signature"].clone();
    publisher.offer(vec![plugin, forged]);
    let synced = node.follow(&publisher);
    assert_eq!((&synced["mirroredCount"], &synced["totalPlugins"]), (&json!(1), &json!(2)));
    assert_eq!(synced["refused"][0]["code"], "pfn.archive.signature_invalid");
    assert_eq!(node.plugins()[0]["verification"]["archive"], "signed");
    let report = node.get(&format!("verify?{}", place(&publisher, "gallery", "1.0.0"))).ok();
    assert!(!report["warnings"].to_string().contains("pfn.archive.unbound"), "{report}");
}

/// Whoever takes a plugin from a node must not have to ask for more, with a key, to be warned of its source.
#[test]
fn what_is_known_against_a_source_is_told_with_its_plugins() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("doubted"));
    let plugin = publisher.plugin("gallery", "1.0.0");
    publisher.offer(vec![plugin.clone()]);
    node.follow(&publisher);
    let doubts = || {
        let listed = node.ask("GET", "/federation/plugins", "", None).ok();
        let doubts = listed["plugins"][0]["doubts"].as_array().unwrap().clone();
        doubts.iter().map(|doubt| doubt["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(doubts(), [""; 0]);
    let key = publisher.key.clone();
    publisher.offer_but(vec![plugin.clone()], move |ask| {
        (ask.path == "/verify-ownership").then(|| sign_anything(ask, &key))
    });
    node.verify_source(&publisher);
    assert_eq!(doubts(), ["oracle"]);
    let mut other = plugin;
    other.archive = fedverify_kit::plugin::archive("gallery", "Gallery", "1.0.0").comment("other").bytes();
    publisher.offer(vec![other]);
    node.verify_source(&publisher);
    node.sync(&publisher);
    assert_eq!(doubts(), ["equivocation"]);
    publisher.does(|_| Answer::Status(503));
    node.verify_source(&publisher);
    assert_eq!(doubts(), ["unverified", "equivocation"]);
}

#[test]
fn only_tags_that_somebody_wants_are_mirrored() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("tags"));
    let plugin = |slug: &str, tags: Json| tagged(publisher.plugin(slug, "1.0.0"), tags);
    let offered = vec![
        plugin("a", json!({"x": "utilities"})),
        plugin("b", json!(["productivity", "other"])),
        plugin("c", json!(["Utilities"])),
        plugin("d", json!(null)),
        plugin("e", json!("utilities")),
    ];
    publisher.offer(offered);
    node.add(&publisher).ok();
    let subscribe = |filters: Json| {
        node.post("subscribe", json!({"sourceId": publisher.source_id(), "filters": filters}))
    };
    assert_eq!(subscribe(json!({"rating": 5})).status, 400);
    assert_eq!(subscribe(json!({"tags": [""]})).status, 400);
    let synced = subscribe(json!({"tags": ["utilities", "productivity"]})).ok();
    assert_eq!(synced["message"], "Subscription created and initial sync completed");
    assert_eq!(synced["syncResult"]["totalPlugins"], 2);
    let tagged = |tag: &str| node.get(&format!("plugins?tag={tag}")).ok()["total"].clone();
    assert_eq!(
        [tagged("utilities"), tagged("productivity"), tagged("%27+OR+1=1")],
        [json!(1), json!(1), json!(0)]
    );
    assert_eq!(
        node.get("subscriptions").ok()["subscriptions"][0]["filters"],
        json!({"tags": ["utilities", "productivity"]})
    );
    assert_eq!(subscribe(json!({})).ok()["syncResult"]["totalPlugins"], 5);
}

#[test]
fn subscriptions_are_each_keys_own() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::honest("own", vec![]));
    node.add(&publisher).ok();
    let key = node.key(json!({"name": "shop", "role": "subscriber"}));
    let body = json!({"sourceId": publisher.source_id()});
    node.ask("POST", "/federation/subscribe", &key, Some(&body)).ok();
    let own = node.ask("GET", "/federation/subscriptions", &key, None).ok();
    assert_eq!(own["subscriptions"][0]["subscriber"], "shop");
    assert_eq!(node.source(&publisher)["subscriber_count"], 1);
    node.sync(&publisher);
    assert_eq!(node.source(&publisher)["subscriber_count"], 2);
    assert_eq!(
        node.ask("GET", "/federation/subscriptions", &key, None).ok()["subscriptions"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // Who subscribes and which keys there are is not for every key to read.
    let seen = node.ask("GET", "/federation/activity?limit=100", &key, None).ok()["activities"].to_string();
    assert!(seen.contains("source_added") && !seen.contains("subscribed") && !seen.contains("key_created"));
    assert!(node.newest("subscribed").is_some() && node.newest("key_created").is_some());
    node.post("unsubscribe", body.clone()).ok();
    assert_eq!(node.post("unsubscribe", body).status, 404);
    assert_eq!(node.source(&publisher)["subscriber_count"], 1);
    // Those of a revoked key end with it.
    let keys = node.get("keys").ok();
    let shop = keys["keys"].as_array().unwrap().iter().find(|key| key["name"] == "shop").unwrap();
    node.post("revoke-key", json!({"id": shop["id"]})).ok();
    assert_eq!(node.source(&publisher)["subscriber_count"], 0);
    let unknown = node.post("subscribe", json!({"sourceId": "no@where"}));
    assert_eq!(
        (unknown.status, unknown.json()["details"].clone()),
        (404, json!({"sourceId": "no@where", "sourceStatus": {"exists": false}}))
    );
    assert_eq!(
        node.ask("POST", "/federation/subscribe", MASTER_KEY, Some(&json!({"sourceId": "x"}))).status,
        401
    );
}

#[test]
fn updates_and_downgrades_are_told_apart_and_all_versions_stay() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("versions"));
    let offer = |version: &str| publisher.offer(vec![publisher.plugin("gallery", version)]);
    offer("1.9");
    node.follow(&publisher);
    offer("1.10");
    node.sync(&publisher);
    let update = node.newest("version_update").unwrap();
    assert_eq!((&update["old_version"], &update["new_version"]), (&json!("1.9"), &json!("1.10")));
    assert_eq!(node.newest("version_downgrade"), None);
    offer("1.2");
    node.sync(&publisher);
    let downgrade = node.newest("version_downgrade").unwrap();
    assert_eq!((&downgrade["old_version"], &downgrade["new_version"]), (&json!("1.10"), &json!("1.2")));
    assert_eq!(node.plugins().len(), 3);
    for version in ["1.9", "1.10", "1.2"] {
        assert_eq!(node.get(&format!("download?{}", place(&publisher, "gallery", version))).status, 200);
    }
}

#[test]
fn a_withdrawn_version_is_gone_until_it_is_restored() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("withdrawn"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let version = json!({"source": publisher.source_id(), "plugin": "gallery", "version": "1.0.0"});
    let download = || node.get(&format!("download?{}", place(&publisher, "gallery", "1.0.0"))).status;
    node.post("withdraw", version.clone()).ok();
    let answer = node.get(&format!("download?{}", place(&publisher, "gallery", "1.0.0")));
    assert_eq!(answer.refusal(), (410, "node.withdrawn".to_owned()));
    // A synchronisation does not bring it back, nor does leaving and coming back.
    node.sync(&publisher);
    assert_eq!(download(), 410);
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    node.follow(&publisher);
    assert_eq!(download(), 410);
    node.post("restore", version).ok();
    assert_eq!(download(), 200);
}

#[test]
fn an_archive_that_is_lost_is_a_fault_of_the_node() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("lost"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    for archive in folder.archives() {
        std::fs::remove_file(archive).unwrap();
    }
    let path = format!("/federation/download?{}", place(&publisher, "gallery", "1.0.0"));
    // No other test may see such an answer, so those that are held to the document have none.
    let answer = node.exchange("GET", &path, &[], b"");
    let id = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(answer.refusal(), (500, "node.fault".to_owned()));
    node.log_until(|line| line.contains(&id) && line.contains("\"fault\""));
}

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let publisher = Publisher::start("kept");
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let admin = node.admin.clone();
    node.kill();
    let mut node = Running::with(&folder, &["--allow-private"], None);
    node.admin = admin;
    assert_eq!(node.source(&publisher)["status"], "verified");
    assert_eq!(node.get(&format!("download?{}", place(&publisher, "gallery", "1.0.0"))).status, 200);
    assert_eq!(node.get("subscriptions").ok()["subscriptions"].as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_storage_is_no_verdict_on_the_publisher() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("damaged"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let file = folder.archives().pop().unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let report = node.get(&format!("verify?{}", place(&publisher, "gallery", "1.0.0"))).ok();
    assert_eq!(
        (&report["verdict"], &report["error"]["code"]),
        (&json!("undetermined"), &json!("io.file.unreadable"))
    );
}

/// The one archive of a node with other bytes in it.
fn damage(folder: &Folder, change: impl Fn(&mut Vec<u8>)) {
    let file = folder.archives().pop().unwrap();
    let mut bytes = std::fs::read(&file).unwrap();
    change(&mut bytes);
    std::fs::write(&file, bytes).unwrap();
}

#[test]
fn a_damaged_archive_is_replaced_by_the_bytes_that_name_it() {
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("replaced"));
    let (first, second) = (publisher.plugin("gallery", "1.0.0"), publisher.plugin("slider", "1.0.0"));
    publisher.offer(vec![first.clone()]);
    node.follow(&publisher);
    let download = || node.get(&format!("download?{}", place(&publisher, "gallery", "1.0.0"))).bytes;
    damage(&folder, |bytes| bytes[10] ^= 1);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert!(download() == first.archive);
    node.log_until(|line| line.contains("\"is\":\"replaced\""));
    if !is_native("a bucket keeps no part of an object") {
        return;
    }
    // One that was cut off, too; and what is listed behind it is mirrored.
    damage(&folder, |bytes| bytes.truncate(100));
    publisher.offer(vec![first.clone(), second]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 2);
    assert!(download() == first.archive);
}

#[test]
fn a_download_of_a_damaged_archive_breaks_off() {
    if !is_native("the bytes are R2's word, and only their number is compared") {
        return;
    }
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("broken off"));
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    node.follow(&publisher);
    let url = format!("{}/federation/download?{}", node.url, place(&publisher, "gallery", "1.0.0"));
    // A small one breaks off before its headers were sent, or after.
    let read = || ureq::get(&url).call().and_then(|mut answer| answer.body_mut().read_to_vec());
    assert!(read().is_ok());
    damage(&folder, |bytes| bytes[10] ^= 1);
    let broken = read();
    assert!(broken.is_err(), "{broken:?}");
    node.log_until(|line| line.contains("is damaged: SHA-256 mismatch") && line.contains("request_id"));
}

#[test]
fn an_archive_that_cannot_be_stored_keeps_no_other_from_it() {
    if !is_native("the bucket takes everything") {
        return;
    }
    let folder = Folder::new();
    let (node, publisher) = (Running::start(&folder), Publisher::start("not stored"));
    let (first, second) = (publisher.plugin("gallery", "1.0.0"), publisher.plugin("slider", "1.0.0"));
    publisher.offer(vec![first.clone()]);
    node.follow(&publisher);
    let file = folder.archives().pop().unwrap();
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    publisher.offer(vec![first, second]);
    let synced = node.sync(&publisher);
    assert_eq!((&synced["mirroredCount"], &synced["totalPlugins"]), (&json!(1), &json!(2)));
    assert_eq!(synced["success"], false);
    let answer = node.post("subscribe", json!({"sourceId": publisher.source_id()})).ok();
    assert_eq!(answer["success"], false);
    assert!(answer["message"].as_str().unwrap().contains("could not be stored: 1"), "{answer}");
    let refused = &synced["refused"];
    assert_eq!((&refused[0]["plugin"], &refused[0]["code"]), (&json!("gallery"), &json!("node.fault")));
    let said = node.newest("sync").unwrap();
    assert!(said["reason"].as_str().unwrap().contains("[node.fault]"), "{said}");
    // The reason is for the log only.
    node.log_until(|line| line.contains("\"fault\"") && line.contains("gallery"));
    assert_eq!(node.newest("plugin_refused"), None);
}

#[test]
fn a_storage_that_takes_nothing_ends_the_synchronisation_and_is_counted() {
    if !is_native("the bucket takes everything") {
        return;
    }
    let folder = Folder::new();
    let (node, publisher) =
        (Running::start_with(&folder, &["--check-every", "1"]), Publisher::start("storage"));
    publisher.offer(["a", "b", "c", "d"].map(|slug| publisher.plugin(slug, "1.0.0")).to_vec());
    node.add(&publisher).ok();
    // No archive can be in a file.
    std::fs::write(folder.path().join("blobs/archives"), "").unwrap();
    let body = json!({"sourceId": publisher.source_id()}).to_string();
    let authorization = format!("Bearer {}", node.admin);
    let headers = [("authorization", authorization.as_str())];
    // The document has no such answer.
    let answer = unoccupied(|| node.exchange("POST", "/federation/subscribe", &headers, body.as_bytes()));
    assert_eq!(answer.refusal(), (500, "node.fault".to_owned()));
    assert!(publisher.asked("/assets/alice/c/c.zip"));
    node.log_until(|line| line.contains("\"alarm\"") && line.contains("could not be stored: 3"));
    let metrics = String::from_utf8(node.ask("GET", "/metrics", &node.admin, None).bytes).unwrap();
    assert!(!metrics.contains("\nfedverify_node_alarm_faults_total 0\n"), "{metrics}");
    assert!(!publisher.asked("/assets/alice/d/d.zip"));
    let said = node.newest("sync").unwrap();
    assert!(said["reason"].as_str().unwrap().contains("cannot be stored: 1 of 4"), "{said}");
}
