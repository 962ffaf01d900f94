//! Base64, decoded strictly (RFC 4648): one string for one sequence of bytes.

use multibase::Base;

/// Decodes base64url without padding. `None` for padding, white space, another alphabet, an impossible length, or unused
/// trailing bits that are not zero (RFC 4648, section 3.5).
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    Base::Base64Url.decode(text).ok()
}

/// Characters of a 64-byte signature in base64url without padding.
pub(crate) const SIGNATURE_CHARS: usize = 86;

/// Decodes a signature of 64 bytes as [`decode_url`] does.
pub(crate) fn decode_url_signature(text: &str) -> Option<[u8; 64]> {
    if text.len() != SIGNATURE_CHARS {
        return None;
    }
    decode_url(text)?.try_into().ok()
}

/// Decodes base64 or base64url, with or without padding, but otherwise as strictly as [`decode_url`]: one alphabet in
/// one string, and padding to exactly a multiple of four where there is any.
pub(crate) fn decode_any(text: &str) -> Option<Vec<u8>> {
    // The decoder takes several padded strings after one another, which would be other strings for the same bytes.
    if text.trim_end_matches('=').contains('=') {
        return None;
    }
    let base = match (text.contains(['-', '_']), text.ends_with('=')) {
        (true, true) => Base::Base64UrlPad,
        (true, false) => Base::Base64Url,
        (false, true) => Base::Base64Pad,
        (false, false) => Base::Base64,
    };
    base.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_string_decodes() {
        assert_eq!(decode_url("AA").as_deref(), Some(&[0][..]));
        assert_eq!(decode_url("-_8").as_deref(), Some(&[0xfb, 0xff][..]));
        for text in ["AA==", "AB", "A", "A A", "AA\n", "+/8", "ÄA", "AA="] {
            assert_eq!(decode_url(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_signature_has_64_bytes_and_one_string() {
        let text = Base::Base64Url.encode([7; 64]);
        assert_eq!(decode_url_signature(&text), Some([7; 64]));
        let start = |len: usize| text.get(..len).unwrap().to_owned();
        let unused_bits = start(85) + "x";
        let others = [format!("{text}A"), format!("{text}=="), start(84), unused_bits, String::new()];
        for text in others {
            assert_eq!(decode_url_signature(&text), None, "{text:?}");
        }
    }

    #[test]
    fn either_alphabet_with_or_without_padding() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            assert_eq!(decode_any(text).as_deref(), Some(&[0xfb, 0xff][..]), "{text}");
        }
        for text in ["+_8=", "+/8==", "+/9=", " +/8=", "+/8=\n", "=", "AA==AA==", "+/8=AA"] {
            assert_eq!(decode_any(text), None, "{text:?}");
        }
    }
}
