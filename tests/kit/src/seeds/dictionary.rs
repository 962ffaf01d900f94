//! The dictionary of the fuzz targets: words that a fuzzer puts into its inputs.

use super::LONG;
use crate::json::quoted;
use crate::stretch::stretch;

/// Words that lead somewhere in our documents.
pub const WORDS: &[&str] = &[
    "did",
    "operation",
    "cid",
    "nullified",
    "createdAt",
    "type",
    "plc_operation",
    "plc_tombstone",
    "create",
    "rotationKeys",
    "verificationMethods",
    "alsoKnownAs",
    "services",
    "endpoint",
    "prev",
    "sig",
    "signingKey",
    "recoveryKey",
    "handle",
    "service",
    "@context",
    "https://fair.pm/ns/metadata/v1",
    "id",
    "wp-plugin",
    "releases",
    "version",
    "artifacts",
    "package",
    "url",
    "signature",
    "checksum",
    "username",
    "plugins",
    "slug",
    "name",
    "short_description",
    "tags",
    "log",
    "sequenced_op",
    "seq",
    "verificationMethod",
    "publicKeyMultibase",
    "Multikey",
    "serviceEndpoint",
    "did:web:publisher.example:plugins",
    "#fair",
    "features",
    "assetInfo",
    "domain",
    "namingScheme",
    "1.0",
    "2026-01-01T00:00:00Z",
    "sha256:00",
    "author/slug.zip",
    "https://a.example",
    "did:plc:z72i7hdynmk6r22z27h6tvur",
    "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// What is in seeds and in no document: the members of a pin, the parts of a request, calls of the C library.
const OTHER_WORDS: &[&str] = &[
    "\n=== ",
    "\n=== remember\ntrue",
    "\n=== history\ntrue",
    "\n=== now\n",
    "\n=== pin\n",
    "\n=== limit logBytes\n",
    "schema",
    "fedverify/pin/v1",
    "head",
    "lastVisit",
    "signer",
    "size",
    "firstSeen",
    "digest",
    "sha384",
    "-----BEGIN PUBLIC KEY-----",
    "-----END PUBLIC KEY-----",
    "\\u0000",
    "\\ud800",
    "PK\u{1}\u{2}",
    "PK\u{3}\u{4}",
    "PK\u{5}\u{6}",
    "PK\u{6}\u{6}",
];

/// The words in the form of libFuzzer and AFL: one a line, in quotation marks, other bytes than printable ones as `\xAB`.
pub(super) fn dictionary() -> String {
    let names = WORDS.iter().map(|word| quoted(word));
    let words = WORDS.iter().chain(OTHER_WORDS).map(|word| (*word).to_owned());
    names.chain(words).chain(stretches()).map(|word| entry(&word)).collect()
}

/// Bytes that documents can have many of, and how many: above what a message says, what a width in Rust's formats can be, and
/// most limits.
fn stretches() -> impl Iterator<Item = String> {
    let times =
        |byte| [12, LONG, 20].map(|exponent| stretch(exponent, byte).map(char::from).iter().collect());
    b"09az .:/\\\"[{\n".iter().flat_map(move |byte| times(*byte))
}

fn entry(word: &str) -> String {
    let mut line = String::from("\"");
    for byte in word.bytes() {
        match byte {
            b'"' | b'\\' => line.push_str(&format!("\\{}", char::from(byte))),
            b' '..=b'~' => line.push(char::from(byte)),
            _ => line.push_str(&format!("\\x{byte:02X}")),
        }
    }
    line.push_str("\"\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_libfuzzer_reads_them() {
        assert_eq!(entry("\n\"a\\"), "\"\\x0A\\\"a\\\\\"\n");
    }
}
