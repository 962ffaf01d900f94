//! Key pairs from labels: the same label always gives the same key, and no label is a secret.

use crate::encoding::{did_key, multibase, sha256};
use ed25519_dalek::Signer;
use k256::ecdsa::signature::hazmat::PrehashSigner;

/// A signature of 64 bytes: r and s for ECDSA, R and S for Ed25519.
pub type Signature = [u8; 64];

/// The multicodec prefixes of public keys, as varints.
pub mod multicodec {
    /// Ed25519, 0xed.
    pub const ED25519: [u8; 2] = [0xed, 0x01];
    /// secp256k1, 0xe7.
    pub const SECP256K1: [u8; 2] = [0xe7, 0x01];
    /// P-256, 0x1200.
    pub const P256: [u8; 2] = [0x80, 0x24];
    /// P-384, 0x1201: a key of a kind that cannot be used here.
    pub const P384: [u8; 2] = [0x81, 0x24];
    /// X25519, 0xec: a key that agrees on secrets and signs nothing.
    pub const X25519: [u8; 2] = [0xec, 0x01];
    /// BLS12-381 in G2, 0xeb.
    pub const BLS12_381_G2: [u8; 2] = [0xeb, 0x01];
    /// RSA, 0x1205.
    pub const RSA: [u8; 2] = [0x85, 0x24];
}

/// A key pair of one of the three types that sign.
#[derive(Clone)]
pub enum KeyPair {
    /// ECDSA over secp256k1.
    Secp256k1(k256::ecdsa::SigningKey),
    /// ECDSA over P-256.
    P256(p256::ecdsa::SigningKey),
    /// Ed25519.
    Ed25519(ed25519_dalek::SigningKey),
}

impl KeyPair {
    /// The secp256k1 key of this label.
    pub fn k256(label: &str) -> KeyPair {
        let key = k256::ecdsa::SigningKey::from_slice(&sha256(label.as_bytes()));
        KeyPair::Secp256k1(key.expect("a hash is a scalar but for one label in 2^127"))
    }

    /// The P-256 key of this label.
    pub fn p256(label: &str) -> KeyPair {
        let key = p256::ecdsa::SigningKey::from_slice(&sha256(label.as_bytes()));
        KeyPair::P256(key.expect("a hash is a scalar but for one label in 2^32"))
    }

    /// The Ed25519 key of this label.
    pub fn ed25519(label: &str) -> KeyPair {
        KeyPair::Ed25519(ed25519_dalek::SigningKey::from_bytes(&ed25519_seed(label)))
    }

    /// The public key: a compressed point, or the 32 bytes of Ed25519.
    pub fn public_bytes(&self) -> Vec<u8> {
        match self {
            KeyPair::Secp256k1(key) => key.verifying_key().to_sec1_point(true).as_bytes().to_vec(),
            KeyPair::P256(key) => key.verifying_key().to_sec1_point(true).as_bytes().to_vec(),
            KeyPair::Ed25519(key) => key.verifying_key().to_bytes().to_vec(),
        }
    }

    /// The public key as an uncompressed point, 65 bytes: a form that did:key does not allow.
    pub fn uncompressed_bytes(&self) -> Vec<u8> {
        match self {
            KeyPair::Secp256k1(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            KeyPair::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            KeyPair::Ed25519(_) => panic!("Ed25519 has no uncompressed form"),
        }
    }

    /// The multicodec prefix of the key's type.
    pub fn codec(&self) -> [u8; 2] {
        match self {
            KeyPair::Secp256k1(_) => multicodec::SECP256K1,
            KeyPair::P256(_) => multicodec::P256,
            KeyPair::Ed25519(_) => multicodec::ED25519,
        }
    }

    /// The public key behind its multicodec prefix.
    pub fn multicodec(&self) -> Vec<u8> {
        [self.codec().as_slice(), &self.public_bytes()].concat()
    }

    /// The public key in multibase.
    pub fn multibase(&self) -> String {
        multibase(&self.multicodec())
    }

    /// The public key as a did:key.
    pub fn did_key(&self) -> String {
        did_key(&self.multicodec())
    }

    /// Signs a message: with SHA-256 and RFC 6979 for ECDSA, in the low-S form.
    pub fn sign(&self, message: &[u8]) -> Signature {
        match self {
            KeyPair::Ed25519(key) => key.sign(message).to_bytes(),
            _ => self.sign_prehash(&sha256(message)),
        }
    }

    /// Signs 32 bytes that are a digest already. ECDSA only.
    pub fn sign_prehash(&self, digest: &[u8]) -> Signature {
        match self {
            KeyPair::Secp256k1(key) => {
                let signature: k256::ecdsa::Signature =
                    key.sign_prehash(digest).expect("a digest of 32 bytes");
                signature.normalize_s().to_bytes().into()
            }
            KeyPair::P256(key) => {
                let signature: p256::ecdsa::Signature =
                    key.sign_prehash(digest).expect("a digest of 32 bytes");
                signature.normalize_s().to_bytes().into()
            }
            KeyPair::Ed25519(_) => panic!("Ed25519 signs messages"),
        }
    }
}

/// The did:key of the pair, so that a pair can be given where a key is a string.
impl From<&KeyPair> for String {
    fn from(key: &KeyPair) -> String {
        key.did_key()
    }
}

/// The RFC 8032 secret of the Ed25519 key with this label.
pub(crate) fn ed25519_seed(label: &str) -> [u8; 32] {
    sha256(label.as_bytes()).try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_a_did_key_tells_its_type() {
        assert!(KeyPair::k256("a").did_key().starts_with("did:key:zQ3sh"));
        assert!(KeyPair::p256("a").did_key().starts_with("did:key:zDna"));
        assert!(KeyPair::ed25519("a").did_key().starts_with("did:key:z6Mk"));
    }

    #[test]
    fn a_label_is_a_key() {
        assert_eq!(KeyPair::k256("a").did_key(), KeyPair::k256("a").did_key());
        assert_ne!(KeyPair::k256("a").did_key(), KeyPair::k256("b").did_key());
        assert_eq!(KeyPair::p256("a").sign(b"x"), KeyPair::p256("a").sign(b"x"));
    }
}
