//! What is remembered between visits, and what damages it.

use crate::world::{METADATA, World, daily, fair, package, package_path, text};
use fedverify_kit::metadata::release;
use fedverify_kit::server::Answer;
use std::fs;

#[test]
fn a_log_that_was_cut_back_is_refused() {
    let mut world = World::new("rollback");
    let old = world.log.clone();
    let second =
        world.op(&fair()).also_known_as("https://publisher.example").after(&world.head()).sign(&daily());
    world.then(&second, 1);
    world.verify(&[]).verified();
    let kept = world.pin();
    world.server.serve_log(&old);
    world.verify(&[]).rejected("pin.rollback");
    assert_eq!(world.pin(), kept);
    // Without memory nobody notices: that is what pins are for.
    world.verify(&["--no-pin"]).verified();
    assert_eq!(world.pin(), kept);
}

#[test]
fn a_version_whose_bytes_changed_is_refused() {
    let world = World::new("swap");
    world.verify(&[]).verified();
    let kept = world.pin();
    let other = package("1.0.0-swapped");
    let path = package_path("1.0.0");
    world.server.serve(&path, Answer::ok("application/zip", other.clone()));
    world.serve_metadata([release("1.0.0", world.artifact(&fair(), &path, &other))]);
    world.verify(&[]).rejected("pin.release_changed");
    // A document without the checksum hides nothing: the bytes are compared too.
    let bare = world.artifact(&fair(), &path, &other).without("checksum");
    world.serve_metadata([release("1.0.0", bare)]);
    world.verify(&[]).rejected("pin.release_changed");
    assert_eq!(world.pin(), kept);
}

#[test]
fn a_downgrade_is_refused_when_asked_for() {
    let world = World::new("downgrade");
    world.publish(&["1.2.0"]);
    world.verify(&["--no-downgrade"]).verified();
    world.publish(&["1.1.9"]);
    world.verify(&["--no-downgrade"]).rejected("pin.downgrade");
    world.verify(&[]).verified();
}

#[test]
fn a_directory_that_is_down_leaves_the_pin_alone() {
    let world = World::new("down");
    world.verify(&[]).verified();
    let kept = world.pin();
    world.serve_log_as(Answer::hang_up());
    world.verify(&[]).undetermined("io.network.connect");
    world.server.serve_log(&world.log);
    world.server.serve(METADATA, Answer::status(404));
    world.verify(&[]).undetermined("io.network.status");
    assert_eq!(world.pin(), kept);
}

/// What disks do to files. Whatever it is: refused, or verified all the same, and the file still there as it was.
#[test]
fn a_damaged_pin_never_gives_a_wrong_verdict_and_is_never_lost() {
    let world = World::new("damaged");
    world.verify(&[]).verified();
    let whole = world.pin();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len()).step_by(64).map(|at| whole[..at].to_vec()).collect();
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        damaged.push(flipped);
    }
    let old_form = String::from_utf8(whole.clone()).unwrap().replace("pin/v1", "pin/v0");
    damaged.extend([
        old_form.into_bytes(),
        b"null".to_vec(),
        vec![0; whole.len()],
        [whole.clone(), whole.clone()].concat(),
        vec![b' '; 9 << 20],
    ]);
    let directory = world.server.url("");
    for bytes in damaged {
        fs::write(world.pin_path(), &bytes).unwrap();
        let outcome = world.run(&["verify", world.did(), "--plc-url", &directory]);
        match outcome.status {
            0 => assert_eq!(outcome.report["identity"]["head"], world.head().cid()),
            _ => {
                let outcome = outcome.rejected("pin.malformed");
                // The log itself was judged, and says so.
                assert_eq!(outcome.report["checks"][6]["outcome"], "pass");
                assert_eq!(world.pin(), bytes, "the old file is still there");
            }
        }
    }
}

#[test]
fn the_pin_of_another_identity_is_refused() {
    let (world, other) = (World::new("mine"), World::new("other"));
    other.verify(&[]).verified();
    let pin = world.file("pin.json", &other.pin());
    world.verify(&["--pin", text(&pin)]).rejected("pin.malformed");
    assert_eq!(fs::read(&pin).unwrap(), other.pin());
}

#[test]
fn the_place_of_the_pin_can_be_chosen() {
    let world = World::new("chosen");
    let pin = world.state_folder().with_file_name("chosen.json");
    world.verify(&["--pin", text(&pin)]).verified();
    assert!(pin.exists() && !world.pin_path().exists());
    world.verify(&["--no-pin"]).verified();
    assert!(!world.pin_path().exists());
}

/// The commands over files remember in the same files.
#[test]
fn log_verify_and_package_verify_share_the_pin() {
    let mut world = World::new("shared");
    let pin = world.state_folder().with_file_name("shared.json");
    let old = world.file("old.json", world.log.text().as_bytes());
    let second = world.op(&fair()).after(&world.head()).also_known_as("https://p.example").sign(&daily());
    world.then(&second, 1);
    let new = world.file("new.json", world.log.text().as_bytes());
    let log = |file| world.run(&["log", "verify", text(file), "--did", world.did(), "--pin", text(&pin)]);
    log(&old).verified();
    log(&new).verified();
    log(&old).rejected("pin.rollback");
    world.verify(&["--pin", text(&pin)]).verified();
    let metadata = world.file("metadata.json", &served(&world, METADATA));
    let zip = world.file("p.zip", &package("1.0.0"));
    let package = |log| {
        let files = ["--log", text(log), "--metadata", text(&metadata), "--pin", text(&pin)];
        world.run(&[&["package", "verify", text(&zip), "--did", world.did()][..], &files].concat())
    };
    package(&new).verified();
    package(&old).rejected("pin.rollback");
}

/// The body that the server gives for a path.
fn served(world: &World, path: &str) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(world.server.authority()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let body = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    bytes.split_off(body)
}

#[cfg(unix)]
#[test]
fn pins_are_for_their_owner_only_and_nothing_is_left_beside_them() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new("private");
    world.verify(&[]).verified();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = world.pin_path().parent().unwrap().to_owned();
    assert_eq!((mode(&folder), mode(&world.pin_path())), (0o700, 0o600));
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let name = world.pin_path().file_name().unwrap().to_owned();
    let mut lock = name.clone();
    lock.push(".lock");
    assert_eq!(names, [name, lock]);
}

/// A verdict that cannot be remembered is none.
#[test]
fn a_pin_that_cannot_be_kept_is_no_verdict() {
    let world = World::new("unkept");
    world.verify(&["--pin", "/no/such/folder/pin.json"]).undetermined("io.file.unwritable");
    let folder = world.state_folder().with_file_name("a-folder");
    fs::create_dir_all(&folder).unwrap();
    world.verify(&["--pin", text(&folder)]).undetermined("io.file.unreadable");
}

/// Runs at the same time do not lose one another's memory.
#[test]
fn runs_at_the_same_time_remember_both() {
    let world = World::new("together");
    let versions = ["1.0.0", "1.1.0", "1.2.0", "1.3.0"];
    world.publish(&versions);
    std::thread::scope(|scope| {
        for version in versions {
            let world = &world;
            scope.spawn(move || world.verify(&["--release", version]).verified());
        }
    });
    let pin: serde_json::Value = serde_json::from_slice(&world.pin()).unwrap();
    assert_eq!(pin["releases"].as_object().map(serde_json::Map::len), Some(4), "{pin}");
}
