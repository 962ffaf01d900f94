//! Whatever servers, logs and file names hold: nothing of it reaches a terminal as it is, also not in JSON.

use crate::world::{METADATA, World, daily, fair, text};
use fedverify_kit::metadata::{metadata, release};
use fedverify_kit::server::Answer;
use std::process::Command;

/// Escape, a C1 control, delete, a bidirectional override, an isolate, a zero-width space, a tag, and letters and a symbol that
/// are blank.
const HOSTILE: &str =
    "\u{1b}[31m\u{9b}2J\u{7f}\u{202e}\u{2066}\u{200b}\u{e0041}\u{3164}\u{115f}\u{1160}\u{2800}\u{ffa0}";

/// Whether a terminal shows this as it is.
fn is_inert(character: char) -> bool {
    character == '\n' || !(character.is_control() || HOSTILE.contains(character) && !character.is_ascii())
}

fn assert_inert(bytes: &[u8]) {
    let said = String::from_utf8(bytes.to_vec()).unwrap();
    let found: Vec<char> = said.chars().filter(|character| !is_inert(*character)).collect();
    assert!(found.is_empty(), "{found:?} in {said:?}");
}

/// Runs the command with and without `--json`, and asserts that neither says anything hostile; gives the report.
fn run(world: &World, arguments: &[&str]) -> serde_json::Value {
    let mut report = serde_json::Value::Null;
    for more in [&[][..], &["--json"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        command.env("XDG_STATE_HOME", world.state_folder()).args(arguments).args(more);
        let output = command.output().unwrap();
        assert_inert(&output.stdout);
        assert_inert(&output.stderr);
        if !more.is_empty() {
            report = serde_json::from_slice(&output.stdout).unwrap();
        }
    }
    report
}

#[test]
fn what_a_log_and_a_document_hold_is_escaped() {
    let mut world = World::new("terminal-log");
    let alias = format!("https://{HOSTILE}.example");
    let op = world.op(&fair()).also_known_as(&alias).verification_method(HOSTILE, &fair());
    let op = op.service(HOSTILE, HOSTILE, &alias).after(&world.head()).sign(&daily());
    world.then(&op, 1);
    let directory = world.server.url("");
    let arguments = ["verify", world.did(), "--allow-private", "--plc-url", &directory];
    let report = run(&world, &arguments);
    // The strings are whole for whoever reads the JSON.
    assert_eq!(report["identity"]["alsoKnownAs"][0], alias.as_str());
    assert_eq!(report["verdict"], "verified", "{report:#}");
    let log = world.file("log.json", world.log.text().as_bytes());
    run(&world, &["log", "verify", text(&log), "--did", world.did()]);
    run(&world, &["log", "show", text(&log)]);
    run(&world, &["log", "show", world.did(), "--plc-url", &directory, "--no-pin"]);
    let renamed = world.file(HOSTILE, world.log.text().as_bytes());
    run(&world, &["log", "diff", text(&log), text(&renamed)]);
    run(&world, &["log", "show", text(&log)]);
    run(&world, &["log", "diff", text(&log), text(&log)]);
    let line = format!("{{\"did\":\"{}\",\"log\":{}}}", world.did(), world.log.text().replace('\n', " "));
    let batch = world.file("batch.jsonl", line.as_bytes());
    assert_eq!(run(&world, &["batch", text(&batch)])["verdict"], "verified");
}

#[test]
fn what_servers_answer_is_escaped() {
    let world = World::new("terminal-answers");
    let directory = world.server.url("");
    let verify = || run(&world, &["verify", world.did(), "--allow-private", "--plc-url", &directory]);
    let url = format!("https://{HOSTILE}.invalid/");
    let artifact = world.artifact(&fair(), "/a", b"a").with("url", url.as_str());
    let hostile = metadata(world.did(), [release("1.0.0", artifact)]).with("license", HOSTILE);
    world.server.serve(METADATA, Answer::json(hostile.with("name", HOSTILE).with("slug", HOSTILE).pretty()));
    verify();
    world.server.serve(METADATA, Answer::json(format!("{{\"{HOSTILE}\": 1}} {HOSTILE}")));
    verify();
    // Controls are no headers, so what is left of it is what is in UTF-8.
    for (name, value) in
        [("Location", "\u{9b}2J\u{202e}"), ("Content-Encoding", "\u{9b}2J\u{202e}"), ("X", HOSTILE)]
    {
        for status in [200, 302] {
            world.serve_log_as(Answer::status(status).header(name, value));
            verify();
        }
    }
    for start in [
        format!("HTTP/1.1 200 {HOSTILE}\r\n\r\n"),
        format!("{HOSTILE}\r\n"),
        format!("HTTP/1.1 {HOSTILE}\r\n\r\n"),
    ] {
        world.serve_log_as(Answer::dripping_after(start, "x"));
        run(&world, &["verify", world.did(), "--plc-url", &directory, "--timeout", "1"]);
    }
}

#[test]
fn what_the_user_gives_is_escaped() {
    let world = World::new("terminal-arguments");
    let did = format!("did:plc:{HOSTILE}");
    let file = world.file(HOSTILE, b"{}");
    let (file, url) = (text(&file), format!("https://{HOSTILE}/"));
    run(&world, &["verify", world.did(), "--plc-url", &url]);
    run(&world, &["log", "verify", file, "--did", world.did()]);
    run(&world, &["log", "verify", HOSTILE, "--did", world.did()]);
    run(&world, &["log", "show", HOSTILE]);
    run(&world, &["log", "diff", HOSTILE, file]);
    run(&world, &["package", "verify", HOSTILE, "--did", world.did(), "--log", file, "--metadata", file]);
    run(&world, &["log", "verify", file, "--did", world.did(), "--pin", &format!("/no/{HOSTILE}")]);
    run(&world, &["key", file]);
    run(&world, &["pfn", "plugin", "--key", file, "--plugin", file]);
    for wrong in [
        &["verify", "--", HOSTILE, HOSTILE][..],
        &["verify", &did],
        &["verify", &did, "--json"],
        &["verify", &format!("did:web:{HOSTILE}")],
        &["verify", &format!("fair://{HOSTILE}")],
        &["log", "verify", file, "--did", &did],
        &["package", "verify", file, "--did", &did, "--log", file, "--metadata", file],
        &[HOSTILE],
        &["key", "x", "--limit", HOSTILE],
        &["run", HOSTILE],
        &["run", file],
        &["batch", HOSTILE],
        &["man", HOSTILE],
        &["verify", "x", "--timeout", HOSTILE],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_fedverify")).args(wrong).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
        assert_inert(&output.stdout);
        assert_inert(&output.stderr);
    }
}
