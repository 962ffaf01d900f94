//! Cases about did:web: `fair.md`, The walk.

use crate::case::Case;
use crate::cases::fair::published::{URL, package};
use crate::cases::publisher::{REPOSITORY, fair, stranger};
use crate::json::Json;
use crate::metadata::{Form, artifact, metadata, release};

const RULE: &str = "fair.md, The walk: did:web documents come over TLS; keys and service from the document";
const DID: &str = "did:web:publisher.example:plugins";

pub(super) fn cases() -> Vec<Case> {
    let facts = || Json::object([("version", "1.0.0".into()), ("keyId", "fair".into())]);
    let mut cases = vec![
        case("package", "A package of a did:web.", document()).verified(facts(), &[]),
        case(
            "short-ids",
            "Ids are fragments alone.",
            edited(|document| {
                document.member("verificationMethod").item(0).set("id", "#fair");
            }),
        )
        .verified(facts(), &[]),
        case("unknown-members", "Members that DID Core or others add.", document().with("more", Json::Null))
            .verified(facts(), &[]),
        case(
            "port",
            "The host has a port.",
            edited(|document| {
                document.set("id", "did:web:publisher.example%3A8443");
                document.member("verificationMethod").item(0).set("id", "#fair");
            }),
        )
        .text("did", "did:web:publisher.example%3A8443")
        .file("metadata", "metadata.json", metadata_of("did:web:publisher.example%3A8443"))
        .verified(facts(), &[]),
    ];
    let refused: [(&str, &str, Json, &'static str); 9] = [
        (
            "other-id",
            "The document is about another DID.",
            document().with("id", "did:web:other.example"),
            "did.document.id_mismatch",
        ),
        ("no-id", "The document has no id.", document().without("id"), "did.document.malformed"),
        (
            "services-object",
            "The services are an object.",
            document().with("service", Json::Object(Vec::new())),
            "did.document.malformed",
        ),
        ("array", "The document stands in an array.", Json::array([document()]), "input.wrong_type"),
        (
            "no-service",
            "The document names no repository.",
            document().without("service"),
            "fair.service.missing",
        ),
        (
            "no-keys",
            "The document has no keys.",
            document().without("verificationMethod"),
            "fair.key.missing",
        ),
        (
            "foreign-key",
            "The key is a fragment of another DID.",
            edited(|document| {
                document.member("verificationMethod").item(0).set("id", "did:web:other.example#fair")
            }),
            "fair.key.missing",
        ),
        (
            "other-type",
            "The key is of another type of method.",
            edited(|document| document.member("verificationMethod").item(0).set("type", "JsonWebKey2020")),
            "fair.key.missing",
        ),
        (
            "other-key",
            "The document holds another key.",
            edited(|document| {
                document
                    .member("verificationMethod")
                    .item(0)
                    .set("publicKeyMultibase", stranger().multibase());
            }),
            "fair.signature.invalid",
        ),
    ];
    cases.extend(refused.map(|(name, about, document, code)| case(name, about, document).rejected(code)));
    for (name, did) in [
        ("address", "did:web:127.0.0.1"),
        ("dots", "did:web:publisher.example:.."),
        ("encoded-slash", "did:web:publisher.example:a%2Fb"),
        ("upper-case", "did:web:Publisher.example"),
        ("no-host", "did:web:"),
    ] {
        let about = "A did:web that would be looked for elsewhere than it says.";
        cases.push(case(&format!("did-{name}"), about, document()).text("did", did).rejected("did.invalid"));
    }
    cases
}

fn case(name: &str, about: &str, document: Json) -> Case {
    Case::new("web-package", format!("web/{name}"))
        .rule(RULE)
        .about(about)
        .text("did", DID)
        .file("document", "did.json", document.pretty())
        .file("metadata", "metadata.json", metadata_of(DID))
        .file("package", "zip", package())
}

fn metadata_of(did: &str) -> String {
    let signed = artifact(URL, &package(), Form::Ed25519Sha384.sign_text(&fair(), &package()));
    metadata(did, [release("1.0.0", signed)]).pretty()
}

fn document() -> Json {
    let key = Json::object([
        ("id", format!("{DID}#fair").as_str().into()),
        ("type", "Multikey".into()),
        ("controller", DID.into()),
        ("publicKeyMultibase", fair().multibase().as_str().into()),
    ]);
    let service = Json::object([
        ("id", "#fairpm_repo".into()),
        ("type", REPOSITORY.into()),
        ("serviceEndpoint", "https://publisher.example/fair.json".into()),
    ]);
    Json::object([
        ("id", DID.into()),
        ("verificationMethod", Json::array([key])),
        ("service", Json::array([service])),
    ])
}

fn edited(change: impl FnOnce(&mut Json)) -> Json {
    let mut document = document();
    change(&mut document);
    document
}
