//! What a verified log rests on, once more and with other means: the test kit's encoder, and the curves in pure Rust where core
//! asks libsecp256k1 and ring. Not again are the times and who may undo what (`tests/differential/reference` does that).

use crate::cbor::encode;
use crate::encoding::{cid, did_plc, from_base64url, sha256};
use crate::json::Json;
use fedverify::Identity;
use k256::ecdsa::signature::hazmat::PrehashVerifier;

/// Asserts that the history has operations of those that were given, in their order: each hashes to its CID, follows on one
/// before it, and is signed by the rotation key of that one which it is said to be signed by.
pub fn check(operations: &[Json], identity: &Identity) {
    let mut left = operations.iter();
    let history = identity.history();
    let mut given: Vec<&Json> = Vec::new();
    for (index, entry) in history.iter().enumerate() {
        let operation = left.find(|operation| cid(&encode(operation)) == entry.cid());
        let operation = operation
            .unwrap_or_else(|| panic!("{} is the hash of no operation, or is in another order", entry.cid()));
        let before = entry.prev().map(|prev| {
            assert!(prev < index, "operation {index} follows on {prev}");
            assert_eq!(operation.get("prev").and_then(Json::as_text), Some(history[prev].cid()));
            given[prev]
        });
        if before.is_none() {
            assert_eq!((index, did_plc(&encode(operation)).as_str()), (0, identity.did().as_str()));
        }
        let keys = rotation_keys(before.unwrap_or(operation));
        let key = keys[entry.signer()];
        assert_eq!(identity.signer_key(index), Some(key));
        assert!(is_signed(operation, key), "operation {index} is not signed by {key}");
        given.push(operation);
    }
}

/// The rotation keys, as they are in the operation (did-plc.md, "Operations").
fn rotation_keys(operation: &Json) -> Vec<&str> {
    let text = |name: &str| operation.get(name).and_then(Json::as_text).expect("a string");
    match operation.get("rotationKeys") {
        Some(Json::Array(keys)) => keys.iter().map(|key| key.as_text().expect("a string")).collect(),
        _ => vec![text("recoveryKey"), text("signingKey")],
    }
}

/// Whether the key made the operation's signature, which has a low s.
fn is_signed(operation: &Json, key: &str) -> bool {
    let signature = from_base64url(operation.get("sig").and_then(Json::as_text).expect("a signature"));
    let digest = sha256(&encode(&operation.clone().without("sig")));
    let multibase = key.strip_prefix("did:key:z").expect("a did:key");
    let key = bs58::decode(multibase).into_vec().expect("base58");
    match key.as_slice() {
        [0xe7, 0x01, point @ ..] => {
            let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(point).expect("a point");
            let signature = k256::ecdsa::Signature::from_slice(&signature).expect("64 bytes");
            signature.normalize_s() == signature && key.verify_prehash(&digest, &signature).is_ok()
        }
        [0x80, 0x24, point @ ..] => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).expect("a point");
            let signature = p256::ecdsa::Signature::from_slice(&signature).expect("64 bytes");
            signature.normalize_s() == signature && key.verify_prehash(&digest, &signature).is_ok()
        }
        _ => false,
    }
}
