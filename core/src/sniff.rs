//! Known things that are given in place of a document or a key, known by how they start or end. What is said of one repeats
//! none of it: it may be secret.

/// How a ZIP file starts (APPNOTE.TXT, section 4.3.7). Swapped arguments are the most common mistake with documents.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";

const URL: &str = "this is a URL; give the document that it leads to";

/// Starts, each with what something is that starts so.
pub(crate) type Starts = [(&'static [u8], &'static str)];

/// No JSON starts like this.
const STARTS: &Starts = &[
    (ZIP, "this is a ZIP file"),
    // RFC 1952, section 2.3.1.
    (b"\x1f\x8b", "this is compressed with gzip"),
    (b"did:", "this is an identity (a DID)"),
    (b"https://", URL),
    (b"http://", URL),
    (b"-----BEGIN", "this is PEM"),
    (b"<", "this is HTML or XML"),
];

/// What this is, where it is known. It looks at the start and the end, and at what is as short as a path.
pub(crate) fn known(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.trim_ascii();
    let known = by_start(bytes, STARTS);
    if known.is_some() {
        known
    } else if bytes.is_empty() {
        Some("this is empty")
    } else if is_path(bytes) {
        Some("this looks like a path; give the contents of the file")
    } else {
        None
    }
}

/// What this is, from its start, without regard to case.
pub(crate) fn by_start(bytes: &[u8], starts: &Starts) -> Option<&'static str> {
    let is_start =
        |start: &[u8]| bytes.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    starts.iter().find(|(start, _)| is_start(start)).map(|(_, what)| *what)
}

/// The longest path that Linux opens (PATH_MAX).
const MAX_PATH_BYTES: usize = 4096;

/// Characters of the shortest form of a key: 32 bytes in base64 without padding. A key in base64 may contain slashes, and
/// even start with one, so only something shorter that starts with a slash is taken for a path.
const SHORTEST_KEY: usize = 43;

fn is_path(bytes: &[u8]) -> bool {
    const RELATIVE: &[&[u8]] = &[b"./", b"../", b"~/", b".\\", b"..\\", b"\\\\"];
    const EXTENSIONS: &[&[u8]] = &[
        b".pem", b".pub", b".key", b".der", b".crt", b".cer", b".txt", b".json", b".jsonl", b".zip", b".php",
    ];
    if bytes.len() > MAX_PATH_BYTES || bytes.contains(&b'\n') || bytes.contains(&b'\r') {
        return false;
    }
    let is_relative = RELATIVE.iter().any(|start| bytes.starts_with(start));
    // Two slashes, or one and a star, start a comment.
    let is_absolute =
        matches!(bytes, [b'/', next, ..] if !b"/*".contains(next)) && bytes.len() < SHORTEST_KEY;
    let has_drive = matches!(bytes, [b'a'..=b'z' | b'A'..=b'Z', b':', b'\\' | b'/', ..]);
    // A server's message may end with the name of a file, and JSON that was cut off with a URL.
    let is_name = !bytes.iter().any(|byte| matches!(byte, b' ' | b'\t' | b'"'));
    let has_extension = is_name && EXTENSIONS.iter().any(|extension| ends_with(bytes, extension));
    is_relative || is_absolute || has_drive || has_extension
}

fn ends_with(bytes: &[u8], end: &[u8]) -> bool {
    let tail = bytes.len().checked_sub(end.len()).and_then(|at| bytes.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_things_are_named() {
        let things: [(&[u8], &str); 26] = [
            (b"", "empty"),
            (b" \t\r\n\x0c", "empty"),
            (b"PK\x03\x04\x14\0", "ZIP file"),
            (b"\x1f\x8b\x08\0", "gzip"),
            (b"did:plc:z72i7hdynmk6r22z27h6tvur", "identity (a DID)"),
            (b"DID:WEB:publisher.example\n", "identity (a DID)"),
            (b"https://publisher.example/log.json", "URL"),
            (b"HTTP://127.0.0.1/did.json", "URL"),
            (b"\n\n<!doctype html>\n<p>404", "HTML"),
            (b"<?xml version=\"1.0\"?>", "HTML"),
            (b"-----BEGIN PUBLIC KEY-----\n", "PEM"),
            (b"log.json", "path"),
            (b" export.JSONL\n", "path"),
            (b"keys/publisher.pem", "path"),
            (b"publisher.PUB", "path"),
            (b"2026-01-01/log.json", "path"),
            (b"./log", "path"),
            (b"../log", "path"),
            (b"~/log", "path"),
            (b".\\log", "path"),
            (b"..\\log", "path"),
            (b"\\\\server\\share\\log", "path"),
            (b"/home/alice smith/log", "path"),
            (b"C:\\fair\\my log", "path"),
            (b"c:/fair/log", "path"),
            (b"/home/j\xf6rg/log.json", "path"),
        ];
        for (bytes, expected) in things {
            assert!(known(bytes).is_some_and(|what| what.contains(expected)), "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn other_things_are_not_named() {
        let of_a_keys_length = format!("/{}", "A".repeat(42));
        let others = [
            "not found",
            "Cannot read /var/www/log.json",
            "cannot\tread\tlog.json",
            r#"{"url":"https://publisher.example/log.json"#,
            "/a\n.pem",
            "/a\r.pem",
            "// log\t[]",
            "/* log */[]",
            "/",
            "~alice",
            "...",
            "C:log",
            "1:/2",
            "json",
            "logjson",
            "did",
            "http:/",
            "PK",
            "{}",
            &of_a_keys_length,
        ];
        for text in others {
            assert_eq!(known(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn the_length_of_a_path_is_bounded_inclusively() {
        let path = |length: usize| format!("{}.json", "a".repeat(length.saturating_sub(5)));
        assert!(known(path(MAX_PATH_BYTES).as_bytes()).is_some());
        assert_eq!(known(path(MAX_PATH_BYTES + 1).as_bytes()), None);
    }
}
