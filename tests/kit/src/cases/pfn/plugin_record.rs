//! Plugin records.

use super::record::{SAMPLE, UNBOUND, case, case_with, facts, record, sample, signature_of, signed_record};
use crate::case::{Case, replaced};
use crate::encoding::latin1;
use crate::json::Json;

const MEMBERS: &str =
    "pfn.md, What is signed: id is slug (or id), description is short_description (or description)";
const TEXTS: &str = "pfn.md, What is signed: a signed member is a text, null or left out";
const STRICT: &str =
    "did-plc.md, Attacks: repeats a JSON member so that two parsers read two values: refused everywhere";

pub(super) fn cases() -> Vec<Case> {
    [names(), malformed(), not_text(), json(), limits()].concat()
}

fn verified(name: &str, about: &str, record: &Json) -> Case {
    case(name, record).rule(MEMBERS).about(about).verified(facts(sample()), &[UNBOUND])
}

fn names() -> Vec<Case> {
    let [id, _, _, description] = SAMPLE;
    let renamed =
        record().without("slug").without("short_description").with("id", id).with("description", description);
    let both = record().with("id", "another-id").with("description", "Another description.");
    let reversed = match record() {
        Json::Object(members) => Json::Object(members.into_iter().rev().collect()),
        other => other,
    };
    let rich = record()
        .with("rating", Json::Number("4.5".to_owned()))
        .with("icons", Json::object([("1x", "a.png".into())]));
    vec![
        verified("sample", "A record as author-data documents hold it.", &record()),
        verified("id-and-description", "A record with id and description, as they are signed.", &renamed),
        verified("slug-before-id", "slug and short_description count before id and description.", &both),
        verified(
            "members-reversed",
            "The order of the record's members does not matter, that of the text does.",
            &reversed,
        ),
        verified("more-members", "Members that nobody signed.", &rich),
    ]
}

fn malformed() -> Vec<Case> {
    let malformed = |name: &str, about: &str, record: Json| {
        case(name, &record).rule(MEMBERS).about(about).rejected("pfn.plugin.malformed")
    };
    let [_, name, version, description] = sample();
    let without = |id: Option<Json>| signed_record([id, name.clone(), version.clone(), description.clone()]);
    vec![
        malformed("id-missing", "No id; the other members are signed.", without(None)),
        malformed("id-null", "The id is null, and signed so.", without(Some(Json::Null))),
        malformed("id-empty", "The id is empty, and signed so.", without(Some("".into()))),
        malformed(
            "slug-null-id-text",
            "slug is there and null; id is a text.",
            without(Some(Json::Null)).with("id", SAMPLE[0]),
        ),
        malformed("signature-number", "The signature is a number.", record().with("signature", 7)),
        malformed(
            "author-data",
            "A whole author-data document.",
            Json::object([("username", "publisher".into()), ("plugins", Json::array([record()]))]),
        ),
    ]
}

fn not_text() -> Vec<Case> {
    let of = |name: &str, about: &str, at: usize, value: Json| {
        let mut members = sample();
        members[at] = Some(value);
        let about = format!("{about}; the text that JSON.stringify makes of it is signed.");
        case(&format!("not-text-{name}"), &signed_record(members))
            .rule(TEXTS)
            .about(about)
            .rejected("pfn.plugin.not_text")
    };
    vec![
        of("id-number", "The id is 7", 0, 7.into()),
        of("name-array", "The name is a list", 1, Json::array(["Hello PFN"])),
        of("version-number", "The version is 1.5", 2, Json::Number("1.5".to_owned())),
        of("version-false", "The version is false", 2, false.into()),
        of(
            "description-object",
            "The description is a map by language",
            3,
            Json::object([("en", "Hello".into())]),
        ),
    ]
}

fn json() -> Vec<Case> {
    let text = record().pretty();
    let rejected = |name: &str, rule: &str, about: &str, text: String, code| {
        case_with(name, text).rule(rule).about(about).rejected(code)
    };
    let type_rule = "pfn.md, Documents: a plugin record is an object";
    vec![
        rejected("array", type_rule, "The record inside an array.", format!("[{text}]"), "input.wrong_type"),
        rejected(
            "text",
            type_rule,
            "The signed text itself, in quotes.",
            Json::from(signature_of(sample())).to_string(),
            "input.wrong_type",
        ),
        rejected(
            "html",
            "DESIGN.md, Errors: input.* (not JSON)",
            "A page.",
            "<html></html>".to_owned(),
            "input.malformed",
        ),
        rejected(
            "trailing-bytes",
            "DESIGN.md, Errors: input.* (trailing bytes)",
            "The record twice.",
            text.repeat(2),
            "input.trailing_bytes",
        ),
        rejected(
            "byte-order-mark",
            "RFC 8259, section 8.1",
            "A byte order mark before the record.",
            format!("\u{feff}{text}"),
            "input.byte_order_mark",
        ),
        rejected(
            "duplicate-version",
            STRICT,
            "The version twice: the first is older, the last is signed.",
            replaced(&text, "\"version\":", "\"version\": \"0.9.0\",\n  \"version\":"),
            "input.duplicate_member",
        ),
        rejected(
            "duplicate-escaped",
            STRICT,
            "The version twice, the last written with an escape.",
            replaced(&text, "\"tags\":", "\"ver\\u0073ion\": \"9.9.9\",\n  \"tags\":"),
            "input.duplicate_member",
        ),
        case_with("not-utf8", latin1(&replaced(&text, "category", "cat\u{e9}gory")))
            .rule("RFC 8259, section 8.1")
            .about("A member that nobody signed has a name in Latin-1.")
            .rejected("input.not_utf8"),
    ]
}

fn limits() -> Vec<Case> {
    const RULE: &str = "DESIGN.md, What a verdict may rest on: work is metered by one budget";
    let size = record().pretty().len() as u64;
    vec![
        verified("record-bytes-at", "The record has exactly as many bytes as the limit.", &record())
            .rule(RULE)
            .limit("recordBytes", size),
        case("record-bytes-above", &record())
            .rule(RULE)
            .about("The record has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
