//! Metadata documents without a package: down to the release, before anything is downloaded.

use super::identity::with_services;
use super::published::{Published, URL};
use super::releases::{other, right};
use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, fair, genesis, log, op, root};
use crate::json::Json;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::Op;

const RULE: &str = r#"fair.md, "The walk""#;
const REPOSITORY_URL: &str = "https://publisher.example/fair.json";

pub(super) fn cases() -> Vec<Case> {
    [verified(), rejected()].concat()
}

fn verified() -> Vec<Case> {
    let two = Published::new().releases([other("0.9.0"), right("1.0.0")]);
    let older = two.clone().expecting("0.9.0", URL);
    let trunk = Published::new().releases([right("1.0.0"), right("trunk")]).expecting("trunk", URL);
    let insecure = Published::new().edit(|metadata| metadata.set("latest-security-release", "1.0.1"));
    let unsigned = Published::new().artifact(|artifact| artifact.remove("signature"));
    let facts = |published: &Published| published.release_facts().with("repository", REPOSITORY_URL);
    let case = |name: &str, about: &str, published: &Published, warnings: &[&'static str]| {
        published.case_of_metadata(name).rule(RULE).about(about).verified(facts(published), warnings)
    };
    vec![
        case("latest", "No release is asked for: the latest.", &two, &[]),
        older
            .case_of_metadata("older")
            .text("release", "0.9.0")
            .rule(RULE)
            .about("An older release is asked for.")
            .verified(facts(&older), &[]),
        trunk
            .case_of_metadata("no-order")
            .text("release", "trunk")
            .rule(r#"fair.md, "Versions""#)
            .about("A version without an order is asked for.")
            .verified(facts(&trunk), &["fair.version.loose"]),
        case("insecure", "A later release has security fixes.", &insecure, &["fair.release.insecure"]),
        case(
            "unsigned",
            "The release's package has no signature, which its bytes will need.",
            &unsigned,
            &[],
        ),
    ]
}

fn rejected() -> Vec<Case> {
    let tombstoned = log().then(&Op::tombstone().after(&genesis()).sign(&root()), Moment::hour(1));
    let tombstoned = Published::under(tombstoned, "fair", fair(), Form::Ed25519Sha384);
    let no_keys = op().edit(|op| op.set("verificationMethods", Json::object([])));
    let no_keys = Published::by(no_keys, "fair", fair(), Form::Ed25519Sha384);
    let other_id = Published::new().edit(|metadata| metadata.set("id", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"));
    let other_type = Published::new().edit(|metadata| metadata.set("type", "x-example"));
    let no_service = with_services(&[]);
    let http = with_services(&[("fairpm_repo", REPOSITORY, "http://publisher.example/fair.json")]);
    let malformed = Published::new().edit(|metadata| metadata.remove("releases"));
    let rejected = |name: &str, about: &str, published: &Published, code| {
        let case = published.case_of_metadata(name).rule(RULE).about(about).rejected(code);
        case.fact("trust", "self-certified").fact("version", ())
    };
    vec![
        rejected("tombstoned", "The identity was deactivated.", &tombstoned, "plc.tombstoned"),
        rejected("malformed", "The document has no releases.", &malformed, "fair.metadata.malformed"),
        rejected("other-id", "The document is about another DID.", &other_id, "fair.metadata.id_mismatch"),
        rejected("other-type", "The type is not known.", &other_type, "fair.metadata.type_unknown"),
        rejected("no-service", "The identity names no repository.", &no_service, "fair.service.missing"),
        rejected("invalid-endpoint", "The repository has plain http.", &http, "fair.service.invalid"),
        rejected("no-keys", "The identity has no keys.", &no_keys, "fair.key.missing"),
        Published::new()
            .case_of_metadata("no-release")
            .text("release", "1.0.1")
            .rule(RULE)
            .about("The release that is asked for is not listed.")
            .rejected("fair.release.missing")
            .fact("trust", "self-certified")
            .fact("repository", REPOSITORY_URL)
            .fact("version", ()),
    ]
}
