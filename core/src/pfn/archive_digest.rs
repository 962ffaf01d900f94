//! The signature of an archive, checked by the archive's digest alone.

use super::key::PublisherKey;
use super::signature::Signature;
use crate::encoding::decode_hex;
use crate::error::{ApiFault, Error};
use crate::tables::Code;

/// The SHA-384 digest of an archive: all that a publisher's signature over an archive is over (pfn.md, "Archive signatures").
///
/// One that a node lists says nothing about bytes until they are found to have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveDigest([u8; 48]);

impl ArchiveDigest {
    /// Reads a digest in hexadecimal, in either case.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`].
    pub fn parse(hex: &str) -> Result<Self, Error> {
        let digest = decode_hex(hex).and_then(|bytes| bytes.try_into().ok());
        let misuse = || {
            let message = "expected a SHA-384 digest of 96 hexadecimal digits";
            Error::misuse(ApiFault::Argument, message)
        };
        digest.map(ArchiveDigest).ok_or_else(misuse)
    }

    pub(super) fn new(sha384: &[u8; 48]) -> Self {
        ArchiveDigest(*sha384)
    }

    /// Checks that a publisher's key signed the digest as that of an archive.
    ///
    /// # Errors
    ///
    /// [`Code::PfnSignatureEncoding`], [`Code::PfnArchiveSignatureInvalid`].
    pub fn check_signature(&self, key: &PublisherKey, signature: &str) -> Result<(), Error> {
        if may_be_a_challenge(&self.0) {
            let message = "the archive's SHA-384 digest is valid UTF-8, so its signature could answer a challenge; rebuild the archive";
            return Err(Error::new(Code::PfnArchiveSignatureInvalid, message));
        }
        if !Signature::parse(signature)?.is_by(key, &self.0) {
            let message = format!("the key {} did not sign this archive", key.public_key());
            return Err(Error::new(Code::PfnArchiveSignatureInvalid, message));
        }
        Ok(())
    }
}

/// Whether a publisher who signs any challenge could have signed these bytes as one: it signs the UTF-8 of a text
/// (pfn.md, "Archive signatures").
fn may_be_a_challenge(digest: &[u8]) -> bool {
    std::str::from_utf8(digest).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::hex;
    use crate::pfn::testing::{other_key, publisher_key, sign};

    const TEXT: &str = "t\u{e9}xt of 48 bytes that a publisher would sign...";

    fn outcome(digest: &[u8], key: &PublisherKey, signature: &str) -> Result<(), Code> {
        let checked =
            ArchiveDigest::parse(&hex(digest)).and_then(|digest| digest.check_signature(key, signature));
        checked.map_err(|error| error.code())
    }

    #[test]
    fn the_key_must_have_signed_the_digest() {
        let (digest, other) = ([0xff; 48], [0xfe; 48]);
        let signature = sign(&digest);
        assert_eq!(outcome(&digest, &publisher_key(), &signature), Ok(()));
        assert_eq!(outcome(&other, &publisher_key(), &signature), Err(Code::PfnArchiveSignatureInvalid));
        assert_eq!(outcome(&digest, &other_key(), &signature), Err(Code::PfnArchiveSignatureInvalid));
        assert_eq!(outcome(&digest, &publisher_key(), "?"), Err(Code::PfnSignatureEncoding));
    }

    #[test]
    fn a_digest_that_is_text_may_be_a_challenge() {
        let refused = outcome(TEXT.as_bytes(), &publisher_key(), &sign(TEXT.as_bytes()));
        assert_eq!(refused, Err(Code::PfnArchiveSignatureInvalid));
    }

    #[test]
    fn a_digest_has_96_digits() {
        let digits = "aB".repeat(48);
        assert!(ArchiveDigest::parse(&digits).is_ok());
        let (short, long) = ("ab".repeat(47), "ab".repeat(49));
        for wrong in [short.as_str(), &long, &digits.replace("aB", "ag"), &digits.replacen("a", "", 1), ""] {
            let error = ArchiveDigest::parse(wrong).unwrap_err();
            assert_eq!(error.code(), Code::ApiArgument, "{wrong}");
        }
    }
}
