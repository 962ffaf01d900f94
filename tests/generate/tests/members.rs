//! The table of the report's members and the reports themselves: each of the other's members, and no more.

use fedverify::tables::members::{JsonType, Object, REPORT};
use fedverify::tables::{InputName, InputType, Kind};
use fedverify::verification::batch_report;
use fedverify::{Limits, PlcDid, Report, Request, Verification};
use fedverify_kit::inputs::{example, example_line};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Half an hour after the second operation of the example, which a key of higher authority can still undo then.
const NOW: u64 = 1_770_733_800;

/// An input with its value. Flags are given by any value.
type Given<'a> = (InputName, &'a [u8]);

/// A report on these inputs.
fn report(kind: Kind, inputs: &[Given], limits: Limits) -> Report {
    let mut request = Request::new(kind, limits);
    let mut stream = None;
    for (name, value) in inputs {
        let text = || std::str::from_utf8(value).expect("a string is UTF-8");
        let set = match name.input_type() {
            InputType::Bytes => request.set_bytes(*name, value),
            InputType::String => request.set_string(*name, text()),
            InputType::Number => request.set_number(*name, text().parse().expect("a number")),
            InputType::Flag => request.set_flag(*name, true),
            InputType::Stream => {
                stream = Some(*value);
                request.set_flag(*name, true)
            }
        };
        set.unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
    let mut verification = Verification::start(&request);
    if let Some(bytes) = stream {
        verification.update(bytes);
    }
    verification.finish()
}

fn fair_reports() -> Vec<Report> {
    use InputName as I;
    let did = example_line("fair/did.txt");
    let now = NOW.to_string();
    let (log, metadata) = (example("fair/log.json"), example("fair/metadata.json"));
    let package = example("fair/hello-fair-1.1.0.zip");
    let identity: [Given; 2] = [(I::Did, did.as_bytes()), (I::Log, &log)];
    let memory: [Given; 3] = [(I::Remember, b""), (I::Now, now.as_bytes()), (I::History, b"")];
    let of_package: [Given; 2] = [(I::Metadata, &metadata), (I::Package, &package)];
    let short = Limits { log_operations: 1, ..Limits::default() };
    let forged =
        String::from_utf8(log.clone()).expect("JSON is UTF-8").replace("old.publisher", "my.publisher");
    let line_did: PlcDid = did.parse().expect("the example is of a did:plc");
    let error = fedverify::Log::parse(b"[]", &Limits::default()).and_then(|log| log.verify(&line_did));
    vec![
        report(Kind::FairPackage, &[&identity[..], &memory, &of_package].concat(), Limits::default()),
        report(Kind::FairMetadata, &[&identity[..], &of_package[..1]].concat(), Limits::default()),
        report(Kind::PlcLog, &identity, short),
        report(Kind::PlcLog, &[(I::Did, did.as_bytes()), (I::Log, forged.as_bytes())], Limits::default()),
        alias_report(),
        batch_report(7, Some(&line_did), &error),
    ]
}

/// A did:web can be written by hand: nothing signs its document.
fn alias_report() -> Report {
    let did = "did:web:publisher.example";
    let document = json!({"id": did, "alsoKnownAs": ["fair://publisher.example"]}).to_string();
    let inputs: [Given; 4] = [
        (InputName::Did, did.as_bytes()),
        (InputName::Document, document.as_bytes()),
        (InputName::Now, b"1"),
        (InputName::Txt, b"did=did:web:publisher.example"),
    ];
    report(Kind::FairAlias, &inputs, Limits::default())
}

fn pfn_reports() -> Vec<Report> {
    use InputName as I;
    let (key, plugin) = (example("pfn/publisher.pem"), example("pfn/plugin.json"));
    let archive = example("pfn/hello-pfn-1.0.0.zip");
    let (challenge, signature) = (example_line("pfn/challenge.txt"), example_line("pfn/challenge.sig"));
    let plugin_value: Value = serde_json::from_slice(&plugin).expect("the example is JSON");
    let author = json!({"username": "alice", "plugins": [plugin_value]}).to_string();
    let assets =
        json!({"domain": "https://assets.example.com", "namingScheme": "plugins/author/slug/slug.zip"});
    let info =
        json!({"version": "1.0.0", "features": ["plugin-distribution"], "assetInfo": assets}).to_string();
    let requests: [(Kind, &[Given]); 9] = [
        (Kind::PfnPlugin, &[(I::Key, &key), (I::Plugin, &plugin), (I::Archive, &archive)]),
        (
            Kind::PfnChallenge,
            &[(I::Key, &key), (I::Challenge, challenge.as_bytes()), (I::Signature, signature.as_bytes())],
        ),
        (Kind::PfnAuthorData, &[(I::Key, &key), (I::Document, author.as_bytes())]),
        (Kind::PfnAuthorData, &[(I::Document, author.as_bytes())]),
        (Kind::PfnFederationInfo, &[(I::Document, info.as_bytes())]),
        (Kind::PfnAssetUrl, &[(I::Document, info.as_bytes()), (I::Author, b"alice"), (I::Slug, b"gallery")]),
        (Kind::Key, &[(I::Key, &key)]),
        (Kind::Key, &[(I::Key, b"did:key:zQ3shQ6KT7ASTJbV7YFDrhs7swif9PQe159KSQazrzqmRCQtC")]),
        (Kind::Key, &[(I::Key, b"did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169")]),
    ];
    requests.iter().map(|(kind, inputs)| report(*kind, inputs, Limits::default())).collect()
}

fn reports() -> Vec<Value> {
    let reports = [fair_reports(), pfn_reports()].concat();
    reports.iter().map(|report| serde_json::from_str(&report.to_json()).expect("a report is JSON")).collect()
}

#[test]
fn reports_have_only_members_of_the_table() {
    let schema = include_str!("../../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).expect("the schema is JSON"));
    let schema = schema.expect("the schema is one");
    for report in reports() {
        let faults: Vec<String> =
            schema.iter_errors(&report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?} in {report:#}");
    }
}

/// A key may be of other types, but none of those can be read as a public key.
#[test]
fn keys_are_of_each_type() {
    let found: BTreeSet<String> = reports().iter().map(|report| report["key"]["type"].to_string()).collect();
    for key_type in ["\"Ed25519\"", "\"secp256k1\"", "\"P-256\""] {
        assert!(found.contains(key_type), "{key_type} is not among {found:?}");
    }
}

#[test]
fn every_member_of_the_table_is_in_a_report() {
    let mut seen = BTreeSet::new();
    reports().iter().for_each(|report| mark(&REPORT, report, &mut seen));
    let mut all = BTreeSet::new();
    list(&REPORT, &mut all);
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "in no report: {missing:?}");
}

/// The members that the table has, by the names of their objects.
fn list(object: &Object, all: &mut BTreeSet<(&'static str, &'static str)>) {
    for member in object.members {
        all.insert((object.name, member.name));
        if let Some(inner) = object_in(&member.value) {
            list(inner, all);
        }
    }
}

/// The members that a report has.
fn mark(object: &Object, found: &Value, seen: &mut BTreeSet<(&'static str, &'static str)>) {
    for member in object.members {
        let Some(value) = found.get(member.name) else { continue };
        seen.insert((object.name, member.name));
        if let Some(inner) = object_in(&member.value) {
            objects(&member.value, value).iter().for_each(|value| mark(inner, value, seen));
        }
    }
}

fn object_in(value: &JsonType) -> Option<&'static Object> {
    match value {
        JsonType::Object(object) => Some(object),
        other => other.inner().and_then(object_in),
    }
}

/// The objects in a value that the table says holds some.
fn objects<'v>(of: &JsonType, value: &'v Value) -> Vec<&'v Value> {
    match (of, value) {
        (JsonType::Object(_), Value::Object(_)) => vec![value],
        (JsonType::Array(inner) | JsonType::NonEmpty(inner), Value::Array(items)) => {
            items.iter().flat_map(|item| objects(inner, item)).collect()
        }
        (JsonType::Map(inner), Value::Object(members)) => {
            members.values().flat_map(|member| objects(inner, member)).collect()
        }
        (JsonType::Nullable(inner), value) if !value.is_null() => objects(inner, value),
        _ => Vec::new(),
    }
}
