//! The metadata document as JSON.

use super::published::Published;
use crate::case::{Case, replaced};
use crate::encoding::latin1;
use crate::json::Json;

const STRICT: &str =
    "did-plc.md, Attacks: repeats a JSON member so that two parsers read two values: refused everywhere";
const GRAMMAR: &str = "DESIGN.md, Errors: input.* (not JSON)";

pub(super) fn cases() -> Vec<Case> {
    [duplicates(), grammar(), other_documents()].concat()
}

fn case(name: &str, rule: &str, about: &str, text: impl Into<Vec<u8>>, code: &'static str) -> Case {
    Published::new().case_with(&format!("json/{name}"), text).rule(rule).about(about).rejected(code)
}

fn duplicates() -> Vec<Case> {
    let duplicate =
        |name: &str, about: &str, text: String| case(name, STRICT, about, text, "input.duplicate_member");
    let text = Published::new().metadata.pretty();
    let id = Published::new().log.did().to_owned();
    let twice = |change: fn(&mut Json)| Published::new().edit(change).metadata.pretty();
    vec![
        duplicate(
            "duplicate-id",
            "The id twice, the same.",
            replaced(
                &text,
                "\"type\": \"wp-plugin\"",
                &format!("\"id\": \"{id}\",\n  \"type\": \"wp-plugin\""),
            ),
        ),
        duplicate(
            "duplicate-type-escaped",
            "The type twice, once with a JSON escape in its name.",
            replaced(
                &text,
                "\"type\": \"wp-plugin\"",
                "\"t\\u0079pe\": \"x-other\",\n  \"type\": \"wp-plugin\"",
            ),
        ),
        duplicate(
            "duplicate-releases",
            "Releases twice, the first time empty.",
            replaced(&text, "\"releases\": ", "\"releases\": [],\n  \"releases\": "),
        ),
        duplicate(
            "duplicate-checksum",
            "The checksum twice: null, and right.",
            replaced(&text, "\"checksum\": ", "\"checksum\": null,\n          \"checksum\": "),
        ),
        duplicate(
            "duplicate-unknown",
            "A member twice that nobody reads.",
            twice(|metadata| {
                metadata.push("future", 1);
                metadata.push("future", 1);
            }),
        ),
        duplicate(
            "duplicate-deep",
            "A member twice inside members that nobody reads.",
            twice(|metadata| {
                let twins = Json::Object(vec![("a".to_owned(), Json::Null), ("a".to_owned(), Json::Null)]);
                metadata.push("future", Json::array([Json::object([("deep", twins)])]));
            }),
        ),
    ]
}

/// The document with some text as the value of a member that nobody reads.
fn with_value(text: &str) -> String {
    Published::new().metadata.with("rating", Json::Raw(text.to_owned())).pretty()
}

fn grammar() -> Vec<Case> {
    let values = [
        ("nan", "NaN", "NaN"),
        ("infinity", "-Infinity", "-Infinity"),
        ("leading-zero", "01", "A number with a leading zero"),
        ("leading-plus", "+1", "A number with a plus sign"),
        ("leading-point", ".5", "A number that starts with its point"),
        ("trailing-point", "1.", "A number that ends with its point"),
        ("empty-exponent", "1e", "A number with an empty exponent"),
        ("hex-number", "0x10", "A hexadecimal number"),
        ("capital-true", "True", "True as Python writes it"),
        ("undefined", "undefined", "undefined"),
        ("single-quotes", "'x'", "A text in single quotes"),
        ("bad-escape", "\"\\x41\"", "An escape that JSON does not have"),
        ("short-escape", "\"\\u004\"", "A \\u escape of three digits"),
        ("raw-tab", "\"a\tb\"", "A tab inside a text"),
        ("raw-nul", "\"a\0b\"", "A NUL inside a text"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in values {
        let about = format!("{about}, in a member that nobody reads.");
        cases.push(case(name, GRAMMAR, &about, with_value(text), "input.malformed"));
    }
    let text = Published::new().metadata.pretty();
    cases.push(case(
        "unquoted-name",
        GRAMMAR,
        "A member's name without quotes.",
        replaced(&text, "\"slug\"", "slug"),
        "input.malformed",
    ));
    cases.push(case(
        "trailing-comma",
        GRAMMAR,
        "A comma before a closing brace.",
        format!("{},\n}}\n", text.trim_end().trim_end_matches('}').trim_end()),
        "input.malformed",
    ));
    cases
}

fn other_documents() -> Vec<Case> {
    const TYPE: &str = "fair.md, Metadata document: JSON object";
    let text = Published::new().metadata.pretty();
    let latin = latin1(&text.replace("Example Publisher", "Ex\u{e1}mple Publisher"));
    vec![
        case("array", TYPE, "The document inside an array.", format!("[{text}]"), "input.wrong_type"),
        case("null", TYPE, "null.", "null", "input.wrong_type"),
        case(
            "text",
            TYPE,
            "The document inside a text.",
            Json::from(text.clone()).to_string(),
            "input.wrong_type",
        ),
        case(
            "html",
            GRAMMAR,
            "An error page.",
            "<!DOCTYPE html>\n<title>502 Bad Gateway</title>\n",
            "input.malformed",
        ),
        case("empty", GRAMMAR, "An empty answer.", "", "input.malformed"),
        case(
            "cut-off",
            GRAMMAR,
            "The document without its last brace.",
            text.trim_end().trim_end_matches('}'),
            "input.malformed",
        ),
        case(
            "two-documents",
            "DESIGN.md, Errors: input.* (trailing bytes)",
            "The document twice.",
            text.repeat(2),
            "input.trailing_bytes",
        ),
        case(
            "byte-order-mark",
            "RFC 8259, section 8.1",
            "A byte order mark before the document.",
            format!("\u{feff}{text}"),
            "input.byte_order_mark",
        ),
        case("latin-1", "RFC 8259, section 8.1", "A name in Latin-1.", latin, "input.not_utf8"),
    ]
}
