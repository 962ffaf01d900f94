//! Signatures that a lenient verifier accepts and a strict one must not.

use crate::encoding::sha512;
use crate::keys::{KeyPair, Signature, ed25519_seed};
use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::{EdwardsPoint, Scalar};

/// The order of secp256k1 (SEC 2, section 2.4.1).
pub const SECP256K1_ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

/// The order of P-256 (FIPS 186-4, section D.1.2.3).
pub const P256_ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// The order of Ed25519's base point, little-endian (RFC 8032, section 5.1).
const ED25519_ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// A number of 32 bytes from hexadecimal.
pub fn number(hex: &str) -> [u8; 32] {
    let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).expect("hexadecimal");
    bytes.try_into().expect("64 digits")
}

/// r and s as one signature, whatever they are.
pub fn rs(r: [u8; 32], s: [u8; 32]) -> Signature {
    [r, s].concat().try_into().expect("twice 32 bytes")
}

/// The twin of an ECDSA signature: s replaced by n - s. Anyone can make it, without the key.
pub fn flipped(key: &KeyPair, signature: &Signature) -> Signature {
    match key {
        KeyPair::Secp256k1(_) => {
            let signature = k256::ecdsa::Signature::from_slice(signature).expect("a signature");
            let twin = k256::ecdsa::Signature::from_scalars(signature.r(), -signature.s());
            twin.expect("r and s in range").to_bytes().into()
        }
        KeyPair::P256(_) => {
            let signature = p256::ecdsa::Signature::from_slice(signature).expect("a signature");
            let twin = p256::ecdsa::Signature::from_scalars(signature.r(), -signature.s());
            twin.expect("r and s in range").to_bytes().into()
        }
        KeyPair::Ed25519(_) => panic!("Ed25519 has no such twin: see plus_order"),
    }
}

/// Half of the curve's order, rounded down: the highest s that is low.
pub fn half_order(key: &KeyPair) -> [u8; 32] {
    let order = number(match key {
        KeyPair::Secp256k1(_) => SECP256K1_ORDER,
        KeyPair::P256(_) => P256_ORDER,
        KeyPair::Ed25519(_) => panic!("Ed25519 has no low S"),
    });
    let mut carry = 0;
    order.map(|byte| {
        let half = byte >> 1 | carry << 7;
        carry = byte & 1;
        half
    })
}

/// A key on the curve of this one and its signature over a digest, whose s is half of the order: of a nonce k, r and s there is
/// one key that signs a digest z with them, (s·k - z) / r.
pub fn with_half_s(nonce: &KeyPair, digest: &[u8]) -> (KeyPair, Signature) {
    let half = half_order(nonce);
    let r: [u8; 32] = nonce.public_bytes()[1..].try_into().expect("x has 32 bytes");
    let key = match nonce {
        KeyPair::Secp256k1(nonce) => {
            let scalar = |bytes: &[u8]| {
                *k256::ecdsa::SigningKey::from_slice(bytes).expect("a scalar").as_nonzero_scalar()
            };
            let sum = *(scalar(&half) * nonce.as_nonzero_scalar()) - *scalar(digest);
            let key = sum * scalar(&r).invert().expect("not zero");
            KeyPair::Secp256k1(k256::ecdsa::SigningKey::from_slice(&key.to_bytes()).expect("a key"))
        }
        KeyPair::P256(nonce) => {
            let scalar = |bytes: &[u8]| {
                *p256::ecdsa::SigningKey::from_slice(bytes).expect("a scalar").as_nonzero_scalar()
            };
            let sum = *(scalar(&half) * nonce.as_nonzero_scalar()) - *scalar(digest);
            let key = sum * scalar(&r).invert().expect("not zero");
            KeyPair::P256(p256::ecdsa::SigningKey::from_slice(&key.to_bytes()).expect("a key"))
        }
        KeyPair::Ed25519(_) => panic!("Ed25519 has no low S"),
    };
    (key, rs(r, half))
}

/// An ECDSA signature in ASN.1 DER.
pub fn der(signature: &Signature) -> Vec<u8> {
    let (r, s) = signature.split_at(32);
    sequence(&[der_integer(r), der_integer(s)].concat())
}

/// The same, with a zero byte too many before r: BER takes it, DER does not.
pub fn der_not_minimal(signature: &Signature) -> Vec<u8> {
    let (r, s) = signature.split_at(32);
    let mut long_r = der_integer(r);
    long_r.insert(2, 0);
    long_r[1] += 1;
    sequence(&[long_r, der_integer(s)].concat())
}

fn sequence(content: &[u8]) -> Vec<u8> {
    [&[0x30, content.len() as u8], content].concat()
}

fn der_integer(bytes: &[u8]) -> Vec<u8> {
    let mut value: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
    if value.first().is_none_or(|byte| *byte >= 0x80) {
        value.insert(0, 0);
    }
    [&[2, value.len() as u8], value.as_slice()].concat()
}

/// An Ed25519 signature with the group's order added to S: the same equation, other bytes.
pub fn plus_order(signature: &Signature) -> Signature {
    let mut out = *signature;
    let mut carry = 0;
    for (byte, order) in out[32..].iter_mut().zip(ED25519_ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    out
}

/// The points of small order, compressed, the identity first. As public keys they make forged signatures hold.
pub fn small_order_points() -> [[u8; 32]; 8] {
    EIGHT_TORSION.map(|point| point.compress().to_bytes())
}

/// A point of large order whose y is written with the field's prime added to it: 2^255 - 19 is ed ff … ff 7f in
/// little-endian.
pub fn not_canonical_point() -> [u8; 32] {
    let point = |y: u8| {
        let mut bytes = [0; 32];
        bytes[0] = y;
        CompressedEdwardsY(bytes).decompress()
    };
    let is_large = |y: &u8| point(*y).is_some_and(|point| !point.is_small_order());
    let y = (2..19).find(is_large).expect("about half of all y are on the curve");
    let mut bytes = [0xff; 32];
    (bytes[0], bytes[31]) = (0xed + y, 0x7f);
    bytes
}

/// A signature that holds for every message under the identity point as key, by whoever wants one: R = B, S = 1.
pub fn under_identity_key() -> Signature {
    rs(ED25519_BASEPOINT_POINT.compress().to_bytes(), Scalar::ONE.to_bytes())
}

/// A signature by the key's holder with R of small order: the equation without cofactor holds, strict rules refuse it.
pub fn with_small_order_r(label: &str, message: &[u8]) -> Signature {
    let secret = secret_scalar(label);
    let r = EIGHT_TORSION[0].compress().to_bytes();
    let k = challenge(&r, &(ED25519_BASEPOINT_POINT * secret), message);
    rs(r, (k * secret).to_bytes())
}

/// A signature by the key's holder whose R is off by a point of order 8: only the equation multiplied by the cofactor
/// holds.
pub fn only_with_cofactor(label: &str, message: &[u8]) -> Signature {
    let secret = secret_scalar(label);
    let nonce = Scalar::from_bytes_mod_order_wide(&wide(&[b"nonce", label.as_bytes(), message].concat()));
    let r = (ED25519_BASEPOINT_POINT * nonce + EIGHT_TORSION[1]).compress().to_bytes();
    let k = challenge(&r, &(ED25519_BASEPOINT_POINT * secret), message);
    rs(r, (nonce + k * secret).to_bytes())
}

/// The secret scalar of `KeyPair::ed25519(label)` (RFC 8032, section 5.1.5).
fn secret_scalar(label: &str) -> Scalar {
    let mut bytes: [u8; 32] = wide(&ed25519_seed(label))[..32].try_into().expect("half of 64 bytes");
    bytes[0] &= 248;
    bytes[31] &= 127;
    bytes[31] |= 64;
    Scalar::from_bytes_mod_order(bytes)
}

/// The scalar k of RFC 8032, section 5.1.6.
fn challenge(r: &[u8], key: &EdwardsPoint, message: &[u8]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&wide(&[r, key.compress().as_bytes(), message].concat()))
}

fn wide(bytes: &[u8]) -> [u8; 64] {
    sha512(bytes).try_into().expect("SHA-512 has 64 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &[u8] = b"message";

    /// S·B - R - k·A: zero where the equation without cofactor holds.
    fn residue(key: &[u8], signature: &Signature) -> EdwardsPoint {
        let point = |bytes: &[u8]| CompressedEdwardsY::from_slice(bytes).unwrap().decompress().unwrap();
        let (r, s) = signature.split_at(32);
        let key = point(key);
        let s = Scalar::from_bytes_mod_order(s.try_into().unwrap());
        ED25519_BASEPOINT_POINT * s - point(r) - key * challenge(r, &key, MESSAGE)
    }

    #[test]
    fn forgeries_hold_where_a_lenient_verifier_looks() {
        let key = KeyPair::ed25519("label");
        let honest = key.sign(MESSAGE);
        let zero = EIGHT_TORSION[0];
        assert_eq!(residue(&key.public_bytes(), &honest), zero);
        assert_eq!(residue(&key.public_bytes(), &plus_order(&honest)), zero);
        assert_ne!(plus_order(&honest), honest);
        assert_eq!(residue(&key.public_bytes(), &with_small_order_r("label", MESSAGE)), zero);
        assert_eq!(residue(&small_order_points()[0], &under_identity_key()), zero);

        let off = residue(&key.public_bytes(), &only_with_cofactor("label", MESSAGE));
        assert_ne!(off, zero);
        assert_eq!(off.mul_by_cofactor(), zero);
    }

    #[test]
    fn the_point_that_is_not_canonical_decodes_leniently() {
        let bytes = not_canonical_point();
        let point = CompressedEdwardsY(bytes).decompress().unwrap();
        assert!(!point.is_small_order());
        assert_ne!(point.compress().to_bytes(), bytes);
    }

    #[test]
    fn flipping_twice_is_nothing() {
        for key in [KeyPair::k256("label"), KeyPair::p256("label")] {
            let signature = key.sign(MESSAGE);
            assert_ne!(flipped(&key, &signature), signature);
            assert_eq!(flipped(&key, &flipped(&key, &signature)), signature);
        }
    }

    #[test]
    fn der_is_what_the_curve_crates_write() {
        for label in ["a", "b", "c", "d", "e", "f"] {
            let signature = KeyPair::p256(label).sign(MESSAGE);
            let theirs = p256::ecdsa::Signature::from_slice(&signature).unwrap().to_der();
            assert_eq!(der(&signature), theirs.as_bytes());
            assert!(p256::ecdsa::Signature::from_der(&der_not_minimal(&signature)).is_err());
        }
    }
}
