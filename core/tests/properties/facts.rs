//! Which facts of a report somebody signed, and so no change of an input may change.
//!
//! Not signed, and so free to change where the input that says them changes (SECURITY.md, "What it does not prove"):
//!
//! - which version and which address a metadata document gives to a package (`release.version`, `release.artifact`), and
//!   which of several signatures over the same bytes it carries. The identity, the repository's address, the digests, and
//!   that the named key signed the bytes in the named form stand;
//! - what the document of a did:web says (`identity`, `release.repository`, `package.keyId`). The digests, and that the
//!   named key signed the bytes in the named form stand;
//! - the bytes of an archive beside a plugin record, where nobody signed the archive (`package`): then the report says so;
//! - which key a key's text is of. There is nothing behind it that could be checked.

use crate::subject::{Inputs, Subject};
use fedverify::Report;
use fedverify::tables::Verdict;
use serde_json::{Value, json};

/// The members of a report that say what was proven.
const PARTS: [&str; 10] = [
    "identity",
    "alias",
    "release",
    "package",
    "plugin",
    "challenge",
    "key",
    "federation",
    "author",
    "assetUrl",
];

/// What was proven; `None` unless the verdict is verified.
pub(crate) fn facts(report: &Report) -> Option<Value> {
    if report.verdict() != Verdict::Verified {
        return None;
    }
    let report: Value = serde_json::from_str(&report.to_json()).expect("a report is JSON");
    let mut facts: Value = PARTS.iter().map(|part| (*part, report[*part].clone())).collect();
    facts["isBound"] = (!report["warnings"].to_string().contains("pfn.archive.unbound")).into();
    Some(facts)
}

/// Says what is wrong with facts that were verified after the input of this name had changed.
pub(crate) fn judge(subject: &Subject, input: &str, expected: &Value, found: &Value) -> Result<(), String> {
    match (subject.kind.as_str(), input) {
        // The clock is the caller's own: what can still be undone is told by it.
        (_, "now" | "history" | "remember" | "pin") => Ok(()),
        (kind, _) if kind.starts_with("pfn-a") || kind == "pfn-federation-info" || kind == "key" => Ok(()),
        (_, "did") => Err(format!("verified for another DID: {found}")),
        (_, "txt") => compare(expected, found, &["/identity", "/release", "/package"]),
        ("fair-metadata", "metadata" | "release") => {
            compare(expected, found, &["/identity", "/release/repository"])
        }
        ("fair-package", "metadata" | "release" | "artifactUrl") => judge_package(subject, expected, found),
        // Nothing in it is signed.
        ("web-document", "document") => compare(expected, found, &["/identity/did"]),
        ("fair-package", "document") => {
            let of_bytes = ["/package/size", "/package/sha256", "/package/sha384"];
            compare(expected, found, &of_bytes)?;
            compare(expected, found, &["/package/key", "/package/algorithm"])
        }
        ("pfn-plugin", "archive") if !subject.inputs.contains_key("archiveSignature") => {
            let is_named = ["key", "algorithm"].iter().any(|name| found["package"].get(name).is_some());
            if is_named || found["isBound"] == true {
                return Err(format!("an archive that nobody signed is called signed: {found}"));
            }
            compare(expected, found, &["/plugin", "/key"])
        }
        (_, "log") => compare(&without_times(expected), &without_times(found), &[""]),
        _ => compare(expected, found, &[""]),
    }
}

/// The facts without what rests on `createdAt`: it is the directory's word, and nobody signs it (did-plc.md, "Timestamps"). What can
/// still be undone follows from it.
fn without_times(facts: &Value) -> Value {
    let mut facts = facts.clone();
    let Some(identity) = facts["identity"].as_object_mut() else { return facts };
    identity.remove("contestable");
    let history = identity.get_mut("history").and_then(Value::as_array_mut);
    for entry in history.into_iter().flatten().filter_map(Value::as_object_mut) {
        entry.remove("createdAt");
        entry.remove("firstSeen");
    }
    facts
}

fn judge_package(subject: &Subject, expected: &Value, found: &Value) -> Result<(), String> {
    let signed = ["/identity", "/release/repository", "/package/size", "/package/sha256", "/package/sha384"];
    compare(expected, found, &signed)?;
    match signers(subject).contains(&signer(found)) {
        true => Ok(()),
        false => Err(format!("nobody signed it so: {}", signer(found))),
    }
}

/// Who signed the package, and how.
fn signer(facts: &Value) -> Value {
    let package = &facts["package"];
    json!([package["keyId"], package["key"], package["algorithm"]])
}

/// Every signature over the package that the unchanged document holds, in whichever release, each verified alone. They are
/// looked for in the text: serde_json does not read every document that is JSON.
fn signers(subject: &Subject) -> Vec<Value> {
    let document = String::from_utf8_lossy(&subject.inputs["metadata"]).into_owned();
    let did = String::from_utf8_lossy(&subject.inputs["did"]).into_owned();
    let signatures = document.split("\"signature\"").skip(1).filter_map(|rest| rest.split('"').nth(1));
    signatures.filter_map(|signature| signer_of(subject, &did, signature)).collect()
}

fn signer_of(subject: &Subject, did: &str, signature: &str) -> Option<Value> {
    let package = json!({"url": "https://repo.example/x.zip", "signature": signature});
    let document = json!({
        "@context": "https://fair.pm/ns/metadata/v1", "id": did, "type": "wp-plugin",
        "releases": [{"version": "1", "artifacts": {"package": package}}],
    });
    let mut inputs: Inputs = subject.inputs.clone();
    inputs.retain(|name, _| {
        !["release", "artifactUrl", "pin", "noDowngrade", "waitRecoveryWindow"].contains(name)
    });
    inputs.insert("metadata", document.to_string().into_bytes());
    facts(&subject.verify(&inputs)?).map(|facts| signer(&facts))
}

fn compare(expected: &Value, found: &Value, pointers: &[&str]) -> Result<(), String> {
    let differs = |pointer: &&&str| expected.pointer(pointer) != found.pointer(pointer);
    match pointers.iter().find(differs) {
        Some(pointer) => {
            let of = |facts: &Value| facts.pointer(pointer).cloned().unwrap_or_default();
            Err(format!("other facts: expected {}, found {}", of(expected), of(found)))
        }
        None => Ok(()),
    }
}
