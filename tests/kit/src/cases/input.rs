//! Logs as documents: JSON, read strictly.

use crate::case::{Case, replaced};
use crate::cases::publisher::{genesis, log, op, root, three};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;

const RULE: &str = rule::json::STRICT;

/// A member of an entry.
const FLAG: &str = "\"nullified\": false";

pub(super) fn cases() -> Vec<Case> {
    [
        accepted(),
        other_documents(),
        other_things(),
        unfinished(),
        separators(),
        dialects(),
        characters(),
        surrogates(),
        duplicates(),
        bytes(),
        not_utf8(),
        vec![not_utf8_far_on()],
    ]
    .concat()
}

fn refused(name: &str, rule: &str, about: &str, text: impl Into<Vec<u8>>, code: &'static str) -> Case {
    Case::plc(format!("input/{name}")).log_text(log().did(), text).rule(rule).about(about).rejected(code)
}

fn accepted() -> Vec<Case> {
    let verified = |name: &str, about: &str, text: String| {
        Case::plc(format!("input/{name}"))
            .log_text(log().did(), text)
            .rule(RULE)
            .about(about)
            .verified_as(&log(), &[])
    };
    vec![
        verified("compact", "No white space at all.", log().audit().to_string()),
        verified(
            "white-space",
            "White space of every kind that JSON has, before and after too.",
            format!("\t\r\n {} \t\r\n", log().text().replace(": ", "\t:\r\n")),
        ),
    ]
}

fn other_documents() -> Vec<Case> {
    let wrong_type = |name: &str, about: &str, text: String| {
        refused(name, rule::plc::SERVED, about, text, "input.wrong_type")
    };
    vec![
        wrong_type("null", "null.", "null".to_owned()),
        wrong_type("true", "true.", "true".to_owned()),
        wrong_type("number", "A number alone.", "42".to_owned()),
        wrong_type("text", "The log inside a JSON string.", Json::from(log().text()).to_string()),
        wrong_type(
            "message",
            "What a directory answers for a deactivated DID.",
            Json::object([("message", format!("DID not available: {}", log().did()).into())]).to_string(),
        ),
        wrong_type(
            "message-over-lines",
            "The same over several lines, which are no lines of an export.",
            Json::object([("message", format!("DID not available: {}", log().did()).into())]).pretty(),
        ),
        wrong_type("genesis-alone", "An operation alone, over several lines.", genesis().json().pretty()),
        refused("empty-array", rule::plc::SERVED, "A log without entries.", "[]", "plc.log.empty"),
        refused(
            "empty-array-spaced",
            rule::plc::SERVED,
            "The same, with white space.",
            " [ \n] \n",
            "plc.log.empty",
        ),
    ]
}

/// Things that the message names, and neighbours that it does not. A number is JSON, so the code tells whether it is taken for
/// the start of a path.
fn other_things() -> Vec<Case> {
    let thing = |name: &str, about: &str, bytes: &[u8], code: &'static str| {
        refused(&format!("thing-{name}"), RULE, about, bytes, code)
    };
    let malformed = |name: &str, about: &str, bytes: &[u8]| thing(name, about, bytes, "input.malformed");
    let path = |length: usize| format!("1/{:a>length$}", ".json", length = length - 2);
    vec![
        malformed("path", "The path of the log in place of the log.", b"log.json"),
        malformed("path-spaced", "A path with white space around it.", b" \texport.JSONL\r\n"),
        malformed("path-absolute", "An absolute path without an extension.", b"/srv/fair/log"),
        malformed("path-of-windows", "A path with a drive.", br"C:\fair\my log"),
        malformed("path-latin-1", "A path that is not UTF-8.", b"./l\xf6g"),
        malformed("path-of-number", "A path that starts with a number.", b"2026/log.json"),
        thing(
            "number-and-name",
            "A number, and a message that ends with the name of a file: no path.",
            b"2026: no log.json",
            "input.trailing_bytes",
        ),
        malformed("path-longest", "A path of 4,096 bytes that starts with a number.", path(4096).as_bytes()),
        thing(
            "path-too-long",
            "A number and 4,096 more bytes: no system opens so long a path.",
            path(4097).as_bytes(),
            "input.trailing_bytes",
        ),
        thing(
            "path-and-too-deep",
            "A name of a file that starts as 33 arrays do: it is refused before its end is looked at.",
            format!("{}.json", "[".repeat(33)).as_bytes(),
            "input.too_deep",
        ),
        thing(
            "path-in-string",
            "The path of the log in a JSON string.",
            br#""log.json""#,
            "input.wrong_type",
        ),
        malformed("message-with-path", "A server's message that ends with a path.", b"no file /srv/log.json"),
        malformed("comment", "A comment, which starts as an absolute path does.", b"/* none */ []"),
        malformed("url", "The URL of the log.", b"HTTPS://plc.directory/export"),
        malformed("did", "The DID in place of the log.", log().did().as_bytes()),
        malformed("pem", "A key in place of the log.", b"-----BEGIN PUBLIC KEY-----\n"),
        thing(
            "date",
            "A date: its year is a number, and what follows has a sign of a number.",
            b"2026-11-27",
            "input.trailing_bytes",
        ),
        thing(
            "huge-number-and-more",
            "A number beyond a double's range, and a sign after it.",
            b"1e999-1",
            "input.trailing_bytes",
        ),
        malformed("zip", "A ZIP file in place of the log.", b"PK\x03\x04\x14\0\xff"),
        malformed("gzip", "A log that is still compressed.", b"\x1f\x8b\x08\0\0\0\0\0"),
        thing("gzip-cut", "The first byte of gzip's two, and no UTF-8.", b"\x1f\x8a", "input.not_utf8"),
    ]
}

/// Not JSON.
fn malformed(name: &str, about: &str, text: impl Into<Vec<u8>>) -> Case {
    refused(name, RULE, about, text, "input.malformed")
}

/// What is no document, or not all of one.
fn unfinished() -> Vec<Case> {
    let text = log().text();
    vec![
        malformed("empty", "An empty answer.", String::new()),
        malformed("white-space-only", "White space only.", " \n"),
        malformed(
            "html",
            "An error page in the place of the log.",
            "<!DOCTYPE html>\n<html><title>503 Service Unavailable</title></html>\n",
        ),
        malformed("cut-off", "The log without its last bracket.", text.trim_end().trim_end_matches(']')),
        malformed("cut-in-half", "The first half of the log.", text[..text.len() / 2].to_owned()),
        malformed("open-string", "A string that is not closed.", "\"log"),
        malformed("open-string-escape", "A string that is not closed, and ends with an escape.", r#""\n"#),
    ]
}

/// Separators that are too many, missing, or others.
fn separators() -> Vec<Case> {
    let text = log().text();
    vec![
        malformed(
            "trailing-comma",
            "A comma after the only entry.",
            format!("{},\n]\n", text.trim_end().trim_end_matches(']').trim_end()),
        ),
        malformed("comma-for-entry", "A comma before the only entry.", text.replacen('[', "[,", 1)),
        malformed(
            "missing-comma",
            "No comma between two members.",
            replaced(&text, &format!("{FLAG},"), FLAG),
        ),
        malformed(
            "semicolon-for-comma",
            "A semicolon in place of the comma between two members.",
            replaced(&text, &format!("{FLAG},"), &format!("{FLAG};")),
        ),
        malformed(
            "semicolon-in-list",
            "A semicolon in place of the comma between two entries.",
            format!(
                "{};{}\n",
                text.trim_end().trim_end_matches(']').trim_end(),
                text.trim_start().trim_start_matches('[')
            ),
        ),
    ]
}

/// What other notations have.
fn dialects() -> Vec<Case> {
    let text = log().text();
    vec![
        malformed(
            "line-comment",
            "A line comment.",
            replaced(&text, FLAG, &format!("// checked\n    {FLAG}")),
        ),
        malformed(
            "block-comment",
            "A block comment.",
            replaced(&text, FLAG, &format!("/* checked */ {FLAG}")),
        ),
        malformed(
            "single-quotes",
            "A member's name in single quotes.",
            replaced(&text, "\"nullified\"", "'nullified'"),
        ),
        malformed(
            "unquoted-name",
            "A member's name without quotes.",
            replaced(&text, "\"nullified\"", "nullified"),
        ),
        malformed(
            "capital-false",
            "False as Python writes it.",
            replaced(&text, FLAG, "\"nullified\": False"),
        ),
        malformed(
            "nan",
            "NaN as a flag, which many languages take for false.",
            replaced(&text, FLAG, "\"nullified\": NaN"),
        ),
    ]
}

/// Characters that JSON does not have between tokens or within strings.
fn characters() -> Vec<Case> {
    let text = log().text();
    vec![
        malformed(
            "no-break-space",
            "A no-break space between tokens.",
            replaced(&text, FLAG, "\"nullified\":\u{a0}false"),
        ),
        malformed(
            "equals-for-colon",
            "An equals sign in the place of a colon.",
            replaced(&text, FLAG, "\"nullified\"= false"),
        ),
        malformed(
            "form-feed",
            "A form feed between tokens.",
            replaced(&text, FLAG, "\"nullified\":\u{c}false"),
        ),
        malformed(
            "raw-line-break",
            "A line break inside a string.",
            replaced(&text, "https://publisher.example/", "https://publisher.example/\n"),
        ),
        malformed(
            "bad-escape",
            "An escape that JSON does not have.",
            replaced(&text, "https://publisher", "https:\\/\\x2fpublisher"),
        ),
    ]
}

/// The operation was signed over the U+FFFD that lenient readers put in the place of half a surrogate pair: they get a
/// right log.
fn surrogates() -> Vec<Case> {
    let log = Log::new(&op().also_known_as("x\u{fffd}y").sign(&root()), Moment::START);
    let halves = [
        ("lone-high-surrogate", "\\ud83d", "The first half of a surrogate pair"),
        ("lone-low-surrogate", "\\ude00", "The second half of a surrogate pair"),
        ("surrogates-reversed", "\\ude00\\ud83d", "A surrogate pair in the wrong order"),
        ("cut-surrogate", "\\ud83d\\u00", "A surrogate pair that breaks off"),
    ];
    halves
        .into_iter()
        .map(|(name, escape, about)| {
            Case::plc(format!("input/{name}"))
                .log_text(log.did(), replaced(&log.text(), "x\u{fffd}y", &format!("x{escape}y")))
                .rule(RULE)
                .about(format!("{about} in an alias; replaced by U+FFFD, the log would be right."))
                .rejected("input.malformed")
        })
        .collect()
}

fn duplicates() -> Vec<Case> {
    let text = log().text();
    let did = log().did().to_owned();
    let duplicate = |name: &str, about: &str, text: String| {
        refused(&format!("duplicate-{name}"), rule::json::ONCE, about, text, "input.duplicate_member")
    };
    let prev = "\"prev\": null";
    // The message names one of them: of few members the one that comes first, of many the one that comes again first.
    let crossed = |count: usize, name: &str| {
        let others: String = (4..count).map(|number| format!("\"member{number}\":0,")).collect();
        duplicate(
            name,
            &format!(
                "An object of {count} members in the place of the log: two of them twice, one within the other."
            ),
            format!("{{\"outer\":0,\"inner\":0,{others}\"inner\":0,\"outer\":0}}"),
        )
    };
    vec![
        duplicate(
            "same-value",
            "A flag twice, with the same value.",
            replaced(&text, FLAG, &format!("{FLAG},\n    {FLAG}")),
        ),
        duplicate(
            "first-right",
            "A flag twice; the first is right.",
            replaced(&text, FLAG, &format!("{FLAG},\n    \"nullified\": true")),
        ),
        duplicate(
            "last-right",
            "A flag twice; the last is right.",
            replaced(&text, FLAG, &format!("\"nullified\": true,\n    {FLAG}")),
        ),
        duplicate(
            "did-escaped",
            "The did twice, once with a JSON escape in its name.",
            replaced(
                &text,
                &format!("\"did\": \"{did}\""),
                &format!("\"\\u0064id\": \"did:plc:x\",\n    \"did\": \"{did}\""),
            ),
        ),
        duplicate(
            "in-operation",
            "prev twice; the last is right.",
            replaced(&text, prev, &format!("\"prev\": \"\",\n      {prev}")),
        ),
        duplicate(
            "rotation-keys",
            "rotationKeys twice; the first is empty.",
            replaced(&text, "\"rotationKeys\": ", "\"rotationKeys\": [],\n      \"rotationKeys\": "),
        ),
        duplicate(
            "verification-method",
            "Two verification methods with one id.",
            replaced(&text, "\"fair\": ", "\"fair\": \"did:key:zzz\",\n        \"fair\": "),
        ),
        duplicate(
            "endpoint",
            "Two endpoints of one service; the last is right.",
            replaced(
                &text,
                "\"endpoint\": ",
                "\"endpoint\": \"https://attacker.example\",\n          \"endpoint\": ",
            ),
        ),
        duplicate("of-many", "A flag twice, with many members in between.", {
            let many: String = (0..100).map(|number| format!("\"member{number}\": null,\n    ")).collect();
            replaced(&text, FLAG, &format!("{FLAG},\n    {many}{FLAG}"))
        }),
        crossed(12, "of-few-crossed"),
        crossed(13, "of-many-crossed"),
        duplicate(
            "operation",
            "Two operations in one entry; the last is right.",
            replaced(&text, "\"operation\": ", "\"operation\": null,\n    \"operation\": "),
        ),
    ]
}

fn bytes() -> Vec<Case> {
    let text = log().text();
    let trailing = |name: &str, about: &str, end: &str| {
        let text = format!("{}{end}", text.trim_end());
        refused(name, RULE, about, text, "input.trailing_bytes")
    };
    vec![
        trailing("trailing-bracket", "A second closing bracket.", "]"),
        trailing("trailing-nul", "A NUL after the log.", "\0"),
        trailing("trailing-log", "A second log after the first.", &three().text()),
        trailing("trailing-text", "A comment after the log.", "\n// end\n"),
        refused(
            "byte-order-mark",
            RULE,
            "A byte order mark before the log.",
            format!("\u{feff}{text}"),
            "input.byte_order_mark",
        ),
        refused(
            "byte-order-mark-page",
            rule::json::FIRST,
            "A byte order mark before an HTML page: the mark comes first.",
            "\u{feff}<!doctype html>\n<title>404</title>\n",
            "input.byte_order_mark",
        ),
        refused(
            "byte-order-mark-path",
            rule::json::FIRST,
            "A byte order mark before a path: the mark comes first.",
            "\u{feff}log.json",
            "input.byte_order_mark",
        ),
        refused(
            "utf-16",
            RULE,
            "UTF-16, every second byte a NUL.",
            text.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>(),
            "input.malformed",
        ),
        three_with_nul(),
    ]
}

/// The operation was signed over the U+FFFD that lenient decoders put in the place of what is no UTF-8: they get a right
/// log.
fn not_utf8() -> Vec<Case> {
    let rows: [(&str, &str, &[u8], usize); 5] = [
        ("latin-1", "A letter in Latin-1", &[0xe9], 1),
        ("overlong", "A slash in two bytes", &[0xc0, 0xaf], 2),
        ("encoded-surrogate", "Half a surrogate pair in three bytes", &[0xed, 0xa0, 0xbd], 3),
        ("beyond-unicode", "A number beyond U+10FFFF", &[0xf4, 0x90, 0x80, 0x80], 4),
        ("cut-character", "The first two bytes of a character of three", &[0xe2, 0x82], 1),
    ];
    rows.into_iter()
        .map(|(name, about, bytes, replacements)| {
            let replaced = "\u{fffd}".repeat(replacements);
            let log = Log::new(&op().also_known_as(&format!("x{replaced}y")).sign(&root()), Moment::START);
            let text = log.text();
            let (start, end) = text.split_once(&replaced).expect("the alias");
            Case::plc(format!("input/{name}"))
                .log_text(log.did(), [start.as_bytes(), bytes, end.as_bytes()].concat())
                .rule(RULE)
                .about(format!("{about} in an alias; replaced by U+FFFD, the log would be right."))
                .rejected("input.not_utf8")
        })
        .collect()
}

/// The message says where: core and PHP find the place in pieces, which may cut a character.
fn not_utf8_far_on() -> Case {
    let characters = "\u{20ac}".repeat(3000);
    refused(
        "not-utf8-far-on",
        RULE,
        "A letter in Latin-1 after 9,000 bytes of characters of three bytes.",
        [b"[\"", characters.as_bytes(), b"\xe9\"]"].concat(),
        "input.not_utf8",
    )
}

/// A NUL where a reader of C strings ends: it would see a whole, shorter log.
fn three_with_nul() -> Case {
    let log = three();
    let first = Json::Array(vec![log.audit().item(0).clone()]).pretty();
    Case::plc("input/nul-between-logs")
        .log_text(log.did(), format!("{first}\0{}", log.text()))
        .rule(RULE)
        .about("A shorter log, a NUL and the whole log: a reader of C strings sees only the first.")
        .rejected("input.trailing_bytes")
}
