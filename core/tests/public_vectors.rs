//! Logs that others published, which tests/vectors.sh fetches. They are no part of the project: where they are missing,
//! these tests are skipped, and say so.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use fedverify::{Code, Identity, Limits, Log, LogForm, PlcDid};
use fedverify_kit::inputs::public_vector;
use std::path::PathBuf;

/// The files of a folder of the public vectors, at least so many; none where they were not fetched.
fn files(folder: &str, least: usize) -> Vec<(String, Vec<u8>)> {
    let Some(path) = public_vector(folder) else { return Vec::new() };
    let mut files: Vec<_> = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= least, "{folder}: {} files", files.len());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

fn did_of(log: &[u8]) -> PlcDid {
    let log: serde_json::Value = serde_json::from_slice(log).unwrap();
    log[0]["did"].as_str().unwrap().parse().unwrap()
}

fn verify(log: &[u8]) -> Result<Identity, Code> {
    Log::parse(log, &Limits::default())
        .and_then(|parsed| parsed.verify(&did_of(log)))
        .map_err(|error| error.code())
}

#[test]
fn every_valid_log_verifies() {
    for (name, log) in files("plc/valid", 5) {
        let identity = verify(&log).unwrap_or_else(|code| panic!("{name}: {code}"));
        let served: serde_json::Value = serde_json::from_slice(&log).unwrap();
        let head = served.as_array().unwrap().iter().rfind(|entry| entry["nullified"] == false).unwrap();
        assert_eq!(identity.head(), head["cid"].as_str().unwrap(), "{name}");
        assert_eq!(identity.is_tombstoned(), name == "log_tombstone.json", "{name}");
    }
}

#[test]
fn every_invalid_log_is_refused_with_the_code_of_its_fault() {
    for (name, log) in files("plc/invalid", 4) {
        let expected = match name.as_str() {
            "log_invalid_nullification_too_slow.json" => Code::PlcNullificationLate,
            "log_invalid_sig_b64_padding_chars.json" => Code::PlcSignatureEncoding,
            "log_invalid_sig_p256_high_s.json" => Code::PlcSignatureHighS,
            "log_invalid_update_tombstoned.json" => Code::PlcTombstoned,
            other => panic!("no expectation for {other}: add one"),
        };
        assert_eq!(verify(&log).map(|_| ()), Err(expected), "{name}");
    }
}

#[test]
fn the_bare_log_of_a_real_fair_package_verifies() {
    let Some(path) = public_vector("fair/did_plc_q2afge25l63iz553aumeqi3w.log.json") else { return };
    let log = std::fs::read(path).unwrap();
    let did: PlcDid = "did:plc:q2afge25l63iz553aumeqi3w".parse().unwrap();
    let log = Log::parse(&log, &Limits::default()).unwrap();
    assert_eq!(log.form(), LogForm::Bare);
    let identity = log.verify(&did).unwrap();
    assert_eq!(identity.history().len(), 10);
    assert_eq!(identity.state().unwrap().also_known_as(), ["fair://querymonitor.com"]);
}
