//! Bounds of the work on packages: at the limit and one beyond.

use super::published::{Published, URL, package};
use super::signature_forms::signed;
use crate::case::Case;
use crate::cases::publisher::{fair, op};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::metadata::{Form, artifact};

const FETCHING: &str = r#"fair.md, "Fetching""#;
const JSON: &str = r#"json.md, "Bounds""#;
const ARTIFACTS: &str = r#"fair.md, "Artifacts""#;
const KEYS: &str = r#"fair.md, "Signing keys""#;
const SIGNATURES: &str = r#"fair.md, "Package signatures""#;

pub(super) fn cases() -> Vec<Case> {
    let plain = Published::new();
    let metadata_bytes = plain.metadata.pretty().len() as u64;
    let package_bytes = plain.package.len() as u64;
    // The log counts too, so that the limits of JSON must not be below what it needs.
    let depth = deep(10);
    let values = plain.clone().edit(|metadata| metadata.set("keywords", Json::array(["x"; 40])));
    let (artifacts, keys) = (three_artifacts(), two_keys());
    [
        pair("metadata-bytes", FETCHING, &plain, ("metadataBytes", metadata_bytes), "input.too_large"),
        pair("package-bytes", FETCHING, &plain, ("packageBytes", package_bytes), "input.too_large"),
        pair("json-depth", JSON, &depth, ("jsonDepth", depth.metadata.depth()), "input.too_deep"),
        pair("json-values", JSON, &values, ("jsonValues", values.metadata.count()), "input.too_many_values"),
        pair("artifacts", ARTIFACTS, &artifacts, ("packageArtifacts", 3), "fair.artifact.too_many"),
        pair("signature-checks", SIGNATURES, &keys, ("packageSignatureChecks", 2), "fair.too_much_work"),
        pair("signing-keys", KEYS, &keys, ("signingKeys", 2), "fair.too_much_work"),
        vec![one_of_many(&artifacts)],
        ecdsa_checks(),
        default_depth(),
        most_depth(),
    ]
    .concat()
}

/// The release at exactly the limit, and above it.
fn pair(
    name: &str,
    rule: &str,
    published: &Published,
    (limit, value): (&'static str, u64),
    code: &'static str,
) -> Vec<Case> {
    assert!(published.log.audit().count() <= value || limit != "jsonValues", "{name}: the log passes");
    let case = |end: &str| published.case(&format!("limit/{name}-{end}")).rule(rule);
    vec![
        case("at")
            .about(format!("Exactly the limit {limit}."))
            .limit(limit, value)
            .verified(published.facts(), &[]),
        case("above")
            .about(format!("One more than the limit {limit}."))
            .limit(limit, value - 1)
            .rejected(code),
    ]
}

/// An ECDSA signature may be over either of two digests, and each that is tried counts.
fn ecdsa_checks() -> Vec<Case> {
    let published = signed(Form::Secp256k1Sha384);
    let case = |end: &str, about: &str, limit: u64| {
        let case = published.case(&format!("limit/ecdsa-checks-{end}")).rule(SIGNATURES).about(about);
        case.limit("packageSignatureChecks", limit)
    };
    let forged = signed(Form::Secp256k1Sha256)
        .signature(Form::Secp256k1Sha256.sign_text(&KeyPair::k256("stranger/fair-k256"), &package()));
    let of_forged = |end: &str, about: &str, limit: u64| {
        let case = forged.case(&format!("limit/ecdsa-checks-forged-{end}")).rule(SIGNATURES).about(about);
        case.limit("packageSignatureChecks", limit)
    };
    vec![
        of_forged("at", "Another key signed: each of the two digests is tried once, and no more.", 2)
            .rejected("fair.signature.invalid"),
        of_forged("above", "Another key signed, and only the first digest may be tried.", 1)
            .rejected("fair.too_much_work"),
        case("at", "The signature is over the second digest that is tried, the last within the limit.", 2)
            .verified(published.facts(), &["fair.signature.legacy"]),
        case("above", "Only the first digest may be tried, and the signature is over the second.", 1)
            .rejected("fair.too_much_work"),
    ]
}

/// The document with a member that is not read, so that arrays and objects nest this deep in all.
fn deep(depth: u64) -> Published {
    let nested = (1..depth).fold(Json::Null, |inner, _| Json::Array(vec![inner]));
    let published = Published::new().edit(|metadata| metadata.set("future", nested));
    assert_eq!(published.metadata.depth(), depth);
    published
}

fn default_depth() -> Vec<Case> {
    vec![
        deep(32).verified("limit/depth-32", JSON, "As deep as the default limit.", &[]),
        deep(33).rejected(
            "limit/depth-33",
            JSON,
            "One level deeper than the default limit.",
            "input.too_deep",
        ),
        Published::new()
            .case_with("limit/nested-objects", "{\"a\":".repeat(50_000))
            .rule(JSON)
            .about("Fifty thousand open objects: a reader that recurses without a bound runs out of stack.")
            .rejected("input.too_deep"),
    ]
}

/// A caller may allow more than the default, and never more than 100: nesting costs stack.
fn most_depth() -> Vec<Case> {
    let case = |end: &str, about: &str, published: &Published| {
        let case = published.case(&format!("limit/most-depth-{end}")).rule(JSON).about(about);
        case.limit("jsonDepth", 101)
    };
    let most = deep(100);
    vec![
        case("at", "100 levels, the most that is ever read; the caller would allow one more.", &most)
            .verified(most.facts(), &[]),
        case(
            "above",
            "101 levels, as many as the caller allows: a limit above 100 counts as 100.",
            &deep(101),
        )
        .rejected("input.too_deep"),
    ]
}

fn three_artifacts() -> Published {
    let other = |number: u32| {
        let bytes = number.to_be_bytes();
        artifact(&format!("{URL}?{number}"), &bytes, Form::Ed25519Sha384.sign_text(&fair(), &bytes))
    };
    let right = artifact(URL, &package(), Form::Ed25519Sha384.sign_text(&fair(), &package()));
    Published::new().release(|release| {
        release.member("artifacts").set("package", Json::array([other(1), other(2), right]));
    })
}

/// More packages than the limit, of which only the one that was fetched counts.
fn one_of_many(artifacts: &Published) -> Case {
    let case = artifacts.case("limit/artifacts-by-url").rule(ARTIFACTS);
    case.about("One more than the limit packageArtifacts; the caller says which one was fetched.")
        .text("artifactUrl", URL)
        .limit("packageArtifacts", 2)
        .verified(artifacts.facts(), &[])
}

/// The second of two Ed25519 keys signed, so that it takes two checks.
fn two_keys() -> Published {
    let second = KeyPair::ed25519("publisher/fair-2");
    Published::by(op().verification_method("fair_2", &second), "fair_2", second, Form::Ed25519Sha384)
}
