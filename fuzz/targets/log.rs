//! A log that verifies also verifies when serde_json wrote it anew, with the same history; every CID, link and signature of its
//! history stands a slow re-check by other means (`fuzz/src/slow.rs`); and a visit that remembers the first one comes to the
//! same head.
#![no_main]

use fedverify::plc::{BatchLine, ExportLog};
use fedverify::{Identity, Limits, Log, LogForm, PlcDid, directory};
use fedverify_fuzz::json::Json;
use fedverify_fuzz::stretch::stretched;
use fedverify_fuzz::{IDENTITY, check_message, slow};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let data = &*stretched(data);
    let limits = Limits::default();
    match BatchLine::parse(data, &limits) {
        Ok(BatchLine::Log(log)) => drop(log.verify()),
        Ok(BatchLine::Entry(entry)) => drop(ExportLog::new(entry, &limits).verify()),
        Err(error) => check_message(error.message()),
    }
    let _ = directory::compare_document("https://plc.example", &IDENTITY, data, &limits);
    let entries = entries(data);
    let log = match Log::parse(data, &limits) {
        Ok(log) => log,
        Err(error) => return check_message(error.message()),
    };
    let named = entries.iter().flatten().find_map(|entry| entry.get("did")?.as_str()?.parse().ok());
    let Some(did) = log.implied_did().or(named) else { return };
    let identity = match log.clone().verify(&did) {
        Ok(identity) => identity,
        Err(error) => return check_message(error.message()),
    };
    assert_eq!(identity.did(), &did);
    remembers(&log, &identity, &did);
    // serde_json refuses numbers that core has no use for and skips.
    let Some(entries) = entries else { return };
    let operations = entries.iter().map(|entry| entry.get("operation").unwrap_or(entry));
    slow::check(&operations.filter_map(json).collect::<Vec<_>>(), &identity);
    let again = written(&entries, log.form());
    let again = Log::parse(again.as_bytes(), &limits).and_then(|log| log.verify(&did));
    let again = again.expect("it verified before");
    assert_eq!(cids(&again), cids(&identity));
    assert_eq!((again.head(), again.state()), (identity.head(), identity.state()));
});

/// The entries of a log, of an export those of all lines, as another reader of JSON sees them.
fn entries(data: &[u8]) -> Option<Vec<Value>> {
    match serde_json::from_slice(data) {
        Ok(Value::Array(entries)) => Some(entries),
        Ok(entry) => Some(vec![entry]),
        Err(_) => serde_json::Deserializer::from_slice(data).into_iter().collect::<Result<_, _>>().ok(),
    }
}

/// The entries as serde_json writes them, in the form that they had.
fn written(entries: &[Value], form: LogForm) -> String {
    let entries: Vec<String> = entries.iter().map(Value::to_string).collect();
    match form {
        LogForm::Export => entries.join("\n"),
        LogForm::Audit | LogForm::Bare => format!("[{}]", entries.join(",")),
    }
}

fn cids(identity: &Identity) -> Vec<&str> {
    identity.history().iter().map(|entry| entry.cid()).collect()
}

/// The value for the kit's encoder; `None` for what holds a number, which no operation does.
fn json(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(_) => return None,
        Value::String(text) => text.into(),
        Value::Array(items) => Json::Array(items.iter().map(json).collect::<Option<_>>()?),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| Some((name.clone(), json(value)?)));
            Json::Object(members.collect::<Option<_>>()?)
        }
    })
}

/// What was seen is accepted again, an hour later.
fn remembers(log: &Log<'_>, identity: &Identity, did: &PlcDid) {
    let now = 1_900_000_000;
    let Ok(first) = log.clone().verify_remembering(did, None, now) else { return };
    let second =
        log.clone().verify_remembering(did, first.pin(), now + 3600).expect("nothing was taken back");
    assert_eq!((first.head(), second.head()), (identity.head(), identity.head()));
    assert!(second.signature_checks() <= first.signature_checks());
}
