//! The kit's own primitives against public vectors, which tests/vectors.sh fetches.

use fedverify_kit::encoding::{base64_unpadded, cid, did_plc};
use fedverify_kit::forgery::flipped;
use fedverify_kit::inputs::public_vector;
use fedverify_kit::{Json, KeyPair, Op, SignedOp, cbor};
use k256::ecdsa::signature::hazmat::PrehashVerifier;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;

fn read(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::Text(text.clone()),
        Value::Array(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), to_json(value))).collect())
        }
    }
}

/// Whether this did:key made the signature. Both crates' low-S rules aside: the public logs hold none above it.
fn verifies(did_key: &str, message: &[u8], signature: &[u8]) -> bool {
    let multicodec = bs58::decode(did_key.strip_prefix("did:key:z").unwrap()).into_vec().unwrap();
    let digest = Sha256::digest(message);
    match multicodec.split_at(2) {
        ([0xe7, 0x01], key) => {
            let key = k256::ecdsa::VerifyingKey::from_sec1_bytes(key).unwrap();
            k256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|s| key.verify_prehash(&digest, &s).is_ok())
        }
        ([0x80, 0x24], key) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key).unwrap();
            p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|s| key.verify_prehash(&digest, &s).is_ok())
        }
        (codec, _) => panic!("{codec:x?} signs no operations"),
    }
}

fn base64(text: &str) -> Vec<u8> {
    data_encoding::BASE64_NOPAD.decode(text.as_bytes()).unwrap()
}

fn rotation_keys(operation: &Value) -> Vec<String> {
    if text(operation, "type") == "create" {
        return vec![text(operation, "recoveryKey").to_owned(), text(operation, "signingKey").to_owned()];
    }
    operation["rotationKeys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect()
}

/// Checks that our encoder makes the bytes that an operation's signer signed.
fn check_signature(operation: &Value, prev: &Value) {
    let unsigned = Op::of(to_json(operation).without("sig")).bytes();
    let signature = data_encoding::BASE64URL_NOPAD.decode(text(operation, "sig").as_bytes()).unwrap();
    let signed = rotation_keys(prev).iter().any(|key| verifies(key, &unsigned, &signature));
    assert!(signed, "no key of prev signed {operation}");
}

#[test]
fn dids_cids_and_signed_bytes_of_public_audit_logs_are_ours() {
    let Some(folder) = public_vector("plc/valid") else { return };
    let mut operations = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let log = read(&file.unwrap().path());
        let entries = log.as_array().unwrap();
        let genesis = SignedOp::of(to_json(&entries[0]["operation"]));
        assert_eq!(genesis.did(), text(&entries[0], "did"));
        for entry in entries {
            let operation = &entry["operation"];
            assert_eq!(cid(&cbor::encode(&to_json(operation))), text(entry, "cid"));
            let prev = entries.iter().find(|other| other["cid"] == operation["prev"]);
            check_signature(operation, prev.map_or(operation, |entry| &entry["operation"]));
            operations += 1;
        }
    }
    assert!(operations > 10, "only {operations} operations");
}

#[test]
fn the_public_bare_log_is_a_chain_of_our_cids() {
    const DID: &str = "q2afge25l63iz553aumeqi3w";
    let Some(file) = public_vector(&format!("fair/did_plc_{DID}.log.json")) else { return };
    let log = read(&file);
    let operations = log.as_array().unwrap();
    assert_eq!(did_plc(&cbor::encode(&to_json(&operations[0]))), format!("did:plc:{DID}"));
    for pair in operations.windows(2) {
        assert_eq!(cid(&cbor::encode(&to_json(&pair[0]))), text(&pair[1], "prev"));
        check_signature(&pair[1], &pair[0]);
    }
}

#[test]
fn did_keys_of_public_secrets_are_ours() {
    let (Some(k256), Some(p256)) =
        (public_vector("crypto/w3c_didkey_K256.json"), public_vector("crypto/w3c_didkey_P256.json"))
    else {
        return;
    };
    for vector in read(&k256).as_array().unwrap() {
        let secret = data_encoding::HEXLOWER.decode(text(vector, "privateKeyBytesHex").as_bytes()).unwrap();
        let key = KeyPair::Secp256k1(k256::ecdsa::SigningKey::from_slice(&secret).unwrap());
        assert_eq!(key.did_key(), text(vector, "publicDidKey"));
    }
    for vector in read(&p256).as_array().unwrap() {
        let secret = bs58::decode(text(vector, "privateKeyBytesBase58")).into_vec().unwrap();
        let key = KeyPair::P256(p256::ecdsa::SigningKey::from_slice(&secret).unwrap());
        assert_eq!(key.did_key(), text(vector, "publicDidKey"));
    }
}

#[test]
fn the_public_high_s_signatures_are_the_twins_that_we_make() {
    let Some(file) = public_vector("crypto/signature-fixtures.json") else { return };
    let fixtures = read(&file);
    let fixtures = fixtures.as_array().unwrap();
    let mut twins = 0;
    for low in fixtures.iter().filter(|fixture| fixture["validSignature"] == true) {
        let signature = base64(text(low, "signatureBase64"));
        assert!(verifies(text(low, "publicKeyDid"), &base64(text(low, "messageBase64")), &signature));
        let curve = if low["algorithm"] == "ES256" { KeyPair::p256("any") } else { KeyPair::k256("any") };
        let twin = base64_unpadded(&flipped(&curve, &signature.try_into().unwrap()));
        let is_twin = |fixture: &&Value| {
            fixture["publicKeyDid"] == low["publicKeyDid"] && fixture["tags"][0] == "high-s"
        };
        if let Some(high) = fixtures.iter().find(is_twin) {
            assert_eq!(twin, text(high, "signatureBase64"));
            twins += 1;
        }
    }
    assert_eq!(twins, 2);
}
