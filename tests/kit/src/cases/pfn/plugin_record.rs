//! Plugin records.

use super::record::{SAMPLE, UNBOUND, case, case_with, facts, record, sample, signature_of, signed_record};
use crate::case::{Case, replaced};
use crate::encoding::latin1;
use crate::json::Json;

const RULE: &str = r#"pfn.md, "Signed metadata""#;
const STRICT: &str = r#"json.md, "Strict JSON""#;
const ONCE: &str = r#"json.md, "Duplicate members""#;
const NUMBERS: &str = r#"json.md, "Numbers""#;
const BOUNDS: &str = r#"json.md, "Bounds""#;

pub(super) fn cases() -> Vec<Case> {
    [names(), malformed(), not_strings(), json(), limits()].concat()
}

fn verified(name: &str, about: &str, record: &Json) -> Case {
    case(name, record).rule(RULE).about(about).verified(facts(sample()), UNBOUND)
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
    let huge = Json::Number("1e400".to_owned());
    vec![
        verified("sample", "A record as author-data documents hold it.", &record()),
        verified("id-and-description", "A record with id and description, as they are signed.", &renamed),
        verified("slug-before-id", "slug and short_description count before id and description.", &both),
        verified(
            "members-reversed",
            "The order of the record's members does not matter: the string that is signed has its own.",
            &reversed,
        ),
        verified("more-members", "Members that are not signed.", &rich),
        verified("no-tags", "No tags, which are unsigned anyway.", &record().without("tags")),
        verified(
            "tags-array",
            "Tags as a list, which are unsigned anyway.",
            &record().with("tags", Json::array(["a"])),
        ),
        verified("huge-number", "A number beyond the range of a double.", &record().with("rating", huge))
            .rule(NUMBERS),
    ]
}

fn malformed() -> Vec<Case> {
    let malformed = |name: &str, about: &str, record: Json| {
        case(name, &record).rule(RULE).about(about).rejected("pfn.plugin.malformed")
    };
    let [_, name, version, description] = sample();
    let without = |id: Option<Json>| signed_record([id, name.clone(), version.clone(), description.clone()]);
    vec![
        malformed("id-missing", "No id; the other members are signed.", without(None)),
        malformed("id-null", "The id is null, and signed so.", without(Some(Json::Null))),
        malformed("id-empty", "The id is empty, and signed so.", without(Some("".into()))),
        malformed(
            "slug-null-beside-id",
            "slug is null; id is a string.",
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

fn not_strings() -> Vec<Case> {
    let of = |name: &str, about: &str, at: usize, value: Json| {
        let mut members = sample();
        members[at] = Some(value);
        let about = format!("{about}; what JSON.stringify makes of it is signed.");
        case(&format!("not-string-{name}"), &signed_record(members))
            .rule(RULE)
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
    let json = record().pretty();
    let rejected = |name: &str, rule: &str, about: &str, json: String, code| {
        case_with(name, json).rule(rule).about(about).rejected(code)
    };
    vec![
        rejected("array", RULE, "The record inside an array.", format!("[{json}]"), "input.wrong_type"),
        rejected(
            "string",
            RULE,
            "The signature itself, as a JSON string.",
            Json::from(signature_of(sample())).to_string(),
            "input.wrong_type",
        ),
        rejected("html", STRICT, "A page.", "<html></html>".to_owned(), "input.malformed"),
        rejected("trailing-bytes", STRICT, "The record twice.", json.repeat(2), "input.trailing_bytes"),
        rejected(
            "byte-order-mark",
            STRICT,
            "A byte order mark before the record.",
            format!("\u{feff}{json}"),
            "input.byte_order_mark",
        ),
        rejected(
            "duplicate-version",
            ONCE,
            "The version twice: the first is older, the last is signed.",
            replaced(&json, "\"version\":", "\"version\": \"0.9.0\",\n  \"version\":"),
            "input.duplicate_member",
        ),
        rejected(
            "duplicate-escaped",
            ONCE,
            "The version twice, the last written with an escape.",
            replaced(&json, "\"tags\":", "\"ver\\u0073ion\": \"9.9.9\",\n  \"tags\":"),
            "input.duplicate_member",
        ),
        case_with("not-utf8", latin1(&replaced(&json, "category", "cat\u{e9}gory")))
            .rule(STRICT)
            .about("An unsigned member has a name in Latin-1.")
            .rejected("input.not_utf8"),
    ]
}

fn limits() -> Vec<Case> {
    let size = record().pretty().len() as u64;
    vec![
        verified("record-bytes-at", "The record has exactly as many bytes as the limit.", &record())
            .rule(BOUNDS)
            .limit("recordBytes", size),
        case("record-bytes-above", &record())
            .rule(BOUNDS)
            .about("The record has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
