//! A publisher's new key: who may put it in the place of the old one, and that nothing is lost where somebody does.

use crate::publisher::{Answer, Ask, Plugin, Publisher, federation_info, sign_anything};
use crate::running::{Answered, Folder, Running, unoccupied};
use fedverify_kit::encoding::base64;
use fedverify_kit::keys::KeyPair;
use fedverify_kit::pfn::{public_pem, sign_text};
use serde_json::{Value as Json, json};

fn key(label: &str) -> KeyPair {
    KeyPair::ed25519(label)
}

/// A change of an instance's key as the publisher announces it, signed by `signer`.
pub(crate) fn announcement(
    publisher: &Publisher,
    (from, to): (&KeyPair, &KeyPair),
    signer: &KeyPair,
) -> Json {
    let (instance, from, new) = (publisher.url(), from.did_key(), to.did_key());
    let text = format!("fedverify-node key change v1; instance={instance}; from={from}; to={new}");
    json!({"publicKey": public_pem(to), "signature": sign_text(signer, &text)})
}

/// The publisher has this key from now on, and announces these changes.
pub(crate) fn renew(publisher: &mut Publisher, key: KeyPair, plugins: Vec<Plugin>, changes: Vec<Json>) {
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
    bound_with(publisher, version, "")
}

/// The same in other bytes.
fn bound_with(publisher: &Publisher, version: &str, comment: &str) -> Plugin {
    let mut plugin = publisher.plugin("gallery", version);
    plugin.archive = fedverify_kit::plugin::archive("gallery", "Gallery", version).comment(comment).bytes();
    let limits = fedverify::Limits::default();
    let digests = fedverify::PackageDigests::from_reader(&plugin.archive[..], &limits).unwrap();
    plugin.record["archive_signature"] = json!(base64(&publisher.key.sign(digests.sha384())));
    plugin
}

fn change_key(node: &Node<'_>, key: &KeyPair) -> Answered {
    node.0.post("change-key", json!({"sourceId": node.1.source_id(), "public_key": public_pem(key)}))
}

/// Says that the source has this key, and that the one before it was stolen.
fn say_stolen(node: &Node<'_>, key: &KeyPair) -> Answered {
    let body = json!({"sourceId": node.1.source_id(), "public_key": public_pem(key), "stolen": true});
    unoccupied(|| node.0.post("change-key", body.clone()))
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
    let mut changes = Vec::new();
    for (from, to) in [(0, 1), (1, 2)] {
        changes.push(change(&publisher, from, to));
        renew(&mut publisher, keys[to].clone(), vec![], changes.clone());
        assert_eq!(node.verify_source(&publisher)["status"], "verified");
        assert_eq!(Node(&node, &publisher).key(), keys[to].did_key());
    }
    let asked = Node(&node, &publisher);
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

/// Adds the publisher's source, of which the probe is answered so, and everything else honestly.
fn add_probed(
    node: &Running,
    publisher: &Publisher,
    probe: impl Fn(&Ask) -> Answer + Send + 'static,
) -> Json {
    publisher.offer_but(vec![], move |ask| {
        let is_probe = ask.path == "/verify-ownership" && ask.body.contains("fedverify-node probe");
        is_probe.then(|| probe(ask))
    });
    node.add(publisher).ok()
}

/// The source of an instance that has the new key, which the old one has approved, after a visit.
#[track_caller]
fn is_held(node: &Running, (publisher, old): (&Publisher, &KeyPair), why: &str) {
    let verified = node.verify_source(publisher);
    let reason = verified["reason"].as_str().unwrap();
    assert!(reason.contains(why) && reason.contains("[node.key.unapproved]"), "{reason}");
    assert_eq!(Node(node, publisher).key(), old.did_key());
}

/// What it signed for a stranger while it signed anything is signed for ever.
#[test]
fn a_key_that_once_signed_anything_approves_nothing_for_ever() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("replay/old"));
    let (old, thief) = (publisher.key.clone(), key("replay/thief"));
    let signer = old.clone();
    assert_eq!(add_probed(&node, &publisher, move |ask| sign_anything(ask, &signer))["oracle"], true);
    let harvested = announcement(&publisher, (&old, &thief), &old);
    publisher.offer(vec![]);
    assert_eq!(node.verify_source(&publisher)["oracle"], false);
    renew(&mut publisher, thief, vec![], vec![harvested.clone()]);
    is_held(&node, (&publisher, &old), "or did so once");
    // Nor where the source is removed and comes back.
    publisher.key = old.clone();
    publisher.offer(vec![]);
    node.post("remove-source", json!({"sourceId": publisher.source_id()})).ok();
    assert_eq!(node.add(&publisher).ok()["oracle"], false);
    renew(&mut publisher, key("replay/thief"), vec![], vec![harvested]);
    is_held(&node, (&publisher, &old), "or did so once");
}

#[test]
fn a_key_that_was_never_seen_to_refuse_approves_nothing() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    // One that signs anything answers so, too, when it has much to do.
    let unclear: [fn() -> Answer; 8] = [
        || Answer::Endless,
        || Answer::Status(408),
        || Answer::Status(429),
        || Answer::Status(500),
        || Answer::Status(503),
        || Answer::Redirect("/elsewhere".to_owned()),
        || Answer::Json(json!({"error": "busy"})),
        || Answer::Json(json!({"signature": sign_text(&key("unprobed/other"), "another string")})),
    ];
    for probe in unclear {
        approves_only_after_a_refusal(&node, probe);
    }
}

/// The probe is answered so, and after that honestly.
#[track_caller]
fn approves_only_after_a_refusal(node: &Running, probe: fn() -> Answer) {
    let mut publisher = Publisher::start("unprobed/old");
    let (old, new) = (publisher.key.clone(), key("unprobed/new"));
    assert_eq!(add_probed(node, &publisher, move |_| probe())["verified"], true);
    let changes = vec![announcement(&publisher, (&old, &new), &old)];
    renew(&mut publisher, new.clone(), vec![], changes.clone());
    is_held(node, (&publisher, &old), "never seen to refuse");
    publisher.key = old;
    publisher.offer(vec![]);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    renew(&mut publisher, new.clone(), vec![], changes);
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    assert_eq!(Node(node, &publisher).key(), new.did_key());
}

/// Nobody knows what such a key signs.
#[test]
fn a_key_that_the_node_never_saw_approves_nothing() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("skipped/0", vec![]));
    node.add(&publisher).ok();
    let keys = [0, 1, 2].map(|number| key(&format!("skipped/{number}")));
    let changes = [0, 1].map(|at| announcement(&publisher, (&keys[at], &keys[at + 1]), &keys[at])).to_vec();
    renew(&mut publisher, keys[2].clone(), vec![], changes);
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
    assert_eq!(Node(&node, &publisher).key(), keys[0].did_key());
}

#[test]
fn the_last_32_changes_are_read() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("many/old", vec![]));
    node.add(&publisher).ok();
    let (old, new) = (publisher.key.clone(), key("many/new"));
    let change = announcement(&publisher, (&old, &new), &old);
    let other = announcement(&publisher, (&key("many/1"), &key("many/2")), &key("many/1"));
    let others = |count: usize| vec![other.clone(); count];
    renew(&mut publisher, new.clone(), vec![], [vec![change.clone()], others(32)].concat());
    assert_eq!(node.verify_source(&publisher)["status"], "stale");
    renew(&mut publisher, new.clone(), vec![], [others(40), vec![change], others(31)].concat());
    assert_eq!(node.verify_source(&publisher)["status"], "verified");
    assert_eq!(Node(&node, &publisher).key(), new.did_key());
}

#[test]
fn old_keys_approve_so_many_changes() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("often/0", vec![]));
    node.add(&publisher).ok();
    let keys: Vec<KeyPair> = (0..6).map(|number| key(&format!("often/{number}"))).collect();
    for to in &keys[1..5] {
        renew_to(&node, &mut publisher, to, vec![]);
    }
    let changes = vec![announcement(&publisher, (&keys[4], &keys[5]), &keys[4])];
    renew(&mut publisher, keys[5].clone(), vec![], changes);
    is_held(&node, (&publisher, &keys[4]), "4 changes in 30 days");
    change_key(&Node(&node, &publisher), &keys[5]).ok();
    assert_eq!(Node(&node, &publisher).key(), keys[5].did_key());
}

/// It may have its key still.
#[test]
fn a_source_that_fails_otherwise_is_said_to_have_failed_so() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("down/old", vec![]));
    node.add(&publisher).ok();
    let (old, other) = (publisher.key.clone(), key("down/other"));
    renew(&mut publisher, other.clone(), vec![], vec![]);
    // An administrator who names a third key is told of that one.
    assert_eq!(change_key(&Node(&node, &publisher), &key("down/third")).status, 502);
    let said = node.newest("key_change").unwrap();
    assert!(said["reason"].as_str().unwrap().contains("[pfn.signature.invalid]"), "{said}");
    let (url, pem) = (publisher.url(), publisher.pem());
    publisher.does(move |ask| {
        let Answer::Json(mut info) = federation_info(&url) else { panic!("no document") };
        info["publicKey"] = json!(pem);
        if ask.path == "/federation-info" { Answer::Json(info) } else { Answer::Status(503) }
    });
    let verified = node.verify_source(&publisher);
    assert!(verified["reason"].as_str().unwrap().contains("[io.network.status]"), "{verified}");
    assert_eq!(Node(&node, &publisher).key(), old.did_key());
}

/// The codes of the doubts of version 1.0.0, which `verify` gives, too, and their reasons.
fn doubts(node: &Node<'_>) -> (Vec<String>, String) {
    let plugins = node.0.plugins();
    let doubts = plugins.iter().find(|plugin| plugin["version"] == "1.0.0").unwrap()["doubts"].clone();
    let codes: Vec<String> =
        doubts.as_array().unwrap().iter().map(|doubt| doubt["code"].as_str().unwrap().to_owned()).collect();
    let place = format!("source={}&plugin=gallery&version=1.0.0", node.1.source_id());
    let verify = node.0.get(&format!("verify?{place}"));
    assert_eq!(verify.header("x-doubts").unwrap_or_default(), codes.join(", "));
    (codes, doubts.to_string())
}

/// A new key makes nothing better that the old one signed.
#[test]
fn what_an_earlier_key_signed_is_said_to_be_of_it() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("laundered/0"));
    let (plugin, signer) = (bound(&publisher, "1.0.0"), publisher.key.clone());
    publisher.offer_but(vec![plugin], move |ask| {
        (ask.path == "/verify-ownership").then(|| sign_anything(ask, &signer))
    });
    node.follow(&publisher);
    assert_eq!(doubts(&Node(&node, &publisher)).0, ["oracle"]);
    publisher.key = key("laundered/1");
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    change_key(&Node(&node, &publisher), &publisher.key).ok();
    node.sync(&publisher);
    let asked = Node(&node, &publisher);
    let (codes, said) = doubts(&asked);
    assert_eq!(codes, ["earlier-key", "oracle"]);
    assert!(said.contains("an administrator gave the source another one"), "{said}");
    let newest = node.plugins()[0].clone();
    assert_eq!((&newest["version"], &newest["doubts"]), (&json!("1.1.0"), &json!([])));
    assert_eq!(node.source(&publisher)["trust_score"], 0.25);
    // It is cured by signing them anew.
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.sync(&publisher);
    assert_eq!(doubts(&Node(&node, &publisher)).0, [""; 0]);
    assert!(node.source(&publisher)["trust_score"].as_f64().unwrap() > 0.25);
}

#[test]
fn why_an_earlier_key_went_is_said_with_what_it_signed() {
    for (label, is_stolen) in [("went/stolen", true), ("went/approved", false)] {
        let folder = Folder::new();
        let (node, mut publisher) = (Running::start(&folder), Publisher::start(label));
        publisher.offer(vec![bound(&publisher, "1.0.0")]);
        node.follow(&publisher);
        assert_eq!(doubts(&Node(&node, &publisher)).0, [""; 0]);
        let (old, new) = (publisher.key.clone(), key("went/new"));
        let changes = vec![announcement(&publisher, (&old, &new), &old)];
        renew(&mut publisher, new.clone(), vec![], changes);
        let why = if is_stolen {
            say_stolen(&Node(&node, &publisher), &new).ok();
            "the administrator says it was stolen"
        } else {
            node.verify_source(&publisher);
            "it approved the key after it"
        };
        let asked = Node(&node, &publisher);
        let (codes, said) = doubts(&asked);
        assert_eq!(codes, ["earlier-key"]);
        let why = format!("it is signed by a key that its source no longer has: {why}");
        assert!(said.contains(&why), "{said}");
        assert_eq!(asked.status()["key_changes"][0]["stolen"], is_stolen);
    }
}

/// The old key approved the new one, and only later the publisher says that it was stolen.
#[test]
fn an_earlier_key_can_be_said_to_be_stolen_later() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("later/old"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let (old, new) = (publisher.key.clone(), key("later/new"));
    // No other key is known yet.
    let refused = say_stolen(&Node(&node, &publisher), &old);
    assert_eq!(refused.refusal(), (409, "node.conflict".to_owned()));
    let changes = vec![announcement(&publisher, (&old, &new), &old)];
    renew(&mut publisher, new.clone(), vec![], changes);
    node.verify_source(&publisher);
    let asked = Node(&node, &publisher);
    assert_eq!(asked.key(), new.did_key());
    // What names the key that it has, and says nothing else, changes nothing.
    unoccupied(|| change_key(&asked, &new)).ok();
    assert!(doubts(&asked).1.contains("it approved the key after it"));
    let said = say_stolen(&asked, &new).ok();
    assert_eq!(said["message"], "The key before this one is now recorded as stolen");
    let (codes, reasons) = doubts(&asked);
    assert_eq!(codes, ["earlier-key"]);
    assert!(reasons.contains("the administrator says it was stolen"), "{reasons}");
    let changes = asked.status()["key_changes"].clone();
    assert_eq!(changes.as_array().unwrap().len(), 1);
    assert_eq!((&changes[0]["approved_by"], &changes[0]["stolen"]), (&json!("old key"), &json!(true)));
    let event = node.newest("key_change").unwrap();
    let reason = format!("{} was stolen, says the administrator", old.did_key());
    assert_eq!((&event["result"], &event["reason"]), (&json!("success"), &json!(reason)));
}

/// The thief had the publisher's key, and had it approve one of the thief's own.
#[test]
fn the_publishers_key_and_the_thiefs_are_recorded_as_stolen_one_after_the_other() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let mut publisher = robbed(&node, "both/old");
    let thief = key("both/thief");
    renew_to(&node, &mut publisher, &thief, vec![]);
    publisher.offer(vec![bound(&publisher, "1.2.0")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    say_stolen(&Node(&node, &publisher), &thief).ok();
    publisher.key = key("both/new");
    publisher.offer(vec![]);
    say_stolen(&Node(&node, &publisher), &publisher.key).ok();
    let changes = Node(&node, &publisher).status()["key_changes"].clone();
    assert!(changes.as_array().unwrap().iter().all(|change| change["stolen"] == true), "{changes}");
    for version in ["1.1.0", "1.2.0"] {
        publisher.offer(vec![bound_with(&publisher, version, "own")]);
        assert_eq!(node.sync(&publisher)["mirroredCount"], 1, "{version}");
    }
}

/// The key before the present one is not known then: the last change led to another one.
#[test]
fn no_key_is_said_to_be_stolen_where_the_source_was_added_again_with_another_one() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::honest("again/first", vec![]));
    node.add(&publisher).ok();
    publisher.key = key("again/second");
    publisher.offer(vec![]);
    change_key(&Node(&node, &publisher), &publisher.key).ok();
    unoccupied(|| node.post("remove-source", json!({"sourceId": publisher.source_id()}))).ok();
    publisher.key = key("again/third");
    publisher.offer(vec![]);
    node.add(&publisher).ok();
    let asked = Node(&node, &publisher);
    assert_eq!(say_stolen(&asked, &publisher.key).refusal(), (409, "node.conflict".to_owned()));
    assert_eq!(asked.status()["key_changes"][0]["stolen"], false);
}

/// What it signed is not of an earlier key then.
#[test]
fn a_key_that_comes_back_in_another_spelling_is_the_same_key() {
    let folder = Folder::new();
    let (node, mut publisher) = (Running::start(&folder), Publisher::start("spelled/first"));
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    let first = publisher.key.clone();
    publisher.key = key("spelled/second");
    publisher.offer(vec![]);
    change_key(&Node(&node, &publisher), &publisher.key).ok();
    assert_eq!(doubts(&Node(&node, &publisher)).0, ["earlier-key"]);
    publisher.key = first.clone();
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    // Its PEM without the markers.
    let (pem, other) = (public_pem(&first), public_pem(&first).lines().nth(1).unwrap().to_owned());
    let body = json!({"sourceId": publisher.source_id(), "public_key": other});
    unoccupied(|| node.post("change-key", body.clone())).ok();
    let listed = node.plugins()[0].clone();
    assert_eq!((&listed["public_key"], &listed["source_public_key"]), (&json!(pem), &json!(other)));
    assert_eq!(doubts(&Node(&node, &publisher)).0, [""; 0]);
}

/// Otherwise a hundred of them would end each visit.
#[test]
fn what_a_key_signed_that_its_source_gave_up_is_not_refused() {
    let folders = [Folder::new(), Folder::new()];
    let [node, other] = folders.each_ref().map(Running::start);
    let mut publisher = Publisher::start("given up/old");
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    other.follow(&publisher);
    publisher.offer(vec![]);
    node.follow(&publisher);
    publisher.key = key("given up/new");
    publisher.offer(vec![]);
    change_key(&Node(&node, &publisher), &publisher.key).ok();
    let visit = unoccupied(|| node.post("add-peer", json!({"url": other.url}))).ok()["syncResult"].clone();
    assert_eq!((&visit["earlierCount"], &visit["refused"]), (&json!(1), &json!([])), "{visit}");
    assert_eq!(node.plugins(), [Json::Null; 0]);
    assert_eq!(node.newest("peer_refused"), None);
}

/// Version 1.1.0 as it is listed.
fn listed(node: &Running) -> Json {
    node.plugins().into_iter().find(|plugin| plugin["version"] == "1.1.0").unwrap()
}

/// A source with versions 1.0.0 of its publisher and 1.1.0 of a thief, who had the key, too.
fn robbed(node: &Running, label: &str) -> Publisher {
    let publisher = Publisher::start(label);
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    node.follow(&publisher);
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "by the thief")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    publisher
}

/// Otherwise a thief's versions would be what theirs are for ever, and the publisher would be the one who equivocates.
#[test]
fn what_a_stolen_key_signed_gives_way_to_the_publishers_own() {
    let folder = Folder::new();
    // There is no room for more versions, and none is needed.
    let node = Running::start_with(&folder, &["--limit", "sourceVersions=2"]);
    let mut publisher = robbed(&node, "robbed/old");
    // Two archives by the same key: whose the second one is, nobody knows yet.
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "by the thief, too")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    assert_eq!(
        (&listed(&node)["equivocations"], &node.source(&publisher)["trust_score"]),
        (&json!(1), &json!(0.0))
    );
    publisher.key = key("robbed/new");
    let own = bound(&publisher, "1.1.0");
    publisher.offer(vec![own.clone()]);
    say_stolen(&Node(&node, &publisher), &publisher.key).ok();
    let said = |node: &Running| {
        (node.source(&publisher)["equivocations"].clone(), listed(node)["equivocations"].clone())
    };
    assert_eq!(said(&node), (json!(0), json!(0)));
    assert_eq!(doubts(&Node(&node, &publisher)).0, ["earlier-key"]);

    let synced = node.sync(&publisher);
    assert_eq!((&synced["mirroredCount"], &synced["refused"]), (&json!(1), &json!([])));
    let mirror = listed(&node);
    assert_eq!((&mirror["public_key"], &mirror["doubts"]), (&json!(publisher.pem()), &json!([])));
    let place = format!("source={}&plugin=gallery&version=1.1.0", publisher.source_id());
    assert_eq!(node.get(&format!("download?{place}")).bytes, own.archive);
    assert_eq!(node.get(&format!("verify?{place}")).ok()["verdict"], "verified");
    let update = node.newest("version_update").unwrap();
    assert_eq!((&update["old_version"], &update["new_version"]), (&json!("1.0.0"), &json!("1.1.0")));
    assert!(update["reason"].as_str().unwrap().ends_with(", which a stolen key signed"), "{update}");
    assert!(node.source(&publisher)["trust_score"].as_f64().unwrap() > 0.5);

    // Only once: what the new key signs is what it is for ever, also if a thief signed the same before.
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "by the thief, too")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    assert_eq!(said(&node), (json!(1), json!(1)));
    assert_eq!(node.get(&format!("download?{place}")).bytes, own.archive);

    // Nor does a signature of the stolen key over the archive outlive one of the new key over the record.
    publisher.offer(vec![publisher.plugin("gallery", "1.0.0")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    let first = node.plugins()[0].clone();
    assert_eq!((&first["version"], &first["public_key"]), (&json!("1.0.0"), &json!(publisher.pem())));
    assert_eq!(
        (&first["verification"]["archive"], &first["archive_signature"]),
        (&json!("unsigned"), &Json::Null)
    );
}

/// The publisher's own would be kept from everybody because the administrator withdrew the thief's.
#[test]
fn other_bytes_in_the_place_of_a_stolen_keys_version_are_not_withdrawn_with_it() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let mut publisher = robbed(&node, "withdrawn/old");
    for version in ["1.0.0", "1.1.0"] {
        let place = json!({"source": publisher.source_id(), "plugin": "gallery", "version": version});
        node.post("withdraw", place).ok();
    }
    publisher.key = key("withdrawn/new");
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    say_stolen(&Node(&node, &publisher), &publisher.key).ok();
    let download = |version: &str| {
        let place = format!("source={}&plugin=gallery&version={version}", publisher.source_id());
        node.get(&format!("download?{place}")).status
    };
    assert_eq!(download("1.1.0"), 410);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!((download("1.1.0"), &listed(&node)["withdrawn_at"]), (200, &Json::Null));
    let update = node.newest("version_update").unwrap();
    let why = ", which a stolen key signed and the administrator withdrew";
    assert!(update["reason"].as_str().unwrap().ends_with(why), "{update}");
    // The same bytes are what was withdrawn, whoever signs them.
    publisher.offer(vec![bound(&publisher, "1.0.0")]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    let first = node.plugins().into_iter().find(|plugin| plugin["version"] == "1.0.0").unwrap();
    assert_eq!((download("1.0.0"), &first["public_key"]), (410, &json!(publisher.pem())));
}

/// The old key approved the new one, and nobody knew of the thief.
#[test]
fn an_equivocation_counts_until_one_of_its_keys_is_said_to_be_stolen() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let mut publisher = robbed(&node, "unaware/old");
    let new = key("unaware/new");
    renew_to(&node, &mut publisher, &new, vec![]);
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    assert_eq!(node.source(&publisher)["equivocations"], 1);
    say_stolen(&Node(&node, &publisher), &new).ok();
    assert_eq!(node.source(&publisher)["equivocations"], 0);
    // Also where the source is removed, and added again with its new key.
    unoccupied(|| node.post("remove-source", json!({"sourceId": publisher.source_id()}))).ok();
    assert_eq!(node.follow(&publisher)["mirroredCount"], 1);
    assert_eq!(
        (&listed(&node)["public_key"], &node.source(&publisher)["equivocations"]),
        (&json!(publisher.pem()), &json!(0))
    );
}

/// The publisher has this key from now on, which the one before approved.
fn renew_to(node: &Running, publisher: &mut Publisher, new: &KeyPair, plugins: Vec<Plugin>) {
    let changes = vec![announcement(publisher, (&publisher.key, new), &publisher.key)];
    renew(publisher, new.clone(), plugins, changes);
    assert_eq!(node.verify_source(publisher)["status"], "verified");
}

/// Otherwise a publisher would be cleared who shows both archives again under a key that is stolen later.
#[test]
fn a_stolen_key_that_signed_the_same_bytes_again_clears_nobody() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let mut publisher = Publisher::start("cleared/0");
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    node.follow(&publisher);
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "other")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    let (one, two) = (key("cleared/1"), key("cleared/2"));
    let first = publisher.key.clone();
    publisher.key = one.clone();
    let (same, other) = (bound(&publisher, "1.1.0"), bound_with(&publisher, "1.1.0", "other"));
    publisher.key = first;
    renew_to(&node, &mut publisher, &one, vec![same]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    assert_eq!(listed(&node)["public_key"], public_pem(&one));
    publisher.offer(vec![other]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    publisher.key = two.clone();
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "by the second key")]);
    say_stolen(&Node(&node, &publisher), &two).ok();
    // The first key signed both, and was not stolen. Nor does what it signed give way to other bytes.
    assert_eq!(node.source(&publisher)["equivocations"], 1);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    assert_eq!(node.source(&publisher)["equivocations"], 2);
}

/// The publisher is bound by what its present key signed, whoever signed it before.
#[test]
fn what_the_present_key_signed_anew_gives_way_to_nothing_if_the_earlier_key_was_stolen() {
    let folder = Folder::new();
    let node = Running::start(&folder);
    let mut publisher = Publisher::start("anew/old");
    publisher.offer(vec![bound(&publisher, "1.1.0")]);
    node.follow(&publisher);
    let (old, new) = (publisher.key.clone(), key("anew/new"));
    publisher.key = new.clone();
    let same = bound(&publisher, "1.1.0");
    publisher.key = old;
    renew_to(&node, &mut publisher, &new, vec![same]);
    assert_eq!(node.sync(&publisher)["mirroredCount"], 1);
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "other")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
    say_stolen(&Node(&node, &publisher), &new).ok();
    assert_eq!(node.source(&publisher)["equivocations"], 1);
    publisher.offer(vec![bound_with(&publisher, "1.1.0", "another")]);
    assert_eq!(node.sync(&publisher)["refused"][0]["code"], "pin.release_changed");
}

/// The publisher may be gone, and have signed its own version all the same.
#[test]
fn another_node_may_have_what_takes_the_place_of_a_stolen_keys_version() {
    let folders = [Folder::new(), Folder::new()];
    let [node, other] = folders.each_ref().map(Running::start);
    let mut publisher = robbed(&node, "peers/robbed");
    publisher.key = key("peers/robbed/new");
    publisher.offer(vec![]);
    other.follow(&publisher);
    for version in ["1.0.0", "1.1.0"] {
        publisher.offer(vec![bound(&publisher, version)]);
        other.sync(&publisher);
    }
    publisher.offer(vec![]);
    say_stolen(&Node(&node, &publisher), &publisher.key).ok();
    let visit = unoccupied(|| node.post("add-peer", json!({"url": other.url}))).ok()["syncResult"].clone();
    assert_eq!((&visit["mirroredCount"], &visit["refused"]), (&json!(2), &json!([])), "{visit}");
    assert!(node.plugins().iter().all(|plugin| plugin["public_key"] == publisher.pem()));
    assert_eq!(node.source(&publisher)["equivocations"], 0);
    Node(&node, &publisher).has_all(&publisher.key);
}
