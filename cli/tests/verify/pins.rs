//! What is remembered between visits, and what damages it.

use crate::world::{METADATA, Outcome, World, at, daily, fair, package, package_path, root, text};
use fedverify_kit::metadata::{Form, artifact, metadata, release};
use fedverify_kit::server::Answer;
use fedverify_kit::{KeyPair, Log, Moment, Op};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The head that a kept pin knows.
fn head(world: &World) -> Value {
    pin(world)["head"].take()
}

fn pin(world: &World) -> Value {
    serde_json::from_slice(&world.pin()).unwrap()
}

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
    // Without a memory it passes: that is what pins are for. Nobody is to keep a pin of that.
    let forgetful = world.verify(&["--no-pin"]).verified();
    assert_eq!(forgetful.report.get("pin"), None);
    assert_eq!(world.pin(), kept);
}

#[test]
fn a_version_whose_bytes_changed_is_refused() {
    let world = World::new("swap");
    world.verify(&[&at(1)]).verified();
    let kept = world.pin();
    let other = package("1.0.0-swapped");
    let path = package_path("1.0.0");
    world.server.serve(&path, Answer::ok("application/zip", other.clone()));
    world.serve_metadata([release("1.0.0", world.artifact(&fair(), &path, &other))]);
    world.verify(&[&at(1)]).rejected("pin.release_changed");
    // A document without the checksum hides nothing: the bytes are compared too.
    let bare = world.artifact(&fair(), &path, &other).without("checksum");
    world.serve_metadata([release("1.0.0", bare)]);
    world.verify(&[&at(1)]).rejected("pin.release_changed");
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

/// A repository that answers 404 must not make a verifier forget that a key was withdrawn.
#[test]
fn what_is_proven_is_remembered_whatever_the_repository_answers() {
    let mut world = World::new("proven");
    world.verify(&[&at(1)]).verified();
    let old = world.log.clone();
    let withdrawal = world.op(&KeyPair::ed25519("verify/fair-2")).after(&world.head()).sign(&daily());
    world.then(&withdrawal, 2);
    world.server.serve(METADATA, Answer::status(404));
    let outcome = world.verify(&[&at(3)]).undetermined("io.network.status");
    assert_eq!(head(&world), withdrawal.cid());
    assert_eq!(pin(&world), outcome.report["pin"]);
    assert_eq!(
        pin(&world)["releases"].as_object().map(serde_json::Map::len),
        Some(1),
        "and 1.0.0 is still known"
    );
    world.server.serve_log(&old);
    world.publish(&["1.0.0"]);
    world.verify(&[&at(4)]).rejected("pin.rollback");
}

#[test]
fn the_log_of_a_refused_package_is_remembered() {
    let mut world = World::new("refused-package");
    world.server.serve(&package_path("1.0.0"), Answer::ok("application/zip", "another"));
    let outcome = world.verify(&[&at(1)]).rejected("fair.checksum.mismatch");
    assert_eq!((head(&world), pin(&world)), (world.head().cid().into(), outcome.report["pin"].clone()));
    assert_eq!(pin(&world)["releases"], serde_json::json!({}), "no package was proven");
    let second = world.op(&fair()).also_known_as("https://publisher.example").after(&world.head());
    let second = second.sign(&daily());
    world.then(&second, 2);
    world.server.serve(&package_path("1.0.0"), Answer::status(404));
    world.verify(&[&at(3)]).undetermined("io.network.status");
    assert_eq!(head(&world), second.cid());
}

#[test]
fn what_is_not_proven_is_not_remembered() {
    let world = World::new("not-proven");
    let forged =
        world.log.clone().then(&world.op(&fair()).after(&world.head()).sign(&fair()), Moment::hour(1));
    let answers = [Answer::json(forged.text()), Answer::html(), Answer::status(404), Answer::hang_up()];
    for answer in answers.clone() {
        world.serve_log_as(answer);
        world.verify(&[&at(1)]);
        assert!(!world.pin_path().exists());
    }
    world.server.serve_log(&world.log);
    world.verify(&[&at(1)]).verified();
    let kept = world.pin();
    for answer in answers {
        world.serve_log_as(answer);
        let outcome = world.verify(&[&at(2)]);
        assert!(outcome.status > 0 && outcome.report.get("pin").is_none(), "{outcome:?}");
        assert_eq!(world.pin(), kept);
    }
}

/// What disks do to files. Whatever it is: refused, or verified all the same, and the file still as it was.
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
    let old_form = String::from_utf8(whole.clone()).unwrap().replace("pin/v2", "pin/v1");
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
        let outcome = world.verify_by(&[&directory], &[]);
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
fn log_verify_and_verify_share_the_pin() {
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
    log(&old).rejected("pin.rollback");
}

/// A publisher without servers: its repository is elsewhere.
struct Offline {
    world: World,
    log: Log,
}

impl Offline {
    fn new(name: &str) -> Self {
        let world = World::new(name);
        let log = Log::new(&Offline::op(&fair()).sign(&root()), Moment::START);
        let offline = Offline { world, log };
        offline.world.file("package.zip", &package("1.0.0"));
        let zip = package("1.0.0");
        let signature = Form::Ed25519Sha384.sign_text(&fair(), &zip);
        let signed = artifact("https://publisher.example/hello.zip", &zip, signature);
        let metadata = metadata(offline.log.did(), [release("1.0.0", signed)]);
        offline.world.file("metadata.json", metadata.pretty().as_bytes());
        offline
    }

    fn op(fair: &KeyPair) -> Op {
        let keys = Op::regular().rotation_keys([&root(), &daily()]).verification_method("fair", fair);
        keys.service("repo", "FairPackageManagementRepo", "https://publisher.example/fair.json")
    }

    /// Runs `package verify` with the files of the world's folder, and this log.
    fn verify(&self, log: &Log, more: &[&str]) -> crate::world::Outcome {
        let log_file = self.world.file("log.json", log.text().as_bytes());
        let path = |name: &str| log_file.with_file_name(name);
        let (zip, metadata) = (path("package.zip"), path("metadata.json"));
        let files = ["--did", log.did(), "--log", text(&log_file), "--metadata", text(&metadata)];
        self.world.run(&[&["package", "verify", text(&zip)][..], &files, more].concat())
    }
}

#[test]
fn package_verify_remembers_what_is_proven() {
    let offline = Offline::new("offline");
    let pin = offline.world.state_folder().with_file_name("offline.json");
    let remembering = ["--pin", text(&pin), "--no-downgrade"];
    let kept = || serde_json::from_slice::<Value>(&fs::read(&pin).unwrap()).unwrap();
    let first = offline.verify(&offline.log, &remembering).verified();
    assert_eq!(first.report["pin"], kept());
    let rotated = Offline::op(&KeyPair::ed25519("verify/fair-2")).after(&offline.log.summary().last);
    let rotated = offline.log.clone().then(&rotated.sign(&daily()), Moment::hour(1));
    // The package is refused, and the withdrawal of its key is remembered.
    let refused = offline.verify(&rotated, &remembering).rejected("fair.signature.invalid");
    assert_eq!((&refused.report["pin"], &kept()["head"]), (&kept(), &rotated.summary().head.into()));
    let before = kept();
    offline.verify(&offline.log, &remembering).rejected("pin.rollback");
    assert_eq!(kept(), before);
}

/// A step of a report: what became of it, and why.
fn step<'a>(outcome: &'a Outcome, check: &str) -> (&'a str, &'a str) {
    let mut steps = outcome.report["checks"].as_array().unwrap().iter();
    let step = steps.find(|step| step["check"] == check).unwrap();
    (step["outcome"].as_str().unwrap(), step["detail"].as_str().unwrap())
}

/// Who reads the report is told the same as who reads the text, also where no pin can be had.
#[test]
fn json_changes_no_verdict() {
    let offline = Offline::new("as-json");
    let log = offline.world.file("log.json", offline.log.text().as_bytes());
    let verify = ["log", "verify", text(&log), "--did", offline.log.did()];
    let (show, diff) = (["log", "show", text(&log)], ["log", "diff", text(&log), text(&log)]);
    // A pin of the log alone may be no longer than this; with a package it is longer.
    let of_log = offline.world.run(&verify).verified().report["pin"].to_string().len();
    let (none, one) = ("pinBytes=100".to_owned(), format!("pinBytes={of_log}"));
    for limit in [&none, &one] {
        for line in [&verify[..], &show, &diff] {
            let line = [line, &["--limit", limit]].concat();
            assert!(!offline.world.tell(&line).contains("pin.too_large"), "{line:?}");
            let outcome = offline.world.run(&line).verified();
            let report = outcome.report.get("first").unwrap_or(&outcome.report);
            assert_eq!(report.get("pin").is_some(), limit == &one, "{line:?}");
        }
        let package = offline.verify(&offline.log, &["--limit", limit]).verified();
        assert_eq!((package.report.get("pin"), step(&package, "pin.package").0), (None, "skipped"));
        // Who asks for a memory must not seem to have one.
        let pin = offline.world.state_folder().with_file_name("none.json");
        offline.verify(&offline.log, &["--limit", limit, "--pin", text(&pin)]).rejected("pin.too_large");
    }
}

/// What a program may keep is in every report, also where it named no place for it (did-plc.md, "Pins").
#[test]
fn a_report_has_the_pin_that_nobody_asked_for() {
    let offline = Offline::new("unasked");
    let first = offline.verify(&offline.log, &[&at(1)]).verified();
    let pin = offline.world.file("given.json", first.report["pin"].to_string().as_bytes());
    assert_eq!(first.report["pin"]["lastVisit"], Moment::hour(1).seconds());
    assert!(first.report["pin"]["releases"]["1.0.0"].is_array(), "{first:?}");
    // It is there where the package is refused, and the next visit is held to it.
    let rotated = Offline::op(&KeyPair::ed25519("verify/fair-2")).after(&offline.log.summary().last);
    let rotated = offline.log.clone().then(&rotated.sign(&daily()), Moment::hour(1));
    let refused = offline.verify(&rotated, &[]).rejected("fair.signature.invalid");
    assert_eq!(refused.report["pin"]["head"], rotated.summary().head.as_str());
    fs::write(&pin, refused.report["pin"].to_string()).unwrap();
    offline.verify(&offline.log, &["--pin", text(&pin)]).rejected("pin.rollback");

    let log = offline.world.file("log.json", offline.log.text().as_bytes());
    for arguments in
        [&["log", "verify", text(&log), "--did", offline.log.did()][..], &["log", "show", text(&log)]]
    {
        let outcome = offline.world.run(arguments).verified();
        assert_eq!(outcome.report["pin"]["head"], offline.log.summary().head.as_str(), "{arguments:?}");
        let first_visit = "nothing was seen before this visit: there is nothing to compare with";
        assert_eq!(step(&outcome, "pin.log"), ("skipped", first_visit), "{arguments:?}");
    }
    let unasked = offline.world.run(&["log", "show", text(&log), "--no-pin"]).verified();
    assert_eq!((unasked.report.get("pin"), step(&unasked, "pin.log").0), (None, "skipped"));
    let compared = offline.world.run(&["log", "diff", text(&log), text(&log)]);
    assert_eq!(compared.report["first"]["pin"]["head"], compared.report["second"]["pin"]["head"]);
    assert!(compared.report["first"]["pin"].is_object(), "{compared:?}");
    assert!(!offline.world.state_folder().exists(), "a report is all that has it");
    // People are told of no memory that they did not ask for.
    let told = offline.world.tell(&["log", "verify", text(&log), "--did", offline.log.did(), "--verbose"]);
    assert!(told.contains("nothing is remembered"), "{told}");
}

#[test]
fn a_key_that_can_still_be_undone_is_told_and_refused_on_demand() {
    let offline = Offline::new("fresh");
    let new_key = KeyPair::ed25519("verify/fresh");
    let rotated = Offline::op(&fair()).verification_method("fair_2", &new_key);
    let rotated = rotated.after(&offline.log.summary().last).sign(&daily());
    let rotated = offline.log.clone().then(&rotated, Moment::hour(1));
    let zip = package("1.0.0");
    let signature = Form::Ed25519Sha384.sign_text(&new_key, &zip);
    let signed = artifact("https://publisher.example/hello.zip", &zip, signature);
    let metadata = metadata(offline.log.did(), [release("1.0.0", signed)]);
    offline.world.file("metadata.json", metadata.pretty().as_bytes());
    let outcome = offline.verify(&rotated, &[&at(2)]).verified().warns(&["fair.key.fresh"]);
    assert_eq!(outcome.report["identity"]["contestable"][0]["until"], "2026-01-04T01:00:00Z");
    let waiting = |hour| offline.verify(&rotated, &[&at(hour), "--wait-recovery-window"]);
    let outcome = waiting(2).rejected("fair.key.too_fresh");
    assert!(outcome.message().contains("2026-01-04T01:00:00Z"), "{outcome:?}");
    waiting(74).verified().warns(&[]);
    // The key of the genesis cannot be undone.
    let offline = Offline::new("settled");
    offline.verify(&offline.log, &[&at(0), "--wait-recovery-window"]).verified().warns(&[]);
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

/// A link to the pin is followed, and stays; one that leads nowhere is nobody's to fill.
#[cfg(unix)]
#[test]
fn links_to_a_pin_are_followed_or_refused_and_never_replaced() {
    use std::os::unix::fs::symlink;
    let world = World::new("pin-links");
    let (target, link) = (world.file("target.json", b""), world.state_folder().with_file_name("link.json"));
    fs::remove_file(&target).unwrap();
    symlink(&target, &link).unwrap();
    let is_link = || fs::symlink_metadata(&link).unwrap().is_symlink();
    let outcome = world.verify(&["--pin", text(&link)]).undetermined("io.file.unreadable");
    assert!(outcome.message().contains("symbolic link"), "{outcome:?}");
    assert!(is_link() && !target.exists());
    world.verify(&["--pin", text(&target)]).verified();
    fs::remove_file(&link).unwrap();
    symlink(&target, &link).unwrap();
    let (old, later) = (fs::read(&target).unwrap(), "--now=4000000000");
    world.verify(&["--pin", text(&link), later]).verified();
    assert!(is_link() && fs::read(&target).unwrap() != old);
    // The lock is beside the pin, not beside the link.
    assert!(target.with_file_name("target.json.lock").exists());
    assert!(!link.with_file_name("link.json.lock").exists());
    // The same where the pin has its own place.
    world.verify(&[]).verified();
    fs::rename(world.pin_path(), &target).unwrap();
    symlink(&target, world.pin_path()).unwrap();
    world.verify(&[later]).verified();
    assert!(fs::symlink_metadata(world.pin_path()).unwrap().is_symlink());
}

#[cfg(unix)]
#[test]
fn a_lock_follows_no_link() {
    use std::os::unix::fs::symlink;
    let world = World::new("lock-link");
    let (pin, victim) = (world.file("pin.json", b""), world.state_folder().with_file_name("victim"));
    fs::remove_file(&pin).unwrap();
    let lock = pin.with_file_name("pin.json.lock");
    symlink(&victim, &lock).unwrap();
    let outcome = world.verify(&["--pin", text(&pin)]).undetermined("io.file.unwritable");
    assert!(outcome.message().contains(".lock"), "{outcome:?}");
    assert!(!victim.exists() && !pin.exists());
    // A pipe would otherwise hold the run until somebody reads it.
    fs::remove_file(&lock).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&lock).status().unwrap().success());
    world.verify(&["--pin", text(&pin)]).undetermined("io.file.unwritable");
}

/// As root, `--pin /dev/null` would have replaced the device.
#[cfg(unix)]
#[test]
fn only_a_file_is_a_pin() {
    let world = World::new("no-file");
    let folder = world.file("x", b"").with_file_name("folder");
    fs::create_dir_all(&folder).unwrap();
    let pipe = folder.with_file_name("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let link = folder.with_file_name("null");
    std::os::unix::fs::symlink("/dev/null", &link).unwrap();
    for place in [text(&folder), text(&pipe), text(&link), "/dev/null"] {
        let outcome = world.verify(&["--pin", place]).undetermined("io.file.unreadable");
        assert!(outcome.message().contains("regular file"), "{outcome:?}");
    }
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    assert!(!Path::new("/dev/null.lock").exists() && !pipe.with_file_name("pipe.lock").exists());
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
