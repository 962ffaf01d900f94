//! Strings of bytes, through the crates `multibase` and `cid`, decoded strictly: one string for one sequence of bytes.

pub(crate) mod base64;
pub(crate) mod cid;

use multibase::Base;

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Base::Base16Lower.encode(bytes)
}

/// Reads hexadecimal in either case; `None` for anything else.
pub(crate) fn decode_hex(text: &str) -> Option<Vec<u8>> {
    Base::Base16Lower.decode(text).ok()
}

/// Base32 in lower case without padding (RFC 4648, section 6).
pub(crate) fn base32(bytes: &[u8]) -> String {
    Base::Base32Lower.encode(bytes)
}

/// Reads base32 in either case without padding; `None` for anything else.
pub(crate) fn decode_base32(text: &str) -> Option<Vec<u8>> {
    Base::Base32Lower.decode(text).ok()
}
