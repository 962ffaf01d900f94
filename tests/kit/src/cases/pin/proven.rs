//! What is proven is remembered, whatever fails after it.

use super::releases::rebuilt;
use crate::case::{Case, Input};
use crate::cases::fair::published::{Published, package};
use crate::cases::publisher::{fair, genesis, log, op, root, stranger, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

const NOW: Moment = Moment::hour(100);

/// A path at which there is nothing.
const NOTHING: &str = "missing/nothing.json";

pub(super) fn cases() -> Vec<Case> {
    [identities(), documents(), packages(), first_visits()].concat()
}

/// The log that the verifier knows, and what was added since.
fn longer(op: Op) -> Log {
    log().then(&op.after(&genesis()).sign(&root()), Moment::hour(90))
}

/// The pin of a verifier that verified another package, when the log was the genesis alone.
fn pin() -> PinFile {
    PinFile::first(&Visit::audit(&log(), Moment::hour(50).seconds())).release("0.9.0", b"0.9.0")
}

fn kept(log: &Log) -> PinFile {
    pin().next(&Visit::audit(log, NOW.seconds()))
}

/// A package of the publisher, whose log has got longer since the last visit.
fn published() -> Published {
    Published::under(longer(update(1)), "fair", fair(), Form::Ed25519Sha384)
}

fn case(name: &str, about: &str, published: &Published) -> Case {
    let case = published.case_called(&format!("pin/proven/{name}")).rule(rule::plc::KEPT).about(about);
    case.file("pin", "pin.json", pin().json().pretty()).now(NOW.seconds())
}

/// A case whose log verifies, and nothing more is said of it.
fn of_log(case: Case, log: &Log) -> Case {
    case.fact("head", log.summary().head).keeps(&kept(log))
}

/// The log itself withdraws what the package needs.
fn identities() -> Vec<Case> {
    let rejected = |name: &str, about: &str, op: Op, code: &'static str| {
        let log = longer(op);
        let published = Published::under(log.clone(), "fair", fair(), Form::Ed25519Sha384);
        of_log(case(name, about, &published).rejected(code), &log)
    };
    let no_keys = op().with("verificationMethods", Json::object([]));
    let no_services = op().with("services", Json::object([]));
    let relative =
        no_services.clone().service("fairpm_repo", crate::cases::publisher::REPOSITORY, "/fair.json");
    vec![
        rejected(
            "key-withdrawn",
            "The publisher has withdrawn the key that signs packages.",
            no_keys,
            "fair.key.missing",
        ),
        rejected(
            "service-withdrawn",
            "The publisher has withdrawn the repository.",
            no_services,
            "fair.service.missing",
        ),
        rejected(
            "service-invalid",
            "The repository has no absolute URL any more.",
            relative,
            "fair.service.invalid",
        ),
        rejected(
            "tombstoned",
            "The publisher has deactivated the identity.",
            Op::tombstone(),
            "plc.tombstoned",
        ),
    ]
}

/// The repository answers with nothing that can be used.
fn documents() -> Vec<Case> {
    let log = published().log;
    let text = |name: &str, about: &str, metadata: &str, code: &'static str| {
        let case = case(name, about, &published()).file("metadata", "metadata.json", metadata);
        of_log(case.rejected(code), &log)
    };
    let changed = |name: &str, about: &str, change: fn(&mut Json), code: &'static str| {
        of_log(case(name, about, &published().edit(change)).rejected(code), &log)
    };
    let missing = case("metadata-missing", "There is no metadata document.", &published());
    let missing = missing.input("metadata", Input::Path(NOTHING.to_owned())).undetermined("io.file.missing");
    vec![
        of_log(missing, &log),
        text(
            "metadata-html",
            "An error page in the place of the metadata document.",
            "<html>",
            "input.malformed",
        ),
        text("metadata-array", "An array in the place of the metadata document.", "[]", "input.wrong_type"),
        changed(
            "metadata-context",
            "A metadata document of an unknown version.",
            |metadata| {
                metadata.set("@context", "https://fair.pm/ns/metadata/v9");
            },
            "fair.metadata.malformed",
        ),
        changed(
            "metadata-of-another",
            "The metadata document of another package.",
            |metadata| {
                metadata.set("id", "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
            },
            "fair.metadata.id_mismatch",
        ),
        changed(
            "type-unknown",
            "A package of an unknown type.",
            |metadata| {
                metadata.set("type", "wp-unknown");
            },
            "fair.metadata.type_unknown",
        ),
        changed(
            "no-release",
            "A metadata document without releases.",
            |metadata| {
                metadata.set("releases", Json::Array(Vec::new()));
            },
            "fair.release.missing",
        ),
    ]
}

/// The same, and another package than the one that is listed.
fn with_other_package() -> Published {
    let mut published = published();
    published.package = rebuilt();
    published
}

/// The package fails. Its version is not remembered.
fn packages() -> Vec<Case> {
    let log = published().log;
    let rejected = |name: &str, about: &str, published: &Published, code: &'static str| {
        of_log(case(name, about, published).rejected(code), &log).fact("version", "1.0.0")
    };
    let other_package = with_other_package();
    let forged =
        published().signature(Form::Ed25519Sha384.sign_text(&crate::KeyPair::ed25519("thief"), &package()));
    let missing = case("package-missing", "There is no package.", &published());
    let missing = missing.input("package", Input::Path(NOTHING.to_owned())).undetermined("io.file.missing");
    let too_large = rejected(
        "package-too-large",
        "The package is one byte above the limit.",
        &published(),
        "input.too_large",
    );
    vec![
        of_log(missing, &log).fact("version", "1.0.0"),
        too_large.limit("packageBytes", package().len() as u64 - 1),
        rejected(
            "checksum",
            "The package does not match its checksum.",
            &other_package,
            "fair.checksum.mismatch",
        ),
        rejected("signature", "The package is signed by another key.", &forged, "fair.signature.invalid"),
        rejected(
            "no-signature",
            "The package is not signed.",
            &published().signature(()),
            "fair.signature.missing",
        ),
    ]
}

/// There was no pin before.
fn first_visits() -> Vec<Case> {
    let log = published().log;
    let first = PinFile::first(&Visit::audit(&log, NOW.seconds()));
    let case = |name: &str, about: &str, published: &Published| {
        let case =
            published.case_called(&format!("pin/proven/first-{name}")).rule(rule::plc::KEPT).about(about);
        case.flag("remember").now(NOW.seconds())
    };
    let forged_log = self::log().then(&update(1).after(&genesis()).sign(&stranger()), Moment::hour(90));
    let forged = Published::under(forged_log, "fair", fair(), Form::Ed25519Sha384);
    let other_package = with_other_package();
    vec![
        case("metadata-missing", "A first visit, and there is no metadata document.", &published())
            .input("metadata", Input::Path(NOTHING.to_owned()))
            .undetermined("io.file.missing")
            .keeps(&first),
        case("checksum", "A first visit, and the package does not match its checksum.", &other_package)
            .rejected("fair.checksum.mismatch")
            .keeps(&first),
        case("log-forged", "A first visit, and the log does not verify.", &forged)
            .rejected_at("plc.signature.invalid", 1)
            .keeps_nothing(),
        case("log-missing", "A first visit, and there is no log.", &published())
            .input("log", Input::Path(NOTHING.to_owned()))
            .undetermined("io.file.missing")
            .keeps_nothing(),
        other_package
            .case_called("pin/proven/not-asked")
            .rule(rule::plc::KEPT)
            .about("No pin is asked for, and the package does not match its checksum.")
            .now(NOW.seconds())
            .rejected("fair.checksum.mismatch")
            .keeps_nothing(),
    ]
}
