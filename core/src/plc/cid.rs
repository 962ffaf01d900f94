//! CIDs of operations: one form only, so that no other spelling can slip through.

use base32ct::{Base32Unpadded, Encoding};

/// What every CID here says of itself: version 1, DAG-CBOR, and a SHA-256 of 32 bytes (multiformats tables).
const PREFIX: [u8; 4] = [0x01, 0x71, 0x12, 0x20];

/// The multibase prefix of base32 in small letters without padding, in which CIDs are written.
const BASE32: char = 'b';

/// The CID of DAG-CBOR bytes with this SHA-256.
pub(super) fn of_sha256(sha256: &[u8; 32]) -> String {
    let bytes: Vec<u8> = PREFIX.iter().chain(sha256).copied().collect();
    format!("{BASE32}{}", Base32Unpadded::encode_string(&bytes))
}

/// The SHA-256 in such a CID; `None` for any other text.
pub(super) fn sha256_in(cid: &str) -> Option<[u8; 32]> {
    let bytes = Base32Unpadded::decode_vec(cid.strip_prefix(BASE32)?).ok()?;
    let sha256 = bytes.strip_prefix(&PREFIX)?.try_into().ok()?;
    // The decoder is strict by itself; encoding again makes that independent of its version.
    (of_sha256(&sha256) == cid).then_some(sha256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ipld_core::cid::Cid;

    /// Of an operation in the corpus.
    const CID: &str = "bafyreifjd22pwfcvscyxdg3rc7zhur323ezysscp36hjsnymarzxupk23e";

    #[test]
    fn the_crate_for_cids_reads_the_same() {
        let cid = Cid::try_from(CID).unwrap();
        let sha256 = sha256_in(CID).unwrap();
        assert_eq!((cid.codec(), cid.hash().code(), cid.hash().digest()), (0x71, 0x12, &sha256[..]));
        assert_eq!(of_sha256(&sha256), CID);
    }

    #[test]
    fn other_texts_are_none() {
        let (raw, longer) = (CID.replace("bafyrei", "bafkrei"), format!("{CID}a"));
        let without_base = CID.replacen('b', "", 1);
        // The last character holds four bits that must be zero.
        let unused_bits = CID.replace("23e", "23f");
        for text in ["", "b", &without_base, &CID.to_uppercase(), &raw, &longer, &unused_bits] {
            assert_eq!(sha256_in(text), None, "{text:?}");
        }
    }
}
