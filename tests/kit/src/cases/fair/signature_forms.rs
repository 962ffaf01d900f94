//! The forms of package signatures.

use super::published::{Published, package};
use crate::case::Case;
use crate::cases::publisher::{fair, op};
use crate::encoding::{
    base64, base64_unpadded, base64url, base64url_padded, hex, sha256, sha384, with_trailing_bits,
};
use crate::forgery::{P256_ORDER, der, der_not_minimal, flipped, number, rs, with_half_s};
use crate::keys::KeyPair;
use crate::metadata::Form;

const FORMS: &str = r#"fair.md, "Package signatures""#;
const LOW_S: &str = r#"keys.md, "ECDSA""#;
const LEGACY: &str = "fair.signature.legacy";
const INVALID: &str = "fair.signature.invalid";
const ENCODING: &str = "fair.signature.encoding";

pub(super) fn cases() -> Vec<Case> {
    [forms(), low_s(), half_s(), der_forms(), der_out_of_range(), strings()].concat()
}

/// A release of an identity whose only FAIR key signs in this form.
pub(super) fn signed(form: Form) -> Published {
    signed_by(key_of(form), form)
}

fn signed_by(key: KeyPair, form: Form) -> Published {
    let genesis = op().edit(|op| op.member("verificationMethods").set("fair", key.did_key()));
    Published::by(genesis, "fair", key, form)
}

/// The publisher's key that signs in this form.
pub(super) fn key_of(form: Form) -> KeyPair {
    match form {
        Form::Ed25519Sha384 => fair(),
        Form::Secp256k1Sha256 | Form::Secp256k1Sha384 => KeyPair::k256("publisher/fair-k256"),
        Form::P256Sha256 | Form::P256Sha384 => KeyPair::p256("publisher/fair-p256"),
    }
}

const ECDSA: [Form; 4] = [Form::Secp256k1Sha256, Form::Secp256k1Sha384, Form::P256Sha256, Form::P256Sha384];

fn forms() -> Vec<Case> {
    let mut cases = vec![Published::new().verified(
        "form/ed25519-sha384",
        FORMS,
        "Today's form: Ed25519 over the raw SHA-384 digest of the file.",
        &[],
    )];
    for form in ECDSA {
        cases.push(signed(form).verified(
            &format!("form/{}", form.name()),
            FORMS,
            "A legacy form: r and s in 64 bytes. It verifies with a warning.",
            &[LEGACY],
        ));
    }
    cases
}

fn low_s() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for form in ECDSA {
        let key = key_of(form);
        let twin = base64url(&flipped(&key, &form.sign(&key, &package())));
        cases.push(signed(form).signature(twin).rejected(
            &format!("form/{}-high-s", form.name()),
            LOW_S,
            "s was replaced by n - s; nothing else is wrong.",
            INVALID,
        ));
    }
    cases
}

/// The highest s that is low, and the lowest that is not.
fn half_s() -> Vec<Case> {
    let of_form = |form: Form| {
        let digest = match form {
            Form::Secp256k1Sha256 | Form::P256Sha256 => sha256(&package()),
            _ => sha384(&package())[..32].to_vec(),
        };
        let (key, signature) = with_half_s(&key_of(form), &digest);
        let twin = base64url(&flipped(&key, &signature));
        let published = signed_by(key, form);
        [
            published.clone().signature(base64url(&signature)).verified(
                &format!("form/{}-half-s", form.name()),
                LOW_S,
                "s is half of n, rounded down: the highest that is low.",
                &[LEGACY],
            ),
            published.signature(twin).rejected(
                &format!("form/{}-above-half-s", form.name()),
                LOW_S,
                "s is half of n, rounded up: the lowest that is high.",
                INVALID,
            ),
        ]
    };
    ECDSA.into_iter().flat_map(of_form).collect()
}

fn der_forms() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for form in [Form::P256Sha256, Form::P256Sha384] {
        let key = key_of(form);
        let honest = form.sign(&key, &package());
        let name = form.name();
        cases.extend([
            signed(form).signature(base64url(&der(&honest))).verified(
                &format!("form/{name}-der"),
                FORMS,
                "r and s in DER.",
                &[LEGACY],
            ),
            signed(form).signature(base64url(&der(&flipped(&key, &honest)))).rejected(
                &format!("form/{name}-der-high-s"),
                LOW_S,
                "s was replaced by n - s, in DER.",
                INVALID,
            ),
            signed(form).signature(base64url(&der_not_minimal(&honest))).rejected(
                &format!("form/{name}-der-not-minimal"),
                FORMS,
                "One zero byte too many before r: BER, not DER.",
                ENCODING,
            ),
            signed(form).signature(base64url(&[der(&honest), vec![0]].concat())).rejected(
                &format!("form/{name}-der-trailing-byte"),
                FORMS,
                "One byte after the DER.",
                ENCODING,
            ),
        ]);
    }
    let secp256k1 = Form::Secp256k1Sha256;
    let in_der = base64url(&der(&secp256k1.sign(&key_of(secp256k1), &package())));
    cases.push(signed(secp256k1).signature(in_der).rejected(
        "form/secp256k1-sha256-der",
        FORMS,
        "A secp256k1 signature in DER, which only P-256 may use.",
        ENCODING,
    ));
    cases
}

/// Numbers that no signature has are none in DER: what is told is that the string has no signature in it.
fn der_out_of_range() -> Vec<Case> {
    let form = Form::P256Sha256;
    let honest = form.sign(&key_of(form), &package());
    let (r, s) = (honest[..32].try_into().expect("r"), honest[32..].try_into().expect("s"));
    let (zero, order) = ([0; 32], number(P256_ORDER));
    let rows = [
        ("r-zero", "r is 0", rs(zero, s)),
        ("r-order", "r is n", rs(order, s)),
        ("s-zero", "s is 0", rs(r, zero)),
        ("s-order", "s is n", rs(r, order)),
    ];
    let refused = |(name, about, signature)| {
        signed(form).signature(base64url(&der(&signature))).rejected(
            &format!("form/p256-sha256-der-{name}"),
            FORMS,
            &format!("{about}, in DER."),
            ENCODING,
        )
    };
    rows.into_iter().map(refused).collect()
}

fn strings() -> Vec<Case> {
    let honest = Form::Ed25519Sha384.sign(&fair(), &package());
    let text = base64url(&honest);
    let rows = [
        ("padded", base64url_padded(&honest), "Padding"),
        ("standard-alphabet", base64_unpadded(&honest), "The alphabet of standard base64"),
        ("standard-padded", base64(&honest), "Standard base64 with padding"),
        ("trailing-bits", with_trailing_bits(&text), "Unused bits set in the last character"),
        ("leading-space", format!(" {text}"), "White space before it"),
        ("trailing-line-break", format!("{text}\n"), "A line break after it"),
        ("hex", hex(&honest), "Hexadecimal"),
        ("multibase", format!("z{}", bs58::encode(honest).into_string()), "Multibase"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    assert!(text.contains(['-', '_']), "the alphabets must differ");
    for (name, signature, about) in rows {
        cases.push(Published::new().signature(signature).rejected(
            &format!("signature-string/{name}"),
            FORMS,
            &format!("{about}; a lenient decoder gets the right bytes."),
            ENCODING,
        ));
    }
    for (name, signature, about) in [
        ("empty", String::new(), "An empty string"),
        ("63-bytes", base64url(&honest[..63]), "One byte too few"),
        ("65-bytes", base64url(&[&honest[..], &[0]].concat()), "One byte too many"),
    ] {
        cases.push(Published::new().signature(signature).rejected(
            &format!("signature-string/{name}"),
            FORMS,
            &format!("{about} for the Ed25519 key, the only one."),
            ENCODING,
        ));
    }
    cases
}
