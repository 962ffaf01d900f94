//! Checksums of packages.

use super::published::{Published, package};
use crate::case::Case;
use crate::encoding::{base64, hex, sha256, sha384, sha512};
use crate::json::Json;
use crate::metadata::{sha256_checksum, sha384_checksum};

const RULE: &str = r#"fair.md, "Checksums""#;

pub(super) fn cases() -> Vec<Case> {
    [accepted(), absent(), mismatches(), refused()].concat()
}

fn with(checksum: impl Into<Json>) -> Published {
    Published::new().artifact(|artifact| artifact.set("checksum", checksum))
}

fn accepted() -> Vec<Case> {
    let (short, long) = (hex(&sha256(&package())), hex(&sha384(&package())));
    let mixed: String = short
        .chars()
        .enumerate()
        .map(|(at, c)| if at % 2 == 0 { c.to_ascii_uppercase() } else { c })
        .collect();
    [
        ("sha384", format!("sha384:{long}"), "SHA-384."),
        (
            "sha256-upper-case",
            format!("sha256:{}", short.to_uppercase()),
            "Hexadecimal digits in upper case.",
        ),
        ("sha384-upper-case", format!("sha384:{}", long.to_uppercase()), "SHA-384 in upper case."),
        ("mixed-case", format!("sha256:{mixed}"), "Upper and lower case mixed."),
    ]
    .into_iter()
    .map(|(name, checksum, about)| with(checksum).verified(&format!("checksum/{name}"), RULE, about, &[]))
    .collect()
}

fn absent() -> Vec<Case> {
    vec![
        Published::new().artifact(|artifact| artifact.remove("checksum")).verified(
            "checksum/absent",
            RULE,
            "No checksum: the signature alone binds the bytes.",
            &["fair.checksum.absent"],
        ),
        with(()).verified("checksum/null", RULE, "The checksum is null.", &["fair.checksum.absent"]),
    ]
}

fn mismatches() -> Vec<Case> {
    let mismatch = |name: &str, about: &str, published: Published| {
        published.rejected(&format!("checksum/{name}"), RULE, about, "fair.checksum.mismatch")
    };
    let mut changed = Published::new();
    changed.package.push(0);
    vec![
        mismatch(
            "sha256-of-another-file",
            "The checksum of another file; the signature is right.",
            with(sha256_checksum(b"another")),
        ),
        mismatch(
            "sha384-of-another-file",
            "The checksum of another file; the signature is right.",
            with(sha384_checksum(b"another")),
        ),
        mismatch("last-digit", "Only the last digit is wrong; the signature is right.", {
            let right = sha256_checksum(&package());
            let last = if right.ends_with('0') { '1' } else { '0' };
            with(format!("{}{last}", &right[..right.len() - 1]))
        }),
        mismatch("package-changed", "A byte was added to the package after it was signed.", changed),
    ]
}

fn refused() -> Vec<Case> {
    let package = package();
    let (short, long) = (hex(&sha256(&package)), hex(&sha384(&package)));
    let unsupported = [
        ("sha512", format!("sha512:{}", hex(&sha512(&package))), "SHA-512"),
        ("md5", "md5:d41d8cd98f00b204e9800998ecf8427e".to_owned(), "MD5"),
        ("two-colons", "md5:a:b".to_owned(), "MD5, and a second colon behind it"),
        ("upper-case-algorithm", format!("SHA256:{short}"), "The algorithm in upper case"),
        ("leading-space", format!(" sha256:{short}"), "White space before the algorithm"),
        ("no-algorithm", format!(":{short}"), "No algorithm before the colon"),
    ];
    let malformed = [
        ("empty", String::new(), "An empty string"),
        ("no-colon", short.clone(), "The digest alone"),
        (
            "subresource-integrity",
            format!("sha384-{}", base64(&sha384(&package))),
            "The form of HTML's integrity attribute, without a colon",
        ),
        ("no-digest", "sha256:".to_owned(), "Nothing after the colon"),
        ("second-colon", format!("sha256:{short}:"), "A second colon after the digest"),
        ("short", format!("sha256:{}", &short[..62]), "Only the first 31 bytes of the right digest"),
        ("odd", format!("sha256:{}", &short[..63]), "All but the last digit"),
        ("long", format!("sha256:{short}00"), "One byte more than the right digest"),
        ("length-of-other", format!("sha256:{long}"), "The SHA-384 digest under the name of SHA-256"),
        ("not-hex", format!("sha256:{}g", &short[..63]), "A g as the last digit"),
        ("trailing-line-break", format!("sha256:{short}\n"), "A line break after the digest"),
        ("space-after-colon", format!("sha256: {short}"), "A space after the colon"),
        ("base64", format!("sha256:{}", base64(&sha256(&package))), "The digest in base64"),
    ];
    [refuse(&unsupported, "fair.checksum.unsupported"), refuse(&malformed, "fair.checksum.malformed")]
        .concat()
}

/// Cases from rows of name, checksum and what is special.
fn refuse(rows: &[(&str, String, &str)], code: &'static str) -> Vec<Case> {
    rows.iter()
        .map(|(name, checksum, about)| {
            let about = format!("{about}; the signature is right.");
            with(checksum).rejected(&format!("checksum/{name}"), RULE, &about, code)
        })
        .collect()
}
