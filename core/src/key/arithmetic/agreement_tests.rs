//! Both backends say the same of every point and every signature, honest, random and mutated.
//!
//! `FEDVERIFY_SIGNATURES=100000` asks for more than `make test` takes.

// Bytes at random places, counts of tests.
#![allow(clippy::arithmetic_side_effects)]

use super::{SignedDigest, native, pure};
use k256::ecdsa::signature::hazmat::PrehashSigner;
use sha2::{Digest, Sha256};

/// Signatures of each curve, unless the environment says how many.
const SIGNATURES: u32 = 1_000;

/// The primes of the fields (SEC 2, section 2.4.1; FIPS 186-4, section D.1.2.3).
const SECP256K1_FIELD: &str = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f";
const P256_FIELD: &str = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";

/// The orders of the groups (the same sections).
const SECP256K1_ORDER: &str = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
const P256_ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

/// What both said, by what it was.
#[derive(Debug, Default)]
struct Tally {
    points: u32,
    no_points: u32,
    satisfied: u32,
    refused: u32,
    out_of_range: u32,
}

impl Tally {
    /// Whether every branch was met often enough to mean something.
    fn assert_is_broad(&self) {
        let least = count() / 20;
        let Tally { points, no_points, satisfied, refused, out_of_range } = *self;
        for seen in [points, no_points, satisfied, refused, out_of_range] {
            assert!(seen > least, "{self:?}");
        }
        println!("{self:?}");
    }
}

fn count() -> u32 {
    std::env::var("FEDVERIFY_SIGNATURES").map_or(SIGNATURES, |count| count.parse().unwrap())
}

fn random(what: &str, number: u32) -> [u8; 32] {
    Sha256::digest(format!("{what} {number}")).into()
}

fn number_of(hexadecimal: &str) -> [u8; 32] {
    multibase::Base::Base16Lower.decode(hexadecimal).unwrap().try_into().unwrap()
}

/// Numbers at the borders of what a scalar may be: 0, 1, n - 1, n, n + 1, half of n, half of n + 1, the greatest.
fn borders(order: [u8; 32]) -> [[u8; 32]; 8] {
    let one = std::array::from_fn(|place| u8::from(place == 31));
    let mut half = order;
    for place in (0..32).rev() {
        half[place] = (order[place] >> 1) | if place == 0 { 0 } else { order[place - 1] << 7 };
    }
    let mut above_half = half;
    above_half[31] += 1;
    [[0; 32], one, near(order, -1), order, near(order, 1), half, above_half, [0xff; 32]]
}

/// A digest, and a signature over it that was honest before it was changed in the way of this number.
fn mutated(number: u32, order: [u8; 32], sign: impl Fn(&[u8; 32]) -> [u8; 64]) -> ([u8; 32], [u8; 64]) {
    let chance = random("chance", number);
    let mut prehash = match number % 7 {
        0 => borders(order)[usize::from(chance[0] % 8)],
        _ => random("digest", number),
    };
    let mut signature = sign(&prehash);
    let place = usize::from(chance[1] % 64);
    let border = borders(order)[usize::from(chance[2] % 8)];
    match number % 10 {
        0..4 => {}
        4 => signature[place] ^= 1 << (chance[3] % 8),
        5 => prehash[place % 32] ^= 1 << (chance[3] % 8),
        6 => signature[..32].copy_from_slice(&border),
        7 => signature[32..].copy_from_slice(&border),
        8 => signature.rotate_left(32),
        _ => signature = [random("r", number), random("s", number)].concat().try_into().unwrap(),
    }
    (prehash, signature)
}

/// A number less or more by this.
fn near(number: [u8; 32], change: i64) -> [u8; 32] {
    let mut carry = change;
    let mut bytes = number;
    for byte in bytes.iter_mut().rev() {
        let sum = i64::from(*byte) + carry;
        *byte = sum.rem_euclid(256).try_into().unwrap();
        carry = sum.div_euclid(256);
    }
    bytes
}

/// A compressed point for each number: of an honest key, of an x that half of the time is none, or of one around the field's
/// prime, which must not be taken for what it leaves when it is divided by the prime.
fn point(number: u32, field: [u8; 32], honest: [u8; 33]) -> [u8; 33] {
    let chance = random("sign", number);
    let x = match number % 8 {
        0 => random("x", number),
        4 => near(field, i64::from(chance[1]) - 128),
        _ => return honest,
    };
    [&[2 + chance[0] % 2][..], &x].concat().try_into().unwrap()
}

/// Whether a signature over a digest satisfies the equation; `None` where r or s is out of range.
type Satisfies = Box<dyn Fn(&[u8; 32], &[u8; 64]) -> Option<bool>>;

/// A backend's reading of a point.
type Read = fn(&[u8; 33]) -> Option<Satisfies>;

/// A secret key: its point, and how it signs.
type Secret = ([u8; 33], Box<dyn Fn(&[u8; 32]) -> [u8; 64]>);

fn assert_agreement([field, order]: [[u8; 32]; 2], secret: fn(&[u8; 32]) -> Secret, backends: [Read; 2]) {
    let mut tally = Tally::default();
    for number in 0..count() {
        let (honest, sign) = secret(&random("secret", number / 16));
        let bytes = point(number, field, honest);
        let [pure, native] = backends.map(|read| read(&bytes));
        let (Some(pure), Some(native)) = (&pure, &native) else {
            assert!(pure.is_none() && native.is_none(), "{bytes:?}");
            tally.no_points += 1;
            continue;
        };
        tally.points += 1;
        let (prehash, signature) = mutated(number, order, sign);
        let outcome = pure(&prehash, &signature);
        assert_eq!(native(&prehash, &signature), outcome, "{bytes:?} {prehash:?} {signature:?}");
        *match outcome {
            None => &mut tally.out_of_range,
            Some(true) => &mut tally.satisfied,
            Some(false) => &mut tally.refused,
        } += 1;
    }
    tally.assert_is_broad();
}

#[test]
fn secp256k1() {
    let secret = |secret: &[u8; 32]| -> Secret {
        let secret = k256::ecdsa::SigningKey::from_slice(secret).unwrap();
        let point = k256::CompressedPoint::from(secret.verifying_key()).into();
        let sign = move |prehash: &[u8; 32]| -> [u8; 64] {
            let signature: k256::ecdsa::Signature = secret.sign_prehash(prehash).unwrap();
            signature.to_bytes().into()
        };
        (point, Box::new(sign))
    };
    fn low(bytes: &[u8; 64]) -> Option<k256::ecdsa::Signature> {
        k256::ecdsa::Signature::from_slice(bytes).ok().map(|signature| signature.normalize_s())
    }
    let pure: Read = |bytes| {
        let point = pure::Secp256k1Point::from_compressed(bytes)?;
        assert_eq!(point.to_compressed(), *bytes);
        Some(Box::new(move |prehash, signature| {
            low(signature).map(|low| point.satisfies(&SignedDigest::new(*prehash), &low))
        }))
    };
    let native: Read = |bytes| {
        let point = native::Secp256k1Point::from_compressed(bytes)?;
        assert_eq!(point.to_compressed(), *bytes);
        Some(Box::new(move |prehash, signature| {
            low(signature).map(|low| point.satisfies(&SignedDigest::new(*prehash), &low))
        }))
    };
    assert_agreement([SECP256K1_FIELD, SECP256K1_ORDER].map(number_of), secret, [pure, native]);
}

/// The message is what the digest is on the other curve: ring takes no digest.
#[test]
fn p256() {
    let secret = |secret: &[u8; 32]| -> Secret {
        let secret = p256::ecdsa::SigningKey::from_slice(secret).unwrap();
        let point = p256::CompressedPoint::from(secret.verifying_key()).into();
        let sign = move |prehash: &[u8; 32]| -> [u8; 64] {
            let signature: p256::ecdsa::Signature = secret.sign_prehash(&Sha256::digest(prehash)).unwrap();
            signature.to_bytes().into()
        };
        (point, Box::new(sign))
    };
    fn low(bytes: &[u8; 64]) -> Option<p256::ecdsa::Signature> {
        p256::ecdsa::Signature::from_slice(bytes).ok().map(|signature| signature.normalize_s())
    }
    let pure: Read = |bytes| {
        let point = pure::P256Point::from_compressed(bytes)?;
        assert_eq!(point.to_compressed(), *bytes);
        Some(Box::new(move |prehash, signature| {
            low(signature).map(|low| point.satisfies(&SignedDigest::of_message(prehash), &low))
        }))
    };
    let native: Read = |bytes| {
        let point = native::P256Point::from_compressed(bytes)?;
        assert_eq!(point.to_compressed(), *bytes);
        Some(Box::new(move |prehash, signature| {
            low(signature).map(|low| point.satisfies(&SignedDigest::of_message(prehash), &low))
        }))
    };
    assert_agreement([P256_FIELD, P256_ORDER].map(number_of), secret, [pure, native]);
}
