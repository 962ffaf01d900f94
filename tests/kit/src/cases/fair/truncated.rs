//! ECDSA signatures over a SHA-384 digest that begins with zero bytes: libraries that cut by numeric length skip them.

use super::published::Published;
use super::signature_forms::{key_of, signed};
use crate::case::Case;
use crate::encoding::sha384;
use crate::forgery::{der, flipped};
use crate::metadata::{Form, sign_digest_from};
use crate::plugin;
use std::sync::LazyLock;

const RULE: &str = r#"fair.md, "Truncated digests""#;
const LEGACY: &str = "fair.signature.legacy";
const INVALID: &str = "fair.signature.invalid";

/// Digits of the number in the comment of a package. The comment ends the file.
const COMMENT_BYTES: usize = 8;

pub(super) fn cases() -> Vec<Case> {
    let [none, one, two] = &*PACKAGES;
    let forms = [Form::Secp256k1Sha384, Form::P256Sha384];
    let of_form = |form| {
        [
            verified(form, "one-zero-leftmost", one, 0, "The leftmost 32 bytes were signed, the zero too"),
            verified(form, "one-zero-skipped", one, 1, "The 32 bytes after the zero were signed"),
            refused(form, "one-zero-two-skipped", one, 2, "One byte more than the zero was skipped"),
            verified(form, "two-zeros-leftmost", two, 0, "The leftmost 32 bytes were signed, both zeros too"),
            verified(form, "two-zeros-skipped", two, 2, "The 32 bytes after both zeros were signed"),
            refused(form, "two-zeros-one-skipped", two, 1, "Only one of two zeros was skipped"),
            refused(form, "two-zeros-three-skipped", two, 3, "One byte more than the zeros was skipped"),
            refused(form, "no-zero-one-skipped", none, 1, "A byte was skipped that is not zero"),
            high_s(form, one),
        ]
    };
    let mut cases: Vec<Case> = forms.into_iter().flat_map(of_form).collect();
    cases.extend([in_der(one), ed25519(one)]);
    cases
}

/// Packages whose digests begin with no zero byte, with one and with two. Finding the last takes thousands of tries.
static PACKAGES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| [0, 1, 2].map(package_with_zeros));

/// The plugin's archive with a comment, chosen so that its SHA-384 digest begins with so many zero bytes and no more.
fn package_with_zeros(count: usize) -> Vec<u8> {
    let package = plugin::archive("hello-fair", "Hello FAIR", "1.0.0").comment([b'0'; COMMENT_BYTES]).bytes();
    let (start, _) = package.split_at(package.len() - COMMENT_BYTES);
    let with_comment = |number: u32| [start, format!("{number:0COMMENT_BYTES$}").as_bytes()].concat();
    let has_zeros =
        |package: &Vec<u8>| sha384(package).iter().take_while(|byte| **byte == 0).count() == count;
    (0..).map(with_comment).find(has_zeros).expect("one package in 256 for each zero byte")
}

/// The package, whose digest was signed from this byte on.
fn signed_from(form: Form, package: &[u8], start: usize) -> Published {
    signed(form).package(package, &sign_digest_from(&key_of(form), package, start))
}

fn about(form: Form, what: &str) -> String {
    let curve = if form == Form::P256Sha384 { "P-256" } else { "secp256k1" };
    format!("{what}, by a {curve} key.")
}

fn verified(form: Form, name: &str, package: &[u8], start: usize, what: &str) -> Case {
    let name = format!("truncated/{}-{name}", form.name());
    signed_from(form, package, start).verified(&name, RULE, &about(form, what), &[LEGACY])
}

fn refused(form: Form, name: &str, package: &[u8], start: usize, what: &str) -> Case {
    let name = format!("truncated/{}-{name}", form.name());
    signed_from(form, package, start).rejected(&name, RULE, &about(form, what), INVALID)
}

fn high_s(form: Form, package: &[u8]) -> Case {
    let key = key_of(form);
    let twin = flipped(&key, &sign_digest_from(&key, package, 1));
    signed(form).package(package, &twin).rejected(
        &format!("truncated/{}-one-zero-skipped-high-s", form.name()),
        RULE,
        &about(form, "The 32 bytes after the zero were signed, and s was replaced by n - s"),
        INVALID,
    )
}

fn in_der(package: &[u8]) -> Case {
    let form = Form::P256Sha384;
    let signature = sign_digest_from(&key_of(form), package, 1);
    signed(form).package(package, &der(&signature)).verified(
        "truncated/p256-sha384-one-zero-skipped-der",
        RULE,
        "The 32 bytes after the zero were signed by a P-256 key, in DER.",
        &[LEGACY],
    )
}

fn ed25519(package: &[u8]) -> Case {
    let form = Form::Ed25519Sha384;
    let signature = key_of(form).sign(&sha384(package)[1..]);
    signed(form).package(package, &signature).rejected(
        "truncated/ed25519-zero-skipped",
        RULE,
        "An Ed25519 key signed the digest without its leading zero: that form never cuts.",
        INVALID,
    )
}
