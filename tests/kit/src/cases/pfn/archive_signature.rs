//! Signatures over archives.

use super::archive::fitting;
use super::record::{BOUND, SAMPLE, UNBOUND, case, facts, publisher, record, sample};
use crate::case::Case;
use crate::encoding::{base64, base64url, sha256, sha384};
use crate::forgery::plus_order;
use crate::keys::KeyPair;
use crate::plugin::archive;

const RULE: &str = r#"pfn.md, "Archive signatures""#;
const INVALID: &str = "pfn.archive.signature_invalid";

pub(super) fn cases() -> Vec<Case> {
    let zip = fitting().bytes();
    let digest = sha384(&zip);
    let signature = publisher().sign(&digest);
    let [slug, name, _, _] = SAMPLE;
    let older = archive(slug, name, "0.9.0").bytes();
    let verified = |name: &str, about: &str, signature: String| {
        with(name, &zip, &signature).about(about).verified(facts(sample()), BOUND)
    };
    let rejected = |name: &str, about: &str, signature: String, code| {
        with(name, &zip, &signature).about(about).rejected(code)
    };
    vec![
        verified("signed", "The archive is signed too: its bytes are bound.", base64(&signature)),
        verified("signed-base64url", "In base64url.", base64url(&signature)),
        rejected(
            "over-another-archive",
            "The signature is over another archive.",
            base64(&publisher().sign(&sha384(&older))),
            INVALID,
        ),
        rejected(
            "by-another-key",
            "Signed by another publisher.",
            base64(&KeyPair::ed25519("pfn/another").sign(&digest)),
            INVALID,
        ),
        rejected(
            "over-bytes",
            "Over the archive itself, not its digest.",
            base64(&publisher().sign(&zip)),
            INVALID,
        ),
        rejected(
            "over-sha256",
            "Over the SHA-256 digest.",
            base64(&publisher().sign(&sha256(&zip))),
            INVALID,
        ),
        rejected(
            "of-the-record",
            "The record's own signature.",
            record()
                .get("signature")
                .and_then(|signature| signature.as_text())
                .expect("a signature")
                .to_owned(),
            INVALID,
        ),
        rejected("s-plus-order", "S plus the group's order.", base64(&plus_order(&signature)), INVALID),
        rejected(
            "malformed",
            "A string that is not a signature.",
            "none".to_owned(),
            "pfn.signature.encoding",
        ),
        rejected(
            "line-break",
            "A line break after it.",
            format!("{}\n", base64(&signature)),
            "pfn.signature.encoding",
        ),
        with("of-an-older-version", &older, &base64(&publisher().sign(&sha384(&older))))
            .about("An older archive that the publisher once signed: its header does not match the record.")
            .rejected("pfn.archive.inconsistent"),
        without_signature(&zip),
    ]
}

fn with(name: &str, archive: &[u8], signature: &str) -> Case {
    let case = case(&format!("archive-signature-{name}"), &record());
    case.file("archive", "zip", archive).text("archiveSignature", signature).rule(RULE)
}

fn without_signature(zip: &[u8]) -> Case {
    case("archive-signature-none", &record())
        .file("archive", "zip", zip)
        .rule(r#"pfn.md, "The archive is not signed""#)
        .about("The archive that other cases sign, without a signature.")
        .verified(facts(sample()), UNBOUND)
}
