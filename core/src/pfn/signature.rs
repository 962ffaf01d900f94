//! Signatures of publishers: their encoding, and the one check that all of them go through.

use super::key::PublisherKey;
use crate::encoding::base64;
use crate::error::Error;
use crate::tables::Code;

/// Bytes of an Ed25519 signature (RFC 8032, section 5.1.6).
const SIGNATURE_BYTES: usize = 64;

/// The longest encoded signature: base64 with padding. Longer strings are not decoded.
const MAX_ENCODED_BYTES: usize = 88;

/// A well-formed signature, not yet verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature([u8; SIGNATURE_BYTES]);

impl Signature {
    /// Decodes 64 bytes of base64 or base64url, with or without padding, and nothing else (pfn.md, "Signature encoding").
    ///
    /// # Errors
    ///
    /// [`Code::PfnSignatureEncoding`]. The message says what was found.
    pub(super) fn parse(encoded: &str) -> Result<Self, Error> {
        decode(encoded).map(Signature).map_err(|found| {
            let message = format!("expected a signature of {SIGNATURE_BYTES} bytes in base64, found {found}");
            Error::new(Code::PfnSignatureEncoding, message)
        })
    }

    /// Whether this key made the signature over these bytes, verified strictly (keys.md, "Ed25519").
    pub(super) fn is_by(&self, key: &PublisherKey, signed: &[u8]) -> bool {
        key.public_key().as_ed25519().is_some_and(|key| key.verifies(signed, &self.0))
    }
}

/// The bytes of a signature, or what the string is instead.
fn decode(encoded: &str) -> Result<[u8; SIGNATURE_BYTES], String> {
    if encoded.is_empty() {
        return Err("an empty string".to_owned());
    }
    if encoded.len() > MAX_ENCODED_BYTES {
        return Err(format!(
            "a string of {} bytes, above the {MAX_ENCODED_BYTES} of the longest form",
            encoded.len()
        ));
    }
    let bytes = base64::decode_any(encoded).ok_or_else(|| not_base64(encoded))?;
    let size = bytes.len();
    bytes.try_into().map_err(|_| format!("{size} bytes"))
}

fn not_base64(encoded: &str) -> String {
    let what = if encoded.contains(char::is_whitespace) {
        "has white space in it"
    } else {
        "is not strict base64: it was cut off, or has a character, padding or unused bits that it should not have"
    };
    format!("a string of {} bytes that {what}", encoded.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{publisher_key, sign_bytes};
    use multibase::Base;

    #[test]
    fn every_form_is_the_same_signature() {
        let bytes = sign_bytes(b"text");
        for base in [Base::Base64, Base::Base64Pad, Base::Base64Url, Base::Base64UrlPad] {
            let signature = Signature::parse(&base.encode(bytes)).unwrap();
            assert!(signature.is_by(&publisher_key(), b"text"));
            assert!(!signature.is_by(&publisher_key(), b"texts"));
        }
    }

    #[test]
    fn other_strings_are_refused() {
        let text = Base::Base64Pad.encode(sign_bytes(b"text"));
        let unused_bits = text.replace("==", "").split_at(85).0.to_owned() + "/";
        let others = [
            String::new(),
            format!(" {text}"),
            format!("{text}\n"),
            format!("{text}="),
            text.replacen('=', "", 1),
            unused_bits,
            format!("{}+_{}", "A".repeat(42), "A".repeat(42)),
            Base::Base64Pad.encode([0; 63]),
            Base::Base64Pad.encode([0; 65]),
            Base::Base16Lower.encode([0; 64]),
            "A".repeat(1 << 20),
        ];
        for other in others {
            let code = Signature::parse(&other).map_err(|error| error.code());
            assert_eq!(code, Err(Code::PfnSignatureEncoding), "{other:.100}");
        }
        let message = |other: &str| Signature::parse(other).unwrap_err().message().to_owned();
        assert!(message("").ends_with("found an empty string"));
        assert!(message("AAAA").ends_with("found 3 bytes"));
        assert!(message(&format!("{text}\n")).contains("a string of 89 bytes"));
        assert!(message("AA AA").contains("white space"));
    }

    /// The order of the base point (RFC 8032, section 5.1), little-endian.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    #[test]
    fn a_signature_with_the_order_added_to_s_is_another_signature() {
        let mut bytes = sign_bytes(b"text");
        let mut carry = 0;
        for (byte, addend) in bytes[32..].iter_mut().zip(ORDER) {
            let sum = u16::from(*byte) + u16::from(addend) + carry;
            [*byte, _] = sum.to_le_bytes();
            carry = sum >> 8;
        }
        let signature = Signature::parse(&Base::Base64Pad.encode(bytes)).unwrap();
        assert!(!signature.is_by(&publisher_key(), b"text"));
    }
}
