//! Which verification methods of the document sign packages.

use super::published::{DID, WebPublished, method, method_of};
use crate::case::Case;
use crate::cases::publisher::{fair, stranger};
use crate::encoding::multibase;
use crate::json::Json;
use crate::keys::{KeyPair, multicodec};
use crate::metadata::Form;

const RULE: &str = r#"fair.md, "did:web documents""#;
const KEYS: &str = r#"fair.md, "Signing keys""#;
const MISSING: &str = "fair.key.missing";

pub(super) fn cases() -> Vec<Case> {
    [ids(), types(), several()].concat()
}

fn ids() -> Vec<Case> {
    let with_id = |id: &str| WebPublished::new().key(|key| key.set("id", id));
    let missing = |name: &str, about: &str, id: &str| {
        let about = format!("{about}, so the only key is not a FAIR key of this DID.");
        with_id(id).rejected(&format!("key-id-{name}"), RULE, &about, MISSING).fact("trust", "web")
    };
    let fair_pm = format!("{DID}#fairpm");
    vec![
        with_id("#fair").verified("key-id-relative", RULE, "The id is the fragment alone.", &[]),
        with_id(&fair_pm).signed_by("fairpm", fair(), Form::Ed25519Sha384).verified(
            "key-id-fairpm",
            KEYS,
            "The fragment starts with fair.",
            &[],
        ),
        missing("of-other-did", "The id is a fragment of another DID", "did:web:other.example#fair"),
        missing(
            "of-longer-did",
            "The id is a fragment of a longer DID",
            "did:web:publisher.example:plugins2#fair",
        ),
        missing("of-shorter-did", "The id is a fragment of a shorter DID", "did:web:publisher.example#fair"),
        missing("without-number-sign", "The id is fair without a #", "fair"),
        missing("two-number-signs", "The id has two #", "##fair"),
        missing("empty-fragment", "The fragment is empty", "#"),
        missing("capital", "The fragment starts with a capital letter", "#Fair"),
        missing(
            "query",
            "The id has a query before its fragment",
            "did:web:publisher.example:plugins?x#fair",
        ),
    ]
}

fn types() -> Vec<Case> {
    let missing = |name: &str, about: &str, change: fn(&mut Json)| {
        WebPublished::new().key(change).rejected(name, RULE, about, MISSING)
    };
    let x25519 = || multibase(&[&multicodec::X25519[..], &[9; 32]].concat());
    let (k256, p256) = (KeyPair::k256("publisher/fair-k256"), KeyPair::p256("publisher/fair-p256"));
    let legacy = |name: &str, about: &str, key: &KeyPair, form| {
        let published = WebPublished::new().keys([method("#fair", key)]);
        let published = published.signed_by("fair", key.clone(), form);
        published.verified(name, KEYS, about, &["fair.signature.legacy"])
    };
    vec![
        missing("key-type-other", "The key has another type of method.", |key| {
            key.set("type", "JsonWebKey2020")
        }),
        missing("key-type-lower-case", "The type is in lower case.", |key| key.set("type", "multikey")),
        missing("key-type-missing", "The key has no type.", |key| key.remove("type")),
        missing("key-type-array", "The type is a list.", |key| key.set("type", Json::array(["Multikey"]))),
        missing("key-multibase-missing", "The key has no publicKeyMultibase.", |key| {
            key.remove("publicKeyMultibase");
        }),
        missing("key-as-jwk", "The key is a JSON Web Key.", |key| {
            key.remove("publicKeyMultibase");
            key.set("publicKeyJwk", Json::object([("kty", "OKP".into()), ("crv", "Ed25519".into())]));
        }),
        WebPublished::new().edit(|document| document.remove("verificationMethod")).rejected(
            "no-keys",
            RULE,
            "The document has no keys.",
            MISSING,
        ),
        WebPublished::new().keys([]).rejected("empty-keys", RULE, "The list of keys is empty.", MISSING),
        WebPublished::new().keys([method_of("#fair", x25519())]).rejected(
            "key-x25519",
            KEYS,
            "The only FAIR key agrees on secrets and signs nothing.",
            "key.unsupported",
        ),
        WebPublished::new()
            .keys([method_of("#fair", x25519()), method("#fair_2", &fair())])
            .signed_by("fair_2", fair(), Form::Ed25519Sha384)
            .verified(
                "key-x25519-beside-usable",
                KEYS,
                "One FAIR key agrees on secrets, the other signed.",
                &["fair.key.unusable"],
            ),
        legacy("key-secp256k1", "A secp256k1 key signed.", &k256, Form::Secp256k1Sha384),
        legacy("key-p256", "A P-256 key signed.", &p256, Form::P256Sha256),
    ]
}

fn several() -> Vec<Case> {
    let second = KeyPair::ed25519("publisher/fair-2");
    let two = WebPublished::new().keys([method("#fair", &fair()), method("#fair_2", &second)]);
    let second_signed = two.clone().signed_by("fair_2", second.clone(), Form::Ed25519Sha384);
    let atproto = WebPublished::new().keys([method("#atproto", &second), method("#fair", &fair())]);
    let twins = WebPublished::new().keys([method("#fairpm", &fair()), method("#fair", &fair())]);
    let twins = twins.signed_by("fairpm", fair(), Form::Ed25519Sha384);
    vec![
        two.verified("keys-first-of-two", KEYS, "The first of two keys signed.", &[]),
        second_signed.verified("keys-second-of-two", KEYS, "The second of two keys signed.", &[]),
        twins.verified(
            "keys-same-twice",
            RULE,
            "One key under two ids: the first in the document's order is named.",
            &[],
        ),
        atproto.signed_by("atproto", second, Form::Ed25519Sha384).rejected(
            "keys-by-other-purpose",
            KEYS,
            "The key for another purpose signed.",
            "fair.signature.invalid",
        ),
        WebPublished::new()
            .key(|key| key.set("publicKeyMultibase", stranger().multibase()))
            .rejected("keys-other", KEYS, "The document has another key.", "fair.signature.invalid")
            .fact("trust", "web"),
    ]
}
