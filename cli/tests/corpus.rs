//! The conformance corpus through the command: verdict, code, facts and exit status of every case.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../tests/conformance.rs"]
mod conformance;

use conformance::Case;
use serde_json::Value;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Output};

#[test]
fn every_case_gives_its_verdict_its_code_and_its_exit_status() {
    let mut differences = Vec::new();
    for case in conformance::cases().iter().filter(|case| !case.is_document()) {
        // An argument cannot hold a NUL; the operating system refuses it before the command starts.
        let Some(arguments) = arguments(case) else {
            println!("skipped: {} has an argument with a NUL, which no command line can carry", case.name);
            continue;
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_fedverify"));
        command.args(arguments);
        // Verdicts change pins, and the corpus must stay as it is.
        let pin = PinCopy::of(case);
        command.args(pin.iter().map(PinCopy::argument));
        let output = command.output().unwrap();
        differences.extend(judge(case, &output));
        if case.verdict != "verified" && pin.is_some_and(|pin| !pin.is_unchanged()) {
            differences.push(format!("{}: the pin was changed without a verdict of verified", case.name));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// The pin of a case in a file of its own, which goes away with the value.
struct PinCopy {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl PinCopy {
    fn of(case: &Case) -> Option<Self> {
        let bytes = std::fs::read(case.file("pin")?).unwrap();
        let name = format!("fedverify-corpus-{}-{}.json", std::process::id(), case.name.replace('/', "-"));
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, &bytes).unwrap();
        Some(PinCopy { path, bytes })
    }

    fn argument(&self) -> OsString {
        let mut argument = OsString::from("--pin=");
        argument.push(&self.path);
        argument
    }

    fn is_unchanged(&self) -> bool {
        std::fs::read(&self.path).is_ok_and(|bytes| bytes == self.bytes)
    }
}

impl Drop for PinCopy {
    fn drop(&mut self) {
        let mut lock = self.path.clone().into_os_string();
        lock.push(".lock");
        for path in [self.path.clone(), lock.into()] {
            let _may_be_gone = std::fs::remove_file(path);
        }
    }
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

/// The command line for a case; `None` where it cannot be said on one.
fn arguments(case: &Case) -> Option<Vec<OsString>> {
    let mut line: Vec<OsString> = vec!["--json".into()];
    for (name, limit) in &case.limits {
        line.extend(["--limit".into(), format!("{name}={limit}").into()]);
    }
    let (words, positional, options): (&[&str], &str, &[&str]) = match case.kind.as_str() {
        "plc-log" => (&["log", "verify"], "log", &["did", "now"]),
        "fair-package" => {
            (&["package", "verify"], "package", &["did", "log", "metadata", "release", "artifactUrl", "now"])
        }
        "pfn-plugin" => {
            (&["pfn", "plugin"], "", &["key", "plugin", "signature", "archive", "archiveSignature"])
        }
        "pfn-challenge" => (&["pfn", "challenge"], "", &["key", "challenge", "signature"]),
        "key" => (&["key"], "key", &[]),
        other => panic!("no command for {other}"),
    };
    line.extend(words.iter().map(OsString::from));
    for name in options {
        line.extend(option(case, name)?);
    }
    if case.text("noDowngrade") == Some("true") {
        line.push("--no-downgrade".into());
    }
    if !positional.is_empty() {
        line.push(case.file(positional).expect("every case has its file").into());
    }
    Some(line)
}

/// `--name=value` for an input that the case has.
fn option(case: &Case, name: &str) -> Option<Vec<OsString>> {
    let flag = match name {
        "artifactUrl" => "artifact-url",
        "archiveSignature" => "archive-signature",
        other => other,
    };
    let is_file = matches!(name, "log" | "metadata" | "plugin" | "archive" | "key");
    let Some(text) = case.text(name) else { return Some(Vec::new()) };
    if text.contains('\0') {
        return None;
    }
    let mut argument = OsString::from(format!("--{flag}="));
    argument.push(if is_file { case.file(name).unwrap().into_os_string() } else { text.into() });
    Some(vec![argument])
}
