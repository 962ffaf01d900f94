//! The example's servers as `fedverify-kit play` plays them: what a newcomer sees, honest and with each lie.

use crate::table::{Row, check};
use crate::world::{Outcome, World};
use fedverify_kit::play::{LIES, play};
use fedverify_kit::server::Server;

/// Runs the command that `fedverify-kit play` prints.
fn verify(world: &World, server: &Server, did: &str, more: &[&str]) -> Outcome {
    let arguments = ["verify", did, "--plc-url", &server.url(""), "--allow-private"];
    world.run(&[&arguments, more].concat())
}

#[test]
fn the_example_is_verified_whole() {
    let (world, server) = (World::new("play"), Server::start());
    let did = play(&server, None);
    let outcome = verify(&world, &server, &did, &[]).verified().warns(&[]);
    assert_eq!(outcome.report["release"]["version"], "1.1.0");
    assert_eq!(outcome.report["identity"]["nullified"].as_array().map(Vec::len), Some(1));
    verify(&world, &server, &did, &["--release", "1.0.0"]).verified().warns(&[]);
}

#[test]
fn every_lie_ends_as_it_says() {
    let worlds: Vec<(World, Server)> =
        LIES.iter().map(|lie| (World::new(&format!("lie-{}", lie.name)), Server::start())).collect();
    let rows = LIES.iter().zip(&worlds).map(|(lie, (world, server))| {
        let did = play(server, Some(*lie));
        // The first visit is honest.
        if lie.name == "rollback" {
            verify(world, server, &did, &[]).verified();
        }
        let (status, code) = lie.ends;
        let error = if status == 0 { "" } else { code };
        Row::new(format!("--lie {}: {}", lie.name, lie.what), (status, error), move || {
            let outcome = verify(world, server, &did, &["--timeout", "5"]);
            if status == 0 { outcome.warns(&[code]) } else { outcome }
        })
    });
    check(&rows.collect::<Vec<_>>());
}
