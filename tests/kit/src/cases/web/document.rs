//! The DID document as a document.

use super::published::{DID, WebPublished};
use crate::case::{Case, replaced};
use crate::encoding::latin1;
use crate::json::Json;

const RULE: &str = r#"fair.md, "did:web documents""#;
const STRICT: &str = r#"json.md, "Strict JSON""#;
const ONCE: &str = r#"json.md, "Duplicate members""#;
const MALFORMED: &str = "did.document.malformed";

pub(super) fn cases() -> Vec<Case> {
    [accepted(), refused(), json(), limits()].concat()
}

fn accepted() -> Vec<Case> {
    let with = |name: &str, about: &str, member: &str, value: Json| {
        WebPublished::new().edit(|document| document.set(member, value)).verified(name, RULE, about, &[])
    };
    vec![
        with("unknown-members", "Members that DID Core or others add.", "future", Json::Null),
        with(
            "numbers",
            "Numbers beyond the range of a double.",
            "future",
            Json::Raw("[1e400, -1e-400]".to_owned()),
        ),
        with(
            "aliases",
            "Other names of the identity.",
            "alsoKnownAs",
            Json::array(["fair://publisher.example"]),
        ),
        WebPublished::new().edit(|document| document.remove("@context")).verified(
            "no-context",
            RULE,
            "No @context: the document is read as JSON.",
            &[],
        ),
    ]
}

fn refused() -> Vec<Case> {
    let refused = |name: &str, about: &str, change: fn(&mut Json)| {
        let published = WebPublished::new().edit(change);
        published.rejected(name, RULE, about, MALFORMED).fact("trust", ())
    };
    let about = |name: &str, about: &str, id: &str| {
        let published = WebPublished::new().edit(|document| document.set("id", id));
        published.rejected(name, RULE, about, "did.document.id_mismatch").fact("trust", ())
    };
    vec![
        about("other-id", "The document is about another DID.", "did:web:other.example"),
        about("id-of-longer-did", "The id goes on after the DID.", "did:web:publisher.example:plugins:2"),
        about("id-upper-case", "The id has a capital letter.", "did:web:publisher.example:Plugins"),
        refused("no-id", "The document has no id.", |document| document.remove("id")),
        refused("id-array", "The id is a list with the DID in it.", |document| {
            document.set("id", Json::array([DID]));
        }),
        refused("services-object", "The services are an object.", |document| {
            document.set("service", Json::object([]));
        }),
        refused("keys-object", "The keys are one object, not a list.", |document| {
            let key = document.member("verificationMethod").item(0).clone();
            document.set("verificationMethod", key);
        }),
        refused("service-string", "One of the services is its URL.", |document| {
            document.member("service").items_mut().push("https://publisher.example/".into());
        }),
        refused("key-string", "One of the keys is a reference.", |document| {
            document.member("verificationMethod").items_mut().push("#fair".into());
        }),
        refused("aliases-string", "The other names are one string.", |document| {
            document.set("alsoKnownAs", "fair://publisher.example");
        }),
        refused("key-twice", "Two keys with one id, the first written whole.", |document| {
            let twin = document.member("verificationMethod").item(0).clone().with("id", "#fair");
            document.member("verificationMethod").items_mut().push(twin);
        }),
        refused("service-twice", "Two services with one id, the second written whole.", |document| {
            let twin = document.member("service").item(0).clone().with("id", format!("{DID}#fairpm_repo"));
            document.member("service").items_mut().push(twin);
        }),
    ]
}

fn json() -> Vec<Case> {
    let published = WebPublished::new();
    let text = published.document().pretty();
    let with = |name: &str, rule: &str, about: &str, document: Vec<u8>, code| {
        let case = published.case(&format!("json-{name}"), rule, about);
        case.file("document", "did.json", document).rejected(code).fact("trust", ())
    };
    let strict = |name: &str, about: &str, document: Vec<u8>, code| with(name, STRICT, about, document, code);
    let twice = |name: &str, about: &str, document: String| {
        with(name, ONCE, about, document.into(), "input.duplicate_member")
    };
    let services = replaced(&text, "\"service\": ", "\"service\": [],\n  \"service\": ");
    let id = replaced(&text, "#fairpm_repo\",", "#fairpm_repo\",\n      \"i\\u0064\": \"#other\",");
    let not_utf8 = latin1(&replaced(&text, "Multikey\"", "Multikey\",\n      \"name\": \"cl\u{e9}\""));
    vec![
        strict("array", "The document is in an array.", format!("[{text}]").into(), "input.wrong_type"),
        strict("html", "An error page.", "<!DOCTYPE html>\n<title>404</title>\n".into(), "input.malformed"),
        strict("empty", "An empty response.", Vec::new(), "input.malformed"),
        twice("duplicate-service", "The services twice, first empty.", services),
        twice("duplicate-id", "A service has two ids, one with an escape in its name.", id),
        strict("two-documents", "The document twice.", text.repeat(2).into(), "input.trailing_bytes"),
        strict(
            "byte-order-mark",
            "A byte order mark.",
            format!("\u{feff}{text}").into(),
            "input.byte_order_mark",
        ),
        strict("latin-1", "A name in Latin-1.", not_utf8, "input.not_utf8"),
    ]
}

fn limits() -> Vec<Case> {
    const BOUNDS: &str = r#"json.md, "Bounds""#;
    let published = WebPublished::new();
    let size = published.document().pretty().len() as u64;
    vec![
        published
            .case("limit-at", BOUNDS, "The document has exactly as many bytes as the limit.")
            .limit("recordBytes", size)
            .verified(published.facts(), &[]),
        published
            .case("limit-above", BOUNDS, "The document has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
