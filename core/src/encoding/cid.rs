//! CIDs of operations: one form only, so that no other spelling can slip through.

use super::{base32, decode_base32};

/// What every CID of an operation starts with: version 1, DAG-CBOR, SHA-256, and how many bytes follow (multicodec table).
const PREFIX: [u8; 4] = [1, 0x71, 0x12, 32];

/// The letter of base32 in lower case (multibase table).
const BASE32: char = 'b';

/// The CID of DAG-CBOR bytes with this SHA-256: version 1, in base32 (did-plc.md, "Bytes and CID").
pub(crate) fn from_sha256(sha256: &[u8; 32]) -> String {
    format!("{BASE32}{}", base32(&[&PREFIX[..], sha256].concat()))
}

/// The SHA-256 in such a CID; `None` for any other string.
pub(crate) fn sha256_in(text: &str) -> Option<[u8; 32]> {
    let bytes = decode_base32(text.strip_prefix(BASE32)?)?;
    let sha256 = bytes.strip_prefix(&PREFIX)?.try_into().ok()?;
    // In the one spelling that we write.
    (from_sha256(&sha256) == text).then_some(sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of an operation in the corpus.
    const CID: &str = "bafyreifjd22pwfcvscyxdg3rc7zhur323ezysscp36hjsnymarzxupk23e";

    #[test]
    fn other_readers_of_cids_agree() {
        let cid = ipld_core::cid::Cid::try_from(CID).unwrap();
        let sha256 = sha256_in(CID).unwrap();
        assert_eq!((cid.codec(), cid.hash().code(), cid.hash().digest()), (0x71, 0x12, &sha256[..]));
        assert_eq!(from_sha256(&sha256), CID);
    }

    #[test]
    fn other_strings_are_none() {
        let (raw, longer) = (CID.replace("bafyrei", "bafkrei"), format!("{CID}a"));
        let without_base = CID.replacen('b', "", 1);
        // The last character holds four bits that must be zero.
        let unused_bits = CID.replace("23e", "23f");
        for text in ["", "b", &without_base, &CID.to_uppercase(), &raw, &longer, &unused_bits] {
            assert_eq!(sha256_in(text), None, "{text:?}");
        }
    }
}
