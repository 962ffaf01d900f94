//! Strings of bytes, through the crates `multibase` and `cid`, decoded strictly: one string for one sequence of bytes.
//!
//! `multibase` decodes every base in one function, which is generic over what it is given. Here each base is given what has a type of
//! its own, in one place that is not inlined: so the compiler sees which base is meant, and drops the others from most instances of the
//! function. The wasm module needs that: its size has a limit (`wasm/build.sh`).

pub(crate) mod base64;
pub(crate) mod cid;

use multibase::Base;

/// A function that decodes one base; `None` for anything else.
macro_rules! decoder {
    ($(#[$about:meta])* $name:ident, $base:ident) => {
        $(#[$about])*
        #[inline(never)]
        pub(crate) fn $name(text: &str) -> Option<Vec<u8>> {
            struct Only<'t>(&'t str);
            impl AsRef<str> for Only<'_> {
                fn as_ref(&self) -> &str {
                    self.0
                }
            }
            Base::$base.decode(Only(text)).ok()
        }
    };
}

/// A function that encodes in one base.
macro_rules! encoder {
    ($(#[$about:meta])* $name:ident, $base:ident) => {
        $(#[$about])*
        #[inline(never)]
        pub(crate) fn $name(bytes: &[u8]) -> String {
            struct Only<'b>(&'b [u8]);
            impl AsRef<[u8]> for Only<'_> {
                fn as_ref(&self) -> &[u8] {
                    self.0
                }
            }
            Base::$base.encode(Only(bytes))
        }
    };
}

use decoder;

encoder! {
    /// Lower-case hexadecimal.
    hex, Base16Lower
}

decoder! {
    /// Reads hexadecimal in either case; `None` for anything else.
    decode_hex, Base16Lower
}

encoder! {
    /// Base32 in lower case without padding (RFC 4648, section 6).
    base32, Base32Lower
}

decoder! {
    /// Reads base32 in either case without padding; `None` for anything else.
    decode_base32, Base32Lower
}
