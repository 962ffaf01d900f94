//! Signature checks with nothing around them: key, digest and signature are ready.

use crate::Subject;
use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};

const PREHASH: [u8; 32] = [7; 32];
const SECRET: [u8; 32] = [3; 32];

pub fn subjects() -> Vec<Subject> {
    let [dalek, ring, aws_lc_ed25519] = ed25519();
    vec![k256(), libsecp256k1(), p256(), aws_lc(), dalek, ring, aws_lc_ed25519]
}

fn k256_case() -> (k256::ecdsa::VerifyingKey, k256::ecdsa::Signature) {
    let secret = k256::ecdsa::SigningKey::from_slice(&SECRET).expect("a scalar");
    let signature: k256::ecdsa::Signature = secret.sign_prehash(&PREHASH).expect("a signature");
    (*secret.verifying_key(), signature.normalize_s())
}

fn p256_case() -> (p256::ecdsa::VerifyingKey, p256::ecdsa::Signature) {
    let secret = p256::ecdsa::SigningKey::from_slice(&SECRET).expect("a scalar");
    let signature: p256::ecdsa::Signature = secret.sign_prehash(&PREHASH).expect("a signature");
    (*secret.verifying_key(), signature.normalize_s())
}

fn k256() -> Subject {
    let (key, signature) = k256_case();
    Subject::new("bare/k256".to_owned(), move || key.verify_prehash(&PREHASH, &signature).expect("valid"))
}

fn p256() -> Subject {
    let (key, signature) = p256_case();
    Subject::new("bare/p256".to_owned(), move || key.verify_prehash(&PREHASH, &signature).expect("valid"))
}

fn libsecp256k1() -> Subject {
    let (key, signature) = k256_case();
    let context = secp256k1::Secp256k1::verification_only();
    let key = secp256k1::PublicKey::from_slice(key.to_sec1_point(true).as_bytes()).expect("a point");
    let signature = secp256k1::ecdsa::Signature::from_compact(&signature.to_bytes()).expect("64 bytes");
    Subject::new("bare/libsecp256k1".to_owned(), move || {
        let message = secp256k1::Message::from_digest(PREHASH);
        context.verify_ecdsa(message, &signature, &key).expect("valid");
    })
}

fn aws_lc() -> Subject {
    let (key, signature) = p256_case();
    let point = key.to_sec1_point(false);
    let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.as_bytes()).expect("a point");
    let digest = Digest::import_less_safe(&PREHASH, &SHA256).expect("32 bytes");
    let signature = signature.to_bytes();
    Subject::new("bare/aws-lc".to_owned(), move || {
        key.verify_digest_sig(&digest, &signature).expect("valid");
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
