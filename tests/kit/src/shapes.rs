//! Documents of the greatest size, each full of what costs a reader most: what they take is counted in core's tests, and by
//! each language.

use crate::chain::laborious;
use crate::examples::history;
use crate::json::Json;
use std::io;
use std::path::Path;

/// Operations of the log with the most signature checks: ten each, of which a log may take 20,000, and one more.
const LABORIOUS_OPERATIONS: u64 = 2001;

/// Bytes of a document at the limit.
const DOCUMENT_BYTES: usize = 8 << 20;

/// Repeats a piece until the document is as large as the limit.
pub fn filled(before: &str, piece: impl Fn(usize) -> String, after: &str) -> String {
    let mut text = String::with_capacity(DOCUMENT_BYTES);
    text.push_str(before);
    for number in 0.. {
        let piece = piece(number);
        if text.len() + piece.len() + after.len() + 1 > DOCUMENT_BYTES {
            break;
        }
        if number > 0 {
            text.push(',');
        }
        text.push_str(&piece);
    }
    text.push_str(after);
    text
}

/// A line again and again, until the document is as large as the limit.
fn repeated(line: &str) -> String {
    line.repeat(DOCUMENT_BYTES / line.len())
}

const ANY: &[&str] = &["log", "DID document"];
const LOG: &[&str] = &["log"];
const METADATA: &[&str] = &["metadata"];
const AUTHOR: &[&str] = &["author-data"];

/// A document at the limit, full of one thing.
pub struct Shape {
    /// What may be made of it: documents of these kinds. The reader of JSON is the same for all.
    pub documents: &'static [&'static str],
    /// What it is full of.
    pub name: &'static str,
    /// The document.
    pub text: String,
}

/// Documents full of whatever takes memory.
pub fn shapes() -> Vec<Shape> {
    let metadata = |rest: &str| {
        format!(r#"{{"@context":"https://fair.pm/ns/metadata/v1","id":"did:plc:a","type":"wp-plugin",{rest}"#)
    };
    let package = r#""releases":[{"version":"1","artifacts":{"package":["#;
    let operation = r#"[{"operation":{"type":"plc_operation","rotationKeys":["#;
    let shapes = vec![
        (ANY, "numbers", filled("[", |_| "1".to_owned(), "]")),
        (ANY, "empty arrays", filled("[", |_| "[]".to_owned(), "]")),
        (ANY, "strings", filled("[", |_| "\"\"".to_owned(), "]")),
        (ANY, "escaped strings", filled("[", |_| r#""\n""#.to_owned(), "]")),
        (ANY, "members", filled("{", |number| format!("\"{number}\":1"), "}")),
        (ANY, "objects", filled("[", |_| r#"{"a":{}}"#.to_owned(), "]")),
        (ANY, "a huge number among strings", filled("[1e999,", |_| "\"ab\"".to_owned(), "]")),
        (ANY, "one huge number", format!("[{}]", "9".repeat(DOCUMENT_BYTES - 2))),
        (ANY, "one string", format!("[\"{}\"]", "x".repeat(DOCUMENT_BYTES - 4))),
        (ANY, "one escaped string", format!("[\"{}\"]", "\\n".repeat(DOCUMENT_BYTES / 2 - 2))),
        (
            METADATA,
            "releases that are numbers",
            filled(&metadata("\"releases\":["), |_| "1".to_owned(), "]}"),
        ),
        (
            METADATA,
            "releases without artifacts",
            filled(&metadata("\"releases\":["), |n| format!("{{\"version\":\"{n}\"}}"), "]}"),
        ),
        (
            METADATA,
            "small releases",
            filled(
                &metadata("\"releases\":["),
                |n| format!("{{\"version\":\"{n}\",\"artifacts\":{{}}}}"),
                "]}",
            ),
        ),
        (
            METADATA,
            "releases that are malformed",
            filled(&metadata("\"releases\":["), |_| "{\"version\":\"\"}".to_owned(), "]}"),
        ),
        (
            METADATA,
            "versions of many parts",
            filled(
                &metadata("\"releases\":["),
                |n| format!("{{\"version\":\"{n}-1{}\",\"artifacts\":[]}}", ".a".repeat(18)),
                "]}",
            ),
        ),
        (METADATA, "artifacts that are numbers", filled(&metadata(package), |_| "1".to_owned(), "]}}]}")),
        (METADATA, "empty artifacts", filled(&metadata(package), |_| "{}".to_owned(), "]}}]}")),
        (
            METADATA,
            "small artifacts",
            filled(&metadata(package), |n| format!("{{\"url\":\"{n}\"}}"), "]}}]}"),
        ),
        (LOG, "rotation keys", filled(operation, |_| "\"\"".to_owned(), "]}}]")),
        (
            LOG,
            "bare operations",
            filled("[", |_| r#"{"type":"plc_tombstone","prev":"","sig":""}"#.to_owned(), "]"),
        ),
        (LOG, "export lines", repeated("{\"did\":\"a\",\"operation\":{}}\n")),
        (LOG, "export lines of many aliases", repeated(&export_line())),
        (
            AUTHOR,
            "plugins",
            filled(r#"{"username":"alice","plugins":["#, |n| format!("{{\"slug\":\"{n}\"}}"), "]}"),
        ),
        (AUTHOR, "empty plugins", filled(r#"{"username":"alice","plugins":["#, |_| "{}".to_owned(), "]}")),
    ];
    shapes.into_iter().map(|(documents, name, text)| Shape { documents, name, text }).collect()
}

/// A line of an export, which is an operation that nobody signed.
fn export_line() -> String {
    let aliases = vec!["\"a\""; 1000].join(",");
    let operation = format!(
        r#"{{"type":"plc_operation","rotationKeys":[],"verificationMethods":{{}},"alsoKnownAs":[{aliases}],"services":{{}},"prev":null,"sig":""}}"#
    );
    format!("{{\"did\":\"a\",\"operation\":{operation},\"cid\":\"\",\"createdAt\":\"\"}}\n")
}

/// Writes each shape into a folder, as often as there are documents that may have it, and `requests.json`: what a verifier is asked
/// about each. Beside them `signatures.json`, a log that takes more signature checks than one may, with its DID in `signatures.txt`.
pub fn write(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut requests = Vec::new();
    for (number, shape) in shapes().into_iter().enumerate() {
        let file = format!("{number}.json");
        std::fs::write(folder.join(&file), &shape.text)?;
        requests.extend(shape.documents.iter().map(|document| request(document, shape.name, &file)));
    }
    let log = laborious(LABORIOUS_OPERATIONS);
    std::fs::write(folder.join("signatures.json"), log.text())?;
    std::fs::write(folder.join("signatures.txt"), log.did())?;
    std::fs::write(folder.join("requests.json"), Json::Array(requests).pretty())
}

/// What is asked about a document: its kind, the inputs that are text, the one that is a file, and limits.
fn request(document: &str, shape: &str, file: &str) -> Json {
    let log = history();
    let (did, log) = (log.did().to_owned(), log.text());
    let (kind, input, texts) = match document {
        "log" => ("plc-log", "log", vec![("did", did)]),
        "metadata" => ("fair-metadata", "metadata", vec![("did", did), ("log", log)]),
        "DID document" => ("web-document", "document", vec![("did", "did:web:a.example".to_owned())]),
        _ => ("pfn-author-data", "document", Vec::new()),
    };
    let texts = texts.into_iter().map(|(name, text)| (name.to_owned(), Json::Text(text))).collect();
    Json::object([
        ("name", Json::Text(format!("{document} of {shape}"))),
        ("kind", Json::Text(kind.to_owned())),
        ("texts", Json::Object(texts)),
        ("input", Json::Text(input.to_owned())),
        ("file", Json::Text(file.to_owned())),
        // Records have a lower limit of their own, which would refuse them before anything is read.
        ("limits", Json::object([("recordBytes", (DOCUMENT_BYTES as u64).into())])),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A longer one would be refused before anything is read of it.
    #[test]
    fn a_shape_is_as_large_as_a_document_may_be_and_no_larger() {
        for Shape { name, text, .. } in shapes() {
            let bytes = text.len();
            assert!(bytes <= DOCUMENT_BYTES && bytes * 100 > DOCUMENT_BYTES * 99, "{name} has {bytes} bytes");
        }
    }
}
