//! Bytes as strings, and the hashes that are written in these forms.

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// SHA-384.
pub fn sha384(bytes: &[u8]) -> Vec<u8> {
    Sha384::digest(bytes).to_vec()
}

/// SHA-512.
pub fn sha512(bytes: &[u8]) -> Vec<u8> {
    Sha512::digest(bytes).to_vec()
}

/// Hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// Base32, lower case, no padding.
pub fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_lowercase()
}

/// Standard base64 with padding.
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// The bytes of a string in standard base64, if it is one.
pub fn base64_bytes(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.as_bytes()).ok()
}

/// Standard base64 without padding.
pub fn base64_unpadded(bytes: &[u8]) -> String {
    BASE64_NOPAD.encode(bytes)
}

/// base64url without padding: how operations and packages carry signatures.
pub fn base64url(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

/// base64url with padding.
pub fn base64url_padded(bytes: &[u8]) -> String {
    BASE64URL.encode(bytes)
}

/// The bytes of a string that [`base64url`] wrote.
pub fn from_base64url(text: &str) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url of our own making")
}

/// The same bytes with unused bits set in the last character: what a lenient decoder takes for the same signature.
pub fn with_trailing_bits(base64url: &str) -> String {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (rest, last) = base64url.split_at(base64url.len() - 1);
    let value = ALPHABET.find(last).expect("a base64url character");
    format!("{rest}{}", &ALPHABET[value + 1..value + 2])
}

/// The string in Latin-1, which is not UTF-8 outside of ASCII.
pub fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(character).expect("a character of Latin-1")).collect()
}

/// Multibase base58btc: `z` and the digits.
pub fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// The did:key of these multicodec bytes, whatever they are.
pub fn did_key(multicodec: &[u8]) -> String {
    format!("did:key:{}", multibase(multicodec))
}

/// The CID of DAG-CBOR bytes: version 1, codec 0x71, SHA-256 multihash, base32.
pub fn cid(dag_cbor: &[u8]) -> String {
    cid_with_codec(0x71, dag_cbor)
}

/// The CID with another codec below 0x80.
pub fn cid_with_codec(codec: u8, bytes: &[u8]) -> String {
    let mut binary = vec![1, codec, 0x12, 32];
    binary.extend(sha256(bytes));
    format!("b{}", base32(&binary))
}

/// The bytes of a CID in base32.
pub fn cid_bytes(cid: &str) -> Vec<u8> {
    BASE32_NOPAD.decode(cid[1..].to_uppercase().as_bytes()).expect("a CID of our own making")
}

/// The did:plc that these genesis bytes imply.
pub fn did_plc(signed_genesis: &[u8]) -> String {
    format!("did:plc:{}", &base32(&sha256(signed_genesis))[..24])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_bits_decode_leniently_to_the_same_bytes() {
        let text = base64url(&[7; 64]);
        let twin = with_trailing_bits(&text);
        assert_ne!(twin, text);
        let mut lenient = data_encoding::Specification::new();
        lenient.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
        lenient.check_trailing_bits = false;
        assert_eq!(lenient.encoding().unwrap().decode(twin.as_bytes()).unwrap(), [7; 64]);
    }
}
