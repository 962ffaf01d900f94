//! Publisher keys as the strings that publishers hand out.

use super::challenge::{CHALLENGE, answer, case, facts};
use super::record::publisher;
use crate::case::Case;
use crate::encoding::{base64, base64_unpadded, base64url, base64url_padded, hex};
use crate::forgery::{not_canonical_point, small_order_points};
use crate::keys::KeyPair;
use crate::pfn::{pem, public_pem, spki, spki_of};

const RULE: &str = r#"pfn.md, "Publisher keys""#;
const SPKI: &str = r#"keys.md, "PEM and SPKI""#;
const POINTS: &str = r#"keys.md, "Ed25519""#;
const INVALID: &str = "pfn.key.invalid";

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

pub(super) fn cases() -> Vec<Case> {
    [accepted(), refused_bytes(), refused_strings(), limits()].concat()
}

/// The right answer to a challenge, under this key.
fn with(name: &str, key: impl Into<Vec<u8>>) -> Case {
    case(&format!("key-{name}"), CHALLENGE, &answer(CHALLENGE)).file("key", "key.txt", key).rule(RULE)
}

fn accepted() -> Vec<Case> {
    let (public, spki) = (publisher().public_bytes(), spki(&publisher()));
    let pem = public_pem(&publisher());
    let body = base64(&spki);
    let rows = [
        ("pem", pem.clone(), "PEM on several lines."),
        ("pem-carriage-returns", pem.replace('\n', "\r\n"), "PEM with the line ends of Windows."),
        ("pem-no-last-line-break", pem.trim_end().to_owned(), "PEM without a line break at its end."),
        (
            "pem-short-lines",
            format!("{BEGIN}\n{}\n{}\n{END}\n", &body[..20], &body[20..]),
            "PEM with shorter lines.",
        ),
        ("pem-one-line", format!("{BEGIN}{body}{END}"), "PEM on one line, with its markers."),
        ("pem-white-space-around", format!(" \t\n{pem}\r\n \n"), "PEM with white space around it."),
        (
            "bare-line-break",
            format!("{}\n", base64(&public)),
            "The bare 32 bytes in base64 and a line break.",
        ),
        (
            "pem-one-line-spaces",
            format!("{BEGIN} {body} {END}"),
            "PEM on one line, its line breaks turned into spaces.",
        ),
        ("spki", body, "The body of the PEM without its markers."),
        ("bare-base64", base64(&public), "The bare 32 bytes in base64."),
        ("bare-base64-unpadded", base64_unpadded(&public), "The bare 32 bytes in base64 without padding."),
        ("bare-base64url", base64url(&public), "The bare 32 bytes in base64url."),
        ("bare-base64url-padded", base64url_padded(&public), "The bare 32 bytes in base64url with padding."),
    ];
    rows.into_iter().map(|(name, key, about)| with(name, key).about(about).verified(facts(), &[])).collect()
}

/// The SubjectPublicKeyInfo of another algorithm, with the publisher's 32 bytes at its end: a reader that takes the
/// last 32 bytes of whatever it decodes gets the right key.
fn spki_with_oid(oid: &[u8]) -> Vec<u8> {
    let algorithm = [&[0x30, oid.len() as u8 + 2, 0x06, oid.len() as u8], oid].concat();
    let key = [&[0x03, 0x21, 0x00], publisher().public_bytes().as_slice()].concat();
    let content = [algorithm, key].concat();
    [&[0x30, content.len() as u8], content.as_slice()].concat()
}

fn refused_bytes() -> Vec<Case> {
    const X25519: [u8; 3] = [0x2b, 0x65, 0x6e];
    const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    const EC: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    let public = publisher().public_bytes();
    let not_a_point = [&[2][..], &[0; 31]].concat();
    let with_null = [
        &[0x30, 0x2c, 0x30, 0x07, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x05, 0x00, 0x03, 0x21, 0x00],
        public.as_slice(),
    ]
    .concat();
    let private = [
        &[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20],
        public.as_slice(),
    ]
    .concat();
    let [identity, _, _, _, order_two, ..] = small_order_points();
    let rows = [
        ("x25519", SPKI, spki_with_oid(&X25519), "An X25519 key that ends with the right bytes"),
        ("rsa", SPKI, spki_with_oid(&RSA), "A key with RSA's identifier that ends with the right bytes"),
        ("ec", SPKI, spki_with_oid(&EC), "A key with the identifier of EC that ends with the right bytes"),
        ("trailing-byte", SPKI, [spki(&publisher()), vec![0]].concat(), "A byte after the right key"),
        ("leading-byte", SPKI, [vec![0], spki(&publisher())].concat(), "A byte before the right key"),
        ("null-parameters", SPKI, with_null, "The right key with NULL parameters, which RFC 8410 forbids"),
        ("short", SPKI, spki(&publisher())[..43].to_vec(), "The right key without its last byte"),
        ("small-order", POINTS, spki_of(&identity), "The identity point, under which anyone can sign"),
        ("order-two", POINTS, spki_of(&order_two), "The point of order two"),
        (
            "not-canonical",
            POINTS,
            spki_of(&not_canonical_point()),
            "A point whose y is written beyond the field",
        ),
        ("not-a-point", POINTS, spki_of(&not_a_point), "32 bytes that are not a point of the curve"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, rule, der, about) in rows {
        let key = pem("PUBLIC KEY", &der);
        cases.push(with(name, key).rule(rule).about(format!("{about}, as PEM.")).rejected(INVALID));
    }
    cases.push(
        with("private", pem("PRIVATE KEY", &private))
            .rule(SPKI)
            .about("A private key, in PEM.")
            .rejected(INVALID),
    );
    cases
}

fn refused_strings() -> Vec<Case> {
    let (public, body) = (publisher().public_bytes(), base64(&spki(&publisher())));
    let another = public_pem(&KeyPair::ed25519("pfn/another"));
    let rows = [
        ("empty", String::new(), "An empty file"),
        ("words", "not a key".to_owned(), "Words"),
        ("path", "keys/publisher.pem".to_owned(), "A path in place of the key"),
        ("did", "did:web:publisher.example".to_owned(), "An identity in place of the key"),
        ("markers-only", format!("{BEGIN}\n{END}\n"), "PEM with nothing in it"),
        ("no-end", format!("{BEGIN}\n{body}\n"), "PEM without its last line"),
        ("other-label", pem("ED25519 PUBLIC KEY", &spki(&publisher())), "PEM with another label"),
        ("certificate", pem("CERTIFICATE", &spki(&publisher())), "PEM with the label of a certificate"),
        ("two-keys", format!("{}{another}", public_pem(&publisher())), "Two keys in PEM"),
        ("word-before", format!("key:\n{}", public_pem(&publisher())), "A word before the PEM"),
        ("31-bytes", base64(&public[..31]), "The bare key without its last byte"),
        ("33-bytes", base64(&[&public[..], &[0]].concat()), "The bare key and a byte after it"),
        (
            "multibase",
            publisher().multibase(),
            "The key as a multibase string, which this Federation does not have",
        ),
        ("hex", hex(&public), "The bare key in hexadecimal"),
        ("signature", answer(CHALLENGE), "A signature in place of the key"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, about) in rows {
        cases.push(with(name, key).rule(RULE).about(format!("{about}.")).rejected(INVALID));
    }
    cases.push(
        with("not-utf8", vec![0xff; 32]).about("32 bytes that are not UTF-8.").rejected("input.not_utf8"),
    );
    cases
}

fn limits() -> Vec<Case> {
    const BOUNDS: &str = r#"json.md, "Bounds""#;
    let pem = public_pem(&publisher());
    let size = pem.len() as u64;
    vec![
        with("bytes-at", pem.clone())
            .rule(BOUNDS)
            .about("The key has exactly as many bytes as the limit.")
            .limit("recordBytes", size)
            .verified(facts(), &[]),
        with("bytes-above", pem)
            .rule(BOUNDS)
            .about("The key has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
