//! Several directories for one identity.

use crate::world::{Outcome, World, daily, fair, root};
use fedverify_kit::server::{Answer, Server, log_path};
use fedverify_kit::{KeyPair, Log, Moment};

fn with_mirror(world: &World, mirror: &Server) -> Outcome {
    world.verify(&["--plc-url", &mirror.url("")])
}

fn update(world: &World, number: u32) -> fedverify_kit::SignedOp {
    let alias = format!("https://publisher.example/{number}");
    world.op(&fair()).also_known_as(&alias).after(&world.head()).sign(&daily())
}

#[test]
fn directories_that_agree_say_nothing() {
    let (world, mirror) = (World::new("agree"), Server::start());
    mirror.serve_log(&world.log);
    with_mirror(&world, &mirror).verified().warns(&[]);
}

#[test]
fn a_lagging_directory_is_a_warning_and_the_newest_log_counts() {
    let (mut world, mirror) = (World::new("lag"), Server::start());
    mirror.serve_log(&world.log);
    let second = update(&world, 1);
    world.then(&second, 1);
    for _visit in 0..2 {
        let outcome = with_mirror(&world, &mirror).verified().warns(&["plc.directory.lag"]);
        assert_eq!(outcome.report["identity"]["head"], second.cid());
        let message = outcome.report["warnings"][0]["message"].as_str().unwrap();
        assert!(message.contains(&mirror.url("")) && message.contains("lags 1 "), "{message}");
    }
    // The lagging one alone now takes back what was seen.
    world.verify_by(&[&mirror.url("")], &[]).rejected("pin.rollback");
}

#[test]
fn directories_that_contradict_each_other_are_refused() {
    let (mut world, mirror) = (World::new("disagree"), Server::start());
    let other = world.log.clone().then(&update(&world, 1), Moment::hour(1));
    mirror.serve_log(&other);
    let second = update(&world, 2);
    world.then(&second, 1);
    let outcome = with_mirror(&world, &mirror).rejected("plc.directory.disagree");
    assert!(outcome.message().contains(&mirror.url("")) && outcome.message().contains(&world.server.url("")));
    assert!(!world.pin_path().exists());
}

/// The mirror dates an operation half a year later than it was, so that whoever has the root key by then undoes it in time. Its log
/// verifies, and holds the directory's head.
#[test]
fn a_directory_that_rewrites_times_is_refused_beside_another() {
    let (mut world, mirror) = (World::new("rewritten"), Server::start());
    let (genesis, before) = (world.head(), world.log.clone());
    let first = update(&world, 1);
    world.then(&first, 1);
    let undoes = world.op(&KeyPair::ed25519("thief")).after(&genesis).sign(&root());
    let late = 24 * 180;
    mirror.serve_log(&before.then(&first, Moment::hour(late)).then(&undoes, Moment::hour(late + 1)));
    let outcome = with_mirror(&world, &mirror).rejected("plc.directory.disagree");
    assert!(outcome.message().contains("where they part, the first has "), "{outcome:?}");
    assert!(!world.pin_path().exists());
    // One that serves the same times is ahead: what was undone in time is undone for both.
    mirror.serve_log(&world.log.clone().then(&undoes, Moment::hour(2)));
    with_mirror(&world, &mirror).rejected("fair.signature.invalid").warns(&["plc.directory.lag"]);
}

#[test]
fn one_directory_may_be_down() {
    let (world, mirror) = (World::new("one-down"), Server::start());
    let outcome = with_mirror(&world, &mirror).verified().warns(&["plc.directory.unreachable"]);
    assert!(outcome.report["warnings"][0]["message"].as_str().unwrap().contains(&mirror.url("")));
    world.serve_log_as(Answer::status(403));
    with_mirror(&world, &mirror).undetermined("io.network.status");
}

/// What is no log says nothing against the identity: the directory may be broken, or another server may answer for it.
#[test]
fn one_directory_may_serve_something_else() {
    let (mut world, mirror) = (World::new("one-else"), Server::start());
    let entries = world.log.text();
    let else_served = [
        Answer::html(),
        Answer::json(""),
        Answer::json("[]"),
        Answer::json("{}"),
        Answer::json("null"),
        Answer::json("[1]"),
        Answer::json(r#"[{"operation":{}}]"#),
        Answer::json(r#"{"message":"DID not registered"}"#),
        Answer::json(vec![0xff; 10]),
        Answer::json(&entries[..entries.len() / 2]),
        Answer::json(world.log.bare().pretty()),
    ];
    for answer in else_served {
        mirror.serve(&world.log_path(), answer.clone());
        let outcome = with_mirror(&world, &mirror).verified().warns(&["plc.directory.unreachable"]);
        let message = outcome.report["warnings"][0]["message"].as_str().unwrap();
        assert!(message.contains(&mirror.url("")), "{message}");
    }
    // The other way round.
    let (other, own) = (mirror.url(""), world.server.url(""));
    world.verify_by(&[&other, &own], &[]).verified().warns(&["plc.directory.unreachable"]);
    // The only log does not verify.
    let another = Log::new(&world.op(&fair()).sign(&daily()), Moment::START);
    world.serve_log_as(Answer::json(another.text()));
    with_mirror(&world, &mirror).rejected("plc.did_mismatch").warns(&["plc.directory.unreachable"]);
    // No directory serves a log: the first one's error counts, and names it.
    world.serve_log_as(Answer::html());
    let outcome = with_mirror(&world, &mirror).rejected("input.malformed").warns(&[]);
    assert!(outcome.message().contains(&own), "{outcome:?}");
    world.server.serve_log(&world.log);
    // A lagging directory beside it is still found.
    let third = Server::start();
    third.serve_log(&world.log);
    let second = update(&world, 1);
    world.then(&second, 1);
    let outcome = world.verify(&["--plc-url", &other, "--plc-url", &third.url("")]).verified();
    outcome.warns(&["plc.directory.unreachable", "plc.directory.lag"]);
}

#[test]
fn one_forged_log_among_several_is_refused_and_named() {
    let (world, mirror) = (World::new("one-forged"), Server::start());
    let thief = KeyPair::k256("thief");
    let forged =
        world.log.clone().then(&world.op(&fair()).after(&world.head()).sign(&thief), Moment::hour(1));
    mirror.serve_log(&forged);
    let outcome = with_mirror(&world, &mirror).rejected("plc.signature.invalid");
    assert!(outcome.message().contains(&mirror.url("")), "{}", outcome.message());
    let another = Log::new(&world.op(&fair()).sign(&daily()), Moment::START);
    mirror.serve(&log_path(world.did()), Answer::json(another.text()));
    with_mirror(&world, &mirror).rejected("plc.did_mismatch");
}
