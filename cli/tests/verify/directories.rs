//! Several directories for one identity.

use crate::world::{Outcome, World, daily, fair};
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
    let arguments = ["verify", world.did(), "--plc-url", &mirror.url("")];
    world.run(&arguments).rejected("pin.rollback");
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

#[test]
fn one_directory_may_be_down() {
    let (world, mirror) = (World::new("one-down"), Server::start());
    let outcome = with_mirror(&world, &mirror).verified().warns(&["plc.directory.unreachable"]);
    assert!(outcome.report["warnings"][0]["message"].as_str().unwrap().contains(&mirror.url("")));
    world.serve_log_as(Answer::status(404));
    with_mirror(&world, &mirror).undetermined("io.network.status");
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
