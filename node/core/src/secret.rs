//! Random names and secrets, their hashes, and their comparison.

use crate::fault::Fault;
use crate::host::Host;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Random bytes of a secret: 128 bits. The UUID that the original uses has 122.
const SECRET_BYTES: usize = 16;

/// 32 random hexadecimal digits.
pub(crate) fn random_hex(host: &impl Host) -> Result<String, Fault> {
    let mut bytes = [0; SECRET_BYTES];
    host.random(&mut bytes)?;
    Ok(hex(&bytes))
}

/// A random UUID (RFC 9562, section 5.4), which is what the original's challenges are.
pub(crate) fn random_uuid(host: &impl Host) -> Result<String, Fault> {
    let mut bytes = [0; SECRET_BYTES];
    host.random(&mut bytes)?;
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = *version & 0x0f | 0x40;
    *variant = *variant & 0x3f | 0x80;
    let digits = hex(&bytes);
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    Ok([part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-"))
}

/// The SHA-256 of a secret, under which it is stored.
pub(crate) fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether two secrets are the same, in a time that depends on neither. Hashing makes their lengths the same.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|secret| Sha256::digest(secret.as_bytes()));
    bool::from(one.as_slice().ct_eq(other.as_slice()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
