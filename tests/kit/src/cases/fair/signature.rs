//! Package signatures of the right form that must not count.

use super::published::{Published, package};
use crate::case::Case;
use crate::cases::publisher::{FAIR_LABEL, daily, fair, genesis, op, root, update};
use crate::encoding::{base64url, did_key, hex, sha256, sha384, sha512};
use crate::forgery::{
    only_with_cofactor, plus_order, small_order_points, under_identity_key, with_small_order_r,
};
use crate::keys::{KeyPair, multicodec};
use crate::log::Log;
use crate::metadata::{Form, sha256_checksum};
use crate::moment::Moment;
use crate::operation::Op;

const FORM: &str = r#"fair.md, "Package signatures""#;
const STRICT: &str = r#"keys.md, "Ed25519""#;
const KEYS: &str = r#"fair.md, "Signing keys""#;
const INVALID: &str = "fair.signature.invalid";

pub(super) fn cases() -> Vec<Case> {
    [missing(), other_messages(), lenient(), other_keys(), changed_bytes()].concat()
}

fn missing() -> Vec<Case> {
    let unsigned = |name: &str, about: &str, published: Published| {
        published.rejected(&format!("signature/{name}"), FORM, about, "fair.signature.missing")
    };
    vec![
        unsigned(
            "absent",
            "No signature; the checksum is right.",
            Published::new().artifact(|artifact| artifact.remove("signature")),
        ),
        unsigned("null", "The signature is null; the checksum is right.", Published::new().signature(())),
    ]
}

fn invalid(name: &str, rule: &str, about: &str, signature: &[u8]) -> Case {
    Published::new().signature(base64url(signature)).rejected(
        &format!("signature/{name}"),
        rule,
        about,
        INVALID,
    )
}

fn other_messages() -> Vec<Case> {
    let package = package();
    let of = |message: &[u8]| fair().sign(message);
    vec![
        invalid("over-the-file", FORM, "Over the file itself.", &of(&package)),
        invalid(
            "over-hex-digest",
            FORM,
            "Over the digest in hexadecimal.",
            &of(hex(&sha384(&package)).as_bytes()),
        ),
        invalid("over-sha256", FORM, "Over the SHA-256 digest, as the EC form was.", &of(&sha256(&package))),
        invalid("over-sha512", FORM, "Over the SHA-512 digest.", &of(&sha512(&package))),
        invalid(
            "over-cut-digest",
            FORM,
            "Over the leftmost 32 bytes of the digest.",
            &of(&sha384(&package)[..32]),
        ),
        invalid("over-another-file", FORM, "Over another file.", &of(&sha384(b"another"))),
        invalid("all-zero", FORM, "64 zero bytes.", &[0; 64]),
    ]
}

fn lenient() -> Vec<Case> {
    let digest = sha384(&package());
    let mut cases = vec![
        invalid(
            "s-plus-order",
            STRICT,
            "S plus the group's order: the same equation, other bytes.",
            &plus_order(&fair().sign(&digest)),
        ),
        invalid(
            "small-order-r",
            STRICT,
            "R is the identity point, by the key's holder: the equation holds.",
            &with_small_order_r(FAIR_LABEL, &digest),
        ),
        invalid(
            "only-with-cofactor",
            STRICT,
            "R is off by a point of order 8: the equation holds only when multiplied by the cofactor.",
            &only_with_cofactor(FAIR_LABEL, &digest),
        ),
    ];
    // The good key is there too: a small-order key that counted would let anyone sign.
    let identity_point = did_key(&[&multicodec::ED25519[..], &small_order_points()[0]].concat());
    let genesis = op().verification_method("fair_2", identity_point);
    cases.push(
        Published::by(genesis, "fair", fair(), Form::Ed25519Sha384)
            .signature(base64url(&under_identity_key()))
            .rejected(
                "signature/small-order-key",
                STRICT,
                "A second key is the identity point, under which this signature holds for every message.",
                INVALID,
            ),
    );
    cases
}

fn other_keys() -> Vec<Case> {
    let former = KeyPair::ed25519("publisher/fair-former");
    let atproto = KeyPair::k256("atproto");
    let with_former = |op: Op| op.edit(|op| op.member("verificationMethods").set("fair", former.did_key()));

    let first = with_former(op()).sign(&root());
    let withdrawn =
        Log::new(&first, Moment::START).then(&update(1).after(&first).sign(&root()), Moment::hour(1));

    let attack = with_former(update(1)).after(&genesis()).sign(&daily());
    let recovery = update(2).after(&genesis()).sign(&root());
    let nullified =
        Log::new(&genesis(), Moment::START).then(&attack, Moment::hour(1)).then(&recovery, Moment::hour(2));

    let case = |name: &str, about: &str, published: Published| {
        published.rejected(&format!("signature/{name}"), KEYS, about, INVALID)
    };
    let ed25519 = |log, key: &KeyPair| Published::under(log, "fair", key.clone(), Form::Ed25519Sha384);
    vec![
        case(
            "by-withdrawn-key",
            "Signed by a key that a later operation replaced.",
            ed25519(withdrawn, &former),
        ),
        case(
            "by-nullified-key",
            "Signed by a key that only a nullified operation lists.",
            ed25519(nullified, &former),
        ),
        case(
            "by-stranger",
            "Signed by a key that the identity never had.",
            Published::new().signature(Form::Ed25519Sha384.sign_text(&former, &package())),
        ),
        case("by-atproto-key", "Signed by a verification method that is not a FAIR key.", {
            let genesis = op().verification_method("atproto", &atproto);
            Published::by(genesis, "atproto", atproto.clone(), Form::Secp256k1Sha256)
        }),
        case(
            "by-rotation-key",
            "Signed by the root rotation key, which signs operations only.",
            Published::new().signature(Form::Secp256k1Sha384.sign_text(&root(), &package())),
        ),
    ]
}

/// Packages that were changed after they were signed.
fn changed_bytes() -> Vec<Case> {
    let mut changed = Published::new();
    let last = changed.package.len() - 1;
    changed.package[last] ^= 1;
    let checksum = sha256_checksum(&changed.package);
    let empty = {
        let mut published = Published::new();
        published.package = Vec::new();
        let signature = Form::Ed25519Sha384.sign_text(&fair(), b"");
        published.artifact(|artifact| {
            artifact.set("signature", signature);
            artifact.set("checksum", sha256_checksum(b""));
        })
    };
    vec![
        changed.clone().artifact(|artifact| artifact.set("checksum", checksum)).rejected(
            "signature/package-and-checksum-changed",
            KEYS,
            "One bit of the package was changed, and the checksum with it: only the signature tells.",
            INVALID,
        ),
        changed.artifact(|artifact| artifact.remove("checksum")).rejected(
            "signature/package-changed-no-checksum",
            KEYS,
            "One bit of the package was changed, and there is no checksum.",
            INVALID,
        ),
        empty.verified("signature/empty-package", FORM, "A file of no bytes, rightly signed.", &[]),
    ]
}
