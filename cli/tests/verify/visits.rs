//! Honest publishers, visited again and again.

use crate::world::{METADATA, World, at, daily, fair, package, package_path, root, text};
use fedverify_kit::metadata::{release, release_of};
use fedverify_kit::server::{Answer, DnsServer, Records};
use fedverify_kit::{Json, KeyPair, Op};

#[test]
fn a_first_and_a_second_visit_are_verified_and_remembered() {
    let world = World::new("two-visits");
    let first = world.verify(&[&at(1)]).verified().warns(&[]);
    assert_eq!(first.report["kind"], "fair-package");
    assert_eq!(first.report["trust"], "self-certified");
    assert_eq!(first.report["release"]["version"], "1.0.0");
    assert_eq!(first.report["identity"]["head"], world.head().cid());
    let kept = world.pin();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&kept).unwrap(), first.report["pin"]);
    world.verify(&[&at(1)]).verified().warns(&[]);
    assert_eq!(world.pin(), kept, "nothing new was seen");
    world.verify(&[&at(2)]).verified();
    let pin: serde_json::Value = serde_json::from_slice(&world.pin()).unwrap();
    assert_eq!(pin["lastVisit"], first.report["pin"]["lastVisit"].as_u64().unwrap() + 3600);
}

#[test]
fn servers_are_asked_as_they_expect() {
    let world = World::new("requests");
    world.verify(&[]).verified();
    let requests = world.server.requests();
    let agent = format!("fedverify/{}", env!("CARGO_PKG_VERSION"));
    for request in &requests {
        assert_eq!(request.headers["user-agent"], agent);
        assert_eq!(request.headers["accept-encoding"], "identity");
    }
    // The DID document is fetched beside the rest, so the order says nothing.
    let json = "application/json, */*;q=0.5";
    let document = format!("/{}", world.did());
    for (path, accept) in
        [(&*world.log_path(), json), (&document, json), (METADATA, json), (&package_path("1.0.0"), "*/*")]
    {
        let request = requests.iter().find(|request| request.path == path);
        assert_eq!(request.unwrap().headers["accept"], accept, "{path}");
    }
}

#[test]
fn a_key_rotation_is_followed() {
    let mut world = World::new("rotation");
    world.verify(&[&at(1)]).verified();
    let new_key = KeyPair::ed25519("verify/fair-2");
    let rotated = world.op(&new_key).after(&world.head()).sign(&daily());
    world.then(&rotated, 2);
    // What the old key signed no longer counts.
    world.verify(&[&at(3)]).rejected("fair.signature.invalid");
    world.publish_by(&new_key, &["1.1.0"]);
    world.verify(&[&at(3), "--wait-recovery-window"]).rejected("fair.key.too_fresh");
    let outcome = world.verify(&[&at(3)]).verified().warns(&["fair.key.fresh"]);
    assert_eq!(outcome.report["identity"]["operations"], 2);
    world.verify(&[&at(100), "--wait-recovery-window"]).verified().warns(&[]);
}

#[test]
fn a_lawful_recovery_is_followed() {
    let mut world = World::new("recovery");
    let genesis = world.head();
    let theft = world.op(&KeyPair::ed25519("thief")).after(&genesis).sign(&daily());
    world.then(&theft, 1);
    world.publish_by(&KeyPair::ed25519("thief"), &["1.0.0"]);
    // The thief is who the log says; a verifier cannot know better yet, but says that it can be undone.
    world.verify(&[&at(2)]).verified().warns(&["fair.key.fresh"]);
    let recovery = world.op(&fair()).after(&genesis).sign(&root());
    world.then(&recovery, 20);
    world.publish(&["1.0.1"]);
    let outcome = world.verify(&[&at(21)]).verified();
    assert_eq!(outcome.report["identity"]["nullified"][0], theft.cid());
}

#[test]
fn the_release_and_the_package_can_be_given() {
    let world = World::new("given");
    world.publish(&["1.1.0", "1.0.0"]);
    let outcome = world.verify(&["--release", "1.0.0"]).verified();
    assert_eq!(outcome.report["release"]["version"], "1.0.0");
    assert_eq!(world.server.count(&package_path("1.1.0")), 0);
    let file = world.file("given.zip", &package("1.1.0"));
    world.verify(&["--package", text(&file)]).verified();
    assert_eq!(world.server.count(&package_path("1.1.0")), 0, "nothing was fetched");
    world.verify(&["--package", text(&file), "--release", "1.0.0"]).rejected("fair.checksum.mismatch");
    world.verify(&["--package", "no/such/file"]).undetermined("io.file.missing");
    world.verify(&["--release", "2.0.0"]).rejected("fair.release.missing");
}

#[test]
fn of_several_artifacts_the_first_zip_is_fetched() {
    let world = World::new("artifacts");
    let zip = package("2.0.0");
    let at = |path: &str| world.artifact(&fair(), path, &zip);
    let artifacts =
        Json::array([at("/a.tar").with("content-type", "application/x-tar"), at("/b.zip"), at("/c.zip")]);
    world.serve_metadata([release_of("2.0.0", Json::object([("package", artifacts)]))]);
    world.server.serve("/b.zip", Answer::ok("application/zip", zip.clone()));
    let outcome = world.verify(&[]).verified();
    assert_eq!(outcome.report["release"]["artifact"], world.server.url("/b.zip"));
    let none_is_zip = Json::array([at("/d").without("content-type"), at("/e").without("content-type")]);
    // What is now version 3.0.0 must not be what was remembered as 2.0.0.
    world.serve_metadata([release_of("3.0.0", Json::object([("package", none_is_zip)]))]);
    world.server.serve("/d", Answer::ok("application/zip", zip.clone()));
    world.verify(&[]).rejected("pin.release_changed");
    let zip = package("3.0.0");
    let at = |path: &str| world.artifact(&fair(), path, &zip).without("content-type");
    let none_is_zip = Json::array([at("/d"), at("/e")]);
    world.serve_metadata([release_of("3.0.0", Json::object([("package", none_is_zip)]))]);
    world.server.serve("/d", Answer::ok("application/zip", zip));
    world.verify(&[]).verified();
    world.serve_metadata([release_of("4.0.0", Json::object([]))]);
    world.verify(&[]).rejected("fair.artifact.missing");
}

#[test]
fn release_assets_are_asked_for_as_such_also_behind_a_redirect() {
    let world = World::new("asset");
    let zip = package("1.0.0");
    let asset = world.artifact(&fair(), "/assets/1", &zip).with("release-asset", true);
    world.serve_metadata([release("1.0.0", asset)]);
    world.server.serve("/assets/1", Answer::redirect("/storage/1"));
    world.server.serve("/storage/1", Answer::ok("application/octet-stream", zip));
    world.verify(&[]).verified();
    // Its content type says the same.
    let typed = world.artifact(&fair(), "/typed/1", &package("1.0.0"));
    let typed = typed.with("content-type", "application/octet-stream");
    world.serve_metadata([release("1.0.0", typed)]);
    world.server.serve("/typed/1", Answer::ok("application/octet-stream", package("1.0.0")));
    world.verify(&[]).verified();
    let requests = world.server.requests();
    let of_asset: Vec<_> = requests.iter().filter(|request| request.path.ends_with("/1")).collect();
    assert_eq!(of_asset.len(), 3);
    for request in of_asset {
        assert_eq!(request.headers["accept"], "application/octet-stream", "{}", request.path);
    }
}

#[test]
fn a_tombstone_ends_an_identity() {
    let mut world = World::new("tombstone");
    let tombstone = Op::tombstone().after(&world.head()).sign(&root());
    world.then(&tombstone, 1);
    let outcome = world.verify(&[]).rejected("plc.tombstoned");
    assert_eq!(outcome.report["identity"]["tombstoned"], true);
    assert_eq!(outcome.warnings(), ["plc.deactivated"]);
    // A directory that still serves its keys is noticed.
    let served = Json::object([("id", world.did().into()), ("alsoKnownAs", Json::array(["at://a.example"]))]);
    world.server.serve(&format!("/{}", world.did()), Answer::json(served.pretty()));
    let outcome = world.verify(&[]).rejected("plc.tombstoned");
    assert_eq!(outcome.warnings(), ["plc.deactivated", "plc.document.differs"]);
}

#[test]
fn an_alias_is_confirmed_by_dns_and_never_changes_the_verdict() {
    let (mut world, dns) = (World::new("alias"), DnsServer::start());
    let server = dns.address().to_string();
    let named =
        world.op(&fair()).also_known_as("fair://publisher.example").after(&world.head()).sign(&daily());
    world.then(&named, 1);
    let record = "_fairpm.publisher.example";
    let ask = || world.verify(&["--dns-server", &server, "--timeout", "2"]).verified();
    dns.serve(record, Records::Txt(vec!["v=spf1 -all".to_owned(), format!("did={}", world.did())]));
    assert_eq!(ask().warns(&[]).report["alias"], "publisher.example");
    for records in [
        Records::Txt(vec!["did=did:plc:z72i7hdynmk6r22z27h6tvur".to_owned()]),
        Records::Txt(Vec::new()),
        Records::Failure,
        Records::Silence,
    ] {
        dns.serve(record, records);
        let outcome = ask().warns(&["fair.alias.unconfirmed"]);
        assert_eq!(outcome.report.get("alias"), None);
    }
    let two = world.op(&fair()).also_known_as("fair://a.example").also_known_as("fair://b.example");
    let two = two.after(&world.head()).sign(&daily());
    world.then(&two, 2);
    world.verify(&[]).verified().warns(&["fair.alias.unconfirmed"]);
}

#[test]
fn another_did_document_is_a_warning() {
    let world = World::new("document");
    let path = format!("/{}", world.did());
    let honest = fedverify_kit::server::did_document(&world.log);
    let mut reordered = honest.clone();
    reordered.remove("id");
    reordered.push("id", world.did());
    world.server.serve(&path, Answer::json(reordered.pretty()));
    world.verify(&[]).verified().warns(&[]);
    let forged = honest.with("alsoKnownAs", Json::array(["https://elsewhere.example"]));
    world.server.serve(&path, Answer::json(forged.pretty()));
    let outcome = world.verify(&[]).verified().warns(&["plc.document.differs"]);
    assert!(outcome.report["warnings"][0]["message"].as_str().unwrap().contains("alsoKnownAs"));
    world.server.serve(&path, Answer::html());
    world.verify(&[]).verified().warns(&["plc.document.differs"]);
    world.server.serve(&path, Answer::status(404));
    world.verify(&[]).verified().warns(&[]);
}
