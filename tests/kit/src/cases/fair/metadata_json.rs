//! The metadata document as JSON.

use super::published::Published;
use crate::case::{Case, replaced};
use crate::encoding::latin1;
use crate::json::Json;

const STRICT: &str = r#"json.md, "Strict JSON""#;
const ONCE: &str = r#"json.md, "Duplicate members""#;
const NUMBERS: &str = r#"json.md, "Numbers""#;

pub(super) fn cases() -> Vec<Case> {
    [duplicates(), grammar(), numbers(), not_numbers(), other_documents()].concat()
}

fn case(name: &str, rule: &str, about: &str, text: impl Into<Vec<u8>>, code: &'static str) -> Case {
    Published::new().case_with(&format!("json/{name}"), text).rule(rule).about(about).rejected(code)
}

fn duplicates() -> Vec<Case> {
    let duplicate =
        |name: &str, about: &str, text: String| case(name, ONCE, about, text, "input.duplicate_member");
    let text = Published::new().metadata.pretty();
    let id = Published::new().log.did().to_owned();
    let twice = |change: fn(&mut Json)| Published::new().edit(change).metadata.pretty();
    vec![
        duplicate(
            "duplicate-id",
            "The id twice, with the same value.",
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
            "A member twice that is not read.",
            twice(|metadata| {
                metadata.push("future", 1);
                metadata.push("future", 1);
            }),
        ),
        duplicate(
            "duplicate-deep",
            "A member twice inside members that is not read.",
            twice(|metadata| {
                let twins = Json::Object(vec![("a".to_owned(), Json::Null), ("a".to_owned(), Json::Null)]);
                metadata.push("future", Json::array([Json::object([("deep", twins)])]));
            }),
        ),
    ]
}

/// The document with this JSON, or what looks like it, as the value of a member that is not read.
fn with_value(text: &str) -> String {
    Published::new().metadata.with("rating", Json::Raw(text.to_owned())).pretty()
}

fn grammar() -> Vec<Case> {
    let values = [
        ("capital-true", "True", "True as Python writes it"),
        ("undefined", "undefined", "undefined"),
        ("single-quotes", "'x'", "A string in single quotes"),
        ("bad-escape", "\"\\x41\"", "An escape that JSON does not have"),
        ("short-escape", "\"\\u004\"", "A \\u escape of three digits"),
        ("raw-tab", "\"a\tb\"", "A tab inside a string"),
        ("raw-nul", "\"a\0b\"", "A NUL inside a string"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in values {
        let about = format!("{about}, in a member that is not read.");
        cases.push(case(name, STRICT, &about, with_value(text), "input.malformed"));
    }
    let text = Published::new().metadata.pretty();
    cases.push(case(
        "unquoted-name",
        STRICT,
        "A member's name without quotes.",
        replaced(&text, "\"slug\"", "slug"),
        "input.malformed",
    ));
    cases.push(case(
        "trailing-comma",
        STRICT,
        "A comma before a closing brace.",
        format!("{},\n}}\n", text.trim_end().trim_end_matches('}').trim_end()),
        "input.malformed",
    ));
    cases
}

/// Numbers that JSON allows. Nothing is read of them, so no range can matter.
fn numbers() -> Vec<Case> {
    let rows = [
        ("plain", "[0, -0, -1.5, 1e3, 1E-3, 0.10]", "Numbers of every form"),
        ("long", "123456789012345678901234567890", "A number of 30 digits"),
        ("beyond-double", "1e309", "A number beyond the range of a double"),
        ("below-double", "-1E+309", "A negative number beyond the range of a double"),
        ("huge-exponent", "1e99999999999999999999", "An exponent beyond every integer type"),
        ("tiny-exponent", "1e-99999999999999999999", "A number that a double reads as 0"),
        (
            "nested",
            "{\"a\": [1e400, {\"b\": -1.5e400}], \"c\": \"1e400\"}",
            "Such numbers deep inside, and one in a string",
        ),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, json, about) in rows {
        let published = Published::new().edit(|metadata| metadata.set("rating", Json::Raw(json.to_owned())));
        let about = format!("{about}, in a member that is not read.");
        cases.push(published.verified(&format!("json/number-{name}"), NUMBERS, &about, &[]));
    }
    let digits = format!("1{}", "0".repeat(400));
    let published = Published::new().edit(|metadata| metadata.set("rating", Json::Number(digits)));
    let about = "A whole number of 401 digits, in a member that is not read.";
    cases.push(published.verified("json/number-of-401-digits", NUMBERS, about, &[]));
    cases.push(
        Published::new().edit(|metadata| metadata.set("id", Json::Number("1e400".to_owned()))).rejected(
            "json/number-as-id",
            r#"fair.md, "Metadata document""#,
            "The id is a number beyond the range of a double.",
            "fair.metadata.malformed",
        ),
    );
    cases
}

/// What only looks like a number that a double cannot hold, or like a number at all.
fn not_numbers() -> Vec<Case> {
    let rows = [
        ("nan", "NaN", "NaN"),
        ("infinity", "-Infinity", "-Infinity"),
        ("leading-zero", "01", "A number with a leading zero"),
        ("leading-plus", "+1", "A number with a plus sign"),
        ("leading-point", ".5", "A number that starts with its point"),
        ("trailing-point", "1.", "A number that ends with its point"),
        ("empty-exponent", "1e", "A number with an empty exponent"),
        ("hex-number", "0x10", "A hexadecimal number"),
        ("huge-leading-zero", "01e400", "A huge number with a leading zero"),
        ("huge-trailing-point", "1.e400", "A huge number without digits after its point"),
        ("huge-two-exponents", "1e400e1", "A huge number with two exponents"),
        ("huge-fraction-in-exponent", "1e400.5", "A huge number with a fraction in its exponent"),
        ("huge-leading-plus", "+1e400", "A huge number with a plus sign"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in rows {
        let about = format!("{about}, in a member that is not read.");
        cases.push(case(name, NUMBERS, &about, with_value(text), "input.malformed"));
    }
    cases
}

fn other_documents() -> Vec<Case> {
    const TYPE: &str = r#"fair.md, "Metadata document""#;
    let text = Published::new().metadata.pretty();
    let latin = latin1(&text.replace("Example Publisher", "Ex\u{e1}mple Publisher"));
    vec![
        case("array", TYPE, "The document inside an array.", format!("[{text}]"), "input.wrong_type"),
        case("null", TYPE, "null.", "null", "input.wrong_type"),
        case(
            "string",
            TYPE,
            "The document inside a string.",
            Json::from(text.clone()).to_string(),
            "input.wrong_type",
        ),
        case(
            "html",
            STRICT,
            "An error page.",
            "<!DOCTYPE html>\n<title>502 Bad Gateway</title>\n",
            "input.malformed",
        ),
        case("empty", STRICT, "An empty response.", "", "input.malformed"),
        case(
            "cut-off",
            STRICT,
            "The document without its last brace.",
            text.trim_end().trim_end_matches('}'),
            "input.malformed",
        ),
        case("two-documents", STRICT, "The document twice.", text.repeat(2), "input.trailing_bytes"),
        case(
            "byte-order-mark",
            STRICT,
            "A byte order mark before the document.",
            format!("\u{feff}{text}"),
            "input.byte_order_mark",
        ),
        case("latin-1", STRICT, "A name in Latin-1.", latin, "input.not_utf8"),
    ]
}
