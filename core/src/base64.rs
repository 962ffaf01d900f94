//! Base64 texts, decoded strictly (RFC 4648): one text for one sequence of bytes.

use base64ct::{Base64, Base64Unpadded, Base64Url, Base64UrlUnpadded, Encoding};

/// Decodes base64url without padding. `None` for padding, white space, another alphabet, an impossible length, or unused
/// trailing bits that are not zero (RFC 4648, section 3.5).
pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    decode::<Base64UrlUnpadded>(text)
}

/// Decodes a signature of 64 bytes as [`decode_url`] does: logs hold one for each operation.
pub(crate) fn decode_url_signature(text: &str) -> Option<[u8; 64]> {
    let mut signature = [0; 64];
    let decoded = Base64UrlUnpadded::decode(text, &mut signature).ok()?;
    (decoded.len() == 64).then_some(signature)
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

/// The decoder takes no character outside of the alphabet, and encodes the last block again, the only one that could be
/// written in several ways. The tests below and the corpus hold it to that.
fn decode<B: Encoding>(text: &str) -> Option<Vec<u8>> {
    B::decode_vec(text).ok()
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
    fn a_signature_has_64_bytes_and_one_text() {
        let text = Base64UrlUnpadded::encode_string(&[7; 64]);
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
        for text in ["+_8=", "+/8==", "+/9=", " +/8=", "+/8=\n", "="] {
            assert_eq!(decode_any(text), None, "{text:?}");
        }
    }
}
