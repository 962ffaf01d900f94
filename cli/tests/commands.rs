//! The command as people and scripts meet it: exit status, what goes where, help, damaged surroundings.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Runs the command in the project's root.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fedverify")).args(arguments).current_dir(root()).output().unwrap()
}

/// Runs the command in the project's root, with something on its standard input.
fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedverify"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The command stops reading where it cannot go on.
    let _may_be_closed = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn example_did() -> String {
    fedverify_kit::inputs::example_line("fair/did.txt")
}

fn verify_example(package: &str, json: bool) -> Output {
    let did = example_did();
    let mut arguments = vec!["package", "verify", package, "--did", &did];
    arguments.extend(["--log", "examples/fair/log.json", "--metadata", "examples/fair/metadata.json"]);
    arguments.extend(json.then_some("--json"));
    run(&arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A scratch file that goes away with its value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("fedverify-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        Scratch(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _may_be_gone = std::fs::remove_file(&self.0);
    }
}

#[test]
fn with_json_one_report_goes_to_standard_output_and_nothing_else_anywhere() {
    let output = verify_example("examples/fair/hello-fair-1.1.0.zip", true);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["verdict"], "verified");
    assert!(verify_example("examples/fair/hello-fair-1.1.0.zip", false).stdout.is_empty());
}

#[test]
fn any_changed_byte_of_the_package_is_refused() {
    let whole = std::fs::read(root().join("examples/fair/hello-fair-1.1.0.zip")).unwrap();
    for at in [0, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let package = Scratch::new(&format!("byte-{at}.zip"), &bytes);
        let output = verify_example(package.path(), true);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (output.status.code(), &report["error"]["code"]),
            (Some(1), &"fair.checksum.mismatch".into())
        );
        // What was proven before is still told.
        assert_eq!(report["identity"]["did"], example_did());
        assert_eq!(report["release"]["version"], "1.1.0");
    }
}

#[test]
fn a_refusal_for_people_names_code_and_remedy() {
    let package = Scratch::new("other.zip", b"not the package");
    let output = verify_example(package.path(), false);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("FAIL  fair.checksum") && said.contains("[fair.checksum.mismatch]"), "{said}");
    assert!(said.contains("help  Download it again"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours in a pipe: {said:?}");
}

#[test]
fn a_password_is_not_repeated() {
    let did = example_did();
    let package = ["package", "verify", "examples/fair/hello-fair-1.1.0.zip", "--did", &did];
    let documents = ["--log", "examples/fair/log.json", "--metadata", "examples/fair/metadata.json"];
    let url = ["--artifact-url", "https://user:secret@a.example/hello.zip"];
    for arguments in
        [&[&package[..], &documents, &url].concat()[..], &["verify", "fair://user:secret@a.example"]]
    {
        let output = run(arguments);
        let said = text(&output.stderr);
        assert!(
            !output.status.success() && said.contains("…@a.example") && !said.contains("secret"),
            "{said}"
        );
    }
}

#[test]
fn a_log_is_read_from_standard_input() {
    let did = example_did();
    let log = std::fs::read(root().join("examples/fair/log.json")).unwrap();
    let output = run_with_input(&["log", "verify", "-", "--did", &did, "--json"], &log);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &report["verdict"]), (Some(0), &"verified".into()));
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let did = example_did();
    for (path, code) in [("no/such/file", "io.file.missing"), ("examples", "io.file.unreadable")] {
        let output = run(&["log", "verify", path, "--did", &did, "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert_eq!((&report["verdict"], &report["error"]["code"]), (&"undetermined".into(), &code.into()));
        let output = verify_example(path, true);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((output.status.code(), &report["error"]["code"]), (Some(2), &code.into()));
    }
}

/// A file of a GiB that takes no room on disk, and a process that may have half of that.
#[cfg(target_os = "linux")]
#[test]
fn memory_that_runs_out_is_no_verdict() {
    let log = Scratch::new("huge.json", b"");
    std::fs::File::options().write(true).open(log.path()).unwrap().set_len(1 << 30).unwrap();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 524288; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_fedverify")])
        .args([
            "log",
            "verify",
            log.path(),
            "--did",
            &example_did(),
            "--limit",
            "logBytes=2000000000",
            "--json",
        ])
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &report["verdict"]), (Some(2), &"undetermined".into()));
    assert_eq!(report["error"]["code"], "io.memory");
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_right() {
    let did = "did:plc:z72i7hdynmk6r22z27h6tvur";
    let (log, web) = ("examples/fair/log.json", "did:web:publisher.example");
    let package = ["package", "verify", "p.zip", "--did", did, "--metadata", "m.json"];
    let lines: [&[&str]; 23] = [
        &[],
        &["log"],
        &["log", "verify"],
        &["frobnicate"],
        &["key", "x", "--limit", "noSuchLimit=1"],
        &["key", "x", "--limit", "logBytes=many"],
        &["pfn", "plugin", "--key", "k", "--plugin", "p", "--archive-signature", "AA"],
        &["run"],
        &package,
        &[&package[..], &["--log", "l.json", "--document", "d.json"]].concat(),
        &[&package[..], &["--log", "l.json", "--no-downgrade"]].concat(),
        &["verify", did, "--no-pin", "--no-downgrade"],
        &["verify", "did:plc:x"],
        &["verify", "fair://localhost"],
        &["log", "verify", "log.json", "--did", "publisher.example"],
        // The rest of these is right: a did:web has no log.
        &["log", "verify", log, "--did", web],
        &["log", "show", log, "--did", web],
        &["log", "diff", log, log, "--did", web],
        &["log", "show"],
        &["log", "diff", "a.json"],
        &["key", "x", "--verbose", "--quiet"],
        &["key", "x", "--limit", "jsonDepth=1K"],
        &["key", "x", "--color", "sometimes"],
    ];
    for line in lines {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        let said = text(&output.stderr);
        assert!(said.contains("Usage:") || said.contains("try '--help'"), "{line:?}: {said}");
        assert!(output.stdout.is_empty(), "{line:?}");
    }
}

#[test]
fn limits_hold_and_can_be_changed() {
    let did = example_did();
    let verify =
        |limit: &str| run(&["log", "verify", "examples/fair/log.json", "--did", &did, "--limit", limit]);
    assert_eq!(verify("logOperations=5").status.code(), Some(0));
    let output = verify("logOperations=4");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("plc.log.too_long") && said.contains("the limit logOperations is 4"), "{said}");
    // The help names the flag that raises it.
    assert!(said.trim_end().ends_with("(--limit logOperations=N)"), "{said}");
}

/// Core names it for every language.
#[test]
fn a_remedy_names_what_this_command_calls_the_setting() {
    let did = example_did();
    let pin = ["--pin", "no such folder/pin.json"];
    let output = run(&[&["log", "verify", "examples/fair/log.json", "--did", &did][..], &pin].concat());
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.trim_end().ends_with("without remembering. (--no-pin, or leave out --pin)"), "{said}");
}

/// A file named - is standard input, which can keep nothing: a pin must not end up in a file of that name.
#[test]
fn standard_input_is_no_pin() {
    let did = example_did();
    // By their whole paths: the command runs in a folder of its own.
    let examples = root().canonicalize().unwrap().join("examples/fair");
    let file = |name: &str| examples.join(name).to_str().unwrap().to_owned();
    let (log, metadata, package) = (file("log.json"), file("metadata.json"), file("hello-fair-1.1.0.zip"));
    let folder = std::env::temp_dir().join(format!("fedverify-pin-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let lines: [&[&str]; 4] = [
        &["log", "verify", &log, "--did", &did],
        &["log", "show", &log],
        &["package", "verify", &package, "--did", &did, "--log", &log, "--metadata", &metadata],
        &["verify", &did, "--plc-url", "http://127.0.0.1:9"],
    ];
    for line in lines {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        let output = command.args(line).args(["--pin", "-"]).current_dir(&folder).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()), "{said}");
        assert!(said.contains("'-' for '--pin <FILE>'") && said.contains("./-"), "{line:?}: {said}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{line:?}");
    }
    // Who wants such a file can have it.
    let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
    let output = command.args(lines[0]).args(["--pin", "./-"]).current_dir(&folder).output().unwrap();
    assert_eq!((output.status.code(), folder.join("-").exists()), (Some(0), true));
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Standard input can be read only once.
#[test]
fn two_inputs_from_standard_input_are_a_wrong_call() {
    let did = example_did();
    let (metadata, zip) = ("examples/fair/metadata.json", "examples/fair/hello-fair-1.1.0.zip");
    let request = r#"{"kind": "key", "inputs": {"key": {"file": "-"}}}"#;
    let lines: [(&[&str], &str); 4] = [
        (&["package", "verify", zip, "--did", &did, "--log", "-", "--metadata", "-"], ""),
        (&["package", "verify", "-", "--did", &did, "--log", "-", "--metadata", metadata], ""),
        (&["pfn", "plugin", "--key", "-", "--plugin", "-"], ""),
        (&["run", "-"], request),
    ];
    for (line, input) in lines {
        let output = run_with_input(&[line, &["--json"]].concat(), input.as_bytes());
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (output.status.code(), &report["error"]["code"]),
            (Some(2), &"api.argument".into()),
            "{line:?}"
        );
        assert!(report["error"]["message"].as_str().unwrap().contains("standard input"), "{report}");
        // For people once, and without steps that were not taken.
        let said = text(&run_with_input(line, input.as_bytes()).stderr);
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("cannot both be standard input"), "{said}");
    }
}

#[test]
fn an_empty_standard_input_is_no_verdict() {
    let did = example_did();
    let (log, metadata) = ("examples/fair/log.json", "examples/fair/metadata.json");
    let lines: [&[&str]; 4] = [
        &["log", "verify", "-", "--did", &did],
        &["log", "show", "-"],
        &["package", "verify", "-", "--did", &did, "--log", log, "--metadata", metadata],
        &["key", "-"],
    ];
    for line in lines {
        let output = run_with_input(line, b"");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line:?}: {said}");
        assert!(said.contains("expected a document on standard input, found nothing"), "{line:?}: {said}");
    }
    // An empty file is a document, and a wrong one.
    let empty = Scratch::new("empty.json", b"");
    assert_eq!(run(&["log", "verify", empty.path(), "--did", &did]).status.code(), Some(1));
}

/// By another name it is a pipe too, of which the first of two inputs takes all.
#[cfg(unix)]
#[test]
fn an_empty_pipe_is_no_verdict() {
    let did = example_did();
    let both = ["--log", "/dev/stdin", "--metadata", "/dev/stdin", "--did", &did];
    let package = ["package", "verify", "examples/fair/hello-fair-1.1.0.zip"];
    let log = std::fs::read(root().join("examples/fair/log.json")).unwrap();
    assert_eq!(run_with_input(&[&package[..], &both].concat(), &log).status.code(), Some(2));
    let files = ["--log", "examples/fair/log.json", "--metadata", "examples/fair/metadata.json"];
    let package = ["package", "verify", "/dev/stdin", "--did", &did];
    assert_eq!(run_with_input(&[&package[..], &files].concat(), b"").status.code(), Some(2));
}

#[test]
fn steps_are_shown_up_to_a_failure_or_all_or_none() {
    let did = example_did();
    let forged = std::fs::read_to_string(root().join("examples/fair/log.json")).unwrap();
    let forged = Scratch::new("forged.json", forged.replace("old.publisher", "my.publisher").as_bytes());
    let said = |more: &[&str]| {
        let line = [&["log", "verify", forged.path(), "--did", &did], more].concat();
        text(&run(&line).stderr)
    };
    let marks = |said: &str| {
        said.lines().map(|line| line.get(..4).unwrap_or_default().trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marks(&said(&[])), ["ok", "ok", "ok", "FAIL", "reje", ""]);
    assert_eq!(marks(&said(&["--quiet"])), ["reje", ""]);
    let all = marks(&said(&["--verbose"]));
    assert_eq!(all.iter().filter(|mark| *mark == "-").count(), 7, "{all:?}");
    // Of what was verified, what was skipped is told on request.
    let skipped = |more: &[&str]| {
        let line = [&["log", "verify", "examples/fair/log.json", "--did", &did], more].concat();
        text(&run(&line).stderr).contains("skip  pin.log")
    };
    assert!(!skipped(&[]) && !skipped(&["--quiet"]) && skipped(&["--verbose"]));
}

#[test]
fn colors_are_used_where_they_are_asked_for() {
    let key = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
    let has_color = |color: &str, no_color: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        command.args(["key", key, "--color", color]).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        let output = command.envs(no_color.map(|value| ("NO_COLOR", value))).output().unwrap();
        text(&output.stderr).contains('\u{1b}')
    };
    assert!(has_color("always", None) && has_color("always", Some("1")));
    assert!(!has_color("never", None) && !has_color("auto", None) && !has_color("auto", Some("1")));
}

#[test]
fn an_array_in_place_of_lines_is_called_one() {
    let array = Scratch::new("array.json", b"\n [\n {\"did\": 1},\n {}\n]\n");
    for (file, words) in [
        (array.path(), format!("jq -c '.[]' {:?} | fedverify batch -", array.path())),
        ("-", "jq -c '.[]' | ".to_owned()),
    ] {
        let output = run_with_input(&["batch", file], b"[1, 2]");
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
        assert!(said.contains(&words) && said.lines().count() == 1, "{said}");
    }
    // What it says to do works, also with an audit log.
    let log: Value =
        serde_json::from_slice(&std::fs::read(root().join("examples/fair/log.json")).unwrap()).unwrap();
    let lines: String = log.as_array().unwrap().iter().map(|entry| format!("{entry}\n")).collect();
    assert_eq!(run_with_input(&["batch", "-"], lines.as_bytes()).status.code(), Some(0));
}

#[test]
fn any_input_can_be_standard_input() {
    let did = example_did();
    let file = |name: &str| std::fs::read(root().join("examples/fair").join(name)).unwrap();
    let zip = "hello-fair-1.1.0.zip";
    for from_stdin in ["log.json", "metadata.json", zip] {
        let path =
            |name: &str| if name == from_stdin { "-".to_owned() } else { format!("examples/fair/{name}") };
        let (log, metadata, package) = (path("log.json"), path("metadata.json"), path(zip));
        let line = ["package", "verify", &package, "--did", &did, "--log", &log, "--metadata", &metadata];
        let output = run_with_input(&line, &file(from_stdin));
        assert_eq!(output.status.code(), Some(0), "{from_stdin}: {}", text(&output.stderr));
    }
    let line = ["package", "verify", "-", "--did", &did, "--log", "examples/fair/log.json"];
    let line =
        [&line[..], &["--metadata", "examples/fair/metadata.json", "--limit", "packageBytes=703"]].concat();
    let output = run_with_input(&line, &file(zip));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("input.too_large"));
}

/// More than the limit is never read, so nobody can say how much more there is.
#[test]
fn an_input_above_its_limit_is_not_said_to_have_a_size() {
    let key = ["key", "examples/pfn/publisher.pem", "--limit", "recordBytes=1"];
    let output = run(&key);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.contains("  the key has more bytes than 1, the limit recordBytes [input.too_large]"),
        "{said}"
    );
}

#[test]
fn a_challenge_is_checked_before_it_is_sent() {
    let schema: Value = serde_json::from_str(include_str!("../../schema/challenge-check.v1.json")).unwrap();
    let report: Value = serde_json::from_str(include_str!("../../schema/report.v1.json")).unwrap();
    let registry =
        jsonschema::Registry::new().add("urn:fedverify:report:v1", report).unwrap().prepare().unwrap();
    let schema = jsonschema::options().with_registry(&registry).build(&schema).unwrap();
    let check = |challenge: &str| {
        let line = ["pfn", "check-challenge", "--challenge", challenge];
        let as_json = run(&[&line[..], &["--json"]].concat());
        let json: Value = serde_json::from_slice(&as_json.stdout).unwrap();
        let faults: Vec<String> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?} in {json}");
        // Nobody has answered: a script that looks for the verdict of an answer finds none.
        assert_eq!((json.get("verdict"), json.get("kind")), (None, None));
        let told = run(&line);
        assert_eq!(as_json.status.code(), told.status.code());
        (told.status.code(), json, text(&told.stderr))
    };
    let (status, json, said) = check("6f1c2a34-0b9f");
    assert_eq!((status, &json["mayBeSent"], &json["error"]), (Some(0), &true.into(), &Value::Null));
    assert_eq!(said, "well-formed  challenge, which may be sent\n");
    for (challenge, code) in
        [(r#"{"id":"gallery"}"#, "pfn.challenge.ambiguous"), ("", "pfn.challenge.malformed")]
    {
        let (status, json, said) = check(challenge);
        assert_eq!(
            (status, &json["mayBeSent"], &json["error"]["code"]),
            (Some(1), &false.into(), &code.into())
        );
        assert!(said.starts_with("rejected  ") && said.contains(code), "{said}");
    }
}

#[test]
fn a_challenge_is_said_to_be_signed() {
    let (challenge, answer) = (
        "0b9f3c1e-7a52-4d6e-9f10-2c8d4e5f6a7b",
        "Gl51YOcBni7OoGLCxApOS/YHo+JKPB9IwqMNIeI8S88ffg6g30FlgJVvEba+Qz5cjp2fDtpPH20/YZXYI2L2Bg==",
    );
    let key = Scratch::new("challenge.key", b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=");
    let line = ["pfn", "challenge", "--key", key.path(), "--challenge", challenge, "--signature", answer];
    let output = run(&line);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("verified  challenge signed by Ed25519 did:key:z6Mk"), "{said}");
}

#[test]
fn every_command_has_help_with_an_example() {
    let commands: [&[&str]; 14] = [
        &[],
        &["verify"],
        &["log", "verify"],
        &["log", "show"],
        &["log", "diff"],
        &["package", "verify"],
        &["pfn", "plugin"],
        &["pfn", "challenge"],
        &["pfn", "check-challenge"],
        &["batch"],
        &["key"],
        &["run"],
        &["completions"],
        &["man"],
    ];
    for command in commands {
        let output = run(&[command, &["--help"]].concat());
        let help = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(help.contains("Example") && help.contains("  fedverify "), "{command:?}: {help}");
        for width in [80, 100] {
            let output = Command::new(env!("CARGO_BIN_EXE_fedverify"))
                .args(command)
                .arg("--help")
                .env("COLUMNS", width.to_string())
                .output()
                .unwrap();
            let help = text(&output.stdout);
            let wide: Vec<&str> = help.lines().filter(|line| line.chars().count() > width).collect();
            assert!(wide.is_empty(), "{command:?} at {width}: {wide:#?}");
            // What was laid out by hand is not torn.
            let torn = help
                .lines()
                .filter(|line| line.starts_with("  fedverify "))
                .find(|line| line.ends_with("--"));
            assert_eq!(torn, None, "{command:?} at {width}");
        }
    }
}

#[test]
fn completions_and_man_pages_are_written() {
    for shell in ["bash", "zsh", "fish"] {
        let output = run(&["completions", shell]);
        assert!(output.status.success() && text(&output.stdout).contains("artifact-url"), "{shell}");
    }
    let folder = std::env::temp_dir().join(format!("fedverify-man-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    assert!(run(&["man", folder.to_str().unwrap()]).status.success());
    let page = std::fs::read_to_string(folder.join("fedverify-package-verify.1")).unwrap();
    assert!(page.contains("artifact"), "{page}");
    for page in std::fs::read_dir(&folder).unwrap() {
        let path = page.unwrap().path();
        let page = std::fs::read_to_string(&path).unwrap();
        assert!(!page.contains("EXTRA"), "{}", path.display());
        // An option that takes a value says of what kind.
        let synopsis = page.split(".SH SYNOPSIS").nth(1).unwrap().split(".SH").next().unwrap();
        assert!(!synopsis.contains("[\\-\\-"), "{}: {synopsis}", path.display());
    }
    assert!(page.contains("\\-\\-did") && page.contains("<DID>"), "{page}");
    assert!(page.contains(".SH EXAMPLES"), "{page}");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(run(&["man", "/no/such/folder"]).status.code(), Some(2));
}

#[test]
fn a_key_is_read_from_the_argument_or_from_a_file() {
    let did_key = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
    let file = Scratch::new("key.txt", format!("{did_key}\n").as_bytes());
    for argument in [did_key, did_key.trim_start_matches("did:key:"), file.path()] {
        let output = run(&["key", argument, "--json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["key"]["didKey"], did_key, "{argument}");
        assert_eq!(report["key"]["type"], "secp256k1", "{argument}");
        // Nothing was verified: who has the key is not known.
        let said = text(&run(&["key", argument]).stderr);
        assert!(
            said.ends_with(&format!("well-formed  secp256k1 {did_key}\n")) && !said.contains("verified"),
            "{said}"
        );
    }
}

/// Also one in milliseconds (did-plc.md, "Pins"). Nothing is judged by it.
#[test]
fn a_clock_beyond_the_year_9999_is_a_wrong_argument() {
    let did = example_did();
    let verify = |now: &str| run(&["log", "verify", "examples/fair/log.json", "--did", &did, "--now", now]);
    assert_eq!(verify("253402300799").status.code(), Some(0));
    for now in ["253402300800", "1767225600000", "18446744073709551615"] {
        let output = verify(now);
        let said = text(&output.stderr);
        assert!(said.contains(&format!("found {now}")) && said.contains("[api.argument]"), "{said}");
        assert_eq!(output.status.code(), Some(2), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn no_file_takes_the_place_of_a_key_that_was_typed() {
    let typed = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
    let other = fedverify_kit::KeyPair::k256("other").did_key().to_owned();
    let folder = std::env::temp_dir().join(format!("fedverify-typed-key-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let read = |argument: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        let output = command.args(["key", argument, "--json"]).current_dir(&folder).output().unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["key"]["didKey"].as_str().unwrap().to_owned()
    };
    for name in [typed, typed.trim_start_matches("did:key:")] {
        std::fs::write(folder.join(name), &other).unwrap();
        assert_eq!((read(name), read(&format!("./{name}"))), (typed.to_owned(), other.clone()));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_no_key_is_called_what_it_is() {
    let zip = "examples/fair/hello-fair-1.1.0.zip";
    let did = example_did();
    let cases: [(&str, i32, &str, &str); 7] = [
        ("did:key:z0", 1, "key.invalid", ""),
        (&did, 1, "pfn.key.invalid", "this is an identity"),
        ("did:web:publisher.example", 1, "pfn.key.invalid", "this is an identity"),
        (zip, 1, "input.not_utf8", "this is a ZIP file"),
        ("no-such-file", 2, "io.file.missing", "no file of this name"),
        ("zebra.pem", 2, "io.file.missing", "no file of this name"),
        ("examples", 2, "io.file.unreadable", "directory"),
    ];
    for (argument, status, code, words) in cases {
        let output = run(&["key", argument]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{argument}: {said}");
        assert!(said.contains(&format!("[{code}]")) && said.contains(words), "{argument}: {said}");
    }
    // A private key in place of a file is not repeated.
    let private = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v";
    assert!(!text(&run(&["key", private]).stderr).contains(private));
    let log = run(&["log", "verify", zip, "--did", &did]);
    assert!(text(&log.stderr).contains("this is a ZIP file"), "{}", text(&log.stderr));
}

/// A reader that goes away early is no verdict, and no panic.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_said() {
    let key = ["key", "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "--json"];
    let lines: [&[&str]; 7] =
        [&key, &["--help"], &["-h"], &["help", "log"], &["log", "verify", "--help"], &["--version"], &["-V"]];
    for line in lines {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_fedverify")).args(line).stdout(full).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        assert!(said.starts_with("fedverify: ") && !said.contains("panicked"), "{line:?}: {said}");
        assert_eq!(run(line).status.code(), Some(0), "{line:?}");
    }
}

/// As with `fedverify verify --help | head -1`.
#[cfg(unix)]
#[test]
fn a_reader_of_the_help_may_stop_reading() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut help = Command::new(env!("CARGO_BIN_EXE_fedverify"));
    let output = help.args(["verify", "--help"]).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
    let output = output.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
