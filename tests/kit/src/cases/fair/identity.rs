//! From the log to the package: which parts of the identity count.

use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, daily, fair, genesis, log, op, root, stranger, three, update};
use crate::json::Json;
use crate::log::Log;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::Op;

const RULE: &str = r#"fair.md, "The walk""#;

pub(super) fn cases() -> Vec<Case> {
    [logs(), services()].concat()
}

fn under(log: Log) -> Published {
    Published::under(log, "fair", fair(), Form::Ed25519Sha384)
}

fn logs() -> Vec<Case> {
    let tombstoned = log().then(&Op::tombstone().after(&genesis()).sign(&root()), Moment::hour(1));
    let attack = update(1).verification_method("fair_2", &stranger()).after(&genesis()).sign(&daily());
    let recovered = log()
        .then(&attack, Moment::hour(1))
        .then(&update(2).after(&genesis()).sign(&root()), Moment::hour(2));
    let forged = log().then(&update(1).after(&genesis()).sign(&stranger()), Moment::hour(1));
    let duplicate = Log::new(&op().rotation_keys([&root(), &root()]).sign(&root()), Moment::START);
    let legacy = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&daily());
    let legacy =
        Log::new(&legacy, Moment::START).then(&update(1).after(&legacy).sign(&daily()), Moment::hour(1));
    let bare = Published::new();
    vec![
        under(three()).verified(
            "identity/updated",
            RULE,
            "The identity was updated twice; its key is the same.",
            &[],
        ),
        under(recovered).verified(
            "identity/recovered",
            RULE,
            "An attack on the identity was nullified.",
            &[],
        ),
        under(legacy).verified(
            "identity/legacy-genesis",
            RULE,
            "The identity started with a legacy create.",
            &[],
        ),
        under(duplicate).verified(
            "identity/log-warning",
            RULE,
            "A warning of the log is a warning of the package.",
            &["plc.rotation_keys.duplicate"],
        ),
        bare.case("identity/bare-log")
            .file("log", "log.json", bare.log.bare().pretty())
            .rule(r#"did-plc.md, "Bare logs""#)
            .about("The log has the bare form.")
            .verified(bare.facts(), &["plc.log.bare"]),
        under(tombstoned.clone())
            .edit(|metadata| metadata.set("id", genesis().did().replace("did:plc:", "did:plc:a")))
            .rejected(
                "identity/tombstoned-other-metadata",
                r#"did-plc.md, "Tombstones""#,
                "The identity was deactivated, and the metadata is about another DID: the first of the two is said.",
                "plc.tombstoned",
            ),
        under(tombstoned).rejected(
            "identity/tombstoned",
            r#"did-plc.md, "Tombstones""#,
            "The identity was deactivated after the release; every signature is right.",
            "plc.tombstoned",
        ),
        under(forged)
            .case("identity/forged-update")
            .rule(RULE)
            .about("The log ends in an operation by a stranger; the package is signed by a key in it.")
            .rejected_at("plc.signature.invalid", 1),
        under(three())
            .case("identity/other-did")
            .text("did", Log::new(&update(9).sign(&root()), Moment::START).did())
            .rule(r#"did-plc.md, "The DID""#)
            .about(
                "Log, metadata and package fit together, but belong to another DID than the one asked for.",
            )
            .rejected("plc.did_mismatch"),
        under(log())
            .case("identity/did-web")
            .text("did", "did:web:publisher.example")
            .rule(RULE)
            .about("A did:web with a log: it has none, and the log is that of a did:plc.")
            .rejected("did.unsupported"),
    ]
}

/// A release of an identity with these services: id, type and endpoint.
pub(super) fn with_services(services: &[(&str, &str, &str)]) -> Published {
    let op = op().with("services", Json::object([]));
    let op = services.iter().fold(op, |op, (id, kind, endpoint)| op.service(id, kind, endpoint));
    under(Log::new(&op.sign(&root()), Moment::START))
}

fn services() -> Vec<Case> {
    let (first, second) = ("https://first.example/fair.json", "https://second.example/fair.json");
    let missing = |name: &str, about: &str, services: &[(&str, &str, &str)]| {
        with_services(services).rejected(&format!("service/{name}"), RULE, about, "fair.service.missing")
    };
    let ordered = |name: &str, about: &str, services: &[(&str, &str, &str)]| {
        let published = with_services(services);
        let facts = published.facts().with("repository", first);
        published.case(&format!("service/{name}")).rule(RULE).about(about).verified(facts, &[])
    };
    vec![
        missing("none", "The identity has no services.", &[]),
        missing(
            "other-type",
            "The only service is of another type.",
            &[("fairpm_repo", "AtprotoPersonalDataServer", first)],
        ),
        missing(
            "other-case",
            "The type is in lower case.",
            &[("fairpm_repo", "fairpackagemanagementrepo", first)],
        ),
        missing(
            "type-with-space",
            "The type has a space at its end.",
            &[("fairpm_repo", "FairPackageManagementRepo ", first)],
        ),
        ordered("any-id", "The id does not matter; the type does.", &[("packages", REPOSITORY, first)]),
        ordered(
            "shortest-id-first",
            "The log has aaaa first, DAG-CBOR has zzz first: the order of the signed bytes counts.",
            &[("aaaa", REPOSITORY, second), ("zzz", REPOSITORY, first)],
        ),
        ordered(
            "first-of-its-type",
            "A service of another type comes before both repositories.",
            &[
                ("a", "AtprotoPersonalDataServer", second),
                ("fair_2", REPOSITORY, second),
                ("fair_1", REPOSITORY, first),
            ],
        ),
    ]
}
