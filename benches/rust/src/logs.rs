//! Whole logs, by core and by atproto-plc.

use crate::{Subject, files};
use atproto_plc::{Operation, OperationChainValidator, ServiceEndpoint, SigningKey};
use fedverify::{Limits, Log, Pin, PlcDid};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

/// A log as text, with its DID.
struct Case {
    did: PlcDid,
    json: Vec<u8>,
}

pub fn subjects(folder: &Path) -> Vec<Subject> {
    files(folder, "log-").into_iter().flat_map(|(name, path)| of_log(&name, &path)).collect()
}

fn of_log(name: &str, path: &Path) -> Vec<Subject> {
    let name = name.trim_end_matches(".json");
    let json = std::fs::read(path).expect("a log");
    let entries: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let did: PlcDid = entries[0]["did"].as_str().expect("a DID").parse().expect("a did:plc");
    let case = Rc::new(Case { did, json });
    let pin = pin(&case);
    let (whole, pinned) = (Rc::clone(&case), Rc::clone(&case));
    let operations = atproto_plc_log(name.starts_with("p256"), entries.as_array().expect("entries").len());
    vec![
        Subject::new(format!("log/{name}"), move || verify(&whole)),
        Subject::new(format!("revisit/{name}"), move || revisit(&pinned, &pin)),
        Subject::new(format!("atproto-plc/{name}"), move || {
            OperationChainValidator::validate_chain(&operations).expect("a valid log");
        }),
    ]
}

/// atproto-plc leaves `prev` out of a genesis where the rules want null, so it takes no log but its own: one with the same
/// content. It reads no JSON here, and does not check the signature of the genesis.
fn atproto_plc_log(is_p256: bool, count: usize) -> Vec<Operation> {
    let key = if is_p256 { SigningKey::generate_p256() } else { SigningKey::generate_k256() };
    let mut log: Vec<Operation> = Vec::new();
    for number in 0..count {
        let keys = vec![key.to_did_key()];
        let methods = HashMap::from([("atproto".to_owned(), key.to_did_key())]);
        let names = vec![format!("at://{number}.example")];
        let pds =
            ServiceEndpoint::new("AtprotoPersonalDataServer".to_owned(), "https://pds.example".to_owned());
        let services = HashMap::from([("atproto_pds".to_owned(), pds)]);
        let unsigned = match log.last() {
            None => Operation::new_genesis(keys, methods, names, services),
            Some(last) => Operation::new_update(keys, methods, names, services, last.cid().expect("a CID")),
        };
        log.push(unsigned.sign(&key).expect("a signature"));
    }
    log
}

fn verify(case: &Case) {
    let log = Log::parse(&case.json, &Limits::default()).expect("a log");
    std::hint::black_box(log.verify(&case.did).expect("a valid log"));
}

/// The pin of a first visit, as the text that a caller keeps.
fn pin(case: &Case) -> String {
    let log = Log::parse(&case.json, &Limits::default()).expect("a log");
    let identity = log.verify_remembering(&case.did, None, 0).expect("a valid log");
    identity.pin().expect("a pin").to_json()
}

fn revisit(case: &Case, pin: &str) {
    let pin = Pin::parse(pin.as_bytes(), &Limits::default()).expect("a pin");
    let log = Log::parse(&case.json, &Limits::default()).expect("a log");
    let identity = log.verify_remembering(&case.did, Some(&pin), 1).expect("a valid log");
    assert_eq!(identity.signature_checks(), 0);
}
