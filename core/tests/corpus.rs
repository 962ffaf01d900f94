//! The conformance corpus through core, and every report against the published schema.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../../tests/conformance.rs"]
mod conformance;

use conformance::Case;
use fedverify::pfn::{
    AuthorData, Challenge, FederationInfo, PluginArchive, PluginRecord, PublisherKey, VerifiedChallenge,
    VerifiedPlugin,
};
use fedverify::report::{Kind, Report, Trust};
use fedverify::{
    Code, Error, Identity, Limits, Log, Metadata, PackageDigests, Pin, PublicKey, VerifiedPackage,
    VerifiedRelease, WebDid, WebIdentity,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::File;

#[test]
fn every_case_gives_its_verdict_its_code_and_its_facts() {
    let schema = include_str!("../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mut differences = Vec::new();
    for case in conformance::cases() {
        if case.is_document() {
            differences.extend(case.differences(&document_outcome(&case)));
            continue;
        }
        let report = serde_json::from_str(&report(&case).to_json()).unwrap();
        differences.extend(case.differences(&report));
        differences
            .extend(schema.iter_errors(&report).map(|error| format!("{}: {error} in {report}", case.name)));
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let code = |case: &Case| match case.is_document() {
        true => document_outcome(case)["error"]["code"].as_str().map(|code| code.parse().unwrap()),
        false => report(case).error().map(Error::code),
    };
    let codes: BTreeSet<Code> = conformance::cases().iter().filter_map(code).collect();
    // Those that need more than the inputs of one verification: a network, a store, several directories, a program that
    // calls wrongly. The tests of the faces make them happen.
    let needs_more = |code: &&Code| {
        code.as_str().starts_with("io.network.")
            || code.family() == "api"
            || matches!(code.as_str(), "io.file.unwritable" | "plc.directory.disagree")
    };
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !needs_more(code) && !codes.contains(code))
        .map(|code| code.as_str())
        .collect();
    assert!(missing.is_empty(), "codes that no case gives: {missing:?}");
}

#[test]
fn no_report_can_steer_a_terminal() {
    for case in conformance::cases().iter().filter(|case| !case.is_document()) {
        let report = report(case);
        let messages = report.warnings().iter().map(|warning| warning.message().to_owned());
        let details = report.checks().map(|(_, _, detail)| detail.to_owned());
        let error = report.error().map(|error| error.to_string());
        for text in messages.chain(details).chain(error).chain([report.subject()]) {
            let inert =
                |character: char| !character.is_control() && !('\u{202a}'..='\u{202e}').contains(&character);
            assert!(text.chars().all(inert), "{}: {text:?}", case.name);
        }
    }
}

fn report(case: &Case) -> Report {
    let limits = limits(case);
    match case.kind.as_str() {
        "plc-log" => reported(Kind::PlcLog, identity(case, &limits), Report::of_identity),
        "fair-package" => package_report(case, &limits),
        "pfn-plugin" => reported(Kind::PfnPlugin, plugin(case, &limits), Report::of_plugin),
        "pfn-challenge" => reported(Kind::PfnChallenge, challenge(case, &limits), Report::of_challenge),
        "key" => reported(Kind::Key, key(case, &limits), Report::of_key),
        other => panic!("no runner for {other}"),
    }
}

/// What reading a document came to, in the shape of a report.
fn document_outcome(case: &Case) -> Value {
    match document(case, &limits(case)) {
        Ok(facts) => json!({"kind": case.kind, "verdict": "verified", "warnings": [], "document": facts}),
        Err(error) => {
            let error = json!({"code": error.code().as_str()});
            json!({"kind": case.kind, "verdict": "rejected", "error": error})
        }
    }
}

fn document(case: &Case, limits: &Limits) -> Result<Value, Error> {
    let json = if case.text("document").is_some() { read(case, "document")? } else { Vec::new() };
    match case.kind.as_str() {
        "pfn-author-data" => AuthorData::parse(&json, limits).map(|_| json!({})),
        "web-package" => {
            let did: WebDid = case.text("did").unwrap().parse()?;
            let identity = WebIdentity::parse(&json, &did, limits)?;
            let metadata = Metadata::parse_with(&read(case, "metadata")?, limits)?;
            let package = package(case, &identity.release(&metadata, None)?, limits)?;
            assert_eq!(Report::of_package(&package).trust(), Some(Trust::Web));
            Ok(json!({"version": package.version().as_str(), "keyId": package.key_id()}))
        }
        "fair-alias" => {
            let identity = identity(case, limits)?;
            let Some(alias) = identity.alias()? else { return Ok(json!({})) };
            let records: Vec<String> = case.text("txt").unwrap().lines().map(str::to_owned).collect();
            alias.confirm(identity.did().as_str(), &records)?;
            Ok(json!({"domain": alias.domain()}))
        }
        "pfn-federation-info" => FederationInfo::parse(&json, limits).map(|_| json!({})),
        _ => {
            let url = FederationInfo::parse(&json, limits)?
                .asset_url(case.text("author").unwrap(), case.text("slug").unwrap())?;
            Ok(json!({"url": url}))
        }
    }
}

fn limits(case: &Case) -> Limits {
    let mut limits = Limits::default();
    for (name, limit) in &case.limits {
        assert!(limits.set(name, *limit), "no limit is named {name}");
    }
    limits
}

fn reported<T>(kind: Kind, result: Result<T, Error>, report: fn(&T) -> Report) -> Report {
    match result {
        Ok(proof) => report(&proof),
        Err(error) => Report::refused(kind, &error),
    }
}

fn read(case: &Case, name: &str) -> Result<Vec<u8>, Error> {
    std::fs::read(case.file(name).unwrap()).map_err(unreadable)
}

fn open(case: &Case, name: &str) -> Result<File, Error> {
    File::open(case.file(name).unwrap()).map_err(unreadable)
}

fn unreadable(error: std::io::Error) -> Error {
    Error::unreadable_file(error.kind() == std::io::ErrorKind::NotFound, error.to_string())
}

fn identity(case: &Case, limits: &Limits) -> Result<Identity, Error> {
    let did = case.text("did").unwrap().parse()?;
    let Some(now) = case.text("now") else {
        return Log::parse_with(&read(case, "log")?, limits)?.verify(&did);
    };
    let pin = Pin::parse(&read(case, "pin")?, limits)?;
    Log::parse_with(&read(case, "log")?, limits)?.verify_remembering(&did, Some(&pin), now.parse().unwrap())
}

fn package_report(case: &Case, limits: &Limits) -> Report {
    let refused = |error: &Error| Report::refused(Kind::FairPackage, error);
    let identity = match identity(case, limits) {
        Ok(identity) => identity,
        Err(error) => return refused(&error),
    };
    let release = match release(case, &identity, limits) {
        Ok(release) => release,
        Err(error) => return refused(&error).with_identity(&identity),
    };
    match package(case, &release, limits) {
        Ok(package) => Report::of_package(&package),
        Err(error) => refused(&error).with_release(&release),
    }
}

fn release(case: &Case, identity: &Identity, limits: &Limits) -> Result<VerifiedRelease, Error> {
    let metadata = Metadata::parse_with(&read(case, "metadata")?, limits)?;
    let release = identity.release(&metadata, case.text("release"))?;
    if case.text("noDowngrade").is_some() { release.refuse_downgrade() } else { Ok(release) }
}

fn package(case: &Case, release: &VerifiedRelease, limits: &Limits) -> Result<VerifiedPackage, Error> {
    let digests = PackageDigests::of_with(open(case, "package")?, limits, |_| {})?;
    match case.text("artifactUrl") {
        Some(url) => release.verify_from(url, &digests),
        None => release.verify(&digests),
    }
}

fn plugin(case: &Case, limits: &Limits) -> Result<VerifiedPlugin, Error> {
    let key = PublisherKey::parse(&read(case, "key")?, limits)?;
    let plugin = PluginRecord::parse(&read(case, "plugin")?, limits)?.verify(&key, case.text("signature"))?;
    if case.text("archive").is_none() {
        return Ok(plugin);
    }
    let digests = PackageDigests::of_with(open(case, "archive")?, limits, |_| {})?;
    let archive = PluginArchive::read(open(case, "archive")?, digests, limits)?;
    plugin.with_archive(&archive, case.text("archiveSignature"))
}

fn challenge(case: &Case, limits: &Limits) -> Result<VerifiedChallenge, Error> {
    let key = PublisherKey::parse(&read(case, "key")?, limits)?;
    Challenge::new(case.text("challenge").unwrap(), limits)?.verify(&key, case.text("signature").unwrap())
}

fn key(case: &Case, limits: &Limits) -> Result<PublicKey, Error> {
    PublicKey::read(&read(case, "key")?, limits)
}
