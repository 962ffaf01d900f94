//! Signatures of plugin records.

use super::record::{UNBOUND, case, facts, publisher, record, sample, signature_of};
use crate::case::Case;
use crate::encoding::{
    base64, base64_unpadded, base64url, base64url_padded, hex, sha384, with_trailing_bits,
};
use crate::forgery::{only_with_cofactor, plus_order, with_small_order_r};
use crate::json::Json;
use crate::keys::{KeyPair, Signature};
use crate::pfn::{sign_text, signed_text};

const SIGNED: &str = r#"pfn.md, "Signed metadata""#;
const FORM: &str = r#"pfn.md, "Signature encoding""#;
const STRICT: &str = r#"keys.md, "Ed25519""#;
const MISSING: &str = "pfn.signature.missing";
const ENCODING: &str = "pfn.signature.encoding";
const INVALID: &str = "pfn.signature.invalid";

pub(super) fn cases() -> Vec<Case> {
    [accepted_forms(), refused_forms(), missing(), beside(), invalid()].concat()
}

/// The sample's signature as bytes, one whose base64 tells the alphabets apart.
fn signature() -> Signature {
    let signature = publisher().sign(signed_text(sample()).as_bytes());
    assert!(base64(&signature).contains(['+', '/']), "the alphabets must differ");
    signature
}

fn with(name: &str, signature: impl Into<Json>) -> Case {
    case(&format!("signature-{name}"), &record().with("signature", signature))
}

fn accepted_forms() -> Vec<Case> {
    let signature = signature();
    [
        ("base64", base64(&signature), "Standard base64 with padding, as nodes write it."),
        ("base64-unpadded", base64_unpadded(&signature), "Standard base64 without padding."),
        ("base64url", base64url(&signature), "base64url without padding."),
        ("base64url-padded", base64url_padded(&signature), "base64url with padding."),
    ]
    .into_iter()
    .map(|(name, signature, about)| {
        with(name, signature).rule(FORM).about(about).verified(facts(sample()), UNBOUND)
    })
    .collect()
}

fn refused_forms() -> Vec<Case> {
    let bytes = signature();
    let padded = base64(&bytes);
    let mixed = mixed_alphabets();
    let mut cases = vec![
        case("signature-mixed-alphabets", &mixed)
            .rule(FORM)
            .about("Characters of both alphabets in one string.")
            .rejected(ENCODING),
    ];
    let rows = [
        ("leading-space", format!(" {padded}"), "White space before it"),
        ("trailing-line-break", format!("{padded}\n"), "A line break after it"),
        (
            "inner-line-break",
            format!("{}\n{}", &padded[..64], &padded[64..]),
            "Broken into lines of 64 characters",
        ),
        ("half-padded", padded[..87].to_owned(), "One padding character for two"),
        (
            "padded-within",
            base64(&bytes[..62]) + &base64(&bytes[62..]),
            "Two padded strings after one another, which together are the right bytes",
        ),
        ("over-padded", format!("{padded}="), "Three padding characters"),
        ("trailing-bits", with_trailing_bits(&base64url(&bytes)), "Unused bits set in the last character"),
        ("hex", hex(&bytes), "Hexadecimal"),
        ("63-bytes", base64(&bytes[..63]), "One byte too few"),
        ("65-bytes", base64(&[&bytes[..], &[0]].concat()), "One byte too many"),
        ("empty", String::new(), "An empty string"),
        ("percent", padded.replace('=', "%3D"), "Percent-encoded padding"),
    ];
    for (name, signature, about) in rows {
        cases.push(with(name, signature).rule(FORM).about(format!("{about}.")).rejected(ENCODING));
    }
    cases
}

/// A record whose signature has characters of both kinds, one of which was written in the other alphabet.
fn mixed_alphabets() -> Json {
    let records = (0..).map(|number: u32| {
        let mut members = sample();
        members[3] = Some(format!("Description {number}.").into());
        members
    });
    let has_both = |signature: &String| signature.contains('+') && signature.contains('/');
    let members = records
        .into_iter()
        .find(|members| has_both(&signature_of(members.clone())))
        .expect("an endless supply");
    let signature = signature_of(members.clone()).replace('+', "-");
    super::record::signed_record(members).with("signature", signature)
}

fn missing() -> Vec<Case> {
    vec![
        case("unsigned", &record().without("signature"))
            .rule(SIGNED)
            .about("No signature.")
            .rejected(MISSING),
        case("unsigned-null", &record().with("signature", ()))
            .rule(SIGNED)
            .about("The signature is null.")
            .rejected(MISSING),
    ]
}

/// A signature that is given beside the record counts instead of the record's own.
fn beside() -> Vec<Case> {
    let right = signature_of(sample());
    let wrong = sign_text(&publisher(), "another string");
    let beside = |name: &str, record: Json, signature: &str| {
        case(&format!("beside-{name}"), &record).text("signature", signature).rule(SIGNED)
    };
    vec![
        beside("unsigned-record", record().without("signature"), &right)
            .about("The record has no signature; the right one is given beside it.")
            .verified(facts(sample()), UNBOUND),
        beside("wrong-in-record", record().with("signature", wrong.as_str()), &right)
            .about("The record's own signature is wrong; the one that is given beside it is right.")
            .verified(facts(sample()), UNBOUND),
        beside("wrong-beside-right", record(), &wrong)
            .about("The record's own signature is right, but the one that is given beside it counts.")
            .rejected(INVALID),
        beside("malformed-beside-right", record(), "none")
            .about("The record's own signature is right, but what is given beside it counts, and is not a signature.")
            .rejected(ENCODING),
    ]
}

fn invalid() -> Vec<Case> {
    let invalid = |name: &str, rule: &str, about: &str, record: Json| {
        case(name, &record).rule(rule).about(about).rejected(INVALID)
    };
    let signed_as = |signature: &[u8]| record().with("signature", base64(signature));
    let signed = signed_text(sample());
    let message = signed.as_bytes();
    vec![
        invalid("changed-id", SIGNED, "Another slug than was signed.", record().with("slug", "hello-pfm")),
        invalid("changed-name", SIGNED, "Another name than was signed.", record().with("name", "Hello PFN ")),
        invalid(
            "changed-version",
            SIGNED,
            "Another version than was signed.",
            record().with("version", "1.0.1"),
        ),
        invalid(
            "changed-description",
            SIGNED,
            "Another description than was signed.",
            record().with("short_description", "Says hello to the Federation."),
        ),
        invalid(
            "by-another-key",
            SIGNED,
            "Signed by another publisher.",
            signed_as(&KeyPair::ed25519("pfn/another").sign(message)),
        ),
        invalid(
            "over-digest",
            SIGNED,
            "Over the SHA-384 digest of the string, as FAIR signs.",
            signed_as(&publisher().sign(&sha384(message))),
        ),
        invalid("all-zero", STRICT, "64 zero bytes.", signed_as(&[0; 64])),
        invalid(
            "s-plus-order",
            STRICT,
            "S plus the group's order.",
            signed_as(&plus_order(&publisher().sign(message))),
        ),
        invalid(
            "small-order-r",
            STRICT,
            "R is the identity point, by the key's holder: the equation holds.",
            signed_as(&with_small_order_r("pfn/publisher", message)),
        ),
        invalid(
            "only-with-cofactor",
            STRICT,
            "The equation holds only when multiplied by the cofactor.",
            signed_as(&only_with_cofactor("pfn/publisher", message)),
        ),
    ]
}
