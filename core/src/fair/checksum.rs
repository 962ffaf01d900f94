//! Checksums of artifacts.

use crate::digest::PackageDigests;
use crate::encoding;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;

/// A checksum in a form that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Checksum {
    Sha256([u8; 32]),
    Sha384([u8; 48]),
}

impl Checksum {
    /// Reads `sha256:` or `sha384:` and hexadecimal in either case.
    ///
    /// # Errors
    ///
    /// [`Code::FairChecksumUnsupported`] for another algorithm, [`Code::FairChecksumMalformed`].
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let malformed = || {
            let expected = "sha256: or sha384: and the digest in hexadecimal";
            Error::new(Code::FairChecksumMalformed, format!("expected {expected}, found {}", quote(text)))
        };
        let (algorithm, hex) = text.split_once(':').ok_or_else(malformed)?;
        let bytes = encoding::decode_hex(hex);
        match algorithm {
            "sha256" => {
                bytes.and_then(|bytes| bytes.try_into().ok()).map(Checksum::Sha256).ok_or_else(malformed)
            }
            "sha384" => {
                bytes.and_then(|bytes| bytes.try_into().ok()).map(Checksum::Sha384).ok_or_else(malformed)
            }
            other => {
                let message = format!("expected a checksum with sha256 or sha384, found {}", quote(other));
                Err(Error::new(Code::FairChecksumUnsupported, message))
            }
        }
    }

    /// Whether the package matches the checksum.
    pub(crate) fn matches(&self, digests: &PackageDigests) -> bool {
        match self {
            Checksum::Sha256(digest) => digest == digests.sha256(),
            Checksum::Sha384(digest) => digest == digests.sha384(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_case_and_both_algorithms() {
        let digests = PackageDigests::from_reader(&b"abc"[..], &crate::tables::Limits::default()).unwrap();
        for text in [
            format!("sha256:{}", digests.sha256_hex()),
            format!("sha256:{}", digests.sha256_hex().to_uppercase()),
            format!("sha384:{}", digests.sha384_hex()),
        ] {
            assert!(Checksum::parse(&text).unwrap().matches(&digests), "{text}");
        }
        let other = PackageDigests::from_reader(&b"abd"[..], &crate::tables::Limits::default()).unwrap();
        assert!(!Checksum::parse(&format!("sha384:{}", other.sha384_hex())).unwrap().matches(&digests));
    }

    #[test]
    fn each_fault_has_its_code() {
        let sha256 = "0".repeat(64);
        let sha384 = "0".repeat(96);
        let faults = [
            (sha256.clone(), Code::FairChecksumMalformed),
            (String::new(), Code::FairChecksumMalformed),
            (format!("sha256:{sha384}"), Code::FairChecksumMalformed),
            (format!("sha384:{sha256}"), Code::FairChecksumMalformed),
            (format!("sha256:{sha256}0"), Code::FairChecksumMalformed),
            (format!("sha256: {sha256}"), Code::FairChecksumMalformed),
            (format!("sha256:{}", "g".repeat(64)), Code::FairChecksumMalformed),
            (format!("sha1:{}", "0".repeat(40)), Code::FairChecksumUnsupported),
            (format!("md5:{}", "0".repeat(32)), Code::FairChecksumUnsupported),
            (format!("SHA256:{sha256}"), Code::FairChecksumUnsupported),
        ];
        for (text, code) in faults {
            assert_eq!(Checksum::parse(&text).map_err(|error| error.code()), Err(code), "{text}");
        }
    }
}
