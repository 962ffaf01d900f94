//! Base64 texts, decoded strictly (RFC 4648): one text for one sequence of bytes.

use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};

/// Decodes base64url without padding. `None` for padding, white space, another alphabet, an impossible length, or unused
/// trailing bits that are not zero (RFC 4648, section 3.5).
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    decode::<Base64UrlUnpadded>(text)
}

/// Decodes base64 or base64url, with or without padding, but otherwise as strictly as [`decode_url`]: one alphabet in
/// one text, and padding to exactly a multiple of four where there is any.
pub(crate) fn decode_any(text: &str) -> Option<Vec<u8>> {
    let is_url = text.contains(['-', '_']);
    match (is_url, text.ends_with('=')) {
        (true, true) => decode::<Base64Url>(text),
        (true, false) => decode::<Base64UrlUnpadded>(text),
        (false, true) => decode::<Base64>(text),
        (false, false) => decode::<Base64Unpadded>(text),
    }
}

fn decode<B: Encoding>(text: &str) -> Option<Vec<u8>> {
    let bytes = B::decode_vec(text).ok()?;
    // The decoder is strict by itself; encoding again makes that independent of its version.
    (B::encode_string(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_text_decodes() {
        assert_eq!(decode_url("AA").as_deref(), Some(&[0][..]));
        assert_eq!(decode_url("-_8").as_deref(), Some(&[0xfb, 0xff][..]));
        for text in ["AA==", "AB", "A", "A A", "AA\n", "+/8", "ÄA", "AA="] {
            assert_eq!(decode_url(text), None, "{text:?}");
        }
    }

    #[test]
    fn either_alphabet_with_or_without_padding() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            assert_eq!(decode_any(text).as_deref(), Some(&[0xfb, 0xff][..]), "{text}");
        }
        for text in ["+_8=", "+/8==", "+/9=", " +/8=", "+/8=\n", "="] {
            assert_eq!(decode_any(text), None, "{text:?}");
        }
    }
}
