//! A publisher's new key: who may put it in the place of the old one, and that nothing is lost where somebody does.

use crate::publisher::{Answer, Plugin, Publisher, sign_anything};
use crate::running::{Answered, Folder, Running, unoccupied};
use fedverify_kit::encoding::base64;
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{public_pem, sign_text};
use serde_json::{Value as Json, json};

fn key(label: &str) -> KeyPair {
    KeyPair::ed25519(label)
}

/// A change of an instance's key as the publisher announces it, signed by `signer`.
fn announcement(publisher: &Publisher, (from, to): (&KeyPair, &KeyPair), signer: &KeyPair) -> Json {
    let (instance, from, new) = (publisher.url(), from.did_key(), to.did_key());
    let text = format!("fedverify-node key change v1; instance={instance}; from={from}; to={new}");
    json!({"publicKey": public_pem(to), "signature": sign_text(signer, &text)})
}

/// The publisher has this key from now on, and announces these changes.
fn renew(publisher: &mut Publisher, key: KeyPair, plugins: Vec<Plugin>, changes: Vec<Json>) {
    publisher.key = key;
    let (url, pem) = (publisher.url(), publisher.pem());
    publisher.offer_but(plugins, move |ask| {
        let assets = json!({"domain": url, "namingScheme": "assets/author/slug/slug.zip"});
        let info = json!({
            "version": "1.0.0", "features": [], "assetInfo": assets, "publicKey": pem, "keyChanges": changes,
        });
        (ask.path == "/federation-info").then_some(Answer::Json(info))
    });
}

/// A plugin whose archive its publisher signed, too.
fn bound(publisher: &Publisher, version: &str) -> Plugin {
    let mut plugin = publisher.plugin("gallery", version);
    let limits = fedverify::Limits::default();
    let digests = fedverify::PackageDigests::from_reader(&plugin.archive[..], &limits).unwrap();
    plugin.record["archive_signature"] = json!(base64(&publisher.key.sign(digests.sha384())));
    plugin
}

fn change_key(node: &Node<'_>, key: &KeyPair) -> Answered {
    node.0.post("change-key", json!({"sourceId": node.1.source_id(), "public_key": public_pem(key)}))
}

/// A node, and the publisher of whose source it is asked.
struct Node<'n>(&'n Running, &'n Publisher);

impl Node<'_> {
    /// The key of the source.
    fn key(&self) -> Json {
        self.0.source(self.1)["did_key"].clone()
    }

    fn status(&self) -> Json {
        self.0.get(&format!("source-status?source={}", self.1.source_id())).ok()
    }

    /// Nothing of version 1.0.0 was lost: it is listed with the key that signed it, and verifies.
    #[track_caller]
    fn has_all(&self, signer: &KeyPair) {
        let plugins = self.0.plugins();
        let kept = plugins.iter().find(|plugin| plugin["version"] == "1.0.0").unwrap();
        assert_eq!(kept["public_key"], public_pem(signer));
        // And with the one that the source has today.
        assert_eq!(kept["source_public_key"], self.0.source(self.1)["public_key"]);
        assert_eq!(kept["verification"]["archive"], "signed");
        let place = format!("source={}&plugin=gallery&version=1.0.0", self.1.source_id());
        assert_eq!(self.0.get(&format!("verify?{place}")).ok()["verdict"], "verified");
        assert_eq!(self.0.get(&format!("download?{place}")).status, 200);
        assert_eq!(self.0.get("subscriptions").ok()["subscriptions"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn an_administrator_changes_a_key_and_everything_stays() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("key/first"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let (first, second) = (publisher.key.clone(), key("key/second"));
    // The publisher does not have it yet.
    let refused = change_key(&Node(&node, &publisher), &second);
    assert_eq!(refused.refusal(), (502, "node.key.unproven".to_owned()));
    let held = node.newest("key_change").unwrap();
    assert_eq!(held["result"], "failure");
    assert!(held["reason"].as_str().unwrap().contains("[pfn.signature.invalid]"), "{held}");
    assert_eq!(node.source(&publisher)["status"], "verified");
    publisher.key = second.clone();
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
    let asked = Node(&node, &publisher);
    assert_eq!(asked.key(), first.did_key());
    let changed = change_key(&asked, &second).ok();
    assert_eq!((&changed["status"], &changed["verified"]), (&json!("verified"), &json!(true)));
    assert_eq!(asked.key(), second.did_key());
    asked.has_all(&first);
    // Again is no error and no change, and the old key is no way back by adding.
    change_key(&asked, &second).ok();
    assert_eq!(node.add_as(&publisher, &public_pem(&first)).refusal(), (409, "node.conflict".to_owned()));
    let status = asked.status();
    let changes = status["key_changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["approved_by"], "administrator");
    assert_eq!((&changes[0]["old_key"], &changes[0]["new_key"]), (&json!(first.did_key()), &asked.key()));
    assert!(status["verifications"].as_array().unwrap().len() >= 3, "{status}");
    // What the new key signs is mirrored beside it.
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(node.plugins()[0]["public_key"], publisher.pem());
    asked.has_all(&first);
}

#[test]
fn a_key_that_the_old_one_approves_takes_its_place() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("approved/0"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let keys: Vec<KeyPair> = (0..4).map(|number| key(&format!("approved/{number}"))).collect();
    let change = |publisher: &Publisher, from: usize, to: usize| {
        announcement(publisher, (&keys[from], &keys[to]), &keys[from])
    };
    // Two changes that the node has not seen: it follows them.
    let changes = vec![change(&publisher, 0, 1), change(&publisher, 1, 2)];
    renew(&mut publisher, keys[2].clone(), vec![], changes.clone());
    let asked = Node(&node, &publisher);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    assert_eq!(asked.key(), keys[2].did_key());
    asked.has_all(&keys[0]);
    let status = asked.status();
    let by: Vec<&Json> =
        status["key_changes"].as_array().unwrap().iter().map(|change| &change["approved_by"]).collect();
    assert_eq!(by, ["old key", "old key"]);
    let said = node.newest("key_change").unwrap();
    assert!(said["reason"].as_str().unwrap().ends_with(", approved by the old key"), "{said}");
    // A key that was given up comes back by no signature: whoever has it may have stolen it.
    let back = announcement(&publisher, (&keys[2], &keys[0]), &keys[2]);
    renew(&mut publisher, keys[0].clone(), vec![], vec![back]);
    let verified = node.verify_source(&publisher);
    assert_eq!(verified["status"], "stale");
    assert!(verified["reason"].as_str().unwrap().contains("[node.key.unapproved]"), "{verified}");
    // What it announced before changes nothing any more, and the next change is one from the key that it has.
    let changes = [changes, vec![change(&publisher, 2, 3)]].concat();
    renew(&mut publisher, keys[3].clone(), vec![], changes);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    assert_eq!(Node(&node, &publisher).key(), keys[3].did_key());
}

#[test]
fn a_key_that_nobody_approved_is_held_and_shown() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("held"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let (first, thief) = (publisher.key.clone(), key("thief"));
    let other = Publisher::start("held/other");
    for changes in [
        vec![],
        // By the new key itself.
        vec![announcement(&publisher, (&first, &thief), &thief)],
        // For another instance.
        vec![announcement(&other, (&first, &thief), &first)],
        // Of another form.
        vec![
            json!(7),
            json!({"publicKey": 7, "signature": "x"}),
            json!({"publicKey": "x", "signature": "x"}),
        ],
    ] {
        renew(&mut publisher, thief.clone(), vec![], changes);
        let verified = node.verify_source(&publisher);
        let reason = verified["reason"].as_str().unwrap();
        assert!(reason.contains("[node.key.unapproved]") && reason.contains(&thief.did_key()), "{reason}");
    }
    let asked = Node(&node, &publisher);
    assert_eq!((asked.key(), asked.status()["key_changes"].clone()), (json!(first.did_key()), json!([])));
    assert!(node.source(&publisher)["reason"].as_str().unwrap().contains("[node.key.unapproved]"));
    asked.has_all(&first);
    // An approved one that the instance does not have is none either.
    let changes = vec![announcement(&publisher, (&first, &key("approved")), &first)];
    renew(&mut publisher, thief.clone(), vec![], changes);
    let verified = node.verify_source(&publisher);
    assert!(verified["reason"].as_str().unwrap().contains("[pfn.signature.invalid]"), "{verified}");
    assert_eq!(Node(&node, &publisher).key(), first.did_key());
}

/// Anyone can have such a key sign a change.
#[test]
fn a_key_that_signs_anything_approves_nothing() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("oracle/old"));
    let (old, new) = (publisher.key.clone(), key("oracle/new"));
    let signer = old.clone();
    publisher
        .offer_but(vec![], move |ask| (ask.path == "/verify-ownership").then(|| sign_anything(ask, &signer)));
    assert_eq!(node.add(&publisher).ok()["oracle"], true);
    let changes = vec![announcement(&publisher, (&old, &new), &old)];
    renew(&mut publisher, new.clone(), vec![], changes);
    let verified = node.verify_source(&publisher);
    assert!(verified["reason"].as_str().unwrap().contains("signs anything"), "{verified}");
    let asked = Node(&node, &publisher);
    assert_eq!(asked.key(), old.did_key());
    // An administrator does, and the new key is no oracle.
    assert_eq!(change_key(&asked, &new).ok()["oracle"], false);
    assert_eq!(asked.key(), new.did_key());
}

#[test]
fn what_an_earlier_key_bound_is_not_given_up_for_less() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("less/old"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let (old, new) = (publisher.key.clone(), key("less/new"));
    publisher.key = new.clone();
    // The same version, of which the new key signs the record only.
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    change_key(&Node(&node, &publisher), &new).ok();
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    Node(&node, &publisher).has_all(&old);
    // With its archive it takes the place of the old one.
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    Node(&node, &publisher).has_all(&new);
}

/// Nodes change keys at different times.
#[test]
fn what_an_earlier_key_signed_is_no_fault_of_another_node() {
    let folders = [Folder::new(), Folder::new()];
    let [node, other] = folders.each_ref().map(Running::start);
    let mut publisher = Publisher::start("peer/old");
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    other.follow(&publisher);
    let old = publisher.key.clone();
    publisher.key = key("peer/new");
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    change_key(&Node(&node, &publisher), &publisher.key).ok();
    let visit = unoccupied(|| node.post("add-peer", json!({"url": other.url}))).ok()["syncResult"].clone();
    assert_eq!((&visit["knownCount"], &visit["refused"]), (&json!(1), &json!([])), "{visit}");
    Node(&node, &publisher).has_all(&old);
}
