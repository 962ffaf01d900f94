//! The conformance corpus through the command: verdict, code, facts, pin and exit status of every case.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../tests/conformance.rs"]
mod conformance;

use conformance::Case;
use fedverify::tables::{InputName, InputType, Kind};
use fedverify::{Did, PlcDid};
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Every case, without an exception: `run` takes every kind and every input.
#[test]
fn every_case_gives_its_verdict_through_run() {
    let differences: Vec<String> =
        conformance::cases().iter().flat_map(|case| judge(case, &run(case))).collect();
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Every case that can be said on the command line of the command for its kind. [`arguments`] has the reasons of the
/// others.
#[test]
fn every_case_gives_its_verdict_through_its_command() {
    let (mut differences, mut count) = (Vec::new(), 0);
    for case in &conformance::cases() {
        match arguments(case) {
            Ok(arguments) => {
                count += 1;
                differences.extend(judge_command(case, arguments));
            }
            Err(reason) => println!("not by a command: {}: {reason}", case.name),
        }
    }
    assert!(count > 900, "only {count} cases have a command");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Hands the case to `run` as it is.
fn run(case: &Case) -> Output {
    let mut inputs = Map::new();
    for name in case.input_names().map(|name| InputName::from_name(name).expect("a known input")) {
        let text = case.text(name.as_str()).unwrap();
        let value = match name.input_type() {
            InputType::Bytes | InputType::Stream => {
                json!({ "file": conformance::folder().join(text).to_str().unwrap() })
            }
            InputType::String => text.into(),
            InputType::Number => text.parse::<u64>().unwrap().into(),
            InputType::Flag => text.parse::<bool>().unwrap().into(),
        };
        inputs.insert(name.to_string(), value);
    }
    let limits: Map<String, Value> =
        case.limits.iter().map(|(name, limit)| (name.clone(), (*limit).into())).collect();
    let request = json!({ "kind": case.kind, "inputs": inputs, "limits": limits }).to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedverify"))
        .args(["run", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn judge(case: &Case, output: &Output) -> Vec<String> {
    let expected = match case.verdict.as_str() {
        "verified" => 0,
        "rejected" => 1,
        _ => 2,
    };
    let mut differences = match serde_json::from_slice::<Value>(&output.stdout) {
        Ok(report) => case.differences(&report),
        Err(error) => vec![format!("{}: standard output is not one report: {error}", case.name)],
    };
    if output.status.code() != Some(expected) {
        differences.push(format!("{}: expected exit status {expected}, found {}", case.name, output.status));
    }
    if !output.stderr.is_empty() {
        differences.push(format!("{}: said {}", case.name, String::from_utf8_lossy(&output.stderr)));
    }
    differences
}

/// Runs the command of the case, and looks at what it keeps.
fn judge_command(case: &Case, arguments: Vec<OsString>) -> Vec<String> {
    let pin = PinFile::new(case);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
    command.args(arguments).args(pin.iter().map(PinFile::argument));
    let output = command.output().unwrap();
    let mut differences = judge(case, &output);
    if let Some(pin) = pin {
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        // What is proven is kept, and otherwise the file stays as it was.
        let expected = match report.get("pin") {
            Some(pin) => Some(pin.clone()),
            None => pin.before.as_deref().map(|bytes| serde_json::from_slice(bytes).unwrap_or_default()),
        };
        let kept = std::fs::read(&pin.path).ok();
        let kept = kept.map(|bytes| serde_json::from_slice::<Value>(&bytes).unwrap_or_default());
        if kept != expected {
            differences.push(format!("{}: expected to keep {expected:?}, found {kept:?}", case.name));
        }
    }
    differences
}

/// The pin of a case in a file of its own, which goes away with the value: the corpus must not change.
struct PinFile {
    path: PathBuf,
    before: Option<Vec<u8>>,
}

impl PinFile {
    fn new(case: &Case) -> Option<Self> {
        let before = case.file("pin").map(|path| std::fs::read(path).unwrap());
        if before.is_none() && case.text("remember") != Some("true") {
            return None;
        }
        let name = format!("fedverify-corpus-{}-{}.json", std::process::id(), case.name.replace('/', "-"));
        let path = std::env::temp_dir().join(name);
        if let Some(bytes) = &before {
            std::fs::write(&path, bytes).unwrap();
        }
        Some(PinFile { path, before })
    }

    fn argument(&self) -> OsString {
        argument("pin", self.path.as_os_str())
    }
}

impl Drop for PinFile {
    fn drop(&mut self) {
        let mut lock = self.path.clone().into_os_string();
        lock.push(".lock");
        for path in [self.path.clone(), lock.into()] {
            let _may_be_gone = std::fs::remove_file(path);
        }
    }
}

/// A command of the command line.
struct Form {
    words: &'static [&'static str],
    /// The input that is given without a name.
    positional: Option<InputName>,
    /// Inputs without which the command says how it is used.
    required: &'static [InputName],
    optional: &'static [InputName],
}

const LOG: Form = Form {
    words: &["log", "verify"],
    positional: Some(InputName::Log),
    required: &[InputName::Did],
    optional: &[InputName::Now, InputName::Pin, InputName::Remember],
};

const PACKAGE: Form = Form {
    words: &["package", "verify"],
    positional: Some(InputName::Package),
    required: &[InputName::Did, InputName::Metadata],
    optional: &[
        InputName::Log,
        InputName::Document,
        InputName::Release,
        InputName::ArtifactUrl,
        InputName::NoDowngrade,
        InputName::WaitRecoveryWindow,
        InputName::Now,
        InputName::Pin,
        InputName::Remember,
    ],
};

const PLUGIN: Form = Form {
    words: &["pfn", "plugin"],
    positional: None,
    required: &[InputName::Key, InputName::Plugin],
    optional: &[InputName::Signature, InputName::Archive, InputName::ArchiveSignature],
};

const CHALLENGE: Form = Form {
    words: &["pfn", "challenge"],
    positional: None,
    required: &[InputName::Key, InputName::Challenge, InputName::Signature],
    optional: &[],
};

const KEY: Form = Form { words: &["key"], positional: Some(InputName::Key), required: &[], optional: &[] };

/// The command for a kind; most kinds of documents have none.
fn form(kind: &str) -> Option<&'static Form> {
    let forms = [
        (Kind::PlcLog, &LOG),
        (Kind::FairPackage, &PACKAGE),
        (Kind::PfnPlugin, &PLUGIN),
        (Kind::PfnChallenge, &CHALLENGE),
        (Kind::Key, &KEY),
    ];
    forms.into_iter().find(|(known, _)| known.as_str() == kind).map(|(_, form)| form)
}

/// Without a clock, a report does not say what can still be undone.
const ABOUT_NO_CLOCK: [&str; 2] = ["plc/contestable/no-clock", "fair/fresh/no-clock"];

/// Where no memory is asked for, a report has no pin.
const ABOUT_NO_MEMORY: [&str; 3] = ["pin/kept/not-asked", "pin/kept/clock-only", "pin/proven/not-asked"];

/// The command line of a case, or why it has none.
fn arguments(case: &Case) -> Result<Vec<OsString>, &'static str> {
    let form = form(&case.kind).ok_or("no command has this kind")?;
    let has = |name: InputName| case.text(name.as_str()).is_some();
    let takes = |name: &InputName| {
        form.positional == Some(*name) || form.required.contains(name) || form.optional.contains(name)
    };
    if !case.input_names().filter_map(InputName::from_name).all(|name| takes(&name)) {
        return Err("no command takes this input");
    }
    if !form.required.iter().chain(&form.positional).all(|name| has(*name)) {
        return Err("wrong usage, of which a command makes no report: an input is missing");
    }
    if form.required.contains(&InputName::Did) && case.text("did").is_some_and(|did| !is_did(form, did)) {
        return Err("wrong usage, of which a command makes no report: what is no such DID (see commands.rs)");
    }
    check_combination(case, &has)?;
    let mut line: Vec<OsString> = form.words.iter().map(OsString::from).collect();
    line.push("--json".into());
    for (name, limit) in &case.limits {
        line.extend(["--limit".into(), format!("{name}={limit}").into()]);
    }
    for name in form.required.iter().chain(form.optional) {
        line.extend(option(case, *name)?);
    }
    line.extend(form.positional.and_then(|name| case.file(name.as_str())).map(PathBuf::into_os_string));
    Ok(line)
}

/// Whether the command takes this as a DID: logs are only of a did:plc.
fn is_did(form: &Form, did: &str) -> bool {
    if form.words == LOG.words { did.parse::<PlcDid>().is_ok() } else { did.parse::<Did>().is_ok() }
}

fn check_combination(case: &Case, has: &impl Fn(InputName) -> bool) -> Result<(), &'static str> {
    let remembers = has(InputName::Pin) || case.text("remember") == Some("true");
    let is_web = case.text("did").is_some_and(|did| did.starts_with("did:web:"));
    let needs_clock = remembers || is_web || has(InputName::WaitRecoveryWindow);
    if (needs_clock || ABOUT_NO_CLOCK.contains(&&*case.name)) && !has(InputName::Now) {
        return Err("a command brings a clock of its own");
    }
    if ABOUT_NO_MEMORY.contains(&&*case.name) {
        return Err("with --json, a command offers a pin that nobody asked for");
    }
    if case.kind == "fair-package" && has(InputName::Log) == has(InputName::Document) {
        return Err("wrong usage, of which a command makes no report: both a log and a document, or neither");
    }
    if has(InputName::NoDowngrade) && !remembers {
        return Err("wrong usage, of which a command makes no report: --no-downgrade without --pin");
    }
    if has(InputName::ArchiveSignature) && !has(InputName::Archive) {
        return Err("wrong usage, of which a command makes no report: --archive-signature without --archive");
    }
    if case.file("pin").is_some_and(|pin| !pin.is_file()) {
        return Err("to a command, a pin that is not there is a first visit");
    }
    Ok(())
}

/// The arguments for an input, if the case has it.
fn option(case: &Case, name: InputName) -> Result<Option<OsString>, &'static str> {
    let Some(text) = case.text(name.as_str()) else { return Ok(None) };
    // Given by the runner, in a file of its own.
    if matches!(name, InputName::Pin | InputName::Remember) {
        return Ok(None);
    }
    let flag = kebab_case(name.as_str());
    match name.input_type() {
        InputType::Flag => Ok((text == "true").then(|| format!("--{flag}").into())),
        InputType::Bytes | InputType::Stream => {
            Ok(case.file(name.as_str()).map(|path: PathBuf| argument(&flag, path.as_os_str())))
        }
        InputType::String | InputType::Number if text.contains('\0') => {
            Err("no command line can carry a NUL")
        }
        InputType::String | InputType::Number => Ok(Some(argument(&flag, Path::new(text).as_os_str()))),
    }
}

/// `--name=value`.
fn argument(flag: &str, value: &std::ffi::OsStr) -> OsString {
    let mut argument = OsString::from(format!("--{flag}="));
    argument.push(value);
    argument
}

/// `artifactUrl` as `artifact-url`.
fn kebab_case(name: &str) -> String {
    name.chars().fold(String::new(), |mut flag, character| {
        if character.is_ascii_uppercase() {
            flag.push('-');
        }
        flag.push(character.to_ascii_lowercase());
        flag
    })
}
