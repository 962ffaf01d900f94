//! CIDs of operations: one form only, so that no other spelling can slip through.

use super::{base32, decode_base32};
use cid::CidGeneric;
use cid::multihash::Multihash;

/// A CID whose hash has 32 bytes.
type Cid = CidGeneric<32>;

/// The multibase code of base32 in lower case without padding.
const BASE32: char = 'b';

/// The codec of DAG-CBOR (multicodec table).
const DAG_CBOR: u64 = 0x71;

/// The multihash code of SHA-256 (multicodec table).
const SHA2_256: u64 = 0x12;

/// The CID of DAG-CBOR bytes with this SHA-256: version 1, in base32 (did-plc.md, "Bytes and CID").
pub(crate) fn from_sha256(sha256: &[u8; 32]) -> String {
    // A digest of 32 bytes always fits; an empty string is no CID and compares equal to none.
    let cid = Multihash::wrap(SHA2_256, sha256).map(|hash| Cid::new_v1(DAG_CBOR, hash));
    cid.map(|cid| format!("{BASE32}{}", base32(&cid.to_bytes()))).unwrap_or_default()
}

/// The SHA-256 in such a CID; `None` for any other string.
pub(crate) fn sha256_in(text: &str) -> Option<[u8; 32]> {
    let bytes = decode_base32(text.strip_prefix(BASE32)?)?;
    let sha256 = Cid::try_from(bytes).ok()?.hash().digest().try_into().ok()?;
    // Other codecs and spellings are read too. Only the one that we write counts.
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
