//! Strings that are not a key in any form.

use super::{DID_KEY, FORMS, MULTIBASE, of};
use crate::case::Case;
use crate::cases::fair::published::package;
use crate::cases::publisher::{daily, fair, genesis};
use crate::encoding::{base64, base64url, did_key, hex, multibase};
use crate::pfn::spki;

/// The longest multibase string.
const MAX_MULTIBASE_BYTES: usize = 256;

pub(super) fn cases() -> Vec<Case> {
    [invalid_strings(), lengths(), other_things()].concat()
}

fn invalid_strings() -> Vec<Case> {
    let key = daily().did_key();
    let multicodec = daily().multicodec();
    // 0xe7 with a needless third byte: e7 81 00 is the same number.
    let long_varint = [&[0xe7, 0x81, 0x00], &multicodec[2..]].concat();
    let body = key.strip_prefix("did:key:z").expect("a did:key").to_owned();
    let rows = [
        ("varint-not-minimal", MULTIBASE, did_key(&long_varint), "The multicodec in a byte too many"),
        ("varint-cut-off", MULTIBASE, did_key(&[0xe7]), "A multicodec that goes on after the end"),
        ("multicodec-alone", MULTIBASE, did_key(&[1]), "A multicodec that is not known, and no key"),
        ("no-key", DID_KEY, "did:key:".to_owned(), "No key"),
        ("no-digits", MULTIBASE, "did:key:z".to_owned(), "No digits after the multibase prefix"),
        ("digit-zero", MULTIBASE, format!("did:key:z{}0", &body[1..]), "A 0, which base58btc does not have"),
        ("inner-space", DID_KEY, format!("did:key:z {body}"), "White space inside"),
        ("inner-line-break", DID_KEY, format!("{}\n{}", &key[..30], &key[30..]), "A line break inside"),
        ("vertical-tab", FORMS, format!("{key}\x0b"), "A vertical tab, which is not white space here"),
        ("two-keys", DID_KEY, format!("{key}\n{key}"), "Two keys, one per line"),
        ("fragment", DID_KEY, format!("{key}#z{body}"), "A DID URL"),
        (
            "base64url",
            MULTIBASE,
            format!("did:key:u{}", base64url(&multicodec)),
            "Another multibase, base64url",
        ),
        ("hex", MULTIBASE, format!("did:key:f{}", hex(&multicodec)), "Another multibase, hexadecimal"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, rule, string, about) in rows {
        let case = of(&format!("invalid-{name}"), rule, string);
        cases.push(case.about(format!("{about}.")).rejected("key.invalid"));
    }
    cases
}

/// Keys of a type that is not known may be long, and base58 costs time quadratic in the length.
fn lengths() -> Vec<Case> {
    // A multicodec of one small byte, which no key has: with it strings of both lengths exist.
    const CODEC: u8 = 1;
    let of_length = |length: usize| {
        let found = (1..256).map(|count| multibase(&[vec![CODEC], vec![2; count]].concat()));
        found
            .into_iter()
            .find(|key| key.len() == length)
            .unwrap_or_else(|| panic!("no key of {length} bytes"))
    };
    let case = |name: &str, length: usize| {
        of(name, MULTIBASE, of_length(length))
            .about(format!("A key of an unknown type in {length} characters of multibase."))
    };
    vec![
        case("multibase-256", MAX_MULTIBASE_BYTES).rejected("key.unsupported"),
        case("multibase-257", MAX_MULTIBASE_BYTES + 1).rejected("key.invalid"),
    ]
}

/// What people give in place of a key.
fn other_things() -> Vec<Case> {
    let rows = [
        ("path", "/home/alice/keys/publisher.pem".to_owned(), "The path of a file"),
        ("path-relative", "publisher.pem".to_owned(), "The name of a file"),
        ("path-windows", "C:\\keys\\publisher.pem".to_owned(), "The path of a file on Windows"),
        ("url", "https://publisher.example/publisher.pem".to_owned(), "The URL of a file"),
        ("did-plc", genesis().did().to_owned(), "An identity, a did:plc"),
        ("did-web", "did:web:publisher.example".to_owned(), "An identity, a did:web"),
        (
            "did-key-upper-case",
            fair().did_key().replace("did:key", "DID:KEY"),
            "A did:key with its prefix in upper case",
        ),
        ("signature", base64(&fair().sign(b"x")), "A signature"),
        (
            "ssh",
            format!("ssh-ed25519 {} alice@host", base64(&fair().public_bytes())),
            "A key as OpenSSH writes it",
        ),
        ("json", "{\"kty\":\"OKP\"}".to_owned(), "A JSON Web Key"),
        ("white-space", " \n".to_owned(), "White space alone"),
    ];
    let mut cases = rows
        .map(|(name, string, about)| {
            of(&format!("not-a-key-{name}"), FORMS, string)
                .about(format!("{about}."))
                .rejected("pfn.key.invalid")
        })
        .to_vec();
    for (name, bytes, about) in
        [("der", spki(&fair()), "The key in DER, which is not a string."), ("zip", package(), "A package.")]
    {
        assert!(String::from_utf8(bytes.clone()).is_err(), "{name} is a string");
        cases.push(of(&format!("not-a-key-{name}"), FORMS, bytes).about(about).rejected("input.not_utf8"));
    }
    cases
}
