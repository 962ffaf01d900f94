//! What becomes of a pin when writing it breaks off: the disk is full, the process dies, the power goes.

#![cfg(unix)]

use crate::world::{METADATA, Outcome, World, daily, fair, package_path};
use fedverify_kit::server::Answer;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// How many moments of a run are tried for its end.
const MOMENTS: u32 = 40;

/// A world with a pin that the next visit must replace, and the old pin.
fn world_with_a_pin_to_replace(name: &str) -> (World, Vec<u8>) {
    let mut world = World::new(name);
    world.verify(&[]).verified();
    let old = world.pin();
    let second =
        world.op(&fair()).also_known_as("https://publisher.example").after(&world.head()).sign(&daily());
    world.then(&second, 1);
    (world, old)
}

/// The command, which may write no file longer than 512 bytes (less than half a pin), and before that what the shell
/// does about the signal that says so.
fn with_little_room(before: &str) -> Command {
    let mut shell = Command::new("sh");
    let script = format!("{before} ulimit -f 1; exec \"$0\" \"$@\"");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_fedverify")]);
    shell
}

/// The new pins that were never finished.
fn leftovers(world: &World) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(world.pin_path().parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.to_str().unwrap().contains("/.fedverify-pin-")).collect()
}

#[test]
fn on_a_full_disk_there_is_no_verdict_and_the_old_pin_stays() {
    let (world, old) = world_with_a_pin_to_replace("full");
    // With the signal ignored, writing on fails as it does on a full disk.
    let output = world.verifying(with_little_room("trap '' XFSZ;")).output().unwrap();
    Outcome::of(&output).undetermined("io.file.unwritable");
    assert_eq!(world.pin(), old);
    assert_eq!(leftovers(&world), [] as [PathBuf; 0]);
    world.verify(&[]).verified();
    assert_ne!(world.pin(), old);
}

/// The log was proven and the package refused; that the first is not remembered counts more, since the next visit could be
/// deceived. The steps say both.
#[test]
fn a_refusal_whose_pin_cannot_be_kept_is_no_verdict_either() {
    let (world, old) = world_with_a_pin_to_replace("full-refusal");
    world.server.serve(&package_path("1.0.0"), Answer::ok("application/zip", "another"));
    let output = world.verifying(with_little_room("trap '' XFSZ;")).output().unwrap();
    let outcome = Outcome::of(&output).undetermined("io.file.unwritable");
    let failed =
        outcome.report["checks"].as_array().unwrap().iter().filter(|check| check["outcome"] == "fail");
    assert_eq!(failed.map(|check| &check["check"]).collect::<Vec<_>>(), ["pin.log", "fair.checksum"]);
    assert_eq!(outcome.report["pin"]["head"], world.head().cid());
    assert_eq!(world.pin(), old);
}

#[test]
fn a_process_that_dies_half_way_through_the_new_pin_leaves_the_old_one() {
    let (world, old) = world_with_a_pin_to_replace("dies");
    // Not ignored, the signal ends the process in the middle of its write.
    let output = world.verifying(with_little_room("")).output().unwrap();
    assert!(output.status.signal().is_some(), "{output:?}");
    assert_eq!(output.stdout, b"", "no verdict was given");
    assert_eq!(world.pin(), old);
    let torn = leftovers(&world);
    assert!(matches!(&torn[..], [file] if fs::metadata(file).unwrap().len() == 512), "{torn:?}");
    // The torn file is in no one's way, and the dead process holds no lock.
    world.verify(&[]).verified();
    assert_ne!(world.pin(), old);
}

/// What a link of such a name leads to is nobody's to remove, and another name says that it is something else.
#[test]
fn new_pins_that_were_never_finished_go_after_an_hour() {
    use std::os::unix::fs::symlink;
    let (world, _) = world_with_a_pin_to_replace("unfinished");
    let folder = world.pin_path().parent().unwrap().to_owned();
    let make = |name: &str, minutes: u64| {
        let file = fs::File::create(folder.join(name)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(60 * minutes)).unwrap();
    };
    make(".fedverify-pin-AbCdE1", 61);
    make(".fedverify-pin-young1", 59);
    make(".fedverify-pin-longer1", 1000);
    make(".fedverify-pin-a.b.c1", 1000);
    make("fedverify-pin-AbCdE2", 1000);
    make("victim", 1000);
    symlink(folder.join("victim"), folder.join(".fedverify-pin-link01")).unwrap();
    let mut touch = Command::new("touch");
    touch.args(["-h", "-d", "2001-01-01"]).arg(folder.join(".fedverify-pin-link01"));
    assert!(touch.status().unwrap().success());
    fs::create_dir(folder.join(".fedverify-pin-folder")).unwrap();
    fs::File::open(folder.join(".fedverify-pin-folder"))
        .unwrap()
        .set_modified(SystemTime::UNIX_EPOCH)
        .unwrap();
    world.verify(&[]).verified();
    let mut left = leftovers(&world);
    left.sort();
    let names =
        [".fedverify-pin-a.b.c1", ".fedverify-pin-folder", ".fedverify-pin-link01", ".fedverify-pin-longer1"];
    let expected = names.iter().chain(&[".fedverify-pin-young1"]).map(|name| folder.join(name));
    assert_eq!(left, expected.collect::<Vec<_>>());
    assert!(folder.join("victim").exists() && folder.join("fedverify-pin-AbCdE2").exists());
}

/// Nobody but root can be another's victim here, since nobody else may remove what is not theirs.
#[test]
fn an_unfinished_pin_of_another_user_stays() {
    let (world, _) = world_with_a_pin_to_replace("unfinished-of-another");
    let path = world.pin_path().with_file_name(".fedverify-pin-AbCdE1");
    let file = fs::File::create(&path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let is_given_away = std::os::unix::fs::chown(&path, Some(12345), None).is_ok();
    world.verify(&[]).verified();
    assert_eq!(path.exists(), is_given_away);
}

/// A repository could otherwise stall until the run is interrupted, and so make a verifier forget what it saw.
#[test]
fn a_run_that_is_killed_while_it_waits_has_remembered_the_log() {
    let (world, _) = world_with_a_pin_to_replace("waits");
    world.server.serve(METADATA, Answer::silence());
    let mut command = world.verifying(Command::new(env!("CARGO_BIN_EXE_fedverify")));
    let mut run = command.stdout(Stdio::null()).spawn().unwrap();
    let head = || serde_json::from_slice::<serde_json::Value>(&world.pin()).unwrap()["head"].take();
    let start = Instant::now();
    while head() != world.head().cid() {
        assert!(start.elapsed() < Duration::from_secs(20), "the log is not remembered");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(run.try_wait().unwrap().is_none(), "the run still waits");
    run.kill().unwrap();
    run.wait().unwrap();
}

#[test]
fn at_whatever_moment_a_run_is_killed_one_whole_pin_is_there() {
    let (world, old) = world_with_a_pin_to_replace("killed");
    let start = Instant::now();
    let output = world.verifying(Command::new(env!("CARGO_BIN_EXE_fedverify"))).output().unwrap();
    let whole_run = start.elapsed();
    Outcome::of(&output).verified();
    let new: serde_json::Value = serde_json::from_slice(&world.pin()).unwrap();
    for moment in 1..=MOMENTS {
        fs::write(world.pin_path(), &old).unwrap();
        let mut command = world.verifying(Command::new(env!("CARGO_BIN_EXE_fedverify")));
        let mut run = command.stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole_run * moment / MOMENTS);
        // It may have come to its end by itself.
        let _may_be_gone = run.kill();
        run.wait().unwrap();
        let pin = world.pin();
        if pin != old {
            // Only the times at which operations were first seen may differ from the other run's.
            let pin: serde_json::Value = serde_json::from_slice(&pin).unwrap();
            assert_eq!((&pin["head"], &pin["releases"]), (&new["head"], &new["releases"]));
        }
        world.verify(&[]).verified();
    }
}
