//! `fedverify run`: what a request may say, and what becomes of one that is wrong. The corpus runs every kind (corpus.rs).

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use fedverify::tables::{InputName, Kind};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs a request in the folder of the signed example, and more arguments.
fn run_text(request: &str, more: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedverify"))
        .args(["run", "-", "--json"])
        .args(more)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/fair"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The exit status and the report of a request.
fn run(request: &Value) -> (i32, Value) {
    let output = run_text(&request.to_string(), &[]);
    assert!(output.stderr.is_empty(), "{request}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
}

/// The request for the signed example, with members added to its inputs.
fn example(more: &Value) -> Value {
    let did = include_str!("../../examples/fair/did.txt").trim();
    let mut inputs = json!({
        "did": did,
        "log": {"file": "log.json"},
        "metadata": {"file": "metadata.json"},
        "package": {"file": "hello-fair-1.1.0.zip"},
    });
    let members = inputs.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    json!({"kind": "fair-package", "inputs": inputs})
}

/// Asserts that the call was wrong, and that the message has these words.
fn misused(request: &Value, words: &str) {
    let (status, report) = run(request);
    assert_eq!((status, &report["error"]["code"]), (2, &"api.argument".into()), "{request}: {report}");
    assert_eq!((&report["verdict"], &report["kind"]), (&"undetermined".into(), &request["kind"]));
    assert!(report["error"]["message"].as_str().unwrap().contains(words), "{request}: {report}");
}

#[test]
fn a_package_is_verified_with_documents_from_files_or_as_strings() {
    let (status, report) = run(&example(&json!({})));
    assert_eq!((status, &report["verdict"]), (0, &"verified".into()), "{report}");
    assert_eq!(report["release"]["version"], "1.1.0");
    let strings = json!({
        "log": include_str!("../../examples/fair/log.json"),
        "metadata": include_str!("../../examples/fair/metadata.json"),
        "history": true, "remember": true, "noDowngrade": false, "now": 1_767_225_600u64,
    });
    let (status, report) = run(&example(&strings));
    assert_eq!(status, 0, "{report}");
    assert_eq!(report["identity"]["history"].as_array().map(Vec::len), Some(5));
    assert_eq!(report["pin"]["lastVisit"], 1_767_225_600u64);
    // The pin of one run is an input of the next, and nothing is written.
    let pin = report["pin"].to_string();
    let again = json!({ "pin": pin, "now": 1_767_225_700u64, "noDowngrade": true });
    assert_eq!(run(&example(&again)).1["pin"]["lastVisit"], 1_767_225_700u64);
}

#[test]
fn the_request_in_the_help_verifies_the_signed_example() {
    let help = Command::new(env!("CARGO_BIN_EXE_fedverify")).args(["run", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (_, rest) = help.split_once("JSON object:\n").unwrap();
    let (request, _) = rest.split_once("\n\n").unwrap();
    let request = request
        .replace("did:plc:…", include_str!("../../examples/fair/did.txt").trim())
        .replace("plugin.zip", "hello-fair-1.1.0.zip");
    assert_eq!(run(&serde_json::from_str(&request).unwrap()).0, 0, "{request}");
}

#[test]
fn a_string_may_hold_what_no_argument_can() {
    let request = json!({"kind": "plc-log", "inputs": {"did": "did:plc:\0", "log": "[]"}});
    let (status, report) = run(&request);
    assert_eq!((status, &report["error"]["code"]), (1, &"did.invalid".into()));
}

#[test]
fn what_cannot_be_read_is_reported_when_its_step_is_reached() {
    for (name, code) in [
        ("log", "io.file.missing"),
        ("metadata", "io.file.missing"),
        ("pin", "io.file.missing"),
        ("package", "io.file.missing"),
    ] {
        let file = json!({"file": "no/such/file"});
        let (status, report) = run(&example(&json!({ name: file, "now": 1_767_225_600u64 })));
        assert_eq!((status, &report["error"]["code"]), (2, &code.into()), "{name}: {report}");
        // What was proven before is told.
        let knows_identity = !matches!(name, "log" | "pin");
        assert_eq!(report.get("identity").is_some(), knows_identity, "{name}: {report}");
    }
    // An earlier fault comes first, though the file was tried to be read before.
    let (status, report) = run(&example(&json!({"did": "did:plc:x", "metadata": {"file": "no/such/file"}})));
    assert_eq!((status, &report["error"]["code"]), (1, &"did.invalid".into()));
    let (status, report) = run(&example(&json!({"package": {"file": "."}})));
    assert_eq!((status, &report["error"]["code"]), (2, &"io.file.unreadable".into()));
}

#[test]
fn what_the_caller_could_not_read_is_told_in_its_words() {
    for (name, word, code) in
        [("log", "missing", "io.file.missing"), ("package", "unreadable", "io.file.unreadable")]
    {
        let (status, report) = run(&example(&json!({ name: { word: "the\u{1b} reason" } })));
        assert_eq!((status, &report["error"]["code"]), (2, &code.into()), "{name}: {report}");
        assert_eq!(report["error"]["message"], "the\\u{1b} reason");
    }
    misused(&example(&json!({"did": {"missing": "x"}})), "as the input did");
}

#[test]
fn a_request_that_the_caller_refuses_is_a_wrong_call() {
    let mut request = example(&json!({"did": "did:plc:x"}));
    request["refuse"] = json!("expected a colour");
    misused(&request, "expected a colour");
}

#[test]
fn a_missing_input_is_a_wrong_call() {
    for name in ["did", "log", "metadata", "package"] {
        misused(&example(&json!({ name: null })), name);
    }
    for kind in Kind::ALL {
        misused(&json!({"kind": kind.as_str()}), "expected the input");
    }
}

#[test]
fn unknown_names_and_wrong_types_are_wrong_calls() {
    misused(&example(&json!({"colour": "red"})), "expected one of the inputs did, log, ");
    misused(&example(&json!({"challenge": "x"})), "takes no input challenge");
    for (name, value) in [
        ("did", json!(1)),
        ("did", json!({"file": "did.txt"})),
        ("log", json!(true)),
        ("log", json!(7)),
        ("now", json!("1767225600")),
        ("noDowngrade", json!("true")),
        ("package", json!("PK")),
        ("package", json!(true)),
    ] {
        misused(&example(&json!({ name: value })), &format!("as the input {name}"));
    }
    let mut request = example(&json!({}));
    request["limits"] = json!({"noSuchLimit": 1});
    misused(&request, "found \"noSuchLimit\"");
}

#[test]
fn limits_of_the_request_and_of_the_command_hold() {
    let mut request = example(&json!({}));
    let command = ["--limit", "logOperations=4"];
    let output = run_text(&request.to_string(), &command);
    assert_eq!(output.status.code(), Some(1));
    request["limits"] = json!({"logOperations": 5});
    let output = run_text(&request.to_string(), &command);
    assert_eq!(output.status.code(), Some(0), "the request's own limit counts");
    request["limits"] = json!({"metadataBytes": 10});
    let (status, report) = run(&request);
    assert_eq!((status, &report["error"]["limit"]), (1, &"metadataBytes".into()));
}

#[test]
fn what_is_no_request_has_no_report() {
    let requests = [
        "[]",
        "null",
        "{}",
        "{\"kind\": 1}",
        "{\"kind\": \"key\", \"inputs\": []}",
        "{\"kind\": \"key\", \"more\": 1}",
        "{\"kind\": \"key\", \"kind\": \"key\"}",
        "{\"kind\": \"key\", \"inputs\": {\"key\": \"a\", \"key\": \"b\"}}",
        "{\"kind\": \"key\", \"inputs\": {\"key\": {\"file\": \"a\", \"file\": \"b\"}}}",
        "{\"kind\": \"key\", \"inputs\": {\"key\": {\"path\": \"a\"}}}",
        "{\"kind\": \"key\", \"inputs\": {\"key\": null}}",
        "{\"kind\": \"key\", \"inputs\": {\"key\": 1.5}}",
        "{\"kind\": \"key\", \"limits\": {\"logBytes\": -1}}",
        "{\"kind\": \"web-package\"}",
        "{\"kind\": \"key\"} {}",
    ];
    for request in requests {
        let output = run_text(request, &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{request}");
        assert!(said.starts_with("fedverify: ") && said.contains("[api.argument]"), "{request}: {said}");
    }
    let output = run_text("", &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("on standard input, found nothing"));
    let output =
        Command::new(env!("CARGO_BIN_EXE_fedverify")).args(["run", "no/such/file"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("[io.file.missing]"));
}

#[test]
fn a_request_of_another_type_is_told_what_is_right() {
    let others = [
        ("[]", "an array"),
        (" 5", "a number"),
        ("\"key\"", "a string"),
        ("true", "true or false"),
        ("null", "null"),
    ];
    for (request, found) in others {
        let said = String::from_utf8(run_text(request, &[]).stderr).unwrap();
        let expected = format!("expected one JSON object with kind, inputs and limits, found {found} ");
        assert!(said.contains(&expected), "{request}: {said}");
    }
    // Not even where its elements fit.
    let output = run_text("[\"key\", {\"key\": \"x\"}, {}, null]", &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
}

/// Looking every name up among all that came before would take hours.
#[test]
fn very_many_members_are_read_like_few() {
    let limits: String = (0..400_000).map(|number| format!(",\"{number}\": 1")).collect();
    let request = format!("{{\"kind\": \"key\", \"limits\": {{\"logBytes\": 1{limits}}}}}");
    let output = run_text(&request, &[]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &report["error"]["code"]), (Some(2), &"api.argument".into()));
    assert!(report["error"]["message"].as_str().unwrap().ends_with("found \"0\""), "{report}");
}

#[test]
fn the_help_names_every_kind_and_every_input() {
    let output = Command::new(env!("CARGO_BIN_EXE_fedverify")).args(["run", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for kind in Kind::ALL {
        assert!(help.contains(&format!("  {kind}: ")), "{kind}");
    }
    for name in InputName::ALL {
        assert!(help.contains(&format!("\n  {name} ")), "{name}");
    }
}

#[test]
fn a_hostile_request_steers_no_terminal() {
    let names = ["\u{1b}[31m", "\u{202e}"];
    for name in names {
        let request = json!({"kind": name});
        let unknown_kind = run_text(&request.to_string(), &[]).stderr;
        let request = json!({"kind": "key", "inputs": {name: "x"}});
        let unknown_input = run_text(&request.to_string(), &[]).stdout;
        let twice = format!("{{\"kind\": \"key\", \"inputs\": {{\"{0}\": 1, \"{0}\": 1}}}}", "\\u001b[31m");
        for said in [unknown_kind, unknown_input, run_text(&twice, &[]).stderr] {
            let said = String::from_utf8(said).unwrap();
            let is_inert =
                |character: char| character == '\n' || !character.is_control() && character != '\u{202e}';
            assert!(said.chars().all(is_inert), "{said:?}");
        }
    }
}

/// Where nothing was proven that a verdict could rest on, the last line does not say that it was.
#[test]
fn what_rests_on_nothing_is_well_formed() {
    let info = json!({
        "version": "1", "features": [], "assetInfo": {"domain": "https://a.example", "namingScheme": "author/slug"},
    });
    let author = json!({"username": "alice", "plugins": []});
    let asset = json!({"document": info.to_string(), "author": "alice", "slug": "gallery"});
    let last_line = |kind: &str, inputs: &Value| {
        let request = json!({"kind": kind, "inputs": inputs});
        let mut request_file = std::env::temp_dir();
        request_file.push(format!("fedverify-{kind}-{}.json", std::process::id()));
        std::fs::write(&request_file, request.to_string()).unwrap();
        let output =
            Command::new(env!("CARGO_BIN_EXE_fedverify")).arg("run").arg(&request_file).output().unwrap();
        std::fs::remove_file(&request_file).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        said.lines().last().unwrap_or_default().to_owned()
    };
    for (kind, inputs, line) in [
        (
            "pfn-federation-info",
            json!({"document": info.to_string()}),
            "well-formed  federation-info of \"https://a.example\"",
        ),
        ("pfn-asset-url", asset, "well-formed  https://a.example/alice/gallery"),
        (
            "pfn-author-data",
            json!({"document": author.to_string()}),
            "well-formed  a list of 0 plugins, none verified",
        ),
    ] {
        assert_eq!(last_line(kind, &inputs), line);
    }
}
