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
