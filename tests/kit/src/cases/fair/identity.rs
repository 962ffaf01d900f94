//! From the log to the package: what of the identity counts.

use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, daily, fair, genesis, log, op, root, stranger, three, update};
use crate::json::Json;
use crate::log::Log;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::Op;

const WALK: &str = "fair.md, The walk: DID, verified identity, service, metadata, release, artifact, bytes";
const SERVICE: &str = "fair.md, The walk: service of type FairPackageManagementRepo, the first one counts";

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
            WALK,
            "The identity was updated twice; its key stayed.",
            &[],
        ),
        under(recovered).verified(
            "identity/recovered",
            WALK,
            "An attack on the identity was nullified.",
            &[],
        ),
        under(legacy).verified(
            "identity/legacy-genesis",
            WALK,
            "The identity started with a legacy create.",
            &[],
        ),
        under(duplicate).verified(
            "identity/log-warning",
            WALK,
            "What the log warns of is passed on.",
            &["plc.rotation_keys.duplicate"],
        ),
        bare.case("identity/bare-log")
            .file("log", "log.json", bare.log.bare().pretty())
            .rule("did-plc.md, What is served: a bare log verifies as a straight chain")
            .about("The log is in the bare form.")
            .verified(bare.facts(), &["plc.log.bare"]),
        under(tombstoned).rejected(
            "identity/tombstoned",
            "did-plc.md, Chain and nullification: a tombstoned identity speaks for no keys and no services",
            "The identity was deactivated after the release; every signature is right.",
            "plc.tombstoned",
        ),
        under(forged)
            .case("identity/forged-update")
            .rule(WALK)
            .about("The log ends in an operation by a stranger; the package is signed by a key in it.")
            .rejected_at("plc.signature.invalid", 1),
        under(three())
            .case("identity/other-did")
            .text("did", Log::new(&update(9).sign(&root()), Moment::START).did())
            .rule("did-plc.md, Attacks: serves another DID's log")
            .about(
                "Log, metadata and package fit together, but belong to another DID than the one asked for.",
            )
            .rejected("plc.did_mismatch"),
        under(log())
            .case("identity/did-web")
            .text("did", "did:web:publisher.example")
            .rule("fair.md, The walk: a did:web has no log")
            .about("A did:web with a log.")
            .rejected("did.unsupported"),
    ]
}

/// A release of an identity with these services: id, type and endpoint.
fn with_services(services: &[(&str, &str, &str)]) -> Published {
    let op = op().with("services", Json::object([]));
    let op = services.iter().fold(op, |op, (id, kind, endpoint)| op.service(id, kind, endpoint));
    under(Log::new(&op.sign(&root()), Moment::START))
}

fn services() -> Vec<Case> {
    let (first, second) = ("https://first.example/fair.json", "https://second.example/fair.json");
    let missing = |name: &str, about: &str, services: &[(&str, &str, &str)]| {
        with_services(services).rejected(&format!("service/{name}"), SERVICE, about, "fair.service.missing")
    };
    let ordered = |name: &str, about: &str, services: &[(&str, &str, &str)]| {
        let published = with_services(services);
        let facts = published.facts().with("repository", first);
        published.case(&format!("service/{name}")).rule(SERVICE).about(about).verified(facts, &[])
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
            "The type is written in small letters.",
            &[("fairpm_repo", "fairpackagemanagementrepo", first)],
        ),
        missing(
            "type-with-space",
            "The type has a space at its end.",
            &[("fairpm_repo", "FairPackageManagementRepo ", first)],
        ),
        ordered("any-id", "The id does not matter, the type does.", &[("packages", REPOSITORY, first)]),
        ordered(
            "shortest-id-first",
            "The document writes aaaa first, DAG-CBOR order has zzz first: the order of the signed bytes counts.",
            &[("aaaa", REPOSITORY, second), ("zzz", REPOSITORY, first)],
        ),
        ordered(
            "first-of-its-type",
            "A service of another type stands before both repositories.",
            &[
                ("a", "AtprotoPersonalDataServer", second),
                ("fair_2", REPOSITORY, second),
                ("fair_1", REPOSITORY, first),
            ],
        ),
    ]
}
