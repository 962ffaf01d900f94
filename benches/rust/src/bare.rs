//! Signature checks with nothing around them: key, digest and signature are ready.

use crate::Subject;
use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use sha2::{Digest as _, Sha256};

const SECRET: [u8; 32] = [3; 32];

/// How many signatures a bare check goes through, one after the other. One and the same would be checked faster than any log has it:
/// the processor learns the way through it, and needs few places of the curve's tables.
const SIGNATURES: u16 = 512;

pub fn subjects() -> Vec<Subject> {
    let [dalek, ring, aws_lc_ed25519] = ed25519();
    vec![k256(), libsecp256k1(), p256(), aws_lc(), dalek, ring, aws_lc_ed25519]
}

/// The digests that are signed.
fn digests() -> impl Iterator<Item = [u8; 32]> {
    (0..SIGNATURES).map(|number| Sha256::digest(number.to_be_bytes()).into())
}

type K256Case = (k256::ecdsa::VerifyingKey, Vec<([u8; 32], k256::ecdsa::Signature)>);
type P256Case = (p256::ecdsa::VerifyingKey, Vec<([u8; 32], p256::ecdsa::Signature)>);

fn k256_case() -> K256Case {
    let secret = k256::ecdsa::SigningKey::from_slice(&SECRET).expect("a scalar");
    let signed = digests().map(|digest| {
        let signature: k256::ecdsa::Signature = secret.sign_prehash(&digest).expect("a signature");
        (digest, signature.normalize_s())
    });
    (*secret.verifying_key(), signed.collect())
}

fn p256_case() -> P256Case {
    let secret = p256::ecdsa::SigningKey::from_slice(&SECRET).expect("a scalar");
    let signed = digests().map(|digest| {
        let signature: p256::ecdsa::Signature = secret.sign_prehash(&digest).expect("a signature");
        (digest, signature.normalize_s())
    });
    (*secret.verifying_key(), signed.collect())
}

/// Checks one of the signatures after the other, for ever.
fn subject<T: Clone + 'static>(name: &str, signed: Vec<T>, check: impl Fn(&T) + 'static) -> Subject {
    let mut signed = signed.into_iter().cycle();
    Subject::new(name.to_owned(), move || check(&signed.next().expect("there are some")))
}

fn k256() -> Subject {
    let (key, signed) = k256_case();
    subject("bare/k256", signed, move |(digest, signature)| {
        key.verify_prehash(digest, signature).expect("valid");
    })
}

fn p256() -> Subject {
    let (key, signed) = p256_case();
    subject("bare/p256", signed, move |(digest, signature)| {
        key.verify_prehash(digest, signature).expect("valid");
    })
}

fn libsecp256k1() -> Subject {
    let (key, signed) = k256_case();
    let context = secp256k1::Secp256k1::verification_only();
    let key = secp256k1::PublicKey::from_slice(key.to_sec1_point(true).as_bytes()).expect("a point");
    let signed = signed.into_iter().map(|(digest, signature)| {
        let signature = secp256k1::ecdsa::Signature::from_compact(&signature.to_bytes()).expect("64 bytes");
        (secp256k1::Message::from_digest(digest), signature)
    });
    subject("bare/libsecp256k1", signed.collect(), move |(message, signature)| {
        context.verify_ecdsa(*message, signature, &key).expect("valid");
    })
}

fn aws_lc() -> Subject {
    let (key, signed) = p256_case();
    let point = key.to_sec1_point(false);
    let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.as_bytes()).expect("a point");
    let signed = signed.into_iter().map(|(digest, signature)| {
        (Digest::import_less_safe(&digest, &SHA256).expect("32 bytes"), signature.to_bytes())
    });
    subject("bare/aws-lc", signed.collect(), move |(digest, signature)| {
        key.verify_digest_sig(digest, signature).expect("valid");
    })
}

/// A message as long as a record of a plugin.
const RECORD: [u8; 300] = [5; 300];

fn ed25519() -> [Subject; 3] {
    let secret = ed25519_dalek::SigningKey::from_bytes(&SECRET);
    let (key, signature) = (secret.verifying_key(), ed25519_dalek::Signer::sign(&secret, &RECORD));
    let (bytes, signed) = (key.to_bytes(), signature.to_bytes());
    [
        Subject::new("bare/ed25519-dalek".to_owned(), move || {
            key.verify_strict(&RECORD, &signature).expect("valid");
        }),
        Subject::new("bare/ring-ed25519".to_owned(), move || {
            let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, bytes);
            key.verify(&RECORD, &signed).expect("valid");
        }),
        Subject::new("bare/aws-lc-ed25519".to_owned(), move || {
            let key = aws_lc_rs::signature::UnparsedPublicKey::new(&aws_lc_rs::signature::ED25519, bytes);
            key.verify(&RECORD, &signed).expect("valid");
        }),
    ]
}
