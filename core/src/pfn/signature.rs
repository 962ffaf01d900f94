//! Signatures of publishers: their text forms, and the one check that all of them go through.

use super::key::PublisherKey;
use crate::encoding::base64;
use crate::error::Error;
use crate::tables::Code;

/// Bytes of an Ed25519 signature (RFC 8032, section 5.1.6).
const SIGNATURE_BYTES: usize = 64;

/// The longest text of a signature: base64 with padding. Longer ones are not decoded.
const MAX_TEXT_BYTES: usize = 88;

/// A well-formed signature, not yet checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature([u8; SIGNATURE_BYTES]);

impl Signature {
    /// Reads 64 bytes of base64 or base64url, with or without padding, and nothing else (`pfn.md`, "What is signed").
    ///
    /// Errors: [`Code::PfnSignatureEncoding`].
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let bytes = Some(text).filter(|text| text.len() <= MAX_TEXT_BYTES).and_then(base64::decode_any);
        match bytes.as_deref().map(<[u8; SIGNATURE_BYTES]>::try_from) {
            Some(Ok(bytes)) => Ok(Signature(bytes)),
            Some(Err(_)) | None => {
                let message = format!(
                    "expected a signature of {SIGNATURE_BYTES} bytes in base64, 88 characters or 86 without padding; \
                     found {} bytes of text that are something else",
                    text.len()
                );
                Err(Error::new(Code::PfnSignatureEncoding, message))
            }
        }
    }

    /// Whether this key made the signature over these bytes, verified strictly.
    pub(super) fn is_by(&self, key: &PublisherKey, signed: &[u8]) -> bool {
        key.public_key().as_ed25519().is_some_and(|key| key.verifies(signed, &self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{publisher_key, sign_bytes};
    use multibase::Base;

    #[test]
    fn every_text_form_is_the_same_signature() {
        let bytes = sign_bytes(b"text");
        for base in [Base::Base64, Base::Base64Pad, Base::Base64Url, Base::Base64UrlPad] {
            let signature = Signature::parse(&base.encode(bytes)).unwrap();
            assert!(signature.is_by(&publisher_key(), b"text"));
            assert!(!signature.is_by(&publisher_key(), b"texts"));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let text = Base::Base64Pad.encode(sign_bytes(b"text"));
        let unused_bits = text.replace("==", "").split_at(85).0.to_owned() + "/";
        let texts = [
            String::new(),
            format!(" {text}"),
            format!("{text}\n"),
            format!("{text}="),
            text.replacen('=', "", 1),
            unused_bits,
            Base::Base64Pad.encode([0; 63]),
            Base::Base64Pad.encode([0; 65]),
            Base::Base16Lower.encode([0; 64]),
            "A".repeat(1 << 20),
        ];
        for text in texts {
            let code = Signature::parse(&text).map_err(|error| error.code());
            assert_eq!(code, Err(Code::PfnSignatureEncoding), "{text:.100}");
        }
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
