//! Public keys as strings.

mod mistakes;
mod other_strings;
mod pem;
mod points;

use crate::case::Case;
use crate::cases::publisher::{daily, fair, spare};
use crate::encoding::{base64, base64url};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::pfn::{public_pem, spki};

const DID_KEY: &str = r#"keys.md, "did:key""#;
const MULTIBASE: &str = r#"keys.md, "Multibase and multicodec""#;
const PEM: &str = r#"keys.md, "PEM and SPKI""#;
const FORMS: &str = r#"keys.md, "Forms of a key""#;

pub(super) fn cases() -> Vec<Case> {
    [
        accepted(),
        white_space(),
        points::cases(),
        other_strings::cases(),
        pem::cases(),
        mistakes::cases(),
        limits(),
    ]
    .concat()
}

/// A case about this string in a file.
fn of(name: &str, rule: &str, key: impl Into<Vec<u8>>) -> Case {
    Case::new("key", format!("key/{name}")).file("key", "key.txt", key).rule(rule)
}

fn facts(key: &KeyPair) -> Json {
    let name = match key {
        KeyPair::Secp256k1(_) => "secp256k1",
        KeyPair::P256(_) => "P-256",
        KeyPair::Ed25519(_) => "Ed25519",
    };
    Json::object([("type", name.into()), ("didKey", key.did_key().into())])
}

fn accepted() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, key) in [("secp256k1", daily()), ("p256", spare()), ("ed25519", fair())] {
        cases.extend([
            of(&format!("did-key-{name}"), DID_KEY, key.did_key())
                .about("A did:key.")
                .verified(facts(&key), &[]),
            of(&format!("multibase-{name}"), MULTIBASE, key.multibase())
                .about("The multibase alone.")
                .verified(facts(&key), &[]),
        ]);
    }
    let key = fair();
    let rows = [
        ("pem-ed25519", PEM, public_pem(&key), "PEM."),
        ("pem-one-line", PEM, public_pem(&key).replace('\n', ""), "PEM on one line."),
        ("spki-base64", PEM, base64(&spki(&key)), "The body of a PEM alone."),
        ("bare-base64", PEM, base64(&key.public_bytes()), "The 32 bytes of an Ed25519 key in base64."),
        (
            "bare-base64url",
            PEM,
            base64url(&key.public_bytes()),
            "The 32 bytes of an Ed25519 key in base64url.",
        ),
    ];
    cases.extend(
        rows.map(|(name, rule, string, about)| {
            of(name, rule, string).about(about).verified(facts(&key), &[])
        }),
    );
    cases
}

/// White space around a key is not part of it: editors and shells add it.
fn white_space() -> Vec<Case> {
    let key = fair();
    let forms = [
        ("did-key", key.did_key()),
        ("multibase", key.multibase()),
        ("pem", public_pem(&key)),
        ("bare-base64", base64(&key.public_bytes())),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, string) in forms {
        let with = |end: &str, about: &str, string: String| {
            of(&format!("{name}-{end}"), FORMS, string).about(about).verified(facts(&key), &[])
        };
        cases.extend([
            with("line-break", "A line break at the end, as editors write it.", format!("{string}\n")),
            with("carriage-return", "A line break of Windows at the end.", format!("{string}\r\n")),
            with("form-feed", "A form feed at the end.", format!("{string}\x0c")),
            with("white-space-around", "White space before and after.", format!(" \t\n{string}\n\t ")),
        ]);
    }
    cases
}

fn limits() -> Vec<Case> {
    const BOUNDS: &str = r#"json.md, "Bounds""#;
    let string = fair().did_key();
    let size = string.len() as u64;
    vec![
        of("bytes-at", BOUNDS, string.clone())
            .about("The key has exactly as many bytes as the limit.")
            .limit("recordBytes", size)
            .verified(facts(&fair()), &[]),
        of("bytes-above", BOUNDS, string)
            .about("The key has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
