//! What programs that fetch judge alike (fair.md, "Fetching"). Core itself asks no server.

/// What servers call no encoding; storage servers keep the name of how a file was uploaded to them (`aws-chunked`).
const NO_ENCODINGS: [&[u8]; 4] = [b"", b"identity", b"none", b"aws-chunked"];

/// Whether the value of a `Content-Encoding` header means that there is none. Where bytes were changed in spite of it, digest and
/// signature tell. For bindings, which do the fetching.
///
/// ```
/// assert!(fedverify::means_no_encoding(b"Identity, aws-chunked"));
/// assert!(!fedverify::means_no_encoding(b"identity, gzip"));
/// ```
pub fn means_no_encoding(content_encoding: &[u8]) -> bool {
    let mut names = content_encoding.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    names.all(|name| NO_ENCODINGS.iter().any(|none| name.eq_ignore_ascii_case(none)))
}

#[cfg(test)]
mod tests {
    use super::*;

    // As `tests/php/edges.php` has them.
    #[test]
    fn only_names_for_no_encoding_mean_none() {
        let none = ["", "identity", "Identity", "none", "NONE", "aws-chunked", "AWS-Chunked", "aws-chunked,"];
        for encoding in none.into_iter().chain(["\x0cidentity\t,\r\n none "]) {
            assert!(means_no_encoding(encoding.as_bytes()), "{encoding:?}");
        }
        for encoding in
            ["gzip", "br", "identity, gzip", "gzip, identity", "identity;q=1", "aws", "none\x0b", "\0"]
        {
            assert!(!means_no_encoding(encoding.as_bytes()), "{encoding:?}");
        }
    }
}
