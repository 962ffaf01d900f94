//! A DID document by itself, before there is a metadata document.

use super::published::{DID, NOW, REPOSITORY_URL, WebPublished, method, service};
use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, fair, log};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::moment::Moment;

const RULE: &str = r#"fair.md, "did:web documents""#;
const WITHDRAWN: &str = r#"fair.md, "Revoked and expired keys""#;
const ENDPOINT: &str = r#"fair.md, "Repository endpoint""#;
const STRICT: &str = r#"json.md, "Strict JSON""#;

pub(super) fn cases() -> Vec<Case> {
    [verified(), withdrawn(), repositories(), refused(), other_methods(), missing(), limits()].concat()
}

/// The case without a verdict.
fn case_of(published: &WebPublished, did: &str, name: &str, rule: &str, about: &str) -> Case {
    Case::new("web-document", format!("web/alone-{name}"))
        .rule(rule)
        .about(about)
        .text("did", did)
        .file("document", "did.json", published.document().pretty())
        .now(NOW.seconds())
}

/// A did:web has no log and is not remembered.
fn facts(methods: Json) -> Json {
    Json::object([
        ("trust", "web".into()),
        ("did", DID.into()),
        ("head", Json::Null),
        ("pin", Json::Null),
        ("verificationMethods", methods),
        ("documentUrl", "https://publisher.example/plugins/did.json".into()),
        ("withdrawn", Json::array([] as [&str; 0])),
        ("repository", REPOSITORY_URL.into()),
    ])
}

fn methods(keys: &[(&str, KeyPair)]) -> Json {
    let mut methods = Json::object([]);
    for (id, key) in keys {
        methods.set(id, key.did_key());
    }
    methods
}

fn verified() -> Vec<Case> {
    let verified = |name: &str, about: &str, published: &WebPublished, keys: &[(&str, KeyPair)]| {
        let facts = facts(methods(keys));
        case_of(published, DID, name, RULE, about).verified(facts, &[])
    };
    let ordinary = WebPublished::new();
    let two = WebPublished::new()
        .keys([method(&format!("{DID}#fair"), &fair()), method("#other", &KeyPair::ed25519("web/other"))]);
    let named = ordinary.clone().edit(|document| {
        document.set("alsoKnownAs", Json::array(["fair://publisher.example", "https://publisher.example"]));
    });
    vec![
        verified("document", "A key and a repository.", &ordinary, &[("fair", fair())]),
        verified(
            "two-keys",
            "Two keys, one of them with a relative id.",
            &two,
            &[("fair", fair()), ("other", KeyPair::ed25519("web/other"))],
        ),
        verified("aliases", "Other names of the identity.", &named, &[("fair", fair())])
            .fact("alsoKnownAs", Json::array(["fair://publisher.example", "https://publisher.example"])),
        verified("no-keys", "No key at all: a document may have none.", &ordinary.keys([]), &[]),
    ]
}

/// A key that is withdrawn is none, and the document is still one.
fn withdrawn() -> Vec<Case> {
    let with = |name: &str, about: &str, member: &str, value: String, is_left: bool| {
        let published = WebPublished::new().key(|key| key.set(member, value));
        let keys: &[(&str, KeyPair)] = if is_left { &[("fair", fair())] } else { &[] };
        let withdrawn: &[&str] = if is_left { &[] } else { &["fair"] };
        let facts = facts(methods(keys)).with("withdrawn", Json::array(withdrawn.iter().copied()));
        case_of(&published, DID, name, WITHDRAWN, about).verified(facts, &[])
    };
    let at = |moment: Moment| moment.to_string();
    vec![
        with("revoked", "The only key was revoked.", "revoked", at(NOW.plus_hours(-1)), false),
        with("expires-now", "The only key expires at this moment.", "expires", at(NOW), false),
        with("expires-later", "The only key expires in a millisecond.", "expires", at(NOW.plus_ms(1)), true),
    ]
}

fn repositories() -> Vec<Case> {
    let none = WebPublished::new().services([]);
    let facts_of_none = facts(methods(&[("fair", fair())])).with("repository", Json::Null);
    let plain =
        WebPublished::new().services([service("#a", REPOSITORY, "http://publisher.example/fair.json")]);
    let facts_of_plain = facts_of_none.clone();
    vec![
        case_of(&none, DID, "no-repository", ENDPOINT, "No service: there is no repository to tell.")
            .verified(facts_of_none, &[]),
        case_of(&plain, DID, "http-repository", ENDPOINT, "A repository without TLS is none.")
            .verified(facts_of_plain, &[]),
    ]
}

fn refused() -> Vec<Case> {
    let edited = |name: &str, about: &str, code, change: fn(&mut Json)| {
        let published = WebPublished::new().edit(change);
        case_of(&published, DID, name, RULE, about).rejected(code).fact("trust", ())
    };
    let mut cases = vec![
        edited("other-id", "The document is about another DID.", "did.document.id_mismatch", |document| {
            document.set("id", "did:web:other.example");
        }),
        edited("no-id", "The document has no id.", "did.document.malformed", |document| {
            document.remove("id");
        }),
        edited("key-twice", "Two keys with one id.", "did.document.malformed", |document| {
            let twin = document.member("verificationMethod").item(0).clone().with("id", "#fair");
            document.member("verificationMethod").items_mut().push(twin);
        }),
    ];
    let html = "<!DOCTYPE html>\n<title>404</title>\n";
    cases.push(
        case_of(&WebPublished::new(), DID, "html", STRICT, "An error page.")
            .file("document", "did.json", html)
            .rejected("input.malformed")
            .fact("trust", ()),
    );
    cases
}

/// The kind is about did:web alone.
fn other_methods() -> Vec<Case> {
    let plc = log().did().to_owned();
    let rows = [
        (
            "did-plc",
            plc.as_str(),
            "did.unsupported",
            "A did:plc: its document is unsigned, its log proves it.",
        ),
        ("did-of-other-method", "did:example:publisher", "did.unsupported", "A method that is not known."),
        ("did-upper-case", "did:web:Publisher.example", "did.invalid", "A host with a capital letter."),
    ];
    rows.map(|(name, did, code, about)| {
        case_of(&WebPublished::of(did), did, name, RULE, about).rejected(code).fact("trust", ())
    })
    .to_vec()
}

/// Calls that cannot be used.
fn missing() -> Vec<Case> {
    let without = |name: &str, about: &str, input: &str| {
        let mut case = case_of(&WebPublished::new(), DID, name, RULE, about);
        case.inputs.retain(|(given, _)| *given != input);
        case.undetermined("api.argument").fact("trust", ())
    };
    vec![
        without("no-clock", "No clock: it cannot be told whether keys have expired.", "now"),
        without("no-document", "No document.", "document"),
    ]
}

fn limits() -> Vec<Case> {
    const BOUNDS: &str = r#"json.md, "Bounds""#;
    let published = WebPublished::new();
    let size = published.document().pretty().len() as u64;
    let case = |name: &str, about: &str| case_of(&published, DID, name, BOUNDS, about);
    vec![
        case("limit-at", "The document has exactly as many bytes as the limit.")
            .limit("recordBytes", size)
            .verified(facts(methods(&[("fair", fair())])), &[]),
        case("limit-above", "The document has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
