//! Ownership challenges.

use super::record::{key_file, publisher};
use crate::case::Case;
use crate::encoding::{base64, base64_unpadded, base64url, base64url_padded, with_trailing_bits};
use crate::forgery::{only_with_cofactor, plus_order, with_small_order_r};
use crate::json::Json;
use crate::keys::KeyPair;

const RULE: &str = r#"pfn.md, "Ownership challenges""#;
const FORM: &str = r#"pfn.md, "Signature encoding""#;
const STRICT: &str = r#"keys.md, "Ed25519""#;
const INVALID: &str = "pfn.signature.invalid";
const ENCODING: &str = "pfn.signature.encoding";
const MALFORMED: &str = "pfn.challenge.malformed";

/// A challenge as verifiers send it.
pub(super) const CHALLENGE: &str = "3f2b1c0a-7d4e-4a5b-9c8d-1e2f3a4b5c6d";

/// A case about this challenge and this answer, under the publisher's key.
pub(super) fn case(name: &str, challenge: &str, signature: &str) -> Case {
    Case::new("pfn-challenge", format!("pfn/challenge/{name}"))
        .input("key", key_file())
        .text("challenge", challenge)
        .text("signature", signature)
        .rule(RULE)
}

/// The right answer.
pub(super) fn answer(challenge: &str) -> String {
    base64(&publisher().sign(challenge.as_bytes()))
}

/// What is verified of a challenge, beside that it is.
pub(super) fn facts() -> Json {
    Json::object([("trust", "key".into())])
}

pub(super) fn cases() -> Vec<Case> {
    [verified(), invalid(), forms(), bounds()].concat()
}

fn verified() -> Vec<Case> {
    let rows = [
        ("uuid", CHALLENGE, "A UUID, as verifiers send it."),
        ("one-character", "x", "A single character."),
        ("letters", "Grüße \u{1f600}", "Letters beyond ASCII are signed as UTF-8."),
        ("line-break", "challenge\n", "The line break is part of the challenge."),
        ("not-normalised", "e\u{301}", "The challenge is signed as it is, not normalised."),
    ];
    rows.into_iter()
        .map(|(name, challenge, about)| {
            case(name, challenge, &answer(challenge)).about(about).verified(facts(), &[])
        })
        .collect()
}

fn invalid() -> Vec<Case> {
    let signed = |signature: &[u8]| base64(signature);
    let rows = [
        ("other-challenge", answer("another"), "The answer to another challenge."),
        ("trimmed", answer(&format!("{CHALLENGE}\n")), "The answer to the challenge and a line break."),
        ("upper-case", answer(&CHALLENGE.to_uppercase()), "The answer to the challenge in upper case."),
        ("quoted", answer(&format!("\"{CHALLENGE}\"")), "The answer to the challenge in quotes, as JSON."),
        (
            "by-another-key",
            signed(&KeyPair::ed25519("pfn/another").sign(CHALLENGE.as_bytes())),
            "Another key's answer.",
        ),
    ];
    let lenient = [
        (
            "s-plus-order",
            signed(&plus_order(&publisher().sign(CHALLENGE.as_bytes()))),
            "S plus the group's order.",
        ),
        (
            "small-order-r",
            signed(&with_small_order_r("pfn/publisher", CHALLENGE.as_bytes())),
            "R is the identity point.",
        ),
        (
            "only-with-cofactor",
            signed(&only_with_cofactor("pfn/publisher", CHALLENGE.as_bytes())),
            "The equation holds only when multiplied by the cofactor.",
        ),
    ];
    let rejected = |(name, signature, about): (&str, String, &str), rule: &str| {
        case(name, CHALLENGE, &signature).rule(rule).about(about).rejected(INVALID)
    };
    let rows = rows.into_iter().map(|row| rejected(row, RULE));
    rows.chain(lenient.into_iter().map(|row| rejected(row, STRICT))).collect()
}

fn forms() -> Vec<Case> {
    let bytes = publisher().sign(CHALLENGE.as_bytes());
    let accepted = [
        ("base64-unpadded", base64_unpadded(&bytes), "base64 without padding"),
        ("base64url", base64url(&bytes), "base64url without padding"),
        ("base64url-padded", base64url_padded(&bytes), "base64url with padding"),
    ];
    let refused = [
        ("form-empty", String::new(), "An empty string."),
        ("form-line-break", format!("{}\n", base64(&bytes)), "A line break after it."),
        (
            "form-trailing-bits",
            with_trailing_bits(&base64url(&bytes)),
            "Unused bits set in the last character.",
        ),
        ("form-half-padded", base64(&bytes)[..87].to_owned(), "One padding character for two."),
        ("form-63-bytes", base64(&bytes[..63]), "One byte too few."),
    ];
    let accepted = accepted.into_iter().map(|(name, signature, what)| {
        case(&format!("form-{name}"), CHALLENGE, &signature)
            .rule(FORM)
            .about(format!("The answer in {what}."))
            .verified(facts(), &[])
    });
    let refused = refused.into_iter().map(|(name, signature, about)| {
        case(name, CHALLENGE, &signature).rule(FORM).about(about).rejected(ENCODING)
    });
    accepted.chain(refused).collect()
}

fn bounds() -> Vec<Case> {
    let (longest, longer) = ("x".repeat(1024), "x".repeat(1025));
    let (four, five) = ("éé", "ééa");
    vec![
        case("empty", "", &answer("")).rule(RULE).about("An empty challenge, signed.").rejected(MALFORMED),
        case("1024-bytes", &longest, &answer(&longest))
            .rule(RULE)
            .about("Exactly the limit.")
            .verified(facts(), &[]),
        case("1025-bytes", &longer, &answer(&longer))
            .rule(RULE)
            .about("One byte more than the limit, signed.")
            .rejected(MALFORMED),
        case("own-limit-at", four, &answer(four))
            .rule(RULE)
            .about("Two characters of two bytes each, at a limit of four bytes.")
            .limit("challengeBytes", 4)
            .verified(facts(), &[]),
        case("own-limit-above", five, &answer(five))
            .rule(RULE)
            .about("Three characters in five bytes, at a limit of four bytes.")
            .limit("challengeBytes", 4)
            .rejected(MALFORMED),
    ]
}
